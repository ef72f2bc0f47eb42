/* Handlers that await. A state machine cannot be resumed inside a catch or finally block, so such blocks move behind
 * their try:
 *
 *   try { A } finally { await B; }     object pending = null; int branch = 0;
 *                                      try { A } catch (object e) { pending = e; }
 *                                      finally_label: await B;
 *                                      if (pending != null) ExceptionDispatchInfo.Capture((Exception)pending).Throw();
 *                                      (jump on to where A was going: `branch` says where)
 *
 *   try { A } catch (E e) { await B; } int handler = 0;
 *                                      try { A } catch (E e) { pending = e; handler = 1; }
 *                                      switch (handler) { case 1: await B; }
 *
 * Works in place, after spilling: an await is a whole statement. */
#include "lang/lower_internal.h"

/* A try whose finally block was moved: jumps out of it go through that block. */
typedef struct MovedFinally {
    struct MovedFinally *outer;
    uint32_t first, last; /* numbers of the labels inside */
    Local *branch, *value;
    Label *entry;    /* of the moved block */
    Bound *block;    /* that declares the locals */
    Label **targets; /* NULL: a return */
    uint32_t count, capacity;
} MovedFinally;

typedef struct Handlers {
    Lowering *lowering;
    Function *function;
    MovedFinally *finally;
    Local *pending;       /* exception of the innermost moved catch block, for `throw;` */
    uint32_t await_count; /* awaits seen so far */
    uint32_t label_count;
    bool moves; /* there is something to do */
} Handlers;

/* --- labels: which try contains them ------------------------------------------------------------------------------ */

typedef struct LabelRange {
    uint32_t first, last;
    bool awaits_in_finally;
} LabelRange;

static void number(Handlers *handlers, Label *label)
{
    if (label)
        label->data = (void *)(uintptr_t)++handlers->label_count;
}

static uint32_t number_of(const Label *label)
{
    return (uint32_t)(uintptr_t)label->data;
}

/* Numbers the labels in order, counts awaits, and notes at each TRY what it contains. */
static void survey(void *context, Bound *node)
{
    Handlers *handlers = context;
    if (!node || node->kind < BOUND_BLOCK)
        return;
    if (lower_is_await(node))
        handlers->await_count++;
    switch (node->kind) {
    case BOUND_LABEL:
        number(handlers, node->label);
        return;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
        number(handlers, node->label);
        if (node->kind != BOUND_SWITCH)
            number(handlers, node->label2);
        bound_for_each_child(node, survey, context);
        return;
    case BOUND_TRY: {
        LabelRange *range = ARENA_NEW(handlers->lowering->arena, LabelRange);
        range->first = handlers->label_count + 1;
        survey(context, node->a);
        for (uint32_t i = 0; i < node->items.count; i++)
            survey(context, node->items.at[i]);
        range->last = handlers->label_count;
        uint32_t before = handlers->await_count;
        survey(context, node->b);
        range->awaits_in_finally = handlers->await_count != before;
        handlers->moves |= range->awaits_in_finally;
        node->binder_data = range;
        node->binder_data2 = NULL; /* becomes label2 in async iterators */
        return;
    }
    case BOUND_CATCH: {
        uint32_t before = handlers->await_count;
        survey(context, node->a);
        if (handlers->await_count != before)
            node->flags |= LOWER_AWAITS;
        handlers->moves |= handlers->await_count != before;
        return;
    }
    case BOUND_EXPRESSION_STATEMENT:
        return;
    default:
        bound_for_each_child(node, survey, context);
        return;
    }
}

static void forget_label(Label *label)
{
    if (label)
        label->data = NULL;
}

static void forget_numbers(void *context, Bound *node)
{
    if (node->kind < BOUND_BLOCK)
        return;
    if (node->kind == BOUND_LABEL || node->kind == BOUND_WHILE || node->kind == BOUND_DO || node->kind == BOUND_FOR ||
        node->kind == BOUND_SWITCH) {
        forget_label(node->label);
        forget_label(node->label2);
    }
    bound_for_each_child(node, forget_numbers, context);
}

