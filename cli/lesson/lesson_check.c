#include "lesson/lesson_check.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/course.h"
#include "lesson/exercise.h"
#include "lesson/lab.h"
#include "lesson/markdown.h"
#include "lesson/transcript.h"
#include "options.h"

enum { SCREEN_WIDTH = 80, TEXT_WIDTH = 78, CODE_WIDTH = 75 }; /* 80 columns with a margin, or with line numbers */

typedef struct Checker {
    Lesson *lesson;
    Lab lab;
    const Course *course;
    bool updates;
    char *updated; /* the lesson's new text; NULL: as it was */
    size_t copied; /* bytes of the old text that are in it */
    FILE *update;
    bool no_memory;
} Checker;

#define PROBLEM(checker, line, ...)                                                                                    \
    ((checker)->no_memory |= !lesson_add_problem((checker)->lesson, (line), __VA_ARGS__))

/* ---- text -------------------------------------------------------------------------------------------------------- */

static bool is_unit(const char *word)
{
    static const char *const units[] = {"B",          "byte",        "bytes",       "KB",    "object",
                                        "objects",    "allocation",  "allocations", "ns",    "nanoseconds",
                                        "suspension", "suspensions", "step",        "steps", "fields"};
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i]) == length && memcmp(units[i], word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* A number with a unit that the author typed: sooner or later it is wrong. Code and placeholders are passed over. */
static void check_typed_numbers(Checker *checker, uint32_t line, const char *text, size_t length)
{
    bool is_code = false;
    for (size_t i = 0; i < length; i++) {
        line += text[i] == '\n';
        is_code ^= text[i] == '`';
        if (text[i] == '{' && i + 1 < length && text[i + 1] == '{') {
            const char *close = memmem(text + i, length - i, "}}", 2);
            i = close ? (size_t)(close - text) + 1 : i;
            continue;
        }
        bool starts = isdigit((unsigned char)text[i]) && (i == 0 || !isalnum((unsigned char)text[i - 1]));
        if (!starts || is_code) {
            continue;
        }
        size_t end = i;
        while (end < length && (isdigit((unsigned char)text[end]) || text[end] == ',' || text[end] == '.')) {
            end++;
        }
        end += end < length && text[end] == ' ';
        if (end < length && is_unit(text + end)) {
            PROBLEM(checker, line, "a number that was typed in: let the machine say it, {{bytes Task<int> of demo}}");
        }
    }
}

static void check_colours(Checker *checker, uint32_t line, const char *text, size_t length)
{
    static const char *const colours[] = {" red ", " green ", " blue ", " yellow ", "highlighted in"};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        if (memmem(text, length, colours[i], strlen(colours[i]))) {
            PROBLEM(checker, line, "words that only make sense with colours (%s)", colours[i]);
        }
    }
}

static void check_lines_fit(Checker *checker, uint32_t line, const char *text, int width)
{
    for (; *text; line++) {
        size_t length = strcspn(text, "\n");
        int columns = markdown_columns(text, length);
        if (columns > width) {
            PROBLEM(checker, line, "%d columns, %d fit", columns, width);
        }
        text += length + (text[length] == '\n');
    }
}

/* CommonMark with placeholders, as the learner will read it. */
static void check_text(Checker *checker, uint32_t line, const char *text, size_t length)
{
    const char *problem;
    char *expanded = lab_expand(&checker->lab, text, length, &problem);
    char *plain = expanded ? markdown_plain(expanded, strlen(expanded), TEXT_WIDTH) : NULL;
    if (problem) {
        PROBLEM(checker, line, "{{...}}: %s", problem);
    }
    checker->no_memory |= !plain;
    if (plain) {
        check_lines_fit(checker, line, plain, TEXT_WIDTH);
    }
    check_typed_numbers(checker, line, text, length);
    check_colours(checker, line, text, length);
    free(plain);
    free(expanded);
}

