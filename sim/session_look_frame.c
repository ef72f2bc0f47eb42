/* Methods in progress: on the stack of a thread, or suspended in a box, and who waits for whom. */
#include "session_look.h"

#include <string.h>

typedef struct FrameList {
    SessionFrame *at;
    uint32_t count, capacity;
} FrameList;

enum { MOST_FRAMES = 200 };

/* ---- variables --------------------------------------------------------------------------------------------------- */

static const char *home_of(Session *session, const VisibleVariable *variable)
{
    if (!variable->home) {
        return "stack";
    }
    const RuntimeType *type = machine_runtime_type_of(session->machine, variable->home);
    if (strstr(type->display_name, "DisplayClass")) {
        return look_format(session, "closure #%u", session_object_number(session, variable->home));
    }
    return look_object_name(session, variable->home);
}

static const char *value_of(Session *session, const VisibleVariable *variable)
{
    if (!variable->is_set) {
        return "(unset)";
    }
    if (type_is_reference(variable->type)) {
        Text text = look_text(session);
        session_add_contents(session, &text, machine_read8(session->machine, variable->at), LOOK_VALUE_LENGTH);
        return text.at;
    }
    TypeId type = load_type(session->loader, variable->type);
    Text text = look_text(session);
    session_add_value(session, &text, type, variable->at);
    return text.at;
}

static SessionVariable describe_variable(Session *session, const VisibleVariable *variable)
{
    return (SessionVariable){
        .name = variable->name,
        .type = type_text(session->world, variable->type),
        .value = value_of(session, variable),
        .kind = variable->kind,
        .line = source_place(session->sources, variable->declared.start).line,
        .is_set = variable->is_set,
        .is_value_task = look_type_is_value_task(variable->type),
        .home = home_of(session, variable),
    };
}

static void describe_variables(Session *session, const VisibleVariables *variables, SessionFrame *frame)
{
    SessionVariable *rows = ARENA_ARRAY(&session->look.arena, SessionVariable, variables->count + 1);
    for (uint32_t i = 0; i < variables->count; i++) {
        rows[i] = describe_variable(session, &variables->at[i]);
    }
    frame->variables = rows;
    frame->variable_count = variables->count;
}

/* ---- boxes ------------------------------------------------------------------------------------------------------- */

static int64_t state_of_machine(const Session *session, const RuntimeType *type, uint64_t at)
{
    const RuntimeField *state = value_field(type, "<>1__state");
    return state ? value_read(session, state->shape, at + state->offset) : 0;
}

const char *look_box_method(Session *session, Ref box)
{
    const RuntimeType *type = NULL;
    if (!box || !session_machine_of(session, box, &type)) {
        return "";
    }
    Text text = look_text(session);
    session_add_machine_method(&text, type->full_name);
    return text.at;
}

Position look_await_position(const Session *session, Ref box)
{
    const RuntimeType *type = NULL;
    uint64_t at = session_machine_of(session, box, &type);
    const TypeDefinition *definition = at ? ((Type *)type->source)->definition : NULL;
    int64_t state = at ? state_of_machine(session, type, at) : 0;
    for (uint32_t i = 0; definition && i < definition->await_point_count; i++) {
        if (definition->await_points[i].state == state) {
            return definition->await_points[i].span.start;
        }
    }
    return 0;
}

/* The first object that a struct refers to, and the token beside it. */
static const char *describe_awaiter(Session *session, const RuntimeType *type, uint64_t at)
{
    Ref object = type->ref_count ? machine_read8(session->machine, at + type->ref_offsets[0]) : 0;
    if (!object) {
        return "";
    }
    int16_t version;
    if (value_is_task(session, object) || !value_version(session, object, &version)) {
        return look_object_name(session, object);
    }
    return look_format(session, "%s, version %d", look_object_name(session, object), version);
}

const char *look_awaited(Session *session, Ref box)
{
    const RuntimeType *type = NULL;
    uint64_t at = session_machine_of(session, box, &type);
    for (uint32_t i = 0; at && i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static || strncmp(field->name, "<>u__", 5) != 0 || !field->type) {
            continue;
        }
        const RuntimeType *awaiter = program_type(session->program, field->type);
        const char *text = describe_awaiter(session, awaiter, at + field->offset);
        if (*text) {
            return text;
        }
        if (value_is(awaiter, "System.Runtime.CompilerServices.YieldAwaitable+YieldAwaiter")) {
            return "Task.Yield()";
        }
    }
    return "";
}

static bool is_box(const Session *session, Ref ref)
{
    const RuntimeType *type;
    return ref && session_machine_of(session, ref, &type);
}

Ref look_box_behind(const Session *session, Ref ref)
{
    static const char *const ways[] = {"m_action", "_continuation", "_target", "_state", "_callback"};
    for (uint32_t hops = 0; ref && hops < 8; hops++) {
        if (is_box(session, ref)) {
            return ref;
        }
        Ref next = 0;
        for (uint32_t i = 0; !next && i < sizeof ways / sizeof ways[0]; i++) {
            next = value_follow(session, ref, ways[i]);
        }
        ref = next;
    }
    return 0;
}

