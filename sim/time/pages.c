#define XXH_INLINE_ALL
#define XXH_NO_INLINE_HINTS 1 /* forced inlining fails without optimisation */
#define XXH_NO_STDLIB
#include <xxhash.h>

#include "time/pages.h"

#include <string.h>

void pages_init(PageStore *store, const Memory *memory)
{
    *store = (PageStore){.memory = memory};
}

static void *resize(const PageStore *store, void *pointer, size_t old_size, size_t new_size)
{
    return store->memory->resize(store->memory->context, pointer, old_size, new_size);
}

void pages_free(PageStore *store)
{
    if (store->buckets) {
        resize(store, store->buckets, store->bucket_count * sizeof(Page *), 0);
    }
    *store = (PageStore){.memory = store->memory};
}

static bool grow(PageStore *store)
{
    uint32_t count = store->bucket_count ? store->bucket_count * 2 : 1024;
    Page **buckets = resize(store, NULL, 0, count * sizeof(Page *));
    if (!buckets) {
        return false;
    }
    memset(buckets, 0, count * sizeof(Page *));
    for (uint32_t i = 0; i < store->bucket_count; i++) {
        for (Page *page = store->buckets[i], *next; page; page = next) {
            next = page->next;
            page->next = buckets[page->hash & (count - 1)];
            buckets[page->hash & (count - 1)] = page;
        }
    }
    store->bytes += (count - store->bucket_count) * sizeof(Page *);
    if (store->buckets) {
        resize(store, store->buckets, store->bucket_count * sizeof(Page *), 0);
    }
    store->buckets = buckets;
    store->bucket_count = count;
    return true;
}

Page *pages_hold(PageStore *store, const uint8_t *bytes, uint32_t size)
{
    if (store->page_count >= store->bucket_count && !grow(store)) {
        return NULL;
    }
    uint64_t hash = XXH3_64bits(bytes, size);
    Page **bucket = &store->buckets[hash & (store->bucket_count - 1)];
    for (Page *page = *bucket; page; page = page->next) {
        if (page->hash == hash && page->size == size && memcmp(page->bytes, bytes, size) == 0) {
            page->holders++;
            return page;
        }
    }
    Page *page = resize(store, NULL, 0, sizeof *page + size);
    if (!page) {
        return NULL;
    }
    *page = (Page){.next = *bucket, .hash = hash, .holders = 1, .size = size};
    memcpy(page->bytes, bytes, size);
    *bucket = page;
    store->page_count++;
    store->bytes += sizeof *page + size;
    return page;
}

void pages_release(PageStore *store, Page *page)
{
    if (--page->holders) {
        return;
    }
    Page **link = &store->buckets[page->hash & (store->bucket_count - 1)];
    while (*link != page) {
        link = &(*link)->next;
    }
    *link = page->next;
    store->page_count--;
    store->bytes -= sizeof *page + page->size;
    resize(store, page, sizeof *page + page->size, 0);
}
