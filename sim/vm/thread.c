#include "vm/thread.h"

#define EXTRA_FIELD "_DONT_USE_InternalThread"

/* ---- lists of slots ---------------------------------------------------------------------------------------------- */

static void list_add(uint8_t *list, uint8_t *count, uint8_t slot)
{
    list[(*count)++] = slot;
}

static uint8_t list_take(uint8_t *list, uint8_t *count, uint32_t index)
{
    uint8_t slot = list[index];
    (*count)--;
    memmove(&list[index], &list[index + 1], *count - index);
    list[*count] = 0; /* equal states are equal bytes */
    return slot;
}

static void make_ready(MachineState *state, uint8_t slot)
{
    state->threads[slot].status = THREAD_READY;
    list_add(state->ready, &state->ready_count, slot);
}

/* ---- creation and end -------------------------------------------------------------------------------------------- */

static uint8_t free_slot(const MachineState *state)
{
    /* Slot 0 is the main thread's for ever: that it is free says that Main has returned. */
    for (uint8_t slot = state->thread_count ? 1 : 0; slot < MAX_THREADS; slot++) {
        if (slot >= state->thread_count || state->threads[slot].status == THREAD_FREE)
            return slot;
    }
    return NO_THREAD;
}

/* Data three quarters, calls three sixteenths, handlings the rest. */
static void divide_stack(const Machine *machine, LogicalThread *thread, uint8_t slot)
{
    const MachineLimits *limits = &machine->limits;
    uint64_t size = slot ? limits->thread_stack_bytes : limits->main_stack_bytes;
    uint64_t start = machine->state->areas[AREA_STACKS].offset;
    if (slot)
        start += limits->main_stack_bytes + (slot - 1u) * limits->thread_stack_bytes;
    thread->data_start = start;
    thread->data_limit = thread->calls_start = start + size / 16 * 12;
    thread->handlings_start = start + size / 16 * 15;
    thread->calls_limit = (uint32_t)(size / 16 * 3 / sizeof(CallFrame));
    thread->handlings_limit = (uint32_t)(size / 16 / sizeof(Handling));
}

static LogicalThread *open_slot(Machine *machine, uint8_t slot, Ref thread_object, bool background)
{
    MachineState *state = machine->state;
    LogicalThread *thread = &state->threads[slot];
    *thread =
        (LogicalThread){.object = thread_object, .is_background = background, .number = ++state->next_thread_number};
    const Area *statics = &state->areas[AREA_THREAD_STATICS];
    thread->statics = statics->offset + slot * (statics->capacity / MAX_THREADS);
    memset(machine_at(machine, thread->statics), 0, machine->program->thread_statics_bytes);
    divide_stack(machine, thread, slot);
    if (slot >= state->thread_count)
        state->thread_count = (uint8_t)(slot + 1);
    return thread;
}

bool thread_push(Machine *machine, LogicalThread *thread, MethodId method, uint64_t frame)
{
    RuntimeMethod *code = program_method(machine->program, method);
    if (code->state == METHOD_UNCOMPILED && !machine->host->compile(machine->host->context, method))
        return false;
    if (!frame)
        frame = thread->data_start;
    if (thread->call_count == thread->calls_limit || frame + code->frame_bytes > thread->data_limit)
        return false;
    uint64_t end = frame + (code->reach > code->frame_bytes ? code->reach : code->frame_bytes);
    end = end < thread->data_limit ? end : thread->data_limit;
    if (end > frame + code->argument_bytes)
        memset(machine_at(machine, frame + code->argument_bytes), 0, end - frame - code->argument_bytes);
    thread_calls(machine, thread)[thread->call_count++] = (CallFrame){.method = method, .frame = frame};
    return true;
}

bool thread_create(Machine *machine, MethodId method, Ref argument, Ref thread_object, bool background)
{
    MachineState *state = machine->state;
    uint8_t slot = free_slot(state);
    if (slot == NO_THREAD)
        return false;
    LogicalThread *thread = open_slot(machine, slot, thread_object, background);
    memcpy(machine_at(machine, thread->data_start), &argument, sizeof argument);
    if (!thread_push(machine, thread, method, 0))
        return false;
    make_ready(state, slot);
    return true;
}

void thread_create_idle(Machine *machine, Ref thread_object)
{
    open_slot(machine, 0, thread_object, false)->status = THREAD_IDLE;
}

static void take_from(uint8_t *list, uint8_t *count, uint8_t slot)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (list[i] == slot) {
            list_take(list, count, i);
            return;
        }
    }
}

