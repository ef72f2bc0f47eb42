/* The instruction loop.
 *
 * One source (exec_body.inc), compiled twice: the plain loop, and one that tells the host about protocol events and
 * looks at the stop word after every instruction. Both do exactly the same to the block.
 *
 * Time is counted where it can be long: every call and every backward jump costs FUEL_STEP units of fuel. There the
 * machine may stop or another thread may take over; nothing is waiting in an outgoing area then. */
#include "vm/exec.h"

#include "vm/intrinsic.h"

#include <math.h>

enum {
    FUEL_STEP = 8,
    STACK_RESERVE = 8192, /* bytes behind a frame: for its outgoing area (RuntimeMethod.reach) */
};

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Machine memory is read as whatever the instruction says it is. A struct of two ints may lie at a multiple of 4 and is
 * moved as 8 bytes, hence no alignment is promised; the processor does not mind. */
typedef int8_t __attribute__((may_alias, aligned(1))) I1;
typedef uint8_t __attribute__((may_alias, aligned(1))) U1;
typedef int16_t __attribute__((may_alias, aligned(1))) I2;
typedef uint16_t __attribute__((may_alias, aligned(1))) U2;
typedef int32_t __attribute__((may_alias, aligned(1))) I4;
typedef uint32_t __attribute__((may_alias, aligned(1))) U4;
typedef int64_t __attribute__((may_alias, aligned(1))) I8;
typedef uint64_t __attribute__((may_alias, aligned(1))) U8;
typedef float __attribute__((may_alias, aligned(1))) R4;
typedef double __attribute__((may_alias, aligned(1))) R8;

/* --- types -----------------------------------------------------------------------------------------------------------
 */

static uint32_t *cast_entry(RuntimeType *type, TypeId to)
{
    uint32_t mask = type->cast_cache_capacity - 1, at = to & mask;
    while (type->cast_cache[at] && type->cast_cache[at] >> 1 != to)
        at = (at + 1) & mask;
    return &type->cast_cache[at];
}

static bool ask_assignable(Machine *machine, RuntimeType *type, TypeId to)
{
    bool answer = machine->host->is_assignable(machine->host->context, type->id, to);
    if (!type->cast_cache) {
        type->cast_cache_capacity = 16;
        type->cast_cache = ARENA_ARRAY(machine->program->arena, uint32_t, 16);
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < type->cast_cache_capacity; i++)
        used += type->cast_cache[i] != 0;
    if (used * 2 >= type->cast_cache_capacity) { /* start anew, larger: the answers come back when they are asked for */
        type->cast_cache_capacity *= 2;
        type->cast_cache = ARENA_ARRAY(machine->program->arena, uint32_t, type->cast_cache_capacity);
    }
    *cast_entry(type, to) = to << 1 | answer;
    return answer;
}

bool exec_is_instance(Machine *machine, TypeId from, TypeId to)
{
    RuntimeType *type = program_type(machine->program, from);
    if (from == to || type->parent == to)
        return true;
    if (type->cast_cache) {
        uint32_t known = *cast_entry(type, to);
        if (known)
            return known & 1;
    }
    return ask_assignable(machine, type, to);
}

static DispatchEntry *dispatch_entry(RuntimeType *type, MethodId asked)
{
    uint32_t mask = type->dispatch_capacity - 1, at = asked & mask;
    while (type->dispatch[at].asked && type->dispatch[at].asked != asked)
        at = (at + 1) & mask;
    return &type->dispatch[at];
}

static void grow_dispatch(Machine *machine, RuntimeType *type)
{
    DispatchEntry *old = type->dispatch;
    uint32_t old_capacity = type->dispatch_capacity;
    type->dispatch_capacity = old_capacity ? old_capacity * 2 : 8;
    type->dispatch = ARENA_ARRAY(machine->program->arena, DispatchEntry, type->dispatch_capacity);
    for (uint32_t i = 0; i < old_capacity; i++)
        if (old[i].asked)
            *dispatch_entry(type, old[i].asked) = old[i];
}

static MethodId find_virtual(Machine *machine, TypeId id, MethodId asked)
{
    RuntimeType *type = program_type(machine->program, id);
    if (type->dispatch_capacity) {
        MethodId found = dispatch_entry(type, asked)->found;
        if (found)
            return found;
    }
    MethodId found = machine->host->resolve_virtual(machine->host->context, id, asked);
    if (!found)
        return 0;
    if ((type->dispatch_count + 1) * 2 > type->dispatch_capacity)
        grow_dispatch(machine, type);
    *dispatch_entry(type, asked) = (DispatchEntry){asked, found};
    type->dispatch_count++;
    return found;
}

