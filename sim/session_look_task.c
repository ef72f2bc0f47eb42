/* Tasks: promises, async methods in progress, sources of ValueTasks; with the words of Visual Studio's window. */
#include "session_look.h"

#include <string.h>

typedef struct RefList {
    Session *session;
    Ref *at;
    uint32_t count, capacity;
} RefList;

static void push_ref(void *context, Ref ref)
{
    RefList *list = context;
    ARENA_PUSH(&list->session->look.arena, list->at, list->count, list->capacity, ref);
}

static bool has_ref(const RefList *list, Ref ref)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->at[i] == ref) {
            return true;
        }
    }
    return false;
}

/* ---- who runs what ----------------------------------------------------------------------------------------------- */

/* A task or box whose code is on the stack of a thread. */
typedef struct Running {
    Ref ref;
    const LogicalThread *thread;
    const CallFrame *call; /* of the user's code, the innermost one below it; NULL: none */
} Running;

typedef struct RunningList {
    Running *at;
    uint32_t count, capacity;
} RunningList;

static Ref receiver_of(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    if (method->is_static) {
        return 0;
    }
    uint64_t receiver = machine_read8(session->machine, call->frame);
    return method->receiver_is_byref ? session_holder(session, receiver) : receiver;
}

static bool runs_its_code(const Session *session, const RuntimeMethod *method)
{
    const char *dot = strrchr(method->name, '.');
    const RuntimeType *type = program_type(session->program, method->declaring_type);
    return dot &&
           ((strcmp(dot, ".MoveNext") == 0 && value_field(type, "<>1__state")) || (strcmp(dot, ".InnerInvoke") == 0));
}

static void find_running(Session *session, RunningList *list)
{
    const MachineState *state = session->machine->state;
    for (uint32_t i = 0; i < state->thread_count; i++) {
        const LogicalThread *thread = &state->threads[i];
        const CallFrame *calls = thread_calls(session->machine, thread);
        const CallFrame *user = NULL;
        for (uint32_t j = thread->status == THREAD_FREE ? 0 : thread->call_count; j-- > 0;) {
            const RuntimeMethod *method = program_method(session->program, calls[j].method);
            user = method->is_user && !user ? &calls[j] : user;
            Ref ref = runs_its_code(session, method) ? receiver_of(session, &calls[j]) : 0;
            if (ref) {
                Running running = {ref, thread, user};
                ARENA_PUSH(&session->look.arena, list->at, list->count, list->capacity, running);
                user = NULL;
            }
        }
    }
}

static const Running *running_of(const RunningList *list, Ref ref)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->at[i].ref == ref) {
            return &list->at[i];
        }
    }
    return NULL;
}

/* ---- one task ---------------------------------------------------------------------------------------------------- */

typedef struct TaskFacts {
    RunningList running;
    RefList scheduled;
} TaskFacts;

static bool is_machine(const Session *session, Ref ref)
{
    const RuntimeType *type;
    return session_machine_of(session, ref, &type) != 0;
}

static const char *final_status(TaskState state)
{
    return state == TASK_COMPLETED ? "Completed" : state == TASK_CANCELED ? "Canceled" : "Faulted";
}

/* Of a source that is no Task: what its core says. */
static const char *source_status(const Session *session, Ref ref, bool is_box)
{
    const RuntimeType *type;
    uint64_t core = value_core(session, ref, &type);
    if (!core) {
        return "";
    }
    const RuntimeField *completed = value_field(type, "_completed"), *error = value_field(type, "_error"),
                       *continuation = value_field(type, "_continuation");
    if (value_read(session, completed->shape, core + completed->offset)) {
        return machine_read8(session->machine, core + error->offset) ? "Faulted" : "Completed";
    }
    bool has_waiter = machine_read8(session->machine, core + continuation->offset) != 0;
    return is_box ? "Awaiting" : has_waiter ? "Pending" : "Idle";
}

static const char *status_of(Session *session, const TaskFacts *facts, Ref ref, const Running *running)
{
    bool is_task = value_is_task(session, ref), is_box = is_machine(session, ref);
    TaskState state = is_task ? value_task_state(session, ref) : TASK_PENDING;
    if (state == TASK_COMPLETED || state == TASK_CANCELED || state == TASK_FAULTED) {
        return final_status(state);
    }
    if (running) {
        return running->thread->status == THREAD_PARKED ? "Blocked" : "Active";
    }
    if (state == TASK_SCHEDULED || has_ref(&facts->scheduled, ref)) {
        return "Scheduled";
    }
    if (!is_task) {
        return source_status(session, ref, is_box);
    }
    return is_box ? "Awaiting" : state == TASK_CREATED ? "Created" : state == TASK_RUNNING ? "Active" : "Pending";
}

