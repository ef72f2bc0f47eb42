#include "lesson/lesson.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folders.h"
#include "interrupt.h"
#include "lesson/course.h"
#include "lesson/grade.h"
#include "lesson/lesson_check.h"
#include "lesson/lesson_notes.h"
#include "lesson/player.h"
#include "progress.h"
#include "repl_lesson.h"

/* ---- arguments --------------------------------------------------------------------------------------------------- */

typedef struct Arguments {
    const char *course; /* --course; NULL: the built-in one */
    GradeFormat format;
    bool updates;
    const char **words; /* malloc'd list of the others */
    size_t count;
} Arguments;

static bool take_format(Arguments *arguments, const char *value)
{
    static const char *const names[] = {"tap", "junit", "json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (value && strcmp(value, names[i]) == 0) {
            arguments->format = (GradeFormat)i;
            return true;
        }
    }
    fprintf(stderr, "awaitlab: --format needs tap, junit or json\n");
    return false;
}

/* The value of an option: behind "=", or the next argument, which is then taken. */
static const char *value_of(const Options *options, uint32_t *i, size_t name_length)
{
    const char *word = options->arguments[*i];
    if (word[name_length] == '=') {
        return word + name_length + 1;
    }
    return *i + 1 < options->argument_count ? options->arguments[++*i] : NULL;
}

static bool is_option(const char *word, const char *name)
{
    size_t length = strlen(name);
    return strncmp(word, name, length) == 0 && (word[length] == 0 || word[length] == '=');
}

/* Messages about bad usage have gone to stderr when it is false. */
static bool read_arguments(Arguments *arguments, const Options *options)
{
    *arguments = (Arguments){.words = calloc(options->argument_count + 1, sizeof *arguments->words)};
    for (uint32_t i = 0; arguments->words && i < options->argument_count; i++) {
        const char *word = options->arguments[i];
        if (is_option(word, "--course")) {
            arguments->course = value_of(options, &i, strlen("--course"));
            if (!arguments->course) {
                fprintf(stderr, "awaitlab: --course needs a folder or a lesson file\n");
                return false;
            }
        } else if (is_option(word, "--format")) {
            if (!take_format(arguments, value_of(options, &i, strlen("--format")))) {
                return false;
            }
        } else if (strcmp(word, "--update") == 0) {
            arguments->updates = true;
        } else if (word[0] == '-' && word[1]) {
            fprintf(stderr, "awaitlab: unknown option %.200s; lessons know --course, --format and --update\n", word);
            return false;
        } else {
            arguments->words[arguments->count++] = word;
        }
    }
    return arguments->words != NULL;
}

/* ---- playing -------------------------------------------------------------------------------------------------------
 */

/* What comes through a pipe is shown with its prompts, so that a transcript reads as if it had been typed. */
static void play_lines(Repl *repl)
{
    char *line = NULL;
    size_t capacity = 0;
    while (!repl->is_over) {
        printer_print(&repl->printer, "%s", repl->prompt);
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            break;
        }
        while (length && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
            line[--length] = 0;
        }
        printer_print(&repl->printer, "%s\n", line);
        repl_do(repl, line);
    }
    printer_print(&repl->printer, "\n");
    free(line);
}

static void play_terminal(Repl *repl)
{
    char *history = folder_state_file("history", true);
    repl_run_terminal(repl, history);
    free(history);
}

static int play(const Options *options, const char *folder, const char *word)
{
    Repl *repl = repl_open(options);
    bool is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!repl) {
        return EXIT_INTERNAL;
    }
    interrupt_catch();
    ExitCode code = repl_lesson_start(repl, folder, word);
    if (code == EXIT_DONE && is_terminal) {
        play_terminal(repl);
    } else if (code == EXIT_DONE) {
        play_lines(repl);
    }
    code = repl_finish(repl, code);
    interrupt_release();
    repl_close(repl);
    return code;
}

static int list(const Course *course)
{
    Progress progress;
    LessonHands hands = {0};
    bool is_read = progress_open(&progress, NULL);
    LessonPlayer *player = is_read ? player_open(course, &progress, &hands) : NULL;
    if (player) {
        player_write_list(player, stdout);
    }
    player_close(player);
    progress_close(&progress);
    return player ? EXIT_DONE : EXIT_INTERNAL;
}

