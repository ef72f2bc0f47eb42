/* Members that nobody wrote: what records, anonymous types, auto-properties, events and constructors get from the
 * compiler.
 *
 * declare_record_members and anonymous_type make the symbols; bind_synthesized writes their bodies when they are asked
 * for. Which body belongs to a symbol follows from its kind and name alone. */
#include "lang/check_internal.h"

#include <string.h>

/* What Roslyn multiplies hash codes with between two members. */
static const int32_t hash_factor = -1521134295;

/* --- declaring
 * ----------------------------------------------------------------------------------------------------------- */

static Method *add_method(World *world, TypeDefinition *definition, const char *name, MethodKind kind,
                          Type *return_type, uint32_t count)
{
    Method *method = method_new(world, definition, NULL, kind, name_of(world->names, name));
    method->is_synthesized = true;
    method->access = ACCESS_PUBLIC;
    method->return_type = return_type;
    method->span = definition->span;
    method->parameters = ARENA_ARRAY(world->arena, Parameter, count + 1);
    method->parameter_count = count;
    method->is_readonly = definition->kind == TYPE_STRUCT;
    push_method(world, definition, method);
    return method;
}

static Method *add_method_with(World *world, TypeDefinition *definition, const char *name, Type *return_type,
                               const char *parameter, Type *type)
{
    Method *method = add_method(world, definition, name, METHOD_ORDINARY, return_type, 1);
    method->parameters[0] = (Parameter){.name = name_of(world->names, parameter), .type = type};
    return method;
}

/* A method the user declared: by name, parameter count and the type of the first parameter (NULL: any). */
static Method *declared_method(World *world, TypeDefinition *definition, const char *text, uint32_t count, Type *first)
{
    Name name = name_of(world->names, text);
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name)
        if (member->name == name && member->kind == MEMBER_METHOD && member->method->parameter_count == count &&
            (!first || type_same(member->method->parameters[0].type, first)))
            return member->method;
    return NULL;
}

static TypeDefinition *base_record(TypeDefinition *definition)
{
    Type *base = definition->base;
    return definition->kind == TYPE_CLASS && base && base->definition && base->definition->is_record ? base->definition
                                                                                                     : NULL;
}

static bool inherits_member(World *world, TypeDefinition *definition, Name name)
{
    for (Type *at = definition->kind == TYPE_CLASS ? definition->base : NULL; at && at->definition;
         at = type_base(world, at))
        for (Member *member = type_member(world, at->definition, name); member; member = member->next_same_name)
            if (member->name == name && (member->kind == MEMBER_PROPERTY || member->kind == MEMBER_FIELD))
                return true;
    return false;
}

/* A member that the user wrote in place of a positional one must have its type. */
static void check_positional(World *world, TypeDefinition *definition, const Parameter *parameter)
{
    for (Member *member = type_member(world, definition, parameter->name); member; member = member->next_same_name) {
        bool is_field = member->kind == MEMBER_FIELD;
        if (member->name != parameter->name || (!is_field && member->kind != MEMBER_PROPERTY))
            continue;
        Type *type = is_field ? member->field->type : member->property->type;
        bool is_static = is_field ? member->field->is_static : member->property->is_static;
        if ((!type_same(type, parameter->type) || is_static) && type->kind != TYPE_ERROR &&
            parameter->type->kind != TYPE_ERROR)
            report(world->diagnostics, parameter->node ? parameter->node->at : definition->span,
                   ERROR_RECORD_MEMBER_TYPE,
                   arena_format(world->arena, "%s.%s", type_text(world, definition->self), parameter->name->text),
                   type_text(world, parameter->type), parameter->name->text);
        return;
    }
}

static bool has_member(World *world, TypeDefinition *definition, Name name)
{
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name)
        if (member->name == name && (member->kind == MEMBER_PROPERTY || member->kind == MEMBER_FIELD))
            return true;
    return false;
}

static Method *add_accessor(World *world, TypeDefinition *definition, Property *property, bool is_getter)
{
    Name name = name_format(world->names, "%s%s", is_getter ? "get_" : "set_", property->name->text);
    Method *method = add_method(world, definition, name->text, is_getter ? METHOD_GETTER : METHOD_SETTER,
                                is_getter ? property->type : world->void_type, is_getter ? 0 : 1);
    method->property = property;
    method->access = property->access;
    method->span = property->span;
    method->is_readonly = definition->kind == TYPE_STRUCT && (is_getter || definition->is_readonly);
    if (!is_getter)
        method->parameters[0] = value_parameter(world, property->type);
    *(is_getter ? &property->getter : &property->setter) = method;
    return method;
}

static Property *add_property(World *world, TypeDefinition *definition, Name name, Type *type, Span span)
{
    Property *property = ARENA_NEW(world->arena, Property);
    property->name = name;
    property->owner = definition;
    property->type = type;
    property->access = ACCESS_PUBLIC;
    property->span = span;
    ARENA_PUSH(world->arena, definition->properties, definition->property_count, definition->property_capacity,
               property);
    add_member(world, definition, (Member){.kind = MEMBER_PROPERTY, .name = name, .property = property});
    return property;
}

static void add_positional_property(World *world, TypeDefinition *definition, const Parameter *parameter)
{
    Span span = parameter->node ? parameter->node->at : definition->span;
    bool is_init = definition->kind != TYPE_STRUCT || definition->is_readonly;
    Property *property = add_property(world, definition, parameter->name, parameter->type, span);
    Field *field = field_new(world, name_format(world->names, "<%s>k__BackingField", parameter->name->text),
                             parameter->type, span);
    field->is_readonly = is_init;
    field->backing_of = property;
    push_field(world, definition, field);
    property->backing = field;
    add_accessor(world, definition, property, true);
    add_accessor(world, definition, property, false)->is_init_only = is_init;
}

