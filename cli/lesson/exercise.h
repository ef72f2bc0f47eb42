/* Judging an answer: its checks, and whether it goes wrong in a way that the lesson knows. */
#ifndef AWAITLAB_CLI_LESSON_EXERCISE_H
#define AWAITLAB_CLI_LESSON_EXERCISE_H

#include "lesson/lab.h"

typedef struct ExerciseResult {
    uint32_t passed, total;
    bool is_solved;
} ExerciseResult;

ExerciseResult exercise_result(const LabRun *run);

/* Whether the run makes good what expect= of a wrong answer says: a code (AL0001, CS0103), an exception's type,
 * `deadlocks`, or one of the checks, which then fails. */
bool exercise_fails_as(LabRun *run, const char *expect);
/* The same for any check, which need not be one of the exercise's. False with *problem set: it is no check. */
bool exercise_holds(LabRun *run, const char *check, const char **problem);

/* The wrong answer of the lesson that fails just as this run does; NULL: there is none. */
const LessonBlock *exercise_known_wrong(Lab *lab, const LabRun *run);

/* "[x] the program runs to its end", one line per check, with what is instead. */
void exercise_write_checks(const LabRun *run, FILE *out);

#endif
