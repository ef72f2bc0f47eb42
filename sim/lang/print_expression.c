/* Lowered expressions as C#. */
#include "lang/print_internal.h"

#include "base/number.h"

#include <string.h>

static uint32_t number_of(Printer *printer, Numbering *numbering, const void *what)
{
    for (uint32_t i = numbering->count; i-- > 0;)
        if (numbering->at[i] == what)
            return i + 1;
    ARENA_PUSH(printer->world->arena, numbering->at, numbering->count, numbering->capacity, what);
    return numbering->count;
}

void print_local(Printer *printer, const Local *local)
{
    if (local->name)
        text_adds(printer->out, local->name->text);
    else
        text_format(printer->out, "t%u", number_of(printer, &printer->locals, local));
}

/* Compiler-made types without the type around them, as in the code itself. */
void print_type(Printer *printer, Type *type)
{
    if (type->kind == TYPE_ARRAY && type->rank == 1) {
        print_type(printer, type->element);
        text_adds(printer->out, "[]");
        return;
    }
    const TypeDefinition *definition = type->definition;
    bool is_named = type->kind == TYPE_CLASS || type->kind == TYPE_STRUCT || type->kind == TYPE_INTERFACE ||
                    type->kind == TYPE_DELEGATE;
    bool is_plain =
        is_named && (definition->is_compiler_made || (!definition->containing && type->special != SPECIAL_NULLABLE &&
                                                      type->argument_count != 0 && !type_is_tuple(type)));
    if (!is_plain) {
        text_adds(printer->out, type_text(printer->world, type));
        return;
    }
    text_adds(printer->out, definition->name->text);
    for (uint32_t i = definition->own_parameter_start; i < type->argument_count; i++) {
        text_adds(printer->out, i == definition->own_parameter_start ? "<" : ", ");
        print_type(printer, type->arguments[i]);
    }
    if (type->argument_count > definition->own_parameter_start)
        text_addc(printer->out, '>');
}

/* --- constants ---------------------------------------------------------------------------------------------------- */

static void print_units(Printer *printer, const uint16_t *units, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addc(printer->out, (char)units[i]);
}

static void print_unit(Printer *printer, uint16_t unit, char quote)
{
    static const char letters[] = "0abtnvfr";
    static const uint16_t values[] = {0, 7, 8, 9, 10, 11, 12, 13};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (values[i] == unit) {
            text_format(printer->out, "\\%c", letters[i]);
            return;
        }
    }
    if (unit == '\\' || unit == (uint16_t)quote)
        text_format(printer->out, "\\%c", (char)unit);
    else if (unit >= 0x20 && unit < 0x7f)
        text_addc(printer->out, (char)unit);
    else
        text_format(printer->out, "\\u%04x", (unsigned)unit);
}

static void print_real(Printer *printer, const Constant *constant)
{
    uint16_t units[64];
    size_t count = constant->kind == CONSTANT_FLOAT
                       ? number_format_single((float)constant->real, NULL, 0, units, 64, NULL)
                       : number_format_double(constant->real, NULL, 0, units, 64, NULL);
    print_units(printer, units, count < 64 ? count : 64);
    if (constant->kind == CONSTANT_FLOAT)
        text_addc(printer->out, 'f');
    else if (count != 0 && !memchr(units, '.', count * sizeof *units))
        text_addc(printer->out, 'd');
}

static void print_decimal(Printer *printer, Decimal value)
{
    uint16_t units[NUMBER_DEFAULT_LENGTH];
    size_t count = decimal_format(value, NULL, 0, units, NUMBER_DEFAULT_LENGTH, NULL);
    print_units(printer, units, count < NUMBER_DEFAULT_LENGTH ? count : NUMBER_DEFAULT_LENGTH);
    text_addc(printer->out, 'm');
}

static void print_integer(Printer *printer, int64_t value, const Type *type)
{
    SpecialType special = type->special;
    bool is_long = special == SPECIAL_INT64 || special == SPECIAL_UINT64;
    if (special == SPECIAL_UINT32 || special == SPECIAL_UINT64)
        text_format(printer->out, "%lluu", (unsigned long long)value);
    else
        text_format(printer->out, "%lld", (long long)value);
    if (is_long)
        text_addc(printer->out, 'L');
}

static bool print_enum_member(Printer *printer, int64_t value, Type *type)
{
    type_complete(printer->world, type->definition);
    for (uint32_t i = 0; i < type->definition->field_count; i++) {
        Field *field = type->definition->fields[i];
        if (field->is_const && field_constant(printer->world, field).integer == value) {
            print_type(printer, type);
            text_format(printer->out, ".%s", field->name->text);
            return true;
        }
    }
    return false;
}

