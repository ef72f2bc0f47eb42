/* The objects of the heap: which there are, which are alive and why, what a step has done to them.
 *
 * One walk over the regions lists all objects by address; a bitmap of their starts, with counts, finds the index of one
 * from its address. A search from the roots, level by level, then marks the living and remembers for each who led to
 * it: that is the shortest way. A hundred thousand objects take a few milliseconds. */
#include "session_look.h"

#include <string.h>

#include "vm/heap.h"
#include "vm/roots.h"

enum { NO_PARENT = 0, FROM_ROOT = 1 }; /* parent + 2: by index */
/* Bits of LookHeap.roots beside the place of the root. */
static const uint64_t KEPT_BY_LIBRARY = UINT64_C(1) << 63; /* a static field of the core library refers to it */
static const uint64_t IS_COLLECTED = UINT64_C(1) << 62;    /* an element of a collection, or a static field, does */
static const uint64_t ROOT_PLACE = (UINT64_C(1) << 62) - 1;

/* ---- the list ---------------------------------------------------------------------------------------------------- */

/* Bytes of all tables together; they are one piece of memory. */
static size_t table_bytes(uint64_t objects, uint64_t words)
{
    size_t per_object = sizeof(Ref) + sizeof(uint64_t) + 2 * sizeof(uint32_t);
    return (size_t)objects * per_object + (size_t)words * (sizeof(uint64_t) + sizeof(uint32_t));
}

void look_free_heap(Session *session)
{
    LookHeap *heap = &session->look.heap;
    session_resize(session, heap->tables, table_bytes(heap->capacity, heap->word_capacity), 0);
    *heap = (LookHeap){0};
}

/* What the tables held is lost. */
static bool make_room(Session *session, LookHeap *heap, uint64_t objects, uint64_t words)
{
    if (objects <= heap->capacity && words <= heap->word_capacity) {
        return true;
    }
    look_free_heap(session);
    uint64_t capacity = objects + objects / 2 + 256;
    heap->tables = session_resize(session, NULL, 0, table_bytes(capacity, words));
    if (!heap->tables) {
        return false;
    }
    heap->capacity = capacity;
    heap->word_capacity = words;
    heap->refs = heap->tables;
    heap->roots = heap->refs + capacity;
    heap->starts = heap->roots + capacity;
    heap->parents = (uint32_t *)(void *)(heap->starts + words);
    heap->queue = heap->parents + capacity;
    heap->before = heap->queue + capacity;
    return true;
}

typedef void ObjectVisitor(void *context, Ref ref);

static void visit_objects(const Machine *machine, ObjectVisitor *visit, void *context)
{
    const Region *regions = heap_regions(machine);
    for (uint32_t i = 0; i < machine->state->regions_used; i++) {
        uint64_t start = region_start(machine, i);
        if (regions[i].kind == REGION_LARGE) {
            visit(context, start + OBJECT_HEADER_BYTES);
        }
        for (uint64_t at = 0; regions[i].kind == REGION_SMALL && at < regions[i].used;) {
            Ref ref = start + at + OBJECT_HEADER_BYTES;
            visit(context, ref);
            at += heap_object_size(machine, ref);
        }
    }
}

typedef struct Listing {
    const Machine *machine;
    LookHeap *heap;
} Listing;

static void list_object(void *context, Ref ref)
{
    const Listing *listing = context;
    LookHeap *heap = listing->heap;
    uint64_t unit = (ref - heap_start(listing->machine)) / 8;
    heap->starts[unit / 64] |= UINT64_C(1) << unit % 64;
    if (heap->count < heap->capacity) {
        heap->parents[heap->count] = NO_PARENT;
        heap->roots[heap->count] = 0;
        heap->refs[heap->count] = ref;
    }
    heap->count++;
}

static uint32_t bits_of(uint64_t word)
{
    return (uint32_t)__builtin_popcountll(word);
}

/* Lists the objects as far as there is room for them, and counts all. False: no memory. */
static bool list_some(Session *session, LookHeap *heap, uint64_t room)
{
    const Machine *machine = session->machine;
    uint64_t words = (uint64_t)machine->state->regions_used * (REGION_BYTES / 8 / 64);
    if (!make_room(session, heap, room, words + 1)) {
        return false;
    }
    memset(heap->starts, 0, (size_t)(words + 1) * sizeof *heap->starts);
    heap->count = 0;
    heap->words = words;
    Listing listing = {machine, heap};
    visit_objects(machine, list_object, &listing);
    return true;
}

