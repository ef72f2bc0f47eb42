/* The detector: follows each ValueTask value of a run and finds misuse.
 *
 * A *handle* is one value that was created; its copies are the same handle. Identity is kept as a tag beside the bytes
 * of the value (vm/shadow.h): creating a ValueTask puts a fresh number there, copying copies it. What is known of a
 * handle is in a table here, and nothing of all this is in the machine's block.
 *
 * The detector only listens: to protocol events, and to the places where user code gets a ValueTask. It reads the
 * block, never writes, and holds no pointer into it. It never guesses: a tag counts only while the bytes say the same
 * as what the handle stands for.
 *
 * What it knows of a run can be copied and put back: that is how going back in time un-finds. */
#ifndef AWAITLAB_WATCH_DETECTOR_H
#define AWAITLAB_WATCH_DETECTOR_H

#include "vm/machine.h"
#include "watch/event.h"

typedef enum RuleKind {
#define RULE(name, code, slug, title) RULE_##name,
#include "watch/rule.def"
#undef RULE
    RULE_COUNT
} RuleKind;

typedef enum Harm { HARM_NONE, HARM_LATENT, HARM_REAL } Harm; /* a note, a warning, an error */

typedef enum VerdictKind {
#define VERDICT(name, severity, text) VERDICT_##name,
#include "watch/verdict.def"
#undef VERDICT
    VERDICT_COUNT
} VerdictKind;

/* How a ValueTask was consumed, or what was done with it. */
typedef enum Use { USE_NONE, USE_LOOK, USE_AWAIT, USE_HOOK, USE_GET_RESULT, USE_RESULT, USE_AS_TASK, USE_PRESERVE } Use;

typedef enum HandleArm { NO_ARM, RESULT_ARM, TASK_ARM, SOURCE_ARM } HandleArm;

/* A step and the user's code at that step: an instruction of a method. Method 0: no user code. */
typedef struct Moment {
    uint64_t step; /* 0: it is no moment */
    MethodId method;
    uint32_t pc;     /* as in CallFrame: behind the instruction */
    uint32_t thread; /* number of the logical thread */
    uint32_t depth;  /* call frames below the user's */
} Moment;            /* 24 bytes */

typedef struct Finding {
    uint8_t rule;    /* RuleKind */
    uint8_t verdict; /* VerdictKind */
    uint8_t arm;     /* HandleArm; NONE: it is not about a ValueTask */
    uint8_t use;     /* Use: of the offending place */
    uint8_t first_use;
    bool also_double;   /* STALE_TOKEN: the value had been consumed before */
    TypeId value_type;  /* ValueTask<int>; 0: unknown */
    TypeId object_type; /* of the Task or source behind it; 0: none */
    int64_t token;
    Moment at;         /* the offending place */
    Moment first;      /* what makes it one: the first consumption, registration, completion */
    Moment made;       /* where user code got the value */
    uint32_t position; /* DEADLOCK: where in the source, when `at` has no code */
    uint64_t count;    /* how often the same was found at the same place */
} Finding;

typedef struct Detector Detector;

/* NULL: no memory. The machine and what it listens with are the caller's, and so is `shadow`. */
Detector *detector_create(const Memory *memory);
void detector_free(Detector *detector);
/* The state as it is now, to go back to; it is of this detector only. NULL: no memory. */
typedef struct DetectorCopy DetectorCopy;
DetectorCopy *detector_save(const Detector *detector);
bool detector_restore(Detector *detector, const DetectorCopy *copy); /* false: no memory, nothing changed */
void detector_copy_free(const Detector *detector, DetectorCopy *copy);
size_t detector_copy_bytes(const DetectorCopy *copy);

/* An event that Protocol.RaiseWatched raised, when it happens. True: it was about a plain result, nothing was found,
 * and to follow such a value is worth little. */
bool detector_watch(Detector *detector, Machine *machine, const WatchedEvent *event);
/* User code has got a ValueTask of type `type` that lies at block offset `at`; from a call, or made in place. True: as
 * above. */
bool detector_value_task(Detector *detector, Machine *machine, uint64_t at, TypeId type, bool is_from_call);
/* The run is over, because a thread waits at this place for a task (0: something else), and nobody can wake it.
 * `position` is the place in the source where the user's call gives none. */
void detector_deadlock(Detector *detector, Machine *machine, uint32_t thread, Ref task, uint32_t position);
/* The task that a thread waits for; 0: it waits for something else. */
Ref detector_awaited_task(Detector *detector, const Machine *machine, uint32_t thread);
/* The run is over: what was never consumed is found. Once. */
void detector_end(Detector *detector, Machine *machine);

/* What is known of the value at block offset `at`, which holds `object` and `token`; only looks. False: nothing. */
typedef struct ValueHistory {
    Moment made, first; /* first: its first consumption, step 0: there was none */
    uint8_t first_use;  /* Use */
} ValueHistory;
bool detector_value_history(const Detector *detector, const Machine *machine, uint64_t at, Ref object, int64_t token,
                            ValueHistory *history);

/* Findings in the order in which they were made. */
uint32_t detector_finding_count(const Detector *detector);
const Finding *detector_finding(const Detector *detector, uint32_t index);
bool detector_no_memory(const Detector *detector); /* something was not written down */
/* For Shadow.keeps: is this a field or element in which a program keeps values? `context` is the Machine. */
bool detector_keeps(void *machine, uint64_t at);

Harm verdict_harm(VerdictKind verdict);

#endif
