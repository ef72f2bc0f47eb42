#include "vm/collect.h"

#include "vm/birth.h"
#include "vm/heap.h"
#include "vm/roots.h"

/* What stands in the method-table word of an object that has moved, with the new Ref in the rest. */
#define FORWARDED (UINT64_C(1) << 63)

typedef struct Collector {
    Machine *machine;
    Region *regions;
    uint32_t generation;               /* the oldest one being collected */
    uint32_t scan_region[GENERATIONS]; /* where survivors of that generation are scanned next; index + 1 */
    uint64_t scan_at[GENERATIONS];     /* offset in that region */
    bool is_exhausted;                 /* nowhere to put survivors: cannot happen while the heap limit is kept */
} Collector;

enum { DEAD_FINALIZERS_KEPT = 65536 };

static uint8_t generation_of(const Collector *c, Ref ref)
{
    return heap_contains(c->machine, ref) ? c->regions[region_index(c->machine, ref)].generation : 2;
}

/* ---- moving an object -------------------------------------------------------------------------------------------- */

static bool add_to_space(Collector *c, uint32_t generation)
{
    MachineState *state = c->machine->state;
    uint32_t region = heap_take_region(c->machine, (uint8_t)generation);
    if (!region) {
        c->is_exhausted = true;
        return false;
    }
    if (state->current_region[generation])
        c->regions[state->current_region[generation] - 1].next = region;
    if (!c->scan_region[generation]) {
        c->scan_region[generation] = region;
        c->scan_at[generation] = 0;
    }
    state->current_region[generation] = region;
    uint64_t end = region_start(c->machine, region - 1) + REGION_BYTES;
    if (end > c->machine->virgin)
        c->machine->virgin = end;
    return true;
}

static uint64_t reserve(Collector *c, uint32_t generation, uint64_t size)
{
    MachineState *state = c->machine->state;
    uint32_t current = state->current_region[generation];
    if (!current || c->regions[current - 1].used + size > REGION_BYTES) {
        if (!add_to_space(c, generation))
            return 0;
        current = state->current_region[generation];
    }
    Region *region = &c->regions[current - 1];
    uint64_t at = region->used;
    region_note_object(region, at);
    region->used += size;
    state->generation_bytes[generation] += size;
    return region_start(c->machine, current - 1) + at;
}

/* A weak reference that moves tells its handle: that is how handles know that they are still wanted. */
static void note_owner(const Collector *c, Ref moved)
{
    const RuntimeType *type = machine_runtime_type_of(c->machine, moved);
    uint32_t field = type->ref_count ? 0 : heap_weak_field(c->machine, type);
    uint64_t handle = field ? machine_read8(c->machine, moved + field) : 0;
    WeakHandle *handles = machine_area(c->machine, AREA_WEAK);
    if (handle && handle < c->machine->state->weak_count && handles[handle].in_use)
        handles[handle].owner = moved;
}

static Ref move(Collector *c, Ref ref, uint8_t from)
{
    Machine *machine = c->machine;
    uint64_t size = heap_object_size(machine, ref);
    uint64_t at = reserve(c, from < 2 ? from + 1u : 2, size);
    if (!at)
        return ref;
    memcpy(machine->block + at, machine->block + ref - OBJECT_HEADER_BYTES, size);
    Ref moved = at + OBJECT_HEADER_BYTES;
    if (machine->listening)
        shadow_move(machine->shadow, at, ref - OBJECT_HEADER_BYTES, size);
    uint64_t word = moved | FORWARDED;
    memcpy(machine->block + ref, &word, 8);
    if (machine->state->weak_count > 1 && size == OBJECT_MINIMUM)
        note_owner(c, moved);
    births_moved(machine, ref, moved);
    if (machine->moved)
        machine->moved(machine->moved_context, ref, moved);
    return moved;
}

static void mark_large(const Collector *c, Ref ref)
{
    uint8_t *header = c->machine->block + ref - OBJECT_HEADER_BYTES;
    uint64_t word;
    memcpy(&word, header, 8);
    word |= HEADER_MARK;
    memcpy(header, &word, 8);
}

