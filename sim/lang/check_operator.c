/* Operators (C# spec 12.9 to 12.22): predefined, lifted, user-defined; assignment in all its forms; constant folding.
 */
#include "lang/check_internal.h"

#include <string.h>

/* --- which operator
 * -------------------------------------------------------------------------------------------------------- */

static Operator binary_operator_of(TokenKind token)
{
    switch (token) {
    case TOKEN_PLUS:
    case TOKEN_PLUS_EQUAL:
    case TOKEN_PLUS_PLUS:
        return OP_ADD;
    case TOKEN_MINUS:
    case TOKEN_MINUS_EQUAL:
    case TOKEN_MINUS_MINUS:
        return OP_SUBTRACT;
    case TOKEN_STAR:
    case TOKEN_STAR_EQUAL:
        return OP_MULTIPLY;
    case TOKEN_SLASH:
    case TOKEN_SLASH_EQUAL:
        return OP_DIVIDE;
    case TOKEN_PERCENT:
    case TOKEN_PERCENT_EQUAL:
        return OP_REMAINDER;
    case TOKEN_AND:
    case TOKEN_AND_EQUAL:
        return OP_AND;
    case TOKEN_OR:
    case TOKEN_OR_EQUAL:
        return OP_OR;
    case TOKEN_XOR:
    case TOKEN_XOR_EQUAL:
        return OP_XOR;
    case TOKEN_SHIFT_LEFT:
    case TOKEN_SHIFT_LEFT_EQUAL:
        return OP_SHIFT_LEFT;
    case TOKEN_SHIFT_RIGHT:
    case TOKEN_SHIFT_RIGHT_EQUAL:
        return OP_SHIFT_RIGHT;
    case TOKEN_SHIFT_RIGHT_UNSIGNED:
    case TOKEN_SHIFT_RIGHT_UNSIGNED_EQUAL:
        return OP_SHIFT_RIGHT_UNSIGNED;
    case TOKEN_EQUAL_EQUAL:
        return OP_EQUAL;
    case TOKEN_NOT_EQUAL:
        return OP_NOT_EQUAL;
    case TOKEN_LESS:
        return OP_LESS;
    case TOKEN_LESS_EQUAL:
        return OP_LESS_EQUAL;
    case TOKEN_GREATER:
        return OP_GREATER;
    case TOKEN_GREATER_EQUAL:
        return OP_GREATER_EQUAL;
    default:
        return OP_NONE;
    }
}

static const char *const method_names[] = {[OP_NEGATE] = "op_UnaryNegation",
                                           [OP_NOT] = "op_LogicalNot",
                                           [OP_COMPLEMENT] = "op_OnesComplement",
                                           [OP_ADD] = "op_Addition",
                                           [OP_SUBTRACT] = "op_Subtraction",
                                           [OP_MULTIPLY] = "op_Multiply",
                                           [OP_DIVIDE] = "op_Division",
                                           [OP_REMAINDER] = "op_Modulus",
                                           [OP_AND] = "op_BitwiseAnd",
                                           [OP_OR] = "op_BitwiseOr",
                                           [OP_XOR] = "op_ExclusiveOr",
                                           [OP_SHIFT_LEFT] = "op_LeftShift",
                                           [OP_SHIFT_RIGHT] = "op_RightShift",
                                           [OP_SHIFT_RIGHT_UNSIGNED] = "op_UnsignedRightShift",
                                           [OP_EQUAL] = "op_Equality",
                                           [OP_NOT_EQUAL] = "op_Inequality",
                                           [OP_LESS] = "op_LessThan",
                                           [OP_LESS_EQUAL] = "op_LessThanOrEqual",
                                           [OP_GREATER] = "op_GreaterThan",
                                           [OP_GREATER_EQUAL] = "op_GreaterThanOrEqual"};

static bool is_comparison(Operator op)
{
    return op >= OP_EQUAL;
}

static bool is_shift(Operator op)
{
    return op == OP_SHIFT_LEFT || op == OP_SHIFT_RIGHT || op == OP_SHIFT_RIGHT_UNSIGNED;
}

static bool is_bitwise(Operator op)
{
    return op == OP_AND || op == OP_OR || op == OP_XOR;
}

/* --- constants
 * ---------------------------------------------------------------------------------------------------------------- */

static int64_t narrow(int64_t value, SpecialType special)
{
    switch (special) {
    case SPECIAL_INT32:
        return (int32_t)value;
    case SPECIAL_UINT32:
        return (uint32_t)value;
    default:
        return value;
    }
}

static bool integer_overflows(Operator op, int64_t a, int64_t b, SpecialType special, int64_t *result)
{
    bool overflow = false;
    if (special == SPECIAL_UINT64) {
        uint64_t x = (uint64_t)a, y = (uint64_t)b, r = 0;
        if (op == OP_ADD)
            overflow = __builtin_add_overflow(x, y, &r);
        else if (op == OP_SUBTRACT)
            overflow = __builtin_sub_overflow(x, y, &r);
        else
            overflow = __builtin_mul_overflow(x, y, &r);
        *result = (int64_t)r;
        return overflow;
    }
    int64_t r;
    if (op == OP_ADD)
        overflow = __builtin_add_overflow(a, b, &r);
    else if (op == OP_SUBTRACT)
        overflow = __builtin_sub_overflow(a, b, &r);
    else
        overflow = __builtin_mul_overflow(a, b, &r);
    *result = narrow(r, special);
    return overflow || *result != r;
}

/* False: not folded (not constants, or an error that was reported: then *failed). */
static bool fold_integers(Binder *binder, Operator op, int64_t a, int64_t b, SpecialType special, int64_t *result,
                          bool *failed, Span span)
{
    bool is_unsigned = special == SPECIAL_UINT32 || special == SPECIAL_UINT64;
    uint32_t mask = special == SPECIAL_INT64 || special == SPECIAL_UINT64 ? 63 : 31;
    switch (op) {
    case OP_ADD:
    case OP_SUBTRACT:
    case OP_MULTIPLY:
        if (integer_overflows(op, a, b, special, result) && !binder->is_unchecked) {
            ERROR_AT(binder, span, ERROR_OPERATION_OVERFLOWS);
            *failed = true;
            return false;
        }
        return true;
    case OP_DIVIDE:
    case OP_REMAINDER:
        if (b == 0) {
            ERROR_AT(binder, span, ERROR_DIVISION_BY_ZERO);
            *failed = true;
            return false;
        }
        if (is_unsigned)
            *result = op == OP_DIVIDE ? (int64_t)((uint64_t)a / (uint64_t)b) : (int64_t)((uint64_t)a % (uint64_t)b);
        else if (b == -1)
            *result = op == OP_DIVIDE ? narrow((int64_t)(0 - (uint64_t)a), special) : 0;
        else
            *result = op == OP_DIVIDE ? a / b : a % b;
        return true;
    case OP_AND:
        *result = a & b;
        return true;
    case OP_OR:
        *result = a | b;
        return true;
    case OP_XOR:
        *result = narrow(a ^ b, special);
        return true;
    case OP_SHIFT_LEFT:
        *result = narrow((int64_t)((uint64_t)a << (b & mask)), special);
        return true;
    case OP_SHIFT_RIGHT:
        *result = is_unsigned ? (int64_t)((uint64_t)a >> (b & mask)) : a >> (b & mask);
        return true;
    case OP_SHIFT_RIGHT_UNSIGNED:
        *result = narrow(special == SPECIAL_INT32 ? (int64_t)((uint32_t)a >> (b & mask))
                                                  : (int64_t)((uint64_t)a >> (b & mask)),
                         special);
        return true;
    default:
        return false;
    }
}

static bool compare_values(Operator op, int order, bool unordered)
{
    switch (op) {
    case OP_EQUAL:
        return !unordered && order == 0;
    case OP_NOT_EQUAL:
        return unordered || order != 0;
    case OP_LESS:
        return !unordered && order < 0;
    case OP_LESS_EQUAL:
        return !unordered && order <= 0;
    case OP_GREATER:
        return !unordered && order > 0;
    default:
        return !unordered && order >= 0;
    }
}

static Bound *fold_real(Binder *binder, Operator op, Constant a, Constant b, Type *type, Type *result_type, Span span)
{
    if (is_comparison(op)) {
        bool unordered = a.real != a.real || b.real != b.real;
        return make_bool(binder, compare_values(op, a.real < b.real ? -1 : a.real > b.real, unordered), span);
    }
    Constant result = a;
    switch (op) {
    case OP_ADD:
        result.real = a.real + b.real;
        break;
    case OP_SUBTRACT:
        result.real = a.real - b.real;
        break;
    case OP_MULTIPLY:
        result.real = a.real * b.real;
        break;
    case OP_DIVIDE:
        result.real = a.real / b.real;
        break;
    default:
        return NULL;
    }
    if (type->special == SPECIAL_SINGLE)
        result.real = (double)(float)result.real;
    return make_constant(binder, result, result_type, span);
}

static Bound *fold_decimal(Binder *binder, Operator op, Constant a, Constant b, Type *type, Span span)
{
    if (is_comparison(op))
        return make_bool(binder, compare_values(op, decimal_compare(a.decimal, b.decimal), false), span);
    Constant result = {.kind = CONSTANT_DECIMAL};
    int status;
    switch (op) {
    case OP_ADD:
        status = (int)decimal_add(a.decimal, b.decimal, &result.decimal);
        break;
    case OP_SUBTRACT:
        status = (int)decimal_subtract(a.decimal, b.decimal, &result.decimal);
        break;
    case OP_MULTIPLY:
        status = (int)decimal_multiply(a.decimal, b.decimal, &result.decimal);
        break;
    case OP_DIVIDE:
        status = (int)decimal_divide(a.decimal, b.decimal, &result.decimal);
        break;
    case OP_REMAINDER:
        status = (int)decimal_remainder(a.decimal, b.decimal, &result.decimal);
        break;
    default:
        return NULL;
    }
    if (status != 0) {
        ERROR_AT(binder, span, ERROR_OPERATION_OVERFLOWS);
        return bad(binder, span);
    }
    return make_constant(binder, result, type, span);
}

