/* Decimal arithmetic: exact in 320 bits, then brought back to 96 bits and a scale of at most 28. */
#include "decimal.h"

#include <string.h>

enum { MAX_SCALE = 28, WIDE_LIMBS = 10, SCALE_SHIFT = 16 };

static const uint32_t SIGN = 0x80000000u;

static const uint32_t power10[10] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/* 320 bits, little-endian: holds 96 bits * 10^56. */
typedef struct {
    uint32_t limb[WIDE_LIMBS];
} Wide;

Decimal decimal_make(uint64_t lo, uint32_t hi, bool negative, int scale)
{
    uint32_t flags = (uint32_t)scale << SCALE_SHIFT | (negative ? SIGN : 0);
    return (Decimal){(int32_t)flags, hi, lo};
}

int decimal_scale(Decimal value)
{
    return (int)((uint32_t)value.flags >> SCALE_SHIFT & 0xFF);
}

bool decimal_is_negative(Decimal value)
{
    return value.flags < 0;
}

static bool is_zero(Decimal value)
{
    return value.lo == 0 && value.hi == 0;
}

static Wide wide_from(Decimal value)
{
    return (Wide){{(uint32_t)value.lo, (uint32_t)(value.lo >> 32), value.hi}};
}

static bool wide_is_zero(const Wide *wide)
{
    uint32_t any = 0;
    for (int i = 0; i < WIDE_LIMBS; i++) {
        any |= wide->limb[i];
    }
    return any == 0;
}

