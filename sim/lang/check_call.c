/* Arguments, calls and indexing (C# spec 12.6.2, 12.8.10, 12.8.12). Which method is called is decided in
 * check_overload.c. */
#include "lang/check_internal.h"

#include <string.h>

/* --- arguments
 * ----------------------------------------------------------------------------------------------------------------------
 */

static RefKind argument_ref_kind(Node *node)
{
    switch (node->token) {
    case TOKEN_REF:
        return REF_REF;
    case TOKEN_OUT:
        return REF_OUT;
    case TOKEN_IN:
        return REF_IN;
    default:
        return REF_NONE;
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
    result->local =
        declare_local(binder, designation->name, type ? type : binder->world->error_type, designation->span);
    return result;
}

Bound *bind_ref_operand(Binder *binder, Node *node, RefKind kind)
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
    if (kind != REF_IN && kind != REF_READONLY && !is_writable_variable(binder, value)) {
        if (value->kind == BOUND_FIELD)
            ERROR_AT(binder, node->span,
                     value->field.field->is_static ? ERROR_READONLY_STATIC_REF : ERROR_READONLY_REF);
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
        argument->value = argument->ref_kind == REF_NONE ? bind_value(binder, node->a)
                                                         : bind_ref_operand(binder, node->a, argument->ref_kind);
        if (!argument->value->syntax)
            argument->value->syntax = node->a;
        if (argument->ref_kind == REF_NONE && argument->value->type && type_is_void(argument->value->type)) {
            ERROR_AT(binder, node->a->span, ERROR_ARGUMENT, (int)i + 1, "void", "object");
            argument->value = bad(binder, node->a->span);
        }
    }
}

Bound *bind_ref_argument(Binder *binder, ArgumentInfo *argument, Type *type, RefKind kind, LocalList *temps,
                         BoundList *effects)
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

/* --- invocation
 * ---------------------------------------------------------------------------------------------------------------------
 */

static bool is_delegate_invoke(const Bound *function)
{
    return function->type && function->type->kind == TYPE_DELEGATE;
}

static Bound *finish_call(Binder *binder, Resolution *resolution, Bound *receiver, ArgumentInfo *arguments,
                          uint32_t count, Span span, uint32_t flags)
{
    LocalList temps = {0};
    BoundList effects = {0};
    Method *method = resolution->method.method;
    bool reordered = false;
    for (uint32_t i = 0; i + 1 < count; i++)
        reordered |= resolution->parameter_of[i] > resolution->parameter_of[i + 1];
    if (receiver && !method->is_static && reordered && !is_lvalue(receiver) && !is_this(receiver))
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

static Bound *call_local_function(Binder *binder, Bound *group, Resolution *resolution, ArgumentInfo *arguments,
                                  uint32_t count, Span span)
{
    Function *function = group->b->function;
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, resolution, arguments, count, &temps, &effects, span);
    Bound *call =
        bound_new(binder->world, BOUND_CALL_LOCAL, method_ref_return_type(binder->world, resolution->method), span);
    for (uint32_t i = 0; i < function->method->parameter_count; i++)
        list_add(binder, &call->items, values[i]);
    call->function = function;
    call->function_arguments = resolution->method.arguments;
    note_local_function_use(binder, function);
    return make_sequence(binder, &temps, &effects, call, span);
}

static Bound *invoke_extension(Binder *binder, Bound *group, Type **type_arguments, uint32_t type_argument_count,
                               ArgumentInfo *arguments, uint32_t count, Node *node, Span span, bool quiet)
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
    all[0] = (ArgumentInfo){.value = group->a, .is_receiver = true};
    memcpy(all + 1, arguments, count * sizeof *all);
    Resolution resolution;
    if (!resolve_overload(binder, extensions, extension_count, type_arguments, type_argument_count, all, count + 1,
                          true, &resolution, node, span, name, quiet, NULL))
        return quiet ? NULL : bad(binder, span);
    return finish_call(binder, &resolution, NULL, all, count + 1, node ? node->span : span, 0);
}

static bool needs_receiver_error(Bound *group, Method *method)
{
    if (method->is_static)
        return false;
    return !group->a || group->a->kind == BOUND_TYPE_EXPRESSION;
}

