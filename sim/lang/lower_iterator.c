/* Iterators: a class that is its own enumerator.
 *
 * States: -2 before GetEnumerator and after the end, 0 before the first MoveNext, -1 running, n suspended at the nth
 * yield; inside a try with a finally block that yields -3, -4, ..., one number per try. Such a finally block becomes a
 * method, which MoveNext calls when the block is left and Dispose calls when enumeration stops early. */
#include "lang/lang.h"
#include "lang/lower_internal.h"

/* A try statement whose finally block became a method. The outermost frame is the body itself. */
typedef struct IteratorFrame {
    struct IteratorFrame *parent;
    int32_t state; /* while running inside */
    Method *finally;
    int32_t *states; /* suspended inside, frames inside included */
    uint32_t state_count, state_capacity;
    struct IteratorFrame **children;
    uint32_t child_count, child_capacity;
    struct Exit {      /* jumps out of it go through a label at its end */
        Label *target; /* NULL: the end of the iteration */
        Label *proxy;
    } * exits;
    uint32_t exit_count, exit_capacity;
} IteratorFrame;

typedef struct Iterator {
    IteratorFrame root;
    IteratorFrame *frame;
    Field *current, *thread;
    Local *faulted; /* MoveNext is left by an exception */
    int32_t next_finally_state;
    uint32_t finally_count;
    bool has_frames;
    Method *constructor, *dispose;
    Type *element, *enumerator, *enumerable;
} Iterator;

static Iterator *iterator_of(Machine *machine)
{
    return machine->data;
}

/* --- yield -------------------------------------------------------------------------------------------------------- */

static Bound *leave_move_next(Machine *machine, bool value, Span span)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    Bound *block = lower_block(lowering, span);
    if (iterator->faulted)
        lower_add(lowering, &block->items,
                  lower_set(lowering, bound_local(lowering->world, iterator->faulted, span),
                            lower_bool(lowering, false, span)));
    lower_add(lowering, &block->items, lower_return(lowering, lower_bool(lowering, value, span), span));
    return block;
}

static Bound *store_state(Machine *machine, int32_t state, Span span)
{
    return lower_set(machine->lowering, hoisted_field(machine, machine->state, span),
                     bound_constant_int(machine->lowering->world, state, span));
}

static Bound *yield_value(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    Span span = node->span;
    int32_t state = machine->next_state++;
    Label *resume = label_new(lowering->world, NULL);
    for (IteratorFrame *frame = iterator->frame; frame; frame = frame->parent)
        ARENA_PUSH(lowering->arena, frame->states, frame->state_count, frame->state_capacity, state);
    machine_push_case(machine, machine->dispatch, state, resume);
    Bound *block = lower_block(lowering, span);
    Bound *set = lower_set(lowering, hoisted_field(machine, iterator->current, span),
                           rewrite_visit(&machine->rewriter, node->a));
    set->span = span;
    set->flags = node->flags;
    lower_add(lowering, &block->items, set);
    lower_add(lowering, &block->items, store_state(machine, state, span));
    lower_add(lowering, &block->items, leave_move_next(machine, true, span));
    lower_add(lowering, &block->items, lower_label(lowering, resume, span));
    lower_add(lowering, &block->items, store_state(machine, iterator->frame->state, span));
    return block;
}

/* --- jumps out of frames ------------------------------------------------------------------------------------------ */

/* Says of each label inside that it is inside. Without a frame: forgets it again. */
static void collect_labels(void *context, Bound *node)
{
    IteratorFrame *frame = context;
    if (node->kind < BOUND_BLOCK)
        return;
    bool is_loop =
        node->kind == BOUND_WHILE || node->kind == BOUND_DO || node->kind == BOUND_FOR || node->kind == BOUND_SWITCH;
    if (is_loop || node->kind == BOUND_LABEL) {
        if (node->label)
            node->label->data = frame;
        if (is_loop && node->label2)
            node->label2->data = frame;
    }
    bound_for_each_child(node, collect_labels, context);
}

