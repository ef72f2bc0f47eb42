/* Expressions. */
#include "lang/compile_internal.h"

#include <string.h>

/* --- what is known about a node without generating it --------------------------------------------------------------
 */

static Bound *root_of(Bound *node)
{
    while (node && node->kind == BOUND_FIELD && node->a && !load_is_reference(node->a->type) &&
           node->a->type->kind != TYPE_PARAMETER)
        node = node->a;
    return node;
}

static bool same_root(Bound *a, Bound *b)
{
    Bound *x = root_of(a), *y = root_of(b);
    if (!x || !y || x->kind != y->kind)
        return false;
    return x->kind == BOUND_THIS || (x->kind == BOUND_LOCAL && x->local == y->local);
}

static bool any_child(Compiler *c, Bound *node, Bound *variable, bool (*test)(Compiler *, Bound *, Bound *))
{
    if ((node->a && test(c, node->a, variable)) || (node->b && test(c, node->b, variable)) ||
        (node->c && test(c, node->c, variable)))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (test(c, node->items.at[i], variable))
            return true;
    return false;
}

static bool writes(Compiler *c, Bound *node, Bound *variable)
{
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_TYPEOF:
    case BOUND_SIZEOF:
        return false;
    case BOUND_ASSIGN:
    case BOUND_ASSIGN_REF:
    case BOUND_ADDRESS:
        if (same_root(node->a, variable))
            return true;
        break;
    case BOUND_CALL:
        if (node->a && same_root(node->a, variable) && !load_is_reference(closed(c, node->a->type)) &&
            !(node->flags & CALL_COPY_RECEIVER))
            return true;
        if (variable->kind == BOUND_THIS)
            return true;
        break;
    default:
        break;
    }
    return any_child(c, node, variable, writes);
}

static bool calls(Compiler *c, Bound *node, Bound *variable)
{
    (void)variable;
    return node->kind == BOUND_CALL || node->kind == BOUND_NEW || node->kind == BOUND_ASSIGN ||
           any_child(c, node, variable, calls);
}

bool may_write(Compiler *c, Bound *node, Bound *variable)
{
    Bound *root = root_of(variable);
    if (!root || (root->kind != BOUND_LOCAL && root->kind != BOUND_THIS))
        return false; /* a value of its own */
    if (root->kind == BOUND_THIS && load_is_reference(closed(c, root->type)))
        return false;
    if (writes(c, node, root))
        return true;
    if (root->kind == BOUND_LOCAL) {
        Variable bound = variable_of_local(c, root->local);
        if (bound.kind == VARIABLE_VALUE)
            return false;
        if (bound.kind != VARIABLE_FRAME)
            return calls(c, node, root);
        for (uint32_t i = 0; i < c->exposed_count; i++)
            if (c->exposed[i] == root->local)
                return calls(c, node, root);
    }
    return false;
}

static bool is_simple_field(Compiler *c, Bound *node)
{
    if (node->a)
        return is_simple(c, node->a);
    FieldRef ref = field_ref_substitute(c->world, node->field, &c->body->substitution);
    Type *owner = type_plain(ref.owner ? ref.owner : ref.field->owner->self);
    return !load_runtime_type(c->loader, owner)->init_index ||
           (c->method->is_class_constructor && owner == c->info->ref.owner);
}

static bool simple_conversion(Compiler *c, Bound *node)
{
    switch ((int)node->conversion) {
    case CONVERSION_IDENTITY:
    case CONVERSION_NUMERIC:
    case CONVERSION_REFERENCE:
    case CONVERSION_CAST:
    case CONVERSION_NULL:
        return is_simple(c, node->a);
    case CONVERSION_UNBOX:
        return is_simple(c, node->a);
    case CONVERSION_BOX:
        return load_is_reference(closed(c, node->a->type)) && is_simple(c, node->a);
    default:
        return false;
    }
}

static bool not_simple(Compiler *c, Bound *node, Bound *variable)
{
    (void)variable;
    return !is_simple(c, node);
}

bool is_simple(Compiler *c, Bound *node)
{
    int64_t known;
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_TYPEOF:
    case BOUND_SIZEOF:
        return true;
    case BOUND_FIELD:
        return is_simple_field(c, node);
    case BOUND_CONVERT:
        return simple_conversion(c, node);
    case BOUND_CALL:
        return constant_value(c, node, &known);
    case BOUND_ELEMENT:
    case BOUND_ARRAY_LENGTH:
    case BOUND_ASSIGN:
    case BOUND_ASSIGN_REF:
    case BOUND_ADDRESS:
    case BOUND_UNARY:
    case BOUND_BINARY:
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
    case BOUND_CONDITIONAL:
    case BOUND_IS:
    case BOUND_AS:
    case BOUND_SEQUENCE:
    case BOUND_THROW_EXPRESSION:
        return !any_child(c, node, NULL, not_simple);
    default:
        return false;
    }
}

/* --- constants after instantiation ---------------------------------------------------------------------------------
 */

static bool without_effect(Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_TYPEOF:
        return true;
    case BOUND_FIELD:
        return node->a && without_effect(node->a) && !load_is_reference(node->a->type);
    case BOUND_CONVERT:
        return without_effect(node->a);
    default:
        return false;
    }
}

/* The value type behind a boxing conversion of something without effects, or NULL. */
static Type *boxed_value_type(Compiler *c, Bound *node)
{
    if (node->kind == BOUND_CONVERT &&
        (node->conversion == CONVERSION_BOX || node->conversion == CONVERSION_REFERENCE ||
         node->conversion == CONVERSION_IDENTITY))
        node = node->a;
    Type *type = closed(c, node->type);
    return !load_is_reference(type) && without_effect(node) ? type : NULL;
}

