#define XXH_INLINE_ALL
#define XXH_NO_INLINE_HINTS 1 /* forced inlining fails without optimisation */
#define XXH_NO_STDLIB
#include <xxhash.h>

#include "vm/snapshot.h"

#include "vm/heap.h"
#include "vm/thread.h"

typedef Piece Range;

struct Snapshot {
    const Memory *memory;
    size_t bytes; /* of this allocation */
    uint64_t block_bytes;
    uint64_t used_end; /* the heap has not been touched from here on */
    uint32_t range_count;
    Range ranges[]; /* followed by their bytes, one after the other */
};

/* ---- what is in use ---------------------------------------------------------------------------------------------- */

typedef PieceVisitor RangeVisitor;

static void visit_area(const Machine *machine, RangeVisitor *visit, void *context, AreaKind area, uint64_t size)
{
    if (size)
        visit(context, (Range){machine->state->areas[area].offset, size, false});
}

static void visit_tables(const Machine *machine, RangeVisitor *visit, void *context)
{
    const MachineState *state = machine->state;
    for (int i = AREA_STATICS; i <= AREA_STATS; i++)
        visit(context, (Range){state->areas[i].offset, machine_table_bytes(machine, (AreaKind)i), true});
}

static void visit_thread(const Machine *machine, RangeVisitor *visit, void *context, const LogicalThread *thread)
{
    visit(context, (Range){thread->statics, machine->program->thread_statics_bytes, true});
    visit(context, (Range){thread->data_start, thread_data_end(machine, thread) - thread->data_start, false});
    uint32_t calls = thread->outer_calls + thread->call_count;
    uint32_t handlings = thread->outer_handlings + thread->handling_count;
    visit(context, (Range){thread_first_call(thread), calls * sizeof(CallFrame), false});
    visit(context, (Range){thread_first_handling(thread), handlings * sizeof(Handling), false});
}

static void visit_heap(const Machine *machine, RangeVisitor *visit, void *context)
{
    const Region *regions = heap_regions(machine);
    for (uint32_t i = 0; i < machine->state->regions_used; i++) {
        if (regions[i].kind != REGION_SMALL && regions[i].kind != REGION_LARGE)
            continue;
        uint64_t start = region_start(machine, i);
        visit(context, (Range){start, regions[i].used, false});
        if (regions[i].generation == 0)
            continue;
        uint64_t cards = machine->state->areas[AREA_CARDS].offset;
        uint64_t covered = (regions[i].used + (1u << CARD_SHIFT) - 1) >> CARD_SHIFT;
        visit(context, (Range){cards + (start >> CARD_SHIFT), covered, false});
    }
}

/* Every piece in use, always in the same order; pieces of size 0 included. */
static void visit_ranges(Machine *machine, RangeVisitor *visit, void *context)
{
    const MachineState *state = machine->state;
    heap_settle(machine);
    visit(context, (Range){0, sizeof *state, false});
    visit_area(machine, visit, context, AREA_REGIONS, state->regions_used * sizeof(Region));
    visit_tables(machine, visit, context);
    visit_area(machine, visit, context, AREA_WEAK, state->weak_count * sizeof(WeakHandle));
    visit_area(machine, visit, context, AREA_FINALIZABLE, state->finalizable_count * sizeof(FinalizerEntry));
    visit_area(machine, visit, context, AREA_FROZEN, state->frozen_used);
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status != THREAD_FREE)
            visit_thread(machine, visit, context, &state->threads[i]);
    }
    visit_heap(machine, visit, context);
}

void snapshot_visit(Machine *machine, PieceVisitor *visit, void *context)
{
    machine_flush(machine);
    visit_ranges(machine, visit, context);
}

/* ---- taking ------------------------------------------------------------------------------------------------------ */

typedef struct Measure {
    uint32_t count;
    uint64_t bytes;
} Measure;

static void measure(void *context, Range range)
{
    Measure *sum = context;
    sum->count++;
    sum->bytes += range.size;
}

typedef struct Copy {
    const Machine *machine;
    Snapshot *snapshot;
    uint8_t *to;
} Copy;

static void copy_range(void *context, Range range)
{
    Copy *copy = context;
    copy->snapshot->ranges[copy->snapshot->range_count++] = range;
    memcpy(copy->to, machine_at(copy->machine, range.at), (size_t)range.size);
    copy->to += range.size;
}

static uint8_t *first_byte(Snapshot *snapshot)
{
    return (uint8_t *)&snapshot->ranges[snapshot->range_count];
}
static const uint8_t *first_byte_of(const Snapshot *snapshot)
{
    return (const uint8_t *)&snapshot->ranges[snapshot->range_count];
}

uint64_t snapshot_used_end(const Machine *machine)
{
    const MachineState *state = machine->state;
    uint64_t end = heap_start(machine) + (uint64_t)state->regions_used * REGION_BYTES;
    return end < machine->virgin ? end : machine->virgin;
}

Snapshot *snapshot_take(Machine *machine)
{
    machine_flush(machine);
    Measure sum = {0, 0};
    visit_ranges(machine, measure, &sum);
    const Memory *memory = machine->memory;
    size_t bytes = sizeof(Snapshot) + sum.count * sizeof(Range) + (size_t)sum.bytes;
    Snapshot *snapshot = memory->resize(memory->context, NULL, 0, bytes);
    if (!snapshot)
        return NULL;
    *snapshot = (Snapshot){.memory = memory,
                           .bytes = bytes,
                           .block_bytes = machine->state->block_bytes,
                           .used_end = snapshot_used_end(machine),
                           .range_count = sum.count};
    Copy copy = {machine, snapshot, first_byte(snapshot)};
    snapshot->range_count = 0;
    visit_ranges(machine, copy_range, &copy);
    return snapshot;
}

