/* Variables: everything that can be read, written, or pointed to. */
#include "lang/compile_internal.h"

#include <stddef.h>

Variable variable_frame(Compiler *c, Type *type, Slot slot)
{
    Variable variable = {0};
    variable.kind = VARIABLE_FRAME;
    variable.shape = (uint8_t)load_shape(c->loader, type);
    variable.base = slot;
    variable.index = NO_SLOT;
    variable.type = type;
    return variable;
}

static Variable variable_memory(Compiler *c, Type *type, Slot base, uint32_t offset, bool is_pointer)
{
    Variable variable = variable_frame(c, type, base);
    variable.kind = VARIABLE_MEMORY;
    variable.offset = offset;
    variable.is_pointer = is_pointer;
    return variable;
}

/* --- locals --------------------------------------------------------------------------------------------------------
 */

void bind_local(Compiler *c, Local *local, Variable variable)
{
    ARENA_PUSH(c->arena, c->bindings, c->binding_count, c->binding_capacity, variable);
    local->slot = c->binding_count - 1;
}

static bool is_exposed(Compiler *c, const Local *local)
{
    for (uint32_t i = 0; i < c->exposed_count; i++)
        if (c->exposed[i] == local)
            return true;
    return false;
}

static void describe_local(Compiler *c, Local *local, Slot slot, Type *type, bool is_byref)
{
    if (!local->name || c->body->is_inlined || slot == NO_SLOT || local->is_const)
        return;
    LocalInfo info = {0};
    info.name = local->name->text;
    info.offset = slot;
    info.type = load_is_reference(type) && !type->runtime_id ? 0 : load_type(c->loader, type);
    info.source_type = type_substitute(c->world, local->type, &c->body->substitution); /* with the names of tuples */
    info.declared = local->span;
    info.start = c->code_count;
    info.end = UINT32_MAX;
    info.is_parameter = local->kind == LOCAL_PARAMETER;
    info.is_byref = is_byref;
    info.is_compiler_made = local->kind == LOCAL_TEMP;
    ARENA_PUSH(c->arena, c->locals, c->local_count, c->local_capacity, info);
}

/* A variable of the frame that is given: parameters. */
static void bind_slot(Compiler *c, Local *local, Type *type, Slot slot)
{
    bool is_byref = local->ref_kind != REF_NONE;
    Variable variable = is_byref ? variable_memory(c, type, slot, 0, true) : variable_frame(c, type, slot);
    if (!is_byref)
        variable.is_narrow = is_small((Shape)variable.shape) && is_exposed(c, local);
    bind_local(c, local, variable);
    describe_local(c, local, slot, type, is_byref);
}

void bind_parameter(Compiler *c, Local *local, Slot slot)
{
    bind_slot(c, local, closed(c, local->type), slot);
}

void bind_new_local(Compiler *c, Local *local)
{
    Type *type = closed(c, local->type);
    if (type_is_void(type)) {
        bind_local(c, local, variable_frame(c, type, NO_SLOT));
        return;
    }
    Shape shape = local->ref_kind != REF_NONE ? SHAPE_BYREF : load_shape(c->loader, type);
    bind_slot(c, local, type, slot_keep(c, shape, type));
}

/* Of an expression: given back at the end of the statement. */
void bind_temporary(Compiler *c, Local *local)
{
    Type *type = closed(c, local->type);
    Shape shape = local->ref_kind != REF_NONE ? SHAPE_BYREF : load_shape(c->loader, type);
    bind_slot(c, local, type, type_is_void(type) ? NO_SLOT : slot_for(c, shape, type));
}

/* From here on the slot may be another variable's. */
static void end_description(Compiler *c, Slot slot)
{
    for (uint32_t i = c->local_count; i-- > 0;) {
        if (c->locals[i].offset == slot && c->locals[i].end == UINT32_MAX) {
            c->locals[i].end = c->code_count;
            return;
        }
    }
}

