/* Arrays of more than one dimension: creation, initializers, elements. The machine knows them as arrays with their
 * elements in one row (vm/heap.c); an element is what RuntimeHelpers.GridElement returns by reference. */
#include "lang/check_internal.h"

enum { GRID_RANKS = 4 };

static bool check_rank(Binder *binder, uint32_t rank, Span span)
{
    if (rank <= GRID_RANKS)
        return true;
    report_refused(binder->diagnostics, span, REFUSED_BIG_GRID);
    return false;
}

static Bound *call_helper(Binder *binder, const char *name, Type *argument, Bound **values, uint32_t count, Span span)
{
    TypeDefinition *helpers = binder->world->special[SPECIAL_RUNTIME_HELPERS];
    Method *method = type_method_named(binder->world, helpers, name, count);
    if (!method)
        return bad(binder, span);
    Type **types = ARENA_ARRAY(binder->arena, Type *, 1);
    types[0] = argument;
    return make_call(binder, (MethodRef){method, helpers->self, types}, NULL, values, count, span);
}

Bound *grid_element(Binder *binder, Bound *grid, Bound **indices, uint32_t count, Span span)
{
    World *world = binder->world;
    if (count != grid->type->rank) {
        ERROR_AT(binder, span, ERROR_INDEX_COUNT, (int)grid->type->rank);
        return bad(binder, span);
    }
    if (!check_rank(binder, count, span))
        return bad(binder, span);
    Bound *values[1 + GRID_RANKS] = {
        make_convert(binder, grid, type_special(world, SPECIAL_ARRAY), CONVERSION_REFERENCE, span)};
    for (uint32_t i = 0; i < GRID_RANKS; i++) {
        values[1 + i] = i < count ? convert_implicit(binder, indices[i], world->int_type, indices[i]->span)
                                  : bound_constant_int(world, 0, span);
        if (is_bad(values[1 + i]))
            return values[1 + i];
    }
    return call_helper(binder, "GridElement", grid->type->element, values, 1 + GRID_RANKS, span);
}

static Bound *new_grid(Binder *binder, Type *type, Bound **lengths, Span span)
{
    Bound *values[GRID_RANKS];
    for (uint32_t i = 0; i < GRID_RANKS; i++)
        values[i] = i < type->rank ? lengths[i] : bound_constant_int(binder->world, 0, span);
    return call_helper(binder, "NewGrid", type, values, GRID_RANKS, span);
}

/* The lengths that nested initializers say; reports those that differ. */
static bool measure(Binder *binder, Node *initializer, uint32_t rank, int64_t *lengths)
{
    NodeList *items = &initializer->items;
    if (lengths[0] < 0)
        lengths[0] = items->count;
    if (items->count != lengths[0]) {
        ERROR_AT(binder, initializer->span, ERROR_ARRAY_LENGTH_MISMATCH, (int)lengths[0]);
        return false;
    }
    for (uint32_t i = 0; i < items->count; i++) {
        bool is_nested = items->at[i]->kind == NODE_INITIALIZER;
        if (is_nested != (rank > 1)) {
            ERROR_AT(binder, items->at[i]->span, is_nested ? ERROR_ARRAY_INITIALIZER_TYPE : ERROR_NESTED_INITIALIZER);
            return false;
        }
        if (is_nested && !measure(binder, items->at[i], rank - 1, lengths + 1))
            return false;
    }
    return true;
}

typedef struct GridItems {
    Node **at;
    uint32_t count, capacity;
} GridItems;

static void flatten(Binder *binder, Node *initializer, uint32_t rank, GridItems *items)
{
    for (uint32_t i = 0; i < initializer->items.count; i++) {
        if (rank > 1)
            flatten(binder, initializer->items.at[i], rank - 1, items);
        else
            ARENA_PUSH(binder->arena, items->at, items->count, items->capacity, initializer->items.at[i]);
    }
}