static bool is_null(const Bound *node)
{
    while (node->kind == BOUND_CONVERT &&
           (node->conversion == CONVERSION_NULL || node->conversion == CONVERSION_REFERENCE))
        node = node->a;
    return (node->kind == BOUND_CONSTANT && node->constant.kind == CONSTANT_NULL) ||
           (node->kind == BOUND_DEFAULT && load_is_reference(node->type));
}

static bool constant_comparison(Compiler *c, Bound *node, int64_t *value)
{
    if (node->op != OP_EQUAL && node->op != OP_NOT_EQUAL)
        return false;
    int64_t x, y;
    Bound *other = is_null(node->b) ? node->a : is_null(node->a) ? node->b : NULL;
    if (other) {
        Type *type = boxed_value_type(c, other);
        if (!type || type_is_nullable(type))
            return false;
        *value = node->op == OP_NOT_EQUAL;
        return true;
    }
    if (!constant_value(c, node->a, &x) || !constant_value(c, node->b, &y))
        return false;
    *value = (x == y) == (node->op == OP_EQUAL);
    return true;
}

/* typeof(A) == typeof(B), which is a call of Type's operator. */
static bool constant_call(Compiler *c, Bound *node, int64_t *value)
{
    MethodRef ref = node->method;
    if (!ref.method->owner->is_library)
        return false;
    bool equal = is_library_method(&ref, "Type", "op_Equality"),
         unequal = is_library_method(&ref, "Type", "op_Inequality");
    if ((equal || unequal) && node->items.count == 2) {
        Bound *a = node->items.at[0], *b = node->items.at[1];
        while (a->kind == BOUND_CONVERT)
            a = a->a;
        while (b->kind == BOUND_CONVERT)
            b = b->a;
        if (a->kind != BOUND_TYPEOF || b->kind != BOUND_TYPEOF)
            return false;
        *value = (closed(c, a->type_operand) == closed(c, b->type_operand)) == equal;
        return true;
    }
    if (is_library_method(&ref, "RuntimeHelpers", "IsReferenceOrContainsReferences")) {
        Type *type = closed(c, ref.arguments[0]);
        *value = load_is_reference(type) || load_runtime_type(c->loader, type)->ref_count > 0;
        return true;
    }
    return false;
}

static bool constant_is(Compiler *c, Bound *node, int64_t *value)
{
    Type *type = boxed_value_type(c, node->a);
    Type *wanted = closed(c, node->type_operand);
    if (!type)
        return false;
    *value = load_assignable(c->loader, type_nullable_underlying(type), type_nullable_underlying(wanted));
    return !type_is_nullable(type) || !*value; /* one that fits still has to have a value */
}

bool constant_value(Compiler *c, Bound *node, int64_t *value)
{
    int64_t x;
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
        *value = node->constant.integer;
        return node->constant.kind == CONSTANT_BOOL || node->constant.kind == CONSTANT_INTEGER ||
               node->constant.kind == CONSTANT_CHAR;
    case BOUND_LOCAL: {
        *value = 0;
        if (c->weighing)
            return false;
        Variable bound = variable_of_local(c, node->local);
        *value = (int64_t)bound.value.bits;
        return bound.kind == VARIABLE_VALUE && bound.value.kind == VALUE_CONSTANT && bound.shape != SHAPE_STRUCT &&
               bound.shape != SHAPE_REF && bound.shape != SHAPE_R4 && bound.shape != SHAPE_R8;
    }
    case BOUND_BINARY:
        return constant_comparison(c, node, value);
    case BOUND_CALL:
        return constant_call(c, node, value);
    case BOUND_IS:
        return constant_is(c, node, value);
    case BOUND_UNARY:
        *value = 0;
        if (node->op != OP_NOT || !constant_value(c, node->a, &x))
            return false;
        *value = !x;
        return true;
    case BOUND_AND_ALSO:
        if (!constant_value(c, node->a, &x))
            return false;
        *value = 0;
        return !x || constant_value(c, node->b, value);
    case BOUND_OR_ELSE:
        if (!constant_value(c, node->a, &x))
            return false;
        *value = 1;
        return x || constant_value(c, node->b, value);
    default:
        return false;
    }
}

/* --- constants -----------------------------------------------------------------------------------------------------
 */

static Value literal(Compiler *c, Bound *node, Type *type, Slot wanted)
{
    uint32_t index = program_literal(c->program, node->constant.units, node->constant.unit_count);
    Value value = wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
    emit_wide(c, OPC_LITERAL, value.slot, index);
    return value;
}

static Value decimal_constant(Compiler *c, Bound *node, Type *type)
{
    Decimal decimal = node->constant.decimal;
    Value value = value_temporary(c, type);
    emit(c, OPC_CONST_WIDE, value.slot, 0, 0);
    emit_word(c, (uint32_t)decimal.flags | (uint64_t)decimal.hi << 32);
    emit(c, OPC_CONST_WIDE, value.slot + 8u, 0, 0);
    emit_word(c, decimal.lo);
    return value;
}

static uint64_t float_bits(Shape shape, double real)
{
    uint64_t bits = 0;
    if (shape == SHAPE_R4) {
        float narrow = (float)real;
        uint32_t narrow_bits;
        memcpy(&narrow_bits, &narrow, sizeof narrow_bits);
        return narrow_bits;
    }
    memcpy(&bits, &real, sizeof bits);
    return bits;
}

static Value constant(Compiler *c, Bound *node, Slot wanted)
{
    Type *type = closed(c, node->type);
    Shape shape = load_shape(c->loader, type);
    const Constant *k = &node->constant;
    if (k->kind == CONSTANT_STRING)
        return literal(c, node, type, wanted);
    if (k->kind == CONSTANT_DECIMAL)
        return decimal_constant(c, node, type);
    if (k->kind == CONSTANT_FLOAT || k->kind == CONSTANT_DOUBLE)
        return value_constant(c, type, float_bits(shape, k->real));
    if (k->kind == CONSTANT_NULL || k->kind == CONSTANT_NONE)
        return value_constant(c, type, 0);
    if (shape == SHAPE_R4 || shape == SHAPE_R8)
        return value_constant(c, type, float_bits(shape, (double)k->integer));
    return value_constant(c, type, (uint64_t)k->integer);
}

