/* The machine: one relocatable block of memory that holds everything a running program consists of.
 *
 * The block is one allocation. MachineState lies at its start, then the areas named below. References (Ref) and managed
 * pointers are 64-bit offsets from the start of the block; 0 is null. No byte of the block is a C pointer. Hence a
 * snapshot is a copy of the used parts, restoring is copying back (into any machine with the same limits, at any
 * address), equality is comparing, and a fingerprint is a hash.
 *
 * `Machine` itself (this struct) is only the way to get at the block; nothing in it changes what a program does.
 *
 * Who does what: exec.c runs the instructions of the current thread (exec_run); thread.c decides which thread that is;
 * heap.c and collect.c own the heap; native_*.c are the leaf operations that managed code calls. */
#ifndef AWAITLAB_VM_MACHINE_H
#define AWAITLAB_VM_MACHINE_H

#include "base/arena.h"
#include "code/program.h"
#include "vm/host.h"
#include "vm/shadow.h"

#include <string.h>

/* ---- threads and their stacks ------------------------------------------------------------------------------------ */

enum { MAX_THREADS = 64, NO_THREAD = 0xff };

typedef enum ThreadStatus {
    THREAD_FREE,    /* the slot may be taken */
    THREAD_READY,   /* in MachineState.ready */
    THREAD_RUNNING, /* MachineState.current */
    THREAD_PARKED,  /* in MachineState.parked */
    THREAD_IDLE,    /* the main thread between two submissions: it has no calls */
} ThreadStatus;

/* A call in progress. The callee's frame starts inside its caller's outgoing area, so arguments are not copied.
 * `method` and `frame` of every CallFrame must be right whenever something is allocated; `pc` whenever exec_run returns
 * and whenever a stack trace is taken. */
typedef struct CallFrame {
    MethodId method;
    uint32_t pc;    /* index of the instruction this frame goes on with: for a caller, the one after its call */
    uint64_t frame; /* block offset */
} CallFrame;

/* An exception (or a `finally` on the way out) being handled; exec.c gives the numbers their meaning. Only `exception`
 * and `held` are references, and both are roots. */
typedef struct Handling {
    Ref exception;
    Ref held;
    uint32_t kind;
    uint32_t depth; /* number of call frames that were there: index of the frame it belongs to */
    uint32_t handler;
    uint32_t resume;
    uint32_t words[4];
} Handling;

/* One logical thread: main is slot 0. A stack region is divided into data (frames, growing up), calls and handlings. */
typedef struct LogicalThread {
    uint8_t status;        /* ThreadStatus */
    uint8_t is_background; /* does not keep the process alive */
    uint8_t is_timed;      /* parked with a deadline */
    uint8_t wake_result;   /* what Park returns */
    uint32_t number;       /* 1, 2, ... in order of creation, never reused: the owner in object headers */
    Ref object;            /* System.Threading.Thread */
    Ref parked_key;
    int64_t deadline;      /* ticks of the virtual clock; when is_timed */
    uint64_t result_frame; /* where the native that parked leaves its result (4 bytes); 0: nowhere */
    int64_t allocated;     /* bytes this thread allocated so far. The current thread's is in MachineState.allocated! */
    uint64_t data_start, data_limit;  /* block offsets of the data stack */
    uint64_t calls_start;             /* block offset of CallFrame[calls_limit] */
    uint64_t handlings_start;         /* block offset of Handling[handlings_limit] */
    uint32_t call_count, calls_limit; /* the top frame is calls[call_count - 1] */
    uint32_t handling_count, handlings_limit;
    uint64_t statics; /* block offset of this thread's thread-static fields */
    /* A native call in progress: its arguments are roots although it has no CallFrame. See "Natives" below. */
    MethodId native_method;
    /* Calls and handlings of code that a nested submission has interrupted: they lie right in front of calls_start and
     * handlings_start. */
    uint32_t outer_calls;
    uint64_t native_frame;
    uint32_t outer_handlings;
    uint32_t reserved;
} LogicalThread;

