/* Making things: new, initialisers, arrays, tuples, collection expressions, await (C# spec 12.8.17, 12.9.8). */
#include "lang/check_internal.h"
#include "lang/lang.h"
#include "lang/submit.h"

#include <string.h>

/* --- constructors
 * --------------------------------------------------------------------------------------------------------- */

static uint32_t gather_constructors(Binder *binder, Type *type, MethodRef *candidates, uint32_t limit,
                                    bool *inaccessible)
{
    uint32_t count = 0;
    type_declare_constructors(binder->world, type->definition);
    for (uint32_t i = 0; i < type->definition->method_count && count < limit; i++) {
        Method *method = type->definition->methods[i];
        if (method->kind != METHOD_CONSTRUCTOR)
            continue;
        if (!is_accessible(binder, method->access, type->definition, type)) {
            *inaccessible = true;
            continue;
        }
        candidates[count++] = (MethodRef){method, type, NULL};
    }
    return count;
}

static Bound *new_of(Binder *binder, Type *type, Span span)
{
    return bound_new(binder->world, BOUND_NEW, type, span);
}

static Bound *bind_new_delegate(Binder *binder, Type *type, ArgumentInfo *arguments, uint32_t count, Span span)
{
    if (count != 1) {
        ERROR_AT(binder, span, ERROR_DELEGATE_CONSTRUCTOR);
        return bad(binder, span);
    }
    Bound *given = arguments[0].value;
    if (!is_bad(given) && given->kind != BOUND_UNBOUND_LAMBDA && given->kind != BOUND_METHOD_GROUP &&
        !(given->type && given->type->kind == TYPE_DELEGATE)) {
        ERROR_AT(binder, given->syntax ? given->syntax->span : given->span, ERROR_DELEGATE_CONSTRUCTOR);
        return bad(binder, span);
    }
    return convert_implicit(binder, arguments[0].value, type, span);
}

Bound *bind_new(Binder *binder, Type *type, ArgumentInfo *arguments, uint32_t count, Node *node, Span span)
{
    World *world = binder->world;
    if (type->kind == TYPE_DELEGATE)
        return bind_new_delegate(binder, type, arguments, count, span);
    if (type->kind == TYPE_PARAMETER) {
        if (!type->parameter->must_have_constructor && !type->parameter->must_be_struct) {
            ERROR_AT(binder, node ? node->span : span, ERROR_PARAMETER_NEW, type_text(world, type));
            return bad(binder, span);
        }
        return new_of(binder, type, span);
    }
    if (type->kind == TYPE_INTERFACE || (type->kind == TYPE_CLASS && type->definition->is_abstract)) {
        ERROR_AT(binder, node ? node->span : span, type->definition->is_static ? ERROR_STATIC_NEW : ERROR_ABSTRACT_NEW,
                 type_text(world, type));
        return bad(binder, span);
    }
    if (type->kind != TYPE_CLASS && type->kind != TYPE_STRUCT && type->kind != TYPE_ENUM) {
        ERROR_AT(binder, span, ERROR_ABSTRACT_NEW, type_text(world, type));
        return bad(binder, span);
    }
    MethodRef candidates[64];
    bool inaccessible = false;
    uint32_t candidate_count = gather_constructors(binder, type, candidates, 64, &inaccessible);
    bool has_parameterless = false;
    for (uint32_t i = 0; i < candidate_count; i++)
        has_parameterless |= candidates[i].method->parameter_count == 0;
    if (type->kind != TYPE_CLASS && count == 0 && !has_parameterless)
        return bound_new(world, BOUND_DEFAULT, type, span);
    if (!candidate_count) {
        if (inaccessible)
            ERROR_AT(binder, span, ERROR_INACCESSIBLE,
                     arena_format(binder->arena, "%s.%s()", type_text(world, type), type->definition->name->text));
        else
            ERROR_AT(binder, span, ERROR_NO_CONSTRUCTOR, type_text(world, type), (int)count);
        return bad(binder, span);
    }
    Resolution resolution;
    if (!resolve_overload(binder, candidates, candidate_count, NULL, 0, arguments, count, false, &resolution, node,
                          span, type->definition->name, false, type))
        return bad(binder, span);
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, &resolution, arguments, count, &temps, &effects, span);
    Bound *result = new_of(binder, type, node ? node->span : span);
    result->method = resolution.method;
    for (uint32_t i = 0; i < resolution.method.method->parameter_count; i++) {
        if (is_bad(values[i]))
            return bad(binder, span);
        list_add(binder, &result->items, values[i]);
    }
    return make_sequence(binder, &temps, &effects, result, result->span);
}

/* --- initialisers
 * ---------------------------------------------------------------------------------------------------------- */

static bool is_collection(World *world, Type *type)
{
    return type_find_interface(world, type, world->special[SPECIAL_IENUMERABLE]) != NULL;
}

/* An argument that Add does not take: Roslyn first says that about the element. */
static void blame_add(Binder *binder, uint32_t listed, Bound *group, Span span)
{
    DiagnosticList *list = binder->diagnostics;
    bool is_argument = list->items[listed].code == ERROR_ARGUMENT;
    if (!is_argument)
        return;
    ERROR_AT(binder, span, ERROR_COLLECTION_ADD,
             group->kind == BOUND_METHOD_GROUP ? method_group_text(binder, group) : "Add");
    if (list->items[list->count - 1].code != ERROR_COLLECTION_ADD || list->count < listed + 2)
        return;
    Diagnostic first = list->items[list->count - 1];
    memmove(&list->items[listed + 1], &list->items[listed], (list->count - 1 - listed) * sizeof *list->items);
    list->items[listed] = first;
}

static void add_element(Binder *binder, Bound *target, Node *node, BoundList *effects)
{
    ArgumentInfo *arguments;
    uint32_t count;
    if (node->kind == NODE_INITIALIZER) {
        bind_arguments(binder, &node->items, &arguments, &count);
    } else {
        NodeList one = {&node, 1, 1};
        bind_arguments(binder, &one, &arguments, &count);
    }
    Node *name_node = ARENA_NEW(binder->arena, Node);
    name_node->kind = NODE_NAME;
    name_node->span = name_node->at = node->span;
    name_node->name = name_of(binder->world->names, "Add");
    Bound *group = member_access(binder, target, name_node->name, NULL, name_node, node->span, true);
    if (is_bad(group))
        return;
    uint32_t before = binder->diagnostics->error_count, listed = binder->diagnostics->count;
    Bound *call = bind_invocation_of(binder, group, arguments, count, NULL, node->span);
    if (!is_bad(call))
        list_add(binder, effects, call);
    else if (binder->diagnostics->error_count > before && binder->diagnostics->count > listed)
        blame_add(binder, listed, group, node->span);
}

