/* Bodies of methods, and checking a whole program. */
#include "lang/check_internal.h"
#include "lang/lang.h"
#include "lang/submit.h"

#include <string.h>

/* --- questions about syntax
 * ---------------------------------------------------------------------------------------------- */

typedef bool (*NodeTest)(Node *node);

static bool any_node(Node *node, NodeTest test);

static bool any_in_list(NodeList *list, NodeTest test)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (any_node(list->at[i], test))
            return true;
    return false;
}

/* Not inside nested functions; long chains of left operands and statements are loops. */
static bool any_node(Node *node, NodeTest test)
{
    for (; node; node = node->a) {
        if (test(node))
            return true;
        if (node->kind == NODE_LAMBDA || node->kind == NODE_LOCAL_FUNCTION || node->kind == NODE_TYPE_DECLARATION)
            return false;
        if (any_node(node->b, test) || any_node(node->c, test) || any_node(node->d, test) ||
            any_in_list(&node->items, test) || any_in_list(&node->extra, test))
            return true;
    }
    return false;
}

static bool is_await(Node *node)
{
    return node->kind == NODE_AWAIT ||
           (node->flags & FLAG_AWAIT &&
            (node->kind == NODE_FOREACH || node->kind == NODE_USING_STATEMENT || node->kind == NODE_LOCAL_DECLARATION));
}

static bool is_yield(Node *node)
{
    return node->kind == NODE_YIELD_RETURN || node->kind == NODE_YIELD_BREAK;
}

static bool is_return_value(Node *node)
{
    return node->kind == NODE_RETURN && node->a;
}

bool syntax_contains_await(Node *node)
{
    return any_node(node, is_await);
}

bool syntax_contains_yield(Node *node)
{
    return any_node(node, is_yield);
}

bool syntax_contains_return_value(Node *node)
{
    return any_node(node, is_return_value);
}

Node *skip_parentheses(Node *node)
{
    while (node && node->kind == NODE_PARENTHESIZED)
        node = node->a;
    return node;
}

/* --- one method
 * ------------------------------------------------------------------------------------------------------------ */

static uint32_t part_of(TypeDefinition *definition, Node *node)
{
    for (uint32_t i = 0; node && i < definition->node_count; i++)
        if (node->span.start >= definition->nodes[i]->span.start && node->span.end <= definition->nodes[i]->span.end)
            return i;
    return 0;
}

typedef struct BindRoot {
    uint64_t work;
    LocalUse *uses;
} BindRoot;

/* The code of a nested submission stands in the middle of other code. */
static void enter_place(Binder *binder, const SubmissionPlace *place)
{
    TypeDefinition *definition = place->owner ? place->owner->definition : NULL;
    if (!definition)
        return;
    binder->definition = definition;
    binder->self_type = place->owner;
    binder->in_static = !place->self;
    if (!definition->type_parameter_count) /* what T is there cannot be said */
        binder->types.definition = definition;
}

void binder_init(Binder *binder, World *world, TypeDefinition *definition, Method *method)
{
    BindRoot *root = ARENA_NEW(world->arena, BindRoot);
    memset(binder, 0, sizeof *binder);
    binder->world = world;
    binder->arena = world->arena;
    binder->diagnostics = world->diagnostics;
    binder->definition = definition;
    binder->method = method;
    binder->types = type_context_of(definition, part_of(definition, method ? method->node : NULL));
    binder->types.method = method;
    binder->in_static = !method || method->is_static;
    binder->submission = method && method->submission ? method->submission : definition ? definition->submission : NULL;
    if (method && method->submission && method->submission->place)
        enter_place(binder, method->submission->place);
    binder->work = &root->work;
    binder->uses = &root->uses;
}

