/* Patterns (C# spec 11) and `is`.
 *
 * A pattern becomes one bool expression over a local that holds the input. Values on the way (properties, tuple
 * elements) live in temps of SEQUENCEs around the tests that need them; variables are assigned by `(x = value; true)`,
 * so that flow analysis sees without any knowledge of patterns that they are assigned when the test is true. */
#include "lang/check_pattern.h"

#include <string.h>

/* What a pattern may do: variables are not allowed under `or`, and under `not` only directly in an `is`. */
typedef struct PatternRules {
    bool permits_variables;
    bool under_is;
} PatternRules;

static Bound *bind_pattern_in(Binder *binder, Node *pattern, Bound *input, PatternRules rules);

/* --- helpers
 * ------------------------------------------------------------------------------------------------------------ */

/* Nodes of the typed tree are never shared: every read is its own node. */
Bound *pattern_again(Binder *binder, const Bound *input)
{
    return bound_local(binder->world, input->local, input->span);
}

bool pattern_is_true(const Bound *test)
{
    return test->kind == BOUND_CONSTANT && test->constant.kind == CONSTANT_BOOL && test->constant.integer;
}

/* `(x = 1; true)` and the like, too. */
bool pattern_is_always_true(const Bound *test)
{
    while (test->kind == BOUND_SEQUENCE)
        test = test->a;
    if (test->kind == BOUND_AND_ALSO)
        return pattern_is_always_true(test->a) && pattern_is_always_true(test->b);
    return pattern_is_true(test);
}

Bound *pattern_and(Binder *binder, Bound *a, Bound *b)
{
    Span span = {a->span.start, b->span.end};
    if (is_bad(a) || is_bad(b))
        return bad(binder, span);
    if (pattern_is_true(a))
        return b;
    if (pattern_is_true(b))
        return a;
    Bound *result = bound_new(binder->world, BOUND_AND_ALSO, binder->world->bool_type, span);
    result->a = a;
    result->b = b;
    return result;
}

Bound *pattern_or(Binder *binder, Bound *a, Bound *b)
{
    Span span = {a->span.start, b->span.end};
    if (is_bad(a) || is_bad(b))
        return bad(binder, span);
    Bound *result = bound_new(binder->world, BOUND_OR_ELSE, binder->world->bool_type, span);
    result->a = a;
    result->b = b;
    return result;
}

/* `(effect; true)` */
Bound *pattern_after(Binder *binder, Bound *effect, Span span)
{
    BoundList effects = {0};
    LocalList locals = {0};
    list_add(binder, &effects, effect);
    return make_sequence(binder, &locals, &effects, make_bool(binder, true, span), span);
}

static bool is_stable_local(const Bound *value)
{
    return value->kind == BOUND_LOCAL && value->local->ref_kind == REF_NONE;
}

Let pattern_let(Binder *binder, Bound *value)
{
    Let result = {0};
    result.local = is_stable_local(value) ? value : make_temp(binder, value, &result.effects, &result.locals);
    return result;
}

Bound *pattern_let_in(Binder *binder, Let *let, Bound *test, Span span)
{
    return is_bad(test) ? test : make_sequence(binder, &let->locals, &let->effects, test, span);
}

static bool may_be_null(Type *type)
{
    return type_is_reference(type) || type->kind == TYPE_INTERFACE || type_is_nullable(type) ||
           (type->kind == TYPE_PARAMETER && !type_is_value(type));
}

/* --- types
 * -------------------------------------------------------------------------------------------------------------- */

typedef struct Narrowed {
    Bound *test;  /* NULL: impossible, reported */
    Bound *value; /* the input as the type, valid when the test holds */
} Narrowed;

static Bound *boxed(Binder *binder, Bound *value)
{
    if (type_is_reference(value->type) || value->type->kind == TYPE_INTERFACE)
        return value;
    return make_convert(binder, value, binder->world->object_type, CONVERSION_BOX, value->span);
}

bool pattern_is_upcast(World *world, Type *from, Type *to)
{
    ConversionKind kind = classify_type_conversion(world, from, to).kind;
    return kind == CONVERSION_IDENTITY || kind == CONVERSION_REFERENCE || kind == CONVERSION_BOX;
}

static bool may_hold(Binder *binder, Bound *input, Type *type)
{
    Type *from = type_nullable_underlying(input->type);
    if (from->kind == TYPE_PARAMETER || type->kind == TYPE_PARAMETER)
        return true;
    if (from->is_open && type->definition == from->definition)
        return true;
    Bound probe = *input;
    probe.type = from;
    ConversionKind kind = classify_explicit(binder, &probe, type).kind;
    return kind == CONVERSION_CAST || kind == CONVERSION_UNBOX || kind == CONVERSION_REFERENCE ||
           kind == CONVERSION_BOX || kind == CONVERSION_IDENTITY;
}

static Bound *is_test(Binder *binder, Bound *value, Type *type, Span span)
{
    Bound *test = bound_new(binder->world, BOUND_IS, binder->world->bool_type, span);
    test->a = value;
    test->type_operand = type;
    return test;
}

