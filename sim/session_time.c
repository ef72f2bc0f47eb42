/* Recording a run and going to any position in it. What is recorded: the kind and thread of each event, where the
 * machine rested, what was written and read. Everything else is made again from a checkpoint when it is wanted. */
#include "session_internal.h"

#include <string.h>

#include "vm/submit.h"

static const size_t DEFAULT_BUDGET = (size_t)256 << 20;

/* ---- lists ------------------------------------------------------------------------------------------------------- */

bool history_reserve(Session *session, void **at, uint32_t *capacity, uint32_t count, size_t item)
{
    if (count <= *capacity) {
        return true;
    }
    uint32_t wanted = *capacity ? *capacity : 16;
    while (wanted < count) {
        wanted *= 2;
    }
    void *grown = session_resize(session, *at, *capacity * item, wanted * item);
    if (!grown) {
        session->history->no_memory = true;
        return false;
    }
    *at = grown;
    *capacity = wanted;
    return true;
}

static void free_list(Session *session, void *at, uint64_t capacity, size_t item)
{
    if (at) {
        session_resize(session, at, (size_t)(capacity * item), 0);
    }
}

static void record_rest(Session *session, uint32_t more);

/* ---- what the timeline asks -------------------------------------------------------------------------------------- */

/* What belongs to a moment besides the machine and the births. */
typedef struct Beside {
    MomentCounts counts;
    SessionStage stage;
    Submission *seen;
    LastEvent last_event;
    FindingsCopy *findings; /* NULL: nothing is looked for */
    uint64_t event_counts[EVENT_KIND_COUNT];
} Beside;

static void *keep_beside(void *context, size_t *bytes)
{
    Session *session = context;
    Beside *beside = session_resize(session, NULL, 0, sizeof *beside);
    size_t findings_bytes = 0;
    FindingsCopy *findings = beside ? session_keep_findings(session, &findings_bytes) : NULL;
    if (beside && session->detector && !findings) {
        session_resize(session, beside, sizeof *beside, 0);
        return NULL;
    }
    if (beside) {
        beside->findings = findings;
        beside->counts = session->history->counts;
        beside->seen = session->seen;
        beside->stage = session->stage;
        beside->last_event = session->last_event;
        memcpy(beside->event_counts, session->event_counts, sizeof beside->event_counts);
        *bytes = sizeof *beside + findings_bytes;
    }
    return beside;
}

static void drop_beside(void *context, void *kept)
{
    Beside *beside = kept;
    session_drop_findings(context, beside->findings);
    session_resize(context, beside, sizeof *beside, 0);
}

static bool put_beside_back(void *context, const void *kept)
{
    Session *session = context;
    const Beside *beside = kept;
    session->history->counts = beside->counts;
    session->last_event = beside->last_event;
    session->look.sentence = NULL;
    session_look_forget(session);
    if (session->seen != beside->seen) {
        session->seen = beside->seen;
        submission_see(session->world, session->seen);
    }
    if (session->history->counts.has_returned) {
        session->machine->stop |= STOP_RETURNED;
    }
    memcpy(session->event_counts, beside->event_counts, sizeof session->event_counts);
    if (!session_put_findings_back(session, beside->findings)) {
        return false;
    }
    session->stage = beside->stage;
    return true;
}

/* Over, idle, or waiting for a choice. */
static bool is_stuck(void *context)
{
    const Session *session = context;
    return session->machine->state->result.status != RUN_RUNNING || session->history->counts.is_asking;
}

static bool rests(void *context)
{
    const Session *session = context;
    return is_stuck(context) || session->history->counts.has_returned;
}

