/* Lowering: from the typed tree to plain methods. The order of the passes, and what they share: making nodes and
 * symbols. */
#include "lang/lower_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* --- nodes -------------------------------------------------------------------------------------------------------- */

LocalData *local_data(Lowering *lowering, Local *local)
{
    if (!local->lowered)
        local->lowered = ARENA_NEW(lowering->arena, LocalData);
    return local->lowered;
}

Name lower_name(Lowering *lowering, const char *format, ...)
{
    Text text;
    text_init(&text, lowering->arena);
    va_list arguments;
    va_start(arguments, format);
    text_vformat(&text, format, arguments);
    va_end(arguments);
    return name_intern(lowering->world->names, text.at, text.length);
}

Local *lower_temp(Lowering *lowering, Function *function, Type *type, const char *name, Span span)
{
    return local_new(lowering->world, function, LOCAL_TEMP, name ? name_of(lowering->world->names, name) : NULL, type,
                     span);
}

Bound *lower_statement(Lowering *lowering, BoundKind kind, Span span)
{
    Bound *node = bound_new(lowering->world, kind, NULL, span);
    node->flags = BOUND_COMPILER_MADE;
    return node;
}

Bound *lower_expression_statement(Lowering *lowering, Bound *expression)
{
    Bound *node = lower_statement(lowering, BOUND_EXPRESSION_STATEMENT, expression->span);
    node->a = expression;
    return node;
}

Bound *lower_assign(Lowering *lowering, Bound *target, Bound *value)
{
    Bound *node = bound_new(lowering->world, BOUND_ASSIGN, target->type, value->span);
    node->a = target;
    node->b = value;
    return node;
}

Bound *lower_set(Lowering *lowering, Bound *target, Bound *value)
{
    return lower_expression_statement(lowering, lower_assign(lowering, target, value));
}

Bound *lower_block(Lowering *lowering, Span span)
{
    return lower_statement(lowering, BOUND_BLOCK, span);
}

void lower_add(Lowering *lowering, BoundList *list, Bound *node)
{
    if (node)
        ARENA_PUSH(lowering->arena, list->at, list->count, list->capacity, node);
}

void lower_add_local(Lowering *lowering, LocalList *list, Local *local)
{
    ARENA_PUSH(lowering->arena, list->at, list->count, list->capacity, local);
}

Bound *lower_if(Lowering *lowering, Bound *condition, Bound *then, Bound *otherwise)
{
    Bound *node = lower_statement(lowering, BOUND_IF, condition->span);
    node->a = condition;
    node->b = then;
    node->c = otherwise;
    return node;
}

Bound *lower_label(Lowering *lowering, Label *label, Span span)
{
    Bound *node = lower_statement(lowering, BOUND_LABEL, span);
    node->label = label;
    return node;
}

Bound *lower_goto(Lowering *lowering, Label *label, Span span)
{
    Bound *node = lower_statement(lowering, BOUND_GOTO, span);
    node->label = label;
    return node;
}

Bound *lower_return(Lowering *lowering, Bound *value, Span span)
{
    Bound *node = lower_statement(lowering, BOUND_RETURN, span);
    node->a = value;
    return node;
}

Bound *lower_this(Lowering *lowering, Type *type, Span span)
{
    return bound_new(lowering->world, BOUND_THIS, type, span);
}

Bound *lower_field(Lowering *lowering, Bound *receiver, Field *field, Type *owner, Span span)
{
    FieldRef ref = {field, owner};
    Bound *node = bound_new(lowering->world, BOUND_FIELD, field_ref_type(lowering->world, ref), span);
    node->a = receiver;
    node->field = ref;
    return node;
}

Bound *lower_default(Lowering *lowering, Type *type, Span span)
{
    return bound_new(lowering->world, BOUND_DEFAULT, type, span);
}

Bound *lower_null(Lowering *lowering, Type *type, Span span)
{
    Bound *node = bound_new(lowering->world, BOUND_CONSTANT, type, span);
    node->constant.kind = CONSTANT_NULL;
    return node;
}

Bound *lower_bool(Lowering *lowering, bool value, Span span)
{
    Bound *node = bound_new(lowering->world, BOUND_CONSTANT, lowering->world->bool_type, span);
    node->constant.kind = CONSTANT_BOOL;
    node->constant.integer = value;
    return node;
}

