#include "view/screen.h"

#include <string.h>

#include "view/screen_internal.h"

/* ---- layouts ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int strip, prompt;
} layout_rows[LAYOUT_COUNT] = {
#define LAYOUT(id, name, strip, prompt, sentence) {name, strip, prompt},
#include "view/layout.def"
};

static const struct {
    LayoutId layout;
    int rows;
} row_rows[] = {
#define ROW(layout, rows) {LAYOUT_##layout, rows},
#include "view/layout.def"
};
enum { ROW_ROWS = sizeof row_rows / sizeof *row_rows };

static const struct {
    LayoutId layout;
    int row;
    PaneId pane;
    int share;
} cell_rows[] = {
#define CELL(layout, row, pane, share) {LAYOUT_##layout, row, PANE_##pane, share},
#include "view/layout.def"
};
enum { CELL_ROWS = sizeof cell_rows / sizeof *cell_rows };

const char *layout_name(LayoutId layout)
{
    return layout_rows[layout].name;
}

static int compare_ignoring_case(const char *a, const char *b)
{
    while (*a && (*a | 32) == (*b | 32)) {
        a++;
        b++;
    }
    return (*a | 32) - (*b | 32);
}

bool layout_find(const char *name, LayoutId *layout)
{
    for (int i = 0; i < LAYOUT_COUNT; i++) {
        if (compare_ignoring_case(layout_rows[i].name, name) == 0) {
            *layout = (LayoutId)i;
            return true;
        }
    }
    return false;
}

int layout_strip(LayoutId layout)
{
    return layout_rows[layout].strip;
}

int layout_prompt(LayoutId layout)
{
    return layout_rows[layout].prompt;
}

LayoutId screen_layout(const Screen *screen)
{
    enum { WIDE_COLUMNS = 120, WIDE_ROWS = 36 };
    bool is_wide = screen->width >= WIDE_COLUMNS && screen->height >= WIDE_ROWS;
    if (screen->has_chosen_layout && (screen->layout != LAYOUT_WIDE || is_wide)) {
        return screen->layout;
    }
    return is_wide ? LAYOUT_WIDE : screen->facts.lesson.count ? LAYOUT_LESSON : LAYOUT_COMPACT;
}

bool screen_is_small(const Screen *screen)
{
    enum { LEAST_COLUMNS = 60, LEAST_ROWS = 16 };
    return screen->width < LEAST_COLUMNS || screen->height < LEAST_ROWS;
}

/* A pane that has nothing to say gives its place to one that has. */
static PaneId pane_in(const Screen *screen, PaneId pane)
{
    return pane == PANE_OUTPUT && screen->facts.lesson.count ? PANE_LESSON : pane;
}

LayoutPlan layout_plan(const Screen *screen)
{
    LayoutPlan plan = {0};
    LayoutId layout = screen_layout(screen);
    const LayoutSizes *sizes = &screen->sizes[layout];
    for (int i = 0; i < ROW_ROWS; i++) {
        if (row_rows[i].layout == layout && plan.row_count < LAYOUT_ROWS_MOST) {
            LayoutRow *row = &plan.rows[plan.row_count];
            row->share = row_rows[i].rows * 10 + sizes->rows[plan.row_count];
            row->share = row->share > 1 ? row->share : 1;
            plan.row_count++;
        }
    }
    for (int i = 0; i < CELL_ROWS; i++) {
        if (cell_rows[i].layout != layout) {
            continue;
        }
        LayoutRow *row = &plan.rows[cell_rows[i].row];
        int share = cell_rows[i].share + sizes->cells[cell_rows[i].row][row->cell_count];
        row->cells[row->cell_count].pane = pane_in(screen, cell_rows[i].pane);
        row->cells[row->cell_count++].share = share > 5 ? share : 5;
    }
    return plan;
}

/* ---- what the user does ------------------------------------------------------------------------------------------ */

void screen_init(Screen *screen, int width, int height)
{
    *screen = (Screen){
        .width = width,
        .height = height,
        .title = "",
        .focus = PANE_SOURCE,
        .prompt = "",
        .typed = "",
        .hints = "",
        .slide = "",
    };
}

void screen_look(Screen *screen)
{
    pane_look(screen->session, &screen->facts, &screen->moment);
}

