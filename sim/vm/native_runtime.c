/* Object, ValueType, Type, Enum, Delegate, RuntimeHelpers and Unsafe. */
#include "vm/native.h"

#include "vm/heap.h"

/* ---- System.Object ----------------------------------------------------------------------------------------------- */

NativeStatus native_object_get_type(Machine *machine, uint8_t *frame)
{
    if (!arg_ref(frame, 0))
        return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL);
    return return_new(machine, frame, machine_type_object(machine, machine_type_of(machine, arg_ref(frame, 0))));
}

NativeStatus native_object_clone(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = machine_runtime_type_of(machine, arg_ref(frame, 0));
    Ref clone;
    if (type->category == CATEGORY_ARRAY)
        clone = machine_new_array(machine, type->id, machine_length(machine, arg_ref(frame, 0)), NULL);
    else if (type->category == CATEGORY_STRING)
        return NATIVE_OK;
    else
        clone = machine_new(machine, type->id);
    if (!clone)
        return machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
    uint64_t size = heap_object_size(machine, clone) - OBJECT_HEADER_BYTES - 8;
    memcpy(machine_at(machine, clone + OBJECT_FIELDS), machine_at(machine, arg_ref(frame, 0) + OBJECT_FIELDS),
           (size_t)size);
    machine_copy_tags(machine, clone + OBJECT_FIELDS, arg_ref(frame, 0) + OBJECT_FIELDS, size);
    machine_mark_cards(machine, clone + OBJECT_FIELDS, size);
    return return_ref(frame, clone);
}

/* ---- System.ValueType -------------------------------------------------------------------------------------------- */

/* Whether comparing bytes is comparing values: no references, no floating point, no holes, no structs with rules of
 * their own. */
static bool has_only_bits(const RuntimeType *type)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static)
            continue;
        if (field->shape == SHAPE_R4 || field->shape == SHAPE_R8 || field->shape == SHAPE_STRUCT ||
            field->shape == SHAPE_REF)
            return false;
        bytes += field->size;
    }
    return bytes == type->value_size;
}

NativeStatus native_value_has_only_bits(Machine *machine, uint8_t *frame)
{
    return return_bool(frame, has_only_bits(machine_runtime_type_of(machine, arg_ref(frame, 0))));
}

NativeStatus native_value_same_bits(Machine *machine, uint8_t *frame)
{
    Ref a = arg_ref(frame, 0), b = arg_ref(frame, 8);
    uint32_t size = machine_runtime_type_of(machine, a)->value_size;
    return return_bool(
        frame, memcmp(machine_at(machine, a + OBJECT_FIELDS), machine_at(machine, b + OBJECT_FIELDS), size) == 0);
}

NativeStatus native_value_hash_bits(Machine *machine, uint8_t *frame)
{
    Ref value = arg_ref(frame, 0);
    const uint8_t *bytes = machine_at(machine, value + OBJECT_FIELDS);
    uint32_t size = machine_runtime_type_of(machine, value)->value_size, hash = machine_type_of(machine, value);
    for (uint32_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return return_int(frame, (int32_t)hash);
}

static const RuntimeField *instance_field(const RuntimeType *type, int32_t index)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_static && index-- == 0)
            return &type->fields[i];
    }
    return NULL;
}

NativeStatus native_value_field_count(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = machine_runtime_type_of(machine, arg_ref(frame, 0));
    int32_t count = 0;
    while (instance_field(type, count))
        count++;
    return return_int(frame, count);
}

NativeStatus native_value_field_at(Machine *machine, uint8_t *frame)
{
    Ref value = arg_ref(frame, 0);
    const RuntimeField *field = instance_field(machine_runtime_type_of(machine, value), arg_int(frame, 8));
    if (!field)
        return return_ref(frame, 0);
    if (field->shape == SHAPE_REF)
        return return_ref(frame, machine_read8(machine, value + OBJECT_FIELDS + field->offset));
    Ref box = native_box(machine, field->type, frame, OBJECT_FIELDS + field->offset);
    return machine->state->thrown ? NATIVE_THROW : return_ref(frame, box);
}

/* ---- System.RuntimeType ------------------------------------------------------------------------------------------ */

static const RuntimeType *type_argument(const Machine *machine, const uint8_t *frame, uint32_t at)
{
    return program_type(machine->program, native_type_of_object(machine, arg_ref(frame, at)));
}

static TypeFacts facts_of(const Machine *machine, const RuntimeType *type)
{
    TypeFacts facts = {0};
    if (machine->host->type_facts)
        machine->host->type_facts(machine->host->context, type->id, &facts);
    return facts;
}

static NativeStatus return_type(Machine *machine, uint8_t *frame, TypeId type)
{
    return type ? return_new(machine, frame, machine_type_object(machine, type)) : return_ref(frame, 0);
}

NativeStatus native_type_name(Machine *machine, uint8_t *frame)
{
    return return_uncounted_text(machine, frame, type_argument(machine, frame, 0)->short_name);
}

NativeStatus native_type_full_name(Machine *machine, uint8_t *frame)
{
    return return_uncounted_text(machine, frame, type_argument(machine, frame, 0)->full_name);
}

