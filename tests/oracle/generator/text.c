/* Strings of the generator. Nothing is freed: the process ends soon. */
#include "generate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *memory_new(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) {
        fputs("generate: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

const char *text(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *result = memory_new((size_t)length + 1);
    va_start(list, format);
    vsnprintf(result, (size_t)length + 1, format, list);
    va_end(list);
    return result;
}

static void make_room(Builder *builder, size_t more)
{
    if (builder->length + more + 1 <= builder->capacity) {
        return;
    }
    size_t capacity = 2 * (builder->length + more + 32);
    char *start = memory_new(capacity);
    if (builder->length > 0) {
        memcpy(start, builder->start, builder->length);
    }
    builder->start = start;
    builder->capacity = capacity;
}

void builder_add(Builder *builder, const char *what)
{
    size_t length = strlen(what);
    make_room(builder, length);
    memcpy(builder->start + builder->length, what, length + 1);
    builder->length += length;
}

void builder_add_char(Builder *builder, char c)
{
    builder_add(builder, (const char[]){c, '\0'});
}

const char *builder_text(const Builder *builder)
{
    return builder->length == 0 ? "" : builder->start;
}
