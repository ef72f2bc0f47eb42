/* What was allocated so far, type by type: the machine's own counts, made readable. */
#include "session_internal.h"

#include <string.h>

static void add_row(SessionStats *stats, SessionTypeStats *rows, const char *name, const TypeStats *type)
{
    stats->count += type->count;
    stats->bytes += type->bytes;
    for (uint32_t i = 0; i < stats->type_count; i++) {
        if (strcmp(rows[i].type, name) == 0) { /* two closed types that people call the same */
            rows[i].count += type->count;
            rows[i].bytes += type->bytes;
            return;
        }
    }
    rows[stats->type_count++] = (SessionTypeStats){name, type->count, type->bytes};
}

/* Most bytes first, then most objects, then by name: the same order every time. */
static bool comes_before(const SessionTypeStats *a, const SessionTypeStats *b)
{
    if (a->bytes != b->bytes) {
        return a->bytes > b->bytes;
    }
    return a->count != b->count ? a->count > b->count : strcmp(a->type, b->type) < 0;
}

static void sort_rows(SessionTypeStats *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        SessionTypeStats row = rows[i];
        uint32_t at = i;
        for (; at > 0 && comes_before(&row, &rows[at - 1]); at--) {
            rows[at] = rows[at - 1];
        }
        rows[at] = row;
    }
}

static bool make_room(Session *session, uint32_t count)
{
    if (count <= session->stats_capacity) {
        return true;
    }
    size_t old_size = session->stats_capacity * sizeof *session->stats_rows;
    SessionTypeStats *rows = session_resize(session, session->stats_rows, old_size, count * sizeof *rows);
    if (rows) {
        session->stats_rows = rows;
        session->stats_capacity = count;
    }
    return rows != NULL;
}

static void collect_rows(Session *session, void *argument)
{
    SessionStats *stats = argument;
    const Program *program = session->program;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const TypeStats *type = &session->machine->stats[i];
        if (type->count) {
            Text name;
            text_init(&name, &session->arena);
            session_add_type_name(&name, program->types[i]);
            add_row(stats, session->stats_rows, name.at, type);
        }
    }
    sort_rows(session->stats_rows, stats->type_count);
    stats->types = session->stats_rows;
}

SessionStatus session_stats(Session *session, SessionStats *stats)
{
    memset(stats, 0, sizeof *stats);
    if (!session->machine) {
        return SESSION_OK;
    }
    if (!make_room(session, session->program->type_count) || !session_guard(session, collect_rows, stats)) {
        return SESSION_NO_MEMORY;
    }
    const MachineState *state = session->machine->state;
    memcpy(stats->collections, state->collections, sizeof stats->collections);
    stats->suspensions = session->event_counts[EVENT_NUMBER_MethodSuspends];
    stats->steps = state->steps;
    stats->instructions = state->instructions;
    stats->clock = state->clock;
    return SESSION_OK;
}
