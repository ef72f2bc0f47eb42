/* Inner header of the number library: the decimal digits of a number, on their way to or from text. */
#ifndef SIM_BASE_NUMBER_INNER_H
#define SIM_BASE_NUMBER_INNER_H

#include "number.h"

/* A double has at most 767 significant digits; one more decides ties when reading. */
enum { DIGITS_CAPACITY = 768, DIGITS_DECIMAL_CAPACITY = 30, DIGITS_INTEGER_CAPACITY = 20 };

typedef enum { DIGITS_INTEGER, DIGITS_FLOAT, DIGITS_DECIMAL } DigitsKind;

/* The value 0.d1 d2 d3 ... * 10^scale. Digits are characters '0'..'9'; digit[count] is 0. Only what is used is set. */
typedef struct {
    DigitsKind kind;
    bool negative;
    bool nonzero_tail; /* reading: a digit other than 0 did not fit */
    int scale;
    int count;
    char digit[DIGITS_CAPACITY + 1];
} Digits;

/* What a binary floating-point type looks like. */
typedef struct {
    int mantissa_bits; /* with the hidden one */
    int min_exponent;  /* of the smallest normal value */
    int max_exponent;
} FloatShape;

extern const FloatShape float_shape_double;
extern const FloatShape float_shape_single;

/* Output with a limit: everything is counted, what fits is stored. */
typedef struct {
    uint16_t *out;
    size_t capacity;
    size_t length;
} Writer;

void writer_put(Writer *writer, uint16_t unit);
void writer_fill(Writer *writer, uint16_t unit, size_t count);
void writer_ascii(Writer *writer, const char *text);
void writer_insert_first(Writer *writer, uint16_t unit);

/* Text to read: UTF-16 or, when wide is NULL, plain bytes. */
typedef struct {
    const uint16_t *wide;
    const char *narrow;
    size_t length;
} ParseText;

enum {
    PARSE_WHITE = 1,
    PARSE_LEADING_SIGN = 2,
    PARSE_TRAILING_SIGN = 4,
    PARSE_POINT = 8,
    PARSE_THOUSANDS = 16,
    PARSE_EXPONENT = 32
};

/* digits of magnitude, no leading zeros (none at all for 0). */
void digits_from_uint64(Digits *digits, uint64_t magnitude, bool negative);
/* Shortest digits that read back as mantissa * 2^exponent (mantissa > 0). */
void digits_shortest(Digits *digits, uint64_t mantissa, int exponent, const FloatShape *shape);
/* mantissa * 2^exponent rounded (ties to even) to `precision` significant digits, or decimals when !significant. */
void digits_exact(Digits *digits, uint64_t mantissa, int exponent, int precision, bool significant);
/* digits[0..count) * 10^(scale - count), ties to even, as the bits of the given shape, without sign. */
uint64_t digits_to_float_bits(const Digits *digits, const FloatShape *shape);

/* The letter of a standard format with its precision (-1: not given), 0 for a custom format. */
uint16_t format_specifier(const uint16_t *format, size_t length, int *precision, NumberStatus *status);
/* Writes digits under a standard format letter; false: no such format. Changes digits. */
bool format_standard(Writer *writer, Digits *digits, uint16_t letter, int precision);
/* Writes digits under a custom format. Changes digits. */
void format_custom(Writer *writer, Digits *digits, const uint16_t *format, size_t length);
/* format_standard or format_custom with the number_format_* conventions. */
size_t format_digits(Digits *digits, const uint16_t *format, size_t length, uint16_t *out, size_t capacity,
                     NumberStatus *status);

uint16_t parse_at(ParseText text, size_t index);
/* Reads a number by the PARSE_ flags; digits->kind is set by the caller. False: not a number. */
bool parse_digits(Digits *digits, ParseText text, unsigned flags);

#endif
