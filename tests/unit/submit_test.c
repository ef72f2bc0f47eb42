/* C# typed piece by piece: what each piece says. The answers are those of C# Interactive (Roslyn's scripting), except
 * that values are shown with their types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

/* ---- a prompt
 * -------------------------------------------------------------------------------------------------------- */

typedef struct Prompt {
    Session *session;
    char answer[8192]; /* output, errors and value of the last piece */
    size_t length;
    char sentence[512]; /* of the last step */
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

static void keep_sentence(void *context, const SessionEvent *event)
{
    Prompt *prompt = context;
    snprintf(prompt->sentence, sizeof prompt->sentence, "%s", event->sentence);
}

static void open_prompt_with(Prompt *prompt, SessionOptions options)
{
    *prompt = (Prompt){0};
    options.interactive = true;
    options.max_heap = options.max_heap ? options.max_heap : 8 << 20;
    options.host = (SessionHost){.context = prompt, .write = keep_output, .event = keep_sentence};
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

/* ---- input
 * ----------------------------------------------------------------------------------------------------------- */

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

/* ---- declarations stay
 * ------------------------------------------------------------------------------------------------ */

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
    expect(&prompt, "int x = 5; int x = 6;",
           "p(1,16): CS0102: The type 'Submission#6' already contains a definition for 'x'\n");
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

static void what_is_declared_may_have_the_modifiers_of_members(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "public int x = 1; private static string s = \"a\", t = \"b\"; readonly int r = 4;", "");
    expect(&prompt, "x + s + t + r", "\"1ab4\": string\n");
    expect(&prompt, "public int P { get; set; } = x + 2; int Twice => P * 2;", "");
    expect(&prompt, "P++; Twice", "8: int\n");
    expect(&prompt, "public static int F() => 5;", "");
    expect(&prompt, "F()", "5: int\n");
    session_close(prompt.session);
}

static void what_looks_like_a_declaration_may_be_a_value(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int a = 6, b = 7;", "");
    expect(&prompt, "a * b", "42: int\n");
    expect(&prompt, "a * b;",
           "p(1,1): CS0201: Only assignment, call, increment, decrement, await, and new object expressions can be used "
           "as a "
           "statement\n");
    expect(&prompt, "a < b", "true: bool\n");
    expect(&prompt, "[1, 2]", "p(1,1): CS9176: There is no target type for the collection expression.\n");
    expect(&prompt, "Console.WriteLine", "p(1,9): CS8917: The delegate type could not be inferred.\n");
    expect(&prompt, "yield return 1;", "p(1,1): CS7020: Cannot use 'yield' in top-level script code\n");
    expect(&prompt, "(a, b)", "(6, 7): (int, int)\n");
    expect(&prompt, "null", "null: object\n");
    expect(&prompt, "return a > 5 ? \"big\" : \"small\";", "\"big\": string\n");
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

/* ---- what goes wrong
 * ----------------------------------------------------------------------------------------------------- */

static void errors_change_nothing(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1;", "");
    expect(&prompt, "var y = 2; nosuch; class Q { }",
           "p(1,12): CS0103: The name 'nosuch' does not exist in the current context\n");
    expect(&prompt, "y", "p(1,1): CS0103: The name 'y' does not exist in the current context\n");
    expect(&prompt, "new Q()",
           "p(1,5): CS0246: The type or namespace name 'Q' could not be found (are you missing a using directive or an "
           "assembly reference?)\n");
    expect(&prompt, "x = \"a\";", "p(1,5): CS0029: Cannot implicitly convert type 'string' to 'int'\n");
    expect(&prompt, "x;",
           "p(1,1): CS0201: Only assignment, call, increment, decrement, await, and new object expressions can be used "
           "as a statement\n");
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

/* ---- one process
 * -------------------------------------------------------------------------------------------------------- */

static void nothing_runs_between_submissions(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int n = 0; var timer = Task.Run(async () => { while (true) { await Task.Delay(10); n++; } });",
           "");
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

/* ---- in the middle of something
 * ----------------------------------------------------------------------------------------- */

/* Types `text` and stops where a statement begins that contains `statement`. */
static void stop_at(Prompt *prompt, const char *text, const char *statement)
{
    start_answer(prompt);
    assert_int_equal(session_submit(prompt->session, "p", text, strlen(text)), SESSION_OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(session_run(prompt->session, 1).kind, OUTCOME_PAUSED);
        if (strstr(prompt->sentence, statement)) {
            return;
        }
    }
    fail_msg("'%s' is never reached", statement);
}

/* The rest of what was interrupted. */
static const char *go_on(Prompt *prompt)
{
    start_answer(prompt);
    say_outcome(prompt, session_run(prompt->session, 0));
    return prompt->answer;
}

static void expect_look(Prompt *prompt, const char *text, const char *wanted)
{
    SessionValue value;
    start_answer(prompt);
    SessionStatus status = session_evaluate(prompt->session, text, strlen(text), &value);
    if (status == SESSION_OK) {
        static const char *const kinds[] = {"", "void ", "threw ", "blocked ", "endless "};
        say_text(prompt, kinds[value.kind]);
        say_text(prompt, value.text);
        say_text(prompt, ": ");
        say_text(prompt, value.type);
    } else {
        say_errors(prompt);
    }
    assert_string_equal(prompt->answer, wanted);
}

/* All candidates at the end of the text, or those whose names begin with the same letter, as "name name". */
static void expect_names(Prompt *prompt, const char *text, const char *names)
{
    SessionCandidates candidates;
    assert_int_equal(session_complete(prompt->session, text, strlen(text), strlen(text), &candidates), SESSION_OK);
    start_answer(prompt);
    for (uint32_t i = 0; i < candidates.count; i++) {
        say_text(prompt, i ? " " : "");
        say_text(prompt, candidates.at[i].name);
    }
    assert_string_equal(prompt->answer, names);
}

static const char operation[] =
    "class Op { int n = 5; public int Total(int k) { int sum = 0; for (int i = 0; i < k; i++) { sum += i; n++; } "
    "return sum; }\n"
    "public async Task<int> Get(int a) { int local = a * 2; await Task.Delay(1); local++; return local + n; }\n"
    "public int N => n; }\n"
    "struct Pair { public int A, B; public int Sum() { int c = 1; c += A; return c + B; } }\n"
    "class Box<T> { T held; public Box(T t) { held = t; } public T Swap(T t) { var old = held; held = t; return old; } "
    "}\n"
    "static class Tool { static int secret = 9; public static int Run(int start) { int step = 2; Func<int, int> f = x "
    "=> { int y = x + step; return y * start; }; "
    "return f(1) + secret; } }";

static void code_in_the_middle_sees_variables_and_changes_them(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, operation, "");
    expect(&prompt, "var op = new Op();", "");
    stop_at(&prompt, "op.Total(3)", "n++");
    assert_false(session_is_idle(prompt.session));
    expect(&prompt, "sum + k + n", "8: int\n");
    expect(&prompt, "sum = 1000; n = 50; var kept = sum + i;", "");
    expect(&prompt, "kept + this.n", "1050: int\n");
    expect(&prompt, "Total(2)", "1: int\n");
    expect(&prompt, "int sum = 3;",
           "p(1,5): CS0136: A local or parameter named 'sum' cannot be declared in this scope because that name is "
           "used in an enclosing "
           "local scope to define a local or parameter\n");
    expect(&prompt, "await Task.Delay(5); sum", "1000: int\n");
    const char *answer = type(&prompt, "throw new Exception(\"nested\");");
    assert_string_equal(
        answer, "unhandled-exception\nUnhandled exception. System.Exception: nested\n   at Submission#9.<Main>$()");
    assert_string_equal(go_on(&prompt), "");
    SessionValue value;
    assert_true(session_submission_value(prompt.session, 2, &value));
    assert_string_equal(value.text, "1003");
    expect(&prompt, "op.N + kept", "1055: int\n");
    session_close(prompt.session);
}

static void code_in_the_middle_of_an_async_method(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, operation, "");
    stop_at(&prompt, "var r = await new Op().Get(10); r", "local++");
    expect(&prompt, "local + n", "25: int\n");
    expect(&prompt, "local = 500; n", "5: int\n");
    expect(&prompt, "await Task.FromResult(local)", "500: int\n");
    go_on(&prompt);
    expect(&prompt, "r", "506: int\n");
    session_close(prompt.session);
}

static void code_in_the_middle_of_structs_generics_and_lambdas(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, operation, "");
    expect(&prompt, "var pair = new Pair { A = 1, B = 2 };", "");
    stop_at(&prompt, "pair.Sum()", "return c");
    expect(&prompt, "B = 40; this.A + c", "3: int\n");
    go_on(&prompt);
    expect(&prompt, "pair.B", "40: int\n");
    stop_at(&prompt, "new Box<string>(\"old\").Swap(\"new\")", "return old");
    expect(&prompt, "old + held + t", "\"oldnewnew\": string\n");
    go_on(&prompt);
    stop_at(&prompt, "Tool.Run(3)", ": return y");
    expect(&prompt, "x + y + step + start + secret", "18: int\n");
    expect(&prompt, "step = 10; start = 100;", "");
    go_on(&prompt);
    SessionValue value;
    assert_true(session_submission_value(prompt.session, 7, &value));
    assert_string_equal(value.text, "309");
    session_close(prompt.session);
}

