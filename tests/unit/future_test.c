/* Inputs of a run: what is typed in the past makes another future, undo and redo, and who runs next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_internal.h"

static char written[4096];

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    strncat(written, bytes, length);
    return true;
}

static Session *open_prompt(void)
{
    SessionOptions options = {.max_heap = 16 << 20, .interactive = true, .host = {.write = keep_output}};
    Session *session = session_open(&options);
    written[0] = 0;
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    return session;
}

static void enter(Session *session, const char *code)
{
    assert_int_equal(session_submit(session, "<prompt>", code, strlen(code)), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
}

static void assert_shows(Session *session, const char *expression, const char *wanted)
{
    SessionValue value;
    assert_int_equal(session_evaluate(session, expression, strlen(expression), &value), SESSION_OK);
    assert_string_equal(value.text, wanted);
}

static void what_was_typed_can_be_gone_through(void **state)
{
    (void)state;
    Session *session = open_prompt();
    enter(session, "int x = 1;");
    uint64_t first = session_position(session);
    enter(session, "x = x + 10;");
    uint64_t second = session_position(session);
    enter(session, "class Unused { }");
    assert_int_equal(session_position(session), second);
    enter(session,
          "async System.Threading.Tasks.Task<int> F() { await System.Threading.Tasks.Task.Yield(); return x; }");
    enter(session, "x = await F() * 2;");
    uint64_t end = session_position(session);
    assert_shows(session, "x", "22");
    assert_int_equal(session_goto(session, second).reason, ARRIVED);
    assert_true(session_is_at_rest(session));
    assert_shows(session, "x", "11");
    assert_int_equal(session_goto(session, first).reason, ARRIVED);
    assert_shows(session, "x", "1");
    assert_int_equal(session_goto(session, end).reason, ARRIVED);
    assert_shows(session, "x", "22");
    uint64_t hash = machine_byte_hash(session->machine), steps = 0;
    while (session_travel(session, TRAVEL_STEP, true, 1).reason == ARRIVED) {
        steps++;
    }
    assert_int_equal(session_position(session), 0);
    assert_true(steps > end);
    while (session_travel(session, TRAVEL_STEP, false, 1).reason == ARRIVED) {
    }
    assert_int_equal(session_position(session), end);
    assert_int_equal(machine_byte_hash(session->machine), hash);
    session_close(session);
}

static void typing_in_the_past_forks(void **state)
{
    (void)state;
    Session *session = open_prompt();
    enter(session, "int x = 1;");
    uint64_t first = session_position(session);
    enter(session, "x = 5; System.Console.WriteLine(x);");
    uint64_t end = session_position(session);
    session_goto(session, first);
    enter(session, "x += 2; System.Console.WriteLine(x);");
    assert_shows(session, "x", "3");
    assert_string_equal(written, "5\n3\n");
    assert_int_equal(session_branch_count(session), 2);
    SessionBranch now = session_branch_at(session, 1), old = session_branch_at(session, 0);
    assert_true(now.is_current && !old.is_current);
    assert_int_equal(now.number, 2);
    assert_int_equal(now.fork, first);
    assert_int_equal(old.end, end);
    SessionArrival arrival = session_switch_branch(session, 1);
    assert_int_equal(arrival.reason, ARRIVED);
    assert_int_equal(session_position(session), end);
    assert_shows(session, "x", "5");
    assert_string_equal(written, "5\n3\n"); /* nothing is written twice */
    assert_int_equal(session_output_count(session), 1);
    assert_int_equal(session_switch_branch(session, 2).reason, ARRIVED);
    assert_shows(session, "x", "3");
    assert_int_equal(session_branch_count(session), 2);
    session_goto(session, first);
    assert_shows(session, "x", "1");
    session_close(session);
}

