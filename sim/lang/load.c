/* From closed types to runtime types: layout, names, statics.
 *
 * Types load on first use. A reference type does not load the types of its reference fields (they may never exist at
 * run time); a value type loads the value types it contains, which cannot be cyclic. */
#include "lang/load_internal.h"
#include "lang/submit.h"

#include "code/layout.h"

#include <setjmp.h>
#include <string.h>

enum { DEEPEST_TYPE = 500 };

Loader *loader_new(World *world, Program *program)
{
    Loader *loader = ARENA_NEW(world->arena, Loader);
    loader->world = world;
    loader->program = program;
    loader->arena = world->arena;
    loader->inlining = true;
    loader->events = EVENTS_ALL;
    loader->intrinsics = true;
    loader->name_ctor = name_of(world->names, ".ctor");
    loader->name_cctor = name_of(world->names, ".cctor");
    loader->name_invoke = name_of(world->names, "Invoke");
    program->arena = world->arena;
    if (!program->type_count)
        ARENA_PUSH(program->arena, program->types, program->type_count, program->type_capacity, NULL);
    if (!program->method_count)
        ARENA_PUSH(program->arena, program->methods, program->method_count, program->method_capacity, NULL);
    if (!program->statics_bytes)
        program->statics_bytes = 8;
    if (!program->thread_statics_bytes)
        program->thread_statics_bytes = 8;
    if (!program->init_count)
        program->init_count = 1;
    return loader;
}

void loader_set_options(Loader *loader, bool inlining, EventLevel events)
{
    loader->inlining = inlining;
    loader->events = events;
}

bool loader_has_events(const Loader *loader)
{
    return loader->events == EVENTS_ALL;
}

EventLevel loader_event_level(const Loader *loader)
{
    return loader->events;
}

void loader_set_intrinsics(Loader *loader, bool intrinsics)
{
    loader->intrinsics = intrinsics;
}

TypeInfo *load_type_info(Loader *loader, TypeId id)
{
    return loader->types[id];
}

RuntimeType *load_runtime_type(Loader *loader, Type *type)
{
    TypeId id = load_type(loader, type); /* first: loading may move the table */
    return loader->program->types[id];
}

/* --- shapes --------------------------------------------------------------------------------------------------------
 */

bool load_is_reference(const Type *type)
{
    return type->kind == TYPE_CLASS || type->kind == TYPE_INTERFACE || type->kind == TYPE_DELEGATE ||
           type->kind == TYPE_ARRAY || type->kind == TYPE_NULL || type->kind == TYPE_ERROR ||
           type->kind == TYPE_UNTYPED;
}

static Shape primitive_shape(SpecialType special)
{
    static const uint8_t shapes[] = {
        [SPECIAL_VOID] = SHAPE_VOID,  [SPECIAL_BOOLEAN] = SHAPE_BOOL, [SPECIAL_CHAR] = SHAPE_CHAR,
        [SPECIAL_SBYTE] = SHAPE_I1,   [SPECIAL_BYTE] = SHAPE_U1,      [SPECIAL_INT16] = SHAPE_I2,
        [SPECIAL_UINT16] = SHAPE_U2,  [SPECIAL_INT32] = SHAPE_I4,     [SPECIAL_UINT32] = SHAPE_U4,
        [SPECIAL_INT64] = SHAPE_I8,   [SPECIAL_UINT64] = SHAPE_U8,    [SPECIAL_INTPTR] = SHAPE_I8,
        [SPECIAL_UINTPTR] = SHAPE_U8, [SPECIAL_SINGLE] = SHAPE_R4,    [SPECIAL_DOUBLE] = SHAPE_R8,
    };
    return special != SPECIAL_NONE && special <= SPECIAL_LAST_PRIMITIVE ? (Shape)shapes[special] : SHAPE_STRUCT;
}

Shape load_shape(Loader *loader, Type *type)
{
    if (load_is_reference(type))
        return SHAPE_REF;
    if (type->kind == TYPE_ENUM) {
        type_complete_bases(loader->world, type->definition);
        return type->definition->enum_underlying ? primitive_shape(type->definition->enum_underlying->special)
                                                 : SHAPE_I4;
    }
    return primitive_shape(type->special);
}