/* A submission that was given in the middle of something: a call on top of a thread. See submit.h. */
enum { MAX_NESTED = 16 };
typedef struct NestedCall {
    uint8_t slot;      /* thread it runs on */
    uint8_t is_helper; /* a thread made for it, because no thread was running */
    uint8_t was_ready; /* the interrupted thread was ready, not current */
    uint8_t reserved;
    uint32_t calls, handlings; /* of the interrupted code, just below it */
    uint32_t padding;
    int64_t quantum_left;
} NestedCall;

/* ---- the heap ---------------------------------------------------------------------------------------------------- */

enum { REGION_BYTES = 256 * 1024, CARD_SHIFT = 9, BRICK_BYTES = 8 * 1024, LARGE_OBJECT_BYTES = 85000, GENERATIONS = 3 };

typedef struct TypeStats {
    uint64_t count, bytes;
} TypeStats;

/* The header word (at ref - 8). */
#define HEADER_HASH UINT64_C(0x0000000003ffffff)      /* identity hash; 0: none yet */
#define HEADER_MARK UINT64_C(0x0000000004000000)      /* collector only: large object reached */
#define HEADER_UNCOUNTED UINT64_C(0x0000000008000000) /* the machine's own: .NET would not count it */
#define HEADER_OWNER UINT64_C(0x0000ffff00000000)     /* number of the thread that holds the lock (low 16 bits) */
#define HEADER_DEPTH UINT64_C(0xffff000000000000)     /* how often it entered; 0: free */
enum { HEADER_OWNER_SHIFT = 32, HEADER_DEPTH_SHIFT = 48 };

/* ---- the block --------------------------------------------------------------------------------------------------- */

typedef enum AreaKind {
    AREA_REGIONS,     /* Region per heap region, see heap.h */
    AREA_STATICS,     /* static fields: RuntimeType.statics_offset counts from here */
    AREA_INITS,       /* a byte per RuntimeType.init_index, see ClassInit */
    AREA_INIT_ERRORS, /* Ref per init_index: the TypeInitializationException of a class that failed */
    AREA_LITERALS,    /* Ref per Program.literals: 0 until first used, see machine_literal */
    AREA_TYPES,       /* Ref per TypeId: the System.Type object, 0 until asked for, see machine_type_object */
    AREA_STATS,       /* TypeStats per TypeId */
    AREA_THREAD_STATICS,
    AREA_WEAK,        /* WeakHandle, see heap.h */
    AREA_FINALIZABLE, /* FinalizerEntry, see heap.h */
    AREA_FROZEN,      /* literals, Type objects: never move, never die */
    AREA_STACKS,
    AREA_CARDS, /* a byte per 512 bytes of the block: written since the last collection */
    AREA_HEAP,
    AREA_COUNT
} AreaKind;

typedef struct Area {
    uint64_t offset, capacity;
} Area;

/* States of a class-initialisation byte. INIT_RUNNING + slot: the thread in that slot runs the static constructor. */
typedef enum ClassInit { INIT_NONE, INIT_DONE, INIT_FAILED, INIT_RUNNING } ClassInit;

typedef enum RunStatus {
    RUN_NOT_STARTED,
    RUN_IDLE,      /* interactive: nothing to do until the next submission */
    RUN_RUNNING,   /* not over: stopped because asked to */
    RUN_ENDED,     /* Main returned and no foreground thread is left; exit_code */
    RUN_EXITED,    /* Environment.Exit; exit_code */
    RUN_UNHANDLED, /* exception; the process would end with code 134 */
    RUN_FAIL_FAST, /* Environment.FailFast; message is a string in `exception` */
    RUN_STACK_OVERFLOW,
    RUN_DEADLOCK, /* every thread waits, for ever */
    RUN_STEP_LIMIT,
    RUN_INSTRUCTION_LIMIT,
    RUN_OUTPUT_CLOSED, /* nobody reads what the program writes */
    RUN_NO_MEMORY,     /* the host has no memory left, or a fixed table of the block is full */
    RUN_BROKEN,        /* a method has errors or something that cannot be happened: see Machine.trouble */
} RunStatus;

