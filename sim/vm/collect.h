/* The collector: copies what lives out of the regions being collected, generation by generation. */
#ifndef AWAITLAB_VM_COLLECT_H
#define AWAITLAB_VM_COLLECT_H

#include "vm/machine.h"

typedef enum CollectReason {
    COLLECT_AUTOMATIC, /* allocation asked for it */
    COLLECT_EXPLICIT,  /* GC.Collect: finalizers of what is dead now may run from here on */
} CollectReason;

/* Collects generations 0 to `generation` (0, 1, 2). Survivors move one generation up, those of generation 2 stay in it;
 * large objects stay where they are and are freed by full collections. All references and managed pointers in the block
 * are updated; those in C variables are wrong afterwards. */
void collect(Machine *machine, uint32_t generation, CollectReason reason);

/* A collection because the nursery is full; older generations take part when they have grown. */
void collect_when_due(Machine *machine);

#endif
