/* Closures: lambdas and local functions become methods, captured variables fields of display classes. lower_scope.c has
 * decided what lives where; this file makes the types and methods, and rewrites the bodies. */
#include "lang/lower_internal.h"

#include <string.h>

typedef struct Converter {
    Rewriter rewriter; /* first: the visitor casts */
    Analysis *analysis;
    Lowering *lowering;
    Closure *closure;       /* whose body is being rewritten */
    Environment *innermost; /* class environment declared around here, in the same function */
} Converter;

/* --- types and methods -------------------------------------------------------------------------------------------- */

/* The type made for `ambient` type parameters, as the code sees it before it moves anywhere. */
static Type *seen_type(Lowering *lowering, TypeDefinition *type, TypeParameter **ambient, uint32_t count)
{
    uint32_t outer = lowering->type->type_parameter_count;
    Type **arguments = ARENA_ARRAY(lowering->arena, Type *, outer + count + 1);
    for (uint32_t i = 0; i < outer; i++)
        arguments[i] = lowering->type->type_parameters[i]->type;
    for (uint32_t i = 0; i < count; i++)
        arguments[outer + i] = ambient[i]->type;
    return type_make(lowering->world, type, arguments, outer + count);
}

static void define_environment(Analysis *analysis, Environment *environment, uint32_t *link_count)
{
    Lowering *lowering = analysis->lowering;
    World *world = lowering->world;
    const Closure *owner = environment->scope->closure;
    TypeMap map = {0};
    Name name = lower_name(lowering, "<>c__DisplayClass%u_%u", lower_ordinal(lowering), environment->number);
    TypeDefinition *type =
        lower_define_type(lowering, lowering->type, environment->is_struct ? TYPE_STRUCT : TYPE_CLASS, name,
                          owner->ambient, owner->ambient_count, &map);
    environment->type = type;
    environment->self = seen_type(lowering, type, owner->ambient, owner->ambient_count);
    for (uint32_t i = 0; i < environment->variables.count; i++) {
        Local *local = environment->variables.at[i];
        Type *field_type = type_map_apply(world, &map, local->type);
        local_data(lowering, local)->captured = type_define_field(
            world, type, local->name ? local->name : lower_name(lowering, "<>s__%u", i), field_type, false);
        local->closure_field = local_data(lowering, local)->captured;
        if (local->name && local->kind != LOCAL_TEMP)
            lower_note_local(lowering, type, local, local_data(lowering, local)->captured);
    }
    if (environment->captures_parent) {
        Type *parent =
            environment->parent ? type_map_apply(world, &map, environment->parent->self) : lowering->type->self;
        Name link = environment->parent ? lower_name(lowering, "CS$<>8__locals%u", ++*link_count)
                                        : name_of(world->names, "<>4__this");
        environment->parent_field = type_define_field(world, type, link, parent, false);
    }
    if (!environment->is_struct)
        environment->constructor = lower_empty_constructor(lowering, type);
    Name frame_name = lower_name(lowering, "CS$<>8__locals%u", environment->number);
    environment->frame = local_new(world, NULL, LOCAL_TEMP, frame_name, environment->self, owner->function->span);
    local_data(lowering, environment->frame)->is_frame = true;
}

static void define_static_constructor(Lowering *lowering, TypeDefinition *type, Method *constructor, Field *field)
{
    Span nowhere = {0, 0};
    Method *method = lower_define_method(lowering, type, name_of(lowering->world->names, ".cctor"),
                                         METHOD_STATIC_CONSTRUCTOR, lowering->world->void_type, true, nowhere);
    method->access = ACCESS_PRIVATE;
    type->static_constructor = method;
    Function *function = lower_new_function(lowering, method, nowhere);
    Bound *instance = lower_new(lowering, type->self, constructor, NULL, 0, nowhere);
    lower_add(lowering, &function->body->items,
              lower_set(lowering, lower_field(lowering, NULL, field, type->self, nowhere), instance));
}

