/* Conditions: jumps that compare, and truth values. */
#include "lang/compile_internal.h"

typedef enum Comparison { COMPARE_EQ, COMPARE_NE, COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE } Comparison;

static Comparison comparison_of(uint8_t op)
{
    switch ((int)op) {
    case OP_EQUAL:
        return COMPARE_EQ;
    case OP_NOT_EQUAL:
        return COMPARE_NE;
    case OP_LESS:
        return COMPARE_LT;
    case OP_LESS_EQUAL:
        return COMPARE_LE;
    case OP_GREATER:
        return COMPARE_GT;
    default:
        return COMPARE_GE;
    }
}

static Comparison negated(Comparison comparison)
{
    static const uint8_t opposite[] = {COMPARE_NE, COMPARE_EQ, COMPARE_GE, COMPARE_GT, COMPARE_LE, COMPARE_LT};
    return (Comparison)opposite[comparison];
}

static Comparison mirrored(Comparison comparison)
{
    static const uint8_t mirror[] = {COMPARE_EQ, COMPARE_NE, COMPARE_GT, COMPARE_GE, COMPARE_LT, COMPARE_LE};
    return (Comparison)mirror[comparison];
}

typedef enum Family { FAMILY_I4, FAMILY_U4, FAMILY_I8, FAMILY_U8, FAMILY_R4, FAMILY_R8 } Family;

static Family family_of(Shape shape)
{
    switch ((int)shape) {
    case SHAPE_U4:
        return FAMILY_U4;
    case SHAPE_I8:
        return FAMILY_I8;
    case SHAPE_U8:
    case SHAPE_REF:
    case SHAPE_BYREF:
        return FAMILY_U8;
    case SHAPE_R4:
        return FAMILY_R4;
    case SHAPE_R8:
        return FAMILY_R8;
    default:
        return FAMILY_I4;
    }
}

static bool is_real(Family family)
{
    return family >= FAMILY_R4;
}

/* Columns: equal, unequal, less, less or equal; for reals also not less, not less or equal. */
static const uint16_t jumps[][6] = {
    [FAMILY_I4] = {OPC_JEQ_I4, OPC_JNE_I4, OPC_JLT_I4, OPC_JLE_I4, 0, 0},
    [FAMILY_U4] = {OPC_JEQ_I4, OPC_JNE_I4, OPC_JLT_U4, OPC_JLE_U4, 0, 0},
    [FAMILY_I8] = {OPC_JEQ_I8, OPC_JNE_I8, OPC_JLT_I8, OPC_JLE_I8, 0, 0},
    [FAMILY_U8] = {OPC_JEQ_I8, OPC_JNE_I8, OPC_JLT_U8, OPC_JLE_U8, 0, 0},
    [FAMILY_R4] = {OPC_JEQ_R4, OPC_JNE_R4, OPC_JLT_R4, OPC_JLE_R4, OPC_JNLT_R4, OPC_JNLE_R4},
    [FAMILY_R8] = {OPC_JEQ_R8, OPC_JNE_R8, OPC_JLT_R8, OPC_JLE_R8, OPC_JNLT_R8, OPC_JNLE_R8},
};
static const uint16_t results[][4] = {
    [FAMILY_I4] = {OPC_CEQ_I4, OPC_CNE_I4, OPC_CLT_I4, OPC_CLE_I4},
    [FAMILY_U4] = {OPC_CEQ_I4, OPC_CNE_I4, OPC_CLT_U4, OPC_CLE_U4},
    [FAMILY_I8] = {OPC_CEQ_I8, OPC_CNE_I8, OPC_CLT_I8, OPC_CLE_I8},
    [FAMILY_U8] = {OPC_CEQ_I8, OPC_CNE_I8, OPC_CLT_U8, OPC_CLE_U8},
    [FAMILY_R4] = {OPC_CEQ_R4, OPC_CNE_R4, OPC_CLT_R4, OPC_CLE_R4},
    [FAMILY_R8] = {OPC_CEQ_R8, OPC_CNE_R8, OPC_CLT_R8, OPC_CLE_R8},
};
static const uint16_t immediate_jumps[] = {OPC_JEQ_I4K, OPC_JNE_I4K, OPC_JLT_I4K,
                                           OPC_JLE_I4K, OPC_JGT_I4K, OPC_JGE_I4K};