/* --- arithmetic ----------------------------------------------------------------------------------------------------
 */

static Value result_in(Compiler *c, Type *type, Slot wanted)
{
    return wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
}

/* Both operands, the left one safe from what the right one does. */
static void generate_operands(Compiler *c, Bound *node, Value *a, Value *b)
{
    *a = generate(c, node->a, NO_SLOT);
    if (a->kind == VALUE_SLOT && !a->is_temporary && may_write(c, node->b, node->a))
        own(c, a);
    *b = generate_now(c, node->b, NO_SLOT);
}

static Value shift(Compiler *c, Bound *node, Type *type, Shape shape, Slot wanted)
{
    Value a, b;
    int16_t immediate;
    bool wide = shape == SHAPE_I8 || shape == SHAPE_U8, is_unsigned = shape == SHAPE_U4 || shape == SHAPE_U8;
    generate_operands(c, node, &a, &b);
    bool logical = node->op == OP_SHIFT_RIGHT_UNSIGNED || (node->op == OP_SHIFT_RIGHT && is_unsigned);
    bool constant_count = small_constant(&b, &immediate);
    Opcode op;
    if (node->op == OP_SHIFT_LEFT)
        op = constant_count ? (wide ? OPC_SHL_I8K : OPC_SHL_I4K) : wide ? OPC_SHL_I8 : OPC_SHL_I4;
    else if (logical)
        op = constant_count ? (wide ? OPC_SHRU_I8K : OPC_SHRU_I4K) : wide ? OPC_SHRU_I8 : OPC_SHRU_I4;
    else
        op = constant_count ? (wide ? OPC_SHR_I8K : OPC_SHR_I4K) : wide ? OPC_SHR_I8 : OPC_SHR_I4;
    Slot left = slot_of(c, &a), right = constant_count ? (uint16_t)(immediate & (wide ? 63 : 31)) : slot_of(c, &b);
    release(c, &a);
    release(c, &b);
    Value result = result_in(c, type, wanted);
    emit(c, op, result.slot, left, right);
    return result;
}

/* Row: operator; columns: I4 U4 I8 U8 R4 R8; 0: none. Then the checked forms of I4 U4 I8 U8, and with an immediate I4
 * I8. */
static const uint16_t arithmetic[][12] = {
    [OP_ADD] = {OPC_ADD_I4, OPC_ADD_I4, OPC_ADD_I8, OPC_ADD_I8, OPC_ADD_R4, OPC_ADD_R8, OPC_ADD_OVF_I4, OPC_ADD_OVF_U4,
                OPC_ADD_OVF_I8, OPC_ADD_OVF_U8, OPC_ADD_I4K, OPC_ADD_I8K},
    [OP_SUBTRACT] = {OPC_SUB_I4, OPC_SUB_I4, OPC_SUB_I8, OPC_SUB_I8, OPC_SUB_R4, OPC_SUB_R8, OPC_SUB_OVF_I4,
                     OPC_SUB_OVF_U4, OPC_SUB_OVF_I8, OPC_SUB_OVF_U8, 0, 0},
    [OP_MULTIPLY] = {OPC_MUL_I4, OPC_MUL_I4, OPC_MUL_I8, OPC_MUL_I8, OPC_MUL_R4, OPC_MUL_R8, OPC_MUL_OVF_I4,
                     OPC_MUL_OVF_U4, OPC_MUL_OVF_I8, OPC_MUL_OVF_U8, OPC_MUL_I4K, OPC_MUL_I8K},
    [OP_DIVIDE] = {OPC_DIV_I4, OPC_DIV_U4, OPC_DIV_I8, OPC_DIV_U8, OPC_DIV_R4, OPC_DIV_R8, 0, 0, 0, 0, 0, 0},
    [OP_REMAINDER] = {OPC_REM_I4, OPC_REM_U4, OPC_REM_I8, OPC_REM_U8, OPC_REM_R4, OPC_REM_R8, 0, 0, 0, 0, 0, 0},
    [OP_AND] = {OPC_AND_I4, OPC_AND_I4, OPC_AND_I8, OPC_AND_I8, 0, 0, 0, 0, 0, 0, OPC_AND_I4K, OPC_AND_I8K},
    [OP_OR] = {OPC_OR_I4, OPC_OR_I4, OPC_OR_I8, OPC_OR_I8, 0, 0, 0, 0, 0, 0, OPC_OR_I4K, OPC_OR_I8K},
    [OP_XOR] = {OPC_XOR_I4, OPC_XOR_I4, OPC_XOR_I8, OPC_XOR_I8, 0, 0, 0, 0, 0, 0, 0, 0},
};

static uint32_t column_of(Shape shape)
{
    switch ((int)shape) {
    case SHAPE_U4:
        return 1;
    case SHAPE_I8:
        return 2;
    case SHAPE_U8:
        return 3;
    case SHAPE_R4:
        return 4;
    case SHAPE_R8:
        return 5;
    default:
        return 0;
    }
}

/* Enums of a small type are computed with as ints; the result is brought back into range. */
static void narrow_result(Compiler *c, const Value *value)
{
    Variable variable = variable_frame(c, value->type, value->slot);
    variable.is_narrow = true;
    variable_load(c, &variable, value->slot);
}

