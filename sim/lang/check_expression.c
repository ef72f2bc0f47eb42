/* Expressions (C# spec 12): the switch over all kinds, and those without a file of their own. Names and members are in
 * check_member.c, calls in check_call.c, objects and initialisers in check_create.c, operators in check_operator.c. */
#include "lang/check_internal.h"

#include <string.h>

enum { DEEPEST = 1000 };

/* --- literals and small forms
 * ----------------------------------------------------------------------------------------------------------- */

static Bound *bind_literal(Binder *binder, Node *node)
{
    World *world = binder->world;
    Literal *literal = node->literal;
    Constant constant = {0};
    switch (literal->kind) {
    case LITERAL_NULL: {
        Bound *null = make_null(binder, world->null_type, node->span);
        null->syntax = node;
        return null;
    }
    case LITERAL_TRUE:
    case LITERAL_FALSE:
        return make_bool(binder, literal->kind == LITERAL_TRUE, node->span);
    case LITERAL_INT:
    case LITERAL_UINT:
    case LITERAL_LONG:
    case LITERAL_ULONG: {
        static const SpecialType types[] = {SPECIAL_INT32, SPECIAL_UINT32, SPECIAL_INT64, SPECIAL_UINT64};
        constant.kind = CONSTANT_INTEGER;
        constant.integer = (int64_t)literal->integer;
        return make_constant(binder, constant, type_special(world, types[literal->kind - LITERAL_INT]), node->span);
    }
    case LITERAL_FLOAT:
    case LITERAL_DOUBLE:
        constant.kind = literal->kind == LITERAL_FLOAT ? CONSTANT_FLOAT : CONSTANT_DOUBLE;
        constant.real = literal->real;
        return make_constant(binder, constant,
                             type_special(world, literal->kind == LITERAL_FLOAT ? SPECIAL_SINGLE : SPECIAL_DOUBLE),
                             node->span);
    case LITERAL_DECIMAL:
        constant.kind = CONSTANT_DECIMAL;
        constant.decimal = literal->decimal;
        return make_constant(binder, constant, type_special(world, SPECIAL_DECIMAL), node->span);
    case LITERAL_CHAR:
        constant.kind = CONSTANT_CHAR;
        constant.integer = (int64_t)literal->integer;
        return make_constant(binder, constant, world->char_type, node->span);
    case LITERAL_UTF8_STRING:
        return utf8_span(binder, literal, node->span);
    default:
        constant.kind = CONSTANT_STRING;
        constant.units = literal->units;
        constant.unit_count = literal->unit_count;
        return make_constant(binder, constant, world->string_type, node->span);
    }
}

static Bound *bind_conditional_access(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *receiver = bind_typed(binder, node->a);
    if (is_bad(receiver))
        return receiver;
    if (type_is_value(receiver->type) && !type_is_nullable(receiver->type)) {
        Span question = {node->a->span.end, node->a->span.end + 1};
        ERROR_AT(binder, question, ERROR_UNARY_OPERATOR, "?", type_text(world, receiver->type));
        return bad(binder, node->span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, receiver, &effects, &locals);
    Bound *saved = binder->receiver_placeholder;
    binder->receiver_placeholder = type_is_nullable(receiver->type) ? nullable_value(binder, temp, node->span) : temp;
    Bound *access = to_rvalue(binder, bind_expression(binder, node->b));
    binder->receiver_placeholder = saved;
    if (is_bad(access))
        return access;
    if (!access->type || access->type->kind == TYPE_UNTYPED) {
        ERROR_AT(binder, node->at, ERROR_UNARY_OPERATOR, "?", bound_type_text(binder, access));
        return bad(binder, node->span);
    }
    Type *type = access->type;
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, type, node->span);
    choice->a = null_check(binder, temp, node->span);
    choice->b = access;
    if (type_is_void(type)) {
        choice->c = bound_new(world, BOUND_SEQUENCE, world->void_type, node->span);
    } else {
        if (type_is_value(type) && !type_is_nullable(type)) {
            type = type_special_of(world, SPECIAL_NULLABLE, type);
            choice->b = nullable_wrap(binder, access, type, node->span);
        }
        choice->type = type;
        choice->c = make_default(binder, type, node->span);
    }
    Bound *result = make_sequence(binder, &locals, &effects, choice, node->span);
    return result;
}