static const uint16_t word_jumps[] = {OPC_JEQ_I4W, OPC_JNE_I4W, OPC_JLT_I4W, OPC_JLE_I4W, OPC_JGT_I4W, OPC_JGE_I4W};

/* `(x & mask) != 0`: when the mask was put on by the very last instruction, into a temporary, one jump does both. */
static bool jump_masked(Compiler *c, const Value *value, Comparison comparison, uint32_t label)
{
    Opcode op = comparison == COMPARE_EQ ? OPC_JNONE_I4W : OPC_JANY_I4W;
    if (!value->is_temporary)
        return false;
    Instruction last;
    uint64_t mask;
    if (!take_back(c, OPC_AND_I4W, value->slot, &last, &mask)) {
        if (!take_back(c, OPC_AND_I4K, value->slot, &last, NULL))
            return false;
        int32_t extended = (int16_t)last.c;
        mask = (uint32_t)extended;
    }
    emit_jump_word(c, op, last.b, 0, label, mask);
    return true;
}

static void operands(Compiler *c, Bound *node, Value *a, Value *b)
{
    *a = generate(c, node->a, NO_SLOT);
    if (a->kind == VALUE_SLOT && !a->is_temporary && may_write(c, node->b, node->a))
        own(c, a);
    *b = generate_now(c, node->b, NO_SLOT);
}

static bool is_null(const Bound *node)
{
    while (node->kind == BOUND_CONVERT &&
           (node->conversion == CONVERSION_NULL || node->conversion == CONVERSION_REFERENCE))
        node = node->a;
    return node->kind == BOUND_CONSTANT && node->constant.kind == CONSTANT_NULL;
}

bool generate_boxed_flag(Compiler *c, Bound *operand, Value *has_value)
{
    if (operand->kind == BOUND_CONVERT && operand->conversion == CONVERSION_BOX)
        operand = operand->a;
    Type *type = closed(c, operand->type);
    if (!type_is_nullable(type))
        return false;
    Variable variable = generate_variable(c, operand);
    if (variable.kind == VARIABLE_VALUE)
        variable = variable_frame(c, type, slot_of(c, &variable.value));
    RuntimeField flag = {.offset = load_runtime_type(c->loader, type)->nullable_flag};
    Variable part = variable_field(c, variable, &flag, c->world->bool_type);
    if (part.kind == VARIABLE_FRAME)
        part.owns_base = false;
    *has_value = variable_load(c, &part, NO_SLOT);
    return true;
}

/* `x == null` where x is a Nullable<T> behind a boxing conversion (generic code). */
static bool generate_has_value(Compiler *c, Bound *node, Value *has_value)
{
    Bound *operand = is_null(node->b) ? node->a : is_null(node->a) ? node->b : NULL;
    return operand && node->op <= OP_NOT_EQUAL && generate_boxed_flag(c, operand, has_value);
}

static void swap(Value *a, Value *b)
{
    Value x = *a;
    *a = *b;
    *b = x;
}