static void undo_forgets_a_statement_and_redo_brings_it_back(void **state)
{
    (void)state;
    Session *session = open_prompt();
    enter(session, "int x = 1;");
    enter(session, "x = 2;");
    enter(session, "x = 3;");
    assert_int_equal(session_undo(session).reason, ARRIVED);
    assert_shows(session, "x", "2");
    assert_int_equal(session_undo(session).reason, ARRIVED);
    assert_shows(session, "x", "1");
    assert_int_equal(session_redo(session).reason, ARRIVED);
    assert_shows(session, "x", "2");
    assert_int_equal(session_redo(session).reason, ARRIVED);
    assert_shows(session, "x", "3");
    assert_int_equal(session_redo(session).reason, ARRIVED_NOWHERE);
    session_undo(session);
    enter(session, "x = x * 100;");
    assert_shows(session, "x", "200");
    assert_int_equal(session_redo(session).reason, ARRIVED_NOWHERE);
    session_undo(session);
    session_undo(session);
    session_undo(session);
    assert_int_equal(session_undo(session).reason, ARRIVED_START);
    SessionValue value;
    assert_int_not_equal(session_evaluate(session, "x", 1, &value), SESSION_OK);
    session_close(session);
}

/* In the middle of a method, its variables are in scope, and what was interrupted goes on differently. */
static void typing_in_the_middle_of_a_method(void **state)
{
    (void)state;
    Session *session = open_prompt();
    enter(session, "int Count(int n) { int sum = 0; for (int i = 0; i < n; i++) sum += i; return sum; }");
    enter(session, "var result = Count(4);");
    assert_shows(session, "result", "6");
    uint32_t number;
    SessionBreak change = {.kind = BREAK_ON_CHANGE, .expression = "sum"};
    session_add_break(session, &change, &number);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_BREAK);
    assert_shows(session, "sum", "6");
    const char code[] = "sum = 100;";
    assert_int_equal(session_submit(session, "<prompt>", code, strlen(code)), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_shows(session, "result", "100");
    uint64_t hash = machine_byte_hash(session->machine), end = session_position(session);
    session_goto(session, 3);
    session_goto(session, end);
    assert_int_equal(machine_byte_hash(session->machine), hash);
    session_close(session);
}

static const char racers[] = "using System;\n"
                             "using System.Threading;\n"
                             "var a = new Thread(() => Console.Write(\"a\"));\n"
                             "var b = new Thread(() => Console.Write(\"b\"));\n"
                             "var c = new Thread(() => Console.Write(\"c\"));\n"
                             "a.Start(); b.Start(); c.Start();\n"
                             "a.Join(); b.Join(); c.Join();\n";

static Session *open_race(SchedulePolicy policy, uint64_t seed)
{
    SessionOptions options = {.max_heap = 16 << 20, .host = {.write = keep_output}};
    Session *session = session_open(&options);
    written[0] = 0;
    assert_int_equal(session_add_source(session, "race.cs", racers, strlen(racers)), SESSION_OK);
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    assert_int_equal(session_set_schedule(session, policy, seed), SESSION_OK);
    return session;
}

static void policies_decide_who_runs_next(void **state)
{
    (void)state;
    Session *session = open_race(SCHEDULE_FIRST, 0);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_equal(written, "abc");
    session_close(session);
    session = open_race(SCHEDULE_LAST, 0);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_not_equal(written, "abc");
    session_close(session);
    char first[16];
    for (int i = 0; i < 2; i++) {
        session = open_race(SCHEDULE_RANDOM, 11);
        assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
        uint64_t hash = machine_byte_hash(session->machine), end = session_position(session);
        session_goto(session, 0);
        session_goto(session, end);
        assert_int_equal(machine_byte_hash(session->machine), hash);
        if (i == 0) {
            memcpy(first, written, sizeof first);
        }
        assert_string_equal(written, first);
        session_close(session);
    }
}

static void a_learner_chooses(void **state)
{
    (void)state;
    Session *session = open_race(SCHEDULE_ASK, 0);
    const SessionChoice *choices;
    uint32_t count, most = 0, times = 0;
    SessionArrival arrival = session_goto(session, 0);
    session_run(session, 1);
    do {
        arrival = session_travel(session, TRAVEL_CONTINUE, false, 1);
        if (arrival.reason == ARRIVED_CHOICE) {
            assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_CHOICE);
            assert_int_equal(session_choices(session, &choices, &count), SESSION_OK);
            assert_true(count > 1);
            most = count > most ? count : most;
            assert_int_equal(session_choose(session, choices[count - 1].thread), SESSION_OK);
            assert_int_equal(session_choose(session, 77), SESSION_NOT_FOUND);
            times++;
        }
    } while (arrival.reason == ARRIVED_CHOICE);
    assert_int_equal(arrival.reason, ARRIVED_END);
    assert_true(times >= 2 && most >= 2);
    assert_string_not_equal(written, "abc");
    uint64_t hash = machine_byte_hash(session->machine), end = session_position(session);
    session_goto(session, 2);
    session_goto(session, end);
    assert_int_equal(machine_byte_hash(session->machine), hash);
    session_close(session);
}

