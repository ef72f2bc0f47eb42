/* Digits five rows high. */
#include <string.h>

#include "view/screen_internal.h"

enum { DIGIT_ROWS = 5, DIGIT_COLUMNS = 5 };

static const char *const digits[10][DIGIT_ROWS] = {
    {"#####", "#   #", "#   #", "#   #", "#####"}, {"  #  ", " ##  ", "  #  ", "  #  ", " ### "},
    {"#####", "    #", "#####", "#    ", "#####"}, {"#####", "    #", " ####", "    #", "#####"},
    {"#   #", "#   #", "#####", "    #", "    #"}, {"#####", "#    ", "#####", "    #", "#####"},
    {"#####", "#    ", "#####", "#   #", "#####"}, {"#####", "    #", "   # ", "  #  ", "  #  "},
    {"#####", "#   #", "#####", "#   #", "#####"}, {"#####", "#   #", "#####", "    #", "#####"},
};

int screen_put_big_number(Canvas *canvas, int row, int column, uint64_t number, bool ascii)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    for (int i = 0; i < length; i++) {
        for (int j = 0; j < DIGIT_ROWS; j++) {
            const char *bits = digits[text[i] - '0'][j];
            for (int k = 0; k < DIGIT_COLUMNS; k++) {
                bool is_set = bits[k] == '#';
                const char *piece = !is_set ? " " : ascii ? "#" : "\u2588";
                canvas_put(canvas, row + j, column + k, column + k + 1, STYLE_TITLE, piece, strlen(piece));
            }
        }
        column += DIGIT_COLUMNS + 1;
    }
    return column;
}
