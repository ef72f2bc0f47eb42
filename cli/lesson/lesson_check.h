/* `awaitlab lesson check`: proves a course. Every demo runs, every solution passes, every wrong answer fails for the
 * declared reason, every number comes from the machine, every line fits. */
#ifndef AWAITLAB_CLI_LESSON_LESSON_CHECK_H
#define AWAITLAB_CLI_LESSON_LESSON_CHECK_H

#include <stdbool.h>
#include <stdio.h>

/* `path` is a folder, a lesson file, or NULL for the built-in course. Messages `file:line: error: text` go to
 * `messages`, one line per lesson to `out`. `updates`: what show blocks print is written into the files. Returns an
 * exit code. */
int lesson_check(const char *path, bool updates, FILE *out, FILE *messages);

#endif