/* Instructions for 32-bit operations with a constant that have no short form; 0: none. */
static uint16_t special_immediate(Operator op, Shape shape, const Value *constant, int16_t *immediate)
{
    if (constant->kind != VALUE_CONSTANT || column_of(shape) > 1)
        return 0;
    bool divides = (op == OP_DIVIDE || op == OP_REMAINDER) && shape != SHAPE_U4;
    if (divides && small_constant(constant, immediate) && *immediate != 0 && *immediate != -1)
        return op == OP_DIVIDE ? OPC_DIV_I4K : OPC_REM_I4K;
    switch ((int)op) {
    case OP_ADD:
    case OP_SUBTRACT:
        return OPC_ADD_I4W;
    case OP_MULTIPLY:
        return OPC_MUL_I4W;
    case OP_AND:
        return OPC_AND_I4W;
    case OP_OR:
        return OPC_OR_I4W;
    default:
        return 0;
    }
}

static Value arithmetic_value(Compiler *c, Bound *node, Type *type, Slot wanted)
{
    Shape shape = load_shape(c->loader, type);
    if (node->op >= OP_SHIFT_LEFT && node->op <= OP_SHIFT_RIGHT_UNSIGNED)
        return shift(c, node, type, shape, wanted);
    Value a, b;
    int16_t immediate = 0;
    generate_operands(c, node, &a, &b);
    uint32_t column = column_of(shape);
    bool checked = (node->flags & BOUND_CHECKED) && node->op <= OP_MULTIPLY && column < 4;
    uint16_t op = arithmetic[node->op][checked ? column + 6 : column];
    Operator immediate_op = node->op == OP_SUBTRACT ? OP_ADD : (Operator)node->op;
    uint16_t with_immediate = column < 4 ? arithmetic[immediate_op][10 + column / 2] : 0;
    bool use_immediate = !checked && with_immediate && small_constant(&b, &immediate) &&
                         !(node->op == OP_SUBTRACT && immediate == INT16_MIN);
    if (use_immediate && column == 1 && immediate < 0 && node->op != OP_ADD && node->op != OP_SUBTRACT &&
        node->op != OP_MULTIPLY)
        use_immediate = b.shape != SHAPE_U8;
    uint16_t special = use_immediate || checked ? 0 : special_immediate((Operator)node->op, shape, &b, &immediate);
    bool with_word = special && op_info[special].words;
    Slot left = slot_of(c, &a), right = use_immediate || special ? 0 : slot_of(c, &b);
    release(c, &a);
    release(c, &b);
    Value result = result_in(c, type, wanted);
    if (special) {
        emit(c, (Opcode)special, result.slot, left, with_word ? 0 : (uint16_t)immediate);
        if (with_word)
            emit_word(c, (uint32_t)(node->op == OP_SUBTRACT ? 0 - b.bits : b.bits));
    } else if (use_immediate) {
        emit(c, (Opcode)with_immediate, result.slot, left,
             (uint16_t)(node->op == OP_SUBTRACT ? -immediate : immediate));
    } else {
        emit(c, (Opcode)op, result.slot, left, right);
    }
    if (is_small(shape) && shape != SHAPE_BOOL)
        narrow_result(c, &result);
    return result;
}

static Value unary(Compiler *c, Bound *node, Slot wanted)
{
    Type *type = closed(c, node->type);
    Shape shape = load_shape(c->loader, type);
    if (node->op == OP_NOT)
        return generate_bool(c, node, wanted);
    Value a = generate_now(c, node->a, NO_SLOT);
    bool wide = shape == SHAPE_I8 || shape == SHAPE_U8;
    if (node->op == OP_NEGATE && (node->flags & BOUND_CHECKED) && shape != SHAPE_R4 && shape != SHAPE_R8) {
        Value zero = value_constant(c, type, 0);
        Slot from = slot_of(c, &zero), what = slot_of(c, &a);
        Value result = result_in(c, type, wanted);
        emit(c, wide ? OPC_SUB_OVF_I8 : OPC_SUB_OVF_I4, result.slot, from, what);
        release(c, &zero);
        release(c, &a);
        return result;
    }
    Opcode op = node->op == OP_COMPLEMENT ? (wide ? OPC_NOT_I8 : OPC_NOT_I4)
                : shape == SHAPE_R4       ? OPC_NEG_R4
                : shape == SHAPE_R8       ? OPC_NEG_R8
                : wide                    ? OPC_NEG_I8
                                          : OPC_NEG_I4;
    Slot from = slot_of(c, &a);
    release(c, &a);
    Value result = result_in(c, type, wanted);
    emit(c, op, result.slot, from, 0);
    if (is_small(shape))
        narrow_result(c, &result);
    return result;
}

static Value binary(Compiler *c, Bound *node, Slot wanted)
{
    if (node->op >= OP_EQUAL)
        return generate_bool(c, node, wanted);
    return arithmetic_value(c, node, closed(c, node->type), wanted);
}

/* --- conversions ---------------------------------------------------------------------------------------------------
 */

static Value convert_with(Compiler *c, Opcode op, const Value *value, Type *to, Slot wanted)
{
    Slot from = value->slot;
    release(c, value);
    Value result = result_in(c, to, wanted);
    emit(c, op, result.slot, from, 0);
    return result;
}

static Value reinterpret(Compiler *c, Value *value, Type *to)
{
    Value result = *value;
    result.type = to;
    result.shape = (uint8_t)load_shape(c->loader, to);
    return result;
}

static Value from_float(Compiler *c, Value *value, Type *to, Shape shape, Slot wanted)
{
    Type *real = type_special(c->world, SPECIAL_DOUBLE);
    if (value->shape == SHAPE_R4)
        *value = convert_with(c, OPC_R4_R8, value, real, NO_SLOT);
    switch ((int)shape) {
    case SHAPE_R8:
        return *value;
    case SHAPE_I4:
        return convert_with(c, OPC_R8_I4, value, to, wanted);
    case SHAPE_U4:
        return convert_with(c, OPC_R8_U4, value, to, wanted);
    case SHAPE_I8:
        return convert_with(c, OPC_R8_I8, value, to, wanted);
    case SHAPE_U8:
        return convert_with(c, OPC_R8_U8, value, to, wanted);
    case SHAPE_R4:
        return convert_with(c, OPC_R8_R4, value, to, wanted);
    default:
        break;
    }
    Value whole = convert_with(c, OPC_R8_I4, value, c->world->int_type, NO_SLOT);
    return convert_number(c, &whole, to, false, wanted);
}

