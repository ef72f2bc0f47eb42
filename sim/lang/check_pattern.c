/* Patterns (C# spec 11), `is`, the two kinds of switch, and `with`.
 *
 * A pattern becomes one bool expression over a local that holds the input. Values on the way (properties, tuple
 * elements) live in temps of SEQUENCEs around the tests that need them; variables are assigned by `(x = value; true)`,
 * so that flow analysis sees without any knowledge of patterns that they are assigned when the test is true. */
#include "lang/check_internal.h"

#include <string.h>

/* Beyond this many arms a switch expression is a balanced || instead of nested ?:, which later passes would recurse
 * into. */
enum { MOST_NESTED_ARMS = 48 };

struct SwitchScope {
    Type *type;       /* of the governing value */
    Constant *values; /* constants of case labels, with the labels of their sections */
    Label **labels;
    uint32_t count, capacity, label_capacity;
    Label *default_label;
};

/* What a pattern may do: variables are not allowed under `or`, and under `not` only directly in an `is`. */
typedef struct PatternRules {
    bool permits_variables;
    bool under_is;
} PatternRules;

static Bound *bind_pattern_in(Binder *binder, Node *pattern, Bound *input, PatternRules rules);

/* --- helpers
 * ------------------------------------------------------------------------------------------------------------ */

/* Nodes of the typed tree are never shared: every read is its own node. */
static Bound *again(Binder *binder, const Bound *input)
{
    return bound_local(binder->world, input->local, input->span);
}

static bool is_true(const Bound *test)
{
    return test->kind == BOUND_CONSTANT && test->constant.kind == CONSTANT_BOOL && test->constant.integer;
}

/* `(x = 1; true)` and the like, too. */
static bool is_always_true(const Bound *test)
{
    while (test->kind == BOUND_SEQUENCE)
        test = test->a;
    if (test->kind == BOUND_AND_ALSO)
        return is_always_true(test->a) && is_always_true(test->b);
    return is_true(test);
}

static Bound *and_also(Binder *binder, Bound *a, Bound *b)
{
    Span span = {a->span.start, b->span.end};
    if (is_bad(a) || is_bad(b))
        return bad(binder, span);
    if (is_true(a))
        return b;
    if (is_true(b))
        return a;
    Bound *result = bound_new(binder->world, BOUND_AND_ALSO, binder->world->bool_type, span);
    result->a = a;
    result->b = b;
    return result;
}

static Bound *or_else(Binder *binder, Bound *a, Bound *b)
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
static Bound *after(Binder *binder, Bound *effect, Span span)
{
    BoundList effects = {0};
    LocalList locals = {0};
    list_add(binder, &effects, effect);
    return make_sequence(binder, &locals, &effects, make_bool(binder, true, span), span);
}

/* A value kept in a temp for the tests that follow. */
typedef struct Let {
    BoundList effects;
    LocalList locals;
    Bound *local;
} Let;

static bool is_stable_local(const Bound *value)
{
    return value->kind == BOUND_LOCAL && value->local->ref_kind == REF_NONE;
}

static Let let(Binder *binder, Bound *value)
{
    Let result = {0};
    result.local = is_stable_local(value) ? value : make_temp(binder, value, &result.effects, &result.locals);
    return result;
}

static Bound *let_in(Binder *binder, Let *let, Bound *test, Span span)
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

static bool is_plain_upcast(World *world, Type *from, Type *to)
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
    if (is_plain_upcast(world, from, type)) {
        Bound *value = is_nullable ? nullable_value(binder, again(binder, input), span) : again(binder, input);
        result.test =
            may_be_null(input->type) ? null_check(binder, again(binder, input), span) : make_bool(binder, true, span);
        result.value = type_same(from, type) ? value : convert_implicit(binder, value, type, span);
        return result;
    }
    if (!may_hold(binder, input, type)) {
        ERROR_AT(binder, span, ERROR_PATTERN_TYPE, type_text(world, input->type), type_text(world, type));
        return result;
    }
    result.test = is_test(binder, boxed(binder, again(binder, input)), type, span);
    bool to_reference = type_is_reference(type) || type->kind == TYPE_INTERFACE;
    result.value = make_convert(binder, boxed(binder, again(binder, input)), type,
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
    return after(binder, make_assign(binder, target, value, designation->span), designation->span);
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

/* What a name in a pattern turned out to be. */
typedef struct NamedThing {
    Type *type;   /* a type, or */
    Bound *value; /* an expression */
} NamedThing;

static bool is_name(const Node *node)
{
    return node->kind == NODE_NAME || node->kind == NODE_QUALIFIED;
}

static NamedThing resolve_named(Binder *binder, Node *node)
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

static bool is_null_value(const Bound *value)
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
    return logical_not(binder, null_check(binder, again(binder, input), value->span));
}

static Bound *constant_test(Binder *binder, Bound *value, Bound *input)
{
    if (is_bad(value))
        return value;
    if (is_null_value(value))
        return null_test(binder, value, input);
    Bound *constant = constant_for_input(binder, value, input);
    if (report_not_constant(binder, constant, input->type))
        return bad(binder, value->span);
    if (is_null_value(constant)) /* `default` */
        return null_test(binder, constant, input);
    if (input->type == binder->world->string_type)
        return equals_constant(binder, again(binder, input), constant, value->span);
    Narrowed narrowed = narrow(binder, input, constant->type, value->span);
    if (!narrowed.test)
        return bad(binder, value->span);
    return and_also(binder, narrowed.test, equals_constant(binder, narrowed.value, constant, value->span));
}

static Bound *type_test(Binder *binder, Type *type, Bound *input, Span span)
{
    if (!check_pattern_type(binder, type, span))
        return bad(binder, span);
    Narrowed narrowed = narrow(binder, input, type, span);
    return narrowed.test ? narrowed.test : bad(binder, span);
}