static bool is_function(const Bound *value)
{
    return value->kind == BOUND_METHOD_GROUP || value->kind == BOUND_UNBOUND_LAMBDA;
}

/* c ? ref a : ref b, a variable again. */
static Bound *bind_ref_conditional(Binder *binder, Node *node, Bound *condition)
{
    Bound *a = bind_expression(binder, node->b), *b = bind_expression(binder, node->c);
    if (is_bad(a) || is_bad(b) || is_bad(condition))
        return bad(binder, node->span);
    if (!type_same(a->type, b->type)) {
        ERROR_AT(binder, node->c->a->span, ERROR_REF_CONDITIONAL_TYPE, type_text(binder->world, a->type));
        return bad(binder, node->span);
    }
    Bound *result = bound_new(binder->world, BOUND_CONDITIONAL, a->type, node->span);
    result->flags |= BOUND_REF;
    result->a = condition;
    result->b = a;
    result->c = b;
    return result;
}

static Bound *bind_conditional(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *condition = bind_condition(binder, node->a);
    if (node->b->kind == NODE_REF_EXPRESSION && node->c->kind == NODE_REF_EXPRESSION)
        return bind_ref_conditional(binder, node, condition);
    Bound *a = bind_value(binder, node->b), *b = bind_value(binder, node->c);
    if (is_bad(a) || is_bad(b) || is_bad(condition))
        return bad(binder, node->span);
    Bound *values[2] = {a, b};
    Type *type_a = natural_type(binder, a), *type_b = natural_type(binder, b);
    Type *type = NULL;
    if (type_a && type_b && type_same(type_a, type_b) && type_a->kind != TYPE_NULL)
        type = type_a;
    else
        type = best_common_type(binder, values, 2);
    if (!type || type->kind == TYPE_NULL ||
        (is_function(a) && is_function(b))) { /* functions: the target says which delegate */
        Bound *result = bound_new(world, BOUND_CONDITIONAL_UNTYPED, NULL, node->span);
        result->a = condition;
        result->b = a;
        result->c = b;
        result->syntax = node;
        return result;
    }
    Constant constant;
    Bound *result = bound_new(world, BOUND_CONDITIONAL, type, node->span);
    result->a = condition;
    result->b = convert_implicit(binder, a, type, node->b->span);
    result->c = convert_implicit(binder, b, type, node->c->span);
    if (get_constant(condition, &constant) && result->b->kind == BOUND_CONSTANT && result->c->kind == BOUND_CONSTANT)
        return make_constant(binder, constant.integer ? result->b->constant : result->c->constant, type, node->span);
    return result;
}

static Bound *bind_tuple(Binder *binder, Node *node)
{
    if (node->items.count > 64) {
        report_refused(binder->diagnostics, node->span, REFUSED_BIG_TUPLE);
        return bad(binder, node->span);
    }
    Bound *result = bound_new(binder->world, BOUND_TUPLE_LITERAL, NULL, node->span);
    Name *names = ARENA_ARRAY(binder->arena, Name, node->items.count + 1);
    result->syntax = node;
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *argument = node->items.at[i];
        Node *value = argument->kind == NODE_ARGUMENT ? argument->a : argument;
        Bound *element = bind_value(binder, value);
        names[i] = argument->name;
        Node *named = value->kind == NODE_QUALIFIED ? value->b : value;
        if (!names[i] && named->kind == NODE_NAME)
            names[i] = named->name;
        list_add(binder, &result->items, element);
    }
    for (uint32_t i = 0; i < node->items.count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (names[i] && names[i] == names[j])
                names[i] = names[j] = NULL;
    result->binder_data = names;
    return result;
}