/* Labels know the innermost frame around them; frames are collected from outside to inside. */
static bool is_around(const IteratorFrame *frame, const Label *target)
{
    for (const IteratorFrame *at = target->data; at; at = at->parent)
        if (at == frame)
            return true;
    return false;
}

static Bound *jump_to(Machine *machine, Label *target, Span span, uint32_t flags)
{
    Lowering *lowering = machine->lowering;
    IteratorFrame *frame = iterator_of(machine)->frame;
    Bound *jump;
    if (!frame->parent || (target && is_around(frame, target))) {
        jump = target ? lower_goto(lowering, target, span) : leave_move_next(machine, false, span);
        jump->flags = flags;
        return jump;
    }
    uint32_t i = 0;
    while (i < frame->exit_count && frame->exits[i].target != target)
        i++;
    if (i == frame->exit_count) {
        struct Exit fresh = {target, label_new(lowering->world, NULL)};
        ARENA_PUSH(lowering->arena, frame->exits, frame->exit_count, frame->exit_capacity, fresh);
    }
    jump = lower_goto(lowering, frame->exits[i].proxy, span);
    jump->flags = flags;
    return jump;
}

/* --- try with yield ----------------------------------------------------------------------------------------------- */

static Bound *call_finally(Machine *machine, const IteratorFrame *frame, Span span)
{
    Lowering *lowering = machine->lowering;
    MethodRef ref = {frame->finally, machine->self, NULL};
    Bound *call = bound_call(lowering->world, ref, lower_this(lowering, machine->self, span), NULL, 0, span);
    call->flags |= CALL_NON_VIRTUAL;
    return lower_expression_statement(lowering, call);
}

/* `this.<>1__state = outer state;` and the block. Its locals live in the new method. */
static void define_finally(Machine *machine, IteratorFrame *frame, Bound *block)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    Function *move_next = machine->move_next;
    Local *outer_this = machine->this_local;
    Name name = lower_name(lowering, "<>m__Finally%u", ++iterator->finally_count);
    frame->finally = lower_define_method(lowering, machine->type, name, METHOD_STATE_MACHINE,
                                         lowering->world->void_type, false, block->span);
    frame->finally->access = ACCESS_PRIVATE;
    Function *function = lower_new_function(lowering, frame->finally, block->span);
    machine->rewriter.function = function;
    Span start = {block->span.start, block->span.start};
    lower_add(lowering, &function->body->items, store_state(machine, frame->parent->state, start));
    if (outer_this) {
        machine->this_local = lower_temp(lowering, function, outer_this->type, "<>4__this", start);
        lower_add_local(lowering, &function->body->locals, machine->this_local);
        lower_add(lowering, &function->body->items,
                  lower_set(lowering, bound_local(lowering->world, machine->this_local, start),
                            hoisted_field(machine, machine->this_field, start)));
    }
    lower_add(lowering, &function->body->items, rewrite_visit(&machine->rewriter, block));
    machine->rewriter.function = move_next;
    machine->this_local = outer_this;
}

static Bound *try_with_yield(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    IteratorFrame *frame = ARENA_NEW(lowering->arena, IteratorFrame);
    Span start = {node->span.start, node->span.start}, end = {node->span.end, node->span.end};
    frame->parent = iterator->frame;
    frame->state = iterator->next_finally_state--;
    ARENA_PUSH(lowering->arena, frame->parent->children, frame->parent->child_count, frame->parent->child_capacity,
               frame);
    for (IteratorFrame *at = frame; at; at = at->parent)
        ARENA_PUSH(lowering->arena, at->states, at->state_count, at->state_capacity, frame->state);
    collect_labels(frame, node->a);

    Bound *block = lower_block(lowering, node->span);
    lower_add(lowering, &block->items, store_state(machine, frame->state, start));
    iterator->frame = frame;
    lower_add(lowering, &block->items, rewrite_visit(&machine->rewriter, node->a));
    iterator->frame = frame->parent;
    define_finally(machine, frame, node->b);
    lower_add(lowering, &block->items, call_finally(machine, frame, end));
    if (frame->exit_count == 0)
        return block;
    Label *behind = label_new(lowering->world, NULL);
    lower_add(lowering, &block->items, lower_goto(lowering, behind, end));
    for (uint32_t i = 0; i < frame->exit_count; i++) {
        lower_add(lowering, &block->items, lower_label(lowering, frame->exits[i].proxy, end));
        lower_add(lowering, &block->items, call_finally(machine, frame, end));
        lower_add(lowering, &block->items, jump_to(machine, frame->exits[i].target, end, BOUND_COMPILER_MADE));
    }
    lower_add(lowering, &block->items, lower_label(lowering, behind, end));
    return block;
}

