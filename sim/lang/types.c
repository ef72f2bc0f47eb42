/* Types: interned constructions, substitution, relations between types, and their names. */
#include "lang/types.h"

#include <string.h>

/* --- interning -----------------------------------------------------------------------------------------------------
 */

static uint32_t mix(uint32_t hash, const void *pointer)
{
    uint64_t bits = (uint64_t)(uintptr_t)pointer;
    hash ^= (uint32_t)(bits >> 4) ^ (uint32_t)(bits >> 36);
    return hash * 0x9E3779B1u + 0x7F4A7C15u;
}

static bool same_names(Name *a, Name *b, uint32_t count)
{
    if (!a || !b)
        return a == b;
    return memcmp(a, b, count * sizeof *a) == 0;
}

static void grow_intern_table(World *world)
{
    uint32_t count = world->intern_bucket_count ? world->intern_bucket_count * 4 : 1024;
    Type **buckets = ARENA_ARRAY(world->arena, Type *, count);
    for (uint32_t i = 0; i < world->intern_bucket_count; i++) {
        Type *type = world->intern_buckets[i];
        while (type) {
            Type *next = type->next;
            type->next = buckets[type->hash & (count - 1)];
            buckets[type->hash & (count - 1)] = type;
            type = next;
        }
    }
    world->intern_buckets = buckets;
    world->intern_bucket_count = count;
}

static uint32_t nesting_of(const Type *type)
{
    uint32_t deepest = type->element ? type->element->nesting + 1 : 0;
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (type->arguments[i]->nesting >= deepest)
            deepest = type->arguments[i]->nesting + 1;
    return deepest;
}

static Type *intern(World *world, const Type *wanted, uint32_t hash)
{
    if (world->intern_count >= world->intern_bucket_count)
        grow_intern_table(world);
    Type **bucket = &world->intern_buckets[hash & (world->intern_bucket_count - 1)];
    for (Type *type = *bucket; type; type = type->next) {
        if (type->hash == hash && type->kind == wanted->kind && type->definition == wanted->definition &&
            type->element == wanted->element && type->rank == wanted->rank &&
            type->argument_count == wanted->argument_count &&
            (!wanted->argument_count ||
             memcmp(type->arguments, wanted->arguments, wanted->argument_count * sizeof(Type *)) == 0) &&
            same_names(type->tuple_names, wanted->tuple_names, wanted->argument_count))
            return type;
    }
    Type *type = arena_copy(world->arena, wanted, sizeof *wanted);
    if (wanted->argument_count)
        type->arguments = arena_copy(world->arena, wanted->arguments, wanted->argument_count * sizeof(Type *));
    type->hash = hash;
    type->nesting = nesting_of(type);
    type->next = *bucket;
    *bucket = type;
    world->intern_count++;
    if (!type->plain)
        type->plain = type;
    return type;
}

static Type *make_named(World *world, TypeDefinition *definition, Type **arguments, uint32_t count, Name *names)
{
    Type wanted = {.kind = definition->kind,
                   .special = definition->special,
                   .definition = definition,
                   .arguments = arguments,
                   .argument_count = count,
                   .tuple_names = names};
    uint32_t hash = mix(17, definition);
    bool plain = !names;
    for (uint32_t i = 0; i < count; i++) {
        hash = mix(hash, arguments[i]);
        wanted.is_open |= arguments[i]->is_open;
        plain &= arguments[i]->plain == arguments[i];
    }
    if (!plain) {
        Type **plain_arguments = ARENA_ARRAY(world->arena, Type *, count);
        for (uint32_t i = 0; i < count; i++)
            plain_arguments[i] = arguments[i]->plain;
        wanted.plain = make_named(world, definition, plain_arguments, count, NULL);
        hash ^= 0x5bd1e995u;
    }
    return intern(world, &wanted, hash);
}

Type *type_make(World *world, TypeDefinition *definition, Type **arguments, uint32_t count)
{
    return make_named(world, definition, arguments, count, NULL);
}

