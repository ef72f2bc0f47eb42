/* The recorded run of a session: what the session_time*.c files share. Other parts of the session use the few functions
 * at the end. */
#ifndef AWAITLAB_SESSION_TIME_H
#define AWAITLAB_SESSION_TIME_H

#include "session_event.h"
#include "time/timeline.h"

#include "sim_time.h"

typedef enum InputKind {
    GIVEN_SUBMISSION, /* C# that was typed */
    GIVEN_CHOICE,     /* who runs next */
    GIVEN_WORK,       /* which work is taken next */
    GIVEN_POLICY,     /* who decides from here on */
} InputKind;

typedef struct Input {
    InputKind kind;
    InputPlace place;
    uint32_t number; /* of the submission; of the thread that is chosen; of the place in line; SchedulePolicy */
    uint64_t seed;   /* POLICY: of SCHEDULE_RANDOM */
} Input;

/* Growing lists come from the session's Memory and are freed with the history. */
typedef struct InputList {
    Input *at;
    uint32_t count, capacity;
} InputList;

typedef struct RecordedEvent {
    uint8_t kind;   /* row of watch/event.def */
    uint8_t thread; /* its number, at most 255; 0: none */
} RecordedEvent;

typedef struct InputLine {
    char *text; /* NULL: the end of the input */
    size_t length;
} InputLine;

/* A piece of output. `is_behind`: written behind event `step`, not before it was told. */
typedef struct OutputPiece {
    uint64_t step;
    size_t start, length; /* in SessionHistory.output */
    int stream;
    bool is_behind;
} OutputPiece;

/* Counts that belong to a moment as the machine's state does. */
typedef struct MomentCounts {
    uint64_t output;    /* bytes written so far */
    uint64_t lines;     /* of input that were read so far */
    uint64_t decisions; /* of the scheduler where there was a choice */
    SchedulePolicy policy;
    uint64_t policy_seed;
    uint32_t choice;     /* number of the thread that was chosen to be next; 0: none was */
    uint32_t work;       /* place in line, from 1, of the work to be taken next; 0: none was chosen */
    uint32_t asked_work; /* is_asking: so many pieces of work are in line; 0: it is about threads */
    bool has_returned;   /* a nested submission has just ended */
    bool is_asking;      /* the machine waits for a choice */
} MomentCounts;

/* A way that was gone, to go it back exactly. */
enum { TRAIL_LENGTH = 256 };
typedef struct Trail {
    int unit; /* TravelUnit */
    bool back;
    Spot from, to;
} Trail;

/* A future that was left: what makes it again. */
typedef struct Branch {
    uint32_t number;
    InputList inputs;
    InputLine *lines;
    uint32_t line_count, line_capacity;
    Spot fork, end;
} Branch;

typedef struct Break {
    SessionBreak given; /* its texts are ours */
    char *value;        /* of a watched expression, when it was last seen; NULL: never */
} Break;

typedef struct Mark {
    char *name;
    uint64_t position;
} Mark;

/* Events in a share. */
enum { HISTORY_SHARE = 1024 };

/* What looks at each event while the timeline runs. True: stop behind it. */
typedef bool HistoryWatch(Session *session, void *context, uint32_t kind, Ref a, Ref b, int64_t n);

typedef struct SessionHistory {
    Timeline timeline;
    bool is_begun;
    SchedulePolicy first_policy; /* of the whole run, as long as no input changes it */
    uint64_t first_policy_seed;
    size_t budget;
    MomentCounts counts;
    InputList inputs;
    /* The recorded run. */
    Spot end;         /* where it ends */
    bool end_is_over; /* and the process with it */
    SessionOutcome end_outcome;
    RecordedEvent *events; /* event 1, 2, ...: index step - 1 */
    size_t event_capacity;
    uint8_t *shares; /* what each full share of them has for session_bar, made when it is asked for */
    uint64_t share_count, share_capacity;
    Spot *rests; /* where the machine rested, in order */
    uint32_t rest_count, rest_capacity;
    char *output;
    size_t output_size, output_capacity;
    OutputPiece *pieces;
    uint32_t piece_count, piece_capacity;
    InputLine *lines; /* that were read */
    uint32_t line_count, line_capacity;
    /* While the timeline runs. */
    HistoryWatch *watch;
    void *watch_context;
    bool watch_stopped;
    bool is_telling;  /* an event is being counted */
    bool is_remaking; /* what was recorded before is run and recorded again: nothing is told */
    bool is_silent;   /* looking around: nothing is recorded, nothing told */
    bool no_memory;   /* something could not be recorded */
    Break *breaks;
    uint32_t break_count, break_capacity, last_break;
    Branch *branches; /* other futures */
    Spot fork;        /* where ours left the one that it is a branch of */
    uint32_t branch_count, branch_capacity;
    uint32_t branch, last_branch; /* number of the one we are in; of the newest */
    uint32_t *undone;             /* numbers of branches that `redo` goes back to, newest last */
    uint32_t undone_count, undone_capacity;
    Mark *marks;
    uint32_t mark_count, mark_capacity;
    Trail trail[TRAIL_LENGTH];
    uint32_t trail_count;
    Arena texts;   /* of the last arrival */
    Arena rows;    /* of the last session_steps */
    Arena answers; /* of the last session_why or session_diff */
} SessionHistory;

/* ---- for the other parts of the session -------------------------------------------------------------------------- */

