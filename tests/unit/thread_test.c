/* The scheduler: threads that follow a script instead of instructions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/fake_program.h"
#include "vm/native.h"
#include "vm/snapshot.h"
#include "vm/thread.h"

/* A script is a string of actions; its position is an int in the thread's frame at offset 32, its number at 36.
 *   P key ms   park          U key count  unpark      Y yield       S script  start a thread with that script
 *   B n        burn n * 1000 instructions             . note that this point was reached        E end */
enum { AT = 32, SCRIPT = 36 };

static const char *scripts[8];
static char seen[256];
static FakeProgram fake;

static void note(char c)
{
    size_t length = strlen(seen);
    if (length + 1 < sizeof seen)
        seen[length] = c, seen[length + 1] = 0;
}

static int32_t read_int(const Machine *machine, uint64_t at)
{
    int32_t value;
    memcpy(&value, machine_at(machine, at), sizeof value);
    return value;
}

static void write_int(Machine *machine, uint64_t at, int32_t value)
{
    memcpy(machine_at(machine, at), &value, sizeof value);
}

static int next_number(Machine *machine, uint64_t frame)
{
    const char *script = scripts[read_int(machine, frame + SCRIPT)];
    int at = read_int(machine, frame + AT), sign = script[at] == '-' ? -1 : 1, number = 0;
    at += sign < 0;
    while (script[at] >= '0' && script[at] <= '9')
        number = 10 * number + script[at++] - '0';
    write_int(machine, frame + AT, at + (script[at] == ' '));
    return sign * number;
}

static ExecOutcome start_script(Machine *machine, int script)
{
    assert_true(thread_create(machine, FAKE_METHOD, 0, 0, true));
    uint8_t slot = machine->state->ready[machine->state->ready_count - 1];
    write_int(machine, machine->state->threads[slot].data_start + SCRIPT, script);
    return EXEC_STOPPED;
}

static bool act(Machine *machine, uint64_t frame, ExecOutcome *outcome)
{
    int script = read_int(machine, frame + SCRIPT), at = read_int(machine, frame + AT);
    char action = scripts[script][at];
    write_int(machine, frame + AT, at + 1);
    int a, b;
    switch (action) {
    case 'P':
        a = next_number(machine, frame);
        b = next_number(machine, frame);
        thread_park(machine, (Ref)a, b, frame + 40);
        *outcome = EXEC_SWITCH;
        return true;
    case 'U':
        a = next_number(machine, frame);
        b = next_number(machine, frame);
        note((char)('0' + thread_unpark(machine, (Ref)a, b)));
        return false;
    case 'Y':
        *outcome = EXEC_SWITCH;
        return true;
    case 'S':
        start_script(machine, next_number(machine, frame));
        return false;
    case 'B':
        a = next_number(machine, frame);
        machine->state->fuel -= a * 1000;
        *outcome = EXEC_FUEL;
        return machine->state->fuel <= 0;
    case 'R':
        note(read_int(machine, frame + 40) ? 't' : 'f');
        return false;
    case 'E':
        machine_thread(machine)->call_count = 0;
        *outcome = EXEC_ENDED;
        return true;
    default:
        note(action);
        return false;
    }
}

ExecOutcome exec_run(Machine *machine)
{
    uint64_t frame = thread_calls(machine, machine_thread(machine))[0].frame;
    ExecOutcome outcome = EXEC_ENDED;
    for (;;) {
        if (machine->stop)
            return machine_is_over(machine) ? EXEC_OVER : EXEC_STOPPED;
        machine->state->fuel--;
        if (act(machine, frame, &outcome))
            return outcome;
        if (machine->state->fuel <= 0)
            return EXEC_FUEL;
    }
}

static Machine *new_machine(const MachineLimits *given)
{
    MachineLimits limits = given ? *given : (MachineLimits){0};
    limits.heap_bytes = 8 << 20;
    limits.main_stack_bytes = limits.thread_stack_bytes = 256 * 1024;
    fake_program_init(&fake);
    seen[0] = 0;
    Machine *machine = machine_create(&fake.program, &fake.host, &memory_default, &limits);
    assert_non_null(machine);
    assert_true(machine_start(machine, FAKE_MAIN));
    return machine;
}

static RunStatus run_scripts(const char *main, const char *first, const char *second)
{
    scripts[0] = main;
    scripts[1] = first;
    scripts[2] = second;
    Machine *machine = new_machine(NULL);
    RunStatus status = machine_run(machine, 0);
    machine_free(machine);
    return status;
}

static void test_first_ready_first(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("aS1 S2 bYcYdE", "1Y2E", "xYyE"), RUN_ENDED);
    assert_string_equal(seen, "ab1xc2yd");
}

static void test_parking_and_waking_in_order(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 S2 YU5 1 YU5 9 YE", "aP5 -1 RbE", "cP5 -1 RdE"), RUN_ENDED);
    assert_string_equal(seen, "ac1tb1td");
}

