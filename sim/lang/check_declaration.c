/* What declarations may not say: modifiers, accessibility, operators, constraints, attributes (C# spec 15, 23). */
#include "lang/check_internal.h"

#include <string.h>

enum {
    ACCESS_MODIFIERS = MODIFIER_PUBLIC | MODIFIER_PRIVATE | MODIFIER_PROTECTED | MODIFIER_INTERNAL,
    VIRTUAL_MODIFIERS = MODIFIER_VIRTUAL | MODIFIER_OVERRIDE | MODIFIER_ABSTRACT,
};

typedef struct Declared {
    World *world;
    TypeDefinition *definition;
    TypeContext context;
} Declared;

static Span name_span_of(Node *node)
{
    return node->decl && node->decl->name_span.end ? node->decl->name_span : node->at.end ? node->at : node->span;
}

static const char *own_text(Declared *at, Name name)
{
    return arena_format(at->world->arena, "%s.%s", type_text(at->world, at->definition->self), name ? name->text : "?");
}

/* --- modifiers -------------------------------------------------------------------------------------------------------
 */

static const struct {
    uint32_t modifier;
    const char *text;
} modifier_rows[] = {
    {MODIFIER_PUBLIC, "public"},     {MODIFIER_PRIVATE, "private"},   {MODIFIER_PROTECTED, "protected"},
    {MODIFIER_INTERNAL, "internal"}, {MODIFIER_STATIC, "static"},     {MODIFIER_READONLY, "readonly"},
    {MODIFIER_CONST, "const"},       {MODIFIER_VIRTUAL, "virtual"},   {MODIFIER_OVERRIDE, "override"},
    {MODIFIER_ABSTRACT, "abstract"}, {MODIFIER_SEALED, "sealed"},     {MODIFIER_ASYNC, "async"},
    {MODIFIER_EXTERN, "extern"},     {MODIFIER_PARTIAL, "partial"},   {MODIFIER_NEW, "new"},
    {MODIFIER_VOLATILE, "volatile"}, {MODIFIER_REQUIRED, "required"}, {MODIFIER_REF, "ref"},
    {MODIFIER_FILE, "file"},
};

static void check_allowed(Declared *at, uint32_t modifiers, uint32_t allowed, Span span)
{
    uint32_t wrong = modifiers & ~(allowed | MODIFIER_UNSAFE);
    for (size_t i = 0; wrong && i < sizeof modifier_rows / sizeof *modifier_rows; i++)
        if (wrong & modifier_rows[i].modifier)
            report(at->world->diagnostics, span, ERROR_MODIFIER_NOT_VALID, modifier_rows[i].text);
}

static uint32_t allowed_for_member(Declared *at, Node *node)
{
    TypeKind kind = at->definition->kind;
    bool is_explicit = (node->kind == NODE_METHOD_DECLARATION || node->kind == NODE_PROPERTY_DECLARATION ||
                        node->kind == NODE_EVENT_DECLARATION) &&
                       node->b != NULL;
    uint32_t allowed = ACCESS_MODIFIERS | MODIFIER_NEW;
    switch (node->kind) {
    case NODE_FIELD_DECLARATION:
        allowed |= MODIFIER_STATIC |
                   (node->flags & FLAG_EVENT
                        ? VIRTUAL_MODIFIERS | MODIFIER_SEALED | MODIFIER_READONLY
                        : MODIFIER_READONLY | MODIFIER_CONST | MODIFIER_VOLATILE | MODIFIER_REQUIRED | MODIFIER_REF);
        break;
    case NODE_CONSTRUCTOR_DECLARATION:
        return ACCESS_MODIFIERS | MODIFIER_STATIC | MODIFIER_EXTERN;
    case NODE_DESTRUCTOR_DECLARATION:
        return MODIFIER_EXTERN;
    case NODE_OPERATOR_DECLARATION:
        return ACCESS_MODIFIERS | MODIFIER_STATIC | MODIFIER_EXTERN |
               (kind == TYPE_INTERFACE ? MODIFIER_ABSTRACT | MODIFIER_VIRTUAL : 0);
    case NODE_METHOD_DECLARATION:
        allowed |= MODIFIER_ASYNC | MODIFIER_PARTIAL;
        /* fall through */
    default:
        allowed |=
            VIRTUAL_MODIFIERS | MODIFIER_SEALED | MODIFIER_EXTERN | (node->flags & FLAG_INDEXER ? 0 : MODIFIER_STATIC);
        if (node->kind == NODE_PROPERTY_DECLARATION)
            allowed |= MODIFIER_PARTIAL | (node->flags & FLAG_INDEXER ? 0 : MODIFIER_REQUIRED);
        if (kind == TYPE_STRUCT)
            allowed =
                (allowed | MODIFIER_READONLY) & ~(uint32_t)(MODIFIER_VIRTUAL | MODIFIER_ABSTRACT | MODIFIER_SEALED);
        break;
    }
    if (kind == TYPE_INTERFACE)
        allowed &= ~(uint32_t)(MODIFIER_OVERRIDE | MODIFIER_REQUIRED);
    if (is_explicit)
        allowed &= MODIFIER_ASYNC | MODIFIER_EXTERN | MODIFIER_READONLY | MODIFIER_STATIC |
                   (kind == TYPE_INTERFACE ? MODIFIER_ABSTRACT : 0);
    return allowed;
}

static bool is_many_protections(uint32_t modifiers)
{
    uint32_t access = modifiers & ACCESS_MODIFIERS;
    bool is_pair =
        access == (MODIFIER_PROTECTED | MODIFIER_INTERNAL) || access == (MODIFIER_PRIVATE | MODIFIER_PROTECTED);
    return (access & (access - 1)) != 0 && !is_pair;
}

