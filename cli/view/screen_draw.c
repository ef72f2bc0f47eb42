/* Drawing a screen: dividing it among the parts, borders that meet, and the rows that are no panes. */
#include <string.h>

#include "view/pen.h"
#include "view/screen_internal.h"
#include "view/timeline_bar.h"

typedef struct Rect {
    int row, column, height, width;
} Rect;

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

static Pen pen_for(Canvas *canvas, int row, int column, int end)
{
    return (Pen){.canvas = canvas, .row = row, .column = column, .width = end};
}

/* ---- borders ----------------------------------------------------------------------------------------------------- */

/* Which way lines go from each cell; where frames touch they share lines, and the right corners come of themselves. */
typedef struct Lines {
    Canvas *canvas;
    bool ascii;
} Lines;

static unsigned directions_at(const Canvas *canvas, int row, int column, bool ascii)
{
    if (row < 0 || column < 0 || row >= canvas->height || column >= canvas->width) {
        return 0;
    }
    const Cell *cell = canvas_cell(canvas, row, column);
    for (unsigned i = 1; cell->style == STYLE_BORDER && i < 16 && !ascii; i++) {
        if (strcmp(cell->text, canvas_line_piece(i, false)) == 0) {
            return i;
        }
    }
    return 0;
}

static void add_lines(const Lines *lines, int row, int column, unsigned directions)
{
    unsigned all = directions | directions_at(lines->canvas, row, column, lines->ascii);
    const char *piece = canvas_line_piece(all, lines->ascii);
    bool joins = lines->ascii && row >= 0 && column >= 0 && row < lines->canvas->height &&
                 column < lines->canvas->width && canvas_cell(lines->canvas, row, column)->style == STYLE_BORDER;
    const char *there = joins ? canvas_cell(lines->canvas, row, column)->text : "";
    bool differs = joins && *there != ' ' && strcmp(there, piece) != 0;
    canvas_put(lines->canvas, row, column, column + 1, STYLE_BORDER, differs ? "+" : piece,
               strlen(differs ? "+" : piece));
}

/* A frame around the inside `rect`. */
static void draw_frame(const Lines *lines, Rect rect)
{
    int top = rect.row - 1, bottom = rect.row + rect.height, left = rect.column - 1, right = rect.column + rect.width;
    for (int column = left + 1; column < right; column++) {
        add_lines(lines, top, column, LINE_LEFT | LINE_RIGHT);
        add_lines(lines, bottom, column, LINE_LEFT | LINE_RIGHT);
    }
    for (int row = top + 1; row < bottom; row++) {
        add_lines(lines, row, left, LINE_UP | LINE_DOWN);
        add_lines(lines, row, right, LINE_UP | LINE_DOWN);
    }
    add_lines(lines, top, left, LINE_DOWN | LINE_RIGHT);
    add_lines(lines, top, right, LINE_DOWN | LINE_LEFT);
    add_lines(lines, bottom, left, LINE_UP | LINE_RIGHT);
    add_lines(lines, bottom, right, LINE_UP | LINE_LEFT);
}

static void draw_rule(const Lines *lines, int row, int width)
{
    for (int column = 0; column < width; column++) {
        add_lines(lines, row, column, LINE_LEFT | LINE_RIGHT);
    }
}

/* "[1 Source]", with the focus "[>1 Source<]": seen without colours, too. */
static void draw_title(const Screen *screen, Canvas *canvas, Rect rect, PaneId pane, uint32_t number, const char *title)
{
    char text[PANE_TITLE_BYTES + 16];
    bool has_focus = pane == screen->focus;
    const PaneMemory *memory = &screen->panes[pane];
    if (number) {
        snprintf(text, sizeof text, has_focus ? "[>%u %s<]" : "[%u %s]", number, title);
    } else {
        snprintf(text, sizeof text, has_focus ? "[>%s<]" : "[%s]", title);
    }
    Pen pen = pen_for(canvas, rect.row - 1, rect.column + 1, rect.column + rect.width - 1);
    int room = pen.width - pen.column, columns = text_columns(text, strlen(text));
    pen_fit(&pen, has_focus ? STYLE_FOCUS : STYLE_TITLE, text, columns < room ? columns : room);
    uint64_t below = memory->scroll + (uint64_t)at_least(rect.height - (int)memory->fixed, 0);
    uint64_t total = memory->total - memory->fixed;
    bool counts = pane != PANE_SOURCE && pane != PANE_SESSION && pane != PANE_OUTPUT;
    bool is_long = counts && memory->total > (uint64_t)at_least(rect.height, 0);
    if (is_long && pen.width - pen.column > 16) {
        char place[48];
        snprintf(place, sizeof place, "[%llu-%llu of %llu]", (unsigned long long)memory->scroll + 1,
                 (unsigned long long)(below < total ? below : total), (unsigned long long)total);
        pen_to(&pen, pen.width - (int)strlen(place) - 1);
        pen_put(&pen, STYLE_NUMBER, place);
    }
}

