/* Who runs next: threads, the queues of the pool, timers. Read from the fields of the core library's own types. */
#include "session_look.h"

#include <string.h>

#include "vm/thread.h"

/* ---- static fields ----------------------------------------------------------------------------------------------- */

static const RuntimeType *loaded_type(const Session *session, const char *full_name)
{
    for (uint32_t i = 1; i < session->program->type_count; i++) {
        const RuntimeType *type = session->program->types[i];
        if (type && strcmp(type->full_name, full_name) == 0) {
            return type;
        }
    }
    return NULL;
}

/* Where a static field lies; 0: the class has not been loaded or initialised. */
static uint64_t static_field(const Session *session, const char *type_name, const char *name,
                             const RuntimeField **field)
{
    const RuntimeType *type = loaded_type(session, type_name);
    for (uint32_t i = 0; type && type->statics_offset && i < type->field_count; i++) {
        *field = &type->fields[i];
        if ((*field)->is_static && !(*field)->is_thread_static && strcmp((*field)->name, name) == 0) {
            return session->machine->state->areas[AREA_STATICS].offset + type->statics_offset + (*field)->offset;
        }
    }
    return 0;
}

/* ---- rings of work ----------------------------------------------------------------------------------------------- */

/* The items of a WorkRing that lies at `at`, the next one first. `local`: its owner takes from the other end. */
static void visit_ring(const Session *session, const RuntimeType *ring, uint64_t at, bool is_local,
                       LookWorkVisitor *visit, void *context)
{
    Ref items = machine_read8(session->machine, at + value_field(ring, "_items")->offset);
    uint32_t head = (uint32_t)value_read(session, SHAPE_I4, at + value_field(ring, "_head")->offset);
    uint32_t count = (uint32_t)value_read(session, SHAPE_I4, at + value_field(ring, "_count")->offset);
    uint32_t mask = items ? (uint32_t)machine_length(session->machine, items) - 1 : 0;
    for (uint32_t i = 0; items && i < count; i++) {
        uint32_t index = (head + (is_local ? count - 1 - i : i)) & mask;
        visit(context, machine_read8(session->machine, items + ARRAY_ELEMENTS + (uint64_t)index * sizeof(Ref)));
    }
}

static void visit_static_ring(const Session *session, const char *name, LookWorkVisitor *visit, void *context)
{
    const RuntimeField *field;
    uint64_t at = static_field(session, "System.Threading.ThreadPool", name, &field);
    if (at && field->type) {
        visit_ring(session, program_type(session->program, field->type), at, false, visit, context);
    }
}

static void visit_local_ring(const Session *session, const LogicalThread *thread, LookWorkVisitor *visit, void *context)
{
    Ref extra = value_follow(session, thread->object, "_DONT_USE_InternalThread");
    if (!extra) {
        return;
    }
    const RuntimeType *array = machine_runtime_type_of(session->machine, extra);
    const RuntimeField *local = value_field(program_type(session->program, array->element), "Local");
    if (local && local->type) {
        visit_ring(session, program_type(session->program, local->type), extra + ARRAY_ELEMENTS + local->offset, true,
                   visit, context);
    }
}

void look_visit_work(const Session *session, LookWorkVisitor *visit, void *context)
{
    const MachineState *state = session->machine->state;
    visit_static_ring(session, "s_urgent", visit, context);
    visit_static_ring(session, "s_global", visit, context);
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status != THREAD_FREE) {
            visit_local_ring(session, &state->threads[i], visit, context);
        }
    }
}

/* ---- queues ------------------------------------------------------------------------------------------------------ */

typedef struct QueueList {
    Session *session;
    SessionQueue *at;
    uint32_t count, capacity;
    SessionItem *items; /* of the queue that is being filled */
    uint32_t item_count, item_capacity;
} QueueList;

enum { MOST_ITEMS = 500 };

static const char *work_in_words(Session *session, Ref item)
{
    Ref box = look_box_behind(session, item);
    if (box) {
        Position position = look_await_position(session, box);
        Place place = source_place(session->sources, position);
        const char *method = look_box_method(session, box);
        return place.file ? look_format(session, "resumes %s at line %u", method, place.line)
                          : look_format(session, "resumes %s", method);
    }
    Ref delegate = value_follow(session, item, "m_action");
    delegate = delegate ? delegate : value_follow(session, item, "_callback");
    MethodId method = delegate ? (MethodId)machine_read8(session->machine, delegate + DELEGATE_METHOD) : 0;
    if (!method) {
        return "";
    }
    Text text = look_text(session);
    text_adds(&text, "runs ");
    session_add_method(session, &text, method);
    return text.at;
}

