/* The logical stack, and the variables of its methods. */
#include <string.h>

#include "view/pen.h"

static const char *state_words(const SessionFrame *frame, char text[64])
{
    if (!frame->is_async) {
        text[0] = 0;
    } else if (frame->state == -1) {
        snprintf(text, 64, "state -1: running");
    } else if (frame->state == -2) {
        snprintf(text, 64, "state -2: done");
    } else {
        snprintf(text, 64, "state %d: await", frame->state);
    }
    return text;
}

static void put_frame(Pen *pen, const SessionFrame *frame, uint32_t depth)
{
    char state[64];
    bool is_first = depth == 0;
    pen_put(pen, is_first ? STYLE_HERE : STYLE_TEXT, is_first ? ">" : " ");
    pen_print(pen, is_first ? STYLE_TITLE : STYLE_TEXT, "%s", frame->method);
    if (frame->line) {
        pen_print(pen, STYLE_NUMBER, " :%u", frame->line);
    }
    if (frame->thread) {
        pen_print(pen, STYLE_GOOD, " T%u", frame->thread);
    } else {
        pen_print(pen, STYLE_TEXT, " awaits %s", frame->awaits && *frame->awaits ? frame->awaits : "?");
    }
    if (*state_words(frame, state)) {
        pen_print(pen, STYLE_VALUE, "  %s", state);
    }
    if (frame->box) {
        pen_print(pen, STYLE_NUMBER, "  in %s", frame->box);
    }
    pen_next(pen);
}

void pane_stack(PaneView *view, Canvas *canvas)
{
    SessionFrames frames;
    Pen pen = pen_at(view, canvas);
    if (session_async_stack(view->session, &frames) != SESSION_OK) {
        return;
    }
    uint32_t shown = 0;
    for (uint32_t i = 0; i < frames.count; i++) {
        if (!frames.frames[i].is_typed) {
            put_frame(&pen, &frames.frames[i], shown++);
        }
    }
    if (!shown) {
        pen_put(&pen, STYLE_HINT, "no code of yours is in progress on this thread");
        pen_next(&pen);
    }
    view->total = pen_rows(&pen, view);
}

/* ---- variables --------------------------------------------------------------------------------------------------- */

static void put_variable(Pen *pen, const SessionVariable *variable, int name)
{
    Style style = variable->old ? STYLE_CHANGED : variable->is_set ? STYLE_VALUE : STYLE_DEAD;
    pen_put(pen, style, variable->old ? "*" : " ");
    pen_fit(pen, STYLE_TEXT, variable->name, name);
    char text[1200];
    snprintf(text, sizeof text, " = %s%s%s", variable->value, variable->old ? "  was " : "",
             variable->old ? variable->old : "");
    int room = pen->width - pen->column, columns = text_columns(text, strlen(text));
    pen_fit(pen, style, text, columns < room ? columns : room);
    pen_next(pen);
}

void pane_variables(PaneView *view, Canvas *canvas)
{
    SessionFrames frames;
    Pen pen = pen_at(view, canvas);
    if (session_async_stack(view->session, &frames) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < frames.count; i++) {
        const SessionFrame *frame = &frames.frames[i];
        int name = 4;
        for (uint32_t j = 0; j < frame->variable_count; j++) {
            int columns = text_columns(frame->variables[j].name, strlen(frame->variables[j].name));
            name = columns > name && columns < 24 ? columns : name;
        }
        pen_print(&pen, STYLE_TITLE, "%s", frame->method);
        pen_print(&pen, STYLE_NUMBER, frame->line ? " :%u" : "", frame->line);
        pen_next(&pen);
        for (uint32_t j = 0; j < frame->variable_count; j++) {
            put_variable(&pen, &frame->variables[j], name);
        }
    }
    if (!frames.count) {
        pen_put(&pen, STYLE_HINT, "no variables here: no code of yours is in progress");
        pen_next(&pen);
    }
    view->total = pen_rows(&pen, view);
}