Bound *lower_not(Lowering *lowering, Bound *value)
{
    Bound *node = bound_new(lowering->world, BOUND_UNARY, lowering->world->bool_type, value->span);
    node->op = OP_NOT;
    node->a = value;
    return node;
}

Bound *lower_compare(Lowering *lowering, Operator op, Bound *a, Bound *b)
{
    Bound *node = bound_new(lowering->world, BOUND_BINARY, lowering->world->bool_type, a->span);
    node->op = (uint8_t)op;
    node->a = a;
    node->b = b;
    return node;
}

Bound *lower_compare_int(Lowering *lowering, Operator op, Bound *value, int32_t constant)
{
    return lower_compare(lowering, op, value, bound_constant_int(lowering->world, constant, value->span));
}

Bound *lower_convert(Lowering *lowering, Bound *value, Type *type, ConversionKind kind)
{
    Bound *node = bound_new(lowering->world, BOUND_CONVERT, type, value->span);
    node->conversion = (uint8_t)kind;
    node->a = value;
    return node;
}

Bound *lower_address(Lowering *lowering, Bound *lvalue)
{
    Bound *node = bound_new(lowering->world, BOUND_ADDRESS, lvalue->type, lvalue->span);
    node->a = lvalue;
    return node;
}

Bound *lower_call_generic(Lowering *lowering, Bound *receiver, Type *owner, const char *name, Type **type_arguments,
                          Bound **arguments, uint32_t count, Span span)
{
    Method *method = type_method_named(lowering->world, owner->definition, name, count);
    if (!method) /* the core library lacks it: the program cannot run */
        return bound_new(lowering->world, BOUND_BAD, lowering->world->void_type, span);
    MethodRef ref = {method, owner, type_arguments};
    Bound *call = bound_call(lowering->world, ref, receiver, arguments, count, span);
    if (owner->kind == TYPE_STRUCT)
        call->flags |= CALL_NON_VIRTUAL;
    return call;
}

Bound *lower_call(Lowering *lowering, Bound *receiver, Type *owner, const char *name, Bound **arguments, uint32_t count,
                  Span span)
{
    return lower_call_generic(lowering, receiver, owner, name, NULL, arguments, count, span);
}

Bound *lower_new(Lowering *lowering, Type *type, Method *constructor, Bound **arguments, uint32_t count, Span span)
{
    Bound *node = bound_new(lowering->world, BOUND_NEW, type, span);
    node->method = (MethodRef){constructor, type, NULL};
    for (uint32_t i = 0; i < count; i++)
        lower_add(lowering, &node->items, arguments[i]);
    return node;
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

bool lower_is_lvalue(const Bound *node)
{
    switch (node->kind) {
    case BOUND_LOCAL:
    case BOUND_ELEMENT:
        return true;
    case BOUND_THIS:
        return node->type->kind == TYPE_STRUCT;
    case BOUND_FIELD:
        return !node->a || type_is_reference(node->a->type) || lower_is_lvalue(node->a);
    case BOUND_CALL:
        return node->method.method->return_ref != REF_NONE;
    case BOUND_CONDITIONAL:
        return (node->flags & BOUND_REF) != 0;
    default:
        return false;
    }
}

bool lower_is_await(const Bound *node)
{
    if (node->kind != BOUND_EXPRESSION_STATEMENT)
        return false;
    const Bound *expression = node->a;
    return expression->kind == BOUND_AWAIT || (expression->kind == BOUND_ASSIGN && expression->b->kind == BOUND_AWAIT);
}

static bool struct_has_references(Lowering *lowering, Type *type, uint32_t depth)
{
    if (type->kind == TYPE_PARAMETER)
        return true;
    if (type->kind == TYPE_ENUM ||
        (type->kind == TYPE_STRUCT && type->special != SPECIAL_NONE && type->special <= SPECIAL_LAST_PRIMITIVE))
        return false;
    if (type->kind != TYPE_STRUCT || depth > 16)
        return true;
    type_declare_fields(lowering->world, type->definition);
    for (uint32_t i = 0; i < type->definition->field_count; i++) {
        Field *field = type->definition->fields[i];
        FieldRef ref = {field, type};
        if (!field->is_static && struct_has_references(lowering, field_ref_type(lowering->world, ref), depth + 1))
            return true;
    }
    return false;
}

bool lower_has_references(Lowering *lowering, Type *type)
{
    return struct_has_references(lowering, type, 0);
}

/* The place of the method among its type's members in declaration order, as Roslyn counts it: fields, properties and
 * their accessors, constructors, methods and nested types each count one. */
static uint32_t count_before(TypeDefinition *type, Position place)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->field_count; i++)
        count += type->fields[i]->span.start < place;
    for (uint32_t i = 0; i < type->method_count; i++)
        count += type->methods[i]->span.start < place &&
                 (!type->methods[i]->is_synthesized || type->methods[i]->is_primary_constructor);
    for (uint32_t i = 0; i < type->property_count; i++)
        count += type->properties[i]->span.start < place;
    for (uint32_t i = 0; i < type->event_count; i++)
        count += type->events[i]->span.start < place;
    for (uint32_t i = 0; i < type->nested_count; i++)
        count += !type->nested[i]->is_compiler_made && type->nested[i]->span.start < place;
    return count;
}

