/* Circular and hyperbolic functions and their inverses. */
#include "math.h"

#include "math_pair.h"

static const Pair half_pi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

/* The bits of 2/pi after the point, most significant first. */
enum { TWO_OVER_PI_LIMBS = 42, WINDOW_LIMBS = 9 };
static const uint32_t two_over_pi[TWO_OVER_PI_LIMBS] = {
    0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A,
    0x424DD2E0, 0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41,
    0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B, 0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF,
    0x27CB09B7, 0x4F463F66, 0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08,
    0x56033046, 0xFC7B6BAB, 0xF0CFBC20, 0x9AF4361D, 0xA9E39161, 0x5EE61B08,
};

enum { PRODUCT_LIMBS = WINDOW_LIMBS + 2 };

/* product = mantissa * the window of 2/pi that starts at limb `first`. */
static void multiply_window(uint32_t product[PRODUCT_LIMBS], uint64_t mantissa, int first)
{
    uint32_t factor[2] = {(uint32_t)mantissa, (uint32_t)(mantissa >> 32)};
    memset(product, 0, PRODUCT_LIMBS * sizeof product[0]);
    for (int i = 0; i < WINDOW_LIMBS; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < 2; j++) {
            carry += (uint64_t)two_over_pi[first + WINDOW_LIMBS - 1 - i] * factor[j] + product[i + j];
            product[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product[i + 2] = (uint32_t)carry;
    }
}

static uint32_t bit_at(const uint32_t limbs[PRODUCT_LIMBS], int bit)
{
    return bit < PRODUCT_LIMBS * 32 ? limbs[bit / 32] >> bit % 32 & 1 : 0;
}

/* The bits below `point` as a fraction in [-1/2, 1/2); *quadrant counts one up when it is negative. */
static Pair fraction_of(uint32_t limbs[PRODUCT_LIMBS], int point, int *quadrant)
{
    bool negative = bit_at(limbs, point - 1) != 0;
    Pair sum = pair_of(0);
    *quadrant += negative;
    for (int i = PRODUCT_LIMBS - 1; i >= 0; i--) {
        uint32_t limb = negative ? ~limbs[i] : limbs[i];
        if (i * 32 + 32 > point) {
            limb = i * 32 >= point ? 0 : limb & (((uint32_t)1 << point % 32) - 1);
        }
        sum = pair_add(sum, pair_of(scale2((double)limb, i * 32 - point)));
    }
    if (negative) {
        sum = pair_negate(pair_add(sum, pair_of(power2(-point))));
    }
    return sum;
}

/* x = quadrant * pi/2 + result, |result| <= pi/4 (a little more). */
static Pair reduce(double x, int *quadrant)
{
    *quadrant = 0;
    double magnitude = magnitude_of(x);
    if (magnitude < 0.78) {
        return pair_of(x);
    }
    uint64_t mantissa = (bits_of(x) & 0xFFFFFFFFFFFFFu) | (uint64_t)1 << 52;
    int exponent = exponent_of(x) - 52;
    int first = exponent >= 2 ? (exponent - 2) / 32 : 0;
    int point = 32 * (first + WINDOW_LIMBS) - exponent;
    uint32_t product[PRODUCT_LIMBS];
    multiply_window(product, mantissa, first);
    *quadrant = (int)(bit_at(product, point) | bit_at(product, point + 1) << 1);
    Pair rest = pair_multiply(fraction_of(product, point, quadrant), half_pi);
    if (sign_of(x)) {
        *quadrant = -*quadrant;
        rest = pair_negate(rest);
    }
    *quadrant &= 3;
    return rest;
}

/* 1 + s/(a(a+1)) (1 + s/((a+2)(a+3)) (...)): s = -x^2 or x^2 gives sine, cosine and their hyperbolic forms. */
static Pair factorial_series(Pair square, int first)
{
    enum { LAST = 29 };
    Pair sum = pair_of(1);
    int start = first + (LAST - first) / 2 * 2;
    for (int n = start; n >= first; n -= 2) {
        sum = pair_add(pair_of(1), pair_divide(pair_multiply(sum, square), pair_of(n * (n + 1))));
    }
    return sum;
}

static Pair sin_small(Pair x)
{
    return pair_multiply(factorial_series(pair_negate(pair_multiply(x, x)), 2), x);
}

static Pair cos_small(Pair x)
{
    return factorial_series(pair_negate(pair_multiply(x, x)), 1);
}

static Pair sin_quadrant(Pair x, int quadrant)
{
    Pair result = (quadrant & 1) != 0 ? cos_small(x) : sin_small(x);
    return (quadrant & 2) != 0 ? pair_negate(result) : result;
}

/* Where sin x = tan x = x to the last bit, and squares would underflow. */
static bool is_tiny(double x)
{
    return magnitude_of(x) < 0x1p-30;
}

/* x + x^3 * factor, for tiny x. */
static double nudge(double x, double factor)
{
    return magnitude_of(x) < 0x1p-300 ? x : x + x * x * x * factor;
}

double math_sin(double x)
{
    if (is_nan(x) || is_infinite(x)) {
        return is_nan(x) ? x : math_nan();
    }
    if (is_tiny(x)) {
        return nudge(x, -1.0 / 6);
    }
    int quadrant;
    Pair rest = reduce(x, &quadrant);
    return sin_quadrant(rest, quadrant).hi;
}

double math_cos(double x)
{
    if (is_nan(x) || is_infinite(x)) {
        return is_nan(x) ? x : math_nan();
    }
    if (is_tiny(x)) {
        return 1;
    }
    int quadrant;
    Pair rest = reduce(x, &quadrant);
    return sin_quadrant(rest, quadrant + 1).hi;
}

double math_tan(double x)
{
    if (is_nan(x) || is_infinite(x)) {
        return is_nan(x) ? x : math_nan();
    }
    if (is_tiny(x)) {
        return nudge(x, 1.0 / 3);
    }
    int quadrant;
    Pair rest = reduce(x, &quadrant);
    return pair_divide(sin_quadrant(rest, quadrant), sin_quadrant(rest, quadrant + 1)).hi;
}

/* atan of 0 <= t <= 1 to about 50 bits. */
static double atan_rough(double t)
{
    bool upper = t > 0.41421356237309503;
    double x = upper ? (t - 1) / (t + 1) : t;
    double square = x * x;
    double sum = 0;
    for (int n = 21; n >= 0; n--) {
        sum = 1.0 / (2 * n + 1) - sum * square;
    }
    return upper ? 0.78539816339744828 + x * sum : x * sum;
}

/* Angle of the point (x, y): both >= 0, not both 0, of moderate size. */
static Pair angle(Pair y, Pair x)
{
    bool steep = y.hi > x.hi;
    double rough = steep ? half_pi.hi - atan_rough(x.hi / y.hi) : atan_rough(y.hi / x.hi);
    Pair start = pair_of(rough);
    bool upper = rough > 0.8;
    Pair small = upper ? pair_subtract(half_pi, start) : start;
    Pair sine = upper ? cos_small(small) : sin_small(small);
    Pair cosine = upper ? sin_small(small) : cos_small(small);
    Pair across = pair_subtract(pair_multiply(y, cosine), pair_multiply(x, sine));
    Pair along = pair_add(pair_multiply(x, cosine), pair_multiply(y, sine));
    return pair_add(start, pair_divide(across, along));
}

static double atan2_finite(double y, double x)
{
    double height = magnitude_of(y);
    double width = magnitude_of(x);
    int shift = exponent_of(height > width ? height : width);
    int other = exponent_of(height > width ? width : height);
    if (shift - other > 120) {
        if (height < width) {
            return with_sign(sign_of(x) ? 2 * half_pi.hi : height / width, y);
        }
        return with_sign(half_pi.hi, y);
    }
    Pair result = angle(pair_of(scale2(height, -shift)), pair_of(scale2(width, -shift)));
    if (sign_of(x)) {
        result = pair_subtract(pair_scale(half_pi, 1), result);
    }
    return with_sign(result.hi, y);
}

double math_atan2(double y, double x)
{
    if (is_nan(x) || is_nan(y)) {
        return x + y;
    }
    if (is_infinite(x) && is_infinite(y)) {
        return with_sign(sign_of(x) ? 0x1.2d97c7f3321d2p+1 : half_pi.hi / 2, y);
    }
    if (y == 0 || is_infinite(x)) {
        return with_sign(sign_of(x) ? 2 * half_pi.hi : 0, y);
    }
    if (x == 0 || is_infinite(y)) {
        return with_sign(half_pi.hi, y);
    }
    return atan2_finite(y, x);
}

double math_atan(double x)
{
    return is_tiny(x) ? nudge(x, -1.0 / 3) : math_atan2(x, 1);
}

/* sqrt(1 - x^2), |x| <= 1. */
static Pair other_side(double x)
{
    return pair_sqrt(pair_multiply(pair_sum(1, -x), pair_sum(1, x)));
}

double math_asin(double x)
{
    if (!(magnitude_of(x) <= 1)) {
        return is_nan(x) ? x : math_nan();
    }
    if (is_tiny(x)) {
        return nudge(x, 1.0 / 6);
    }
    return with_sign(angle(pair_of(magnitude_of(x)), other_side(x)).hi, x);
}

double math_acos(double x)
{
    if (!(magnitude_of(x) <= 1)) {
        return is_nan(x) ? x : math_nan();
    }
    if (is_tiny(x)) {
        return pair_subtract(half_pi, pair_of(x)).hi;
    }
    Pair result = angle(other_side(x), pair_of(magnitude_of(x)));
    return sign_of(x) ? pair_subtract(pair_scale(half_pi, 1), result).hi : result.hi;
}

/* e^x / 2 for x where e^-x does not matter. */
static double half_exp(double x)
{
    int power;
    Pair result = math_exp_pair(pair_of(x), &power);
    return scale2(result.hi, power - 1);
}

/* (e^x + sign * e^-x) / 2 for 0 <= x <= 40. */
static Pair exp_combined(double x, double sign)
{
    int power;
    Pair up = math_exp_pair(pair_of(x), &power);
    up = pair_scale(up, power - 1);
    Pair down = pair_divide(pair_of(0.25 * sign), up);
    return pair_add(up, down);
}

static Pair sinh_pair(double x)
{
    return x < 0.3 ? pair_multiply(factorial_series(pair_product(x, x), 2), pair_of(x)) : exp_combined(x, -1);
}

double math_sinh(double x)
{
    double magnitude = magnitude_of(x);
    if (is_nan(x) || is_infinite(x) || is_tiny(x)) {
        return is_tiny(x) ? nudge(x, 1.0 / 6) : x;
    }
    if (magnitude > 40) {
        return with_sign(magnitude > 711 ? infinity() : half_exp(magnitude), x);
    }
    return with_sign(sinh_pair(magnitude).hi, x);
}

double math_cosh(double x)
{
    double magnitude = magnitude_of(x);
    if (is_nan(x)) {
        return x;
    }
    if (magnitude > 40) {
        return magnitude > 711 ? infinity() : half_exp(magnitude);
    }
    return exp_combined(magnitude, 1).hi;
}

double math_tanh(double x)
{
    double magnitude = magnitude_of(x);
    if (is_nan(x) || is_tiny(x)) {
        return is_nan(x) ? x : nudge(x, -1.0 / 3);
    }
    if (magnitude > 40) {
        return with_sign(1, x);
    }
    return with_sign(pair_divide(sinh_pair(magnitude), exp_combined(magnitude, 1)).hi, x);
}

static Pair log_of_pair(Pair x)
{
    return pair_add(math_log_pair(x.hi), pair_of(x.lo / x.hi));
}

/* Area whose hyperbolic tangent is part / whole; 0 <= part < whole. */
static Pair area(Pair part, Pair whole)
{
    Pair ratio = pair_divide(part, whole);
    if (ratio.hi <= 0.2) {
        return math_atanh_series(ratio);
    }
    Pair quotient = pair_divide(pair_add(whole, part), pair_subtract(whole, part));
    return pair_scale(log_of_pair(quotient), -1);
}

double math_asinh(double x)
{
    double magnitude = magnitude_of(x);
    if (is_nan(x) || is_infinite(x) || is_tiny(x)) {
        return is_tiny(x) ? nudge(x, -1.0 / 6) : x;
    }
    if (magnitude > 0x1p60) {
        return with_sign(pair_add(math_log_pair(magnitude), math_log_pair(2)).hi, x);
    }
    Pair root = pair_sqrt(pair_add(pair_of(1), pair_product(magnitude, magnitude)));
    if (magnitude < 0.2) {
        return with_sign(area(pair_of(magnitude), root).hi, x);
    }
    return with_sign(log_of_pair(pair_add(root, pair_of(magnitude))).hi, x);
}

double math_acosh(double x)
{
    if (!(x >= 1) || is_infinite(x)) {
        return x < 1 ? math_nan() : x;
    }
    if (x > 0x1p60) {
        return pair_add(math_log_pair(x), math_log_pair(2)).hi;
    }
    Pair root = pair_sqrt(pair_multiply(pair_sum(x, -1), pair_sum(x, 1)));
    if (x < 1.02) {
        return area(root, pair_of(x)).hi;
    }
    return log_of_pair(pair_add(root, pair_of(x))).hi;
}

double math_atanh(double x)
{
    double magnitude = magnitude_of(x);
    if (!(magnitude < 1)) {
        return magnitude == 1 ? with_sign(infinity(), x) : is_nan(x) ? x : math_nan();
    }
    return is_tiny(x) ? nudge(x, 1.0 / 3) : with_sign(area(pair_of(magnitude), pair_of(1)).hi, x);
}
