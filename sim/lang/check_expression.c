/* Expressions: names, members, calls (C# spec 12.8). Objects and initialisers are in check_create.c, operators in check_operator.c. */
#include "lang/check_internal.h"

#include <string.h>

enum { DEEPEST = 2000 };

/* --- small makers ------------------------------------------------------------------------------------------------------ */

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

Bound *make_convert(Binder *binder, Bound *value, Type *type, ConversionKind kind, Span span)
{
    if (kind == CONVERSION_IDENTITY && value->kind == BOUND_CONSTANT)
        return make_constant(binder, value->constant, type, span);
    Bound *result = bound_new(binder->world, BOUND_CONVERT, type, span);
    result->conversion = (uint8_t)kind;
    result->a = value;
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

/* --- calls of known methods ---------------------------------------------------------------------------------------------- */

static bool receiver_needs_copy(Binder *binder, Bound *receiver, Method *method)
{
    if (type_is_reference(receiver->type) || receiver->type->kind == TYPE_INTERFACE)
        return false;
    if (!is_lvalue(receiver))
        return true;
    return !method->is_readonly && !is_writable_variable(binder, receiver);
}

Bound *make_call(Binder *binder, MethodRef method, Bound *receiver, Bound **arguments, uint32_t count, Span span)
{
    if (method.method->is_static)
        receiver = NULL;
    Bound *call = bound_call(binder->world, method, receiver, arguments, count, span);
    call->type = method_ref_return_type(binder->world, method);
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

Bound *call_named(Binder *binder, Bound *receiver, Type *type, const char *name, Bound **arguments, uint32_t count, Span span)
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
    return make_binary(binder, OP_NOT_EQUAL, value, make_null(binder, value->type, span), binder->world->bool_type, span);
}

/* --- variables ---------------------------------------------------------------------------------------------------------------- */

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
    return field->is_static ? method->kind == METHOD_STATIC_CONSTRUCTOR : method->kind == METHOD_CONSTRUCTOR || method->is_init_only;
}

