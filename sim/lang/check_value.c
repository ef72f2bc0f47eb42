/* Bound values: making nodes, calling known methods, reading and writing variables and properties (C# spec 12.2). */
#include "lang/check_internal.h"

#include <string.h>

/* --- small makers
 * ------------------------------------------------------------------------------------------------------ */

Bound *bad(Binder *binder, Span span)
{
    return bound_new(binder->world, BOUND_BAD, binder->world->error_type, span);
}

bool is_bad(const Bound *value)
{
    return value->kind == BOUND_BAD || (value->type && value->type->kind == TYPE_ERROR);
}

Bound *make_constant(Binder *binder, Constant constant, Type *type, Span span)
{
    Bound *result = bound_new(binder->world, BOUND_CONSTANT, type, span);
    result->constant = constant;
    return result;
}

Bound *make_string(Binder *binder, const char *text, Span span)
{
    uint32_t length = (uint32_t)strlen(text);
    uint16_t *units = ARENA_ARRAY(binder->arena, uint16_t, length + 1);
    for (uint32_t i = 0; i < length; i++)
        units[i] = (unsigned char)text[i];
    Constant constant = {.kind = CONSTANT_STRING, .unit_count = length, .units = units};
    return make_constant(binder, constant, binder->world->string_type, span);
}

Bound *make_bool(Binder *binder, bool value, Span span)
{
    Constant constant = {.kind = CONSTANT_BOOL, .integer = value};
    return make_constant(binder, constant, binder->world->bool_type, span);
}

Bound *make_null(Binder *binder, Type *type, Span span)
{
    Constant constant = {.kind = CONSTANT_NULL};
    return make_constant(binder, constant, type, span);
}

Bound *make_default(Binder *binder, Type *type, Span span)
{
    if (type_is_reference(type) && type->kind != TYPE_PARAMETER)
        return make_null(binder, type, span);
    return bound_new(binder->world, BOUND_DEFAULT, type, span);
}

Bound *without_wrap(Bound *value)
{
    Bound *chosen = value;
    Constant condition;
    while (chosen->kind == BOUND_CONDITIONAL && get_constant(chosen->a, &condition))
        chosen = condition.integer ? chosen->b : chosen->c;
    bool wraps = chosen->kind == BOUND_NEW && type_is_nullable(chosen->type) && chosen->items.count == 1;
    return wraps ? chosen->items.at[0] : value;
}

Bound *make_convert(Binder *binder, Bound *value, Type *type, ConversionKind kind, Span span)
{
    if (kind == CONVERSION_IDENTITY && value->kind == BOUND_CONSTANT)
        return make_constant(binder, value->constant, type, span);
    Bound *result = bound_new(binder->world, BOUND_CONVERT, type, span);
    result->conversion = (uint8_t)kind;
    result->a = kind == CONVERSION_BOX ? without_wrap(value) : value;
    return result;
}

Bound *make_binary(Binder *binder, Operator op, Bound *a, Bound *b, Type *type, Span span)
{
    Bound *result = bound_new(binder->world, BOUND_BINARY, type, span);
    result->op = (uint8_t)op;
    result->a = a;
    result->b = b;
    return result;
}

Bound *make_assign(Binder *binder, Bound *target, Bound *value, Span span)
{
    if (target->kind == BOUND_LOCAL)
        target->local->is_assigned = true;
    Bound *result = bound_new(binder->world, BOUND_ASSIGN, target->type, span);
    result->a = target;
    result->b = value;
    return result;
}

void list_add(Binder *binder, BoundList *list, Bound *node)
{
    ARENA_PUSH(binder->arena, list->at, list->count, list->capacity, node);
}

Bound *make_temp(Binder *binder, Bound *value, BoundList *effects, LocalList *locals)
{
    Local *temp = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, value->type, value->span);
    ARENA_PUSH(binder->arena, locals->at, locals->count, locals->capacity, temp);
    list_add(binder, effects, make_assign(binder, bound_local(binder->world, temp, value->span), value, value->span));
    return bound_local(binder->world, temp, value->span);
}

