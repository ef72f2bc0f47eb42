/* Spans and ref structs: stackalloc, collection expressions that become spans, and what may not be done with values
 * that live on the stack (C# spec 16.2.3, 16.4.15).
 *
 * Memory of a frame is an array that is not counted as allocated: a managed pointer keeps it alive, and only a span can
 * reach it. */
#include "lang/check_internal.h"

#include <string.h>

bool is_span(const Type *type)
{
    return type->special == SPECIAL_SPAN_T || type->special == SPECIAL_READONLY_SPAN_T;
}

bool type_is_ref_like(const Type *type)
{
    return type->kind == TYPE_STRUCT && type->definition && type->definition->is_ref_struct;
}

void report_stack_capture(Binder *binder, const Local *local, Span span)
{
    DiagnosticCode code = local->kind == LOCAL_PARAMETER
                              ? (local->ref_kind != REF_NONE ? ERROR_REF_IN_LAMBDA : ERROR_REF_STRUCT_IN_LAMBDA)
                              : ERROR_REF_LOCAL_IN_LAMBDA;
    const Method *method = local->function ? local->function->method : NULL;
    if (method && method->submission &&
        local->kind == LOCAL_PARAMETER) /* by reference only because its code is interrupted */
        code = ERROR_PLACE_IN_LAMBDA;
    ERROR_AT(binder, span, code, local->name ? local->name->text : "?");
}

void check_async_local(Binder *binder, const Type *type, Span span)
{
    if (type_is_ref_like(type) && binder->function && binder->function->is_async && !binder->trial)
        ERROR_AT(binder, span, ERROR_ASYNC_SPAN);
}

/* --- what may leave the frame ----------------------------------------------------------------------------------------
 */

bool is_bound_to_frame(const Bound *value, const Bound **culprit)
{
    if (!value || !value->type || !type_is_ref_like(value->type))
        return false;
    if (value->flags & BOUND_FRAME || (value->kind == BOUND_LOCAL && value->local->is_frame_bound)) {
        if (culprit)
            *culprit = value;
        return true;
    }
    if (value->kind == BOUND_SEQUENCE || value->kind == BOUND_CONVERT)
        return is_bound_to_frame(value->a, culprit);
    if (value->kind == BOUND_CONDITIONAL)
        return is_bound_to_frame(value->b, culprit) || is_bound_to_frame(value->c, culprit);
    if (value->kind != BOUND_CALL && value->kind != BOUND_NEW)
        return false;
    if (is_bound_to_frame(value->a, culprit))
        return true;
    for (uint32_t i = 0; i < value->items.count; i++)
        if (is_bound_to_frame(value->items.at[i], culprit))
            return true;
    return false;
}

void check_frame_escape(Binder *binder, Bound *value)
{
    const Bound *culprit = NULL;
    if (binder->trial || !is_bound_to_frame(value, &culprit) || !culprit)
        return;
    if (culprit->kind == BOUND_LOCAL)
        ERROR_AT(binder, culprit->span, ERROR_FRAME_ESCAPES, culprit->local->name ? culprit->local->name->text : "?");
    else
        ERROR_AT(binder, culprit->span, ERROR_STACKALLOC_ESCAPES, type_text(binder->world, culprit->type));
}

/* --- stackalloc
 * ------------------------------------------------------------------------------------------------------- */

static Bound *helper_call(Binder *binder, SpecialType owner, const char *name, Type *argument, Bound *value, Span span)
{
    World *world = binder->world;
    TypeDefinition *definition = world->special[owner];
    Method *method = type_method_named(world, definition, name, 1);
    if (!method)
        return bad(binder, span);
    Type **types = ARENA_ARRAY(binder->arena, Type *, 1);
    types[0] = argument;
    return make_call(binder, (MethodRef){method, definition->self, types}, NULL, &value, 1, span);
}

/* Whether a value of the type holds no reference anywhere; type parameters count as if they might not. */
static bool is_unmanaged(World *world, const Type *type)
{
    if (type->kind == TYPE_ENUM)
        return true;
    if (type->kind == TYPE_PARAMETER)
        return type->parameter->must_be_struct;
    if (type->kind != TYPE_STRUCT)
        return false;
    if (type->special != SPECIAL_NONE && type->special <= SPECIAL_DECIMAL)
        return true;
    type_complete(world, type->definition);
    Substitution substitution = type_substitution((Type *)(uintptr_t)type);
    for (uint32_t i = 0; i < type->definition->field_count; i++) {
        const Field *field = type->definition->fields[i];
        if (!field->is_static &&
            (field->ref_kind != REF_NONE || !is_unmanaged(world, type_substitute(world, field->type, &substitution))))
            return false;
    }
    return true;
}

static Bound *new_span(Binder *binder, Type *span_type, Bound *array, Span span)
{
    ArgumentInfo argument = {.value = array};
    return bind_new(binder, span_type, &argument, 1, NULL, span);
}

