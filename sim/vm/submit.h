/* Calls that are given to a running machine from outside: submissions.
 *
 * When main has nothing to do (RUN_IDLE), a submission is its next work, and other threads, timers and the heap are as
 * the last one left them. When the machine was stopped in the middle of something, a submission is a nested call: it
 * runs on top of the thread that was running, as if that had called it between two instructions. The thread looks as if
 * it began with it: calls_start and handlings_start move behind what is interrupted (LogicalThread.outer_calls), so
 * that the loop and the search for exception handlers stop at its first frame by themselves. When it returns they move
 * back. */
#ifndef AWAITLAB_VM_SUBMIT_H
#define AWAITLAB_VM_SUBMIT_H

#include "vm/machine.h"

/* Begins a call of `method` (static or not; it is compiled if need be): the machine is RUN_RUNNING afterwards. `*frame`
 * is where its arguments go (8 bytes each, zero so far). A main that waits for ever (RUN_DEADLOCK) is given up.
 * `is_program`: only for main's next work, see MachineState.main_is_program. False: the machine is over, or there is no
 * room for it on the stack or no memory; nothing has changed then. */
bool machine_submit(Machine *machine, MethodId method, bool is_program, uint64_t *frame);
/* Whether a submission would be main's next work now, not a nested call. */
bool machine_is_idle(const Machine *machine);
/* The thread on top of which a nested submission would run now; NO_THREAD: one of its own. */
uint8_t submit_slot(const Machine *machine);

/* After the end: makes it possible to begin a call all the same, to look at something. On top of the calls that are
 * still there after an unhandled exception, else as main's next work. Only for machines that are put back afterwards.
 */
void machine_revive(Machine *machine);

/* ---- for machine.c and unwind.c ---------------------------------------------------------------------------------- */

/* Whether what the current thread runs is the innermost nested submission. */
bool submit_is_nested(const Machine *machine);
/* The innermost nested submission is over, with an exception or 0: the interrupted code is as it was, STOP_RETURNED is
 * set. */
void submit_end_nested(Machine *machine, Ref exception);
/* Nobody can run any more: gives up the innermost nested submission; false: there is none. */
bool submit_abandon_nested(Machine *machine);
/* Main, which is current, has nothing to do any more. */
void submit_end_main(Machine *machine, Ref exception);
/* RUN_IDLE, unless the program that main ran still has foreground threads. */
void submit_rest(Machine *machine);
/* Whether an exception that nobody catches on the current thread ends only a submission. */
bool submit_may_fail(const Machine *machine);
/* It does, and all finally blocks have run. */
void submit_fail(Machine *machine, Ref exception);

#endif
