/* Calls, objects, delegates.
 *
 * A callee's frame starts in our outgoing area: arguments are moved straight to where it will find them. The area is
 * not described by our reference map, so everything that may collect is done before the first argument is put there:
 * arguments up to the last one that calls or allocates are held in slots, and moved when nothing can happen any more.
 */
#include "lang/compile_internal.h"

#include <string.h>

typedef enum ArgumentMode {
    PASS_VALUE,
    PASS_POINTER, /* managed pointer to the variable */
    PASS_COPY,    /* managed pointer to a copy */
    PASS_BOX,     /* the value in a box */
} ArgumentMode;

typedef struct Argument {
    Bound *node;
    uint8_t mode; /* ArgumentMode */
    bool is_held;
    bool has_variable; /* POINTER: `variable` is a part of the frame */
    uint32_t offset;   /* in the callee's frame */
    Value value;
    Variable variable;
} Argument;

typedef struct Call {
    MethodRef ref; /* closed */
    MethodId id;
    bool is_virtual, is_delegate;
    bool check_null; /* receiver may be null */
    Argument *arguments;
    uint32_t count;
    bool has_receiver;
} Call;

MethodRef closed_method(Compiler *c, MethodRef ref)
{
    return load_normal_ref(c->loader, method_ref_substitute(c->world, ref, &c->body->substitution));
}

/* --- arguments -----------------------------------------------------------------------------------------------------
 */

static bool argument_is_simple(Compiler *c, const Argument *argument)
{
    if (argument->mode == PASS_BOX)
        return false;
    return is_simple(c, argument->node);
}

static Variable argument_variable(Compiler *c, Argument *argument)
{
    Bound *node = argument->node;
    if (argument->mode == PASS_POINTER)
        return generate_variable(c, node->kind == BOUND_ADDRESS ? node->a : node);
    Value value = generate(c, node, NO_SLOT);
    if (value.kind == VALUE_SLOT && !value.is_temporary)
        own(c, &value);
    Variable variable = variable_frame(c, value.type ? value.type : closed(c, node->type), slot_of(c, &value));
    variable.owns_base = false; /* stays until the end of the statement: the callee may keep the pointer that long */
    return variable;
}

/* Is the variable a part of our frame, whose address can be taken at any time? */
static bool is_fixed(const Variable *variable)
{
    return variable->kind == VARIABLE_FRAME;
}

static bool written_later(Compiler *c, const Call *call, uint32_t index)
{
    for (uint32_t i = index + 1; i < call->count; i++)
        if (may_write(c, call->arguments[i].node, call->arguments[index].node))
            return true;
    return false;
}

/* Evaluates an argument into something that survives calls. */
static void hold(Compiler *c, Call *call, uint32_t index)
{
    Argument *argument = &call->arguments[index];
    argument->is_held = true;
    if (argument->mode == PASS_POINTER || argument->mode == PASS_COPY) {
        argument->variable = argument_variable(c, argument);
        argument->has_variable = is_fixed(&argument->variable);
        if (argument->has_variable)
            return;
        argument->value = value_pointer(c, argument->variable.type);
        variable_address(c, &argument->variable, argument->value.slot);
        variable_release(c, &argument->variable);
        return;
    }
    argument->value = generate(c, argument->node, NO_SLOT);
    if (argument->mode == PASS_BOX)
        argument->value = box_value(c, &argument->value, NO_SLOT);
    else if (argument->value.kind == VALUE_SLOT && !argument->value.is_temporary && written_later(c, call, index))
        own(c, &argument->value);
}

/* Puts an argument where the callee finds it. */
static void pass(Compiler *c, Argument *argument)
{
    Slot to = (Slot)(RANGE_OUTGOING + argument->offset);
    if (!argument->is_held && argument->mode == PASS_VALUE) {
        generate_to(c, argument->node, to);
        return;
    }
    if (!argument->is_held && argument->mode == PASS_BOX) {
        Value value = generate_now(c, argument->node, NO_SLOT);
        box_value(c, &value, to);
        return;
    }
    if (!argument->is_held) {
        Variable variable = argument_variable(c, argument);
        variable_address(c, &variable, to);
        variable_release(c, &variable);
        return;
    }
    if (argument->has_variable) {
        variable_address(c, &argument->variable, to);
        variable_release(c, &argument->variable);
        return;
    }
    move_to(c, to, &argument->value);
    release(c, &argument->value);
}

/* Index behind the last argument that can call or allocate. */
static uint32_t complex_end(Compiler *c, const Call *call)
{
    for (uint32_t i = call->count; i > 0; i--)
        if (!argument_is_simple(c, &call->arguments[i - 1]))
            return i;
    return 0;
}

