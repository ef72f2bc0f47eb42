/* The heap: a row per object, one page at a time; or one object with its fields. */
#include <stdlib.h>
#include <string.h>

#include "view/pen.h"

static const char *state_word(SessionObjectState state)
{
    static const char *const words[] = {"live", "pooled", "garbage"};
    return words[state];
}

static Style state_style(SessionObjectState state)
{
    return state == OBJECT_POOLED ? STYLE_POOLED : state == OBJECT_GARBAGE ? STYLE_DEAD : STYLE_TEXT;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

typedef struct Columns {
    int name, bytes, state, born; /* widths; 0: left out */
} Columns;

static Columns columns_for(int width, const SessionHeap *heap)
{
    enum { WIDE = 56, WIDEST_NAME = 44, LEAST_NAME = 12 };
    Columns columns = {.bytes = 7, .state = 8, .born = width >= 90 ? 24 : 0};
    int longest = LEAST_NAME;
    for (uint32_t i = 0; i < heap->count; i++) {
        int length = text_columns(heap->objects[i].name, strlen(heap->objects[i].name));
        longest = length > longest ? length : longest;
    }
    int room = width - 2 - columns.bytes - columns.state - columns.born - (width >= WIDE ? 14 : 2);
    columns.name = longest < room ? longest : room > LEAST_NAME ? room : LEAST_NAME;
    columns.name = columns.name < WIDEST_NAME || width > 120 ? columns.name : WIDEST_NAME;
    return columns;
}

static void put_object(Pen *pen, const Columns *columns, const SessionObject *object, bool is_selected)
{
    const char *mark = object->is_new ? "+" : object->is_changed ? "*" : " ";
    Style style = object->is_new ? STYLE_NEW : object->is_changed ? STYLE_CHANGED : state_style(object->state);
    int row = pen->row;
    char bytes[40], born[120], digits[32];
    pen_put(pen, style, mark);
    pen_fit(pen, style, object->name, columns->name);
    snprintf(bytes, sizeof bytes, "%s B", number_text(object->bytes, digits));
    pen_fit_right(pen, STYLE_TEXT, bytes, columns->bytes + 1);
    pen_put(pen, STYLE_TEXT, " ");
    pen_fit(pen, state_style(object->state), state_word(object->state), columns->state);
    if (columns->born && object->born_step) {
        snprintf(born, sizeof born, "%s:%u step %llu", object->born_in, object->born_line,
                 (unsigned long long)object->born_step);
        pen_fit(pen, STYLE_NUMBER, born, columns->born);
        pen_put(pen, STYLE_TEXT, " ");
    }
    int room = pen->width - pen->column;
    if (room > 3) {
        pen_fit(pen, object->state == OBJECT_GARBAGE ? STYLE_DEAD : STYLE_VALUE, object->summary, room);
    }
    if (is_selected) {
        canvas_restyle(pen->canvas, row, 0, pen->width, STYLE_SELECTED);
    }
    pen_next(pen);
}

static void put_totals(Pen *pen, const PaneView *view, const SessionHeap *heap)
{
    const SessionMoment *moment = view->facts->moment;
    char a[32], b[32];
    pen_print(pen, STYLE_TITLE, " %s obj %s B live", number_text(heap->live, a), number_text(heap->live_bytes, b));
    if (heap->pooled) {
        pen_print(pen, STYLE_POOLED, ", %s pooled", number_text(heap->pooled, a));
    }
    if (heap->garbage) {
        pen_print(pen, STYLE_DEAD, ", %s garbage", number_text(heap->garbage, a));
    }
    pen_print(pen, moment->new_bytes ? STYLE_NEW : STYLE_TEXT, "  +%s B this step", number_text(moment->new_bytes, a));
    pen_next(pen);
}

static SessionHeapRequest request_for(const PaneView *view, int rows)
{
    const char *subject = view->subject ? view->subject : "";
    SessionHeapRequest request = {.first = view->scroll, .count = rows > 0 ? (uint32_t)rows : 300};
    request.only_new = strcmp(subject, "new") == 0;
    request.only_changed = strcmp(subject, "changed") == 0;
    request.only_live = strcmp(subject, "live") == 0;
    request.only_pooled = strcmp(subject, "pooled") == 0;
    request.only_garbage = strcmp(subject, "garbage") == 0;
    request.order = strcmp(subject, "size") == 0     ? HEAP_BY_SIZE
                    : strcmp(subject, "newest") == 0 ? HEAP_NEWEST_FIRST
                                                     : HEAP_BY_NUMBER;
    bool is_word = request.only_new || request.only_changed || request.only_live || request.only_pooled ||
                   request.only_garbage || request.order != HEAP_BY_NUMBER || strcmp(subject, "all") == 0;
    request.type = *subject && !is_word ? subject : NULL;
    return request;
}

static void draw_list(PaneView *view, Canvas *canvas)
{
    SessionHeap heap;
    int rows = view->height > 1 ? view->height - 1 : view->height;
    SessionHeapRequest request = request_for(view, rows);
    Pen pen = {.canvas = canvas, .width = view->width};
    if (session_heap(view->session, &request, &heap) != SESSION_OK) {
        return;
    }
    snprintf(view->title, sizeof view->title, "Heap  %s", view->subject ? view->subject : "all by number");
    Columns columns = columns_for(view->width, &heap);
    for (uint32_t i = 0; i < heap.count; i++) {
        bool is_selected = view->selects && view->selected == request.first + i;
        put_object(&pen, &columns, &heap.objects[i], is_selected);
        if (is_selected) {
            snprintf(view->choice, sizeof view->choice, "#%u", heap.objects[i].number);
        }
    }
    if (!heap.count) {
        pen_put(&pen, STYLE_HINT, view->subject ? " no such objects" : " no objects yet");
        pen_next(&pen);
    }
    if (request.first + heap.count < heap.matching && view->height == 0) {
        pen_print(&pen, STYLE_HINT, " ... %llu more", (unsigned long long)(heap.matching - request.first - heap.count));
        pen_next(&pen);
    }
    if (view->height > 1 && pen.row < view->height - 1) {
        pen.row = view->height - 1;
    }
    put_totals(&pen, view, &heap);
    view->total = heap.matching + 1;
    view->fixed = 1;
}

/* ---- one object -------------------------------------------------------------------------------------------------- */

static void put_field(Pen *pen, const SessionObjectField *field)
{
    char range[24];
    snprintf(range, sizeof range, "%u-%u", field->offset, field->offset + (field->size ? field->size : 1) - 1);
    pen_put(pen, STYLE_TEXT, field->old ? "*" : " ");
    pen_fit_right(pen, STYLE_NUMBER, range, 7);
    pen_print(pen, STYLE_TEXT, " %*s", (int)field->depth * 2, "");
    pen_put(pen, STYLE_TEXT, field->name);
    pen_to(pen, 32);
    pen_print(pen, field->old ? STYLE_CHANGED : STYLE_VALUE, " %s", field->value);
    if (field->old) {
        pen_print(pen, STYLE_CHANGED, "  was %s", field->old);
    }
    pen_next(pen);
}

static void draw_object(PaneView *view, Canvas *canvas)
{
    SessionObjectDetail detail;
    Pen pen = pen_at(view, canvas);
    if (session_object(view->session, (uint32_t)strtoul(view->subject + 1, NULL, 10), &detail) != SESSION_OK) {
        pen_print(&pen, STYLE_HINT, "no object %s here", view->subject);
        pen_next(&pen);
        return;
    }
    const SessionObject *object = &detail.object;
    snprintf(view->title, sizeof view->title, "%s", object->name);
    char digits[32];
    pen_print(&pen, state_style(object->state), "%s, %s B, generation %d", state_word(object->state),
              number_text(object->bytes, digits), object->generation);
    pen_next(&pen);
    if (object->born_step) {
        pen_print(&pen, STYLE_TEXT, "made at step %llu%s%s", (unsigned long long)object->born_step,
                  *object->born_in ? " in " : "", object->born_in);
        if (object->born_line) {
            pen_print(&pen, STYLE_TEXT, ", line %u", object->born_line);
        }
        pen_next(&pen);
    }
    pen_put(&pen, STYLE_NUMBER, "alive because of ");
    pen_fold(&pen, STYLE_TEXT, detail.why_alive, 4);
    for (uint32_t i = 0; i < detail.field_count; i++) {
        put_field(&pen, &detail.fields[i]);
    }
    if (!detail.field_count) {
        pen_fold(&pen, STYLE_VALUE, object->summary, 0);
    }
    view->total = pen_rows(&pen, view);
}

void pane_heap(PaneView *view, Canvas *canvas)
{
    bool is_object = view->subject && view->subject[0] == '#';
    if (is_object) {
        draw_object(view, canvas);
    } else {
        draw_list(view, canvas);
    }
}

void pane_pool(PaneView *view, Canvas *canvas)
{
    if (!view->subject) {
        view->subject = "pooled";
    }
    pane_heap(view, canvas);
    if (strcmp(view->subject, "pooled") == 0) {
        snprintf(view->title, sizeof view->title, "Pool");
    }
}
