/* A canvas: a grid of cells, each a character and the name of a style. Panes draw on it; text, SVG and curses are made
 * from it. It knows no terminal.
 *
 * Rows and columns count from 0. What falls outside is not drawn, negative rows included, so that whoever draws need
 * not care. A wide character takes two cells; the second is empty. */
#ifndef AWAITLAB_CLI_VIEW_CANVAS_H
#define AWAITLAB_CLI_VIEW_CANVAS_H

#include <stddef.h>
#include <stdio.h>

#include "view/theme.h"

enum { CELL_BYTES = 11 };

typedef struct Cell {
    char text[CELL_BYTES]; /* UTF-8 of the character with its marks, NUL at the end; "" : the second half of a wide one
                            */
    uint8_t style;
} Cell;

typedef struct Canvas {
    Cell *cells; /* row by row */
    int width, height;
    bool grows;      /* rows are added as they are drawn on */
    bool has_failed; /* no memory: something is missing */
    int capacity;    /* rows that there is memory for */
} Canvas;

/* All blank. `height` 0: the canvas grows. False: no memory (the canvas is empty and may be used). */
bool canvas_init(Canvas *canvas, int width, int height);
void canvas_free(Canvas *canvas);
void canvas_clear(Canvas *canvas);

/* Draws UTF-8 from a column on, up to (not including) column `end`; what cannot be shown becomes U+FFFD, a tab a space.
 * Returns the column behind it. */
int canvas_put(Canvas *canvas, int row, int column, int end, Style style, const char *text, size_t length);
/* Gives `count` cells another style. */
void canvas_restyle(Canvas *canvas, int row, int column, int count, Style style);
/* Copies a part of another canvas, `height` rows from its row `from` on. */
void canvas_copy(Canvas *canvas, int row, int column, int width, int height, const Canvas *other, int from);
const Cell *canvas_cell(const Canvas *canvas, int row, int column); /* inside */

/* The columns that UTF-8 takes. */
int text_columns(const char *text, size_t length);
/* Bytes of `text` that fit into `columns`. */
size_t text_fitting(const char *text, size_t length, int columns);

/* Lines of a frame. */
typedef enum Corner { CORNER_TOP_LEFT, CORNER_TOP_RIGHT, CORNER_BOTTOM_LEFT, CORNER_BOTTOM_RIGHT } Corner;
typedef enum LinePiece { LINE_NONE = 0, LINE_UP = 1, LINE_DOWN = 2, LINE_LEFT = 4, LINE_RIGHT = 8 } LinePiece;
/* The character that has lines in these directions: "+" and "-" in ASCII. */
const char *canvas_line_piece(unsigned directions, bool ascii);

/* ---- what a canvas becomes --------------------------------------------------------------------------------------- */

/* Lines without spaces at their ends. */
void canvas_to_text(const Canvas *canvas, FILE *out);
/* The same with escape sequences of a theme. */
void canvas_to_ansi(const Canvas *canvas, ThemeId theme, FILE *out);
/* A picture of the whole. `title`: for those who cannot see it. */
void canvas_to_svg(const Canvas *canvas, ThemeId theme, const char *title, FILE *out);
/* The sequence of SGR for a look, from the plain one: "\033[0;1;34m"; at most 32 bytes. */
void look_to_ansi(Look look, char text[32]);

#endif
