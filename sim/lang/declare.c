/* From syntax to symbols, on demand: namespaces and type names at once, base types and members when somebody asks. */
#include "lang/check_internal.h"

#include <string.h>

/* --- namespaces -----------------------------------------------------------------------------------------------------
 */

typedef struct TypeIndex {
    TypeDefinition **slots; /* open hash by name and arity */
    uint32_t capacity;
} TypeIndex;

Namespace *namespace_child(World *world, Namespace *parent, Name name, bool create)
{
    for (uint32_t i = 0; i < parent->space_count; i++)
        if (parent->spaces[i]->name == name)
            return parent->spaces[i];
    Namespace *older = parent->older ? namespace_child(world, parent->older, name, false) : NULL;
    if (!create)
        return older;
    Namespace *space = ARENA_NEW(world->arena, Namespace);
    space->name = name;
    space->parent = parent;
    space->older = older;
    space->full_name =
        parent->full_name->length ? name_format(world->names, "%s.%s", parent->full_name->text, name->text) : name;
    ARENA_PUSH(world->arena, parent->spaces, parent->space_count, parent->space_capacity, space);
    return space;
}

static uint32_t own_arity(const TypeDefinition *definition)
{
    return definition->type_parameter_count - definition->own_parameter_start;
}

static void index_add(TypeIndex *index, TypeDefinition *definition)
{
    uint32_t at = definition->name->hash + own_arity(definition) * 77;
    while (index->slots[at & (index->capacity - 1)])
        at++;
    index->slots[at & (index->capacity - 1)] = definition;
}

void namespace_add_type(World *world, Namespace *space, TypeDefinition *definition)
{
    ARENA_PUSH(world->arena, space->types, space->type_count, space->type_capacity, definition);
    TypeIndex *index = space->type_index;
    if (!index)
        index = space->type_index = ARENA_NEW(world->arena, TypeIndex);
    if (space->type_count * 2 > index->capacity) {
        index->capacity = index->capacity ? index->capacity * 4 : 16;
        index->slots = ARENA_ARRAY(world->arena, TypeDefinition *, index->capacity);
        for (uint32_t i = 0; i < space->type_count; i++)
            index_add(index, space->types[i]);
    } else {
        index_add(index, definition);
    }
}

TypeDefinition *namespace_type(Namespace *space, Name name, uint32_t arity)
{
    TypeIndex *index = space->type_index;
    for (uint32_t at = name->hash + arity * 77; index && index->slots[at & (index->capacity - 1)]; at++) {
        TypeDefinition *definition = index->slots[at & (index->capacity - 1)];
        if (definition->name == name && own_arity(definition) == arity)
            return definition;
    }
    if (library_declare(space, name, arity))
        return namespace_type(space, name, arity);
    return space->older ? namespace_type(space->older, name, arity) : NULL;
}

/* --- types
 * ------------------------------------------------------------------------------------------------------------ */

static Accessibility accessibility_of(uint32_t modifiers, Accessibility otherwise)
{
    if (modifiers & MODIFIER_PUBLIC)
        return ACCESS_PUBLIC;
    if (modifiers & MODIFIER_PROTECTED)
        return modifiers & MODIFIER_INTERNAL ? ACCESS_INTERNAL : ACCESS_PROTECTED;
    if (modifiers & MODIFIER_INTERNAL)
        return ACCESS_INTERNAL;
    if (modifiers & MODIFIER_PRIVATE)
        return ACCESS_PRIVATE;
    return otherwise;
}

static TypeParameter *type_parameter_new(World *world, Node *node, uint32_t index)
{
    TypeParameter *parameter = ARENA_NEW(world->arena, TypeParameter);
    parameter->name = node->name;
    parameter->index = index;
    parameter->is_covariant = node->token == TOKEN_OUT;
    parameter->is_contravariant = node->token == TOKEN_IN;
    Type *type = ARENA_NEW(world->arena, Type);
    type->kind = TYPE_PARAMETER;
    type->parameter = parameter;
    type->is_open = true;
    type->plain = type;
    parameter->type = type;
    return parameter;
}

static TypeKind kind_of_declaration(Node *node)
{
    if (node->kind == NODE_DELEGATE_DECLARATION)
        return TYPE_DELEGATE;
    switch (node->token) {
    case TOKEN_STRUCT:
        return TYPE_STRUCT;
    case TOKEN_INTERFACE:
        return TYPE_INTERFACE;
    case TOKEN_ENUM:
        return TYPE_ENUM;
    default:
        return node->flags & FLAG_RECORD_STRUCT ? TYPE_STRUCT : TYPE_CLASS;
    }
}

bool attribute_is(Node *attribute, const char *name)
{
    Node *at = attribute->a;
    while (at && (at->kind == NODE_QUALIFIED || at->kind == NODE_ALIAS_QUALIFIED))
        at = at->b;
    if (!at || !at->name)
        return false;
    size_t length = strlen(name);
    if (strncmp(at->name->text, name, length) != 0)
        return false;
    return at->name->length == length || strcmp(at->name->text + length, "Attribute") == 0;
}

Node *find_attribute(NodeList *attributes, const char *name)
{
    for (uint32_t i = 0; i < attributes->count; i++)
        if (attribute_is(attributes->at[i], name))
            return attributes->at[i];
    return NULL;
}

static bool mentions(Node *node, const char *text)
{
    if (!node)
        return false;
    if (node->name && strcmp(node->name->text, text) == 0)
        return true;
    return mentions(node->a, text) || mentions(node->b, text);
}

static void read_type_modifiers(TypeDefinition *definition, Node *node)
{
    uint32_t modifiers = node->decl->modifiers;
    definition->is_static |= (modifiers & MODIFIER_STATIC) != 0;
    definition->is_abstract |=
        (modifiers & (MODIFIER_ABSTRACT | MODIFIER_STATIC)) != 0 || definition->kind == TYPE_INTERFACE;
    definition->is_sealed |= (modifiers & (MODIFIER_SEALED | MODIFIER_STATIC)) != 0 || definition->kind != TYPE_CLASS;
    definition->is_readonly |= (modifiers & MODIFIER_READONLY) != 0;
    definition->is_ref_struct |= (modifiers & MODIFIER_REF) != 0;
    definition->is_partial |= (modifiers & MODIFIER_PARTIAL) != 0;
    definition->is_record |= node->kind == NODE_TYPE_DECLARATION && (node->flags & FLAG_RECORD) != 0;
    Node *layout = find_attribute(&node->decl->attributes, "StructLayout");
    if (definition->kind == TYPE_STRUCT && layout && layout->items.count && mentions(layout->items.at[0]->a, "Auto"))
        definition->layout = LAYOUT_AUTO;
}

static void declare_type_parameters(World *world, TypeDefinition *definition, Node *node)
{
    TypeDefinition *outer = definition->containing;
    uint32_t outer_count = outer ? outer->type_parameter_count : 0;
    uint32_t count = node ? node->decl->type_parameters.count : 0;
    definition->own_parameter_start = outer_count;
    definition->type_parameter_count = outer_count + count;
    definition->type_parameters = ARENA_ARRAY(world->arena, TypeParameter *, outer_count + count + 1);
    for (uint32_t i = 0; i < outer_count; i++)
        definition->type_parameters[i] = outer->type_parameters[i];
    for (uint32_t i = 0; i < count; i++) {
        TypeParameter *parameter = type_parameter_new(world, node->decl->type_parameters.at[i], outer_count + i);
        parameter->type_owner = definition;
        definition->type_parameters[outer_count + i] = parameter;
    }
}

static void make_self(World *world, TypeDefinition *definition)
{
    Type **arguments = ARENA_ARRAY(world->arena, Type *, definition->type_parameter_count + 1);
    for (uint32_t i = 0; i < definition->type_parameter_count; i++)
        arguments[i] = definition->type_parameters[i]->type;
    definition->self = type_make(world, definition, arguments, definition->type_parameter_count);
}

static TypeDefinition *find_declared(Namespace *space, TypeDefinition *containing, Name name, uint32_t arity)
{
    if (!containing) {
        TypeDefinition *found = namespace_type(space, name, arity);
        return found && found->space == space ? found : NULL; /* not one of an older submission */
    }
    for (uint32_t i = 0; i < containing->nested_count; i++)
        if (containing->nested[i]->name == name && own_arity(containing->nested[i]) == arity)
            return containing->nested[i];
    return NULL;
}

static void add_node(World *world, TypeDefinition *definition, Node *node, UsingScope *usings)
{
    uint32_t count = definition->node_count;
    ARENA_PUSH(world->arena, definition->nodes, definition->node_count, definition->node_capacity, node);
    ARENA_PUSH(world->arena, definition->node_scopes, count, definition->scope_capacity, usings);
}

static TypeDefinition *declare_type(World *world, Namespace *space, TypeDefinition *containing, Node *node,
                                    UsingScope *usings)
{
    if (!node->name)
        return NULL;
    TypeDefinition *definition = find_declared(space, containing, node->name, node->decl->type_parameters.count);
    if (definition && !(definition->is_library && !usings->is_library)) {
        bool is_partial = (node->decl->modifiers & MODIFIER_PARTIAL) != 0;
        if (!is_partial && !definition->is_partial) {
            report(world->diagnostics, node->decl->name_span,
                   containing ? ERROR_DUPLICATE_MEMBER : ERROR_DUPLICATE_TYPE,
                   containing                 ? type_text(world, containing->self)
                   : space->full_name->length ? space->full_name->text
                                              : "<global namespace>",
                   node->name->text);
            return definition;
        }
        if (!is_partial || !definition->is_partial)
            report(world->diagnostics, node->decl->name_span, ERROR_PARTIAL_MISSING, node->name->text);
        add_node(world, definition, node, usings);
        read_type_modifiers(definition, node);
        return definition;
    }
    definition = ARENA_NEW(world->arena, TypeDefinition);
    definition->name = node->name;
    definition->space = space;
    definition->containing = containing;
    definition->kind = kind_of_declaration(node);
    definition->is_library = usings->is_library;
    definition->layout = definition->kind == TYPE_STRUCT ? LAYOUT_SEQUENTIAL : LAYOUT_AUTO;
    definition->span = node->decl->name_span;
    definition->is_async_box =
        definition->is_library && containing && strstr(node->name->text, "StateMachineBox") != NULL;
    definition->access = accessibility_of(
        node->decl->modifiers,
        containing ? containing->kind == TYPE_INTERFACE ? ACCESS_PUBLIC : ACCESS_PRIVATE : ACCESS_INTERNAL);
    add_node(world, definition, node, usings);
    read_type_modifiers(definition, node);
    declare_type_parameters(world, definition, node);
    make_self(world, definition);
    if (containing)
        ARENA_PUSH(world->arena, containing->nested, containing->nested_count, containing->nested_capacity, definition);
    else
        namespace_add_type(world, space, definition);
    return definition;
}