static void pass_arguments(Compiler *c, Call *call)
{
    uint32_t end = complex_end(c, call);
    for (uint32_t i = 0; i + 1 < end; i++)
        hold(c, call, i);
    if (end)
        pass(c, &call->arguments[end - 1]);
    for (uint32_t i = 0; i + 1 < end; i++)
        pass(c, &call->arguments[i]);
    for (uint32_t i = end; i < call->count; i++)
        pass(c, &call->arguments[i]);
}

static void add_arguments(Compiler *c, Call *call, BoundList *items, uint32_t first_offset)
{
    uint32_t offset = first_offset;
    for (uint32_t i = 0; i < items->count; i++) {
        Argument *argument = &call->arguments[call->count++];
        argument->node = items->at[i];
        argument->offset = offset;
        bool by_reference =
            i < call->ref.method->parameter_count && call->ref.method->parameters[i].ref_kind != REF_NONE;
        argument->mode = by_reference ? PASS_POINTER : PASS_VALUE;
        uint32_t size = 8;
        if (!by_reference) {
            Type *type = type_plain(method_ref_parameter_type(c->world, call->ref, i));
            size = size_of(c, type);
        }
        offset += (size + 7) / 8 * 8;
    }
    if (offset + 64 > c->outgoing_bytes)
        c->outgoing_bytes = offset + 64;
    if (offset >= RANGE_BYTES / 2)
        give_up_large(c);
}

/* --- which method --------------------------------------------------------------------------------------------------
 */

static bool is_sealed_class(const Type *type)
{
    return type->kind == TYPE_DELEGATE || (type->kind == TYPE_CLASS && type->definition->is_sealed);
}

/* A receiver of value type: its own method on a pointer, or an inherited one on a box. */
static void resolve_on_value(Compiler *c, Call *call, Bound *node, Type *type)
{
    Argument *receiver = &call->arguments[0];
    if (load_is_reference(call->ref.owner)) {
        MethodRef found = load_find_method(c->loader, type, call->ref);
        if (found.method)
            call->ref = found;
    }
    if (load_is_reference(call->ref.owner)) {
        receiver->mode = PASS_BOX;
        call->is_virtual = false;
        return;
    }
    bool copy = (node->flags & CALL_COPY_RECEIVER) || !is_variable(node->a);
    receiver->mode = copy && is_variable(node->a) ? PASS_COPY : PASS_POINTER;
}

static void resolve_on_reference(Compiler *c, Call *call, Bound *node, Type *type)
{
    Method *method = call->ref.method;
    call->check_null = node->a->kind != BOUND_THIS && node->a->kind != BOUND_NEW &&
                       !(node->flags & CALL_NON_VIRTUAL && node->a->kind == BOUND_THIS);
    if (method->kind == METHOD_DELEGATE_INVOKE) {
        call->is_delegate = true;
        return;
    }
    bool is_interface = method->owner->kind == TYPE_INTERFACE;
    bool dispatches = is_interface || method->is_virtual || method->is_abstract || method->is_override;
    if (!dispatches || (node->flags & CALL_NON_VIRTUAL))
        return;
    if (is_sealed_class(type) || (method->is_sealed && !is_interface)) {
        MethodRef found = load_find_method(c->loader, type, call->ref);
        if (found.method) {
            call->ref = found;
            return;
        }
    }
    call->is_virtual = true;
}

/* --- emitting ------------------------------------------------------------------------------------------------------
 */

static Value call_result(Compiler *c, MethodRef ref)
{
    Type *type = type_plain(method_ref_return_type(c->world, ref));
    if (ref.method->return_ref == REF_NONE && type_is_void(type))
        return value_none();
    Value value = value_in(c, type, RANGE_OUTGOING);
    value.is_passing = true;
    if (ref.method->return_ref != REF_NONE)
        value.shape = SHAPE_BYREF;
    else if (size_of(c, type) + 8 > c->outgoing_bytes)
        c->outgoing_bytes = size_of(c, type) + 8;
    return value;
}

