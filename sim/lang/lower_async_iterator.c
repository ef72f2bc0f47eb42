/* Async iterators: a class that is enumerable, enumerator, state machine and the source of the value tasks that
 * MoveNextAsync returns. States: -2 before GetAsyncEnumerator and after the end, -3 before the first MoveNextAsync, -1
 * running, 0, 1, ... suspended at an await, -4, -5, ... at a yield. A consumer that stops early sets the dispose mode:
 * the body goes on from its yield, but only through the finally blocks around it. */
#include "lang/lang.h"
#include "lang/lower_internal.h"

#include <string.h>

typedef struct AsyncIterator {
    Field *promise, *current, *dispose_mode, *tokens, *thread;
    Method *constructor;
    Type *element, *enumerator, *enumerable;
    Label *disposal; /* end of the innermost try with a finally block; or the end of the body */
    Label *yielded;
    int32_t next_yield;
    int32_t token_parameter; /* [EnumeratorCancellation]; -1: none */
} AsyncIterator;

static AsyncIterator *iterator_of(Machine *machine)
{
    return machine->data;
}

static Bound *promise(Machine *machine, Span span)
{
    return hoisted_field(machine, iterator_of(machine)->promise, span);
}

static Bound *call_promise(Machine *machine, const char *name, Bound **arguments, uint32_t count, Span span)
{
    return lower_call(machine->lowering, promise(machine, span), iterator_of(machine)->promise->type, name, arguments,
                      count, span);
}

static Bound *call_builder(Machine *machine, const char *name, Span span)
{
    return lower_call(machine->lowering, hoisted_field(machine, machine->builder, span), machine->builder->type, name,
                      NULL, 0, span);
}

/* --- the body ----------------------------------------------------------------------------------------------------- */

static Bound *leave_if_disposing(Machine *machine, Span span)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    return lower_if(lowering, hoisted_field(machine, iterator->dispose_mode, span),
                    lower_goto(lowering, iterator->disposal, span), NULL);
}

static Bound *yield_value(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    Span span = node->span;
    int32_t state = iterator->next_yield--;
    Label *resume = label_new(lowering->world, NULL);
    machine_push_case(machine, machine->dispatch, state, resume);
    Bound *block = lower_block(lowering, span);
    Bound *set = lower_set(lowering, hoisted_field(machine, iterator->current, span),
                           rewrite_visit(&machine->rewriter, node->a));
    set->span = span;
    set->flags = node->flags;
    lower_add(lowering, &block->items, set);
    lower_add(lowering, &block->items, machine_set_state(machine, state, span));
    lower_add(lowering, &block->items, lower_goto(lowering, iterator->yielded, span));
    lower_add(lowering, &block->items, lower_label(lowering, resume, span));
    lower_add(lowering, &block->items, machine_set_state(machine, -1, span));
    lower_add(lowering, &block->items, leave_if_disposing(machine, span));
    return block;
}

static Bound *yield_end(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    Bound *block = lower_block(lowering, node->span);
    Bound *set = lower_set(lowering, hoisted_field(machine, iterator->dispose_mode, node->span),
                           lower_bool(lowering, true, node->span));
    set->flags = node->flags;
    lower_add(lowering, &block->items, set);
    lower_add(lowering, &block->items, lower_goto(lowering, iterator->disposal, node->span));
    return block;
}

static Bound *try_with_finally(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    Label *outer = iterator->disposal;
    if (!node->label2)
        node->label2 = label_new(lowering->world, NULL);
    iterator->disposal = node->label2;
    Bound *result = machine_try(machine, node, node->label2);
    iterator->disposal = outer;
    if (node->flags & LOWER_EXTRACTED_FINALLY)
        return result; /* the finally block is still to come, and a mark behind it */
    Bound *block = lower_block(lowering, node->span);
    lower_add(lowering, &block->items, result);
    lower_add(lowering, &block->items, leave_if_disposing(machine, (Span){node->span.end, node->span.end}));
    return block;
}