/* Where the object is from now on; it lives. */
static Ref forward(Collector *c, Ref ref)
{
    if (!heap_contains(c->machine, ref))
        return ref;
    const Region *region = &c->regions[region_index(c->machine, ref)];
    if (region->kind == REGION_LARGE && c->generation == 2)
        mark_large(c, ref);
    if (!region->is_from)
        return ref;
    uint64_t word = machine_read8(c->machine, ref);
    return word & FORWARDED ? word & ~FORWARDED : move(c, ref, region->generation);
}

/* Whether an object (that has not been forwarded by the caller) is known to live. */
static bool lives(const Collector *c, Ref ref)
{
    if (!heap_contains(c->machine, ref))
        return true;
    const Region *region = &c->regions[region_index(c->machine, ref)];
    if (region->kind == REGION_LARGE && c->generation == 2)
        return (machine_read8(c->machine, ref - OBJECT_HEADER_BYTES) & HEADER_MARK) != 0;
    return !region->is_from || (machine_read8(c->machine, ref) & FORWARDED);
}

/* ---- roots ------------------------------------------------------------------------------------------------------- */

static void forward_slot(void *context, uint64_t at)
{
    Collector *c = context;
    Ref ref = machine_read8(c->machine, at);
    if (!ref)
        return;
    ref = forward(c, ref);
    memcpy(c->machine->block + at, &ref, 8);
}

/* The size of an object in from-space, whether it has moved or not. */
static uint64_t size_in_place(const Collector *c, Ref ref)
{
    uint64_t word = machine_read8(c->machine, ref);
    return heap_object_size(c->machine, word & FORWARDED ? word & ~FORWARDED : ref);
}

static Ref object_around(const Collector *c, uint32_t index, uint64_t offset)
{
    const Region *region = &c->regions[index];
    uint64_t start = region_start(c->machine, index);
    uint32_t brick = (uint32_t)(offset / BRICK_BYTES);
    while (brick && (region->bricks[brick] == NO_BRICK || region->bricks[brick] * UINT64_C(8) > offset))
        brick--;
    uint64_t object = region->bricks[brick] * UINT64_C(8);
    for (;;) {
        uint64_t size = size_in_place(c, start + object + OBJECT_HEADER_BYTES);
        if (offset < object + size)
            return start + object + OBJECT_HEADER_BYTES;
        object += size;
    }
}

static void forward_interior(void *context, uint64_t at)
{
    Collector *c = context;
    uint64_t pointer = machine_read8(c->machine, at);
    if (!pointer || !heap_contains(c->machine, pointer))
        return;
    uint32_t index = region_index(c->machine, pointer);
    const Region *region = &c->regions[index];
    if (region->kind == REGION_LARGE || region->kind == REGION_LARGE_REST) {
        uint32_t first = index - (region->kind == REGION_LARGE_REST ? (uint32_t)region->used : 0);
        forward(c, region_start(c->machine, first) + OBJECT_HEADER_BYTES);
        return;
    }
    uint64_t offset = pointer - region_start(c->machine, index);
    if (!region->is_from || offset >= region->used)
        return;
    Ref object = object_around(c, index, offset);
    pointer += forward(c, object) - object;
    memcpy(c->machine->block + at, &pointer, 8);
}

/* ---- following references ---------------------------------------------------------------------------------------- */

/* Forwards one slot inside an object of `generation`; true when it still refers to something younger. */
static bool scan_slot(Collector *c, uint64_t at, uint8_t generation)
{
    Ref ref = machine_read8(c->machine, at);
    if (!ref)
        return false;
    Ref moved = forward(c, ref);
    if (moved != ref)
        memcpy(c->machine->block + at, &moved, 8);
    if (generation_of(c, moved) >= generation)
        return false;
    machine_mark_card(c->machine, at);
    return true;
}

static void scan_elements(Collector *c, Ref ref, const RuntimeType *type, uint64_t from, uint64_t to,
                          uint8_t generation)
{
    uint64_t start = ref + ARRAY_ELEMENTS;
    uint64_t length = (uint32_t)machine_length(c->machine, ref);
    uint64_t size = type->element_size;
    if (!length || !size || !type->ref_count)
        return;
    uint64_t first = from > start ? (from - start) / size : 0;
    uint64_t end = to > start ? (to - start + size - 1) / size : 0;
    for (uint64_t i = first; i < length && i < end; i++) {
        for (uint32_t k = 0; k < type->ref_count; k++) {
            uint64_t at = start + i * size + type->ref_offsets[k];
            if (at >= from && at < to)
                scan_slot(c, at, generation);
        }
    }
}