/* The class of lambdas that capture nothing: one per type, one more per generic method. */
static void define_singleton(Analysis *analysis)
{
    Lowering *lowering = analysis->lowering;
    uint32_t count = analysis->root->ambient_count;
    if (lowering->singleton)
        return;
    lowering->singleton = count == 0 ? lowering->type->lambda_cache : NULL;
    if (!lowering->singleton) {
        TypeMap map = {0};
        Name name = count == 0 ? lower_name(lowering, "<>c") : lower_name(lowering, "<>c__%u", lower_ordinal(lowering));
        TypeDefinition *type =
            lower_define_type(lowering, lowering->type, TYPE_CLASS, name, analysis->root->ambient, count, &map);
        Field *field = type_define_field(lowering->world, type, lower_name(lowering, "<>9"), type->self, true);
        field->is_readonly = true;
        Method *constructor = lower_empty_constructor(lowering, type);
        define_static_constructor(lowering, type, constructor, field);
        lowering->singleton = type;
        if (count == 0)
            lowering->type->lambda_cache = type;
    }
    lowering->singleton_field = lowering->singleton->fields[0];
}

static bool is_singleton(const Closure *closure)
{
    return closure->function->kind == FUNCTION_LAMBDA && !closure->containing && !closure->captures_this;
}

static Name method_name(Lowering *lowering, const Closure *closure)
{
    const char *top = lowering->method->name->text;
    if (closure->function->kind == FUNCTION_LAMBDA) {
        if (closure->containing)
            return lower_name(lowering, "<%s>b__%u", top, closure->ordinal);
        return lower_name(lowering, "<%s>b__%u_%u", top, lower_ordinal(lowering), closure->ordinal);
    }
    const char *name = closure->function->name ? closure->function->name->text : "";
    if (closure->containing)
        return lower_name(lowering, "<%s>g__%s|%u", top, name, closure->ordinal);
    return lower_name(lowering, "<%s>g__%s|%u_%u", top, name, lower_ordinal(lowering), closure->ordinal);
}

static TypeParameter *method_parameter(Lowering *lowering, Method *method, const TypeParameter *original,
                                       uint32_t index)
{
    TypeParameter *parameter = arena_copy(lowering->arena, original, sizeof *original);
    parameter->index = index;
    parameter->type_owner = NULL;
    parameter->method_owner = method;
    Type *type = ARENA_NEW(lowering->arena, Type);
    type->kind = TYPE_PARAMETER;
    type->parameter = parameter;
    type->is_open = true;
    type->plain = type;
    parameter->type = type;
    return parameter;
}

/* Type parameters that the new method's type does not have become its own. */
static void define_type_parameters(Lowering *lowering, Closure *closure, const TypeDefinition *owner)
{
    Method *method = closure->method;
    uint32_t outer = lowering->type->type_parameter_count;
    for (uint32_t i = 0; i < closure->provided; i++)
        type_map_add(lowering, &closure->types, closure->ambient[i], owner->type_parameters[outer + i]->type);
    uint32_t own = closure->ambient_count - closure->provided;
    method->type_parameter_count = own;
    method->type_parameters = ARENA_ARRAY(lowering->arena, TypeParameter *, own + 1);
    for (uint32_t i = 0; i < own; i++) {
        method->type_parameters[i] = method_parameter(lowering, method, closure->ambient[closure->provided + i], i);
        type_map_add(lowering, &closure->types, closure->ambient[closure->provided + i],
                     method->type_parameters[i]->type);
    }
    for (uint32_t i = 0; i < own; i++) {
        TypeParameter *parameter = method->type_parameters[i];
        Type **constraints = ARENA_ARRAY(lowering->arena, Type *, parameter->constraint_count + 1);
        for (uint32_t j = 0; j < parameter->constraint_count; j++)
            constraints[j] = type_map_apply(lowering->world, &closure->types, parameter->constraints[j]);
        parameter->constraints = constraints;
    }
}

