/* State machines: what async methods, iterators and async iterators have in common, and async methods themselves.
 *
 * The body moves into MoveNext of a compiler-made struct (async) or class (iterators). Hoisted variables are its
 * fields; an await becomes: get the awaiter; if it is not complete, store where to go on, hand the machine to the
 * builder and return; when called again, jump back to that place. Fields of locals are given back at the end of their
 * scope and used again for the next local of the same type, as Roslyn does in Release builds. */
#include "lang/lower_internal.h"

/* --- fields ------------------------------------------------------------------------------------------------------- */

Bound *hoisted_field(Machine *machine, Field *field, Span span)
{
    return lower_field(machine->lowering, lower_this(machine->lowering, machine->self, span), field, machine->self,
                       span);
}

static Field *add_field(Machine *machine, Name name, Type *type)
{
    return type_define_field(machine->lowering->world, machine->type, name, type, false);
}

/* For whoever shows variables: which one the field is, and where. */
static void note_local(Machine *machine, const Local *local, Field *field)
{
    if (local && local->kind != LOCAL_TEMP && local->name)
        lower_note_local(machine->lowering, machine->type, local, field);
}

static FreeFields *free_list(Machine *machine, const Type *type)
{
    for (uint32_t i = 0; i < machine->free_count; i++)
        if (machine->free_fields[i].type == type)
            return &machine->free_fields[i];
    return NULL;
}

/* A field for a local of this type (already rewritten): a free one, or a new one. */
static Field *take_field(Machine *machine, const Local *local, Type *type)
{
    FreeFields *list = free_list(machine, type);
    if (list && list->count != 0) {
        note_local(machine, local, list->at[list->count - 1]);
        return list->at[--list->count];
    }
    uint32_t id = machine->next_field++;
    bool is_users = local && local->kind == LOCAL_VARIABLE && local->name;
    Name name = is_users ? lower_name(machine->lowering, "<%s>5__%u", local->name->text, id + 1)
                         : lower_name(machine->lowering, "<>7__wrap%u", id);
    Field *field = add_field(machine, name, type);
    note_local(machine, local, field);
    ARENA_PUSH(machine->lowering->arena, machine->all_fields, machine->all_count, machine->all_capacity, field);
    return field;
}

static void give_back_field(Machine *machine, Field *field)
{
    FreeFields *list = free_list(machine, field->type);
    if (!list) {
        FreeFields fresh = {.type = field->type};
        ARENA_PUSH(machine->lowering->arena, machine->free_fields, machine->free_count, machine->free_capacity, fresh);
        list = &machine->free_fields[machine->free_count - 1];
    }
    ARENA_PUSH(machine->lowering->arena, list->at, list->count, list->capacity, field);
}

/* Fields that must exist from the start: parameters, `this`, display classes. */
void machine_add_hoisted(Machine *machine, const Hoisting *hoisting, bool copies)
{
    Lowering *lowering = machine->lowering;
    uint32_t frames = 0;
    const Method *method = machine->method;
    for (uint32_t i = 0; i < machine->source->parameter_count; i++)
        machine->source->parameters[i]->index = i;
    if (copies)
        machine->parameter_copies = ARENA_ARRAY(lowering->arena, Field *, method->parameter_count + 1);
    for (uint32_t i = 0; i < hoisting->count; i++) {
        Local *local = hoisting->at[i];
        if (!local) {
            Type *type = method->owner->self;
            machine->this_field = add_field(machine, name_of(lowering->world->names, "<>4__this"), type);
            if (copies && type->kind == TYPE_STRUCT)
                machine->this_copy = add_field(machine, name_of(lowering->world->names, "<>3__<>4__this"), type);
        } else if (local->kind == LOCAL_PARAMETER) {
            Type *type = rewrite_type(&machine->rewriter, local->type);
            local_data(lowering, local)->hoisted = add_field(machine, local->name, type);
            note_local(machine, local, local_data(lowering, local)->hoisted);
            if (copies)
                machine->parameter_copies[local->index] =
                    add_field(machine, lower_name(lowering, "<>3__%s", local->name->text), type);
        } else if (local_data(lowering, local)->is_frame) {
            Type *type = rewrite_type(&machine->rewriter, local->type);
            local_data(lowering, local)->hoisted = add_field(machine, lower_name(lowering, "<>8__%u", ++frames), type);
            ARENA_PUSH(lowering->arena, machine->all_fields, machine->all_count, machine->all_capacity,
                       local_data(lowering, local)->hoisted);
        }
    }
}

