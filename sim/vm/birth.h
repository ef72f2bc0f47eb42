/* Births: which objects there are, numbered in the order in which they were allocated, and where each came from.
 *
 * Nothing in the machine knows of it and nothing a program does depends on it: the list is kept beside the block while
 * somebody watches. New objects are found by walking the nursery from where the last walk ended, at every protocol
 * event and before the allocator leaves a chunk; the collector says where the living go. The numbers depend only on the
 * run, not on what anybody looks at. */
#ifndef AWAITLAB_VM_BIRTH_H
#define AWAITLAB_VM_BIRTH_H

#include "vm/machine.h"

typedef struct Birth {
    Ref ref;
    uint64_t step;   /* the first step (number of an event) by which it existed */
    uint32_t number; /* from 1 */
    MethodId method; /* the innermost method of the user then; 0: none */
    uint32_t pc;     /* where that was: index of the instruction it goes on with */
    uint32_t thread; /* number of the logical thread */
} Birth;

typedef struct Births {
    const Memory *memory;
    Birth *at; /* ascending numbers: the living, and the dead that no collection has met yet */
    uint32_t count, capacity;
    uint32_t last_number;
    uint64_t seen;   /* block offset up to which the nursery's current region has been walked; 0: there is none yet */
    MethodId method; /* where the last statement began; 0: none has */
    uint32_t pc;
    /* Open hash from ref to index in `at` + 1, made when somebody asks; entries before `indexed` are in it. */
    uint32_t *slots;
    uint32_t slot_capacity, indexed;
} Births;

Births *births_new(const Memory *memory); /* NULL: no memory */
void births_free(Births *births);
/* What exists now has no number; what comes from here on has. */
void births_begin(Machine *machine);
/* A copy of the list for a snapshot (the hash is not part of it), and back. False: no memory, nothing has changed. */
bool births_copy(Births *to, const Births *from);

/* Room for `count` rows, which the caller writes, as well as the other fields. False: no memory, nothing has changed.
 */
bool births_resize(Births *births, uint32_t count);

/* The object's row; NULL: it has none. Valid until the machine runs on. */
const Birth *births_find(Machine *machine, Ref ref);

/* For machine.c: before an event counts. For heap.c: before the allocator leaves its chunk, and when it has made an
 * object off the fast path. For collect.c: an object has moved; the collection is over. All of them do nothing when
 * nobody watches. */
void births_before_event(Machine *machine, bool begins_statement);
void births_after_event(Machine *machine, bool begins_statement);
void births_catch_up(Machine *machine);
void births_note(Machine *machine, Ref ref, uint64_t size);
void births_moved(Machine *machine, Ref from, Ref to);
void births_collected(Machine *machine);

#endif
