/* Decimal to and from the other number types and text. */
#include <string.h>

#include "decimal.h"
#include "number_inner.h"

enum { MAX_SCALE = 28 };

static const double power10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
                                 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28};

Decimal decimal_from_int64(int64_t value)
{
    return decimal_make(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 0, value < 0, 0);
}

Decimal decimal_from_uint64(uint64_t value)
{
    return decimal_make(value, 0, false, 0);
}

/* The exponent e with 2^(e-1) <= |value| < 2^e for normal values, -1022 for subnormal ones. */
static int exponent_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (int)(bits >> 52 & 0x7FF) - 1022;
}

/* value >= 0, below 2^53: to nearest, ties to even. */
static uint64_t round_to_integer(double value)
{
    uint64_t whole = (uint64_t)value;
    double rest = value - (double)whole;
    return whole + (rest > 0.5 || (rest == 0.5 && (whole & 1) != 0));
}

/*
 * Both conversions keep `digits` significant digits: the value is scaled in double arithmetic to an integer of that
 * many digits (`exponent` is that of the source type), rounded, and trailing zeros are taken out again.
 */
static NumberStatus from_floating(double value, int exponent, int digits, Decimal *result)
{
    *result = (Decimal){0};
    if (exponent < -94) {
        return NUMBER_OK;
    }
    if (exponent > 96) {
        return NUMBER_OVERFLOW;
    }
    bool negative = value < 0;
    double scaled = negative ? -value : value;
    int estimate = exponent * 19728;
    int floor = estimate >= 0 ? estimate >> 16 : -((-estimate + 0xFFFF) >> 16);
    int power = digits - 1 - floor;
    if (power >= 0) {
        power = power > MAX_SCALE ? MAX_SCALE : power;
        scaled *= power10[power];
    } else if (power != -1 || scaled >= power10[digits]) {
        scaled /= power10[-power];
    } else {
        power = 0;
    }
    if (scaled < power10[digits - 1] && power < MAX_SCALE) {
        scaled *= 10;
        power++;
    }
    uint64_t whole = round_to_integer(scaled);
    if (whole == 0) {
        return NUMBER_OK;
    }
    for (int spare = digits - 1; power > 0 && spare > 0 && whole % 10 == 0; spare--) {
        whole /= 10;
        power--;
    }
    *result = decimal_make(whole, 0, negative, power > 0 ? power : 0);
    Decimal ten = decimal_from_int64(10);
    NumberStatus status = NUMBER_OK;
    for (; power < 0 && status == NUMBER_OK; power++) {
        status = decimal_multiply(*result, ten, result);
    }
    return status;
}

NumberStatus decimal_from_double(double value, Decimal *result)
{
    return from_floating(value, exponent_of(value), 15, result);
}

NumberStatus decimal_from_single(float value, Decimal *result)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return from_floating((double)value, (int)(bits >> 23 & 0xFF) - 126, 7, result);
}

NumberStatus decimal_to_uint64(Decimal value, uint64_t max, uint64_t *result)
{
    Decimal whole = decimal_truncate(value);
    bool zero = whole.lo == 0 && whole.hi == 0;
    bool fits = zero || (!decimal_is_negative(whole) && whole.hi == 0 && whole.lo <= max);
    *result = fits ? whole.lo : 0;
    return fits ? NUMBER_OK : NUMBER_OVERFLOW;
}

NumberStatus decimal_to_int64(Decimal value, int64_t min, int64_t max, int64_t *result)
{
    Decimal whole = decimal_truncate(value);
    bool negative = decimal_is_negative(whole);
    uint64_t limit = negative ? 0 - (uint64_t)min : (uint64_t)max;
    *result = 0;
    if (whole.hi != 0 || whole.lo > limit) {
        return NUMBER_OVERFLOW;
    }
    if (!negative) {
        *result = (int64_t)whole.lo;
    } else if (whole.lo != 0) {
        *result = -(int64_t)(whole.lo - 1) - 1;
    }
    return NUMBER_OK;
}

double decimal_to_double(Decimal value)
{
    double magnitude = ((double)value.lo + (double)value.hi * 18446744073709551616.0) / power10[decimal_scale(value)];
    return decimal_is_negative(value) ? -magnitude : magnitude;
}

float decimal_to_single(Decimal value)
{
    return (float)decimal_to_double(value);
}