static TimelineRun run(void *context, uint64_t until, uint64_t instructions, bool is_last)
{
    Session *session = context;
    Machine *machine = session->machine;
    SessionHistory *history = session->history;
    session->pause_at = until == UINT64_MAX ? 0 : until;
    session->is_passing = !is_last;
    if (is_last && until == machine->state->steps + 1) { /* no event comes before it that could be the time for this */
        session_look_keep(session);
    }
    history->watch_stopped = false;
    history->counts.has_returned = false;
    while (!session->stop_requested) {
        const MachineState *state = machine->state;
        uint64_t left = instructions > state->instructions ? instructions - state->instructions : 1;
        session_arm(session);
        machine_run(machine, instructions && left < INSTRUCTIONS_PER_SLICE ? left : INSTRUCTIONS_PER_SLICE);
        history->counts.has_returned = (machine->stop & STOP_RETURNED) != 0;
        history->counts.is_asking = (machine->stop & STOP_CHOICE) != 0;
        if (history->watch_stopped) {
            return RUN_WATCHED;
        }
        bool is_there = state->steps >= until || (instructions && state->instructions >= instructions);
        if (is_there || rests(session) || session->no_memory) {
            record_rest(session, 0);
            births_catch_up(machine); /* what came after the last event has a number too */
            return session->no_memory ? RUN_INTERRUPTED : RUN_ON;
        }
    }
    return RUN_INTERRUPTED;
}

static bool give(void *context, uint32_t index)
{
    Session *session = context;
    bool is_given = history_give(session, &session->history->inputs.at[index]);
    if (is_given) {
        record_rest(session, 1);
    }
    return is_given;
}

