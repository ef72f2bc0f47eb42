#include "repl_lesson.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_internal.h"
#include "lesson/hands.h"
#include "lesson/lesson_file.h"
#include "lesson/markdown.h"

struct ReplLesson {
    Course course;
    Progress progress;
    LessonHands hands;
    LessonPlayer *player;
    bool is_free; /* `play`: the prompt is the laboratory's */
    char *loaded; /* the program that is in the machine; NULL: none of the lesson's */
};

/* ---- life -------------------------------------------------------------------------------------------------------- */

void repl_lesson_close(Repl *repl)
{
    ReplLesson *lesson = repl->lesson;
    if (lesson) {
        player_close(lesson->player);
        progress_close(&lesson->progress);
        course_close(&lesson->course);
        free(lesson->loaded);
        free(lesson);
        repl->lesson = NULL;
        repl->prompt = "al> ";
    }
}

static bool open_course(Repl *repl, const char *folder)
{
    ReplLesson *lesson = repl->lesson = calloc(1, sizeof *repl->lesson);
    bool is_terminal = !repl->printer.sink && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!lesson) {
        return false;
    }
    enum { FRAME = 2 }; /* of a pane */
    int width = repl->style.width ? repl->style.width : 80;
    lesson->hands = lesson_hands(is_terminal, repl->printer.sink ? width - FRAME : width);
    FILE *messages = printer_begin(&repl->printer);
    bool is_open = messages && course_open(&lesson->course, folder, messages) && !lesson->course.problems;
    printer_end(&repl->printer, messages, STREAM_ERROR);
    is_open = is_open && progress_open(&lesson->progress, NULL);
    lesson->player = is_open ? player_open(&lesson->course, &lesson->progress, &lesson->hands) : NULL;
    return lesson->player != NULL;
}

/* The lesson to begin with: the one asked for, else where the learner stopped, else the first. -1: there is none. */
static long choose_lesson(const ReplLesson *lesson, const char *word)
{
    const Course *course = &lesson->course;
    const char *last = progress_last_lesson(&lesson->progress);
    if (word) {
        return course_find(course, word);
    }
    long number = last ? course_find(course, last) : -1;
    if (number >= 0 && progress_lesson(&lesson->progress, last).is_done) {
        number += (size_t)number + 1 < course->count;
    }
    return number < 0 ? 0 : number;
}

static void say_welcome(const ReplLesson *lesson, FILE *out)
{
    enum { WIDTH = 78 };
    char *text = markdown_plain(lesson->course.welcome, lesson->course.welcome_length, WIDTH);
    fprintf(out, "%s\n", text ? text : "");
    free(text);
}

static bool start_lesson(Repl *repl, size_t number, bool welcomes)
{
    ReplLesson *lesson = repl->lesson;
    FILE *out = printer_begin(&repl->printer);
    if (out && welcomes) {
        say_welcome(lesson, out);
    }
    bool is_started = out && player_start(lesson->player, number, out);
    printer_end(&repl->printer, out, STREAM_OUT);
    return is_started;
}

ExitCode repl_lesson_start(Repl *repl, const char *folder, const char *word)
{
    repl_lesson_close(repl);
    if (!open_course(repl, folder)) {
        repl_lesson_close(repl);
        return EXIT_USAGE;
    }
    long number = choose_lesson(repl->lesson, word);
    bool is_new = !word && !repl->lesson->progress.count;
    if (number < 0) {
        printer_complain(&repl->printer, "awaitlab: there is no lesson '%.60s'; `lesson list` shows them", word);
    } else if (start_lesson(repl, (size_t)number, is_new)) {
        repl->prompt = player_prompt(repl->lesson->player);
        return EXIT_DONE;
    }
    repl_lesson_close(repl);
    return EXIT_USAGE;
}

LessonPlayer *repl_lesson_player(const Repl *repl)
{
    return repl->lesson && !repl->lesson->is_free ? repl->lesson->player : NULL;
}

const char *repl_lesson_word(const Repl *repl, uint32_t index)
{
    return repl_lesson_player(repl) ? player_word(index) : NULL;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

bool repl_lesson_wants(const Repl *repl, const char *input)
{
    LessonPlayer *player = repl_lesson_player(repl);
    return player && player_wants(player, input);
}

ExitCode repl_lesson_do(Repl *repl, const char *input)
{
    LessonPlayer *player = repl->lesson->player;
    bool is_direct =
        !repl->printer.sink && strncmp(input, "watch", strlen("watch")) == 0; /* it speaks while it waits */
    printer_flush(&repl->printer);
    FILE *out = is_direct ? stdout : printer_begin(&repl->printer);
    if (out) {
        player_take(player, input, out);
    }
    if (!is_direct) {
        printer_end(&repl->printer, out, STREAM_OUT);
    }
    repl->prompt = player_prompt(player);
    repl->is_over |= player_is_over(player);
    return EXIT_DONE;
}

/* ---- the program on the screen ----------------------------------------------------------------------------------- */

static void drop_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    (void)bytes;
    (void)length;
}