static Bound *bind_cast(Binder *binder, Node *node)
{
    Type *type = bind_type(binder->world, &binder->types, node->a);
    Bound *value = bind_value(binder, node->b);
    if (type->kind == TYPE_ERROR || is_bad(value))
        return bad(binder, node->span);
    Bound *result = convert_explicit(binder, value, type, node->span);
    if (result->type && result->kind != BOUND_CONSTANT && result == value && result->kind != BOUND_BAD)
        result = make_convert(binder, value, type, CONVERSION_IDENTITY, node->span); /* a cast is not a variable */
    return result;
}

static Bound *bind_as(Binder *binder, Node *node)
{
    Bound *value = bind_typed(binder, node->a);
    Type *type = bind_type(binder->world, &binder->types, node->b);
    if (is_bad(value) || type->kind == TYPE_ERROR)
        return bad(binder, node->span);
    if (type_is_value(type) && !type_is_nullable(type)) {
        ERROR_AT(binder, node->span, ERROR_AS_VALUE_TYPE, type_text(binder->world, type));
        return bad(binder, node->span);
    }
    if (type->kind == TYPE_PARAMETER && !type_is_reference(type)) {
        ERROR_AT(binder, node->span, ERROR_AS_TYPE_PARAMETER, type_text(binder->world, type));
        return bad(binder, node->span);
    }
    Conversion conversion = classify_explicit(binder, value, type);
    if (value->type->kind != TYPE_NULL && (conversion.kind == CONVERSION_NONE || conversion.kind == CONVERSION_USER) &&
        type->kind != TYPE_PARAMETER && value->type->kind != TYPE_PARAMETER) {
        ERROR_AT(binder, node->span, ERROR_AS_NO_CONVERSION, type_text(binder->world, value->type),
                 type_text(binder->world, type));
        return bad(binder, node->span);
    }
    if (value->type->kind == TYPE_NULL)
        return make_default(binder, type, node->span);
    if (!type_is_reference(value->type))
        value = make_convert(binder, value, binder->world->object_type, CONVERSION_BOX, node->span);
    Bound *result = bound_new(binder->world, BOUND_AS, type, node->span);
    result->a = value;
    return result;
}

static Bound *bind_throw_expression(Binder *binder, Node *node)
{
    Bound *result = bound_new(binder->world, BOUND_THROW_UNTYPED, NULL, node->span);
    result->a = bind_converted(binder, node->a, type_special(binder->world, SPECIAL_EXCEPTION));
    result->syntax = node;
    return result;
}

static Bound *bind_default(Binder *binder, Node *node)
{
    if (node->a) {
        Type *type = bind_type(binder->world, &binder->types, node->a);
        return type->kind == TYPE_ERROR ? bad(binder, node->span) : make_default(binder, type, node->span);
    }
    Bound *result = bound_new(binder->world, BOUND_DEFAULT_LITERAL, NULL, node->span);
    result->syntax = node;
    return result;
}

static Bound *bind_typeof(Binder *binder, Node *node)
{
    Type *type = bind_type(binder->world, &binder->types, node->a);
    if (type->kind == TYPE_ERROR)
        return bad(binder, node->span);
    Bound *result = bound_new(binder->world, BOUND_TYPEOF, type_special(binder->world, SPECIAL_TYPE), node->span);
    result->type_operand = type;
    return result;
}

static Bound *bind_sizeof(Binder *binder, Node *node)
{
    Type *type = bind_type(binder->world, &binder->types, node->a);
    Bound *result = bound_new(binder->world, BOUND_SIZEOF, binder->world->int_type, node->span);
    result->type_operand = type;
    static const uint8_t sizes[] = {
        [SPECIAL_BOOLEAN] = 1, [SPECIAL_CHAR] = 2,   [SPECIAL_SBYTE] = 1,   [SPECIAL_BYTE] = 1,  [SPECIAL_INT16] = 2,
        [SPECIAL_UINT16] = 2,  [SPECIAL_INT32] = 4,  [SPECIAL_UINT32] = 4,  [SPECIAL_INT64] = 8, [SPECIAL_UINT64] = 8,
        [SPECIAL_SINGLE] = 4,  [SPECIAL_DOUBLE] = 8, [SPECIAL_DECIMAL] = 16};
    SpecialType special = type_enum_underlying(type)->special;
    if (special < sizeof sizes && sizes[special])
        return bound_constant_int(binder->world, sizes[special], node->span);
    if (type->kind == TYPE_ERROR)
        return bad(binder, node->span);
    if (type_is_reference(type) || type->kind == TYPE_PARAMETER || !binder->definition ||
        !binder->definition->is_library) {
        ERROR_AT(binder, node->span, ERROR_SIZEOF, type_text(binder->world, type));
        return bad(binder, node->span);
    }
    return result;
}

