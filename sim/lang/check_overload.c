/* Overload resolution (C# spec 12.6.4) and type inference (12.6.3). */
#include "lang/check_internal.h"

#include <string.h>

enum { MAX_ARGUMENTS = 256, MAX_TYPE_PARAMETERS = 32, MAX_BOUNDS = 16, WORK_LIMIT = 2000000 };

Type *delegate_signature(World *world, Type *type, MethodRef *invoke)
{
    if (!type || type->kind != TYPE_DELEGATE)
        return NULL;
    type_complete(world, type->definition);
    if (!type->definition->delegate_invoke)
        return NULL;
    *invoke = (MethodRef){type->definition->delegate_invoke, type, NULL};
    return method_ref_return_type(world, *invoke);
}

/* --- inference -------------------------------------------------------------------------------------------------------
 */

typedef enum BoundKindOf { BOUND_EXACT, BOUND_LOWER, BOUND_UPPER } BoundKindOf;

typedef struct Variable {
    Type *fixed;
    Type *exact[MAX_BOUNDS], *lower[MAX_BOUNDS], *upper[MAX_BOUNDS];
    uint32_t exact_count, lower_count, upper_count;
    bool is_broken; /* only a lambda with errors of its own would tell: its errors are reported, not the inference */
} Variable;

typedef struct Inference {
    Binder *binder;
    Method *method;
    Variable variables[MAX_TYPE_PARAMETERS];
    uint32_t count;
} Inference;

static void add_bound(Inference *inference, uint32_t index, Type *type, BoundKindOf kind)
{
    Variable *variable = &inference->variables[index];
    if (type->kind == TYPE_NULL || type->kind == TYPE_ERROR || type_is_void(type) || variable->fixed)
        return;
    Type **list = kind == BOUND_EXACT ? variable->exact : kind == BOUND_LOWER ? variable->lower : variable->upper;
    uint32_t *count = kind == BOUND_EXACT   ? &variable->exact_count
                      : kind == BOUND_LOWER ? &variable->lower_count
                                            : &variable->upper_count;
    for (uint32_t i = 0; i < *count; i++)
        if (type_same(list[i], type))
            return;
    if (*count < MAX_BOUNDS)
        list[(*count)++] = type;
}

static bool mentions_variable(Inference *inference, Type *type)
{
    if (!type->is_open)
        return false;
    if (type->kind == TYPE_PARAMETER)
        return type->parameter->method_owner == inference->method;
    if (type->kind == TYPE_ARRAY)
        return mentions_variable(inference, type->element);
    for (uint32_t i = 0; i < type->argument_count; i++)
        if (mentions_variable(inference, type->arguments[i]))
            return true;
    return false;
}

static void infer(Inference *inference, Type *from, Type *to, BoundKindOf kind);

static void infer_arguments(Inference *inference, Type *from, Type *to, BoundKindOf kind)
{
    for (uint32_t i = 0; i < to->argument_count; i++) {
        TypeParameter *parameter = to->definition->type_parameters[i];
        bool is_variant = (to->kind == TYPE_INTERFACE || to->kind == TYPE_DELEGATE) && kind != BOUND_EXACT;
        BoundKindOf inner = BOUND_EXACT;
        if (is_variant && type_is_reference(from->arguments[i])) {
            if (parameter->is_covariant)
                inner = kind;
            else if (parameter->is_contravariant)
                inner = kind == BOUND_LOWER ? BOUND_UPPER : BOUND_LOWER;
        }
        infer(inference, from->arguments[i], to->arguments[i], inner);
    }
}

/* Finds the one construction of to's definition among from and its bases and interfaces. */
static Type *find_construction(World *world, Type *from, Type *to)
{
    for (Type *at = from; at; at = type_base(world, at))
        if (at->definition == to->definition)
            return at;
    return to->kind == TYPE_INTERFACE ? type_find_interface(world, from, to->definition) : NULL;
}

static void infer(Inference *inference, Type *from, Type *to, BoundKindOf kind)
{
    World *world = inference->binder->world;
    if (!from || !mentions_variable(inference, to) || from->kind == TYPE_ERROR)
        return;
    if (to->kind == TYPE_PARAMETER) {
        add_bound(inference, to->parameter->index, from, kind);
        return;
    }
    if (to->kind == TYPE_ARRAY) {
        if (from->kind == TYPE_ARRAY && from->rank == to->rank)
            infer(inference, from->element, to->element, type_is_reference(from->element) ? kind : BOUND_EXACT);
        return;
    }
    if (type_is_nullable(to) && !type_is_nullable(from)) {
        if (kind != BOUND_EXACT && type_is_value(from))
            infer(inference, from, to->arguments[0], kind);
        return;
    }
    if (from->definition == to->definition) {
        infer_arguments(inference, from, to, kind);
        return;
    }
    if (kind == BOUND_LOWER) {
        if (from->kind == TYPE_ARRAY && to->argument_count == 1 && from->rank == 1 &&
            type_find_interface(world, from, to->definition)) {
            infer(inference, from->element, to->arguments[0],
                  type_is_reference(from->element) ? BOUND_LOWER : BOUND_EXACT);
            return;
        }
        Type *construction = find_construction(world, from, to);
        if (construction)
            infer_arguments(inference, construction, to, kind);
    }
}

static Type *substitute_fixed(Inference *inference, Type *type)
{
    Type *arguments[MAX_TYPE_PARAMETERS];
    for (uint32_t i = 0; i < inference->count; i++)
        arguments[i] =
            inference->variables[i].fixed ? inference->variables[i].fixed : inference->method->type_parameters[i]->type;
    Substitution substitution = {.method = inference->method, .method_arguments = arguments};
    return type_substitute(inference->binder->world, type, &substitution);
}

static bool fits_bounds(Inference *inference, Variable *variable, Type *candidate)
{
    World *world = inference->binder->world;
    for (uint32_t i = 0; i < variable->exact_count; i++)
        if (!type_same(variable->exact[i], candidate))
            return false;
    for (uint32_t i = 0; i < variable->lower_count; i++)
        if (!classify_type_conversion(world, variable->lower[i], candidate).is_implicit)
            return false;
    for (uint32_t i = 0; i < variable->upper_count; i++)
        if (!classify_type_conversion(world, candidate, variable->upper[i]).is_implicit)
            return false;
    return true;
}