void type_declare_nested(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        if (node->kind != NODE_TYPE_DECLARATION || (node->flags & FLAG_GLOBAL))
            continue;
        node->flags |= FLAG_GLOBAL; /* nested types of this part are declared */
        NodeList known = {0}, *members = &known;
        if (!parse_nested_types(node, &known)) {
            parse_type_members(node);
            members = &node->items;
        }
        for (uint32_t j = 0; j < members->count; j++) {
            Node *member = members->at[j];
            if (member->kind == NODE_TYPE_DECLARATION || member->kind == NODE_DELEGATE_DECLARATION)
                declare_type(world, definition->space, definition, member, definition->node_scopes[i]);
        }
    }
}

/* --- files
 * -------------------------------------------------------------------------------------------------------------- */

static UsingScope *scope_new(World *world, UsingScope *parent, Namespace *space, Node *container, bool is_library)
{
    UsingScope *scope = ARENA_NEW(world->arena, UsingScope);
    scope->parent = parent;
    scope->space = space;
    scope->container = container;
    scope->is_library = is_library;
    return scope;
}

static Namespace *declare_namespace_name(World *world, Namespace *parent, Node *name)
{
    if (name->kind == NODE_QUALIFIED) {
        parent = declare_namespace_name(world, parent, name->a);
        name = name->b;
    }
    return name->name ? namespace_child(world, parent, name->name, true) : parent;
}

static void declare_members(World *world, NodeList *items, UsingScope *scope)
{
    for (uint32_t i = 0; i < items->count; i++) {
        Node *item = items->at[i];
        if (item->kind == NODE_NAMESPACE && item->a) {
            Namespace *space = declare_namespace_name(world, scope->space, item->a);
            declare_members(world, &item->items, scope_new(world, scope, space, item, scope->is_library));
        } else if (item->kind == NODE_TYPE_DECLARATION || item->kind == NODE_DELEGATE_DECLARATION) {
            declare_type(world, scope->space, NULL, item, scope);
        }
    }
}

static Type *entry_return_type(World *world, bool is_async, bool has_value)
{
    if (!is_async)
        return has_value ? world->int_type : world->void_type;
    return has_value ? type_special_of(world, SPECIAL_TASK_T, world->int_type) : type_special(world, SPECIAL_TASK);
}

/* Top-level statements become Program.<Main>$ (C# spec 7.1.3). */
void declare_program(World *world, Node *unit, UsingScope *scope)
{
    bool has_statements = false, is_async = false, has_value = false;
    Span first = {0};
    for (uint32_t i = 0; i < unit->items.count; i++) {
        Node *item = unit->items.at[i];
        if (item->kind != NODE_GLOBAL_STATEMENT)
            continue;
        if (!has_statements)
            first = item->span;
        has_statements = true;
        is_async |= syntax_contains_await(item->a);
        has_value |= syntax_contains_return_value(item->a);
    }
    if (!has_statements)
        return;
    if (world->entry_point && world->entry_point->node && world->entry_point->node->kind == NODE_COMPILATION_UNIT) {
        report(world->diagnostics, first, ERROR_TWO_TOP_LEVEL);
        return;
    }
    Name name = name_of(world->names, "Program");
    TypeDefinition *program = find_declared(world->global, NULL, name, 0);
    if (!program) {
        program = type_define(world, NULL, TYPE_CLASS, name, NULL, 0);
        program->is_compiler_made = false;
        program->members_state = 0;
        namespace_add_type(world, world->global, program);
    }
    Method *method = ARENA_NEW(world->arena, Method);
    method->name = name_of(world->names, "<Main>$");
    method->owner = program;
    method->is_static = true;
    method->is_entry_point = true;
    method->is_async = is_async;
    method->access = ACCESS_PRIVATE;
    method->node = unit;
    method->span = first;
    method->return_type = entry_return_type(world, is_async, has_value);
    method->parameters = ARENA_ARRAY(world->arena, Parameter, 1);
    method->parameters[0].name = name_of(world->names, "args");
    method->parameters[0].type = type_make_array(world, world->string_type, 1);
    method->parameter_count = 1;
    world->entry_point = method;
    world->program = program;
    if (!program->node_count) {
        ARENA_PUSH(world->arena, program->node_scopes, (uint32_t){0}, program->scope_capacity, scope);
    }
}

void declare_file(World *world, Node *unit)
{
    declare_program(world, unit, declare_types(world, unit, NULL));
}

UsingScope *declare_types(World *world, Node *unit, UsingScope *parent)
{
    UsingScope *scope = scope_new(world, parent, world->global, unit, false);
    declare_members(world, &unit->items, scope);
    return scope;
}

UsingScope *declare_library_head(World *world, Node *unit)
{
    UsingScope *scope = scope_new(world, NULL, world->library_global, unit, true);
    Node *item = unit->items.at[unit->items.count - 1];
    return scope_new(world, scope, declare_namespace_name(world, scope->space, item->a), item, true);
}

TypeDefinition *declare_library_type(World *world, Node *node, UsingScope *scope)
{
    return declare_type(world, scope->space, NULL, node, scope);
}

TypeContext type_context_of(TypeDefinition *definition, uint32_t node_index)
{
    TypeContext context = {.definition = definition};
    TypeDefinition *at = definition;
    while (at && !at->node_scopes)
        at = at->containing; /* compiler-made types see what their container sees */
    context.usings = at ? at->node_scopes[at == definition ? node_index : 0] : NULL;
    return context;
}

/* --- base types and constraints
 * ---------------------------------------------------------------------------------------- */

static void bind_constraints(World *world, const TypeContext *context, TypeParameter **parameters, uint32_t start,
                             uint32_t count, NodeList *nodes)
{
    for (uint32_t i = 0; i < nodes->count; i++) {
        Node *node = nodes->at[i];
        TypeParameter *parameter = NULL;
        for (uint32_t j = start; j < count; j++)
            if (parameters[j]->name == node->name)
                parameter = parameters[j];
        if (!parameter)
            continue;
        uint32_t capacity = parameter->constraint_count;
        for (uint32_t j = 0; j < node->items.count; j++) {
            Node *item = node->items.at[j];
            if (item->kind == NODE_CONSTRAINT_KEYWORD) {
                const char *text = item->name->text;
                parameter->must_be_class |= strncmp(text, "class", 5) == 0;
                parameter->must_be_struct |= strcmp(text, "struct") == 0 || strcmp(text, "unmanaged") == 0;
                parameter->must_be_notnull |= strcmp(text, "notnull") == 0;
                parameter->must_have_constructor |= strcmp(text, "new") == 0;
                continue;
            }
            world->in_base_list = true; /* `where T : I<T>`: what T is, is being said */
            Type *type = bind_type(world, context, item);
            world->in_base_list = false;
            if (type->kind != TYPE_ERROR)
                ARENA_PUSH(world->arena, parameter->constraints, parameter->constraint_count, capacity, type);
        }
    }
}

static void bind_bases_of(World *world, TypeDefinition *definition, Node *node, const TypeContext *context,
                          uint32_t *capacity)
{
    for (uint32_t i = 0; i < node->decl->bases.count; i++) {
        Node *base = node->decl->bases.at[i];
        Node *syntax = base->kind == NODE_BASE_CALL ? base->a : base;
        world->in_base_list = true; /* constraints wait: they may ask for the bases of this very type */
        Type *type = bind_type(world, context, syntax);
        world->in_base_list = false;
        if (type->kind == TYPE_ERROR)
            continue;
        if (definition->kind == TYPE_ENUM) {
            if (!type_is_integral(type) || type->kind == TYPE_ENUM || type->special == SPECIAL_CHAR)
                report(world->diagnostics, syntax->span, ERROR_ENUM_UNDERLYING);
            else
                definition->enum_underlying = type;
        } else if (type->kind == TYPE_PARAMETER) {
            report(world->diagnostics, syntax->span, ERROR_BASE_TYPE_PARAMETER, type_text(world, type));
        } else if (type->kind == TYPE_INTERFACE) {
            for (uint32_t j = 0; j < definition->interface_count && !definition->is_partial; j++)
                if (type_same(definition->interfaces[j], type))
                    report(world->diagnostics, syntax->span, ERROR_INTERFACE_TWICE, type_text(world, type));
            ARENA_PUSH(world->arena, definition->interfaces, definition->interface_count, *capacity, type);
        } else if (definition->kind != TYPE_CLASS || (type->kind != TYPE_CLASS && type->kind != TYPE_DELEGATE)) {
            bool as_class = definition->kind == TYPE_CLASS && i == 0;
            report(world->diagnostics, syntax->span, as_class ? ERROR_SEALED_BASE : ERROR_BASE_NOT_INTERFACE,
                   as_class ? type_text(world, definition->self) : type_text(world, type), type_text(world, type));
        } else if (definition->base) {
            report(world->diagnostics, syntax->span, ERROR_TWO_BASES, type_text(world, definition->self),
                   type_text(world, definition->base), type_text(world, type));
        } else if (i > 0) {
            report(world->diagnostics, syntax->span, ERROR_BASE_NOT_FIRST, type_text(world, type));
        } else if (type->definition->is_static) {
            report(world->diagnostics, definition->span, ERROR_STATIC_BASE, type_text(world, definition->self),
                   type_text(world, type));
        } else if (type->definition->is_sealed) {
            report(world->diagnostics, syntax->span, ERROR_SEALED_BASE, type_text(world, definition->self),
                   type_text(world, type));
        } else if (definition->is_record && !type->definition->is_record && type->special != SPECIAL_OBJECT) {
            report(world->diagnostics, syntax->span, ERROR_RECORD_BASE);
        } else if (!definition->is_record && type->definition->is_record) {
            report(world->diagnostics, syntax->span, ERROR_RECORD_FOR_CLASS);
        } else {
            definition->base = type;
        }
    }
}

