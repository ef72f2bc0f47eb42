/* The memory of a type, row by row: what the loader placed where, and what nothing uses. */
#include "session_internal.h"

#include <string.h>

typedef struct RowList {
    Arena *arena;
    SessionLayoutRow *rows;
    uint32_t count, capacity;
} RowList;

typedef struct LayoutRequest {
    const char *text;
    SessionLayout *layout;
    bool found;
} LayoutRequest;

enum { DEEPEST = 16 }; /* a struct cannot contain itself, so this is never reached */

static void add_row(RowList *list, SessionLayoutRow row)
{
    ARENA_PUSH(list->arena, list->rows, list->count, list->capacity, row);
}

static uint32_t add_padding(RowList *list, uint32_t from, uint32_t to, uint32_t depth)
{
    if (to <= from) {
        return 0;
    }
    add_row(list, (SessionLayoutRow){.kind = LAYOUT_ROW_PADDING, .offset = from, .size = to - from, .depth = depth});
    return to - from;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static const RuntimeField **fields_by_offset(Session *session, const RuntimeType *type, uint32_t *count)
{
    const RuntimeField **sorted = ARENA_ARRAY(&session->arena, const RuntimeField *, type->field_count);
    *count = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static || !field->name) {
            continue;
        }
        uint32_t at = (*count)++;
        for (; at > 0 && sorted[at - 1]->offset > field->offset; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = field;
    }
    return sorted;
}

static const char *label(Session *session, const RuntimeType *type)
{
    Text text;
    text_init(&text, &session->arena);
    session_add_type_name(&text, type);
    return text.at;
}

static const char *type_label(Session *session, TypeId id)
{
    return id ? label(session, program_type(session->program, id)) : "";
}

static uint32_t add_fields(Session *session, RowList *list, const RuntimeType *type, uint32_t start, uint32_t end,
                           uint32_t depth);

static uint32_t add_field(Session *session, RowList *list, const RuntimeField *field, uint32_t start, uint32_t depth)
{
    uint32_t offset = start + field->offset;
    add_row(list, (SessionLayoutRow){
                      .kind = LAYOUT_ROW_FIELD,
                      .offset = offset,
                      .size = field->size,
                      .depth = depth,
                      .name = field->name,
                      .type = field->type_name,
                      .declared_by = type_label(session, field->declared_by),
                      .is_reference = field->shape == SHAPE_REF,
                  });
    if (field->shape != SHAPE_STRUCT || !field->type || depth == DEEPEST) {
        return 0;
    }
    return add_fields(session, list, program_type(session->program, field->type), offset, offset + field->size,
                      depth + 1);
}

