/* The one door of the simulator: C# text in, a run out.
 *
 *     Session *session = session_open(&options);
 *     session_add_source(session, "hello.cs", text, length);
 *     if (session_check(session) == SESSION_OK) {
 *         SessionOutcome outcome = session_run(session, 0);
 *     }
 *     session_close(session);
 *
 * A session owns everything it makes: texts, program, machine. What it hands out (strings, rows) is valid until the
 * session is closed, unless a comment says less. It asks the operating system for nothing but memory: no files, no
 * clock, no terminal. Output leaves through callbacks. Sessions share nothing, so several may live at once, each used
 * by one thread at a time.
 *
 * Errors are values. SESSION_NO_MEMORY may come from any function; afterwards the session can only be asked for what it
 * has already found, and closed. */
#ifndef AWAITLAB_SIM_H
#define AWAITLAB_SIM_H

#include "base/arena.h"
#include "sim_features.h"
#include "sim_findings.h"

typedef struct Session Session;

typedef enum SessionStatus {
    SESSION_OK,
    SESSION_ERRORS,    /* the C# has errors: see session_diagnostic */
    SESSION_NO_MEMORY, /* the host gave no memory */
    SESSION_NOT_FOUND, /* no such type or method: see session_diagnostic */
    SESSION_TOO_LATE,  /* sources and arguments must be given before the check and the first run */
    SESSION_TOO_LONG,  /* all source text together is longer than SESSION_SOURCE_LIMIT */
    SESSION_IS_OVER,   /* interactive: the process has ended; only going back helps */
    SESSION_NO_ROOM,   /* interactive: no room on the stack for one more call */
} SessionStatus;

/* Bytes of source text: positions in it are 32-bit numbers. */
#define SESSION_SOURCE_LIMIT ((size_t)1 << 30)

/* ---- opening ----------------------------------------------------------------------------------------------------- */

/* A protocol event: one step of the run, in words. Everything in it is valid during the callback only. */
typedef struct SessionEvent {
    uint64_t step;        /* from 1 */
    uint32_t kind;        /* row of watch/event.def */
    const char *name;     /* "TaskCreated" */
    const char *sentence; /* "task Task<int>#3 is created" */
    uint32_t thread;      /* number of the logical thread, 1: main */
    const char *file;     /* the innermost user code in progress; NULL: none */
    uint32_t line;        /* from 1; 0: none */
    uint32_t column;      /* from 1, in UTF-16 units; 0: none */
    const char *method;   /* that code's method as people call it, "GetAsync", "lambda"; NULL: none */
} SessionEvent;

/* What the session asks of its surroundings. Callbacks must not call back into the session, except session_stop. */
typedef struct SessionHost {
    void *context;
    /* Bytes of UTF-8 that the program wrote; stream 1 (out) or 2 (error). False: nobody reads any more; the run ends.
     * NULL: dropped. */
    bool (*write)(void *context, int stream, const char *bytes, size_t length);
    /* One line of input without its end; the bytes stay the host's, until the next call. False: end of input. NULL: no
     * input. */
    bool (*read_line)(void *context, const char **line, size_t *length);
    /* Called at each protocol event. Costs time: NULL when nobody wants to know. */
    void (*event)(void *context, const SessionEvent *event);
    /* Called at each finding, when it is made; it is valid during the callback only. NULL: session_finding will do. */
    void (*finding)(void *context, const SessionFinding *finding);
} SessionHost;

/* All zero: sensible defaults. */
typedef struct SessionOptions {
    const Memory *memory; /* NULL: the C library's */
    SessionHost host;
    uint64_t max_steps;        /* protocol events; 0: no limit */
    uint64_t max_instructions; /* 0: no limit */
    uint64_t max_heap;         /* bytes of the simulated heap; 0: 512 MiB */
    uint64_t max_stack;        /* bytes of the main thread's stack; 0: 16 MiB */
    uint64_t seed;             /* of the generator behind Random and hash codes */
    /* Steps and suspensions are wanted in session_stats; implied by host.event and max_steps. A program whose first
     * session_run has neither this nor `steps` is compiled without events for good. */
    bool count_events;
    bool brief_events; /* host.event hears of steps and kinds only: no sentences, no places; several times as fast */
    /* Misuse is looked for: see sim_findings.h. Implied by what makes events. With `exact_findings` each has its steps,
     * which costs time; without, a plain result that is awaited at the same place thousands of times is looked at no
     * more. */
    bool find_misuse, exact_findings;
    bool interactive; /* no program, but submissions: see sim_submit.h */
} SessionOptions;