static void initialize_member(Binder *binder, Bound *target, Node *item, BoundList *effects, LocalList *locals)
{
    Node *name_node = ARENA_NEW(binder->arena, Node);
    *name_node = *item;
    name_node->kind = NODE_NAME;
    name_node->span =
        item->at.end > item->at.start ? item->at : (Span){item->span.start, item->span.start + item->name->length};
    Found found;
    if (!lookup_member(binder, target->type, item->name, &found) || found.kind == MEMBER_METHOD ||
        found.kind == MEMBER_TYPE) {
        ERROR_AT(binder, name_node->span, found.is_inaccessible ? ERROR_INACCESSIBLE : ERROR_TYPE_WITHOUT_MEMBER,
                 found.is_inaccessible
                     ? arena_format(binder->arena, "%s.%s", type_text(binder->world, target->type), item->name->text)
                     : type_text(binder->world, target->type),
                 item->name->text);
        bind_value(binder, item->a);
        return;
    }
    Bound *member = member_access(binder, target, item->name, NULL, name_node, name_node->span, false);
    if (is_bad(member))
        return;
    member->flags |= BOUND_THIS_INITIALIZER;
    if (item->a->kind == NODE_INITIALIZER) {
        bind_initializer(binder, to_rvalue(binder, member), item->a, effects, locals);
        return;
    }
    Bound *value = bind_converted(binder, item->a, member->type);
    if (is_bad(value))
        return;
    Bound *assigned = assign_to(binder, member, value, item->span, false);
    if (!is_bad(assigned))
        list_add(binder, effects, assigned);
}

static void initialize_index(Binder *binder, Bound *target, Node *item, BoundList *effects, LocalList *locals)
{
    ArgumentInfo *arguments;
    uint32_t count;
    bind_arguments(binder, &item->items, &arguments, &count);
    Bound *element = bind_indexer(binder, target, arguments, count, NULL, item->span);
    if (is_bad(element))
        return;
    if (item->a->kind == NODE_INITIALIZER) {
        bind_initializer(binder, to_rvalue(binder, element), item->a, effects, locals);
        return;
    }
    Bound *value = bind_converted(binder, item->a, element->type);
    Bound *assigned = is_bad(value) ? value : assign_to(binder, element, value, item->span, false);
    if (!is_bad(assigned))
        list_add(binder, effects, assigned);
}

Bound *bind_initializer(Binder *binder, Bound *target, Node *initializer, BoundList *effects, LocalList *locals)
{
    for (uint32_t i = 0; i < initializer->items.count; i++) {
        Node *item = initializer->items.at[i];
        if (item->kind == NODE_MEMBER_INITIALIZER && item->name) {
            initialize_member(binder, target, item, effects, locals);
        } else if (item->kind == NODE_INDEX_INITIALIZER) {
            initialize_index(binder, target, item, effects, locals);
        } else {
            if (i == 0 && !is_collection(binder->world, target->type)) {
                ERROR_AT(binder, initializer->span, ERROR_NOT_COLLECTION, type_text(binder->world, target->type));
                return target;
            }
            add_element(binder, target, item, effects);
        }
    }
    return target;
}

static bool initializer_sets(Node *initializer, Name name)
{
    for (uint32_t i = 0; initializer && i < initializer->items.count; i++)
        if (initializer->items.at[i]->kind == NODE_MEMBER_INITIALIZER && initializer->items.at[i]->name == name)
            return true;
    return false;
}

static bool constructor_sets_required(const Bound *value)
{
    while (value->kind == BOUND_SEQUENCE)
        value = value->a;
    Method *method = value->kind == BOUND_NEW ? value->method.method : NULL;
    return method && method->node && method->node->decl &&
           find_attribute(&method->node->decl->attributes, "SetsRequiredMembers");
}

static void check_required(Binder *binder, Type *type, Bound *value, Node *node)
{
    if (!type->definition || constructor_sets_required(value))
        return;
    for (Type *at = type; at && at->definition; at = type_base(binder->world, at)) {
        for (uint32_t i = 0; i < at->definition->field_count + at->definition->property_count; i++) {
            bool is_field = i < at->definition->field_count;
            Field *field = is_field ? at->definition->fields[i] : NULL;
            Property *property = is_field ? NULL : at->definition->properties[i - at->definition->field_count];
            bool is_required = is_field ? field->is_required : property->is_required;
            Name name = is_field ? field->name : property->name;
            if (is_required && !initializer_sets(node->b, name))
                ERROR_AT(binder, node->a ? node->a->span : node->span, ERROR_REQUIRED_MEMBER,
                         arena_format(binder->arena, "%s.%s", type_text(binder->world, at), name->text));
        }
    }
}

Bound *bind_object_creation(Binder *binder, Type *type, Node *node)
{
    ArgumentInfo *arguments;
    uint32_t count;
    bool target_typed = !node->a;
    Type *created = target_typed ? type_nullable_underlying(type) : type;
    bind_arguments(binder, &node->items, &arguments, &count);
    Bound *value = bind_new(binder, created, arguments, count, node, node->a ? node->a->span : node->span);
    if (is_bad(value))
        return value;
    value->span = node->span;
    if (created->kind == TYPE_CLASS || created->kind == TYPE_STRUCT)
        check_required(binder, created, value, node);
    if (node->b) {
        BoundList effects = {0};
        LocalList locals = {0};
        Bound *target = make_temp(binder, value, &effects, &locals);
        bind_initializer(binder, target, node->b, &effects, &locals);
        value = make_sequence(binder, &locals, &effects, target, node->span);
    }
    return created == type ? value : nullable_wrap(binder, value, type, node->span);
}

Bound *bind_failed_creation(Binder *binder, Node *node)
{
    ArgumentInfo *arguments;
    uint32_t count;
    bind_arguments(binder, &node->items, &arguments, &count);
    return bad(binder, node->span);
}

/* --- anonymous objects
 * -------------------------------------------------------------------------------------------------------- */

