/* Strings that are put together: `a + b` and $"..." (C# spec 12.8.3, 12.10.5), lowered as Roslyn for .NET 10 does. */
#include "lang/check_internal.h"

#include <string.h>

/* Roslyn calls String.Concat with separate arguments up to here, with an array beyond. */
enum { MOST_CONCAT_ARGUMENTS = 4, LONGEST_CONSTANT = 1 << 26 };

/* --- constants -------------------------------------------------------------------------------------------------------
 */

static bool is_string_constant(const Bound *value, Constant *constant)
{
    return get_constant(value, constant) && constant->kind == CONSTANT_STRING;
}

static Bound *make_units(Binder *binder, const uint16_t *units, uint32_t count, Span span)
{
    Constant constant = {.kind = CONSTANT_STRING, .unit_count = count, .units = units};
    return make_constant(binder, constant, binder->world->string_type, span);
}

static Bound *join_constants(Binder *binder, const Constant *a, const Constant *b, Span span)
{
    uint32_t count = a->unit_count + b->unit_count; /* each is at most as long as a constant may be */
    if (count > LONGEST_CONSTANT) {
        ERROR_AT(binder, span, ERROR_CONSTANT_TOO_LONG);
        return bad(binder, span);
    }
    uint16_t *units = ARENA_ARRAY(binder->arena, uint16_t, count + 1);
    if (a->unit_count)
        memcpy(units, a->units, a->unit_count * sizeof *units);
    if (b->unit_count)
        memcpy(units + a->unit_count, b->units, b->unit_count * sizeof *units);
    return make_units(binder, units, count, span);
}

/* --- operands of +
 * ----------------------------------------------------------------------------------------------------- */

static Bound *call_to_string(Binder *binder, Bound *value)
{
    return call_named(binder, value, value->type, "ToString", NULL, 0, value->span);
}

static Bound *object_to_string(Binder *binder, Bound *value)
{
    return call_named(binder, value, binder->world->object_type, "ToString", NULL, 0, value->span);
}

/* `value?.ToString()`; type parameters are asked through a constrained call, so that structs are not boxed. */
static Bound *null_safe_to_string(Binder *binder, Bound *value)
{
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, value, &effects, &locals);
    Bound *again = bound_local(binder->world, temp->local, value->span);
    Bound *choice = bound_new(binder->world, BOUND_CONDITIONAL, binder->world->string_type, value->span);
    choice->a = null_check(binder, temp, value->span);
    choice->b = object_to_string(binder, again);
    choice->c = make_null(binder, binder->world->string_type, value->span);
    return make_sequence(binder, &locals, &effects, choice, value->span);
}

/* Roslyn takes a char as a span of itself, without a string, where the whole concatenation fits into one call. */
static const char char_text[] = "OfChar";

static bool is_char_text(const Binder *binder, const Bound *value)
{
    return value->kind == BOUND_CALL && !value->a && value->method.method &&
           value->method.method->owner == binder->world->special[SPECIAL_STRING] &&
           strcmp(value->method.method->name->text, char_text) == 0;
}

/* An operand of string + as a string; NULL: it adds nothing (null). */
Bound *operand_to_string(Binder *binder, Bound *value)
{
    Constant constant;
    World *world = binder->world;
    if (is_bad(value))
        return value;
    if (get_constant(value, &constant)) {
        if (constant.kind == CONSTANT_NULL || (constant.kind == CONSTANT_STRING && !constant.unit_count))
            return NULL;
        if (constant.kind == CONSTANT_CHAR) {
            uint16_t *unit = ARENA_ARRAY(binder->arena, uint16_t, 1);
            unit[0] = (uint16_t)constant.integer;
            return make_units(binder, unit, 1, value->span);
        }
    }
    if (!value->type || value->type->kind == TYPE_UNTYPED) {
        Type *natural = natural_type(binder, value);
        if (!natural)
            return value->kind == BOUND_DEFAULT_LITERAL
                       ? NULL
                       : convert_implicit(binder, value, world->object_type, value->span);
        value = convert_implicit(binder, value, natural, value->span);
    }
    if (value->kind == BOUND_CONVERT && value->conversion == CONVERSION_BOX && !(value->flags & BOUND_EXPLICIT))
        value = value->a;
    if (value->type == world->string_type)
        return value;
    if (value->type->kind == TYPE_NULL)
        return NULL;
    if (type_is_reference(value->type) || value->type->kind == TYPE_INTERFACE || value->type->kind == TYPE_PARAMETER)
        return null_safe_to_string(binder, value);
    if (value->type == type_special(world, SPECIAL_CHAR))
        return call_static(binder, SPECIAL_STRING, char_text, &value, 1, value->span);
    return call_to_string(binder, value);
}