/* ---- saving ------------------------------------------------------------------------------------------------------ */

typedef struct Saved {
    char text[16384];
    size_t length;
} Saved;

static bool keep_saved(void *context, const char *bytes, size_t length)
{
    Saved *saved = context;
    assert_true(saved->length + length < sizeof saved->text);
    memcpy(saved->text + saved->length, bytes, length);
    saved->length += length;
    saved->text[saved->length] = 0;
    return true;
}

static Session *replay(const char *text, size_t length)
{
    SessionOptions options = {.max_heap = 16 << 20, .host = {.write = keep_output}};
    Session *session = session_open(&options);
    SessionReplayError error;
    written[0] = 0;
    SessionStatus status = session_replay(session, text, length, &error);
    if (status != SESSION_OK) {
        fprintf(stderr, "# %u: %s\n", error.line, error.message);
    }
    assert_int_equal(status, SESSION_OK);
    return session;
}

/* The same steps, bytes and position; and saved again, the same recording. */
static void assert_comes_back(Session *session)
{
    Saved saved = {.length = 0}, again = {.length = 0};
    assert_int_equal(session_save(session, keep_saved, &saved), SESSION_OK);
    Session *copy = replay(saved.text, saved.length);
    assert_int_equal(session_position(copy), session_position(session));
    assert_int_equal(session_history_end(copy), session_history_end(session));
    assert_int_equal(machine_byte_hash(copy->machine), machine_byte_hash(session->machine));
    uint64_t end = session_history_end(session);
    session_goto(session, end);
    session_goto(copy, end);
    assert_int_equal(machine_byte_hash(copy->machine), machine_byte_hash(session->machine));
    assert_int_equal(session_output_count(copy), session_output_count(session));
    assert_string_equal(written, "");
    session_save(session, keep_saved, &again);
    Saved third = {.length = 0};
    session_save(copy, keep_saved, &third);
    assert_string_equal(again.text, third.text);
    session_close(copy);
}

static const char *const input_lines[] = {"one", "two \"quoted\" \\ \x01", NULL};
static uint32_t next_line;

static bool give_line(void *context, const char **line, size_t *length)
{
    (void)context;
    *line = input_lines[next_line];
    *length = *line ? strlen(*line) : 0;
    next_line += *line != NULL;
    return *line != NULL;
}

static void a_saved_program_comes_back(void **state)
{
    (void)state;
    SessionOptions options = {.max_heap = 16 << 20, .seed = 42, .host = {.write = keep_output, .read_line = give_line}};
    Session *session = session_open(&options);
    const char code[] = "using System;\n"
                        "string? line;\n"
                        "while ((line = Console.ReadLine()) != null)\n"
                        "    Console.WriteLine(line + args.Length + Random.Shared.Next(1000));\n"
                        "// no line feed at the end";
    const char *arguments[] = {"a b", ""};
    next_line = 0;
    assert_int_equal(session_add_source(session, "read \"it\".cs", code, strlen(code)), SESSION_OK);
    assert_int_equal(session_set_arguments(session, 2, arguments), SESSION_OK);
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    session_mark(session, "the middle", 5);
    session_goto(session, 4);
    assert_comes_back(session);
    session_close(session);
}