Bound *bind_anonymous_object(Binder *binder, Node *node)
{
    Name *names = ARENA_ARRAY(binder->arena, Name, node->items.count + 1);
    Type **types = ARENA_ARRAY(binder->arena, Type *, node->items.count + 1);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, node->items.count + 1);
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *item = node->items.at[i];
        Node *named = item->a;
        while (named->kind == NODE_QUALIFIED || named->kind == NODE_CONDITIONAL_ACCESS)
            named = named->b;
        names[i] = item->name ? item->name : named->name;
        for (uint32_t j = 0; j < i; j++)
            if (names[i] && names[j] == names[i])
                ERROR_AT(binder, item->span, ERROR_ANONYMOUS_TWICE);
        if (!names[i])
            ERROR_AT(binder, item->span, ERROR_ANONYMOUS_NAME);
        values[i] = bind_value(binder, item->a);
        if (values[i]->kind == BOUND_UNBOUND_LAMBDA || values[i]->kind == BOUND_METHOD_GROUP) {
            ERROR_AT(binder, item->span, ERROR_ANONYMOUS_NULL, bound_type_text(binder, values[i]));
            return bad(binder, node->span);
        }
        values[i] = to_typed(binder, values[i], item->a);
        types[i] = values[i]->type;
        if (is_bad(values[i]))
            return values[i];
        if (types[i]->kind == TYPE_NULL) {
            ERROR_AT(binder, node->flags & FLAG_QUERY ? node->span : item->span,
                     node->flags & FLAG_QUERY ? ERROR_RANGE_VARIABLE_VALUE : ERROR_ANONYMOUS_NULL, "<null>");
            return bad(binder, node->span);
        }
    }
    Type *type = anonymous_type(binder->world, names, types, node->items.count);
    Method *constructor = type_method_named(binder->world, type->definition, ".ctor", node->items.count);
    Bound *result = new_of(binder, type, node->span);
    result->method = (MethodRef){constructor, type, NULL};
    for (uint32_t i = 0; i < node->items.count; i++)
        list_add(binder, &result->items, values[i]);
    return result;
}

/* --- arrays
 * ---------------------------------------------------------------------------------------------------------------------
 */

static Bound *array_of_items(Binder *binder, Type *array, NodeList *items, Span span)
{
    Bound *result = bound_new(binder->world, BOUND_NEW_ARRAY, array, span);
    for (uint32_t i = 0; i < items->count; i++) {
        Node *item = items->at[i];
        Bound *value = item->kind == NODE_INITIALIZER && array->element->kind == TYPE_ARRAY
                           ? array_of_items(binder, array->element, &item->items, item->span)
                           : bind_converted(binder, item, array->element);
        list_add(binder, &result->items, value);
    }
    if (!items->count)
        result->a = bound_constant_int(binder->world, 0, span);
    for (uint32_t i = 0; i < result->items.count; i++)
        if (is_bad(result->items.at[i]))
            return bad(binder, span);
    return result;
}

static Bound *implicit_array(Binder *binder, Node *node)
{
    NodeList *items = &node->b->items;
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, items->count + 1);
    for (uint32_t i = 0; i < items->count; i++) {
        values[i] = bind_value(binder, items->at[i]);
        if (is_bad(values[i]))
            return values[i];
    }
    Type *element = best_common_type(binder, values, items->count);
    if (!element || type_is_void(element)) {
        ERROR_AT(binder, node->span, ERROR_NO_BEST_ARRAY_TYPE);
        return bad(binder, node->span);
    }
    Bound *result = bound_new(binder->world, BOUND_NEW_ARRAY, type_make_array(binder->world, element, 1), node->span);
    for (uint32_t i = 0; i < items->count; i++)
        list_add(binder, &result->items, convert_implicit(binder, values[i], element, items->at[i]->span));
    return result;
}

Bound *bind_array_creation(Binder *binder, Node *node)
{
    if (node->number > 1)
        return bind_grid_creation(binder, node);
    if (!node->a)
        return implicit_array(binder, node);
    Type *element = bind_type(binder->world, &binder->types, node->a);
    if (element->kind == TYPE_ERROR || type_is_void(element))
        return bad(binder, node->span);
    Type *array = type_make_array(binder->world, element, 1);
    Bound *length = node->items.count ? bind_converted(binder, node->items.at[0], binder->world->int_type) : NULL;
    if (node->b) {
        Constant constant;
        if (length && get_constant(length, &constant) && constant.integer != (int64_t)node->b->items.count) {
            ERROR_AT(binder, node->b->span, ERROR_ARRAY_LENGTH_MISMATCH, (int)constant.integer);
            return bad(binder, node->span);
        }
        return array_of_items(binder, array, &node->b->items, node->span);
    }
    if (!length) {
        ERROR_AT(binder, node->span, ERROR_ARRAY_SIZE);
        return bad(binder, node->span);
    }
    if (is_bad(length))
        return length;
    Constant size;
    if (get_constant(length, &size) && size.integer < 0)
        ERROR_AT(binder, node->items.at[0]->span, ERROR_NEGATIVE_SIZE);
    Bound *result = bound_new(binder->world, BOUND_NEW_ARRAY, array, node->span);
    result->a = length;
    return result;
}

/* `[a, b, ..c]` and `{ a, b }` for a known target type. Spreads and non-array targets go through List<T>. */
static Type *collection_element_type(World *world, Type *to)
{
    if (to->kind == TYPE_ARRAY)
        return to->element;
    Type *enumerable = type_find_interface(world, to, world->special[SPECIAL_IENUMERABLE_T]);
    return enumerable ? enumerable->arguments[0] : NULL;
}

/* spread.Select(x => x) for another element type, where that converts. */
static Bound *convert_spread(Binder *binder, Bound *value, Type *element, Span span)
{
    World *world = binder->world;
    Type *enumerable = type_find_interface(world, value->type, world->special[SPECIAL_IENUMERABLE_T]);
    TypeDefinition *linq = world_find_type(world, "System.Linq.Enumerable");
    Method *select = linq ? type_method_named(world, linq, "Select", 2) : NULL;
    if (!enumerable || !select ||
        classify_type_conversion(world, enumerable, type_special_of(world, SPECIAL_IENUMERABLE_T, element)).is_implicit)
        return value;
    Node *name = ARENA_NEW(binder->arena, Node), *lambda = ARENA_NEW(binder->arena, Node),
         *parameter = ARENA_NEW(binder->arena, Node);
    name->kind = NODE_NAME;
    parameter->kind = NODE_PARAMETER;
    lambda->kind = NODE_LAMBDA;
    name->span = name->at = parameter->span = parameter->at = lambda->span = lambda->at = span;
    name->name = parameter->name = name_of(world->names, "item");
    parameter->decl = ARENA_NEW(binder->arena, Declaration);
    lambda->decl = ARENA_NEW(binder->arena, Declaration);
    lambda->flags = FLAG_EXPRESSION_BODY;
    lambda->decl->body = name;
    lambda->decl->has_parameters = lambda->decl->has_body = true;
    ARENA_PUSH(binder->arena, lambda->decl->parameters.at, lambda->decl->parameters.count,
               lambda->decl->parameters.capacity, parameter);
    MethodRef method = {select, linq->self, ARENA_ARRAY(binder->arena, Type *, 2)};
    method.arguments[0] = enumerable->arguments[0];
    method.arguments[1] = element;
    Bound *arguments[2] = {convert_implicit(binder, value, method_ref_parameter_type(world, method, 0), span),
                           convert_implicit(binder, bind_lambda_unbound(binder, lambda),
                                            method_ref_parameter_type(world, method, 1), span)};
    return is_bad(arguments[0]) || is_bad(arguments[1]) ? bad(binder, span)
                                                        : make_call(binder, method, NULL, arguments, 2, span);
}