static void check_virtual_modifiers(Declared *at, Node *node, Name name, Span span)
{
    World *world = at->world;
    uint32_t modifiers = node->decl->modifiers;
    const char *text = own_text(at, name);
    bool in_interface = at->definition->kind == TYPE_INTERFACE;
    uint32_t access = modifiers & ACCESS_MODIFIERS;
    bool is_private = access == MODIFIER_PRIVATE || (!access && !in_interface);
    if ((modifiers & MODIFIER_STATIC) && (modifiers & VIRTUAL_MODIFIERS) && !in_interface)
        report(world->diagnostics, span, ERROR_STATIC_VIRTUAL,
               modifiers & MODIFIER_OVERRIDE  ? "override"
               : modifiers & MODIFIER_VIRTUAL ? "virtual"
                                              : "abstract");
    else if ((modifiers & MODIFIER_OVERRIDE) && (modifiers & (MODIFIER_NEW | MODIFIER_VIRTUAL)))
        report(world->diagnostics, span, ERROR_OVERRIDE_AND_NEW, text);
    else if ((modifiers & MODIFIER_SEALED) && !(modifiers & MODIFIER_OVERRIDE) && !in_interface)
        report(world->diagnostics, span, ERROR_SEALED_NOT_OVERRIDE, text);
    else if ((modifiers & MODIFIER_ABSTRACT) && (modifiers & MODIFIER_SEALED))
        report(world->diagnostics, span, ERROR_ABSTRACT_SEALED, text);
    else if ((modifiers & MODIFIER_ABSTRACT) && (modifiers & MODIFIER_VIRTUAL))
        report(world->diagnostics, span, ERROR_ABSTRACT_VIRTUAL, "method", text);
    else if ((modifiers & VIRTUAL_MODIFIERS) && is_private && !node->b)
        report(world->diagnostics, span, ERROR_VIRTUAL_PRIVATE, text);
    else if ((modifiers & MODIFIER_VIRTUAL) && at->definition->is_sealed && at->definition->kind == TYPE_CLASS)
        report(world->diagnostics, span, ERROR_VIRTUAL_IN_SEALED, text, type_text(world, at->definition->self));
}

static void check_member_modifiers(Declared *at, Node *node)
{
    World *world = at->world;
    uint32_t modifiers = node->decl->modifiers;
    bool is_field = node->kind == NODE_FIELD_DECLARATION;
    for (uint32_t i = 0; i < (is_field ? node->items.count : 1); i++) {
        Span span = is_field ? node->items.at[i]->at : name_span_of(node);
        Name name = is_field ? node->items.at[i]->name : node->name;
        check_allowed(at, modifiers, allowed_for_member(at, node), span);
        if (is_many_protections(modifiers))
            report(world->diagnostics, span, ERROR_MANY_PROTECTIONS);
        if (is_field && (modifiers & MODIFIER_CONST) && (modifiers & MODIFIER_STATIC))
            report(world->diagnostics, span, ERROR_CONST_STATIC, name ? name->text : "?");
        if (node->kind == NODE_METHOD_DECLARATION || node->kind == NODE_PROPERTY_DECLARATION ||
            (node->flags & FLAG_EVENT) || node->kind == NODE_EVENT_DECLARATION)
            check_virtual_modifiers(at, node, name, span);
    }
    if ((modifiers & MODIFIER_ASYNC) && node->kind == NODE_METHOD_DECLARATION && !node->decl->has_body)
        report(world->diagnostics, name_span_of(node), ERROR_ASYNC_WITHOUT_BODY);
}

static void check_type_modifiers(Declared *at, Node *node)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    uint32_t modifiers = node->decl->modifiers;
    uint32_t allowed = ACCESS_MODIFIERS | MODIFIER_FILE | MODIFIER_PARTIAL;
    if (definition->containing)
        allowed |= MODIFIER_NEW;
    if (definition->kind == TYPE_CLASS)
        allowed |= MODIFIER_ABSTRACT | MODIFIER_SEALED | (definition->is_record ? 0 : MODIFIER_STATIC);
    if (definition->kind == TYPE_STRUCT)
        allowed |= MODIFIER_READONLY | (definition->is_record ? 0 : MODIFIER_REF);
    if (definition->kind == TYPE_ENUM || definition->kind == TYPE_DELEGATE)
        allowed &= ~(uint32_t)MODIFIER_PARTIAL;
    Span span = name_span_of(node);
    check_allowed(at, modifiers, allowed, span);
    if (is_many_protections(modifiers))
        report(world->diagnostics, span, ERROR_MANY_PROTECTIONS);
    if (!definition->containing && (modifiers & (MODIFIER_PRIVATE | MODIFIER_PROTECTED)))
        report(world->diagnostics, span, ERROR_NAMESPACE_PROTECTION);
    if ((modifiers & MODIFIER_ABSTRACT) && (modifiers & (MODIFIER_SEALED | MODIFIER_STATIC)) &&
        definition->kind == TYPE_CLASS)
        report(world->diagnostics, span, ERROR_ABSTRACT_SEALED_TYPE, type_text(world, definition->self));
}

/* --- accessibility: a signature shows nothing that its users cannot see
 * ---------------------------------------------------- */

static bool is_within(const TypeDefinition *inner, const TypeDefinition *outer)
{
    for (; inner; inner = inner->containing)
        if (inner == outer)
            return true;
    return false;
}

static bool derives_from(const TypeDefinition *definition, const TypeDefinition *base)
{
    uint32_t depth = 0;
    for (const Type *at = definition->base; at && at->definition && depth < 500; at = at->definition->base, depth++)
        if (at->definition == base)
            return true;
    return false;
}

