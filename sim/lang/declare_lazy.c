/* Members of types of the core library, one by one. tools/index_types.c knows where each of them is and what it is
 * called: what has storage is declared first and together, so that layouts do not depend on who asks for what; the rest
 * by name. */
#include "lang/check_internal.h"

#include <string.h>

static bool is_lazy(const TypeDefinition *definition)
{
    if (definition->lazy_state)
        return true;
    if (!definition->is_library || definition->members_state == 2 || !definition->node_count)
        return false;
    for (uint32_t i = 0; i < definition->node_count; i++)
        if (definition->nodes[i]->kind != NODE_TYPE_DECLARATION || !parse_known_members(definition->nodes[i]))
            return false;
    return true;
}

static void declare_one(World *world, TypeDefinition *definition, uint32_t part, const SourceMember *member)
{
    TypeContext context = type_context_of(definition, part);
    Node *node = parse_member_at(definition->nodes[part], member);
    uint32_t before = definition->method_count;
    declare_member(world, definition, node, &context);
    for (uint32_t i = before; i < definition->method_count; i++)
        if (definition->methods[i]->is_override && !definition->methods[i]->overridden)
            resolve_override(world, definition, definition->methods[i]);
}

typedef enum Wanted { WANTED_ALWAYS, WANTED_NAMED, WANTED_REST } Wanted;

static void declare_wanted(World *world, TypeDefinition *definition, Wanted wanted, uint32_t hash)
{
    for (uint32_t part = 0; part < definition->node_count; part++) {
        const SourceMember *members = parse_known_members(definition->nodes[part]);
        uint32_t count = definition->nodes[part]->decl->skip->member_count;
        bool *declared = definition->lazy_declared[part];
        for (uint32_t i = 0; i < count; i++) {
            bool is_wanted = wanted == WANTED_ALWAYS  ? members[i].is_always
                             : wanted == WANTED_NAMED ? members[i].hash == hash && !members[i].is_always
                                                      : !members[i].is_always;
            if (!is_wanted || declared[i])
                continue;
            declared[i] = true;
            declare_one(world, definition, part, &members[i]);
        }
    }
}

static bool has_constructor(World *world, const TypeDefinition *definition)
{
    uint32_t hash = name_of(world->names, ".ctor")->hash;
    for (uint32_t part = 0; part < definition->node_count; part++) {
        const SourceMember *members = parse_known_members(definition->nodes[part]);
        for (uint32_t i = 0; i < definition->nodes[part]->decl->skip->member_count; i++)
            if (members[i].hash == hash)
                return true;
    }
    return false;
}

/* False: not that kind of type. */
static bool open_type(World *world, TypeDefinition *definition)
{
    if (!is_lazy(definition))
        return false;
    if (definition->lazy_state)
        return true;
    definition->lazy_state = 1;
    definition->lazy_declared = ARENA_ARRAY(world->arena, bool *, definition->node_count);
    for (uint32_t i = 0; i < definition->node_count; i++)
        definition->lazy_declared[i] =
            ARENA_ARRAY(world->arena, bool, definition->nodes[i]->decl->skip->member_count + 1u);
    type_complete_bases(world, definition);
    type_declare_nested(world, definition);
    for (uint32_t i = 0; i < definition->nested_count; i++)
        add_member(world, definition,
                   (Member){.kind = MEMBER_TYPE, .name = definition->nested[i]->name, .type = definition->nested[i]});
    declare_wanted(world, definition, WANTED_ALWAYS, 0);
    if (definition->kind == TYPE_CLASS && !definition->is_static && !has_constructor(world, definition))
        add_synthesized_constructor(world, definition, METHOD_CONSTRUCTOR);
    if (!definition->static_constructor && needs_static_constructor(definition))
        add_synthesized_constructor(world, definition, METHOD_STATIC_CONSTRUCTOR);
    definition->lazy_state = 2;
    return true;
}

bool lazy_complete(World *world, TypeDefinition *definition)
{
    if (!open_type(world, definition))
        return false;
    declare_wanted(world, definition, WANTED_REST, 0);
    return true;
}

void type_declare_fields(World *world, TypeDefinition *definition)
{
    if (!open_type(world, definition))
        type_complete(world, definition);
}

/* get_X is asked for by X. */
static uint32_t wanted_hash(Name name)
{
    static const char *const prefixes[] = {"get_", "set_", "add_", "remove_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t length = strlen(prefixes[i]);
        if (name->length > length && memcmp(name->text, prefixes[i], length) == 0)
            return name_hash(name->text + length, name->length - length);
    }
    return name->hash;
}

void type_declare_named(World *world, TypeDefinition *definition, Name name)
{
    if (definition->members_state == 2 && !definition->lazy_state)
        return;
    if (!open_type(world, definition)) {
        type_complete(world, definition);
        return;
    }
    uint32_t *asked =
        &definition->lazy_asked[name->hash % (sizeof definition->lazy_asked / sizeof *definition->lazy_asked)];
    if (definition->members_state == 2 || *asked == name->hash)
        return;
    *asked = name->hash;
    declare_wanted(world, definition, WANTED_NAMED, name->hash);
    uint32_t hash = wanted_hash(name);
    if (hash != name->hash)
        declare_wanted(world, definition, WANTED_NAMED, hash);
}

void type_declare_constructors(World *world, TypeDefinition *definition)
{
    type_declare_named(world, definition, name_of(world->names, ".ctor"));
}
