/* A recorded run without memory: lets each allocation fail once, while everything that goes through time is used.
 * Nothing may break, and nothing may be left over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

typedef struct Scarce {
    uint64_t left; /* allocations until the one that fails */
    int64_t bytes; /* not yet freed, by the sizes that were told */
    bool failed;
} Scarce;

static void *scarce_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    Scarce *scarce = context;
    old_size = pointer ? old_size : 0;
    if (new_size == 0) {
        scarce->bytes -= (int64_t)old_size;
        free(pointer);
        return NULL;
    }
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    void *moved = realloc(pointer, new_size);
    assert_non_null(moved);
    scarce->bytes += (int64_t)new_size - (int64_t)old_size;
    return moved;
}

static void *scarce_zeroed(void *context, size_t size)
{
    Scarce *scarce = context;
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    scarce->bytes += (int64_t)size;
    return calloc(1, size);
}

static bool drop(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return true;
}

static void submit(Session *session, const char *code)
{
    if (session_submit(session, "<prompt>", code, strlen(code)) == SESSION_OK) {
        session_run(session, 0);
    }
}

static void use_everything(const SessionOptions *options)
{
    Session *session = session_open(options);
    if (!session || session_keep_history(session, 0) != SESSION_OK) {
        session_close(session);
        return;
    }
    submit(session, "int x = 1; var task = System.Threading.Tasks.ValueTask.FromResult(7);");
    submit(session, "x = await task; System.Console.WriteLine(x);");
    const SessionBreak change = {.kind = BREAK_ON_CHANGE, .expression = "x"}, line = {.kind = BREAK_ON_LINE, .line = 9};
    const SessionStep *steps;
    const SessionWhy *rows;
    const SessionChange *changes;
    const SessionChoice *choices;
    uint32_t number, count;
    session_add_break(session, &change, &number);
    session_add_break(session, &line, &number);
    session_mark(session, "here", 2);
    session_travel(session, TRAVEL_CONTINUE, true, 2);
    session_travel(session, TRAVEL_STATEMENT, false, 1);
    session_travel(session, TRAVEL_FINISH, true, 1);
    session_steps(session, 1, 9, &steps, &count);
    session_why(session, "x", &rows, &count);
    session_diff(session, 1, session_history_end(session), &changes, &count);
    session_goto(session, 2);
    session_choices(session, &choices, &count);
    submit(session, "x = 5;");
    session_undo(session);
    session_redo(session);
    session_switch_branch(session, 1);
    session_set_schedule(session, SCHEDULE_RANDOM, 3);
    session_save(session, drop, NULL);
    session_close(session);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    uint64_t stride = 1;
    bool failed = true;
    for (uint64_t chance = 0; failed; chance += stride) {
        Scarce scarce = {.left = chance};
        Memory memory = {&scarce, scarce_resize, scarce_zeroed};
        SessionOptions options = {.memory = &memory, .max_heap = 8 << 20, .max_stack = 1 << 20, .interactive = true};
        use_everything(&options);
        if (scarce.bytes) {
            fail_msg("allocation %llu failed: %lld bytes are left over", (unsigned long long)chance,
                     (long long)scarce.bytes);
        }
        failed = scarce.failed;
        stride = 1 + chance / 40; /* each one at the start, then fewer: compiling is tested elsewhere */
    }
}

static const char recording[] = "awaitlab recording 1\nkind prompt\nseed 0\nschedule first\nline \"a\"\n"
                                "input 0 rest submit \"<prompt>\"\n:int x = 1;\nmark \"m\" 1\n"
                                "steps 1 rest 0000000000000000\nposition 0\nend\n";

static void so_it_may_while_a_recording_is_read(void **state)
{
    (void)state;
    bool failed = true;
    for (uint64_t chance = 0; failed; chance += 1 + chance / 40) {
        Scarce scarce = {.left = chance};
        Memory memory = {&scarce, scarce_resize, scarce_zeroed};
        SessionOptions options = {.memory = &memory, .max_heap = 8 << 20, .max_stack = 1 << 20};
        Session *session = session_open(&options);
        SessionReplayError error;
        if (session) {
            session_replay(session, recording, sizeof recording - 1, &error);
        }
        session_close(session);
        assert_int_equal(scarce.bytes, 0);
        failed = scarce.failed;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(so_it_may_while_a_recording_is_read),
    };
    return cmocka_run_group_tests_name("time without memory", tests, NULL, NULL);
}
