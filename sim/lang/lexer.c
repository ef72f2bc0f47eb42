/* Tokens: white space, comments, names, punctuation. */
#include "lang/lexer_internal.h"

#include <string.h>

#define L CLASS_LETTER
#define D (CLASS_DIGIT | CLASS_HEX)
#define H (CLASS_LETTER | CLASS_HEX)
#define S CLASS_SPACE
#define N CLASS_NEWLINE
#define K CLASS_SKIP
const uint8_t lexer_classes[256] = {
    [0] = K,   ['\t'] = S, ['\v'] = S, ['\f'] = S, [' '] = S, ['\n'] = N, ['\r'] = N, ['0'] = D, ['1'] = D, ['2'] = D,
    ['3'] = D, ['4'] = D,  ['5'] = D,  ['6'] = D,  ['7'] = D, ['8'] = D,  ['9'] = D,  ['a'] = H, ['b'] = H, ['c'] = H,
    ['d'] = H, ['e'] = H,  ['f'] = H,  ['g'] = L,  ['h'] = L, ['i'] = L,  ['j'] = L,  ['k'] = L, ['l'] = L, ['m'] = L,
    ['n'] = L, ['o'] = L,  ['p'] = L,  ['q'] = L,  ['r'] = L, ['s'] = L,  ['t'] = L,  ['u'] = L, ['v'] = L, ['w'] = L,
    ['x'] = L, ['y'] = L,  ['z'] = L,  ['A'] = H,  ['B'] = H, ['C'] = H,  ['D'] = H,  ['E'] = H, ['F'] = H, ['G'] = L,
    ['H'] = L, ['I'] = L,  ['J'] = L,  ['K'] = L,  ['L'] = L, ['M'] = L,  ['N'] = L,  ['O'] = L, ['P'] = L, ['Q'] = L,
    ['R'] = L, ['S'] = L,  ['T'] = L,  ['U'] = L,  ['V'] = L, ['W'] = L,  ['X'] = L,  ['Y'] = L, ['Z'] = L, ['_'] = L,
    ['{'] = K, ['}'] = K,  ['"'] = K,  ['\''] = K, ['/'] = K, ['@'] = K,  ['$'] = K,  ['#'] = K,
};
#undef L
#undef D
#undef H
#undef S
#undef N
#undef K

/* --- reserved and contextual words, by first letter --------------------------------------------------------------- */

typedef struct WordRow {
    const char *text;
    uint8_t length;
    uint8_t kind; /* TokenKind; TOKEN_IDENTIFIER for contextual words */
    uint8_t word;
} WordRow;

#define KEY(text, name)                                                                                                \
    {                                                                                                                  \
        text, sizeof text - 1, TOKEN_##name, WORD_NONE                                                                 \
    }
#define CTX(text, name)                                                                                                \
    {                                                                                                                  \
        text, sizeof text - 1, TOKEN_IDENTIFIER, WORD_##name                                                           \
    }
static const WordRow words_a[] = {KEY("as", AS),
                                  CTX("async", ASYNC),
                                  CTX("await", AWAIT),
                                  KEY("abstract", ABSTRACT),
                                  CTX("add", ADD),
                                  CTX("and", AND),
                                  CTX("alias", ALIAS),
                                  CTX("allows", ALLOWS),
                                  CTX("ascending", ASCENDING),
                                  CTX("assembly", ASSEMBLY)};
static const WordRow words_b[] = {KEY("bool", BOOL), KEY("base", BASE), KEY("break", BREAK), KEY("byte", BYTE),
                                  CTX("by", BY)};
static const WordRow words_c[] = {KEY("class", CLASS),      KEY("const", CONST), KEY("case", CASE),
                                  KEY("char", CHAR),        KEY("catch", CATCH), KEY("checked", CHECKED),
                                  KEY("continue", CONTINUE)};
static const WordRow words_d[] = {KEY("default", DEFAULT),   KEY("do", DO),           KEY("double", DOUBLE),
                                  KEY("delegate", DELEGATE), KEY("decimal", DECIMAL), CTX("descending", DESCENDING)};
