/* Flow analysis of a bound body (C# spec 9.4 definite assignment, 13.2 end points): one walk in the order of execution
 * with a bit per variable. Conditions have two states behind them, one for true and one for false.
 *
 * A state that cannot be reached has every bit set, so that joining it changes nothing. Loops need no iteration: what
 * is assigned at their head is what was assigned before them. Only a `goto` backwards does; then the walk repeats in
 * silence until no label changes. Bodies of lambdas are walked again where they are created, for the variables they
 * capture. */
#include "lang/check_internal.h"

#include <string.h>

enum { NO_SLOT = UINT32_MAX, DEEPEST_FIELDS = 4, MOST_PASSES = 1000 };

/* A variable, or a field of a struct variable, that is followed. */
typedef struct Slot {
    Local *local;
    Field *field; /* NULL: the variable itself */
    uint32_t parent;
    uint32_t first_child, child_count;
} Slot;

typedef struct State {
    struct State *next; /* of the free list */
    bool alive;
    uint64_t bits[];
} State;

/* What is known about a jump target; hangs on Label.data during the analysis. */
typedef struct Target {
    Label *label;
    State *state;          /* joined from all jumps; NULL: none yet */
    const Bound *try_node; /* innermost try with a finally around it */
    bool is_passed;        /* already visited in this walk */
    struct Target *next;
} Target;

/* A jump out of a try block waits for the finally block. */
typedef struct Pending {
    State *state;
    Target *target; /* NULL: return */
    const Bound *node;
    struct Pending *next;
} Pending;

typedef struct Frame {
    struct Frame *outer;
    const Bound *node;
    Pending *pending;
} Frame;

/* What a local function wants assigned when it is called, and what it assigns. */
typedef struct Summary {
    uint64_t walk; /* number of the walk that it belongs to */
    State *wanted, *assigned;
    bool under_way;
} Summary;

typedef struct Flow {
    Binder *binder;
    World *world;
    Arena *arena;
    Function *function;
    Slot *slots;
    uint32_t slot_count, slot_capacity;
    uint32_t words;
    State *now;
    State *free_states;
    Target *targets;
    Frame *frame;
    uint64_t walk;     /* this one's number, in the whole world */
    bool has_captured; /* a nested function uses one of the variables */
    const Bound *scan_try;
    uint64_t *reported;
    State *wanted;   /* collecting for a Summary instead of reporting */
    State *returned; /* joined from the returns of the local function being summed up */
    uint32_t inside; /* depth of lambdas and local functions being walked */
    bool quiet, changed, repeats;
    bool dead_reported;
    Position trusted; /* what comes after the first error of the body may follow from it: not reported */
} Flow;

static void visit(Flow *flow, Bound *node);
static void scan(Flow *flow, Bound *node);

static bool may_report(const Flow *flow, Span span)
{
    return !flow->quiet && (!flow->trusted || span.start < flow->trusted);
}

/* --- states
 * ------------------------------------------------------------------------------------------------------------- */

static State *state_new(Flow *flow)
{
    State *state = flow->free_states;
    if (state)
        flow->free_states = state->next;
    else
        state = arena_allocate(flow->arena, sizeof *state + flow->words * sizeof *state->bits);
    return state;
}

static void drop(Flow *flow, State *state)
{
    state->next = flow->free_states;
    flow->free_states = state;
}

static State *copy(Flow *flow, const State *state)
{
    State *result = state_new(flow);
    result->alive = state->alive;
    memcpy(result->bits, state->bits, flow->words * sizeof *state->bits);
    return result;
}

static State *state_of(Flow *flow, bool alive)
{
    State *state = state_new(flow);
    state->alive = alive;
    memset(state->bits, alive ? 0 : 0xFF, flow->words * sizeof *state->bits);
    return state;
}

static State *join(Flow *flow, State *a, State *b)
{
    a->alive |= b->alive;
    for (uint32_t i = 0; i < flow->words; i++)
        a->bits[i] &= b->bits[i];
    drop(flow, b);
    return a;
}

static void die(Flow *flow)
{
    flow->now->alive = false;
    memset(flow->now->bits, 0xFF, flow->words * sizeof *flow->now->bits);
}

static bool has(const State *state, uint32_t slot)
{
    return state->bits[slot / 64] >> (slot % 64) & 1;
}

static void set(State *state, uint32_t slot)
{
    state->bits[slot / 64] |= (uint64_t)1 << (slot % 64);
}

static void clear(State *state, uint32_t slot)
{
    state->bits[slot / 64] &= ~((uint64_t)1 << (slot % 64));
}

/* --- variables
 * ---------------------------------------------------------------------------------------------------------- */

static uint32_t instance_fields(Type *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->definition->field_count; i++)
        count += !type->definition->fields[i]->is_static;
    return count;
}

