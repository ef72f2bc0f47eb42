/* What a learner has done: an append-only file of JSON lines, $XDG_STATE_HOME/awaitlab/progress.jsonl.
 *
 * A line is one write under a lock, so two copies of awaitlab may run at once, and the file is whole after a kill at
 * any moment: a line that was cut off is passed over when reading and kept apart when writing. Files of two computers
 * are merged by putting them together (`sort -u`). Nothing is ever taken out; forgetting is a line too. */
#ifndef AWAITLAB_CLI_PROGRESS_H
#define AWAITLAB_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ProgressEvent {
    PROGRESS_SCREEN,     /* number: the screen that was reached, from 0 */
    PROGRESS_PREDICTION, /* block, answer, ok */
    PROGRESS_HINT,       /* block, number: which hint, from 1 */
    PROGRESS_TRY,        /* block, ok: a check */
    PROGRESS_SOLUTION,   /* block: the solution was shown */
    PROGRESS_SKIP,       /* block */
    PROGRESS_DONE,       /* the lesson was read to its end */
    PROGRESS_FORGET,     /* all that is known about the lesson so far does not count */
    PROGRESS_EVENT_COUNT
} ProgressEvent;

typedef struct ProgressRecord {
    char time[24]; /* UTC, "2026-11-29T12:04:00Z"; filled in by progress_add */
    ProgressEvent event;
    const char *lesson;
    const char *block;  /* "" where none is meant */
    const char *answer; /* "" where none is meant */
    long long number;
    bool ok;
} ProgressRecord;

typedef struct Progress {
    char *path;              /* NULL: there is nowhere to keep it; it is kept in memory only */
    ProgressRecord *records; /* their strings are malloc'd */
    size_t count, capacity;
    bool is_warned; /* the learner knows that it cannot be written */
} Progress;

/* Reads what there is; `path` NULL: the usual file. A file that cannot be read counts as empty. False: no memory. */
bool progress_open(Progress *progress, const char *path);
void progress_close(Progress *progress);

/* Adds a record, strings copied. False: errno says why it could not be written; it counts in memory all the same. */
bool progress_add(Progress *progress, const ProgressRecord *record);

/* What the records say about a lesson. */
typedef struct LessonState {
    bool is_started, is_done;
    uint32_t screen; /* last one that was reached */
} LessonState;
LessonState progress_lesson(const Progress *progress, const char *lesson);

/* And about one exercise of it. */
typedef struct ExerciseState {
    bool is_solved, is_skipped, has_seen_solution;
    uint32_t tries, hints;
} ExerciseState;
ExerciseState progress_exercise(const Progress *progress, const char *lesson, const char *block);
/* The newest prediction; NULL: none was made. */
const ProgressRecord *progress_prediction(const Progress *progress, const char *lesson, const char *block);
/* The lesson that was touched last; NULL: none was. */
const char *progress_last_lesson(const Progress *progress);

#endif
