/* The panes on a terminal: curses for the screen, readline for the line. The only file that includes curses is panes.c.
 */
#ifndef AWAITLAB_CLI_PANES_H
#define AWAITLAB_CLI_PANES_H

#include "repl.h"

/* `awaitlab tui [FILE.cs]`. Returns the exit code. */
int panes_main(const Options *options);
/* `tui` at the prompt: until the user goes back to it, or leaves for good (repl->is_over). */
ExitCode panes_run(Repl *repl);
#endif