/* A new grid with these elements, already of its element type. */
static Bound *filled_grid(Binder *binder, Type *type, const int64_t *lengths, Bound **values, uint32_t count, Span span)
{
    World *world = binder->world;
    Bound *sizes[GRID_RANKS];
    for (uint32_t i = 0; i < type->rank; i++)
        sizes[i] = bound_constant_int(world, (int32_t)(lengths[i] < 0 ? 0 : lengths[i]), span);
    Bound *made = new_grid(binder, type, sizes, span);
    if (is_bad(made))
        return made;
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *grid = make_temp(binder, made, &effects, &locals);
    for (uint32_t i = 0; i < count; i++) {
        Bound *at = bound_new(world, BOUND_ELEMENT, type->element, span);
        at->a = grid;
        at->b = bound_constant_int(world, (int32_t)i, span);
        list_add(binder, &effects, make_assign(binder, at, values[i], values[i]->span));
    }
    return make_sequence(binder, &locals, &effects, grid, span);
}

Bound *grid_of_initializer(Binder *binder, Type *type, Node *initializer, const int64_t *known)
{
    int64_t lengths[GRID_RANKS];
    if (!check_rank(binder, type->rank, initializer->span))
        return bad(binder, initializer->span);
    for (uint32_t i = 0; i < type->rank; i++)
        lengths[i] = known ? known[i] : -1;
    if (!measure(binder, initializer, type->rank, lengths))
        return bad(binder, initializer->span);
    GridItems items = {0};
    flatten(binder, initializer, type->rank, &items);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, items.count + 1);
    bool good = true;
    for (uint32_t i = 0; i < items.count; i++) {
        values[i] = bind_converted(binder, items.at[i], type->element);
        good &= !is_bad(values[i]);
    }
    return good ? filled_grid(binder, type, lengths, values, items.count, initializer->span)
                : bad(binder, initializer->span);
}

/* new[,] { { a, b }, { c, d } } */
static Bound *implicit_grid(Binder *binder, Node *node)
{
    int64_t lengths[GRID_RANKS] = {-1, -1, -1, -1};
    if (!measure(binder, node->b, node->number, lengths))
        return bad(binder, node->span);
    GridItems items = {0};
    flatten(binder, node->b, node->number, &items);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, items.count + 1);
    for (uint32_t i = 0; i < items.count; i++) {
        values[i] = bind_value(binder, items.at[i]);
        if (is_bad(values[i]))
            return values[i];
    }
    Type *element = best_common_type(binder, values, items.count);
    if (!element || element->kind == TYPE_NULL) {
        ERROR_AT(binder, node->span, ERROR_NO_BEST_ARRAY_TYPE);
        return bad(binder, node->span);
    }
    for (uint32_t i = 0; i < items.count; i++) {
        values[i] = convert_implicit(binder, values[i], element, items.at[i]->span);
        if (is_bad(values[i]))
            return values[i];
    }
    return filled_grid(binder, type_make_array(binder->world, element, node->number), lengths, values, items.count,
                       node->span);
}

Bound *bind_grid_creation(Binder *binder, Node *node)
{
    World *world = binder->world;
    if (!check_rank(binder, node->number, node->span))
        return bad(binder, node->span);
    if (!node->a)
        return node->b ? implicit_grid(binder, node) : bad(binder, node->span);
    Type *element = bind_type(world, &binder->types, node->a);
    if (element->kind == TYPE_ERROR || type_is_void(element))
        return bad(binder, node->span);
    Type *type = type_make_array(world, element, node->number);
    Bound *lengths[GRID_RANKS];
    int64_t known[GRID_RANKS];
    for (uint32_t i = 0; i < node->items.count && i < GRID_RANKS; i++) {
        Constant constant;
        lengths[i] = bind_converted(binder, node->items.at[i], world->int_type);
        if (is_bad(lengths[i]))
            return lengths[i];
        bool is_constant = get_constant(lengths[i], &constant);
        if (is_constant && constant.integer < 0)
            ERROR_AT(binder, node->items.at[i]->span, ERROR_NEGATIVE_SIZE);
        known[i] = is_constant ? constant.integer : -1;
        if (node->b && !is_constant) {
            ERROR_AT(binder, node->items.at[i]->span, ERROR_CONSTANT_VALUE_EXPECTED);
            return bad(binder, node->span);
        }
    }
    if (node->b)
        return grid_of_initializer(binder, type, node->b, node->items.count ? known : NULL);
    if (node->items.count != node->number) {
        ERROR_AT(binder, node->span, ERROR_ARRAY_SIZE);
        return bad(binder, node->span);
    }
    return new_grid(binder, type, lengths, node->span);
}
