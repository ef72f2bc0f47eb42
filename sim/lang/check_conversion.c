/* Conversions (C# spec 10) and constant folding across them. */
#include "lang/check_internal.h"

#include <string.h>

#include "base/number.h"

static const Conversion none = {CONVERSION_NONE, false, {0}, NULL, NULL};

static Conversion implicit(ConversionKind kind)
{
    return (Conversion){.kind = kind, .is_implicit = true};
}

static Conversion explicitly(ConversionKind kind)
{
    return (Conversion){.kind = kind, .is_implicit = false};
}

/* --- by types
 * ---------------------------------------------------------------------------------------------------------- */

/* Implicit numeric conversions, spec 10.2.3. Bit per target. */
static bool is_implicit_numeric(SpecialType from, SpecialType to)
{
#define B(x) (1u << SPECIAL_##x)
    static const uint32_t targets[SPECIAL_DECIMAL + 1] = {
        [SPECIAL_SBYTE] = B(INT16) | B(INT32) | B(INT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) | B(INTPTR),
        [SPECIAL_BYTE] = B(INT16) | B(UINT16) | B(INT32) | B(UINT32) | B(INT64) | B(UINT64) | B(SINGLE) | B(DOUBLE) |
                         B(DECIMAL) | B(INTPTR) | B(UINTPTR),
        [SPECIAL_INT16] = B(INT32) | B(INT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) | B(INTPTR),
        [SPECIAL_UINT16] =
            B(INT32) | B(UINT32) | B(INT64) | B(UINT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) | B(INTPTR) | B(UINTPTR),
        [SPECIAL_INT32] = B(INT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) | B(INTPTR),
        [SPECIAL_UINT32] = B(INT64) | B(UINT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) | B(UINTPTR),
        [SPECIAL_INT64] = B(SINGLE) | B(DOUBLE) | B(DECIMAL),
        [SPECIAL_UINT64] = B(SINGLE) | B(DOUBLE) | B(DECIMAL),
        [SPECIAL_INTPTR] = B(INT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL),
        [SPECIAL_UINTPTR] = B(UINT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL),
        [SPECIAL_CHAR] = B(UINT16) | B(INT32) | B(UINT32) | B(INT64) | B(UINT64) | B(SINGLE) | B(DOUBLE) | B(DECIMAL) |
                         B(INTPTR) | B(UINTPTR),
        [SPECIAL_SINGLE] = B(DOUBLE),
    };
#undef B
    if (from > SPECIAL_DECIMAL || to > SPECIAL_DECIMAL)
        return false;
    return (targets[from] >> to) & 1;
}

static bool is_variant_convertible(World *world, Type *from, Type *to)
{
    if (from->definition != to->definition || !from->argument_count ||
        (from->kind != TYPE_INTERFACE && from->kind != TYPE_DELEGATE))
        return false;
    for (uint32_t i = 0; i < from->argument_count; i++) {
        TypeParameter *parameter = from->definition->type_parameters[i];
        Type *a = from->arguments[i], *b = to->arguments[i];
        if (type_same(a, b))
            continue;
        if (parameter->is_covariant && type_is_reference(a) && is_implicit_reference(world, a, b))
            continue;
        if (parameter->is_contravariant && type_is_reference(b) && is_implicit_reference(world, b, a))
            continue;
        return false;
    }
    return true;
}

bool is_implicit_reference(World *world, Type *from, Type *to)
{
    if (type_same(from, to))
        return true;
    if (!type_is_reference(from) && from->kind != TYPE_INTERFACE)
        return false;
    if (from->kind == TYPE_NULL)
        return type_is_reference(to);
    if (to->special == SPECIAL_OBJECT)
        return true;
    if (from->kind == TYPE_ARRAY && to->kind == TYPE_ARRAY)
        return from->rank == to->rank && type_is_reference(from->element) &&
               is_implicit_reference(world, from->element, to->element);
    if (to->kind == TYPE_CLASS || to->kind == TYPE_PARAMETER)
        return type_derives_from(world, from, to);
    if (to->kind == TYPE_DELEGATE)
        return is_variant_convertible(world, from, to);
    if (to->kind != TYPE_INTERFACE)
        return false;
    if (is_variant_convertible(world, from, to))
        return true;
    uint32_t count;
    Type **interfaces = type_interfaces(world, from, &count);
    for (uint32_t i = 0; i < count; i++)
        if (type_same(interfaces[i], to) || is_variant_convertible(world, interfaces[i], to))
            return true;
    /* T[] to IEnumerable<Base> and the like */
    if (from->kind == TYPE_ARRAY && from->rank == 1 && to->argument_count == 1 && type_is_reference(from->element))
        for (uint32_t i = 0; i < count; i++)
            if (interfaces[i]->definition == to->definition)
                return is_implicit_reference(world, from->element, to->arguments[0]);
    return false;
}

