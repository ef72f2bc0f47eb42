#include "vm/unicode.h"

typedef struct CaseRange {
    uint16_t start, end, step;
    int32_t delta;
} CaseRange;

#include "vm/unicode_tables.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

int unicode_category(uint16_t unit)
{
    size_t low = 0, high = LENGTH(category_starts);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (category_starts[middle] <= unit)
            low = middle;
        else
            high = middle;
    }
    return category_values[low];
}

static uint16_t change_case(const CaseRange *ranges, size_t count, uint16_t unit)
{
    size_t low = 0, high = count;
    while (high > low) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].end < unit)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || unit < ranges[low].start || (unit - ranges[low].start) % ranges[low].step != 0)
        return unit;
    return (uint16_t)(unit + ranges[low].delta);
}

uint16_t unicode_upper(uint16_t unit)
{
    if (unit < 128)
        return unit >= 'a' && unit <= 'z' ? (uint16_t)(unit - 32) : unit;
    return change_case(upper_ranges, LENGTH(upper_ranges), unit);
}

uint16_t unicode_lower(uint16_t unit)
{
    if (unit < 128)
        return unit >= 'A' && unit <= 'Z' ? (uint16_t)(unit + 32) : unit;
    return change_case(lower_ranges, LENGTH(lower_ranges), unit);
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

int32_t utf16_compare(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        if (a[i] != b[i])
            return a[i] - b[i];
    }
    return (int32_t)((int64_t)a_count - (int64_t)b_count);
}

int32_t utf16_compare_ignore_case(const uint16_t *a, size_t a_count, const uint16_t *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        uint16_t x = unicode_upper(a[i]), y = unicode_upper(b[i]);
        if (x != y)
            return x - y;
    }
    return (int32_t)((int64_t)a_count - (int64_t)b_count);
}

/* ---- finding ----------------------------------------------------------------------------------------------------- */

static bool matches(const uint16_t *text, const uint16_t *part, size_t count, bool ignore_case)
{
    for (size_t i = 0; i < count; i++) {
        if (text[i] != part[i] && !(ignore_case && unicode_upper(text[i]) == unicode_upper(part[i])))
            return false;
    }
    return true;
}

/* Long parts are found after Rabin and Karp: only where a sum over the units agrees are they compared, so the time is
 * proportional to the text whatever it holds. */
enum { LONG_PART = 32 };
#define SUM_BASE UINT64_C(0x9e3779b97f4a7c15)

typedef struct Direction {
    bool backwards, ignore_case;
} Direction;

/* Unit `i` in the direction of the search. */
static uint64_t unit_at(const uint16_t *units, size_t count, size_t i, Direction direction)
{
    uint16_t unit = units[direction.backwards ? count - 1 - i : i];
    return (uint64_t)(direction.ignore_case ? unicode_upper(unit) : unit) + 1;
}

static int32_t find_long(const uint16_t *text, size_t count, const uint16_t *part, size_t part_count,
                         Direction direction)
{
    uint64_t wanted = 0, sum = 0, weight = 1;
    for (size_t i = 0; i < part_count; i++) {
        wanted = wanted * SUM_BASE + unit_at(part, part_count, i, direction);
        weight *= SUM_BASE;
    }
    for (size_t i = 0; i < count; i++) {
        sum = sum * SUM_BASE + unit_at(text, count, i, direction);
        if (i >= part_count)
            sum -= weight * unit_at(text, count, i - part_count, direction);
        if (i + 1 < part_count || sum != wanted)
            continue;
        size_t start = direction.backwards ? count - 1 - i : i + 1 - part_count;
        if (matches(text + start, part, part_count, direction.ignore_case))
            return (int32_t)start;
    }
    return -1;
}

int32_t utf16_find(const uint16_t *text, size_t count, const uint16_t *part, size_t part_count, bool ignore_case)
{
    if (part_count >= LONG_PART)
        return find_long(text, count, part, part_count, (Direction){false, ignore_case});
    for (size_t i = 0; i + part_count <= count; i++) {
        if (matches(text + i, part, part_count, ignore_case))
            return (int32_t)i;
    }
    return -1;
}

int32_t utf16_find_last(const uint16_t *text, size_t count, const uint16_t *part, size_t part_count, bool ignore_case)
{
    if (part_count >= LONG_PART)
        return find_long(text, count, part, part_count, (Direction){true, ignore_case});
    for (size_t i = count + 1; i-- > 0;) {
        if (i + part_count <= count && matches(text + i, part, part_count, ignore_case))
            return (int32_t)i;
    }
    return -1;
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------- */

static size_t encode(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[more] | c);
    return more + 1;
}

size_t utf16_to_utf8(const uint16_t *units, size_t count, char *out)
{
    size_t written = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = units[i];
        if (c >= 0xd800 && c < 0xe000) {
            bool is_pair = c < 0xdc00 && i + 1 < count && units[i + 1] >> 10 == 0x37;
            c = is_pair ? 0x10000 + ((c & 0x3ff) << 10) + (units[++i] & 0x3ffu) : 0xfffd;
        }
        written += encode(c, out + written);
    }
    return written;
}
