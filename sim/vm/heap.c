#include "vm/heap.h"

#include "vm/birth.h"
#include "vm/collect.h"

static const uint64_t NO_ROOM = 0;

static uint64_t align8(uint64_t n)
{
    return (n + 7) & ~UINT64_C(7);
}

void heap_init(Machine *machine)
{
    MachineState *state = machine->state;
    state->region_count = (uint32_t)(state->areas[AREA_HEAP].capacity / REGION_BYTES);
    state->gen1_threshold = 2 * state->gen0_budget;
    state->full_threshold = 6 * state->gen0_budget;
    /* Offset 0 of the frozen area is as good as any other: the area itself does not start at 0. */
    state->frozen_used = 0;
    state->weak_count = 1;
    machine->virgin = heap_start(machine);
}

/* ---- regions ----------------------------------------------------------------------------------------------------- */

static void open_region(Machine *machine, uint32_t index, RegionKind kind, uint8_t generation)
{
    Region *region = &heap_regions(machine)[index];
    *region = (Region){.kind = (uint8_t)kind, .generation = generation};
    memset(region->bricks, 0xff, sizeof region->bricks);
    /* A region that becomes old starts with clean cards; those of the nursery mean nothing. */
    memset(machine->cards + (region_start(machine, index) >> CARD_SHIFT), 0, REGION_BYTES >> CARD_SHIFT);
    machine->state->regions_taken++;
    if (index >= machine->state->regions_used)
        machine->state->regions_used = index + 1;
}

uint32_t heap_take_region(Machine *machine, uint8_t generation)
{
    const Region *regions = heap_regions(machine);
    for (uint32_t i = 0; i < machine->state->region_count; i++) {
        if (i < machine->state->regions_used && regions[i].kind != REGION_FREE)
            continue;
        open_region(machine, i, REGION_SMALL, generation);
        return i + 1;
    }
    return 0;
}

void heap_free_region(Machine *machine, uint32_t index)
{
    MachineState *state = machine->state;
    Region *regions = heap_regions(machine);
    memset(&regions[index], 0, sizeof regions[index]);
    if (machine->listening)
        shadow_drop(machine->shadow, region_start(machine, index), region_start(machine, index + 1));
    state->regions_taken--;
    while (state->regions_used && regions[state->regions_used - 1].kind == REGION_FREE)
        state->regions_used--;
}

