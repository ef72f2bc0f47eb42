/* What the parts of the session share. Not for others. */
#ifndef AWAITLAB_SESSION_INTERNAL_H
#define AWAITLAB_SESSION_INTERNAL_H

#include "lang/lang.h"
#include "lang/submit.h"
#include "session_event.h"
#include "session_time.h"
#include "sim.h"
#include "vm/birth.h"
#include "vm/host.h"
#include "vm/machine.h"
#include "vm/snapshot.h"
#include "watch/detector.h"

typedef enum SessionStage { STAGE_OPEN, STAGE_CHECKED, STAGE_BROKEN, STAGE_STARTED, STAGE_OVER } SessionStage;

/* A submission that was compiled; its index never changes. */
typedef struct SubmissionRow {
    Submission *submission;
    const SourceFile *file; /* its text */
    MethodId entry;         /* 0: nothing to run */
    TypeId value_type;      /* of the last expression; 0: none. Lies in the static fields, at value_offset */
    uint32_t value_offset;
} SubmissionRow;

/* The event that was raised last: what the present step is. */
typedef struct LastEvent {
    uint64_t step; /* 0: none yet */
    uint32_t kind;
    uint32_t collections; /* when it was raised: later the references may be stale */
    Ref a, b;
    int64_t n;
} LastEvent;

/* See session_look_heap.c. */
typedef struct LookHeap {
    void *tables;      /* from Memory: all of the following */
    Ref *refs;         /* all objects, by address */
    uint64_t *roots;   /* those that a root refers to: where the root lies */
    uint32_t *parents; /* who led to each; see there */
    uint32_t *queue;
    uint64_t *starts; /* a bit per 8 bytes of the heap: an object's method-table word */
    uint32_t *before; /* bits set before each word of that */
    uint32_t count;
    uint64_t capacity, words, word_capacity;
    /* What the block was when this was learnt. */
    const Machine *machine;
    uint64_t changes, instructions;
    /* Of those that are alive and shown. */
    bool is_counted;
    uint64_t shown, shown_bytes;
} LookHeap;

/* What looking needs (session_look*.c). */
typedef struct LookState {
    Arena arena;       /* answers; emptied by session_look_begin */
    Arena event_arena; /* the sentence of the last event */
    bool is_wanted;    /* somebody looks: keep the moment before each step at which the run stops */
    bool is_before;    /* `machine` and `before` have changed places for a while */
    bool has_before;
    bool is_frozen; /* the timeline looks around and will come back: nothing of this is to change */
    bool heap_is_known;
    Machine *before; /* the machine one step earlier, only to be read; NULL: never needed */
    LookHeap heap;
    const char *sentence; /* of the last event, if it was made when it was raised; else NULL */
} LookState;

/* An expression that was looked at. */
enum { COMPILED_LOOKS = 16 };
typedef struct CompiledLook {
    const char *text; /* NULL: none */
    size_t length;
    const Submission *seen;
    const SubmissionPlace *place;
    SubmissionRow row;
} CompiledLook;

struct Session {
    Memory memory;
    SessionOptions options;
    Arena arena;
    SourceMap *sources;
    World *world;
    Program *program;
    Loader *loader;
    Machine *machine;
    Machine *other_machine; /* for session_move; else NULL */
    Host host;
    SessionStage stage;
    bool no_memory; /* the compiler was interrupted: what it has made is not to be trusted */
    bool collect_always;
    bool is_describing; /* the machine runs Exception.ToString for a message: no events, no limits */
    bool output_closed; /* host.write has refused */
    Snapshot *end;      /* meanwhile: the state to go back to */
    volatile bool stop_requested;
    size_t source_bytes;
    const char *const *arguments;
    uint32_t argument_count;
    TypeId well_known[WELL_KNOWN_COUNT];
    bool is_passing;   /* the run goes on behind pause_at, nobody looks there */
    uint64_t pause_at; /* number of the event to stop after; 0: none */
    bool tells_events; /* somebody wants each of them */
    uint64_t event_counts[EVENT_KIND_COUNT];
    SessionHistory *history; /* NULL: nothing is recorded */
    Births *births;          /* of `machine`; NULL: nobody has listened */
    Detector *detector;      /* likewise */
    Shadow *shadow;          /* the tags it works with */
    Arena sentence_arena;    /* emptied after each event */
    LastEvent last_event;
    LookState look;
    SessionOutcome outcome;     /* once stage is OVER */
    SubmissionRow *submissions; /* interactive */
    uint32_t submission_count, submission_capacity;
    Submission *seen;             /* the newest one whose names are known; NULL: none */
    SessionCandidate *candidates; /* of the last session_complete */
    CompiledLook compiled_looks[COMPILED_LOOKS];
    uint32_t next_look;      /* where the next one goes, modulo their number */
    bool has_nothing_to_run; /* the last submission only declared something */
    SessionTypeStats *stats_rows;
    uint32_t stats_capacity;
};

/* Runs `work` with a place to go when arena memory is exhausted. False: it was; the session is then only good for being
 * closed. */
bool session_guard(Session *session, void (*work)(Session *session, void *argument), void *argument);

/* Bytes from the session's Memory; new_size 0 frees. NULL: no memory. */
void *session_resize(Session *session, void *pointer, size_t old_size, size_t new_size);

/* Fills session->host with what the machine asks (session_host.c). */
void session_host_init(Session *session);
/* Loads the types that Program names for the machine. May exhaust the arena. */
void session_load_types(Session *session);
/* A method of the core library by full name ("System.Object.ToString"), not generic; 0: none. May exhaust the arena. */
MethodId session_library_method(Session *session, const char *full_name);