static void test_time_passes_only_when_all_wait(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 S2 P1 300 RmE", "aP7 200 RbE", "cP8 100 RdE"), RUN_ENDED);
    assert_string_equal(seen, "acfdfbfm");
}

static void test_equal_deadlines_wake_in_order(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 S2 P1 100 mE", "P7 50 aE", "P7 50 bE"), RUN_ENDED);
    assert_string_equal(seen, "abm");
}

static void test_deadlock(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 P1 -1 E", "aP2 -1 E", ""), RUN_DEADLOCK);
    assert_string_equal(seen, "a");
    assert_int_equal(run_scripts("P1 9223372 E", "", ""), RUN_ENDED);
}

static void test_background_threads_do_not_keep_the_process(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 YE", "aP2 -1 bE", ""), RUN_ENDED);
    assert_string_equal(seen, "a");
}

static void test_foreground_threads_do(void **unused)
{
    (void)unused;
    scripts[0] = "aE";
    scripts[1] = "1P3 100 2E";
    Machine *machine = new_machine(NULL);
    assert_true(thread_create(machine, FAKE_METHOD, 0, 0, false));
    write_int(machine, machine->state->threads[1].data_start + SCRIPT, 1);
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    assert_string_equal(seen, "a12");
    machine_free(machine);
}

static void test_quantum(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 aB150 bB150 cE", "xB10 yE", ""), RUN_ENDED);
    assert_string_equal(seen, "abxyc");
}

/* A loop that waits for time to pass without sleeping ends: work takes time. */
static void test_work_moves_the_clock(void **unused)
{
    (void)unused;
    assert_int_equal(run_scripts("S1 YB190 aB190 bB190 cYdE", "P1 2 xE", ""), RUN_ENDED);
    assert_string_equal(seen, "abcxd");
}

static void test_limits_are_results(void **unused)
{
    (void)unused;
    scripts[0] = "B900 B900 B900 E";
    MachineLimits limits = {.max_instructions = 1000000};
    Machine *machine = new_machine(&limits);
    assert_int_equal(machine_run(machine, 0), RUN_INSTRUCTION_LIMIT);
    assert_int_equal(machine_run(machine, 0), RUN_INSTRUCTION_LIMIT);
    machine_free(machine);
    limits = (MachineLimits){.max_steps = 3};
    machine = new_machine(&limits);
    for (int i = 0; i < 3; i++)
        machine_event(machine, 1, 0, 0, 0);
    assert_int_equal(machine_run(machine, 0), RUN_STEP_LIMIT);
    machine_free(machine);
}

static void test_running_in_pieces_is_the_same(void **unused)
{
    (void)unused;
    scripts[0] = "aS1 S2 YbP1 10 cB150 U2 9 dYeE";
    scripts[1] = "1P2 -1 2B70 3P3 5 4E";
    scripts[2] = "xYyB10 zE";
    Machine *whole = new_machine(NULL);
    machine_run(whole, 0);
    char expected[sizeof seen];
    memcpy(expected, seen, sizeof seen);
    uint64_t hash = machine_byte_hash(whole);
    machine_free(whole);
    Machine *pieces = new_machine(NULL);
    while (machine_run(pieces, 1) == RUN_RUNNING) {
        Snapshot *snapshot = snapshot_take(pieces);
        assert_true(snapshot_restore(pieces, snapshot));
        snapshot_free(snapshot);
    }
    assert_string_equal(seen, expected);
    assert_true(machine_byte_hash(pieces) == hash);
    machine_free(pieces);
}

static void test_stop_word(void **unused)
{
    (void)unused;
    scripts[0] = "aE";
    Machine *machine = new_machine(NULL);
    machine->stop = STOP_REQUESTED;
    assert_int_equal(machine_run(machine, 0), RUN_RUNNING);
    assert_string_equal(seen, "");
    machine->stop = 0;
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    machine_free(machine);
}

static uint32_t pick_last(void *context, Machine *machine, uint32_t count)
{
    (void)machine;
    (*(int *)context)++;
    return count - 1;
}

static void test_somebody_else_chooses(void **unused)
{
    (void)unused;
    scripts[0] = "S1 S2 YmE";
    scripts[1] = "aE";
    scripts[2] = "bE";
    Machine *machine = new_machine(NULL);
    int asked = 0;
    machine->pick_thread = pick_last;
    machine->pick_context = &asked;
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    assert_string_equal(seen, "m");
    assert_int_equal(asked, 2);
    machine_free(machine);
}

static void test_more_threads_than_there_are_slots(void **unused)
{
    (void)unused;
    scripts[1] = "P1 -1 E";
    Machine *machine = new_machine(NULL);
    for (int i = 1; i < MAX_THREADS; i++)
        start_script(machine, 1);
    assert_false(thread_create(machine, FAKE_METHOD, 0, 0, true));
    machine_free(machine);
}

