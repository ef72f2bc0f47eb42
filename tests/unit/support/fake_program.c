#include "support/fake_program.h"

#include <stdlib.h>

static uint32_t node_refs[] = {0, 8};
static uint32_t element_refs[] = {0};
static uint32_t pair_refs[] = {8};
static uint32_t root_refs[FAKE_ROOTS];
static uint16_t frame_refs[] = {0, 8, 16};
static uint16_t frame_byrefs[] = {24};
static uint16_t first_argument[] = {0};
static uint16_t second_argument[] = {8};

static bool compile(void *context, MethodId method)
{
    (void)context;
    (void)method;
    return true;
}

static MethodId resolve_virtual(void *context, TypeId type, MethodId asked)
{
    (void)context;
    (void)type;
    return asked;
}

static bool is_assignable(void *context, TypeId from, TypeId to)
{
    (void)context;
    return from == to || to == FAKE_OBJECT;
}

static TypeId well_known(void *context, WellKnownType which)
{
    (void)context;
    if (which == WELL_KNOWN_TYPE)
        return FAKE_RUNTIME_TYPE;
    if (which == WELL_KNOWN_THREAD)
        return FAKE_THREAD;
    if (which == WELL_KNOWN_BYTE_ARRAY)
        return FAKE_BYTES;
    return which >= WELL_KNOWN_NULL_REFERENCE ? FAKE_EXCEPTION : FAKE_OBJECT;
}

static MethodId well_known_method(void *context, const char *name)
{
    (void)context;
    (void)name;
    return FAKE_METHOD;
}

static TypeId array_of(void *context, TypeId element)
{
    (void)context;
    return element == FAKE_NODE ? FAKE_NODES : element == FAKE_PAIR ? FAKE_PAIRS : 0;
}

static bool write_output(void *context, int stream, const char *bytes, size_t length)
{
    FakeProgram *fake = context;
    if (fake->output_fails)
        return false;
    fake->output_streams = fake->output_streams * 10 + stream;
    if (length > sizeof fake->output - fake->output_length)
        length = sizeof fake->output - fake->output_length;
    memcpy(fake->output + fake->output_length, bytes, length);
    fake->output_length += length;
    return true;
}

static void describe(FakeProgram *fake, TypeId id, const char *name, TypeCategory category, uint32_t instance_size)
{
    fake->types[id] = (RuntimeType){.id = id,
                                    .name = name,
                                    .short_name = name,
                                    .full_name = name,
                                    .display_name = name,
                                    .category = category,
                                    .shape = SHAPE_REF,
                                    .instance_size = instance_size,
                                    .value_size = 8,
                                    .is_reference = category != CATEGORY_STRUCT};
}

static void set_array(FakeProgram *fake, TypeId id, TypeId element, uint32_t size, uint32_t *refs, uint32_t ref_count)
{
    fake->types[id].element = element;
    fake->types[id].element_size = size;
    fake->types[id].ref_offsets = refs;
    fake->types[id].ref_count = ref_count;
}

static void set_fields(FakeProgram *fake, TypeId id, uint32_t first, uint32_t count)
{
    fake->types[id].fields = &fake->fields[first];
    fake->types[id].field_count = count;
}

static void describe_types(FakeProgram *fake)
{
    describe(fake, FAKE_OBJECT, "System.Object", CATEGORY_CLASS, 24);
    describe(fake, FAKE_STRING, "System.String", CATEGORY_STRING, 22);
    describe(fake, FAKE_NODE, "Node", CATEGORY_CLASS, 40);
    describe(fake, FAKE_NODES, "Node[]", CATEGORY_ARRAY, 24);
    describe(fake, FAKE_BYTES, "System.Byte[]", CATEGORY_ARRAY, 24);
    describe(fake, FAKE_PAIR, "Pair", CATEGORY_STRUCT, 32);
    describe(fake, FAKE_PAIRS, "Pair[]", CATEGORY_ARRAY, 24);
    describe(fake, FAKE_THREAD, "System.Threading.Thread", CATEGORY_CLASS, 24);
    describe(fake, FAKE_WEAK, "System.WeakReference", CATEGORY_CLASS, 24);
    describe(fake, FAKE_FINALIZABLE, "Finalizable", CATEGORY_CLASS, 24);
    describe(fake, FAKE_RUNTIME_TYPE, "System.RuntimeType", CATEGORY_CLASS, 24);
    describe(fake, FAKE_EXCEPTION, "System.Exception", CATEGORY_CLASS, 56);
    set_array(fake, FAKE_NODES, FAKE_NODE, 8, element_refs, 1);
    set_array(fake, FAKE_BYTES, 0, 1, NULL, 0);
    set_array(fake, FAKE_PAIRS, FAKE_PAIR, 16, pair_refs, 1);
    fake->types[FAKE_PAIR].ref_offsets = pair_refs;
    fake->types[FAKE_PAIR].ref_count = 1;
    fake->types[FAKE_PAIR].value_size = 16;
    fake->types[FAKE_NODE].ref_offsets = node_refs;
    fake->types[FAKE_NODE].ref_count = 2;
    fake->types[FAKE_FINALIZABLE].ref_offsets = element_refs;
    fake->types[FAKE_FINALIZABLE].ref_count = 1;
    fake->types[FAKE_FINALIZABLE].has_finalizer = true;
    static uint32_t exception_refs[] = {0, 8, 16};
    fake->types[FAKE_EXCEPTION].ref_offsets = exception_refs;
    fake->types[FAKE_EXCEPTION].ref_count = 3;
}