static const char *method_of(Session *session, Ref ref)
{
    const char *machine = look_box_method(session, ref);
    Ref action = *machine ? 0 : value_follow(session, ref, "m_action");
    MethodId method = action ? (MethodId)machine_read8(session->machine, action + DELEGATE_METHOD) : 0;
    if (!method) {
        return machine;
    }
    Text text = look_text(session);
    session_add_method(session, &text, method);
    return text.at;
}

static uint32_t count_waiters(const Session *session, Ref ref)
{
    Ref there = value_follow(session, ref, "m_continuationObject");
    if (!there) {
        return look_continuation(session, ref) ? 1 : 0;
    }
    if (value_is(machine_runtime_type_of(session->machine, there), "System.Collections.Generic.List`1")) {
        return (uint32_t)value_number(session, there, "_size");
    }
    bool is_sentinel = value_is(machine_runtime_type_of(session->machine, there), "System.Object");
    return is_sentinel ? 0 : 1;
}

static const char *waiters_of(Session *session, Ref ref)
{
    Ref box = look_continuation(session, ref);
    return box ? look_box_method(session, box) : count_waiters(session, ref) ? "a blocked thread or callback" : "";
}

static const char *place_in_words(Session *session, Ref ref, const Running *running)
{
    Position position = running && running->call   ? session_call_position(session, running->call)
                        : is_machine(session, ref) ? look_await_position(session, ref)
                                                   : 0;
    uint32_t line = position ? source_place(session->sources, position).line : 0;
    return line ? look_format(session, "line %u", line) : "";
}

static SessionTask describe(Session *session, const TaskFacts *facts, const Birth *birth)
{
    Ref ref = birth->ref;
    const Running *running = running_of(&facts->running, ref);
    CallFrame origin = {birth->method, birth->pc, 0};
    SessionTask task = {
        .number = birth->number,
        .name = look_object_name(session, ref),
        .status = status_of(session, facts, ref, running),
        .method = method_of(session, ref),
        .awaiting = "",
        .waiters = waiters_of(session, ref),
        .where = place_in_words(session, ref, running),
        .born_step = birth->step,
        .born_line = birth->method ? source_place(session->sources, session_call_position(session, &origin)).line : 0,
        .thread = running ? running->thread->number : 0,
        .awaits = count_waiters(session, ref),
        .is_new = birth->step == session->machine->state->steps,
        .is_changed = look_is_changed(session, ref),
    };
    if (strcmp(task.status, "Awaiting") == 0) {
        task.awaiting = look_awaited(session, ref);
    }
    return task;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

typedef struct TasksQuery {
    uint64_t first;
    uint32_t count;
    SessionTasks *result;
} TasksQuery;

enum { UNKNOWN, NO, YES };

/* Tasks, boxes of both kinds, and sources; asked once per type. */
static bool is_listed(Session *session, uint8_t *answers, Ref ref)
{
    TypeId id = machine_type_of(session->machine, ref);
    if (answers[id] == UNKNOWN) {
        const RuntimeType *core;
        bool is = value_is_task(session, ref) || is_machine(session, ref) || value_core(session, ref, &core);
        answers[id] = is ? YES : NO;
    }
    return answers[id] == YES;
}

static void find_tasks(Session *session, void *argument)
{
    const TasksQuery *query = argument;
    const Births *births = session->machine->births;
    TaskFacts facts = {.scheduled = {.session = session}};
    find_running(session, &facts.running);
    look_visit_work(session, push_ref, &facts.scheduled);
    uint8_t *answers = ARENA_ARRAY(&session->look.arena, uint8_t, session->program->type_count + 1);
    SessionTask *rows = ARENA_ARRAY(&session->look.arena, SessionTask, query->count + 1);
    for (uint32_t i = 0; births && i < births->count; i++) {
        Ref ref = births->at[i].ref;
        if (!is_listed(session, answers, ref) || !look_is_shown(session, ref) || !look_is_alive(session, ref)) {
            continue;
        }
        if (query->result->total >= query->first && query->result->count < query->count) {
            rows[query->result->count++] = describe(session, &facts, &births->at[i]);
        }
        query->result->total++;
    }
    query->result->tasks = rows;
}

SessionStatus session_tasks(Session *session, uint64_t first, uint32_t count, SessionTasks *tasks)
{
    TasksQuery query = {first, count, tasks};
    *tasks = (SessionTasks){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, find_tasks, &query) ? SESSION_OK : SESSION_NO_MEMORY;
}
