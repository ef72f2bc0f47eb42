/* Statements. */
#include "lang/compile_internal.h"

/* --- before anything is generated: whose address is taken, and where labels are ------------------------------------
 */

static void expose(Compiler *c, Bound *node)
{
    while (node && (node->kind == BOUND_FIELD || node->kind == BOUND_SEQUENCE || node->kind == BOUND_ADDRESS))
        node = node->a;
    if (!node || node->kind != BOUND_LOCAL)
        return;
    for (uint32_t i = 0; i < c->exposed_count; i++)
        if (c->exposed[i] == node->local)
            return;
    ARENA_PUSH(c->arena, c->exposed, c->exposed_count, c->exposed_capacity, node->local);
}

void find_exposed(Compiler *c, Bound *node)
{
    if (!node)
        return;
    if (node->kind == BOUND_ADDRESS)
        expose(c, node->a);
    if (node->kind == BOUND_ASSIGN_REF)
        expose(c, node->b);
    if (node->kind == BOUND_CONDITIONAL && (node->flags & BOUND_REF)) {
        expose(c, node->b);
        expose(c, node->c);
    }
    find_exposed(c, node->a);
    find_exposed(c, node->b);
    find_exposed(c, node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        find_exposed(c, node->items.at[i]);
}

static void grow_label_table(Compiler *c)
{
    uint32_t capacity = c->label_data_capacity ? c->label_data_capacity * 2 : 32;
    LabelData **table = ARENA_ARRAY(c->arena, LabelData *, capacity);
    for (uint32_t i = 0; i < c->label_data_capacity; i++) {
        LabelData *data = c->label_data[i];
        for (uint32_t at = data ? data->label->id : 0; data; at++) {
            if (!table[at & (capacity - 1)]) {
                table[at & (capacity - 1)] = data;
                break;
            }
        }
    }
    c->label_data = table;
    c->label_data_capacity = capacity;
}

/* What this compilation knows of a label: an open hash, because methods are compiled once per instantiation. */
static LabelData *data_of(Compiler *c, Label *label)
{
    if (c->label_data_count * 2 >= c->label_data_capacity)
        grow_label_table(c);
    for (uint32_t at = label->id;; at++) {
        LabelData **entry = &c->label_data[at & (c->label_data_capacity - 1)];
        if (!*entry) {
            *entry = ARENA_NEW(c->arena, LabelData);
            (*entry)->label = label;
            (*entry)->code_label = label_make(c);
            c->label_data_count++;
        }
        if ((*entry)->label == label)
            return *entry;
    }
}

static Region *region_new(Compiler *c, Region *parent, bool has_finally)
{
    Region *region = ARENA_NEW(c->arena, Region);
    region->parent = parent;
    region->has_finally = has_finally;
    return region;
}

/* Regions of try statements are made in the same order when code is generated: they are kept with the node. */
typedef struct TryRegions {
    Region *body, *handler, *final;
} TryRegions;

static TryRegions regions_of(Compiler *c, Bound *node, Region *parent)
{
    TryRegions regions = {region_new(c, parent, node->b != NULL), region_new(c, parent, node->b != NULL),
                          region_new(c, parent, false)};
    return regions;
}

/* Notes for every label in which region it lies, so that a goto knows whether finally blocks are on its way. A label
 * that is not inside any try statement has region NULL. */
void place_labels(Compiler *c, Bound *node, Region *region)
{
    if (!node)
        return;
    switch ((int)node->kind) {
    case BOUND_LABEL:
        data_of(c, node->label)->region = region;
        return;
    case BOUND_BLOCK:
        for (uint32_t i = 0; i < node->items.count; i++)
            place_labels(c, node->items.at[i], region);
        return;
    case BOUND_IF:
        place_labels(c, node->b, region);
        place_labels(c, node->c, region);
        return;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
        if (node->label)
            data_of(c, node->label)->region = region;
        if (node->label2 && node->kind != BOUND_SWITCH)
            data_of(c, node->label2)->region = region;
        place_labels(c, node->b, region);
        return;
    case BOUND_TRY: {
        TryRegions *regions = ARENA_NEW(c->arena, TryRegions);
        *regions = regions_of(c, node, region);
        node->binder_data = regions;
        place_labels(c, node->a, regions->body);
        for (uint32_t i = 0; i < node->items.count; i++)
            place_labels(c, node->items.at[i]->a, regions->handler);
        place_labels(c, node->b, regions->final);
        return;
    }
    default:
        return;
    }
}

/* --- jumps ----------------------------------------------------------------------------------------------------------
 */

static bool passes_finally(const Region *from, const Region *to)
{
    for (; from && from != to; from = from->parent)
        if (from->has_finally)
            return true;
    return false;
}

static void jump_out(Compiler *c, uint32_t code_label, Region *to)
{
    emit_jump(c, passes_finally(c->region, to) ? OPC_LEAVE : OPC_JMP, 0, 0, code_label);
}

static void generate_goto(Compiler *c, Label *label)
{
    LabelData *data = data_of(c, label);
    jump_out(c, data->code_label, data->region);
}

static void forget_ensured(Compiler *c)
{
    c->ensured_count = 0; /* we may come here from anywhere */
    c->forgotten++;
}

typedef struct Ensured {
    uint32_t count, forgotten;
} Ensured;

/* What was known before a part that may not run is known behind it, if no label lies in between. */
static Ensured ensured_before(const Compiler *c)
{
    Ensured known = {c->ensured_count, c->forgotten};
    return known;
}

static void ensured_after(Compiler *c, Ensured known)
{
    c->ensured_count = c->forgotten == known.forgotten ? known.count : 0;
}

static void place(Compiler *c, Label *label)
{
    if (!label)
        return;
    forget_ensured(c);
    label_place(c, data_of(c, label)->code_label);
}

/* --- simple statements ----------------------------------------------------------------------------------------------
 */

static void declare_all(Compiler *c, LocalList *locals)
{
    for (uint32_t i = 0; i < locals->count; i++)
        bind_new_local(c, locals->at[i]);
}

static void forget_all(Compiler *c, LocalList *locals)
{
    for (uint32_t i = 0; i < locals->count; i++)
        forget_local(c, locals->at[i]);
}

static void generate_block(Compiler *c, Bound *node)
{
    declare_all(c, &node->locals);
    bool reachable = true;
    for (uint32_t i = 0; i < node->items.count; i++) {
        reachable = reachable || contains_label(node->items.at[i]);
        if (!reachable)
            continue;
        generate_statement(c, node->items.at[i]);
        reachable = !always_leaves(c, node->items.at[i]);
    }
    forget_all(c, &node->locals);
}

static void generate_if(Compiler *c, Bound *node)
{
    int64_t known;
    if (constant_value(c, node->a, &known)) {
        if (known)
            generate_statement(c, node->b);
        else if (node->c)
            generate_statement(c, node->c);
        return;
    }
    uint32_t mark = statement_begin(c), otherwise = label_make(c), end = label_make(c);
    mark_line(c, node->a->span);
    generate_jump(c, node->a, otherwise, false);
    statement_end(c, mark);
    Ensured known_classes = ensured_before(c);
    generate_statement(c, node->b);
    ensured_after(c, known_classes);
    if (node->c)
        emit_jump(c, OPC_JMP, 0, 0, end);
    label_place(c, otherwise);
    if (node->c) {
        known_classes = ensured_before(c);
        generate_statement(c, node->c);
        ensured_after(c, known_classes);
        label_place(c, end);
    }
}

/* The user's next statement begins: an event, where there are any. */
static void generate_point(Compiler *c, Span span)
{
    if (c->loader->events != EVENTS_ALL || !span.start)
        return;
    mark_line(c, span);
    emit(c, OPC_STATEMENT, 0, 0, 0);
    emit_word(c, (uint64_t)span.start | (uint64_t)span.end << 32);
}

static void generate_condition(Compiler *c, Bound *condition, uint32_t label, bool sense)
{
    uint32_t mark = statement_begin(c);
    mark_line(c, condition->span);
    generate_jump(c, condition, label, sense);
    statement_end(c, mark);
}

/* The test is at the end, so that an iteration costs one jump; the first one jumps there. */
static void generate_loop(Compiler *c, Bound *node, bool test_first)
{
    Bound *condition = node->a, *step = node->c;
    Label *break_label = node->label, *continue_label = node->label2;
    int64_t known;
    uint32_t top = label_make(c), test = label_make(c);
    bool endless = !condition || (constant_value(c, condition, &known) && known);
    bool never = condition && constant_value(c, condition, &known) && !known;
    if (test_first && never) {
        place(c, continue_label);
        place(c, break_label);
        return;
    }
    if (test_first && !endless)
        emit_jump(c, OPC_JMP, 0, 0, test);
    forget_ensured(c);
    label_place(c, top);
    generate_statement(c, node->b);
    place(c, continue_label);
    if (step) {
        uint32_t mark = statement_begin(c);
        generate_point(c, step_point(node));
        mark_line(c, step->span);
        generate_effect(c, step);
        statement_end(c, mark);
    }
    forget_ensured(c);
    label_place(c, test);
    if (endless)
        emit_jump(c, OPC_JMP, 0, 0, top);
    else if (!never) {
        generate_point(c, condition_point(c->world, node));
        generate_condition(c, condition, top, true);
    }
    place(c, break_label);
}

static void generate_for(Compiler *c, Bound *node)
{
    declare_all(c, &node->locals);
    for (uint32_t i = 0; i < node->items.count; i++)
        generate_statement(c, node->items.at[i]);
    generate_loop(c, node, true);
    forget_all(c, &node->locals);
}

static void generate_expression_statement(Compiler *c, Bound *node)
{
    uint32_t mark = statement_begin(c);
    mark_line(c, node->span.start ? node->span : node->a->span);
    generate_effect(c, node->a);
    statement_end(c, mark);
}

/* --- return and throw ------------------------------------------------------------------------------------------------
 */

static bool inside_finally(const Compiler *c)
{
    return passes_finally(c->region, NULL);
}

static void emit_return(Compiler *c, Slot slot)
{
    const RuntimeMethod *method = c->method;
    if (method->is_class_constructor)
        emit_wide(c, OPC_INIT_DONE, 0, method->declaring_type);
    if (method->return_shape == SHAPE_VOID)
        emit(c, OPC_RET, 0, 0, 0);
    else if (method->return_shape == SHAPE_STRUCT)
        emit(c, OPC_RETN, slot, method->return_size, 0);
    else
        emit(c, method->return_size == 8 ? OPC_RET8 : OPC_RET4, slot, 0, 0);
}

static void return_inlined(Compiler *c, Bound *node)
{
    Body *body = c->body;
    if (body->branches) {
        generate_jump(c, node->a, body->branch_label, body->branch_sense);
    } else if (node->a && body->result.kind == VALUE_SLOT) {
        if (body->result.shape == SHAPE_BYREF) {
            Variable variable = generate_variable(c, node->a);
            variable_address(c, &variable, body->result.slot);
            variable_release(c, &variable);
        } else {
            generate_to(c, node->a, body->result.slot);
        }
    } else if (node->a) {
        generate_effect(c, node->a);
    }
    emit_jump(c, OPC_JMP, 0, 0, body->return_label);
}

static Value return_value(Compiler *c, Bound *node)
{
    if (!node->a)
        return value_none();
    if (!(node->flags & BOUND_REF) && c->method->return_shape != SHAPE_BYREF)
        return generate_now(c, node->a, NO_SLOT);
    Variable variable = generate_variable(c, node->a);
    Value pointer = value_pointer(c, variable.type);
    variable_address(c, &variable, pointer.slot);
    variable_release(c, &variable);
    return pointer;
}

static void generate_return(Compiler *c, Bound *node)
{
    uint32_t mark = statement_begin(c);
    if (!c->body->is_inlined)
        mark_line(c, node->span);
    if (c->body->is_inlined) {
        return_inlined(c, node);
        statement_end(c, mark);
        return;
    }
    Value value = return_value(c, node);
    if (inside_finally(c)) {
        if (!c->has_return_label) {
            c->has_return_label = true;
            c->return_label = label_make(c);
            if (value.kind != VALUE_NONE)
                c->return_slot = slot_keep(c, (Shape)value.shape, value.type);
        }
        if (value.kind != VALUE_NONE)
            move_to(c, c->return_slot, &value);
        emit_jump(c, OPC_LEAVE, 0, 0, c->return_label);
    } else if (value.kind == VALUE_NONE && c->method->return_shape != SHAPE_VOID) {
        emit(c, OPC_TRAP, 0, 0, 0); /* behind a throw expression */
    } else {
        emit_return(c, value.kind == VALUE_NONE ? 0 : slot_of(c, &value));
    }
    release(c, &value);
    statement_end(c, mark);
}

void finish_returns(Compiler *c)
{
    if (c->method->return_shape == SHAPE_VOID)
        emit_return(c, 0);
    else if (!c->has_return_label)
        emit(c, OPC_TRAP, 0, 0, 0);
    if (c->has_return_label) {
        label_place(c, c->return_label);
        emit_return(c, c->return_slot);
    }
}

static void generate_throw(Compiler *c, Bound *node)
{
    uint32_t mark = statement_begin(c);
    mark_line(c, node->span);
    if (node->a) {
        Value value = generate_now(c, node->a, NO_SLOT);
        if (value.kind != VALUE_NONE)
            emit(c, OPC_THROW, slot_of(c, &value), 0, 0);
        release(c, &value);
    } else {
        emit(c, OPC_RETHROW, c->catch_slot, 0, 0);
    }
    statement_end(c, mark);
}

/* --- switch ----------------------------------------------------------------------------------------------------------
 */

static int compare_cases(const SwitchCase *a, const SwitchCase *b)
{
    return a->value.integer < b->value.integer ? -1 : a->value.integer > b->value.integer;
}

static SwitchCase *sorted_cases(Compiler *c, const Bound *node, uint32_t *count)
{
    SwitchCase *cases = ARENA_ARRAY(c->arena, SwitchCase, node->case_count + 1);
    *count = 0;
    for (uint32_t i = 0; i < node->case_count; i++) {
        SwitchCase item = node->cases[i];
        if (item.value.kind == CONSTANT_NULL || item.value.kind == CONSTANT_STRING)
            continue;
        uint32_t at = (*count)++;
        while (at > 0 && compare_cases(&cases[at - 1], &item) > 0) {
            cases[at] = cases[at - 1];
            at--;
        }
        cases[at] = item;
    }
    return cases;
}

static bool fits_short(int64_t value)
{
    return value >= INT16_MIN && value <= INT16_MAX;
}

static void compare_one(Compiler *c, Value *value, const SwitchCase *item)
{
    uint32_t label = data_of(c, item->label)->code_label;
    bool wide = value->shape == SHAPE_I8 || value->shape == SHAPE_U8;
    if (!wide && fits_short(item->value.integer)) {
        emit_jump(c, OPC_JEQ_I4K, value->slot, (uint16_t)item->value.integer, label);
        return;
    }
    Value key = value_constant(c, value->type, (uint64_t)item->value.integer);
    emit_jump(c, wide ? OPC_JEQ_I8 : OPC_JEQ_I4, value->slot, slot_of(c, &key), label);
    release(c, &key);
}

static void compare_range(Compiler *c, Value *value, const SwitchCase *cases, uint32_t count)
{
    if (count > 4 && value->shape != SHAPE_I8 && value->shape != SHAPE_U8 && value->shape != SHAPE_U4) {
        uint32_t middle = count / 2, upper = label_make(c);
        Value key = value_constant(c, value->type, (uint64_t)cases[middle].value.integer);
        if (fits_short(cases[middle].value.integer)) {
            emit_jump(c, OPC_JGE_I4K, value->slot, (uint16_t)cases[middle].value.integer, upper);
        } else {
            emit_jump(c, OPC_JLE_I4, slot_of(c, &key), value->slot, upper);
            release(c, &key);
        }
        uint32_t after = label_make(c);
        compare_range(c, value, cases, middle);
        emit_jump(c, OPC_JMP, 0, 0, after);
        label_place(c, upper);
        compare_range(c, value, cases + middle, count - middle);
        label_place(c, after);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        compare_one(c, value, &cases[i]);
}

static bool switch_table(Compiler *c, Value *value, const SwitchCase *cases, uint32_t count, uint32_t otherwise)
{
    bool wide = value->shape == SHAPE_I8 || value->shape == SHAPE_U8;
    if (wide || count < 4 || !fits_short(cases[0].value.integer))
        return false;
    int64_t span = cases[count - 1].value.integer - cases[0].value.integer + 1;
    if (span > 4096 || span > (int64_t)count * 3 + 4)
        return false;
    uint32_t *labels = ARENA_ARRAY(c->arena, uint32_t, (size_t)span);
    for (int64_t i = 0; i < span; i++)
        labels[i] = otherwise;
    for (uint32_t i = count; i-- > 0;)
        labels[cases[i].value.integer - cases[0].value.integer] = data_of(c, cases[i].label)->code_label;
    emit_switch(c, value->slot, (int16_t)cases[0].value.integer, labels, (uint32_t)span);
    return true;
}

static void switch_string(Compiler *c, Bound *node, Value *value)
{
    for (uint32_t i = 0; i < node->case_count; i++) {
        const Constant *key = &node->cases[i].value;
        uint32_t label = data_of(c, node->cases[i].label)->code_label;
        if (key->kind == CONSTANT_NULL || key->kind == CONSTANT_NONE)
            emit_jump(c, OPC_JNULL, value->slot, 0, label);
        else
            emit_jump_word(c, OPC_JSTRING, value->slot, 0, label,
                           program_literal(c->program, key->units, key->unit_count));
    }
}

static void dispatch(Compiler *c, Bound *node, uint32_t otherwise)
{
    uint32_t mark = statement_begin(c);
    mark_line(c, node->a->span);
    Value value = generate_now(c, node->a, NO_SLOT);
    slot_of(c, &value);
    uint32_t count;
    if (value.shape == SHAPE_REF) {
        switch_string(c, node, &value);
    } else {
        SwitchCase *cases = sorted_cases(c, node, &count);
        if (!switch_table(c, &value, cases, count, otherwise))
            compare_range(c, &value, cases, count);
    }
    release(c, &value);
    statement_end(c, mark);
}

static void generate_switch(Compiler *c, Bound *node)
{
    Label *target = node->label2 ? node->label2 : node->label;
    uint32_t otherwise = data_of(c, target)->code_label;
    dispatch(c, node, otherwise);
    emit_jump(c, OPC_JMP, 0, 0, otherwise);
    generate_statement(c, node->b);
    place(c, node->label);
}

static void generate_dispatch(Compiler *c, Bound *node)
{
    uint32_t next = label_make(c);
    dispatch(c, node, next);
    label_place(c, next);
}

/* --- try -------------------------------------------------------------------------------------------------------------
 */

static Handler *add_handler(Compiler *c, HandlerKind kind, uint32_t start, uint32_t end)
{
    Handler handler = {0};
    handler.kind = kind;
    handler.try_start = start;
    handler.try_end = end;
    ARENA_PUSH(c->arena, c->handlers, c->handler_count, c->handler_capacity, handler);
    return &c->handlers[c->handler_count - 1];
}

static void store_exception(Compiler *c, Bound *node, Slot slot)
{
    if (!node->catch_local)
        return;
    Type *type = closed(c, node->catch_local->type);
    Value exception = value_in(c, type, slot);
    Variable local = variable_of_local(c, node->catch_local);
    variable_store(c, &local, &exception);
}

static bool declares(const LocalList *list, const Local *local)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i] == local)
            return true;
    return false;
}

