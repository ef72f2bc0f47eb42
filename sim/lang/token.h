/* Tokens of C#. */
#ifndef AWAITLAB_LANG_TOKEN_H
#define AWAITLAB_LANG_TOKEN_H

typedef enum TokenKind {
#define TOKEN(name, text) TOKEN_##name,
#include "lang/token.def"
#undef TOKEN
    TOKEN_KIND_COUNT
} TokenKind;

#define TOKEN_FIRST_WORD TOKEN_ABSTRACT

const char *token_text(TokenKind kind);

#endif
