#include "face.h"

#include <stdlib.h>
#include <string.h>

#include "folders.h"
#include "repl_lesson.h"

enum { LINES_MOST = 20000, LONGEST_LINE = 4096 };

/* ---- what was said ----------------------------------------------------------------------------------------------- */

static void forget_oldest(Face *face)
{
    enum { CHUNK = 1000 };
    for (uint32_t i = 0; i < CHUNK; i++) {
        free(face->lines[i]);
    }
    face->line_count -= CHUNK;
    memmove(face->lines, face->lines + CHUNK, face->line_count * sizeof *face->lines);
}

/* No memory: the line is missing. */
static void push_line(Face *face, const char *text, size_t length)
{
    if (face->line_count == LINES_MOST) {
        forget_oldest(face);
    }
    if (face->line_count == face->line_capacity) {
        uint32_t capacity = face->line_capacity ? face->line_capacity * 2 : 256;
        char **grown = realloc(face->lines, capacity * sizeof *grown);
        if (!grown) {
            return;
        }
        face->lines = grown;
        face->line_capacity = capacity;
    }
    char *copy = strndup(text, length);
    if (copy) {
        face->lines[face->line_count++] = copy;
    }
}

static void append_to_last(Face *face, const char *text, size_t length)
{
    char *last = face->line_count ? face->lines[face->line_count - 1] : NULL;
    size_t used = last ? strlen(last) : 0;
    if (!last || used + length > LONGEST_LINE) {
        push_line(face, text, length);
        return;
    }
    char *grown = realloc(last, used + length + 1);
    if (grown) {
        memcpy(grown + used, text, length);
        grown[used + length] = 0;
        face->lines[face->line_count - 1] = grown;
    }
}

/* What comes from the printer; escape sequences of colours are taken out, the panes have styles of their own. */
static size_t skip_escape(const char *bytes, size_t length)
{
    size_t i = 2;
    if (length < 2 || bytes[1] != '[') {
        return 1;
    }
    while (i < length && !(bytes[i] >= 0x40 && bytes[i] <= 0x7E)) {
        i++;
    }
    return i < length ? i + 1 : length;
}

static void hear_piece(Face *face, const char *bytes, size_t length)
{
    if (face->is_line_open) {
        append_to_last(face, bytes, length);
    } else {
        push_line(face, bytes, length);
    }
    face->is_line_open = true;
}

static void hear(void *context, int stream, const char *bytes, size_t length)
{
    Face *face = context;
    (void)stream;
    for (size_t i = 0; i < length;) {
        size_t size = 0;
        while (i + size < length && bytes[i + size] != '\n' && bytes[i + size] != '\033') {
            size++;
        }
        if (size) {
            hear_piece(face, bytes + i, size);
        }
        i += size;
        if (i < length && bytes[i] == '\n') {
            if (!face->is_line_open) {
                push_line(face, "", 0);
            }
            face->is_line_open = false;
            i++;
        } else if (i < length) {
            i += skip_escape(bytes + i, length - i);
        }
    }
}

