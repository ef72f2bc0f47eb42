/* The batch face: runs one program from start to end. */
#ifndef AWAITLAB_CLI_RUN_H
#define AWAITLAB_CLI_RUN_H

#include "options.h"

/* Does what `awaitlab run` was asked to. Returns the exit code; ends no process and leaves nothing open. */
int run_batch(const Options *options);

#endif