void print_constant(Printer *printer, const Constant *constant, Type *type)
{
    switch ((int)constant->kind) {
    case CONSTANT_BOOL:
        text_adds(printer->out, constant->integer ? "true" : "false");
        break;
    case CONSTANT_CHAR:
        text_addc(printer->out, '\'');
        print_unit(printer, (uint16_t)constant->integer, '\'');
        text_addc(printer->out, '\'');
        break;
    case CONSTANT_INTEGER:
        if (type->kind == TYPE_ENUM && print_enum_member(printer, constant->integer, type))
            break;
        print_integer(printer, constant->integer, type);
        break;
    case CONSTANT_FLOAT:
    case CONSTANT_DOUBLE:
        print_real(printer, constant);
        break;
    case CONSTANT_DECIMAL:
        print_decimal(printer, constant->decimal);
        break;
    case CONSTANT_STRING:
        text_addc(printer->out, '"');
        for (uint32_t i = 0; i < constant->unit_count; i++)
            print_unit(printer, constant->units[i], '"');
        text_addc(printer->out, '"');
        break;
    default:
        text_adds(printer->out, "null");
        break;
    }
}

/* --- operators ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    Binding binding;
} operators[] = {
    [OP_NONE] = {"?", BINDS_PRIMARY},
    [OP_NEGATE] = {"-", BINDS_UNARY},
    [OP_NOT] = {"!", BINDS_UNARY},
    [OP_COMPLEMENT] = {"~", BINDS_UNARY},
    [OP_ADD] = {"+", BINDS_SUM},
    [OP_SUBTRACT] = {"-", BINDS_SUM},
    [OP_MULTIPLY] = {"*", BINDS_PRODUCT},
    [OP_DIVIDE] = {"/", BINDS_PRODUCT},
    [OP_REMAINDER] = {"%", BINDS_PRODUCT},
    [OP_AND] = {"&", BINDS_AND},
    [OP_OR] = {"|", BINDS_OR},
    [OP_XOR] = {"^", BINDS_XOR},
    [OP_SHIFT_LEFT] = {"<<", BINDS_SHIFT},
    [OP_SHIFT_RIGHT] = {">>", BINDS_SHIFT},
    [OP_SHIFT_RIGHT_UNSIGNED] = {">>>", BINDS_SHIFT},
    [OP_EQUAL] = {"==", BINDS_EQUALITY},
    [OP_NOT_EQUAL] = {"!=", BINDS_EQUALITY},
    [OP_LESS] = {"<", BINDS_RELATION},
    [OP_LESS_EQUAL] = {"<=", BINDS_RELATION},
    [OP_GREATER] = {">", BINDS_RELATION},
    [OP_GREATER_EQUAL] = {">=", BINDS_RELATION},
};

static bool is_silent(const Bound *node)
{
    return node->kind == BOUND_CONVERT &&
           (node->conversion == CONVERSION_IDENTITY || node->conversion == CONVERSION_NULL ||
            node->conversion == CONVERSION_REFERENCE);
}

static Binding binding_of(const Bound *node)
{
    switch (node->kind) {
    case BOUND_ASSIGN:
    case BOUND_ASSIGN_REF:
        return BINDS_ASSIGNMENT;
    case BOUND_CONDITIONAL:
    case BOUND_THROW_EXPRESSION:
        return BINDS_CONDITIONAL;
    case BOUND_OR_ELSE:
        return BINDS_OR_ELSE;
    case BOUND_AND_ALSO:
        return BINDS_AND_ALSO;
    case BOUND_IS:
    case BOUND_AS:
        return BINDS_RELATION;
    case BOUND_BINARY:
        return operators[node->op].binding;
    case BOUND_UNARY:
        return BINDS_UNARY;
    case BOUND_ADDRESS:
        return BINDS_LOOSEST;
    case BOUND_CONVERT:
        return is_silent(node) ? binding_of(node->a) : BINDS_UNARY;
    default:
        return BINDS_PRIMARY;
    }
}

static void print_infix(Printer *printer, const Bound *node, const char *text, Binding binding)
{
    print_expression(printer, node->a, binding);
    text_format(printer->out, " %s ", text);
    print_expression(printer, node->b, (Binding)(binding + 1));
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

static const char *ref_text(RefKind kind)
{
    static const char *const texts[] = {"", "ref ", "out ", "in ", "in "};
    return texts[kind];
}

static void print_argument(Printer *printer, const Bound *node, RefKind kind)
{
    if (node->kind == BOUND_ADDRESS) {
        text_adds(printer->out, ref_text(kind));
        node = node->a;
    }
    print_expression(printer, node, BINDS_LOOSEST);
}

static void print_list(Printer *printer, const BoundList *items, const Method *method, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            text_adds(printer->out, ", ");
        print_argument(printer, items->at[i],
                       method && i < method->parameter_count ? method->parameters[i].ref_kind : REF_NONE);
    }
}

static void print_receiver(Printer *printer, const Bound *receiver, Type *owner)
{
    if (receiver)
        print_expression(printer, receiver, BINDS_PRIMARY);
    else
        print_type(printer, owner);
}

/* `receiver.name`. What submissions declare is written as it was typed. */
static void print_member(Printer *printer, const Bound *receiver, Type *owner, const char *name)
{
    bool is_plain = !receiver && owner->definition && owner->definition->submission;
    if (!is_plain) {
        print_receiver(printer, receiver, owner);
        text_addc(printer->out, '.');
    }
    text_adds(printer->out, name);
}