/* The collector moves everything at every allocation: references and by-reference arguments of both codes must follow.
 */
static void a_collector_that_never_rests(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    session_collect_always(prompt.session);
    expect(&prompt, operation, "");
    stop_at(&prompt, "string Twice(string s) { string t = s + s; int n = t.Length; return t + n; } Twice(\"ab\")",
            "int n");
    expect(&prompt, "var more = t + s + new string('x', 3); t = more; t", "\"abababxxx\": string\n");
    expect_look(&prompt, "string.Concat(t, more, s)", "\"abababxxxabababxxxab\": string");
    go_on(&prompt);
    SessionValue value;
    assert_true(session_submission_value(prompt.session, 1, &value));
    assert_string_equal(value.text, "\"abababxxx9\"");
    session_close(prompt.session);
}

static bool stop_at_output(void *context, int stream, const char *bytes, size_t length)
{
    Prompt *prompt = context;
    session_stop(prompt->session);
    return keep_output(context, stream, bytes, length);
}

/* Ctrl-C in a loop without end, and a way out. */
static void what_was_stopped_can_be_helped(void **state)
{
    (void)state;
    Prompt prompt = {0};
    SessionOptions options = {.interactive = true, .max_heap = 8 << 20};
    options.host = (SessionHost){.context = &prompt, .write = stop_at_output, .event = keep_sentence};
    prompt.session = session_open(&options);
    assert_non_null(prompt.session);
    const char *answer = type(&prompt, "bool go = true; long n = 0; for (int i = 1; go; i++) { if (i == 100000) "
                                       "Console.WriteLine(\"far\"); n = i; } n");
    assert_string_equal(answer, "far\npaused!\n");
    expect(&prompt, "i >= 100000 && n > 0", "true: bool\n");
    expect(&prompt, "go = false; i = 7;", "");
    assert_string_equal(go_on(&prompt), "");
    SessionValue value;
    assert_true(session_submission_value(prompt.session, 0, &value));
    assert_string_equal(value.type, "long");
    expect(&prompt, "go", "false: bool\n");
    session_close(prompt.session);
}

