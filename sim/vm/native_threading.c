/* System.Threading: Scheduler and Interlocked. */
#include "vm/native.h"

#include "vm/thread.h"

static uint64_t result_place(const Machine *machine, const uint8_t *frame)
{
    return machine_offset(machine, frame);
}

/* Park(key, milliseconds) */
NativeStatus native_park(Machine *machine, uint8_t *frame)
{
    thread_park(machine, arg_ref(frame, 0), arg_long(frame, 8), result_place(machine, frame));
    return NATIVE_PARKED;
}

/* ParkReleasing(key, milliseconds, ref gate) */
NativeStatus native_park_releasing(Machine *machine, uint8_t *frame)
{
    int32_t open = 0;
    memcpy(machine_at(machine, arg_ref(frame, 16)), &open, sizeof open);
    return native_park(machine, frame);
}

/* Unpark(key, count) */
NativeStatus native_unpark(Machine *machine, uint8_t *frame)
{
    return return_int(frame, thread_unpark(machine, arg_ref(frame, 0), arg_int(frame, 8)));
}

NativeStatus native_pick_work(Machine *machine, uint8_t *frame)
{
    int32_t count = arg_int(frame, 0);
    int32_t index = machine->pick_work ? machine->pick_work(machine->pick_context, machine, count) : 0;
    if (index < 0)
        machine->stop |= STOP_CHOICE; /* the caller asks again */
    return return_int(frame, index < count ? index : 0);
}

NativeStatus native_yield(Machine *machine, uint8_t *frame)
{
    (void)frame;
    /* Alone, the thread just goes on: its quantum runs, and so does the clock. */
    return machine->state->ready_count ? NATIVE_YIELD : NATIVE_OK;
}

NativeStatus native_start_thread(Machine *machine, uint8_t *frame)
{
    Ref object = arg_ref(frame, 0);
    if (!object)
        return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL);
    MethodId run = machine->host->well_known_method(machine->host->context, "System.Threading.Thread.RunOnThread");
    if (!run) {
        machine_fail(machine, RUN_BROKEN, "System.Threading.Thread.RunOnThread is missing");
        return NATIVE_OVER;
    }
    if (!thread_create(machine, run, object, object, false)) /* Thread.IsBackground counts when Main has returned */
        return machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
    return NATIVE_OK;
}

NativeStatus native_current_thread(Machine *machine, uint8_t *frame)
{
    return return_ref(frame, machine_thread(machine)->object);
}

NativeStatus native_new_thread_object(Machine *machine, uint8_t *frame)
{
    TypeId type = machine->host->well_known(machine->host->context, WELL_KNOWN_THREAD);
    machine->state->uncounted++;
    Ref thread = type ? machine_new(machine, type) : 0;
    machine->state->uncounted--;
    return return_new(machine, frame, thread);
}

NativeStatus native_now_milliseconds(Machine *machine, uint8_t *frame)
{
    thread_spend(machine);
    return return_long(frame, machine->state->clock / TICKS_PER_MILLISECOND);
}

NativeStatus native_now_ticks(Machine *machine, uint8_t *frame)
{
    thread_spend(machine);
    return return_long(frame, machine->state->clock);
}

NativeStatus native_has_stack_room(Machine *machine, uint8_t *frame)
{
    return return_bool(frame, thread_has_stack_room(machine));
}

NativeStatus native_crash(Machine *machine, uint8_t *frame)
{
    machine_finish(machine, RUN_UNHANDLED, 134, arg_ref(frame, 0));
    return NATIVE_OVER;
}

/* ---- the lock in an object's header ------------------------------------------------------------------------------ */

static uint64_t read_header(const Machine *machine, Ref object)
{
    return machine_read8(machine, object - OBJECT_HEADER_BYTES);
}

static void write_header(Machine *machine, Ref object, uint64_t header)
{
    memcpy(machine_at(machine, object - OBJECT_HEADER_BYTES), &header, sizeof header);
}

static uint64_t owner_bits(const Machine *machine)
{
    return (uint64_t)(machine_thread(machine)->number & 0xffff) << HEADER_OWNER_SHIFT;
}