static Bound *fold_binary(Binder *binder, Operator op, Bound *a, Bound *b, Type *type, Type *result_type, Span span)
{
    Constant x, y;
    if (!get_constant(a, &x) || !get_constant(b, &y))
        return NULL;
    if (x.kind == CONSTANT_DECIMAL && y.kind == CONSTANT_DECIMAL)
        return fold_decimal(binder, op, x, y, type, span);
    if ((x.kind == CONSTANT_DOUBLE || x.kind == CONSTANT_FLOAT) &&
        (y.kind == CONSTANT_DOUBLE || y.kind == CONSTANT_FLOAT))
        return fold_real(binder, op, x, y, type, result_type, span);
    if (x.kind == CONSTANT_BOOL && y.kind == CONSTANT_BOOL) {
        bool p = x.integer, q = y.integer;
        switch (op) {
        case OP_AND:
            return make_bool(binder, p & q, span);
        case OP_OR:
            return make_bool(binder, p | q, span);
        case OP_XOR:
        case OP_NOT_EQUAL:
            return make_bool(binder, p != q, span);
        case OP_EQUAL:
            return make_bool(binder, p == q, span);
        default:
            return NULL;
        }
    }
    bool integers = (x.kind == CONSTANT_INTEGER || x.kind == CONSTANT_CHAR) &&
                    (y.kind == CONSTANT_INTEGER || y.kind == CONSTANT_CHAR);
    if (!integers)
        return NULL;
    SpecialType special = type_enum_underlying(type)->special;
    if (is_comparison(op)) {
        int order = special == SPECIAL_UINT64
                        ? (uint64_t)x.integer < (uint64_t)y.integer ? -1 : (uint64_t)x.integer > (uint64_t)y.integer
                    : x.integer < y.integer ? -1
                                            : x.integer > y.integer;
        return make_bool(binder, compare_values(op, order, false), span);
    }
    Constant result = {.kind = CONSTANT_INTEGER};
    bool failed = false;
    if (fold_integers(binder, op, x.integer, y.integer, special, &result.integer, &failed, span))
        return make_constant(binder, result, result_type, span);
    return failed ? bad(binder, span) : NULL;
}

/* --- binary numeric promotion
 * ------------------------------------------------------------------------------------------------------ */

static SpecialType promoted(SpecialType a, SpecialType b, Bound *left, Bound *right)
{
    if (a == SPECIAL_DECIMAL || b == SPECIAL_DECIMAL) {
        SpecialType other = a == SPECIAL_DECIMAL ? b : a;
        return other == SPECIAL_SINGLE || other == SPECIAL_DOUBLE ? SPECIAL_NONE : SPECIAL_DECIMAL;
    }
    if (a == SPECIAL_DOUBLE || b == SPECIAL_DOUBLE)
        return SPECIAL_DOUBLE;
    if (a == SPECIAL_SINGLE || b == SPECIAL_SINGLE)
        return SPECIAL_SINGLE;
    Constant constant;
    if (a == SPECIAL_UINT64 || b == SPECIAL_UINT64) {
        SpecialType other = a == SPECIAL_UINT64 ? b : a;
        Bound *value = a == SPECIAL_UINT64 ? right : left;
        bool is_signed =
            other == SPECIAL_SBYTE || other == SPECIAL_INT16 || other == SPECIAL_INT32 || other == SPECIAL_INT64;
        if (is_signed && !(get_constant(value, &constant) && constant.integer >= 0))
            return SPECIAL_NONE;
        return SPECIAL_UINT64;
    }
    if (a == SPECIAL_UINTPTR || b == SPECIAL_UINTPTR)
        return SPECIAL_UINTPTR;
    if (a == SPECIAL_INT64 || b == SPECIAL_INT64)
        return SPECIAL_INT64;
    if (a == SPECIAL_INTPTR || b == SPECIAL_INTPTR)
        return SPECIAL_INTPTR;
    if (a == SPECIAL_UINT32 || b == SPECIAL_UINT32) {
        SpecialType other = a == SPECIAL_UINT32 ? b : a;
        Bound *value = a == SPECIAL_UINT32 ? right : left;
        bool is_signed = other == SPECIAL_SBYTE || other == SPECIAL_INT16 || other == SPECIAL_INT32;
        if (is_signed &&
            !(get_constant(value, &constant) && constant.kind == CONSTANT_INTEGER && constant.integer >= 0))
            return SPECIAL_INT64;
        return SPECIAL_UINT32;
    }
    return SPECIAL_INT32;
}

static Bound *decimal_operator(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    Type *decimal = type_special(binder->world, SPECIAL_DECIMAL);
    Method *method = type_method_named(binder->world, decimal->definition, method_names[op], 2);
    Bound *arguments[2] = {a, b};
    return method ? make_call(binder, (MethodRef){method, decimal, NULL}, NULL, arguments, 2, span) : bad(binder, span);
}

static Bound *checked_binary(Binder *binder, Operator op, Bound *a, Bound *b, Type *type, Span span)
{
    Bound *result = make_binary(binder, op, a, b, type, span);
    if (binder->is_checked && (op == OP_ADD || op == OP_SUBTRACT || op == OP_MULTIPLY) && type_is_integral(type))
        result->flags |= BOUND_CHECKED;
    return result;
}

static Bound *numeric_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    World *world = binder->world;
    if (is_shift(op)) {
        SpecialType left = a->type->special;
        if (!type_is_integral(a->type) || !type_is_integral(b->type) ||
            !classify_conversion(binder, b, world->int_type).is_implicit)
            return NULL;
        SpecialType special = left == SPECIAL_UINT32 || left == SPECIAL_INT64 || left == SPECIAL_UINT64 ||
                                      left == SPECIAL_INTPTR || left == SPECIAL_UINTPTR
                                  ? left
                                  : SPECIAL_INT32;
        Type *type = type_special(world, special);
        Bound *x = convert_implicit(binder, a, type, span), *y = convert_implicit(binder, b, world->int_type, span);
        Bound *folded = fold_binary(binder, op, x, y, type, type, span);
        return folded ? folded : make_binary(binder, op, x, y, type, span);
    }
    SpecialType special = promoted(a->type->special, b->type->special, a, b);
    if (special == SPECIAL_NONE ||
        (is_bitwise(op) && (special == SPECIAL_DECIMAL || special == SPECIAL_DOUBLE || special == SPECIAL_SINGLE)))
        return NULL;
    Type *type = type_special(world, special);
    Type *result_type = is_comparison(op) ? world->bool_type : type;
    Bound *x = convert_implicit(binder, a, type, span), *y = convert_implicit(binder, b, type, span);
    if (is_bad(x) || is_bad(y))
        return bad(binder, span);
    Bound *folded = fold_binary(binder, op, x, y, type, result_type, span);
    if (folded)
        return folded;
    Constant divisor;
    if ((op == OP_DIVIDE || op == OP_REMAINDER) && type_is_integral(type) && get_constant(y, &divisor) &&
        divisor.integer == 0) {
        ERROR_AT(binder, span, ERROR_DIVISION_BY_ZERO);
        return bad(binder, span);
    }
    if (special == SPECIAL_DECIMAL)
        return decimal_operator(binder, op, x, y, span);
    return checked_binary(binder, op, x, y, result_type, span);
}

/* --- user-defined operators
 * ---------------------------------------------------------------------------------------------------------- */

/* In checked code: the `operator checked` of that name, if the type has one. */
static Name checked_name(Binder *binder, TypeDefinition *definition, Name name)
{
    static const char *const with_checked[] = {"op_Addition",  "op_Subtraction",   "op_Multiply", "op_Division",
                                               "op_Increment", "op_UnaryNegation", "op_Decrement"};
    for (uint32_t i = 0; binder->is_checked && i < sizeof with_checked / sizeof *with_checked; i++)
        if (strcmp(name->text, with_checked[i]) == 0) {
            Name checked =
                name_of(binder->world->names, arena_format(binder->arena, "op_Checked%s", name->text + strlen("op_")));
            return type_member(binder->world, definition, checked) ? checked : name;
        }
    return name;
}

static bool is_gathered(const MethodRef *methods, uint32_t count, const Method *method, const Type *owner)
{
    for (uint32_t i = 0; i < count; i++)
        if (methods[i].method == method && methods[i].owner == owner)
            return true;
    return false;
}

/* The operators that the interfaces of a type parameter declare. */
static void gather_of_parameter(Binder *binder, Type *type, const char *name, MethodRef *methods, uint32_t *count)
{
    uint32_t interface_count;
    Type **interfaces = type_interfaces(binder->world, type, &interface_count);
    for (uint32_t i = 0; i < interface_count; i++) {
        Name wanted = checked_name(binder, interfaces[i]->definition, name_of(binder->world->names, name));
        for (Member *member = type_member(binder->world, interfaces[i]->definition, wanted); member;
             member = member->next_same_name)
            if (member->name == wanted && member->kind == MEMBER_METHOD && is_static_virtual(member->method) &&
                *count < 64 && !is_gathered(methods, *count, member->method, interfaces[i]))
                methods[(*count)++] = (MethodRef){member->method, interfaces[i], NULL};
    }
}

