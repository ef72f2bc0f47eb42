/* Which variables must outlive a suspension.
 *
 * A forward data flow over the structured tree: the state is the set of locals whose value does not come from before
 * the last suspension. A suspension empties the set, an assignment adds to it, and reading a local that is not in the
 * set means that the local needs a field. Parameters and `this` need one whenever they are mentioned, because MoveNext
 * has no others.
 *
 * Loops and jumps backwards are repeated until the states at labels no longer change; each repetition can only remove
 * locals from them. Variables come out in the order in which the last repetition finds them: the order of their fields.
 */
#include "lang/lower_internal.h"

#include <string.h>

typedef uint64_t Word;

/* State at a label: the intersection over all jumps to it. */
typedef struct LabelState {
    Label *label;
    struct LabelState *next;
    struct LabelState *start; /* at a loop's break label: the start of its body; at that: its condition */
    bool is_placed;           /* passed in this repetition */
    Word bits[];
} LabelState;

typedef struct Flow {
    Lowering *lowering;
    const Function *function;
    Hoisting *result;
    bool is_iterator; /* finally blocks become methods of their own */
    bool has_this;
    uint32_t local_count, word_count;
    Word *state;
    Word *stack; /* saved states: last in, first out */
    uint32_t stack_count, stack_capacity;
    LabelState *labels;
    bool changed; /* a jump backwards brought news */
    uint32_t suspend_count;
    bool disposes;          /* async iterator: after a yield it may have to leave, through the finally blocks */
    Label *disposal;        /* where to, in the innermost try */
    uint32_t finally_depth; /* > 0: inside the finally block of a try that suspends */
} Flow;

static void flow_node(Flow *flow, Bound *node);

/* --- states ------------------------------------------------------------------------------------------------------- */

static void push_state(Flow *flow)
{
    if (flow->stack_count == flow->stack_capacity) {
        uint32_t capacity = flow->stack_capacity * 2 + 16;
        Word *larger = ARENA_ARRAY(flow->lowering->arena, Word, (size_t)capacity * flow->word_count);
        if (flow->stack_count != 0)
            memcpy(larger, flow->stack, (size_t)flow->stack_count * flow->word_count * sizeof(Word));
        flow->stack = larger;
        flow->stack_capacity = capacity;
    }
    memcpy(flow->stack + (size_t)flow->stack_count++ * flow->word_count, flow->state, flow->word_count * sizeof(Word));
}

static Word *top_state(Flow *flow)
{
    return flow->stack + (size_t)(flow->stack_count - 1) * flow->word_count;
}

static void pop_state(Flow *flow)
{
    flow->stack_count--;
}

/* The state becomes the saved one, the saved one becomes the state. */
static void swap_state(Flow *flow)
{
    Word *top = top_state(flow);
    for (uint32_t i = 0; i < flow->word_count; i++) {
        Word word = top[i];
        top[i] = flow->state[i];
        flow->state[i] = word;
    }
}

static void meet(Flow *flow, const Word *other)
{
    for (uint32_t i = 0; i < flow->word_count; i++)
        flow->state[i] &= other[i];
}

static void meet_pop(Flow *flow)
{
    meet(flow, top_state(flow));
    pop_state(flow);
}

static void set_all(Flow *flow, Word word)
{
    for (uint32_t i = 0; i < flow->word_count; i++)
        flow->state[i] = word;
}

static void set_unreachable(Flow *flow)
{
    set_all(flow, ~(Word)0);
}

static LabelState *new_state(Flow *flow)
{
    LabelState *state = arena_allocate(flow->lowering->arena, sizeof(LabelState) + flow->word_count * sizeof(Word));
    memset(state->bits, 0xff, flow->word_count * sizeof(Word));
    state->next = flow->labels;
    flow->labels = state;
    return state;
}

static LabelState *label_state(Flow *flow, Label *label)
{
    if (!label->data) {
        LabelState *state = new_state(flow);
        state->label = label;
        label->data = state;
    }
    return label->data;
}

static void jump_to(Flow *flow, LabelState *state)
{
    bool news = false;
    for (uint32_t i = 0; i < flow->word_count; i++) {
        Word word = state->bits[i] & flow->state[i];
        news |= word != state->bits[i];
        state->bits[i] = word;
    }
    flow->changed |= news && state->is_placed;
}

static void jump(Flow *flow, Label *label)
{
    jump_to(flow, label_state(flow, label));
}

static void place_at(Flow *flow, LabelState *state)
{
    state->is_placed = true;
    meet(flow, state->bits);
}

static void place(Flow *flow, Label *label)
{
    place_at(flow, label_state(flow, label));
}

