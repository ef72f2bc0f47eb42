/* Lambdas, local functions, method groups as delegates, captures (C# spec 12.19, 10.7, 13.6.4). */
#include "lang/check_internal.h"
#include "lang/submit.h"

#include <string.h>

enum { LAMBDA_WORK = 20000 };

/* What one lambda expression has been found to be, per parameter types: binding a body twice would be exponential in
 * nesting. */
typedef struct LambdaTrial {
    Type **parameters;
    uint32_t count;
    Type *returned; /* inferred return type, NULL: none */
    bool is_void;
    bool has_errors;
    bool reaches_end;
    struct LambdaTrial *next;
} LambdaTrial;

typedef struct LambdaFit {
    Type *delegate;
    bool fits;
    struct LambdaFit *next;
} LambdaFit;

typedef struct LambdaState {
    Binder place; /* the binder as it was where the lambda stands */
    LambdaTrial *trials;
    LambdaFit *fits;
} LambdaState;

/* --- functions and captures
 * ------------------------------------------------------------------------------------------------ */

Function *function_new(Binder *binder, FunctionKind kind, Span span)
{
    Function *function = ARENA_NEW(binder->arena, Function);
    function->kind = kind;
    function->parent = kind == FUNCTION_METHOD ? NULL : binder->function;
    function->span = span;
    function->scope = kind == FUNCTION_METHOD || !binder->scope ? NULL : binder->scope->node;
    return function;
}

static void report_static_capture(Binder *binder, Function *function, const char *name)
{
    Position key = binder->diagnostics->key; /* said once the function is bound */
    binder->diagnostics->key =
        function->method && function->method->node ? function->method->node->span.end : function->span.end;
    if (name)
        ERROR_AT(binder, binder->use_span,
                 function->kind == FUNCTION_LAMBDA ? ERROR_STATIC_LAMBDA_CAPTURE : ERROR_STATIC_LOCAL_CAPTURE, name);
    else
        ERROR_AT(binder, binder->use_span,
                 function->kind == FUNCTION_LAMBDA ? ERROR_STATIC_LAMBDA_THIS : ERROR_STATIC_LOCAL_THIS);
    binder->diagnostics->key = key;
}

void note_capture(Binder *binder, Local *local)
{
    if (local->is_const && local->constant.kind)
        return;
    local->is_captured = true;
    for (Function *function = binder->function; function && function != local->function; function = function->parent) {
        function->captures = true;
        if (function->is_static && function->kind != FUNCTION_METHOD) {
            report_static_capture(binder, function, local->name ? local->name->text : "?");
            return;
        }
    }
}

void note_this(Binder *binder)
{
    for (Function *function = binder->function; function; function = function->parent) {
        function->uses_this = true;
        if (function->is_static && function->kind != FUNCTION_METHOD) {
            report_static_capture(binder, function, NULL);
            return;
        }
    }
}

void note_local_function_use(Binder *binder, Function *function)
{
    LocalUse *use = ARENA_NEW(binder->arena, LocalUse);
    use->caller = binder->function;
    use->callee = function;
    if (!binder->uses)
        return;
    use->next = *binder->uses;
    *binder->uses = use;
}

/* --- async
 * -------------------------------------------------------------------------------------------------------------------
 */

static Type *construct_builder(World *world, Type *builder, Type *result)
{
    if (!builder || !builder->definition)
        return NULL;
    if (builder->definition->type_parameter_count == 1 && !type_is_void(result))
        return type_make(world, builder->definition, &result, 1);
    return builder;
}

static bool task_like(World *world, Type *type, Type **result, Type **builder)
{
    *result = world->void_type;
    switch (type->special) {
    case SPECIAL_VOID:
        *builder = type_special(world, SPECIAL_VOID_BUILDER);
        return true;
    case SPECIAL_TASK:
        *builder = type_special(world, SPECIAL_TASK_BUILDER);
        return true;
    case SPECIAL_VALUE_TASK:
        *builder = type_special(world, SPECIAL_VALUE_TASK_BUILDER);
        return true;
    case SPECIAL_TASK_T:
    case SPECIAL_VALUE_TASK_T:
        *result = type->arguments[0];
        *builder = type_special_of(
            world, type->special == SPECIAL_TASK_T ? SPECIAL_TASK_BUILDER_T : SPECIAL_VALUE_TASK_BUILDER_T, *result);
        return true;
    default:
        break;
    }
    if (!type->definition)
        return false;
    type_complete_bases(world, type->definition);
    if (!type->definition->async_builder)
        return false;
    if (type->argument_count == 1)
        *result = type->arguments[0];
    *builder = construct_builder(world, type->definition->async_builder, *result);
    return true;
}