static Bound *named_test(Binder *binder, NamedThing thing, Bound *input, Span span)
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
        ERROR_AT(binder, pattern->span, ERROR_RELATIONAL_TYPE, type_text(binder->world, compared));
        return bad(binder, pattern->span);
    }
    Bound *constant = constant_for_input(binder, value, input);
    if (report_not_constant(binder, constant, input->type))
        return bad(binder, pattern->span);
    Narrowed narrowed = narrow(binder, input, constant->type, pattern->span);
    if (!narrowed.test)
        return bad(binder, pattern->span);
    Bound *test = bind_binary_of(binder, (TokenKind)pattern->token, narrowed.value, constant, pattern, pattern->span);
    return and_also(binder, narrowed.test, test);
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
    return and_also(binder, narrowed.test, designate(binder, pattern->b, type, narrowed.value, rules));
}

static Bound *var_elements(Binder *binder, Node *designation, Bound *input, PatternRules rules);

static Bound *bind_var(Binder *binder, Node *designation, Bound *input, PatternRules rules)
{
    if (designation && designation->kind == NODE_PARENTHESIZED_DESIGNATION)
        return var_elements(binder, designation, input, rules);
    return designate(binder, designation, input->type, again(binder, input), rules);
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
    elements->fits = make_binary(binder, OP_EQUAL, list_length(binder, value, span), count, binder->world->bool_type, span);
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
            elements->values[i] = tuple_element(binder, again(binder, value), i, span);
        return true;
    }
    if (value->type == ituple_type(binder)) {
        get_tuple_elements(binder, value, elements, span);
        return true;
    }
    Bound *call = call_deconstruct(binder, again(binder, value), elements, span);
    if (!call) {
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
    Let value = let(binder, narrowed.value);
    Elements elements;
    if (!get_elements(binder, value.local, designation->items.count, &elements, designation->span)) {
        for (uint32_t i = 0; i < designation->items.count; i++)
            declare_broken(binder, designation->items.at[i], NULL, designation->span);
        return bad(binder, designation->span);
    }
    Bound *test = elements.fits ? elements.fits : make_bool(binder, true, designation->span);
    for (uint32_t i = 0; i < elements.count; i++) {
        Let element = let(binder, elements.values[i]);
        Bound *part = bind_var(binder, designation->items.at[i], element.local, rules);
        test = and_also(binder, test, let_in(binder, &element, part, designation->span));
    }
    test = make_sequence(binder, &elements.locals, &elements.effects, test, designation->span);
    return and_also(binder, narrowed.test, let_in(binder, &value, test, designation->span));
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
        Let element = let(binder, fits ? elements.values[i] : bound_local(binder->world, unknown, sub->span));
        Bound *part = bind_pattern_in(binder, sub, element.local, rules);
        test = and_also(binder, test, let_in(binder, &element, part, sub->span));
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
    return to_rvalue(binder, member_access(binder, again(binder, value), name, NULL, node, span, false));
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
    Let element = let(binder, member);
    Bound *test;
    if (count == 1) {
        test = bind_pattern_in(binder, sub->a, element.local, rules);
    } else {
        Narrowed narrowed = narrow(binder, element.local, type_nullable_underlying(member->type), span);
        Let inner = let(binder, narrowed.value);
        test = and_also(binder, narrowed.test,
                        let_in(binder, &inner, bind_path(binder, sub, names + 1, count - 1, inner.local, rules), span));
    }
    return let_in(binder, &element, test, sub->span);
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
        test = and_also(binder, test, bind_path(binder, sub, names, count, value, rules));
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
    Let value = let(binder, narrowed.value);
    Bound *test = make_bool(binder, true, pattern->span);
    if (pattern->flags & FLAG_POSITIONAL)
        test = bind_positional(binder, pattern, value.local, rules);
    test = and_also(binder, test, bind_properties(binder, pattern, value.local, rules));
    test = and_also(binder, test, designate(binder, pattern->b, type, again(binder, value.local), rules));
    return and_also(binder, narrowed.test, let_in(binder, &value, test, pattern->span));
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
            return to_rvalue(binder, member_access(binder, again(binder, value), name, NULL, NULL, span, false));
    }
    return NULL;
}

/* The index of an element: from the front, or `length - back`. */
static Bound *list_index(Binder *binder, Bound *length, uint32_t front, uint32_t back, Span span)
{
    if (!back)
        return bound_constant_int(binder->world, (int32_t)front, span);
    return make_binary(binder, OP_SUBTRACT, again(binder, length),
                       bound_constant_int(binder->world, (int32_t)back, span), binder->world->int_type, span);
}

static Bound *list_element(Binder *binder, Bound *value, Bound *index, Span span)
{
    if (value->type->kind == TYPE_ARRAY && value->type->rank == 1) {
        Bound *element = bound_new(binder->world, BOUND_ELEMENT, value->type->element, span);
        element->a = again(binder, value);
        element->b = index;
        return element;
    }
    Found found;
    if (lookup_member(binder, value->type, name_of(binder->world->names, "Item"), &found) &&
        found.kind == MEMBER_PROPERTY) {
        Property *property = found.member->property;
        if (property->getter && property->parameter_count == 1 &&
            property->parameters[0].type == binder->world->int_type)
            return make_call(binder, (MethodRef){property->getter, found.owner, NULL}, again(binder, value), &index, 1,
                             span);
    }
    return NULL;
}