static Opcode to_float_op(Shape from, Shape to)
{
    bool single = to == SHAPE_R4;
    switch ((int)from) {
    case SHAPE_U4:
        return single ? OPC_U4_R4 : OPC_U4_R8;
    case SHAPE_I8:
        return single ? OPC_I8_R4 : OPC_I8_R8;
    case SHAPE_U8:
        return single ? OPC_U8_R4 : OPC_U8_R8;
    default:
        return single ? OPC_I4_R4 : OPC_I4_R8;
    }
}

/* Can every value of `from` be represented in `to`? Then a checked conversion needs no check. */
static bool always_fits(Shape from, Shape to)
{
    static const int8_t bits[] = {
        [SHAPE_BOOL] = 1, [SHAPE_CHAR] = 16, [SHAPE_I1] = -7,  [SHAPE_U1] = 8,  [SHAPE_I2] = -15,  [SHAPE_U2] = 16,
        [SHAPE_I4] = -31, [SHAPE_U4] = 32,   [SHAPE_I8] = -63, [SHAPE_U8] = 64, [SHAPE_STRUCT] = 0};
    if (to == SHAPE_R4 || to == SHAPE_R8)
        return true;
    if (from == SHAPE_R4 || from == SHAPE_R8)
        return false;
    int x = bits[from], y = bits[to];
    if (x < 0)
        return y < 0 && -x <= -y;
    return x <= (y < 0 ? -y : y);
}

Value convert_number(Compiler *c, Value *value, Type *to, bool checked, Slot wanted)
{
    Shape from = (Shape)value->shape, shape = load_shape(c->loader, to);
    if (from == shape)
        return reinterpret(c, value, to);
    slot_of(c, value);
    if (checked && !always_fits(from, shape)) {
        Slot source = value->slot;
        release(c, value);
        Value result = result_in(c, to, wanted);
        emit(c, OPC_CONVERT_OVF, result.slot, source, (uint32_t)from << 8 | (uint32_t)shape);
        return result;
    }
    if (from == SHAPE_R4 || from == SHAPE_R8)
        return from_float(c, value, to, shape, wanted);
    switch (shape) {
    case SHAPE_R4:
    case SHAPE_R8:
        return convert_with(c, to_float_op(from, shape), value, to, wanted);
    case SHAPE_I8:
    case SHAPE_U8:
        if (from == SHAPE_I8 || from == SHAPE_U8)
            return reinterpret(c, value, to);
        return convert_with(c, from == SHAPE_U4 ? OPC_EXT_U4 : OPC_EXT_I4, value, to, wanted);
    case SHAPE_I1:
        return convert_with(c, OPC_EXT_I1, value, to, wanted);
    case SHAPE_U1:
        return convert_with(c, OPC_EXT_U1, value, to, wanted);
    case SHAPE_I2:
        return convert_with(c, OPC_EXT_I2, value, to, wanted);
    case SHAPE_CHAR:
    case SHAPE_U2:
        return convert_with(c, OPC_EXT_U2, value, to, wanted);
    case SHAPE_I4:
    case SHAPE_U4:
    case SHAPE_BOOL:
    case SHAPE_VOID:
    case SHAPE_REF:
    case SHAPE_BYREF:
    case SHAPE_STRUCT:
        break;
    }
    return reinterpret(c, value, to); /* the low half is the value */
}

Value box_value(Compiler *c, Value *value, Slot wanted)
{
    Type *object = c->world->object_type;
    if (value->kind == VALUE_CONSTANT && type_is_nullable(value->type)) {
        return value_constant(c, object, 0);
    }
    stabilize(c, value); /* the box may start a collection, which does not look at the outgoing area */
    Slot from = slot_of(c, value);
    TypeId type = load_type(c->loader, value->type);
    Value result = result_in(c, object, wanted);
    emit(c, type_is_nullable(value->type) ? OPC_BOX_NULLABLE : OPC_BOX, result.slot, from, 0);
    emit_word(c, type);
    release(c, value);
    return result;
}

/* `x is T` was the last thing that happened, and it was so: a cast needs no check. */
static bool was_tested(Compiler *c, Slot slot, TypeId type)
{
    if (c->code_count < 3 || c->long_jumps)
        return false;
    const Instruction *jump = &c->code[c->code_count - 1], *word = jump - 1, *test = jump - 2;
    if (jump->op != OPC_JFALSE || test->op != OPC_IS || test->b != slot || jump->a != test->a)
        return false;
    if (((uint32_t)word->op | (uint32_t)word->a << 16) != type || c->words_end != c->code_count - 1)
        return false;
    for (uint32_t i = 0; i < c->label_count; i++)
        if (c->labels[i].position == (int32_t)c->code_count)
            return false;
    return true;
}

static Value cast(Compiler *c, Value *value, Type *to, Slot wanted)
{
    if (value->kind == VALUE_CONSTANT || to->special == SPECIAL_OBJECT)
        return reinterpret(c, value, to);
    Slot from = value->slot;
    TypeId type = load_type(c->loader, to);
    bool tested = was_tested(c, from, type);
    release(c, value);
    Value result = result_in(c, to, wanted);
    emit(c, tested ? OPC_MOV8 : OPC_CAST, result.slot, from, 0);
    if (!tested)
        emit_word(c, type);
    return result;
}

