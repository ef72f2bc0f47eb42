#include "repl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command_internal.h"
#include "interrupt.h"
#include "repl_lesson.h"
#include "report.h"
#include "suggest.h"

enum { INSTRUCTIONS_PER_STEP = 1000 };

/* ---- the session ------------------------------------------------------------------------------------------------- */

static bool write_output(void *context, int stream, const char *bytes, size_t length)
{
    Repl *repl = context;
    printer_write(&repl->printer, stream, bytes, length);
    return !repl->printer.failure;
}

/* The program reads lines from where commands come from, as at any prompt. */
static bool read_line(void *context, const char **line, size_t *length)
{
    Repl *repl = context;
    printer_flush(&repl->printer);
    if (repl->ask) { /* somebody owns the screen */
        bool is_there = repl->ask(repl->ask_context, line);
        *length = is_there ? strlen(*line) : 0;
        return is_there;
    }
    if (!repl->edit || line_edit_read(repl->edit, "", line) != LINE_READ) {
        return false;
    }
    *length = strlen(*line);
    printer_echo(&repl->printer, "", *line);
    return true;
}

static SessionOptions session_options(Repl *repl)
{
    const Options *options = repl->options;
    bool is_countable = options->max_steps <= UINT64_MAX / INSTRUCTIONS_PER_STEP;
    return (SessionOptions){
        .host = {.context = repl, .write = write_output, .read_line = read_line},
        .max_steps = options->max_steps,
        .max_instructions = is_countable ? options->max_steps * INSTRUCTIONS_PER_STEP : 0,
        .max_heap = options->max_heap,
        .seed = options->seed,
        .count_events = true,
        .interactive = true,
    };
}

Session *repl_session(Repl *repl)
{
    if (!repl->session) {
        SessionOptions wanted = session_options(repl);
        repl->session = session_open(&wanted);
        bool is_ready = repl->session && session_keep_history(repl->session, 0) == SESSION_OK &&
                        session_look_begin(repl->session) == SESSION_OK; /* so that it keeps what each step changes */
        if (repl->session && !is_ready) {
            repl_forget_session(repl);
        }
    }
    if (!repl->session) {
        printer_complain(&repl->printer, "out of memory");
    }
    return repl->session;
}

void repl_forget_session(Repl *repl)
{
    session_close(repl->session);
    repl->session = NULL;
    notes_free(&repl->notes);
}

void repl_tell_diagnostics(Repl *repl, uint32_t from)
{
    uint32_t count = session_diagnostic_count(repl->session);
    FILE *file = printer_begin(&repl->printer);
    for (uint32_t i = from; file && i < count; i++) {
        SessionDiagnostic diagnostic = session_diagnostic(repl->session, i);
        text_diagnostic(file, &repl->error_style, &diagnostic);
    }
    printer_end(&repl->printer, file, STREAM_ERROR);
}

/* ---- one input --------------------------------------------------------------------------------------------------- */

static ExitCode complain_about_word(Repl *repl, const LineReading *reading)
{
    char word[64];
    const char *best = NULL;
    snprintf(word, sizeof word, "%.*s", (int)reading->word_length, reading->word);
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        best = suggest_nearer(word, best, command_rows[i].name);
    }
    printer_complain(&repl->printer, "unknown command '%s'%s%s%s", word,
                     best ? "; did you mean '" : "; `help` lists them", best ? best : "", best ? "'?" : "");
    return EXIT_USAGE;
}

/* `n` steps, also where a variable is called so. */
static void note_variable(Repl *repl, const LineReading *reading)
{
    bool is_short = reading->word_length <= 2 && !reading->argument_length;
    if (is_short && repl_is_name(repl, reading->word, reading->word_length)) {
        printer_complain(&repl->printer, "note: '%.*s' is also a variable; print it with `p %.*s`",
                         (int)reading->word_length, reading->word, (int)reading->word_length, reading->word);
    }
}

static ExitCode do_command(Repl *repl, const LineReading *reading)
{
    char *arguments = strndup(reading->arguments, reading->argument_length);
    if (!arguments) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    const CommandRow *row = reading->row;
    ExitCode code = EXIT_DONE;
    note_variable(repl, reading);
    if (row->kind == ARGUMENT_NOTHING && *arguments) {
        printer_complain(&repl->printer, "%s takes no argument; `help %s` tells more", row->name, row->name);
        code = EXIT_USAGE;
    } else {
        code = row->function(repl, (CommandId)(row - command_rows), arguments);
    }
    free(arguments);
    return code;
}