static bool fix(Inference *inference, uint32_t index)
{
    Variable *variable = &inference->variables[index];
    if (variable->fixed)
        return true;
    Type *candidates[MAX_BOUNDS * 3];
    uint32_t count = 0;
    for (uint32_t i = 0; i < variable->exact_count; i++)
        candidates[count++] = variable->exact[i];
    for (uint32_t i = 0; i < variable->lower_count; i++)
        candidates[count++] = variable->lower[i];
    for (uint32_t i = 0; i < variable->upper_count; i++)
        candidates[count++] = variable->upper[i];
    Type *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!fits_bounds(inference, variable, candidates[i]))
            continue;
        if (!best || classify_type_conversion(inference->binder->world, best, candidates[i]).is_implicit)
            best = best && type_same(best, candidates[i]) ? best : candidates[i];
    }
    variable->fixed = best;
    return best != NULL;
}

/* A lambda's or method group's delegate type as the parameter says, Expression<T> is not supported. */
static bool delegate_of_parameter(World *world, Type *parameter, MethodRef *invoke)
{
    return delegate_signature(world, parameter, invoke) != NULL;
}

static void mark_broken(Inference *inference, Type *type)
{
    if (type->kind == TYPE_PARAMETER && type->parameter->method_owner == inference->method)
        inference->variables[type->parameter->index].is_broken = true;
    for (uint32_t i = 0; i < type->argument_count; i++)
        mark_broken(inference, type->arguments[i]);
    if (type->kind == TYPE_ARRAY)
        mark_broken(inference, type->element);
}

static void infer_lambda_output(Inference *inference, Bound *lambda, MethodRef invoke)
{
    World *world = inference->binder->world;
    Type *parameters[MAX_ARGUMENTS];
    uint32_t count = invoke.method->parameter_count;
    for (uint32_t i = 0; i < count && i < MAX_ARGUMENTS; i++)
        parameters[i] = substitute_fixed(inference, method_ref_parameter_type(world, invoke, i));
    bool is_void, has_errors, explicit_types, any_count;
    uint32_t own = lambda_parameter_count(lambda, &explicit_types, &any_count);
    if (own != count && !any_count)
        return;
    Type *returned = lambda_return_type(inference->binder, lambda, parameters, count, &is_void, &has_errors);
    if (has_errors && !is_void && (!returned || returned->kind == TYPE_ERROR))
        mark_broken(inference, method_ref_return_type(world, invoke));
    if (!returned || is_void)
        return;
    /* An async lambda returns the kind of task that the delegate asks for, not always a Task<T>. */
    Type *wanted = method_ref_return_type(world, invoke);
    bool is_async = lambda->syntax && (lambda->syntax->flags & FLAG_ASYNC) && !lambda->syntax->a;
    if (is_async && returned->special == SPECIAL_TASK_T && wanted->argument_count == 1 &&
        is_async_return(world, wanted))
        infer(inference, returned->arguments[0], wanted->arguments[0], BOUND_EXACT);
    else
        infer(inference, returned, wanted, BOUND_LOWER);
}

static void infer_group_output(Inference *inference, Bound *group, MethodRef invoke)
{
    World *world = inference->binder->world;
    ArgumentInfo arguments[MAX_ARGUMENTS];
    uint32_t count = invoke.method->parameter_count;
    memset(arguments, 0, sizeof *arguments * (count < MAX_ARGUMENTS ? count : MAX_ARGUMENTS));
    for (uint32_t i = 0; i < count && i < MAX_ARGUMENTS; i++) {
        Type *type = substitute_fixed(inference, method_ref_parameter_type(world, invoke, i));
        arguments[i].value = make_default(inference->binder, type, group->span);
    }
    Found *found = group->binder_data;
    Resolution resolution;
    if (found && resolve_overload(inference->binder, found->methods, found->method_count, NULL, 0, arguments, count,
                                  false, &resolution, NULL, group->span, NULL, true, NULL))
        infer(inference, method_ref_return_type(world, resolution.method), method_ref_return_type(world, invoke),
              BOUND_LOWER);
}

static bool inputs_are_fixed(Inference *inference, MethodRef invoke)
{
    for (uint32_t i = 0; i < invoke.method->parameter_count; i++) {
        Type *type = substitute_fixed(inference, method_ref_parameter_type(inference->binder->world, invoke, i));
        if (mentions_variable(inference, type))
            return false;
    }
    return true;
}

static void infer_explicit_lambda_parameters(Inference *inference, Bound *lambda, MethodRef invoke)
{
    Node *node = lambda->syntax;
    for (uint32_t i = 0; i < node->decl->parameters.count && i < invoke.method->parameter_count; i++) {
        Node *parameter = node->decl->parameters.at[i];
        if (!parameter->a)
            return;
        Type *type = bind_type(inference->binder->world, &inference->binder->types, parameter->a);
        infer(inference, type, method_ref_parameter_type(inference->binder->world, invoke, i), BOUND_EXACT);
    }
}

static void infer_first_phase(Inference *inference, Bound *value, Type *parameter, RefKind ref_kind)
{
    MethodRef invoke;
    if (value->kind == BOUND_UNBOUND_LAMBDA) {
        if (delegate_of_parameter(inference->binder->world, parameter, &invoke))
            infer_explicit_lambda_parameters(inference, value, invoke);
        return;
    }
    if (value->kind == BOUND_TUPLE_LITERAL && type_is_tuple(parameter) &&
        type_tuple_count(parameter) == value->items.count) {
        for (uint32_t i = 0; i < value->items.count; i++)
            infer_first_phase(inference, value->items.at[i], type_tuple_element(parameter, i), REF_NONE);
        return;
    }
    Type *type = value->kind == BOUND_METHOD_GROUP ? NULL : natural_type(inference->binder, value);
    if (type)
        infer(inference, type, parameter, ref_kind == REF_NONE ? BOUND_LOWER : BOUND_EXACT);
}