static SpecialType default_base(TypeDefinition *definition)
{
    switch (definition->kind) {
    case TYPE_STRUCT:
        return SPECIAL_VALUE_TYPE;
    case TYPE_ENUM:
        return SPECIAL_ENUM;
    case TYPE_DELEGATE:
        return SPECIAL_MULTICAST_DELEGATE;
    default:
        return SPECIAL_OBJECT;
    }
}

static void break_base_cycle(World *world, TypeDefinition *definition)
{
    uint32_t depth = 0;
    for (Type *at = definition->base; at && at->definition; at = at->definition->base, depth++)
        if (at->definition == definition || depth > 500) {
            for (TypeDefinition *one = definition; one->base && one->base->definition && depth <= 500;
                 one = one->base->definition) {
                report(world->diagnostics, one->span, ERROR_CYCLIC_BASE, type_text(world, one->base),
                       type_text(world, one->self));
                if (one->base->definition == definition)
                    break;
            }
            definition->base = type_special(world, SPECIAL_OBJECT);
            return;
        }
}

static void read_builder_attribute(World *world, TypeDefinition *definition, Node *node, const TypeContext *context)
{
    Node *attribute = find_attribute(&node->decl->attributes, "AsyncMethodBuilder");
    if (attribute && attribute->items.count && attribute->items.at[0]->a &&
        attribute->items.at[0]->a->kind == NODE_TYPEOF)
        definition->async_builder = bind_type(world, context, attribute->items.at[0]->a->a);
}

void type_complete_bases(World *world, TypeDefinition *definition)
{
    if (definition->bases_state)
        return;
    definition->bases_state = 1;
    uint32_t capacity = definition->interface_count;
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        TypeContext context = type_context_of(definition, i);
        /* First, because the type arguments of the bases are checked against what is known of the parameters. */
        bind_constraints(world, &context, definition->type_parameters, definition->own_parameter_start,
                         definition->type_parameter_count, &node->decl->constraints);
        if (node->kind == NODE_TYPE_DECLARATION)
            bind_bases_of(world, definition, node, &context, &capacity);
        read_builder_attribute(world, definition, node, &context);
    }
    if (definition->kind == TYPE_ENUM && !definition->enum_underlying)
        definition->enum_underlying = world->int_type;
    if (!definition->base && definition->special != SPECIAL_OBJECT && definition->kind != TYPE_INTERFACE)
        definition->base = type_special(world, default_base(definition));
    if (definition->is_record && world->special[SPECIAL_IEQUATABLE])
        ARENA_PUSH(world->arena, definition->interfaces, definition->interface_count, capacity,
                   type_special_of(world, SPECIAL_IEQUATABLE, definition->self));
    definition->bases_state = 2;
    if (!definition->is_library)
        break_base_cycle(world, definition);
}

/* --- members
 * --------------------------------------------------------------------------------------------------------------- */

/* More buckets; members keep their order, so those of one name stay in order of declaration. */
static void grow_buckets(World *world, TypeDefinition *definition)
{
    uint32_t count = definition->bucket_count * 8;
    Member **buckets = ARENA_ARRAY(world->arena, Member *, count);
    Member ***ends = ARENA_ARRAY(world->arena, Member **, count);
    for (uint32_t i = 0; i < count; i++)
        ends[i] = &buckets[i];
    for (uint32_t i = 0; i < definition->bucket_count; i++)
        for (Member *at = definition->buckets[i], *next; at; at = next) {
            next = at->next_same_name;
            at->next_same_name = NULL;
            Member ***end = &ends[at->name->hash & (count - 1)];
            **end = at;
            *end = &at->next_same_name;
        }
    definition->buckets = buckets;
    definition->bucket_count = count;
}

void add_member(World *world, TypeDefinition *definition, Member member)
{
    if (!definition->bucket_count) {
        definition->bucket_count = 32;
        definition->buckets = ARENA_ARRAY(world->arena, Member *, definition->bucket_count);
    }
    if (definition->member_count > definition->bucket_count * 4)
        grow_buckets(world, definition);
    Member *copy = arena_copy(world->arena, &member, sizeof member);
    copy->next_same_name = NULL;
    /* Buckets are chains of different names; members of one name hang on the first of them. `data` order: declaration
     * order. */
    Member **bucket = &definition->buckets[member.name->hash & (definition->bucket_count - 1)];
    while (*bucket)
        bucket = &(*bucket)->next_same_name;
    *bucket = copy;
    definition->member_count++;
}

/* Chains in a bucket may hold several names: callers skip those that differ. */
static Member *next_of_name(Member *member, Name name)
{
    while (member && member->name != name)
        member = member->next_same_name;
    return member;
}

Member *type_member(World *world, TypeDefinition *definition, Name name)
{
    type_declare_named(world, definition, name);
    if (!definition->bucket_count)
        return NULL;
    return next_of_name(definition->buckets[name->hash & (definition->bucket_count - 1)], name);
}

void push_field(World *world, TypeDefinition *definition, Field *field)
{
    field->owner = definition;
    field->index = definition->field_count;
    ARENA_PUSH(world->arena, definition->fields, definition->field_count, definition->field_capacity, field);
    add_member(world, definition, (Member){.kind = MEMBER_FIELD, .name = field->name, .field = field});
}

void push_method(World *world, TypeDefinition *definition, Method *method)
{
    method->owner = definition;
    method->index = definition->method_count;
    ARENA_PUSH(world->arena, definition->methods, definition->method_count, definition->method_capacity, method);
    if (!method->explicit_interface)
        add_member(world, definition, (Member){.kind = MEMBER_METHOD, .name = method->name, .method = method});
}

static RefKind ref_kind_of_token(TokenKind token)
{
    switch (token) {
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

static Constant default_of_parameter(World *world, const TypeContext *context, TypeDefinition *definition, Node *node,
                                     Type *type)
{
    Binder binder = {.world = world,
                     .arena = world->arena,
                     .diagnostics = world->diagnostics,
                     .types = *context,
                     .definition = definition,
                     .in_static = true,
                     .in_attribute = true};
    uint64_t work = 0;
    binder.work = &work;
    Bound *given = bind_value(&binder, node->b);
    if (!is_bad(given) && type->kind != TYPE_ERROR && given->kind == BOUND_CONSTANT && given->type->kind != TYPE_NULL &&
        classify_conversion(&binder, given, type).kind == CONVERSION_NONE) {
        report(world->diagnostics, node->at, ERROR_DEFAULT_TYPE, bound_type_text(&binder, given),
               type_text(world, type));
        return (Constant){.kind = CONSTANT_NULL};
    }
    Bound *value = bind_constant_value(&binder, node->b, type);
    Constant constant = {.kind = CONSTANT_NULL};
    if (value && value->kind == BOUND_CONSTANT)
        constant = value->constant;
    else if (value && value->kind != BOUND_DEFAULT && !is_bad(value) && value->kind != BOUND_NEW)
        report(world->diagnostics, node->b->span, ERROR_DEFAULT_NOT_CONSTANT, node->name ? node->name->text : "?");
    return constant;
}

/* The parameter that [CallerArgumentExpression("name")] or (nameof(name)) is about; -1: there is none of that name. */
static int32_t described_parameter(const Node *attribute, const Parameter *parameters, uint32_t count)
{
    Node *value = attribute->items.count ? attribute->items.at[0]->a : NULL;
    for (uint32_t i = 0; value && i < count; i++) {
        const char *name = parameters[i].name ? parameters[i].name->text : "";
        size_t length = strlen(name);
        const Literal *literal = value->kind == NODE_LITERAL ? value->literal : NULL;
        if (!literal && value->kind == NODE_CALL && value->items.count && mentions(value->items.at[0], name))
            return (int32_t)i;
        if (!literal || literal->kind != LITERAL_STRING || literal->unit_count != length)
            continue;
        size_t at = 0;
        while (at < length && literal->units[at] == (uint8_t)name[at])
            at++;
        if (at == length)
            return (int32_t)i;
    }
    return -1;
}

static Parameter *bind_parameters(World *world, const TypeContext *context, TypeDefinition *definition, NodeList *nodes)
{
    Parameter *parameters = ARENA_ARRAY(world->arena, Parameter, nodes->count + 1);
    bool seen_default = false;
    for (uint32_t i = 0; i < nodes->count; i++) {
        Node *node = nodes->at[i];
        Parameter *parameter = &parameters[i];
        parameter->name = node->name;
        parameter->node = node;
        world->declared_name = node->at;
        parameter->type = bind_type(world, context, node->a);
        world->declared_name = (Span){0};
        parameter->ref_kind = node->token == TOKEN_REF && (node->flags & FLAG_READONLY)
                                  ? REF_READONLY
                                  : ref_kind_of_token((TokenKind)node->token);
        parameter->is_params = node->token == TOKEN_PARAMS;
        parameter->has_default = node->b != NULL;
        if (node->decl) {
            parameter->is_enumerator_cancellation =
                find_attribute(&node->decl->attributes, "EnumeratorCancellation") != NULL;
            static const char *const callers[] = {"CallerMemberName", "CallerLineNumber", "CallerFilePath",
                                                  "CallerArgumentExpression"};
            for (size_t j = 0; j < sizeof callers / sizeof *callers; j++)
                if (find_attribute(&node->decl->attributes, callers[j]))
                    parameter->caller_argument = name_of(world->names, callers[j]);
        }
        if (node->b)
            parameter->default_value = default_of_parameter(world, context, definition, node, parameter->type);
        else if (seen_default && !parameter->is_params)
            report(world->diagnostics, (Span){node->span.end, node->span.end + 1},
                   ERROR_DEFAULT_ORDER); /* the token that follows */
        seen_default |= node->b != NULL;
        for (uint32_t j = 0; j < i; j++)
            if (node->name && nodes->at[j]->name == node->name)
                report(world->diagnostics, node->at, ERROR_DUPLICATE_PARAMETER, node->name->text);
    }
    for (uint32_t i = 0; i < nodes->count; i++) {
        Declaration *decl = nodes->at[i]->decl;
        Node *attribute = decl ? find_attribute(&decl->attributes, "CallerArgumentExpression") : NULL;
        parameters[i].caller_expression_of = attribute ? described_parameter(attribute, parameters, nodes->count) : -1;
    }
    return parameters;
}

static void declare_method_type_parameters(World *world, Method *method, Node *node)
{
    uint32_t count = node->decl->type_parameters.count;
    method->type_parameter_count = count;
    method->type_parameters = ARENA_ARRAY(world->arena, TypeParameter *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        method->type_parameters[i] = type_parameter_new(world, node->decl->type_parameters.at[i], i);
        method->type_parameters[i]->method_owner = method;
    }
}

static void read_method_modifiers(Method *method, uint32_t modifiers)
{
    method->is_static = (modifiers & MODIFIER_STATIC) != 0;
    method->is_virtual = (modifiers & MODIFIER_VIRTUAL) != 0;
    method->is_abstract = (modifiers & MODIFIER_ABSTRACT) != 0;
    method->is_override = (modifiers & MODIFIER_OVERRIDE) != 0;
    method->is_sealed = (modifiers & MODIFIER_SEALED) != 0;
    method->is_new = (modifiers & MODIFIER_NEW) != 0;
    method->is_async = (modifiers & MODIFIER_ASYNC) != 0;
    method->is_extern = (modifiers & MODIFIER_EXTERN) != 0;
    method->is_partial = (modifiers & MODIFIER_PARTIAL) != 0;
    method->is_readonly = (modifiers & MODIFIER_READONLY) != 0;
}

static void set_interface_defaults(TypeDefinition *definition, Method *method, Node *node)
{
    if (definition->kind != TYPE_INTERFACE || method->is_static)
        return;
    bool has_body = node->decl->has_body;
    method->is_abstract = !has_body && !method->explicit_interface;
    method->is_virtual = !method->explicit_interface;
}

static void set_explicit_interface(World *world, const TypeContext *context, Method *method, Node *interface_syntax,
                                   Name name)
{
    if (!interface_syntax)
        return;
    Type *type = bind_type(world, context, interface_syntax);
    method->explicit_interface = type;
    method->explicit_name = name;
    method->name =
        name_format(world->names, "%s.%s", type->definition ? type_runtime_name(world, type) : "?", name->text);
    method->access = ACCESS_PRIVATE;
}

static void read_method_attributes(World *world, const TypeContext *context, Method *method, Node *node)
{
    NodeList *attributes = &node->decl->attributes;
    Node *builder = find_attribute(attributes, "AsyncMethodBuilder");
    if (builder && builder->items.count && builder->items.at[0]->a && builder->items.at[0]->a->kind == NODE_TYPEOF)
        method->builder_override = bind_type(world, context, builder->items.at[0]->a->a);
    if (find_attribute(attributes, "Intrinsic"))
        method->attribute_intrinsic = name_of(world->names, "Intrinsic");
}

Method *method_new(World *world, TypeDefinition *definition, Node *node, MethodKind kind, Name name)
{
    Method *method = ARENA_NEW(world->arena, Method);
    method->owner = definition;
    method->kind = kind;
    method->name = name;
    method->node = node;
    method->return_type = world->void_type;
    method->access = definition->kind == TYPE_INTERFACE ? ACCESS_PUBLIC : ACCESS_PRIVATE;
    if (node && node->decl) {
        read_method_modifiers(method, node->decl->modifiers);
        method->access = accessibility_of(node->decl->modifiers, method->access);
        method->span = node->decl->name_span.end ? node->decl->name_span : node->at;
    }
    method->is_readonly |= definition->is_readonly && !method->is_static;
    return method;
}

static bool same_parameter_types(World *world, Method *a, Method *b);

/* The part of a partial method that was declared before. */
static Method *other_part(World *world, TypeDefinition *definition, Method *method)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *other = definition->methods[i];
        if (other->name == method->name && other->is_partial && other->node &&
            same_parameter_types(world, method, other))
            return other;
    }
    return NULL;
}