/* `this.field = default` for every field that could keep an object alive. */
void machine_clear(Machine *machine, BoundList *list, Field **fields, uint32_t count, Span span)
{
    Lowering *lowering = machine->lowering;
    for (uint32_t i = 0; i < count; i++) {
        if (!lower_has_references(lowering, fields[i]->type))
            continue;
        Bound *value = type_is_reference(fields[i]->type) ? lower_null(lowering, fields[i]->type, span)
                                                          : lower_default(lowering, fields[i]->type, span);
        lower_add(lowering, list, lower_set(lowering, hoisted_field(machine, fields[i], span), value));
    }
}

/* --- scopes ------------------------------------------------------------------------------------------------------- */

typedef struct FieldList {
    Field **at;
    uint32_t count, capacity;
} FieldList;

static Span end_of(Span span)
{
    return (Span){span.end, span.end};
}

static void open_scope(Machine *machine, const Bound *node)
{
    for (uint32_t i = 0; i < node->locals.count; i++) {
        Local *local = node->locals.at[i];
        LocalData *data = local_data(machine->lowering, local);
        if (data->is_hoisted && !data->hoisted && local->ref_kind == REF_NONE && !data->is_late)
            data->hoisted = take_field(machine, local, rewrite_type(&machine->rewriter, local->type));
    }
}

/* The scope's locals that stay locals; the fields of the others, which are free again. */
static LocalList close_scope(Machine *machine, const Bound *node, FieldList *fields)
{
    Arena *arena = machine->lowering->arena;
    LocalList kept = {0};
    for (uint32_t i = 0; i < node->locals.count; i++) {
        Local *local = node->locals.at[i];
        const LocalData *data = local_data(machine->lowering, local);
        if (data->hoisted) {
            ARENA_PUSH(arena, fields->at, fields->count, fields->capacity, data->hoisted);
            if (!data->is_frame)
                give_back_field(machine, data->hoisted);
        } else if (data->is_hoisted) { /* by reference: the fields of its parts */
            for (uint32_t j = 0; j < data->part_count; j++) {
                ARENA_PUSH(arena, fields->at, fields->count, fields->capacity, data->parts[j]);
                give_back_field(machine, data->parts[j]);
            }
        } else {
            lower_add_local(machine->lowering, &kept, local);
        }
    }
    return kept;
}

Bound *machine_scope(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    FieldList fields = {0};
    open_scope(machine, node);
    Bound *copy = rewrite_children(&machine->rewriter, node);
    copy->locals = close_scope(machine, node, &fields);
    if (fields.count == 0 || node->kind == BOUND_SEQUENCE)
        return copy;
    if (node == machine->root) {
        machine->root_fields = fields.at;
        machine->root_count = fields.count;
        return copy;
    }
    BoundList *list = &copy->items;
    if (node->kind == BOUND_FOR) {
        Bound *block = lower_block(lowering, node->span);
        block->flags = node->flags;
        lower_add(lowering, &block->items, copy);
        copy = block;
        list = &block->items;
    }
    machine_clear(machine, list, fields.at, fields.count, end_of(node->span));
    return copy;
}

/* --- by-reference locals that outlive a suspension ---------------------------------------------------------------- */

static Bound *keep_part(Machine *machine, LocalData *data, Bound *value, BoundList *effects)
{
    if (value->kind == BOUND_CONSTANT || value->kind == BOUND_THIS)
        return value;
    Field *field = take_field(machine, NULL, value->type);
    ARENA_PUSH(machine->lowering->arena, data->parts, data->part_count, data->part_capacity, field);
    lower_add(machine->lowering, effects,
              lower_assign(machine->lowering, hoisted_field(machine, field, value->span), value));
    return hoisted_field(machine, field, value->span);
}

