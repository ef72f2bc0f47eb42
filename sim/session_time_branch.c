/* Other futures. A branch is what was given to the run, and nothing else: going to it makes it again from where it
 * left. So a branch costs next to nothing while nobody is in it. */
#include "session_internal.h"

#include <string.h>

/* ---- what lies behind the present -------------------------------------------------------------------------------- */

static bool is_over(const Session *session)
{
    return machine_is_over(session->machine) && !session_is_idle(session);
}

/* Forgets it. */
static void cut(Session *session)
{
    SessionHistory *history = session->history;
    const Spot now = history->timeline.now;
    timeline_cut(&history->timeline);
    history->inputs.count = now.inputs;
    history->end = now;
    history->end_is_over = is_over(session);
    while (history->rest_count && spot_compare(history->rests[history->rest_count - 1], now) > 0) {
        history->rest_count--;
    }
    history->output_size = (size_t)history->counts.output;
    while (history->piece_count && history->pieces[history->piece_count - 1].start >= history->output_size) {
        history->piece_count--;
    }
    if (history->piece_count) {
        OutputPiece *last = &history->pieces[history->piece_count - 1];
        size_t room = history->output_size - last->start;
        last->length = last->length < room ? last->length : room;
    }
    history_forget_lines(session, history->counts.lines);
    history->trail_count = 0;
}

static bool copy_inputs(Session *session, InputList *to, const InputList *from)
{
    if (!history_reserve(session, (void **)&to->at, &to->capacity, from->count, sizeof *to->at)) {
        return false;
    }
    if (from->count) {
        memcpy(to->at, from->at, from->count * sizeof *to->at);
    }
    to->count = from->count;
    return true;
}

static void free_branch(Session *session, Branch *branch)
{
    for (uint32_t i = 0; i < branch->line_count; i++) {
        if (branch->lines[i].text) {
            session_resize(session, branch->lines[i].text, branch->lines[i].length + 1, 0);
        }
    }
    session_resize(session, branch->lines, branch->line_capacity * sizeof *branch->lines, 0);
    session_resize(session, branch->inputs.at, branch->inputs.capacity * sizeof *branch->inputs.at, 0);
}

static bool copy_lines(Session *session, Branch *to, const InputLine *lines, uint32_t count)
{
    if (!history_reserve(session, (void **)&to->lines, &to->line_capacity, count, sizeof *to->lines)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        char *copy = lines[i].text ? session_resize(session, NULL, 0, lines[i].length + 1) : NULL;
        if (lines[i].text && !copy) {
            return false;
        }
        if (copy) {
            memcpy(copy, lines[i].text, lines[i].length + 1);
        }
        to->lines[to->line_count++] = (InputLine){copy, lines[i].length};
    }
    return true;
}

/* What we are in becomes one of the others. */
static bool keep_branch(Session *session)
{
    SessionHistory *history = session->history;
    Branch branch = {.number = history->branch, .fork = history->fork, .end = history->end};
    if (!history_reserve(session, (void **)&history->branches, &history->branch_capacity, history->branch_count + 1,
                         sizeof *history->branches) ||
        !copy_inputs(session, &branch.inputs, &history->inputs) ||
        !copy_lines(session, &branch, history->lines, history->line_count)) {
        free_branch(session, &branch);
        return false;
    }
    uint32_t at = history->branch_count++;
    for (; at > 0 && history->branches[at - 1].number > branch.number; at--) {
        history->branches[at] = history->branches[at - 1];
    }
    history->branches[at] = branch;
    return true;
}

static bool has_future(const SessionHistory *history)
{
    const Spot now = history->timeline.now;
    return spot_compare(now, history->end) < 0 || history->inputs.count > now.inputs;
}

bool history_fork(Session *session)
{
    SessionHistory *history = session->history;
    if (!history || !history->is_begun || !has_future(history)) {
        return true;
    }
    if (!keep_branch(session)) {
        return false;
    }
    history->branch = ++history->last_branch;
    history->fork = history->timeline.now;
    cut(session);
    return true;
}

void history_free_branches(Session *session)
{
    SessionHistory *history = session->history;
    for (uint32_t i = 0; i < history->branch_count; i++) {
        free_branch(session, &history->branches[i]);
    }
    session_resize(session, history->branches, history->branch_capacity * sizeof *history->branches, 0);
    session_resize(session, history->undone, history->undone_capacity * sizeof *history->undone, 0);
}

/* ---- going to another -------------------------------------------------------------------------------------------- */

uint32_t session_branch_count(const Session *session)
{
    return session->history ? session->history->branch_count + 1 : 0;
}

SessionBranch session_branch_at(const Session *session, uint32_t index)
{
    const SessionHistory *history = session->history;
    uint32_t before = 0; /* branches with smaller numbers than ours */
    while (before < history->branch_count && history->branches[before].number < history->branch) {
        before++;
    }
    if (index == before) {
        return (SessionBranch){history->branch, true, history->fork.step, history->end.step, history->inputs.count};
    }
    const Branch *branch = &history->branches[index - (index > before)];
    return (SessionBranch){branch->number, false, branch->fork.step, branch->end.step, branch->inputs.count};
}

