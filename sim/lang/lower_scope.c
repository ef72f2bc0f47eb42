/* Which variables nested functions capture, and in which objects they therefore live. The rules are Roslyn's:
 *
 *   - captured variables of one scope share one environment; it is a class, unless only local functions that are never
 * made delegates, asynchronous or iterators use it: then a struct, passed to them by reference
 *   - a function becomes a method of the nearest class environment it uses; that one links to the next one outwards if
 * needed
 *   - an inner environment is merged into an outer one when exactly the same functions use both and the inner scope is
 * not entered several times (loop) while the outer one stays
 *   - an environment that holds nothing but `this` vanishes: its functions become methods of the type itself */
#include "lang/lower_internal.h"

#include <stdlib.h>

/* --- sets of pairs ------------------------------------------------------------------------------------------------ */

typedef struct PairSet {
    uint64_t *slots;
    uint32_t count, capacity;
} PairSet;

static uint64_t pair(uint32_t a, uint32_t b)
{
    return ((uint64_t)a + 1) << 32 | b;
}

static uint64_t *pair_slot(const PairSet *set, uint64_t key)
{
    uint64_t at = (key ^ key >> 29) * 0x9E3779B97F4A7C15u >> 20;
    while (set->slots[at & (set->capacity - 1)] && set->slots[at & (set->capacity - 1)] != key)
        at++;
    return &set->slots[at & (set->capacity - 1)];
}

static bool pair_has(const PairSet *set, uint64_t key)
{
    return set->capacity != 0 && *pair_slot(set, key) == key;
}

static bool pair_add(Arena *arena, PairSet *set, uint64_t key)
{
    if ((set->count + 1) * 2 > set->capacity) {
        PairSet larger = {.capacity = set->capacity ? set->capacity * 4 : 64, .count = set->count};
        larger.slots = ARENA_ARRAY(arena, uint64_t, larger.capacity);
        for (uint32_t i = 0; i < set->capacity; i++)
            if (set->slots[i])
                *pair_slot(&larger, set->slots[i]) = set->slots[i];
        *set = larger;
    }
    uint64_t *slot = pair_slot(set, key);
    if (*slot)
        return false;
    *slot = key;
    set->count++;
    return true;
}

/* --- walking the tree --------------------------------------------------------------------------------------------- */

/* Where a label stands, for recognising jumps backwards. */
typedef struct LabelPlace {
    LowerScope *scope;
    uint32_t child; /* scopes of `scope` from this one on come after the label */
    Label *label;
    struct LabelPlace *next;
} LabelPlace;

typedef struct Walk {
    Analysis *analysis;
    Lowering *lowering;
    Closure *closure;
    LowerScope *scope;
    uint32_t loop_depth;
    PairSet uses; /* (closure, scope) and (closure, local function) */
    LabelPlace *labels;
} Walk;

static void walk_node(void *context, Bound *node);

static uint64_t scope_key(const Closure *closure, const LowerScope *scope)
{
    return pair(closure->id, scope->id * 2);
}

static LowerScope *scope_new(Walk *walk, Bound *node)
{
    Analysis *analysis = walk->analysis;
    Arena *arena = walk->lowering->arena;
    LowerScope *scope = ARENA_NEW(arena, LowerScope);
    scope->parent = walk->scope;
    scope->closure = walk->closure;
    scope->node = node;
    scope->can_merge = true;
    scope->loop_depth = walk->loop_depth;
    scope->id = analysis->scope_count;
    ARENA_PUSH(arena, analysis->scopes, analysis->scope_count, analysis->scope_capacity, scope);
    if (scope->parent)
        ARENA_PUSH(arena, scope->parent->children, scope->parent->child_count, scope->parent->child_capacity, scope);
    return scope;
}

static Closure *closure_new(Walk *walk, Function *function)
{
    Analysis *analysis = walk->analysis;
    Arena *arena = walk->lowering->arena;
    Closure *closure = ARENA_NEW(arena, Closure);
    closure->function = function;
    closure->parent = walk->closure;
    closure->scope = walk->scope;
    closure->loop_depth = walk->loop_depth;
    closure->id = analysis->closure_count;
    closure->is_explicit_static = function->is_static && function->kind == FUNCTION_LOCAL;
    ARENA_PUSH(arena, analysis->closures, analysis->closure_count, analysis->closure_capacity, closure);
    if (walk->scope)
        ARENA_PUSH(arena, walk->scope->functions, walk->scope->function_count, walk->scope->function_capacity, closure);
    function->lowered = closure;
    return closure;
}

