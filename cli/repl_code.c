/* C#: what is typed, and whole files. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "file.h"
#include "interrupt.h"
#include "moment.h"
#include "outcome.h"
#include "repl_lesson.h"
#include "report.h"
#include "suggest.h"

/* ---- how a run ended --------------------------------------------------------------------------------------------- */

ExitCode repl_tell_outcome(Repl *repl, const SessionOutcome *outcome)
{
    Printer *printer = &repl->printer;
    printer_finish_line(printer);
    FILE *file = printer_begin(printer);
    if (file) {
        report_print_outcome(file, outcome);
    }
    printer_end(printer, file, STREAM_ERROR);
    if (interrupt_is_late()) {
        printer_complain(printer, "stopped at step %llu after %g s (--timeout)",
                         (unsigned long long)session_position(repl->session), (double)repl->options->timeout / 1e6);
        repl->is_over = true;
        return EXIT_LIMIT;
    }
    if (interrupt_take()) {
        printer_complain(printer, "stopped at step %llu by Ctrl-C; all is kept",
                         (unsigned long long)session_position(repl->session));
        return EXIT_INTERRUPTED;
    }
    return outcome_exit_code(outcome);
}

/* Runs what was given until it is done, and tells what it came to. */
static ExitCode run(Repl *repl, uint64_t from, SessionOutcome *outcome)
{
    interrupt_aim(repl->session);
    *outcome = session_run(repl->session, 0);
    interrupt_aim(NULL);
    bool was_interrupted = outcome->kind == OUTCOME_PAUSED && *interrupt_flag();
    printer_finish_line(&repl->printer);
    ExitCode found = moment_tell_findings(repl, from, session_position(repl->session));
    ExitCode code = repl_tell_outcome(repl, outcome);
    if (outcome->kind == OUTCOME_PAUSED && !was_interrupted) {
        return command_tell_choices(repl);
    }
    return code ? code : found;
}

/* Something was given in the past: what came after it then is kept. */
static void tell_branch(Repl *repl, uint32_t count)
{
    uint32_t now = session_branch_count(repl->session);
    if (now > count) {
        printer_print(&repl->printer, "another future begins here; the old one is kept (`branches`)\n");
    }
}

/* ---- what is typed ----------------------------------------------------------------------------------------------- */

void repl_tell_value(Repl *repl, const SessionValue *value)
{
    size_t name = strcspn(value->type, "<[?(");
    bool tells_type = name && strncmp(value->text, value->type, name) == 0;
    printer_print(&repl->printer, "%s", value->text);
    if (!tells_type) {
        printer_print(&repl->printer, " (%s)", value->type);
    }
    printer_print(&repl->printer, "\n");
}

static void tell_submission(Repl *repl)
{
    SessionValue value;
    uint32_t index = session_submission_count(repl->session) - 1;
    if (session_submission_value(repl->session, index, &value)) {
        repl_tell_value(repl, &value);
    }
}

/* ---- a name that is a command, too ------------------------------------------------------------------------------- */

static bool is_identifier_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || (unsigned char)byte >= 0x80;
}

static void note_if_variable(Repl *repl, const char *word, uint32_t length)
{
    const CommandRow *row = command_find(word, length);
    if (row && repl_is_name(repl, word, length)) {
        printer_complain(&repl->printer, "note: '%.*s' is also a command; print it with `p %.*s`", (int)length, word,
                         (int)length, word);
    }
}

/* `int s = 1;`: a word behind another one, followed by what ends a declarator. */
static void note_commands(Repl *repl, const char *code)
{
    bool is_behind_word = false;
    for (const char *at = code; *at;) {
        uint32_t length = 0;
        while (is_identifier_byte(at[length])) {
            length++;
        }
        const char *next = at + length + strspn(at + length, " \t");
        if (length && is_behind_word && strchr("=;", *next) && *next && next[1] != '=') {
            note_if_variable(repl, at, length);
        }
        is_behind_word = length ? true : is_behind_word && strchr(" \t>]?", *at) != NULL;
        at += length ? length : 1;
    }
}

/* ---- a name that nobody knows ------------------------------------------------------------------------------------ */