static void define_parameters(Lowering *lowering, Closure *closure, Function *function)
{
    const Function *old = closure->function;
    Method *method = closure->method;
    uint32_t extra = 0;
    for (uint32_t i = 0; i < closure->environment_count; i++)
        extra += closure->environments[i]->is_struct;
    uint32_t count = old->parameter_count + extra;
    method->parameters = ARENA_ARRAY(lowering->arena, Parameter, count + 1);
    function->parameters = ARENA_ARRAY(lowering->arena, Local *, count + 1);
    for (uint32_t i = 0; i < old->parameter_count; i++) {
        Local *local = old->parameters[i];
        Type *type = type_map_apply(lowering->world, &closure->types, local->type);
        if (old->method && i < old->method->parameter_count)
            method->parameters[i] = old->method->parameters[i];
        method->parameters[i].name = local->name;
        method->parameters[i].type = type;
        method->parameters[i].ref_kind = local->ref_kind;
        function->parameters[i] = local; /* its type changes when the body is rewritten */
    }
    method->parameter_count = function->parameter_count = old->parameter_count;
    closure->frame_parameters = ARENA_ARRAY(lowering->arena, Local *, closure->environment_count + 1);
    for (uint32_t i = 0; i < closure->environment_count; i++) {
        Environment *environment = closure->environments[i];
        if (!environment->is_struct)
            continue;
        Type *type = type_map_apply(lowering->world, &closure->types, environment->self);
        closure->frame_parameters[i] = lower_add_parameter(lowering, function, environment->frame->name, type, REF_REF);
    }
}

static void define_method(Analysis *analysis, Closure *closure)
{
    Lowering *lowering = analysis->lowering;
    TypeDefinition *owner = lowering->type;
    if (closure->containing) {
        owner = closure->containing->type;
        closure->provided = closure->containing->scope->closure->ambient_count;
    } else if (is_singleton(closure)) {
        define_singleton(analysis);
        owner = lowering->singleton;
        closure->provided = analysis->root->ambient_count;
    }
    bool is_static = !closure->containing && !closure->captures_this && !is_singleton(closure);
    closure->method = lower_define_method(lowering, owner, method_name(lowering, closure), METHOD_LAMBDA,
                                          closure->function->return_type, is_static, closure->function->span);
    Method *method = closure->method;
    closure->function->made = method;
    method->access = ACCESS_INTERNAL;
    method->is_async = closure->function->is_async;
    method->return_ref = closure->function->return_ref;
    define_type_parameters(lowering, closure, owner);
    method->return_type = type_map_apply(lowering->world, &closure->types, closure->function->return_type);

    Function *function = lower_new_function(lowering, method, closure->function->span);
    define_parameters(lowering, closure, function);
    function->name = closure->function->name;
    function->return_ref = closure->function->return_ref;
    function->is_async = closure->function->is_async;
    function->is_iterator = closure->function->is_iterator;
    function->yield_type = type_map_apply(lowering->world, &closure->types, closure->function->yield_type);
    function->async_result = type_map_apply(lowering->world, &closure->types, closure->function->async_result);
    function->builder = type_map_apply(lowering->world, &closure->types, closure->function->builder);
}

/* --- reaching environments and `this` ----------------------------------------------------------------------------- */

static Bound *containing_object(Converter *converter, Span span)
{
    if (!converter->closure->containing) /* cannot happen; the compiler to bytecode refuses the node */
        return bound_new(converter->lowering->world, BOUND_BAD, converter->lowering->world->object_type, span);
    Type *type = rewrite_type(&converter->rewriter, converter->closure->containing->self);
    return lower_this(converter->lowering, type, span);
}

static Bound *link_field(Converter *converter, Bound *object, const Environment *environment, Span span)
{
    return lower_field(converter->lowering, object, environment->parent_field, object->type, span);
}