static void emit_call(Compiler *c, Call *call, Span span)
{
    call->id = load_method(c->loader, call->ref);
    const RuntimeMethod *method = c->program->methods[call->id];
    mark_line(c, span);
    if (call->is_delegate) {
        emit_wide(c, OPC_CALL_DELEGATE, RANGE_OUTGOING, call->id);
    } else if (call->is_virtual) {
        emit_wide(c, OPC_CALL_VIRTUAL, RANGE_OUTGOING, call->id);
        emit_word(c, 0);
    } else if (method->state == METHOD_NATIVE) {
        if (call->has_receiver && call->check_null)
            emit(c, OPC_NULL_CHECK, RANGE_OUTGOING, 0, 0);
        emit_wide(c, OPC_CALL_NATIVE, RANGE_OUTGOING, call->id);
    } else {
        if (method->intrinsic && uses_intrinsics(c))
            emit_wide(c, OPC_INTRINSIC, RANGE_OUTGOING, call->id);
        emit_wide(c, call->has_receiver && call->check_null ? OPC_CALL_CHECK : OPC_CALL, RANGE_OUTGOING, call->id);
    }
}

/* --- inlining ------------------------------------------------------------------------------------------------------
 */

static Variable inlined_argument(Compiler *c, Call *call, uint32_t index)
{
    Argument *argument = &call->arguments[index];
    if (argument->mode == PASS_POINTER || argument->mode == PASS_COPY) {
        Variable variable = argument_variable(c, argument);
        if (variable.kind == VARIABLE_FRAME || (variable.kind == VARIABLE_MEMORY && variable.is_pointer))
            return variable;
        Value pointer = value_pointer(c, variable.type);
        Type *type = variable.type;
        variable_address(c, &variable, pointer.slot);
        variable_release(c, &variable);
        Variable result = variable_frame(c, type, pointer.slot);
        result.kind = VARIABLE_MEMORY;
        result.is_pointer = true;
        return result;
    }
    Value value = generate(c, argument->node, NO_SLOT);
    if (argument->mode == PASS_BOX)
        value = box_value(c, &value, NO_SLOT);
    Variable result = {0};
    result.kind = VARIABLE_VALUE;
    result.type = value.type ? value.type : closed(c, argument->node->type);
    result.shape = (uint8_t)load_shape(c->loader, result.type);
    result.value = value;
    return result;
}

/* The local or `this` that a variable is a part of; NULL: it may be anywhere. */
static const Bound *root_of(Compiler *c, const Bound *node)
{
    while (node->kind == BOUND_ADDRESS || node->kind == BOUND_FIELD) {
        if (!node->a || (node->kind == BOUND_FIELD && load_is_reference(closed(c, node->a->type))))
            return NULL;
        node = node->a;
    }
    return node->kind == BOUND_THIS || node->kind == BOUND_LOCAL ? node : NULL;
}

/* Is some argument a pointer through which the callee may write the local (or part of `this`) that `node` reads? */
static bool may_be_pointed_to(Compiler *c, const Call *call, const Bound *node)
{
    const Bound *root = root_of(c, node);
    for (uint32_t i = 0; i < call->count; i++) {
        if (call->arguments[i].mode != PASS_POINTER)
            continue;
        const Bound *other = root_of(c, call->arguments[i].node);
        if (!root || !other || root->kind == BOUND_THIS)
            return true;
        if (other->kind == BOUND_LOCAL && (root->local == other->local || other->local->ref_kind != REF_NONE))
            return true;
    }
    return false;
}

/* An argument that is a variable of ours can stand for the parameter only while nobody writes either of them. */
static void settle(Compiler *c, Call *call, uint32_t index, Variable *variable, bool parameter_is_written)
{
    if (variable->kind != VARIABLE_VALUE || variable->value.kind == VALUE_NONE)
        return;
    Value *value = &variable->value;
    const Bound *node = call->arguments[index].node;
    bool is_struct = value->shape == SHAPE_STRUCT;
    bool in_frame = !value->is_passing && (node->kind == BOUND_LOCAL || node->kind == BOUND_THIS ||
                                           (node->kind == BOUND_FIELD && root_of(c, node)));
    bool of_ours = in_frame && !may_be_pointed_to(c, call, node) && !written_later(c, call, index);
    bool stable =
        value->is_temporary || (!parameter_is_written && !is_struct && (value->kind == VALUE_CONSTANT || of_ours));
    if (!stable && value->kind == VALUE_CONSTANT)
        slot_of(c, value);
    else if (!stable)
        own(c, value);
    if (parameter_is_written || is_struct) {
        Variable frame = variable_frame(c, variable->type, slot_of(c, value));
        *variable = frame;
    }
}

static bool is_written(const Function *function, uint32_t index)
{
    return index < function->parameter_count && function->parameters[index]->is_assigned;
}

