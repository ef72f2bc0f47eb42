#include "view/timeline_bar.h"

#include <string.h>

typedef struct Bar {
    char text[BAR_WIDEST + 1];
    uint32_t cells;
    uint64_t end;
} Bar;

static uint32_t cell_of(const Bar *bar, uint64_t step)
{
    if (!step || !bar->end) {
        return 0;
    }
    uint64_t cell = (step - 1) * bar->cells / bar->end;
    return cell < bar->cells ? (uint32_t)cell : bar->cells - 1;
}

static char letter_of(uint8_t bits)
{
    return bits & BAR_ERROR ? '!' : bits & BAR_RESET ? 'R' : bits & BAR_COMPLETE ? 'C' : bits & BAR_AWAIT ? 'A' : '-';
}

static void fill_letters(Bar *bar, const PaneView *view)
{
    uint8_t bits[BAR_WIDEST] = {0};
    session_bar(view->session, bar->cells, bits);
    for (uint32_t i = 0; i < bar->cells; i++) {
        bar->text[i] = letter_of(bits[i]);
    }
}

static void fill_findings(Bar *bar, const PaneView *view)
{
    uint32_t count = session_finding_count(view->session);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t step = session_finding(view->session, i).place.step;
        if (step && step <= bar->end) {
            bar->text[cell_of(bar, step)] = '!';
        }
    }
}

static Bar make_bar(const PaneView *view, int width)
{
    const PaneFacts *facts = view->facts;
    Bar bar = {.end = facts->end};
    uint32_t room = width < 3 ? 1 : width > BAR_WIDEST ? BAR_WIDEST : (uint32_t)width;
    bar.cells = facts->end < room ? (uint32_t)(facts->end ? facts->end : 1) : room;
    memset(bar.text, '-', bar.cells);
    if (facts->end) {
        fill_letters(&bar, view);
        fill_findings(&bar, view);
    }
    uint32_t here = cell_of(&bar, facts->moment->step);
    bar.text[0] = 'S';
    if (bar.cells > 1 && !facts->is_open) {
        bar.text[bar.cells - 1] = 'E';
    }
    uint32_t known = cell_of(&bar, facts->seen);
    for (uint32_t i = (known > here ? known : here) + 1; facts->hides_future && i < bar.cells; i++) {
        bar.text[i] = '?';
    }
    return bar;
}

static Style style_of(const Bar *bar, uint32_t cell, uint32_t here)
{
    if (cell == here) {
        return STYLE_HERE;
    }
    switch (bar->text[cell]) {
    case '!':
        return STYLE_ERROR;
    case 'A':
        return STYLE_AWAIT;
    case 'C':
    case 'R':
        return STYLE_VALUE;
    case '-':
    case '?':
        return STYLE_DEAD;
    default:
        return STYLE_TITLE;
    }
}

void timeline_put_bar(Pen *pen, const PaneView *view, int width)
{
    Bar bar = make_bar(view, width - 2);
    uint32_t here = cell_of(&bar, view->facts->moment->step);
    pen_put(pen, STYLE_BORDER, "|");
    for (uint32_t i = 0; i < bar.cells; i++) {
        char text[2] = {i == here ? '*' : bar.text[i], 0};
        pen_put(pen, style_of(&bar, i, here), text);
    }
    pen_put(pen, STYLE_BORDER, view->facts->is_open ? ">" : "|");
}

void timeline_put_marks(Pen *pen, const PaneView *view, int width)
{
    const PaneFacts *facts = view->facts;
    int end = pen->column + width;
    for (uint32_t i = 0; i < facts->mark_count; i++) {
        char text[128];
        const PaneMark *mark = &facts->marks[i];
        if (facts->hides_future && mark->step > facts->moment->step) {
            continue;
        }
        snprintf(text, sizeof text, "%s%s=%llu", i ? "  " : "marks: ", mark->name, (unsigned long long)mark->step);
        if (pen->column + text_columns(text, strlen(text)) > end) {
            return;
        }
        pen_put(pen, STYLE_TEXT, text);
    }
}