/* Turns an array of pointers so that its last `count` come first. */
static void rotate(World *world, void **items, uint32_t total, uint32_t count)
{
    void **copy = arena_copy(world->arena, items, total * sizeof *items);
    for (uint32_t i = 0; i < total; i++)
        items[i] = copy[(i + total - count) % total];
}

/* Roslyn lists the positional members before the written ones: that is their order in memory and in ToString. */
static void add_positional_properties(World *world, TypeDefinition *definition)
{
    uint32_t fields = definition->field_count, properties = definition->property_count;
    for (uint32_t i = 0; i < definition->primary_parameter_count; i++) {
        const Parameter *parameter = &definition->primary_parameters[i];
        if (parameter->name)
            check_positional(world, definition, parameter);
        if (parameter->name && !has_member(world, definition, parameter->name) &&
            !inherits_member(world, definition, parameter->name))
            add_positional_property(world, definition, parameter);
    }
    if (definition->field_count > fields)
        rotate(world, (void **)definition->fields, definition->field_count, definition->field_count - fields);
    if (definition->property_count > properties)
        rotate(world, (void **)definition->properties, definition->property_count,
               definition->property_count - properties);
    for (uint32_t i = 0; i < definition->field_count; i++)
        definition->fields[i]->index = i;
}

static void set_virtual(TypeDefinition *definition, Method *method)
{
    if (base_record(definition))
        method->is_override = true;
    else if (definition->is_sealed)
        method->access = method->access == ACCESS_PROTECTED ? ACCESS_PRIVATE : method->access;
    else
        method->is_virtual = true;
}

static void add_equality_contract(World *world, TypeDefinition *definition)
{
    Name name = name_of(world->names, "EqualityContract");
    if (has_member(world, definition, name))
        return;
    Property *property = add_property(world, definition, name, type_special(world, SPECIAL_TYPE), definition->span);
    property->access = ACCESS_PROTECTED;
    Method *getter = add_accessor(world, definition, property, true);
    set_virtual(definition, getter);
    property->access = getter->access;
    property->is_override = getter->is_override;
    property->is_virtual = getter->is_virtual;
}

static Type *string_builder(World *world)
{
    Namespace *text =
        namespace_child(world, world->special[SPECIAL_OBJECT]->space, name_of(world->names, "Text"), false);
    TypeDefinition *definition = text ? namespace_type(text, name_of(world->names, "StringBuilder"), 0) : NULL;
    return definition ? definition->self : NULL;
}

static void add_printing(World *world, TypeDefinition *definition)
{
    Type *builder = string_builder(world);
    TypeDefinition *base = base_record(definition);
    Method *inherited = base ? type_method_named(world, base, "ToString", 0) : NULL;
    if (!declared_method(world, definition, "ToString", 0, NULL) && !(inherited && inherited->is_sealed))
        add_method(world, definition, "ToString", METHOD_ORDINARY, world->string_type, 0)->is_override = true;
    if (!builder || declared_method(world, definition, "PrintMembers", 1, builder))
        return;
    Method *print = add_method_with(world, definition, "PrintMembers", world->bool_type, "builder", builder);
    print->access = definition->kind == TYPE_STRUCT ? ACCESS_PRIVATE : ACCESS_PROTECTED;
    if (definition->kind == TYPE_CLASS)
        set_virtual(definition, print);
}

static void add_operator(World *world, TypeDefinition *definition, const char *name)
{
    Method *method = add_method(world, definition, name, METHOD_OPERATOR, world->bool_type, 2);
    method->is_static = true;
    method->parameters[0] = (Parameter){.name = name_of(world->names, "left"), .type = definition->self};
    method->parameters[1] = (Parameter){.name = name_of(world->names, "right"), .type = definition->self};
}

static void add_equality(World *world, TypeDefinition *definition)
{
    add_operator(world, definition, "op_Inequality");
    add_operator(world, definition, "op_Equality");
    if (!declared_method(world, definition, "GetHashCode", 0, NULL))
        add_method(world, definition, "GetHashCode", METHOD_ORDINARY, world->int_type, 0)->is_override = true;
    if (!declared_method(world, definition, "Equals", 1, world->object_type))
        add_method_with(world, definition, "Equals", world->bool_type, "obj", world->object_type)->is_override = true;
    if (base_record(definition)) {
        Method *method = add_method_with(world, definition, "Equals", world->bool_type, "other", definition->base);
        method->is_override = method->is_sealed = true;
    }
    if (!declared_method(world, definition, "Equals", 1, definition->self)) {
        Method *method = add_method_with(world, definition, "Equals", world->bool_type, "other", definition->self);
        method->is_virtual = definition->kind == TYPE_CLASS && !definition->is_sealed;
    }
}

static void add_copying(World *world, TypeDefinition *definition)
{
    Method *clone = add_method(world, definition, "<Clone>$", METHOD_ORDINARY, definition->self, 0);
    clone->is_override = base_record(definition) != NULL;
    clone->is_virtual = !clone->is_override && !definition->is_sealed;
    clone->is_abstract = definition->is_abstract;
    if (declared_method(world, definition, ".ctor", 1, definition->self))
        return;
    Method *copy = add_method(world, definition, ".ctor", METHOD_CONSTRUCTOR, world->void_type, 1);
    copy->access = definition->is_sealed ? ACCESS_PRIVATE : ACCESS_PROTECTED;
    copy->parameters[0] = (Parameter){.name = name_of(world->names, "original"), .type = definition->self};
}

static void add_deconstruct(World *world, TypeDefinition *definition)
{
    uint32_t count = definition->primary_parameter_count;
    if (!count || declared_method(world, definition, "Deconstruct", count, NULL))
        return;
    Method *method = add_method(world, definition, "Deconstruct", METHOD_ORDINARY, world->void_type, count);
    for (uint32_t i = 0; i < count; i++)
        method->parameters[i] = (Parameter){.name = definition->primary_parameters[i].name,
                                            .type = definition->primary_parameters[i].type,
                                            .ref_kind = REF_OUT};
}

