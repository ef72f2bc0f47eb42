/* Roots, rounding, remainders, powers, exponentials and logarithms. */
#include "math.h"

#include "math_pair.h"

#if defined(__SSE2__) && !defined(MATH_PORTABLE)
#include <emmintrin.h>
#endif

double math_nan(void)
{
    return from_bits(0xFFF8000000000000u);
}

#if !defined(__SSE2__) || defined(MATH_PORTABLE)
/* Square root of a normalised mantissa, one bit at a time. */
static double sqrt_by_bits(double x)
{
    int exponent = exponent_of(x);
    double scaled = scale2(x, -exponent);
    uint64_t rest = (bits_of(scaled) & 0xFFFFFFFFFFFFFu) | (uint64_t)1 << 52;
    if (exponent % 2 != 0) {
        rest <<= 1;
        exponent--;
    }
    rest <<= 1;
    uint64_t root = 0;
    uint64_t twice = 0;
    for (uint64_t bit = (uint64_t)1 << 53; bit != 0; bit >>= 1) {
        uint64_t trial = twice + bit;
        if (trial <= rest) {
            twice = trial + bit;
            rest -= trial;
            root += bit;
        }
        rest <<= 1;
    }
    root += (rest != 0) & (root & 1);
    return scale2((double)(root >> 1), exponent / 2 - 52);
}
#endif

double math_sqrt(double x)
{
#if defined(__SSE2__) && !defined(MATH_PORTABLE)
    __m128d packed = _mm_set_sd(x);
    return _mm_cvtsd_f64(_mm_sqrt_sd(packed, packed));
#else
    if (is_nan(x) || x == 0 || (is_infinite(x) && x > 0)) {
        return x;
    }
    return x < 0 ? math_nan() : sqrt_by_bits(x);
#endif
}

double math_truncate(double x)
{
    int exponent = (int)(bits_of(x) >> 52 & 0x7FF) - 1023;
    if (exponent >= 52) {
        return x;
    }
    if (exponent < 0) {
        return with_sign(0, x);
    }
    return from_bits(bits_of(x) & ~(0xFFFFFFFFFFFFFu >> exponent));
}

double math_floor(double x)
{
    double whole = math_truncate(x);
    return whole > x ? whole - 1 : whole;
}

double math_ceiling(double x)
{
    double whole = math_truncate(x);
    return whole < x ? with_sign(whole + 1, x) : whole;
}

double math_round(double x)
{
    const double limit = 4503599627370496.0;
    double magnitude = magnitude_of(x);
    if (!(magnitude < limit)) {
        return x;
    }
    volatile double shifted = magnitude + limit;
    return with_sign(shifted - limit, x);
}

static double round_by_mode(double x, int mode)
{
    switch (mode) {
    case 0:
        return math_round(x);
    case 1:
        return math_truncate(x + with_sign(0.49999999999999994, x));
    case 2:
        return math_truncate(x);
    case 3:
        return math_floor(x);
    default:
        return math_ceiling(x);
    }
}

