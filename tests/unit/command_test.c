/* Which lines are commands and which are C#. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "command.h"

/* Names that C# code could use. */
static bool is_known(void *context, const char *word, uint32_t length)
{
    const char *known = context;
    return strlen(known) == length && memcmp(known, word, length) == 0;
}

static LineReading read_line(const char *line)
{
    return command_read_line(line, is_known, (char *)(uintptr_t) "hist");
}

static void assert_code(const char *line)
{
    LineReading reading = read_line(line);
    if (reading.kind != LINE_CODE) {
        fail_msg("not taken for C#: %s", line);
    }
}

static void assert_command(const char *line, const char *name, const char *arguments)
{
    LineReading reading = read_line(line);
    if (reading.kind != LINE_COMMAND) {
        fail_msg("not taken for a command: %s", line);
    }
    assert_string_equal(reading.row->name, name);
    assert_int_equal(reading.argument_length, strlen(arguments));
    assert_memory_equal(reading.arguments, arguments, strlen(arguments));
}

static void test_a_first_word_of_the_list_is_a_command(void **state)
{
    (void)state;
    assert_command("help", "help", "");
    assert_command("  help   set  ", "help", "set");
    assert_command("set width 100", "set", "width 100");
    assert_command("? set", "help", "set");
    assert_command("layout Dictionary<string, int>", "layout", "Dictionary<string, int>");
}

static void test_a_beginning_is_enough_unless_it_is_a_name(void **state)
{
    (void)state;
    assert_command("histo", "history", "");
    assert_code("hist");
    assert_command(":hist", "history", "");
    assert_code("z");
}

static void test_what_can_only_be_csharp_is_csharp(void **state)
{
    (void)state;
    assert_code("help;");
    assert_code("set = 3");
    assert_code("set += 3");
    assert_code("help.ToString()");
    assert_code("help(3)");
    assert_code("help[0]");
    assert_code("help++");
    assert_code("help--");
    assert_code("help + 1");
    assert_code("help == 1");
    assert_code("help ?\?= 1");
    assert_code("help => 3");
    assert_code("set<int>(3)");
    assert_code("load x; load y;");
    assert_code("help { }");
    assert_code("await x");
    assert_code("int help = 3");
    assert_code("\"help\"");
}

static void test_semicolons_in_literals_do_not_count(void **state)
{
    (void)state;
    assert_command("load \"a;b\"", "load", "\"a;b\"");
    assert_command("transcript \"{x}\"", "transcript", "\"{x}\"");
    assert_command("load x // ;", "load", "x // ;");
}

static void test_directives_of_csi_are_commands(void **state)
{
    (void)state;
    assert_command("#load \"a.cs\"", "load", "\"a.cs\"");
    assert_command("#reset", "reset", "");
    assert_command("#exit", "quit", "");
    assert_command("#help", "help", "");
    assert_code("#nullable enable");
}

static void test_lines_for_others_are_nothing(void **state)
{
    (void)state;
    assert_int_equal(read_line("").kind, LINE_NOTHING);
    assert_int_equal(read_line(" \t ").kind, LINE_NOTHING);
    assert_int_equal(read_line("// help").kind, LINE_NOTHING);
    assert_int_equal(read_line("#!/usr/bin/awaitlab").kind, LINE_NOTHING);
    assert_int_equal(read_line("#:package X").kind, LINE_NOTHING);
    assert_int_equal(read_line("// one\n// two").kind, LINE_NOTHING);
    assert_command("// one\nhelp", "help", "");
}

static void test_a_colon_is_never_csharp(void **state)
{
    (void)state;
    assert_command(":help", "help", "");
    assert_command(": help = 3", "help", "= 3");
    assert_int_equal(read_line(":nonsense").kind, LINE_UNKNOWN);
}

static void test_names_are_unique(void **state)
{
    (void)state;
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        const CommandRow *row = &command_rows[i];
        assert_ptr_equal(command_find(row->name, (uint32_t)strlen(row->name)), row);
        if (*row->short_name) {
            assert_ptr_equal(command_find(row->short_name, (uint32_t)strlen(row->short_name)), row);
        }
        for (const char *at = row->aliases; *at; at += strspn(at, " ")) {
            uint32_t length = (uint32_t)strcspn(at, " ");
            assert_ptr_equal(command_find(at, length), row);
            at += length;
        }
    }
}

static void test_examples_are_inputs_for_their_command(void **state)
{
    (void)state;
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        LineReading reading = read_line(command_rows[i].example);
        assert_int_equal(reading.kind, LINE_COMMAND);
        assert_ptr_equal(reading.row, &command_rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_first_word_of_the_list_is_a_command),
        cmocka_unit_test(test_a_beginning_is_enough_unless_it_is_a_name),
        cmocka_unit_test(test_what_can_only_be_csharp_is_csharp),
        cmocka_unit_test(test_semicolons_in_literals_do_not_count),
        cmocka_unit_test(test_directives_of_csi_are_commands),
        cmocka_unit_test(test_lines_for_others_are_nothing),
        cmocka_unit_test(test_a_colon_is_never_csharp),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_examples_are_inputs_for_their_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