static void declare_method(World *world, TypeDefinition *definition, Node *node, const TypeContext *outer)
{
    MethodKind kind = node->kind == NODE_CONSTRUCTOR_DECLARATION  ? METHOD_CONSTRUCTOR
                      : node->kind == NODE_DESTRUCTOR_DECLARATION ? METHOD_FINALIZER
                      : node->kind == NODE_OPERATOR_DECLARATION   ? METHOD_OPERATOR
                                                                  : METHOD_ORDINARY;
    Name name = node->name;
    if (!name)
        return;
    if (kind == METHOD_CONSTRUCTOR) {
        bool is_static = (node->decl->modifiers & MODIFIER_STATIC) != 0;
        if (name != definition->name)
            report(world->diagnostics, node->decl->name_span, ERROR_METHOD_NEEDS_TYPE);
        kind = is_static ? METHOD_STATIC_CONSTRUCTOR : METHOD_CONSTRUCTOR;
        name = name_of(world->names, is_static ? ".cctor" : ".ctor");
    } else if (kind == METHOD_FINALIZER) {
        name = name_of(world->names, "Finalize");
    } else if (kind == METHOD_OPERATOR &&
               (strcmp(name->text, "op_Implicit") == 0 || strcmp(name->text, "op_Explicit") == 0)) {
        kind = METHOD_CONVERSION;
    }
    Method *method = method_new(world, definition, node, kind, name);
    declare_method_type_parameters(world, method, node);
    TypeContext context = *outer;
    context.method = method;
    world->declared_name = method->span;
    if (node->a)
        method->return_type = bind_type(world, &context, node->a);
    world->declared_name = (Span){0};
    if (node->a && node->a->kind == NODE_REF_TYPE)
        method->return_ref = node->a->flags & FLAG_READONLY ? REF_READONLY : REF_REF;
    bind_constraints(world, &context, method->type_parameters, 0, method->type_parameter_count,
                     &node->decl->constraints);
    method->parameters = bind_parameters(world, &context, definition, &node->decl->parameters);
    method->parameter_count = node->decl->parameters.count;
    set_explicit_interface(world, &context, method, node->b, name);
    set_interface_defaults(definition, method, node);
    read_method_attributes(world, &context, method, node);
    Node *first = method->parameter_count ? node->decl->parameters.at[0] : NULL;
    method->is_extension = method->is_static && first && first->token == TOKEN_THIS;
    if (kind == METHOD_FINALIZER) {
        method->is_override = true;
        method->access = ACCESS_PROTECTED;
        definition->finalizer = method;
    }
    if (kind == METHOD_STATIC_CONSTRUCTOR) {
        definition->has_static_constructor = true;
        definition->static_constructor = method;
    }
    Method *declared = method->is_partial ? other_part(world, definition, method) : NULL;
    if (declared && node->decl->has_body &&
        !declared->node->decl->has_body) { /* the part with the body is the method */
        declared->node = node;
        declared->span = method->span;
        declared->is_async = method->is_async;
        for (uint32_t i = 0; i < method->parameter_count; i++)
            declared->parameters[i].name = method->parameters[i].name;
    } else if (!declared || node->decl->has_body) {
        push_method(world, definition, method);
    }
}

Field *field_new(World *world, Name name, Type *type, Span span)
{
    Field *field = ARENA_NEW(world->arena, Field);
    field->name = name;
    field->type = type;
    field->span = span;
    return field;
}

static void declare_fields(World *world, TypeDefinition *definition, Node *node, const TypeContext *context)
{
    world->declared_name = node->items.count ? node->items.at[0]->at : (Span){0};
    Type *type = bind_type(world, context, node->a);
    world->declared_name = (Span){0};
    uint32_t modifiers = node->decl->modifiers;
    if (type_is_void(type)) {
        report(world->diagnostics, node->a->span, ERROR_VOID_NOT_ALLOWED);
        type = world->error_type;
    }
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *declarator = node->items.at[i];
        if (!declarator->name)
            continue;
        Field *field = field_new(world, declarator->name, type, declarator->at);
        field->node = declarator;
        field->initializer = declarator->a;
        if (node->a->kind == NODE_REF_TYPE)
            field->ref_kind = node->a->flags & FLAG_READONLY ? REF_READONLY : REF_REF;
        field->is_const = (modifiers & MODIFIER_CONST) || (node->flags & FLAG_CONST);
        field->is_static = (modifiers & MODIFIER_STATIC) || field->is_const;
        field->is_readonly = (modifiers & MODIFIER_READONLY) != 0;
        field->is_volatile = (modifiers & MODIFIER_VOLATILE) != 0;
        field->is_required = (modifiers & MODIFIER_REQUIRED) != 0;
        field->is_thread_static = find_attribute(&node->decl->attributes, "ThreadStatic") != NULL;
        field->access =
            accessibility_of(modifiers, definition->kind == TYPE_INTERFACE ? ACCESS_PUBLIC : ACCESS_PRIVATE);
        push_field(world, definition, field);
    }
}

static Method *declare_accessor(World *world, TypeDefinition *definition, Node *owner, Node *node, const char *prefix,
                                Name member, MethodKind kind)
{
    Method *method = method_new(world, definition, node, kind, name_format(world->names, "%s%s", prefix, member->text));
    uint32_t modifiers = owner->decl->modifiers;
    Accessibility own = method->access;
    bool has_own_access =
        node->decl->modifiers & (MODIFIER_PUBLIC | MODIFIER_PRIVATE | MODIFIER_PROTECTED | MODIFIER_INTERNAL);
    bool is_readonly = method->is_readonly;
    read_method_modifiers(method, modifiers & ~(uint32_t)MODIFIER_ASYNC);
    method->is_readonly |= is_readonly;
    method->access = has_own_access ? own
                                    : accessibility_of(modifiers, definition->kind == TYPE_INTERFACE ? ACCESS_PUBLIC
                                                                                                     : ACCESS_PRIVATE);
    method->span = node->at.end ? node->at : node->span;
    return method;
}

static bool accessor_named(Node *accessor, const char *name)
{
    return accessor->name && strcmp(accessor->name->text, name) == 0;
}

Parameter value_parameter(World *world, Type *type)
{
    return (Parameter){.name = name_of(world->names, "value"), .type = type};
}

