/* The whole screen as a canvas: head line, panes with their borders, the strip that tells the step, the prompt.
 *
 * A Screen holds what a user has chosen (layout, focus, sizes, how far panes are scrolled) and what is being typed.
 * screen_draw is a function of that and of the session's moment; it needs no terminal, so that screens can be tests and
 * pictures. */
#ifndef AWAITLAB_CLI_VIEW_SCREEN_H
#define AWAITLAB_CLI_VIEW_SCREEN_H

#include "view/pane.h"

typedef enum LayoutId {
#define LAYOUT(id, name, strip, prompt, sentence) LAYOUT_##id,
#include "view/layout.def"
    LAYOUT_COUNT
} LayoutId;

enum { LAYOUT_ROWS_MOST = 4, LAYOUT_CELLS_MOST = 4, SUBJECT_BYTES = 128 };

/* How a user sees a pane. */
typedef struct PaneMemory {
    uint64_t scroll, selected;
    uint64_t total;              /* rows when it was drawn last */
    uint32_t fixed;              /* of them, those that do not scroll */
    int height;                  /* when it was drawn last; 0: it was not */
    char subject[SUBJECT_BYTES]; /* "" : the pane chooses */
    char choice[64];             /* what Enter opens; shorter than a subject */
} PaneMemory;

/* Parts of the height and width, in percent, as the user has changed them. */
typedef struct LayoutSizes {
    int rows[LAYOUT_ROWS_MOST];
    int cells[LAYOUT_ROWS_MOST][LAYOUT_CELLS_MOST];
} LayoutSizes;

typedef struct Screen {
    int width, height;
    Session *session; /* NULL: none yet */
    PaneFacts facts;
    SessionMoment moment;
    const char *title; /* of the program: its file */
    LayoutId layout;
    bool has_chosen_layout; /* else the size decides */
    PaneId focus;
    bool is_zoomed;
    bool is_single_key;
    bool is_presenting;
    bool ascii;
    LayoutSizes sizes[LAYOUT_COUNT];
    PaneMemory panes[PANE_COUNT];
    const char *prompt, *typed; /* the line being edited */
    uint32_t typed_cursor;      /* a byte of it */
    const char *hints;          /* behind an empty line */
    const char *check;          /* LESSON: the row of what is asked for; NULL: none */
    const char *slide;          /* presenting: name of the mark one stands at, or "" */
    const char *note;           /* one line of news at the prompt; NULL: none */
    /* Filled by screen_draw: where the cursor belongs. */
    int cursor_row, cursor_column;
} Screen;

void screen_init(Screen *screen, int width, int height);
/* Begins a look at the session and fills facts that come from it. Before each screen_draw. */
void screen_look(Screen *screen);
/* Draws on a canvas of the screen's size. */
void screen_draw(Screen *screen, Canvas *canvas);

/* The layout in use, by choice or by size. */
LayoutId screen_layout(const Screen *screen);
const char *layout_name(LayoutId layout);
bool layout_find(const char *name, LayoutId *layout);
/* Whether the screen is so small that one pane must do. */
bool screen_is_small(const Screen *screen);
/* The panes on the screen in order; their count. The first one is pane 1. */
uint32_t screen_panes(const Screen *screen, PaneId panes[PANE_COUNT]);
/* To the next layout, the next or previous pane, a pane by its place. */
void screen_next_layout(Screen *screen);
void screen_focus_next(Screen *screen, int by);
bool screen_focus_number(Screen *screen, uint32_t number);
/* Shows a pane that the layout lacks, too: alone. */
void screen_focus_pane(Screen *screen, PaneId pane);
/* Gives the focused pane `percent` more (or less) of the width or height. */
void screen_resize_focus(Screen *screen, bool is_width, int percent);
void screen_reset_sizes(Screen *screen);
/* The pane at a cell of the screen as it was drawn last; false: none. */
bool screen_pane_at(Screen *screen, int row, int column, PaneId *pane);
/* Moves the selection of the focused pane, or scrolls where it selects nothing. */
void screen_select(Screen *screen, int by);
void screen_scroll(Screen *screen, int by);

#endif