/* `[.. from]` for a collection that is neither an array nor a list: its own Add for each element. */
static void add_spread(Binder *binder, Bound *list, Type *element, Node *node, BoundList *effects)
{
    World *world = binder->world;
    Bound *value = bind_typed(binder, node->a);
    if (is_bad(value))
        return;
    if (!type_find_interface(world, value->type, world->special[SPECIAL_IENUMERABLE])) {
        const char *text = bound_type_text(binder, value);
        ERROR_AT(binder, node->a->span, ERROR_SPREAD, text, text);
        return;
    }
    TypeDefinition *helpers = world->special[SPECIAL_RUNTIME_HELPERS];
    Type *collection = type_special_of(world, SPECIAL_ICOLLECTION_T, element);
    bool is_collection = type_find_interface(world, list->type, world->special[SPECIAL_ICOLLECTION_T]) == collection;
    MethodRef method = {type_method_named(world, helpers, is_collection ? "AddAll" : "AddEach", 2), helpers->self,
                        ARENA_ARRAY(binder->arena, Type *, 1)};
    method.arguments[0] = element;
    Bound *add = list;
    if (!is_collection) {
        Node *name = ARENA_NEW(binder->arena, Node);
        name->kind = NODE_NAME;
        name->span = name->at = node->span;
        name->name = name_of(world->names, "Add");
        add = member_access(binder, list, name->name, NULL, name, node->span, true);
    }
    Bound *arguments[2] = {
        is_bad(add) ? add : convert_implicit(binder, add, method_ref_parameter_type(world, method, 0), node->span),
        convert_spread(binder, value, element, node->span)};
    if (!is_bad(arguments[0]) && !is_bad(arguments[1]))
        list_add(binder, effects, make_call(binder, method, NULL, arguments, 2, node->span));
}

/* One part of a collection expression whose length is known before it is built. */
typedef struct CollectionPart {
    Bound *value; /* a temp: the element, or the collection that is spread, as an ICollection<T> */
    bool is_spread;
} CollectionPart;

static bool has_spread(const Node *node)
{
    for (uint32_t i = 0; i < node->items.count; i++)
        if (node->items.at[i]->kind == NODE_SPREAD)
            return true;
    return false;
}

/* What is spread enumerates, but its elements do not fit. */
static void report_spread_element(Binder *binder, Bound *value, Type *element, Span span)
{
    World *world = binder->world;
    Type *enumerable = type_find_interface(world, value->type, world->special[SPECIAL_IENUMERABLE_T]);
    if (!type_find_interface(world, value->type, world->special[SPECIAL_IENUMERABLE])) {
        const char *text = bound_type_text(binder, value);
        ERROR_AT(binder, span, ERROR_SPREAD, text, text);
        return;
    }
    Bound *item = enumerable ? make_default(binder, enumerable->arguments[0], span) : NULL;
    if (item && !classify_conversion(binder, item, element).is_implicit)
        convert_implicit(binder, item, element, span); /* says why not */
}

/* Binds all parts, in their order. False: something is wrong, which is reported. *known: every spread knows its length.
 */
static bool bind_parts(Binder *binder, Node *node, Type *element, CollectionPart *parts, bool *known)
{
    World *world = binder->world;
    Type *collection = type_special_of(world, SPECIAL_ICOLLECTION_T, element);
    bool good = true;
    *known = true;
    for (uint32_t i = 0; i < node->items.count; i++) {
        Node *item = node->items.at[i];
        parts[i].is_spread = item->kind == NODE_SPREAD;
        Bound *value = parts[i].is_spread ? bind_typed(binder, item->a) : bind_converted(binder, item, element);
        parts[i].value = value;
        if (is_bad(value)) {
            good = false;
            continue;
        }
        if (!parts[i].is_spread || classify_type_conversion(world, value->type, collection).is_implicit)
            continue;
        uint32_t errors = binder->diagnostics->error_count;
        report_spread_element(binder, value, element, item->a->span);
        good &= binder->diagnostics->error_count == errors;
        *known = false;
    }
    return good;
}

/* Evaluates them into temps; those that are spread as an ICollection<T>. */
static void keep_parts(Binder *binder, CollectionPart *parts, uint32_t count, Type *element, BoundList *effects,
                       LocalList *locals)
{
    Type *collection = type_special_of(binder->world, SPECIAL_ICOLLECTION_T, element);
    for (uint32_t i = 0; i < count; i++) {
        Bound *value = parts[i].is_spread ? convert_implicit(binder, parts[i].value, collection, parts[i].value->span)
                                          : parts[i].value;
        parts[i].value = make_temp(binder, value, effects, locals);
    }
}

static Bound *parts_count(Binder *binder, const CollectionPart *parts, uint32_t count, Span span)
{
    World *world = binder->world;
    int32_t single = 0;
    Bound *total = NULL;
    for (uint32_t i = 0; i < count; i++) {
        single += !parts[i].is_spread;
        Bound *length = parts[i].is_spread
                            ? call_named(binder, parts[i].value, parts[i].value->type, "get_Count", NULL, 0, span)
                            : NULL;
        if (length)
            total = total ? make_binary(binder, OP_ADD, total, length, world->int_type, span) : length;
    }
    Bound *rest = bound_constant_int(world, single, span);
    return !total ? rest : single ? make_binary(binder, OP_ADD, total, rest, world->int_type, span) : total;
}

/* [a, .. b] as an array of just the right length. */
static Bound *array_of_parts(Binder *binder, CollectionPart *parts, uint32_t count, Type *array, Span span)
{
    World *world = binder->world;
    BoundList effects = {0};
    LocalList locals = {0};
    keep_parts(binder, parts, count, array->element, &effects, &locals);
    Bound *made = bound_new(world, BOUND_NEW_ARRAY, array, span);
    made->a = parts_count(binder, parts, count, span);
    Bound *result = make_temp(binder, made, &effects, &locals);
    Bound *at = make_temp(binder, bound_constant_int(world, 0, span), &effects, &locals);
    for (uint32_t i = 0; i < count; i++) {
        Bound *step = bound_constant_int(world, 1, span);
        if (parts[i].is_spread) {
            Bound *arguments[2] = {result, at};
            list_add(binder, &effects,
                     call_named(binder, parts[i].value, parts[i].value->type, "CopyTo", arguments, 2, span));
            step = call_named(binder, parts[i].value, parts[i].value->type, "get_Count", NULL, 0, span);
        } else {
            Bound *place = bound_new(world, BOUND_ELEMENT, array->element, span);
            place->a = result;
            place->b = at;
            list_add(binder, &effects, make_assign(binder, place, parts[i].value, span));
        }
        if (i + 1 < count)
            list_add(binder, &effects,
                     make_assign(binder, at, make_binary(binder, OP_ADD, at, step, world->int_type, span), span));
    }
    return make_sequence(binder, &locals, &effects, result, span);
}