static bool iterator_element(World *world, Type *type, Type **element)
{
    switch (type->special) {
    case SPECIAL_IENUMERABLE_T:
    case SPECIAL_IENUMERATOR_T:
    case SPECIAL_IASYNC_ENUMERABLE_T:
    case SPECIAL_IASYNC_ENUMERATOR_T:
        *element = type->arguments[0];
        return true;
    case SPECIAL_IENUMERABLE:
    case SPECIAL_IENUMERATOR:
        *element = world->object_type;
        return true;
    default:
        return false;
    }
}

void set_async_types(Binder *binder, Function *function, Type *return_type, Type *builder_override, Span span)
{
    World *world = binder->world;
    function->return_type = return_type;
    bool is_async_stream =
        return_type->special == SPECIAL_IASYNC_ENUMERABLE_T || return_type->special == SPECIAL_IASYNC_ENUMERATOR_T;
    if (function->is_iterator) {
        if (!iterator_element(world, return_type, &function->yield_type)) {
            ERROR_AT(binder, span, ERROR_YIELD_TYPE, function->name ? function->name->text : "method",
                     type_text(world, return_type));
            function->yield_type = world->error_type;
        } else if (is_async_stream && !function->is_async) {
            ERROR_AT(binder, span, ERROR_ITERATOR_NOT_ASYNC, function->name ? function->name->text : "method",
                     type_text(world, return_type));
        }
        if (function->is_async) {
            function->builder = type_special(world, SPECIAL_ITERATOR_BUILDER);
            function->async_result = world->void_type;
        }
        return;
    }
    if (!function->is_async)
        return;
    if (is_async_stream) { /* an iterator that never yields */
        Node *body = function->method && function->method->node && function->method->node->decl
                         ? function->method->node->decl->body
                         : NULL;
        function->is_iterator = body && syntax_contains_return_value(body);
        function->yield_type = function->async_result = world->error_type;
        if (!function->is_iterator)
            ERROR_AT(binder, span, ERROR_NOT_ALL_PATHS, function->name ? function->name->text : "method");
        return;
    }
    if (!task_like(world, return_type, &function->async_result, &function->builder)) {
        if (return_type->kind != TYPE_ERROR)
            ERROR_AT(binder, span, ERROR_ASYNC_RETURN);
        function->async_result = world->error_type;
        function->builder = NULL;
        return;
    }
    if (builder_override)
        function->builder = construct_builder(world, builder_override, function->async_result);
}

bool is_async_return(World *world, Type *type)
{
    Type *result, *builder;
    return task_like(world, type, &result, &builder) || type->special == SPECIAL_IASYNC_ENUMERABLE_T ||
           type->special == SPECIAL_IASYNC_ENUMERATOR_T || type->kind == TYPE_ERROR;
}

/* --- binding a lambda body
 * ------------------------------------------------------------------------------------------------------ */

Bound *bind_lambda_unbound(Binder *binder, Node *node)
{
    Bound *result = bound_new(binder->world, BOUND_UNBOUND_LAMBDA, NULL, node->at.end ? node->at : node->span);
    LambdaState *state = ARENA_NEW(binder->arena, LambdaState);
    state->place = *binder;
    result->binder_data = state;
    result->syntax = node;
    bool seen_default = false;
    for (uint32_t i = 0; i < node->decl->parameters.count && !binder->trial; i++) {
        const Node *parameter = node->decl->parameters.at[i];
        if (parameter->b && !parameter->a)
            ERROR_AT(binder, parameter->at, ERROR_UNTYPED_DEFAULT, parameter->name ? parameter->name->text : "?");
        else if (seen_default && !parameter->b && parameter->token != TOKEN_PARAMS)
            ERROR_AT(binder, ((Span){parameter->span.end, parameter->span.end + 1}), ERROR_DEFAULT_ORDER);
        seen_default |= parameter->b != NULL;
    }
    return result;
}

uint32_t lambda_parameter_count(Bound *lambda, bool *explicit_types, bool *any_count)
{
    Declaration *decl = lambda->syntax->decl;
    *any_count = (lambda->syntax->flags & FLAG_DELEGATE) && !decl->has_parameters;
    *explicit_types = true;
    for (uint32_t i = 0; i < decl->parameters.count; i++)
        *explicit_types &= decl->parameters.at[i]->a != NULL;
    return decl->parameters.count;
}

RefKind lambda_ref_kind(const Node *parameter)
{
    if (parameter->token == TOKEN_REF && (parameter->flags & FLAG_READONLY))
        return REF_READONLY;
    switch (parameter->token) {
    case TOKEN_REF:
        return REF_REF;
    case TOKEN_OUT:
        return REF_OUT;
    case TOKEN_IN:
        return REF_IN;
    default:
        return REF_NONE;
    }
}