static bool try_inline(Compiler *c, Call *call, const Body *branch, Slot wanted, Span span, Value *result)
{
    if (call->is_virtual || call->is_delegate || !can_inline(c, call->ref))
        return false;
    const Function *function = call->ref.method->lowered;
    Variable *variables = ARENA_ARRAY(c->arena, Variable, call->count + 1);
    for (uint32_t i = 0; i < call->count; i++) {
        variables[i] = inlined_argument(c, call, i);
        bool written = call->has_receiver ? (i > 0 && is_written(function, i - 1)) : is_written(function, i);
        settle(c, call, i, &variables[i], written);
        variables[i].value.is_temporary = false;
    }
    Variable receiver = {0};
    if (call->has_receiver) {
        receiver = variables[0];
        if (call->check_null && receiver.kind == VARIABLE_VALUE && !dereferences_this_first(call->ref.method))
            emit(c, OPC_NULL_CHECK, slot_of(c, &receiver.value), 0, 0);
    }
    *result = inline_call(c, branch, call->ref, receiver, call->has_receiver ? variables + 1 : variables, wanted, span);
    return true;
}

/* `((IFoo)value).M()` in the library, whose code .NET always runs optimised: the JIT calls the method on a copy,
 * without a box. Fills in and returns `plain` then. */
static Bound *without_box(Compiler *c, Bound *node, Bound *plain)
{
    if (!c->body->ref.method->owner->is_library || node->a->kind != BOUND_CONVERT ||
        node->a->conversion == CONVERSION_NULL)
        return node;
    Bound *inner = node->a->a;
    Type *type = closed(c, inner->type), *wanted = closed(c, node->a->type);
    if (load_is_reference(type) || type_is_nullable(type) || !load_is_reference(wanted) ||
        !load_assignable(c->loader, type, wanted))
        return node;
    plain->a = inner;
    plain->flags |= CALL_COPY_RECEIVER;
    return plain;
}

/* Which method, and how its arguments are passed. */
static Call prepare_call(Compiler *c, Bound *node, MethodRef ref)
{
    Call call = {.ref = ref};
    call.arguments = ARENA_ARRAY(c->arena, Argument, node->items.count + 1);
    call.has_receiver = node->a && !ref.method->is_static;
    Bound unboxed = *node; /* may stand for `node` to the end */
    if (call.has_receiver) {
        node = without_box(c, node, &unboxed);
        Type *type = closed(c, node->a->type);
        call.arguments[0].node = node->a;
        call.count = 1;
        if (load_is_reference(type))
            resolve_on_reference(c, &call, node, type);
        else
            resolve_on_value(c, &call, node, type);
    }
    add_arguments(c, &call, &node->items, call.has_receiver ? 8 : 0);
    return call;
}

bool generate_inlined_jump(Compiler *c, Bound *node, uint32_t label, bool sense)
{
    MethodRef ref = closed_method(c, node->method);
    if (!ref.method->owner->is_library || ref.method->return_ref != REF_NONE || ref.method->is_extern)
        return false;
    Call call = prepare_call(c, node, ref);
    Body branch = {.branches = true, .branch_label = label, .branch_sense = sense};
    Value result;
    return try_inline(c, &call, &branch, NO_SLOT, node->span, &result);
}

static bool is_value_task(const Type *type)
{
    return type && (type->special == SPECIAL_VALUE_TASK || type->special == SPECIAL_VALUE_TASK_T);
}

static void tell(Compiler *c, Value *value, bool is_from_call)
{
    emit(c, OPC_VALUE_TASK, slot_of(c, value), is_from_call, 0);
    emit_word(c, load_type(c->loader, value->type));
}

static bool is_watched_code(const Compiler *c)
{
    return c->loader->events && !c->body->ref.method->owner->is_library;
}

/* default(T) of the user's: what the compiler clears is nobody's value. */
bool is_told(Compiler *c, const Bound *node)
{
    return node->span.start && is_watched_code(c) && is_value_task(closed(c, node->type));
}

/* A new value; whoever follows ValueTasks is told of one. */
Value default_value(Compiler *c, Type *type)
{
    Value value = value_constant(c, type, 0);
    if (is_watched_code(c) && is_value_task(type))
        tell(c, &value, false);
    return value;
}

/* The user's code has got a ValueTask: whoever follows values is told where it is. What a container hands out (its
 * member is declared to return some T) has been got before; what ValueTask's own members make is made in place. */