/* The input seen as `type`, and when that is possible. */
static Narrowed narrow(Binder *binder, Bound *input, Type *type, Span span)
{
    World *world = binder->world;
    Narrowed result = {NULL, NULL};
    Type *from = type_nullable_underlying(input->type);
    bool is_nullable = from != input->type;
    if (pattern_is_upcast(world, from, type)) {
        Bound *value =
            is_nullable ? nullable_value(binder, pattern_again(binder, input), span) : pattern_again(binder, input);
        result.test = may_be_null(input->type) ? null_check(binder, pattern_again(binder, input), span)
                                               : make_bool(binder, true, span);
        result.value = type_same(from, type) ? value : convert_implicit(binder, value, type, span);
        return result;
    }
    if (!may_hold(binder, input, type)) {
        ERROR_AT(binder, span, ERROR_PATTERN_TYPE, type_text(world, input->type), type_text(world, type));
        return result;
    }
    result.test = is_test(binder, boxed(binder, pattern_again(binder, input)), type, span);
    bool to_reference = type_is_reference(type) || type->kind == TYPE_INTERFACE;
    result.value = make_convert(binder, boxed(binder, pattern_again(binder, input)), type,
                                to_reference ? CONVERSION_CAST : CONVERSION_UNBOX, span);
    return result;
}

static bool check_pattern_type(Binder *binder, Type *type, Span span)
{
    if (type->kind == TYPE_ERROR)
        return false;
    if (type_is_nullable(type)) {
        const char *inner = type_text(binder->world, type_nullable_underlying(type));
        ERROR_AT(binder, span, ERROR_PATTERN_NULLABLE, inner, inner);
        return false;
    }
    return true;
}

/* --- variables
 * ------------------------------------------------------------------------------------------------------------ */

static bool is_discard(const Node *designation)
{
    return !designation || designation->kind == NODE_DISCARD_DESIGNATION;
}

/* `(x = value; true)` for a single variable; true when there is none. */
static Bound *designate(Binder *binder, Node *designation, Type *type, Bound *value, PatternRules rules)
{
    if (is_discard(designation))
        return make_bool(binder, true, value->span);
    if (designation->kind != NODE_SINGLE_DESIGNATION || !designation->name)
        return bad(binder, designation->span);
    if (!rules.permits_variables)
        ERROR_AT(binder, designation->span, ERROR_PATTERN_VARIABLE);
    Local *local = declare_local(binder, designation->name, type, designation->span);
    Bound *target = bound_local(binder->world, local, designation->span);
    return pattern_after(binder, make_assign(binder, target, value, designation->span), designation->span);
}

/* A variable of a broken pattern still exists, so that its uses are not reported as well. */
static Bound *declare_broken(Binder *binder, Node *designation, Type *type, Span span)
{
    if (designation && designation->kind == NODE_SINGLE_DESIGNATION && designation->name)
        declare_local(binder, designation->name, type ? type : binder->world->error_type, designation->span);
    return bad(binder, span);
}

/* --- constants
 * ------------------------------------------------------------------------------------------------------------ */

bool pattern_is_name(const Node *node)
{
    return node->kind == NODE_NAME || node->kind == NODE_QUALIFIED;
}

NamedThing pattern_resolve_named(Binder *binder, Node *node)
{
    NamedThing thing = {NULL, NULL};
    if (node->kind == NODE_PREDEFINED_TYPE || node->kind == NODE_ARRAY_TYPE || node->kind == NODE_NULLABLE_TYPE ||
        node->kind == NODE_GENERIC_NAME || node->kind == NODE_TUPLE_TYPE) {
        thing.type = bind_type(binder->world, &binder->types, node);
        return thing;
    }
    Bound *value = bind_expression(binder, node);
    if (value->kind == BOUND_TYPE_EXPRESSION)
        thing.type = value->type_operand;
    else
        thing.value = to_rvalue(binder, value);
    return thing;
}

static bool report_not_constant(Binder *binder, Bound *value, Type *type)
{
    Constant constant;
    if (is_bad(value))
        return true;
    if (get_constant(value, &constant) || value->kind == BOUND_DEFAULT)
        return false;
    ERROR_AT(binder, value->span,
             type->special == SPECIAL_OBJECT || type->is_open ? ERROR_CONSTANT_VALUE_EXPECTED
                                                              : ERROR_CONSTANT_OF_TYPE_EXPECTED,
             type_text(binder->world, type));
    return true;
}

static Bound *equals_constant(Binder *binder, Bound *value, Bound *constant, Span span)
{
    Constant known;
    if (!get_constant(constant, &known))
        return make_equality(binder, value, constant, span);
    if (known.kind == CONSTANT_BOOL)
        return known.integer ? value : logical_not(binder, value);
    if ((known.kind == CONSTANT_DOUBLE || known.kind == CONSTANT_FLOAT) && known.real != known.real)
        return call_named(binder, NULL, value->type, "IsNaN", &value, 1, span); /* == would never hold */
    return make_equality(binder, value, constant, span);
}

/* A constant as it is compared: converted to the input's type where that is possible, else of its own type. */
static Bound *constant_for_input(Binder *binder, Bound *value, Bound *input)
{
    Type *type = type_nullable_underlying(input->type);
    if (!value->type || value->type->kind == TYPE_UNTYPED)
        return convert_implicit(binder, value, type, value->span);
    ConversionKind kind = classify_conversion(binder, value, type).kind;
    if (kind == CONVERSION_BOX || kind == CONVERSION_REFERENCE)
        return value;
    if (kind == CONVERSION_NONE && type->is_open && may_hold(binder, input, value->type))
        return value;
    return convert_implicit(binder, value, type, value->span);
}