static void add_work(void *context, Ref item)
{
    QueueList *list = context;
    Session *session = list->session;
    if (list->item_count < MOST_ITEMS) {
        SessionItem row = {look_object_name(session, item), work_in_words(session, item)};
        ARENA_PUSH(&session->look.arena, list->items, list->item_count, list->item_capacity, row);
    }
}

static void end_queue(QueueList *list, const char *name, bool keep_empty)
{
    if (list->item_count || keep_empty) {
        SessionQueue queue = {name, list->items, list->item_count};
        ARENA_PUSH(&list->session->look.arena, list->at, list->count, list->capacity, queue);
    }
    list->items = NULL;
    list->item_count = list->item_capacity = 0;
}

static const char *method_of_thread(Session *session, const LogicalThread *thread, uint32_t *line)
{
    const CallFrame *call = session_user_call(session, thread);
    *line = 0;
    if (!call) {
        return "";
    }
    Text text = look_text(session);
    session_add_method(session, &text, call->method);
    *line = source_place(session->sources, session_call_position(session, call)).line;
    return text.at;
}

typedef struct InLine {
    Session *session;
    void (*tell)(void *context, const char *name, const char *what);
    void *context;
} InLine;

static void tell_work(void *context, Ref item)
{
    const InLine *line = context;
    line->tell(line->context, look_object_name(line->session, item), work_in_words(line->session, item));
}

void look_work_in_line(Session *session, void (*tell)(void *context, const char *name, const char *what), void *context)
{
    const LogicalThread *thread = look_thread(session);
    InLine line = {session, tell, context};
    if (thread) {
        visit_local_ring(session, thread, tell_work, &line);
    }
    visit_static_ring(session, "s_urgent", tell_work, &line);
    visit_static_ring(session, "s_global", tell_work, &line);
}

static void keep_first(void *context, Ref item)
{
    Ref *first = context;
    *first = *first ? *first : item;
}

/* A worker of the pool takes what is first in its own queue, else in the common ones. */
static const char *next_work(Session *session, const LogicalThread *thread)
{
    Ref item = 0;
    visit_local_ring(session, thread, keep_first, &item);
    visit_static_ring(session, "s_urgent", keep_first, &item);
    visit_static_ring(session, "s_global", keep_first, &item);
    if (!item) {
        return "looks for work";
    }
    const char *what = work_in_words(session, item);
    return look_format(session, "takes %s%s%s", look_object_name(session, item), *what ? ", which " : "", what);
}

const char *look_ready_thread(Session *session, const LogicalThread *thread)
{
    uint32_t line;
    const char *method = method_of_thread(session, thread, &line);
    if (line) {
        return look_format(session, "in %s at line %u", method, line);
    }
    if (value_number(session, thread->object, "_isThreadPool")) {
        return next_work(session, thread);
    }
    return thread->number == 1 ? "" : "starts";
}

static void add_ready(QueueList *list)
{
    Session *session = list->session;
    const MachineState *state = session->machine->state;
    for (uint32_t i = 0; i < state->ready_count; i++) {
        const LogicalThread *thread = &state->threads[state->ready[i]];
        SessionItem row = {look_format(session, "thread %u", thread->number), look_ready_thread(session, thread)};
        ARENA_PUSH(&session->look.arena, list->items, list->item_count, list->item_capacity, row);
    }
}

static void find_queues(Session *session, void *argument)
{
    SessionQueues *queues = argument;
    QueueList list = {.session = session};
    const MachineState *state = session->machine->state;
    add_ready(&list);
    end_queue(&list, "ready threads", true);
    visit_static_ring(session, "s_urgent", add_work, &list);
    end_queue(&list, "pool, urgent", false);
    visit_static_ring(session, "s_global", add_work, &list);
    end_queue(&list, "pool, global", true);
    for (uint32_t i = 0; i < state->thread_count; i++) {
        const LogicalThread *thread = &state->threads[i];
        if (thread->status != THREAD_FREE) {
            visit_local_ring(session, thread, add_work, &list);
            end_queue(&list, look_format(session, "pool, local of thread %u", thread->number), false);
        }
    }
    *queues = (SessionQueues){list.at, list.count};
}