static const WordRow words_e[] = {KEY("else", ELSE),         KEY("enum", ENUM),     KEY("event", EVENT),
                                  KEY("explicit", EXPLICIT), KEY("extern", EXTERN), CTX("equals", EQUALS)};
static const WordRow words_f[] = {KEY("for", FOR),         KEY("foreach", FOREACH), KEY("false", FALSE),
                                  KEY("finally", FINALLY), KEY("float", FLOAT),     KEY("fixed", FIXED),
                                  CTX("from", FROM),       CTX("file", FILE)};
static const WordRow words_g[] = {CTX("get", GET), CTX("global", GLOBAL), CTX("group", GROUP), KEY("goto", GOTO)};
static const WordRow words_i[] = {KEY("if", IF),
                                  KEY("int", INT),
                                  KEY("in", IN),
                                  KEY("is", IS),
                                  KEY("internal", INTERNAL),
                                  KEY("interface", INTERFACE),
                                  KEY("implicit", IMPLICIT),
                                  CTX("init", INIT),
                                  CTX("into", INTO)};
static const WordRow words_j[] = {CTX("join", JOIN)};
static const WordRow words_l[] = {KEY("long", LONG), KEY("lock", LOCK), CTX("let", LET)};
static const WordRow words_m[] = {CTX("managed", MANAGED), CTX("module", MODULE)};
static const WordRow words_n[] = {KEY("new", NEW),       KEY("null", NULL),           CTX("not", NOT),
                                  CTX("nameof", NAMEOF), KEY("namespace", NAMESPACE), CTX("notnull", NOTNULL)};
static const WordRow words_o[] = {KEY("out", OUT),        KEY("object", OBJECT),     KEY("override", OVERRIDE),
                                  CTX("or", OR),          KEY("operator", OPERATOR), CTX("on", ON),
                                  CTX("orderby", ORDERBY)};
static const WordRow words_p[] = {KEY("public", PUBLIC), KEY("private", PRIVATE), KEY("params", PARAMS),
                                  KEY("protected", PROTECTED), CTX("partial", PARTIAL)};
static const WordRow words_r[] = {KEY("return", RETURN), KEY("ref", REF),           KEY("readonly", READONLY),
                                  CTX("record", RECORD), CTX("required", REQUIRED), CTX("remove", REMOVE)};
static const WordRow words_s[] = {KEY("string", STRING_TYPE),    KEY("static", STATIC), KEY("sealed", SEALED),
                                  KEY("struct", STRUCT),         KEY("switch", SWITCH), CTX("set", SET),
                                  KEY("short", SHORT),           KEY("sizeof", SIZEOF), KEY("sbyte", SBYTE),
                                  KEY("stackalloc", STACKALLOC), CTX("select", SELECT), CTX("scoped", SCOPED)};
static const WordRow words_t[] = {KEY("this", THIS), KEY("true", TRUE), KEY("throw", THROW), KEY("try", TRY),
                                  KEY("typeof", TYPEOF)};
static const WordRow words_u[] = {KEY("using", USING),        KEY("uint", UINT),           KEY("ulong", ULONG),
                                  KEY("ushort", USHORT),      KEY("unchecked", UNCHECKED), KEY("unsafe", UNSAFE),
                                  CTX("unmanaged", UNMANAGED)};
static const WordRow words_v[] = {CTX("var", VAR), KEY("void", VOID), KEY("virtual", VIRTUAL),
                                  KEY("volatile", VOLATILE)};
static const WordRow words_w[] = {CTX("when", WHEN), CTX("where", WHERE), KEY("while", WHILE), CTX("with", WITH)};
static const WordRow words_y[] = {CTX("yield", YIELD)};
#undef KEY
#undef CTX

