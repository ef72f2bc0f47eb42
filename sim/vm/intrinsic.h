/* C twins of hot methods of the core library, used when nobody looks inside.
 *
 * A twin does exactly what its C# does to the block, or declines before it has done anything; then the C# runs. So it
 * leaves to the C# whatever is unusual: exceptions, calls of managed code, allocation that may collect. */
#ifndef AWAITLAB_VM_INTRINSIC_H
#define AWAITLAB_VM_INTRINSIC_H

#include "vm/machine.h"

/* Arguments lie in `frame` as for a native; the result goes to its start. False: declined. */
typedef bool (*IntrinsicFunction)(Machine *machine, uint8_t *frame, RuntimeMethod *method);
extern const IntrinsicFunction intrinsic_functions[]; /* by RuntimeMethod.intrinsic; 0 declines always */

/* The index of a method's twin by full name, as native_find. */
uint32_t intrinsic_find(const char *full_name);

#endif