double math_round_digits(double x, int digits, int mode)
{
    static const double power10[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    if (!(magnitude_of(x) < 1e16)) {
        return x;
    }
    return digits == 0 ? round_by_mode(x, mode) : round_by_mode(x * power10[digits], mode) / power10[digits];
}

/* |x| as an integer times 2^exponent. */
static uint64_t split(double x, int *exponent)
{
    int biased = (int)(bits_of(x) >> 52 & 0x7FF);
    uint64_t field = bits_of(x) & 0xFFFFFFFFFFFFFu;
    *exponent = (biased != 0 ? biased : 1) - 1075;
    return biased != 0 ? field | (uint64_t)1 << 52 : field;
}

/* |x| mod |y|, and the last bit of the quotient; both finite, y not 0. */
static double remainder_of(double x, double y, bool *odd)
{
    int exponent_x;
    int exponent_y;
    uint64_t left = split(x, &exponent_x);
    uint64_t right = split(y, &exponent_y);
    *odd = false;
    if (magnitude_of(x) < magnitude_of(y)) {
        return magnitude_of(x);
    }
    /* Here exponent_x >= exponent_y: y is the smaller one, and subnormal mantissas share the least exponent. */
    *odd = ((left / right) & 1) != 0;
    left %= right;
    for (; exponent_x > exponent_y; exponent_x--) {
        left <<= 1;
        *odd = left >= right;
        left -= *odd ? right : 0;
    }
    return scale2((double)left, exponent_y);
}

static bool remainder_undefined(double x, double y)
{
    return is_nan(x) || is_nan(y) || is_infinite(x) || y == 0;
}

double math_remainder(double x, double y)
{
    bool odd;
    if (remainder_undefined(x, y)) {
        return is_nan(x) ? x : is_nan(y) ? y : math_nan();
    }
    return is_infinite(y) ? x : with_sign(remainder_of(x, y, &odd), x);
}

double math_ieee_remainder(double x, double y)
{
    bool odd;
    if (remainder_undefined(x, y)) {
        return is_nan(x) ? x : is_nan(y) ? y : math_nan();
    }
    if (is_infinite(y)) {
        return x;
    }
    double rest = remainder_of(x, y, &odd);
    double other = magnitude_of(y) - rest;
    bool up = rest > other || (rest == other && odd);
    double result = up ? -other : rest;
    return result == 0 ? with_sign(0, x) : sign_of(x) ? -result : result;
}

double math_cbrt(double x)
{
    if (is_nan(x) || is_infinite(x) || x == 0) {
        return x;
    }
    int third = exponent_of(x) / 3;
    double scaled = scale2(magnitude_of(x), -3 * third);
    double root = 1;
    for (int i = 0; i < 9; i++) {
        root = (2 * root + scaled / (root * root)) / 3;
    }
    Pair cube = pair_multiply(pair_product(root, root), pair_of(root));
    Pair rest = pair_subtract(pair_of(scaled), cube);
    Pair better = pair_quick(root, rest.hi / (3 * root * root));
    return with_sign(scale2(better.hi, third), x);
}

static const Pair ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
static const Pair ln2_low = {0x1.a39ef35793c76p-33, 0x1.cc01f97b57a08p-87};
static const double ln2_high = 0x1.62e42fee00000p-1; /* few bits: exact times an exponent */
static const Pair log10_e = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
static const Pair log2_e = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};

/* count * ln 2. */
static Pair times_ln2(int count)
{
    return pair_add(pair_of(count * ln2_high), pair_multiply(ln2_low, pair_of(count)));
}

Pair math_exp_pair(Pair x, int *power)
{
    enum { HALVINGS = 8, TERMS = 11 };
    *power = (int)math_round(x.hi / ln2.hi);
    Pair rest = pair_scale(pair_subtract(x, times_ln2(*power)), -HALVINGS);
    Pair sum = pair_of(1);
    for (int n = TERMS; n >= 2; n--) {
        sum = pair_add(pair_of(1), pair_divide(pair_multiply(sum, rest), pair_of(n)));
    }
    sum = pair_multiply(sum, rest); /* e^rest - 1 */
    for (int i = 0; i < HALVINGS; i++) {
        sum = pair_add(pair_scale(sum, 1), pair_multiply(sum, sum));
    }
    return pair_add(pair_of(1), sum);
}

double math_exp(double x)
{
    if (is_nan(x)) {
        return x;
    }
    if (x > 710) {
        return infinity();
    }
    if (x < -746) {
        return 0;
    }
    int power;
    Pair result = math_exp_pair(pair_of(x), &power);
    return scale2(result.hi, power);
}

Pair math_atanh_series(Pair x)
{
    enum { TERMS = 25 };
    Pair square = pair_multiply(x, x);
    Pair sum = pair_of(0);
    for (int n = TERMS; n >= 0; n--) {
        Pair coefficient = pair_divide(pair_of(1), pair_of(2 * n + 1));
        sum = pair_add(pair_multiply(sum, square), coefficient);
    }
    return pair_multiply(sum, x);
}

