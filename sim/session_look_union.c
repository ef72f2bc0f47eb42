/* The union: the bytes of a ValueTask, which of them mean something, and what asking it would give. */
#include "session_look.h"

#include <string.h>

/* ---- paths: "vt", "this.pending", "pair.Item1", "waiting[2]"
 * --------------------------------------------------------- */

typedef struct Found {
    Type *type; /* NULL: nothing was found */
    uint64_t at;
    Ref home;
    bool is_set;
} Found;

static Found found_variable(const VisibleVariable *variable)
{
    return (Found){variable->type, variable->at, variable->home, variable->is_set};
}

static bool has_name(Session *session, const char *field, const char *name, size_t length)
{
    Text shown = look_text(session);
    session_add_field_name(&shown, field);
    return shown.length == length && memcmp(shown.at, name, length) == 0;
}

/* The object that a value refers to, or the value itself: where the fields of `*type` start. */
static uint64_t fields_of(Session *session, const Found *found, const RuntimeType **type, Ref *home)
{
    if (type_is_reference(found->type)) {
        Ref ref = machine_read8(session->machine, found->at);
        *type = ref ? machine_runtime_type_of(session->machine, ref) : NULL;
        *home = ref;
        return ref ? ref + OBJECT_FIELDS : 0;
    }
    *type = program_type(session->program, load_type(session->loader, found->type));
    *home = found->home;
    return found->at;
}

static Type *type_of_runtime_field(Session *session, const RuntimeField *field, uint64_t at)
{
    if (field->type) {
        return program_type(session->program, field->type)->source;
    }
    Ref ref = machine_read8(session->machine, at);
    return ref ? machine_runtime_type_of(session->machine, ref)->source : session->world->object_type;
}

static Found step_field(Session *session, const Found *from, const char *name, size_t length)
{
    const RuntimeType *type = NULL;
    Ref home = 0;
    uint64_t at = fields_of(session, from, &type, &home);
    for (uint32_t i = 0; at && i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (!field->is_static && has_name(session, field->name, name, length)) {
            uint64_t place = at + field->offset;
            return (Found){type_of_runtime_field(session, field, place), place, home, true};
        }
    }
    return (Found){0};
}

static Found step_element(Session *session, const Found *from, uint64_t index)
{
    const RuntimeType *type = NULL;
    Ref home = 0;
    if (!fields_of(session, from, &type, &home)) {
        return (Found){0};
    }
    Ref array = value_is(type, "System.Collections.Generic.List`1") ? value_follow(session, home, "_items") : home;
    type = array ? machine_runtime_type_of(session->machine, array) : NULL;
    if (!type || type->category != CATEGORY_ARRAY || index >= (uint64_t)machine_length(session->machine, array)) {
        return (Found){0};
    }
    return (Found){program_type(session->program, type->element)->source,
                   array + ARRAY_ELEMENTS + index * type->element_size, array, true};
}

static const char *follow_part(Session *session, Found *found, const char *path)
{
    if (*path == '.') {
        size_t length = strcspn(path + 1, ".[");
        *found = step_field(session, found, path + 1, length);
        return path + 1 + length;
    }
    uint64_t index = 0;
    path++;
    while (*path >= '0' && *path <= '9') {
        index = index * 10 + (uint64_t)(*path++ - '0');
    }
    *found = *path == ']' ? step_element(session, found, index) : (Found){0};
    return *path ? path + 1 : path;
}

/* Called with the variables of each method in progress, innermost first, then of those that wait for it. True: enough.
 */
typedef bool VariablesVisitor(void *context, const VisibleVariables *variables);

static void visit_variables(Session *session, VariablesVisitor *visit, void *context)
{
    const LogicalThread *thread = look_thread(session);
    const CallFrame *calls = thread ? thread_calls(session->machine, thread) : NULL;
    Ref box = 0;
    for (uint32_t i = thread ? thread->call_count : 0; i-- > 0;) {
        if (!program_method(session->program, calls[i].method)->is_user) {
            continue;
        }
        VisibleVariables variables = session_visible_variables(session, &calls[i], &session->look.arena);
        if (visit(context, &variables)) {
            return;
        }
        Ref own = look_box_of_call(session, &calls[i]);
        box = own ? own : box;
    }
    for (uint32_t hops = 0; box && hops < 100; hops++) {
        box = look_continuation(session, box);
        if (box) {
            VisibleVariables variables =
                session_suspended_variables(session, box, look_await_position(session, box), &session->look.arena);
            if (visit(context, &variables)) {
                return;
            }
        }
    }
    VisibleVariables typed = session_typed_variables(session, &session->look.arena);
    visit(context, &typed);
}

