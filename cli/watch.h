/* awaitlab watch: a program runs again whenever its file is saved. */
#ifndef AWAITLAB_CLI_WATCH_H
#define AWAITLAB_CLI_WATCH_H

#include "options.h"

/* Until Ctrl-C. Returns the exit code. */
int watch_file(const Options *options);

/* The same for a face that does something else: `changed` is called at once and after each save; false: enough. Returns
 * false when the folder of the file cannot be watched (errno). `was_interrupted` is set by the caller's handler. */
bool watch_saves(const char *path, const volatile int *was_interrupted, bool (*changed)(void *context), void *context);

#endif