bool infer_type_arguments(Binder *binder, Method *method, Type *owner, ArgumentInfo *arguments, uint32_t count,
                          bool expanded, const int32_t *parameter_of, Type **result)
{
    World *world = binder->world;
    if (method->type_parameter_count > MAX_TYPE_PARAMETERS || count > MAX_ARGUMENTS || ++*binder->work > WORK_LIMIT)
        return false; /* resolve_overload() says why */
    Inference *inference = ARENA_NEW(binder->arena, Inference);
    inference->binder = binder;
    inference->method = method;
    inference->count = method->type_parameter_count;
    MethodRef self = {method, owner, NULL};
    Type *parameters[MAX_ARGUMENTS];
    bool done[MAX_ARGUMENTS] = {false};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = (uint32_t)parameter_of[i];
        parameters[i] = method_ref_parameter_type(world, self, index);
        if (expanded && method->parameters[index].is_params && parameters[i]->kind == TYPE_ARRAY)
            parameters[i] = parameters[i]->element;
        infer_first_phase(inference, arguments[i].value, parameters[i], method->parameters[index].ref_kind);
    }
    for (uint32_t round = 0; round < inference->count + count + 2; round++) {
        /* Fix what nothing open can still influence; if there is none, fix everything that has bounds. */
        bool progress = false;
        for (uint32_t i = 0; i < inference->count; i++) {
            Variable *variable = &inference->variables[i];
            bool has_bounds = variable->exact_count + variable->lower_count + variable->upper_count > 0;
            bool waits = false;
            for (uint32_t j = 0; j < count && !waits; j++) {
                MethodRef invoke;
                if (done[j] ||
                    (arguments[j].value->kind != BOUND_UNBOUND_LAMBDA &&
                     arguments[j].value->kind != BOUND_METHOD_GROUP) ||
                    !delegate_of_parameter(world, parameters[j], &invoke))
                    continue;
                Type *only[MAX_TYPE_PARAMETERS];
                for (uint32_t k = 0; k < inference->count; k++)
                    only[k] = k == i ? world->error_type : method->type_parameters[k]->type;
                Substitution substitution = {.method = method, .method_arguments = only};
                Type *output = method_ref_return_type(world, invoke);
                waits = type_substitute(world, output, &substitution) != output;
            }
            if (!variable->fixed && has_bounds && !waits) {
                if (!fix(inference, i))
                    return false;
                progress = true;
            }
        }
        bool ran_output = false;
        for (uint32_t j = 0; j < count; j++) {
            MethodRef invoke;
            Bound *value = arguments[j].value;
            if (done[j] || (value->kind != BOUND_UNBOUND_LAMBDA && value->kind != BOUND_METHOD_GROUP) ||
                !delegate_of_parameter(world, parameters[j], &invoke) || !inputs_are_fixed(inference, invoke))
                continue;
            done[j] = true;
            ran_output = true;
            if (value->kind == BOUND_UNBOUND_LAMBDA)
                infer_lambda_output(inference, value, invoke);
            else
                infer_group_output(inference, value, invoke);
        }
        if (!progress && !ran_output) {
            bool any = false;
            for (uint32_t i = 0; i < inference->count; i++) {
                Variable *variable = &inference->variables[i];
                if (!variable->fixed && variable->exact_count + variable->lower_count + variable->upper_count > 0) {
                    if (!fix(inference, i))
                        return false;
                    any = true;
                }
            }
            if (!any)
                break;
        }
    }
    for (uint32_t i = 0; i < inference->count; i++) {
        if (!inference->variables[i].fixed && inference->variables[i].is_broken)
            inference->variables[i].fixed = world->error_type;
        if (!inference->variables[i].fixed)
            return false;
        result[i] = inference->variables[i].fixed;
    }
    return true;
}

/* --- applicability
 * ------------------------------------------------------------------------------------------------------- */

typedef struct Candidate {
    MethodRef method;
    bool expanded;
    bool applicable;
    int32_t *parameter_of;
    uint32_t defaults_used;
} Candidate;

/* Maps arguments to parameters; false when the shape does not fit. */
static bool map_arguments(Method *method, ArgumentInfo *arguments, uint32_t count, bool expanded, int32_t *parameter_of,
                          uint32_t *defaults)
{
    bool taken[MAX_ARGUMENTS] = {false};
    uint32_t parameter_count = method->parameter_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = i;
        if (arguments[i].name) {
            for (index = 0; index < parameter_count; index++)
                if (method->parameters[index].name == arguments[i].name)
                    break;
        } else if (expanded && index >= parameter_count - 1) {
            index = parameter_count - 1;
            parameter_of[i] = (int32_t)index;
            taken[index] = true;
            continue;
        }
        if (index >= parameter_count || index >= MAX_ARGUMENTS || taken[index])
            return false;
        taken[index] = true;
        parameter_of[i] = (int32_t)index;
    }
    *defaults = 0;
    for (uint32_t i = 0; i < parameter_count && i < MAX_ARGUMENTS; i++) {
        if (taken[i])
            continue;
        if (expanded && i == parameter_count - 1)
            continue;
        if (!method->parameters[i].has_default)
            return false;
        ++*defaults;
    }
    return true;
}

static bool ref_kinds_match(RefKind parameter, RefKind argument)
{
    if (parameter == argument)
        return true;
    return (parameter == REF_IN || parameter == REF_READONLY) &&
           (argument == REF_NONE || argument == REF_IN || argument == REF_REF);
}

static Type *candidate_parameter_type(World *world, const Candidate *candidate, uint32_t argument)
{
    uint32_t index = (uint32_t)candidate->parameter_of[argument];
    Type *type = method_ref_parameter_type(world, candidate->method, index);
    if (candidate->expanded && candidate->method.method->parameters[index].is_params && type->kind == TYPE_ARRAY)
        return type->element;
    return type;
}

/* Conversions that the receiver of an extension method may not go through (spec 12.8.10.3: identity, reference, boxing
 * only). */
static bool changes_receiver(ConversionKind kind)
{
    return kind == CONVERSION_USER || kind == CONVERSION_NUMERIC || kind == CONVERSION_NULLABLE ||
           kind == CONVERSION_CONSTANT || kind == CONVERSION_DECIMAL || kind == CONVERSION_ENUM_ZERO;
}

