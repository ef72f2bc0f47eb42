#include "lesson/markdown.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ---- the blocks of a page ---------------------------------------------------------------------------------------- */

static void add_inline(FILE *out, cmark_node *parent);

static void add_one_inline(FILE *out, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
        fputs(cmark_node_get_literal(node), out);
        break;
    case CMARK_NODE_SOFTBREAK:
        fputc(' ', out);
        break;
    case CMARK_NODE_LINEBREAK:
        fputc('\n', out);
        break;
    case CMARK_NODE_CODE:
        fprintf(out, "`%s`", cmark_node_get_literal(node));
        break;
    case CMARK_NODE_LINK:
        add_inline(out, node);
        if (strcmp(cmark_node_get_url(node), "") != 0) {
            fprintf(out, " (%s)", cmark_node_get_url(node));
        }
        break;
    default: /* emphasis and the like: what it holds */
        add_inline(out, node);
        break;
    }
}

/* cmark bounds how deep inlines nest only by the length of the text, so the depth is bounded here. */
enum { DEEPEST = 100 };

static int depth_of(cmark_node *node)
{
    int depth = 0;
    for (; node && depth <= DEEPEST; node = cmark_node_parent(node)) {
        depth++;
    }
    return depth;
}

static void add_inline(FILE *out, cmark_node *parent)
{
    if (depth_of(parent) > DEEPEST) {
        return;
    }
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        add_one_inline(out, node);
    }
}

/* NULL: no memory. */
static char *inline_text(cmark_node *node)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        return NULL;
    }
    add_inline(out, node);
    bool is_whole = !ferror(out);
    if (fclose(out) != 0 || !is_whole) {
        free(text);
        return NULL;
    }
    return text;
}

static bool fill_part(MarkdownPart *part, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    bool is_fence = type == CMARK_NODE_CODE_BLOCK && cmark_node_get_fence_info(node);
    *part = (MarkdownPart){
        .kind = type == CMARK_NODE_HEADING ? PART_HEADING
                : is_fence                 ? PART_FENCE
                                           : PART_TEXT,
        .first_line = (uint32_t)cmark_node_get_start_line(node),
        .last_line = (uint32_t)cmark_node_get_end_line(node),
    };
    if (part->kind == PART_HEADING) {
        part->level = cmark_node_get_heading_level(node);
        part->text = inline_text(node);
        return part->text != NULL;
    }
    if (part->kind == PART_FENCE) {
        part->text = strdup(cmark_node_get_literal(node));
        part->info = strdup(cmark_node_get_fence_info(node));
        return part->text && part->info;
    }
    return true;
}

static bool read_parts(MarkdownPage *page, cmark_node *document)
{
    size_t count = 0;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        count++;
    }
    page->parts = calloc(count + 1, sizeof *page->parts);
    if (!page->parts) {
        return false;
    }
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        if (!fill_part(&page->parts[page->count++], node)) {
            return false;
        }
    }
    return true;
}

/* An indented code block has an empty fence info too; only its first character tells. */
static void tell_indented_from_fenced(MarkdownPage *page, const char *text, size_t length)
{
    uint32_t line = 1;
    const char *at = text, *end = text + length;
    for (size_t i = 0; i < page->count; i++) {
        MarkdownPart *part = &page->parts[i];
        while (line < part->first_line && at < end) {
            const char *next = memchr(at, '\n', (size_t)(end - at));
            at = next ? next + 1 : end;
            line++;
        }
        size_t spaces = 0;
        while (at + spaces < end && at[spaces] == ' ') {
            spaces++;
        }
        bool is_fence = at + spaces < end && (at[spaces] == '`' || at[spaces] == '~');
        if (part->kind == PART_FENCE && !is_fence) {
            part->kind = PART_TEXT;
        }
    }
}

bool markdown_read(MarkdownPage *page, const char *text, size_t length)
{
    *page = (MarkdownPage){0};
    cmark_node *document = cmark_parse_document(text, length, CMARK_OPT_DEFAULT);
    bool is_read = document && read_parts(page, document);
    cmark_node_free(document);
    if (!is_read) {
        markdown_free(page);
        return false;
    }
    tell_indented_from_fenced(page, text, length);
    return true;
}

void markdown_free(MarkdownPage *page)
{
    for (size_t i = 0; i < page->count; i++) {
        free(page->parts[i].text);
        free(page->parts[i].info);
    }
    free(page->parts);
    *page = (MarkdownPage){0};
}

/* ---- plain text -------------------------------------------------------------------------------------------------- */

int markdown_columns(const char *text, size_t length)
{
    int columns = 0;
    mbstate_t state = {0};
    for (size_t i = 0; i < length;) {
        wchar_t wide;
        size_t size = mbrtowc(&wide, text + i, length - i, &state);
        if (size == 0 || size > length - i) { /* broken or cut off: one column for the byte */
            memset(&state, 0, sizeof state);
            size = 1;
            columns++;
        } else {
            int width = wcwidth(wide);
            columns += width < 0 ? 1 : width;
        }
        i += size;
    }
    return columns;
}

