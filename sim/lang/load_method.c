/* Closed methods: identity, frame of arguments, names for stack traces, dispatch. */
#include "lang/check_internal.h"
#include "lang/load_internal.h"

#include <string.h>

MethodInfo *load_method_info(Loader *loader, MethodId id)
{
    return loader->methods[id];
}

/* --- identity ------------------------------------------------------------------------------------------------------
 */

MethodRef load_normal_ref(Loader *loader, MethodRef ref)
{
    Method *method = ref.method;
    Type *owner = ref.owner ? type_plain(ref.owner) : method->owner->self;
    while (owner && owner->definition != method->owner)
        owner = type_base(loader->world, owner);
    ref.owner = owner ? owner : method->owner->self;
    if (!method->type_parameter_count) {
        ref.arguments = NULL;
        return ref;
    }
    for (uint32_t i = 0; i < method->type_parameter_count; i++) {
        if (type_plain(ref.arguments[i]) == ref.arguments[i])
            continue;
        Type **plain = ARENA_ARRAY(loader->arena, Type *, method->type_parameter_count);
        for (uint32_t j = 0; j < method->type_parameter_count; j++)
            plain[j] = type_plain(ref.arguments[j]);
        ref.arguments = plain;
        break;
    }
    return ref;
}

bool load_same_ref(MethodRef a, MethodRef b)
{
    if (a.method != b.method || a.owner != b.owner)
        return false;
    for (uint32_t i = 0; i < a.method->type_parameter_count; i++)
        if (a.arguments[i] != b.arguments[i])
            return false;
    return true;
}

/* --- names ---------------------------------------------------------------------------------------------------------
 */

static void add_type_path(Text *text, const TypeDefinition *definition, bool with_arity)
{
    if (definition->containing) {
        add_type_path(text, definition->containing, with_arity);
        text_addc(text, '.');
    } else if (definition->space && definition->space->full_name && definition->space->full_name->length) {
        text_format(text, "%s.", definition->space->full_name->text);
    }
    text_adds(text, definition->name->text);
    uint32_t own = definition->type_parameter_count - definition->own_parameter_start;
    if (with_arity && own)
        text_format(text, "`%u", own);
}

/* "System.String.Concat2": how natives are found, and the plain name of a method. */
static const char *full_name_of(Loader *loader, const Method *method)
{
    Text text;
    text_init(&text, loader->arena);
    add_type_path(&text, method->owner, false);
    text_format(&text, ".%s", method->name->text);
    return text.at;
}

/* Type.Name of an open type, as stack traces show parameters. */
static void add_parameter_type(Text *text, const Type *type)
{
    if (type->kind == TYPE_ARRAY) {
        add_parameter_type(text, type->element);
        text_addc(text, '[');
        for (uint32_t i = 1; i < type->rank; i++)
            text_addc(text, ',');
        text_addc(text, ']');
    } else if (type->kind == TYPE_PARAMETER) {
        text_adds(text, type->parameter->name->text);
    } else if (type->definition) {
        uint32_t own = type->definition->type_parameter_count - type->definition->own_parameter_start;
        text_adds(text, type->definition->name->text);
        if (own)
            text_format(text, "`%u", own);
    }
}

/* The async method or iterator whose state machine has this method: .NET shows that one in traces. */
static const Method *kickoff_of(const Method *method)
{
    const TypeDefinition *machine = method->owner;
    if (!machine->is_compiler_made || !machine->containing || method->kind == METHOD_LAMBDA)
        return method;
    const char *name = machine->name->text, *end = strrchr(name, '>');
    if (name[0] != '<' || !end || end[1] != 'd')
        return method;
    size_t length = (size_t)(end - name) - 1;
    uint32_t ordinal = 0;
    for (const char *digit = end + 4; end[2] == '_' && end[3] == '_' && *digit >= '0' && *digit <= '9'; digit++)
        ordinal = ordinal * 10 + (uint32_t)(*digit - '0');
    const Method *best = NULL;
    for (uint32_t i = 0; i < machine->containing->method_count; i++) {
        const Method *candidate = machine->containing->methods[i];
        if (candidate->name->length == length && memcmp(candidate->name->text, name + 1, length) == 0 &&
            (!best || candidate->index == ordinal))
            best = candidate;
    }
    return best ? best : method;
}