static void declare_lambda_parameters(Binder *binder, Function *function, Node *node, Type **types,
                                      const RefKind *kinds, uint32_t count)
{
    function->parameters = ARENA_ARRAY(binder->arena, Local *, count + 1);
    function->parameter_count = count;
    for (uint32_t i = 0; i < count; i++) {
        Node *parameter = i < node->decl->parameters.count ? node->decl->parameters.at[i] : NULL;
        Name name = parameter ? parameter->name : NULL;
        Span span = parameter ? parameter->at : node->span;
        for (uint32_t j = 0; name && j < i && j < node->decl->parameters.count && strcmp(name->text, "_") != 0; j++)
            if (node->decl->parameters.at[j]->name == name)
                ERROR_AT(binder, span, ERROR_DUPLICATE_PARAMETER, name->text);
        Local *local = local_new(binder->world, function, LOCAL_PARAMETER, name, types[i], span);
        local->ref_kind = kinds ? kinds[i] : REF_NONE;
        local->index = i;
        local->is_assigned = false;
        local->is_range = (node->flags & FLAG_QUERY) != 0;
        function->parameters[i] = local;
        if (name && strcmp(name->text, "_") != 0)
            ARENA_PUSH(binder->arena, binder->scope->locals, binder->scope->local_count, binder->scope->local_capacity,
                       local);
        else if (name && node->decl->parameters.count == 1)
            ARENA_PUSH(binder->arena, binder->scope->locals, binder->scope->local_count, binder->scope->local_capacity,
                       local);
    }
}

/* The range variables behind the parameter of a lambda that a query made. */
static void declare_range_variables(Binder *binder, Function *function, NodeList *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        Local *local = local_new(binder->world, function, LOCAL_TEMP, names->at[i]->name, binder->world->error_type,
                                 names->at[i]->span);
        local->stands_for = names->at[i]->a;
        ARENA_PUSH(binder->arena, binder->scope->locals, binder->scope->local_count, binder->scope->local_capacity,
                   local);
    }
}

static bool is_statement_expression(const Bound *value)
{
    switch (value->kind) {
    case BOUND_CALL:
    case BOUND_CALL_LOCAL:
    case BOUND_ASSIGN:
    case BOUND_NEW:
    case BOUND_AWAIT:
    case BOUND_SEQUENCE:
    case BOUND_CONDITIONAL:
    case BOUND_BAD:
        return true;
    default:
        return false;
    }
}

/* The body of `=> expression` as a block. */
static Bound *expression_body(Binder *binder, Function *function, Node *body)
{
    Bound *block = new_statement(binder, BOUND_BLOCK, body->span);
    push_scope(binder, block);
    Type *wanted = function->is_async ? function->async_result : function->return_type;
    Bound *value = bind_value(binder, body);
    if (binder->returns) {
        bool is_void = value->type && type_is_void(value->type);
        if (is_void)
            binder->returns->saw_void = true;
        else
            ARENA_PUSH(binder->arena, binder->returns->values, binder->returns->count, binder->returns->capacity,
                       value);
    } else if (value->kind == BOUND_THROW_UNTYPED) {
        Bound *statement = new_statement(binder, BOUND_THROW, body->span);
        statement->a = value->a;
        statement->syntax = body;
        list_add(binder, &block->items, statement);
    } else if (wanted && type_is_void(wanted)) {
        if (!is_bad(value) && !is_statement_expression(value) && body->kind != NODE_ASSIGNMENT) /* `_ = x` is just x */
            ERROR_AT(binder, body->span, ERROR_STATEMENT_EXPRESSION);
        else if (!is_bad(value)) {
            Bound *statement = expression_statement(binder, value);
            statement->syntax = body;
            list_add(binder, &block->items, statement);
        }
    } else if (wanted) {
        Bound *statement = new_statement(binder, BOUND_RETURN, body->span);
        statement->syntax = body;
        if (function->return_ref != REF_NONE) {
            statement->a = value;
            statement->flags |= BOUND_REF;
        } else if (function->is_async && value->type && !is_bad(value) &&
                   !classify_conversion(binder, value, wanted).is_implicit && value->type->kind != TYPE_UNTYPED &&
                   type_same(value->type, function->return_type)) {
            ERROR_AT(binder, body->span, ERROR_RETURN_ASYNC_TASK_TWICE, type_text(binder->world, wanted),
                     type_text(binder->world, value->type));
        } else {
            statement->a =
                convert_implicit(binder, value, wanted, value->kind == BOUND_UNBOUND_LAMBDA ? value->span : body->span);
        }
        list_add(binder, &block->items, statement);
    }
    pop_scope(binder);
    return block;
}

Bound *bind_function_body(Binder *binder, Function *function, Node *body, bool is_expression, NodeList *statements)
{
    if (statements) {
        Bound *block = new_statement(binder, BOUND_BLOCK, function->span);
        push_scope(binder, block);
        if (function->method && function->method->submission)
            binder->submission_scope = binder->scope;
        if (function->method && function->method->program)
            binder->program_scope = binder->scope;
        bind_statements(binder, statements, block);
        pop_scope(binder);
        return block;
    }
    if (!body)
        return new_statement(binder, BOUND_BLOCK, function->span);
    return is_expression ? expression_body(binder, function, body) : bind_block(binder, body);
}

