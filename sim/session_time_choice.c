/* Who runs next: the policies, and choices that are inputs of the run like what is typed. */
#include "session_look.h"

#include <string.h>

/* ---- the scheduler asks ------------------------------------------------------------------------------------------ */

/* Each decision has its own number, so going back and on again decides the same. splitmix64. */
static uint64_t random_of(uint64_t seed, uint64_t decision)
{
    uint64_t z = seed + (decision + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Index of a thread among those that are ready; `count`: it is not. */
static uint32_t ready_index(const Machine *machine, uint32_t number, uint32_t count)
{
    const MachineState *state = machine->state;
    uint32_t index = 0;
    while (index < count && state->threads[state->ready[index]].number != number) {
        index++;
    }
    return index;
}

static bool hold(void *context, Machine *machine)
{
    Session *session = context;
    MomentCounts *counts = &session->history->counts;
    if (session->is_describing || counts->policy != SCHEDULE_ASK) {
        return false;
    }
    counts->asked_work = 0;
    uint32_t count = machine->state->ready_count;
    return !counts->choice || ready_index(machine, counts->choice, count) == count;
}

static uint32_t decide(MomentCounts *counts, uint32_t count)
{
    uint64_t decision = counts->decisions++;
    switch (counts->policy) {
    case SCHEDULE_FIRST:
    case SCHEDULE_ASK:
        return 0;
    case SCHEDULE_LAST:
        return count - 1;
    case SCHEDULE_RANDOM:
        return (uint32_t)(random_of(counts->policy_seed, decision) % count);
    }
    return 0;
}

static uint32_t pick(void *context, Machine *machine, uint32_t count)
{
    Session *session = context;
    MomentCounts *counts = &session->history->counts;
    if (session->is_describing || count < 2) {
        return 0;
    }
    uint32_t chosen = counts->choice ? ready_index(machine, counts->choice, count) : count;
    if (chosen < count) {
        counts->choice = 0;
        counts->decisions++;
        return chosen;
    }
    return decide(counts, count);
}

static int32_t pick_work(void *context, Machine *machine, int32_t count)
{
    (void)machine;
    Session *session = context;
    MomentCounts *counts = &session->history->counts;
    if (session->is_describing) {
        return 0;
    }
    uint32_t chosen = counts->work;
    if (counts->policy == SCHEDULE_ASK && (!chosen || chosen > (uint32_t)count)) {
        counts->asked_work = (uint32_t)count;
        return -1;
    }
    counts->work = 0;
    if (chosen && chosen <= (uint32_t)count) {
        counts->decisions++;
        return (int32_t)chosen - 1;
    }
    return (int32_t)decide(counts, (uint32_t)count);
}

void history_schedule(Session *session)
{
    session->machine->hold = hold;
    session->machine->pick_work = pick_work;
    session->machine->pick_thread = pick;
    session->machine->pick_context = session;
}

/* ---- inputs ------------------------------------------------------------------------------------------------------ */

void history_choose(Session *session, const Input *input)
{
    MomentCounts *counts = &session->history->counts;
    counts->is_asking = false;
    counts->asked_work = 0;
    if (input->kind == GIVEN_CHOICE) {
        counts->choice = input->number;
    } else if (input->kind == GIVEN_WORK) {
        counts->work = input->number;
    } else {
        counts->policy = (SchedulePolicy)input->number;
        counts->policy_seed = input->seed;
    }
}

static SessionStatus give(Session *session, Input *input)
{
    input->place = history_input_place(session);
    if (!history_fork(session)) {
        return SESSION_NO_MEMORY;
    }
    history_choose(session, input);
    return history_note_input(session, input) ? SESSION_OK : SESSION_NO_MEMORY;
}

SessionStatus session_set_schedule(Session *session, SchedulePolicy policy, uint64_t seed)
{
    SessionHistory *history = session->history;
    if (!history) {
        return SESSION_NOT_FOUND;
    }
    Input input = {.kind = GIVEN_POLICY, .number = policy, .seed = seed};
    if (!history->is_begun) {
        history->first_policy = policy;
        history->first_policy_seed = seed;
        history_choose(session, &input);
        return SESSION_OK;
    }
    return give(session, &input);
}

SchedulePolicy session_schedule(const Session *session, uint64_t *seed)
{
    const SessionHistory *history = session->history;
    *seed = history ? history->counts.policy_seed : 0;
    return history ? history->counts.policy : SCHEDULE_FIRST;
}

SessionStatus session_choose(Session *session, uint32_t number)
{
    const SessionHistory *history = session->history;
    const MachineState *state = history && history->is_begun ? session->machine->state : NULL;
    if (!state || !number) {
        return SESSION_NOT_FOUND;
    }
    bool is_work = history->counts.is_asking && history->counts.asked_work;
    bool is_there = is_work ? number <= history->counts.asked_work
                            : ready_index(session->machine, number, state->ready_count) < state->ready_count;
    if (!is_there) {
        return SESSION_NOT_FOUND;
    }
    Input input = {.kind = is_work ? GIVEN_WORK : GIVEN_CHOICE, .number = number};
    return give(session, &input);
}

/* ---- what there is to choose from -------------------------------------------------------------------------------- */

typedef struct ChoiceList {
    Session *session;
    SessionChoice *at;
    uint32_t count, capacity;
} ChoiceList;

static void list_work(void *context, const char *name, const char *what)
{
    ChoiceList *list = context;
    if (list->count < list->capacity) {
        list->at[list->count] =
            (SessionChoice){list->count + 1, look_format(list->session, "%s%s%s", name, *what ? ", which " : "", what)};
        list->count++;
    }
}

static void list_choices(Session *session, void *argument)
{
    ChoiceList *list = argument;
    const MachineState *state = session->machine->state;
    const MomentCounts *counts = session->history ? &session->history->counts : NULL;
    if (counts && counts->is_asking && counts->asked_work) {
        list->session = session;
        list->capacity = counts->asked_work;
        list->at = ARENA_ARRAY(&session->look.arena, SessionChoice, list->capacity);
        look_work_in_line(session, list_work, list);
        return;
    }
    list->count = state->ready_count;
    list->at = ARENA_ARRAY(&session->look.arena, SessionChoice, state->ready_count + 1u);
    for (uint32_t i = 0; i < state->ready_count; i++) {
        const LogicalThread *thread = &state->threads[state->ready[i]];
        list->at[i] = (SessionChoice){thread->number, look_ready_thread(session, thread)};
    }
}

SessionStatus session_choices(Session *session, const SessionChoice **choices, uint32_t *count)
{
    ChoiceList list = {0};
    if (session->machine && !look_guard(session, list_choices, &list)) {
        return SESSION_NO_MEMORY;
    }
    *choices = list.at;
    *count = list.count;
    return SESSION_OK;
}