static void digits_from_decimal(Digits *digits, Decimal value)
{
    char text[DIGITS_DECIMAL_CAPACITY];
    int at = DIGITS_DECIMAL_CAPACITY;
    uint32_t limb[3] = {(uint32_t)value.lo, (uint32_t)(value.lo >> 32), value.hi};
    while ((limb[0] | limb[1] | limb[2]) != 0) {
        uint64_t rest = 0;
        for (int i = 2; i >= 0; i--) {
            rest = rest << 32 | limb[i];
            limb[i] = (uint32_t)(rest / 10);
            rest %= 10;
        }
        text[--at] = (char)('0' + (int)rest);
    }
    digits->kind = DIGITS_DECIMAL;
    digits->negative = decimal_is_negative(value);
    digits->nonzero_tail = false;
    digits->count = DIGITS_DECIMAL_CAPACITY - at;
    digits->scale = digits->count - decimal_scale(value);
    memcpy(digits->digit, text + at, (size_t)digits->count);
    digits->digit[digits->count] = '\0';
}

size_t decimal_format(Decimal value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                      NumberStatus *status)
{
    Digits digits;
    digits_from_decimal(&digits, value);
    return format_digits(&digits, format, format_length, out, capacity, status);
}

/* limb = limb * 10 + digit; false, and limb unchanged, when that needs more than 96 bits. */
static bool append_digit(uint32_t limb[3], int digit)
{
    uint32_t next[3];
    uint64_t carry = (uint64_t)digit;
    for (int i = 0; i < 3; i++) {
        carry += (uint64_t)limb[i] * 10;
        next[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        return false;
    }
    memcpy(limb, next, sizeof next);
    return true;
}

static bool rounds_up(const Digits *digits, int at, bool odd)
{
    const char *cut = digits->digit + at;
    if (at >= digits->count || *cut != '5') {
        return at<digits->count && * cut> '5';
    }
    bool tail = digits->nonzero_tail;
    for (int i = at + 1; i < digits->count; i++) {
        tail = tail || digits->digit[i] != '0';
    }
    return odd || tail;
}

static Decimal limbs_to_decimal(const uint32_t limb[3], bool negative, int scale)
{
    return decimal_make((uint64_t)limb[1] << 32 | limb[0], limb[2], negative, scale);
}

/* Takes digits while they fit into 96 bits and 28 decimals, then rounds to even. */
static NumberStatus digits_to_decimal(const Digits *digits, Decimal *result)
{
    uint32_t limb[3] = {0};
    int left = digits->scale; /* digits still missing before the point; negative: decimals so far */
    int at = 0;
    *result = (Decimal){0};
    if (digits->count == 0) {
        int scale = left >= 0 ? 0 : left < -MAX_SCALE ? MAX_SCALE : -left;
        *result = decimal_make(0, 0, digits->negative, scale);
        return NUMBER_OK;
    }
    if (left > 29) {
        return NUMBER_OVERFLOW;
    }
    while ((left > 0 || at < digits->count) && left > -MAX_SCALE) {
        if (!append_digit(limb, at < digits->count ? digits->digit[at] - '0' : 0)) {
            break;
        }
        at += at < digits->count;
        left--;
    }
    if (left < -MAX_SCALE) {
        *result = decimal_make(0, 0, digits->negative, MAX_SCALE);
        return NUMBER_OK;
    }
    if (rounds_up(digits, at, (limb[0] & 1) != 0) && ++limb[0] == 0 && ++limb[1] == 0 && ++limb[2] == 0) {
        limb[0] = 0x9999999A; /* 2^96 / 10, rounded */
        limb[1] = 0x99999999;
        limb[2] = 0x19999999;
        left++;
    }
    if (left > 0) {
        return NUMBER_OVERFLOW;
    }
    *result = limbs_to_decimal(limb, digits->negative, -left);
    return NUMBER_OK;
}

static NumberStatus parse(ParseText text, unsigned flags, Decimal *result)
{
    Digits digits;
    digits.kind = DIGITS_DECIMAL;
    *result = (Decimal){0};
    if (!parse_digits(&digits, text, flags)) {
        return NUMBER_BAD_FORMAT;
    }
    return digits_to_decimal(&digits, result);
}

NumberStatus decimal_parse(const uint16_t *text, size_t length, Decimal *result)
{
    unsigned flags = PARSE_WHITE | PARSE_LEADING_SIGN | PARSE_TRAILING_SIGN | PARSE_POINT | PARSE_THOUSANDS;
    return parse((ParseText){text, "", length}, flags, result);
}

NumberStatus decimal_parse_literal(const char *text, size_t length, Decimal *result)
{
    return parse((ParseText){NULL, text, length}, PARSE_POINT | PARSE_EXPONENT, result);
}
