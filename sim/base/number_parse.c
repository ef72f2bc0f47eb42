/* Text to numbers, by the NumberStyles of the .NET Parse methods. */
#include <string.h>

#include "number_big.h"
#include "number_inner.h"

enum { MAX_EXPONENT_DIGITS_VALUE = 100000000, EXPONENT_TOO_LARGE = INT32_MAX };

uint16_t parse_at(ParseText text, size_t index)
{
    if (index >= text.length) {
        return 0;
    }
    return text.wide != NULL ? text.wide[index] : (unsigned char)text.narrow[index];
}

static bool is_digit(uint16_t unit)
{
    return unit >= '0' && unit <= '9';
}

static bool is_white(uint16_t unit)
{
    return unit == ' ' || (unit >= 9 && unit <= 13);
}

static size_t skip_white(ParseText text, size_t at)
{
    while (is_white(parse_at(text, at))) {
        at++;
    }
    return at;
}

/* NULs may follow a number, nothing else. */
static bool only_nulls(ParseText text, size_t at)
{
    while (at < text.length && parse_at(text, at) == 0) {
        at++;
    }
    return at >= text.length;
}

/* A reader of one number. */
typedef struct {
    ParseText text;
    size_t at;
    unsigned flags;
    Digits *digits;
    int capacity;       /* digits kept */
    int seen;           /* digits from the first that is not 0 */
    int trailing_zeros; /* among the digits kept */
    bool any_digit;
    bool point;
    bool nonzero;
} Reader;

static uint16_t now(const Reader *reader)
{
    return parse_at(reader->text, reader->at);
}

static bool take_sign(Reader *reader)
{
    if (now(reader) != '+' && now(reader) != '-') {
        return false;
    }
    reader->digits->negative = now(reader) == '-';
    reader->at++;
    return true;
}

static void keep_digit(Reader *reader, uint16_t digit)
{
    Digits *digits = reader->digits;
    reader->any_digit = true;
    if (digit == '0' && !reader->nonzero) {
        digits->scale -= reader->point;
        return;
    }
    reader->nonzero = true;
    if (reader->seen < reader->capacity) {
        digits->digit[reader->seen] = (char)digit;
        digits->count = reader->seen + 1;
        reader->trailing_zeros = digit == '0' ? reader->trailing_zeros + 1 : 0;
        reader->seen++;
    } else if (digit != '0') {
        digits->nonzero_tail = true;
    }
    digits->scale += !reader->point;
}

static void read_digits(Reader *reader)
{
    for (;; reader->at++) {
        uint16_t unit = now(reader);
        if (is_digit(unit)) {
            keep_digit(reader, unit);
        } else if (unit == '.' && (reader->flags & PARSE_POINT) != 0 && !reader->point) {
            reader->point = true;
        } else if (!(unit == ',' && (reader->flags & PARSE_THOUSANDS) != 0 && reader->any_digit && !reader->point)) {
            return;
        }
    }
}

static void read_exponent(Reader *reader)
{
    if ((reader->flags & PARSE_EXPONENT) == 0 || (now(reader) | 0x20) != 'e') {
        return;
    }
    size_t start = reader->at++;
    bool negative = now(reader) == '-';
    if (negative || now(reader) == '+') {
        reader->at++;
    }
    if (!is_digit(now(reader))) {
        reader->at = start;
        return;
    }
    int exponent = 0;
    for (; is_digit(now(reader)); reader->at++) {
        if (exponent >= MAX_EXPONENT_DIGITS_VALUE) {
            exponent = EXPONENT_TOO_LARGE;
            reader->digits->scale = 0;
        } else {
            exponent = exponent * 10 + (now(reader) - '0');
        }
    }
    reader->digits->scale += negative ? -exponent : exponent;
}

/* Zeros at the end of a fraction say nothing about a floating-point value. */
static void drop_fraction_zeros(Reader *reader)
{
    Digits *digits = reader->digits;
    int64_t fraction = (int64_t)digits->count - digits->scale;
    if (digits->kind == DIGITS_FLOAT && !digits->nonzero_tail && fraction > 0) {
        digits->count -= fraction < reader->trailing_zeros ? (int)fraction : reader->trailing_zeros;
    }
}