static bool list_objects(Session *session, LookHeap *heap)
{
    heap_settle(session->machine);
    if (!list_some(session, heap, 1) || (heap->count > heap->capacity && !list_some(session, heap, heap->count))) {
        return false;
    }
    uint32_t before = 0;
    for (uint64_t i = 0; i <= heap->words; i++) {
        heap->before[i] = before;
        before += bits_of(heap->starts[i]);
    }
    return true;
}

/* The index of an object, or UINT32_MAX. */
static uint32_t index_of(const Machine *machine, const LookHeap *heap, Ref ref)
{
    uint64_t unit = (ref - heap_start(machine)) / 8;
    uint64_t bit = UINT64_C(1) << unit % 64;
    if (!heap_contains(machine, ref) || unit / 64 >= heap->words || !(heap->starts[unit / 64] & bit)) {
        return UINT32_MAX;
    }
    return heap->before[unit / 64] + bits_of(heap->starts[unit / 64] & (bit - 1));
}

/* ---- who is alive ------------------------------------------------------------------------------------------------ */

typedef struct Flood {
    const Session *session;
    const Machine *machine;
    LookHeap *heap;
    uint32_t first, last;  /* of the queue */
    const CallFrame *call; /* whose slots are visited; NULL: other roots */
    bool skips_stacks;     /* except the variables of the user's methods */
} Flood;

static bool is_in_area(const Machine *machine, uint64_t at, AreaKind area)
{
    return at - machine->state->areas[area].offset < machine->state->areas[area].capacity;
}

static void reach(Flood *flood, Ref ref, uint32_t parent, uint64_t root)
{
    uint32_t index = ref ? index_of(flood->machine, flood->heap, ref) : UINT32_MAX;
    if (index == UINT32_MAX) {
        return;
    }
    flood->heap->roots[index] |= root & ~ROOT_PLACE;
    if (flood->heap->parents[index] != NO_PARENT) {
        return;
    }
    flood->heap->parents[index] = parent;
    flood->heap->roots[index] |= root;
    flood->heap->queue[flood->last++] = index;
}

/* Whether a slot of the frame holds `this` or a variable of the source, not a value that was only passing through. */
static bool is_variable(const Flood *flood, uint64_t at)
{
    const CallFrame *call = flood->call;
    const RuntimeMethod *method = program_method(flood->session->program, call->method);
    uint64_t offset = at - call->frame;
    if (offset < method->argument_bytes) {
        return true;
    }
    uint32_t instruction = call->pc ? call->pc - 1 : 0;
    for (uint32_t i = 0; i < method->local_count; i++) {
        const LocalInfo *local = &method->locals[i];
        uint32_t size =
            local->is_byref || !local->type ? 8 : program_type(flood->session->program, local->type)->value_size;
        if (offset - local->offset < size && local->start <= instruction && instruction < local->end) {
            return true;
        }
    }
    return false;
}

static void reach_root(void *context, uint64_t at)
{
    Flood *flood = context;
    bool is_static =
        is_in_area(flood->machine, at, AREA_STATICS) || is_in_area(flood->machine, at, AREA_THREAD_STATICS);
    bool is_passing =
        flood->call ? !is_variable(flood, at) : flood->skips_stacks && is_in_area(flood->machine, at, AREA_STACKS);
    if (!is_passing) {
        reach(flood, machine_read8(flood->machine, at), FROM_ROOT, at | (is_static ? IS_COLLECTED : 0));
    }
}

static void reach_pointer(void *context, uint64_t at)
{
    Flood *flood = context;
    uint64_t pointer = machine_read8(flood->machine, at);
    if (heap_contains(flood->machine, pointer) && !flood->skips_stacks && (!flood->call || is_variable(flood, at))) {
        reach(flood, heap_object_around(flood->machine, pointer), FROM_ROOT, at);
    }
}