/* --- String.Concat
 * ------------------------------------------------------------------------------------------------------- */

/* A concatenation whose operands may join those around it: our own, or Concat(string, string, ...) written out. */
static bool is_concat_call(Binder *binder, const Bound *value)
{
    if (value->kind != BOUND_CALL || value->a)
        return false;
    const Method *method = value->method.method;
    if (!method || method->owner != binder->world->special[SPECIAL_STRING] || strcmp(method->name->text, "Concat") != 0)
        return false;
    bool all_strings = value->items.count > 1;
    for (uint32_t i = 0; i < method->parameter_count; i++)
        all_strings &= method->parameters[i].type == binder->world->string_type;
    return (value->flags & BOUND_COMPILER_MADE) || all_strings;
}

/* Adds a string; neighbouring constants melt into one. */
static void add_string(Binder *binder, BoundList *list, Bound *value)
{
    Constant last, next;
    if (list->count && is_string_constant(value, &next) && is_string_constant(list->at[list->count - 1], &last)) {
        Span span = {list->at[list->count - 1]->span.start, value->span.end};
        list->at[list->count - 1] = join_constants(binder, &last, &next, span);
        return;
    }
    list_add(binder, list, value);
}

static void add_operand(Binder *binder, BoundList *list, Bound *value);

/* What was written out may have parts that add nothing, or are concatenations again: as deep as they are nested in the
 * source, which the parser bounds. */
static void add_part(Binder *binder, BoundList *list, Bound *value)
{
    if (is_concat_call(binder, value)) {
        add_operand(binder, list, value);
        return;
    }
    Constant constant;
    bool is_nothing = get_constant(value, &constant) &&
                      (constant.kind == CONSTANT_NULL || (constant.kind == CONSTANT_STRING && !constant.unit_count));
    if (!is_nothing)
        add_string(binder, list, value);
}

/* What an inner `a + b` already collected is spliced in: a + b + c is one call. */
static void add_operand(Binder *binder, BoundList *list, Bound *value)
{
    if (is_concat_call(binder, value)) {
        const BoundList *from = &value->items;
        if (from->count == 1 && from->at[0]->kind == BOUND_NEW_ARRAY)
            from = &from->at[0]->items;
        if (!list->count && (value->flags & BOUND_COMPILER_MADE)) { /* gives its list away: long chains stay linear */
            *list = *from;
            return;
        }
        for (uint32_t i = 0; i < from->count; i++)
            add_part(binder, list, from->at[i]);
        return;
    }
    Bound *text = operand_to_string(binder, value);
    if (text)
        add_string(binder, list, text);
}

static Method *find_concat(Binder *binder, uint32_t count, Type *parameter)
{
    World *world = binder->world;
    TypeDefinition *definition = world->special[SPECIAL_STRING];
    Name name = name_of(world->names, "Concat");
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name) {
        if (member->name != name || member->kind != MEMBER_METHOD || member->method->parameter_count != count ||
            member->method->type_parameter_count)
            continue;
        if (type_same(member->method->parameters[0].type, parameter))
            return member->method;
    }
    return NULL;
}

static Bound *call_concat(Binder *binder, BoundList *parts, Span span)
{
    World *world = binder->world;
    bool as_array = parts->count > MOST_CONCAT_ARGUMENTS;
    Type *array = type_make_array(world, world->string_type, 1);
    Method *method = find_concat(binder, as_array ? 1 : parts->count, as_array ? array : world->string_type);
    if (!method)
        return bad(binder, span);
    MethodRef ref = {method, world->string_type, NULL};
    Bound *call;
    if (as_array) {
        for (uint32_t i = 0; i < parts->count; i++)
            if (is_char_text(binder, parts->at[i]))
                parts->at[i] = call_to_string(binder, parts->at[i]->items.at[0]);
        Bound *values = bound_new(world, BOUND_NEW_ARRAY, array, span);
        values->items = *parts;
        call = make_call(binder, ref, NULL, &values, 1, span);
    } else {
        call = make_call(binder, ref, NULL, parts->at, parts->count, span);
    }
    call->flags |= BOUND_COMPILER_MADE;
    return call;
}

static bool is_never_null(Binder *binder, const Bound *value)
{
    Constant constant;
    return is_string_constant(value, &constant) || is_concat_call(binder, value);
}