static bool argument_fits(Binder *binder, const Candidate *candidate, ArgumentInfo *argument, uint32_t index)
{
    Parameter *parameter = &candidate->method.method->parameters[candidate->parameter_of[index]];
    Type *type = candidate_parameter_type(binder->world, candidate, index);
    if (!ref_kinds_match(parameter->ref_kind, argument->ref_kind))
        return false;
    if (type->kind == TYPE_ERROR && candidate->method.method->is_local_function && !is_bad(argument->value))
        return false; /* Roslyn binds the call before it reports the signature */
    if (argument->value->kind == BOUND_OUT_VARIABLE || argument->value->kind == BOUND_DISCARD)
        return !argument->value->type || argument->value->type->kind == TYPE_UNTYPED ||
               type_same(argument->value->type, type);
    if (argument->ref_kind != REF_NONE)
        return is_bad(argument->value) || (argument->value->type && type_same(argument->value->type, type));
    Conversion conversion = classify_conversion(binder, argument->value, type);
    return conversion.is_implicit && !(argument->is_receiver && changes_receiver(conversion.kind));
}

static bool satisfies_constraints(Binder *binder, MethodRef method)
{
    World *world = binder->world;
    Substitution substitution = type_substitution(method.owner);
    substitution.method = method.method;
    substitution.method_arguments = method.arguments;
    DiagnosticList *diagnostics = world->diagnostics;
    DiagnosticList quiet;
    diagnostic_list_init(&quiet, binder->arena);
    quiet.muted = true;
    world->diagnostics = &quiet;
    bool all = true;
    for (uint32_t i = 0; i < method.method->type_parameter_count && all; i++)
        all = check_type_argument(world, method.method->type_parameters[i], method.arguments[i], &substitution, "",
                                  (Span){0, 0});
    world->diagnostics = diagnostics;
    return all;
}

static bool make_candidate(Binder *binder, MethodRef method, Type **type_arguments, uint32_t type_argument_count,
                           ArgumentInfo *arguments, uint32_t count, bool expanded, Candidate *candidate,
                           bool *shape_fits, bool *inferred)
{
    memset(candidate, 0, sizeof *candidate);
    candidate->method = method;
    candidate->expanded = expanded;
    candidate->parameter_of = ARENA_ARRAY(binder->arena, int32_t, count + 1);
    if (expanded &&
        (!method.method->parameter_count || !method.method->parameters[method.method->parameter_count - 1].is_params))
        return false;
    if (type_argument_count && type_argument_count != method.method->type_parameter_count)
        return false;
    if (!map_arguments(method.method, arguments, count, expanded, candidate->parameter_of, &candidate->defaults_used))
        return false;
    *shape_fits = true;
    if (method.method->type_parameter_count && !method.arguments) {
        uint32_t needed = method.method->type_parameter_count;
        candidate->method.arguments = ARENA_ARRAY(binder->arena, Type *, needed);
        if (type_argument_count) {
            memcpy(candidate->method.arguments, type_arguments, needed * sizeof(Type *));
        } else if (!infer_type_arguments(binder, method.method, method.owner, arguments, count, expanded,
                                         candidate->parameter_of, candidate->method.arguments)) {
            return false;
        }
        *inferred = true;
        if (!satisfies_constraints(binder, candidate->method))
            return false;
    }
    candidate->applicable = true;
    for (uint32_t i = 0; i < count && candidate->applicable; i++)
        candidate->applicable = argument_fits(binder, candidate, &arguments[i], i);
    return true;
}

/* --- betterness
 * ------------------------------------------------------------------------------------------------------------ */

static int better_conversion_target(Binder *binder, Type *a, Type *b)
{
    World *world = binder->world;
    if (type_same(a, b))
        return 0;
    bool a_to_b = classify_type_conversion(world, a, b).is_implicit,
         b_to_a = classify_type_conversion(world, b, a).is_implicit;
    if (a_to_b != b_to_a)
        return a_to_b ? 1 : -1;
    /* Task<S1> vs Task<S2> and other task-like types */
    if (a->definition == b->definition && a->argument_count == 1 &&
        (a->special == SPECIAL_TASK_T || a->special == SPECIAL_VALUE_TASK_T))
        return better_conversion_target(binder, a->arguments[0], b->arguments[0]);
    bool a_signed = a->special == SPECIAL_SBYTE || a->special == SPECIAL_INT16 || a->special == SPECIAL_INT32 ||
                    a->special == SPECIAL_INT64;
    bool b_signed = b->special == SPECIAL_SBYTE || b->special == SPECIAL_INT16 || b->special == SPECIAL_INT32 ||
                    b->special == SPECIAL_INT64;
    bool a_unsigned = a->special == SPECIAL_BYTE || a->special == SPECIAL_UINT16 || a->special == SPECIAL_UINT32 ||
                      a->special == SPECIAL_UINT64;
    bool b_unsigned = b->special == SPECIAL_BYTE || b->special == SPECIAL_UINT16 || b->special == SPECIAL_UINT32 ||
                      b->special == SPECIAL_UINT64;
    if (a_signed && b_unsigned)
        return 1;
    if (b_signed && a_unsigned)
        return -1;
    return 0;
}

/* A lambda with errors still fits a delegate, so that they are reported; without them it fits better. */
static bool has_body_errors(Binder *binder, Bound *lambda, MethodRef invoke)
{
    Type *parameters[MAX_ARGUMENTS];
    uint32_t count = invoke.method->parameter_count < MAX_ARGUMENTS ? invoke.method->parameter_count : MAX_ARGUMENTS;
    for (uint32_t i = 0; i < count; i++)
        parameters[i] = method_ref_parameter_type(binder->world, invoke, i);
    bool is_void, has_errors;
    lambda_return_type(binder, lambda, parameters, count, &is_void, &has_errors);
    return has_errors;
}