/* Writes the (already rewritten) place with fields for the values it hangs on. */
static Bound *keep_place(Machine *machine, LocalData *data, Bound *node, BoundList *effects)
{
    Bound *copy = arena_copy(machine->lowering->arena, node, sizeof *node);
    switch (node->kind) {
    case BOUND_ELEMENT:
        copy->a = keep_part(machine, data, node->a, effects);
        copy->b = keep_part(machine, data, node->b, effects);
        return copy;
    case BOUND_CALL:
        if (node->a)
            return node;
        copy->items.at = ARENA_ARRAY(machine->lowering->arena, Bound *, node->items.count + 1);
        for (uint32_t i = 0; i < node->items.count; i++)
            copy->items.at[i] = keep_part(machine, data, node->items.at[i], effects);
        return copy;
    case BOUND_FIELD:
        if (node->a)
            copy->a = type_is_reference(node->a->type) ? keep_part(machine, data, node->a, effects)
                                                       : keep_place(machine, data, node->a, effects);
        return copy;
    default:
        return node;
    }
}

static Bound *rewrite_reference(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    LocalData *data = local_data(lowering, node->a->local);
    Bound *sequence = bound_new(lowering->world, BOUND_SEQUENCE, lowering->world->void_type, node->span);
    data->replacement = keep_place(machine, data, rewrite_visit(&machine->rewriter, node->b), &sequence->items);
    sequence->a = data->replacement;
    sequence->type = data->replacement->type;
    return sequence;
}

/* --- try ---------------------------------------------------------------------------------------------------------- */

void machine_push_case(Machine *machine, DispatchFrame *frame, int32_t state, Label *label)
{
    SwitchCase entry = {{.kind = CONSTANT_INTEGER, .integer = state}, label};
    ARENA_PUSH(machine->lowering->arena, frame->cases, frame->count, frame->capacity, entry);
}

Bound *machine_dispatch(Machine *machine, DispatchFrame *frame, Span span)
{
    Bound *node = lower_statement(machine->lowering, BOUND_STATE_DISPATCH, span);
    node->a = bound_local(machine->lowering->world, machine->state_local, span);
    node->cases = frame->cases;
    node->case_count = frame->count;
    return node;
}

static Bound *block_with(Machine *machine, Bound *first, Bound *second)
{
    Bound *block = lower_block(machine->lowering, second->span);
    lower_add(machine->lowering, &block->items, first);
    lower_add(machine->lowering, &block->items, second);
    return block;
}

/* A resumption inside the try goes to the label before it, then from the start of the block to its place. */
Bound *machine_try(Machine *machine, Bound *node, Label *end)
{
    Lowering *lowering = machine->lowering;
    Span span = (Span){node->span.start, node->span.start};
    DispatchFrame frame = {.parent = machine->dispatch};
    machine->dispatch = &frame;
    Bound *copy = arena_copy(lowering->arena, node, sizeof *node);
    copy->a = rewrite_visit(&machine->rewriter, node->a);
    machine->dispatch = frame.parent;
    copy->items = (BoundList){0};
    for (uint32_t i = 0; i < node->items.count; i++)
        lower_add(lowering, &copy->items, rewrite_visit(&machine->rewriter, node->items.at[i]));
    copy->b = rewrite_visit(&machine->rewriter, node->b);
    if (end)
        copy->a = block_with(machine, copy->a, lower_label(lowering, end, end_of(node->a->span)));
    if (frame.count == 0)
        return copy;
    copy->a = block_with(machine, machine_dispatch(machine, &frame, span), copy->a);
    if (copy->b) { /* not when the method is only suspended: states from 0 on, and below -1 those of yields */
        Bound *running =
            lower_compare_int(lowering, OP_EQUAL, bound_local(lowering->world, machine->state_local, span), -1);
        copy->b = block_with(machine, NULL, lower_if(lowering, running, copy->b, NULL));
    }
    Label *before = label_new(lowering->world, NULL);
    for (uint32_t i = 0; i < frame.count; i++)
        machine_push_case(machine, machine->dispatch, (int32_t)frame.cases[i].value.integer, before);
    return block_with(machine, lower_label(lowering, before, span), copy);
}

/* --- await -------------------------------------------------------------------------------------------------------- */

