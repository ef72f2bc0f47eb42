/* Skipping without making tokens: for lazy parsing, and to find where the holes of interpolated strings end. */
#include "lang/lexer_internal.h"

#include <string.h>

enum { DEEPEST_STRINGS = 40, DEEPEST_BRACKETS = 500 };

uint32_t lexer_skip_comment(const char *text, uint32_t at, uint32_t limit)
{
    if (at + 1 < limit && text[at] == '/' && text[at + 1] == '*') {
        at += 2;
        for (const char *star; at < limit && (star = memchr(text + at, '*', limit - at)) != NULL;) {
            at = (uint32_t)(star - text) + 1;
            if (at < limit && text[at] == '/')
                return at + 1;
        }
        return limit;
    }
    const char *end = memchr(text + at, '\n', limit - at);
    uint32_t line_end = end ? (uint32_t)(end - text) : limit;
    const char *carriage = memchr(text + at, '\r', line_end - at);
    return carriage ? (uint32_t)(carriage - text) : line_end;
}

static uint32_t skip_quoted(const char *text, uint32_t at, uint32_t limit)
{
    char quote = text[at++];
    while (at < limit && text[at] != quote && text[at] != '\n' && text[at] != '\r')
        at += text[at] == '\\' && at + 1 < limit && text[at + 1] != '\n' ? 2 : 1;
    return at < limit && text[at] == quote ? at + 1 : at;
}

static uint32_t skip_verbatim(const char *text, uint32_t at, uint32_t limit)
{
    while (at < limit) {
        if (text[at] == '"' && (at + 1 >= limit || text[at + 1] != '"'))
            return at + 1;
        at += text[at] == '"' ? 2 : 1;
    }
    return limit;
}

static uint32_t count_char(const char *text, uint32_t at, uint32_t limit, char c)
{
    uint32_t start = at;
    while (at < limit && text[at] == c)
        at++;
    return at - start;
}

/* `at` is behind the opening quotes. */
static uint32_t skip_raw(const char *text, uint32_t at, uint32_t limit, uint32_t quotes)
{
    while (at < limit) {
        if (text[at] != '"') {
            at++;
            continue;
        }
        uint32_t count = count_char(text, at, limit, '"');
        at += count;
        if (count >= quotes)
            return at;
    }
    return limit;
}

/* Code between the braces of a hole: the offset of the '}' or ':' that ends it. */
static uint32_t skip_hole(const char *text, uint32_t at, uint32_t limit, unsigned depth)
{
    uint32_t brackets = 0;
    while (at < limit) {
        char c = text[at];
        if (c == '}' && brackets == 0)
            return at;
        if (c == '(' || c == '[' || c == '{')
            brackets++;
        else if ((c == ')' || c == ']' || c == '}') && brackets > 0)
            brackets--;
        if (c == '"' || c == '\'' || c == '@' || c == '$')
            at = lexer_skip_literal(text, at, limit, depth + 1);
        else if (c == '/' && at + 1 < limit && (text[at + 1] == '/' || text[at + 1] == '*'))
            at = lexer_skip_comment(text, at, limit);
        else
            at++;
    }
    return limit;
}

/* `at` is behind the opening quote of $"..." or $@"...". */
static uint32_t skip_interpolated(const char *text, uint32_t at, uint32_t limit, bool verbatim, unsigned depth)
{
    while (at < limit) {
        char c = text[at];
        if (c == '"' && verbatim && at + 1 < limit && text[at + 1] == '"')
            at += 2;
        else if (c == '"')
            return at + 1;
        else if (!verbatim && (c == '\n' || c == '\r'))
            return at;
        else if (c == '{' && at + 1 < limit && text[at + 1] == '{')
            at += 2;
        else if (c == '{')
            at = skip_hole(text, at + 1, limit, depth);
        else
            at += c == '\\' && !verbatim && at + 1 < limit ? 2 : 1;
    }
    return limit;
}

static uint32_t skip_raw_interpolated(const char *text, uint32_t at, uint32_t limit, uint32_t quotes, uint32_t dollars,
                                      unsigned depth)
{
    while (at < limit) {
        uint32_t count;
        if (text[at] == '"') {
            count = count_char(text, at, limit, '"');
            at += count;
            if (count >= quotes)
                return at;
        } else if (text[at] == '{') {
            count = count_char(text, at, limit, '{');
            at += count;
            if (count >= dollars)
                at = skip_hole(text, at, limit, depth) + dollars;
        } else {
            at++;
        }
    }
    return limit;
}

uint32_t lexer_skip_literal(const char *text, uint32_t at, uint32_t limit, unsigned depth)
{
    if (depth > DEEPEST_STRINGS)
        return limit;
    if (text[at] == '\'')
        return skip_quoted(text, at, limit);
    uint32_t dollars = count_char(text, at, limit, '$');
    uint32_t next = at + dollars;
    bool verbatim = next < limit && text[next] == '@';
    next += verbatim;
    if (verbatim && dollars == 0)
        dollars = count_char(text, next, limit, '$'), next += dollars;
    uint32_t quotes = count_char(text, next, limit, '"');
    if (quotes == 0)
        return next;
    if (verbatim && dollars == 0)
        return skip_verbatim(text, next + 1, limit);
    if (quotes >= 3 && !verbatim)
        next = dollars ? skip_raw_interpolated(text, next + quotes, limit, quotes, dollars, depth)
                       : skip_raw(text, next + quotes, limit, quotes);
    else if (dollars)
        next = skip_interpolated(text, next + 1, limit, verbatim, depth);
    else
        next = skip_quoted(text, next, limit);
    return next < limit ? next : limit;
}

/* Whether only white space stands between the start of the line and `at`. */
static bool starts_line(const char *text, uint32_t at, uint32_t start)
{
    while (at > start && has_class(text[at - 1], CLASS_SPACE))
        at--;
    return at == start || has_class(text[at - 1], CLASS_NEWLINE);
}

/* Behind the literal, comment or directive at `at`; at + 1 when there is none. */
static uint32_t skip_special(const char *text, uint32_t at, uint32_t limit, uint32_t start)
{
    switch (text[at]) {
    case '"':
    case '\'':
    case '$':
    case '@':
        return lexer_skip_literal(text, at, limit, 0);
    case '/':
        if (at + 1 < limit && (text[at + 1] == '/' || text[at + 1] == '*'))
            return lexer_skip_comment(text, at, limit);
        return at + 1;
    case '#':
        return starts_line(text, at, start) ? lexer_skip_comment(text, at, limit) : at + 1;
    default:
        return at + 1;
    }
}

uint32_t lexer_skip_braces(const char *text, uint32_t at, uint32_t limit)
{
    uint32_t start = at;
    uint32_t depth = 1;
    for (;;) {
        while (!has_class(text[at], CLASS_SKIP)) /* the NUL at the end of every file stops this */
            at++;
        if (at >= limit)
            return limit;
        if (text[at] == '{') {
            depth++;
            at++;
        } else if (text[at] == '}') {
            if (--depth == 0)
                return at;
            at++;
        } else {
            at = skip_special(text, at, limit, start);
        }
    }
}

uint32_t lexer_skip_expression(const char *text, uint32_t at, uint32_t limit)
{
    uint32_t start = at;
    uint32_t depth = 0;
    while (at < limit) {
        char c = text[at];
        if (c == ';' && depth == 0)
            return at;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        else if ((c == ')' || c == ']' || c == '}') && depth > 0)
            depth--;
        at = has_class(c, CLASS_SKIP) ? skip_special(text, at, limit, start) : at + 1;
    }
    return limit;
}
