/* Between exec.c (the loop) and unwind.c (exceptions). Not for others. */
#ifndef AWAITLAB_VM_EXEC_H
#define AWAITLAB_VM_EXEC_H

#include "code/op.h"
#include "vm/machine.h"

/* Throws at the top frame, whose pc is the index behind the faulting instruction. True: go on with the top frame as it
 * is now. False: the run is over. */
bool unwind_throw(Machine *machine, Ref exception, bool is_rethrow);
/* The filter in the top frame has decided. Results as above. */
bool unwind_end_filter(Machine *machine, bool accepted);
/* The finally block in the top frame is through. */
bool unwind_end_finally(Machine *machine);
/* Jumps from instruction `from` to `target` in the top frame, running finally blocks on the way. */
bool unwind_leave(Machine *machine, uint32_t from, uint32_t target);

/* Is an object of type `from` a `to`? */
bool exec_is_instance(Machine *machine, TypeId from, TypeId to);

#endif