static AwaiterSlot *awaiter_slot(Machine *machine, Type *type)
{
    Lowering *lowering = machine->lowering;
    bool is_object = type_is_reference(type);
    Field *shared = NULL;
    for (uint32_t i = 0; i < machine->awaiter_count; i++) {
        if (machine->awaiters[i].type == type)
            return &machine->awaiters[i];
        if (is_object && type_is_reference(machine->awaiters[i].type))
            shared = machine->awaiters[i].field;
    }
    AwaiterSlot slot = {.type = type, .field = shared};
    if (!shared)
        slot.field = add_field(machine, lower_name(lowering, "<>u__%u", ++machine->awaiter_field_count),
                               is_object ? lowering->world->object_type : type);
    Name name = machine->awaiter_count == 0 ? lower_name(lowering, "awaiter")
                                            : lower_name(lowering, "awaiter%u", machine->awaiter_count + 1);
    slot.local = lower_temp(lowering, machine->move_next, type, name->text, machine->source->span);
    lower_add_local(lowering, &machine->move_next->body->locals, slot.local);
    ARENA_PUSH(lowering->arena, machine->awaiters, machine->awaiter_count, machine->awaiter_capacity, slot);
    return &machine->awaiters[machine->awaiter_count - 1];
}

static Bound *call_member(Machine *machine, MethodRef ref, Bound *receiver, Span span)
{
    Lowering *lowering = machine->lowering;
    if (ref.method->is_static) /* an extension method */
        return bound_call(lowering->world, ref, NULL, &receiver, 1, span);
    Bound *call = bound_call(lowering->world, ref, receiver, NULL, 0, span);
    if (ref.owner->kind == TYPE_STRUCT)
        call->flags |= CALL_NON_VIRTUAL;
    if (!type_is_reference(receiver->type) && !lower_is_lvalue(receiver))
        call->flags |= CALL_COPY_RECEIVER;
    return call;
}

/* `this.<>1__state = num = state;` */
Bound *machine_set_state(Machine *machine, int32_t state, Span span)
{
    Lowering *lowering = machine->lowering;
    Bound *value = lower_assign(lowering, bound_local(lowering->world, machine->state_local, span),
                                bound_constant_int(lowering->world, state, span));
    return lower_set(lowering, hoisted_field(machine, machine->state, span), value);
}

static void store_awaiter(Machine *machine, const AwaiterSlot *slot, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    Bound *value = bound_local(lowering->world, slot->local, span);
    if (slot->field->type != slot->type)
        value = lower_convert(lowering, value, slot->field->type, CONVERSION_REFERENCE);
    lower_add(lowering, list, lower_set(lowering, hoisted_field(machine, slot->field, span), value));
}

static void load_awaiter(Machine *machine, const AwaiterSlot *slot, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    Bound *value = hoisted_field(machine, slot->field, span);
    if (slot->field->type != slot->type)
        value = lower_convert(lowering, value, slot->type, CONVERSION_CAST);
    lower_add(lowering, list, lower_set(lowering, bound_local(lowering->world, slot->local, span), value));
    Bound *nothing = type_is_reference(slot->field->type) ? lower_null(lowering, slot->field->type, span)
                                                          : lower_default(lowering, slot->field->type, span);
    lower_add(lowering, list, lower_set(lowering, hoisted_field(machine, slot->field, span), nothing));
}

static void hand_over(Machine *machine, const AwaiterSlot *slot, bool is_critical, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    Bound *self = lower_this(lowering, machine->self, span);
    if (machine->type->kind == TYPE_CLASS) { /* a class cannot pass its `this` by reference */
        Local *copy = lower_temp(lowering, machine->move_next, machine->self, "stateMachine", span);
        lower_add_local(lowering, &machine->move_next->body->locals, copy);
        lower_add(lowering, list, lower_set(lowering, bound_local(lowering->world, copy, span), self));
        self = bound_local(lowering->world, copy, span);
    }
    Type *type_arguments[2] = {slot->type, machine->self};
    Bound *arguments[2] = {lower_address(lowering, bound_local(lowering->world, slot->local, span)),
                           lower_address(lowering, self)};
    Bound *call =
        lower_call_generic(lowering, hoisted_field(machine, machine->builder, span), machine->builder->type,
                           is_critical ? "AwaitUnsafeOnCompleted" : "AwaitOnCompleted",
                           arena_copy(lowering->arena, type_arguments, sizeof type_arguments), arguments, 2, span);
    lower_add(lowering, list, lower_expression_statement(lowering, call));
}

