#include "code/layout.h"

enum { SMALLEST_OBJECT = 24, OBJECT_OVERHEAD = 16, WORD = 8 };

static uint32_t round_up(uint32_t value, uint32_t align)
{
    return (value + align - 1) / align * align;
}

static bool is_primitive(const LayoutField *field, uint32_t size)
{
    return !field->is_struct && field->size == size;
}

/* How many primitives (references count as 8 bytes) of a size are not placed yet. */
static uint32_t left_of(const LayoutField *fields, const bool *placed, uint32_t count, uint32_t size)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++)
        left += !placed[i] && is_primitive(&fields[i], size);
    return left;
}

static bool any_larger(const LayoutField *fields, const bool *placed, uint32_t count, uint32_t size)
{
    for (uint32_t i = 0; i < count; i++)
        if (!placed[i] && !fields[i].is_struct && fields[i].size > size)
            return true;
    return false;
}

static void place_first(LayoutField *fields, bool *placed, uint32_t count, uint32_t size, uint32_t offset)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!placed[i] && is_primitive(&fields[i], size)) {
            placed[i] = true;
            fields[i].offset = offset;
            return;
        }
    }
}

/* Fills the gap behind the parent's last field with small primitives. */
static uint32_t fill_gap(LayoutField *fields, bool *placed, uint32_t count, uint32_t position)
{
    for (uint32_t step = 1; step < WORD;) {
        if (position % (2 * step) == 0) {
            step *= 2;
            continue;
        }
        uint32_t fit = step;
        while (fit && !left_of(fields, placed, count, fit))
            fit /= 2;
        if (!fit || !any_larger(fields, placed, count, step))
            break;
        position = round_up(position, fit);
        place_first(fields, placed, count, fit, position);
        position += fit;
        step = fit * 2;
    }
    return position;
}

static uint32_t place_size(LayoutField *fields, bool *placed, uint32_t count, uint32_t size, uint32_t position,
                           bool references)
{
    for (uint32_t i = 0; i < count; i++) {
        if (placed[i] || !is_primitive(&fields[i], size) || fields[i].is_reference != references)
            continue;
        placed[i] = true;
        position = round_up(position, size);
        fields[i].offset = position;
        position += size;
    }
    return position;
}

static LayoutResult place(LayoutField *fields, uint32_t count, uint32_t start, bool *placed)
{
    LayoutResult result = {start, 0, 1, false};
    if (start % WORD)
        result.end = fill_gap(fields, placed, count, start);
    for (uint32_t size = WORD; size; size /= 2) {
        if (size == WORD)
            result.end = place_size(fields, placed, count, size, result.end, true);
        result.end = place_size(fields, placed, count, size, result.end, false);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!fields[i].is_struct) {
            result.align = WORD;
            result.has_references |= fields[i].is_reference;
            continue;
        }
        uint32_t align = fields[i].has_references ? WORD : fields[i].align;
        result.end = round_up(result.end, align);
        fields[i].offset = result.end;
        result.end += fields[i].size;
        if (align > result.align)
            result.align = align;
        result.has_references |= fields[i].has_references;
    }
    return result;
}

/* Types with more fields than this are laid out with the help of this bound only; nobody writes them. */
enum { MOST_FIELDS = 4096 };

static LayoutResult place_all(LayoutField *fields, uint32_t count, uint32_t start)
{
    static const LayoutResult too_many = {0, 1, 1, false};
    bool placed[MOST_FIELDS];
    if (count > MOST_FIELDS)
        return too_many;
    for (uint32_t i = 0; i < count; i++)
        placed[i] = false;
    return place(fields, count, start, placed);
}

LayoutResult layout_class(LayoutField *fields, uint32_t count, uint32_t parent_end)
{
    LayoutResult result = place_all(fields, count, parent_end);
    result.size = WORD;
    result.align = WORD;
    return result;
}

LayoutResult layout_auto(LayoutField *fields, uint32_t count)
{
    LayoutResult result = place_all(fields, count, 0);
    if (result.end == 0) {
        result.size = result.align = 1;
        return result;
    }
    uint32_t unit = 1;
    if (result.end > WORD)
        unit = result.has_references ? WORD : result.align;
    else
        while (unit < result.end)
            unit *= 2;
    result.size = round_up(result.end, unit);
    result.align = result.has_references ? WORD : unit;
    return result;
}

LayoutResult layout_sequential(LayoutField *fields, uint32_t count)
{
    LayoutResult result = {0, 0, 1, false};
    for (uint32_t i = 0; i < count; i++)
        if (fields[i].is_reference || (fields[i].is_struct && fields[i].has_references))
            return layout_auto(fields, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t align = fields[i].is_struct ? fields[i].align : fields[i].size;
        fields[i].offset = round_up(result.end, align);
        result.end = fields[i].offset + fields[i].size;
        if (align > result.align)
            result.align = align;
    }
    result.size = round_up(result.end, result.align);
    if (result.size == 0)
        result.size = 1;
    return result;
}

uint32_t layout_object_size(uint32_t end)
{
    uint32_t size = round_up(OBJECT_OVERHEAD + end, WORD);
    return size < SMALLEST_OBJECT ? SMALLEST_OBJECT : size;
}

uint64_t layout_array_size(uint64_t count, uint32_t element_size)
{
    return (OBJECT_OVERHEAD + WORD + count * element_size + WORD - 1) / WORD * WORD;
}

uint64_t layout_string_size(uint64_t count)
{
    return (OBJECT_OVERHEAD + sizeof(uint32_t) + 2 * (count + 1) + WORD - 1) / WORD * WORD;
}