static void tell_value_task(Compiler *c, MethodRef ref, Value *result)
{
    const TypeDefinition *owner = ref.method->owner;
    if (!is_watched_code(c) || result->kind == VALUE_NONE || result->shape != SHAPE_STRUCT ||
        !is_value_task(result->type))
        return;
    bool is_made = owner->special == SPECIAL_VALUE_TASK || owner->special == SPECIAL_VALUE_TASK_T;
    bool is_builder = owner->is_library && strcmp(ref.method->name->text, "get_Task") == 0; /* the caller will get it */
    bool is_got = !is_builder && (ref.method->kind == METHOD_DELEGATE_INVOKE || is_value_task(ref.method->return_type));
    if (is_got)
        tell(c, result, !is_made);
}

static Value generate_plain_call(Compiler *c, Bound *node, MethodRef ref, Slot wanted)
{
    Value result;
    Call call = prepare_call(c, node, ref);
    if (try_inline(c, &call, NULL, wanted, node->span, &result))
        return result;
    pass_arguments(c, &call);
    emit_call(c, &call, node->span);
    return call_result(c, call.ref);
}

static bool type_is_small(const Type *type)
{
    return type->special == SPECIAL_BYTE || type->special == SPECIAL_SBYTE || type->special == SPECIAL_INT16 ||
           type->special == SPECIAL_UINT16 || type->special == SPECIAL_CHAR;
}

static Bound *widened(Compiler *c, Bound *value, Type *type)
{
    if (closed(c, value->type) == type)
        return value;
    Bound *convert = bound_new(c->world, BOUND_CONVERT, type, value->span);
    convert->conversion = CONVERSION_NUMERIC;
    convert->a = value;
    return convert;
}

/* A static abstract operator that a primitive type has built in. */
static bool generate_primitive_operator(Compiler *c, Bound *node, MethodRef ref, Type *type, Slot wanted, Value *result)
{
    static const struct {
        const char *name;
        Operator op;
    } operators[] = {{"op_Addition", OP_ADD},         {"op_Subtraction", OP_SUBTRACT},
                     {"op_Multiply", OP_MULTIPLY},    {"op_Division", OP_DIVIDE},
                     {"op_Modulus", OP_REMAINDER},    {"op_BitwiseAnd", OP_AND},
                     {"op_BitwiseOr", OP_OR},         {"op_ExclusiveOr", OP_XOR},
                     {"op_LeftShift", OP_SHIFT_LEFT}, {"op_RightShift", OP_SHIFT_RIGHT},
                     {"op_Equality", OP_EQUAL},       {"op_Inequality", OP_NOT_EQUAL},
                     {"op_LessThan", OP_LESS},        {"op_LessThanOrEqual", OP_LESS_EQUAL},
                     {"op_GreaterThan", OP_GREATER},  {"op_GreaterThanOrEqual", OP_GREATER_EQUAL},
                     {"op_UnaryNegation", OP_NEGATE}, {"op_OnesComplement", OP_COMPLEMENT},
                     {"op_Increment", OP_ADD},        {"op_Decrement", OP_SUBTRACT}};
    if (type->special == SPECIAL_NONE || type->special > SPECIAL_LAST_PRIMITIVE)
        return false;
    for (uint32_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (strcmp(ref.method->name->text, operators[i].name) != 0)
            continue;
        bool is_unary = operators[i].op == OP_NEGATE || operators[i].op == OP_COMPLEMENT;
        bool is_small = !type_is_numeric(type) || type_is_small(type);
        Type *at = is_small && type->special != SPECIAL_BOOLEAN ? c->world->int_type : type;
        Bound *made = bound_new(c->world, is_unary ? BOUND_UNARY : BOUND_BINARY, at, node->span);
        made->op = (uint8_t)operators[i].op;
        made->a = widened(c, node->items.at[0], at);
        if (!is_unary)
            made->b = node->items.count > 1 ? node->items.at[1] : bound_constant_int(c->world, 1, node->span);
        bool is_shift = operators[i].op == OP_SHIFT_LEFT || operators[i].op == OP_SHIFT_RIGHT;
        if (!is_unary && !is_shift)
            made->b = widened(c, made->b, at);
        if (operators[i].op >= OP_EQUAL)
            made->type = c->world->bool_type;
        else if (at != type)
            made = widened(c, made, type);
        *result = generate(c, made, wanted);
        return true;
    }
    return false;
}

Value generate_call(Compiler *c, Bound *node, Slot wanted)
{
    Value result;
    MethodRef ref = closed_method(c, node->method);
    if (node->c) { /* T.M(), now that T is known */
        Type *type = closed(c, node->c->type);
        if (generate_primitive_operator(c, node, ref, type, wanted, &result))
            return result;
        ref = load_find_method(c->loader, type, ref);
        if (!ref.method)
            give_up(c, "generate_call");
    }
    if (generate_special(c, node, ref, wanted, &result))
        return result;
    result = generate_plain_call(c, node, ref, wanted);
    tell_value_task(c, ref, &result);
    return result;
}