static Bound *iterator_node(Machine *machine, Bound *node)
{
    switch (node->kind) {
    case BOUND_YIELD_RETURN:
        return yield_value(machine, node);
    case BOUND_YIELD_BREAK:
    case BOUND_RETURN:
        return yield_end(machine, node);
    case BOUND_NOP:
        return node->flags & LOWER_AFTER_FINALLY ? leave_if_disposing(machine, node->span) : NULL;
    case BOUND_TRY:
        return node->b || (node->flags & LOWER_EXTRACTED_FINALLY) ? try_with_finally(machine, node) : NULL;
    default:
        return NULL;
    }
}

/* --- MoveNext ----------------------------------------------------------------------------------------------------- */

static void dispose_tokens(Machine *machine, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    Field *tokens = iterator_of(machine)->tokens;
    if (!tokens)
        return;
    Bound *block = lower_block(lowering, span);
    Bound *call = lower_call(lowering, hoisted_field(machine, tokens, span), tokens->type, "Dispose", NULL, 0, span);
    lower_add(lowering, &block->items, lower_expression_statement(lowering, call));
    lower_add(lowering, &block->items,
              lower_set(lowering, hoisted_field(machine, tokens, span), lower_null(lowering, tokens->type, span)));
    Bound *exists = lower_compare(lowering, OP_NOT_EQUAL, hoisted_field(machine, tokens, span),
                                  lower_null(lowering, tokens->type, span));
    lower_add(lowering, list, lower_if(lowering, exists, block, NULL));
}

/* The end of enumeration, by `result` (false) or an exception. */
static void finish(Machine *machine, BoundList *list, const char *how, Bound *argument, Span span)
{
    Lowering *lowering = machine->lowering;
    const AsyncIterator *iterator = iterator_of(machine);
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, machine->state, span),
                        bound_constant_int(lowering->world, -2, span)));
    machine_clear(machine, list, machine->root_fields, machine->root_count, span);
    dispose_tokens(machine, list, span);
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, iterator->current, span),
                        lower_default(lowering, iterator->element, span)));
    lower_add(lowering, list, lower_expression_statement(lowering, call_builder(machine, "Complete", span)));
    lower_add(lowering, list, lower_expression_statement(lowering, call_promise(machine, how, &argument, 1, span)));
    lower_add(lowering, list, lower_return(lowering, NULL, span));
}

static Bound *catch_exception(Machine *machine, Span span)
{
    Lowering *lowering = machine->lowering;
    Type *exception = type_special(lowering->world, SPECIAL_EXCEPTION);
    Bound *handler = lower_statement(lowering, BOUND_CATCH, span);
    handler->catch_type = exception;
    handler->catch_local = lower_temp(lowering, machine->move_next, exception, "exception", span);
    handler->a = lower_block(lowering, span);
    finish(machine, &handler->a->items, "SetException", bound_local(lowering->world, handler->catch_local, span), span);
    return handler;
}

static void write_move_next(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    Span start = {machine->source->span.start, machine->source->span.start},
         end = {machine->source->span.end, machine->source->span.end};
    Bound *body = machine->move_next->body;
    DispatchFrame frame = {0};
    machine->dispatch = &frame;
    iterator->disposal = machine->exit;
    iterator->yielded = label_new(lowering->world, NULL);
    Bound *rewritten = rewrite_visit(&machine->rewriter, machine->source->body);
    Bound *guarded = lower_statement(lowering, BOUND_TRY, machine->source->span);
    guarded->a = lower_block(lowering, machine->source->span);
    if (frame.count != 0)
        lower_add(lowering, &guarded->a->items, machine_dispatch(machine, &frame, start));
    lower_add(lowering, &guarded->a->items, leave_if_disposing(machine, start));
    lower_add(lowering, &guarded->a->items, machine_set_state(machine, -1, start));
    lower_add(lowering, &guarded->a->items, rewritten);
    lower_add(lowering, &guarded->items, catch_exception(machine, end));
    lower_add(lowering, &body->items, guarded);
    lower_add(lowering, &body->items, lower_label(lowering, machine->exit, end));
    finish(machine, &body->items, "SetResult", lower_bool(lowering, false, end), end);
    lower_add(lowering, &body->items, lower_label(lowering, iterator->yielded, end));
    Bound *more = lower_bool(lowering, true, end);
    lower_add(lowering, &body->items,
              lower_expression_statement(lowering, call_promise(machine, "SetResult", &more, 1, end)));
}