Ref look_continuation(const Session *session, Ref awaited)
{
    Ref ref = value_follow(session, awaited, "m_continuationObject");
    const RuntimeType *core_type;
    uint64_t core = !ref && awaited ? value_core(session, awaited, &core_type) : 0;
    if (core) {
        const RuntimeField *state = value_field(core_type, "_continuationState");
        const RuntimeField *action = value_field(core_type, "_continuation");
        ref = machine_read8(session->machine, core + state->offset);
        ref = ref ? ref : machine_read8(session->machine, core + action->offset);
    }
    if (ref && value_is(machine_runtime_type_of(session->machine, ref), "System.Collections.Generic.List`1")) {
        Ref items = value_follow(session, ref, "_items");
        ref =
            items && value_number(session, ref, "_size") ? machine_read8(session->machine, items + ARRAY_ELEMENTS) : 0;
    }
    return look_box_behind(session, ref);
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

static void set_place(Session *session, SessionFrame *frame, Position position)
{
    Place place = source_place(session->sources, position);
    if (place.file && !place.file->is_library) {
        frame->file = place.file->name;
        frame->line = place.line;
        frame->column = place.column;
    }
}

/* The box that the machine of a MoveNext in progress lies in; 0: it is no MoveNext, or the machine is on the stack. */
static Ref box_of_call(const Session *session, const CallFrame *call, const RuntimeType **machine, uint64_t *at)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    const RuntimeType *type = program_type(session->program, method->declaring_type);
    *machine = NULL;
    if (method->is_static || !value_field(type, "<>1__state")) {
        return 0;
    }
    uint64_t receiver = machine_read8(session->machine, call->frame);
    *machine = type;
    *at = method->receiver_is_byref ? receiver : receiver + OBJECT_FIELDS;
    return method->receiver_is_byref ? session_holder(session, receiver) : receiver;
}

Ref look_box_of_call(const Session *session, const CallFrame *call)
{
    const RuntimeType *machine;
    uint64_t at;
    return box_of_call(session, call, &machine, &at);
}

static SessionFrame describe_call(Session *session, const LogicalThread *thread, const CallFrame *call)
{
    const RuntimeType *machine;
    uint64_t at;
    Ref box = box_of_call(session, call, &machine, &at);
    Text name = look_text(session);
    session_add_method(session, &name, call->method);
    SessionFrame frame = {.method = name.at, .thread = thread->number, .is_async = machine != NULL};
    if (machine) {
        frame.state = (int32_t)state_of_machine(session, machine, at);
        frame.box = box ? look_object_name(session, box) : NULL;
    }
    set_place(session, &frame, session_call_position(session, call));
    VisibleVariables variables = session_visible_variables(session, call, &session->look.arena);
    describe_variables(session, &variables, &frame);
    return frame;
}

static SessionFrame describe_suspended(Session *session, Ref box)
{
    const RuntimeType *type = NULL;
    uint64_t at = session_machine_of(session, box, &type);
    Position position = look_await_position(session, box);
    SessionFrame frame = {
        .method = look_box_method(session, box),
        .is_async = true,
        .state = (int32_t)state_of_machine(session, type, at),
        .box = look_object_name(session, box),
        .awaits = look_awaited(session, box),
    };
    set_place(session, &frame, position);
    VisibleVariables variables = session_suspended_variables(session, box, position, &session->look.arena);
    describe_variables(session, &variables, &frame);
    return frame;
}

/* The method that the compiler made of an async method's head: it only starts the machine. */
static bool is_kickoff(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    for (uint32_t i = 0; i < method->local_count; i++) {
        if (method->locals[i].is_compiler_made && strcmp(method->locals[i].name, "stateMachine") == 0) {
            return true;
        }
    }
    return false;
}

static void push(Session *session, FrameList *list, SessionFrame frame)
{
    ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, frame);
}

bool look_is_waiting_entry(const RuntimeMethod *method)
{
    static const char entry[] = ".<Main>";
    size_t length = strlen(method->name), tail = sizeof entry - 1;
    return length > tail && strcmp(method->name + length - tail, entry) == 0;
}

/* A method that a reader of the source would look for. */
static bool is_shown(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    return method->is_user && !method->is_hidden && !look_is_waiting_entry(method) && !is_kickoff(session, call);
}

/* Calls of user code from index `from` downwards; heads of async methods are left out. */
static void add_calls(Session *session, FrameList *list, const LogicalThread *thread, uint32_t from)
{
    const CallFrame *calls = thread_calls(session->machine, thread);
    for (uint32_t i = from; i-- > 0 && list->count < MOST_FRAMES;) {
        if (is_shown(session, &calls[i])) {
            push(session, list, describe_call(session, thread, &calls[i]));
        }
    }
}

static const LogicalThread *thread_numbered(const Session *session, uint32_t number)
{
    const MachineState *state = session->machine->state;
    if (!number) {
        return look_thread(session);
    }
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status != THREAD_FREE && state->threads[i].number == number) {
            return &state->threads[i];
        }
    }
    return NULL;
}

