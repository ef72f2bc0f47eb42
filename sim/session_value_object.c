/* Objects in words: strings, collections, tasks, delegates, exceptions, and everything else by its fields. */
#include "session_value_internal.h"

#include <string.h>

enum { DEEPEST = 3, MOST_ELEMENTS = 100, LONGEST_STRING = 400 };

/* ---- names ------------------------------------------------------------------------------------------------------- */

void session_add_field_name(Text *text, const char *name)
{
    const char *end = name[0] == '<' ? strchr(name, '>') : NULL;
    bool has_name = end && end > name + 1;
    text_add(text, has_name ? name + 1 : name, has_name ? (size_t)(end - name - 1) : strlen(name));
}

/* The method's own name without its type: "Worker.Run" of "Space.Worker.Run"; the type of top-level code is left out.
 */
static void add_plain_method(Session *session, Text *text, const RuntimeMethod *method)
{
    const RuntimeType *type = program_type(session->program, method->declaring_type);
    const char *own = method->name;
    for (const char *dot = strchr(own, '.'); dot && dot[1] && dot[1] != '.'; dot = strchr(own, '.')) {
        own = dot + 1;
    }
    const TypeDefinition *definition = ((Type *)type->source)->definition;
    bool is_top_level = definition && definition == session->world->program;
    bool is_typed = strncmp(type->display_name, "Submission#", strlen("Submission#")) == 0;
    bool is_hidden = is_top_level || is_typed || type->display_name[0] == '<' || strstr(type->display_name, "<>c");
    if (!is_hidden) {
        text_format(text, "%s.", type->display_name);
    }
    session_add_own_method_name(text, own);
}