/* --- enumeration -------------------------------------------------------------------------------------------------- */

static void define_constructor(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    AsyncIterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    iterator->constructor = lower_define_method(lowering, machine->type, name_of(lowering->world->names, ".ctor"),
                                                METHOD_CONSTRUCTOR, lowering->world->void_type, false, nowhere);
    Function *function = lower_new_function(lowering, iterator->constructor, nowhere);
    Local *state = lower_add_parameter(lowering, function, name_of(lowering->world->names, "<>1__state"),
                                       lowering->world->int_type, REF_NONE);
    BoundList *list = &function->body->items;
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, machine->builder, nowhere),
                        lower_call(lowering, NULL, machine->builder->type, "Create", NULL, 0, nowhere)));
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, machine->state, nowhere),
                        bound_local(lowering->world, state, nowhere)));
    if (iterator->thread)
        lower_add(lowering, list,
                  lower_set(lowering, hoisted_field(machine, iterator->thread, nowhere),
                            machine_thread_id(machine, nowhere)));
}

static Bound *same_token(Machine *machine, Bound *a, Bound *b)
{
    Lowering *lowering = machine->lowering;
    TypeDefinition *token = a->type->definition;
    type_complete(lowering->world, token);
    for (uint32_t i = 0; i < token->method_count; i++) {
        Method *method = token->methods[i];
        if (strcmp(method->name->text, "Equals") != 0 || method->parameter_count != 1 ||
            method->parameters[0].type != token->self)
            continue;
        MethodRef ref = {method, token->self, NULL};
        Bound *call = bound_call(lowering->world, ref, a, &b, 1, a->span);
        call->flags |= CALL_NON_VIRTUAL;
        return call;
    }
    return lower_bool(lowering, false, a->span);
}

/* The token of the parameter and the one given to GetAsyncEnumerator: whichever there is, or both, linked. */
static void combine_tokens(Machine *machine, Function *function, Local *result, Local *given)
{
    Lowering *lowering = machine->lowering;
    World *world = lowering->world;
    const AsyncIterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Local *parameter = machine->source->parameters[iterator->token_parameter];
    Field *target_field = local_data(lowering, parameter)->hoisted,
          *copy = machine->parameter_copies[iterator->token_parameter];
    Bound *own = hoisted_field(machine, copy, nowhere), *other = bound_local(world, given, nowhere);
    Bound *none = lower_default(lowering, copy->type, nowhere);
    Bound *target = lower_field(lowering, bound_local(world, result, nowhere), target_field, machine->self, nowhere);

    Bound *linked = lower_block(lowering, nowhere);
    Bound *arguments[2] = {own, other};
    Bound *source =
        lower_call(lowering, NULL, iterator->tokens->type, "CreateLinkedTokenSource", arguments, 2, nowhere);
    Bound *tokens = hoisted_field(machine, iterator->tokens, nowhere);
    lower_add(lowering, &linked->items, lower_set(lowering, tokens, source));
    lower_add(lowering, &linked->items,
              lower_set(lowering, target,
                        lower_call(lowering, tokens, iterator->tokens->type, "get_Token", NULL, 0, nowhere)));
    Bound *either = bound_new(world, BOUND_OR_ELSE, world->bool_type, nowhere);
    either->a = same_token(machine, other, own);
    either->b = same_token(machine, other, none);
    Bound *only_own = lower_if(lowering, either, lower_set(lowering, target, own), linked);
    lower_add(lowering, &function->body->items,
              lower_if(lowering, same_token(machine, own, none), lower_set(lowering, target, other), only_own));
}

