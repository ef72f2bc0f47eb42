/* What happened in a stretch of the run: its events in words, made by running it again; and marks along a bar, from the
 * kinds that were recorded. */
#include "session_internal.h"
#include "vm/thread.h"

#include <string.h>

/* ---- looking around ---------------------------------------------------------------------------------------------- */

bool history_leave(Session *session, Leave *leave)
{
    SessionHistory *history = session->history;
    leave->was_between = history->timeline.is_between;
    leave->sentence = session->look.sentence;
    leave->has_before = session->look.has_before;
    if (!timeline_remember(&history->timeline, &leave->present)) {
        return false;
    }
    history->is_silent = true;
    session->look.is_frozen = true;
    return true;
}

bool history_come_back(Session *session, Leave *leave)
{
    SessionHistory *history = session->history;
    history_set_watch(session, NULL, NULL);
    bool is_back = timeline_return(&history->timeline, &leave->present, leave->was_between);
    history->is_silent = false;
    session->look.is_frozen = false;
    session->look.sentence = leave->sentence;
    session->look.has_before = leave->has_before;
    session->no_memory |= !is_back;
    return is_back;
}

/* ---- steps in words ---------------------------------------------------------------------------------------------- */

typedef struct StepRows {
    SessionStep *at;
    uint32_t count, capacity;
    uint64_t from;
    int64_t allocated; /* at the step before */
} StepRows;

typedef struct NewRow {
    StepRows *rows;
    uint32_t kind;
    Ref a, b;
    int64_t n;
} NewRow;

static void add_row(Session *session, void *argument)
{
    NewRow *new = argument;
    StepRows *rows = new->rows;
    SessionHistory *history = session->history;
    history->rows.exhausted = session->arena.exhausted;
    SessionStep *row = &rows->at[rows->count];
    const Machine *machine = session->machine;
    int64_t allocated = thread_total_allocated(machine);
    *row = (SessionStep){
        .allocated = (uint64_t)allocated,
        .allocated_since = allocated - rows->allocated,
        .objects = session->births ? session->births->last_number : 0,
        .clock = machine->state->clock,
    };
    rows->allocated = allocated;
    session_make_event(session, &(EventCall){new->kind, new->a, new->b, new->n}, &history->rows, &row->event);
    rows->count++;
}

static bool watch_rows(Session *session, void *context, uint32_t kind, Ref a, Ref b, int64_t n)
{
    StepRows *rows = context;
    NewRow new = {rows, kind, a, b, n};
    if (session->machine->state->steps < rows->from) {
        rows->allocated = thread_total_allocated(session->machine);
        return false;
    }
    return rows->count < rows->capacity && !session_guard(session, add_row, &new);
}

static void make_rows(Session *session, void *argument)
{
    StepRows *rows = argument;
    Arena *arena = &session->history->rows;
    arena_free(arena);
    arena_init(arena, &session->memory);
    arena->exhausted = session->arena.exhausted;
    rows->at = ARENA_ARRAY(arena, SessionStep, rows->capacity);
}