/* ---- looking
 * ------------------------------------------------------------------------------------------------------------- */

static void looking_changes_nothing(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect_look(&prompt, "1 + 1", "2: int");
    expect(&prompt, "int n = 1; int Next() { Console.WriteLine(n); return ++n; } var list = new List<int> { 1, 2 };",
           "");
    SessionFingerprint before, after;
    assert_true(session_fingerprint(prompt.session, &before));
    expect_look(&prompt, "Next()", "2: int");
    expect_look(&prompt, "list", "List<int>(2) { 1, 2 }: List<int>");
    expect_look(&prompt, "list.Select(x => x * n).Sum()", "3: int");
    expect_look(&prompt, "Console.WriteLine(n)", "void : void");
    expect_look(&prompt, "int.Parse(\"x\")",
                "threw \"The input string 'x' was not in a correct format.\": FormatException");
    expect_look(&prompt, "new TaskCompletionSource().Task.Wait()", "blocked : ");
    expect_look(&prompt, "n = 5",
                "<expression>(1,1): AL9004: Looking at a value changes nothing; type the assignment as a statement of "
                "its own\n");
    expect_look(
        &prompt, "await Task.Delay(1)",
        "<expression>(1,1): AL9003: Looking at a value runs no await; type the await as a statement of its own\n");
    expect_look(&prompt, "int x = 1;",
                "<expression>(1,1): AL9005: An expression is expected here, such as 'x' or 'task.IsCompleted'\n");
    expect_look(&prompt, "nosuch",
                "<expression>(1,1): CS0103: The name 'nosuch' does not exist in the current context\n");
    assert_true(session_fingerprint(prompt.session, &after));
    assert_memory_equal(&before, &after, sizeof before);
    expect(&prompt, "n", "1: int\n");
    session_close(prompt.session);
}