/* An operator of an interface is called on the type parameter among its operands. */
static Bound *call_operator(Binder *binder, MethodRef method, Type *a, Type *b, Bound **values, uint32_t count,
                            Span span)
{
    Bound *call = make_call(binder, method, NULL, values, count, span);
    Type *parameter = a && a->kind == TYPE_PARAMETER ? a : b && b->kind == TYPE_PARAMETER ? b : NULL;
    if (is_static_virtual(method.method) && parameter)
        call->c = make_default(binder, parameter, span);
    return call;
}

static void gather(Binder *binder, Type *type, const char *name, MethodRef *methods, uint32_t *count)
{
    type = type_nullable_underlying(type);
    if (type->kind == TYPE_PARAMETER)
        gather_of_parameter(binder, type, name, methods, count);
    for (Type *at = type; at && at->definition && at->kind != TYPE_ENUM; at = type_base(binder->world, at)) {
        Name wanted = checked_name(binder, at->definition, name_of(binder->world->names, name));
        uint32_t before = *count;
        for (Member *member = type_member(binder->world, at->definition, wanted); member;
             member = member->next_same_name)
            if (member->name == wanted && member->kind == MEMBER_METHOD && member->method->is_static && *count < 64) {
                bool known = false;
                for (uint32_t i = 0; i < *count; i++)
                    known |= methods[i].method == member->method;
                if (!known)
                    methods[(*count)++] = (MethodRef){member->method, at, NULL};
            }
        if (*count != before)
            return;
    }
}

static bool is_primitive_operand(Type *type)
{
    type = type_nullable_underlying(type);
    return (type->special >= SPECIAL_BOOLEAN && type->special <= SPECIAL_DECIMAL) || type->kind == TYPE_ENUM;
}

static Bound *both_of(Binder *binder, BoundKind kind, Bound *a, Bound *b, Span span)
{
    Bound *result = bound_new(binder->world, kind, binder->world->bool_type, span);
    result->a = a;
    result->b = b;
    return result;
}

/* Whether a bool? (NULL: the literal null; also a plain bool) has a value, and is `wanted` if that is not -1. */
static Bound *three_valued(Binder *binder, Bound *operand, int wanted, Span span)
{
    if (!operand)
        return make_bool(binder, false, span);
    Bound *local = bound_local(binder->world, operand->local, span);
    bool is_nullable = type_is_nullable(operand->type);
    Bound *has = is_nullable ? nullable_has_value(binder, local, span) : make_bool(binder, true, span);
    if (wanted < 0)
        return has;
    Bound *again = bound_local(binder->world, operand->local, span);
    Bound *value = is_nullable ? nullable_value(binder, again, span) : again;
    return both_of(binder, BOUND_AND_ALSO, has, wanted ? value : logical_not(binder, value), span);
}

/* bool? & and |: one operand decides when it is false (for |: true), even if the other is null. */
static Bound *lift_logical(Binder *binder, Operator op, Bound *x, Bound *y, Span span)
{
    World *world = binder->world;
    bool decides = op == OP_OR;
    Type *type = type_special_of(world, SPECIAL_NULLABLE, world->bool_type);
    Bound *rest = bound_new(world, BOUND_CONDITIONAL, type, span);
    rest->a =
        both_of(binder, BOUND_AND_ALSO, three_valued(binder, x, -1, span), three_valued(binder, y, -1, span), span);
    rest->b = nullable_wrap(binder, make_bool(binder, !decides, span), type, span);
    rest->c = make_default(binder, type, span);
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, type, span);
    choice->a = both_of(binder, BOUND_OR_ELSE, three_valued(binder, x, decides, span),
                        three_valued(binder, y, decides, span), span);
    choice->b = nullable_wrap(binder, make_bool(binder, decides, span), type, span);
    choice->c = rest;
    return choice;
}

static bool is_missing(const Bound *value)
{
    return value->kind == BOUND_DEFAULT && type_is_nullable(value->type);
}

static bool is_known(Bound *value)
{
    Constant constant;
    return is_missing(value) || get_constant(without_wrap(value), &constant);
}

static Bound *operand_temp(Binder *binder, Bound *value, BoundList *effects, LocalList *locals)
{
    Constant constant;
    if (value->type->kind == TYPE_NULL)
        return NULL;
    bool stays = get_constant(value, &constant) && value->type != binder->world->bool_type;
    return stays ? value : make_temp(binder, value, effects, locals);
}

/* Lifted form of an operator call on Nullable operands: both have values ? op : null/false. As Roslyn does, what is
 * known to have a value is not asked. */
static Bound *lift(Binder *binder, Operator op, Bound *a, Bound *b, Span span,
                   Bound *(*make)(Binder *binder, Operator op, Bound *a, Bound *b, Span span))
{
    World *world = binder->world;
    BoundList effects = {0};
    LocalList locals = {0};
    if (op > OP_NOT_EQUAL && (is_missing(a) || is_missing(b)) && is_known(a) && is_known(b))
        return make_bool(binder, false, span);
    a = without_wrap(a);
    b = without_wrap(b);
    bool nullable = type_is_nullable(a->type) || type_is_nullable(b->type) || a->type->kind == TYPE_NULL ||
                    b->type->kind == TYPE_NULL;
    if (!nullable && !(is_known(a) && is_known(b))) { /* two constants would become one, checked for overflow */
        Bound *plain = make(binder, op, a, b, span);
        bool done = !plain || is_bad(plain) || is_comparison(op) || op == OP_EQUAL || op == OP_NOT_EQUAL;
        return done ? plain : nullable_wrap(binder, plain, type_special_of(world, SPECIAL_NULLABLE, plain->type), span);
    }
    Bound *x = nullable ? operand_temp(binder, a, &effects, &locals) : make_temp(binder, a, &effects, &locals);
    Bound *y = operand_temp(binder, b, &effects, &locals);
    Bound *x_value = x && type_is_nullable(x->type) ? nullable_value(binder, x, span) : x;
    Bound *y_value = y && type_is_nullable(y->type) ? nullable_value(binder, y, span) : y;
    Bound *x_has = !x                          ? make_bool(binder, false, span)
                   : type_is_nullable(x->type) ? nullable_has_value(binder, x, span)
                                               : make_bool(binder, true, span);
    Bound *y_has = !y                          ? make_bool(binder, false, span)
                   : type_is_nullable(y->type) ? nullable_has_value(binder, y, span)
                                               : make_bool(binder, true, span);
    if (op == OP_EQUAL || op == OP_NOT_EQUAL) {
        if (!x || !y) {
            Bound *has = !x ? y_has : x_has;
            return make_sequence(binder, &locals, &effects, op == OP_EQUAL ? logical_not(binder, has) : has, span);
        }
        Bound *same_state = make_binary(binder, OP_EQUAL, x_has, y_has, world->bool_type, span);
        Bound *equal = make(binder, OP_EQUAL, x_value, y_value, span);
        if (!equal || is_bad(equal))
            return equal;
        Bound *choice = bound_new(world, BOUND_CONDITIONAL, world->bool_type, span);
        choice->a = x_has;
        choice->b = equal;
        choice->c = make_bool(binder, true, span);
        Bound *both = bound_new(world, BOUND_AND_ALSO, world->bool_type, span);
        both->a = same_state;
        both->b = choice;
        return make_sequence(binder, &locals, &effects, op == OP_EQUAL ? both : logical_not(binder, both), span);
    }
    Bound *typed = x ? x : y;
    if (typed && (op == OP_AND || op == OP_OR) && type_nullable_underlying(typed->type) == world->bool_type)
        return make_sequence(binder, &locals, &effects, lift_logical(binder, op, x, y, span), span);
    if (!x || !y) {
        Type *known = type_nullable_underlying(x ? x->type : y ? y->type : world->int_type);
        Type *result = is_comparison(op) ? world->bool_type : type_special_of(world, SPECIAL_NULLABLE, known);
        Bound *nothing = is_comparison(op) ? make_bool(binder, false, span) : make_default(binder, result, span);
        return make_sequence(binder, &locals, &effects, nothing, span);
    }
    Bound *value = make(binder, op, x_value, y_value, span);
    if (!value || is_bad(value))
        return value;
    Bound *have = bound_new(world, BOUND_AND_ALSO, world->bool_type, span);
    have->a = x_has;
    have->b = y_has;
    if (is_comparison(op)) {
        Bound *both = bound_new(world, BOUND_AND_ALSO, world->bool_type, span);
        both->a = have;
        both->b = value;
        return make_sequence(binder, &locals, &effects, both, span);
    }
    Type *result_type = type_special_of(world, SPECIAL_NULLABLE, value->type);
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, result_type, span);
    choice->a = have;
    choice->b = nullable_wrap(binder, value, result_type, span);
    choice->c = make_default(binder, result_type, span);
    return make_sequence(binder, &locals, &effects, choice, span);
}

static Bound *user_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    MethodRef methods[64];
    uint32_t count = 0;
    Type *type_a = natural_type(binder, a), *type_b = natural_type(binder, b);
    if (type_a && type_a->kind != TYPE_NULL)
        gather(binder, type_a, method_names[op], methods, &count);
    if (type_b && type_b->kind != TYPE_NULL)
        gather(binder, type_b, method_names[op], methods, &count);
    if (!count)
        return NULL;
    ArgumentInfo arguments[2] = {{.value = a}, {.value = b}};
    Resolution resolution;
    if (!resolve_overload(binder, methods, count, NULL, 0, arguments, 2, false, &resolution, NULL, span, NULL, true,
                          NULL))
        return NULL;
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, &resolution, arguments, 2, &temps, &effects, span);
    if (is_bad(values[0]) || is_bad(values[1]))
        return bad(binder, span);
    return make_sequence(binder, &temps, &effects,
                         call_operator(binder, resolution.method, type_a, type_b, values, 2, span), span);
}