/* Binds the body with the given parameter types. `returned`: NULL infers and collects into `returns`. */
static Function *bind_lambda_body(Binder *binder, LambdaState *state, Node *node, Type **types, const RefKind *kinds,
                                  uint32_t count, Type *returned, RefKind return_ref, ReturnCollector *returns,
                                  DiagnosticList *diagnostics)
{
    Binder inner = state->place;
    inner.diagnostics = diagnostics;
    inner.trial = binder->trial + (returns ? 1 : 0);
    inner.work = binder->work;
    inner.depth = binder->depth;
    inner.returns = returns;
    inner.scope = state->place.scope;
    DiagnosticList *world_diagnostics = inner.world->diagnostics;
    inner.world->diagnostics = diagnostics;
    Function *function = function_new(&inner, FUNCTION_LAMBDA, node->span);
    function->is_static = (node->flags & FLAG_STATIC) != 0;
    function->is_query = (node->flags & FLAG_QUERY) != 0;
    function->is_async = (node->flags & FLAG_ASYNC) != 0;
    function->return_ref = return_ref;
    inner.function = function;
    push_scope(&inner, NULL);
    inner.scope->function = function;
    declare_lambda_parameters(&inner, function, node, types, kinds, count);
    if (node->flags & FLAG_QUERY)
        declare_range_variables(&inner, function, &node->extra);
    if (returned) {
        Node *attribute = find_attribute(&node->decl->attributes, "AsyncMethodBuilder");
        Type *override = attribute && attribute->items.count && attribute->items.at[0]->a->kind == NODE_TYPEOF
                             ? bind_type(inner.world, &inner.types, attribute->items.at[0]->a->a)
                             : NULL;
        set_async_types(&inner, function, returned, override, node->span);
    }
    function->body =
        bind_function_body(&inner, function, node->decl->body, (node->flags & FLAG_EXPRESSION_BODY) != 0, NULL);
    pop_scope(&inner);
    inner.world->diagnostics = world_diagnostics;
    inner.world->binder = binder;
    return function;
}

static bool same_parameter_list(LambdaTrial *trial, Type **types, uint32_t count)
{
    if (trial->count != count)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!type_same(trial->parameters[i], types[i]))
            return false;
    return true;
}

static Type *collected_type(Binder *binder, ReturnCollector *returns)
{
    if (!returns->count)
        return NULL;
    Type *first = natural_type(binder, returns->values[0]);
    bool same = first != NULL && first->kind != TYPE_NULL;
    for (uint32_t i = 1; i < returns->count && same; i++) {
        Type *type = natural_type(binder, returns->values[i]);
        same = type && type_same(type, first);
    }
    return same ? first : best_common_type(binder, returns->values, returns->count);
}

static bool leaves_loop(const Bound *node, const Label *label)
{
    if (!node)
        return false;
    if (node->kind == BOUND_GOTO && node->label == label)
        return true;
    if (leaves_loop(node->a, label) || leaves_loop(node->b, label) || leaves_loop(node->c, label))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (leaves_loop(node->items.at[i], label))
            return true;
    return false;
}

static bool is_constant_true(const Bound *condition)
{
    return !condition || (condition->kind == BOUND_CONSTANT && condition->constant.integer);
}

/* Whether control can run off the end: what decides if a block lambda that returns nothing fits Func<T> (throw, endless
 * loop). */
static bool end_is_reachable(const Bound *node)
{
    if (!node)
        return true;
    switch (node->kind) {
    case BOUND_RETURN:
    case BOUND_THROW:
    case BOUND_GOTO:
        return false;
    case BOUND_BLOCK:
        for (uint32_t i = 0; i < node->items.count; i++)
            if (!end_is_reachable(node->items.at[i]))
                return false;
        return true;
    case BOUND_IF:
        return end_is_reachable(node->b) || end_is_reachable(node->c);
    case BOUND_WHILE:
    case BOUND_FOR:
        return !is_constant_true(node->a) || leaves_loop(node->b, node->label);
    case BOUND_TRY: {
        bool reachable = end_is_reachable(node->a);
        for (uint32_t i = 0; i < node->items.count; i++)
            reachable |= end_is_reachable(node->items.at[i]->a);
        return reachable && end_is_reachable(node->b);
    }
    default:
        return true;
    }
}

/* The body gets this one error instead of what the trials that were not made leave behind. */
void note_too_complex(Binder *binder, Span span)
{
    if (!binder->world->too_complex.end)
        binder->world->too_complex = span;
}