/* --- variables ---------------------------------------------------------------------------------------------------- */

static void hoist(Flow *flow, Local *local)
{
    LocalData *data = local_data(flow->lowering, local);
    if (data->is_hoisted)
        return;
    data->is_hoisted = true;
    ARENA_PUSH(flow->lowering->arena, flow->result->at, flow->result->count, flow->result->capacity, local);
}

static void hoist_this(Flow *flow)
{
    if (flow->has_this)
        return;
    flow->has_this = true;
    ARENA_PUSH(flow->lowering->arena, flow->result->at, flow->result->count, flow->result->capacity, NULL);
}

static bool has_bit(const Flow *flow, uint32_t index)
{
    index--;
    return flow->state[index / 64] >> index % 64 & 1;
}

static uint32_t bit_of(Flow *flow, Local *local)
{
    return local_data(flow->lowering, local)->flow_index;
}

static void set_bit(Flow *flow, uint32_t index)
{
    index--;
    flow->state[index / 64] |= (Word)1 << index % 64;
}

/* A struct local is also assigned when each of its fields is. */
static bool has_all_parts(Flow *flow, const Local *local)
{
    const LocalData *data = local->lowered;
    if (!data->slots || local->type->kind != TYPE_STRUCT)
        return false;
    const TypeDefinition *type = local->type->definition;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const FieldSlot *slot = data->slots;
        while (slot && slot->field != type->fields[i])
            slot = slot->next;
        if (!type->fields[i]->is_static && !(slot && has_bit(flow, slot->index)))
            return false;
    }
    return true;
}

static void read_local(Flow *flow, Local *local)
{
    uint32_t bit = bit_of(flow, local);
    if (local->kind == LOCAL_PARAMETER)
        hoist(flow, local);
    if (bit == 0)
        return;
    if (flow->finally_depth > 0 && !local_data(flow->lowering, local)->is_inner)
        hoist(flow, local);
    if (!has_bit(flow, bit) && !has_all_parts(flow, local))
        hoist(flow, local);
}

/* The slot of `local.field`, or NULL when the node is something else. */
static FieldSlot *part_of(Flow *flow, const Bound *node)
{
    if (node->kind != BOUND_FIELD || !node->a || node->a->kind != BOUND_LOCAL || flow->finally_depth > 0)
        return NULL;
    const LocalData *data = node->a->local->lowered;
    FieldSlot *slot = data ? data->slots : NULL;
    while (slot && slot->field != node->field.field)
        slot = slot->next;
    return slot;
}

static void write_local(Flow *flow, Local *local)
{
    uint32_t bit = bit_of(flow, local);
    if (local->kind == LOCAL_PARAMETER ||
        (flow->finally_depth > 0 && bit != 0 && !local_data(flow->lowering, local)->is_inner))
        hoist(flow, local);
    if (bit != 0)
        set_bit(flow, bit);
}

/* A local enters its scope: nothing of it is worth keeping yet. */
static void enter_local(Flow *flow, Local *local)
{
    uint32_t bit = bit_of(flow, local);
    if (bit == 0)
        return;
    if (flow->finally_depth > 0)
        local_data(flow->lowering, local)->is_inner = true;
    set_bit(flow, bit);
}

static void enter_locals(Flow *flow, const LocalList *locals)
{
    for (uint32_t i = 0; i < locals->count; i++)
        enter_local(flow, locals->at[i]);
}

static void suspend(Flow *flow)
{
    flow->suspend_count++;
    set_all(flow, 0);
}

/* --- expressions -------------------------------------------------------------------------------------------------- */

static void flow_child(void *context, Bound *child)
{
    flow_node(context, child);
}

/* The parts of a place that are evaluated before it is written. Writing a part of a struct local neither reads nor sets
 * it. */
static void flow_target(Flow *flow, Bound *node)
{
    if (node->kind == BOUND_LOCAL) {
        if (node->local->ref_kind != REF_NONE && node->local->kind != LOCAL_PARAMETER)
            read_local(flow, node->local);
        else if (node->local->kind == LOCAL_PARAMETER)
            hoist(flow, node->local);
        return;
    }
    if (node->kind == BOUND_FIELD && node->a && node->a->type->kind == TYPE_STRUCT && node->a->kind == BOUND_LOCAL &&
        node->a->local->ref_kind == REF_NONE) {
        flow_target(flow, node->a);
        return;
    }
    bound_for_each_child(node, flow_child, flow);
    if (node->kind == BOUND_THIS)
        hoist_this(flow);
}

