/* Handing in and grading: answers as JSON lines, judged by running them again. What an answer says about itself counts
 * for nothing. Grading reads its files and writes its report, and touches nothing else, so any number may run at once.
 */
#ifndef AWAITLAB_CLI_LESSON_GRADE_H
#define AWAITLAB_CLI_LESSON_GRADE_H

#include <stdio.h>

#include "lesson/lesson_file.h"
#include "progress.h"

typedef enum GradeFormat { GRADE_TAP, GRADE_JUNIT, GRADE_JSON } GradeFormat;

/* The learner's answers to a lesson. False: no memory. */
bool submission_write(const Lesson *lesson, const Progress *progress, FILE *out);

/* Grades the files; an exit code: 0 all passed, 1 not all, 2 a file is no submission. */
int grade_files(const Lesson *lesson, const char *const *files, size_t count, GradeFormat format, FILE *out,
                FILE *messages);

#endif