Function *binder_enter_method(Binder *binder, Method *method)
{
    Function *function = function_new(binder, FUNCTION_METHOD, method->span);
    function->method = method;
    function->name = method->name;
    function->is_static = method->is_static;
    function->is_async = method->is_async;
    function->return_ref = method->return_ref;
    binder->function = function;
    push_scope(binder, NULL);
    binder->scope->function = function;
    function->parameter_count = method->parameter_count;
    function->parameters = ARENA_ARRAY(binder->arena, Local *, method->parameter_count + 1);
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        Parameter *parameter = &method->parameters[i];
        Local *local = local_new(binder->world, function, LOCAL_PARAMETER, parameter->name, parameter->type,
                                 parameter->node ? parameter->node->at : method->span);
        local->ref_kind = parameter->ref_kind;
        local->index = i;
        function->parameters[i] = local;
        if (i == 0 && binder->self_type && !binder->in_static)
            binder->self = local;
        if (parameter->name)
            ARENA_PUSH(binder->arena, binder->scope->locals, binder->scope->local_count, binder->scope->local_capacity,
                       local);
        if (method->is_async && parameter->ref_kind != REF_NONE && parameter->node)
            ERROR_AT(binder, parameter->node->at, ERROR_ASYNC_REF_PARAMETER);
        else if (method->is_async && parameter->node && type_is_ref_like(parameter->type))
            ERROR_AT(binder, parameter->node->at, ERROR_ASYNC_REF_STRUCT, type_text(binder->world, parameter->type));
    }
    return function;
}

/* --- constructors
 * ------------------------------------------------------------------------------------------------------------ */

Bound *bind_base_constructor_call(Binder *binder, Type *type, NodeList *arguments, Span span)
{
    World *world = binder->world;
    if (!type || type->special == SPECIAL_OBJECT || type->special == SPECIAL_VALUE_TYPE)
        return NULL;
    MethodRef candidates[64];
    uint32_t count = 0;
    type_declare_constructors(world, type->definition);
    for (uint32_t i = 0; i < type->definition->method_count && count < 64; i++) {
        Method *method = type->definition->methods[i];
        if (method->kind == METHOD_CONSTRUCTOR && is_accessible(binder, method->access, type->definition, type))
            candidates[count++] = (MethodRef){method, type, NULL};
    }
    ArgumentInfo *infos = NULL;
    uint32_t argument_count = 0;
    bool saved = binder->in_constructor_initializer;
    binder->in_constructor_initializer = true;
    if (arguments)
        bind_arguments(binder, arguments, &infos, &argument_count);
    binder->in_constructor_initializer = saved;
    Resolution resolution;
    if (!count) {
        ERROR_AT(binder, span, ERROR_BASE_CONSTRUCTOR, type_text(world, type), (int)argument_count);
        return NULL;
    }
    if (!resolve_overload(binder, candidates, count, NULL, 0, infos, argument_count, false, &resolution, NULL, span,
                          NULL, false, NULL))
        return NULL;
    LocalList temps = {0};
    BoundList effects = {0};
    Bound **values = build_arguments(binder, &resolution, infos, argument_count, &temps, &effects, span);
    Bound *self = bound_new(world, BOUND_THIS, binder->definition->self, span);
    note_this(binder);
    Bound *call = make_call(binder, resolution.method, self, values, resolution.method.method->parameter_count, span);
    call->flags |= CALL_NON_VIRTUAL;
    call->flags &= ~(uint32_t)CALL_COPY_RECEIVER;
    return expression_statement(binder, make_sequence(binder, &temps, &effects, call, span));
}

static bool assigns_every_field(Node *body, TypeDefinition *definition);

/* Constructors that call each other in a circle never end. */
static void note_delegation(Binder *binder, Method *method, Bound *statement, Node *initializer)
{
    Bound *call = statement->a;
    while (call && call->kind == BOUND_SEQUENCE)
        call = call->a;
    if (!call || call->kind != BOUND_CALL)
        return;
    method->delegates_to = call->method.method;
    const char *text = method_text(binder->world, (MethodRef){method, binder->definition->self, NULL});
    uint32_t steps = 0;
    for (Method *at = method->delegates_to; at && steps < 1000; at = at->delegates_to, steps++)
        if (at == method) {
            ERROR_AT(binder, initializer->span, steps ? ERROR_CONSTRUCTOR_CYCLE : ERROR_CONSTRUCTOR_SELF, text);
            return;
        }
}