static bool is_iterator(const Method *method)
{
    const TypeDefinition *result = method->return_type ? method->return_type->definition : NULL;
    const char *name = result ? result->name->text : "";
    return strcmp(name, "IEnumerable") == 0 || strcmp(name, "IEnumerator") == 0 ||
           strcmp(name, "IAsyncEnumerable") == 0 || strcmp(name, "IAsyncEnumerator") == 0;
}

/* The method a machine belongs to, when .NET says so: not for lambdas, whose machines lie in a class that the compiler
 * made. */
static const Method *named_kickoff_of(const Method *method)
{
    const TypeDefinition *machine = method->owner;
    bool is_lambda = machine->containing && machine->containing->is_compiler_made;
    return is_lambda ? method : kickoff_of(method);
}

static const char *trace_text_of(Loader *loader, const Method *of)
{
    Text text;
    text_init(&text, loader->arena);
    const Method *method = named_kickoff_of(of);
    add_type_path(&text, method->owner, true);
    text_format(&text, ".%s", method->name->text);
    for (uint32_t i = 0; i < method->type_parameter_count; i++) {
        text_addc(&text, i ? ',' : '[');
        text_adds(&text, method->type_parameters[i]->name->text);
    }
    if (method->type_parameter_count)
        text_addc(&text, ']');
    text_addc(&text, '(');
    for (uint32_t i = 0; i < method->parameter_count && !method->submission;
         i++) { /* of a submission: where it stands */
        const Parameter *parameter = &method->parameters[i];
        if (i)
            text_adds(&text, ", ");
        add_parameter_type(&text, parameter->type);
        if (parameter->ref_kind != REF_NONE)
            text_addc(&text, '&');
        if (parameter->name && parameter->name->length)
            text_format(&text, " %s", parameter->name->text);
    }
    text_addc(&text, ')');
    if (method != of && is_iterator(method))
        text_format(&text, "+%s()", of->name->text);
    return text.at;
}

/* --- attributes ----------------------------------------------------------------------------------------------------
 */

static bool mentions(const Node *node, const char *text)
{
    if (!node)
        return false;
    if (node->name && strcmp(node->name->text, text) == 0)
        return true;
    return mentions(node->a, text) || mentions(node->b, text);
}

static NodeList *attributes_of(const Method *method)
{
    return method->node && method->node->decl ? &method->node->decl->attributes : NULL;
}

bool load_has_impl_option(const Method *method, const char *option)
{
    NodeList *attributes = attributes_of(method);
    Node *attribute = attributes ? find_attribute(attributes, "MethodImpl") : NULL;
    return attribute && attribute->items.count && mentions(attribute->items.at[0], option);
}

bool load_is_watched(const Method *method)
{
    NodeList *attributes = attributes_of(method);
    return attributes && find_attribute(attributes, "Watched");
}

bool load_is_framed(const Method *method)
{
    NodeList *attributes = attributes_of(method);
    return attributes && find_attribute(attributes, "Framed");
}

bool load_is_unframed(const Method *method)
{
    NodeList *attributes = attributes_of(method);
    return attributes && find_attribute(attributes, "Unframed");
}

static bool is_hidden_in_traces(const Method *method)
{
    NodeList *attributes = attributes_of(method);
    return attributes && find_attribute(attributes, "StackTraceHidden");
}

/* --- the argument part of a frame ----------------------------------------------------------------------------------
 */

typedef struct ArgumentMap {
    uint16_t *refs, *byrefs;
    uint32_t ref_count, ref_capacity, byref_count, byref_capacity;
    uint32_t bytes;
} ArgumentMap;

static void add_argument(Loader *loader, ArgumentMap *map, Type *type, bool by_reference)
{
    uint32_t at = map->bytes;
    if (at > UINT16_MAX / 4) /* the compiler refuses such a method: "too many parameters" */
        return;
    uint32_t size = 8;
    if (by_reference) {
        ARENA_PUSH(loader->arena, map->byrefs, map->byref_count, map->byref_capacity, (uint16_t)at);
    } else if (load_is_reference(type)) {
        ARENA_PUSH(loader->arena, map->refs, map->ref_count, map->ref_capacity, (uint16_t)at);
    } else {
        const RuntimeType *runtime = load_runtime_type(loader, type);
        size = runtime->value_size;
        for (uint32_t i = 0; i < runtime->ref_count; i++)
            ARENA_PUSH(loader->arena, map->refs, map->ref_count, map->ref_capacity,
                       (uint16_t)(at + runtime->ref_offsets[i]));
        for (uint32_t i = 0; i < runtime->byref_count; i++)
            ARENA_PUSH(loader->arena, map->byrefs, map->byref_count, map->byref_capacity,
                       (uint16_t)(at + runtime->byref_offsets[i]));
    }
    map->bytes += (size + 7) / 8 * 8;
}