static Bound *span_of_values(Binder *binder, Type *span_type, Bound **values, uint32_t count, Span span)
{
    World *world = binder->world;
    Type *element = span_type->arguments[0];
    if (!count)
        return make_default(binder, span_type, span);
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *made = helper_call(binder, SPECIAL_RUNTIME_HELPERS, "AllocateUncountedArray", element,
                              bound_constant_int(world, (int32_t)count, span), span);
    if (is_bad(made))
        return made;
    Bound *array = make_temp(binder, made, &effects, &locals);
    for (uint32_t i = 0; i < count; i++) {
        Bound *at = bound_new(world, BOUND_ELEMENT, element, span);
        at->a = array;
        at->b = bound_constant_int(world, (int32_t)i, span);
        list_add(binder, &effects, make_assign(binder, at, values[i], values[i]->span));
    }
    Bound *result = new_span(binder, span_type, array, span);
    return is_bad(result) ? result : make_sequence(binder, &locals, &effects, result, span);
}

Bound *span_of_items(Binder *binder, Type *span_type, NodeList *items, Span span)
{
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, items->count + 1);
    bool good = true;
    for (uint32_t i = 0; i < items->count; i++) {
        values[i] = bind_converted(binder, items->at[i], span_type->arguments[0]);
        good &= !is_bad(values[i]);
    }
    return good ? span_of_values(binder, span_type, values, items->count, span) : bad(binder, span);
}

static Bound *in_frame(Bound *span)
{
    span->flags |= BOUND_FRAME;
    return span;
}

/* --- "text"u8
 * ---------------------------------------------------------------------------------------------------------- */

static uint32_t code_point_at(const Literal *literal, uint32_t *at)
{
    uint32_t unit = literal->units[(*at)++];
    bool is_pair = unit >= 0xd800 && unit < 0xdc00 && *at < literal->unit_count && literal->units[*at] >= 0xdc00 &&
                   literal->units[*at] < 0xe000;
    return is_pair ? 0x10000 + ((unit - 0xd800) << 10) + (literal->units[(*at)++] - 0xdc00u) : unit;
}

static uint32_t utf8_of(uint32_t point, uint8_t bytes[4])
{
    if (point < 0x80) {
        bytes[0] = (uint8_t)point;
        return 1;
    }
    uint32_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (uint32_t i = count; i-- > 1; point >>= 6)
        bytes[i] = (uint8_t)(0x80 | (point & 0x3f));
    bytes[0] = (uint8_t)((0xf00 >> count & 0xf0) | point);
    return count;
}

Bound *utf8_span(Binder *binder, const Literal *literal, Span span)
{
    Type *byte_type = type_special(binder->world, SPECIAL_BYTE);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, literal->unit_count * 3 + 1);
    uint32_t count = 0;
    for (uint32_t at = 0; at < literal->unit_count;) {
        uint8_t bytes[4];
        uint32_t length = utf8_of(code_point_at(literal, &at), bytes);
        for (uint32_t i = 0; i < length; i++) {
            Constant constant = {.kind = CONSTANT_INTEGER, .integer = bytes[i]};
            values[count++] = make_constant(binder, constant, byte_type, span);
        }
    }
    return span_of_values(binder, type_special_of(binder->world, SPECIAL_READONLY_SPAN_T, byte_type), values, count,
                          span);
}

/* The element type of stackalloc[] { ... }. */
static Type *common_element(Binder *binder, Node *node)
{
    NodeList *items = &node->b->items;
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, items->count + 1);
    for (uint32_t i = 0; i < items->count; i++) {
        values[i] = bind_value(binder, items->at[i]);
        if (is_bad(values[i]))
            return NULL;
    }
    Type *element = best_common_type(binder, values, items->count);
    if (!element || element->kind == TYPE_NULL) {
        ERROR_AT(binder, node->span, ERROR_NO_BEST_ARRAY_TYPE);
        return NULL;
    }
    return element;
}

Bound *bind_stackalloc(Binder *binder, Node *node)
{
    World *world = binder->world;
    Type *element = node->a ? bind_type(world, &binder->types, node->a) : common_element(binder, node);
    if (!element || element->kind == TYPE_ERROR)
        return bad(binder, node->span);
    if (!is_unmanaged(world, element)) {
        ERROR_AT(binder, node->a ? node->a->span : node->span, ERROR_MANAGED_TYPE, type_text(world, element));
        return bad(binder, node->span);
    }
    Type *span_type = type_special_of(world, SPECIAL_SPAN_T, element);
    Bound *length = node->items.count ? bind_converted(binder, node->items.at[0], world->int_type) : NULL;
    if (length && is_bad(length))
        return length;
    Constant size;
    bool is_constant = length && get_constant(length, &size);
    if (is_constant && size.integer < 0) {
        ERROR_AT(binder, node->items.at[0]->span, ERROR_NEGATIVE_STACKALLOC);
        return bad(binder, node->span);
    }
    if (node->b) {
        if (is_constant && size.integer != (int64_t)node->b->items.count) {
            ERROR_AT(binder, node->b->span, ERROR_ARRAY_LENGTH_MISMATCH, (int)size.integer);
            return bad(binder, node->span);
        }
        return in_frame(span_of_items(binder, span_type, &node->b->items, node->span));
    }
    if (!length) {
        ERROR_AT(binder, node->span, ERROR_ARRAY_SIZE);
        return bad(binder, node->span);
    }
    Bound *array = helper_call(binder, SPECIAL_RUNTIME_HELPERS, "AllocateUncountedArray", element, length, node->span);
    return is_bad(array) ? array : in_frame(new_span(binder, span_type, array, node->span));
}