/* [a, .. b] as a List<T>; `known`: with just the capacity it needs. */
static Bound *list_of_parts(Binder *binder, CollectionPart *parts, uint32_t count, Type *list_type, bool known,
                            Span span)
{
    BoundList effects = {0};
    LocalList locals = {0};
    ArgumentInfo capacity = {0};
    bool has_capacity = known && count;
    if (known)
        keep_parts(binder, parts, count, list_type->arguments[0], &effects, &locals);
    if (has_capacity)
        capacity.value = parts_count(binder, parts, count, span);
    Bound *list =
        make_temp(binder, bind_new(binder, list_type, has_capacity ? &capacity : NULL, has_capacity, NULL, span),
                  &effects, &locals);
    for (uint32_t i = 0; i < count; i++) {
        Bound *value = parts[i].value;
        if (parts[i].is_spread && !known) {
            Type *enumerable = type_special_of(binder->world, SPECIAL_IENUMERABLE_T, list_type->arguments[0]);
            value = convert_implicit(binder, convert_spread(binder, value, list_type->arguments[0], value->span),
                                     enumerable, value->span);
        }
        if (is_bad(value))
            return value;
        list_add(binder, &effects,
                 call_named(binder, list, list_type, parts[i].is_spread ? "AddRange" : "Add", &value, 1, span));
    }
    return make_sequence(binder, &locals, &effects, list, span);
}

static Bound *collection_of_parts(Binder *binder, Node *node, Type *element, Type *to)
{
    Type *list_type = type_special_of(binder->world, SPECIAL_LIST_T, element);
    CollectionPart *parts = ARENA_ARRAY(binder->arena, CollectionPart, node->items.count + 1);
    bool known;
    if (!bind_parts(binder, node, element, parts, &known))
        return bad(binder, node->span);
    if (to->kind == TYPE_ARRAY && known)
        return array_of_parts(binder, parts, node->items.count, to, node->span);
    Bound *list = list_of_parts(binder, parts, node->items.count, list_type, known, node->span);
    if (is_bad(list))
        return list;
    return to->kind == TYPE_ARRAY ? call_named(binder, list, list_type, "ToArray", NULL, 0, node->span)
                                  : convert_implicit(binder, list, to, node->span);
}

/* For an interface that only reads: an array behind an object that cannot be written to. */
static Bound *read_only_list(Binder *binder, Node *node, Type *element, Type *to)
{
    World *world = binder->world;
    TypeDefinition *helpers = world->special[SPECIAL_RUNTIME_HELPERS];
    bool is_single = node->items.count == 1 && !has_spread(node);
    Bound *value = is_single ? bind_converted(binder, node->items.at[0], element)
                             : bind_collection_expression(binder, node, type_make_array(world, element, 1));
    if (is_bad(value))
        return value;
    if (!node->items.count)
        return convert_implicit(binder, value, to, node->span);
    Method *method = type_method_named(world, helpers, is_single ? "ReadOnlySingle" : "ReadOnlyList", 1);
    Type **types = ARENA_ARRAY(binder->arena, Type *, 1);
    types[0] = element;
    return convert_implicit(binder,
                            make_call(binder, (MethodRef){method, helpers->self, types}, NULL, &value, 1, node->span),
                            to, node->span);
}

Bound *bind_collection_expression(Binder *binder, Node *node, Type *to)
{
    World *world = binder->world;
    Type *element = collection_element_type(world, to);
    if (to->special == SPECIAL_IENUMERABLE_T || to->special == SPECIAL_IREADONLY_LIST_T ||
        to->special == SPECIAL_IREADONLY_COLLECTION_T)
        return read_only_list(binder, node, element, to);
    bool is_list =
        to->special == SPECIAL_LIST_T || to->special == SPECIAL_ILIST_T || to->special == SPECIAL_ICOLLECTION_T;
    if (is_list || (to->kind == TYPE_ARRAY && has_spread(node)))
        return collection_of_parts(binder, node, element, to);
    if (is_span(to)) {
        for (uint32_t i = 0; i < node->items.count; i++)
            if (node->items.at[i]->kind == NODE_SPREAD) {
                Bound *array = bind_collection_expression(binder, node, type_make_array(world, to->arguments[0], 1));
                return is_bad(array) ? array : convert_implicit(binder, array, to, node->span);
            }
        return span_of_items(binder, to, &node->items, node->span);
    }
    if (to->kind == TYPE_ARRAY && !has_spread(node)) {
        if (!node->items.count)
            return make_empty_array(binder, to, node->span);
        return array_of_items(binder, to, &node->items, node->span);
    }
    if (!element) {
        ERROR_AT(binder, node->span, ERROR_COLLECTION_TARGET, type_text(world, to));
        return bad(binder, node->span);
    }
    bool direct = to->kind == TYPE_CLASS || to->kind == TYPE_STRUCT;
    Type *built = direct ? to : type_special_of(world, SPECIAL_LIST_T, element);
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *list = make_temp(binder, bind_new(binder, built, NULL, 0, node, node->span), &effects, &locals);
    for (uint32_t i = 0; i < node->items.count; i++) {
        if (node->items.at[i]->kind == NODE_SPREAD)
            add_spread(binder, list, element, node->items.at[i], &effects);
        else
            add_element(binder, list, node->items.at[i], &effects);
    }
    Bound *result = list;
    if (!direct)
        result = convert_implicit(binder, list, to, node->span);
    return make_sequence(binder, &locals, &effects, result, node->span);
}

/* --- tuples
 * ----------------------------------------------------------------------------------------------------------------------
 */

Bound *tuple_new(Binder *binder, Type *type, Bound **values, uint32_t count, Span span)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_bad(values[i]))
            return values[i];
    if (count > 7) {
        Bound *parts[8];
        memcpy(parts, values, 7 * sizeof *parts);
        parts[7] = tuple_new(binder, type->arguments[7], values + 7, count - 7, span);
        Bound *outer = new_of(binder, type, span);
        outer->method = (MethodRef){type_method_named(binder->world, type->definition, ".ctor", 8), type, NULL};
        for (uint32_t i = 0; i < 8; i++)
            list_add(binder, &outer->items, parts[i]);
        return outer;
    }
    Bound *result = new_of(binder, type, span);
    result->method = (MethodRef){type_method_named(binder->world, type->definition, ".ctor", count), type, NULL};
    for (uint32_t i = 0; i < count; i++)
        list_add(binder, &result->items, values[i]);
    return result;
}

