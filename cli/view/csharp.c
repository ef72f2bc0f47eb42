#include "view/csharp.h"

#include <string.h>

/* Written as one text, so that there is no table to keep in order. */
static const char keywords[] = " abstract as async base bool break byte case catch char checked class const continue "
                               "decimal default delegate do double "
                               "else enum event explicit extern false finally fixed float for foreach get goto if "
                               "implicit in init int interface internal is "
                               "lock long nameof namespace new not null object operator or out override params partial "
                               "private protected public readonly "
                               "record ref return sbyte sealed set short sizeof stackalloc static string struct switch "
                               "this throw true try typeof uint ulong "
                               "unchecked unsafe ushort using var virtual void volatile when where while with yield ";

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

static bool is_keyword(const char *word, size_t length)
{
    char padded[16];
    if (length + 2 >= sizeof padded) {
        return false;
    }
    padded[0] = ' ';
    memcpy(padded + 1, word, length);
    padded[length + 1] = ' ';
    padded[length + 2] = 0;
    return strstr(keywords, padded) != NULL;
}

typedef struct Piece {
    size_t length;
    Style style;
    CsharpState after;
} Piece;

/* Up to and with `end`, or the whole rest: then the state goes on. */
static Piece until(const char *text, size_t length, size_t from, const char *end, CsharpState state, Style style)
{
    size_t size = strlen(end);
    for (size_t i = from; i + size <= length; i++) {
        if (memcmp(text + i, end, size) == 0) {
            return (Piece){i + size, style, CSHARP_CODE};
        }
    }
    return (Piece){length, style, state};
}

/* A plain string or character: ends with the line at the latest. */
static Piece quoted(const char *text, size_t length, size_t from, char quote)
{
    size_t i = from;
    while (i < length && text[i] != quote) {
        i += text[i] == '\\' && i + 1 < length ? 2 : 1;
    }
    return (Piece){i < length ? i + 1 : length, STYLE_STRING, CSHARP_CODE};
}

static bool starts(const char *text, size_t length, const char *with)
{
    size_t size = strlen(with);
    return length >= size && memcmp(text, with, size) == 0;
}

static Piece string_piece(const char *text, size_t length)
{
    size_t prefix = 0;
    bool is_verbatim = false;
    while (prefix < length && (text[prefix] == '$' || text[prefix] == '@')) {
        is_verbatim |= text[prefix] == '@';
        prefix++;
    }
    if (starts(text + prefix, length - prefix, "\"\"\"")) {
        return until(text, length, prefix + 3, "\"\"\"", CSHARP_RAW, STYLE_STRING);
    }
    return is_verbatim ? until(text, length, prefix + 1, "\"", CSHARP_VERBATIM, STYLE_STRING)
                       : quoted(text, length, prefix + 1, '"');
}

static bool begins_string(const char *text, size_t length)
{
    size_t prefix = 0;
    while (prefix < length && (text[prefix] == '$' || text[prefix] == '@')) {
        prefix++;
    }
    return prefix < length && text[prefix] == '"';
}

static Piece word_piece(const char *text, size_t length)
{
    size_t size = 0;
    while (size < length && is_word(text[size])) {
        size++;
    }
    bool is_await = size == 5 && memcmp(text, "await", 5) == 0;
    Style style = is_await ? STYLE_AWAIT : is_keyword(text, size) ? STYLE_KEYWORD : STYLE_TEXT;
    return (Piece){size, style, CSHARP_CODE};
}

static Piece next_piece(CsharpState state, const char *text, size_t length)
{
    switch (state) {
    case CSHARP_BLOCK_COMMENT:
        return until(text, length, 0, "*/", state, STYLE_COMMENT);
    case CSHARP_VERBATIM:
        return until(text, length, 0, "\"", state, STYLE_STRING);
    case CSHARP_RAW:
        return until(text, length, 0, "\"\"\"", state, STYLE_STRING);
    case CSHARP_CODE:
        break;
    }
    if (starts(text, length, "//")) {
        return (Piece){length, STYLE_COMMENT, CSHARP_CODE};
    }
    if (starts(text, length, "/*")) {
        return until(text, length, 2, "*/", CSHARP_BLOCK_COMMENT, STYLE_COMMENT);
    }
    if (begins_string(text, length)) {
        return string_piece(text, length);
    }
    if (*text == '\'') {
        return quoted(text, length, 1, '\'');
    }
    return is_word(*text) ? word_piece(text, length) : (Piece){1, STYLE_TEXT, CSHARP_CODE};
}

CsharpState csharp_after(CsharpState state, const char *line, size_t length)
{
    for (size_t i = 0; i < length;) {
        Piece piece = next_piece(state, line + i, length - i);
        state = piece.after;
        i += piece.length;
    }
    return state;
}

void csharp_put(Pen *pen, CsharpState state, const char *line, size_t length)
{
    for (size_t i = 0; i < length;) {
        Piece piece = next_piece(state, line + i, length - i);
        pen_put_length(pen, piece.style, line + i, piece.length);
        state = piece.after;
        i += piece.length;
    }
}