/* ---- panes ------------------------------------------------------------------------------------------------------- */

static PaneView view_of(Screen *screen, PaneId pane, int width, int height)
{
    PaneMemory *memory = &screen->panes[pane];
    return (PaneView){
        .session = screen->session,
        .facts = &screen->facts,
        .subject = memory->subject[0] ? memory->subject : NULL,
        .width = width,
        .height = height,
        .ascii = screen->ascii,
        .scroll = memory->scroll,
        .selected = memory->selected,
        .selects = pane == screen->focus && screen->is_single_key,
    };
}

/* The prompt at the bottom of the session pane, where the layout has one. */
static int draw_prompt(Screen *screen, Canvas *canvas, Rect rect);

/* Panes whose rows begin with a mark need no distance from the border. */
static bool has_marks(PaneId pane)
{
    return pane == PANE_SOURCE || pane == PANE_HEAP || pane == PANE_POOL || pane == PANE_TASKS || pane == PANE_STACK ||
           pane == PANE_VARIABLES || pane == PANE_THREADS;
}

static void draw_pane(Screen *screen, Canvas *canvas, PaneId pane, Rect rect, char title[PANE_TITLE_BYTES])
{
    PaneMemory *memory = &screen->panes[pane];
    Canvas inside;
    if (!has_marks(pane) && rect.column > 0) {
        rect.column++;
        rect.width--;
    }
    int prompt =
        pane == PANE_SESSION && layout_prompt(screen_layout(screen)) == 0 ? draw_prompt(screen, canvas, rect) : 0;
    int height = rect.height - prompt;
    snprintf(title, PANE_TITLE_BYTES, "%s", pane_rows[pane].title);
    if (height <= 0 || rect.width <= 0) {
        return;
    }
    if (!canvas_init(&inside, rect.width, height)) {
        canvas->has_failed = true;
        return;
    }
    PaneView view = view_of(screen, pane, rect.width, height);
    bool needs_session = pane != PANE_SESSION && pane != PANE_LESSON && pane != PANE_KEYS &&
                         !(pane == PANE_SOURCE && screen->facts.program.count);
    if (screen->session || !needs_session) {
        pane_draw(pane, &view, &inside);
        snprintf(title, PANE_TITLE_BYTES, "%s", view.title);
    }
    canvas_copy(canvas, rect.row, rect.column, rect.width, height, &inside, 0);
    canvas->has_failed |= inside.has_failed;
    canvas_free(&inside);
    memory->total = view.total;
    memory->fixed = view.fixed;
    memory->height = height;
    snprintf(memory->choice, sizeof memory->choice, "%s", view.choice);
}

/* Divides `space` by shares: what division leaves over goes to the first ones. */
static void divide(int space, const int *shares, int count, int *sizes)
{
    int total = 0, used = 0;
    for (int i = 0; i < count; i++) {
        total += shares[i];
    }
    for (int i = 0; i < count; i++) {
        sizes[i] = total ? space * shares[i] / total : 0;
        used += sizes[i];
    }
    for (int i = 0; used < space && count; i = (i + 1) % count) {
        sizes[i]++;
        used++;
    }
}

typedef struct Placed {
    PaneId pane;
    Rect rect;
} Placed;