static void test_slots_are_used_again(void **unused)
{
    (void)unused;
    scripts[0] = "S1 YS1 YS1 YE";
    scripts[1] = "aE";
    Machine *machine = new_machine(NULL);
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    assert_string_equal(seen, "aaa");
    assert_int_equal(machine->state->thread_count, 2);
    assert_int_equal(machine->state->next_thread_number, 4);
    machine_free(machine);
}

static void test_exit_code_of_main(void **unused)
{
    (void)unused;
    scripts[0] = "E";
    Machine *machine = new_machine(NULL);
    write_int(machine, machine->state->threads[0].data_start, 42);
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    assert_int_equal(machine->state->result.exit_code, 42);
    machine_free(machine);
}

/* ---- natives that threads use ------------------------------------------------------------------------------------ */

static void set_arg(uint8_t *frame, uint32_t at, uint64_t value)
{
    memcpy(frame + at, &value, sizeof value);
}

static void test_locks(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(NULL);
    assert_true(thread_schedule(machine));
    Ref object = machine_new(machine, FAKE_NODE);
    int32_t hash = machine_identity_hash(machine, object);
    uint8_t frame[64];
    for (int depth = 1; depth <= 3; depth++) {
        set_arg(frame, 0, object);
        assert_int_equal(native_try_lock(machine, frame), NATIVE_OK);
        assert_int_equal(arg_int(frame, 0), 1);
    }
    thread_preempt(machine);
    start_script(machine, 1);
    thread_unpark(machine, 0, 0);
    machine->state->ready[0] = 1;
    machine->state->ready[1] = 0;
    assert_true(thread_schedule(machine));
    set_arg(frame, 0, object);
    native_try_lock(machine, frame);
    assert_int_equal(arg_int(frame, 0), 0);
    set_arg(frame, 0, object);
    native_unlock(machine, frame);
    assert_int_equal(arg_int(frame, 0), -1);
    thread_preempt(machine);
    assert_true(thread_schedule(machine));
    for (int depth = 2; depth >= 0; depth--) {
        set_arg(frame, 0, object);
        native_unlock(machine, frame);
        assert_int_equal(arg_int(frame, 0), depth);
    }
    set_arg(frame, 0, object);
    native_unlock(machine, frame);
    assert_int_equal(arg_int(frame, 0), -1);
    assert_int_equal(machine_identity_hash(machine, object), hash);
    machine_free(machine);
}

static void test_output_keeps_its_order(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(NULL);
    assert_true(thread_schedule(machine));
    uint8_t frame[64];
    static const uint16_t lone[] = {'a', 0xd800, 'b', 0xde00, 0xd83d, 0xde00};
    set_arg(frame, 0, machine_new_string(machine, lone, 6));
    native_write_out(machine, frame);
    set_arg(frame, 0, machine_new_string_utf8(machine, "error\n", 6));
    native_write_error(machine, frame);
    set_arg(frame, 0, 'x');
    native_write_out_char(machine, frame);
    machine_flush(machine);
    fake.output[fake.output_length] = 0;
    assert_string_equal(fake.output, "a\xef\xbf\xbd"
                                     "b\xef\xbf\xbd\xf0\x9f\x98\x80"
                                     "error\nx");
    assert_int_equal(fake.output_streams, 121);
    machine_free(machine);
}

static void test_output_nobody_reads(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(NULL);
    assert_true(thread_schedule(machine));
    fake.output_fails = true;
    uint8_t frame[64];
    NativeStatus status = NATIVE_OK;
    set_arg(frame, 0, machine_new_string(machine, NULL, 30000));
    for (int i = 0; i < 100 && status == NATIVE_OK; i++)
        status = native_write_out(machine, frame);
    assert_int_equal(status, NATIVE_OVER);
    assert_int_equal(machine->state->result.status, RUN_OUTPUT_CLOSED);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_ready_first),
        cmocka_unit_test(test_parking_and_waking_in_order),
        cmocka_unit_test(test_time_passes_only_when_all_wait),
        cmocka_unit_test(test_equal_deadlines_wake_in_order),
        cmocka_unit_test(test_deadlock),
        cmocka_unit_test(test_background_threads_do_not_keep_the_process),
        cmocka_unit_test(test_foreground_threads_do),
        cmocka_unit_test(test_quantum),
        cmocka_unit_test(test_work_moves_the_clock),
        cmocka_unit_test(test_limits_are_results),
        cmocka_unit_test(test_running_in_pieces_is_the_same),
        cmocka_unit_test(test_stop_word),
        cmocka_unit_test(test_somebody_else_chooses),
        cmocka_unit_test(test_more_threads_than_there_are_slots),
        cmocka_unit_test(test_slots_are_used_again),
        cmocka_unit_test(test_exit_code_of_main),
        cmocka_unit_test(test_locks),
        cmocka_unit_test(test_output_keeps_its_order),
        cmocka_unit_test(test_output_nobody_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