bool timeline_put_findings(Pen *pen, const PaneView *view, int width)
{
    uint32_t count = session_finding_count(view->session);
    int end = pen->column + width;
    for (uint32_t i = 0; i < count; i++) {
        char text[48];
        snprintf(text, sizeof text, "%s%llu", i ? ", " : "! findings: step ",
                 (unsigned long long)session_finding(view->session, i).place.step);
        if (pen->column + (int)strlen(text) > end) {
            break;
        }
        pen_put(pen, STYLE_WARNING, text);
    }
    return count > 0;
}

/* ---- the pane ---------------------------------------------------------------------------------------------------- */

static void put_scale(Pen *pen, const PaneView *view, int width)
{
    enum { EVERY = 10 };
    uint64_t end = view->facts->end;
    if (view->facts->hides_future || !end) {
        return;
    }
    uint32_t cells = end < (uint64_t)(width - 2) ? (uint32_t)end : (uint32_t)(width - 2);
    for (uint32_t i = 0; i < cells; i += EVERY) {
        char text[32];
        snprintf(text, sizeof text, "%llu", (unsigned long long)(i * end / cells + 1));
        pen_to(pen, 1 + (int)i);
        pen_put(pen, STYLE_NUMBER, text);
    }
    pen_next(pen);
}

/* The steps around the present one. */
static void put_steps(Pen *pen, PaneView *view, int rows)
{
    uint64_t here = view->facts->moment->step, before = (uint64_t)rows / 2;
    uint64_t from = here > before ? here - before : 1, to = from + (uint64_t)rows - 1;
    const SessionStep *steps;
    uint32_t count;
    if (view->facts->hides_future && to > here) {
        to = here;
    }
    if (rows < 1 || session_steps(view->session, from, to, &steps, &count) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const SessionEvent *event = &steps[i].event;
        bool is_here = event->step == here;
        pen_put(pen, is_here ? STYLE_HERE : STYLE_TEXT, is_here ? ">" : " ");
        pen_print(pen, STYLE_NUMBER, "%6llu ", (unsigned long long)event->step);
        if (event->line) {
            pen_print(pen, STYLE_NUMBER, "T%u:%-4u ", event->thread, event->line);
        } else {
            pen_print(pen, STYLE_NUMBER, "T%u      ", event->thread);
        }
        int room = pen->width - pen->column;
        pen_fit(pen, is_here ? STYLE_TITLE : STYLE_TEXT, event->sentence, room);
        pen_next(pen);
    }
}

void pane_timeline(PaneView *view, Canvas *canvas)
{
    enum { USUAL_ROWS = 20 };
    const PaneFacts *facts = view->facts;
    Pen pen = {.canvas = canvas, .width = view->width};
    bool is_small = view->height > 0 && view->height < 6;
    if (!is_small) {
        put_scale(&pen, view, view->width);
    }
    timeline_put_bar(&pen, view, view->width);
    pen_next(&pen);
    pen_print(&pen, STYLE_TITLE, "you are here: %llu", (unsigned long long)facts->moment->step);
    if (!facts->hides_future) {
        pen_print(&pen, STYLE_TITLE, " of %llu", (unsigned long long)facts->end);
    }
    pen_put(&pen, STYLE_TEXT, "   ");
    timeline_put_marks(&pen, view, view->width - pen.column);
    pen_next(&pen);
    if (timeline_put_findings(&pen, view, view->width)) {
        pen_next(&pen);
    }
    pen_fold(&pen, STYLE_HINT, "S start  A await  C complete  R reset  ! refused or misused  * here  E end", 0);
    int rows = view->height > 0 ? view->height - pen.row : USUAL_ROWS;
    put_steps(&pen, view, rows);
}