Bound *make_sequence(Binder *binder, LocalList *locals, BoundList *effects, Bound *value, Span span)
{
    if (!locals->count && !effects->count)
        return value;
    Bound *result = bound_new(binder->world, BOUND_SEQUENCE, value->type, span);
    result->locals = *locals;
    result->items = *effects;
    result->a = value;
    for (uint32_t i = 0; i < locals->count; i++)
        if (!locals->at[i]->scope)
            locals->at[i]->scope = result;
    return result;
}

bool get_constant(const Bound *value, Constant *constant)
{
    while (value->kind == BOUND_CONVERT && value->conversion == CONVERSION_IDENTITY)
        value = value->a;
    if (value->kind != BOUND_CONSTANT)
        return false;
    *constant = value->constant;
    return true;
}

/* --- calls of known methods
 * ---------------------------------------------------------------------------------------------- */

static bool receiver_needs_copy(Binder *binder, Bound *receiver, Method *method)
{
    if (type_is_reference(receiver->type) || receiver->type->kind == TYPE_INTERFACE)
        return false;
    if (!is_lvalue(receiver))
        return true;
    return !method->is_readonly && !is_writable_variable(binder, receiver);
}

/* A static member of an interface that implementing types provide. */
bool is_static_virtual(const Method *method)
{
    return method->is_static && method->owner && method->owner->kind == TYPE_INTERFACE &&
           (method->is_abstract || method->is_virtual);
}

Bound *make_call(Binder *binder, MethodRef method, Bound *receiver, Bound **arguments, uint32_t count, Span span)
{
    Bound *on_parameter = NULL; /* T.M(): which type T is decides which M is called */
    if (is_static_virtual(method.method) && receiver && receiver->kind == BOUND_TYPE_EXPRESSION &&
        receiver->type_operand->kind == TYPE_PARAMETER)
        on_parameter = make_default(binder, receiver->type_operand, span);
    if (method.method->is_static)
        receiver = NULL;
    Bound *call = bound_call(binder->world, method, receiver, arguments, count, span);
    call->type = method_ref_return_type(binder->world, method);
    call->c = on_parameter;
    if (receiver && receiver_needs_copy(binder, receiver, method.method))
        call->flags |= CALL_COPY_RECEIVER;
    return call;
}

Bound *call_static(Binder *binder, SpecialType special, const char *name, Bound **arguments, uint32_t count, Span span)
{
    TypeDefinition *definition = binder->world->special[special];
    Method *method = type_method_named(binder->world, definition, name, count);
    if (!method)
        return bad(binder, span);
    return make_call(binder, (MethodRef){method, definition->self, NULL}, NULL, arguments, count, span);
}

Bound *call_named(Binder *binder, Bound *receiver, Type *type, const char *name, Bound **arguments, uint32_t count,
                  Span span)
{
    for (Type *at = type; at && at->definition; at = type_base(binder->world, at)) {
        Method *method = type_method_named(binder->world, at->definition, name, count);
        if (method)
            return make_call(binder, (MethodRef){method, at, NULL}, receiver, arguments, count, span);
    }
    uint32_t interface_count;
    Type **interfaces = type_interfaces(binder->world, type, &interface_count);
    for (uint32_t i = 0; i < interface_count; i++) {
        Method *method = type_method_named(binder->world, interfaces[i]->definition, name, count);
        if (method)
            return make_call(binder, (MethodRef){method, interfaces[i], NULL}, receiver, arguments, count, span);
    }
    return bad(binder, span);
}

Bound *nullable_value(Binder *binder, Bound *nullable, Span span)
{
    return call_named(binder, nullable, nullable->type, "GetValueOrDefault", NULL, 0, span);
}

Bound *nullable_has_value(Binder *binder, Bound *nullable, Span span)
{
    return call_named(binder, nullable, nullable->type, "get_HasValue", NULL, 0, span);
}