static int better_lambda(Binder *binder, Bound *lambda, Type *a, Type *b)
{
    World *world = binder->world;
    MethodRef invoke_a, invoke_b;
    Type *return_a = delegate_signature(world, a, &invoke_a), *return_b = delegate_signature(world, b, &invoke_b);
    if (!return_a || !return_b || invoke_a.method->parameter_count != invoke_b.method->parameter_count)
        return 0;
    Type *parameters[MAX_ARGUMENTS];
    bool is_same_input = true;
    for (uint32_t i = 0; i < invoke_a.method->parameter_count && i < MAX_ARGUMENTS; i++) {
        parameters[i] = method_ref_parameter_type(world, invoke_a, i);
        is_same_input &= type_same(parameters[i], method_ref_parameter_type(world, invoke_b, i));
    }
    if (!is_same_input) { /* whose parameters the body can be bound with */
        bool errors_a = has_body_errors(binder, lambda, invoke_a), errors_b = has_body_errors(binder, lambda, invoke_b);
        return errors_a == errors_b ? 0 : errors_a ? -1 : 1;
    }
    if (type_is_void(return_a) != type_is_void(return_b))
        return type_is_void(return_b) ? 1 : -1;
    if (type_is_void(return_a))
        return 0;
    bool is_void, has_errors;
    Type *inferred =
        lambda_return_type(binder, lambda, parameters, invoke_a.method->parameter_count, &is_void, &has_errors);
    if (inferred) {
        bool exact_a = type_same(inferred, return_a), exact_b = type_same(inferred, return_b);
        if (exact_a != exact_b)
            return exact_a ? 1 : -1;
    }
    /* an async lambda: Task<X> beats ValueTask<Y> only through X and Y; otherwise the better return type wins */
    return better_conversion_target(binder, return_a, return_b);
}

/* 1: a is better for this argument, -1: b, 0: neither. */
static int better_conversion(Binder *binder, ArgumentInfo *argument, Type *a, Type *b)
{
    if (type_same(a, b))
        return 0;
    Bound *value = argument->value;
    if (value->kind == BOUND_UNBOUND_LAMBDA)
        return better_lambda(binder, value, a, b);
    Type *type = natural_type(binder, value);
    if (type) {
        bool exact_a = type_same(type, a), exact_b = type_same(type, b);
        if (exact_a != exact_b)
            return exact_a ? 1 : -1;
    }
    if (value->kind == BOUND_METHOD_GROUP) {
        MethodRef invoke_a, invoke_b;
        Type *return_a = delegate_signature(binder->world, a, &invoke_a),
             *return_b = delegate_signature(binder->world, b, &invoke_b);
        if (return_a && return_b && type_is_void(return_a) != type_is_void(return_b)) {
            MethodRef target;
            bool is_extension;
            if (resolve_method_group(binder, value, a, &target, &is_extension))
                return type_is_void(method_ref_return_type(binder->world, target)) == type_is_void(return_a) ? 1 : -1;
        }
    }
    return better_conversion_target(binder, a, b);
}

static bool is_more_specific_type(World *world, Type *a, Type *b)
{
    if (a->kind != TYPE_PARAMETER && b->kind == TYPE_PARAMETER)
        return true;
    if (a->kind == TYPE_ARRAY && b->kind == TYPE_ARRAY)
        return is_more_specific_type(world, a->element, b->element);
    if (a->definition && a->definition == b->definition) {
        bool any = false;
        for (uint32_t i = 0; i < a->argument_count; i++) {
            if (is_more_specific_type(world, b->arguments[i], a->arguments[i]))
                return false;
            any |= is_more_specific_type(world, a->arguments[i], b->arguments[i]);
        }
        return any;
    }
    return false;
}

static int more_specific(Binder *binder, const Candidate *a, const Candidate *b, uint32_t count)
{
    World *world = binder->world;
    bool a_better = false, b_better = false;
    for (uint32_t i = 0; i < count; i++) {
        Type *type_a = a->method.method->parameters[a->parameter_of[i]].type,
             *type_b = b->method.method->parameters[b->parameter_of[i]].type;
        a_better |= is_more_specific_type(world, type_a, type_b);
        b_better |= is_more_specific_type(world, type_b, type_a);
    }
    return a_better == b_better ? 0 : a_better ? 1 : -1;
}

static Type *params_element(World *world, const Candidate *candidate)
{
    Type *type = method_ref_parameter_type(world, candidate->method, candidate->method.method->parameter_count - 1);
    return type->kind == TYPE_ARRAY ? type->element : NULL;
}

static int compare_candidates(Binder *binder, const Candidate *a, const Candidate *b, ArgumentInfo *arguments,
                              uint32_t count)
{
    bool a_better = false, b_better = false;
    for (uint32_t i = 0; i < count; i++) {
        Type *type_a = candidate_parameter_type(binder->world, a, i),
             *type_b = candidate_parameter_type(binder->world, b, i);
        int better = better_conversion(binder, &arguments[i], type_a, type_b);
        a_better |= better > 0;
        b_better |= better < 0;
    }
    if (a_better != b_better)
        return a_better ? 1 : -1;
    if (a_better && b_better)
        return 0;
    bool same_types = true; /* the tie-breakers are for parameters of the same types only */
    for (uint32_t i = 0; i < count && same_types; i++)
        same_types =
            type_same(candidate_parameter_type(binder->world, a, i), candidate_parameter_type(binder->world, b, i));
    if (!same_types) {
        if (a->expanded != b->expanded)
            return a->expanded ? -1 : 1;
        return (a->defaults_used > 0) == (b->defaults_used > 0) ? 0 : a->defaults_used ? -1 : 1;
    }
    bool generic_a = a->method.method->type_parameter_count > 0, generic_b = b->method.method->type_parameter_count > 0;
    if (generic_a != generic_b)
        return generic_a ? -1 : 1;
    if (a->expanded != b->expanded)
        return a->expanded ? -1 : 1;
    if ((a->defaults_used > 0) != (b->defaults_used > 0))
        return a->defaults_used ? -1 : 1;
    if (a->expanded && b->expanded && a->method.method->parameter_count != b->method.method->parameter_count)
        return a->method.method->parameter_count > b->method.method->parameter_count ? 1 : -1;
    int specific = more_specific(binder, a, b, count);
    if (specific)
        return specific;
    if (a->expanded && b->expanded) { /* no argument for `params`: the better element type */
        Type *type_a = params_element(binder->world, a), *type_b = params_element(binder->world, b);
        return type_a && type_b ? better_conversion_target(binder, type_a, type_b) : 0;
    }
    /* `in` or by value: by value is better */
    return 0;
}

static bool is_hidden_by_derived(Binder *binder, const Candidate *candidate, const Candidate *other)
{
    return candidate->method.owner != other->method.owner && other->method.owner->kind != TYPE_INTERFACE &&
           candidate->method.owner->kind != TYPE_INTERFACE &&
           type_derives_from(binder->world, other->method.owner, candidate->method.owner);
}

/* --- errors
 * ------------------------------------------------------------------------------------------------------------------ */

static const char *ref_text(RefKind kind)
{
    static const char *const texts[] = {"", "ref", "out", "in", "ref readonly"};
    return texts[kind];
}

