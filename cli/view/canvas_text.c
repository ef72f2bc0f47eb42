/* A canvas as lines of text, plain or with the escape sequences of a terminal. */
#include <string.h>

#include "view/canvas.h"

static int last_column(const Canvas *canvas, int row)
{
    int end = canvas->width;
    while (end > 0) {
        const Cell *cell = canvas_cell(canvas, row, end - 1);
        bool is_blank = strcmp(cell->text, " ") == 0 && cell->style == STYLE_TEXT;
        if (!is_blank) {
            break;
        }
        end--;
    }
    return end;
}

static int last_character(const Canvas *canvas, int row)
{
    int end = canvas->width;
    while (end > 0 && strcmp(canvas_cell(canvas, row, end - 1)->text, " ") == 0) {
        end--;
    }
    return end;
}

void canvas_to_text(const Canvas *canvas, FILE *out)
{
    for (int row = 0; row < canvas->height; row++) {
        int end = last_character(canvas, row);
        for (int column = 0; column < end; column++) {
            fputs(canvas_cell(canvas, row, column)->text, out);
        }
        fputc('\n', out);
    }
}

static int sgr_colour(int colour, int plain, int bright)
{
    return colour < 8 ? plain + colour : bright + colour - 8;
}

void look_to_ansi(Look look, char text[32])
{
    int length = snprintf(text, 32, "\033[0");
    static const struct {
        int bit, code;
    } attributes[] = {{LOOK_BOLD, 1}, {LOOK_DIM, 2}, {LOOK_UNDERLINE, 4}, {LOOK_REVERSE, 7}};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (look.attributes & attributes[i].bit) {
            length += snprintf(text + length, 32 - (size_t)length, ";%d", attributes[i].code);
        }
    }
    if (look.foreground >= 0) {
        length += snprintf(text + length, 32 - (size_t)length, ";%d", sgr_colour(look.foreground, 30, 90));
    }
    if (look.background >= 0) {
        length += snprintf(text + length, 32 - (size_t)length, ";%d", sgr_colour(look.background, 40, 100));
    }
    snprintf(text + length, 32 - (size_t)length, "m");
}

void canvas_to_ansi(const Canvas *canvas, ThemeId theme, FILE *out)
{
    for (int row = 0; row < canvas->height; row++) {
        int end = last_column(canvas, row), style = STYLE_TEXT;
        for (int column = 0; column < end; column++) {
            const Cell *cell = canvas_cell(canvas, row, column);
            if (cell->style != style) {
                char text[32];
                style = cell->style;
                look_to_ansi(theme_look(theme, (Style)style), text);
                fputs(text, out);
            }
            fputs(cell->text, out);
        }
        fputs(style == STYLE_TEXT ? "\n" : "\033[0m\n", out);
    }
}