void forget_local(Compiler *c, Local *local)
{
    Variable *variable = &c->bindings[local->slot];
    if (variable->base != NO_SLOT) {
        slot_give_back(c, variable->base);
        end_description(c, variable->base);
    }
}

Variable variable_of_local(Compiler *c, Local *local)
{
    if (local->slot < c->binding_count)
        return c->bindings[local->slot];
    give_up(c, "variable_of_local");
    return variable_frame(c, closed(c, local->type), RANGE_PLAIN);
}

/* --- from nodes ----------------------------------------------------------------------------------------------------
 */

bool is_variable(const Bound *node)
{
    switch (node->kind) {
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_ELEMENT:
        return true;
    case BOUND_FIELD:
        return !node->a || node->field.field->ref_kind != REF_NONE || load_is_reference(node->a->type) ||
               node->a->type->kind == TYPE_PARAMETER || is_variable(node->a);
    case BOUND_CALL:
        return node->method.method->return_ref != REF_NONE;
    case BOUND_CONDITIONAL:
        return (node->flags & BOUND_REF) != 0;
    case BOUND_SEQUENCE:
        return node->a && is_variable(node->a);
    case BOUND_ASSIGN_REF:
        return true;
    case BOUND_ADDRESS:
        return is_variable(node->a);
    default:
        return false;
    }
}

void ensure_class(Compiler *c, TypeId type)
{
    const RuntimeType *runtime = c->program->types[type];
    if (!runtime->init_index)
        return;
    /* Inside the static constructor itself the class is being initialised by this very thread. */
    if (c->method->is_class_constructor && c->method->declaring_type == type)
        return;
    for (uint32_t i = 0; i < c->ensured_count; i++)
        if (c->ensured[i] == type)
            return;
    emit_wide(c, OPC_ENSURE, 0, type);
    ARENA_PUSH(c->arena, c->ensured, c->ensured_count, c->ensured_capacity, type);
}

Variable variable_field(Compiler *c, Variable base, RuntimeField *field, Type *type)
{
    Variable result = base;
    result.type = type;
    result.shape = (uint8_t)load_shape(c->loader, type);
    if (base.kind == VARIABLE_FRAME) {
        result.base = (Slot)(base.base + field->offset);
        result.is_narrow = is_small((Shape)result.shape);
    } else {
        result.offset += field->offset;
    }
    return result;
}

static Variable static_field(Compiler *c, Bound *node, RuntimeField *field, TypeId owner, Type *type)
{
    (void)node;
    const RuntimeType *runtime = c->program->types[owner];
    ensure_class(c, owner);
    if (field->is_thread_static) {
        Value pointer = value_pointer(c, type);
        emit_wide(c, OPC_ADDRESS_TS, pointer.slot, runtime->thread_statics_offset + field->offset);
        Variable variable = variable_memory(c, type, pointer.slot, 0, true);
        variable.owns_base = true;
        return variable;
    }
    Variable variable = variable_frame(c, type, NO_SLOT);
    variable.kind = VARIABLE_STATIC;
    variable.offset = runtime->statics_offset + field->offset;
    return variable;
}

/* What a `ref` field refers to. */
static Variable pointed_at(Compiler *c, Variable base, const RuntimeField *field, Type *type)
{
    if (base.kind == VARIABLE_VALUE)
        base = variable_frame(c, base.value.type, slot_of(c, &base.value));
    if (base.kind == VARIABLE_FRAME)
        return variable_memory(c, type, (Slot)(base.base + field->offset), 0, true);
    if (base.kind != VARIABLE_MEMORY || base.offset + field->offset > UINT16_MAX)
        give_up(c, "pointed_at");
    Value pointer = value_pointer(c, type);
    emit(c, OPC_LOAD_8, pointer.slot, base.base, base.offset + field->offset);
    variable_release(c, &base);
    Variable variable = variable_memory(c, type, pointer.slot, 0, true);
    variable.owns_base = true;
    return variable;
}