static void report_bad_argument(Binder *binder, const Candidate *candidate, ArgumentInfo *arguments, uint32_t count,
                                bool is_extension)
{
    World *world = binder->world;
    for (uint32_t i = 0; i < count; i++) {
        if (argument_fits(binder, candidate, &arguments[i], i))
            continue;
        Parameter *parameter = &candidate->method.method->parameters[candidate->parameter_of[i]];
        Type *type = candidate_parameter_type(world, candidate, i);
        Span span = arguments[i].value->syntax ? arguments[i].value->syntax->span : arguments[i].value->span;
        int number = (int)i + (is_extension ? 0 : 1);
        if (!ref_kinds_match(parameter->ref_kind, arguments[i].ref_kind)) {
            if (parameter->ref_kind == REF_NONE)
                ERROR_AT(binder, span, ERROR_ARGUMENT_NO_REF, number, ref_text(arguments[i].ref_kind));
            else
                ERROR_AT(binder, span, ERROR_ARGUMENT_REF, number, ref_text(parameter->ref_kind));
        } else if (arguments[i].value->kind == BOUND_UNBOUND_LAMBDA && type->kind != TYPE_DELEGATE) {
            ERROR_AT(binder, arguments[i].value->span, ERROR_LAMBDA_NOT_DELEGATE, type_text(world, type));
        } else if (arguments[i].value->kind == BOUND_UNBOUND_LAMBDA && type->kind == TYPE_DELEGATE) {
            uint32_t before = binder->diagnostics->error_count;
            convert_lambda(binder, arguments[i].value, type, false);
            if (binder->diagnostics->error_count == before)
                ERROR_AT(binder, span, ERROR_ARGUMENT, number, "lambda expression", type_text(world, type));
        } else {
            const char *prefix = arguments[i].ref_kind == REF_NONE
                                     ? ""
                                     : arena_format(binder->arena, "%s ", ref_text(arguments[i].ref_kind));
            ERROR_AT(binder, span, ERROR_ARGUMENT, number,
                     arena_format(binder->arena, "%s%s", prefix, bound_type_text(binder, arguments[i].value)),
                     type_text(world, type));
        }
        return;
    }
}

static void report_shape(Binder *binder, MethodRef *candidates, uint32_t count, ArgumentInfo *arguments,
                         uint32_t argument_count, Span span, Name name, bool is_extension)
{
    World *world = binder->world;
    Method *method = candidates[0].method;
    int given = (int)argument_count - (is_extension ? 1 : 0);
    for (uint32_t i = 0; i < argument_count; i++) {
        if (!arguments[i].name)
            continue;
        for (uint32_t j = 0; count == 1 && j < i && j < method->parameter_count; j++)
            if (!arguments[j].name && method->parameters[j].name == arguments[i].name) {
                ERROR_AT(binder, arguments[i].node ? arguments[i].node->span : span, ERROR_NAMED_ARGUMENT_TWICE,
                         arguments[i].name->text);
                return;
            }
        bool known = false;
        for (uint32_t c = 0; c < count && !known; c++)
            for (uint32_t j = 0; j < candidates[c].method->parameter_count; j++)
                known |= candidates[c].method->parameters[j].name == arguments[i].name;
        if (!known) {
            Span at = arguments[i].node ? arguments[i].node->span : span;
            ERROR_AT(binder, at, ERROR_NAMED_ARGUMENT,
                     method->kind == METHOD_CONSTRUCTOR ? method->owner->name->text : method->name->text,
                     arguments[i].name->text);
            return;
        }
    }
    if (count == 1 || method->kind == METHOD_DELEGATE_INVOKE) {
        bool taken[MAX_ARGUMENTS] = {false};
        for (uint32_t i = 0; i < argument_count; i++)
            for (uint32_t j = 0; j < method->parameter_count && j < MAX_ARGUMENTS; j++)
                if (arguments[i].name ? method->parameters[j].name == arguments[i].name : i == j)
                    taken[j] = true;
        for (uint32_t i = 0;
             i < method->parameter_count && i < MAX_ARGUMENTS && argument_count <= method->parameter_count; i++)
            if (!taken[i] && !method->parameters[i].has_default && !method->parameters[i].is_params) {
                ERROR_AT(binder, span, ERROR_MISSING_ARGUMENT,
                         method->parameters[i].name ? method->parameters[i].name->text : "arg",
                         method->kind == METHOD_DELEGATE_INVOKE ? type_text(world, candidates[0].owner)
                                                                : method_text(world, candidates[0]));
                return;
            }
    }
    if (method->kind == METHOD_CONSTRUCTOR)
        ERROR_AT(binder, span, ERROR_NO_CONSTRUCTOR, type_text(world, candidates[0].owner), given);
    else if (method->kind == METHOD_DELEGATE_INVOKE)
        ERROR_AT(binder, span, ERROR_DELEGATE_ARGUMENTS, type_text(world, candidates[0].owner), given);
    else
        ERROR_AT(binder, span, ERROR_NO_OVERLOAD, name ? name->text : method->name->text, given);
}

/* Explicit type arguments that the only method of that arity does not take. */
static bool report_broken_constraint(Binder *binder, MethodRef *candidates, uint32_t count, Type **arguments,
                                     uint32_t argument_count, Span span)
{
    MethodRef *only = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (candidates[i].method->type_parameter_count == argument_count) {
            if (only)
                return false;
            only = &candidates[i];
        }
    if (!only)
        return false;
    Substitution substitution = type_substitution(only->owner);
    substitution.method = only->method;
    substitution.method_arguments = arguments;
    for (uint32_t i = 0; i < argument_count; i++)
        if (!check_type_argument(binder->world, only->method->type_parameters[i], arguments[i], &substitution,
                                 method_text(binder->world, *only), span))
            return true;
    return false;
}

/* --- resolution
 * -------------------------------------------------------------------------------------------------------------- */