static InputPlace place_of(void *context, uint32_t index)
{
    const Session *session = context;
    return session->history->inputs.at[index].place;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

SessionStatus session_keep_history(Session *session, uint64_t budget)
{
    if (session->stage >= STAGE_STARTED || session->history) {
        return SESSION_TOO_LATE;
    }
    SessionHistory *history = session_resize(session, NULL, 0, sizeof *history);
    if (!history) {
        return SESSION_NO_MEMORY;
    }
    *history = (SessionHistory){.branch = 1, .last_branch = 1, .budget = budget ? (size_t)budget : DEFAULT_BUDGET};
    arena_init(&history->texts, &session->memory);
    arena_init(&history->rows, &session->memory);
    arena_init(&history->answers, &session->memory);
    session->history = history;
    return SESSION_OK;
}

bool history_begin(Session *session)
{
    SessionHistory *history = session->history;
    if (!history) {
        return true;
    }
    const TimelineHost host = {
        .context = session,
        .run = run,
        .rests = rests,
        .is_stuck = is_stuck,
        .give = give,
        .place = place_of,
        .keep = keep_beside,
        .put_back = put_beside_back,
        .drop = drop_beside,
    };
    timeline_init(&history->timeline, &host, session->machine, history->budget);
    history_schedule(session);
    history->is_begun = true;
    if (!timeline_begin(&history->timeline)) {
        return false;
    }
    history->timeline.now.rests = rests(session);
    history->timeline.checkpoints[0].spot = history->timeline.now;
    history->end = history->timeline.now;
    record_rest(session, 0);
    return true;
}

void history_forget_lines(Session *session, uint64_t kept)
{
    SessionHistory *history = session->history;
    for (; history->line_count > kept; history->line_count--) {
        InputLine *line = &history->lines[history->line_count - 1];
        if (line->text) {
            session_resize(session, line->text, line->length + 1, 0);
        }
    }
}

static void free_lines(Session *session)
{
    SessionHistory *history = session->history;
    history_forget_lines(session, 0);
    free_list(session, history->lines, history->line_capacity, sizeof *history->lines);
}

void history_free(Session *session)
{
    SessionHistory *history = session->history;
    if (!history) {
        return;
    }
    if (history->is_begun) {
        timeline_free(&history->timeline);
    }
    free_lines(session);
    history_free_breaks(session);
    history_free_branches(session);
    free_list(session, history->inputs.at, history->inputs.capacity, sizeof *history->inputs.at);
    free_list(session, history->events, history->event_capacity, sizeof *history->events);
    free_list(session, history->shares, history->share_capacity, 1);
    free_list(session, history->rests, history->rest_capacity, sizeof *history->rests);
    free_list(session, history->output, history->output_capacity, 1);
    free_list(session, history->pieces, history->piece_capacity, sizeof *history->pieces);
    arena_free(&history->texts);
    arena_free(&history->rows);
    arena_free(&history->answers);
    session_resize(session, history, sizeof *history, 0);
    session->history = NULL;
}

/* ---- recording --------------------------------------------------------------------------------------------------- */

static bool is_recording(const Session *session)
{
    return session->history && session->history->is_begun && !session->is_describing;
}

/* What is recorded of every event takes its share of the budget, up to half of it. */
static void share_budget(SessionHistory *history)
{
    size_t logs = history->event_capacity * sizeof *history->events + history->output_capacity;
    size_t half = history->budget / 2;
    history->timeline.budget = logs < half ? history->budget - logs : half;
}

static bool reserve_events(Session *session, uint64_t count)
{
    SessionHistory *history = session->history;
    if (count <= history->event_capacity) {
        return true;
    }
    size_t item = sizeof *history->events, capacity = history->event_capacity ? history->event_capacity * 2 : 4096;
    RecordedEvent *events = session_resize(session, history->events, history->event_capacity * item, capacity * item);
    history->no_memory |= !events;
    if (events) {
        history->events = events;
        history->event_capacity = capacity;
        share_budget(history);
    }
    return events != NULL;
}

static void record_event(Session *session, uint32_t kind)
{
    SessionHistory *history = session->history;
    const MachineState *state = session->machine->state;
    if (!reserve_events(session, state->steps)) {
        session->machine->stop |= STOP_EVENT;
        return;
    }
    uint32_t thread = state->current == NO_THREAD ? 0 : state->threads[state->current].number;
    history->events[state->steps - 1] = (RecordedEvent){
        .kind = (uint8_t)kind,
        .thread = thread < UINT8_MAX ? (uint8_t)thread : UINT8_MAX,
    };
    uint64_t share = (state->steps - 1) / HISTORY_SHARE;
    history->share_count = share < history->share_count ? share : history->share_count;
    history->end = (Spot){state->steps, history->timeline.now.inputs, false};
}

void history_set_watch(Session *session, HistoryWatch *watch, void *context)
{
    SessionHistory *history = session->history;
    history->watch = watch;
    history->watch_context = context;
    history->timeline.walks = watch != NULL;
}

bool history_see(Session *session, uint32_t kind, Ref a, Ref b, int64_t n)
{
    if (!is_recording(session)) {
        return true;
    }
    SessionHistory *history = session->history;
    bool is_new = session->machine->state->steps > history->end.step && !history->is_silent;
    history->is_telling = true;
    machine_flush(session->machine); /* what was written before this event belongs before it */
    history->is_telling = false;
    if (is_new) {
        record_event(session, kind);
    }
    if (history->watch && history->watch(session, history->watch_context, kind, a, b, n)) {
        history->watch_stopped = true;
        session->machine->stop |= STOP_EVENT;
    }
    return is_new && !history->is_remaking;
}

static void record_output(Session *session, int stream, const char *bytes, size_t length)
{
    SessionHistory *history = session->history;
    if (history->output_size + length > history->output_capacity) {
        size_t capacity = history->output_capacity ? history->output_capacity : 4096;
        while (capacity < history->output_size + length) {
            capacity *= 2;
        }
        char *output = session_resize(session, history->output, history->output_capacity, capacity);
        if (!output) {
            history->no_memory = true;
            return;
        }
        history->output = output;
        history->output_capacity = capacity;
        share_budget(history);
    }
    if (!history_reserve(session, (void **)&history->pieces, &history->piece_capacity, history->piece_count + 1,
                         sizeof *history->pieces)) {
        return;
    }
    memcpy(history->output + history->output_size, bytes, length);
    history->pieces[history->piece_count++] = (OutputPiece){
        .step = session->machine->state->steps,
        .start = history->output_size,
        .length = length,
        .stream = stream,
        .is_behind = !history->is_telling,
    };
    history->output_size += length;
}

bool history_write(Session *session, int stream, const char **bytes, size_t *length)
{
    if (!is_recording(session)) {
        return true;
    }
    SessionHistory *history = session->history;
    uint64_t start = history->counts.output;
    history->counts.output += *length;
    size_t known = start < history->output_size ? history->output_size - (size_t)start : 0;
    known = known < *length ? known : *length;
    *bytes += known;
    *length -= known;
    if (*length && !history->is_silent) {
        record_output(session, stream, *bytes, *length);
    }
    return *length != 0 && !history->is_silent && !history->is_remaking;
}

/* A new line: asked of the host and kept. The end of the input is kept as NULL. */
static bool record_line(Session *session, const char **line, size_t *length)
{
    SessionHistory *history = session->history;
    const SessionHost *host = &session->options.host;
    bool is_there = !history->is_silent && host->read_line && host->read_line(host->context, line, length);
    if (history->is_silent || !history_reserve(session, (void **)&history->lines, &history->line_capacity,
                                               history->line_count + 1, sizeof *history->lines)) {
        return is_there;
    }
    char *copy = is_there ? session_resize(session, NULL, 0, *length + 1) : NULL;
    history->no_memory |= is_there && !copy;
    if (copy) {
        memcpy(copy, *line, *length);
        copy[*length] = 0;
    }
    history->lines[history->line_count++] = (InputLine){copy, copy ? *length : 0};
    return is_there;
}

bool history_read_line(Session *session, const char **line, size_t *length)
{
    SessionHistory *history = session->history;
    uint64_t index = history->counts.lines++;
    if (index >= history->line_count) {
        return record_line(session, line, length);
    }
    *line = history->lines[index].text;
    *length = history->lines[index].length;
    return *line != NULL;
}

/* The machine rests: with the inputs that had been given before, or `more` of them. */
static void record_rest(Session *session, uint32_t more)
{
    SessionHistory *history = session->history;
    if (history->is_silent || !rests(session)) {
        return;
    }
    Spot spot = {session->machine->state->steps, history->timeline.now.inputs + more, true};
    if (spot_compare(spot, history->end) < 0) {
        return;
    }
    history->end = spot;
    history->end_is_over = machine_is_over(session->machine) && !session_is_idle(session);
    if (history->rest_count && spot_compare(history->rests[history->rest_count - 1], spot) >= 0) {
        return;
    }
    if (history_reserve(session, (void **)&history->rests, &history->rest_capacity, history->rest_count + 1,
                        sizeof *history->rests)) {
        history->rests[history->rest_count++] = spot;
    }
}

/* ---- spots ------------------------------------------------------------------------------------------------------- */

bool history_rests_at(const SessionHistory *history, Spot spot)
{
    uint32_t low = 0, high = history->rest_count;
    spot.rests = true;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = spot_compare(history->rests[middle], spot);
        if (order == 0) {
            return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return false;
}

uint32_t history_inputs_before(const SessionHistory *history, uint64_t step)
{
    uint32_t low = 0, high = history->inputs.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (history->inputs.at[middle].place.spot.step < step) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Spot history_event_spot(const SessionHistory *history, uint64_t step)
{
    return step ? (Spot){step, history_inputs_before(history, step), false} : history_spot(history, 0);
}

Spot history_spot(const SessionHistory *history, uint64_t position)
{
    Spot spot = {position, history_inputs_before(history, position), false};
    uint32_t after = history_inputs_before(history, position + 1);
    bool is_last = position >= history->end.step;
    if (after > spot.inputs) { /* those given here that nothing followed; the last one only if the run ends here */
        spot.inputs = is_last ? history->end.inputs : after - 1;
    }
    spot.rests = history_rests_at(history, spot) || (is_last && history->end.rests);
    return spot;
}

/* ---- going ------------------------------------------------------------------------------------------------------- */

TimelineResult history_go(Session *session, Spot spot)
{
    session->history->timeline.approaches = session->look.is_wanted;
    return timeline_go(&session->history->timeline, spot);
}

TimelineResult history_forward(Session *session, uint64_t until)
{
    SessionHistory *history = session->history;
    Timeline *timeline = &history->timeline;
    timeline->approaches = session->look.is_wanted;
    if (until <= history->end.step) {
        return timeline_go(timeline, history_spot(history, until));
    }
    TimelineResult result = timeline_go(timeline, history->end);
    if (result != TIMELINE_ARRIVED) {
        return result;
    }
    return timeline_run(timeline, until);
}

bool history_give(Session *session, const Input *input)
{
    switch (input->kind) {
    case GIVEN_SUBMISSION:
        return session_start_submission(session, input->number);
    case GIVEN_CHOICE:
    case GIVEN_WORK:
    case GIVEN_POLICY:
        history_choose(session, input);
        return true;
    }
    return false;
}

InputPlace history_input_place(const Session *session)
{
    const SessionHistory *history = session->history;
    if (!history || !history->is_begun) {
        return (InputPlace){.spot.rests = true};
    }
    const Timeline *timeline = &history->timeline;
    return (InputPlace){timeline->now, timeline->is_between ? session->machine->state->instructions : 0};
}

bool history_note_input(Session *session, const Input *input)
{
    SessionHistory *history = session->history;
    if (!history) {
        return true;
    }
    if (!history->is_remaking && !history_fork(session)) {
        return false;
    }
    InputList *inputs = &history->inputs;
    if (!history_reserve(session, (void **)&inputs->at, &inputs->capacity, inputs->count + 1, sizeof *inputs->at)) {
        return false;
    }
    inputs->at[inputs->count++] = *input;
    history->undone_count = 0;
    timeline_given(&history->timeline);
    history->end = history->timeline.now;
    record_rest(session, 0);
    return true;
}

void history_run(Session *session, uint64_t steps)
{
    SessionHistory *history = session->history;
    uint64_t now = history->timeline.now.step;
    TimelineResult result = history_forward(session, steps && steps < UINT64_MAX - now ? now + steps : UINT64_MAX);
    if (result == TIMELINE_NO_MEMORY || history->no_memory) {
        session->no_memory = true;
    }
}

uint64_t session_position(const Session *session)
{
    return session->history && session->history->is_begun ? session->history->timeline.now.step : 0;
}

uint64_t session_history_end(const Session *session)
{
    return session->history ? session->history->end.step : 0;
}

bool session_history_is_open(const Session *session)
{
    return session->history && !session->history->end_is_over;
}

bool session_is_at_rest(const Session *session)
{
    return session->history && session->history->timeline.now.rests;
}

uint64_t session_history_bytes(const Session *session)
{
    const SessionHistory *history = session->history;
    if (!history || !history->is_begun) {
        return 0;
    }
    return timeline_bytes(&history->timeline) + history->event_capacity * sizeof *history->events +
           history->output_capacity;
}

/* ---- output ------------------------------------------------------------------------------------------------------ */

uint32_t session_output_count(const Session *session)
{
    return session->history ? session->history->piece_count : 0;
}

SessionOutput session_output(const Session *session, uint32_t index)
{
    const OutputPiece *piece = &session->history->pieces[index];
    return (SessionOutput){
        .step = piece->step,
        .stream = piece->stream,
        .bytes = session->history->output + piece->start,
        .length = piece->length,
    };
}

uint32_t session_output_upto(const Session *session, uint64_t position)
{
    const SessionHistory *history = session->history;
    if (!history) {
        return 0;
    }
    bool includes_rest = history_spot(history, position).rests;
    uint32_t low = 0, high = history->piece_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const OutputPiece *piece = &history->pieces[middle];
        bool is_before = piece->step < position || (piece->step == position && (includes_rest || !piece->is_behind));
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}
