/* `why`: the step that last wrote a value. The run is searched backwards, stretch by stretch, for the last event before
 * which the bytes at its place were others. A protocol event is raised before its effect, and a statement before it
 * runs: so the cause is the event in front of the one at which the change is seen. */
#include "session_look.h"

#include <string.h>

enum { MOST_ITEMS = 5, MOST_BYTES = 64 };

/* One place that is followed. */
typedef struct WhyItem {
    const char *path; /* in the history's answers */
    const char *name;
    LookPlace place;
    uint32_t source; /* number of the source whose version it is; 0: it is a place */
    uint8_t bytes[MOST_BYTES];
    uint32_t size;
    bool is_known;   /* `bytes` are those at the last event at which it could be seen in this stretch */
    bool was_unset;  /* its declaration had not run yet, at the last event at which that could be seen */
    uint64_t seen;   /* number of the event at which a change was seen; 0: none */
    bool is_found;   /* `seen` is the answer */
    bool was_hidden; /* when this stretch began */
    uint64_t appeared, appeared_before; /* event at which it could be seen again, in a later stretch, with
                                         * `appeared_bytes`; as the stretches behind this one have left it; 0: none */
    uint8_t appeared_bytes[MOST_BYTES];
} WhyItem;

typedef struct Why {
    WhyItem items[MOST_ITEMS];
    uint32_t count;
    const char *expression;
    bool is_there;
    SessionWhy *rows;
} Why;

/* ---- what is followed -------------------------------------------------------------------------------------------- */

static const char *answer(Session *session, const char *path, const char *field)
{
    Text text;
    text_init(&text, &session->history->answers);
    text_adds(&text, path);
    if (field) {
        text_format(&text, ".%s", field);
    }
    return text.at;
}

static void add_item(Session *session, Why *why, const char *path)
{
    WhyItem *item = &why->items[why->count];
    *item = (WhyItem){.path = path, .name = path};
    if (look_place(session, path, &item->place)) {
        uint32_t size = program_type(session->program, item->place.type)->value_size;
        item->size = size < MOST_BYTES ? size : MOST_BYTES;
        why->count++;
    }
}

/* The version that the source of a ValueTask compares its token with. */
static void add_version(Session *session, Why *why, uint64_t at, TypeId type)
{
    const RuntimeField *object = value_field(program_type(session->program, type), "_obj");
    Ref source = object ? machine_read8(session->machine, at + object->offset) : 0;
    int16_t version;
    if (!source || value_is_task(session, source) || !value_version(session, source, &version)) {
        return;
    }
    Text name;
    text_init(&name, &session->history->answers);
    session_add_object_name(session, &name, source);
    text_adds(&name, " version");
    why->items[why->count++] = (WhyItem){
        .path = name.at,
        .name = name.at,
        .source = session_object_number(session, source),
        .size = sizeof version,
    };
}

static void find_items(Session *session, void *argument)
{
    static const char *const fields[] = {"_obj", "_token", "_result"};
    Why *why = argument;
    session->history->answers.exhausted = session->arena.exhausted;
    const char *path = answer(session, why->expression, NULL);
    add_item(session, why, path);
    why->is_there = why->count != 0;
    if (!why->is_there || !look_is_value_task(session, why->items[0].place.type)) {
        return;
    }
    uint64_t at = look_place_now(session, path, &why->items[0].place);
    for (uint32_t i = 0; at && at != LOOK_UNSET && i < sizeof fields / sizeof fields[0]; i++) {
        const RuntimeType *type = program_type(session->program, why->items[0].place.type);
        if (value_field(type, fields[i])) {
            add_item(session, why, answer(session, path, fields[i]));
        }
    }
    if (at && at != LOOK_UNSET) {
        add_version(session, why, at, why->items[0].place.type);
    }
}

/* ---- the search -------------------------------------------------------------------------------------------------- */

typedef enum Sight { HIDDEN, UNSET, SEEN } Sight;