bool resolve_overload(Binder *binder, MethodRef *candidates, uint32_t count, Type **type_arguments,
                      uint32_t type_argument_count, ArgumentInfo *arguments, uint32_t argument_count,
                      bool is_extension_call, Resolution *result, Node *call, Span span, Name name, bool quiet,
                      Type *receiver_type)
{
    (void)call;
    (void)receiver_type;
    if (argument_count > MAX_ARGUMENTS || ++*binder->work > WORK_LIMIT) {
        if (argument_count <= MAX_ARGUMENTS)
            note_too_complex(binder, span);
        if (!quiet)
            ERROR_AT(binder, span, ERROR_TOO_COMPLEX);
        return false;
    }
    Candidate *all = ARENA_ARRAY(binder->arena, Candidate, count * 2 + 1);
    uint32_t total = 0;
    bool any_shape = false, any_inferred = false;
    Candidate *nearest = NULL;
    for (uint32_t i = 0; i < count; i++) {
        bool shape = false, inferred = candidates[i].method->type_parameter_count == 0;
        Candidate *normal = &all[total];
        if (make_candidate(binder, candidates[i], type_arguments, type_argument_count, arguments, argument_count, false,
                           normal, &shape, &inferred)) {
            if (normal->applicable)
                total++;
            else if (!nearest) {
                nearest = ARENA_NEW(binder->arena, Candidate);
                *nearest = *normal;
            }
        }
        bool normal_applies = total && &all[total - 1] == normal && normal->applicable;
        if (!normal_applies) {
            Candidate *expanded = &all[total];
            if (make_candidate(binder, candidates[i], type_arguments, type_argument_count, arguments, argument_count,
                               true, expanded, &shape, &inferred)) {
                if (expanded->applicable)
                    total++;
                else if (!nearest) {
                    nearest = ARENA_NEW(binder->arena, Candidate);
                    *nearest = *expanded;
                }
            }
        }
        any_shape |= shape;
        any_inferred |= inferred && shape;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < total; i++) {
        bool hidden = false;
        for (uint32_t j = 0; j < total && !hidden; j++)
            hidden = i != j && is_hidden_by_derived(binder, &all[i], &all[j]);
        if (!hidden) {
            Candidate candidate = all[i];
            all[i] = all[kept];
            all[kept++] = candidate;
        }
    }
    Candidate *best = NULL;
    for (uint32_t i = 0; i < kept; i++) {
        bool wins = true;
        for (uint32_t j = 0; j < kept && wins; j++)
            wins = i == j || compare_candidates(binder, &all[i], &all[j], arguments, argument_count) > 0;
        if (wins) {
            best = &all[i];
            break;
        }
    }
    if (best) {
        *result = (Resolution){best->method, best->expanded, best->parameter_of};
        return true;
    }
    for (uint32_t i = 0; i < argument_count && !quiet; i++)
        if (is_bad(arguments[i].value))
            return false; /* the real error was reported there */
    if (quiet || !count)
        return false;
    if (type_argument_count &&
        report_broken_constraint(binder, candidates, count, type_arguments, type_argument_count, span))
        return false;
    if (kept > 1) {
        ERROR_AT(
            binder, span, ERROR_AMBIGUOUS_CALL,
            method_text(binder->world, (MethodRef){all[0].method.method, all[0].method.owner, all[0].method.arguments}),
            method_text(binder->world, all[1].method));
    } else if (nearest) {
        report_bad_argument(binder, nearest, arguments, argument_count, is_extension_call);
    } else if (any_shape && !any_inferred) {
        ERROR_AT(binder, span, ERROR_CANNOT_INFER, method_text(binder->world, candidates[0]));
    } else if (any_shape && type_argument_count == 0) {
        MethodRef *generic = &candidates[0];
        for (uint32_t i = 0; i < count; i++)
            if (candidates[i].method->type_parameter_count)
                generic = &candidates[i];
        Candidate candidate;
        bool shape, inferred;
        if (make_candidate(binder, *generic, NULL, 0, arguments, argument_count, false, &candidate, &shape,
                           &inferred) ||
            candidate.method.arguments) {
            Substitution substitution = type_substitution(generic->owner);
            substitution.method = generic->method;
            substitution.method_arguments = candidate.method.arguments;
            for (uint32_t i = 0; i < generic->method->type_parameter_count && candidate.method.arguments &&
                                 candidate.method.arguments[i];
                 i++)
                if (!check_type_argument(binder->world, generic->method->type_parameters[i],
                                         candidate.method.arguments[i], &substitution,
                                         method_text(binder->world, (MethodRef){generic->method, generic->owner, NULL}),
                                         span))
                    return false;
        }
        ERROR_AT(binder, span, ERROR_CANNOT_INFER, method_text(binder->world, candidates[0]));
    } else if (type_argument_count && candidates[0].method->type_parameter_count != type_argument_count && count == 1) {
        if (!candidates[0].method->type_parameter_count)
            ERROR_AT(binder, span, ERROR_NOT_GENERIC, "method", method_text(binder->world, candidates[0]));
        else
            ERROR_AT(binder, span, ERROR_METHOD_ARITY, method_text(binder->world, candidates[0]),
                     (int)candidates[0].method->type_parameter_count);
    } else {
        report_shape(binder, candidates, count, arguments, argument_count, span, name, is_extension_call);
    }
    return false;
}

/* --- building the call
 * -------------------------------------------------------------------------------------------------------- */

/* What was written for the argument that [CallerArgumentExpression] names; NULL: nothing was. */
static Bound *written_argument(Binder *binder, const Resolution *resolution, const ArgumentInfo *arguments,
                               uint32_t count, const Parameter *parameter, Span span)
{
    for (uint32_t i = 0; i < count && parameter->caller_expression_of >= 0; i++) {
        if (resolution->parameter_of[i] != parameter->caller_expression_of)
            continue;
        const Node *node = arguments[i].node ? arguments[i].node : arguments[i].value->syntax;
        if (node && node->kind == NODE_ARGUMENT && node->a)
            node = node->a;
        const SourceFile *file = node ? source_file_at(binder->world->sources, node->span.start) : NULL;
        if (!file || node->span.end <= node->span.start)
            return NULL;
        size_t length = node->span.end - node->span.start;
        char *text = arena_allocate(binder->arena, length + 1);
        memcpy(text, file->text + (node->span.start - file->base), length);
        text[length] = 0;
        return make_string(binder, text, span);
    }
    return NULL;
}

