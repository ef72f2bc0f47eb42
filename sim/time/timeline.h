/* The timeline: anywhere in a run, forwards and backwards.
 *
 *   start ----o------o------o---o--o-ooo*-------- end
 *             checkpoints, closer to each other near the present
 *
 * A run is a program and what was given to it, in order: the *inputs*. It can be made again at any time and is the same
 * again. Where it has got to is a Spot: the number of the last event, how many inputs had been given, and whether the
 * machine rested there (is over, or waits for an input) or was stopped right behind the event. The timeline goes to a
 * spot by restoring the nearest checkpoint before it and letting the machine run from there.
 *
 * Checkpoints keep within a budget: when they need more, those go whose loss costs least, which is where the distance
 * to the present is large compared to the gap that they leave. */
#ifndef AWAITLAB_TIME_TIMELINE_H
#define AWAITLAB_TIME_TIMELINE_H

#include "time/moment.h"

typedef struct Spot {
    uint64_t step;   /* number of the last event that has happened; 0: none has */
    uint32_t inputs; /* that had been given */
    bool rests;      /* the machine has run on behind that event, as far as it could */
} Spot;

int spot_compare(Spot a, Spot b);

/* When an input was given. */
typedef struct InputPlace {
    Spot spot;             /* .inputs: the number of inputs before it */
    uint64_t instructions; /* the machine had been stopped in the middle of a step; 0: it had not */
} InputPlace;

typedef enum TimelineRun {
    RUN_ON,          /* as far as it was to go, or it can go no further */
    RUN_WATCHED,     /* stopped right behind an event that somebody watches for */
    RUN_INTERRUPTED, /* going on is not wanted; somewhere behind an event */
} TimelineRun;

typedef struct TimelineHost {
    void *context;
    /* Lets the machine run until event `until` has happened, `instructions` (0: no bound) have been executed since the
     * start of the run, or it can go no further. `is_last`: if it gets to `until`, it has arrived. */
    TimelineRun (*run)(void *context, uint64_t until, uint64_t instructions, bool is_last);
    /* Whether the machine rests, and then whether it needs an input to go on. */
    bool (*rests)(void *context);
    bool (*is_stuck)(void *context);
    /* Gives input `index` to the machine as it is. False: no memory. */
    bool (*give)(void *context, uint32_t index);
    InputPlace (*place)(void *context, uint32_t index);
    /* What belongs to a moment besides the machine and the births; `bytes`: its size. NULL: no memory. */
    void *(*keep)(void *context, size_t *bytes);
    bool (*put_back)(void *context, const void *kept);
    void (*drop)(void *context, void *kept);
} TimelineHost;

typedef struct Checkpoint {
    Spot spot;
    uint64_t instructions;
    Moment *moment;
    void *beside;
    size_t beside_bytes;
} Checkpoint;

typedef struct Timeline {
    TimelineHost host;
    Machine *machine;
    size_t budget; /* bytes */
    PageStore pages;
    size_t beside_bytes;     /* of all checkpoints */
    Checkpoint *checkpoints; /* by spot; the first is the start of the history */
    uint32_t count, capacity;
    bool approaches; /* the last step to a spot is always run: somebody wants to see what it changes */
    bool walks;      /* every step from the present to a spot ahead is run: somebody looks at each */
    Spot now;
    bool is_between; /* the machine was interrupted somewhere behind `now`, before the next event */
} Timeline;

void timeline_init(Timeline *timeline, const TimelineHost *host, Machine *machine, size_t budget);
void timeline_free(Timeline *timeline);

/* The machine stands at the start of the history: the first checkpoint. False: no memory. */
bool timeline_begin(Timeline *timeline);

typedef enum TimelineResult {
    TIMELINE_ARRIVED,
    TIMELINE_RESTS,       /* before that */
    TIMELINE_WATCHED,     /* `run` was RUN_WATCHED */
    TIMELINE_INTERRUPTED, /* RUN_INTERRUPTED */
    TIMELINE_NO_MEMORY,   /* the present has not changed if nothing could be restored */
} TimelineResult;

/* Goes to a spot, backwards or forwards, giving the inputs that come before it. With `rests` the machine runs on until
 * it does. */
TimelineResult timeline_go(Timeline *timeline, Spot spot);
/* From the spot of an input to the instruction at which it was given. */
TimelineResult timeline_run_to_instruction(Timeline *timeline, InputPlace place);
/* Runs on from the present, to event `until` at most, without giving inputs; leaves checkpoints behind. */
TimelineResult timeline_run(Timeline *timeline, uint64_t until);
/* The present, to come back to whatever happens meanwhile, also when it is between two events. False: no memory. */
bool timeline_remember(Timeline *timeline, Checkpoint *present);
/* Comes back, and frees it in any case. False: no memory, and the present is somewhere else. */
bool timeline_return(Timeline *timeline, Checkpoint *present, bool was_between);
/* Forgets checkpoints behind the present: the run takes another course from here. */
void timeline_cut(Timeline *timeline);
/* Input number now.inputs has just been given by somebody else. */
void timeline_given(Timeline *timeline);

/* The last spot before `spot` that can be reached without running; false: there is none (it is the start). */
bool timeline_checkpoint_before(const Timeline *timeline, Spot spot, Spot *before);
size_t timeline_bytes(const Timeline *timeline);

#endif
