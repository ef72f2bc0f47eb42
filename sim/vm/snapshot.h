/* Snapshots: the machine at one moment, as bytes. Taking one copies what is used of the block, restoring copies it
 * back. */
#ifndef AWAITLAB_VM_SNAPSHOT_H
#define AWAITLAB_VM_SNAPSHOT_H

#include "vm/machine.h"

typedef struct Snapshot Snapshot;

/* Between two calls of machine_run. Buffered output goes to the host first. NULL: no memory. Owned by the caller. */
Snapshot *snapshot_take(Machine *machine);
void snapshot_free(Snapshot *snapshot);
/* Makes the machine what it was. It may be another machine than the one the snapshot is of, if it has the same program
 * and the same limits. False (and nothing changed): it has not. */
bool snapshot_restore(Machine *machine, const Snapshot *snapshot);
/* Makes `mirror`, a machine with the same program and limits, show what `machine` holds at this moment, also in the
 * middle of a native: for reading only, it can never run. False: the limits differ. */
bool snapshot_mirror(Machine *machine, Machine *mirror);
/* Bytes of memory it takes. */
size_t snapshot_bytes(const Snapshot *snapshot);
/* Byte for byte; entries that tables have grown by in between count as the zeros they were. */
bool snapshot_equal(const Snapshot *a, const Snapshot *b);

/* ---- for keepers of many moments, which share what is the same in several (time/) -------------------------------- */

/* A piece of the block that is in use. `at` is an offset in the block; `is_table`: zeros at its end do not count. */
typedef struct Piece {
    uint64_t at, size;
    bool is_table;
} Piece;
typedef void PieceVisitor(void *context, Piece piece);

/* Every piece in use, always in the same order; pieces of size 0 included. Buffered output goes to the host first. */
void snapshot_visit(Machine *machine, PieceVisitor *visit, void *context);
/* The heap has not been touched from this block offset on. */
uint64_t snapshot_used_end(const Machine *machine);
/* Around writing all pieces of an earlier moment of this machine back: the first clears what has come since. */
void snapshot_begin_restore(Machine *machine);
void snapshot_end_restore(Machine *machine, uint64_t used_end);

/* Hash of the used bytes of the block, as they are: equal blocks have equal hashes. */
uint64_t machine_byte_hash(Machine *machine);

typedef struct Fingerprint {
    uint64_t low, high;
} Fingerprint;
typedef enum FingerprintKind {
    FINGERPRINT_EXACT,     /* everything a program has done: counters and allocation tables too */
    FINGERPRINT_BEHAVIOUR, /* only what can matter for what it will do: for the explorer */
} FingerprintKind;
/* What the machine means rather than where it lies: objects count by the order in which they are reached from the
 * roots, so that two runs that differ only in when they collected have the same fingerprint. False: no memory. */
bool machine_fingerprint(Machine *machine, FingerprintKind kind, Fingerprint *fingerprint);

#endif