static Bound *bind_checked(Binder *binder, Node *node)
{
    bool was_checked = binder->is_checked, was_unchecked = binder->is_unchecked;
    binder->is_checked = node->token == TOKEN_CHECKED;
    binder->is_unchecked = !binder->is_checked;
    Bound *result = bind_expression(binder, node->a);
    binder->is_checked = was_checked;
    binder->is_unchecked = was_unchecked;
    return result;
}

static Bound *bind_this_node(Binder *binder, Node *node)
{
    if (binder->in_static || !binder->definition || binder->in_field_initializer) {
        ERROR_AT(binder, node->span,
                 binder->in_field_initializer && !binder->in_static ? ERROR_THIS_IN_INITIALIZER_KEYWORD
                                                                    : ERROR_THIS_IN_STATIC);
        return bad(binder, node->span);
    }
    return bind_this(binder, node->span);
}

static Bound *bind_from_end(Binder *binder, Node *node)
{
    Bound *value = bind_converted(binder, node->a, binder->world->int_type);
    ArgumentInfo arguments[2] = {{.value = value}, {.value = make_bool(binder, true, node->span)}};
    return bind_new(binder, type_special(binder->world, SPECIAL_INDEX), arguments, 2, node, node->span);
}

/* a..b as a System.Range; a missing end is the start or the end of what it is applied to. */
static Bound *bind_range(Binder *binder, Node *node)
{
    Type *index = type_special(binder->world, SPECIAL_INDEX);
    Bound *ends[2];
    for (int i = 0; i < 2; i++) {
        Node *end = i ? node->b : node->a;
        ArgumentInfo from_end[2] = {{.value = bound_constant_int(binder->world, 0, node->span)},
                                    {.value = make_bool(binder, i == 1, node->span)}};
        ends[i] = end ? bind_converted(binder, end, index) : bind_new(binder, index, from_end, 2, node, node->span);
    }
    ArgumentInfo arguments[2] = {{.value = ends[0]}, {.value = ends[1]}};
    return bind_new(binder, type_special(binder->world, SPECIAL_RANGE), arguments, 2, node, node->span);
}

/* --- the switch
 * ---------------------------------------------------------------------------------------------------------------------------
 */

static Bound *untyped_of(Binder *binder, BoundKind kind, Node *node)
{
    Bound *result = bound_new(binder->world, kind, NULL, node->span);
    result->syntax = node;
    return result;
}

static Bound *bind_unsupported(Binder *binder, Node *node)
{
    report_refused(binder->diagnostics, node->span, REFUSED_EXPRESSION);
    return bad(binder, node->span);
}

static bool mentions_error(const Type *type)
{
    if (type->kind == TYPE_ARRAY)
        return mentions_error(type->element);
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (mentions_error(type->arguments[i]))
            return true;
    return type->kind == TYPE_ERROR;
}