/* A filter runs before the finally blocks inside its try, which still need what that try's statements have in slots: so
 * it gets new slots only. */
typedef struct FreeSlots {
    Temporary *at;
    uint32_t count;
} FreeSlots;

static FreeSlots take_free_slots(Compiler *c)
{
    FreeSlots kept = {c->free_slots, c->free_count};
    c->free_slots = NULL;
    c->free_count = c->free_capacity = 0;
    return kept;
}

static void give_free_slots(Compiler *c, const FreeSlots *kept)
{
    for (uint32_t i = 0; i < kept->count; i++)
        ARENA_PUSH(c->arena, c->free_slots, c->free_count, c->free_capacity, kept->at[i]);
}

static void generate_catch(Compiler *c, Bound *node, uint32_t try_start, uint32_t try_end, uint32_t end_label,
                           Opcode exit)
{
    FreeSlots kept = {0};
    if (node->c)
        kept = take_free_slots(c);
    Slot outer = c->catch_slot, slot = slot_new(c, SLOT_REFERENCE, 0);
    c->catch_slot = slot;
    declare_all(c, &node->locals);
    if (node->catch_local && !declares(&node->locals, node->catch_local))
        bind_new_local(c, node->catch_local);
    add_handler(c, node->c ? HANDLER_FILTER : HANDLER_CATCH, try_start, try_end);
    uint32_t index = c->handler_count - 1;
    c->handlers[index].catch_type = node->catch_type ? load_type(c->loader, closed(c, node->catch_type)) : 0;
    c->handlers[index].exception_slot = slot;
    forget_ensured(c);
    if (node->c) {
        uint32_t mark = statement_begin(c);
        c->handlers[index].filter_start = c->code_count;
        store_exception(c, node, slot);
        mark_line(c, node->c->span);
        Value value = generate_now(c, node->c, NO_SLOT);
        emit(c, OPC_END_FILTER, slot_of(c, &value), 0, 0);
        release(c, &value);
        statement_end(c, mark);
        give_free_slots(c, &kept);
        forget_ensured(c);
    }
    c->handlers[index].handler_start = c->code_count;
    store_exception(c, node, slot);
    generate_statement(c, node->a);
    emit_jump(c, exit, 0, 0, end_label);
    c->handlers[index].handler_end = c->code_count;
    forget_all(c, &node->locals);
    c->catch_slot = outer;
}