NativeStatus native_type_text(Machine *machine, uint8_t *frame)
{
    return return_uncounted_text(machine, frame, type_argument(machine, frame, 0)->name);
}

/* The part of a full name before the outermost type's own name: up to the last dot before any `+`, `[` or backquote. */
NativeStatus native_type_namespace(Machine *machine, uint8_t *frame)
{
    const char *name = type_argument(machine, frame, 0)->full_name;
    size_t length = 0;
    for (size_t i = 0; name && name[i] && !strchr("+[`", name[i]); i++) {
        if (name[i] == '.')
            length = i;
    }
    if (!length)
        return return_ref(frame, 0);
    machine->state->uncounted++;
    Ref text = machine_new_string_utf8(machine, name, length);
    machine->state->uncounted--;
    return return_new(machine, frame, text);
}

static bool is_nested(const RuntimeType *type)
{
    const char *name = type->full_name ? type->full_name : "";
    return name[strcspn(name, "+[")] == '+';
}

static bool is_primitive(const RuntimeType *type)
{
    static const char *const names[] = {"Boolean", "Byte",   "SByte", "Int16",  "UInt16", "Int32",  "UInt32",
                                        "Int64",   "UInt64", "Char",  "Double", "Single", "IntPtr", "UIntPtr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (type->full_name && strncmp(type->full_name, "System.", 7) == 0 &&
            strcmp(type->full_name + 7, names[i]) == 0)
            return true;
    }
    return false;
}

/* The bits as RuntimeType (Runtime.cs) names them. */
NativeStatus native_type_bits(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = type_argument(machine, frame, 0);
    TypeFacts facts = facts_of(machine, type);
    bool is_value = type->category == CATEGORY_STRUCT || type->category == CATEGORY_ENUM;
    bool is_interface = type->category == CATEGORY_INTERFACE;
    bool is_sealed = facts.is_sealed || is_value || type->category == CATEGORY_ARRAY ||
                     type->category == CATEGORY_STRING || type->category == CATEGORY_DELEGATE;
    bool is_generic = facts.definition || facts.is_generic_definition;
    int32_t bits = is_value * 1 | (type->category == CATEGORY_ENUM) * 2 | is_interface * 4 |
                   (type->is_abstract || is_interface) * 8 | is_sealed * 16 | (type->category == CATEGORY_ARRAY) * 32 |
                   is_generic * 64 | facts.is_generic_definition * 128 | is_primitive(type) * 256 |
                   is_nested(type) * 512 | facts.has_flags_attribute * 1024;
    return return_int(frame, bits);
}

static int32_t type_code_of_name(const char *name)
{
    static const struct {
        const char *name;
        int32_t code;
    } codes[] = {{"DBNull", 2},  {"Boolean", 3},  {"Char", 4},      {"SByte", 5},  {"Byte", 6},    {"Int16", 7},
                 {"UInt16", 8},  {"Int32", 9},    {"UInt32", 10},   {"Int64", 11}, {"UInt64", 12}, {"Single", 13},
                 {"Double", 14}, {"Decimal", 15}, {"DateTime", 16}, {"String", 18}};
    if (!name || strncmp(name, "System.", 7) != 0)
        return 1;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(name + 7, codes[i].name) == 0)
            return codes[i].code;
    }
    return 1;
}

/* System.TypeCode; an enum has that of its numbers. */
NativeStatus native_type_code(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = type_argument(machine, frame, 0);
    if (type->category == CATEGORY_ENUM)
        type = program_type(machine->program, type->element);
    return return_int(frame, type_code_of_name(type->full_name));
}

NativeStatus native_type_base(Machine *machine, uint8_t *frame)
{
    return return_type(machine, frame, type_argument(machine, frame, 0)->parent);
}

NativeStatus native_type_element(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = type_argument(machine, frame, 0);
    return return_type(machine, frame, type->category == CATEGORY_ARRAY ? type->element : 0);
}

NativeStatus native_type_definition(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = type_argument(machine, frame, 0);
    TypeFacts facts = facts_of(machine, type);
    return return_type(machine, frame, facts.is_generic_definition ? type->id : facts.definition);
}

NativeStatus native_type_argument_count(Machine *machine, uint8_t *frame)
{
    return return_int(frame, (int32_t)facts_of(machine, type_argument(machine, frame, 0)).argument_count);
}

NativeStatus native_type_argument_at(Machine *machine, uint8_t *frame)
{
    TypeFacts facts = facts_of(machine, type_argument(machine, frame, 0));
    uint32_t index = (uint32_t)arg_int(frame, 8);
    return return_type(machine, frame, index < facts.argument_count ? facts.arguments[index] : 0);
}

/* IsAssignable(to, from) */
NativeStatus native_type_is_assignable(Machine *machine, uint8_t *frame)
{
    TypeId to = type_argument(machine, frame, 0)->id, from = type_argument(machine, frame, 8)->id;
    return return_bool(frame, to == from || machine->host->is_assignable(machine->host->context, from, to));
}

