/* System.String's leaf operations. Arguments have been checked in String.cs unless a comment says otherwise. */
#include "vm/native.h"
#include "vm/unicode.h"

static uint32_t length_of(const Machine *machine, Ref string)
{
    return string ? (uint32_t)machine_length(machine, string) : 0;
}

static const uint16_t *units_of(const Machine *machine, Ref string)
{
    return machine_units(machine, string);
}

/* chars of a char[] */
static uint16_t *chars_of(const Machine *machine, Ref array)
{
    return (uint16_t *)(void *)machine_elements(machine, array);
}

/* A new string without contents for native code to fill, as the result; NULL: none, and *status says why. */
static uint16_t *new_result(Machine *machine, uint8_t *frame, uint64_t count, NativeStatus *status)
{
    Ref result = count > INT32_MAX ? 0 : machine_new_string(machine, NULL, (uint32_t)count);
    *status = return_new(machine, frame, result);
    return *status == NATIVE_OK ? machine_units(machine, result) : NULL;
}

NativeStatus native_string_char_at(Machine *machine, uint8_t *frame)
{
    Ref string = arg_ref(frame, 0);
    uint32_t index = (uint32_t)arg_int(frame, 8);
    if (index >= length_of(machine, string))
        return machine_raise(machine, WELL_KNOWN_INDEX_OUT_OF_RANGE, NULL);
    return return_int(frame, units_of(machine, string)[index]);
}

NativeStatus native_string_from_char_count(Machine *machine, uint8_t *frame)
{
    uint16_t unit = (uint16_t)arg_int(frame, 0);
    int32_t count = arg_int(frame, 8);
    NativeStatus status;
    uint16_t *units = new_result(machine, frame, count < 0 ? 0 : (uint32_t)count, &status);
    for (int32_t i = 0; units && i < count; i++)
        units[i] = unit;
    return status;
}

/* For texts that .NET never makes: the numbers that are parsed from spans. */
NativeStatus native_string_uncounted(Machine *machine, uint8_t *frame)
{
    machine->state->uncounted++;
    NativeStatus status = native_string_from_char_count(machine, frame);
    machine->state->uncounted--;
    return status;
}

NativeStatus native_string_from_chars(Machine *machine, uint8_t *frame)
{
    uint32_t start = (uint32_t)arg_int(frame, 8), count = (uint32_t)arg_int(frame, 16);
    Ref result = machine_new_string(machine, NULL, count);
    if (result && count)
        memcpy(machine_units(machine, result), chars_of(machine, arg_ref(frame, 0)) + start, 2 * (size_t)count);
    return return_new(machine, frame, result);
}

/* The parts are the first `count` argument slots. Like .NET, one that is the only non-empty part is the result
 * itself. */
static NativeStatus concat(Machine *machine, uint8_t *frame, uint32_t count)
{
    uint64_t total = 0;
    uint32_t filled = 0;
    Ref only = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = length_of(machine, arg_ref(frame, 8 * i));
        total += length;
        filled += length != 0;
        only = length ? arg_ref(frame, 8 * i) : only;
    }
    if (filled <= 1)
        return return_new(machine, frame, filled ? only : machine_empty_string(machine));
    Ref result = total > INT32_MAX ? 0 : machine_new_string(machine, NULL, (uint32_t)total);
    uint16_t *to = result ? machine_units(machine, result) : NULL;
    for (uint32_t i = 0; to && i < count; i++) {
        Ref part = arg_ref(frame, 8 * i);
        uint32_t length = length_of(machine, part);
        if (length)
            memcpy(to, units_of(machine, part), 2 * (size_t)length);
        to += length;
    }
    return return_new(machine, frame, result);
}

NativeStatus native_string_concat2(Machine *machine, uint8_t *frame)
{
    return concat(machine, frame, 2);
}
NativeStatus native_string_concat3(Machine *machine, uint8_t *frame)
{
    return concat(machine, frame, 3);
}
NativeStatus native_string_concat4(Machine *machine, uint8_t *frame)
{
    return concat(machine, frame, 4);
}

static Ref element(const Machine *machine, Ref array, uint32_t index)
{
    return machine_read8(machine, array + ARRAY_ELEMENTS + 8 * (uint64_t)index);
}

static uint16_t *append(const Machine *machine, uint16_t *to, Ref part)
{
    uint32_t length = length_of(machine, part);
    if (length)
        memcpy(to, units_of(machine, part), 2 * (size_t)length);
    return to + length;
}