SessionStatus session_queues(Session *session, SessionQueues *queues)
{
    *queues = (SessionQueues){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, find_queues, queues) ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- timers ------------------------------------------------------------------------------------------------------ */

static const char *purpose_of_timer(Session *session, Ref timer)
{
    Ref state = value_follow(session, timer, "_state");
    if (state && machine_runtime_type_of(session->machine, state)->is_reference) {
        return look_object_name(session, state);
    }
    Ref callback = value_follow(session, timer, "_timerCallback");
    MethodId method = callback ? (MethodId)machine_read8(session->machine, callback + DELEGATE_METHOD) : 0;
    if (!method) {
        return "";
    }
    Text text = look_text(session);
    session_add_method(session, &text, method);
    return text.at;
}

static void find_timers(Session *session, void *argument)
{
    SessionTimers *timers = argument;
    const RuntimeField *field;
    uint64_t at = static_field(session, "System.Threading.TimerQueue", "s_instance", &field);
    Ref queue = at ? machine_read8(session->machine, at) : 0;
    SessionTimer *rows = NULL;
    uint32_t count = 0, capacity = 0;
    for (Ref timer = value_follow(session, queue, "_first"); timer && count < MOST_ITEMS;
         timer = value_follow(session, timer, "_next")) {
        int64_t due = (value_number(session, timer, "_startTicks") + value_number(session, timer, "_dueTime")) *
                      TICKS_PER_MILLISECOND;
        SessionTimer row = {look_object_name(session, timer), purpose_of_timer(session, timer), due,
                            due - session->machine->state->clock};
        ARENA_PUSH(&session->look.arena, rows, count, capacity, row);
    }
    *timers = (SessionTimers){rows, count};
}

SessionStatus session_timers(Session *session, SessionTimers *timers)
{
    *timers = (SessionTimers){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, find_timers, timers) ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- threads ----------------------------------------------------------------------------------------------------- */

/* The objects that library methods on top of a thread's stack were called on: a task if there is one, else the
 * first. */
static Ref waited_for(const Session *session, const LogicalThread *thread, const RuntimeMethod **by)
{
    const CallFrame *calls = thread_calls(session->machine, thread);
    Ref first = 0;
    for (uint32_t i = thread->call_count; i-- > 0;) {
        const RuntimeMethod *method = program_method(session->program, calls[i].method);
        if (method->is_user) {
            break;
        }
        bool has_object =
            !method->receiver_is_byref && method->argument_ref_slot_count && method->argument_ref_slots[0] == 0;
        Ref object = has_object ? machine_read8(session->machine, calls[i].frame) : 0;
        if (object && !method->is_static && value_is_task(session, object)) {
            *by = method;
            return object;
        }
        bool is_wait = strstr(method->name, "Wait") || strstr(method->name, "Join") || strstr(method->name, "Enter");
        if (object && !first && is_wait) {
            first = object;
            *by = method;
        }
    }
    return first;
}

static bool is_inside(const Session *session, const LogicalThread *thread, const char *name)
{
    const CallFrame *calls = thread_calls(session->machine, thread);
    for (uint32_t i = 0; i < thread->call_count; i++) {
        if (strstr(program_method(session->program, calls[i].method)->name, name)) {
            return true;
        }
    }
    return false;
}

static const char *why_blocked(Session *session, const LogicalThread *thread)
{
    const RuntimeMethod *by = NULL;
    Ref object = waited_for(session, thread, &by);
    if (object) {
        const char *what = strstr(by->name, "Monitor") ? "waits for the lock on" : "waits for";
        return look_format(session, "%s %s", what, look_object_name(session, object));
    }
    if (is_inside(session, thread, "TimerQueue.RunTimerThread")) {
        return "waits for the next timer";
    }
    if (thread->is_timed) {
        int64_t left = thread->deadline - session->machine->state->clock;
        return look_format(session, "sleeps for %lld ms", (long long)(left / TICKS_PER_MILLISECOND));
    }
    return is_inside(session, thread, "ThreadPool.RunWorker") ? "idle: waits for work" : "";
}

static const char *kind_of_thread(const Session *session, const LogicalThread *thread)
{
    if (thread->number == 1) {
        return "main";
    }
    if (value_number(session, thread->object, "_isThreadPool")) {
        return "pool";
    }
    return value_number(session, thread->object, "_managedThreadId") == 3 ? "timer" : "thread";
}

static SessionThread describe_thread(Session *session, const LogicalThread *thread)
{
    SessionThread row = {
        .number = thread->number,
        .kind = kind_of_thread(session, thread),
        .status = thread->status == THREAD_PARKED  ? "blocked"
                  : thread->status == THREAD_READY ? "ready"
                                                   : "running",
        .why = "",
    };
    row.method = method_of_thread(session, thread, &row.line);
    if (thread->status == THREAD_PARKED) {
        row.why = why_blocked(session, thread);
    }
    return row;
}

static void find_threads(Session *session, void *argument)
{
    SessionThreads *threads = argument;
    const MachineState *state = session->machine->state;
    SessionThread *rows = ARENA_ARRAY(&session->look.arena, SessionThread, state->thread_count + 1u);
    uint32_t count = 0;
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status != THREAD_FREE) {
            rows[count++] = describe_thread(session, &state->threads[i]);
        }
    }
    *threads = (SessionThreads){rows, count};
}

SessionStatus session_threads(Session *session, SessionThreads *threads)
{
    *threads = (SessionThreads){0};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, find_threads, threads) ? SESSION_OK : SESSION_NO_MEMORY;
}