static LambdaTrial *run_trial(Binder *binder, Bound *lambda, Type **types, uint32_t count)
{
    LambdaState *state = lambda->binder_data;
    for (LambdaTrial *trial = state->trials; trial; trial = trial->next)
        if (same_parameter_list(trial, types, count))
            return trial;
    LambdaTrial *trial = ARENA_NEW(binder->arena, LambdaTrial);
    trial->parameters = arena_copy(binder->arena, types, count * sizeof *types);
    trial->count = count;
    trial->next = state->trials;
    state->trials = trial;
    *binder->work += 20;
    if (*binder->work > LAMBDA_WORK * 20) {
        note_too_complex(binder, lambda->span);
        trial->has_errors = true;
        return trial;
    }
    DiagnosticList quiet;
    diagnostic_list_init(&quiet, binder->arena);
    quiet.muted = true;
    ReturnCollector returns = {0};
    Node *node = lambda->syntax;
    Function *function = bind_lambda_body(binder, state, node, types, NULL, count, NULL, REF_NONE, &returns, &quiet);
    trial->has_errors = quiet.error_count > 0;
    trial->reaches_end = end_is_reachable(function->body);
    Binder quiet_binder = *binder;
    quiet_binder.diagnostics = &quiet;
    quiet_binder.function = function;
    Type *collected = collected_type(&quiet_binder, &returns);
    World *world = binder->world;
    if (node->a) {
        trial->returned = bind_type(world, &state->place.types, node->a);
        trial->is_void = type_is_void(trial->returned);
    } else if (!returns.count) {
        trial->is_void = true;
        if (function->is_async)
            trial->returned = type_special(world, SPECIAL_TASK), trial->is_void = false;
    } else if (collected && collected->kind != TYPE_NULL && !type_is_void(collected)) {
        trial->returned = function->is_async ? type_special_of(world, SPECIAL_TASK_T, collected) : collected;
    }
    return trial;
}

Type *lambda_return_type(Binder *binder, Bound *lambda, Type **parameter_types, uint32_t count, bool *is_void,
                         bool *has_errors)
{
    bool explicit_types, any_count;
    uint32_t own = lambda_parameter_count(lambda, &explicit_types, &any_count);
    *is_void = false;
    *has_errors = true;
    if (own != count && !any_count)
        return NULL;
    LambdaTrial *trial = run_trial(binder, lambda, parameter_types, count);
    *is_void = trial->is_void;
    *has_errors = trial->has_errors;
    return trial->is_void ? NULL : trial->returned;
}

void lambda_check_errors(Binder *binder, Bound *lambda)
{
    bool explicit_types, any_count;
    uint32_t count = lambda_parameter_count(lambda, &explicit_types, &any_count);
    Type *types[64];
    if (count > 64 || binder->trial)
        return;
    for (uint32_t i = 0; i < count; i++) {
        Node *type = lambda->syntax->decl->parameters.at[i]->a;
        types[i] = type ? bind_type(binder->world, &binder->types, type) : binder->world->error_type;
    }
    ReturnCollector returns = {0};
    bind_lambda_body(binder, lambda->binder_data, lambda->syntax, types, NULL, count, NULL, REF_NONE, &returns,
                     binder->diagnostics);
}

/* Whether a body of that shape can return what the delegate wants; the full check is the binding itself. */
static bool quick_mismatch(World *world, const Bound *lambda, Type *returned)
{
    Node *node = lambda->syntax;
    bool is_async = (node->flags & FLAG_ASYNC) != 0;
    if (!is_async)
        return false;
    Type *result, *builder;
    return !task_like(world, returned, &result, &builder);
}

/* A body that already has errors of its own still does not fit a delegate that wants a value where it returns none. */
static bool return_kind_mismatch(const LambdaTrial *trial, Type *returned, Node *node)
{
    bool is_expression = (node->flags & FLAG_EXPRESSION_BODY) != 0;
    if (type_is_void(returned))
        return !is_expression && trial->returned && !trial->is_void && !(node->flags & FLAG_ASYNC);
    return !is_expression && trial->is_void && trial->reaches_end;
}