static bool is_boxing(World *world, Type *from, Type *to)
{
    if (type_is_ref_like(from))
        return false;
    if (from->kind == TYPE_PARAMETER) {
        if (type_is_reference(from))
            return false;
        if (to->special == SPECIAL_OBJECT)
            return true;
        if (to->kind == TYPE_PARAMETER) {
            for (uint32_t i = 0; i < from->parameter->constraint_count; i++)
                if (type_same(from->parameter->constraints[i], to))
                    return true;
            return false;
        }
        if (to->kind == TYPE_CLASS)
            return type_derives_from(world, from, to);
        uint32_t count;
        Type **interfaces = type_interfaces(world, from, &count);
        for (uint32_t i = 0; to->kind == TYPE_INTERFACE && i < count; i++)
            if (type_same(interfaces[i], to) || is_variant_convertible(world, interfaces[i], to))
                return true;
        return false;
    }
    if (!type_is_value(from) || type_is_void(from))
        return false;
    if (to->special == SPECIAL_OBJECT || to->special == SPECIAL_VALUE_TYPE)
        return true;
    if (from->kind == TYPE_ENUM && to->special == SPECIAL_ENUM)
        return true;
    if (to->kind != TYPE_INTERFACE)
        return false;
    Type *at = type_nullable_underlying(from);
    uint32_t count;
    Type **interfaces = type_interfaces(world, at, &count);
    for (uint32_t i = 0; i < count; i++)
        if (type_same(interfaces[i], to) || is_variant_convertible(world, interfaces[i], to))
            return true;
    return false;
}

static bool tuples_convert(World *world, Type *from, Type *to)
{
    if (!type_is_tuple(from) || !type_is_tuple(to) || type_tuple_count(from) != type_tuple_count(to))
        return false;
    for (uint32_t i = 0; i < type_tuple_count(from); i++)
        if (classify_type_conversion(world, type_tuple_element(from, i), type_tuple_element(to, i)).kind ==
            CONVERSION_NONE)
            return false;
    return true;
}

Conversion classify_type_conversion(World *world, Type *from, Type *to)
{
    if (from->kind == TYPE_ERROR || to->kind == TYPE_ERROR || type_same(from, to))
        return implicit(CONVERSION_IDENTITY);
    if (type_is_void(from) || type_is_void(to))
        return none;
    if (from->special && to->special && is_implicit_numeric(from->special, to->special))
        return implicit(from->special == SPECIAL_DECIMAL || to->special == SPECIAL_DECIMAL ? CONVERSION_DECIMAL
                                                                                           : CONVERSION_NUMERIC);
    if (from->kind == TYPE_NULL && (type_is_reference(to) || type_is_nullable(to)))
        return implicit(type_is_nullable(to) ? CONVERSION_DEFAULT : CONVERSION_NULL);
    if (from->kind != TYPE_NULL && is_implicit_reference(world, from, to))
        return implicit(CONVERSION_REFERENCE);
    if (is_boxing(world, from, to))
        return implicit(CONVERSION_BOX);
    if (type_is_nullable(to)) {
        Type *inner_from = type_nullable_underlying(from);
        Conversion inner = classify_type_conversion(world, inner_from, type_nullable_underlying(to));
        if (inner.kind == CONVERSION_IDENTITY || inner.kind == CONVERSION_NUMERIC || inner.kind == CONVERSION_DECIMAL ||
            inner.kind == CONVERSION_TUPLE)
            return implicit(CONVERSION_NULLABLE);
    }
    if (tuples_convert(world, from, to))
        return implicit(CONVERSION_TUPLE);
    return none;
}

/* --- constants
 * ------------------------------------------------------------------------------------------------------------- */

static bool integer_range(SpecialType special, int64_t *low, uint64_t *high)
{
    switch (special) {
    case SPECIAL_SBYTE:
        *low = INT8_MIN;
        *high = INT8_MAX;
        return true;
    case SPECIAL_BYTE:
        *low = 0;
        *high = UINT8_MAX;
        return true;
    case SPECIAL_INT16:
        *low = INT16_MIN;
        *high = INT16_MAX;
        return true;
    case SPECIAL_UINT16:
    case SPECIAL_CHAR:
        *low = 0;
        *high = UINT16_MAX;
        return true;
    case SPECIAL_INT32:
        *low = INT32_MIN;
        *high = INT32_MAX;
        return true;
    case SPECIAL_UINT32:
        *low = 0;
        *high = UINT32_MAX;
        return true;
    case SPECIAL_INT64:
    case SPECIAL_INTPTR:
        *low = INT64_MIN;
        *high = INT64_MAX;
        return true;
    case SPECIAL_UINT64:
    case SPECIAL_UINTPTR:
        *low = 0;
        *high = UINT64_MAX;
        return true;
    default:
        return false;
    }
}

static bool is_unsigned(SpecialType special)
{
    return special == SPECIAL_BYTE || special == SPECIAL_UINT16 || special == SPECIAL_UINT32 ||
           special == SPECIAL_UINT64 || special == SPECIAL_CHAR || special == SPECIAL_UINTPTR;
}

bool constant_fits(const Constant *constant, Type *to)
{
    int64_t low;
    uint64_t high;
    if (!integer_range(type_enum_underlying(to)->special, &low, &high))
        return false;
    if (constant->integer < 0)
        return constant->integer >= low;
    return (uint64_t)constant->integer <= high;
}