typedef struct Plain {
    FILE *out;
    int width;
    bool is_first; /* nothing was written yet: no empty line in front */
    bool is_tight; /* inside a list without empty lines between its items */
} Plain;

/* Words folded at the width. `first` begins the first line, `rest` the others. */
static void fold(Plain *plain, const char *words, const char *first, const char *rest)
{
    int column = (int)strlen(first);
    fputs(first, plain->out);
    for (bool is_line_start = true; *words;) {
        size_t length = strcspn(words, " \n");
        int columns = markdown_columns(words, length);
        if (length && !is_line_start && column + 1 + columns > plain->width) {
            fprintf(plain->out, "\n%s", rest);
            column = (int)strlen(rest);
            is_line_start = true;
        }
        if (length) {
            fprintf(plain->out, "%s%.*s", is_line_start ? "" : " ", (int)length, words);
            column += columns + !is_line_start;
            is_line_start = false;
        }
        words += length;
        if (*words == '\n') {
            fprintf(plain->out, "\n%s", rest);
            column = (int)strlen(rest);
            is_line_start = true;
        }
        words += *words != 0;
    }
    fputc('\n', plain->out);
}

static void separate(Plain *plain)
{
    if (!plain->is_first && !plain->is_tight) {
        fputc('\n', plain->out);
    }
    plain->is_first = false;
}

static void add_lines(Plain *plain, const char *text, const char *indent)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(plain->out, "%s    %.*s\n", indent, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

enum { LONGEST_INDENT = 64 };

static bool add_block(Plain *plain, cmark_node *node, const char *first, const char *rest);

static bool add_item(Plain *plain, cmark_node *item, const char *mark, const char *indent)
{
    char first[LONGEST_INDENT + 16], rest[LONGEST_INDENT + 16];
    bool is_done = true;
    snprintf(first, sizeof first, "%s%s", indent, mark);
    snprintf(rest, sizeof rest, "%s%*s", indent, (int)strlen(mark), "");
    for (cmark_node *node = cmark_node_first_child(item); node && is_done; node = cmark_node_next(node)) {
        is_done = add_block(plain, node, first, rest);
        memcpy(first, rest, sizeof first);
    }
    return is_done;
}

static bool add_list(Plain *plain, cmark_node *list, const char *indent)
{
    bool was_tight = plain->is_tight, is_done = true;
    bool is_ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = cmark_node_get_list_start(list);
    separate(plain);
    plain->is_first = true;
    plain->is_tight = cmark_node_get_list_tight(list);
    for (cmark_node *item = cmark_node_first_child(list); item && is_done; item = cmark_node_next(item)) {
        char mark[24] = "- ";
        if (is_ordered) {
            snprintf(mark, sizeof mark, "%d. ", number++);
        }
        is_done = add_item(plain, item, mark, indent);
    }
    plain->is_tight = was_tight;
    plain->is_first = false;
    return is_done;
}

/* One block; `first` begins its first line, `rest` the others. False: no memory. */
static bool add_block(Plain *plain, cmark_node *node, const char *first, const char *rest)
{
    char deeper[LONGEST_INDENT + 16];
    char *words = NULL;
    bool is_done = true;
    if (strlen(rest) >= LONGEST_INDENT) {
        return true; /* nobody can read that */
    }
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        return add_list(plain, node, rest);
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
        separate(plain);
        add_lines(plain, cmark_node_get_literal(node), rest);
        return true;
    case CMARK_NODE_THEMATIC_BREAK:
        separate(plain);
        fprintf(plain->out, "%s* * *\n", rest);
        return true;
    case CMARK_NODE_BLOCK_QUOTE:
        snprintf(deeper, sizeof deeper, "%s  ", rest);
        for (cmark_node *child = cmark_node_first_child(node); child && is_done; child = cmark_node_next(child)) {
            is_done = add_block(plain, child, deeper, deeper);
        }
        return is_done;
    default:
        words = inline_text(node);
        if (words) {
            separate(plain);
            fold(plain, words, first, rest);
        }
        is_done = words != NULL;
        free(words);
        return is_done;
    }
}

char *markdown_plain(const char *text, size_t length, int width)
{
    char *result = NULL;
    size_t size = 0;
    cmark_node *document = cmark_parse_document(text, length, CMARK_OPT_DEFAULT);
    FILE *out = document ? open_memstream(&result, &size) : NULL;
    if (!out) {
        cmark_node_free(document);
        return NULL;
    }
    Plain plain = {.out = out, .width = width, .is_first = true};
    bool is_done = true;
    for (cmark_node *node = cmark_node_first_child(document); node && is_done; node = cmark_node_next(node)) {
        is_done = add_block(&plain, node, "", "");
    }
    cmark_node_free(document);
    is_done &= !ferror(out);
    if (fclose(out) != 0 || !is_done) {
        free(result);
        return NULL;
    }
    return result;
}