/* --- numbers ---------------------------------------------------------------------------------------------------------
 */

static int32_t to_i4(double value)
{
    return value != value ? 0 : value <= -2147483648.0 ? INT32_MIN : value >= 2147483647.0 ? INT32_MAX : (int32_t)value;
}
static uint32_t to_u4(double value)
{
    return !(value > 0) ? 0 : value >= 4294967295.0 ? UINT32_MAX : (uint32_t)value;
}
static int64_t to_i8(double value)
{
    return value != value                    ? 0
           : value <= -9223372036854775808.0 ? INT64_MIN
           : value >= 9223372036854775808.0  ? INT64_MAX
                                             : (int64_t)value;
}
static uint64_t to_u8(double value)
{
    return !(value > 0) ? 0 : value >= 18446744073709551616.0 ? UINT64_MAX : (uint64_t)value;
}

typedef struct Range {
    bool is_signed;
    uint8_t bits;
} Range;

static Range range_of(uint32_t shape)
{
    switch (shape) {
    case SHAPE_BOOL:
    case SHAPE_U1:
        return (Range){false, 8};
    case SHAPE_I1:
        return (Range){true, 8};
    case SHAPE_CHAR:
    case SHAPE_U2:
        return (Range){false, 16};
    case SHAPE_I2:
        return (Range){true, 16};
    case SHAPE_I4:
        return (Range){true, 32};
    case SHAPE_U4:
        return (Range){false, 32};
    case SHAPE_I8:
        return (Range){true, 64};
    default:
        return (Range){false, 64};
    }
}

/* Whole numbers as two parts: the bits, and whether the value is negative. */
static bool fits(uint64_t bits, bool negative, Range to)
{
    if (!negative)
        return to.bits - to.is_signed == 64 || bits >> (to.bits - to.is_signed) == 0;
    return to.is_signed && (int64_t)bits >= (int64_t)(UINT64_MAX << (to.bits - 1));
}

static bool real_fits(double value, Range to)
{
    double limit = ldexp(1.0, to.bits - to.is_signed);
    value = trunc(value);
    return value < limit && (to.is_signed ? value >= -limit : value > -1.0);
}

/* False: overflow. */
static bool convert_checked(uint8_t *to, const uint8_t *from, uint32_t shapes)
{
    uint32_t source = shapes >> 8, target = shapes & 0xff;
    Range range = range_of(target);
    uint64_t bits;
    if (source == SHAPE_R4 || source == SHAPE_R8) {
        double value = source == SHAPE_R4 ? *(const R4 *)(const void *)from : *(const R8 *)(const void *)from;
        if (!real_fits(value, range))
            return false;
        bits = value < 0 ? (uint64_t)(int64_t)value : (uint64_t)value;
    } else {
        Range own = range_of(source);
        bits = own.bits == 64       ? *(const U8 *)(const void *)from
               : source == SHAPE_U4 ? *(const U4 *)(const void *)from
                                    : (uint64_t)(int64_t) * (const I4 *)(const void *)from;
        if (!fits(bits, own.is_signed && (int64_t)bits < 0, range))
            return false;
    }
    if (range.bits == 64)
        *(U8 *)(void *)to = bits;
    else
        *(U4 *)(void *)to = (uint32_t)bits;
    return true;
}

static bool equals_literal(const Machine *machine, Ref string, uint32_t index)
{
    const StringLiteral *literal = &machine->program->literals[index];
    if (!string || (uint32_t)machine_length(machine, string) != literal->count)
        return false;
    return literal->count == 0 ||
           memcmp(machine_units(machine, string), literal->units, literal->count * sizeof *literal->units) == 0;
}

/* --- class initialisation
 * --------------------------------------------------------------------------------------------- */

typedef enum InitStep { INIT_GO_ON, INIT_CALL, INIT_WAIT, INIT_THROW } InitStep;

