/* The panes without a terminal: a prompt's state, the screen around it, and what keys do to both.
 *
 * Whoever owns a terminal (panes.c) hands over keys and draws the screen; tests and pictures do without one. */
#ifndef AWAITLAB_CLI_FACE_H
#define AWAITLAB_CLI_FACE_H

#include "repl.h"
#include "view/screen.h"

/* What only a terminal can do. Members may be NULL. */
typedef struct FaceHands {
    void *context;
    void (*redraw)(void *context);                                /* all cells anew */
    void (*type)(void *context, const char *text);                /* as if the user had typed it */
    void (*copy)(void *context, const char *text, size_t length); /* to the clipboard */
    void (*use_mouse)(void *context, bool is_on);
} FaceHands;

typedef struct Face {
    Repl *repl;
    Screen screen;
    ThemeId theme;
    FaceHands hands;
    bool is_ascii_only; /* the terminal can show nothing else */
    bool is_over;       /* the panes are to be left: for the plain prompt, or for good when repl->is_over */
    /* What was said, line by line; the last one may be unfinished. */
    char **lines;
    uint32_t line_count, line_capacity;
    bool is_line_open;
    /* Lines of an unfinished input. */
    char *pending;
    const char *last_move; /* what Enter repeats; NULL: nothing */
    uint64_t seen;         /* presenting: the furthest step that was shown */
    char *keys;            /* text of the list of keys, cut into key_lines */
    const char **key_lines;
    uint32_t key_line_count;
    PaneId before_help; /* the pane that had the focus */
    bool was_zoomed;
    char hints[240], slide[96], note[160], title[256];
    struct Cast *cast; /* recording; NULL: none */
    /* The text of the lesson's screen and of its program, cut into lines. */
    char *lesson_text, *program_text;
    const char **lesson_lines, **program_lines;
    char lesson_head[160];
    /* The lowered C# of a method, cut into lines, and which one it is. */
    char *lowered_text;
    const char **lowered_lines;
    uint32_t lowered_count, lowered_sources;
    char lowered_of[160];
    /* What repl->printer was before. */
    void (*outer_sink)(void *context, int stream, const char *bytes, size_t length);
    void *outer_context;
} Face;

/* Takes over what `repl` says, until face_close. False: no memory. */
bool face_open(Face *face, Repl *repl, int width, int height);
void face_close(Face *face);

/* What the command line asks for: a program or a lesson, set to its start; -e and -x; theme, presenting. */
ExitCode face_begin(Face *face);
/* `awaitlab screen`: all that, then the screen once. Returns the exit code. */
int screen_main(const Options *options);

/* What the next line is typed behind. */
const char *face_prompt(const Face *face);
/* One line that was typed; true: it was (the end of) a whole input and has been done. */
bool face_take_line(Face *face, const char *line);
/* Several lines at once, such as a paste. */
void face_do(Face *face, const char *input);
/* A named key while the line is empty (or single-key mode is on). False: it is readline's. */
bool face_press(Face *face, const char *key, bool line_is_empty);
void face_click(Face *face, int button, int row, int column);
/* Ctrl-C on a line: an unfinished input is dropped. */
void face_drop_pending(Face *face);
/* The list of keys as a pane, or back from it. */
void face_toggle_help(Face *face);
/* A copy of `text` in *copy, and its lines, instead of what was there. No memory: no lines. */
PaneText face_cut(const char *text, char **copy, const char ***lines);
/* The lowered C# of the present method or the library's code, while the source pane is to show it (face_lowered.c). */
void face_fill_lowered(Face *face);
/* What the panes show of a lesson, if one is open (face_lesson.c). */
void face_fill_lesson(Face *face);
/* Before and after a line that may be the lesson's: what it adds comes to the top of its pane. */
typedef struct LessonPlace {
    size_t length;
    uint32_t screen;
} LessonPlace;
LessonPlace face_lesson_place(const Face *face);
void face_follow_lesson(Face *face, LessonPlace before);
/* Adds a line to what was said. */
void face_say(Face *face, const char *line);

/* Looks at the session and draws; `typed` and `cursor` are the line being edited. Into the recording, too. */
void face_draw(Face *face, Canvas *canvas, const char *typed, uint32_t cursor);

/* Sizes and layout as the user left them, in the state folder. */
void face_remember(const Face *face);
void face_recall(Face *face);

/* ---- recording (cast.c) ------------------------------------------------------------------------------------------ */

typedef struct Cast Cast;
/* An asciicast of version 2; NULL: errno. */
Cast *cast_open(const char *path, int width, int height, const char *title);
/* A frame: rows that differ from the one before. `marker`: name of the mark one stands at, or NULL. */
void cast_frame(Cast *cast, const Canvas *canvas, ThemeId theme, const char *marker);
/* False: something could not be written. */
bool cast_close(Cast *cast);

#endif
