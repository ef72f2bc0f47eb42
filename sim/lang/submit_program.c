/* What remains of a loaded program when its Main is over.
 *
 * While Main runs its variables are where lowering has put them: in a frame, in the state machine, in a display class.
 * That must be so, for a loaded file to be exactly the program that it is when it runs alone. When it ends, the values
 * that are still there are copied into static fields of the submission's class: a variable into a field of its name, a
 * display class as a whole (lambdas go on using the same object; one that is a struct is only used by local functions,
 * which get the copy by reference). Local functions can be called through static methods of their names. */
#include "lang/submit.h"

#include "lang/check_internal.h"

#include <string.h>

void submission_note_local(Arena *arena, Submission *program, Local *local)
{
    ARENA_PUSH(arena, program->locals, program->local_count, program->local_capacity, local);
}

void submission_note_function(Arena *arena, Submission *program, Function *function)
{
    ARENA_PUSH(arena, program->functions, program->function_count, program->function_capacity, function);
}

/* --- variables
 * -------------------------------------------------------------------------------------------------------- */

static KeptClosure *find_closure(const Submission *program, const TypeDefinition *type)
{
    for (uint32_t i = 0; i < program->closure_count; i++)
        if (program->closures[i].type == type)
            return &program->closures[i];
    return NULL;
}

static void make_closure(World *world, Submission *program, TypeDefinition *type)
{
    if (find_closure(program, type))
        return;
    Name name = name_format(world->names, "<closure>%u", program->closure_count);
    KeptClosure closure = {type, type_define_field(world, program->definition, name, type->self, true)};
    ARENA_PUSH(world->arena, program->closures, program->closure_count, program->closure_capacity, closure);
}

static void make_variable(World *world, Submission *program, Local *local)
{
    if (local->closure_field) {
        make_closure(world, program, local->closure_field->owner);
    } else if (local->ref_kind == REF_NONE && local->name) {
        Field *field = type_define_field(world, program->definition, local->name, local->type, true);
        field->is_const = local->is_const && local->constant.kind != CONSTANT_NONE;
        field->constant = local->constant;
        field->constant_state = field->is_const ? 2 : 0;
    }
}

Field *submission_kept_field(World *world, const Submission *program, const Local *local)
{
    const KeptClosure *closure = local->closure_field ? find_closure(program, local->closure_field->owner) : NULL;
    if (closure)
        return NULL;
    Member *member = local->name ? type_member(world, program->definition, local->name) : NULL;
    return member && member->kind == MEMBER_FIELD ? member->field : NULL;
}

Local *submission_captured(const Submission *program, Name name)
{
    for (uint32_t i = 0; program->is_kept && i < program->local_count; i++)
        if (program->locals[i]->name == name && program->locals[i]->closure_field)
            return program->locals[i];
    return NULL;
}

static Bound *static_field(World *world, Field *field, Span span)
{
    Bound *node = bound_new(world, BOUND_FIELD, field->type, span);
    node->field = (FieldRef){field, field->owner->self};
    return node;
}

Bound *submission_captured_value(World *world, const Submission *program, Local *local, Span span)
{
    const KeptClosure *closure = find_closure(program, local->closure_field->owner);
    Bound *node = bound_new(world, BOUND_FIELD, local->type, span);
    node->a = static_field(world, closure->field, span);
    node->field = (FieldRef){local->closure_field, closure->type->self};
    return node;
}

/* --- functions
 * --------------------------------------------------------------------------------------------------------- */

static Bound *address_of(World *world, Bound *variable)
{
    Bound *node = bound_new(world, BOUND_ADDRESS, variable->type, variable->span);
    node->a = variable;
    return node;
}

/* What the made method wants as argument `index`; NULL: something that was not kept. */
static Bound *argument_for(World *world, const Submission *program, const Function *forward, const Method *made,
                           uint32_t index)
{
    if (index < forward->parameter_count) {
        Local *parameter = forward->parameters[index];
        Bound *value = bound_local(world, parameter, forward->span);
        return parameter->ref_kind == REF_NONE ? value : address_of(world, value);
    }
    const KeptClosure *closure = find_closure(program, made->parameters[index].type->definition);
    return closure ? address_of(world, static_field(world, closure->field, forward->span)) : NULL;
}

static Bound *receiver_for(World *world, const Submission *program, const Method *made, Span span)
{
    const KeptClosure *closure = find_closure(program, made->owner);
    return closure ? static_field(world, closure->field, span) : NULL;
}

static Bound *call_made(World *world, const Submission *program, const Function *forward, Method *made)
{
    Bound **arguments = ARENA_ARRAY(world->arena, Bound *, made->parameter_count + 1);
    for (uint32_t i = 0; i < made->parameter_count; i++) {
        arguments[i] = argument_for(world, program, forward, made, i);
        if (!arguments[i])
            return NULL;
    }
    Bound *receiver = made->is_static ? NULL : receiver_for(world, program, made, forward->span);
    if (!made->is_static && !receiver)
        return NULL;
    Bound *call = bound_call(world, (MethodRef){made, made->owner->self, NULL}, receiver, arguments,
                             made->parameter_count, forward->span);
    call->type = made->return_type;
    return call;
}

static Function *forward_function(World *world, Method *method, const Function *original)
{
    Function *function = ARENA_NEW(world->arena, Function);
    function->method = method;
    function->name = method->name;
    function->is_static = true;
    function->return_type = method->return_type;
    function->span = original->span;
    function->parameter_count = original->method->parameter_count;
    function->parameters = ARENA_ARRAY(world->arena, Local *, function->parameter_count + 1);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const Parameter *parameter = &original->method->parameters[i];
        Local *local = local_new(world, function, LOCAL_PARAMETER, parameter->name, parameter->type, original->span);
        local->ref_kind = parameter->ref_kind;
        local->index = i;
        function->parameters[i] = local;
    }
    return function;
}

/* static R F(P p) { return made(p); }. Generic functions and those that return references have none. */
static void make_function(World *world, Submission *program, const Function *original)
{
    const Method *signature = original->method;
    if (!original->made || signature->type_parameter_count || signature->return_ref != REF_NONE)
        return;
    Method *method = ARENA_NEW(world->arena, Method);
    method->name = signature->name;
    method->kind = METHOD_ORDINARY;
    method->return_type = signature->return_type;
    method->is_static = method->is_synthesized = true;
    method->span = signature->span;
    method->parameters = signature->parameters;
    method->parameter_count = signature->parameter_count;
    method->owner = program->definition;
    Function *function = forward_function(world, method, original);
    Bound *call = call_made(world, program, function, original->made);
    if (!call)
        return;
    bool is_void = type_is_void(method->return_type);
    Bound *statement = bound_new(world, is_void ? BOUND_EXPRESSION_STATEMENT : BOUND_RETURN, NULL, function->span);
    statement->a = call;
    function->body = bound_new(world, BOUND_BLOCK, NULL, function->span);
    ARENA_PUSH(world->arena, function->body->items.at, function->body->items.count, function->body->items.capacity,
               statement);
    method->bound = function;
    method->bind_state = 2;
    push_method(world, program->definition, method);
}

void submission_make_kept(World *world, Submission *program)
{
    if (program->is_kept)
        return;
    program->is_kept = true;
    for (uint32_t i = 0; i < program->local_count; i++)
        make_variable(world, program, program->locals[i]);
    for (uint32_t i = 0; i < program->function_count; i++)
        make_function(world, program, program->functions[i]);
}