static const struct {
    const WordRow *rows;
    size_t count;
} word_groups[26] = {
    [0] = {words_a, sizeof words_a / sizeof words_a[0]},  [1] = {words_b, sizeof words_b / sizeof words_b[0]},
    [2] = {words_c, sizeof words_c / sizeof words_c[0]},  [3] = {words_d, sizeof words_d / sizeof words_d[0]},
    [4] = {words_e, sizeof words_e / sizeof words_e[0]},  [5] = {words_f, sizeof words_f / sizeof words_f[0]},
    [6] = {words_g, sizeof words_g / sizeof words_g[0]},  [8] = {words_i, sizeof words_i / sizeof words_i[0]},
    [9] = {words_j, sizeof words_j / sizeof words_j[0]},  [11] = {words_l, sizeof words_l / sizeof words_l[0]},
    [12] = {words_m, sizeof words_m / sizeof words_m[0]}, [13] = {words_n, sizeof words_n / sizeof words_n[0]},
    [14] = {words_o, sizeof words_o / sizeof words_o[0]}, [15] = {words_p, sizeof words_p / sizeof words_p[0]},
    [17] = {words_r, sizeof words_r / sizeof words_r[0]}, [18] = {words_s, sizeof words_s / sizeof words_s[0]},
    [19] = {words_t, sizeof words_t / sizeof words_t[0]}, [20] = {words_u, sizeof words_u / sizeof words_u[0]},
    [21] = {words_v, sizeof words_v / sizeof words_v[0]}, [22] = {words_w, sizeof words_w / sizeof words_w[0]},
    [24] = {words_y, sizeof words_y / sizeof words_y[0]},
};

static const WordRow *find_word(const char *text, uint32_t length)
{
    if (text[0] < 'a' || text[0] > 'z' || length < 2 || length > 10)
        return NULL;
    const WordRow *rows = word_groups[text[0] - 'a'].rows;
    for (size_t i = 0; i < word_groups[text[0] - 'a'].count; i++)
        if (rows[i].length == length && memcmp(rows[i].text, text, length) == 0)
            return &rows[i];
    return NULL;
}

struct LexicalError {
    LexicalError *next;
    uint32_t owner; /* where the token starts that it belongs to */
    uint32_t start, end;
    DiagnosticCode code;
    const char *argument;
};

/* --- errors and characters ---------------------------------------------------------------------------------------- */

void lexer_error(Lexer *lexer, uint32_t start, uint32_t end, DiagnosticCode code, const char *argument)
{
    if (lexer->muted)
        return;
    LexicalError *error = ARENA_NEW(lexer->context->arena, LexicalError);
    uint32_t owner = lexer->token_start < start ? lexer->token_start : start;
    *error = (LexicalError){NULL, owner, start, end, code, argument ? argument : ""};
    lexer->error_count++;
    if (!lexer->errors)
        lexer->last_error = &lexer->errors;
    *lexer->last_error = error;
    lexer->last_error = &error->next;
}

void lexer_report(Lexer *lexer, uint32_t offset)
{
    while (lexer->errors && lexer->errors->owner < offset) {
        const LexicalError *error = lexer->errors;
        Span span = {lexer->file->base + error->start, lexer->file->base + error->end};
        report(lexer->context->diagnostics, span, error->code, error->argument);
        lexer->errors = error->next;
    }
}

