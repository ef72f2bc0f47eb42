/* Spilling: afterwards an await stands alone (`await x;`) or is assigned to a local (`t = await x;`), never inside an
 * expression.
 *
 * What was evaluated before the await and is used after it goes to temporaries ("spills"), which may become fields of
 * the state machine. Which operands need one follows Roslyn: all but constants, temporaries of this pass, `this`, and
 * read-only static fields; places (left sides, `ref` arguments, receivers that are structs) are taken apart into the
 * values they hang on. */
#include "lang/lower_internal.h"

/* What has to happen before the rest of an expression can be evaluated. */
typedef struct Spill {
    BoundList statements;
    LocalList locals;
} Spill;

typedef struct Spiller {
    Lowering *lowering;
    Function *function;
    Span span; /* of the statement */
} Spiller;

static Bound *spill_expression(Spiller *spiller, Bound *node, Spill **spill);
static Bound *spill_statement(Spiller *spiller, Bound *node);

/* --- building ----------------------------------------------------------------------------------------------------- */

static Spill *need(Spiller *spiller, Spill **spill)
{
    if (!*spill)
        *spill = ARENA_NEW(spiller->lowering->arena, Spill);
    return *spill;
}

static void add_statement(Spiller *spiller, Spill *spill, Bound *statement)
{
    statement->span = spiller->span;
    lower_add(spiller->lowering, &spill->statements, statement);
}

static void include(Spiller *spiller, Spill *into, const Spill *other)
{
    if (!other)
        return;
    for (uint32_t i = 0; i < other->locals.count; i++)
        lower_add_local(spiller->lowering, &into->locals, other->locals.at[i]);
    for (uint32_t i = 0; i < other->statements.count; i++)
        lower_add(spiller->lowering, &into->statements, other->statements.at[i]);
}

static Local *spill_temp(Spiller *spiller, Spill *spill, Type *type)
{
    Local *local = lower_temp(spiller->lowering, spiller->function, type, NULL, spiller->span);
    local_data(spiller->lowering, local)->is_spill = true;
    lower_add_local(spiller->lowering, &spill->locals, local);
    return local;
}

static Bound *read_temp(Spiller *spiller, Local *local)
{
    return bound_local(spiller->lowering->world, local, spiller->span);
}

static void set_temp(Spiller *spiller, Spill *spill, Local *local, Bound *value)
{
    add_statement(spiller, spill, lower_set(spiller->lowering, read_temp(spiller, local), value));
}

/* The statement preceded by what was spilled. */
static Bound *finish(Spiller *spiller, Spill *spill, Bound *statement)
{
    if (!spill)
        return statement;
    Bound *block = lower_block(spiller->lowering, statement ? statement->span : spiller->span);
    block->locals = spill->locals;
    block->items = spill->statements;
    if (block->items.count != 0)
        block->items.at[0]->flags &= ~(uint32_t)BOUND_COMPILER_MADE; /* the debugger stops once, at the first part */
    if (statement) {
        if (block->items.count != 0)
            statement->flags |= BOUND_COMPILER_MADE;
        lower_add(spiller->lowering, &block->items, statement);
    }
    return block;
}

/* --- values and places that wait for an await --------------------------------------------------------------------- */

static bool has_no_effect(const Bound *node)
{
    switch (node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
        return true;
    case BOUND_CONVERT:
        return (node->conversion == CONVERSION_IDENTITY || node->conversion == CONVERSION_REFERENCE ||
                node->conversion == CONVERSION_NULL) &&
               has_no_effect(node->a);
    default:
        return false;
    }
}

static void spill_effect(Spiller *spiller, Spill *spill, Bound *value)
{
    if (value && !has_no_effect(value))
        add_statement(spiller, spill, lower_expression_statement(spiller->lowering, value));
}

static bool is_small_decimal(const Decimal *value)
{
    bool has_sign = value->flags < 0, has_scale = (value->flags & 0x7fffffff) != 0;
    return value->hi == 0 && !has_scale && (value->lo == 1 || (value->lo == 0 && !has_sign));
}

