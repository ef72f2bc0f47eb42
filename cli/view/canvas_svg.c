/* A canvas as a picture: scalable, small, and its text can be selected and searched. */
#include <string.h>

#include "view/canvas.h"

/* Of a cell, in units of the picture; the font's own width does not matter, as each run says how wide it is. */
enum { CELL_WIDTH = 9, CELL_HEIGHT = 19, BASELINE = 14, MARGIN = 12, FONT_SIZE = 15 };

typedef struct Palette {
    const char *paper, *ink; /* what the terminal's own colours are */
    const char *colours[16];
} Palette;

static const Palette dark_palette = {
    "#16181d",
    "#d8dce4",
    {"#16181d", "#c4453c", "#5f9e4a", "#c9a227", "#3b6ea8", "#9a6fb0", "#3f9aa3", "#c3c8d1", "#7d8594", "#e0685f",
     "#84c06d", "#f0c94d", "#6fa8e0", "#c59bd8", "#6cc6cf", "#ffffff"},
};
static const Palette light_palette = {
    "#ffffff",
    "#1c1e22",
    {"#1c1e22", "#b3261e", "#2e7d32", "#8a6d00", "#1f4e8c", "#7b1fa2", "#00687a", "#d5d8de", "#5f6672", "#c4453c",
     "#43a047", "#f2cf5b", "#2f6fbe", "#9a4fbf", "#0093a8", "#ffffff"},
};

static const char *colour_of(const Palette *palette, int colour, const char *own)
{
    return colour < 0 ? own : palette->colours[colour];
}

typedef struct Paint {
    const char *ink, *paper;
    bool is_bold, is_underlined, is_dim;
} Paint;

static Paint paint_of(const Palette *palette, Look look)
{
    Paint paint = {
        .ink = colour_of(palette, look.foreground, palette->ink),
        .paper = colour_of(palette, look.background, palette->paper),
        .is_bold = look.attributes & LOOK_BOLD,
        .is_underlined = look.attributes & LOOK_UNDERLINE,
        .is_dim = look.attributes & LOOK_DIM,
    };
    if (look.attributes & LOOK_REVERSE) {
        const char *ink = paint.ink;
        paint.ink = paint.paper;
        paint.paper = ink;
    }
    return paint;
}

static void print_escaped(const char *text, FILE *out)
{
    for (; *text; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

static int run_end(const Canvas *canvas, int row, int column)
{
    uint8_t style = canvas_cell(canvas, row, column)->style;
    while (column < canvas->width && canvas_cell(canvas, row, column)->style == style) {
        column++;
    }
    return column;
}

static bool is_blank(const Canvas *canvas, int row, int from, int to)
{
    for (int column = from; column < to; column++) {
        if (strcmp(canvas_cell(canvas, row, column)->text, " ") != 0) {
            return false;
        }
    }
    return true;
}

static void print_run(const Canvas *canvas, const Palette *palette, ThemeId theme, int row, int from, int to, FILE *out)
{
    Look look = theme_look(theme, (Style)canvas_cell(canvas, row, from)->style);
    Paint paint = paint_of(palette, look);
    int x = MARGIN + from * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT, width = (to - from) * CELL_WIDTH;
    if (strcmp(paint.paper, palette->paper) != 0) {
        fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x, y, width, CELL_HEIGHT,
                paint.paper);
    }
    if (is_blank(canvas, row, from, to)) {
        return;
    }
    fprintf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"", x,
            y + BASELINE, width, paint.ink);
    fputs(paint.is_bold ? " font-weight=\"bold\"" : "", out);
    fputs(paint.is_underlined ? " text-decoration=\"underline\"" : "", out);
    fputs(paint.is_dim ? " opacity=\"0.6\"" : "", out);
    fputs(" xml:space=\"preserve\">", out);
    for (int column = from; column < to; column++) {
        print_escaped(canvas_cell(canvas, row, column)->text, out);
    }
    fputs("</text>\n", out);
}

void canvas_to_svg(const Canvas *canvas, ThemeId theme, const char *title, FILE *out)
{
    const Palette *palette = theme == THEME_LIGHT ? &light_palette : &dark_palette;
    int width = canvas->width * CELL_WIDTH + 2 * MARGIN, height = canvas->height * CELL_HEIGHT + 2 * MARGIN;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
            "font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" "
            "font-size=\"%d\">\n<title>",
            width, height, width, height, FONT_SIZE);
    print_escaped(title, out);
    fprintf(out, "</title>\n<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n", width, height, palette->paper);
    for (int row = 0; row < canvas->height; row++) {
        for (int column = 0; column < canvas->width;) {
            int end = run_end(canvas, row, column);
            print_run(canvas, palette, theme, row, column, end, out);
            column = end;
        }
    }
    fputs("</svg>\n", out);
}