static void follow(Flood *flood, uint32_t index)
{
    Ref ref = flood->heap->refs[index];
    const RuntimeType *type = machine_runtime_type_of(flood->machine, ref);
    uint64_t start = ref + OBJECT_FIELDS, bits = 0;
    uint32_t count = 1, size = 0;
    if (type->category == CATEGORY_STRING || !type->ref_count) {
        return;
    }
    if (type->category == CATEGORY_ARRAY) {
        start = ref + ARRAY_ELEMENTS;
        count = (uint32_t)machine_length(flood->machine, ref);
        size = type->element_size;
        bits = IS_COLLECTED;
    } else if (value_is(type, "System.Collections.Generic.LinkedListNode`1")) {
        bits = IS_COLLECTED;
    }
    for (uint32_t i = 0; i < count; i++, start += size) {
        for (uint32_t j = 0; j < type->ref_count; j++) {
            reach(flood, machine_read8(flood->machine, start + type->ref_offsets[j]), index + 2, bits);
        }
    }
}

static void follow_all(Flood *flood)
{
    while (flood->first < flood->last) {
        follow(flood, flood->heap->queue[flood->first++]);
    }
}

/* Variables of the user come first, so that of several shortest ways the one people know is told; temporaries
 * come last of all. */
static void reach_user_frames(Flood *flood, const RootVisitor *visitor)
{
    const MachineState *state = flood->machine->state;
    for (uint32_t i = 0; i < state->thread_count; i++) {
        const LogicalThread *thread = &state->threads[i];
        const CallFrame *calls = thread_calls(flood->machine, thread);
        for (uint32_t j = thread->status == THREAD_FREE ? 0 : thread->call_count; j-- > 0;) {
            if (program_method(flood->session->program, calls[j].method)->is_user) {
                flood->call = &calls[j];
                roots_visit_frame(flood->machine, &calls[j], visitor);
                flood->call = NULL;
            }
        }
    }
}

/* Objects that a static field of the core library refers to, such as its delegates and default schedulers: part of the
 * runtime to whoever learns, however they were allocated. What waits there to be used again is not meant. */
static void mark_library(Flood *flood)
{
    const Program *program = flood->session->program;
    uint64_t statics = flood->machine->state->areas[AREA_STATICS].offset;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        for (uint32_t j = 0; type && !type->is_user && j < type->static_ref_count; j++) {
            Ref ref = machine_read8(flood->machine, statics + type->statics_offset + type->static_ref_offsets[j]);
            uint32_t index = ref ? index_of(flood->machine, flood->heap, ref) : UINT32_MAX;
            if (index != UINT32_MAX && !machine_runtime_type_of(flood->machine, ref)->is_box) {
                flood->heap->roots[index] |= KEPT_BY_LIBRARY;
            }
        }
    }
}

/* What the wait for an async Main has made: no line of the program did. */
static void mark_waiting(Flood *flood)
{
    const Births *births = flood->machine->births;
    for (uint32_t i = 0; births && i < births->count; i++) {
        MethodId method = births->at[i].method;
        if (method && look_is_waiting_entry(program_method(flood->session->program, method))) {
            uint32_t index = index_of(flood->machine, flood->heap, births->at[i].ref);
            flood->heap->roots[index == UINT32_MAX ? 0 : index] |= index == UINT32_MAX ? 0 : KEPT_BY_LIBRARY;
        }
    }
}

bool look_heap_is_same(const Session *session)
{
    const LookHeap *heap = &session->look.heap;
    const Machine *machine = session->machine;
    return machine && heap->machine == machine && heap->changes == machine->changes &&
           heap->instructions == machine->state->instructions;
}

const LookHeap *look_heap(Session *session)
{
    LookHeap *heap = &session->look.heap;
    if (session->look.heap_is_known) {
        return heap;
    }
    if (!list_objects(session, heap)) {
        session->no_memory = true;
        return NULL;
    }
    Flood flood = {.session = session, .machine = session->machine, .heap = heap};
    mark_library(&flood);
    RootVisitor visitor = {&flood, reach_root, reach_pointer};
    reach_user_frames(&flood, &visitor);
    mark_waiting(&flood);
    flood.skips_stacks = true;
    roots_visit(session->machine, &visitor);
    follow_all(&flood);
    flood.skips_stacks = false;
    roots_visit(session->machine, &visitor);
    follow_all(&flood);
    session->look.heap_is_known = true;
    heap->machine = session->machine;
    heap->changes = session->machine->changes;
    heap->instructions = session->machine->state->instructions;
    heap->is_counted = false;
    return heap;
}

