/* Methods the compiler knows: constants per instantiation, single instructions. */
#include "lang/compile_internal.h"

#include <string.h>

bool uses_intrinsics(const Compiler *c)
{
    return c->loader->inlining && c->loader->intrinsics;
}

bool is_library_method(const MethodRef *ref, const char *type, const char *name)
{
    const TypeDefinition *owner = ref->method->owner;
    return owner->is_library && strcmp(ref->method->name->text, name) == 0 && strcmp(owner->name->text, type) == 0;
}

/* The slot of an event's argument; SLOT_NONE for null and 0. */
static Slot event_operand(Compiler *c, Value *value)
{
    if (value->kind == VALUE_CONSTANT && value->bits == 0)
        return SLOT_NONE;
    return slot_of(c, value);
}

static void unwrap(Bound **node)
{
    while ((*node)->kind == BOUND_CONVERT &&
           ((*node)->conversion == CONVERSION_REFERENCE || (*node)->conversion == CONVERSION_NULL ||
            (*node)->conversion == CONVERSION_IDENTITY))
        *node = (*node)->a;
}

/* A watched event of a struct's member says where that struct is. */
static Value emit_place(Compiler *c)
{
    Variable this_variable = c->body->this_variable;
    Type *owner = c->body->ref.owner;
    const Method *method = c->body->ref.method;
    if (method->is_static && method->parameter_count && method->parameters[0].ref_kind == REF_IN)
        this_variable = variable_of_local(c, c->body->function->parameters[0]);
    else if (method->is_static || load_is_reference(owner))
        return value_none();
    Type *type = method->is_static ? closed(c, method->parameters[0].type) : owner;
    if (this_variable.kind == VARIABLE_FRAME) {
        emit(c, OPC_EVENT_PLACE, this_variable.base, 0, 0);
        emit_word(c, load_type(c->loader, type));
        return value_none();
    }
    Value pointer = value_pointer(c, type);
    variable_address(c, &this_variable, pointer.slot);
    emit(c, OPC_EVENT_PLACE, pointer.slot, 1, 0);
    emit_word(c, load_type(c->loader, type));
    return pointer;
}

static void raise_event(Compiler *c, Bound *node, bool is_watched)
{
    int64_t kind;
    Value values[3];
    Bound *arguments[3] = {node->items.at[1], node->items.at[2], node->items.at[3]};
    if (c->loader->events == EVENTS_NONE || (c->loader->events == EVENTS_WATCHED && !is_watched)) {
        for (uint32_t i = 0; i < 4; i++)
            if (!is_simple(c, node->items.at[i]))
                generate_effect(c, node->items.at[i]);
        return;
    }
    if (!constant_value(c, node->items.at[0], &kind)) {
        for (uint32_t i = 0; i < 4; i++)
            generate_to(c, node->items.at[i], (Slot)(RANGE_OUTGOING + 8 * i));
        if (c->outgoing_bytes < 32)
            c->outgoing_bytes = 32;
        emit(c, OPC_EVENT_CALL, RANGE_OUTGOING, 0, 0);
        return;
    }
    for (uint32_t i = 0; i < 3; i++) {
        unwrap(&arguments[i]);
        values[i] = generate(c, arguments[i], NO_SLOT);
        if (i == 2)
            values[i] = convert_number(c, &values[i], c->world->long_type, false, NO_SLOT);
        for (uint32_t j = i + 1; j < 3; j++)
            if (may_write(c, arguments[j], arguments[i]))
                own(c, &values[i]);
    }
    Slot a = event_operand(c, &values[0]), b = event_operand(c, &values[1]), n = event_operand(c, &values[2]);
    Value place = is_watched ? emit_place(c) : value_none();
    mark_line(c, node->span);
    emit(c, OPC_EVENT, a, b, n);
    emit_word(c, (uint64_t)kind | (is_watched ? EVENT_IS_WATCHED : 0));
    release(c, &place);
    for (uint32_t i = 0; i < 3; i++)
        release(c, &values[i]);
}

static Value pointer_argument(Compiler *c, Bound *node, Type *type)
{
    Variable variable = generate_variable(c, node->kind == BOUND_ADDRESS ? node->a : node);
    Value pointer = value_pointer(c, type);
    variable_address(c, &variable, pointer.slot);
    variable_release(c, &variable);
    return pointer;
}

/* A managed pointer moved by a number of elements. */
static Value add_elements(Compiler *c, Bound *node, Type *element)
{
    Value pointer = pointer_argument(c, node->items.at[0], element);
    Value count = generate(c, node->items.at[1], NO_SLOT);
    Value distance = convert_number(c, &count, c->world->long_type, false, NO_SLOT);
    Value scaled = value_temporary(c, c->world->long_type);
    uint32_t size = size_of(c, element);
    Value size_value = value_constant(c, c->world->long_type, size);
    emit(c, OPC_MUL_I8, scaled.slot, slot_of(c, &distance), slot_of(c, &size_value));
    emit(c, OPC_ADD_I8, pointer.slot, pointer.slot, scaled.slot);
    release(c, &distance);
    release(c, &size_value);
    release(c, &scaled);
    return pointer;
}

