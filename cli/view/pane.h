/* Panes: each draws one thing about the present moment of a session onto a canvas.
 *
 * A pane is a pure function of the session's moment and of what its view says (size, how far it is scrolled, what it is
 * about). So going back, jumping and resizing cost the same as a step, and one pane can be drawn as text, too. */
#ifndef AWAITLAB_CLI_VIEW_PANE_H
#define AWAITLAB_CLI_VIEW_PANE_H

#include "sim.h"
#include "view/canvas.h"

typedef enum PaneId {
#define PANE(id, name, aliases, title, function, sentence) PANE_##id,
#include "view/pane.def"
    PANE_COUNT
} PaneId;

enum { PANE_TITLE_BYTES = 120, PANE_MARKS_MOST = 64 };

/* What panes show that is not in the session: kept by the face. */
typedef struct PaneText {
    const char *const *lines;
    uint32_t count;
} PaneText;

typedef struct PaneMark {
    uint64_t step;
    const char *name;
} PaneMark;

typedef struct PaneFacts {
    const SessionMoment *moment; /* of the present look */
    uint64_t end;                /* last recorded step */
    bool is_open;                /* the run could go on behind it */
    bool hides_future;           /* a lesson or a demonstration does not tell what comes */
    uint64_t seen;               /* the furthest step that is no secret any more */
    PaneText session, lesson, keys;
    PaneText program; /* what to show as source while the session has none of it, or may not tell */
    const char *program_name;
    PaneText lowered; /* what to show instead of the source; none: the source */
    const char *lowered_of;
    uint32_t library_line; /* it is a file of the core library, and this line of it is in progress; 0: lowered C# */
    PaneMark marks[PANE_MARKS_MOST];
    uint32_t mark_count;
} PaneFacts;

/* Fills what comes from the session, which may be NULL: moment and history, marks by step. Begins a new look. */
SessionStatus pane_look(Session *session, PaneFacts *facts, SessionMoment *moment);

typedef struct PaneView {
    Session *session;
    const PaneFacts *facts;
    const char *subject; /* "vt", "#3", "new": what it is about; NULL: the pane chooses */
    int width, height;   /* height 0: as long as it needs to be */
    bool ascii;
    uint64_t scroll;   /* rows that are above the pane */
    uint64_t selected; /* row, from 0; only where `selects` */
    bool selects;
    /* Filled by the pane: */
    char title[PANE_TITLE_BYTES];
    uint64_t total;  /* rows there are, to scroll in; 0: it does not scroll */
    uint32_t fixed;  /* of them, those that do not scroll: a head, a sum */
    char choice[64]; /* what is selected: the subject that Enter opens; "" : nothing */
} PaneView;

typedef void PaneFunction(PaneView *view, Canvas *canvas);

typedef struct PaneRow {
    const char *name, *aliases, *title;
    PaneFunction *function;
    const char *sentence;
} PaneRow;
extern const PaneRow pane_rows[PANE_COUNT];

/* By name or alias; false: there is no such pane. */
bool pane_find(const char *name, size_t length, PaneId *pane);
/* Draws on an empty canvas of the view's size (or one that grows, for height 0). */
void pane_draw(PaneId pane, PaneView *view, Canvas *canvas);
/* A pane as text of `width` columns, with its title above. Begins a new look at the session. False: no memory. */
bool pane_print(PaneId pane, Session *session, const PaneFacts *facts, const char *subject, int width, bool ascii,
                ThemeId theme, bool colour, FILE *out);

#define PANE(id, name, aliases, title, function, sentence) PaneFunction function;
#include "view/pane.def"

#endif