uint32_t lexer_decode(const Lexer *lexer, uint32_t at, uint32_t *size)
{
    const unsigned char *bytes = (const unsigned char *)lexer->text + at;
    uint32_t left = lexer->limit - at;
    uint32_t first = bytes[0];
    uint32_t length = first < 0x80                    ? 1
                      : first >= 0xC2 && first < 0xE0 ? 2
                      : (first & 0xF0) == 0xE0        ? 3
                      : first >= 0xF0 && first < 0xF5 ? 4
                                                      : 0;
    *size = 1;
    if (length == 0 || length > left)
        return 0xFFFD;
    if (length == 1)
        return first;
    uint32_t value = first & (0x7Fu >> length);
    for (uint32_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0xFFFD;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if ((length == 3 && (value < 0x800 || (value >= 0xD800 && value < 0xE000))) ||
        (length == 4 && (value < 0x10000 || value > 0x10FFFF)))
        return 0xFFFD;
    *size = length;
    return value;
}

static bool is_unicode_space(uint32_t c)
{
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 ||
           c == 0xFEFF;
}

static bool is_unicode_newline(uint32_t c)
{
    return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Letters beyond ASCII, roughly: everything that is not known to be punctuation, a symbol or unassigned. */
static bool is_unicode_letter(uint32_t c)
{
    if (c < 0xC0)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || is_unicode_space(c) || is_unicode_newline(c))
        return false;
    return !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x20A0 && c <= 0x20CF) && !(c >= 0x2190 && c <= 0x2BFF) &&
           !(c >= 0x3001 && c <= 0x3004) && !(c >= 0x3008 && c <= 0x3020) && !(c >= 0xD800 && c <= 0xF8FF) &&
           !(c >= 0xFE10 && c <= 0xFE6F) && !(c >= 0xFF01 && c <= 0xFF0F) && c < 0xFFE0;
}

/* --- white space, comments, directives ---------------------------------------------------------------------------- */

static void skip_block_comment(Lexer *lexer)
{
    uint32_t start = lexer->at;
    const char *text = lexer->text;
    uint32_t at = start + 2;
    while (at < lexer->limit) {
        const char *star = memchr(text + at, '*', lexer->limit - at);
        if (!star)
            break;
        at = (uint32_t)(star - text) + 1;
        if (at < lexer->limit && text[at] == '/') {
            lexer->at = at + 1;
            return;
        }
    }
    lexer->at = lexer->limit;
    lexer->hit_end = true;
    lexer_error(lexer, start, start + 2, ERROR_UNTERMINATED_COMMENT, NULL);
}

static bool skip_unicode_space(Lexer *lexer, bool *newline)
{
    uint32_t size;
    uint32_t c = lexer_decode(lexer, lexer->at, &size);
    if (!is_unicode_space(c) && !is_unicode_newline(c))
        return false;
    if (is_unicode_newline(c))
        *newline = lexer->line_start = true;
    lexer->at += size;
    return true;
}

/* Moves to the first byte of the next token; tells whether a line ended on the way. */
static bool skip_trivia(Lexer *lexer)
{
    bool newline = false;
    const char *text = lexer->text;
    while (lexer->at < lexer->limit) {
        char c = text[lexer->at];
        if (has_class(c, CLASS_SPACE)) {
            lexer->at++;
        } else if (has_class(c, CLASS_NEWLINE)) {
            lexer->at++;
            newline = lexer->line_start = true;
        } else if (c == '/' && lexer->at + 1 < lexer->limit && text[lexer->at + 1] == '/') {
            lexer->at = lexer_skip_comment(text, lexer->at, lexer->limit);
        } else if (c == '/' && lexer->at + 1 < lexer->limit && text[lexer->at + 1] == '*') {
            skip_block_comment(lexer);
        } else if (c == '#' && lexer->line_start) {
            lexer_directive(lexer);
        } else if ((unsigned char)c < 0x80 || !skip_unicode_space(lexer, &newline)) {
            break;
        }
    }
    return newline;
}

/* --- identifiers -------------------------------------------------------------------------------------------------- */

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* The character of a \uXXXX or \UXXXXXXXX at `at`; 0 when it is none. */
static uint32_t unicode_escape(const Lexer *lexer, uint32_t at, uint32_t *size)
{
    if (at + 1 >= lexer->limit || (lexer->text[at + 1] != 'u' && lexer->text[at + 1] != 'U'))
        return 0;
    uint32_t digits = lexer->text[at + 1] == 'u' ? 4 : 8;
    if (at + 2 + digits > lexer->limit)
        return 0;
    uint32_t value = 0;
    for (uint32_t i = 0; i < digits; i++) {
        char c = lexer->text[at + 2 + i];
        if (!has_class(c, CLASS_HEX))
            return 0;
        value = value << 4 | (uint32_t)hex_value(c);
    }
    *size = 2 + digits;
    return value;
}