/* Follows the references of an object whose slots lie in [from, to). */
static void scan_object(Collector *c, Ref ref, uint64_t from, uint64_t to, uint8_t generation)
{
    const RuntimeType *type = machine_runtime_type_of(c->machine, ref);
    if (type->category == CATEGORY_STRING)
        return;
    if (type->category == CATEGORY_ARRAY) {
        scan_elements(c, ref, type, from, to, generation);
        return;
    }
    for (uint32_t i = 0; i < type->ref_count; i++) {
        uint64_t at = ref + OBJECT_FIELDS + type->ref_offsets[i];
        if (at >= from && at < to)
            scan_slot(c, at, generation);
    }
}

static bool scan_survivors(Collector *c, uint32_t generation)
{
    bool worked = false;
    while (c->scan_region[generation]) {
        uint32_t index = c->scan_region[generation] - 1;
        uint64_t start = region_start(c->machine, index);
        while (c->scan_at[generation] < c->regions[index].used) {
            Ref ref = start + c->scan_at[generation] + OBJECT_HEADER_BYTES;
            c->scan_at[generation] += heap_object_size(c->machine, ref);
            scan_object(c, ref, 0, UINT64_MAX, (uint8_t)generation);
            worked = true;
        }
        if (!c->regions[index].next)
            break;
        c->scan_region[generation] = c->regions[index].next;
        c->scan_at[generation] = 0;
    }
    return worked;
}

static bool scan_large(Collector *c)
{
    bool worked = false;
    for (uint32_t i = 0; c->generation == 2 && i < c->machine->state->regions_used; i++) {
        Region *region = &c->regions[i];
        Ref ref = region_start(c->machine, i) + OBJECT_HEADER_BYTES;
        if (region->kind != REGION_LARGE || region->is_scanned || !lives(c, ref))
            continue;
        region->is_scanned = 1;
        scan_object(c, ref, 0, UINT64_MAX, 2);
        worked = true;
    }
    return worked;
}

static void follow_all(Collector *c)
{
    bool worked = true;
    while (worked) {
        worked = scan_survivors(c, 1);
        worked |= scan_survivors(c, 2);
        worked |= scan_large(c);
    }
}

/* ---- old objects that were written to ---------------------------------------------------------------------------- */

static bool is_dirty(const uint8_t *cards, uint64_t from, uint64_t to)
{
    for (uint64_t card = from >> CARD_SHIFT; card <= (to - 1) >> CARD_SHIFT; card++) {
        if (cards[card])
            return true;
    }
    return false;
}

/* Follows the references on one dirty card; the card stays dirty only if something younger is still referred to. */
static void scan_card(Collector *c, Ref *object, uint64_t card_start, uint64_t end, uint8_t generation)
{
    uint64_t card_end = card_start + (1u << CARD_SHIFT);
    c->machine->cards[card_start >> CARD_SHIFT] = 0;
    for (;;) {
        uint64_t size = heap_object_size(c->machine, *object);
        uint64_t object_end = *object - OBJECT_HEADER_BYTES + size;
        if (object_end > card_start)
            scan_object(c, *object, card_start, card_end, generation);
        if (object_end >= end || object_end > card_end)
            return;
        *object = object_end + OBJECT_HEADER_BYTES;
        if (object_end == card_end)
            return;
    }
}

static void scan_brick(Collector *c, uint32_t index, uint64_t from, uint64_t to, uint64_t end)
{
    const uint8_t *cards = c->machine->cards;
    uint64_t start = region_start(c->machine, index);
    if (!is_dirty(cards, start + from, start + to))
        return;
    Ref object = object_around(c, index, from);
    for (uint64_t at = from; at < to; at += 1u << CARD_SHIFT) {
        if (cards[(start + at) >> CARD_SHIFT])
            scan_card(c, &object, start + at, start + end, c->regions[index].generation);
    }
}

static void scan_large_cards(Collector *c, uint32_t index, uint64_t size)
{
    uint8_t *cards = c->machine->cards;
    uint64_t start = region_start(c->machine, index);
    for (uint64_t at = 0; at < size; at += 1u << CARD_SHIFT) {
        uint64_t card = (start + at) >> CARD_SHIFT;
        if (!cards[card])
            continue;
        cards[card] = 0;
        scan_object(c, start + OBJECT_HEADER_BYTES, start + at, start + at + (1u << CARD_SHIFT), 2);
    }
}