static Bound *default_argument(Binder *binder, const Resolution *resolution, const ArgumentInfo *arguments,
                               uint32_t count, uint32_t index, Span span)
{
    MethodRef method = resolution->method;
    Parameter *parameter = &method.method->parameters[index];
    Type *type = method_ref_parameter_type(binder->world, method, index);
    if (parameter->caller_argument) {
        const char *kind = parameter->caller_argument->text;
        Bound *written = strcmp(kind, "CallerArgumentExpression") == 0
                             ? written_argument(binder, resolution, arguments, count, parameter, span)
                             : NULL;
        if (written)
            return written;
        if (strcmp(kind, "CallerFilePath") == 0)
            return make_string(binder, source_place(binder->world->sources, span.start).file->name, span);
        if (strcmp(kind, "CallerLineNumber") == 0)
            return bound_constant_int(binder->world, (int32_t)source_place(binder->world->sources, span.start).line,
                                      span);
        if (strcmp(kind, "CallerMemberName") == 0) {
            const char *name = binder->method ? binder->method->property ? binder->method->property->name->text
                                                                         : binder->method->name->text
                                              : "";
            return make_string(binder, binder->method && binder->method->is_entry_point ? "<Main>$" : name, span);
        }
    }
    Constant constant = parameter->default_value;
    if (constant.kind == CONSTANT_NONE || constant.kind == CONSTANT_NULL)
        return make_default(binder, type, span);
    Type *inner = type_nullable_underlying(type);
    Type *natural = constant.kind == CONSTANT_STRING ? binder->world->string_type : inner;
    Bound *value = make_constant(binder, constant, natural, span);
    return convert_implicit(binder, value, type, span);
}

static bool has_no_effects(const Bound *value)
{
    return value->kind == BOUND_CONSTANT || value->kind == BOUND_DEFAULT;
}

Bound **build_arguments(Binder *binder, const Resolution *resolution, ArgumentInfo *arguments, uint32_t count,
                        LocalList *temps, BoundList *effects, Span span)
{
    World *world = binder->world;
    Method *method = resolution->method.method;
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, method->parameter_count + 1);
    bool in_order = true;
    for (uint32_t i = 0; i + 1 < count; i++)
        in_order &= resolution->parameter_of[i] <= resolution->parameter_of[i + 1];
    Bound **elements = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    uint32_t element_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = (uint32_t)resolution->parameter_of[i];
        Parameter *parameter = &method->parameters[index];
        Type *type = method_ref_parameter_type(world, resolution->method, index);
        bool is_element = resolution->is_expanded && parameter->is_params;
        if (is_element)
            type = type->element;
        Bound *value = arguments[i].value;
        if (parameter->ref_kind != REF_NONE) {
            value = bind_ref_argument(binder, &arguments[i], type, parameter->ref_kind, temps, effects);
        } else {
            value = convert_implicit(binder, value, type, value->syntax ? value->syntax->span : value->span);
            if (!in_order && !has_no_effects(value))
                value = make_temp(binder, value, effects, temps);
        }
        if (is_element && is_bad(value))
            values[index] = value;
        if (is_element)
            elements[element_count++] = value;
        else
            values[index] = value;
    }
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        if (values[i])
            continue;
        if (resolution->is_expanded && method->parameters[i].is_params) {
            Type *type = method_ref_parameter_type(world, resolution->method, i);
            if (element_count == 0) {
                values[i] = make_empty_array(binder, type, span);
                continue;
            }
            Bound *array = bound_new(world, BOUND_NEW_ARRAY, type, span);
            for (uint32_t j = 0; j < element_count; j++)
                list_add(binder, &array->items, elements[j]);
            values[i] = array;
        } else {
            values[i] = default_argument(binder, resolution, arguments, count, i, span);
        }
    }
    return values;
}

bool resolve_method_group(Binder *binder, Bound *group, Type *delegate, MethodRef *result, bool *is_extension)
{
    World *world = binder->world;
    MethodRef invoke;
    *is_extension = false;
    Type *returned = delegate_signature(world, delegate, &invoke);
    if (!returned)
        return false;
    Found *found = group->binder_data;
    NodeList *type_argument_nodes =
        group->syntax && group->syntax->kind == NODE_GENERIC_NAME ? &group->syntax->items
        : group->syntax && group->syntax->kind == NODE_QUALIFIED && group->syntax->b->kind == NODE_GENERIC_NAME
            ? &group->syntax->b->items
            : NULL;
    Type *type_arguments[MAX_TYPE_PARAMETERS];
    uint32_t type_argument_count = type_argument_nodes ? type_argument_nodes->count : 0;
    for (uint32_t i = 0; i < type_argument_count && i < MAX_TYPE_PARAMETERS; i++)
        type_arguments[i] = bind_type(world, &binder->types, type_argument_nodes->at[i]);
    ArgumentInfo *arguments = ARENA_ARRAY(binder->arena, ArgumentInfo, invoke.method->parameter_count + 2);
    uint32_t count = invoke.method->parameter_count;
    for (uint32_t i = 0; i < count; i++) {
        arguments[i + 1].value = make_default(binder, method_ref_parameter_type(world, invoke, i), group->span);
        arguments[i + 1].ref_kind = invoke.method->parameters[i].ref_kind;
    }
    Resolution resolution;
    bool resolved = found->method_count &&
                    resolve_overload(binder, found->methods, found->method_count, type_arguments, type_argument_count,
                                     arguments + 1, count, false, &resolution, NULL, group->span, NULL, true, NULL);
    if (!resolved && group->a && group->a->kind != BOUND_TYPE_EXPRESSION && group->binder_data2) {
        MethodRef *extensions = NULL;
        uint32_t extension_count = 0, capacity = 0;
        lookup_extensions(binder, (Name)group->binder_data2, &extensions, &extension_count, &capacity);
        arguments[0].value = group->a;
        resolved = extension_count &&
                   resolve_overload(binder, extensions, extension_count, type_arguments, type_argument_count, arguments,
                                    count + 1, true, &resolution, NULL, group->span, NULL, true, NULL);
        *is_extension = resolved;
    }
    if (!resolved || resolution.is_expanded)
        return false;
    *result = resolution.method;
    uint32_t offset = *is_extension ? 1 : 0;
    if (result->method->parameter_count != count + offset)
        return false;
    Type *own = method_ref_return_type(world, *result);
    if (type_is_void(returned))
        return type_is_void(own);
    return !type_is_void(own) && (type_same(own, returned) || is_implicit_reference(world, own, returned));
}