void declare_record_members(World *world, TypeDefinition *definition)
{
    bool is_class = definition->kind == TYPE_CLASS;
    if (is_class && !find_user_constructor(definition)) /* the copy constructor does not count */
        add_synthesized_constructor(world, definition, METHOD_CONSTRUCTOR);
    add_positional_properties(world, definition);
    if (is_class)
        add_equality_contract(world, definition);
    add_printing(world, definition);
    add_equality(world, definition);
    if (is_class)
        add_copying(world, definition);
    add_deconstruct(world, definition);
}

/* --- anonymous types
 * --------------------------------------------------------------------------------------------------------- */

static const char anonymous_prefix[] = "<>f__AnonymousType";

static bool is_anonymous(const TypeDefinition *definition)
{
    return strncmp(definition->name->text, anonymous_prefix, sizeof anonymous_prefix - 1) == 0;
}

static TypeDefinition *find_anonymous(World *world, Name *names, uint32_t count, uint32_t *next)
{
    for (uint32_t i = 0; i < world->global->type_count; i++) {
        TypeDefinition *definition = world->global->types[i];
        if (!is_anonymous(definition))
            continue;
        ++*next;
        bool same = definition->property_count == count;
        for (uint32_t j = 0; j < count && same; j++)
            same = definition->properties[j]->name == names[j];
        if (same)
            return definition;
    }
    return NULL;
}

static TypeParameter **anonymous_parameters(World *world, Name *names, uint32_t count)
{
    TypeParameter **parameters = ARENA_ARRAY(world->arena, TypeParameter *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        TypeParameter *parameter = ARENA_NEW(world->arena, TypeParameter);
        parameter->name = name_format(world->names, "<%s>j__TPar", names[i]->text);
        parameter->index = i;
        parameter->type = ARENA_NEW(world->arena, Type);
        parameter->type->kind = TYPE_PARAMETER;
        parameter->type->parameter = parameter;
        parameter->type->is_open = true;
        parameter->type->plain = parameter->type;
        parameters[i] = parameter;
    }
    return parameters;
}

static void override_object(World *world, Method *method)
{
    method->is_override = true;
    method->overridden =
        type_method_named(world, world->special[SPECIAL_OBJECT], method->name->text, method->parameter_count);
}

static TypeDefinition *define_anonymous(World *world, Name *names, uint32_t count, uint32_t number)
{
    TypeParameter **parameters = anonymous_parameters(world, names, count);
    Name name = name_format(world->names, "%s%u", anonymous_prefix, number);
    TypeDefinition *definition = type_define(world, NULL, TYPE_CLASS, name, parameters, count);
    definition->access = ACCESS_INTERNAL;
    for (uint32_t i = 0; i < count; i++)
        parameters[i]->type_owner = definition;
    Method *constructor = add_method(world, definition, ".ctor", METHOD_CONSTRUCTOR, world->void_type, count);
    for (uint32_t i = 0; i < count; i++) {
        Type *type = parameters[i]->type;
        Property *property = add_property(world, definition, names[i], type, definition->span);
        property->backing =
            field_new(world, name_format(world->names, "<%s>i__Field", names[i]->text), type, definition->span);
        property->backing->is_readonly = true;
        property->backing->backing_of = property;
        push_field(world, definition, property->backing);
        add_accessor(world, definition, property, true);
        constructor->parameters[i] = (Parameter){.name = names[i], .type = type};
    }
    override_object(world, add_method_with(world, definition, "Equals", world->bool_type, "value", world->object_type));
    override_object(world, add_method(world, definition, "GetHashCode", METHOD_ORDINARY, world->int_type, 0));
    override_object(world, add_method(world, definition, "ToString", METHOD_ORDINARY, world->string_type, 0));
    namespace_add_type(world, world->global, definition);
    return definition;
}

Type *anonymous_type(World *world, Name *names, Type **types, uint32_t count)
{
    uint32_t number = 0;
    Name *known = ARENA_ARRAY(world->arena, Name, count + 1);
    for (uint32_t i = 0; i < count; i++)
        known[i] = names[i] ? names[i] : name_of(world->names, "?");
    TypeDefinition *definition = find_anonymous(world, known, count, &number);
    if (!definition)
        definition = define_anonymous(world, known, count, number);
    return type_make(world, definition, types, count);
}

/* --- making bodies
 * -------------------------------------------------------------------------------------------------------------- */

typedef struct Body {
    Binder *binder;
    TypeDefinition *definition;
    Method *method;
    Function *function;
    Bound *block;
    Span span;
} Body;

static Bound *this_of(Body *body)
{
    return bound_new(body->binder->world, BOUND_THIS, body->definition->self, body->span);
}

static Bound *parameter_of(Body *body, uint32_t index)
{
    return bound_local(body->binder->world, body->function->parameters[index], body->span);
}

static Bound *field_of(Body *body, Bound *receiver, Field *field)
{
    FieldRef ref = {field, body->definition->self};
    Bound *result = bound_new(body->binder->world, BOUND_FIELD, field_ref_type(body->binder->world, ref), body->span);
    result->a = field->is_static ? NULL : receiver;
    result->field = ref;
    return result;
}

static void emit(Body *body, Bound *expression)
{
    list_add(body->binder, &body->block->items, expression_statement(body->binder, expression));
}

static void emit_return(Body *body, Bound *value)
{
    Bound *statement = new_statement(body->binder, BOUND_RETURN, body->span);
    statement->a = value;
    list_add(body->binder, &body->block->items, statement);
}

static void emit_if(Body *body, Bound *condition, Bound *then)
{
    Bound *statement = new_statement(body->binder, BOUND_IF, body->span);
    statement->a = condition;
    statement->b = expression_statement(body->binder, then);
    list_add(body->binder, &body->block->items, statement);
}