Bound *convert_lambda(Binder *binder, Bound *lambda, Type *delegate, bool quiet)
{
    World *world = binder->world;
    MethodRef invoke;
    Type *returned = delegate_signature(world, delegate, &invoke);
    LambdaState *state = lambda->binder_data;
    if (!returned)
        return NULL;
    if (quiet)
        for (LambdaFit *fit = state->fits; fit; fit = fit->next)
            if (fit->delegate == delegate)
                return fit->fits ? lambda : NULL;
    bool explicit_types, any_count;
    uint32_t own = lambda_parameter_count(lambda, &explicit_types, &any_count);
    uint32_t count = invoke.method->parameter_count;
    Node *node = lambda->syntax;
    bool fits = own == count || any_count;
    Type **types = ARENA_ARRAY(binder->arena, Type *, count + 1);
    RefKind *kinds = ARENA_ARRAY(binder->arena, RefKind, count + 1);
    for (uint32_t i = 0; i < count && fits; i++) {
        types[i] = method_ref_parameter_type(world, invoke, i);
        kinds[i] = invoke.method->parameters[i].ref_kind;
        Node *parameter = i < own ? node->decl->parameters.at[i] : NULL;
        if (parameter && parameter->a) {
            Type *type = bind_type(world, &state->place.types, parameter->a);
            if (!type_same(type, types[i]) || (lambda_ref_kind(parameter) == REF_NONE) != (kinds[i] == REF_NONE)) {
                if (!quiet)
                    ERROR_AT(binder, lambda->span, ERROR_LAMBDA_PARAMETERS, type_text(world, delegate));
                fits = false;
                if (!quiet)
                    return NULL;
            }
            types[i] = type;
        } else if (kinds[i] != REF_NONE && parameter) {
            fits = false;
        }
    }
    if (!fits && !quiet) {
        ERROR_AT(binder, lambda->span, ERROR_LAMBDA_PARAMETER_COUNT, type_text(world, delegate), (int)own);
        return NULL;
    }
    if (fits && quick_mismatch(world, lambda, returned)) {
        fits = false;
        if (!quiet) {
            ERROR_AT(binder, lambda->span, ERROR_ASYNC_LAMBDA_RETURN, type_text(world, delegate),
                     type_text(world, delegate));
            return NULL;
        }
    }
    if (!quiet) {
        Function *function = bind_lambda_body(binder, state, node, types, kinds, count, returned,
                                              invoke.method->return_ref, NULL, binder->diagnostics);
        if (!binder->trial && function->parent)
            ARENA_PUSH(binder->arena, function->parent->nested, function->parent->nested_count,
                       function->parent->nested_capacity, function);
        if (!binder->trial) {
            Binder place = state->place;
            place.diagnostics = binder->diagnostics;
            check_flow(&place, function);
        }
        Bound *result = bound_new(world, BOUND_LAMBDA, delegate, node->span);
        result->function = function;
        return result;
    }
    if (fits) {
        DiagnosticList muted;
        diagnostic_list_init(&muted, binder->arena);
        muted.muted = true;
        *binder->work += 20;
        if (*binder->work > LAMBDA_WORK * 20) {
            note_too_complex(binder, lambda->span);
            fits = false;
        } else {
            Binder trial = *binder;
            trial.trial++;
            /* Errors in the body that do not depend on the delegate must not make it inapplicable: they are reported
             * later. */
            LambdaTrial *inferred = run_trial(binder, lambda, types, count);
            bind_lambda_body(&trial, state, node, types, kinds, count, returned, invoke.method->return_ref, NULL,
                             &muted);
            bool is_mismatch = !(node->flags & FLAG_ASYNC) && return_kind_mismatch(inferred, returned, node);
            fits = !is_mismatch && (muted.error_count == 0 || inferred->has_errors);
        }
    }
    LambdaFit *fit = ARENA_NEW(binder->arena, LambdaFit);
    *fit = (LambdaFit){delegate, fits, state->fits};
    state->fits = fit;
    return fits ? lambda : NULL;
}

/* --- method groups
 * ------------------------------------------------------------------------------------------------------------------ */

Bound *method_group_to_delegate(Binder *binder, Bound *group, Type *delegate, Span span, bool quiet)
{
    World *world = binder->world;
    MethodRef target;
    bool is_extension;
    if (!resolve_method_group(binder, group, delegate, &target, &is_extension)) {
        if (!quiet) {
            Found *found = group->binder_data;
            const char *name = group->binder_data2 ? ((Name)group->binder_data2)->text : "?";
            MethodRef invoke;
            Type *returned = delegate_signature(world, delegate, &invoke);
            bool wrong_return = found->method_count == 1 && returned &&
                                found->methods[0].method->parameter_count == invoke.method->parameter_count;
            for (uint32_t i = 0; wrong_return && i < invoke.method->parameter_count; i++)
                wrong_return = type_same(method_ref_parameter_type(world, invoke, i),
                                         method_ref_parameter_type(world, found->methods[0], i));
            if (wrong_return)
                ERROR_AT(binder, span, ERROR_METHOD_GROUP_RETURN,
                         arena_format(binder->arena, "%s %s",
                                      type_text(world, method_ref_return_type(world, found->methods[0])),
                                      method_text(world, found->methods[0])));
            else
                ERROR_AT(binder, span, ERROR_METHOD_GROUP_MISMATCH, name, type_text(world, delegate));
        }
        return NULL;
    }
    if (quiet)
        return group;
    if (group->b && group->b->kind == BOUND_NOP && group->b->function) {
        Function *function = group->b->function;
        function->is_delegate_target = true;
        note_local_function_use(binder, function);
        Bound *result = bound_new(world, BOUND_LAMBDA, delegate, span);
        result->function = function;
        result->function_arguments = target.arguments;
        return result;
    }
    Method *method = target.method;
    Bound *receiver = method->is_static && !is_extension ? NULL : group->a;
    if (!method->is_static && (!receiver || receiver->kind == BOUND_TYPE_EXPRESSION)) {
        ERROR_AT(binder, span, binder->in_field_initializer ? ERROR_THIS_IN_INITIALIZER : ERROR_INSTANCE_REQUIRED,
                 method_text(world, target));
        return NULL;
    }
    if (receiver && is_this(receiver))
        receiver = bind_this(binder, receiver->span);
    if (receiver && !type_is_reference(receiver->type) && receiver->type->kind != TYPE_INTERFACE)
        receiver = make_convert(binder, receiver, world->object_type, CONVERSION_BOX, span);
    Bound *result = bound_new(world, BOUND_NEW_DELEGATE, delegate, span);
    result->method = target;
    result->a = receiver;
    result->flags |= group->flags & CALL_NON_VIRTUAL;
    return result;
}

