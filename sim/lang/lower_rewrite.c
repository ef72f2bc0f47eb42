/* Copying trees, replacing type parameters on the way. */
#include "lang/lower_internal.h"

/* --- type parameters ---------------------------------------------------------------------------------------------- */

static Substitution *map_entry(Lowering *lowering, TypeMap *map, Method *owner)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (map->at[i].method == owner)
            return &map->at[i];
    Substitution entry = {.method = owner};
    entry.method_arguments = ARENA_ARRAY(lowering->arena, Type *, owner->type_parameter_count);
    for (uint32_t i = 0; i < owner->type_parameter_count; i++)
        entry.method_arguments[i] = owner->type_parameters[i]->type;
    ARENA_PUSH(lowering->arena, map->at, map->count, map->capacity, entry);
    return &map->at[map->count - 1];
}

void type_map_add(Lowering *lowering, TypeMap *map, TypeParameter *from, Type *to)
{
    map_entry(lowering, map, from->method_owner)->method_arguments[from->index] = to;
}

Type *type_map_apply(World *world, const TypeMap *map, Type *type)
{
    if (!type || !type->is_open)
        return type;
    for (uint32_t i = 0; i < map->count; i++)
        type = type_substitute(world, type, &map->at[i]);
    return type;
}

Type *rewrite_type(Rewriter *rewriter, Type *type)
{
    return type_map_apply(rewriter->lowering->world, &rewriter->types, type);
}

MethodRef rewrite_method(Rewriter *rewriter, MethodRef ref)
{
    for (uint32_t i = 0; i < rewriter->types.count; i++)
        ref = method_ref_substitute(rewriter->lowering->world, ref, &rewriter->types.at[i]);
    return ref;
}

static FieldRef rewrite_field(Rewriter *rewriter, FieldRef ref)
{
    for (uint32_t i = 0; i < rewriter->types.count; i++)
        ref = field_ref_substitute(rewriter->lowering->world, ref, &rewriter->types.at[i]);
    return ref;
}

AwaitInfo *rewrite_await_info(Rewriter *rewriter, const AwaitInfo *info)
{
    AwaitInfo *copy = arena_copy(rewriter->lowering->arena, info, sizeof *info);
    copy->awaiter_type = rewrite_type(rewriter, info->awaiter_type);
    copy->get_awaiter = rewrite_method(rewriter, info->get_awaiter);
    copy->is_completed = rewrite_method(rewriter, info->is_completed);
    copy->get_result = rewrite_method(rewriter, info->get_result);
    return copy;
}

/* --- children ----------------------------------------------------------------------------------------------------- */

Bound *rewrite_visit(Rewriter *rewriter, Bound *node)
{
    return node ? rewriter->visit(rewriter, node) : NULL;
}

static void rewrite_list(Rewriter *rewriter, BoundList *list)
{
    if (list->count == 0)
        return;
    Bound **copy = ARENA_ARRAY(rewriter->lowering->arena, Bound *, list->count);
    for (uint32_t i = 0; i < list->count; i++)
        copy[i] = rewrite_visit(rewriter, list->at[i]);
    list->at = copy;
    list->capacity = list->count;
}

/* A local moves to the new function as it is; only its type changes. Doing so twice does no harm. */
void rewrite_local(Rewriter *rewriter, Local *local)
{
    local->type = rewrite_type(rewriter, local->type);
    if (rewriter->function)
        local->function = rewriter->function;
}

static void rewrite_payload(Rewriter *rewriter, Bound *copy)
{
    switch (copy->kind) {
    case BOUND_FIELD:
        copy->field = rewrite_field(rewriter, copy->field);
        break;
    case BOUND_CALL:
    case BOUND_NEW:
    case BOUND_NEW_DELEGATE:
        copy->method = rewrite_method(rewriter, copy->method);
        break;
    case BOUND_IS:
    case BOUND_TYPEOF:
    case BOUND_SIZEOF:
        copy->type_operand = rewrite_type(rewriter, copy->type_operand);
        break;
    case BOUND_AWAIT:
        copy->await = rewrite_await_info(rewriter, copy->await);
        break;
    case BOUND_CATCH:
        copy->catch_type = rewrite_type(rewriter, copy->catch_type);
        if (copy->catch_local)
            rewrite_local(rewriter, copy->catch_local);
        break;
    default:
        break;
    }
}

static void rewrite_ordered(Rewriter *rewriter, Bound *copy)
{
    switch (copy->kind) {
    case BOUND_SEQUENCE:
        rewrite_list(rewriter, &copy->items);
        copy->a = rewrite_visit(rewriter, copy->a);
        break;
    case BOUND_FOR:
        rewrite_list(rewriter, &copy->items);
        copy->b = rewrite_visit(rewriter, copy->b);
        copy->c = rewrite_visit(rewriter, copy->c);
        copy->a = rewrite_visit(rewriter, copy->a);
        break;
    case BOUND_WHILE:
    case BOUND_DO:
        copy->b = rewrite_visit(rewriter, copy->b);
        copy->a = rewrite_visit(rewriter, copy->a);
        break;
    case BOUND_CATCH:
        copy->c = rewrite_visit(rewriter, copy->c);
        copy->a = rewrite_visit(rewriter, copy->a);
        break;
    default:
        copy->a = rewrite_visit(rewriter, copy->a);
        rewrite_list(rewriter, &copy->items);
        copy->b = rewrite_visit(rewriter, copy->b);
        copy->c = rewrite_visit(rewriter, copy->c);
        break;
    }
}

Bound *rewrite_children(Rewriter *rewriter, Bound *node)
{
    Bound *copy = arena_copy(rewriter->lowering->arena, node, sizeof *node);
    copy->type = rewrite_type(rewriter, node->type);
    for (uint32_t i = 0; i < node->locals.count; i++)
        rewrite_local(rewriter, node->locals.at[i]);
    rewrite_payload(rewriter, copy);
    rewrite_ordered(rewriter, copy);
    return copy;
}

static void visit_list(const BoundList *list, void (*visit)(void *, Bound *), void *context)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i])
            visit(context, list->at[i]);
}

void bound_for_each_child(Bound *node, void (*visit)(void *context, Bound *child), void *context)
{
    Bound *first = node->a, *second = node->b, *third = node->c;
    switch (node->kind) {
    case BOUND_SEQUENCE:
        visit_list(&node->items, visit, context);
        if (node->a)
            visit(context, node->a);
        return;
    case BOUND_FOR:
        visit_list(&node->items, visit, context);
        first = node->b, second = node->c, third = node->a;
        break;
    case BOUND_WHILE:
    case BOUND_DO:
        first = node->b, second = node->a;
        break;
    case BOUND_CATCH:
        first = node->c, second = node->a, third = NULL;
        break;
    default:
        if (first)
            visit(context, first);
        visit_list(&node->items, visit, context);
        first = NULL;
        break;
    }
    if (first)
        visit(context, first);
    if (second)
        visit(context, second);
    if (third)
        visit(context, third);
}
