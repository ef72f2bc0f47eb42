#include "report.h"

#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "view/finding.h"
#include "view/json.h"

enum { MOST_DIAGNOSTICS = 100, LONGEST_MESSAGE = 4096 };

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

/* The word of the command line comes first, then NO_COLOR, then those that ask for colour, then the terminal. */
static bool wants_colour(const Options *options, bool is_terminal)
{
    const char *terminal = getenv("TERM");
    if (options->color != COLOR_AUTO) {
        return options->color == COLOR_ALWAYS;
    }
    if (options->plain || is_set("NO_COLOR")) {
        return false;
    }
    if (is_set("CLICOLOR_FORCE") || is_set("FORCE_COLOR")) {
        return true;
    }
    return is_terminal && terminal && strcmp(terminal, "dumb") != 0;
}

/* 0: it is no terminal. */
static int terminal_width(const Options *options, int file)
{
    struct winsize size;
    if (options->width) {
        return (int)options->width;
    }
    bool is_known = ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return !isatty(file) ? 0 : is_known ? size.ws_col : 80;
}

TextStyle report_style(const Options *options, int file)
{
    bool is_terminal = isatty(file);
    bool is_plain = options->plain || options->ascii || is_set("NO_GRAPHICS") || is_set("AWAITLAB_ACCESSIBLE");
    return (TextStyle){
        .caret = is_terminal,
        .colour = wants_colour(options, is_terminal),
        .unicode = !is_plain && strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
        .width = terminal_width(options, file),
    };
}

void report_init(Report *report, const Options *options)
{
    setlocale(LC_CTYPE, "");
    *report = (Report){
        .format = options->format,
        .style = report_style(options, STDERR_FILENO),
        .answer_style = report_style(options, STDOUT_FILENO),
    };
}

/* ---- while compiling --------------------------------------------------------------------------------------------- */

void report_diagnostics(const Report *report, Session *session)
{
    uint32_t count = session_diagnostic_count(session);
    for (uint32_t i = 0; i < count; i++) {
        SessionDiagnostic diagnostic = session_diagnostic(session, i);
        if (report->format == FORMAT_JSON) {
            json_diagnostic(stderr, &diagnostic);
        } else if (i < MOST_DIAGNOSTICS) {
            text_diagnostic(stderr, &report->style, &diagnostic);
        }
    }
    if (report->format == FORMAT_TEXT && count > MOST_DIAGNOSTICS) {
        fprintf(stderr, "awaitlab: and %u more like these\n", count - MOST_DIAGNOSTICS);
    }
}

/* ---- while running ----------------------------------------------------------------------------------------------- */

void report_event(Report *report, const SessionEvent *event)
{
    if (report->format == FORMAT_JSON) {
        json_event(stderr, event);
        return;
    }
    if (!report->head_was_printed) {
        text_event_head(stderr);
        report->head_was_printed = true;
    }
    text_event(stderr, &report->style, event);
}

void report_findings(const Report *report, Session *session)
{
    for (uint32_t i = 0; i < session_finding_count(session); i++) {
        SessionFinding finding = session_finding(session, i);
        if (strcmp(finding.slug, "deadlock") == 0) {
            continue; /* the outcome says it */
        }
        if (report->format == FORMAT_JSON) {
            json_finding(stderr, &finding, NULL);
        } else {
            finding_text(stderr, &report->style, &finding, NULL);
        }
    }
}

void report_stats(const Report *report, const SessionStats *stats)
{
    if (report->format == FORMAT_JSON) {
        json_stats(stderr, stats);
    } else {
        text_stats(stderr, stats);
    }
}

void report_summary(const Report *report, const SessionStats *stats, int exit_code)
{
    report_message(report, "exit code %d, %llu step%s, %llu object%s, %llu B", exit_code,
                   (unsigned long long)stats->steps, stats->steps == 1 ? "" : "s", (unsigned long long)stats->count,
                   stats->count == 1 ? "" : "s", (unsigned long long)stats->bytes);
}

/* ---- at the end -------------------------------------------------------------------------------------------------- */

static void print_limit(FILE *out, const SessionOutcome *outcome)
{
    unsigned long long limit = outcome->limit;
    switch (outcome->kind) {
    case OUTCOME_STEP_LIMIT:
        fprintf(out, "awaitlab: stopped after %llu steps (--max-steps)\n", limit);
        break;
    case OUTCOME_INSTRUCTION_LIMIT:
        fprintf(out, "awaitlab: stopped after %llu instructions, a thousand for each step (--max-steps)\n", limit);
        break;
    case OUTCOME_HEAP_LIMIT:
        fprintf(out, "awaitlab: the simulated heap of %llu bytes is full (--max-heap)\n", limit);
        break;
    case OUTCOME_STACK_OVERFLOW:
        fprintf(out, "awaitlab: the simulated stack of %llu bytes is full\n", limit);
        break;
    case OUTCOME_PAUSED:
    case OUTCOME_IDLE:
    case OUTCOME_FINISHED:
    case OUTCOME_UNHANDLED:
    case OUTCOME_FAIL_FAST:
    case OUTCOME_DEADLOCK:
    case OUTCOME_OUTPUT_CLOSED:
    case OUTCOME_NO_MEMORY:
    case OUTCOME_ERRORS:
    case OUTCOME_INTERNAL_ERROR:
        break;
    }
}

static void print_deadlock(FILE *out, const SessionOutcome *outcome)
{
    fprintf(out, "awaitlab: deadlock: every thread waits and nothing can wake one%s%s\n",
            *outcome->text ? "; Main waits at " : "", outcome->text);
}

void report_print_outcome(FILE *out, const SessionOutcome *outcome)
{
    bool is_dotnet_text = outcome->kind == OUTCOME_UNHANDLED || outcome->kind == OUTCOME_FAIL_FAST ||
                          outcome->kind == OUTCOME_HEAP_LIMIT || outcome->kind == OUTCOME_STACK_OVERFLOW;
    if (is_dotnet_text) {
        fprintf(out, "%s\n", outcome->text);
    }
    if (outcome->kind == OUTCOME_DEADLOCK) {
        print_deadlock(out, outcome);
    }
    if (outcome->kind == OUTCOME_NO_MEMORY) {
        fprintf(out, "awaitlab: out of memory%s%s\n", *outcome->text ? ": " : "", outcome->text);
    }
    if (outcome->kind == OUTCOME_INTERNAL_ERROR) {
        fprintf(out, "awaitlab: internal error, please report it with the program: %s\n", outcome->text);
    }
    print_limit(out, outcome);
}

void report_outcome(const Report *report, const SessionOutcome *outcome, const char *name, int exit_code)
{
    if (report->format == FORMAT_JSON) {
        json_outcome(stderr, outcome, name, exit_code);
    } else {
        report_print_outcome(stderr, outcome);
    }
}

void report_message(const Report *report, const char *format, ...)
{
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (report->format == FORMAT_JSON) {
        json_message(stderr, text);
        return;
    }
    fputs("awaitlab: ", stderr);
    text_print_clean(stderr, text, strlen(text), sizeof text);
    fputc('\n', stderr);
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

void report_layout(const Report *report, const SessionLayout *layout)
{
    if (report->format == FORMAT_JSON) {
        json_layout(stdout, layout);
    } else {
        text_layout(stdout, &report->answer_style, layout);
    }
}

void report_lowered(const Report *report, const char *text)
{
    if (report->format == FORMAT_JSON) {
        json_lowered(stdout, text);
    } else {
        fputs(text, stdout);
    }
}