static Bound *reach_environment(Converter *converter, const Environment *environment, Span span)
{
    const Closure *closure = converter->closure;
    if (environment->scope->closure == closure) {
        if (environment
                ->inner) /* as Roslyn: the inner one is at hand, so that the outer one need not outlive an await */
            return link_field(converter, reach_environment(converter, environment->inner, span), environment->inner,
                              span);
        return bound_local(converter->lowering->world, environment->frame, span);
    }
    if (environment->is_struct) {
        for (uint32_t i = 0; i < closure->environment_count; i++)
            if (closure->environments[i] == environment)
                return bound_local(converter->lowering->world, closure->frame_parameters[i], span);
        return bound_new(converter->lowering->world, BOUND_BAD, environment->self, span);
    }
    Bound *object = containing_object(converter, span);
    for (const Environment *at = closure->containing; at != environment; at = at->parent) {
        if (!at->parent_field || !at->parent)
            return bound_new(converter->lowering->world, BOUND_BAD, environment->self, span);
        object = link_field(converter, object, at, span);
    }
    return object;
}

static Bound *reach_variable(Converter *converter, Local *local, Span span)
{
    const LocalData *data = local->lowered;
    Bound *object = reach_environment(converter, data->environment, span);
    Type *owner = rewrite_type(&converter->rewriter, data->environment->self);
    return lower_field(converter->lowering, object, data->captured, owner, span);
}

static Bound *reach_this(Converter *converter, Span span)
{
    const Closure *closure = converter->closure;
    if (!closure->parent || !closure->containing)
        return lower_this(converter->lowering, converter->lowering->type->self, span);
    const LocalData *data = converter->analysis->this_local->lowered;
    if (data->environment)
        return reach_variable(converter, converter->analysis->this_local, span);
    Bound *object = containing_object(converter, span);
    for (const Environment *at = closure->containing; at && at->parent_field; at = at->parent) {
        object = link_field(converter, object, at, span);
        if (!at->parent)
            return object;
    }
    return bound_new(converter->lowering->world, BOUND_BAD, converter->lowering->type->self, span);
}

/* --- entering scopes ---------------------------------------------------------------------------------------------- */

static Bound *frame_field(Converter *converter, const Environment *environment, Field *field, Span span)
{
    Bound *frame = bound_local(converter->lowering->world, environment->frame, span);
    return lower_field(converter->lowering, frame, field, environment->frame->type, span);
}

/* `frame = new DisplayClass(); frame.parent = ...; frame.parameter = parameter;` as expressions */
static void fill_frame(Converter *converter, const Environment *environment, BoundList *effects, Span span)
{
    Lowering *lowering = converter->lowering;
    Type *type = environment->frame->type;
    if (!environment->is_struct) {
        Bound *object = lower_new(lowering, type, environment->constructor, NULL, 0, span);
        lower_add(lowering, effects,
                  lower_assign(lowering, bound_local(lowering->world, environment->frame, span), object));
    }
    if (environment->captures_parent) {
        Bound *parent =
            environment->parent ? reach_environment(converter, environment->parent, span) : reach_this(converter, span);
        lower_add(lowering, effects,
                  lower_assign(lowering, frame_field(converter, environment, environment->parent_field, span), parent));
    }
    for (uint32_t i = 0; i < environment->variables.count; i++) {
        Local *local = environment->variables.at[i];
        Field *field = local_data(lowering, local)->captured;
        bool is_this = local == converter->analysis->this_local;
        if (!is_this && local->kind != LOCAL_PARAMETER)
            continue;
        Bound *value =
            is_this ? lower_this(lowering, lowering->type->self, span) : bound_local(lowering->world, local, span);
        lower_add(lowering, effects, lower_assign(lowering, frame_field(converter, environment, field, span), value));
    }
}

static LowerScope *scope_of(Converter *converter, const Bound *node)
{
    if (node == converter->closure->body->node)
        return converter->closure->body;
    const Local *local = node->locals.count != 0     ? node->locals.at[0]
                         : node->kind == BOUND_CATCH ? node->catch_local
                                                     : NULL;
    if (!local || !local->lowered)
        return NULL;
    LowerScope *scope = ((LocalData *)local->lowered)->scope;
    return scope && scope->node == node ? scope : NULL;
}

static LocalList uncaptured(Converter *converter, const LocalList *locals, Environment *environment)
{
    LocalList list = {0};
    for (uint32_t i = 0; i < locals->count; i++) {
        const LocalData *data = locals->at[i]->lowered;
        if (!data || !data->environment)
            lower_add_local(converter->lowering, &list, locals->at[i]);
    }
    if (environment)
        lower_add_local(converter->lowering, &list, environment->frame);
    return list;
}