void assign_ref_field(Compiler *c, Bound *node)
{
    FieldRef ref = field_ref_substitute(c->world, node->a->field, &c->body->substitution);
    TypeId owner;
    RuntimeField *field = load_field(c->loader, ref, &owner);
    Variable source = generate_variable(c, node->b);
    Value pointer = value_pointer(c, closed(c, node->a->type));
    variable_address(c, &source, pointer.slot);
    variable_release(c, &source);
    Variable holder = generate_variable(c, node->a->a);
    if (holder.kind == VARIABLE_FRAME)
        emit(c, OPC_MOV8, holder.base + field->offset, pointer.slot, 0);
    else if (holder.kind == VARIABLE_MEMORY && holder.offset + field->offset <= UINT16_MAX)
        emit(c, OPC_STORE_8, holder.base, pointer.slot, holder.offset + field->offset);
    else
        give_up(c, "assign_ref_field");
    variable_release(c, &holder);
    release(c, &pointer);
}

static Variable field_variable(Compiler *c, Bound *node)
{
    FieldRef ref = field_ref_substitute(c->world, node->field, &c->body->substitution);
    TypeId owner;
    RuntimeField *field = load_field(c->loader, ref, &owner);
    Type *type = closed(c, node->type);
    if (!field->name)
        give_up(c, "field_variable");
    if (!node->a)
        return static_field(c, node, field, owner, type);
    Type *receiver = closed(c, node->a->type);
    if (field->shape == SHAPE_BYREF)
        return pointed_at(c, generate_variable(c, node->a), field, type);
    if (!load_is_reference(receiver)) {
        Variable base = generate_variable(c, node->a);
        Variable part = variable_field(c, base, field, type);
        if (part.kind == VARIABLE_FRAME)
            part.owns_base = false; /* a part of a temporary: the end of the statement gives it back */
        return part;
    }
    Value object = generate(c, node->a, NO_SLOT);
    Variable variable = variable_memory(c, type, slot_of(c, &object), OBJECT_FIELDS + field->offset, false);
    variable.owns_base = object.is_temporary;
    return variable;
}

/* The index as an int in a slot. */
static Value index_value(Compiler *c, Bound *node)
{
    Value index = generate(c, node, NO_SLOT);
    if (index.shape == SHAPE_I8 || index.shape == SHAPE_U8) {
        Value narrow = value_temporary(c, c->world->int_type);
        emit(c, OPC_INDEX_8, narrow.slot, slot_of(c, &index), 0);
        release(c, &index);
        return narrow;
    }
    slot_of(c, &index);
    return index;
}

static Variable element_variable(Compiler *c, Bound *node)
{
    Type *type = closed(c, node->type);
    Value array = generate(c, node->a, NO_SLOT);
    if (!array.is_temporary && may_write(c, node->b, node->a))
        own(c, &array);
    slot_of(c, &array);
    Value index = index_value(c, node->b);
    Variable variable = variable_frame(c, type, array.slot);
    variable.kind = VARIABLE_ELEMENT;
    variable.index = index.slot;
    variable.owns_base = array.is_temporary;
    variable.owns_index = index.is_temporary;
    return variable;
}

/* Turns an element into memory at a managed pointer; `exact`: the element type must match (pointers to references). */
static Variable pin_element(Compiler *c, Variable *element)
{
    Value pointer = value_pointer(c, element->type);
    uint64_t exact = element->shape == SHAPE_REF ? load_type(c->loader, element->type) : 0;
    emit(c, OPC_EADDRESS, pointer.slot, element->base, element->index);
    emit_word(c, size_of(c, element->type) | exact << 32);
    variable_release(c, element);
    Variable variable = variable_memory(c, element->type, pointer.slot, 0, true);
    variable.owns_base = true;
    return variable;
}

static Variable from_pointer(Compiler *c, Type *type, Value pointer)
{
    stabilize(c, &pointer);
    Variable variable = variable_memory(c, type, pointer.slot, 0, true);
    variable.owns_base = pointer.is_temporary;
    return variable;
}

