/* Records as plain text: the face for pipes, logs, screen readers, and everybody's first look. */
#ifndef AWAITLAB_CLI_VIEW_TEXT_H
#define AWAITLAB_CLI_VIEW_TEXT_H

#include <stdio.h>

#include "sim.h"

typedef struct TextStyle {
    bool colour;  /* escape sequences may be written */
    bool caret;   /* show the source line below a diagnostic */
    bool unicode; /* boxes may be drawn with more than ASCII */
    int width;    /* columns a source line may take */
} TextStyle;

/* `text` with what could harm a terminal replaced: invalid UTF-8 and control characters become U+FFFD. At most `limit`
 * bytes, then "...". */
void text_print_clean(FILE *out, const char *text, size_t length, size_t limit);

void text_diagnostic(FILE *out, const TextStyle *style, const SessionDiagnostic *diagnostic);
void text_event_head(FILE *out);
void text_event(FILE *out, const SessionEvent *event);
/* A table in the style of a BenchmarkDotNet summary. */
void text_stats(FILE *out, const SessionStats *stats);
void text_layout(FILE *out, const TextStyle *style, const SessionLayout *layout);

#endif