void face_say(Face *face, const char *line)
{
    hear(face, STREAM_OUT, face->is_line_open ? "\n" : "", face->is_line_open ? 1 : 0);
    hear(face, STREAM_OUT, line, strlen(line));
    hear(face, STREAM_OUT, "\n", 1);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

bool face_open(Face *face, Repl *repl, int width, int height)
{
    *face = (Face){.repl = repl};
    screen_init(&face->screen, width, height);
    face->is_ascii_only = !repl->style.unicode;
    face->theme = repl->style.colour ? THEME_SAFE : THEME_MONO;
    face->outer_sink = repl->printer.sink;
    face->outer_context = repl->printer.context;
    repl->printer.sink = hear;
    repl->printer.context = face;
    repl->face = face;
    face_recall(face);
    return true;
}

void face_close(Face *face)
{
    face_remember(face);
    if (face->cast) {
        cast_close(face->cast);
    }
    face->repl->printer.sink = face->outer_sink;
    face->repl->printer.context = face->outer_context;
    face->repl->face = NULL;
    for (uint32_t i = 0; i < face->line_count; i++) {
        free(face->lines[i]);
    }
    free(face->lines);
    free(face->pending);
    free(face->keys);
    free(face->key_lines);
    free(face->lesson_text);
    free(face->lesson_lines);
    free(face->program_text);
    free(face->program_lines);
    free(face->lowered_text);
    free(face->lowered_lines);
    *face = (Face){0};
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

const char *face_prompt(const Face *face)
{
    return face->pending ? "..> " : face->repl->prompt;
}

static void echo(Face *face, const char *line)
{
    char *text = NULL;
    printer_echo(&face->repl->printer, face_prompt(face), line);
    if (asprintf(&text, "%s%s", face_prompt(face), line) >= 0) {
        face_say(face, text);
        free(text);
    }
}

/* What Enter on an empty line does again. */
static bool is_move(Face *face, const char *input)
{
    LineReading reading = command_read_line(input, repl_is_name, face->repl);
    return reading.kind == LINE_COMMAND && reading.row->group == GROUP_MOVE && reading.row - command_rows != DO_GOTO;
}

static void follow_session(Face *face)
{
    face->screen.session = face->repl->session;
}

void face_do(Face *face, const char *input)
{
    Repl *repl = face->repl;
    LessonPlace place = face_lesson_place(face);
    follow_session(face);
    repl_do(repl, input);
    face_follow_lesson(face, place);
    printer_finish_line(&repl->printer);
    if (is_move(face, input)) {
        face->last_move = repl->typed_count ? repl->typed[repl->typed_count - 1] : NULL;
    }
    follow_session(face);
    face->is_over |= repl->is_over;
}

static bool add_pending(Face *face, const char *line)
{
    char *joined = NULL;
    if (asprintf(&joined, "%s%s%s", face->pending ? face->pending : "", face->pending ? "\n" : "", line) < 0) {
        return false;
    }
    free(face->pending);
    face->pending = joined;
    face->repl->pending = joined;
    return true;
}

void face_drop_pending(Face *face)
{
    free(face->pending);
    face->pending = NULL;
    face->repl->pending = NULL;
}

bool face_take_line(Face *face, const char *line)
{
    face->note[0] = 0;
    echo(face, line);
    if (!add_pending(face, line)) {
        return false;
    }
    if (repl_needs_more(face->repl, face->pending)) {
        return false;
    }
    char *input = face->pending;
    face->pending = NULL;
    face->repl->pending = NULL;
    LineReading reading = command_read_line(input, repl_is_name, face->repl);
    if (strchr(input, '\n') && reading.kind == LINE_COMMAND && !repl_lesson_wants(face->repl, input)) {
        repl_run_text(face->repl, input, false);
        follow_session(face);
    } else {
        face_do(face, input);
    }
    free(input);
    return true;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

/* The mark that the present step is, for the banner and for recordings. */
static const PaneMark *mark_here(const Face *face)
{
    const PaneFacts *facts = &face->screen.facts;
    for (uint32_t i = 0; i < facts->mark_count; i++) {
        if (facts->marks[i].step == face->screen.moment.step && facts->end) {
            return &facts->marks[i];
        }
    }
    return NULL;
}

static void fill_hints(Face *face)
{
    enum { ROOMY = 96 };
    bool is_roomy = face->screen.width >= ROOMY;
    const char *text = "";
    if (face->screen.is_single_key) {
        text = is_roomy
                   ? "s/b step/back  n next  c continue  [ ] marks  { } findings  g goto  Tab pane  ? keys  q leave"
                   : "s/b step/back  n next  [ ] marks  { } findings  ? keys  q leave";
    } else if (repl_lesson_player(face->repl)) {
        text = is_roomy ? "Enter on  Left/Right back/step  ^Xs keys  ^Xo pane  ^X1 zoom  ^Xa plain  help"
                        : "Enter on  Left/Right back/step  ^Xo pane  ^X1 zoom  ^Xa plain  help";
    } else {
        text = is_roomy
                   ? "Left/Right back/step  Enter repeat  ^Xs keys  ^Xo pane  ^X1 zoom  ^X2 layout  ^Xa plain  ? help"
                   : "Left/Right back/step  Enter repeat  ^Xs keys  ^Xo pane  ? help";
    }
    snprintf(face->hints, sizeof face->hints, "%s", text);
    face->screen.hints = face->hints;
}

/* The file one is in, else the one one was in, else the first; a copy, as sessions come and go. */
static void name_program(Face *face)
{
    const Session *session = face->screen.session;
    const char *file = face->screen.moment.file;
    if (!session) {
        face->title[0] = 0;
    } else if (file) {
        snprintf(face->title, sizeof face->title, "%s", file);
    } else if (!face->title[0] && session_source_count(session)) {
        snprintf(face->title, sizeof face->title, "%s", session_source(session, 0).name);
    }
    face->screen.title = face->title;
}

static void fill_screen(Face *face, const char *typed, uint32_t cursor)
{
    Screen *screen = &face->screen;
    follow_session(face);
    screen->facts.keys = (PaneText){face->key_lines, face->key_line_count};
    screen->facts.session = (PaneText){(const char *const *)face->lines, face->line_count};
    screen->ascii = face->is_ascii_only || face->repl->settings.ascii;
    screen->prompt = face_prompt(face);
    screen->typed = typed;
    screen->typed_cursor = cursor;
    screen->note = face->note[0] ? face->note : NULL;
    fill_hints(face);
    screen_look(screen);
    name_program(face);
    face_fill_lesson(face);
    face_fill_lowered(face);
    face->seen = screen->moment.step > face->seen ? screen->moment.step : face->seen;
    screen->facts.seen = face->seen;
    screen->facts.hides_future |= screen->is_presenting;
    const PaneMark *mark = mark_here(face);
    snprintf(face->slide, sizeof face->slide, "%s", mark ? mark->name : "");
    screen->slide = face->slide;
}

void face_draw(Face *face, Canvas *canvas, const char *typed, uint32_t cursor)
{
    face->screen.facts.hides_future = false;
    fill_screen(face, typed, cursor);
    screen_draw(&face->screen, canvas);
    if (face->cast) {
        const PaneMark *mark = mark_here(face);
        cast_frame(face->cast, canvas, face->theme, mark ? mark->name : NULL);
    }
}

/* ---- remembered sizes -------------------------------------------------------------------------------------------- */

void face_remember(const Face *face)
{
    char *path = folder_state_file("screen", true);
    FILE *file = path ? fopen(path, "we") : NULL;
    for (int layout = 0; file && layout < LAYOUT_COUNT; layout++) {
        const LayoutSizes *sizes = &face->screen.sizes[layout];
        fprintf(file, "%s", layout_name((LayoutId)layout));
        for (int i = 0; i < LAYOUT_ROWS_MOST; i++) {
            fprintf(file, " %d", sizes->rows[i]);
            for (int j = 0; j < LAYOUT_CELLS_MOST; j++) {
                fprintf(file, " %d", sizes->cells[i][j]);
            }
        }
        fputc('\n', file);
    }
    if (file) {
        fclose(file);
    }
    free(path);
}

static int bounded(long number)
{
    return number < -60 ? -60 : number > 200 ? 200 : (int)number;
}

static void read_sizes(Face *face, char *line)
{
    LayoutId layout;
    char *rest = strchr(line, ' ');
    if (!rest) {
        return;
    }
    *rest++ = 0;
    if (!layout_find(line, &layout)) {
        return;
    }
    LayoutSizes *sizes = &face->screen.sizes[layout];
    for (int i = 0; i < LAYOUT_ROWS_MOST; i++) {
        sizes->rows[i] = bounded(strtol(rest, &rest, 10));
        for (int j = 0; j < LAYOUT_CELLS_MOST; j++) {
            sizes->cells[i][j] = bounded(strtol(rest, &rest, 10));
        }
    }
}

/* A file that somebody has damaged is no error: the screen is as it was made. */
void face_recall(Face *face)
{
    char *path = folder_state_file("screen", false);
    FILE *file = path ? fopen(path, "re") : NULL;
    char line[512];
    while (file && fgets(line, sizeof line, file)) {
        read_sizes(face, line);
    }
    if (file) {
        fclose(file);
    }
    free(path);
}