SessionStatus session_steps(Session *session, uint64_t from, uint64_t to, const SessionStep **steps, uint32_t *count)
{
    SessionHistory *history = session->history;
    *steps = NULL;
    *count = 0;
    if (!history || !history->is_begun) {
        return SESSION_NOT_FOUND;
    }
    from = from ? from : 1;
    to = to < history->end.step ? to : history->end.step;
    if (from > to) {
        return SESSION_OK;
    }
    uint64_t wanted = to - from + 1;
    StepRows rows = {.from = from, .capacity = wanted < SESSION_MOST_STEPS ? (uint32_t)wanted : SESSION_MOST_STEPS};
    Leave leave;
    if (!session_guard(session, make_rows, &rows) || !history_leave(session, &leave)) {
        return SESSION_NO_MEMORY;
    }
    TimelineResult result = history_go(session, history_spot(history, from - 1));
    rows.allocated = thread_total_allocated(session->machine);
    if (result == TIMELINE_ARRIVED) {
        history_set_watch(session, watch_rows, &rows);
        result = history_go(session, history_spot(history, from - 1 + rows.capacity));
    }
    bool is_back = history_come_back(session, &leave);
    *steps = rows.at;
    *count = rows.count;
    return is_back && result == TIMELINE_ARRIVED ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- single events ----------------------------------------------------------------------------------------------- */

typedef struct NewEvent {
    const EventCall *call;
    Arena *arena;
    SessionEvent *event;
} NewEvent;

static void make_event(Session *session, void *argument)
{
    const NewEvent *new = argument;
    new->arena->exhausted = session->arena.exhausted;
    session_make_event(session, new->call, new->arena, new->event);
}

void history_make_event(Session *session, const EventCall *call, Arena *arena, SessionEvent *event)
{
    NewEvent new = {call, arena, event};
    session_guard(session, make_event, &new);
}

void history_empty_answers(Session *session)
{
    Arena *arena = &session->history->answers;
    arena_free(arena);
    arena_init(arena, &session->memory);
}

/* ---- marks along a bar ------------------------------------------------------------------------------------------- */

static const uint8_t bar_bits[EVENT_KIND_COUNT] = {
    [EVENT_NUMBER_Statement] = BAR_STATEMENT,
    [EVENT_NUMBER_ValueTaskGetAwaiter] = BAR_AWAIT,
    [EVENT_NUMBER_TaskGetAwaiter] = BAR_AWAIT,
    [EVENT_NUMBER_MethodSuspends] = BAR_AWAIT,
    [EVENT_NUMBER_MethodResumes] = BAR_AWAIT,
    [EVENT_NUMBER_CoreCompleted] = BAR_COMPLETE,
    [EVENT_NUMBER_TaskCompleted] = BAR_COMPLETE,
    [EVENT_NUMBER_MethodCompletesAtOnce] = BAR_COMPLETE,
    [EVENT_NUMBER_CoreReset] = BAR_RESET,
    [EVENT_NUMBER_CoreResetWhileAwaited] = BAR_RESET | BAR_ERROR,
    [EVENT_NUMBER_CoreTokenRefused] = BAR_ERROR,
    [EVENT_NUMBER_CoreSecondContinuation] = BAR_ERROR,
    [EVENT_NUMBER_CoreCompletedTwice] = BAR_ERROR,
    [EVENT_NUMBER_CoreGetResultRefused] = BAR_ERROR,
    [EVENT_NUMBER_TaskFaulted] = BAR_ERROR | BAR_COMPLETE,
    [EVENT_NUMBER_TaskCanceled] = BAR_COMPLETE,
    [EVENT_NUMBER_TaskCompletedTwice] = BAR_ERROR,
    [EVENT_NUMBER_TaskUnobserved] = BAR_ERROR,
    [EVENT_NUMBER_TaskThrowAsync] = BAR_ERROR,
};

static uint8_t look_at_events(const SessionHistory *history, uint64_t from, uint64_t to)
{
    uint8_t bits = 0;
    for (uint64_t i = from; i < to; i++) {
        bits |= bar_bits[history->events[i].kind];
        bits |= i && history->events[i].thread != history->events[i - 1].thread ? BAR_THREAD : 0;
    }
    return bits;
}

/* Adds shares that are full now. Without memory for them there are fewer, and session_bar looks at the events. */
static void add_shares(Session *session)
{
    SessionHistory *history = session->history;
    uint64_t full = history->end.step / HISTORY_SHARE;
    if (full > history->share_capacity) {
        uint64_t capacity = full * 2;
        uint8_t *shares = session_resize(session, history->shares, (size_t)history->share_capacity, (size_t)capacity);
        if (!shares) {
            return;
        }
        history->shares = shares;
        history->share_capacity = capacity;
    }
    for (; history->share_count < full; history->share_count++) {
        uint64_t from = history->share_count * HISTORY_SHARE;
        history->shares[history->share_count] = look_at_events(history, from, from + HISTORY_SHARE);
    }
}

static uint8_t look_at_stretch(const SessionHistory *history, uint64_t from, uint64_t to)
{
    uint8_t bits = 0;
    while (from < to) {
        uint64_t share = from / HISTORY_SHARE, next = (share + 1) * HISTORY_SHARE;
        bool is_whole = from % HISTORY_SHARE == 0 && next <= to && share < history->share_count;
        next = next < to ? next : to;
        bits |= is_whole ? history->shares[share] : look_at_events(history, from, next);
        from = next;
    }
    return bits;
}

void session_bar(Session *session, uint32_t count, uint8_t *bits)
{
    const SessionHistory *history = session->history;
    uint64_t end = history ? history->end.step : 0;
    memset(bits, 0, count);
    if (!end) {
        return;
    }
    add_shares(session);
    for (uint32_t cell = 0; cell < count; cell++) {
        uint64_t from = (cell * end + count - 1) / count, to = ((cell + 1) * end + count - 1) / count;
        bits[cell] = look_at_stretch(history, from, to < end ? to : end);
    }
}
