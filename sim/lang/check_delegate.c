/* Delegate types that nobody declared: of lambdas with ref parameters, default values or params (C# spec 12.19.6). Like
 * anonymous types they are generic, one definition per shape: as many parameters, passed in the same ways, with the
 * same defaults. */
#include "lang/check_internal.h"

#include <string.h>

static const char prefix[] = "<>f__AnonymousDelegate";

static bool same_default(const Parameter *a, const Parameter *b)
{
    const Constant *x = &a->default_value, *y = &b->default_value;
    if (a->has_default != b->has_default || !a->has_default)
        return a->has_default == b->has_default;
    if (x->kind != y->kind)
        return false;
    switch (x->kind) {
    case CONSTANT_STRING:
        return x->unit_count == y->unit_count && memcmp(x->units, y->units, x->unit_count * sizeof *x->units) == 0;
    case CONSTANT_DECIMAL:
        return decimal_compare(x->decimal, y->decimal) == 0;
    case CONSTANT_FLOAT:
    case CONSTANT_DOUBLE:
        return memcmp(&x->real, &y->real, sizeof x->real) == 0;
    case CONSTANT_NONE:
    case CONSTANT_NULL:
        return true;
    case CONSTANT_BOOL:
    case CONSTANT_CHAR:
    case CONSTANT_INTEGER:
        break;
    }
    return x->integer == y->integer;
}

static bool same_shape(const TypeDefinition *definition, const Parameter *parameters, uint32_t count, bool is_void)
{
    const Method *invoke = definition->delegate_invoke;
    if (!invoke || invoke->parameter_count != count || type_is_void(invoke->return_type) != is_void)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const Parameter *a = &invoke->parameters[i], *b = &parameters[i];
        if (a->ref_kind != b->ref_kind || a->is_params != b->is_params || !same_default(a, b))
            return false;
    }
    return true;
}

static TypeDefinition *find_shape(World *world, const Parameter *parameters, uint32_t count, bool is_void,
                                  uint32_t *number)
{
    for (uint32_t i = 0; i < world->global->type_count; i++) {
        TypeDefinition *definition = world->global->types[i];
        if (strncmp(definition->name->text, prefix, sizeof prefix - 1) != 0)
            continue;
        ++*number;
        if (same_shape(definition, parameters, count, is_void))
            return definition;
    }
    return NULL;
}

static TypeParameter *new_parameter(World *world, uint32_t index, bool is_result)
{
    TypeParameter *parameter = ARENA_NEW(world->arena, TypeParameter);
    parameter->name = is_result ? name_of(world->names, "TResult") : name_format(world->names, "T%u", index + 1);
    parameter->index = index;
    parameter->type = ARENA_NEW(world->arena, Type);
    parameter->type->kind = TYPE_PARAMETER;
    parameter->type->parameter = parameter;
    parameter->type->is_open = true;
    parameter->type->plain = parameter->type;
    return parameter;
}

static TypeDefinition *define_shape(World *world, const Parameter *parameters, uint32_t count, bool is_void,
                                    uint32_t number)
{
    uint32_t arity = count + !is_void;
    TypeParameter **types = ARENA_ARRAY(world->arena, TypeParameter *, arity + 1);
    for (uint32_t i = 0; i < arity; i++)
        types[i] = new_parameter(world, i, i == count);
    TypeDefinition *definition =
        type_define(world, NULL, TYPE_DELEGATE, name_format(world->names, "%s%u", prefix, number), types, arity);
    definition->access = ACCESS_INTERNAL;
    definition->is_sealed = true;
    definition->base = type_special(world, SPECIAL_MULTICAST_DELEGATE);
    for (uint32_t i = 0; i < arity; i++)
        types[i]->type_owner = definition;
    Method *invoke = method_new(world, definition, NULL, METHOD_DELEGATE_INVOKE, name_of(world->names, "Invoke"));
    invoke->access = ACCESS_PUBLIC;
    invoke->is_synthesized = true;
    invoke->return_type = is_void ? world->void_type : types[count]->type;
    invoke->parameters = arena_copy(world->arena, parameters, (count + 1) * sizeof *parameters);
    invoke->parameter_count = count;
    for (uint32_t i = 0; i < count; i++) {
        invoke->parameters[i].type = types[i]->type;
        invoke->parameters[i].name = name_format(world->names, "arg%u", i + 1);
    }
    definition->delegate_invoke = invoke;
    push_method(world, definition, invoke);
    namespace_add_type(world, world->global, definition);
    return definition;
}

Type *anonymous_delegate(World *world, const Parameter *parameters, uint32_t count, Type *returned)
{
    bool is_void = type_is_void(returned);
    uint32_t number = 0;
    TypeDefinition *definition = find_shape(world, parameters, count, is_void, &number);
    if (!definition)
        definition = define_shape(world, parameters, count, is_void, number);
    Type **arguments = ARENA_ARRAY(world->arena, Type *, count + 1);
    for (uint32_t i = 0; i < count; i++)
        arguments[i] = parameters[i].type;
    arguments[count] = returned;
    return type_make(world, definition, arguments, count + !is_void);
}
