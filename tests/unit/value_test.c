/* Values in words: what C# Interactive would show, read from memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "session_value.h"

typedef struct Case {
    const char *declaration; /* "int[] v = ..." with the name v */
    const char *shown;
} Case;

static const Case cases[] = {
    {"int v = 42", "42"},
    {"long v = long.MinValue", "-9223372036854775808"},
    {"ulong v = ulong.MaxValue", "18446744073709551615"},
    {"byte v = 255", "255"},
    {"bool v = true", "true"},
    {"char v = 'x'", "'x'"},
    {"char v = '\\n'", "'\\n'"},
    {"char v = '\\''", "'\\''"},
    {"double v = 0.1 + 0.2", "0.30000000000000004"},
    {"double v = 1e20", "1E+20"},
    {"double v = double.NaN", "NaN"},
    {"float v = 1.5f", "1.5"},
    {"decimal v = 1.50m", "1.50m"},
    {"decimal v = -79228162514264337593543950335m", "-79228162514264337593543950335m"},
    {"string v = \"text\"", "\"text\""},
    {"string? v = null", "null"},
    {"string v = \"tab\\t quote\\\" \\u0001 \\u00e9\"", "\"tab\\t quote\\\" \\u0001 \xC3\xA9\""},
    {"object v = 42", "42"},
    {"object v = new Size(1, 2)", "Size { Width = 1, Height = 2 }"},
    {"int? v = null", "null"},
    {"int? v = 5", "5"},
    {"Color v = Color.Green", "Green"},
    {"Color v = (Color)77", "77"},
    {"Access v = Access.Read | Access.Write", "Read, Write"},
    {"Access v = Access.None", "None"},
    {"(int, string) v = (1, \"a\")", "(1, \"a\")"},
    {"(int, int, int, int, int, int, int, int, int) v = (1, 2, 3, 4, 5, 6, 7, 8, 9)", "(1, 2, 3, 4, 5, 6, 7, 8, 9)"},
    {"int[] v = { 1, 2, 3 }", "int[3] { 1, 2, 3 }"},
    {"int[] v = { }", "int[0] { }"},
    {"string?[] v = { \"a\", null }", "string[2] { \"a\", null }"},
    {"int[][] v = { new[] { 1 }, new[] { 2, 3 } }", "int[][2] { int[1] { 1 }, int[2] { 2, 3 } }"},
    {"List<int> v = new List<int> { 1, 2 }", "List<int>(2) { 1, 2 }"},
    {"Dictionary<string, int> v = new Dictionary<string, int> { [\"a\"] = 1, [\"b\"] = 2 }",
     "Dictionary<string, int>(2) { [\"a\"] = 1, [\"b\"] = 2 }"},
    {"HashSet<int> v = new HashSet<int> { 5, 6 }", "HashSet<int>(2) { 5, 6 }"},
    {"Queue<int> v = new Queue<int>(new[] { 1, 2 })", "Queue<int>(2) { 1, 2 }"},
    {"Stack<int> v = new Stack<int>(new[] { 1, 2 })", "Stack<int>(2) { 2, 1 }"},
    {"LinkedList<int> v = new LinkedList<int>(new[] { 1, 2 })", "LinkedList<int>(2) { 1, 2 }"},
    {"SortedList<int, string> v = new SortedList<int, string> { { 2, \"b\" }, { 1, \"a\" } }",
     "SortedList<int, string>(2) { [1] = \"a\", [2] = \"b\" }"},
    {"KeyValuePair<int, string> v = new KeyValuePair<int, string>(1, \"x\")", "[1, \"x\"]"},
    {"Point v = new Point(1, 2)", "Point { X = 1, Y = 2 }"},
    {"object v = new { Name = \"n\", Age = 3 }", "{ Name = \"n\", Age = 3 }"},
    {"Worker v = new Worker()", "Worker#N { name = \"w\", Level = 7, friend = null }"},
    {"Worker[] v = { new Worker() }", "Worker[1] { Worker#N }"},
    {"Task v = Task.CompletedTask", "Task<VoidTaskResult>#N (completed)"},
    {"Task<int> v = Task.FromResult(1234)", "Task<int>#N (completed: 1234)"},
    {"Task<int> v = new TaskCompletionSource<int>().Task", "Task<int>#N (pending)"},
    {"Task v = Task.FromException(new InvalidOperationException(\"no\"))",
     "Task#N (faulted: InvalidOperationException: \"no\")"},
    {"Task v = Task.FromCanceled(new CancellationToken(true))", "Task#N (canceled)"},
    {"Task v = new Task(() => { })", "Task#N (created)"},
    {"TaskCompletionSource<int> v = new TaskCompletionSource<int>()",
     "TaskCompletionSource<int>#N { Task = Task<int>#N (pending) }"},
    {"ValueTask<int> v = new ValueTask<int>(7)", "ValueTask<int> [RESULT 7]"},
    {"ValueTask v = default", "ValueTask [RESULT]"},
    {"ValueTask<int> v = new ValueTask<int>(Task.FromResult(1))", "ValueTask<int> [TASK Task<int>#N (completed: 1)]"},
    {"ValueTask<int> v = new Op().Start()", "ValueTask<int> [SOURCE Op#N token 0]"},
    {"ValueTask<int> v = new Op().Stale()", "ValueTask<int> [SOURCE Op#N token 0, stale: version 1]"},
    {"Action v = Worker.Run", "Action#N (Worker.Run)"},
    {"Func<int, int> v = x => x + 1", "Func<int, int>#N (lambda)"},
    {"Exception v = new ArgumentException(\"bad\")", "ArgumentException#N: \"bad\""},
    {"CancellationToken v = default", "CancellationToken (None)"},
    {"TimeSpan v = TimeSpan.FromMilliseconds(1500)", "00:00:01.5000000"},
    {"TimeSpan v = -new TimeSpan(3, 4, 5, 6)", "-3.04:05:06"},
    {"DateTime v = new DateTime(2024, 2, 29, 12, 30, 0)", "2024-02-29 12:30:00"},
    {"DateTime v = new DateTime(1999, 12, 31)", "1999-12-31 00:00:00"},
    {"DateOnly v = new DateOnly(2000, 3, 1)", "2000-03-01"},
    {"Guid v = new Guid(\"00112233-4455-6677-8899-aabbccddeeff\")", "00112233-4455-6677-8899-aabbccddeeff"},
    {"Index v = ^3", "^3"},
    {"Range v = 1..^2", "1..^2"},
    {"Type v = typeof(List<int>)", "typeof(List<int>)"},
    {"System.Text.StringBuilder v = new System.Text.StringBuilder(\"sb\")", "StringBuilder#N { \"sb\" }"},
};
enum { CASES = sizeof cases / sizeof cases[0] };