/* --- objects -------------------------------------------------------------------------------------------------------
 */

static bool may_throw(Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_TYPEOF:
        return false;
    case BOUND_FIELD:
        return node->a && (node->a->kind != BOUND_THIS && may_throw(node->a));
    case BOUND_CONVERT:
        return node->conversion == CONVERSION_CAST || node->conversion == CONVERSION_UNBOX ||
               (node->flags & BOUND_CHECKED) || may_throw(node->a);
    case BOUND_ADDRESS:
        return may_throw(node->a);
    default:
        return true;
    }
}

static bool field_of_reference(Compiler *c, Bound *node)
{
    return node->kind == BOUND_FIELD && node->a && node->a->kind == BOUND_LOCAL &&
           load_is_reference(closed(c, node->a->type));
}

static bool allocates_first(Compiler *c, const Call *call)
{
    for (uint32_t i = 0; i < call->count; i++) {
        Bound *node = call->arguments[i].node;
        if (!argument_is_simple(c, &call->arguments[i]) || may_throw(node) || field_of_reference(c, node))
            return false;
    }
    return true;
}

static MethodRef default_constructor(Compiler *c, Type *type)
{
    MethodRef none = {0};
    if (!type->definition)
        return none;
    type_declare_constructors(c->world, type->definition);
    for (uint32_t i = 0; i < type->definition->method_count; i++) {
        Method *method = type->definition->methods[i];
        if (method->kind == METHOD_CONSTRUCTOR && !method->is_static && method->parameter_count == 0)
            return (MethodRef){method, type, NULL};
    }
    return none;
}

/* `new string(...)` is a call of the static method String.Ctor with the same parameters. */
static Value new_string(Compiler *c, Bound *node)
{
    Method *constructor = node->method.method;
    TypeDefinition *definition = constructor->owner;
    type_declare_named(c->world, definition, name_of(c->world->names, "Ctor"));
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (!method->is_static || strcmp(method->name->text, "Ctor") != 0 ||
            method->parameter_count != constructor->parameter_count)
            continue;
        bool same = true;
        for (uint32_t j = 0; same && j < method->parameter_count; j++)
            same = type_same(method->parameters[j].type, constructor->parameters[j].type);
        if (!same)
            continue;
        Call call = {.ref = {method, definition->self, NULL}};
        call.arguments = ARENA_ARRAY(c->arena, Argument, node->items.count + 1);
        add_arguments(c, &call, &node->items, 0);
        pass_arguments(c, &call);
        emit_call(c, &call, node->span);
        return call_result(c, call.ref);
    }
    give_up(c, "new_string");
    return value_none();
}

static bool uses_this(const Bound *node)
{
    if (!node)
        return false;
    if (node->kind == BOUND_THIS || uses_this(node->a) || uses_this(node->b) || uses_this(node->c))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (uses_this(node->items.at[i]))
            return true;
    return false;
}

/* The field that a statement assigns without reading `this`, or NULL. */
static Field *assigned_field(const Bound *statement)
{
    const Bound *node = statement->kind == BOUND_EXPRESSION_STATEMENT ? statement->a : statement;
    if (node->kind != BOUND_ASSIGN || node->a->kind != BOUND_FIELD || !node->a->a || node->a->a->kind != BOUND_THIS ||
        uses_this(node->b))
        return NULL;
    return node->a->field.field;
}

typedef struct FieldsSeen {
    uint32_t count;
    uint64_t set; /* bit per Field.index */
} FieldsSeen;

/* Counts the fields that statements assign, as long as none of them looks at `this`. False: one does. */
static bool follow_assignments(const Bound *node, FieldsSeen *seen, uint32_t wanted)
{
    if (node->kind == BOUND_BLOCK) {
        for (uint32_t i = 0; i < node->items.count && seen->count < wanted; i++)
            if (!follow_assignments(node->items.at[i], seen, wanted))
                return false;
        return true;
    }
    const Field *field = assigned_field(node);
    if (!field)
        return !uses_this(node) &&
               (node->kind == BOUND_EXPRESSION_STATEMENT || node->kind == BOUND_NOP || node->kind == BOUND_POINT);
    if (field->index < 64 && !(seen->set & UINT64_C(1) << field->index)) {
        seen->set |= UINT64_C(1) << field->index;
        seen->count++;
    }
    return true;
}