/* Small integers, floating point numbers, structs and references are passed by value. */
static void values_of_every_shape_are_looked_at(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    stop_at(&prompt,
            "void M(bool b, char c, sbyte s, byte u, short h, ushort w, long l, float f, double d, decimal m, (int X, "
            "string Y) t, int? q) "
            "{ ref int r = ref u2; int end = 1; } int u2 = 9; M(true, 'c', -3, 200, -300, 60000, -5000000000, 1.5f, "
            "2.5, 3.5m, (7, \"y\"), 8);",
            ": int end");
    expect_look(&prompt,
                "new[] { 0 }.Select(x => b && c == 'c' && s == -3 && u == 200 && h == -300 && w == 60000).First()",
                "true: bool");
    expect_look(
        &prompt,
        "new[] { 0 }.Select(x => l + \" \" + f + \" \" + d + \" \" + m + \" \" + t.X + t.Y + \" \" + q).First()",
        "\"-5000000000 1.5 2.5 3.5 7y 8\": string");
    session_close(prompt.session);
}

static void looking_in_the_middle_and_after_the_end(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, operation, "");
    stop_at(&prompt, "new Op().Total(3)", "n++");
    expect_look(&prompt, "sum + k", "3: int");
    expect_look(&prompt, "Total(10) + n", "60: int");
    expect_look(&prompt, "new[] { 1, 2, 3 }.Count(x => x < k + sum)", "2: int");
    expect(&prompt, "Func<int> later = () => k;",
           "p(1,25): AL9006: 'k' belongs to code that is stopped in the middle and may be gone when the lambda runs; "
           "copy it into a variable "
           "first\n");
    expect(&prompt, "var copy = k; Func<int> later = () => copy; later()", "3: int\n");
    expect_look(&prompt, "n", "5: int");
    go_on(&prompt);
    const char *answer =
        type(&prompt, "new Thread(() => { int deep = 7; throw new Exception(); }).Start(); await Task.Delay(5);");
    assert_non_null(strstr(answer, "unhandled-exception!"));
    expect_look(&prompt, "deep", "7: int");
    session_close(prompt.session);
}