static uint32_t shape_size(Shape shape)
{
    static const uint8_t sizes[] = {
        [SHAPE_VOID] = 0, [SHAPE_BOOL] = 1, [SHAPE_CHAR] = 2,  [SHAPE_I1] = 1,     [SHAPE_U1] = 1, [SHAPE_I2] = 2,
        [SHAPE_U2] = 2,   [SHAPE_I4] = 4,   [SHAPE_U4] = 4,    [SHAPE_I8] = 8,     [SHAPE_U8] = 8, [SHAPE_R4] = 4,
        [SHAPE_R8] = 8,   [SHAPE_REF] = 8,  [SHAPE_BYREF] = 8, [SHAPE_STRUCT] = 0,
    };
    return sizes[shape];
}

/* --- fields --------------------------------------------------------------------------------------------------------
 */

static void add_offset(Loader *loader, uint32_t **offsets, uint32_t *count, uint32_t *capacity, uint32_t offset)
{
    ARENA_PUSH(loader->arena, *offsets, *count, *capacity, offset);
}

/* Where the references of a variable of this field's type are, added to `offsets`. */
static void add_field_references(Loader *loader, const RuntimeField *field, uint32_t at, uint32_t **offsets,
                                 uint32_t *count, uint32_t *capacity)
{
    if (field->shape == SHAPE_REF) {
        add_offset(loader, offsets, count, capacity, at);
    } else if (field->shape == SHAPE_STRUCT) {
        const RuntimeType *type = loader->program->types[field->type];
        for (uint32_t i = 0; i < type->ref_count; i++)
            add_offset(loader, offsets, count, capacity, at + type->ref_offsets[i]);
    }
}

/* The same for managed pointers. */
static void add_field_pointers(Loader *loader, const RuntimeField *field, uint32_t at, RuntimeType *of,
                               uint32_t *capacity)
{
    if (field->shape == SHAPE_BYREF) {
        add_offset(loader, &of->byref_offsets, &of->byref_count, capacity, at);
    } else if (field->shape == SHAPE_STRUCT) {
        const RuntimeType *type = loader->program->types[field->type];
        for (uint32_t i = 0; i < type->byref_count; i++)
            add_offset(loader, &of->byref_offsets, &of->byref_count, capacity, at + type->byref_offsets[i]);
    }
}

static RuntimeField describe_field(Loader *loader, TypeInfo *info, Field *field)
{
    Substitution substitution = type_substitution(info->type);
    Type *type = type_plain(type_substitute(loader->world, field->type, &substitution));
    RuntimeField runtime = {0};
    runtime.name = field->name->text;
    runtime.type_name = type_text(loader->world, type);
    runtime.declared_by = info->runtime->id;
    runtime.is_static = field->is_static;
    runtime.is_thread_static = field->is_thread_static;
    runtime.shape = field->ref_kind != REF_NONE ? SHAPE_BYREF : load_shape(loader, type);
    if (runtime.shape == SHAPE_BYREF || load_is_reference(type)) {
        runtime.type = type->runtime_id ? type->runtime_id - 1 : 0;
        runtime.size = 8;
    } else {
        runtime.type = load_type(loader, type);
        runtime.size = loader->program->types[runtime.type]->value_size;
    }
    return runtime;
}

static bool is_stored(const Field *field)
{
    return !field->is_const;
}

static void place_static(Loader *loader, TypeInfo *info, RuntimeField *field)
{
    RuntimeType *type = info->runtime;
    bool thread = field->is_thread_static;
    uint32_t *used = thread ? &loader->program->thread_statics_bytes : &loader->program->statics_bytes;
    uint32_t *start = thread ? &type->thread_statics_offset : &type->statics_offset;
    uint32_t *size = thread ? &type->thread_statics_size : &type->statics_size;
    uint32_t align = field->size >= 8 || field->shape == SHAPE_STRUCT ? 8 : field->size ? field->size : 1;
    uint32_t at = (*used + align - 1) / align * align;
    *used = at + field->size;
    if (!*start)
        *start = at;
    field->offset = at - *start;
    *size = *used - *start;
    uint32_t **offsets = thread ? &type->thread_static_ref_offsets : &type->static_ref_offsets;
    uint32_t *count = thread ? &type->thread_static_ref_count : &type->static_ref_count;
    uint32_t capacity = *count; /* few; grown one by one when lowering adds fields later */
    add_field_references(loader, field, field->offset, offsets, count, &capacity);
}

