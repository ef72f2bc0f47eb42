#define XXH_INLINE_ALL
#define XXH_NO_INLINE_HINTS 1 /* forced inlining fails without optimisation */
#define XXH_NO_STDLIB
#include <xxhash.h>

#include "vm/snapshot.h"

#include <stddef.h>

#include "vm/heap.h"
#include "vm/roots.h"
#include "vm/thread.h"

/* Objects get numbers 1, 2, ... as they are reached. `order` lists them, `slots` is an open hash from Ref to number. */
typedef struct Tracer {
    Machine *machine;
    XXH3_state_t hash;
    Ref *order;
    uint64_t count, capacity;
    uint64_t *slots; /* Ref, number, Ref, number ...; half full at most */
    uint64_t slot_count;
    uint8_t *scratch; /* a copy of something whose references are being replaced */
    uint64_t scratch_size;
    bool failed;
} Tracer;

static void add(Tracer *t, const void *bytes, uint64_t size)
{
    XXH3_128bits_update(&t->hash, bytes, (size_t)size);
}

static void add_number(Tracer *t, uint64_t n)
{
    add(t, &n, sizeof n);
}

/* ---- numbering --------------------------------------------------------------------------------------------------- */

static void *resize(Tracer *t, void *pointer, uint64_t old_size, uint64_t new_size)
{
    const Memory *memory = t->machine->memory;
    void *result = memory->resize(memory->context, pointer, (size_t)old_size, (size_t)new_size);
    if (!result && new_size)
        t->failed = true;
    return result;
}

static uint64_t *slot_of(const Tracer *t, Ref ref)
{
    uint64_t at = (ref * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (t->slot_count - 1);
    while (t->slots[2 * at] && t->slots[2 * at] != ref)
        at = (at + 1) & (t->slot_count - 1);
    return &t->slots[2 * at];
}

static bool grow(Tracer *t)
{
    uint64_t capacity = t->capacity ? 2 * t->capacity : 256;
    uint64_t *slots = resize(t, NULL, 0, 4 * capacity * sizeof *slots);
    if (!slots)
        return false;
    Ref *order = resize(t, t->order, t->capacity * sizeof *order, capacity * sizeof *order);
    if (!order) {
        resize(t, slots, 4 * capacity * sizeof *slots, 0);
        return false;
    }
    t->order = order;
    resize(t, t->slots, 2 * t->slot_count * sizeof *slots, 0);
    t->slots = memset(slots, 0, 4 * capacity * sizeof *slots);
    t->slot_count = 2 * capacity;
    t->capacity = capacity;
    for (uint64_t i = 0; i < t->count; i++) {
        uint64_t *slot = slot_of(t, t->order[i]);
        slot[0] = t->order[i];
        slot[1] = i + 1;
    }
    return true;
}

static uint64_t number_of(Tracer *t, Ref ref)
{
    if (!ref || t->failed)
        return 0;
    uint64_t *slot = t->slot_count ? slot_of(t, ref) : NULL;
    if (slot && slot[0])
        return slot[1];
    if (t->count == t->capacity) {
        if (!grow(t))
            return 0;
        slot = slot_of(t, ref);
    }
    t->order[t->count++] = ref;
    slot[0] = ref;
    return slot[1] = t->count;
}

/* 0 when it has not been reached. */
static uint64_t known_number(const Tracer *t, Ref ref)
{
    return ref && t->slot_count ? slot_of(t, ref)[1] : 0;
}

/* ---- bytes with references in them ------------------------------------------------------------------------------- */

/* A managed pointer by what it points into: an object, a stack, the statics. */
static uint64_t pointer_number(Tracer *t, uint64_t pointer)
{
    const MachineState *state = t->machine->state;
    Ref object = heap_object_around(t->machine, pointer);
    if (object)
        return number_of(t, object) << 32 | (pointer - object + OBJECT_HEADER_BYTES);
    /* Stacks and statics lie where they lie, in every run. */
    return pointer ? pointer - state->areas[AREA_STATICS].offset + (UINT64_C(1) << 63) : 0;
}

static uint8_t *scratch_copy(Tracer *t, uint64_t at, uint64_t size)
{
    if (size > t->scratch_size) {
        uint8_t *larger = resize(t, t->scratch, t->scratch_size, size + 256);
        if (!larger)
            return NULL;
        t->scratch = larger;
        t->scratch_size = size + 256;
    }
    return memcpy(t->scratch, machine_at(t->machine, at), (size_t)size);
}

/* A value at `at` with its references replaced by numbers. `hidden`: offset of 8 bytes that do not count, or
 * UINT32_MAX. */
static void add_value(Tracer *t, uint64_t at, uint64_t size, const uint32_t *offsets, uint32_t count, uint32_t hidden)
{
    uint8_t *copy = size ? scratch_copy(t, at, size) : NULL;
    if (!copy)
        return;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t number = number_of(t, machine_read8(t->machine, at + offsets[i]));
        memcpy(copy + offsets[i], &number, 8);
    }
    if (hidden <= size - 8 && size >= 8)
        memset(copy + hidden, 0, 8);
    add(t, copy, size);
}

