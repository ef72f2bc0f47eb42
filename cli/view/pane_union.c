/* The union: a ValueTask as the bytes it is. Where there is room, as a box of memory; else a line per field. */
#include <string.h>

#include "view/pen.h"

static const char *arm_words(SessionArm arm)
{
    static const char *const words[] = {"RESULT", "TASK", "SOURCE"};
    return words[arm];
}

/* "case   result task [SOURCE]": the active one in brackets, so that it is seen without colours. */
static void put_arms(Pen *pen, const SessionUnion *value)
{
    static const char *const small[] = {"result", "task", "source"};
    pen_put(pen, STYLE_NUMBER, "case    ");
    for (int i = 0; i < 3; i++) {
        if (i == (int)value->arm) {
            pen_print(pen, STYLE_ARM, "[%s]", arm_words(value->arm));
        } else {
            pen_put(pen, STYLE_DEAD, small[i]);
        }
        pen_put(pen, STYLE_TEXT, i < 2 ? " " : "");
    }
    pen_next(pen);
}

/* What a row means beside its value. */
static void note_of(const SessionUnion *value, const SessionUnionRow *row, char note[96], Style *style)
{
    note[0] = 0;
    *style = STYLE_DEAD;
    if (row->is_dead) {
        snprintf(note, 96, "not used");
    } else if (strcmp(row->field, "_token") == 0 && value->is_stale) {
        snprintf(note, 96, "STALE !");
        *style = STYLE_ERROR;
    } else if (strcmp(row->field, "_obj") == 0 && value->arm == ARM_RESULT) {
        snprintf(note, 96, "no object");
    }
}

static void shown_value(const SessionUnionRow *row, char text[512])
{
    bool is_reference = strcmp(row->field, "_obj") == 0 && strcmp(row->value, "null") != 0;
    snprintf(text, 512, "%s%s", is_reference ? "-> " : "", row->value);
}

static Style value_style(const SessionUnionRow *row)
{
    return row->is_dead || row->is_padding ? STYLE_DEAD : row->old ? STYLE_CHANGED : STYLE_VALUE;
}

/* ---- a line per field -------------------------------------------------------------------------------------------- */

static const char *short_name(const char *field)
{
    return strcmp(field, "_continueOnCapturedContext") == 0 ? "_contin." : field;
}

static void put_line(Pen *pen, const SessionUnion *value, const SessionUnionRow *row)
{
    char text[512], note[96];
    Style style;
    shown_value(row, text);
    note_of(value, row, note, &style);
    pen_fit(pen, row->is_dead ? STYLE_DEAD : STYLE_TEXT, short_name(row->field), 8);
    int room = pen->width - pen->column - (note[0] ? (int)strlen(note) + 1 : 0);
    int columns = text_columns(text, strlen(text));
    pen_fit(pen, value_style(row), text, columns < room ? columns : room);
    if (note[0]) {
        pen_to(pen, pen->width - (int)strlen(note));
        pen_put(pen, style, note);
    } else if (row->old) {
        pen_print(pen, STYLE_CHANGED, " * was %s", row->old);
    }
    pen_next(pen);
}

static void put_version(Pen *pen, const SessionUnion *value)
{
    if (!value->has_version) {
        return;
    }
    const char *number = strrchr(value->object, '#');
    char label[64];
    snprintf(label, sizeof label, "%s.ver", number ? number : value->object);
    pen_fit(pen, STYLE_TEXT, label, 8);
    pen_print(pen, value->version != value->old_version ? STYLE_CHANGED : STYLE_VALUE, "%d", value->version);
    if (value->version != value->old_version) {
        pen_print(pen, STYLE_CHANGED, " * was %d", value->old_version);
    } else if (!value->is_stale) {
        pen_put(pen, STYLE_GOOD, "  = token");
    }
    pen_next(pen);
}

static void put_status(Pen *pen, const SessionUnion *value)
{
    pen_put(pen, STYLE_NUMBER, "status  ");
    pen_fold(pen, value->is_stale ? STYLE_ERROR : STYLE_TEXT, value->status, 8);
}

/* Where it came from and who has taken what it holds; in one row if it is short: "used    3:15 await, 4:15 await !" */
static void put_uses(Pen *pen, const SessionUnion *value)
{
    for (uint32_t i = 0; i < value->use_count; i++) {
        const SessionUse *use = &value->uses[i];
        char text[96];
        snprintf(text, sizeof text, "%u:%u %s%s", use->line, use->column, use->what, use->is_misuse ? " !" : "");
        bool is_first = pen->column == 0;
        if (!is_first && pen->column + (int)strlen(text) + 2 > pen->width) {
            pen_next(pen);
            is_first = true;
        }
        pen_put(pen, STYLE_NUMBER, !is_first ? ", " : i ? "        " : "used    ");
        pen_put(pen, use->is_misuse ? STYLE_ERROR : STYLE_TEXT, text);
    }
    if (pen->column) {
        pen_next(pen);
    }
}

static void put_size(Pen *pen, const SessionUnion *value)
{
    pen_put(pen, STYLE_NUMBER, "size    ");
    pen_print(pen, STYLE_TEXT, "%u B %s%s", value->size, strcmp(value->home, "stack") == 0 ? "on the " : "in ",
              value->home);
    if (value->object_bytes) {
        pen_print(pen, STYLE_TEXT, ", %u B heap", value->object_bytes);
    }
    pen_next(pen);
}

