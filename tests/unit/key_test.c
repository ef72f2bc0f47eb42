/* Keys: what a terminal sends, in one piece or byte by byte, is the same key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "key.h"

static char name[16];

static KeyEvent read_keys(const char *bytes)
{
    return key_read(bytes, strlen(bytes), false, name);
}

static void keys_have_one_name_in_all_dialects(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
    } known[] = {{"\033[C", "Right"},         {"\033OC", "Right"}, {"\033[1~", "Home"}, {"\033[H", "Home"},
                 {"\033[23;2~", "Shift-F11"}, {"\r", "Enter"},     {"\n", "Enter"},     {"\030s", "Ctrl-X s"},
                 {"\030\023", "Ctrl-X s"},    {"s", "s"},          {"?", "?"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        KeyEvent event = read_keys(known[i].bytes);
        assert_int_equal(event.reading, KEY_IS_NAMED);
        assert_string_equal(event.name, known[i].name);
    }
}

/* A slow line brings sequences in pieces; none of them is a key of its own. */
static void the_beginning_of_a_sequence_waits(void **state)
{
    (void)state;
    static const char *const sequences[] = {"\033[23;2~", "\033OC", "\0302", "\033[200~", "\033[1;5C", "\033[<0;12;7M"};
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        for (size_t length = 1; length < strlen(sequences[i]); length++) {
            assert_int_equal(key_read(sequences[i], length, false, name).reading, KEY_NEEDS_MORE);
        }
        assert_int_not_equal(read_keys(sequences[i]).reading, KEY_NEEDS_MORE);
    }
}

static void what_is_not_ours_is_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"\022", "\033[1;5C", "\033x", "\303\244", " "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(key_read(texts[i], strlen(texts[i]), true, name).reading, KEY_IS_TEXT);
    }
    assert_int_equal(key_read("\033", 1, true, name).reading, KEY_IS_TEXT);
    assert_int_equal(key_read("\033[<", 3, true, name).reading, KEY_IS_TEXT); /* a mouse that was cut off */
}

static void a_paste_has_a_beginning_and_an_end(void **state)
{
    (void)state;
    assert_int_equal(read_keys("\033[200~").reading, KEY_BEGINS_PASTE);
    assert_int_equal(read_keys("\033[201~").reading, KEY_ENDS_PASTE);
}

static void the_mouse_counts_from_zero(void **state)
{
    (void)state;
    KeyEvent event = read_keys("\033[<0;12;7M");
    assert_int_equal(event.reading, KEY_IS_MOUSE);
    assert_int_equal(event.button, 0);
    assert_int_equal(event.column, 11);
    assert_int_equal(event.row, 6);
    assert_false(event.is_release);
    assert_true(read_keys("\033[<64;1;1m").is_release);
}

/* Every key of the list can be pressed, and says what it does or is told by the row above. */
static void the_list_has_no_key_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < key_count(); i++) {
        const KeyRow *row = key_row(i);
        assert_ptr_equal(key_find(row->key, row->when), row);
        assert_true(i > 0 || *row->sentence);
        assert_true(*row->does);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_have_one_name_in_all_dialects), cmocka_unit_test(the_beginning_of_a_sequence_waits),
        cmocka_unit_test(what_is_not_ours_is_text),           cmocka_unit_test(a_paste_has_a_beginning_and_an_end),
        cmocka_unit_test(the_mouse_counts_from_zero),         cmocka_unit_test(the_list_has_no_key_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