static const char head[] =
    "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\n"
    "using System.Threading.Tasks.Sources;\n"
    "Keep.Touch();\n"
    "enum Color { Red, Green }\n"
    "[Flags] enum Access { None = 0, Read = 1, Write = 2 }\n"
    "struct Size { public int Width, Height; public Size(int w, int h) { Width = w; Height = h; } }\n"
    "record Point(int X, int Y);\n"
    "class Worker { string name = \"w\"; public int Level { get; set; } = 7; Worker? friend;\n"
    "  public static void Run() { } }\n"
    "class Op : IValueTaskSource<int> { ManualResetValueTaskSourceCore<int> core;\n"
    "  public ValueTask<int> Start() => new ValueTask<int>(this, core.Version);\n"
    "  public ValueTask<int> Stale() { var v = Start(); core.Reset(); return v; }\n"
    "  public int GetResult(short t) => core.GetResult(t);\n"
    "  public ValueTaskSourceStatus GetStatus(short t) => core.GetStatus(t);\n"
    "  public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)\n"
    "    => core.OnCompleted(c, s, t, f); }\n";

/* One class, a static field v for each case. */
static size_t write_program(char *to, size_t size)
{
    size_t length = (size_t)snprintf(to, size, "%sstatic class Keep { public static void Touch() { ", head);
    for (int i = 0; i < CASES; i++) {
        length += (size_t)snprintf(to + length, size - length, "object? o%d = C%d.v; ", i, i);
    }
    length += (size_t)snprintf(to + length, size - length, "} }\n");
    for (int i = 0; i < CASES; i++) {
        length += (size_t)snprintf(to + length, size - length, "static class C%d { public static %s; }\n", i,
                                   cases[i].declaration);
    }
    assert_true(length < size);
    return length;
}

static Session *run_program(void)
{
    static char code[65536];
    SessionOptions options = {.max_heap = 8 << 20, .count_events = true};
    Session *session = session_open(&options);
    size_t length = write_program(code, sizeof code);
    assert_int_equal(session_add_source(session, "test.cs", code, length), SESSION_OK);
    SessionOutcome outcome = session_run(session, 0);
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(session, i);
        print_message("%u: %s\n", diagnostic.line, diagnostic.message);
    }
    assert_int_equal(outcome.kind, OUTCOME_FINISHED);
    return session;
}

static const RuntimeType *type_called(const Session *session, const char *name)
{
    for (uint32_t i = 1; i < session->program->type_count; i++) {
        if (strcmp(session->program->types[i]->full_name, name) == 0) {
            return session->program->types[i];
        }
    }
    return NULL;
}

static const RuntimeField *static_field(const RuntimeType *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].is_static && strcmp(type->fields[i].name, "v") == 0) {
            return &type->fields[i];
        }
    }
    return NULL;
}

/* Object numbers depend on everything that was made before: #12 is written #N. */
static void mask_numbers(const char *text, char *to, size_t size)
{
    size_t length = 0;
    while (*text && length + 2 < size) {
        to[length++] = *text++;
        if (to[length - 1] == '#' && *text >= '0' && *text <= '9') {
            to[length++] = 'N';
            text += strspn(text, "0123456789");
        }
    }
    to[length] = 0;
}

static void show(Session *session, void *argument)
{
    Text *text = argument;
    text_init(text, &session->arena);
}

static void values_look_as_in_csharp_interactive(void **state)
{
    (void)state;
    Session *session = run_program();
    for (int i = 0; i < CASES; i++) {
        char name[16], shown[2048];
        snprintf(name, sizeof name, "C%d", i);
        const RuntimeType *type = type_called(session, name);
        const RuntimeField *field = static_field(type);
        uint64_t at =
            machine_offset(session->machine, machine_statics(session->machine)) + type->statics_offset + field->offset;
        Text text;
        assert_true(session_guard(session, show, &text));
        session_add_value(session, &text, field->type ? field->type : session->program->object_type, at);
        mask_numbers(text.at, shown, sizeof shown);
        assert_string_equal(shown, cases[i].shown);
    }
    session_close(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_look_as_in_csharp_interactive),
    };
    return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