typedef struct RunResult {
    uint8_t status;     /* RunStatus */
    uint8_t heap_limit; /* an allocation was refused because of the heap limit at some time */
    uint8_t thread;     /* slot of the thread that ended the run */
    uint8_t reserved;
    int32_t exit_code;
    Ref exception; /* a root; RUN_IDLE and RUN_RUNNING: what ended the last submission, 0: nothing */
} RunResult;

typedef struct Machine Machine;

/* Everything below is state: copied by snapshots. Offsets and counts only. */
typedef struct MachineState {
    uint64_t magic;
    uint64_t block_bytes;
    Area areas[AREA_COUNT];

    /* allocation: [alloc_next, alloc_limit) is zeroed memory of the nursery. machine_allocate uses it inline. */
    uint64_t alloc_next, alloc_limit;
    int64_t allocated;  /* bytes allocated so far by the current thread (swapped in and out by thread.c) */
    uint32_t uncounted; /* > 0: allocations of the current thread are not counted
                           (RuntimeHelpers.AllocateUncounted) */
    uint32_t alloc_reserved;

    /* counters */
    uint64_t instructions; /* executed so far; thread_spend adds what exec_run took from fuel */
    uint64_t steps;        /* protocol events so far */
    int64_t fuel;          /* instructions left until exec_run must return EXEC_FUEL; exec.c counts it down, and
                              writes it
                              back before it calls a native or returns: the clock depends on it */
    int64_t fuel_given;    /* what fuel was when it was last accounted for */
    int64_t quantum_left;  /* of the current thread, when fuel was last set */
    int64_t spent;         /* instructions since the clock last moved because of them */

    /* threads */
    uint8_t current;      /* slot, or NO_THREAD */
    uint8_t thread_count; /* slots 0 .. thread_count - 1 have been used */
    uint8_t ready_count, parked_count;
    uint32_t next_thread_number;
    uint8_t ready[MAX_THREADS];  /* first ready first */
    uint8_t parked[MAX_THREADS]; /* first parked first */
    LogicalThread threads[MAX_THREADS];
    MethodId entry;      /* what the main thread began with */
    uint8_t interactive; /* main goes on with submissions */
    uint8_t nested_count;
    uint8_t main_is_program; /* interactive: what main runs is a whole program, which its foreground threads outlive */
    uint8_t abandoned;       /* nested calls that were given up because they could never end */
    NestedCall nested[MAX_NESTED];
    int32_t exit_code; /* what Main returned */
    uint32_t main_has_result;

    int64_t clock;      /* virtual time since the program started, in ticks of 100 ns; see thread.h for what moves
                           it */
    uint64_t random[2]; /* state of the generator behind identity hashes and unseeded Random */

    MethodId call_method;   /* of NATIVE_CALL */
    TypeId call_type;       /* of NATIVE_INIT */
    Ref empty_string;       /* String.Empty, the literal "": one frozen object; machine_empty_string */
    Ref thrown;             /* the exception of NATIVE_THROW, until exec.c takes it; a root */
    uint32_t helper_frames; /* frames of the CLR's own on top of the thrower's, for unwind_throw to record */
    RunResult result;

    /* heap bookkeeping; heap.c and collect.c */
    uint64_t heap_limit;                    /* bytes */
    uint64_t gen0_budget;                   /* bytes */
    uint64_t generation_bytes[GENERATIONS]; /* in regions in use, without what is left of the nursery's chunk */
    uint64_t large_bytes;                   /* part of generation_bytes[2] */
    uint64_t full_threshold;                /* generation 2 is collected when it has grown to this many bytes */
    uint64_t gen1_threshold;
    uint32_t collections[GENERATIONS];
    uint32_t current_region[GENERATIONS]; /* where the generation grows; index + 1, 0: none */
    uint32_t region_count;                /* regions the heap area has */
    uint32_t regions_used;                /* highest region in use + 1 */
    uint32_t regions_taken;               /* regions in use */
    uint32_t heap_reserved;
    uint64_t frozen_used;
    uint32_t weak_count, weak_free;
    uint32_t finalizable_count;
    uint32_t finalizable_ready;
    int64_t total_allocated_ended; /* by threads that have ended */
} MachineState;

