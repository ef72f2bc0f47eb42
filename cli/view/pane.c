#include "view/pane.h"

#include <string.h>

#include "view/pen.h"

const PaneRow pane_rows[PANE_COUNT] = {
#define PANE(id, name, aliases, title, function, sentence) {name, aliases, title, function, sentence},
#include "view/pane.def"
};

static bool is_among(const char *words, const char *word, size_t length)
{
    for (const char *at = words; *at;) {
        size_t size = strcspn(at, " ");
        if (size == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += size + (at[size] == ' ');
    }
    return false;
}

bool pane_find(const char *name, size_t length, PaneId *pane)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        bool is_name = strlen(pane_rows[i].name) == length && memcmp(pane_rows[i].name, name, length) == 0;
        if (is_name || is_among(pane_rows[i].aliases, name, length)) {
            *pane = (PaneId)i;
            return true;
        }
    }
    return false;
}

void pane_draw(PaneId pane, PaneView *view, Canvas *canvas)
{
    snprintf(view->title, sizeof view->title, "%s", pane_rows[pane].title);
    view->total = view->fixed = 0;
    view->choice[0] = 0;
    pane_rows[pane].function(view, canvas);
}

/* By step, so that they can be gone through like slides. */
static void collect_marks(const Session *session, PaneFacts *facts)
{
    uint32_t count = session_mark_count(session);
    facts->mark_count = 0;
    for (uint32_t i = 0; i < count && facts->mark_count < PANE_MARKS_MOST; i++) {
        PaneMark mark;
        mark.name = session_mark_at(session, i, &mark.step);
        uint32_t at = facts->mark_count++;
        for (; at > 0 && facts->marks[at - 1].step > mark.step; at--) {
            facts->marks[at] = facts->marks[at - 1];
        }
        facts->marks[at] = mark;
    }
}

SessionStatus pane_look(Session *session, PaneFacts *facts, SessionMoment *moment)
{
    facts->moment = moment;
    if (!session) {
        *moment = (SessionMoment){.event = "", .sentence = "", .method = "", .source = ""};
        facts->end = facts->mark_count = 0;
        facts->is_open = true;
        return SESSION_OK;
    }
    SessionStatus status = session_look_begin(session);
    status = status == SESSION_OK ? session_moment(session, moment) : status;
    uint64_t end = session_history_end(session);
    facts->end = end > moment->step ? end : moment->step;
    facts->is_open = session_history_is_open(session);
    collect_marks(session, facts);
    return status;
}

static void put_title(const PaneView *view, ThemeId theme, bool colour, FILE *out)
{
    Canvas canvas;
    if (canvas_init(&canvas, view->width, 1)) {
        canvas_put(&canvas, 0, 0, view->width, STYLE_TITLE, view->title, strlen(view->title));
        if (colour) {
            canvas_to_ansi(&canvas, theme, out);
        } else {
            canvas_to_text(&canvas, out);
        }
    }
    canvas_free(&canvas);
}

bool pane_print(PaneId pane, Session *session, const PaneFacts *facts, const char *subject, int width, bool ascii,
                ThemeId theme, bool colour, FILE *out)
{
    enum { LONGEST = 400 };
    PaneFacts all = *facts;
    SessionMoment moment;
    Canvas canvas;
    bool is_right = pane_look(session, &all, &moment) == SESSION_OK && canvas_init(&canvas, width, 0);
    if (!is_right) {
        return false;
    }
    PaneView view = {.session = session, .facts = &all, .subject = subject, .width = width, .ascii = ascii};
    pane_draw(pane, &view, &canvas);
    canvas.height = canvas.height < LONGEST ? canvas.height : LONGEST;
    put_title(&view, theme, colour, out);
    if (colour) {
        canvas_to_ansi(&canvas, theme, out);
    } else {
        canvas_to_text(&canvas, out);
    }
    is_right = !canvas.has_failed;
    canvas_free(&canvas);
    return is_right;
}