static bool keeps_its_value(Spiller *spiller, const Bound *node)
{
    switch (node->kind) {
    case BOUND_CONSTANT: /* of decimals only 0, 1 and -1 are constants for the runtime */
        return node->constant.kind != CONSTANT_DECIMAL || is_small_decimal(&node->constant.decimal);
    case BOUND_DEFAULT: /* null and zero are constants, default structs are not */
        return type_is_void(node->type) || type_is_reference(node->type) || node->type->kind == TYPE_ENUM ||
               (node->type->special != SPECIAL_NONE && node->type->special <= SPECIAL_LAST_PRIMITIVE);
    case BOUND_LOCAL:
        return local_data(spiller->lowering, node->local)->is_spill;
    case BOUND_THIS:
        return type_is_reference(node->type);
    case BOUND_FIELD:
        return !node->a && node->field.field->is_readonly;
    case BOUND_CONVERT:
        return node->conversion == CONVERSION_NULL ||
               (node->conversion == CONVERSION_IDENTITY && keeps_its_value(spiller, node->a));
    default:
        return false;
    }
}

static Bound *keep_value(Spiller *spiller, Spill *spill, Bound *node)
{
    if (keeps_its_value(spiller, node))
        return node;
    if (type_is_void(node->type)) {
        spill_effect(spiller, spill, node);
        return lower_default(spiller->lowering, node->type, node->span);
    }
    Local *local = spill_temp(spiller, spill, node->type);
    set_temp(spiller, spill, local, node);
    return read_temp(spiller, local);
}

static Bound *copy_node(Spiller *spiller, const Bound *node)
{
    return arena_copy(spiller->lowering->arena, node, sizeof *node);
}

static bool is_hidden(Spiller *spiller, const Bound *node)
{
    return node->kind == BOUND_LOCAL && node->local->kind == LOCAL_TEMP &&
           !local_data(spiller->lowering, node->local)->is_spill;
}

/* A part of a place. The binder's temporaries stand for a compound assignment, where Roslyn has a reference, whose
 * parts become fields when it is set, and not before. */
static Bound *keep_part(Spiller *spiller, Spill *spill, Bound *node)
{
    Bound *kept = keep_value(spiller, spill, node);
    if (is_hidden(spiller, node))
        local_data(spiller->lowering, kept->local)->is_late = true;
    return kept;
}

/* A place that stays the same place. Its awaits are gone already. */
static Bound *keep_place(Spiller *spiller, Spill *spill, Bound *node)
{
    Bound *copy = copy_node(spiller, node);
    switch (node->kind) {
    case BOUND_LOCAL:
    case BOUND_THIS:
        return node;
    case BOUND_FIELD:
        if (!node->a)
            return node;
        copy->a = type_is_reference(node->a->type) || !lower_is_lvalue(node->a) ? keep_value(spiller, spill, node->a)
                                                                                : keep_place(spiller, spill, node->a);
        return copy;
    case BOUND_ELEMENT:
        copy->a = keep_part(spiller, spill, node->a);
        copy->b = keep_part(spiller, spill, node->b);
        return copy;
    case BOUND_CALL: /* an element of an array of several dimensions: asked for again */
        if (node->a || node->method.method->return_ref == REF_NONE)
            return keep_value(spiller, spill, node);
        copy->items.at = ARENA_ARRAY(spiller->lowering->arena, Bound *, node->items.count + 1);
        for (uint32_t i = 0; i < node->items.count; i++)
            copy->items.at[i] = keep_part(spiller, spill, node->items.at[i]);
        return copy;
    default:
        return keep_value(spiller, spill, node);
    }
}

static Bound *keep_operand(Spiller *spiller, Spill *spill, Bound *node)
{
    if (node->kind == BOUND_ADDRESS) {
        Bound *copy = copy_node(spiller, node);
        copy->a = keep_place(spiller, spill, node->a);
        return copy;
    }
    return keep_value(spiller, spill, node);
}

/* Receivers of structs (and of type parameters, which may be structs) are places. */
static Bound *keep_receiver(Spiller *spiller, Spill *spill, Bound *node)
{
    if (!type_is_reference(node->type) && lower_is_lvalue(node))
        return keep_place(spiller, spill, node);
    return keep_value(spiller, spill, node);
}

