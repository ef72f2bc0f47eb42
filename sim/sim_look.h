/* The record of a moment: what there is to see at the present step, for panes, `show` and `print`.
 *
 *     session_look_begin(session);
 *     SessionMoment moment;
 *     session_moment(session, &moment);
 *     SessionHeap heap;
 *     session_heap(session, &(SessionHeapRequest){.count = 20}, &heap);
 *
 * Looking changes nothing: no code of the program runs, no object gets a number for it. All texts and rows that are
 * handed out live until the next session_look_begin, and describe the moment at which they were asked for. Every
 * function returns SESSION_OK, SESSION_NO_MEMORY, or SESSION_NOT_FOUND where something was asked for by name.
 *
 * "Changed" always means: other than one step earlier. The first look arranges for that moment to be kept; if the
 * present step was reached before, nothing counts as changed. */
#ifndef AWAITLAB_SIM_LOOK_H
#define AWAITLAB_SIM_LOOK_H

#include "sim.h"

/* Forgets the answers given so far; to be called once per picture. From the first call on the session keeps the moment
 * before each step that it stops at. */
SessionStatus session_look_begin(Session *session);

/* ---- the moment as a whole --------------------------------------------------------------------------------------- */

typedef struct SessionMoment {
    uint64_t step;        /* protocol events so far; 0: nothing has happened yet */
    bool has_started;     /* there is a machine to look at */
    bool is_over;         /* the program has ended */
    bool is_idle;         /* nothing is in progress: the next input is awaited */
    const char *event;    /* name of the event that this step is, "" at 0 */
    const char *sentence; /* what it says, "" at 0 */
    uint32_t thread;      /* number of the thread that runs, or ran last; 0: none */
    const char *method;   /* user code that it is in, "" : none */
    const char *file;     /* NULL: none */
    uint32_t line, column;
    const char *source; /* text of that line, not terminated */
    uint32_t source_length;
    int64_t clock; /* ticks of 100 ns since the start */
    /* The heap as the program sees it: what .NET would count; the machine's own objects are left out. */
    uint64_t objects, bytes;             /* alive now */
    uint64_t allocated, allocated_bytes; /* since the start */
    uint64_t new_objects, new_bytes;     /* in this step */
    uint64_t collections;
} SessionMoment;
SessionStatus session_moment(Session *session, SessionMoment *moment);

/* ---- variables --------------------------------------------------------------------------------------------------- */

typedef enum SessionVariableKind { VARIABLE_IS_THIS, VARIABLE_IS_PARAMETER, VARIABLE_IS_LOCAL } SessionVariableKind;

typedef struct SessionVariable {
    const char *name;
    const char *type;  /* as declared */
    const char *value; /* as C# Interactive shows it; "(unset)" before its declaration has run */
    const char *old;   /* its value one step earlier, if that was another one; else NULL */
    SessionVariableKind kind;
    uint32_t line;      /* where it is declared, 0: `this` */
    bool is_set;        /* its declaration lies behind */
    bool is_value_task; /* ValueTask or ValueTask<T> */
    const char *home;   /* where it lies: "stack", or the object that holds it: "Box<Main>#4", "closure #5" */
} SessionVariable;

/* A method of the user that is in progress: on a thread's stack, or suspended in its box. */
typedef struct SessionFrame {
    const char *method;
    const char *file; /* NULL: unknown */
    uint32_t line, column;
    uint32_t thread;    /* 0: suspended */
    bool is_typed;      /* no method: what was typed at a prompt has these variables */
    bool is_async;      /* it has a state machine */
    int32_t state;      /* `<>1__state` of that: -1 while running, -2 at the end, else the number of the await */
    const char *box;    /* "Box<F>#4"; NULL: it has none (yet) */
    const char *awaits; /* suspended: what it waits for; else NULL */
    const SessionVariable *variables;
    uint32_t variable_count;
} SessionFrame;

typedef struct SessionFrames {
    const SessionFrame *frames; /* innermost first */
    uint32_t count;
} SessionFrames;

/* The calls of user code on a thread's stack (0: the one that runs), innermost first. Between two threads' turns there
 * may be none. */