bool pattern_is_null(const Bound *value)
{
    Constant constant;
    return (value->type && value->type->kind == TYPE_NULL) ||
           (get_constant(value, &constant) && constant.kind == CONSTANT_NULL && value->type &&
            !type_is_value(value->type));
}

static Bound *null_test(Binder *binder, Bound *value, Bound *input)
{
    if (!may_be_null(input->type)) {
        Bound *converted = convert_implicit(binder, value, input->type, value->span); /* reports that it cannot be */
        return is_bad(converted) ? converted : bad(binder, value->span);
    }
    return logical_not(binder, null_check(binder, pattern_again(binder, input), value->span));
}

static Bound *constant_test(Binder *binder, Bound *value, Bound *input)
{
    if (is_bad(value))
        return value;
    if (pattern_is_null(value))
        return null_test(binder, value, input);
    Bound *constant = constant_for_input(binder, value, input);
    if (report_not_constant(binder, constant, input->type))
        return bad(binder, value->span);
    if (pattern_is_null(constant)) /* `default` */
        return null_test(binder, constant, input);
    if (input->type == binder->world->string_type)
        return equals_constant(binder, pattern_again(binder, input), constant, value->span);
    Narrowed narrowed = narrow(binder, input, constant->type, value->span);
    if (!narrowed.test)
        return bad(binder, value->span);
    return pattern_and(binder, narrowed.test, equals_constant(binder, narrowed.value, constant, value->span));
}

static Bound *type_test(Binder *binder, Type *type, Bound *input, Span span)
{
    if (!check_pattern_type(binder, type, span))
        return bad(binder, span);
    Narrowed narrowed = narrow(binder, input, type, span);
    return narrowed.test ? narrowed.test : bad(binder, span);
}

Bound *pattern_named_test(Binder *binder, NamedThing thing, Bound *input, Span span)
{
    return thing.type ? type_test(binder, thing.type, input, span) : constant_test(binder, thing.value, input);
}

/* Inputs that may hold values of many types: the constant's own type decides. */
static bool is_boxed_input(Binder *binder, const Bound *input)
{
    return input->type == binder->world->object_type || input->type->kind == TYPE_INTERFACE ||
           input->type->kind == TYPE_PARAMETER || input->type->special == SPECIAL_VALUE_TYPE ||
           input->type->special == SPECIAL_ENUM;
}

static Bound *bind_relational(Binder *binder, Node *pattern, Bound *input)
{
    Bound *value = bind_typed(binder, pattern->a);
    if (is_bad(value))
        return value;
    Type *compared =
        type_enum_underlying(type_nullable_underlying(is_boxed_input(binder, input) ? value->type : input->type));
    if (!type_is_numeric(compared) && compared->kind != TYPE_ERROR) {
        convert_implicit(binder, value, input->type, pattern->a->span); /* what Roslyn says first */
        Position key = binder->diagnostics->key;
        binder->diagnostics->key = pattern->span.end;
        ERROR_AT(binder, pattern->span, ERROR_RELATIONAL_TYPE, type_text(binder->world, compared));
        binder->diagnostics->key = key;
        return bad(binder, pattern->span);
    }
    Bound *constant = constant_for_input(binder, value, input);
    if (report_not_constant(binder, constant, input->type))
        return bad(binder, pattern->span);
    Narrowed narrowed = narrow(binder, input, constant->type, pattern->span);
    if (!narrowed.test)
        return bad(binder, pattern->span);
    Bound *test = bind_binary_of(binder, (TokenKind)pattern->token, narrowed.value, constant, pattern, pattern->span);
    return pattern_and(binder, narrowed.test, test);
}

/* --- declaration and var patterns
 * ------------------------------------------------------------------------------------------- */

static Bound *bind_declaration(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    Type *type = bind_type(binder->world, &binder->types, pattern->a);
    if (!check_pattern_type(binder, type, pattern->a->span))
        return declare_broken(binder, pattern->b, type, pattern->span);
    Narrowed narrowed = narrow(binder, input, type, pattern->a->span);
    if (!narrowed.test)
        return declare_broken(binder, pattern->b, type, pattern->span);
    return pattern_and(binder, narrowed.test, designate(binder, pattern->b, type, narrowed.value, rules));
}

static Bound *var_elements(Binder *binder, Node *designation, Bound *input, PatternRules rules);

static Bound *bind_var(Binder *binder, Node *designation, Bound *input, PatternRules rules)
{
    if (designation && designation->kind == NODE_PARENTHESIZED_DESIGNATION)
        return var_elements(binder, designation, input, rules);
    return designate(binder, designation, input->type, pattern_again(binder, input), rules);
}

/* --- positional patterns
 * ------------------------------------------------------------------------------------------------------ */