/* --- enums, delegates, references
 * ------------------------------------------------------------------------------------------------------ */

static Bound *enum_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    bool a_enum = a->type->kind == TYPE_ENUM, b_enum = b->type->kind == TYPE_ENUM;
    Type *type = a_enum ? a->type : b->type;
    Type *underlying = type->definition->enum_underlying;
    if (a_enum && b_enum && !type_same(a->type, b->type))
        return NULL;
    if (!(a_enum && b_enum) && op != OP_ADD && op != OP_SUBTRACT) {
        Bound *other = a_enum ? b : a;
        if (!classify_conversion(binder, other, type).is_implicit)
            return NULL;
        other = convert_implicit(binder, other, type, span);
        *(a_enum ? &b : &a) = other;
    }
    Bound *x = make_convert(binder, a, a->type->kind == TYPE_ENUM ? underlying : a->type, CONVERSION_IDENTITY, span);
    Bound *y = make_convert(binder, b, b->type->kind == TYPE_ENUM ? underlying : b->type, CONVERSION_IDENTITY, span);
    Bound *value = numeric_binary(binder, op, x, y, span);
    if (!value || is_bad(value) || is_comparison(op))
        return value;
    Type *result = op == OP_SUBTRACT && a_enum && b_enum ? underlying : type;
    if (value->kind == BOUND_CONSTANT)
        return make_constant(binder, value->constant, result, span);
    if (value->type->special != underlying->special)
        value = make_convert(binder, value, underlying, CONVERSION_NUMERIC, span);
    return make_convert(binder, value, result, CONVERSION_IDENTITY, span);
}

static Bound *delegate_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    World *world = binder->world;
    Type *type = a->type && a->type->kind == TYPE_DELEGATE ? a->type : b->type;
    if (!type || type->kind != TYPE_DELEGATE || (op != OP_ADD && op != OP_SUBTRACT))
        return NULL;
    if (!classify_conversion(binder, a, type).is_implicit || !classify_conversion(binder, b, type).is_implicit)
        return NULL;
    Type *base = type_special(world, SPECIAL_DELEGATE);
    Bound *arguments[2];
    arguments[0] = make_convert(binder, convert_implicit(binder, a, type, span), base, CONVERSION_REFERENCE, span);
    arguments[1] = make_convert(binder, convert_implicit(binder, b, type, span), base, CONVERSION_REFERENCE, span);
    Bound *call = call_static(binder, SPECIAL_DELEGATE, op == OP_ADD ? "Combine" : "Remove", arguments, 2, span);
    return is_bad(call) ? call : make_convert(binder, call, type, CONVERSION_CAST, span);
}

static Bound *reference_equality(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    World *world = binder->world;
    Type *type_a = natural_type(binder, a), *type_b = natural_type(binder, b);
    if (!type_a || !type_b)
        return NULL;
    if (a->kind != BOUND_CONSTANT && type_a != a->type)
        a = convert_implicit(binder, a, type_a, span);
    bool a_null = type_a->kind == TYPE_NULL, b_null = type_b->kind == TYPE_NULL;
    if (a_null && b_null)
        return make_bool(binder, op == OP_EQUAL, span);
    bool a_open = type_a->kind == TYPE_PARAMETER && !type_is_reference(type_a),
         b_open = type_b->kind == TYPE_PARAMETER && !type_is_reference(type_b);
    if ((a_open && b_null && !type_is_value(type_a)) || (b_open && a_null && !type_is_value(type_b))) {
        Bound *value = make_convert(binder, a_open ? a : b, world->object_type, CONVERSION_BOX, span);
        return make_binary(binder, op, value, make_null(binder, world->object_type, span), world->bool_type, span);
    }
    bool a_reference = type_is_reference(type_a) || type_a->kind == TYPE_INTERFACE,
         b_reference = type_is_reference(type_b) || type_b->kind == TYPE_INTERFACE;
    if (!a_reference || !b_reference)
        return NULL;
    bool related = a_null || b_null || is_implicit_reference(world, type_a, type_b) ||
                   is_implicit_reference(world, type_b, type_a) || type_a->kind == TYPE_INTERFACE ||
                   type_b->kind == TYPE_INTERFACE;
    if (!related)
        return NULL;
    Type *common = a_null ? type_b : b_null ? type_a : world->object_type;
    Bound *x = convert_implicit(binder, a, common, span), *y = convert_implicit(binder, b, common, span);
    return make_binary(binder, op, x, y, world->bool_type, span);
}

static Bound *tuple_equality(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    World *world = binder->world;
    uint32_t count_a = a->kind == BOUND_TUPLE_LITERAL      ? a->items.count
                       : a->type && type_is_tuple(a->type) ? type_tuple_count(a->type)
                                                           : 0;
    uint32_t count_b = b->kind == BOUND_TUPLE_LITERAL      ? b->items.count
                       : b->type && type_is_tuple(b->type) ? type_tuple_count(b->type)
                                                           : 0;
    if (count_a && count_b && count_a != count_b) {
        ERROR_AT(binder, span, ERROR_TUPLE_COMPARE_COUNT, (int)count_a, (int)count_b);
        return bad(binder, span);
    }
    if (!count_a || count_a != count_b)
        return NULL;
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *x = a->kind == BOUND_TUPLE_LITERAL ? a : make_temp(binder, a, &effects, &locals);
    Bound *y = b->kind == BOUND_TUPLE_LITERAL ? b : make_temp(binder, b, &effects, &locals);
    Bound *result = NULL;
    for (uint32_t i = 0; i < count_a; i++) {
        Bound *p = x->kind == BOUND_TUPLE_LITERAL ? x->items.at[i] : tuple_element(binder, x, i, span);
        Bound *q = y->kind == BOUND_TUPLE_LITERAL ? y->items.at[i] : tuple_element(binder, y, i, span);
        Bound *equal = bind_binary_of(binder, TOKEN_EQUAL_EQUAL, p, q, NULL, span);
        if (is_bad(equal))
            return equal;
        if (result) {
            Bound *both = bound_new(world, BOUND_AND_ALSO, world->bool_type, span);
            both->a = result;
            both->b = equal;
            result = both;
        } else {
            result = equal;
        }
    }
    return make_sequence(binder, &locals, &effects, op == OP_EQUAL ? result : logical_not(binder, result), span);
}

/* --- binary
 * -------------------------------------------------------------------------------------------------------------------------------
 */

static Bound *plain_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    if (a->type->special == SPECIAL_BOOLEAN && b->type->special == SPECIAL_BOOLEAN &&
        (is_bitwise(op) || op == OP_EQUAL || op == OP_NOT_EQUAL)) {
        Bound *folded = fold_binary(binder, op, a, b, a->type, a->type, span);
        return folded ? folded : make_binary(binder, op, a, b, a->type, span);
    }
    if (type_is_numeric(a->type) && type_is_numeric(b->type) && a->type->kind != TYPE_ENUM &&
        b->type->kind != TYPE_ENUM)
        return numeric_binary(binder, op, a, b, span);
    if (a->type->kind == TYPE_ENUM || b->type->kind == TYPE_ENUM)
        return enum_binary(binder, op, a, b, span);
    return user_binary(binder, op, a, b, span);
}

static bool is_string_operand(Bound *value)
{
    return value->type && value->type->special == SPECIAL_STRING;
}

/* `value == null` where the value can never be null: what the lifted operator says. */
static Bound *never_null(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    Bound *other = a->type->kind == TYPE_NULL ? b : a;
    bool one_null = (a->type->kind == TYPE_NULL) != (b->type->kind == TYPE_NULL);
    if (!one_null || !type_is_value(other->type) || other->type->kind == TYPE_PARAMETER)
        return NULL;
    Bound *probe = make_default(binder, other->type, span);
    if (!is_primitive_operand(other->type) && !user_binary(binder, op, probe, probe, span))
        return NULL;
    BoundList effects = {0};
    LocalList locals = {0};
    make_temp(binder, other, &effects, &locals);
    return make_sequence(binder, &locals, &effects, make_bool(binder, op == OP_NOT_EQUAL, span), span);
}

