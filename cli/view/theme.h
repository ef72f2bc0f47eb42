/* Styles by name and what each theme makes of them (theme.def). */
#ifndef AWAITLAB_CLI_VIEW_THEME_H
#define AWAITLAB_CLI_VIEW_THEME_H

#include <stdbool.h>
#include <stdint.h>

typedef enum Style {
#define STYLE(id, name, safe, dark, light, mono) STYLE_##id,
#include "view/theme.def"
    STYLE_COUNT
} Style;

typedef enum ThemeId {
#define THEME(id, name, sentence) THEME_##id,
#include "view/theme.def"
    THEME_COUNT
} ThemeId;

/* The terminal's own sixteen, in its order. */
typedef enum Colour {
    COLOUR_DEFAULT = -1,
    COLOUR_BLACK,
    COLOUR_RED,
    COLOUR_GREEN,
    COLOUR_YELLOW,
    COLOUR_BLUE,
    COLOUR_MAGENTA,
    COLOUR_CYAN,
    COLOUR_WHITE,
    COLOUR_BRIGHT_BLACK,
    COLOUR_BRIGHT_RED,
    COLOUR_BRIGHT_GREEN,
    COLOUR_BRIGHT_YELLOW,
    COLOUR_BRIGHT_BLUE,
    COLOUR_BRIGHT_MAGENTA,
    COLOUR_BRIGHT_CYAN,
    COLOUR_BRIGHT_WHITE,
} Colour;

enum { LOOK_PLAIN = 0, LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_UNDERLINE = 4, LOOK_REVERSE = 8 };

typedef struct Look {
    int8_t foreground, background; /* Colour */
    uint8_t attributes;            /* LOOK_ bits */
} Look;

Look theme_look(ThemeId theme, Style style);
const char *theme_style_name(Style style);
const char *theme_name(ThemeId theme);
/* Whether there is a theme of that name. */
bool theme_find(const char *name, ThemeId *theme);

#endif
