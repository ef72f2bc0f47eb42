/* What the files that put values into words share. Not for others. */
#ifndef AWAITLAB_SESSION_VALUE_INTERNAL_H
#define AWAITLAB_SESSION_VALUE_INTERNAL_H

#include "session_value.h"

typedef struct Writer {
    Session *session;
    const Machine *machine;
    Text *text;
    uint32_t start; /* length of the text before this value */
    uint32_t limit; /* bytes after which nothing more is begun */
    uint32_t depth; /* objects and collections around the value */
} Writer;

bool value_is_full(const Writer *w);
void value_add(Writer *w, TypeId type, uint64_t at);
/* `at`: where the fields start. */
void value_add_field(Writer *w, const RuntimeField *field, uint64_t at);
void value_add_reference(Writer *w, Ref ref);
/* "{ X = 1, Y = 2 }" */
void value_add_members(Writer *w, const RuntimeType *type, uint64_t at);

#endif