static Bound *add_local(Body *body, Type *type, Bound *value)
{
    Local *local = local_new(body->binder->world, body->function, LOCAL_TEMP, NULL, type, body->span);
    local->scope = body->block;
    ARENA_PUSH(body->binder->arena, body->block->locals.at, body->block->locals.count, body->block->locals.capacity,
               local);
    if (value)
        emit(body, make_assign(body->binder, bound_local(body->binder->world, local, body->span), value, body->span));
    return bound_local(body->binder->world, local, body->span);
}

static Bound *reread(Body *body, const Bound *local)
{
    return bound_local(body->binder->world, local->local, body->span);
}

static Bound *boolean(Body *body, BoundKind kind, Bound *a, Bound *b)
{
    Bound *result = bound_new(body->binder->world, kind, body->binder->world->bool_type, body->span);
    result->a = a;
    result->b = b;
    return result;
}

static Bound *both(Body *body, Bound *a, Bound *b)
{
    return a ? boolean(body, BOUND_AND_ALSO, a, b) : b;
}

static Bound *same_object(Body *body, Bound *a, Bound *b)
{
    return make_binary(body->binder, OP_EQUAL, a, b, body->binder->world->bool_type, body->span);
}

static Bound *not_null(Body *body, Bound *value)
{
    return make_binary(body->binder, OP_NOT_EQUAL, value, make_null(body->binder, value->type, body->span),
                       body->binder->world->bool_type, body->span);
}

/* A call of the base class's own version. */
static Bound *call_base(Body *body, const char *name, Bound **arguments, uint32_t count, Type *first)
{
    World *world = body->binder->world;
    for (Type *at = body->definition->base; at && at->definition; at = type_base(world, at)) {
        Name text = name_of(world->names, name);
        for (Member *member = type_member(world, at->definition, text); member; member = member->next_same_name) {
            if (member->name != text || member->kind != MEMBER_METHOD || member->method->parameter_count != count)
                continue;
            MethodRef ref = {member->method, at, NULL};
            if (first && !type_same(method_ref_parameter_type(world, ref, 0), first))
                continue;
            Bound *call = make_call(body->binder, ref, this_of(body), arguments, count, body->span);
            call->flags |= CALL_NON_VIRTUAL;
            return call;
        }
    }
    return bad(body->binder, body->span);
}

/* EqualityComparer<T>.Default */
static Bound *comparer(Body *body, Type *of, Type **type)
{
    World *world = body->binder->world;
    *type = type_special_of(world, SPECIAL_EQUALITY_COMPARER_T, type_plain(of));
    return call_named(body->binder, NULL, *type, "get_Default", NULL, 0, body->span);
}

static Bound *values_equal(Body *body, Bound *a, Bound *b)
{
    Type *type;
    Bound *arguments[2] = {a, b};
    Bound *receiver = comparer(body, a->type, &type);
    return call_named(body->binder, receiver, type, "Equals", arguments, 2, body->span);
}

static Bound *hash_of(Body *body, Bound *value)
{
    Type *type;
    Bound *receiver = comparer(body, value->type, &type);
    return call_named(body->binder, receiver, type, "GetHashCode", &value, 1, body->span);
}

static Bound *add_hash(Body *body, Bound *so_far, Bound *hash)
{
    World *world = body->binder->world;
    if (!so_far)
        return hash;
    Bound *factor = bound_constant_int(world, hash_factor, body->span);
    Bound *product = make_binary(body->binder, OP_MULTIPLY, so_far, factor, world->int_type, body->span);
    return make_binary(body->binder, OP_ADD, product, hash, world->int_type, body->span);
}

/* --- field initialisers
 * ---------------------------------------------------------------------------------------------------------- */

static bool calls_own_constructor(const Method *method)
{
    return method->node && method->node->c && method->node->c->token == TOKEN_THIS;
}

/* Initialisers are bound for every constructor that runs them; only the first one reports what is wrong with them. */
static bool reports_initializers(const TypeDefinition *definition, const Method *method)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        const Method *other = definition->methods[i];
        if (other == method)
            return true;
        if (other->kind == METHOD_CONSTRUCTOR && !calls_own_constructor(other) &&
            !(definition->is_record && other->is_synthesized && !other->is_primary_constructor &&
              other->parameter_count == 1))
            return false;
    }
    return true;
}

static void add_initializer(Binder *binder, Field *field, Bound *block)
{
    TypeDefinition *definition = field->owner;
    Bound *value = bind_converted(binder, field->initializer, field->type);
    if (is_bad(value))
        return;
    Span span = {field->span.start, field->initializer->span.end};
    Bound *target = bound_new(binder->world, BOUND_FIELD, field->type, field->span);
    target->field = (FieldRef){field, definition->self};
    if (!field->is_static)
        target->a = bound_new(binder->world, BOUND_THIS, definition->self, field->span);
    list_add(binder, &block->items, expression_statement(binder, make_assign(binder, target, value, span)));
}

Bound *bind_field_initializers(Binder *binder, TypeDefinition *definition, bool is_static)
{
    Bound *block = new_statement(binder, BOUND_BLOCK, definition->span);
    bool was_in_initializer = binder->in_field_initializer, was_static = binder->in_static,
         was_muted = binder->diagnostics->muted;
    bool is_primary = binder->method && binder->method->is_primary_constructor;
    Scope *outer = binder->scope;
    if (!is_primary)
        binder->scope = NULL; /* parameters of the constructor are not visible */
    if (!is_static && binder->method && !reports_initializers(definition, binder->method))
        binder->diagnostics->muted = true;
    binder->in_field_initializer = true;
    binder->in_static |= is_static;
    push_scope(binder, block);
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (field->is_static == is_static && !field->is_const && field->initializer)
            add_initializer(binder, field, block);
    }
    pop_scope(binder);
    binder->scope = outer;
    binder->in_field_initializer = was_in_initializer;
    binder->in_static = was_static;
    binder->diagnostics->muted = was_muted;
    return block;
}

/* --- constructors
 * ------------------------------------------------------------------------------------------------------------------ */