/* The list of inputs for `history`; no memory: it has a gap. */
static void remember(Repl *repl, const char *input)
{
    if (repl->typed_count == repl->typed_capacity) {
        uint32_t capacity = repl->typed_capacity ? repl->typed_capacity * 2 : 64;
        char **grown = realloc(repl->typed, capacity * sizeof *grown);
        if (!grown) {
            return;
        }
        repl->typed = grown;
        repl->typed_capacity = capacity;
    }
    char *copy = strdup(input);
    if (copy) {
        repl->typed[repl->typed_count++] = copy;
    }
}

static ExitCode do_in_lesson(Repl *repl, const char *input)
{
    remember(repl, input);
    ExitCode code = repl_lesson_do(repl, input);
    printer_flush(&repl->printer);
    return code;
}

ExitCode repl_do(Repl *repl, const char *input)
{
    if (repl_lesson_wants(repl, input)) {
        return do_in_lesson(repl, input);
    }
    LineReading reading = command_read_line(input, repl_is_name, repl);
    if (reading.kind != LINE_NOTHING) {
        remember(repl, input);
    }
    bool is_play = reading.kind == LINE_COMMAND && reading.row->function == command_play;
    if (reading.kind != LINE_NOTHING && !is_play && !repl_lesson_load(repl)) {
        return EXIT_USAGE;
    }
    ExitCode code = EXIT_DONE;
    switch (reading.kind) {
    case LINE_NOTHING:
        break;
    case LINE_COMMAND:
        code = do_command(repl, &reading);
        break;
    case LINE_UNKNOWN:
        code = complain_about_word(repl, &reading);
        break;
    case LINE_CODE:
        code = repl_run_code(repl, input);
        break;
    }
    printer_flush(&repl->printer);
    return code;
}

bool repl_needs_more(Repl *repl, const char *input)
{
    if (repl_lesson_wants(repl, input)) {
        return false;
    }
    LineReading reading = command_read_line(input, repl_is_name, repl);
    return reading.kind == LINE_CODE && repl_session(repl) &&
           session_input_state(repl->session, input, strlen(input)) == INPUT_INCOMPLETE;
}

/* ---- many inputs ------------------------------------------------------------------------------------------------- */

/* The lines of one input so far. */
typedef struct Unit {
    char *text;
    size_t length, capacity;
} Unit;

static bool unit_add(Unit *unit, const char *line)
{
    size_t length = strlen(line);
    if (unit->length + length + 2 > unit->capacity) {
        size_t capacity = (unit->length + length + 2) * 2;
        char *grown = realloc(unit->text, capacity);
        if (!grown) {
            return false;
        }
        unit->text = grown;
        unit->capacity = capacity;
    }
    if (unit->length) {
        unit->text[unit->length++] = '\n';
    }
    memcpy(unit->text + unit->length, line, length + 1);
    unit->length += length;
    return true;
}

static void unit_clear(Unit *unit)
{
    unit->length = 0;
    if (unit->text) {
        unit->text[0] = 0;
    }
}

/* Enter on an empty line repeats a step, where somebody sits at the prompt. */
static const char *chosen_input(const Repl *repl, const char *typed)
{
    bool is_empty = !typed[strspn(typed, " \t")];
    bool repeats = repl->is_interactive && !repl_lesson_player(repl); /* in a lesson Enter turns the page */
    return is_empty && repeats && repl->repeatable ? repl->repeatable : typed;
}

/* A pasted block whose first line is a command is a list of lines; otherwise it is one piece of C#. */
static ExitCode do_pasted(Repl *repl, const char *input)
{
    LineReading reading = command_read_line(input, repl_is_name, repl);
    bool is_block = strchr(input, '\n') && reading.kind == LINE_COMMAND;
    return is_block ? repl_run_text(repl, input, false) : repl_do(repl, input);
}

static ExitCode do_unit(Repl *repl, Unit *unit)
{
    const char *input = chosen_input(repl, unit->text);
    bool is_key = line_edit_was_key(repl->edit);
    bool is_repeated = input != unit->text;
    if (!is_key && !is_repeated) {
        line_edit_remember(repl->edit, input);
    }
    repl->repeatable = is_key || is_repeated ? repl->repeatable : NULL;
    ExitCode code = do_pasted(repl, input);
    unit_clear(unit);
    return code;
}

