/* Recordings in asciicast's version 2: a line of JSON per frame, that every player of such files can show. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "face.h"

struct Cast {
    FILE *file;
    Canvas last; /* the frame before, width 0: none */
    double start;
    char marker[96];
    bool has_failed;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void put_json(FILE *file, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\') {
            fprintf(file, "\\%c", byte);
        } else if (byte < 0x20 || byte == 0x7F) {
            fprintf(file, "\\u%04x", byte);
        } else {
            fputc(byte, file);
        }
    }
}

static void put_record(Cast *cast, char code, const char *text, size_t length)
{
    fprintf(cast->file, "[%.6f, \"%c\", \"", now() - cast->start, code);
    put_json(cast->file, text, length);
    fputs("\"]\n", cast->file);
}

Cast *cast_open(const char *path, int width, int height, const char *title)
{
    Cast *cast = calloc(1, sizeof *cast);
    if (!cast) {
        return NULL;
    }
    cast->file = fopen(path, "we");
    if (!cast->file) {
        free(cast);
        return NULL;
    }
    cast->start = now();
    fprintf(cast->file, "{\"version\": 2, \"width\": %d, \"height\": %d, \"title\": \"", width, height);
    put_json(cast->file, title, strlen(title));
    fputs("\"}\n", cast->file);
    return cast;
}

static bool is_same_row(const Canvas *a, const Canvas *b, int row)
{
    return memcmp(canvas_cell(a, row, 0), canvas_cell(b, row, 0), (size_t)a->width * sizeof(Cell)) == 0;
}

/* One row as the terminal would be told. */
static void put_row(FILE *out, const Canvas *canvas, ThemeId theme, int row)
{
    int style = -1;
    fprintf(out, "\033[%d;1H", row + 1);
    for (int column = 0; column < canvas->width; column++) {
        const Cell *cell = canvas_cell(canvas, row, column);
        if (cell->style != style) {
            char text[32];
            style = cell->style;
            look_to_ansi(theme_look(theme, (Style)style), text);
            fputs(text, out);
        }
        fputs(cell->text, out);
    }
}

static void keep(Cast *cast, const Canvas *canvas)
{
    canvas_free(&cast->last);
    if (canvas_init(&cast->last, canvas->width, canvas->height)) {
        canvas_copy(&cast->last, 0, 0, canvas->width, canvas->height, canvas, 0);
    }
}

void cast_frame(Cast *cast, const Canvas *canvas, ThemeId theme, const char *marker)
{
    char *text = NULL;
    size_t length = 0;
    bool is_first = cast->last.width != canvas->width || cast->last.height != canvas->height;
    FILE *out = open_memstream(&text, &length);
    if (!out) {
        cast->has_failed = true;
        return;
    }
    fputs(is_first ? "\033[0m\033[2J" : "", out);
    for (int row = 0; row < canvas->height; row++) {
        if (is_first || !is_same_row(canvas, &cast->last, row)) {
            put_row(out, canvas, theme, row);
        }
    }
    fclose(out);
    if (length) {
        put_record(cast, 'o', text, length);
    }
    free(text);
    if (marker && strcmp(marker, cast->marker) != 0) {
        put_record(cast, 'm', marker, strlen(marker));
    }
    snprintf(cast->marker, sizeof cast->marker, "%s", marker ? marker : "");
    keep(cast, canvas);
}

bool cast_close(Cast *cast)
{
    bool is_right = !cast->has_failed && !ferror(cast->file);
    is_right &= fclose(cast->file) == 0;
    canvas_free(&cast->last);
    free(cast);
    return is_right;
}