Bound *nullable_wrap(Binder *binder, Bound *value, Type *nullable, Span span)
{
    if (is_bad(value))
        return value;
    Method *constructor = type_method_named(binder->world, nullable->definition, ".ctor", 1);
    Bound *result = bound_new(binder->world, BOUND_NEW, nullable, span);
    result->method = (MethodRef){constructor, nullable, NULL};
    list_add(binder, &result->items, value);
    return result;
}

Bound *null_check(Binder *binder, Bound *value, Span span)
{
    if (type_is_nullable(value->type))
        return nullable_has_value(binder, value, span);
    if (value->type->kind == TYPE_PARAMETER && !type_is_reference(value->type))
        value = make_convert(binder, value, binder->world->object_type, CONVERSION_BOX, span);
    return make_binary(binder, OP_NOT_EQUAL, value, make_null(binder, value->type, span), binder->world->bool_type,
                       span);
}

/* --- variables
 * ---------------------------------------------------------------------------------------------------------------- */

bool is_lvalue(const Bound *value)
{
    switch (value->kind) {
    case BOUND_LOCAL:
    case BOUND_FIELD:
    case BOUND_ELEMENT:
        return true;
    case BOUND_THIS:
        return value->type->kind == TYPE_STRUCT || value->type->kind == TYPE_ENUM;
    case BOUND_CALL:
        return value->method.method && value->method.method->return_ref != REF_NONE;
    case BOUND_CALL_LOCAL:
        return value->function && value->function->method && value->function->method->return_ref != REF_NONE;
    case BOUND_CONDITIONAL:
        return (value->flags & BOUND_REF) != 0;
    default:
        return false;
    }
}

static bool in_initializing_context(Binder *binder, const Field *field)
{
    Method *method = binder->method;
    if (binder->in_field_initializer && !method)
        return true;
    if (!method || method->owner != field->owner)
        return false;
    if (binder->function && binder->function->kind != FUNCTION_METHOD)
        return false;
    return field->is_static ? method->kind == METHOD_STATIC_CONSTRUCTOR
                            : method->kind == METHOD_CONSTRUCTOR || method->is_init_only;
}

bool is_writable_variable(Binder *binder, const Bound *value)
{
    switch (value->kind) {
    case BOUND_LOCAL:
        return !value->local->is_readonly && value->local->ref_kind != REF_IN && value->local->ref_kind != REF_READONLY;
    case BOUND_FIELD: {
        Field *field = value->field.field;
        if (field->ref_kind != REF_NONE)
            return field->ref_kind == REF_REF; /* what it refers to, whoever holds the field */
        if (field->is_const)
            return false;
        if (field->is_readonly && !in_initializing_context(binder, field))
            return false;
        if (!value->a || type_is_reference(value->a->type))
            return true;
        return is_lvalue(value->a) && is_writable_variable(binder, value->a);
    }
    case BOUND_ELEMENT:
        return true;
    case BOUND_THIS:
        return binder->method ? !binder->method->is_readonly || binder->method->kind == METHOD_CONSTRUCTOR : true;
    case BOUND_CALL:
        return value->method.method->return_ref == REF_REF;
    case BOUND_CALL_LOCAL:
        return value->function->method->return_ref == REF_REF;
    case BOUND_CONDITIONAL:
        return is_writable_variable(binder, value->b);
    default:
        return false;
    }
}

Bound *use_local(Binder *binder, Local *local, Span span)
{
    binder->use_span = span;
    if (local->stands_for)
        return to_rvalue(binder, bind_expression(binder, local->stands_for));
    if (local->function != binder->function)
        note_capture(binder, local);
    if (local->function != binder->function && !binder->trial &&
        (local->ref_kind != REF_NONE || type_is_ref_like(local->type)))
        report_stack_capture(binder, local, span);
    if (local->is_const && local->constant.kind)
        return make_constant(binder, local->constant, local->type, span);
    return bound_local(binder->world, local, span);
}

bool is_this(const Bound *value)
{
    return value->kind == BOUND_THIS || (value->kind == BOUND_LOCAL && (value->flags & BOUND_COMPILER_MADE));
}