/* NULL: no memory. `options` NULL: all defaults. The options are copied, options->memory itself must outlive the
 * session. */
Session *session_open(const SessionOptions *options);
void session_close(Session *session); /* NULL: nothing happens */

/* ---- compiling --------------------------------------------------------------------------------------------------- */

/* Adds a file of the program. `name` is shown in messages; name and text are copied. A byte order mark is left out. */
SessionStatus session_add_source(Session *session, const char *name, const char *text, size_t length);

/* The arguments that reach Main(string[] args) and `args` of top-level statements. Copied. */
SessionStatus session_set_arguments(Session *session, uint32_t count, const char *const *arguments);

/* Compiles far enough to know every error. Happens once; later calls repeat the answer. */
SessionStatus session_check(Session *session);

typedef struct SessionDiagnostic {
    bool is_error;    /* else a warning */
    const char *code; /* "CS0103" */
    const char *message;
    const char *file;   /* NULL: about the program as a whole */
    uint32_t line;      /* from 1; 0: no place */
    uint32_t column;    /* from 1, in UTF-16 units, as Roslyn counts */
    const char *source; /* text of that line, not terminated; as in the file, so it may hold any bytes */
    uint32_t source_length;
    uint32_t start, end; /* the bytes of that line that the message is about; start <= end <= source_length */
} SessionDiagnostic;

/* Diagnostics found so far, errors and warnings, by position. */
uint32_t session_diagnostic_count(const Session *session);
SessionDiagnostic session_diagnostic(Session *session, uint32_t index);

/* The lowered C# of each method called `method` ("Name", "Type.Name", also of local functions); NULL: of all methods of
 * the program. Needs a program without errors. *text is NUL-terminated. */
SessionStatus session_lowered(Session *session, const char *method, const char **text);

typedef enum LayoutRowKind {
    LAYOUT_ROW_HEADER,
    LAYOUT_ROW_METHOD_TABLE,
    LAYOUT_ROW_FIELD,
    LAYOUT_ROW_ELEMENTS,
    LAYOUT_ROW_PADDING
} LayoutRowKind;

typedef struct SessionLayoutRow {
    LayoutRowKind kind;
    uint32_t offset;         /* bytes from the start of the object (its header) or of the value */
    uint32_t size;           /* bytes; ELEMENTS: of one element */
    uint32_t depth;          /* 0; 1: a field of the struct-typed field above; ... */
    const char *name;        /* FIELD; else NULL */
    const char *type;        /* FIELD and ELEMENTS: C#-style; else NULL */
    const char *declared_by; /* FIELD: C#-style name of the type; else NULL */
    bool is_reference;       /* FIELD and ELEMENTS */
} SessionLayoutRow;

typedef struct SessionLayout {
    const char *type; /* C#-style */
    const char *kind; /* "class", "struct", "enum", "interface", "delegate", "array", "string" */
    bool is_reference;
    uint32_t
        size; /* bytes: of the heap object (header included; arrays and strings: with no elements), or of the value */
    uint32_t boxed_size; /* value types: bytes of a box around it; else 0 */
    uint32_t padding;    /* bytes of size that nothing uses, those inside struct-typed fields included */
    const SessionLayoutRow *rows;
    uint32_t row_count;
} SessionLayout;

/* The memory of a type given as C# text: "ValueTask<int>", "Product". Types of the program are known when it was added,
 * and after session_check also what the compiler makes: "Box<GetAsync>" or "Box<Repository.GetAsync>" for the box of a
 * suspended method, "Program.<>c__DisplayClass0_0" and other names that session_stats gives. */
SessionStatus session_layout(Session *session, const char *type, SessionLayout *layout);

/* ---- running ----------------------------------------------------------------------------------------------------- */