/* ---- a new lesson ------------------------------------------------------------------------------------------------ */

static const char template_text[] = "---\n"
                                    "id: %s\n"
                                    "title: What this lesson is about\n"
                                    "concepts: a-word-for-it\n"
                                    "time: 10 min\n"
                                    "---\n"
                                    "# What this lesson is about\n\n"
                                    "## One idea for each screen\n\n"
                                    "Some words, then a program that runs.\n\n"
                                    "```csharp demo id=sum\n"
                                    "int sum = await Task.FromResult(40) + 2;\n"
                                    "Console.WriteLine($\"sum: {sum}\");\n"
                                    "```\n\n"
                                    "```text predict id=guess kind=value of=sum name=sum\n"
                                    "What does it write behind `sum:`?\n"
                                    "```\n\n"
                                    "A `Task<int>` takes {{size Task<int>}} bytes: the machine says so.\n\n"
                                    "## Your turn\n\n"
                                    "Make it 43.\n\n"
                                    "```csharp exercise id=more\n"
                                    "int sum = await Task.FromResult(40) + 2;\n"
                                    "Console.WriteLine(sum);\n"
                                    "```\n\n"
                                    "```text check for=more\n"
                                    "ends\n"
                                    "output == \"43\"\n"
                                    "```\n\n"
                                    "```text hint for=more\n"
                                    "Which number is one too small?\n"
                                    "```\n\n"
                                    "```csharp solution for=more\n"
                                    "int sum = await Task.FromResult(40) + 3;\n"
                                    "Console.WriteLine(sum);\n"
                                    "```\n\n"
                                    "```csharp wrong for=more expect='output == \"43\"'\n"
                                    "int sum = await Task.FromResult(40) + 2;\n"
                                    "Console.WriteLine(sum + 2);\n"
                                    "```\n\n"
                                    "That is one too many.\n";

static int make_lesson(const char *name)
{
    char path[256], id[128];
    size_t length = strlen(name);
    length -= length > 3 && strcmp(name + length - 3, ".md") == 0 ? 3 : 0;
    const char *start = name + strspn(name, "0123456789");
    start = start > name && *start == '-' ? start + 1 : name;
    bool is_good = length > 0 && length < 100 && !strchr(name, '/') && name[0] != '-' && name[0] != '.';
    if (!is_good) {
        fprintf(stderr, "awaitlab: a lesson's name is a word such as await-once\n");
        return EXIT_USAGE;
    }
    snprintf(path, sizeof path, "%.*s.md", (int)length, name);
    snprintf(id, sizeof id, "%.*s", (int)(name + length - start), start);
    FILE *file = fopen(path, "wx");
    if (!file) {
        fprintf(stderr, "awaitlab: cannot make %s: %s\n", path, strerror(errno));
        return EXIT_USAGE;
    }
    const char *hole = strstr(template_text, "%s");
    fprintf(file, "%.*s%s%s", (int)(hole - template_text), template_text, id, hole + 2);
    bool is_whole = fclose(file) == 0;
    printf("%s is a lesson that works. Change it, then: awaitlab lesson check %s\n", path, path);
    return is_whole ? EXIT_DONE : EXIT_USAGE;
}

/* ---- one lesson of a course -------------------------------------------------------------------------------------- */