static Bound *bind_expression_kind(Binder *binder, Node *node)
{
    switch (node->kind) {
    case NODE_LITERAL:
        return bind_literal(binder, node);
    case NODE_INTERPOLATED_STRING:
        return bind_interpolated(binder, node);
    case NODE_NAME:
    case NODE_GENERIC_NAME:
        return bind_name(binder, node);
    case NODE_QUALIFIED:
        return bind_member(binder, node, false);
    case NODE_PREDEFINED_TYPE:
    case NODE_ARRAY_TYPE:
    case NODE_NULLABLE_TYPE:
        return type_expression(binder, bind_type(binder->world, &binder->types, node), node);
    case NODE_ALIAS_QUALIFIED: {
        Bound *space = bound_new(binder->world, BOUND_NAMESPACE_EXPRESSION, NULL, node->span);
        space->binder_data = binder->world->global;
        return node->b ? member_of_namespace(binder, binder->world->global, node->b, node->b->span) : space;
    }
    case NODE_CONDITIONAL_ACCESS:
        return bind_conditional_access(binder, node);
    case NODE_RECEIVER_PLACEHOLDER:
        return binder->receiver_placeholder ? binder->receiver_placeholder : bad(binder, node->span);
    case NODE_THIS:
        return bind_this_node(binder, node);
    case NODE_PARENTHESIZED:
        return bind_expression(binder, node->a);
    case NODE_TUPLE:
        return bind_tuple(binder, node);
    case NODE_CALL:
        return bind_call(binder, node);
    case NODE_INDEX:
        return bind_index(binder, node);
    case NODE_OBJECT_CREATION:
        if (!node->a)
            return untyped_of(binder, BOUND_UNBOUND_NEW, node);
        if (node->a->kind == NODE_GENERIC_NAME && node->a->items.count && !node->a->items.at[0]) {
            ERROR_AT(binder, node->a->span, ERROR_UNBOUND_NAME);
            return bad(binder, node->span);
        }
        {
            Type *type = bind_type(binder->world, &binder->types, node->a);
            return mentions_error(type) ? bind_failed_creation(binder, node) : bind_object_creation(binder, type, node);
        }
    case NODE_ANONYMOUS_OBJECT:
        return bind_anonymous_object(binder, node);
    case NODE_ARRAY_CREATION:
        return bind_array_creation(binder, node);
    case NODE_INITIALIZER:
        return untyped_of(binder, BOUND_COLLECTION_UNTYPED, node);
    case NODE_COLLECTION_EXPRESSION:
        return untyped_of(binder, BOUND_COLLECTION_UNTYPED, node);
    case NODE_TYPEOF:
        return bind_typeof(binder, node);
    case NODE_SIZEOF:
        return bind_sizeof(binder, node);
    case NODE_DEFAULT:
        return bind_default(binder, node);
    case NODE_CHECKED:
        return bind_checked(binder, node);
    case NODE_UNARY:
        return bind_unary(binder, node);
    case NODE_PREFIX:
        return bind_increment(binder, node, true);
    case NODE_POSTFIX:
        return bind_increment(binder, node, false);
    case NODE_SUPPRESS_NULLABLE:
        return bind_expression(binder, node->a);
    case NODE_BINARY:
        return node->token == TOKEN_QUESTION_QUESTION ? bind_coalesce(binder, node) : bind_binary(binder, node);
    case NODE_ASSIGNMENT:
        return bind_assignment(binder, node);
    case NODE_CONDITIONAL:
        return bind_conditional(binder, node);
    case NODE_CAST:
        return bind_cast(binder, node);
    case NODE_AS:
        return bind_as(binder, node);
    case NODE_IS:
        return bind_is(binder, node);
    case NODE_AWAIT:
        return bind_await(binder, node);
    case NODE_THROW_EXPRESSION:
        return bind_throw_expression(binder, node);
    case NODE_QUERY:
        return bind_query(binder, node);
    case NODE_STACKALLOC:
        return bind_stackalloc(binder, node);
    case NODE_LAMBDA:
        return bind_lambda_unbound(binder, node);
    case NODE_SWITCH_EXPRESSION:
        return bind_switch_expression(binder, node, NULL);
    case NODE_WITH:
        return bind_with(binder, node);
    case NODE_REF_EXPRESSION: {
        bool is_readonly =
            binder->function && binder->function->return_ref == REF_READONLY; /* it may be what is returned */
        return bind_ref_operand(binder, node->a, is_readonly ? REF_READONLY : REF_REF);
    }
    case NODE_ERROR_NODE:
        return bad(binder, node->span);
    case NODE_FROM_END:
        return bind_from_end(binder, node);
    case NODE_RANGE:
        return bind_range(binder, node);
    default:
        return bind_unsupported(binder, node);
    }
}

