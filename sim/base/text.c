#include "base/text.h"

#include <stdarg.h>
#include <string.h>

uint32_t name_hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

void name_table_init(NameTable *table, Arena *arena)
{
    table->arena = arena;
    table->bucket_count = 1024;
    table->count = 0;
    table->buckets = ARENA_ARRAY(arena, NameData *, table->bucket_count);
}

static void rehash(NameTable *table)
{
    uint32_t count = table->bucket_count * 4;
    NameData **buckets = ARENA_ARRAY(table->arena, NameData *, count);
    for (uint32_t i = 0; i < table->bucket_count; i++) {
        NameData *name = table->buckets[i];
        while (name) {
            NameData *next = name->next;
            name->next = buckets[name->hash & (count - 1)];
            buckets[name->hash & (count - 1)] = name;
            name = next;
        }
    }
    table->buckets = buckets;
    table->bucket_count = count;
}

Name name_intern(NameTable *table, const char *text, size_t length)
{
    uint32_t hash = name_hash(text, length);
    for (NameData *name = table->buckets[hash & (table->bucket_count - 1)]; name; name = name->next)
        if (name->hash == hash && name->length == length && memcmp(name->text, text, length) == 0)
            return name;
    if (table->count > table->bucket_count * 2)
        rehash(table);
    NameData *name = arena_allocate(table->arena, sizeof(NameData) + length + 1);
    name->length = (uint32_t)length;
    name->hash = hash;
    memcpy(name->text, text, length);
    name->next = table->buckets[hash & (table->bucket_count - 1)];
    table->buckets[hash & (table->bucket_count - 1)] = name;
    table->count++;
    return name;
}

Name name_of(NameTable *table, const char *text)
{
    return name_intern(table, text, strlen(text));
}

Name name_format(NameTable *table, const char *format, ...)
{
    Text text;
    text_init(&text, table->arena);
    va_list arguments;
    va_start(arguments, format);
    text_vformat(&text, format, arguments);
    va_end(arguments);
    return name_intern(table, text.at ? text.at : "", text.length);
}

void text_init(Text *text, Arena *arena)
{
    text->arena = arena;
    text->at = NULL;
    text->length = text->capacity = 0;
}

void text_add(Text *text, const char *bytes, size_t length)
{
    if (text->length + length + 1 > text->capacity) {
        size_t wanted = (size_t)text->capacity * 2;
        if (wanted < text->length + length + 1)
            wanted = text->length + length + 32;
        char *larger = arena_allocate(text->arena, wanted);
        if (text->length)
            memcpy(larger, text->at, text->length);
        text->at = larger;
        text->capacity = (uint32_t)wanted;
    }
    if (length)
        memcpy(text->at + text->length, bytes, length);
    text->length += (uint32_t)length;
    text->at[text->length] = 0;
}

void text_adds(Text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_addc(Text *text, char c)
{
    text_add(text, &c, 1);
}

static void add_padded(Text *text, const char *bytes, size_t length, int width, bool left, char pad)
{
    int missing = width > (int)length ? width - (int)length : 0;
    for (int i = 0; !left && i < missing; i++)
        text_addc(text, pad);
    text_add(text, bytes, length);
    for (int i = 0; left && i < missing; i++)
        text_addc(text, ' ');
}

static size_t digits_of(unsigned long long value, unsigned base, char buffer[32])
{
    char reversed[32];
    size_t length = 0;
    do {
        reversed[length++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    for (size_t i = 0; i < length; i++)
        buffer[i] = reversed[length - 1 - i];
    return length;
}

static void add_integer(Text *text, long long value, int width, bool left, char pad)
{
    char buffer[33];
    size_t length = 0;
    if (value < 0)
        buffer[length++] = '-';
    length += digits_of(value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value, 10, buffer + length);
    add_padded(text, buffer, length, width, left, pad);
}

void text_vformat(Text *text, const char *format, __builtin_va_list arguments)
{
    for (const char *at = format; *at; at++) {
        if (*at != '%') {
            text_addc(text, *at);
            continue;
        }
        bool left = false;
        char pad = ' ';
        int width = 0, precision = -1, longs = 0;
        for (at++; *at == '-' || *at == '0'; at++) {
            if (*at == '-')
                left = true;
            else
                pad = '0';
        }
        if (*at == '*') {
            width = va_arg(arguments, int);
            at++;
        }
        for (; *at >= '0' && *at <= '9'; at++)
            width = width * 10 + (*at - '0');
        if (*at == '.' && at[1] == '*') {
            precision = va_arg(arguments, int);
            at += 2;
        }
        for (; *at == 'l' || *at == 'z'; at++)
            longs++;
        switch (*at) {
        case 's': {
            const char *string = va_arg(arguments, const char *);
            add_padded(text, string, precision >= 0 ? (size_t)precision : strlen(string), width, left, ' ');
            break;
        }
        case 'c':
            text_addc(text, (char)va_arg(arguments, int));
            break;
        case 'd':
            add_integer(text, longs ? va_arg(arguments, long long) : va_arg(arguments, int), width, left, pad);
            break;
        case 'u':
        case 'x': {
            char buffer[32];
            unsigned long long value = longs ? va_arg(arguments, unsigned long long) : va_arg(arguments, unsigned);
            add_padded(text, buffer, digits_of(value, *at == 'x' ? 16 : 10, buffer), width, left, pad);
            break;
        }
        default:
            text_addc(text, *at);
            break;
        }
    }
}

void text_format(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_vformat(text, format, arguments);
    va_end(arguments);
}

char *arena_format(Arena *arena, const char *format, ...)
{
    Text text;
    text_init(&text, arena);
    va_list arguments;
    va_start(arguments, format);
    text_vformat(&text, format, arguments);
    va_end(arguments);
    if (!text.at)
        text_adds(&text, "");
    return text.at;
}