static void add_utf8(Text *text, uint32_t c)
{
    char bytes[4];
    size_t size = 0;
    if (c < 0x80) {
        bytes[size++] = (char)c;
    } else {
        if (c < 0x800) {
            bytes[size++] = (char)(0xC0 | c >> 6);
        } else {
            if (c < 0x10000) {
                bytes[size++] = (char)(0xE0 | c >> 12);
            } else {
                bytes[size++] = (char)(0xF0 | (c >> 18 & 7));
                bytes[size++] = (char)(0x80 | (c >> 12 & 63));
            }
            bytes[size++] = (char)(0x80 | (c >> 6 & 63));
        }
        bytes[size++] = (char)(0x80 | (c & 63));
    }
    text_add(text, bytes, size);
}

/* An identifier with escapes or letters beyond ASCII. `at` is where it starts, behind any '@'. */
static void slow_identifier(Lexer *lexer, Token *token)
{
    Text text;
    text_init(&text, lexer->context->arena);
    while (lexer->at < lexer->limit) {
        uint32_t size = 1;
        uint32_t c = (unsigned char)lexer->text[lexer->at];
        if (c == '\\')
            c = unicode_escape(lexer, lexer->at, &size);
        else if (c >= 0x80)
            c = lexer_decode(lexer, lexer->at, &size);
        bool first = text.length == 0;
        bool part =
            c < 0x80 ? has_class((char)c, first ? CLASS_LETTER : CLASS_LETTER | CLASS_DIGIT) : is_unicode_letter(c);
        if (!part)
            break;
        add_utf8(&text, c);
        lexer->at += size;
    }
    token->kind = TOKEN_IDENTIFIER;
    token->name = name_intern(lexer->context->names, text.at ? text.at : "", text.length);
}

static void identifier(Lexer *lexer, Token *token)
{
    const char *text = lexer->text;
    uint32_t start = lexer->at;
    uint32_t at = start;
    while (at < lexer->limit && has_class(text[at], CLASS_LETTER | CLASS_DIGIT))
        at++;
    if (at < lexer->limit && (text[at] == '\\' || (unsigned char)text[at] >= 0x80)) {
        slow_identifier(lexer, token);
        return;
    }
    lexer->at = at;
    const WordRow *row = find_word(text + start, at - start);
    token->kind = row ? row->kind : TOKEN_IDENTIFIER;
    token->word = row ? row->word : WORD_NONE;
    if (at - start == 1 && text[start] == '_')
        token->word = WORD_UNDERSCORE;
    if (token->kind == TOKEN_IDENTIFIER)
        token->name = name_intern(lexer->context->names, text + start, at - start);
}

static bool starts_identifier(const Lexer *lexer, uint32_t at)
{
    if (at >= lexer->limit)
        return false;
    uint32_t size;
    char c = lexer->text[at];
    if (c == '\\') {
        uint32_t value = unicode_escape(lexer, at, &size);
        return value >= 0x80 ? is_unicode_letter(value) : has_class((char)value, CLASS_LETTER);
    }
    if ((unsigned char)c < 0x80)
        return has_class(c, CLASS_LETTER);
    return is_unicode_letter(lexer_decode(lexer, at, &size));
}

/* '@': a verbatim identifier or string. */
static void at_sign(Lexer *lexer, Token *token)
{
    const char *text = lexer->text;
    uint32_t left = lexer->limit - lexer->at;
    if (left > 1 && text[lexer->at + 1] == '"') {
        lexer_verbatim_string(lexer, token);
        return;
    }
    if (left > 2 && text[lexer->at + 1] == '$' && text[lexer->at + 2] == '"' && lexer_interpolated_string(lexer, token))
        return;
    if (starts_identifier(lexer, lexer->at + 1)) {
        lexer->at++;
        identifier(lexer, token);
        token->kind = TOKEN_IDENTIFIER;
        token->word = WORD_NONE;
        token->flags |= TOKEN_VERBATIM;
        if (!token->name)
            token->name = name_intern(lexer->context->names, text + token->start + 1, lexer->at - token->start - 1);
        return;
    }
    lexer->at++;
    token->kind = TOKEN_ERROR;
    token->flags |= TOKEN_BROKEN;
    lexer_error(lexer, token->start, lexer->at, ERROR_VERBATIM_EXPECTED, NULL);
}

