/* Names of types and namespaces: from type syntax to Types (C# spec 7.8). */
#include "lang/check_internal.h"

#include <string.h>

static bool is_open_generic_list(NodeList *arguments)
{
    return arguments->count && !arguments->at[0];
}

/* --- using directives -----------------------------------------------------------------------------------------------
 */

static const char *const implicit_usings[] = {
    "System",           "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
    "System.Threading", "System.Threading.Tasks"};

/* For convenience at a prompt, where nobody wants to begin with using directives. */
static const char *const prompt_usings[] = {"System.Runtime.CompilerServices", "System.Threading.Tasks.Sources"};

static Namespace *resolve_namespace(World *world, Node *node)
{
    if (node->kind == NODE_QUALIFIED) {
        Namespace *left = resolve_namespace(world, node->a);
        return left && node->b->kind == NODE_NAME ? namespace_child(world, left, node->b->name, false) : NULL;
    }
    if (node->kind == NODE_ALIAS_QUALIFIED)
        return node->b ? resolve_namespace(world, node->b) : NULL;
    return node->kind == NODE_NAME ? namespace_child(world, world->global, node->name, false) : NULL;
}

static void add_import(World *world, UsingScope *scope, Namespace *space)
{
    for (uint32_t i = 0; i < scope->import_count; i++)
        if (scope->imports[i] == space)
            return;
    ARENA_PUSH(world->arena, scope->imports, scope->import_count, scope->import_capacity, space);
}

static const char *name_text(World *world, Node *node)
{
    if (node->kind == NODE_QUALIFIED)
        return arena_format(world->arena, "%s.%s", name_text(world, node->a),
                            node->b->name ? node->b->name->text : "?");
    return node->name ? node->name->text : "?";
}

static void report_missing_namespace(World *world, Node *node)
{
    if (node->kind == NODE_QUALIFIED) {
        Namespace *left = resolve_namespace(world, node->a);
        if (left)
            report(world->diagnostics, node->b->span, ERROR_TYPE_NOT_IN_NAMESPACE,
                   node->b->name ? node->b->name->text : "?", name_text(world, node->a));
        else
            report_missing_namespace(world, node->a);
        return;
    }
    report(world->diagnostics, node->span, ERROR_TYPE_NOT_FOUND, node->name ? node->name->text : "?");
}

/* Namespaces of .NET that awaitlab has no types in yet: importing them is not an error. */
static bool is_known_empty(World *world, Node *node)
{
    const char *text = name_text(world, node);
    static const char *const known[] = {"System.IO",
                                        "System.Net",
                                        "System.Net.Http",
                                        "System.Text",
                                        "System.Text.Json",
                                        "System.Reflection",
                                        "System.Diagnostics.CodeAnalysis",
                                        "System.Runtime.InteropServices",
                                        "System.Globalization",
                                        "System.Text.RegularExpressions",
                                        "System.Numerics",
                                        "System.Buffers",
                                        "System.Net.Sockets",
                                        "System.ComponentModel",
                                        "System.Security",
                                        "Microsoft",
                                        "System.Runtime",
                                        "System.Timers",
                                        "System.Collections.Immutable",
                                        "System.Linq",
                                        "System.Threading.Channels",
                                        "System.Collections.Concurrent",
                                        "System.Collections.ObjectModel",
                                        "System.Diagnostics",
                                        "System.IO.Pipelines",
                                        "System.Runtime.CompilerServices"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(text, known[i]) == 0)
            return true;
    return false;
}

/* `using NAME = ...` */
static Span alias_span(Node *directive)
{
    return (Span){directive->span.start + 6, directive->span.start + 6 + directive->name->length};
}

static bool is_imported_text(World *world, UsingScope *scope, const char *space)
{
    for (size_t i = 0; i < sizeof implicit_usings / sizeof *implicit_usings; i++)
        if (strcmp(implicit_usings[i], space) == 0)
            return true;
    for (; scope; scope = scope->parent)
        for (uint32_t i = 0; scope->container && i < scope->container->items.count; i++) {
            Node *item = scope->container->items.at[i];
            if (item->kind == NODE_USING_DIRECTIVE && item->a && !item->name &&
                strcmp(name_text(world, item->a), space) == 0)
                return true;
        }
    return false;
}

