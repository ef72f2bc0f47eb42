/* Logical threads: who runs, who waits, and the virtual clock.
 *
 * The current thread runs until it parks, yields, ends or has used up its quantum of instructions; then the first ready
 * thread runs (or the one that Machine.pick_thread chooses). When none is ready, the clock jumps to the earliest
 * deadline of a parked thread; when there is none either, the program can never go on. Work takes time, too: each
 * INSTRUCTIONS_PER_MILLISECOND move the clock by a millisecond, so that a loop that waits for time to pass without
 * sleeping does end. */
#ifndef AWAITLAB_VM_THREAD_H
#define AWAITLAB_VM_THREAD_H

#include "vm/machine.h"

enum { TICKS_PER_MILLISECOND = 10000, INSTRUCTIONS_PER_MILLISECOND = 200000 };

/* What RuntimeHelpers.TryEnsureSufficientExecutionStack wants to be left. */
enum { STACK_ROOM_BYTES = 128 * 1024, STACK_ROOM_CALLS = 2048, STACK_ROOM_HANDLINGS = 64 };

/* Makes a thread current: moves time on, wakes whoever's deadline has passed, chooses. Nobody is current if
 * Machine.hold wants somebody else to choose. False: nobody can ever run again. */
bool thread_schedule(Machine *machine);
/* The current thread goes to the end of the ready list; nobody is current. */
void thread_preempt(Machine *machine);
/* The main thread, with nothing to do yet. */
void thread_create_idle(Machine *machine, Ref thread_object);
/* Takes a ready or parked thread out of its list; it is nobody's then. */
void thread_take(Machine *machine, uint8_t slot);
/* Makes a thread that was taken, or is idle, the current one. Nobody else is. */
void thread_resume(Machine *machine, uint8_t slot);
/* The current thread is over; its slot is free. */
void thread_end(Machine *machine);
/* Whether the process must go on when Main has returned. */
bool thread_any_foreground(const Machine *machine);
/* Accounts for the instructions that exec_run has taken from state->fuel since the last time: counters and clock. */
void thread_spend(Machine *machine);

/* Bytes allocated so far by a thread / by all threads, those that have ended included. */
int64_t thread_allocated(const Machine *machine, uint8_t slot);
int64_t thread_total_allocated(const Machine *machine);
bool thread_has_stack_room(const Machine *machine);
/* The slot whose Thread object it is, or NO_THREAD. */
uint8_t thread_find(const Machine *machine, Ref thread_object);
/* Block offsets of a thread's outermost call and handling, those of interrupted code included. */
static inline uint64_t thread_first_call(const LogicalThread *thread)
{
    return thread->calls_start - thread->outer_calls * sizeof(CallFrame);
}
static inline uint64_t thread_first_handling(const LogicalThread *thread)
{
    return thread->handlings_start - thread->outer_handlings * sizeof(Handling);
}
/* One past the last byte of a thread's data stack that means anything. */
uint64_t thread_data_end(const Machine *machine, const LogicalThread *thread);

#endif