/* --- jumps -------------------------------------------------------------------------------------------------------- */

static Bound *visit(Handlers *handlers, Bound *node);

static Bound *read_local(Handlers *handlers, Local *local, Span span)
{
    return bound_local(handlers->lowering->world, local, span);
}

static Bound *set_int(Handlers *handlers, Local *local, int32_t value, Span span)
{
    return lower_set(handlers->lowering, read_local(handlers, local, span),
                     bound_constant_int(handlers->lowering->world, value, span));
}

static int32_t target_number(Handlers *handlers, MovedFinally *finally, Label *target)
{
    for (uint32_t i = 0; i < finally->count; i++)
        if (finally->targets[i] == target)
            return (int32_t)i + 1;
    ARENA_PUSH(handlers->lowering->arena, finally->targets, finally->count, finally->capacity, target);
    return (int32_t)finally->count;
}

/* A jump out of the try (target NULL: a return) waits until the moved block has run. */
static Bound *redirect(Handlers *handlers, Bound *node, Label *target)
{
    Lowering *lowering = handlers->lowering;
    MovedFinally *finally = handlers->finally;
    Bound *block = lower_block(lowering, node->span);
    block->flags = node->flags;
    if (!target && node->a) {
        if (!finally->value) {
            finally->value = lower_temp(lowering, handlers->function, node->a->type, NULL, node->span);
            lower_add_local(lowering, &finally->block->locals, finally->value);
        }
        lower_add(lowering, &block->items,
                  lower_set(lowering, read_local(handlers, finally->value, node->span), node->a));
        block->items.at[0]->flags = node->flags;
    }
    int32_t number_in_finally = target_number(handlers, finally, target);
    lower_add(lowering, &block->items, set_int(handlers, finally->branch, number_in_finally, node->span));
    lower_add(lowering, &block->items, lower_goto(lowering, finally->entry, node->span));
    return block;
}

static bool stays_inside(const MovedFinally *finally, const Label *label)
{
    uint32_t place = number_of(label);
    return finally->first <= place && place <= finally->last;
}

static Bound *visit_jump(Handlers *handlers, Bound *node)
{
    if (!handlers->finally)
        return node;
    if (node->kind == BOUND_GOTO)
        return stays_inside(handlers->finally, node->label) ? node : redirect(handlers, node, node->label);
    return redirect(handlers, node, NULL);
}

/* --- finally ------------------------------------------------------------------------------------------------------ */

static Bound *throw_again(Handlers *handlers, Bound *exception)
{
    Lowering *lowering = handlers->lowering;
    Type *capture = type_special(lowering->world, SPECIAL_EXCEPTION_DISPATCH_INFO);
    Bound *argument =
        lower_convert(lowering, exception, type_special(lowering->world, SPECIAL_EXCEPTION), CONVERSION_CAST);
    Bound *info = lower_call(lowering, NULL, capture, "Capture", &argument, 1, exception->span);
    return lower_expression_statement(lowering, lower_call(lowering, info, capture, "Throw", NULL, 0, exception->span));
}

static Bound *catch_everything(Handlers *handlers, Local *pending, Span span)
{
    Lowering *lowering = handlers->lowering;
    Local *caught = lower_temp(lowering, handlers->function, lowering->world->object_type, NULL, span);
    Bound *handler = lower_statement(lowering, BOUND_CATCH, span);
    handler->catch_local = caught;
    handler->catch_type = lowering->world->object_type;
    handler->a = lower_block(lowering, span);
    lower_add(lowering, &handler->a->items,
              lower_set(lowering, read_local(handlers, pending, span), read_local(handlers, caught, span)));
    return handler;
}

