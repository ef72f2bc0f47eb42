/* Digits of integers and of floating-point values, and the integer fast paths. */
#include "number.h"

#include <string.h>

#include "number_big.h"
#include "number_inner.h"

const FloatShape float_shape_double = {53, -1022, 1023};
const FloatShape float_shape_single = {24, -126, 127};

void writer_put(Writer *writer, uint16_t unit)
{
    if (writer->length < writer->capacity) {
        writer->out[writer->length] = unit;
    }
    writer->length++;
}

void writer_fill(Writer *writer, uint16_t unit, size_t count)
{
    for (size_t i = writer->length; i < writer->capacity && i - writer->length < count; i++) {
        writer->out[i] = unit;
    }
    writer->length += count;
}

void writer_ascii(Writer *writer, const char *text)
{
    for (; *text != '\0'; text++) {
        writer_put(writer, (uint16_t)*text);
    }
}

void writer_insert_first(Writer *writer, uint16_t unit)
{
    size_t last = writer->length < writer->capacity ? writer->length : writer->capacity;
    writer_put(writer, 0);
    for (size_t i = last; i > 0; i--) {
        if (i < writer->capacity) {
            writer->out[i] = writer->out[i - 1];
        }
    }
    if (writer->capacity > 0) {
        writer->out[0] = unit;
    }
}

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                                  "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                                  "8081828384858687888990919293949596979899";

/* Writes the digits of value so that they end at text[DIGITS_INTEGER_CAPACITY]; returns where they start. */
static size_t digits_backwards(uint64_t value, char text[DIGITS_INTEGER_CAPACITY])
{
    size_t at = DIGITS_INTEGER_CAPACITY;
    while (value > UINT32_MAX) {
        const char *pair = digit_pairs + 2 * (size_t)(value % 100);
        value /= 100;
        text[--at] = pair[1];
        text[--at] = pair[0];
    }
    uint32_t small = (uint32_t)value;
    while (small >= 10) {
        const char *pair = digit_pairs + 2 * (size_t)(small % 100);
        small /= 100;
        text[--at] = pair[1];
        text[--at] = pair[0];
    }
    if (small != 0 || at == DIGITS_INTEGER_CAPACITY) {
        text[--at] = (char)('0' + small);
    }
    return at;
}

static size_t integer_text(uint64_t magnitude, bool negative, int min_digits, uint16_t *out, size_t capacity)
{
    char text[DIGITS_INTEGER_CAPACITY];
    size_t at = digits_backwards(magnitude, text);
    size_t count = DIGITS_INTEGER_CAPACITY - at;
    Writer writer = {out, capacity, 0};
    if (negative) {
        writer_put(&writer, '-');
    }
    if (min_digits > 0 && (size_t)min_digits > count) {
        writer_fill(&writer, '0', (size_t)min_digits - count);
    }
    if (writer.length + count <= capacity) {
        for (uint16_t *to = out + writer.length; at < DIGITS_INTEGER_CAPACITY; at++) {
            *to++ = (uint16_t)text[at];
        }
        return writer.length + count;
    }
    for (; at < DIGITS_INTEGER_CAPACITY; at++) {
        writer_put(&writer, (uint16_t)text[at]);
    }
    return writer.length;
}

static uint64_t magnitude_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

size_t number_int64_text(int64_t value, uint16_t *out, size_t capacity)
{
    return integer_text(magnitude_of(value), value < 0, 0, out, capacity);
}

size_t number_uint64_text(uint64_t value, uint16_t *out, size_t capacity)
{
    return integer_text(value, false, 0, out, capacity);
}

/* X, x and B: base 2^bits, at least min_digits digits. */
static size_t radix_text(uint64_t value, int bits, bool upper, int min_digits, uint16_t *out, size_t capacity)
{
    const char *alphabet = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    int count = 1;
    while (count * bits < 64 && (value >> (count * bits)) != 0) {
        count++;
    }
    Writer writer = {out, capacity, 0};
    if (min_digits > count) {
        writer_fill(&writer, '0', (size_t)(min_digits - count));
    }
    for (int i = count - 1; i >= 0; i--) {
        writer_put(&writer, (uint16_t)alphabet[(value >> (i * bits)) & ((1u << bits) - 1)]);
    }
    return writer.length;
}

void digits_from_uint64(Digits *digits, uint64_t magnitude, bool negative)
{
    char text[DIGITS_INTEGER_CAPACITY];
    size_t at = magnitude == 0 ? DIGITS_INTEGER_CAPACITY : digits_backwards(magnitude, text);
    digits->kind = DIGITS_INTEGER;
    digits->negative = negative;
    digits->nonzero_tail = false;
    digits->count = (int)(DIGITS_INTEGER_CAPACITY - at);
    digits->scale = digits->count;
    memcpy(digits->digit, text + at, DIGITS_INTEGER_CAPACITY - at);
    digits->digit[digits->count] = '\0';
}