/* The machine has just been made and stands before everything. False: no memory. Does nothing without history. */
bool history_begin(Session *session);
void history_free(Session *session);
/* An event has been counted. False: it is not new, so nobody is to be told. */
bool history_see(Session *session, uint32_t kind, Ref a, Ref b, int64_t n);
/* The program writes. *bytes and *length become what is new of it. */
bool history_write(Session *session, int stream, const char **bytes, size_t *length);
/* The program reads a line: a recorded one, or one from the host, which is then recorded. */
bool history_read_line(Session *session, const char **line, size_t *length);
/* session_run with history: records, or runs through what is recorded. */
void history_run(Session *session, uint64_t steps);
/* The present, as the place of an input that is about to be given. */
InputPlace history_input_place(const Session *session);
/* That input has been given. Given in the past, it makes another future. False: no memory. */
bool history_note_input(Session *session, const Input *input);

/* ---- among session_time*.c --------------------------------------------------------------------------------------- */

void history_free_breaks(Session *session);
void history_forget_lines(Session *session, uint64_t kept);
bool history_reserve(Session *session, void **at, uint32_t *capacity, uint32_t count, size_t item);
/* Gives an input to the machine as it is. False: no memory, or the machine cannot take it. */
bool history_give(Session *session, const Input *input);
/* Which spot a position means. */
Spot history_spot(const SessionHistory *history, uint64_t position);
/* Right behind event `step`, whether the machine rested there or not. */
Spot history_event_spot(const SessionHistory *history, uint64_t step);
/* Inputs that were given before event `step` happened. */
uint32_t history_inputs_before(const SessionHistory *history, uint64_t step);
/* Whether the machine rested there. */
bool history_rests_at(const SessionHistory *history, Spot spot);
/* Runs to `spot` with `watch` looking; nothing is told. */
TimelineResult history_go(Session *session, Spot spot);
/* On from the present, through inputs that were given, to event `until` or the end; records what is new. */
TimelineResult history_forward(Session *session, uint64_t until);

/* ---- who runs next (session_time_choice.c) ----------------------------------------------------------------------- */

/* Makes the machine ask the history. */
void history_schedule(Session *session);
/* Gives a choice or policy to the present. */
void history_choose(Session *session, const Input *input);

/* ---- other futures (session_time_branch.c) ----------------------------------------------------------------------- */

/* Keeps what was recorded behind the present as a branch, and forgets it here. False: no memory, nothing has changed.
 */
bool history_fork(Session *session);
void history_free_branches(Session *session);

/* ---- searching (session_time_scan.c) ----------------------------------------------------------------------------- */

/* Looks at events one by one for a place to stop at. */
typedef struct Scan Scan;
struct Scan {
    /* A stretch begins: the machine stands before its first event. NULL: nothing to prepare. */
    void (*begin)(Session *session, Scan *scan);
    /* True: the step of this event is such a place; `number` says what about it. */
    bool (*test)(Session *session, Scan *scan, const EventCall *event);
    /* Backwards, at the end of a stretch in which `test` found nothing: a place known by now, or 0. NULL: there is
     * none. */
    uint64_t (*end)(Session *session, Scan *scan);
    void *context;
    uint64_t hit; /* 0: none */
    uint32_t number, hit_number;
    bool with_present; /* backwards: the present step counts */
    bool is_backwards;
    uint64_t limit; /* backwards: places behind this one do not count */
};

/* On from the present to the first place, through what is recorded and on. TIMELINE_WATCHED: the machine stands there.
 */
TimelineResult history_scan_forward(Session *session, Scan *scan);
/* Back to the last place before the present. TIMELINE_WATCHED: it is scan->hit, and the machine stands there;
 * TIMELINE_ARRIVED: there is none, and the machine is at the start. */
TimelineResult history_scan_back(Session *session, Scan *scan);
/* The same, but only to know scan->hit: the machine is somewhere behind the start afterwards, between history_leave and
 * history_come_back. */
TimelineResult history_search_back(Session *session, Scan *scan);

/* ---- arriving (session_time_travel.c) ---------------------------------------------------------------------------- */

SessionArrival history_arrival(Session *session, ArrivalReason reason);
SessionArrival history_arrive(Session *session, TimelineResult result);
SessionArrival history_nowhere(Session *session, const char *why);
/* A text that is valid until the next arrival; "": no memory. */
const char *history_text(Session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One unit of TRAVEL_STATEMENT and TRAVEL_FINISH (session_time_method.c), TRAVEL_CONTINUE (session_time_break.c). */
SessionArrival history_next(Session *session, bool back);
SessionArrival history_finish(Session *session, bool back);
SessionArrival history_continue(Session *session, bool back);

/* From here on `watch` looks at each event, and no checkpoint is used to get past some of them; NULL: nobody does. */
void history_set_watch(Session *session, HistoryWatch *watch, void *context);
/* An event that is happening in words, in `arena`, under session_guard. */
void history_make_event(Session *session, const EventCall *call, Arena *arena, SessionEvent *event);
void history_empty_answers(Session *session);

/* Between these two the machine goes wherever it likes, and nobody notices. */
typedef struct Leave {
    Checkpoint present;
    bool was_between, has_before;
    const char *sentence;
} Leave;
bool history_leave(Session *session, Leave *leave);     /* false: no memory, nothing has changed */
bool history_come_back(Session *session, Leave *leave); /* false: no memory, and the session is lost */

#endif
