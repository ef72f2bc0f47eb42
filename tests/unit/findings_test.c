/* Findings: when they are told, and that they belong to the moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

/* Two misuses: a local that is awaited twice, and a ValueTask in a list that is. */
static const char program[] = "using System.Collections.Generic;\n"
                              "using System.Threading.Tasks;\n"
                              "ValueTask<int> one = new ValueTask<int>(1);\n"
                              "await one;\n"
                              "await one;\n"
                              "var kept = new List<ValueTask<int>>();\n"
                              "for (int i = 0; i < 20; i++) kept.Add(SlowAsync(i));\n"
                              "int sum = 0;\n"
                              "foreach (ValueTask<int> task in kept) sum += await task;\n"
                              "sum += await kept[7];\n"
                              "static async ValueTask<int> SlowAsync(int i) { await Task.Yield(); return i; }\n";

typedef struct Told {
    uint32_t count;
    char slugs[256];
    uint64_t steps[8];
} Told;

static void keep_finding(void *context, const SessionFinding *finding)
{
    Told *told = context;
    assert_true(told->count < 8);
    told->steps[told->count++] = finding->place.step;
    strcat(told->slugs, finding->slug);
    strcat(told->slugs, " ");
}

static Session *open(Told *told, const char *text)
{
    SessionOptions options = {.host = {.context = told, .finding = keep_finding},
                              .count_events = true,
                              .find_misuse = true,
                              .max_heap = 64 << 20};
    *told = (Told){0};
    Session *session = session_open(&options);
    assert_non_null(session);
    assert_int_equal(session_add_source(session, "test.cs", text, strlen(text)), SESSION_OK);
    return session;
}

static void are_told_when_they_happen(void **state)
{
    (void)state;
    Told told;
    Session *session = open(&told, program);
    while (session_run(session, 1).kind == OUTCOME_PAUSED) {
        assert_int_equal(told.count, session_finding_count(session));
    }
    assert_string_equal(told.slugs, "double-await stored-then-awaited ");
    SessionFinding finding = session_finding(session, 0);
    assert_int_equal(finding.place.line, 5);
    assert_int_equal(finding.place.step, told.steps[0]);
    assert_string_equal(finding.value, "one");
    assert_string_equal(finding.arm, "result");
    assert_int_equal(finding.severity, FINDING_WARNING);
    finding = session_finding(session, 1);
    assert_int_equal(finding.place.line, 10);
    assert_int_equal(finding.related[0].place.line, 9);
    assert_int_equal(finding.related[1].place.line, 7);
    session_close(session);
}

static void a_snapshot_takes_them_back(void **state)
{
    (void)state;
    Told told;
    Session *session = open(&told, program);
    session_run(session, 3);
    SessionSnapshot *before = session_snapshot(session);
    assert_non_null(before);
    session_run(session, 0);
    assert_int_equal(session_finding_count(session), 2);
    uint64_t first = told.steps[0], second = told.steps[1];
    for (int round = 0; round < 2; round++) {
        assert_true(session_restore(session, before));
        assert_int_equal(session_finding_count(session), 0);
        told = (Told){0};
        session_run(session, 0);
        assert_int_equal(session_finding_count(session), 2);
        assert_int_equal(told.steps[0], first);
        assert_int_equal(told.steps[1], second);
    }
    session_snapshot_free(before);
    session_close(session);
}

static void going_back_takes_them_back(void **state)
{
    (void)state;
    Told told;
    Session *session = open(&told, program);
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    uint64_t first = told.steps[0], second = told.steps[1];
    for (int round = 0; round < 2; round++) {
        session_goto(session, first - 1);
        assert_int_equal(session_finding_count(session), 0);
        session_goto(session, first);
        assert_int_equal(session_finding_count(session), 1);
        session_goto(session, second);
        assert_int_equal(session_finding_count(session), 2);
    }
    session_close(session);
}

static void values_are_known_wherever_they_move(void **state)
{
    (void)state;
    Told told;
    Session *session = open(&told, program);
    session_collect_always(session);
    while (session_run(session, 1).kind == OUTCOME_PAUSED) {
        assert_true(session_move(session));
    }
    assert_string_equal(told.slugs, "double-await stored-then-awaited ");
    session_close(session);
}

/* Frames, boxes and list elements are used again and again, and collections come in between. */
static void memory_that_is_used_again_raises_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "using System.Collections.Generic;\n"
        "using System.Threading.Tasks;\n"
        "long sum = 0;\n"
        "for (int round = 0; round < 3000; round++)\n"
        "{\n"
        "    var kept = new List<ValueTask<int>>();\n"
        "    for (int i = 0; i < 20; i++) kept.Add(GetAsync(i));\n"
        "    object box = GetAsync(round);\n"
        "    sum += await (ValueTask<int>)box;\n"
        "    foreach (ValueTask<int> task in kept) sum += await task;\n"
        "    ValueTask nothing = default;\n"
        "    await nothing;\n"
        "    await ValueTask.CompletedTask;\n"
        "    sum += new byte[300].Length;\n"
        "}\n"
        "System.Console.WriteLine(sum);\n"
        "static async ValueTask<int> GetAsync(int i) { if (i % 2 == 1) await Task.Yield(); return i; }\n";
    Told told;
    Session *session = open(&told, text);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    SessionStats stats;
    assert_int_equal(session_stats(session, &stats), SESSION_OK);
    assert_true(stats.collections[0] > 0);
    assert_string_equal(told.slugs, "");
    session_close(session);
}

static void rules_have_pages(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        assert_non_null(strstr(rule.page, "## Wrong"));
        assert_non_null(strstr(rule.page, "## Right"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_told_when_they_happen),
        cmocka_unit_test(a_snapshot_takes_them_back),
        cmocka_unit_test(going_back_takes_them_back),
        cmocka_unit_test(values_are_known_wherever_they_move),
        cmocka_unit_test(memory_that_is_used_again_raises_nothing),
        cmocka_unit_test(rules_have_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