Bound *tuple_element(Binder *binder, Bound *tuple, uint32_t index, Span span)
{
    World *world = binder->world;
    for (; index >= 7; index -= 7) {
        Field *rest = type_field_named(world, tuple->type->definition, "Rest");
        tuple = field_access(binder, tuple, (FieldRef){rest, tuple->type}, span);
    }
    Field *field = type_field_named(world, tuple->type->definition, arena_format(binder->arena, "Item%u", index + 1));
    if (!field)
        return bad(binder, span);
    Bound *result = field_access(binder, tuple, (FieldRef){field, tuple->type}, span);
    return result;
}

/* --- deconstruction
 * ---------------------------------------------------------------------------------------------------------------- */

static uint32_t deconstruction_count(Node *left)
{
    if (left->kind == NODE_TUPLE)
        return left->items.count;
    if (left->kind == NODE_DECLARATION_EXPRESSION && left->b && left->b->kind == NODE_PARENTHESIZED_DESIGNATION)
        return left->b->items.count;
    return left->kind == NODE_PARENTHESIZED_DESIGNATION ? left->items.count : 0;
}

static Node *deconstruction_item(Node *left, uint32_t index)
{
    if (left->kind == NODE_TUPLE) {
        Node *item = left->items.at[index];
        return item->kind == NODE_ARGUMENT ? item->a : item;
    }
    return left->kind == NODE_PARENTHESIZED_DESIGNATION ? left->items.at[index] : left->b->items.at[index];
}

static void assign_part(Binder *binder, Node *target, Type *declared, Bound *value, BoundList *effects,
                        LocalList *locals, Span span)
{
    if (is_bad(value))
        return;
    if (deconstruction_count(target)) {
        deconstruct_into(binder, target, value, effects, locals, span);
        return;
    }
    if (target->kind == NODE_DISCARD_DESIGNATION)
        return;
    Node *designation = target->kind == NODE_DECLARATION_EXPRESSION ? target->b : target;
    if (designation && designation->kind == NODE_DISCARD_DESIGNATION)
        return;
    if (designation && designation->kind == NODE_SINGLE_DESIGNATION && designation->name) {
        if (strcmp(designation->name->text, "_") == 0)
            return;
        Type *type = declared;
        if (target->kind == NODE_DECLARATION_EXPRESSION &&
            !(target->a->kind == NODE_NAME && strcmp(target->a->name->text, "var") == 0))
            type = bind_type(binder->world, &binder->types, target->a);
        Local *local = declare_local(binder, designation->name, type ? type : value->type, designation->span);
        Bound *converted = convert_implicit(binder, value, local->type, value->span);
        if (!is_bad(converted))
            list_add(binder, effects,
                     make_assign(binder, bound_local(binder->world, local, designation->span), converted, span));
        return;
    }
    Function *function = NULL;
    if (target->kind == NODE_NAME && target->name && strcmp(target->name->text, "_") == 0 &&
        !lookup_local(binder, target->name, &function))
        return;
    Bound *lvalue = bind_expression(binder, target);
    if (is_bad(lvalue))
        return;
    Bound *converted = convert_implicit(binder, value, lvalue->type, value->span);
    Bound *assigned = is_bad(converted) ? converted : assign_to(binder, lvalue, converted, span, false);
    if (!is_bad(assigned))
        list_add(binder, effects, assigned);
}

static bool call_deconstruct(Binder *binder, Bound *value, uint32_t count, Bound **parts, BoundList *effects,
                             LocalList *locals, Span span)
{
    World *world = binder->world;
    Node *name_node = ARENA_NEW(binder->arena, Node);
    name_node->kind = NODE_NAME;
    name_node->span = name_node->at = span;
    name_node->name = name_of(world->names, "Deconstruct");
    MethodRef best = {0};
    bool is_extension = false;
    Found found;
    if (lookup_member(binder, value->type, name_node->name, &found))
        for (uint32_t i = 0; i < found.method_count; i++)
            if (found.methods[i].method->parameter_count == count && !found.methods[i].method->type_parameter_count)
                best = found.methods[i];
    if (!best.method) {
        MethodRef *extensions = NULL;
        uint32_t extension_count = 0, capacity = 0;
        lookup_extensions(binder, name_node->name, &extensions, &extension_count, &capacity);
        for (uint32_t i = 0; i < extension_count && !best.method; i++) {
            if (extensions[i].method->parameter_count != count + 1)
                continue;
            ArgumentInfo *arguments = ARENA_ARRAY(binder->arena, ArgumentInfo, count + 1);
            arguments[0].value = value;
            for (uint32_t j = 0; j < count; j++) {
                arguments[j + 1].value = bound_new(world, BOUND_DISCARD, NULL, span);
                arguments[j + 1].ref_kind = REF_OUT;
            }
            Resolution resolution;
            if (resolve_overload(binder, &extensions[i], 1, NULL, 0, arguments, count + 1, true, &resolution, NULL,
                                 span, NULL, true, NULL)) {
                best = resolution.method;
                is_extension = true;
            }
        }
    }
    if (!best.method)
        return false;
    Bound **arguments = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    uint32_t offset = is_extension ? 1 : 0;
    if (is_extension)
        arguments[0] = convert_implicit(binder, value, method_ref_parameter_type(world, best, 0), span);
    for (uint32_t i = 0; i < count; i++) {
        Local *temp = local_new(world, binder->function, LOCAL_TEMP, NULL,
                                method_ref_parameter_type(world, best, i + offset), span);
        ARENA_PUSH(binder->arena, locals->at, locals->count, locals->capacity, temp);
        parts[i] = bound_local(world, temp, span);
        arguments[i + offset] = bound_new(world, BOUND_ADDRESS, temp->type, span);
        arguments[i + offset]->a = parts[i];
        arguments[i + offset]->flags |= BOUND_EXPLICIT;
        temp->is_assigned = true;
    }
    list_add(binder, effects, make_call(binder, best, is_extension ? NULL : value, arguments, count + offset, span));
    return true;
}

/* What overload resolution says about Deconstruct before the deconstruction itself complains; TupleExtensions always
 * has candidates. */
void report_deconstruct(Binder *binder, Type *type, uint32_t count, Span span)
{
    Found found;
    if (lookup_member(binder, type, name_of(binder->world->names, "Deconstruct"), &found) &&
        found.kind == MEMBER_METHOD)
        ERROR_AT(binder, span, ERROR_NO_OVERLOAD, "Deconstruct", (int)count);
    else if (count > 1)
        ERROR_AT(binder, span, ERROR_CANNOT_INFER, "TupleExtensions.Deconstruct");
}