static void put_first(Converter *converter, Bound *node, const BoundList *effects, bool as_statements)
{
    BoundList items = {0};
    for (uint32_t i = 0; i < effects->count; i++)
        lower_add(converter->lowering, &items,
                  as_statements ? lower_expression_statement(converter->lowering, effects->at[i]) : effects->at[i]);
    for (uint32_t i = 0; i < node->items.count; i++)
        lower_add(converter->lowering, &items, node->items.at[i]);
    node->items = items;
}

static Span start_of(Span span)
{
    return (Span){span.start, span.start};
}

static Environment *open_environment(Converter *converter, Environment *environment)
{
    Environment *outer = converter->innermost;
    if (!environment || environment->is_struct)
        return outer;
    if (outer && environment->captures_parent && environment->parent == outer)
        outer->inner = environment;
    converter->innermost = environment;
    return outer;
}

static void close_environment(Converter *converter, Environment *outer)
{
    if (outer)
        outer->inner = NULL;
    converter->innermost = outer;
}

/* A captured exception variable: the catch clause gets another one, which is copied into the frame. */
static Bound *convert_catch(Converter *converter, Bound *node, LowerScope *scope)
{
    Lowering *lowering = converter->lowering;
    Environment *environment = scope ? scope->environment : NULL;
    Local *local = node->catch_local;
    const LocalData *data = local ? local->lowered : NULL;
    bool is_captured = data && data->environment;
    BoundList effects = {0};
    if (environment) {
        rewrite_local(&converter->rewriter, environment->frame);
        fill_frame(converter, environment, &effects, start_of(node->span));
    }
    Environment *outer = open_environment(converter, environment);
    Bound *copy = rewrite_children(&converter->rewriter, node);
    if (converter->innermost != outer)
        close_environment(converter, outer);
    bool in_filter = copy->c && environment;
    copy->locals = uncaptured(converter, &node->locals, in_filter ? environment : NULL);
    if (environment && !in_filter)
        lower_add_local(lowering, &copy->a->locals, environment->frame);
    if (is_captured) {
        Local *caught = lower_temp(lowering, converter->rewriter.function, copy->catch_local->type, NULL, node->span);
        copy->catch_local = caught;
        lower_add(lowering, &effects,
                  lower_assign(lowering, reach_variable(converter, local, start_of(node->span)),
                               bound_local(lowering->world, caught, start_of(node->span))));
    }
    if (in_filter) {
        Bound *filter = bound_new(lowering->world, BOUND_SEQUENCE, lowering->world->bool_type, copy->c->span);
        filter->items = effects;
        filter->a = copy->c;
        copy->c = filter;
    } else if (effects.count != 0) {
        put_first(converter, copy->a, &effects, true);
    }
    return copy;
}

static Bound *convert_scope(Converter *converter, Bound *node)
{
    Lowering *lowering = converter->lowering;
    LowerScope *scope = scope_of(converter, node);
    Environment *environment = scope ? scope->environment : NULL, *parameters = NULL;
    if (node->kind == BOUND_CATCH)
        return convert_catch(converter, node, scope);
    BoundList effects = {0};
    if (node == converter->closure->function->body && !converter->closure->body->node)
        parameters = converter->closure->body->environment;
    if (parameters) {
        rewrite_local(&converter->rewriter, parameters->frame);
        fill_frame(converter, parameters, &effects, start_of(node->span));
        open_environment(converter, parameters);
    }
    if (environment) {
        rewrite_local(&converter->rewriter, environment->frame);
        fill_frame(converter, environment, &effects, start_of(node->span));
    }
    Environment *outer = open_environment(converter, environment);
    Bound *copy = rewrite_children(&converter->rewriter, node);
    if (converter->innermost != outer)
        close_environment(converter, outer);
    if (node->kind == BOUND_FOR && environment) {
        Bound *block = lower_block(lowering, node->span);
        block->flags = node->flags;
        copy->locals = uncaptured(converter, &node->locals, NULL);
        lower_add_local(lowering, &block->locals, environment->frame);
        lower_add(lowering, &block->items, copy);
        put_first(converter, block, &effects, true);
        return block;
    }
    copy->locals = uncaptured(converter, &node->locals, environment);
    if (parameters)
        lower_add_local(lowering, &copy->locals, parameters->frame);
    if (effects.count != 0)
        put_first(converter, copy, &effects, node->kind == BOUND_BLOCK);
    return copy;
}

