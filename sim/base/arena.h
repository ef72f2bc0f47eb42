/* Arena: memory that is given back all at once.
 *
 * Every stage of the compiler allocates its results from an arena and never frees a single one. Running out of memory
 * is the one error that does not travel up as a value: an arena jumps to the place that was named as `exhausted` when
 * the stage was entered (docs/adr/0002), so that thousands of allocations need no check each. The stage that set the
 * place returns an ordinary error from there. */
#ifndef AWAITLAB_BASE_ARENA_H
#define AWAITLAB_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The memory the simulator may use; tests inject one that fails at the Nth call. `resize` is realloc's contract with
 * old size given; new_size 0 frees. Returns NULL when memory is exhausted. */
typedef struct Memory {
    void *context;
    void *(*resize)(void *context, void *pointer, size_t old_size, size_t new_size);
    /* Optional: `size` zeroed bytes, freed through `resize`. Pages that are never touched should cost nothing. */
    void *(*zeroed)(void *context, size_t size);
} Memory;

/* malloc, realloc and free of the C library. */
extern const Memory memory_default;

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    const Memory *memory;
    ArenaChunk *chunks; /* newest first */
    char *next;         /* first free byte of the newest chunk */
    char *limit;
    bool is_zero;       /* what is free of the newest chunk is zero already */
    size_t used;        /* bytes handed out so far */
    jmp_buf *exhausted; /* where to jump when memory runs out; NULL: arena_allocate returns NULL instead */
} Arena;

void arena_init(Arena *arena, const Memory *memory);
void arena_free(Arena *arena);

/* `size` zeroed bytes aligned to 16. Jumps to arena->exhausted when there is no memory (see above). */
void *arena_allocate(Arena *arena, size_t size);

/* A copy of `size` bytes. */
void *arena_copy(Arena *arena, const void *bytes, size_t size);

#define ARENA_NEW(arena, Type) ((Type *)arena_allocate((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_allocate_array((arena), (count), sizeof(Type)))
void *arena_allocate_array(Arena *arena, size_t count, size_t size);

/* Growing array in an arena: makes room for one more element; the old copy stays behind in the arena.
 * Use through ARENA_PUSH(arena, array, count, capacity, value). */
void *arena_grow(Arena *arena, void *array, size_t count, uint32_t *capacity, size_t element_size);
#define ARENA_PUSH(arena, array, count, capacity, value)                                                               \
    do {                                                                                                               \
        if ((count) == (capacity))                                                                                     \
            (array) = arena_grow((arena), (array), (count), &(capacity), sizeof *(array));                             \
        (array)[(count)++] = (value);                                                                                  \
    } while (0)

#endif