/* The parts of a value: elements of a tuple, or what Deconstruct gives. */
typedef struct Elements {
    Bound **values; /* tuple elements, or locals that Deconstruct fills */
    uint32_t count;
    LocalList locals; /* of Deconstruct */
    BoundList effects;
    Bound *fits; /* of an ITuple: whether it has so many elements; else NULL */
} Elements;

static Bound *list_length(Binder *binder, Bound *value, Span span);
static Bound *list_element(Binder *binder, Bound *value, Bound *index, Span span);

static Type *ituple_type(Binder *binder)
{
    return binder->world->special[SPECIAL_ITUPLE] ? binder->world->special[SPECIAL_ITUPLE]->self : NULL;
}

/* An object (or an ITuple) may be a tuple of any kind: then its elements are asked for at run time. */
static Type *type_with_elements(Binder *binder, Type *type)
{
    return type == binder->world->object_type && ituple_type(binder) ? ituple_type(binder) : type;
}

static void get_tuple_elements(Binder *binder, Bound *value, Elements *elements, Span span)
{
    Bound *count = bound_constant_int(binder->world, (int32_t)elements->count, span);
    elements->fits =
        make_binary(binder, OP_EQUAL, list_length(binder, value, span), count, binder->world->bool_type, span);
    for (uint32_t i = 0; i < elements->count; i++)
        elements->values[i] = list_element(binder, value, bound_constant_int(binder->world, (int32_t)i, span), span);
}

static Bound *call_deconstruct(Binder *binder, Bound *value, Elements *elements, Span span)
{
    Bound *function = NULL;
    Name name = name_of(binder->world->names, "Deconstruct");
    Found found;
    MethodRef *methods = NULL;
    uint32_t method_count = 0, capacity = 0;
    if (lookup_member(binder, value->type, name, &found) && found.kind == MEMBER_METHOD)
        for (uint32_t i = 0; i < found.method_count && !function; i++) {
            Method *method = found.methods[i].method;
            if (method->parameter_count != elements->count || method->is_static)
                continue;
            Bound **arguments = ARENA_ARRAY(binder->arena, Bound *, elements->count + 1);
            for (uint32_t j = 0; j < elements->count; j++) {
                Type *type = method_ref_parameter_type(binder->world, found.methods[i], j);
                Local *local = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, type, span);
                ARENA_PUSH(binder->arena, elements->locals.at, elements->locals.count, elements->locals.capacity,
                           local);
                arguments[j] = bound_new(binder->world, BOUND_ADDRESS, type, span);
                arguments[j]->a = bound_local(binder->world, local, span);
                elements->values[j] = bound_local(binder->world, local, span);
            }
            function = make_call(binder, found.methods[i], value, arguments, elements->count, span);
        }
    if (function)
        return function;
    lookup_extensions(binder, name, &methods, &method_count, &capacity);
    for (uint32_t i = 0; i < method_count; i++) {
        Method *method = methods[i].method;
        if (method->parameter_count != elements->count + 1 || method->type_parameter_count ||
            classify_conversion(binder, value, method->parameters[0].type).kind == CONVERSION_NONE)
            continue;
        Bound **arguments = ARENA_ARRAY(binder->arena, Bound *, elements->count + 1);
        arguments[0] = convert_implicit(binder, value, method->parameters[0].type, span);
        for (uint32_t j = 0; j < elements->count; j++) {
            Type *type = method->parameters[j + 1].type;
            Local *local = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, type, span);
            ARENA_PUSH(binder->arena, elements->locals.at, elements->locals.count, elements->locals.capacity, local);
            arguments[j + 1] = bound_new(binder->world, BOUND_ADDRESS, type, span);
            arguments[j + 1]->a = bound_local(binder->world, local, span);
            elements->values[j] = bound_local(binder->world, local, span);
        }
        return make_call(binder, methods[i], NULL, arguments, elements->count + 1, span);
    }
    return NULL;
}

/* `value` is a local of a type that is not null any more. */
static bool get_elements(Binder *binder, Bound *value, uint32_t count, Elements *elements, Span span)
{
    *elements = (Elements){.count = count};
    elements->values = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    if (type_is_tuple(value->type)) {
        if (type_tuple_count(value->type) != count) {
            ERROR_AT(binder, span, ERROR_PATTERN_ELEMENT_COUNT, type_text(binder->world, value->type), (int)count,
                     (int)type_tuple_count(value->type));
            return false;
        }
        for (uint32_t i = 0; i < count; i++)
            elements->values[i] = tuple_element(binder, pattern_again(binder, value), i, span);
        return true;
    }
    if (value->type == ituple_type(binder)) {
        get_tuple_elements(binder, value, elements, span);
        return true;
    }
    Bound *call = call_deconstruct(binder, pattern_again(binder, value), elements, span);
    if (!call) {
        report_deconstruct(binder, value->type, count, span);
        ERROR_AT(binder, span, ERROR_NO_DECONSTRUCT, type_text(binder->world, value->type), (int)count);
        return false;
    }
    list_add(binder, &elements->effects, call);
    return true;
}