/* Whether everybody who sees a member of `access` in `owner` also sees the definition. */
static bool definition_is_visible(TypeDefinition *shown, Accessibility access, TypeDefinition *owner)
{
    for (; shown; shown = shown->containing) {
        if (shown->is_library || shown->access == ACCESS_PUBLIC)
            continue;
        bool hidden = false; /* something around the member is at least as hidden */
        Accessibility level = access;
        for (TypeDefinition *at = owner; !hidden; at = at->containing) {
            if (shown->access == ACCESS_INTERNAL)
                hidden = level <= ACCESS_INTERNAL && level != ACCESS_PROTECTED;
            else if (shown->access == ACCESS_PROTECTED)
                hidden = level <= ACCESS_PROTECTED && at &&
                         (is_within(at, shown->containing) || derives_from(at, shown->containing));
            else
                hidden = level == ACCESS_PRIVATE && is_within(at, shown->containing);
            if (hidden || !at)
                break;
            level = at->access;
            if (!at->containing) { /* its own accessibility is the last one that counts */
                hidden = shown->access == ACCESS_INTERNAL && level <= ACCESS_INTERNAL;
                break;
            }
        }
        if (!hidden)
            return false;
    }
    return true;
}

static bool type_is_visible(Type *type, Accessibility access, TypeDefinition *owner)
{
    if (type->kind == TYPE_ARRAY)
        return type_is_visible(type->element, access, owner);
    if (!type->definition)
        return true;
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (!type_is_visible(type->arguments[i], access, owner))
            return false;
    return definition_is_visible(type->definition, access, owner);
}

static void check_shown(Declared *at, Type *type, Accessibility access, Span span, DiagnosticCode code,
                        const char *text)
{
    if (type && !type_is_visible(type, access, at->definition))
        report(at->world->diagnostics, span, code, type_text(at->world, type), text);
}

static void check_method_visibility(Declared *at, Method *method)
{
    World *world = at->world;
    if (!method->node || method->is_synthesized || method->explicit_interface || method->property || method->event ||
        method->is_entry_point)
        return;
    bool is_operator = method->kind == METHOD_OPERATOR || method->kind == METHOD_CONVERSION;
    bool is_invoke = method->kind == METHOD_DELEGATE_INVOKE;
    const char *text = is_invoke ? type_text(world, at->definition->self)
                                 : method_text(world, (MethodRef){method, at->definition->self, NULL});
    Accessibility access = is_invoke ? at->definition->access : method->access;
    check_shown(at, method->return_type, access, method->span,
                is_invoke     ? ERROR_INCONSISTENT_DELEGATE
                : is_operator ? ERROR_INCONSISTENT_OPERATOR
                              : ERROR_INCONSISTENT_RETURN,
                text);
    for (uint32_t i = 0; i < method->parameter_count; i++)
        check_shown(at, method->parameters[i].type, access, method->span,
                    is_invoke     ? ERROR_INCONSISTENT_DELEGATE_PARAMETER
                    : is_operator ? ERROR_INCONSISTENT_OPERATOR_PARAMETER
                                  : ERROR_INCONSISTENT_PARAMETER,
                    text);
}

static void check_visibility(Declared *at)
{
    TypeDefinition *definition = at->definition;
    for (uint32_t i = 0; i < definition->method_count; i++)
        check_method_visibility(at, definition->methods[i]);
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (field->node && !field->event && !field->backing_of && definition->kind != TYPE_ENUM)
            check_shown(at, field->type, field->access, field->span, ERROR_INCONSISTENT_FIELD,
                        own_text(at, field->name));
    }
    for (uint32_t i = 0; i < definition->property_count; i++) {
        Property *property = definition->properties[i];
        if (!property->node || property->explicit_interface)
            continue;
        bool is_indexer = property->parameter_count > 0;
        const char *text = is_indexer ? own_text(at, name_of(at->world->names, "this")) : own_text(at, property->name);
        check_shown(at, property->type, property->access, property->span,
                    is_indexer ? ERROR_INCONSISTENT_INDEXER : ERROR_INCONSISTENT_PROPERTY, text);
        for (uint32_t j = 0; j < property->parameter_count; j++)
            check_shown(at, property->parameters[j].type, property->access, property->span,
                        ERROR_INCONSISTENT_INDEXER_PARAMETER, text);
    }
    for (uint32_t i = 0; i < definition->event_count; i++)
        if (definition->events[i]->node)
            check_shown(at, definition->events[i]->type, definition->events[i]->access, definition->events[i]->span,
                        ERROR_INCONSISTENT_EVENT, own_text(at, definition->events[i]->name));
    TypeDefinition *outer = definition->containing ? definition->containing : definition;
    const char *text = type_text(at->world, definition->self);
    if (definition->kind == TYPE_CLASS && definition->base &&
        !type_is_visible(definition->base, definition->access, outer))
        report(at->world->diagnostics, definition->span, ERROR_INCONSISTENT_BASE,
               type_text(at->world, definition->base), text);
    for (uint32_t i = 0; definition->kind == TYPE_INTERFACE && i < definition->interface_count; i++)
        if (!type_is_visible(definition->interfaces[i], definition->access, outer))
            report(at->world->diagnostics, definition->span, ERROR_INCONSISTENT_INTERFACE,
                   type_text(at->world, definition->interfaces[i]), text);
}

/* --- static classes, parameters
 * ------------------------------------------------------------------------------------------------ */

static bool is_static_class(const Type *type)
{
    return type && type->kind == TYPE_CLASS && type->definition->is_static;
}

static void check_parameter_list(Declared *at, Method *method, NodeList *nodes)
{
    World *world = at->world;
    for (uint32_t i = 0; i < nodes->count && i < method->parameter_count; i++) {
        Node *node = nodes->at[i];
        Parameter *parameter = &method->parameters[i];
        bool is_ref = node->token == TOKEN_REF || node->token == TOKEN_OUT;
        if (is_static_class(parameter->type))
            report(world->diagnostics, node->a->span, ERROR_STATIC_PARAMETER, type_text(world, parameter->type));
        if (node->b && is_ref)
            report(world->diagnostics, node->span, ERROR_REF_DEFAULT);
        if (node->b && parameter->is_params)
            report(world->diagnostics, node->span, ERROR_PARAMS_DEFAULT);
        if (parameter->is_params && i + 1 < nodes->count)
            report(world->diagnostics, node->span, ERROR_PARAMS_NOT_LAST);
        else if (parameter->is_params && parameter->type->kind != TYPE_ARRAY && parameter->type->kind != TYPE_ERROR)
            report(world->diagnostics, node->span, ERROR_PARAMS_TYPE);
        if (node->token == TOKEN_THIS && i > 0)
            report(world->diagnostics, node->span, ERROR_THIS_NOT_FIRST, method->name->text);
    }
}