/* Does a constructor set every field before it looks at any? Then the struct need not be cleared first. */
static bool assigns_every_field(const Method *constructor)
{
    const TypeDefinition *definition = constructor->owner;
    uint32_t wanted = 0;
    for (uint32_t i = 0; i < definition->field_count; i++)
        wanted += !definition->fields[i]->is_static && !definition->fields[i]->is_const;
    FieldsSeen seen = {0};
    return follow_assignments(constructor->lowered->body, &seen, wanted) && seen.count == wanted;
}

static Value new_struct(Compiler *c, Bound *node, MethodRef ref, Type *type, Slot wanted)
{
    if (!ref.method)
        return default_value(c, type);
    Call call = {.ref = ref};
    call.arguments = ARENA_ARRAY(c->arena, Argument, node->items.count + 1);
    add_arguments(c, &call, &node->items, 8);
    bool inlined = can_inline(c, ref);
    Variable *variables = ARENA_ARRAY(c->arena, Variable, call.count + 1);
    for (uint32_t i = 0; inlined && i < call.count; i++) {
        variables[i] = inlined_argument(c, &call, i);
        settle(c, &call, i, &variables[i], is_written(ref.method->lowered, i));
    }
    bool in_place = wanted != NO_SLOT && wanted < RANGE_OUTGOING && inlined;
    Value value = in_place ? value_in(c, type, wanted) : value_temporary(c, type), zero = value_constant(c, type, 0);
    if (!inlined || !assigns_every_field(ref.method))
        move_to(c, value.slot, &zero);
    if (inlined) {
        inline_call(c, NULL, ref, variable_frame(c, type, value.slot), variables, NO_SLOT, node->span);
        return value;
    }
    pass_arguments(c, &call);
    emit(c, OPC_LEA, RANGE_OUTGOING, value.slot, 0);
    emit_call(c, &call, node->span);
    return value;
}

static Value new_object(Compiler *c, Bound *node, MethodRef ref, Type *type)
{
    TypeId id = load_type(c->loader, type);
    Call call = {.ref = ref};
    call.arguments = ARENA_ARRAY(c->arena, Argument, node->items.count + 1);
    add_arguments(c, &call, &node->items, 8);
    if (can_inline(c, ref)) {
        Variable *variables = ARENA_ARRAY(c->arena, Variable, call.count + 1);
        for (uint32_t i = 0; i < call.count; i++) {
            variables[i] = inlined_argument(c, &call, i);
            settle(c, &call, i, &variables[i], is_written(ref.method->lowered, i));
        }
        Value object = value_temporary(c, type);
        mark_line(c, node->span);
        emit_wide(c, OPC_NEW, object.slot, id);
        Variable receiver = variable_frame(c, type, object.slot);
        receiver.kind = VARIABLE_VALUE;
        receiver.value = object;
        receiver.value.is_temporary = false;
        inline_call(c, NULL, ref, receiver, variables, NO_SLOT, node->span);
        return object;
    }
    bool first = allocates_first(c, &call);
    uint32_t end = complex_end(c, &call);
    for (uint32_t i = 0; !first && i < call.count; i++)
        if (i < end || may_throw(call.arguments[i].node) || field_of_reference(c, call.arguments[i].node))
            hold(c, &call, i);
    Value object = value_temporary(c, type);
    mark_line(c, node->span);
    emit_wide(c, OPC_NEW, object.slot, id);
    for (uint32_t i = 0; i < call.count; i++)
        pass(c, &call.arguments[i]);
    emit(c, OPC_MOV8, RANGE_OUTGOING, object.slot, 0);
    emit_call(c, &call, node->span);
    return object;
}

Value generate_new(Compiler *c, Bound *node, Slot wanted)
{
    Type *type = closed(
        c, node->type); /* an object goes to a temporary: it must not be seen before its constructor has returned */
    MethodRef ref = {0};
    if (node->method.method)
        ref = closed_method(c, node->method);
    if (type->special == SPECIAL_STRING)
        return new_string(c, node);
    if (!load_is_reference(type)) {
        if (!ref.method && node->items.count == 0)
            ref = default_constructor(c, type);
        return new_struct(c, node, ref, type, wanted);
    }
    if (!ref.method)
        ref = default_constructor(c, type);
    if (!ref.method) {
        Value object = value_temporary(c, type);
        emit_wide(c, OPC_NEW, object.slot, load_type(c->loader, type));
        return object;
    }
    return new_object(c, node, ref, type);
}

/* --- delegates -----------------------------------------------------------------------------------------------------
 */