static void declare_property(World *world, TypeDefinition *definition, Node *node, const TypeContext *context)
{
    bool is_indexer = (node->flags & FLAG_INDEXER) != 0;
    Name name = is_indexer ? name_of(world->names, "Item") : node->name;
    if (!name)
        return;
    Property *property = ARENA_NEW(world->arena, Property);
    property->name = name;
    property->owner = definition;
    property->node = node;
    world->declared_name = node->decl->name_span;
    property->type = bind_type(world, context, node->a);
    world->declared_name = (Span){0};
    property->ref_kind = !node->a || node->a->kind != NODE_REF_TYPE ? REF_NONE
                         : node->a->flags & FLAG_READONLY           ? REF_READONLY
                                                                    : REF_REF;
    property->is_static = (node->decl->modifiers & MODIFIER_STATIC) != 0;
    property->is_required = (node->decl->modifiers & MODIFIER_REQUIRED) != 0;
    property->access =
        accessibility_of(node->decl->modifiers, definition->kind == TYPE_INTERFACE ? ACCESS_PUBLIC : ACCESS_PRIVATE);
    property->span = node->decl->name_span;
    property->parameters = bind_parameters(world, context, definition, &node->decl->parameters);
    property->parameter_count = node->decl->parameters.count;
    bool is_auto =
        definition->kind != TYPE_INTERFACE && !(node->decl->modifiers & (MODIFIER_ABSTRACT | MODIFIER_EXTERN));
    for (uint32_t i = 0; i < node->items.count; i++)
        is_auto &= !node->items.at[i]->decl->has_body;
    is_auto &= node->items.count > 0 && !is_indexer;
    if (is_auto) {
        Field *field = field_new(world, name_format(world->names, "<%s>k__BackingField", name->text), property->type,
                                 property->span);
        field->is_static = property->is_static;
        field->is_readonly = true;
        field->backing_of = property;
        field->initializer = node->c;
        for (uint32_t i = 0; i < node->items.count; i++)
            if (accessor_named(node->items.at[i], "set"))
                field->is_readonly = false;
        push_field(world, definition, field);
        property->backing = field;
    }
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *accessor = node->items.at[i];
        bool is_getter = accessor_named(accessor, "get");
        Method *method = declare_accessor(world, definition, node, accessor, is_getter ? "get_" : "set_", name,
                                          is_getter ? METHOD_GETTER : METHOD_SETTER);
        method->property = property;
        method->is_init_only = accessor_named(accessor, "init");
        method->parameters = ARENA_ARRAY(world->arena, Parameter, property->parameter_count + 1);
        memcpy(method->parameters, property->parameters, property->parameter_count * sizeof(Parameter));
        method->parameter_count = property->parameter_count + (is_getter ? 0 : 1);
        if (is_getter) {
            method->return_type = property->type;
            method->return_ref = property->ref_kind;
            method->is_readonly |= is_auto;
        } else {
            method->parameters[property->parameter_count] = value_parameter(world, property->type);
        }
        set_explicit_interface(world, context, method, node->b,
                               name_format(world->names, "%s%s", is_getter ? "get_" : "set_", name->text));
        property->explicit_interface = method->explicit_interface;
        set_interface_defaults(definition, method, accessor);
        *(is_getter ? &property->getter : &property->setter) = method;
        push_method(world, definition, method);
    }
    ARENA_PUSH(world->arena, definition->properties, definition->property_count, definition->property_capacity,
               property);
    if (!property->explicit_interface)
        add_member(world, definition, (Member){.kind = MEMBER_PROPERTY, .name = name, .property = property});
}

static void declare_event_accessors(World *world, TypeDefinition *definition, Event *event, Node *owner, Node *node,
                                    Name name, const TypeContext *context)
{
    for (uint32_t i = 0; i < 2; i++) {
        const char *prefix = i ? "remove_" : "add_";
        Node *accessor = NULL;
        for (uint32_t j = 0; node->kind == NODE_EVENT_DECLARATION && j < node->items.count; j++)
            if (accessor_named(node->items.at[j], i ? "remove" : "add"))
                accessor = node->items.at[j];
        Method *method = method_new(world, definition, accessor, i ? METHOD_REMOVE : METHOD_ADD,
                                    name_format(world->names, "%s%s", prefix, name->text));
        read_method_modifiers(method, owner->decl->modifiers);
        method->access = event->access;
        method->event = event;
        method->is_synthesized = !accessor;
        method->span = event->span;
        method->parameters = ARENA_ARRAY(world->arena, Parameter, 1);
        method->parameters[0] = value_parameter(world, event->type);
        method->parameter_count = 1;
        if (node->kind == NODE_EVENT_DECLARATION)
            set_explicit_interface(world, context, method, node->b,
                                   name_format(world->names, "%s%s", prefix, name->text));
        if (definition->kind == TYPE_INTERFACE)
            method->is_abstract = method->is_virtual = true;
        *(i ? &event->remover : &event->adder) = method;
        push_method(world, definition, method);
    }
}

static void declare_event(World *world, TypeDefinition *definition, Node *node, const TypeContext *context)
{
    Type *type = bind_type(world, context, node->a);
    uint32_t count = node->kind == NODE_FIELD_DECLARATION ? node->items.count : 1;
    for (uint32_t i = 0; i < count; i++) {
        Node *declarator = node->kind == NODE_FIELD_DECLARATION ? node->items.at[i] : node;
        if (!declarator->name)
            continue;
        Event *event = ARENA_NEW(world->arena, Event);
        event->name = declarator->name;
        event->owner = definition;
        event->type = type;
        event->node = node;
        event->span = declarator->at;
        event->is_static = (node->decl->modifiers & MODIFIER_STATIC) != 0;
        event->access = accessibility_of(node->decl->modifiers,
                                         definition->kind == TYPE_INTERFACE ? ACCESS_PUBLIC : ACCESS_PRIVATE);
        if (node->kind == NODE_FIELD_DECLARATION && definition->kind != TYPE_INTERFACE &&
            !(node->decl->modifiers & MODIFIER_ABSTRACT)) {
            event->field = field_new(world, declarator->name, type, declarator->at);
            event->field->event = event;
            event->field->is_static = event->is_static;
            event->field->initializer = declarator->a;
            event->field->owner = definition;
            event->field->index = definition->field_count;
            ARENA_PUSH(world->arena, definition->fields, definition->field_count, definition->field_capacity,
                       event->field);
        }
        declare_event_accessors(world, definition, event, node, node, declarator->name, context);
        ARENA_PUSH(world->arena, definition->events, definition->event_count, definition->event_capacity, event);
        add_member(world, definition, (Member){.kind = MEMBER_EVENT, .name = declarator->name, .event = event});
    }
}

static void declare_enum_members(World *world, TypeDefinition *definition, Node *node)
{
    Field *value = field_new(world, name_of(world->names, "value__"), definition->enum_underlying, definition->span);
    if (!definition->field_count)
        push_field(world, definition, value);
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *item = node->items.at[i];
        if (item->kind != NODE_ENUM_MEMBER || !item->name)
            continue;
        if (type_member(world, definition, item->name))
            report(world->diagnostics, item->at, ERROR_DUPLICATE_MEMBER, type_text(world, definition->self),
                   item->name->text);
        Field *field = field_new(world, item->name, definition->self, item->at);
        field->node = item;
        field->initializer = item->a;
        field->is_const = field->is_static = true;
        field->access = ACCESS_PUBLIC;
        push_field(world, definition, field);
    }
}

static void declare_delegate_members(World *world, TypeDefinition *definition)
{
    Node *node = definition->nodes[0];
    TypeContext context = type_context_of(definition, 0);
    Method *invoke = method_new(world, definition, node, METHOD_DELEGATE_INVOKE, name_of(world->names, "Invoke"));
    invoke->node = NULL;
    invoke->access = ACCESS_PUBLIC;
    invoke->is_static = invoke->is_async = false;
    invoke->is_synthesized = true;
    invoke->return_type = bind_type(world, &context, node->a);
    invoke->return_ref = !node->a || node->a->kind != NODE_REF_TYPE ? REF_NONE
                         : node->a->flags & FLAG_READONLY           ? REF_READONLY
                                                                    : REF_REF;
    invoke->parameters = bind_parameters(world, &context, definition, &node->decl->parameters);
    invoke->parameter_count = node->decl->parameters.count;
    definition->delegate_invoke = invoke;
    push_method(world, definition, invoke);
}

void add_synthesized_constructor(World *world, TypeDefinition *definition, MethodKind kind)
{
    bool is_static = kind == METHOD_STATIC_CONSTRUCTOR;
    Method *method = method_new(world, definition, NULL, kind, name_of(world->names, is_static ? ".cctor" : ".ctor"));
    method->is_static = is_static;
    method->is_synthesized = true;
    method->access = is_static ? ACCESS_PRIVATE : definition->is_abstract ? ACCESS_PROTECTED : ACCESS_PUBLIC;
    method->span = definition->span;
    if (is_static)
        definition->static_constructor = method;
    push_method(world, definition, method);
}

Method *find_user_constructor(TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++)
        if (definition->methods[i]->kind == METHOD_CONSTRUCTOR)
            return definition->methods[i];
    return NULL;
}

static void declare_primary_constructor(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        if (node->kind != NODE_TYPE_DECLARATION || !node->decl->has_parameters)
            continue;
        TypeContext context = type_context_of(definition, i);
        Method *method = method_new(world, definition, NULL, METHOD_CONSTRUCTOR, name_of(world->names, ".ctor"));
        method->is_primary_constructor = true;
        method->is_synthesized = true;
        method->access = ACCESS_PUBLIC;
        method->span = definition->span;
        method->parameters = bind_parameters(world, &context, definition, &node->decl->parameters);
        method->parameter_count = node->decl->parameters.count;
        definition->primary_parameters = method->parameters;
        definition->primary_parameter_count = method->parameter_count;
        definition->primary_fields = ARENA_ARRAY(world->arena, Field *, method->parameter_count + 1);
        push_method(world, definition, method);
    }
}

static bool uses_name(Node *node, Name name);

static bool list_uses_name(NodeList *list, Name name)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (uses_name(list->at[i], name))
            return true;
    return false;
}

static bool uses_name(Node *node, Name name)
{
    if (!node)
        return false;
    if (node->kind == NODE_NAME && node->name == name)
        return true;
    if (node->kind == NODE_QUALIFIED)
        return uses_name(node->a, name);
    if (uses_name(node->a, name) || uses_name(node->b, name) || uses_name(node->c, name) || uses_name(node->d, name))
        return true;
    if (node->decl && uses_name(node->decl->body, name))
        return true;
    return list_uses_name(&node->items, name) || list_uses_name(&node->extra, name);
}