static void jump_compare(Compiler *c, Bound *node, uint32_t label, bool sense)
{
    Value a, b;
    int16_t immediate;
    if (generate_has_value(c, node, &a)) {
        emit_jump(c, (node->op == OP_NOT_EQUAL) == sense ? OPC_JTRUE : OPC_JFALSE, a.slot, 0, label);
        release(c, &a);
        return;
    }
    operands(c, node, &a, &b);
    Comparison comparison = comparison_of(node->op);
    Family family = family_of((Shape)(a.kind == VALUE_CONSTANT ? b.shape : a.shape));
    if (a.kind == VALUE_CONSTANT && b.kind == VALUE_SLOT) {
        swap(&a, &b);
        comparison = mirrored(comparison);
    }
    if (!is_real(family) && !sense)
        comparison = negated(comparison);
    bool equality = comparison <= COMPARE_NE;
    if ((family == FAMILY_U8 || family == FAMILY_I8) && equality && b.kind == VALUE_CONSTANT && b.bits == 0 &&
        a.kind == VALUE_SLOT) {
        emit_jump(c, comparison == COMPARE_EQ ? OPC_JNULL : OPC_JNONNULL, a.slot, 0, label);
    } else if ((family == FAMILY_I4 || (family == FAMILY_U4 && equality)) && a.kind == VALUE_SLOT &&
               small_constant(&b, &immediate)) {
        if (immediate == 0 && equality) {
            if (!jump_masked(c, &a, comparison, label))
                emit_jump(c, comparison == COMPARE_EQ ? OPC_JFALSE : OPC_JTRUE, a.slot, 0, label);
        } else {
            emit_jump(c, (Opcode)immediate_jumps[comparison], a.slot, (uint16_t)immediate, label);
        }
    } else if ((family == FAMILY_I4 || (family == FAMILY_U4 && equality)) && a.kind == VALUE_SLOT &&
               b.kind == VALUE_CONSTANT) {
        emit_jump_word(c, (Opcode)word_jumps[comparison], a.slot, 0, label, (uint32_t)b.bits);
    } else {
        Slot left = slot_of(c, &a), right = slot_of(c, &b);
        uint32_t column = comparison;
        if (comparison >= COMPARE_GT) {
            Slot x = left;
            left = right;
            right = x;
            column = comparison == COMPARE_GT ? COMPARE_LT : COMPARE_LE;
        }
        if (is_real(family) && !sense)
            column = column <= COMPARE_NE ? column ^ 1u : column + 2;
        emit_jump(c, (Opcode)jumps[family][column], left, right, label);
    }
    release(c, &a);
    release(c, &b);
}

static Value compare(Compiler *c, Bound *node, Slot wanted)
{
    Value a, b;
    int16_t immediate;
    if (generate_has_value(c, node, &a)) {
        if (node->op == OP_EQUAL)
            emit(c, OPC_NOT_BOOL, a.slot, a.slot, 0);
        return a;
    }
    operands(c, node, &a, &b);
    Comparison comparison = comparison_of(node->op);
    Family family = family_of((Shape)(a.kind == VALUE_CONSTANT ? b.shape : a.shape));
    bool equality = comparison <= COMPARE_NE;
    if (equality && a.kind == VALUE_CONSTANT)
        swap(&a, &b);
    bool use_immediate = equality && family <= FAMILY_U4 && a.kind == VALUE_SLOT && small_constant(&b, &immediate);
    if (comparison >= COMPARE_GT) {
        swap(&a, &b);
        comparison = mirrored(comparison);
    }
    Slot left = slot_of(c, &a), right = use_immediate ? (uint16_t)immediate : slot_of(c, &b);
    release(c, &a);
    release(c, &b);
    Type *type = c->world->bool_type;
    Value result = wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
    Opcode op =
        use_immediate ? (comparison == COMPARE_EQ ? OPC_CEQ_I4K : OPC_CNE_I4K) : (Opcode)results[family][comparison];
    emit(c, op, result.slot, left, right);
    return result;
}

static void jump_both(Compiler *c, Bound *node, uint32_t label, bool sense)
{
    /* `a && b` is false, `a || b` is true: either operand decides. */
    bool is_and = node->kind == BOUND_AND_ALSO;
    if (is_and != sense) {
        generate_jump(c, node->a, label, sense);
        uint32_t ensured = c->ensured_count;
        generate_jump(c, node->b, label, sense);
        c->ensured_count = ensured;
        return;
    }
    uint32_t skip = label_make(c);
    generate_jump(c, node->a, skip, !sense);
    uint32_t ensured = c->ensured_count;
    generate_jump(c, node->b, label, sense);
    c->ensured_count = ensured;
    label_place(c, skip);
}