/* `value ?? ""`: what is left of a concatenation with one operand. */
static Bound *or_empty(Binder *binder, Bound *value, Span span)
{
    if (is_never_null(binder, value))
        return value;
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, value, &effects, &locals);
    Bound *choice = bound_new(binder->world, BOUND_CONDITIONAL, binder->world->string_type, span);
    choice->a = null_check(binder, temp, span);
    choice->b = bound_local(binder->world, temp->local, span);
    choice->c = make_string(binder, "", span);
    return make_sequence(binder, &locals, &effects, choice, span);
}

Bound *string_concat(Binder *binder, Bound **parts, uint32_t count, Span span)
{
    BoundList list = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (is_bad(parts[i]))
            return bad(binder, span);
        add_operand(binder, &list, parts[i]);
    }
    for (uint32_t i = 0; i < list.count; i++)
        if (is_bad(list.at[i]))
            return bad(binder, span);
    if (list.count == 0)
        return make_string(binder, "", span);
    if (list.count == 1) {
        Bound *only = or_empty(binder, list.at[0], span);
        return only->kind == BOUND_CONSTANT ? make_constant(binder, only->constant, only->type, span) : only;
    }
    return call_concat(binder, &list, span);
}

/* A BOUND_BINARY that stands for string + string. */
Bound *concat_of(Binder *binder, Bound *binary, Span span)
{
    Bound *parts[2] = {binary->a, binary->b};
    return string_concat(binder, parts, 2, span);
}

/* --- interpolated strings
 * ---------------------------------------------------------------------------------------------------- */

typedef struct Hole {
    Bound *value;     /* NULL: the part is text */
    Bound *alignment; /* int constant or NULL */
    Name format;
    Constant text;
    Span span;
} Hole;

typedef struct Parts {
    Hole *at;
    uint32_t count;
    uint32_t hole_count;
    uint32_t text_length;
    bool has_await, is_bad;
} Parts;

static uint16_t *units_of_name(Binder *binder, Name name, uint32_t *count)
{
    uint16_t *units = ARENA_ARRAY(binder->arena, uint16_t, name->length + 1);
    uint32_t length = 0;
    const unsigned char *at = (const unsigned char *)name->text, *end = at + name->length;
    while (at < end) {
        uint32_t lead = *at++;
        uint32_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
        uint32_t code = more == 3 ? lead & 7 : more == 2 ? lead & 15 : more == 1 ? lead & 31 : lead;
        for (; more && at < end; more--)
            code = code << 6 | (*at++ & 63);
        if (code >= 0x10000) {
            units[length++] = (uint16_t)(0xD7C0 + (code >> 10));
            units[length++] = (uint16_t)(0xDC00 + (code & 0x3FF));
        } else {
            units[length++] = (uint16_t)code;
        }
    }
    *count = length;
    return units;
}

static Bound *bind_hole_value(Binder *binder, Node *node)
{
    Bound *value = bind_value(binder, node);
    if (is_bad(value))
        return value;
    if (value->type && value->type->kind == TYPE_NULL)
        return make_null(binder, binder->world->string_type, value->span);
    if (value->type && type_is_void(value->type)) {
        ERROR_AT(binder, node->span, ERROR_ARGUMENT, 1, "void", "object?");
        return bad(binder, node->span);
    }
    if (value->type && value->type->kind != TYPE_UNTYPED)
        return value;
    Type *natural = natural_type(binder, value);
    return convert_implicit(binder, value, natural ? natural : binder->world->object_type, node->span);
}

static void bind_hole(Binder *binder, Node *node, Hole *hole, Parts *parts)
{
    hole->value = bind_hole_value(binder, node->a);
    hole->format = node->name;
    parts->is_bad |= is_bad(hole->value);
    parts->has_await |= syntax_contains_await(node->a);
    parts->hole_count++;
    if (!node->b)
        return;
    Constant constant;
    hole->alignment = bind_converted(binder, node->b, binder->world->int_type);
    parts->is_bad |= is_bad(hole->alignment);
    if (!is_bad(hole->alignment) && !get_constant(hole->alignment, &constant)) {
        ERROR_AT(binder, node->b->span, ERROR_CONSTANT_VALUE_EXPECTED);
        parts->is_bad = true;
    }
}