/* `value[front .. length - back]` as Roslyn takes it: GetSubArray, Substring or Slice. */
static Bound *list_slice(Binder *binder, Bound *value, Bound *length, uint32_t front, uint32_t back, Span span)
{
    World *world = binder->world;
    Bound *start = bound_constant_int(world, (int32_t)front, span);
    Bound *count = make_binary(binder, OP_SUBTRACT, again(binder, length),
                               bound_constant_int(world, (int32_t)(front + back), span), world->int_type, span);
    Bound *arguments[2] = {start, count};
    if (value->type->kind != TYPE_ARRAY)
        return call_named(binder, again(binder, value), value->type,
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
    arguments[0] = again(binder, value);
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
    Let element = let(binder, part);
    return let_in(binder, &element, bind_pattern_in(binder, sub, element.local, rules), item->span);
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
    Bound *test = make_binary(binder, has_slice ? OP_GREATER_EQUAL : OP_EQUAL, again(binder, length),
                              bound_constant_int(world, needed, pattern->span), world->bool_type, pattern->span);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t after_it = count - i;
        Bound *part = bind_list_item(binder, pattern->items.at[i], value, length, i, i > slice ? after_it : 0,
                                     after_it - 1, rules);
        test = and_also(binder, test, part);
    }
    return test;
}

static Bound *bind_list(Binder *binder, Node *pattern, Bound *input, PatternRules rules)
{
    Narrowed narrowed = narrow(binder, input, type_nullable_underlying(input->type), pattern->span);
    Let value = let(binder, narrowed.value);
    Bound *found_length = list_length(binder, value.local, pattern->span);
    if (!found_length) {
        if (input->type->kind != TYPE_ERROR)
            ERROR_AT(binder, pattern->span, ERROR_LIST_PATTERN_TYPE, type_text(binder->world, input->type));
        return bad(binder, pattern->span);
    }
    Let length = let(binder, found_length);
    Bound *test =
        let_in(binder, &length, bind_list_items(binder, pattern, value.local, length.local, rules), pattern->span);
    test = and_also(binder, test, designate(binder, pattern->b, value.local->type, again(binder, value.local), rules));
    return and_also(binder, narrowed.test, let_in(binder, &value, test, pattern->span));
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
        test = kind == NODE_OR_PATTERN ? or_else(binder, test, next) : and_also(binder, test, next);
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
        NamedThing thing = resolve_named(binder, first->a);
        type = thing.type;
        test = named_test(binder, thing, input, first->a->span);
    } else {
        test = bind_pattern_in(binder, first, input, rules);
        type = bind_type(binder->world, &binder->types, first->a);
    }
    Bound *next;
    if (type && type->kind != TYPE_ERROR && !type_same(type, input->type) && !is_bad(test)) {
        Let value = let(binder, narrow(binder, input, type, first->span).value);
        next = let_in(binder, &value, bind_pattern_in(binder, pattern->b, value.local, rules), pattern->span);
    } else {
        next = bind_pattern_in(binder, pattern->b, input, rules);
    }
    return and_also(binder, test, next);
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
        return named_test(binder, resolve_named(binder, pattern->a), input, pattern->a->span);
    case NODE_CONSTANT_PATTERN:
        if (is_name(pattern->a))
            return named_test(binder, resolve_named(binder, pattern->a), input, pattern->a->span);
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
    if (is_plain_upcast(world, from, type)) {
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
    if (!is_name(node))
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
    Let input = let(binder, value);
    Bound *test = bind_pattern_in(binder, node->b, input.local, (PatternRules){true, true});
    return broken ? bad(binder, node->span) : let_in(binder, &input, test, node->span);
}

/* --- which patterns can never match because of earlier ones
 * --------------------------------------------------------------------------- */

/* Tests that earlier arms decided without a `when`. */
typedef struct Handled {
    Bound **tests;
    uint32_t count, capacity;
    bool everything;
} Handled;

static bool reads_local(const Bound *value, const Local *input)
{
    while (value->kind == BOUND_CONVERT)
        value = value->a;
    return value->kind == BOUND_LOCAL && value->local == input;
}

static bool is_null_check_of(const Bound *test, const Local *input)
{
    return test->kind == BOUND_BINARY && test->op == OP_NOT_EQUAL && reads_local(test->a, input) &&
           test->b->kind == BOUND_CONSTANT && test->b->constant.kind == CONSTANT_NULL;
}

/* The constant that a test compares the whole input with. */
static const Bound *compared_constant(const Bound *test, const Local *input)
{
    const Bound *a = NULL, *b = NULL;
    if (test->kind == BOUND_BINARY && test->op == OP_EQUAL) {
        a = test->a;
        b = test->b;
    } else if (test->kind == BOUND_CALL && !test->a && test->items.count == 2 &&
               strcmp(test->method.method->name->text, "op_Equality") == 0) {
        a = test->items.at[0];
        b = test->items.at[1];
    }
    Constant constant;
    return a && reads_local(a, input) && get_constant(b, &constant) ? b : NULL;
}

static bool same_constant(const Constant *a, const Constant *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case CONSTANT_STRING:
        return a->unit_count == b->unit_count &&
               (!a->unit_count || memcmp(a->units, b->units, a->unit_count * sizeof *a->units) == 0);
    case CONSTANT_FLOAT:
    case CONSTANT_DOUBLE:
        return a->real == b->real;
    case CONSTANT_DECIMAL:
        return memcmp(&a->decimal, &b->decimal, sizeof a->decimal) == 0;
    case CONSTANT_NULL:
    case CONSTANT_NONE:
        return true;
    default:
        return a->integer == b->integer;
    }
}

