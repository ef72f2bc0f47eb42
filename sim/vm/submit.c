#include "vm/submit.h"

#include "vm/thread.h"

/* ---- the innermost nested call -------------------------------------------------------------------------------------
 */

static NestedCall *innermost(const Machine *machine)
{
    MachineState *state = machine->state;
    return state->nested_count ? &state->nested[state->nested_count - 1] : NULL;
}

bool submit_is_nested(const Machine *machine)
{
    const NestedCall *nested = innermost(machine);
    return nested && nested->slot == machine->state->current;
}

/* Moves a thread's stacks behind what they hold, and back. */
static void push_stacks(LogicalThread *thread, uint32_t calls, uint32_t handlings)
{
    thread->calls_start += calls * sizeof(CallFrame);
    thread->calls_limit -= calls;
    thread->outer_calls += calls;
    thread->call_count = 0;
    thread->handlings_start += handlings * sizeof(Handling);
    thread->handlings_limit -= handlings;
    thread->outer_handlings += handlings;
    thread->handling_count = 0;
}

static void pop_stacks(LogicalThread *thread, uint32_t calls, uint32_t handlings)
{
    thread->calls_start -= calls * sizeof(CallFrame);
    thread->calls_limit += calls;
    thread->outer_calls -= calls;
    thread->call_count = calls;
    thread->handlings_start -= handlings * sizeof(Handling);
    thread->handlings_limit += handlings;
    thread->outer_handlings -= handlings;
    thread->handling_count = handlings;
}

static void free_nested(Machine *machine)
{
    MachineState *state = machine->state;
    state->nested[--state->nested_count] = (NestedCall){0};
}

/* The thread of the innermost nested call is current, and has no calls of it any more. */
static void return_to_interrupted(Machine *machine)
{
    MachineState *state = machine->state;
    NestedCall nested = *innermost(machine);
    free_nested(machine);
    machine->stop |= STOP_RETURNED;
    if (nested.is_helper) {
        thread_end(machine);
        return;
    }
    pop_stacks(machine_thread(machine), nested.calls, nested.handlings);
    state->quantum_left = nested.quantum_left;
    if (nested.was_ready)
        thread_preempt(machine);
}

void submit_end_nested(Machine *machine, Ref exception)
{
    machine->state->result.exception = exception;
    return_to_interrupted(machine);
}

bool submit_abandon_nested(Machine *machine)
{
    const NestedCall *nested = innermost(machine);
    if (!nested)
        return false;
    uint8_t slot = nested->slot;
    LogicalThread *thread = &machine->state->threads[slot];
    thread_take(machine, slot);
    thread->call_count = thread->handling_count = 0;
    thread->native_method = 0;
    thread->native_frame = 0;
    thread_resume(machine, slot);
    machine->state->abandoned++;
    return_to_interrupted(machine);
    return true;
}

/* ---- main
 * ------------------------------------------------------------------------------------------------------------ */

bool machine_is_idle(const Machine *machine)
{
    const MachineState *state = machine->state;
    return state->result.status == RUN_IDLE || (state->result.status == RUN_DEADLOCK && state->interactive);
}

void submit_end_main(Machine *machine, Ref exception)
{
    MachineState *state = machine->state;
    LogicalThread *main = &state->threads[0];
    main->status = THREAD_IDLE;
    main->call_count = main->handling_count = 0;
    main->allocated = state->allocated;
    state->allocated = 0;
    state->current = NO_THREAD;
    state->result.exception = exception;
}

void submit_rest(Machine *machine)
{
    MachineState *state = machine->state;
    if (state->main_is_program && thread_any_foreground(machine))
        return;
    state->main_is_program = false;
    state->result.status = RUN_IDLE;
}

bool submit_may_fail(const Machine *machine)
{
    const MachineState *state = machine->state;
    return submit_is_nested(machine) || (state->interactive && state->current == 0);
}

void submit_fail(Machine *machine, Ref exception)
{
    if (submit_is_nested(machine)) {
        submit_end_nested(machine, exception);
        return;
    }
    submit_end_main(machine, exception);
    machine->state->main_is_program = false;
    submit_rest(machine);
}