/* --- punctuation -------------------------------------------------------------------------------------------------- */

typedef struct Punctuation {
    char text[4];
    uint8_t kind;
} Punctuation;

/* Longest first for each first character, frequent characters first. '>' is never joined with another '>': the parser
 * does that. */
static const Punctuation punctuation[] = {
    {"..", TOKEN_DOT_DOT},
    {".", TOKEN_DOT},
    {"=>", TOKEN_ARROW},
    {"==", TOKEN_EQUAL_EQUAL},
    {"=", TOKEN_EQUAL},
    {">=", TOKEN_GREATER_EQUAL},
    {">", TOKEN_GREATER},
    {"<<=", TOKEN_SHIFT_LEFT_EQUAL},
    {"<<", TOKEN_SHIFT_LEFT},
    {"<=", TOKEN_LESS_EQUAL},
    {"<", TOKEN_LESS},
    {"?\?=", TOKEN_QUESTION_QUESTION_EQUAL},
    {"??", TOKEN_QUESTION_QUESTION},
    {"?", TOKEN_QUESTION},
    {"::", TOKEN_COLON_COLON},
    {":", TOKEN_COLON},
    {"!=", TOKEN_NOT_EQUAL},
    {"!", TOKEN_NOT},
    {"++", TOKEN_PLUS_PLUS},
    {"+=", TOKEN_PLUS_EQUAL},
    {"+", TOKEN_PLUS},
    {"--", TOKEN_MINUS_MINUS},
    {"-=", TOKEN_MINUS_EQUAL},
    {"->", TOKEN_POINTER},
    {"-", TOKEN_MINUS},
    {"&&", TOKEN_AND_AND},
    {"&=", TOKEN_AND_EQUAL},
    {"&", TOKEN_AND},
    {"||", TOKEN_OR_OR},
    {"|=", TOKEN_OR_EQUAL},
    {"|", TOKEN_OR},
    {"*=", TOKEN_STAR_EQUAL},
    {"*", TOKEN_STAR},
    {"/=", TOKEN_SLASH_EQUAL},
    {"/", TOKEN_SLASH},
    {"%=", TOKEN_PERCENT_EQUAL},
    {"%", TOKEN_PERCENT},
    {"^=", TOKEN_XOR_EQUAL},
    {"^", TOKEN_XOR},
    {"~", TOKEN_TILDE},
};

static uint8_t single(char c)
{
    switch (c) {
    case '(':
        return TOKEN_OPEN_PAREN;
    case ')':
        return TOKEN_CLOSE_PAREN;
    case '[':
        return TOKEN_OPEN_BRACKET;
    case ']':
        return TOKEN_CLOSE_BRACKET;
    case '{':
        return TOKEN_OPEN_BRACE;
    case '}':
        return TOKEN_CLOSE_BRACE;
    case ';':
        return TOKEN_SEMICOLON;
    case ',':
        return TOKEN_COMMA;
    default:
        return TOKEN_ERROR;
    }
}

static bool punctuator(Lexer *lexer, Token *token)
{
    const char *text = lexer->text + lexer->at;
    uint32_t left = lexer->limit - lexer->at;
    token->kind = single(*text);
    if (token->kind != TOKEN_ERROR) {
        lexer->at++;
        return true;
    }
    for (size_t i = 0; i < sizeof punctuation / sizeof punctuation[0]; i++) {
        const char *wanted = punctuation[i].text;
        if (wanted[0] != text[0])
            continue;
        uint32_t length = 1;
        while (wanted[length] && length < left && wanted[length] == text[length])
            length++;
        if (wanted[length])
            continue;
        token->kind = punctuation[i].kind;
        lexer->at += length;
        return true;
    }
    return false;
}