static void find_yield(void *context, Bound *node)
{
    bool *found = context;
    *found |= node->kind == BOUND_YIELD_RETURN;
    if (!*found && node->kind >= BOUND_BLOCK)
        bound_for_each_child(node, find_yield, context);
}

static bool yields(Bound *node)
{
    bool found = false;
    find_yield(&found, node);
    return found;
}

static Bound *iterator_node(Machine *machine, Bound *node)
{
    switch (node->kind) {
    case BOUND_YIELD_RETURN:
        return yield_value(machine, node);
    case BOUND_YIELD_BREAK:
    case BOUND_RETURN:
        return jump_to(machine, NULL, node->span, node->flags);
    case BOUND_GOTO:
        return jump_to(machine, node->label, node->span, node->flags);
    case BOUND_TRY:
        return node->b && yields(node->a) ? try_with_yield(machine, node) : NULL;
    default:
        return NULL;
    }
}

/* --- MoveNext and Dispose ----------------------------------------------------------------------------------------- */

static void find_frames(void *context, Bound *node)
{
    bool *found = context;
    *found |= node->kind == BOUND_TRY && node->b && yields(node->a);
    if (!*found && node->kind >= BOUND_BLOCK)
        bound_for_each_child(node, find_frames, context);
}

static void define_dispose(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Method *method =
        lower_define_method(lowering, machine->type, name_of(lowering->world->names, "System.IDisposable.Dispose"),
                            METHOD_STATE_MACHINE, lowering->world->void_type, false, machine->method->span);
    lower_implement(lowering, method, type_special(lowering->world, SPECIAL_IDISPOSABLE), "Dispose");
    lower_new_function(lowering, method, (Span){0, 0});
    iterator_of(machine)->dispose = method;
}

static Bound *guard_faults(Machine *machine, Bound *body)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    Span end = {body->span.end, body->span.end};
    Bound *node = lower_statement(lowering, BOUND_TRY, body->span);
    node->a = body;
    node->b = lower_block(lowering, end);
    MethodRef ref = {iterator->dispose, machine->self, NULL};
    Bound *call = bound_call(lowering->world, ref, lower_this(lowering, machine->self, end), NULL, 0, end);
    call->flags |= CALL_NON_VIRTUAL;
    lower_add(lowering, &node->b->items,
              lower_if(lowering, bound_local(lowering->world, iterator->faulted, end),
                       lower_expression_statement(lowering, call), NULL));
    return node;
}

static void write_move_next(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    Span start = {machine->source->span.start, machine->source->span.start},
         end = {machine->source->span.end, machine->source->span.end};
    Bound *body = machine->move_next->body;
    if (iterator->has_frames) {
        iterator->faulted = lower_temp(lowering, machine->move_next, lowering->world->bool_type, "faulted", start);
        lower_add_local(lowering, &body->locals, iterator->faulted);
        lower_add(lowering, &body->items,
                  lower_set(lowering, bound_local(lowering->world, iterator->faulted, start),
                            lower_bool(lowering, true, start)));
    }
    DispatchFrame frame = {0};
    Label *first = label_new(lowering->world, NULL);
    machine->dispatch = &frame;
    machine_push_case(machine, &frame, 0, first);
    Bound *rewritten = rewrite_visit(&machine->rewriter, machine->source->body);
    Bound *block = lower_block(lowering, machine->source->span);
    lower_add(lowering, &block->items, machine_dispatch(machine, &frame, start));
    lower_add(lowering, &block->items, leave_move_next(machine, false, start));
    lower_add(lowering, &block->items, lower_label(lowering, first, start));
    lower_add(lowering, &block->items, store_state(machine, -1, start));
    lower_add(lowering, &block->items, rewritten);
    machine_clear(machine, &block->items, machine->root_fields, machine->root_count, end);
    lower_add(lowering, &block->items, leave_move_next(machine, false, end));
    lower_add(lowering, &body->items, iterator->faulted ? guard_faults(machine, block) : block);
}