/* Structs whose fields are followed: those of the program and tuples. The library's keep their fields to themselves. */
static bool has_followed_fields(World *world, Type *type)
{
    if (type->kind != TYPE_STRUCT || !type->definition || type->special == SPECIAL_NULLABLE)
        return false;
    if (type->definition->is_library && !type_is_tuple(type))
        return false;
    type_complete(world, type->definition);
    return true;
}

static void add_fields(Flow *flow, uint32_t slot, Type *type, uint32_t depth)
{
    if (depth >= DEEPEST_FIELDS || !has_followed_fields(flow->world, type) || instance_fields(type) > 64)
        return;
    Local *local = flow->slots[slot].local;
    flow->slots[slot].first_child = flow->slot_count;
    flow->slots[slot].child_count = instance_fields(type);
    for (uint32_t i = 0; i < type->definition->field_count; i++) {
        Slot child = {.local = local, .field = type->definition->fields[i], .parent = slot};
        if (!child.field->is_static)
            ARENA_PUSH(flow->arena, flow->slots, flow->slot_count, flow->slot_capacity, child);
    }
    uint32_t first = flow->slots[slot].first_child, count = flow->slots[slot].child_count;
    for (uint32_t i = first; i < first + count; i++)
        add_fields(flow, i, field_ref_type(flow->world, (FieldRef){flow->slots[i].field, type}), depth + 1);
}

static bool is_followed(Flow *flow, const Local *local)
{
    if (local->function != flow->function || local->is_const || !local->type || local->type->kind == TYPE_ERROR)
        return false;
    bool is_out = local->kind == LOCAL_PARAMETER && local->ref_kind == REF_OUT;
    if (!is_out && (local->kind != LOCAL_VARIABLE || local->ref_kind != REF_NONE))
        return false;
    return !has_followed_fields(flow->world, local->type) || instance_fields(local->type) > 0;
}

static void add_local(Flow *flow, Local *local)
{
    if (!is_followed(flow, local))
        return;
    Slot slot = {.local = local, .parent = NO_SLOT};
    local->slot = flow->slot_count;
    ARENA_PUSH(flow->arena, flow->slots, flow->slot_count, flow->slot_capacity, slot);
    add_fields(flow, local->slot, local->type, 0);
}

static uint32_t slot_of_local(const Flow *flow, const Local *local)
{
    uint32_t slot = local->slot;
    return slot < flow->slot_count && flow->slots[slot].local == local && !flow->slots[slot].field ? slot : NO_SLOT;
}

static uint32_t slot_of(const Flow *flow, const Bound *node)
{
    if (node->kind == BOUND_LOCAL)
        return slot_of_local(flow, node->local);
    if (node->kind != BOUND_FIELD || !node->a)
        return NO_SLOT;
    uint32_t parent = slot_of(flow, node->a);
    if (parent == NO_SLOT)
        return NO_SLOT;
    const Slot *slot = &flow->slots[parent];
    for (uint32_t i = slot->first_child; i < slot->first_child + slot->child_count; i++)
        if (flow->slots[i].field == node->field.field)
            return i;
    return NO_SLOT;
}

static void set_with_fields(Flow *flow, uint32_t slot)
{
    set(flow->now, slot);
    const Slot *at = &flow->slots[slot];
    for (uint32_t i = at->first_child; i < at->first_child + at->child_count; i++)
        set_with_fields(flow, i);
}

static void clear_with_fields(Flow *flow, uint32_t slot)
{
    clear(flow->now, slot);
    const Slot *at = &flow->slots[slot];
    for (uint32_t i = at->first_child; i < at->first_child + at->child_count; i++)
        clear_with_fields(flow, i);
}

/* A struct is assigned when all its fields are. */
static void assign_slot(Flow *flow, uint32_t slot)
{
    set_with_fields(flow, slot);
    for (uint32_t parent = flow->slots[slot].parent; parent != NO_SLOT; parent = flow->slots[parent].parent) {
        const Slot *at = &flow->slots[parent];
        for (uint32_t i = at->first_child; i < at->first_child + at->child_count; i++)
            if (!has(flow->now, i))
                return;
        set(flow->now, parent);
    }
}

static void assign(Flow *flow, const Bound *target)
{
    uint32_t slot = slot_of(flow, target);
    if (slot != NO_SLOT)
        assign_slot(flow, slot);
}

static bool first_report(Flow *flow, uint32_t slot)
{
    uint64_t bit = (uint64_t)1 << (slot % 64);
    if (flow->reported[slot / 64] & bit)
        return false;
    flow->reported[slot / 64] |= bit;
    return true;
}