/* JoinNative(separator, values, start, count): one value alone is the result itself. */
NativeStatus native_string_join(Machine *machine, uint8_t *frame)
{
    uint32_t start = (uint32_t)arg_int(frame, 16), count = (uint32_t)arg_int(frame, 24);
    Ref values = arg_ref(frame, 8);
    uint64_t total = count ? (uint64_t)length_of(machine, arg_ref(frame, 0)) * (count - 1) : 0;
    for (uint32_t i = 0; i < count; i++)
        total += length_of(machine, element(machine, values, start + i));
    if (!total)
        return return_new(machine, frame, machine_empty_string(machine));
    if (count == 1)
        return return_ref(frame, element(machine, values, start));
    Ref result = total > INT32_MAX ? 0 : machine_new_string(machine, NULL, (uint32_t)total);
    uint16_t *to = result ? machine_units(machine, result) : NULL;
    for (uint32_t i = 0; to && i < count; i++) {
        if (i)
            to = append(machine, to, arg_ref(frame, 0));
        to = append(machine, to, element(machine, arg_ref(frame, 8), start + i));
    }
    return return_new(machine, frame, result);
}

NativeStatus native_string_substring(Machine *machine, uint8_t *frame)
{
    uint32_t start = (uint32_t)arg_int(frame, 8), count = (uint32_t)arg_int(frame, 16);
    if (!count)
        return return_new(machine, frame, machine_empty_string(machine));
    Ref result = machine_new_string(machine, NULL, count);
    if (result)
        memcpy(machine_units(machine, result), units_of(machine, arg_ref(frame, 0)) + start, 2 * (size_t)count);
    return return_new(machine, frame, result);
}

/* UncountedPart(s, start, count): where .NET has a span */
NativeStatus native_string_uncounted_part(Machine *machine, uint8_t *frame)
{
    machine->state->uncounted++;
    NativeStatus status = native_string_substring(machine, frame);
    machine->state->uncounted--;
    return status;
}

/* OfChar(c): the same for a char */
NativeStatus native_string_of_char(Machine *machine, uint8_t *frame)
{
    uint16_t unit = (uint16_t)arg_int(frame, 0);
    machine->state->uncounted++;
    Ref result = machine_new_string(machine, NULL, 1);
    machine->state->uncounted--;
    if (result)
        memcpy(machine_units(machine, result), &unit, sizeof unit);
    return return_new(machine, frame, result);
}

/* CopyChars(s, start, to, at, count) */
NativeStatus native_string_copy_chars(Machine *machine, uint8_t *frame)
{
    uint32_t start = (uint32_t)arg_int(frame, 8), at = (uint32_t)arg_int(frame, 24),
             count = (uint32_t)arg_int(frame, 32);
    if (count)
        memcpy(chars_of(machine, arg_ref(frame, 16)) + at, units_of(machine, arg_ref(frame, 0)) + start,
               2 * (size_t)count);
    return NATIVE_OK;
}

/* IndexOfChar(s, c, start, count) */
NativeStatus native_string_index_of_char(Machine *machine, uint8_t *frame)
{
    const uint16_t *units = units_of(machine, arg_ref(frame, 0));
    uint16_t wanted = (uint16_t)arg_int(frame, 8);
    int32_t start = arg_int(frame, 16), count = arg_int(frame, 24);
    for (int32_t i = start; i < start + count; i++) {
        if (units[i] == wanted)
            return return_int(frame, i);
    }
    return return_int(frame, -1);
}

/* LastIndexOfChar(s, c, start, count): backwards from `start`. */
NativeStatus native_string_last_index_of_char(Machine *machine, uint8_t *frame)
{
    const uint16_t *units = units_of(machine, arg_ref(frame, 0));
    uint16_t wanted = (uint16_t)arg_int(frame, 8);
    int32_t start = arg_int(frame, 16), count = arg_int(frame, 24);
    for (int32_t i = start; i > start - count && i >= 0; i--) {
        if (units[i] == wanted)
            return return_int(frame, i);
    }
    return return_int(frame, -1);
}

/* IndexOfString(s, value, start, count, ignoreCase) */
NativeStatus native_string_index_of_string(Machine *machine, uint8_t *frame)
{
    Ref part = arg_ref(frame, 8);
    int32_t start = arg_int(frame, 16);
    int32_t found = utf16_find(units_of(machine, arg_ref(frame, 0)) + start, (size_t)arg_int(frame, 24),
                               units_of(machine, part), length_of(machine, part), arg_int(frame, 32) & 1);
    return return_int(frame, found < 0 ? -1 : found + start);
}