static bool generate_unsafe(Compiler *c, Bound *node, MethodRef ref, Slot wanted, Value *result)
{
    const char *name = ref.method->name->text;
    if (strcmp(name, "As") == 0 && ref.method->type_parameter_count == 1) {
        *result = generate_now(c, node->items.at[0], wanted);
        result->type = ref.arguments[0];
        return true;
    }
    if (strcmp(name, "As") == 0 || strcmp(name, "AsRef") == 0) {
        *result = pointer_argument(c, node->items.at[0], type_plain(method_ref_return_type(c->world, ref)));
        return true;
    }
    if (strcmp(name, "Add") == 0) {
        *result = add_elements(c, node, ref.arguments[0]);
        return true;
    }
    if (strcmp(name, "StringUnits") == 0 || strcmp(name, "ArrayElements") == 0) {
        Value object = generate(c, node->items.at[0], NO_SLOT);
        *result = value_pointer(c, type_plain(method_ref_return_type(c->world, ref)));
        emit(c, OPC_ADDRESS, result->slot, slot_of(c, &object), name[0] == 'S' ? STRING_UNITS : ARRAY_ELEMENTS);
        release(c, &object);
        return true;
    }
    if (strcmp(name, "SizeOf") == 0) {
        *result = value_constant(c, c->world->int_type, size_of(c, ref.arguments[0]));
        return true;
    }
    if (strcmp(name, "AreSame") == 0 || strcmp(name, "IsAddressGreaterThan") == 0) {
        Value a = pointer_argument(c, node->items.at[0], ref.arguments[0]),
              b = pointer_argument(c, node->items.at[1], ref.arguments[0]);
        *result = value_temporary(c, c->world->bool_type);
        if (name[0] == 'A')
            emit(c, OPC_CEQ_I8, result->slot, a.slot, b.slot);
        else
            emit(c, OPC_CLT_U8, result->slot, b.slot, a.slot);
        release(c, &a);
        release(c, &b);
        return true;
    }
    return false;
}

/* Where the current thread's object has its contexts: the word of `contexts`. */
static uint64_t context_offsets(Compiler *c)
{
    TypeDefinition *definition = world_find_type(c->world, "System.Threading.Thread");
    const RuntimeType *thread = definition ? load_runtime_type(c->loader, definition->self) : NULL;
    uint64_t offsets[2] = {0, 0};
    for (uint32_t i = 0; thread && i < thread->field_count; i++) {
        const RuntimeField *field = &thread->fields[i];
        if (strcmp(field->name, "_executionContext") == 0)
            offsets[0] = field->offset + OBJECT_FIELDS;
        else if (strcmp(field->name, "_synchronizationContext") == 0)
            offsets[1] = field->offset + OBJECT_FIELDS;
    }
    if (!offsets[0] || !offsets[1])
        give_up(c, "context_offsets");
    return offsets[0] | offsets[1] << 32;
}

static void read_contexts(Compiler *c, Bound *node)
{
    Variable context = generate_variable(c, node->items.at[0]->a), sc = generate_variable(c, node->items.at[1]->a);
    if (context.kind != VARIABLE_FRAME || sc.kind != VARIABLE_FRAME)
        give_up(c, "read_contexts");
    emit(c, OPC_CONTEXTS, context.base, sc.base, 0);
    emit_word(c, context_offsets(c));
}

bool generate_special_jump(Compiler *c, Bound *node, uint32_t label, bool sense)
{
    if (!uses_intrinsics(c) || !is_library_method(&node->method, "ThreadContexts", "Kept"))
        return false;
    Value context = generate(c, node->items.at[0], NO_SLOT), sc = generate(c, node->items.at[1], NO_SLOT);
    uint32_t otherwise = sense ? label : label_make(c);
    emit_jump_word(c, OPC_JCONTEXTS, slot_of(c, &context), slot_of(c, &sc), otherwise, context_offsets(c));
    if (!sense) {
        emit_jump(c, OPC_JMP, 0, 0, label);
        label_place(c, otherwise);
    }
    release(c, &context);
    release(c, &sc);
    return true;
}

bool generate_special(Compiler *c, Bound *node, MethodRef ref, Slot wanted, Value *result)
{
    int64_t known;
    const TypeDefinition *owner = ref.method->owner;
    if (!owner->is_library)
        return false;
    *result = value_none();
    if (ref.method->kind == METHOD_CONSTRUCTOR && owner->special == SPECIAL_OBJECT)
        return true; /* the constructor of object does nothing */
    if (owner->special == SPECIAL_TYPE || owner->special == SPECIAL_RUNTIME_HELPERS) {
        if (!constant_value(c, node, &known))
            return false;
        *result = value_constant(c, c->world->bool_type, (uint64_t)known);
        return true;
    }
    if (owner->special == SPECIAL_UNSAFE)
        return generate_unsafe(c, node, ref, wanted, result);
    if (is_library_method(&ref, "Scheduler", "CurrentThreadObject")) {
        *result =
            wanted == NO_SLOT ? value_temporary(c, closed(c, node->type)) : value_in(c, closed(c, node->type), wanted);
        emit(c, OPC_THREAD_OBJECT, result->slot, 0, 0);
        return true;
    }
    if (uses_intrinsics(c) && is_library_method(&ref, "ThreadContexts", "Read")) {
        read_contexts(c, node);
        return true;
    }
    if (is_library_method(&ref, "Protocol", "Raise")) {
        raise_event(c, node, false);
        return true;
    }
    if (is_library_method(&ref, "Protocol", "RaiseWatched")) {
        raise_event(c, node, true);
        return true;
    }
    return false;
}