static Bound *bind_constructor_body(Binder *binder, Method *method, Function *function, Node *node)
{
    World *world = binder->world;
    TypeDefinition *definition = binder->definition;
    Bound *block = new_statement(binder, BOUND_BLOCK, method->span);
    push_scope(binder, block);
    Node *initializer = node->c;
    bool calls_this = initializer && initializer->token == TOKEN_THIS;
    if (definition->kind == TYPE_STRUCT && !calls_this && !assigns_every_field(node->decl->body, definition)) {
        Bound *self = bound_new(world, BOUND_THIS, definition->self, method->span);
        note_this(binder);
        list_add(binder, &block->items,
                 expression_statement(
                     binder, make_assign(binder, self, bound_new(world, BOUND_DEFAULT, definition->self, method->span),
                                         method->span)));
    }
    if (!calls_this)
        list_add(binder, &block->items, bind_field_initializers(binder, definition, false));
    Bound *chained;
    if (initializer && !calls_this && definition->kind == TYPE_STRUCT)
        ERROR_AT(binder, method->span, ERROR_STRUCT_BASE_CALL, definition->name->text);
    if (initializer)
        chained =
            bind_base_constructor_call(binder, calls_this ? definition->self : type_base(world, definition->self),
                                       &initializer->items, initializer->at.end ? initializer->at : initializer->span);
    else
        chained = definition->kind == TYPE_CLASS
                      ? bind_base_constructor_call(binder, type_base(world, definition->self), NULL, method->span)
                      : NULL;
    if (chained)
        list_add(binder, &block->items, chained);
    if (chained && calls_this)
        note_delegation(binder, method, chained, initializer);
    Bound *body =
        bind_function_body(binder, function, node->decl->body, (node->flags & FLAG_EXPRESSION_BODY) != 0, NULL);
    list_add(binder, &block->items, body);
    pop_scope(binder);
    return block;
}

static bool assigns_field(Node *statement, Name name)
{
    if (!statement)
        return false;
    Node *value = statement->kind == NODE_EXPRESSION_STATEMENT ? statement->a : statement;
    while (value && value->kind == NODE_ASSIGNMENT && value->token == TOKEN_EQUAL) {
        Node *target = value->a;
        if (target->kind == NODE_THIS)
            return true;
        if (target->kind == NODE_QUALIFIED && target->a->kind == NODE_THIS)
            target = target->b;
        if (target->kind == NODE_NAME && target->name == name)
            return true;
        value = value->b;
    }
    return false;
}

static bool assigns_every_field(Node *body, TypeDefinition *definition)
{
    if (!body)
        return false;
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (field->is_static)
            continue;
        Name name = field->backing_of ? field->backing_of->name : field->name;
        bool assigned = false;
        if (body->kind == NODE_BLOCK)
            for (uint32_t j = 0; j < body->items.count && !assigned; j++)
                assigned = assigns_field(body->items.at[j], name);
        else
            assigned = assigns_field(body, name);
        if (!assigned)
            return false;
    }
    return true;
}

/* --- captures through calls of local functions
 * ----------------------------------------------------------------------------------- */

static bool encloses(Function *outer, Function *inner)
{
    for (; inner; inner = inner->parent)
        if (inner == outer)
            return true;
    return false;
}

static void propagate_uses(Binder *binder)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (LocalUse *use = *binder->uses; use; use = use->next)
            for (Function *at = use->caller; at && !encloses(at, use->callee->parent); at = at->parent) {
                if (use->callee->uses_this && !at->uses_this)
                    at->uses_this = changed = true;
                if (use->callee->captures && !at->captures)
                    at->captures = changed = true;
            }
    }
}

/* --- bind_method
 * --------------------------------------------------------------------------------------------------------------------
 */

static bool has_own_body(Method *method)
{
    Node *node = method->node;
    return node && node->decl && node->decl->has_body;
}