static int64_t wrap_integer(int64_t value, SpecialType to)
{
    switch (to) {
    case SPECIAL_SBYTE:
        return (int8_t)value;
    case SPECIAL_BYTE:
        return (uint8_t)value;
    case SPECIAL_INT16:
        return (int16_t)value;
    case SPECIAL_UINT16:
    case SPECIAL_CHAR:
        return (uint16_t)value;
    case SPECIAL_INT32:
        return (int32_t)value;
    case SPECIAL_UINT32:
        return (uint32_t)value;
    default:
        return value;
    }
}

bool fold_numeric(World *world, Constant *constant, Type *from, Type *to, bool is_checked, bool *overflow)
{
    (void)world;
    SpecialType source = type_enum_underlying(from)->special, target = type_enum_underlying(to)->special;
    *overflow = false;
    bool from_real = constant->kind == CONSTANT_DOUBLE || constant->kind == CONSTANT_FLOAT;
    bool from_integer = constant->kind == CONSTANT_INTEGER || constant->kind == CONSTANT_CHAR;
    if (target == SPECIAL_DOUBLE || target == SPECIAL_SINGLE) {
        double real = 0;
        if (from_real)
            real = constant->real;
        else if (from_integer)
            real = is_unsigned(source) ? (double)(uint64_t)constant->integer : (double)constant->integer;
        else if (constant->kind == CONSTANT_DECIMAL)
            real = decimal_to_double(constant->decimal);
        else
            return false;
        constant->kind = target == SPECIAL_DOUBLE ? CONSTANT_DOUBLE : CONSTANT_FLOAT;
        constant->real = target == SPECIAL_SINGLE ? (double)(float)real : real;
        return true;
    }
    if (target == SPECIAL_DECIMAL) {
        Decimal value;
        if (from_integer)
            value = is_unsigned(source) ? decimal_from_uint64((uint64_t)constant->integer)
                                        : decimal_from_int64(constant->integer);
        else if (from_real) {
            if ((source == SPECIAL_SINGLE ? decimal_from_single((float)constant->real, &value)
                                          : decimal_from_double(constant->real, &value)) != NUMBER_OK) {
                *overflow = true;
                return true;
            }
        } else
            return constant->kind == CONSTANT_DECIMAL;
        constant->kind = CONSTANT_DECIMAL;
        constant->decimal = value;
        return true;
    }
    int64_t low;
    uint64_t high;
    if (!integer_range(target, &low, &high))
        return false;
    int64_t value;
    if (from_real) {
        double real = constant->real;
        bool fits = real > (double)low - 1 && real < (double)high + 1;
        if (!fits || real != real) {
            *overflow = true;
            value = 0;
        } else {
            value = real >= 9223372036854775808.0 ? (int64_t)(uint64_t)real : (int64_t)real;
        }
    } else if (constant->kind == CONSTANT_DECIMAL) {
        if (decimal_to_int64(constant->decimal, low, high > INT64_MAX ? INT64_MAX : (int64_t)high, &value) != 0) {
            *overflow = true;
            value = 0;
        }
    } else if (from_integer) {
        value = constant->integer;
        bool negative = value < 0 && !is_unsigned(source);
        bool fits = negative ? value >= low : (uint64_t)value <= high;
        if (is_checked && !fits)
            *overflow = true;
        value = wrap_integer(value, target);
    } else {
        return false;
    }
    constant->kind = target == SPECIAL_CHAR ? CONSTANT_CHAR : CONSTANT_INTEGER;
    constant->integer = value;
    return true;
}

/* --- user-defined
 * ------------------------------------------------------------------------------------------------------------ */

static void gather_operators(Binder *binder, Type *type, const char *name, MethodRef *methods, uint32_t *count)
{
    for (Type *at = type_nullable_underlying(type); at && at->definition; at = type_base(binder->world, at)) {
        if (!type_may_have_operators(at->definition))
            continue;
        type_declare_named(binder->world, at->definition, name_of(binder->world->names, name));
        for (uint32_t i = 0; i < at->definition->method_count && *count < 32; i++) {
            Method *method = at->definition->methods[i];
            if (method->kind == METHOD_CONVERSION && strcmp(method->name->text, name) == 0)
                methods[(*count)++] = (MethodRef){method, at, NULL};
        }
    }
}

static bool converts(World *world, Type *from, Type *to)
{
    return classify_type_conversion(world, from, to).kind != CONVERSION_NONE;
}