/* Instance fields of one class or struct, placed; `start` is where the base class ends. */
static void place_instance_fields(Loader *loader, TypeInfo *info, uint32_t start)
{
    TypeDefinition *definition = info->type->definition;
    RuntimeType *type = info->runtime;
    LayoutField *layout = ARENA_ARRAY(loader->arena, LayoutField, definition->field_count + 1);
    RuntimeField **placed = ARENA_ARRAY(loader->arena, RuntimeField *, definition->field_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (field->is_static || !is_stored(field))
            continue;
        info->fields[field->index] = describe_field(loader, info, field);
        RuntimeField *runtime = &info->fields[field->index];
        const RuntimeType *of = runtime->type ? loader->program->types[runtime->type] : NULL;
        layout[count].size = runtime->size;
        layout[count].is_reference = runtime->shape == SHAPE_REF;
        layout[count].is_struct = runtime->shape == SHAPE_STRUCT;
        layout[count].align = layout[count].is_struct ? of->value_align : runtime->size;
        layout[count].has_references = layout[count].is_struct && of->ref_count > 0;
        placed[count++] = runtime;
    }
    LayoutResult result;
    if (type->is_reference)
        result = layout_class(layout, count, start);
    else if (definition->layout == LAYOUT_SEQUENTIAL && !definition->is_compiler_made)
        result = layout_sequential(layout, count);
    else
        result = layout_auto(layout, count);
    for (uint32_t i = 0; i < count; i++)
        placed[i]->offset = layout[i].offset;
    type->field_bytes = result.end;
    if (!type->is_reference) {
        type->value_size = result.size;
        type->value_align = result.align;
    }
}

static void collect_references(Loader *loader, TypeInfo *info, const RuntimeType *base)
{
    RuntimeType *type = info->runtime;
    uint32_t capacity = 0;
    for (uint32_t i = 0; base && i < base->ref_count; i++)
        add_offset(loader, &type->ref_offsets, &type->ref_count, &capacity, base->ref_offsets[i]);
    for (uint32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].name && !info->fields[i].is_static)
            add_field_references(loader, &info->fields[i], info->fields[i].offset, &type->ref_offsets, &type->ref_count,
                                 &capacity);
    capacity = 0;
    for (uint32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].name && !info->fields[i].is_static)
            add_field_pointers(loader, &info->fields[i], info->fields[i].offset, type, &capacity);
}

/* The list that inspectors see: inherited instance fields, own ones, statics. */
static void list_fields(Loader *loader, TypeInfo *info, const RuntimeType *base)
{
    RuntimeType *type = info->runtime;
    uint32_t inherited = 0;
    while (base && inherited < base->field_count && !base->fields[inherited].is_static)
        inherited++;
    type->fields = ARENA_ARRAY(loader->arena, RuntimeField, inherited + info->field_count + 1);
    type->field_count = 0;
    for (uint32_t i = 0; i < inherited; i++)
        type->fields[type->field_count++] = base->fields[i];
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < info->field_count; i++)
            if (info->fields[i].name && info->fields[i].is_static == (pass == 1))
                type->fields[type->field_count++] = info->fields[i];
}

static void place_statics(Loader *loader, TypeInfo *info)
{
    TypeDefinition *definition = info->type->definition;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (!field->is_static || !is_stored(field) || field->index >= info->field_count ||
            info->fields[field->index].name)
            continue;
        info->fields[field->index] = describe_field(loader, info, field);
        place_static(loader, info, &info->fields[field->index]);
    }
}

/* Lowering adds cached delegates and the like to types that may be loaded already. */
static void add_late_fields(Loader *loader, TypeInfo *info)
{
    TypeDefinition *definition = info->type->definition;
    RuntimeField *fields = ARENA_ARRAY(loader->arena, RuntimeField, definition->field_count + 8);
    memcpy(fields, info->fields, info->field_count * sizeof *fields);
    info->fields = fields;
    info->field_count = definition->field_count;
    place_statics(loader, info);
    RuntimeType *parent = info->runtime->parent ? loader->program->types[info->runtime->parent] : NULL;
    list_fields(loader, info, parent);
}

RuntimeField *load_field(Loader *loader, FieldRef ref, TypeId *owner)
{
    Type *type = type_plain(ref.owner ? ref.owner : ref.field->owner->self);
    while (type && type->definition != ref.field->owner)
        type = type_base(loader->world, type);
    if (!type)
        type = ref.field->owner->self;
    *owner = load_type(loader, type);
    TypeInfo *info = loader->types[*owner];
    if (ref.field->index >= info->field_count || !info->fields[ref.field->index].name)
        add_late_fields(loader, info);
    return &info->fields[ref.field->index];
}