static Bound *var_elements(Binder *binder, Node *designation, Bound *input, PatternRules rules)
{
    Type *type = type_with_elements(binder, type_nullable_underlying(input->type));
    Narrowed narrowed = narrow(binder, input, type, designation->span);
    Let value = pattern_let(binder, narrowed.value);
    Elements elements;
    if (!get_elements(binder, value.local, designation->items.count, &elements, designation->span)) {
        for (uint32_t i = 0; i < designation->items.count; i++)
            declare_broken(binder, designation->items.at[i], NULL, designation->span);
        return bad(binder, designation->span);
    }
    Bound *test = elements.fits ? elements.fits : make_bool(binder, true, designation->span);
    for (uint32_t i = 0; i < elements.count; i++) {
        Let element = pattern_let(binder, elements.values[i]);
        Bound *part = bind_var(binder, designation->items.at[i], element.local, rules);
        test = pattern_and(binder, test, pattern_let_in(binder, &element, part, designation->span));
    }
    test = make_sequence(binder, &elements.locals, &elements.effects, test, designation->span);
    return pattern_and(binder, narrowed.test, pattern_let_in(binder, &value, test, designation->span));
}

static Bound *bind_positional(Binder *binder, Node *pattern, Bound *value, PatternRules rules)
{
    Elements elements;
    Span span = {pattern->a ? pattern->a->span.end : pattern->span.start, pattern->span.end};
    bool fits = get_elements(binder, value, pattern->items.count, &elements, span);
    Bound *test = fits ? make_bool(binder, true, pattern->span) : bad(binder, pattern->span);
    if (fits && elements.fits)
        test = elements.fits;
    for (uint32_t i = 0; i < pattern->items.count; i++) {
        Node *sub = pattern->items.at[i]->a;
        if (fits && sub->kind == NODE_DISCARD_PATTERN)
            continue;
        Local *unknown =
            fits ? NULL
                 : local_new(binder->world, binder->function, LOCAL_TEMP, NULL, binder->world->error_type, sub->span);
        Let element = pattern_let(binder, fits ? elements.values[i] : bound_local(binder->world, unknown, sub->span));
        Bound *part = bind_pattern_in(binder, sub, element.local, rules);
        test = pattern_and(binder, test, pattern_let_in(binder, &element, part, sub->span));
    }
    return fits && !is_bad(test) ? make_sequence(binder, &elements.locals, &elements.effects, test, pattern->span)
                                 : test;
}

/* --- property patterns
 * ---------------------------------------------------------------------------------------------------------- */

static Bound *get_member(Binder *binder, Bound *value, Name name, Node *node, Span span)
{
    Found found;
    if (!name)
        return bad(binder, span);
    if (value->type->kind == TYPE_ERROR)
        return bad(binder, span);
    if (!type_is_tuple(value->type) && !lookup_member(binder, value->type, name, &found) && !found.is_inaccessible) {
        ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, type_text(binder->world, value->type), name->text);
        return bad(binder, span);
    }
    return to_rvalue(binder, member_access(binder, pattern_again(binder, value), name, NULL, node, span, false));
}

/* The names of `A.B.C: pattern`, outermost first. */
static uint32_t path_of(Node *node, Node **names, uint32_t most)
{
    if (node->kind != NODE_QUALIFIED) {
        names[0] = node;
        return 1;
    }
    uint32_t count = path_of(node->a, names, most);
    if (count < most)
        names[count++] = node->b;
    return count;
}

/* Tests names[0..count) of `value` step by step, then the pattern. */
static Bound *bind_path(Binder *binder, Node *sub, Node **names, uint32_t count, Bound *value, PatternRules rules)
{
    Span span = names[0]->kind == NODE_SUBPATTERN ? (Span){sub->span.start, sub->span.start + sub->name->length}
                                                  : names[0]->span;
    Bound *member = get_member(binder, value, names[0]->name, names[0], span);
    if (is_bad(member)) {
        Local *unknown = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, binder->world->error_type, span);
        bind_pattern_in(binder, sub->a, bound_local(binder->world, unknown, span), rules);
        return bad(binder, span);
    }
    Let element = pattern_let(binder, member);
    Bound *test;
    if (count == 1) {
        test = bind_pattern_in(binder, sub->a, element.local, rules);
    } else {
        Narrowed narrowed = narrow(binder, element.local, type_nullable_underlying(member->type), span);
        Let inner = pattern_let(binder, narrowed.value);
        test = pattern_and(
            binder, narrowed.test,
            pattern_let_in(binder, &inner, bind_path(binder, sub, names + 1, count - 1, inner.local, rules), span));
    }
    return pattern_let_in(binder, &element, test, sub->span);
}

static Bound *bind_properties(Binder *binder, Node *pattern, Bound *value, PatternRules rules)
{
    Bound *test = make_bool(binder, true, pattern->span);
    for (uint32_t i = 0; i < pattern->extra.count; i++) {
        Node *sub = pattern->extra.at[i];
        Node *names[32];
        if (!sub->name && !sub->c) {
            ERROR_AT(binder, sub->span, ERROR_PROPERTY_PATTERN_NAME);
            test = bad(binder, sub->span);
            continue;
        }
        uint32_t count = 1;
        names[0] = sub;
        if (sub->c)
            count = path_of(sub->c, names, sizeof names / sizeof *names);
        test = pattern_and(binder, test, bind_path(binder, sub, names, count, value, rules));
    }
    return test;
}