/* --- calls and delegates ------------------------------------------------------------------------------------------ */

/* The method a nested function became, as seen from the code being rewritten; `own` are its own type arguments. */
static MethodRef method_ref(Converter *converter, const Closure *target, Type **own)
{
    Lowering *lowering = converter->lowering;
    Rewriter *rewriter = &converter->rewriter;
    Type *owner = lowering->type->self;
    if (target->containing)
        owner = target->containing->self;
    else if (is_singleton(target))
        owner = seen_type(lowering, lowering->singleton, converter->analysis->root->ambient,
                          converter->analysis->root->ambient_count);
    uint32_t count = target->ambient_count - target->provided, outer = target->parent->ambient_count;
    Type **arguments = ARENA_ARRAY(lowering->arena, Type *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = target->provided + i;
        arguments[i] =
            rewrite_type(rewriter, place >= outer && own ? own[place - outer] : target->ambient[place]->type);
    }
    return (MethodRef){target->method, rewrite_type(rewriter, owner), count ? arguments : NULL};
}

static Bound *receiver(Converter *converter, const Closure *target, Span span)
{
    if (target->containing)
        return reach_environment(converter, target->containing, span);
    return target->captures_this ? reach_this(converter, span) : NULL;
}

static Bound *convert_call(Converter *converter, Bound *node)
{
    Lowering *lowering = converter->lowering;
    const Closure *target = node->function->lowered;
    Bound *call = bound_new(lowering->world, BOUND_CALL, rewrite_type(&converter->rewriter, node->type), node->span);
    call->flags = node->flags | CALL_NON_VIRTUAL;
    call->syntax = node->syntax;
    call->method = method_ref(converter, target, node->function_arguments);
    call->a = receiver(converter, target, node->span);
    for (uint32_t i = 0; i < node->items.count; i++)
        lower_add(lowering, &call->items, rewrite_visit(&converter->rewriter, node->items.at[i]));
    for (uint32_t i = 0; i < target->environment_count; i++)
        if (target->environments[i]->is_struct)
            lower_add(lowering, &call->items,
                      lower_address(lowering, reach_environment(converter, target->environments[i], node->span)));
    return call;
}

static Bound *singleton_delegate(Converter *converter, Bound *delegate, Closure *target, Type *seen)
{
    Lowering *lowering = converter->lowering;
    Type *owner = delegate->method.owner;
    delegate->a = lower_field(lowering, NULL, lowering->singleton_field, owner, delegate->span);
    if (lowering->method->kind == METHOD_STATIC_CONSTRUCTOR || target->ambient_count != target->provided)
        return delegate;
    if (!target->cache) {
        Name name = lower_name(lowering, "<>9__%u_%u", lower_ordinal(lowering), target->ordinal);
        Type *type = type_map_apply(lowering->world, &target->types, seen);
        target->cache = type_define_field(lowering->world, lowering->singleton, name, type, true);
    }
    return lower_cache_in(lowering, delegate, lower_field(lowering, NULL, target->cache, owner, delegate->span));
}

/* A delegate made again and again for the same display class object is kept in it. */
static bool is_worth_keeping(const Closure *target)
{
    return target->containing && target->scope != target->containing->scope &&
           target->loop_depth > target->containing->scope->loop_depth && target->ambient_count == target->provided;
}

static void convert_body(Analysis *analysis, Closure *closure);