/* --- types ---------------------------------------------------------------------------------------------------------
 */

static TypeCategory category_of(const Type *type)
{
    switch ((int)type->kind) {
    case TYPE_STRUCT:
        return CATEGORY_STRUCT;
    case TYPE_ENUM:
        return CATEGORY_ENUM;
    case TYPE_INTERFACE:
        return CATEGORY_INTERFACE;
    case TYPE_DELEGATE:
        return CATEGORY_DELEGATE;
    case TYPE_ARRAY:
        return CATEGORY_ARRAY;
    default:
        return type->special == SPECIAL_STRING ? CATEGORY_STRING : CATEGORY_CLASS;
    }
}

static const char *short_name_of(Loader *loader, Type *type)
{
    if (type->kind == TYPE_ARRAY) {
        Text text;
        text_init(&text, loader->arena);
        text_adds(&text, short_name_of(loader, type->element));
        text_addc(&text, '[');
        for (uint32_t i = 1; i < type->rank; i++)
            text_addc(&text, ',');
        text_addc(&text, ']');
        return text.at;
    }
    TypeDefinition *definition = type->definition;
    if (!definition)
        return "Object";
    uint32_t own = definition->type_parameter_count - definition->own_parameter_start;
    return own ? arena_format(loader->arena, "%s`%u", definition->name->text, own) : definition->name->text;
}

static TypeInfo *new_type(Loader *loader, Type *type)
{
    Program *program = loader->program;
    RuntimeType *runtime = ARENA_NEW(program->arena, RuntimeType);
    runtime->id = program->type_count;
    ARENA_PUSH(program->arena, program->types, program->type_count, program->type_capacity, runtime);
    while (loader->type_capacity < program->type_count) {
        uint32_t old = loader->type_capacity;
        TypeInfo **types = ARENA_ARRAY(loader->arena, TypeInfo *, old ? old * 2 : 256);
        if (old)
            memcpy(types, loader->types, old * sizeof *types);
        loader->types = types;
        loader->type_capacity = old ? old * 2 : 256;
    }
    TypeInfo *info = ARENA_NEW(loader->arena, TypeInfo);
    loader->types[runtime->id] = info;
    info->type = type;
    info->runtime = runtime;
    type->runtime_id = runtime->id + 1;
    runtime->source = type;
    runtime->name = type_runtime_name(loader->world, type);
    runtime->full_name = runtime->name;
    runtime->display_name = type_text(loader->world, type);
    runtime->short_name = short_name_of(loader, type);
    runtime->category = category_of(type);
    runtime->is_reference = load_is_reference(type);
    runtime->shape = load_shape(loader, type);
    runtime->is_abstract = type->definition && (type->definition->is_abstract || type->kind == TYPE_INTERFACE);
    runtime->is_user = type->definition && !type->definition->is_library;
    const Submission *submission = type->definition ? type->definition->submission : NULL;
    runtime->has_weak_statics = submission && submission->kind == SUBMISSION_PROGRAM;
    runtime->is_box = type->definition && type->definition->is_async_box;
    runtime->value_size = runtime->value_align = shape_size(runtime->shape);
    if (runtime->shape == SHAPE_VOID)
        runtime->value_align = 1;
    return info;
}

static void load_array(Loader *loader, TypeInfo *info)
{
    static const uint32_t at_start[] = {0};
    RuntimeType *type = info->runtime;
    RuntimeType *element = load_runtime_type(loader, info->type->element);
    type->element = element->id;
    type->element_size = element->value_size;
    type->rank = info->type->rank;
    type->instance_size = OBJECT_MINIMUM;
    type->parent = load_type(loader, type_special(loader->world, SPECIAL_ARRAY));
    type->is_user = element->is_user;
    if (element->is_reference) {
        type->ref_offsets = arena_copy(loader->arena, at_start, sizeof at_start);
        type->ref_count = 1;
    } else {
        type->ref_offsets = element->ref_offsets;
        type->ref_count = element->ref_count;
    }
}

