/* What a moment looks like in words: the plain face, for logs, pipes, screen readers and everybody's first look. */
#ifndef AWAITLAB_CLI_MOMENT_H
#define AWAITLAB_CLI_MOMENT_H

#include "repl.h"

/* The present position: where, what happens, what has changed, the heap, and what was found at this step. */
void moment_tell(Repl *repl);
/* "old -> new", long values cut around the place where they differ. */
void moment_print_difference(FILE *out, const char *old, const char *value);
/* Misuse found at steps after `from` up to `to`. The value is EXIT_FINDINGS when there is any that is more than advice.
 */
ExitCode moment_tell_findings(Repl *repl, uint64_t from, uint64_t to);

#endif
