/* Characters and strings: regular, verbatim, raw, interpolated. */
#include "lang/lexer_internal.h"

#include <string.h>

enum { DEEPEST_BRACKETS = 400, DEEPEST_STRINGS = 40 };

/* --- text with escapes → UTF-16 ----------------------------------------------------------------------------------- */

typedef struct Units {
    uint16_t *at; /* room for one unit per byte of source, which is always enough */
    uint32_t count;
} Units;

static void add_code_point(Units *units, uint32_t c)
{
    if (c >= 0x10000) {
        units->at[units->count++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
        units->at[units->count++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
        units->at[units->count++] = (uint16_t)c;
    }
}

static uint32_t hex_digits(const Lexer *lexer, uint32_t at, uint32_t end, uint32_t most, uint32_t *value)
{
    uint32_t count = 0;
    *value = 0;
    while (count < most && at + count < end && has_class(lexer->text[at + count], CLASS_HEX)) {
        char c = lexer->text[at + count++];
        *value = *value << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return count;
}

static int simple_escape(char c)
{
    switch (c) {
    case '\'':
    case '"':
    case '\\':
        return c;
    case '0':
        return 0;
    case 'a':
        return 7;
    case 'b':
        return 8;
    case 'f':
        return 12;
    case 'n':
        return 10;
    case 'r':
        return 13;
    case 't':
        return 9;
    case 'v':
        return 11;
    case 'e':
        return 27;
    default:
        return -1;
    }
}

/* The escape sequence at `at`: its character goes to `units`; returns the offset behind it. */
static uint32_t take_escape(Lexer *lexer, uint32_t at, uint32_t end, Units *units)
{
    char c = at + 1 < end ? lexer->text[at + 1] : 0;
    int simple = c ? simple_escape(c) : -1;
    if (simple >= 0 && c != 'e') {
        add_code_point(units, (uint32_t)simple);
        return at + 2;
    }
    uint32_t value = 0;
    uint32_t count = 0;
    bool good = false;
    if (c == 'u') {
        count = hex_digits(lexer, at + 2, end, 4, &value);
        good = count == 4;
    } else if (c == 'U') {
        count = hex_digits(lexer, at + 2, end, 8, &value);
        good = count == 8 && value <= 0x10FFFF;
    } else if (c == 'x') {
        count = hex_digits(lexer, at + 2, end, 4, &value);
        good = count > 0;
    }
    uint32_t next = at + (c ? 2 : 1) + count;
    if (good)
        add_code_point(units, value);
    else
        lexer_error(lexer, at, next, ERROR_BAD_ESCAPE, NULL);
    return next;
}

typedef enum TextStyle { TEXT_REGULAR, TEXT_VERBATIM, TEXT_RAW } TextStyle;

/* Decodes the bytes [start, end); `braces`: doubled braces stand for one. */
static void add_text(Lexer *lexer, uint32_t start, uint32_t end, TextStyle style, bool braces, Units *units)
{
    const char *text = lexer->text;
    for (uint32_t at = start; at < end;) {
        char c = text[at];
        if (c == '\\' && style == TEXT_REGULAR) {
            at = take_escape(lexer, at, end, units);
        } else if ((unsigned char)c >= 0x80) {
            uint32_t size;
            add_code_point(units, lexer_decode(lexer, at, &size));
            at += size;
        } else {
            bool doubled = at + 1 < end && text[at + 1] == c &&
                           ((c == '"' && style == TEXT_VERBATIM) || (braces && (c == '{' || c == '}')));
            units->at[units->count++] = (uint16_t)c;
            at += doubled ? 2 : 1;
        }
    }
}

static Literal *string_literal(Lexer *lexer, uint32_t room, Units *units)
{
    units->at = ARENA_ARRAY(lexer->context->arena, uint16_t, room + 1);
    units->count = 0;
    Literal *literal = ARENA_NEW(lexer->context->arena, Literal);
    literal->kind = LITERAL_STRING;
    literal->units = units->at;
    return literal;
}

static void make_string(Lexer *lexer, Token *token, uint32_t start, uint32_t end, TextStyle style)
{
    Units units;
    token->kind = TOKEN_STRING;
    token->literal = string_literal(lexer, end - start, &units);
    add_text(lexer, start, end, style, false, &units);
    token->literal->unit_count = units.count;
}

/* An u8 behind the closing quote. */
static void take_utf8_suffix(Lexer *lexer, Token *token)
{
    const char *text = lexer->text + lexer->at;
    if (lexer->limit - lexer->at < 2 || (text[0] | 32) != 'u' || text[1] != '8')
        return;
    token->literal->kind = LITERAL_UTF8_STRING;
    lexer->at += 2;
}

/* --- regular strings, characters, verbatim strings ---------------------------------------------------------------- */

static bool at_line_end(const Lexer *lexer)
{
    return lexer->at >= lexer->limit || has_class(lexer->text[lexer->at], CLASS_NEWLINE);
}

/* To the closing quote or the end of the line; false when there is no quote. `at` ends on it. */
static bool find_quote(Lexer *lexer, char quote)
{
    lexer->at++;
    while (!at_line_end(lexer) && lexer->text[lexer->at] != quote) {
        bool escape = lexer->text[lexer->at] == '\\';
        lexer->at++;
        if (escape && !at_line_end(lexer))
            lexer->at++;
    }
    return !at_line_end(lexer);
}

void lexer_string(Lexer *lexer, Token *token)
{
    if (lexer->limit - lexer->at >= 3 && memcmp(lexer->text + lexer->at, "\"\"\"", 3) == 0) {
        lexer_raw_string(lexer, token);
        return;
    }
    bool closed = find_quote(lexer, '"');
    uint32_t end = lexer->at;
    if (!closed) {
        token->flags |= TOKEN_BROKEN;
        lexer_error(lexer, token->start, end, ERROR_NEWLINE_IN_CONSTANT, NULL);
    }
    make_string(lexer, token, token->start + 1, end, TEXT_REGULAR);
    if (closed) {
        lexer->at++;
        take_utf8_suffix(lexer, token);
    }
}

void lexer_character(Lexer *lexer, Token *token)
{
    bool closed = find_quote(lexer, '\'');
    uint32_t end = lexer->at;
    lexer->at += closed;
    if (!closed)
        lexer_error(lexer, token->start, end, ERROR_NEWLINE_IN_CONSTANT, NULL);
    Units units;
    token->kind = TOKEN_CHARACTER;
    token->literal = string_literal(lexer, end - token->start, &units);
    uint32_t errors = lexer->error_count;
    add_text(lexer, token->start + 1, end, TEXT_REGULAR, false, &units);
    token->literal->kind = LITERAL_CHAR;
    token->literal->integer = units.count ? units.at[0] : 0;
    bool bad_escape = errors != lexer->error_count;
    if (!closed || units.count != 1)
        token->flags |= TOKEN_BROKEN;
    if (units.count != 1 && closed && !bad_escape)
        lexer_error(lexer, token->start, lexer->at, units.count ? ERROR_LONG_CHARACTER : ERROR_EMPTY_CHARACTER, NULL);
}

void lexer_verbatim_string(Lexer *lexer, Token *token)
{
    const char *text = lexer->text;
    uint32_t at = lexer->at + 2;
    bool closed = false;
    while (at < lexer->limit && !closed) {
        const char *quote = memchr(text + at, '"', lexer->limit - at);
        if (!quote)
            break;
        at = (uint32_t)(quote - text) + 1;
        if (at < lexer->limit && text[at] == '"')
            at++;
        else
            closed = true;
    }
    uint32_t end = closed ? at - 1 : lexer->limit;
    lexer->at = closed ? at : lexer->limit;
    if (!closed) {
        token->flags |= TOKEN_BROKEN | TOKEN_AT_END;
        lexer->hit_end = true;
        lexer_error(lexer, token->start, lexer->at, ERROR_UNTERMINATED_STRING, NULL);
    }
    make_string(lexer, token, token->start + 2, end, TEXT_VERBATIM);
    if (closed)
        take_utf8_suffix(lexer, token);
}

/* --- raw strings -------------------------------------------------------------------------------------------------- */

static uint32_t run_length(const Lexer *lexer, uint32_t at, char c)
{
    uint32_t start = at;
    while (at < lexer->limit && lexer->text[at] == c)
        at++;
    return at - start;
}

static uint32_t skip_spaces(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->limit && has_class(lexer->text[at], CLASS_SPACE))
        at++;
    return at;
}

static uint32_t newline_size(const Lexer *lexer, uint32_t at)
{
    if (at >= lexer->limit || !has_class(lexer->text[at], CLASS_NEWLINE))
        return 0;
    return lexer->text[at] == '\r' && at + 1 < lexer->limit && lexer->text[at + 1] == '\n' ? 2 : 1;
}

/* Lines [at, end) without the indentation of the closing line. The first line is complete when `mid_line`. */
static void add_dedented(Lexer *lexer, uint32_t at, uint32_t end, const InterpolatedText *raw, bool mid_line,
                         bool is_last, Units *units)
{
    const char *text = lexer->text;
    bool reported = false;
    while (at < end) {
        uint32_t content = at;
        if (!mid_line) {
            uint32_t spaces = skip_spaces(lexer, at);
            spaces = spaces < end ? spaces : end;
            uint32_t own = spaces - at;
            uint32_t common = own < raw->indentation_length ? own : raw->indentation_length;
            bool prefix = memcmp(text + at, text + raw->indentation, common) == 0;
            bool blank = (spaces == end && is_last) || newline_size(lexer, spaces);
            if ((!prefix || own < raw->indentation_length) && !(blank && prefix) && !(spaces == end && at == end) &&
                !reported) {
                lexer_error(lexer, at, spaces, prefix ? ERROR_RAW_INDENTATION : ERROR_RAW_OTHER_SPACE, NULL);
                reported = true;
            }
            content = at + common;
        }
        mid_line = false;
        uint32_t next = content;
        while (next < end && !has_class(text[next], CLASS_NEWLINE))
            next++;
        next += next < end ? newline_size(lexer, next) : 0;
        next = next < end ? next : end;
        add_text(lexer, content, next, TEXT_RAW, false, units);
        at = next;
    }
}

/* Finds out about the closing line of a multi-line raw string whose closing quotes are at `quotes_at`; sets where the
 * content ends. False: reported. `start`: first byte of the first content line. */
static bool closing_line(Lexer *lexer, uint32_t start, uint32_t quotes_at, InterpolatedText *raw)
{
    uint32_t line = quotes_at;
    while (line > start && !has_class(lexer->text[line - 1], CLASS_NEWLINE))
        line--;
    if (skip_spaces(lexer, line) < quotes_at) {
        lexer_error(lexer, quotes_at, quotes_at + raw->quotes, ERROR_RAW_DELIMITER_LINE, NULL);
        return false;
    }
    if (line == start) {
        lexer_error(lexer, start, quotes_at, ERROR_RAW_NO_CONTENT, NULL);
        return false;
    }
    raw->indentation = line;
    raw->indentation_length = quotes_at - line;
    raw->content_end = line - 1;
    if (raw->content_end > start && lexer->text[line - 1] == '\n' && lexer->text[line - 2] == '\r')
        raw->content_end--;
    return true;
}

static void unterminated_raw(Lexer *lexer, Token *token, uint32_t at, uint32_t width, bool at_end)
{
    token->flags |= TOKEN_BROKEN | (at_end ? TOKEN_AT_END : 0);
    lexer->hit_end |= at_end;
    lexer_error(lexer, at, at + width, ERROR_UNTERMINATED_RAW_STRING, NULL);
}

static void multi_line_raw(Lexer *lexer, Token *token, InterpolatedText *raw, uint32_t start)
{
    uint32_t at = start;
    uint32_t run = 0;
    while (at < lexer->limit) {
        const char *quote = memchr(lexer->text + at, '"', lexer->limit - at);
        if (!quote)
            break;
        at = (uint32_t)(quote - lexer->text);
        run = run_length(lexer, at, '"');
        if (run >= raw->quotes)
            break;
        at += run;
        run = 0;
    }
    if (run < raw->quotes) {
        lexer->at = lexer->limit;
        unterminated_raw(lexer, token, lexer->at, 0, true);
        make_string(lexer, token, start, lexer->limit, TEXT_RAW);
        return;
    }
    lexer->at = at + run;
    if (run > raw->quotes)
        lexer_error(lexer, at + raw->quotes, at + run, ERROR_RAW_TOO_MANY_QUOTES, NULL);
    Units units;
    token->kind = TOKEN_STRING;
    token->literal = string_literal(lexer, at - start, &units);
    if (closing_line(lexer, start, at, raw)) {
        add_dedented(lexer, start, raw->content_end, raw, false, true, &units);
        token->literal->unit_count = units.count;
    }
    take_utf8_suffix(lexer, token);
}

static void single_line_raw(Lexer *lexer, Token *token, uint32_t quotes, uint32_t start)
{
    uint32_t at = start;
    uint32_t run = 0;
    while (at < lexer->limit && !has_class(lexer->text[at], CLASS_NEWLINE)) {
        run = run_length(lexer, at, '"');
        if (run >= quotes)
            break;
        at += run ? run : 1;
        run = 0;
    }
    if (run < quotes) {
        lexer->at = at;
        unterminated_raw(lexer, token, at, 1, false);
        make_string(lexer, token, start, at, TEXT_RAW);
        return;
    }
    lexer->at = at + run;
    if (run > quotes)
        lexer_error(lexer, at + quotes, at + run, ERROR_RAW_TOO_MANY_QUOTES, NULL);
    make_string(lexer, token, start, at, TEXT_RAW);
    take_utf8_suffix(lexer, token);
}

void lexer_raw_string(Lexer *lexer, Token *token)
{
    InterpolatedText raw = {.quotes = run_length(lexer, lexer->at, '"')};
    uint32_t start = lexer->at + raw.quotes;
    uint32_t first_line = skip_spaces(lexer, start);
    uint32_t newline = newline_size(lexer, first_line);
    if (newline)
        multi_line_raw(lexer, token, &raw, first_line + newline);
    else
        single_line_raw(lexer, token, raw.quotes, start);
}

/* --- interpolated strings ----------------------------------------------------------------------------------------- */

typedef struct Scan {
    Lexer *lexer;
    InterpolatedText *out;
    bool failed; /* an error was reported: stop at the next quote, as Roslyn does */
    unsigned depth;
} Scan;

static char scan_peek(const Scan *scan, uint32_t ahead)
{
    const Lexer *lexer = scan->lexer;
    return lexer->at + ahead < lexer->limit ? lexer->text[lexer->at + ahead] : 0;
}

static bool scan_ended(const Scan *scan)
{
    return scan->lexer->at >= scan->lexer->limit;
}

/* Only the first error of a string counts. */
static void scan_error(Scan *scan, uint32_t start, uint32_t end, DiagnosticCode code, const char *argument)
{
    if (!scan->failed)
        lexer_error(scan->lexer, start, end, code, argument);
    scan->failed = true;
}

static InterpolationPart *add_part(Scan *scan, bool is_hole, uint32_t start, uint32_t end)
{
    InterpolatedText *out = scan->out;
    InterpolationPart part = {.is_hole = is_hole, .start = start, .end = end};
    ARENA_PUSH(scan->lexer->context->arena, out->parts, out->count, out->capacity, part);
    return &out->parts[out->count - 1];
}

/* The format of a hole, from behind its ':' to '}' or where the string ends. */
static void scan_format(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    bool raw = scan->out->quotes > 0;
    while (!scan_ended(scan)) {
        char c = scan_peek(scan, 0);
        if (c == '}')
            return;
        if (has_class(c, CLASS_NEWLINE) && !scan->out->verbatim) {
            scan_error(scan, lexer->at - 2, lexer->at, ERROR_NEWLINE_IN_CONSTANT, NULL);
            return;
        }
        if (c == '"' && !raw) {
            if (!scan->out->verbatim || scan_peek(scan, 1) != '"')
                return;
            lexer->at++;
        } else if (c == '"' && run_length(lexer, lexer->at, '"') >= scan->out->quotes) {
            return;
        } else if (c == '{') {
            scan_error(scan, lexer->at, lexer->at + 1, ERROR_UNEXPECTED_CHARACTER, "{");
        } else if (c == '\\' && !raw && !scan->out->verbatim && lexer->at + 1 < lexer->limit) {
            lexer->at++;
        }
        lexer->at++;
    }
}

/* A literal or comment inside a hole; false: something else. */
static bool scan_nested(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    char c = scan_peek(scan, 0);
    char next = scan_peek(scan, 1);
    if (c == '/' && (next == '/' || next == '*')) {
        lexer->at = lexer_skip_comment(lexer->text, lexer->at, lexer->limit);
        return true;
    }
    bool literal = c == '"' || c == '\'' || (c == '@' && (next == '"' || next == '$')) ||
                   (c == '$' && (next == '"' || next == '@' || next == '$'));
    if (!literal)
        return false;
    lexer->at = lexer_skip_literal(lexer->text, lexer->at, lexer->limit, 1);
    return true;
}

/* The code of a hole, to the '}' that ends it; notes where a ':' starts the format. */
static void scan_hole(Scan *scan, uint32_t *colon)
{
    Lexer *lexer = scan->lexer;
    char closing[DEEPEST_BRACKETS];
    uint32_t depth = 0;
    closing[0] = '}';
    while (!scan_ended(scan)) {
        char c = scan_peek(scan, 0);
        if (c == '"' && scan->failed)
            return;
        if (c == '"' && scan->out->quotes && run_length(lexer, lexer->at, '"') >= scan->out->quotes)
            return;
        if (scan_nested(scan))
            continue;
        if (c == closing[depth]) {
            if (depth == 0)
                return;
            depth--;
        } else if (c == ':' && depth == 0) {
            *colon = lexer->at++;
            scan_format(scan);
            return;
        } else if (c == '(' || c == '[' || c == '{') {
            if (depth + 1 == DEEPEST_BRACKETS) {
                scan_error(scan, lexer->at, lexer->at + 1, ERROR_NESTING_TOO_DEEP, NULL);
                lexer->at = lexer->limit;
                return;
            }
            closing[++depth] = c == '(' ? ')' : c == '[' ? ']' : '}';
        } else if (c == ')' || c == ']' || c == '}' || c == '#') {
            const char *wanted = closing[depth] == ')' ? ")" : closing[depth] == ']' ? "]" : "}";
            scan_error(scan, lexer->at, lexer->at + 1, ERROR_SYNTAX_EXPECTED, wanted);
        }
        lexer->at++;
    }
}

/* A hole whose opening braces end at `at`; `braces` of them must close it. */
static void take_hole(Scan *scan, uint32_t error_at)
{
    Lexer *lexer = scan->lexer;
    uint32_t braces = scan->out->quotes ? scan->out->dollars : 1;
    uint32_t start = lexer->at;
    uint32_t colon = 0;
    scan_hole(scan, &colon);
    uint32_t end = lexer->at;
    if (run_length(lexer, lexer->at, '}') >= braces) {
        lexer->at += braces;
    } else {
        if (scan_ended(scan))
            lexer->hit_end = true;
        scan_error(scan, error_at, error_at + 2, ERROR_UNCLOSED_HOLE, NULL);
    }
    InterpolationPart *part = add_part(scan, true, start, colon ? colon : end);
    if (colon) {
        part->has_format = true;
        part->format_start = colon + 1;
        part->format_end = end;
    }
}

static void end_text(Scan *scan, uint32_t start)
{
    if (scan->lexer->at > start)
        add_part(scan, false, start, scan->lexer->at);
}

/* A backslash in the text of a regular interpolated string. */
static void scan_escape(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    char c = scan_peek(scan, 1);
    if (c == '{' || c == '}')
        scan_error(scan, lexer->at, lexer->at + 2, ERROR_ESCAPED_BRACE, c == '{' ? "{" : "}");
    lexer->at += lexer->at + 1 < lexer->limit && !has_class(c, CLASS_NEWLINE) ? 2 : 1;
}

static void scan_plain(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    bool verbatim = scan->out->verbatim;
    uint32_t start = lexer->at;
    while (!scan_ended(scan) && (verbatim || !has_class(scan_peek(scan, 0), CLASS_NEWLINE))) {
        char c = scan_peek(scan, 0);
        if (c == '"') {
            if (scan->failed || !verbatim || scan_peek(scan, 1) != '"')
                break;
            lexer->at += 2;
        } else if (c == '}' && scan_peek(scan, 1) != '}') {
            scan_error(scan, lexer->at, lexer->at + 1, ERROR_INTERPOLATION_BRACE, NULL);
            lexer->at++;
        } else if (c == '{' && scan_peek(scan, 1) != '{') {
            end_text(scan, start);
            uint32_t brace = lexer->at++;
            take_hole(scan, brace - 1);
            start = lexer->at;
        } else if (c == '\\' && !verbatim) {
            scan_escape(scan);
        } else {
            lexer->at += c == '{' || c == '}' ? 2 : 1;
        }
    }
    end_text(scan, start);
}

static void end_plain(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    if (scan_peek(scan, 0) == '"') {
        lexer->at++;
        return;
    }
    bool ended = scan_ended(scan);
    uint32_t position = lexer->at - 1;
    scan_error(scan, position, position + 1, ERROR_UNTERMINATED_STRING, NULL);
    if (ended && scan->out->verbatim)
        lexer->hit_end = true;
}

/* --- interpolated raw strings ------------------------------------------------------------------------------------- */

/* Braces in the text of a raw string: fewer than the dollars are text. True when a hole was read. */
static bool raw_braces(Scan *scan, uint32_t *start)
{
    Lexer *lexer = scan->lexer;
    uint32_t dollars = scan->out->dollars;
    char c = scan_peek(scan, 0);
    uint32_t count = run_length(lexer, lexer->at, c);
    if (count < dollars) {
        lexer->at += count;
        return false;
    }
    if (c == '}' || count >= 2 * dollars)
        scan_error(scan, lexer->at + (c == '}' ? dollars - 1 : 0), lexer->at + count,
                   c == '}' ? ERROR_RAW_CLOSING_BRACES : ERROR_RAW_OPENING_BRACES, NULL);
    if (c == '}') {
        lexer->at += count;
        return false;
    }
    lexer->at += count - dollars; /* the outer braces are text */
    end_text(scan, *start);
    uint32_t brace = lexer->at;
    lexer->at += dollars;
    take_hole(scan, brace);
    *start = lexer->at;
    return true;
}

/* The content, to the closing quotes (left unread); false when there are none. */
static bool scan_raw(Scan *scan)
{
    Lexer *lexer = scan->lexer;
    uint32_t start = lexer->at;
    bool closed = false;
    while (!scan_ended(scan)) {
        char c = scan_peek(scan, 0);
        if (!scan->out->multi_line && has_class(c, CLASS_NEWLINE))
            break;
        if (c == '"') {
            uint32_t count = run_length(lexer, lexer->at, '"');
            closed = count >= scan->out->quotes;
            if (closed)
                break;
            lexer->at += count;
        } else if (c == '{' || c == '}') {
            raw_braces(scan, &start);
        } else {
            lexer->at++;
        }
    }
    end_text(scan, start);
    return closed;
}

static void take_raw_interpolated(Scan *scan, Token *token)
{
    Lexer *lexer = scan->lexer;
    uint32_t first_line = skip_spaces(lexer, lexer->at);
    uint32_t newline = newline_size(lexer, first_line);
    uint32_t start = lexer->at;
    if (newline) {
        scan->out->multi_line = true;
        start = lexer->at = first_line + newline;
    }
    bool closed = scan_raw(scan);
    uint32_t quotes_at = lexer->at;
    if (!closed) {
        if (!scan->failed)
            unterminated_raw(lexer, token, lexer->at, newline ? 0 : 1, newline != 0);
        scan->failed = true;
        return;
    }
    lexer->at += run_length(lexer, lexer->at, '"');
    if (lexer->at - quotes_at > scan->out->quotes)
        scan_error(scan, quotes_at + scan->out->quotes, lexer->at, ERROR_RAW_TOO_MANY_QUOTES, NULL);
    scan->out->content_end = quotes_at;
    if (scan->out->multi_line && !scan->failed && !closing_line(lexer, start, quotes_at, scan->out))
        scan->failed = true;
}

bool lexer_interpolated_string(Lexer *lexer, Token *token)
{
    uint32_t at = lexer->at;
    uint32_t dollars = run_length(lexer, at, '$');
    at += dollars;
    bool verbatim = at < lexer->limit && lexer->text[at] == '@';
    at += verbatim;
    if (verbatim && dollars == 0)
        dollars = run_length(lexer, at, '$'), at += dollars;
    uint32_t quotes = run_length(lexer, at, '"');
    bool raw = quotes >= 3 && !verbatim;
    if (quotes == 0 || (dollars != 1 && !raw))
        return false;
    InterpolatedText *out = ARENA_NEW(lexer->context->arena, InterpolatedText);
    Scan scan = {.lexer = lexer, .out = out};
    token->kind = TOKEN_INTERPOLATED;
    token->interpolated = out;
    out->verbatim = verbatim;
    out->dollars = dollars;
    if (raw) {
        out->quotes = quotes;
        lexer->at = at + quotes;
        take_raw_interpolated(&scan, token);
    } else {
        lexer->at = at + 1;
        scan_plain(&scan);
        end_plain(&scan);
    }
    if (scan.failed)
        token->flags |= TOKEN_BROKEN;
    return true;
}

/* --- parts, for the parser ---------------------------------------------------------------------------------------- */

Literal *lexer_interpolation_text(Lexer *lexer, const InterpolatedText *interpolated, uint32_t part)
{
    const InterpolationPart *text = &interpolated->parts[part];
    Units units;
    Literal *literal = string_literal(lexer, text->end - text->start, &units);
    uint32_t end = text->end;
    if (interpolated->multi_line && end > interpolated->content_end)
        end = interpolated->content_end > text->start ? interpolated->content_end : text->start;
    if (interpolated->multi_line && interpolated->indentation)
        add_dedented(lexer, text->start, end, interpolated, part > 0, part + 1 == interpolated->count, &units);
    else
        add_text(lexer, text->start, end,
                 interpolated->quotes     ? TEXT_RAW
                 : interpolated->verbatim ? TEXT_VERBATIM
                                          : TEXT_REGULAR,
                 !interpolated->quotes, &units);
    literal->unit_count = units.count;
    return literal;
}

Name lexer_interpolation_format(Lexer *lexer, const InterpolatedText *interpolated, uint32_t part)
{
    const InterpolationPart *hole = &interpolated->parts[part];
    Text text;
    text_init(&text, lexer->context->arena);
    for (uint32_t at = hole->format_start; at < hole->format_end; at++) {
        char c = lexer->text[at];
        if (c == '\\' && !interpolated->verbatim && !interpolated->quotes && at + 1 < hole->format_end) {
            int simple = simple_escape(lexer->text[++at]);
            c = simple >= 0 ? (char)simple : lexer->text[at];
            if (simple < 0 && c != 'u' && c != 'U' && c != 'x')
                lexer_error(lexer, at - 1, at + 1, ERROR_BAD_ESCAPE, NULL);
        } else if (c == '"' && interpolated->verbatim) {
            at++;
        }
        text_addc(&text, c);
    }
    return name_intern(lexer->context->names, text.at ? text.at : "", text.length);
}
