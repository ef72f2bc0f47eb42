/* What screen.c and screen_draw.c share. */
#ifndef AWAITLAB_CLI_VIEW_SCREEN_INTERNAL_H
#define AWAITLAB_CLI_VIEW_SCREEN_INTERNAL_H

#include "view/screen.h"

typedef struct LayoutCell {
    PaneId pane;
    int share;
} LayoutCell;

typedef struct LayoutRow {
    int share;
    LayoutCell cells[LAYOUT_CELLS_MOST];
    int cell_count;
} LayoutRow;

/* The panes of the layout in use, with the user's sizes. */
typedef struct LayoutPlan {
    LayoutRow rows[LAYOUT_ROWS_MOST];
    int row_count;
} LayoutPlan;

LayoutPlan layout_plan(const Screen *screen);
/* A pane that the layout does not have cannot have the focus. */
void screen_keep_focus(Screen *screen);
int layout_strip(LayoutId layout);
int layout_prompt(LayoutId layout);

/* The step in digits five rows high, for the back row of a lecture hall. Returns the columns taken. */
int screen_put_big_number(Canvas *canvas, int row, int column, uint64_t number, bool ascii);

#endif