static void report_unassigned(Flow *flow, uint32_t slot, Span span)
{
    const Slot *at = &flow->slots[slot];
    if (flow->wanted) {
        set(flow->wanted, slot);
    } else if (may_report(flow, span) && first_report(flow, slot)) {
        const char *name = at->field ? at->field->name->text : at->local->name ? at->local->name->text : "?";
        if (at->field && at->field->backing_of)
            name = at->field->backing_of->name->text;
        ERROR_AT(flow->binder, span,
                 at->field                            ? ERROR_UNASSIGNED_FIELD
                 : at->local->kind == LOCAL_PARAMETER ? ERROR_USE_OF_OUT
                                                      : ERROR_UNASSIGNED_LOCAL,
                 name);
    }
    assign_slot(flow, slot); /* one report is enough */
}

static void read_slot(Flow *flow, uint32_t slot, Span span)
{
    if (slot != NO_SLOT && !has(flow->now, slot))
        report_unassigned(flow, slot, span);
}

static void enter_scope(Flow *flow, const LocalList *locals)
{
    for (uint32_t i = 0; i < locals->count && flow->now->alive; i++) {
        uint32_t slot = slot_of_local(flow, locals->at[i]);
        if (slot != NO_SLOT)
            clear_with_fields(flow, slot);
    }
}

/* --- jumps
 * -------------------------------------------------------------------------------------------------------------- */

static Target *target_of(Flow *flow, Label *label)
{
    if (!label)
        return NULL;
    if (!label->data) {
        Target *target = ARENA_NEW(flow->arena, Target);
        target->label = label;
        target->try_node = flow->scan_try;
        target->next = flow->targets;
        flow->targets = target;
        label->data = target;
    }
    return label->data;
}

static void add_to_target(Flow *flow, Target *target, State *state)
{
    if (!target->state) {
        target->state = state;
        flow->changed |= target->is_passed;
        return;
    }
    bool changes = state->alive && !target->state->alive;
    for (uint32_t i = 0; i < flow->words && !changes; i++)
        changes = (target->state->bits[i] & ~state->bits[i]) != 0;
    flow->changed |= changes && target->is_passed;
    target->state = join(flow, target->state, state);
}

static void check_out_parameters(Flow *flow, Span span)
{
    if (flow->trusted) /* a broken call or assignment may be the one that was to assign it */
        return;
    for (uint32_t i = 0; i < flow->function->parameter_count && flow->now->alive; i++) {
        Local *parameter = flow->function->parameters[i];
        uint32_t slot = parameter->ref_kind == REF_OUT ? slot_of_local(flow, parameter) : NO_SLOT;
        if (slot != NO_SLOT && !has(flow->now, slot) && may_report(flow, span))
            ERROR_AT(flow->binder, span, ERROR_UNASSIGNED_OUT, parameter->name ? parameter->name->text : "?");
    }
}

static void leave_function(Flow *flow, const Bound *node)
{
    if (!flow->inside)
        check_out_parameters(flow, node->span);
    else if (flow->returned)
        flow->returned = join(flow, flow->returned, copy(flow, flow->now));
}

/* Jumps to the target (NULL: returns) with the current state; what follows is dead. */
static void jump(Flow *flow, Target *target, const Bound *node)
{
    if (!flow->now->alive)
        return;
    if (flow->frame && (!target || target->try_node != flow->frame->node)) {
        Pending *pending = ARENA_NEW(flow->arena, Pending);
        *pending =
            (Pending){.state = copy(flow, flow->now), .target = target, .node = node, .next = flow->frame->pending};
        flow->frame->pending = pending;
    } else if (target) {
        add_to_target(flow, target, copy(flow, flow->now));
    } else {
        leave_function(flow, node);
    }
    die(flow);
}

static void land(Flow *flow, Label *label)
{
    Target *target = target_of(flow, label);
    if (!target)
        return;
    target->is_passed = true;
    if (target->state) {
        flow->now = join(flow, flow->now, copy(flow, target->state));
        flow->dead_reported &= !flow->now->alive;
    }
}

/* --- conditions
 * ------------------------------------------------------------------------------------------------------------ */

typedef struct Pair {
    State *yes, *no;
} Pair;

static Pair condition(Flow *flow, Bound *node);

static Pair swapped(Pair pair)
{
    return (Pair){pair.no, pair.yes};
}

static bool is_bool_constant(const Bound *node, bool *value)
{
    Constant constant;
    if (!node || !get_constant(node, &constant) || constant.kind != CONSTANT_BOOL)
        return false;
    *value = constant.integer != 0;
    return true;
}

static Pair short_circuit(Flow *flow, Bound *node, bool is_and)
{
    Pair left = condition(flow, node->a);
    if (!is_and)
        left = swapped(left);
    flow->now = left.yes; /* the right side runs */
    Pair right = condition(flow, node->b);
    if (!is_and)
        right = swapped(right);
    Pair result = {right.yes, join(flow, left.no, right.no)};
    return is_and ? result : swapped(result);
}

static Pair choice(Flow *flow, Bound *node)
{
    Pair test = condition(flow, node->a);
    flow->now = test.yes;
    Pair b = condition(flow, node->b);
    flow->now = test.no;
    Pair c = condition(flow, node->c);
    return (Pair){join(flow, b.yes, c.yes), join(flow, b.no, c.no)};
}

