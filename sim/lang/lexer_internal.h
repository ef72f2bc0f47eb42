/* Shared between the files of the lexer only. */
#ifndef AWAITLAB_LANG_LEXER_INTERNAL_H
#define AWAITLAB_LANG_LEXER_INTERNAL_H

#include "lang/lexer.h"

enum {
    CLASS_LETTER = 1, /* may start an identifier */
    CLASS_DIGIT = 2,
    CLASS_SPACE = 4,
    CLASS_NEWLINE = 8,
    CLASS_HEX = 16,
    CLASS_SKIP = 32, /* fast skipping has to look at it */
};
extern const uint8_t lexer_classes[256];

static inline bool has_class(char c, unsigned classes)
{
    return (lexer_classes[(unsigned char)c] & classes) != 0;
}

/* Reports at [start, end) of the file; `argument` fills the %s of the message, if it has one. */
void lexer_error(Lexer *lexer, uint32_t start, uint32_t end, DiagnosticCode code, const char *argument);

/* The code point at `at`; U+FFFD for a byte that is not UTF-8. */
uint32_t lexer_decode(const Lexer *lexer, uint32_t at, uint32_t *size);

/* lexer_number.c */
void lexer_number(Lexer *lexer, Token *token);

/* lexer_string.c: each starts at the first character of the literal and leaves `at` behind it. */
void lexer_character(Lexer *lexer, Token *token);
void lexer_string(Lexer *lexer, Token *token);
void lexer_verbatim_string(Lexer *lexer, Token *token);
void lexer_raw_string(Lexer *lexer, Token *token);
bool lexer_interpolated_string(Lexer *lexer, Token *token); /* false: a '$' that starts no string */

/* lexer_skip.c: where the token-like thing at `at` ends; used by fast skipping and to find the ends of holes. */
uint32_t lexer_skip_literal(const char *text, uint32_t at, uint32_t limit, unsigned depth);
uint32_t lexer_skip_comment(const char *text, uint32_t at, uint32_t limit);

/* lexer_directive.c: `at` is at the '#' that starts a directive. */
void lexer_directive(Lexer *lexer);
void lexer_check_conditions(Lexer *lexer);

#endif