static void check_extension(Declared *at, Method *method)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    if (!method->parameter_count || !method->parameters[0].node || method->parameters[0].node->token != TOKEN_THIS)
        return;
    if (definition->containing)
        report(world->diagnostics, method->span, ERROR_EXTENSION_NESTED, definition->name->text);
    else if (!definition->is_static || definition->type_parameter_count)
        report(world->diagnostics, definition->span, ERROR_EXTENSION_CLASS);
    else if (!method->is_static)
        report(world->diagnostics, method->span, ERROR_EXTENSION_STATIC);
}

static void check_constructor(Declared *at, Method *method)
{
    World *world = at->world;
    Node *node = method->node;
    const char *text =
        arena_format(world->arena, "%s.%s()", type_text(world, at->definition->self), at->definition->name->text);
    if (method->kind == METHOD_STATIC_CONSTRUCTOR && method->parameter_count)
        report(world->diagnostics, method->span, ERROR_STATIC_CONSTRUCTOR_PARAMETERS, text);
    if (method->kind == METHOD_STATIC_CONSTRUCTOR && (node->decl->modifiers & ACCESS_MODIFIERS))
        report(world->diagnostics, method->span, ERROR_STATIC_CONSTRUCTOR_ACCESS, text);
    if (method->kind == METHOD_CONSTRUCTOR && at->definition->kind == TYPE_INTERFACE)
        report(world->diagnostics, method->span, ERROR_INTERFACE_CONSTRUCTOR);
    if (method->kind == METHOD_CONSTRUCTOR && at->definition->is_static)
        report(world->diagnostics, method->span, ERROR_INSTANCE_IN_STATIC_CLASS, text);
}

/* --- operators
 * --------------------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name, *pair;
    const char *text, *pair_text;
} operator_pairs[] = {
    {"op_Equality", "op_Inequality", "==", "!="},
    {"op_LessThan", "op_GreaterThan", "<", ">"},
    {"op_LessThanOrEqual", "op_GreaterThanOrEqual", "<=", ">="},
    {"op_True", "op_False", "true", "false"},
};

static bool has_operator(TypeDefinition *definition, const char *name)
{
    for (uint32_t i = 0; i < definition->method_count; i++)
        if (definition->methods[i]->kind == METHOD_OPERATOR && strcmp(definition->methods[i]->name->text, name) == 0)
            return true;
    return false;
}

static void check_operator(Declared *at, Method *method)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    const char *name = method->name->text;
    const char *text = method_text(world, (MethodRef){method, definition->self, NULL});
    if (definition->kind == TYPE_INTERFACE)
        return;
    if (!method->is_static || method->access != ACCESS_PUBLIC) {
        report(world->diagnostics, method->span, ERROR_OPERATOR_MODIFIERS, text);
        return;
    }
    bool takes_self = false;
    for (uint32_t i = 0; i < method->parameter_count; i++)
        takes_self |= type_nullable_underlying(method->parameters[i].type)->definition == definition ||
                      method->parameters[i].type->kind == TYPE_ERROR;
    if (method->kind == METHOD_CONVERSION) {
        if (!takes_self && type_nullable_underlying(method->return_type)->definition != definition)
            report(world->diagnostics, method->span, ERROR_CONVERSION_OWN);
        return;
    }
    if (type_is_void(method->return_type))
        report(world->diagnostics, method->span, ERROR_OPERATOR_VOID);
    else if (!takes_self)
        report(world->diagnostics, method->span,
               method->parameter_count == 1 ? ERROR_UNARY_OPERATOR_TYPE : ERROR_BINARY_OPERATOR_TYPE);
    for (size_t i = 0; i < sizeof operator_pairs / sizeof *operator_pairs; i++)
        for (int side = 0; side < 2; side++) {
            bool is_it = strcmp(name, side ? operator_pairs[i].pair : operator_pairs[i].name) == 0;
            if (is_it && !has_operator(definition, side ? operator_pairs[i].name : operator_pairs[i].pair))
                report(world->diagnostics, method->span, ERROR_OPERATOR_PAIR, text,
                       side ? operator_pairs[i].text : operator_pairs[i].pair_text);
        }
}

static void check_methods(Declared *at)
{
    World *world = at->world;
    for (uint32_t i = 0; i < at->definition->method_count; i++) {
        Method *method = at->definition->methods[i];
        Node *node = method->node;
        if (!node || !node->decl || method->is_synthesized || method->is_entry_point || method->property ||
            method->event)
            continue;
        check_parameter_list(at, method, &node->decl->parameters);
        check_extension(at, method);
        if (method->is_async && !is_async_return(world, method->return_type))
            report(world->diagnostics, method->span, ERROR_ASYNC_RETURN);
        if (is_static_class(method->return_type))
            report(world->diagnostics, method->span, ERROR_STATIC_RETURN, type_text(world, method->return_type));
        if (method->kind == METHOD_CONSTRUCTOR || method->kind == METHOD_STATIC_CONSTRUCTOR)
            check_constructor(at, method);
        if (method->kind == METHOD_OPERATOR || method->kind == METHOD_CONVERSION)
            check_operator(at, method);
        if (method->kind == METHOD_FINALIZER && node->name != at->definition->name)
            report(world->diagnostics, method->span, ERROR_FINALIZER_NAME);
        else if (method->kind == METHOD_FINALIZER && at->definition->kind != TYPE_CLASS)
            report(world->diagnostics, method->span, ERROR_FINALIZER_OUTSIDE);
    }
}

/* --- fields, properties, events
 * ------------------------------------------------------------------------------------------------------ */

