/* A pen for panes: writes styled text row by row, and takes care of scrolling and of the right edge. */
#ifndef AWAITLAB_CLI_VIEW_PEN_H
#define AWAITLAB_CLI_VIEW_PEN_H

#include "view/pane.h"

typedef struct Pen {
    Canvas *canvas;
    int row, column; /* where the next character goes; rows above the pane are negative */
    int width;
} Pen;

/* At the top of a pane, scrolled as the view says. */
Pen pen_at(const PaneView *view, Canvas *canvas);
void pen_put(Pen *pen, Style style, const char *text);
void pen_put_length(Pen *pen, Style style, const char *text, size_t length);
void pen_print(Pen *pen, Style style, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* In exactly `width` columns: cut with ".." or filled up. `right`: filled up on the left. */
void pen_fit(Pen *pen, Style style, const char *text, int width);
void pen_fit_right(Pen *pen, Style style, const char *text, int width);
/* On to a column, if it is not behind it already. */
void pen_to(Pen *pen, int column);
void pen_next(Pen *pen);
/* Words, folded at the edge; following rows begin at column `indent`. Ends the row. */
void pen_fold(Pen *pen, Style style, const char *text, int indent);
/* Rows written so far, those above the pane included. */
uint64_t pen_rows(const Pen *pen, const PaneView *view);
/* Whether the rest would fall below the pane. */
bool pen_is_below(const Pen *pen, const PaneView *view);

/* 1234567 as "1,234,567". */
const char *number_text(uint64_t number, char text[32]);
/* Ticks as "12 ms", "1.5 s". */
const char *time_text(int64_t ticks, char text[32]);

#endif
