/* Going: one step, one statement, one turn, to the end of a method, to a breakpoint; and back the same way. */
#include "session_internal.h"

#include <stdarg.h>
#include <string.h>

/* ---- arriving ---------------------------------------------------------------------------------------------------- */

SessionArrival history_arrival(Session *session, ArrivalReason reason)
{
    const SessionHistory *history = session->history;
    SessionArrival result = {
        .reason = reason,
        .position = session_position(session),
        .text = "",
        .outcome = {.kind = OUTCOME_PAUSED, .text = ""},
    };
    if (history && history->is_begun && history->timeline.now.rests && !history->counts.is_asking) {
        result.outcome = session_describe_present(session);
    }
    return result;
}

SessionArrival history_nowhere(Session *session, const char *why)
{
    SessionArrival result = history_arrival(session, ARRIVED_NOWHERE);
    result.text = why;
    return result;
}

/* Where the machine rests, and nothing more is known. */
static ArrivalReason rest_reason(const Session *session)
{
    const SessionHistory *history = session->history;
    if (history->counts.is_asking) {
        return ARRIVED_CHOICE;
    }
    bool is_idle = session_is_idle(session) || history->counts.has_returned;
    return is_idle ? ARRIVED_IDLE : ARRIVED_END;
}

typedef struct NewText {
    const char *format;
    va_list *arguments;
    const char *made;
} NewText;

static void make_text(Session *session, void *argument)
{
    NewText *new = argument;
    Arena *arena = &session->history->texts;
    arena_free(arena);
    arena_init(arena, &session->memory);
    arena->exhausted = session->arena.exhausted;
    Text text;
    text_init(&text, arena);
    text_vformat(&text, new->format, *new->arguments);
    new->made = text.at;
}

const char *history_text(Session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NewText new = {format, &arguments, ""};
    session_guard(session, make_text, &new);
    va_end(arguments);
    return new.made;
}

SessionArrival history_arrive(Session *session, TimelineResult result)
{
    session->stop_requested = false;
    switch (result) {
    case TIMELINE_ARRIVED:
        return history_arrival(session, ARRIVED);
    case TIMELINE_RESTS:
        return history_arrival(session, rest_reason(session));
    case TIMELINE_WATCHED:
        return history_arrival(session, ARRIVED_BREAK);
    case TIMELINE_INTERRUPTED:
        return history_arrival(session, session->no_memory ? ARRIVED_NO_MEMORY : ARRIVED_STOPPED);
    case TIMELINE_NO_MEMORY:
        break;
    }
    return history_arrival(session, ARRIVED_NO_MEMORY);
}

/* A program that has not been run yet stands at its start. */
static bool can_travel(Session *session)
{
    if (session->history && !session->machine && !session->options.interactive &&
        session_check(session) == SESSION_OK) {
        session_begin_program(session, true);
    }
    return session->history && session->history->is_begun && !session->no_memory;
}

static const char why_not[] = "nothing was recorded";

SessionArrival session_goto(Session *session, uint64_t position)
{
    if (!can_travel(session)) {
        return history_nowhere(session, why_not);
    }
    return history_arrive(session, history_forward(session, position));
}

/* ---- one step ---------------------------------------------------------------------------------------------------- */

/* Right behind the event of a position where the machine rests: as long as nothing was given there. */
static bool spot_before_rest(const SessionHistory *history, Spot rest, Spot *before)
{
    Spot spot = {rest.step, history_inputs_before(history, rest.step), false};
    *before = spot;
    spot.rests = true;
    return rest.rests && rest.step > 0 && history_rests_at(history, spot);
}

static bool spot_before(const SessionHistory *history, Spot spot, Spot *before)
{
    if (spot_before_rest(history, spot, before)) {
        return true;
    }
    if (spot.step == 0) {
        return false;
    }
    *before = history_spot(history, spot.step - 1);
    return true;
}

/* The next spot that is recorded; false: none is. */
static bool spot_after(const SessionHistory *history, Spot spot, Spot *after)
{
    Spot rest = history_spot(history, spot.step);
    if (spot_compare(spot, rest) < 0) {
        *after = rest;
        return true;
    }
    if (spot.step >= history->end.step) {
        return false;
    }
    *after = history_spot(history, spot.step + 1);
    Spot first;
    if (spot_before_rest(history, *after, &first)) {
        *after = first;
    }
    return true;
}

static SessionArrival step_back(Session *session, uint32_t count)
{
    const SessionHistory *history = session->history;
    Spot spot = history->timeline.now;
    uint32_t done = 0;
    if (history->timeline.is_between && count) {
        done++; /* to the event that it is behind */
    }
    while (done < count && spot_before(history, spot, &spot)) {
        done++;
    }
    SessionArrival result = history_arrive(session, history_go(session, spot));
    if (done < count && result.reason == ARRIVED) {
        result.reason = ARRIVED_START;
    }
    return result;
}