static void declare(Walk *walk, Local *local)
{
    if (local)
        local_data(walk->lowering, local)->scope = walk->scope;
}

/* A scope that declares nothing is no scope of its own. */
static void enter(Walk *walk, Bound *node, Local *extra)
{
    if ((node->locals.count != 0 || extra) && walk->scope->node != node && !(node->flags & LOWER_NO_SCOPE))
        walk->scope = scope_new(walk, node);
    for (uint32_t i = 0; i < node->locals.count; i++)
        declare(walk, node->locals.at[i]);
    declare(walk, extra);
}

/* --- captures ----------------------------------------------------------------------------------------------------- */

static void use_scope(Walk *walk, Closure *user, LowerScope *scope)
{
    Arena *arena = walk->lowering->arena;
    for (Closure *closure = user; closure && closure != scope->closure; closure = closure->parent) {
        if (!pair_add(arena, &walk->uses, scope_key(closure, scope)))
            return; /* those around it are known, too */
        ARENA_PUSH(arena, scope->capturers, scope->capturer_count, scope->capturer_capacity, closure);
    }
}

static void capture(Walk *walk, Local *local)
{
    LocalData *data = local_data(walk->lowering, local);
    if (!data->is_captured) {
        data->is_captured = true;
        LowerScope *scope = data->scope;
        ARENA_PUSH(walk->lowering->arena, scope->captured.at, scope->captured.count, scope->captured.capacity, local);
    }
    use_scope(walk, walk->closure, data->scope);
}

static void walk_local(Walk *walk, Local *local)
{
    LocalData *data = local_data(walk->lowering, local);
    if (!data->scope) /* declared nowhere: belongs to the function it is found in */
        data->scope = walk->closure->body;
    if (data->scope->closure != walk->closure)
        capture(walk, local);
}

static void announce_functions(Function *function);

/* Parameters are in one scope with the locals of the body, with one exception. */
static Bound *parameter_scope_node(const Function *function)
{
    return function->body->flags & LOWER_SEPARATE ? NULL : function->body;
}

static void walk_body(Walk *walk, Closure *closure)
{
    Walk saved = *walk;
    announce_functions(closure->function);
    closure->is_walked = true;
    walk->closure = closure;
    Bound *node = parameter_scope_node(closure->function);
    walk->loop_depth += node && closure->function->kind == FUNCTION_LAMBDA;
    walk->scope = closure->body = scope_new(walk, node);
    walk->loop_depth = saved.loop_depth + (closure->function->kind == FUNCTION_LAMBDA);
    closure->body->can_merge = false;
    for (uint32_t i = 0; i < closure->function->parameter_count; i++)
        declare(walk, closure->function->parameters[i]);
    walk_node(walk, closure->function->body);
    walk->closure = saved.closure;
    walk->scope = saved.scope;
    walk->loop_depth = saved.loop_depth;
}

static Closure *closure_of(Walk *walk, Function *function)
{
    Closure *closure = function->lowered;
    if (closure && closure->function == function)
        return closure;
    closure = closure_new(walk, function);
    if (function->kind == FUNCTION_LOCAL) /* its block never came: it belongs here */
        walk_body(walk, closure);
    return closure;
}

static void use_function(Walk *walk, Function *function)
{
    Closure *target = closure_of(walk, function);
    for (Closure *closure = walk->closure; closure && closure != target->parent; closure = closure->parent) {
        if (!pair_add(walk->lowering->arena, &walk->uses, pair(closure->id, target->id * 2 + 1)))
            return;
        ARENA_PUSH(walk->lowering->arena, target->referencers, target->referencer_count, target->referencer_capacity,
                   closure);
    }
}

/* --- blocks, with the local functions declared in them ------------------------------------------------------------ */