static size_t format_integer(uint64_t magnitude, bool negative, uint64_t bits, const uint16_t *format,
                             size_t format_length, uint16_t *out, size_t capacity, NumberStatus *status)
{
    NumberStatus ignored;
    status = status == NULL ? &ignored : status;
    *status = NUMBER_OK;
    if (format_length == 0) {
        return integer_text(magnitude, negative, 0, out, capacity);
    }
    int precision;
    uint16_t letter = format_specifier(format, format_length, &precision, status);
    if (*status != NUMBER_OK) {
        return 0;
    }
    uint16_t upper = letter & 0xFFDF;
    if (upper == 'D' || (upper == 'G' && precision < 1)) {
        return integer_text(magnitude, negative, precision, out, capacity);
    }
    if (upper == 'X') {
        return radix_text(bits, 4, letter == 'X', precision, out, capacity);
    }
    if (upper == 'B') {
        return radix_text(bits, 1, true, precision, out, capacity);
    }
    Digits digits;
    digits_from_uint64(&digits, magnitude, negative);
    return format_digits(&digits, format, format_length, out, capacity, status);
}

size_t number_format_int64(int64_t value, int byte_width, const uint16_t *format, size_t format_length, uint16_t *out,
                           size_t capacity, NumberStatus *status)
{
    uint64_t bits = (uint64_t)value & (UINT64_MAX >> (64 - 8 * byte_width));
    return format_integer(magnitude_of(value), value < 0, bits, format, format_length, out, capacity, status);
}

size_t number_format_uint64(uint64_t value, const uint16_t *format, size_t format_length, uint16_t *out,
                            size_t capacity, NumberStatus *status)
{
    return format_integer(value, false, value, format, format_length, out, capacity, status);
}

/* A lower bound, at most one too low, of the k with 10^(k-1) <= mantissa * 2^exponent < 10^k. */
static int estimate_scale(uint64_t mantissa, int exponent)
{
    int bits = exponent - 1;
    for (uint64_t rest = mantissa; rest != 0; rest >>= 1) {
        bits++;
    }
    /* 2^bits <= value; floor(bits * log10(2)) + 1 with log10(2) in 32.32 fixed point. */
    int64_t product = (int64_t)bits * 1292913986;
    int64_t floor = product >= 0 ? product >> 32 : -((-product + 0xFFFFFFFF) >> 32);
    return (int)floor + 1;
}

static void round_digits_up(Digits *digits)
{
    while (digits->count > 0 && digits->digit[digits->count - 1] == '9') {
        digits->count--;
    }
    if (digits->count > 0) {
        digits->digit[digits->count - 1]++;
    } else {
        digits->digit[0] = '1';
        digits->count = 1;
        digits->scale++;
    }
}

static void finish_digits(Digits *digits)
{
    while (digits->count > 0 && digits->digit[digits->count - 1] == '0') {
        digits->count--;
    }
    digits->digit[digits->count] = '\0';
}

/* The state of digit generation: value / unit is what is still to write; the margins serve the shortest form. */
typedef struct {
    Big value;
    Big unit;
    Big margin_low;
    Big margin_high;
} Generator;

static void scale_generator(Generator *generator, int scale, bool margins)
{
    if (scale >= 0) {
        big_multiply_power10(&generator->unit, scale);
        return;
    }
    big_multiply_power10(&generator->value, -scale);
    if (margins) {
        big_multiply_power10(&generator->margin_low, -scale);
        big_multiply_power10(&generator->margin_high, -scale);
    }
}

static void normalise_generator(Generator *generator, bool margins)
{
    int shift = big_digit_shift(&generator->unit);
    big_shift_left(&generator->unit, shift);
    big_shift_left(&generator->value, shift);
    if (margins) {
        big_shift_left(&generator->margin_low, shift);
        big_shift_left(&generator->margin_high, shift);
    }
}

/* value + margin_high compared with unit. */
static int compare_high(const Generator *generator)
{
    Big sum;
    big_copy(&sum, &generator->value);
    big_add(&sum, &generator->margin_high);
    return big_compare(&sum, &generator->unit);
}

static int compare_half(Generator *generator)
{
    big_shift_left(&generator->value, 1);
    return big_compare(&generator->value, &generator->unit);
}

