/* Breakpoints and marks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "interrupt.h"
#include "watch.h"

/* ---- breakpoints ------------------------------------------------------------------------------------------------- */

static void print_break(FILE *out, const SessionBreak *stop)
{
    fprintf(out, "%u: ", stop->number);
    switch (stop->kind) {
    case BREAK_ON_LINE:
        fprintf(out, "line %u%s%s", stop->line, stop->file ? " of " : "", stop->file ? stop->file : "");
        break;
    case BREAK_ON_AWAIT:
        fputs("await", out);
        break;
    case BREAK_ON_ALLOCATION:
        fprintf(out, "alloc%s%s", stop->expression ? " " : "", stop->expression ? stop->expression : "");
        break;
    case BREAK_ON_ERROR:
        fputs("error", out);
        break;
    case BREAK_ON_ARM:
        fprintf(out, "arm %s", stop->expression);
        break;
    case BREAK_ON_CHANGE:
        fprintf(out, "watch %s", stop->expression);
        break;
    }
    if (stop->hits) {
        fprintf(out, "  (stopped here %llu time%s)", (unsigned long long)stop->hits, stop->hits == 1 ? "" : "s");
    }
    fputc('\n', out);
}

static ExitCode list_breaks(Repl *repl)
{
    uint32_t count = session_break_count(repl->session);
    FILE *out = printer_begin(&repl->printer);
    for (uint32_t i = 0; out && i < count; i++) {
        SessionBreak stop = session_break_at(repl->session, i);
        print_break(out, &stop);
    }
    if (out && !count) {
        fputs("no breakpoints\n", out);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

void command_tell_break(Repl *repl, uint32_t number)
{
    FILE *out = printer_begin(&repl->printer);
    for (uint32_t i = 0; out && i < session_break_count(repl->session); i++) {
        SessionBreak stop = session_break_at(repl->session, i);
        if (stop.number == number) {
            fputs("breakpoint ", out);
            stop.hits = 0; /* `break` counts */
            print_break(out, &stop);
        }
    }
    printer_end(&repl->printer, out, STREAM_OUT);
}

static ExitCode add_break(Repl *repl, SessionBreak stop)
{
    SessionStatus status = session_add_break(repl->session, &stop, &stop.number);
    if (status != SESSION_OK) {
        return command_refuse(repl, status == SESSION_NO_MEMORY ? "out of memory" : "nothing is recorded");
    }
    FILE *out = printer_begin(&repl->printer);
    if (out) {
        fputs("breakpoint ", out);
        print_break(out, &stop);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

/* "12", "file.cs:12". False: it is no line. */
static bool read_line_break(char *text, SessionBreak *stop)
{
    char *colon = strrchr(text, ':');
    int64_t line;
    if (!command_read_number(colon ? colon + 1 : text, &line) || line <= 0 || line > INT32_MAX) {
        return false;
    }
    if (colon) {
        *colon = 0;
    }
    *stop = (SessionBreak){.kind = BREAK_ON_LINE, .file = colon ? text : NULL, .line = (uint32_t)line};
    return true;
}

static ExitCode break_at_word(Repl *repl, const char *word, const char *rest)
{
    const char *expression = *rest ? rest : NULL;
    if (strcmp(word, "await") == 0 && !expression) {
        return add_break(repl, (SessionBreak){.kind = BREAK_ON_AWAIT});
    }
    if (strcmp(word, "alloc") == 0) {
        return add_break(repl, (SessionBreak){.kind = BREAK_ON_ALLOCATION, .expression = expression});
    }
    if (strcmp(word, "error") == 0 && !expression) {
        return add_break(repl, (SessionBreak){.kind = BREAK_ON_ERROR});
    }
    if ((strcmp(word, "arm") == 0 || strcmp(word, "case") == 0) && expression) {
        return add_break(repl, (SessionBreak){.kind = BREAK_ON_ARM, .expression = expression});
    }
    return command_refuse(repl, "break needs a line, await, alloc, error, or arm NAME; not '%s'", word);
}

ExitCode command_break(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (!*arguments) {
        return list_breaks(repl);
    }
    char *all = strdup(arguments);
    SessionBreak stop;
    if (all && read_line_break(all, &stop)) {
        ExitCode code = add_break(repl, stop);
        free(all);
        return code;
    }
    free(all);
    char *word = command_next_word(&arguments);
    ExitCode code = word ? break_at_word(repl, word, arguments + strspn(arguments, " \t")) : EXIT_INTERNAL;
    free(word);
    return code;
}

ExitCode command_delete(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    int64_t number;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (strcmp(arguments, "all") == 0) {
        while (session_break_count(repl->session)) {
            session_remove_break(repl->session, session_break_at(repl->session, 0).number);
        }
        return EXIT_DONE;
    }
    if (!command_read_number(arguments, &number) || number <= 0 || number > INT32_MAX) {
        return command_refuse(repl, "delete needs the number of a breakpoint, or all; `break` lists them");
    }
    return session_remove_break(repl->session, (uint32_t)number)
               ? EXIT_DONE
               : command_refuse(repl, "there is no breakpoint %lld; `break` lists them", (long long)number);
}

/* ---- watch ------------------------------------------------------------------------------------------------------- */

typedef struct Watching {
    Repl *repl;
    const char *path;
} Watching;

static bool run_again(void *context)
{
    const Watching *watching = context;
    Repl *repl = watching->repl;
    repl_forget_session(repl);
    ExitCode code = repl_load_program(repl, watching->path);
    repl_sum_up(repl, code);
    printer_complain(&repl->printer, "-- watching %s; Ctrl-C ends", watching->path);
    printer_flush(&repl->printer);
    return true;
}

static ExitCode watch_program(Repl *repl, const char *path)
{
    Watching watching = {repl, path};
    if (!watch_saves(path, interrupt_flag(), run_again, &watching)) {
        return command_refuse(repl, "cannot watch %s: %s", path, strerror(errno));
    }
    interrupt_take();
    return EXIT_DONE;
}

ExitCode command_watch(Repl *repl, CommandId id, const char *what)
{
    (void)id;
    size_t length = strlen(what);
    bool is_file = length > 3 && strcmp(what + length - 3, ".cs") == 0;
    if (!*what) {
        return command_refuse(repl, "watch needs a variable, or a file of C#");
    }
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    return is_file ? watch_program(repl, what)
                   : add_break(repl, (SessionBreak){.kind = BREAK_ON_CHANGE, .expression = what});
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

/* m1, m2, ...: the first that is free. */
static void choose_name(const Session *session, char *name, size_t size)
{
    uint64_t position;
    unsigned number = 0;
    do {
        snprintf(name, size, "m%u", ++number);
    } while (session_find_mark(session, name, &position));
}

/* What else goto understands is no name. */
static bool is_mark_name(const char *name)
{
    static const char *const taken[] = {"start", "end", "here", "error"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(name, taken[i]) == 0) {
            return false;
        }
    }
    return !strpbrk(name, ":@") && !strchr("+-0123456789", *name);
}

/* The rest of the line, which may stand in quotes; malloc'd. */
static char *read_note(const char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    bool is_quoted = length > 1 && text[0] == '"' && text[length - 1] == '"';
    return is_quoted ? strndup(text + 1, length - 2) : strdup(text);
}

ExitCode command_mark(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char chosen[16];
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    uint64_t position = session_position(repl->session);
    char *given = command_next_word(&arguments);
    if (given && !is_mark_name(given)) {
        ExitCode code = command_refuse(repl, "'%s' cannot be the name of a mark", given);
        free(given);
        return code;
    }
    choose_name(repl->session, chosen, sizeof chosen);
    const char *name = given ? given : chosen;
    char *note = read_note(arguments);
    ExitCode code = EXIT_DONE;
    if (session_mark(repl->session, name, position) == SESSION_OK && note && notes_set(&repl->notes, name, note)) {
        printer_print(&repl->printer, "mark %s is step %llu\n", name, (unsigned long long)position);
    } else {
        code = command_refuse(repl, "out of memory");
    }
    free(given);
    free(note);
    return code;
}

ExitCode command_marks(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    uint32_t count = repl->session ? session_mark_count(repl->session) : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t position;
        const char *name = session_mark_at(repl->session, i, &position);
        const char *note = notes_find(&repl->notes, name);
        printer_print(&repl->printer, "%-10s step %llu%s%s\n", name, (unsigned long long)position, *note ? "  " : "",
                      note);
    }
    if (!count) {
        printer_print(&repl->printer, "no marks\n");
    }
    return EXIT_DONE;
}

ExitCode command_unmark(Repl *repl, CommandId id, const char *name)
{
    (void)id;
    return repl->session && session_remove_mark(repl->session, name)
               ? EXIT_DONE
               : command_refuse(repl, "there is no mark '%s'; `marks` lists them", name);
}
