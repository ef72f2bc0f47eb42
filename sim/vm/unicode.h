/* What .NET knows about a UTF-16 unit, invariant culture. */
#ifndef AWAITLAB_VM_UNICODE_H
#define AWAITLAB_VM_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* System.Globalization.UnicodeCategory of a unit (surrogates: Surrogate). */
int unicode_category(uint16_t unit);
/* Char.ToUpperInvariant, ToLowerInvariant. */
uint16_t unicode_upper(uint16_t unit);
uint16_t unicode_lower(uint16_t unit);

/* String.Compare(a, b, Ordinal) and OrdinalIgnoreCase: < 0, 0, > 0; .NET's differences of units or lengths. */
int32_t utf16_compare(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count);
int32_t utf16_compare_ignore_case(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count);

/* First index of `part` in text[start .. start + count), or -1. An empty part is found at once. */
int32_t utf16_find(const uint16_t *text, size_t count, const uint16_t *part, size_t part_count, bool ignore_case);
/* Last index. */
int32_t utf16_find_last(const uint16_t *text, size_t count, const uint16_t *part, size_t part_count, bool ignore_case);

/* UTF-8 of at most `count` units into `out` (room for 3 * count bytes); lone surrogates become U+FFFD. Returns bytes
 * written. */
size_t utf16_to_utf8(const uint16_t *units, size_t count, char *out);

#endif
