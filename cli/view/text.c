#include "view/text.h"

#include <string.h>
#include <wchar.h>

/* ---- text that came from outside ------------------------------------------------------------------------------------
 */

static const char replacement[] = "\xEF\xBF\xBD";

/* The code point at `text`, its length in *size; -1 with size 1: no valid UTF-8. */
static long decode(const char *text, size_t left, size_t *size)
{
    const unsigned char *bytes = (const unsigned char *)text;
    static const long least[] = {0, 0, 0x80, 0x800, 0x10000}; /* smallest code point that needs so many bytes */
    size_t length = bytes[0] < 0x80   ? 1
                    : bytes[0] < 0xC2 ? 0
                    : bytes[0] < 0xE0 ? 2
                    : bytes[0] < 0xF0 ? 3
                    : bytes[0] < 0xF5 ? 4
                                      : 0;
    *size = 1;
    if (length == 0 || length > left) {
        return -1;
    }
    long code = length == 1 ? bytes[0] : bytes[0] & (0x7F >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return -1;
        }
        code = code << 6 | (bytes[i] & 0x3F);
    }
    if (code < least[length] || code > 0x10FFFF || (code & 0x1FF800) == 0xD800) {
        return -1;
    }
    *size = length;
    return code;
}

/* Controls, and the marks that turn the direction of writing: they would show something else than is there. */
static bool is_harmful(long code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

void text_print_clean(FILE *out, const char *text, size_t length, size_t limit)
{
    size_t size;
    for (size_t i = 0; i < length; i += size) {
        long code = decode(text + i, length - i, &size);
        if (i + size > limit) {
            fputs("...", out);
            return;
        }
        if (code == '\t') {
            fputc(' ', out);
        } else if (is_harmful(code)) {
            fputs(replacement, out);
        } else {
            fwrite(text + i, 1, size, out);
        }
    }
}

static void print_string(FILE *out, const char *text)
{
    enum { LONGEST_MESSAGE = 1000 };
    text_print_clean(out, text, strlen(text), LONGEST_MESSAGE);
}

/* ---- diagnostics ------------------------------------------------------------------------------------------------- */

static int columns_of(const char *text, size_t length)
{
    size_t size;
    int columns = 0;
    for (size_t i = 0; i < length; i += size) {
        long code = decode(text + i, length - i, &size);
        int width = is_harmful(code) ? 1 : wcwidth((wchar_t)code);
        columns += width < 0 ? 1 : width;
    }
    return columns;
}

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The part of a long line around the place: at most `width` columns of it. */
static void choose_window(const SessionDiagnostic *diagnostic, int width, uint32_t *from, uint32_t *to)
{
    const char *line = diagnostic->source;
    uint32_t before = (uint32_t)width * 2 / 3;
    *from = diagnostic->start > before ? diagnostic->start - before : 0;
    while (*from > 0 && is_inside(line[*from])) {
        --*from;
    }
    if (*from == 0) { /* indentation says nothing here */
        while (*from < diagnostic->start && (line[*from] == ' ' || line[*from] == '\t')) {
            ++*from;
        }
    }
    *to = diagnostic->source_length - *from > (uint32_t)width ? *from + (uint32_t)width : diagnostic->source_length;
    while (*to < diagnostic->source_length && is_inside(line[*to])) {
        --*to;
    }
}

static void print_caret(FILE *out, const TextStyle *style, const SessionDiagnostic *diagnostic)
{
    uint32_t from, to;
    int width = style->width > 20 ? style->width - 8 : 12;
    choose_window(diagnostic, width, &from, &to);
    fputs("    ", out);
    text_print_clean(out, diagnostic->source + from, to - from, SIZE_MAX);
    uint32_t end = diagnostic->end < to ? diagnostic->end : to;
    int under =
        end > diagnostic->start ? columns_of(diagnostic->source + diagnostic->start, end - diagnostic->start) : 1;
    fprintf(out, "\n    %*s%s^", columns_of(diagnostic->source + from, diagnostic->start - from), "",
            style->colour ? "\033[32m" : "");
    for (int i = 1; i < under; i++) {
        fputc('~', out);
    }
    fputs(style->colour ? "\033[0m\n" : "\n", out);
}

void text_diagnostic(FILE *out, const TextStyle *style, const SessionDiagnostic *diagnostic)
{
    const char *colour = diagnostic->is_error ? "\033[1;31m" : "\033[1;33m";
    if (diagnostic->file) {
        print_string(out, diagnostic->file);
        fprintf(out, "(%u,%u): ", diagnostic->line, diagnostic->column);
    }
    fprintf(out, "%s%s %s%s: ", style->colour ? colour : "", diagnostic->is_error ? "error" : "warning",
            diagnostic->code, style->colour ? "\033[0m" : "");
    print_string(out, diagnostic->message);
    fputc('\n', out);
    if (style->caret && diagnostic->line && diagnostic->source_length) {
        print_caret(out, style, diagnostic);
    }
}

/* ---- events ------------------------------------------------------------------------------------------------------ */

void text_event_head(FILE *out)
{
    fputs("   step  thread  line  what happens\n", out);
}

/* Bytes of `text` that fit into `width` columns and end before a space; all of them if there is no such place. */
static size_t fold_at(const char *text, int width)
{
    size_t best = 0, length = strlen(text);
    if (width <= 0 || columns_of(text, length) <= width) {
        return length;
    }
    for (size_t i = 1; i < length && columns_of(text, i) <= width; i++) {
        best = text[i] == ' ' ? i : best;
    }
    return best ? best : length;
}

/* Sentences that are too long for the terminal go on below their beginning. */
void text_event(FILE *out, const TextStyle *style, const SessionEvent *event)
{
    enum { INDENT = 23 };
    const char *rest = event->sentence;
    int width = style->width > 2 * INDENT ? style->width - INDENT : 0;
    if (event->line) {
        fprintf(out, "%7llu  %6u  %4u  ", (unsigned long long)event->step, event->thread, event->line);
    } else {
        fprintf(out, "%7llu  %6u     -  ", (unsigned long long)event->step, event->thread);
    }
    for (size_t size = fold_at(rest, width); rest[size]; size = fold_at(rest, width)) {
        fprintf(out, "%.*s\n%*s", (int)size, rest, INDENT, "");
        rest += size + 1;
    }
    fprintf(out, "%s\n", rest);
}

/* ---- statistics -------------------------------------------------------------------------------------------------- */

static int widest_type(const SessionStats *stats)
{
    int widest = (int)strlen("Total");
    for (uint32_t i = 0; i < stats->type_count; i++) {
        int columns = columns_of(stats->types[i].type, strlen(stats->types[i].type));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void print_stats_row(FILE *out, int width, const char *type, uint64_t count, uint64_t bytes)
{
    fprintf(out, "| %s%*s | %10llu | %12llu B |\n", type, width - columns_of(type, strlen(type)), "",
            (unsigned long long)count, (unsigned long long)bytes);
}

static void print_rule(FILE *out, int width)
{
    fputs("|", out);
    for (int i = 0; i < width + 1; i++) {
        fputc('-', out);
    }
    fputs(" |-----------:|---------------:|\n", out);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void text_stats(FILE *out, const SessionStats *stats)
{
    int width = widest_type(stats);
    fprintf(out, "| %-*s | %10s | %14s |\n", width, "Type", "Count", "Allocated");
    print_rule(out, width);
    for (uint32_t i = 0; i < stats->type_count; i++) {
        print_stats_row(out, width, stats->types[i].type, stats->types[i].count, stats->types[i].bytes);
    }
    print_stats_row(out, width, "Total", stats->count, stats->bytes);
    fprintf(out, "\nCollections: Gen0 %u, Gen1 %u, Gen2 %u\n", stats->collections[0], stats->collections[1],
            stats->collections[2]);
    fprintf(out, "%llu suspension%s, %llu step%s\n", (unsigned long long)stats->suspensions, plural(stats->suspensions),
            (unsigned long long)stats->steps, plural(stats->steps));
}

/* ---- layout ------------------------------------------------------------------------------------------------------ */

typedef struct Box {
    const char *top, *middle, *bottom; /* corners and crossings of a rule: left, dash, between, right */
    const char *bar;
} Box;

/* The four pieces of a rule are separated by spaces. */
static const Box unicode_box = {"┌ ─ ┬ ┐", "├ ─ ┼ ┤", "└ ─ ┴ ┘", "│"};
static const Box ascii_box = {"+ - + +", "+ - + +", "+ - + +", "|"};

enum { COLUMNS = 5 };
typedef struct Columns {
    int width[COLUMNS];
    int count; /* shown */
} Columns;

typedef struct Cells {
    char text[COLUMNS][512];
} Cells;

static void fill_what(const SessionLayoutRow *row, Cells *cells)
{
    enum { SIZE = sizeof cells->text[0] };
    int indent = (int)row->depth * 2;
    switch (row->kind) {
    case LAYOUT_ROW_HEADER:
        snprintf(cells->text[3], SIZE, "(object header)");
        break;
    case LAYOUT_ROW_METHOD_TABLE:
        snprintf(cells->text[3], SIZE, "(method table)");
        break;
    case LAYOUT_ROW_FIELD:
        snprintf(cells->text[2], SIZE, "%*s%s", indent, "", row->type);
        snprintf(cells->text[3], SIZE, "%*s%s", indent, "", row->name);
        snprintf(cells->text[4], SIZE, "%s", row->declared_by);
        break;
    case LAYOUT_ROW_ELEMENTS:
        snprintf(cells->text[2], SIZE, "%s", row->type);
        snprintf(cells->text[3], SIZE, "(elements)");
        break;
    case LAYOUT_ROW_PADDING:
        snprintf(cells->text[3], SIZE, "%*s(padding)", indent, "");
        break;
    }
}

static void fill_cells(const SessionLayoutRow *row, Cells *cells)
{
    enum { SIZE = sizeof cells->text[0] };
    memset(cells, 0, sizeof *cells);
    if (row->kind == LAYOUT_ROW_ELEMENTS) {
        snprintf(cells->text[0], SIZE, "%u...", row->offset);
        snprintf(cells->text[1], SIZE, "%u each", row->size);
    } else {
        snprintf(cells->text[0], SIZE, "%u-%u", row->offset, row->offset + row->size - 1);
        snprintf(cells->text[1], SIZE, "%u", row->size);
    }
    fill_what(row, cells);
}

static const Cells head_cells = {{"Bytes", "Size", "Type", "Field", "Declared in"}};

static void widen(Columns *columns, const Cells *cells)
{
    for (int i = 0; i < COLUMNS; i++) {
        int width = columns_of(cells->text[i], strlen(cells->text[i]));
        columns->width[i] = width > columns->width[i] ? width : columns->width[i];
    }
}

/* The piece number `index` of a rule. */
static void print_piece(FILE *out, const char *rule, int index)
{
    for (; index > 0; index--) {
        rule = strchr(rule, ' ') + 1;
    }
    fprintf(out, "%.*s", (int)strcspn(rule, " "), rule);
}

static void print_box_rule(FILE *out, const char *rule, const Columns *columns)
{
    print_piece(out, rule, 0);
    for (int i = 0; i < columns->count; i++) {
        for (int k = 0; k < columns->width[i] + 2; k++) {
            print_piece(out, rule, 1);
        }
        print_piece(out, rule, i + 1 < columns->count ? 2 : 3);
    }
    fputc('\n', out);
}

static void print_cells(FILE *out, const Box *box, const Columns *columns, const Cells *cells)
{
    for (int i = 0; i < columns->count; i++) {
        int rest = columns->width[i] - columns_of(cells->text[i], strlen(cells->text[i]));
        bool is_number = i < 2;
        fprintf(out, "%s %*s%s%*s ", box->bar, is_number ? rest : 0, "", cells->text[i], is_number ? 0 : rest, "");
    }
    fprintf(out, "%s\n", box->bar);
}

/* The last column can be done without where there is no room for it. */
static void choose_columns(Columns *columns, int width)
{
    int total = 1;
    for (int i = 0; i < COLUMNS; i++) {
        total += columns->width[i] + 3;
    }
    columns->count = width && total > width ? COLUMNS - 1 : COLUMNS;
}

static void print_layout_head(FILE *out, const SessionLayout *layout)
{
    fprintf(out, "%s: %s, %u byte%s", layout->type, layout->kind, layout->size, plural(layout->size));
    if (layout->is_reference) {
        bool grows = layout->row_count && layout->rows[layout->row_count - 1].kind == LAYOUT_ROW_ELEMENTS;
        fputs(grows ? " on the heap when empty" : " on the heap", out);
    } else {
        fprintf(out, ", %u on the heap when boxed", layout->boxed_size);
    }
    if (layout->padding && layout->size) {
        fprintf(out, "; %u byte%s of padding (%u %%)", layout->padding, plural(layout->padding),
                (layout->padding * 100 + layout->size / 2) / layout->size);
    }
    fputc('\n', out);
}

void text_layout(FILE *out, const TextStyle *style, const SessionLayout *layout)
{
    if (layout->is_reference && layout->row_count == 0) {
        fprintf(out, "%s: %s, has no fields of its own; a reference to it takes 8 bytes\n", layout->type, layout->kind);
        return;
    }
    const Box *box = style->unicode ? &unicode_box : &ascii_box;
    Columns columns = {.count = COLUMNS};
    Cells cells;
    widen(&columns, &head_cells);
    for (uint32_t i = 0; i < layout->row_count; i++) {
        fill_cells(&layout->rows[i], &cells);
        widen(&columns, &cells);
    }
    choose_columns(&columns, style->width);
    print_layout_head(out, layout);
    print_box_rule(out, box->top, &columns);
    print_cells(out, box, &columns, &head_cells);
    print_box_rule(out, box->middle, &columns);
    for (uint32_t i = 0; i < layout->row_count; i++) {
        fill_cells(&layout->rows[i], &cells);
        print_cells(out, box, &columns, &cells);
    }
    print_box_rule(out, box->bottom, &columns);
}
