/* What awaitlab itself says while it runs a program, as text or as JSON lines. Program output never passes through
 * here. */
#ifndef AWAITLAB_CLI_REPORT_H
#define AWAITLAB_CLI_REPORT_H

#include <stdio.h>

#include "options.h"
#include "sim.h"
#include "view/text.h"

typedef struct Report {
    OutputFormat format;
    TextStyle style;        /* of standard error */
    TextStyle answer_style; /* of standard output */
    bool head_was_printed;  /* of the event table */
} Report;

/* How to write to `file`: by the options, the environment (NO_COLOR, CLICOLOR_FORCE, NO_GRAPHICS, TERM), the locale and
 * the terminal, in this order. Needs the locale to be set. */
TextStyle report_style(const Options *options, int file);
/* Sets the locale, and looks at all that. */
void report_init(Report *report, const Options *options);

/* On standard error. */
void report_diagnostics(const Report *report, Session *session);
/* What the detector has found. */
void report_findings(const Report *report, Session *session);
void report_event(Report *report, const SessionEvent *event);
void report_stats(const Report *report, const SessionStats *stats);
/* The run in one line. */
void report_summary(const Report *report, const SessionStats *stats, int exit_code);
/* `name` is a word for the record: session_outcome_name, or why awaitlab stopped the program. */
void report_outcome(const Report *report, const SessionOutcome *outcome, const char *name, int exit_code);
/* How a run ended, in words, when there is something to say. */
void report_print_outcome(FILE *out, const SessionOutcome *outcome);
/* "awaitlab: MESSAGE" on a line of its own. */
void report_message(const Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* On standard output: they are what was asked for. */
void report_layout(const Report *report, const SessionLayout *layout);
void report_lowered(const Report *report, const char *text);

#endif