/* --- expressions -------------------------------------------------------------------------------------------------- */

/* Operands in order of evaluation, rewritten in place. Everything left of the last await is kept. */
static bool spill_operands(Spiller *spiller, Bound **nodes, uint32_t count, bool has_receiver, Spill **spill)
{
    if (count == 0)
        return false;
    Spill **parts = ARENA_ARRAY(spiller->lowering->arena, Spill *, count);
    bool changed = false;
    uint32_t last = 0;
    bool awaits = false;
    for (uint32_t i = 0; i < count; i++) {
        Bound *node = spill_expression(spiller, nodes[i], &parts[i]);
        changed |= node != nodes[i];
        nodes[i] = node;
        if (parts[i])
            last = i, awaits = true;
    }
    if (!awaits)
        return changed;
    Spill *all = need(spiller, spill);
    for (uint32_t i = 0; i <= last; i++) {
        include(spiller, all, parts[i]);
        if (i < last)
            nodes[i] =
                i == 0 && has_receiver ? keep_receiver(spiller, all, nodes[i]) : keep_operand(spiller, all, nodes[i]);
    }
    return true;
}

/* a, then the items. */
static Bound *spill_call(Spiller *spiller, Bound *node, Spill **spill)
{
    uint32_t first = node->a ? 1 : 0, count = first + node->items.count;
    Bound **operands = ARENA_ARRAY(spiller->lowering->arena, Bound *, count + 1);
    if (node->a)
        operands[0] = node->a;
    for (uint32_t i = 0; i < node->items.count; i++)
        operands[first + i] = node->items.at[i];
    if (!spill_operands(spiller, operands, count, first != 0, spill))
        return node;
    Bound *copy = copy_node(spiller, node);
    if (node->a)
        copy->a = operands[0];
    copy->items.at = operands + first;
    copy->items.capacity = copy->items.count;
    return copy;
}

static Bound *spill_pair(Spiller *spiller, Bound *node, Spill **spill)
{
    Bound *operands[2] = {node->a, node->b};
    if (!spill_operands(spiller, operands, 2, false, spill))
        return node;
    Bound *copy = copy_node(spiller, node);
    copy->a = operands[0];
    copy->b = operands[1];
    return copy;
}

static Bound *spill_single(Spiller *spiller, Bound *node, Spill **spill)
{
    if (!node->a)
        return node;
    Bound *operand = spill_expression(spiller, node->a, spill);
    if (operand == node->a)
        return node;
    Bound *copy = copy_node(spiller, node);
    copy->a = operand;
    return copy;
}

static Bound *spill_await(Spiller *spiller, Bound *node, Spill **spill)
{
    Spill *operand = NULL, *all = need(spiller, spill); /* what the operand needs lives no longer than this await */
    Bound *await = copy_node(spiller, node);
    await->a = spill_expression(spiller, node->a, &operand);
    if (type_is_void(node->type)) {
        add_statement(spiller, all, finish(spiller, operand, lower_expression_statement(spiller->lowering, await)));
        return lower_default(spiller->lowering, node->type, node->span);
    }
    Local *result = spill_temp(spiller, all, node->type);
    Bound *set = lower_set(spiller->lowering, read_temp(spiller, result), await);
    add_statement(spiller, all, finish(spiller, operand, set));
    return read_temp(spiller, result);
}

/* `a && await b`, `a || await b` */
/* Of a choice that the compiler can make itself only one part is left, as Roslyn does it before it looks for awaits. */
static Bound *live_part(Bound *node)
{
    const Bound *condition = node->a;
    if (condition->kind != BOUND_CONSTANT || condition->constant.kind != CONSTANT_BOOL)
        return NULL;
    bool holds = condition->constant.integer != 0;
    if (node->kind == BOUND_CONDITIONAL)
        return holds ? node->b : node->c;
    return holds == (node->kind == BOUND_AND_ALSO) ? node->b : node->a;
}