static Bound *convert_lambda_node(Converter *converter, Bound *node)
{
    Lowering *lowering = converter->lowering;
    Closure *target = node->function->lowered;
    if (target->function->kind == FUNCTION_LAMBDA)
        convert_body(converter->analysis, target); /* now: fields that cache delegates stand in this order */
    Bound *delegate = bound_new(lowering->world, BOUND_NEW_DELEGATE, node->type, node->span);
    delegate->syntax = node->syntax;
    delegate->flags = LOWER_DONE | CALL_NON_VIRTUAL;
    if (target->function->kind == FUNCTION_LOCAL && target->is_explicit_static && target->method->is_static) {
        Converter unmoved = *converter; /* the cache is made for the types as they were */
        unmoved.rewriter.types = (TypeMap){0};
        delegate->method = method_ref(&unmoved, target, node->function_arguments);
        return lower_cached_delegate(lowering, delegate, &converter->rewriter);
    }
    delegate->type = rewrite_type(&converter->rewriter, node->type);
    delegate->method = method_ref(converter, target, node->function_arguments);
    if (is_singleton(target))
        return singleton_delegate(converter, delegate, target, node->type);
    delegate->a = receiver(converter, target, node->span);
    if (target->function->kind != FUNCTION_LAMBDA || !is_worth_keeping(target))
        return delegate;
    if (!target->cache) {
        Type *type = type_map_apply(lowering->world, &target->types, node->type);
        target->cache = type_define_field(lowering->world, target->containing->type,
                                          lower_name(lowering, "<>9__%u", target->ordinal), type, false);
    }
    Bound *owner = receiver(converter, target, node->span);
    return lower_cache_in(lowering, delegate, lower_field(lowering, owner, target->cache, owner->type, node->span));
}

/* --- bodies ------------------------------------------------------------------------------------------------------- */

static Bound *convert_node(Rewriter *rewriter, Bound *node)
{
    Converter *converter = (Converter *)rewriter;
    switch (node->kind) {
    case BOUND_LOCAL: {
        const LocalData *data = node->local->lowered;
        if (data && data->environment)
            return reach_variable(converter, node->local, node->span);
        return rewrite_children(rewriter, node);
    }
    case BOUND_THIS:
        return reach_this(converter, node->span);
    case BOUND_LAMBDA:
        return convert_lambda_node(converter, node);
    case BOUND_CALL_LOCAL:
        return convert_call(converter, node);
    case BOUND_BLOCK:
    case BOUND_FOR:
    case BOUND_SEQUENCE:
    case BOUND_CATCH:
        return convert_scope(converter, node);
    default:
        return rewrite_children(rewriter, node);
    }
}

static void convert_body(Analysis *analysis, Closure *closure)
{
    Function *target = closure->parent ? closure->method->lowered : closure->function;
    if (closure->is_converted)
        return;
    closure->is_converted = true;
    Converter converter = {
        .rewriter = {.lowering = analysis->lowering,
                     .visit = convert_node,
                     .types = closure->types,
                     .function = target},
        .analysis = analysis,
        .lowering = analysis->lowering,
        .closure = closure,
    };
    for (uint32_t i = 0; i < closure->function->parameter_count && closure->parent; i++)
        rewrite_local(&converter.rewriter, closure->function->parameters[i]);
    target->body = convert_node(&converter.rewriter, closure->function->body);
}

void convert_closures(Lowering *lowering, Function *function)
{
    Analysis analysis;
    uint32_t link_count = 0;
    analyze_closures(&analysis, lowering, function);
    for (uint32_t i = 0; i < analysis.scope_count; i++)
        if (analysis.scopes[i]->environment)
            define_environment(&analysis, analysis.scopes[i]->environment, &link_count);
    for (uint32_t i = 1; i < analysis.closure_count; i++)
        define_method(&analysis, analysis.closures[i]);
    for (uint32_t i = 0; i < analysis.closure_count; i++)
        convert_body(&analysis, analysis.closures[i]);
    for (uint32_t i = 1; i < analysis.closure_count; i++)
        lower_machine(lowering, analysis.closures[i]->method->lowered);
    lower_machine(lowering, function);
}