/* A primary constructor parameter that a member body reads becomes a field (C# 12 primary constructors). */
static void capture_primary_parameters(World *world, TypeDefinition *definition)
{
    if (definition->is_record)
        return;
    for (uint32_t i = 0; i < definition->primary_parameter_count; i++) {
        Name name = definition->primary_parameters[i].name;
        bool used = false;
        for (uint32_t n = 0; n < definition->node_count && !used; n++)
            for (uint32_t j = 0; j < definition->nodes[n]->items.count && !used; j++) {
                Node *member = definition->nodes[n]->items.at[j];
                bool has_body = member->kind == NODE_METHOD_DECLARATION || member->kind == NODE_PROPERTY_DECLARATION ||
                                member->kind == NODE_OPERATOR_DECLARATION || member->kind == NODE_EVENT_DECLARATION ||
                                member->kind == NODE_DESTRUCTOR_DECLARATION;
                if (!has_body)
                    continue;
                if (member->decl->has_body && !member->decl->body)
                    parse_body(member);
                used = uses_name(member->decl->body, name) || list_uses_name(&member->items, name);
                for (uint32_t k = 0; k < member->items.count && !used; k++) {
                    Node *accessor = member->items.at[k];
                    if (accessor->decl && accessor->decl->has_body && !accessor->decl->body)
                        parse_body(accessor);
                    used = accessor->decl && uses_name(accessor->decl->body, name);
                }
            }
        if (!used || !name)
            continue;
        Field *field = field_new(world, name_format(world->names, "<%s>P", name->text),
                                 definition->primary_parameters[i].type, definition->span);
        push_field(world, definition, field);
        definition->primary_fields[i] = field;
    }
}

bool needs_static_constructor(TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (field->is_static && !field->is_const && field->initializer)
            return true;
    }
    return false;
}

void declare_member(World *world, TypeDefinition *definition, Node *member, const TypeContext *context)
{
    switch (member->kind) {
    case NODE_FIELD_DECLARATION:
        if (member->flags & FLAG_EVENT)
            declare_event(world, definition, member, context);
        else
            declare_fields(world, definition, member, context);
        break;
    case NODE_METHOD_DECLARATION:
    case NODE_CONSTRUCTOR_DECLARATION:
    case NODE_DESTRUCTOR_DECLARATION:
    case NODE_OPERATOR_DECLARATION:
        declare_method(world, definition, member, context);
        break;
    case NODE_PROPERTY_DECLARATION:
        declare_property(world, definition, member, context);
        break;
    case NODE_EVENT_DECLARATION:
        declare_event(world, definition, member, context);
        break;
    default:
        break;
    }
}

static void declare_syntax_members(World *world, TypeDefinition *definition, uint32_t part)
{
    Node *node = definition->nodes[part];
    TypeContext context = type_context_of(definition, part);
    parse_type_members(node);
    if (definition->kind == TYPE_ENUM) {
        declare_enum_members(world, definition, node);
        return;
    }
    for (uint32_t i = 0; i < node->items.count; i++)
        declare_member(world, definition, node->items.at[i], &context);
}

static bool same_parameter_types(World *world, Method *a, Method *b)
{
    if (a->parameter_count != b->parameter_count || a->type_parameter_count != b->type_parameter_count)
        return false;
    Type *own[16];
    for (uint32_t i = 0; i < a->type_parameter_count && i < 16; i++)
        own[i] = a->type_parameters[i]->type;
    Substitution rename = {.method_arguments = a->type_parameter_count ? own : NULL, .method = b};
    for (uint32_t i = 0; i < a->parameter_count; i++)
        if (!type_same(a->parameters[i].type, type_substitute(world, b->parameters[i].type, &rename)) ||
            (a->parameters[i].ref_kind == REF_NONE) != (b->parameters[i].ref_kind == REF_NONE))
            return false;
    return true;
}

/* As seen through a base class: b's types are constructed with the base's arguments first. */
static bool overrides_through(World *world, Method *method, Method *candidate, Type *base)
{
    if (candidate->name != method->name || candidate->parameter_count != method->parameter_count ||
        candidate->type_parameter_count != method->type_parameter_count)
        return false;
    Type *own[16];
    for (uint32_t i = 0; i < method->type_parameter_count && i < 16; i++)
        own[i] = method->type_parameters[i]->type;
    Substitution rename = type_substitution(base);
    rename.method = candidate;
    rename.method_arguments = method->type_parameter_count ? own : NULL;
    for (uint32_t i = 0; i < method->parameter_count; i++)
        if (!type_same(method->parameters[i].type, type_substitute(world, candidate->parameters[i].type, &rename)))
            return false;
    return true;
}

void resolve_override(World *world, TypeDefinition *definition, Method *method)
{
    for (Type *base = type_base(world, definition->self); base && base->definition; base = type_base(world, base)) {
        for (Member *member = type_member(world, base->definition, method->name); member;
             member = next_of_name(member->next_same_name, method->name)) {
            if (member->kind == MEMBER_METHOD && member->method->access != ACCESS_PRIVATE &&
                !member->method->is_static && overrides_through(world, method, member->method, base)) {
                method->overridden = member->method;
                if (method->type_parameter_count)
                    for (uint32_t i = 0; i < method->type_parameter_count; i++) {
                        TypeParameter *from = member->method->type_parameters[i], *to = method->type_parameters[i];
                        to->must_be_class |= from->must_be_class;
                        to->must_be_struct |= from->must_be_struct;
                    }
                return;
            }
        }
    }
}

void type_complete(World *world, TypeDefinition *definition)
{
    if (definition->members_state)
        return;
    definition->members_state = 1;
    if (lazy_complete(world, definition)) {
        definition->members_state = 2;
        return;
    }
    type_complete_bases(world, definition);
    type_declare_nested(world, definition);
    for (uint32_t i = 0; i < definition->nested_count; i++)
        add_member(world, definition,
                   (Member){.kind = MEMBER_TYPE, .name = definition->nested[i]->name, .type = definition->nested[i]});
    if (definition->kind == TYPE_DELEGATE && definition->node_count)
        declare_delegate_members(world, definition);
    else
        for (uint32_t i = 0; i < definition->node_count; i++)
            declare_syntax_members(world, definition, i);
    if (definition == world->program && world->entry_point && world->entry_point->owner == definition)
        push_method(world, definition, world->entry_point);
    declare_primary_constructor(world, definition);
    capture_primary_parameters(world, definition);
    if (definition->is_record)
        declare_record_members(world, definition);
    if (definition->kind == TYPE_CLASS && !definition->is_static && !find_user_constructor(definition))
        add_synthesized_constructor(world, definition, METHOD_CONSTRUCTOR);
    if (!definition->static_constructor && definition->kind != TYPE_ENUM && needs_static_constructor(definition))
        add_synthesized_constructor(world, definition, METHOD_STATIC_CONSTRUCTOR);
    definition->members_state = 2;
    for (uint32_t i = 0; i < definition->method_count; i++)
        if (definition->methods[i]->is_override)
            resolve_override(world, definition, definition->methods[i]);
}

Method *type_method_named(World *world, TypeDefinition *definition, const char *text, uint32_t parameter_count)
{
    if (!definition)
        return NULL;
    Name name = name_of(world->names, text);
    for (Member *member = type_member(world, definition, name); member;
         member = next_of_name(member->next_same_name, name))
        if (member->kind == MEMBER_METHOD && member->method->parameter_count == parameter_count)
            return member->method;
    return NULL;
}

Field *type_field_named(World *world, TypeDefinition *definition, const char *text)
{
    Name name = name_of(world->names, text);
    for (Member *member = type_member(world, definition, name); member;
         member = next_of_name(member->next_same_name, name))
        if (member->kind == MEMBER_FIELD)
            return member->field;
    return NULL;
}

/* --- constants
 * -------------------------------------------------------------------------------------------------------------- */

enum { DEEPEST_CONSTANT = 500 };

static Constant enum_member_value(World *world, Field *field, Binder *binder)
{
    TypeDefinition *definition = field->owner;
    Constant result = {.kind = CONSTANT_INTEGER};
    if (field->initializer) {
        Bound *given = bind_value(binder, field->initializer);
        if (given->type == definition->self) /* A | B: other members stand for their numbers here */
            given = convert_explicit(binder, given, definition->enum_underlying, field->initializer->span);
        Bound *value = convert_implicit(binder, given, definition->enum_underlying, field->initializer->span);
        if (!is_bad(value) && !get_constant(value, &result))
            report(world->diagnostics, field->initializer->span, ERROR_CONSTANT_EXPECTED,
                   arena_format(world->arena, "%s.%s", type_text(world, definition->self), field->name->text));
        result.kind = CONSTANT_INTEGER;
        return result;
    }
    uint32_t at = 0;
    while (at < definition->field_count && definition->fields[at] != field)
        at++;
    /* Back to a member whose number is known or written: a loop, because there may be very many. */
    uint32_t steps = 0;
    Field *known = NULL;
    while (at > 0 && !known) {
        Field *previous = definition->fields[--at];
        steps += previous->is_const;
        if (previous->is_const && (previous->initializer || previous->constant_state == 2))
            known = previous;
    }
    if (known)
        result.integer = field_constant(world, known).integer + steps;
    else if (steps)
        result.integer = (int64_t)steps;
    return result;
}

Constant field_constant(World *world, Field *field)
{
    if (field->constant_state == 2 || !field->is_const)
        return field->constant;
    if (field->constant_state == 1) {
        report(world->diagnostics, field->span, ERROR_CIRCULAR_CONSTANT,
               arena_format(world->arena, "%s.%s", type_text(world, field->owner->self), field->name->text));
        return field->constant;
    }
    if (world->constant_depth >= DEEPEST_CONSTANT) {
        if (!world->constants_too_deep)
            report(world->diagnostics, field->span, ERROR_TOO_COMPLEX);
        world->constants_too_deep = true;
        return field->constant;
    }
    world->constant_depth++;
    field->constant_state = 1;
    uint64_t work = 0;
    TypeContext context = type_context_of(field->owner, 0);
    Binder binder = {.world = world,
                     .arena = world->arena,
                     .diagnostics = world->diagnostics,
                     .types = context,
                     .definition = field->owner,
                     .in_static = true,
                     .in_attribute = true,
                     .work = &work};
    if (field->owner->kind == TYPE_ENUM) {
        field->constant = enum_member_value(world, field, &binder);
    } else if (field->initializer) {
        Bound *value = bind_constant_value(&binder, field->initializer, field->type);
        if (!value || !get_constant(value, &field->constant)) {
            if (value && !is_bad(value))
                report(world->diagnostics, field->initializer->span, ERROR_CONSTANT_EXPECTED,
                       arena_format(world->arena, "%s.%s", type_text(world, field->owner->self), field->name->text));
        }
    } else {
        report(world->diagnostics, field->span, ERROR_CONST_NEEDS_VALUE);
    }
    field->constant_state = 2;
    world->constant_depth--;
    return field->constant;
}