/* The whole numbers that pass a test of the input, as far as that is an interval. */
static bool interval_of(const Bound *test, const Local *input, int64_t *low, int64_t *high)
{
    const Bound *constant = compared_constant(test, input);
    Constant value;
    if (test->kind == BOUND_BINARY && test->op >= OP_LESS && test->op <= OP_GREATER_EQUAL &&
        reads_local(test->a, input))
        constant = test->b;
    if (!constant || !get_constant(constant, &value) ||
        (value.kind != CONSTANT_INTEGER && value.kind != CONSTANT_CHAR) || value.integer == INT64_MIN ||
        value.integer == INT64_MAX)
        return false;
    uint8_t op = test->kind == BOUND_BINARY ? test->op : (uint8_t)OP_EQUAL;
    *low = op == OP_LESS || op == OP_LESS_EQUAL ? INT64_MIN : op == OP_GREATER ? value.integer + 1 : value.integer;
    *high = op == OP_GREATER || op == OP_GREATER_EQUAL ? INT64_MAX : op == OP_LESS ? value.integer - 1 : value.integer;
    return true;
}

/* Whether everything that passes `test` also passed the single test `known`. */
static bool implies(World *world, const Bound *test, const Bound *known, const Local *input)
{
    const Bound *value = compared_constant(test, input), *other = compared_constant(known, input);
    Constant a, b;
    int64_t low, high, known_low, known_high;
    if (interval_of(test, input, &low, &high) && interval_of(known, input, &known_low, &known_high))
        return low >= known_low && high <= known_high;
    if (value && other && get_constant(value, &a) && get_constant(other, &b))
        return same_constant(&a, &b);
    Type *wide = known->kind == BOUND_IS && reads_local(known->a, input) ? known->type_operand
                 : is_null_check_of(known, input)                        ? input->type
                                                                         : NULL;
    if (!wide)
        return test->kind == BOUND_UNARY && known->kind == BOUND_UNARY && is_null_check_of(test->a, input) &&
               is_null_check_of(known->a, input);
    Type *narrow_type = test->kind == BOUND_IS && reads_local(test->a, input) ? test->type_operand
                        : is_null_check_of(test, input) || value              ? input->type
                                                                              : NULL;
    return narrow_type && is_plain_upcast(world, narrow_type, wide);
}

static bool is_handled(World *world, const Handled *handled, const Bound *test, const Local *input)
{
    if (handled->everything)
        return true;
    if (test->kind == BOUND_OR_ELSE)
        return is_handled(world, handled, test->a, input) && is_handled(world, handled, test->b, input);
    if (test->kind == BOUND_AND_ALSO)
        return is_handled(world, handled, test->a, input) || is_handled(world, handled, test->b, input);
    for (uint32_t i = 0; i < handled->count; i++)
        if (implies(world, test, handled->tests[i], input))
            return true;
    return false;
}

static void add_handled(Binder *binder, Handled *handled, Bound *test)
{
    if (is_always_true(test)) {
        handled->everything = true;
    } else if (test->kind == BOUND_OR_ELSE) {
        add_handled(binder, handled, test->a);
        add_handled(binder, handled, test->b);
    } else if (test->kind == BOUND_AND_ALSO && is_always_true(test->b)) {
        add_handled(binder, handled, test->a);
    } else if (handled->count < 256) { /* comparing each with each must stay cheap */
        ARENA_PUSH(binder->arena, handled->tests, handled->count, handled->capacity, test);
    }
}

/* null and every other value together. */
static void note_exhausted(World *world, Handled *handled, const Local *input)
{
    bool null = false, rest = false, yes = false, no = false;
    for (uint32_t i = 0; i < handled->count; i++) {
        const Bound *test = handled->tests[i];
        null |= test->kind == BOUND_UNARY && test->op == OP_NOT && is_null_check_of(test->a, input);
        rest |= is_null_check_of(test, input) || (test->kind == BOUND_IS && reads_local(test->a, input) &&
                                                  is_plain_upcast(world, input->type, test->type_operand));
        if (input->type == world->bool_type) {
            yes |= reads_local(test, input);
            no |= test->kind == BOUND_UNARY && test->op == OP_NOT && reads_local(test->a, input);
        }
    }
    handled->everything |= (null && rest) || (yes && no);
}

/* --- switch expressions
 * ------------------------------------------------------------------------------------------------------------------ */

typedef struct Arm {
    Node *node;
    Scope *scope;
    Bound *sequence; /* declares the pattern's variables */
    Bound *test;
    Bound *value;
} Arm;

static void bind_arm(Binder *binder, Node *node, Bound *input, Arm *arm, Handled *handled)
{
    arm->node = node;
    arm->sequence = bound_new(binder->world, BOUND_SEQUENCE, NULL, node->span);
    arm->scope = push_scope(binder, arm->sequence);
    arm->test = bind_pattern(binder, node->a, input, node->a->span);
    if (!is_bad(arm->test)) {
        if (is_handled(binder->world, handled, arm->test, input->local))
            ERROR_AT(binder, node->a->span, ERROR_SUBSUMED_ARM);
        Constant constant;
        Bound *when = node->b ? bind_condition(binder, node->b) : NULL;
        if (!when || (get_constant(when, &constant) && constant.integer))
            add_handled(binder, handled, arm->test);
        if (when)
            arm->test = and_also(binder, arm->test, when);
        note_exhausted(binder->world, handled, input->local);
    } else if (node->b) {
        bind_condition(binder, node->b);
    }
    arm->value = bind_value(binder, node->c);
    pop_scope(binder);
}

static Bound *throw_unmatched(Binder *binder, Bound *input, Type *type, Span span)
{
    World *world = binder->world;
    Type *exception = type_special(world, SPECIAL_SWITCH_EXPRESSION_EXCEPTION);
    Bound *value = convert_implicit(binder, again(binder, input), world->object_type, span);
    Bound *result = bound_new(world, BOUND_THROW_EXPRESSION, type, span);
    result->a = bound_new(world, BOUND_NEW, exception, span);
    result->a->flags |= BOUND_COMPILER_MADE;
    type_complete(world, exception->definition);
    for (uint32_t i = 0; i < exception->definition->method_count; i++) {
        Method *method = exception->definition->methods[i];
        if (method->kind == METHOD_CONSTRUCTOR && method->parameter_count == 1 &&
            method->parameters[0].type == world->object_type)
            result->a->method = (MethodRef){method, exception, NULL};
    }
    list_add(binder, &result->a->items, value);
    return result;
}

