/* Records as JSON lines: one object per line, each with "record" saying what it is. */
#ifndef AWAITLAB_CLI_VIEW_JSON_H
#define AWAITLAB_CLI_VIEW_JSON_H

#include <stdio.h>

#include "sim.h"

void json_diagnostic(FILE *out, const SessionDiagnostic *diagnostic);
void json_event(FILE *out, const SessionEvent *event);
void json_stats(FILE *out, const SessionStats *stats);
void json_layout(FILE *out, const SessionLayout *layout);
void json_lowered(FILE *out, const char *text);
/* How the run ended: `name` in a word; exit_code is awaitlab's own. */
void json_outcome(FILE *out, const SessionOutcome *outcome, const char *name, int exit_code);
/* Anything else that goes wrong. */
void json_message(FILE *out, const char *text);

#endif