Type *type_make_array(World *world, Type *element, uint32_t rank)
{
    if (rank == 1 && element->array_of)
        return element->array_of;
    Type wanted = {.kind = TYPE_ARRAY, .element = element, .rank = rank, .is_open = element->is_open};
    if (element->plain != element)
        wanted.plain = type_make_array(world, element->plain, rank);
    Type *type = intern(world, &wanted, mix(rank * 31, element));
    if (rank == 1)
        element->array_of = type;
    return type;
}

static TypeDefinition *tuple_definition(World *world, uint32_t count)
{
    return namespace_type(world->special[SPECIAL_OBJECT]->space, name_of(world->names, "ValueTuple"), count);
}

Type *type_make_tuple(World *world, Type **elements, Name *names, uint32_t count)
{
    Name *kept = NULL;
    for (uint32_t i = 0; names && i < count; i++)
        if (names[i])
            kept = names;
    if (count <= 7) {
        TypeDefinition *definition = tuple_definition(world, count);
        if (!definition)
            return world->error_type;
        if (kept)
            kept = arena_copy(world->arena, kept, count * sizeof *kept);
        return make_named(world, definition, elements, count, kept);
    }
    Type *parts[8];
    memcpy(parts, elements, 7 * sizeof *parts);
    parts[7] = type_make_tuple(world, elements + 7, kept ? kept + 7 : NULL, count - 7);
    TypeDefinition *definition = tuple_definition(world, 8);
    return definition ? make_named(world, definition, parts, 8, NULL) : world->error_type;
}

Type *type_special(World *world, SpecialType special)
{
    TypeDefinition *definition = world->special[special];
    return definition ? definition->self : world->error_type;
}

Type *type_special_of(World *world, SpecialType special, Type *argument)
{
    TypeDefinition *definition = world->special[special];
    return definition ? type_make(world, definition, &argument, 1) : world->error_type;
}

/* --- substitution --------------------------------------------------------------------------------------------------
 */

static Type *substitute_arguments(World *world, Type *type, const Substitution *substitution)
{
    Type *few[8];
    Type **arguments = type->argument_count <= 8 ? few : ARENA_ARRAY(world->arena, Type *, type->argument_count);
    for (uint32_t i = 0; i < type->argument_count; i++)
        arguments[i] = type_substitute(world, type->arguments[i], substitution);
    return make_named(world, type->definition, arguments, type->argument_count, type->tuple_names);
}

Type *type_substitute(World *world, Type *type, const Substitution *substitution)
{
    if (!type || !type->is_open || !substitution)
        return type;
    if (type->kind == TYPE_PARAMETER) {
        TypeParameter *parameter = type->parameter;
        if (parameter->type_owner)
            return substitution->type_arguments ? substitution->type_arguments[parameter->index] : type;
        if (parameter->method_owner == substitution->method && substitution->method_arguments)
            return substitution->method_arguments[parameter->index];
        return type;
    }
    if (type->kind == TYPE_ARRAY)
        return type_make_array(world, type_substitute(world, type->element, substitution), type->rank);
    return substitute_arguments(world, type, substitution);
}

Substitution type_substitution(Type *owner)
{
    Substitution substitution = {0};
    if (owner && owner->argument_count)
        substitution.type_arguments = owner->arguments;
    return substitution;
}

Type *type_plain(Type *type)
{
    return type->plain ? type->plain : type;
}

bool type_same(Type *a, Type *b)
{
    return a == b || type_plain(a) == type_plain(b);
}

/* --- classification ------------------------------------------------------------------------------------------------
 */

bool type_is_reference(Type *type)
{
    switch (type->kind) {
    case TYPE_NULL:
    case TYPE_CLASS:
    case TYPE_INTERFACE:
    case TYPE_DELEGATE:
    case TYPE_ARRAY:
        return true;
    case TYPE_PARAMETER: {
        TypeParameter *parameter = type->parameter;
        if (parameter->must_be_class)
            return true;
        for (uint32_t i = 0; i < parameter->constraint_count; i++) {
            Type *constraint = parameter->constraints[i];
            if (constraint->kind == TYPE_CLASS && constraint->special != SPECIAL_VALUE_TYPE &&
                constraint->special != SPECIAL_ENUM && constraint->special != SPECIAL_OBJECT)
                return true;
            if (constraint->kind == TYPE_PARAMETER && type_is_reference(constraint))
                return true;
        }
        return false;
    }
    default:
        return false;
    }
}

