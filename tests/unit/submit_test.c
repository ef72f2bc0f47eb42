/* C# typed piece by piece: what each piece says. The answers are those of C# Interactive (Roslyn's scripting), except that values are
 * shown with their types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

/* ---- a prompt -------------------------------------------------------------------------------------------------------- */

typedef struct Prompt {
    Session *session;
    char answer[8192]; /* output, errors and value of the last piece */
    size_t length;
} Prompt;

static void say(Prompt *prompt, const char *text, size_t length)
{
    size_t room = sizeof prompt->answer - 1 - prompt->length;
    length = length < room ? length : room;
    memcpy(prompt->answer + prompt->length, text, length);
    prompt->length += length;
    prompt->answer[prompt->length] = 0;
}

static void say_text(Prompt *prompt, const char *text)
{
    say(prompt, text, strlen(text));
}

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)stream;
    say(context, bytes, length);
    return true;
}

static void ignore_event(void *context, const SessionEvent *event)
{
    (void)context;
    (void)event;
}

static void open_prompt_with(Prompt *prompt, SessionOptions options)
{
    *prompt = (Prompt){0};
    options.interactive = true;
    options.max_heap = options.max_heap ? options.max_heap : 8 << 20;
    options.host = (SessionHost){.context = prompt, .write = keep_output, .event = ignore_event};
    prompt->session = session_open(&options);
    assert_non_null(prompt->session);
}

static void open_prompt(Prompt *prompt)
{
    open_prompt_with(prompt, (SessionOptions){0});
}

static void say_errors(Prompt *prompt)
{
    for (uint32_t i = 0; i < session_diagnostic_count(prompt->session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(prompt->session, i);
        char line[512];
        snprintf(line, sizeof line, "%s(%u,%u): %s: %s\n", diagnostic.file ? diagnostic.file : "", diagnostic.line,
                 diagnostic.column, diagnostic.code, diagnostic.message);
        if (diagnostic.is_error) {
            say_text(prompt, line);
        }
    }
}

static void say_value(Prompt *prompt)
{
    SessionValue value;
    if (session_submission_value(prompt->session, session_submission_count(prompt->session) - 1, &value)) {
        char line[1024];
        snprintf(line, sizeof line, "%s: %s\n", value.text, value.type);
        say_text(prompt, line);
    }
}

static void say_outcome(Prompt *prompt, SessionOutcome outcome)
{
    if (outcome.kind == OUTCOME_IDLE) {
        say_value(prompt);
        return;
    }
    say_text(prompt, session_outcome_name(outcome.kind));
    say_text(prompt, outcome.goes_on ? "\n" : "!\n");
    say_text(prompt, outcome.text);
}

static void start_answer(Prompt *prompt)
{
    prompt->length = 0;
    prompt->answer[0] = 0;
}

/* What the prompt answers. */
static const char *type(Prompt *prompt, const char *text)
{
    start_answer(prompt);
    SessionStatus status = session_submit(prompt->session, "p", text, strlen(text));
    if (status == SESSION_OK) {
        say_outcome(prompt, session_run(prompt->session, 0));
    } else if (status == SESSION_ERRORS) {
        say_errors(prompt);
    } else {
        char line[32];
        snprintf(line, sizeof line, "status %d\n", (int)status);
        say_text(prompt, line);
    }
    return prompt->answer;
}

static void expect(Prompt *prompt, const char *text, const char *answer)
{
    assert_string_equal(type(prompt, text), answer);
}

/* ---- input ----------------------------------------------------------------------------------------------------------- */

static void more_lines_are_asked_for_while_something_is_open(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        InputState state;
    } rows[] = {
        {"", INPUT_COMPLETE},
        {"1 + 1", INPUT_COMPLETE},
        {"x", INPUT_COMPLETE},
        {"int x = 1;", INPUT_COMPLETE},
        {"int x = 1", INPUT_COMPLETE},
        {"int x =", INPUT_INCOMPLETE},
        {"if (true)", INPUT_INCOMPLETE},
        {"if (true) f();", INPUT_COMPLETE},
        {"if (true) { f();", INPUT_INCOMPLETE},
        {"f(1,", INPUT_INCOMPLETE},
        {"class C", INPUT_INCOMPLETE},
        {"class C {", INPUT_INCOMPLETE},
        {"class C { int F() { return 1; }", INPUT_INCOMPLETE},
        {"class C { } // end", INPUT_COMPLETE},
        {"var s = @\"a", INPUT_INCOMPLETE},
        {"var s = \"\"\"", INPUT_INCOMPLETE},
        {"/* a", INPUT_INCOMPLETE},
        {"try { f(); }", INPUT_INCOMPLETE},
        {"do { }", INPUT_INCOMPLETE},
        {"x.", INPUT_INCOMPLETE},
        {")", INPUT_BROKEN},
        {"int = 3;", INPUT_BROKEN},
        {"f(;", INPUT_BROKEN},
        {"\"abc", INPUT_BROKEN},
    };
    Prompt prompt;
    open_prompt(&prompt);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        InputState found = session_input_state(prompt.session, rows[i].text, strlen(rows[i].text));
        if (found != rows[i].state) {
            fail_msg("'%s' is %d", rows[i].text, (int)found);
        }
    }
    session_close(prompt.session);
}