uint32_t lower_ordinal(Lowering *lowering)
{
    if (!lowering->ordinal_known) {
        lowering->ordinal_known = true;
        const Method *method = lowering->method;
        bool is_top_level = method->is_entry_point && method->node && method->node->kind == NODE_COMPILATION_UNIT &&
                            !method->submission;
        bool comes_last = method->is_synthesized && !method->is_primary_constructor && !method->node;
        /* Types of the core library may have only some of their members so far: any number that is the method's own
         * will do. */
        if (lowering->type->lazy_state)
            lowering->ordinal = method->index;
        else if (!is_top_level)
            lowering->ordinal = count_before(lowering->type, comes_last ? UINT32_MAX : method->span.start);
    }
    return lowering->ordinal;
}

/* --- symbols ------------------------------------------------------------------------------------------------------ */

static TypeParameter *clone_parameter(Lowering *lowering, const TypeParameter *original, uint32_t index)
{
    TypeParameter *parameter = arena_copy(lowering->arena, original, sizeof *original);
    parameter->index = index;
    parameter->method_owner = NULL;
    parameter->type_owner = NULL;
    Type *type = ARENA_NEW(lowering->arena, Type);
    type->kind = TYPE_PARAMETER;
    type->parameter = parameter;
    type->is_open = true;
    type->plain = type;
    parameter->type = type;
    return parameter;
}

static void map_constraints(Lowering *lowering, TypeParameter *parameter, const TypeMap *map)
{
    if (parameter->constraint_count == 0)
        return;
    parameter->constraints =
        arena_copy(lowering->arena, parameter->constraints, parameter->constraint_count * sizeof(Type *));
    for (uint32_t i = 0; i < parameter->constraint_count; i++)
        parameter->constraints[i] = type_map_apply(lowering->world, map, parameter->constraints[i]);
}

void lower_note_local(Lowering *lowering, TypeDefinition *type, const Local *local, Field *field)
{
    const Bound *scope = local->scope;
    const Method *method = lowering->method;
    bool is_whole =
        scope && method->is_entry_point && method->bound && method->bound->body->span.start == scope->span.start;
    /* The block of top-level statements has the place of the first one: it says nothing. */
    bool is_inside =
        scope && !is_whole && scope->span.start <= local->span.start && local->span.start < scope->span.end;
    SourceLocal noted = {
        .name = local->name,
        .field = field,
        .scope = is_inside ? scope->span : (Span){0, UINT32_MAX},
        .declared = local->span,
        .is_parameter = local->kind == LOCAL_PARAMETER,
    };
    ARENA_PUSH(lowering->arena, type->source_locals, type->source_local_count, type->source_local_capacity, noted);
}