static void store_method(Compiler *c, Slot delegate, MethodId id)
{
    if (id <= INT16_MAX) {
        emit(c, OPC_STORE_8K, delegate, id, DELEGATE_METHOD);
        return;
    }
    Value number = value_constant(c, c->world->long_type, id);
    emit(c, OPC_STORE_8, delegate, slot_of(c, &number), DELEGATE_METHOD);
    release(c, &number);
}

Value generate_new_delegate(Compiler *c, Bound *node, Slot wanted)
{
    (void)wanted;
    Type *type = closed(c, node->type);
    MethodRef ref = closed_method(c, node->method);
    Value target = value_none(), method = value_none();
    if (node->a) {
        Type *receiver = closed(c, node->a->type);
        target = generate(c, node->a, NO_SLOT);
        if (!load_is_reference(receiver)) {
            MethodRef found = load_is_reference(ref.owner) ? load_find_method(c->loader, receiver, ref) : ref;
            if (found.method)
                ref = found;
            target = box_value(c, &target, NO_SLOT);
        } else if (!ref.method->is_static) {
            slot_of(c, &target);
            bool dispatches = ref.method->owner->kind == TYPE_INTERFACE || ref.method->is_virtual ||
                              ref.method->is_abstract || ref.method->is_override;
            if (dispatches && !(node->flags & CALL_NON_VIRTUAL)) {
                method = value_temporary(c, c->world->long_type);
                emit(c, OPC_METHOD_OF, method.slot, target.slot, 0);
                emit_word(c, load_method(c->loader, ref));
            } else if (node->a->kind != BOUND_THIS && node->a->kind != BOUND_NEW) {
                emit(c, OPC_NULL_CHECK, target.slot, 0, 0);
            }
        }
        slot_of(c, &target);
    }
    Value delegate = value_temporary(c, type);
    emit_wide(c, OPC_NEW, delegate.slot, load_type(c->loader, type));
    if (target.kind == VALUE_SLOT)
        emit(c, OPC_STORE_REF, delegate.slot, target.slot, DELEGATE_TARGET);
    if (method.kind == VALUE_SLOT)
        emit(c, OPC_STORE_8, delegate.slot, method.slot, DELEGATE_METHOD);
    else
        store_method(c, delegate.slot, load_method(c->loader, ref));
    release(c, &target);
    release(c, &method);
    return delegate;
}

static void emit_return_of_call(Compiler *c)
{
    const RuntimeMethod *method = c->method;
    if (method->return_shape == SHAPE_VOID)
        emit(c, OPC_RET, 0, 0, 0);
    else if (method->return_shape == SHAPE_STRUCT)
        emit(c, OPC_RETN, RANGE_OUTGOING, method->return_size, 0);
    else
        emit(c, method->return_size == 8 ? OPC_RET8 : OPC_RET4, RANGE_OUTGOING, 0, 0);
}

/* The body of a delegate's Invoke. Calls of a single target do not come here (call.delegate); a list is called one by
 * one, and the last result is returned. */
bool compile_delegate_invoke(Compiler *c)
{
    uint32_t bytes = c->method->argument_bytes;
    Slot count = slot_new(c, SLOT_PLAIN, 0), index = slot_new(c, SLOT_PLAIN, 0);
    Slot list = slot_new(c, SLOT_REFERENCE, 0), item = slot_new(c, SLOT_REFERENCE, 0);
    uint32_t several = label_make(c), next = label_make(c);
    c->outgoing_bytes = bytes + c->method->return_size + 64;
    emit(c, OPC_LOAD_8, count, 0, DELEGATE_COUNT);
    emit_jump(c, OPC_JNONNULL, count, 0, several);
    emit(c, OPC_COPY, RANGE_OUTGOING, 0, bytes);
    emit_wide(c, OPC_CALL_DELEGATE, RANGE_OUTGOING, c->method->id);
    emit_return_of_call(c);
    label_place(c, several);
    emit(c, OPC_LOAD_8, list, 0, DELEGATE_LIST);
    emit_wide(c, OPC_CONST_I4, index, 0);
    label_place(c, next);
    emit(c, OPC_ELOAD_8, item, list, index);
    emit(c, OPC_COPY, RANGE_OUTGOING, 0, bytes);
    emit(c, OPC_MOV8, RANGE_OUTGOING, item, 0);
    emit_wide(c, OPC_CALL_DELEGATE, RANGE_OUTGOING, c->method->id);
    emit(c, OPC_ADD_I4K, index, index, 1);
    emit_jump(c, OPC_JLT_I4, index, count, next);
    emit_return_of_call(c);
    return finish_code(c);
}