/* --- local functions
 * --------------------------------------------------------------------------------------------------------------------
 */

static Parameter *local_parameters(Binder *binder, const TypeContext *context, NodeList *nodes)
{
    Parameter *parameters = ARENA_ARRAY(binder->arena, Parameter, nodes->count + 1);
    for (uint32_t i = 0; i < nodes->count; i++) {
        Node *node = nodes->at[i];
        parameters[i].name = node->name;
        parameters[i].node = node;
        parameters[i].type = bind_type(binder->world, context, node->a);
        parameters[i].ref_kind = lambda_ref_kind(node);
        parameters[i].is_params = node->token == TOKEN_PARAMS;
        parameters[i].has_default = node->b != NULL;
        if (node->decl)
            parameters[i].is_enumerator_cancellation =
                find_attribute(&node->decl->attributes, "EnumeratorCancellation") != NULL;
        Bound *given = node->b ? bind_value(binder, node->b) : NULL;
        if (given && given->kind == BOUND_CONSTANT && given->type->kind != TYPE_NULL &&
            parameters[i].type->kind != TYPE_ERROR &&
            classify_conversion(binder, given, parameters[i].type).kind == CONVERSION_NONE) {
            ERROR_AT(binder, node->at, ERROR_DEFAULT_TYPE, bound_type_text(binder, given),
                     type_text(binder->world, parameters[i].type));
        } else if (node->b) {
            Bound *value = bind_constant_value(binder, node->b, parameters[i].type);
            parameters[i].default_value.kind = CONSTANT_NULL;
            get_constant(value, &parameters[i].default_value);
        }
        for (uint32_t j = 0; j < i; j++)
            if (node->name && nodes->at[j]->name == node->name)
                ERROR_AT(binder, node->at, ERROR_DUPLICATE_PARAMETER, node->name->text);
    }
    return parameters;
}

Parameter *lambda_parameters(Binder *binder, Bound *lambda)
{
    LambdaState *state = lambda->binder_data;
    return local_parameters(binder, &state->place.types, &lambda->syntax->decl->parameters);
}

static TypeParameter **local_type_parameters(Binder *binder, Method *method, NodeList *nodes)
{
    TypeParameter **parameters = ARENA_ARRAY(binder->arena, TypeParameter *, nodes->count + 1);
    for (uint32_t i = 0; i < nodes->count; i++) {
        TypeParameter *parameter = ARENA_NEW(binder->arena, TypeParameter);
        parameter->name = nodes->at[i]->name;
        parameter->index = i;
        parameter->method_owner = method;
        Type *type = ARENA_NEW(binder->arena, Type);
        type->kind = TYPE_PARAMETER;
        type->parameter = parameter;
        type->is_open = true;
        type->plain = type;
        parameter->type = type;
        parameters[i] = parameter;
    }
    return parameters;
}

static void local_constraints(Binder *binder, const TypeContext *context, Method *method, NodeList *nodes)
{
    for (uint32_t i = 0; i < nodes->count; i++)
        for (uint32_t j = 0; j < method->type_parameter_count; j++) {
            TypeParameter *parameter = method->type_parameters[j];
            if (parameter->name != nodes->at[i]->name)
                continue;
            uint32_t capacity = 0;
            for (uint32_t k = 0; k < nodes->at[i]->items.count; k++) {
                Node *item = nodes->at[i]->items.at[k];
                if (item->kind == NODE_CONSTRAINT_KEYWORD) {
                    parameter->must_be_class |= strncmp(item->name->text, "class", 5) == 0;
                    parameter->must_be_struct |=
                        strcmp(item->name->text, "struct") == 0 || strcmp(item->name->text, "unmanaged") == 0;
                    parameter->must_have_constructor |= strcmp(item->name->text, "new") == 0;
                } else {
                    binder->world->in_base_list = true;
                    Type *type = bind_type(binder->world, context, item);
                    binder->world->in_base_list = false;
                    ARENA_PUSH(binder->arena, parameter->constraints, parameter->constraint_count, capacity, type);
                }
            }
        }
}