Bound *deconstruct_into(Binder *binder, Node *left, Bound *value, BoundList *effects, LocalList *locals, Span span)
{
    uint32_t count = deconstruction_count(left);
    Bound *parts[64];
    if (count > 64)
        return bad(binder, span);
    Type *declared_type = NULL;
    if (left->kind == NODE_DECLARATION_EXPRESSION &&
        !(left->a->kind == NODE_NAME && strcmp(left->a->name->text, "var") == 0))
        declared_type = bind_type(binder->world, &binder->types, left->a);
    if (value->kind == BOUND_TUPLE_LITERAL && value->items.count == count) {
        for (uint32_t i = 0; i < count; i++) {
            Bound *item = value->items.at[i];
            Node *target = deconstruction_item(left, i);
            if (!item->type || item->type->kind == TYPE_UNTYPED || item->type->kind == TYPE_NULL) {
                Type *wanted = natural_type(binder, item);
                if (!wanted || wanted->kind == TYPE_NULL) {
                    Bound *lvalue = deconstruction_count(target) || target->kind == NODE_SINGLE_DESIGNATION
                                        ? NULL
                                        : bind_expression(binder, target);
                    wanted = lvalue && lvalue->type ? lvalue->type : binder->world->error_type;
                    if (target->kind == NODE_DECLARATION_EXPRESSION)
                        wanted = bind_type(binder->world, &binder->types, target->a);
                }
                item = deconstruction_count(target) && item->kind == BOUND_TUPLE_LITERAL
                           ? item
                           : convert_implicit(binder, item, wanted, item->span);
            }
            parts[i] = item->kind == BOUND_CONSTANT || item->kind == BOUND_TUPLE_LITERAL
                           ? item
                           : make_temp(binder, item, effects, locals);
        }
    } else {
        if (!value->type || value->type->kind == TYPE_UNTYPED)
            value = convert_implicit(
                binder, value, natural_type(binder, value) ? natural_type(binder, value) : binder->world->error_type,
                span);
        if (is_bad(value))
            return value;
        Bound *temp = make_temp(binder, value, effects, locals);
        if (type_is_tuple(value->type)) {
            if (type_tuple_count(value->type) != count) {
                ERROR_AT(binder, span, ERROR_TUPLE_DECONSTRUCT_COUNT, (int)type_tuple_count(value->type), (int)count);
                return bad(binder, span);
            }
            for (uint32_t i = 0; i < count; i++)
                parts[i] = tuple_element(binder, temp, i, span);
        } else if (!call_deconstruct(binder, temp, count, parts, effects, locals, span)) {
            report_deconstruct(binder, value->type, count, value->span);
            ERROR_AT(binder, value->span, ERROR_NO_DECONSTRUCT, type_text(binder->world, value->type), (int)count);
            return bad(binder, span);
        }
    }
    for (uint32_t i = 0; i < count; i++)
        assign_part(binder, deconstruction_item(left, i), declared_type, parts[i], effects, locals, span);
    return value;
}

Bound *bind_deconstruction(Binder *binder, Node *left, Bound *value, Span span)
{
    BoundList effects = {0};
    LocalList locals = {0};
    if (is_bad(value)) { /* still declare the names, so that their uses are not reported too */
        for (uint32_t i = 0; i < deconstruction_count(left); i++) {
            Node *item = deconstruction_item(left, i);
            Node *designation = item->kind == NODE_DECLARATION_EXPRESSION ? item->b : item;
            if (designation && designation->kind == NODE_SINGLE_DESIGNATION && designation->name)
                declare_local(binder, designation->name, binder->world->error_type, designation->span);
        }
        return value;
    }
    Bound *done = deconstruct_into(binder, left, value, &effects, &locals, span);
    if (is_bad(done))
        return done;
    Bound *nothing = bound_new(binder->world, BOUND_SEQUENCE, binder->world->void_type, span);
    nothing->locals = locals;
    nothing->items = effects;
    for (uint32_t i = 0; i < locals.count; i++)
        locals.at[i]->scope = nothing;
    return nothing;
}

/* --- await
 * ----------------------------------------------------------------------------------------------------------------------------
 */

static MethodRef find_get_awaiter(Binder *binder, Bound *operand)
{
    MethodRef none = {0};
    Found found;
    Name name = name_of(binder->world->names, "GetAwaiter");
    if (lookup_member(binder, operand->type, name, &found))
        for (uint32_t i = 0; i < found.method_count; i++)
            if (!found.methods[i].method->parameter_count && !found.methods[i].method->is_static &&
                !found.methods[i].method->type_parameter_count)
                return found.methods[i];
    MethodRef *extensions = NULL;
    uint32_t count = 0, capacity = 0;
    lookup_extensions(binder, name, &extensions, &count, &capacity);
    if (!count)
        return none;
    ArgumentInfo argument = {.value = operand};
    Resolution resolution;
    if (resolve_overload(binder, extensions, count, NULL, 0, &argument, 1, true, &resolution, NULL, operand->span, name,
                         true, NULL))
        return resolution.method;
    return none;
}

bool await_info(Binder *binder, Bound *operand, AwaitInfo **info, Type **result, Span span, bool quiet)
{
    World *world = binder->world;
    MethodRef get_awaiter = find_get_awaiter(binder, operand);
    if (!get_awaiter.method) {
        if (!quiet)
            ERROR_AT(binder, span, ERROR_NO_GET_AWAITER, type_text(world, operand->type),
                     type_text(world, operand->type));
        return false;
    }
    AwaitInfo *at = ARENA_NEW(binder->arena, AwaitInfo);
    at->get_awaiter = get_awaiter;
    at->awaiter_type = method_ref_return_type(world, get_awaiter);
    Found found;
    if (!lookup_member(binder, at->awaiter_type, name_of(world->names, "IsCompleted"), &found) ||
        found.kind != MEMBER_PROPERTY || !found.member->property->getter) {
        if (!quiet)
            ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, type_text(world, at->awaiter_type), "IsCompleted");
        return false;
    }
    if (found.member->property->type->special != SPECIAL_BOOLEAN) {
        if (!quiet)
            ERROR_AT(binder, span, ERROR_AWAITER_MEMBERS, type_text(world, at->awaiter_type),
                     type_text(world, operand->type));
        return false;
    }
    at->is_completed = (MethodRef){found.member->property->getter, found.owner, NULL};
    if (!lookup_member(binder, at->awaiter_type, name_of(world->names, "GetResult"), &found) ||
        found.kind != MEMBER_METHOD) {
        if (!quiet)
            ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, type_text(world, at->awaiter_type), "GetResult");
        return false;
    }
    at->get_result = found.methods[0];
    at->is_critical =
        type_find_interface(world, at->awaiter_type, world->special[SPECIAL_CRITICAL_NOTIFY_COMPLETION]) != NULL;
    if (!at->is_critical && !type_find_interface(world, at->awaiter_type, world->special[SPECIAL_NOTIFY_COMPLETION])) {
        if (!quiet)
            ERROR_AT(binder, span, ERROR_BAD_AWAITER, type_text(world, at->awaiter_type));
        return false;
    }
    *info = at;
    *result = method_ref_return_type(world, at->get_result);
    return true;
}