bool parse_digits(Digits *digits, ParseText text, unsigned flags)
{
    Reader reader = {.text = text, .flags = flags, .digits = digits};
    reader.capacity = digits->kind == DIGITS_DECIMAL ? DIGITS_DECIMAL_CAPACITY : DIGITS_CAPACITY;
    digits->negative = false;
    digits->nonzero_tail = false;
    digits->scale = 0;
    digits->count = 0;
    if ((flags & PARSE_WHITE) != 0) {
        reader.at = skip_white(text, 0);
    }
    bool sign = (flags & PARSE_LEADING_SIGN) != 0 && take_sign(&reader);
    read_digits(&reader);
    if (!reader.any_digit) {
        return false;
    }
    read_exponent(&reader);
    drop_fraction_zeros(&reader);
    digits->digit[digits->count] = '\0';
    if ((flags & PARSE_WHITE) != 0) {
        reader.at = skip_white(text, reader.at);
    }
    if ((flags & PARSE_TRAILING_SIGN) != 0 && !sign && take_sign(&reader)) {
        reader.at = skip_white(text, reader.at);
    }
    if (!reader.nonzero && digits->kind != DIGITS_DECIMAL) {
        digits->scale = 0;
    }
    return only_nulls(text, reader.at);
}

/* Reads white space, a sign if allowed, and digits of a base into a magnitude. */
typedef struct {
    ParseText text;
    size_t at;
    uint64_t magnitude;
    bool overflow;
    bool negative;
} IntegerReader;

static int digit_value(uint16_t unit, int base)
{
    uint16_t lower = unit | 0x20;
    int value = is_digit(unit) ? unit - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : base;
    return value < base ? value : -1;
}

static bool read_integer(IntegerReader *reader, int base, bool sign)
{
    reader->at = skip_white(reader->text, 0);
    uint16_t first = parse_at(reader->text, reader->at);
    if (sign && (first == '+' || first == '-')) {
        reader->negative = first == '-';
        reader->at++;
    }
    size_t start = reader->at;
    for (int digit; (digit = digit_value(parse_at(reader->text, reader->at), base)) >= 0; reader->at++) {
        uint64_t limit = (UINT64_MAX - (unsigned)digit) / (unsigned)base;
        reader->overflow = reader->overflow || reader->magnitude > limit;
        reader->magnitude = reader->magnitude * (unsigned)base + (unsigned)digit;
    }
    return reader->at > start && only_nulls(reader->text, skip_white(reader->text, reader->at));
}

NumberStatus number_parse_int64(const uint16_t *text, size_t length, int64_t min, int64_t max, int64_t *value)
{
    IntegerReader reader = {.text = {text, "", length}};
    *value = 0;
    if (!read_integer(&reader, 10, true)) {
        return NUMBER_BAD_FORMAT;
    }
    uint64_t limit = reader.negative ? 0 - (uint64_t)min : (uint64_t)max;
    if (reader.overflow || reader.magnitude > limit) {
        return NUMBER_OVERFLOW;
    }
    if (!reader.negative) {
        *value = (int64_t)reader.magnitude;
    } else if (reader.magnitude != 0) {
        *value = -(int64_t)(reader.magnitude - 1) - 1;
    }
    return NUMBER_OK;
}

NumberStatus number_parse_uint64(const uint16_t *text, size_t length, uint64_t max, uint64_t *value)
{
    IntegerReader reader = {.text = {text, "", length}};
    *value = 0;
    if (!read_integer(&reader, 10, true)) {
        return NUMBER_BAD_FORMAT;
    }
    if (reader.overflow || reader.magnitude > max || (reader.negative && reader.magnitude != 0)) {
        return NUMBER_OVERFLOW;
    }
    *value = reader.magnitude;
    return NUMBER_OK;
}