static void bad_character(Lexer *lexer, Token *token)
{
    uint32_t size;
    uint32_t c = lexer_decode(lexer, lexer->at, &size);
    Text text;
    text_init(&text, lexer->context->arena);
    if (c == 0)
        text_adds(&text, "\\0");
    else
        add_utf8(&text, c);
    token->kind = TOKEN_ERROR;
    token->flags |= TOKEN_BROKEN;
    lexer->at += size;
    lexer_error(lexer, token->start, lexer->at, ERROR_UNEXPECTED_CHARACTER, text.at);
}

/* A '#' in the middle of a line swallows the rest of the line, as in Roslyn. */
static void directive_in_line(Lexer *lexer)
{
    uint32_t start = lexer->at;
    lexer_error(lexer, start, start + 1, ERROR_DIRECTIVE_NOT_FIRST, NULL);
    lexer->at = lexer_skip_comment(lexer->text, lexer->at, lexer->limit);
}

static void scan_token(Lexer *lexer, Token *token)
{
    char c = lexer->text[lexer->at];
    if (has_class(c, CLASS_LETTER)) {
        identifier(lexer, token);
    } else if (has_class(c, CLASS_DIGIT) ||
               (c == '.' && lexer->at + 1 < lexer->limit && has_class(lexer->text[lexer->at + 1], CLASS_DIGIT))) {
        lexer_number(lexer, token);
    } else if (c == '"') {
        lexer_string(lexer, token);
    } else if (c == '\'') {
        lexer_character(lexer, token);
    } else if (c == '@') {
        at_sign(lexer, token);
    } else if (c == '$') {
        if (!lexer_interpolated_string(lexer, token))
            bad_character(lexer, token);
    } else if (!punctuator(lexer, token)) {
        if (starts_identifier(lexer, lexer->at))
            slow_identifier(lexer, token);
        else
            bad_character(lexer, token);
    }
}

void lexer_next(Lexer *lexer, Token *token)
{
    memset(token, 0, sizeof *token);
    lexer->token_start = UINT32_MAX;
    bool newline = skip_trivia(lexer);
    while (lexer->at < lexer->limit && lexer->text[lexer->at] == '#') {
        directive_in_line(lexer);
        newline |= skip_trivia(lexer);
    }
    token->flags = newline ? TOKEN_AFTER_NEWLINE : 0;
    token->start = lexer->token_start = lexer->at;
    lexer->line_start = false;
    if (lexer->at >= lexer->limit) {
        token->kind = TOKEN_END;
        token->end = lexer->at;
        lexer_check_conditions(lexer);
        return;
    }
    lexer->seen_token = true;
    scan_token(lexer, token);
    if (lexer->at > lexer->limit)
        lexer->at = lexer->limit;
    token->end = lexer->at;
}

void lexer_init_range(Lexer *lexer, const ParseContext *context, const SourceFile *file, uint32_t start, uint32_t limit)
{
    memset(lexer, 0, sizeof *lexer);
    lexer->context = context;
    lexer->file = file;
    lexer->text = file->text;
    lexer->at = start;
    lexer->limit = limit;
    lexer->is_range = true;
    lexer->seen_token = true;
}

void lexer_init(Lexer *lexer, const ParseContext *context, const SourceFile *file)
{
    lexer_init_range(lexer, context, file, 0, file->length);
    lexer->is_range = false;
    lexer->seen_token = false;
    lexer->line_start = true;
    if (file->length >= 3 && memcmp(file->text, "\xEF\xBB\xBF", 3) == 0)
        lexer->at = 3;
    if (lexer->at + 1 < file->length && file->text[lexer->at] == '#' && file->text[lexer->at + 1] == '!')
        lexer->at = lexer_skip_comment(file->text, lexer->at, file->length);
}