typedef struct MachineLimits {
    uint64_t heap_bytes;         /* 0: 512 MiB */
    uint64_t gen0_bytes;         /* 0: 4 MiB */
    uint64_t main_stack_bytes;   /* 0: 16 MiB */
    uint64_t thread_stack_bytes; /* 0: 4 MiB */
    uint64_t max_steps;          /* 0: none */
    uint64_t max_instructions;   /* 0: none */
    uint32_t quantum;            /* instructions a thread runs before the next one gets its turn; 0: 200,000 */
    uint64_t seed;
} MachineLimits;

/* Reasons to leave the instruction loop early; bits of Machine.stop. Set by anybody, at any time (also from a signal
 * handler); exec_run looks at the word at every backward branch and call at least, and returns EXEC_STOPPED. */
enum {
    STOP_REQUESTED = 1,
    STOP_EVENT = 2,
    STOP_OVER = 4,     /* state->result has been set by an event */
    STOP_RETURNED = 8, /* a nested submission has ended */
    STOP_CHOICE = 16,  /* somebody is to choose who runs next: nobody is current, or which work a worker takes */
};

struct Machine {
    uint8_t *block; /* = state */
    MachineState *state;
    uint8_t *cards;   /* block + areas[AREA_CARDS].offset, see machine_mark_card */
    TypeStats *stats; /* block + areas[AREA_STATS].offset */
    volatile uint32_t stop;
    bool listening;    /* the observed loop runs: tags are kept, watched events reach the host */
    bool tells_events; /* and so do all others; without `listening` it means nothing */
    /* Watched events that have found nothing but plain results (ValueTasks that were complete when they were made) a
     * few thousand times at one instruction are not watched there any longer. For who wants speed more than certainty.
     */
    bool may_tire;
    uint64_t place; /* between EVENT_PLACE and EVENT, for exec.c; 0: none */
    TypeId place_type;
    Shadow *shadow;      /* somebody else's; never NULL while listening, when exec.c and natives keep it right */
    bool collect_always; /* debugging: a collection before every allocation */
    bool move_always;    /* debugging: each collection is a full one, so that everything moves */
    bool exploring;      /* pick_thread decides at every switch */
    Program *program;
    const Host *host;
    const Memory *memory;
    MachineLimits limits;
    const char *trouble; /* what RUN_BROKEN or RUN_NO_MEMORY is about; a string constant */
    uint64_t virgin;     /* heap bytes from this block offset on have never been written: still zero */
    /* Several threads are ready: true stops the machine (STOP_CHOICE) before one is picked. NULL: never. */
    bool (*hold)(void *context, Machine *machine);
    /* Which of the `count` ready threads runs next (index into state->ready); NULL: the first. */
    uint32_t (*pick_thread)(void *context, Machine *machine, uint32_t count);
    /* Which of `count` pieces of work a worker of the pool takes; negative stops the machine (STOP_CHOICE) until this
     * says which. NULL: the first. */
    int32_t (*pick_work)(void *context, Machine *machine, int32_t count);
    void *pick_context;
    struct Output *output; /* text on its way to the host, see native_console.c */
    void *exec;            /* for exec.c */
    struct Births
        *births; /* objects with their numbers, see birth.h; NULL: nobody wants them. The machine does not own it */
    /* The collector has moved an object; `from` 0: it is done, and whatever is in a free region now is dead. NULL:
     * nobody asks. */
    void (*moved)(void *context, Ref from, Ref to);
    void *moved_context;
    uint64_t changes; /* how often the block has been run, restored or reset: what was learnt of it holds until then */
};

/* ---- life -------------------------------------------------------------------------------------------------------- */

/* A machine with an empty block, or NULL: no memory. `program`, `host`, `memory` must outlive it. NULL limits:
 * defaults. */