static void bind_parts(Binder *binder, Node *node, Parts *parts)
{
    parts->at = ARENA_ARRAY(binder->arena, Hole, node->items.count + 1);
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *item = node->items.at[i];
        Hole *hole = &parts->at[parts->count];
        hole->span = item->span;
        if (item->kind == NODE_INTERPOLATION) {
            bind_hole(binder, item, hole, parts);
        } else if (item->kind == NODE_LITERAL && item->literal) {
            if (!item->literal->unit_count)
                continue;
            hole->text = (Constant){
                .kind = CONSTANT_STRING, .unit_count = item->literal->unit_count, .units = item->literal->units};
            parts->text_length += item->literal->unit_count;
        } else {
            continue;
        }
        parts->count++;
    }
}

static bool is_plain_string(Binder *binder, const Hole *hole)
{
    return !hole->value || (hole->value->type == binder->world->string_type && !hole->alignment && !hole->format);
}

static bool are_plain_strings(Binder *binder, const Parts *parts, bool *all_constant)
{
    Constant constant;
    *all_constant = true;
    for (uint32_t i = 0; i < parts->count; i++) {
        if (!is_plain_string(binder, &parts->at[i]))
            return *all_constant = false;
        if (parts->at[i].value && !is_string_constant(parts->at[i].value, &constant))
            *all_constant = false;
    }
    return true;
}

static Bound *concat_parts(Binder *binder, const Parts *parts, Span span)
{
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, parts->count + 1);
    for (uint32_t i = 0; i < parts->count; i++)
        values[i] = parts->at[i].value
                        ? parts->at[i].value
                        : make_constant(binder, parts->at[i].text, binder->world->string_type, parts->at[i].span);
    return string_concat(binder, values, parts->count, span);
}

/* --- with a handler
 * ------------------------------------------------------------------------------------------------------------- */

static Bound *format_constant(Binder *binder, const Hole *hole)
{
    if (!hole->format)
        return make_null(binder, binder->world->string_type, hole->span);
    uint32_t count;
    uint16_t *units = units_of_name(binder, hole->format, &count);
    return make_units(binder, units, count, hole->span);
}

/* The AppendFormatted with these parameters; `generic`: of the hole's type, then int and string as wanted. */
static Method *find_append(Binder *binder, bool generic, uint32_t count, bool second_is_int)
{
    World *world = binder->world;
    TypeDefinition *definition = world->special[SPECIAL_INTERPOLATED_STRING_HANDLER];
    Name name = name_of(world->names, "AppendFormatted");
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name) {
        if (member->name != name || member->kind != MEMBER_METHOD)
            continue;
        Method *method = member->method;
        if (method->parameter_count != count || (method->type_parameter_count == 1) != generic)
            continue;
        if (!generic && !type_same(method->parameters[0].type, world->string_type))
            continue;
        if (count >= 2 && (method->parameters[1].type == world->int_type) != second_is_int)
            continue;
        return method;
    }
    return NULL;
}

static Bound *append_hole(Binder *binder, Bound *handler, const Hole *hole)
{
    World *world = binder->world;
    bool is_string = hole->value->type == world->string_type;
    bool has_options = hole->alignment || hole->format;
    Bound *arguments[3] = {hole->value};
    uint32_t count = 1;
    if (is_string && has_options) {
        arguments[count++] = hole->alignment ? hole->alignment : bound_constant_int(world, 0, hole->span);
        arguments[count++] = format_constant(binder, hole);
    } else {
        if (hole->alignment)
            arguments[count++] = hole->alignment;
        if (hole->format)
            arguments[count++] = format_constant(binder, hole);
    }
    Method *method = find_append(binder, !is_string, count, hole->alignment || is_string);
    if (!method)
        return bad(binder, hole->span);
    MethodRef ref = {method, handler->type, NULL};
    if (!is_string) {
        ref.arguments = ARENA_ARRAY(binder->arena, Type *, 1);
        ref.arguments[0] = type_plain(hole->value->type);
    }
    return make_call(binder, ref, handler, arguments, count, hole->span);
}

static Bound *with_handler(Binder *binder, const Parts *parts, Span span)
{
    World *world = binder->world;
    Type *type = type_special(world, SPECIAL_INTERPOLATED_STRING_HANDLER);
    Method *constructor = type_method_named(world, type->definition, ".ctor", 2);
    if (!constructor)
        return bad(binder, span);
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *created = bound_new(world, BOUND_NEW, type, span);
    created->method = (MethodRef){constructor, type, NULL};
    list_add(binder, &created->items, bound_constant_int(world, (int32_t)parts->text_length, span));
    list_add(binder, &created->items, bound_constant_int(world, (int32_t)parts->hole_count, span));
    Local *handler = make_temp(binder, created, &effects, &locals)->local;
    for (uint32_t i = 0; i < parts->count; i++) {
        const Hole *hole = &parts->at[i];
        Bound *receiver = bound_local(world, handler, hole->span);
        Bound *text = hole->value ? NULL : make_constant(binder, hole->text, world->string_type, hole->span);
        list_add(binder, &effects,
                 text ? call_named(binder, receiver, type, "AppendLiteral", &text, 1, hole->span)
                      : append_hole(binder, receiver, hole));
    }
    Bound *value = call_named(binder, bound_local(world, handler, span), type, "ToStringAndClear", NULL, 0, span);
    return make_sequence(binder, &locals, &effects, value, span);
}