static void looking_at_who_waits_for_ever(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "var tcs = new TaskCompletionSource<int>();", "");
    const char *answer = type(&prompt, "int Wait(int limit) { int seen = 4; return seen + tcs.Task.Result; } Wait(9)");
    assert_non_null(strstr(answer, "deadlock\n"));
    expect_look(&prompt, "seen + limit", "13: int");
    expect_look(&prompt, "tcs.Task.IsCompleted", "false: bool");
    expect_look(&prompt, "seen", "4: int");
    expect_names(&prompt, "lim", "limit");
    expect(&prompt, "seen", "p(1,1): CS0103: The name 'seen' does not exist in the current context\n");
    expect(&prompt, "tcs.SetResult(1); await tcs.Task", "1: int\n");
    session_close(prompt.session);
}

static void a_nested_await_that_never_ends_is_given_up(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, operation, "");
    stop_at(&prompt, "new Op().Total(3)", "n++");
    expect(&prompt, "await new TaskCompletionSource().Task;", "deadlock\n");
    expect(&prompt, "sum + k", "3: int\n");
    go_on(&prompt);
    SessionValue value;
    assert_true(session_submission_value(prompt.session, 1, &value));
    assert_string_equal(value.text, "3");
    session_close(prompt.session);
}

/* ---- completion
 * ----------------------------------------------------------------------------------------------------------- */

static void names_are_completed(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect_names(&prompt, "Cons", "Console ConsoleColor");
    expect_names(&prompt, "Console.WriteL", "WriteLine");
    expect_names(&prompt, "System.Thread", "ThreadStaticAttribute Threading");
    expect_names(&prompt, "nosuch.x", "");
    expect(&prompt, operation, "");
    expect(&prompt, "int counter = 1; var op = new Op(); var list = new List<Op>(); int Count(int x) => x;", "");
    expect_names(&prompt, "coun", "counter");
    expect_names(&prompt, "Coun", "Count CountdownEvent");
    expect_names(&prompt, "if (counter == 1 && op.T", "ToString Total");
    expect_names(&prompt, "list[0].G", "Get GetHashCode GetType");
    expect_names(&prompt, "(await op.Get(1)).Comp", "CompareTo");
    expect_names(&prompt, "op?.N", "N");
    expect_names(&prompt, "int.Pars", "Parse");
    expect_names(&prompt, "new[] { 1, 2 }.SelectM", "SelectMany");
    expect_names(&prompt, "new Pair { A = 1 }.S", "Sum");
    expect_names(&prompt, "\"a.b(\".Len", "Length");
    stop_at(&prompt, "op.Total(3)", "n++");
    expect_names(&prompt, "su", "sum");
    expect_names(&prompt, "Tota", "Total");
    expect_names(&prompt, "this.n", "n");
    session_close(prompt.session);
}

/* ---- loaded files
 * -------------------------------------------------------------------------------------------------------- */

static const char *load(Prompt *prompt, const char *text)
{
    start_answer(prompt);
    SessionStatus status = session_load(prompt->session, "f.cs", text, strlen(text));
    if (status == SESSION_OK) {
        say_outcome(prompt, session_run(prompt->session, 0));
    } else if (status == SESSION_ERRORS) {
        say_errors(prompt);
    }
    return prompt->answer;
}

static void variables_of_a_loaded_program_stay(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    const char *program =
        "int calls = 0; var op = new Op(); int plain = 3; string text = \"t\" + plain;\n"
        "async Task<int> Fetch(int n) { calls++; await Task.Delay(1); return n + calls; }\n"
        "int Twice(int n) => n * 2;\n"
        "Func<int> peek = () => plain + 1;\n"
        "Console.WriteLine(await Fetch(1));\n"
        "using var cts = new CancellationTokenSource();\n"
        "var last = await op.Run(); const int K = 4; (int a, string b) = (1, \"q\");\n"
        "class Op { public int N = 7; public async ValueTask<int> Run() { await Task.Yield(); return N; } }";
    assert_string_equal(load(&prompt, program), "2\n");
    expect(&prompt, "plain + text", "\"3t3\": string\n");
    expect(&prompt, "await Fetch(10)", "12: int\n");
    expect(&prompt, "calls", "2: int\n");
    expect(&prompt, "Twice(last) + K + a", "19: int\n");
    expect(&prompt, "plain = 100; peek()", "101: int\n");
    expect(&prompt, "op.N + b", "\"7q\": string\n");
    expect(&prompt, "new Op().N", "7: int\n");
    expect(&prompt, "int calls = 50; calls", "50: int\n");
    expect(&prompt, "await Fetch(0)", "3: int\n");
    session_close(prompt.session);
}