static Bound *spill_logical(Spiller *spiller, Bound *node, Spill **spill)
{
    Bound *live = live_part(node);
    if (live)
        return spill_expression(spiller, live, spill);
    Spill *left = NULL, *right = NULL;
    Bound *a = spill_expression(spiller, node->a, &left);
    Bound *b = spill_expression(spiller, node->b, &right);
    if (left)
        include(spiller, need(spiller, spill), left);
    if (!right) {
        if (a == node->a && b == node->b)
            return node;
        Bound *copy = copy_node(spiller, node);
        copy->a = a;
        copy->b = b;
        return copy;
    }
    Spill *all = need(spiller, spill);
    Local *result = spill_temp(spiller, all, node->type);
    set_temp(spiller, all, result, a);
    Bound *condition = read_temp(spiller, result);
    if (node->kind == BOUND_OR_ELSE)
        condition = lower_not(spiller->lowering, condition);
    Bound *set = lower_set(spiller->lowering, read_temp(spiller, result), b);
    add_statement(spiller, all, lower_if(spiller->lowering, condition, finish(spiller, right, set), NULL));
    return read_temp(spiller, result);
}

static Bound *branch(Spiller *spiller, Spill *spill, Bound *value, Local *result)
{
    Bound *statement = result                 ? lower_set(spiller->lowering, read_temp(spiller, result), value)
                       : has_no_effect(value) ? NULL
                                              : lower_expression_statement(spiller->lowering, value);
    if (!statement && !spill)
        return lower_block(spiller->lowering, spiller->span);
    return finish(spiller, spill, statement);
}

static Bound *spill_conditional(Spiller *spiller, Bound *node, Spill **spill)
{
    Bound *live = live_part(node);
    if (live)
        return spill_expression(spiller, live, spill);
    Spill *condition_spill = NULL, *then_spill = NULL, *else_spill = NULL;
    Bound *condition = spill_expression(spiller, node->a, &condition_spill);
    Bound *then = spill_expression(spiller, node->b, &then_spill);
    Bound *otherwise = spill_expression(spiller, node->c, &else_spill);
    if (condition_spill)
        include(spiller, need(spiller, spill), condition_spill);
    if (!then_spill && !else_spill) {
        if (condition == node->a && then == node->b && otherwise == node->c)
            return node;
        Bound *copy = copy_node(spiller, node);
        copy->a = condition;
        copy->b = then;
        copy->c = otherwise;
        return copy;
    }
    Spill *all = need(spiller, spill);
    Local *result = type_is_void(node->type) ? NULL : spill_temp(spiller, all, node->type);
    add_statement(spiller, all,
                  lower_if(spiller->lowering, condition, branch(spiller, then_spill, then, result),
                           branch(spiller, else_spill, otherwise, result)));
    return result ? read_temp(spiller, result) : lower_default(spiller->lowering, node->type, node->span);
}

/* The effects of a sequence, up to and including the last one that awaits, become statements. */
static uint32_t spill_effects(Spiller *spiller, Bound *node, Bound **effects, bool all_of_them, Spill **spill)
{
    uint32_t count = node->items.count, end = 0;
    Spill **parts = ARENA_ARRAY(spiller->lowering->arena, Spill *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        effects[i] = spill_expression(spiller, node->items.at[i], &parts[i]);
        if (parts[i] || all_of_them)
            end = i + 1;
    }
    if (end == 0 && !all_of_them)
        return 0;
    Spill *all = need(spiller, spill);
    for (uint32_t i = 0; i < end; i++) {
        include(spiller, all, parts[i]);
        if (i + 1 < end || all_of_them || has_no_effect(effects[i]))
            spill_effect(spiller, all, effects[i]);
        else
            add_statement(spiller, all, lower_expression_statement(spiller->lowering, effects[i]));
    }
    return end;
}