TypeDefinition *lower_define_type(Lowering *lowering, TypeDefinition *containing, TypeKind kind, Name name,
                                  TypeParameter **parameters, uint32_t count, TypeMap *map)
{
    uint32_t outer = containing->type_parameter_count;
    TypeParameter **all = ARENA_ARRAY(lowering->arena, TypeParameter *, outer + count + 1);
    for (uint32_t i = 0; i < outer; i++)
        all[i] = containing->type_parameters[i];
    for (uint32_t i = 0; i < count; i++) {
        all[outer + i] = clone_parameter(lowering, parameters[i], outer + i);
        type_map_add(lowering, map, parameters[i], all[outer + i]->type);
    }
    TypeDefinition *type = type_define(lowering->world, containing, kind, name, all, outer + count);
    for (uint32_t i = 0; i < count; i++) {
        all[outer + i]->type_owner = type;
        map_constraints(lowering, all[outer + i], map);
    }
    type->is_compiler_made = true;
    type->is_sealed = true;
    LoweredParts *parts = lowering->parts;
    ARENA_PUSH(lowering->arena, parts->types, parts->type_count, parts->type_capacity, type);
    return type;
}

static bool is_part(const LoweredParts *parts, const TypeDefinition *type)
{
    for (uint32_t i = parts->type_count; i-- > 0;)
        if (parts->types[i] == type)
            return true;
    return false;
}

Method *lower_define_method(Lowering *lowering, TypeDefinition *type, Name name, MethodKind kind, Type *return_type,
                            bool is_static, Span span)
{
    Method *method = type_define_method(lowering->world, type, name, kind, return_type, is_static);
    method->span = span;
    method->bind_state = 2;
    LoweredParts *parts = lowering->parts;
    if (!is_part(parts, type))
        ARENA_PUSH(lowering->arena, parts->methods, parts->method_count, parts->method_capacity, method);
    return method;
}

void lower_set_interfaces(Lowering *lowering, TypeDefinition *type, Type **interfaces, uint32_t count)
{
    type->interfaces = arena_copy(lowering->arena, interfaces, count * sizeof *interfaces);
    type->interface_count = count;
}

Function *lower_new_function(Lowering *lowering, Method *method, Span span)
{
    Function *function = ARENA_NEW(lowering->arena, Function);
    function->kind = FUNCTION_METHOD;
    function->method = method;
    function->return_type = method->return_type;
    function->is_static = method->is_static;
    function->span = span;
    function->body = lower_block(lowering, span);
    function->lowered = lowering->parts;
    method->bound = function;
    method->lowered = function;
    method->bind_state = 2;
    return function;
}

Local *lower_add_parameter(Lowering *lowering, Function *function, Name name, Type *type, RefKind ref_kind)
{
    Method *method = function->method;
    uint32_t count = function->parameter_count;
    Parameter *parameters = ARENA_ARRAY(lowering->arena, Parameter, count + 1);
    Local **locals = ARENA_ARRAY(lowering->arena, Local *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        parameters[i] = method->parameters[i];
        locals[i] = function->parameters[i];
    }
    Local *local = local_new(lowering->world, function, LOCAL_PARAMETER, name, type, function->span);
    local->ref_kind = ref_kind;
    local->index = count;
    locals[count] = local;
    parameters[count] = (Parameter){.name = name, .type = type, .ref_kind = ref_kind};
    method->parameters = parameters;
    function->parameters = locals;
    method->parameter_count = function->parameter_count = count + 1;
    return local;
}

void lower_implement(Lowering *lowering, Method *method, Type *interface_type, const char *name)
{
    method->explicit_interface = interface_type;
    method->explicit_name = name_of(lowering->world->names, name);
    method->is_virtual = true;
    method->is_sealed = true;
    method->access = ACCESS_PRIVATE;
}

Method *lower_empty_constructor(Lowering *lowering, TypeDefinition *type)
{
    Method *method = lower_define_method(lowering, type, name_of(lowering->world->names, ".ctor"), METHOD_CONSTRUCTOR,
                                         lowering->world->void_type, false, (Span){0, 0});
    lower_new_function(lowering, method, (Span){0, 0});
    return method;
}

/* --- delegates to static methods ---------------------------------------------------------------------------------- */

/* One cached delegate of a type's <>O class. */
typedef struct CachedDelegate {
    MethodRef method;
    Type *type;
    Field *field;
} CachedDelegate;

struct LowerTypeData {
    TypeDefinition *cache; /* <>O */
    CachedDelegate *cached;
    uint32_t count, capacity;
};

static bool uses_method_parameters(const Type *type)
{
    if (!type || !type->is_open)
        return false;
    if (type->kind == TYPE_PARAMETER)
        return type->parameter->method_owner != NULL;
    if (type->kind == TYPE_ARRAY)
        return uses_method_parameters(type->element);
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (uses_method_parameters(type->arguments[i]))
            return true;
    return false;
}