static void define_get_enumerator(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    const AsyncIterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Function *function =
        machine_define_member(machine, "GetAsyncEnumerator", iterator->enumerator, iterator->enumerable);
    Local *given = lower_add_parameter(lowering, function, name_of(lowering->world->names, "cancellationToken"),
                                       type_special(lowering->world, SPECIAL_CANCELLATION_TOKEN), REF_NONE);
    BoundList again = {0};
    lower_add(lowering, &again,
              lower_set(lowering, hoisted_field(machine, machine->builder, nowhere),
                        lower_call(lowering, NULL, machine->builder->type, "Create", NULL, 0, nowhere)));
    lower_add(lowering, &again,
              lower_set(lowering, hoisted_field(machine, iterator->dispose_mode, nowhere),
                        lower_bool(lowering, false, nowhere)));
    Local *result = machine_begin_enumeration(machine, function, iterator->constructor, iterator->thread, -3, &again);
    bool combines = iterator->tokens && machine->parameter_copies[iterator->token_parameter];
    machine_copy_parameters(machine, function, result,
                            combines ? machine->source->parameters[iterator->token_parameter] : NULL);
    if (combines)
        combine_tokens(machine, function, result, given);
    lower_add(lowering, &function->body->items,
              lower_return(lowering,
                           lower_convert(lowering, bound_local(lowering->world, result, nowhere), iterator->enumerator,
                                         CONVERSION_REFERENCE),
                           nowhere));
}

/* `this.<>v__promiseOfValueOrEnd.Reset(); var stateMachine = this; this.<>t__builder.MoveNext(ref stateMachine);` */
static void run_on(Machine *machine, Function *function)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    BoundList *list = &function->body->items;
    lower_add(lowering, list, lower_expression_statement(lowering, call_promise(machine, "Reset", NULL, 0, nowhere)));
    Local *copy = lower_temp(lowering, function, machine->self, "stateMachine", nowhere);
    lower_add_local(lowering, &function->body->locals, copy);
    lower_add(
        lowering, list,
        lower_set(lowering, bound_local(lowering->world, copy, nowhere), lower_this(lowering, machine->self, nowhere)));
    Bound *argument = lower_address(lowering, bound_local(lowering->world, copy, nowhere));
    Type **type_arguments = arena_copy(lowering->arena, &machine->self, sizeof machine->self);
    Bound *call = lower_call_generic(lowering, hoisted_field(machine, machine->builder, nowhere),
                                     machine->builder->type, "MoveNext", type_arguments, &argument, 1, nowhere);
    lower_add(lowering, list, lower_expression_statement(lowering, call));
}

static void return_default_when_finished(Machine *machine, Function *function)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    Bound *finished = lower_compare_int(lowering, OP_EQUAL, hoisted_field(machine, machine->state, nowhere), -2);
    Bound *result = lower_return(lowering, lower_default(lowering, function->return_type, nowhere), nowhere);
    lower_add(lowering, &function->body->items, lower_if(lowering, finished, result, NULL));
}

static Method *find_constructor(Lowering *lowering, TypeDefinition *type, uint32_t count, bool from_value)
{
    type_declare_constructors(lowering->world, type);
    for (uint32_t i = 0; i < type->method_count; i++) {
        Method *method = type->methods[i];
        if (method->kind == METHOD_CONSTRUCTOR && method->parameter_count == count &&
            (count != 1 || (method->parameters[0].type->kind == TYPE_PARAMETER) == from_value))
            return method;
    }
    return NULL;
}

static Bound *version(Machine *machine)
{
    return call_promise(machine, "get_Version", NULL, 0, (Span){0, 0});
}

static Bound *task_from_source(Machine *machine, Type *task, Type *source_type, Bound *token)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    Method *constructor = find_constructor(lowering, task->definition, 2, false);
    if (!constructor)
        return lower_default(lowering, task, nowhere);
    Bound *source =
        lower_convert(lowering, lower_this(lowering, machine->self, nowhere), source_type, CONVERSION_REFERENCE);
    Bound *arguments[2] = {source, token};
    return lower_new(lowering, task, constructor, arguments, 2, nowhere);
}