/* x = mantissa * 2^power with the mantissa around 1. */
static double normalise(double x, int *power)
{
    *power = exponent_of(x);
    double mantissa = scale2(x, -*power);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        (*power)++;
    }
    return mantissa;
}

static Pair log_mantissa(double mantissa)
{
    Pair ratio = pair_divide(pair_of(mantissa - 1), pair_sum(mantissa, 1));
    return pair_scale(math_atanh_series(ratio), 1);
}

Pair math_log_pair(double x)
{
    int power;
    double mantissa = normalise(x, &power);
    return pair_add(times_ln2(power), log_mantissa(mantissa));
}

/* The cases where a logarithm is not a finite number. */
static bool log_special(double x, double *result)
{
    if (is_nan(x) || (is_infinite(x) && x > 0)) {
        *result = x;
    } else if (x == 0) {
        *result = -infinity();
    } else if (x < 0) {
        *result = math_nan();
    } else {
        return false;
    }
    return true;
}

double math_log(double x)
{
    double result;
    return log_special(x, &result) ? result : math_log_pair(x).hi;
}

double math_log10(double x)
{
    double result;
    return log_special(x, &result) ? result : pair_multiply(math_log_pair(x), log10_e).hi;
}

double math_log2(double x)
{
    double result;
    if (log_special(x, &result)) {
        return result;
    }
    int power;
    double mantissa = normalise(x, &power);
    return pair_add(pair_of(power), pair_multiply(log_mantissa(mantissa), log2_e)).hi;
}

static bool is_integer(double x)
{
    return math_truncate(x) == x;
}

static bool is_odd(double x)
{
    return is_integer(x) && magnitude_of(x) < 9007199254740992.0 && ((int64_t)x & 1) != 0;
}

/* pow where x is 0 or infinite, or y infinite. */
static double pow_special(double x, double y)
{
    double magnitude = magnitude_of(x);
    if (is_infinite(y)) {
        return magnitude == 1 ? 1 : (magnitude > 1) == (y > 0) ? infinity() : 0;
    }
    double result = (magnitude == 0) == (y < 0) ? infinity() : 0;
    return sign_of(x) && is_odd(y) ? -result : result;
}

/* x^y by multiplication, for small whole y when nothing leaves the range; exact as long as 106 bits suffice. */
static bool pow_small(double x, double y, double *result)
{
    if (!(y >= 1 && y <= 64 && is_integer(y))) {
        return false;
    }
    int bound = (exponent_of(x) < 0 ? -exponent_of(x) : exponent_of(x) + 1) * (int)y;
    if (bound > 800) {
        return false;
    }
    Pair power = pair_of(1);
    Pair factor = pair_of(x);
    for (int rest = (int)y; rest != 0; rest >>= 1) {
        if ((rest & 1) != 0) {
            power = pair_multiply(power, factor);
        }
        factor = rest > 1 ? pair_multiply(factor, factor) : factor;
    }
    *result = power.hi;
    return true;
}

static double pow_positive(double x, double y)
{
    double result;
    if (x == 1 || pow_small(x, y, &result)) {
        return x == 1 ? 1 : result;
    }
    Pair log = math_log_pair(x);
    double estimate = log.hi * y;
    if (estimate > 711) {
        return infinity();
    }
    if (estimate < -747) {
        return 0;
    }
    int power;
    Pair exponent = magnitude_of(y) < 1e-290 ? pair_of(estimate) : pair_multiply(log, pair_of(y));
    Pair mantissa = math_exp_pair(exponent, &power);
    return scale2(mantissa.hi, power);
}

double math_pow(double x, double y)
{
    if (y == 0 || x == 1) {
        return 1;
    }
    if (is_nan(x) || is_nan(y)) {
        return x + y;
    }
    if (x == 0 || is_infinite(x) || is_infinite(y)) {
        return pow_special(x, y);
    }
    if (x < 0 && !is_integer(y)) {
        return math_nan();
    }
    double result = pow_positive(magnitude_of(x), y);
    return x < 0 && is_odd(y) ? -result : result;
}
