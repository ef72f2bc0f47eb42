/* Pieces and how they are printed: all, or with some left out (dropped) or replaced by what is in them (unwrapped). */
#include "generate.h"

#include <stdlib.h>
#include <string.h>

typedef struct Printer Printer;
struct Printer {
    const char *dropped, *unwrapped;
    int number;
    bool list; /* print the numbers instead of the text */
    Builder *text;
};

Piece *piece_add(Piece *parent, const char *open, const char *close)
{
    Piece *piece = memory_new(sizeof *piece);
    piece->open = open;
    piece->close = close;
    if (parent->last == NULL) {
        parent->first = piece;
    } else {
        parent->last->next = piece;
    }
    parent->last = piece;
    return piece;
}

Piece *piece_line(Piece *parent, const char *line)
{
    return piece_add(parent, line, NULL);
}

static bool contains(const char *list, int number)
{
    while (*list != '\0') {
        char *end;
        if (strtol(list, &end, 10) == number) {
            return true;
        }
        list = *end == ',' ? end + 1 : end;
        if (end == list && *end != '\0') {
            return false;
        }
    }
    return false;
}

/* Texts of several lines are indented line by line. */
static void print_lines(Builder *builder, const char *lines, int indent)
{
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        builder_add(builder, text("%*s%.*s\n", length == 0 ? 0 : indent * 4, "", (int)length, lines));
        lines += length + (lines[length] == '\n');
    }
}

static int count_pieces(const Piece *piece)
{
    int count = piece->fixed ? 0 : 1;
    for (const Piece *child = piece->first; child != NULL; child = child->next) {
        count += count_pieces(child);
    }
    return count;
}

/* The tree is as deep as the generator nests statements, a dozen levels. */
static void print_piece(Printer *printer, const Piece *piece, int indent)
{
    int number = piece->fixed ? -1 : printer->number++;
    if (!piece->fixed && printer->list) {
        builder_add(printer->text, text("%d %d\n", number, number + count_pieces(piece)));
    }
    if (!piece->fixed && contains(printer->dropped, number)) {
        printer->number += count_pieces(piece) - 1;
        return;
    }
    bool shown = piece->open != NULL && !printer->list && (piece->fixed || !contains(printer->unwrapped, number));
    if (shown) {
        print_lines(printer->text, piece->open, indent);
    }
    for (const Piece *child = piece->first; child != NULL; child = child->next) {
        print_piece(printer, child, indent + (shown && piece->close != NULL));
    }
    if (shown && piece->close != NULL) {
        print_lines(printer->text, piece->close, indent);
    }
}

const char *tree_text(const Piece *root, const char *dropped, const char *unwrapped)
{
    Builder builder = {0};
    Printer printer = {.dropped = dropped, .unwrapped = unwrapped, .text = &builder};
    print_piece(&printer, root, 0);
    return builder_text(&builder);
}

const char *tree_pieces(const Piece *root)
{
    Builder builder = {0};
    Printer printer = {.dropped = "", .unwrapped = "", .list = true, .text = &builder};
    print_piece(&printer, root, 0);
    return builder_text(&builder);
}
