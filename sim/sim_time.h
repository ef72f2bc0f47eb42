/* Time: a run that was recorded can be looked at anywhere, forwards and backwards.
 *
 *     session_keep_history(session, 0);                   before the first run
 *     session_run(session, 0);                            records
 *     session_travel(session, TRAVEL_STEP, true, 1);      back
 *     session_goto(session, 14);                          anywhere
 *
 * A run is a program, its seed and its inputs; it is the same each time. A *position* is the number of the last
 * protocol event (step) that has happened, 0 before the first. At a position the machine has stopped right behind that
 * event; where it ran on as far as it could (the program is over, a submission is done, a choice is wanted), position N
 * is the moment when it rested.
 *
 * Everything that looks at a session (layouts, values, statistics, findings) shows it at its position. The callbacks of
 * SessionHost tell what is new only: running again what was recorded calls none of them. */
#ifndef AWAITLAB_SIM_TIME_H
#define AWAITLAB_SIM_TIME_H

#include "sim.h"

/* ---- recording --------------------------------------------------------------------------------------------------- */

/* Records from here on. Before the first run or submission; else SESSION_TOO_LATE. `budget`: bytes for the memory of
 * earlier moments, 0: 256 MiB. Less memory makes going back slower, never impossible. */
SessionStatus session_keep_history(Session *session, uint64_t budget);

uint64_t session_position(const Session *session);
/* The position at which the recorded run ends; the present may be before it. */
uint64_t session_history_end(const Session *session);
/* Whether the run could go on behind session_history_end: it is not over. */
bool session_history_is_open(const Session *session);
/* Whether the machine has run on behind the event of the position as far as it could. */
bool session_is_at_rest(const Session *session);
/* Bytes that the history takes now. */
uint64_t session_history_bytes(const Session *session);

/* ---- going ------------------------------------------------------------------------------------------------------- */

typedef enum ArrivalReason {
    ARRIVED,          /* where it was to go */
    ARRIVED_START,    /* the start of the recorded history: nothing is before it */
    ARRIVED_END,      /* the program is over: see outcome */
    ARRIVED_IDLE,     /* what was typed is done; outcome: as session_run gives it */
    ARRIVED_BREAK,    /* breakpoint `number`; text: what it is about */
    ARRIVED_MARK,     /* mark `text` */
    ARRIVED_FINDING,  /* misuse was found here: finding `number`, see session_finding */
    ARRIVED_CHOICE,   /* somebody must choose who runs next: see session_choices */
    ARRIVED_STOPPED,  /* session_stop: everything up to here is recorded */
    ARRIVED_NOWHERE,  /* there is no such place; nothing has moved. text: why */
    ARRIVED_NO_MEMORY /* perhaps somewhere on the way */
} ArrivalReason;

typedef struct SessionArrival {
    ArrivalReason reason;
    uint64_t position;
    uint32_t number;
    const char *text;       /* never NULL; valid until the next call */
    SessionOutcome outcome; /* END, IDLE; else OUTCOME_PAUSED */
} SessionArrival;

/* Goes to a position: back, or forwards through what is recorded, or on into what is not, until the run is over. */
SessionArrival session_goto(Session *session, uint64_t position);

typedef enum TravelUnit {
    TRAVEL_STEP,      /* one protocol event */
    TRAVEL_STATEMENT, /* the next statement of this method, or of its caller when it has ended; over what it calls, and
                         across suspensions */
    TRAVEL_TURN,      /* until the scheduler picks another thread or piece of work */
    TRAVEL_FINISH,    /* until this method is over; back: the statement that called it */
    TRAVEL_CONTINUE,  /* to the next breakpoint, mark, finding or end */
} TravelUnit;

/* Goes `count` units. Each has an exact inverse: going back from where going forward has arrived leads to where that
 * began. Going forward behind the recorded end runs on. */
SessionArrival session_travel(Session *session, TravelUnit unit, bool back, uint32_t count);

/* ---- where to stop ----------------------------------------------------------------------------------------------- */

typedef enum SessionBreakKind {
    BREAK_ON_LINE,       /* a statement begins on `line` (of `file`, if that is given: the end of its name) */
    BREAK_ON_AWAIT,      /* an await begins */
    BREAK_ON_ALLOCATION, /* an object is allocated; of type `expression`, if that is given */
    BREAK_ON_ERROR,      /* an exception is made, or something is refused, faulted or done twice */
    BREAK_ON_ARM,        /* the ValueTask `expression` turns to another arm of its union */
    BREAK_ON_CHANGE,     /* the value of `expression`, a variable or a field of one, is another one */
} SessionBreakKind;