static void map_arguments(Loader *loader, MethodRef ref, RuntimeMethod *method)
{
    ArgumentMap map = {0};
    if (!method->is_static) {
        method->receiver_is_byref = !load_is_reference(ref.owner);
        add_argument(loader, &map, ref.owner, method->receiver_is_byref);
    }
    for (uint32_t i = 0; i < ref.method->parameter_count; i++)
        add_argument(loader, &map, type_plain(method_ref_parameter_type(loader->world, ref, i)),
                     ref.method->parameters[i].ref_kind != REF_NONE);
    method->argument_bytes = map.bytes;
    method->argument_ref_slots = map.refs;
    method->argument_ref_slot_count = map.ref_count;
    method->argument_byref_slots = map.byrefs;
    method->argument_byref_slot_count = map.byref_count;
}

static void describe_result(Loader *loader, MethodRef ref, RuntimeMethod *method)
{
    Type *result = type_plain(method_ref_return_type(loader->world, ref));
    method->returns_ref = ref.method->return_ref != REF_NONE;
    if (method->returns_ref) {
        method->return_shape = SHAPE_BYREF;
        method->return_size = 8;
    } else {
        method->return_shape = load_shape(loader, result);
        method->return_size = 8;
        if (!load_is_reference(result))
            method->return_size = load_runtime_type(loader, result)->value_size;
    }
    if (!load_is_reference(result) || result->runtime_id)
        method->return_type = load_type(loader, result);
}

static void describe_native(Loader *loader, MethodRef ref, RuntimeMethod *method)
{
    Program *program = loader->program;
    method->native = program->find_native ? program->find_native(method->name) : 0;
    method->state = method->native ? METHOD_NATIVE : METHOD_BROKEN;
    if (!method->native)
        method->trouble = arena_format(loader->arena, "%s: there is no such native method", method->name);
    uint32_t owner_count = ref.owner->argument_count, own_count = ref.method->type_parameter_count;
    method->native_type_count = owner_count + own_count;
    method->native_types = ARENA_ARRAY(loader->arena, TypeId, owner_count + own_count + 1);
    for (uint32_t i = 0; i < owner_count; i++)
        method->native_types[i] = load_type(loader, ref.owner->arguments[i]);
    for (uint32_t i = 0; i < own_count; i++)
        method->native_types[owner_count + i] = load_type(loader, ref.arguments[i]);
}

static MethodInfo *new_method(Loader *loader, MethodRef ref)
{
    Program *program = loader->program;
    RuntimeMethod *runtime = ARENA_NEW(program->arena, RuntimeMethod);
    runtime->id = program->method_count;
    ARENA_PUSH(program->arena, program->methods, program->method_count, program->method_capacity, runtime);
    while (loader->method_capacity < program->method_count) {
        uint32_t old = loader->method_capacity;
        MethodInfo **methods = ARENA_ARRAY(loader->arena, MethodInfo *, old ? old * 2 : 512);
        if (old)
            memcpy(methods, loader->methods, old * sizeof *methods);
        loader->methods = methods;
        loader->method_capacity = old ? old * 2 : 512;
    }
    MethodInfo *info = ARENA_NEW(loader->arena, MethodInfo);
    loader->methods[runtime->id] = info;
    info->ref = ref;
    info->runtime = runtime;
    runtime->source = info;
    return info;
}

static MethodId find_instance(Loader *loader, MethodRef ref)
{
    struct MethodInstances *instances = ref.method->instances;
    if (!instances)
        instances = ref.method->instances = ARENA_NEW(loader->arena, struct MethodInstances);
    for (uint32_t i = 0; i < instances->count; i++)
        if (load_same_ref(loader->methods[instances->ids[i]]->ref, ref))
            return instances->ids[i];
    return 0;
}