void generate_jump(Compiler *c, Bound *node, uint32_t label, bool sense)
{
    int64_t known;
    if (constant_value(c, node, &known)) {
        if ((known != 0) == sense)
            emit_jump(c, OPC_JMP, 0, 0, label);
        return;
    }
    switch ((int)node->kind) {
    case BOUND_UNARY:
        if (node->op == OP_NOT) {
            generate_jump(c, node->a, label, !sense);
            return;
        }
        break;
    case BOUND_AND_ALSO:
    case BOUND_OR_ELSE:
        jump_both(c, node, label, sense);
        return;
    case BOUND_BINARY:
        if (node->op >= OP_EQUAL) {
            jump_compare(c, node, label, sense);
            return;
        }
        break;
    case BOUND_CALL:
        if (generate_special_jump(c, node, label, sense) || generate_inlined_jump(c, node, label, sense))
            return;
        break;
    case BOUND_CONVERT:
        if (node->conversion == CONVERSION_IDENTITY) {
            generate_jump(c, node->a, label, sense);
            return;
        }
        break;
    case BOUND_SEQUENCE:
        if (!node->a)
            break;
        for (uint32_t i = 0; i < node->locals.count; i++)
            bind_temporary(c, node->locals.at[i]);
        for (uint32_t i = 0; i < node->items.count; i++)
            generate_effect(c, node->items.at[i]);
        generate_jump(c, node->a, label, sense);
        return;
    default:
        break;
    }
    Value value = generate_now(c, node, NO_SLOT);
    if (value.kind == VALUE_CONSTANT) {
        if ((value.bits != 0) == sense)
            emit_jump(c, OPC_JMP, 0, 0, label);
    } else if (value.kind == VALUE_SLOT) {
        emit_jump(c, sense ? OPC_JTRUE : OPC_JFALSE, value.slot, 0, label);
    }
    release(c, &value);
}

/* By jumps: && || ?: */
static Value by_jumps(Compiler *c, Bound *node, Slot wanted)
{
    Type *type = c->world->bool_type;
    Value result = wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
    Value yes = value_constant(c, type, 1), no = value_constant(c, type, 0);
    uint32_t otherwise = label_make(c), end = label_make(c);
    generate_jump(c, node, otherwise, false);
    move_to(c, result.slot, &yes);
    emit_jump(c, OPC_JMP, 0, 0, end);
    label_place(c, otherwise);
    move_to(c, result.slot, &no);
    label_place(c, end);
    return result;
}

static Value choose(Compiler *c, Bound *node, Slot wanted)
{
    Type *type = c->world->bool_type;
    Value result = wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
    uint32_t other = label_make(c), end = label_make(c);
    generate_jump(c, node->a, other, false);
    uint32_t ensured = c->ensured_count;
    generate_to(c, node->b, result.slot);
    emit_jump(c, OPC_JMP, 0, 0, end);
    c->ensured_count = ensured;
    label_place(c, other);
    generate_to(c, node->c, result.slot);
    c->ensured_count = ensured;
    label_place(c, end);
    return result;
}

Value generate_bool(Compiler *c, Bound *node, Slot wanted)
{
    int64_t known;
    if (constant_value(c, node, &known))
        return value_constant(c, c->world->bool_type, known != 0);
    if (node->kind == BOUND_BINARY)
        return compare(c, node, wanted);
    if (node->kind == BOUND_CONDITIONAL)
        return choose(c, node, wanted);
    if (node->kind != BOUND_UNARY)
        return by_jumps(c, node, wanted);
    Value value = generate_now(c, node->a, NO_SLOT);
    Slot from = slot_of(c, &value);
    release(c, &value);
    Type *type = c->world->bool_type;
    Value result = wanted == NO_SLOT ? value_temporary(c, type) : value_in(c, type, wanted);
    emit(c, OPC_NOT_BOOL, result.slot, from, 0);
    return result;
}
