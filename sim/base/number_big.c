#include "number_big.h"

#include <string.h>

static const uint32_t power10[10] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

static void trim(Big *big)
{
    while (big->count > 0 && big->limb[big->count - 1] == 0) {
        big->count--;
    }
}

void big_set(Big *big, uint64_t value)
{
    big->limb[0] = (uint32_t)value;
    big->limb[1] = (uint32_t)(value >> 32);
    big->count = 2;
    trim(big);
}

void big_copy(Big *target, const Big *source)
{
    target->count = source->count;
    memcpy(target->limb, source->limb, (size_t)source->count * sizeof source->limb[0]);
}

void big_multiply_add(Big *big, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (int i = 0; i < big->count; i++) {
        carry += (uint64_t)big->limb[i] * factor;
        big->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        big->limb[big->count++] = (uint32_t)carry;
    }
}

void big_multiply_power10(Big *big, int power)
{
    for (; power >= 9; power -= 9) {
        big_multiply_add(big, power10[9], 0);
    }
    if (power > 0) {
        big_multiply_add(big, power10[power], 0);
    }
}

void big_shift_left(Big *big, int bits)
{
    if (big->count == 0 || bits == 0) {
        return;
    }
    int limbs = bits / 32;
    int rest = bits % 32;
    uint32_t above = 0;
    for (int i = big->count - 1; i >= 0; i--) {
        uint64_t wide = (uint64_t)big->limb[i] << rest;
        big->limb[i + limbs + 1] = above | (uint32_t)(wide >> 32);
        above = (uint32_t)wide;
    }
    big->limb[limbs] = above;
    memset(big->limb, 0, (size_t)limbs * sizeof big->limb[0]);
    big->count += limbs + 1;
    trim(big);
}

void big_add(Big *big, const Big *other)
{
    uint64_t carry = 0;
    int i = 0;
    for (; i < other->count || (carry != 0 && i < big->count); i++) {
        carry += (i < big->count ? big->limb[i] : 0u);
        carry += (i < other->count ? other->limb[i] : 0u);
        big->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) {
        big->limb[i++] = (uint32_t)carry;
    }
    if (i > big->count) {
        big->count = i;
    }
}

void big_subtract(Big *big, const Big *other)
{
    uint64_t borrow = 0;
    for (int i = 0; i < big->count && (i < other->count || borrow != 0); i++) {
        uint64_t part = (uint64_t)big->limb[i] - (i < other->count ? other->limb[i] : 0u) - borrow;
        big->limb[i] = (uint32_t)part;
        borrow = part >> 63;
    }
    trim(big);
}

int big_compare(const Big *a, const Big *b)
{
    if (a->count != b->count) {
        return a->count - b->count;
    }
    for (int i = a->count - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

static int bits_of(uint32_t limb)
{
    int bits = 0;
    for (; limb != 0; limb >>= 1) {
        bits++;
    }
    return bits;
}

int big_bit_length(const Big *big)
{
    return big->count == 0 ? 0 : (big->count - 1) * 32 + bits_of(big->limb[big->count - 1]);
}

int big_digit_shift(const Big *divisor)
{
    int bits = bits_of(divisor->limb[divisor->count - 1]);
    return bits <= 28 ? 28 - bits : 60 - bits;
}

uint32_t big_divide_digit(Big *value, const Big *divisor)
{
    if (value->count < divisor->count) {
        return 0;
    }
    int top = divisor->count - 1;
    uint32_t digit = value->limb[top] / (divisor->limb[top] + 1);
    uint64_t carry = 0;
    uint64_t borrow = 0;
    for (int i = 0; digit != 0 && i <= top; i++) {
        carry += (uint64_t)divisor->limb[i] * digit;
        uint64_t part = (uint64_t)value->limb[i] - (uint32_t)carry - borrow;
        value->limb[i] = (uint32_t)part;
        borrow = part >> 63;
        carry >>= 32;
    }
    trim(value);
    while (big_compare(value, divisor) >= 0) {
        big_subtract(value, divisor);
        digit++;
    }
    return digit;
}