static Variable conditional_variable(Compiler *c, Bound *node)
{
    Value pointer = value_pointer(c, closed(c, node->type));
    uint32_t other = label_make(c), end = label_make(c);
    generate_jump(c, node->a, other, false);
    uint32_t known = c->ensured_count;
    Variable first = generate_variable(c, node->b);
    variable_address(c, &first, pointer.slot);
    variable_release(c, &first);
    emit_jump(c, OPC_JMP, 0, 0, end);
    c->ensured_count = known;
    label_place(c, other);
    Variable second = generate_variable(c, node->c);
    variable_address(c, &second, pointer.slot);
    variable_release(c, &second);
    c->ensured_count = known;
    label_place(c, end);
    return from_pointer(c, closed(c, node->type), pointer);
}

/* A value as a variable: a temporary that holds it, in the form that struct fields have. */
static Variable spill(Compiler *c, Bound *node)
{
    Value value = generate(c, node, NO_SLOT);
    if (value.kind == VALUE_SLOT && !value.is_temporary)
        own(c, &value);
    if (value.kind == VALUE_NONE)
        return variable_frame(c, closed(c, node->type), NO_SLOT);
    Variable variable = variable_frame(c, value.type, slot_of(c, &value));
    variable.owns_base = value.is_temporary;
    return variable;
}

Variable generate_variable(Compiler *c, Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_LOCAL:
        return variable_of_local(c, node->local);
    case BOUND_THIS:
        if (c->body->this_variable.kind != VARIABLE_VALUE)
            return c->body->this_variable;
        break;
    case BOUND_FIELD:
        return field_variable(c, node);
    case BOUND_ELEMENT: {
        Variable element = element_variable(c, node);
        return element.shape == SHAPE_STRUCT ? pin_element(c, &element) : element;
    }
    case BOUND_CALL:
        if (node->method.method->return_ref != REF_NONE)
            return from_pointer(c, closed(c, node->type), generate_call(c, node, NO_SLOT));
        break;
    case BOUND_CONDITIONAL:
        if (node->flags & BOUND_REF)
            return conditional_variable(c, node);
        break;
    case BOUND_ADDRESS:
        return generate_variable(c, node->a);
    case BOUND_ASSIGN_REF:
        generate_effect(c, node);
        return generate_variable(c, node->a);
    case BOUND_SEQUENCE:
        if (node->a && is_variable(node->a)) {
            for (uint32_t i = 0; i < node->locals.count; i++)
                bind_temporary(c, node->locals.at[i]);
            for (uint32_t i = 0; i < node->items.count; i++)
                generate_effect(c, node->items.at[i]);
            return generate_variable(c, node->a);
        }
        break;
    default:
        break;
    }
    return spill(c, node);
}

/* --- reading and writing -------------------------------------------------------------------------------------------
 */

static Opcode extend_op(Shape shape)
{
    if (shape == SHAPE_I1)
        return OPC_EXT_I1;
    if (shape == SHAPE_I2)
        return OPC_EXT_I2;
    return shape == SHAPE_BOOL || shape == SHAPE_U1 ? OPC_EXT_U1 : OPC_EXT_U2;
}

static Opcode relative(Opcode op, Opcode from, Opcode to)
{
    return (Opcode)((int)op - (int)from + (int)to);
}

static Value new_result(Compiler *c, const Variable *variable, Slot wanted)
{
    if (wanted == NO_SLOT)
        return value_temporary(c, variable->type);
    return value_in(c, variable->type, wanted);
}

