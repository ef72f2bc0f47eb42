/* Members of a type by name (C# spec 12.5), accessibility, and extension methods (12.8.10.3). */
#include "lang/check_internal.h"

#include <string.h>

static bool is_inside(TypeDefinition *inner, TypeDefinition *outer)
{
    for (; inner; inner = inner->containing)
        if (inner == outer)
            return true;
    return false;
}

static bool derives(World *world, TypeDefinition *inner, TypeDefinition *base)
{
    for (; inner; inner = inner->containing)
        for (Type *at = inner->self; at && at->definition; at = type_base(world, at))
            if (at->definition == base)
                return true;
    return false;
}

bool is_accessible(Binder *binder, Accessibility access, TypeDefinition *owner, Type *through)
{
    (void)through;
    switch (access) {
    case ACCESS_PUBLIC:
        return true;
    case ACCESS_INTERNAL:
        return !owner->is_library || (binder->definition && binder->definition->is_library);
    case ACCESS_PROTECTED:
        return binder->definition && derives(binder->world, binder->definition, owner);
    default:
        return owner->submission || (binder->definition && is_inside(binder->definition, owner));
    }
}

static Accessibility access_of(const Member *member)
{
    switch (member->kind) {
    case MEMBER_FIELD:
        return member->field->access;
    case MEMBER_METHOD:
        return member->method->access;
    case MEMBER_PROPERTY:
        return member->property->access;
    case MEMBER_EVENT:
        return member->event->access;
    default:
        return member->type->access;
    }
}

static bool is_overriding_member(const Member *member)
{
    if (member->kind == MEMBER_METHOD) /* one that returns more than the overridden one does is found instead of it */
        return member->method->is_override && member->method->overridden &&
               (member->method->return_type == member->method->overridden->return_type ||
                member->method->overridden->owner->type_parameter_count || member->method->type_parameter_count ||
                type_is_value(member->method->return_type));
    if (member->kind == MEMBER_PROPERTY) {
        Method *accessor = member->property->getter ? member->property->getter : member->property->setter;
        return accessor && accessor->is_override && accessor->overridden;
    }
    return false;
}

static bool same_parameters(World *world, MethodRef a, MethodRef b)
{
    if (a.method->parameter_count != b.method->parameter_count ||
        a.method->type_parameter_count != b.method->type_parameter_count)
        return false;
    for (uint32_t i = 0; i < a.method->parameter_count; i++)
        if (!type_same(method_ref_parameter_type(world, a, i), method_ref_parameter_type(world, b, i)))
            return false;
    return true;
}

static void add_method(Binder *binder, Found *found, Method *method, Type *owner)
{
    MethodRef ref = {method, owner, NULL};
    for (uint32_t i = 0; i < found->method_count; i++)
        if (found->methods[i].method == method ||
            (found->methods[i].owner != owner && same_parameters(binder->world, found->methods[i], ref)))
            return; /* hidden by the more derived one */
    ARENA_PUSH(binder->arena, found->methods, found->method_count, found->method_capacity, ref);
}

void add_visible_methods(Binder *binder, Found *found, const Found *more)
{
    for (uint32_t i = 0; i < more->method_count; i++)
        add_method(binder, found, more->methods[i].method, more->methods[i].owner);
}

static bool member_is_instance(const Member *member)
{
    switch (member->kind) {
    case MEMBER_FIELD:
        return !member->field->is_static;
    case MEMBER_METHOD:
        return !member->method->is_static && member->method->kind == METHOD_ORDINARY;
    case MEMBER_PROPERTY:
        return !member->property->is_static;
    case MEMBER_EVENT:
        return !member->event->is_static;
    default:
        return false;
    }
}

/* A protected instance member is for receivers of the class that asks, or of classes derived from it (spec 7.5.4). */
static bool is_own_branch(Binder *binder, const Member *member, TypeDefinition *owner, Type *receiver)
{
    if (access_of(member) != ACCESS_PROTECTED || !member_is_instance(member) || binder->is_base_access ||
        receiver->kind != TYPE_CLASS)
        return true;
    for (TypeDefinition *at = binder->definition; at; at = at->containing) {
        if (at == owner)
            return true;
        for (Type *type = receiver; type && type->definition; type = type_base(binder->world, type))
            if (type->definition == at && derives(binder->world, at, owner))
                return true;
    }
    return false;
}