/* ---- declarations stay ------------------------------------------------------------------------------------------------ */

static void variables_persist(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 20;", "");
    expect(&prompt, "x + 1", "21: int\n");
    expect(&prompt, "x++; x", "21: int\n");
    expect(&prompt, "var (a, b) = (1, \"z\");", "");
    expect(&prompt, "b", "\"z\": string\n");
    expect(&prompt, "if (b is string s) Console.WriteLine(s);", "z\n");
    expect(&prompt, "s.Length", "1: int\n");
    expect(&prompt, "int.TryParse(\"12\", out var parsed)", "true: bool\n");
    expect(&prompt, "parsed * x", "252: int\n");
    expect(&prompt, "int y; y", "0: int\n");
    expect(&prompt, "const int N = 3;", "");
    expect(&prompt, "N + N", "6: int\n");
    session_close(prompt.session);
}

static void a_name_may_be_declared_again(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1;", "");
    expect(&prompt, "Func<int> old = () => x;", "");
    expect(&prompt, "var x = \"now text\";", "");
    expect(&prompt, "x", "\"now text\": string\n");
    expect(&prompt, "old()", "1: int\n");
    expect(&prompt, "int x = 5; int x = 6;", "p(1,16): CS0102: The type 'Submission#6' already contains a definition for 'x'\n");
    expect(&prompt, "class P { public int V = 3; }", "");
    expect(&prompt, "var p = new P();", "");
    expect(&prompt, "class P { public string W = \"w\"; }", "");
    expect(&prompt, "p.V", "3: int\n");
    expect(&prompt, "new P().W", "\"w\": string\n");
    session_close(prompt.session);
}

static void functions_persist_and_may_be_overloaded(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1; int F(int a) => a + x;", "");
    expect(&prompt, "F(2)", "3: int\n");
    expect(&prompt, "double F(double d) => d;", "");
    expect(&prompt, "F(2) + F(0.5)", "3.5: double\n");
    expect(&prompt, "int F(int a) => a + 100;", "");
    expect(&prompt, "F(2)", "102: int\n");
    expect(&prompt, "T Id<T>(T t) => t;", "");
    expect(&prompt, "Id(\"q\") + Id(1)", "\"q1\": string\n");
    expect(&prompt, "IEnumerable<int> Gen() { for (int i = 0; i < 3; i++) yield return i * x; }", "");
    expect(&prompt, "x = 5; string.Join(\",\", Gen())", "\"0,5,10\": string\n");
    expect(&prompt, "int G() => zz; var zz = 5; G()", "5: int\n");
    session_close(prompt.session);
}

static void types_and_using_directives_persist(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "using System.Text;", "");
    expect(&prompt, "new StringBuilder(\"q\").ToString()", "\"q\": string\n");
    expect(&prompt, "record R(int A, string B);", "");
    expect(&prompt, "new R(1, \"b\")", "R { A = 1, B = \"b\" }: R\n");
    expect(&prompt, "enum Color { Red, Green }", "");
    expect(&prompt, "Color.Green", "Green: Color\n");
    expect(&prompt, "static class E { public static int Twice(this int n) => 2 * n; }", "");
    expect(&prompt, "4.Twice() + new[] { 1, 2 }.Sum()", "11: int\n");
    expect(&prompt, "namespace Foo { public class B { public int V => 7; } }", "");
    expect(&prompt, "using Foo;", "");
    expect(&prompt, "new B().V + new Foo.B().V", "14: int\n");
    expect(&prompt, "interface I { int M(); } class J : I { public int M() => 2; }", "");
    expect(&prompt, "class K : J { } I i = new K(); i.M()", "2: int\n");
    session_close(prompt.session);
}

static void await_is_allowed_everywhere(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "await Task.Delay(1);", "");
    expect(&prompt, "await Task.FromResult(5)", "5: int\n");
    expect(&prompt, "async Task<int> W(int n) { await Task.Yield(); return n * 2; }", "");
    expect(&prompt, "var w = await W(21); w", "42: int\n");
    expect(&prompt, "Func<Task<int>> f = async () => { await Task.Delay(10); return w + 1; };", "");
    expect(&prompt, "await f()", "43: int\n");
    expect(&prompt, "for (int i = 0; i < 2; i++) { await Task.Delay(1); w += i; }", "");
    expect(&prompt, "w", "43: int\n");
    session_close(prompt.session);
}