/* LastIndexOfString(s, value, start, count, ignoreCase): among the `count` units that end at `start`. */
NativeStatus native_string_last_index_of_string(Machine *machine, uint8_t *frame)
{
    Ref part = arg_ref(frame, 8);
    int32_t start = arg_int(frame, 16), count = arg_int(frame, 24);
    int32_t length = (int32_t)length_of(machine, arg_ref(frame, 0));
    int32_t end = start + 1 < length ? start + 1 : length;
    int32_t first = start + 1 - count > 0 ? start + 1 - count : 0;
    if (end < first)
        return return_int(frame, -1);
    int32_t found = utf16_find_last(units_of(machine, arg_ref(frame, 0)) + first, (size_t)(end - first),
                                    units_of(machine, part), length_of(machine, part), arg_int(frame, 32) & 1);
    return return_int(frame, found < 0 ? -1 : found + first);
}

/* ---- comparing; either string may be null in the equality tests -------------------------------------------------- */

typedef int32_t Comparison(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count);

static int32_t compare(const Machine *machine, const uint8_t *frame, Comparison *how)
{
    Ref a = arg_ref(frame, 0), b = arg_ref(frame, 8);
    return how(units_of(machine, a), length_of(machine, a), units_of(machine, b), length_of(machine, b));
}

static bool are_equal(const Machine *machine, const uint8_t *frame, Comparison *how)
{
    Ref a = arg_ref(frame, 0), b = arg_ref(frame, 8);
    if (a == b || !a || !b || length_of(machine, a) != length_of(machine, b))
        return a == b;
    return compare(machine, frame, how) == 0;
}

NativeStatus native_string_equals_ordinal(Machine *machine, uint8_t *frame)
{
    Ref a = arg_ref(frame, 0), b = arg_ref(frame, 8);
    if (a == b || !a || !b || length_of(machine, a) != length_of(machine, b))
        return return_bool(frame, a == b);
    return return_bool(frame,
                       memcmp(units_of(machine, a), units_of(machine, b), 2 * (size_t)length_of(machine, a)) == 0);
}

NativeStatus native_string_equals_ignore_case(Machine *machine, uint8_t *frame)
{
    return return_bool(frame, are_equal(machine, frame, utf16_compare_ignore_case));
}

NativeStatus native_string_compare_ordinal(Machine *machine, uint8_t *frame)
{
    return return_int(frame, compare(machine, frame, utf16_compare));
}

NativeStatus native_string_compare_ignore_case(Machine *machine, uint8_t *frame)
{
    return return_int(frame, compare(machine, frame, utf16_compare_ignore_case));
}

/* .NET's string hashes differ from process to process; ours are always the same. */
static int32_t hash(const Machine *machine, Ref string, bool ignore_case)
{
    const uint16_t *units = units_of(machine, string);
    uint32_t count = length_of(machine, string);
    uint64_t value = UINT64_C(0x9e3779b97f4a7c15) ^ count;
    for (uint32_t i = 0; i < count; i++) {
        value ^= ignore_case ? unicode_upper(units[i]) : units[i];
        value *= UINT64_C(0xff51afd7ed558ccd);
        value ^= value >> 32;
    }
    return (int32_t)(uint32_t)(value ^ value >> 29);
}

int32_t string_hash(const Machine *machine, Ref string)
{
    return hash(machine, string, false);
}

NativeStatus native_string_hash_ordinal(Machine *machine, uint8_t *frame)
{
    return return_int(frame, hash(machine, arg_ref(frame, 0), false));
}

/* Two units from index i on as one number; beyond the end there are zeros. */
static uint32_t unit_pair(const uint16_t *units, uint32_t count, uint32_t i, bool ignore_case)
{
    uint32_t low = i < count ? units[i] : 0, high = i + 1 < count ? units[i + 1] : 0;
    if (!ignore_case)
        return low | high << 16;
    low = low < 128 ? low : unicode_upper((uint16_t)low);
    high = high < 128 ? high : unicode_upper((uint16_t)high);
    return (low | high << 16) | 0x00200020u;
}

static uint32_t mix_pair(uint32_t hash, uint32_t pair)
{
    return ((hash << 5 | hash >> 27) + hash) ^ pair;
}

/* The hash that .NET's string keyed tables start with, the same in every process: two sums over alternate pairs of
 * units. */
NativeStatus native_string_hash_non_randomized(Machine *machine, uint8_t *frame)
{
    Ref string = arg_ref(frame, 0);
    bool ignore_case = arg_int(frame, 8) != 0;
    const uint16_t *units = units_of(machine, string);
    uint32_t count = length_of(machine, string), at = 0;
    uint32_t first = (5381u << 16) + 5381u, second = first;
    for (; count > at + 2; at += 4) {
        first = mix_pair(first, unit_pair(units, count, at, ignore_case));
        second = mix_pair(second, unit_pair(units, count, at + 2, ignore_case));
    }
    if (count > at)
        second = mix_pair(second, unit_pair(units, count, at, ignore_case));
    return return_int(frame, (int32_t)(first + second * 1566083941u));
}

