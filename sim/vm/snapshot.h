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

/* Hash of the used bytes of the block, as they are: equal blocks have equal hashes. */
uint64_t machine_byte_hash(Machine *machine);

typedef struct Fingerprint { uint64_t low, high; } Fingerprint;
typedef enum FingerprintKind {
    FINGERPRINT_EXACT,     /* everything a program has done: counters and allocation tables too */
    FINGERPRINT_BEHAVIOUR, /* only what can matter for what it will do: for the explorer */
} FingerprintKind;
/* What the machine means rather than where it lies: objects count by the order in which they are reached from the
 * roots, so that two runs that differ only in when they collected have the same fingerprint. False: no memory. */
bool machine_fingerprint(Machine *machine, FingerprintKind kind, Fingerprint *fingerprint);

#endif