SessionStatus session_frames(Session *session, uint32_t thread, SessionFrames *frames);
/* The logical stack: the running method first, then who awaits it, and so on, across suspensions; finally what lies
 * below on the thread's own stack. */
SessionStatus session_async_stack(Session *session, SessionFrames *frames);

/* ---- the union --------------------------------------------------------------------------------------------------- */

typedef enum SessionArm { ARM_RESULT, ARM_TASK, ARM_SOURCE } SessionArm;

typedef struct SessionUnionRow {
    uint32_t offset, size; /* bytes within the value */
    const char *field;     /* "_obj"; "" for padding */
    const char *type;
    const char *value;
    const char *old; /* one step earlier, if different; else NULL */
    bool is_dead;    /* nobody reads it in this arm */
    bool is_padding;
} SessionUnionRow;

/* One time that somebody took what a ValueTask holds, or asked for it. */
typedef struct SessionUse {
    uint64_t step;
    uint32_t line, column; /* 0: unknown */
    const char *what;      /* "await", "AsTask" */
    bool is_misuse;        /* the detector objects */
} SessionUse;

typedef struct SessionUnion {
    const char *name; /* as asked for */
    const char *type; /* "ValueTask<int>" */
    const char *home; /* where the 16 bytes lie: "stack", "Box<Main>#4" */
    SessionArm arm;
    uint32_t size;
    const SessionUnionRow *rows;
    uint32_t row_count;
    const char *object; /* "Op#3", "Task<int>#4", "" in the result arm */
    const char *status; /* "completed", "pending", "faulted: ...", "stale": what asking it now would give, in words */
    int32_t token, version;
    int32_t old_version; /* one step earlier */
    bool has_version;    /* SOURCE: the source tells which operation it serves */
    bool is_stale;       /* the token is not the version */
    uint32_t object_bytes;
    const SessionUse *uses; /* of this very value, wherever it was copied to; oldest first */
    uint32_t use_count;
} SessionUnion;

/* `path`: a variable that is visible now, or a field of one: "vt", "this.pending", "pair.Item1"; NULL: the first
 * ValueTask there is. */
SessionStatus session_union(Session *session, const char *path, SessionUnion *result);

/* ---- the heap ---------------------------------------------------------------------------------------------------- */

typedef enum SessionObjectState {
    OBJECT_LIVE,    /* something refers to it */
    OBJECT_POOLED,  /* alive, but only to be used again */
    OBJECT_GARBAGE, /* nothing refers to it; the collector has not come yet */
} SessionObjectState;

typedef struct SessionObject {
    uint32_t number;  /* #number; 0: not known */
    const char *name; /* "Task<int>#3" */
    const char *type;
    uint64_t bytes; /* with header and padding */
    int32_t generation;
    SessionObjectState state;
    bool is_new, is_changed; /* in this step */
    const char *summary;     /* its value in short */
    uint64_t born_step;      /* 0: not known */
    const char *born_in;     /* "Main", "" : not known */
    uint32_t born_line;      /* 0: not known */
} SessionObject;

typedef enum SessionHeapOrder { HEAP_BY_NUMBER, HEAP_NEWEST_FIRST, HEAP_BY_SIZE } SessionHeapOrder;

typedef struct SessionHeapRequest {
    bool only_new, only_changed, only_live, only_pooled, only_garbage;
    const char *type; /* only these: "Task<int>", "Box<F>"; or a part of it; NULL: all */
    SessionHeapOrder order;
    uint64_t first; /* of the rows in that order */
    uint32_t count; /* at most so many rows */
} SessionHeapRequest;

typedef struct SessionHeap {
    const SessionObject *objects;
    uint32_t count;
    uint64_t matching, matching_bytes; /* all that the request is about */
    uint64_t live, live_bytes, pooled, pooled_bytes, garbage, garbage_bytes;
} SessionHeap;
SessionStatus session_heap(Session *session, const SessionHeapRequest *request, SessionHeap *heap);

typedef struct SessionObjectField {
    uint32_t offset, size; /* from the start of the object, its header */
    uint32_t depth;        /* 1: inside of the struct above, ... */
    const char *name, *type, *value;
    const char *old; /* one step earlier, if different; else NULL */
} SessionObjectField;

