/* C# typed at a prompt.
 *
 *     options.interactive = true;
 *     Session *session = session_open(&options);
 *     if (session_submit(session, "<prompt>", "int x = 20;", 11) == SESSION_OK) {
 *         session_run(session, 0);                                  OUTCOME_IDLE
 *     }
 *     if (session_submit(session, "<prompt>", "x + 1", 5) == SESSION_OK && session_run(session, 0).kind ==
 * OUTCOME_IDLE) { session_submission_value(session, session_submission_count(session) - 1, &value);   "21", "int"
 *     }
 *
 * The rules are those of C# scripts (csi): each piece is a *submission*. Variables, functions, types and using
 * directives of a submission are known to the later ones; declaring a name anew hides the older one. `await` is allowed
 * anywhere, the semicolon at the end may be missing, and an expression without it has a value. A submission with errors
 * changes nothing.
 *
 * There is one process behind all submissions: heap, threads and timers stay as they are. Between two submissions
 * nothing runs. An exception that nobody catches on the main thread ends only the submission (SessionOutcome.goes_on);
 * one on another thread ends the process, as in .NET. Whoever waits for something that never comes gets
 * OUTCOME_DEADLOCK and may go on typing: main gives up waiting.
 *
 * A submission may also be given while the program is stopped in the middle (OUTCOME_PAUSED). It runs as a call on top
 * of the thread that was running; session_run returns OUTCOME_IDLE when it is over, and runs the interrupted code after
 * that. */
#ifndef AWAITLAB_SIM_SUBMIT_H
#define AWAITLAB_SIM_SUBMIT_H

#include "sim.h"

/* ---- what was typed ------------------------------------------------------------------------------------------------
 */

typedef enum InputState {
    INPUT_COMPLETE,
    INPUT_INCOMPLETE, /* more lines are needed: a bracket, string, comment or statement is open */
    INPUT_BROKEN,     /* no more lines can make it C#: session_submit says why */
} InputState;

/* Looks at nothing but the text. Without memory: INPUT_COMPLETE. */
InputState session_input_state(Session *session, const char *text, size_t length);

/* ---- submissions ---------------------------------------------------------------------------------------------------
 */

/* Compiles a submission and begins to run it; session_run does the rest. `name` is shown in messages; name and text are
 * copied. SESSION_ERRORS: session_diagnostic has its errors (and no others), nothing has changed. SESSION_IS_OVER,
 * SESSION_NO_ROOM, SESSION_TOO_LONG, SESSION_NO_MEMORY. */
SessionStatus session_submit(Session *session, const char *name, const char *text, size_t length);

/* The same with a whole file, which is compiled exactly as a program: it has its own Main, with the same steps, bytes
 * and errors as when it is run alone. Its types are known to later submissions. Only when session_is_idle; else
 * SESSION_TOO_LATE. */
SessionStatus session_load(Session *session, const char *name, const char *text, size_t length);

/* How many submissions were compiled without errors; each keeps its index for good. */
uint32_t session_submission_count(const Session *session);

/* Whether nothing is in progress: the next submission is main's next work. */
bool session_is_idle(const Session *session);

typedef enum SessionValueKind {
    VALUE_IS_VALUE,
    VALUE_IS_VOID, /* there is none, text: "" */
    VALUE_THREW,   /* type: of the exception, text: its message */
    VALUE_BLOCKED, /* it waits for something that never comes */
    VALUE_ENDLESS, /* it does not come to an end within a bound */
} SessionValueKind;

typedef struct SessionValue {
    SessionValueKind kind;
    const char *type; /* C#-style */
    const char *text; /* as C# Interactive shows it: 42, "text", Point { X = 1 } */
} SessionValue;

/* The value of a submission that has run to its end; false: it has none. The strings live as long as the session. */
bool session_submission_value(Session *session, uint32_t index, SessionValue *value);

/* ---- looking -------------------------------------------------------------------------------------------------------
 */

/* The value of a C# expression at the present moment, with the names that a submission would see: what it does while it
 * is evaluated is undone, its output is dropped, and it makes no steps. Also for sessions that are not interactive,
 * once they run. In SESSION_ERRORS session_diagnostic says why; assignments and awaits are errors. SESSION_NOT_FOUND:
 * nothing runs yet, or there is no room on the stack. The strings live as long as the session. */
SessionStatus session_evaluate(Session *session, const char *text, size_t length, SessionValue *value);

/* ---- completion -----------------------------------------------------------------------------------------------------
 */

typedef struct SessionCandidate {
    const char *name;
    const char *kind; /* "variable", "field", "property", "event", "method", "type", "namespace", "keyword" */
    const char *type; /* "int"; of a method "int F(string)", of a type "class"; else "" */
} SessionCandidate;

typedef struct SessionCandidates {
    const SessionCandidate *at; /* sorted by name */
    uint32_t count;
    size_t start; /* byte of the text at which the word begins that they would replace */
} SessionCandidates;

/* What could stand at byte `cursor` of a text: names in scope, or members where there is a dot in front. Valid until
 * the next call. */
SessionStatus session_complete(Session *session, const char *text, size_t length, size_t cursor,
                               SessionCandidates *candidates);

/* ---- what there is --------------------------------------------------------------------------------------------------
 */

typedef struct SessionName {
    const char *name;
    const char *kind;    /* "variable", "function", "type" */
    const char *type;    /* of a variable "int"; of a function "int F(string s)"; of a type "class" */
    const char *value;   /* of a variable, as C# Interactive shows it; else "" */
    uint32_t submission; /* index of the one that declares it */
} SessionName;

typedef struct SessionNames {
    const SessionName *at; /* in the order of their declarations; hidden ones are left out */
    uint32_t count;
} SessionNames;

/* What submissions have declared, as it is known at the present moment. Locals of code that was interrupted are no part
 * of it (session_frames). Lives as long as the session. */
SessionStatus session_names(Session *session, SessionNames *names);

/* ---- for the timeline ----------------------------------------------------------------------------------------------
 */

/* Begins to run submission `index` (again) at the present moment, and makes its names known. False: the process is
 * over, or there is no room or memory. */
bool session_start_submission(Session *session, uint32_t index);

/* From now on only the first `count` of the submissions whose names are known now are known. They keep their indices
 * and can be started again. */
void session_forget_submissions(Session *session, uint32_t count);

#endif