static void bind_body(Binder *binder, Method *method, Function *function)
{
    Node *node = method->node;
    if (method->is_entry_point && node->kind == NODE_COMPILATION_UNIT) {
        function->body = bind_function_body(binder, function, NULL, false, &node->items);
        return;
    }
    if (node->decl->has_body && !node->decl->body)
        parse_body(node);
    if (method->kind == METHOD_CONSTRUCTOR) {
        function->body = bind_constructor_body(binder, method, function, node);
        return;
    }
    Bound *body =
        bind_function_body(binder, function, node->decl->body, (node->flags & FLAG_EXPRESSION_BODY) != 0, NULL);
    if (method->kind == METHOD_STATIC_CONSTRUCTOR) {
        Bound *block = new_statement(binder, BOUND_BLOCK, method->span);
        list_add(binder, &block->items, bind_field_initializers(binder, binder->definition, true));
        list_add(binder, &block->items, body);
        body = block;
    }
    function->body = body;
}

bool bind_method(World *world, Method *method)
{
    if (method->bind_state)
        return method->bind_state == 2;
    method->bind_state = 1;
    uint32_t errors = world->diagnostics->error_count;
    Position group = world->diagnostics->group;
    Binder *outer_binder = world->binder;
    Span outer_complex = world->too_complex;
    uint32_t reports = world->diagnostics->count;
    world->binder = NULL;
    world->too_complex = (Span){0, 0};
    world->diagnostics->group = method->node ? method->node->span.start : 0;
    Binder binder;
    binder_init(&binder, world, method->owner, method);
    Function *function = binder_enter_method(&binder, method);
    bool has_body = has_own_body(method) || (method->is_entry_point && method->node);
    if (has_body) {
        if (method->node->decl && method->node->decl->has_body && !method->node->decl->body)
            parse_body(method->node);
        function->is_iterator = method->is_iterator =
            method->node->decl && syntax_contains_yield(method->node->decl->body);
        for (uint32_t i = 0;
             !method->node->decl && !method->submission && i < method->node->items.count && !method->is_iterator; i++)
            if (method->node->items.at[i]->kind == NODE_GLOBAL_STATEMENT)
                function->is_iterator = method->is_iterator = syntax_contains_yield(method->node->items.at[i]->a);
        for (uint32_t i = 0; i < method->parameter_count && function->is_iterator; i++)
            if (method->parameters[i].ref_kind != REF_NONE && method->parameters[i].node)
                ERROR_AT(&binder, method->parameters[i].node->at, ERROR_ITERATOR_REF_PARAMETER);
    }
    set_async_types(&binder, function, method->return_type, method->builder_override, method->span);
    bool made = true;
    if (has_body)
        bind_body(&binder, method, function);
    else
        made = bind_synthesized(&binder, method, function);
    if (made) {
        propagate_uses(&binder);
        if (has_body)
            check_flow(&binder, function);
    }
    if (world->too_complex.end) {
        world->diagnostics->count = reports;
        report(world->diagnostics, world->too_complex, ERROR_TOO_COMPLEX);
    }
    world->diagnostics->group = group;
    world->binder = outer_binder;
    world->too_complex = outer_complex;
    method->bound = function;
    bool fine = made && world->diagnostics->error_count == errors;
    method->bind_state = fine ? 2 : 3;
    return fine;
}

/* --- a whole program
 * ------------------------------------------------------------------------------------------------------------------ */

void check_bodies_of(World *world, TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (!method->is_abstract && !method->is_extern && method->kind != METHOD_DELEGATE_INVOKE &&
            !(method->is_partial && !has_own_body(method)))
            bind_method(world, method);
    }
    for (uint32_t i = 0; i < definition->nested_count; i++)
        if (!definition->nested[i]->is_compiler_made)
            check_bodies_of(world, definition->nested[i]);
}

void check_bodies(World *world, Namespace *space)
{
    for (uint32_t i = 0; i < space->type_count; i++)
        if (!space->types[i]->is_library && (!space->types[i]->is_compiler_made || space->types[i] == world->program))
            check_bodies_of(world, space->types[i]);
    for (uint32_t i = 0; i < space->space_count; i++)
        check_bodies(world, space->spaces[i]);
}

static bool is_main(World *world, Method *method)
{
    if (strcmp(method->name->text, "Main") != 0 || !method->is_static || method->type_parameter_count ||
        method->owner->type_parameter_count)
        return false;
    if (method->parameter_count > 1)
        return false;
    if (method->parameter_count == 1 && method->parameters[0].type != type_make_array(world, world->string_type, 1))
        return false;
    SpecialType special = method->return_type->special;
    return special == SPECIAL_VOID || special == SPECIAL_INT32 || special == SPECIAL_TASK ||
           (special == SPECIAL_TASK_T && method->return_type->arguments[0]->special == SPECIAL_INT32);
}