typedef struct SessionObjectDetail {
    SessionObject object;
    const SessionObjectField *fields; /* of arrays: the first elements */
    uint32_t field_count;
    const char *why_alive; /* the shortest way from a root, in words; "nothing refers to it" */
} SessionObjectDetail;
/* By number: the 3 of #3. */
SessionStatus session_object(Session *session, uint32_t number, SessionObjectDetail *detail);

/* ---- tasks, queues, threads -------------------------------------------------------------------------------------- */

typedef struct SessionTask {
    uint32_t number;
    const char *name;   /* "Task<int>#3" */
    const char *status; /* as in Visual Studio: Awaiting, Active, Scheduled, Blocked; or Completed, Canceled, Faulted */
    const char *method; /* the async method or delegate it stands for, "" : a promise */
    const char *awaiting; /* what it waits for, "" */
    const char *waiters;  /* who continues when it completes, "" */
    const char *where;    /* "line 7": where its method is */
    uint64_t born_step;
    uint32_t born_line, thread; /* 0: none */
    uint32_t awaits;            /* how many continuations wait for it */
    bool is_new, is_changed;
} SessionTask;

typedef struct SessionTasks {
    const SessionTask *tasks;
    uint32_t count;
    uint64_t total; /* also those beyond `count` */
} SessionTasks;
/* Tasks and promises, in order of birth; completed ones too while something refers to them. */
SessionStatus session_tasks(Session *session, uint64_t first, uint32_t count, SessionTasks *tasks);

typedef struct SessionItem {
    const char *name; /* of the work item, timer, thread */
    const char *what; /* in words: "resumes F at line 7" */
} SessionItem;

typedef struct SessionQueue {
    const char *name; /* "ready threads", "pool, global", "pool, local of thread 3" */
    const SessionItem *items;
    uint32_t count;
} SessionQueue;

typedef struct SessionQueues {
    const SessionQueue *queues;
    uint32_t count;
} SessionQueues;
/* Who runs next: threads that are ready, and the queues of the pool, each first one first. Empty ones are left out,
 * except the first two. */
SessionStatus session_queues(Session *session, SessionQueues *queues);

typedef struct SessionTimer {
    const char *name;  /* "TimerQueueTimer#2" */
    const char *what;  /* what it is for: "Task.DelayPromise#1" */
    int64_t due;       /* ticks of the clock */
    int64_t remaining; /* ticks */
} SessionTimer;
typedef struct SessionTimers {
    const SessionTimer *timers;
    uint32_t count;
} SessionTimers;
/* Soonest first. */
SessionStatus session_timers(Session *session, SessionTimers *timers);

typedef struct SessionThread {
    uint32_t number;
    const char *kind;   /* "main", "pool", "timer", "thread" */
    const char *status; /* "running", "ready", "blocked" */
    const char *why;    /* blocked: on what, for how long */
    const char *method; /* innermost user code, "" : none */
    uint32_t line;
} SessionThread;
typedef struct SessionThreads {
    const SessionThread *threads;
    uint32_t count;
} SessionThreads;
SessionStatus session_threads(Session *session, SessionThreads *threads);

/* ---- lines of the source ----------------------------------------------------------------------------------------- */

typedef struct SessionSourceLine {
    const char *text; /* not terminated */
    uint32_t length;
    bool has_await; /* an await stands in it */
} SessionSourceLine;
typedef struct SessionSource {
    const char *name;
    uint32_t line_count;
} SessionSource;
/* The user's files, in the order in which they were added. */
uint32_t session_source_count(const Session *session);
SessionSource session_source(const Session *session, uint32_t index);
/* `line` from 1. Past the end: empty. */
SessionSourceLine session_source_line(Session *session, uint32_t index, uint32_t line);

/* Where the present thread is inside of the core library. Valid as long as the session. */
typedef struct SessionLibraryCode {
    const char *file; /* "ValueTask.cs" */
    const char *text; /* the whole file, C#, NUL-terminated */
    uint32_t line;    /* from 1 */
} SessionLibraryCode;
/* The library's own code that is in progress. False: it is the program's code, or nothing is in progress, or no memory.
 */
bool session_library_code(Session *session, SessionLibraryCode *code);

#endif