static Bound *in_arm_scope(Arm *arm, Bound *value)
{
    if (!arm->sequence->locals.count)
        return value;
    arm->sequence->type = value->type;
    arm->sequence->a = value;
    return arm->sequence;
}

static Bound *nest_arms(Binder *binder, Arm *arms, uint32_t count, Bound *otherwise, Type *type)
{
    Bound *result = otherwise;
    for (uint32_t i = count; i-- > 0;) {
        Arm *arm = &arms[i];
        Bound *choice = arm->value;
        if (is_always_true(arm->test)) {
            BoundList effects = {0};
            LocalList none = {0};
            if (!is_true(arm->test))
                list_add(binder, &effects, arm->test);
            choice = make_sequence(binder, &none, &effects, choice, arm->node->span);
        } else {
            choice = bound_new(binder->world, BOUND_CONDITIONAL, type, arm->node->span);
            choice->a = arm->test;
            choice->b = arm->value;
            choice->c = result;
        }
        result = in_arm_scope(arm, choice);
    }
    return result;
}

static Bound *balanced_or(Binder *binder, Bound **tests, uint32_t count)
{
    if (count == 1)
        return tests[0];
    return or_else(binder, balanced_or(binder, tests, count / 2),
                   balanced_or(binder, tests + count / 2, count - count / 2));
}

/* (test1 && (r = value1; true)) || (test2 && ...) || throw; r */
static Bound *chain_arms(Binder *binder, Arm *arms, uint32_t count, Bound *otherwise, Type *type, Span span)
{
    World *world = binder->world;
    Bound **tests = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    BoundList effects = {0};
    LocalList locals = {0};
    Local *result = local_new(world, binder->function, LOCAL_TEMP, NULL, type, span);
    ARENA_PUSH(binder->arena, locals.at, locals.count, locals.capacity, result);
    for (uint32_t i = 0; i < count; i++) {
        Bound *assign = make_assign(binder, bound_local(world, result, span), arms[i].value, arms[i].node->span);
        tests[i] = in_arm_scope(&arms[i], and_also(binder, arms[i].test, after(binder, assign, arms[i].node->span)));
    }
    if (otherwise) {
        otherwise->type = world->bool_type;
        tests[count++] = otherwise;
    }
    list_add(binder, &effects, balanced_or(binder, tests, count));
    return make_sequence(binder, &locals, &effects, bound_local(world, result, span), span);
}

/* The value's own node, or a temp, or a broken stand-in when it has errors. */
static Let governing_value(Binder *binder, Node *node, bool *broken)
{
    Bound *value = bind_typed(binder, node);
    if (!is_bad(value) && (type_is_void(value->type) || value->type->kind == TYPE_NULL)) {
        ERROR_AT(binder, node->span, ERROR_SWITCH_VALUE);
        value = bad(binder, node->span);
    }
    *broken = is_bad(value);
    if (*broken) {
        Local *unknown =
            local_new(binder->world, binder->function, LOCAL_TEMP, NULL, binder->world->error_type, node->span);
        return (Let){.local = bound_local(binder->world, unknown, node->span)};
    }
    return let(binder, value);
}

/* What the arms were before they got a type; hangs on the result. */
typedef struct ArmValues {
    uint32_t count;
    Bound **at;
} ArmValues;

static void remember_arms(Binder *binder, Bound *result, Node *node, Bound **values)
{
    if (result->kind != BOUND_CONDITIONAL && result->kind != BOUND_SEQUENCE && result->kind != BOUND_SWITCH_UNTYPED)
        return;
    ArmValues *arms = ARENA_NEW(binder->arena, ArmValues);
    *arms = (ArmValues){node->items.count, values};
    result->syntax = node;
    result->binder_data = arms;
}

bool is_switch_value(const Bound *value)
{
    return (value->kind == BOUND_CONDITIONAL || value->kind == BOUND_SEQUENCE || value->kind == BOUND_SWITCH_UNTYPED) &&
           value->syntax && value->syntax->kind == NODE_SWITCH_EXPRESSION && value->binder_data;
}

bool switch_arms_convert(Binder *binder, Bound *value, Type *to)
{
    const ArmValues *arms = value->binder_data;
    for (uint32_t i = 0; i < arms->count; i++)
        if (!classify_conversion(binder, arms->at[i], to).is_implicit)
            return false;
    return true;
}

static Bound *untyped_switch(Binder *binder, Node *node, Bound **values, uint32_t nested_count)
{
    if (binder->function)
        binder->function->nested_count = nested_count; /* its lambdas are bound anew with the target type */
    Bound *result = bound_new(binder->world, BOUND_SWITCH_UNTYPED, NULL, node->span);
    remember_arms(binder, result, node, values);
    return result;
}

static bool convert_arms(Binder *binder, Arm *arms, uint32_t count, Type *type)
{
    bool fits = true;
    Scope *outer = binder->scope;
    for (uint32_t i = 0; i < count; i++) {
        binder->scope = arms[i].scope;
        arms[i].value = convert_implicit(binder, arms[i].value, type, arms[i].node->c->span);
        fits &= !is_bad(arms[i].value);
    }
    binder->scope = outer;
    return fits;
}