/* The machine's own objects, and those of the core library, are no business of the program's. */
static bool is_shown(const Machine *machine, const LookHeap *heap, uint32_t index)
{
    bool is_counted = !(machine_read8(machine, heap->refs[index] - OBJECT_HEADER_BYTES) & HEADER_UNCOUNTED);
    return is_counted && !(heap->roots[index] & KEPT_BY_LIBRARY);
}

bool look_is_shown(Session *session, Ref ref)
{
    const LookHeap *heap = look_heap(session);
    uint32_t index = heap ? index_of(session->machine, heap, ref) : UINT32_MAX;
    return index != UINT32_MAX && is_shown(session->machine, heap, index);
}

void look_count_new(Session *session, uint64_t *count, uint64_t *bytes)
{
    const Births *births = session->machine->births;
    *count = *bytes = 0;
    for (uint32_t i = births ? births->count : 0; i-- > 0 && births->at[i].step == session->machine->state->steps;) {
        if (look_is_shown(session, births->at[i].ref)) {
            ++*count;
            *bytes += heap_object_size(session->machine, births->at[i].ref);
        }
    }
}

static bool is_reached(const LookHeap *heap, uint32_t index)
{
    return heap->parents[index] != NO_PARENT;
}

void look_count_objects(Session *session, uint64_t *count, uint64_t *bytes)
{
    LookHeap *heap = look_heap(session) ? &session->look.heap : NULL;
    *count = *bytes = 0;
    if (!heap) {
        return;
    }
    if (!heap->is_counted) {
        heap->shown = heap->shown_bytes = 0;
        for (uint32_t i = 0; i < heap->count; i++) {
            if (is_reached(heap, i) && is_shown(session->machine, heap, i)) {
                heap->shown++;
                heap->shown_bytes += heap_object_size(session->machine, heap->refs[i]);
            }
        }
        heap->is_counted = true;
    }
    *count = heap->shown;
    *bytes = heap->shown_bytes;
}

uint64_t look_object_bytes(const Session *session, Ref ref)
{
    return heap_object_size(session->machine, ref);
}

bool look_is_alive(Session *session, Ref ref)
{
    const LookHeap *heap = look_heap(session);
    uint32_t index = heap ? index_of(session->machine, heap, ref) : UINT32_MAX;
    return index != UINT32_MAX && is_reached(heap, index);
}

/* ---- pooled ------------------------------------------------------------------------------------------------------ */

/* A source that serves no operation: it was reset, and neither completed nor awaited since. */
static bool is_idle_source(const Session *session, Ref ref)
{
    const RuntimeType *type;
    uint64_t core = value_core(session, ref, &type);
    if (!core) {
        return false;
    }
    const RuntimeField *version = value_field(type, "_version"), *completed = value_field(type, "_completed"),
                       *continuation = value_field(type, "_continuation");
    return value_read(session, version->shape, core + version->offset) != 0 &&
           value_read(session, completed->shape, core + completed->offset) == 0 &&
           machine_read8(session->machine, core + continuation->offset) == 0;
}

static SessionObjectState state_of(const Session *session, const LookHeap *heap, uint32_t index)
{
    if (!is_reached(heap, index)) {
        return OBJECT_GARBAGE;
    }
    bool is_kept = heap->roots[index] & IS_COLLECTED;
    return is_kept && is_idle_source(session, heap->refs[index]) ? OBJECT_POOLED : OBJECT_LIVE;
}

/* ---- changes ----------------------------------------------------------------------------------------------------- */

bool look_was_there(const Session *session, Ref ref)
{
    const Machine *before = session->look.before;
    if (!look_has_before(session) || !heap_contains(before, ref)) {
        return false;
    }
    uint32_t index = region_index(before, ref);
    const Region *region = &heap_regions(before)[index];
    return index < before->state->regions_used &&
           (region->kind == REGION_LARGE ||
            (region->kind == REGION_SMALL && ref - region_start(before, index) < region->used));
}

bool look_is_changed(const Session *session, Ref ref)
{
    if (!look_was_there(session, ref)) {
        return false;
    }
    size_t size = (size_t)(heap_object_size(session->machine, ref) - OBJECT_HEADER_BYTES);
    return memcmp(machine_at(session->machine, ref), machine_at(session->look.before, ref), size) != 0;
}

