/* `diff`: what is different at one position from another. At each of them the facts are noted, a name and a value each,
 * as the record of the moment has them; then the two lists are compared. */
#include "session_look.h"

#include <string.h>

enum { MOST_OBJECTS = 2000 };

typedef enum FactKind { FACT_VARIABLE, FACT_OBJECT, FACT_FIELD, FACT_TASK } FactKind;

typedef struct Fact {
    FactKind kind;
    const char *name, *value;
    uint32_t object; /* FIELD: number of the object that it is of */
} Fact;

typedef struct Facts {
    Fact *at;
    uint32_t count, capacity;
    bool is_done;
} Facts;

/* ---- noting ------------------------------------------------------------------------------------------------------ */

static const char *keep(Session *session, const char *a, const char *dot, const char *b)
{
    Text text;
    text_init(&text, &session->history->answers);
    text_adds(&text, a);
    text_adds(&text, dot);
    text_adds(&text, b);
    return text.at ? text.at : "";
}

static void note(Session *session, Facts *facts, Fact fact)
{
    Arena *arena = &session->history->answers;
    ARENA_PUSH(arena, facts->at, facts->count, facts->capacity, fact);
}

static bool is_noted(const Facts *facts, const char *name)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->at[i].kind == FACT_VARIABLE && strcmp(facts->at[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Variables of the methods in progress, inner ones first: an outer one of the same name is told with its method. */
static void note_variables(Session *session, Facts *facts, const SessionFrames *frames)
{
    for (uint32_t i = 0; i < frames->count; i++) {
        const SessionFrame *frame = &frames->frames[i];
        for (uint32_t j = 0; j < frame->variable_count; j++) {
            const SessionVariable *variable = &frame->variables[j];
            bool is_hidden = is_noted(facts, variable->name);
            const char *name =
                is_hidden ? keep(session, frame->method, ": ", variable->name) : keep(session, variable->name, "", "");
            if (!is_hidden || !is_noted(facts, name)) {
                note(session, facts, (Fact){FACT_VARIABLE, name, keep(session, variable->value, "", ""), 0});
            }
        }
    }
}

static void note_object(Session *session, Facts *facts, const SessionObject *object)
{
    const char *name = keep(session, object->name, "", "");
    note(session, facts, (Fact){FACT_OBJECT, name, keep(session, object->summary, "", ""), object->number});
    SessionObjectDetail detail;
    if (session_object(session, object->number, &detail) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < detail.field_count; i++) {
        const SessionObjectField *field = &detail.fields[i];
        const char *path = keep(session, name, ".", field->name);
        note(session, facts, (Fact){FACT_FIELD, path, keep(session, field->value, "", ""), object->number});
    }
}

static void note_everything(Session *session, void *argument)
{
    Facts *facts = argument;
    session->history->answers.exhausted = session->arena.exhausted;
    SessionFrames frames;
    SessionHeap heap;
    SessionTasks tasks;
    bool has_stack = session_async_stack(session, &frames) == SESSION_OK && frames.count;
    if (has_stack || session_frames(session, 0, &frames) == SESSION_OK) {
        note_variables(session, facts, &frames);
    }
    SessionHeapRequest request = {.only_live = true, .count = MOST_OBJECTS};
    if (session_heap(session, &request, &heap) == SESSION_OK) {
        for (uint32_t i = 0; i < heap.count; i++) {
            if (heap.objects[i].number) {
                note_object(session, facts, &heap.objects[i]);
            }
        }
    }
    if (session_tasks(session, 0, MOST_OBJECTS, &tasks) == SESSION_OK) {
        for (uint32_t i = 0; i < tasks.count; i++) {
            const SessionTask *task = &tasks.tasks[i];
            note(session, facts,
                 (Fact){FACT_TASK, keep(session, task->name, "", ""), keep(session, task->status, "", ""),
                        task->number});
        }
    }
    facts->is_done = true;
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

typedef struct Comparison {
    Facts before, after;
    SessionChange *rows;
    uint32_t count, capacity;
} Comparison;

/* Both lists are in the same order as long as nothing has come or gone: the search goes on where the last one ended. */
static const Fact *find_fact(const Facts *facts, const Fact *wanted, uint32_t *from)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        uint32_t index = (*from + i) % facts->count;
        const Fact *fact = &facts->at[index];
        if (fact->kind == wanted->kind && fact->object == wanted->object && strcmp(fact->name, wanted->name) == 0) {
            *from = index + 1;
            return fact;
        }
    }
    return NULL;
}

static bool has_object(const Facts *facts, uint32_t number)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->at[i].kind == FACT_OBJECT && facts->at[i].object == number) {
            return true;
        }
    }
    return false;
}

