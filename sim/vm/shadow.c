#include "vm/shadow.h"

#include <string.h>

/* Pages are in a list, too, because the table is long and mostly untouched. */
struct ShadowPage {
    Tag tags[SHADOW_PAGE_TAGS]; /* what the table points at */
    uint64_t number;            /* its place in the table */
    ShadowPage *next, **link;
};

static Tag *add_page(Shadow *shadow, uint64_t number)
{
    const Memory *memory = shadow->memory;
    ShadowPage *page = memory->resize(memory->context, NULL, 0, sizeof *page);
    if (!page) {
        shadow->no_memory = true;
        return NULL;
    }
    *page = (ShadowPage){.number = number, .next = shadow->first, .link = &shadow->first};
    if (page->next) {
        page->next->link = &page->next;
    }
    shadow->first = page;
    shadow->pages[number] = page->tags;
    return page->tags;
}

static void free_page(Shadow *shadow, ShadowPage *page)
{
    *page->link = page->next;
    if (page->next) {
        page->next->link = page->link;
    }
    shadow->pages[page->number] = NULL;
    shadow->memory->resize(shadow->memory->context, page, sizeof *page, 0);
}

static Tag **new_table(const Memory *memory, uint64_t count)
{
    size_t size = (size_t)count * sizeof(Tag *);
    if (memory->zeroed) {
        return memory->zeroed(memory->context, size);
    }
    Tag **table = memory->resize(memory->context, NULL, 0, size);
    return table ? memset(table, 0, size) : NULL;
}

Shadow *shadow_create(const Memory *memory, uint64_t block_bytes)
{
    Shadow *shadow = memory->resize(memory->context, NULL, 0, sizeof *shadow);
    if (!shadow) {
        return NULL;
    }
    *shadow = (Shadow){.memory = memory, .page_count = (block_bytes >> SHADOW_PAGE_SHIFT) + 1};
    shadow->pages = new_table(memory, shadow->page_count);
    if (!shadow->pages) {
        memory->resize(memory->context, shadow, sizeof *shadow, 0);
        return NULL;
    }
    return shadow;
}

void shadow_reset(Shadow *shadow)
{
    while (shadow->first) {
        free_page(shadow, shadow->first);
    }
}

void shadow_free(Shadow *shadow)
{
    if (!shadow) {
        return;
    }
    shadow_reset(shadow);
    const Memory *memory = shadow->memory;
    memory->resize(memory->context, shadow->pages, (size_t)shadow->page_count * sizeof(Tag *), 0);
    memory->resize(memory->context, shadow, sizeof *shadow, 0);
}

void shadow_set_slowly(Shadow *shadow, uint64_t at, Tag tag)
{
    Tag *page = add_page(shadow, at >> SHADOW_PAGE_SHIFT);
    if (page) {
        page[at % SHADOW_PAGE_BYTES / 8] = tag;
    }
}

static bool is_stack(const Shadow *shadow, uint64_t at)
{
    return at - shadow->stacks_start < shadow->stacks_end - shadow->stacks_start;
}

static Tag kept(const Shadow *shadow, uint64_t at, Tag tag)
{
    return shadow->keeps && shadow->keeps(shadow->context, at) ? tag | TAG_KEPT : tag;
}

static void copy_tag(Shadow *shadow, uint64_t to, uint64_t from, bool may_keep)
{
    Tag tag = shadow_get(shadow, from);
    if (tag && may_keep && !is_stack(shadow, to)) {
        tag = kept(shadow, to, tag);
    }
    shadow_set(shadow, to, tag);
}

/* Values that carry a tag lie at multiples of 8, wherever they are: they begin with a reference. A region that does not
 * is copied without. */
static void copy_tags(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes, bool may_keep)
{
    if (to == from || (to | from) % 8) {
        return;
    }
    uint64_t count = (bytes + 7) / 8;
    for (uint64_t i = 0; to < from && i < count; i++) {
        copy_tag(shadow, to + 8 * i, from + 8 * i, may_keep);
    }
    for (uint64_t i = count; to > from && i-- > 0;) {
        copy_tag(shadow, to + 8 * i, from + 8 * i, may_keep);
    }
}

static bool is_in_page(uint64_t at, uint64_t bytes)
{
    return at % SHADOW_PAGE_BYTES + bytes <= SHADOW_PAGE_BYTES;
}

static void free_if_empty(Shadow *shadow, uint64_t at)
{
    Tag *tags = shadow->pages[at >> SHADOW_PAGE_SHIFT];
    bool is_empty = tags != NULL;
    for (uint32_t i = 0; is_empty && i < SHADOW_PAGE_TAGS; i++) {
        is_empty = tags[i] == 0;
    }
    if (is_empty) {
        free_page(shadow, (ShadowPage *)(void *)tags);
    }
}