static Bound *spill_sequence(Spiller *spiller, Bound *node, Spill **spill)
{
    Spill *value_spill = NULL, *effects_spill = NULL;
    Bound *value = node->a ? spill_expression(spiller, node->a, &value_spill) : NULL;
    uint32_t count = node->items.count;
    Bound **effects = ARENA_ARRAY(spiller->lowering->arena, Bound *, count + 1);
    uint32_t done = spill_effects(spiller, node, effects, value_spill != NULL, &effects_spill);
    if (!effects_spill && !value_spill) {
        Bound *copy = copy_node(spiller, node);
        copy->items.at = effects;
        copy->items.capacity = count;
        copy->a = value;
        return copy;
    }
    Spill *all = need(spiller, spill);
    for (uint32_t i = 0; i < node->locals.count; i++)
        lower_add_local(spiller->lowering, &all->locals, node->locals.at[i]);
    include(spiller, all, effects_spill);
    for (uint32_t i = done; i < count; i++)
        spill_effect(spiller, all, effects[i]);
    include(spiller, all, value_spill);
    return value ? value : lower_default(spiller->lowering, node->type, node->span);
}

/* --- assignments -------------------------------------------------------------------------------------------------- */

static void touch(Spiller *spiller, Spill *spill, Bound *place)
{
    add_statement(spiller, spill, lower_expression_statement(spiller->lowering, place));
}

/* The receiver of a field that is assigned after an await. A field of a field of a null reference fails before the
 * await, a field of a null reference itself only at the assignment. */
static Bound *keep_field(Spiller *spiller, Spill *spill, Bound *node, bool is_target)
{
    if (!node->a)
        return node;
    Bound *copy = copy_node(spiller, node);
    if (type_is_reference(node->a->type)) {
        Bound *receiver = spill_expression(spiller, node->a, &spill);
        copy->a = is_target ? keep_value(spiller, spill, receiver) : keep_part(spiller, spill, receiver);
        if (!is_target)
            touch(spiller, spill, copy);
    } else if (node->a->kind == BOUND_ELEMENT) {
        copy->a = keep_place(spiller, spill, spill_expression(spiller, node->a, &spill));
        touch(spiller, spill, copy->a);
    } else if (node->a->kind == BOUND_FIELD) {
        copy->a = keep_field(spiller, spill, node->a, false);
    } else {
        copy->a = keep_place(spiller, spill, spill_expression(spiller, node->a, &spill));
    }
    return copy;
}

static Bound *keep_target(Spiller *spiller, Spill *spill, Bound *node)
{
    switch (node->kind) {
    case BOUND_LOCAL:
        return node;
    case BOUND_FIELD:
        return keep_field(spiller, spill, node, true);
    default:
        return keep_place(spiller, spill, spill_expression(spiller, node, &spill));
    }
}

static Bound *spill_assign(Spiller *spiller, Bound *node, Spill **spill)
{
    Spill *right = NULL;
    Bound *copy = copy_node(spiller, node);
    copy->b = spill_expression(spiller, node->b, &right);
    if (!right) {
        copy->a = spill_expression(spiller, node->a, spill);
        return copy->a == node->a && copy->b == node->b ? node : copy;
    }
    Spill *all = need(spiller, spill);
    copy->a = keep_target(spiller, all, node->a);
    include(spiller, all, right);
    return copy;
}

static Bound *spill_expression(Spiller *spiller, Bound *node, Spill **spill)
{
    switch (node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_LAMBDA:
    case BOUND_TYPEOF:
    case BOUND_SIZEOF:
        return node;
    case BOUND_AWAIT:
        return spill_await(spiller, node, spill);
    case BOUND_CALL:
    case BOUND_CALL_LOCAL:
    case BOUND_NEW:
    case BOUND_NEW_ARRAY:
    case BOUND_NEW_DELEGATE:
        return spill_call(spiller, node, spill);
    case BOUND_ELEMENT:
    case BOUND_BINARY:
        return spill_pair(spiller, node, spill);
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
        return spill_logical(spiller, node, spill);
    case BOUND_CONDITIONAL:
        return spill_conditional(spiller, node, spill);
    case BOUND_SEQUENCE:
        return spill_sequence(spiller, node, spill);
    case BOUND_ASSIGN:
    case BOUND_ASSIGN_REF:
        return spill_assign(spiller, node, spill);
    default:
        return spill_single(spiller, node, spill);
    }
}

