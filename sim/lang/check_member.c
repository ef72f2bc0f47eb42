/* Names and members: what an identifier or `a.b` stands for (C# spec 12.8.4, 12.8.7). Names of types are in
 * check_names.c. */
#include "lang/check_internal.h"
#include "lang/submit.h"

#include <string.h>

/* --- names
 * -------------------------------------------------------------------------------------------------------------------------
 */

Bound *type_expression(Binder *binder, Type *type, Node *node)
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
    case MEMBER_FIELD:
        return found->member->field->is_static;
    case MEMBER_PROPERTY:
        return found->member->property->is_static;
    case MEMBER_EVENT:
        return found->member->event->is_static;
    case MEMBER_METHOD:
        return found->method_count == 1 && found->methods[0].method->is_static;
    default:
        return true;
    }
}

/* A found member with its receiver (NULL: static or implicit this was not possible). */
Bound *access_found(Binder *binder, Found *found, Bound *receiver, Name name, Node *node, Span span)
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
        Type *nested = lookup_nested_type(world, found->owner, name,
                                          node && node->kind == NODE_GENERIC_NAME ? node->items.count : 0);
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
static Bound *access_implicit(Binder *binder, Found *found, TypeDefinition *definition, Name name, Node *node,
                              Span span)
{
    bool is_static = member_is_static(found);
    if (found->kind == MEMBER_METHOD) {
        Bound *receiver = NULL;
        bool any_instance = false;
        for (uint32_t i = 0; i < found->method_count; i++)
            any_instance |= !found->methods[i].method->is_static;
        if (any_instance && is_instance_context(binder) && definition == binder->definition &&
            !binder->in_constructor_initializer && !binder->in_field_initializer)
            receiver = binder->self ? bind_this(binder, span)
                                    : bound_new(binder->world, BOUND_THIS, definition->self,
                                                span); /* noted when an instance method is chosen */
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
            return field_access(binder, bind_this(binder, span),
                                (FieldRef){definition->primary_fields[i], definition->self}, span);
    return NULL;
}

static Bound *lookup_static_imports(Binder *binder, Name name, Node *node)
{
    for (UsingScope *scope = binder->types.usings; scope; scope = scope->parent) {
        using_resolve(binder->world, scope);
        for (uint32_t i = 0; i < scope->static_count; i++) {
            Found found;
            if (lookup_member(binder, scope->statics[i]->self, name, &found) &&
                (found.kind == MEMBER_METHOD || member_is_static(&found)))
                return access_found(binder, &found, NULL, name, node, node->span);
        }
    }
    return NULL;
}

static Bound *local_function_group(Binder *binder, Function *function, Node *node)
{
    for (Function *at = binder->function; at && at != function->parent && !function->is_static; at = at->parent)
        if (at->is_static && at->kind != FUNCTION_METHOD && at != function) {
            ERROR_AT(binder, node->span,
                     at->kind == FUNCTION_LAMBDA ? ERROR_STATIC_LAMBDA_CAPTURE : ERROR_STATIC_LOCAL_CAPTURE,
                     node->name->text);
            break;
        }
    Found found = {.kind = MEMBER_METHOD};
    MethodRef ref = {function->method, binder->definition ? binder->definition->self : binder->world->object_type,
                     NULL};
    ARENA_PUSH(binder->arena, found.methods, found.method_count, found.method_capacity, ref);
    Bound *group = method_group(binder, &found, NULL, node->name, node, node->span);
    group->b = bound_new(binder->world, BOUND_NOP, NULL, node->span);
    group->b->function = function;
    return group;
}

/* A local or local function of the top-level statements: other code sees its name but may not use it. */
bool is_top_level_local(World *world, Name name)
{
    Node *unit =
        world->entry_point && world->entry_point->node && world->entry_point->node->kind == NODE_COMPILATION_UNIT
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

/* The newest variable of that name, or the functions of that name: all of them, those that a newer one hides left out.
 * *program: it is a captured variable of that one. */
static Found find_submission_member(Binder *binder, Name name, const Submission **program)
{
    Found all = {0};
    for (Submission *at = binder->submission; at; at = at->previous) {
        Found found;
        if (!all.member && submission_captured(at, name)) {
            *program = at;
            break;
        }
        if (!type_member(binder->world, at->definition, name) ||
            !lookup_member(binder, at->definition->self, name, &found))
            continue;
        if (!all.member)
            all = found;
        else if (found.kind == MEMBER_METHOD)
            add_visible_methods(binder, &all, &found);
        if (found.kind != MEMBER_METHOD)
            break;
    }
    return all;
}

/* Code of types does not see the variables of submissions, as csi says it. */
static bool is_submission_name(Binder *binder, Name name)
{
    for (UsingScope *scope = binder->types.usings; scope; scope = scope->parent)
        for (Submission *at = scope->submission; at && !binder->submission; at = at->previous)
            if (type_member(binder->world, at->definition, name))
                return true;
    return false;
}

Bound *bind_name(Binder *binder, Node *node)
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
        if (definition->submission)
            break;
        Type *self = binder->self_type && definition == binder->definition ? binder->self_type : definition->self;
        if (lookup_member(binder, self, name, &found) &&
            !(arity && found.kind != MEMBER_METHOD && found.kind != MEMBER_TYPE))
            return access_implicit(binder, &found, definition, name, node, node->span);
        if (found.is_inaccessible && !hidden)
            hidden = found.owner;
    }
    const Submission *program = NULL;
    Found typed = find_submission_member(binder, name, &program);
    if (program)
        return submission_captured_value(binder->world, program, submission_captured(program, name), node->span);
    if (typed.member && !(arity && typed.kind != MEMBER_METHOD))
        return access_found(binder, &typed, NULL, name, node, node->span);
    TypeDefinition *definition =
        lookup_type_name(binder->world, &binder->types, name, arity, &parameter, &space, &enclosing);
    if (parameter)
        return type_expression(binder, parameter, node);
    if (definition) {
        Type *type = enclosing && enclosing->definition == definition
                         ? enclosing
                         : bind_type_arguments(binder->world, &binder->types, definition, enclosing,
                                               arity ? &node->items : NULL, node);
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
        ERROR_AT(binder, node->span, ERROR_INACCESSIBLE,
                 arena_format(binder->arena, "%s.%s", type_text(binder->world, hidden), name->text));
        return bad(binder, node->span);
    }
    TypeDefinition *plain =
        arity ? lookup_type_name(binder->world, &binder->types, name, 0, &parameter, &space, &enclosing) : NULL;
    if (plain) {
        ERROR_AT(binder, node->span, ERROR_NOT_GENERIC, "type", type_text(binder->world, plain->self));
        return bad(binder, node->span);
    }
    for (uint32_t other = 1; other < 9; other++) {
        TypeDefinition *generic = other == arity ? NULL
                                                 : lookup_type_name(binder->world, &binder->types, name, other,
                                                                    &parameter, &space, &enclosing);
        if (generic) {
            ERROR_AT(binder, node->span, ERROR_WRONG_ARITY, type_text(binder->world, generic->self), (int)other);
            return bad(binder, node->span);
        }
    }
    if (report_dotnet_type(binder->world, binder->types.usings, name, node->span))
        return bad(binder, node->span);
    ERROR_AT(binder, node->span,
             is_top_level_local(binder->world, name) ? ERROR_TOP_LEVEL_LOCAL
             : is_submission_name(binder, name)      ? ERROR_INSTANCE_REQUIRED
                                                     : ERROR_NAME_NOT_FOUND,
             name->text);
    return bad(binder, node->span);
}