static void scan_old(Collector *c)
{
    uint32_t count = c->machine->state->regions_used;
    for (uint32_t i = 0; i < count; i++) {
        const Region *region = &c->regions[i];
        bool is_small = region->kind == REGION_SMALL;
        if (region->is_from || region->generation <= c->generation || (!is_small && region->kind != REGION_LARGE))
            continue;
        /* Survivors that arrive meanwhile in the same region are followed anyway. */
        uint64_t used = region->used;
        if (!is_small)
            scan_large_cards(c, i, used);
        for (uint64_t at = 0; is_small && at < used; at += BRICK_BYTES)
            scan_brick(c, i, at, at + BRICK_BYTES < used ? at + BRICK_BYTES : used, used);
    }
}

/* ---- finalizers and weak handles --------------------------------------------------------------------------------- */

/* Weak handles let go of dead targets. After follow_all, before finalizable objects are brought back. */
static void clear_weak(const Collector *c)
{
    WeakHandle *handles = machine_area(c->machine, AREA_WEAK);
    for (uint32_t i = 1; i < c->machine->state->weak_count; i++) {
        if (handles[i].in_use && handles[i].target && !lives(c, handles[i].target))
            handles[i].target = 0;
    }
}

/* The variables of a loaded program while it runs: `visit` for each reference in them that is not null. */
static void visit_weak_statics(const Collector *c, void (*visit)(const Collector *c, Ref *ref))
{
    const Program *program = c->machine->program;
    for (uint32_t i = 1; c->machine->state->main_is_program && i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        for (uint32_t k = 0; type->has_weak_statics && k < type->static_ref_count; k++) {
            Ref *ref =
                (Ref *)(void *)(machine_statics(c->machine) + type->statics_offset + type->static_ref_offsets[k]);
            if (*ref)
                visit(c, ref);
        }
    }
}

static void clear_if_dead(const Collector *c, Ref *ref)
{
    if (!lives(c, *ref))
        *ref = 0;
}

static void move_static(const Collector *c, Ref *ref)
{
    *ref = forward((Collector *)(uintptr_t)c, *ref);
}

static bool is_wanted(const Collector *c, WeakHandle *handle)
{
    if (handle->owner)
        return lives(c, handle->owner);
    return ++handle->missed < WEAK_MISSES;
}

static void move_weak(Collector *c)
{
    WeakHandle *handles = machine_area(c->machine, AREA_WEAK);
    for (uint32_t i = 1; i < c->machine->state->weak_count; i++) {
        WeakHandle *handle = &handles[i];
        if (!handle->in_use)
            continue;
        if (handle->target)
            handle->target = forward(c, handle->target);
        if (!is_wanted(c, handle))
            heap_weak_free(c->machine, i);
    }
}

/* Objects that wait for their finalizer live on: the table is a root for what was found dead in earlier collections. */
static void keep_dead(Collector *c)
{
    FinalizerEntry *entries = machine_area(c->machine, AREA_FINALIZABLE);
    for (uint32_t i = 0; i < c->machine->state->finalizable_count; i++) {
        if (entries[i].is_dead)
            entries[i].object = forward(c, entries[i].object);
    }
}

static uint32_t find_dead(Collector *c, CollectReason reason)
{
    FinalizerEntry *entries = machine_area(c->machine, AREA_FINALIZABLE);
    uint32_t dead = 0;
    for (uint32_t i = 0; i < c->machine->state->finalizable_count; i++) {
        FinalizerEntry *entry = &entries[i];
        entry->is_dead |= !lives(c, entry->object);
        entry->is_ready |= entry->is_dead && reason == COLLECT_EXPLICIT;
        dead += entry->is_dead;
    }
    for (uint32_t i = 0; i < c->machine->state->finalizable_count; i++)
        entries[i].object = forward(c, entries[i].object);
    return dead;
}

/* A program that never lets finalizers run must not fill the heap with what they wait for. */
static void forget_oldest_dead(Machine *machine, uint32_t dead)
{
    FinalizerEntry *entries = machine_area(machine, AREA_FINALIZABLE);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < machine->state->finalizable_count; i++) {
        if (entries[i].is_dead && dead > DEAD_FINALIZERS_KEPT)
            dead--;
        else
            entries[kept++] = entries[i];
    }
    machine->state->finalizable_count = kept;
}