bool is_writable_variable(Binder *binder, const Bound *value)
{
    switch (value->kind) {
    case BOUND_LOCAL:
        return !value->local->is_readonly && value->local->ref_kind != REF_IN && value->local->ref_kind != REF_READONLY;
    case BOUND_FIELD: {
        Field *field = value->field.field;
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
    if (local->function != binder->function)
        note_capture(binder, local);
    if (local->function != binder->function && local->ref_kind != REF_NONE && !binder->trial)
        ERROR_AT(binder, span, ERROR_REF_IN_LAMBDA, local->name ? local->name->text : "?");
    if (local->is_const && local->constant.kind)
        return make_constant(binder, local->constant, local->type, span);
    return bound_local(binder->world, local, span);
}

Bound *bind_this(Binder *binder, Span span)
{
    if (!binder->definition)
        return bad(binder, span);
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

/* --- properties ------------------------------------------------------------------------------------------------------------------ */

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
    return method_find_implementation(binder->world, type_base(binder->world, binder->definition->self), accessor, &found);
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
    if (symbol->backing && receiver && receiver->kind == BOUND_THIS && binder->method && binder->method->property == symbol)
        return field_access(binder, receiver, (FieldRef){symbol->backing, owner}, span);
    /* Array.Length of a vector is an instruction. */
    if (receiver && receiver->type->kind == TYPE_ARRAY && receiver->type->rank == 1 && strcmp(symbol->name->text, "Length") == 0) {
        Bound *length = bound_new(binder->world, BOUND_ARRAY_LENGTH, binder->world->int_type, span);
        length->a = receiver;
        return length;
    }
    Bound *call = make_call(binder, base_implementation(binder, property, (MethodRef){getter, owner, NULL}), receiver, property->items.at,
                            property->items.count, span);
    call->flags |= property->flags & CALL_NON_VIRTUAL;
    return call;
}

static bool may_assign_backing(Binder *binder, Property *symbol, Bound *receiver)
{
    if (!symbol->backing || !binder->method || binder->method->owner != symbol->owner || (receiver && receiver->kind != BOUND_THIS))
        return false;
    if (binder->function && binder->function->kind != FUNCTION_METHOD)
        return false;
    return symbol->is_static ? binder->method->kind == METHOD_STATIC_CONSTRUCTOR : binder->method->kind == METHOD_CONSTRUCTOR;
}

/* Whether an assignment finds a setter, or the backing field of the constructor's own type. */
bool may_assign_property(Binder *binder, Bound *property)
{
    Property *symbol = property->binder_data;
    return symbol->ref_kind != REF_NONE || find_accessor(symbol, false) || may_assign_backing(binder, symbol, property->a);
}

Bound *make_setter_call(Binder *binder, Bound *property, Bound *value, Span span)
{
    Property *symbol = property->binder_data;
    Type *owner = property->binder_data2;
    Method *setter = find_accessor(symbol, false);
    if (!setter) {
        if (may_assign_backing(binder, symbol, property->a))
            return make_assign(binder, field_access(binder, property->a, (FieldRef){symbol->backing, owner}, span), value, span);
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
    Bound *call = make_call(binder, base_implementation(binder, property, (MethodRef){setter, owner, NULL}), property->a, arguments, count + 1, span);
    call->flags |= property->flags & CALL_NON_VIRTUAL;
    if (property->a && (call->flags & CALL_COPY_RECEIVER) && type_is_value(property->a->type) && !is_writable_variable(binder, property->a) &&
        property->a->kind != BOUND_THIS && !is_lvalue(property->a))
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
        ERROR_AT(binder, value->span, ERROR_NAMESPACE_AS_VALUE, ((Namespace *)value->binder_data)->full_name->text, "namespace", "variable");
        return bad(binder, value->span);
    default:
        return value;
    }
}

/* --- what kind of thing an untyped expression is --------------------------------------------------------------------------------- */

static Type *natural_delegate(Binder *binder, Type **parameters, uint32_t count, Type *returned)
{
    World *world = binder->world;
    bool is_void = type_is_void(returned);
    if (!is_void)
        parameters[count] = returned;
    uint32_t arity = count + (is_void ? 0 : 1);
    TypeDefinition *definition = namespace_type(world->special[SPECIAL_OBJECT]->space, name_of(world->names, is_void ? "Action" : "Func"), arity);
    return definition ? type_make(world, definition, parameters, arity) : NULL;
}

static Type *natural_lambda_type(Binder *binder, Bound *value)
{
    bool explicit_types, any_count;
    uint32_t count = lambda_parameter_count(value, &explicit_types, &any_count);
    if (any_count || (count && !explicit_types) || count > 15)
        return NULL;
    Type *parameters[17];
    for (uint32_t i = 0; i < count; i++)
        parameters[i] = bind_type(binder->world, &binder->types, value->syntax->decl->parameters.at[i]->a);
    bool is_void, has_errors;
    Type *returned = lambda_return_type(binder, value, parameters, count, &is_void, &has_errors);
    if (is_void)
        returned = binder->world->void_type;
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
    return natural_delegate(binder, parameters, method.method->parameter_count, method_ref_return_type(binder->world, method));
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
    case BOUND_UNBOUND_LAMBDA: return "lambda expression";
    case BOUND_METHOD_GROUP: return "method group";
    case BOUND_DEFAULT_LITERAL: return "default";
    case BOUND_UNBOUND_NEW: return "new()";
    case BOUND_THROW_UNTYPED: return "<throw expression>";
    case BOUND_COLLECTION_UNTYPED: return "collection expression";
    case BOUND_TUPLE_LITERAL: {
        Type *natural = natural_type(binder, value);
        return natural ? type_text(binder->world, natural) : "tuple";
    }
    default:
        return value->type ? type_text(binder->world, value->type) : "?";
    }
}

/* --- names ------------------------------------------------------------------------------------------------------------------------- */

static Bound *type_expression(Binder *binder, Type *type, Node *node)
{
    Bound *result = bound_new(binder->world, BOUND_TYPE_EXPRESSION, binder->world->void_type, node->span);
    result->type_operand = type;
    result->syntax = node;
    return result;
}

static Bound *method_group(Binder *binder, Found *found, Bound *receiver, Name name, Node *node, Span span)
{
    Bound *result = bound_new(binder->world, BOUND_METHOD_GROUP, NULL, span);
    result->a = receiver;
    result->binder_data = arena_copy(binder->arena, found, sizeof *found);
    result->binder_data2 = (void *)(uintptr_t)name;
    result->syntax = node;
    return result;
}

static const char *member_text(Binder *binder, Found *found, Name name)
{
    if (found->kind == MEMBER_METHOD && found->method_count)
        return method_text(binder->world, found->methods[0]);
    return arena_format(binder->arena, "%s.%s", type_text(binder->world, found->owner), name->text);
}

static bool member_is_static(const Found *found)
{
    switch (found->kind) {
    case MEMBER_FIELD: return found->member->field->is_static;
    case MEMBER_PROPERTY: return found->member->property->is_static;
    case MEMBER_EVENT: return found->member->event->is_static;
    case MEMBER_METHOD: return found->method_count == 1 && found->methods[0].method->is_static;
    default: return true;
    }
}

/* A found member with its receiver (NULL: static or implicit this was not possible). */
static Bound *access_found(Binder *binder, Found *found, Bound *receiver, Name name, Node *node, Span span)
{
    World *world = binder->world;
    switch (found->kind) {
    case MEMBER_FIELD:
        return field_access(binder, receiver, (FieldRef){found->member->field, found->owner}, span);
    case MEMBER_METHOD:
        return method_group(binder, found, receiver, name, node, span);
    case MEMBER_PROPERTY: {
        Property *property = found->member->property;
        Substitution substitution = type_substitution(found->owner);
        Bound *result = bound_new(world, BOUND_PROPERTY, type_substitute(world, property->type, &substitution), span);
        result->a = property->is_static ? NULL : receiver;
        result->binder_data = property;
        result->binder_data2 = found->owner;
        result->syntax = node;
        return result;
    }
    case MEMBER_EVENT: {
        Event *event = found->member->event;
        Substitution substitution = type_substitution(found->owner);
        Bound *result = bound_new(world, BOUND_EVENT, type_substitute(world, event->type, &substitution), span);
        result->a = event->is_static ? NULL : receiver;
        result->binder_data = event;
        result->binder_data2 = found->owner;
        result->syntax = node;
        return result;
    }
    default: {
        Type *nested = lookup_nested_type(world, found->owner, name, node && node->kind == NODE_GENERIC_NAME ? node->items.count : 0);
        if (nested && node && node->kind == NODE_GENERIC_NAME)
            nested = bind_type_arguments(world, &binder->types, nested->definition, nested, &node->items, node);
        return nested ? type_expression(binder, nested, node) : bad(binder, span);
    }
    }
}

static bool is_instance_context(Binder *binder)
{
    return !binder->in_static;
}

/* A simple name found in an enclosing type: with implicit `this`, or an error when there is none. */
static Bound *access_implicit(Binder *binder, Found *found, TypeDefinition *definition, Name name, Node *node, Span span)
{
    bool is_static = member_is_static(found);
    if (found->kind == MEMBER_METHOD) {
        Bound *receiver = NULL;
        bool any_instance = false;
        for (uint32_t i = 0; i < found->method_count; i++)
            any_instance |= !found->methods[i].method->is_static;
        if (any_instance && is_instance_context(binder) && definition == binder->definition && !binder->in_constructor_initializer &&
            !binder->in_field_initializer)
            receiver = bound_new(binder->world, BOUND_THIS, definition->self, span); /* noted when an instance method is chosen */
        return method_group(binder, found, receiver, name, node, span);
    }
    Bound *receiver = NULL;
    if (!is_static) {
        if (binder->in_field_initializer && definition == binder->definition) {
            ERROR_AT(binder, span, ERROR_THIS_IN_INITIALIZER, member_text(binder, found, name));
            return bad(binder, span);
        }
        if (!is_instance_context(binder) || definition != binder->definition || binder->in_constructor_initializer) {
            ERROR_AT(binder, span, ERROR_INSTANCE_REQUIRED, member_text(binder, found, name));
            return bad(binder, span);
        }
        receiver = bind_this(binder, span);
    }
    return access_found(binder, found, receiver, name, node, span);
}

static Bound *find_primary_parameter(Binder *binder, Name name, Span span)
{
    TypeDefinition *definition = binder->definition;
    if (!definition || definition->is_record || !definition->primary_fields || binder->in_static)
        return NULL;
    for (uint32_t i = 0; i < definition->primary_parameter_count; i++)
        if (definition->primary_parameters[i].name == name && definition->primary_fields[i])
            return field_access(binder, bind_this(binder, span), (FieldRef){definition->primary_fields[i], definition->self}, span);
    return NULL;
}

static Bound *lookup_static_imports(Binder *binder, Name name, Node *node)
{
    for (UsingScope *scope = binder->types.usings; scope; scope = scope->parent) {
        using_resolve(binder->world, scope);
        for (uint32_t i = 0; i < scope->static_count; i++) {
            Found found;
            if (lookup_member(binder, scope->statics[i]->self, name, &found) && (found.kind == MEMBER_METHOD || member_is_static(&found)))
                return access_found(binder, &found, NULL, name, node, node->span);
        }
    }
    return NULL;
}

static Bound *local_function_group(Binder *binder, Function *function, Node *node)
{
    for (Function *at = binder->function; at && at != function->parent && !function->is_static; at = at->parent)
        if (at->is_static && at->kind != FUNCTION_METHOD && at != function) {
            ERROR_AT(binder, node->span, at->kind == FUNCTION_LAMBDA ? ERROR_STATIC_LAMBDA_CAPTURE : ERROR_STATIC_LOCAL_CAPTURE, node->name->text);
            break;
        }
    Found found = {.kind = MEMBER_METHOD};
    MethodRef ref = {function->method, binder->definition ? binder->definition->self : binder->world->object_type, NULL};
    ARENA_PUSH(binder->arena, found.methods, found.method_count, found.method_capacity, ref);
    Bound *group = method_group(binder, &found, NULL, node->name, node, node->span);
    group->b = bound_new(binder->world, BOUND_NOP, NULL, node->span);
    group->b->function = function;
    return group;
}

/* A local or local function of the top-level statements: other code sees its name but may not use it. */
bool is_top_level_local(World *world, Name name)
{
    Node *unit = world->entry_point && world->entry_point->node && world->entry_point->node->kind == NODE_COMPILATION_UNIT
                     ? world->entry_point->node
                     : NULL;
    for (uint32_t i = 0; unit && i < unit->items.count; i++) {
        Node *node = unit->items.at[i]->kind == NODE_GLOBAL_STATEMENT ? unit->items.at[i]->a : NULL;
        if (node && node->kind == NODE_LOCAL_FUNCTION && node->name == name)
            return true;
        for (uint32_t j = 0; node && node->kind == NODE_LOCAL_DECLARATION && j < node->items.count; j++)
            if (node->items.at[j]->name == name)
                return true;
    }
    return false;
}

static Bound *bind_name(Binder *binder, Node *node)
{
    Name name = node->name;
    if (!name)
        return bad(binder, node->span);
    uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
    Function *function = NULL;
    Local *local = lookup_local(binder, name, &function);
    if (local && !arity)
        return use_local(binder, local, node->span);
    if (function)
        return local_function_group(binder, function, node);
    if (!arity && is_declared_later(binder, name)) {
        ERROR_AT(binder, node->span, ERROR_USE_BEFORE_DECLARATION, name->text);
        return bad(binder, node->span);
    }
    Bound *primary = arity ? NULL : find_primary_parameter(binder, name, node->span);
    if (primary)
        return primary;
    Type *parameter, *enclosing;
    Namespace *space;
    Type *hidden = NULL; /* who has such a member, but not for us */
    Found found;
    for (TypeDefinition *definition = binder->definition; definition; definition = definition->containing) {
        if (lookup_member(binder, definition->self, name, &found) &&
            !(arity && found.kind != MEMBER_METHOD && found.kind != MEMBER_TYPE))
            return access_implicit(binder, &found, definition, name, node, node->span);
        if (found.is_inaccessible && !hidden)
            hidden = found.owner;
    }
    TypeDefinition *definition = lookup_type_name(binder->world, &binder->types, name, arity, &parameter, &space, &enclosing);
    if (parameter)
        return type_expression(binder, parameter, node);
    if (definition) {
        Type *type = enclosing && enclosing->definition == definition
                         ? enclosing
                         : bind_type_arguments(binder->world, &binder->types, definition, enclosing, arity ? &node->items : NULL, node);
        return type_expression(binder, type, node);
    }
    if (space) {
        Bound *result = bound_new(binder->world, BOUND_NAMESPACE_EXPRESSION, NULL, node->span);
        result->binder_data = space;
        return result;
    }
    Bound *imported = lookup_static_imports(binder, name, node);
    if (imported)
        return imported;
    if (hidden) {
        ERROR_AT(binder, node->span, ERROR_INACCESSIBLE, arena_format(binder->arena, "%s.%s", type_text(binder->world, hidden), name->text));
        return bad(binder, node->span);
    }
    TypeDefinition *plain = arity ? lookup_type_name(binder->world, &binder->types, name, 0, &parameter, &space, &enclosing) : NULL;
    if (plain) {
        ERROR_AT(binder, node->span, ERROR_NOT_GENERIC, "type", type_text(binder->world, plain->self));
        return bad(binder, node->span);
    }
    for (uint32_t other = 1; other < 9; other++) {
        TypeDefinition *generic = other == arity ? NULL : lookup_type_name(binder->world, &binder->types, name, other, &parameter, &space, &enclosing);
        if (generic) {
            ERROR_AT(binder, node->span, ERROR_WRONG_ARITY, type_text(binder->world, generic->self), (int)other);
            return bad(binder, node->span);
        }
    }
    ERROR_AT(binder, node->span, is_top_level_local(binder->world, name) ? ERROR_TOP_LEVEL_LOCAL : ERROR_NAME_NOT_FOUND, name->text);
    return bad(binder, node->span);
}

/* --- member access ---------------------------------------------------------------------------------------------------------------- */

static Bound *tuple_member(Binder *binder, Bound *receiver, Name name, Span span)
{
    Type *type = receiver->type;
    for (uint32_t i = 0; type->tuple_names && i < type->argument_count; i++)
        if (type->tuple_names[i] == name)
            return tuple_element(binder, receiver, i, span);
    if (strncmp(name->text, "Item", 4) == 0) {
        uint32_t index = 0;
        for (const char *at = name->text + 4; *at; at++) {
            if (*at < '0' || *at > '9')
                return NULL;
            index = index * 10 + (uint32_t)(*at - '0');
        }
        if (index > 7 && index <= type_tuple_count(type))
            return tuple_element(binder, receiver, index - 1, span);
    }
    return NULL;
}

static Bound *extension_group(Binder *binder, Bound *receiver, Name name, Node *node, Span span)
{
    MethodRef *methods = NULL;
    uint32_t count = 0, capacity = 0;
    lookup_extensions(binder, name, &methods, &count, &capacity);
    if (!count)
        return NULL;
    Found found = {.kind = MEMBER_METHOD};
    Bound *group = method_group(binder, &found, receiver, name, node, span);
    return group;
}

static Bound *member_of_value(Binder *binder, Bound *receiver, Name name, Node *node, Span span, bool for_call)
{
    World *world = binder->world;
    if (!receiver->type || receiver->type->kind == TYPE_UNTYPED) {
        bool is_function = receiver->kind == BOUND_METHOD_GROUP || receiver->kind == BOUND_UNBOUND_LAMBDA;
        Type *natural = is_function ? NULL : natural_type(binder, receiver);
        if (!natural) {
            if (receiver->kind == BOUND_METHOD_GROUP || receiver->kind == BOUND_UNBOUND_LAMBDA)
                ERROR_AT(binder, receiver->span, ERROR_EXPRESSION_HAS_KIND,
                         receiver->kind == BOUND_METHOD_GROUP && receiver->binder_data2 ? ((Name)receiver->binder_data2)->text : "lambda expression",
                         receiver->kind == BOUND_METHOD_GROUP ? "method" : "lambda");
            return bad(binder, span);
        }
        receiver = convert_implicit(binder, receiver, natural, span);
    }
    if (is_bad(receiver))
        return receiver;
    if (type_is_void(receiver->type) || receiver->type->kind == TYPE_NULL) {
        Span place = receiver->type->kind == TYPE_NULL ? receiver->span : span;
        ERROR_AT(binder, place, ERROR_UNARY_OPERATOR, ".", bound_type_text(binder, receiver));
        return bad(binder, span);
    }
    if (type_is_tuple(receiver->type)) {
        Bound *element = tuple_member(binder, receiver, name, span);
        if (element)
            return element;
    }
    Found found;
    if (lookup_member(binder, receiver->type, name, &found)) {
        if (found.kind == MEMBER_TYPE || (found.kind != MEMBER_METHOD && member_is_static(&found))) {
            ERROR_AT(binder, receiver->span, ERROR_STATIC_THROUGH_INSTANCE, member_text(binder, &found, name));
            return bad(binder, span);
        }
        bool invocable = found.kind == MEMBER_METHOD || !for_call;
        if (!invocable) {
            Bound *member = access_found(binder, &found, receiver, name, node, span);
            if (member->type && member->type->kind == TYPE_DELEGATE)
                return member;
            Bound *extension = extension_group(binder, receiver, name, node, span);
            return extension ? extension : member;
        }
        return access_found(binder, &found, receiver, name, node, span);
    }
    bool hides_extension = found.is_inaccessible && !for_call;
    Bound *extension = hides_extension ? NULL : extension_group(binder, receiver, name, node, span);
    if (extension)
        return extension;
    bool is_conditional = receiver == binder->receiver_placeholder; /* `?.name`: from the dot on */
    Span place = is_conditional && span.start ? (Span){span.start - 1, span.end} : span;
    if (found.is_other_branch)
        ERROR_AT(binder, place, ERROR_PROTECTED_QUALIFIER, arena_format(binder->arena, "%s.%s", type_text(world, found.owner), name->text),
                 type_text(world, receiver->type), binder->definition ? type_text(world, binder->definition->self) : "?");
    else if (found.is_inaccessible)
        ERROR_AT(binder, place, ERROR_INACCESSIBLE, arena_format(binder->arena, "%s.%s", type_text(world, found.owner), name->text));
    else {
        Position key = binder->diagnostics->key;
        if (for_call && binder->call_end)
            binder->diagnostics->key = binder->call_end; /* said after the arguments are bound */
        ERROR_AT(binder, place, ERROR_MEMBER_OR_EXTENSION_NOT_FOUND, type_text(world, receiver->type), name->text, name->text,
                 type_text(world, receiver->type));
        binder->diagnostics->key = key;
    }
    return bad(binder, span);
}

/* `whole`: the access with its left side, where an instance member is missing its object. */
static Bound *member_of_type(Binder *binder, Type *type, Name name, Node *node, Span span, Span whole)
{
    Found found;
    if (type->kind == TYPE_ERROR)
        return bad(binder, span);
    bool is_member = type->kind == TYPE_PARAMETER && lookup_member(binder, type, name, &found);
    if (type->kind == TYPE_PARAMETER && !(is_member && found.owner->kind == TYPE_INTERFACE)) {
        ERROR_AT(binder, whole, ERROR_TYPE_PARAMETER_LOOKUP, type_text(binder->world, type));
        return bad(binder, span);
    }
    uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
    if (lookup_member(binder, type, name, &found)) {
        if (found.kind == MEMBER_TYPE)
            return access_found(binder, &found, NULL, name, node, span);
        if (found.kind != MEMBER_METHOD && !member_is_static(&found)) {
            ERROR_AT(binder, whole, ERROR_INSTANCE_REQUIRED, member_text(binder, &found, name));
            return bad(binder, span);
        }
        Bound *result = access_found(binder, &found, NULL, name, node, span);
        if (result->kind == BOUND_METHOD_GROUP) {
            result->a = type_expression(binder, type, node);
        }
        return result;
    }
    Type *nested = lookup_nested_type(binder->world, type, name, arity);
    if (nested)
        return type_expression(binder, arity ? bind_type_arguments(binder->world, &binder->types, nested->definition, nested, &node->items, node)
                                             : nested, node);
    if (found.is_inaccessible)
        ERROR_AT(binder, span, ERROR_INACCESSIBLE, arena_format(binder->arena, "%s.%s", type_text(binder->world, found.owner), name->text));
    else
        ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, type_text(binder->world, type), name->text);
    return bad(binder, span);
}