/* After the moved block: throw on, or go where the try block was going. */
static void continue_after(Handlers *handlers, MovedFinally *finally, Local *pending, Bound *block, Span span)
{
    Lowering *lowering = handlers->lowering;
    Bound *rethrow = lower_block(lowering, span);
    Local *exception = lower_temp(lowering, handlers->function, lowering->world->object_type, NULL, span);
    lower_add_local(lowering, &rethrow->locals, exception);
    lower_add(lowering, &rethrow->items,
              lower_set(lowering, read_local(handlers, exception, span), read_local(handlers, pending, span)));
    Bound *is_pending = lower_compare(lowering, OP_NOT_EQUAL, read_local(handlers, exception, span),
                                      lower_null(lowering, lowering->world->object_type, span));
    lower_add(lowering, &rethrow->items,
              lower_if(lowering, is_pending, throw_again(handlers, read_local(handlers, exception, span)), NULL));
    lower_add(lowering, &block->items, rethrow);
    if (finally->count == 0) {
        Bound *keep = lower_expression_statement(lowering, read_local(handlers, finally->branch, span));
        keep->flags |= LOWER_KEEP;
        lower_add(lowering, &block->items, keep);
    }
    for (uint32_t i = 0; i < finally->count; i++) {
        Bound *jump =
            finally->targets[i]
                ? lower_goto(lowering, finally->targets[i], span)
                : lower_return(lowering, finally->value ? read_local(handlers, finally->value, span) : NULL, span);
        Bound *condition =
            lower_compare_int(lowering, OP_EQUAL, read_local(handlers, finally->branch, span), (int32_t)i + 1);
        lower_add(lowering, &block->items, lower_if(lowering, condition, visit(handlers, jump), NULL));
    }
}

static Bound *try_statement(Handlers *handlers, Bound *body, Span span)
{
    Bound *node = lower_statement(handlers->lowering, BOUND_TRY, span);
    node->a = body;
    return node;
}

static Bound *as_block(Handlers *handlers, Bound *node)
{
    if (node->kind == BOUND_BLOCK)
        return node;
    Bound *block = lower_block(handlers->lowering, node->span);
    lower_add(handlers->lowering, &block->items, node);
    return block;
}

static Bound *visit_catches(Handlers *handlers, Bound *node);

static Bound *move_finally(Handlers *handlers, Bound *node)
{
    Lowering *lowering = handlers->lowering;
    const LabelRange *range = node->binder_data;
    Bound *block = lower_block(lowering, node->span);
    Local *pending = lower_temp(lowering, handlers->function, lowering->world->object_type, NULL, node->span);
    MovedFinally finally = {.outer = handlers->finally,
                            .first = range->first,
                            .last = range->last,
                            .block = block,
                            .entry = label_new(lowering->world, NULL)};
    finally.branch = lower_temp(lowering, handlers->function, lowering->world->int_type, NULL, node->span);
    lower_add_local(lowering, &block->locals, pending);
    lower_add_local(lowering, &block->locals, finally.branch);
    lower_add(lowering, &block->items,
              lower_set(lowering, read_local(handlers, pending, node->span),
                        lower_null(lowering, lowering->world->object_type, node->span)));
    lower_add(lowering, &block->items, set_int(handlers, finally.branch, 0, node->span));

    Bound *finally_block = node->b;
    node->b = NULL;
    handlers->finally = &finally;
    Bound *inner = node->items.count != 0 ? visit_catches(handlers, node) : visit(handlers, node->a);
    handlers->finally = finally.outer;
    Bound *guarded = try_statement(handlers, as_block(handlers, inner), node->span);
    guarded->flags |= LOWER_EXTRACTED_FINALLY;
    lower_add(lowering, &guarded->items, catch_everything(handlers, pending, node->span));
    lower_add(lowering, &block->items, guarded);

    lower_add(lowering, &block->items, lower_label(lowering, finally.entry, node->span));
    lower_add(lowering, &block->items, visit(handlers, finally_block));
    continue_after(handlers, &finally, pending, block, node->span);
    Bound *after = lower_statement(lowering, BOUND_NOP, node->span);
    after->flags |= LOWER_AFTER_FINALLY;
    lower_add(lowering, &block->items, after);
    return block;
}