uint32_t screen_panes(const Screen *screen, PaneId panes[PANE_COUNT])
{
    LayoutPlan plan = layout_plan(screen);
    uint32_t count = 0;
    for (int i = 0; i < plan.row_count; i++) {
        for (int j = 0; j < plan.rows[i].cell_count && count < PANE_COUNT; j++) {
            panes[count++] = plan.rows[i].cells[j].pane;
        }
    }
    return count;
}

static uint32_t focus_index(const Screen *screen, const PaneId *panes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (panes[i] == screen->focus) {
            return i;
        }
    }
    return 0;
}

void screen_keep_focus(Screen *screen)
{
    PaneId panes[PANE_COUNT];
    uint32_t count = screen_panes(screen, panes);
    screen->focus = panes[focus_index(screen, panes, count)];
}

void screen_next_layout(Screen *screen)
{
    LayoutId layout = screen_layout(screen);
    do {
        layout = (LayoutId)((layout + 1) % LAYOUT_COUNT);
        screen->layout = layout;
        screen->has_chosen_layout = true;
    } while (screen_layout(screen) != layout); /* WIDE wants room */
    screen->is_zoomed = false;
    screen_keep_focus(screen);
}

void screen_focus_next(Screen *screen, int by)
{
    PaneId panes[PANE_COUNT];
    uint32_t count = screen_panes(screen, panes);
    uint32_t index = focus_index(screen, panes, count);
    screen->focus = panes[(index + count + (uint32_t)((int)count + by)) % count];
}

bool screen_focus_number(Screen *screen, uint32_t number)
{
    PaneId panes[PANE_COUNT];
    uint32_t count = screen_panes(screen, panes);
    if (number < 1 || number > count) {
        return false;
    }
    screen->focus = panes[number - 1];
    return true;
}

void screen_focus_pane(Screen *screen, PaneId pane)
{
    PaneId panes[PANE_COUNT];
    uint32_t count = screen_panes(screen, panes);
    screen->focus = pane;
    screen->is_zoomed |= panes[focus_index(screen, panes, count)] != pane;
}

void screen_resize_focus(Screen *screen, bool is_width, int percent)
{
    LayoutPlan plan = layout_plan(screen);
    LayoutSizes *sizes = &screen->sizes[screen_layout(screen)];
    for (int i = 0; i < plan.row_count; i++) {
        for (int j = 0; j < plan.rows[i].cell_count; j++) {
            if (plan.rows[i].cells[j].pane != screen->focus) {
                continue;
            }
            int *size = is_width ? &sizes->cells[i][j] : &sizes->rows[i];
            int grown = *size + percent;
            *size = grown < -60 ? -60 : grown > 200 ? 200 : grown;
        }
    }
}

void screen_reset_sizes(Screen *screen)
{
    screen->sizes[screen_layout(screen)] = (LayoutSizes){0};
}

static uint64_t moved(uint64_t at, int by, uint64_t total)
{
    if (by < 0) {
        uint64_t back = (uint64_t)-by;
        return at > back ? at - back : 0;
    }
    uint64_t last = total ? total - 1 : 0;
    return at + (uint64_t)by < last ? at + (uint64_t)by : last;
}

void screen_scroll(Screen *screen, int by)
{
    PaneMemory *memory = &screen->panes[screen->focus];
    uint64_t room = memory->height > 0 ? (uint64_t)memory->height : 0;
    uint64_t total = memory->total > room ? memory->total - room + 1 : 1;
    bool is_from_end = screen->focus == PANE_SESSION || screen->focus == PANE_OUTPUT;
    memory->scroll = moved(memory->scroll, is_from_end ? -by : by, total);
}

void screen_select(Screen *screen, int by)
{
    bool selects = screen->focus == PANE_HEAP || screen->focus == PANE_POOL;
    PaneMemory *memory = &screen->panes[screen->focus];
    if (!selects || memory->subject[0] == '#') {
        screen_scroll(screen, by);
        return;
    }
    memory->selected = moved(memory->selected, by, memory->total ? memory->total - 1 : 0);
    uint64_t shown = memory->height > 1 ? (uint64_t)memory->height - 1 : 1;
    if (memory->selected < memory->scroll) {
        memory->scroll = memory->selected;
    } else if (memory->selected >= memory->scroll + shown) {
        memory->scroll = memory->selected - shown + 1;
    }
}