/* --- member access
 * ---------------------------------------------------------------------------------------------------------------- */

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

Bound *member_of_value(Binder *binder, Bound *receiver, Name name, Node *node, Span span, bool for_call)
{
    World *world = binder->world;
    if (!receiver->type || receiver->type->kind == TYPE_UNTYPED) {
        bool is_function = receiver->kind == BOUND_METHOD_GROUP || receiver->kind == BOUND_UNBOUND_LAMBDA;
        Type *natural = is_function ? NULL : natural_type(binder, receiver);
        if (!natural) {
            if (receiver->kind == BOUND_METHOD_GROUP || receiver->kind == BOUND_UNBOUND_LAMBDA)
                ERROR_AT(binder, receiver->span, ERROR_EXPRESSION_HAS_KIND,
                         receiver->kind == BOUND_METHOD_GROUP && receiver->binder_data2
                             ? ((Name)receiver->binder_data2)->text
                             : "lambda expression",
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
        ERROR_AT(binder, place, ERROR_PROTECTED_QUALIFIER,
                 arena_format(binder->arena, "%s.%s", type_text(world, found.owner), name->text),
                 type_text(world, receiver->type),
                 binder->definition ? type_text(world, binder->definition->self) : "?");
    else if (found.is_inaccessible)
        ERROR_AT(binder, place, ERROR_INACCESSIBLE,
                 arena_format(binder->arena, "%s.%s", type_text(world, found.owner), name->text));
    else {
        Position key = binder->diagnostics->key;
        if (for_call && binder->call_end)
            binder->diagnostics->key = binder->call_end; /* said after the arguments are bound */
        if (node && node->kind == NODE_QUALIFIED && (node->flags & FLAG_QUERY))
            ERROR_AT(binder, node->at,
                     type_find_interface(world, receiver->type, world->special[SPECIAL_IENUMERABLE_T])
                         ? ERROR_QUERY_PATTERN_USING
                         : ERROR_QUERY_PATTERN,
                     type_text(world, receiver->type), name->text);
        else
            ERROR_AT(binder, place, ERROR_MEMBER_OR_EXTENSION_NOT_FOUND, type_text(world, receiver->type), name->text,
                     name->text, type_text(world, receiver->type));
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
        if (result->kind == BOUND_METHOD_GROUP)
            result->a = type_expression(binder, type, node);
        if (result->kind == BOUND_PROPERTY && found.owner->kind == TYPE_INTERFACE) {
            const Property *property = result->binder_data;
            const Method *accessor = property->getter ? property->getter : property->setter;
            if (type->kind == TYPE_PARAMETER && accessor && is_static_virtual(accessor))
                result->c = make_default(binder, type, span);
            else if (accessor && is_static_virtual(accessor) && type->kind == TYPE_INTERFACE)
                ERROR_AT(binder, whole, ERROR_STATIC_ABSTRACT_ACCESS);
        }
        return result;
    }
    Type *nested = lookup_nested_type(binder->world, type, name, arity);
    if (nested)
        return type_expression(
            binder,
            arity ? bind_type_arguments(binder->world, &binder->types, nested->definition, nested, &node->items, node)
                  : nested,
            node);
    if (found.is_inaccessible)
        ERROR_AT(binder, span, ERROR_INACCESSIBLE,
                 arena_format(binder->arena, "%s.%s", type_text(binder->world, found.owner), name->text));
    else
        ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, type_text(binder->world, type), name->text);
    return bad(binder, span);
}

Bound *member_of_namespace(Binder *binder, Namespace *space, Node *node, Span whole)
{
    uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
    TypeDefinition *definition = namespace_type(space, node->name, arity);
    if (definition)
        return type_expression(
            binder,
            bind_type_arguments(binder->world, &binder->types, definition, NULL, arity ? &node->items : NULL, node),
            node);
    Namespace *child = arity ? NULL : namespace_child(binder->world, space, node->name, false);
    if (child) {
        Bound *result = bound_new(binder->world, BOUND_NAMESPACE_EXPRESSION, NULL, node->span);
        result->binder_data = child;
        return result;
    }
    ERROR_AT(binder, whole, ERROR_TYPE_NOT_IN_NAMESPACE, node->name->text,
             space->full_name->length ? space->full_name->text : "<global namespace>");
    return bad(binder, node->span);
}

/* "Color Color" (spec 12.8.7.2): a name that means a value and its own type. */
static Type *color_color_type(Binder *binder, Node *left, Bound *value)
{
    if (left->kind != NODE_NAME || !value->type || !value->type->definition ||
        value->type->definition->name != left->name)
        return NULL;
    Type *parameter, *enclosing;
    Namespace *space;
    TypeDefinition *definition =
        lookup_type_name(binder->world, &binder->types, left->name, 0, &parameter, &space, &enclosing);
    return definition == value->type->definition || (definition && value->type->definition->name == definition->name)
               ? definition->self
               : NULL;
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

/* The left side of a dot. An instance member that cannot be used here may still be the name of its type (Color Color).
 */
Bound *bind_left(Binder *binder, Node *node)
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
    TypeDefinition *definition =
        lookup_type_name(binder->world, &binder->types, node->name, 0, &parameter, &space, &enclosing);
    if (definition && !parameter)
        return type_expression(
            binder, bind_type_arguments(binder->world, &binder->types, definition, enclosing, NULL, node), node);
    return bind_expression(binder, node);
}

Bound *bind_member(Binder *binder, Node *node, bool for_call)
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

Bound *member_access(Binder *binder, Bound *receiver, Name name, NodeList *type_arguments, Node *node, Span span,
                     bool for_call)
{
    (void)type_arguments;
    return member_of_value(binder, receiver, name, node, span, for_call);
}
