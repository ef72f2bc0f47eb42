/* Numbers and text (System.Number) and System.Decimal. The rules are in base/number.h and base/decimal.h. */
#include "vm/native.h"

#include "base/decimal.h"
#include "base/number.h"

/* Any number; `kind` says which member counts. */
typedef enum NumberKind {
    KIND_INT32,
    KIND_UINT32,
    KIND_INT64,
    KIND_UINT64,
    KIND_DOUBLE,
    KIND_SINGLE,
    KIND_DECIMAL
} NumberKind;

static Decimal arg_decimal(const uint8_t *frame, uint32_t at)
{
    Decimal value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}

/* Formats the value at frame offset 0 with the format string (may be null) at `format_at`. */
static size_t format_value(const Machine *machine, const uint8_t *frame, NumberKind kind, uint32_t format_at,
                           uint16_t *out, size_t capacity, NumberStatus *status)
{
    Ref format = arg_ref(frame, format_at);
    const uint16_t *units = format ? machine_units(machine, format) : NULL;
    size_t count = format ? (size_t)machine_length(machine, format) : 0;
    *status = NUMBER_OK;
    switch (kind) {
    case KIND_INT32:
        return count ? number_format_int64(arg_int(frame, 0), 4, units, count, out, capacity, status)
                     : number_int64_text(arg_int(frame, 0), out, capacity);
    case KIND_UINT32:
        return number_format_uint64((uint32_t)arg_int(frame, 0), units, count, out, capacity, status);
    case KIND_INT64:
        return number_format_int64(arg_long(frame, 0), 8, units, count, out, capacity, status);
    case KIND_UINT64:
        return number_format_uint64((uint64_t)arg_long(frame, 0), units, count, out, capacity, status);
    case KIND_DOUBLE:
        return number_format_double(arg_double(frame, 0), units, count, out, capacity, status);
    case KIND_SINGLE:
        return number_format_single(arg_float(frame, 0), units, count, out, capacity, status);
    case KIND_DECIMAL:
        return decimal_format(arg_decimal(frame, 0), units, count, out, capacity, status);
    }
    return 0;
}

static uint32_t format_offset(NumberKind kind)
{
    return kind == KIND_DECIMAL ? 16 : 8;
}

/* A string, or null for a bad format. */
static NativeStatus format_number(Machine *machine, uint8_t *frame, NumberKind kind)
{
    uint16_t buffer[128];
    NumberStatus status;
    uint32_t at = format_offset(kind);
    size_t count = format_value(machine, frame, kind, at, buffer, sizeof buffer / sizeof *buffer, &status);
    if (status != NUMBER_OK)
        return return_ref(frame, 0);
    if (count <= sizeof buffer / sizeof *buffer)
        return return_new(machine, frame, machine_new_string(machine, buffer, (uint32_t)count));
    Ref result = count > INT32_MAX ? 0 : machine_new_string(machine, NULL, (uint32_t)count);
    if (result)
        format_value(machine, frame, kind, at, machine_units(machine, result), count, &status);
    return return_new(machine, frame, result);
}

/* (value, format, char[] buffer, int start): units written, -1 when there is no room, -2 for a bad format. */
static NativeStatus write_number(Machine *machine, uint8_t *frame, NumberKind kind)
{
    uint32_t at = format_offset(kind);
    Ref buffer = arg_ref(frame, at + 8);
    uint32_t start = (uint32_t)arg_int(frame, at + 16), length = (uint32_t)machine_length(machine, buffer);
    uint16_t *units = (uint16_t *)(void *)machine_elements(machine, buffer);
    size_t room = start <= length ? length - start : 0;
    NumberStatus status;
    size_t count = format_value(machine, frame, kind, at, room ? units + start : NULL, room, &status);
    return return_int(frame, status != NUMBER_OK ? -2 : count > room ? -1 : (int32_t)count);
}

#define NUMBER_NATIVES(name, kind)                                                                                     \
    NativeStatus native_format_##name(Machine *machine, uint8_t *frame)                                                \
    {                                                                                                                  \
        return format_number(machine, frame, kind);                                                                    \
    }                                                                                                                  \
    NativeStatus native_write_##name(Machine *machine, uint8_t *frame)                                                 \
    {                                                                                                                  \
        return write_number(machine, frame, kind);                                                                     \
    }

NUMBER_NATIVES(int32, KIND_INT32)
NUMBER_NATIVES(uint32, KIND_UINT32)
NUMBER_NATIVES(int64, KIND_INT64)
NUMBER_NATIVES(uint64, KIND_UINT64)
NUMBER_NATIVES(double, KIND_DOUBLE)
NUMBER_NATIVES(single, KIND_SINGLE)
NUMBER_NATIVES(decimal, KIND_DECIMAL)

/* ---- parsing: 0, or 1 for text that is no number, or 2 for one that is too large --------------------------------- */

static NativeStatus parsed(Machine *machine, uint8_t *frame, NumberStatus status, uint32_t out_at, const void *value,
                           size_t size)
{
    memcpy(machine_at(machine, arg_ref(frame, out_at)), value, size);
    return return_int(frame, status == NUMBER_OK ? 0 : status == NUMBER_BAD_FORMAT ? 1 : 2);
}