/* The bytes of an item at this moment, references as numbers: the same object wherever it lies. */
static Sight read_item(Session *session, const WhyItem *item, uint8_t *bytes)
{
    int16_t version = 0;
    if (item->source) {
        Ref source = look_numbered(session, item->source);
        bool is_there = source && value_version(session, source, &version);
        memcpy(bytes, &version, sizeof version);
        return is_there ? SEEN : UNSET;
    }
    uint64_t at = look_place_now(session, item->path, &item->place);
    if (!at || at == LOOK_UNSET) {
        return at ? UNSET : HIDDEN;
    }
    memcpy(bytes, machine_at(session->machine, at), item->size);
    const RuntimeType *type = program_type(session->program, item->place.type);
    for (uint32_t i = 0; i < type->ref_count && !type->is_reference && type->ref_offsets[i] + 8 <= item->size; i++) {
        uint64_t number = session_object_number(session, machine_read8(session->machine, at + type->ref_offsets[i]));
        memcpy(bytes + type->ref_offsets[i], &number, sizeof number);
    }
    if (type->is_reference) {
        uint64_t number = session_object_number(session, machine_read8(session->machine, at));
        memcpy(bytes, &number, sizeof number);
    }
    return SEEN;
}

static void look_at_item(Session *session, WhyItem *item)
{
    uint8_t now[MOST_BYTES] = {0};
    uint64_t step = session->machine->state->steps;
    Sight sight = read_item(session, item, now);
    if (sight == UNSET) {
        item->was_unset = true;
        item->is_known = false;
        item->seen = 0;
    }
    if (sight != SEEN) {
        return;
    }
    if (item->was_unset || (item->is_known && memcmp(now, item->bytes, item->size) != 0)) {
        item->seen = step;
    } else if (!item->is_known && !item->appeared && item->was_hidden) {
        item->appeared = step; /* perhaps it was only out of sight: an earlier stretch will tell */
        memcpy(item->appeared_bytes, now, item->size);
    }
    memcpy(item->bytes, now, item->size);
    item->is_known = true;
    item->was_unset = false;
}

static void look_at_items(Session *session, void *argument)
{
    Why *why = argument;
    session->look.arena.exhausted = session->arena.exhausted;
    for (uint32_t i = 0; i < why->count; i++) {
        if (!why->items[i].is_found) {
            look_at_item(session, &why->items[i]);
        }
    }
}

/* Looking fills the arena of answers: here it has one of its own each time. */
static void look(Session *session, Why *why)
{
    Arena answers = session->look.arena;
    arena_init(&session->look.arena, &session->memory);
    session_guard(session, look_at_items, why);
    arena_free(&session->look.arena);
    session->look.arena = answers;
}

static void begin(Session *session, Scan *scan)
{
    Why *why = scan->context;
    for (uint32_t i = 0; i < why->count; i++) {
        WhyItem *item = &why->items[i];
        if (!item->is_found) {
            item->is_known = item->was_unset = item->was_hidden = false;
            item->seen = 0;
        }
    }
    look(session, why);
    for (uint32_t i = 0; i < why->count; i++) {
        why->items[i].was_hidden = !why->items[i].is_known && !why->items[i].is_found;
    }
}

static bool test(Session *session, Scan *scan, const EventCall *event)
{
    (void)event;
    look(session, scan->context);
    return false;
}

/* What this stretch says about an item, or what a later one has left open. */
static void judge(WhyItem *item, uint64_t appeared_before)
{
    bool was_other = appeared_before && item->is_known && memcmp(item->bytes, item->appeared_bytes, item->size) != 0;
    if (was_other) { /* it changed while it was out of sight */
        item->seen = appeared_before;
        item->is_found = true;
        return;
    }
    if (item->seen) {
        item->is_found = true;
    } else if (appeared_before && item->is_known) {
        item->appeared = 0; /* it was the same here already */
    }
}

static uint64_t end(Session *session, Scan *scan)
{
    (void)session;
    Why *why = scan->context;
    bool has_all = true;
    for (uint32_t i = 0; i < why->count; i++) {
        WhyItem *item = &why->items[i];
        if (!item->is_found) {
            judge(item, item->appeared_before);
            item->appeared_before = item->appeared;
        }
        has_all &= item->is_found;
    }
    return has_all;
}

