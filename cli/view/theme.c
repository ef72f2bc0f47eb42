#include "view/theme.h"

#include <string.h>

#define DEFAULT COLOUR_DEFAULT
#define BLACK COLOUR_BLACK
#define RED COLOUR_RED
#define YELLOW COLOUR_YELLOW
#define BLUE COLOUR_BLUE
#define MAGENTA COLOUR_MAGENTA
#define CYAN COLOUR_CYAN
#define WHITE COLOUR_WHITE
#define BRIGHT_BLACK COLOUR_BRIGHT_BLACK
#define BRIGHT_YELLOW COLOUR_BRIGHT_YELLOW
#define BRIGHT_BLUE COLOUR_BRIGHT_BLUE
#define BRIGHT_CYAN COLOUR_BRIGHT_CYAN
#define BRIGHT_WHITE COLOUR_BRIGHT_WHITE
#define PLAIN LOOK_PLAIN
#define BOLD LOOK_BOLD
#define DIM LOOK_DIM
#define UNDERLINE LOOK_UNDERLINE
#define REVERSE LOOK_REVERSE
#define LOOK(foreground, background, attributes)                                                                       \
    {                                                                                                                  \
        foreground, background, attributes                                                                             \
    }

static const struct {
    const char *name;
    Look looks[THEME_COUNT];
} style_rows[] = {
#define STYLE(id, name, safe, dark, light, mono) {name, {safe, dark, light, mono}},
#include "view/theme.def"
};

static const char *const theme_names[] = {
#define THEME(id, name, sentence) name,
#include "view/theme.def"
};

Look theme_look(ThemeId theme, Style style)
{
    return style_rows[style].looks[theme];
}

const char *theme_style_name(Style style)
{
    return style_rows[style].name;
}

const char *theme_name(ThemeId theme)
{
    return theme_names[theme];
}

bool theme_find(const char *name, ThemeId *theme)
{
    for (int i = 0; i < THEME_COUNT; i++) {
        if (strcmp(theme_names[i], name) == 0) {
            *theme = (ThemeId)i;
            return true;
        }
    }
    return false;
}
