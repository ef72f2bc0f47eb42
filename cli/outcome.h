/* What ended a run, as an exit code. */
#ifndef AWAITLAB_CLI_OUTCOME_H
#define AWAITLAB_CLI_OUTCOME_H

#include "options.h"
#include "sim.h"

/* A program that ended by itself gives its own exit code. Paused: EXIT_DONE, whoever stopped it knows better. */
ExitCode outcome_exit_code(const SessionOutcome *outcome);

#endif