typedef enum OutcomeKind {
    OUTCOME_PAUSED,            /* the steps asked for were made, or session_stop was called: session_run goes on */
    OUTCOME_FINISHED,          /* Main returned and no foreground thread is left, or Environment.Exit; exit_code */
    OUTCOME_UNHANDLED,         /* an exception nobody caught; text: as .NET prints it, several lines */
    OUTCOME_FAIL_FAST,         /* Environment.FailFast; text as .NET prints it */
    OUTCOME_DEADLOCK,          /* every thread waits for ever; text: where main waits, may be "" */
    OUTCOME_STEP_LIMIT,        /* limit: max_steps */
    OUTCOME_INSTRUCTION_LIMIT, /* limit: max_instructions */
    OUTCOME_HEAP_LIMIT,        /* limit: max_heap; the OutOfMemoryException that nobody caught is in text */
    OUTCOME_STACK_OVERFLOW,    /* limit: max_stack; text: as .NET prints it */
    OUTCOME_OUTPUT_CLOSED,     /* host.write returned false */
    OUTCOME_NO_MEMORY,         /* the host gave no memory; text: not "" when instead room of a fixed size was full */
    OUTCOME_ERRORS,            /* the C# has errors, nothing ran */
    OUTCOME_INTERNAL_ERROR,    /* a fault of awaitlab; text says what is known */
    OUTCOME_IDLE,              /* interactive: the last submission has ended; session_submit gives the next one */
} OutcomeKind;

typedef struct SessionOutcome {
    OutcomeKind kind;
    int32_t exit_code; /* FINISHED; IDLE: what the Main of a loaded file returned */
    uint64_t limit;    /* *_LIMIT, STACK_OVERFLOW: the limit that was hit */
    const char *text;  /* see above; never NULL */
    bool goes_on; /* interactive, UNHANDLED HEAP_LIMIT DEADLOCK: only the submission has ended, the session goes on */
} SessionOutcome;

/* "finished", "unhandled-exception": a word for records. */
const char *session_outcome_name(OutcomeKind kind);

/* Runs (checks first, if that has not happened) until the program is over, session_stop is called, or `steps` protocol
 * events (0: no bound) have happened. After the end it repeats the outcome. */
SessionOutcome session_run(Session *session, uint64_t steps);

/* Makes a session_run in progress return OUTCOME_PAUSED soon, at an instruction boundary; one that is not yet in
 * progress returns at once. May be called at any time, from a signal handler or another thread too. */
void session_stop(Session *session);

typedef struct SessionTypeStats {
    const char *type; /* C#-style */
    uint64_t count;   /* objects allocated so far, dead ones included */
    uint64_t bytes;
} SessionTypeStats;

typedef struct SessionStats {
    const SessionTypeStats *types; /* most bytes first; valid until the next call */
    uint32_t type_count;
    uint64_t count, bytes;   /* totals */
    uint32_t collections[3]; /* per generation; as GC.CollectionCount a collection counts for the younger ones too */
    uint64_t suspensions;    /* async methods that suspended; needs count_events */
    uint64_t steps;          /* protocol events; needs count_events */
    uint64_t instructions;
    int64_t clock; /* virtual time, in ticks of 100 ns */
} SessionStats;

/* Allocations as .NET counts them: exact to the byte, one-time work of the runtime left out. */
SessionStatus session_stats(Session *session, SessionStats *stats);

/* ---- the block: for tests and for going back --------------------------------------------------------------------- */

typedef struct SessionSnapshot SessionSnapshot;

/* A copy of the machine's whole state, NULL: no memory (or nothing has run yet). Owned by the caller, freed before the
 * session. */
SessionSnapshot *session_snapshot(Session *session);
void session_snapshot_free(SessionSnapshot *snapshot);
/* Puts the state back; false: no memory, and nothing has changed. Output that has left stays where it is. */
bool session_restore(Session *session, const SessionSnapshot *snapshot);
/* Moves the program into another machine, by a snapshot here and a restore there; the two take turns. False: no memory.
 */
bool session_move(Session *session);

typedef struct SessionFingerprint {
    uint64_t low, high;
} SessionFingerprint;
/* Equal for equal states of the machine, wherever it lies in memory and whenever it collected. False: no memory. */
bool session_fingerprint(Session *session, SessionFingerprint *fingerprint);
/* Before the first run: a collection that moves everything before every allocation. */
void session_collect_always(Session *session);

#include "sim_goal.h" /* what a lesson or a test asks of a run */
#include "sim_look.h" /* the record of a moment */
#include "sim_submit.h"
#include "sim_time.h"

#endif