Bound *bind_switch_expression(Binder *binder, Node *node, Type *target)
{
    bool broken;
    uint32_t count = node->items.count;
    uint32_t nested_count = binder->function ? binder->function->nested_count : 0;
    Let input = governing_value(binder, node->a, &broken);
    Arm *arms = ARENA_ARRAY(binder->arena, Arm, count + 1);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    Handled handled = {0};
    for (uint32_t i = 0; i < count; i++) {
        bind_arm(binder, node->items.at[i], input.local, &arms[i], &handled);
        values[i] = arms[i].value;
        broken |= is_bad(arms[i].test) || is_bad(arms[i].value);
    }
    if (broken)
        return bad(binder, node->span);
    Type *type = target ? target : best_common_type(binder, values, count);
    if (!type || type->kind == TYPE_NULL)
        return untyped_switch(binder, node, values, nested_count);
    if (!convert_arms(binder, arms, count, type))
        return bad(binder, node->span);
    Bound *otherwise =
        count && is_always_true(arms[count - 1].test) ? NULL : throw_unmatched(binder, input.local, type, node->span);
    Bound *result = count > MOST_NESTED_ARMS ? chain_arms(binder, arms, count, otherwise, type, node->span)
                                             : nest_arms(binder, arms, count, otherwise, type);
    result = let_in(binder, &input, result, node->span);
    if (!target)
        remember_arms(binder, result, node, values);
    return result;
}

/* --- switch statements ------------------------------------------------------------------------------------------- */

typedef struct Section {
    Node *node;
    Scope *scope; /* of the pattern variables */
    Label *label;
} Section;

typedef struct CaseLabel {
    Node *node;
    Section *section;
    NamedThing thing;  /* constant labels */
    bool is_constant;  /* thing.value is a constant of the governing type */
    bool is_duplicate; /* reported */
    Bound *test;
} CaseLabel;

typedef struct Switch {
    Node *node;
    Bound *block; /* everything: declares the locals */
    Bound *input;
    Section *sections;
    CaseLabel *labels;
    uint32_t label_count;
    Label *break_label;
    struct SwitchScope *scope;
} Switch;

static bool is_switch_type(World *world, Type *type)
{
    return type == world->string_type || type == world->bool_type || type == world->char_type ||
           type_is_integral(type_enum_underlying(type));
}

static bool is_constant_syntax(const Node *label)
{
    return label->a &&
           (label->a->kind == NODE_CONSTANT_PATTERN || (label->a->kind == NODE_TYPE_PATTERN && is_name(label->a->a)));
}

static void add_constant(Binder *binder, struct SwitchScope *scope, Constant value, Label *label)
{
    uint32_t count = scope->count;
    ARENA_PUSH(binder->arena, scope->labels, count, scope->label_capacity, label);
    ARENA_PUSH(binder->arena, scope->values, scope->count, scope->capacity, value);
}

/* Constant labels: their value, converted to the governing type. */
static void resolve_label(Binder *binder, Switch *sw, CaseLabel *label)
{
    Node *syntax = label->node->a->a;
    if (is_name(syntax))
        label->thing = resolve_named(binder, syntax);
    else
        label->thing.value = bind_value(binder, syntax);
    Bound *value = label->thing.value;
    if (!value || is_bad(value) || is_null_value(value) || sw->input->type->kind == TYPE_ERROR)
        return;
    Type *type = type_nullable_underlying(sw->input->type);
    if (!is_switch_type(binder->world, type) || !classify_conversion(binder, value, type).is_implicit)
        return;
    Constant constant;
    value = convert_implicit(binder, value, type, syntax->span);
    if (!get_constant(value, &constant))
        return;
    label->thing.value = value;
    label->is_constant = true;
    add_constant(binder, sw->scope, constant, label->section->label);
}

static void collect_labels(Binder *binder, Switch *sw)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < sw->node->items.count; i++)
        count += sw->node->items.at[i]->extra.count;
    sw->labels = ARENA_ARRAY(binder->arena, CaseLabel, count + 1);
    sw->sections = ARENA_ARRAY(binder->arena, Section, sw->node->items.count + 1);
    for (uint32_t i = 0; i < sw->node->items.count; i++) {
        Section *section = &sw->sections[i];
        section->node = sw->node->items.at[i];
        section->label = label_new(binder->world, NULL);
        section->scope = push_scope(binder, sw->block);
        for (uint32_t j = 0; j < section->node->extra.count; j++) {
            CaseLabel *label = &sw->labels[sw->label_count++];
            label->node = section->node->extra.at[j];
            label->section = section;
            if (label->node->kind == NODE_CASE_LABEL && is_constant_syntax(label->node)) {
                resolve_label(binder, sw, label);
            } else if (label->node->kind == NODE_DEFAULT_LABEL) {
                if (sw->scope->default_label)
                    ERROR_AT(binder, label->node->span, ERROR_DUPLICATE_CASE, "default");
                sw->scope->default_label = section->label;
            }
        }
        pop_scope(binder);
    }
}

static bool all_constant(World *world, const Switch *sw)
{
    if (!is_switch_type(world, sw->input->type))
        return false;
    for (uint32_t i = 0; i < sw->label_count; i++) {
        const CaseLabel *label = &sw->labels[i];
        if (label->node->kind == NODE_CASE_LABEL && (!label->is_constant || label->node->b))
            return false;
    }
    return true;
}

static uint32_t hash_constant(const Constant *constant)
{
    if (constant->kind != CONSTANT_STRING)
        return (uint32_t)((uint64_t)constant->integer * 0x9E3779B97F4A7C15u >> 32);
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < constant->unit_count; i++)
        hash = (hash ^ constant->units[i]) * 16777619u;
    return hash;
}