/* ---- System.Enum ------------------------------------------------------------------------------------------------- */

static uint64_t enum_bits(const Machine *machine, Ref value)
{
    uint64_t bits = 0;
    uint32_t size = machine_runtime_type_of(machine, value)->value_size;
    memcpy(&bits, machine_at(machine, value + OBJECT_FIELDS), size < 8 ? size : 8);
    return bits;
}

NativeStatus native_enum_bits(Machine *machine, uint8_t *frame)
{
    return return_long(frame, (int64_t)enum_bits(machine, arg_ref(frame, 0)));
}

/* BoxBits(type, bits) */
NativeStatus native_enum_box(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = type_argument(machine, frame, 0);
    Ref box = machine_new(machine, type->id);
    if (box)
        memcpy(machine_at(machine, box + OBJECT_FIELDS), frame + 8, type->value_size < 8 ? type->value_size : 8);
    return return_new(machine, frame, box);
}

/* NameOf(type, bits): of several names for one value the first, as .NET's search finds it; null: none. */
NativeStatus native_enum_name(Machine *machine, uint8_t *frame)
{
    TypeFacts facts = facts_of(machine, type_argument(machine, frame, 0));
    uint64_t bits = (uint64_t)arg_long(frame, 8);
    for (uint32_t i = 0; i < facts.member_count; i++) {
        if (facts.members[i].bits == bits)
            return return_uncounted_text(machine, frame, facts.members[i].name);
    }
    return return_ref(frame, 0);
}

NativeStatus native_enum_count(Machine *machine, uint8_t *frame)
{
    return return_int(frame, (int32_t)facts_of(machine, type_argument(machine, frame, 0)).member_count);
}

NativeStatus native_enum_name_at(Machine *machine, uint8_t *frame)
{
    TypeFacts facts = facts_of(machine, type_argument(machine, frame, 0));
    uint32_t index = (uint32_t)arg_int(frame, 8);
    return return_uncounted_text(machine, frame, index < facts.member_count ? facts.members[index].name : NULL);
}

NativeStatus native_enum_bits_at(Machine *machine, uint8_t *frame)
{
    TypeFacts facts = facts_of(machine, type_argument(machine, frame, 0));
    uint32_t index = (uint32_t)arg_int(frame, 8);
    return return_long(frame, index < facts.member_count ? (int64_t)facts.members[index].bits : 0);
}

/* ---- System.Delegate --------------------------------------------------------------------------------------------- */

/* The method's own name: what follows the last dot of its full one. */
NativeStatus native_delegate_method_name(Machine *machine, uint8_t *frame)
{
    Ref delegate = arg_ref(frame, 0);
    uint32_t field = machine_field(machine, machine_type_of(machine, delegate), "_methodPtr");
    MethodId id = field ? (MethodId)machine_read8(machine, delegate + field) : 0;
    const char *name = program_method(machine->program, id)->name;
    const char *dot = strrchr(name, '.');
    return return_uncounted_text(machine, frame, dot && dot[1] ? dot + 1 : name);
}

/* ---- RuntimeHelpers and Unsafe ----------------------------------------------------------------------------------- */

NativeStatus native_identity_hash(Machine *machine, uint8_t *frame)
{
    return return_int(frame, machine_identity_hash(machine, arg_ref(frame, 0)));
}

/* The front end fills arrays itself; a program that calls this has no field to give. */
NativeStatus native_initialize_array(Machine *machine, uint8_t *frame)
{
    (void)frame;
    return machine_raise(machine, WELL_KNOWN_ARGUMENT, NULL);
}

NativeStatus native_is_reference_or_contains(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = program_type(machine->program, native_type_argument(machine, 0));
    return return_bool(frame, type->is_reference || type->ref_count > 0);
}

NativeStatus native_is_all_zero(Machine *machine, uint8_t *frame)
{
    const RuntimeType *type = program_type(machine->program, native_type_argument(machine, 0));
    const uint8_t *bytes = machine_at(machine, arg_ref(frame, 0));
    for (uint32_t i = 0; i < type->value_size; i++) {
        if (bytes[i])
            return return_bool(frame, false);
    }
    return return_bool(frame, true);
}

/* RunClassConstructor(RuntimeTypeHandle): the handle's only field is the type object. */
NativeStatus native_run_class_constructor(Machine *machine, uint8_t *frame)
{
    machine->state->call_type = native_type_of_object(machine, arg_ref(frame, 0));
    return machine->state->call_type ? NATIVE_INIT : NATIVE_OK;
}

/* Reading something as what it is not: the argument is the result. */
NativeStatus native_unsafe_same(Machine *machine, uint8_t *frame)
{
    (void)machine;
    (void)frame;
    return NATIVE_OK;
}

NativeStatus native_unsafe_size(Machine *machine, uint8_t *frame)
{
    return return_int(frame, (int32_t)program_type(machine->program, native_type_argument(machine, 0))->value_size);
}

NativeStatus native_unsafe_are_same(Machine *machine, uint8_t *frame)
{
    (void)machine;
    return return_bool(frame, arg_ref(frame, 0) == arg_ref(frame, 8));
}