static bool is_same_input(const Input *a, const Input *b)
{
    return a->kind == b->kind && a->number == b->number && a->seed == b->seed &&
           spot_compare(a->place.spot, b->place.spot) == 0 && a->place.instructions == b->place.instructions;
}

/* Where two runs stop being the same. */
static Spot parting(const SessionHistory *history, const Branch *branch)
{
    const InputList *ours = &history->inputs, *theirs = &branch->inputs;
    Spot spot = spot_compare(history->end, branch->end) < 0 ? history->end : branch->end;
    uint32_t i = 0;
    while (i < ours->count && i < theirs->count && is_same_input(&ours->at[i], &theirs->at[i])) {
        i++;
    }
    if (i < ours->count && spot_compare(ours->at[i].place.spot, spot) < 0) {
        spot = ours->at[i].place.spot;
    }
    if (i < theirs->count && spot_compare(theirs->at[i].place.spot, spot) < 0) {
        spot = theirs->at[i].place.spot;
    }
    return spot;
}

/* What was recorded there is made again. */
static TimelineResult remake(Session *session, const Branch *branch)
{
    SessionHistory *history = session->history;
    history->is_remaking = true;
    TimelineResult result = history_go(session, branch->end);
    history->is_remaking = false;
    history->end = history->timeline.now;
    history->end_is_over = is_over(session);
    return result;
}

static TimelineResult enter(Session *session, Branch *branch)
{
    SessionHistory *history = session->history;
    Spot spot = parting(history, branch);
    TimelineResult result = timeline_go(&history->timeline, spot);
    if (result != TIMELINE_ARRIVED) {
        return result;
    }
    if (!keep_branch(session)) {
        return TIMELINE_NO_MEMORY;
    }
    cut(session);
    Branch other = {.line_count = 0};
    if (!copy_inputs(session, &history->inputs, &branch->inputs) ||
        !copy_lines(session, &other, branch->lines, branch->line_count)) {
        free_branch(session, &other);
        return TIMELINE_NO_MEMORY;
    }
    history_forget_lines(session, 0);
    session_resize(session, history->lines, history->line_capacity * sizeof *history->lines, 0);
    history->lines = other.lines;
    history->line_count = other.line_count;
    history->line_capacity = other.line_capacity;
    history->branch = branch->number;
    history->fork = branch->fork;
    return remake(session, branch);
}

static Branch *find_branch(SessionHistory *history, uint32_t number)
{
    for (uint32_t i = 0; i < history->branch_count; i++) {
        if (history->branches[i].number == number) {
            return &history->branches[i];
        }
    }
    return NULL;
}

static void forget_branch(Session *session, uint32_t number)
{
    SessionHistory *history = session->history;
    Branch *branch = find_branch(history, number);
    if (branch) {
        free_branch(session, branch);
        history->branch_count--;
        memmove(branch, branch + 1, (size_t)(&history->branches[history->branch_count] - branch) * sizeof *branch);
    }
}

SessionArrival session_switch_branch(Session *session, uint32_t number)
{
    SessionHistory *history = session->history;
    Branch *found = history && history->is_begun ? find_branch(history, number) : NULL;
    if (!found) {
        return history_nowhere(session, "there is no such branch");
    }
    Branch branch = *found; /* entering it moves the list */
    TimelineResult result = enter(session, &branch);
    if (history->branch == number) {
        forget_branch(session, number);
    }
    return history_arrive(session, result);
}

/* ---- undo and redo ----------------------------------------------------------------------------------------------- */

SessionArrival session_undo(Session *session)
{
    SessionHistory *history = session->history;
    if (!history || !history->is_begun || history->timeline.now.inputs == 0) {
        return history_arrival(session, ARRIVED_START);
    }
    uint32_t undone = history->branch;
    const InputPlace place = history->inputs.at[history->timeline.now.inputs - 1].place;
    TimelineResult result = timeline_go(&history->timeline, place.spot);
    if (result == TIMELINE_ARRIVED && place.instructions) {
        result = timeline_run_to_instruction(&history->timeline, place);
    }
    bool is_kept = result == TIMELINE_ARRIVED &&
                   history_reserve(session, (void **)&history->undone, &history->undone_capacity,
                                   history->undone_count + 1, sizeof *history->undone) &&
                   history_fork(session);
    if (result == TIMELINE_ARRIVED && !is_kept) {
        result = TIMELINE_NO_MEMORY;
    }
    if (is_kept) {
        history->undone[history->undone_count++] = undone;
    }
    return history_arrive(session, result);
}

SessionArrival session_redo(Session *session)
{
    SessionHistory *history = session->history;
    while (history && history->undone_count) {
        uint32_t number = history->undone[--history->undone_count];
        if (find_branch(history, number)) {
            return session_switch_branch(session, number);
        }
    }
    return history_nowhere(session, "there is nothing to redo");
}