bool awaits_by_blocking(const Binder *binder)
{
    const Method *method = binder->function ? binder->function->method : NULL;
    return method && method->submission && method->submission->place;
}

/* An await of a nested submission: a thread that was interrupted cannot go away and come back later, so it waits, and
 * the others run. */
static Bound *block_for(Binder *binder, Bound *operand, const AwaitInfo *info, Span span)
{
    World *world = binder->world;
    LocalList locals = {0};
    BoundList effects = {0};
    MethodRef get_awaiter = info->get_awaiter;
    Bound *arguments[2] = {operand, NULL};
    bool is_extension = get_awaiter.method->is_static;
    Bound *get = make_call(binder, get_awaiter, is_extension ? NULL : operand, arguments, is_extension ? 1 : 0, span);
    Bound *awaiter = make_temp(binder, get, &effects, &locals);
    Bound *address = bound_new(world, BOUND_ADDRESS, awaiter->type, span);
    address->a = awaiter;
    Bound *is_completed = make_call(binder, info->is_completed, awaiter, NULL, 0, span);
    TypeDefinition *helper = world_find_type(world, "System.Runtime.CompilerServices.BlockingAwait");
    Method *method = type_method_named(world, helper, "WaitFor", 2);
    Type **type_arguments = ARENA_ARRAY(binder->arena, Type *, 1);
    type_arguments[0] = awaiter->type;
    arguments[0] = address;
    arguments[1] = is_completed;
    list_add(binder, &effects,
             make_call(binder, (MethodRef){method, helper->self, type_arguments}, NULL, arguments, 2, span));
    Bound *result = make_call(binder, info->get_result, awaiter, NULL, 0, span);
    return make_sequence(binder, &locals, &effects, result, span);
}

Bound *bind_await_of(Binder *binder, Bound *operand, Span span)
{
    AwaitInfo *info;
    Type *type;
    if (!await_info(binder, operand, &info, &type, span, false))
        return bad(binder, span);
    if (awaits_by_blocking(binder))
        return block_for(binder, operand, info, span);
    Bound *result = bound_new(binder->world, BOUND_AWAIT, type, span);
    result->a = operand;
    result->await = info;
    binder->function->has_await = true;
    return result;
}

static bool report_await_place(Binder *binder, Node *node)
{
    Function *function = binder->function;
    bool in_lambda = function && function->kind == FUNCTION_LAMBDA;
    if (!function || binder->in_attribute || (binder->in_field_initializer && !in_lambda)) {
        ERROR_AT(binder, node->at, ERROR_AWAIT_PLACE);
        return true;
    }
    for (Scope *scope = binder->scope; scope && scope->function == function; scope = scope->parent)
        if (scope->is_lock || scope->is_filter) {
            ERROR_AT(binder, node->span, scope->is_lock ? ERROR_AWAIT_IN_LOCK : ERROR_AWAIT_IN_FILTER);
            return true;
        }
    if (function->is_async || awaits_by_blocking(binder))
        return false;
    if (function->kind == FUNCTION_LAMBDA)
        ERROR_AT(binder, node->span, function->is_query ? ERROR_AWAIT_IN_QUERY : ERROR_AWAIT_NOT_ASYNC_LAMBDA);
    else if (function->return_type && !type_is_void(function->return_type))
        ERROR_AT(binder, node->span, ERROR_AWAIT_NOT_ASYNC_METHOD, type_text(binder->world, function->return_type));
    else
        ERROR_AT(binder, node->span, ERROR_AWAIT_NOT_ASYNC_VOID);
    return true;
}

Bound *bind_await(Binder *binder, Node *node)
{
    Bound *operand = bind_value(binder, node->a);
    bool is_untyped = operand->kind == BOUND_METHOD_GROUP || operand->kind == BOUND_UNBOUND_LAMBDA;
    if (is_untyped && !report_await_place(binder, node))
        ERROR_AT(binder, node->span, ERROR_AWAIT_NOT_ALLOWED, bound_type_text(binder, operand));
    if (is_untyped)
        return bad(binder, node->span);
    operand = to_typed(binder, operand, node->a);
    if (report_await_place(binder, node) || is_bad(operand))
        return bad(binder, node->span);
    if (type_is_void(operand->type)) {
        ERROR_AT(binder, node->span, ERROR_AWAIT_VOID);
        return bad(binder, node->span);
    }
    if (operand->type->kind == TYPE_NULL) {
        ERROR_AT(binder, node->span, ERROR_AWAIT_NOT_ALLOWED, "<null>");
        return bad(binder, node->span);
    }
    return bind_await_of(binder, operand, node->span);
}

/* --- with -------------------------------------------------------------------------------------------------------- */

static Bound *clone_of(Binder *binder, Bound *value, Span span)
{
    World *world = binder->world;
    for (Type *at = value->type; at && at->definition; at = type_base(world, at)) {
        Method *method = at->definition->is_record ? type_method_named(world, at->definition, "<Clone>$", 0) : NULL;
        if (!method)
            continue;
        Bound *copy = make_call(binder, (MethodRef){method, at, NULL}, value, NULL, 0, span);
        return type_same(copy->type, value->type) ? copy
                                                  : make_convert(binder, copy, value->type, CONVERSION_CAST, span);
    }
    return NULL;
}

Bound *bind_with(Binder *binder, Node *node)
{
    Bound *value = bind_typed(binder, node->a);
    if (is_bad(value))
        return value;
    Bound *copy = value;
    if (!type_is_value(value->type) || type_is_nullable(value->type))
        copy = type_is_nullable(value->type) ? NULL : clone_of(binder, value, node->span);
    if (!copy) {
        ERROR_AT(binder, node->a->span, ERROR_WITH_TARGET, type_text(binder->world, value->type));
        return bad(binder, node->span);
    }
    BoundList effects = {0};
    LocalList locals = {0};
    Bound *temp = make_temp(binder, copy, &effects, &locals);
    uint32_t errors = binder->diagnostics->error_count;
    if (node->b)
        bind_initializer(binder, bound_local(binder->world, temp->local, temp->span), node->b, &effects, &locals);
    if (binder->diagnostics->error_count != errors)
        return bad(binder, node->span);
    return make_sequence(binder, &locals, &effects, temp, node->span);
}