/* --- catch -------------------------------------------------------------------------------------------------------- */

/* The moved block, which declares the exception variable again. The variable of the catch clause itself is a new one.
 */
static Bound *moved_handler(Handlers *handlers, Bound *handler, Bound *block, Local *pending)
{
    Lowering *lowering = handlers->lowering;
    Local *variable = handler->catch_local;
    Bound *result = lower_block(lowering, handler->span);
    if (variable && !handler->c) {
        variable->scope = result;
        lower_add_local(lowering, &result->locals, variable);
        ConversionKind kind = variable->type->kind == TYPE_PARAMETER ? CONVERSION_UNBOX : CONVERSION_CAST;
        Bound *exception = read_local(handlers, pending, handler->span);
        if (variable->type != lowering->world->object_type)
            exception = lower_convert(lowering, exception, variable->type, kind);
        lower_add(lowering, &result->items,
                  lower_set(lowering, read_local(handlers, variable, handler->span), exception));
    }
    lower_add(lowering, &result->items, block);
    return result;
}

/* With a filter the variable is set there, and lives in the block around everything. */
static void keep_in_filter(Handlers *handlers, Bound *handler, Local *variable, Local *caught, Bound *block)
{
    Lowering *lowering = handlers->lowering;
    lower_add_local(lowering, &block->locals, variable);
    variable->scope = block;
    Bound *filter = bound_new(lowering->world, BOUND_SEQUENCE, lowering->world->bool_type, handler->c->span);
    Bound *exception = read_local(handlers, caught, handler->span);
    lower_add(lowering, &filter->items,
              lower_assign(lowering, read_local(handlers, variable, handler->span), exception));
    filter->a = handler->c;
    handler->c = filter;
}

static void shorten_catch(Handlers *handlers, Bound *handler, Local *pending, Local *chosen, int32_t value,
                          Bound *block)
{
    Lowering *lowering = handlers->lowering;
    Local *old = handler->catch_local;
    Type *type = old ? old->type : handler->catch_type ? handler->catch_type : lowering->world->object_type;
    Local *caught = lower_temp(lowering, handlers->function, type, NULL, handler->span);
    handler->catch_local = caught;
    if (!handler->catch_type)
        handler->catch_type = type;
    LocalList others = {0}; /* the clause may list its variable among its locals */
    for (uint32_t i = 0; i < handler->locals.count; i++)
        if (handler->locals.at[i] != old)
            lower_add_local(lowering, &others, handler->locals.at[i]);
    handler->locals = others;
    if (handler->c && old)
        keep_in_filter(handlers, handler, old, caught, block);
    Bound *exception = read_local(handlers, caught, handler->span);
    if (type != lowering->world->object_type)
        exception = lower_convert(lowering, exception, lowering->world->object_type,
                                  type->kind == TYPE_PARAMETER ? CONVERSION_BOX : CONVERSION_REFERENCE);
    handler->a = lower_block(lowering, handler->span);
    lower_add(lowering, &handler->a->items,
              lower_set(lowering, read_local(handlers, pending, handler->span), exception));
    lower_add(lowering, &handler->a->items, set_int(handlers, chosen, value, handler->span));
}

static Bound *choose_handler(Handlers *handlers, Local *chosen, const BoundList *moved, Span span)
{
    Lowering *lowering = handlers->lowering;
    Bound *value = read_local(handlers, chosen, span);
    if (moved->count == 1)
        return lower_if(lowering, lower_compare_int(lowering, OP_EQUAL, value, 1), moved->at[0], NULL);
    Bound *node = lower_statement(lowering, BOUND_SWITCH, span);
    node->a = value;
    node->label = node->label2 = label_new(lowering->world, NULL);
    node->cases = ARENA_ARRAY(lowering->arena, SwitchCase, moved->count);
    node->case_count = moved->count;
    node->b = lower_block(lowering, span);
    for (uint32_t i = 0; i < moved->count; i++) {
        node->cases[i].value = (Constant){.kind = CONSTANT_INTEGER, .integer = (int64_t)i + 1};
        node->cases[i].label = label_new(lowering->world, NULL);
        lower_add(lowering, &node->b->items, lower_label(lowering, node->cases[i].label, span));
        lower_add(lowering, &node->b->items, moved->at[i]);
        lower_add(lowering, &node->b->items, lower_goto(lowering, node->label, span));
    }
    return node;
}

