#include "watch/facts.h"

#include <string.h>

#include "vm/heap.h"

static void *resize(Detector *d, void *pointer, size_t old_size, size_t new_size)
{
    void *made = d->memory->resize(d->memory->context, pointer, old_size, new_size);
    d->no_memory |= new_size && !made;
    return made;
}

/* ---- methods and types ------------------------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

#define TASKS "System.Threading.Tasks."
#define SERVICES "System.Runtime.CompilerServices."

static bool is_value_task(const char *name)
{
    return strcmp(name, TASKS "ValueTask") == 0 ||
           (starts_with(name, TASKS "ValueTask`1[") && !strchr(name + strlen(TASKS "ValueTask`1"), '+'));
}

/* "ValueTask`1+ValueTaskSourceAsTask[System.Int32]": what comes after the plus may itself hold anything. */
static bool is_part_of_value_task(const char *name)
{
    return starts_with(name, TASKS "ValueTask") && strstr(name, "+ValueTaskSourceAsTask");
}

static bool is_core(const char *name)
{
    return starts_with(name, TASKS "Sources.ManualResetValueTaskSourceCore`1[");
}

static MethodRole library_role(const RuntimeMethod *method, const char *type)
{
    bool by_pointer = !method->is_static && method->receiver_is_byref;
    if (by_pointer && is_core(type)) {
        return METHOD_CORE;
    }
    if (by_pointer && (is_value_task(type) || starts_with(type, SERVICES "ConfiguredValueTaskAwaitable"))) {
        return METHOD_VALUE;
    }
    if (strcmp(type, SERVICES "ValueTaskAwaiter") == 0 && strstr(method->name, ".Register")) {
        return METHOD_VALUE;
    }
    if (is_part_of_value_task(type) && ends_with(method->name, ".Complete")) {
        return METHOD_AS_TASK;
    }
    return starts_with(type, TASKS "Task") || starts_with(type, SERVICES) ? METHOD_TASK : METHOD_OTHER;
}

static MethodRole find_role(const Machine *machine, MethodId id)
{
    const RuntimeMethod *method = machine->program->methods[id];
    const RuntimeType *type = method->declaring_type ? machine->program->types[method->declaring_type] : NULL;
    if (ends_with(method->name, "<Main>")) { /* of the program, or of what was typed: it waits for <Main>$ */
        return METHOD_ENTRY;
    }
    if (method->is_user) {
        return METHOD_USER;
    }
    return type && type->name ? library_role(method, type->name) : METHOD_OTHER;
}

/* Room for `count` rows of `size` bytes, new ones zero. */
static void *grow(Detector *d, void *rows, uint32_t *have, uint32_t count, size_t size)
{
    uint32_t wanted = *have ? *have : 16;
    while (wanted < count) {
        wanted *= 2;
    }
    void *made = resize(d, rows, *have * size, wanted * size);
    if (made) {
        memset((uint8_t *)made + *have * size, 0, (wanted - *have) * size);
        *have = wanted;
    }
    return made ? made : rows;
}

bool facts_room(Detector *d, Finding **rows, uint32_t count, uint32_t *capacity)
{
    if (count == *capacity) {
        *rows = grow(d, *rows, capacity, count + 1, sizeof **rows);
    }
    return count < *capacity;
}

MethodRole facts_find_role(Detector *d, const Machine *machine, MethodId method)
{
    if (method >= d->role_count) {
        d->roles = grow(d, d->roles, &d->role_count, method + 1, sizeof *d->roles);
        if (method >= d->role_count) {
            return METHOD_OTHER;
        }
    }
    if (d->roles[method] == METHOD_UNKNOWN) {
        d->roles[method] = (uint8_t)find_role(machine, method);
    }
    return (MethodRole)d->roles[method];
}

MethodCount *facts_counts(Detector *d, MethodId method)
{
    if (method >= d->count_capacity) {
        d->counts = grow(d, d->counts, &d->count_capacity, method + 1, sizeof *d->counts);
    }
    if (method >= d->count_capacity) {
        return NULL;
    }
    for (; d->count_count <= method; d->count_count++) {
        d->counts[d->count_count] = (MethodCount){0};
    }
    return &d->counts[method];
}

static uint32_t field_offset(const RuntimeType *type, const char *name)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_static && strcmp(type->fields[i].name, name) == 0) {
            return type->fields[i].offset;
        }
    }
    return 0;
}

/* Cores in the fields of a type, `offset` bytes from where counting starts. */
static void find_cores(const Machine *machine, const RuntimeType *type, uint32_t offset, uint32_t depth, TypeFact *fact)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static || field->shape != SHAPE_STRUCT || !field->type) {
            continue;
        }
        const RuntimeType *inner = machine->program->types[field->type];
        if (inner->name && is_core(inner->name)) {
            fact->core_at = offset + field->offset;
            fact->core_type = inner->id;
            fact->core_count = fact->core_count ? 2 : 1;
        } else if (depth < 4) {
            find_cores(machine, inner, offset + field->offset, depth + 1, fact);
        }
    }
}