static int compare_places(const Function *first, const Function *second)
{
    return (first->span.start > second->span.start) - (first->span.start < second->span.start);
}

static int by_place(const void *a, const void *b)
{
    return compare_places((*(Closure *const *)a)->function, (*(Closure *const *)b)->function);
}

static int functions_by_place(const void *a, const void *b)
{
    return compare_places(*(Function *const *)a, *(Function *const *)b);
}

/* Hangs the local functions of the current function at the blocks that declare them. */
static void announce_functions(Function *function)
{
    for (uint32_t i = 0; i < function->nested_count; i++) {
        Function *nested = function->nested[i];
        if (nested->kind != FUNCTION_LOCAL || !nested->body)
            continue;
        Bound *block = nested->scope && nested->scope->kind == BOUND_BLOCK ? nested->scope : function->body;
        if (!(block->flags & LOWER_HAS_FUNCTIONS)) {
            block->flags |= LOWER_HAS_FUNCTIONS;
            block->binder_data2 = NULL;
        }
        nested->scope = NULL;
        nested->lowered = block->binder_data2; /* a chain until the block is entered */
        block->binder_data2 = nested;
    }
}

static Closure **declare_functions(Walk *walk, Bound *block, uint32_t *count)
{
    *count = 0;
    if (!(block->flags & LOWER_HAS_FUNCTIONS))
        return NULL;
    Function **functions = NULL;
    uint32_t capacity = 0;
    for (Function *function = block->binder_data2; function; function = function->lowered)
        ARENA_PUSH(walk->lowering->arena, functions, *count, capacity, function);
    block->flags &= ~(uint32_t)LOWER_HAS_FUNCTIONS;
    block->binder_data2 = NULL;
    qsort(functions, *count, sizeof *functions, functions_by_place);
    Closure **closures = ARENA_ARRAY(walk->lowering->arena, Closure *, *count);
    for (uint32_t i = 0; i < *count; i++)
        closures[i] = closure_new(walk, functions[i]);
    return closures;
}

static void walk_block(Walk *walk, Bound *node)
{
    uint32_t count, next = 0;
    Closure **functions = declare_functions(walk, node, &count);
    for (uint32_t i = 0; i < node->items.count; i++) {
        while (next < count && functions[next]->function->span.start < node->items.at[i]->span.start)
            walk_body(walk, functions[next++]);
        walk_node(walk, node->items.at[i]);
    }
    while (next < count)
        walk_body(walk, functions[next++]);
}

static void walk_loop(Walk *walk, Bound *node)
{
    LowerScope *scope = walk->scope;
    uint32_t before = scope->child_count;
    bound_for_each_child(node, walk_node, walk);
    for (uint32_t i = before; i < scope->child_count; i++)
        scope->children[i]->can_merge = false;
}

static void walk_label(Walk *walk, Label *label)
{
    LabelPlace *place = ARENA_NEW(walk->lowering->arena, LabelPlace);
    *place = (LabelPlace){walk->scope, walk->scope->child_count, label, walk->labels};
    walk->labels = place;
    label->data = place;
}

static void walk_goto(const Label *label)
{
    LabelPlace *place = label->data;
    if (!place)
        return;
    for (; place->child < place->scope->child_count; place->child++)
        place->scope->children[place->child]->can_merge = false;
}

static void walk_lambda(Walk *walk, Bound *node)
{
    if (node->function->kind == FUNCTION_LOCAL) {
        use_function(walk, node->function);
        closure_of(walk, node->function)->is_delegate = true;
        return;
    }
    Closure *closure = closure_of(walk, node->function);
    closure->is_delegate = true;
    if (!closure->is_walked)
        walk_body(walk, closure);
}

static bool is_loop(const Bound *node)
{
    if (node->kind == BOUND_BLOCK)
        return (node->flags & LOWER_LOOP) != 0;
    return (node->kind == BOUND_WHILE || node->kind == BOUND_DO || node->kind == BOUND_FOR) &&
           !(node->flags & LOWER_NO_LOOP);
}

