/* What the keys of the panes do. */
#include <stdlib.h>
#include <string.h>

#include "face.h"
#include "key.h"
#include "repl_lesson.h"

typedef void Action(Face *face, const char *argument);

static void do_line(Face *face, const char *line)
{
    char *copy = strdup(line); /* doing it may change what it is a copy of */
    if (copy) {
        face_take_line(face, copy);
        free(copy);
    }
}

/* ---- moves ------------------------------------------------------------------------------------------------------- */

static void do_repeat(Face *face, const char *argument)
{
    (void)argument;
    if (repl_lesson_player(face->repl)) { /* there Enter turns the page */
        do_line(face, "");
    } else if (face->last_move) {
        do_line(face, face->last_move);
    }
}

static const PaneMark *next_mark(const Face *face)
{
    const PaneFacts *facts = &face->screen.facts;
    for (uint32_t i = 0; i < facts->mark_count; i++) {
        if (facts->marks[i].step > face->screen.moment.step) {
            return &facts->marks[i];
        }
    }
    return NULL;
}

static const PaneMark *previous_mark(const Face *face)
{
    const PaneFacts *facts = &face->screen.facts;
    for (uint32_t i = facts->mark_count; i-- > 0;) {
        if (facts->marks[i].step < face->screen.moment.step) {
            return &facts->marks[i];
        }
    }
    return NULL;
}

static void go_to_step(Face *face, uint64_t step)
{
    char line[40];
    snprintf(line, sizeof line, "goto %llu", (unsigned long long)step);
    do_line(face, line);
}

static void note(Face *face, const char *text)
{
    snprintf(face->note, sizeof face->note, "%s", text);
}

static void do_mark_next(Face *face, const char *argument)
{
    (void)argument;
    const PaneMark *mark = next_mark(face);
    if (mark) {
        go_to_step(face, mark->step);
    } else {
        note(face, "no mark behind this step");
    }
}

static void do_mark_back(Face *face, const char *argument)
{
    (void)argument;
    const PaneMark *mark = previous_mark(face);
    if (mark) {
        go_to_step(face, mark->step);
    } else {
        note(face, "no mark before this step");
    }
}

static void do_clicker_next(Face *face, const char *argument)
{
    bool has_slides = face->screen.is_presenting && next_mark(face);
    if (has_slides) {
        do_mark_next(face, argument);
    } else {
        do_line(face, "step");
    }
}

static void do_clicker_back(Face *face, const char *argument)
{
    bool has_slides = face->screen.is_presenting && previous_mark(face);
    if (has_slides) {
        do_mark_back(face, argument);
    } else {
        do_line(face, "back");
    }
}

static void do_finding_back(Face *face, const char *argument)
{
    (void)argument;
    Session *session = face->screen.session;
    uint64_t best = 0, here = face->screen.moment.step;
    for (uint32_t i = 0; session && i < session_finding_count(session); i++) {
        uint64_t step = session_finding(session, i).place.step;
        best = step < here && step > best ? step : best;
    }
    if (best) {
        go_to_step(face, best);
    } else {
        note(face, "no finding before this step");
    }
}

/* Findings ahead are not known at this moment, as they have not happened: they are looked for. */
static void do_finding_next(Face *face, const char *argument)
{
    (void)argument;
    Session *session = face->screen.session;
    uint64_t here = face->screen.moment.step;
    if (!session || !session_history_end(session)) {
        return;
    }
    session_goto(session, session_history_end(session));
    uint64_t best = 0;
    for (uint32_t i = 0; i < session_finding_count(session); i++) {
        uint64_t step = session_finding(session, i).place.step;
        best = step > here && (!best || step < best) ? step : best;
    }
    session_goto(session, here);
    if (best) {
        go_to_step(face, best);
    } else {
        note(face, "no finding behind this step");
    }
}

/* ---- the screen -------------------------------------------------------------------------------------------------- */

