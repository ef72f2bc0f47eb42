/* Searching the run for a step: forwards while it runs, backwards stretch by stretch from checkpoint to checkpoint. */
#include "session_internal.h"

static bool watch_scan(Session *session, void *context, uint32_t kind, Ref a, Ref b, int64_t n)
{
    Scan *scan = context;
    uint64_t step = session->machine->state->steps;
    if (scan->is_backwards && step > scan->limit) {
        return false;
    }
    if (!scan->test(session, scan, &(EventCall){kind, a, b, n})) {
        return false;
    }
    scan->hit = step;
    scan->hit_number = scan->number;
    return !scan->is_backwards;
}

static void begin(Session *session, Scan *scan)
{
    history_set_watch(session, watch_scan, scan);
    if (scan->begin) {
        scan->begin(session, scan);
    }
}

TimelineResult history_scan_forward(Session *session, Scan *scan)
{
    scan->is_backwards = false;
    scan->hit = 0;
    begin(session, scan);
    TimelineResult result = history_forward(session, UINT64_MAX);
    history_set_watch(session, NULL, NULL);
    return result;
}

/* From `from` to `to`, both reachable without a stop. */
static TimelineResult look_through(Session *session, Scan *scan, Spot from, Spot to)
{
    Timeline *timeline = &session->history->timeline;
    history_set_watch(session, NULL, NULL);
    timeline->approaches = false;
    TimelineResult result = timeline_go(timeline, from);
    if (result != TIMELINE_ARRIVED) {
        return result;
    }
    begin(session, scan);
    result = timeline_go(timeline, to);
    if (!scan->hit && scan->end && result == TIMELINE_ARRIVED) {
        scan->hit = scan->end(session, scan);
    }
    history_set_watch(session, NULL, NULL);
    return result;
}

TimelineResult history_search_back(Session *session, Scan *scan)
{
    SessionHistory *history = session->history;
    Spot end = history->timeline.now, start;
    scan->is_backwards = true;
    scan->hit = 0;
    bool is_behind = end.rests || history->timeline.is_between || scan->with_present;
    scan->limit = is_behind ? end.step : end.step - 1;
    while (end.step && timeline_checkpoint_before(&history->timeline, end, &start)) {
        TimelineResult result = look_through(session, scan, start, end);
        if (result != TIMELINE_ARRIVED) {
            return result;
        }
        if (scan->hit) {
            return TIMELINE_WATCHED;
        }
        end = start;
    }
    return TIMELINE_ARRIVED;
}

TimelineResult history_scan_back(Session *session, Scan *scan)
{
    Spot start = history_spot(session->history, 0), present = session->history->timeline.now;
    TimelineResult result = history_search_back(session, scan);
    if (result == TIMELINE_INTERRUPTED && !session->no_memory) { /* where the search was is of no interest */
        session->stop_requested = false;
        history_go(session, present);
        return TIMELINE_INTERRUPTED;
    }
    if (result == TIMELINE_WATCHED) {
        result = history_go(session, history_event_spot(session->history, scan->hit));
        return result == TIMELINE_ARRIVED ? TIMELINE_WATCHED : result;
    }
    return result == TIMELINE_ARRIVED ? history_go(session, start) : result;
}