/* `switch (num) { case -3: case 1: try { inner frames } finally { this.<>m__Finally1(); } }` */
static Bound *dispose_frames(Machine *machine, const IteratorFrame *frame, Local *state, Function *function)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    Bound *node = lower_statement(lowering, BOUND_SWITCH, nowhere);
    node->a = bound_local(lowering->world, state, nowhere);
    node->label = node->label2 = label_new(lowering->world, NULL);
    node->b = lower_block(lowering, nowhere);
    uint32_t capacity = 0;
    for (uint32_t i = 0; i < frame->child_count; i++) {
        const IteratorFrame *child = frame->children[i];
        Label *label = label_new(lowering->world, NULL);
        for (uint32_t j = 0; j < child->state_count; j++) {
            SwitchCase entry = {{.kind = CONSTANT_INTEGER, .integer = child->states[j]}, label};
            ARENA_PUSH(lowering->arena, node->cases, node->case_count, capacity, entry);
        }
        Bound *guarded = lower_statement(lowering, BOUND_TRY, nowhere);
        guarded->a = lower_block(lowering, nowhere);
        if (child->child_count != 0)
            lower_add(lowering, &guarded->a->items, dispose_frames(machine, child, state, function));
        guarded->b = lower_block(lowering, nowhere);
        lower_add(lowering, &guarded->b->items, call_finally(machine, child, nowhere));
        lower_add(lowering, &node->b->items, lower_label(lowering, label, nowhere));
        lower_add(lowering, &node->b->items, guarded);
        lower_add(lowering, &node->b->items, lower_goto(lowering, node->label, nowhere));
    }
    return node;
}

static void write_dispose(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    const Iterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Function *function = iterator->dispose->lowered;
    Bound *body = function->body;
    if (iterator->root.child_count != 0) {
        Local *state = lower_temp(lowering, function, lowering->world->int_type, "num", nowhere);
        lower_add_local(lowering, &body->locals, state);
        lower_add(lowering, &body->items,
                  lower_set(lowering, bound_local(lowering->world, state, nowhere),
                            hoisted_field(machine, machine->state, nowhere)));
        lower_add(lowering, &body->items, dispose_frames(machine, &iterator->root, state, function));
    }
    machine_clear(machine, &body->items, machine->all_fields, machine->all_count, nowhere);
    lower_add(lowering, &body->items, store_state(machine, -2, nowhere));
}

/* --- what iterators and async iterators share --------------------------------------------------------------------- */

/* System.Collections.Generic.IEnumerable<System.Int32>, as Roslyn writes it in the names of explicit implementations.
 */
static void add_qualified(Text *text, const Type *type)
{
    if (type->kind == TYPE_ARRAY) {
        add_qualified(text, type->element);
        text_adds(text, "[]");
        return;
    }
    if (type->kind == TYPE_PARAMETER) {
        text_adds(text, type->parameter->name->text);
        return;
    }
    const TypeDefinition *definition = type->definition;
    if (definition->containing) {
        add_qualified(text, definition->containing->self);
        text_addc(text, '.');
    } else if (definition->space && definition->space->full_name->length != 0) {
        text_format(text, "%s.", definition->space->full_name->text);
    }
    text_adds(text, definition->name->text);
    for (uint32_t i = definition->own_parameter_start; i < type->argument_count; i++) {
        text_adds(text, i == definition->own_parameter_start ? "<" : ", ");
        add_qualified(text, type->arguments[i]);
    }
    if (type->argument_count > definition->own_parameter_start)
        text_addc(text, '>');
}