static void do_next_pane(Face *face, const char *argument)
{
    (void)argument;
    screen_focus_next(&face->screen, 1);
}

static void do_zoom(Face *face, const char *argument)
{
    (void)argument;
    face->screen.is_zoomed = !face->screen.is_zoomed;
}

static void do_next_layout(Face *face, const char *argument)
{
    (void)argument;
    screen_next_layout(&face->screen);
}

static void do_plain(Face *face, const char *argument)
{
    (void)argument;
    face->is_over = true;
}

static void do_single(Face *face, const char *argument)
{
    (void)argument;
    face->screen.is_single_key = !face->screen.is_single_key;
}

static void do_redraw(Face *face, const char *argument)
{
    (void)argument;
    if (face->hands.redraw) {
        face->hands.redraw(face->hands.context);
    }
}

static void do_pane(Face *face, const char *argument)
{
    screen_focus_number(&face->screen, (uint32_t)strtoul(argument, NULL, 10));
}

static void do_up(Face *face, const char *argument)
{
    (void)argument;
    screen_select(&face->screen, -1);
}

static void do_down(Face *face, const char *argument)
{
    (void)argument;
    screen_select(&face->screen, 1);
}

static int page_of(const Face *face)
{
    int height = face->screen.panes[face->screen.focus].height;
    return height > 2 ? height - 1 : 1;
}

static void do_page_up(Face *face, const char *argument)
{
    (void)argument;
    screen_scroll(&face->screen, -page_of(face));
}

static void do_page_down(Face *face, const char *argument)
{
    (void)argument;
    screen_scroll(&face->screen, page_of(face));
}

static void do_open(Face *face, const char *argument)
{
    (void)argument;
    PaneMemory *memory = &face->screen.panes[face->screen.focus];
    if (memory->choice[0]) {
        memcpy(memory->subject, memory->choice, sizeof memory->choice);
        memory->scroll = 0;
    }
}

static void do_close(Face *face, const char *argument)
{
    (void)argument;
    PaneMemory *memory = &face->screen.panes[face->screen.focus];
    memory->subject[0] = 0;
    memory->scroll = 0;
}

enum { SIZE_STEP = 10 };

static void do_taller(Face *face, const char *argument)
{
    (void)argument;
    screen_resize_focus(&face->screen, false, SIZE_STEP);
}

static void do_shorter(Face *face, const char *argument)
{
    (void)argument;
    screen_resize_focus(&face->screen, false, -SIZE_STEP);
}

static void do_wider(Face *face, const char *argument)
{
    (void)argument;
    screen_resize_focus(&face->screen, true, SIZE_STEP);
}

static void do_narrower(Face *face, const char *argument)
{
    (void)argument;
    screen_resize_focus(&face->screen, true, -SIZE_STEP);
}

static void do_even(Face *face, const char *argument)
{
    (void)argument;
    screen_reset_sizes(&face->screen);
}

static void do_type(Face *face, const char *argument)
{
    face->screen.is_single_key = false;
    if (face->hands.type) {
        face->hands.type(face->hands.context, argument);
    }
}

/* What keys do in the present mode: one line each, key and sentence with a tab between them. */
static void list_keys(Face *face)
{
    size_t length;
    FILE *out = open_memstream(&face->keys, &length);
    const char **lines = calloc(key_count() + 1, sizeof *lines);
    for (size_t i = 0; out && i < key_count(); i++) {
        const KeyRow *row = key_row(i);
        bool counts = row->when == KEY_ALWAYS || row->when == (face->screen.is_single_key ? KEY_SINGLE : KEY_EMPTY);
        if (counts && *row->sentence) {
            fprintf(out, "%s\t%s%c", row->key, row->sentence, 0);
        }
    }
    if (out) {
        fclose(out);
    }
    face->key_lines = lines;
    for (size_t at = 0; out && lines && face->keys && at < length; at += strlen(face->keys + at) + 1) {
        lines[face->key_line_count++] = face->keys + at;
    }
}