/* A name that stands for nothing here, but for a type in real .NET: the program is right, only too much for awaitlab.
 */
bool report_dotnet_type(World *world, UsingScope *scope, Name name, Span span)
{
    for (size_t i = 0; i < missing_type_count; i++)
        if (strcmp(missing_types[i].name, name->text) == 0 && is_imported_text(world, scope, missing_types[i].space)) {
            report(world->diagnostics, span, ERROR_UNSUPPORTED,
                   arena_format(world->arena, "the type %s.%s", missing_types[i].space, missing_types[i].name),
                   "write what the program needs of it yourself");
            return true;
        }
    return false;
}

static bool names_a_type(World *world, Node *node)
{
    if (node->kind != NODE_QUALIFIED || !node->b->name || node->b->kind != NODE_NAME)
        return false;
    Namespace *left = resolve_namespace(world, node->a);
    return left && namespace_type(left, node->b->name, 0);
}

static void resolve_directive(World *world, UsingScope *scope, Node *directive)
{
    if (!directive->a)
        return;
    if (directive->name) {
        UsingAlias alias = {.name = directive->name, .target = directive->a};
        for (uint32_t i = 0; i < scope->alias_count; i++)
            if (scope->aliases[i].name == alias.name)
                report(world->diagnostics,
                       directive->at.start > directive->span.start ? directive->at : alias_span(directive),
                       ERROR_ALIAS_TWICE, alias.name->text);
        ARENA_PUSH(world->arena, scope->aliases, scope->alias_count, scope->alias_capacity, alias);
        return;
    }
    if ((directive->flags & FLAG_STATIC) && resolve_namespace(world, directive->a)) {
        report(world->diagnostics, directive->a->span, ERROR_USING_STATIC_NAMESPACE, name_text(world, directive->a));
        return;
    }
    if (directive->flags & FLAG_STATIC) {
        UsingScope plain = {.space = world->global, .is_resolved = true, .parent = scope->parent};
        TypeContext context = {.usings = &plain};
        Type *type = bind_type(world, &context, directive->a);
        if (type->definition)
            ARENA_PUSH(world->arena, scope->statics, scope->static_count, scope->static_capacity, type->definition);
        return;
    }
    Namespace *space = resolve_namespace(world, directive->a);
    bool is_unknown = !space && is_known_empty(world, directive->a);
    scope->imports_unknown |= is_unknown;
    if (space)
        add_import(world, scope, space);
    else if (names_a_type(world, directive->a))
        report(world->diagnostics, directive->a->span, ERROR_USING_TYPE_AS_NAMESPACE, name_text(world, directive->a));
    else if (!is_unknown)
        report_missing_namespace(world, directive->a);
}

static void import_names(World *world, UsingScope *scope, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = names[i];
        Namespace *space = world->library_global;
        while (space && *text) {
            size_t length = strcspn(text, ".");
            space = namespace_child(world, space, name_intern(world->names, text, length), false);
            text += length + (text[length] == '.');
        }
        if (space)
            add_import(world, scope, space);
    }
}

void using_resolve(World *world, UsingScope *scope)
{
    if (scope->is_resolved)
        return;
    scope->is_resolved = true;
    if (!scope->parent && !scope->is_library)
        import_names(world, scope, implicit_usings, sizeof implicit_usings / sizeof *implicit_usings);
    if (scope->is_prompt)
        import_names(world, scope, prompt_usings, sizeof prompt_usings / sizeof *prompt_usings);
    for (uint32_t i = 0; scope->container && i < scope->container->items.count; i++)
        if (scope->container->items.at[i]->kind == NODE_USING_DIRECTIVE)
            resolve_directive(world, scope, scope->container->items.at[i]);
}

bool imports_unknown_namespace(UsingScope *scope)
{
    for (; scope; scope = scope->parent) {
        if (scope->imports_unknown)
            return true;
    }
    return false;
}

/* --- look-up of a simple name
 * ------------------------------------------------------------------------------------------ */

static TypeParameter *find_type_parameter(TypeParameter **parameters, uint32_t start, uint32_t count, Name name)
{
    for (uint32_t i = start; i < count; i++)
        if (parameters[i]->name == name)
            return parameters[i];
    return NULL;
}

