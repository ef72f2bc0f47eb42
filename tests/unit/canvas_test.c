/* The canvas: what is drawn is what becomes text, and nothing outside of it is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "view/canvas.h"

static char *text_of(const Canvas *canvas)
{
    static char text[4096];
    FILE *file = fmemopen(text, sizeof text - 1, "w");
    memset(text, 0, sizeof text);
    canvas_to_text(canvas, file);
    fclose(file);
    return text;
}

static int put(Canvas *canvas, int row, int column, const char *text)
{
    return canvas_put(canvas, row, column, canvas->width, STYLE_TEXT, text, strlen(text));
}

static void text_is_clipped_at_every_edge(void **state)
{
    (void)state;
    Canvas canvas;
    assert_true(canvas_init(&canvas, 5, 2));
    put(&canvas, -1, 0, "above");
    put(&canvas, 2, 0, "below");
    put(&canvas, 0, 3, "right");
    put(&canvas, 1, 0, "abc");
    assert_string_equal(text_of(&canvas), "   ri\nabc\n");
    canvas_free(&canvas);
}

static void wide_characters_take_two_cells(void **state)
{
    (void)state;
    Canvas canvas;
    assert_true(canvas_init(&canvas, 4, 1));
    assert_int_equal(put(&canvas, 0, 0, "\u65e5\u672c\u8a9e"), 4);
    assert_string_equal(text_of(&canvas), "\u65e5\u672c\n");
    canvas_clear(&canvas);
    put(&canvas, 0, 0, "abc\u65e5"); /* half of it would be outside */
    assert_string_equal(text_of(&canvas), "abc\n");
    canvas_free(&canvas);
}

static void marks_join_their_character(void **state)
{
    (void)state;
    Canvas canvas;
    assert_true(canvas_init(&canvas, 6, 1));
    assert_int_equal(put(&canvas, 0, 0, "e\u0301x"), 2);
    assert_string_equal(text_of(&canvas), "e\u0301x\n");
    assert_int_equal(text_columns("e\u0301x", strlen("e\u0301x")), 2);
    canvas_free(&canvas);
}

static void what_could_harm_a_terminal_is_replaced(void **state)
{
    (void)state;
    Canvas canvas;
    assert_true(canvas_init(&canvas, 8, 1));
    put(&canvas, 0, 0, "a\033[b\xff\tc");
    assert_string_equal(text_of(&canvas), "a\uFFFD[b\uFFFD c\n");
    canvas_free(&canvas);
}

static void a_canvas_can_grow(void **state)
{
    (void)state;
    Canvas canvas;
    assert_true(canvas_init(&canvas, 3, 0));
    assert_int_equal(canvas.height, 0);
    put(&canvas, 2, 0, "c");
    assert_int_equal(canvas.height, 3);
    assert_string_equal(text_of(&canvas), "\n\nc\n");
    canvas_free(&canvas);
}

static void every_style_has_a_look_in_every_theme(void **state)
{
    (void)state;
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        ThemeId found;
        assert_true(theme_find(theme_name((ThemeId)theme), &found));
        assert_int_equal(found, theme);
        for (int style = 0; style < STYLE_COUNT; style++) {
            char text[32];
            Look look = theme_look((ThemeId)theme, (Style)style);
            look_to_ansi(look, text);
            assert_int_equal(text[strlen(text) - 1], 'm');
            if (theme == THEME_MONO) {
                assert_int_equal(look.foreground, COLOUR_DEFAULT);
                assert_int_equal(look.background, COLOUR_DEFAULT);
            }
        }
    }
}

static void a_picture_is_well_formed_whatever_is_drawn(void **state)
{
    (void)state;
    Canvas canvas;
    char text[8192];
    assert_true(canvas_init(&canvas, 10, 1));
    put(&canvas, 0, 0, "<a&b>\"");
    FILE *file = fmemopen(text, sizeof text - 1, "w");
    memset(text, 0, sizeof text);
    canvas_to_svg(&canvas, THEME_SAFE, "a <title>", file);
    fclose(file);
    assert_non_null(strstr(text, "&lt;a&amp;b&gt;&quot;"));
    assert_non_null(strstr(text, "<title>a &lt;title&gt;</title>"));
    assert_non_null(strstr(text, "</svg>"));
    canvas_free(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_clipped_at_every_edge),
        cmocka_unit_test(wide_characters_take_two_cells),
        cmocka_unit_test(marks_join_their_character),
        cmocka_unit_test(what_could_harm_a_terminal_is_replaced),
        cmocka_unit_test(a_canvas_can_grow),
        cmocka_unit_test(every_style_has_a_look_in_every_theme),
        cmocka_unit_test(a_picture_is_well_formed_whatever_is_drawn),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