static Pair condition(Flow *flow, Bound *node)
{
    bool value;
    if (is_bool_constant(node, &value)) {
        Pair pair = {flow->now, state_of(flow, false)};
        return value ? pair : swapped(pair);
    }
    switch (node->kind) {
    case BOUND_UNARY:
        if (node->op == OP_NOT)
            return swapped(condition(flow, node->a));
        break;
    case BOUND_AND_ALSO:
        return short_circuit(flow, node, true);
    case BOUND_OR_ELSE:
        return short_circuit(flow, node, false);
    case BOUND_CONDITIONAL:
        return choice(flow, node);
    case BOUND_SEQUENCE:
        enter_scope(flow, &node->locals);
        for (uint32_t i = 0; i < node->items.count; i++)
            visit(flow, node->items.at[i]);
        if (node->a)
            return condition(flow, node->a);
        break;
    case BOUND_CONVERT:
        if (node->conversion == CONVERSION_IDENTITY)
            return condition(flow, node->a);
        break;
    case BOUND_BINARY:
        if ((node->op == OP_EQUAL || node->op == OP_NOT_EQUAL) &&
            (is_bool_constant(node->b, &value) || is_bool_constant(node->a, &value))) {
            bool ignored;
            Pair pair = condition(flow, is_bool_constant(node->b, &ignored) ? node->a : node->b);
            return value == (node->op == OP_EQUAL) ? pair : swapped(pair);
        }
        break;
    default:
        break;
    }
    if (node->kind != BOUND_SEQUENCE)
        visit(flow, node);
    return (Pair){flow->now, copy(flow, flow->now)};
}

static void visit_condition(Flow *flow, Bound *node)
{
    Pair pair = condition(flow, node);
    flow->now = join(flow, pair.yes, pair.no);
}

/* --- nested functions
 * --------------------------------------------------------------------------------------------------------- */

static void forget_targets(Flow *flow, Target *until)
{
    for (; flow->targets != until; flow->targets = flow->targets->next)
        flow->targets->label->data = NULL;
}

/* Walks a lambda's body from the current state. */
static void walk_inside(Flow *flow, Function *function)
{
    Target *targets = flow->targets;
    Frame *frame = flow->frame;
    const Bound *scan_try = flow->scan_try;
    flow->frame = NULL;
    flow->scan_try = NULL;
    flow->inside++;
    scan(flow, function->body);
    visit(flow, function->body);
    flow->inside--;
    forget_targets(flow, targets);
    flow->frame = frame;
    flow->scan_try = scan_try;
}

static Summary *summarize(Flow *flow, Function *function)
{
    Summary *known = function->summary;
    if (known && known->walk == flow->walk)
        return known;
    Summary *summary = ARENA_NEW(flow->arena, Summary);
    *summary = (Summary){.walk = flow->walk, .under_way = true};
    function->summary = summary;
    summary->wanted = state_of(flow, true);
    summary->assigned = state_of(flow, true);
    State *now = flow->now, *wanted = flow->wanted, *returned = flow->returned;
    bool changed = flow->changed;
    flow->now = state_of(flow, true);
    flow->wanted = summary->wanted;
    flow->returned = state_of(flow, false);
    walk_inside(flow, function);
    drop(flow, summary->assigned);
    summary->assigned = join(flow, flow->now, flow->returned);
    /* What was reported as wanted counts as assigned afterwards; at the call it is checked before that. */
    for (uint32_t i = 0; i < flow->words; i++)
        summary->assigned->bits[i] &= ~summary->wanted->bits[i];
    flow->now = now;
    flow->wanted = wanted;
    flow->returned = returned;
    flow->changed = changed;
    summary->under_way = false;
    return summary;
}

/* Only what is declared inside of the function can touch its variables. */
static bool is_inside(const Flow *flow, const Function *function)
{
    for (const Function *at = function->parent; at; at = at->parent)
        if (at == flow->function)
            return true;
    return false;
}

static void use_local_function(Flow *flow, Function *function, const Bound *node, bool is_call)
{
    if (!function || !function->body || !flow->has_captured || !is_inside(flow, function))
        return; /* without captured variables nested functions change nothing */
    Summary *summary = summarize(flow, function);
    if (summary->under_way || !flow->now->alive)
        return;
    for (uint32_t i = 0; i < flow->slot_count; i++)
        if (has(summary->wanted, i))
            read_slot(flow, i, node->span);
    for (uint32_t i = 0; is_call && i < flow->words; i++)
        flow->now->bits[i] |= summary->assigned->bits[i];
}