Machine *machine_create(Program *program, const Host *host, const Memory *memory, const MachineLimits *limits);
void machine_free(Machine *machine);
/* Back to the state right after machine_create. */
void machine_reset(Machine *machine);

/* Makes the main thread, ready to run `entry` (static; an argument slot receives an empty string[]). False: no
 * memory. */
bool machine_start(Machine *machine, MethodId entry);

/* Makes the main thread with nothing to do: RUN_IDLE. What it does is given by machine_submit (submit.h). False: no
 * memory. */
bool machine_start_idle(Machine *machine);
/* An uncounted Thread object; 0: no memory. And an empty string[] as the argument of `entry`, whose frame main has
 * begun; false: no memory. */
Ref machine_new_thread_object(Machine *machine);
bool machine_pass_no_arguments(Machine *machine, MethodId entry);

/* Runs until the program is over, idle, or Machine.stop is set or `instructions` (0: no bound) were executed. The
 * result is also in state->result; RUN_RUNNING means: call again to go on. Output that the program wrote has been
 * handed to the host. */
RunStatus machine_run(Machine *machine, uint64_t instructions);
static inline bool machine_is_over(const Machine *machine)
{
    return machine->state->result.status > RUN_RUNNING;
}

/* ---- what exec.c provides ---------------------------------------------------------------------------------------- */

typedef enum ExecOutcome {
    EXEC_SWITCH,  /* the current thread parked or yielded: another one's turn. Its CallFrames are complete */
    EXEC_ENDED,   /* the current thread returned from its first frame */
    EXEC_FUEL,    /* state->fuel reached 0 or less */
    EXEC_STOPPED, /* Machine.stop is not 0 */
    EXEC_OVER,    /* state->result says how the program ended */
} ExecOutcome;

/* Executes instructions of the current thread (state->current), starting with its top CallFrame. May return after any
 * instruction, with CallFrames and Handlings written back. */
ExecOutcome exec_run(Machine *machine);

/* ---- the current thread, for exec.c ------------------------------------------------------------------------------ */

static inline void *machine_at(const Machine *machine, uint64_t offset)
{
    return machine->block + offset;
}
static inline uint64_t machine_offset(const Machine *machine, const void *pointer)
{
    return (uint64_t)((const uint8_t *)pointer - machine->block);
}
static inline void *machine_area(const Machine *machine, AreaKind area)
{
    return machine->block + machine->state->areas[area].offset;
}
static inline LogicalThread *machine_thread(const Machine *machine)
{
    return &machine->state->threads[machine->state->current];
}
static inline CallFrame *thread_calls(const Machine *machine, const LogicalThread *thread)
{
    return machine_at(machine, thread->calls_start);
}
static inline Handling *thread_handlings(const Machine *machine, const LogicalThread *thread)
{
    return machine_at(machine, thread->handlings_start);
}
static inline uint8_t *machine_statics(const Machine *machine)
{
    return machine_area(machine, AREA_STATICS);
}
static inline uint8_t *machine_init_byte(const Machine *machine, uint32_t init_index)
{
    return (uint8_t *)machine_area(machine, AREA_INITS) + init_index;
}
static inline Ref *machine_init_error(const Machine *machine, uint32_t init_index)
{
    return (Ref *)machine_area(machine, AREA_INIT_ERRORS) + init_index;
}

/* Ends the run: sets state->result (once; later calls change nothing). exec.c then returns EXEC_OVER. */
void machine_finish(Machine *machine, RunStatus status, int32_t exit_code, Ref exception);
/* RUN_BROKEN or RUN_NO_MEMORY with a reason. */
void machine_fail(Machine *machine, RunStatus status, const char *trouble);

/* ---- allocation -------------------------------------------------------------------------------------------------- */

/* The part of machine_allocate that may collect: every Ref the caller holds in C variables may be wrong afterwards;
 * re-read it from the frame (or a static). Returns 0 when the heap limit is reached: throw OutOfMemoryException. */
Ref heap_allocate_slow(Machine *machine, TypeId type, uint64_t size);