/* A clause of a query over something that has no such method: said in the query's terms. */
static bool report_query_pattern(Binder *binder, Bound *group, MethodRef *extensions, uint32_t count, Node *node)
{
    World *world = binder->world;
    for (uint32_t i = 0; i < count; i++) {
        Type *first = extensions[i].method->parameters[0].type;
        bool is_related = first->kind == TYPE_PARAMETER || !first->definition ||
                          classify_type_conversion(world, group->a->type, first).is_implicit;
        for (Type *at = group->a->type; at && !is_related; at = type_base(world, at))
            is_related = at->definition == first->definition;
        if (is_related ||
            (first->kind == TYPE_INTERFACE && type_find_interface(world, group->a->type, first->definition)))
            return false;
    }
    ERROR_AT(binder, node->a->at, ERROR_QUERY_PATTERN, bound_type_text(binder, group->a),
             ((Name)group->binder_data2)->text);
    return true;
}

/* On an instance the static methods of a group do not count: what the others, or extension methods, make of the call.
 * NULL: nothing. */
static Bound *invoke_not_static(Binder *binder, Bound *group, Type **type_arguments, uint32_t type_argument_count,
                                ArgumentInfo *arguments, uint32_t count, Node *node, Span span)
{
    Found *found = group->binder_data;
    MethodRef *methods = ARENA_ARRAY(binder->arena, MethodRef, found->method_count + 1);
    uint32_t method_count = 0;
    for (uint32_t i = 0; i < found->method_count; i++)
        if (!found->methods[i].method->is_static)
            methods[method_count++] = found->methods[i];
    Resolution resolution;
    if (method_count &&
        resolve_overload(binder, methods, method_count, type_arguments, type_argument_count, arguments, count, false,
                         &resolution, node, span, (Name)group->binder_data2, true, group->a->type))
        return finish_call(binder, &resolution, group->a, arguments, count, node ? node->span : span, group->flags);
    return invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node, span, true);
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
        Bound *call =
            invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node, span, true);
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
            if (node && node->kind == NODE_CALL && (node->a->flags & FLAG_QUERY) &&
                report_query_pattern(binder, group, extensions, extension_count, node))
                return bad(binder, span);
            MethodRef *nearest = NULL; /* takes that many arguments, but another receiver */
            for (uint32_t i = 0; i < extension_count; i++) {
                Method *extension = extensions[i].method;
                Type *first = extension->parameters[0].type;
                receiver_fits |=
                    first->is_open || classify_type_conversion(binder->world, group->a->type, first).is_implicit;
                if (!nearest && !first->is_open && extension->parameter_count == count + 1)
                    nearest = &extensions[i];
            }
            if (!receiver_fits && nearest) {
                ERROR_AT(binder, group->a->span, ERROR_EXTENSION_RECEIVER, bound_type_text(binder, group->a),
                         name->text, method_text(binder->world, *nearest),
                         type_text(binder->world, nearest->method->parameters[0].type));
                return bad(binder, span);
            }
            if (receiver_fits)
                return invoke_extension(binder, group, type_arguments, type_argument_count, arguments, count, node,
                                        span, false);
        }
        ERROR_AT(binder, span, ERROR_MEMBER_OR_EXTENSION_NOT_FOUND, bound_type_text(binder, group->a), name->text,
                 name->text, bound_type_text(binder, group->a));
        return bad(binder, span);
    }
    Resolution resolution;
    bool may_extend = group->a && group->a->kind != BOUND_TYPE_EXPRESSION && !is_this(group->a);
    if (!resolve_overload(binder, found->methods, found->method_count, type_arguments, type_argument_count, arguments,
                          count, false, &resolution, node, span, name, may_extend, NULL)) {
        Bound *call = may_extend ? invoke_extension(binder, group, type_arguments, type_argument_count, arguments,
                                                    count, node, span, true)
                                 : NULL;
        if (call)
            return call;
        if (may_extend)
            resolve_overload(binder, found->methods, found->method_count, type_arguments, type_argument_count,
                             arguments, count, false, &resolution, node, span, name, false, NULL);
        return bad(binder, span);
    }
    if (group->b && group->b->kind == BOUND_NOP && group->b->function)
        return call_local_function(binder, group, &resolution, arguments, count, call_span);
    Method *method = resolution.method.method;
    if (needs_receiver_error(group, method)) {
        ERROR_AT(binder, access_span,
                 binder->in_field_initializer ? ERROR_THIS_IN_INITIALIZER : ERROR_INSTANCE_REQUIRED,
                 method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    if (method->is_static && group->a && group->a->kind != BOUND_TYPE_EXPRESSION && !is_this(group->a) &&
        !(group->flags & BOUND_EXPLICIT)) {
        Bound *other =
            invoke_not_static(binder, group, type_arguments, type_argument_count, arguments, count, node, span);
        if (other)
            return other;
        ERROR_AT(binder, access_span, ERROR_STATIC_THROUGH_INSTANCE, method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    if (group->flags & CALL_NON_VIRTUAL) { /* base.M: the override that the base class has */
        bool is_found;
        resolution.method = method_find_implementation(
            binder->world, type_base(binder->world, binder->definition->self), resolution.method, &is_found);
        method = resolution.method.method;
    }
    if ((group->flags & CALL_NON_VIRTUAL) && method->is_abstract) {
        ERROR_AT(binder, access_span, ERROR_BASE_ABSTRACT_CALL, method_text(binder->world, resolution.method));
        return bad(binder, span);
    }
    bool on_type = is_static_virtual(method);
    if (on_type && group->a && group->a->kind == BOUND_TYPE_EXPRESSION &&
        group->a->type_operand->kind != TYPE_PARAMETER) {
        ERROR_AT(binder, access_span, ERROR_STATIC_ABSTRACT_ACCESS);
        return bad(binder, span);
    }
    Bound *receiver = method->is_static && !on_type ? NULL : group->a;
    if (receiver && is_this(receiver) && !(group->flags & CALL_NON_VIRTUAL))
        receiver = bind_this(binder, receiver->span);
    return finish_call(binder, &resolution, receiver, arguments, count, call_span, group->flags);
}

Bound *bind_invocation_of(Binder *binder, Bound *function, ArgumentInfo *arguments, uint32_t count, Node *node,
                          Span span)
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
        ERROR_AT(binder, span, ERROR_NOT_INVOCABLE,
                 function->syntax && function->syntax->name ? function->syntax->name->text : "expression");
        return bad(binder, span);
    }
    MethodRef invoke;
    delegate_signature(binder->world, function->type, &invoke);
    Resolution resolution;
    if (!resolve_overload(binder, &invoke, 1, NULL, 0, arguments, count, false, &resolution, node, span, NULL, false,
                          NULL))
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

Bound *bind_call(Binder *binder, Node *node)
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
    Bound *function = function_node->kind == NODE_QUALIFIED ? bind_member(binder, function_node, true)
                                                            : bind_expression(binder, function_node);
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

/* --- indexing
 * ------------------------------------------------------------------------------------------------------------------------
 */

static Bound *array_element(Binder *binder, Bound *array, ArgumentInfo *arguments, uint32_t count, Span span)
{
    if (array->type->rank > 1) {
        Bound **indices = ARENA_ARRAY(binder->arena, Bound *, count + 1);
        for (uint32_t i = 0; i < count; i++)
            indices[i] = arguments[i].value;
        return grid_element(binder, array, indices, count, span);
    }
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

/* What x[^1] counts from: the Length or Count of x. NULL: it has none. */
static Bound *length_of(Binder *binder, Bound *value, Span span)
{
    World *world = binder->world;
    if (value->type->kind == TYPE_ARRAY) {
        Bound *length = bound_new(world, BOUND_ARRAY_LENGTH, world->int_type, span);
        length->a = value;
        return length;
    }
    Found found;
    bool has = lookup_member(binder, value->type, name_of(world->names, "Length"), &found) ||
               lookup_member(binder, value->type, name_of(world->names, "Count"), &found);
    if (!has || found.kind != MEMBER_PROPERTY)
        return NULL;
    return to_rvalue(binder, access_found(binder, &found, value, found.member->name, NULL, span));
}

static Bound *slice_of(Binder *binder, Bound *value, Bound *start, Bound *length, Span span)
{
    World *world = binder->world;
    Bound *arguments[3] = {start, length, NULL};
    if (value->type->special == SPECIAL_STRING)
        return call_named(binder, value, value->type, "Substring", arguments, 2, span);
    if (value->type->kind != TYPE_ARRAY)
        return call_named(binder, value, value->type, "Slice", arguments, 2, span);
    Method *slice = type_method_named(world, world->special[SPECIAL_RUNTIME_HELPERS], "GetSubArray", 3);
    if (!slice)
        return NULL;
    Bound *all[3] = {value, start, length};
    Type **types = ARENA_ARRAY(binder->arena, Type *, 1);
    types[0] = value->type->element;
    return make_call(binder, (MethodRef){slice, world->special[SPECIAL_RUNTIME_HELPERS]->self, types}, NULL, all, 3,
                     span);
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
    Bound *length = length_of(binder, value, span);
    if (!length)
        return NULL;
    if (index->kind == NODE_FROM_END) {
        Bound *back = bind_converted(binder, index->a, world->int_type);
        ArgumentInfo at = {.value = make_binary(binder, OP_SUBTRACT, length, back, world->int_type, span)};
        Bound *element = receiver->type->kind == TYPE_ARRAY ? array_element(binder, value, &at, 1, span)
                                                            : bind_indexer(binder, value, &at, 1, NULL, span);
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
            ends[i] = make_binary(binder, OP_SUBTRACT, size, bind_converted(binder, end->a, world->int_type),
                                  world->int_type, span);
        else
            ends[i] = bind_converted(binder, end, world->int_type);
        ends[i] = make_temp(binder, ends[i], &effects, &locals);
    }
    Bound *call = slice_of(binder, value, ends[0],
                           make_binary(binder, OP_SUBTRACT, ends[1], ends[0], world->int_type, span), span);
    return call ? make_sequence(binder, &locals, &effects, call, span) : NULL;
}

/* x[i] and x[r] where i is a System.Index and r a System.Range. NULL: it is neither, or x has an indexer of its own for
 * it. */
static Bound *bind_index_value(Binder *binder, Bound *receiver, Bound *index, Span span)
{
    World *world = binder->world;
    bool is_range = index->type->special == SPECIAL_RANGE;
    if (!is_range && index->type->special != SPECIAL_INDEX)
        return NULL;
    if (receiver->type->kind != TYPE_ARRAY && receiver->type->definition)
        for (Member *member = type_member(world, receiver->type->definition, name_of(world->names, "Item")); member;
             member = member->next_same_name)
            if (member->kind == MEMBER_PROPERTY && member->property->parameter_count == 1 &&
                member->property->parameters[0].type->special == index->type->special)
                return NULL;
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *value = receiver->kind == BOUND_LOCAL ? receiver : make_temp(binder, receiver, &effects, &locals);
    Bound *length = length_of(binder, value, span);
    if (!length)
        return NULL;
    if (!is_range) {
        Bound *offset = call_named(binder, index, index->type, "GetOffset", &length, 1, span);
        ArgumentInfo at = {.value = offset};
        Bound *element = receiver->type->kind == TYPE_ARRAY ? array_element(binder, value, &at, 1, span)
                                                            : bind_indexer(binder, value, &at, 1, NULL, span);
        return effects.count ? make_sequence(binder, &locals, &effects, to_rvalue(binder, element), span) : element;
    }
    Bound *range = make_temp(binder, index, &effects, &locals);
    Bound *size = make_temp(binder, length, &effects, &locals);
    Bound *ends[2];
    for (int i = 0; i < 2; i++) {
        Bound *end = call_named(binder, range, range->type, i ? "get_End" : "get_Start", NULL, 0, span);
        ends[i] = make_temp(binder, call_named(binder, end, end->type, "GetOffset", &size, 1, span), &effects, &locals);
    }
    Bound *call = slice_of(binder, value, ends[0],
                           make_binary(binder, OP_SUBTRACT, ends[1], ends[0], world->int_type, span), span);
    return call ? make_sequence(binder, &locals, &effects, call, span) : NULL;
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
        for (Member *member = type_member(world, places[p]->definition, name); member;
             member = member->next_same_name) {
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
    if (!resolve_overload(binder, candidates, candidate_count, NULL, 0, arguments, count, false, &resolution, node,
                          span, name_of(world->names, "this"), false, NULL))
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

Bound *bind_index(Binder *binder, Node *node)
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
    if (count == 1 && !arguments[0].name && arguments[0].value->type) {
        Bound *implicit = bind_index_value(binder, receiver, arguments[0].value, node->span);
        if (implicit)
            return implicit;
    }
    if (receiver->type->kind == TYPE_ARRAY)
        return array_element(binder, receiver, arguments, count, node->span);
    return bind_indexer(binder, receiver, arguments, count, node, node->span);
}