typedef struct NameSearch {
    const char *name;
    size_t length;
    Found found;
} NameSearch;

static bool has_variable(void *context, const VisibleVariables *variables)
{
    NameSearch *search = context;
    for (uint32_t j = 0; j < variables->count; j++) {
        const VisibleVariable *variable = &variables->at[j];
        if (strlen(variable->name) == search->length && memcmp(variable->name, search->name, search->length) == 0) {
            search->found = found_variable(variable);
            return true;
        }
    }
    return false;
}

static Found find_first(Session *session, const char *name, size_t length)
{
    NameSearch search = {name, length, {0}};
    visit_variables(session, has_variable, &search);
    return search.found;
}

static Found find_path(Session *session, const char *path)
{
    size_t length = strcspn(path, ".[");
    Found found = find_first(session, path, length);
    if (!found.type) { /* a field, without `this.` */
        Found owner = find_first(session, "this", 4);
        found = owner.type ? step_field(session, &owner, path, length) : found;
    }
    path += length;
    while (found.type && *path) {
        path = follow_part(session, &found, path);
    }
    return found;
}

/* ---- places that can be found again at another moment
 * ---------------------------------------------------------------- */

static Found follow_path(Session *session, Found found, const char *path)
{
    while (found.type && *path) {
        path = follow_part(session, &found, path);
    }
    return found;
}

/* The variable of the innermost call (of `method`, unless that is 0) that has one of that name. */
static Found find_in_calls(Session *session, const char *name, size_t length, MethodId *method)
{
    const LogicalThread *thread = look_thread(session);
    const CallFrame *calls = thread ? thread_calls(session->machine, thread) : NULL;
    NameSearch search = {name, length, {0}};
    for (uint32_t i = thread ? thread->call_count : 0; i-- > 0 && !search.found.type;) {
        bool is_meant =
            *method ? calls[i].method == *method : program_method(session->program, calls[i].method)->is_user;
        if (is_meant) {
            VisibleVariables variables = session_visible_variables(session, &calls[i], &session->look.arena);
            if (has_variable(&search, &variables)) {
                *method = calls[i].method;
            }
        }
    }
    return search.found;
}

bool look_place(Session *session, const char *path, LookPlace *place)
{
    size_t length = strcspn(path, ".[");
    *place = (LookPlace){0};
    Found root = find_in_calls(session, path, length, &place->method);
    Found found = root.type ? follow_path(session, root, path + length) : find_path(session, path);
    if (!found.type) {
        return false;
    }
    place->type = load_type(session->loader, found.type);
    bool is_in_object = found.home && (!root.type || found.home != root.home);
    if (is_in_object) { /* what leads there does not matter any more */
        place->method = 0;
        place->object = session_object_number(session, found.home);
        place->at = found.at - found.home;
        return place->object != 0;
    }
    place->at = root.type ? 0 : found.at;
    return true;
}

uint64_t look_place_now(Session *session, const char *path, const LookPlace *place)
{
    if (place->object) {
        Ref ref = look_numbered(session, place->object);
        return ref ? ref + place->at : LOOK_UNSET;
    }
    if (!place->method) {
        return place->at;
    }
    MethodId method = place->method;
    size_t length = strcspn(path, ".[");
    Found root = find_in_calls(session, path, length, &method);
    if (root.type && !root.is_set) {
        return LOOK_UNSET;
    }
    Found found = follow_path(session, root, path + length);
    return found.type ? found.at : 0;
}

bool look_type_is_value_task(const Type *type)
{
    const TypeDefinition *definition = type->definition;
    return definition && definition->is_library && strcmp(definition->name->text, "ValueTask") == 0;
}

/* The ValueTask that was declared last and is set, in the innermost method that has one. */
static bool has_value_task(void *context, const VisibleVariables *variables)
{
    const char **name = context;
    for (uint32_t j = variables->count; j-- > 0;) {
        if (look_type_is_value_task(variables->at[j].type) && variables->at[j].is_set) {
            *name = variables->at[j].name;
            return true;
        }
    }
    return false;
}

static const char *find_any(Session *session)
{
    const char *name = NULL;
    visit_variables(session, has_value_task, &name);
    return name;
}

/* ---- what it would answer ---------------------------------------------------------------------------------------- */

static const char *task_status(Session *session, Ref task)
{
    Text text = look_text(session);
    switch (value_task_state(session, task)) {
    case TASK_CREATED:
        return "not started";
    case TASK_PENDING:
        return "pending";
    case TASK_SCHEDULED:
        return "pending: scheduled";
    case TASK_RUNNING:
        return "pending: running";
    case TASK_COMPLETED:
        return "completed";
    case TASK_CANCELED:
        return "canceled: await throws TaskCanceledException";
    case TASK_FAULTED: {
        Ref exception = value_task_exception(session, task);
        text_adds(&text, "faulted: await throws ");
        text_adds(&text, exception ? machine_runtime_type_of(session->machine, exception)->display_name : "");
        return text.at;
    }
    }
    return "";
}