static void a_saved_prompt_comes_back(void **state)
{
    (void)state;
    Session *session = open_prompt();
    enter(session, "int Count(int n) { int sum = 0; for (int i = 0; i < n; i++) sum += i; return sum; }");
    enter(session, "using System.Threading;\nvar result = Count(4);");
    uint32_t number;
    SessionBreak change = {.kind = BREAK_ON_CHANGE, .expression = "sum"};
    session_add_break(session, &change, &number);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_BREAK);
    const char code[] = "sum = 100;";
    assert_int_equal(session_submit(session, "<prompt>", code, strlen(code)), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_int_equal(session_set_schedule(session, SCHEDULE_RANDOM, 9), SESSION_OK);
    enter(session, "class Empty { }");
    enter(session, "result++;");
    assert_shows(session, "result", "101");
    session_goto(session, 3);
    assert_comes_back(session);
    session_close(session);
}

/* Stopped in the middle of a step, as Ctrl-C does, and something typed there: it belongs to that very instruction. */
static void typing_in_the_middle_of_a_step(void **state)
{
    (void)state;
    Session *session = open_prompt();
    const char code[] =
        "int Add() { int n = 3; int sum = System.Linq.Enumerable.Range(0, 1000).Sum() + n; return sum; }";
    enter(session, "using System.Linq;");
    enter(session, code);
    const char call[] = "int sum = Add();";
    assert_int_equal(session_submit(session, "<prompt>", call, strlen(call)), SESSION_OK);
    assert_int_equal(session_run(session, 3).kind, OUTCOME_PAUSED);
    Timeline *timeline = &session->history->timeline;
    InputPlace place = {timeline->now, session->machine->state->instructions + 3000};
    uint64_t step = session_position(session);
    assert_int_equal(timeline_run_to_instruction(timeline, place), TIMELINE_ARRIVED);
    assert_int_equal(session_position(session), step);
    assert_true(timeline->is_between);
    assert_shows(session, "n", "3");
    const char change[] = "n = 1000;";
    assert_int_equal(session_submit(session, "<prompt>", change, strlen(change)), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_shows(session, "sum", "500500");
    uint64_t end = session_position(session), hash = machine_byte_hash(session->machine);
    session_goto(session, 1);
    session_goto(session, end);
    assert_int_equal(machine_byte_hash(session->machine), hash);
    assert_comes_back(session);
    assert_int_equal(session_undo(session).reason, ARRIVED);
    assert_true(timeline->is_between);
    assert_shows(session, "n", "3");
    assert_int_equal(session_run(session, 0).kind, OUTCOME_IDLE);
    assert_shows(session, "sum", "499503");
    session_close(session);
}

/* Two continuations wait for the one worker of the pool: who goes first is a choice as well. */
static void a_learner_chooses_which_work_is_taken(void **state)
{
    (void)state;
    const char code[] = "using System;\n"
                        "using System.Threading.Tasks;\n"
                        "await Task.WhenAll(Work(\"a\"), Work(\"b\"));\n"
                        "static async Task Work(string name) { await Task.Yield(); Console.Write(name); }\n";
    for (uint32_t choice = 1; choice <= 2; choice++) {
        SessionOptions options = {.max_heap = 16 << 20, .host = {.write = keep_output}};
        Session *session = session_open(&options);
        written[0] = 0;
        assert_int_equal(session_add_source(session, "work.cs", code, strlen(code)), SESSION_OK);
        assert_int_equal(session_keep_history(session, 0), SESSION_OK);
        assert_int_equal(session_set_schedule(session, SCHEDULE_ASK, 0), SESSION_OK);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_CHOICE);
        const SessionChoice *choices;
        uint32_t count;
        assert_int_equal(session_choices(session, &choices, &count), SESSION_OK);
        assert_int_equal(count, 2);
        assert_non_null(strstr(choices[1].what, "which resumes Work at line 4"));
        assert_int_equal(session_choose(session, 3), SESSION_NOT_FOUND);
        assert_int_equal(session_choose(session, choice), SESSION_OK);
        while (session_travel(session, TRAVEL_CONTINUE, false, 1).reason == ARRIVED_CHOICE) {
            assert_int_equal(session_choices(session, &choices, &count), SESSION_OK);
            assert_int_equal(session_choose(session, choices[0].thread), SESSION_OK);
        }
        assert_string_equal(written, choice == 1 ? "ab" : "ba");
        assert_comes_back(session);
        session_close(session);
    }
}