Function *machine_define_member(Machine *machine, const char *name, Type *return_type, Type *interface_type)
{
    Lowering *lowering = machine->lowering;
    Text qualified;
    text_init(&qualified, lowering->arena);
    add_qualified(&qualified, interface_type);
    Name full = lower_name(lowering, "%s.%s", qualified.at, name);
    Method *method = lower_define_method(lowering, machine->type, full, METHOD_STATE_MACHINE, return_type, false,
                                         machine->method->span);
    lower_implement(lowering, method, interface_type, name);
    return lower_new_function(lowering, method, (Span){0, 0});
}

Bound *machine_thread_id(Machine *machine, Span span)
{
    Lowering *lowering = machine->lowering;
    TypeDefinition *environment = world_find_type(lowering->world, "System.Environment");
    if (!environment)
        return bound_constant_int(lowering->world, 0, span);
    return lower_call(lowering, NULL, environment->self, "get_CurrentManagedThreadId", NULL, 0, span);
}

Bound *machine_throw_not_supported(Machine *machine, Span span)
{
    Lowering *lowering = machine->lowering;
    TypeDefinition *exception = world_find_type(lowering->world, "System.NotSupportedException");
    Method *constructor = exception ? type_method_named(lowering->world, exception, ".ctor", 0) : NULL;
    Bound *node = lower_statement(lowering, BOUND_THROW, span);
    node->a = constructor ? lower_new(lowering, exception->self, constructor, NULL, 0, span)
                          : lower_null(lowering, type_special(lowering->world, SPECIAL_EXCEPTION), span);
    return node;
}

/* `result = this` when the machine is fresh and on its own thread, else a new one. `again` is done before reusing
 * `this`. */
Local *machine_begin_enumeration(Machine *machine, Function *function, Method *constructor, Field *thread,
                                 int32_t start, const BoundList *again)
{
    Lowering *lowering = machine->lowering;
    World *world = lowering->world;
    Span nowhere = {0, 0};
    Local *result = lower_temp(lowering, function, machine->self, "result", nowhere);
    lower_add_local(lowering, &function->body->locals, result);
    Bound *reuse = lower_block(lowering, nowhere), *make = lower_block(lowering, nowhere);
    lower_add(lowering, &reuse->items,
              lower_set(lowering, hoisted_field(machine, machine->state, nowhere),
                        bound_constant_int(world, start, nowhere)));
    for (uint32_t i = 0; again && i < again->count; i++)
        lower_add(lowering, &reuse->items, again->at[i]);
    lower_add(lowering, &reuse->items,
              lower_set(lowering, bound_local(world, result, nowhere), lower_this(lowering, machine->self, nowhere)));
    Bound *state = bound_constant_int(world, start, nowhere);
    lower_add(lowering, &make->items,
              lower_set(lowering, bound_local(world, result, nowhere),
                        lower_new(lowering, machine->self, constructor, &state, 1, nowhere)));
    if (machine->this_field && !machine->this_copy)
        lower_add(lowering, &make->items,
                  lower_set(lowering,
                            lower_field(lowering, bound_local(world, result, nowhere), machine->this_field,
                                        machine->self, nowhere),
                            hoisted_field(machine, machine->this_field, nowhere)));
    Bound *fresh = bound_new(world, BOUND_AND_ALSO, world->bool_type, nowhere);
    fresh->a = lower_compare_int(lowering, OP_EQUAL, hoisted_field(machine, machine->state, nowhere), -2);
    fresh->b =
        lower_compare(lowering, OP_EQUAL, hoisted_field(machine, thread, nowhere), machine_thread_id(machine, nowhere));
    lower_add(lowering, &function->body->items, lower_if(lowering, fresh, reuse, make));
    return result;
}