static void add_slots(Tracer *t, uint8_t *copy, uint64_t size, uint64_t frame, const uint16_t *slots, uint32_t count,
                      uint64_t (*number)(Tracer *, uint64_t))
{
    for (uint32_t i = 0; i < count; i++) {
        if (slots[i] + UINT64_C(8) > size)
            continue;
        uint64_t n = number(t, machine_read8(t->machine, frame + slots[i]));
        memcpy(copy + slots[i], &n, 8);
    }
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static void add_array(Tracer *t, Ref ref, const RuntimeType *type)
{
    uint64_t length = (uint32_t)machine_length(t->machine, ref);
    uint64_t start = ref + ARRAY_ELEMENTS;
    add_number(t, length);
    for (uint32_t i = 0; type->rank > 1 && i < type->rank; i++)
        add_number(t, (uint32_t)machine_grid_length(t->machine, ref, i));
    if (!type->ref_count) {
        add(t, machine_at(t->machine, start), length * type->element_size);
        return;
    }
    for (uint64_t i = 0; i < length; i++)
        add_value(t, start + i * type->element_size, type->element_size, type->ref_offsets, type->ref_count,
                  UINT32_MAX);
}

/* The number of a weak handle depends on when others became free: see add_weak. */
static uint32_t handle_field(const Tracer *t, const RuntimeType *type)
{
    uint32_t field = type->ref_count ? 0 : heap_weak_field(t->machine, type);
    return field ? field - OBJECT_FIELDS : UINT32_MAX;
}

static void add_object(Tracer *t, Ref ref)
{
    const RuntimeType *type = machine_runtime_type_of(t->machine, ref);
    add_number(t, type->id);
    add_number(t, machine_read8(t->machine, ref - OBJECT_HEADER_BYTES) & ~HEADER_MARK);
    if (type->category == CATEGORY_STRING) {
        add_number(t, (uint32_t)machine_length(t->machine, ref));
        add(t, machine_units(t->machine, ref), 2 * (uint64_t)(uint32_t)machine_length(t->machine, ref));
    } else if (type->category == CATEGORY_ARRAY) {
        add_array(t, ref, type);
    } else {
        uint64_t size = type->instance_size - 2 * OBJECT_HEADER_BYTES;
        add_value(t, ref + OBJECT_FIELDS, size, type->ref_offsets, type->ref_count, handle_field(t, type));
    }
}

/* ---- roots ------------------------------------------------------------------------------------------------------- */

static void add_root(void *context, uint64_t at)
{
    Tracer *t = context;
    Ref ref = machine_read8(t->machine, at);
    if (!ref) /* it may be a static field of a type that was loaded only to look at something */
        return;
    add_number(t, at);
    add_number(t, number_of(t, ref));
}

static void add_pointer_root(void *context, uint64_t at)
{
    Tracer *t = context;
    add_number(t, pointer_number(t, machine_read8(t->machine, at)));
}

/* The bytes of a frame up to where its callee's begins; references in them as numbers. When the run is over nobody
 * reads them any more, and some were never written. */
static void add_frame(Tracer *t, const CallFrame *call, uint64_t end)
{
    const RuntimeMethod *method = program_method(t->machine->program, call->method);
    add_number(t, call->method);
    add_number(t, call->pc);
    uint64_t size = method->state == METHOD_COMPILED ? method->frame_bytes : method->argument_bytes;
    if (end && end - call->frame < size)
        size = end - call->frame;
    uint8_t *copy = size && !machine_is_over(t->machine) ? scratch_copy(t, call->frame, size) : NULL;
    if (!copy)
        return;
    if (method->state == METHOD_COMPILED) {
        add_slots(t, copy, size, call->frame, method->ref_slots, method->ref_slot_count, number_of);
        add_slots(t, copy, size, call->frame, method->byref_slots, method->byref_slot_count, pointer_number);
    }
    add(t, copy, size);
}

static void add_thread(Tracer *t, const LogicalThread *thread)
{
    uint64_t facts[] = {thread->status,
                        thread->number,
                        thread->is_background,
                        thread->is_timed,
                        (uint64_t)thread->deadline,
                        thread->call_count,
                        thread->handling_count,
                        thread->native_method,
                        thread->outer_calls,
                        thread->outer_handlings};
    add(t, facts, sizeof facts);
    const CallFrame *calls = machine_at(t->machine, thread_first_call(thread));
    uint32_t call_count = thread->outer_calls + thread->call_count;
    for (uint32_t i = 0; i < call_count; i++)
        add_frame(t, &calls[i], i + 1 < call_count ? calls[i + 1].frame : 0);
    const Handling *handlings = machine_at(t->machine, thread_first_handling(thread));
    for (uint32_t i = 0; i < thread->outer_handlings + thread->handling_count; i++)
        add(t, &handlings[i].kind, sizeof(Handling) - offsetof(Handling, kind));
}

/* Static fields: the references among them are roots already, so only the other bytes count here. */
static void add_statics(Tracer *t, uint64_t start, uint64_t size, bool of_thread)
{
    const Program *program = t->machine->program;
    uint8_t *copy = size ? scratch_copy(t, start, size) : NULL;
    if (!copy)
        return;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        uint32_t count = of_thread ? type->thread_static_ref_count : type->static_ref_count;
        const uint32_t *offsets = of_thread ? type->thread_static_ref_offsets : type->static_ref_offsets;
        uint32_t base = of_thread ? type->thread_statics_offset : type->statics_offset;
        for (uint32_t k = 0; k < count; k++)
            memset(copy + base + offsets[k], 0, 8);
    }
    while (size && !copy[size - 1])
        size--;
    add(t, copy, size);
}