/* A struct may not hold itself, directly or through other structs. */
static bool holds(World *world, TypeDefinition *outer, TypeDefinition *wanted, uint32_t depth)
{
    if (depth > 50)
        return false;
    type_complete(world, outer);
    for (uint32_t i = 0; i < outer->field_count; i++) {
        Type *type = outer->fields[i]->type;
        if (outer->fields[i]->is_static || type->kind != TYPE_STRUCT || !type->definition ||
            type->definition->is_library)
            continue;
        if (type->definition == wanted ||
            (type->definition != outer && holds(world, type->definition, wanted, depth + 1)))
            return true;
    }
    return false;
}

/* Ref structs and `ref` fields live in ref structs only. */
static void check_stack_only(const Declared *at, const Field *field)
{
    if (field->ref_kind != REF_NONE && !at->definition->is_ref_struct)
        report(at->world->diagnostics, field->span, ERROR_REF_FIELD_PLACE);
    if (type_is_ref_like(field->type) && (field->is_static || !at->definition->is_ref_struct)) {
        const Property *property = field->backing_of;
        Node *type = property && property->node ? property->node->a : NULL;
        for (uint32_t i = 0; !type && i < at->definition->node_count; i++)
            for (uint32_t j = 0; !type && j < at->definition->nodes[i]->items.count; j++) {
                Node *member = at->definition->nodes[i]->items.at[j];
                if (member->kind == NODE_FIELD_DECLARATION && field->span.start >= member->span.start &&
                    field->span.end <= member->span.end)
                    type = member->a;
            }
        report(at->world->diagnostics, type ? type->span : field->span, ERROR_REF_STRUCT_FIELD,
               type_text(at->world, field->type));
    }
}

static void check_fields(Declared *at)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (!field->node && !field->backing_of)
            continue;
        const char *text = own_text(at, field->backing_of ? field->backing_of->name : field->name);
        check_stack_only(at, field);
        bool is_plain = !field->backing_of && !field->event && !field->is_static && definition->kind != TYPE_ENUM;
        if (is_static_class(field->type) && !field->backing_of)
            report(world->diagnostics, field->span, ERROR_STATIC_TYPE_VARIABLE, type_text(world, field->type));
        if (is_plain && definition->kind == TYPE_INTERFACE)
            report(world->diagnostics, field->span, ERROR_INTERFACE_FIELD);
        if (is_plain && definition->is_static)
            report(world->diagnostics, field->span, ERROR_INSTANCE_IN_STATIC_CLASS, text);
        if (is_plain && definition->kind == TYPE_STRUCT && definition->is_readonly && !field->is_readonly)
            report(world->diagnostics, field->span, ERROR_READONLY_STRUCT_FIELD);
        if (definition->kind == TYPE_STRUCT && !field->is_static && field->type->kind == TYPE_STRUCT &&
            field->type->definition && !field->type->definition->is_library &&
            (field->type->definition == definition || holds(world, field->type->definition, definition, 0)))
            report(world->diagnostics, field->span, ERROR_STRUCT_CYCLE, text, type_text(world, field->type));
        if (field->is_required && field->access < definition->access)
            report(world->diagnostics, field->span, ERROR_REQUIRED_VISIBILITY, text,
                   type_text(world, definition->self));
    }
}

static bool is_accessor(Node *accessor, const char *name)
{
    return accessor->name && strcmp(accessor->name->text, name) == 0;
}

static void check_accessors(Declared *at, Property *property)
{
    World *world = at->world;
    Node *node = property->node;
    const char *text = own_text(at, property->name);
    uint32_t with_access = 0;
    bool any_body = false, has_getter = false;
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *accessor = node->items.at[i];
        any_body |= accessor->decl->has_body;
        has_getter |= is_accessor(accessor, "get");
        if (!(accessor->decl->modifiers & ACCESS_MODIFIERS))
            continue;
        with_access++;
        Method *method = is_accessor(accessor, "get") ? property->getter : property->setter;
        if (method && method->access >= property->access && !property->explicit_interface)
            report(world->diagnostics, name_span_of(accessor), ERROR_ACCESSOR_PROTECTION,
                   arena_format(world->arena, "%s.%s", text, accessor->name->text), text);
    }
    if (with_access > 1)
        report(world->diagnostics, property->span, ERROR_ACCESSORS_PROTECTED, text);
    if (!node->items.count)
        report(world->diagnostics, property->span, ERROR_NO_ACCESSOR, text);
    bool is_auto = !any_body && node->items.count && at->definition->kind != TYPE_INTERFACE &&
                   !(node->flags & FLAG_INDEXER) && !(node->decl->modifiers & (MODIFIER_ABSTRACT | MODIFIER_EXTERN));
    if (is_auto && !has_getter && node->items.at[0]->at.end)
        report(world->diagnostics, name_span_of(node->items.at[0]), ERROR_AUTO_WITHOUT_GET);
    if (is_auto && at->definition->is_readonly && at->definition->kind == TYPE_STRUCT && !property->is_static &&
        property->setter && !property->setter->is_init_only)
        report(world->diagnostics, property->span, ERROR_READONLY_STRUCT_PROPERTY);
}

static void check_properties(Declared *at)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    for (uint32_t i = 0; i < definition->property_count; i++) {
        Property *property = definition->properties[i];
        if (!property->node || property->node->kind != NODE_PROPERTY_DECLARATION)
            continue;
        const char *text = own_text(at, property->name);
        check_accessors(at, property);
        if (definition->is_static && !property->is_static)
            report(world->diagnostics, property->span, ERROR_INSTANCE_IN_STATIC_CLASS, text);
        bool hidden_setter = property->setter && property->setter->access < definition->access;
        if (property->is_required && (property->access < definition->access || hidden_setter))
            report(world->diagnostics, property->span, ERROR_REQUIRED_VISIBILITY, text,
                   type_text(world, definition->self));
    }
    for (uint32_t i = 0; i < definition->event_count; i++) {
        Event *event = definition->events[i];
        if (event->node && event->type->kind != TYPE_DELEGATE && event->type->kind != TYPE_ERROR)
            report(world->diagnostics, event->span, ERROR_EVENT_TYPE, own_text(at, event->name));
    }
}