static bool is_new(const Session *session, const Birth *birth)
{
    return birth && birth->step == session->machine->state->steps && look_has_before(session) &&
           !look_was_there(session, birth->ref);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* The value without the name in front of it, which stands in another column. */
static const char *summary_of(Session *session, Ref ref, const char *name)
{
    enum { SUMMARY_LENGTH = 120 };
    Text text = look_text(session);
    session_add_contents(session, &text, ref, SUMMARY_LENGTH);
    size_t length = strlen(name);
    if (strncmp(text.at, name, length) != 0) {
        return text.at;
    }
    const char *rest = text.at + length;
    while (*rest == ' ' || *rest == ':') {
        rest++;
    }
    return rest;
}

static const char *type_name(Session *session, const RuntimeType *type)
{
    Text text = look_text(session);
    session_add_type_name(&text, type);
    return text.at;
}

static void describe_birth(Session *session, const Birth *birth, SessionObject *object)
{
    object->number = birth->number;
    object->born_step = birth->step;
    if (!birth->method) {
        return;
    }
    CallFrame call = {birth->method, birth->pc, 0};
    Text text = look_text(session);
    session_add_method(session, &text, birth->method);
    object->born_in = text.at;
    object->born_line = source_place(session->sources, session_call_position(session, &call)).line;
}

static SessionObject describe(Session *session, const LookHeap *heap, uint32_t index)
{
    Ref ref = heap->refs[index];
    const Birth *birth = births_find(session->machine, ref);
    SessionObject object = {
        .name = look_object_name(session, ref),
        .type = type_name(session, machine_runtime_type_of(session->machine, ref)),
        .bytes = heap_object_size(session->machine, ref),
        .generation = heap_generation(session->machine, ref),
        .state = state_of(session, heap, index),
        .is_new = is_new(session, birth),
        .is_changed = look_is_changed(session, ref),
        .born_in = "",
    };
    object.summary = summary_of(session, ref, object.name);
    if (birth) {
        describe_birth(session, birth, &object);
    }
    return object;
}

/* ---- requests ---------------------------------------------------------------------------------------------------- */

typedef struct HeapQuery {
    const SessionHeapRequest *request;
    SessionHeap *result;
} HeapQuery;

/* Answers about types are asked for each object: they are kept, 0 unknown, 1 no, 2 yes. */
static bool has_type(Session *session, uint8_t *answers, TypeId type, const char *wanted)
{
    if (!wanted) {
        return true;
    }
    if (!answers[type]) {
        const char *name = type_name(session, program_type(session->program, type));
        answers[type] = strstr(name, wanted) ? 2 : 1;
    }
    return answers[type] == 2;
}

static bool is_wanted(Session *session, const SessionHeapRequest *request, const Birth *birth, SessionObjectState state)
{
    return (!request->only_new || is_new(session, birth)) &&
           (!request->only_changed || look_is_changed(session, birth->ref)) &&
           (!request->only_live || state == OBJECT_LIVE) && (!request->only_pooled || state == OBJECT_POOLED) &&
           (!request->only_garbage || state == OBJECT_GARBAGE);
}

static void count_state(SessionHeap *result, SessionObjectState state, uint64_t bytes)
{
    switch (state) {
    case OBJECT_LIVE:
        result->live++;
        result->live_bytes += bytes;
        break;
    case OBJECT_POOLED:
        result->pooled++;
        result->pooled_bytes += bytes;
        break;
    case OBJECT_GARBAGE:
        result->garbage++;
        result->garbage_bytes += bytes;
        break;
    }
}

/* Indices of what the request is about, in order of birth. */
static uint32_t *find_matching(Session *session, const LookHeap *heap, const HeapQuery *query)
{
    const Births *births = session->machine->births;
    SessionHeap *result = query->result;
    uint32_t *found = ARENA_ARRAY(&session->look.arena, uint32_t, births->count + 1);
    uint8_t *answers = ARENA_ARRAY(&session->look.arena, uint8_t, session->program->type_count + 1);
    for (uint32_t i = 0; i < births->count; i++) {
        const Birth *birth = &births->at[i];
        uint32_t index = index_of(session->machine, heap, birth->ref);
        if (index == UINT32_MAX || !is_shown(session->machine, heap, index)) {
            continue;
        }
        uint64_t bytes = heap_object_size(session->machine, birth->ref);
        SessionObjectState state = state_of(session, heap, index);
        count_state(result, state, bytes);
        if (is_wanted(session, query->request, birth, state) &&
            has_type(session, answers, machine_type_of(session->machine, birth->ref), query->request->type)) {
            found[result->matching++] = index;
            result->matching_bytes += bytes;
        }
    }
    return found;
}

static uint64_t size_at(const Session *session, const LookHeap *heap, uint32_t index)
{
    return heap_object_size(session->machine, heap->refs[index]);
}

/* Largest first, older ones first among equals: a heap sort would not keep that, so runs are merged. */
static void sort_by_size(Session *session, const LookHeap *heap, uint32_t *indices, uint64_t count)
{
    uint32_t *from = indices, *to = ARENA_ARRAY(&session->look.arena, uint32_t, (size_t)count + 1);
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t start = 0; start < count; start += 2 * width) {
            uint64_t middle = start + width < count ? start + width : count;
            uint64_t end = start + 2 * width < count ? start + 2 * width : count;
            uint64_t left = start, right = middle;
            for (uint64_t i = start; i < end; i++) {
                bool take_left = left < middle && (right >= end || size_at(session, heap, from[left]) >=
                                                                       size_at(session, heap, from[right]));
                to[i] = from[take_left ? left++ : right++];
            }
        }
        uint32_t *other = from;
        from = to;
        to = other;
    }
    if (from != indices) {
        memcpy(indices, from, (size_t)count * sizeof *indices);
    }
}