static Conversion find_user_conversion(Binder *binder, Type *from, Type *to, bool allow_explicit)
{
    MethodRef methods[32];
    uint32_t count = 0;
    World *world = binder->world;
    if (from->kind == TYPE_INTERFACE || to->kind == TYPE_INTERFACE || from->kind == TYPE_NULL)
        return none;
    gather_operators(binder, from, "op_Implicit", methods, &count);
    gather_operators(binder, to, "op_Implicit", methods, &count);
    if (allow_explicit) {
        gather_operators(binder, from, "op_Explicit", methods, &count);
        gather_operators(binder, to, "op_Explicit", methods, &count);
    }
    Conversion best = none;
    for (uint32_t i = 0; i < count; i++) {
        Type *parameter = method_ref_parameter_type(world, methods[i], 0);
        Type *result = method_ref_return_type(world, methods[i]);
        bool source_fits = converts(world, from, parameter) || (allow_explicit && converts(world, parameter, from));
        bool target_fits = converts(world, result, to) || (allow_explicit && converts(world, to, result)) ||
                           (allow_explicit && type_is_numeric(type_enum_underlying(result)) &&
                            type_is_numeric(type_enum_underlying(to)));
        if (!source_fits || !target_fits)
            continue;
        bool exact = type_same(parameter, from) && type_same(result, to);
        bool best_exact_source = best.kind && type_same(best.from, from);
        bool best_exact_target = best.kind && type_same(best.to, to);
        if (best.kind == CONVERSION_NONE || exact || (!best_exact_source && type_same(parameter, from)) ||
            (best_exact_source == type_same(parameter, from) && !best_exact_target && type_same(result, to))) {
            best = (Conversion){CONVERSION_USER, !allow_explicit, methods[i], parameter, result};
        }
    }
    return best;
}

/* --- of expressions
 * ------------------------------------------------------------------------------------------------------------ */

static bool tuple_literal_converts(Binder *binder, Bound *from, Type *to)
{
    if (!type_is_tuple(to) || type_tuple_count(to) != from->items.count)
        return false;
    for (uint32_t i = 0; i < from->items.count; i++)
        if (classify_conversion(binder, from->items.at[i], type_tuple_element(to, i)).kind == CONVERSION_NONE)
            return false;
    return true;
}

static bool is_collection_target(World *world, Type *to)
{
    return (to->kind == TYPE_ARRAY && to->rank == 1) || is_span(to) ||
           type_find_interface(world, to, world->special[SPECIAL_IENUMERABLE]) ||
           type_find_interface(world, to, world->special[SPECIAL_IENUMERABLE_T]) != NULL;
}

static Conversion classify_untyped(Binder *binder, Bound *from, Type *to)
{
    World *world = binder->world;
    switch (from->kind) {
    case BOUND_DEFAULT_LITERAL:
        return implicit(CONVERSION_DEFAULT);
    case BOUND_THROW_UNTYPED:
        return implicit(CONVERSION_THROW);
    case BOUND_UNBOUND_NEW:
        return to->kind == TYPE_CLASS || to->kind == TYPE_STRUCT || to->kind == TYPE_PARAMETER
                   ? implicit(CONVERSION_TARGET_NEW)
                   : none;
    case BOUND_UNBOUND_LAMBDA: {
        if (to->kind != TYPE_DELEGATE) {
            Type *natural = to->special == SPECIAL_OBJECT || to->special == SPECIAL_DELEGATE ||
                                    to->special == SPECIAL_MULTICAST_DELEGATE
                                ? natural_type(binder, from)
                                : NULL;
            return natural ? implicit(CONVERSION_LAMBDA) : none;
        }
        return convert_lambda(binder, from, to, true) ? implicit(CONVERSION_LAMBDA) : none;
    }
    case BOUND_METHOD_GROUP: {
        if (to->special == SPECIAL_OBJECT || to->special == SPECIAL_DELEGATE ||
            to->special == SPECIAL_MULTICAST_DELEGATE) /* as the natural delegate type */
            return natural_type(binder, from) ? implicit(CONVERSION_REFERENCE) : none;
        if (to->kind != TYPE_DELEGATE)
            return none;
        return method_group_to_delegate(binder, from, to, from->span, true) ? implicit(CONVERSION_METHOD_GROUP) : none;
    }
    case BOUND_TUPLE_LITERAL:
        if (type_is_nullable(to))
            return tuple_literal_converts(binder, from, type_nullable_underlying(to)) ? implicit(CONVERSION_TUPLE)
                                                                                      : none;
        if (tuple_literal_converts(binder, from, to))
            return implicit(CONVERSION_TUPLE);
        break;
    case BOUND_CONDITIONAL_UNTYPED: {
        bool both = classify_conversion(binder, from->b, to).kind != CONVERSION_NONE &&
                    classify_conversion(binder, from->c, to).kind != CONVERSION_NONE;
        return both ? implicit(CONVERSION_CONDITIONAL) : none;
    }
    case BOUND_SWITCH_UNTYPED:
        return switch_arms_convert(binder, from, to) ? implicit(CONVERSION_SWITCH) : none;
    case BOUND_COLLECTION_UNTYPED:
        return is_collection_target(world, to) ? implicit(CONVERSION_COLLECTION) : none;
    default:
        break;
    }
    Type *natural = natural_type(binder, from);
    return natural ? classify_type_conversion(world, natural, to) : none;
}

