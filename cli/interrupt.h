/* Ctrl-C: stops a run at the step it has reached, drops a line that is being typed, and never ends the process while
 * somebody sits at the prompt. */
#ifndef AWAITLAB_CLI_INTERRUPT_H
#define AWAITLAB_CLI_INTERRUPT_H

#include <stdbool.h>

#include "sim.h"

/* From here to interrupt_release SIGINT is caught. */
void interrupt_catch(void);
/* After so many microseconds whatever runs is stopped as if by Ctrl-C, and interrupt_is_late. 0: never. */
void interrupt_limit(uint64_t microseconds);
bool interrupt_is_late(void);
void interrupt_release(void);
/* The session that a Ctrl-C stops from now on; NULL: none. */
void interrupt_aim(Session *session);
/* Set by Ctrl-C, until interrupt_take. */
const volatile int *interrupt_flag(void);
/* Whether Ctrl-C was pressed since the last call. */
bool interrupt_take(void);

#endif