static void find_heap(Session *session, void *argument)
{
    const HeapQuery *query = argument;
    const SessionHeapRequest *request = query->request;
    SessionHeap *result = query->result;
    const LookHeap *heap = look_heap(session);
    if (!heap || !session->machine->births) {
        return;
    }
    uint32_t *found = find_matching(session, heap, query);
    if (request->order == HEAP_BY_SIZE) {
        sort_by_size(session, heap, found, result->matching);
    }
    SessionObject *rows = ARENA_ARRAY(&session->look.arena, SessionObject, request->count + 1);
    for (uint64_t i = request->first; i < result->matching && result->count < request->count; i++) {
        uint64_t at = request->order == HEAP_NEWEST_FIRST ? result->matching - 1 - i : i;
        rows[result->count++] = describe(session, heap, found[at]);
    }
    result->objects = rows;
}

SessionStatus session_heap(Session *session, const SessionHeapRequest *request, SessionHeap *heap)
{
    HeapQuery query = {request, heap};
    *heap = (SessionHeap){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, find_heap, &query) ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- why alive --------------------------------------------------------------------------------------------------- */

static void add_static(const Session *session, Text *text, uint64_t at)
{
    uint64_t offset = at - session->machine->state->areas[AREA_STATICS].offset;
    for (uint32_t i = 1; i < session->program->type_count; i++) {
        const RuntimeType *type = session->program->types[i];
        if (!type || offset - type->statics_offset >= type->statics_size) {
            continue;
        }
        for (uint32_t j = 0; j < type->field_count; j++) {
            const RuntimeField *field = &type->fields[j];
            if (field->is_static && !field->is_thread_static && field->declared_by == type->id &&
                offset - type->statics_offset - field->offset < field->size) {
                bool is_typed = strncmp(type->display_name, "Submission#", 11) == 0;
                text_format(text, is_typed ? "variable " : "static %s.", type->display_name);
                session_add_field_name(text, field->name);
                return;
            }
        }
    }
    text_adds(text, "a static field");
}

static void add_frame_root(Session *session, Text *text, const CallFrame *call, uint64_t at)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    const char *name = NULL;
    for (uint32_t i = 0; i < method->local_count; i++) {
        const LocalInfo *local = &method->locals[i];
        uint32_t instruction = call->pc ? call->pc - 1 : 0;
        uint64_t size = local->is_byref ? 8 : local->type ? program_type(session->program, local->type)->value_size : 8;
        if (at - call->frame - local->offset < size && local->start <= instruction && instruction < local->end &&
            !local->is_compiler_made) {
            name = local->name;
        }
    }
    bool is_this = !method->is_static && at == call->frame;
    text_format(text, "%s%s of ", name ? "local " : is_this ? "this" : "a temporary", name ? name : "");
    session_add_method(session, text, call->method);
}