bool type_is_value(Type *type)
{
    if (type->kind == TYPE_STRUCT || type->kind == TYPE_ENUM)
        return true;
    return type->kind == TYPE_PARAMETER && type->parameter->must_be_struct;
}

bool type_is_nullable(Type *type)
{
    return type->special == SPECIAL_NULLABLE && type->kind == TYPE_STRUCT;
}

Type *type_nullable_underlying(Type *type)
{
    return type_is_nullable(type) ? type->arguments[0] : type;
}

Type *type_enum_underlying(Type *type)
{
    return type->kind == TYPE_ENUM ? type->definition->enum_underlying : type;
}

bool type_is_void(Type *type)
{
    return type && type->special == SPECIAL_VOID;
}

bool type_is_tuple(Type *type)
{
    if (type->kind != TYPE_STRUCT || !type->argument_count || type->definition->containing)
        return false;
    const char *name = type->definition->name->text;
    return type->definition->is_library && strcmp(name, "ValueTuple") == 0;
}

uint32_t type_tuple_count(Type *type)
{
    if (type->argument_count < 8)
        return type->argument_count;
    return 7 + (type_is_tuple(type->arguments[7]) ? type_tuple_count(type->arguments[7]) : 1);
}

Type *type_tuple_element(Type *type, uint32_t index)
{
    if (index < 7)
        return type->arguments[index];
    return type_tuple_element(type->arguments[7], index - 7);
}

bool type_is_integral(Type *type)
{
    return type->special >= SPECIAL_CHAR && type->special <= SPECIAL_UINTPTR;
}

bool type_is_numeric(Type *type)
{
    return type->special >= SPECIAL_CHAR && type->special <= SPECIAL_DECIMAL;
}

/* --- inheritance ---------------------------------------------------------------------------------------------------
 */

Type *type_base(World *world, Type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY:
        return type_special(world, SPECIAL_ARRAY);
    case TYPE_PARAMETER:
        for (uint32_t i = 0; i < type->parameter->constraint_count; i++) {
            Type *constraint = type->parameter->constraints[i];
            if (constraint->kind == TYPE_CLASS)
                return constraint;
            if (constraint->kind == TYPE_PARAMETER)
                return type_base(world, constraint);
        }
        return type_special(world, type->parameter->must_be_struct ? SPECIAL_VALUE_TYPE : SPECIAL_OBJECT);
    case TYPE_CLASS:
    case TYPE_STRUCT:
    case TYPE_ENUM:
    case TYPE_DELEGATE:
        break;
    default:
        return NULL;
    }
    if (!type->base_cache) {
        type_complete_bases(world, type->definition);
        if (!type->definition->base)
            return NULL;
        Substitution substitution = type_substitution(type);
        type->base_cache = type_substitute(world, type->definition->base, &substitution);
    }
    return type->base_cache;
}

typedef struct TypeSet {
    Type **at;
    uint32_t count, capacity;
} TypeSet;

static void add_interface(World *world, TypeSet *set, Type *type)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->at[i] == type)
            return;
    ARENA_PUSH(world->arena, set->at, set->count, set->capacity, type);
    uint32_t count;
    Type **inherited = type_interfaces(world, type, &count);
    for (uint32_t i = 0; i < count; i++)
        add_interface(world, set, inherited[i]);
}

static void add_array_interfaces(World *world, Type *type, TypeSet *set)
{
    static const SpecialType generic[] = {SPECIAL_ILIST_T, SPECIAL_IREADONLY_LIST_T};
    uint32_t count;
    Type **inherited = type_interfaces(world, type_special(world, SPECIAL_ARRAY), &count);
    for (uint32_t i = 0; i < count; i++)
        add_interface(world, set, inherited[i]);
    for (uint32_t i = 0; type->rank == 1 && i < sizeof generic / sizeof *generic; i++)
        if (world->special[generic[i]])
            add_interface(world, set, type_special_of(world, generic[i], type->element));
}