void thread_take(Machine *machine, uint8_t slot)
{
    MachineState *state = machine->state;
    LogicalThread *thread = &state->threads[slot];
    take_from(state->ready, &state->ready_count, slot);
    take_from(state->parked, &state->parked_count, slot);
    thread->parked_key = 0;
    thread->is_timed = 0;
    thread->deadline = 0;
    thread->result_frame = 0;
}

void thread_resume(Machine *machine, uint8_t slot)
{
    MachineState *state = machine->state;
    state->current = slot;
    state->threads[slot].status = THREAD_RUNNING;
    state->allocated = state->threads[slot].allocated;
    state->quantum_left = machine->limits.quantum;
}

void thread_end(Machine *machine)
{
    MachineState *state = machine->state;
    state->total_allocated_ended += state->allocated;
    state->allocated = 0;
    memset(machine_thread(machine), 0, sizeof(LogicalThread));
    state->current = NO_THREAD;
}

/* Thread.IsBackground, which the program may change at any time: ThreadExtra.Background in the Thread's one-element
 * array. */
static bool is_background(const Machine *machine, const LogicalThread *thread)
{
    uint32_t field = thread->object ? machine_field(machine, machine_type_of(machine, thread->object), EXTRA_FIELD) : 0;
    if (!field)
        return thread->is_background;
    Ref extra = machine_read8(machine, thread->object + field);
    if (!extra)
        return false;
    field = machine_field(machine, machine_runtime_type_of(machine, extra)->element, "Background");
    return field && machine->block[extra + ARRAY_ELEMENTS + field - OBJECT_FIELDS];
}

bool thread_any_foreground(const Machine *machine)
{
    const MachineState *state = machine->state;
    for (uint32_t i = 0; i < state->thread_count; i++) {
        uint8_t status = state->threads[i].status;
        if (status != THREAD_FREE && status != THREAD_IDLE && !is_background(machine, &state->threads[i]))
            return true;
    }
    return false;
}

uint8_t thread_find(const Machine *machine, Ref thread_object)
{
    for (uint8_t i = 0; i < machine->state->thread_count; i++) {
        const LogicalThread *thread = &machine->state->threads[i];
        if (thread->status != THREAD_FREE && thread->object == thread_object)
            return i;
    }
    return NO_THREAD;
}

void thread_spend(Machine *machine)
{
    MachineState *state = machine->state;
    int64_t instructions = state->fuel_given - state->fuel;
    state->fuel_given = state->fuel;
    state->instructions += (uint64_t)instructions;
    state->quantum_left -= instructions;
    state->spent += instructions;
    state->clock += state->spent / INSTRUCTIONS_PER_MILLISECOND * TICKS_PER_MILLISECOND;
    state->spent %= INSTRUCTIONS_PER_MILLISECOND;
}

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

static int64_t deadline_after(int64_t clock, int64_t milliseconds)
{
    int64_t most = (INT64_MAX - clock) / TICKS_PER_MILLISECOND;
    return milliseconds > most ? INT64_MAX : clock + milliseconds * TICKS_PER_MILLISECOND;
}

void thread_park(Machine *machine, Ref key, int64_t milliseconds, uint64_t result_frame)
{
    MachineState *state = machine->state;
    LogicalThread *thread = machine_thread(machine);
    thread_spend(machine);
    thread->status = THREAD_PARKED;
    thread->parked_key = key;
    thread->is_timed = milliseconds >= 0;
    thread->deadline = milliseconds >= 0 ? deadline_after(state->clock, milliseconds) : 0;
    thread->result_frame = result_frame;
    thread->native_method = 0;
    thread->native_frame = 0;
    thread->allocated = state->allocated;
    list_add(state->parked, &state->parked_count, state->current);
    state->current = NO_THREAD;
}

static void wake(Machine *machine, uint32_t index, uint8_t result)
{
    MachineState *state = machine->state;
    uint8_t slot = list_take(state->parked, &state->parked_count, index);
    LogicalThread *thread = &state->threads[slot];
    int32_t value = result;
    if (thread->result_frame)
        memcpy(machine_at(machine, thread->result_frame), &value, sizeof value);
    thread->parked_key = 0;
    thread->is_timed = 0;
    thread->deadline = 0;
    thread->result_frame = 0;
    make_ready(state, slot);
}