static void visit_lambda(Flow *flow, Bound *node)
{
    Function *function = node->function;
    if (!function)
        return;
    if (function->kind == FUNCTION_LOCAL) {
        use_local_function(flow, function, node, false);
    } else if (function->captures && function->body) {
        State *before = copy(flow, flow->now), *returned = flow->returned;
        flow->returned = NULL;
        walk_inside(flow, function);
        flow->returned = returned;
        drop(flow, flow->now);
        flow->now = before;
    }
}

/* --- expressions
 * ---------------------------------------------------------------------------------------------------------------- */

static void visit_target(Flow *flow, Bound *node)
{
    if (node->kind == BOUND_LOCAL && (node->local->ref_kind == REF_NONE || node->local->ref_kind == REF_OUT))
        return;
    if (node->kind == BOUND_FIELD && slot_of(flow, node) != NO_SLOT)
        return;
    if (node->kind == BOUND_FIELD && node->a)
        visit(flow, node->a);
    else if (node->kind != BOUND_FIELD)
        visit(flow, node);
}

static RefKind parameter_kind(const Bound *node, uint32_t index)
{
    if (node->kind == BOUND_CALL_LOCAL)
        return node->function && index < node->function->parameter_count ? node->function->parameters[index]->ref_kind
                                                                         : REF_NONE;
    const Method *method = node->method.method;
    return method && index < method->parameter_count ? method->parameters[index].ref_kind : REF_NONE;
}

static void visit_call(Flow *flow, Bound *node)
{
    if (node->a)
        visit(flow, node->a);
    for (uint32_t i = 0; i < node->items.count; i++) {
        Bound *argument = node->items.at[i];
        if (argument->kind == BOUND_ADDRESS && parameter_kind(node, i) == REF_OUT)
            visit_target(flow, argument->a);
        else
            visit(flow, argument);
    }
    if (node->kind == BOUND_CALL_LOCAL)
        use_local_function(flow, node->function, node, true);
    for (uint32_t i = 0; i < node->items.count; i++)
        if (node->items.at[i]->kind == BOUND_ADDRESS && parameter_kind(node, i) == REF_OUT)
            assign(flow, node->items.at[i]->a);
}

static void visit_field(Flow *flow, Bound *node)
{
    uint32_t slot = slot_of(flow, node);
    if (slot != NO_SLOT)
        read_slot(flow, slot, node->span);
    else if (node->a)
        visit(flow, node->a);
}

static void visit_choice(Flow *flow, Bound *node)
{
    Pair test = condition(flow, node->a);
    flow->now = test.yes;
    visit(flow, node->b);
    State *yes = flow->now;
    flow->now = test.no;
    if (node->c)
        visit(flow, node->c);
    flow->now = join(flow, yes, flow->now);
}

static void visit_sequence(Flow *flow, Bound *node)
{
    enter_scope(flow, &node->locals);
    for (uint32_t i = 0; i < node->items.count; i++)
        visit(flow, node->items.at[i]);
    if (node->a)
        visit(flow, node->a);
}