Type **type_interfaces(World *world, Type *type, uint32_t *count)
{
    if (!type->interfaces_known) {
        TypeSet set = {0};
        type->interfaces_known = true; /* a cycle sees the empty list; it is reported where bases are declared */
        if (type->kind == TYPE_ARRAY) {
            add_array_interfaces(world, type, &set);
        } else if (type->kind == TYPE_PARAMETER) {
            for (uint32_t i = 0; i < type->parameter->constraint_count; i++) {
                Type *constraint = type->parameter->constraints[i];
                uint32_t inherited_count;
                Type **inherited = type_interfaces(world, constraint, &inherited_count);
                if (constraint->kind == TYPE_INTERFACE)
                    add_interface(world, &set, constraint);
                for (uint32_t j = 0; j < inherited_count; j++)
                    add_interface(world, &set, inherited[j]);
            }
        } else if (type->definition) {
            type_complete_bases(world, type->definition);
            Type *base = type_base(world, type);
            uint32_t base_count = 0;
            Type **from_base = base ? type_interfaces(world, base, &base_count) : NULL;
            Substitution substitution = type_substitution(type);
            for (uint32_t i = 0; i < type->definition->interface_count; i++)
                add_interface(world, &set, type_substitute(world, type->definition->interfaces[i], &substitution));
            for (uint32_t i = 0; i < base_count; i++)
                add_interface(world, &set, from_base[i]);
        }
        type->interfaces_cache = set.at;
        type->interfaces_count = set.count;
    }
    *count = type->interfaces_count;
    return type->interfaces_cache;
}

bool type_derives_from(World *world, Type *type, Type *base)
{
    base = type_plain(base);
    for (uint32_t depth = 0; type && depth < 1000; type = type_base(world, type), depth++)
        if (type_plain(type) == base)
            return true;
    return false;
}

bool type_implements(World *world, Type *type, Type *interface_type)
{
    uint32_t count;
    Type **all = type_interfaces(world, type, &count);
    for (uint32_t i = 0; i < count; i++)
        if (type_same(all[i], interface_type))
            return true;
    return false;
}

Type *type_find_interface(World *world, Type *type, TypeDefinition *definition)
{
    if (!definition)
        return NULL;
    if (type->definition == definition)
        return type;
    uint32_t count;
    Type **all = type_interfaces(world, type, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i]->definition == definition)
            return all[i];
    return NULL;
}

/* --- members through references ------------------------------------------------------------------------------------
 */

static Substitution method_substitution(MethodRef ref)
{
    Substitution substitution = type_substitution(ref.owner);
    substitution.method = ref.method;
    substitution.method_arguments = ref.arguments;
    return substitution;
}

MethodRef method_ref_substitute(World *world, MethodRef ref, const Substitution *substitution)
{
    if (!ref.method)
        return ref;
    MethodRef result = {ref.method, type_substitute(world, ref.owner, substitution), NULL};
    uint32_t count = ref.method->type_parameter_count;
    if (count && ref.arguments) {
        result.arguments = ARENA_ARRAY(world->arena, Type *, count);
        for (uint32_t i = 0; i < count; i++)
            result.arguments[i] = type_substitute(world, ref.arguments[i], substitution);
    }
    return result;
}

FieldRef field_ref_substitute(World *world, FieldRef ref, const Substitution *substitution)
{
    FieldRef result = {ref.field, type_substitute(world, ref.owner, substitution)};
    return result;
}

Type *method_ref_parameter_type(World *world, MethodRef ref, uint32_t index)
{
    Substitution substitution = method_substitution(ref);
    return type_substitute(world, ref.method->parameters[index].type, &substitution);
}

Type *method_ref_return_type(World *world, MethodRef ref)
{
    Substitution substitution = method_substitution(ref);
    return type_substitute(world, ref.method->return_type, &substitution);
}