static const char *source_status(Session *session, const SessionUnion *result, Ref source)
{
    const RuntimeType *type;
    uint64_t core = value_core(session, source, &type);
    if (result->is_stale) {
        return "stale: asking it throws InvalidOperationException";
    }
    if (!core) {
        return "the source decides";
    }
    const RuntimeField *completed = value_field(type, "_completed"), *error = value_field(type, "_error"),
                       *continuation = value_field(type, "_continuation");
    if (!value_read(session, completed->shape, core + completed->offset)) {
        bool has_waiter = machine_read8(session->machine, core + continuation->offset) != 0;
        return has_waiter ? "pending, an awaiter is registered" : "pending, nobody awaits it yet";
    }
    return machine_read8(session->machine, core + error->offset) ? "faulted" : "completed";
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

typedef struct RowList {
    SessionUnionRow *at;
    uint32_t count, capacity;
} RowList;

static bool is_dead_field(SessionArm arm, const char *name)
{
    return arm == ARM_RESULT ? strcmp(name, "_token") == 0
                             : strcmp(name, "_result") == 0 || (arm == ARM_TASK && strcmp(name, "_token") == 0);
}

static const char *field_text(Session *session, const RuntimeField *field, uint64_t at)
{
    if (field->shape == SHAPE_REF && strcmp(field->name, "_obj") == 0) {
        return look_object_name(session, machine_read8(session->machine, at + field->offset));
    }
    Text text = look_text(session);
    session_add_field_value(session, &text, field, at, LOOK_VALUE_LENGTH);
    return text.at;
}

static void push(Session *session, RowList *list, SessionUnionRow row)
{
    ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, row);
}

static void add_padding(Session *session, RowList *list, uint32_t from, uint32_t to)
{
    if (to > from) {
        push(session, list, (SessionUnionRow){from, to - from, "", "", "", NULL, false, true});
    }
}

static const RuntimeField *next_field(const RuntimeType *type, uint32_t from)
{
    const RuntimeField *best = NULL;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (!field->is_static && field->offset >= from && (!best || field->offset < best->offset)) {
            best = field;
        }
    }
    return best;
}

static void add_rows(Session *session, SessionUnion *result, const RuntimeType *type, uint64_t at)
{
    RowList list = {0};
    uint32_t end = 0;
    for (const RuntimeField *field = next_field(type, 0); field; field = next_field(type, end)) {
        add_padding(session, &list, end, field->offset);
        push(session, &list,
             (SessionUnionRow){
                 .offset = field->offset,
                 .size = field->size,
                 .field = field->name,
                 .type = field->type_name,
                 .value = field_text(session, field, at),
                 .is_dead = is_dead_field(result->arm, field->name),
             });
        end = field->offset + (field->size ? field->size : 1);
    }
    add_padding(session, &list, end, type->value_size);
    result->rows = list.at;
    result->row_count = list.count;
}

static void fill(Session *session, const Found *found, SessionUnion *result)
{
    const RuntimeType *type = program_type(session->program, load_type(session->loader, found->type));
    const RuntimeField *object = value_field(type, "_obj"), *token = value_field(type, "_token");
    Ref ref = machine_read8(session->machine, found->at + object->offset);
    result->type = type->display_name;
    result->size = type->value_size;
    result->home = found->home ? look_object_name(session, found->home) : "stack";
    result->arm = !ref ? ARM_RESULT : value_is_task(session, ref) ? ARM_TASK : ARM_SOURCE;
    result->object = ref ? look_object_name(session, ref) : "";
    result->object_bytes = ref ? (uint32_t)look_object_bytes(session, ref) : 0;
    result->token = (int32_t)value_read(session, token->shape, found->at + token->offset);
    if (result->arm == ARM_SOURCE) {
        int16_t version = 0;
        result->has_version = value_version(session, ref, &version);
        result->version = version;
        result->is_stale = result->has_version && version != result->token;
    }
    result->status = !found->is_set              ? "not assigned yet"
                     : result->arm == ARM_RESULT ? "completed"
                     : result->arm == ARM_TASK   ? task_status(session, ref)
                                                 : source_status(session, result, ref);
    add_rows(session, result, type, found->at);
}

/* ---- for the timeline: a value that is watched ------------------------------------------------------------------- */

bool look_is_value_task(Session *session, TypeId type)
{
    return look_type_is_value_task(program_type(session->program, type)->source);
}