static void load_nullable(Loader *loader, TypeInfo *info)
{
    RuntimeType *type = info->runtime;
    Field *flag = type_field_named(loader->world, info->type->definition, "hasValue");
    Field *value = type_field_named(loader->world, info->type->definition, "value");
    if (!flag || !value)
        return;
    type->is_nullable = true;
    type->nullable_flag = info->fields[flag->index].offset;
    type->nullable_value = info->fields[value->index].offset;
    type->element = load_type(loader, info->type->arguments[0]);
}

static void load_fields(Loader *loader, TypeInfo *info)
{
    RuntimeType *type = info->runtime;
    TypeDefinition *definition = info->type->definition;
    const RuntimeType *base = type->parent ? loader->program->types[type->parent] : NULL;
    info->field_count = definition->field_count;
    info->fields = ARENA_ARRAY(loader->arena, RuntimeField, definition->field_count + 1);
    if (type->is_reference || (type->shape == SHAPE_STRUCT && type->category == CATEGORY_STRUCT)) {
        place_instance_fields(loader, info, type->is_reference && base ? base->field_bytes : 0);
        collect_references(loader, info, type->is_reference ? base : NULL);
    } else {
        /* A primitive's own field is the primitive: `struct Int32 { int m_value; }`. */
        for (uint32_t i = 0; i < definition->field_count; i++) {
            Field *field = definition->fields[i];
            if (!field->is_static && is_stored(field))
                info->fields[field->index] = (RuntimeField){.name = field->name->text,
                                                            .type_name = type->display_name,
                                                            .type = type->id,
                                                            .size = type->value_size,
                                                            .shape = type->shape,
                                                            .declared_by = type->id};
        }
        type->field_bytes = type->value_size;
    }
    type->instance_size = layout_object_size(type->is_reference ? type->field_bytes : type->value_size);
    place_statics(loader, info);
    list_fields(loader, info, type->is_reference ? base : NULL);
    if (info->type->special == SPECIAL_NULLABLE)
        load_nullable(loader, info);
}

static void load_methods_of_type(Loader *loader, TypeInfo *info)
{
    RuntimeType *type = info->runtime;
    TypeDefinition *definition = info->type->definition;
    const RuntimeType *base = type->parent ? loader->program->types[type->parent] : NULL;
    if (base) {
        type->is_exception = base->is_exception;
        type->has_finalizer = base->has_finalizer;
        type->finalizer = base->finalizer;
    }
    if (info->type->special == SPECIAL_EXCEPTION)
        type->is_exception = true;
    if (definition->finalizer && info->type->special != SPECIAL_OBJECT) {
        type->has_finalizer = true;
        type->finalizer = load_method(loader, (MethodRef){definition->finalizer, info->type, NULL});
    }
    if (definition->static_constructor) {
        type->init_index = loader->program->init_count++;
        type->static_constructor = load_method(loader, (MethodRef){definition->static_constructor, info->type, NULL});
    }
    if (definition->delegate_invoke) {
        type->delegate_invoke = load_method(loader, (MethodRef){definition->delegate_invoke, info->type, NULL});
        type->delegate_argument_bytes = loader->program->methods[type->delegate_invoke]->argument_bytes - 8;
    }
}

const char *loader_trouble(const Loader *loader)
{
    return loader->trouble ? loader->trouble : "";
}

/* A generic class that makes objects of itself with a bigger type argument never runs out of types. */
static void check_nesting(Loader *loader, const Type *type)
{
    if (type->nesting <= DEEPEST_TYPE || !loader->arena->exhausted)
        return;
    loader->trouble = "the program makes generic types of generic types without end";
    longjmp(*loader->arena->exhausted, 1);
}

TypeId load_type(Loader *loader, Type *type)
{
    type = type_plain(type);
    if (type->runtime_id)
        return type->runtime_id - 1;
    check_nesting(loader, type);
    if (type->kind == TYPE_NULL || type->kind == TYPE_ERROR || type->kind == TYPE_UNTYPED ||
        type->kind == TYPE_PARAMETER)
        return load_type(loader, type_special(loader->world, SPECIAL_OBJECT));
    TypeInfo *info = new_type(loader, type);
    RuntimeType *runtime = info->runtime;
    if (type->kind == TYPE_ARRAY) {
        load_array(loader, info);
        return runtime->id;
    }
    type_declare_fields(loader->world, type->definition);
    Type *base = type_base(loader->world, type);
    if (base)
        runtime->parent = load_type(loader, base);
    load_fields(loader, info);
    if (type->kind == TYPE_ENUM && type->definition->enum_underlying)
        runtime->element = load_type(loader, type->definition->enum_underlying);
    if (type->special == SPECIAL_STRING)
        runtime->instance_size = STRING_UNITS + 2 + OBJECT_HEADER_BYTES; /* base size, with the terminating zero */
    load_methods_of_type(loader, info);
    return runtime->id;
}

