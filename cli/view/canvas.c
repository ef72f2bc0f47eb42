#include "view/canvas.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void blank(Cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cells[i] = (Cell){.text = " ", .style = STYLE_TEXT};
    }
}

static bool add_rows(Canvas *canvas, int height)
{
    if (height > canvas->capacity) {
        int capacity = canvas->capacity * 2 > height ? canvas->capacity * 2 : height;
        Cell *cells = realloc(canvas->cells, (size_t)capacity * (size_t)canvas->width * sizeof *cells);
        if (!cells) {
            canvas->has_failed = true;
            return false;
        }
        canvas->cells = cells;
        canvas->capacity = capacity;
    }
    blank(canvas->cells + (size_t)canvas->height * (size_t)canvas->width,
          (size_t)(height - canvas->height) * (size_t)canvas->width);
    canvas->height = height;
    return true;
}

bool canvas_init(Canvas *canvas, int width, int height)
{
    *canvas = (Canvas){.width = width > 0 ? width : 1, .grows = height <= 0};
    return add_rows(canvas, height > 0 ? height : 1) && (canvas->height = height > 0 ? height : 0, true);
}

void canvas_free(Canvas *canvas)
{
    free(canvas->cells);
    *canvas = (Canvas){0};
}

void canvas_clear(Canvas *canvas)
{
    if (canvas->grows) {
        canvas->height = 0;
    }
    blank(canvas->cells, (size_t)canvas->height * (size_t)canvas->width);
}

static Cell *cell_at(Canvas *canvas, int row, int column)
{
    if (row < 0 || column < 0 || column >= canvas->width) {
        return NULL;
    }
    if (row >= canvas->height && !(canvas->grows && add_rows(canvas, row + 1))) {
        return NULL;
    }
    return &canvas->cells[(size_t)row * (size_t)canvas->width + (size_t)column];
}

const Cell *canvas_cell(const Canvas *canvas, int row, int column)
{
    return &canvas->cells[(size_t)row * (size_t)canvas->width + (size_t)column];
}

/* ---- characters -------------------------------------------------------------------------------------------------- */

/* Controls, and the marks that turn the direction of writing: they would show something else than is there. */
static bool is_harmful(utf8proc_int32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029 || code == 0xFEFF;
}

typedef struct Glyph {
    const char *text;
    size_t length; /* of text */
    size_t size;   /* bytes read */
    int columns;   /* 0: a mark that belongs to the character before */
} Glyph;

static Glyph read_glyph(const char *text, size_t length)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &code);
    if (size <= 0) {
        return (Glyph){replacement, sizeof replacement - 1, 1, 1};
    }
    if (code == '\t') {
        return (Glyph){" ", 1, 1, 1};
    }
    if (is_harmful(code)) {
        return (Glyph){replacement, sizeof replacement - 1, (size_t)size, 1};
    }
    return (Glyph){text, (size_t)size, (size_t)size, utf8proc_charwidth(code)};
}

int text_columns(const char *text, size_t length)
{
    int columns = 0;
    for (size_t i = 0; i < length;) {
        Glyph glyph = read_glyph(text + i, length - i);
        columns += glyph.columns;
        i += glyph.size;
    }
    return columns;
}

size_t text_fitting(const char *text, size_t length, int columns)
{
    size_t i = 0;
    while (i < length) {
        Glyph glyph = read_glyph(text + i, length - i);
        if (glyph.columns > columns) {
            break;
        }
        columns -= glyph.columns;
        i += glyph.size;
    }
    return i;
}

static void set_cell(Canvas *canvas, int row, int column, Style style, const Glyph *glyph)
{
    Cell *cell = cell_at(canvas, row, column);
    if (!cell) {
        return;
    }
    cell->style = (uint8_t)style;
    size_t length = glyph->length < CELL_BYTES ? glyph->length : 0;
    memcpy(cell->text, glyph->text, length);
    cell->text[length] = 0;
}

/* Accents and the like join the cell before, as long as there is room. */
static void add_mark(Canvas *canvas, int row, int column, const Glyph *glyph)
{
    Cell *cell = column > 0 ? cell_at(canvas, row, column - 1) : NULL;
    if (cell && !cell->text[0] && column > 1) {
        cell = cell_at(canvas, row, column - 2);
    }
    size_t used = cell ? strlen(cell->text) : 0;
    if (cell && used + glyph->length < CELL_BYTES) {
        memcpy(cell->text + used, glyph->text, glyph->length);
        cell->text[used + glyph->length] = 0;
    }
}

int canvas_put(Canvas *canvas, int row, int column, int end, Style style, const char *text, size_t length)
{
    static const Glyph nothing = {"", 0, 0, 0}, space = {" ", 1, 0, 1};
    int start = column;
    end = end < canvas->width ? end : canvas->width;
    for (size_t i = 0; i < length && column < end;) {
        Glyph glyph = read_glyph(text + i, length - i);
        i += glyph.size;
        if (glyph.columns == 0) {
            if (column > start) {
                add_mark(canvas, row, column, &glyph);
            }
            continue;
        }
        if (column + glyph.columns > end) { /* half a character cannot be shown */
            set_cell(canvas, row, column++, style, &space);
            break;
        }
        set_cell(canvas, row, column, style, &glyph);
        if (glyph.columns == 2) {
            set_cell(canvas, row, column + 1, style, &nothing);
        }
        column += glyph.columns;
    }
    return column;
}

void canvas_restyle(Canvas *canvas, int row, int column, int count, Style style)
{
    for (int i = 0; i < count; i++) {
        Cell *cell = row < canvas->height ? cell_at(canvas, row, column + i) : NULL;
        if (cell) {
            cell->style = (uint8_t)style;
        }
    }
}

void canvas_copy(Canvas *canvas, int row, int column, int width, int height, const Canvas *other, int from)
{
    for (int i = 0; i < height && from + i < other->height; i++) {
        for (int j = 0; j < width && j < other->width; j++) {
            Cell *cell = cell_at(canvas, row + i, column + j);
            if (cell) {
                *cell = *canvas_cell(other, from + i, j);
            }
        }
    }
}

const char *canvas_line_piece(unsigned directions, bool ascii)
{
    static const char *const pieces[16] = {
        [LINE_UP | LINE_DOWN] = "\u2502",
        [LINE_LEFT | LINE_RIGHT] = "\u2500",
        [LINE_DOWN | LINE_RIGHT] = "\u250C",
        [LINE_DOWN | LINE_LEFT] = "\u2510",
        [LINE_UP | LINE_RIGHT] = "\u2514",
        [LINE_UP | LINE_LEFT] = "\u2518",
        [LINE_UP | LINE_DOWN | LINE_RIGHT] = "\u251C",
        [LINE_UP | LINE_DOWN | LINE_LEFT] = "\u2524",
        [LINE_DOWN | LINE_LEFT | LINE_RIGHT] = "\u252C",
        [LINE_UP | LINE_LEFT | LINE_RIGHT] = "\u2534",
        [LINE_UP | LINE_DOWN | LINE_LEFT | LINE_RIGHT] = "\u253C",
    };
    bool is_straight = directions == (LINE_LEFT | LINE_RIGHT) || directions == (LINE_UP | LINE_DOWN);
    if (ascii) {
        return !is_straight ? "+" : directions & LINE_LEFT ? "-" : "|";
    }
    return pieces[directions & 15] ? pieces[directions & 15] : " ";
}