static Bound *try_binary(Binder *binder, Operator op, Bound *a, Bound *b, Span span)
{
    World *world = binder->world;
    Type *type_a = natural_type(binder, a), *type_b = natural_type(binder, b);
    if (op == OP_ADD && (is_string_operand(a) || is_string_operand(b)) && !(type_a && type_is_void(type_a)) &&
        !(type_b && type_is_void(type_b))) {
        Bound *node = make_binary(binder, OP_ADD, a, b, world->string_type, span);
        return concat_of(binder, node, span);
    }
    if ((op == OP_EQUAL || op == OP_NOT_EQUAL)) {
        Bound *tuples = tuple_equality(binder, op, a, b, span);
        if (tuples)
            return tuples;
        Constant x, y;
        if (is_string_operand(a) && is_string_operand(b) && get_constant(a, &x) && get_constant(b, &y) &&
            x.kind == CONSTANT_STRING && y.kind == CONSTANT_STRING) {
            bool same = x.unit_count == y.unit_count && memcmp(x.units, y.units, x.unit_count * 2) == 0;
            return make_bool(binder, same == (op == OP_EQUAL), span);
        }
        if (a->kind == BOUND_DEFAULT_LITERAL && type_b)
            a = convert_implicit(binder, a, type_b, span), type_a = a->type;
        if (b->kind == BOUND_DEFAULT_LITERAL && type_a)
            b = convert_implicit(binder, b, type_a, span), type_b = b->type;
    }
    if (!type_a || !type_b || !a->type || !b->type || a->type->kind == TYPE_UNTYPED || b->type->kind == TYPE_UNTYPED) {
        Bound *delegates = delegate_binary(binder, op, a, b, span);
        return delegates;
    }
    bool nullable = type_is_nullable(type_a) || type_is_nullable(type_b);
    if (nullable) {
        Type *inner_a = type_a->kind == TYPE_NULL ? type_nullable_underlying(type_b) : type_nullable_underlying(type_a);
        Type *inner_b = type_b->kind == TYPE_NULL ? type_nullable_underlying(type_a) : type_nullable_underlying(type_b);
        bool null_test =
            (type_a->kind == TYPE_NULL || type_b->kind == TYPE_NULL) && (op == OP_EQUAL || op == OP_NOT_EQUAL);
        bool liftable = null_test || (is_primitive_operand(inner_a) && is_primitive_operand(inner_b));
        if (!liftable) {
            Bound *user = user_binary(binder, op, a, b, span);
            if (user)
                return user;
            Bound *p = make_default(binder, inner_a, span), *q = make_default(binder, inner_b, span);
            liftable = user_binary(binder, op, p, q, span) != NULL;
        }
        return liftable ? lift(binder, op, a, b, span, plain_binary) : NULL;
    }
    if (type_a->kind != TYPE_NULL && type_b->kind != TYPE_NULL && is_primitive_operand(type_a) &&
        is_primitive_operand(type_b))
        return plain_binary(binder, op, a, b, span);
    Bound *user = user_binary(binder, op, a, b, span);
    if (user)
        return user;
    Bound *delegates = delegate_binary(binder, op, a, b, span);
    if (delegates)
        return delegates;
    Bound *constant = op == OP_EQUAL || op == OP_NOT_EQUAL ? never_null(binder, op, a, b, span) : NULL;
    if (constant)
        return constant;
    if (op == OP_EQUAL || op == OP_NOT_EQUAL)
        return reference_equality(binder, op, a, b, span);
    return NULL;
}

/* The predefined type that the operand's own type converts to implicitly, when there is one only; else the operand
 * itself. */
static Bound *as_predefined(Binder *binder, Bound *operand, Span span)
{
    Type *type = operand->type, *found = NULL;
    if (!type || !type->definition || is_primitive_operand(type) || type->kind == TYPE_UNTYPED)
        return operand;
    type_declare_named(binder->world, type->definition, name_of(binder->world->names, "op_Implicit"));
    for (uint32_t i = 0; i < type->definition->method_count; i++) {
        Method *method = type->definition->methods[i];
        if (strcmp(method->name->text, "op_Implicit") != 0 || method->parameter_count != 1 ||
            !is_primitive_operand(method->return_type) ||
            !type_same(method->parameters[0].type, type->definition->self))
            continue;
        if (found)
            return operand;
        found = method->return_type;
    }
    return found ? convert_implicit(binder, operand, found, span) : operand;
}

static bool type_is_string(const Bound *value)
{
    return value->type && value->type->special == SPECIAL_STRING;
}

Bound *bind_binary_of(Binder *binder, TokenKind token, Bound *a, Bound *b, Node *node, Span span)
{
    (void)node;
    if (is_bad(a) || is_bad(b))
        return bad(binder, span);
    bool groups = a->kind == BOUND_METHOD_GROUP || b->kind == BOUND_METHOD_GROUP || a->kind == BOUND_UNBOUND_LAMBDA ||
                  b->kind == BOUND_UNBOUND_LAMBDA;
    bool delegates = (a->type && a->type->kind == TYPE_DELEGATE) || (b->type && b->type->kind == TYPE_DELEGATE);
    if (groups && !delegates && (type_is_string(a) || type_is_string(b))) {
        ERROR_AT(binder, span, ERROR_BINARY_OPERATOR, token_text(token), bound_type_text(binder, a),
                 bound_type_text(binder, b));
        return bad(binder, span);
    }
    uint32_t errors = binder->diagnostics->error_count;
    Operator op = binary_operator_of(token);
    Bound *result = try_binary(binder, op, a, b, span);
    if (!result && binder->diagnostics->error_count == errors) {
        Bound *x = as_predefined(binder, a, span), *y = as_predefined(binder, b, span);
        if ((x != a || y != b) && x->type && y->type && is_primitive_operand(x->type) && is_primitive_operand(y->type))
            result = try_binary(binder, op, x, y, span);
    }
    if (result)
        return result;
    if (binder->diagnostics->error_count == errors) {
        bool both_integral = a->type && b->type && type_is_integral(a->type) && type_is_integral(b->type) &&
                             (a->type->special == SPECIAL_UINT64 || b->type->special == SPECIAL_UINT64);
        ERROR_AT(binder, span, both_integral ? ERROR_AMBIGUOUS_OPERATOR : ERROR_BINARY_OPERATOR, token_text(token),
                 bound_type_text(binder, a), bound_type_text(binder, b));
    }
    return bad(binder, span);
}

Bound *make_equality(Binder *binder, Bound *a, Bound *b, Span span)
{
    return bind_binary_of(binder, TOKEN_EQUAL_EQUAL, a, b, NULL, span);
}

Bound *logical_not(Binder *binder, Bound *value)
{
    Constant constant;
    if (get_constant(value, &constant) && constant.kind == CONSTANT_BOOL)
        return make_bool(binder, !constant.integer, value->span);
    Bound *result = bound_new(binder->world, BOUND_UNARY, binder->world->bool_type, value->span);
    result->op = OP_NOT;
    result->a = value;
    return result;
}

/* x && y of a type with operators false and & (or true and |): x decides, or both are combined. NULL: no such type. */
static Bound *user_logical(Binder *binder, bool is_and, Bound *a, Bound *b, Span span)
{
    Type *type = natural_type(binder, a);
    Method *decide = type && type->definition && type->kind != TYPE_ENUM && type->kind != TYPE_DELEGATE
                         ? type_method_named(binder->world, type->definition, is_and ? "op_False" : "op_True", 1)
                         : NULL;
    if (!decide)
        return NULL;
    LocalList temps = {0};
    BoundList effects = {0};
    Bound *first = make_temp(binder, a, &effects, &temps);
    Bound *both = user_binary(binder, is_and ? OP_AND : OP_OR, first, b, span);
    if (!both || is_bad(both) || !type_same(both->type, type))
        return NULL;
    Bound *asked = bound_local(binder->world, first->local, span);
    Bound *choice = bound_new(binder->world, BOUND_CONDITIONAL, type, span);
    choice->a = make_call(binder, (MethodRef){decide, type, NULL}, NULL, &asked, 1, span);
    choice->b = bound_local(binder->world, first->local, span);
    choice->c = both;
    return make_sequence(binder, &temps, &effects, choice, span);
}

static Bound *bind_logical(Binder *binder, Node *node, Bound *a, Bound *b)
{
    World *world = binder->world;
    bool is_and = node->token == TOKEN_AND_AND;
    if (is_bad(a) || is_bad(b))
        return bad(binder, node->span);
    bool a_bool = classify_conversion(binder, a, world->bool_type).is_implicit,
         b_bool = classify_conversion(binder, b, world->bool_type).is_implicit;
    Bound *result = a_bool && b_bool ? NULL : user_logical(binder, is_and, a, b, node->span);
    if (result)
        return result;
    if (!a_bool || !b_bool) {
        ERROR_AT(binder, node->span, ERROR_BINARY_OPERATOR, token_text((TokenKind)node->token),
                 bound_type_text(binder, a), bound_type_text(binder, b));
        return bad(binder, node->span);
    }
    a = convert_implicit(binder, a, world->bool_type, node->span);
    b = convert_implicit(binder, b, world->bool_type, node->span);
    Constant x, y;
    if (get_constant(a, &x) && get_constant(b, &y))
        return make_bool(binder, is_and ? x.integer && y.integer : x.integer || y.integer, node->span);
    result = bound_new(world, is_and ? BOUND_AND_ALSO : BOUND_OR_ELSE, world->bool_type, node->span);
    result->a = a;
    result->b = b;
    return result;
}

/* Left-associative chains are loops: a + b + c + ... of any length. */
Bound *bind_binary(Binder *binder, Node *node)
{
    uint32_t depth = 0;
    Node *at = node;
    while (at->a->kind == NODE_BINARY && at->a->token != TOKEN_QUESTION_QUESTION) {
        at = at->a;
        depth++;
    }
    Node **chain = ARENA_ARRAY(binder->arena, Node *, depth + 1);
    uint32_t index = depth;
    for (Node *walk = node;; walk = walk->a) {
        chain[index] = walk;
        if (index-- == 0)
            break;
    }
    Bound *left = bind_value(binder, chain[0]->a);
    for (uint32_t i = 0; i <= depth; i++) {
        Node *current = chain[i];
        Bound *right = bind_value(binder, current->b);
        if (current->token == TOKEN_AND_AND || current->token == TOKEN_OR_OR)
            left = bind_logical(binder, current, left, right);
        else
            left = bind_binary_of(binder, (TokenKind)current->token, left, right, current, current->span);
        if (!left->syntax)
            left->syntax = current;
    }
    return left;
}

/* --- unary
 * ---------------------------------------------------------------------------------------------------------------------------------
 */

static Operator unary_operator_of(TokenKind token)
{
    return token == TOKEN_MINUS   ? OP_NEGATE
           : token == TOKEN_NOT   ? OP_NOT
           : token == TOKEN_TILDE ? OP_COMPLEMENT
                                  : OP_NONE;
}