static TypeDefinition *nested_named(World *world, TypeDefinition *definition, Name name, uint32_t arity)
{
    type_declare_nested(world, definition);
    for (uint32_t i = 0; i < definition->nested_count; i++) {
        TypeDefinition *nested = definition->nested[i];
        if (nested->name == name && nested->type_parameter_count - nested->own_parameter_start == arity)
            return nested;
    }
    return NULL;
}

Type *lookup_nested_type(World *world, Type *type, Name name, uint32_t arity)
{
    for (Type *at = type; at && at->definition; at = type_base(world, at)) {
        TypeDefinition *nested = nested_named(world, at->definition, name, arity);
        if (!nested)
            continue;
        Type **arguments = ARENA_ARRAY(world->arena, Type *, nested->type_parameter_count + 1);
        for (uint32_t i = 0; i < nested->type_parameter_count; i++)
            arguments[i] = i < at->argument_count ? at->arguments[i] : nested->type_parameters[i]->type;
        return type_make(world, nested, arguments, nested->type_parameter_count);
    }
    return NULL;
}

static TypeDefinition *lookup_in_usings(World *world, UsingScope *scope, Name name, uint32_t arity, Namespace **space,
                                        Type **enclosing)
{
    for (; scope; scope = scope->parent) {
        for (Namespace *at = scope->space; at; at = at->parent) {
            TypeDefinition *definition = namespace_type(at, name, arity);
            if (definition)
                return definition;
            Namespace *child = arity == 0 ? namespace_child(world, at, name, false) : NULL;
            if (child) {
                *space = child;
                return NULL;
            }
            if (scope->parent && at == scope->parent->space)
                break; /* the outer scope looks there itself, with its own usings */
            if (!scope->parent && at == world->global)
                break;
        }
        using_resolve(world, scope);
        for (uint32_t i = 0; arity == 0 && i < scope->alias_count; i++) {
            UsingAlias *alias = &scope->aliases[i];
            if (alias->name != name)
                continue;
            if (!alias->is_resolved) {
                alias->is_resolved = true;
                alias->space = resolve_namespace(world, alias->target);
                UsingScope plain = {.space = world->global, .is_resolved = true, .parent = scope->parent};
                TypeContext context = {.usings = &plain};
                if (!alias->space)
                    alias->type = bind_type(world, &context, alias->target);
            }
            *space = alias->space;
            *enclosing = alias->type;
            return alias->type ? alias->type->definition : NULL;
        }
        TypeDefinition *found = NULL;
        for (uint32_t i = 0; i < scope->import_count; i++) {
            TypeDefinition *definition = namespace_type(scope->imports[i], name, arity);
            if (definition && (scope->is_library || !definition->is_library || definition->access == ACCESS_PUBLIC) &&
                !found)
                found = definition;
        }
        for (uint32_t i = 0; !found && i < scope->static_count; i++)
            found = nested_named(world, scope->statics[i], name, arity);
        if (found)
            return found;
    }
    return NULL;
}

TypeDefinition *lookup_type_name(World *world, const TypeContext *context, Name name, uint32_t arity, Type **parameter,
                                 Namespace **space, Type **enclosing)
{
    *parameter = NULL;
    *space = NULL;
    *enclosing = NULL;
    for (const TypeContext *at = context; at && arity == 0; at = at->outer) {
        TypeParameter *found =
            at->method ? find_type_parameter(at->method->type_parameters, 0, at->method->type_parameter_count, name)
                       : NULL;
        if (found) {
            *parameter = found->type;
            return NULL;
        }
    }
    for (TypeDefinition *definition = context->definition; definition; definition = definition->containing) {
        TypeParameter *found = arity == 0
                                   ? find_type_parameter(definition->type_parameters, definition->own_parameter_start,
                                                         definition->type_parameter_count, name)
                                   : NULL;
        if (found) {
            *parameter = found->type;
            return NULL;
        }
        for (Type *at = definition->self; at && at->definition;
             at = at->definition->bases_state == 1 ? NULL : type_base(world, at)) {
            TypeDefinition *nested = nested_named(world, at->definition, name, arity);
            if (nested) {
                *enclosing = at;
                return nested;
            }
        }
    }
    return lookup_in_usings(world, context->usings, name, arity, space, enclosing);
}