bool look_add_path(Session *session, Text *text, const char *path, bool only_arm)
{
    static const char *const arms[] = {"result", "task", "source"};
    Found found = find_path(session, path);
    if (!found.type || !found.is_set || (only_arm && !look_type_is_value_task(found.type))) {
        return false;
    }
    if (only_arm) {
        SessionUnion result = {0};
        fill(session, &found, &result);
        text_adds(text, arms[result.arm]);
        return true;
    }
    session_add_short_value(session, text, load_type(session->loader, found.type), found.at, LOOK_VALUE_LENGTH);
    return true;
}

static void mark_changes(Session *session, const char *path, SessionUnion *result)
{
    SessionUnion old = {0};
    look_enter_before(session);
    Found found = find_path(session, path);
    bool was_there = found.type && look_type_is_value_task(found.type) && found.is_set;
    if (was_there) {
        fill(session, &found, &old);
    }
    look_leave_before(session);
    for (uint32_t i = 0; was_there && i < result->row_count && i < old.row_count; i++) {
        SessionUnionRow *row = (SessionUnionRow *)(uintptr_t)&result->rows[i];
        row->old = strcmp(row->value, old.rows[i].value) == 0 ? NULL : old.rows[i].value;
    }
    result->old_version = was_there && old.has_version && result->has_version && strcmp(old.object, result->object) == 0
                              ? old.version
                              : result->version;
}

/* ---- who has used it --------------------------------------------------------------------------------------------- */

typedef struct UseList {
    SessionUse *at;
    uint32_t count, capacity;
} UseList;

static const char *use_words(uint8_t use)
{
    switch ((Use)use) {
    case USE_AWAIT:
    case USE_GET_RESULT:
        return "await";
    case USE_RESULT:
        return ".Result";
    case USE_AS_TASK:
        return "AsTask";
    case USE_PRESERVE:
        return "Preserve";
    case USE_HOOK:
        return "OnCompleted";
    case USE_LOOK:
        return "looked at";
    case USE_NONE:
        break;
    }
    return "used";
}

static void add_use(Session *session, UseList *list, const Moment *moment, const char *what, bool is_misuse)
{
    CallFrame call = {moment->method, moment->pc, 0};
    if (!moment->step) {
        return;
    }
    SessionUse use = {.step = moment->step, .what = what, .is_misuse = is_misuse};
    if (moment->method) {
        Place place = source_place(session->sources, session_call_position(session, &call));
        use.line = place.line;
        use.column = place.column;
    }
    ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, use);
}

static bool is_same_moment(const Moment *a, const Moment *b)
{
    return a->step == b->step && a->method == b->method && a->pc == b->pc;
}

static void find_uses(Session *session, const Found *found, SessionUnion *result)
{
    ValueHistory history;
    UseList list = {0};
    Ref object = machine_read8(session->machine, found->at);
    if (!session->detector || !session->machine->shadow ||
        !detector_value_history(session->detector, session->machine, found->at, object, result->token, &history)) {
        return;
    }
    add_use(session, &list, &history.made, "made", false);
    add_use(session, &list, &history.first, use_words(history.first_use), false);
    for (uint32_t i = 0; i < detector_finding_count(session->detector); i++) {
        const Finding *finding = detector_finding(session->detector, i);
        if (is_same_moment(&finding->made, &history.made) && !is_same_moment(&finding->at, &history.first)) {
            add_use(session, &list, &finding->at, use_words(finding->use), true);
        }
    }
    result->uses = list.at;
    result->use_count = list.count;
}

typedef struct UnionQuery {
    const char *path;
    SessionUnion *result;
    bool found;
} UnionQuery;

static void find_union(Session *session, void *argument)
{
    UnionQuery *query = argument;
    const char *path = query->path ? query->path : find_any(session);
    Found found = path ? find_path(session, path) : (Found){0};
    if (!found.type || !look_type_is_value_task(found.type)) {
        return;
    }
    query->found = true;
    query->result->name = path;
    fill(session, &found, query->result);
    query->result->old_version = query->result->version;
    if (found.is_set) {
        find_uses(session, &found, query->result);
    }
    if (look_has_before(session)) {
        mark_changes(session, path, query->result);
    }
}

SessionStatus session_union(Session *session, const char *path, SessionUnion *result)
{
    UnionQuery query = {.path = path, .result = result};
    *result = (SessionUnion){0};
    if (!session->machine) {
        return SESSION_NOT_FOUND;
    }
    if (!look_guard(session, find_union, &query)) {
        return SESSION_NO_MEMORY;
    }
    return query.found ? SESSION_OK : SESSION_NOT_FOUND;
}