static SessionArrival step_on(Session *session, uint32_t count)
{
    SessionHistory *history = session->history;
    Spot spot = history->timeline.now;
    while (count && spot_after(history, spot, &spot)) {
        count--;
    }
    TimelineResult result = history_go(session, spot);
    if (!count || result != TIMELINE_ARRIVED) {
        return history_arrive(session, result);
    }
    uint64_t now = history->timeline.now.step;
    return history_arrive(session, history_forward(session, now < UINT64_MAX - count ? now + count : UINT64_MAX));
}

/* ---- one turn ---------------------------------------------------------------------------------------------------- */

static bool takes_work(uint32_t kind)
{
    return kind == EVENT_NUMBER_WorkTaken || kind == EVENT_NUMBER_WorkStolen;
}

/* Whether a recorded step is the first of somebody's turn. */
static bool begins_turn(const SessionHistory *history, uint64_t step)
{
    return step > 1 && (takes_work(history->events[step - 1].kind) ||
                        history->events[step - 1].thread != history->events[step - 2].thread);
}

static bool test_turn(Session *session, Scan *scan, const EventCall *event)
{
    (void)event;
    (void)scan;
    return begins_turn(session->history, session->machine->state->steps);
}

static SessionArrival turn_back(Session *session)
{
    const SessionHistory *history = session->history;
    uint64_t step = history->timeline.now.step;
    step -= step && !history->timeline.now.rests && !history->timeline.is_between;
    while (step && !begins_turn(history, step)) {
        step--;
    }
    SessionArrival result = history_arrive(session, history_go(session, history_event_spot(history, step)));
    if (!step && result.reason == ARRIVED) {
        result.reason = ARRIVED_START;
    }
    return result;
}

static SessionArrival turn_on(Session *session)
{
    const SessionHistory *history = session->history;
    for (uint64_t step = history->timeline.now.step + 1; step <= history->end.step; step++) {
        if (begins_turn(history, step)) {
            return history_arrive(session, history_go(session, history_event_spot(history, step)));
        }
    }
    Scan scan = {.test = test_turn};
    return history_arrive(session, history_scan_forward(session, &scan));
}

/* ---- there and back the same way --------------------------------------------------------------------------------- */

/* Steps, turns and breakpoints are the same from both sides. A statement that leads into a caller is not: it is gone
 * back exactly as long as one goes the way one has come. */
static bool retrace(Session *session, TravelUnit unit, bool back, SessionArrival *result)
{
    SessionHistory *history = session->history;
    if (!history->trail_count || history->timeline.is_between) {
        return false;
    }
    const Trail *last = &history->trail[history->trail_count - 1];
    if (last->unit != (int)unit || last->back == back || spot_compare(last->to, history->timeline.now) != 0) {
        return false;
    }
    history->trail_count--;
    *result = history_arrive(session, history_go(session, last->from));
    if (back && result->reason == ARRIVED && result->position == 0) {
        result->reason = ARRIVED_START;
    }
    return true;
}

static void note_trail(Session *session, TravelUnit unit, bool back, Spot from)
{
    SessionHistory *history = session->history;
    const Spot now = history->timeline.now;
    if (history->trail_count && spot_compare(history->trail[history->trail_count - 1].to, from) != 0) {
        history->trail_count = 0;
    }
    if (history->trail_count == TRAIL_LENGTH) {
        history->trail_count--;
        memmove(&history->trail[0], &history->trail[1], history->trail_count * sizeof history->trail[0]);
    }
    history->trail[history->trail_count++] = (Trail){unit, back, from, now};
}

static SessionArrival go_once(Session *session, TravelUnit unit, bool back)
{
    switch (unit) {
    case TRAVEL_STEP:
        return back ? step_back(session, 1) : step_on(session, 1);
    case TRAVEL_STATEMENT:
        return history_next(session, back);
    case TRAVEL_TURN:
        return back ? turn_back(session) : turn_on(session);
    case TRAVEL_FINISH:
        return history_finish(session, back);
    case TRAVEL_CONTINUE:
        return history_continue(session, back);
    }
    return history_nowhere(session, "");
}

static bool has_arrived(const SessionArrival *arrival)
{
    return arrival->reason == ARRIVED || arrival->reason == ARRIVED_BREAK || arrival->reason == ARRIVED_MARK ||
           arrival->reason == ARRIVED_FINDING;
}

SessionArrival session_travel(Session *session, TravelUnit unit, bool back, uint32_t count)
{
    if (!can_travel(session)) {
        return history_nowhere(session, why_not);
    }
    if (unit == TRAVEL_STEP) {
        return back ? step_back(session, count) : step_on(session, count);
    }
    SessionArrival result = history_arrival(session, ARRIVED);
    for (uint32_t i = 0; i < count && has_arrived(&result); i++) {
        Spot from = session->history->timeline.now;
        bool is_kept = !session->history->timeline.is_between && (unit == TRAVEL_STATEMENT || unit == TRAVEL_FINISH);
        if (!is_kept || !retrace(session, unit, back, &result)) {
            result = go_once(session, unit, back);
            if (is_kept) {
                note_trail(session, unit, back, from);
            }
        }
    }
    return result;
}
