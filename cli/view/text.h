/* Records as plain text: the face for pipes, logs, screen readers, and everybody's first look. */
#ifndef AWAITLAB_CLI_VIEW_TEXT_H
#define AWAITLAB_CLI_VIEW_TEXT_H

#include <stdio.h>

#include "sim.h"

typedef struct TextStyle {
    bool colour;  /* escape sequences may be written */
    bool caret;   /* show the source line below a diagnostic */
    bool unicode; /* boxes may be drawn with more than ASCII */
    int width;    /* columns of the terminal: source lines are cut to it, sentences folded; 0: not a terminal */
} TextStyle;

/* `text` with what could harm a terminal replaced: invalid UTF-8 and control characters become U+FFFD. At most `limit`
 * bytes, then "...". */
void text_print_clean(FILE *out, const char *text, size_t length, size_t limit);

void text_diagnostic(FILE *out, const TextStyle *style, const SessionDiagnostic *diagnostic);
void text_event_head(FILE *out);
void text_event(FILE *out, const TextStyle *style, const SessionEvent *event);
/* A table in the style of a BenchmarkDotNet summary. */
void text_stats(FILE *out, const SessionStats *stats);
/* A box as wide as it needs to be; where that is more than style->width, without the column that tells where a field is
 * declared. */
void text_layout(FILE *out, const TextStyle *style, const SessionLayout *layout);

#endif
