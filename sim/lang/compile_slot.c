/* Slots of the frame: one purpose each, reused among values of the same purpose. */
#include "lang/compile_internal.h"

static bool same_purpose(const Temporary *slot, SlotKind kind, TypeId type)
{
    return slot->kind == (uint8_t)kind && (kind != SLOT_STRUCT || slot->type == type);
}

Slot slot_new(Compiler *c, SlotKind kind, TypeId type)
{
    for (uint32_t i = c->free_count; i-- > 0;) {
        if (!same_purpose(&c->free_slots[i], kind, type))
            continue;
        Slot found = c->free_slots[i].slot;
        c->free_slots[i] = c->free_slots[--c->free_count];
        return found;
    }
    uint32_t bytes = 8;
    bool cleared = kind == SLOT_REFERENCE || kind == SLOT_POINTER;
    if (kind == SLOT_STRUCT) {
        const RuntimeType *runtime = c->program->types[type];
        bytes = (runtime->value_size + 7) / 8 * 8;
        cleared = runtime->ref_count > 0 || runtime->byref_count > 0;
    }
    uint32_t *used = cleared ? &c->cleared_bytes : &c->plain_bytes;
    if (*used + bytes >= RANGE_BYTES) {
        give_up_large(c);
        *used = 0;
    }
    Temporary slot = {(Slot)((cleared ? RANGE_CLEARED : RANGE_PLAIN) + *used), (uint8_t)kind,
                      kind == SLOT_STRUCT ? type : 0};
    *used += bytes;
    ARENA_PUSH(c->arena, c->slots, c->slot_count, c->slot_capacity, slot);
    return slot.slot;
}

static SlotKind kind_for(Compiler *c, Shape shape, Type *type, TypeId *id)
{
    *id = 0;
    if (shape == SHAPE_REF)
        return SLOT_REFERENCE;
    if (shape == SHAPE_BYREF)
        return SLOT_POINTER;
    if (shape != SHAPE_STRUCT)
        return SLOT_PLAIN;
    *id = load_type(c->loader, type);
    return SLOT_STRUCT;
}

Slot slot_keep(Compiler *c, Shape shape, Type *type)
{
    TypeId id;
    SlotKind kind = kind_for(c, shape, type, &id);
    return slot_new(c, kind, id);
}

Slot slot_for(Compiler *c, Shape shape, Type *type)
{
    TypeId id;
    SlotKind kind = kind_for(c, shape, type, &id);
    Temporary live = {slot_new(c, kind, id), (uint8_t)kind, id};
    ARENA_PUSH(c->arena, c->live, c->live_count, c->live_capacity, live);
    return live.slot;
}

void slot_give_back(Compiler *c, Slot slot)
{
    for (uint32_t i = 0; i < c->slot_count; i++) {
        if (c->slots[i].slot == slot) {
            Temporary freed = c->slots[i];
            ARENA_PUSH(c->arena, c->free_slots, c->free_count, c->free_capacity, freed);
            return;
        }
    }
}

void slot_release(Compiler *c, Slot slot)
{
    for (uint32_t i = c->live_count; i-- > 0;) {
        if (c->live[i].slot != slot)
            continue;
        Temporary freed = c->live[i];
        for (uint32_t j = i + 1; j < c->live_count; j++)
            c->live[j - 1] = c->live[j];
        c->live_count--;
        ARENA_PUSH(c->arena, c->free_slots, c->free_count, c->free_capacity, freed);
        return;
    }
}

uint32_t statement_begin(Compiler *c)
{
    return c->live_count;
}

void statement_end(Compiler *c, uint32_t mark)
{
    while (c->live_count > mark) {
        Temporary freed = c->live[--c->live_count];
        ARENA_PUSH(c->arena, c->free_slots, c->free_count, c->free_capacity, freed);
    }
}

/* --- reference maps ------------------------------------------------------------------------------------------------
 */

typedef struct OffsetList {
    uint16_t *at;
    uint32_t count, capacity;
} OffsetList;

static void add(Compiler *c, OffsetList *list, uint32_t offset)
{
    ARENA_PUSH(c->arena, list->at, list->count, list->capacity, (uint16_t)offset);
}

static void add_struct(Compiler *c, const RuntimeType *type, uint32_t at, OffsetList *refs, OffsetList *pointers)
{
    for (uint32_t i = 0; i < type->ref_count; i++)
        add(c, refs, at + type->ref_offsets[i]);
    for (uint32_t i = 0; i < type->byref_count; i++)
        add(c, pointers, at + type->byref_offsets[i]);
}

void finish_maps(Compiler *c, const uint32_t *bases)
{
    RuntimeMethod *method = c->method;
    OffsetList refs = {0}, pointers = {0};
    for (uint32_t i = 0; i < method->argument_ref_slot_count; i++)
        add(c, &refs, method->argument_ref_slots[i]);
    for (uint32_t i = 0; i < method->argument_byref_slot_count; i++)
        add(c, &pointers, method->argument_byref_slots[i]);
    for (uint32_t i = 0; i < c->slot_count; i++) {
        const Temporary *slot = &c->slots[i];
        uint32_t at = bases[slot->slot / RANGE_BYTES] + slot->slot % RANGE_BYTES;
        if (slot->kind == SLOT_REFERENCE)
            add(c, &refs, at);
        else if (slot->kind == SLOT_POINTER)
            add(c, &pointers, at);
        else if (slot->kind == SLOT_STRUCT)
            add_struct(c, c->program->types[slot->type], at, &refs, &pointers);
    }
    method->ref_slots = refs.at;
    method->ref_slot_count = refs.count;
    method->byref_slots = pointers.at;
    method->byref_slot_count = pointers.count;
}
