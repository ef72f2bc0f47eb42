/* What a lesson, a test or a grader asks of a run: lines such as `allocs(Task<int>) == 0`, judged after it.
 *
 *     SessionGoals *goals = session_goals_open(NULL);
 *     session_goals_add(goals, line, length, &problem);       each line once; the goals may be used for many runs
 *     session_goals_begin(goals);                              before each run
 *         session_goals_output(goals, bytes, length);          from host.write
 *         session_goals_event(goals, event);                   from host.event
 *         session_goals_look(goals, session);                  between steps, if session_goals_need_looks
 *     session_goals_end(goals, session, &outcome, "answer.cs") after it
 *     session_goals_verdict(goals, i)
 *     session_goals_close(goals);
 *
 * All functions that say so return false when there is no memory; the goals can then only be closed. */
#ifndef AWAITLAB_SIM_GOAL_H
#define AWAITLAB_SIM_GOAL_H

#include "sim.h"

typedef struct SessionGoals SessionGoals;

/* NULL: no memory. `memory` NULL: the C library's; it must outlive the goals. */
SessionGoals *session_goals_open(const Memory *memory);
void session_goals_close(SessionGoals *goals); /* NULL: nothing happens */

/* Adds a line. False: *problem says what is wrong with it, valid until the goals are closed. */
bool session_goals_add(SessionGoals *goals, const char *line, size_t length, const char **problem);
uint32_t session_goals_count(const SessionGoals *goals);

/* Forgets the last run. */
bool session_goals_begin(SessionGoals *goals);
/* What the host hears while the program runs. */
void session_goals_output(SessionGoals *goals, const char *bytes, size_t length);
void session_goals_event(SessionGoals *goals, const SessionEvent *event);
/* Whether a goal is about variables: then the session must have full events (not brief ones), session_look_begin must
 * have been called, and after each step (session_run(session, 1)) session_goals_look remembers what they are. */
bool session_goals_need_looks(const SessionGoals *goals);
bool session_goals_look(SessionGoals *goals, Session *session);
/* The run is over: gathers the facts. `answer` is the name of the source file that the goals about text are about. */
bool session_goals_end(SessionGoals *goals, Session *session, const SessionOutcome *outcome, const char *answer);

typedef struct SessionVerdict {
    bool passed;
    const char *check;  /* the line as it was written */
    const char *wanted; /* "Task<int>: no object allocated" */
    const char *now;    /* "2"; "" where there is nothing to say, and when it passed */
} SessionVerdict;

/* Valid until the next begin or close. */
SessionVerdict session_goals_verdict(SessionGoals *goals, uint32_t index);

/* How the run ended in words ("it stops with an unhandled TimeoutException in line 6"), after session_goals_end. */
const char *session_goals_end_words(const SessionGoals *goals);
/* All that it wrote; NUL-terminated. */
const char *session_goals_written(const SessionGoals *goals);
/* Simple name of the unhandled exception that ended it, "" when none did; the line in which it was thrown, 0: unknown.
 */
const char *session_goals_exception(const SessionGoals *goals, uint32_t *line);

#endif