static Bound *fold_unary(Binder *binder, Operator op, Bound *value, Type *type, Span span)
{
    Constant constant;
    if (!get_constant(value, &constant))
        return NULL;
    if (op == OP_NOT && constant.kind == CONSTANT_BOOL) {
        constant.integer = !constant.integer;
    } else if (constant.kind == CONSTANT_INTEGER && op == OP_NEGATE) {
        constant.integer = narrow((int64_t)(0 - (uint64_t)constant.integer), type->special);
    } else if (constant.kind == CONSTANT_INTEGER && op == OP_COMPLEMENT) {
        constant.integer = narrow(~constant.integer, type->special);
    } else if ((constant.kind == CONSTANT_DOUBLE || constant.kind == CONSTANT_FLOAT) && op == OP_NEGATE) {
        constant.real = -constant.real;
    } else if (constant.kind == CONSTANT_DECIMAL && op == OP_NEGATE) {
        constant.decimal = decimal_negate(constant.decimal);
    } else {
        return NULL;
    }
    return make_constant(binder, constant, type, span);
}

static Bound *plain_unary(Binder *binder, Operator op, Bound *value, Span span)
{
    World *world = binder->world;
    Type *type = value->type;
    if (op == OP_NOT) {
        if (type->special != SPECIAL_BOOLEAN)
            return NULL;
        return logical_not(binder, value);
    }
    if (type->kind == TYPE_ENUM && op == OP_COMPLEMENT) {
        Bound *inner = plain_unary(
            binder, op, make_convert(binder, value, type->definition->enum_underlying, CONVERSION_IDENTITY, span),
            span);
        return inner ? make_convert(binder, inner, type, CONVERSION_IDENTITY, span) : NULL;
    }
    if (!type_is_numeric(type) || type->kind == TYPE_ENUM)
        return NULL;
    SpecialType special = type->special;
    if (special < SPECIAL_INT32)
        special = SPECIAL_INT32;
    if (special == SPECIAL_UINT32 && op == OP_NEGATE)
        special = SPECIAL_INT64;
    if ((special == SPECIAL_UINT64 && op == OP_NEGATE) || (op == OP_COMPLEMENT && !type_is_integral(type)))
        return NULL;
    Type *target = type_special(world, special);
    value = convert_implicit(binder, value, target, span);
    if (op == OP_NONE)
        return value->kind == BOUND_CONSTANT ? make_constant(binder, value->constant, target, span)
                                             : make_convert(binder, value, target, CONVERSION_IDENTITY, span);
    Bound *folded = fold_unary(binder, op, value, target, span);
    if (folded)
        return folded;
    if (special == SPECIAL_DECIMAL)
        return call_static(binder, SPECIAL_DECIMAL, "op_UnaryNegation", &value, 1, span);
    Bound *result = bound_new(world, BOUND_UNARY, target, span);
    result->op = (uint8_t)op;
    result->a = value;
    if (binder->is_checked)
        result->flags |= BOUND_CHECKED;
    return result;
}

static Bound *user_unary(Binder *binder, const char *name, Bound *value, Span span)
{
    MethodRef methods[64];
    uint32_t count = 0;
    gather(binder, value->type, name, methods, &count);
    ArgumentInfo argument = {.value = value};
    Resolution resolution;
    if (!count || !resolve_overload(binder, methods, count, NULL, 0, &argument, 1, false, &resolution, NULL, span, NULL,
                                    true, NULL))
        return NULL;
    Bound *converted =
        convert_implicit(binder, value, method_ref_parameter_type(binder->world, resolution.method, 0), span);
    return call_operator(binder, resolution.method, value->type, NULL, &converted, 1, span);
}

static Bound *negative_minimum(Binder *binder, Node *node)
{
    Node *operand = node->a;
    if (node->token != TOKEN_MINUS || operand->kind != NODE_LITERAL || !operand->literal)
        return NULL;
    Constant constant = {.kind = CONSTANT_INTEGER};
    if (operand->literal->kind == LITERAL_UINT && operand->literal->integer == 2147483648u) {
        constant.integer = INT32_MIN;
        return make_constant(binder, constant, binder->world->int_type, node->span);
    }
    if (operand->literal->kind == LITERAL_ULONG && operand->literal->integer == 9223372036854775808u) {
        constant.integer = INT64_MIN;
        return make_constant(binder, constant, binder->world->long_type, node->span);
    }
    return NULL;
}

Bound *bind_unary(Binder *binder, Node *node)
{
    Bound *minimum = negative_minimum(binder, node);
    if (minimum)
        return minimum;
    if (node->token == TOKEN_AND || node->token == TOKEN_STAR) {
        if (!is_bad(bind_value(binder, node->a)))
            ERROR_AT(binder, node->span, node->token == TOKEN_STAR ? ERROR_POINTER_EXPECTED : ERROR_UNSAFE_CONTEXT);
        return bad(binder, node->span);
    }
    Bound *value = bind_typed(binder, node->a);
    if (is_bad(value))
        return value;
    Operator op = unary_operator_of((TokenKind)node->token);
    Bound *result = NULL;
    if (type_is_nullable(value->type)) {
        BoundList effects = {0};
        LocalList locals = {0};
        Bound *temp = make_temp(binder, value, &effects, &locals);
        Bound *inner = plain_unary(binder, op, nullable_value(binder, temp, node->span), node->span);
        if (inner && !is_bad(inner)) {
            Type *type = type_special_of(binder->world, SPECIAL_NULLABLE, inner->type);
            Bound *choice = bound_new(binder->world, BOUND_CONDITIONAL, type, node->span);
            choice->a = nullable_has_value(binder, temp, node->span);
            choice->b = nullable_wrap(binder, inner, type, node->span);
            choice->c = make_default(binder, type, node->span);
            result = make_sequence(binder, &locals, &effects, choice, node->span);
        }
    } else if (is_primitive_operand(value->type)) {
        result = plain_unary(binder, op, value, node->span);
    }
    if (!result)
        result = user_unary(binder, op == OP_NONE ? "op_UnaryPlus" : method_names[op], value, node->span);
    if (!result) {
        ERROR_AT(binder, node->span, ERROR_UNARY_OPERATOR, token_text((TokenKind)node->token),
                 type_text(binder->world, value->type));
        return bad(binder, node->span);
    }
    return result;
}

/* --- assignment
 * -------------------------------------------------------------------------------------------------------------------------------
 */

/* A target whose receiver and indexes are evaluated once: temps for what has effects. */
/* Can be read twice: nobody changes it in between, and Roslyn keeps no copy of it. */
static bool is_static_readonly(const Bound *value)
{
    return value->kind == BOUND_FIELD && !value->a && value->field.field->is_readonly;
}

static Bound *stabilize(Binder *binder, Bound *target, BoundList *effects, LocalList *locals)
{
    World *world = binder->world;
    Bound *copy = bound_new(world, (BoundKind)target->kind, target->type, target->span);
    *copy = *target;
    switch (target->kind) {
    case BOUND_FIELD:
        if (target->a && type_is_reference(target->a->type)) {
            if (target->a->kind != BOUND_THIS &&
                !(target->a->kind == BOUND_LOCAL && target->a->local->kind == LOCAL_TEMP))
                copy->a = make_temp(binder, target->a, effects, locals);
        } else if (target->a) {
            copy->a = stabilize(binder, target->a, effects, locals);
        }
        return copy;
    case BOUND_ELEMENT:
        copy->a = is_static_readonly(target->a) ? target->a : make_temp(binder, target->a, effects, locals);
        copy->b = target->b->kind == BOUND_CONSTANT ? target->b : make_temp(binder, target->b, effects, locals);
        return copy;
    case BOUND_PROPERTY:
        if (target->a && type_is_reference(target->a->type) && target->a->kind != BOUND_THIS)
            copy->a = make_temp(binder, target->a, effects, locals);
        else if (target->a && is_lvalue(target->a))
            copy->a = stabilize(binder, target->a, effects, locals);
        copy->items = (BoundList){0};
        for (uint32_t i = 0; i < target->items.count; i++) {
            Bound *item = target->items.at[i];
            list_add(binder, &copy->items,
                     item->kind == BOUND_CONSTANT ? item : make_temp(binder, item, effects, locals));
        }
        return copy;
    case BOUND_CALL: /* by reference: called once */
    case BOUND_CALL_LOCAL: {
        Local *local = local_new(world, binder->function, LOCAL_TEMP, NULL, target->type, target->span);
        local->ref_kind = REF_REF;
        ARENA_PUSH(binder->arena, locals->at, locals->count, locals->capacity, local);
        Bound *keep = bound_new(world, BOUND_ASSIGN_REF, target->type, target->span);
        keep->a = bound_local(world, local, target->span);
        keep->b = target;
        list_add(binder, effects, keep);
        return keep->a;
    }
    default:
        return target;
    }
}