/* An event that is happening, in words; texts in `arena`, which may be exhausted (session_event.c). */
void session_make_event(Session *session, const EventCall *call, Arena *arena, SessionEvent *event);
/* The object that holds the core of a value task source whose method is running: the core is a struct, and its methods
 * get a pointer into that object. 0: none is (session_event.c). */
Ref session_core_owner(const Session *session);
/* Tells the listener about an event (session_event.c). */
void session_tell_event(Session *session, uint32_t kind, Ref a, Ref b, int64_t n);
/* Notes what happened, for whoever looks when the run has stopped. Part of each event. */
void session_note_event(Session *session, uint32_t kind, Ref a, Ref b, int64_t n);
/* Name and sentence of the last event, "" if there was none; in the arena of the present look, which may be
 * exhausted. */
void session_describe_event(Session *session, const char **name, const char **sentence);
/* Another machine like the session's; NULL: no memory (session.c). */
Machine *session_new_machine(Session *session);

/* Keeps the present moment as the one before the next step; forgets the one that was kept (session_look.c). */
void session_look_keep(Session *session);
void session_look_forget(Session *session);
void session_look_init(Session *session);
void session_look_free(Session *session);
/* The number of an object, by order of birth; 0: it has none, as it was there before the program or never dies. */
uint32_t session_object_number(const Session *session, Ref ref);

/* ---- session.c for session_submit.c and session_time*.c */
/* The checked program stands before its first instruction. `tells_events`: somebody will stop at events. False: no
 * memory. */
bool session_begin_program(Session *session, bool tells_events);
Machine *session_new_machine(Session *session);
/* The program's arguments for the call that main has begun. */
bool session_pass_arguments(Session *session, MethodId entry);
bool session_begin_births(Session *session);
/* Runs until the machine stops by itself, session_stop, or `steps` events (0: no bound). */
RunStatus session_run_machine(Session *session, uint64_t steps);
SourceFile *session_new_source(Session *session, const char *name, const char *text, size_t length);
/* ---- session_submit.c for session_evaluate.c */
/* The machine of an interactive session, with nothing to do. False: no memory, or it is another session. */
bool session_begin_machine(Session *session);
/* Fills in what there is to run and where its value will be. May exhaust the arena. */
void session_load_submission(Session *session, SubmissionRow *row);
/* Begins its call. False: the process is over, this is another moment than the one it was compiled for, or no room. */
bool session_call_submission(Session *session, const SubmissionRow *row);
/* For Host.keep: a loaded program's Main is over (session_keep.c). */
void session_keep_program(void *session);
/* session_run of an interactive session (session_submit.c). */
SessionOutcome session_run_interactive(Session *session, uint64_t steps);
SessionOutcome session_describe_interactive(Session *session);

/* The machine hands out what the program wrote when it pauses: so that people see it soon, it does every now and then.
 */
enum { INSTRUCTIONS_PER_SLICE = 2 * 1000 * 1000 };
/* Clears the stop word, unless somebody wants the machine to stop: then it stays or is set again. */
void session_arm(Session *session);
/* How things stand with the machine as it is: OUTCOME_PAUSED, or how the run ended. */
SessionOutcome session_describe_present(Session *session);
/* ---- session_findings.c: what the detector is told. `session_begin_findings`: after the machine was made; false: no
 * memory. */
bool session_begin_findings(Session *session);
void session_attach_shadow(Session *session); /* to session->machine, which then listens */
void session_end_findings(Session *session);
/* What is known now, to go back to. NULL: no memory, or nothing is looked for (then *bytes is 0). */
typedef struct FindingsCopy FindingsCopy;
FindingsCopy *session_keep_findings(Session *session, size_t *bytes);
bool session_put_findings_back(Session *session, const FindingsCopy *copy); /* NULL: nothing happens */
void session_drop_findings(Session *session, FindingsCopy *copy);
bool session_watch(void *session, const WatchedEvent *event);
bool session_watch_value_task(void *session, uint64_t at, TypeId type, bool is_from_call);
void session_watch_end(Session *session, OutcomeKind kind); /* the run is over */

/* How the run ended, in words (session_outcome.c). The machine is over. */
bool session_is_too_large(const Session *session); /* a method needs a larger frame than there can be */
SessionOutcome session_describe_outcome(Session *session, RunStatus status);

/* "Task<int>", "Box<GetAsync>": a name to show to people. */
void session_add_type_name(Text *text, const RuntimeType *type);
/* The method whose state machine is called `name`: "GetAsync" for "<GetAsync>d__3". False: it is no state machine. */
bool session_add_machine_method(Text *text, const char *name);

typedef struct TypeList {
    TypeDefinition **at;
    uint32_t count, capacity;
} TypeList;

/* All types of the program, and those that lowering makes: every method is lowered (session_lowered.c). Needs a program
 * without errors. May exhaust the arena. */
TypeList session_lower_program(Session *session);

/* The innermost call of a thread that is the user's code; NULL: none. */
const CallFrame *session_user_call(const Session *session, const LogicalThread *thread);
/* The expression or statement that such a call is in, in the user's text; 0: nowhere. */
Span session_call_span(const Session *session, const CallFrame *call);
/* Where such a call is. May exhaust the arena. */
Place session_call_place(Session *session, const CallFrame *call);
/* Where a thread is in the user's code: the innermost such call. No file: nowhere. May exhaust the arena. */
Place session_user_place(Session *session, const LogicalThread *thread);
/* The place in the user's code of an instruction of a method. May exhaust the arena. */
Place session_method_place(Session *session, const RuntimeMethod *method, uint32_t instruction);

#endif