MethodId load_method(Loader *loader, MethodRef ref)
{
    ref = load_normal_ref(loader, ref);
    MethodId known = find_instance(loader, ref);
    if (known)
        return known;
    Method *method = ref.method;
    MethodInfo *info = new_method(loader, ref);
    RuntimeMethod *runtime = info->runtime;
    struct MethodInstances *instances = method->instances;
    ARENA_PUSH(loader->arena, instances->ids, instances->count, instances->capacity, runtime->id);
    TypeDefinition *owner = method->owner;
    runtime->name = full_name_of(loader, method);
    runtime->trace_text = trace_text_of(loader, method);
    runtime->is_static = method->is_static;
    runtime->is_abstract = method->is_abstract;
    runtime->is_virtual = method->is_virtual || method->is_override || method->is_abstract;
    runtime->is_user = !owner->is_library;
    runtime->is_hidden =
        (owner->is_compiler_made && method->kind != METHOD_LAMBDA && method->kind != METHOD_STATE_MACHINE) ||
        is_hidden_in_traces(method);
    runtime->is_trace_hidden = is_hidden_in_traces(method);
    runtime->is_async_method = named_kickoff_of(method)->is_async;
    runtime->is_class_constructor = method->kind == METHOD_STATIC_CONSTRUCTOR;
    runtime->span = method->span;
    runtime->declaring_type = load_type(loader, ref.owner);
    map_arguments(loader, ref, runtime);
    describe_result(loader, ref, runtime);
    if (method->is_extern)
        describe_native(loader, ref, runtime);
    else if (method->is_abstract)
        runtime->state = METHOD_ABSTRACT;
    else if (method->attribute_intrinsic && owner->is_library && loader->program->find_intrinsic)
        runtime->intrinsic = loader->program->find_intrinsic(runtime->name);
    return runtime->id;
}

/* --- dispatch ------------------------------------------------------------------------------------------------------
 */

/* The construction of `slot`'s interface that the type really implements: itself, or one it can vary to. */
static Type *implemented_interface(Loader *loader, Type *type, Type *wanted)
{
    uint32_t count;
    Type **all = type_interfaces(loader->world, type, &count);
    for (uint32_t i = 0; i < count; i++)
        if (type_same(all[i], wanted))
            return type_plain(all[i]);
    for (uint32_t i = 0; i < count; i++)
        if (all[i]->definition == wanted->definition && load_assignable(loader, all[i], wanted))
            return type_plain(all[i]);
    return wanted;
}

/* Arrays implement the generic list interfaces through the static generic methods of System.SZArrayHelper, which take
 * the array as their first argument and otherwise have the interface method's name and parameters. */
static MethodRef array_method(Loader *loader, MethodRef slot)
{
    MethodRef none = {0};
    if (!loader->array_helper_known) {
        loader->array_helper_known = true;
        loader->array_helper = world_find_type(loader->world, "System.SZArrayHelper");
    }
    if (!loader->array_helper || slot.owner->argument_count != 1)
        return none;
    type_complete(loader->world, loader->array_helper);
    Method *method = type_method_named(loader->world, loader->array_helper, slot.method->name->text,
                                       slot.method->parameter_count + 1);
    if (!method)
        return none;
    return (MethodRef){method, loader->array_helper->self, slot.owner->arguments};
}

MethodRef load_find_method(Loader *loader, Type *type, MethodRef slot)
{
    MethodRef none = {0};
    if (slot.method->owner->kind == TYPE_INTERFACE) {
        if (type->kind == TYPE_ARRAY && slot.owner->argument_count == 1) {
            MethodRef found = array_method(loader, slot);
            if (found.method)
                return found;
        }
        slot.owner = implemented_interface(loader, type, slot.owner);
    }
    bool found = false;
    MethodRef result = method_find_implementation(loader->world, type, slot, &found);
    return found ? load_normal_ref(loader, result) : none;
}

MethodId load_resolve_virtual(Loader *loader, TypeId type, MethodId asked)
{
    MethodRef found = load_find_method(loader, loader->types[type]->type, loader->methods[asked]->ref);
    return found.method ? load_method(loader, found) : 0;
}