static void report_not_writable(Binder *binder, Bound *target, Span span)
{
    World *world = binder->world;
    switch (target->kind) {
    case BOUND_FIELD: {
        Field *field = target->field.field;
        Bound *holder = target->a;
        Field *outer = holder && holder->kind == BOUND_FIELD ? holder->field.field : NULL;
        if (field->is_readonly)
            ERROR_AT(binder, span, field->is_static ? ERROR_READONLY_STATIC_FIELD : ERROR_READONLY_FIELD);
        else if (holder && holder->kind == BOUND_THIS)
            ERROR_AT(binder, span, ERROR_READONLY_THIS, field->name->text);
        else if (outer && outer->is_readonly)
            ERROR_AT(binder, span, outer->is_static ? ERROR_READONLY_STATIC_MEMBER : ERROR_READONLY_FIELD_MEMBER,
                     arena_format(binder->arena, "%s.%s", type_text(world, outer->owner->self), outer->name->text));
        else if (holder && holder->kind == BOUND_LOCAL && holder->local->ref_kind == REF_IN)
            ERROR_AT(binder, span, ERROR_READONLY_VARIABLE_MEMBER,
                     holder->local->name ? holder->local->name->text : "?");
        else if (target->a && target->a->kind != BOUND_FIELD && target->a->kind != BOUND_LOCAL)
            ERROR_AT(binder, target->a->span, ERROR_NOT_A_VARIABLE_VALUE,
                     target->a->kind == BOUND_CALL && target->a->method.method->property
                         ? arena_format(binder->arena, "%s.%s", type_text(world, target->a->method.owner),
                                        target->a->method.method->property->name->text)
                         : bound_type_text(binder, target->a));
        else
            ERROR_AT(binder, span, ERROR_READONLY_MEMBERS,
                     target->a && target->a->kind == BOUND_LOCAL && target->a->local->name
                         ? target->a->local->name->text
                         : field->name->text);
        return;
    }
    case BOUND_LOCAL:
        if (target->local->ref_kind == REF_IN || target->local->ref_kind == REF_READONLY) {
            ERROR_AT(binder, span, ERROR_READONLY_VARIABLE, target->local->name ? target->local->name->text : "?");
            return;
        }
        ERROR_AT(binder, span, ERROR_READONLY_LOCAL, target->local->name ? target->local->name->text : "?",
                 target->local->ref_kind == REF_IN ? "in parameter"
                 : target->local->is_const         ? "constant"
                                                   : readonly_reason(target->local));
        return;
    case BOUND_CALL:
        if (target->method.method->return_ref == REF_READONLY) {
            const Property *property = target->method.method->property;
            ERROR_AT(binder, span, ERROR_READONLY_RESULT, property ? "property" : "method",
                     !property                   ? method_text(world, target->method)
                     : property->parameter_count ? "this"
                                                 : property->name->text);
            return;
        }
        ERROR_AT(binder, span, ERROR_NOT_A_VARIABLE);
        return;
    default:
        ERROR_AT(binder, span, ERROR_NOT_A_VARIABLE);
    }
}

const char *readonly_reason(const Local *local)
{
    return local->is_using ? "using variable" : "foreach iteration variable";
}

Bound *without_unused_value(Bound *value)
{
    if (value->kind != BOUND_SEQUENCE || value->items.count != 1 || value->locals.count != 1 || !value->a ||
        value->a->kind != BOUND_LOCAL || value->items.at[0]->kind != BOUND_CALL)
        return value;
    Bound *call = value->items.at[0];
    Bound **last = call->items.count ? &call->items.at[call->items.count - 1] : NULL;
    bool keeps = last && (*last)->kind == BOUND_ASSIGN && (*last)->a->kind == BOUND_LOCAL &&
                 (*last)->a->local == value->locals.at[0] && value->a->local == value->locals.at[0];
    if (!keeps)
        return value;
    *last = (*last)->b;
    return call;
}

Bound *assign_to(Binder *binder, Bound *target, Bound *value, Span span, bool want_value)
{
    if (is_bad(target) || is_bad(value))
        return bad(binder, span);
    if (target->kind == BOUND_PROPERTY) {
        Property *property = target->binder_data;
        if (property->ref_kind != REF_NONE)
            return make_assign(binder, make_getter_call(binder, target, span), value, span);
        if (!want_value)
            return make_setter_call(binder, target, value, span);
        BoundList effects = {0};
        LocalList locals = {0};
        Bound *temp = make_temp(binder, value, &effects, &locals);
        Bound *call = make_setter_call(binder, target, effects.at[0], span);
        if (is_bad(call))
            return call;
        effects.at[0] = call;
        return make_sequence(binder, &locals, &effects, temp, span);
    }
    if (target->kind == BOUND_EVENT)
        target = to_rvalue(binder, target);
    if (is_bad(target))
        return target;
    if (!is_lvalue(target)) {
        if (target->kind == BOUND_THIS)
            ERROR_AT(binder, target->span, ERROR_READONLY_THIS, "this");
        else
            ERROR_AT(binder, target->span, ERROR_NOT_A_VARIABLE);
        return bad(binder, span);
    }
    if (!is_writable_variable(binder, target)) {
        report_not_writable(binder, target, target->span);
        return bad(binder, span);
    }
    if (target->kind != BOUND_LOCAL || !target->local->is_frame_bound)
        check_frame_escape(binder, value);
    return make_assign(binder, target, value, span);
}

static TokenKind plain_token(TokenKind token)
{
    switch (token) {
    case TOKEN_PLUS_EQUAL:
        return TOKEN_PLUS;
    case TOKEN_MINUS_EQUAL:
        return TOKEN_MINUS;
    case TOKEN_STAR_EQUAL:
        return TOKEN_STAR;
    case TOKEN_SLASH_EQUAL:
        return TOKEN_SLASH;
    case TOKEN_PERCENT_EQUAL:
        return TOKEN_PERCENT;
    case TOKEN_AND_EQUAL:
        return TOKEN_AND;
    case TOKEN_OR_EQUAL:
        return TOKEN_OR;
    case TOKEN_XOR_EQUAL:
        return TOKEN_XOR;
    case TOKEN_SHIFT_LEFT_EQUAL:
        return TOKEN_SHIFT_LEFT;
    case TOKEN_SHIFT_RIGHT_EQUAL:
        return TOKEN_SHIFT_RIGHT;
    case TOKEN_SHIFT_RIGHT_UNSIGNED_EQUAL:
        return TOKEN_SHIFT_RIGHT_UNSIGNED;
    default:
        return token;
    }
}

static Bound *bind_event_assignment(Binder *binder, Bound *target, Node *node)
{
    Event *event = target->binder_data;
    Type *owner = target->binder_data2;
    Bound *value = bind_value(binder, node->b);
    if (value->kind == BOUND_UNBOUND_LAMBDA)
        value->span = node->span;
    value = convert_implicit(binder, value, target->type, node->span);
    if (is_bad(value))
        return value;
    Method *accessor = node->token == TOKEN_PLUS_EQUAL ? event->adder : event->remover;
    return make_call(binder, (MethodRef){accessor, owner, NULL}, target->a, &value, 1, node->span);
}

/* The result of `x op y` goes back to x's type (spec 12.21.4: with an explicit conversion when the operator is
 * predefined). */
static Bound *convert_back(Binder *binder, Bound *value, Bound *right, Type *type, Span span)
{
    if (is_bad(value) || classify_conversion(binder, value, type).is_implicit)
        return convert_implicit(binder, value, type, span);
    bool fits = classify_conversion(binder, right, type).is_implicit ||
                (right->type && type_is_integral(right->type) && value->type && type_is_integral(value->type) &&
                 (right->type->special == SPECIAL_INT32));
    Bound *result = fits ? convert_explicit(binder, value, type, span) : convert_implicit(binder, value, type, span);
    return result;
}

static Bound *finish_compound(Binder *binder, Bound *stable, Bound *value, BoundList *effects, LocalList *locals,
                              Span span)
{
    Bound *assigned = assign_to(binder, stable, value, span, true);
    if (is_bad(assigned))
        return assigned;
    return make_sequence(binder, locals, effects, assigned, span);
}