static Bound *member_of_namespace(Binder *binder, Namespace *space, Node *node, Span whole)
{
    uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
    TypeDefinition *definition = namespace_type(space, node->name, arity);
    if (definition)
        return type_expression(binder, bind_type_arguments(binder->world, &binder->types, definition, NULL, arity ? &node->items : NULL, node), node);
    Namespace *child = arity ? NULL : namespace_child(binder->world, space, node->name, false);
    if (child) {
        Bound *result = bound_new(binder->world, BOUND_NAMESPACE_EXPRESSION, NULL, node->span);
        result->binder_data = child;
        return result;
    }
    ERROR_AT(binder, whole, ERROR_TYPE_NOT_IN_NAMESPACE, node->name->text, space->full_name->length ? space->full_name->text : "<global namespace>");
    return bad(binder, node->span);
}

/* "Color Color" (spec 12.8.7.2): a name that means a value and its own type. */
static Type *color_color_type(Binder *binder, Node *left, Bound *value)
{
    if (left->kind != NODE_NAME || !value->type || !value->type->definition || value->type->definition->name != left->name)
        return NULL;
    Type *parameter, *enclosing;
    Namespace *space;
    TypeDefinition *definition = lookup_type_name(binder->world, &binder->types, left->name, 0, &parameter, &space, &enclosing);
    return definition == value->type->definition || (definition && value->type->definition->name == definition->name) ? definition->self : NULL;
}

