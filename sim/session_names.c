/* What submissions have declared. */
#include "session_value.h"

#include "lang/check_internal.h"
#include "lang/complete.h"

#include <string.h>

typedef struct NameList {
    SessionName *at; /* newest first while collecting */
    uint32_t count, capacity;
} NameList;

static bool is_hidden(const NameList *list, const char *name, const char *kind)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i].name, name) == 0 && strcmp(list->at[i].kind, kind) == 0) {
            return true;
        }
    }
    return false;
}

/* Functions of one name are overloads, if their signatures differ. */
static void add(Session *session, NameList *list, SessionName name)
{
    bool is_function = strcmp(name.kind, "function") == 0;
    bool is_known = !is_function && is_hidden(list, name.name, name.kind);
    for (uint32_t i = 0; is_function && i < list->count; i++) {
        is_known |= strcmp(list->at[i].type, name.type) == 0;
    }
    if (!is_known && name.name[0] != '<') {
        ARENA_PUSH(&session->arena, list->at, list->count, list->capacity, name);
    }
}

static const char *value_at(Session *session, Type *type, uint64_t at)
{
    Text text;
    text_init(&text, &session->arena);
    session_add_short_value(session, &text, load_type(session->loader, type), at, 200);
    return text.at ? text.at : "";
}

static const RuntimeField *static_field(const RuntimeType *type, const Field *field)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].is_static && strcmp(type->fields[i].name, field->name->text) == 0) {
            return &type->fields[i];
        }
    }
    return NULL;
}

static uint64_t static_at(Session *session, const Field *field)
{
    const RuntimeType *owner = program_type(session->program, load_type(session->loader, field->owner->self));
    const RuntimeField *found = static_field(owner, field);
    return found ? session->machine->state->areas[AREA_STATICS].offset + owner->statics_offset + found->offset : 0;
}

static const char *constant_text(Session *session, const Field *field)
{
    Text text;
    text_init(&text, &session->arena);
    const Constant *constant = &field->constant;
    if (constant->kind == CONSTANT_STRING) {
        session_add_literal(&text, constant->units, constant->unit_count, UINT32_MAX);
    } else if (constant->kind == CONSTANT_INTEGER) {
        text_format(&text, "%lld", (long long)constant->integer);
    } else if (constant->kind == CONSTANT_BOOL) {
        text_adds(&text, constant->integer ? "true" : "false");
    }
    return text.at ? text.at : "";
}

static void add_variables(Session *session, NameList *list, const Submission *submission, uint32_t index)
{
    const TypeDefinition *definition = submission->definition;
    for (uint32_t i = definition->field_count; i-- > 0;) {
        const Field *field = definition->fields[i];
        uint64_t at = field->is_const ? 0 : static_at(session, field);
        SessionName name = {field->name->text, "variable", type_text(session->world, field->type), "", index};
        name.value = at ? value_at(session, field->type, at) : constant_text(session, field);
        add(session, list, name);
    }
}

/* Captured variables of a loaded program: in what was kept of its display classes. */
static void add_captured(Session *session, NameList *list, const Submission *submission, uint32_t index)
{
    for (uint32_t i = submission->local_count; i-- > 0;) {
        const Local *local = submission->locals[i];
        for (uint32_t k = 0; local->closure_field && k < submission->closure_count; k++) {
            const KeptClosure *closure = &submission->closures[k];
            uint64_t at = closure->type == local->closure_field->owner ? static_at(session, closure->field) : 0;
            bool is_class = closure->type->kind == TYPE_CLASS;
            const RuntimeType *type = program_type(session->program, load_type(session->loader, closure->type->self));
            const RuntimeField *field = value_field(type, local->closure_field->name->text);
            Ref object = at && is_class ? machine_read8(session->machine, at) : 0;
            uint64_t base = is_class ? object + OBJECT_FIELDS : at;
            SessionName name = {local->name->text, "variable", type_text(session->world, local->type), "", index};
            if (at && field && (object || !is_class)) {
                name.value = value_at(session, local->type, base + field->offset);
                add(session, list, name);
            }
        }
    }
}

static void add_functions(Session *session, NameList *list, const Submission *submission, uint32_t index)
{
    TypeDefinition *definition = submission->definition;
    for (uint32_t i = definition->method_count; i-- > 0;) {
        Method *method = definition->methods[i];
        MethodRef ref = {method, definition->self, NULL};
        if (method->kind == METHOD_ORDINARY) {
            add(session, list,
                (SessionName){method->name->text, "function", complete_signature(session->world, ref, false), "",
                              index});
        }
    }
}

static void add_types(Session *session, NameList *list, const Namespace *space, uint32_t index)
{
    for (uint32_t i = space->type_count; i-- > 0;) {
        const TypeDefinition *definition = space->types[i];
        if (definition->node_count) { /* written, unlike the Program around a file's statements */
            add(session, list,
                (SessionName){type_text(session->world, definition->self), "type", complete_type_word(definition), "",
                              index});
        }
    }
    for (uint32_t i = space->space_count; i-- > 0;) {
        add_types(session, list, space->spaces[i], index);
    }
}

static uint32_t index_of(const Session *session, const Submission *submission)
{
    uint32_t index = 0;
    while (index < session->submission_count && session->submissions[index].submission != submission) {
        index++;
    }
    return index;
}

static void collect(Session *session, void *argument)
{
    SessionNames *names = argument;
    NameList list = {0};
    for (const Submission *at = session->seen; at; at = at->previous) {
        uint32_t index = index_of(session, at);
        add_functions(session, &list, at, index);
        add_variables(session, &list, at, index);
        add_captured(session, &list, at, index);
        add_types(session, &list, at->global, index);
    }
    for (uint32_t i = 0; i < list.count / 2; i++) {
        SessionName swapped = list.at[i];
        list.at[i] = list.at[list.count - 1 - i];
        list.at[list.count - 1 - i] = swapped;
    }
    *names = (SessionNames){list.at, list.count};
}

SessionStatus session_names(Session *session, SessionNames *names)
{
    *names = (SessionNames){0};
    if (session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    if (!session->machine) {
        return SESSION_OK;
    }
    return session_guard(session, collect, names) ? SESSION_OK : SESSION_NO_MEMORY;
}
