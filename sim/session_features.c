/* The list of what is supported: the rows of feature.def and refused.def, and the public types of the core library. */
#include "session_internal.h"

#include <stdlib.h>
#include <string.h>

#include "lang/features.h"

typedef struct FeatureList {
    SessionFeature *rows;
    uint32_t count, capacity;
} FeatureList;

static void add_language(Session *session, FeatureList *list)
{
    for (uint32_t i = 0; i < language_feature_count; i++) {
        const LanguageFeature *feature = &language_features[i];
        SessionFeature row = {
            .kind = FEATURE_LANGUAGE, .group = feature->group, .name = feature->what, .detail = feature->example};
        ARENA_PUSH(&session->arena, list->rows, list->count, list->capacity, row);
    }
    for (uint32_t i = 0; i < REFUSED_EXPRESSION; i++) {
        const RefusedFeature *refused = &refused_features[i];
        SessionFeature row = {.kind = FEATURE_REFUSED,
                              .group = "Not supported",
                              .name = refused->what,
                              .detail = refused->instead,
                              .example = refused->example};
        ARENA_PUSH(&session->arena, list->rows, list->count, list->capacity, row);
    }
}

/* ---- the library ------------------------------------------------------------------------------------------------- */

static bool is_shown_member(const Member *member)
{
    switch (member->kind) {
    case MEMBER_FIELD:
        return member->field->access == ACCESS_PUBLIC && !member->field->backing_of && member->name->text[0] != '<';
    case MEMBER_METHOD:
        return member->method->kind == METHOD_ORDINARY && member->method->access == ACCESS_PUBLIC &&
               !member->method->explicit_interface;
    case MEMBER_PROPERTY:
        return member->property->access == ACCESS_PUBLIC && !member->property->explicit_interface &&
               !member->property->parameter_count;
    case MEMBER_EVENT:
        return member->event->access == ACCESS_PUBLIC;
    case MEMBER_TYPE:
        return false;
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of public members, each once, sorted. */
static const char *members_of(Session *session, TypeDefinition *definition)
{
    const char **names = ARENA_ARRAY(&session->arena, const char *, definition->member_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < definition->bucket_count; i++) {
        for (const Member *member = definition->buckets[i]; member; member = member->next_same_name) {
            if (is_shown_member(member)) {
                names[count++] = member->name->text;
            }
        }
    }
    qsort(names, count, sizeof *names, compare_names);
    Text text;
    text_init(&text, &session->arena);
    for (uint32_t i = 0; i < count; i++) {
        if (!i || strcmp(names[i], names[i - 1]) != 0) {
            text_format(&text, "%s%s", text.length ? ", " : "", names[i]);
        }
    }
    return text.length ? text.at : "";
}

static bool is_shown_type(const TypeDefinition *definition)
{
    return definition->is_library && !definition->is_compiler_made && definition->access == ACCESS_PUBLIC;
}

/* "Dictionary<TKey, TValue>.Enumerator" */
static void add_name(Text *text, const TypeDefinition *definition)
{
    if (definition->containing) {
        add_name(text, definition->containing);
        text_addc(text, '.');
    }
    text_adds(text, definition->name->text);
    for (uint32_t i = definition->own_parameter_start; i < definition->type_parameter_count; i++) {
        text_format(text, "%s%s", i == definition->own_parameter_start ? "<" : ", ",
                    definition->type_parameters[i]->name->text);
    }
    if (definition->own_parameter_start < definition->type_parameter_count) {
        text_addc(text, '>');
    }
}

static const char *name_of_type(Session *session, const TypeDefinition *definition)
{
    Text text;
    text_init(&text, &session->arena);
    add_name(&text, definition);
    return text.at;
}

static void add_type(Session *session, FeatureList *list, TypeDefinition *definition)
{
    if (!is_shown_type(definition)) {
        return;
    }
    type_complete(session->world, definition);
    SessionFeature row = {.kind = FEATURE_TYPE,
                          .group = definition->space->full_name->text,
                          .name = name_of_type(session, definition),
                          .detail = members_of(session, definition)};
    ARENA_PUSH(&session->arena, list->rows, list->count, list->capacity, row);
    for (uint32_t i = 0; i < definition->nested_count; i++) {
        add_type(session, list, definition->nested[i]);
    }
}

static void add_space(Session *session, FeatureList *list, const Namespace *space)
{
    for (uint32_t i = 0; i < space->type_count; i++) {
        add_type(session, list, space->types[i]);
    }
    for (uint32_t i = 0; i < space->space_count; i++) {
        add_space(session, list, space->spaces[i]);
    }
}

/* Types of .NET that programs often name and that are not there: they get AL9001 too. */
static void add_missing_types(Session *session, FeatureList *list, uint32_t first_type)
{
    uint32_t types_end = list->count;
    for (uint32_t i = 0; i < missing_type_count; i++) {
        size_t length = strlen(missing_types[i].name);
        bool is_there = false;
        for (uint32_t j = first_type; j < types_end && !is_there; j++) {
            const char *name = list->rows[j].name;
            is_there = strcmp(list->rows[j].group, missing_types[i].space) == 0 &&
                       strncmp(name, missing_types[i].name, length) == 0 && (name[length] == 0 || name[length] == '<');
        }
        SessionFeature row = {.kind = FEATURE_REFUSED,
                              .group = "Types of .NET that are not there",
                              .name =
                                  arena_format(&session->arena, "%s.%s", missing_types[i].space, missing_types[i].name),
                              .detail = "write what the program needs of it yourself"};
        if (!is_there) {
            ARENA_PUSH(&session->arena, list->rows, list->count, list->capacity, row);
        }
    }
}

static int compare_rows(const void *a, const void *b)
{
    const SessionFeature *x = a, *y = b;
    int order = strcmp(x->group, y->group);
    return order ? order : strcmp(x->name, y->name);
}

static void list_features(Session *session, void *argument)
{
    FeatureList *list = argument;
    add_language(session, list);
    uint32_t first = list->count;
    world_load_library(session->world);
    add_space(session, list, session->world->global);
    qsort(list->rows + first, list->count - first, sizeof *list->rows, compare_rows);
    add_missing_types(session, list, first);
}

uint32_t session_features(Session *session, const SessionFeature **rows)
{
    FeatureList list = {0};
    if (!session_guard(session, list_features, &list)) {
        return 0;
    }
    *rows = list.rows;
    return list.count;
}