/* `place`: of the await expression, which is where the continuation is registered. */
static Bound *suspend_block(Machine *machine, const AwaiterSlot *slot, const AwaitInfo *info, Span span, Span place)
{
    Lowering *lowering = machine->lowering;
    Bound *block = lower_block(lowering, span);
    Label *resume = label_new(lowering->world, NULL);
    int32_t state = machine->next_state++;
    machine_push_case(machine, machine->dispatch, state, resume);
    AwaitPoint point = {state, span};
    ARENA_PUSH(lowering->arena, machine->type->await_points, machine->type->await_point_count,
               machine->type->await_point_capacity, point);
    lower_add(lowering, &block->items, machine_set_state(machine, state, span));
    store_awaiter(machine, slot, &block->items, span);
    if (machine->method == lowering->method && lowering->method->program)
        lower_add(lowering, &block->items, lower_keep_point(lowering));
    hand_over(machine, slot, info->is_critical, &block->items, place);
    lower_add(lowering, &block->items, lower_return(lowering, NULL, span));
    lower_add(lowering, &block->items, lower_label(lowering, resume, span));
    load_awaiter(machine, slot, &block->items, span);
    lower_add(lowering, &block->items, machine_set_state(machine, -1, span));
    return block;
}

static Bound *rewrite_await(Machine *machine, Bound *statement)
{
    Lowering *lowering = machine->lowering;
    Span span = statement->span;
    Bound *target = statement->a->kind == BOUND_ASSIGN ? statement->a->a : NULL;
    Bound *await = target ? statement->a->b : statement->a;
    Bound *operand = rewrite_visit(&machine->rewriter, await->a);
    const AwaitInfo *info = rewrite_await_info(&machine->rewriter, await->await);
    const AwaiterSlot slot = *awaiter_slot(machine, info->awaiter_type);

    Bound *block = lower_block(lowering, span);
    Bound *get = lower_set(lowering, bound_local(lowering->world, slot.local, span),
                           call_member(machine, info->get_awaiter, operand, await->span));
    get->span = span;
    get->flags = statement->flags;
    lower_add(lowering, &block->items, get);
    Bound *completed =
        call_member(machine, info->is_completed, bound_local(lowering->world, slot.local, span), await->span);
    lower_add(lowering, &block->items,
              lower_if(lowering, lower_not(lowering, completed), suspend_block(machine, &slot, info, span, await->span),
                       NULL));
    Bound *result = call_member(machine, info->get_result, bound_local(lowering->world, slot.local, span), await->span);
    Bound *finish = target ? lower_set(lowering, rewrite_visit(&machine->rewriter, target), result)
                           : lower_expression_statement(lowering, result);
    finish->span = span;
    lower_add(lowering, &block->items, finish);
    return block;
}

/* --- the visitor -------------------------------------------------------------------------------------------------- */

static Bound *rewrite_this(Machine *machine, const Bound *node)
{
    if (machine->this_local)
        return bound_local(machine->lowering->world, machine->this_local, node->span);
    if (!machine->this_field)
        return bound_new(machine->lowering->world, BOUND_BAD, node->type, node->span);
    return hoisted_field(machine, machine->this_field, node->span);
}

static Bound *rewrite_local_use(Machine *machine, Bound *node)
{
    const LocalData *data = node->local->lowered;
    if (data && data->hoisted)
        return hoisted_field(machine, data->hoisted, node->span);
    if (data && data->replacement)
        return data->replacement;
    return rewrite_children(&machine->rewriter, node);
}

static Bound *rewrite_return(Machine *machine, Bound *node)
{
    Lowering *lowering = machine->lowering;
    Bound *leave = lower_goto(lowering, machine->exit, node->span);
    if (!node->a) {
        leave->flags = node->flags;
        return leave;
    }
    Bound *set = lower_expression_statement(lowering, rewrite_visit(&machine->rewriter, node->a));
    if (machine->result)
        set->a = lower_assign(lowering, bound_local(lowering->world, machine->result, node->span), set->a);
    set->span = node->span;
    set->flags = node->flags;
    return block_with(machine, set, leave);
}

