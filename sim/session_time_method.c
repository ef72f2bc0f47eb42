/* `next` and `finish`: from statement to statement of one call of a method, wherever that runs.
 *
 * A call is known by where it lies on its thread's stack, and an async one that has suspended by its box. While it is
 * suspended whatever else runs is passed over; when it is over, its caller is next: for an async method who awaits it.
 */
#include "session_look.h"
#include "vm/heap.h"

#include <string.h>

/* ---- calls ------------------------------------------------------------------------------------------------------- */

typedef struct Call {
    uint32_t thread; /* number; 0: nobody is in user code */
    uint64_t at;     /* block offset of its CallFrame: calls of callers lie before it */
    MethodId method;
    uint32_t box; /* number of the box of its state machine; 0: it has none, or not yet */
} Call;

/* The box in which the state machine of a MoveNext lies; 0: it lies on a stack, or it is no MoveNext. */
static uint32_t box_of(const Session *session, const CallFrame *frame)
{
    const RuntimeMethod *method = program_method(session->program, frame->method);
    if (method->is_static || !method->is_async_method) {
        return 0;
    }
    uint64_t receiver = machine_read8(session->machine, frame->frame);
    if (!heap_contains(session->machine, receiver)) {
        return 0;
    }
    Ref box = method->receiver_is_byref ? heap_object_around(session->machine, receiver) : receiver;
    return box ? session_object_number(session, box) : 0;
}

static Call call_of(const Session *session, const LogicalThread *thread, const CallFrame *frame)
{
    return (Call){thread->number, machine_offset(session->machine, frame), frame->method, box_of(session, frame)};
}

static const LogicalThread *running(const Session *session)
{
    return session->machine->state->current == NO_THREAD ? NULL : machine_thread(session->machine);
}

/* The call that the user's code is in; .thread 0: there is none. */
static Call present_call(const Session *session)
{
    const LogicalThread *thread = running(session);
    const CallFrame *frame = thread ? session_user_call(session, thread) : NULL;
    return frame ? call_of(session, thread, frame) : (Call){0};
}

/* Whether the call still lies where it lay. A new call of the same method at the same place looks the same. */
static bool is_there(const Session *session, const LogicalThread *thread, const Call *call)
{
    const CallFrame *first = thread_calls(session->machine, thread) - thread->outer_calls;
    uint64_t start = machine_offset(session->machine, first);
    uint64_t index = (call->at - start) / sizeof *first;
    return call->at >= start && index < thread->outer_calls + thread->call_count && first[index].method == call->method;
}

/* ---- what becomes of a call -------------------------------------------------------------------------------------- */

typedef struct Follow {
    Call call;
    uint32_t thread; /* that it was called on */
    uint64_t at;     /* where it lay there: callers lie before */
    bool is_suspended, is_over;
    uint32_t waiter; /* the box that goes on when it is over; 0: unknown */
} Follow;

static Follow follow(Call call)
{
    return (Follow){.call = call, .thread = call.thread, .at = call.at};
}

static bool is_box(const Session *session, const Follow *follow, Ref ref)
{
    return ref && follow->call.box && session_object_number(session, ref) == follow->call.box;
}

/* What an event says to be complete; 0: nothing. */
static Ref completed(const Session *session, const EventCall *event)
{
    switch (event->kind) {
    case EVENT_NUMBER_TaskCompleted:
    case EVENT_NUMBER_TaskFaulted:
    case EVENT_NUMBER_TaskCanceled:
        return event->a;
    case EVENT_NUMBER_CoreCompleted: /* also of a pooled box */
        return session_core_owner(session);
    default:
        return 0;
    }
}

static void note_end(const Session *session, Follow *follow, Ref box)
{
    Ref waiter = look_continuation(session, box);
    follow->is_over = true;
    if (waiter) {
        follow->waiter = session_object_number(session, waiter);
    }
}

static bool hands_on(uint32_t kind)
{
    return kind == EVENT_NUMBER_ContinuationInline || kind == EVENT_NUMBER_ContinuationQueued ||
           kind == EVENT_NUMBER_ContinuationPosted || kind == EVENT_NUMBER_ContinuationScheduled;
}

static void note_waiter(const Session *session, Follow *follow, const EventCall *event)
{
    bool is_ours = event->a ? is_box(session, follow, event->a) : is_box(session, follow, session_core_owner(session));
    Ref box = is_ours && event->b ? look_box_behind(session, event->b) : 0;
    if (box) {
        follow->waiter = session_object_number(session, box);
    }
}