static void define_move_next_async(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    World *world = lowering->world;
    Span nowhere = {0, 0};
    Type *task = type_special_of(world, SPECIAL_VALUE_TASK_T, world->bool_type);
    Function *function = machine_define_member(machine, "MoveNextAsync", task, iterator_of(machine)->enumerator);
    BoundList *list = &function->body->items;
    return_default_when_finished(machine, function);
    run_on(machine, function);
    Local *token = lower_temp(lowering, function, type_special(world, SPECIAL_INT16), "version", nowhere);
    lower_add_local(lowering, &function->body->locals, token);
    lower_add(lowering, list, lower_set(lowering, bound_local(world, token, nowhere), version(machine)));
    Bound *argument = bound_local(world, token, nowhere);
    Bound *status = call_promise(machine, "GetStatus", &argument, 1, nowhere);
    Bound *succeeded = bound_constant_int(world, 1, nowhere);
    succeeded->type = status->type;
    Method *constructor = find_constructor(lowering, task->definition, 1, true);
    Bound *result = call_promise(machine, "GetResult", &argument, 1, nowhere);
    if (constructor)
        lower_add(lowering, list,
                  lower_if(lowering, lower_compare(lowering, OP_EQUAL, status, succeeded),
                           lower_return(lowering, lower_new(lowering, task, constructor, &result, 1, nowhere), nowhere),
                           NULL));
    Type *source_type = type_special_of(world, SPECIAL_VALUE_TASK_SOURCE_T, world->bool_type);
    lower_add(lowering, list, lower_return(lowering, task_from_source(machine, task, source_type, argument), nowhere));
}

static void define_dispose_async(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    World *world = lowering->world;
    Span nowhere = {0, 0};
    Type *task = type_special(world, SPECIAL_VALUE_TASK);
    Function *function =
        machine_define_member(machine, "DisposeAsync", task, type_special(world, SPECIAL_IASYNC_DISPOSABLE));
    BoundList *list = &function->body->items;
    Bound *running = lower_compare_int(lowering, OP_GREATER_EQUAL, hoisted_field(machine, machine->state, nowhere), -1);
    lower_add(lowering, list, lower_if(lowering, running, machine_throw_not_supported(machine, nowhere), NULL));
    return_default_when_finished(machine, function);
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, iterator_of(machine)->dispose_mode, nowhere),
                        lower_bool(lowering, true, nowhere)));
    run_on(machine, function);
    lower_add(
        lowering, list,
        lower_return(lowering,
                     task_from_source(machine, task, type_special(world, SPECIAL_VALUE_TASK_SOURCE), version(machine)),
                     nowhere));
}

static void define_current(Machine *machine)
{
    const AsyncIterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Function *getter = machine_define_member(machine, "get_Current", iterator->element, iterator->enumerator);
    lower_add(machine->lowering, &getter->body->items,
              lower_return(machine->lowering, hoisted_field(machine, iterator->current, nowhere), nowhere));
}

/* A member of IValueTaskSource(<bool>) that asks the promise. */
static void forward(Machine *machine, Type *source, const char *name, uint32_t count)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    Method *slot = type_method_named(lowering->world, source->definition, name, count);
    if (!slot)
        return;
    MethodRef ref = {slot, source, NULL};
    Function *function = machine_define_member(machine, name, method_ref_return_type(lowering->world, ref), source);
    Bound *arguments[4];
    for (uint32_t i = 0; i < count; i++) {
        Type *type = method_ref_parameter_type(lowering->world, ref, i);
        Local *parameter = lower_add_parameter(lowering, function, slot->parameters[i].name, type, REF_NONE);
        arguments[i] = bound_local(lowering->world, parameter, nowhere);
    }
    Bound *call = call_promise(machine, name, arguments, count, nowhere);
    bool is_void = type_is_void(function->return_type);
    lower_add(lowering, &function->body->items,
              is_void ? lower_expression_statement(lowering, call) : lower_return(lowering, call, nowhere));
}