static uint32_t find_run(const Machine *machine, uint32_t count)
{
    const Region *regions = heap_regions(machine);
    const MachineState *state = machine->state;
    uint32_t run = 0;
    for (uint32_t i = 0; i < state->region_count; i++) {
        bool is_free = i >= state->regions_used || regions[i].kind == REGION_FREE;
        run = is_free ? run + 1 : 0;
        if (run == count)
            return i + 1 - count + 1;
    }
    return 0;
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/* Without rounding. .NET keeps the lengths and lower bounds of a grid before its elements, we behind them: the size is
 * the same, and the elements are where they are in any array. */
static uint64_t array_bytes(const RuntimeType *type, uint64_t length)
{
    uint64_t bounds = type->rank > 1 ? 8 * (uint64_t)type->rank : 0;
    return OBJECT_HEADER_BYTES + ARRAY_ELEMENTS + length * type->element_size + bounds;
}

static uint64_t object_size_of_type(const Machine *machine, const RuntimeType *type, Ref ref)
{
    uint64_t size = type->instance_size;
    if (type->category == CATEGORY_STRING)
        size = 22 + 2 * (uint64_t)(uint32_t)machine_length(machine, ref);
    else if (type->category == CATEGORY_ARRAY)
        size = array_bytes(type, (uint32_t)machine_length(machine, ref));
    size = align8(size);
    return size < OBJECT_MINIMUM ? OBJECT_MINIMUM : size;
}

uint64_t heap_object_size(const Machine *machine, Ref ref)
{
    return object_size_of_type(machine, machine_runtime_type_of(machine, ref), ref);
}

/* The nursery's row in the table lags behind the allocation pointer. */
static uint64_t bytes_used(const Machine *machine, uint32_t index)
{
    const MachineState *state = machine->state;
    if (state->current_region[0] == index + 1)
        return state->alloc_next - region_start(machine, index);
    return heap_regions(machine)[index].used;
}

Ref heap_object_around(const Machine *machine, uint64_t at)
{
    if (!heap_contains(machine, at))
        return 0;
    uint32_t index = region_index(machine, at);
    const Region *region = &heap_regions(machine)[index];
    if (region->kind == REGION_LARGE_REST) {
        index -= (uint32_t)region->used;
        region = &heap_regions(machine)[index];
    }
    uint64_t start = region_start(machine, index);
    if (region->kind == REGION_FREE || at - start >= bytes_used(machine, index))
        return 0;
    if (region->kind == REGION_LARGE)
        return start + OBJECT_HEADER_BYTES;
    uint64_t offset = at - start;
    uint32_t brick = (uint32_t)(offset / BRICK_BYTES);
    while (brick && (region->bricks[brick] == NO_BRICK || region->bricks[brick] * UINT64_C(8) > offset))
        brick--;
    uint64_t object = region->bricks[brick] * UINT64_C(8);
    for (;;) {
        uint64_t size = heap_object_size(machine, start + object + OBJECT_HEADER_BYTES);
        if (offset < object + size)
            return start + object + OBJECT_HEADER_BYTES;
        object += size;
    }
}

int32_t heap_generation(const Machine *machine, Ref ref)
{
    if (!heap_contains(machine, ref))
        return INT32_MAX;
    return heap_regions(machine)[region_index(machine, ref)].generation;
}

int64_t heap_total_bytes(const Machine *machine)
{
    const MachineState *state = machine->state;
    uint64_t bytes = state->generation_bytes[0] + state->generation_bytes[1] + state->generation_bytes[2];
    if (state->current_region[0])
        bytes += state->alloc_next - region_start(machine, state->current_region[0] - 1);
    return (int64_t)bytes;
}

/* ---- allocation -------------------------------------------------------------------------------------------------- */

void heap_settle(Machine *machine)
{
    MachineState *state = machine->state;
    if (state->current_region[0]) {
        uint32_t index = state->current_region[0] - 1;
        heap_regions(machine)[index].used = state->alloc_next - region_start(machine, index);
    }
}

void heap_close_chunk(Machine *machine)
{
    MachineState *state = machine->state;
    heap_settle(machine);
    if (state->current_region[0])
        state->generation_bytes[0] += heap_regions(machine)[state->current_region[0] - 1].used;
    state->current_region[0] = 0;
    state->alloc_next = state->alloc_limit = 0;
}

static uint64_t nursery_bytes(const Machine *machine)
{
    const MachineState *state = machine->state;
    uint64_t bytes = state->generation_bytes[0];
    if (state->current_region[0])
        bytes += state->alloc_next - region_start(machine, state->current_region[0] - 1);
    return bytes;
}

/* The limit counts whole regions: then there are always enough free ones to move everything that lives into. */
static bool is_within_limit(const Machine *machine, uint64_t more)
{
    const MachineState *state = machine->state;
    bool fits_here = more < LARGE_OBJECT_BYTES && state->current_region[0] &&
                     state->alloc_next + more <= region_start(machine, state->current_region[0]);
    uint64_t wanted = fits_here ? 0 : (more + REGION_BYTES - 1) / REGION_BYTES;
    return state->regions_taken + wanted <= state->heap_limit / REGION_BYTES;
}

/* Collects when that is due before `size` more bytes. False: even a full collection leaves no room. */
static bool make_room(Machine *machine, uint64_t size)
{
    MachineState *state = machine->state;
    if (machine->collect_always)
        collect(machine, 2, COLLECT_AUTOMATIC);
    else if (nursery_bytes(machine) + size > state->gen0_budget && size < LARGE_OBJECT_BYTES)
        collect_when_due(machine);
    else if (size >= LARGE_OBJECT_BYTES && state->generation_bytes[2] + size > state->full_threshold)
        collect(machine, 2, COLLECT_AUTOMATIC);
    if (is_within_limit(machine, size))
        return true;
    collect(machine, 2, COLLECT_AUTOMATIC);
    if (is_within_limit(machine, size))
        return true;
    state->result.heap_limit = true;
    return false;
}

/* Only memory that was used before has to be cleared. */
static void clear_chunk(Machine *machine, uint64_t start, uint64_t limit)
{
    if (start < machine->virgin)
        memset(machine->block + start, 0, (limit < machine->virgin ? limit : machine->virgin) - start);
    if (limit > machine->virgin)
        machine->virgin = limit;
}

/* Lets the chunk reach to the end of a brick beyond the next `size` bytes, all zeroed. */
static bool extend_chunk(Machine *machine, uint64_t size)
{
    MachineState *state = machine->state;
    uint32_t index = state->current_region[0] - 1;
    uint64_t start = region_start(machine, index);
    uint64_t at = state->alloc_next - start;
    if (at + size > REGION_BYTES)
        return false;
    Region *region = &heap_regions(machine)[index];
    uint64_t limit = (at + size + BRICK_BYTES - 1) & ~(uint64_t)(BRICK_BYTES - 1);
    region_note_object(region, at);
    if (at + size < limit)
        region_note_object(region, at + size);
    uint64_t from = state->alloc_limit > state->alloc_next ? state->alloc_limit : state->alloc_next;
    clear_chunk(machine, from, start + limit);
    state->alloc_limit = start + limit;
    return true;
}

static bool open_nursery_region(Machine *machine)
{
    MachineState *state = machine->state;
    heap_close_chunk(machine);
    uint32_t region = heap_take_region(machine, 0);
    if (!region)
        return false;
    state->current_region[0] = region;
    state->alloc_next = state->alloc_limit = region_start(machine, region - 1);
    return true;
}

static uint64_t allocate_small(Machine *machine, uint64_t size)
{
    MachineState *state = machine->state;
    if (!state->current_region[0] || !extend_chunk(machine, size)) {
        if (!open_nursery_region(machine) || !extend_chunk(machine, size))
            return NO_ROOM;
    }
    uint64_t at = state->alloc_next;
    state->alloc_next += size;
    if (machine->collect_always)
        state->alloc_limit = state->alloc_next; /* the next allocation comes here too; extend_chunk clears again */
    return at;
}

static uint64_t allocate_large(Machine *machine, uint64_t size)
{
    uint32_t count = (uint32_t)((size + REGION_BYTES - 1) / REGION_BYTES);
    uint32_t first = find_run(machine, count);
    if (!first)
        return NO_ROOM;
    first--;
    Region *regions = heap_regions(machine);
    for (uint32_t i = 0; i < count; i++) {
        open_region(machine, first + i, i ? REGION_LARGE_REST : REGION_LARGE, 2);
        regions[first + i].used = i ? i : size;
    }
    regions[first].bricks[0] = 0;
    uint64_t at = region_start(machine, first);
    clear_chunk(machine, at, at + size);
    machine->state->generation_bytes[2] += size;
    machine->state->large_bytes += size;
    return at;
}

static void count_allocation(Machine *machine, TypeId type, uint64_t size)
{
    if (machine->state->uncounted)
        return;
    machine->state->allocated += (int64_t)size;
    machine->stats[type].count++;
    machine->stats[type].bytes += size;
}

static Ref place_object(Machine *machine, uint64_t at, TypeId type)
{
    uint64_t method_table = type, header = machine->state->uncounted ? HEADER_UNCOUNTED : 0;
    memcpy(machine->block + at, &header, 8);
    memcpy(machine->block + at + OBJECT_HEADER_BYTES, &method_table, 8);
    return at + OBJECT_HEADER_BYTES;
}

Ref heap_allocate_slow(Machine *machine, TypeId type, uint64_t size)
{
    births_catch_up(machine);
    if (!make_room(machine, size))
        return 0;
    uint64_t at = size >= LARGE_OBJECT_BYTES ? allocate_large(machine, size) : allocate_small(machine, size);
    if (at == NO_ROOM) {
        machine->state->result.heap_limit = true;
        return 0;
    }
    count_allocation(machine, type, size);
    Ref ref = place_object(machine, at, type);
    births_note(machine, ref, size);
    return ref;
}

/* For sizes that are not known to be small, and when allocations may be uncounted. */
static Ref allocate_any(Machine *machine, TypeId type, uint64_t size)
{
    MachineState *state = machine->state;
    if (size >= LARGE_OBJECT_BYTES || size > state->alloc_limit - state->alloc_next)
        return heap_allocate_slow(machine, type, size);
    uint64_t at = state->alloc_next;
    state->alloc_next += size;
    count_allocation(machine, type, size);
    return place_object(machine, at, type);
}

Ref heap_allocate_frozen(Machine *machine, TypeId type, uint64_t size)
{
    MachineState *state = machine->state;
    const Area *area = &state->areas[AREA_FROZEN];
    if (size > area->capacity - state->frozen_used)
        return 0;
    uint64_t at = area->offset + state->frozen_used;
    state->frozen_used += size;
    memset(machine->block + at, 0, size);
    return place_object(machine, at, type);
}

Ref machine_new(Machine *machine, TypeId type)
{
    const RuntimeType *runtime_type = program_type(machine->program, type);
    Ref ref = allocate_any(machine, type, align8(runtime_type->instance_size));
    if (ref && runtime_type->has_finalizer)
        heap_register_finalizer(machine, ref);
    return ref;
}

static Ref set_length(Machine *machine, Ref ref, uint32_t length)
{
    if (ref)
        memcpy(machine->block + ref + ARRAY_LENGTH_OFFSET, &length, sizeof length);
    return ref;
}

Ref machine_new_array(Machine *machine, TypeId array_type, int64_t length, ArrayProblem *problem)
{
    ArrayProblem ignored;
    if (!problem)
        problem = &ignored;
    const RuntimeType *type = program_type(machine->program, array_type);
    /* Array.MaxLength is 0X7FFFFFC7. */
    *problem = length < 0 ? ARRAY_NEGATIVE : length > 0x7fffffc7 ? ARRAY_TOO_LONG : ARRAY_OK;
    if (*problem != ARRAY_OK)
        return 0;
    uint64_t size = align8(array_bytes(type, (uint64_t)length));
    Ref ref = size > machine->state->heap_limit ? 0 : allocate_any(machine, array_type, size);
    if (!ref) {
        machine->state->result.heap_limit = true;
        *problem = ARRAY_NO_MEMORY;
    }
    return set_length(machine, ref, (uint32_t)length);
}

static uint64_t bounds_of(const Machine *machine, Ref grid)
{
    return grid + ARRAY_ELEMENTS +
           (uint64_t)machine_runtime_type_of(machine, grid)->element_size * (uint32_t)machine_length(machine, grid);
}

int32_t machine_grid_length(const Machine *machine, Ref grid, uint32_t dimension)
{
    int32_t length;
    memcpy(&length, machine->block + bounds_of(machine, grid) + 4 * (uint64_t)dimension, sizeof length);
    return length;
}

Ref machine_new_grid(Machine *machine, TypeId array_type, const int32_t *lengths, ArrayProblem *problem)
{
    uint32_t rank = program_type(machine->program, array_type)->rank;
    int64_t total = 1;
    for (uint32_t i = 0; i < rank; i++) {
        if (lengths[i] < 0) {
            *problem = ARRAY_NEGATIVE;
            return 0;
        }
        total *= lengths[i];
        if (total > 0x7fffffc7) {
            *problem = ARRAY_TOO_LONG;
            return 0;
        }
    }
    Ref grid = machine_new_array(machine, array_type, total, problem);
    if (grid)
        memcpy(machine->block + bounds_of(machine, grid), lengths, rank * sizeof *lengths);
    return grid;
}

static uint64_t string_bytes(uint64_t count)
{
    uint64_t size = align8(22 + 2 * count);
    return size < OBJECT_MINIMUM ? OBJECT_MINIMUM : size;
}

Ref machine_new_string(Machine *machine, const uint16_t *units, uint32_t count)
{
    /* String.MaxLength is 0x3FFFFFDF; longer ones are OutOfMemoryException there too. */
    if (count > 0x3fffffdf)
        return 0;
    Ref ref = allocate_any(machine, machine->program->string_type, string_bytes(count));
    if (ref && units && count)
        memcpy(machine_units(machine, ref), units, 2 * (size_t)count);
    return set_length(machine, ref, count);
}

Ref machine_empty_string(Machine *machine)
{
    MachineState *state = machine->state;
    if (!state->empty_string)
        state->empty_string = heap_allocate_frozen(machine, machine->program->string_type, string_bytes(0));
    return state->empty_string;
}

Ref machine_make_literal(Machine *machine, uint32_t literal)
{
    if ((uint64_t)literal * sizeof(Ref) >= machine->state->areas[AREA_LITERALS].capacity)
        return 0;
    const StringLiteral *text = &machine->program->literals[literal];
    Ref ref = text->count ? 0 : machine_empty_string(machine);
    if (ref) {
        ((Ref *)machine_area(machine, AREA_LITERALS))[literal] = ref;
        return ref;
    }
    ref = heap_allocate_frozen(machine, machine->program->string_type, string_bytes(text->count));
    if (!ref)
        return 0;
    if (text->count)
        memcpy(machine_units(machine, ref), text->units, 2 * (size_t)text->count);
    ((Ref *)machine_area(machine, AREA_LITERALS))[literal] = ref;
    return set_length(machine, ref, text->count);
}

Ref machine_make_type_object(Machine *machine, TypeId type)
{
    Ref *table = machine_area(machine, AREA_TYPES);
    if (table[type])
        return table[type];
    TypeId type_type = machine->host->well_known(machine->host->context, WELL_KNOWN_TYPE);
    if (!type_type)
        return 0;
    uint64_t size = align8(program_type(machine->program, type_type)->instance_size);
    Ref ref = heap_allocate_frozen(machine, type_type, size);
    if (!ref)
        return 0;
    uint64_t handle = type;
    memcpy(machine->block + ref + machine_field(machine, type_type, "m_handle"), &handle, 8);
    table[type] = ref;
    return ref;
}

int32_t machine_identity_hash(Machine *machine, Ref ref)
{
    uint64_t header = machine_read8(machine, ref - OBJECT_HEADER_BYTES);
    if (!(header & HEADER_HASH)) {
        uint64_t hash = 0;
        while (!hash)
            hash = machine_random(machine) & HEADER_HASH;
        header |= hash;
        memcpy(machine->block + ref - OBJECT_HEADER_BYTES, &header, 8);
    }
    return (int32_t)(header & HEADER_HASH);
}

/* ---- finalizers -------------------------------------------------------------------------------------------------- */

static FinalizerEntry *finalizers(const Machine *machine)
{
    return machine_area(machine, AREA_FINALIZABLE);
}

static void remove_finalizer(Machine *machine, uint32_t index)
{
    FinalizerEntry *entries = finalizers(machine);
    uint32_t rest = --machine->state->finalizable_count - index;
    memmove(&entries[index], &entries[index + 1], rest * sizeof *entries);
}

void heap_register_finalizer(Machine *machine, Ref ref)
{
    MachineState *state = machine->state;
    /* A full table means that a finalizer never runs, which .NET does not promise either. */
    if ((state->finalizable_count + UINT64_C(1)) * sizeof(FinalizerEntry) > state->areas[AREA_FINALIZABLE].capacity)
        return;
    finalizers(machine)[state->finalizable_count++] = (FinalizerEntry){.object = ref};
}

void heap_suppress_finalizer(Machine *machine, Ref ref)
{
    const FinalizerEntry *entries = finalizers(machine);
    for (uint32_t i = machine->state->finalizable_count; i-- > 0;) {
        if (entries[i].object != ref)
            continue;
        remove_finalizer(machine, i);
        return;
    }
}

Ref heap_next_finalizable(Machine *machine)
{
    const FinalizerEntry *entries = finalizers(machine);
    for (uint32_t i = 0; i < machine->state->finalizable_count; i++) {
        if (!entries[i].is_ready)
            continue;
        Ref object = entries[i].object;
        remove_finalizer(machine, i);
        return object;
    }
    return 0;
}

/* ---- weak handles ------------------------------------------------------------------------------------------------ */

static WeakHandle *weak_handles(const Machine *machine)
{
    return machine_area(machine, AREA_WEAK);
}

uint32_t heap_weak_field(const Machine *machine, const RuntimeType *type)
{
    if (strncmp(type->name, "System.WeakReference", sizeof "System.WeakReference" - 1) != 0)
        return 0;
    return machine_field(machine, type->id, "_taggedHandle");
}

uint32_t heap_weak_new(Machine *machine, Ref target)
{
    MachineState *state = machine->state;
    WeakHandle *handles = weak_handles(machine);
    uint32_t handle = state->weak_free;
    if (handle)
        state->weak_free = handles[handle].next;
    else if ((state->weak_count + UINT64_C(1)) * sizeof(WeakHandle) <= state->areas[AREA_WEAK].capacity)
        handle = state->weak_count++;
    else
        return 0;
    handles[handle] = (WeakHandle){.target = target, .in_use = 1};
    return handle;
}

static bool is_weak_handle(const Machine *machine, uint32_t handle)
{
    return handle && handle < machine->state->weak_count && weak_handles(machine)[handle].in_use;
}

Ref heap_weak_get(const Machine *machine, uint32_t handle)
{
    return is_weak_handle(machine, handle) ? weak_handles(machine)[handle].target : 0;
}

void heap_weak_set(Machine *machine, uint32_t handle, Ref target)
{
    if (is_weak_handle(machine, handle))
        weak_handles(machine)[handle].target = target;
}

void heap_weak_free(Machine *machine, uint32_t handle)
{
    if (!is_weak_handle(machine, handle))
        return;
    weak_handles(machine)[handle] = (WeakHandle){.next = machine->state->weak_free};
    machine->state->weak_free = handle;
}