Bound *bind_this(Binder *binder, Span span)
{
    if (!binder->definition)
        return bad(binder, span);
    if (binder->self) {
        Bound *self = use_local(binder, binder->self, span);
        self->flags |= BOUND_COMPILER_MADE;
        return self;
    }
    Type *type = binder->definition->self;
    binder->use_span = span;
    note_this(binder);
    if (type->kind == TYPE_STRUCT && binder->function && binder->function->kind != FUNCTION_METHOD)
        ERROR_AT(binder, span, ERROR_THIS_IN_STRUCT_LAMBDA);
    return bound_new(binder->world, BOUND_THIS, type, span);
}

Bound *field_access(Binder *binder, Bound *receiver, FieldRef field, Span span)
{
    if (field.field->is_const) {
        Constant constant = field_constant(binder->world, field.field);
        if (constant.kind == CONSTANT_NONE)
            return bad(binder, span);
        return make_constant(binder, constant, field_ref_type(binder->world, field), span);
    }
    Bound *result = bound_new(binder->world, BOUND_FIELD, field_ref_type(binder->world, field), span);
    result->a = field.field->is_static ? NULL : receiver;
    result->field = field;
    return result;
}

/* --- properties
 * ------------------------------------------------------------------------------------------------------------------ */

static const char *property_text(Binder *binder, Bound *property)
{
    Property *symbol = property->binder_data;
    return arena_format(binder->arena, "%s.%s", type_text(binder->world, (Type *)property->binder_data2),
                        symbol->parameter_count ? "this[]" : symbol->name->text);
}

static Method *find_accessor(Property *property, bool is_getter)
{
    for (uint32_t depth = 0; property && depth < 50; depth++) {
        Method *accessor = is_getter ? property->getter : property->setter;
        if (accessor)
            return accessor;
        Method *other = is_getter ? property->setter : property->getter;
        property = other && other->overridden ? other->overridden->property : NULL;
    }
    return NULL;
}

/* base.P: the accessor that the base class has. */
static MethodRef base_implementation(Binder *binder, Bound *property, MethodRef accessor)
{
    bool found;
    if (!(property->flags & CALL_NON_VIRTUAL))
        return accessor;
    return method_find_implementation(binder->world, type_base(binder->world, binder->definition->self), accessor,
                                      &found);
}

Bound *make_getter_call(Binder *binder, Bound *property, Span span)
{
    Property *symbol = property->binder_data;
    Type *owner = property->binder_data2;
    Method *getter = find_accessor(symbol, true);
    if (!getter) {
        ERROR_AT(binder, span, ERROR_NO_GETTER, property_text(binder, property));
        return bad(binder, span);
    }
    if (!is_accessible(binder, getter->access, getter->owner, owner)) {
        ERROR_AT(binder, span, ERROR_GETTER_INACCESSIBLE, property_text(binder, property));
        return bad(binder, span);
    }
    Bound *receiver = property->a;
    if (symbol->backing && receiver && receiver->kind == BOUND_THIS && binder->method &&
        binder->method->property == symbol)
        return field_access(binder, receiver, (FieldRef){symbol->backing, owner}, span);
    /* Array.Length of a vector is an instruction. */
    if (receiver && receiver->type->kind == TYPE_ARRAY && receiver->type->rank == 1 &&
        strcmp(symbol->name->text, "Length") == 0) {
        Bound *length = bound_new(binder->world, BOUND_ARRAY_LENGTH, binder->world->int_type, span);
        length->a = receiver;
        return length;
    }
    Bound *call = make_call(binder, base_implementation(binder, property, (MethodRef){getter, owner, NULL}), receiver,
                            property->items.at, property->items.count, span);
    call->flags |= property->flags & CALL_NON_VIRTUAL;
    if (property->c)
        call->c = property->c;
    return call;
}

static bool may_assign_backing(Binder *binder, Property *symbol, Bound *receiver)
{
    if (!symbol->backing || !binder->method || binder->method->owner != symbol->owner ||
        (receiver && receiver->kind != BOUND_THIS))
        return false;
    if (binder->function && binder->function->kind != FUNCTION_METHOD)
        return false;
    if (binder->method->submission) /* `int P { get; } = 1;` at a prompt */
        return true;
    return symbol->is_static ? binder->method->kind == METHOD_STATIC_CONSTRUCTOR
                             : binder->method->kind == METHOD_CONSTRUCTOR;
}