TypeId load_array_of(Loader *loader, TypeId element)
{
    return load_type(loader, type_make_array(loader->world, loader->types[element]->type, 1));
}

/* --- assignability -------------------------------------------------------------------------------------------------
 */

static bool variant_arguments(Loader *loader, Type *from, Type *to)
{
    if (from->definition != to->definition || !to->definition)
        return false;
    for (uint32_t i = 0; i < to->argument_count; i++) {
        Type *a = from->arguments[i], *b = to->arguments[i];
        TypeParameter *parameter = to->definition->type_parameters[i];
        if (type_same(a, b))
            continue;
        if (!load_is_reference(a) || !load_is_reference(b))
            return false;
        if (parameter->is_covariant ? !load_assignable(loader, a, b)
                                    : !parameter->is_contravariant || !load_assignable(loader, b, a))
            return false;
    }
    return true;
}

/* Integer types of one size pass for each other as array elements: int[] is uint[] to the runtime. */
static bool same_bits(Loader *loader, Type *a, Type *b)
{
    static const uint8_t reduced[] = {
        [SHAPE_I1] = SHAPE_U1, [SHAPE_U1] = SHAPE_U1, [SHAPE_I2] = SHAPE_U2,
        [SHAPE_U2] = SHAPE_U2, [SHAPE_I4] = SHAPE_U4, [SHAPE_U4] = SHAPE_U4,
        [SHAPE_I8] = SHAPE_U8, [SHAPE_U8] = SHAPE_U8, [SHAPE_STRUCT] = 0,
    };
    if (load_is_reference(a) || load_is_reference(b))
        return false;
    uint8_t x = reduced[load_shape(loader, a)], y = reduced[load_shape(loader, b)];
    return x && x == y;
}

static bool array_to_interface(Loader *loader, Type *array, Type *to)
{
    if (array->rank != 1 || to->argument_count != 1)
        return false;
    SpecialType special = to->special;
    bool of_lists = special == SPECIAL_ILIST_T || special == SPECIAL_ICOLLECTION_T ||
                    special == SPECIAL_IENUMERABLE_T || special == SPECIAL_IREADONLY_LIST_T ||
                    special == SPECIAL_IREADONLY_COLLECTION_T;
    if (!of_lists)
        return false;
    Type *wanted = to->arguments[0];
    return type_same(array->element, wanted) || same_bits(loader, array->element, wanted) ||
           (load_is_reference(array->element) && load_is_reference(wanted) &&
            load_assignable(loader, array->element, wanted));
}

static bool to_interface(Loader *loader, Type *from, Type *to)
{
    uint32_t count;
    Type **all = type_interfaces(loader->world, from, &count);
    if (from->kind == TYPE_INTERFACE && variant_arguments(loader, from, to))
        return true;
    for (uint32_t i = 0; i < count; i++)
        if (type_same(all[i], to) || variant_arguments(loader, all[i], to))
            return true;
    return from->kind == TYPE_ARRAY && array_to_interface(loader, from, to);
}

bool load_assignable(Loader *loader, Type *from, Type *to)
{
    if (type_same(from, to) || to->special == SPECIAL_OBJECT)
        return true;
    if (to->kind == TYPE_INTERFACE)
        return to_interface(loader, from, to);
    if (to->kind == TYPE_ARRAY) {
        if (from->kind != TYPE_ARRAY || from->rank != to->rank)
            return false;
        return same_bits(loader, from->element, to->element) ||
               (load_is_reference(from->element) && load_assignable(loader, from->element, to->element));
    }
    if (to->kind == TYPE_DELEGATE && from->kind == TYPE_DELEGATE)
        return variant_arguments(loader, from, to);
    return load_is_reference(to) && type_derives_from(loader->world, from, to);
}

bool load_is_assignable(Loader *loader, TypeId from, TypeId to)
{
    return load_assignable(loader, loader->types[from]->type, loader->types[to]->type);
}