typedef struct SessionBreak {
    SessionBreakKind kind;
    const char *file; /* may be NULL */
    uint32_t line;
    const char *expression; /* may be NULL */
    bool is_disabled;
    uint32_t number; /* given by session_add_break: 1, 2, ... */
    uint64_t hits;   /* how often `continue` has stopped there */
} SessionBreak;

/* Texts are copied. SESSION_NOT_FOUND: nothing is recorded. */
SessionStatus session_add_break(Session *session, const SessionBreak *given, uint32_t *number);
bool session_remove_break(Session *session, uint32_t number); /* false: there is none */
bool session_enable_break(Session *session, uint32_t number, bool is_enabled);
uint32_t session_break_count(const Session *session);
/* Valid until breakpoints change. */
SessionBreak session_break_at(const Session *session, uint32_t index);

/* Names for positions; a name that is there is moved. */
SessionStatus session_mark(Session *session, const char *name, uint64_t position);
bool session_remove_mark(Session *session, const char *name);
bool session_find_mark(const Session *session, const char *name, uint64_t *position);
uint32_t session_mark_count(const Session *session);
const char *session_mark_at(const Session *session, uint32_t index, uint64_t *position);

/* ---- who runs next ----------------------------------------------------------------------------------------------- */

typedef enum SchedulePolicy {
    SCHEDULE_FIRST,  /* who has been ready longest: the default */
    SCHEDULE_LAST,   /* who became ready last */
    SCHEDULE_RANDOM, /* by a seed */
    SCHEDULE_ASK, /* session_choose: the run stops (ARRIVED_CHOICE) where several threads are ready, or a worker of the
                     pool has several pieces of work to take from */
} SchedulePolicy;

/* From the present on; an input, as what is typed. Before the first run: for the whole run. */
SessionStatus session_set_schedule(Session *session, SchedulePolicy policy, uint64_t seed);
SchedulePolicy session_schedule(const Session *session, uint64_t *seed);

typedef struct SessionChoice {
    uint32_t thread;  /* what session_choose takes: the number of the thread, or of the work in this list */
    const char *what; /* in words: "in Main at line 7", "Box<Read>#4, which resumes Read at line 12", "starts" */
} SessionChoice;

/* What there is to choose from: at ARRIVED_CHOICE what is asked for; elsewhere the threads that are ready. In the order
 * in which it would be their turn. Valid until the next session_look_begin. */
SessionStatus session_choices(Session *session, const SessionChoice **choices, uint32_t *count);
/* That one is next; elsewhere: the next time that a thread has to be picked. SESSION_NOT_FOUND: it is not among them.
 */
SessionStatus session_choose(Session *session, uint32_t number);

/* ---- other futures ----------------------------------------------------------------------------------------------- */

/* What is typed or chosen in the past makes another future; the old one is kept as a branch. */
typedef struct SessionBranch {
    uint32_t number;
    bool is_current;
    uint64_t fork; /* position at which it left the run that it is a branch of */
    uint64_t end;  /* position at which it ends */
    uint32_t inputs;
} SessionBranch;

uint32_t session_branch_count(const Session *session);
SessionBranch session_branch_at(const Session *session, uint32_t index); /* by number; the current one too */
/* Goes to the end of a branch; the present future becomes one. ARRIVED_NOWHERE: there is no such branch. */
SessionArrival session_switch_branch(Session *session, uint32_t number);

/* Forgets the last input before the position (and what came after it), and goes to where it was given; again: the one
 * before. ARRIVED_START: there is none. */
SessionArrival session_undo(Session *session);
/* Takes an undo back. ARRIVED_NOWHERE: there is nothing to redo. */
SessionArrival session_redo(Session *session);

/* ---- what the program wrote -------------------------------------------------------------------------------------- */

typedef struct SessionOutput {
    uint64_t step; /* the position by which it had been written */
    int stream;    /* 1: out, 2: error */
    const char *bytes;
    size_t length;
} SessionOutput;

/* Pieces of output in order, of the whole recorded run; bytes are valid until the session runs on. */
uint32_t session_output_count(const Session *session);
SessionOutput session_output(const Session *session, uint32_t index);
/* How many pieces had been written when the run was at a position (and rested there, if it did). */
uint32_t session_output_upto(const Session *session, uint64_t position);