static void print_type_arguments(Printer *printer, const MethodRef *ref)
{
    for (uint32_t i = 0; ref->arguments && i < ref->method->type_parameter_count; i++) {
        text_adds(printer->out, i ? ", " : "<");
        print_type(printer, ref->arguments[i]);
    }
    if (ref->arguments && ref->method->type_parameter_count != 0)
        text_addc(printer->out, '>');
}

/* Getters and setters are written as the properties and indexers that they are. */
static bool print_accessor(Printer *printer, const Bound *node)
{
    const Method *method = node->method.method;
    const char *name = method->name->text;
    bool is_get =
        method->kind == METHOD_GETTER || (method->kind == METHOD_STATE_MACHINE && strncmp(name, "get_", 4) == 0);
    bool is_set = method->kind == METHOD_SETTER;
    if (!is_get && !is_set)
        return false;
    const char *dot = strrchr(name, '.');
    const char *property = (dot ? dot + 1 : name) + 4;
    uint32_t indices = node->items.count - is_set;
    if (indices != 0) {
        print_receiver(printer, node->a, node->method.owner);
        text_addc(printer->out, '[');
        print_list(printer, &node->items, method, indices);
        text_addc(printer->out, ']');
    } else {
        print_member(printer, node->a, node->method.owner, property);
    }
    if (is_set) {
        text_adds(printer->out, " = ");
        print_expression(printer, node->items.at[indices], BINDS_ASSIGNMENT);
    }
    return true;
}

static void print_call(Printer *printer, const Bound *node)
{
    const Method *method = node->method.method;
    if (print_accessor(printer, node))
        return;
    if (method->kind == METHOD_DELEGATE_INVOKE) {
        print_expression(printer, node->a, BINDS_PRIMARY);
    } else {
        print_member(printer, node->a, node->method.owner, method->name->text);
        print_type_arguments(printer, &node->method);
    }
    text_addc(printer->out, '(');
    print_list(printer, &node->items, method, node->items.count);
    text_addc(printer->out, ')');
}

static void print_new_array(Printer *printer, const Bound *node)
{
    text_adds(printer->out, "new ");
    print_type(printer, node->type->element);
    text_addc(printer->out, '[');
    if (node->a)
        print_expression(printer, node->a, BINDS_LOOSEST);
    text_addc(printer->out, ']');
    if (node->a)
        return;
    text_adds(printer->out, node->items.count ? " { " : " { }");
    print_list(printer, &node->items, NULL, node->items.count);
    if (node->items.count)
        text_adds(printer->out, " }");
}

static void print_delegate(Printer *printer, const Bound *node)
{
    text_adds(printer->out, "new ");
    print_type(printer, node->type);
    text_addc(printer->out, '(');
    print_member(printer, node->a, node->method.owner, node->method.method->name->text);
    print_type_arguments(printer, &node->method);
    text_addc(printer->out, ')');
}

/* C# has no such thing: the effects in order, then the value. */
static void print_sequence(Printer *printer, const Bound *node)
{
    text_addc(printer->out, '(');
    for (uint32_t i = 0; i < node->items.count; i++) {
        print_expression(printer, node->items.at[i], BINDS_ASSIGNMENT);
        text_adds(printer->out, ", ");
    }
    if (node->a)
        print_expression(printer, node->a, BINDS_ASSIGNMENT);
    text_addc(printer->out, ')');
}

static void print_wrapped(Printer *printer, const char *before, Type *type)
{
    text_adds(printer->out, before);
    print_type(printer, type);
    text_addc(printer->out, ')');
}

static void print_convert(Printer *printer, const Bound *node)
{
    if (is_silent(node)) {
        print_expression(printer, node->a, BINDS_LOOSEST);
        return;
    }
    print_wrapped(printer, "(", node->type);
    print_expression(printer, node->a, BINDS_UNARY);
}