static void what_was_declared_can_be_listed(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    load(&prompt, "int total = 1; Action add = () => total++; int Get() => 5; string s = \"x\"; add(); class C { }");
    expect(&prompt, "var x = 1; var y = s + x; double F(int a) => a; double F(string t) => 0; record R(int A);", "");
    expect(&prompt, "x = 2; var s = new R(3); const string K = \"k\";", "");
    SessionNames names;
    assert_int_equal(session_names(prompt.session, &names), SESSION_OK);
    start_answer(&prompt);
    for (uint32_t i = 0; i < names.count; i++) {
        char line[256];
        snprintf(line, sizeof line, "%u %s %s: %s = %s\n", names.at[i].submission, names.at[i].kind, names.at[i].name,
                 names.at[i].type, names.at[i].value);
        say_text(&prompt, line);
    }
    assert_string_equal(prompt.answer, "0 type C: class = \n"
                                       "0 variable total: int = 2\n"
                                       "0 variable add: Action = Action#2 (lambda)\n"
                                       "0 function Get: int Get() = \n"
                                       "1 type R: class = \n"
                                       "1 variable x: int = 2\n"
                                       "1 variable y: string = \"x1\"\n"
                                       "1 function F: double F(int a) = \n"
                                       "1 function F: double F(string t) = \n"
                                       "2 variable s: R = R { A = 3 }\n"
                                       "2 variable K: string = \"k\"\n");
    session_close(prompt.session);
}

static void local_functions_of_a_loaded_program_share_its_variables(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    const char *program = "int total = 0; void Add(int n) { total += n; } int Get() => total; Add(5); Add(Get());\n"
                          "void Swap(ref int x, out int y) { y = x; x = total; }";
    assert_string_equal(load(&prompt, program), "");
    expect(&prompt, "Add(10); total + Get()", "40: int\n");
    expect(&prompt, "total = 50; Get()", "50: int\n");
    expect(&prompt, "int v = 1; Swap(ref v, out var w); v * 100 + w", "5001: int\n");
    session_close(prompt.session);
}

static void an_exception_leaves_the_variables_of_a_loaded_program(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    assert_non_null(strstr(load(&prompt, "int q = 5; throw new Exception();"), "unhandled-exception\n"));
    expect(&prompt, "q", "5: int\n");
    load(
        &prompt,
        "int a = 1; await Task.Delay(1); int b = a + 1; await Task.Delay(1); string c = \"c\"; throw new Exception();");
    expect(&prompt, "c + b + a", "\"c21\": string\n");
    session_close(prompt.session);
}

/* What is kept for later keeps nothing alive while the program runs: it sees the same collections as when it runs
 * alone. */
static void keeping_does_not_keep_alive(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    const char *program = "var o = new object(); var w = new WeakReference(o); o.GetHashCode(); await Task.Delay(1);\n"
                          "GC.Collect(); Console.WriteLine(w.IsAlive); var p = new object(); await Task.Delay(1); "
                          "Console.WriteLine(p != null);";
    assert_string_equal(load(&prompt, program), "False\nTrue\n");
    expect(&prompt, "o == null && p != null", "true: bool\n");
    session_close(prompt.session);
}