static Bound *bind_compound(Binder *binder, Node *node)
{
    Bound *target = bind_expression(binder, node->a);
    if (is_bad(target)) {
        bind_value(binder, node->b);
        return target;
    }
    if (target->kind == BOUND_EVENT && (node->token == TOKEN_PLUS_EQUAL || node->token == TOKEN_MINUS_EQUAL))
        return bind_event_assignment(binder, target, node);
    if (target->kind != BOUND_PROPERTY && !is_lvalue(target)) {
        ERROR_AT(binder, node->a->span, ERROR_NOT_A_VARIABLE);
        return bad(binder, node->span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *stable = stabilize(binder, target, &effects, &locals);
    Bound *old = to_rvalue(binder, stable);
    Bound *right = bind_value(binder, node->b);
    if (is_bad(old) || is_bad(right))
        return bad(binder, node->span);
    if (target->type->kind == TYPE_DELEGATE && (node->token == TOKEN_PLUS_EQUAL || node->token == TOKEN_MINUS_EQUAL)) {
        right = convert_implicit(binder, right, target->type, node->b->span);
        if (is_bad(right))
            return right;
    }
    Bound *value = bind_binary_of(binder, plain_token((TokenKind)node->token), old, right, node, node->span);
    value = convert_back(binder, value, right, target->type, node->span);
    if (is_bad(value))
        return value;
    return finish_compound(binder, stable, value, &effects, &locals, node->span);
}

/* x ??= value where x is a T? and the value a T: the result is a T. */
static Bound *coalesce_into_value(Binder *binder, Bound *stable, Bound *old, Bound *value, BoundList *effects,
                                  LocalList *locals, Span span)
{
    if (is_bad(value))
        return value;
    Bound *temp = make_temp(binder, old, effects, locals);
    Bound *choice = bound_new(binder->world, BOUND_CONDITIONAL, value->type, span);
    choice->a = nullable_has_value(binder, temp, span);
    choice->b = nullable_value(binder, temp, span);
    BoundList inner_effects = {0};
    LocalList inner_locals = {0};
    Bound *kept = make_temp(binder, value, &inner_effects, &inner_locals);
    Bound *assigned = assign_to(binder, stable, nullable_wrap(binder, kept, stable->type, span), span, false);
    if (is_bad(assigned))
        return assigned;
    list_add(binder, &inner_effects, assigned);
    choice->c = make_sequence(binder, &inner_locals, &inner_effects, kept, span);
    return make_sequence(binder, locals, effects, choice, span);
}

static Bound *bind_coalesce_assignment(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *target = bind_expression(binder, node->a);
    if (is_bad(target))
        return target;
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *stable = stabilize(binder, target, &effects, &locals);
    Bound *old = to_rvalue(binder, stable);
    if (is_bad(old))
        return old;
    if (type_is_value(old->type) && !type_is_nullable(old->type)) {
        ERROR_AT(binder, node->span, ERROR_BINARY_OPERATOR, "?\?=", type_text(world, old->type),
                 bound_type_text(binder, bind_value(binder, node->b)));
        return bad(binder, node->span);
    }
    Bound *value = bind_value(binder, node->b);
    Type *inner = type_nullable_underlying(target->type);
    if (inner != target->type && !is_bad(value) && value->type && value->type->kind != TYPE_NULL &&
        classify_conversion(binder, value, inner).is_implicit)
        return coalesce_into_value(binder, stable, old, convert_implicit(binder, value, inner, node->b->span), &effects,
                                   &locals, node->span);
    bool fits = is_bad(value) || classify_conversion(binder, value, target->type).is_implicit ||
                value->kind == BOUND_UNBOUND_LAMBDA;
    if (!fits) {
        ERROR_AT(binder, node->span, ERROR_BINARY_OPERATOR, "?\?=", type_text(world, old->type),
                 bound_type_text(binder, value));
        return bad(binder, node->span);
    }
    value = convert_implicit(binder, value, target->type, node->b->span);
    if (is_bad(value))
        return value;
    Bound *temp = make_temp(binder, old, &effects, &locals);
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, target->type, node->span);
    choice->a = null_check(binder, temp, node->span);
    choice->b = temp;
    choice->c = assign_to(binder, stable, value, node->span, true);
    if (is_bad(choice->c))
        return choice->c;
    return make_sequence(binder, &locals, &effects, choice, node->span);
}

static bool is_deconstruction_target(Node *node)
{
    return node->kind == NODE_TUPLE ||
           (node->kind == NODE_DECLARATION_EXPRESSION && node->b && node->b->kind == NODE_PARENTHESIZED_DESIGNATION);
}

static bool is_discard(Binder *binder, Node *node)
{
    Function *function = NULL;
    if (node->kind != NODE_NAME || !node->name || strcmp(node->name->text, "_") != 0)
        return false;
    return !lookup_local(binder, node->name, &function) && !function;
}

/* Whether the name is a range variable of a query, which nobody may change; reported if so. */
static bool refuse_range_variable(Binder *binder, Node *node)
{
    Function *function = NULL;
    Local *local = node->kind == NODE_NAME && node->name ? lookup_local(binder, node->name, &function) : NULL;
    if (!local || !(local->is_range || local->stands_for))
        return false;
    ERROR_AT(binder, node->span, ERROR_RANGE_VARIABLE_ASSIGNED, node->name->text);
    return true;
}

Bound *bind_assignment(Binder *binder, Node *node)
{
    if (refuse_range_variable(binder, node->a))
        return bad(binder, node->span);
    if (node->token == TOKEN_QUESTION_QUESTION_EQUAL)
        return bind_coalesce_assignment(binder, node);
    if (node->token != TOKEN_EQUAL)
        return bind_compound(binder, node);
    if (is_deconstruction_target(node->a))
        return bind_deconstruction(binder, node->a, bind_value(binder, node->b), node->span);
    if (is_discard(binder, node->a)) {
        Bound *value = bind_typed(binder, node->b);
        if (!is_bad(value) && type_is_void(value->type)) {
            ERROR_AT(binder, node->a->span, ERROR_VAR_NULL, "void");
            return bad(binder, node->span);
        }
        return value;
    }
    Bound *target = bind_expression(binder, node->a);
    if (node->b->kind == NODE_REF_EXPRESSION) {
        Bound *value = bind_expression(binder, node->b);
        if (is_bad(target) || is_bad(value))
            return bad(binder, node->span);
        Bound *result = bound_new(binder->world, BOUND_ASSIGN_REF, target->type, node->span);
        result->a = target;
        result->b = value;
        return result;
    }
    if (is_bad(target)) {
        bind_value(binder, node->b);
        return target;
    }
    if (target->kind == BOUND_METHOD_GROUP) {
        ERROR_AT(binder, node->a->span, ERROR_METHOD_GROUP_ASSIGN, ((Name)target->binder_data2)->text);
        return bad(binder, node->span);
    }
    if (target->kind == BOUND_TYPE_EXPRESSION || !target->type || target->type->kind == TYPE_UNTYPED) {
        if (target->kind == BOUND_TYPE_EXPRESSION)
            ERROR_AT(binder, node->a->span, ERROR_NAMESPACE_AS_VALUE, type_text(binder->world, target->type_operand),
                     "type", "variable");
        else
            to_rvalue(binder, target);
        if (target->kind != BOUND_TYPE_EXPRESSION)
            ERROR_AT(binder, node->a->span, ERROR_NOT_A_VARIABLE);
        return bad(binder, node->span);
    }
    if (!is_lvalue(target) && target->kind != BOUND_PROPERTY && target->kind != BOUND_EVENT) {
        assign_to(binder, target, make_null(binder, target->type, node->b->span), node->span, false); /* says why not */
        bind_value(binder, node->b);
        return bad(binder, node->span);
    }
    if (target->kind == BOUND_PROPERTY && !may_assign_property(binder, target)) {
        bind_value(binder, node->b);
        return make_setter_call(binder, target, bad(binder, node->b->span), node->span); /* says why not */
    }
    Bound *value = bind_converted(binder, node->b, target->type);
    if (is_bad(value)) {
        Bound *broken = bad(binder, node->span);
        broken->a = target; /* for flow analysis it is assigned all the same */
        return broken;
    }
    return assign_to(binder, target, value, node->span, true);
}

static Bound *step_of(Binder *binder, Bound *old, bool is_increment, Span span)
{
    World *world = binder->world;
    Type *type = type_nullable_underlying(old->type);
    Constant one = {.kind = CONSTANT_INTEGER, .integer = 1};
    Bound *right = make_constant(binder, one, world->int_type, span);
    if (type->kind == TYPE_ENUM || type_is_numeric(type)) {
        Bound *value = bind_binary_of(binder, is_increment ? TOKEN_PLUS : TOKEN_MINUS, old, right, NULL, span);
        return convert_back(binder, value, right, old->type, span);
    }
    return user_unary(binder, is_increment ? "op_Increment" : "op_Decrement", old, span);
}

Bound *bind_increment(Binder *binder, Node *node, bool is_prefix)
{
    if (refuse_range_variable(binder, node->a))
        return bad(binder, node->span);
    Bound *target = bind_expression(binder, node->a);
    if (is_bad(target))
        return target;
    if (target->kind != BOUND_PROPERTY && !is_lvalue(target)) {
        ERROR_AT(binder, node->a->span, ERROR_INCREMENT_NEEDS_VARIABLE);
        return bad(binder, node->span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *stable = stabilize(binder, target, &effects, &locals);
    Bound *old = to_rvalue(binder, stable);
    if (is_bad(old))
        return old;
    if (is_prefix) {
        Bound *value = step_of(binder, old, node->token == TOKEN_PLUS_PLUS, node->span);
        if (value)
            return is_bad(value) ? value : finish_compound(binder, stable, value, &effects, &locals, node->span);
    } else {
        Bound *temp = make_temp(binder, old, &effects, &locals);
        Bound *value = step_of(binder, temp, node->token == TOKEN_PLUS_PLUS, node->span);
        if (value) {
            if (is_bad(value))
                return value;
            Bound *assigned = assign_to(binder, stable, value, node->span, false);
            if (is_bad(assigned))
                return assigned;
            list_add(binder, &effects, assigned);
            return make_sequence(binder, &locals, &effects, temp, node->span);
        }
    }
    ERROR_AT(binder, node->span, ERROR_UNARY_OPERATOR, token_text((TokenKind)node->token),
             type_text(binder->world, target->type));
    return bad(binder, node->span);
}

/* --- a ?? b
 * ------------------------------------------------------------------------------------------------------------------------------------
 */

Bound *bind_coalesce(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *left = bind_typed(binder, node->a);
    Bound *right = bind_value(binder, node->b);
    if (is_bad(left) || is_bad(right))
        return bad(binder, node->span);
    if (left->type->kind == TYPE_NULL) {
        Type *type = natural_type(binder, right);
        return type ? convert_implicit(binder, right, type, node->span) : right;
    }
    if (type_is_value(left->type) && !type_is_nullable(left->type)) {
        ERROR_AT(binder, node->span, ERROR_BINARY_OPERATOR, "??", type_text(world, left->type),
                 bound_type_text(binder, right));
        return bad(binder, node->span);
    }
    Type *inner = type_nullable_underlying(left->type);
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, left, &effects, &locals);
    Bound *choice = bound_new(world, BOUND_CONDITIONAL, left->type, node->span);
    choice->a = null_check(binder, temp, node->span);
    if (type_is_nullable(left->type) && classify_conversion(binder, right, inner).is_implicit) {
        choice->type = inner;
        choice->b = nullable_value(binder, temp, node->span);
        choice->c = convert_implicit(binder, right, inner, node->b->span);
    } else if (classify_conversion(binder, right, left->type).is_implicit) {
        choice->b = temp;
        choice->c = convert_implicit(binder, right, left->type, node->b->span);
    } else {
        Type *type = natural_type(binder, right);
        Bound *value = type_is_nullable(left->type) ? nullable_value(binder, temp, node->span) : temp;
        if (!type || !classify_conversion(binder, value, type).is_implicit) {
            ERROR_AT(binder, node->span, ERROR_BINARY_OPERATOR, "??", type_text(world, left->type),
                     bound_type_text(binder, right));
            return bad(binder, node->span);
        }
        choice->type = type;
        choice->b = convert_implicit(binder, value, type, node->span);
        choice->c = convert_implicit(binder, right, type, node->span);
    }
    return make_sequence(binder, &locals, &effects, choice, node->span);
}