int32_t thread_unpark(Machine *machine, Ref key, int32_t count)
{
    MachineState *state = machine->state;
    int32_t woken = 0;
    for (uint32_t i = 0; i < state->parked_count && woken < count;) {
        if (state->threads[state->parked[i]].parked_key != key) {
            i++;
            continue;
        }
        wake(machine, i, 1);
        woken++;
    }
    return woken;
}

/* ---- the clock and the choice ------------------------------------------------------------------------------------ */

/* The parked thread whose time is up first (of equals, the one that parked first), or parked_count. */
static uint32_t earliest(const MachineState *state)
{
    uint32_t best = state->parked_count;
    for (uint32_t i = 0; i < state->parked_count; i++) {
        const LogicalThread *thread = &state->threads[state->parked[i]];
        if (thread->is_timed &&
            (best == state->parked_count || thread->deadline < state->threads[state->parked[best]].deadline))
            best = i;
    }
    return best;
}

static void wake_due(Machine *machine)
{
    MachineState *state = machine->state;
    for (;;) {
        uint32_t index = earliest(state);
        if (index == state->parked_count || state->threads[state->parked[index]].deadline > state->clock)
            return;
        wake(machine, index, 0);
    }
}

static bool jump_to_deadline(Machine *machine)
{
    MachineState *state = machine->state;
    uint32_t index = earliest(state);
    if (index == state->parked_count || state->threads[state->parked[index]].deadline == INT64_MAX)
        return false;
    int64_t deadline = state->threads[state->parked[index]].deadline;
    if (deadline > state->clock)
        state->clock = deadline;
    wake_due(machine);
    return true;
}

bool thread_schedule(Machine *machine)
{
    MachineState *state = machine->state;
    wake_due(machine);
    if (!state->ready_count && !jump_to_deadline(machine))
        return false;
    if (state->ready_count > 1 && machine->hold && machine->hold(machine->pick_context, machine)) {
        machine->stop |= STOP_CHOICE;
        return true;
    }
    uint32_t index = 0;
    if (machine->pick_thread)
        index = machine->pick_thread(machine->pick_context, machine, state->ready_count);
    if (index >= state->ready_count)
        index = 0;
    state->current = list_take(state->ready, &state->ready_count, index);
    LogicalThread *thread = machine_thread(machine);
    thread->status = THREAD_RUNNING;
    state->allocated = thread->allocated;
    state->quantum_left = machine->limits.quantum;
    return true;
}

void thread_preempt(Machine *machine)
{
    MachineState *state = machine->state;
    wake_due(machine); /* whoever's time came while this thread ran goes first */
    machine_thread(machine)->allocated = state->allocated;
    make_ready(state, state->current);
    state->current = NO_THREAD;
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

int64_t thread_allocated(const Machine *machine, uint8_t slot)
{
    const MachineState *state = machine->state;
    return slot == state->current ? state->allocated : state->threads[slot].allocated;
}

int64_t thread_total_allocated(const Machine *machine)
{
    int64_t total = machine->state->total_allocated_ended;
    for (uint8_t i = 0; i < machine->state->thread_count; i++)
        total += thread_allocated(machine, i);
    return total;
}

uint64_t thread_data_end(const Machine *machine, const LogicalThread *thread)
{
    if (!thread->call_count)
        return thread->data_start + 16; /* the result of the first frame */
    const CallFrame *top = &thread_calls(machine, thread)[thread->call_count - 1];
    const RuntimeMethod *method = program_method(machine->program, top->method);
    uint64_t end = top->frame + method->frame_bytes;
    uint64_t outgoing = top->frame + method->outgoing + 16;
    if (outgoing > end)
        end = outgoing;
    if (top->frame + method->reach > end)
        end = top->frame + method->reach;
    if (thread->native_method) {
        const RuntimeMethod *native = program_method(machine->program, thread->native_method);
        uint64_t native_end = thread->native_frame + native->argument_bytes + 16;
        end = native_end > end ? native_end : end;
    }
    if (thread->result_frame && thread->result_frame + 16 > end)
        end = thread->result_frame + 16;
    return end < thread->data_limit ? end : thread->data_limit;
}

bool thread_has_stack_room(const Machine *machine)
{
    const LogicalThread *thread = machine_thread(machine);
    return thread_data_end(machine, thread) + STACK_ROOM_BYTES <= thread->data_limit &&
           thread->call_count + STACK_ROOM_CALLS <= thread->calls_limit &&
           thread->handling_count + STACK_ROOM_HANDLINGS <= thread->handlings_limit;
}