static void walk_scoped(Walk *walk, Bound *node)
{
    LowerScope *outer = walk->scope;
    uint32_t depth = walk->loop_depth;
    walk->loop_depth += is_loop(node);
    enter(walk, node, node->kind == BOUND_CATCH ? node->catch_local : NULL);
    if (node->kind == BOUND_BLOCK)
        walk_block(walk, node);
    else if (node->kind == BOUND_WHILE || node->kind == BOUND_DO || node->kind == BOUND_FOR)
        walk_loop(walk, node);
    else
        bound_for_each_child(node, walk_node, walk);
    walk->scope = outer;
    walk->loop_depth = depth;
}

/* A switch over anything but a variable declares a temporary in Roslyn; that makes it a scope. */
static void walk_switch(Walk *walk, Bound *node)
{
    LowerScope *outer = walk->scope;
    if (node->a->kind != BOUND_LOCAL && node->a->kind != BOUND_CONSTANT)
        walk->scope = scope_new(walk, node);
    bound_for_each_child(node, walk_node, walk);
    walk->scope = outer;
}

static void walk_node(void *context, Bound *node)
{
    Walk *walk = context;
    switch (node->kind) {
    case BOUND_LOCAL:
        walk_local(walk, node->local);
        return;
    case BOUND_THIS:
        if (walk->closure != walk->analysis->root)
            capture(walk, walk->analysis->this_local);
        return;
    case BOUND_LAMBDA:
        walk_lambda(walk, node);
        return;
    case BOUND_CALL_LOCAL:
        use_function(walk, node->function);
        bound_for_each_child(node, walk_node, context);
        return;
    case BOUND_BLOCK:
    case BOUND_FOR:
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_CATCH:
    case BOUND_SEQUENCE:
        walk_scoped(walk, node);
        return;
    case BOUND_SWITCH:
        walk_switch(walk, node);
        return;
    case BOUND_LABEL:
        walk_label(walk, node->label);
        return;
    case BOUND_GOTO:
        walk_goto(node->label);
        return;
    default:
        bound_for_each_child(node, walk_node, context);
        return;
    }
}

/* --- environments ------------------------------------------------------------------------------------------------- */

static bool can_take_references(const Closure *closure)
{
    return !closure->is_delegate && !closure->function->is_async && !closure->function->is_iterator;
}

/* Whoever calls a local function must be able to hand it its environments. */
static void spread_uses(Walk *walk, LowerScope *scope)
{
    for (uint32_t i = 0; i < scope->capturer_count; i++) {
        const Closure *closure = scope->capturers[i];
        for (uint32_t j = 0; j < closure->referencer_count; j++)
            use_scope(walk, closure->referencers[j], scope);
    }
}

static void make_environment(Walk *walk, LowerScope *scope)
{
    Arena *arena = walk->lowering->arena;
    spread_uses(walk, scope);
    Environment *environment = ARENA_NEW(arena, Environment);
    environment->scope = scope;
    environment->variables = scope->captured;
    environment->is_struct = true;
    scope->environment = environment;
    bool has_this =
        local_data(walk->lowering, walk->analysis->this_local)->is_captured && scope == walk->analysis->root_scope;
    for (uint32_t i = 0; i < scope->capturer_count; i++) {
        Closure *closure = scope->capturers[i];
        environment->is_struct &= can_take_references(closure);
        closure->captures_this |= has_this;
        ARENA_PUSH(arena, closure->captures, closure->capture_count, closure->capture_capacity, scope);
    }
    for (uint32_t i = 0; i < environment->variables.count; i++)
        local_data(walk->lowering, environment->variables.at[i])->environment = environment;
}

/* Finds the class a function becomes a method of, and which environments must link outwards for it. */
static void find_containing(const Walk *walk, Closure *closure)
{
    uint32_t left = closure->capture_count;
    LowerScope *scope = closure->scope;
    for (; scope && left && !closure->containing; scope = scope->parent) {
        if (!scope->environment || !pair_has(&walk->uses, scope_key(closure, scope)))
            continue;
        left--;
        if (!scope->environment->is_struct)
            closure->containing = scope->environment;
    }
    Environment *inner = closure->containing;
    for (; inner && scope && left; scope = scope->parent) {
        Environment *environment = scope->environment;
        if (!environment)
            continue;
        if (!environment->is_struct) {
            inner->captures_parent = true;
            inner = environment;
        }
        left -= pair_has(&walk->uses, scope_key(closure, scope));
    }
}

