/* What reflection asks about types: answers are made on demand and live as long as the program. */
#include "lang/check_internal.h"
#include "lang/load_internal.h"

static uint64_t mask_of(const RuntimeType *type)
{
    return type->value_size >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * type->value_size)) - 1;
}

static void add_members(Loader *loader, TypeInfo *info, TypeFacts *facts)
{
    const TypeDefinition *definition = info->type->definition;
    EnumMember *members = ARENA_ARRAY(loader->arena, EnumMember, definition->field_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (!field->is_const)
            continue;
        EnumMember member = {field->name->text,
                             (uint64_t)field_constant(loader->world, field).integer & mask_of(info->runtime)};
        uint32_t at = count++;
        while (at > 0 && members[at - 1].bits > member.bits) {
            members[at] = members[at - 1];
            at--;
        }
        members[at] = member;
    }
    facts->members = members;
    facts->member_count = count;
}

static void add_arguments(Loader *loader, Type *type, TypeFacts *facts)
{
    TypeId *arguments = ARENA_ARRAY(loader->arena, TypeId, type->argument_count);
    for (uint32_t i = 0; i < type->argument_count; i++)
        arguments[i] = load_type(loader, type->arguments[i]);
    facts->arguments = arguments;
    facts->argument_count = type->argument_count;
    facts->definition = load_type(loader, type->definition->self);
}

static bool has_flags_attribute(const TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->node_count; i++)
        if (definition->nodes[i]->decl && find_attribute(&definition->nodes[i]->decl->attributes, "Flags"))
            return true;
    return false;
}

void load_type_facts(Loader *loader, TypeId id, TypeFacts *facts)
{
    TypeInfo *info = load_type_info(loader, id);
    Type *type = info->type;
    if (!type->definition)
        return;
    facts->is_sealed = type->definition->is_sealed || type->definition->is_static;
    facts->is_generic_definition = type->is_open;
    if (type->argument_count && !type->is_open)
        add_arguments(loader, type, facts);
    if (type->kind == TYPE_ENUM) {
        facts->has_flags_attribute = has_flags_attribute(type->definition);
        add_members(loader, info, facts);
    }
}