typedef struct Loop {
    Repl *repl;
    bool stops;    /* at the first error */
    ExitCode code; /* of the first error */
    Unit unit;
} Loop;

/* False: this was the last line. */
static bool take_line(Loop *loop, const char *line)
{
    Repl *repl = loop->repl;
    repl->line_number++;
    printer_echo(&repl->printer, loop->unit.length ? "..> " : repl->prompt, line);
    if (!unit_add(&loop->unit, line)) {
        printer_complain(&repl->printer, "out of memory");
        loop->code = EXIT_INTERNAL;
        return false;
    }
    repl->pending = loop->unit.text;
    if (repl_needs_more(repl, loop->unit.text)) {
        return true;
    }
    repl->pending = NULL;
    ExitCode code = do_unit(repl, &loop->unit);
    loop->code = loop->code ? loop->code : code;
    bool is_stopped = code == EXIT_INTERRUPTED && !repl->is_interactive;
    return !repl->is_over && !(loop->stops && code) && !is_stopped;
}

/* An unfinished input at the end is C# all the same: the compiler says what it lacks. */
static void finish_lines(Loop *loop)
{
    Repl *repl = loop->repl;
    repl->pending = NULL;
    if (loop->unit.length) {
        ExitCode code = do_unit(repl, &loop->unit);
        loop->code = loop->code ? loop->code : code;
    }
}

static bool take_interrupt(Loop *loop)
{
    unit_clear(&loop->unit);
    loop->repl->pending = NULL;
    interrupt_take();
    if (!loop->repl->is_interactive) {
        loop->code = EXIT_INTERRUPTED;
    }
    return loop->repl->is_interactive;
}

static bool read_failed(Loop *loop)
{
    printer_complain(&loop->repl->printer, "cannot read: %s", strerror(errno));
    loop->code = EXIT_USAGE;
    return false;
}

static ExitCode run_lines(Repl *repl, LineEdit *edit, bool stops)
{
    Loop loop = {.repl = repl, .stops = stops};
    LineEdit *outer = repl->edit;
    repl->edit = edit;
    for (bool goes_on = true; goes_on;) {
        const char *line;
        printer_flush(&repl->printer);
        switch (line_edit_read(edit, loop.unit.length ? "..> " : repl->prompt, &line)) {
        case LINE_READ:
            goes_on = take_line(&loop, line);
            break;
        case LINE_INTERRUPTED:
            goes_on = take_interrupt(&loop);
            break;
        case LINE_END:
            finish_lines(&loop);
            goes_on = false;
            break;
        case LINE_FAILED:
            goes_on = read_failed(&loop);
            break;
        }
    }
    free(loop.unit.text);
    repl->pending = NULL;
    repl->edit = outer;
    return loop.code;
}

/* Where the script stopped, unless its own lines have just been typed. */
static void tell_stop(Repl *repl, ExitCode code, bool stops)
{
    if (code && stops && repl->script && !repl->is_over) {
        printer_complain(&repl->printer, "%s:%u: stopped at the first error", repl->script, repl->line_number);
    }
}

static ExitCode run_stream(Repl *repl, FILE *file, const char *name, bool stops)
{
    enum { DEEPEST = 16 };
    LineEditHost host = repl_line_edit_host(repl);
    LineEdit *edit = line_edit_open(&host, false, file, NULL, interrupt_flag());
    bool was_interactive = repl->is_interactive;
    const char *outer = repl->script;
    uint32_t outer_line = repl->line_number;
    ExitCode code = EXIT_USAGE;
    if (!edit) {
        printer_complain(&repl->printer, "out of memory");
    } else if (repl->load_depth == DEEPEST) {
        printer_complain(&repl->printer, "scripts that load scripts: %d are open already", DEEPEST);
    } else {
        repl->load_depth++;
        repl->is_interactive = false;
        repl->script = name;
        repl->line_number = 0;
        code = run_lines(repl, edit, stops);
        tell_stop(repl, code, stops);
        repl->script = outer;
        repl->line_number = outer_line;
        repl->is_interactive = was_interactive;
        repl->load_depth--;
    }
    line_edit_close(edit);
    return code;
}

ExitCode repl_run_text(Repl *repl, const char *text, bool stops)
{
    FILE *file = *text ? fmemopen((char *)(uintptr_t)text, strlen(text), "r") : NULL;
    if (!file) {
        return EXIT_DONE;
    }
    ExitCode code = run_stream(repl, file, NULL, stops);
    fclose(file);
    return code;
}