static void a_loaded_file_may_only_declare(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    assert_string_equal(load(&prompt, "namespace N { public class C { public int V => 3; } }"), "");
    expect(&prompt, "new N.C().V", "3: int\n");
    assert_string_equal(load(&prompt, "class P { static void Main() => System.Console.WriteLine(\"main\"); }"),
                        "main\n");
    assert_string_equal(load(&prompt, "x"), "f.cs(1,2): CS1001: Identifier expected\n");
    session_close(prompt.session);
}

/* ---- undoing
 * --------------------------------------------------------------------------------------------------------------- */

static void names_of_forgotten_submissions_are_unknown_again(void **state)
{
    (void)state;
    Prompt prompt;
    open_prompt(&prompt);
    expect(&prompt, "int x = 1;", "");
    SessionSnapshot *before = session_snapshot(prompt.session);
    assert_non_null(before);
    expect(&prompt, "string x = \"new\"; class C { } void F() { } using System.Text;",
           "p(1,44): CS1529: A using clause must precede all other "
           "elements defined in the namespace except extern alias declarations\n");
    expect(&prompt, "string x = \"new\"; class C { } void F() { }", "");
    expect(&prompt, "x = \"newer\"; new C(); F();", "");
    assert_true(session_restore(prompt.session, before));
    session_forget_submissions(prompt.session, 1);
    expect(&prompt, "x", "1: int\n");
    expect(&prompt, "F()", "p(1,1): CS0103: The name 'F' does not exist in the current context\n");
    expect(&prompt, "new C()",
           "p(1,5): CS0246: The type or namespace name 'C' could not be found (are you missing a using directive or an "
           "assembly reference?)\n");
    /* What was forgotten can still be started again: a branch of the history is gone through. */
    assert_true(session_restore(prompt.session, before));
    assert_true(session_start_submission(prompt.session, 1));
    assert_int_equal(session_run(prompt.session, 0).kind, OUTCOME_IDLE);
    expect(&prompt, "x", "\"new\": string\n");
    session_snapshot_free(before);
    session_close(prompt.session);
}

/* ---- no memory
 * --------------------------------------------------------------------------------------------------------------- */

typedef struct Scarce {
    uint64_t left;  /* allocations until the one that fails */
    int64_t blocks; /* not yet freed */
    bool failed;
} Scarce;

static void *scarce_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    Scarce *scarce = context;
    (void)old_size;
    if (new_size == 0) {
        scarce->blocks -= pointer != NULL;
        free(pointer);
        return NULL;
    }
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    scarce->blocks += pointer == NULL;
    return realloc(pointer, new_size);
}

static void *scarce_zeroed(void *context, size_t size)
{
    Scarce *scarce = context;
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    scarce->blocks++;
    return calloc(1, size);
}

/* False: the session said that there is no memory. */
static bool submit_and_run(Session *session, const char *text, uint64_t steps)
{
    SessionStatus status = session_submit(session, "p", text, strlen(text));
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        session_diagnostic(session, i);
    }
    if (status != SESSION_OK) {
        return status != SESSION_NO_MEMORY && status != SESSION_NO_ROOM;
    }
    OutcomeKind kind = session_run(session, steps).kind;
    assert_int_not_equal(kind, OUTCOME_INTERNAL_ERROR);
    SessionValue value;
    session_submission_value(session, session_submission_count(session) - 1, &value);
    return kind != OUTCOME_NO_MEMORY;
}

static bool look(Session *session, const char *text)
{
    SessionValue value;
    SessionCandidates candidates;
    SessionStatus status = session_evaluate(session, text, strlen(text), &value);
    SessionStatus completed = session_complete(session, text, strlen(text), 3, &candidates);
    session_input_state(session, text, strlen(text));
    return status != SESSION_NO_MEMORY && status != SESSION_NOT_FOUND && completed != SESSION_NO_MEMORY;
}

