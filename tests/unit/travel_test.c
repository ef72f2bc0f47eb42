/* Travelling through a recorded run as a learner does: statements, turns, methods, breakpoints; and what comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_internal.h"

static const char two_readers[] = "using System;\n"                      /* 1 */
                                  "using System.Threading.Tasks;\n"      /* 2 */
                                  "Console.WriteLine(\"start\");\n"      /* 3 */
                                  "int sum = 0;\n"                       /* 4 */
                                  "for (int i = 0; i < 2; i++)\n"        /* 5 */
                                  "    sum += await Read(i);\n"          /* 6 */
                                  "Console.WriteLine(Twice(sum));\n"     /* 7 */
                                  "static int Twice(int n)\n"            /* 8 */
                                  "{\n"                                  /* 9 */
                                  "    int result = n + n;\n"            /* 10 */
                                  "    return result;\n"                 /* 11 */
                                  "}\n"                                  /* 12 */
                                  "static async Task<int> Read(int n)\n" /* 13 */
                                  "{\n"                                  /* 14 */
                                  "    int before = n;\n"                /* 15 */
                                  "    await Task.Yield();\n"            /* 16 */
                                  "    return before + 1;\n"             /* 17 */
                                  "}\n";

static char written[4096];

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    strncat(written, bytes, length);
    return true;
}

static Session *record(const char *code)
{
    SessionOptions options = {.max_heap = 16 << 20, .host = {.write = keep_output}};
    Session *session = session_open(&options);
    written[0] = 0;
    assert_int_equal(session_add_source(session, "test.cs", code, strlen(code)), SESSION_OK);
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    return session;
}

/* The sentence of the step at the present position. */
static const char *sentence(Session *session)
{
    const SessionStep *steps;
    uint32_t count;
    uint64_t position = session_position(session);
    assert_int_equal(session_steps(session, position, position, &steps, &count), SESSION_OK);
    return count ? steps[0].event.sentence : "";
}

static void expect_next(Session *session, const char *wanted)
{
    assert_int_equal(session_travel(session, TRAVEL_STATEMENT, false, 1).reason, ARRIVED);
    assert_string_equal(sentence(session), wanted);
}

static void expect_previous(Session *session, const char *wanted)
{
    assert_int_equal(session_travel(session, TRAVEL_STATEMENT, true, 1).reason, ARRIVED);
    assert_string_equal(sentence(session), wanted);
}

static void next_stays_in_the_method_across_suspensions(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    session_goto(session, 0);
    expect_next(session, "line 3: Console.WriteLine(\"start\");");
    expect_next(session, "line 4: int sum = 0;");
    expect_next(session, "line 5: int i = 0");
    expect_next(session, "line 5: i < 2");
    expect_next(session, "line 6: sum += await Read(i);");
    expect_next(session, "line 5: i++");
    expect_next(session, "line 5: i < 2");
    expect_next(session, "line 6: sum += await Read(i);");
    expect_next(session, "line 5: i++");
    expect_next(session, "line 5: i < 2");
    expect_next(session, "line 7: Console.WriteLine(Twice(sum));");
    assert_int_equal(session_travel(session, TRAVEL_STATEMENT, false, 1).reason, ARRIVED_END);
    session_travel(session, TRAVEL_STATEMENT, true, 1);
    assert_string_equal(sentence(session), "line 7: Console.WriteLine(Twice(sum));");
    expect_previous(session, "line 5: i < 2");
    expect_previous(session, "line 5: i++");
    expect_previous(session, "line 6: sum += await Read(i);");
    session_close(session);
}

/* The same way back without having come that way. */
static void next_has_an_inverse_from_anywhere(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    expect_previous(session, "line 11: return result;"); /* from nowhere: the last one of all */
    expect_previous(session, "line 10: int result = n + n;");
    expect_previous(session, "line 7: Console.WriteLine(Twice(sum));");
    expect_previous(session, "line 5: i < 2");
    expect_previous(session, "line 5: i++");
    expect_previous(session, "line 6: sum += await Read(i);");
    expect_previous(session, "line 5: i < 2");
    expect_previous(session, "line 5: i++");
    expect_previous(session, "line 6: sum += await Read(i);");
    expect_previous(session, "line 5: i < 2");
    expect_previous(session, "line 5: int i = 0");
    expect_previous(session, "line 4: int sum = 0;");
    expect_previous(session, "line 3: Console.WriteLine(\"start\");");
    assert_int_equal(session_travel(session, TRAVEL_STATEMENT, true, 1).reason, ARRIVED_START);
    assert_int_equal(session_position(session), 0);
    session_close(session);
}