/* A zeroed object of `size` bytes (RuntimeType.instance_size; header included; a multiple of 8, at least 24), counted
 * for the current thread and the type. Types with a finalizer: machine_new. Returns 0: out of memory, as above. */
static inline Ref machine_allocate(Machine *machine, TypeId type, uint32_t size)
{
    MachineState *state = machine->state;
    uint64_t at = state->alloc_next;
    if (__builtin_expect(size > state->alloc_limit - at, 0))
        return heap_allocate_slow(machine, type, size);
    state->alloc_next = at + size;
    state->allocated += size;
    machine->stats[type].count++;
    machine->stats[type].bytes += size;
    uint64_t method_table = type;
    memcpy(machine->block + at + OBJECT_HEADER_BYTES, &method_table, 8);
    return at + OBJECT_HEADER_BYTES;
}

/* An instance of a class, or a box with zeroed contents. Registers the finalizer if there is one. 0: out of memory. */
Ref machine_new(Machine *machine, TypeId type);

typedef enum ArrayProblem { ARRAY_OK, ARRAY_NEGATIVE, ARRAY_TOO_LONG, ARRAY_NO_MEMORY } ArrayProblem;
/* An array of `length` zeroed elements. Not OK: *problem says which exception (OverflowException; OutOfMemoryException
 * "Array dimensions exceeded supported range."; OutOfMemoryException) and 0 is returned. `problem` may be NULL. */
Ref machine_new_array(Machine *machine, TypeId array_type, int64_t length, ArrayProblem *problem);
/* An array of more than one dimension; as many lengths as its type has dimensions. */
Ref machine_new_grid(Machine *machine, TypeId array_type, const int32_t *lengths, ArrayProblem *problem);
int32_t machine_grid_length(const Machine *machine, Ref grid, uint32_t dimension);
/* A string of `count` units, contents zero (`units` NULL) or copied. 0 units: a fresh empty string. 0: out of
 * memory. */
Ref machine_new_string(Machine *machine, const uint16_t *units, uint32_t count);
Ref machine_new_string_utf8(Machine *machine, const char *text, size_t length);
/* The one empty string that "" and String.Empty are; 0: no memory. */
Ref machine_empty_string(Machine *machine);

/* The string object of a literal; made on first use in the frozen area, uncounted. Equal literals share one. 0: no
 * memory. */
Ref machine_make_literal(Machine *machine, uint32_t literal);
static inline Ref machine_literal(Machine *machine, uint32_t literal)
{
    const Ref *table = machine_area(machine, AREA_LITERALS);
    return table[literal] ? table[literal] : machine_make_literal(machine, literal);
}
/* The System.Type object of a type; made on first use in the frozen area. 0: no memory. */
Ref machine_make_type_object(Machine *machine, TypeId type);
static inline Ref machine_type_object(Machine *machine, TypeId type)
{
    const Ref *table = machine_area(machine, AREA_TYPES);
    return table[type] ? table[type] : machine_make_type_object(machine, type);
}

/* The write barrier: after storing a reference (or bytes that contain references) at block offset `at`, wherever that
 * is (objects, arrays, statics, frames: harmless where it is not needed). For `size` bytes use machine_mark_cards. */
static inline void machine_mark_card(Machine *machine, uint64_t at)
{
    machine->cards[at >> CARD_SHIFT] = 1;
}
static inline void machine_mark_cards(Machine *machine, uint64_t at, uint64_t size)
{
    for (uint64_t card = at >> CARD_SHIFT; card <= (at + size - (size != 0)) >> CARD_SHIFT; card++)
        machine->cards[card] = 1;
}