/* Whether an assignment finds a setter, or the backing field of the constructor's own type. */
bool may_assign_property(Binder *binder, Bound *property)
{
    Property *symbol = property->binder_data;
    return symbol->ref_kind != REF_NONE || find_accessor(symbol, false) ||
           may_assign_backing(binder, symbol, property->a);
}

Bound *make_setter_call(Binder *binder, Bound *property, Bound *value, Span span)
{
    Property *symbol = property->binder_data;
    Type *owner = property->binder_data2;
    Method *setter = find_accessor(symbol, false);
    if (!setter) {
        if (may_assign_backing(binder, symbol, property->a))
            return make_assign(binder, field_access(binder, property->a, (FieldRef){symbol->backing, owner}, span),
                               value, span);
        ERROR_AT(binder, property->span, ERROR_READONLY_PROPERTY, property_text(binder, property));
        return bad(binder, span);
    }
    if (!is_accessible(binder, setter->access, setter->owner, owner)) {
        ERROR_AT(binder, property->span, ERROR_SETTER_INACCESSIBLE, property_text(binder, property));
        return bad(binder, span);
    }
    if (setter->is_init_only && !(property->flags & BOUND_THIS_INITIALIZER) &&
        !(property->a && property->a->kind == BOUND_THIS && binder->method &&
          (binder->method->kind == METHOD_CONSTRUCTOR || binder->method->is_init_only))) {
        ERROR_AT(binder, property->span, ERROR_INIT_ONLY, property_text(binder, property));
        return bad(binder, span);
    }
    uint32_t count = property->items.count;
    Bound **arguments = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    for (uint32_t i = 0; i < count; i++)
        arguments[i] = property->items.at[i];
    arguments[count] = value;
    Bound *call = make_call(binder, base_implementation(binder, property, (MethodRef){setter, owner, NULL}),
                            property->a, arguments, count + 1, span);
    call->flags |= property->flags & CALL_NON_VIRTUAL;
    if (property->a && (call->flags & CALL_COPY_RECEIVER) && type_is_value(property->a->type) &&
        !is_writable_variable(binder, property->a) && property->a->kind != BOUND_THIS && !is_lvalue(property->a))
        ERROR_AT(binder, property->a->span, ERROR_NOT_A_VARIABLE_VALUE, bound_type_text(binder, property->a));
    return call;
}

static const char *event_owner(Binder *binder, Event *event)
{
    return type_text(binder->world, event->owner->self);
}

Bound *to_rvalue(Binder *binder, Bound *value)
{
    switch (value->kind) {
    case BOUND_PROPERTY:
        return make_getter_call(binder, value, value->span);
    case BOUND_EVENT: {
        Event *event = value->binder_data;
        bool inside = event->field && binder->definition;
        for (TypeDefinition *at = binder->definition; inside && at != event->owner; at = at->containing)
            if (!at->containing) {
                inside = false;
                break;
            }
        if (inside)
            return field_access(binder, value->a, (FieldRef){event->field, value->binder_data2}, value->span);
        ERROR_AT(binder, value->span, ERROR_EVENT_USE, event->name->text, event_owner(binder, event));
        return bad(binder, value->span);
    }
    case BOUND_TYPE_EXPRESSION:
        ERROR_AT(binder, value->span, ERROR_EXPRESSION_HAS_KIND, type_text(binder->world, value->type_operand), "type");
        return bad(binder, value->span);
    case BOUND_NAMESPACE_EXPRESSION:
        ERROR_AT(binder, value->span, ERROR_NAMESPACE_AS_VALUE, ((Namespace *)value->binder_data)->full_name->text,
                 "namespace", "variable");
        return bad(binder, value->span);
    default:
        return value;
    }
}