Type *field_ref_type(World *world, FieldRef ref)
{
    Substitution substitution = type_substitution(ref.owner);
    return type_substitute(world, ref.field->type, &substitution);
}

/* --- names ---------------------------------------------------------------------------------------------------------
 */

static const char *keyword_of(SpecialType special)
{
    switch (special) {
    case SPECIAL_VOID:
        return "void";
    case SPECIAL_BOOLEAN:
        return "bool";
    case SPECIAL_CHAR:
        return "char";
    case SPECIAL_SBYTE:
        return "sbyte";
    case SPECIAL_BYTE:
        return "byte";
    case SPECIAL_INT16:
        return "short";
    case SPECIAL_UINT16:
        return "ushort";
    case SPECIAL_INT32:
        return "int";
    case SPECIAL_UINT32:
        return "uint";
    case SPECIAL_INT64:
        return "long";
    case SPECIAL_UINT64:
        return "ulong";
    case SPECIAL_INTPTR:
        return "nint";
    case SPECIAL_UINTPTR:
        return "nuint";
    case SPECIAL_SINGLE:
        return "float";
    case SPECIAL_DOUBLE:
        return "double";
    case SPECIAL_DECIMAL:
        return "decimal";
    case SPECIAL_OBJECT:
        return "object";
    case SPECIAL_STRING:
        return "string";
    default:
        return NULL;
    }
}

static void add_type_text(World *world, Text *text, Type *type);

static void add_tuple_text(World *world, Text *text, Type *type)
{
    text_addc(text, '(');
    uint32_t count = type_tuple_count(type);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            text_adds(text, ", ");
        add_type_text(world, text, type_tuple_element(type, i));
        if (type->tuple_names && i < type->argument_count && type->tuple_names[i])
            text_format(text, " %s", type->tuple_names[i]->text);
    }
    text_addc(text, ')');
}

static void add_definition_text(World *world, Text *text, TypeDefinition *definition, Type **arguments)
{
    if (definition->containing) {
        add_definition_text(world, text, definition->containing, arguments);
        text_addc(text, '.');
    }
    text_adds(text, definition->name->text);
    uint32_t own = definition->type_parameter_count - definition->own_parameter_start;
    for (uint32_t i = 0; i < own; i++) {
        text_adds(text, i ? ", " : "<");
        add_type_text(world, text, arguments[definition->own_parameter_start + i]);
    }
    if (own)
        text_addc(text, '>');
}

static void add_type_text(World *world, Text *text, Type *type)
{
    switch (type->kind) {
    case TYPE_ERROR:
        text_adds(text, "?");
        return;
    case TYPE_NULL:
        text_adds(text, "<null>");
        return;
    case TYPE_PARAMETER:
        text_adds(text, type->parameter->name->text);
        return;
    case TYPE_ARRAY: {
        Type *element = type;
        while (element->kind == TYPE_ARRAY)
            element = element->element;
        add_type_text(world, text, element);
        for (Type *at = type; at->kind == TYPE_ARRAY; at = at->element) {
            text_addc(text, '[');
            for (uint32_t i = 1; i < at->rank; i++)
                text_addc(text, ',');
            text_addc(text, ']');
        }
        return;
    }
    default:
        break;
    }
    const char *keyword = keyword_of(type->special);
    if (keyword) {
        text_adds(text, keyword);
    } else if (type_is_nullable(type) && type->argument_count == 1) {
        add_type_text(world, text, type->arguments[0]);
        text_addc(text, '?');
    } else if (type_is_tuple(type)) {
        add_tuple_text(world, text, type);
    } else if (type->definition) {
        add_definition_text(world, text, type->definition, type->arguments);
    } else {
        text_adds(text, "?");
    }
}

const char *type_text(World *world, Type *type)
{
    Text text;
    text_init(&text, world->arena);
    if (type)
        add_type_text(world, &text, type);
    return text.at ? text.at : "";
}

static void add_runtime_name(World *world, Text *text, Type *type);