/* --- types from syntax
 * ---------------------------------------------------------------------------------------------------- */

static bool satisfies_constraint(World *world, Type *argument, Type *constraint)
{
    return argument->kind == TYPE_ERROR || constraint->kind == TYPE_ERROR || constraint->special == SPECIAL_OBJECT ||
           type_derives_from(world, argument, constraint) || type_implements(world, argument, constraint) ||
           is_implicit_reference(world, argument, constraint);
}

static bool has_public_default_constructor(World *world, Type *type)
{
    if (type->kind == TYPE_STRUCT || type->kind == TYPE_ENUM)
        return true;
    if (type->kind == TYPE_PARAMETER)
        return type->parameter->must_have_constructor || type->parameter->must_be_struct;
    if (type->kind != TYPE_CLASS || type->definition->is_abstract)
        return false;
    type_declare_constructors(world, type->definition);
    for (uint32_t i = 0; i < type->definition->method_count; i++) {
        Method *method = type->definition->methods[i];
        if (method->kind == METHOD_CONSTRUCTOR && method->parameter_count == 0)
            return method->access == ACCESS_PUBLIC;
    }
    return false;
}

bool check_type_argument(World *world, TypeParameter *parameter, Type *argument, const Substitution *substitution,
                         const char *generic, Span span)
{
    const char *name = parameter->name->text;
    if (argument->kind == TYPE_ERROR)
        return true;
    if (type_is_ref_like(argument)) {
        report(world->diagnostics, span, ERROR_REF_STRUCT_ARGUMENT, type_text(world, argument), name, generic);
        return false;
    }
    if (parameter->must_be_class && !type_is_reference(argument)) {
        report(world->diagnostics, span, ERROR_CONSTRAINT_CLASS, type_text(world, argument), name, generic);
        return false;
    }
    if (parameter->must_be_struct && (!type_is_value(argument) || type_is_nullable(argument))) {
        report(world->diagnostics, span, ERROR_CONSTRAINT_STRUCT, type_text(world, argument), name, generic);
        return false;
    }
    for (uint32_t i = 0; i < parameter->constraint_count; i++) {
        Type *constraint = type_substitute(world, parameter->constraints[i], substitution);
        if (satisfies_constraint(world, argument, constraint))
            continue;
        report(world->diagnostics, span,
               type_is_value(argument) ? ERROR_CONSTRAINT_BOXING : ERROR_CONSTRAINT_CONVERSION,
               type_text(world, argument), name, generic, type_text(world, argument), type_text(world, constraint));
        return false;
    }
    if (parameter->must_have_constructor && !has_public_default_constructor(world, argument)) {
        report(world->diagnostics, span, ERROR_CONSTRAINT_NEW, type_text(world, argument), name, generic);
        return false;
    }
    return true;
}

bool check_constraints(World *world, Type *type, Span span)
{
    if (!type->definition || !type->argument_count)
        return true;
    type_complete_bases(world, type->definition);
    Substitution substitution = type_substitution(type);
    for (uint32_t i = type->definition->own_parameter_start; i < type->argument_count; i++)
        if (!check_type_argument(world, type->definition->type_parameters[i], type->arguments[i], &substitution,
                                 type_text(world, type->definition->self), span))
            return false;
    return true;
}

/* Each argument against its constraints; the error is at the argument, or at the name of the member that is being
 * declared. */
static void check_arguments(World *world, Type *type, NodeList *arguments, Span span)
{
    TypeDefinition *definition = type->definition;
    type_complete_bases(world, definition);
    Substitution substitution = type_substitution(type);
    uint32_t outer = definition->own_parameter_start;
    for (uint32_t i = outer; i < type->argument_count; i++) {
        Node *argument = arguments && i - outer < arguments->count ? arguments->at[i - outer] : NULL;
        Span place = world->declared_name.end ? world->declared_name : argument ? argument->span : span;
        check_type_argument(world, definition->type_parameters[i], type->arguments[i], &substitution,
                            type_text(world, definition->self), place);
    }
}

static bool in_user_file(World *world, Span span)
{
    SourceFile *file = source_file_at(world->sources, span.start);
    return file && !file->is_library;
}