static void add_roots(Tracer *t)
{
    const MachineState *state = t->machine->state;
    RootVisitor visitor = {.context = t, .ref = add_root, .byref = add_pointer_root};
    roots_visit(t->machine, &visitor);
    add_statics(t, state->areas[AREA_STATICS].offset, machine_table_bytes(t->machine, AREA_STATICS), false);
    const uint8_t *inits = machine_area(t->machine, AREA_INITS);
    uint64_t count = machine_table_bytes(t->machine, AREA_INITS);
    while (count && !inits[count - 1])
        count--;
    add(t, inits, count);
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status == THREAD_FREE)
            continue;
        add_thread(t, &state->threads[i]);
        add_statics(t, state->threads[i].statics, t->machine->program->thread_statics_bytes, true);
    }
}

static void add_scheduler(Tracer *t)
{
    const MachineState *state = t->machine->state;
    add_number(t, state->current);
    add_number(t, state->ready_count);
    add(t, state->ready, state->ready_count);
    add_number(t, state->parked_count);
    add(t, state->parked, state->parked_count);
    add_number(t, (uint64_t)state->clock);
    add(t, state->random, sizeof state->random);
    add_number(t, state->result.status);
    add_number(t, state->nested_count);
    add_number(t, (uint32_t)state->result.exit_code);
    add_number(t, (uint32_t)state->exit_code);
}

/* Weak targets count only where something else reaches them: otherwise they are as good as collected. */
static void add_weak(Tracer *t)
{
    for (uint64_t i = 0; t->machine->state->weak_count > 1 && i < t->count; i++) {
        const RuntimeType *type = machine_runtime_type_of(t->machine, t->order[i]);
        uint32_t field = type->ref_count ? 0 : heap_weak_field(t->machine, type);
        if (!field)
            continue;
        uint64_t handle = machine_read8(t->machine, t->order[i] + field);
        add_number(t, known_number(t, heap_weak_get(t->machine, (uint32_t)handle)));
    }
}

static void add_counters(Tracer *t)
{
    const MachineState *state = t->machine->state;
    uint64_t facts[] = {state->instructions, state->steps, (uint64_t)state->spent,
                        (uint64_t)thread_total_allocated(t->machine)};
    add(t, facts, sizeof facts);
    for (uint8_t i = 0; i < state->thread_count; i++)
        add_number(t, (uint64_t)thread_allocated(t->machine, i));
    const TypeStats *stats = t->machine->stats;
    for (uint64_t i = 0; i < machine_table_bytes(t->machine, AREA_STATS) / sizeof *stats; i++) {
        if (!stats[i].count)
            continue;
        add_number(t, i);
        add(t, &stats[i], sizeof stats[i]);
    }
}

bool machine_fingerprint(Machine *machine, FingerprintKind kind, Fingerprint *fingerprint)
{
    Tracer t = {.machine = machine};
    heap_settle(machine);
    XXH3_128bits_reset(&t.hash);
    add_scheduler(&t);
    add_roots(&t);
    for (uint64_t i = 0; i < t.count && !t.failed; i++)
        add_object(&t, t.order[i]);
    add_weak(&t);
    if (kind == FINGERPRINT_EXACT)
        add_counters(&t);
    XXH128_hash_t digest = XXH3_128bits_digest(&t.hash);
    *fingerprint = (Fingerprint){digest.low64, digest.high64};
    resize(&t, t.slots, 2 * t.slot_count * sizeof *t.slots, 0);
    resize(&t, t.order, t.capacity * sizeof *t.order, 0);
    resize(&t, t.scratch, t.scratch_size, 0);
    return !t.failed;
}