static void follow_event(const Session *session, Follow *follow, const EventCall *event)
{
    const LogicalThread *thread = running(session);
    bool allocates = event->kind == EVENT_NUMBER_BoxAllocated || event->kind == EVENT_NUMBER_BoxRented;
    if (allocates && !follow->call.box && thread && thread->number == follow->call.thread) {
        const CallFrame *user = session_user_call(session, thread);
        if (user && machine_offset(session->machine, user) == follow->call.at) {
            follow->call.box = session_object_number(session, event->a);
        }
    } else if (event->kind == EVENT_NUMBER_MethodSuspends && is_box(session, follow, event->a)) {
        follow->is_suspended = true;
    } else if (event->kind == EVENT_NUMBER_MethodResumes && is_box(session, follow, event->a)) {
        follow->is_suspended = false;
    } else if (is_box(session, follow, completed(session, event))) {
        note_end(session, follow, completed(session, event));
    } else if (hands_on(event->kind)) {
        note_waiter(session, follow, event);
    }
}

/* A call without a box, or one that has not suspended, is over when it does not lie on the stack any more. */
static void follow_stack(const Session *session, Follow *follow)
{
    const LogicalThread *thread = running(session);
    if (!follow->call.box && thread && thread->number == follow->call.thread &&
        !is_there(session, thread, &follow->call)) {
        follow->is_over = true;
    }
}

/* ---- next -------------------------------------------------------------------------------------------------------- */

static bool is_next_statement(const Session *session, const Follow *follow)
{
    Call now = present_call(session);
    if (!follow->call.thread) {
        return true; /* from nowhere: the next one of anybody */
    }
    if (follow->call.box && now.box == follow->call.box) {
        return true;
    }
    bool is_same = !follow->call.box && now.thread == follow->call.thread && now.at == follow->call.at;
    if (is_same && now.method == follow->call.method) {
        return true;
    }
    if (!follow->is_over) {
        return false;
    }
    return (follow->waiter && now.box == follow->waiter) || (now.thread == follow->thread && now.at < follow->at);
}

static bool test_next(Session *session, Scan *scan, const EventCall *event)
{
    Follow *follow = scan->context;
    if (event->kind != EVENT_NUMBER_Statement) {
        follow_event(session, follow, event);
        return false;
    }
    follow_stack(session, follow);
    return is_next_statement(session, follow);
}

static SessionArrival scan_on(Session *session, Scan *scan)
{
    TimelineResult result = history_scan_forward(session, scan);
    SessionArrival arrival = history_arrive(session, result);
    if (result == TIMELINE_WATCHED) {
        arrival.reason = ARRIVED;
    }
    return arrival;
}

/* ---- the same backwards ------------------------------------------------------------------------------------------
 *
 * While a stretch runs again, the last statement of each call on each thread is kept: at its end the one wanted is the
 * last statement of the call itself, or of its nearest caller if it has not been through any before. */

typedef struct LastStatement {
    uint32_t thread;
    uint64_t at;
    MethodId method;
    uint64_t step;
} LastStatement;

enum { MOST_CALLS = 4096 };

typedef struct Backwards {
    Call call;           /* whose statement is wanted */
    bool wants_caller;   /* or that of its caller: finish */
    uint64_t own;        /* step of its last statement since it had its box; 0: none in this stretch */
    bool was_boxed;      /* its box came into being in this stretch */
    Call before_box;     /* as which it had begun */
    LastStatement *last; /* by thread, then as they lie: at most one for each place */
    uint32_t count;
} Backwards;

/* A statement of a call: whatever lay behind it on that thread is gone. */
static void note_statement(Backwards *search, const Call *call, uint64_t step)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < search->count; i++) {
        const LastStatement *at = &search->last[i];
        if (at->thread != call->thread || at->at < call->at) {
            search->last[kept++] = *at;
        }
    }
    search->count = kept;
    if (search->count == MOST_CALLS) { /* the outermost ones matter least */
        memmove(&search->last[0], &search->last[1], --search->count * sizeof search->last[0]);
    }
    search->last[search->count++] = (LastStatement){call->thread, call->at, call->method, step};
}