static Value unbox(Compiler *c, Value *value, Type *to, Slot wanted)
{
    Slot from = slot_of(c, value);
    if (type_is_nullable(to)) {
        Value result = value_temporary(c, to);
        emit(c, OPC_UNBOX_NULLABLE, result.slot, from, 0);
        emit_word(c, load_type(c->loader, to));
        release(c, value);
        return result;
    }
    Value pointer = value_pointer(c, to);
    emit(c, OPC_UNBOX, pointer.slot, from, 0);
    emit_word(c, load_type(c->loader, to));
    release(c, value);
    Variable inside = variable_frame(c, to, pointer.slot);
    inside.kind = VARIABLE_MEMORY;
    inside.is_pointer = true;
    inside.owns_base = true;
    return variable_load(c, &inside, wanted);
}

/* `(T)(object)x` where x is a T already: the JIT makes neither box nor test. */
static bool is_box_of(Compiler *c, const Bound *node, Type *type)
{
    return node->kind == BOUND_CONVERT && node->conversion == CONVERSION_BOX && !load_is_reference(type) &&
           closed(c, node->a->type) == type;
}

static Value convert(Compiler *c, Bound *node, Slot wanted)
{
    Type *to = closed(c, node->type), *from = closed(c, node->a->type);
    if (node->conversion == CONVERSION_NULL)
        return value_constant(c, to, 0);
    if (node->conversion == CONVERSION_NUMERIC) {
        Value value = generate_now(c, node->a, NO_SLOT);
        return convert_number(c, &value, to, (node->flags & BOUND_CHECKED) != 0, wanted);
    }
    if (is_box_of(c, node->a, to))
        return generate_now(c, node->a->a, wanted);
    bool to_reference = load_is_reference(to), from_reference = load_is_reference(from);
    bool same_kind = to_reference == from_reference;
    Value value = generate_now(
        c, node->a,
        same_kind && node->conversion != CONVERSION_CAST && node->conversion != CONVERSION_UNBOX ? wanted : NO_SLOT);
    if (!from_reference && to_reference) {
        bool certain = load_assignable(c->loader, type_nullable_underlying(from), to);
        Value box = box_value(c, &value, certain ? wanted : NO_SLOT);
        box.type = to;
        return certain ? box : cast(c, &box, to, wanted);
    }
    if (from_reference && !to_reference)
        return unbox(c, &value, to, wanted);
    if (from_reference && (node->conversion == CONVERSION_CAST || node->conversion == CONVERSION_UNBOX))
        return cast(c, &value, to, wanted);
    if (!from_reference && type_is_nullable(to) != type_is_nullable(from)) {
        /* A type parameter that became Nullable<T> on one side: through a box, as the CLR does it. */
        Value box = box_value(c, &value, NO_SLOT);
        return unbox(c, &box, to, wanted);
    }
    return reinterpret(c, &value, to);
}

static Value is_type(Compiler *c, Bound *node, Slot wanted)
{
    int64_t known;
    if (constant_value(c, node, &known))
        return value_constant(c, c->world->bool_type, (uint64_t)known);
    Type *type = type_nullable_underlying(closed(c, node->type_operand));
    Value value;
    Bound *inside = node->a->kind == BOUND_CONVERT ? node->a->a : node->a;
    bool fits = load_assignable(c->loader, type_nullable_underlying(closed(c, inside->type)), type);
    if (fits && generate_boxed_flag(c, node->a, &value))
        return value;
    value = generate_now(c, node->a, NO_SLOT);
    if (!load_is_reference(closed(c, node->a->type)))
        value = box_value(c, &value, NO_SLOT);
    Slot from = slot_of(c, &value);
    release(c, &value);
    Value result = result_in(c, c->world->bool_type, wanted);
    emit(c, OPC_IS, result.slot, from, 0);
    emit_word(c, load_type(c->loader, type));
    return result;
}

static Value as_type(Compiler *c, Bound *node, Slot wanted)
{
    Type *to = closed(c, node->type);
    Value value = generate_now(c, node->a, NO_SLOT);
    if (!load_is_reference(closed(c, node->a->type)))
        value = box_value(c, &value, NO_SLOT);
    Type *wanted_type = type_nullable_underlying(to);
    Slot from = slot_of(c, &value);
    bool direct = load_is_reference(to);
    release(c, &value);
    Value result = result_in(c, direct ? to : c->world->object_type, direct ? wanted : NO_SLOT);
    emit(c, OPC_AS, result.slot, from, 0);
    emit_word(c, load_type(c->loader, wanted_type));
    return direct ? result : unbox(c, &result, to, wanted);
}

/* --- assignments ---------------------------------------------------------------------------------------------------
 */

static bool is_zero(Compiler *c, const Bound *node)
{
    return node->kind == BOUND_DEFAULT && !is_told(c, node);
}

static bool mentions(const Bound *node, const Local *local)
{
    if (!node)
        return false;
    if (node->kind == BOUND_LOCAL)
        return node->local == local;
    if (mentions(node->a, local) || mentions(node->b, local) || mentions(node->c, local))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (mentions(node->items.at[i], local))
            return true;
    return false;
}

/* May a struct be built right in the local that it is assigned to? Only when nobody can see it half done. */
static bool is_fresh(Compiler *c, const Bound *node)
{
    const Local *local = node->a->local;
    if (node->a->kind != BOUND_LOCAL || local->ref_kind != REF_NONE || (c->region && local->kind != LOCAL_TEMP))
        return false;
    for (uint32_t i = 0; i < c->exposed_count; i++)
        if (c->exposed[i] == local)
            return false;
    return !mentions(node->b, local);
}

