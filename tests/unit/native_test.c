/* Natives called as the instruction loop calls them, with a collection before every allocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/fake_program.h"
#include "vm/native.h"
#include "vm/thread.h"
#include "vm/unicode.h"

ExecOutcome exec_run(Machine *machine)
{
    (void)machine;
    return EXEC_ENDED;
}

static FakeProgram fake;
static Machine *machine;

/* The frame natives are called with: its first two slots are references while a native runs (FAKE_NATIVE's map has 0 as
 * a
 * reference and 8 as a managed pointer, which is as good for keeping a string alive: it points at its start). */
static uint8_t *frame(void)
{
    return machine_at(machine, machine->state->threads[0].data_start + 64);
}

static int set_up(void **unused)
{
    (void)unused;
    MachineLimits limits = {.heap_bytes = 16 << 20, .main_stack_bytes = 256 * 1024, .thread_stack_bytes = 256 * 1024};
    fake_program_init(&fake);
    machine = machine_create(&fake.program, &fake.host, &memory_default, &limits);
    machine_start(machine, FAKE_METHOD);
    thread_schedule(machine);
    machine->collect_always = true;
    machine_thread(machine)->native_frame = machine_offset(machine, frame());
    machine_thread(machine)->native_method = FAKE_NATIVE;
    memset(frame(), 0, 256);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    machine_free(machine);
    return 0;
}

static void set(uint32_t at, uint64_t value)
{
    memcpy(frame() + at, &value, sizeof value);
}

static void set_text(uint32_t at, const char *text)
{
    set(at, machine_new_string_utf8(machine, text, strlen(text)));
}

static void check_text(Ref string, const char *expected)
{
    char text[1024];
    size_t length = utf16_to_utf8(machine_units(machine, string), (size_t)machine_length(machine, string), text);
    text[length] = 0;
    assert_string_equal(text, expected);
}

static void check_result(NativeStatus status, const char *expected)
{
    assert_int_equal(status, NATIVE_OK);
    check_text(arg_ref(frame(), 0), expected);
}

static void test_concat(void **unused)
{
    (void)unused;
    set_text(0, "one ");
    set_text(8, "tw\xc3\xb6");
    check_result(native_string_concat2(machine, frame()), "one tw\xc3\xb6");
    set_text(0, "same");
    Ref same = arg_ref(frame(), 0);
    set(8, 0);
    assert_int_equal(native_string_concat2(machine, frame()), NATIVE_OK);
    assert_int_equal(arg_ref(frame(), 0), same);
    set(0, 0);
    assert_int_equal(native_string_concat2(machine, frame()), NATIVE_OK);
    assert_int_equal(arg_ref(frame(), 0), machine_empty_string(machine));
}

static void test_find(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *part;
        int32_t first, last;
        bool ignore;
    } rows[] = {
        {"abcabc", "bc", 1, 4, false}, {"abcabc", "BC", -1, -1, false},
        {"abcabc", "BC", 1, 4, true},  {"abc", "", 0, 3, false},
        {"", "", 0, 0, false},         {"", "a", -1, -1, false},
        {"aaa", "aa", 0, 1, false},    {"\xc3\xa4x\xc3\x84", "\xc3\x84", 0, 2, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t text[16], part[16];
        size_t count = 0, part_count = 0;
        Ref string = machine_new_string_utf8(machine, rows[i].text, strlen(rows[i].text));
        memcpy(text, machine_units(machine, string), 2 * (count = (size_t)machine_length(machine, string)));
        string = machine_new_string_utf8(machine, rows[i].part, strlen(rows[i].part));
        memcpy(part, machine_units(machine, string), 2 * (part_count = (size_t)machine_length(machine, string)));
        assert_int_equal(utf16_find(text, count, part, part_count, rows[i].ignore), rows[i].first);
        assert_int_equal(utf16_find_last(text, count, part, part_count, rows[i].ignore), rows[i].last);
    }
}

static void test_replace(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *old, *with, *expected;
    } rows[] = {
        {"a-b-c", "-", "--", "a--b--c"}, {"aaa", "aa", "b", "ba"},     {"abc", "x", "y", "abc"},
        {"abc", "abc", "", ""},          {"xx", "x", "xyz", "xyzxyz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        machine->collect_always = false; /* the third string is in a slot that is no root here */
        set_text(0, rows[i].text);
        set_text(8, rows[i].old);
        set_text(16, rows[i].with);
        set(24, 0);
        check_result(native_string_replace_string(machine, frame()), rows[i].expected);
    }
}