/* `c ? 1 : 2` and switch expressions fit where each of their branches does, even when their own type does not. */
static Conversion classify_branches(Binder *binder, Bound *from, Type *to)
{
    if (is_switch_value(from))
        return switch_arms_convert(binder, from, to) ? implicit(CONVERSION_SWITCH) : none;
    if (from->kind != BOUND_CONDITIONAL || (from->flags & BOUND_REF) || !from->syntax ||
        from->syntax->kind != NODE_CONDITIONAL)
        return none;
    bool both =
        classify_conversion(binder, from->b, to).is_implicit && classify_conversion(binder, from->c, to).is_implicit;
    return both ? implicit(CONVERSION_CONDITIONAL) : none;
}

Conversion classify_conversion(Binder *binder, Bound *from, Type *to)
{
    if (is_bad(from) || to->kind == TYPE_ERROR)
        return implicit(CONVERSION_IDENTITY);
    if (!from->type || from->type->kind == TYPE_UNTYPED)
        return classify_untyped(binder, from, to);
    Conversion conversion = classify_type_conversion(binder->world, from->type, to);
    if (conversion.kind != CONVERSION_NONE)
        return conversion;
    Constant constant;
    if (get_constant(from, &constant)) {
        Type *target = type_nullable_underlying(to);
        if (constant.kind == CONSTANT_INTEGER && from->type->special == SPECIAL_INT32 && type_is_integral(target) &&
            target->special != SPECIAL_CHAR && constant_fits(&constant, target))
            return implicit(target == to ? CONVERSION_CONSTANT : CONVERSION_NULLABLE);
        if (constant.kind == CONSTANT_INTEGER && from->type->special == SPECIAL_INT64 &&
            target->special == SPECIAL_UINT64 && constant.integer >= 0)
            return implicit(target == to ? CONVERSION_CONSTANT : CONVERSION_NULLABLE);
        if (target->kind == TYPE_ENUM && constant.kind == CONSTANT_INTEGER && constant.integer == 0 &&
            type_is_integral(from->type))
            return implicit(target == to ? CONVERSION_ENUM_ZERO : CONVERSION_NULLABLE);
    }
    Conversion user = find_user_conversion(binder, from->type, to, false);
    return user.kind == CONVERSION_NONE ? classify_branches(binder, from, to) : user;
}

Conversion classify_explicit(Binder *binder, Bound *from, Type *to)
{
    Conversion conversion = classify_conversion(binder, from, to);
    if (conversion.kind != CONVERSION_NONE)
        return conversion;
    World *world = binder->world;
    Type *source = from->type;
    if (!source || source->kind == TYPE_UNTYPED) {
        source = natural_type(binder, from);
        if (!source)
            return none;
    }
    Type *a = type_enum_underlying(source), *b = type_enum_underlying(to);
    if (type_is_numeric(a) && type_is_numeric(b))
        return explicitly(a->special == SPECIAL_DECIMAL || b->special == SPECIAL_DECIMAL ? CONVERSION_DECIMAL
                                                                                         : CONVERSION_NUMERIC);
    if (type_is_nullable(source) || type_is_nullable(to)) {
        Type *inner_a = type_enum_underlying(type_nullable_underlying(source)),
             *inner_b = type_enum_underlying(type_nullable_underlying(to));
        if ((type_is_numeric(inner_a) && type_is_numeric(inner_b)) ||
            type_same(type_nullable_underlying(source), type_nullable_underlying(to)))
            return explicitly(CONVERSION_NULLABLE);
    }
    bool source_is_reference = type_is_reference(source) || source->kind == TYPE_INTERFACE;
    bool target_is_reference = type_is_reference(to) || to->kind == TYPE_INTERFACE;
    if (source_is_reference && target_is_reference) {
        bool related = is_implicit_reference(world, to, source) || source->kind == TYPE_INTERFACE ||
                       to->kind == TYPE_INTERFACE || source->kind == TYPE_PARAMETER || to->kind == TYPE_PARAMETER ||
                       (source->kind == TYPE_ARRAY && to->kind == TYPE_ARRAY && type_is_reference(source->element) &&
                        type_is_reference(to->element)) ||
                       (source->kind == TYPE_DELEGATE && source->definition == to->definition);
        bool is_grid = (source->kind == TYPE_ARRAY && source->rank > 1 && to->kind == TYPE_INTERFACE) ||
                       (to->kind == TYPE_ARRAY && to->rank > 1 && source->kind == TYPE_INTERFACE);
        bool sealed_mismatch = (is_grid && (source->argument_count || to->argument_count)) ||
                               (source->kind == TYPE_CLASS && source->definition->is_sealed &&
                                to->kind == TYPE_INTERFACE && !type_find_interface(world, source, to->definition)) ||
                               (to->kind == TYPE_CLASS && to->definition->is_sealed && source->kind == TYPE_INTERFACE &&
                                (!type_find_interface(world, to, source->definition) ||
                                 (!to->is_open && !source->is_open && !is_implicit_reference(world, to, source))));
        if (related && !sealed_mismatch)
            return explicitly(CONVERSION_CAST);
    }
    if ((source_is_reference || source->kind == TYPE_PARAMETER) && (type_is_value(to) || to->kind == TYPE_PARAMETER)) {
        /* to a type parameter: from what it may be a kind of; from one: only to one that is constrained by it */
        bool fits = source->special == SPECIAL_OBJECT || source->special == SPECIAL_VALUE_TYPE ||
                    source->special == SPECIAL_ENUM || source->kind == TYPE_INTERFACE ||
                    (to->kind == TYPE_PARAMETER && source->kind != TYPE_PARAMETER &&
                     is_implicit_reference(world, type_base(world, to), source)) ||
                    (to->kind == TYPE_PARAMETER && source->kind == TYPE_PARAMETER &&
                     classify_type_conversion(world, to, source).is_implicit);
        if (fits && (source->kind != TYPE_INTERFACE || to->kind == TYPE_PARAMETER || is_boxing(world, to, source)))
            return explicitly(CONVERSION_UNBOX);
    }
    if (source->kind == TYPE_PARAMETER &&
        (to->kind == TYPE_INTERFACE || (target_is_reference && source->parameter->constraint_count)))
        return explicitly(CONVERSION_UNBOX);
    return find_user_conversion(binder, source, to, true);
}