/* The value of an assignment is wanted only sometimes. */
static Value assign(Compiler *c, Bound *node, bool value_wanted)
{
    Variable variable = generate_variable(c, node->a);
    if (is_zero(c, node->b)) {
        if (variable.shape != SHAPE_VOID)
            variable_clear(c, &variable);
        variable_release(c, &variable);
        return value_wanted ? value_constant(c, variable.type, 0) : value_none();
    }
    if (variable.shape == SHAPE_VOID) {
        generate_effect(c, node->b);
        return value_none();
    }
    variable_protect(c, &variable, node->a, node->b);
    bool direct =
        variable.kind == VARIABLE_FRAME && !variable.is_narrow && (variable.shape != SHAPE_STRUCT || is_fresh(c, node));
    Value value = generate_now(c, node->b, direct ? variable.base : NO_SLOT);
    if (value.kind == VALUE_NONE) {
        variable_release(c, &variable);
        return value; /* a throw expression */
    }
    if (value_wanted)
        stabilize(c, &value);
    variable_store(c, &variable, &value);
    variable_release(c, &variable);
    if (value_wanted)
        return value;
    release(c, &value);
    return value_none();
}

static void assign_reference(Compiler *c, Bound *node)
{
    if (node->a->kind == BOUND_FIELD) {
        assign_ref_field(c, node);
        return;
    }
    Variable target = variable_of_local(c, node->a->local);
    Variable source = generate_variable(c, node->b);
    variable_address(c, &source, target.base);
    variable_release(c, &source);
}

/* --- the rest ------------------------------------------------------------------------------------------------------
 */

static Value conditional(Compiler *c, Bound *node, Slot wanted)
{
    int64_t known;
    if (constant_value(c, node->a, &known))
        return generate_now(c, known ? node->b : node->c, wanted);
    Type *type = closed(c, node->type);
    if (load_shape(c->loader, type) == SHAPE_BOOL)
        return generate_bool(c, node, wanted);
    uint32_t other = label_make(c), end = label_make(c);
    Value result = type_is_void(type) ? value_none() : result_in(c, type, wanted);
    generate_jump(c, node->a, other, false);
    uint32_t ensured = c->ensured_count;
    Value first = generate_now(c, node->b, result.slot);
    if (result.kind == VALUE_SLOT && first.kind != VALUE_NONE)
        move_to(c, result.slot, &first);
    release(c, &first);
    c->ensured_count = ensured;
    emit_jump(c, OPC_JMP, 0, 0, end);
    label_place(c, other);
    Value second = generate_now(c, node->c, result.slot);
    if (result.kind == VALUE_SLOT && second.kind != VALUE_NONE)
        move_to(c, result.slot, &second);
    release(c, &second);
    c->ensured_count = ensured;
    label_place(c, end);
    return result;
}

static Value sequence(Compiler *c, Bound *node, Slot wanted)
{
    for (uint32_t i = 0; i < node->locals.count; i++)
        bind_temporary(c, node->locals.at[i]);
    for (uint32_t i = 0; i < node->items.count; i++)
        generate_effect(c, node->items.at[i]);
    return node->a ? generate_now(c, node->a, wanted) : value_none();
}

enum { MIN_DATA_ELEMENTS = 3 };

static bool is_block_type(Type *type)
{
    SpecialType special = type_enum_underlying(type)->special;
    return special >= SPECIAL_BOOLEAN && special <= SPECIAL_LAST_PRIMITIVE && special != SPECIAL_INTPTR &&
           special != SPECIAL_UINTPTR;
}

static bool is_zero_element(Compiler *c, const Bound *node)
{
    return is_zero(c, node) || (node->kind == BOUND_CONSTANT && node->constant.integer == 0);
}

/* Roslyn's rule: are the constant elements of this array copied from a block of data? Zeros do not count. */
static bool is_filled_from_data(Compiler *c, const Bound *node)
{
    if (!is_block_type(closed(c, node->type->element)))
        return false;
    uint32_t given = 0, constant = 0;
    for (uint32_t i = 0; i < node->items.count; i++) {
        const Bound *item = node->items.at[i];
        given += !is_zero_element(c, item);
        constant += !is_zero_element(c, item) && item->kind == BOUND_CONSTANT;
    }
    return given >= MIN_DATA_ELEMENTS &&
           (constant == given || constant >= (given / 3 > MIN_DATA_ELEMENTS ? given / 3 : MIN_DATA_ELEMENTS));
}

/* RuntimeHelpers.InitializeArray takes the handle of the field with the data. As long as user code is not optimized,
 * and it never is in a run of the length of a lesson, the CLR makes an object for the handle each time. */
static void note_data_handle(Compiler *c, const Bound *node)
{
    TypeDefinition *handle = world_find_type(c->world, "System.Reflection.RuntimeFieldInfoStub");
    if (c->body->ref.method->owner->is_library || !handle || !is_filled_from_data(c, node))
        return;
    Value object = value_temporary(c, handle->self);
    emit_wide(c, OPC_NEW, object.slot, load_type(c->loader, handle->self));
    release(c, &object);
}

static Value new_array(Compiler *c, Bound *node)
{
    Type *type = closed(c, node->type);
    Value length;
    if (node->a)
        length = generate_now(c, node->a, NO_SLOT);
    else
        length = value_constant(c, c->world->int_type, node->items.count);
    if (length.shape == SHAPE_I8 || length.shape == SHAPE_U8 || length.shape == SHAPE_U4)
        length = convert_number(c, &length, c->world->int_type, true, NO_SLOT);
    Slot count = slot_of(c, &length);
    release(c, &length);
    Value array = value_temporary(c, type);
    emit(c, OPC_ARRAY_NEW, array.slot, count, 0);
    emit_word(c, load_type(c->loader, type));
    if (node->a)
        return array;
    note_data_handle(c, node);
    for (uint32_t i = 0; i < node->items.count; i++) {
        if (node->items.at[i]->kind == BOUND_DEFAULT)
            continue;
        Value item = generate(c, node->items.at[i], NO_SLOT);
        Value index = value_constant(c, c->world->int_type, i);
        Variable element = variable_frame(c, closed(c, type->element), array.slot);
        element.kind = VARIABLE_ELEMENT;
        element.index = slot_of(c, &index);
        if (item.kind != VALUE_NONE)
            variable_store(c, &element, &item);
        if (element.base != array.slot)
            variable_release(c, &element);
        release(c, &index);
        release(c, &item);
    }
    return array;
}

