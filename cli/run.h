/* The batch face: runs one program from start to end. */
#ifndef AWAITLAB_CLI_RUN_H
#define AWAITLAB_CLI_RUN_H

#include "options.h"
#include "sim.h"

/* Does what `awaitlab run` was asked to. Returns the exit code; ends no process and leaves nothing open. */
int run_batch(const Options *options);

/* Somebody who looks at the session when its program is over, before it is closed. */
typedef struct RunWatcher {
    void *context;
    bool drops_output; /* what the program writes goes nowhere */
    void (*finished)(void *context, Session *session, const SessionOutcome *outcome);
} RunWatcher;

/* The same, watched. The exit code is 0 whatever the program ended with by itself. */
int run_watched(const Options *options, const RunWatcher *watcher);

#endif