static NumberStatus parse_radix(const uint16_t *text, size_t length, int base, int byte_width, uint64_t *value)
{
    IntegerReader reader = {.text = {text, "", length}};
    *value = 0;
    if (!read_integer(&reader, base, false)) {
        return NUMBER_BAD_FORMAT;
    }
    if (reader.overflow || reader.magnitude > UINT64_MAX >> (64 - 8 * byte_width)) {
        return NUMBER_OVERFLOW;
    }
    *value = reader.magnitude;
    return NUMBER_OK;
}

NumberStatus number_parse_hex(const uint16_t *text, size_t length, int byte_width, uint64_t *value)
{
    return parse_radix(text, length, 16, byte_width, value);
}

NumberStatus number_parse_binary(const uint16_t *text, size_t length, int byte_width, uint64_t *value)
{
    return parse_radix(text, length, 2, byte_width, value);
}

/* `bits` bits of value / unit (which is in [1, 2)), rounded to nearest, ties to even. */
static uint64_t divide_to_bits(Big *value, const Big *unit, int bits)
{
    uint64_t quotient = 0;
    for (int i = 0; i < bits; i++) {
        quotient <<= 1;
        if (big_compare(value, unit) >= 0) {
            big_subtract(value, unit);
            quotient |= 1;
        }
        big_shift_left(value, 1);
    }
    int half = big_compare(value, unit);
    return quotient + (half > 0 || (half == 0 && (quotient & 1) != 0));
}

/* Moves value or unit so that value / unit is in [1, 2); returns the power of two taken out. */
static int normalise_ratio(Big *value, Big *unit)
{
    int exponent = big_bit_length(value) - big_bit_length(unit);
    if (exponent > 0) {
        big_shift_left(unit, exponent);
    } else {
        big_shift_left(value, -exponent);
    }
    if (big_compare(value, unit) < 0) {
        big_shift_left(value, 1);
        exponent--;
    }
    return exponent;
}

static uint64_t ratio_to_bits(Big *value, Big *unit, const FloatShape *shape)
{
    int field_bits = shape->mantissa_bits - 1;
    uint64_t infinity = (uint64_t)(2 * shape->max_exponent + 1) << field_bits;
    int exponent = normalise_ratio(value, unit);
    if (exponent > shape->max_exponent) {
        return infinity;
    }
    if (exponent >= shape->min_exponent) {
        uint64_t mantissa = divide_to_bits(value, unit, shape->mantissa_bits);
        return ((uint64_t)(exponent - shape->min_exponent) << field_bits) + mantissa;
    }
    int bits = shape->mantissa_bits - (shape->min_exponent - exponent);
    return bits < 0 ? 0 : divide_to_bits(value, unit, bits);
}

/* Up to 15 digits and 10^22: one exact operation on exact doubles. */
static bool simple_double(const Digits *digits, uint64_t *bits)
{
    static const double power10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int power = digits->scale - digits->count;
    if (digits->count > 15 || power < -22 || power > 22) {
        return false;
    }
    uint64_t whole = 0;
    for (int i = 0; i < digits->count; i++) {
        whole = whole * 10 + (uint64_t)(digits->digit[i] - '0');
    }
    double value = power < 0 ? (double)whole / power10[-power] : (double)whole * power10[power];
    memcpy(bits, &value, sizeof *bits);
    return true;
}

uint64_t digits_to_float_bits(const Digits *digits, const FloatShape *shape)
{
    uint64_t bits = 0;
    if (digits->count == 0 || digits->scale < -400) {
        return 0;
    }
    if (digits->scale > 400) {
        return (uint64_t)(2 * shape->max_exponent + 1) << (shape->mantissa_bits - 1);
    }
    if (shape == &float_shape_double && !digits->nonzero_tail && simple_double(digits, &bits)) {
        return bits;
    }
    Big value;
    Big unit;
    big_set(&value, 0);
    for (int i = 0; i < digits->count; i++) {
        big_multiply_add(&value, 10, (uint32_t)(digits->digit[i] - '0'));
    }
    int power = digits->scale - digits->count;
    if (digits->nonzero_tail) {
        big_multiply_add(&value, 10, 1);
        power--;
    }
    big_set(&unit, 1);
    big_multiply_power10(power < 0 ? &unit : &value, power < 0 ? -power : power);
    return ratio_to_bits(&value, &unit, shape);
}

