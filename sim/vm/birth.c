#include "vm/birth.h"

#include "vm/heap.h"

/* While a collection runs, a row whose object has moved holds the new place with this bit. */
static const Ref MOVED = 1;

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void *resize(const Births *births, void *pointer, size_t old_size, size_t new_size)
{
    return births->memory->resize(births->memory->context, pointer, old_size, new_size);
}

Births *births_new(const Memory *memory)
{
    Births *births = memory->resize(memory->context, NULL, 0, sizeof *births);
    if (births)
        *births = (Births){.memory = memory};
    return births;
}

static void drop_index(Births *births)
{
    if (births->slots)
        resize(births, births->slots, births->slot_capacity * sizeof *births->slots, 0);
    births->slots = NULL;
    births->slot_capacity = births->indexed = 0;
}

void births_free(Births *births)
{
    if (!births)
        return;
    drop_index(births);
    if (births->at)
        resize(births, births->at, births->capacity * sizeof *births->at, 0);
    births->memory->resize(births->memory->context, births, sizeof *births, 0);
}

static bool reserve(Births *births, uint32_t count)
{
    if (count <= births->capacity)
        return true;
    uint32_t capacity = births->capacity ? births->capacity : 256;
    while (capacity < count)
        capacity *= 2;
    Birth *at = resize(births, births->at, births->capacity * sizeof *at, capacity * sizeof *at);
    if (!at)
        return false;
    births->at = at;
    births->capacity = capacity;
    return true;
}

static void forget_index(Births *births)
{
    if (births->slots)
        memset(births->slots, 0, births->slot_capacity * sizeof *births->slots);
    births->indexed = 0;
}

bool births_resize(Births *births, uint32_t count)
{
    if (!reserve(births, count))
        return false;
    births->count = count;
    forget_index(births);
    return true;
}

bool births_copy(Births *to, const Births *from)
{
    if (!reserve(to, from->count))
        return false;
    if (from->count)
        memcpy(to->at, from->at, from->count * sizeof *to->at);
    to->count = from->count;
    to->last_number = from->last_number;
    to->seen = from->seen;
    to->method = from->method;
    to->pc = from->pc;
    forget_index(to);
    return true;
}

/* ---- new objects ------------------------------------------------------------------------------------------------- */

static void find_user(const Machine *machine, MethodId *method, uint32_t *pc)
{
    *method = *pc = 0;
    if (machine->state->current == NO_THREAD)
        return;
    const LogicalThread *thread = machine_thread(machine);
    const CallFrame *calls = thread_calls(machine, thread);
    for (uint32_t i = thread->call_count; i-- > 0;) {
        if (program_method(machine->program, calls[i].method)->is_user) {
            *method = calls[i].method;
            *pc = calls[i].pc;
            return;
        }
    }
}

static void add(Machine *machine, Ref ref, MethodId method, uint32_t pc)
{
    Births *births = machine->births;
    if (!reserve(births, births->count + 1)) {
        machine_fail(machine, RUN_NO_MEMORY, NULL);
        return;
    }
    const MachineState *state = machine->state;
    births->at[births->count++] = (Birth){
        .ref = ref,
        .step = state->steps + 1,
        .number = ++births->last_number,
        .method = method,
        .pc = pc,
        .thread = state->current == NO_THREAD ? 0 : state->threads[state->current].number,
    };
}

static void walk(Machine *machine, MethodId method, uint32_t pc)
{
    Births *births = machine->births;
    uint64_t end = machine->state->alloc_next;
    for (uint64_t at = births->seen; at < end;) {
        Ref ref = at + OBJECT_HEADER_BYTES;
        add(machine, ref, method, pc);
        at += heap_object_size(machine, ref);
    }
    births->seen = end;
}

void births_begin(Machine *machine)
{
    machine->births->seen = machine->state->alloc_next;
}

void births_catch_up(Machine *machine)
{
    Births *births = machine->births;
    if (!births || births->seen == machine->state->alloc_next)
        return;
    MethodId method;
    uint32_t pc;
    find_user(machine, &method, &pc);
    walk(machine, method, pc);
}

/* What was allocated before a statement began belongs to the one before. */
void births_before_event(Machine *machine, bool begins_statement)
{
    Births *births = machine->births;
    if (!births || births->seen == machine->state->alloc_next)
        return;
    if (begins_statement && births->method)
        walk(machine, births->method, births->pc);
    else
        births_catch_up(machine);
}

void births_after_event(Machine *machine, bool begins_statement)
{
    if (machine->births && begins_statement)
        find_user(machine, &machine->births->method, &machine->births->pc);
}

void births_note(Machine *machine, Ref ref, uint64_t size)
{
    Births *births = machine->births;
    if (!births)
        return;
    MethodId method;
    uint32_t pc;
    find_user(machine, &method, &pc);
    add(machine, ref, method, pc);
    if (size < LARGE_OBJECT_BYTES)
        births->seen = machine->state->alloc_next;
}

/* ---- finding ----------------------------------------------------------------------------------------------------- */

static uint32_t *slot_of(const Births *births, Ref ref)
{
    uint32_t mask = births->slot_capacity - 1;
    uint32_t at = (uint32_t)((ref >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;
    while (births->slots[at] && births->at[births->slots[at] - 1].ref != ref)
        at = (at + 1) & mask;
    return &births->slots[at];
}

static bool make_index(Births *births)
{
    if ((uint64_t)births->count * 2 > births->slot_capacity) {
        uint32_t capacity = births->slot_capacity ? births->slot_capacity : 512;
        while (capacity < (uint64_t)births->count * 2)
            capacity *= 2;
        drop_index(births);
        births->slots = resize(births, NULL, 0, capacity * sizeof *births->slots);
        if (!births->slots)
            return false;
        births->slot_capacity = capacity;
        forget_index(births);
    }
    while (births->indexed < births->count) {
        uint32_t *slot = slot_of(births, births->at[births->indexed].ref);
        *slot = ++births->indexed;
    }
    return true;
}

const Birth *births_find(Machine *machine, Ref ref)
{
    Births *births = machine->births;
    if (!births || !births->count || !make_index(births))
        return NULL;
    uint32_t found = *slot_of(births, ref);
    return found ? &births->at[found - 1] : NULL;
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

void births_moved(Machine *machine, Ref from, Ref to)
{
    Births *births = machine->births;
    if (!births || !births->count)
        return;
    if (births->indexed < births->count && !make_index(births)) {
        machine_fail(machine, RUN_NO_MEMORY, NULL);
        return;
    }
    uint32_t found = *slot_of(births, from);
    if (found)
        births->at[found - 1].ref = to | MOVED;
}

static bool is_dead(const Machine *machine, Ref ref)
{
    return heap_contains(machine, ref) && heap_regions(machine)[region_index(machine, ref)].kind == REGION_FREE;
}

void births_collected(Machine *machine)
{
    Births *births = machine->births;
    if (!births)
        return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < births->count; i++) {
        Birth birth = births->at[i];
        bool has_moved = birth.ref & MOVED;
        if (!has_moved && is_dead(machine, birth.ref))
            continue;
        birth.ref &= ~MOVED;
        births->at[kept++] = birth;
    }
    births->count = kept;
    births->seen = machine->state->alloc_next;
    forget_index(births);
}