static void wide_multiply_small(Wide *wide, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < WIDE_LIMBS; i++) {
        carry += (uint64_t)wide->limb[i] * factor;
        wide->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void wide_multiply_power10(Wide *wide, int power)
{
    for (; power >= 9; power -= 9) {
        wide_multiply_small(wide, power10[9]);
    }
    if (power > 0) {
        wide_multiply_small(wide, power10[power]);
    }
}

static uint32_t wide_divide_small(Wide *wide, uint32_t divisor)
{
    uint64_t rest = 0;
    for (int i = WIDE_LIMBS - 1; i >= 0; i--) {
        rest = rest << 32 | wide->limb[i];
        wide->limb[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

static int wide_compare(const Wide *a, const Wide *b)
{
    for (int i = WIDE_LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

static void wide_add(Wide *a, const Wide *b)
{
    uint64_t carry = 0;
    for (int i = 0; i < WIDE_LIMBS; i++) {
        carry += (uint64_t)a->limb[i] + b->limb[i];
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static void wide_subtract(Wide *a, const Wide *b)
{
    uint64_t borrow = 0;
    for (int i = 0; i < WIDE_LIMBS; i++) {
        uint64_t part = (uint64_t)a->limb[i] - b->limb[i] - borrow;
        a->limb[i] = (uint32_t)part;
        borrow = part >> 63;
    }
}

static void wide_shift_in(Wide *wide, uint32_t bit)
{
    for (int i = 0; i < WIDE_LIMBS; i++) {
        uint32_t out = wide->limb[i] >> 31;
        wide->limb[i] = wide->limb[i] << 1 | bit;
        bit = out;
    }
}

/* value becomes the quotient; returns the remainder. The divisor must be below 2^319. */
static Wide wide_divide(Wide *value, const Wide *divisor)
{
    Wide rest = {{0}};
    uint32_t high = 0;
    for (int i = 1; i < WIDE_LIMBS; i++) {
        high |= divisor->limb[i];
    }
    if (high == 0) {
        rest.limb[0] = wide_divide_small(value, divisor->limb[0]);
        return rest;
    }
    int top = WIDE_LIMBS - 1;
    while (top > 0 && value->limb[top] == 0) {
        top--;
    }
    for (int i = top * 32 + 31; i >= 0; i--) {
        uint32_t mask = (uint32_t)1 << (i % 32);
        wide_shift_in(&rest, (value->limb[i / 32] & mask) != 0);
        if (wide_compare(&rest, divisor) >= 0) {
            wide_subtract(&rest, divisor);
            value->limb[i / 32] |= mask;
        } else {
            value->limb[i / 32] &= ~mask;
        }
    }
    return rest;
}

static bool wide_fits(const Wide *wide)
{
    uint32_t any = 0;
    for (int i = 3; i < WIDE_LIMBS; i++) {
        any |= wide->limb[i];
    }
    return any == 0;
}

static Decimal wide_to_decimal(const Wide *wide, bool negative, int scale)
{
    return decimal_make((uint64_t)wide->limb[1] << 32 | wide->limb[0], wide->limb[2], negative, scale);
}

/* value * 10^-scale with as many digits as fit; `tail` says that something below the last digit was cut off before. */
static NumberStatus fit(Wide value, bool tail, bool negative, int scale, Decimal *result)
{
    uint32_t cut = 0;
    for (;;) {
        if (wide_fits(&value) && scale <= MAX_SCALE) {
            Wide rounded = value;
            if (cut > 5 || (cut == 5 && (tail || (value.limb[0] & 1) != 0))) {
                wide_add(&rounded, &(Wide){{1}});
            }
            if (wide_fits(&rounded)) {
                *result = wide_to_decimal(&rounded, negative, scale);
                return NUMBER_OK;
            }
        }
        if (scale == 0) {
            *result = (Decimal){0};
            return NUMBER_OVERFLOW;
        }
        tail = tail || cut != 0;
        cut = wide_divide_small(&value, 10);
        scale--;
    }
}

/* Both at the same scale, which is returned. */
static int align(Wide *a, int scale_a, Wide *b, int scale_b)
{
    if (scale_a < scale_b) {
        wide_multiply_power10(a, scale_b - scale_a);
        return scale_b;
    }
    wide_multiply_power10(b, scale_a - scale_b);
    return scale_a;
}

/*
 * left = |left - right|; returns the sign. `growth` is the scale of the right operand less that of the left one.
 * As in .NET, x - x has the sign of the operand that had to be rescaled, but 0 - 0 that of the other one.
 */
static bool subtract_aligned(Wide *left, Wide *right, bool left_negative, int growth)
{
    int order = wide_compare(left, right);
    if (order < 0) {
        wide_subtract(right, left);
        *left = *right;
        return !left_negative;
    }
    bool other_sign = order == 0 && growth != 0 && wide_is_zero(left) == (growth > 0);
    wide_subtract(left, right);
    return left_negative != other_sign;
}

NumberStatus decimal_add(Decimal a, Decimal b, Decimal *result)
{
    Wide left = wide_from(a);
    Wide right = wide_from(b);
    int scale = align(&left, decimal_scale(a), &right, decimal_scale(b));
    bool negative = decimal_is_negative(a);
    if (negative == decimal_is_negative(b)) {
        wide_add(&left, &right);
    } else {
        negative = subtract_aligned(&left, &right, negative, decimal_scale(b) - decimal_scale(a));
    }
    return fit(left, false, negative, scale, result);
}

NumberStatus decimal_subtract(Decimal a, Decimal b, Decimal *result)
{
    return decimal_add(a, decimal_negate(b), result);
}

NumberStatus decimal_multiply(Decimal a, Decimal b, Decimal *result)
{
    Wide left = wide_from(a);
    Wide right = wide_from(b);
    Wide product = {{0}};
    for (int i = 0; i < 3; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < 3; j++) {
            carry += (uint64_t)left.limb[i] * right.limb[j] + product.limb[i + j];
            product.limb[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product.limb[i + 3] = (uint32_t)carry;
    }
    bool negative = decimal_is_negative(a) != decimal_is_negative(b);
    int scale = decimal_scale(a) + decimal_scale(b);
    bool narrow = (left.limb[1] | left.limb[2] | right.limb[1] | right.limb[2]) == 0;
    /* .NET forgets sign and scale of a zero here, except between two 32-bit coefficients of moderate scale. */
    if (narrow ? scale > MAX_SCALE + 19 : wide_is_zero(&product)) {
        *result = (Decimal){0};
        return NUMBER_OK;
    }
    return fit(product, false, negative, scale, result);
}

static Decimal strip_zeros(Decimal value)
{
    Wide wide = wide_from(value);
    int scale = decimal_scale(value);
    for (; scale > 0; scale--) {
        Wide shorter = wide;
        if (wide_divide_small(&shorter, 10) != 0) {
            break;
        }
        wide = shorter;
    }
    return wide_to_decimal(&wide, decimal_is_negative(value), scale);
}

NumberStatus decimal_divide(Decimal a, Decimal b, Decimal *result)
{
    *result = (Decimal){0};
    if (is_zero(b)) {
        return NUMBER_DIVIDE_BY_ZERO;
    }
    bool negative = decimal_is_negative(a) != decimal_is_negative(b);
    int scale = decimal_scale(a) - decimal_scale(b);
    Wide divisor = wide_from(b);
    Wide quotient = wide_from(a);
    Wide rest = wide_divide(&quotient, &divisor);
    if (wide_is_zero(&rest)) {
        if (scale < 0) {
            wide_multiply_power10(&quotient, -scale);
            scale = 0;
        }
        return fit(quotient, false, negative, scale, result);
    }
    quotient = wide_from(a);
    wide_multiply_power10(&quotient, MAX_SCALE + 1 - scale);
    rest = wide_divide(&quotient, &divisor);
    NumberStatus status = fit(quotient, !wide_is_zero(&rest), negative, MAX_SCALE + 1, result);
    *result = strip_zeros(*result);
    return status;
}

NumberStatus decimal_remainder(Decimal a, Decimal b, Decimal *result)
{
    *result = (Decimal){0};
    if (is_zero(b)) {
        return NUMBER_DIVIDE_BY_ZERO;
    }
    Wide left = wide_from(a);
    Wide right = wide_from(b);
    int scale = align(&left, decimal_scale(a), &right, decimal_scale(b));
    if (wide_compare(&left, &right) < 0) {
        *result = a;
        return NUMBER_OK;
    }
    Wide rest = wide_divide(&left, &right);
    return fit(rest, false, decimal_is_negative(a), scale, result);
}

Decimal decimal_negate(Decimal value)
{
    value.flags = (int32_t)((uint32_t)value.flags ^ SIGN);
    return value;
}

int decimal_compare(Decimal a, Decimal b)
{
    int sign_a = is_zero(a) ? 0 : decimal_is_negative(a) ? -1 : 1;
    int sign_b = is_zero(b) ? 0 : decimal_is_negative(b) ? -1 : 1;
    if (sign_a != sign_b || sign_a == 0) {
        return (sign_a > sign_b) - (sign_a < sign_b);
    }
    Wide left = wide_from(a);
    Wide right = wide_from(b);
    align(&left, decimal_scale(a), &right, decimal_scale(b));
    return sign_a * wide_compare(&left, &right);
}

bool decimal_equals(Decimal a, Decimal b)
{
    return decimal_compare(a, b) == 0;
}

int32_t decimal_hash(Decimal value)
{
    if (is_zero(value)) {
        return 0;
    }
    Decimal plain = strip_zeros(value);
    return (int32_t)((uint32_t)plain.flags ^ plain.hi ^ (uint32_t)(plain.lo >> 32) ^ (uint32_t)plain.lo);
}

/* Whether cutting off rest (of a unit of divisor) must make the magnitude one larger. */
static bool rounds_up(DecimalRounding mode, bool negative, bool odd, int half, bool exact)
{
    switch (mode) {
    case DECIMAL_TO_EVEN:
        return half > 0 || (half == 0 && odd);
    case DECIMAL_AWAY_FROM_ZERO:
        return half >= 0;
    case DECIMAL_TO_NEGATIVE_INFINITY:
        return negative && !exact;
    case DECIMAL_TO_POSITIVE_INFINITY:
        return !negative && !exact;
    case DECIMAL_TO_ZERO:
    default:
        return false;
    }
}

Decimal decimal_round(Decimal value, int decimals, DecimalRounding mode)
{
    int drop = decimal_scale(value) - decimals;
    if (drop <= 0) {
        return value;
    }
    Wide divisor = {{1}};
    wide_multiply_power10(&divisor, drop);
    Wide quotient = wide_from(value);
    Wide rest = wide_divide(&quotient, &divisor);
    bool exact = wide_is_zero(&rest);
    wide_add(&rest, &rest);
    bool negative = decimal_is_negative(value);
    if (rounds_up(mode, negative, (quotient.limb[0] & 1) != 0, wide_compare(&rest, &divisor), exact)) {
        wide_add(&quotient, &(Wide){{1}});
    }
    return wide_to_decimal(&quotient, negative, decimals);
}

Decimal decimal_truncate(Decimal value)
{
    return decimal_round(value, 0, DECIMAL_TO_ZERO);
}

Decimal decimal_floor(Decimal value)
{
    return decimal_round(value, 0, DECIMAL_TO_NEGATIVE_INFINITY);
}

Decimal decimal_ceiling(Decimal value)
{
    return decimal_round(value, 0, DECIMAL_TO_POSITIVE_INFINITY);
}