void snapshot_free(Snapshot *snapshot)
{
    if (snapshot)
        snapshot->memory->resize(snapshot->memory->context, snapshot, snapshot->bytes, 0);
}

size_t snapshot_bytes(const Snapshot *snapshot)
{
    return snapshot->bytes;
}

/* ---- restoring --------------------------------------------------------------------------------------------------- */

static void clear_range(void *context, Range range)
{
    memset(machine_at(context, range.at), 0, (size_t)range.size);
}

/* Table entries that did not exist then were zero. */
static void clear_tables(Machine *machine)
{
    visit_tables(machine, clear_range, machine);
    for (uint32_t i = 0; i < MAX_THREADS; i++) {
        const Area *area = &machine->state->areas[AREA_THREAD_STATICS];
        if (i < machine->state->thread_count)
            memset(machine_at(machine, area->offset + i * (area->capacity / MAX_THREADS)), 0,
                   machine->program->thread_statics_bytes);
    }
}

static void note_virgin(Machine *machine, uint64_t end)
{
    if (end > machine->virgin)
        machine->virgin = end;
}

void snapshot_begin_restore(Machine *machine)
{
    machine_flush(machine);
    clear_tables(machine);
}

void snapshot_end_restore(Machine *machine, uint64_t used_end)
{
    const MachineState *state = machine->state;
    machine->changes++;
    note_virgin(machine, used_end);
    if (state->alloc_limit > state->alloc_next)
        memset(machine_at(machine, state->alloc_next), 0, (size_t)(state->alloc_limit - state->alloc_next));
    note_virgin(machine, state->alloc_limit);
    if (!machine_is_over(machine))
        machine->trouble = NULL;
}

bool snapshot_restore(Machine *machine, const Snapshot *snapshot)
{
    machine->changes++;
    const uint8_t *from = first_byte_of(snapshot);
    const MachineState *state = machine->state;
    if (snapshot->block_bytes != state->block_bytes ||
        memcmp(((const MachineState *)(const void *)from)->areas, state->areas, sizeof state->areas) != 0)
        return false;
    snapshot_begin_restore(machine);
    for (uint32_t i = 0; i < snapshot->range_count; i++) {
        const Range *range = &snapshot->ranges[i];
        memcpy(machine_at(machine, range->at), from, (size_t)range->size);
        from += range->size;
    }
    snapshot_end_restore(machine, snapshot->used_end);
    return true;
}

typedef struct Mirror {
    const Machine *from;
    Machine *to;
} Mirror;

static void mirror_range(void *context, Range range)
{
    const Mirror *mirror = context;
    memcpy(machine_at(mirror->to, range.at), machine_at(mirror->from, range.at), (size_t)range.size);
}

bool snapshot_mirror(Machine *machine, Machine *mirror)
{
    if (mirror->state->block_bytes != machine->state->block_bytes ||
        memcmp(mirror->state->areas, machine->state->areas, sizeof machine->state->areas) != 0)
        return false;
    Mirror work = {machine, mirror};
    visit_ranges(machine, mirror_range, &work);
    return true;
}

/* ---- comparing and hashing --------------------------------------------------------------------------------------- */

static bool is_zero(const uint8_t *bytes, uint64_t size)
{
    for (uint64_t i = 0; i < size; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

static bool range_equal(const Range *a, const uint8_t *bytes_a, const Range *b, const uint8_t *bytes_b)
{
    if (a->at != b->at || a->is_table != b->is_table)
        return false;
    uint64_t common = a->size < b->size ? a->size : b->size;
    if (memcmp(bytes_a, bytes_b, (size_t)common) != 0)
        return false;
    if (a->size == b->size)
        return true;
    const uint8_t *rest = a->size > b->size ? bytes_a + common : bytes_b + common;
    return a->is_table && is_zero(rest, a->size + b->size - 2 * common);
}

bool snapshot_equal(const Snapshot *a, const Snapshot *b)
{
    const uint8_t *bytes_a = first_byte_of(a);
    const uint8_t *bytes_b = first_byte_of(b);
    if (a->range_count != b->range_count)
        return false;
    for (uint32_t i = 0; i < a->range_count; i++) {
        if (!range_equal(&a->ranges[i], bytes_a, &b->ranges[i], bytes_b))
            return false;
        bytes_a += a->ranges[i].size;
        bytes_b += b->ranges[i].size;
    }
    return true;
}

typedef struct ByteHash {
    const Machine *machine;
    XXH3_state_t state;
} ByteHash;

static void hash_range(void *context, Range range)
{
    ByteHash *hash = context;
    const uint8_t *bytes = machine_at(hash->machine, range.at);
    uint64_t size = range.size;
    while (range.is_table && size && !bytes[size - 1])
        size--;
    XXH3_64bits_update(&hash->state, &range.at, sizeof range.at);
    XXH3_64bits_update(&hash->state, bytes, (size_t)size);
}

uint64_t machine_byte_hash(Machine *machine)
{
    ByteHash hash = {.machine = machine};
    XXH3_64bits_reset(&hash.state);
    visit_ranges(machine, hash_range, &hash);
    return XXH3_64bits_digest(&hash.state);
}