/* .NET 10 takes the gap below these two powers of two (2^-25 and 2^-958) for as wide as the gap above. */
static bool gap_taken_for_even(int exponent, const FloatShape *shape)
{
    return shape == &float_shape_double && (exponent == -25 - 52 || exponent == -958 - 52);
}

static void start_shortest(Generator *generator, uint64_t mantissa, int exponent, const FloatShape *shape)
{
    bool at_power = mantissa == (uint64_t)1 << (shape->mantissa_bits - 1);
    bool uneven =
        at_power && exponent > shape->min_exponent - shape->mantissa_bits + 1 && !gap_taken_for_even(exponent, shape);
    int up = exponent > 0 ? exponent : 0;
    int down = exponent < 0 ? -exponent : 0;
    big_set(&generator->value, mantissa);
    big_shift_left(&generator->value, up + 1 + uneven);
    big_set(&generator->unit, 1);
    big_shift_left(&generator->unit, down + 1 + uneven);
    big_set(&generator->margin_low, 1);
    big_shift_left(&generator->margin_low, up);
    big_set(&generator->margin_high, 1);
    big_shift_left(&generator->margin_high, up + uneven);
}

static void generate_shortest(Digits *digits, Generator *generator, bool inclusive)
{
    for (;;) {
        big_multiply_add(&generator->value, 10, 0);
        big_multiply_add(&generator->margin_low, 10, 0);
        big_multiply_add(&generator->margin_high, 10, 0);
        uint32_t digit = big_divide_digit(&generator->value, &generator->unit);
        digits->digit[digits->count++] = (char)('0' + digit);
        int below = big_compare(&generator->value, &generator->margin_low);
        int above = compare_high(generator);
        bool low = inclusive ? below <= 0 : below < 0;
        bool high = inclusive ? above >= 0 : above > 0;
        if (!low && !high) {
            continue;
        }
        int half = compare_half(generator);
        if (low && high ? half > 0 || (half == 0 && digit % 2 != 0) : high) {
            round_digits_up(digits);
        }
        return;
    }
}

void digits_shortest(Digits *digits, uint64_t mantissa, int exponent, const FloatShape *shape)
{
    Generator generator;
    bool inclusive = mantissa % 2 == 0;
    start_shortest(&generator, mantissa, exponent, shape);
    digits->count = 0;
    digits->scale = estimate_scale(mantissa, exponent);
    scale_generator(&generator, digits->scale, true);
    int high = compare_high(&generator);
    if (inclusive ? high >= 0 : high > 0) {
        digits->scale++;
        big_multiply_add(&generator.unit, 10, 0);
    }
    normalise_generator(&generator, true);
    generate_shortest(digits, &generator, inclusive);
    finish_digits(digits);
}

void digits_exact(Digits *digits, uint64_t mantissa, int exponent, int precision, bool significant)
{
    Generator generator;
    big_set(&generator.value, mantissa);
    big_shift_left(&generator.value, exponent > 0 ? exponent : 0);
    big_set(&generator.unit, 1);
    big_shift_left(&generator.unit, exponent < 0 ? -exponent : 0);
    digits->count = 0;
    digits->scale = estimate_scale(mantissa, exponent);
    scale_generator(&generator, digits->scale, false);
    if (big_compare(&generator.value, &generator.unit) >= 0) {
        digits->scale++;
        big_multiply_add(&generator.unit, 10, 0);
    }
    normalise_generator(&generator, false);
    int wanted = significant ? precision : precision + digits->scale;
    if (wanted > DIGITS_CAPACITY) {
        wanted = DIGITS_CAPACITY;
    }
    while (digits->count < wanted && generator.value.count != 0) {
        big_multiply_add(&generator.value, 10, 0);
        digits->digit[digits->count++] = (char)('0' + big_divide_digit(&generator.value, &generator.unit));
    }
    if (wanted >= 0 && generator.value.count != 0) {
        int half = compare_half(&generator);
        bool odd = digits->count > 0 && digits->digit[digits->count - 1] % 2 != 0;
        if (half > 0 || (half == 0 && odd)) {
            round_digits_up(digits);
        }
    }
    finish_digits(digits);
}

/* A floating-point value taken apart. */
typedef struct {
    uint64_t mantissa;
    int exponent;
    bool negative;
    bool finite;
} FloatParts;

static FloatParts split_float(uint64_t bits, const FloatShape *shape)
{
    int field_bits = shape->mantissa_bits - 1;
    int biased = (int)(bits >> field_bits) & (2 * shape->max_exponent + 1);
    FloatParts parts;
    parts.mantissa = bits & (((uint64_t)1 << field_bits) - 1);
    parts.negative = (bits >> (shape == &float_shape_double ? 63 : 31)) != 0;
    parts.finite = biased != 2 * shape->max_exponent + 1;
    parts.exponent = shape->min_exponent - field_bits + (biased > 0 ? biased - 1 : 0);
    if (biased > 0 && parts.finite) {
        parts.mantissa |= (uint64_t)1 << field_bits;
    }
    return parts;
}