static void emit_initializers(Body *body, bool is_static)
{
    Bound *block = bind_field_initializers(body->binder, body->definition, is_static);
    if (block->items.count)
        list_add(body->binder, &body->block->items, block);
}

static void emit_base_call(Body *body, NodeList *arguments, Span span)
{
    Type *base = body->definition->base;
    if (body->definition->kind != TYPE_CLASS || !base || base->special == SPECIAL_OBJECT)
        return;
    Bound *call = bind_base_constructor_call(body->binder, base, arguments, span);
    if (call && !is_bad(call))
        emit(body, call);
}

static void bind_default_constructor(Body *body)
{
    NodeList none = {0};
    emit_initializers(body, false);
    emit_base_call(body, &none, body->definition->span);
}

/* `: Base(x)` of the declaration with the parameter list. */
static Node *base_call_of(TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->node_count; i++) {
        Node *node = definition->nodes[i];
        for (uint32_t j = 0; node->decl->has_parameters && j < node->decl->bases.count; j++)
            if (node->decl->bases.at[j]->kind == NODE_BASE_CALL)
                return node->decl->bases.at[j];
    }
    return NULL;
}

/* The property that a positional parameter of a record became, unless the user wrote it. */
static Field *positional_field(TypeDefinition *definition, Name name)
{
    for (uint32_t i = 0; definition->is_record && i < definition->property_count; i++)
        if (definition->properties[i]->name == name && !definition->properties[i]->node)
            return definition->properties[i]->backing;
    return NULL;
}

static void bind_primary_constructor(Body *body)
{
    TypeDefinition *definition = body->definition;
    NodeList none = {0};
    for (uint32_t i = 0; i < definition->primary_parameter_count; i++) {
        Field *field = definition->primary_fields[i];
        if (!field)
            field = positional_field(definition, definition->primary_parameters[i].name);
        if (field)
            emit(body,
                 make_assign(body->binder, field_of(body, this_of(body), field), parameter_of(body, i), body->span));
    }
    emit_initializers(body, false);
    Node *call = base_call_of(definition);
    /* Roslyn points at the argument list */
    emit_base_call(body, call ? &call->items : &none,
                   call ? (Span){call->a->span.end, call->span.end} : definition->span);
}

static void bind_copy_constructor(Body *body)
{
    World *world = body->binder->world;
    TypeDefinition *base = base_record(body->definition);
    Method *copy = base ? declared_method(world, base, ".ctor", 1, base->self) : NULL;
    if (copy) {
        Bound *original =
            make_convert(body->binder, parameter_of(body, 0), body->definition->base, CONVERSION_REFERENCE, body->span);
        Bound *call = make_call(body->binder, (MethodRef){copy, body->definition->base, NULL}, this_of(body), &original,
                                1, body->span);
        call->flags |= CALL_NON_VIRTUAL;
        emit(body, call);
    }
    for (uint32_t i = 0; i < body->definition->field_count; i++) {
        Field *field = body->definition->fields[i];
        if (!field->is_static)
            emit(body, make_assign(body->binder, field_of(body, this_of(body), field),
                                   field_of(body, parameter_of(body, 0), field), body->span));
    }
}

static void bind_anonymous_constructor(Body *body)
{
    for (uint32_t i = 0; i < body->definition->property_count; i++)
        emit(body, make_assign(body->binder, field_of(body, this_of(body), body->definition->properties[i]->backing),
                               parameter_of(body, i), body->span));
}

static bool is_copy_constructor(const Method *method)
{
    return method->owner->is_record && method->parameter_count == 1 &&
           type_same(method->parameters[0].type, method->owner->self);
}

static void bind_constructor(Body *body)
{
    if (body->method->is_primary_constructor)
        bind_primary_constructor(body);
    else if (is_anonymous(body->definition))
        bind_anonymous_constructor(body);
    else if (is_copy_constructor(body->method))
        bind_copy_constructor(body);
    else
        bind_default_constructor(body);
}

/* --- accessors --------------------------------------------------------------------------------------------------- */

static bool bind_property_accessor(Body *body)
{
    Property *property = body->method->property;
    if (!property)
        return false;
    if (property->backing) {
        Bound *field = field_of(body, property->is_static ? NULL : this_of(body), property->backing);
        if (body->method->kind == METHOD_GETTER)
            emit_return(body, field);
        else
            emit(body,
                 make_assign(body->binder, field, parameter_of(body, body->function->parameter_count - 1), body->span));
        return true;
    }
    if (!body->method->is_synthesized || strcmp(property->name->text, "EqualityContract") != 0)
        return false;
    Bound *type =
        bound_new(body->binder->world, BOUND_TYPEOF, type_special(body->binder->world, SPECIAL_TYPE), body->span);
    type->type_operand = body->definition->self;
    emit_return(body, type);
    return true;
}

static Bound *compare_exchange(Body *body, Bound *location, Bound *value, Bound *comparand)
{
    World *world = body->binder->world;
    Name name = name_of(world->names, "CompareExchange");
    TypeDefinition *definition = world->special[SPECIAL_INTERLOCKED];
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name) {
        if (member->name != name || member->kind != MEMBER_METHOD || member->method->type_parameter_count != 1)
            continue;
        MethodRef ref = {member->method, definition->self, ARENA_ARRAY(body->binder->arena, Type *, 1)};
        ref.arguments[0] = location->type;
        Bound *arguments[3] = {bound_new(world, BOUND_ADDRESS, location->type, body->span), value, comparand};
        arguments[0]->a = location;
        return make_call(body->binder, ref, NULL, arguments, 3, body->span);
    }
    return bad(body->binder, body->span);
}

