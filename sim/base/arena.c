#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct ArenaChunk {
    ArenaChunk *older;
    size_t size; /* bytes of the whole chunk, this header included */
};

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024, ALIGNMENT = 16 };

static void *default_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, new_size);
}

static void *default_zeroed(void *context, size_t size)
{
    (void)context;
    return calloc(1, size);
}

const Memory memory_default = {NULL, default_resize, default_zeroed};

void arena_init(Arena *arena, const Memory *memory)
{
    memset(arena, 0, sizeof *arena);
    arena->memory = memory;
}

void arena_free(Arena *arena)
{
    ArenaChunk *chunk = arena->chunks;
    while (chunk) {
        ArenaChunk *older = chunk->older;
        arena->memory->resize(arena->memory->context, chunk, chunk->size, 0);
        chunk = older;
    }
    arena->chunks = NULL;
    arena->next = arena->limit = NULL;
    arena->used = 0;
}

static void *out_of_memory(Arena *arena)
{
    if (arena->exhausted)
        longjmp(*arena->exhausted, 1);
    return NULL;
}

/* Systems give large blocks that are zero already. Small ones are cleared piece by piece, as far as they are used. */
static void *new_bytes(Arena *arena, size_t size)
{
    const Memory *memory = arena->memory;
    arena->is_zero = memory->zeroed && size > 4 * FIRST_CHUNK;
    return arena->is_zero ? memory->zeroed(memory->context, size) : memory->resize(memory->context, NULL, 0, size);
}

static bool add_chunk(Arena *arena, size_t size)
{
    size_t header = (sizeof(ArenaChunk) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    size_t wanted = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    if (wanted > LARGEST_CHUNK)
        wanted = LARGEST_CHUNK;
    if (wanted < size + header)
        wanted = size + header;
    ArenaChunk *chunk = new_bytes(arena, wanted);
    if (!chunk)
        return false;
    chunk->older = arena->chunks;
    chunk->size = wanted;
    arena->chunks = chunk;
    arena->next = (char *)chunk + header;
    arena->limit = (char *)chunk + wanted;
    return true;
}

void *arena_allocate(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4)
        return out_of_memory(arena);
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(arena->limit - arena->next) < size && !add_chunk(arena, size))
        return out_of_memory(arena);
    void *result = arena->next;
    arena->next += size;
    arena->used += size;
    return arena->is_zero ? result : memset(result, 0, size);
}

void *arena_copy(Arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_allocate(arena, size);
    if (copy && size)
        memcpy(copy, bytes, size);
    return copy;
}

void *arena_allocate_array(Arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 8 / size)
        return out_of_memory(arena);
    return arena_allocate(arena, count * size);
}

void *arena_grow(Arena *arena, void *array, size_t count, uint32_t *capacity, size_t element_size)
{
    uint32_t wanted = *capacity ? *capacity * 2 : 4;
    void *larger = arena_allocate_array(arena, wanted, element_size);
    if (larger && count)
        memcpy(larger, array, count * element_size);
    *capacity = wanted;
    return larger;
}
