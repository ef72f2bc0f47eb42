/* awaitlab run: a program goes in, its output comes out, and what ended it becomes an exit code. */
#include "run.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "file.h"
#include "outcome.h"
#include "report.h"
#include "sim.h"

enum { INSTRUCTIONS_PER_STEP = 1000 };

/* ---- signals -----------------------------------------------------------------------------------------------------
 *
 * A handler can only reach static things. They say which session to stop, and afterwards why it was stopped. While a
 * program is being compiled there is nothing to flush and no place to stop at: the process ends at once. */

static Session *volatile running;
static volatile sig_atomic_t was_interrupted, was_timed_out;

static void on_signal(int number)
{
    static const char message[] = "awaitlab: stopped while compiling: time is up (--timeout)\n";
    if (number == SIGALRM) {
        was_timed_out = 1;
    } else {
        was_interrupted = 1;
    }
    if (running) {
        session_stop(running);
    } else {
        ssize_t written = number == SIGALRM ? write(STDERR_FILENO, message, sizeof message - 1) : 0;
        _exit(number == SIGALRM && written >= 0 ? EXIT_LIMIT : 128 + number);
    }
}

/* A second Ctrl-C ends the process as it always does. */
static void catch_signals(uint64_t timeout)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_flags = 0;
    sigaction(SIGALRM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct itimerval timer = {
        .it_value = {.tv_sec = (time_t)(timeout / 1000000), .tv_usec = (suseconds_t)(timeout % 1000000)}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void release_signals(void)
{
    struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
    signal(SIGALRM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}

/* ---- what the session asks of us --------------------------------------------------------------------------------- */

typedef struct Batch {
    const Options *options;
    const RunWatcher *watcher; /* NULL: none */
    Report report;
    Session *session;
    int output_errno; /* why the program's output could not be written; 0: it could */
    char *line;       /* the newest line of input */
    size_t line_capacity;
} Batch;

static bool should_stop(void)
{
    return was_interrupted || was_timed_out;
}

static bool write_all(Batch *batch, int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && (errno != EINTR || should_stop())) {
            batch->output_errno = errno == EINTR ? 0 : errno;
            return false;
        }
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static bool write_output(void *context, int stream, const char *bytes, size_t length)
{
    const Batch *batch = context;
    if (batch->watcher && batch->watcher->drops_output) {
        return true;
    }
    fflush(stderr); /* events that were told before come before */
    return write_all(context, stream == 2 ? STDERR_FILENO : STDOUT_FILENO, bytes, length);
}

/* One byte at a time when nothing may be read ahead would be slow; stdio's reading ahead harms nobody, since nobody
 * else reads. */
static bool read_line(void *context, const char **line, size_t *length)
{
    Batch *batch = context;
    fflush(stderr);
    ssize_t got = should_stop() ? -1 : getline(&batch->line, &batch->line_capacity, stdin);
    if (got < 0) {
        return false;
    }
    got -= got > 0 && batch->line[got - 1] == '\n';
    got -= got > 0 && batch->line[got - 1] == '\r';
    *line = batch->line;
    *length = (size_t)got;
    return true;
}

static void tell_event(void *context, const SessionEvent *event)
{
    Batch *batch = context;
    report_event(&batch->report, event);
}

/* ---- the program ------------------------------------------------------------------------------------------------- */

static int complain_about_file(const Batch *batch, const char *path)
{
    const char *reason = errno == EFBIG    ? "larger than 1 GiB"
                         : errno == EISDIR ? "it is a directory, not a C# file"
                                           : strerror(errno);
    report_message(&batch->report, "cannot read %s: %s", strcmp(path, "-") == 0 ? "standard input" : path, reason);
    return EXIT_USAGE;
}

static int add_failed(const Batch *batch, SessionStatus status)
{
    report_message(&batch->report, status == SESSION_NO_MEMORY ? "out of memory" : "the program is too long");
    return status == SESSION_NO_MEMORY ? EXIT_INTERNAL : EXIT_USAGE;
}

/* EXIT_DONE, or the code to end with. */
static int load(Batch *batch)
{
    const Options *options = batch->options;
    SessionStatus status = SESSION_OK;
    if (options->code) {
        status = session_add_source(batch->session, "command line", options->code, strlen(options->code));
    } else if (options->file) {
        FileText text = file_read(options->file, SESSION_SOURCE_LIMIT);
        if (!text.bytes) {
            return complain_about_file(batch, options->file);
        }
        const char *name = strcmp(options->file, "-") == 0 ? "stdin" : options->file;
        status = session_add_source(batch->session, name, text.bytes, text.length);
        free(text.bytes);
    }
    if (status == SESSION_OK) {
        status = session_set_arguments(batch->session, options->argument_count, options->arguments);
    }
    return status == SESSION_OK ? EXIT_DONE : add_failed(batch, status);
}

/* ---- answers instead of a run ------------------------------------------------------------------------------------ */

static int finish_answer(const Batch *batch)
{
    if (fflush(stdout) == 0) {
        return EXIT_DONE;
    }
    if (errno == EPIPE) {
        return EXIT_NO_READER;
    }
    report_message(&batch->report, "cannot write to standard output: %s", strerror(errno));
    return EXIT_USAGE;
}

static int answer_errors(const Batch *batch, SessionStatus status)
{
    if (status == SESSION_NO_MEMORY) {
        report_message(&batch->report, "out of memory");
        return EXIT_INTERNAL;
    }
    report_diagnostics(&batch->report, batch->session);
    return EXIT_PROGRAM;
}

static int show_lowered(const Batch *batch)
{
    const char *text;
    SessionStatus status = session_lowered(batch->session, batch->options->lowered_method, &text);
    if (status == SESSION_NOT_FOUND) {
        report_message(&batch->report, "--lowered: the program has no method called '%.200s'",
                       batch->options->lowered_method);
        return EXIT_USAGE;
    }
    if (status != SESSION_OK) {
        return answer_errors(batch, status);
    }
    report_lowered(&batch->report, text);
    return EXIT_DONE;
}

static bool has_program(const Options *options)
{
    return options->file || options->code;
}

static int show_layout(const Batch *batch)
{
    SessionLayout layout;
    SessionStatus status = has_program(batch->options) ? session_check(batch->session) : SESSION_OK;
    if (status != SESSION_OK) {
        return answer_errors(batch, status);
    }
    status = session_layout(batch->session, batch->options->layout, &layout);
    if (status == SESSION_NOT_FOUND) {
        uint32_t count = session_diagnostic_count(batch->session);
        const char *reason =
            count ? session_diagnostic(batch->session, count - 1).message : "it is not a type with fields";
        report_message(&batch->report, "--layout '%.200s': %.1000s", batch->options->layout, reason);
        return EXIT_USAGE;
    }
    if (status != SESSION_OK) {
        return answer_errors(batch, status);
    }
    report_layout(&batch->report, &layout);
    return EXIT_DONE;
}

static int answer(const Batch *batch)
{
    int exit_code = batch->options->layout ? show_layout(batch) : EXIT_DONE;
    if (exit_code == EXIT_DONE && batch->options->lowered) {
        exit_code = show_lowered(batch);
    }
    int written = finish_answer(batch);
    return exit_code ? exit_code : written;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* A run that nobody stopped must not pause. While watching, the program's own exit code is nobody's. */
static int outcome_code(const Batch *batch, const SessionOutcome *outcome)
{
    if (outcome->kind == OUTCOME_PAUSED || outcome->kind == OUTCOME_IDLE) {
        return EXIT_INTERNAL;
    }
    bool is_nobodys = batch->watcher && outcome->kind == OUTCOME_FINISHED;
    return (int)(is_nobodys ? EXIT_DONE : outcome_exit_code(outcome));
}

/* When it was not the program's doing: a signal, or nowhere to write to. */
static int report_stop(const Batch *batch)
{
    if (batch->output_errno == EPIPE) {
        return EXIT_NO_READER;
    }
    if (batch->output_errno) {
        report_message(&batch->report, "cannot write the program's output: %s", strerror(batch->output_errno));
        return EXIT_USAGE;
    }
    if (was_interrupted) {
        return EXIT_INTERRUPTED;
    }
    report_message(&batch->report, "stopped after %g s (--timeout)", (double)batch->options->timeout / 1e6);
    return EXIT_LIMIT;
}

static const char *stop_name(const Batch *batch)
{
    return batch->output_errno ? "output-closed" : was_interrupted ? "interrupted" : "timeout";
}

static int report_end(Batch *batch, const SessionOutcome *outcome)
{
    bool was_stopped = outcome->kind == OUTCOME_PAUSED || outcome->kind == OUTCOME_OUTPUT_CLOSED;
    int exit_code = was_stopped ? report_stop(batch) : outcome_code(batch, outcome);
    if (outcome->kind == OUTCOME_ERRORS) {
        report_diagnostics(&batch->report, batch->session);
    }
    const char *name = was_stopped ? stop_name(batch) : session_outcome_name(outcome->kind);
    if (!was_stopped || batch->options->format == FORMAT_JSON) {
        report_outcome(&batch->report, outcome, name, exit_code);
    }
    return exit_code;
}

static void report_allocations(const Batch *batch, int exit_code)
{
    SessionStats stats;
    if (session_stats(batch->session, &stats) != SESSION_OK) {
        return;
    }
    if (batch->options->stats) {
        report_stats(&batch->report, &stats);
    }
    if (batch->options->command == COMMAND_WATCH) {
        report_summary(&batch->report, &stats, exit_code);
    }
}

static int run(Batch *batch)
{
    SessionOutcome outcome;
    if (session_check(batch->session) == SESSION_OK) {
        running = batch->session;
        outcome = session_run(batch->session, 0);
        running = NULL;
        release_signals();
    } else {
        release_signals();
        outcome = session_run(batch->session, 0); /* which tells why it does not */
    }
    int exit_code = report_end(batch, &outcome);
    if (batch->watcher) {
        batch->watcher->finished(batch->watcher->context, batch->session, &outcome);
    } else {
        report_findings(&batch->report, batch->session);
    }
    if (outcome.kind != OUTCOME_ERRORS && exit_code != EXIT_NO_READER) {
        report_allocations(batch, exit_code);
    }
    bool is_lost = fflush(stderr) != 0 || ferror(stderr);
    return is_lost && exit_code == EXIT_DONE ? EXIT_USAGE : exit_code;
}

static SessionOptions session_options(Batch *batch)
{
    const Options *options = batch->options;
    bool is_countable = options->max_steps <= UINT64_MAX / INSTRUCTIONS_PER_STEP;
    return (SessionOptions){
        .host =
            {
                .context = batch,
                .write = write_output,
                .read_line = read_line,
                .event = options->trace ? tell_event : NULL,
            },
        .max_steps = options->max_steps,
        .max_instructions = is_countable ? options->max_steps * INSTRUCTIONS_PER_STEP : 0,
        .max_heap = options->max_heap,
        .seed = options->seed,
        .count_events = options->stats || options->command == COMMAND_WATCH,
        .find_misuse = !options->no_findings,
        .exact_findings = options->command == COMMAND_CHECK,
    };
}

/* Many short lines: collected when nobody watches them come. */
static void buffer_messages(const Options *options)
{
    static char buffer[64 * 1024];
    if (options->trace && !isatty(STDERR_FILENO)) {
        setvbuf(stderr, buffer, _IOFBF, sizeof buffer);
    }
}

int run_batch(const Options *options)
{
    return run_watched(options, NULL);
}

int run_watched(const Options *options, const RunWatcher *watcher)
{
    Batch batch = {.options = options, .watcher = watcher};
    report_init(&batch.report, options);
    catch_signals(options->timeout);
    buffer_messages(options);
    SessionOptions wanted = session_options(&batch);
    batch.session = session_open(&wanted);
    if (!batch.session) {
        report_message(&batch.report, "out of memory");
        return EXIT_INTERNAL;
    }
    int exit_code = load(&batch);
    if (exit_code == EXIT_DONE) {
        exit_code = options->layout || options->lowered ? answer(&batch) : run(&batch);
    }
    release_signals();
    session_close(batch.session);
    free(batch.line);
    return exit_code;
}
