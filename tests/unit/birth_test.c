/* Numbers of objects: by order of birth, whatever is looked at and whenever the heap is collected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_internal.h"

static const char keeps_some[] = "using System.Collections.Generic;\n"
                                 "using System.Threading.Tasks;\n"
                                 "var kept = new List<Task<int>>();\n"
                                 "for (int i = 0; i < 300; i++)\n"
                                 "{\n"
                                 "    var task = Task.FromResult(i + 100);\n"
                                 "    if (i % 7 == 0) kept.Add(task);\n"
                                 "    await Task.Yield();\n"
                                 "}\n"
                                 "int sum = 0;\n"
                                 "foreach (var task in kept) sum += await task;\n"
                                 "return sum % 100;\n";

static void keep_sentence(void *context, const SessionEvent *event)
{
    Text *text = context;
    text_format(text, "%s\n", event->sentence);
}

static Session *run(const SessionOptions *options, const char *code, bool collect_always)
{
    Session *session = session_open(options);
    assert_int_equal(session_add_source(session, "test.cs", code, strlen(code)), SESSION_OK);
    if (collect_always) {
        session_collect_always(session);
    }
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    return session;
}

static void numbers_do_not_depend_on_collections(void **state)
{
    (void)state;
    Arena arena;
    arena_init(&arena, &memory_default);
    Text plain, moved;
    text_init(&plain, &arena);
    text_init(&moved, &arena);
    SessionOptions options = {.host = {.context = &plain, .event = keep_sentence}, .max_heap = 8 << 20};
    session_close(run(&options, keeps_some, false));
    options.host.context = &moved;
    session_close(run(&options, keeps_some, true));
    assert_string_equal(plain.at, moved.at);
    assert_non_null(strstr(plain.at, "GetAwaiter on task Task<int>#"));
    arena_free(&arena);
}

static void births_ascend_and_know_where_they_happened(void **state)
{
    (void)state;
    SessionOptions options = {.count_events = true, .max_heap = 8 << 20};
    Session *session = run(&options, keeps_some, false);
    const Births *births = session->births;
    assert_true(births->count > 300);
    uint32_t tasks_of_line_6 = 0;
    for (uint32_t i = 0; i < births->count; i++) {
        const Birth *birth = &births->at[i];
        assert_true(i == 0 || birth->number > births->at[i - 1].number);
        assert_ptr_equal(births_find(session->machine, birth->ref), birth);
        const RuntimeType *type = machine_runtime_type_of(session->machine, birth->ref);
        CallFrame call = {.method = birth->method, .pc = birth->pc};
        bool is_task = strcmp(type->display_name, "Task<int>") == 0;
        tasks_of_line_6 += is_task && birth->method && session_call_place(session, &call).line == 6;
    }
    assert_int_equal(tasks_of_line_6, 300);
    session_close(session);
}

static void a_snapshot_takes_births_back(void **state)
{
    (void)state;
    SessionOptions options = {.count_events = true, .max_heap = 8 << 20};
    Session *session = session_open(&options);
    assert_int_equal(session_add_source(session, "test.cs", keeps_some, strlen(keeps_some)), SESSION_OK);
    session_run(session, 50);
    SessionSnapshot *snapshot = session_snapshot(session);
    uint32_t last = session->births->last_number, count = session->births->count;
    session_run(session, 50);
    assert_true(session->births->last_number > last);
    assert_true(session_restore(session, snapshot));
    assert_int_equal(session->births->last_number, last);
    assert_int_equal(session->births->count, count);
    assert_int_equal(session_object_number(session, session->births->at[count - 1].ref), last);
    session_snapshot_free(snapshot);
    session_close(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_do_not_depend_on_collections),
        cmocka_unit_test(births_ascend_and_know_where_they_happened),
        cmocka_unit_test(a_snapshot_takes_births_back),
    };
    return cmocka_run_group_tests_name("births", tests, NULL, NULL);
}
