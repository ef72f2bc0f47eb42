/* Going: one step, one statement, one turn, to the end of a method, to a breakpoint; and back the same way. */
#include "session_internal.h"

#include <string.h>

/* ---- arriving ---------------------------------------------------------------------------------------------------- */

static SessionArrival arrival(Session *session, ArrivalReason reason)
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

static SessionArrival nowhere(Session *session, const char *why)
{
    SessionArrival result = arrival(session, ARRIVED_NOWHERE);
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

static SessionArrival arrive(Session *session, TimelineResult result)
{
    session->stop_requested = false;
    switch (result) {
    case TIMELINE_ARRIVED:
        return arrival(session, ARRIVED);
    case TIMELINE_RESTS:
        return arrival(session, rest_reason(session));
    case TIMELINE_WATCHED:
        return arrival(session, ARRIVED_BREAK);
    case TIMELINE_INTERRUPTED:
        return arrival(session, session->no_memory ? ARRIVED_NO_MEMORY : ARRIVED_STOPPED);
    case TIMELINE_NO_MEMORY:
        break;
    }
    return arrival(session, ARRIVED_NO_MEMORY);
}

static bool can_travel(const Session *session)
{
    return session->history && session->history->is_begun && !session->no_memory;
}

static const char why_not[] = "nothing was recorded";

SessionArrival session_goto(Session *session, uint64_t position)
{
    if (!can_travel(session)) {
        return nowhere(session, why_not);
    }
    return arrive(session, history_forward(session, position));
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
    SessionArrival result = arrive(session, history_go(session, spot));
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
        return arrive(session, result);
    }
    uint64_t now = history->timeline.now.step;
    return arrive(session, history_forward(session, now < UINT64_MAX - count ? now + count : UINT64_MAX));
}

SessionArrival session_travel(Session *session, TravelUnit unit, bool back, uint32_t count)
{
    if (!can_travel(session)) {
        return nowhere(session, why_not);
    }
    switch (unit) {
    case TRAVEL_STEP:
        return back ? step_back(session, count) : step_on(session, count);
    case TRAVEL_STATEMENT:
    case TRAVEL_TURN:
    case TRAVEL_FINISH:
    case TRAVEL_CONTINUE:
        break;
    }
    return nowhere(session, "");
}
