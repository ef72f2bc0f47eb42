#include "view/pen.h"

#include <stdarg.h>
#include <string.h>

Pen pen_at(const PaneView *view, Canvas *canvas)
{
    return (Pen){.canvas = canvas, .row = -(int)view->scroll, .width = view->width};
}

void pen_put_length(Pen *pen, Style style, const char *text, size_t length)
{
    pen->column = canvas_put(pen->canvas, pen->row, pen->column, pen->width, style, text, length);
}

void pen_put(Pen *pen, Style style, const char *text)
{
    pen_put_length(pen, style, text, strlen(text));
}

void pen_print(Pen *pen, Style style, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pen_put(pen, style, text);
}

static int min(int a, int b)
{
    return a < b ? a : b;
}

/* Text that is cut says so, where there is room for that. */
static void put_cut(Pen *pen, Style style, const char *text, int width)
{
    enum { DOTS = 2 };
    size_t length = strlen(text);
    int end = min(pen->column + width, pen->width);
    if (text_columns(text, length) <= end - pen->column || width <= 2 * DOTS) {
        pen->column = canvas_put(pen->canvas, pen->row, pen->column, end, style, text, length);
        return;
    }
    size_t fitting = text_fitting(text, length, end - pen->column - DOTS);
    pen->column = canvas_put(pen->canvas, pen->row, pen->column, end, style, text, fitting);
    pen->column = canvas_put(pen->canvas, pen->row, pen->column, end, style, "..", DOTS);
}

static void fill_to(Pen *pen, Style style, int column)
{
    while (pen->column < min(column, pen->width)) {
        pen->column = canvas_put(pen->canvas, pen->row, pen->column, pen->width, style, " ", 1);
    }
}

void pen_fit(Pen *pen, Style style, const char *text, int width)
{
    int end = pen->column + width;
    put_cut(pen, style, text, width);
    fill_to(pen, style, end);
}

void pen_fit_right(Pen *pen, Style style, const char *text, int width)
{
    int columns = text_columns(text, strlen(text));
    fill_to(pen, style, pen->column + (columns < width ? width - columns : 0));
    put_cut(pen, style, text, columns < width ? columns : width);
}

void pen_to(Pen *pen, int column)
{
    pen->column = pen->column < column ? column : pen->column;
}

void pen_next(Pen *pen)
{
    if (pen->canvas->grows && pen->column == 0) { /* an empty row counts, too */
        canvas_put(pen->canvas, pen->row, 0, pen->width, STYLE_TEXT, " ", 1);
    }
    pen->row++;
    pen->column = 0;
}

/* Bytes of `text` for one row: up to the last space that fits, or all that fits of a long word. */
static size_t fold_at(const char *text, int columns)
{
    size_t length = strcspn(text, "\n");
    size_t fitting = text_fitting(text, length, columns);
    if (fitting == length) {
        return length;
    }
    size_t space = fitting;
    while (space > 0 && text[space] != ' ') {
        space--;
    }
    return space > 0 ? space : fitting > 0 ? fitting : 1;
}

void pen_fold(Pen *pen, Style style, const char *text, int indent)
{
    int room = pen->width > indent + 8 ? pen->width : indent + 8;
    for (;;) {
        size_t size = fold_at(text, room - pen->column);
        pen_put_length(pen, style, text, size);
        text += size;
        pen_next(pen);
        text += *text == ' ' || *text == '\n';
        if (!*text) {
            return;
        }
        pen->column = indent;
    }
}

uint64_t pen_rows(const Pen *pen, const PaneView *view)
{
    return (uint64_t)((int64_t)pen->row + (int64_t)view->scroll) + (pen->column > 0);
}

bool pen_is_below(const Pen *pen, const PaneView *view)
{
    return view->height > 0 && pen->row >= view->height;
}

const char *number_text(uint64_t number, char text[32])
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number), to = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) {
            text[to++] = ',';
        }
        text[to++] = digits[i];
    }
    text[to] = 0;
    return text;
}

const char *time_text(int64_t ticks, char text[32])
{
    enum { PER_MILLISECOND = 10000 };
    long long milliseconds = (long long)(ticks / PER_MILLISECOND);
    if (milliseconds >= 10000) {
        snprintf(text, 32, "%lld.%lld s", milliseconds / 1000, milliseconds / 100 % 10);
    } else if (ticks % PER_MILLISECOND) {
        snprintf(text, 32, "%lld.%lld ms", milliseconds, (long long)(ticks % PER_MILLISECOND) / 1000);
    } else {
        snprintf(text, 32, "%lld ms", milliseconds);
    }
    return text;
}