/* Main waits for something that never comes: what it was doing is forgotten. */
static void give_up_main(Machine *machine)
{
    MachineState *state = machine->state;
    LogicalThread *main = &state->threads[0];
    thread_take(machine, 0);
    main->call_count = main->handling_count = 0;
    main->native_method = 0;
    main->native_frame = 0;
    main->status = THREAD_IDLE;
    state->main_is_program = false;
    state->result = (RunResult){.status = RUN_IDLE};
}

/* ---- beginning a call
 * -------------------------------------------------------------------------------------------------- */

uint8_t submit_slot(const Machine *machine)
{
    const MachineState *state = machine->state;
    if (state->current != NO_THREAD)
        return state->current;
    /* It was sent to the end of the list when the machine stopped. */
    return state->ready_count ? state->ready[state->ready_count - 1] : NO_THREAD;
}

static void clear_arguments(Machine *machine, MethodId method, uint64_t frame)
{
    memset(machine_at(machine, frame), 0, program_method(machine->program, method)->argument_bytes);
}

static bool begin_main(Machine *machine, MethodId method, bool is_program)
{
    MachineState *state = machine->state;
    LogicalThread *main = &state->threads[0];
    if (state->result.status == RUN_DEADLOCK)
        give_up_main(machine);
    if (!thread_push(machine, main, method, 0))
        return false;
    state->entry = method;
    state->main_is_program = is_program;
    thread_resume(machine, 0);
    return true;
}

/* A thread of its own: nobody runs. */
static bool begin_helper(Machine *machine, MethodId method)
{
    MachineState *state = machine->state;
    Ref object = machine_new_thread_object(machine);
    if (!object || !thread_create(machine, method, 0, object, true))
        return false;
    uint8_t slot = state->ready[state->ready_count - 1];
    thread_take(machine, slot);
    thread_resume(machine, slot);
    state->nested[state->nested_count++] = (NestedCall){.slot = slot, .is_helper = true};
    return true;
}

static bool begin_on(Machine *machine, MethodId method, uint8_t slot)
{
    MachineState *state = machine->state;
    LogicalThread *thread = &state->threads[slot];
    uint64_t frame = (thread_data_end(machine, thread) + 15) / 16 * 16;
    NestedCall nested = {.slot = slot,
                         .was_ready = state->current == NO_THREAD,
                         .calls = thread->call_count,
                         .handlings = thread->handling_count,
                         .quantum_left = state->quantum_left};
    push_stacks(thread, nested.calls, nested.handlings);
    if (!thread->calls_limit || !thread->handlings_limit || !thread_push(machine, thread, method, frame)) {
        pop_stacks(thread, nested.calls, nested.handlings);
        return false;
    }
    state->nested[state->nested_count++] = nested;
    if (nested.was_ready) {
        thread_take(machine, slot);
        thread_resume(machine, slot);
    }
    return true;
}

bool machine_submit(Machine *machine, MethodId method, bool is_program, uint64_t *frame)
{
    MachineState *state = machine->state;
    bool is_main = machine_is_idle(machine);
    if (!is_main && (state->result.status != RUN_RUNNING || state->nested_count == MAX_NESTED))
        return false;
    uint8_t slot = is_main ? 0 : submit_slot(machine);
    bool is_begun = is_main             ? begin_main(machine, method, is_program)
                    : slot == NO_THREAD ? begin_helper(machine, method)
                                        : begin_on(machine, method, slot);
    if (!is_begun)
        return false;
    const LogicalThread *thread = machine_thread(machine);
    *frame = thread_calls(machine, thread)[thread->call_count - 1].frame;
    clear_arguments(machine, method, *frame);
    state->result.exception = 0;
    state->result.status = RUN_RUNNING;
    state->abandoned = 0;
    return !is_main || machine_pass_no_arguments(machine, method);
}

void machine_revive(Machine *machine)
{
    MachineState *state = machine->state;
    bool is_stuck = state->result.status == RUN_DEADLOCK && state->threads[0].call_count;
    if (!machine_is_over(machine))
        return;
    bool has_calls = is_stuck || (state->current != NO_THREAD && machine_thread(machine)->call_count);
    state->result = (RunResult){.status = has_calls ? RUN_RUNNING : RUN_IDLE};
    if (has_calls)
        return;
    state->interactive = true;
    state->current = NO_THREAD;
    LogicalThread *main = &state->threads[0];
    if (main->status == THREAD_FREE)
        thread_create_idle(machine, main->object);
    main->call_count = main->handling_count = 0;
    main->status = THREAD_IDLE;
}