/* --- statements --------------------------------------------------------------------------------------------------- */

/* `x = await y` for a local that stays one needs no temporary. */
static bool takes_result(const Bound *node)
{
    return node->kind == BOUND_ASSIGN && node->b->kind == BOUND_AWAIT && node->a->kind == BOUND_LOCAL &&
           !node->a->local->is_captured && node->a->local->ref_kind == REF_NONE;
}

static Bound *spill_expression_statement(Spiller *spiller, Bound *node)
{
    Spill *spill = NULL;
    Bound *value = node->a;
    if (value->kind == BOUND_AWAIT) {
        node->a = spill_single(spiller, value, &spill);
        return finish(spiller, spill, node);
    }
    if (takes_result(value)) {
        node->a = copy_node(spiller, value);
        node->a->b = spill_single(spiller, value->b, &spill);
        return finish(spiller, spill, node);
    }
    node->a = spill_expression(spiller, value, &spill);
    return finish(spiller, spill, spill && has_no_effect(node->a) ? NULL : node);
}

/* The value a statement starts with (if, switch, return, throw). Temporaries live no longer than its evaluation. */
static Bound *spill_head(Spiller *spiller, Bound *node, bool is_scope)
{
    if (!node->a)
        return node;
    Spill *spill = NULL;
    Bound *value = spill_expression(spiller, node->a, &spill);
    if (!spill) {
        node->a = value;
        return node;
    }
    if (!is_scope || spill->statements.count == 1) {
        node->a = value;
        Bound *single = finish(spiller, spill, node);
        single->flags |= LOWER_NO_SCOPE;
        return single;
    }
    Lowering *lowering = spiller->lowering;
    Spill *outer = ARENA_NEW(lowering->arena, Spill);
    Bound *block;
    Local *head = spill_temp(spiller, outer, value->type);
    add_statement(spiller, outer, finish(spiller, spill, lower_set(lowering, read_temp(spiller, head), value)));
    node->a = read_temp(spiller, head);
    block = finish(spiller, outer, node);
    block->flags |= LOWER_NO_SCOPE;
    return block;
}

/* `if (condition) goto target;` for a condition that may await */
static Bound *jump_if(Spiller *spiller, Bound *condition, Label *target)
{
    Lowering *lowering = spiller->lowering;
    Spill *spill = NULL;
    if (!condition)
        return lower_goto(lowering, target, spiller->span);
    Bound *value = spill_expression(spiller, condition, &spill);
    return finish(spiller, spill, lower_if(lowering, value, lower_goto(lowering, target, spiller->span), NULL));
}

static bool condition_awaits(Spiller *spiller, Bound *condition)
{
    Spill *spill = NULL;
    if (condition)
        spill_expression(spiller, condition, &spill); /* thrown away: conditions are short, loops are few */
    return spill != NULL;
}

static void add_point(Lowering *lowering, BoundList *list, Span span)
{
    if (span.start)
        lower_add(lowering, list, lower_statement(lowering, BOUND_POINT, span));
}

/* A loop whose condition (or step) awaits, laid out with jumps: the body first, then step and condition. */
static Bound *loop_with_jumps(Spiller *spiller, Bound *node, Bound *step)
{
    Lowering *lowering = spiller->lowering;
    Label *start = label_new(lowering->world, NULL), *test = label_new(lowering->world, NULL);
    Bound *block = lower_block(lowering, node->span);
    block->flags = node->flags & LOWER_NO_LOOP ? 0 : LOWER_LOOP;
    bool has_step = node->kind == BOUND_FOR;
    if (node->kind != BOUND_DO)
        lower_add(lowering, &block->items, lower_goto(lowering, has_step ? test : node->label2, node->span));
    lower_add(lowering, &block->items, lower_label(lowering, start, node->span));
    lower_add(lowering, &block->items, spill_statement(spiller, node->b));
    spiller->span = node->a ? node->a->span : node->span;
    lower_add(lowering, &block->items, lower_label(lowering, node->label2, node->span));
    if (step) {
        add_point(lowering, &block->items, step_point(node));
        Bound *statement = lower_statement(lowering, BOUND_EXPRESSION_STATEMENT, step->span);
        statement->flags = 0;
        statement->a = step;
        lower_add(lowering, &block->items, spill_statement(spiller, statement));
    }
    if (has_step)
        lower_add(lowering, &block->items, lower_label(lowering, test, node->span));
    add_point(lowering, &block->items, condition_point(lowering->world, node));
    lower_add(lowering, &block->items, jump_if(spiller, node->a, start));
    lower_add(lowering, &block->items, lower_label(lowering, node->label, node->span));
    return block;
}