/* Assigns a local whose field does not exist yet. */
static Bound *rewrite_late(Machine *machine, Bound *node)
{
    Bound *value = rewrite_visit(&machine->rewriter, node->b);
    LocalData *data = local_data(machine->lowering, node->a->local);
    data->hoisted = take_field(machine, node->a->local, rewrite_type(&machine->rewriter, node->a->local->type));
    return lower_assign(machine->lowering, hoisted_field(machine, data->hoisted, node->span), value);
}

static bool is_late(const Bound *target)
{
    const LocalData *data = target->kind == BOUND_LOCAL ? target->local->lowered : NULL;
    return data && data->is_late && data->is_hoisted && !data->hoisted;
}

static Bound *rewrite_statement(Machine *machine, Bound *node)
{
    if (node->flags & LOWER_KEEP)
        return lower_statement(machine->lowering, BOUND_NOP, node->span);
    if (lower_is_await(node))
        return rewrite_await(machine, node);
    return rewrite_children(&machine->rewriter, node);
}

Bound *machine_visit(Rewriter *rewriter, Bound *node)
{
    Machine *machine = (Machine *)rewriter;
    Bound *other = machine->special ? machine->special(machine, node) : NULL;
    if (other)
        return other;
    switch (node->kind) {
    case BOUND_LOCAL:
        return rewrite_local_use(machine, node);
    case BOUND_THIS:
        return rewrite_this(machine, node);
    case BOUND_BLOCK:
    case BOUND_FOR:
    case BOUND_SEQUENCE:
        return machine_scope(machine, node);
    case BOUND_ASSIGN:
        return is_late(node->a) ? rewrite_late(machine, node) : rewrite_children(rewriter, node);
    case BOUND_ASSIGN_REF:
        if (local_data(machine->lowering, node->a->local)->is_hoisted)
            return rewrite_reference(machine, node);
        return rewrite_children(rewriter, node);
    case BOUND_EXPRESSION_STATEMENT:
        return rewrite_statement(machine, node);
    case BOUND_TRY:
        return machine_try(machine, node, NULL);
    case BOUND_RETURN:
        return rewrite_return(machine, node);
    default:
        return rewrite_children(rewriter, node);
    }
}

/* --- making the type and its methods ------------------------------------------------------------------------------ */

void machine_init(Machine *machine, Lowering *lowering, Function *function, TypeKind kind)
{
    Method *method = function->method;
    machine->lowering = lowering;
    machine->source = function;
    machine->method = method;
    machine->rewriter = (Rewriter){.lowering = lowering, .visit = machine_visit};
    machine->next_field = 1;
    Name name = method == lowering->method
                    ? lower_name(lowering, "<%s>d__%u", method->name->text, lower_ordinal(lowering))
                    : lower_name(lowering, "<%s>d", method->name->text);
    machine->type = lower_define_type(lowering, method->owner, kind, name, method->type_parameters,
                                      method->type_parameter_count, &machine->rewriter.types);
    machine->self = machine->type->self;
    machine->state = add_field(machine, name_of(lowering->world->names, "<>1__state"), lowering->world->int_type);
    machine->root = function->body;
    machine->exit = label_new(lowering->world, NULL);
}

/* The machine's type as its method sees it. */
Type *machine_type_outside(Machine *machine)
{
    const Method *method = machine->method;
    uint32_t outer = method->owner->type_parameter_count, count = method->type_parameter_count;
    Type **arguments = ARENA_ARRAY(machine->lowering->arena, Type *, outer + count + 1);
    for (uint32_t i = 0; i < outer; i++)
        arguments[i] = method->owner->type_parameters[i]->type;
    for (uint32_t i = 0; i < count; i++)
        arguments[outer + i] = method->type_parameters[i]->type;
    return type_make(machine->lowering->world, machine->type, arguments, outer + count);
}