void session_add_method(Session *session, Text *text, MethodId id)
{
    const RuntimeMethod *method = program_method(session->program, id);
    const RuntimeType *type = program_type(session->program, method->declaring_type);
    bool is_machine = strstr(method->name, ".MoveNext") && session_add_machine_method(text, type->full_name);
    if (!is_machine) {
        add_plain_method(session, text, method);
    }
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static bool is_shown(const RuntimeField *field)
{
    return !field->is_static && field->name && strcmp(field->name, "<>4__this") != 0;
}

void value_add_members(Writer *w, const RuntimeType *type, uint64_t at)
{
    const char *separator = "{ ";
    w->depth++;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (!is_shown(field)) {
            continue;
        }
        text_adds(w->text, separator);
        separator = ", ";
        if (value_is_full(w)) {
            text_adds(w->text, "...");
            break;
        }
        session_add_field_name(w->text, field->name);
        text_adds(w->text, " = ");
        value_add_field(w, field, at);
    }
    w->depth--;
    text_adds(w->text, separator[0] == ',' ? " }" : "{ }");
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

static void begin_elements(Writer *w)
{
    text_adds(w->text, " { ");
    w->depth++;
}

/* False: enough. */
static bool next_element(Writer *w, uint32_t index)
{
    text_adds(w->text, index ? ", " : "");
    if (index < MOST_ELEMENTS && !value_is_full(w)) {
        return true;
    }
    text_adds(w->text, "...");
    return false;
}

static void end_elements(Writer *w, bool has_any)
{
    text_adds(w->text, has_any ? " }" : "}");
    w->depth--;
}

typedef struct Elements {
    const RuntimeType *array; /* its type */
    uint64_t at;              /* of element 0 */
    uint32_t capacity;
} Elements;

static Elements elements_of(const Writer *w, Ref array)
{
    if (!array) {
        return (Elements){0};
    }
    return (Elements){machine_runtime_type_of(w->machine, array), array + ARRAY_ELEMENTS,
                      (uint32_t)machine_length(w->machine, array)};
}

static void add_elements(Writer *w, const Elements *elements, uint32_t first, uint32_t count)
{
    begin_elements(w);
    for (uint32_t i = 0; i < count && next_element(w, i); i++) {
        uint32_t index = (first + i) % elements->capacity;
        value_add(w, elements->array->element, elements->at + (uint64_t)index * elements->array->element_size);
    }
    end_elements(w, count > 0);
}

static void add_array(Writer *w, const RuntimeType *type, Ref ref)
{
    Elements elements = elements_of(w, ref);
    const char *bracket = strrchr(type->display_name, '[');
    text_format(w->text, "%.*s[%u]", (int)(bracket - type->display_name), type->display_name, elements.capacity);
    add_elements(w, &elements, 0, elements.capacity);
}

static void add_counted_name(Writer *w, const RuntimeType *type, uint32_t count)
{
    session_add_type_name(w->text, type);
    text_format(w->text, "(%u)", count);
}

static uint32_t count_of(const Writer *w, Ref ref, const char *field)
{
    return (uint32_t)value_number(w->session, ref, field);
}

static void add_list(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t count = count_of(w, ref, "_size");
    Elements elements = elements_of(w, value_follow(w->session, ref, "_items"));
    add_counted_name(w, type, count);
    add_elements(w, &elements, 0, count);
}

static void add_queue(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t count = count_of(w, ref, "_size");
    Elements elements = elements_of(w, value_follow(w->session, ref, "_array"));
    add_counted_name(w, type, count);
    add_elements(w, &elements, count_of(w, ref, "_head"), count);
}

/* The top first, as foreach gives it. */
static void add_stack(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t count = count_of(w, ref, "_size");
    Elements elements = elements_of(w, value_follow(w->session, ref, "_array"));
    add_counted_name(w, type, count);
    begin_elements(w);
    for (uint32_t i = 0; i < count && next_element(w, i); i++) {
        value_add(w, elements.array->element, elements.at + (uint64_t)(count - 1 - i) * elements.array->element_size);
    }
    end_elements(w, count > 0);
}

static void add_linked_list(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t count = count_of(w, ref, "count");
    Ref node = value_follow(w->session, ref, "head");
    add_counted_name(w, type, count);
    begin_elements(w);
    for (uint32_t i = 0; i < count && node && next_element(w, i); i++) {
        const RuntimeType *node_type = machine_runtime_type_of(w->machine, node);
        value_add_field(w, value_field(node_type, "item"), node + OBJECT_FIELDS);
        node = value_follow(w->session, node, "next");
    }
    end_elements(w, count > 0);
}

/* An entry in use: dictionaries and sets chain free ones with numbers below -1. */
static bool is_used(const Writer *w, const RuntimeType *entry, uint64_t at)
{
    const RuntimeField *next = value_field(entry, "next");
    next = next ? next : value_field(entry, "Next");
    return value_read(w->session, next->shape, at + next->offset) >= -1;
}

static void add_entry(Writer *w, const RuntimeType *entry, uint64_t at)
{
    const RuntimeField *key = value_field(entry, "key");
    if (!key) {
        value_add_field(w, value_field(entry, "Value"), at);
        return;
    }
    text_addc(w->text, '[');
    value_add_field(w, key, at);
    text_adds(w->text, "] = ");
    value_add_field(w, value_field(entry, "value"), at);
}

static void add_hashed(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t used = count_of(w, ref, "_count"), count = used - count_of(w, ref, "_freeCount"), shown = 0;
    Elements elements = elements_of(w, value_follow(w->session, ref, "_entries"));
    add_counted_name(w, type, count);
    begin_elements(w);
    for (uint32_t i = 0; i < used; i++) {
        const RuntimeType *entry = program_type(w->session->program, elements.array->element);
        uint64_t at = elements.at + (uint64_t)i * elements.array->element_size;
        if (!is_used(w, entry, at)) {
            continue;
        }
        if (!next_element(w, shown)) {
            break;
        }
        add_entry(w, entry, at);
        shown++;
    }
    end_elements(w, count > 0);
}

static void add_sorted(Writer *w, const RuntimeType *type, Ref ref)
{
    uint32_t count = count_of(w, ref, "_size");
    Elements keys = elements_of(w, value_follow(w->session, ref, "keys"));
    Elements values = elements_of(w, value_follow(w->session, ref, "values"));
    add_counted_name(w, type, count);
    begin_elements(w);
    for (uint32_t i = 0; i < count && next_element(w, i); i++) {
        text_addc(w->text, '[');
        value_add(w, keys.array->element, keys.at + (uint64_t)i * keys.array->element_size);
        text_adds(w->text, "] = ");
        value_add(w, values.array->element, values.at + (uint64_t)i * values.array->element_size);
    }
    end_elements(w, count > 0);
}

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

static void add_exception_brief(Writer *w, Ref exception)
{
    Ref message = value_follow(w->session, exception, "_message");
    text_adds(w->text, machine_runtime_type_of(w->machine, exception)->display_name);
    if (message) {
        text_adds(w->text, ": ");
        session_add_literal(w->text, machine_units(w->machine, message), (uint32_t)machine_length(w->machine, message),
                            LONGEST_STRING);
    }
}

static void add_result(Writer *w, Ref task)
{
    const RuntimeField *result = value_field(machine_runtime_type_of(w->machine, task), "m_result");
    text_adds(w->text, "completed");
    if (result && !(result->shape == SHAPE_STRUCT && strcmp(result->type_name, "VoidTaskResult") == 0)) {
        text_adds(w->text, ": ");
        w->depth++;
        value_add_field(w, result, task + OBJECT_FIELDS);
        w->depth--;
    }
}

/* Where a suspended method is: the number its machine keeps. */
static void add_machine_state(Writer *w, Ref box)
{
    const RuntimeType *type = machine_runtime_type_of(w->machine, box);
    const RuntimeField *machine = value_field(type, "StateMachine");
    const RuntimeField *state = NULL;
    if (machine && machine->shape == SHAPE_STRUCT && machine->type) {
        state = value_field(program_type(w->session->program, machine->type), "<>1__state");
    }
    if (state) {
        uint64_t at = box + OBJECT_FIELDS + machine->offset + state->offset;
        text_format(w->text, ", state %lld", (long long)value_read(w->session, state->shape, at));
    }
}

static void add_task(Writer *w, const RuntimeType *type, Ref task)
{
    (void)type;
    session_add_object_name(w->session, w->text, task);
    text_adds(w->text, " (");
    switch (value_task_state(w->session, task)) {
    case TASK_CREATED:
        text_adds(w->text, "created");
        break;
    case TASK_PENDING:
        text_adds(w->text, "pending");
        add_machine_state(w, task);
        break;
    case TASK_SCHEDULED:
        text_adds(w->text, "scheduled");
        break;
    case TASK_RUNNING:
        text_adds(w->text, "running");
        break;
    case TASK_COMPLETED:
        add_result(w, task);
        break;
    case TASK_CANCELED:
        text_adds(w->text, "canceled");
        break;
    case TASK_FAULTED: {
        Ref exception = value_task_exception(w->session, task);
        text_adds(w->text, "faulted");
        if (exception) {
            text_adds(w->text, ": ");
            add_exception_brief(w, exception);
        }
        break;
    }
    }
    text_addc(w->text, ')');
}

static void add_completion_source(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    session_add_object_name(w->session, w->text, ref);
    text_adds(w->text, " { Task = ");
    value_add_reference(w, value_follow(w->session, ref, "_task"));
    text_adds(w->text, " }");
}

/* ---- other objects ----------------------------------------------------------------------------------------------- */

static void add_string(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    uint32_t limit = w->limit < LONGEST_STRING ? w->limit : LONGEST_STRING;
    session_add_literal(w->text, machine_units(w->machine, ref), (uint32_t)machine_length(w->machine, ref), limit);
}

static void add_delegate_method(Writer *w, Ref ref)
{
    MethodId method = (MethodId)machine_read8(w->machine, ref + DELEGATE_METHOD);
    if (method) {
        session_add_method(w->session, w->text, method);
    }
}

static void add_delegate(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    uint32_t count = (uint32_t)machine_read8(w->machine, ref + DELEGATE_COUNT);
    session_add_object_name(w->session, w->text, ref);
    text_adds(w->text, " (");
    for (uint32_t i = 0; i < count && next_element(w, i); i++) {
        Ref list = machine_read8(w->machine, ref + DELEGATE_LIST);
        add_delegate_method(w, machine_read8(w->machine, list + ARRAY_ELEMENTS + (uint64_t)i * sizeof(Ref)));
    }
    if (!count) {
        add_delegate_method(w, ref);
    }
    text_addc(w->text, ')');
}

static void add_exception(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    Ref message = value_follow(w->session, ref, "_message"), inner = value_follow(w->session, ref, "_innerException");
    session_add_object_name(w->session, w->text, ref);
    if (message) {
        text_adds(w->text, ": ");
        add_string(w, NULL, message);
    }
    if (inner && w->depth < DEEPEST) {
        text_adds(w->text, " (inner: ");
        w->depth++;
        value_add_reference(w, inner);
        w->depth--;
        text_addc(w->text, ')');
    }
}

static void add_type_object(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    const Ref *table = machine_area(w->machine, AREA_TYPES);
    for (uint32_t i = 1; i < w->session->program->type_count; i++) {
        if (table[i] == ref) {
            text_format(w->text, "typeof(%s)", program_type(w->session->program, i)->display_name);
            return;
        }
    }
}

static void add_string_builder(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    Ref units = value_follow(w->session, ref, "m_ChunkChars");
    session_add_object_name(w->session, w->text, ref);
    text_adds(w->text, value_follow(w->session, ref, "m_ChunkPrevious") ? " { ... " : " { ");
    if (units) {
        session_add_literal(w->text, machine_at(w->machine, units + ARRAY_ELEMENTS), count_of(w, ref, "m_ChunkLength"),
                            LONGEST_STRING);
    }
    text_adds(w->text, " }");
}

static void add_thread(Writer *w, const RuntimeType *type, Ref ref)
{
    (void)type;
    session_add_object_name(w->session, w->text, ref);
}

/* By the name of the type or of a base class. */
static const struct {
    const char *full_name;
    bool has_contents; /* shown by name only when it is deep inside */
    void (*add)(Writer *w, const RuntimeType *type, Ref ref);
} object_rows[] = {
    {"System.String", false, add_string},
    {"System.Threading.Tasks.Task", false, add_task},
    {"System.Threading.Tasks.TaskCompletionSource", true, add_completion_source},
    {"System.Threading.Tasks.TaskCompletionSource`1", true, add_completion_source},
    {"System.Delegate", false, add_delegate},
    {"System.Exception", false, add_exception},
    {"System.RuntimeType", false, add_type_object},
    {"System.Threading.Thread", false, add_thread},
    {"System.Text.StringBuilder", true, add_string_builder},
    {"System.Collections.Generic.List`1", true, add_list},
    {"System.Collections.Generic.Queue`1", true, add_queue},
    {"System.Collections.Generic.Stack`1", true, add_stack},
    {"System.Collections.Generic.LinkedList`1", true, add_linked_list},
    {"System.Collections.Generic.Dictionary`2", true, add_hashed},
    {"System.Collections.Generic.HashSet`1", true, add_hashed},
    {"System.Collections.Generic.SortedList`2", true, add_sorted},
};

static void add_by_name(Writer *w, Ref ref)
{
    session_add_object_name(w->session, w->text, ref);
}

/* Records and anonymous types are their values; other objects also have an identity. */
static void add_object(Writer *w, const RuntimeType *type, Ref ref)
{
    const TypeDefinition *definition = ((Type *)type->source)->definition;
    bool is_anonymous = definition && strstr(definition->name->text, "AnonymousType");
    if (definition && (definition->is_record || is_anonymous)) {
        text_format(w->text, "%s%s", is_anonymous ? "" : type->display_name, is_anonymous ? "" : " ");
        value_add_members(w, type, ref + OBJECT_FIELDS);
        return;
    }
    add_by_name(w, ref);
    if (w->depth == 0 && type->is_user) {
        text_addc(w->text, ' ');
        value_add_members(w, type, ref + OBJECT_FIELDS);
    }
}

static void add_known(Writer *w, const RuntimeType *type, Ref ref, uint32_t row)
{
    if (object_rows[row].has_contents && w->depth >= DEEPEST) {
        add_by_name(w, ref);
    } else {
        object_rows[row].add(w, type, ref);
    }
}

void value_add_reference(Writer *w, Ref ref)
{
    if (!ref) {
        text_adds(w->text, "null");
        return;
    }
    const RuntimeType *type = machine_runtime_type_of(w->machine, ref);
    if (w->depth > 2 * DEEPEST) {
        add_by_name(w, ref);
        return;
    }
    if (type->category == CATEGORY_ARRAY) {
        if (w->depth >= DEEPEST) {
            add_by_name(w, ref);
        } else {
            add_array(w, type, ref);
        }
        return;
    }
    if (!type->is_reference) { /* a box: its contents */
        value_add(w, type->id, ref + OBJECT_FIELDS);
        return;
    }
    for (uint32_t i = 0; i < sizeof object_rows / sizeof object_rows[0]; i++) {
        if (value_base(w->session, type, object_rows[i].full_name)) {
            add_known(w, type, ref, i);
            return;
        }
    }
    add_object(w, type, ref);
}