Value variable_load(Compiler *c, Variable *variable, Slot wanted)
{
    Shape shape = (Shape)variable->shape;
    if (variable->kind == VARIABLE_VALUE)
        return variable->value;
    if (shape == SHAPE_VOID)
        return value_none();
    if (variable->kind == VARIABLE_FRAME && !variable->is_narrow) {
        Value value = value_in(c, variable->type, variable->base);
        value.is_temporary = variable->owns_base;
        variable->owns_base = false;
        return value;
    }
    if (variable->kind == VARIABLE_ELEMENT && shape == SHAPE_STRUCT)
        *variable = pin_element(c, variable);
    if (variable->kind != VARIABLE_FRAME)
        variable_release(c, variable);
    Value value = new_result(c, variable, wanted);
    switch (variable->kind) {
    case VARIABLE_FRAME:
        emit(c, extend_op(shape), value.slot, variable->base, 0);
        break;
    case VARIABLE_MEMORY: {
        if (variable->offset > UINT16_MAX)
            give_up(c, "variable_load");
        emit(c, load_op(shape), value.slot, variable->base, variable->offset);
        if (shape == SHAPE_STRUCT)
            emit_word(c, size_of(c, variable->type));
        break;
    }
    case VARIABLE_STATIC:
        if (shape == SHAPE_STRUCT) {
            Value pointer = value_pointer(c, variable->type);
            emit_wide(c, OPC_ADDRESS_S, pointer.slot, variable->offset);
            emit(c, OPC_LOAD_N, value.slot, pointer.slot, 0);
            emit_word(c, size_of(c, variable->type));
            release(c, &pointer);
        } else {
            emit_wide(c, relative(load_op(shape), OPC_LOAD_I1, OPC_LOADS_I1), value.slot, variable->offset);
        }
        break;
    default:
        emit(c, relative(load_op(shape), OPC_LOAD_I1, OPC_ELOAD_I1), value.slot, variable->base, variable->index);
        break;
    }
    return value;
}

/* Bytes of a struct: a load of exactly that width is the same for the machine. */
static void store_struct(Compiler *c, Slot base, uint32_t offset, Value *value)
{
    const RuntimeType *type = load_runtime_type(c->loader, value->type);
    if (offset > UINT16_MAX)
        give_up(c, "store_struct");
    if (value->kind == VALUE_CONSTANT) {
        emit(c, OPC_CLEAR_AT, base, 0, offset);
    } else if (type->ref_count == 0 &&
               (type->value_size == 1 || type->value_size == 2 || type->value_size == 4 || type->value_size == 8)) {
        Opcode op = type->value_size == 1   ? OPC_STORE_1
                    : type->value_size == 2 ? OPC_STORE_2
                    : type->value_size == 4 ? OPC_STORE_4
                                            : OPC_STORE_8;
        emit(c, op, base, value->slot, offset);
        return;
    } else if (type->value_size == 8) {
        emit(c, OPC_STORE_REF, base, value->slot, offset);
        return;
    } else {
        emit(c, type->ref_count ? OPC_STORE_N_REFS : OPC_STORE_N, base, value->slot, offset);
    }
    emit_word(c, type->value_size);
}

static void store_memory(Compiler *c, Slot base, uint32_t offset, Value *value)
{
    Shape shape = (Shape)value->shape;
    int16_t immediate;
    if (offset > UINT16_MAX)
        give_up(c, "store_memory");
    if (shape == SHAPE_STRUCT) {
        store_struct(c, base, offset, value);
        return;
    }
    if (small_constant(value, &immediate)) {
        Opcode op = store_op(shape);
        if (op == OPC_STORE_4 || op == OPC_STORE_8 || op == OPC_STORE_REF) {
            emit(c, op == OPC_STORE_4 ? OPC_STORE_4K : OPC_STORE_8K, base, (uint16_t)immediate, offset);
            return;
        }
    }
    emit(c, store_op(shape), base, slot_of(c, value), offset);
}

static void store_frame(Compiler *c, const Variable *variable, Value *value)
{
    Shape shape = (Shape)variable->shape;
    if (variable->is_narrow && value->kind == VALUE_SLOT) {
        emit(c, shape == SHAPE_CHAR || shape == SHAPE_I2 || shape == SHAPE_U2 ? OPC_MOV2 : OPC_MOV1, variable->base,
             value->slot, 0);
    } else if (variable->is_narrow) {
        slot_of(c, value);
        store_frame(c, variable, value);
    } else {
        move_to(c, variable->base, value);
    }
}