/* --- what lowering makes
 * ------------------------------------------------------------------------------------------------------ */

TypeDefinition *type_define(World *world, TypeDefinition *containing, TypeKind kind, Name name,
                            TypeParameter **parameters, uint32_t count)
{
    TypeDefinition *definition = ARENA_NEW(world->arena, TypeDefinition);
    definition->name = name;
    definition->space = containing ? containing->space : world->global;
    definition->containing = containing;
    definition->kind = kind;
    definition->is_compiler_made = true;
    definition->is_sealed = true;
    definition->is_library = containing && containing->is_library;
    definition->access = ACCESS_PRIVATE;
    definition->layout = LAYOUT_AUTO;
    definition->type_parameters = arena_copy(world->arena, parameters, count * sizeof *parameters);
    definition->type_parameter_count = count;
    definition->own_parameter_start =
        containing && containing->type_parameter_count <= count ? containing->type_parameter_count : 0;
    definition->bases_state = definition->members_state = 2;
    definition->base =
        kind == TYPE_STRUCT ? type_special(world, SPECIAL_VALUE_TYPE) : type_special(world, SPECIAL_OBJECT);
    definition->span = containing ? containing->span : (Span){0, 0};
    make_self(world, definition);
    if (containing)
        ARENA_PUSH(world->arena, containing->nested, containing->nested_count, containing->nested_capacity, definition);
    return definition;
}

Field *type_define_field(World *world, TypeDefinition *definition, Name name, Type *type, bool is_static)
{
    Field *field = field_new(world, name, type, definition->span);
    field->is_static = is_static;
    field->access = ACCESS_PUBLIC;
    push_field(world, definition, field);
    return field;
}

Method *type_define_method(World *world, TypeDefinition *definition, Name name, MethodKind kind, Type *return_type,
                           bool is_static)
{
    Method *method = ARENA_NEW(world->arena, Method);
    method->name = name;
    method->kind = kind;
    method->return_type = return_type;
    method->is_static = is_static;
    method->is_synthesized = true;
    method->access = ACCESS_PUBLIC;
    method->span = definition->span;
    push_method(world, definition, method);
    return method;
}

/* --- checking declarations
 * ------------------------------------------------------------------------------------------------------ */

/* The base class as the overriding class sees it. */
static Type *constructed_base(World *world, TypeDefinition *definition, TypeDefinition *wanted)
{
    for (Type *at = type_base(world, definition->self); at && at->definition; at = type_base(world, at))
        if (at->definition == wanted)
            return at;
    return wanted->self;
}

static void check_override_signature(World *world, TypeDefinition *definition, Method *method, const char *own,
                                     Span span)
{
    static const char *const access_texts[] = {"private", "protected", "internal", "public"};
    Method *base = method->overridden;
    Type **arguments = ARENA_ARRAY(world->arena, Type *, method->type_parameter_count + 1);
    for (uint32_t i = 0; i < method->type_parameter_count; i++)
        arguments[i] = method->type_parameters[i]->type;
    MethodRef base_ref = {base, constructed_base(world, definition, base->owner),
                          method->type_parameter_count ? arguments : NULL};
    Type *wanted = method_ref_return_type(world, base_ref);
    const char *base_text = base->property ? arena_format(world->arena, "%s.%s", type_text(world, base_ref.owner),
                                                          base->property->name->text)
                                           : method_text(world, base_ref);
    bool is_covariant = !type_is_value(wanted) && type_is_reference(method->return_type) &&
                        !(method->property && method->property->setter) &&
                        (is_implicit_reference(world, method->return_type, wanted));
    /* What is `protected internal` in the library is only `protected` for those outside it. */
    bool is_inherited_protected = base->owner->is_library && !definition->is_library &&
                                  base->access == ACCESS_INTERNAL && method->access == ACCESS_PROTECTED;
    if (method->access != base->access && !is_inherited_protected)
        report(world->diagnostics, span, ERROR_OVERRIDE_ACCESS, own, access_texts[base->access], base_text);
    else if (!type_same(method->return_type, wanted) && !is_covariant && method->return_type->kind != TYPE_ERROR &&
             wanted->kind != TYPE_ERROR)
        report(world->diagnostics, span, method->property ? ERROR_OVERRIDE_PROPERTY_TYPE : ERROR_OVERRIDE_RETURN, own,
               type_text(world, wanted), base_text);
}

/* `override string P` of an `int P`: the setter's parameter differs, so nothing was found. */
static Property *property_of_other_type(World *world, TypeDefinition *definition, Property *property)
{
    for (Type *at = type_base(world, definition->self); at && at->definition; at = type_base(world, at)) {
        Member *member = type_member(world, at->definition, property->name);
        if (member && member->kind == MEMBER_PROPERTY && !property->parameter_count)
            return member->property;
    }
    return NULL;
}

static void check_overrides(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (!method->is_override || method->kind == METHOD_FINALIZER || method->is_synthesized)
            continue;
        Span span = method->property ? method->property->span : method->span;
        MethodRef self = {method, definition->self, NULL};
        const char *own = method->property ? arena_format(world->arena, "%s.%s", type_text(world, definition->self),
                                                          method->property->name->text)
                                           : method_text(world, self);
        Property *other = !method->overridden && method->property
                              ? property_of_other_type(world, definition, method->property)
                              : NULL;
        if (other && !type_same(other->type, method->property->type)) {
            report(world->diagnostics, span, ERROR_OVERRIDE_PROPERTY_TYPE, own, type_text(world, other->type),
                   arena_format(world->arena, "%s.%s", type_text(world, other->owner->self), other->name->text));
            continue;
        }
        if (!method->overridden) {
            report(world->diagnostics, span, ERROR_NOTHING_TO_OVERRIDE, own);
            continue;
        }
        Method *base = method->overridden;
        MethodRef base_ref = {base, base->owner->self, NULL};
        if (!base->is_virtual && !base->is_abstract && !base->is_override)
            report(world->diagnostics, span, ERROR_OVERRIDE_NOT_VIRTUAL, own, method_text(world, base_ref));
        else if (base->is_sealed)
            report(world->diagnostics, span, ERROR_OVERRIDE_SEALED, own, method_text(world, base_ref));
        else
            check_override_signature(world, definition, method, own, span);
    }
}

static bool differs_in_ref_and_out(const Method *a, const Method *b)
{
    for (uint32_t i = 0; i < a->parameter_count; i++)
        if (a->parameters[i].ref_kind != b->parameters[i].ref_kind)
            return true;
    return false;
}

/* A method that has the name of a field or property. */
static void check_method_name(World *world, TypeDefinition *definition, Method *method)
{
    if (!method->node || method->kind != METHOD_ORDINARY || method->explicit_interface || method->is_entry_point)
        return;
    if (method->name == definition->name) {
        report(world->diagnostics, method->span, ERROR_MEMBER_NAME_IS_TYPE, method->name->text);
        return;
    }
    for (Member *member = type_member(world, definition, method->name); member;
         member = next_of_name(member->next_same_name, method->name)) {
        bool is_other = member->kind == MEMBER_FIELD || member->kind == MEMBER_PROPERTY || member->kind == MEMBER_EVENT;
        Span first = member->kind == MEMBER_FIELD      ? member->field->span
                     : member->kind == MEMBER_PROPERTY ? member->property->span
                                                       : method->span;
        if (is_other && first.start < method->span.start) {
            report(world->diagnostics, method->span, ERROR_DUPLICATE_MEMBER, type_text(world, definition->self),
                   method->name->text);
            return;
        }
    }
}

static void check_duplicates(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        check_method_name(world, definition, method);
        for (uint32_t j = 0; j < i && !method->explicit_interface && !method->property; j++) {
            Method *other = definition->methods[j];
            if (other->name == method->name && !other->explicit_interface &&
                same_parameter_types(world, method, other) && method->kind != METHOD_CONVERSION) {
                if (differs_in_ref_and_out(method, other))
                    report(world->diagnostics, method->span, ERROR_OVERLOAD_REF_OUT, type_text(world, definition->self),
                           "method", method->parameters[0].ref_kind == REF_OUT ? "out" : "ref",
                           method->parameters[0].ref_kind == REF_OUT ? "ref" : "out");
                else
                    report(world->diagnostics, method->span, ERROR_DUPLICATE_METHOD, type_text(world, definition->self),
                           method->kind == METHOD_CONSTRUCTOR ? definition->name->text : method->name->text);
                break;
            }
        }
    }
    for (uint32_t i = 0; i < definition->field_count + definition->property_count; i++) {
        bool is_field = i < definition->field_count;
        Name name = is_field ? definition->fields[i]->name : definition->properties[i - definition->field_count]->name;
        Span span = is_field ? definition->fields[i]->span : definition->properties[i - definition->field_count]->span;
        if ((is_field && (definition->fields[i]->event || definition->kind == TYPE_ENUM)) ||
            (!is_field && (definition->properties[i - definition->field_count]->explicit_interface ||
                           definition->properties[i - definition->field_count]->parameter_count)))
            continue;
        Member *member = type_member(world, definition, name);
        Span first = member->kind == MEMBER_FIELD      ? member->field->span
                     : member->kind == MEMBER_PROPERTY ? member->property->span
                     : member->kind == MEMBER_METHOD   ? member->method->span
                     : member->kind == MEMBER_EVENT    ? member->event->span
                                                       : member->type->span;
        if (first.start < span.start)
            report(world->diagnostics, span, ERROR_DUPLICATE_MEMBER, type_text(world, definition->self), name->text);
        if (name == definition->name && definition->kind != TYPE_ENUM)
            report(world->diagnostics, span, ERROR_MEMBER_NAME_IS_TYPE, name->text);
    }
}

