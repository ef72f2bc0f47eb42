/* The world: the core library declared, user files added. */
#include "lang/check_internal.h"
#include "lang/lang.h"

#include <string.h>

static const struct {
    const char *space;
    const char *name;
    uint32_t arity;
} special_rows[SPECIAL_COUNT] = {
    {NULL, NULL, 0},
#define SPECIAL(name, space, text, arity) {space, text, arity},
#include "lang/special.def"
#undef SPECIAL
};

static Namespace *find_namespace(World *world, const char *dotted, size_t length, bool create)
{
    Namespace *space = world->global;
    while (length && space) {
        const char *dot = memchr(dotted, '.', length);
        size_t part = dot ? (size_t)(dot - dotted) : length;
        space = namespace_child(world, space, name_intern(world->names, dotted, part), create);
        dotted += part + (dot ? 1 : 0);
        length -= part + (dot ? 1 : 0);
    }
    return space;
}

static void find_special_types(World *world)
{
    for (uint32_t i = 1; i < SPECIAL_COUNT; i++) {
        Namespace *space = find_namespace(world, special_rows[i].space, strlen(special_rows[i].space), false);
        if (space)
            namespace_type(space, name_of(world->names, special_rows[i].name), special_rows[i].arity);
    }
}

static Type *basic_type(World *world, TypeKind kind)
{
    Type *type = ARENA_NEW(world->arena, Type);
    type->kind = kind;
    type->plain = type;
    return type;
}

static void set_basic_types(World *world)
{
    world->void_type = type_special(world, SPECIAL_VOID);
    world->object_type = type_special(world, SPECIAL_OBJECT);
    world->string_type = type_special(world, SPECIAL_STRING);
    world->bool_type = type_special(world, SPECIAL_BOOLEAN);
    world->char_type = type_special(world, SPECIAL_CHAR);
    world->int_type = type_special(world, SPECIAL_INT32);
    world->long_type = type_special(world, SPECIAL_INT64);
    world->double_type = type_special(world, SPECIAL_DOUBLE);
}

World *world_new(Arena *arena, SourceMap *sources)
{
    World *world = ARENA_NEW(arena, World);
    world->arena = arena;
    world->sources = sources;
    world->names = ARENA_NEW(arena, NameTable);
    name_table_init(world->names, arena);
    world->diagnostics = ARENA_NEW(arena, DiagnosticList);
    diagnostic_list_init(world->diagnostics, arena);
    world->global = ARENA_NEW(arena, Namespace);
    world->global->name = world->global->full_name = name_of(world->names, "");
    world->library_global = world->global;
    world->error_type = basic_type(world, TYPE_ERROR);
    world->null_type = basic_type(world, TYPE_NULL);
    library_init(world);
    find_special_types(world);
    set_basic_types(world);
    return world;
}

void world_add_file(World *world, const SourceFile *file)
{
    ParseContext context = {world->arena, world->names, world->diagnostics};
    Node *unit = parse_file(&context, file, false);
    declare_file(world, unit);
}

TypeDefinition *world_find_type(World *world, const char *full_name)
{
    const char *outer_end = full_name + strcspn(full_name, "+");
    const char *dot = NULL;
    for (const char *at = full_name; at < outer_end; at++)
        if (*at == '.')
            dot = at;
    Namespace *space = dot ? find_namespace(world, full_name, (size_t)(dot - full_name), false) : world->global;
    TypeDefinition *definition = NULL;
    const char *at = dot ? dot + 1 : full_name;
    for (bool first = true; space; first = false) {
        size_t length = strcspn(at, "+");
        uint32_t arity = 0;
        size_t name_length = length;
        for (size_t i = 0; i < length; i++)
            if (at[i] == '`') {
                name_length = i;
                for (size_t j = i + 1; j < length; j++)
                    arity = arity * 10 + (uint32_t)(at[j] - '0');
                break;
            }
        Name name = name_intern(world->names, at, name_length);
        if (first) {
            definition = namespace_type(space, name, arity);
        } else {
            type_declare_nested(world, definition);
            TypeDefinition *inner = NULL;
            for (uint32_t i = 0; i < definition->nested_count; i++)
                if (definition->nested[i]->name == name)
                    inner = definition->nested[i];
            definition = inner;
        }
        if (!definition || !at[length])
            return definition;
        at += length + 1;
    }
    return NULL;
}

Type *world_type_from_text(World *world, const char *text)
{
    /* Parsed as the type of a field, in a file of its own that sees the namespaces programs import, the implicit ones
     * too. */
    enum { IMPORTS = 5 };
    static const char imports[] =
        "using System.Collections.Concurrent; using System.Runtime.CompilerServices; using System.Text; "
        "using System.Threading.Channels; using System.Threading.Tasks.Sources; ";
    char *source = arena_format(world->arena, "%sclass Wanted { %s f; }", imports, text);
    SourceFile *file = source_add(world->sources, "type", source, strlen(source), false);
    ParseContext context = {world->arena, world->names, world->diagnostics};
    uint32_t errors = world->diagnostics->error_count;
    Node *unit = parse_file(&context, file, false);
    uint32_t count = unit->items.count;
    Node *wanted = count ? unit->items.at[count - 1] : NULL;
    if (world->diagnostics->error_count != errors || count != IMPORTS + 1 || wanted->items.count != 1)
        return NULL;
    UsingScope *usings = ARENA_NEW(world->arena, UsingScope);
    usings->space = world->global;
    usings->container = unit;
    TypeContext type_context = {.usings = usings};
    Type *type = bind_type(world, &type_context, wanted->items.at[0]->a);
    return world->diagnostics->error_count == errors ? type : NULL;
}