static void add_change(Session *session, Comparison *all, SessionChange change)
{
    Arena *arena = &session->history->answers;
    ARENA_PUSH(arena, all->rows, all->count, all->capacity, change);
}

static void compare_fact(Session *session, Comparison *all, const Fact *fact, const Fact *old)
{
    static const SessionChangeKind kinds[] = {CHANGE_VARIABLE, CHANGE_BORN, CHANGE_FIELD, CHANGE_TASK};
    bool is_object = fact->kind == FACT_OBJECT;
    if (is_object ? old != NULL : old && strcmp(old->value, fact->value) == 0) {
        return;
    }
    bool is_of_new_object = fact->kind == FACT_FIELD && !old && !has_object(&all->before, fact->object);
    if (!is_of_new_object) {
        add_change(session, all, (SessionChange){kinds[fact->kind], fact->name, old ? old->value : NULL, fact->value});
    }
}

static void compare(Session *session, void *argument)
{
    Comparison *all = argument;
    session->history->answers.exhausted = session->arena.exhausted;
    uint32_t from = 0;
    for (uint32_t i = 0; i < all->after.count; i++) {
        compare_fact(session, all, &all->after.at[i], find_fact(&all->before, &all->after.at[i], &from));
    }
    from = 0;
    for (uint32_t i = 0; i < all->before.count; i++) {
        const Fact *old = &all->before.at[i];
        if (old->kind == FACT_FIELD || old->kind == FACT_TASK || find_fact(&all->after, old, &from)) {
            continue;
        }
        SessionChangeKind kind = old->kind == FACT_OBJECT ? CHANGE_DIED : CHANGE_VARIABLE;
        add_change(session, all, (SessionChange){kind, old->name, old->value, NULL});
    }
}

/* ---- going there ------------------------------------------------------------------------------------------------- */

static TimelineResult note_position(Session *session, uint64_t position, Facts *facts)
{
    Timeline *timeline = &session->history->timeline;
    timeline->approaches = false;
    TimelineResult result = timeline_go(timeline, history_spot(session->history, position));
    if (result == TIMELINE_ARRIVED) {
        bool was_wanted = session->look.is_wanted;
        session_look_begin(session);
        session->look.is_wanted = was_wanted;
        session_guard(session, note_everything, facts);
    }
    return result;
}

SessionStatus session_diff(Session *session, uint64_t from, uint64_t to, const SessionChange **changes, uint32_t *count)
{
    SessionHistory *history = session->history;
    *changes = NULL;
    *count = 0;
    if (!history || !history->is_begun || from > history->end.step || to > history->end.step) {
        return SESSION_NOT_FOUND;
    }
    history_empty_answers(session);
    Comparison all = {.count = 0};
    Leave leave;
    if (!history_leave(session, &leave)) {
        return SESSION_NO_MEMORY;
    }
    session->look.has_before = false;
    TimelineResult result = note_position(session, from, &all.before);
    if (result == TIMELINE_ARRIVED) {
        result = note_position(session, to, &all.after);
    }
    session->look.heap_is_known = false;
    bool is_right = history_come_back(session, &leave) && all.before.is_done && all.after.is_done;
    session->stop_requested = false;
    if (!is_right || result != TIMELINE_ARRIVED || !session_guard(session, compare, &all)) {
        return SESSION_NO_MEMORY;
    }
    *changes = all.rows;
    *count = all.count;
    return SESSION_OK;
}