/* --- type parameters and constraints
 * ---------------------------------------------------------------------------------------------------- */

static void check_type_parameters(Declared *at, NodeList *parameters, bool may_vary)
{
    World *world = at->world;
    for (uint32_t i = 0; i < parameters->count; i++) {
        Node *node = parameters->at[i];
        for (uint32_t j = 0; j < i; j++)
            if (node->name && parameters->at[j]->name == node->name)
                report(world->diagnostics, node->at.end ? node->at : node->span, ERROR_DUPLICATE_TYPE_PARAMETER,
                       node->name->text);
        if (!may_vary && (node->token == TOKEN_OUT || node->token == TOKEN_IN))
            report(world->diagnostics, node->span, ERROR_VARIANCE_PLACE);
    }
}

static void check_constraint_items(Declared *at, Node *clause, const TypeContext *context)
{
    World *world = at->world;
    for (uint32_t i = 0; i < clause->items.count; i++) {
        Node *item = clause->items.at[i];
        if (item->kind == NODE_CONSTRAINT_KEYWORD) {
            bool is_new = item->name && strcmp(item->name->text, "new") == 0;
            if (is_new && i + 1 < clause->items.count)
                report(world->diagnostics, item->span, ERROR_CONSTRAINT_NEW_LAST);
            else if (!is_new && i > 0)
                report(world->diagnostics, item->span, ERROR_CONSTRAINT_KIND_FIRST);
            continue;
        }
        world->in_base_list = true;
        Type *type = bind_type(world, context, item);
        world->in_base_list = false;
        bool is_class = type->kind == TYPE_CLASS && type->special != SPECIAL_ENUM &&
                        type->special != SPECIAL_MULTICAST_DELEGATE &&
                        !(type->definition->is_library && strcmp(type->definition->name->text, "Delegate") == 0);
        if (type->kind == TYPE_STRUCT || type->kind == TYPE_ENUM || type->kind == TYPE_ARRAY ||
            type->kind == TYPE_DELEGATE || (is_class && type->definition->is_sealed))
            report(world->diagnostics, item->span, ERROR_CONSTRAINT_INVALID, type_text(world, type));
        else if (is_class && i > 0)
            report(world->diagnostics, item->span, ERROR_CONSTRAINT_CLASS_FIRST, type_text(world, type));
    }
}

static void check_constraint_clauses(Declared *at, Node *node, const TypeContext *context, const char *text)
{
    World *world = at->world;
    NodeList *clauses = &node->decl->constraints;
    for (uint32_t i = 0; i < clauses->count; i++) {
        Node *clause = clauses->at[i];
        if (!clause->name)
            continue;
        Span span = clause->at.end ? clause->at : clause->span;
        if (!node->decl->type_parameters.count) {
            report(world->diagnostics, clause->span, ERROR_CONSTRAINTS_NOT_GENERIC);
            continue;
        }
        bool known = false, repeated = false;
        for (uint32_t j = 0; j < node->decl->type_parameters.count; j++)
            known |= node->decl->type_parameters.at[j]->name == clause->name;
        for (uint32_t j = 0; j < i; j++)
            repeated |= clauses->at[j]->name == clause->name;
        if (!known)
            report(world->diagnostics, span, ERROR_CONSTRAINT_UNKNOWN, text, clause->name->text);
        else if (repeated)
            report(world->diagnostics, span, ERROR_CONSTRAINT_CLAUSE_TWICE, clause->name->text);
        check_constraint_items(at, clause, context);
    }
}

/* `out T` may only come out, `in T` may only go in (spec 18.2.3). */
static bool varies_wrongly(Type *type, TypeParameter *parameter, bool goes_out)
{
    if (type->kind == TYPE_PARAMETER)
        return type->parameter == parameter && (goes_out ? parameter->is_contravariant : parameter->is_covariant);
    if (type->kind == TYPE_ARRAY)
        return varies_wrongly(type->element, parameter, goes_out);
    for (uint32_t i = 0; type->definition && i < type->argument_count; i++) {
        TypeParameter *inner = type->definition->type_parameters[i];
        bool wrong = inner->is_covariant       ? varies_wrongly(type->arguments[i], parameter, goes_out)
                     : inner->is_contravariant ? varies_wrongly(type->arguments[i], parameter, !goes_out)
                                               : varies_wrongly(type->arguments[i], parameter, true) ||
                                                     varies_wrongly(type->arguments[i], parameter, false);
        if (wrong)
            return true;
    }
    return false;
}

static void check_variance_of(Declared *at, Type *type, bool goes_out, Span span, const char *text)
{
    World *world = at->world;
    TypeDefinition *definition = at->definition;
    for (uint32_t i = definition->own_parameter_start; type && i < definition->type_parameter_count; i++) {
        TypeParameter *parameter = definition->type_parameters[i];
        if (varies_wrongly(type, parameter, goes_out))
            report(world->diagnostics, span, ERROR_VARIANCE, parameter->name->text,
                   goes_out ? "covariantly" : "contravariantly", text, parameter->name->text,
                   parameter->is_covariant ? "covariant" : "contravariant");
    }
}