static Bound *bind_recursive(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    Type *type =
        pattern->a ? bind_type(binder->world, &binder->types, pattern->a) : type_nullable_underlying(input->type);
    bool is_bare = !pattern->a && !(pattern->flags & FLAG_PROPERTY) && is_discard(pattern->b);
    if (is_bare && (pattern->flags & FLAG_POSITIONAL))
        type = type_with_elements(binder, type);
    Span type_span = pattern->a ? pattern->a->span : pattern->span;
    Narrowed narrowed = {NULL, NULL};
    if (!pattern->a || check_pattern_type(binder, type, type_span))
        narrowed = narrow(binder, input, type, type_span);
    if (!narrowed.test) { /* go on with an unknown value, so that the variables exist */
        narrowed.test = bad(binder, pattern->span);
        narrowed.value = bound_local(
            binder->world, local_new(binder->world, binder->function, LOCAL_TEMP, NULL, type, type_span), type_span);
    }
    Let value = pattern_let(binder, narrowed.value);
    Bound *test = make_bool(binder, true, pattern->span);
    if (pattern->flags & FLAG_POSITIONAL)
        test = bind_positional(binder, pattern, value.local, rules);
    test = pattern_and(binder, test, bind_properties(binder, pattern, value.local, rules));
    test = pattern_and(binder, test, designate(binder, pattern->b, type, pattern_again(binder, value.local), rules));
    return pattern_and(binder, narrowed.test, pattern_let_in(binder, &value, test, pattern->span));
}

/* --- list patterns
 * ---------------------------------------------------------------------------------------------------------------- */

static Bound *list_length(Binder *binder, Bound *value, Span span)
{
    static const char *const names[] = {"Length", "Count"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Found found;
        Name name = name_of(binder->world->names, names[i]);
        if (lookup_member(binder, value->type, name, &found) && found.kind == MEMBER_PROPERTY)
            return to_rvalue(binder,
                             member_access(binder, pattern_again(binder, value), name, NULL, NULL, span, false));
    }
    return NULL;
}

/* The index of an element: from the front, or `length - back`. */
static Bound *list_index(Binder *binder, Bound *length, uint32_t front, uint32_t back, Span span)
{
    if (!back)
        return bound_constant_int(binder->world, (int32_t)front, span);
    return make_binary(binder, OP_SUBTRACT, pattern_again(binder, length),
                       bound_constant_int(binder->world, (int32_t)back, span), binder->world->int_type, span);
}

static Bound *list_element(Binder *binder, Bound *value, Bound *index, Span span)
{
    if (value->type->kind == TYPE_ARRAY && value->type->rank == 1) {
        Bound *element = bound_new(binder->world, BOUND_ELEMENT, value->type->element, span);
        element->a = pattern_again(binder, value);
        element->b = index;
        return element;
    }
    Found found;
    if (lookup_member(binder, value->type, name_of(binder->world->names, "Item"), &found) &&
        found.kind == MEMBER_PROPERTY) {
        Property *property = found.member->property;
        if (property->getter && property->parameter_count == 1 &&
            property->parameters[0].type == binder->world->int_type)
            return make_call(binder, (MethodRef){property->getter, found.owner, NULL}, pattern_again(binder, value),
                             &index, 1, span);
    }
    return NULL;
}

/* `value[front .. length - back]` as Roslyn takes it: GetSubArray, Substring or Slice. */
static Bound *list_slice(Binder *binder, Bound *value, Bound *length, uint32_t front, uint32_t back, Span span)
{
    World *world = binder->world;
    Bound *start = bound_constant_int(world, (int32_t)front, span);
    Bound *count = make_binary(binder, OP_SUBTRACT, pattern_again(binder, length),
                               bound_constant_int(world, (int32_t)(front + back), span), world->int_type, span);
    Bound *arguments[2] = {start, count};
    if (value->type->kind != TYPE_ARRAY)
        return call_named(binder, pattern_again(binder, value), value->type,
                          value->type == world->string_type ? "Substring" : "Slice", arguments, 2, span);
    Method *method = type_method_named(world, world->special[SPECIAL_RUNTIME_HELPERS], "GetSubArray", 2);
    Type *index_type = type_special(world, SPECIAL_INDEX);
    if (!method)
        return NULL;
    ArgumentInfo from[2] = {{.value = start}, {.value = make_bool(binder, false, span)}};
    ArgumentInfo to[2] = {{.value = bound_constant_int(world, (int32_t)back, span)},
                          {.value = make_bool(binder, true, span)}};
    ArgumentInfo ends[2] = {{.value = bind_new(binder, index_type, from, 2, NULL, span)},
                            {.value = bind_new(binder, index_type, to, 2, NULL, span)}};
    arguments[0] = pattern_again(binder, value);
    arguments[1] = bind_new(binder, type_special(world, SPECIAL_RANGE), ends, 2, NULL, span);
    MethodRef ref = {method, method->owner->self, ARENA_ARRAY(binder->arena, Type *, 1)};
    ref.arguments[0] = value->type->element;
    return make_call(binder, ref, NULL, arguments, 2, span);
}

