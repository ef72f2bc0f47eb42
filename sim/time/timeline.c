#include "time/timeline.h"

#include <string.h>

/* Between two checkpoints lies at most what can be run again in a few milliseconds. Both are counts, so a run leaves
 * the same checkpoints on every computer. */
enum { MOST_STEPS = 1 << 15, FEWEST_STEPS = 1 << 9, MOST_CHECKPOINTS = 4096 };
static const uint64_t MOST_INSTRUCTIONS = 8 * 1000 * 1000;

int spot_compare(Spot a, Spot b)
{
    if (a.step != b.step) {
        return a.step < b.step ? -1 : 1;
    }
    if (a.inputs != b.inputs) {
        return a.inputs < b.inputs ? -1 : 1;
    }
    return (int)a.rests - (int)b.rests;
}

void timeline_init(Timeline *timeline, const TimelineHost *host, Machine *machine, size_t budget)
{
    *timeline = (Timeline){.host = *host, .machine = machine, .budget = budget};
    pages_init(&timeline->pages, machine->memory);
}

/* ---- checkpoints ------------------------------------------------------------------------------------------------- */

static void *resize(const Timeline *timeline, void *pointer, size_t old_size, size_t new_size)
{
    const Memory *memory = timeline->machine->memory;
    return memory->resize(memory->context, pointer, old_size, new_size);
}

static void release(Timeline *timeline, const Checkpoint *checkpoint)
{
    moment_free(&timeline->pages, checkpoint->moment);
    timeline->host.drop(timeline->host.context, checkpoint->beside);
    timeline->beside_bytes -= checkpoint->beside_bytes;
}

static void drop(Timeline *timeline, uint32_t index)
{
    Checkpoint *checkpoint = &timeline->checkpoints[index];
    release(timeline, checkpoint);
    timeline->count--;
    memmove(checkpoint, checkpoint + 1, (timeline->count - index) * sizeof *checkpoint);
}

void timeline_free(Timeline *timeline)
{
    while (timeline->count) {
        drop(timeline, timeline->count - 1);
    }
    if (timeline->checkpoints) {
        resize(timeline, timeline->checkpoints, timeline->capacity * sizeof(Checkpoint), 0);
    }
    pages_free(&timeline->pages);
    timeline->checkpoints = NULL;
    timeline->capacity = 0;
}

size_t timeline_bytes(const Timeline *timeline)
{
    return timeline->pages.bytes + timeline->beside_bytes + timeline->capacity * sizeof(Checkpoint);
}