static void add_runtime_definition(Text *text, TypeDefinition *definition)
{
    if (definition->containing) {
        add_runtime_definition(text, definition->containing);
        text_addc(text, '+');
    } else if (definition->space && definition->space->full_name->length) {
        text_format(text, "%s.", definition->space->full_name->text);
    }
    text_adds(text, definition->name->text);
    uint32_t own = definition->type_parameter_count - definition->own_parameter_start;
    if (own)
        text_format(text, "`%u", own);
}

static void add_runtime_name(World *world, Text *text, Type *type)
{
    if (type->kind == TYPE_ARRAY) {
        add_runtime_name(world, text, type->element);
        text_addc(text, '[');
        for (uint32_t i = 1; i < type->rank; i++)
            text_addc(text, ',');
        text_addc(text, ']');
    } else if (type->kind == TYPE_PARAMETER) {
        text_adds(text, type->parameter->name->text);
    } else if (type->definition) {
        add_runtime_definition(text, type->definition);
        for (uint32_t i = 0; i < type->argument_count; i++) {
            text_addc(text, i ? ',' : '[');
            add_runtime_name(world, text, type->arguments[i]);
        }
        if (type->argument_count)
            text_addc(text, ']');
    } else {
        text_adds(text, "?");
    }
}

const char *type_runtime_name(World *world, Type *type)
{
    Text text;
    text_init(&text, world->arena);
    add_runtime_name(world, &text, type);
    return text.at ? text.at : "";
}

const char *method_text(World *world, MethodRef ref)
{
    static const char *const modifiers[] = {"", "ref ", "out ", "in ", "ref readonly "};
    Text text;
    text_init(&text, world->arena);
    Method *method = ref.method;
    if (method->is_local_function || method->owner->submission) {
        text_adds(&text, method->name->text);
    } else {
        add_type_text(world, &text, ref.owner ? ref.owner : method->owner->self);
        if (method->kind == METHOD_CONSTRUCTOR)
            text_format(&text, ".%s", method->owner->name->text);
        else if (method->property)
            text_format(&text, ".%s.%s", method->property->name->text, method->kind == METHOD_GETTER ? "get" : "set");
        else if (method->kind != METHOD_DELEGATE_INVOKE)
            text_format(&text, ".%s", method->name->text);
        if (method->property)
            return text.at;
    }
    for (uint32_t i = 0; i < method->type_parameter_count; i++) {
        text_adds(&text, i ? ", " : "<");
        add_type_text(world, &text, ref.arguments ? ref.arguments[i] : method->type_parameters[i]->type);
    }
    if (method->type_parameter_count)
        text_addc(&text, '>');
    text_addc(&text, '(');
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        if (i)
            text_adds(&text, ", ");
        if (method->parameters[i].is_params)
            text_adds(&text, "params ");
        text_adds(&text, modifiers[method->parameters[i].ref_kind]);
        add_type_text(world, &text, method_ref_parameter_type(world, ref, i));
    }
    text_addc(&text, ')');
    return text.at;
}

/* --- implementations of virtual and interface methods --------------------------------------------------------------
 */

static bool same_signature(World *world, MethodRef a, MethodRef b)
{
    if (a.method->parameter_count != b.method->parameter_count ||
        a.method->type_parameter_count != b.method->type_parameter_count)
        return false;
    for (uint32_t i = 0; i < a.method->parameter_count; i++) {
        if (!type_same(method_ref_parameter_type(world, a, i), method_ref_parameter_type(world, b, i)))
            return false;
        if ((a.method->parameters[i].ref_kind == REF_NONE) != (b.method->parameters[i].ref_kind == REF_NONE))
            return false;
    }
    return true;
}

static bool overrides(Method *method, Method *slot)
{
    for (uint32_t depth = 0; method && depth < 100; method = method->overridden, depth++)
        if (method == slot)
            return true;
    return false;
}

