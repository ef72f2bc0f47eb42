/*
 * Numbers as text and text as numbers, exactly as .NET 10 does it with CultureInfo.InvariantCulture.
 *
 * Pure functions: no allocation, no locale, no stdio, no libm, no global state. Text is UTF-16 code units.
 *
 * Every number_format_* function writes at most `capacity` units to `out` and returns the length of the whole text,
 * which may be larger (call again with more room). `format` may be NULL when `format_length` is 0 (same as "G").
 * `status` may be NULL; it receives NUMBER_OK or NUMBER_BAD_FORMAT (FormatException "Format specifier was invalid.";
 * the result is then 0).
 */
#ifndef SIM_BASE_NUMBER_H
#define SIM_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    NUMBER_OK,
    NUMBER_BAD_FORMAT,    /* FormatException */
    NUMBER_OVERFLOW,      /* OverflowException */
    NUMBER_DIVIDE_BY_ZERO /* DivideByZeroException */
} NumberStatus;

/* Room that is enough for the default text of any number here (the longest is a negative decimal, 31 units). */
enum { NUMBER_DEFAULT_LENGTH = 32 };

/* SByte/Int16/Int32/Int64.ToString(format): G D X B N F E P C R and custom formats.
 * byte_width (1, 2, 4, 8) is the size of the .NET type; X and B print that many bytes of a negative value. */
size_t number_format_int64(int64_t value, int byte_width, const uint16_t *format, size_t format_length, uint16_t *out,
                           size_t capacity, NumberStatus *status);
/* Byte/UInt16/UInt32/UInt64.ToString(format). */
size_t number_format_uint64(uint64_t value, const uint16_t *format, size_t format_length, uint16_t *out,
                            size_t capacity, NumberStatus *status);
/* Double.ToString(format); the default and "R" are the shortest text that reads back as the same value. */
size_t number_format_double(double value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                            NumberStatus *status);
/* Single.ToString(format). */
size_t number_format_single(float value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                            NumberStatus *status);
/* Int64.ToString() without a format: the fast way. */
size_t number_int64_text(int64_t value, uint16_t *out, size_t capacity);
/* UInt64.ToString() without a format. */
size_t number_uint64_text(uint64_t value, uint16_t *out, size_t capacity);

/* Int64.Parse(text) and its smaller brothers (NumberStyles.Integer: white space around, one leading sign).
 * min and max are those of the .NET type. NUMBER_BAD_FORMAT or NUMBER_OVERFLOW; *value is 0 then. */
NumberStatus number_parse_int64(const uint16_t *text, size_t length, int64_t min, int64_t max, int64_t *value);
/* UInt64.Parse(text) and its smaller brothers; "-0" is accepted, "-1" overflows. */
NumberStatus number_parse_uint64(const uint16_t *text, size_t length, uint64_t max, uint64_t *value);
/* NumberStyles.HexNumber: white space around, no sign, no prefix; what needs more than byte_width bytes overflows.
 * Cast the result to the .NET type: "FFFFFFFF" read as an int is -1. */
NumberStatus number_parse_hex(const uint16_t *text, size_t length, int byte_width, uint64_t *value);
/* NumberStyles.BinaryNumber, otherwise as number_parse_hex. */
NumberStatus number_parse_binary(const uint16_t *text, size_t length, int byte_width, uint64_t *value);
/* Double.Parse(text): NumberStyles.Float | AllowThousands, "NaN", "Infinity", "-Infinity" (any case); exact, ties to
 * even. Never overflows: too large is an infinity. NUMBER_BAD_FORMAT otherwise; *value is 0 then. */
NumberStatus number_parse_double(const uint16_t *text, size_t length, double *value);
/* Single.Parse(text): rounded once, straight to single precision. */
NumberStatus number_parse_single(const uint16_t *text, size_t length, float *value);
/* A C# real literal without suffix and underscores (digits, point, exponent; nothing around) as a double. */
NumberStatus number_parse_double_literal(const char *text, size_t length, double *value);
/* The same as a float. */
NumberStatus number_parse_single_literal(const char *text, size_t length, float *value);

#endif