static void break_at_line(Session *session, uint32_t line)
{
    uint32_t number;
    SessionBreak at = {.kind = BREAK_ON_LINE, .line = line};
    assert_int_equal(session_add_break(session, &at, &number), SESSION_OK);
}

static void next_leads_from_an_async_method_to_who_awaits_it(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    break_at_line(session, 15);
    session_goto(session, 0);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_BREAK);
    assert_string_equal(sentence(session), "line 15: int before = n;");
    expect_next(session, "line 16: await Task.Yield();");
    expect_next(session, "line 17: return before + 1;");
    expect_next(session, "line 5: i++");
    expect_previous(session, "line 17: return before + 1;");
    expect_previous(session, "line 16: await Task.Yield();");
    session_close(session);
}

static void finish_ends_where_the_method_does(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    break_at_line(session, 16);
    session_goto(session, 0);
    session_travel(session, TRAVEL_CONTINUE, false, 1);
    uint64_t start = session_position(session);
    assert_int_equal(session_travel(session, TRAVEL_FINISH, false, 1).reason, ARRIVED);
    assert_non_null(strstr(sentence(session), "ran to completion"));
    session_travel(session, TRAVEL_FINISH, true, 1);
    assert_int_equal(session_position(session), start);
    assert_int_equal(session_travel(session, TRAVEL_FINISH, true, 1).reason, ARRIVED);
    assert_string_equal(sentence(session), "line 6: sum += await Read(i);");
    session_close(session);
}

static void turns_go_both_ways(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    uint64_t forwards[64], count = 0;
    session_goto(session, 0);
    while (session_travel(session, TRAVEL_TURN, false, 1).reason == ARRIVED) {
        forwards[count++] = session_position(session);
    }
    assert_true(count >= 3);
    session_goto(session, session_history_end(session));
    for (uint64_t i = count; i-- > 0;) {
        assert_int_equal(session_travel(session, TRAVEL_TURN, true, 1).reason, ARRIVED);
        assert_int_equal(session_position(session), forwards[i]);
    }
    assert_int_equal(session_travel(session, TRAVEL_TURN, true, 1).reason, ARRIVED_START);
    session_close(session);
}

static void breakpoints_stop_in_both_directions(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    break_at_line(session, 17);
    session_goto(session, 0);
    SessionArrival arrival = session_travel(session, TRAVEL_CONTINUE, false, 1);
    assert_int_equal(arrival.reason, ARRIVED_BREAK);
    assert_int_equal(arrival.number, 1);
    uint64_t first = session_position(session);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_BREAK);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_END);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 2).reason, ARRIVED_BREAK);
    assert_int_equal(session_position(session), first);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_START);
    assert_int_equal(session_break_at(session, 0).hits, 4);
    assert_true(session_remove_break(session, 1));
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_END);
    session_close(session);
}

static void other_breakpoints(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    uint32_t number;
    const SessionBreak kinds[] = {
        {.kind = BREAK_ON_AWAIT},
        {.kind = BREAK_ON_ALLOCATION, .expression = "Box"},
        {.kind = BREAK_ON_CHANGE, .expression = "sum"},
    };
    const uint32_t hits[] = {2, 2, 2};
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(session_add_break(session, &kinds[i], &number), SESSION_OK);
        session_goto(session, 0);
        uint32_t count = 0;
        while (session_travel(session, TRAVEL_CONTINUE, false, 1).reason == ARRIVED_BREAK) {
            count++;
        }
        uint32_t back = 0;
        while (session_travel(session, TRAVEL_CONTINUE, true, 1).reason == ARRIVED_BREAK) {
            back++;
        }
        assert_int_equal(count, back);
        assert_true(count >= hits[i]);
        session_remove_break(session, number);
    }
    session_close(session);
}