static const uint16_t *text_of(const Machine *machine, const uint8_t *frame, size_t *count)
{
    Ref text = arg_ref(frame, 0);
    *count = text ? (size_t)machine_length(machine, text) : 0;
    return text ? machine_units(machine, text) : NULL;
}

NativeStatus native_parse_int64(Machine *machine, uint8_t *frame)
{
    size_t count;
    const uint16_t *text = text_of(machine, frame, &count);
    int64_t value = 0;
    NumberStatus status = number_parse_int64(text, count, arg_long(frame, 8), arg_long(frame, 16), &value);
    return parsed(machine, frame, status, 24, &value, sizeof value);
}

NativeStatus native_parse_uint64(Machine *machine, uint8_t *frame)
{
    size_t count;
    const uint16_t *text = text_of(machine, frame, &count);
    uint64_t value = 0;
    NumberStatus status = number_parse_uint64(text, count, (uint64_t)arg_long(frame, 8), &value);
    return parsed(machine, frame, status, 16, &value, sizeof value);
}

NativeStatus native_parse_double(Machine *machine, uint8_t *frame)
{
    size_t count;
    const uint16_t *text = text_of(machine, frame, &count);
    double value = 0;
    NumberStatus status = number_parse_double(text, count, &value);
    return parsed(machine, frame, status, 8, &value, sizeof value);
}

NativeStatus native_parse_single(Machine *machine, uint8_t *frame)
{
    size_t count;
    const uint16_t *text = text_of(machine, frame, &count);
    float value = 0;
    NumberStatus status = number_parse_single(text, count, &value);
    return parsed(machine, frame, status, 8, &value, sizeof value);
}

NativeStatus native_parse_decimal(Machine *machine, uint8_t *frame)
{
    size_t count;
    const uint16_t *text = text_of(machine, frame, &count);
    Decimal value = {0, 0, 0};
    NumberStatus status = decimal_parse(text, count, &value);
    return parsed(machine, frame, status, 8, &value, sizeof value);
}

/* ---- decimal: 0, 1 overflow, 2 division by zero ------------------------------------------------------------------ */

static NativeStatus decimal_result(Machine *machine, uint8_t *frame, NumberStatus status, uint32_t out_at,
                                   Decimal value)
{
    memcpy(machine_at(machine, arg_ref(frame, out_at)), &value, sizeof value);
    return return_int(frame, status == NUMBER_OK ? 0 : status == NUMBER_DIVIDE_BY_ZERO ? 2 : 1);
}

#define DECIMAL_NATIVE(name)                                                                                           \
    NativeStatus native_decimal_##name(Machine *machine, uint8_t *frame)                                               \
    {                                                                                                                  \
        Decimal value = {0, 0, 0};                                                                                     \
        NumberStatus status = decimal_##name(arg_decimal(frame, 0), arg_decimal(frame, 16), &value);                   \
        return decimal_result(machine, frame, status, 32, value);                                                      \
    }

DECIMAL_NATIVE(add)
DECIMAL_NATIVE(subtract)
DECIMAL_NATIVE(multiply)
DECIMAL_NATIVE(divide)
DECIMAL_NATIVE(remainder)

NativeStatus native_decimal_compare(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_int(frame, decimal_compare(arg_decimal(frame, 0), arg_decimal(frame, 16)));
}

NativeStatus native_decimal_hash(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_int(frame, decimal_hash(arg_decimal(frame, 0)));
}

NativeStatus native_decimal_from_double(Machine *machine, uint8_t *frame)
{
    Decimal value = {0, 0, 0};
    NumberStatus status = decimal_from_double(arg_double(frame, 0), &value);
    return decimal_result(machine, frame, status, 8, value);
}

NativeStatus native_decimal_from_single(Machine *machine, uint8_t *frame)
{
    Decimal value = {0, 0, 0};
    NumberStatus status = decimal_from_single(arg_float(frame, 0), &value);
    return decimal_result(machine, frame, status, 8, value);
}

NativeStatus native_decimal_to_double(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_double(frame, decimal_to_double(arg_decimal(frame, 0)));
}

NativeStatus native_decimal_to_int64(Machine *machine, uint8_t *frame)
{
    int64_t value = 0;
    NumberStatus status = decimal_to_int64(arg_decimal(frame, 0), INT64_MIN, INT64_MAX, &value);
    return parsed(machine, frame, status, 16, &value, sizeof value);
}

NativeStatus native_decimal_to_uint64(Machine *machine, uint8_t *frame)
{
    uint64_t value = 0;
    NumberStatus status = decimal_to_uint64(arg_decimal(frame, 0), UINT64_MAX, &value);
    return parsed(machine, frame, status, 16, &value, sizeof value);
}

/* RoundNative(d, decimals, mode, out result) */
NativeStatus native_decimal_round(Machine *machine, uint8_t *frame)
{
    Decimal value = decimal_round(arg_decimal(frame, 0), arg_int(frame, 16), (DecimalRounding)arg_int(frame, 24));
    return decimal_result(machine, frame, NUMBER_OK, 32, value);
}