static void draw_lines(Pen *pen, const SessionUnion *value)
{
    put_arms(pen, value);
    for (uint32_t i = 0; i < value->row_count; i++) {
        bool is_rare = strcmp(value->rows[i].field, "_continueOnCapturedContext") == 0;
        if (!value->rows[i].is_padding && !is_rare) {
            put_line(pen, value, &value->rows[i]);
        }
    }
    put_version(pen, value);
    put_uses(pen, value);
    put_status(pen, value);
    put_size(pen, value);
}

/* ---- a box of memory --------------------------------------------------------------------------------------------- */

static void put_rule(Pen *pen, bool ascii, const char *label, bool is_top, int width)
{
    int start = pen->column;
    pen_put(pen, STYLE_BORDER, canvas_line_piece(is_top ? LINE_DOWN | LINE_RIGHT : LINE_UP | LINE_RIGHT, ascii));
    pen_put(pen, STYLE_BORDER, canvas_line_piece(LINE_LEFT | LINE_RIGHT, ascii));
    if (*label) {
        pen_print(pen, STYLE_TITLE, " %s ", label);
    }
    while (pen->column < start + width - 1) {
        pen_put(pen, STYLE_BORDER, canvas_line_piece(LINE_LEFT | LINE_RIGHT, ascii));
    }
    pen_put(pen, STYLE_BORDER, canvas_line_piece(is_top ? LINE_DOWN | LINE_LEFT : LINE_UP | LINE_LEFT, ascii));
    pen_next(pen);
}

static void put_box_row(Pen *pen, const SessionUnion *value, const SessionUnionRow *row, bool ascii, int width)
{
    char text[512] = "", note[96], range[24];
    Style style;
    uint32_t last = row->offset + row->size - 1;
    snprintf(range, sizeof range, last > row->offset ? "%u-%u" : "%u", row->offset, last);
    shown_value(row, text);
    note_of(value, row, note, &style);
    const char *bar = canvas_line_piece(LINE_UP | LINE_DOWN, ascii);
    pen_print(pen, STYLE_BORDER, "%s ", bar);
    pen_fit_right(pen, STYLE_NUMBER, range, 5);
    pen_put(pen, STYLE_TEXT, " ");
    pen_fit(pen, row->is_dead || row->is_padding ? STYLE_DEAD : STYLE_TEXT,
            row->is_padding ? "padding" : short_name(row->field), 8);
    pen_put(pen, STYLE_TEXT, " ");
    int room = width - 2 - pen->column;
    int noted = note[0] ? (int)strlen(note) + 1 : 0;
    pen_fit(pen, value_style(row), text, room - noted);
    if (note[0]) {
        pen_put(pen, STYLE_TEXT, " ");
        pen_put(pen, style, note);
    }
    pen_to(pen, width - 2);
    pen_print(pen, STYLE_BORDER, " %s", bar);
    if (row->old) {
        pen_print(pen, STYLE_CHANGED, " * was %s", row->old);
    }
    pen_next(pen);
}

static void draw_box(Pen *pen, const SessionUnion *value, bool ascii)
{
    enum { WIDEST = 56 };
    int width = pen->width < WIDEST ? pen->width : WIDEST;
    char label[96];
    snprintf(label, sizeof label, "%u B %s%s", value->size, strcmp(value->home, "stack") == 0 ? "on the " : "in ",
             value->home);
    put_rule(pen, ascii, label, true, width);
    for (uint32_t i = 0; i < value->row_count; i++) {
        put_box_row(pen, value, &value->rows[i], ascii, width);
    }
    put_rule(pen, ascii, "", false, width);
    put_arms(pen, value);
    if (value->object[0]) {
        pen_put(pen, STYLE_NUMBER, "object  ");
        pen_print(pen, STYLE_TEXT, "%s, %u B on the heap", value->object, value->object_bytes);
        pen_next(pen);
    }
    if (value->has_version) {
        pen_put(pen, STYLE_NUMBER, "token   ");
        pen_print(pen, value->is_stale ? STYLE_ERROR : STYLE_TEXT, "%d %s version %d", value->token,
                  value->is_stale ? "is not" : "is", value->version);
        if (value->version != value->old_version) {
            pen_print(pen, STYLE_CHANGED, " * was %d", value->old_version);
        }
        pen_next(pen);
    }
    put_uses(pen, value);
    put_status(pen, value);
}

void pane_union(PaneView *view, Canvas *canvas)
{
    enum { ROWS_OF_BOX = 12, LEAST_WIDTH_OF_BOX = 34 };
    SessionUnion value;
    Pen pen = pen_at(view, canvas);
    if (session_union(view->session, view->subject, &value) != SESSION_OK) {
        pen_fold(&pen, STYLE_HINT,
                 view->subject ? "no ValueTask of that name can be seen here" : "no ValueTask can be seen here", 0);
        view->total = pen_rows(&pen, view);
        return;
    }
    snprintf(view->title, sizeof view->title, "%s : %s", value.name, value.type);
    bool is_roomy = view->height == 0 || view->height >= ROWS_OF_BOX;
    if (is_roomy && view->width >= LEAST_WIDTH_OF_BOX) {
        draw_box(&pen, &value, view->ascii);
    } else {
        draw_lines(&pen, &value);
    }
    view->total = pen_rows(&pen, view);
}
