/* The heap: regions of 256 KiB, each of one generation; objects are allocated by moving a pointer and move when
 * collected.
 *
 * A region's objects lie one after the other from its start to `used`, without gaps, so it can be walked. For every 8
 * KiB (a brick) it remembers where the first object starts: that is how the object around an interior pointer is found.
 * Large objects (85,000 bytes and more) have regions of their own, belong to generation 2 at once and never move. */
#ifndef AWAITLAB_VM_HEAP_H
#define AWAITLAB_VM_HEAP_H

#include "vm/machine.h"

enum { BRICKS = REGION_BYTES / BRICK_BYTES, NO_BRICK = 0xffff };

typedef enum RegionKind { REGION_FREE, REGION_SMALL, REGION_LARGE, REGION_LARGE_REST } RegionKind;

/* Row of AREA_REGIONS. */
typedef struct Region {
    uint8_t kind; /* RegionKind */
    uint8_t generation;
    uint8_t is_from;    /* only while collecting: its objects are being moved out */
    uint8_t is_scanned; /* only while collecting: a large object whose references have been followed */
    uint32_t next;      /* only while collecting: the next region that receives survivors, index + 1 */
    uint64_t used;      /* bytes; LARGE: of the whole object; LARGE_REST: how many regions before this one the object
                           starts */
    uint16_t bricks[BRICKS]; /* offset / 8 in the region of the first object that starts in the brick, or NO_BRICK */
} Region;

/* A weak handle: a number in WeakReference._taggedHandle. It does not keep the target alive, and is free again when the
 * WeakReference is gone. Row 0 is unused. */
typedef struct WeakHandle {
    Ref target;
    Ref owner;     /* the WeakReference, once a collection has met it */
    uint32_t next; /* free list */
    uint16_t in_use;
    uint16_t missed; /* collections that did not meet an owner: the program has not stored the handle yet, or it is
                        gone */
} WeakHandle;
enum { WEAK_MISSES = 3 };
/* Where a weak reference object keeps its handle, counted from its Ref; 0: it is none. */
uint32_t heap_weak_field(const Machine *machine, const RuntimeType *type);

/* An object with a finalizer, in the order of allocation. */
typedef struct FinalizerEntry {
    Ref object;
    uint32_t is_dead;  /* a collection found it unreachable; this table keeps it and what it refers to */
    uint32_t is_ready; /* an explicit GC.Collect came after that: GC.WaitForPendingFinalizers runs it */
} FinalizerEntry;

/* ---- regions ----------------------------------------------------------------------------------------------------- */

static inline Region *heap_regions(const Machine *machine)
{
    return machine_area(machine, AREA_REGIONS);
}
static inline uint64_t heap_start(const Machine *machine)
{
    return machine->state->areas[AREA_HEAP].offset;
}
static inline uint64_t region_start(const Machine *machine, uint32_t index)
{
    return heap_start(machine) + (uint64_t)index * REGION_BYTES;
}
/* Whether an address lies in the heap proper (not frozen, not a stack). */
static inline bool heap_contains(const Machine *machine, uint64_t at)
{
    return at - heap_start(machine) < (uint64_t)machine->state->region_count * REGION_BYTES;
}
static inline uint32_t region_index(const Machine *machine, uint64_t at)
{
    return (uint32_t)((at - heap_start(machine)) / REGION_BYTES);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/* Heap bytes of an object, header included. */
uint64_t heap_object_size(const Machine *machine, Ref ref);
/* The object that holds the byte at `at` (heap only), or 0. Works at any time, but not on objects being moved. */
Ref heap_object_around(const Machine *machine, uint64_t at);
/* 0, 1, 2; INT32_MAX for frozen objects, as GC.GetGeneration says. */
int32_t heap_generation(const Machine *machine, Ref ref);

/* Prepares an empty heap in the fresh block of machine_create. */
void heap_init(Machine *machine);
/* Writes what only the allocation pointer knows into the region table; afterwards regions can be walked. */
void heap_settle(Machine *machine);
/* Gives up the rest of the nursery's chunk, so that the next allocation takes the slow path (before a collection). */
void heap_close_chunk(Machine *machine);
/* A free region, or 0 when there is none; index + 1. */
uint32_t heap_take_region(Machine *machine, uint8_t generation);
void heap_free_region(Machine *machine, uint32_t index);
/* Remembers where an object that starts at offset `at` of a region lies. */
static inline void region_note_object(Region *region, uint64_t at)
{
    uint16_t *brick = &region->bricks[at / BRICK_BYTES];
    if (*brick == NO_BRICK)
        *brick = (uint16_t)(at / 8);
}

/* `size` zeroed bytes in the frozen area, method table set; uncounted. 0: full. */
Ref heap_allocate_frozen(Machine *machine, TypeId type, uint64_t size);

/* Bytes of live and not yet collected objects: GC.GetTotalMemory. */
int64_t heap_total_bytes(const Machine *machine);

/* Finalizers. Suppressing forgets the object; `heap_next_finalizable` takes the next ready one out of the table (0:
 * none). */
void heap_register_finalizer(Machine *machine, Ref ref);
void heap_suppress_finalizer(Machine *machine, Ref ref);
Ref heap_next_finalizable(Machine *machine);

/* Weak handles: index of a new one, 0 when the table is full. */
uint32_t heap_weak_new(Machine *machine, Ref target);
Ref heap_weak_get(const Machine *machine, uint32_t handle);
void heap_weak_set(Machine *machine, uint32_t handle, Ref target);
void heap_weak_free(Machine *machine, uint32_t handle);

#endif
