/* Pages: bytes of many moments, kept once.
 *
 * Most of a machine's memory is the same a thousand steps later. So what is kept is cut into pages of 4 KiB, and pages
 * with the same bytes are one. A page lives as long as somebody holds it. */
#ifndef AWAITLAB_TIME_PAGES_H
#define AWAITLAB_TIME_PAGES_H

#include "base/arena.h"

enum { PAGE_BYTES = 4096 };

typedef struct Page {
    struct Page *next; /* of the same hash bucket */
    uint64_t hash;
    uint32_t holders;
    uint32_t size; /* bytes, 1 to PAGE_BYTES */
    uint8_t bytes[];
} Page;

typedef struct PageStore {
    const Memory *memory;
    Page **buckets;
    uint32_t bucket_count; /* power of two, or 0 */
    uint32_t page_count;
    size_t bytes; /* of all pages and the table */
} PageStore;

void pages_init(PageStore *store, const Memory *memory);
void pages_free(PageStore *store); /* nobody may hold a page any more */

/* The page with these bytes, held once more; NULL: no memory. */
Page *pages_hold(PageStore *store, const uint8_t *bytes, uint32_t size);
void pages_release(PageStore *store, Page *page);

#endif