static Bound *combine(Body *body, Bound *delegate, Type *type, bool is_add)
{
    World *world = body->binder->world;
    Type *base = type_special(world, SPECIAL_DELEGATE);
    Bound *arguments[2] = {make_convert(body->binder, delegate, base, CONVERSION_REFERENCE, body->span),
                           make_convert(body->binder, parameter_of(body, 0), base, CONVERSION_REFERENCE, body->span)};
    Bound *result =
        call_static(body->binder, SPECIAL_DELEGATE, is_add ? "Combine" : "Remove", arguments, 2, body->span);
    return is_bad(result) ? result : make_convert(body->binder, result, type, CONVERSION_CAST, body->span);
}

/* Tries again until nobody changed the field in between, as Roslyn's accessors do. */
static bool bind_event_accessor(Body *body)
{
    Event *event = body->method->event;
    World *world = body->binder->world;
    if (!event || !event->field)
        return false;
    Type *type = field_ref_type(world, (FieldRef){event->field, body->definition->self});
    Bound *now = add_local(body, type, field_of(body, this_of(body), event->field));
    Bound *before = add_local(body, type, NULL);
    Bound *next = add_local(body, type, NULL);
    Bound *loop = new_statement(body->binder, BOUND_DO, body->span);
    Body inside = *body;
    inside.block = new_statement(body->binder, BOUND_BLOCK, body->span);
    emit(&inside, make_assign(body->binder, reread(body, before), reread(body, now), body->span));
    emit(&inside, make_assign(body->binder, reread(body, next),
                              combine(body, reread(body, before), type, body->method->kind == METHOD_ADD), body->span));
    Bound *exchanged =
        compare_exchange(body, field_of(body, this_of(body), event->field), reread(body, next), reread(body, before));
    emit(&inside, make_assign(body->binder, reread(body, now), exchanged, body->span));
    loop->b = inside.block;
    loop->a =
        make_binary(body->binder, OP_NOT_EQUAL, reread(body, now), reread(body, before), world->bool_type, body->span);
    loop->label = label_new(world, NULL);
    loop->label2 = label_new(world, NULL);
    list_add(body->binder, &body->block->items, loop);
    return true;
}

/* --- printing ---------------------------------------------------------------------------------------------------- */

static Bound *append(Body *body, Bound *builder, Bound *value)
{
    World *world = body->binder->world;
    Name name = name_of(world->names, "Append");
    for (Member *member = type_member(world, builder->type->definition, name); member; member = member->next_same_name)
        if (member->name == name && member->kind == MEMBER_METHOD && member->method->parameter_count == 1 &&
            type_same(member->method->parameters[0].type, value->type))
            return make_call(body->binder, (MethodRef){member->method, builder->type, NULL}, builder, &value, 1,
                             body->span);
    return bad(body->binder, body->span);
}

static Bound *text(Body *body, const char *value)
{
    Constant constant = {.kind = CONSTANT_STRING};
    uint16_t *units = ARENA_ARRAY(body->binder->arena, uint16_t, strlen(value) + 1);
    const unsigned char *at = (const unsigned char *)value;
    while (*at) { /* names may be any letters: from UTF-8 */
        uint32_t lead = *at++, more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
        uint32_t code = more ? lead & (0x3Fu >> more) : lead;
        for (; more && *at; more--)
            code = code << 6 | (*at++ & 63);
        if (code >= 0x10000) {
            units[constant.unit_count++] = (uint16_t)(0xD7C0 + (code >> 10));
            units[constant.unit_count++] = (uint16_t)(0xDC00 + (code & 0x3FF));
        } else {
            units[constant.unit_count++] = (uint16_t)code;
        }
    }
    constant.units = units;
    return make_constant(body->binder, constant, body->binder->world->string_type, body->span);
}

static Bound *character(Body *body, char value)
{
    Constant constant = {.kind = CONSTANT_CHAR, .integer = value};
    return make_constant(body->binder, constant, body->binder->world->char_type, body->span);
}

typedef struct Printable {
    Name name;
    Field *field;
    Property *property;
    Span span;
} Printable;

/* Public instance fields and properties in declaration order, positional ones first. */
static uint32_t printable_members(Body *body, Printable **result)
{
    TypeDefinition *definition = body->definition;
    Printable *all =
        ARENA_ARRAY(body->binder->arena, Printable, definition->field_count + definition->property_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (!field->is_static && field->access == ACCESS_PUBLIC && !field->backing_of && !field->event)
            all[count++] = (Printable){field->name, field, NULL, field->span};
    }
    for (uint32_t i = 0; i < definition->property_count; i++) {
        Property *property = definition->properties[i];
        bool is_override = property->is_override || (property->getter && property->getter->is_override);
        if (!property->is_static && property->access == ACCESS_PUBLIC && property->getter &&
            !property->parameter_count && !is_override)
            all[count++] = (Printable){property->name, NULL, property, property->span};
    }
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = i; j > 0 && all[j].span.start < all[j - 1].span.start; j--) {
            Printable swapped = all[j];
            all[j] = all[j - 1];
            all[j - 1] = swapped;
        }
    *result = all;
    return count;
}

static Bound *read_printable(Body *body, const Printable *member)
{
    if (member->field)
        return field_of(body, this_of(body), member->field);
    return make_call(body->binder, (MethodRef){member->property->getter, body->definition->self, NULL}, this_of(body),
                     NULL, 0, body->span);
}

static void bind_print_members(Body *body)
{
    World *world = body->binder->world;
    Printable *members;
    uint32_t count = printable_members(body, &members);
    Bound *builder = parameter_of(body, 0);
    bool derived = base_record(body->definition) != NULL;
    Bound *printed = derived ? call_base(body, "PrintMembers", &builder, 1, NULL) : NULL;
    if (!count) {
        emit_return(body, printed ? printed : make_bool(body->binder, false, body->span));
        return;
    }
    if (printed)
        emit_if(body, printed, append(body, parameter_of(body, 0), text(body, ", ")));
    for (uint32_t i = 0; i < count; i++) {
        const char *header = arena_format(body->binder->arena, "%s%s = ", i ? ", " : "", members[i].name->text);
        emit(body, append(body, parameter_of(body, 0), text(body, header)));
        Bound *value = read_printable(body, &members[i]);
        if (type_is_value(value->type))
            value = call_named(body->binder, value, value->type, "ToString", NULL, 0, body->span);
        else
            value = convert_implicit(body->binder, value, world->object_type, body->span);
        emit(body, append(body, parameter_of(body, 0), value));
    }
    emit_return(body, make_bool(body->binder, true, body->span));
}