/* ---- changes of variables ---------------------------------------------------------------------------------------- */

static const SessionVariable *find_variable(const SessionFrame *frame, const char *name)
{
    for (uint32_t i = 0; i < frame->variable_count; i++) {
        if (strcmp(frame->variables[i].name, name) == 0) {
            return &frame->variables[i];
        }
    }
    return NULL;
}

/* The frame of the same method one step earlier, counted from the outermost. */
static const SessionFrame *counterpart(const SessionFrames *before, const SessionFrames *now, uint32_t index)
{
    uint32_t depth = now->count - index;
    const SessionFrame *frame = depth <= before->count ? &before->frames[before->count - depth] : NULL;
    return frame && strcmp(frame->method, now->frames[index].method) == 0 ? frame : NULL;
}

static void mark_changes(SessionFrames *now, const SessionFrames *before)
{
    for (uint32_t i = 0; i < now->count; i++) {
        const SessionFrame *old_frame = counterpart(before, now, i);
        for (uint32_t j = 0; old_frame && j < now->frames[i].variable_count; j++) {
            SessionVariable *variable = (SessionVariable *)(uintptr_t)&now->frames[i].variables[j];
            const SessionVariable *old = find_variable(old_frame, variable->name);
            variable->old = old && strcmp(old->value, variable->value) != 0 ? old->value : NULL;
        }
    }
}

typedef void FindFrames(Session *session, uint32_t thread, FrameList *list);

/* The variables of a prompt stand below everything else. */
static void add_typed(Session *session, FrameList *list)
{
    VisibleVariables variables = session_typed_variables(session, &session->look.arena);
    if (variables.count) {
        SessionFrame frame = {.method = "typed", .is_typed = true};
        describe_variables(session, &variables, &frame);
        push(session, list, frame);
    }
}

static SessionFrames frames_with_changes(Session *session, FindFrames *find, uint32_t thread)
{
    FrameList list = {0}, old = {0};
    find(session, thread, &list);
    add_typed(session, &list);
    SessionFrames frames = {list.at, list.count};
    if (look_has_before(session)) {
        look_enter_before(session);
        find(session, thread, &old);
        add_typed(session, &old);
        look_leave_before(session);
        SessionFrames before = {old.at, old.count};
        mark_changes(&frames, &before);
    }
    return frames;
}

typedef struct FramesQuery {
    uint32_t thread;
    FindFrames *find;
    SessionFrames *result;
} FramesQuery;

static void run_query(Session *session, void *argument)
{
    const FramesQuery *query = argument;
    *query->result = frames_with_changes(session, query->find, query->thread);
}

static SessionStatus answer(Session *session, uint32_t thread, FindFrames *find, SessionFrames *frames)
{
    FramesQuery query = {thread, find, frames};
    *frames = (SessionFrames){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, run_query, &query) ? SESSION_OK : SESSION_NO_MEMORY;
}

static void find_frames(Session *session, uint32_t number, FrameList *list)
{
    const LogicalThread *thread = thread_numbered(session, number);
    if (thread) {
        add_calls(session, list, thread, thread->call_count);
    }
}

SessionStatus session_frames(Session *session, uint32_t thread, SessionFrames *frames)
{
    return answer(session, thread, find_frames, frames);
}

/* ---- the logical stack ------------------------------------------------------------------------------------------- */

/* Whether the MoveNext at `index` was started by its own method's head: then its caller is on this very stack. */
static bool was_called(const Session *session, const CallFrame *calls, uint32_t index)
{
    while (index-- > 0) {
        if (program_method(session->program, calls[index].method)->is_user) {
            return is_kickoff(session, &calls[index]);
        }
    }
    return false;
}

static void add_awaiting(Session *session, FrameList *list, Ref box)
{
    for (Ref next = look_continuation(session, box); next && list->count < MOST_FRAMES;
         next = look_continuation(session, next)) {
        push(session, list, describe_suspended(session, next));
    }
}

static void find_async_stack(Session *session, uint32_t number, FrameList *list)
{
    (void)number;
    const LogicalThread *thread = look_thread(session);
    const CallFrame *calls = thread ? thread_calls(session->machine, thread) : NULL;
    for (uint32_t i = thread ? thread->call_count : 0; i-- > 0 && list->count < MOST_FRAMES;) {
        if (!is_shown(session, &calls[i])) {
            continue;
        }
        push(session, list, describe_call(session, thread, &calls[i]));
        const RuntimeType *machine;
        uint64_t at;
        Ref box = box_of_call(session, &calls[i], &machine, &at);
        if (machine && !was_called(session, calls, i)) { /* resumed: whoever awaits it is suspended */
            if (box) {
                add_awaiting(session, list, box);
            }
            return;
        }
    }
}

SessionStatus session_async_stack(Session *session, SessionFrames *frames)
{
    return answer(session, 0, find_async_stack, frames);
}