Type *bind_type_arguments(World *world, const TypeContext *context, TypeDefinition *definition, Type *enclosing,
                          NodeList *arguments, Node *node)
{
    uint32_t count = definition->type_parameter_count;
    uint32_t outer = definition->own_parameter_start;
    if (definition->kind == TYPE_ENUM)
        type_complete_bases(world, definition); /* its underlying type is asked for everywhere */
    Type **types = ARENA_ARRAY(world->arena, Type *, count + 1);
    for (uint32_t i = 0; i < outer; i++) {
        Type *from = enclosing;
        types[i] = from && i < from->argument_count ? from->arguments[i] : definition->type_parameters[i]->type;
    }
    bool unbound = arguments && is_open_generic_list(arguments);
    bool is_user = in_user_file(world, node->span);
    if (unbound && is_user && (world->declared_name.end || world->in_variable_type)) {
        report(world->diagnostics, node->span, ERROR_UNBOUND_NAME);
        return world->error_type;
    }
    for (uint32_t i = outer; i < count; i++) {
        Node *argument = arguments ? arguments->at[i - outer] : NULL;
        types[i] = unbound || !argument ? definition->type_parameters[i]->type : bind_type(world, context, argument);
        if (is_user && argument && argument->kind == NODE_REF_TYPE)
            report(world->diagnostics, argument->span, ERROR_UNEXPECTED_TOKEN, "ref");
        if (is_user && argument && types[i]->kind == TYPE_CLASS && types[i]->definition->is_static)
            report(world->diagnostics, world->declared_name.end ? world->declared_name : argument->span,
                   ERROR_STATIC_ARGUMENT, type_text(world, types[i]));
    }
    Type *type = type_make(world, definition, types, count);
    if (count > outer && !unbound && is_user && definition->bases_state != 1 && !world->in_base_list)
        check_arguments(world, type, arguments, node->span);
    return type;
}

static Type *type_of_definition(World *world, const TypeContext *context, TypeDefinition *definition, Type *enclosing,
                                Node *node)
{
    NodeList *arguments = node->kind == NODE_GENERIC_NAME ? &node->items : NULL;
    if (enclosing && enclosing->definition == definition)
        return enclosing; /* an alias of a constructed type */
    return bind_type_arguments(world, context, definition, enclosing, arguments, node);
}

static void report_missing_type(World *world, const TypeContext *context, Node *node, uint32_t arity)
{
    /* A type of that name with another number of parameters? */
    Type *parameter, *enclosing;
    Namespace *space;
    for (uint32_t step = 1; step < 10; step++) {
        uint32_t other = step % 9; /* the generic ones first */
        if (other == arity)
            continue;
        TypeDefinition *definition =
            lookup_type_name(world, context, node->name, other, &parameter, &space, &enclosing);
        if (!definition)
            continue;
        if (arity == 0)
            report(world->diagnostics, node->span, ERROR_WRONG_ARITY, type_text(world, definition->self), (int)other);
        else if (other == 0)
            report(world->diagnostics, node->span, ERROR_NOT_GENERIC, "type", type_text(world, definition->self));
        else
            report(world->diagnostics, node->span, ERROR_WRONG_ARITY, type_text(world, definition->self), (int)other);
        return;
    }
    if (arity == 0) {
        report(world->diagnostics, node->span, ERROR_TYPE_NOT_FOUND, node->name->text);
        return;
    }
    Text text;
    text_init(&text, world->arena);
    text_adds(&text, node->name->text);
    for (uint32_t i = 0; i < arity; i++)
        text_adds(&text, i ? "," : "<");
    text_addc(&text, '>');
    report(world->diagnostics, node->span, ERROR_TYPE_NOT_FOUND, text.at);
}