NativeStatus native_string_hash_ignore_case(Machine *machine, uint8_t *frame)
{
    return return_int(frame, hash(machine, arg_ref(frame, 0), true));
}

/* ---- replacing --------------------------------------------------------------------------------------------------- */

/* ReplaceChar(s, old, new): the string itself when there is nothing to replace. */
NativeStatus native_string_replace_char(Machine *machine, uint8_t *frame)
{
    uint16_t old_unit = (uint16_t)arg_int(frame, 8), new_unit = (uint16_t)arg_int(frame, 16);
    Ref string = arg_ref(frame, 0);
    uint32_t count = length_of(machine, string), first = 0;
    while (first < count && units_of(machine, string)[first] != old_unit)
        first++;
    if (first == count)
        return NATIVE_OK;
    Ref result = machine_new_string(machine, NULL, count);
    const uint16_t *from = units_of(machine, arg_ref(frame, 0));
    for (uint32_t i = 0; result && i < count; i++)
        machine_units(machine, result)[i] = from[i] == old_unit ? new_unit : from[i];
    return return_new(machine, frame, result);
}

/* Where `old` comes next in `string`, from `at` on; -1: no more. */
static int32_t find_next(const Machine *machine, const uint8_t *frame, uint32_t at)
{
    Ref string = arg_ref(frame, 0), old = arg_ref(frame, 8);
    uint32_t count = length_of(machine, string), old_count = length_of(machine, old);
    if (!old_count || at >= count)
        return -1;
    int32_t found = utf16_find(units_of(machine, string) + at, count - at, units_of(machine, old), old_count,
                               arg_int(frame, 24) & 1);
    return found < 0 ? -1 : found + (int32_t)at;
}

/* ReplaceString(s, old, new or null, ignoreCase): the string itself when there is nothing to replace. Counts first, so
 * that a result that is too long costs nothing. */
NativeStatus native_string_replace_string(Machine *machine, uint8_t *frame)
{
    uint32_t old_count = length_of(machine, arg_ref(frame, 8)), with_count = length_of(machine, arg_ref(frame, 16));
    uint32_t count = length_of(machine, arg_ref(frame, 0)), at = 0;
    uint64_t replaced = 0;
    for (int32_t found; (found = find_next(machine, frame, at)) >= 0; replaced++)
        at = (uint32_t)found + old_count;
    if (!replaced)
        return NATIVE_OK;
    uint64_t total = count - replaced * old_count + replaced * with_count;
    if (!total)
        return return_new(machine, frame, machine_empty_string(machine));
    Ref result = total > INT32_MAX ? 0 : machine_new_string(machine, NULL, (uint32_t)total);
    if (!result)
        return return_new(machine, frame, 0);
    /* Read after the allocation: it may have moved the arguments. */
    const uint16_t *from = units_of(machine, arg_ref(frame, 0));
    const uint16_t *with = with_count ? units_of(machine, arg_ref(frame, 16)) : NULL;
    uint16_t *to = machine_units(machine, result);
    at = 0;
    for (int32_t found; (found = find_next(machine, frame, at)) >= 0; at = (uint32_t)found + old_count) {
        memcpy(to, from + at, 2 * (size_t)((uint32_t)found - at));
        to += (uint32_t)found - at;
        if (with)
            memcpy(to, with, 2 * (size_t)with_count);
        to += with_count;
    }
    memcpy(to, from + at, 2 * (size_t)(count - at));
    return return_new(machine, frame, result);
}

static NativeStatus change_case(Machine *machine, uint8_t *frame, uint16_t (*change)(uint16_t))
{
    Ref string = arg_ref(frame, 0);
    uint32_t count = length_of(machine, string), first = 0;
    while (first < count && change(units_of(machine, string)[first]) == units_of(machine, string)[first])
        first++;
    if (first == count)
        return NATIVE_OK;
    Ref result = machine_new_string(machine, NULL, count);
    const uint16_t *from = units_of(machine, arg_ref(frame, 0));
    for (uint32_t i = 0; result && i < count; i++)
        machine_units(machine, result)[i] = change(from[i]);
    return return_new(machine, frame, result);
}

NativeStatus native_string_upper(Machine *machine, uint8_t *frame)
{
    return change_case(machine, frame, unicode_upper);
}
NativeStatus native_string_lower(Machine *machine, uint8_t *frame)
{
    return change_case(machine, frame, unicode_lower);
}

/* ---- System.Char ------------------------------------------------------------------------------------------------- */

NativeStatus native_char_category(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_int(frame, unicode_category((uint16_t)arg_int(frame, 0)));
}

NativeStatus native_char_upper(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_int(frame, unicode_upper((uint16_t)arg_int(frame, 0)));
}

NativeStatus native_char_lower(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_int(frame, unicode_lower((uint16_t)arg_int(frame, 0)));
}