/* ---- what happened ----------------------------------------------------------------------------------------------- */

/* A recorded step. Strings are valid until the next call of session_steps. */
typedef struct SessionStep {
    SessionEvent event;
    uint64_t allocated;      /* bytes allocated by all threads by then */
    int64_t allocated_since; /* bytes allocated since the step before */
    uint64_t objects;        /* objects born by then */
    int64_t clock;           /* virtual time, in ticks of 100 ns */
} SessionStep;

enum { SESSION_MOST_STEPS = 10000 };

/* Steps `from` to `to` (both included; from 1), at most SESSION_MOST_STEPS, fewer where the history ends. The position
 * stays. */
SessionStatus session_steps(Session *session, uint64_t from, uint64_t to, const SessionStep **steps, uint32_t *count);

/* ---- where something comes from ---------------------------------------------------------------------------------- */

/* How a value, or a part of it, became what it is. Strings are valid until the next call of session_why. */
typedef struct SessionWhy {
    const char *name;      /* "vt", "vt._token", "Op#3 version" */
    const char *value;     /* now */
    const char *old_value; /* before; NULL: it was not there */
    uint64_t step;         /* that changed it; 0: it has been like that since the start of the history */
    SessionEvent event;    /* that step */
} SessionWhy;

/* Searches back for the step that last wrote `expression`: a variable or a field of one ("vt", "this.pending",
 * "pair.Item1", "items[2]"). A ValueTask is explained field by field as well, and so is the version of its source. The
 * position stays. SESSION_NOT_FOUND: there is no such variable here, or nothing was recorded. session_stop makes it
 * SESSION_NOT_FOUND, too. */
SessionStatus session_why(Session *session, const char *expression, const SessionWhy **rows, uint32_t *count);

typedef enum SessionChangeKind {
    CHANGE_VARIABLE, /* of a method in progress, or of what was typed */
    CHANGE_BORN,     /* an object that was not there */
    CHANGE_DIED,     /* an object that is not there any more, or that nothing refers to */
    CHANGE_FIELD,    /* of an object that is there at both positions */
    CHANGE_TASK,     /* the status of a task */
} SessionChangeKind;

typedef struct SessionChange {
    SessionChangeKind kind;
    const char *name;              /* "x", "Op#3", "Op#3._version" */
    const char *old_value, *value; /* NULL: there was, is none */
} SessionChange;

/* What is different at position `to` from position `from`. The position stays. Valid until the next call. */
SessionStatus session_diff(Session *session, uint64_t from, uint64_t to, const SessionChange **changes,
                           uint32_t *count);

/* ---- keeping a run ----------------------------------------------------------------------------------------------- */

/* What a recording is wrong about. */
typedef struct SessionReplayError {
    uint32_t line;       /* of the recording, from 1; 0: about it as a whole */
    const char *message; /* valid as long as the session */
} SessionReplayError;

/* Writes the run, and where one is in it, as text (docs/recording.md). SESSION_NOT_FOUND: nothing was recorded.
 * SESSION_NO_MEMORY; SESSION_TOO_LATE: `write` returned false. */
SessionStatus session_save(Session *session, bool (*write)(void *context, const char *bytes, size_t length),
                           void *context);

/* Makes a recorded run again in a session that was just opened: program, seed, everything that was given, marks and
 * position. SessionOptions.interactive and .seed become those of the recording; limits stay. Nothing that the program
 * writes goes to the host, see session_output. SESSION_ERRORS: *error says what is wrong, and the session is only good
 * for being closed, or for session_diagnostic where the C# has errors. */
SessionStatus session_replay(Session *session, const char *bytes, size_t length, SessionReplayError *error);

/* What there is to see in a stretch of the run: bits, for the marks along a bar. */
enum {
    BAR_STATEMENT = 1,
    BAR_AWAIT = 2,    /* an await asks, suspends or resumes */
    BAR_COMPLETE = 4, /* a task or operation completes */
    BAR_RESET = 8,    /* a source begins a new operation */
    BAR_ERROR = 16,   /* something is refused, faulted or done twice */
    BAR_THREAD = 32,  /* another thread goes on */
};
/* Fills `bits[0 .. count)`: cell i stands for an equal share of positions 1 to session_history_end. */
void session_bar(Session *session, uint32_t count, uint8_t *bits);

#endif