/* `result.x = this.<>3__x` for every parameter but `skip`. */
void machine_copy_parameters(Machine *machine, Function *function, Local *result, const Local *skip)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    BoundList *list = &function->body->items;
    Bound *target = bound_local(lowering->world, result, nowhere);
    if (machine->this_copy)
        lower_add(lowering, list,
                  lower_set(lowering, lower_field(lowering, target, machine->this_field, machine->self, nowhere),
                            hoisted_field(machine, machine->this_copy, nowhere)));
    for (uint32_t i = 0; i < machine->source->parameter_count; i++) {
        Local *local = machine->source->parameters[i];
        if (!machine->parameter_copies[i] || local == skip)
            continue;
        Field *field = local_data(lowering, local)->hoisted;
        lower_add(lowering, list,
                  lower_set(lowering, lower_field(lowering, target, field, machine->self, nowhere),
                            hoisted_field(machine, machine->parameter_copies[i], nowhere)));
    }
}

/* `return new <M>d__0(state) { <>3__x = x, ... };` */
void machine_write_class_kickoff(Machine *machine, Method *constructor, int32_t state)
{
    Lowering *lowering = machine->lowering;
    Function *function = machine->source;
    Span span = {function->span.start, function->span.start};
    Type *type = machine_type_outside(machine);
    Local *local = lower_temp(lowering, function, type, "result", span);
    Bound *body = lower_block(lowering, function->span);
    lower_add_local(lowering, &body->locals, local);
    Bound *argument = bound_constant_int(lowering->world, state, span);
    Bound *target = bound_local(lowering->world, local, span);
    lower_add(lowering, &body->items,
              lower_set(lowering, target, lower_new(lowering, type, constructor, &argument, 1, span)));
    machine_parameter_fields(machine, target, &body->items, span);
    lower_add(lowering, &body->items,
              lower_return(lowering,
                           lower_convert(lowering, target, machine->method->return_type, CONVERSION_REFERENCE), span));
    function->body = body;
}

/* --- the members of the interfaces -------------------------------------------------------------------------------- */

static void define_current(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    const Iterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Function *getter = machine_define_member(machine, "get_Current", iterator->element, iterator->enumerator);
    lower_add(lowering, &getter->body->items,
              lower_return(lowering, hoisted_field(machine, iterator->current, nowhere), nowhere));
    Type *plain = type_special(lowering->world, SPECIAL_IENUMERATOR);
    getter = machine_define_member(machine, "get_Current", lowering->world->object_type, plain);
    Bound *value = hoisted_field(machine, iterator->current, nowhere);
    if (value->type != lowering->world->object_type)
        value = lower_convert(lowering, value, lowering->world->object_type,
                              type_is_reference(value->type) ? CONVERSION_REFERENCE : CONVERSION_BOX);
    lower_add(lowering, &getter->body->items, lower_return(lowering, value, nowhere));
}

static void define_reset(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Span nowhere = {0, 0};
    Type *plain = type_special(lowering->world, SPECIAL_IENUMERATOR);
    Function *reset = machine_define_member(machine, "Reset", lowering->world->void_type, plain);
    lower_add(lowering, &reset->body->items, machine_throw_not_supported(machine, nowhere));
}

static void define_constructor(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Iterator *iterator = iterator_of(machine);
    iterator->constructor = lower_define_method(lowering, machine->type, name_of(lowering->world->names, ".ctor"),
                                                METHOD_CONSTRUCTOR, lowering->world->void_type, false, (Span){0, 0});
    Function *function = lower_new_function(lowering, iterator->constructor, (Span){0, 0});
    Local *state = lower_add_parameter(lowering, function, name_of(lowering->world->names, "<>1__state"),
                                       lowering->world->int_type, REF_NONE);
    lower_add(lowering, &function->body->items,
              lower_set(lowering, hoisted_field(machine, machine->state, function->span),
                        bound_local(lowering->world, state, function->span)));
    if (iterator->thread)
        lower_add(lowering, &function->body->items,
                  lower_set(lowering, hoisted_field(machine, iterator->thread, function->span),
                            machine_thread_id(machine, function->span)));
}