static bool delegate_uses_method_parameters(const Bound *delegate)
{
    if (uses_method_parameters(delegate->type) || uses_method_parameters(delegate->method.owner))
        return true;
    for (uint32_t i = 0; i < delegate->method.method->type_parameter_count; i++)
        if (delegate->method.arguments && uses_method_parameters(delegate->method.arguments[i]))
            return true;
    return false;
}

static bool same_method(MethodRef a, MethodRef b)
{
    if (a.method != b.method || a.owner != b.owner)
        return false;
    for (uint32_t i = 0; i < a.method->type_parameter_count; i++)
        if (a.arguments && b.arguments && a.arguments[i] != b.arguments[i])
            return false;
    return true;
}

Bound *lower_cache_in(Lowering *lowering, Bound *delegate, Bound *cache)
{
    Bound *node = bound_new(lowering->world, BOUND_CONDITIONAL, delegate->type, delegate->span);
    node->a = lower_compare(lowering, OP_NOT_EQUAL, cache, lower_null(lowering, delegate->type, delegate->span));
    node->b = cache;
    node->c = lower_assign(lowering, cache, delegate);
    return node;
}

/* The name as written: of a static local function its own. */
static const char *plain_name(const Method *method)
{
    return method->bound && method->bound->name ? method->bound->name->text : method->name->text;
}

static Field *find_cache(Lowering *lowering, Bound *delegate)
{
    TypeDefinition *owner = lowering->type;
    if (!owner->lower_data)
        owner->lower_data = ARENA_NEW(lowering->arena, struct LowerTypeData);
    struct LowerTypeData *data = owner->lower_data;
    for (uint32_t i = 0; i < data->count; i++)
        if (data->cached[i].type == delegate->type && same_method(data->cached[i].method, delegate->method))
            return data->cached[i].field;
    TypeMap none = {0};
    if (!data->cache)
        data->cache = lower_define_type(lowering, owner, TYPE_CLASS, lower_name(lowering, "<>O"), NULL, 0, &none);
    Name name = lower_name(lowering, "<%u>__%s", data->cache->field_count, plain_name(delegate->method.method));
    CachedDelegate entry = {delegate->method, delegate->type,
                            type_define_field(lowering->world, data->cache, name, delegate->type, true)};
    ARENA_PUSH(lowering->arena, data->cached, data->count, data->capacity, entry);
    return entry.field;
}

/* In generic methods the cache is generic as well; each conversion has its own field. The types in `delegate` are those
 * of the method before it moved into a class of its own; `context` translates them. */
static Bound *generic_cache(Lowering *lowering, Bound *delegate)
{
    Method *method = lowering->method;
    TypeMap map = {0};
    uint32_t count = method->type_parameter_count;
    TypeDefinition *type = lower_define_type(lowering, lowering->type, TYPE_CLASS,
                                             lower_name(lowering, "<%s>O__%u_%u", method->name->text,
                                                        lower_ordinal(lowering), lowering->delegate_cache_count++),
                                             method->type_parameters, count, &map);
    Name name = lower_name(lowering, "<0>__%s", plain_name(delegate->method.method));
    Field *field =
        type_define_field(lowering->world, type, name, type_map_apply(lowering->world, &map, delegate->type), true);
    uint32_t outer = lowering->type->type_parameter_count;
    Type **arguments = ARENA_ARRAY(lowering->arena, Type *, outer + count + 1);
    for (uint32_t i = 0; i < outer; i++)
        arguments[i] = lowering->type->type_parameters[i]->type;
    for (uint32_t i = 0; i < count; i++)
        arguments[outer + i] = method->type_parameters[i]->type;
    return lower_field(lowering, NULL, field, type_make(lowering->world, type, arguments, outer + count),
                       delegate->span);
}

/* A local function's type parameters would have to be parameters of the cache, too: such delegates are not cached. */
static bool uses_local_parameters(const Lowering *lowering, const Type *type)
{
    if (!type || !type->is_open)
        return false;
    if (type->kind == TYPE_PARAMETER)
        return type->parameter->method_owner && type->parameter->method_owner != lowering->method;
    if (type->kind == TYPE_ARRAY)
        return uses_local_parameters(lowering, type->element);
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (uses_local_parameters(lowering, type->arguments[i]))
            return true;
    return false;
}