static Type *bind_simple_type(World *world, const TypeContext *context, Node *node)
{
    uint32_t arity = node->kind == NODE_GENERIC_NAME ? node->items.count : 0;
    Type *parameter, *enclosing;
    Namespace *space;
    TypeDefinition *definition = lookup_type_name(world, context, node->name, arity, &parameter, &space, &enclosing);
    if (parameter)
        return parameter;
    if (definition)
        return type_of_definition(world, context, definition, enclosing, node);
    if (!arity && !space) {
        const char *text = node->name->text;
        if (strcmp(text, "nint") == 0)
            return type_special(world, SPECIAL_INTPTR);
        if (strcmp(text, "nuint") == 0)
            return type_special(world, SPECIAL_UINTPTR);
        if (strcmp(text, "dynamic") == 0) {
            report_refused(world->diagnostics, node->span, REFUSED_DYNAMIC);
            return world->error_type;
        }
        if (strcmp(text, "var") == 0) {
            report(world->diagnostics, node->span, ERROR_VAR_NOT_ALLOWED);
            return world->error_type;
        }
    }
    Function *function = NULL;
    bool is_local =
        in_user_file(world, node->span) && (is_top_level_local(world, node->name) ||
                                            (world->binder && lookup_local(world->binder, node->name, &function)));
    if (arity && !is_local)
        lookup_type_name(world, context, node->name, 0, &parameter, &space, &enclosing);
    if (arity && (is_local || space))
        report(world->diagnostics, node->span, ERROR_NO_TYPE_ARGUMENTS, space ? "namespace" : "variable",
               node->name->text);
    else if (is_local || space)
        report(world->diagnostics, node->span, ERROR_NAMESPACE_AS_VALUE, node->name->text,
               space ? "namespace" : "variable", "type");
    else if (!report_dotnet_type(world, context->usings, node->name, node->span))
        report_missing_type(world, context, node, arity);
    return world->error_type;
}

static bool sees_private(const TypeContext *context, const TypeDefinition *owner)
{
    for (const TypeDefinition *at = context->definition; at; at = at->containing)
        if (at == owner)
            return true;
    return false;
}

/* Resolves the left part of `A.B`: a namespace or a type. */
static Type *bind_type_or_namespace(World *world, const TypeContext *context, Node *node, Namespace **space)
{
    *space = NULL;
    if (node->kind == NODE_NAME) {
        Type *parameter, *enclosing;
        TypeDefinition *definition = lookup_type_name(world, context, node->name, 0, &parameter, space, &enclosing);
        if (parameter)
            return parameter;
        if (definition)
            return type_of_definition(world, context, definition, enclosing, node);
        if (*space)
            return NULL;
        return bind_simple_type(world, context, node); /* says that there is none */
    }
    if (node->kind == NODE_QUALIFIED || node->kind == NODE_ALIAS_QUALIFIED) {
        Namespace *left_space;
        Type *left = NULL;
        Node *right = node->b;
        uint32_t arity = right->kind == NODE_GENERIC_NAME ? right->items.count : 0;
        if (node->kind == NODE_ALIAS_QUALIFIED)
            left_space = world->global;
        else
            left = bind_type_or_namespace(world, context, node->a, &left_space);
        if (left_space) {
            TypeDefinition *definition = right->name ? namespace_type(left_space, right->name, arity) : NULL;
            if (definition)
                return bind_type_arguments(world, context, definition, NULL,
                                           right->kind == NODE_GENERIC_NAME ? &right->items : NULL, right);
            *space = arity == 0 && right->name ? namespace_child(world, left_space, right->name, false) : NULL;
            if (*space)
                return NULL;
            report(world->diagnostics, right->span, ERROR_TYPE_NOT_IN_NAMESPACE, right->name ? right->name->text : "?",
                   left_space->full_name->length ? left_space->full_name->text : "<global namespace>");
            return world->error_type;
        }
        if (left->kind == TYPE_ERROR || !right->name)
            return world->error_type;
        Type *nested = lookup_nested_type(world, left, right->name, arity);
        if (nested && nested->definition->access == ACCESS_PRIVATE && nested->definition->containing &&
            !nested->definition->is_library && !sees_private(context, nested->definition->containing)) {
            report(world->diagnostics, right->span, ERROR_INACCESSIBLE, type_text(world, nested));
            return world->error_type;
        }
        if (!nested) {
            report(world->diagnostics, right->span, ERROR_NESTED_TYPE_NOT_FOUND, right->name->text,
                   type_text(world, left));
            return world->error_type;
        }
        if (arity)
            return bind_type_arguments(world, context, nested->definition, nested, &right->items, right);
        return nested;
    }
    return bind_type(world, context, node);
}

