/* Panes of text: what the program has written, what was said at the prompt, the lesson. */
#include <string.h>

#include "view/pen.h"

/* ---- the end of a long text -------------------------------------------------------------------------------------- */

static uint64_t rows_of(const char *line, size_t length, int width)
{
    int columns = text_columns(line, length);
    return columns <= width ? 1 : (uint64_t)((columns + width - 1) / width);
}

/* Lines folded anywhere, as a terminal does. */
static void put_wrapped(Pen *pen, Style style, const char *line, size_t length)
{
    do {
        size_t size = text_fitting(line, length, pen->width);
        size = size ? size : length;
        pen_put_length(pen, style, line, size);
        pen_next(pen);
        line += size;
        length -= size;
    } while (length);
}

/* ---- output ------------------------------------------------------------------------------------------------------ */

typedef struct Writer {
    Pen pen;
    char line[1024];
    size_t length;
    int stream;
} Writer;

static void end_line(Writer *writer)
{
    put_wrapped(&writer->pen, writer->stream == 2 ? STYLE_WARNING : STYLE_TEXT, writer->line, writer->length);
    writer->length = 0;
}

static void put_bytes(Writer *writer, int stream, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        writer->stream = stream;
        if (bytes[i] == '\n') {
            end_line(writer);
        } else if (bytes[i] != '\r' && writer->length < sizeof writer->line) {
            writer->line[writer->length++] = bytes[i];
        }
    }
}

static uint64_t count_rows(Session *session, uint32_t count, int width)
{
    uint64_t rows = 0;
    int columns = 0;
    for (uint32_t i = 0; i < count; i++) {
        SessionOutput output = session_output(session, i);
        for (size_t j = 0, start = 0; j < output.length; j++) {
            bool ends = output.bytes[j] == '\n';
            if (ends || j + 1 == output.length) {
                size_t size = j - start + !ends;
                columns += text_columns(output.bytes + start, size);
                rows += ends ? (uint64_t)(columns > 0 ? (columns + width - 1) / width : 1) : 0;
                columns = ends ? 0 : columns;
                start = j + 1;
            }
        }
    }
    return rows + (columns > 0);
}

void pane_output(PaneView *view, Canvas *canvas)
{
    uint32_t count = session_output_upto(view->session, view->facts->moment->step);
    uint64_t rows = count_rows(view->session, count, view->width);
    uint64_t hidden = view->height > 0 && rows > (uint64_t)view->height ? rows - (uint64_t)view->height : 0;
    hidden = view->scroll < hidden ? hidden - view->scroll : 0; /* scrolled from the end */
    Writer writer = {.pen = {.canvas = canvas, .row = -(int)hidden, .width = view->width}};
    for (uint32_t i = 0; i < count; i++) {
        SessionOutput output = session_output(view->session, i);
        put_bytes(&writer, output.stream, output.bytes, output.length);
    }
    if (writer.length) {
        end_line(&writer);
    }
    if (!count) {
        pen_put(&writer.pen, STYLE_HINT, "nothing has been written yet");
        pen_next(&writer.pen);
    }
    view->total = rows;
}

/* ---- session and lesson ------------------------------------------------------------------------------------------ */

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* Prompts are ours: "al> ", "..> ", "lesson 3> ", "predict> ". */
static size_t prompt_length(const char *line)
{
    const char *end = strstr(line, "> ");
    bool is_prompt =
        starts(line, "al> ") || starts(line, "..> ") || starts(line, "lesson") || starts(line, "predict> ");
    return end && is_prompt ? (size_t)(end - line) + 2 : 0;
}

static void put_said(Pen *pen, const char *line)
{
    size_t prompt = prompt_length(line);
    bool is_error = strstr(line, ": error ") != NULL, is_warning = strstr(line, ": warning ") != NULL;
    pen_put_length(pen, STYLE_PROMPT, line, prompt);
    Style style = prompt ? STYLE_TITLE : is_error ? STYLE_ERROR : is_warning ? STYLE_WARNING : STYLE_TEXT;
    const char *rest = line + prompt;
    size_t length = strlen(rest), size = text_fitting(rest, length, pen->width - pen->column);
    pen_put_length(pen, style, rest, size);
    pen_next(pen);
    if (size < length) {
        put_wrapped(pen, style, rest + size, length - size);
    }
}

static void draw_end(PaneView *view, Canvas *canvas, const PaneText *text)
{
    uint64_t rows = 0;
    uint32_t first = text->count;
    uint64_t wanted = view->height > 0 ? (uint64_t)view->height + view->scroll : UINT64_MAX;
    while (first > 0 && rows < wanted) {
        const char *line = text->lines[--first];
        rows += rows_of(line, strlen(line), view->width);
    }
    uint64_t hidden = view->height > 0 && rows > (uint64_t)view->height + view->scroll
                          ? rows - (uint64_t)view->height - view->scroll
                          : 0;
    Pen pen = {.canvas = canvas, .row = -(int)hidden, .width = view->width};
    for (uint32_t i = first; i < text->count && !pen_is_below(&pen, view); i++) {
        put_said(&pen, text->lines[i]);
    }
    view->total = text->count;
}

void pane_session(PaneView *view, Canvas *canvas)
{
    draw_end(view, canvas, &view->facts->session);
}

void pane_lesson(PaneView *view, Canvas *canvas)
{
    Pen pen = pen_at(view, canvas);
    const PaneText *text = &view->facts->lesson;
    for (uint32_t i = 0; i < text->count; i++) {
        bool is_heading = text->lines[i][0] == '#';
        pen_fold(&pen, is_heading ? STYLE_TITLE : STYLE_TEXT, text->lines[i], 0);
    }
    if (!text->count) {
        pen_put(&pen, STYLE_HINT, "no lesson is open: `awaitlab lesson list` names them");
        pen_next(&pen);
    }
    view->total = pen_rows(&pen, view);
}

/* In as many columns as there is room for, so that one screen holds them. */
void pane_keys(PaneView *view, Canvas *canvas)
{
    enum { COLUMN = 39 };
    const PaneText *text = &view->facts->keys;
    uint32_t columns = view->width >= COLUMN ? (uint32_t)(view->width / COLUMN) : 1;
    uint32_t rows = (text->count + columns - 1) / columns;
    Pen pen = pen_at(view, canvas);
    for (uint32_t row = 0; row < rows; row++) {
        for (uint32_t column = 0; column < columns; column++) {
            uint32_t index = column * rows + row;
            const char *line = index < text->count ? text->lines[index] : "";
            size_t key = strcspn(line, "\t");
            pen_to(&pen, (int)column * COLUMN);
            pen_put_length(&pen, STYLE_KEY, line, key);
            pen_to(&pen, (int)column * COLUMN + 11);
            if (line[key]) {
                pen_fit(&pen, STYLE_TEXT, line + key + 1, COLUMN - 12);
            }
        }
        pen_next(&pen);
    }
    view->total = rows;
}
