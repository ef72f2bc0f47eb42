/*
 * System.Decimal of .NET 10: 96-bit coefficient, scale 0..28, sign; exact, ties to even when digits must go.
 *
 * Operations return NUMBER_OK, NUMBER_OVERFLOW (OverflowException) or NUMBER_DIVIDE_BY_ZERO (DivideByZeroException);
 * on an error *result is zero. Values must be valid (scale <= 28, no stray flag bits), as every .NET decimal is.
 */
#ifndef SIM_BASE_DECIMAL_H
#define SIM_BASE_DECIMAL_H

#include "number.h"

/* The fields of System.Decimal in their order: flags holds the scale in bits 16..23 and the sign in bit 31. */
typedef struct {
    int32_t flags;
    uint32_t hi;
    uint64_t lo;
} Decimal;

/* System.MidpointRounding, same numbers. */
typedef enum {
    DECIMAL_TO_EVEN,
    DECIMAL_AWAY_FROM_ZERO,
    DECIMAL_TO_ZERO,
    DECIMAL_TO_NEGATIVE_INFINITY,
    DECIMAL_TO_POSITIVE_INFINITY
} DecimalRounding;

/* new decimal(lo, mid, hi, negative, scale); scale 0..28. */
Decimal decimal_make(uint64_t lo, uint32_t hi, bool negative, int scale);
/* Number of digits after the point, 0..28 (Decimal.Scale). */
int decimal_scale(Decimal value);
/* Whether the sign bit is set, which it can be for zero (Decimal.IsNegative). */
bool decimal_is_negative(Decimal value);

/* a + b. The scale is the larger of the two unless digits must go. */
NumberStatus decimal_add(Decimal a, Decimal b, Decimal *result);
/* a - b. */
NumberStatus decimal_subtract(Decimal a, Decimal b, Decimal *result);
/* a * b. The scale is the sum of the two unless digits must go. */
NumberStatus decimal_multiply(Decimal a, Decimal b, Decimal *result);
/* a / b. */
NumberStatus decimal_divide(Decimal a, Decimal b, Decimal *result);
/* a % b; has the sign of a. */
NumberStatus decimal_remainder(Decimal a, Decimal b, Decimal *result);
/* -value; also turns the sign of a zero. */
Decimal decimal_negate(Decimal value);
/* Decimal.Compare: -1, 0 or 1. 1.0 equals 1.00, and -0 equals 0. */
int decimal_compare(Decimal a, Decimal b);
/* Decimal.Equals. */
bool decimal_equals(Decimal a, Decimal b);
/* Decimal.GetHashCode: the same for equal values. */
int32_t decimal_hash(Decimal value);

/* Math.Round(value, decimals, mode), decimals 0..28. */
Decimal decimal_round(Decimal value, int decimals, DecimalRounding mode);
/* Decimal.Truncate. */
Decimal decimal_truncate(Decimal value);
/* Decimal.Floor. */
Decimal decimal_floor(Decimal value);
/* Decimal.Ceiling. */
Decimal decimal_ceiling(Decimal value);

/* Implicit conversions from the integer types. */
Decimal decimal_from_int64(int64_t value);
Decimal decimal_from_uint64(uint64_t value);
/* (decimal)value for a double: 15 significant digits; NUMBER_OVERFLOW for NaN, infinities and too large values. */
NumberStatus decimal_from_double(double value, Decimal *result);
/* (decimal)value for a float: 7 significant digits. */
NumberStatus decimal_from_single(float value, Decimal *result);
/* (long)value and its smaller brothers: truncates; NUMBER_OVERFLOW outside min..max. */
NumberStatus decimal_to_int64(Decimal value, int64_t min, int64_t max, int64_t *result);
/* (ulong)value and its smaller brothers. */
NumberStatus decimal_to_uint64(Decimal value, uint64_t max, uint64_t *result);
/* (double)value, with the rounding steps of .NET. */
double decimal_to_double(Decimal value);
/* (float)value. */
float decimal_to_single(Decimal value);

/* Decimal.ToString(format); conventions as in number.h. Without a format trailing zeros are kept. */
size_t decimal_format(Decimal value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                      NumberStatus *status);
/* Decimal.Parse(text): NumberStyles.Number (white space, sign in front or behind, point, thousands). Keeps trailing
 * zeros. NUMBER_BAD_FORMAT or NUMBER_OVERFLOW; *result is zero then. */
NumberStatus decimal_parse(const uint16_t *text, size_t length, Decimal *result);
/* A C# real literal without its suffix m and underscores: digits, point, exponent. */
NumberStatus decimal_parse_literal(const char *text, size_t length, Decimal *result);

#endif
