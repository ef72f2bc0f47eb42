#include "time/moment.h"

#include <string.h>

/* A piece of the block, or (at = BIRTHS) the list of births. Its pages follow those of the piece before. */
typedef struct MomentPiece {
    Piece piece;
    uint32_t first_page, page_count;
} MomentPiece;

struct Moment {
    const Memory *memory;
    size_t bytes; /* of this allocation */
    uint64_t used_end;
    Births births; /* counts only: `at` is in the last piece */
    bool has_births;
    bool failed; /* while it is made */
    uint32_t piece_count, page_count;
    MomentPiece *pieces;
    Page **pages;
};

/* ---- keeping ----------------------------------------------------------------------------------------------------- */

typedef struct Count {
    uint32_t pieces, pages;
} Count;

/* Pages begin where the block's pages begin: what an object lies on stays the same page while others come and go. */
static uint32_t pages_of(uint64_t at, uint64_t size)
{
    return size ? (uint32_t)((at + size - 1) / PAGE_BYTES - at / PAGE_BYTES + 1) : 0;
}

static void count_piece(void *context, Piece piece)
{
    Count *count = context;
    count->pieces++;
    count->pages += pages_of(piece.at, piece.size);
}

typedef struct Keeper {
    PageStore *store;
    Moment *moment;
    const uint8_t *block;
} Keeper;

static void keep_bytes(Keeper *keeper, Piece piece, const uint8_t *bytes)
{
    Moment *moment = keeper->moment;
    uint32_t count = pages_of(piece.at, piece.size);
    moment->pieces[moment->piece_count++] = (MomentPiece){piece, moment->page_count, count};
    for (uint64_t at = piece.at, end = piece.at + piece.size; at < end && !moment->failed;) {
        uint64_t next = (at / PAGE_BYTES + 1) * PAGE_BYTES;
        uint64_t stop = next < end ? next : end;
        Page *page = pages_hold(keeper->store, bytes + (at - piece.at), (uint32_t)(stop - at));
        moment->failed = !page;
        if (page) {
            moment->pages[moment->page_count++] = page;
        }
        at = stop;
    }
}

static void keep_piece(void *context, Piece piece)
{
    Keeper *keeper = context;
    if (!keeper->moment->failed) {
        keep_bytes(keeper, piece, keeper->block + piece.at);
    }
}

static Moment *moment_new(const Memory *memory, Count count)
{
    size_t bytes = sizeof(Moment) + count.pieces * sizeof(MomentPiece) + count.pages * sizeof(Page *);
    Moment *moment = memory->resize(memory->context, NULL, 0, bytes);
    if (moment) {
        *moment = (Moment){.memory = memory, .bytes = bytes};
        moment->pieces = (MomentPiece *)(void *)(moment + 1);
        moment->pages = (Page **)(void *)(moment->pieces + count.pieces);
    }
    return moment;
}

static void keep_births(Keeper *keeper, const Births *births)
{
    Moment *moment = keeper->moment;
    moment->has_births = true;
    moment->births = *births;
    moment->births.at = NULL;
    if (!moment->failed) {
        keep_bytes(keeper, (Piece){0, births->count * sizeof(Birth), false}, (const uint8_t *)births->at);
    }
}

Moment *moment_keep(PageStore *store, Machine *machine)
{
    Count count = {0};
    snapshot_visit(machine, count_piece, &count);
    if (machine->births) {
        count_piece(&count, (Piece){0, machine->births->count * sizeof(Birth), false});
    }
    Moment *moment = moment_new(store->memory, count);
    if (!moment) {
        return NULL;
    }
    moment->used_end = snapshot_used_end(machine);
    Keeper keeper = {store, moment, machine->block};
    snapshot_visit(machine, keep_piece, &keeper);
    if (machine->births) {
        keep_births(&keeper, machine->births);
    }
    if (moment->failed) {
        moment_free(store, moment);
        return NULL;
    }
    return moment;
}

void moment_free(PageStore *store, Moment *moment)
{
    if (!moment) {
        return;
    }
    for (uint32_t i = 0; i < moment->page_count; i++) {
        pages_release(store, moment->pages[i]);
    }
    moment->memory->resize(moment->memory->context, moment, moment->bytes, 0);
}

size_t moment_own_bytes(const Moment *moment)
{
    size_t bytes = moment->bytes;
    for (uint32_t i = 0; i < moment->page_count; i++) {
        if (moment->pages[i]->holders == 1) {
            bytes += sizeof(Page) + moment->pages[i]->size;
        }
    }
    return bytes;
}

/* ---- going back -------------------------------------------------------------------------------------------------- */

static void put(const Moment *moment, const MomentPiece *piece, uint8_t *to)
{
    for (uint32_t i = 0; i < piece->page_count; i++) {
        const Page *page = moment->pages[piece->first_page + i];
        memcpy(to, page->bytes, page->size);
        to += page->size;
    }
}

bool moment_restore(Machine *machine, const Moment *moment)
{
    Births *births = machine->births;
    if (moment->has_births && !births_resize(births, moment->births.count)) {
        return false;
    }
    uint32_t count = moment->piece_count - moment->has_births;
    snapshot_begin_restore(machine);
    for (uint32_t i = 0; i < count; i++) {
        put(moment, &moment->pieces[i], machine->block + moment->pieces[i].piece.at);
    }
    snapshot_end_restore(machine, moment->used_end);
    if (moment->has_births) {
        births->last_number = moment->births.last_number;
        births->seen = moment->births.seen;
        births->method = moment->births.method;
        births->pc = moment->births.pc;
        put(moment, &moment->pieces[count], (uint8_t *)births->at);
    }
    return true;
}