static void define_source(Machine *machine, Type *source)
{
    forward(machine, source, "GetResult", 1);
    forward(machine, source, "GetStatus", 1);
    forward(machine, source, "OnCompleted", 4);
}

/* --- the class ---------------------------------------------------------------------------------------------------- */

static Field *field(Machine *machine, const char *name, Type *type)
{
    return type_define_field(machine->lowering->world, machine->type, name_of(machine->lowering->world->names, name),
                             type, false);
}

static void define_fields(Machine *machine, bool is_enumerable)
{
    World *world = machine->lowering->world;
    AsyncIterator *iterator = iterator_of(machine);
    machine->builder = field(machine, "<>t__builder", type_special(world, SPECIAL_ITERATOR_BUILDER));
    iterator->promise = field(machine, "<>v__promiseOfValueOrEnd",
                              type_special_of(world, SPECIAL_MANUAL_RESET_CORE_T, world->bool_type));
    iterator->current = field(machine, "<>2__current", iterator->element);
    iterator->dispose_mode = field(machine, "<>w__disposeMode", world->bool_type);
    iterator->token_parameter = -1;
    for (uint32_t i = 0; i < machine->method->parameter_count && is_enumerable; i++)
        if (machine->method->parameters[i].is_enumerator_cancellation)
            iterator->token_parameter = (int32_t)i;
    if (iterator->token_parameter >= 0)
        iterator->tokens =
            field(machine, "<>x__combinedTokens", type_special(world, SPECIAL_CANCELLATION_TOKEN_SOURCE));
    if (is_enumerable)
        iterator->thread = field(machine, "<>l__initialThreadId", world->int_type);
}

static void set_interfaces(Machine *machine, bool is_enumerable)
{
    World *world = machine->lowering->world;
    AsyncIterator *iterator = iterator_of(machine);
    iterator->enumerable = type_special_of(world, SPECIAL_IASYNC_ENUMERABLE_T, iterator->element);
    iterator->enumerator = type_special_of(world, SPECIAL_IASYNC_ENUMERATOR_T, iterator->element);
    Type *all[] = {iterator->enumerable,
                   iterator->enumerator,
                   type_special(world, SPECIAL_IASYNC_DISPOSABLE),
                   type_special_of(world, SPECIAL_VALUE_TASK_SOURCE_T, world->bool_type),
                   type_special(world, SPECIAL_VALUE_TASK_SOURCE),
                   type_special(world, SPECIAL_ASYNC_STATE_MACHINE)};
    uint32_t skip = is_enumerable ? 0 : 1;
    lower_set_interfaces(machine->lowering, machine->type, all + skip, 6 - skip);
}

void lower_async_iterator(Lowering *lowering, Function *function)
{
    Machine machine = {.special = iterator_node};
    AsyncIterator iterator = {.next_yield = -4};
    Hoisting hoisting = {0};
    World *world = lowering->world;
    find_hoisted(lowering, function, false, &hoisting);
    machine.data = &iterator;
    machine_init(&machine, lowering, function, TYPE_CLASS);
    bool is_enumerable = function->return_type->special == SPECIAL_IASYNC_ENUMERABLE_T;
    iterator.element = rewrite_type(&machine.rewriter, function->yield_type);
    set_interfaces(&machine, is_enumerable);
    define_fields(&machine, is_enumerable);
    machine_add_hoisted(&machine, &hoisting, is_enumerable);
    define_constructor(&machine);
    machine_define_move_next(&machine, world->void_type, type_special(world, SPECIAL_ASYNC_STATE_MACHINE));
    write_move_next(&machine);
    machine_add_set_state_machine(&machine);
    if (is_enumerable)
        define_get_enumerator(&machine);
    define_move_next_async(&machine);
    define_current(&machine);
    define_source(&machine, type_special_of(world, SPECIAL_VALUE_TASK_SOURCE_T, world->bool_type));
    define_source(&machine, type_special(world, SPECIAL_VALUE_TASK_SOURCE));
    define_dispose_async(&machine);
    machine_write_class_kickoff(&machine, iterator.constructor, is_enumerable ? -2 : -3);
}
