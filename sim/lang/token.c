#include "lang/token.h"

static const char *const texts[] = {
#define TOKEN(name, text) text,
#include "lang/token.def"
#undef TOKEN
};

const char *token_text(TokenKind kind)
{
    return (unsigned)kind < TOKEN_KIND_COUNT ? texts[kind] : "?";
}