static Bound *bind_base_member(Binder *binder, Node *node, Node *right)
{
    Type *base = binder->definition ? type_base(binder->world, binder->definition->self) : NULL;
    if (!base || binder->in_static) {
        ERROR_AT(binder, node->a->span, ERROR_BASE_IN_STATIC);
        return bad(binder, node->span);
    }
    Bound *receiver = bind_this(binder, node->a->span);
    Found found;
    binder->is_base_access = true;
    bool is_found = lookup_member(binder, base, right->name, &found);
    binder->is_base_access = false;
    if (!is_found) {
        ERROR_AT(binder, right->span, ERROR_TYPE_WITHOUT_MEMBER, type_text(binder->world, base), right->name->text);
        return bad(binder, node->span);
    }
    Bound *result = access_found(binder, &found, receiver, right->name, right, node->span);
    result->flags |= CALL_NON_VIRTUAL;
    return result;
}

/* The left side of a dot. An instance member that cannot be used here may still be the name of its type (Color Color). */
static Bound *bind_left(Binder *binder, Node *node)
{
    if (node->kind != NODE_NAME || !node->name || is_declared_later(binder, node->name) ||
        (!binder->in_static && !binder->in_field_initializer && !binder->in_constructor_initializer))
        return bind_expression(binder, node);
    DiagnosticList quiet;
    diagnostic_list_init(&quiet, binder->arena);
    quiet.muted = true;
    DiagnosticList *diagnostics = binder->diagnostics;
    binder->diagnostics = &quiet;
    Bound *left = bind_expression(binder, node);
    binder->diagnostics = diagnostics;
    if (!is_bad(left) && !quiet.error_count)
        return left;
    Type *parameter, *enclosing;
    Namespace *space;
    TypeDefinition *definition = lookup_type_name(binder->world, &binder->types, node->name, 0, &parameter, &space, &enclosing);
    if (definition && !parameter)
        return type_expression(binder, bind_type_arguments(binder->world, &binder->types, definition, enclosing, NULL, node), node);
    return bind_expression(binder, node);
}

static Bound *bind_member(Binder *binder, Node *node, bool for_call)
{
    Node *right = node->b;
    if (!right->name)
        return bad(binder, node->span);
    if (node->a->kind == NODE_BASE)
        return bind_base_member(binder, node, right);
    Position call_end = binder->call_end;
    Bound *left = bind_left(binder, node->a);
    binder->call_end = call_end;
    if (is_bad(left))
        return left;
    Bound *result;
    if (left->kind == BOUND_NAMESPACE_EXPRESSION) {
        result = member_of_namespace(binder, left->binder_data, right, node->span);
    } else if (left->kind == BOUND_TYPE_EXPRESSION) {
        result = member_of_type(binder, left->type_operand, right->name, right, right->span, node->span);
    } else {
        Type *same_name = color_color_type(binder, node->a, left);
        Found found;
        if (same_name && lookup_member(binder, same_name, right->name, &found) && found.kind != MEMBER_METHOD &&
            (found.kind == MEMBER_TYPE || member_is_static(&found)))
            return access_found(binder, &found, NULL, right->name, right, right->span);
        bool is_method = same_name && found.member && found.kind == MEMBER_METHOD;
        result = member_of_value(binder, to_rvalue(binder, left), right->name, right, right->span, for_call);
        if (is_method && result->kind == BOUND_METHOD_GROUP)
            result->flags |= BOUND_EXPLICIT; /* static methods are welcome too */
    }
    if (result->kind == BOUND_FIELD || result->kind == BOUND_PROPERTY || result->kind == BOUND_CONSTANT)
        result->span = node->span;
    return result;
}

Bound *member_access(Binder *binder, Bound *receiver, Name name, NodeList *type_arguments, Node *node, Span span, bool for_call)
{
    (void)type_arguments;
    return member_of_value(binder, receiver, name, node, span, for_call);
}

/* --- arguments ---------------------------------------------------------------------------------------------------------------------- */

static RefKind argument_ref_kind(Node *node)
{
    switch (node->token) {
    case TOKEN_REF: return REF_REF;
    case TOKEN_OUT: return REF_OUT;
    case TOKEN_IN: return REF_IN;
    default: return REF_NONE;
    }
}

static Bound *bind_out_variable(Binder *binder, Node *node)
{
    Node *designation = node->b;
    bool is_var = node->a->kind == NODE_NAME && strcmp(node->a->name->text, "var") == 0;
    Type *type = is_var ? NULL : bind_type(binder->world, &binder->types, node->a);
    if (designation && designation->kind == NODE_DISCARD_DESIGNATION) {
        Bound *discard = bound_new(binder->world, BOUND_DISCARD, type, node->span);
        discard->syntax = node;
        return discard;
    }
    if (!designation || designation->kind != NODE_SINGLE_DESIGNATION || !designation->name)
        return bad(binder, node->span);
    if (type && type->kind == TYPE_ERROR)
        type = NULL;
    Bound *result = bound_new(binder->world, BOUND_OUT_VARIABLE, type, node->span);
    result->syntax = node;
    result->local = declare_local(binder, designation->name, type ? type : binder->world->error_type, designation->span);
    return result;
}

static Bound *bind_ref_operand(Binder *binder, Node *node, RefKind kind)
{
    if (node->kind == NODE_DECLARATION_EXPRESSION)
        return bind_out_variable(binder, node);
    Function *function = NULL;
    if (kind == REF_OUT && node->kind == NODE_NAME && node->name && strcmp(node->name->text, "_") == 0 &&
        !lookup_local(binder, node->name, &function)) {
        Bound *discard = bound_new(binder->world, BOUND_DISCARD, NULL, node->span);
        discard->syntax = node;
        return discard;
    }
    Bound *value = bind_expression(binder, node);
    if (is_bad(value))
        return value;
    if (value->kind == BOUND_PROPERTY && ((Property *)value->binder_data)->ref_kind != REF_NONE)
        value = make_getter_call(binder, value, value->span);
    if (value->kind == BOUND_PROPERTY) {
        ERROR_AT(binder, node->span, ERROR_REF_PROPERTY);
        return bad(binder, node->span);
    }
    if (kind == REF_IN && !is_lvalue(value))
        return to_rvalue(binder, value);
    if (!is_lvalue(value)) {
        ERROR_AT(binder, node->span, ERROR_REF_NEEDS_VARIABLE);
        return bad(binder, node->span);
    }
    if (kind != REF_IN && !is_writable_variable(binder, value)) {
        if (value->kind == BOUND_FIELD)
            ERROR_AT(binder, node->span, value->field.field->is_static ? ERROR_READONLY_STATIC_REF : ERROR_READONLY_REF);
        else if (value->kind == BOUND_LOCAL)
            ERROR_AT(binder, node->span, ERROR_READONLY_LOCAL_REF, value->local->name ? value->local->name->text : "?");
        else
            ERROR_AT(binder, node->span, ERROR_REF_NEEDS_VARIABLE);
    }
    if (value->kind == BOUND_LOCAL)
        value->local->is_assigned = true;
    return value;
}