static Bound *bind_list_item(Binder *binder, Node *item, Bound *value, Bound *length, uint32_t front, uint32_t back,
                             uint32_t items_after, PatternRules rules)
{
    bool is_slice = item->kind == NODE_SLICE_PATTERN;
    Node *sub = is_slice ? item->a : item;
    if (!sub || sub->kind == NODE_DISCARD_PATTERN)
        return make_bool(binder, true, item->span);
    Bound *part = is_slice
                      ? list_slice(binder, value, length, front, items_after, item->span)
                      : list_element(binder, value, list_index(binder, length, front, back, item->span), item->span);
    if (!part || is_bad(part)) {
        if (!part)
            ERROR_AT(binder, item->span, ERROR_CANNOT_INDEX, type_text(binder->world, value->type));
        return bad(binder, item->span);
    }
    Let element = pattern_let(binder, part);
    return pattern_let_in(binder, &element, bind_pattern_in(binder, sub, element.local, rules), item->span);
}

static Bound *bind_list_items(Binder *binder, Node *pattern, Bound *value, Bound *length, PatternRules rules)
{
    World *world = binder->world;
    uint32_t count = pattern->items.count, slice = count;
    for (uint32_t i = 0; i < count; i++)
        if (pattern->items.at[i]->kind == NODE_SLICE_PATTERN) {
            if (slice < count) {
                ERROR_AT(binder, pattern->items.at[i]->span, ERROR_MISPLACED_SLICE);
                return bad(binder, pattern->span);
            }
            slice = i;
        }
    bool has_slice = slice < count;
    int32_t needed = (int32_t)(has_slice ? count - 1 : count);
    Bound *test = make_binary(binder, has_slice ? OP_GREATER_EQUAL : OP_EQUAL, pattern_again(binder, length),
                              bound_constant_int(world, needed, pattern->span), world->bool_type, pattern->span);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t after_it = count - i;
        Bound *part = bind_list_item(binder, pattern->items.at[i], value, length, i, i > slice ? after_it : 0,
                                     after_it - 1, rules);
        test = pattern_and(binder, test, part);
    }
    return test;
}

static Bound *bind_list(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    Narrowed narrowed = narrow(binder, input, type_nullable_underlying(input->type), pattern->span);
    Let value = pattern_let(binder, narrowed.value);
    Bound *found_length = list_length(binder, value.local, pattern->span);
    if (!found_length) {
        if (input->type->kind != TYPE_ERROR)
            ERROR_AT(binder, pattern->span, ERROR_LIST_PATTERN_TYPE, type_text(binder->world, input->type));
        return bad(binder, pattern->span);
    }
    Let length = pattern_let(binder, found_length);
    Bound *test = pattern_let_in(binder, &length, bind_list_items(binder, pattern, value.local, length.local, rules),
                                 pattern->span);
    test = pattern_and(binder, test,
                       designate(binder, pattern->b, value.local->type, pattern_again(binder, value.local), rules));
    return pattern_and(binder, narrowed.test, pattern_let_in(binder, &value, test, pattern->span));
}

/* --- any pattern ------------------------------------------------------------------------------------------------- */

/* A chain of `or` or `and` nests to the left as deep as it is long. */
static Bound *bind_combined(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    NodeKind kind = (NodeKind)pattern->kind;
    if (kind == NODE_OR_PATTERN)
        rules = (PatternRules){false, false};
    uint32_t count = 1;
    for (Node *at = pattern; at->kind == kind; at = at->a)
        count++;
    Node **parts = ARENA_ARRAY(binder->arena, Node *, count);
    Node *at = pattern;
    for (uint32_t i = count - 1; i > 0; i--, at = at->a)
        parts[i] = at->b;
    parts[0] = at;
    Bound *test = bind_pattern_in(binder, parts[0], input, rules);
    for (uint32_t i = 1; i < count; i++) {
        Bound *next = bind_pattern_in(binder, parts[i], input, rules);
        test = kind == NODE_OR_PATTERN ? pattern_or(binder, test, next) : pattern_and(binder, test, next);
    }
    return test;
}

/* After `T and p` the input of p is known to be a T. */
static Bound *bind_and(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    Node *first = pattern->a;
    while (first->kind == NODE_PARENTHESIZED_PATTERN)
        first = first->a;
    bool narrows = first->kind == NODE_DECLARATION_PATTERN || (first->kind == NODE_RECURSIVE_PATTERN && first->a) ||
                   first->kind == NODE_TYPE_PATTERN;
    if (!narrows || may_be_null(input->type) == false)
        return bind_combined(binder, pattern, input, rules);
    Type *type = NULL;
    Bound *test;
    if (first->kind == NODE_TYPE_PATTERN) {
        NamedThing thing = pattern_resolve_named(binder, first->a);
        type = thing.type;
        test = pattern_named_test(binder, thing, input, first->a->span);
    } else {
        test = bind_pattern_in(binder, first, input, rules);
        type = bind_type(binder->world, &binder->types, first->a);
    }
    Bound *next;
    if (type && type->kind != TYPE_ERROR && !type_same(type, input->type) && !is_bad(test)) {
        Let value = pattern_let(binder, narrow(binder, input, type, first->span).value);
        next = pattern_let_in(binder, &value, bind_pattern_in(binder, pattern->b, value.local, rules), pattern->span);
    } else {
        next = bind_pattern_in(binder, pattern->b, input, rules);
    }
    return pattern_and(binder, test, next);
}