static void check_variance(Declared *at)
{
    TypeDefinition *definition = at->definition;
    bool varies = false;
    for (uint32_t i = definition->own_parameter_start; i < definition->type_parameter_count; i++)
        varies |= definition->type_parameters[i]->is_covariant || definition->type_parameters[i]->is_contravariant;
    if (!varies || (definition->kind != TYPE_INTERFACE && definition->kind != TYPE_DELEGATE))
        return;
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (method->is_static || !method->node || method->explicit_interface)
            continue;
        const char *text = method_text(at->world, (MethodRef){method, definition->self, NULL});
        Node *type_node = method->property ? method->property->node->a : method->node->a;
        check_variance_of(at, method->return_type, true, type_node ? type_node->span : method->span, text);
        for (uint32_t j = 0; j < method->parameter_count; j++) {
            Node *node = method->parameters[j].node;
            Span span = node && node->a ? node->a->span : type_node ? type_node->span : method->span;
            check_variance_of(at, method->parameters[j].type, false, span, text);
            if (method->parameters[j].ref_kind != REF_NONE)
                check_variance_of(at, method->parameters[j].type, true, span, text);
        }
    }
    for (uint32_t i = 0; i < definition->interface_count; i++)
        check_variance_of(at, definition->interfaces[i], true, definition->span,
                          type_text(at->world, definition->interfaces[i]));
}

/* --- attributes
 * ------------------------------------------------------------------------------------------------------------------------------
 */

typedef enum AttributeTarget {
    TARGET_CLASS = 1,
    TARGET_STRUCT = 2,
    TARGET_ENUM = 4,
    TARGET_INTERFACE = 8,
    TARGET_DELEGATE = 16,
    TARGET_METHOD = 32,
    TARGET_CONSTRUCTOR = 64,
    TARGET_FIELD = 128,
    TARGET_PROPERTY = 256,
    TARGET_EVENT = 512,
    TARGET_PARAMETER = 1024,
    TARGET_ANY = 0xFFFF,
} AttributeTarget;

/* Where the attributes of .NET that programs meet may stand, and whether twice. */
static const struct {
    const char *name;
    uint32_t targets;
    const char *text;
} attribute_rows[] = {
    {"Flags", TARGET_ENUM, "enum"},
    {"ThreadStatic", TARGET_FIELD, "field"},
    {"MethodImpl", TARGET_METHOD | TARGET_CONSTRUCTOR, "constructor, method"},
    {"EnumeratorCancellation", TARGET_PARAMETER, "parameter"},
    {"CallerMemberName", TARGET_PARAMETER, "parameter"},
    {"StructLayout", TARGET_CLASS | TARGET_STRUCT, "class, struct"},
    {"AttributeUsage", TARGET_CLASS, "class"},
    {"Obsolete",
     TARGET_CLASS | TARGET_STRUCT | TARGET_ENUM | TARGET_CONSTRUCTOR | TARGET_METHOD | TARGET_PROPERTY | TARGET_FIELD |
         TARGET_EVENT | TARGET_INTERFACE | TARGET_DELEGATE,
     "class, struct, enum, constructor, method, property, indexer, field, event, interface, delegate"},
};

static Name attribute_name(World *world, Node *node, const char *suffix)
{
    Node *last = node->kind == NODE_QUALIFIED || node->kind == NODE_ALIAS_QUALIFIED ? node->b : node;
    return last && last->name ? name_format(world->names, "%s%s", last->name->text, suffix) : NULL;
}