void bind_arguments(Binder *binder, NodeList *nodes, ArgumentInfo **arguments, uint32_t *count)
{
    *arguments = ARENA_ARRAY(binder->arena, ArgumentInfo, nodes->count + 2);
    *count = nodes->count;
    for (uint32_t i = 0; i < nodes->count; i++) {
        Node *node = nodes->at[i];
        ArgumentInfo *argument = &(*arguments)[i];
        if (node->kind != NODE_ARGUMENT) {
            argument->value = bind_value(binder, node);
            argument->node = node;
            continue;
        }
        argument->node = node;
        argument->name = node->name;
        argument->ref_kind = argument_ref_kind(node);
        argument->value = argument->ref_kind == REF_NONE ? bind_value(binder, node->a) : bind_ref_operand(binder, node->a, argument->ref_kind);
        if (!argument->value->syntax)
            argument->value->syntax = node->a;
        if (argument->ref_kind == REF_NONE && argument->value->type && type_is_void(argument->value->type)) {
            ERROR_AT(binder, node->a->span, ERROR_ARGUMENT, (int)i + 1, "void", "object");
            argument->value = bad(binder, node->a->span);
        }
    }
}

Bound *bind_ref_argument(Binder *binder, ArgumentInfo *argument, Type *type, RefKind kind, LocalList *temps, BoundList *effects)
{
    Bound *value = argument->value;
    Span span = value->span;
    if (value->kind == BOUND_OUT_VARIABLE) {
        Local *local = value->local;
        if (local->type->kind == TYPE_ERROR)
            local->type = type;
        value = bound_local(binder->world, local, span);
    } else if (value->kind == BOUND_DISCARD) {
        Local *temp = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, type, span);
        ARENA_PUSH(binder->arena, temps->at, temps->count, temps->capacity, temp);
        value = bound_local(binder->world, temp, span);
    } else if (argument->ref_kind == REF_NONE) { /* `in` parameters take values too */
        value = convert_implicit(binder, value, type, span);
        if (!is_lvalue(value) && !is_bad(value))
            value = make_temp(binder, value, effects, temps);
    }
    if (is_bad(value))
        return value;
    if (!is_lvalue(value))
        value = make_temp(binder, value, effects, temps);
    if (value->kind == BOUND_LOCAL)
        value->local->is_assigned = true;
    Bound *result = bound_new(binder->world, BOUND_ADDRESS, value->type, span);
    result->a = value;
    result->flags |= kind == REF_OUT ? BOUND_EXPLICIT : 0; /* out: assigned by the call */
    return result;
}

Bound *make_empty_array(Binder *binder, Type *type, Span span)
{
    TypeDefinition *array = binder->world->special[SPECIAL_ARRAY];
    Method *empty = type_method_named(binder->world, array, "Empty", 0);
    if (!empty) {
        Bound *result = bound_new(binder->world, BOUND_NEW_ARRAY, type, span);
        result->a = bound_constant_int(binder->world, 0, span);
        return result;
    }
    Type **arguments = ARENA_ARRAY(binder->arena, Type *, 1);
    arguments[0] = type->element;
    return make_call(binder, (MethodRef){empty, array->self, arguments}, NULL, NULL, 0, span);
}

/* --- invocation --------------------------------------------------------------------------------------------------------------------- */

static bool is_delegate_invoke(const Bound *function)
{
    return function->type && function->type->kind == TYPE_DELEGATE;
}

static Bound *finish_call(Binder *binder, Resolution *resolution, Bound *receiver, ArgumentInfo *arguments, uint32_t count, Span span, uint32_t flags)
{
    LocalList temps = {0};
    BoundList effects = {0};
    Method *method = resolution->method.method;
    bool reordered = false;
    for (uint32_t i = 0; i + 1 < count; i++)
        reordered |= resolution->parameter_of[i] > resolution->parameter_of[i + 1];
    if (receiver && !method->is_static && reordered && !is_lvalue(receiver) && receiver->kind != BOUND_THIS)
        receiver = make_temp(binder, receiver, &effects, &temps);
    Bound **values = build_arguments(binder, resolution, arguments, count, &temps, &effects, span);
    for (uint32_t i = 0; i < method->parameter_count; i++)
        if (is_bad(values[i]))
            return bad(binder, span);
    Bound *call = make_call(binder, resolution->method, receiver, values, method->parameter_count, span);
    call->flags |= flags & CALL_NON_VIRTUAL;
    return make_sequence(binder, &temps, &effects, call, span);
}

static void bind_type_argument_list(Binder *binder, Node *node, Type ***types, uint32_t *count)
{
    *types = NULL;
    *count = 0;
    if (!node || node->kind != NODE_GENERIC_NAME)
        return;
    *count = node->items.count;
    *types = ARENA_ARRAY(binder->arena, Type *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        (*types)[i] = bind_type(binder->world, &binder->types, node->items.at[i]);
}

static Bound *call_local_function(Binder *binder, Bound *group, Resolution *resolution, ArgumentInfo *arguments, uint32_t count, Span span)
{
    Function *function = group->b->function;
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, resolution, arguments, count, &temps, &effects, span);
    Bound *call = bound_new(binder->world, BOUND_CALL_LOCAL, method_ref_return_type(binder->world, resolution->method), span);
    for (uint32_t i = 0; i < function->method->parameter_count; i++)
        list_add(binder, &call->items, values[i]);
    call->function = function;
    call->function_arguments = resolution->method.arguments;
    note_local_function_use(binder, function);
    return make_sequence(binder, &temps, &effects, call, span);
}

static Bound *invoke_extension(Binder *binder, Bound *group, Type **type_arguments, uint32_t type_argument_count, ArgumentInfo *arguments,
                               uint32_t count, Node *node, Span span, bool quiet)
{
    MethodRef *extensions = NULL;
    uint32_t extension_count = 0, capacity = 0;
    Name name = (Name)group->binder_data2;
    if (!group->a || group->a->kind == BOUND_TYPE_EXPRESSION || !name)
        return NULL;
    lookup_extensions(binder, name, &extensions, &extension_count, &capacity);
    if (!extension_count)
        return NULL;
    ArgumentInfo *all = ARENA_ARRAY(binder->arena, ArgumentInfo, count + 1);
    all[0] = (ArgumentInfo){.value = group->a};
    memcpy(all + 1, arguments, count * sizeof *all);
    Resolution resolution;
    if (!resolve_overload(binder, extensions, extension_count, type_arguments, type_argument_count, all, count + 1, true, &resolution, node, span,
                          name, quiet, NULL))
        return quiet ? NULL : bad(binder, span);
    return finish_call(binder, &resolution, NULL, all, count + 1, node ? node->span : span, 0);
}

static bool needs_receiver_error(Bound *group, Method *method)
{
    if (method->is_static)
        return false;
    return !group->a || group->a->kind == BOUND_TYPE_EXPRESSION;
}

