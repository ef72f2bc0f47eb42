/* CommonMark for lessons: the blocks of a page, and plain text that fits a width. The only file that knows cmark. */
#ifndef AWAITLAB_CLI_LESSON_MARKDOWN_H
#define AWAITLAB_CLI_LESSON_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum PartKind { PART_HEADING, PART_FENCE, PART_TEXT } PartKind;

/* A top-level block of a page. */
typedef struct MarkdownPart {
    PartKind kind;
    uint32_t first_line, last_line; /* from 1 */
    int level;                      /* HEADING */
    char *text;                     /* HEADING: its words; FENCE: what is inside; TEXT: NULL */
    char *info;                     /* FENCE: the words behind the opening fence */
} MarkdownPart;

typedef struct MarkdownPage {
    MarkdownPart *parts;
    size_t count;
} MarkdownPage;

/* False: no memory. */
bool markdown_read(MarkdownPage *page, const char *text, size_t length);
void markdown_free(MarkdownPage *page);

/* Plain text of a piece of CommonMark, folded at `width` columns, ending in a line end unless it is empty. Code keeps
 * its backticks, so that it can be told from words without colours. malloc'd; NULL: no memory. */
char *markdown_plain(const char *text, size_t length, int width);

/* Columns that a line of UTF-8 takes. */
int markdown_columns(const char *text, size_t length);

#endif