static bool add_thread_root(Session *session, Text *text, uint64_t at)
{
    const Machine *machine = session->machine;
    for (uint32_t i = 0; i < machine->state->thread_count; i++) {
        const LogicalThread *thread = &machine->state->threads[i];
        const CallFrame *calls = thread_calls(machine, thread);
        for (uint32_t j = thread->call_count; j-- > 0;) {
            const RuntimeMethod *method = program_method(session->program, calls[j].method);
            if (at - calls[j].frame < method->frame_bytes) {
                add_frame_root(session, text, &calls[j], at);
                return true;
            }
        }
        bool is_own = at - thread->data_start < thread->data_limit - thread->data_start ||
                      at - machine_offset(machine, thread) < sizeof *thread;
        if (thread->status != THREAD_FREE && is_own) {
            text_format(text, "thread %u", thread->number);
            return true;
        }
    }
    return false;
}

static void add_root(Session *session, Text *text, uint64_t at)
{
    if (is_in_area(session->machine, at, AREA_STATICS)) {
        add_static(session, text, at);
    } else if (is_in_area(session->machine, at, AREA_THREAD_STATICS)) {
        text_adds(text, "a static field of a thread");
    } else if (!add_thread_root(session, text, at)) {
        text_adds(text, "the runtime");
    }
}

/* The field or element of `holder` that refers to `ref`. */
static void add_edge(const Session *session, Text *text, Ref holder, Ref ref)
{
    const Machine *machine = session->machine;
    const RuntimeType *type = machine_runtime_type_of(machine, holder);
    if (type->category == CATEGORY_ARRAY) {
        uint32_t length = (uint32_t)machine_length(machine, holder);
        for (uint32_t i = 0; i < length; i++) {
            for (uint32_t j = 0; j < type->ref_count; j++) {
                uint64_t at = holder + ARRAY_ELEMENTS + (uint64_t)i * type->element_size + type->ref_offsets[j];
                if (machine_read8(machine, at) == ref) {
                    text_format(text, "[%u] of ", i);
                    return;
                }
            }
        }
        return;
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        for (uint32_t at = 0; !field->is_static && at + 8 <= field->size; at += 8) {
            if (machine_read8(machine, holder + OBJECT_FIELDS + field->offset + at) == ref) {
                session_add_field_name(text, field->name);
                text_adds(text, " of ");
                return;
            }
        }
    }
}

static const char *why_alive(Session *session, const LookHeap *heap, uint32_t index)
{
    enum { LONGEST_WAY = 24 };
    uint32_t way[LONGEST_WAY], length = 0;
    if (!is_reached(heap, index)) {
        return "nothing refers to it";
    }
    way[length++] = index;
    while (heap->parents[index] != FROM_ROOT && length < LONGEST_WAY) {
        index = heap->parents[index] - 2;
        way[length++] = index;
    }
    Text text = look_text(session);
    if (heap->parents[index] == FROM_ROOT) {
        add_root(session, &text, heap->roots[index] & ROOT_PLACE);
    } else {
        text_adds(&text, "...");
    }
    for (uint32_t i = length - 1; i > 0; i--) {
        text_adds(&text, " -> ");
        add_edge(session, &text, heap->refs[way[i]], heap->refs[way[i - 1]]);
        session_add_object_name(session, &text, heap->refs[way[i]]);
    }
    return text.at;
}

/* ---- one object -------------------------------------------------------------------------------------------------- */

typedef struct ObjectQuery {
    uint32_t number;
    SessionObjectDetail *result;
    bool found;
} ObjectQuery;

typedef struct FieldList {
    SessionObjectField *at;
    uint32_t count, capacity;
} FieldList;

static const char *field_value(Session *session, const RuntimeField *field, uint64_t at)
{
    Text text = look_text(session);
    session_add_field_value(session, &text, field, at, LOOK_VALUE_LENGTH);
    return text.at;
}

static const char *old_field_value(Session *session, const RuntimeField *field, uint64_t at, const char *now)
{
    look_enter_before(session);
    const char *old = field_value(session, field, at);
    look_leave_before(session);
    return strcmp(old, now) == 0 ? NULL : old;
}