static void check_string(Checker *checker, uint32_t line, const char *text)
{
    check_text(checker, line, text, strlen(text));
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

static void complain_about_compiling(Checker *checker, const LabRun *run, const LessonBlock *block)
{
    for (uint32_t i = 0; i < session_diagnostic_count(run->session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(run->session, i);
        if (!diagnostic.is_error) {
            continue;
        }
        bool is_own = diagnostic.file && strcmp(diagnostic.file, run->name) == 0;
        uint32_t line = is_own ? block->line + diagnostic.line : block->line;
        PROBLEM(checker, line, "%s%s%s: %s",
                is_own            ? ""
                : diagnostic.file ? diagnostic.file
                                  : "",
                is_own ? "" : " of the setup: ", diagnostic.code, diagnostic.message);
    }
}

static bool is_cut_off(const LabRun *run)
{
    return run->outcome.kind == OUTCOME_STEP_LIMIT || run->outcome.kind == OUTCOME_INSTRUCTION_LIMIT ||
           run->outcome.kind == OUTCOME_HEAP_LIMIT || run->outcome.kind == OUTCOME_INTERNAL_ERROR ||
           run->outcome.kind == OUTCOME_NO_MEMORY;
}

static void check_demo(Checker *checker, const LessonBlock *block)
{
    const LabRun *run = lab_run(&checker->lab, block);
    check_lines_fit(checker, block->line + 1, block->body, CODE_WIDTH);
    if (!run) {
        checker->no_memory = true;
    } else if (run->outcome.kind == OUTCOME_ERRORS) {
        complain_about_compiling(checker, run, block);
    } else if (is_cut_off(run)) {
        PROBLEM(checker, block->line, "the demo does not come to an end: %s", session_goals_end_words(run->goals));
    }
}

static void check_exercise(Checker *checker, const LessonBlock *block)
{
    const LabRun *run = lab_run(&checker->lab, block);
    check_lines_fit(checker, block->line + 1, block->body, CODE_WIDTH);
    checker->no_memory |= !run;
    if (run && exercise_result(run).is_solved) {
        PROBLEM(checker, block->line, "the exercise is solved before anybody has touched it");
    }
    if (!lesson_block_for(checker->lesson, ROLE_WRONG, block->values[KEY_ID], 0)) {
        PROBLEM(checker, block->line, "the exercise '%s' has no typical wrong answer", block->values[KEY_ID]);
    }
}

static void check_solution(Checker *checker, const LessonBlock *block)
{
    const LessonBlock *exercise = lesson_block(checker->lesson, block->values[KEY_FOR]);
    LabRun *run = lab_run_text(&checker->lab, exercise, block->body);
    check_lines_fit(checker, block->line + 1, block->body, CODE_WIDTH);
    checker->no_memory |= !run;
    if (run && run->outcome.kind == OUTCOME_ERRORS) {
        complain_about_compiling(checker, run, block);
    }
    for (uint32_t i = 0; run && i < run->check_count; i++) {
        SessionVerdict verdict = session_goals_verdict(run->goals, i);
        if (!verdict.passed) {
            PROBLEM(checker, block->line, "the solution fails `%s`: now: %s", verdict.check, verdict.now);
        }
    }
    lab_run_free(run);
}

static void check_wrong(Checker *checker, const LessonBlock *block)
{
    const LessonBlock *exercise = lesson_block(checker->lesson, block->values[KEY_FOR]);
    const char *expect = block->values[KEY_EXPECT];
    LabRun *run = lab_run_text(&checker->lab, exercise, block->body);
    checker->no_memory |= !run;
    if (run && exercise_result(run).is_solved) {
        PROBLEM(checker, block->line, "the wrong answer passes every check");
    } else if (run && !exercise_fails_as(run, expect)) {
        PROBLEM(checker, block->line, "the wrong answer does not fail as expected (%s): %s", expect,
                session_goals_end_words(run->goals));
    } else if (run && !*block->feedback) {
        PROBLEM(checker, block->line, "the wrong answer has no feedback text below it");
    }
    check_string(checker, block->last_line + 1, block->feedback);
    lab_run_free(run);
}

static void check_checks(Checker *checker, const LessonBlock *block)
{
    SessionGoals *goals = session_goals_open(NULL);
    uint32_t line = block->line + 1;
    checker->no_memory |= !goals;
    for (const char *at = block->body; goals && *at; line++) {
        size_t length = strcspn(at, "\n");
        const char *problem;
        if (strspn(at, " \t\r") < length && !session_goals_add(goals, at, length, &problem)) {
            PROBLEM(checker, line, "%s", problem);
        }
        at += length + (at[length] == '\n');
    }
    session_goals_close(goals);
}

/* ---- predictions and shows --------------------------------------------------------------------------------------- */

static void check_proof(Checker *checker, const LessonBlock *block)
{
    const LessonBlock *program = block->values[KEY_OF] ? lesson_block(checker->lesson, block->values[KEY_OF]) : NULL;
    LabRun *run = program ? lab_run(&checker->lab, program) : NULL;
    const char *problem = NULL;
    if (!run) {
        PROBLEM(checker, block->line, "proof= needs of=, the program that proves it");
    } else if (!exercise_holds(run, block->values[KEY_PROOF], &problem)) {
        PROBLEM(checker, block->line, "the proof `%s` %s: %s", block->values[KEY_PROOF],
                problem ? "is no check" : "does not hold", problem ? problem : session_goals_end_words(run->goals));
    }
}

static void check_choice(Checker *checker, const LessonBlock *block)
{
    for (uint32_t i = 0; i < block->option_count; i++) {
        check_string(checker, block->line, block->options[i].text);
        check_string(checker, block->line, block->options[i].feedback);
        if (!block->options[i].is_right && !*block->options[i].feedback) {
            PROBLEM(checker, block->line, "the option '%.40s' has no feedback: `- [ ] text -- why not`",
                    block->options[i].text);
        }
    }
    if (block->values[KEY_PROOF]) {
        check_proof(checker, block);
    }
}

static void check_measured(Checker *checker, const LessonBlock *block)
{
    LabQuestion question = {.of = block->values[KEY_OF]};
    const char *problem = NULL;
    question.subject = block->values[KEY_TYPE] ? block->values[KEY_TYPE] : block->values[KEY_NAME];
    if (!lab_find_measure(block->values[KEY_KIND], &question.measure)) {
        PROBLEM(checker, block->line, "kind=%.40s is neither choice nor something the machine measures",
                block->values[KEY_KIND]);
        return;
    }
    char *answer = lab_measure(&checker->lab, &question, &problem);
    if (!answer && problem) {
        PROBLEM(checker, block->line, "the machine has no answer: %s", problem);
    }
    checker->no_memory |= !answer && !problem;
    free(answer);
}

static void check_prediction(Checker *checker, const LessonBlock *block)
{
    check_string(checker, block->line + 1, block->question);
    if (strcmp(block->values[KEY_KIND], "choice") == 0) {
        check_choice(checker, block);
    } else {
        check_measured(checker, block);
    }
}

/* Up to the beginning of line number `line`, from what was copied last. */
static void copy_until(Checker *checker, uint32_t line)
{
    const char *at = checker->lesson->text;
    for (; line > 1 && *at; line--) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    size_t end = (size_t)(at - checker->lesson->text);
    if (checker->update && end > checker->copied) {
        fwrite(checker->lesson->text + checker->copied, 1, end - checker->copied, checker->update);
        checker->copied = end;
    }
}

static void replace_body(Checker *checker, const LessonBlock *block, const char *text)
{
    copy_until(checker, block->line + 1);
    if (checker->update) {
        fputs(text, checker->update);
        const char *close = checker->lesson->text;
        for (uint32_t line = block->last_line; line > 1; line--) {
            close += strcspn(close, "\n");
            close += *close == '\n';
        }
        checker->copied = (size_t)(close - checker->lesson->text);
    }
}

static void check_show(Checker *checker, const LessonBlock *block)
{
    char *shown = NULL;
    size_t size = 0;
    const char *problem;
    FILE *out = open_memstream(&shown, &size);
    bool is_shown = out && lab_show(&checker->lab, block, out, &problem);
    if (!out || fclose(out) != 0 || !shown) {
        checker->no_memory = true;
    } else if (!is_shown) {
        PROBLEM(checker, block->line, "nothing to show: %s", problem);
    } else {
        check_lines_fit(checker, block->line + 1, shown, SCREEN_WIDTH);
        bool is_stale = *block->body && strcmp(shown, block->body) != 0; /* an empty block claims nothing */
        if (is_stale && checker->updates) {
            replace_body(checker, block, shown);
        } else if (is_stale) {
            PROBLEM(checker, block->line,
                    "this is not what the machine shows now; `awaitlab lesson check --update` writes it anew");
        }
    }
    free(shown);
}

static void check_listing(Checker *checker, const LessonBlock *block)
{
    const char *problem;
    char *expanded = lab_expand(&checker->lab, block->body, strlen(block->body), &problem);
    if (problem) {
        PROBLEM(checker, block->line, "{{...}}: %s", problem);
    }
    check_lines_fit(checker, block->line + 1, expanded ? expanded : block->body, SCREEN_WIDTH);
    check_typed_numbers(checker, block->line + 1, block->body, strlen(block->body));
    free(expanded);
}

static void check_transcript(Checker *checker, const LessonBlock *block)
{
    char *played = transcript_play(block->body);
    checker->no_memory |= !played;
    check_lines_fit(checker, block->line + 1, block->body, SCREEN_WIDTH);
    bool is_stale = played && strcmp(played, block->body) != 0;
    if (is_stale && checker->updates) {
        replace_body(checker, block, played);
    } else if (is_stale) {
        PROBLEM(checker, block->line,
                "this is not what the prompt answers now; `awaitlab lesson check --update` writes it anew");
    }
    free(played);
}

/* ---- a lesson ---------------------------------------------------------------------------------------------------- */

static void check_block(Checker *checker, const LessonBlock *block)
{
    switch (block->role) {
    case ROLE_DEMO:
        check_demo(checker, block);
        break;
    case ROLE_EXERCISE:
        check_exercise(checker, block);
        break;
    case ROLE_SOLUTION:
        check_solution(checker, block);
        break;
    case ROLE_WRONG:
        check_wrong(checker, block);
        break;
    case ROLE_PREDICT:
        check_prediction(checker, block);
        break;
    case ROLE_CHECK:
        check_checks(checker, block);
        break;
    case ROLE_HINT:
        check_string(checker, block->line + 1, block->body);
        break;
    case ROLE_SHOW:
        check_show(checker, block);
        break;
    case ROLE_SETUP:
        check_lines_fit(checker, block->line + 1, block->body, CODE_WIDTH);
        break;
    case ROLE_LISTING:
        check_listing(checker, block);
        break;
    case ROLE_CONSOLE:
        check_transcript(checker, block);
        break;
    }
}

static void check_screens(Checker *checker)
{
    const Lesson *lesson = checker->lesson;
    for (uint32_t i = 0; i < lesson->screen_count; i++) {
        const LessonScreen *screen = &lesson->screens[i];
        if (!*screen->title) {
            PROBLEM(checker, screen->line, "text in front of the first screen (`## Title`)");
        }
        for (uint32_t k = 0; k < screen->count; k++) {
            const LessonItem *item = &screen->items[k];
            if (!item->block) {
                check_text(checker, item->line, item->text, item->length);
            }
        }
    }
}

static void write_updates(Checker *checker, const char *path)
{
    if (!checker->update) {
        return;
    }
    fwrite(checker->lesson->text + checker->copied, 1, checker->lesson->length - checker->copied, checker->update);
    bool is_whole = fclose(checker->update) == 0;
    if (is_whole && checker->copied) {
        FILE *file = fopen(path, "w");
        is_whole = file && fputs(checker->updated, file) >= 0;
        is_whole &= !file || fclose(file) == 0;
    }
    if (!is_whole) {
        PROBLEM(checker, 1, "the file cannot be written");
    }
    free(checker->updated);
}

static void check_programs(Checker *checker, const char *path)
{
    Lesson *lesson = checker->lesson;
    size_t size;
    lab_init(&checker->lab, lesson);
    checker->lab.style.width = TEXT_WIDTH;
    checker->update = checker->updates ? open_memstream(&checker->updated, &size) : NULL;
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        check_block(checker, lesson->blocks[i]);
    }
    check_screens(checker);
    write_updates(checker, path);
    lab_free(&checker->lab);
}

/* The words of `list` ("a, b") that no lesson up to this one teaches. */
static void check_requires(Checker *checker, const char *taught)
{
    const char *list =
        checker->course->text ? checker->lesson->front[FRONT_REQUIRES] : NULL; /* a file alone: who knows */
    while (list && *list) {
        list += strspn(list, ", ");
        size_t length = strcspn(list, ", ");
        char padded[100];
        if (length && length < sizeof padded - 3) {
            snprintf(padded, sizeof padded, " %.*s ", (int)length, list);
            if (!strstr(taught, padded)) {
                PROBLEM(checker, 1, "requires%sbut no lesson before teaches it as a concept", padded);
            }
        }
        list += length;
    }
}

/* " a b c " grows by the lesson's concepts. False: no memory. */
static bool add_concepts(char **taught, const char *concepts)
{
    size_t old = strlen(*taught), more = concepts ? strlen(concepts) : 0;
    char *grown = realloc(*taught, old + more + 2);
    if (!grown) {
        return false;
    }
    *taught = grown;
    for (size_t i = 0; i < more; i++) {
        grown[old + i] = concepts[i] == ',' ? ' ' : concepts[i];
    }
    memcpy(grown + old + more, " ", 2);
    return true;
}

static void check_identity(Checker *checker, size_t number)
{
    const Course *course = checker->course;
    const char *id = lesson_id(checker->lesson);
    if (*id && strcmp(id, course->lessons[number].name) != 0) {
        PROBLEM(checker, 1, "the id '%s' differs from the file's name, %s.md", id, course->lessons[number].name);
    }
    for (size_t i = 0; i < number; i++) {
        if (strcmp(course->lessons[i].name, course->lessons[number].name) == 0) {
            PROBLEM(checker, 1, "the id '%s' is that of an earlier lesson", id);
        }
    }
}

/* Problems found; UINT32_MAX: no memory. */
static uint32_t check_lesson(const Course *course, size_t number, bool updates, char **taught, FILE *out,
                             FILE *messages)
{
    Lesson lesson;
    const CourseLesson *entry = &course->lessons[number];
    Checker checker = {.lesson = &lesson, .course = course, .updates = updates && course->folder};
    checker.no_memory = !lesson_read(&lesson, entry->path, entry->text, entry->length);
    if (!checker.no_memory && !lesson.problem_count) {
        check_identity(&checker, number);
        check_requires(&checker, *taught);
        check_programs(&checker, entry->path);
        checker.no_memory |= !add_concepts(taught, lesson.front[FRONT_CONCEPTS]);
    }
    uint32_t count = lesson.problem_count, exercises = 0;
    for (uint32_t i = 0; i < count; i++) {
        fprintf(messages, "%s:%u: error: %s\n", entry->path, lesson.problems[i].line, lesson.problems[i].text);
    }
    for (uint32_t i = 0; i < lesson.block_count; i++) {
        exercises += lesson.blocks[i]->role == ROLE_EXERCISE;
    }
    if (!count && !checker.no_memory) {
        fprintf(out, "ok: %s (%u screens, %u exercise%s)\n", entry->path, lesson.screen_count, exercises,
                exercises == 1 ? "" : "s");
    }
    lesson_free(&lesson);
    return checker.no_memory ? UINT32_MAX : count;
}

int lesson_check(const char *path, bool updates, FILE *out, FILE *messages)
{
    Course course;
    char *taught = strdup(" ");
    if (!taught || !course_open(&course, path, messages)) {
        free(taught);
        return EXIT_USAGE;
    }
    uint32_t problems = course.problems;
    bool no_memory = false;
    for (size_t i = 0; i < course.count && !no_memory; i++) {
        uint32_t found = course.lessons[i].text ? check_lesson(&course, i, updates, &taught, out, messages) : 0;
        no_memory = found == UINT32_MAX;
        problems += no_memory ? 0 : found;
    }
    fprintf(out, "%zu lesson%s, %u problem%s\n", course.count, course.count == 1 ? "" : "s", problems,
            problems == 1 ? "" : "s");
    if (no_memory) {
        fprintf(messages, "awaitlab: out of memory\n");
    }
    free(taught);
    course_close(&course);
    return no_memory ? EXIT_INTERNAL : problems ? EXIT_FINDINGS : EXIT_DONE;
}