/* The most derived override of class method `slot.method` seen from `type`. */
static MethodRef find_override(World *world, Type *type, MethodRef slot, bool *found)
{
    for (Type *at = type; at; at = type_base(world, at)) {
        if (!at->definition)
            continue;
        type_declare_named(world, at->definition, slot.method->name);
        for (uint32_t i = 0; i < at->definition->method_count; i++) {
            Method *method = at->definition->methods[i];
            if ((method->is_virtual || method->is_override || method->is_abstract) && overrides(method, slot.method)) {
                *found = !method->is_abstract;
                return (MethodRef){method, at, slot.arguments};
            }
        }
    }
    *found = false;
    return slot;
}

static bool is_explicit_implementation(World *world, Method *method, Type *owner, MethodRef slot)
{
    if (!method->explicit_interface || method->explicit_name != slot.method->name)
        return false;
    Substitution substitution = type_substitution(owner);
    Type *named = type_substitute(world, method->explicit_interface, &substitution);
    return type_same(named, slot.owner);
}

/* The body that the interfaces themselves give: the slot's own, or that of the most derived one that has another. */
static MethodRef find_interface_default(World *world, Type *type, MethodRef slot)
{
    MethodRef best = slot;
    uint32_t count;
    Type **all = type_interfaces(world, type, &count);
    for (uint32_t i = 0; i < count; i++) {
        TypeDefinition *definition = all[i]->definition;
        if (!definition || definition->is_library || type_same(all[i], slot.owner))
            continue;
        type_declare_named(world, definition, slot.method->name);
        for (uint32_t j = 0; j < definition->method_count; j++) {
            Method *method = definition->methods[j];
            MethodRef ref = {method, all[i], slot.arguments};
            if (is_explicit_implementation(world, method, all[i], slot) && same_signature(world, ref, slot) &&
                (best.method == slot.method || type_implements(world, all[i], best.owner)))
                best = ref;
        }
    }
    return best;
}

/* Whether a type names the interface in its own list, be it through another interface: only then its members count. */
static bool lists_interface(World *world, Type *type, Type *interface_type)
{
    Substitution substitution = type_substitution(type);
    type_complete_bases(world, type->definition);
    for (uint32_t i = 0; i < type->definition->interface_count; i++) {
        Type *listed = type_substitute(world, type->definition->interfaces[i], &substitution);
        if (type_same(listed, interface_type) || type_implements(world, listed, interface_type))
            return true;
    }
    return false;
}

static MethodRef find_interface_implementation(World *world, Type *type, MethodRef slot, bool *found)
{
    Type *from = type; /* a class below the one that lists the interface may hide its members, but implements nothing */
    while (from && from->definition && !lists_interface(world, from, slot.owner))
        from = type_base(world, from);
    for (Type *at = from && from->definition ? from : type; at; at = type_base(world, at)) {
        if (!at->definition)
            continue;
        TypeDefinition *definition = at->definition;
        type_declare_named(world, definition, slot.method->name);
        for (uint32_t pass = 0; pass < 2; pass++) {
            for (uint32_t i = 0; i < definition->method_count; i++) {
                Method *method = definition->methods[i];
                if (method->is_static != slot.method->is_static)
                    continue;
                bool candidate = pass == 0 ? is_explicit_implementation(world, method, at, slot)
                                           : !method->explicit_interface && method->name == slot.method->name &&
                                                 (method->access == ACCESS_PUBLIC || method->is_synthesized);
                if (!candidate)
                    continue;
                MethodRef ref = {method, at, slot.arguments};
                if (!same_signature(world, ref, slot))
                    continue;
                if (method->is_virtual || method->is_override || method->is_abstract)
                    return find_override(world, type, ref, found);
                *found = true;
                return ref;
            }
        }
    }
    MethodRef best = find_interface_default(world, type, slot);
    *found = !best.method->is_abstract;
    return best;
}

MethodRef method_find_implementation(World *world, Type *type, MethodRef slot, bool *found)
{
    type_declare_named(world, slot.method->owner, slot.method->name);
    if (slot.method->owner->kind == TYPE_INTERFACE)
        return find_interface_implementation(world, type, slot, found);
    if (!slot.method->is_virtual && !slot.method->is_override && !slot.method->is_abstract) {
        *found = true;
        return slot;
    }
    return find_override(world, type, slot, found);
}
