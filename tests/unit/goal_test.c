/* Goals: lines that ask something of a run. What can be read, what cannot and why, and what is judged true of real
 * runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void assert_reads(const char *line)
{
    const char *problem;
    SessionGoals *goals = session_goals_open(NULL);
    if (!session_goals_add(goals, line, strlen(line), &problem)) {
        fail_msg("%s: %s", line, problem);
    }
    session_goals_close(goals);
}

static void assert_refused(const char *line, const char *reason)
{
    const char *problem = NULL;
    SessionGoals *goals = session_goals_open(NULL);
    assert_false(session_goals_add(goals, line, strlen(line), &problem));
    if (!strstr(problem, reason)) {
        fail_msg("%s: '%s' does not say '%s'", line, problem, reason);
    }
    session_goals_close(goals);
}

static void every_kind_of_goal_can_be_read(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "ends",
        "deadlocks",
        "deadlocks at 3",
        "throws TimeoutException",
        "throws System.TimeoutException at 6:18",
        "throws TimeoutException at \"await x\"",
        "output == \"a\\nb\"",
        "output != \"a\"",
        "output contains \"a\"",
        "output lacks \"a\"",
        "result(x) == 14",
        "result(x) == \"text\"",
        "no errors",
        "diagnostics == AL0001",
        "diagnostics == AL0001 at \"await vt\"",
        "case(vt) == result",
        "case(vt) == task",
        "case(vt) == source",
        "awaits(vt) <= 1",
        "allocs <= 2",
        "allocs(Task<int>) == 0",
        "allocs(Dictionary<int, string>) == 1",
        "bytes(Box<GetAsync>) <= 104",
        "bytes >= 5",
        "suspensions == 1",
        "order(\"a\", \"b\")",
        "order(TaskCompleted, \"b\")",
        "uses ReadAsync",
        "avoids Result",
        "keeps line \"int a = await\"",
        "statements <= 5",
        "  ends  ",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_reads(lines[i]);
    }
}

static void what_is_wrong_with_a_line_is_said(void **state)
{
    (void)state;
    assert_refused("", "no check begins with");
    assert_refused("end", "no check begins with 'end'");
    assert_refused("ends now", "nothing may follow, but 'now' does");
    assert_refused("output \"a\"", "==, contains or lacks is missing");
    assert_refused("output == a", "a text in quotes is missing");
    assert_refused("output == \"a", "no closing quote");
    assert_refused("output < \"a\"", "texts are equal");
    assert_refused("allocs(Task<int> == 0", "closing parenthesis");
    assert_refused("allocs ==", "a number is missing");
    assert_refused("allocs == 99999999999999999999", "too large");
    assert_refused("allocs", "comparison is missing");
    assert_refused("case(vt) == heap", "an arm is result, task or source");
    assert_refused("result() == 4", "parentheses are empty");
    assert_refused("result == 4", "a name in parentheses is missing");
    assert_refused("diagnostics == CS0103", "a code such as AL0001");
    assert_refused("order(\"a\")", "a comma between");
    assert_refused("order(TaskVanished, \"b\")", "there is no such event");
    assert_refused("throws", "the exception's type is missing");
    assert_refused("throws X at", "a place is");
    assert_refused("throws X at 0", "a place is");
    assert_refused("uses", "a name is missing");
    assert_refused("keeps line", "the line in quotes is missing");
}

/* ---- judging ----------------------------------------------------------------------------------------------------- */

static bool pass_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)stream;
    session_goals_output(context, bytes, length);
    return true;
}

static void pass_event(void *context, const SessionEvent *event)
{
    session_goals_event(context, event);
}

/* Runs `program` and judges `line`; *now (in `buffer`) is what it says is instead. */
static bool judge(const char *program, const char *line, char *buffer, size_t size)
{
    const char *problem;
    SessionGoals *goals = session_goals_open(NULL);
    assert_non_null(goals);
    assert_true(session_goals_add(goals, line, strlen(line), &problem));
    SessionOptions options = {
        .host = {.context = goals, .write = pass_output, .event = pass_event},
        .max_instructions = 5000000,
        .brief_events = !session_goals_need_looks(goals),
    };
    Session *session = session_open(&options);
    session_add_source(session, "answer.cs", program, strlen(program));
    session_goals_begin(goals);
    SessionOutcome outcome = {.kind = OUTCOME_PAUSED};
    if (session_goals_need_looks(goals)) {
        session_look_begin(session);
        while (outcome.kind == OUTCOME_PAUSED) {
            outcome = session_run(session, 1);
            assert_true(session_goals_look(goals, session));
        }
    } else {
        outcome = session_run(session, 0);
    }
    assert_true(session_goals_end(goals, session, &outcome, "answer.cs"));
    SessionVerdict verdict = session_goals_verdict(goals, 0);
    strncpy(buffer, verdict.now, size - 1);
    buffer[size - 1] = 0;
    bool passed = verdict.passed;
    session_close(session);
    session_goals_close(goals);
    return passed;
}

static void assert_holds(const char *program, const char *line)
{
    char now[200];
    if (!judge(program, line, now, sizeof now)) {
        fail_msg("%s: now: %s", line, now);
    }
}

static void assert_fails(const char *program, const char *line, const char *expected_now)
{
    char now[200];
    if (judge(program, line, now, sizeof now)) {
        fail_msg("%s holds", line);
    }
    assert_string_equal(now, expected_now);
}