/* ---- a collection ------------------------------------------------------------------------------------------------ */

static void begin(Collector *c)
{
    MachineState *state = c->machine->state;
    heap_close_chunk(c->machine);
    for (uint32_t i = 0; i < state->regions_used; i++) {
        Region *region = &c->regions[i];
        region->is_from = region->kind == REGION_SMALL && region->generation <= c->generation;
        region->is_scanned = 0;
        region->next = 0;
    }
    for (uint32_t generation = 0; generation <= c->generation; generation++) {
        state->current_region[generation] = 0;
        state->generation_bytes[generation] = generation == 2 ? state->large_bytes : 0;
    }
    for (uint32_t generation = 1; generation < GENERATIONS; generation++) {
        uint32_t current = state->current_region[generation];
        c->scan_region[generation] = current;
        c->scan_at[generation] = current ? c->regions[current - 1].used : 0;
    }
}

static void free_large(Collector *c, uint32_t first)
{
    MachineState *state = c->machine->state;
    uint64_t size = c->regions[first].used;
    state->large_bytes -= size;
    state->generation_bytes[2] -= size;
    uint32_t count = (uint32_t)((size + REGION_BYTES - 1) / REGION_BYTES);
    for (uint32_t i = 0; i < count; i++)
        heap_free_region(c->machine, first + i);
}

static void sweep_large(Collector *c, uint32_t index)
{
    Ref ref = region_start(c->machine, index) + OBJECT_HEADER_BYTES;
    uint64_t header = machine_read8(c->machine, ref - OBJECT_HEADER_BYTES);
    if (!(header & HEADER_MARK)) {
        free_large(c, index);
        return;
    }
    header &= ~HEADER_MARK;
    memcpy(c->machine->block + ref - OBJECT_HEADER_BYTES, &header, 8);
    c->regions[index].is_scanned = 0;
}

static void end(Collector *c)
{
    uint32_t count = c->machine->state->regions_used;
    for (uint32_t i = 0; i < count; i++) {
        if (c->regions[i].is_from)
            heap_free_region(c->machine, i);
        else if (c->regions[i].kind == REGION_LARGE && c->generation == 2)
            sweep_large(c, i);
        c->regions[i].next = 0;
    }
}

/* The older generations take part again when they have doubled. */
static void set_thresholds(Machine *machine, uint32_t generation)
{
    MachineState *state = machine->state;
    if (generation < 2)
        return;
    uint64_t least = 6 * state->gen0_budget;
    state->full_threshold = 2 * state->generation_bytes[2] > least ? 2 * state->generation_bytes[2] : least;
}

void collect(Machine *machine, uint32_t generation, CollectReason reason)
{
    uint32_t counted = generation;
    if (machine->collect_always || machine->move_always)
        generation = 2;
    Collector c = {.machine = machine, .regions = heap_regions(machine), .generation = generation};
    births_catch_up(machine);
    begin(&c);
    RootVisitor visitor = {.context = &c, .ref = forward_slot, .byref = forward_interior};
    roots_visit(machine, &visitor);
    scan_old(&c);
    keep_dead(&c);
    follow_all(&c);
    clear_weak(&c);
    visit_weak_statics(&c, clear_if_dead);
    uint32_t dead = find_dead(&c, reason);
    follow_all(&c);
    move_weak(&c);
    visit_weak_statics(&c, move_static);
    if (dead > DEAD_FINALIZERS_KEPT)
        forget_oldest_dead(machine, dead);
    end(&c);
    births_collected(machine);
    if (machine->moved)
        machine->moved(machine->moved_context, 0, 0);
    set_thresholds(machine, generation);
    /* Collections that only debugging asked for are not the program's. */
    for (uint32_t i = 0; i <= counted && (reason == COLLECT_EXPLICIT || !machine->collect_always); i++)
        machine->state->collections[i]++;
    if (c.is_exhausted)
        machine_fail(machine, RUN_NO_MEMORY, "the heap is full while collecting");
}

void collect_when_due(Machine *machine)
{
    const MachineState *state = machine->state;
    uint32_t generation = state->generation_bytes[2] > state->full_threshold   ? 2
                          : state->generation_bytes[1] > state->gen1_threshold ? 1
                                                                               : 0;
    collect(machine, generation, COLLECT_AUTOMATIC);
}