/* ---- what goes wrong ----------------------------------------------------------------------------------------------------- */

static void errors_change_nothing(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1;", "");
    expect(&prompt, "var y = 2; nosuch; class Q { }",
           "p(1,12): CS0103: The name 'nosuch' does not exist in the current context\n");
    expect(&prompt, "y", "p(1,1): CS0103: The name 'y' does not exist in the current context\n");
    expect(&prompt, "new Q()", "p(1,5): CS0246: The type or namespace name 'Q' could not be found (are you missing a using directive or an "
                               "assembly reference?)\n");
    expect(&prompt, "x = \"a\";", "p(1,5): CS0029: Cannot implicitly convert type 'string' to 'int'\n");
    expect(&prompt, "x;",
           "p(1,1): CS0201: Only assignment, call, increment, decrement, await, and new object expressions can be used as a statement\n");
    expect(&prompt, "class C { public int F() => x; }",
           "p(1,29): CS0120: An object reference is required for the non-static field, method, or property 'x'\n");
    expect(&prompt, "int x = ;", "p(1,9): CS1525: Invalid expression term ';'\n");
    expect(&prompt, "x", "1: int\n");
    session_close(prompt.session);
}

static void an_exception_ends_only_the_submission(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1;", "");
    expect(&prompt, "x = 2; try { throw new Exception(\"boo\"); } finally { x = 3; }",
           "unhandled-exception\nUnhandled exception. System.Exception: boo\n   at Submission#2.<Main>$()");
    expect(&prompt, "x", "3: int\n");
    expect(&prompt, "await Task.Delay(1); throw new Exception(\"later\");",
           "unhandled-exception\nUnhandled exception. System.Exception: later\n   at Submission#4.<Main>$()\n"
           "   at Submission#4.<Main>()");
    expect(&prompt, "x", "3: int\n");
    session_close(prompt.session);
}

static void an_exception_on_another_thread_ends_the_process(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    const char *answer = type(&prompt, "new Thread(() => throw new Exception(\"pool\")).Start(); await Task.Delay(1);");
    assert_non_null(strstr(answer, "unhandled-exception!\n"));
    expect(&prompt, "1", "status 6\n");
    session_close(prompt.session);
}

static void a_deadlock_can_be_left(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "var tcs = new TaskCompletionSource<int>();", "");
    expect(&prompt, "Console.WriteLine(await tcs.Task);", "deadlock\np(1,1)");
    expect(&prompt, "tcs.SetResult(5);", "5\n");
    expect(&prompt, "await tcs.Task", "5: int\n");
    session_close(prompt.session);
}

/* ---- one process -------------------------------------------------------------------------------------------------------- */

static void nothing_runs_between_submissions(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int n = 0; var timer = Task.Run(async () => { while (true) { await Task.Delay(10); n++; } });", "");
    expect(&prompt, "var first = n;", "");
    expect(&prompt, "n == first", "true: bool\n");
    expect(&prompt, "await Task.Delay(105); n > 5", "true: bool\n");
    session_close(prompt.session);
}

static void allocations_are_exact(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "long before; object o; string s = \"a\";", "");
    expect(&prompt, "before = GC.GetAllocatedBytesForCurrentThread();", "");
    expect(&prompt, "o = new object();", "");
    expect(&prompt, "GC.GetAllocatedBytesForCurrentThread() - before", "24: long\n");
    session_close(prompt.session);
}

static void a_thousand_submissions(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int n = 0;", "");
    for (int i = 0; i < 1000; i++) {
        char text[64];
        snprintf(text, sizeof text, i % 10 ? "n++;" : "n++; var v%d = n; class C%d { }", i, i);
        expect(&prompt, text, "");
    }
    expect(&prompt, "n + v0 + v990", "1992: int\n");
    session_close(prompt.session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_lines_are_asked_for_while_something_is_open),
        cmocka_unit_test(variables_persist),
        cmocka_unit_test(a_name_may_be_declared_again),
        cmocka_unit_test(functions_persist_and_may_be_overloaded),
        cmocka_unit_test(types_and_using_directives_persist),
        cmocka_unit_test(await_is_allowed_everywhere),
        cmocka_unit_test(errors_change_nothing),
        cmocka_unit_test(an_exception_ends_only_the_submission),
        cmocka_unit_test(an_exception_on_another_thread_ends_the_process),
        cmocka_unit_test(a_deadlock_can_be_left),
        cmocka_unit_test(nothing_runs_between_submissions),
        cmocka_unit_test(allocations_are_exact),
        cmocka_unit_test(a_thousand_submissions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