/* A name that nobody knows may be meant as a command. */
static void suggest_command(Repl *repl, const char *code)
{
    LineReading reading = command_read_line(code, repl_is_name, repl);
    const char *best = NULL;
    char word[64];
    if (!reading.word_length || reading.word_length >= sizeof word) {
        return;
    }
    snprintf(word, sizeof word, "%.*s", (int)reading.word_length, reading.word);
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        best = suggest_nearer(word, best, command_rows[i].name);
    }
    for (uint32_t i = 0; repl_lesson_word(repl, i); i++) {
        best = suggest_nearer(word, best, repl_lesson_word(repl, i));
    }
    if (best) {
        printer_complain(&repl->printer, "'%s' is no command either; did you mean '%s'?", word, best);
    } else {
        printer_complain(&repl->printer, "'%s' is no command either; `help` lists them", word);
    }
}

static ExitCode complain(Repl *repl, SessionStatus status)
{
    switch (status) {
    case SESSION_ERRORS:
        repl_tell_diagnostics(repl, 0);
        return EXIT_PROGRAM;
    case SESSION_IS_OVER:
        printer_complain(&repl->printer, "the program is over: `reset` begins anew");
        return EXIT_USAGE;
    case SESSION_TOO_LATE:
        printer_complain(&repl->printer,
                         "a file can only be loaded when nothing is in progress: `continue` or `reset` first");
        return EXIT_USAGE;
    case SESSION_NO_ROOM:
        printer_complain(&repl->printer, "no room for more: `reset` begins anew");
        return EXIT_LIMIT;
    case SESSION_TOO_LONG:
        printer_complain(&repl->printer, "the source text is too long");
        return EXIT_USAGE;
    case SESSION_OK:
    case SESSION_NOT_FOUND:
    case SESSION_NO_MEMORY:
        break;
    }
    printer_complain(&repl->printer, "out of memory");
    return EXIT_INTERNAL;
}

ExitCode repl_run_code(Repl *repl, const char *code)
{
    char name[32];
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    snprintf(name, sizeof name, "input %u", ++repl->input_number);
    uint64_t from = session_position(repl->session);
    uint32_t branches = session_branch_count(repl->session);
    SessionStatus status = session_submit(repl->session, name, code, strlen(code));
    if (status != SESSION_OK) {
        ExitCode result = complain(repl, status);
        if (status == SESSION_ERRORS) {
            suggest_command(repl, code);
        }
        return result;
    }
    repl_tell_diagnostics(repl, 0); /* warnings */
    tell_branch(repl, branches);
    SessionOutcome outcome;
    ExitCode result = run(repl, from, &outcome);
    if (outcome.kind == OUTCOME_IDLE) {
        note_commands(repl, code);
        tell_submission(repl);
    }
    return result;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

ExitCode repl_load_program(Repl *repl, const char *path)
{
    FileText text = file_read(path, SESSION_SOURCE_LIMIT);
    if (!text.bytes) {
        printer_complain(&repl->printer, "cannot read %s: %s", path, strerror(errno));
        return EXIT_USAGE;
    }
    SessionStatus status = repl_session(repl) ? SESSION_OK : SESSION_NO_MEMORY;
    uint64_t from = 0;
    if (status == SESSION_OK) {
        from = session_position(repl->session);
        session_set_arguments(repl->session, repl->options->argument_count, repl->options->arguments);
        status = session_load(repl->session, path, text.bytes, text.length);
    }
    free(text.bytes);
    if (status != SESSION_OK) {
        return complain(repl, status);
    }
    repl_tell_diagnostics(repl, 0);
    SessionOutcome outcome;
    return run(repl, from, &outcome);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* What `save` has written says so in its first line. */
static bool is_recording(const char *path)
{
    static const char beginning[] = "awaitlab recording ";
    char bytes[sizeof beginning] = "";
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "re");
    size_t length = file ? fread(bytes, 1, sizeof beginning - 1, file) : 0;
    if (file) {
        fclose(file);
    }
    return length == sizeof beginning - 1 && memcmp(bytes, beginning, length) == 0;
}

ExitCode repl_load(Repl *repl, const char *path, bool stops)
{
    if (ends_with(path, ".cs") || ends_with(path, ".csx")) {
        return repl_load_program(repl, path);
    }
    return is_recording(path) ? command_replay_file(repl, path) : repl_run_file(repl, path, stops);
}