static void how_a_run_ends(void **state)
{
    (void)state;
    static const char throws[] = "Console.WriteLine(1);\nthrow new TimeoutException();\n";
    static const char stuck[] = "var source = new TaskCompletionSource();\nawait source.Task;\n";
    assert_holds("Console.WriteLine(1);", "ends");
    assert_fails(throws, "ends", "it stops with an unhandled TimeoutException in line 2");
    assert_holds(throws, "throws TimeoutException");
    assert_holds(throws, "throws System.TimeoutException at 2");
    assert_holds(throws, "throws TimeoutException at \"throw new\"");
    assert_fails(throws, "throws TimeoutException at 1", "it stops with an unhandled TimeoutException in line 2");
    assert_holds(stuck, "deadlocks");
    assert_fails("while (true) { }", "ends", "it does not end: the limit of steps was reached");
    assert_fails("int x = y;", "ends", "it does not compile: CS0103 in line 1");
}

static void what_a_run_writes(void **state)
{
    (void)state;
    static const char two[] = "Console.WriteLine(\"one\");\nConsole.WriteLine(\"two\");\n";
    assert_holds(two, "output == \"one\\ntwo\"");
    assert_fails(two, "output == \"one\\nthree\"", "line 2 is \"two\"");
    assert_holds(two, "output contains \"wo\"");
    assert_holds(two, "output lacks \"three\"");
    assert_holds(two, "order(\"one\", \"two\")");
    assert_fails(two, "order(\"two\", \"one\")", "it comes after");
    assert_fails(two, "order(\"one\", \"three\")", "\"three\" does not happen");
    assert_fails("", "output == \"x\"", "it does not compile: CS5001");
}

static void the_order_of_output_and_events(void **state)
{
    (void)state;
    static const char program[] =
        "Console.WriteLine(\"before\");\nawait Task.Yield();\nConsole.WriteLine(\"after\");\n";
    assert_holds(program, "order(\"before\", MethodSuspends)");
    assert_holds(program, "order(MethodSuspends, \"after\")");
    assert_fails(program, "order(\"after\", MethodSuspends)", "it comes after");
    assert_holds(program, "suspensions == 1");
}

static void what_is_allocated(void **state)
{
    (void)state;
    static const char program[] = "var t = Task.FromResult(500); var u = Task.FromResult(\"x\"); await t; await u;";
    assert_holds(program, "allocs(Task<int>) == 1");
    assert_holds(program, "bytes(Task<int>) == 72");
    assert_holds(program, "allocs(Task<string>) == 1");
    assert_fails(program, "allocs(Task<int>) == 0", "1");
    assert_holds(program, "allocs(Task) >= 2"); /* all closed types of that name */
}

static void what_the_text_has(void **state)
{
    (void)state;
    static const char program[] =
        "// Result\nint a = 1;\nint b  =  a + 1;\nif (b > 1) { Console.WriteLine($\"{a} Wait\"); }\n";
    assert_holds(program, "uses WriteLine");
    assert_holds(program, "avoids Result"); /* a comment is no use */
    assert_holds(program, "avoids Wait");   /* nor is a text */
    assert_holds(program, "keeps line \"int b = a\"");
    assert_fails(program, "keeps line \"int c\"", "it is gone");
    assert_holds(program, "statements == 4");
}

static void what_the_detector_finds(void **state)
{
    (void)state;
    static const char twice[] =
        "var vt = new ValueTask<int>(5);\nint a = await vt;\nint b = await vt;\nConsole.WriteLine(a + b);\n";
    assert_holds("Console.WriteLine(1);", "no errors");
    assert_fails(twice, "no errors", "AL0001 double-await in line 3");
    assert_holds(twice, "diagnostics == AL0001 at \"int b = await vt\"");
    assert_fails(twice, "diagnostics == AL0001 at 2", "AL0001 double-await in line 3");
    assert_fails("Console.WriteLine(1);", "diagnostics == AL0001", "nothing is reported");
}

static void what_variables_hold(void **state)
{
    (void)state;
    static const char program[] =
        "int a = 14;\nTask<int> t = AddAsync(a, 1);\nValueTask<int> vt = new ValueTask<int>(a);\n"
        "ValueTask<int> slow = new ValueTask<int>(t);\na = await vt + await t;\n"
        "string s = \"x\";\nConsole.WriteLine(a + await slow + s);\n"
        "async Task<int> AddAsync(int x, int y) { await Task.Yield(); return x + y; }\n";
    assert_holds(program, "result(a) == 29");
    assert_holds(program, "result(t) == 15");
    assert_holds(program, "result(s) == \"x\"");
    assert_fails(program, "result(a) == 30", "29");
    assert_fails(program, "result(b) == 30", "there is no variable b with a value");
    assert_holds(program, "case(vt) == result");
    assert_holds(program, "case(slow) == task");
    assert_fails(program, "case(slow) == source", "a Task");
    assert_fails(program, "case(a) == source", "a is no ValueTask");
    assert_holds(program, "awaits(vt) == 1");
    assert_fails(program, "awaits(vt) == 0", "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_goal_can_be_read),
        cmocka_unit_test(what_is_wrong_with_a_line_is_said),
        cmocka_unit_test(how_a_run_ends),
        cmocka_unit_test(what_a_run_writes),
        cmocka_unit_test(the_order_of_output_and_events),
        cmocka_unit_test(what_is_allocated),
        cmocka_unit_test(what_the_text_has),
        cmocka_unit_test(what_the_detector_finds),
        cmocka_unit_test(what_variables_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
