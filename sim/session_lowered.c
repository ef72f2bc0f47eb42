/* The lowered C#: which methods are meant, and their text. */
#include "session_internal.h"

#include <string.h>

typedef struct LoweredRequest {
    const char *wanted; /* NULL: all */
    Text text;
    bool found;
} LoweredRequest;

static bool equals(const char *text, const char *with, size_t length)
{
    return strlen(text) == length && memcmp(text, with, length) == 0;
}

/* Whether a method is what somebody calls `wanted`: by its name, or as the local function <Outer>g__wanted|0_0. */
static bool has_name(const Method *method, const char *wanted)
{
    const char *name = method->name->text;
    const char *local = strstr(name, ">g__");
    const char *bar = local ? strchr(local, '|') : NULL;
    if (local && bar) {
        return equals(wanted, local + 4, (size_t)(bar - local) - 4);
    }
    if (method->kind == METHOD_CONSTRUCTOR) {
        return strcmp(wanted, method->owner->name->text) == 0 || strcmp(wanted, ".ctor") == 0;
    }
    return strcmp(name, wanted) == 0 || (method->is_entry_point && strcmp(wanted, "Main") == 0);
}

static bool is_wanted(const Method *method, const char *wanted)
{
    const char *dot = wanted ? strrchr(wanted, '.') : NULL;
    if (!wanted || has_name(method, wanted)) {
        return true;
    }
    return dot && dot > wanted && equals(method->owner->name->text, wanted, (size_t)(dot - wanted)) &&
           has_name(method, dot + 1);
}

static bool has_body(const Method *method)
{
    return !method->is_abstract && !method->is_extern && method->kind != METHOD_DELEGATE_INVOKE;
}

static bool lower(Session *session, Method *method)
{
    if (!method->lowered) {
        if (!has_body(method) || !bind_method(session->world, method)) {
            return false;
        }
        lower_method(session->world, method);
    }
    return true;
}

static void add_method(Session *session, LoweredRequest *request, Method *method)
{
    if (!lower(session, method) || !is_wanted(method, request->wanted)) {
        return;
    }
    if (request->found) {
        text_addc(&request->text, '\n');
    }
    request->found = true;
    print_lowered(session->world, method, &request->text);
}

static void add_type(Session *session, LoweredRequest *request, TypeDefinition *definition)
{
    if (!definition->is_compiler_made) {
        type_complete(session->world, definition);
    }
    /* Lowering a method adds its local functions at the end of the list: they are seen too. */
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        bool is_local = method->kind == METHOD_LAMBDA; /* shown with the method it is in, unless asked for by name */
        if (is_local ? request->wanted != NULL : !method->is_synthesized && !definition->is_compiler_made) {
            add_method(session, request, method);
        }
    }
}

static void push_types(Arena *arena, TypeList *list, TypeDefinition **types, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!types[i]->is_library) {
            ARENA_PUSH(arena, list->at, list->count, list->capacity, types[i]);
        }
    }
}

/* The types of all namespaces. Lists instead of recursion: a program may nest as deeply as it likes. */
static TypeList types_of_spaces(Session *session)
{
    TypeList types = {0};
    struct {
        Namespace **at;
        uint32_t count, capacity;
    } spaces = {0};
    for (Namespace *at = session->world->global; at;
         at = at->older) { /* of a prompt: one for each submission with types */
        ARENA_PUSH(&session->arena, spaces.at, spaces.count, spaces.capacity, at);
    }
    for (const Submission *at = session->seen; at; at = at->previous) {
        TypeDefinition *definition = at->definition;
        push_types(&session->arena, &types, &definition, 1);
    }
    for (uint32_t i = 0; i < spaces.count; i++) {
        Namespace *space = spaces.at[i];
        push_types(&session->arena, &types, space->types, space->type_count);
        for (uint32_t k = 0; k < space->space_count; k++) {
            ARENA_PUSH(&session->arena, spaces.at, spaces.count, spaces.capacity, space->spaces[k]);
        }
    }
    return types;
}

TypeList session_lower_program(Session *session)
{
    TypeList types = types_of_spaces(session);
    for (uint32_t i = 0; i < types.count; i++) {
        TypeDefinition *definition = types.at[i];
        if (!definition->is_compiler_made) {
            type_complete(session->world, definition);
        }
        for (uint32_t k = 0; k < definition->method_count && !definition->is_compiler_made; k++) {
            if (!definition->methods[k]->is_synthesized) {
                lower(session, definition->methods[k]);
            }
        }
        push_types(&session->arena, &types, definition->nested, definition->nested_count);
    }
    return types;
}

static void find_lowered(Session *session, void *argument)
{
    LoweredRequest *request = argument;
    text_init(&request->text, &session->arena);
    TypeList types = types_of_spaces(session);
    for (uint32_t i = 0; i < types.count; i++) {
        add_type(session, request, types.at[i]);
        push_types(&session->arena, &types, types.at[i]->nested, types.at[i]->nested_count);
    }
}

SessionStatus session_lowered(Session *session, const char *method, const char **text)
{
    *text = "";
    SessionStatus status = session_check(session);
    if (status != SESSION_OK) {
        return status;
    }
    LoweredRequest request = {.wanted = method};
    if (!session_guard(session, find_lowered, &request)) {
        return SESSION_NO_MEMORY;
    }
    *text = request.text.at ? request.text.at : "";
    return request.found || !method ? SESSION_OK : SESSION_NOT_FOUND;
}