static const char *constant_text(Binder *binder, const Bound *value)
{
    const Constant *constant = &value->constant;
    Text text;
    text_init(&text, binder->arena);
    switch (constant->kind) {
    case CONSTANT_BOOL:
        return constant->integer ? "true" : "false";
    case CONSTANT_CHAR:
        text_format(&text, "%c", (int)(constant->integer < 128 ? constant->integer : '?'));
        break;
    case CONSTANT_STRING:
        text_addc(&text, '"');
        for (uint32_t i = 0; i < constant->unit_count; i++)
            text_addc(&text, constant->units[i] < 128 ? (char)constant->units[i] : '?');
        text_addc(&text, '"');
        break;
    default:
        text_format(&text, "%lld", (long long)constant->integer);
        break;
    }
    return text.at ? text.at : "";
}

static void check_duplicate_cases(Binder *binder, Switch *sw)
{
    uint32_t size = 16;
    while (size < sw->label_count * 2)
        size *= 2;
    CaseLabel **table = ARENA_ARRAY(binder->arena, CaseLabel *, size);
    for (uint32_t i = 0; i < sw->label_count; i++) {
        CaseLabel *label = &sw->labels[i];
        if (!label->is_constant)
            continue;
        const Constant *value = &label->thing.value->constant;
        uint32_t at = hash_constant(value) & (size - 1);
        while (table[at] && !same_constant(&table[at]->thing.value->constant, value))
            at = (at + 1) & (size - 1);
        if (!table[at]) {
            table[at] = label;
        } else if (!label->node->b && !table[at]->node->b) {
            label->is_duplicate = true;
            ERROR_AT(binder, label->node->span, ERROR_DUPLICATE_CASE, constant_text(binder, label->thing.value));
        }
    }
}

static Bound *label_statement(Binder *binder, Label *label, Span span)
{
    Bound *statement = new_statement(binder, BOUND_LABEL, span);
    statement->label = label;
    statement->flags |= BOUND_COMPILER_MADE;
    return statement;
}

static Bound *goto_statement(Binder *binder, Label *label, Span span)
{
    Bound *statement = new_statement(binder, BOUND_GOTO, span);
    statement->label = label;
    statement->flags |= BOUND_COMPILER_MADE;
    return statement;
}

/* Flow analysis reports when this place can be reached (CS0163, CS8070). */
static Bound *end_of_section(Binder *binder, const Switch *sw, uint32_t index)
{
    Section *section = &sw->sections[index];
    Node *last = section->node->extra.count ? section->node->extra.at[section->node->extra.count - 1] : section->node;
    Bound *marker = new_statement(binder, BOUND_NOP, last->span);
    marker->syntax = section->node;
    marker->flags |= BOUND_COMPILER_MADE | (index + 1 == sw->node->items.count ? BOUND_CONSTANT_BRANCH : 0);
    return marker;
}

/* Locals belong to the whole switch block, pattern variables to their section: while a section is bound, its scope is
 * slipped in between the block's and the outer one. */
static void bind_sections(Binder *binder, Switch *sw, Scope *inner, Bound *body)
{
    Scope *outer = inner->parent;
    for (uint32_t i = 0; i < sw->node->items.count; i++) {
        Section *section = &sw->sections[i];
        inner->parent = section->scope;
        binder->scope = inner;
        list_add(binder, &body->items, label_statement(binder, section->label, section->node->span));
        bind_statements(binder, &section->node->items, body);
        list_add(binder, &body->items, end_of_section(binder, sw, i));
    }
    inner->parent = outer;
    binder->scope = inner;
}

static void emit_constant_switch(Binder *binder, Switch *sw, Bound *value, Bound *body)
{
    Bound *statement = new_statement(binder, BOUND_SWITCH, sw->node->span);
    statement->a = value;
    statement->b = body;
    statement->label = sw->break_label;
    statement->label2 = sw->scope->default_label;
    statement->case_count = sw->scope->count;
    statement->cases = ARENA_ARRAY(binder->arena, SwitchCase, sw->scope->count + 1);
    for (uint32_t i = 0; i < sw->scope->count; i++)
        statement->cases[i] = (SwitchCase){sw->scope->values[i], sw->scope->labels[i]};
    list_add(binder, &sw->block->items, statement);
}

/* Tests one label; the section's scope is current. */
static bool bind_case_test(Binder *binder, Switch *sw, CaseLabel *label, Handled *handled)
{
    Bound *when = NULL;
    binder->scope = label->section->scope;
    label->test = is_constant_syntax(label->node)
                      ? named_test(binder, label->thing, sw->input, label->node->a->span)
                      : bind_pattern(binder, label->node->a, sw->input, label->node->a->span);
    if (label->node->b)
        when = bind_condition(binder, label->node->b);
    if (is_bad(label->test) || (when && is_bad(when)))
        return false;
    Constant constant;
    if (!label->is_duplicate && is_handled(binder->world, handled, label->test, sw->input->local))
        ERROR_AT(binder, label->node->a->span, ERROR_SUBSUMED_PATTERN);
    if (!when || (get_constant(when, &constant) && constant.integer))
        add_handled(binder, handled, label->test);
    note_exhausted(binder->world, handled, sw->input->local);
    if (when)
        label->test = and_also(binder, label->test, when);
    return true;
}

static void emit_pattern_switch(Binder *binder, Switch *sw, Scope *inner, Bound *body)
{
    Handled handled = {0};
    BoundList *out = &sw->block->items;
    for (uint32_t i = 0; i < sw->label_count; i++) {
        CaseLabel *label = &sw->labels[i];
        if (label->node->kind != NODE_CASE_LABEL || !bind_case_test(binder, sw, label, &handled))
            continue;
        Bound *test = new_statement(binder, BOUND_IF, label->node->span);
        test->flags |= BOUND_COMPILER_MADE;
        test->a = label->test;
        test->b = goto_statement(binder, label->section->label, label->node->span);
        list_add(binder, out, test);
    }
    binder->scope = inner;
    Bound *otherwise =
        goto_statement(binder, sw->scope->default_label ? sw->scope->default_label : sw->break_label, sw->node->span);
    if (handled.everything)
        otherwise->flags |= BOUND_CONSTANT_BRANCH; /* never taken: flow analysis need not follow it */
    list_add(binder, out, otherwise);
    list_add(binder, out, body);
    list_add(binder, out, label_statement(binder, sw->break_label, (Span){sw->node->span.end, sw->node->span.end}));
}