static void find_main(World *world, Namespace *space, Method **found)
{
    for (uint32_t i = 0; i < space->type_count; i++) {
        TypeDefinition *definition = space->types[i];
        if (definition->is_library)
            continue;
        for (uint32_t j = 0; j < definition->method_count; j++) {
            if (!is_main(world, definition->methods[j]))
                continue;
            if (*found)
                report(world->diagnostics, (*found)->span, ERROR_TWO_ENTRY_POINTS);
            *found = definition->methods[j];
        }
    }
    for (uint32_t i = 0; i < space->space_count; i++)
        find_main(world, space->spaces[i], found);
}

/* `<Main>`: waits for an entry point that returns a task, as Roslyn's synthesized one does. */
Method *make_waiting_entry(World *world, Method *main)
{
    TypeDefinition *owner = main->owner;
    Type *result = main->return_type->special == SPECIAL_TASK_T ? world->int_type : world->void_type;
    Method *method = type_define_method(world, owner, name_of(world->names, "<Main>"), METHOD_ORDINARY, result, true);
    if (!main->submission) {
        method->parameters = ARENA_ARRAY(world->arena, Parameter, 1);
        method->parameters[0] =
            (Parameter){.name = name_of(world->names, "args"), .type = type_make_array(world, world->string_type, 1)};
        method->parameter_count = 1;
    }
    method->span = main->span;
    Binder binder;
    binder_init(&binder, world, owner, method);
    Function *function = binder_enter_method(&binder, method);
    function->return_type = result;
    Bound *args = main->parameter_count ? bound_local(world, function->parameters[0], main->span) : NULL;
    Bound *task =
        make_call(&binder, (MethodRef){main, owner->self, NULL}, NULL, &args, main->parameter_count, main->span);
    Bound *awaiter = call_named(&binder, task, task->type, "GetAwaiter", NULL, 0, main->span);
    Bound *value = call_named(&binder, awaiter, awaiter->type, "GetResult", NULL, 0, main->span);
    Bound *body = new_statement(&binder, BOUND_BLOCK, main->span);
    if (type_is_void(result)) {
        list_add(&binder, &body->items, expression_statement(&binder, value));
    } else {
        Bound *statement = new_statement(&binder, BOUND_RETURN, main->span);
        statement->a = value;
        list_add(&binder, &body->items, statement);
    }
    function->body = body;
    method->bound = function;
    method->bind_state = 2;
    return method;
}

static void choose_entry(World *world)
{
    Method *main = world->entry_point;
    if (!main)
        find_main(world, world->global, &main);
    if (!main) {
        report(world->diagnostics, (Span){0, 0}, ERROR_NO_ENTRY_POINT);
        return;
    }
    if (main->is_async && main->return_type->special != SPECIAL_TASK && main->return_type->special != SPECIAL_TASK_T) {
        report(world->diagnostics, main->span, ERROR_ASYNC_MAIN);
        return;
    }
    bool waits = main->return_type->special == SPECIAL_TASK || main->return_type->special == SPECIAL_TASK_T;
    world->entry_point = waits ? make_waiting_entry(world, main) : main;
}

bool world_check(World *world)
{
    return check_program(world, true);
}

bool check_program(World *world, bool needs_entry)
{
    if (world->diagnostics->error_count)
        return false; /* syntax errors come alone, as from csc */
    check_declarations(world);
    if (world->diagnostics->error_count)
        return false;
    Method *main = world->entry_point;
    if (!main)
        find_main(world, world->global, &main);
    if (!main && needs_entry) /* said before anything about bodies */
        report(world->diagnostics, (Span){0, 0}, ERROR_NO_ENTRY_POINT);
    check_bodies(world, world->global);
    if (!world->diagnostics->error_count && main)
        choose_entry(world);
    world->broken = world->diagnostics->error_count > 0;
    return !world->broken;
}