/* NULL: errno says why. A folder can be opened, too, but not read. */
static FILE *open_script(const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    return fopen(path, "re");
}

ExitCode repl_run_file(Repl *repl, const char *path, bool stops)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : open_script(path);
    if (!file) {
        printer_complain(&repl->printer, "cannot read %s: %s", path, strerror(errno));
        return EXIT_USAGE;
    }
    ExitCode code = run_stream(repl, file, file == stdin ? "stdin" : path, stops);
    if (file != stdin) {
        fclose(file);
    }
    return code;
}

/* The lines of a terminal. */
ExitCode repl_run_terminal(Repl *repl, const char *history)
{
    LineEditHost host = repl_line_edit_host(repl);
    LineEdit *edit = line_edit_open(&host, true, NULL, history, interrupt_flag());
    if (!edit) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    repl->is_interactive = true;
    run_lines(repl, edit, false);
    line_edit_close(edit);
    return EXIT_DONE;
}

/* ---- small questions --------------------------------------------------------------------------------------------- */

bool repl_is_name(void *context, const char *word, uint32_t length)
{
    Repl *repl = context;
    SessionCandidates found;
    if (!repl->session || !length || session_complete(repl->session, word, length, length, &found) != SESSION_OK) {
        return false;
    }
    for (uint32_t i = 0; i < found.count; i++) {
        const SessionCandidate *candidate = &found.at[i];
        if (strlen(candidate->name) == length && memcmp(candidate->name, word, length) == 0) {
            return strcmp(candidate->kind, "keyword") != 0 && strcmp(candidate->kind, "namespace") != 0;
        }
    }
    return false;
}

/* An error shows its line also where nobody looks on: what was typed is not in the output then. */
static void set_styles(Repl *repl, const Options *options)
{
    repl->style = report_style(options, STDOUT_FILENO);
    repl->error_style = report_style(options, STDERR_FILENO);
    repl->error_style.caret = true;
    repl->error_style.width = repl->error_style.width ? repl->error_style.width : 80;
}

void repl_use_settings(Repl *repl)
{
    Options options = *repl->options;
    options.width = repl->settings.width ? (uint32_t)repl->settings.width : options.width;
    options.ascii = repl->settings.ascii;
    options.color = repl->settings.color ? COLOR_ALWAYS : COLOR_NEVER;
    set_styles(repl, &options);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

Repl *repl_open(const Options *options)
{
    Repl *repl = calloc(1, sizeof *repl);
    if (repl) {
        repl->options = options;
        repl->prompt = "al> ";
        repl->settings = (Settings){
#define SETTING(id, name, kind, value, values, sentence) .id = value,
#include "setting.def"
        };
        set_styles(repl, options);
        repl->settings.ascii = !repl->style.unicode;
        repl->settings.color = repl->style.colour;
        repl->settings.width = options->width;
    }
    return repl;
}

void repl_sum_up(Repl *repl, ExitCode code)
{
    SessionStats stats = {0};
    if (repl->session) {
        session_stats(repl->session, &stats);
    }
    printer_complain(&repl->printer, "awaitlab: exit code %d, %llu step%s, %llu object%s, %llu B", (int)code,
                     (unsigned long long)stats.steps, stats.steps == 1 ? "" : "s", (unsigned long long)stats.count,
                     stats.count == 1 ? "" : "s", (unsigned long long)stats.bytes);
}

ExitCode repl_finish(Repl *repl, ExitCode code)
{
    printer_flush(&repl->printer);
    if (repl->printer.failure) {
        bool is_pipe = repl->printer.failure == EPIPE;
        if (!is_pipe) {
            fprintf(stderr, "awaitlab: cannot write to standard output: %s\n", strerror(repl->printer.failure));
        }
        return is_pipe ? EXIT_NO_READER : EXIT_USAGE;
    }
    if (repl->options->batch) {
        repl_sum_up(repl, code);
    }
    return code;
}

void repl_close(Repl *repl)
{
    if (!repl) {
        return;
    }
    repl_lesson_close(repl);
    repl_forget_session(repl);
    printer_close(&repl->printer);
    for (uint32_t i = 0; i < repl->typed_count; i++) {
        free(repl->typed[i]);
    }
    free(repl->typed);
    free(repl);
}