Bound *bind_switch_statement(Binder *binder, Node *node)
{
    World *world = binder->world;
    bool broken;
    Switch sw = {.node = node, .block = new_statement(binder, BOUND_BLOCK, node->span)};
    sw.scope = ARENA_NEW(binder->arena, struct SwitchScope);
    sw.break_label = label_new(world, NULL);
    Let input = governing_value(binder, node->a, &broken);
    sw.input = input.local;
    sw.scope->type = sw.input->type;
    collect_labels(binder, &sw);
    check_duplicate_cases(binder, &sw);
    Scope *inner = push_scope(binder, sw.block);
    inner->break_label = sw.break_label;
    inner->switch_scope = sw.scope;
    Bound *body = new_statement(binder, BOUND_BLOCK, node->span);
    body->flags |= BOUND_COMPILER_MADE;
    Bound *value = sw.input;
    if (all_constant(world, &sw)) {
        if (input.effects.count)
            value = input.effects.at[0]->b; /* evaluated once anyway */
        emit_constant_switch(binder, &sw, value, body);
    } else {
        for (uint32_t i = 0; i < input.locals.count; i++) {
            input.locals.at[i]->scope = sw.block;
            ARENA_PUSH(binder->arena, sw.block->locals.at, sw.block->locals.count, sw.block->locals.capacity,
                       input.locals.at[i]);
        }
        for (uint32_t i = 0; i < input.effects.count; i++)
            list_add(binder, &sw.block->items, expression_statement(binder, input.effects.at[i]));
        emit_pattern_switch(binder, &sw, inner, body);
    }
    bind_sections(binder, &sw, inner, body);
    pop_scope(binder);
    return sw.block;
}

/* --- goto case --------------------------------------------------------------------------------------------------- */

static struct SwitchScope *enclosing_switch(Binder *binder)
{
    for (Scope *scope = binder->scope; scope && scope->function == binder->function; scope = scope->parent)
        if (scope->switch_scope)
            return scope->switch_scope;
    return NULL;
}

static const char *source_text(Binder *binder, Span span)
{
    SourceFile *file = source_file_at(binder->world->sources, span.start);
    if (!file || span.end <= span.start || span.end > file->base + file->length)
        return "";
    return arena_format(binder->arena, "%.*s", (int)(span.end - span.start), file->text + (span.start - file->base));
}

Bound *bind_goto_case(Binder *binder, Node *node)
{
    struct SwitchScope *scope = enclosing_switch(binder);
    Label *label = NULL;
    if (!scope) {
        ERROR_AT(binder, node->span, ERROR_GOTO_CASE_OUTSIDE);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    if (!node->a) {
        label = scope->default_label;
        if (!label)
            ERROR_AT(binder, node->span, ERROR_LABEL_NOT_FOUND, "default:");
    } else {
        Bound *value = bind_converted(binder, node->a, type_nullable_underlying(scope->type));
        Constant constant;
        if (!is_bad(value) && !get_constant(value, &constant)) {
            ERROR_AT(binder, node->a->span, ERROR_CONSTANT_VALUE_EXPECTED);
        } else if (!is_bad(value)) {
            for (uint32_t i = 0; i < scope->count && !label; i++)
                if (same_constant(&scope->values[i], &constant))
                    label = scope->labels[i];
            if (!label)
                ERROR_AT(binder, node->span, ERROR_LABEL_NOT_FOUND,
                         arena_format(binder->arena, "case %s:", source_text(binder, node->a->span)));
        }
    }
    if (!label)
        return new_statement(binder, BOUND_NOP, node->span);
    Bound *statement = new_statement(binder, BOUND_GOTO, node->span);
    statement->label = label;
    return statement;
}

/* --- with -------------------------------------------------------------------------------------------------------- */

static Bound *clone_of(Binder *binder, Bound *value, Span span)
{
    World *world = binder->world;
    for (Type *at = value->type; at && at->definition; at = type_base(world, at)) {
        Method *method = at->definition->is_record ? type_method_named(world, at->definition, "<Clone>$", 0) : NULL;
        if (!method)
            continue;
        Bound *copy = make_call(binder, (MethodRef){method, at, NULL}, value, NULL, 0, span);
        return type_same(copy->type, value->type) ? copy
                                                  : make_convert(binder, copy, value->type, CONVERSION_CAST, span);
    }
    return NULL;
}

Bound *bind_with(Binder *binder, Node *node)
{
    Bound *value = bind_typed(binder, node->a);
    if (is_bad(value))
        return value;
    Bound *copy = value;
    if (!type_is_value(value->type) || type_is_nullable(value->type))
        copy = type_is_nullable(value->type) ? NULL : clone_of(binder, value, node->span);
    if (!copy) {
        ERROR_AT(binder, node->a->span, ERROR_WITH_TARGET, type_text(binder->world, value->type));
        return bad(binder, node->span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, copy, &effects, &locals);
    uint32_t errors = binder->diagnostics->error_count;
    if (node->b)
        bind_initializer(binder, again(binder, temp), node->b, &effects, &locals);
    if (binder->diagnostics->error_count != errors)
        return bad(binder, node->span);
    return make_sequence(binder, &locals, &effects, temp, node->span);
}
