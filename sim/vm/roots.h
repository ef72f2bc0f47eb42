/* Where references into the heap are outside of it: the one list that the collector and the fingerprint share. */
#ifndef AWAITLAB_VM_ROOTS_H
#define AWAITLAB_VM_ROOTS_H

#include "vm/machine.h"

/* `at` is the block offset of an 8-byte slot. `byref` slots hold managed pointers: into frames, statics or objects. */
typedef struct RootVisitor {
    void *context;
    void (*ref)(void *context, uint64_t at);
    void (*byref)(void *context, uint64_t at);
} RootVisitor;

/* Every root, always in the same order: statics, class-initialisation errors, then thread by thread its object, key,
 * thread statics, frames from the oldest, native arguments and handlings, at last what is being thrown and the run's
 * result. Weak handles and finalizable objects are not roots here. */
void roots_visit(const Machine *machine, const RootVisitor *visitor);
/* The part of roots_visit that belongs to one thread's frames; `index` of the call. */
void roots_visit_frame(const Machine *machine, const CallFrame *call, const RootVisitor *visitor);

#endif