static void define_get_enumerator(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    const Iterator *iterator = iterator_of(machine);
    Span nowhere = {0, 0};
    Function *function = machine_define_member(machine, "GetEnumerator", iterator->enumerator, iterator->enumerable);
    Local *result = machine_begin_enumeration(machine, function, iterator->constructor, iterator->thread, 0, NULL);
    machine_copy_parameters(machine, function, result, NULL);
    lower_add(lowering, &function->body->items,
              lower_return(lowering,
                           lower_convert(lowering, bound_local(lowering->world, result, nowhere), iterator->enumerator,
                                         CONVERSION_REFERENCE),
                           nowhere));

    Function *plain =
        machine_define_member(machine, "GetEnumerator", type_special(lowering->world, SPECIAL_IENUMERATOR),
                              type_special(lowering->world, SPECIAL_IENUMERABLE));
    MethodRef ref = {function->method, machine->self, NULL};
    Bound *call = bound_call(lowering->world, ref, lower_this(lowering, machine->self, nowhere), NULL, 0, nowhere);
    call->flags |= CALL_NON_VIRTUAL;
    lower_add(lowering, &plain->body->items,
              lower_return(lowering, lower_convert(lowering, call, plain->return_type, CONVERSION_REFERENCE), nowhere));
}

static bool returns_enumerable(const Type *type)
{
    return type->special == SPECIAL_IENUMERABLE || type->special == SPECIAL_IENUMERABLE_T;
}

static void set_interfaces(Machine *machine, bool is_enumerable)
{
    Lowering *lowering = machine->lowering;
    World *world = lowering->world;
    Iterator *iterator = iterator_of(machine);
    iterator->enumerable = type_special_of(world, SPECIAL_IENUMERABLE_T, iterator->element);
    iterator->enumerator = type_special_of(world, SPECIAL_IENUMERATOR_T, iterator->element);
    Type *all[] = {iterator->enumerable, type_special(world, SPECIAL_IENUMERABLE), iterator->enumerator,
                   type_special(world, SPECIAL_IDISPOSABLE), type_special(world, SPECIAL_IENUMERATOR)};
    uint32_t skip = is_enumerable ? 0 : 2;
    lower_set_interfaces(lowering, machine->type, all + skip, 5 - skip);
}

void lower_iterator(Lowering *lowering, Function *function)
{
    Machine machine = {.special = iterator_node};
    Iterator iterator = {.next_finally_state = -3};
    Hoisting hoisting = {0};
    iterator.root.state = -1;
    iterator.frame = &iterator.root;
    find_frames(&iterator.has_frames, function->body);
    find_hoisted(lowering, function, true, &hoisting);
    machine.data = &iterator;
    machine_init(&machine, lowering, function, TYPE_CLASS);
    machine.next_state = 1;
    bool is_enumerable = returns_enumerable(function->return_type);
    Type *element = function->yield_type ? function->yield_type : lowering->world->object_type;
    iterator.element = rewrite_type(&machine.rewriter, element);
    set_interfaces(&machine, is_enumerable);
    iterator.current = type_define_field(lowering->world, machine.type, name_of(lowering->world->names, "<>2__current"),
                                         iterator.element, false);
    if (is_enumerable)
        iterator.thread =
            type_define_field(lowering->world, machine.type, name_of(lowering->world->names, "<>l__initialThreadId"),
                              lowering->world->int_type, false);
    machine_add_hoisted(&machine, &hoisting, is_enumerable);
    define_constructor(&machine);
    define_dispose(&machine);
    machine_define_move_next(&machine, lowering->world->bool_type, type_special(lowering->world, SPECIAL_IENUMERATOR));
    write_move_next(&machine);
    write_dispose(&machine);
    define_current(&machine);
    define_reset(&machine);
    if (is_enumerable)
        define_get_enumerator(&machine);
    machine_write_class_kickoff(&machine, iterator.constructor, is_enumerable ? -2 : 0);
    collect_labels(NULL, machine.root);
}