static void check_bodies_present(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (!method->node || method->is_synthesized || method->is_entry_point || method->property || method->event)
            continue;
        bool has_body = method->node->decl && method->node->decl->has_body;
        MethodRef ref = {method, definition->self, NULL};
        if (method->is_abstract && has_body && (definition->kind != TYPE_INTERFACE || method->is_static))
            report(world->diagnostics, method->span, ERROR_ABSTRACT_HAS_BODY, method_text(world, ref));
        else if (!has_body && !method->is_abstract && !method->is_extern && !method->is_partial)
            report(world->diagnostics, method->span, ERROR_NO_BODY, method_text(world, ref));
        if (method->is_abstract && definition->kind == TYPE_CLASS && !definition->is_abstract)
            report(world->diagnostics, method->span, ERROR_ABSTRACT_IN_CONCRETE, method_text(world, ref),
                   type_text(world, definition->self));
        bool calls_this = method->node->c && method->node->c->token == TOKEN_THIS;
        if (method->kind == METHOD_CONSTRUCTOR && definition->primary_fields && !calls_this &&
            !(definition->is_record && method->parameter_count == 1 &&
              type_same(method->parameters[0].type, definition->self)))
            report(world->diagnostics, method->span, ERROR_PRIMARY_NOT_CALLED);
        if (definition->is_static && !method->is_static && method->kind == METHOD_ORDINARY)
            report(world->diagnostics, method->span, ERROR_INSTANCE_IN_STATIC_CLASS, method_text(world, ref));
    }
}

static Span base_syntax_span(TypeDefinition *definition, World *world, Type *interface_type)
{
    for (uint32_t i = 0; i < definition->node_count; i++) {
        TypeContext context = type_context_of(definition, i);
        for (uint32_t j = 0; j < definition->nodes[i]->decl->bases.count; j++) {
            Node *base = definition->nodes[i]->decl->bases.at[j];
            Type *type = bind_type(world, &context, base->kind == NODE_BASE_CALL ? base->a : base);
            if (type_same(type, interface_type) ||
                (type->kind == TYPE_INTERFACE && type_implements(world, type, interface_type)))
                return base->span;
        }
    }
    return definition->span;
}

static const char *interface_member_text(World *world, MethodRef slot)
{
    if (!slot.method->property && !slot.method->event)
        return method_text(world, slot);
    Name name = slot.method->property ? slot.method->property->name : slot.method->event->name;
    if (slot.method->property && slot.method->kind == METHOD_GETTER && !slot.method->property->setter)
        return arena_format(world->arena, "%s.%s", type_text(world, slot.owner), name->text);
    return arena_format(world->arena, "%s.%s", type_text(world, slot.owner), name->text);
}

/* A method that would implement the slot if it were public and not static. */
static Method *closest_implementation(World *world, TypeDefinition *definition, MethodRef slot)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        bool fits = method->name == slot.method->name && method->parameter_count == slot.method->parameter_count &&
                    method->type_parameter_count == slot.method->type_parameter_count && !method->explicit_interface &&
                    (method->is_static != slot.method->is_static || method->access != ACCESS_PUBLIC);
        for (uint32_t j = 0; j < method->parameter_count && fits; j++)
            fits = type_same(method->parameters[j].type, method_ref_parameter_type(world, slot, j));
        if (fits)
            return method;
    }
    return NULL;
}

/* `R I.M(...)`: the interface must be listed, and have such a member. */
static void check_explicit_implementations(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        Type *type = method->explicit_interface;
        if (!type || type->kind != TYPE_INTERFACE || !method->node || method->is_synthesized)
            continue;
        Property *property = method->property;
        Node *node = property ? property->node : method->node;
        Span span = property ? property->span : method->span;
        const char *text = method_text(world, (MethodRef){method, definition->self, NULL});
        if (!type_implements(world, definition->self, type)) {
            report(world->diagnostics, node->b ? node->b->span : span, ERROR_EXPLICIT_NOT_LISTED, text,
                   type_text(world, type));
            continue;
        }
        type_complete(world, type->definition);
        bool exists = false, other_return = false;
        for (uint32_t j = 0; j < type->definition->method_count && !exists; j++) {
            Method *slot = type->definition->methods[j];
            MethodRef ref = {slot, type, NULL};
            exists = slot->name == method->explicit_name && slot->parameter_count == method->parameter_count &&
                     slot->type_parameter_count == method->type_parameter_count;
            for (uint32_t k = 0; k < slot->parameter_count && exists && !slot->type_parameter_count; k++)
                exists = type_same(method_ref_parameter_type(world, ref, k), method->parameters[k].type);
            other_return |= exists && !slot->type_parameter_count &&
                            !type_same(method_ref_return_type(world, ref), method->return_type);
            exists &= !other_return;
        }
        if (!exists && other_return)
            report(world->diagnostics, span, ERROR_EXPLICIT_RETURN, text);
        else if (!exists)
            report(world->diagnostics, span, ERROR_EXPLICIT_NOT_FOUND, text);
    }
}

static void check_interface_members(World *world, TypeDefinition *definition)
{
    uint32_t count;
    Type **interfaces = type_interfaces(world, definition->self, &count);
    for (uint32_t i = 0; i < count; i++) {
        type_complete(world, interfaces[i]->definition);
        for (uint32_t j = 0; j < interfaces[i]->definition->method_count; j++) {
            Method *method = interfaces[i]->definition->methods[j];
            if (!method->is_abstract)
                continue;
            Type **own = ARENA_ARRAY(world->arena, Type *, method->type_parameter_count + 1);
            for (uint32_t k = 0; k < method->type_parameter_count; k++)
                own[k] = method->type_parameters[k]->type;
            MethodRef slot = {method, interfaces[i], method->type_parameter_count ? own : NULL};
            bool found;
            MethodRef implementation = method_find_implementation(world, definition->self, slot, &found);
            Span span = base_syntax_span(definition, world, interfaces[i]);
            bool is_own_slot = implementation.method == method;
            if (is_own_slot && !found) {
                Method *close = closest_implementation(world, definition, slot);
                DiagnosticCode code = !close ? ERROR_MISSING_INTERFACE_MEMBER
                                      : close->is_static != method->is_static
                                          ? close->is_static ? ERROR_INTERFACE_STATIC : ERROR_INTERFACE_NOT_STATIC
                                          : ERROR_INTERFACE_NOT_PUBLIC;
                report(world->diagnostics, span, code, type_text(world, definition->self),
                       interface_member_text(world, slot),
                       close ? method_text(world, (MethodRef){close, definition->self, NULL}) : "");
                continue;
            }
            Type *wanted = method_ref_return_type(world, slot);
            if (!is_own_slot && !type_same(method_ref_return_type(world, implementation), wanted))
                report(world->diagnostics, span, ERROR_WRONG_INTERFACE_RETURN, type_text(world, definition->self),
                       interface_member_text(world, slot), method_text(world, implementation),
                       interface_member_text(world, slot), type_text(world, wanted));
        }
    }
}

static void check_abstract_members(World *world, TypeDefinition *definition)
{
    if (definition->is_abstract)
        return;
    for (Type *base = type_base(world, definition->self); base && base->definition && base->definition->is_abstract;
         base = type_base(world, base)) {
        type_complete(world, base->definition);
        for (uint32_t i = 0; i < base->definition->method_count; i++) {
            Method *method = base->definition->methods[i];
            if (!method->is_abstract)
                continue;
            bool found;
            MethodRef slot = {method, base, NULL};
            MethodRef implementation = method_find_implementation(world, definition->self, slot, &found);
            if (!found || implementation.method->is_abstract)
                report(world->diagnostics, definition->span, ERROR_MISSING_ABSTRACT, type_text(world, definition->self),
                       method_text(world, slot));
        }
    }
}

void check_type(World *world, TypeDefinition *definition)
{
    type_complete(world, definition);
    for (uint32_t i = 0; i < definition->field_count; i++)
        if (definition->fields[i]->is_const)
            field_constant(world, definition->fields[i]);
    check_declared_type(world, definition);
    check_overrides(world, definition);
    check_bodies_present(world, definition);
    check_explicit_implementations(world, definition);
    if (definition->kind == TYPE_CLASS || definition->kind == TYPE_STRUCT) {
        Position group = world->diagnostics->group; /* what is missing comes after what is wrong */
        world->diagnostics->group =
            definition->node_count ? definition->nodes[definition->node_count - 1]->span.end : group;
        check_interface_members(world, definition);
        check_abstract_members(world, definition);
        check_duplicates(world, definition);
        world->diagnostics->group = group;
    } else {
        check_duplicates(world, definition);
    }
    for (uint32_t i = 0; i < definition->nested_count; i++)
        if (!definition->nested[i]->is_compiler_made)
            check_type(world, definition->nested[i]);
}

static void check_namespace(World *world, Namespace *space)
{
    for (uint32_t i = 0; i < space->type_count; i++)
        if (!space->types[i]->is_library)
            check_type(world, space->types[i]);
    for (uint32_t i = 0; i < space->space_count; i++)
        check_namespace(world, space->spaces[i]);
}

void check_declarations(World *world)
{
    check_namespace(world, world->global);
}

bool type_may_have_operators(const TypeDefinition *definition)
{
    bool may = definition->members_state != 0;
    for (uint32_t i = 0; i < definition->node_count && !may; i++) {
        const Declaration *decl = definition->nodes[i]->decl;
        may = !decl || (decl->members_skipped ? !decl->skip || decl->skip->has_operators
                                              : definition->nodes[i]->items.count > 0);
    }
    return may || !definition->node_count;
}

bool library_type_may_extend(World *world, TypeDefinition *definition)
{
    if (!definition->is_static)
        return false;
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        if (!node->decl->members_skipped || !node->decl->body_end)
            return true;
        SourceFile *file = source_file_at(world->sources, node->decl->body_start);
        const char *start = file->text + (node->decl->body_start - file->base);
        const char *end = file->text + (node->decl->body_end - file->base);
        for (const char *at = start; at + 6 < end; at++) {
            at = memchr(at, '(', (size_t)(end - at));
            if (!at)
                break;
            if (memcmp(at, "(this ", 6) == 0)
                return true;
        }
    }
    return false;
}