/* Opens the course and reads the lesson called `word`. An exit code; the caller frees both in any case. */
static int open_lesson(Course *course, Lesson *lesson, const char *folder, const char *word)
{
    *lesson = (Lesson){.path = ""};
    *course = (Course){.folder = NULL};
    if (!word) {
        fprintf(stderr, "awaitlab: which lesson? `awaitlab lesson list` shows them\n");
        return EXIT_USAGE;
    }
    if (!course_open(course, folder, stderr)) {
        return EXIT_USAGE;
    }
    long number = course_find(course, word);
    if (number < 0 || !course->lessons[number].text) {
        fprintf(stderr, "awaitlab: there is no lesson '%.200s'; `awaitlab lesson list` shows them\n", word);
        return EXIT_USAGE;
    }
    const CourseLesson *entry = &course->lessons[number];
    if (!lesson_read(lesson, entry->path, entry->text, entry->length)) {
        return EXIT_INTERNAL;
    }
    for (uint32_t i = 0; i < lesson->problem_count; i++) {
        fprintf(stderr, "%s:%u: error: %s\n", entry->path, lesson->problems[i].line, lesson->problems[i].text);
    }
    return lesson->problem_count ? EXIT_USAGE : EXIT_DONE;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static int finish(Arguments *arguments, int exit_code)
{
    free(arguments->words);
    return exit_code;
}

static int lesson_command(const Options *options, const Arguments *arguments)
{
    const char *word = arguments->count ? arguments->words[0] : NULL;
    const char *second = arguments->count > 1 ? arguments->words[1] : NULL;
    Course course;
    if (word && strcmp(word, "check") == 0) {
        return lesson_check(second ? second : arguments->course, arguments->updates, stdout, stderr);
    }
    if (word && strcmp(word, "new") == 0) {
        return make_lesson(second ? second : "");
    }
    if (!word || strcmp(word, "list") != 0) {
        return play(options, arguments->course, word);
    }
    if (!course_open(&course, arguments->course, stderr)) {
        return EXIT_USAGE;
    }
    int exit_code = course.problems ? EXIT_USAGE : list(&course);
    course_close(&course);
    return exit_code;
}

/* A session after the other takes and frees the same megabytes: giving them back to the system in between costs half
 * of the time that a short program takes. */
static void keep_memory(void)
{
    enum { LARGE = 32 << 20 };
    mallopt(M_MMAP_THRESHOLD, LARGE);
    mallopt(M_TRIM_THRESHOLD, LARGE);
    mallopt(M_TOP_PAD, 4 << 20);
}

int lesson_main(const Options *options)
{
    Arguments arguments;
    keep_memory();
    setlocale(LC_CTYPE, "");
    return finish(&arguments, read_arguments(&arguments, options) ? lesson_command(options, &arguments) : EXIT_USAGE);
}

int submit_main(const Options *options)
{
    Arguments arguments;
    Course course;
    Lesson lesson;
    Progress progress;
    if (!read_arguments(&arguments, options)) {
        return finish(&arguments, EXIT_USAGE);
    }
    int exit_code = open_lesson(&course, &lesson, arguments.course, arguments.count ? arguments.words[0] : NULL);
    if (exit_code == EXIT_DONE) {
        bool is_done = progress_open(&progress, NULL) && submission_write(&lesson, &progress, stdout);
        exit_code = is_done ? EXIT_DONE : EXIT_INTERNAL;
        progress_close(&progress);
    }
    lesson_free(&lesson);
    course_close(&course);
    return finish(&arguments, exit_code);
}

int grade_main(const Options *options)
{
    Arguments arguments;
    Course course;
    Lesson lesson;
    keep_memory();
    if (!read_arguments(&arguments, options)) {
        return finish(&arguments, EXIT_USAGE);
    }
    int exit_code = open_lesson(&course, &lesson, arguments.course, arguments.count ? arguments.words[0] : NULL);
    if (exit_code == EXIT_DONE && arguments.count < 2) {
        fprintf(stderr, "awaitlab: grade what? Name the files with answers\n");
        exit_code = EXIT_USAGE;
    } else if (exit_code == EXIT_DONE) {
        exit_code = grade_files(&lesson, arguments.words + 1, arguments.count - 1, arguments.format, stdout, stderr);
    }
    lesson_free(&lesson);
    course_close(&course);
    return finish(&arguments, exit_code);
}

int notes_main(const Options *options)
{
    Arguments arguments;
    Course course;
    Lesson lesson;
    Progress progress;
    Lab lab;
    setlocale(LC_CTYPE, "");
    if (!read_arguments(&arguments, options)) {
        return finish(&arguments, EXIT_USAGE);
    }
    int exit_code = open_lesson(&course, &lesson, arguments.course, arguments.count ? arguments.words[0] : NULL);
    if (exit_code == EXIT_DONE) {
        exit_code = progress_open(&progress, NULL) ? EXIT_DONE : EXIT_INTERNAL;
        lab_init(&lab, &lesson);
        lesson_notes_write(&lesson, &lab, &progress, stdout);
        lab_free(&lab);
        progress_close(&progress);
    }
    lesson_free(&lesson);
    course_close(&course);
    return finish(&arguments, exit_code);
}