static uint32_t count_nodes(const Bound *node)
{
    if (!node || node->kind == BOUND_POINT)
        return 0;
    uint32_t count = 1 + count_nodes(node->a) + count_nodes(node->b) + count_nodes(node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        count += count_nodes(node->items.at[i]);
    return count;
}

/* A small finally block is generated twice: for exceptions, and for leaving the try block at its end, which then needs
 * no Handling. Not when it has labels or regions of its own. */
static bool can_be_copied(const Bound *node)
{
    return count_nodes(node) <= 80 && !contains_label(node);
}

static void generate_try(Compiler *c, Bound *node)
{
    TryRegions *regions = node->binder_data;
    Region *outer = c->region;
    uint32_t end = label_make(c), copy = label_make(c), start = c->code_count;
    bool has_finally = node->b != NULL, copied = has_finally && can_be_copied(node->b);
    uint32_t exit_label = copied ? copy : end;
    Opcode exit = has_finally && !copied ? OPC_LEAVE : OPC_JMP;
    c->region = regions->body;
    generate_statement(c, node->a);
    emit_jump(c, exit, 0, 0, exit_label);
    uint32_t try_end = c->code_count;
    c->region = regions->handler;
    for (uint32_t i = 0; i < node->items.count; i++)
        generate_catch(c, node->items.at[i], start, try_end, exit_label, exit);
    if (has_finally) {
        c->region = regions->final;
        add_handler(c, HANDLER_FINALLY, start, c->code_count);
        uint32_t index = c->handler_count - 1;
        c->handlers[index].handler_start = c->code_count;
        forget_ensured(c);
        generate_statement(c, node->b);
        emit(c, OPC_END_FINALLY, 0, 0, 0);
        c->handlers[index].handler_end = c->code_count;
    }
    c->region = outer;
    forget_ensured(c);
    if (copied) {
        label_place(c, copy);
        generate_statement(c, node->b);
        forget_ensured(c);
    }
    label_place(c, end);
}

/* --- all -------------------------------------------------------------------------------------------------------------
 */

void generate_statement(Compiler *c, Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_BLOCK:
        generate_block(c, node);
        break;
    case BOUND_EXPRESSION_STATEMENT:
        generate_expression_statement(c, node);
        break;
    case BOUND_IF:
        generate_if(c, node);
        break;
    case BOUND_WHILE:
        generate_loop(c, node, true);
        break;
    case BOUND_DO:
        generate_loop(c, node, false);
        break;
    case BOUND_FOR:
        generate_for(c, node);
        break;
    case BOUND_SWITCH:
        generate_switch(c, node);
        break;
    case BOUND_STATE_DISPATCH:
        generate_dispatch(c, node);
        break;
    case BOUND_LABEL:
        place(c, node->label);
        break;
    case BOUND_GOTO:
        generate_goto(c, node->label);
        break;
    case BOUND_RETURN:
        generate_return(c, node);
        break;
    case BOUND_THROW:
        generate_throw(c, node);
        break;
    case BOUND_TRY:
        generate_try(c, node);
        break;
    case BOUND_NOP:
        break;
    case BOUND_POINT:
        generate_point(c, node->span);
        if (node->flags & BOUND_KEEP) {
            emit(c, OPC_KEEP, 0, 0, 0);
            c->method->keeps = true;
        }
        break;
    default:
        /* An expression where a statement is expected: the same as an expression statement. */
        if (node->type) {
            uint32_t mark = statement_begin(c);
            generate_effect(c, node);
            statement_end(c, mark);
        } else {
            give_up(c, arena_format(c->arena, "a statement of kind \"%s\"", bound_kind_text((BoundKind)node->kind)));
        }
        break;
    }
}