static SpecialType special_of_token(TokenKind token)
{
    switch (token) {
    case TOKEN_BOOL:
        return SPECIAL_BOOLEAN;
    case TOKEN_BYTE:
        return SPECIAL_BYTE;
    case TOKEN_CHAR:
        return SPECIAL_CHAR;
    case TOKEN_DECIMAL:
        return SPECIAL_DECIMAL;
    case TOKEN_DOUBLE:
        return SPECIAL_DOUBLE;
    case TOKEN_FLOAT:
        return SPECIAL_SINGLE;
    case TOKEN_INT:
        return SPECIAL_INT32;
    case TOKEN_LONG:
        return SPECIAL_INT64;
    case TOKEN_OBJECT:
        return SPECIAL_OBJECT;
    case TOKEN_SBYTE:
        return SPECIAL_SBYTE;
    case TOKEN_SHORT:
        return SPECIAL_INT16;
    case TOKEN_STRING_TYPE:
        return SPECIAL_STRING;
    case TOKEN_UINT:
        return SPECIAL_UINT32;
    case TOKEN_ULONG:
        return SPECIAL_UINT64;
    case TOKEN_USHORT:
        return SPECIAL_UINT16;
    default:
        return SPECIAL_VOID;
    }
}

Type *bind_type(World *world, const TypeContext *context, Node *node)
{
    if (!node)
        return world->error_type;
    switch (node->kind) {
    case NODE_PREDEFINED_TYPE:
        return type_special(world, special_of_token((TokenKind)node->token));
    case NODE_NAME:
    case NODE_GENERIC_NAME:
        return node->name ? bind_simple_type(world, context, node) : world->error_type;
    case NODE_QUALIFIED:
    case NODE_ALIAS_QUALIFIED: {
        Namespace *space;
        Type *type = bind_type_or_namespace(world, context, node, &space);
        if (type)
            return type;
        report(world->diagnostics, node->span, ERROR_TYPE_NOT_FOUND, name_text(world, node));
        return world->error_type;
    }
    case NODE_ARRAY_TYPE: {
        Type *element = bind_type(world, context, node->a);
        if (type_is_void(element)) {
            report(world->diagnostics, node->a->span, ERROR_VOID_NOT_ALLOWED);
            return world->error_type;
        }
        if (type_is_ref_like(element)) {
            report(world->diagnostics, node->a->span, ERROR_REF_STRUCT_ELEMENT, type_text(world, element));
            return world->error_type;
        }
        return element->kind == TYPE_ERROR ? element : type_make_array(world, element, node->number ? node->number : 1);
    }
    case NODE_NULLABLE_TYPE: {
        Type *inner = bind_type(world, context, node->a);
        /* T? of an unconstrained type parameter and of reference types is an annotation only. */
        return type_is_value(inner) && !type_is_nullable(inner) ? type_special_of(world, SPECIAL_NULLABLE, inner)
                                                                : inner;
    }
    case NODE_TUPLE_TYPE: {
        Type **elements = ARENA_ARRAY(world->arena, Type *, node->items.count + 1);
        Name *names = ARENA_ARRAY(world->arena, Name, node->items.count + 1);
        for (uint32_t i = 0; i < node->items.count; i++) {
            elements[i] = bind_type(world, context, node->items.at[i]->a);
            names[i] = node->items.at[i]->name;
            if (elements[i]->kind == TYPE_ERROR)
                return world->error_type;
            for (uint32_t j = 0; j < i; j++)
                if (names[i] && names[j] == names[i]) {
                    Position end = node->items.at[i]->span.end;
                    report(world->diagnostics, (Span){end - names[i]->length, end}, ERROR_TUPLE_NAME_TWICE);
                    names[i] = NULL;
                }
        }
        return type_make_tuple(world, elements, names, node->items.count);
    }
    case NODE_REF_TYPE:
        return bind_type(world, context, node->a);
    case NODE_POINTER_TYPE:
        report_refused(world->diagnostics, node->span, REFUSED_UNSAFE);
        return world->error_type;
    case NODE_ERROR_NODE:
        return world->error_type;
    default:
        report(world->diagnostics, node->span, ERROR_TYPE_EXPECTED);
        return world->error_type;
    }
}
