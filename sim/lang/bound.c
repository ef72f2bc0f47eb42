/* Making nodes of the typed tree. */
#include "lang/bound.h"

#include <string.h>

Bound *bound_new(World *world, BoundKind kind, Type *type, Span span)
{
    Bound *node = ARENA_NEW(world->arena, Bound);
    node->kind = (uint16_t)kind;
    node->type = type;
    node->span = span;
    return node;
}

Bound *bound_local(World *world, Local *local, Span span)
{
    Bound *node = bound_new(world, local->field ? BOUND_FIELD : BOUND_LOCAL, local->type, span);
    if (local->field) {
        local->field->type = local->type; /* `out var`: known only now */
        node->field = (FieldRef){local->field, local->field->owner->self};
    } else {
        node->local = local;
    }
    return node;
}

Bound *bound_constant_int(World *world, int32_t value, Span span)
{
    Bound *node = bound_new(world, BOUND_CONSTANT, world->int_type, span);
    node->constant.kind = CONSTANT_INTEGER;
    node->constant.integer = value;
    return node;
}

Bound *bound_call(World *world, MethodRef method, Bound *receiver, Bound **arguments, uint32_t count, Span span)
{
    Bound *node = bound_new(world, BOUND_CALL, method_ref_return_type(world, method), span);
    node->method = method;
    node->a = receiver;
    if (count != 0) {
        node->items.at = arena_copy(world->arena, arguments, count * sizeof *arguments);
        node->items.count = count;
        node->items.capacity = count;
    }
    return node;
}

Local *local_new(World *world, Function *function, LocalKind kind, Name name, Type *type, Span span)
{
    Local *local = ARENA_NEW(world->arena, Local);
    local->name = name;
    local->type = type;
    local->kind = kind;
    local->function = function;
    local->span = span;
    return local;
}

Label *label_new(World *world, Name name)
{
    Label *label = ARENA_NEW(world->arena, Label);
    label->name = name;
    label->id = world->temp_counter++;
    return label;
}

const char *bound_kind_text(BoundKind kind)
{
    static const char *const texts[] = {
#define BOUND(name, text) text,
#include "lang/bound.def"
#undef BOUND
    };
    return kind < BOUND_KIND_COUNT ? texts[kind] : "?";
}