static void marks_are_places_to_stop_at(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    assert_int_equal(session_mark(session, "here", 7), SESSION_OK);
    session_goto(session, 0);
    SessionArrival arrival = session_travel(session, TRAVEL_CONTINUE, false, 1);
    assert_int_equal(arrival.reason, ARRIVED_MARK);
    assert_string_equal(arrival.text, "here");
    assert_int_equal(session_position(session), 7);
    session_close(session);
}

static void output_belongs_to_a_position(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    assert_string_equal(written, "start\n6\n");
    session_goto(session, 0);
    session_goto(session, session_history_end(session));
    assert_string_equal(written, "start\n6\n"); /* nothing is written twice */
    assert_int_equal(session_output_count(session), 2);
    assert_int_equal(session_output_upto(session, 1), 0);
    assert_int_equal(session_output_upto(session, 2), 1);
    assert_int_equal(session_output_upto(session, session_history_end(session)), 2);
    assert_memory_equal(session_output(session, 1).bytes, "6\n", 2);
    session_close(session);
}

static void steps_are_told_without_moving(void **state)
{
    (void)state;
    Session *session = record(two_readers);
    const SessionStep *steps;
    uint32_t count;
    session_goto(session, 5);
    uint64_t before = machine_byte_hash(session->machine);
    assert_int_equal(session_steps(session, 1, 4, &steps, &count), SESSION_OK);
    assert_int_equal(count, 4);
    assert_string_equal(steps[1].event.sentence, "line 4: int sum = 0;");
    assert_int_equal(steps[1].event.line, 4);
    assert_string_equal(steps[1].event.method, "Main");
    assert_int_equal(session_position(session), 5);
    assert_int_equal(machine_byte_hash(session->machine), before);
    uint8_t bar[8];
    session_bar(session, 8, bar);
    uint8_t all = 0;
    for (uint32_t i = 0; i < 8; i++) {
        all |= bar[i];
    }
    assert_int_equal(all, BAR_STATEMENT | BAR_AWAIT | BAR_COMPLETE | BAR_THREAD);
    session_close(session);
}

static const char assigns[] = "using System;\n"                          /* 1 */
                              "using System.Threading.Tasks;\n"          /* 2 */
                              "int x = 1;\n"                             /* 3 */
                              "var box = new Box();\n"                   /* 4 */
                              "box.Content = 5;\n"                       /* 5 */
                              "await Fill(box);\n"                       /* 6 */
                              "x = box.Content;\n"                       /* 7 */
                              "ValueTask<int> vt = Get();\n"             /* 8 */
                              "Console.WriteLine(x);\n"                  /* 9 */
                              "Console.WriteLine(await vt);\n"           /* 10 */
                              "static async Task Fill(Box box)\n"        /* 11 */
                              "{\n"                                      /* 12 */
                              "    await Task.Yield();\n"                /* 13 */
                              "    box.Content = 8;\n"                   /* 14 */
                              "}\n"                                      /* 15 */
                              "static ValueTask<int> Get() => new(3);\n" /* 16 */
                              "class Box { public int Content; }\n";     /* 17 */

static void expect_why(Session *session, const char *expression, uint32_t row, const char *name, const char *value,
                       uint32_t line)
{
    const SessionWhy *rows;
    uint32_t count;
    uint64_t position = session_position(session);
    assert_int_equal(session_why(session, expression, &rows, &count), SESSION_OK);
    assert_true(row < count);
    assert_string_equal(rows[row].name, name);
    assert_string_equal(rows[row].value, value);
    assert_int_equal(rows[row].event.line, line);
    assert_int_equal(rows[row].event.step, rows[row].step);
    assert_int_equal(session_position(session), position);
}

static void why_names_the_step_that_wrote_a_value(void **state)
{
    (void)state;
    Session *session = record(assigns);
    break_at_line(session, 9);
    session_goto(session, 0);
    assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_BREAK);
    uint64_t hash = machine_byte_hash(session->machine);
    expect_why(session, "x", 0, "x", "8", 7);
    expect_why(session, "box.Content", 0, "box.Content", "8", 14);
    expect_why(session, "box", 0, "box", "Box#1", 4);
    const SessionWhy *rows;
    uint32_t count;
    assert_int_equal(session_why(session, "vt", &rows, &count), SESSION_OK);
    assert_int_equal(count, 4);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].event.line, 16); /* where it was made */
    }
    assert_int_equal(session_why(session, "nothing", &rows, &count), SESSION_NOT_FOUND);
    assert_int_equal(machine_byte_hash(session->machine), hash);
    session_close(session);
}