/* What an access to a class that may not be initialised has to do. */
static InitStep begin_init(Machine *machine, const RuntimeType *type)
{
    uint8_t *state = machine_init_byte(machine, type->init_index);
    uint8_t own = (uint8_t)(INIT_RUNNING + machine->state->current);
    if (*state == INIT_DONE || *state == own)
        return INIT_GO_ON;
    if (*state == INIT_FAILED)
        return INIT_THROW;
    if (*state != INIT_NONE)
        return INIT_WAIT; /* another thread is at it: let it run */
    *state = own;
    return INIT_CALL;
}

/* --- watched events -------------------------------------------------------------------------------------------------
 */

enum { DULL_LIMIT = 4096 };

/* What lies behind the frames in use has tags of calls that are over: without them copying is faster. The value at
 * `place` is alive wherever it lies: as a result that was just returned, or as an argument on its way, behind the top
 * frame. */
static void forget_dead_tags(Machine *machine, uint64_t place)
{
    const LogicalThread *thread = machine_thread(machine);
    const CallFrame *top = &thread_calls(machine, thread)[thread->call_count - 1];
    uint64_t end = top->frame + machine->program->methods[top->method]->frame_bytes;
    uint64_t whole = (end / SHADOW_PAGE_BYTES + 1) * SHADOW_PAGE_BYTES;
    Tag tag = place ? shadow_get(machine->shadow, place) : 0; /* the tag of a value is at its start */
    shadow_clear(machine->shadow, end, whole - end);
    shadow_drop(machine->shadow, whole, thread->data_limit);
    if (tag)
        shadow_set(machine->shadow, place, tag);
}

static void exec_tire(Machine *machine, U8 *word, uint64_t place)
{
    uint64_t count = (*word >> EVENT_COUNT_SHIFT) + 1;
    uint64_t rest = *word & ((UINT64_C(1) << EVENT_COUNT_SHIFT) - 1);
    *word = rest | (count >= DULL_LIMIT ? EVENT_TIRES : count << EVENT_COUNT_SHIFT);
    if (count == DULL_LIMIT)
        forget_dead_tags(machine, place);
}

static void exec_watch(Machine *machine, const WatchedEvent *event, U8 *tires)
{
    machine->place = 0;
    machine->place_type = 0;
    if (machine->host->watch(machine->host->context, event) && tires)
        exec_tire(machine, tires, event->place);
}

/* Is this a watched event to look away from? A value that is made here then has no tag, and one without is let pass. */
static inline bool exec_is_tired(Machine *machine, uint64_t word)
{
    if (LIKELY(!(word & EVENT_TIRES)))
        return false;
    bool makes = ((uint32_t)word & EVENT_KIND_BITS) == EVENT_MAKES_RESULT;
    if (makes) /* the tag of a value is at its start */
        shadow_set(machine->shadow, machine->place, 0);
    else if (shadow_get(machine->shadow, machine->place))
        return false;
    machine->place = 0;
    machine->place_type = 0;
    return true;
}

/* --- the loops
 * -------------------------------------------------------------------------------------------------------- */

#ifndef AWAITLAB_SWITCH
#define COMPUTED_GOTO 1
#else
#define COMPUTED_GOTO 0
#endif

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic" /* computed goto */
/* gcc takes a may_alias integer for a different type than the plain one and warns of converting between the two. */
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"

/* Frames that the CLR's helpers for casts leave in a trace. */
enum { ARRAY_CAST_HELPERS = 1, CAST_HELPERS = 2, UNBOX_HELPERS = 4 };

#define OBSERVED 0
#define SHADOW_COPY(to, from, bytes) ((void)0)
#define SHADOW_CLEAR(to, bytes) ((void)0)
#define EXEC_LOOP run_plain
#include "vm/exec_body.inc"
#undef OBSERVED
#undef SHADOW_COPY
#undef SHADOW_CLEAR
#undef EXEC_LOOP

#define OBSERVED 1
#define SHADOW_COPY(to, from, bytes) shadow_copy(shadow, (uint64_t)(to), (uint64_t)(from), bytes)
#define SHADOW_CLEAR(to, bytes) shadow_clear(shadow, (uint64_t)(to), bytes)
#define EXEC_LOOP run_observed
#include "vm/exec_body.inc"
#undef OBSERVED
#undef SHADOW_COPY
#undef SHADOW_CLEAR
#undef EXEC_LOOP

#pragma GCC diagnostic pop

ExecOutcome exec_run(Machine *machine)
{
    return machine->listening ? run_observed(machine) : run_plain(machine);
}
