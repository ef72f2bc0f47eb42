/* Values: constants and slots, and how they move. */
#include "lang/compile_internal.h"

Type *closed(Compiler *c, Type *type)
{
    return type_plain(type_substitute(c->world, type, &c->body->substitution));
}

Value value_none(void)
{
    Value value = {0};
    value.slot = NO_SLOT;
    return value;
}

Value value_in(Compiler *c, Type *type, Slot slot)
{
    Value value = value_none();
    value.kind = VALUE_SLOT;
    value.shape = (uint8_t)load_shape(c->loader, type);
    value.slot = slot;
    value.type = type;
    return value;
}

Value value_constant(Compiler *c, Type *type, uint64_t bits)
{
    Value value = value_none();
    value.kind = VALUE_CONSTANT;
    value.shape = (uint8_t)load_shape(c->loader, type);
    value.type = type;
    value.bits = bits;
    return value;
}

Value value_temporary(Compiler *c, Type *type)
{
    Value value = value_in(c, type, NO_SLOT);
    value.slot = slot_for(c, (Shape)value.shape, type);
    value.is_temporary = true;
    return value;
}

/* A temporary for a managed pointer to a variable of `type`. */
Value value_pointer(Compiler *c, Type *type)
{
    Value value = value_none();
    value.kind = VALUE_SLOT;
    value.shape = SHAPE_BYREF;
    value.type = type;
    value.slot = slot_for(c, SHAPE_BYREF, type);
    value.is_temporary = true;
    return value;
}

void release(Compiler *c, const Value *value)
{
    if (value->kind == VALUE_SLOT && value->is_temporary)
        slot_release(c, value->slot);
}

uint32_t size_of(Compiler *c, Type *type)
{
    return load_is_reference(type) ? 8 : load_runtime_type(c->loader, type)->value_size;
}

bool is_small(Shape shape)
{
    return shape == SHAPE_BOOL || shape == SHAPE_CHAR || (shape >= SHAPE_I1 && shape <= SHAPE_U2);
}

static bool is_wide(Shape shape)
{
    return shape == SHAPE_I8 || shape == SHAPE_U8 || shape == SHAPE_R8 || shape == SHAPE_REF || shape == SHAPE_BYREF;
}

static void load_constant(Compiler *c, Slot to, const Value *value)
{
    uint64_t bits = value->bits;
    if (value->shape == SHAPE_STRUCT) {
        uint32_t size = size_of(c, value->type);
        if (size == 8)
            emit(c, OPC_ZERO8, to, 0, 0);
        else
            emit_wide(c, OPC_ZERO, to, size);
    } else if (!is_wide((Shape)value->shape)) {
        emit_wide(c, OPC_CONST_I4, to, (uint32_t)bits);
    } else if (bits == 0) {
        emit(c, OPC_ZERO8, to, 0, 0);
    } else if ((int64_t)bits == (int32_t)(uint32_t)bits) {
        emit_wide(c, OPC_CONST_I8, to, (uint32_t)bits);
    } else {
        emit(c, OPC_CONST_WIDE, to, 0, 0);
        emit_word(c, bits);
    }
}

void move_to(Compiler *c, Slot to, const Value *value)
{
    if (value->kind == VALUE_CONSTANT) {
        load_constant(c, to, value);
        return;
    }
    if (value->kind == VALUE_NONE || value->slot == to)
        return;
    if (value->shape != SHAPE_STRUCT) {
        emit(c, is_wide((Shape)value->shape) ? OPC_MOV8 : OPC_MOV4, to, value->slot, 0);
        return;
    }
    uint32_t size = size_of(c, value->type);
    Opcode op = size == 1       ? OPC_MOV1
                : size == 2     ? OPC_MOV2
                : size == 4     ? OPC_MOV4
                : size == 8     ? OPC_MOV8
                : size == 16    ? OPC_MOV16
                : size % 8 == 0 ? OPC_COPY8
                                : OPC_COPY;
    emit(c, op, to, value->slot, size > 16 || op == OPC_COPY ? size : 0);
}

Slot slot_of(Compiler *c, Value *value)
{
    if (value->kind == VALUE_CONSTANT) {
        Slot slot = slot_for(c, (Shape)value->shape, value->type);
        load_constant(c, slot, value);
        value->kind = VALUE_SLOT;
        value->slot = slot;
        value->is_temporary = true;
    }
    return value->slot;
}

void own(Compiler *c, Value *value)
{
    if (value->kind != VALUE_SLOT || value->is_temporary)
        return;
    Slot slot = slot_for(c, (Shape)value->shape, value->type);
    move_to(c, slot, value);
    value->slot = slot;
    value->is_temporary = true;
    value->is_passing = false;
}

void stabilize(Compiler *c, Value *value)
{
    if (value->kind == VALUE_SLOT && value->is_passing)
        own(c, value);
}

bool small_constant(const Value *value, int16_t *immediate)
{
    int64_t bits = (int64_t)value->bits;
    if (value->kind != VALUE_CONSTANT || value->shape == SHAPE_R4 || value->shape == SHAPE_R8 ||
        value->shape == SHAPE_STRUCT)
        return false;
    if (!is_wide((Shape)value->shape))
        bits = (int32_t)(uint32_t)value->bits;
    if (bits < INT16_MIN || bits > INT16_MAX)
        return false;
    *immediate = (int16_t)bits;
    return true;
}

Opcode load_op(Shape shape)
{
    switch (shape) {
    case SHAPE_BOOL:
    case SHAPE_U1:
        return OPC_LOAD_U1;
    case SHAPE_I1:
        return OPC_LOAD_I1;
    case SHAPE_CHAR:
    case SHAPE_U2:
        return OPC_LOAD_U2;
    case SHAPE_I2:
        return OPC_LOAD_I2;
    case SHAPE_I4:
    case SHAPE_U4:
    case SHAPE_R4:
        return OPC_LOAD_4;
    case SHAPE_VOID:
    case SHAPE_STRUCT:
        return OPC_LOAD_N;
    case SHAPE_I8:
    case SHAPE_U8:
    case SHAPE_R8:
    case SHAPE_REF:
    case SHAPE_BYREF:
        break;
    }
    return OPC_LOAD_8;
}

Opcode store_op(Shape shape)
{
    switch (shape) {
    case SHAPE_BOOL:
    case SHAPE_U1:
    case SHAPE_I1:
        return OPC_STORE_1;
    case SHAPE_CHAR:
    case SHAPE_U2:
    case SHAPE_I2:
        return OPC_STORE_2;
    case SHAPE_I4:
    case SHAPE_U4:
    case SHAPE_R4:
        return OPC_STORE_4;
    case SHAPE_REF:
        return OPC_STORE_REF;
    case SHAPE_VOID:
    case SHAPE_STRUCT:
        return OPC_STORE_N;
    case SHAPE_I8:
    case SHAPE_U8:
    case SHAPE_R8:
    case SHAPE_BYREF:
        break;
    }
    return OPC_STORE_8;
}