static bool derives_from(const Machine *machine, const RuntimeType *type, const char *name)
{
    for (; type; type = type->parent ? machine->program->types[type->parent] : NULL) {
        if (type->name && strcmp(type->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static TypeKind kind_of_class(const Machine *machine, const RuntimeType *type)
{
    if (derives_from(machine, type, TASKS "Task")) {
        return TYPE_TASK;
    }
    if (type->is_box && strstr(type->name, "PoolingAsyncValueTaskMethodBuilder")) {
        return TYPE_POOLED_BOX;
    }
    return derives_from(machine, type, "System.Threading.Channels.AsyncOperation") ? TYPE_CHANNEL_OPERATION
                                                                                   : TYPE_OTHER;
}

static TypeFact find_type_fact(const Machine *machine, const RuntimeType *type)
{
    TypeFact fact = {.kind = TYPE_OTHER, .is_box = type->is_box};
    const char *name = type->name ? type->name : "";
    if (is_core(name)) {
        fact.kind = TYPE_CORE;
        fact.version_at = field_offset(type, "_version");
        fact.completed_at = field_offset(type, "_completed");
    } else if (is_value_task(name)) {
        fact.kind = TYPE_VALUE_TASK;
        fact.token_at = field_offset(type, "_token");
    } else if (type->is_reference && type->category == CATEGORY_CLASS) {
        fact.kind = (uint8_t)kind_of_class(machine, type);
        find_cores(machine, type, OBJECT_FIELDS, 0, &fact);
    }
    return fact;
}

const TypeFact *facts_find_type(Detector *d, const Machine *machine, TypeId type)
{
    static const TypeFact nothing = {.kind = TYPE_OTHER};
    if (type >= d->type_count) {
        d->types = grow(d, d->types, &d->type_count, type + 1, sizeof *d->types);
        if (type >= d->type_count) {
            return &nothing;
        }
    }
    if (!type) {
        return &nothing;
    }
    if (d->types[type].kind == TYPE_UNKNOWN) {
        d->types[type] = find_type_fact(machine, machine->program->types[type]);
    }
    return &d->types[type];
}

/* ---- where the program is ---------------------------------------------------------------------------------------- */

uint32_t facts_depth(const Machine *machine)
{
    return machine->state->current == NO_THREAD ? 0 : machine_thread(machine)->call_count;
}

Moment facts_moment(Detector *d, const Machine *machine, uint32_t depth)
{
    Moment moment = {.step = machine->state->steps};
    if (machine->state->current == NO_THREAD) {
        return moment;
    }
    const LogicalThread *thread = machine_thread(machine);
    const CallFrame *calls = thread_calls(machine, thread);
    moment.thread = thread->number;
    while (depth > 0 && facts_role(d, machine, calls[depth - 1].method) != METHOD_USER) {
        depth--;
    }
    if (depth > 0) {
        moment.method = calls[depth - 1].method;
        moment.pc = calls[depth - 1].pc;
        moment.depth = depth - 1;
    }
    return moment;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

typedef struct Sweep {
    Detector *d;
    uint32_t mark;
} Sweep;

static void mark_row(void *context, uint64_t at, Tag tag)
{
    const Sweep *sweep = context;
    (void)at;
    uint32_t number = tag & TAG_NUMBER;
    if (tag & TAG_SOURCE) {
        if (number < sweep->d->source_count) {
            sweep->d->sources[number].mark = sweep->mark;
        }
    } else if (number < sweep->d->handle_count) {
        sweep->d->handles[number].mark = sweep->mark;
    }
}

/* Handles and sources that no tag stands for any more are forgotten. */
static void sweep_rows(Detector *d, const Machine *machine)
{
    Sweep sweep = {d, 1};
    for (uint32_t i = 1; i < d->handle_count; i++) {
        d->handles[i].mark = 0;
    }
    for (uint32_t i = 1; i < d->source_count; i++) {
        d->sources[i].mark = 0;
    }
    shadow_visit(machine->shadow, mark_row, &sweep);
    for (uint32_t i = 1; i < d->handle_count; i++) {
        Handle *handle = &d->handles[i];
        if (handle->in_use && handle->mark != sweep.mark) {
            detector_note_drop(d, handle);
            *handle = (Handle){.next_free = d->free_handle};
            d->free_handle = i;
            d->live_handles--;
        }
    }
    for (uint32_t i = 1; i < d->source_count; i++) {
        if (d->sources[i].in_use && d->sources[i].mark != sweep.mark) {
            d->sources[i] = (Source){.next_free = d->free_source};
            d->free_source = i;
            d->live_sources--;
        }
    }
}

static void sweep_when_due(Detector *d, const Machine *machine)
{
    enum { LEAST = 4096 };
    uint32_t live = d->live_handles + d->live_sources;
    if (live < (d->sweep_at ? d->sweep_at : LEAST)) {
        return;
    }
    sweep_rows(d, machine);
    live = d->live_handles + d->live_sources;
    d->sweep_at = 2 * live > LEAST ? 2 * live : LEAST;
}

uint32_t facts_new_handle(Detector *d, Machine *machine)
{
    sweep_when_due(d, machine);
    uint32_t number = d->free_handle;
    if (number) {
        d->free_handle = d->handles[number].next_free;
    } else {
        number = d->handle_count ? d->handle_count : 1;
        if (number >= d->handle_capacity && number < TAG_NUMBER) {
            d->handles = grow(d, d->handles, &d->handle_capacity, number + 1, sizeof *d->handles);
        }
        if (number >= d->handle_capacity) {
            return 0;
        }
        d->handle_count = number + 1;
    }
    d->handles[number] = (Handle){.in_use = true};
    d->live_handles++;
    return number;
}

uint32_t facts_new_source(Detector *d, Machine *machine)
{
    sweep_when_due(d, machine);
    uint32_t number = d->free_source;
    if (number) {
        d->free_source = d->sources[number].next_free;
    } else {
        number = d->source_count ? d->source_count : 1;
        if (number >= d->source_capacity && number < TAG_NUMBER) {
            d->sources = grow(d, d->sources, &d->source_capacity, number + 1, sizeof *d->sources);
        }
        if (number >= d->source_capacity) {
            return 0;
        }
        d->source_count = number + 1;
    }
    d->sources[number] = (Source){.in_use = true};
    d->live_sources++;
    return number;
}