static void test_case_and_categories(void **unused)
{
    (void)unused;
    static const struct {
        uint16_t unit, upper, lower;
        int category;
    } rows[] = {
        {'a', 'A', 'a', 1},           {'Z', 'Z', 'z', 0},          {'7', '7', '7', 8},
        {0xe4, 0xc4, 0xe4, 1},        {0xff, 0x178, 0xff, 1},      {0x131, 0x131, 0x131, 1},
        {0x3c9, 0x3a9, 0x3c9, 1},     {0x416, 0x416, 0x436, 0},    {0x20ac, 0x20ac, 0x20ac, 26},
        {0xd800, 0xd800, 0xd800, 16}, {0x4e2d, 0x4e2d, 0x4e2d, 4}, {0xa0, 0xa0, 0xa0, 11},
        {'_', '_', '_', 18},          {0xdf, 0xdf, 0xdf, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(unicode_upper(rows[i].unit), rows[i].upper);
        assert_int_equal(unicode_lower(rows[i].unit), rows[i].lower);
        assert_int_equal(unicode_category(rows[i].unit), rows[i].category);
    }
}

static void test_numbers(void **unused)
{
    (void)unused;
    set(0, (uint64_t)-42);
    set(8, 0);
    check_result(native_format_int32(machine, frame()), "-42");
    double number = 0.1;
    memcpy(frame(), &number, sizeof number);
    set(8, 0);
    check_result(native_format_double(machine, frame()), "0.1");
    number = 1e300;
    machine->collect_always = false;
    set_text(8, "F2");
    memcpy(frame(), &number, sizeof number);
    assert_int_equal(native_format_double(machine, frame()), NATIVE_OK);
    assert_int_equal(machine_length(machine, arg_ref(frame(), 0)), 304);
}

static void test_exceptions(void **unused)
{
    (void)unused;
    assert_int_equal(machine_raise_cast(machine, FAKE_NODE, FAKE_PAIR, 2), NATIVE_THROW);
    Ref message = machine_read8(machine, machine->state->thrown + 8);
    check_text(message, "Unable to cast object of type 'Node' to type 'Pair'.");
    machine->state->thrown = 0;
    set_text(0, "abc");
    set(8, 3);
    assert_int_equal(native_string_char_at(machine, frame()), NATIVE_THROW);
    check_text(machine_read8(machine, machine->state->thrown + 8), "Index was outside the bounds of the array.");
}

/* A captured trace is shared: continuing it costs a copy first (dotnet-semantics 3.6: 72, then 104, 168, 296). */
static void test_captured_traces(void **unused)
{
    (void)unused;
    machine->collect_always = false;
    set(0, machine_new(machine, FAKE_EXCEPTION));
    uint64_t slot = machine_offset(machine, frame());
    trace_append(machine, slot, FAKE_METHOD, 1);
    Ref exception = arg_ref(frame(), 0);
    native_exception_capture(machine, frame());
    Ref trace = arg_ref(frame(), 0);
    set(0, exception);
    set(8, trace);
    native_exception_restore(machine, frame());
    trace_begin(machine, exception);
    int64_t before = machine->state->allocated;
    for (uint32_t i = 0; i < 4; i++)
        trace_append(machine, slot, FAKE_METHOD, 2 + i);
    assert_int_equal(machine->state->allocated - before, 72 + 104 + 168 + 296);
    check_result(native_exception_trace_text(machine, frame()),
                 "   at Program.Work\n--- End of stack trace from previous location ---\n   at Program.Work\n   at "
                 "Program.Work\n"
                 "   at Program.Work\n   at Program.Work");
    trace_begin(machine, exception);
    set(0, exception);
    assert_int_equal(native_exception_trace_text(machine, frame()), NATIVE_OK);
    assert_int_equal(arg_ref(frame(), 0), 0);
}

static void test_interlocked(void **unused)
{
    (void)unused;
    uint64_t place = machine_offset(machine, frame()) + 128;
    set(0, place);
    set(8, 5);
    set(16, 0);
    native_compare_exchange_int(machine, frame());
    assert_int_equal(arg_int(frame(), 0), 0);
    assert_int_equal(arg_int(frame(), 128), 5);
    set(0, place);
    set(8, (uint64_t)INT32_MAX);
    native_add_int(machine, frame());
    assert_int_equal(arg_int(frame(), 0), INT32_MIN + 4);
    set(0, 0);
    assert_int_equal(native_add_int(machine, frame()), NATIVE_THROW);
}

static void test_every_name_is_found(void **unused)
{
    (void)unused;
    assert_int_equal(native_find("System.Nothing"), 0);
#define NATIVE(name, function) assert_ptr_equal(native_functions[native_find(name)], function);
#include "vm/native.def"
#undef NATIVE
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_concat),
        TEST(test_find),
        TEST(test_replace),
        TEST(test_case_and_categories),
        TEST(test_numbers),
        TEST(test_exceptions),
        TEST(test_captured_traces),
        TEST(test_interlocked),
        TEST(test_every_name_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