/* Index of the last checkpoint at or before `spot`; there is always one. */
static uint32_t nearest(const Timeline *timeline, Spot spot)
{
    uint32_t low = 0, high = timeline->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (spot_compare(timeline->checkpoints[middle].spot, spot) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint64_t distance(uint64_t a, uint64_t b)
{
    return a < b ? b - a : a - b;
}

/* The one whose loss leaves the smallest gap for its distance to the present. The first one stays. */
static uint32_t least_useful(const Timeline *timeline)
{
    uint32_t best = timeline->count - 1;
    double best_value = -1;
    for (uint32_t i = 1; i < timeline->count; i++) {
        const Checkpoint *at = &timeline->checkpoints[i];
        uint64_t end = i + 1 < timeline->count ? at[1].spot.step : at->spot.step + MOST_STEPS;
        double gap = (double)(end - at[-1].spot.step + 1);
        double value = gap / ((double)distance(at->spot.step, timeline->now.step) + MOST_STEPS);
        if (best_value < 0 || value < best_value) {
            best = i;
            best_value = value;
        }
    }
    return best;
}

static void keep_budget(Timeline *timeline)
{
    while (timeline->count > 2 && (timeline_bytes(timeline) > timeline->budget || timeline->count > MOST_CHECKPOINTS)) {
        drop(timeline, least_useful(timeline));
    }
}

static bool reserve(Timeline *timeline)
{
    if (timeline->count < timeline->capacity) {
        return true;
    }
    uint32_t capacity = timeline->capacity ? timeline->capacity * 2 : 64;
    Checkpoint *checkpoints =
        resize(timeline, timeline->checkpoints, timeline->capacity * sizeof(Checkpoint), capacity * sizeof(Checkpoint));
    if (!checkpoints) {
        return false;
    }
    timeline->checkpoints = checkpoints;
    timeline->capacity = capacity;
    return true;
}

bool timeline_remember(Timeline *timeline, Checkpoint *present)
{
    *present = (Checkpoint){.spot = timeline->now, .instructions = timeline->machine->state->instructions};
    present->beside = timeline->host.keep(timeline->host.context, &present->beside_bytes);
    if (!present->beside) {
        return false;
    }
    present->moment = moment_keep(&timeline->pages, timeline->machine);
    if (!present->moment) {
        timeline->host.drop(timeline->host.context, present->beside);
        return false;
    }
    timeline->beside_bytes += present->beside_bytes;
    return true;
}

/* A checkpoint at the present. No memory for it: there is none, which only costs time later. */
static bool add_checkpoint(Timeline *timeline)
{
    Checkpoint fresh;
    if (!reserve(timeline) || !timeline_remember(timeline, &fresh)) {
        return false;
    }
    uint32_t at = timeline->count ? nearest(timeline, fresh.spot) + 1 : 0;
    memmove(&timeline->checkpoints[at + 1], &timeline->checkpoints[at],
            (timeline->count - at) * sizeof *timeline->checkpoints);
    timeline->checkpoints[at] = fresh;
    timeline->count++;
    keep_budget(timeline);
    return true;
}

bool timeline_begin(Timeline *timeline)
{
    timeline->now = (Spot){.step = timeline->machine->state->steps};
    return add_checkpoint(timeline);
}

void timeline_cut(Timeline *timeline)
{
    while (timeline->count > 1 && spot_compare(timeline->checkpoints[timeline->count - 1].spot, timeline->now) > 0) {
        drop(timeline, timeline->count - 1);
    }
}

void timeline_given(Timeline *timeline)
{
    timeline->now.inputs++;
    timeline->now.rests = timeline->host.rests(timeline->host.context);
    timeline->is_between = false;
}

bool timeline_checkpoint_before(const Timeline *timeline, Spot spot, Spot *before)
{
    uint32_t index = nearest(timeline, spot);
    if (spot_compare(timeline->checkpoints[index].spot, spot) >= 0) {
        if (index == 0) {
            return false;
        }
        index--;
    }
    *before = timeline->checkpoints[index].spot;
    return true;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* Right after a collection the nursery is empty and a checkpoint is small. */
static bool is_cheap(const Machine *machine)
{
    const MachineState *state = machine->state;
    return state->generation_bytes[0] == 0 && state->collections[0] != 0;
}

/* On the way to `until`, checkpoints are the closer the nearer it is: whoever goes there goes on from there. */
static bool wants_checkpoint(const Timeline *timeline, uint64_t until)
{
    const Checkpoint *last = &timeline->checkpoints[nearest(timeline, timeline->now)];
    uint64_t steps = timeline->now.step - last->spot.step;
    uint64_t instructions = timeline->machine->state->instructions - last->instructions;
    if (steps >= MOST_STEPS || instructions >= MOST_INSTRUCTIONS) {
        return true;
    }
    if (steps >= MOST_STEPS / 2 && is_cheap(timeline->machine)) {
        return true;
    }
    return steps >= FEWEST_STEPS && timeline->now.step < until && steps >= until - timeline->now.step;
}

static void note_present(Timeline *timeline, uint64_t before)
{
    uint64_t steps = timeline->machine->state->steps;
    timeline->now.step = steps;
    timeline->now.rests = timeline->host.rests(timeline->host.context);
    timeline->is_between &= steps == before;
}

static TimelineResult run_to(Timeline *timeline, uint64_t until, uint64_t instructions)
{
    if (timeline->now.rests && timeline->host.is_stuck(timeline->host.context)) {
        return TIMELINE_RESTS;
    }
    while (timeline->machine->state->steps < until || instructions) {
        uint64_t before = timeline->now.step;
        uint64_t stop = before + FEWEST_STEPS;
        bool is_last = until <= stop;
        TimelineRun run = timeline->host.run(timeline->host.context, is_last ? until : stop, instructions, is_last);
        note_present(timeline, before);
        if (run != RUN_ON) {
            timeline->is_between |= run == RUN_INTERRUPTED && !timeline->now.rests;
            return run == RUN_WATCHED ? TIMELINE_WATCHED : TIMELINE_INTERRUPTED;
        }
        if (timeline->now.rests) {
            return TIMELINE_RESTS;
        }
        if (instructions && timeline->machine->state->instructions >= instructions) {
            timeline->is_between = true;
            return TIMELINE_ARRIVED;
        }
        if (wants_checkpoint(timeline, until)) {
            add_checkpoint(timeline);
        }
    }
    return TIMELINE_ARRIVED;
}

TimelineResult timeline_run(Timeline *timeline, uint64_t until)
{
    return run_to(timeline, until, 0);
}

/* ---- going anywhere ---------------------------------------------------------------------------------------------- */

static bool restore(Timeline *timeline, const Checkpoint *checkpoint)
{
    if (!moment_restore(timeline->machine, checkpoint->moment) ||
        !timeline->host.put_back(timeline->host.context, checkpoint->beside)) {
        return false;
    }
    timeline->now = checkpoint->spot;
    timeline->is_between = false;
    return true;
}

bool timeline_return(Timeline *timeline, Checkpoint *present, bool was_between)
{
    bool is_back = restore(timeline, present);
    release(timeline, present);
    timeline->is_between = was_between && is_back;
    return is_back;
}

/* To event `step`, past every rest that needs no input, and with `rests` on to the rest behind it. */
static TimelineResult reach(Timeline *timeline, uint64_t step, bool rests)
{
    TimelineResult result = TIMELINE_ARRIVED;
    while (timeline->now.step < step && result == TIMELINE_ARRIVED) {
        result = run_to(timeline, step, 0);
        bool goes_on = result == TIMELINE_RESTS && !timeline->host.is_stuck(timeline->host.context);
        result = goes_on ? TIMELINE_ARRIVED : result;
    }
    if (rests && !timeline->now.rests && result == TIMELINE_ARRIVED) {
        result = run_to(timeline, UINT64_MAX, 0);
        return result == TIMELINE_RESTS ? TIMELINE_ARRIVED : result;
    }
    return result == TIMELINE_RESTS && timeline->now.step >= step ? TIMELINE_ARRIVED : result;
}

TimelineResult timeline_run_to_instruction(Timeline *timeline, InputPlace place)
{
    return run_to(timeline, place.spot.step + 1, place.instructions);
}

/* From the present to where the next input was given, and gives it. */
static TimelineResult pass_input(Timeline *timeline)
{
    InputPlace place = timeline->host.place(timeline->host.context, timeline->now.inputs);
    TimelineResult result = reach(timeline, place.spot.step, place.spot.rests);
    if (result == TIMELINE_ARRIVED && place.instructions) {
        result = timeline_run_to_instruction(timeline, place);
    }
    if (result != TIMELINE_ARRIVED) {
        return result;
    }
    if (!timeline->host.give(timeline->host.context, timeline->now.inputs)) {
        return TIMELINE_NO_MEMORY;
    }
    timeline_given(timeline);
    return TIMELINE_ARRIVED;
}

static TimelineResult walk_to(Timeline *timeline, Spot spot)
{
    while (timeline->now.inputs < spot.inputs) {
        TimelineResult result = pass_input(timeline);
        if (result != TIMELINE_ARRIVED) {
            return result;
        }
    }
    return reach(timeline, spot.step, spot.rests);
}

TimelineResult timeline_go(Timeline *timeline, Spot spot)
{
    int order = spot_compare(timeline->now, spot);
    if (order == 0 && !timeline->is_between) {
        return TIMELINE_ARRIVED;
    }
    Spot from = spot;
    if (timeline->approaches && spot.step) {
        from = (Spot){.step = spot.step - 1, .inputs = UINT32_MAX, .rests = true};
    }
    const Checkpoint *checkpoint = &timeline->checkpoints[nearest(timeline, from)];
    bool is_ahead = order >= 0;
    bool is_nearer = !timeline->walks && spot_compare(checkpoint->spot, timeline->now) > 0;
    if ((is_ahead || is_nearer) && !restore(timeline, checkpoint)) {
        return TIMELINE_NO_MEMORY;
    }
    return walk_to(timeline, spot);
}