/* A struct is shown by its fields where they mean something, else by its value. */
static bool is_opened(const Session *session, const RuntimeField *field)
{
    if (field->shape != SHAPE_STRUCT || !field->type) {
        return false;
    }
    const RuntimeType *type = program_type(session->program, field->type);
    const TypeDefinition *definition = ((Type *)type->source)->definition;
    return value_is(type, "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore`1") ||
           (definition && definition->is_compiler_made);
}

static void add_fields(Session *session, FieldList *list, const RuntimeType *type, Ref ref, uint64_t start,
                       uint32_t depth)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static || !field->name) {
            continue;
        }
        bool opened = is_opened(session, field) && depth < 4;
        Text name = look_text(session);
        session_add_field_name(&name, field->name);
        SessionObjectField row = {
            .offset = (uint32_t)(start + field->offset - ref + OBJECT_HEADER_BYTES),
            .size = field->size,
            .depth = depth,
            .name = name.at,
            .type = field->type_name,
            .value = opened ? "" : field_value(session, field, start),
        };
        if (!opened && look_was_there(session, ref)) {
            row.old = old_field_value(session, field, start, row.value);
        }
        ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, row);
        if (opened) {
            add_fields(session, list, program_type(session->program, field->type), ref, start + field->offset,
                       depth + 1);
        }
    }
}

static void add_elements(Session *session, FieldList *list, const RuntimeType *type, Ref ref)
{
    enum { MOST_ELEMENTS = 64 };
    uint32_t length = (uint32_t)machine_length(session->machine, ref);
    for (uint32_t i = 0; i < length && i < MOST_ELEMENTS; i++) {
        uint64_t at = ref + ARRAY_ELEMENTS + (uint64_t)i * type->element_size;
        SessionObjectField row = {
            .offset = (uint32_t)(at - ref + OBJECT_HEADER_BYTES),
            .size = type->element_size,
            .name = look_format(session, "[%u]", i),
            .type = program_type(session->program, type->element)->display_name,
            .value = look_value(session, type->element, at, LOOK_VALUE_LENGTH),
        };
        if (look_was_there(session, ref)) {
            look_enter_before(session);
            const char *old = look_value(session, type->element, at, LOOK_VALUE_LENGTH);
            look_leave_before(session);
            row.old = strcmp(old, row.value) == 0 ? NULL : old;
        }
        ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, row);
    }
}

static const Birth *birth_numbered(const Births *births, uint32_t number)
{
    uint32_t low = 0, high = births ? births->count : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (births->at[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return births && low < births->count && births->at[low].number == number ? &births->at[low] : NULL;
}

Ref look_numbered(const Session *session, uint32_t number)
{
    const Birth *birth = birth_numbered(session->machine->births, number);
    return birth ? birth->ref : 0;
}

static void find_object(Session *session, void *argument)
{
    ObjectQuery *query = argument;
    const LookHeap *heap = look_heap(session);
    Ref ref = look_numbered(session, query->number);
    uint32_t index = heap && ref ? index_of(session->machine, heap, ref) : UINT32_MAX;
    if (index == UINT32_MAX) {
        return;
    }
    FieldList list = {0};
    const RuntimeType *type = machine_runtime_type_of(session->machine, ref);
    if (type->category == CATEGORY_ARRAY) {
        add_elements(session, &list, type, ref);
    } else if (type->category != CATEGORY_STRING) {
        add_fields(session, &list, type, ref, ref + OBJECT_FIELDS, 0);
    }
    *query->result = (SessionObjectDetail){
        .object = describe(session, heap, index),
        .fields = list.at,
        .field_count = list.count,
        .why_alive = why_alive(session, heap, index),
    };
    query->found = true;
}

SessionStatus session_object(Session *session, uint32_t number, SessionObjectDetail *detail)
{
    ObjectQuery query = {.number = number, .result = detail};
    *detail = (SessionObjectDetail){0};
    if (!session->machine) {
        return SESSION_NOT_FOUND;
    }
    if (!look_guard(session, find_object, &query)) {
        return SESSION_NO_MEMORY;
    }
    return query.found ? SESSION_OK : SESSION_NOT_FOUND;
}