static void saved_choices_come_back(void **state)
{
    (void)state;
    Session *session = open_race(SCHEDULE_ASK, 0);
    const SessionChoice *choices;
    uint32_t count;
    SessionArrival arrival;
    do {
        arrival = session_travel(session, TRAVEL_CONTINUE, false, 1);
        if (arrival.reason == ARRIVED_CHOICE) {
            session_choices(session, &choices, &count);
            session_choose(session, choices[count - 1].thread);
        }
    } while (arrival.reason == ARRIVED_CHOICE);
    assert_comes_back(session);
    session_close(session);
}

static void expect_error(const char *text, uint32_t line, const char *message)
{
    Session *session = session_open(NULL);
    SessionReplayError error;
    assert_int_equal(session_replay(session, text, strlen(text), &error), SESSION_ERRORS);
    assert_string_equal(error.message, message);
    assert_int_equal(error.line, line);
    session_close(session);
}

#define HEAD "awaitlab recording 1\nkind program\nseed 0\nschedule first\n"
#define SOURCE "source \"a.cs\"\n|System.Console.WriteLine(1);\n"

static void a_broken_recording_is_refused_with_the_line(void **state)
{
    (void)state;
    const char order[] = "another line is wanted here: see docs/recording.md for the order";
    expect_error("", 1, "this is no recording: it begins with \"awaitlab recording 1\"");
    expect_error("using System;\n", 1, "this is no recording: it begins with \"awaitlab recording 1\"");
    expect_error("awaitlab recording 1\nkind programme\n", 2, "program or prompt is wanted here");
    expect_error("awaitlab recording 1\nkind program\nseed x\n", 3, "a number is wanted here");
    expect_error("awaitlab recording 1\nkind program\nseed 18446744073709551616\n", 3, "the number is too large");
    expect_error(HEAD, 4, "the recording ends too early");
    expect_error(HEAD SOURCE "steps 0 0000000000000000\nposition 1\nend\n", 8,
                 "the position lies behind the last step");
    expect_error(HEAD SOURCE "surprise\n", 7, order);
    expect_error(HEAD SOURCE "mark \"m\" 3\n" SOURCE, 8, order);
    expect_error(HEAD SOURCE "input 3 submit \"x\"\n", 7, "only a recording of kind prompt has C# that was typed");
    expect_error(HEAD SOURCE "steps 3 zz\n", 7, "sixteen hexadecimal digits are wanted here");
    expect_error(HEAD SOURCE "steps 1 0000000000000000\nposition 0\nend\nmore\n", 10,
                 "there is something behind the end");
    expect_error(HEAD SOURCE "steps 1 0000000000000000\nposition 0\nend", 9, "the line does not end with a line feed");
    expect_error(HEAD SOURCE "steps 1 0000000000000000\nposition 0\nend\n", 0,
                 "the run takes another course than when it was recorded: another version made it");
    expect_error(HEAD SOURCE "steps 3 0000000000000000\nposition 0\nend\n", 0,
                 "the run has another length than when it was recorded: another version made it");
    expect_error(HEAD "source \"a.cs\"\n|int x = ;\nsteps 1 0000000000000000\nposition 0\nend\n", 5,
                 "the program has errors");
    expect_error(HEAD SOURCE "input 400 choose 2\nsteps 1 0000000000000000\nposition 0\nend\n", 7,
                 "the run does not get to where this was given");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_typed_can_be_gone_through),
        cmocka_unit_test(typing_in_the_past_forks),
        cmocka_unit_test(undo_forgets_a_statement_and_redo_brings_it_back),
        cmocka_unit_test(typing_in_the_middle_of_a_method),
        cmocka_unit_test(policies_decide_who_runs_next),
        cmocka_unit_test(a_learner_chooses),
        cmocka_unit_test(a_saved_program_comes_back),
        cmocka_unit_test(a_saved_prompt_comes_back),
        cmocka_unit_test(typing_in_the_middle_of_a_step),
        cmocka_unit_test(a_learner_chooses_which_work_is_taken),
        cmocka_unit_test(saved_choices_come_back),
        cmocka_unit_test(a_broken_recording_is_refused_with_the_line),
    };
    return cmocka_run_group_tests_name("futures", tests, NULL, NULL);
}
