/* The lexer: text → tokens, one at a time. Errors are reported with Roslyn's codes and places.
 *
 * Comments and preprocessor directives are consumed here; text that #if excludes never becomes a token. Interpolated
 * strings are one token whose parts the parser looks into with a lexer of its own (lexer_init_range). */
#ifndef AWAITLAB_LANG_LEXER_H
#define AWAITLAB_LANG_LEXER_H

#include "lang/ast.h"
#include "lang/parser.h"

/* Words that mean something in certain places only; elsewhere they are ordinary identifiers. */
typedef enum Word {
    WORD_NONE,
    WORD_ADD,
    WORD_ALIAS,
    WORD_ALLOWS,
    WORD_AND,
    WORD_ASCENDING,
    WORD_ASSEMBLY,
    WORD_ASYNC,
    WORD_AWAIT,
    WORD_BY,
    WORD_DESCENDING,
    WORD_EQUALS,
    WORD_FILE,
    WORD_FROM,
    WORD_GET,
    WORD_GLOBAL,
    WORD_GROUP,
    WORD_INIT,
    WORD_INTO,
    WORD_JOIN,
    WORD_LET,
    WORD_MANAGED,
    WORD_MODULE,
    WORD_NAMEOF,
    WORD_NOT,
    WORD_NOTNULL,
    WORD_ON,
    WORD_OR,
    WORD_ORDERBY,
    WORD_PARTIAL,
    WORD_RECORD,
    WORD_REMOVE,
    WORD_REQUIRED,
    WORD_SCOPED,
    WORD_SELECT,
    WORD_SET,
    WORD_UNMANAGED,
    WORD_VAR,
    WORD_WHEN,
    WORD_WHERE,
    WORD_WITH,
    WORD_YIELD,
    WORD_UNDERSCORE
} Word;

typedef enum TokenFlags {
    TOKEN_AFTER_NEWLINE = 1 << 0, /* the first token of its line */
    TOKEN_VERBATIM = 1 << 1,      /* @name: never a contextual word */
    TOKEN_NOT_GENERIC = 1 << 2,   /* the parser's memory: the '<' here does not open type arguments */
    TOKEN_NOT_TUPLE = 1 << 3,     /* the parser's memory: the '(' here does not open a tuple type */
    TOKEN_BROKEN = 1 << 4,        /* an error was reported inside the token */
    TOKEN_AT_END = 1 << 5,        /* the text ended before the token did */
} TokenFlags;

typedef struct InterpolationPart {
    bool is_hole;
    bool has_format;
    uint32_t start, end;               /* text as written, or the expression between the braces */
    uint32_t format_start, format_end; /* after the ':' */
} InterpolationPart;

typedef struct InterpolatedText {
    InterpolationPart *parts;
    uint32_t count, capacity;
    bool verbatim;
    uint32_t quotes;      /* of a raw string: how many; 0: not raw */
    uint32_t dollars;     /* how many braces open a hole */
    bool multi_line;      /* raw, with line breaks: indentation is removed */
    uint32_t indentation; /* where the white space in front of the closing quotes starts */
    uint32_t indentation_length;
    uint32_t content_end; /* where the content of a raw string stops */
} InterpolatedText;

typedef struct Token {
    uint8_t kind;        /* TokenKind */
    uint8_t flags;       /* TokenFlags */
    uint8_t word;        /* Word, for identifiers */
    uint32_t start, end; /* offsets in the file */
    union {
        Name name;
        Literal *literal;
        InterpolatedText *interpolated;
    };
} Token;

typedef struct Condition Condition; /* an #if that is still open */
typedef struct Symbol Symbol;       /* what #define and #undef said */
typedef struct LexicalError LexicalError;

typedef struct Lexer {
    const ParseContext *context;
    const SourceFile *file;
    const char *text;
    uint32_t at;
    uint32_t limit;  /* one past the last byte this lexer may see */
    bool line_start; /* only white space so far on this line */
    bool is_range;   /* a part of a file: conditions need not be balanced */
    bool seen_token;
    bool muted;
    bool hit_end; /* the text ended inside a token, a comment or an #if */
    Condition *conditions;
    Symbol *symbols;
    uint32_t regions;
    uint32_t token_start; /* of the token being read; UINT32_MAX between tokens */
    uint32_t error_count;
    LexicalError *errors; /* not reported yet, in the order they were found */
    LexicalError **last_error;
} Lexer;

/* A lexer for a whole file. `context` must outlive it. */
void lexer_init(Lexer *lexer, const ParseContext *context, const SourceFile *file);

/* A lexer for the bytes [start, limit) of a file. */
void lexer_init_range(Lexer *lexer, const ParseContext *context, const SourceFile *file, uint32_t start,
                      uint32_t limit);

/* The next token; TOKEN_END for ever when there are no more. */
void lexer_next(Lexer *lexer, Token *token);

/* Errors wait until the parser has consumed the token they are in, so that what the parser says about the place
 * comes first,
 * as in Roslyn. Reports those that start before `offset`. */
void lexer_report(Lexer *lexer, uint32_t offset);

/* The literal made of one text part of an interpolated string (escapes and indentation resolved). */
Literal *lexer_interpolation_text(Lexer *lexer, const InterpolatedText *interpolated, uint32_t part);

/* The text of a format clause, unescaped. */
Name lexer_interpolation_format(Lexer *lexer, const InterpolatedText *interpolated, uint32_t part);

/* Fast skipping for lazy parsing, with no tokens made: `at` is just behind an opening brace; returns the offset of the
 * brace that closes it, or `limit`. Knows strings, characters and comments; ignores lines that start with '#'. */
uint32_t lexer_skip_braces(const char *text, uint32_t at, uint32_t limit);

/* From behind a `=>`: the offset of the ';' that ends the expression, or `limit`. */
uint32_t lexer_skip_expression(const char *text, uint32_t at, uint32_t limit);

#endif
