/* What the detector knows: about types and methods of the program, about handles and about sources. Tables only; the
 * rules are in detector.c. */
#ifndef AWAITLAB_WATCH_FACTS_H
#define AWAITLAB_WATCH_FACTS_H

#include "watch/detector.h"

/* What a call frame of a method says. */
typedef enum MethodRole {
    METHOD_UNKNOWN,
    METHOD_OTHER,
    METHOD_USER,    /* the user's code */
    METHOD_VALUE,   /* a member of ValueTask, or one like it: the first argument points at the value */
    METHOD_AS_TASK, /* what a source calls back for AsTask */
    METHOD_CORE,    /* a member of ManualResetValueTaskSourceCore: the first argument points at it */
    METHOD_TASK,    /* a member of Task, of its awaiters or builders */
    METHOD_ENTRY,   /* where the program begins: what the compiler puts around an async Main */
} MethodRole;

typedef enum TypeKind {
    TYPE_UNKNOWN,
    TYPE_OTHER,
    TYPE_TASK,
    TYPE_CORE,
    TYPE_POOLED_BOX,
    TYPE_CHANNEL_OPERATION,
    TYPE_VALUE_TASK
} TypeKind;

typedef struct TypeFact {
    uint8_t kind;       /* TypeKind */
    bool is_box;        /* of an async method's state machine */
    uint8_t core_count; /* cores among the fields, those of structs included; 2: several */
    uint32_t core_at;   /* when it is one: offset from the Ref; the core's own type: unused */
    TypeId core_type;
    uint32_t version_at, completed_at; /* TYPE_CORE: from its start */
    uint32_t token_at;                 /* TYPE_VALUE_TASK: from its start */
} TypeFact;

/* A created ValueTask value with all its copies. */
typedef struct Handle {
    bool in_use;
    bool is_free;     /* what Preserve gives: any number of consumptions */
    bool is_returned; /* a call gave it to user code */
    bool is_consumed;
    bool is_again;     /* consumed more than once, or tried to be */
    bool is_tried;     /* consumption was tried, with whatever success */
    bool was_as_task;  /* consumed by AsTask at some time */
    bool first_kept;   /* the first consumption read it from where values are kept */
    bool refused;      /* its last registration was reported */
    uint8_t arm;       /* HandleArm */
    uint8_t first_use; /* Use */
    uint8_t waiting;   /* continuations registered whose GetResult has not come */
    int16_t token;
    TypeId type, object_type;
    uint32_t source;                   /* record; 0: unknown */
    uint32_t operation;                /* the source's operation that it stands for */
    uint64_t resets_made, resets_used; /* the source's resets when it was made, and first consumed */
    Moment made, first;
    uint32_t mark; /* sweeping */
    uint32_t next_free;
} Handle;

/* A core, or a source without one. */
typedef struct Source {
    bool in_use;
    bool last_reset_by_result; /* the last reset was made while somebody took the result */
    bool has_token;
    int16_t version;    /* as far as we have seen */
    int16_t last_token; /* of the last handle made */
    uint32_t operation; /* number of operations begun: handles with another token */
    uint64_t resets;
    Moment completed, registered;
    uint32_t mark;
    uint32_t next_free;
} Source;

/* How often a method of the user's did something that advice is about. */
typedef struct MethodCount {
    uint32_t tasks;   /* it completed at once and a task was allocated for that */
    uint32_t results; /* it made a ValueTask over a result */
    uint32_t boxes;   /* or over the task of an async method */
} MethodCount;

/* A tag is the number of a handle, or of a source and TAG_SOURCE. */
enum { TAG_SOURCE = 1 << 29, TAG_NUMBER = TAG_SOURCE - 1 };

struct Detector {
    const Memory *memory;
    bool no_memory;
    bool has_ended;
    uint8_t *roles; /* by MethodId */
    uint32_t role_count;
    TypeFact *types; /* by TypeId */
    uint32_t type_count;
    Handle *handles; /* number 0 is none */
    uint32_t handle_count, handle_capacity, free_handle, live_handles;
    Source *sources;
    uint32_t source_count, source_capacity, free_source, live_sources;
    uint32_t sweep_at; /* handles and sources at which unreachable ones are looked for */
    Finding *findings;
    uint32_t finding_count, finding_capacity;
    MethodCount *counts; /* by MethodId, of the user's methods */
    uint32_t count_count, count_capacity;
    Finding *drops; /* values that are gone and were never consumed: findings, once the run is over */
    uint32_t drop_count, drop_capacity;
};

enum { FINDINGS_MOST = 1000 };

/* How often is advice worth giving? A hot path is one that is taken thousands of times. */
enum { HOT = 4000 };
MethodCount *facts_counts(Detector *detector, MethodId method); /* NULL: no memory */

/* Room for one more row. False: no memory. */
bool facts_room(Detector *detector, Finding **rows, uint32_t count, uint32_t *capacity);

MethodRole facts_find_role(Detector *detector, const Machine *machine, MethodId method);
static inline MethodRole facts_role(Detector *detector, const Machine *machine, MethodId method)
{
    bool is_known = method < detector->role_count && detector->roles[method] != METHOD_UNKNOWN;
    return is_known ? (MethodRole)detector->roles[method] : facts_find_role(detector, machine, method);
}
const TypeFact *facts_find_type(Detector *detector, const Machine *machine, TypeId type);
static inline const TypeFact *facts_type(Detector *detector, const Machine *machine, TypeId type) /* never NULL */
{
    bool is_known = type < detector->type_count && detector->types[type].kind != TYPE_UNKNOWN;
    return is_known ? &detector->types[type] : facts_find_type(detector, machine, type);
}

/* The user's code that runs right now: the innermost call of it among the lowest `depth` calls of the current thread.
 */
Moment facts_moment(Detector *detector, const Machine *machine, uint32_t depth);
uint32_t facts_depth(const Machine *machine); /* calls of the current thread */

/* Numbers of new rows; 0: no memory. */
uint32_t facts_new_handle(Detector *detector, Machine *machine);
uint32_t facts_new_source(Detector *detector, Machine *machine);

/* Nobody consumed it and nobody can any more. In detector.c. */
void detector_note_drop(Detector *detector, const Handle *handle);

#endif