/* --- applying
 * ---------------------------------------------------------------------------------------------------------------- */

static Bound *convert_decimal(Binder *binder, Bound *value, Type *to, Span span)
{
    World *world = binder->world;
    Type *from = type_enum_underlying(value->type);
    Type *target = type_enum_underlying(to);
    Type *decimal = type_special(world, SPECIAL_DECIMAL);
    type_complete(world, decimal->definition);
    for (uint32_t i = 0; i < decimal->definition->method_count; i++) {
        Method *method = decimal->definition->methods[i];
        if (method->kind != METHOD_CONVERSION || !type_same(method->parameters[0].type, from) ||
            !type_same(method->return_type, target))
            continue;
        return make_call(binder, (MethodRef){method, decimal, NULL}, NULL, &value, 1, span);
    }
    return bad(binder, span);
}

static Bound *convert_nullable(Binder *binder, Bound *value, Type *to, bool is_explicit, Span span)
{
    World *world = binder->world;
    Type *inner = type_nullable_underlying(to);
    if (type_is_nullable(to))
        value = without_wrap(value);
    if (!type_is_nullable(value->type)) {
        Bound *converted =
            is_explicit ? convert_explicit(binder, value, inner, span) : convert_implicit(binder, value, inner, span);
        return nullable_wrap(binder, converted, to, span);
    }
    if (!type_is_nullable(to)) { /* explicit: .Value */
        Bound *got = call_named(binder, value, value->type, "get_Value", NULL, 0, span);
        return convert_explicit(binder, got, to, span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, value, &effects, &locals);
    Bound *converted = is_explicit ? convert_explicit(binder, nullable_value(binder, temp, span), inner, span)
                                   : convert_implicit(binder, nullable_value(binder, temp, span), inner, span);
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, to, span);
    choice->a = nullable_has_value(binder, temp, span);
    choice->b = nullable_wrap(binder, converted, to, span);
    choice->c = make_default(binder, to, span);
    return make_sequence(binder, &locals, &effects, choice, span);
}