void variable_store(Compiler *c, Variable *variable, Value *value)
{
    Shape shape = (Shape)variable->shape;
    switch (variable->kind) {
    case VARIABLE_FRAME:
        store_frame(c, variable, value);
        break;
    case VARIABLE_MEMORY:
        store_memory(c, variable->base, variable->offset, value);
        break;
    case VARIABLE_STATIC:
        if (shape == SHAPE_STRUCT) {
            Value pointer = value_pointer(c, variable->type);
            emit_wide(c, OPC_ADDRESS_S, pointer.slot, variable->offset);
            store_struct(c, pointer.slot, 0, value);
            release(c, &pointer);
        } else {
            emit_wide(c, relative(store_op(shape), OPC_STORE_1, OPC_STORES_1), slot_of(c, value), variable->offset);
        }
        break;
    case VARIABLE_ELEMENT:
        if (shape == SHAPE_STRUCT) {
            *variable = pin_element(c, variable);
            store_struct(c, variable->base, 0, value);
        } else {
            emit(c, relative(store_op(shape), OPC_STORE_1, OPC_ESTORE_1), variable->base, variable->index,
                 slot_of(c, value));
        }
        break;
    default:
        give_up(c, "variable_store");
        break;
    }
}

void variable_clear(Compiler *c, Variable *variable)
{
    Value zero = value_constant(c, variable->type, 0);
    variable_store(c, variable, &zero);
    release(c, &zero);
}

void variable_address(Compiler *c, Variable *variable, Slot to)
{
    switch (variable->kind) {
    case VARIABLE_FRAME:
        emit(c, OPC_LEA, to, variable->base, 0);
        break;
    case VARIABLE_MEMORY:
        if (variable->offset > UINT16_MAX)
            give_up(c, "variable_address");
        if (variable->is_pointer && variable->offset == 0)
            emit(c, OPC_MOV8, to, variable->base, 0);
        else
            emit(c, OPC_ADDRESS, to, variable->base, variable->offset);
        break;
    case VARIABLE_STATIC:
        emit_wide(c, OPC_ADDRESS_S, to, variable->offset);
        break;
    case VARIABLE_ELEMENT: {
        Variable pinned = pin_element(c, variable);
        emit(c, OPC_MOV8, to, pinned.base, 0);
        *variable = pinned;
        break;
    }
    default: {
        Value copy = variable->value;
        Value temporary = value_temporary(c, copy.type);
        move_to(c, temporary.slot, &copy);
        emit(c, OPC_LEA, to, temporary.slot, 0);
        break;
    }
    }
}

void variable_release(Compiler *c, Variable *variable)
{
    if (variable->owns_base)
        slot_release(c, variable->base);
    if (variable->owns_index)
        slot_release(c, variable->index);
    variable->owns_base = variable->owns_index = false;
}

void variable_protect(Compiler *c, Variable *variable, Bound *node, Bound *later)
{
    if (variable->kind != VARIABLE_MEMORY && variable->kind != VARIABLE_ELEMENT)
        return;
    if (variable->is_pointer && !variable->owns_base)
        return; /* `this` of a struct, a ref parameter; a ref local that is reassigned in between is left alone */
    Bound *base = node;
    while (base->kind == BOUND_FIELD && base->a && !load_is_reference(closed(c, base->a->type)))
        base = base->a;
    if (!variable->owns_base && base->a && may_write(c, later, base->a)) {
        Value copy = value_in(c, closed(c, base->a->type), variable->base);
        own(c, &copy);
        variable->base = copy.slot;
        variable->owns_base = true;
    }
    if (variable->kind == VARIABLE_ELEMENT && !variable->owns_index && base->b && may_write(c, later, base->b)) {
        Value copy = value_in(c, c->world->int_type, variable->index);
        own(c, &copy);
        variable->index = copy.slot;
        variable->owns_index = true;
    }
}