Bound *bind_expression(Binder *binder, Node *node)
{
    if (!node)
        return bad(binder, (Span){0, 0});
    if (++binder->depth > DEEPEST) {
        binder->depth--;
        ERROR_AT(binder, node->span, ERROR_TOO_COMPLEX);
        return bad(binder, node->span);
    }
    Binder *outer = binder->world->binder;
    binder->world->binder = binder;
    Bound *result = bind_expression_kind(binder, node);
    binder->world->binder = outer;
    binder->depth--;
    if (!result->syntax)
        result->syntax = node;
    return result;
}

Bound *bind_value(Binder *binder, Node *node)
{
    Bound *value = to_rvalue(binder, bind_expression(binder, node));
    if (!value->syntax)
        value->syntax = node;
    return value;
}

Bound *bind_typed(Binder *binder, Node *node)
{
    return to_typed(binder, bind_value(binder, node), node);
}

Bound *to_typed(Binder *binder, Bound *value, Node *node)
{
    if (is_bad(value) || (value->type && value->type->kind != TYPE_UNTYPED))
        return value;
    Type *natural = natural_type(binder, value);
    if (natural)
        return convert_implicit(binder, value, natural, node->span);
    switch (value->kind) {
    case BOUND_UNBOUND_NEW:
        ERROR_AT(binder, node->span, ERROR_TARGET_NEW, "");
        break;
    case BOUND_DEFAULT_LITERAL:
        ERROR_AT(binder, node->span, ERROR_DEFAULT_NO_TARGET);
        break;
    case BOUND_CONDITIONAL_UNTYPED:
        ERROR_AT(binder, node->span, ERROR_CONDITIONAL_TYPE, bound_type_text(binder, value->b),
                 bound_type_text(binder, value->c));
        break;
    case BOUND_SWITCH_UNTYPED:
        ERROR_AT(binder, node->at, ERROR_SWITCH_ARM_TYPE);
        break;
    case BOUND_COLLECTION_UNTYPED:
        ERROR_AT(binder, node->span, ERROR_COLLECTION_NO_TARGET);
        break;
    case BOUND_THROW_UNTYPED:
        ERROR_AT(binder, node->span, ERROR_THROW_EXPRESSION_PLACE);
        break;
    case BOUND_METHOD_GROUP:
        ERROR_AT(binder, node->span, ERROR_EXPRESSION_HAS_KIND,
                 value->binder_data2 ? method_group_text(binder, value) : "?", "method");
        break;
    default:
        ERROR_AT(binder, node->span, ERROR_LAMBDA_NO_TYPE);
        break;
    }
    return bad(binder, node->span);
}

const char *method_group_text(Binder *binder, Bound *group)
{
    Found *found = group->binder_data;
    return found && found->method_count ? method_text(binder->world, found->methods[0])
                                        : ((Name)group->binder_data2)->text;
}

Bound *bind_converted(Binder *binder, Node *node, Type *type)
{
    Bound *value = bind_value(binder, node);
    return convert_implicit(binder, value, type, value->kind == BOUND_UNBOUND_LAMBDA ? value->span : node->span);
}

Bound *bind_condition(Binder *binder, Node *node)
{
    Bound *value = bind_value(binder, node);
    if (is_bad(value))
        return value;
    World *world = binder->world;
    if (value->type && value->type->definition && value->type->kind != TYPE_UNTYPED &&
        value->type != world->bool_type && !classify_conversion(binder, value, world->bool_type).is_implicit) {
        Method *is_true = type_method_named(world, value->type->definition, "op_True", 1);
        if (is_true)
            return make_call(binder, (MethodRef){is_true, value->type, NULL}, NULL, &value, 1, node->span);
    }
    return convert_implicit(binder, value, world->bool_type, node->span);
}

Bound *bind_constant_value(Binder *binder, Node *node, Type *type)
{
    Bound *value = bind_converted(binder, node, type);
    return value;
}
