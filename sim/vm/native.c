#include "vm/native.h"

const NativeFunction native_functions[] = {
    NULL,
#define NATIVE(name, function) function,
#include "vm/native.def"
#undef NATIVE
};

static const char *const names[] = {
    "",
#define NATIVE(name, function) name,
#include "vm/native.def"
#undef NATIVE
};

enum { COUNT = sizeof names / sizeof *names };

uint32_t native_find(const char *full_name)
{
    for (uint32_t i = 1; i < COUNT; i++) {
        if (strcmp(names[i], full_name) == 0)
            return i;
    }
    return 0;
}

NativeStatus return_new(Machine *machine, uint8_t *frame, Ref value)
{
    return value ? return_ref(frame, value) : machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
}

NativeStatus return_uncounted_text(Machine *machine, uint8_t *frame, const char *utf8)
{
    if (!utf8)
        return return_ref(frame, 0);
    machine->state->uncounted++;
    Ref text = machine_new_string_utf8(machine, utf8, strlen(utf8));
    machine->state->uncounted--;
    return return_new(machine, frame, text);
}

/* ---- UTF-16 text ------------------------------------------------------------------------------------------------- */

void units_init(Units *units, const Memory *memory)
{
    *units = (Units){.memory = memory};
}

void units_free(Units *units)
{
    if (units->at)
        units->memory->resize(units->memory->context, units->at, units->capacity * sizeof *units->at, 0);
    units->at = NULL;
    units->count = units->capacity = 0;
}

static bool make_room(Units *units, uint32_t more)
{
    if (units->failed || more > UINT32_MAX / 4 || units->count > UINT32_MAX / 4)
        return false;
    if (units->count + more <= units->capacity)
        return true;
    uint32_t capacity = 2 * (units->count + more) + 64;
    uint16_t *larger = units->memory->resize(units->memory->context, units->at, units->capacity * sizeof *larger,
                                             capacity * sizeof *larger);
    if (!larger)
        return false;
    units->at = larger;
    units->capacity = capacity;
    return true;
}

void units_add(Units *units, const uint16_t *more, uint32_t count)
{
    if (!make_room(units, count)) {
        units->failed = true;
        return;
    }
    if (count)
        memcpy(units->at + units->count, more, count * sizeof *more);
    units->count += count;
}

/* Decodes one character; malformed bytes become U+FFFD one by one. */
static uint32_t decode(const uint8_t *text, size_t length, size_t *used)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    uint32_t first = text[0];
    uint32_t more = first < 0x80 ? 0 : first >> 5 == 6 ? 1 : first >> 4 == 14 ? 2 : first >> 3 == 30 ? 3 : 4;
    *used = 1;
    if (more == 0)
        return first;
    if (more == 4 || more >= length)
        return 0xfffd;
    uint32_t c = first & (0x3fu >> more);
    for (uint32_t i = 1; i <= more; i++) {
        if (text[i] >> 6 != 2)
            return 0xfffd;
        c = c << 6 | (text[i] & 0x3fu);
    }
    if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0xfffd;
    *used = more + 1;
    return c;
}

void units_add_utf8(Units *units, const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    for (size_t i = 0, used; i < length; i += used) {
        uint32_t c = decode(bytes + i, length - i, &used);
        uint16_t pair[2] = {(uint16_t)c, 0};
        if (c >= 0x10000) {
            pair[0] = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
            pair[1] = (uint16_t)(0xdc00 + (c & 0x3ff));
        }
        units_add(units, pair, c >= 0x10000 ? 2 : 1);
    }
}

void units_adds(Units *units, const char *text)
{
    units_add_utf8(units, text, strlen(text));
}

NativeStatus units_return(Machine *machine, uint8_t *frame, Units *units)
{
    Ref text = units->failed ? 0 : machine_new_string(machine, units->at, units->count);
    units_free(units);
    return return_new(machine, frame, text);
}

Ref machine_new_string_utf8(Machine *machine, const char *text, size_t length)
{
    Units units;
    units_init(&units, machine->memory);
    units_add_utf8(&units, text, length);
    Ref string = units.failed ? 0 : machine_new_string(machine, units.at, units.count);
    units_free(&units);
    return string;
}

/* ---- types and boxes --------------------------------------------------------------------------------------------- */

TypeId native_type_of_object(const Machine *machine, Ref type_object)
{
    if (!type_object)
        return 0;
    uint32_t field = machine_field(machine, machine_type_of(machine, type_object), "m_handle");
    return field ? (TypeId)machine_read8(machine, type_object + field) : 0;
}

TypeId native_type_argument(const Machine *machine, uint32_t index)
{
    const RuntimeMethod *method = program_method(machine->program, machine_thread(machine)->native_method);
    return index < method->native_type_count ? method->native_types[index] : 0;
}

Ref native_box(Machine *machine, TypeId type, uint8_t *ref_slot, uint64_t offset)
{
    const RuntimeType *runtime_type = program_type(machine->program, type);
    uint64_t value_offset = 0;
    if (runtime_type->is_nullable) {
        if (!machine->block[arg_ref(ref_slot, 0) + offset + runtime_type->nullable_flag])
            return 0;
        value_offset = runtime_type->nullable_value;
        type = runtime_type->element;
        runtime_type = program_type(machine->program, type);
    }
    Ref box = machine_new(machine, type);
    if (!box) {
        machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
        return 0;
    }
    memcpy(machine_at(machine, box + OBJECT_FIELDS), machine_at(machine, arg_ref(ref_slot, 0) + offset + value_offset),
           runtime_type->value_size);
    machine_copy_tags(machine, box + OBJECT_FIELDS, arg_ref(ref_slot, 0) + offset + value_offset,
                      runtime_type->value_size);
    return box;
}
