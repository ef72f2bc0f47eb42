/* Names (interned), and text that grows in an arena. All text of the compiler is UTF-8. */
#ifndef AWAITLAB_BASE_TEXT_H
#define AWAITLAB_BASE_TEXT_H

#include "base/arena.h"

/* An interned string: two names are equal exactly when their pointers are. Ends with a NUL that is not counted. */
typedef struct NameData {
    uint32_t length;
    uint32_t hash;
    struct NameData *next; /* same bucket */
    char text[];
} NameData;
typedef const NameData *Name;

typedef struct NameTable {
    Arena *arena;
    NameData **buckets;
    uint32_t bucket_count;
    uint32_t count;
} NameTable;

uint32_t name_hash(const char *text, size_t length);
void name_table_init(NameTable *table, Arena *arena);
Name name_intern(NameTable *table, const char *text, size_t length);
Name name_of(NameTable *table, const char *text); /* NUL-terminated */
Name name_format(NameTable *table, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* subset: see text_format */

/* Text being built; lives in its arena, always NUL-terminated once anything was added. */
typedef struct Text {
    Arena *arena;
    char *at;
    uint32_t length;
    uint32_t capacity;
} Text;

void text_init(Text *text, Arena *arena);
void text_add(Text *text, const char *bytes, size_t length);
void text_adds(Text *text, const char *string);
void text_addc(Text *text, char c);
/* The conversions %s %.*s %c %d %u %ld %lu %lld %llu %zu %x %lx %llx %p-free %%, with width, '-' and '0': this library
 * does not link to stdio. */
void text_format(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vformat(Text *text, const char *format, __builtin_va_list arguments);
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