static void finish_target(Flow *flow, Bound *node)
{
    if (node->kind == BOUND_LOCAL && (node->local->ref_kind == REF_NONE || node->local->kind == LOCAL_PARAMETER))
        write_local(flow, node->local);
    const FieldSlot *slot = part_of(flow, node);
    if (slot)
        set_bit(flow, slot->index);
}

static void flow_arguments(Flow *flow, Bound *node, const Parameter *parameters, uint32_t count)
{
    for (uint32_t i = 0; i < node->items.count; i++) {
        Bound *item = node->items.at[i];
        bool is_out = i < count && parameters[i].ref_kind == REF_OUT && item->kind == BOUND_ADDRESS;
        if (is_out)
            flow_target(flow, item->a);
        else
            flow_node(flow, item);
    }
    for (uint32_t i = 0; i < node->items.count && i < count; i++)
        if (parameters[i].ref_kind != REF_NONE && node->items.at[i]->kind == BOUND_ADDRESS)
            finish_target(flow, node->items.at[i]->a);
}

static void flow_call(Flow *flow, Bound *node)
{
    if (node->a)
        flow_node(flow, node->a);
    const Method *method = node->method.method;
    flow_arguments(flow, node, method ? method->parameters : NULL, method ? method->parameter_count : 0);
}

static bool is_constant(const Bound *node, bool value)
{
    return node && node->kind == BOUND_CONSTANT && node->constant.kind == CONSTANT_BOOL &&
           (node->constant.integer != 0) == value;
}

/* The two topmost saved states become one. */
static void meet_saved(Flow *flow)
{
    const Word *top = top_state(flow);
    Word *below = flow->stack + (size_t)(flow->stack_count - 2) * flow->word_count;
    for (uint32_t i = 0; i < flow->word_count; i++)
        below[i] &= top[i];
    pop_state(flow);
}

static void flow_condition(Flow *flow, Bound *node);

static void flow_either(Flow *flow, Bound *node)
{
    flow_condition(flow, node->a);
    swap_state(flow);
    flow_condition(flow, node->b);
    swap_state(flow);
    meet_saved(flow);
    swap_state(flow);
}

static void flow_constant(Flow *flow, bool value)
{
    push_state(flow);
    for (uint32_t i = 0; i < flow->word_count; i++)
        *(value ? top_state(flow) + i : flow->state + i) = ~(Word)0;
}

/* A condition has two states behind it: where it is true becomes the state, where it is false goes onto the stack.
 * What a pattern assigns on the way to "yes" is assigned there, as in Roslyn. */
static void flow_condition(Flow *flow, Bound *node)
{
    if (node->kind == BOUND_AND_ALSO) {
        flow_condition(flow, node->a);
        flow_condition(flow, node->b);
        meet_saved(flow);
    } else if (node->kind == BOUND_OR_ELSE) {
        flow_either(flow, node);
    } else if (node->kind == BOUND_UNARY && node->op == OP_NOT) {
        flow_condition(flow, node->a);
        swap_state(flow);
    } else if (node->kind == BOUND_SEQUENCE && node->a) {
        enter_locals(flow, &node->locals);
        for (uint32_t i = 0; i < node->items.count; i++)
            flow_node(flow, node->items.at[i]);
        flow_condition(flow, node->a);
    } else if (is_constant(node, true) || is_constant(node, false)) {
        flow_constant(flow, node->constant.integer != 0);
    } else {
        flow_node(flow, node);
        push_state(flow);
    }
}

static void flow_logical(Flow *flow, Bound *node)
{
    flow_condition(flow, node);
    meet_pop(flow);
}

static void flow_branches(Flow *flow, Bound *node)
{
    flow_condition(flow, node->a);
    flow_node(flow, node->b);
    swap_state(flow);
    if (node->c)
        flow_node(flow, node->c);
    meet_pop(flow);
}

static void flow_assign(Flow *flow, Bound *node)
{
    if (node->b->kind == BOUND_AWAIT) { /* the place is evaluated afterwards */
        flow_node(flow, node->b);
        flow_target(flow, node->a);
    } else {
        flow_target(flow, node->a);
        flow_node(flow, node->b);
    }
    finish_target(flow, node->a);
}

static void flow_assign_ref(Flow *flow, Bound *node)
{
    flow_node(flow, node->b);
    write_local(flow, node->a->local);
}

/* --- statements --------------------------------------------------------------------------------------------------- */

/* Places in a loop that have no label of their own hang at its break label. */
static LabelState *start_state(Flow *flow, Bound *node)
{
    if (!node->label)
        node->label = label_new(flow->lowering->world, NULL);
    LabelState *state = label_state(flow, node->label);
    if (!state->start)
        state->start = new_state(flow);
    return state->start;
}