static uint64_t depth_of(uint64_t header)
{
    return header >> HEADER_DEPTH_SHIFT;
}

static bool is_mine(const Machine *machine, uint64_t header)
{
    return depth_of(header) && (header & HEADER_OWNER) == owner_bits(machine);
}

NativeStatus native_try_lock(Machine *machine, uint8_t *frame)
{
    Ref object = arg_ref(frame, 0);
    uint64_t header = read_header(machine, object);
    bool taken = !depth_of(header) || (is_mine(machine, header) && depth_of(header) < 0xffff);
    if (taken)
        write_header(machine, object,
                     ((header & ~HEADER_OWNER) | owner_bits(machine)) + (UINT64_C(1) << HEADER_DEPTH_SHIFT));
    return return_bool(frame, taken);
}

NativeStatus native_unlock(Machine *machine, uint8_t *frame)
{
    Ref object = arg_ref(frame, 0);
    uint64_t header = read_header(machine, object);
    if (!is_mine(machine, header))
        return return_int(frame, -1);
    header -= UINT64_C(1) << HEADER_DEPTH_SHIFT;
    if (!depth_of(header))
        header &= ~HEADER_OWNER;
    write_header(machine, object, header);
    return return_int(frame, (int32_t)depth_of(header));
}

NativeStatus native_holds_lock(Machine *machine, uint8_t *frame)
{
    return return_bool(frame, is_mine(machine, read_header(machine, arg_ref(frame, 0))));
}

/* ---- Interlocked: nothing else runs in between anyway ------------------------------------------------------------ */

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
static void write_long(Machine *machine, uint64_t at, int64_t value)
{
    memcpy(machine_at(machine, at), &value, sizeof value);
}

/* A null location is a NullReferenceException. */
#define LOCATION(machine, frame)                                                                                       \
    uint64_t at = arg_ref(frame, 0);                                                                                   \
    if (!at)                                                                                                           \
    return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL)

NativeStatus native_compare_exchange_int(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int32_t old = read_int(machine, at);
    if (old == arg_int(frame, 16))
        write_int(machine, at, arg_int(frame, 8));
    return return_int(frame, old);
}

NativeStatus native_compare_exchange_long(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int64_t old = (int64_t)machine_read8(machine, at);
    if (old == arg_long(frame, 16))
        write_long(machine, at, arg_long(frame, 8));
    return return_long(frame, old);
}

NativeStatus native_compare_exchange_ref(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    Ref old = machine_read8(machine, at);
    if (old == arg_ref(frame, 16)) {
        write_long(machine, at, arg_long(frame, 8));
        machine_mark_card(machine, at);
    }
    return return_ref(frame, old);
}

NativeStatus native_exchange_int(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int32_t old = read_int(machine, at);
    write_int(machine, at, arg_int(frame, 8));
    return return_int(frame, old);
}

NativeStatus native_exchange_long(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int64_t old = (int64_t)machine_read8(machine, at);
    write_long(machine, at, arg_long(frame, 8));
    return return_long(frame, old);
}

NativeStatus native_exchange_ref(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    Ref old = machine_read8(machine, at);
    write_long(machine, at, arg_long(frame, 8));
    machine_mark_card(machine, at);
    return return_ref(frame, old);
}

/* Add returns the new value; Or and And return the old one. */
NativeStatus native_add_int(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int32_t sum = (int32_t)((uint32_t)read_int(machine, at) + (uint32_t)arg_int(frame, 8));
    write_int(machine, at, sum);
    return return_int(frame, sum);
}

NativeStatus native_add_long(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int64_t sum = (int64_t)(machine_read8(machine, at) + (uint64_t)arg_long(frame, 8));
    write_long(machine, at, sum);
    return return_long(frame, sum);
}

NativeStatus native_or_int(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int32_t old = read_int(machine, at);
    write_int(machine, at, old | arg_int(frame, 8));
    return return_int(frame, old);
}

NativeStatus native_and_int(Machine *machine, uint8_t *frame)
{
    LOCATION(machine, frame);
    int32_t old = read_int(machine, at);
    write_int(machine, at, old & arg_int(frame, 8));
    return return_int(frame, old);
}