static SessionStatus load_source(Repl *repl, const char *name, const char *text)
{
    SessionStatus status = session_load(repl->session, name, text, strlen(text));
    if (status == SESSION_OK) {
        session_run(repl->session, 0);
    }
    return status;
}

static SessionStatus load_program(Repl *repl, const LessonBlock *program, const char *text)
{
    const LessonBlock *setup;
    SessionStatus status = SESSION_OK;
    char name[80];
    for (uint32_t i = 0; status == SESSION_OK && (setup = player_setup(repl->lesson->player, i)) != NULL; i++) {
        snprintf(name, sizeof name, "setup%u.cs", i + 1);
        status = load_source(repl, name, setup->body);
    }
    snprintf(name, sizeof name, "%s.cs", program->values[KEY_ID]);
    return status == SESSION_OK ? load_source(repl, name, text) : status;
}

static void tell_loaded(Repl *repl, const LessonBlock *program, uint64_t start, SessionStatus status)
{
    if (status == SESSION_ERRORS) {
        repl_tell_diagnostics(repl, 0);
        return;
    }
    uint64_t end = session_history_end(repl->session);
    session_goto(repl->session, start);
    printer_print(&repl->printer,
                  "(%s.cs is in the machine, from step %llu to %llu: step, back, goto, print, where look into it)\n",
                  program->values[KEY_ID], (unsigned long long)start, (unsigned long long)end);
}

static bool may_look(Repl *repl, LessonPlayer *player)
{
    if (player && player_view(player).is_predicting) {
        printer_complain(&repl->printer, "That would tell the answer: predict first, or `skip`.");
        return false;
    }
    return true;
}

static void load(Repl *repl)
{
    ReplLesson *lesson = repl->lesson;
    const char *text;
    LessonPlayer *player = repl_lesson_player(repl);
    const LessonBlock *program = player ? player_program(player, &text) : NULL;
    if (!program || !text || (lesson->loaded && strcmp(lesson->loaded, text) == 0 && repl->session)) {
        return;
    }
    free(lesson->loaded);
    lesson->loaded = strdup(text);
    repl_forget_session(repl);
    if (!repl_session(repl)) {
        return;
    }
    Printer outer = repl->printer;
    repl->printer.sink = drop_output;
    uint64_t start = session_history_end(repl->session);
    SessionStatus status = load_program(repl, program, text);
    repl->printer.sink = outer.sink;
    tell_loaded(repl, program, start, status);
}

bool repl_lesson_load(Repl *repl)
{
    bool may = may_look(repl, repl_lesson_player(repl));
    if (may) {
        load(repl);
    }
    return may;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

ExitCode command_lesson(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    if (repl->lesson) { /* playing: back to it */
        char *line = NULL;
        bool is_made = asprintf(&line, "lesson %s", arguments) >= 0;
        repl->lesson->is_free = false;
        ExitCode code = is_made ? repl_lesson_do(repl, *arguments ? line : "again") : EXIT_INTERNAL;
        free(is_made ? line : NULL);
        return code;
    }
    if (strcmp(arguments, "list") == 0) {
        bool is_open = open_course(repl, NULL);
        FILE *out = is_open ? printer_begin(&repl->printer) : NULL;
        if (out) {
            player_write_list(repl->lesson->player, out);
        }
        printer_end(&repl->printer, out, STREAM_OUT);
        repl_lesson_close(repl);
        return is_open ? EXIT_DONE : EXIT_INTERNAL;
    }
    return repl_lesson_start(repl, NULL, *arguments ? arguments : NULL);
}

ExitCode command_play(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    if (!repl_lesson_player(repl)) {
        printer_complain(&repl->printer, repl->lesson ? "you are playing; `nxt` goes back to the lesson"
                                                      : "no lesson is open; `lesson` opens one");
        return EXIT_USAGE;
    }
    repl->lesson->is_free = true;
    repl->prompt = "al> ";
    printer_print(&repl->printer, "The laboratory is yours: C# and all commands. `nxt` goes back to the lesson.\n");
    return EXIT_DONE;
}

ExitCode command_nxt(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    if (!repl->lesson || !repl->lesson->is_free) {
        printer_complain(&repl->printer, repl->lesson ? "you are in the lesson; Enter goes on"
                                                      : "no lesson is open; `lesson` opens one");
        return EXIT_USAGE;
    }
    repl->lesson->is_free = false;
    repl->prompt = player_prompt(repl->lesson->player);
    PlayerView view = player_view(repl->lesson->player);
    printer_print(&repl->printer, "Back in lesson %zu, screen %u: %s. `again` shows it.\n", view.number,
                  view.screen_number, view.screen);
    free(repl->lesson->loaded);
    repl->lesson->loaded = NULL;
    return EXIT_DONE;
}