void shadow_copy_slowly(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes)
{
    enum { COPIES_BETWEEN_LOOKS = 1024 };
    if (++shadow->copies % COPIES_BETWEEN_LOOKS == 0) {
        free_if_empty(shadow, from);
        free_if_empty(shadow, to);
    }
    Tag *source = shadow->pages[from >> SHADOW_PAGE_SHIFT], *target = shadow->pages[to >> SHADOW_PAGE_SHIFT];
    bool is_simple = source && target && is_stack(shadow, to) && !((to | from) % 8) && is_in_page(from, bytes) &&
                     is_in_page(to, bytes);
    if (!is_simple) { /* from frame to frame is what happens most */
        copy_tags(shadow, to, from, bytes, true);
        return;
    }
    source += from % SHADOW_PAGE_BYTES / 8;
    target += to % SHADOW_PAGE_BYTES / 8;
    uint64_t count = (bytes + 7) / 8;
    if (count == 2) {
        uint64_t both;
        memcpy(&both, source, sizeof both);
        memcpy(target, &both, sizeof both);
    } else if (count == 3) {
        Tag last = source[2];
        uint64_t both;
        memcpy(&both, source, sizeof both);
        memcpy(target, &both, sizeof both);
        target[2] = last;
    } else {
        memmove(target, source, (size_t)count * sizeof *target);
    }
}

void shadow_move(Shadow *shadow, uint64_t to, uint64_t from, uint64_t bytes)
{
    uint64_t first = from >> SHADOW_PAGE_SHIFT, last = (from + bytes - 1) >> SHADOW_PAGE_SHIFT;
    while (first < last && !shadow->pages[first]) {
        first++;
    }
    if (!shadow->pages[first]) {
        return; /* what is moved to had no tags: it was free */
    }
    copy_tags(shadow, to, from, bytes, false);
}

void shadow_clear_slowly(Shadow *shadow, uint64_t at, uint64_t bytes)
{
    for (uint64_t end = at + bytes; at < end;) {
        uint64_t next = (at / SHADOW_PAGE_BYTES + 1) * SHADOW_PAGE_BYTES;
        next = next < end ? next : end;
        Tag *page = shadow->pages[at >> SHADOW_PAGE_SHIFT];
        uint64_t first = at % SHADOW_PAGE_BYTES / 8, count = (next - at + 7) / 8;
        for (uint64_t i = 0; page && i < count; i++) { /* a few, mostly */
            page[first + i] = 0;
        }
        at = next;
    }
}

void shadow_drop(Shadow *shadow, uint64_t start, uint64_t end)
{
    for (uint64_t at = start; shadow->first && at < end; at += SHADOW_PAGE_BYTES) {
        Tag *tags = shadow->pages[at >> SHADOW_PAGE_SHIFT];
        if (tags) {
            free_page(shadow, (ShadowPage *)(void *)tags);
        }
    }
}

void shadow_visit(const Shadow *shadow, void (*visit)(void *context, uint64_t at, Tag tag), void *context)
{
    for (const ShadowPage *page = shadow->first; page; page = page->next) {
        for (uint64_t k = 0; k < SHADOW_PAGE_TAGS; k++) {
            if (page->tags[k]) {
                visit(context, page->number * SHADOW_PAGE_BYTES + 8 * k, page->tags[k]);
            }
        }
    }
}

/* ---- copies ------------------------------------------------------------------------------------------------------ */

/* Only what is set: pages are mostly empty. */
typedef struct TagAt {
    uint64_t at;
    uint64_t tag;
} TagAt;

struct ShadowCopy {
    size_t count;
    TagAt tags[];
};

static void count_tag(void *context, uint64_t at, Tag tag)
{
    (void)at;
    (void)tag;
    ++*(size_t *)context;
}

static void keep_tag(void *context, uint64_t at, Tag tag)
{
    ShadowCopy *copy = context;
    copy->tags[copy->count++] = (TagAt){at, tag};
}

static size_t copy_size(size_t count)
{
    return sizeof(ShadowCopy) + count * sizeof(TagAt);
}

ShadowCopy *shadow_save(const Shadow *shadow)
{
    size_t count = 0;
    shadow_visit(shadow, count_tag, &count);
    ShadowCopy *copy = shadow->memory->resize(shadow->memory->context, NULL, 0, copy_size(count));
    if (copy) {
        copy->count = 0;
        shadow_visit(shadow, keep_tag, copy);
    }
    return copy;
}

bool shadow_restore(Shadow *shadow, const ShadowCopy *copy)
{
    shadow_reset(shadow);
    shadow->no_memory = false;
    for (size_t i = 0; i < copy->count; i++) {
        shadow_set(shadow, copy->tags[i].at, (Tag)copy->tags[i].tag);
    }
    return !shadow->no_memory;
}

void shadow_copy_free(const Memory *memory, ShadowCopy *copy)
{
    if (copy) {
        memory->resize(memory->context, copy, copy_size(copy->count), 0);
    }
}

size_t shadow_copy_bytes(const ShadowCopy *copy)
{
    return copy_size(copy->count);
}
