/* Inner header of math: numbers as unevaluated sums of two doubles, about 104 bits. */
#ifndef SIM_BASE_MATH_PAIR_H
#define SIM_BASE_MATH_PAIR_H

#include <string.h>

#include "math.h"

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

/* hi is the sum rounded to nearest. */
typedef struct {
    double hi;
    double lo;
} Pair;

static inline uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline bool is_nan(double x)
{
    return x != x;
}

static inline double infinity(void)
{
    return from_bits(0x7FF0000000000000u);
}

static inline bool is_infinite(double x)
{
    return (bits_of(x) & ~(uint64_t)0 >> 1) == 0x7FF0000000000000u;
}

static inline bool sign_of(double x)
{
    return bits_of(x) >> 63 != 0;
}

static inline double magnitude_of(double x)
{
    return from_bits(bits_of(x) & ~(uint64_t)0 >> 1);
}

static inline double with_sign(double magnitude, double sign)
{
    return from_bits((bits_of(magnitude) & ~(uint64_t)0 >> 1) | (bits_of(sign) & (uint64_t)1 << 63));
}

/* 2^power, -1022..1023. */
static inline double power2(int power)
{
    return from_bits((uint64_t)(power + 1023) << 52);
}

/* x * 2^power without intermediate overflow. */
static inline double scale2(double x, int power)
{
    for (; power > 1000; power -= 1000) {
        x *= power2(1000);
    }
    for (; power < -1000; power += 900) {
        x *= power2(-900);
    }
    return x * power2(power);
}

/* Exponent e with 2^e <= |x| < 2^(e+1), x finite and not zero. */
static inline int exponent_of(double x)
{
    int biased = (int)(bits_of(x) >> 52 & 0x7FF);
    return biased != 0 ? biased - 1023 : (int)(bits_of(x * power2(64)) >> 52 & 0x7FF) - 1023 - 64;
}

static inline Pair pair_quick(double a, double b)
{
    double sum = a + b;
    return (Pair){sum, b - (sum - a)};
}

static inline Pair pair_sum(double a, double b)
{
    double sum = a + b;
    double part = sum - a;
    return (Pair){sum, (a - (sum - part)) + (b - part)};
}

/* a * b exactly; both below 2^990. */
static inline Pair pair_product(double a, double b)
{
    const double splitter = 134217729.0;
    double a_high = splitter * a;
    double b_high = splitter * b;
    a_high -= a_high - a;
    b_high -= b_high - b;
    double a_low = a - a_high;
    double b_low = b - b_high;
    double product = a * b;
    return (Pair){product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

static inline Pair pair_add(Pair a, Pair b)
{
    Pair high = pair_sum(a.hi, b.hi);
    Pair low = pair_sum(a.lo, b.lo);
    high = pair_quick(high.hi, high.lo + low.hi);
    return pair_quick(high.hi, high.lo + low.lo);
}

static inline Pair pair_negate(Pair a)
{
    return (Pair){-a.hi, -a.lo};
}

static inline Pair pair_subtract(Pair a, Pair b)
{
    return pair_add(a, pair_negate(b));
}

static inline Pair pair_multiply(Pair a, Pair b)
{
    Pair product = pair_product(a.hi, b.hi);
    return pair_quick(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline Pair pair_of(double x)
{
    return (Pair){x, 0};
}

static inline Pair pair_divide(Pair a, Pair b)
{
    double first = a.hi / b.hi;
    Pair rest = pair_subtract(a, pair_multiply(b, pair_of(first)));
    double second = rest.hi / b.hi;
    rest = pair_subtract(rest, pair_multiply(b, pair_of(second)));
    Pair sum = pair_quick(first, second);
    return pair_add(sum, pair_of(rest.hi / b.hi));
}

/* a * 2^power where nothing is lost. */
static inline Pair pair_scale(Pair a, int power)
{
    return (Pair){a.hi * power2(power), a.lo * power2(power)};
}

static inline Pair pair_sqrt(Pair a)
{
    double root = math_sqrt(a.hi);
    if (root == 0) {
        return pair_of(0);
    }
    Pair rest = pair_subtract(a, pair_product(root, root));
    return pair_quick(root, rest.hi / (2 * root));
}

/* Natural logarithm of x > 0. */
Pair math_log_pair(double x);
/* e^x = result * 2^*power for |x| < 800. */
Pair math_exp_pair(Pair x, int *power);
/* The odd series x + x^3/3 + x^5/5 ..., |x| <= 0.21. */
Pair math_atanh_series(Pair x);

#endif