static Value array_length(Compiler *c, Bound *node, Slot wanted)
{
    Value array = generate_now(c, node->a, NO_SLOT);
    Slot from = slot_of(c, &array);
    release(c, &array);
    Value result = result_in(c, c->world->int_type, wanted);
    emit(c, OPC_LENGTH, result.slot, from, 0);
    return result;
}

static void throw_value(Compiler *c, Bound *node)
{
    Value value = generate_now(c, node->a, NO_SLOT);
    emit(c, OPC_THROW, slot_of(c, &value), 0, 0);
    release(c, &value);
}

static Value address(Compiler *c, Bound *node, Slot wanted)
{
    Variable variable = generate_variable(c, node->a);
    if (wanted != NO_SLOT) {
        variable_address(c, &variable, wanted);
        variable_release(c, &variable);
        Value value = value_none();
        value.kind = VALUE_SLOT;
        value.shape = SHAPE_BYREF;
        value.slot = wanted;
        value.type = variable.type;
        return value;
    }
    Value pointer = value_pointer(c, variable.type);
    variable_address(c, &variable, pointer.slot);
    variable_release(c, &variable);
    return pointer;
}

static Value read_variable(Compiler *c, Bound *node, Slot wanted)
{
    Variable variable = generate_variable(c, node);
    Value value = variable_load(c, &variable, wanted);
    variable_release(c, &variable);
    return value;
}

static Value this_value(Compiler *c, Bound *node, Slot wanted)
{
    Variable variable = c->body->this_variable;
    if (variable.kind == VARIABLE_VALUE)
        return variable.value;
    variable.type = closed(c, node->type);
    return variable_load(c, &variable, wanted);
}

Value generate_now(Compiler *c, Bound *node, Slot wanted)
{
    switch ((int)node->kind) {
    case BOUND_CONSTANT:
        return constant(c, node, wanted);
    case BOUND_DEFAULT: {
        Type *type = closed(c, node->type);
        if (is_told(c, node))
            return default_value(c, type);
        return type_is_void(type) ? value_none() : value_constant(c, type, 0);
    }
    case BOUND_THIS:
        return this_value(c, node, wanted);
    case BOUND_LOCAL:
    case BOUND_FIELD:
    case BOUND_ELEMENT:
        return read_variable(c, node, wanted);
    case BOUND_ARRAY_LENGTH:
        return array_length(c, node, wanted);
    case BOUND_CALL: {
        if (node->method.method->return_ref != REF_NONE)
            return read_variable(c, node, wanted);
        return generate_call(c, node, wanted);
    }
    case BOUND_NEW:
        return generate_new(c, node, wanted);
    case BOUND_NEW_ARRAY:
        return new_array(c, node);
    case BOUND_NEW_DELEGATE:
        return generate_new_delegate(c, node, wanted);
    case BOUND_ASSIGN:
        return assign(c, node, true);
    case BOUND_ASSIGN_REF:
        assign_reference(c, node);
        return read_variable(c, node->a, wanted);
    case BOUND_ADDRESS:
        return address(c, node, wanted);
    case BOUND_UNARY:
        return unary(c, node, wanted);
    case BOUND_BINARY:
        return binary(c, node, wanted);
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
        return generate_bool(c, node, wanted);
    case BOUND_CONDITIONAL:
        return node->flags & BOUND_REF ? read_variable(c, node, wanted) : conditional(c, node, wanted);
    case BOUND_CONVERT:
        return convert(c, node, wanted);
    case BOUND_IS:
        return is_type(c, node, wanted);
    case BOUND_AS:
        return as_type(c, node, wanted);
    case BOUND_SEQUENCE:
        return sequence(c, node, wanted);
    case BOUND_TYPEOF: {
        Value value = result_in(c, closed(c, node->type), wanted);
        emit_wide(c, OPC_TYPE_OBJECT, value.slot, load_type(c->loader, closed(c, node->type_operand)));
        return value;
    }
    case BOUND_SIZEOF:
        return value_constant(c, c->world->int_type, size_of(c, closed(c, node->type_operand)));
    case BOUND_THROW_EXPRESSION: {
        throw_value(c, node);
        Type *type = closed(c, node->type);
        return type_is_void(type) || type->kind == TYPE_UNTYPED ? value_none() : value_constant(c, type, 0);
    }
    default:
        give_up(c, arena_format(c->arena, "an expression of kind \"%s\"", bound_kind_text((BoundKind)node->kind)));
        return value_none();
    }
}

Value generate(Compiler *c, Bound *node, Slot wanted)
{
    Value value = generate_now(c, node, wanted);
    stabilize(c, &value);
    return value;
}

void generate_to(Compiler *c, Bound *node, Slot to)
{
    Value value = generate_now(c, node, to);
    move_to(c, to, &value);
    release(c, &value);
}

void generate_effect(Compiler *c, Bound *node)
{
    if (node->kind >= BOUND_BLOCK) {
        generate_statement(c, node);
        return;
    }
    if (node->kind == BOUND_ASSIGN) {
        assign(c, node, false);
        return;
    }
    if (node->kind == BOUND_ASSIGN_REF) {
        assign_reference(c, node);
        return;
    }
    if (node->kind == BOUND_SEQUENCE) {
        for (uint32_t i = 0; i < node->locals.count; i++)
            bind_temporary(c, node->locals.at[i]);
        for (uint32_t i = 0; i < node->items.count; i++)
            generate_effect(c, node->items.at[i]);
        if (node->a)
            generate_effect(c, node->a);
        return;
    }
    if (node->kind == BOUND_CALL && node->method.method->return_ref != REF_NONE) {
        Value pointer = generate_call(c, node, NO_SLOT);
        release(c, &pointer);
        return;
    }
    Value value = generate_now(c, node, NO_SLOT);
    release(c, &value);
}