/* MoveNext with its locals: `num`, and the original `this` when that is an object. */
void machine_define_move_next(Machine *machine, Type *return_type, Type *interface_type)
{
    Lowering *lowering = machine->lowering;
    Span span = machine->source->span;
    Method *method = lower_define_method(lowering, machine->type, name_of(lowering->world->names, "MoveNext"),
                                         METHOD_STATE_MACHINE, return_type, false, machine->method->span);
    lower_implement(lowering, method, interface_type, "MoveNext");
    machine->move_next = lower_new_function(lowering, method, span);
    machine->rewriter.function = machine->move_next;
    Bound *body = machine->move_next->body;
    machine->state_local = lower_temp(lowering, machine->move_next, lowering->world->int_type, "num", span);
    lower_add_local(lowering, &body->locals, machine->state_local);
    span = (Span){span.start, span.start};
    lower_add(lowering, &body->items,
              lower_set(lowering, bound_local(lowering->world, machine->state_local, span),
                        hoisted_field(machine, machine->state, span)));
    if (machine->this_field && machine->this_field->type->kind != TYPE_STRUCT) {
        machine->this_local = lower_temp(lowering, machine->move_next, machine->this_field->type, "<>4__this", span);
        lower_add_local(lowering, &body->locals, machine->this_local);
        lower_add(lowering, &body->items,
                  lower_set(lowering, bound_local(lowering->world, machine->this_local, span),
                            hoisted_field(machine, machine->this_field, span)));
    }
}

void machine_add_set_state_machine(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Type *interface_type = type_special(lowering->world, SPECIAL_ASYNC_STATE_MACHINE);
    Method *method =
        lower_define_method(lowering, machine->type, name_of(lowering->world->names, "SetStateMachine"),
                            METHOD_STATE_MACHINE, lowering->world->void_type, false, machine->method->span);
    lower_implement(lowering, method, interface_type, "SetStateMachine");
    Function *function = lower_new_function(lowering, method, (Span){0, 0});
    Local *parameter = lower_add_parameter(lowering, function, name_of(lowering->world->names, "stateMachine"),
                                           interface_type, REF_NONE);
    if (machine->type->kind != TYPE_STRUCT ||
        !type_method_named(lowering->world, machine->builder->type->definition, "SetStateMachine", 1))
        return;
    Bound *argument = bound_local(lowering->world, parameter, function->span);
    Bound *call = lower_call(lowering, hoisted_field(machine, machine->builder, function->span), machine->builder->type,
                             "SetStateMachine", &argument, 1, function->span);
    lower_add(lowering, &function->body->items, lower_expression_statement(lowering, call));
}

/* Copies `this` and the parameters into the machine `target`, in the method that makes it. */
void machine_parameter_fields(Machine *machine, Bound *target, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    if (machine->this_field) {
        Field *field = machine->this_copy ? machine->this_copy : machine->this_field;
        lower_add(lowering, list,
                  lower_set(lowering, lower_field(lowering, target, field, target->type, span),
                            lower_this(lowering, machine->method->owner->self, span)));
    }
    for (uint32_t i = 0; i < machine->source->parameter_count; i++) {
        Local *local = machine->source->parameters[i];
        Field *field = machine->parameter_copies ? machine->parameter_copies[i] : local_data(lowering, local)->hoisted;
        if (field)
            lower_add(lowering, list,
                      lower_set(lowering, lower_field(lowering, target, field, target->type, span),
                                bound_local(lowering->world, local, span)));
    }
}

/* --- async methods ------------------------------------------------------------------------------------------------ */

static void write_kickoff(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Function *function = machine->source;
    Span span = {function->span.start, function->span.start};
    Type *type = machine_type_outside(machine);
    Local *local = lower_temp(lowering, function, type, "stateMachine", function->span);
    Bound *body = lower_block(lowering, function->span);
    lower_add_local(lowering, &body->locals, local);
    Bound *target = bound_local(lowering->world, local, span);
    Bound *builder = lower_field(lowering, target, machine->builder, type, span);
    lower_add(lowering, &body->items,
              lower_set(lowering, builder, lower_call(lowering, NULL, function->builder, "Create", NULL, 0, span)));
    machine_parameter_fields(machine, target, &body->items, span);
    lower_add(lowering, &body->items,
              lower_set(lowering, lower_field(lowering, target, machine->state, type, span),
                        bound_constant_int(lowering->world, -1, span)));
    Bound *argument = lower_address(lowering, target);
    Type **type_arguments = arena_copy(lowering->arena, &type, sizeof type);
    Bound *start =
        lower_call_generic(lowering, builder, function->builder, "Start", type_arguments, &argument, 1, span);
    lower_add(lowering, &body->items, lower_expression_statement(lowering, start));
    bool is_void = type_is_void(machine->method->return_type);
    Bound *task = is_void ? NULL : lower_call(lowering, builder, function->builder, "get_Task", NULL, 0, span);
    lower_add(lowering, &body->items, lower_return(lowering, task, span));
    function->body = body;
}