/* Rows for the fields that lie from `start` to `end`; returns the bytes of padding among them. */
static uint32_t add_fields(Session *session, RowList *list, const RuntimeType *type, uint32_t start, uint32_t end,
                           uint32_t depth)
{
    uint32_t count;
    const RuntimeField **fields = fields_by_offset(session, type, &count);
    uint32_t at = start, padding = 0;
    for (uint32_t i = 0; i < count; i++) {
        padding += add_padding(list, at, start + fields[i]->offset, depth);
        padding += add_field(session, list, fields[i], start, depth);
        at = start + fields[i]->offset + fields[i]->size;
    }
    return padding + add_padding(list, at, end, depth);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static void add_header(RowList *list)
{
    add_row(list, (SessionLayoutRow){.kind = LAYOUT_ROW_HEADER, .size = OBJECT_HEADER_BYTES});
    add_row(list,
            (SessionLayoutRow){.kind = LAYOUT_ROW_METHOD_TABLE, .offset = OBJECT_HEADER_BYTES, .size = OBJECT_FIELDS});
}

static void add_length(RowList *list, const char *declared_by)
{
    add_row(list, (SessionLayoutRow){
                      .kind = LAYOUT_ROW_FIELD,
                      .offset = OBJECT_HEADER_BYTES + ARRAY_LENGTH_OFFSET,
                      .size = 4,
                      .name = "Length",
                      .type = "int",
                      .declared_by = declared_by,
                  });
}

static uint32_t add_elements(Session *session, RowList *list, const RuntimeType *type)
{
    bool is_string = type->category == CATEGORY_STRING;
    uint32_t start = OBJECT_HEADER_BYTES + (is_string ? STRING_UNITS : ARRAY_ELEMENTS);
    uint32_t padding = add_padding(list, OBJECT_HEADER_BYTES + ARRAY_LENGTH_OFFSET + 4, start, 0);
    const RuntimeType *element = is_string ? NULL : program_type(session->program, type->element);
    add_row(list, (SessionLayoutRow){
                      .kind = LAYOUT_ROW_ELEMENTS,
                      .offset = start,
                      .size = is_string ? 2 : type->element_size,
                      .type = is_string ? "char" : element->display_name,
                      .is_reference = element && element->is_reference,
                  });
    return padding;
}

static const char *kind_text(const RuntimeType *type)
{
    switch (type->category) {
    case CATEGORY_CLASS:
        return "class";
    case CATEGORY_STRUCT:
        return "struct";
    case CATEGORY_ENUM:
        return "enum";
    case CATEGORY_INTERFACE:
        return "interface";
    case CATEGORY_DELEGATE:
        return "delegate";
    case CATEGORY_ARRAY:
        return "array";
    case CATEGORY_STRING:
        return "string";
    }
    return "";
}

static void add_value_rows(Session *session, RowList *list, const RuntimeType *type, SessionLayout *layout)
{
    layout->size = type->value_size;
    layout->boxed_size = type->instance_size;
    if (type->shape == SHAPE_STRUCT) {
        layout->padding = add_fields(session, list, type, 0, type->value_size, 0);
        return;
    }
    add_row(list, (SessionLayoutRow){.kind = LAYOUT_ROW_FIELD,
                                     .size = type->value_size,
                                     .name = "value",
                                     .type = type->display_name,
                                     .declared_by = type->display_name});
}

static void lay_out(Session *session, const RuntimeType *type, SessionLayout *layout)
{
    RowList list = {.arena = &session->arena};
    *layout =
        (SessionLayout){.type = label(session, type), .kind = kind_text(type), .is_reference = type->is_reference};
    if (!type->is_reference) {
        add_value_rows(session, &list, type, layout);
    } else if (type->category == CATEGORY_ARRAY || type->category == CATEGORY_STRING) {
        add_header(&list);
        add_length(&list, type->display_name);
        layout->size = type->category == CATEGORY_STRING ? OBJECT_MINIMUM : type->instance_size;
        layout->padding = add_elements(session, &list, type);
    } else if (type->category != CATEGORY_INTERFACE) {
        add_header(&list);
        layout->size = type->instance_size;
        layout->padding = add_fields(session, &list, type, OBJECT_HEADER_BYTES + OBJECT_FIELDS, type->instance_size, 0);
    }
    layout->rows = list.rows;
    layout->row_count = list.count;
}

/* ---- types that the compiler made --------------------------------------------------------------------------------
 *
 * Asked for by the names that --stats, --trace and --lowered show: "Box<GetAsync>", "Program.<>c__DisplayClass0_0". */

/* The box around a state machine: which one depends on the builder. */
static Type *box_around(World *world, TypeDefinition *machine)
{
    static const char usual[] = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox";
    static const char pooling[] =
        "System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder`1+StateMachineBox";
    for (uint32_t i = 0; i < machine->field_count; i++) {
        if (strcmp(machine->fields[i]->name->text, "<>t__builder") != 0) {
            continue;
        }
        const Type *builder = machine->fields[i]->type;
        if (!builder->definition->is_library) {
            return NULL; /* a builder of the program's own has its own way of keeping machines */
        }
        bool is_pooling = strncmp(builder->definition->name->text, "Pooling", strlen("Pooling")) == 0;
        TypeDefinition *box = world_find_type(world, is_pooling ? pooling : usual);
        Type *result = builder->argument_count ? builder->arguments[0]
                                               : world_find_type(world, "System.Threading.Tasks.VoidTaskResult")->self;
        return box && box->is_async_box ? type_make(world, box, (Type *[]){result, machine->self}, 2) : NULL;
    }
    return NULL;
}

/* Whether `wanted` is "Box<Method>" or "Box<Type.Method>". */
static bool is_box_of(Session *session, const TypeDefinition *machine, const char *wanted)
{
    Text method;
    text_init(&method, &session->arena);
    if (!session_add_machine_method(&method, machine->name->text)) {
        return false;
    }
    const char *owner = machine->containing ? machine->containing->name->text : "";
    return strcmp(wanted, arena_format(&session->arena, "Box<%s>", method.at)) == 0 ||
           strcmp(wanted, arena_format(&session->arena, "Box<%s.%s>", owner, method.at)) == 0;
}

static bool ends_with_name(const char *text, const char *name)
{
    size_t length = strlen(text), tail = strlen(name);
    return length >= tail && strcmp(text + length - tail, name) == 0 &&
           (length == tail || text[length - tail - 1] == '.');
}

/* The first one that fits and is not generic, since nobody says with which type arguments; NULL: none. */
static Type *find_compiler_made(Session *session, const char *wanted)
{
    bool is_box = strncmp(wanted, "Box<", strlen("Box<")) == 0;
    if ((!is_box && !strstr(wanted, "<>") && !strstr(wanted, ">d")) || session->stage == STAGE_OPEN ||
        session->stage == STAGE_BROKEN) {
        return NULL;
    }
    TypeList types = session_lower_program(session);
    for (uint32_t i = 0; i < types.count; i++) {
        TypeDefinition *definition = types.at[i];
        if (!definition->is_compiler_made || definition->type_parameter_count) {
            continue;
        }
        if (is_box && is_box_of(session, definition, wanted)) {
            return box_around(session->world, definition);
        }
        if (!is_box && ends_with_name(wanted, definition->name->text)) {
            return definition->self;
        }
    }
    return NULL;
}

static void find_layout(Session *session, void *argument)
{
    LayoutRequest *request = argument;
    Type *type = find_compiler_made(session, request->text);
    type = type ? type : world_type_from_text(session->world, request->text);
    if (type && !type->is_open && type->kind != TYPE_ERROR && type->special != SPECIAL_VOID) {
        lay_out(session, program_type(session->program, load_type(session->loader, type)), request->layout);
        request->found = true;
    }
}

SessionStatus session_layout(Session *session, const char *type, SessionLayout *layout)
{
    LayoutRequest request = {.text = type, .layout = layout};
    memset(layout, 0, sizeof *layout);
    if (!session_guard(session, find_layout, &request)) {
        return SESSION_NO_MEMORY;
    }
    return request.found ? SESSION_OK : SESSION_NOT_FOUND;
}