/* --- merging ------------------------------------------------------------------------------------------------------ */

/* An environment that links to its parent makes its users users of the parent. */
static void add_link_users(Walk *walk, const LowerScope *scope)
{
    const Environment *environment = scope->environment;
    LowerScope *at = scope->parent;
    for (; at && (!environment || environment->captures_parent); at = at->parent) {
        environment = at->environment;
        if (!environment || environment->is_struct)
            continue;
        for (uint32_t i = 0; i < scope->capturer_count; i++) {
            Closure *closure = scope->capturers[i];
            if (pair_add(walk->lowering->arena, &walk->uses, scope_key(closure, at)))
                ARENA_PUSH(walk->lowering->arena, at->capturers, at->capturer_count, at->capturer_capacity, closure);
        }
    }
}

static bool same_users(const Walk *walk, const LowerScope *a, const LowerScope *b)
{
    if (a->capturer_count != b->capturer_count)
        return false;
    for (uint32_t i = 0; i < a->capturer_count; i++)
        if (!pair_has(&walk->uses, scope_key(a->capturers[i], b)))
            return false;
    return true;
}

static LowerScope *best_scope(const Walk *walk, LowerScope *scope)
{
    LowerScope *best = scope;
    for (LowerScope *at = scope; at->parent && at->can_merge; at = at->parent) {
        const Environment *outer = at->parent->environment;
        if (!outer || outer->is_struct)
            continue;
        if (!same_users(walk, at->parent, scope))
            break;
        best = at->parent;
    }
    return best;
}

static void merge(Walk *walk, LowerScope *scope, LowerScope *into)
{
    Arena *arena = walk->lowering->arena;
    Environment *from = scope->environment, *to = into->environment;
    LocalSet variables = {0}; /* a copy: the scope's own list stays as it is */
    for (uint32_t i = 0; i < to->variables.count; i++)
        ARENA_PUSH(arena, variables.at, variables.count, variables.capacity, to->variables.at[i]);
    for (uint32_t i = 0; i < from->variables.count; i++) {
        ARENA_PUSH(arena, variables.at, variables.count, variables.capacity, from->variables.at[i]);
        local_data(walk->lowering, from->variables.at[i])->environment = to;
    }
    to->variables = variables;
    scope->environment = NULL;
    scope->merged = into;
    for (uint32_t i = 0; i < scope->capturer_count; i++)
        if (scope->capturers[i]->containing == from)
            scope->capturers[i]->containing = to;
}

static void merge_environments(Walk *walk)
{
    const Analysis *analysis = walk->analysis;
    for (uint32_t i = 0; i < analysis->scope_count; i++) {
        const LowerScope *scope = analysis->scopes[i];
        if (scope->environment && !scope->environment->is_struct && scope->environment->captures_parent)
            add_link_users(walk, scope);
    }
    for (uint32_t i = 0; i < analysis->scope_count; i++) {
        LowerScope *scope = analysis->scopes[i];
        if (!scope->environment || scope->environment->is_struct)
            continue;
        LowerScope *best = best_scope(walk, scope);
        if (best != scope)
            merge(walk, scope, best);
    }
}

/* --- `this` alone ------------------------------------------------------------------------------------------------- */

static void drop_this_environment(const Walk *walk)
{
    LowerScope *root = walk->analysis->root_scope;
    Environment *environment = root->environment;
    if (!environment || environment->variables.count != 1 || environment->variables.at[0] != walk->analysis->this_local)
        return;
    if (environment->is_struct) {
        for (uint32_t i = 0; i < root->capturer_count; i++)
            if (root->capturers[i]->containing)
                return;
    }
    for (uint32_t i = 0; i < walk->analysis->closure_count; i++)
        if (walk->analysis->closures[i]->containing == environment)
            walk->analysis->closures[i]->containing = NULL;
    local_data(walk->lowering, walk->analysis->this_local)->environment = NULL;
    root->environment = NULL;
}