void face_toggle_help(Face *face)
{
    Screen *screen = &face->screen;
    bool was_shown = screen->focus == PANE_KEYS && screen->is_zoomed;
    free(face->keys);
    free(face->key_lines);
    face->keys = NULL;
    face->key_lines = NULL;
    face->key_line_count = 0;
    if (was_shown) {
        screen->focus = face->before_help;
        screen->is_zoomed = face->was_zoomed;
        return;
    }
    list_keys(face);
    face->before_help = screen->focus;
    face->was_zoomed = screen->is_zoomed;
    screen->focus = PANE_KEYS;
    screen->is_zoomed = true;
}

static void do_help(Face *face, const char *argument)
{
    (void)argument;
    face_toggle_help(face);
}

static void do_explain(Face *face, const char *argument)
{
    (void)argument;
    Session *session = face->screen.session;
    uint32_t count = session ? session_finding_count(session) : 0;
    if (!count) {
        note(face, "no findings so far: nothing to explain");
        return;
    }
    char line[64];
    snprintf(line, sizeof line, "explain %s", session_finding(session, count - 1).code);
    do_line(face, line);
}

static void do_copy(Face *face, const char *argument)
{
    (void)argument;
    char line[64];
    snprintf(line, sizeof line, "copy %s", pane_rows[face->screen.focus].name);
    do_line(face, line);
}

static const struct {
    const char *name;
    Action *action;
} actions[] = {
    {"repeat", do_repeat},
    {"help", do_help},
    {"mark-next", do_mark_next},
    {"mark-back", do_mark_back},
    {"clicker-next", do_clicker_next},
    {"clicker-back", do_clicker_back},
    {"finding-next", do_finding_next},
    {"finding-back", do_finding_back},
    {"next-pane", do_next_pane},
    {"zoom", do_zoom},
    {"next-layout", do_next_layout},
    {"plain", do_plain},
    {"single", do_single},
    {"redraw", do_redraw},
    {"pane", do_pane},
    {"up", do_up},
    {"down", do_down},
    {"page-up", do_page_up},
    {"page-down", do_page_down},
    {"open", do_open},
    {"close", do_close},
    {"taller", do_taller},
    {"shorter", do_shorter},
    {"wider", do_wider},
    {"narrower", do_narrower},
    {"even", do_even},
    {"type", do_type},
    {"explain", do_explain},
    {"copy", do_copy},
};

static void act(Face *face, const char *words)
{
    size_t length = strcspn(words, " ");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strlen(actions[i].name) == length && memcmp(actions[i].name, words, length) == 0) {
            actions[i].action(face, words[length] ? words + length + 1 : "");
            return;
        }
    }
}

bool face_press(Face *face, const char *key, bool line_is_empty)
{
    const KeyRow *row = key_find(key, KEY_ALWAYS);
    if (!row && face->screen.is_single_key) {
        row = key_find(key, KEY_SINGLE);
        if (!row) {
            return true; /* no text is typed in this mode */
        }
    }
    if (!row && line_is_empty && !face->pending) {
        row = key_find(key, KEY_EMPTY);
    }
    if (!row) {
        return false;
    }
    face->note[0] = 0;
    if (row->does[0] == ':') {
        act(face, row->does + 1);
    } else {
        do_line(face, row->does);
    }
    return true;
}

/* ---- the mouse --------------------------------------------------------------------------------------------------- */

void face_click(Face *face, int button, int row, int column)
{
    enum { WHEEL_UP = 64, WHEEL_DOWN = 65, WHEEL_ROWS = 3 };
    PaneId pane;
    if (!screen_pane_at(&face->screen, row, column, &pane)) {
        return;
    }
    face->screen.focus = pane;
    if (button == WHEEL_UP || button == WHEEL_DOWN) {
        screen_scroll(&face->screen, button == WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
    }
}