static Bound *spill_while(Spiller *spiller, Bound *node)
{
    if (condition_awaits(spiller, node->a))
        return loop_with_jumps(spiller, node, NULL);
    spiller->span = node->span;
    node->b = spill_statement(spiller, node->b);
    return node;
}

static bool is_statement(const Bound *node)
{
    return node->kind >= BOUND_BLOCK;
}

static Bound *as_statement(Spiller *spiller, Bound *node)
{
    if (is_statement(node))
        return node;
    Bound *statement = lower_expression_statement(spiller->lowering, node);
    statement->flags = 0;
    return statement;
}

static Bound *spill_for(Spiller *spiller, Bound *node)
{
    bool initialisers = false;
    for (uint32_t i = 0; i < node->items.count; i++) {
        Bound *item = node->items.at[i];
        initialisers |= condition_awaits(spiller, is_statement(item) ? item->a : item);
    }
    bool jumps = condition_awaits(spiller, node->a) || condition_awaits(spiller, node->c);
    if (!initialisers && !jumps) {
        node->b = spill_statement(spiller, node->b);
        return node;
    }
    Bound *block = lower_block(spiller->lowering, node->span);
    block->flags = LOWER_LOOP;
    block->locals = node->locals;
    for (uint32_t i = 0; i < node->items.count; i++)
        lower_add(spiller->lowering, &block->items, spill_statement(spiller, as_statement(spiller, node->items.at[i])));
    Bound *loop = copy_node(spiller, node);
    loop->locals = (LocalList){0};
    loop->items = (BoundList){0};
    loop->flags |= LOWER_NO_LOOP;
    if (!jumps)
        loop->b = spill_statement(spiller, loop->b);
    lower_add(spiller->lowering, &block->items, jumps ? loop_with_jumps(spiller, loop, node->c) : loop);
    return block;
}

static void spill_list(Spiller *spiller, BoundList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        list->at[i] = spill_statement(spiller, list->at[i]);
}

static Bound *spill_part(Spiller *spiller, Bound *node)
{
    return node ? spill_statement(spiller, node) : NULL;
}

static Bound *spill_statement(Spiller *spiller, Bound *node)
{
    spiller->span = node->span;
    switch (node->kind) {
    case BOUND_BLOCK:
        spill_list(spiller, &node->items);
        return node;
    case BOUND_EXPRESSION_STATEMENT:
        return spill_expression_statement(spiller, node);
    case BOUND_IF: {
        Bound *result = spill_head(spiller, node, true);
        node->b = spill_part(spiller, node->b);
        node->c = spill_part(spiller, node->c);
        return result;
    }
    case BOUND_WHILE:
    case BOUND_DO:
        return spill_while(spiller, node);
    case BOUND_FOR:
        return spill_for(spiller, node);
    case BOUND_SWITCH: {
        Bound *result = spill_head(spiller, node, true);
        node->b = spill_part(spiller, node->b);
        return result;
    }
    case BOUND_RETURN:
    case BOUND_THROW:
    case BOUND_YIELD_RETURN:
        return spill_head(spiller, node, false);
    case BOUND_TRY:
        node->a = spill_part(spiller, node->a);
        spill_list(spiller, &node->items);
        node->b = spill_part(spiller, node->b);
        return node;
    case BOUND_CATCH:
        node->a = spill_part(spiller, node->a);
        return node;
    default:
        return node;
    }
}

void spill_function(Lowering *lowering, Function *function)
{
    Spiller spiller = {lowering, function, function->span};
    function->body = spill_statement(&spiller, function->body);
}