/* --- the result --------------------------------------------------------------------------------------------------- */

static void list_environments(const Walk *walk, Closure *closure)
{
    closure->environments = ARENA_ARRAY(walk->lowering->arena, Environment *, closure->capture_count + 1);
    for (uint32_t i = 0; i < closure->capture_count; i++) {
        const LowerScope *scope = closure->captures[i];
        Environment *environment = scope->merged ? scope->merged->environment : scope->environment;
        bool known = false;
        for (uint32_t j = 0; j < closure->environment_count; j++)
            known |= closure->environments[j] == environment;
        if (environment && !known)
            closure->environments[closure->environment_count++] = environment;
    }
}

static void number_environments(const Walk *walk)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < walk->analysis->scope_count; i++) {
        const LowerScope *scope = walk->analysis->scopes[i];
        if (!scope->environment)
            continue;
        scope->environment->number = number++;
        const Closure *owner =
            scope->closure; /* the next one outwards in the same function, or the function's own object */
        const LowerScope *outer = scope->parent;
        while (outer && outer->closure == owner && (!outer->environment || outer->environment->is_struct))
            outer = outer->parent;
        scope->environment->parent = outer && outer->closure == owner ? outer->environment : owner->containing;
    }
}

static void number_functions(const Walk *walk)
{
    uint32_t ordinal = 0;
    for (uint32_t i = 0; i < walk->analysis->scope_count; i++) {
        const LowerScope *scope = walk->analysis->scopes[i];
        if (scope->function_count > 1)
            qsort(scope->functions, scope->function_count, sizeof *scope->functions, by_place);
        for (uint32_t j = 0; j < scope->function_count; j++)
            scope->functions[j]->ordinal = ordinal++;
    }
}

static void list_type_parameters(Lowering *lowering, Closure *closure)
{
    const Method *method = closure->parent ? closure->function->method : lowering->method;
    uint32_t own =
        method && (closure->function->kind == FUNCTION_LOCAL || !closure->parent) ? method->type_parameter_count : 0;
    uint32_t outer = closure->parent ? closure->parent->ambient_count : 0;
    closure->ambient = ARENA_ARRAY(lowering->arena, TypeParameter *, outer + own + 1);
    for (uint32_t i = 0; i < outer; i++)
        closure->ambient[i] = closure->parent->ambient[i];
    for (uint32_t i = 0; i < own; i++)
        closure->ambient[outer + i] = method->type_parameters[i];
    closure->ambient_count = outer + own;
}

void analyze_closures(Analysis *analysis, Lowering *lowering, Function *function)
{
    Walk walk = {.analysis = analysis, .lowering = lowering};
    *analysis = (Analysis){.lowering = lowering};
    analysis->this_local =
        local_new(lowering->world, function, LOCAL_PARAMETER, name_of(lowering->world->names, "<>4__this"),
                  lowering->type->self, function->span);
    analysis->root = closure_new(&walk, function);
    walk.closure = analysis->root;
    walk.scope = analysis->root_scope = scope_new(&walk, parameter_scope_node(function));
    local_data(lowering, analysis->this_local)->scope = analysis->root_scope;
    walk.scope = NULL;
    analysis->root->body = analysis->root_scope;
    announce_functions(function);
    walk.scope = analysis->root_scope;
    for (uint32_t i = 0; i < function->parameter_count; i++)
        declare(&walk, function->parameters[i]);
    walk_node(&walk, function->body);
    for (const LabelPlace *place = walk.labels; place; place = place->next)
        place->label->data = NULL;

    for (uint32_t i = 0; i < analysis->scope_count; i++)
        if (analysis->scopes[i]->captured.count != 0)
            make_environment(&walk, analysis->scopes[i]);
    for (uint32_t i = 1; i < analysis->closure_count; i++)
        find_containing(&walk, analysis->closures[i]);
    merge_environments(&walk);
    drop_this_environment(&walk);
    for (uint32_t i = 0; i < analysis->closure_count; i++) {
        list_environments(&walk, analysis->closures[i]);
        list_type_parameters(lowering, analysis->closures[i]);
    }
    number_environments(&walk);
    number_functions(&walk);
}