static const SessionChange *find_change(const SessionChange *changes, uint32_t count, SessionChangeKind kind,
                                        const char *name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (changes[i].kind == kind && strcmp(changes[i].name, name) == 0) {
            return &changes[i];
        }
    }
    return NULL;
}

static void diff_tells_what_is_different(void **state)
{
    (void)state;
    Session *session = record(assigns);
    break_at_line(session, 5);
    break_at_line(session, 9);
    session_goto(session, 0);
    session_travel(session, TRAVEL_CONTINUE, false, 1);
    uint64_t from = session_position(session);
    session_travel(session, TRAVEL_CONTINUE, false, 1);
    uint64_t to = session_position(session), hash = machine_byte_hash(session->machine);
    const SessionChange *changes;
    uint32_t count;
    assert_int_equal(session_diff(session, from, to, &changes, &count), SESSION_OK);
    const SessionChange *x = find_change(changes, count, CHANGE_VARIABLE, "x");
    assert_non_null(x);
    assert_string_equal(x->old_value, "1");
    assert_string_equal(x->value, "8");
    const SessionChange *content = find_change(changes, count, CHANGE_FIELD, "Box#1.Content");
    assert_non_null(content);
    assert_string_equal(content->old_value, "0");
    assert_string_equal(content->value, "8");
    assert_int_equal(machine_byte_hash(session->machine), hash);
    assert_int_equal(session_diff(session, to, to, &changes, &count), SESSION_OK);
    assert_int_equal(count, 0);
    session_close(session);
}

/* Over many checkpoints: each step is looked at, wherever they lie. */
static void searching_a_long_run_misses_nothing(void **state)
{
    (void)state;
    const char code[] = "int once = 0, sum = 0;\n"
                        "for (int i = 0; i < 100000; i++)\n"
                        "{\n"
                        "    sum += i;\n"
                        "    if (i == 3000 || i == 60000)\n"
                        "        once = i;\n"
                        "}\n"
                        "System.Console.WriteLine(once);\n";
    Session *session = record(code);
    uint64_t end = session_history_end(session);
    assert_true(end > 400000);
    break_at_line(session, 6);
    uint64_t found[2];
    for (int i = 0; i < 2; i++) {
        session_goto(session, end);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_BREAK);
        found[1] = session_position(session);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_BREAK);
        found[0] = session_position(session);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, true, 1).reason, ARRIVED_START);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_BREAK);
        assert_int_equal(session_position(session), found[0]);
        assert_int_equal(session_travel(session, TRAVEL_CONTINUE, false, 1).reason, ARRIVED_BREAK);
        assert_int_equal(session_position(session), found[1]);
    }
    const SessionStep *steps;
    uint32_t count;
    assert_int_equal(session_steps(session, 32760, 32780, &steps, &count), SESSION_OK);
    assert_int_equal(count, 21);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(steps[i].event.step, 32760 + i);
    }
    session_goto(session, end);
    session_travel(session, TRAVEL_STATEMENT, true, 1);
    const SessionWhy *rows;
    assert_int_equal(session_why(session, "once", &rows, &count), SESSION_OK);
    assert_int_equal(rows[0].step, found[1]);
    session_close(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_stays_in_the_method_across_suspensions),
        cmocka_unit_test(next_has_an_inverse_from_anywhere),
        cmocka_unit_test(next_leads_from_an_async_method_to_who_awaits_it),
        cmocka_unit_test(finish_ends_where_the_method_does),
        cmocka_unit_test(turns_go_both_ways),
        cmocka_unit_test(breakpoints_stop_in_both_directions),
        cmocka_unit_test(other_breakpoints),
        cmocka_unit_test(marks_are_places_to_stop_at),
        cmocka_unit_test(output_belongs_to_a_position),
        cmocka_unit_test(steps_are_told_without_moving),
        cmocka_unit_test(why_names_the_step_that_wrote_a_value),
        cmocka_unit_test(diff_tells_what_is_different),
        cmocka_unit_test(searching_a_long_run_misses_nothing),
    };
    return cmocka_run_group_tests_name("travel", tests, NULL, NULL);
}