/* --- what kind of thing an untyped expression is
 * --------------------------------------------------------------------------------- */

static Type *natural_delegate(Binder *binder, Type **parameters, uint32_t count, Type *returned)
{
    World *world = binder->world;
    bool is_void = type_is_void(returned);
    if (!is_void)
        parameters[count] = returned;
    uint32_t arity = count + (is_void ? 0 : 1);
    TypeDefinition *definition = namespace_type(world->special[SPECIAL_OBJECT]->space,
                                                name_of(world->names, is_void ? "Action" : "Func"), arity);
    return definition ? type_make(world, definition, parameters, arity) : NULL;
}

static Type *natural_lambda_type(Binder *binder, Bound *value)
{
    bool explicit_types, any_count;
    uint32_t count = lambda_parameter_count(value, &explicit_types, &any_count);
    if (any_count || (count && !explicit_types) || count > 15)
        return NULL;
    Type *parameters[17];
    bool is_plain = true; /* Func and Action do */
    for (uint32_t i = 0; i < count; i++) {
        const Node *parameter = value->syntax->decl->parameters.at[i];
        parameters[i] = bind_type(binder->world, &binder->types, parameter->a);
        is_plain &= !parameter->b && lambda_ref_kind(parameter) == REF_NONE && parameter->token != TOKEN_PARAMS;
    }
    bool is_void, has_errors;
    Type *returned = lambda_return_type(binder, value, parameters, count, &is_void, &has_errors);
    if (is_void)
        returned = binder->world->void_type;
    if (returned && !is_plain)
        return anonymous_delegate(binder->world, lambda_parameters(binder, value), count, returned);
    return returned ? natural_delegate(binder, parameters, count, returned) : NULL;
}

static Type *natural_group_type(Binder *binder, Bound *value)
{
    Found *found = value->binder_data;
    if (found->method_count != 1 || found->methods[0].method->type_parameter_count)
        return NULL;
    MethodRef method = found->methods[0];
    Type *parameters[17];
    if (method.method->parameter_count > 15)
        return NULL;
    for (uint32_t i = 0; i < method.method->parameter_count; i++) {
        if (method.method->parameters[i].ref_kind != REF_NONE)
            return NULL;
        parameters[i] = method_ref_parameter_type(binder->world, method, i);
    }
    return natural_delegate(binder, parameters, method.method->parameter_count,
                            method_ref_return_type(binder->world, method));
}

Type *natural_type(Binder *binder, Bound *value)
{
    if (value->type && value->type->kind != TYPE_UNTYPED)
        return value->type;
    switch (value->kind) {
    case BOUND_TUPLE_LITERAL: {
        Type *types[64];
        Name names[64];
        for (uint32_t i = 0; i < value->items.count && i < 64; i++) {
            types[i] = natural_type(binder, value->items.at[i]);
            names[i] = ((Name *)value->binder_data)[i];
            if (!types[i] || types[i]->kind == TYPE_NULL || type_is_void(types[i]))
                return NULL;
        }
        return type_make_tuple(binder->world, types, names, value->items.count);
    }
    case BOUND_UNBOUND_LAMBDA:
        return natural_lambda_type(binder, value);
    case BOUND_METHOD_GROUP:
        return natural_group_type(binder, value);
    default:
        return NULL;
    }
}

const char *bound_type_text(Binder *binder, Bound *value)
{
    switch (value->kind) {
    case BOUND_UNBOUND_LAMBDA:
        return "lambda expression";
    case BOUND_METHOD_GROUP:
        return "method group";
    case BOUND_DEFAULT_LITERAL:
        return "default";
    case BOUND_UNBOUND_NEW:
        return "new()";
    case BOUND_THROW_UNTYPED:
        return "<throw expression>";
    case BOUND_COLLECTION_UNTYPED:
        return "collection expression";
    case BOUND_TUPLE_LITERAL: {
        Type *natural = natural_type(binder, value);
        return natural ? type_text(binder->world, natural) : "tuple";
    }
    default:
        return value->type ? type_text(binder->world, value->type) : "?";
    }
}