static void print_plain(Printer *printer, const Bound *node)
{
    switch (node->kind) {
    case BOUND_CONSTANT:
        print_constant(printer, &node->constant, node->type);
        break;
    case BOUND_DEFAULT:
        print_wrapped(printer, "default(", node->type);
        break;
    case BOUND_LOCAL:
        print_local(printer, node->local);
        break;
    case BOUND_THIS:
        text_adds(printer->out, "this");
        break;
    case BOUND_FIELD:
        print_member(printer, node->a, node->field.owner, node->field.field->name->text);
        break;
    case BOUND_ELEMENT:
        print_expression(printer, node->a, BINDS_PRIMARY);
        text_addc(printer->out, '[');
        print_expression(printer, node->b, BINDS_LOOSEST);
        text_addc(printer->out, ']');
        break;
    case BOUND_ARRAY_LENGTH:
        print_expression(printer, node->a, BINDS_PRIMARY);
        text_adds(printer->out, ".Length");
        break;
    case BOUND_TYPEOF:
        print_wrapped(printer, "typeof(", node->type_operand);
        break;
    case BOUND_SIZEOF:
        print_wrapped(printer, "sizeof(", node->type_operand);
        break;
    case BOUND_NEW:
        text_adds(printer->out, "new ");
        print_type(printer, node->type);
        text_addc(printer->out, '(');
        print_list(printer, &node->items, node->method.method, node->items.count);
        text_addc(printer->out, ')');
        break;
    case BOUND_CALL:
        print_call(printer, node);
        break;
    case BOUND_NEW_ARRAY:
        print_new_array(printer, node);
        break;
    case BOUND_NEW_DELEGATE:
        print_delegate(printer, node);
        break;
    case BOUND_SEQUENCE:
        print_sequence(printer, node);
        break;
    default:
        text_format(printer->out, "/* %s */", bound_kind_text((BoundKind)node->kind));
        break;
    }
}

static void print_operation(Printer *printer, const Bound *node)
{
    switch (node->kind) {
    case BOUND_ASSIGN:
        print_expression(printer, node->a, BINDS_UNARY);
        text_adds(printer->out, " = ");
        print_expression(printer, node->b, BINDS_ASSIGNMENT);
        break;
    case BOUND_ASSIGN_REF:
        print_expression(printer, node->a, BINDS_UNARY);
        text_adds(printer->out, " = ref ");
        print_expression(printer, node->b, BINDS_ASSIGNMENT);
        break;
    case BOUND_ADDRESS:
        text_adds(printer->out, "ref ");
        print_expression(printer, node->a, BINDS_LOOSEST);
        break;
    case BOUND_UNARY:
        text_adds(printer->out, operators[node->op].text);
        print_expression(printer, node->a, BINDS_UNARY);
        break;
    case BOUND_BINARY:
        print_infix(printer, node, operators[node->op].text, operators[node->op].binding);
        break;
    case BOUND_AND_ALSO:
        print_infix(printer, node, "&&", BINDS_AND_ALSO);
        break;
    case BOUND_OR_ELSE:
        print_infix(printer, node, "||", BINDS_OR_ELSE);
        break;
    case BOUND_CONDITIONAL:
        print_expression(printer, node->a, BINDS_OR_ELSE);
        text_adds(printer->out, " ? ");
        print_expression(printer, node->b, BINDS_CONDITIONAL);
        text_adds(printer->out, " : ");
        print_expression(printer, node->c, BINDS_CONDITIONAL);
        break;
    case BOUND_IS:
    case BOUND_AS:
        print_expression(printer, node->a, BINDS_RELATION);
        text_adds(printer->out, node->kind == BOUND_IS ? " is " : " as ");
        print_type(printer, node->kind == BOUND_IS ? node->type_operand : node->type);
        break;
    case BOUND_THROW_EXPRESSION:
        text_adds(printer->out, "throw ");
        print_expression(printer, node->a, BINDS_ASSIGNMENT);
        break;
    default:
        print_convert(printer, node);
        break;
    }
}

void print_expression(Printer *printer, const Bound *node, Binding outer)
{
    while (is_silent(node))
        node = node->a;
    Binding binding = binding_of(node);
    bool parentheses = binding < outer && node->kind != BOUND_ADDRESS;
    if (parentheses)
        text_addc(printer->out, '(');
    if (binding == BINDS_PRIMARY)
        print_plain(printer, node);
    else
        print_operation(printer, node);
    if (parentheses)
        text_addc(printer->out, ')');
}