/* Shortest digits of a value that is a whole number below 2^53 or has few decimals; false: take the long way. */
static bool digits_simple(Digits *digits, double value)
{
    static const double power10[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    double magnitude = value < 0 ? -value : value;
    if (!(magnitude >= 1e-5 && magnitude < 1e15)) {
        return false;
    }
    for (int decimals = 0; decimals <= 12; decimals++) {
        double scaled = magnitude * power10[decimals];
        if (scaled >= 1e15) {
            return false;
        }
        uint64_t whole = (uint64_t)(scaled + 0.5);
        /* Different decimals of 15 digits are different doubles, so this one is the only candidate of its length. */
        if (whole < 1000000000000000 && (double)whole / power10[decimals] == magnitude) {
            digits_from_uint64(digits, whole, value < 0);
            digits->kind = DIGITS_FLOAT;
            digits->scale -= decimals;
            finish_digits(digits);
            return true;
        }
    }
    return false;
}

/* How a standard format letter asks for digits. */
typedef struct {
    int precision; /* -1: shortest */
    bool significant;
    bool valid;
} DigitsWanted;

static DigitsWanted digits_wanted(uint16_t letter, int precision, const FloatShape *shape)
{
    switch (letter & 0xFFDF) {
    case 0:
        return (DigitsWanted){shape == &float_shape_double ? 15 : 7, true, true};
    case 'E':
        return (DigitsWanted){(precision < 0 ? 6 : precision) + 1, true, true};
    case 'C':
    case 'F':
    case 'N':
        return (DigitsWanted){precision < 0 ? 2 : precision, false, true};
    case 'P':
        return (DigitsWanted){(precision < 0 ? 2 : precision) + 2, false, true};
    case 'G':
        return (DigitsWanted){precision == 0 ? -1 : precision, true, true};
    case 'R':
        return (DigitsWanted){-1, true, true};
    default:
        return (DigitsWanted){0, false, false};
    }
}

static size_t format_not_finite(const FloatParts *parts, uint16_t *out, size_t capacity)
{
    Writer writer = {out, capacity, 0};
    writer_ascii(&writer, parts->mantissa != 0 ? "NaN" : parts->negative ? "-Infinity" : "Infinity");
    return writer.length;
}

static size_t format_float(double value, uint64_t bits, const FloatShape *shape, const uint16_t *format,
                           size_t format_length, uint16_t *out, size_t capacity, NumberStatus *status)
{
    NumberStatus ignored;
    status = status == NULL ? &ignored : status;
    *status = NUMBER_OK;
    FloatParts parts = split_float(bits, shape);
    if (!parts.finite) {
        return format_not_finite(&parts, out, capacity);
    }
    int precision;
    uint16_t letter = format_specifier(format, format_length, &precision, status);
    DigitsWanted wanted = digits_wanted(letter, precision, shape);
    if (*status != NUMBER_OK || !wanted.valid) {
        *status = NUMBER_BAD_FORMAT;
        return 0;
    }
    Digits digits = {.kind = DIGITS_FLOAT, .negative = parts.negative, .scale = 0, .count = 0};
    if (parts.mantissa != 0 && wanted.precision >= 0) {
        digits_exact(&digits, parts.mantissa, parts.exponent, wanted.precision, wanted.significant);
    } else if (parts.mantissa != 0 && (shape != &float_shape_double || !digits_simple(&digits, value))) {
        digits_shortest(&digits, parts.mantissa, parts.exponent, shape);
    }
    Writer writer = {out, capacity, 0};
    if (letter == 0) {
        format_custom(&writer, &digits, format, format_length);
        return writer.length;
    }
    if (wanted.precision < 0) {
        int round_trip = shape == &float_shape_double ? 17 : 9;
        precision = digits.count > round_trip ? digits.count : round_trip;
    }
    format_standard(&writer, &digits, letter, precision);
    return writer.length;
}

size_t number_format_double(double value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                            NumberStatus *status)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return format_float(value, bits, &float_shape_double, format, format_length, out, capacity, status);
}

size_t number_format_single(float value, const uint16_t *format, size_t format_length, uint16_t *out, size_t capacity,
                            NumberStatus *status)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return format_float((double)value, bits, &float_shape_single, format, format_length, out, capacity, status);
}