static void describe_fields(FakeProgram *fake)
{
    static const RuntimeField fields[] = {
        {.name = "_name", .offset = 0, .size = 8, .shape = SHAPE_REF},
        {.name = "_taggedHandle", .offset = 0, .size = 8, .shape = SHAPE_I8},
        {.name = "m_handle", .offset = 0, .size = 8, .shape = SHAPE_I8},
        {.name = "_message", .offset = 0, .size = 8, .shape = SHAPE_REF},
        {.name = "_stackTrace", .offset = 8, .size = 8, .shape = SHAPE_REF},
        {.name = "_remoteStackTraceString", .offset = 16, .size = 8, .shape = SHAPE_REF},
        {.name = "_xptrs", .offset = 24, .size = 8, .shape = SHAPE_I8},
        {.name = "_HResult", .offset = 32, .size = 4, .shape = SHAPE_I4},
    };
    memcpy(fake->fields, fields, sizeof fields);
    set_fields(fake, FAKE_THREAD, 0, 1);
    set_fields(fake, FAKE_WEAK, 1, 1);
    set_fields(fake, FAKE_RUNTIME_TYPE, 2, 1);
    set_fields(fake, FAKE_EXCEPTION, 3, 5);
}

static void describe_methods(FakeProgram *fake)
{
    fake->methods[FAKE_METHOD] = (RuntimeMethod){.id = FAKE_METHOD,
                                                 .state = METHOD_COMPILED,
                                                 .name = "Program.Work",
                                                 .argument_bytes = 8,
                                                 .frame_bytes = 64,
                                                 .ref_slots = frame_refs,
                                                 .ref_slot_count = 3,
                                                 .byref_slots = frame_byrefs,
                                                 .byref_slot_count = 1,
                                                 .clear_start = 8,
                                                 .clear_end = 64,
                                                 .argument_ref_slots = first_argument,
                                                 .argument_ref_slot_count = 1};
    fake->methods[FAKE_NATIVE] = (RuntimeMethod){.id = FAKE_NATIVE,
                                                 .state = METHOD_NATIVE,
                                                 .name = "Program.Native",
                                                 .argument_bytes = 16,
                                                 .argument_ref_slots = first_argument,
                                                 .argument_ref_slot_count = 1,
                                                 .argument_byref_slots = second_argument,
                                                 .argument_byref_slot_count = 1};
    fake->methods[FAKE_MAIN] = (RuntimeMethod){.id = FAKE_MAIN,
                                               .state = METHOD_COMPILED,
                                               .name = "Program.Main",
                                               .frame_bytes = 64,
                                               .clear_end = 64,
                                               .return_shape = SHAPE_I4};
}

void fake_program_init(FakeProgram *fake)
{
    memset(fake, 0, sizeof *fake);
    describe_types(fake);
    describe_fields(fake);
    describe_methods(fake);
    for (uint32_t i = 0; i < FAKE_TYPE_COUNT; i++)
        fake->type_table[i] = &fake->types[i];
    for (uint32_t i = 0; i < FAKE_METHOD_COUNT; i++)
        fake->method_table[i] = &fake->methods[i];
    for (uint32_t i = 0; i < FAKE_ROOTS; i++)
        root_refs[i] = 8 * i;
    fake->types[FAKE_NODE].statics_offset = 8;
    fake->types[FAKE_NODE].static_ref_offsets = root_refs;
    fake->types[FAKE_NODE].static_ref_count = FAKE_ROOTS;
    static const uint16_t hello[] = {'h', 0xe9, 0xd83d, 0xde00};
    fake->literals[0] = (StringLiteral){hello, 4};
    fake->literals[1] = (StringLiteral){NULL, 0};
    fake->program = (Program){.types = fake->type_table,
                              .type_count = FAKE_TYPE_COUNT,
                              .methods = fake->method_table,
                              .method_count = FAKE_METHOD_COUNT,
                              .statics_bytes = 8 + 8 * FAKE_ROOTS,
                              .init_count = 4,
                              .literals = fake->literals,
                              .literal_count = 2,
                              .entry = FAKE_MAIN,
                              .string_type = FAKE_STRING,
                              .object_type = FAKE_OBJECT,
                              .exception_type = FAKE_EXCEPTION};
    fake->host = (Host){.context = fake,
                        .compile = compile,
                        .resolve_virtual = resolve_virtual,
                        .is_assignable = is_assignable,
                        .well_known = well_known,
                        .well_known_method = well_known_method,
                        .array_of = array_of,
                        .write = write_output};
}

Ref fake_load(const Machine *machine, uint64_t at)
{
    return machine_read8(machine, at);
}

void fake_store(Machine *machine, uint64_t at, Ref value)
{
    memcpy(machine_at(machine, at), &value, sizeof value);
    machine_mark_card(machine, at);
}

uint64_t fake_root(const Machine *machine, uint32_t index)
{
    return machine->state->areas[AREA_STATICS].offset + 8 + 8 * (uint64_t)index;
}

uint64_t fake_element(Ref array, uint32_t index)
{
    return array + ARRAY_ELEMENTS + 8 * (uint64_t)index;
}

uint32_t fake_random(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

static void *failing_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    FailingMemory *failing = context;
    if (new_size && ++failing->requests == failing->fail_at)
        return NULL;
    void *result = NULL;
    if (new_size)
        result = realloc(pointer, new_size);
    else
        free(pointer);
    failing->live += (int64_t)new_size - (int64_t)(pointer ? old_size : 0);
    return result;
}

static void *failing_zeroed(void *context, size_t size)
{
    FailingMemory *failing = context;
    if (++failing->requests == failing->fail_at)
        return NULL;
    failing->live += (int64_t)size;
    return calloc(1, size);
}

void failing_memory_init(FailingMemory *failing, uint32_t fail_at)
{
    *failing = (FailingMemory){.fail_at = fail_at};
    failing->memory = (Memory){failing, failing_resize, failing_zeroed};
}