static Bound *bind_pattern_in(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    switch (pattern->kind) {
    case NODE_DISCARD_PATTERN:
        return make_bool(binder, true, pattern->span);
    case NODE_PARENTHESIZED_PATTERN:
        return bind_pattern_in(binder, pattern->a, input, rules);
    case NODE_NOT_PATTERN:
        rules.permits_variables &= rules.under_is;
        return logical_not(binder, bind_pattern_in(binder, pattern->a, input, rules));
    case NODE_AND_PATTERN:
        return bind_and(binder, pattern, input, rules);
    case NODE_OR_PATTERN:
        return bind_combined(binder, pattern, input, rules);
    case NODE_RELATIONAL_PATTERN:
        return bind_relational(binder, pattern, input);
    case NODE_VAR_PATTERN:
        return bind_var(binder, pattern->b, input, rules);
    case NODE_DECLARATION_PATTERN:
        return bind_declaration(binder, pattern, input, rules);
    case NODE_TYPE_PATTERN:
        return pattern_named_test(binder, pattern_resolve_named(binder, pattern->a), input, pattern->a->span);
    case NODE_CONSTANT_PATTERN:
        if (pattern_is_name(pattern->a))
            return pattern_named_test(binder, pattern_resolve_named(binder, pattern->a), input, pattern->a->span);
        return constant_test(binder, bind_value(binder, pattern->a), input);
    case NODE_RECURSIVE_PATTERN:
        return bind_recursive(binder, pattern, input, (PatternRules){rules.permits_variables, false});
    case NODE_LIST_PATTERN:
        return bind_list(binder, pattern, input, (PatternRules){rules.permits_variables, false});
    case NODE_SLICE_PATTERN:
        ERROR_AT(binder, pattern->span, ERROR_MISPLACED_SLICE);
        return bad(binder, pattern->span);
    default:
        return bad(binder, pattern->span);
    }
}

Bound *bind_pattern(Binder *binder, Node *pattern, Bound *input, Span span)
{
    (void)span;
    return bind_pattern_in(binder, pattern, input, (PatternRules){true, false});
}

/* --- is ---------------------------------------------------------------------------------------------------------- */

/* `value is T`: no variable, nothing needs the value afterwards. */
static Bound *is_of_type(Binder *binder, Bound *value, Type *type, Span span)
{
    World *world = binder->world;
    if (is_bad(value) || type->kind == TYPE_ERROR)
        return bad(binder, span);
    type = type_nullable_underlying(type);
    if (value->type->kind == TYPE_NULL)
        return make_bool(binder, false, span);
    Type *from = type_nullable_underlying(value->type);
    BoundList effects = {0};
    LocalList locals = {0};
    if (pattern_is_upcast(world, from, type)) {
        if (may_be_null(value->type))
            return null_check(binder, value, span);
        list_add(binder, &effects, value);
        return make_sequence(binder, &locals, &effects, make_bool(binder, true, span), span);
    }
    if (!from->is_open && !type->is_open && !may_hold(binder, value, type)) {
        list_add(binder, &effects, value);
        return make_sequence(binder, &locals, &effects, make_bool(binder, false, span), span);
    }
    return is_test(binder, value->type->kind == TYPE_PARAMETER ? value : boxed(binder, value), type, span);
}

/* The type that `x is NAME` means, or NULL when the name is a constant. A type wins over a value of the same name. */
static Type *type_of_is(Binder *binder, Node *node)
{
    if (!pattern_is_name(node))
        return bind_type(binder->world, &binder->types, node);
    DiagnosticList *list = binder->diagnostics;
    uint32_t errors = list->error_count;
    bool was_muted = list->muted;
    list->muted = true;
    Type *type = bind_type(binder->world, &binder->types, node);
    bool is_type = type->kind != TYPE_ERROR;
    bool is_value = false;
    if (!is_type) {
        Bound *value = bind_expression(binder, node);
        is_value = !is_bad(value) && value->kind != BOUND_TYPE_EXPRESSION && value->kind != BOUND_NAMESPACE_EXPRESSION;
    }
    list->muted = was_muted;
    list->error_count = errors;
    if (is_value)
        return NULL;
    return is_type ? type : bind_type(binder->world, &binder->types, node); /* once more, to report */
}

Bound *bind_is(Binder *binder, Node *node)
{
    Bound *value = bind_typed(binder, node->a);
    if (node->b->kind == NODE_TYPE_PATTERN) {
        Type *type = type_of_is(binder, node->b->a);
        if (type)
            return is_of_type(binder, value, type, node->span);
    }
    bool broken = is_bad(value);
    if (broken) {
        Local *unknown =
            local_new(binder->world, binder->function, LOCAL_TEMP, NULL, binder->world->error_type, value->span);
        value = bound_local(binder->world, unknown, value->span);
    }
    if (value->type->kind == TYPE_NULL)
        value = convert_implicit(binder, value, binder->world->object_type, value->span);
    Let input = pattern_let(binder, value);
    Bound *test = bind_pattern_in(binder, node->b, input.local, (PatternRules){true, true});
    return broken ? bad(binder, node->span) : pattern_let_in(binder, &input, test, node->span);
}