/* Looks in one type; true when something was found that hides what base types have. */
static bool look_in(Binder *binder, Type *type, Type *receiver, Name name, Found *found)
{
    bool stops = false;
    for (Member *member = type_member(binder->world, type->definition, name); member; member = member->next_same_name) {
        if (member->name != name || is_overriding_member(member))
            continue;
        bool is_own_library = binder->definition && binder->definition->is_library;
        if (type->definition->is_library && !is_own_library &&
            (access_of(member) == ACCESS_PRIVATE || access_of(member) == ACCESS_INTERNAL))
            continue; /* programs do not even see these */
        if (!is_accessible(binder, access_of(member), type->definition, type)) {
            found->is_inaccessible = true;
            if (!found->member)
                found->owner = type;
            continue;
        }
        if (!is_own_branch(binder, member, type->definition, receiver)) {
            found->is_inaccessible = found->is_other_branch = true;
            if (!found->member)
                found->owner = type;
            continue;
        }
        if (member->kind == MEMBER_METHOD) {
            if (found->member && found->kind != MEMBER_METHOD)
                continue;
            if (!found->member) {
                found->member = member;
                found->kind = MEMBER_METHOD;
                found->owner = type;
            }
            add_method(binder, found, member->method, type);
        } else if (!found->member) {
            found->member = member;
            found->kind = member->kind;
            found->owner = type;
            stops = true;
        }
    }
    return stops;
}

static void look_in_interfaces(Binder *binder, Type *type, Name name, Found *found)
{
    uint32_t count;
    Type **interfaces = type_interfaces(binder->world, type, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (found->member && found->kind != MEMBER_METHOD)
            return;
        look_in(binder, interfaces[i], type, name, found);
    }
}

bool lookup_member(Binder *binder, Type *type, Name name, Found *found)
{
    memset(found, 0, sizeof *found);
    if (!type || type->kind == TYPE_ERROR)
        return false;
    Type *start = type->kind == TYPE_PARAMETER || type->kind == TYPE_ARRAY ? type_base(binder->world, type) : type;
    for (Type *at = start; at && at->definition; at = type_base(binder->world, at))
        if (look_in(binder, at, start, name, found))
            return true;
    if (type->kind == TYPE_INTERFACE || type->kind == TYPE_PARAMETER) {
        look_in_interfaces(binder, type, name, found);
        if (type->kind == TYPE_INTERFACE && (!found->member || found->kind == MEMBER_METHOD))
            look_in(binder, binder->world->object_type, type, name, found);
    }
    return found->member != NULL;
}

/* --- extension methods -----------------------------------------------------------------------------------------------
 */

void find_extension_types(World *world, Namespace *space)
{
    library_declare_extensions(space);
    for (; space->extension_seen < space->type_count; space->extension_seen++) {
        TypeDefinition *definition = space->types[space->extension_seen];
        if (definition->type_parameter_count || !library_type_may_extend(world, definition))
            continue;
        ARENA_PUSH(world->arena, space->extension_types, space->extension_count, space->extension_capacity, definition);
    }
}

static void add_extensions(Binder *binder, Namespace *space, Name name, MethodRef **methods, uint32_t *count,
                           uint32_t *capacity)
{
    find_extension_types(binder->world, space);
    for (uint32_t i = 0; i < space->extension_count; i++) {
        TypeDefinition *definition = space->extension_types[i];
        for (Member *member = type_member(binder->world, definition, name); member; member = member->next_same_name) {
            if (member->name != name || member->kind != MEMBER_METHOD || !member->method->is_extension ||
                !is_accessible(binder, member->method->access, definition, NULL))
                continue;
            MethodRef ref = {member->method, definition->self, NULL};
            bool known = false;
            for (uint32_t j = 0; j < *count; j++)
                known |= (*methods)[j].method == member->method;
            if (!known)
                ARENA_PUSH(binder->arena, *methods, *count, *capacity, ref);
        }
    }
}

/* All levels at once: overload resolution among them is what programs with one level of using directives see. */
void lookup_extensions(Binder *binder, Name name, MethodRef **methods, uint32_t *count, uint32_t *capacity)
{
    for (UsingScope *scope = binder->types.usings; scope; scope = scope->parent) {
        for (Namespace *space = scope->space; space; space = space->parent)
            add_extensions(binder, space, name, methods, count, capacity);
        using_resolve(binder->world, scope);
        for (uint32_t i = 0; i < scope->import_count; i++)
            add_extensions(binder, scope->imports[i], name, methods, count, capacity);
        if (*count && !scope->submission)
            return;
    }
}