static uint64_t last_of(const Backwards *search, const Call *call, bool wants_caller)
{
    uint64_t caller = 0, nearest = 0;
    for (uint32_t i = 0; i < search->count; i++) {
        const LastStatement *at = &search->last[i];
        if (at->thread != call->thread) {
            continue;
        }
        if (at->at == call->at && at->method == call->method && !wants_caller) {
            return at->step;
        }
        if (at->at < call->at && at->at >= nearest) {
            nearest = at->at;
            caller = at->step;
        }
    }
    return caller;
}

static bool test_backwards(Session *session, Scan *scan, const EventCall *event)
{
    Backwards *search = scan->context;
    bool allocates = event->kind == EVENT_NUMBER_BoxAllocated || event->kind == EVENT_NUMBER_BoxRented;
    if (event->kind == EVENT_NUMBER_Statement) {
        Call now = present_call(session);
        note_statement(search, &now, session->machine->state->steps);
        if (search->call.box && now.box == search->call.box) {
            search->own = session->machine->state->steps;
        }
    } else if (allocates && search->call.box && session_object_number(session, event->a) == search->call.box) {
        search->was_boxed = true;
        search->before_box = present_call(session);
        search->own = last_of(search, &search->before_box, search->wants_caller);
    }
    return false;
}

static void begin_backwards(Session *session, Scan *scan)
{
    (void)session;
    Backwards *search = scan->context;
    search->count = 0;
    search->own = 0;
    search->was_boxed = false;
}

static uint64_t end_backwards(Session *session, Scan *scan)
{
    (void)session;
    Backwards *search = scan->context;
    if (!search->call.box) {
        return last_of(search, &search->call, search->wants_caller);
    }
    uint64_t own = search->own;
    if (search->wants_caller) {
        own = search->was_boxed ? last_of(search, &search->before_box, true) : 0;
    }
    if (!own && search->was_boxed) { /* it began before this stretch, on a stack */
        search->call = search->before_box;
        search->call.box = 0;
    }
    return own;
}

static bool test_any_statement(Session *session, Scan *scan, const EventCall *event)
{
    (void)session;
    (void)scan;
    return event->kind == EVENT_NUMBER_Statement;
}

static SessionArrival go_back(Session *session, Scan *scan)
{
    TimelineResult result = history_scan_back(session, scan);
    SessionArrival arrival = history_arrive(session, result);
    if (result == TIMELINE_WATCHED) {
        arrival.reason = ARRIVED;
    } else if (result == TIMELINE_ARRIVED) {
        arrival.reason = ARRIVED_START;
    }
    return arrival;
}

static SessionArrival search_back(Session *session, bool wants_caller)
{
    Backwards search = {.call = present_call(session), .wants_caller = wants_caller};
    if (!search.call.thread) {
        Scan any = {.test = test_any_statement};
        return go_back(session, &any);
    }
    size_t bytes = MOST_CALLS * sizeof *search.last;
    search.last = session_resize(session, NULL, 0, bytes);
    if (!search.last) {
        return history_arrival(session, ARRIVED_NO_MEMORY);
    }
    Scan scan = {.test = test_backwards, .begin = begin_backwards, .end = end_backwards, .context = &search};
    SessionArrival arrival = go_back(session, &scan);
    session_resize(session, search.last, bytes, 0);
    return arrival;
}

SessionArrival history_next(Session *session, bool back)
{
    if (back) {
        return search_back(session, false);
    }
    Follow to_follow = follow(present_call(session));
    Scan scan = {.test = test_next, .context = &to_follow};
    return scan_on(session, &scan);
}

/* ---- finish ------------------------------------------------------------------------------------------------------ */

static bool test_finish(Session *session, Scan *scan, const EventCall *event)
{
    Follow *follow = scan->context;
    follow_event(session, follow, event);
    follow_stack(session, follow);
    const LogicalThread *thread = running(session);
    bool at_once = event->kind == EVENT_NUMBER_MethodCompletesAtOnce && !follow->call.box && thread &&
                   thread->number == follow->call.thread;
    if (at_once) {
        Call now = present_call(session);
        return now.at == follow->call.at && now.method == follow->call.method;
    }
    return follow->is_over;
}

SessionArrival history_finish(Session *session, bool back)
{
    Follow to_follow = follow(present_call(session));
    if (!to_follow.call.thread) {
        return history_nowhere(session, "no method of the program is running here");
    }
    if (back) {
        return search_back(session, true);
    }
    Scan scan = {.test = test_finish, .context = &to_follow};
    return scan_on(session, &scan);
}