static void visit_children(Flow *flow, Bound *node)
{
    if (node->a)
        visit(flow, node->a);
    if (node->b)
        visit(flow, node->b);
    if (node->c)
        visit(flow, node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        visit(flow, node->items.at[i]);
}

/* --- statements -------------------------------------------------------------------------------------------------- */

static bool is_written_statement(const Bound *node)
{
    switch (node->kind) {
    case BOUND_EXPRESSION_STATEMENT:
    case BOUND_IF:
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
    case BOUND_GOTO:
    case BOUND_RETURN:
    case BOUND_THROW:
    case BOUND_TRY:
    case BOUND_YIELD_RETURN:
    case BOUND_YIELD_BREAK:
        return !(node->flags & BOUND_COMPILER_MADE) && node->span.start != node->span.end;
    default:
        return false;
    }
}

static void warn_unreachable(Flow *flow, const Bound *node)
{
    if (flow->now->alive) {
        flow->dead_reported = false;
        return;
    }
    if (flow->dead_reported || flow->inside || !may_report(flow, node->span) || !is_written_statement(node))
        return;
    flow->dead_reported = true;
    ERROR_AT(flow->binder, node->span, WARNING_UNREACHABLE);
}

static void visit_block(Flow *flow, Bound *node)
{
    enter_scope(flow, &node->locals);
    for (uint32_t i = 0; i < node->items.count; i++)
        visit(flow, node->items.at[i]);
}

static void visit_while(Flow *flow, Bound *node)
{
    Pair test = condition(flow, node->a);
    flow->now = test.yes;
    visit(flow, node->b);
    drop(flow, flow->now);
    flow->now = test.no;
    land(flow, node->label);
}

static void visit_do(Flow *flow, Bound *node)
{
    visit(flow, node->b);
    land(flow, node->label2);
    Pair test = condition(flow, node->a);
    drop(flow, test.yes);
    flow->now = test.no;
    land(flow, node->label);
}

static void visit_for(Flow *flow, Bound *node)
{
    enter_scope(flow, &node->locals);
    for (uint32_t i = 0; i < node->items.count; i++)
        visit(flow, node->items.at[i]);
    Pair test = {NULL, NULL};
    if (node->a)
        test = condition(flow, node->a);
    else
        test = (Pair){flow->now, state_of(flow, false)};
    flow->now = test.yes;
    visit(flow, node->b);
    land(flow, node->label2);
    if (node->c)
        visit(flow, node->c);
    drop(flow, flow->now);
    flow->now = test.no;
    land(flow, node->label);
}

static void jump_to(Flow *flow, Label *label, const Bound *node)
{
    State *before = copy(flow, flow->now);
    jump(flow, target_of(flow, label), node);
    drop(flow, flow->now);
    flow->now = before;
}

static void visit_switch(Flow *flow, Bound *node)
{
    visit(flow, node->a);
    bool yes = false, no = false;
    for (uint32_t i = 0; i < node->case_count; i++) {
        jump_to(flow, node->cases[i].label, node);
        yes |= node->cases[i].value.kind == CONSTANT_BOOL && node->cases[i].value.integer;
        no |= node->cases[i].value.kind == CONSTANT_BOOL && !node->cases[i].value.integer;
    }
    if (!(yes && no))
        jump_to(flow, node->label2 ? node->label2 : node->label, node);
    die(flow);
    bool reported = flow->dead_reported;
    flow->dead_reported = true;
    visit(flow, node->b);
    flow->dead_reported = reported;
    land(flow, node->label);
}

static void visit_catch(Flow *flow, Bound *node)
{
    enter_scope(flow, &node->locals);
    uint32_t slot = node->catch_local ? slot_of_local(flow, node->catch_local) : NO_SLOT;
    if (slot != NO_SLOT)
        assign_slot(flow, slot);
    if (node->c) {
        Pair test = condition(flow, node->c);
        drop(flow, test.no);
        flow->now = test.yes;
    }
    visit(flow, node->a);
}

/* The jumps that waited go on from the end of the finally block, with what it assigned. */
static void release_pending(Flow *flow, Pending *pending, const State *finally_end)
{
    State *after = flow->now;
    for (; pending; pending = pending->next) {
        flow->now = pending->state;
        for (uint32_t i = 0; i < flow->words; i++)
            flow->now->bits[i] |= finally_end->bits[i];
        if (finally_end->alive)
            jump(flow, pending->target, pending->node);
        drop(flow, flow->now);
    }
    flow->now = after;
}

static void visit_try(Flow *flow, Bound *node)
{
    State *entry = copy(flow, flow->now);
    Frame frame = {.outer = flow->frame, .node = node};
    if (node->b)
        flow->frame = &frame;
    visit(flow, node->a);
    State *end = flow->now;
    for (uint32_t i = 0; i < node->items.count; i++) {
        flow->now = copy(flow, entry);
        visit_catch(flow, node->items.at[i]);
        end = join(flow, end, flow->now);
    }
    flow->frame = frame.outer;
    flow->now = end;
    if (!node->b) {
        drop(flow, entry);
        return;
    }
    flow->now = entry;
    visit(flow, node->b);
    State *finally_end = flow->now;
    flow->now = end;
    if (!finally_end->alive)
        die(flow);
    else
        for (uint32_t i = 0; i < flow->words; i++)
            flow->now->bits[i] |= finally_end->bits[i];
    release_pending(flow, frame.pending, finally_end);
    drop(flow, finally_end);
}

static const char *source_text(Flow *flow, Span span)
{
    SourceFile *file = source_file_at(flow->world->sources, span.start);
    if (!file || span.end <= span.start || span.end > file->base + file->length)
        return "";
    return arena_format(flow->arena, "%.*s", (int)(span.end - span.start), file->text + (span.start - file->base));
}

/* The end of a switch section must not be reached. */
static void visit_nop(Flow *flow, const Bound *node)
{
    if (!(node->flags & BOUND_COMPILER_MADE) || !node->syntax || node->syntax->kind != NODE_SWITCH_SECTION ||
        !flow->now->alive)
        return;
    if (!flow->inside && may_report(flow, node->span))
        ERROR_AT(flow->binder, node->span,
                 node->flags & BOUND_CONSTANT_BRANCH ? ERROR_SWITCH_FALL_OUT : ERROR_SWITCH_FALL_THROUGH,
                 source_text(flow, node->span));
    die(flow);
}

/* --- any node ---------------------------------------------------------------------------------------------------- */

static void visit(Flow *flow, Bound *node)
{
    warn_unreachable(flow, node);
    switch (node->kind) {
    case BOUND_LOCAL:
        read_slot(flow, slot_of_local(flow, node->local), node->span);
        break;
    case BOUND_FIELD:
        visit_field(flow, node);
        break;
    case BOUND_ASSIGN:
        visit_target(flow, node->a);
        visit(flow, node->b);
        assign(flow, node->a);
        break;
    case BOUND_ASSIGN_REF:
        visit(flow, node->b);
        if (node->a->kind == BOUND_FIELD)
            assign(flow, node->a);
        break;
    case BOUND_CALL:
    case BOUND_CALL_LOCAL:
    case BOUND_NEW:
        visit_call(flow, node);
        break;
    case BOUND_LAMBDA:
        visit_lambda(flow, node);
        break;
    case BOUND_UNARY:
        if (node->op == OP_NOT)
            visit_condition(flow, node);
        else
            visit(flow, node->a);
        break;
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
        visit_condition(flow, node);
        break;
    case BOUND_CONDITIONAL:
    case BOUND_IF:
        visit_choice(flow, node);
        break;
    case BOUND_SEQUENCE:
        visit_sequence(flow, node);
        break;
    case BOUND_THROW:
    case BOUND_THROW_EXPRESSION:
        if (node->a)
            visit(flow, node->a);
        die(flow);
        break;
    case BOUND_BLOCK:
        visit_block(flow, node);
        break;
    case BOUND_WHILE:
        visit_while(flow, node);
        break;
    case BOUND_DO:
        visit_do(flow, node);
        break;
    case BOUND_FOR:
        visit_for(flow, node);
        break;
    case BOUND_SWITCH:
        visit_switch(flow, node);
        break;
    case BOUND_LABEL:
        land(flow, node->label);
        break;
    case BOUND_GOTO:
        if (node->flags & BOUND_CONSTANT_BRANCH)
            die(flow);
        else
            jump(flow, target_of(flow, node->label), node);
        break;
    case BOUND_RETURN:
        if (node->a)
            visit(flow, node->a);
        jump(flow, NULL, node);
        break;
    case BOUND_YIELD_BREAK:
        die(flow);
        break;
    case BOUND_TRY:
        visit_try(flow, node);
        break;
    case BOUND_NOP:
        visit_nop(flow, node);
        break;
    case BOUND_BAD: /* `a`: what a broken assignment would have assigned */
        if (node->a)
            assign(flow, node->a);
        break;
    default:
        visit_children(flow, node);
        break;
    }
}

/* --- before the walk: variables, jump targets, jumps backwards
 * -------------------------------------------------------------------------- */

static void scan_label(Flow *flow, Label *label)
{
    target_of(flow, label);
}

static void scan_children(Flow *flow, Bound *node)
{
    if (node->a)
        scan(flow, node->a);
    if (node->b)
        scan(flow, node->b);
    if (node->c)
        scan(flow, node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        scan(flow, node->items.at[i]);
}

static void scan(Flow *flow, Bound *node)
{
    if (!flow->inside)
        for (uint32_t i = 0; i < node->locals.count; i++)
            add_local(flow, node->locals.at[i]);
    switch (node->kind) {
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
        scan_label(flow, node->label);
        scan_label(flow, node->label2);
        break;
    case BOUND_SWITCH:
        scan_label(flow, node->label);
        break;
    case BOUND_LABEL:
        scan_label(flow, node->label);
        target_of(flow, node->label)->is_passed = true; /* in this scan: jumps that come later go backwards */
        break;
    case BOUND_GOTO:
        flow->repeats |= node->label && node->label->data && ((Target *)node->label->data)->is_passed;
        break;
    case BOUND_TRY: {
        const Bound *outer = flow->scan_try;
        if (node->b)
            flow->scan_try = node;
        scan(flow, node->a);
        for (uint32_t i = 0; i < node->items.count; i++)
            scan(flow, node->items.at[i]);
        flow->scan_try = outer;
        if (node->b)
            scan(flow, node->b);
        return;
    }
    default:
        break;
    }
    scan_children(flow, node);
}

/* --- a whole function -------------------------------------------------------------------------------------------- */

static void walk(Flow *flow)
{
    for (Target *target = flow->targets; target; target = target->next)
        target->is_passed = false;
    flow->changed = false;
    flow->dead_reported = false;
    flow->walk = ++flow->world->flow_walks;
    flow->now = state_of(flow, true);
    visit(flow, flow->function->body);
}

static bool wants_value(const Function *function)
{
    if (function->is_iterator || !function->return_type)
        return false;
    if (function->kind == FUNCTION_LOCAL && function->return_type->kind == TYPE_ERROR)
        return true; /* Roslyn says so before it complains about the type */
    if (function->is_async)
        return function->async_result && !type_is_void(function->async_result) &&
               function->async_result->kind != TYPE_ERROR;
    return !type_is_void(function->return_type) && function->return_type->kind != TYPE_ERROR;
}

static const char *local_function_text(Flow *flow)
{
    Function *function = flow->function;
    Text text;
    text_init(&text, flow->arena);
    text_adds(&text, function->name ? function->name->text : "?");
    text_addc(&text, '(');
    for (uint32_t i = 0; i < function->parameter_count; i++)
        text_format(&text, "%s%s", i ? ", " : "", type_text(flow->world, function->parameters[i]->type));
    text_addc(&text, ')');
    return text.at;
}

static const char *function_text(Flow *flow)
{
    Method *method = flow->function->method;
    if (flow->function->kind == FUNCTION_LOCAL || !method)
        return local_function_text(flow);
    if (method->property)
        return arena_format(flow->arena, "%s.%s.get", type_text(flow->world, method->owner->self),
                            method->property->parameter_count ? "this[]" : method->property->name->text);
    return method_text(flow->world, (MethodRef){method, method->owner->self, NULL});
}

/* The delegate type that a lambda most likely became: Func<int, Task<string>>. */
static const char *lambda_type_text(Flow *flow)
{
    Function *function = flow->function;
    Text text;
    text_init(&text, flow->arena);
    text_adds(&text, "Func<");
    for (uint32_t i = 0; i < function->parameter_count; i++)
        text_format(&text, "%s, ", type_text(flow->world, function->parameters[i]->type));
    text_format(&text, "%s>", type_text(flow->world, function->return_type));
    return text.at;
}

/* The `=>`, where Roslyn points: the last one before the body. */
static Span lambda_arrow(Flow *flow)
{
    Span span = flow->function->span;
    SourceFile *file = source_file_at(flow->world->sources, span.start);
    Position body = flow->function->body->span.start;
    for (Position at = body; file && at > span.start + 1 && at <= file->base + file->length; at--)
        if (memcmp(file->text + (at - 2 - file->base), "=>", 2) == 0)
            return (Span){at - 2, at};
    return span;
}

static void check_end(Flow *flow)
{
    Function *function = flow->function;
    if (!flow->now->alive)
        return;
    if (wants_value(function) && may_report(flow, function->span)) {
        DiagnosticList *list = flow->binder->diagnostics;
        Position key = list->key;
        if (function->kind !=
            FUNCTION_METHOD) { /* Roslyn's binder says that of nested functions, once it has bound them */
            list->is_flow = false;
            list->key = function->body->span.end - 1;
        }
        if (function->kind == FUNCTION_LAMBDA)
            ERROR_AT(flow->binder, lambda_arrow(flow), ERROR_LAMBDA_NOT_ALL_PATHS, "lambda expression",
                     lambda_type_text(flow));
        else
            ERROR_AT(flow->binder, function->span, ERROR_NOT_ALL_PATHS, function_text(flow));
        list->key = key;
        list->is_flow = true;
    }
    check_out_parameters(flow, function->kind == FUNCTION_LAMBDA ? function->body->span : function->span);
}

static bool is_flow_error(DiagnosticCode code)
{
    return code == ERROR_UNASSIGNED_LOCAL || code == ERROR_UNASSIGNED_FIELD || code == ERROR_UNASSIGNED_OUT ||
           code == ERROR_USE_OF_OUT || code == ERROR_NOT_ALL_PATHS || code == ERROR_LAMBDA_NOT_ALL_PATHS ||
           code == ERROR_SWITCH_FALL_OUT || code == ERROR_SWITCH_FALL_THROUGH;
}

static Position first_error_inside(const DiagnosticList *list, Span span)
{
    Position first = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const Diagnostic *item = &list->items[i];
        if (!is_flow_error(item->code) && diagnostic_severity(item->code) == SEVERITY_ERROR &&
            item->span.start >= span.start && item->span.start <= span.end && (!first || item->span.start < first))
            first = item->span.start;
    }
    return first;
}

void check_flow(Binder *binder, Function *function)
{
    if (!function->body || (binder->definition && binder->definition->is_library))
        return;
    bool was_flow = binder->diagnostics->is_flow;
    binder->diagnostics->is_flow = true;
    Flow flow = {.binder = binder, .world = binder->world, .arena = binder->arena, .function = function};
    Span span = function->body->span;
    if (function->method && function->method->is_entry_point && function->method->node)
        span.end = function->method->node->span.end; /* top-level statements: the block has the span of the first one */
    flow.trusted = first_error_inside(binder->diagnostics, span);
    for (uint32_t i = 0; i < function->parameter_count; i++)
        add_local(&flow, function->parameters[i]);
    scan(&flow, function->body);
    for (uint32_t i = 0; i < flow.slot_count; i++)
        flow.has_captured |= flow.slots[i].local->is_captured;
    flow.words = flow.slot_count / 64 + 1;
    flow.reported = ARENA_ARRAY(flow.arena, uint64_t, flow.words);
    if (flow.repeats) {
        flow.quiet = true;
        uint32_t pass = 0;
        do
            walk(&flow);
        while (flow.changed && ++pass < MOST_PASSES);
        flow.quiet = false;
    }
    walk(&flow);
    check_end(&flow);
    binder->diagnostics->is_flow = was_flow;
    forget_targets(&flow, NULL);
}
