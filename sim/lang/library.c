/* The core library on demand: tools/index_types.c knows beforehand where each type is, and a type is parsed and
 * declared when somebody asks for it by name. What a program does not use costs nothing. */
#include "lang/check_internal.h"
#include "lang/lang.h"

#include <string.h>
#include <strings.h>

#include "corlib/corlib.h"

typedef struct LibraryFile {
    Parser *parser; /* NULL: nothing of the file was needed so far */
    UsingScope *scope;
} LibraryFile;

typedef struct Library {
    World *world;
    SourceFile **sources;
    LibraryFile *files;
    bool *declared; /* by type */
} Library;

static void add_sources(World *world, Library *library)
{
    library->sources = ARENA_ARRAY(world->arena, SourceFile *, corlib_file_count + 1);
    for (size_t i = 0; i < corlib_file_count; i++) {
        const CorlibFile *text = &corlib_files[i];
        SourceFile *file = source_add(world->sources, text->name, text->text, text->length, true);
        file->skips = corlib_skips + corlib_index[i].first_skip;
        file->skip_count = corlib_index[i].skip_count;
        file->nested = corlib_nested + corlib_index[i].first_nested;
        file->members = corlib_members + corlib_index[i].first_member;
        library->sources[i] = file;
    }
}

static void add_space(World *world, Library *library, uint32_t number)
{
    Namespace *space = world->global;
    for (const char *at = corlib_spaces[number]; *at; at += *at == '.') {
        size_t length = strcspn(at, ".");
        space = namespace_child(world, space, name_intern(world->names, at, length), true);
        at += length;
    }
    space->library = library;
    space->library_space = number;
}

void library_init(World *world)
{
    Library *library = world->library = ARENA_NEW(world->arena, Library);
    library->world = world;
    library->files = ARENA_ARRAY(world->arena, LibraryFile, corlib_file_count + 1);
    library->declared = ARENA_ARRAY(world->arena, bool, corlib_type_count + 1);
    add_sources(world, library);
    for (uint32_t i = 0; i < corlib_space_count; i++)
        add_space(world, library, i);
}

static LibraryFile *open_file(Library *library, uint32_t number)
{
    LibraryFile *file = &library->files[number];
    if (!file->parser) {
        World *world = library->world;
        ParseContext context = {world->arena, world->names, world->diagnostics};
        Node *head = parse_file_head(&context, library->sources[number], corlib_index[number].head_end, &file->parser);
        file->scope = declare_library_head(world, head);
    }
    return file;
}

static void declare_part(Library *library, const CorlibType *type)
{
    LibraryFile *file = open_file(library, type->file);
    Node *node = parse_type_at(file->parser, type->start, type->end);
    TypeDefinition *definition = declare_library_type(library->world, node, file->scope);
    if (!type->special)
        return;
    library->world->special[type->special] = definition;
    definition->special = definition->self->special = (SpecialType)type->special;
}

/* The next part of a type from slot *at on, NULL: there are no more. */
static const CorlibType *next_part(const Namespace *space, Name name, uint32_t arity, uint32_t *at)
{
    for (;;) {
        uint16_t slot = corlib_type_slots[(*at)++ & (corlib_type_slot_count - 1)];
        const CorlibType *type = &corlib_types[slot - 1];
        if (!slot)
            return NULL;
        if (type->hash == name->hash && type->space == space->library_space && type->arity == arity &&
            strcmp(type->name, name->text) == 0)
            return type;
    }
}

bool library_declare(Namespace *space, Name name, uint32_t arity)
{
    Library *library = space->library;
    uint32_t start = corlib_type_hash(name->hash, arity, space->library_space);
    uint32_t at = start;
    const CorlibType *type = library ? next_part(space, name, arity, &at) : NULL;
    if (!type || library->declared[type - corlib_types])
        return false;
    /* All parts at once, and marked before: declaring the first one looks for the type, too. */
    for (; type; type = next_part(space, name, arity, &at))
        library->declared[type - corlib_types] = true;
    at = start;
    while ((type = next_part(space, name, arity, &at)) != NULL)
        declare_part(library, type);
    return true;
}

static void declare_indexed(Library *library, Namespace *space, const CorlibType *type)
{
    if (!library->declared[type - corlib_types])
        namespace_type(space, name_of(library->world->names, type->name), type->arity);
}

void library_declare_extensions(Namespace *space)
{
    if (!space->library || space->library_extensions)
        return;
    space->library_extensions = true;
    for (uint32_t i = 0; i < corlib_type_count; i++)
        if (corlib_types[i].may_extend && corlib_types[i].space == space->library_space)
            declare_indexed(space->library, space, &corlib_types[i]);
}

void library_for_each_type(const Namespace *space, const char *prefix,
                           void (*visit)(void *context, const char *name, uint32_t arity), void *context)
{
    for (uint32_t i = 0; space->library && i < corlib_type_count; i++) {
        const CorlibType *type = &corlib_types[i];
        if (type->space == space->library_space && strncasecmp(type->name, prefix, strlen(prefix)) == 0)
            visit(context, type->name, type->arity);
    }
}

static void declare_all(Library *library, Namespace *space)
{
    for (uint32_t i = 0; space->library && i < corlib_type_count; i++)
        if (corlib_types[i].space == space->library_space)
            declare_indexed(library, space, &corlib_types[i]);
    for (uint32_t i = 0; i < space->space_count; i++)
        declare_all(library, space->spaces[i]);
}

void world_load_library(World *world)
{
    declare_all(world->library, world->global);
}