void declare_local_function(Binder *binder, Node *node)
{
    World *world = binder->world;
    if (!node->name)
        return;
    for (uint32_t i = 0; i < binder->scope->function_count; i++)
        if (binder->scope->functions[i]->name == node->name)
            ERROR_AT(binder, node->decl->name_span, ERROR_DUPLICATE_LOCAL, node->name->text);
    Function *function = function_new(binder, FUNCTION_LOCAL, node->decl->name_span);
    Method *method = ARENA_NEW(binder->arena, Method);
    function->method = method;
    function->name = method->name = node->name;
    method->owner = binder->definition;
    method->is_static = true;
    method->is_local_function = true;
    method->node = node;
    method->span = node->decl->name_span;
    method->access = ACCESS_PRIVATE;
    method->type_parameter_count = node->decl->type_parameters.count;
    method->type_parameters = local_type_parameters(binder, method, &node->decl->type_parameters);
    function->is_static = (node->decl->modifiers & MODIFIER_STATIC) != 0;
    function->is_async = method->is_async = (node->decl->modifiers & MODIFIER_ASYNC) != 0;
    TypeContext *outer = arena_copy(binder->arena, &binder->types, sizeof binder->types);
    TypeContext context = *outer;
    context.method = method;
    context.outer = outer;
    Position key = binder->diagnostics->key;
    binder->diagnostics->key = node->span.end; /* what is wrong with the signature comes after the body */
    local_constraints(binder, &context, method, &node->decl->constraints);
    world->in_variable_type = true;
    method->return_type = bind_type(world, &context, node->a);
    world->in_variable_type = false;
    if (node->a && node->a->kind == NODE_REF_TYPE)
        method->return_ref = function->return_ref = node->a->flags & FLAG_READONLY ? REF_READONLY : REF_REF;
    method->parameters = local_parameters(binder, &context, &node->decl->parameters);
    method->parameter_count = node->decl->parameters.count;
    function->is_iterator = syntax_contains_yield(node->decl->body);
    Node *attribute = find_attribute(&node->decl->attributes, "AsyncMethodBuilder");
    if (attribute && attribute->items.count && attribute->items.at[0]->a->kind == NODE_TYPEOF)
        method->builder_override = bind_type(world, &context, attribute->items.at[0]->a->a);
    if (function->is_iterator)
        binder->diagnostics->key = key;
    set_async_types(binder, function, method->return_type, method->builder_override, node->decl->name_span);
    binder->diagnostics->key = node->span.end;
    function->parameters = ARENA_ARRAY(binder->arena, Local *, method->parameter_count + 1);
    function->parameter_count = method->parameter_count;
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        Parameter *parameter = &method->parameters[i];
        Local *local =
            local_new(world, function, LOCAL_PARAMETER, parameter->name, parameter->type, parameter->node->at);
        local->ref_kind = parameter->ref_kind;
        local->index = i;
        function->parameters[i] = local;
        if (function->is_async && parameter->ref_kind != REF_NONE)
            ERROR_AT(binder, parameter->node->at, ERROR_ASYNC_REF_PARAMETER);
        else if (function->is_async && parameter->node && type_is_ref_like(parameter->type))
            ERROR_AT(binder, parameter->node->at, ERROR_ASYNC_REF_STRUCT, type_text(binder->world, parameter->type));
    }
    binder->diagnostics->key = key;
    ARENA_PUSH(binder->arena, binder->scope->functions, binder->scope->function_count, binder->scope->function_capacity,
               function);
    if (binder->program_scope == binder->scope && binder->program_scope)
        submission_note_function(binder->arena, binder->method->program, function);
}

void bind_local_function_body(Binder *binder, Function *function, Node *node)
{
    Binder inner = *binder;
    inner.function = function;
    inner.returns = NULL;
    TypeContext *outer = arena_copy(binder->arena, &binder->types, sizeof binder->types);
    inner.types.method = function->method;
    inner.types.outer = outer;
    push_scope(&inner, NULL);
    inner.scope->function = function;
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (function->parameters[i]->name)
            ARENA_PUSH(inner.arena, inner.scope->locals, inner.scope->local_count, inner.scope->local_capacity,
                       function->parameters[i]);
    if (!node->decl->body && node->decl->has_body)
        parse_body(node);
    function->body =
        bind_function_body(&inner, function, node->decl->body, (node->flags & FLAG_EXPRESSION_BODY) != 0, NULL);
    pop_scope(&inner);
    inner.world->binder = binder;
    if (binder->trial)
        return;
    ARENA_PUSH(binder->arena, function->parent->nested, function->parent->nested_count,
               function->parent->nested_capacity, function);
    check_flow(&inner, function);
}