static bool delegate_uses_local_parameters(const Lowering *lowering, const Bound *delegate)
{
    if (uses_local_parameters(lowering, delegate->type) || uses_local_parameters(lowering, delegate->method.owner))
        return true;
    for (uint32_t i = 0; i < delegate->method.method->type_parameter_count; i++)
        if (delegate->method.arguments && uses_local_parameters(lowering, delegate->method.arguments[i]))
            return true;
    return false;
}

Bound *lower_cached_delegate(Lowering *lowering, Bound *delegate, Rewriter *context)
{
    delegate->flags |= LOWER_DONE;
    if (lowering->method->kind == METHOD_STATIC_CONSTRUCTOR || delegate_uses_local_parameters(lowering, delegate))
        return context ? rewrite_children(context, delegate) : delegate;
    Bound *cache;
    if (delegate_uses_method_parameters(delegate)) {
        cache = generic_cache(lowering, delegate);
    } else {
        Field *field = find_cache(lowering, delegate);
        cache = lower_field(lowering, NULL, field, field->owner->self, delegate->span);
    }
    Bound *node = lower_cache_in(lowering, delegate, cache);
    return context ? rewrite_children(context, node) : node;
}

/* --- the passes --------------------------------------------------------------------------------------------------- */

/* What there is to do in a body. Delegates to static methods are settled on the way. */
typedef struct Survey {
    Lowering *lowering;
    bool has_nested;
    Function **functions; /* all that are reachable, each once */
    uint32_t count, capacity;
} Survey;

static void survey_node(void *context, Bound *node);

static void survey_delegate(Survey *survey, Bound *node)
{
    if ((node->flags & LOWER_DONE) || node->a || !node->method.method->is_static)
        return;
    Bound *delegate = arena_copy(survey->lowering->arena, node, sizeof *node);
    *node = *lower_cached_delegate(survey->lowering, delegate, NULL);
}

static void survey_function(Survey *survey, Function *function)
{
    if (function->lowered == survey->lowering || !function->body)
        return;
    function->lowered = survey->lowering;
    ARENA_PUSH(survey->lowering->arena, survey->functions, survey->count, survey->capacity, function);
    lower_add_points(survey->lowering, function);
    survey_node(survey, function->body);
    for (uint32_t i = 0; i < function->nested_count; i++) /* lambdas are found where they stand */
        if (function->nested[i]->kind == FUNCTION_LOCAL)
            survey_function(survey, function->nested[i]);
}

static void survey_node(void *context, Bound *node)
{
    Survey *survey = context;
    if (node->kind == BOUND_LAMBDA || node->kind == BOUND_CALL_LOCAL) {
        survey->has_nested = true;
        survey_function(survey, node->function);
    }
    bound_for_each_child(node, survey_node, context);
    if (node->kind == BOUND_NEW_DELEGATE)
        survey_delegate(survey, node);
}

static void spill_functions(const Survey *survey)
{
    for (uint32_t i = 0; i < survey->count; i++) {
        if (!survey->functions[i]->is_async)
            continue;
        spill_function(survey->lowering, survey->functions[i]);
        rewrite_handlers(survey->lowering, survey->functions[i]);
    }
}

void lower_machine(Lowering *lowering, Function *function)
{
    if (function->is_iterator && function->is_async)
        lower_async_iterator(lowering, function);
    else if (function->is_iterator)
        lower_iterator(lowering, function);
    else if (function->is_async)
        lower_async(lowering, function);
}

void lower_method(World *world, Method *method)
{
    Function *function = method->bound;
    if (method->lowered || !function || !function->body)
        return;
    Lowering lowering = {.world = world, .arena = world->arena, .method = method, .type = method->owner};
    lowering.parts = ARENA_NEW(world->arena, LoweredParts);
    lowering.parts->method = method;
    Survey survey = {.lowering = &lowering};
    survey_function(&survey, function);
    spill_functions(&survey);
    method->lowered = function;
    if (survey.has_nested)
        convert_closures(&lowering, function);
    else
        lower_machine(&lowering, function);
    function->lowered = lowering.parts;
}