static uint32_t place_panes(const Screen *screen, int top, int space, Placed *placed)
{
    LayoutPlan plan = layout_plan(screen);
    int shares[LAYOUT_ROWS_MOST] = {0}, heights[LAYOUT_ROWS_MOST] = {0};
    uint32_t count = 0;
    for (int i = 0; i < plan.row_count; i++) {
        shares[i] = plan.rows[i].share;
    }
    divide(at_least(space - plan.row_count - 1, 0), shares, plan.row_count, heights);
    int row = top + 1;
    for (int i = 0; i < plan.row_count; i++) {
        const LayoutRow *cells = &plan.rows[i];
        int widths[LAYOUT_CELLS_MOST] = {0}, cell_shares[LAYOUT_CELLS_MOST] = {0}, column = 1;
        for (int j = 0; j < cells->cell_count; j++) {
            cell_shares[j] = cells->cells[j].share;
        }
        divide(at_least(screen->width - cells->cell_count - 1, 0), cell_shares, cells->cell_count, widths);
        for (int j = 0; j < cells->cell_count; j++) {
            placed[count++] = (Placed){cells->cells[j].pane, {row, column, heights[i], widths[j]}};
            column += widths[j] + 1;
        }
        row += heights[i] + 1;
    }
    return count;
}

static void draw_panes(Screen *screen, Canvas *canvas, int top, int space)
{
    Placed placed[PANE_COUNT];
    char titles[PANE_COUNT][PANE_TITLE_BYTES];
    Lines lines = {canvas, screen->ascii};
    uint32_t count = place_panes(screen, top, space, placed);
    for (uint32_t i = 0; i < count; i++) {
        draw_frame(&lines, placed[i].rect);
    }
    for (uint32_t i = 0; i < count; i++) {
        draw_pane(screen, canvas, placed[i].pane, placed[i].rect, titles[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        draw_title(screen, canvas, placed[i].rect, placed[i].pane, i + 1, titles[i]);
    }
}

/* One pane over the whole width, without borders at its sides: what is selected with a mouse is clean. */
static void draw_zoomed(Screen *screen, Canvas *canvas, int top, int space)
{
    char title[PANE_TITLE_BYTES];
    Rect rect = {top + 1, 0, at_least(space - 1, 0), screen->width};
    Lines lines = {canvas, screen->ascii};
    if (space < 1) {
        return;
    }
    draw_rule(&lines, top, screen->width);
    draw_pane(screen, canvas, screen->focus, rect, title);
    draw_title(screen, canvas, rect, screen->focus, 0, title);
}

/* ---- the head line ----------------------------------------------------------------------------------------------- */

typedef struct Count {
    uint32_t errors, others;
} Count;

static Count count_findings(const Screen *screen)
{
    Count count = {0, 0};
    uint32_t all = screen->session ? session_finding_count(screen->session) : 0;
    for (uint32_t i = 0; i < all; i++) {
        bool is_error = session_finding(screen->session, i).severity == FINDING_ERROR;
        count.errors += is_error;
        count.others += !is_error;
    }
    return count;
}

static void put_findings(Pen *pen, const Screen *screen)
{
    Count count = count_findings(screen);
    if (count.errors) {
        pen_put(pen, STYLE_HEAD, "  ");
        pen_print(pen, STYLE_ERROR, "! %u error%s", count.errors, count.errors == 1 ? "" : "s");
    } else if (count.others) {
        pen_put(pen, STYLE_HEAD, "  ");
        pen_print(pen, STYLE_WARNING, "! %u warning%s", count.others, count.others == 1 ? "" : "s");
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Position first, then the rest as far as there is room: `detail` 0 says most. */
static void put_head(Pen *pen, const Screen *screen, int detail)
{
    const SessionMoment *moment = &screen->moment;
    char a[32], b[32];
    pen_print(pen, STYLE_HEAD, " %s  step ", *screen->title ? base_name(screen->title) : "awaitlab");
    pen_print(pen, STYLE_HEAD, "%llu", (unsigned long long)moment->step);
    if (!screen->facts.hides_future && screen->facts.end) {
        pen_print(pen, STYLE_HEAD, "/%llu", (unsigned long long)screen->facts.end);
    }
    if (moment->thread) {
        pen_print(pen, STYLE_HEAD, "  T%u", moment->thread);
    }
    if (detail < 2) {
        pen_print(pen, STYLE_HEAD, "  heap %s obj %s B", number_text(moment->objects, a),
                  number_text(moment->bytes, b));
    }
    if (detail < 1 && moment->clock) {
        pen_print(pen, STYLE_HEAD, "  t=%s", time_text(moment->clock, a));
    }
    if (moment->is_over) {
        pen_put(pen, STYLE_HEAD, "  over");
    }
    put_findings(pen, screen);
}

static void draw_head(const Screen *screen, Canvas *canvas)
{
    enum { LEAST_DETAIL = 2 };
    const char *mode = screen->is_single_key ? "KEYS" : screen->is_zoomed ? "ZOOM" : layout_name(screen_layout(screen));
    char name[32];
    snprintf(name, sizeof name, "[%s]", screen_is_small(screen) ? "SMALL" : mode);
    int start = screen->width - (int)strlen(name) - 1;
    Pen pen = pen_for(canvas, 0, 0, screen->width);
    for (int detail = 0; detail <= LEAST_DETAIL; detail++) {
        pen.column = 0;
        put_head(&pen, screen, detail);
        if (pen.column < start) {
            break;
        }
    }
    bool fits = pen.column < start;
    while (pen.column < (fits ? start : screen->width)) {
        pen_put(&pen, STYLE_HEAD, " ");
    }
    if (fits) {
        pen_print(&pen, STYLE_HEAD, "%s ", name);
    }
}

/* ---- the strip --------------------------------------------------------------------------------------------------- */

static void put_event(Pen *pen, const Screen *screen)
{
    const SessionMoment *moment = &screen->moment;
    pen_put(pen, STYLE_TITLE, " What happened: ");
    if (!moment->has_started) {
        pen_put(pen, STYLE_HINT, "nothing yet");
    } else {
        pen_fit(pen, STYLE_TEXT, moment->step ? moment->sentence : "nothing yet: the program stands at its start",
                pen->width - pen->column);
    }
}

/* The newest finding by this step; its rule, place and message. */
static void put_finding(Pen *pen, const Screen *screen)
{
    uint32_t count = screen->session ? session_finding_count(screen->session) : 0;
    if (!count) {
        pen_put(pen, STYLE_HINT, " no findings so far");
        return;
    }
    SessionFinding finding = session_finding(screen->session, count - 1);
    const char *word = finding.severity == FINDING_ERROR     ? "error"
                       : finding.severity == FINDING_WARNING ? "warning"
                                                             : "note";
    pen_put(pen, STYLE_TEXT, " ");
    pen_put(pen, finding.severity == FINDING_ERROR ? STYLE_ERROR : STYLE_WARNING, word);
    pen_print(pen, STYLE_TITLE, " %s %s", finding.code, finding.slug);
    if (finding.place.line) {
        pen_print(pen, STYLE_TEXT, " %u:%u", finding.place.line, finding.place.column);
    }
    pen_put(pen, STYLE_TEXT, "  ");
    pen_fit(pen, STYLE_TEXT, finding.message, pen->width - pen->column - 1);
}

static void put_time(Pen *pen, Screen *screen)
{
    PaneView view = view_of(screen, PANE_TIMELINE, screen->width, 1);
    char here[48];
    snprintf(here, sizeof here, "  you are here: %llu", (unsigned long long)screen->moment.step);
    int rest = (int)strlen(here) + (screen->facts.mark_count ? 24 : 0);
    pen_put(pen, STYLE_TEXT, " ");
    if (screen->session) {
        timeline_put_bar(pen, &view, screen->width - rest - 3);
        pen_put(pen, STYLE_TITLE, here);
        pen_put(pen, STYLE_TEXT, "  ");
        timeline_put_marks(pen, &view, screen->width - pen->column);
    }
}

static void draw_strip(Screen *screen, Canvas *canvas, int row, int rows)
{
    Pen pen = pen_for(canvas, row, 0, screen->width);
    bool is_lesson = screen_layout(screen) == LAYOUT_LESSON && !screen->is_zoomed;
    if (is_lesson) {
        pen_put(&pen, STYLE_TITLE, " ");
        pen_fit(&pen, STYLE_TEXT, screen->check ? screen->check : "", screen->width - 1);
        pen_next(&pen);
        put_time(&pen, screen);
        return;
    }
    if (rows >= 2) {
        put_event(&pen, screen);
        pen_next(&pen);
    }
    if (rows >= 3) {
        put_finding(&pen, screen);
        pen_next(&pen);
    }
    put_time(&pen, screen);
}

/* ---- the prompt -------------------------------------------------------------------------------------------------- */

/* Rows that prompt and typed text take, and where the cursor is among them. */
static int measure_prompt(const Screen *screen, int width, int *cursor_row, int *cursor_column)
{
    int prompt = text_columns(screen->prompt, strlen(screen->prompt));
    int before = prompt + text_columns(screen->typed, screen->typed_cursor);
    int all = prompt + text_columns(screen->typed, strlen(screen->typed));
    width = at_least(width, 1);
    *cursor_row = before / width;
    *cursor_column = before % width;
    return (all > before ? all - 1 : before) / width + 1;
}

/* Draws the text over several rows, if it needs them; at the bottom of `rect`. Returns the rows taken. */
static int draw_prompt(Screen *screen, Canvas *canvas, Rect rect)
{
    int cursor_row, cursor_column;
    int rows = measure_prompt(screen, rect.width, &cursor_row, &cursor_column);
    int first = rect.row + rect.height - rows;
    Canvas line;
    if (rect.height <= 0 || rect.width <= 0) {
        return 0;
    }
    /* The row with the cursor is seen, even if there is no room for the first ones. */
    int hidden = first < rect.row ? rect.row - first : 0;
    hidden = hidden < cursor_row ? hidden : cursor_row;
    screen->cursor_row = (hidden ? rect.row : first) + cursor_row - hidden;
    screen->cursor_column = rect.column + cursor_column;
    if (!canvas_init(&line, rect.width * rows, 1)) {
        canvas->has_failed = true;
        return 0;
    }
    Pen pen = pen_for(&line, 0, 0, line.width);
    pen_put(&pen, STYLE_PROMPT, screen->prompt);
    pen_put(&pen, STYLE_TEXT, screen->typed);
    if (!*screen->typed && rows == 1 && rect.width - pen.column > 20) {
        pen_put(&pen, screen->note ? STYLE_WARNING : STYLE_HINT, screen->note ? " " : "  ");
        pen_fit(&pen, screen->note ? STYLE_WARNING : STYLE_HINT, screen->note ? screen->note : screen->hints,
                rect.width - pen.column);
    }
    for (int i = hidden; i < rows; i++) {
        int row = (hidden ? rect.row : first) + i - hidden;
        for (int column = 0; row < rect.row + rect.height && column < rect.width; column++) {
            const Cell *cell = canvas_cell(&line, 0, i * rect.width + column);
            canvas_put(canvas, row, rect.column + column, rect.column + rect.width, (Style)cell->style, cell->text,
                       strlen(cell->text));
        }
    }
    canvas_free(&line);
    return rows < rect.height ? rows : rect.height;
}

static void draw_session(Screen *screen, Canvas *canvas, int top, int rows)
{
    Rect rect = {top, 0, rows, screen->width};
    Canvas inside;
    int taken = draw_prompt(screen, canvas, rect);
    if (rows - taken < 1 || !canvas_init(&inside, screen->width, rows - taken)) {
        return;
    }
    PaneView view = view_of(screen, PANE_SESSION, screen->width, rows - taken);
    pane_draw(PANE_SESSION, &view, &inside);
    screen->panes[PANE_SESSION].total = view.total;
    screen->panes[PANE_SESSION].height = rows - taken;
    canvas_copy(canvas, top, 0, screen->width, rows - taken, &inside, 0);
    canvas_free(&inside);
}

/* ---- presenting -------------------------------------------------------------------------------------------------- */

enum { BANNER_ROWS = 6 };

static void draw_banner(const Screen *screen, Canvas *canvas)
{
    int column = screen_put_big_number(canvas, 0, 1, screen->moment.step, screen->ascii) + 2;
    Pen pen = pen_for(canvas, 0, column, screen->width - 1);
    pen_put(&pen, STYLE_BIG, *screen->slide ? screen->slide : base_name(screen->title));
    pen.row = 1;
    pen.column = column;
    if (screen->moment.line) {
        pen_print(&pen, STYLE_NUMBER, "%s:%u  thread %u", screen->moment.method, screen->moment.line,
                  screen->moment.thread);
    }
    pen.row = 2;
    pen.column = column;
    pen_fold(&pen, STYLE_TITLE, screen->moment.step ? screen->moment.sentence : "press Page Down to begin", column);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

typedef struct Heights {
    int head, panes, strip, rule, prompt;
} Heights;

static Heights divide_height(const Screen *screen)
{
    LayoutId layout = screen_layout(screen);
    Heights heights = {.head = screen->is_presenting ? BANNER_ROWS : 1, .strip = layout_strip(layout)};
    int height = screen->height, prompt = layout_prompt(layout);
    if (screen_is_small(screen)) {
        heights.head = height >= 4 && !screen->is_presenting;
        heights.strip = height >= 8;
        heights.prompt = height >= 6 ? 2 : 1;
        heights.panes = at_least(height - heights.head - heights.strip - heights.prompt, 0);
        return heights;
    }
    if (screen->is_presenting) {
        heights.prompt = 1;
    } else if (prompt == 0 && !screen->is_zoomed) {
        heights.prompt = 0;
    } else {
        prompt = prompt ? prompt : 5;
        heights.prompt = height >= 24 ? prompt + (height - 24) / 4 : height >= 20 ? 4 : 3;
        heights.rule = 1;
    }
    heights.panes = at_least(height - heights.head - heights.strip - heights.rule - heights.prompt, 0);
    return heights;
}

bool screen_pane_at(Screen *screen, int row, int column, PaneId *pane)
{
    Placed placed[PANE_COUNT];
    Heights heights = divide_height(screen);
    bool is_inside = row >= heights.head && row < heights.head + heights.panes;
    if (screen->is_zoomed || screen_is_small(screen)) {
        *pane = screen->focus;
        return is_inside;
    }
    uint32_t count = place_panes(screen, heights.head, heights.panes, placed);
    for (uint32_t i = 0; i < count; i++) {
        const Rect *rect = &placed[i].rect;
        if (row >= rect->row - 1 && row < rect->row + rect->height && column >= rect->column - 1 &&
            column < rect->column + rect->width) {
            *pane = placed[i].pane;
            return true;
        }
    }
    return false;
}

/* In the wide layout the strip stands between the panes and the row of hints. */
static void draw_hints(const Screen *screen, Canvas *canvas, int row)
{
    Pen pen = pen_for(canvas, row, 0, screen->width);
    pen_put(&pen, STYLE_TEXT, " ");
    pen_fit(&pen, STYLE_HINT, screen->hints, screen->width - 1);
}

void screen_draw(Screen *screen, Canvas *canvas)
{
    Heights heights = divide_height(screen);
    Lines lines = {canvas, screen->ascii};
    bool is_alone = screen->is_zoomed || screen_is_small(screen);
    int row = heights.head;
    canvas_clear(canvas);
    if (!is_alone) {
        screen_keep_focus(screen);
    }
    screen->cursor_row = screen->height - 1;
    screen->cursor_column = 0;
    if (screen->is_presenting && heights.head) {
        draw_banner(screen, canvas);
    } else if (heights.head) {
        draw_head(screen, canvas);
    }
    if (is_alone) {
        draw_zoomed(screen, canvas, row, heights.panes);
    } else {
        draw_panes(screen, canvas, row, heights.panes);
    }
    row += heights.panes;
    bool has_hints = !heights.prompt && heights.strip > 1;
    if (heights.strip) {
        draw_strip(screen, canvas, row, heights.strip - has_hints);
    }
    row += heights.strip;
    if (has_hints) {
        draw_hints(screen, canvas, row - 1);
    }
    if (heights.rule) {
        draw_rule(&lines, row, screen->width);
    }
    row += heights.rule;
    if (heights.prompt) {
        draw_session(screen, canvas, row, heights.prompt);
    }
}