/* The start has been reached: what has appeared at some time was made then. */
static void settle(Why *why)
{
    for (uint32_t i = 0; i < why->count; i++) {
        WhyItem *item = &why->items[i];
        if (!item->is_found && item->appeared) {
            item->seen = item->appeared;
            item->is_found = true;
        }
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

typedef struct Reading {
    const WhyItem *item;
    const char *text; /* NULL: it cannot be seen here */
} Reading;

static void read_text(Session *session, void *argument)
{
    Reading *reading = argument;
    const WhyItem *item = reading->item;
    Arena *arena = &session->history->answers;
    arena->exhausted = session->look.arena.exhausted = session->arena.exhausted;
    Text text;
    text_init(&text, arena);
    if (item->source) {
        int16_t version;
        Ref source = look_numbered(session, item->source);
        if (source && value_version(session, source, &version)) {
            text_format(&text, "%d", version);
            reading->text = text.at;
        }
        return;
    }
    uint64_t at = look_place_now(session, item->path, &item->place);
    if (at && at != LOOK_UNSET) {
        session_add_short_value(session, &text, item->place.type, at, LOOK_VALUE_LENGTH);
        reading->text = text.at;
    }
}

static const char *text_of(Session *session, const WhyItem *item)
{
    Reading reading = {item, NULL};
    session_guard(session, read_text, &reading);
    return reading.text;
}

static bool watch_cause(Session *session, void *context, uint32_t kind, Ref a, Ref b, int64_t n)
{
    SessionWhy *row = context;
    if (session->machine->state->steps == row->step) {
        history_make_event(session, &(EventCall){kind, a, b, n}, &session->history->answers, &row->event);
    }
    return false;
}

/* The last step before a change, and what was there before it. */
static void explain(Session *session, const WhyItem *item, SessionWhy *row)
{
    SessionHistory *history = session->history;
    if (!item->is_found) {
        return;
    }
    row->step = item->seen - 1;
    Timeline *timeline = &history->timeline;
    timeline->approaches = false;
    if (row->step && timeline_go(timeline, history_spot(history, row->step - 1)) == TIMELINE_ARRIVED) {
        history_set_watch(session, watch_cause, row);
        timeline_go(timeline, history_event_spot(history, row->step));
        history_set_watch(session, NULL, NULL);
    } else {
        timeline_go(timeline, history_event_spot(history, row->step));
    }
    row->old_value = text_of(session, item);
}

static void make_rows(Session *session, void *argument)
{
    Why *why = argument;
    session->history->answers.exhausted = session->arena.exhausted;
    why->rows = ARENA_ARRAY(&session->history->answers, SessionWhy, why->count + 1);
}

SessionStatus session_why(Session *session, const char *expression, const SessionWhy **rows, uint32_t *count)
{
    SessionHistory *history = session->history;
    *rows = NULL;
    *count = 0;
    if (!history || !history->is_begun) {
        return SESSION_NOT_FOUND;
    }
    history_empty_answers(session);
    Why why = {.expression = expression};
    if (!look_guard(session, find_items, &why) || !session_guard(session, make_rows, &why)) {
        return SESSION_NO_MEMORY;
    }
    if (!why.is_there) {
        return SESSION_NOT_FOUND;
    }
    for (uint32_t i = 0; i < why.count; i++) {
        why.rows[i].name = why.items[i].name;
        why.rows[i].value = text_of(session, &why.items[i]);
    }
    Leave leave;
    if (!history_leave(session, &leave)) {
        return SESSION_NO_MEMORY;
    }
    Scan scan = {.test = test, .begin = begin, .end = end, .context = &why, .with_present = true};
    TimelineResult result = history_search_back(session, &scan);
    bool is_stopped = result == TIMELINE_INTERRUPTED;
    session->stop_requested = false;
    settle(&why);
    for (uint32_t i = 0; i < why.count && !is_stopped; i++) {
        explain(session, &why.items[i], &why.rows[i]);
    }
    if (!history_come_back(session, &leave) || result == TIMELINE_NO_MEMORY || session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    *rows = why.rows;
    *count = why.count;
    return is_stopped ? SESSION_NOT_FOUND : SESSION_OK;
}
