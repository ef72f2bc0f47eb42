/* The record of a moment: what somebody who steps through a program can rely on to see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim_look.h"

/* ---- a run to look at -------------------------------------------------------------------------------------------- */

static const char using_lines[] =
    "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;"
    "using System.Threading.Tasks.Sources; using System.Runtime.CompilerServices;\n";

static const char source_class[] =
    "class Op : IValueTaskSource<int> { ManualResetValueTaskSourceCore<int> core; public static Stack<Op> Pool = "
    "new();\n"
    "  public static Op Rent() => Pool.Count > 0 ? Pool.Pop() : new Op();\n"
    "  public ValueTask<int> Start() => new ValueTask<int>(this, core.Version);\n"
    "  public void Finish(int value) => core.SetResult(value);\n"
    "  public int GetResult(short t) { int r = core.GetResult(t); core.Reset(); Pool.Push(this); return r; }\n"
    "  public ValueTaskSourceStatus GetStatus(short t) => core.GetStatus(t);\n"
    "  public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f)\n"
    "    => core.OnCompleted(c, s, t, f); }\n";

static Session *open_with(const char *code)
{
    static char text[16384];
    SessionOptions options = {.max_heap = 64 << 20, .count_events = true};
    Session *session = session_open(&options);
    int length = snprintf(text, sizeof text, "%s%s%s", using_lines, code, source_class);
    assert_int_equal(session_add_source(session, "test.cs", text, (size_t)length), SESSION_OK);
    assert_int_equal(session_check(session), SESSION_OK);
    assert_int_equal(session_look_begin(session), SESSION_OK);
    return session;
}

/* Steps until the sentence of a step contains `text`. */
static SessionMoment go_to(Session *session, const char *text)
{
    SessionMoment moment;
    for (int i = 0; i < 5000; i++) {
        SessionOutcome outcome = session_run(session, 1);
        session_look_begin(session);
        assert_int_equal(session_moment(session, &moment), SESSION_OK);
        if (strstr(moment.sentence, text)) {
            return moment;
        }
        assert_int_equal(outcome.kind, OUTCOME_PAUSED);
    }
    fail_msg("no step says %s", text);
    return moment;
}

static const SessionVariable *variable_of(const SessionFrame *frame, const char *name)
{
    for (uint32_t i = 0; i < frame->variable_count; i++) {
        if (strcmp(frame->variables[i].name, name) == 0) {
            return &frame->variables[i];
        }
    }
    fail_msg("no variable %s in %s", name, frame->method);
    return NULL;
}

static void assert_variable(const SessionFrame *frame, const char *name, const char *type, const char *value)
{
    const SessionVariable *variable = variable_of(frame, name);
    assert_string_equal(variable->type, type);
    assert_string_equal(variable->value, value);
}

static SessionFrames stack_of(Session *session)
{
    SessionFrames frames;
    assert_int_equal(session_async_stack(session, &frames), SESSION_OK);
    return frames;
}

/* ---- the moment -------------------------------------------------------------------------------------------------- */

static void a_moment_says_where_one_is(void **state)
{
    (void)state;
    Session *session = open_with("int x = 1;\nint y = x + 1;\nConsole.WriteLine(y);\n");
    SessionMoment moment;
    assert_int_equal(session_moment(session, &moment), SESSION_OK);
    assert_false(moment.has_started);
    moment = go_to(session, "int y = x + 1;");
    assert_int_equal(moment.step, 2);
    assert_int_equal(moment.line, 3);
    assert_int_equal(moment.thread, 1);
    assert_string_equal(moment.event, "Statement");
    assert_string_equal(moment.method, "Main");
    assert_string_equal(moment.file, "test.cs");
    session_close(session);
}

