/* Breakpoints and marks, and `continue` to the next of them. */
#include "session_look.h"

#include <string.h>

/* ---- the lists --------------------------------------------------------------------------------------------------- */

static char *keep_text(Session *session, const char *text)
{
    if (!text) {
        return NULL;
    }
    size_t size = strlen(text) + 1;
    char *copy = session_resize(session, NULL, 0, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static void free_text(Session *session, const char *text)
{
    if (text) {
        session_resize(session, (void *)(uintptr_t)text, strlen(text) + 1, 0);
    }
}

static void free_break(Session *session, Break *at)
{
    free_text(session, at->given.file);
    free_text(session, at->given.expression);
    free_text(session, at->value);
}

SessionStatus session_add_break(Session *session, const SessionBreak *given, uint32_t *number)
{
    SessionHistory *history = session->history;
    if (!history) {
        return SESSION_NOT_FOUND;
    }
    if (!history_reserve(session, (void **)&history->breaks, &history->break_capacity, history->break_count + 1,
                         sizeof *history->breaks)) {
        return SESSION_NO_MEMORY;
    }
    Break fresh = {.given = *given};
    fresh.given.file = keep_text(session, given->file);
    fresh.given.expression = keep_text(session, given->expression);
    if ((given->file && !fresh.given.file) || (given->expression && !fresh.given.expression)) {
        free_break(session, &fresh);
        return SESSION_NO_MEMORY;
    }
    fresh.given.number = *number = ++history->last_break;
    fresh.given.hits = 0;
    history->breaks[history->break_count++] = fresh;
    return SESSION_OK;
}

static Break *find_break(const Session *session, uint32_t number)
{
    SessionHistory *history = session->history;
    for (uint32_t i = 0; history && i < history->break_count; i++) {
        if (history->breaks[i].given.number == number) {
            return &history->breaks[i];
        }
    }
    return NULL;
}

bool session_remove_break(Session *session, uint32_t number)
{
    SessionHistory *history = session->history;
    Break *found = find_break(session, number);
    if (!found) {
        return false;
    }
    free_break(session, found);
    history->break_count--;
    memmove(found, found + 1, (size_t)(&history->breaks[history->break_count] - found) * sizeof *found);
    return true;
}

bool session_enable_break(Session *session, uint32_t number, bool is_enabled)
{
    Break *found = find_break(session, number);
    if (found) {
        found->given.is_disabled = !is_enabled;
    }
    return found != NULL;
}

uint32_t session_break_count(const Session *session)
{
    return session->history ? session->history->break_count : 0;
}

SessionBreak session_break_at(const Session *session, uint32_t index)
{
    return session->history->breaks[index].given;
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static Mark *find_mark(const Session *session, const char *name)
{
    SessionHistory *history = session->history;
    for (uint32_t i = 0; history && i < history->mark_count; i++) {
        if (strcmp(history->marks[i].name, name) == 0) {
            return &history->marks[i];
        }
    }
    return NULL;
}

SessionStatus session_mark(Session *session, const char *name, uint64_t position)
{
    SessionHistory *history = session->history;
    if (!history) {
        return SESSION_NOT_FOUND;
    }
    Mark *mark = find_mark(session, name);
    if (mark) {
        mark->position = position;
        return SESSION_OK;
    }
    char *copy = keep_text(session, name);
    if (!copy || !history_reserve(session, (void **)&history->marks, &history->mark_capacity, history->mark_count + 1,
                                  sizeof *history->marks)) {
        free_text(session, copy);
        return SESSION_NO_MEMORY;
    }
    history->marks[history->mark_count++] = (Mark){copy, position};
    return SESSION_OK;
}

bool session_remove_mark(Session *session, const char *name)
{
    SessionHistory *history = session->history;
    Mark *mark = find_mark(session, name);
    if (!mark) {
        return false;
    }
    free_text(session, mark->name);
    history->mark_count--;
    memmove(mark, mark + 1, (size_t)(&history->marks[history->mark_count] - mark) * sizeof *mark);
    return true;
}

bool session_find_mark(const Session *session, const char *name, uint64_t *position)
{
    const Mark *mark = find_mark(session, name);
    if (mark) {
        *position = mark->position;
    }
    return mark != NULL;
}

uint32_t session_mark_count(const Session *session)
{
    return session->history ? session->history->mark_count : 0;
}

const char *session_mark_at(const Session *session, uint32_t index, uint64_t *position)
{
    *position = session->history->marks[index].position;
    return session->history->marks[index].name;
}

void history_free_breaks(Session *session)
{
    SessionHistory *history = session->history;
    for (uint32_t i = 0; i < history->break_count; i++) {
        free_break(session, &history->breaks[i]);
    }
    for (uint32_t i = 0; i < history->mark_count; i++) {
        free_text(session, history->marks[i].name);
    }
    session_resize(session, history->breaks, history->break_capacity * sizeof *history->breaks, 0);
    session_resize(session, history->marks, history->mark_capacity * sizeof *history->marks, 0);
}

/* ---- does it hit? ------------------------------------------------------------------------------------------------ */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static bool hits_line(Session *session, const SessionBreak *at, const EventCall *event)
{
    if (event->kind != EVENT_NUMBER_Statement) {
        return false;
    }
    Place place = source_place(session->sources, (Position)event->n);
    return place.line == at->line && (!at->file || (place.file && ends_with(place.file->name, at->file)));
}

static bool is_await(uint32_t kind)
{
    return kind == EVENT_NUMBER_ValueTaskGetAwaiter || kind == EVENT_NUMBER_TaskGetAwaiter;
}

typedef struct ShownName {
    const RuntimeType *type;
    const char *wanted;
    bool is_it;
} ShownName;

static bool is_or_begins(const char *name, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(name, wanted, length) == 0 && (name[length] == 0 || name[length] == '<');
}

static void compare_shown_name(Session *session, void *argument)
{
    ShownName *shown = argument;
    Arena *arena = &session->look.arena;
    arena->exhausted = session->arena.exhausted;
    Text text;
    text_init(&text, arena);
    session_add_type_name(&text, shown->type);
    shown->is_it = is_or_begins(text.at, shown->wanted);
}

/* Whether a type is called `name` as people see it: "Task<int>", "Task", "Box<Read>", "Box". */
static bool is_called(Session *session, const RuntimeType *type, const char *name)
{
    if (is_or_begins(type->display_name, name) || strcmp(type->short_name, name) == 0) {
        return true;
    }
    if (!type->is_box) {
        return false;
    }
    ShownName shown = {type, name, false};
    Arena answers = session->look.arena;
    arena_init(&session->look.arena, &session->memory);
    session_guard(session, compare_shown_name, &shown);
    arena_free(&session->look.arena);
    session->look.arena = answers;
    return shown.is_it;
}

/* Whether an object was born by this event and not by the one before: of that name (NULL: of any), or an exception. */
static bool hits_birth(Session *session, const char *name, bool is_exception)
{
    const Births *births = session->births;
    uint64_t step = session->machine->state->steps;
    for (uint32_t i = births ? births->count : 0; i-- > 0 && births->at[i].step == step;) {
        const RuntimeType *type = machine_runtime_type_of(session->machine, births->at[i].ref);
        if (is_exception ? type->is_exception : !name || is_called(session, type, name)) {
            return true;
        }
    }
    return false;
}

static bool is_refusal(uint32_t kind)
{
    switch (kind) {
    case EVENT_NUMBER_CoreTokenRefused:
    case EVENT_NUMBER_CoreSecondContinuation:
    case EVENT_NUMBER_CoreCompletedTwice:
    case EVENT_NUMBER_CoreGetResultRefused:
    case EVENT_NUMBER_CoreResetWhileAwaited:
    case EVENT_NUMBER_TaskFaulted:
    case EVENT_NUMBER_TaskCompletedTwice:
    case EVENT_NUMBER_TaskUnobserved:
    case EVENT_NUMBER_TaskThrowAsync:
        return true;
    default:
        return false;
    }
}

static bool is_watched(const SessionBreak *at)
{
    return at->kind == BREAK_ON_CHANGE || at->kind == BREAK_ON_ARM;
}

typedef struct Watching {
    const SessionBreak *at;
    Text *text;
    bool is_there;
} Watching;

static void read_value(Session *session, void *argument)
{
    Watching *watching = argument;
    watching->text->arena->exhausted = session->look.arena.exhausted = session->arena.exhausted;
    watching->is_there =
        look_add_path(session, watching->text, watching->at->expression, watching->at->kind == BREAK_ON_ARM);
}

/* What the expression of a breakpoint is now; it may be nothing, where its variables are not in scope. */
static bool value_changes(Session *session, Break *at)
{
    Text text;
    Arena arena, answers = session->look.arena; /* looking at every event must not fill the arena of answers */
    arena_init(&arena, &session->memory);
    arena_init(&session->look.arena, &session->memory);
    text_init(&text, &arena);
    Watching watching = {&at->given, &text, false};
    bool is_known = session_guard(session, read_value, &watching) && watching.is_there;
    arena_free(&session->look.arena);
    session->look.arena = answers;
    bool differs = is_known && at->value && strcmp(at->value, text.at) != 0;
    if (is_known && (differs || !at->value)) {
        char *value = keep_text(session, text.at);
        if (value) {
            free_text(session, at->value);
            at->value = value;
        }
    }
    arena_free(&arena);
    return differs;
}

static bool hits(Session *session, Break *at, const EventCall *event)
{
    switch (at->given.kind) {
    case BREAK_ON_LINE:
        return hits_line(session, &at->given, event);
    case BREAK_ON_AWAIT:
        return is_await(event->kind);
    case BREAK_ON_ALLOCATION:
        return hits_birth(session, at->given.expression, false);
    case BREAK_ON_ERROR:
        return is_refusal(event->kind) || hits_birth(session, NULL, true);
    case BREAK_ON_ARM:
    case BREAK_ON_CHANGE:
        return value_changes(session, at);
    }
    return false;
}

/* ---- continue ---------------------------------------------------------------------------------------------------- */

static const uint32_t FINDING_STOP = UINT32_MAX; /* in place of the number of a breakpoint */

static void begin_breaks(Session *session, Scan *scan)
{
    *(uint32_t *)scan->context = session_finding_count(session);
    SessionHistory *history = session->history;
    for (uint32_t i = 0; i < history->break_count; i++) {
        Break *at = &history->breaks[i];
        if (is_watched(&at->given)) {
            free_text(session, at->value);
            at->value = NULL;
            value_changes(session, at);
        }
    }
}

static bool test_breaks(Session *session, Scan *scan, const EventCall *event)
{
    SessionHistory *history = session->history;
    bool is_hit = false;
    for (uint32_t i = 0; i < history->break_count; i++) { /* all of them: each keeps its value */
        Break *at = &history->breaks[i];
        if (!at->given.is_disabled && hits(session, at, event) && !is_hit) {
            is_hit = true;
            scan->number = at->given.number;
        }
    }
    return is_hit;
}

static const Mark *mark_at(const SessionHistory *history, uint64_t position)
{
    for (uint32_t i = 0; i < history->mark_count; i++) {
        if (history->marks[i].position == position) {
            return &history->marks[i];
        }
    }
    return NULL;
}

/* A misuse is announced the moment it happens. */
static bool has_new_finding(Session *session, Scan *scan)
{
    uint32_t *known = scan->context, now = session_finding_count(session);
    bool is_new = now > *known;
    *known = now;
    return is_new;
}

static bool test_stops(Session *session, Scan *scan, const EventCall *event)
{
    scan->number = 0;
    if (has_new_finding(session, scan)) {
        scan->number = FINDING_STOP;
    }
    return scan->number || test_breaks(session, scan, event) ||
           mark_at(session->history, session->machine->state->steps) != NULL;
}

static SessionArrival arrive_at_stop(Session *session, const Scan *scan)
{
    SessionArrival arrival = history_arrive(session, TIMELINE_WATCHED);
    Break *at = find_break(session, scan->hit_number);
    if (scan->hit_number == FINDING_STOP) {
        arrival.reason = ARRIVED_FINDING;
        arrival.number = session_finding_count(session) - 1;
        return arrival;
    }
    const Mark *mark = mark_at(session->history, scan->hit);
    if (at) {
        at->given.hits++;
        arrival.number = scan->hit_number;
        arrival.text = at->given.expression ? at->given.expression : "";
    } else if (mark) {
        arrival.reason = ARRIVED_MARK;
        arrival.text = mark->name;
    }
    return arrival;
}

SessionArrival history_continue(Session *session, bool back)
{
    uint32_t findings = 0;
    Scan scan = {.test = test_stops, .begin = begin_breaks, .context = &findings};
    TimelineResult result = back ? history_scan_back(session, &scan) : history_scan_forward(session, &scan);
    if (result == TIMELINE_WATCHED) {
        return arrive_at_stop(session, &scan);
    }
    SessionArrival arrival = history_arrive(session, result);
    if (back && result == TIMELINE_ARRIVED) {
        arrival.reason = ARRIVED_START;
    }
    return arrival;
}