static bool bind_record_to_string(Body *body)
{
    World *world = body->binder->world;
    Type *type = string_builder(world);
    Method *constructor = type ? type_method_named(world, type->definition, ".ctor", 0) : NULL;
    if (!constructor)
        return false;
    Bound *created = bound_new(world, BOUND_NEW, type, body->span);
    created->method = (MethodRef){constructor, type, NULL};
    Bound *builder = add_local(body, type, created);
    emit(body, append(body, reread(body, builder), text(body, body->definition->name->text)));
    emit(body, append(body, reread(body, builder), text(body, " { ")));
    Bound *argument = reread(body, builder);
    Bound *printed =
        call_named(body->binder, this_of(body), body->definition->self, "PrintMembers", &argument, 1, body->span);
    emit_if(body, printed, append(body, reread(body, builder), character(body, ' ')));
    emit(body, append(body, reread(body, builder), character(body, '}')));
    emit_return(body, call_named(body->binder, reread(body, builder), type, "ToString", NULL, 0, body->span));
    return true;
}

static Method *find_array_format(World *world)
{
    Name name = name_of(world->names, "Format");
    for (Member *member = type_member(world, world->special[SPECIAL_STRING], name); member;
         member = member->next_same_name)
        if (member->name == name && member->kind == MEMBER_METHOD && member->method->parameter_count == 3 &&
            member->method->parameters[1].type == world->string_type &&
            member->method->parameters[2].type->kind == TYPE_ARRAY)
            return member->method;
    return NULL;
}

/* string.Format(null, "{{ A = {0}, B = {1} }}", new object[] { A?.ToString(), B?.ToString() }) */
static bool bind_anonymous_to_string(Body *body)
{
    World *world = body->binder->world;
    Method *format = find_array_format(world);
    if (!format)
        return false;
    const char *pattern = "{{";
    Bound *values = bound_new(world, BOUND_NEW_ARRAY, type_make_array(world, world->object_type, 1), body->span);
    for (uint32_t i = 0; i < body->definition->property_count; i++) {
        Property *property = body->definition->properties[i];
        pattern = arena_format(body->binder->arena, "%s%s %s = {%u}", pattern, i ? "," : "", property->name->text, i);
        Bound *value = operand_to_string(body->binder, field_of(body, this_of(body), property->backing));
        list_add(body->binder, &values->items, convert_implicit(body->binder, value, world->object_type, body->span));
    }
    if (!values->items.count)
        values->a = bound_constant_int(world, 0, body->span);
    Bound *arguments[3] = {make_null(body->binder, format->parameters[0].type, body->span),
                           text(body, arena_format(body->binder->arena, "%s }}", pattern)), values};
    emit_return(body,
                make_call(body->binder, (MethodRef){format, world->string_type, NULL}, NULL, arguments, 3, body->span));
    return true;
}

/* --- equality ---------------------------------------------------------------------------------------------------- */

static Bound *fields_equal(Body *body, Bound *so_far, const Bound *other)
{
    for (uint32_t i = 0; i < body->definition->field_count; i++) {
        Field *field = body->definition->fields[i];
        if (!field->is_static)
            so_far = both(
                body, so_far,
                values_equal(body, field_of(body, this_of(body), field), field_of(body, reread(body, other), field)));
    }
    return so_far ? so_far : make_bool(body->binder, true, body->span);
}

static Bound *contract_of(Body *body, Bound *receiver)
{
    return call_named(body->binder, receiver, body->definition->self, "get_EqualityContract", NULL, 0, body->span);
}

static void bind_typed_equals(Body *body)
{
    Bound *other = parameter_of(body, 0);
    if (body->definition->kind == TYPE_STRUCT) {
        emit_return(body, fields_equal(body, NULL, other));
        return;
    }
    Bound *same;
    if (base_record(body->definition)) {
        Bound *as_base =
            make_convert(body->binder, reread(body, other), body->definition->base, CONVERSION_REFERENCE, body->span);
        same = call_base(body, "Equals", &as_base, 1, body->definition->base);
    } else {
        same = both(body, not_null(body, reread(body, other)),
                    same_object(body, contract_of(body, this_of(body)), contract_of(body, reread(body, other))));
    }
    emit_return(body,
                boolean(body, BOUND_OR_ELSE, same_object(body, this_of(body), other), fields_equal(body, same, other)));
}

static Bound *call_typed_equals(Body *body, Bound *receiver, Bound *argument)
{
    World *world = body->binder->world;
    Method *method = declared_method(world, body->definition, "Equals", 1, body->definition->self);
    return method ? make_call(body->binder, (MethodRef){method, body->definition->self, NULL}, receiver, &argument, 1,
                              body->span)
                  : bad(body->binder, body->span);
}

static void bind_object_equals(Body *body)
{
    World *world = body->binder->world;
    Type *self = body->definition->self;
    if (self->kind == TYPE_STRUCT) {
        Bound *test = bound_new(world, BOUND_IS, world->bool_type, body->span);
        test->a = parameter_of(body, 0);
        test->type_operand = self;
        Bound *other = make_convert(body->binder, parameter_of(body, 0), self, CONVERSION_UNBOX, body->span);
        emit_return(body, both(body, test, call_typed_equals(body, this_of(body), other)));
        return;
    }
    Bound *other = bound_new(world, BOUND_AS, self, body->span);
    other->a = parameter_of(body, 0);
    if (!is_anonymous(body->definition)) {
        emit_return(body, call_typed_equals(body, this_of(body), other));
        return;
    }
    Bound *local = add_local(body, self, other);
    Bound *same = fields_equal(body, not_null(body, reread(body, local)), local);
    emit_return(body, boolean(body, BOUND_OR_ELSE, same_object(body, this_of(body), reread(body, local)), same));
}