/* --- with String.Format: a handler cannot live across an await
 * --------------------------------------------------------------------- */

static void add_units(Binder *binder, uint16_t **units, uint32_t *count, uint32_t *capacity, const uint16_t *more,
                      uint32_t more_count, bool escape)
{
    for (uint32_t i = 0; i < more_count; i++) {
        if (escape && (more[i] == '{' || more[i] == '}'))
            ARENA_PUSH(binder->arena, *units, *count, *capacity, more[i]);
        ARENA_PUSH(binder->arena, *units, *count, *capacity, more[i]);
    }
}

static Bound *composite_format(Binder *binder, const Parts *parts, Span span)
{
    uint16_t *units = NULL;
    uint32_t count = 0, capacity = 0, index = 0;
    for (uint32_t i = 0; i < parts->count; i++) {
        const Hole *hole = &parts->at[i];
        if (!hole->value) {
            add_units(binder, &units, &count, &capacity, hole->text.units, hole->text.unit_count, true);
            continue;
        }
        Constant alignment;
        uint32_t length;
        Name item = name_format(binder->world->names, "{%u", index++);
        if (hole->alignment && get_constant(hole->alignment, &alignment))
            item = name_format(binder->world->names, "%s,%ld", item->text, (long)alignment.integer);
        if (hole->format)
            item = name_format(binder->world->names, "%s:%s", item->text, hole->format->text);
        item = name_format(binder->world->names, "%s}", item->text);
        uint16_t *text = units_of_name(binder, item, &length);
        add_units(binder, &units, &count, &capacity, text, length, false);
    }
    return make_units(binder, units, count, span);
}

static Method *find_format(Binder *binder, uint32_t count)
{
    World *world = binder->world;
    TypeDefinition *definition = world->special[SPECIAL_STRING];
    Name name = name_of(world->names, "Format");
    for (Member *member = type_member(world, definition, name); member; member = member->next_same_name) {
        Method *method = member->kind == MEMBER_METHOD && member->name == name ? member->method : NULL;
        if (!method || method->parameter_count != (count > 3 ? 2 : count + 1) ||
            method->parameters[0].type != world->string_type)
            continue;
        if ((method->parameters[1].type->kind == TYPE_ARRAY) == (count > 3))
            return method;
    }
    return NULL;
}

static Bound *with_format(Binder *binder, const Parts *parts, Span span)
{
    World *world = binder->world;
    BoundList values = {0};
    list_add(binder, &values, composite_format(binder, parts, span));
    for (uint32_t i = 0; i < parts->count; i++)
        if (parts->at[i].value)
            list_add(binder, &values,
                     convert_implicit(binder, parts->at[i].value, world->object_type, parts->at[i].span));
    Method *method = find_format(binder, parts->hole_count);
    if (!method)
        return bad(binder, span);
    MethodRef ref = {method, world->string_type, NULL};
    if (parts->hole_count <= 3)
        return make_call(binder, ref, NULL, values.at, values.count, span);
    Bound *array = bound_new(world, BOUND_NEW_ARRAY, type_make_array(world, world->object_type, 1), span);
    for (uint32_t i = 1; i < values.count; i++)
        list_add(binder, &array->items, values.at[i]);
    Bound *arguments[2] = {values.at[0], array};
    return make_call(binder, ref, NULL, arguments, 2, span);
}

Bound *bind_interpolated(Binder *binder, Node *node)
{
    Parts parts = {0};
    bool all_constant;
    bind_parts(binder, node, &parts);
    if (parts.is_bad)
        return bad(binder, node->span);
    bool plain = are_plain_strings(binder, &parts, &all_constant);
    if (plain && (all_constant || parts.count <= MOST_CONCAT_ARGUMENTS))
        return concat_parts(binder, &parts, node->span);
    return parts.has_await ? with_format(binder, &parts, node->span) : with_handler(binder, &parts, node->span);
}