/* Char.IsWhiteSpace. */
static bool is_unicode_white(uint16_t unit)
{
    return is_white(unit) || unit == 0x85 || unit == 0xA0 || unit == 0x1680 || (unit >= 0x2000 && unit <= 0x200A) ||
           unit == 0x2028 || unit == 0x2029 || unit == 0x202F || unit == 0x205F || unit == 0x3000;
}

static bool matches(ParseText text, size_t start, size_t end, const char *word)
{
    for (; *word != '\0'; word++, start++) {
        if (start >= end || (parse_at(text, start) | 0x20) != (*word | 0x20) || parse_at(text, start) > 0x7F) {
            return false;
        }
    }
    return start == end;
}

/* NaN and the infinities, as bits with sign; 0 when it is neither. */
static uint64_t parse_symbol(ParseText text, const FloatShape *shape)
{
    uint64_t infinity = (uint64_t)(2 * shape->max_exponent + 1) << (shape->mantissa_bits - 1);
    uint64_t sign = (uint64_t)1 << (shape == &float_shape_double ? 63 : 31);
    size_t start = 0;
    size_t end = text.length;
    while (start < end && is_unicode_white(parse_at(text, start))) {
        start++;
    }
    while (end > start && is_unicode_white(parse_at(text, end - 1))) {
        end--;
    }
    uint16_t first = parse_at(text, start);
    if (first == '+' || first == '-') {
        start++;
    }
    if (matches(text, start, end, "Infinity")) {
        return first == '-' ? sign | infinity : infinity;
    }
    return matches(text, start, end, "NaN") ? sign | infinity | (uint64_t)1 << (shape->mantissa_bits - 2) : 0;
}

static NumberStatus parse_float(ParseText text, unsigned flags, const FloatShape *shape, uint64_t *bits)
{
    Digits digits;
    digits.kind = DIGITS_FLOAT;
    *bits = 0;
    if (!parse_digits(&digits, text, flags)) {
        *bits = flags & PARSE_WHITE ? parse_symbol(text, shape) : 0;
        return *bits != 0 ? NUMBER_OK : NUMBER_BAD_FORMAT;
    }
    uint64_t sign = digits.negative ? (uint64_t)1 << (shape == &float_shape_double ? 63 : 31) : 0;
    *bits = digits_to_float_bits(&digits, shape) | sign;
    return NUMBER_OK;
}

enum {
    FLOAT_FLAGS = PARSE_WHITE | PARSE_LEADING_SIGN | PARSE_POINT | PARSE_THOUSANDS | PARSE_EXPONENT,
    LITERAL_FLAGS = PARSE_POINT | PARSE_EXPONENT
};

static NumberStatus parse_double(ParseText text, unsigned flags, double *value)
{
    uint64_t bits;
    NumberStatus status = parse_float(text, flags, &float_shape_double, &bits);
    memcpy(value, &bits, sizeof *value);
    return status;
}

static NumberStatus parse_single(ParseText text, unsigned flags, float *value)
{
    uint64_t bits;
    NumberStatus status = parse_float(text, flags, &float_shape_single, &bits);
    uint32_t narrow = (uint32_t)bits;
    memcpy(value, &narrow, sizeof *value);
    return status;
}

NumberStatus number_parse_double(const uint16_t *text, size_t length, double *value)
{
    return parse_double((ParseText){text, "", length}, FLOAT_FLAGS, value);
}

NumberStatus number_parse_single(const uint16_t *text, size_t length, float *value)
{
    return parse_single((ParseText){text, "", length}, FLOAT_FLAGS, value);
}

NumberStatus number_parse_double_literal(const char *text, size_t length, double *value)
{
    return parse_double((ParseText){NULL, text, length}, LITERAL_FLAGS, value);
}

NumberStatus number_parse_single_literal(const char *text, size_t length, float *value)
{
    return parse_single((ParseText){NULL, text, length}, LITERAL_FLAGS, value);
}