/* For who copies or clears parts of the block that may hold structs: their tags go along (shadow.h). */
static inline void machine_copy_tags(Machine *machine, uint64_t to, uint64_t from, uint64_t bytes)
{
    if (machine->listening && bytes)
        shadow_copy(machine->shadow, to, from, bytes);
}
static inline void machine_clear_tags(Machine *machine, uint64_t at, uint64_t bytes)
{
    if (machine->listening && bytes)
        shadow_clear(machine->shadow, at, bytes);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static inline TypeId machine_type_of(const Machine *machine, Ref ref)
{
    uint32_t type;
    memcpy(&type, machine->block + ref, sizeof type);
    return type;
}
static inline RuntimeType *machine_runtime_type_of(const Machine *machine, Ref ref)
{
    return machine->program->types[machine_type_of(machine, ref)];
}
static inline int32_t machine_length(const Machine *machine, Ref array_or_string)
{
    int32_t length;
    memcpy(&length, machine->block + array_or_string + ARRAY_LENGTH_OFFSET, sizeof length);
    return length;
}
static inline uint16_t *machine_units(const Machine *machine, Ref string)
{
    return (uint16_t *)(void *)(machine->block + string + STRING_UNITS);
}
static inline uint8_t *machine_elements(const Machine *machine, Ref array)
{
    return machine->block + array + ARRAY_ELEMENTS;
}
static inline uint64_t machine_read8(const Machine *machine, uint64_t at)
{
    uint64_t value;
    memcpy(&value, machine->block + at, sizeof value);
    return value;
}
/* Bytes of a table area (AREA_STATICS to AREA_STATS) that the program has grown to. */
uint64_t machine_table_bytes(const Machine *machine, AreaKind area);
/* Where an instance field lies, counted from the Ref (so fields start at 8); looks in base classes too. 0: no such
 * field. */
uint32_t machine_field(const Machine *machine, TypeId type, const char *name);
/* The next 64 random bits of the run; part of the state, so a run is repeatable. */
uint64_t machine_random(Machine *machine);
/* The identity hash (RuntimeHelpers.GetHashCode): given on first request, from the machine's generator. */
int32_t machine_identity_hash(Machine *machine, Ref ref);

/* ---- threads ----------------------------------------------------------------------------------------------------- */

/* All of these keep state->ready, ->parked, ->current consistent. */

/* See thread.h for the scheduler.
 *
 * A new ready thread whose first frame is `method` with `argument` as its first argument (0: none). False: no free
 * slot. */
bool thread_create(Machine *machine, MethodId method, Ref argument, Ref thread_object, bool background);
/* Parks the current thread (exec.c returns EXEC_SWITCH next). Milliseconds < 0: for ever. When the thread is woken, 1
 * (unparked) or 0 (time was up) is written as an int at `result_frame` (0: nowhere). */
void thread_park(Machine *machine, Ref key, int64_t milliseconds, uint64_t result_frame);
/* Makes up to `count` threads parked on `key` ready, first parked first; how many it were. */
int32_t thread_unpark(Machine *machine, Ref key, int32_t count);
/* Pushes the first frame of a method call onto a thread; exec.c uses it for static constructors and handlers too if it
 * likes. False: no stack room. `frame` 0: right at the start of the data stack. */
bool thread_push(Machine *machine, LogicalThread *thread, MethodId method, uint64_t frame);

/* ---- natives ----------------------------------------------------------------------------------------------------- */

/* A native finds its arguments at the callee's frame, offset 0 on, each aligned to 8, and leaves its result at offset 0
 * (as a local of the return type: int, bool and smaller ones as 4 bytes, sign- or zero-extended).
 *
 * exec.c, around a native call:
 *     state->fuel is up to date
 *     thread->native_method = method;               (the closed method's id)
 *     thread->native_frame = machine_offset(m, frame);
 *     top CallFrame: pc = index of the instruction after the call
 *     status = native_functions[method->native](m, frame);
 *     thread->native_method = 0;                    (the machine's scheduler has done it when it parked)
 * While native_method is set, the argument_ref_slots and argument_byref_slots of the method are roots and are updated.
 *
 * NATIVE_OK      go on
 * NATIVE_THROW   the exception is in state->thrown: take it (set it to 0) and throw it at the call
 * NATIVE_PARKED  the call is complete but for its result, which the machine writes when the thread is woken:
 *                return EXEC_SWITCH
 * NATIVE_YIELD   the call is complete: return EXEC_SWITCH
 * NATIVE_OVER    state->result has been set: return EXEC_OVER
 * NATIVE_CALL    instead of the native, call the managed method state->call_method now, with this very frame, as if the
 *                instruction had been `call frame, call_method`; compile it if need be (GC.RunFinalizer)
 * NATIVE_INIT    run the static constructor of type state->call_type first if it has not run, as ensure.class does;
 *                there is no result (RuntimeHelpers.RunClassConstructor) */
typedef enum NativeStatus {
    NATIVE_OK,
    NATIVE_THROW,
    NATIVE_PARKED,
    NATIVE_YIELD,
    NATIVE_OVER,
    NATIVE_CALL,
    NATIVE_INIT,
} NativeStatus;
typedef NativeStatus (*NativeFunction)(Machine *machine, uint8_t *frame);
extern const NativeFunction native_functions[]; /* by RuntimeMethod.native; 0 is no function */
/* The index of a native by its full name, "System.String.Concat2" (generic arity and `+` of nested types dropped:
 * "System.Outer.Inner.M"); 0: there is none. */
uint32_t native_find(const char *full_name);

/* Allocates an exception as the machine itself throws them: _message and _HResult set, no stack trace. `message` NULL:
 * the text .NET gives to that exception. Uses a C# type from Host.well_known. The result is in state->thrown; returns
 * NATIVE_THROW, or NATIVE_OVER when even that is impossible. exec.c uses it for its own exceptions: machine_raise(m,
 * WELL_KNOWN_NULL_REFERENCE, NULL). */
NativeStatus machine_raise(Machine *machine, WellKnownType type, const char *message);
NativeStatus machine_raise_array(Machine *machine, ArrayProblem problem);
/* InvalidCastException "Unable to cast object of type 'A' to type 'B'."; helpers: how many of the CLR's own methods are
 * in the trace above the thrower. */
NativeStatus machine_raise_cast(Machine *machine, TypeId from, TypeId to, uint32_t helpers);

/* ---- stack traces (native_exception.c) --------------------------------------------------------------------------- */

/* Appends one frame to the trace of the exception in the Ref at block offset `exception_slot` (a slot, because storage
 * may have to be allocated, which may collect). Counted as .NET counts: an array of 40 + 32 * capacity bytes, capacity
 * 1, 2, 4, ..., a new one for each growth, and a copy first when an ExceptionDispatchInfo holds the array
 * (dotnet-semantics 3.6). `pc`: index of the instruction that was executing. Failing to get memory is not an error: the
 * frame is left out. exec.c calls it for each frame an exception is thrown in or passes through, the catching one
 * included. */
void trace_append(Machine *machine, uint64_t exception_slot, MethodId method, uint32_t pc);
/* A new throw of an exception object starts its trace anew (`throw e;`, not `throw;`) unless ExceptionDispatchInfo just
 * restored one, which is then continued. */
void trace_begin(Machine *machine, Ref exception);
typedef struct TraceEntry {
    MethodId method;
    uint32_t pc;
    uint64_t is_foreign_end;
    uint64_t unused[2];
} TraceEntry;
/* The frames of an exception's trace, first one first; NULL and 0 when there is none. Valid until something is
 * allocated. */
const TraceEntry *trace_entries(const Machine *machine, Ref exception, uint32_t *count);

/* Protocol event: counts a step and tells the host when it listens. Natives and exec.c call it. */
void machine_event(Machine *machine, uint32_t kind, Ref a, Ref b, int64_t n);
/* One that the host does not want to hear of: a step all the same. */
static inline void machine_count_event(Machine *machine)
{
    machine->state->steps++;
    if (machine->limits.max_steps && machine->state->steps >= machine->limits.max_steps)
        machine_finish(machine, RUN_STEP_LIMIT, 0, 0);
}

/* Hands buffered console output to the host. False: nobody reads it (RUN_OUTPUT_CLOSED has been set). */
bool machine_flush(Machine *machine);

#endif