static void set_finished(Machine *machine, BoundList *list, Span span)
{
    Lowering *lowering = machine->lowering;
    lower_add(lowering, list,
              lower_set(lowering, hoisted_field(machine, machine->state, span),
                        bound_constant_int(lowering->world, -2, span)));
    machine_clear(machine, list, machine->root_fields, machine->root_count, span);
}

static Bound *catch_exception(Machine *machine, Span span)
{
    Lowering *lowering = machine->lowering;
    Type *exception = type_special(lowering->world, SPECIAL_EXCEPTION);
    Bound *handler = lower_statement(lowering, BOUND_CATCH, span);
    handler->catch_type = exception;
    handler->catch_local = lower_temp(lowering, machine->move_next, exception, "exception", span);
    handler->a = lower_block(lowering, span);
    set_finished(machine, &handler->a->items, span);
    Bound *argument = bound_local(lowering->world, handler->catch_local, span);
    Bound *call = lower_call(lowering, hoisted_field(machine, machine->builder, span), machine->builder->type,
                             "SetException", &argument, 1, span);
    lower_add(lowering, &handler->a->items, lower_expression_statement(lowering, call));
    lower_add(lowering, &handler->a->items, lower_return(lowering, NULL, span));
    return handler;
}

static void write_move_next(Machine *machine)
{
    Lowering *lowering = machine->lowering;
    Span start = {machine->source->span.start, machine->source->span.start}, end = end_of(machine->source->span);
    Bound *body = machine->move_next->body;
    DispatchFrame frame = {0};
    machine->dispatch = &frame;
    Bound *rewritten = rewrite_visit(&machine->rewriter, machine->source->body);
    Bound *guarded = lower_statement(lowering, BOUND_TRY, machine->source->span);
    guarded->a = lower_block(lowering, machine->source->span);
    if (frame.count != 0)
        lower_add(lowering, &guarded->a->items, machine_dispatch(machine, &frame, start));
    lower_add(lowering, &guarded->a->items, rewritten);
    lower_add(lowering, &guarded->items, catch_exception(machine, end));
    lower_add(lowering, &body->items, guarded);
    lower_add(lowering, &body->items, lower_label(lowering, machine->exit, end));
    set_finished(machine, &body->items, end);
    Bound *value = machine->result ? bound_local(lowering->world, machine->result, end) : NULL;
    Bound *call = lower_call(lowering, hoisted_field(machine, machine->builder, end), machine->builder->type,
                             "SetResult", &value, value != NULL, end);
    lower_add(lowering, &body->items, lower_expression_statement(lowering, call));
}

void lower_async(Lowering *lowering, Function *function)
{
    Machine machine = {0};
    Hoisting hoisting = {0};
    find_hoisted(lowering, function, false, &hoisting);
    machine_init(&machine, lowering, function, TYPE_STRUCT);
    Type *interface_type = type_special(lowering->world, SPECIAL_ASYNC_STATE_MACHINE);
    lower_set_interfaces(lowering, machine.type, &interface_type, 1);
    machine.builder = add_field(&machine, name_of(lowering->world->names, "<>t__builder"),
                                rewrite_type(&machine.rewriter, function->builder));
    machine_add_hoisted(&machine, &hoisting, false);
    machine_define_move_next(&machine, lowering->world->void_type, interface_type);
    Type *result = rewrite_type(&machine.rewriter, function->async_result);
    if (result && !type_is_void(result)) {
        machine.result = lower_temp(lowering, machine.move_next, result, "result", function->span);
        lower_add_local(lowering, &machine.move_next->body->locals, machine.result);
    }
    write_move_next(&machine);
    machine_add_set_state_machine(&machine);
    write_kickoff(&machine);
}