static LabelState *test_state(Flow *flow, Bound *node)
{
    LabelState *state = start_state(flow, node);
    if (!state->start)
        state->start = new_state(flow);
    return state->start;
}

static void flow_test(Flow *flow, Bound *node)
{
    if (node->a)
        flow_condition(flow, node->a);
    else
        flow_constant(flow, true);
    jump_to(flow, start_state(flow, node));
    swap_state(flow);
    pop_state(flow);
    place(flow, node->label);
}

static void flow_loop(Flow *flow, Bound *node)
{
    enter_locals(flow, &node->locals);
    for (uint32_t i = 0; i < node->items.count; i++)
        flow_node(flow, node->items.at[i]);
    if (node->kind != BOUND_DO) {
        jump_to(flow, test_state(flow, node));
        set_unreachable(flow);
    }
    place_at(flow, start_state(flow, node));
    flow_node(flow, node->b);
    if (node->label2)
        place(flow, node->label2);
    if (node->c)
        flow_node(flow, node->c);
    if (node->kind != BOUND_DO)
        place_at(flow, test_state(flow, node));
    flow_test(flow, node);
}

static void flow_switch(Flow *flow, Bound *node)
{
    flow_node(flow, node->a);
    for (uint32_t i = 0; i < node->case_count; i++)
        jump(flow, node->cases[i].label);
    if (node->label2)
        jump(flow, node->label2);
    else if (node->label)
        jump(flow, node->label);
    set_unreachable(flow);
    flow_node(flow, node->b);
    if (node->label)
        place(flow, node->label);
}

/* The state in which a handler starts: anything may have happened, or not, since the try was entered. */
static void handler_state(Flow *flow, const Word *entry, bool suspended)
{
    for (uint32_t i = 0; i < flow->word_count; i++)
        flow->state[i] = suspended ? 0 : entry[i];
}

static void flow_catches(Flow *flow, Bound *node, bool suspended)
{
    push_state(flow); /* the end of the whole statement; the entry lies below it */
    for (uint32_t i = 0; i < node->items.count; i++) {
        handler_state(flow, top_state(flow) - flow->word_count, suspended);
        flow_node(flow, node->items.at[i]);
        swap_state(flow);
        meet(flow, top_state(flow));
        swap_state(flow);
    }
    swap_state(flow);
    pop_state(flow);
}

static void flow_finally(Flow *flow, Bound *node, bool suspended, bool becomes_method)
{
    push_state(flow);
    handler_state(flow, top_state(flow) - flow->word_count, suspended);
    uint32_t before = flow->suspend_count;
    flow->finally_depth += becomes_method;
    flow_node(flow, node->b);
    flow->finally_depth -= becomes_method;
    if (flow->suspend_count == before) {
        const Word *end = top_state(flow);
        for (uint32_t i = 0; i < flow->word_count; i++)
            flow->state[i] |= end[i];
    }
    pop_state(flow);
}

static void flow_disposal(Flow *flow, Bound *node)
{
    Label *outer = flow->disposal;
    if (!node->label2)
        node->label2 = label_new(flow->lowering->world, NULL);
    flow->disposal = node->label2;
    flow_node(flow, node->a);
    place(flow, node->label2);
    flow->disposal = outer;
}

static void flow_try(Flow *flow, Bound *node)
{
    uint32_t before = flow->suspend_count;
    push_state(flow);
    if (flow->disposes && (node->b || (node->flags & LOWER_EXTRACTED_FINALLY)))
        flow_disposal(flow, node);
    else
        flow_node(flow, node->a);
    flow_catches(flow, node, flow->suspend_count != before);
    bool suspended = flow->suspend_count != before;
    if (node->b)
        flow_finally(flow, node, suspended, suspended && flow->is_iterator);
    pop_state(flow);
}

static void flow_catch(Flow *flow, Bound *node)
{
    enter_locals(flow, &node->locals);
    if (node->catch_local) {
        enter_local(flow, node->catch_local);
        write_local(flow, node->catch_local);
    }
    if (node->c)
        flow_node(flow, node->c);
    flow_node(flow, node->a);
}

