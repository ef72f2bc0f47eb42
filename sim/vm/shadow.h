/* The shadow: one number, a tag, for each 8 bytes of the block, kept beside it. The instruction loop copies tags
 * wherever it copies structs, and the collector when it moves objects, so a tag follows the bytes it was put on. What a
 * tag means is the business of whoever listens (watch/detector.h): the machine copies them and never looks at one.
 *
 * Tags change nothing that a program can see and are no part of the block. Only regions of more than 8 bytes carry
 * them: a reference alone has no tag. A tag is right when its bytes were written as a whole; whoever reads one compares
 * what it stands for with the bytes, because plain stores of single fields leave tags alone.
 *
 * Tags lie in pages that are made when something is tagged there. Most of a block never has one. */
#ifndef AWAITLAB_VM_SHADOW_H
#define AWAITLAB_VM_SHADOW_H

#include "base/arena.h"

typedef uint32_t Tag; /* 0: none */

enum {
    SHADOW_PAGE_SHIFT = 12, /* bytes of the block that a page is about */
    SHADOW_PAGE_BYTES = 1 << SHADOW_PAGE_SHIFT,
    SHADOW_PAGE_TAGS = SHADOW_PAGE_BYTES / 8,
    /* Set in a tag when it is copied to where a program keeps values: fields of its objects, elements of collections.
     * It stays set in what is copied from there. */
    TAG_KEPT = 1 << 30,
};

typedef struct ShadowPage ShadowPage;

typedef struct Shadow {
    const Memory *memory;
    Tag **pages; /* page_count of them; NULL: no tag there */
    uint64_t page_count;
    ShadowPage *first; /* of those there are */
    bool no_memory;    /* a tag was lost */
    uint32_t copies;   /* slow ones so far: now and then pages without a tag are looked for */
    /* Is `at`, a block offset outside of the stacks, a place where values are kept? */
    bool (*keeps)(void *context, uint64_t at);
    void *context;
    uint64_t stacks_start, stacks_end; /* block offsets */
} Shadow;

/* For a block of so many bytes. NULL: no memory. */
Shadow *shadow_create(const Memory *memory, uint64_t block_bytes);
void shadow_free(Shadow *shadow);
void shadow_reset(Shadow *shadow); /* no tags */

static inline Tag shadow_get(const Shadow *shadow, uint64_t at)
{
    const Tag *page = shadow->pages[at >> SHADOW_PAGE_SHIFT];
    return page ? page[at % SHADOW_PAGE_BYTES / 8] : 0;
}
void shadow_set_slowly(Shadow *shadow, uint64_t at, Tag tag); /* where there is no page yet */
static inline void shadow_set(Shadow *shadow, uint64_t at, Tag tag)
{
    Tag *page = shadow->pages[at >> SHADOW_PAGE_SHIFT];
    if (page)
        page[at % SHADOW_PAGE_BYTES / 8] = tag;
    else if (tag)
        shadow_set_slowly(shadow, at, tag);
}

/* What copying or clearing `bytes` bytes of the block does to their tags. The ranges may overlap. */
void shadow_copy_slowly(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes);
void shadow_clear_slowly(Shadow *shadow, uint64_t at, uint64_t bytes);
/* The same without TAG_KEPT: the collector moves what was there already. */
void shadow_move(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes);

static inline void shadow_copy(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes)
{
    Tag *const *pages = shadow->pages;
    uint64_t last = bytes - 1;
    if (__builtin_expect(pages[from >> SHADOW_PAGE_SHIFT] || pages[(from + last) >> SHADOW_PAGE_SHIFT] ||
                             pages[to >> SHADOW_PAGE_SHIFT] || pages[(to + last) >> SHADOW_PAGE_SHIFT] ||
                             bytes > SHADOW_PAGE_BYTES,
                         0)) {
        shadow_copy_slowly(shadow, to, from, bytes);
    }
}

static inline void shadow_clear(Shadow *shadow, uint64_t at, uint64_t bytes)
{
    Tag *const *pages = shadow->pages;
    if (__builtin_expect(pages[at >> SHADOW_PAGE_SHIFT] || pages[(at + bytes - 1) >> SHADOW_PAGE_SHIFT] ||
                             bytes > SHADOW_PAGE_BYTES,
                         0)) {
        shadow_clear_slowly(shadow, at, bytes);
    }
}

/* Gives up the pages of [start, end), whole pages: nothing is there any more. */
void shadow_drop(Shadow *shadow, uint64_t start, uint64_t end);

/* Calls `visit` for each tag that is set. */
void shadow_visit(const Shadow *shadow, void (*visit)(void *context, uint64_t at, Tag tag), void *context);

/* All tags as they are now, to go back to. NULL: no memory. */
typedef struct ShadowCopy ShadowCopy;
ShadowCopy *shadow_save(const Shadow *shadow);
bool shadow_restore(Shadow *shadow, const ShadowCopy *copy); /* false: no memory, and tags are missing */
void shadow_copy_free(const Memory *memory, ShadowCopy *copy);
size_t shadow_copy_bytes(const ShadowCopy *copy);

#endif