static void new_objects_are_counted_in_their_step(void **state)
{
    (void)state;
    Session *session = open_with("object a = new object();\nvar b = new int[10];\nConsole.WriteLine(b.Length);\n");
    SessionMoment moment = go_to(session, "var b");
    assert_int_equal(moment.new_objects, 1);
    assert_int_equal(moment.new_bytes, 24);
    moment = go_to(session, "Console");
    assert_int_equal(moment.new_objects, 1);
    assert_int_equal(moment.new_bytes, 64);
    session_close(session);
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

static void variables_have_their_names_wherever_they_lie(void **state)
{
    (void)state;
    Session *session = open_with("int outer = 5;\n"
                                 "Func<int, int> add = x => { int y = x + outer; return y; };\n"
                                 "async Task<int> F(int p) {\n"
                                 "  int a = p + 1;\n"
                                 "  await Task.Yield();\n"
                                 "  int b = a + 1;\n"
                                 "  return add(b); }\n"
                                 "Console.WriteLine(await F(3));\n");
    go_to(session, ": return y;");
    SessionFrames frames = stack_of(session);
    assert_string_equal(frames.frames[0].method, "lambda");
    assert_variable(&frames.frames[0], "x", "int", "5");
    assert_variable(&frames.frames[0], "y", "int", "10");
    assert_variable(&frames.frames[0], "outer", "int", "5");
    assert_string_equal(frames.frames[1].method, "F");
    assert_variable(&frames.frames[1], "p", "int", "3");
    assert_variable(&frames.frames[1], "a", "int", "4");
    assert_variable(&frames.frames[1], "b", "int", "5");
    session_close(session);
}

static void a_variable_that_changed_tells_its_old_value(void **state)
{
    (void)state;
    Session *session = open_with("int x = 1;\nx = 2;\nx = 3;\nConsole.WriteLine(x);\n");
    go_to(session, "x = 3;");
    SessionFrames frames = stack_of(session);
    assert_variable(&frames.frames[0], "x", "int", "2");
    assert_string_equal(variable_of(&frames.frames[0], "x")->old, "1");
    session_run(session, 1);
    session_run(session, 0);
    session_close(session);
}

static void variables_ahead_are_unset(void **state)
{
    (void)state;
    Session *session = open_with("int x = 1;\nint y = 2;\nConsole.WriteLine(x + y);\n");
    go_to(session, "int y");
    SessionFrames frames = stack_of(session);
    assert_variable(&frames.frames[0], "x", "int", "1");
    assert_variable(&frames.frames[0], "y", "int", "(unset)");
    session_close(session);
}

/* ---- the logical stack ------------------------------------------------------------------------------------------- */

static void the_logical_stack_crosses_suspensions(void **state)
{
    (void)state;
    Session *session = open_with("await Outer();\n"
                                 "async Task Outer() { int o = 1; await Inner(); Console.WriteLine(o); }\n"
                                 "async Task Inner() { await Task.Yield(); Console.WriteLine(\"in\"); }\n");
    go_to(session, "WriteLine(\"in\")");
    SessionFrames frames = stack_of(session);
    assert_int_equal(frames.count, 3);
    assert_string_equal(frames.frames[0].method, "Inner");
    assert_int_equal(frames.frames[0].state, -1);
    assert_string_equal(frames.frames[1].method, "Outer");
    assert_int_equal(frames.frames[1].thread, 0);
    assert_int_equal(frames.frames[1].state, 0);
    assert_int_equal(frames.frames[1].line, 3);
    assert_variable(&frames.frames[1], "o", "int", "1");
    assert_string_equal(frames.frames[2].method, "Main");
    session_close(session);
}

/* ---- the union --------------------------------------------------------------------------------------------------- */

static const SessionUnionRow *row_of(const SessionUnion *value, const char *field)
{
    for (uint32_t i = 0; i < value->row_count; i++) {
        if (strcmp(value->rows[i].field, field) == 0) {
            return &value->rows[i];
        }
    }
    fail_msg("no field %s", field);
    return NULL;
}

static void the_three_arms_are_told_apart(void **state)
{
    (void)state;
    Session *session = open_with("var r = new ValueTask<int>(7);\n"
                                 "var t = new ValueTask<int>(Task.FromResult(8));\n"
                                 "var s = new Op().Start();\n"
                                 "Console.WriteLine(r.Result);\n");
    go_to(session, "WriteLine");
    SessionUnion value;
    assert_int_equal(session_union(session, "r", &value), SESSION_OK);
    assert_int_equal(value.arm, ARM_RESULT);
    assert_int_equal(value.size, 16);
    assert_string_equal(row_of(&value, "_obj")->value, "null");
    assert_string_equal(row_of(&value, "_result")->value, "7");
    assert_true(row_of(&value, "_token")->is_dead);
    assert_int_equal(session_union(session, "t", &value), SESSION_OK);
    assert_int_equal(value.arm, ARM_TASK);
    assert_string_equal(value.status, "completed");
    assert_true(row_of(&value, "_result")->is_dead);
    assert_int_equal(session_union(session, "s", &value), SESSION_OK);
    assert_int_equal(value.arm, ARM_SOURCE);
    assert_true(value.has_version);
    assert_false(value.is_stale);
    assert_string_equal(value.status, "pending, nobody awaits it yet");
    assert_int_equal(session_union(session, "nobody", &value), SESSION_NOT_FOUND);
    session_close(session);
}

static void a_stale_token_is_seen_when_the_version_moves_on(void **state)
{
    (void)state;
    Session *session = open_with("var op = Op.Rent();\n"
                                 "var vt = op.Start();\n"
                                 "op.Finish(3);\n"
                                 "Console.WriteLine(await vt);\n"
                                 "Console.WriteLine(\"later\");\n");
    go_to(session, "the version is now 1");
    SessionUnion value;
    assert_int_equal(session_union(session, "vt", &value), SESSION_OK);
    assert_true(value.is_stale);
    assert_int_equal(value.token, 0);
    assert_int_equal(value.version, 1);
    assert_int_equal(value.old_version, 0);
    session_close(session);
}

/* ---- the heap ---------------------------------------------------------------------------------------------------- */

static const SessionObject *object_of(const SessionHeap *heap, const char *type)
{
    for (uint32_t i = 0; i < heap->count; i++) {
        if (strcmp(heap->objects[i].type, type) == 0) {
            return &heap->objects[i];
        }
    }
    fail_msg("no object of type %s", type);
    return NULL;
}

static SessionHeap heap_of(Session *session)
{
    SessionHeap heap;
    assert_int_equal(session_heap(session, &(SessionHeapRequest){.count = 100}, &heap), SESSION_OK);
    return heap;
}

static void a_pooled_object_is_told_from_a_living_one(void **state)
{
    (void)state;
    Session *session = open_with("var op = Op.Rent();\n"
                                 "object kept = new object();\n"
                                 "var vt = op.Start(); op.Finish(1);\n"
                                 "Console.WriteLine(await vt);\n"
                                 "Console.WriteLine(kept);\n");
    go_to(session, "object kept");
    SessionHeap heap = heap_of(session);
    assert_int_equal(object_of(&heap, "Op")->state, OBJECT_LIVE);
    go_to(session, "WriteLine(kept)");
    heap = heap_of(session);
    assert_int_equal(object_of(&heap, "Op")->state, OBJECT_POOLED);
    assert_int_equal(object_of(&heap, "object")->state, OBJECT_LIVE);
    assert_int_equal(heap.pooled, 1);
    session_close(session);
}

static void the_way_from_a_root_is_told_in_words(void **state)
{
    (void)state;
    Session *session = open_with("var list = new List<object> { new int[3] };\nConsole.WriteLine(list.Count);\n");
    go_to(session, "WriteLine");
    SessionHeap heap = heap_of(session);
    SessionObjectDetail detail;
    uint32_t number = object_of(&heap, "int[]")->number;
    char expected[200];
    snprintf(expected, sizeof expected, "local list of Main -> _items of List<object>#%u -> [0] of object[]#%u",
             object_of(&heap, "List<object>")->number, object_of(&heap, "object[]")->number);
    assert_int_equal(session_object(session, number, &detail), SESSION_OK);
    assert_string_equal(detail.why_alive, expected);
    assert_int_equal(detail.object.born_line, 2);
    assert_int_equal(session_object(session, 9999, &detail), SESSION_NOT_FOUND);
    session_close(session);
}

static void garbage_is_what_nothing_refers_to(void **state)
{
    (void)state;
    Session *session = open_with("var a = new int[5];\na = null;\nConsole.WriteLine(a == null);\n");
    go_to(session, "a = null");
    SessionHeap heap = heap_of(session);
    assert_int_equal(object_of(&heap, "int[]")->state, OBJECT_LIVE);
    go_to(session, "WriteLine");
    heap = heap_of(session);
    assert_true(heap.garbage <= 1);
    session_close(session);
}

static void objects_can_be_filtered_and_paged(void **state)
{
    (void)state;
    Session *session = open_with("var list = new List<object>();\n"
                                 "for (int i = 0; i < 50; i++) list.Add(new int[i]);\n"
                                 "Console.WriteLine(list.Count);\n");
    go_to(session, "WriteLine");
    SessionHeap heap;
    session_heap(session, &(SessionHeapRequest){.type = "int[]", .first = 10, .count = 5}, &heap);
    assert_int_equal(heap.matching, 50);
    assert_int_equal(heap.count, 5);
    assert_string_equal(heap.objects[0].type, "int[]");
    session_heap(session, &(SessionHeapRequest){.type = "int[]", .order = HEAP_BY_SIZE, .count = 2}, &heap);
    assert_int_equal(heap.objects[0].bytes, 24 + 49 * 4 + 4);
    assert_true(heap.objects[0].bytes >= heap.objects[1].bytes);
    session_close(session);
}

/* ---- tasks and queues -------------------------------------------------------------------------------------------- */

static void tasks_tell_who_waits_for_whom(void **state)
{
    (void)state;
    Session *session = open_with("var tcs = new TaskCompletionSource<int>();\n"
                                 "Task<int> t = F(tcs.Task);\n"
                                 "tcs.SetResult(4);\n"
                                 "Console.WriteLine(await t);\n"
                                 "static async Task<int> F(Task<int> task) { return await task + 1; }\n");
    go_to(session, "tcs.SetResult");
    SessionTasks tasks;
    assert_int_equal(session_tasks(session, 0, 10, &tasks), SESSION_OK);
    assert_int_equal(tasks.total, 2);
    assert_string_equal(tasks.tasks[0].status, "Pending");
    assert_string_equal(tasks.tasks[0].waiters, "F");
    assert_string_equal(tasks.tasks[1].status, "Awaiting");
    assert_string_equal(tasks.tasks[1].method, "F");
    assert_string_equal(tasks.tasks[1].awaiting, tasks.tasks[0].name);
    session_close(session);
}

static void queues_and_timers_are_in_order(void **state)
{
    (void)state;
    Session *session = open_with("var slow = Task.Delay(30); var fast = Task.Delay(10);\n"
                                 "ThreadPool.QueueUserWorkItem(_ => { });\n"
                                 "Task t = Task.Run(() => 1);\n"
                                 "Console.WriteLine(\"now\");\n"
                                 "await slow; await fast; await t;\n");
    go_to(session, "WriteLine");
    SessionTimers timers;
    session_timers(session, &timers);
    assert_int_equal(timers.count, 2);
    assert_int_equal(timers.timers[0].remaining, 10 * 10000);
    assert_int_equal(timers.timers[1].remaining, 30 * 10000);
    SessionQueues queues;
    session_queues(session, &queues);
    assert_string_equal(queues.queues[0].name, "ready threads");
    assert_string_equal(queues.queues[1].name, "pool, global");
    assert_int_equal(queues.queues[1].count, 2);
    assert_string_equal(queues.queues[1].items[0].what, "runs lambda");
    SessionThreads threads;
    session_threads(session, &threads);
    assert_string_equal(threads.threads[0].kind, "main");
    assert_string_equal(threads.threads[0].status, "running");
    session_close(session);
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

typedef struct Budget {
    uint64_t calls, limit; /* the call that fails; 0: none */
} Budget;

static void *spend(void *context, void *pointer, size_t old_size, size_t new_size)
{
    Budget *budget = context;
    if (new_size && ++budget->calls == budget->limit) {
        return NULL;
    }
    return memory_default.resize(memory_default.context, pointer, old_size, new_size);
}

static void look_at_everything(Session *session)
{
    SessionMoment moment;
    SessionFrames frames;
    SessionUnion value;
    SessionHeap heap;
    SessionTasks tasks;
    session_look_begin(session);
    session_moment(session, &moment);
    session_async_stack(session, &frames);
    session_union(session, NULL, &value);
    session_heap(session, &(SessionHeapRequest){.count = 10}, &heap);
    session_tasks(session, 0, 10, &tasks);
}

static void without_memory_looking_fails_in_peace(void **state)
{
    (void)state;
    static const char code[] = "using System.Threading.Tasks; var vt = new ValueTask<int>(7); int x = await vt;";
    Budget budget = {0};
    Memory memory = {&budget, spend, NULL};
    SessionOptions options = {.memory = &memory, .max_heap = 8 << 20, .count_events = true};
    uint64_t before = 0, after = 1;
    for (uint64_t fail = 0; before + fail <= after; fail++) {
        budget = (Budget){0};
        Session *session = session_open(&options);
        session_add_source(session, "test.cs", code, sizeof code - 1);
        session_look_begin(session);
        session_run(session, 3);
        before = budget.calls;
        budget.limit = fail ? before + fail : 0;
        look_at_everything(session);
        session_run(session, 1);
        look_at_everything(session);
        after = fail ? after : budget.calls;
        budget.limit = 0;
        session_close(session);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_says_where_one_is),
        cmocka_unit_test(new_objects_are_counted_in_their_step),
        cmocka_unit_test(variables_have_their_names_wherever_they_lie),
        cmocka_unit_test(a_variable_that_changed_tells_its_old_value),
        cmocka_unit_test(variables_ahead_are_unset),
        cmocka_unit_test(the_logical_stack_crosses_suspensions),
        cmocka_unit_test(the_three_arms_are_told_apart),
        cmocka_unit_test(a_stale_token_is_seen_when_the_version_moves_on),
        cmocka_unit_test(a_pooled_object_is_told_from_a_living_one),
        cmocka_unit_test(the_way_from_a_root_is_told_in_words),
        cmocka_unit_test(garbage_is_what_nothing_refers_to),
        cmocka_unit_test(objects_can_be_filtered_and_paged),
        cmocka_unit_test(tasks_tell_who_waits_for_whom),
        cmocka_unit_test(queues_and_timers_are_in_order),
        cmocka_unit_test(without_memory_looking_fails_in_peace),
    };
    return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