static void flow_node(Flow *flow, Bound *node)
{
    switch (node->kind) {
    case BOUND_LOCAL:
        read_local(flow, node->local);
        return;
    case BOUND_FIELD: {
        const FieldSlot *slot = part_of(flow, node);
        if (!slot || !has_bit(flow, slot->index))
            bound_for_each_child(node, flow_child, flow);
        return;
    }
    case BOUND_THIS:
        hoist_this(flow);
        return;
    case BOUND_CALL:
    case BOUND_NEW:
        flow_call(flow, node);
        return;
    case BOUND_ASSIGN:
        flow_assign(flow, node);
        return;
    case BOUND_ASSIGN_REF:
        flow_assign_ref(flow, node);
        return;
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
        flow_logical(flow, node);
        return;
    case BOUND_CONDITIONAL:
    case BOUND_IF:
        flow_branches(flow, node);
        return;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
        flow_loop(flow, node);
        return;
    case BOUND_SWITCH:
        flow_switch(flow, node);
        return;
    case BOUND_TRY:
        flow_try(flow, node);
        return;
    case BOUND_CATCH:
        flow_catch(flow, node);
        return;
    case BOUND_LABEL:
        place(flow, node->label);
        return;
    case BOUND_GOTO:
        jump(flow, node->label);
        set_unreachable(flow);
        return;
    case BOUND_YIELD_BREAK:
        if (flow->disposal)
            jump(flow, flow->disposal);
        set_unreachable(flow);
        return;
    case BOUND_RETURN:
    case BOUND_THROW:
        bound_for_each_child(node, flow_child, flow);
        set_unreachable(flow);
        return;
    case BOUND_AWAIT:
        bound_for_each_child(node, flow_child, flow);
        suspend(flow);
        return;
    case BOUND_YIELD_RETURN:
        bound_for_each_child(node, flow_child, flow);
        suspend(flow);
        if (flow->disposal)
            jump(flow, flow->disposal);
        return;
    case BOUND_THROW_EXPRESSION:
        bound_for_each_child(node, flow_child, flow);
        set_unreachable(flow);
        return;
    default:
        enter_locals(flow, &node->locals);
        bound_for_each_child(node, flow_child, flow);
        return;
    }
}

/* --- the whole function ------------------------------------------------------------------------------------------- */

static void number_local(Flow *flow, Local *local)
{
    LocalData *data = local_data(flow->lowering, local);
    if (local->kind != LOCAL_PARAMETER && !local->is_const && data->flow_index == 0)
        data->flow_index = ++flow->local_count;
}

/* Fields of struct locals are followed one by one, too. */
static void number_part(Flow *flow, const Bound *node)
{
    Local *local = node->a->local;
    LocalData *data = local_data(flow->lowering, local);
    if (local->kind == LOCAL_PARAMETER || local->ref_kind != REF_NONE || local->type->kind != TYPE_STRUCT)
        return;
    for (const FieldSlot *slot = data->slots; slot; slot = slot->next)
        if (slot->field == node->field.field)
            return;
    FieldSlot *slot = ARENA_NEW(flow->lowering->arena, FieldSlot);
    *slot = (FieldSlot){node->field.field, ++flow->local_count, data->slots};
    data->slots = slot;
}

static void number_locals(void *context, Bound *node)
{
    Flow *flow = context;
    if (node->kind == BOUND_FIELD && node->a && node->a->kind == BOUND_LOCAL)
        number_part(flow, node);
    for (uint32_t i = 0; i < node->locals.count; i++)
        number_local(flow, node->locals.at[i]);
    if (node->kind == BOUND_CATCH && node->catch_local)
        number_local(flow, node->catch_local);
    bound_for_each_child(node, number_locals, context);
}

static void forget_results(Flow *flow)
{
    for (uint32_t i = 0; i < flow->result->count; i++)
        if (flow->result->at[i])
            local_data(flow->lowering, flow->result->at[i])->is_hoisted = false;
    flow->result->count = 0;
    flow->has_this = false;
}

static bool is_struct_method(const Function *function)
{
    const Method *method = function->kind == FUNCTION_METHOD ? function->method : NULL;
    return method && !method->is_static && method->owner->kind == TYPE_STRUCT;
}

void find_hoisted(Lowering *lowering, Function *function, bool is_iterator, Hoisting *result)
{
    Flow flow = {.lowering = lowering,
                 .function = function,
                 .result = result,
                 .is_iterator = is_iterator,
                 .disposes = function->is_async && function->is_iterator};
    number_locals(&flow, function->body);
    flow.word_count = flow.local_count / 64 + 1;
    flow.state = ARENA_ARRAY(lowering->arena, Word, flow.word_count);
    do {
        flow.changed = false;
        flow.suspend_count = 0;
        forget_results(&flow);
        for (LabelState *state = flow.labels; state; state = state->next)
            state->is_placed = false;
        set_all(&flow, 0);
        flow_node(&flow, function->body);
    } while (flow.changed);
    if (is_struct_method(function)) /* Roslyn keeps it whether it is used or not */
        hoist_this(&flow);
    for (LabelState *state = flow.labels; state; state = state->next)
        if (state->label)
            state->label->data = NULL;
}