/* The class that the name of an attribute means, with or without the suffix; quiet. */
static TypeDefinition *find_attribute_class(Declared *at, Node *node, bool *known)
{
    World *world = at->world;
    Type *parameter, *enclosing;
    Namespace *space;
    for (int i = 0; i < 2; i++) {
        Name name = attribute_name(world, node, i ? "" : "Attribute");
        uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
        TypeDefinition *found =
            name ? lookup_type_name(world, &at->context, name, arity, &parameter, &space, &enclosing) : NULL;
        *known = found != NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void check_attribute_arguments(Declared *at, Node *attribute)
{
    World *world = at->world;
    Binder binder;
    binder_init(&binder, world, at->definition, NULL);
    binder.types = at->context;
    binder.in_attribute = true;
    for (uint32_t i = 0; i < attribute->items.count; i++) {
        Node *value = attribute->items.at[i]->a;
        bool is_nameof = value && value->kind == NODE_CALL && value->a && value->a->name &&
                         strcmp(value->a->name->text, "nameof") == 0;
        if (!value || value->kind == NODE_ASSIGNMENT ||
            is_nameof) /* nameof may name parameters: they are not in scope here */
            continue;
        uint32_t before = world->diagnostics->error_count;
        Bound *bound = bind_value(&binder, value);
        Constant constant;
        bool is_fixed = value->kind == NODE_TYPEOF || value->kind == NODE_ARRAY_CREATION ||
                        value->kind == NODE_COLLECTION_EXPRESSION;
        if (world->diagnostics->error_count == before && !is_bad(bound) && !is_fixed && !get_constant(bound, &constant))
            report(world->diagnostics, value->span, ERROR_ATTRIBUTE_CONSTANT);
    }
}

static bool may_repeat(TypeDefinition *definition)
{
    Node *usage =
        definition->node_count ? find_attribute(&definition->nodes[0]->decl->attributes, "AttributeUsage") : NULL;
    for (uint32_t i = 0; usage && i < usage->items.count; i++) {
        Node *argument = usage->items.at[i];
        Name name = argument->name                                        ? argument->name
                    : argument->a && argument->a->kind == NODE_ASSIGNMENT ? argument->a->a->name
                                                                          : NULL;
        if (name && strcmp(name->text, "AllowMultiple") == 0)
            return true;
    }
    static const char *const repeatable[] = {"ConditionalAttribute",        "SuppressMessageAttribute",
                                             "InternalsVisibleToAttribute", "MemberNotNullAttribute",
                                             "MemberNotNullWhenAttribute",  "NotNullIfNotNullAttribute",
                                             "DebuggerTypeProxyAttribute",  "DebuggerDisplayAttribute"};
    for (size_t i = 0; definition->is_library && i < sizeof repeatable / sizeof *repeatable; i++)
        if (strcmp(definition->name->text, repeatable[i]) == 0)
            return true;
    return false;
}

static void check_attributes(Declared *at, NodeList *attributes, uint32_t target)
{
    World *world = at->world;
    TypeDefinition **classes = ARENA_ARRAY(world->arena, TypeDefinition *, attributes->count + 1);
    for (uint32_t i = 0; i < attributes->count; i++) {
        Node *attribute = attributes->at[i];
        if (!attribute->a || attribute->a->kind == NODE_QUALIFIED || attribute->a->kind == NODE_ALIAS_QUALIFIED)
            continue;
        bool known;
        TypeDefinition *definition = find_attribute_class(at, attribute->a, &known);
        Name name = attribute_name(world, attribute->a, "");
        if (!definition && imports_unknown_namespace(at->context.usings))
            continue; /* perhaps one of those that awaitlab does not have */
        if (!definition) {
            report(world->diagnostics, attribute->a->span, ERROR_TYPE_NOT_FOUND,
                   name ? arena_format(world->arena, "%sAttribute", name->text) : "?");
            continue;
        }
        classes[i] = definition;
        Type *base = type_special(world, SPECIAL_ATTRIBUTE);
        if (base && !type_derives_from(world, definition->self, base)) {
            report(world->diagnostics, attribute->a->span, ERROR_NOT_ATTRIBUTE, type_text(world, definition->self));
            continue;
        }
        for (size_t j = 0; j < sizeof attribute_rows / sizeof *attribute_rows; j++)
            if (definition->is_library && attribute_is(attribute, attribute_rows[j].name) && !attribute->name &&
                !(attribute_rows[j].targets & target))
                report(world->diagnostics, attribute->a->span, ERROR_ATTRIBUTE_TARGET, attribute_rows[j].name,
                       attribute_rows[j].text);
        for (uint32_t j = 0; j < i; j++)
            if (classes[j] == definition && attributes->at[j]->name == attribute->name && !may_repeat(definition)) {
                report(world->diagnostics, attribute->a->span, ERROR_ATTRIBUTE_TWICE, name ? name->text : "?");
                break;
            }
        check_attribute_arguments(at, attribute);
    }
}

static uint32_t member_target(Node *node)
{
    switch (node->kind) {
    case NODE_FIELD_DECLARATION:
        return node->flags & FLAG_EVENT ? TARGET_EVENT : TARGET_FIELD;
    case NODE_CONSTRUCTOR_DECLARATION:
        return TARGET_CONSTRUCTOR;
    case NODE_PROPERTY_DECLARATION:
        return TARGET_PROPERTY;
    case NODE_EVENT_DECLARATION:
        return TARGET_EVENT;
    case NODE_ENUM_MEMBER:
        return TARGET_FIELD;
    default:
        return TARGET_METHOD;
    }
}

static uint32_t type_target(const TypeDefinition *definition)
{
    switch (definition->kind) {
    case TYPE_STRUCT:
        return TARGET_STRUCT;
    case TYPE_ENUM:
        return TARGET_ENUM;
    case TYPE_INTERFACE:
        return TARGET_INTERFACE;
    case TYPE_DELEGATE:
        return TARGET_DELEGATE;
    default:
        return TARGET_CLASS;
    }
}

/* --- one type
 * --------------------------------------------------------------------------------------------------------------------------------
 */

static void check_member_syntax(Declared *at, Node *node)
{
    if (!node->decl || node->kind == NODE_TYPE_DECLARATION || node->kind == NODE_DELEGATE_DECLARATION)
        return;
    check_attributes(at, &node->decl->attributes, member_target(node));
    for (uint32_t i = 0; i < node->decl->parameters.count; i++)
        if (node->decl->parameters.at[i]->decl)
            check_attributes(at, &node->decl->parameters.at[i]->decl->attributes, TARGET_PARAMETER);
    if (node->kind == NODE_ENUM_MEMBER)
        return;
    check_member_modifiers(at, node);
    check_type_parameters(at, &node->decl->type_parameters, false);
}

static void check_method_constraints(Declared *at)
{
    for (uint32_t i = 0; i < at->definition->method_count; i++) {
        Method *method = at->definition->methods[i];
        if (!method->node || method->node->kind != NODE_METHOD_DECLARATION || method->is_synthesized)
            continue;
        TypeContext context = at->context;
        context.method = method;
        check_constraint_clauses(at, method->node, &context,
                                 method_text(at->world, (MethodRef){method, at->definition->self, NULL}));
    }
}

static void check_constructed(Declared *at, Type *type)
{
    for (uint32_t i = 0; type && i < type->argument_count; i++)
        check_constructed(at, type->arguments[i]);
    if (type && type->definition && type->argument_count)
        check_constraints(at->world, type, at->definition->span);
}

static void check_base_constraints(Declared *at)
{
    TypeDefinition *definition = at->definition;
    if (definition->kind == TYPE_ENUM || definition->kind == TYPE_DELEGATE)
        return;
    check_constructed(at, definition->base);
    for (uint32_t i = 0; i < definition->interface_count; i++)
        check_constructed(at, definition->interfaces[i]);
}

void check_declared_type(World *world, TypeDefinition *definition)
{
    Declared at = {.world = world, .definition = definition};
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        at.context = type_context_of(definition, i);
        check_type_modifiers(&at, node);
        check_attributes(&at, &node->decl->attributes, type_target(definition));
        check_type_parameters(&at, &node->decl->type_parameters,
                              definition->kind == TYPE_INTERFACE || definition->kind == TYPE_DELEGATE);
        check_constraint_clauses(&at, node, &at.context, type_text(world, definition->self));
        for (uint32_t j = 0; node->kind == NODE_TYPE_DECLARATION && j < node->items.count; j++)
            check_member_syntax(&at, node->items.at[j]);
        check_method_constraints(&at);
    }
    if (!definition->node_count)
        return;
    check_base_constraints(&at);
    check_methods(&at);
    check_fields(&at);
    check_properties(&at);
    check_visibility(&at);
    check_variance(&at);
}