static bool use_everything(const SessionOptions *options)
{
    static const char file[] =
        "int total = 0; void Add(int n) { total += n; } Add(5); await Task.Yield(); string s = \"x\" + total;";
    Session *session = session_open(options);
    if (!session) {
        return false;
    }
    bool enough = session_load(session, "f.cs", file, sizeof file - 1) == SESSION_OK &&
                  session_run(session, 0).kind == OUTCOME_IDLE;
    enough = enough && submit_and_run(session, operation, 0) && submit_and_run(session, "nosuch", 0);
    enough = enough && submit_and_run(session, "throw new Exception(s);", 0) &&
             submit_and_run(session, "new Op().Total(3)", 8);
    enough =
        enough && look(session, "sum + k") && submit_and_run(session, "sum = 5; await Task.Delay(1); Add(sum); n", 0);
    enough = enough && session_run(session, 0).kind != OUTCOME_NO_MEMORY && look(session, "total");
    session_close(session);
    return enough;
}

static void without_memory_nothing_breaks_or_leaks(void **state)
{
    (void)state;
    for (uint64_t chance = 0;; chance++) {
        Prompt prompt = {0};
        Scarce scarce = {.left = chance};
        Memory memory = {&scarce, scarce_resize, scarce_zeroed};
        SessionOptions options = {.memory = &memory, .interactive = true, .max_heap = 8 << 20};
        options.host = (SessionHost){.context = &prompt, .write = keep_output, .event = keep_sentence};
        bool enough = use_everything(&options);
        assert_int_equal(scarce.blocks, 0);
        assert_true(chance < 100000);
        if (!scarce.failed) {
            assert_true(enough);
            return;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_lines_are_asked_for_while_something_is_open),
        cmocka_unit_test(variables_persist),
        cmocka_unit_test(a_name_may_be_declared_again),
        cmocka_unit_test(functions_persist_and_may_be_overloaded),
        cmocka_unit_test(what_is_declared_may_have_the_modifiers_of_members),
        cmocka_unit_test(what_looks_like_a_declaration_may_be_a_value),
        cmocka_unit_test(types_and_using_directives_persist),
        cmocka_unit_test(await_is_allowed_everywhere),
        cmocka_unit_test(errors_change_nothing),
        cmocka_unit_test(an_exception_ends_only_the_submission),
        cmocka_unit_test(an_exception_on_another_thread_ends_the_process),
        cmocka_unit_test(a_deadlock_can_be_left),
        cmocka_unit_test(nothing_runs_between_submissions),
        cmocka_unit_test(allocations_are_exact),
        cmocka_unit_test(a_thousand_submissions),
        cmocka_unit_test(code_in_the_middle_sees_variables_and_changes_them),
        cmocka_unit_test(code_in_the_middle_of_an_async_method),
        cmocka_unit_test(code_in_the_middle_of_structs_generics_and_lambdas),
        cmocka_unit_test(a_collector_that_never_rests),
        cmocka_unit_test(what_was_stopped_can_be_helped),
        cmocka_unit_test(looking_changes_nothing),
        cmocka_unit_test(values_of_every_shape_are_looked_at),
        cmocka_unit_test(looking_in_the_middle_and_after_the_end),
        cmocka_unit_test(looking_at_who_waits_for_ever),
        cmocka_unit_test(a_nested_await_that_never_ends_is_given_up),
        cmocka_unit_test(names_are_completed),
        cmocka_unit_test(variables_of_a_loaded_program_stay),
        cmocka_unit_test(what_was_declared_can_be_listed),
        cmocka_unit_test(local_functions_of_a_loaded_program_share_its_variables),
        cmocka_unit_test(an_exception_leaves_the_variables_of_a_loaded_program),
        cmocka_unit_test(keeping_does_not_keep_alive),
        cmocka_unit_test(a_loaded_file_may_only_declare),
        cmocka_unit_test(names_of_forgotten_submissions_are_unknown_again),
        cmocka_unit_test(without_memory_nothing_breaks_or_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