/* A try with catch blocks and without (or no longer with) a finally block. */
static Bound *visit_catches(Handlers *handlers, Bound *node)
{
    Lowering *lowering = handlers->lowering;
    node->a = visit(handlers, node->a);
    Local *pending = lower_temp(lowering, handlers->function, lowering->world->object_type, NULL, node->span);
    Local *chosen = lower_temp(lowering, handlers->function, lowering->world->int_type, NULL, node->span);
    Local *outer_pending = handlers->pending;
    Bound *block = lower_block(lowering, node->span);
    lower_add_local(lowering, &block->locals, pending);
    lower_add_local(lowering, &block->locals, chosen);
    BoundList moved = {0};
    for (uint32_t i = 0; i < node->items.count; i++) {
        Bound *handler = node->items.at[i];
        bool moves = (handler->flags & LOWER_AWAITS) != 0;
        handlers->pending = moves ? pending : NULL;
        handler->a = visit(handlers, handler->a);
        if (moves) {
            lower_add(lowering, &moved, moved_handler(handlers, handler, handler->a, pending));
            shorten_catch(handlers, handler, pending, chosen, (int32_t)moved.count, block);
        }
    }
    handlers->pending = outer_pending;
    if (moved.count == 0)
        return node;
    lower_add(lowering, &block->items, set_int(handlers, chosen, 0, node->span));
    lower_add(lowering, &block->items, node);
    lower_add(lowering, &block->items, choose_handler(handlers, chosen, &moved, node->span));
    return block;
}

static Bound *visit_try(Handlers *handlers, Bound *node)
{
    const LabelRange *range = node->binder_data;
    if (node->b && range->awaits_in_finally)
        return move_finally(handlers, node);
    if (node->items.count == 0) {
        node->a = visit(handlers, node->a);
        node->b = visit(handlers, node->b);
        return node;
    }
    Bound *finally_block = node->b;
    node->b = NULL;
    Bound *inner = visit_catches(handlers, node);
    if (!finally_block)
        return inner;
    Bound *outer = inner == node ? node : try_statement(handlers, as_block(handlers, inner), node->span);
    outer->b = visit(handlers, finally_block);
    return outer;
}

/* --- statements --------------------------------------------------------------------------------------------------- */

static void visit_list(Handlers *handlers, BoundList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        list->at[i] = visit(handlers, list->at[i]);
}

static Bound *visit(Handlers *handlers, Bound *node)
{
    if (!node)
        return NULL;
    switch (node->kind) {
    case BOUND_BLOCK:
        visit_list(handlers, &node->items);
        return node;
    case BOUND_IF:
        node->b = visit(handlers, node->b);
        node->c = visit(handlers, node->c);
        return node;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
        node->b = visit(handlers, node->b);
        return node;
    case BOUND_TRY:
        return visit_try(handlers, node);
    case BOUND_GOTO:
    case BOUND_RETURN:
        return visit_jump(handlers, node);
    case BOUND_THROW:
        if (!node->a && handlers->pending) {
            Bound *again = throw_again(handlers, read_local(handlers, handlers->pending, node->span));
            again->flags = node->flags;
            return again;
        }
        return node;
    default:
        return node;
    }
}

void rewrite_handlers(Lowering *lowering, Function *function)
{
    Handlers handlers = {.lowering = lowering, .function = function};
    survey(&handlers, function->body);
    if (!handlers.moves) {
        forget_numbers(NULL, function->body);
        return;
    }
    function->body = visit(&handlers, function->body);
    function->body->flags |= LOWER_SEPARATE;
    forget_numbers(NULL, function->body);
}
