/* Inner header of the number library: natural numbers of bounded size, kept on the C stack. */
#ifndef SIM_BASE_NUMBER_BIG_H
#define SIM_BASE_NUMBER_BIG_H

#include <stdbool.h>
#include <stdint.h>

/* 5440 bits: room for 770 decimal digits against 10^1100, the widest comparison that reading a double can need. */
enum { BIG_LIMBS = 170 };

/* Little-endian limbs; limb[count - 1] is never zero; zero has count 0. */
typedef struct {
    int count;
    uint32_t limb[BIG_LIMBS];
} Big;

/* big = value. */
void big_set(Big *big, uint64_t value);
/* target = source (copies only the limbs in use). */
void big_copy(Big *target, const Big *source);
/* big = big * factor + addend. */
void big_multiply_add(Big *big, uint32_t factor, uint32_t addend);
/* big = big * 10^power, power >= 0. */
void big_multiply_power10(Big *big, int power);
/* big = big * 2^bits, bits >= 0. */
void big_shift_left(Big *big, int bits);
/* big = big + other. */
void big_add(Big *big, const Big *other);
/* big = big - other; other must not be greater. */
void big_subtract(Big *big, const Big *other);
/* Negative, zero or positive as a is less than, equal to or greater than b. */
int big_compare(const Big *a, const Big *b);
/* Number of bits in use; 0 for zero. */
int big_bit_length(const Big *big);
/* Shift that brings the top limb of a divisor into [2^27, 2^28), as big_divide_digit wants it. */
int big_digit_shift(const Big *divisor);
/* value / divisor as one decimal digit, value becomes the remainder; value < 10 * divisor, divisor shifted as above. */
uint32_t big_divide_digit(Big *value, const Big *divisor);

#endif