static Bound *convert_tuple(Binder *binder, Bound *value, Type *to, Span span)
{
    if (type_is_nullable(to))
        return nullable_wrap(binder, convert_tuple(binder, value, type_nullable_underlying(to), span), to, span);
    Bound *values[64];
    if (value->kind == BOUND_TUPLE_LITERAL) {
        for (uint32_t i = 0; i < value->items.count && i < 64; i++)
            values[i] =
                convert_implicit(binder, value->items.at[i], type_tuple_element(to, i), value->items.at[i]->span);
        return tuple_new(binder, to, values, value->items.count, span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, value, &effects, &locals);
    uint32_t count = type_tuple_count(to);
    for (uint32_t i = 0; i < count && i < 64; i++)
        values[i] = convert_implicit(binder, tuple_element(binder, temp, i, span), type_tuple_element(to, i), span);
    return make_sequence(binder, &locals, &effects, tuple_new(binder, to, values, count, span), span);
}

static Bound *convert_constant(Binder *binder, Bound *value, Type *to, bool is_explicit, Span span)
{
    Constant constant;
    bool overflow;
    if (!get_constant(value, &constant) || constant.kind == CONSTANT_NULL || constant.kind == CONSTANT_STRING)
        return NULL;
    Constant original = constant;
    if (!fold_numeric(binder->world, &constant, value->type, to, true, &overflow))
        return NULL;
    if (overflow && is_explicit && !binder->is_unchecked) {
        const char *text = original.kind == CONSTANT_INTEGER || original.kind == CONSTANT_CHAR
                               ? arena_format(binder->arena, "%ld", original.integer)
                               : bound_type_text(binder, value);
        ERROR_AT(binder, span, ERROR_CONSTANT_OVERFLOW_UNCHECKED, text, type_text(binder->world, to));
        return bad(binder, span);
    }
    return make_constant(binder, constant, to, span);
}

static Bound *apply_user(Binder *binder, Bound *value, Type *to, Conversion conversion, bool is_explicit, Span span)
{
    Bound *argument = is_explicit ? convert_explicit(binder, value, conversion.from, span)
                                  : convert_implicit(binder, value, conversion.from, span);
    Bound *call = make_call(binder, conversion.method, NULL, &argument, 1, span);
    return is_explicit ? convert_explicit(binder, call, to, span) : convert_implicit(binder, call, to, span);
}

static bool is_decimal_or_unsupported_numeric(Type *type)
{
    return type_enum_underlying(type)->special == SPECIAL_DECIMAL;
}

Bound *apply_conversion(Binder *binder, Bound *value, Type *to, Conversion conversion, bool is_explicit, Span span)
{
    World *world = binder->world;
    switch (conversion.kind) {
    case CONVERSION_IDENTITY:
        if (!value->type || value->type == to || is_bad(value) || to->kind == TYPE_ERROR)
            return value;
        return make_convert(binder, value, to, CONVERSION_IDENTITY, span);
    case CONVERSION_CONSTANT:
    case CONVERSION_ENUM_ZERO:
    case CONVERSION_NUMERIC:
    case CONVERSION_DECIMAL: {
        Bound *constant = convert_constant(binder, value, to, is_explicit, span);
        if (constant)
            return constant;
        if (is_decimal_or_unsupported_numeric(value->type) || is_decimal_or_unsupported_numeric(to))
            return convert_decimal(binder, value, to, span);
        Bound *result = make_convert(binder, value, to, CONVERSION_NUMERIC, span);
        if (binder->is_checked)
            result->flags |= BOUND_CHECKED;
        return result;
    }
    case CONVERSION_NULL: {
        Bound *result = make_null(binder, to, span);
        return result;
    }
    case CONVERSION_DEFAULT:
        return make_default(binder, to, span);
    case CONVERSION_REFERENCE:
    case CONVERSION_CAST:
    case CONVERSION_BOX:
    case CONVERSION_UNBOX: {
        if (!value->type || value->type->kind == TYPE_UNTYPED) {
            Type *natural = natural_type(binder, value);
            value = convert_implicit(binder, value, natural, span);
        }
        return make_convert(binder, value, to, conversion.kind, span);
    }
    case CONVERSION_NULLABLE:
        return convert_nullable(binder, value, to, is_explicit, span);
    case CONVERSION_LAMBDA: {
        Type *delegate = to->kind == TYPE_DELEGATE ? to : natural_type(binder, value);
        Bound *lambda = convert_lambda(binder, value, delegate, false);
        if (!lambda)
            return bad(binder, span);
        return delegate == to ? lambda : make_convert(binder, lambda, to, CONVERSION_REFERENCE, span);
    }
    case CONVERSION_METHOD_GROUP: {
        Bound *delegate = method_group_to_delegate(binder, value, to, span, false);
        return delegate ? delegate : bad(binder, span);
    }
    case CONVERSION_USER:
        return apply_user(binder, value, to, conversion, is_explicit, span);
    case CONVERSION_TUPLE:
        return convert_tuple(binder, value, to, span);
    case CONVERSION_TARGET_NEW:
        return bind_object_creation(binder, to, value->syntax);
    case CONVERSION_THROW: {
        Bound *result = bound_new(world, BOUND_THROW_EXPRESSION, to, span);
        result->a = value->a;
        return result;
    }
    case CONVERSION_CONDITIONAL: {
        Bound *result = bound_new(world, BOUND_CONDITIONAL, to, span);
        result->a = value->a;
        result->b = convert_implicit(binder, value->b, to, value->b->span);
        result->c = convert_implicit(binder, value->c, to, value->c->span);
        return result;
    }
    case CONVERSION_SWITCH:
        return bind_switch_expression(binder, value->syntax, to);
    case CONVERSION_COLLECTION:
        return bind_collection_expression(binder, value->syntax, to);
    default:
        return bad(binder, span);
    }
}

static void report_no_conversion(Binder *binder, Bound *value, Type *to, Span span)
{
    World *world = binder->world;
    const char *target = type_text(world, to);
    Constant constant;
    if (is_switch_value(value)) {
        bind_switch_expression(binder, value->syntax, to); /* each arm says what is wrong with it */
    } else if (value->kind == BOUND_UNBOUND_LAMBDA) {
        if (to->kind != TYPE_DELEGATE)
            ERROR_AT(binder, value->syntax->at, ERROR_LAMBDA_NOT_DELEGATE, target);
        else
            convert_lambda(binder, value, to, false);
    } else if (value->kind == BOUND_METHOD_GROUP) {
        Name name = value->binder_data2 ? (Name)value->binder_data2 : NULL;
        if (to->kind == TYPE_DELEGATE)
            method_group_to_delegate(binder, value, to, span, false);
        else
            ERROR_AT(binder, span, ERROR_METHOD_GROUP_CONVERSION, name ? name->text : "?", target);
    } else if (value->type && value->type->kind == TYPE_NULL) {
        ERROR_AT(binder, span, type_is_value(to) ? ERROR_NULL_TO_VALUE : ERROR_NULL_TO_PARAMETER, target);
    } else if (get_constant(value, &constant) && constant.kind == CONSTANT_INTEGER && type_is_integral(to) &&
               to != world->char_type && value->type->kind != TYPE_ENUM) {
        ERROR_AT(binder, span, value->type->special == SPECIAL_INT32 ? ERROR_CONSTANT_OVERFLOW : ERROR_EXPLICIT_EXISTS,
                 value->type->special == SPECIAL_INT32 ? arena_format(world->arena, "%ld", constant.integer)
                                                       : bound_type_text(binder, value),
                 target);
    } else if (value->type && value->type->kind != TYPE_UNTYPED &&
               classify_explicit(binder, value, to).kind != CONVERSION_NONE) {
        if (constant_is_real_to_decimal(value, to))
            ERROR_AT(binder, span, ERROR_REAL_LITERAL_SUFFIX, to->special == SPECIAL_DECIMAL ? "M" : "F", target,
                     to->special == SPECIAL_DECIMAL ? "M" : "F");
        else
            ERROR_AT(binder, span, ERROR_EXPLICIT_EXISTS, bound_type_text(binder, value), target);
    } else if (value->kind == BOUND_CONDITIONAL_UNTYPED && to->kind != TYPE_ERROR) {
        convert_implicit(binder, value->b, to, value->b->syntax ? value->b->syntax->span : value->b->span);
        convert_implicit(binder, value->c, to, value->c->syntax ? value->c->syntax->span : value->c->span);
    } else if (value->kind == BOUND_TUPLE_LITERAL && type_is_tuple(to) && type_tuple_count(to) == value->items.count) {
        for (uint32_t i = 0; i < value->items.count; i++) /* each element says what is wrong with it */
            convert_implicit(binder, value->items.at[i], type_tuple_element(to, i), value->items.at[i]->span);
    } else if (value->kind == BOUND_UNBOUND_NEW && (to->kind == TYPE_ARRAY || to->kind == TYPE_ENUM)) {
        ERROR_AT(binder, span, ERROR_NEW_TARGET_TYPE, target);
    } else if (value->kind == BOUND_CONDITIONAL_UNTYPED) {
        ERROR_AT(binder, span, ERROR_CONDITIONAL_TYPE, bound_type_text(binder, value->b),
                 bound_type_text(binder, value->c));
    } else if (value->kind == BOUND_COLLECTION_UNTYPED) {
        ERROR_AT(binder, span, ERROR_COLLECTION_TARGET, target);
    } else {
        ERROR_AT(binder, span, ERROR_NO_CONVERSION, bound_type_text(binder, value), target);
    }
}

bool constant_is_real_to_decimal(const Bound *value, const Type *to)
{
    bool is_literal = value->syntax && skip_parentheses(value->syntax)->kind == NODE_LITERAL;
    return value->kind == BOUND_CONSTANT && value->constant.kind == CONSTANT_DOUBLE && is_literal &&
           (to->special == SPECIAL_DECIMAL || to->special == SPECIAL_SINGLE);
}

Bound *convert_implicit(Binder *binder, Bound *value, Type *to, Span span)
{
    if (is_bad(value))
        return value;
    if (to->kind == TYPE_ERROR)
        return bad(binder, span);
    Conversion conversion = classify_conversion(binder, value, to);
    if (conversion.kind == CONVERSION_NONE || !conversion.is_implicit) {
        report_no_conversion(binder, value, to, span);
        return bad(binder, span);
    }
    return apply_conversion(binder, value, to, conversion, false, span);
}

Bound *convert_explicit(Binder *binder, Bound *value, Type *to, Span span)
{
    if (is_bad(value))
        return value;
    if (to->kind == TYPE_ERROR)
        return bad(binder, span);
    Conversion conversion = classify_explicit(binder, value, to);
    if (conversion.kind == CONVERSION_NONE) {
        ERROR_AT(binder, span,
                 value->type && value->type->kind == TYPE_NULL ? ERROR_NULL_TO_VALUE : ERROR_NO_EXPLICIT_CONVERSION,
                 value->type && value->type->kind == TYPE_NULL ? type_text(binder->world, to)
                                                               : bound_type_text(binder, value),
                 type_text(binder->world, to));
        return bad(binder, span);
    }
    Bound *result = apply_conversion(binder, value, to, conversion, true, span);
    result->flags |= BOUND_EXPLICIT;
    return result;
}

Type *best_common_type(Binder *binder, Bound **values, uint32_t count)
{
    Type *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        Type *candidate = natural_type(binder, values[i]);
        if (!candidate || candidate->kind == TYPE_NULL || candidate->kind == TYPE_ERROR)
            continue;
        bool all = true;
        for (uint32_t j = 0; j < count && all; j++)
            all = classify_conversion(binder, values[j], candidate).is_implicit;
        if (all && (!best || !classify_type_conversion(binder->world, candidate, best).kind))
            best = best ? best : candidate;
    }
    return best;
}