/* Equals(Base? other) of a derived record. */
static void bind_base_equals(Body *body)
{
    World *world = body->binder->world;
    Method *method = declared_method(world, body->definition, "Equals", 1, world->object_type);
    Bound *other =
        make_convert(body->binder, parameter_of(body, 0), world->object_type, CONVERSION_REFERENCE, body->span);
    emit_return(body, make_call(body->binder, (MethodRef){method, body->definition->self, NULL}, this_of(body), &other,
                                1, body->span));
}

static void bind_equals(Body *body)
{
    Type *type = body->method->parameters[0].type;
    if (type->special == SPECIAL_OBJECT)
        bind_object_equals(body);
    else if (type_same(type, body->definition->self))
        bind_typed_equals(body);
    else
        bind_base_equals(body);
}

static void bind_hash_code(Body *body)
{
    Bound *hash = NULL;
    if (is_anonymous(body->definition))
        hash = bound_constant_int(body->binder->world, 0, body->span);
    else if (base_record(body->definition))
        hash = call_base(body, "GetHashCode", NULL, 0, NULL);
    else if (body->definition->kind == TYPE_CLASS)
        hash = hash_of(body, contract_of(body, this_of(body)));
    for (uint32_t i = 0; i < body->definition->field_count; i++) {
        Field *field = body->definition->fields[i];
        if (!field->is_static)
            hash = add_hash(body, hash, hash_of(body, field_of(body, this_of(body), field)));
    }
    emit_return(body, hash ? hash : bound_constant_int(body->binder->world, 0, body->span));
}

static void bind_equality_operator(Body *body, bool is_equal)
{
    World *world = body->binder->world;
    if (!is_equal) {
        Method *method = declared_method(world, body->definition, "op_Equality", 2, body->definition->self);
        Bound *arguments[2] = {parameter_of(body, 0), parameter_of(body, 1)};
        Bound *equal =
            make_call(body->binder, (MethodRef){method, body->definition->self, NULL}, NULL, arguments, 2, body->span);
        emit_return(body, logical_not(body->binder, equal));
        return;
    }
    Bound *equals = call_typed_equals(body, parameter_of(body, 0), parameter_of(body, 1));
    if (body->definition->kind == TYPE_CLASS)
        equals = boolean(body, BOUND_OR_ELSE, same_object(body, parameter_of(body, 0), parameter_of(body, 1)),
                         both(body, not_null(body, parameter_of(body, 0)), equals));
    emit_return(body, equals);
}

/* --- the rest ---------------------------------------------------------------------------------------------------- */

static void bind_clone(Body *body)
{
    World *world = body->binder->world;
    Method *copy = declared_method(world, body->definition, ".ctor", 1, body->definition->self);
    Bound *created = bound_new(world, BOUND_NEW, body->definition->self, body->span);
    created->method = (MethodRef){copy, body->definition->self, NULL};
    list_add(body->binder, &created->items, this_of(body));
    emit_return(body, created);
}

static void bind_deconstruct(Body *body)
{
    for (uint32_t i = 0; i < body->method->parameter_count; i++) {
        Bound *value =
            member_access(body->binder, this_of(body), body->method->parameters[i].name, NULL, NULL, body->span, false);
        value = convert_implicit(body->binder, to_rvalue(body->binder, value), body->method->parameters[i].type,
                                 body->span);
        emit(body, make_assign(body->binder, parameter_of(body, i), value, body->span));
    }
}

static bool bind_named(Body *body)
{
    const char *name = body->method->name->text;
    if (strcmp(name, "ToString") == 0)
        return is_anonymous(body->definition) ? bind_anonymous_to_string(body) : bind_record_to_string(body);
    if (strcmp(name, "PrintMembers") == 0)
        bind_print_members(body);
    else if (strcmp(name, "Equals") == 0)
        bind_equals(body);
    else if (strcmp(name, "GetHashCode") == 0)
        bind_hash_code(body);
    else if (strcmp(name, "op_Equality") == 0)
        bind_equality_operator(body, true);
    else if (strcmp(name, "op_Inequality") == 0)
        bind_equality_operator(body, false);
    else if (strcmp(name, "<Clone>$") == 0)
        bind_clone(body);
    else if (strcmp(name, "Deconstruct") == 0)
        bind_deconstruct(body);
    else
        return false;
    return true;
}

static bool bind_body(Body *body)
{
    Method *method = body->method;
    if (method->is_abstract || method->is_extern ||
        (method->node && method->node->decl && method->node->decl->has_body))
        return false;
    switch (method->kind) {
    case METHOD_GETTER:
    case METHOD_SETTER:
        return bind_property_accessor(body);
    case METHOD_ADD:
    case METHOD_REMOVE:
        return bind_event_accessor(body);
    case METHOD_CONSTRUCTOR:
        if (!method->is_synthesized)
            return false;
        bind_constructor(body);
        return true;
    case METHOD_STATIC_CONSTRUCTOR:
        if (!method->is_synthesized)
            return false;
        emit_initializers(body, true);
        return true;
    case METHOD_ORDINARY:
    case METHOD_OPERATOR:
        return method->is_synthesized && (body->definition->is_record || is_anonymous(body->definition)) &&
               bind_named(body);
    default:
        return false;
    }
}

bool bind_synthesized(Binder *binder, Method *method, Function *function)
{
    Body body = {
        .binder = binder, .definition = method->owner, .method = method, .function = function, .span = method->span};
    body.block = new_statement(binder, BOUND_BLOCK, method->span);
    if (!bind_body(&body))
        return false;
    if (!method->is_static)
        function->uses_this = true;
    function->body = body.block;
    return true;
}