static Bound *invoke_group(Binder *binder, Bound *group, ArgumentInfo *arguments, uint32_t count, Node *node, Span span)
{
    Found *found = group->binder_data;
    Type **type_arguments;
    uint32_t type_argument_count;
    Name name = (Name)group->binder_data2;
    bind_type_argument_list(binder, group->syntax, &type_arguments, &type_argument_count);
    Span call_span = node ? node->span : span;
    Span access_span = node && node->kind == NODE_CALL ? node->a->span : span;
    if (!found->method_count) { /* only extension methods have that name */
        Bound *call = invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node, span, true);
        if (call)
            return call;
        for (uint32_t i = 0; i < count; i++)
            if (is_bad(arguments[i].value))
                return bad(binder, span);
        if (type_is_reference(group->a->type) || type_is_value(group->a->type)) {
            MethodRef *extensions = NULL;
            uint32_t extension_count = 0, capacity = 0;
            lookup_extensions(binder, name, &extensions, &extension_count, &capacity);
            bool receiver_fits = false;
            MethodRef *nearest = NULL; /* takes that many arguments, but another receiver */
            for (uint32_t i = 0; i < extension_count; i++) {
                Method *extension = extensions[i].method;
                Type *first = extension->parameters[0].type;
                receiver_fits |= first->is_open || classify_type_conversion(binder->world, group->a->type, first).is_implicit;
                if (!nearest && !first->is_open && extension->parameter_count == count + 1)
                    nearest = &extensions[i];
            }
            if (!receiver_fits && nearest) {
                ERROR_AT(binder, group->a->span, ERROR_EXTENSION_RECEIVER, bound_type_text(binder, group->a), name->text,
                         method_text(binder->world, *nearest), type_text(binder->world, nearest->method->parameters[0].type));
                return bad(binder, span);
            }
            if (receiver_fits)
                return invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node, span, false);
        }
        ERROR_AT(binder, span, ERROR_MEMBER_OR_EXTENSION_NOT_FOUND, bound_type_text(binder, group->a), name->text, name->text,
                 bound_type_text(binder, group->a));
        return bad(binder, span);
    }
    Resolution resolution;
    bool may_extend = group->a && group->a->kind != BOUND_TYPE_EXPRESSION && group->a->kind != BOUND_THIS;
    if (!resolve_overload(binder, found->methods, found->method_count, type_arguments, type_argument_count, arguments, count, false, &resolution,
                          node, span, name, may_extend, NULL)) {
        Bound *call = may_extend ? invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node, span, true) : NULL;
        if (call)
            return call;
        if (may_extend)
            resolve_overload(binder, found->methods, found->method_count, type_arguments, type_argument_count, arguments, count, false, &resolution,
                             node, span, name, false, NULL);
        return bad(binder, span);
    }
    if (group->b && group->b->kind == BOUND_NOP && group->b->function)
        return call_local_function(binder, group, &resolution, arguments, count, call_span);
    Method *method = resolution.method.method;
    if (needs_receiver_error(group, method)) {
        ERROR_AT(binder, access_span, binder->in_field_initializer ? ERROR_THIS_IN_INITIALIZER : ERROR_INSTANCE_REQUIRED,
                 method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    if (method->is_static && group->a && group->a->kind != BOUND_TYPE_EXPRESSION && group->a->kind != BOUND_THIS &&
        !(group->flags & BOUND_EXPLICIT)) {
        ERROR_AT(binder, access_span, ERROR_STATIC_THROUGH_INSTANCE, method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    if (group->flags & CALL_NON_VIRTUAL) { /* base.M: the override that the base class has */
        bool is_found;
        resolution.method = method_find_implementation(binder->world, type_base(binder->world, binder->definition->self), resolution.method, &is_found);
        method = resolution.method.method;
    }
    if ((group->flags & CALL_NON_VIRTUAL) && method->is_abstract) {
        ERROR_AT(binder, access_span, ERROR_BASE_ABSTRACT_CALL, method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    Bound *receiver = method->is_static ? NULL : group->a;
    if (receiver && receiver->kind == BOUND_THIS && !(group->flags & CALL_NON_VIRTUAL))
        receiver = bind_this(binder, receiver->span);
    return finish_call(binder, &resolution, receiver, arguments, count, call_span, group->flags);
}

Bound *bind_invocation_of(Binder *binder, Bound *function, ArgumentInfo *arguments, uint32_t count, Node *node, Span span)
{
    if (function->kind == BOUND_METHOD_GROUP)
        return invoke_group(binder, function, arguments, count, node, span);
    bool is_member = function->kind == BOUND_FIELD || function->kind == BOUND_PROPERTY || function->kind == BOUND_EVENT;
    function = to_rvalue(binder, function);
    if (is_bad(function))
        return function;
    if (!is_delegate_invoke(function) && !is_member) {
        ERROR_AT(binder, node && node->kind == NODE_CALL ? node->a->span : span, ERROR_METHOD_NAME_EXPECTED);
        return bad(binder, span);
    }
    if (!is_delegate_invoke(function)) {
        ERROR_AT(binder, span, ERROR_NOT_INVOCABLE, function->syntax && function->syntax->name ? function->syntax->name->text : "expression");
        return bad(binder, span);
    }
    MethodRef invoke;
    delegate_signature(binder->world, function->type, &invoke);
    Resolution resolution;
    if (!resolve_overload(binder, &invoke, 1, NULL, 0, arguments, count, false, &resolution, node, span, NULL, false, NULL))
        return bad(binder, span);
    return finish_call(binder, &resolution, function, arguments, count, node ? node->span : span, 0);
}

/* nameof(A.B): instance members through the type are fine, missing ones are not. */
static void check_nameof_member(Binder *binder, Node *node)
{
    Bound *left = bind_left(binder, node->a);
    Name name = node->b->name;
    if (is_bad(left) || !name)
        return;
    if (left->kind == BOUND_NAMESPACE_EXPRESSION) {
        member_of_namespace(binder, left->binder_data, node->b, node->span);
        return;
    }
    Type *type = left->kind == BOUND_TYPE_EXPRESSION ? left->type_operand : left->type;
    Found found;
    if (!type || type->kind == TYPE_UNTYPED || type_is_tuple(type) || lookup_member(binder, type, name, &found) ||
        lookup_nested_type(binder->world, type, name, node->b->kind == NODE_GENERIC_NAME ? node->b->items.count : 0))
        return;
    if (left->kind == BOUND_TYPE_EXPRESSION)
        ERROR_AT(binder, node->b->span, ERROR_TYPE_WITHOUT_MEMBER, type_text(binder->world, type), name->text);
    else
        member_of_value(binder, to_rvalue(binder, left), name, node->b, node->b->span, false);
}

static Bound *bind_nameof(Binder *binder, Node *node)
{
    Node *argument = node->items.count == 1 ? node->items.at[0]->a : NULL;
    if (!argument)
        return NULL;
    while (argument->kind == NODE_QUALIFIED)
        argument = argument->b;
    if (argument->kind != NODE_NAME && argument->kind != NODE_GENERIC_NAME) {
        ERROR_AT(binder, argument->span, ERROR_NO_NAME);
        return bad(binder, node->span);
    }
    uint32_t before = binder->diagnostics->error_count;
    bool in_static = binder->in_static;
    if (node->items.at[0]->a->kind == NODE_NAME || node->items.at[0]->a->kind == NODE_GENERIC_NAME)
        binder->in_static = false; /* nameof(instanceMember) is fine anywhere */
    bool in_field_initializer = binder->in_field_initializer;
    binder->in_field_initializer = false;
    if (node->items.at[0]->a->kind == NODE_NAME)
        bind_expression(binder, node->items.at[0]->a);
    else if (node->items.at[0]->a->kind == NODE_QUALIFIED)
        check_nameof_member(binder, node->items.at[0]->a);
    binder->in_static = in_static;
    binder->in_field_initializer = in_field_initializer;
    if (binder->diagnostics->error_count != before)
        return bad(binder, node->span);
    return make_string(binder, argument->name->text, node->span);
}

static Bound *bind_call(Binder *binder, Node *node)
{
    Node *function_node = node->a;
    Function *local_function = NULL;
    if (function_node->kind == NODE_NAME && function_node->name && strcmp(function_node->name->text, "nameof") == 0 &&
        !lookup_local(binder, function_node->name, &local_function) && !local_function) {
        Bound *name = bind_nameof(binder, node);
        if (name)
            return name;
    }
    binder->call_end = node->span.end;
    Bound *function = function_node->kind == NODE_QUALIFIED ? bind_member(binder, function_node, true) : bind_expression(binder, function_node);
    binder->call_end = 0;
    ArgumentInfo *arguments;
    uint32_t count;
    bind_arguments(binder, &node->items, &arguments, &count);
    if (is_bad(function)) {
        for (uint32_t i = 0; i < count; i++)
            if (arguments[i].value->kind == BOUND_UNBOUND_LAMBDA)
                lambda_check_errors(binder, arguments[i].value);
        return bad(binder, node->span);
    }
    Span span = function_node->kind == NODE_QUALIFIED ? function_node->b->span : function_node->span;
    if (function->kind == BOUND_TYPE_EXPRESSION) {
        ERROR_AT(binder, span, ERROR_NOT_INVOCABLE, type_text(binder->world, function->type_operand));
        return bad(binder, node->span);
    }
    if (function->kind != BOUND_METHOD_GROUP && !function->syntax)
        function->syntax = function_node->kind == NODE_QUALIFIED ? function_node->b : function_node;
    return bind_invocation_of(binder, function, arguments, count, node, span);
}

/* --- indexing ------------------------------------------------------------------------------------------------------------------------ */

static Bound *array_element(Binder *binder, Bound *array, ArgumentInfo *arguments, uint32_t count, Span span)
{
    if (count != 1) {
        ERROR_AT(binder, span, ERROR_INDEX_COUNT, (int)array->type->rank);
        return bad(binder, span);
    }
    Bound *index = arguments[0].value;
    World *world = binder->world;
    static const SpecialType allowed[] = {SPECIAL_INT32, SPECIAL_UINT32, SPECIAL_INT64, SPECIAL_UINT64};
    Bound *converted = NULL;
    if (index->type && index->type->special == SPECIAL_INDEX)
        return NULL;
    for (size_t i = 0; i < 4 && !converted; i++)
        if (classify_conversion(binder, index, type_special(world, allowed[i])).is_implicit)
            converted = convert_implicit(binder, index, type_special(world, allowed[i]), index->span);
    if (!converted)
        converted = convert_implicit(binder, index, world->int_type, index->span);
    if (is_bad(converted))
        return converted;
    Bound *result = bound_new(world, BOUND_ELEMENT, array->type->element, span);
    result->a = array;
    result->b = converted;
    return result;
}

/* x[^1] and x[a..b] on arrays, strings and types with Length/Count. */
static Bound *bind_implicit_index(Binder *binder, Bound *receiver, Node *argument, Span span)
{
    Node *index = argument->a;
    if (index->kind != NODE_FROM_END && index->kind != NODE_RANGE)
        return NULL;
    BoundList effects = {0};
    LocalList locals = {0};
    World *world = binder->world;
    Bound *value = receiver->kind == BOUND_LOCAL ? receiver : make_temp(binder, receiver, &effects, &locals);
    Bound *length;
    if (receiver->type->kind == TYPE_ARRAY) {
        length = bound_new(world, BOUND_ARRAY_LENGTH, world->int_type, span);
        length->a = value;
    } else {
        Found found;
        bool has = lookup_member(binder, receiver->type, name_of(world->names, "Length"), &found) ||
                   lookup_member(binder, receiver->type, name_of(world->names, "Count"), &found);
        if (!has || found.kind != MEMBER_PROPERTY)
            return NULL;
        length = to_rvalue(binder, access_found(binder, &found, value, found.member->name, NULL, span));
    }
    if (index->kind == NODE_FROM_END) {
        Bound *back = bind_converted(binder, index->a, world->int_type);
        ArgumentInfo at = {.value = make_binary(binder, OP_SUBTRACT, length, back, world->int_type, span)};
        Bound *element = receiver->type->kind == TYPE_ARRAY ? array_element(binder, value, &at, 1, span) : bind_indexer(binder, value, &at, 1, NULL, span);
        if (!effects.count)
            return element; /* x[^1] = 5 works on it */
        return make_sequence(binder, &locals, &effects, to_rvalue(binder, element), span);
    }
    Bound *size = make_temp(binder, length, &effects, &locals);
    Bound *ends[2];
    for (int i = 0; i < 2; i++) {
        Node *end = i ? index->b : index->a;
        if (!end)
            ends[i] = i ? size : bound_constant_int(world, 0, span);
        else if (end->kind == NODE_FROM_END)
            ends[i] = make_binary(binder, OP_SUBTRACT, size, bind_converted(binder, end->a, world->int_type), world->int_type, span);
        else
            ends[i] = bind_converted(binder, end, world->int_type);
        ends[i] = make_temp(binder, ends[i], &effects, &locals);
    }
    Bound *arguments[3] = {ends[0], make_binary(binder, OP_SUBTRACT, ends[1], ends[0], world->int_type, span), NULL};
    Bound *call;
    if (receiver->type->special == SPECIAL_STRING) {
        call = call_named(binder, value, receiver->type, "Substring", arguments, 2, span);
    } else if (receiver->type->kind == TYPE_ARRAY) {
        Method *slice = type_method_named(world, world->special[SPECIAL_RUNTIME_HELPERS], "GetSubArray", 3);
        if (!slice)
            return NULL;
        Bound *all[3] = {value, arguments[0], arguments[1]};
        Type **types = ARENA_ARRAY(binder->arena, Type *, 1);
        types[0] = receiver->type->element;
        call = make_call(binder, (MethodRef){slice, world->special[SPECIAL_RUNTIME_HELPERS]->self, types}, NULL, all, 3, span);
    } else {
        call = call_named(binder, value, receiver->type, "Slice", arguments, 2, span);
    }
    return make_sequence(binder, &locals, &effects, call, span);
}

Bound *bind_indexer(Binder *binder, Bound *receiver, ArgumentInfo *arguments, uint32_t count, Node *node, Span span)
{
    World *world = binder->world;
    MethodRef candidates[64];
    uint32_t candidate_count = 0;
    Name name = name_of(world->names, "Item");
    Type *start = receiver->type->kind == TYPE_PARAMETER ? type_base(world, receiver->type) : receiver->type;
    Type *places[64];
    uint32_t place_count = 0;
    for (Type *at = start; at && at->definition && place_count < 32; at = type_base(world, at))
        places[place_count++] = at;
    uint32_t interface_count;
    Type **interfaces = type_interfaces(world, receiver->type, &interface_count);
    bool use_interfaces = receiver->type->kind == TYPE_INTERFACE || receiver->type->kind == TYPE_PARAMETER;
    for (uint32_t i = 0; use_interfaces && i < interface_count && place_count < 64; i++)
        places[place_count++] = interfaces[i];
    for (uint32_t p = 0; p < place_count; p++)
        for (Member *member = type_member(world, places[p]->definition, name); member; member = member->next_same_name) {
            if (member->name != name || member->kind != MEMBER_PROPERTY || candidate_count >= 64)
                continue;
            Property *property = member->property;
            Method *accessor = property->getter ? property->getter : property->setter;
            if (accessor && !(accessor->is_override && accessor->overridden) && property->parameter_count)
                candidates[candidate_count++] = (MethodRef){accessor, places[p], NULL};
        }
    if (!candidate_count) {
        ERROR_AT(binder, span, ERROR_CANNOT_INDEX, type_text(world, receiver->type));
        return bad(binder, span);
    }
    /* Setters take the value last: resolve on copies without it. */
    for (uint32_t i = 0; i < candidate_count; i++)
        if (candidates[i].method->kind == METHOD_SETTER) {
            Method *copy = arena_copy(binder->arena, candidates[i].method, sizeof *copy);
            copy->parameter_count--;
            candidates[i].method = copy;
        }
    Resolution resolution;
    if (!resolve_overload(binder, candidates, candidate_count, NULL, 0, arguments, count, false, &resolution, node, span, name_of(world->names, "this"),
                          false, NULL))
        return bad(binder, span);
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, &resolution, arguments, count, &temps, &effects, span);
    Property *property = resolution.method.method->property;
    Substitution substitution = type_substitution(resolution.method.owner);
    Bound *result = bound_new(world, BOUND_PROPERTY, type_substitute(world, property->type, &substitution), span);
    result->a = receiver;
    result->binder_data = property;
    result->binder_data2 = resolution.method.owner;
    for (uint32_t i = 0; i < property->parameter_count; i++)
        list_add(binder, &result->items, values[i]);
    if (property->ref_kind != REF_NONE)
        return make_getter_call(binder, result, span);
    return result;
}

static Bound *bind_index(Binder *binder, Node *node)
{
    if (node->a->kind == NODE_BASE) {
        Bound *receiver = bind_this(binder, node->a->span);
        Type *base = type_base(binder->world, binder->definition->self);
        ArgumentInfo *arguments;
        uint32_t count;
        bind_arguments(binder, &node->items, &arguments, &count);
        Bound *as_base = make_convert(binder, receiver, base, CONVERSION_REFERENCE, node->span);
        Bound *result = bind_indexer(binder, as_base, arguments, count, node, node->span);
        result->flags |= CALL_NON_VIRTUAL;
        return result;
    }
    Bound *receiver = bind_typed(binder, node->a);
    if (is_bad(receiver))
        return receiver;
    if (node->items.count == 1 && node->items.at[0]->kind == NODE_ARGUMENT) {
        Bound *implicit = bind_implicit_index(binder, receiver, node->items.at[0], node->span);
        if (implicit)
            return implicit;
    }
    ArgumentInfo *arguments;
    uint32_t count;
    bind_arguments(binder, &node->items, &arguments, &count);
    if (receiver->type->kind == TYPE_ARRAY) {
        Bound *element = array_element(binder, receiver, arguments, count, node->span);
        if (element)
            return element;
        ERROR_AT(binder, node->span, ERROR_UNSUPPORTED, "indexing an array with a System.Index variable", "use x[^n] or an int instead");
        return bad(binder, node->span);
    }
    return bind_indexer(binder, receiver, arguments, count, node, node->span);
}

/* --- literals and small forms ----------------------------------------------------------------------------------------------------------- */

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
        return make_constant(binder, constant, type_special(world, literal->kind == LITERAL_FLOAT ? SPECIAL_SINGLE : SPECIAL_DOUBLE), node->span);
    case LITERAL_DECIMAL:
        constant.kind = CONSTANT_DECIMAL;
        constant.decimal = literal->decimal;
        return make_constant(binder, constant, type_special(world, SPECIAL_DECIMAL), node->span);
    case LITERAL_CHAR:
        constant.kind = CONSTANT_CHAR;
        constant.integer = (int64_t)literal->integer;
        return make_constant(binder, constant, world->char_type, node->span);
    case LITERAL_UTF8_STRING:
        ERROR_AT(binder, node->span, ERROR_UNSUPPORTED, "UTF-8 string literals", "use a byte array instead");
        return bad(binder, node->span);
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

static Bound *bind_conditional(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *condition = bind_condition(binder, node->a);
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
    if (!type || type->kind == TYPE_NULL) {
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
        ERROR_AT(binder, node->span, ERROR_UNSUPPORTED, "tuples of more than 64 elements", "use an array or a record instead");
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
        ERROR_AT(binder, node->span, ERROR_AS_NO_CONVERSION, type_text(binder->world, value->type), type_text(binder->world, type));
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
    static const uint8_t sizes[] = {[SPECIAL_BOOLEAN] = 1, [SPECIAL_CHAR] = 2, [SPECIAL_SBYTE] = 1, [SPECIAL_BYTE] = 1, [SPECIAL_INT16] = 2,
        [SPECIAL_UINT16] = 2, [SPECIAL_INT32] = 4, [SPECIAL_UINT32] = 4, [SPECIAL_INT64] = 8, [SPECIAL_UINT64] = 8, [SPECIAL_SINGLE] = 4,
        [SPECIAL_DOUBLE] = 8, [SPECIAL_DECIMAL] = 16};
    SpecialType special = type_enum_underlying(type)->special;
    if (special < sizeof sizes && sizes[special])
        return bound_constant_int(binder->world, sizes[special], node->span);
    if (type->kind == TYPE_ERROR)
        return bad(binder, node->span);
    if (type_is_reference(type) || type->kind == TYPE_PARAMETER || !binder->definition || !binder->definition->is_library) {
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
        ERROR_AT(binder, node->span, binder->in_field_initializer && !binder->in_static ? ERROR_THIS_IN_INITIALIZER_KEYWORD : ERROR_THIS_IN_STATIC);
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
        ArgumentInfo from_end[2] = {{.value = bound_constant_int(binder->world, 0, node->span)}, {.value = make_bool(binder, i == 1, node->span)}};
        ends[i] = end ? bind_converted(binder, end, index) : bind_new(binder, index, from_end, 2, node, node->span);
    }
    ArgumentInfo arguments[2] = {{.value = ends[0]}, {.value = ends[1]}};
    return bind_new(binder, type_special(binder->world, SPECIAL_RANGE), arguments, 2, node, node->span);
}

/* --- the switch --------------------------------------------------------------------------------------------------------------------------- */

static Bound *untyped_of(Binder *binder, BoundKind kind, Node *node)
{
    Bound *result = bound_new(binder->world, kind, NULL, node->span);
    result->syntax = node;
    return result;
}

static Bound *bind_unsupported(Binder *binder, Node *node)
{
    const char *what = node->kind == NODE_STACKALLOC ? "stackalloc" : node->kind == NODE_QUERY ? "query expressions" : "this expression";
    const char *instead = node->kind == NODE_STACKALLOC ? "allocate an array instead"
                          : node->kind == NODE_QUERY    ? "call the methods of System.Linq instead (Where, Select, ...)"
                                                        : "write it in another way";
    ERROR_AT(binder, node->span, ERROR_UNSUPPORTED, what, instead);
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
    case NODE_LITERAL: return bind_literal(binder, node);
    case NODE_INTERPOLATED_STRING: return bind_interpolated(binder, node);
    case NODE_NAME:
    case NODE_GENERIC_NAME: return bind_name(binder, node);
    case NODE_QUALIFIED: return bind_member(binder, node, false);
    case NODE_PREDEFINED_TYPE:
    case NODE_ARRAY_TYPE:
    case NODE_NULLABLE_TYPE: return type_expression(binder, bind_type(binder->world, &binder->types, node), node);
    case NODE_ALIAS_QUALIFIED: {
        Bound *space = bound_new(binder->world, BOUND_NAMESPACE_EXPRESSION, NULL, node->span);
        space->binder_data = binder->world->global;
        return node->b ? member_of_namespace(binder, binder->world->global, node->b, node->b->span) : space;
    }
    case NODE_CONDITIONAL_ACCESS: return bind_conditional_access(binder, node);
    case NODE_RECEIVER_PLACEHOLDER: return binder->receiver_placeholder ? binder->receiver_placeholder : bad(binder, node->span);
    case NODE_THIS: return bind_this_node(binder, node);
    case NODE_PARENTHESIZED: return bind_expression(binder, node->a);
    case NODE_TUPLE: return bind_tuple(binder, node);
    case NODE_CALL: return bind_call(binder, node);
    case NODE_INDEX: return bind_index(binder, node);
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
    case NODE_ANONYMOUS_OBJECT: return bind_anonymous_object(binder, node);
    case NODE_ARRAY_CREATION: return bind_array_creation(binder, node);
    case NODE_INITIALIZER: return untyped_of(binder, BOUND_COLLECTION_UNTYPED, node);
    case NODE_COLLECTION_EXPRESSION: return untyped_of(binder, BOUND_COLLECTION_UNTYPED, node);
    case NODE_TYPEOF: return bind_typeof(binder, node);
    case NODE_SIZEOF: return bind_sizeof(binder, node);
    case NODE_DEFAULT: return bind_default(binder, node);
    case NODE_CHECKED: return bind_checked(binder, node);
    case NODE_UNARY: return bind_unary(binder, node);
    case NODE_PREFIX: return bind_increment(binder, node, true);
    case NODE_POSTFIX: return bind_increment(binder, node, false);
    case NODE_SUPPRESS_NULLABLE: return bind_expression(binder, node->a);
    case NODE_BINARY: return node->token == TOKEN_QUESTION_QUESTION ? bind_coalesce(binder, node) : bind_binary(binder, node);
    case NODE_ASSIGNMENT: return bind_assignment(binder, node);
    case NODE_CONDITIONAL: return bind_conditional(binder, node);
    case NODE_CAST: return bind_cast(binder, node);
    case NODE_AS: return bind_as(binder, node);
    case NODE_IS: return bind_is(binder, node);
    case NODE_AWAIT: return bind_await(binder, node);
    case NODE_THROW_EXPRESSION: return bind_throw_expression(binder, node);
    case NODE_LAMBDA: return bind_lambda_unbound(binder, node);
    case NODE_SWITCH_EXPRESSION: return bind_switch_expression(binder, node, NULL);
    case NODE_WITH: return bind_with(binder, node);
    case NODE_REF_EXPRESSION: return bind_ref_operand(binder, node->a, REF_REF);
    case NODE_ERROR_NODE: return bad(binder, node->span);
    case NODE_FROM_END: return bind_from_end(binder, node);
    case NODE_RANGE: return bind_range(binder, node);
    default: return bind_unsupported(binder, node);
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
        ERROR_AT(binder, node->span, ERROR_CONDITIONAL_TYPE, bound_type_text(binder, value->b), bound_type_text(binder, value->c));
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
    return found && found->method_count ? method_text(binder->world, found->methods[0]) : ((Name)group->binder_data2)->text;
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
    if (value->type && value->type->definition && value->type->kind != TYPE_UNTYPED && value->type != world->bool_type &&
        !classify_conversion(binder, value, world->bool_type).is_implicit) {
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
