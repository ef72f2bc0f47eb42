/* Statements (C# spec 13): scopes, locals, loops, foreach, using, lock, try, return, yield. */
#include "lang/check_internal.h"
#include "lang/submit.h"

#include <string.h>

Bound *new_statement(Binder *binder, BoundKind kind, Span span)
{
    return bound_new(binder->world, kind, NULL, span);
}

Bound *expression_statement(Binder *binder, Bound *expression)
{
    Bound *result = new_statement(binder, BOUND_EXPRESSION_STATEMENT, expression->span);
    result->a = expression;
    return result;
}

/* --- scopes
 * -------------------------------------------------------------------------------------------------------------- */

Scope *push_scope(Binder *binder, Bound *node)
{
    Scope *scope = ARENA_NEW(binder->arena, Scope);
    scope->parent = binder->scope;
    scope->node = node ? node : binder->scope ? binder->scope->node : NULL;
    scope->function = binder->function;
    if (binder->scope && binder->scope->function == binder->function) {
        scope->break_label = binder->scope->break_label;
        scope->continue_label = binder->scope->continue_label;
        scope->switch_scope = binder->scope->switch_scope;
        scope->is_lock = binder->scope->is_lock;
        scope->is_catch = binder->scope->is_catch;
        scope->is_finally = binder->scope->is_finally;
        scope->is_try_with_catch = binder->scope->is_try_with_catch;
        scope->is_filter = binder->scope->is_filter;
    }
    binder->scope = scope;
    return scope;
}

void pop_scope(Binder *binder)
{
    binder->scope = binder->scope->parent;
}

Local *lookup_local(Binder *binder, Name name, Function **function)
{
    for (Scope *scope = binder->scope; scope; scope = scope->parent) {
        for (uint32_t i = scope->local_count; i-- > 0;)
            if (scope->locals[i]->name == name)
                return scope->locals[i];
        for (uint32_t i = 0; i < scope->function_count; i++)
            if (scope->functions[i]->name == name) {
                *function = scope->functions[i];
                return NULL;
            }
    }
    return NULL;
}

static uint64_t name_bit(Name name)
{
    return (uint64_t)1 << (name->hash & 63);
}

static Node *inner_statement(Node *node)
{
    return node->kind == NODE_GLOBAL_STATEMENT ? node->a : node;
}

static void note_declared_names(Binder *binder, NodeList *list)
{
    binder->scope->statements = list;
    for (uint32_t i = 0; i < list->count; i++) {
        Node *node = inner_statement(list->at[i]);
        for (uint32_t j = 0; node && node->kind == NODE_LOCAL_DECLARATION && j < node->items.count; j++)
            if (node->items.at[j]->name)
                binder->scope->declared_names |= name_bit(node->items.at[j]->name);
    }
}

/* Whether a block around us declares a local of that name: its scope is the whole block, so it is used too early. */
bool is_declared_later(Binder *binder, Name name)
{
    for (Scope *scope = binder->scope; scope; scope = scope->parent) {
        if (!(scope->declared_names & name_bit(name)))
            continue;
        if (scope == binder->submission_scope && type_member(binder->world, binder->submission->definition, name))
            continue; /* it has been declared by now */
        for (uint32_t i = 0; i < scope->statements->count; i++) {
            Node *node = inner_statement(scope->statements->at[i]);
            for (uint32_t j = 0; node && node->kind == NODE_LOCAL_DECLARATION && j < node->items.count; j++)
                if (node->items.at[j]->name == name)
                    return true;
        }
    }
    return false;
}

/* A variable of the statements of a submission: later submissions use it, so it is a static field. */
static Local *declare_submission_variable(Binder *binder, Name name, Type *type, Span span)
{
    World *world = binder->world;
    TypeDefinition *owner = binder->submission->definition;
    if (type_member(world, owner, name))
        ERROR_AT(binder, span, ERROR_DUPLICATE_MEMBER, type_text(world, owner->self), name->text);
    Local *local = local_new(world, binder->function, LOCAL_VARIABLE, name, type, span);
    local->field = type_define_field(world, owner, name, type, true);
    local->field->span = span;
    return local;
}

Local *declare_local(Binder *binder, Name name, Type *type, Span span)
{
    bool is_submission = binder->submission_scope && binder->scope == binder->submission_scope;
    if (is_submission && !lookup_local(binder, name, &(Function *){NULL}))
        return declare_submission_variable(binder, name, type, span);
    return declare_block_local(binder, name, type, span);
}

Local *declare_block_local(Binder *binder, Name name, Type *type, Span span)
{
    for (Scope *scope = binder->scope; scope && scope->function == binder->function; scope = scope->parent)
        for (uint32_t i = 0; i < scope->local_count; i++)
            if (scope->locals[i]->name == name) {
                ERROR_AT(binder, span, scope == binder->scope ? ERROR_DUPLICATE_LOCAL : ERROR_LOCAL_CONFLICT,
                         name->text);
                scope = NULL;
                goto done;
            }
done:;
    Local *local = local_new(binder->world, binder->function, LOCAL_VARIABLE, name, type, span);
    Bound *node = binder->scope->node;
    local->scope = node;
    if (node)
        ARENA_PUSH(binder->arena, node->locals.at, node->locals.count, node->locals.capacity, local);
    ARENA_PUSH(binder->arena, binder->scope->locals, binder->scope->local_count, binder->scope->local_capacity, local);
    if (binder->program_scope == binder->scope && binder->program_scope)
        submission_note_local(binder->arena, binder->method->program, local);
    return local;
}

static Local *hidden_local(Binder *binder, Bound *scope, Type *type, Span span)
{
    Local *local = local_new(binder->world, binder->function, LOCAL_TEMP, NULL, type, span);
    local->scope = scope;
    local->is_assigned = true;
    ARENA_PUSH(binder->arena, scope->locals.at, scope->locals.count, scope->locals.capacity, local);
    return local;
}

static Bound *assign_statement(Binder *binder, Local *local, Bound *value, Span span)
{
    return expression_statement(binder, make_assign(binder, bound_local(binder->world, local, span), value, span));
}

Bound *bind_block(Binder *binder, Node *node)
{
    if (node->kind != NODE_BLOCK)
        return bind_embedded(binder, node);
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    block->syntax = node;
    bool was_checked = binder->is_checked, was_unchecked = binder->is_unchecked;
    if (node->flags & FLAG_CHECKED)
        binder->is_checked = true, binder->is_unchecked = false;
    if (node->flags & FLAG_UNCHECKED)
        binder->is_checked = false, binder->is_unchecked = true;
    push_scope(binder, block);
    bind_statements(binder, &node->items, block);
    pop_scope(binder);
    binder->is_checked = was_checked;
    binder->is_unchecked = was_unchecked;
    return block;
}

Bound *bind_embedded(Binder *binder, Node *node)
{
    if (node->kind == NODE_BLOCK)
        return bind_block(binder, node);
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    push_scope(binder, block);
    list_add(binder, &block->items, bind_statement(binder, node));
    pop_scope(binder);
    return block;
}

/* --- local declarations
 * ------------------------------------------------------------------------------------------------------ */

static bool is_var(Binder *binder, Node *type)
{
    if (type->kind != NODE_NAME || !type->name || strcmp(type->name->text, "var") != 0)
        return false;
    Type *parameter, *enclosing;
    Namespace *space;
    return !lookup_type_name(binder->world, &binder->types, type->name, 0, &parameter, &space, &enclosing) &&
           !parameter;
}

static Bound *bind_var_initializer(Binder *binder, Node *declarator, Type **type)
{
    *type = binder->world->error_type;
    if (!declarator->a) {
        ERROR_AT(binder, declarator->at, ERROR_VAR_NO_INITIALIZER);
        return NULL;
    }
    if (declarator->a->kind == NODE_INITIALIZER) {
        ERROR_AT(binder, declarator->at, ERROR_VAR_ARRAY_INITIALIZER);
        return NULL;
    }
    if (declarator->a->kind == NODE_STACKALLOC) { /* a pointer */
        ERROR_AT(binder, declarator->a->span, ERROR_UNSAFE_CONTEXT);
        return NULL;
    }
    Bound *value = bind_value(binder, declarator->a);
    if (is_bad(value))
        return value;
    Type *natural = natural_type(binder, value);
    if (!natural && value->kind == BOUND_METHOD_GROUP) {
        ERROR_AT(binder, declarator->a->span, ERROR_LAMBDA_NO_TYPE);
        return bad(binder, declarator->span);
    }
    if (!natural && value->kind == BOUND_UNBOUND_LAMBDA) {
        ERROR_AT(binder, declarator->a->span, ERROR_LAMBDA_NO_TYPE);
        lambda_check_errors(binder, value);
        return bad(binder, declarator->span);
    }
    if (!natural && (value->kind == BOUND_DEFAULT_LITERAL || value->kind == BOUND_UNBOUND_NEW ||
                     value->kind == BOUND_CONDITIONAL_UNTYPED || value->kind == BOUND_SWITCH_UNTYPED ||
                     value->kind == BOUND_COLLECTION_UNTYPED || value->kind == BOUND_THROW_UNTYPED))
        return bind_typed(binder, declarator->a);
    if (!natural || natural->kind == TYPE_NULL || type_is_void(natural)) {
        ERROR_AT(binder, declarator->at.start < declarator->span.start ? declarator->span : declarator->at,
                 ERROR_VAR_NULL,
                 natural && natural->kind == TYPE_NULL ? "<null>"
                 : natural                             ? "void"
                                                       : bound_type_text(binder, value));
        return bad(binder, declarator->span);
    }
    *type = natural;
    return convert_implicit(binder, value, natural, declarator->a->span);
}

static Bound *bind_ref_local(Binder *binder, Node *node, Node *declarator, Type *type)
{
    if (!declarator->a || declarator->a->kind != NODE_REF_EXPRESSION) {
        ERROR_AT(binder, declarator->at, declarator->a ? ERROR_REF_WITH_VALUE : ERROR_REF_WITHOUT_VALUE);
        if (declarator->a)
            bind_value(binder, declarator->a);
        if (declarator->name)
            declare_local(binder, declarator->name, type ? type : binder->world->error_type, declarator->at);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    Bound *value = declarator->a ? bind_expression(binder, declarator->a->kind == NODE_REF_EXPRESSION ? declarator->a->a
                                                                                                      : declarator->a)
                                 : NULL;
    if (!value || is_bad(value))
        return new_statement(binder, BOUND_NOP, node->span);
    if (value->kind == BOUND_PROPERTY && ((Property *)value->binder_data)->ref_kind != REF_NONE)
        value = make_getter_call(binder, value, value->span);
    if (!is_lvalue(value)) {
        ERROR_AT(binder, declarator->a->span, ERROR_REF_NEEDS_VARIABLE);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    Local *local = declare_block_local(binder, declarator->name, type ? type : value->type, declarator->at);
    local->ref_kind = node->a->flags & FLAG_READONLY ? REF_READONLY : REF_REF;
    local->is_assigned = true;
    Bound *assign = bound_new(binder->world, BOUND_ASSIGN_REF, local->type, node->span);
    assign->a = bound_local(binder->world, local, declarator->span);
    assign->b = value;
    return expression_statement(binder, assign);
}

static Bound *bind_declarator(Binder *binder, Node *node, Node *declarator, Type *type, bool infer, Local **declared)
{
    Bound *value = NULL;
    *declared = NULL;
    if (!declarator->name)
        return new_statement(binder, BOUND_NOP, node->span);
    if (declarator->a && declarator->a->kind == NODE_REF_EXPRESSION)
        ERROR_AT(binder, declarator->at, ERROR_VALUE_WITH_REF);
    if (infer)
        value = bind_var_initializer(binder, declarator, &type);
    else if (declarator->a)
        value = declarator->a->kind == NODE_INITIALIZER ? bind_array_initializer(binder, declarator->a, type)
                                                        : bind_converted(binder, declarator->a, type);
    check_async_local(binder, type, node->a->span);
    Local *local = declare_local(binder, declarator->name, type, declarator->at);
    *declared = local;
    if (node->flags & FLAG_CONST) {
        local->is_const = true;
        if (!value || is_bad(value) || !get_constant(value, &local->constant)) {
            if (value && !is_bad(value))
                ERROR_AT(binder, declarator->a->span, ERROR_CONSTANT_EXPECTED, declarator->name->text);
            local->constant.kind = CONSTANT_NONE;
            local->is_const = false;
        } else {
            if (local->field) {
                local->field->is_const = true;
                local->field->constant = local->constant;
                local->field->constant_state = 2;
            }
            return new_statement(binder, BOUND_NOP, node->span);
        }
    }
    if (!value)
        return new_statement(binder, BOUND_NOP, node->span);
    local->is_frame_bound = is_bound_to_frame(value, NULL);
    Bound *statement = assign_statement(binder, local, value, declarator->span);
    local->is_assigned = false; /* its own initialiser is not a later assignment */
    statement->span = node->span;
    return statement;
}

Bound *bind_array_initializer(Binder *binder, Node *initializer, Type *type)
{
    if (type->kind == TYPE_ERROR)
        return bad(binder, initializer->span);
    if (type->kind != TYPE_ARRAY) {
        ERROR_AT(binder, initializer->span, ERROR_ARRAY_INITIALIZER_TYPE);
        return bad(binder, initializer->span);
    }
    if (type->rank > 1)
        return grid_of_initializer(binder, type, initializer, NULL);
    return initializer->items.count ? bind_collection_expression(binder, initializer, type)
                                    : empty_new_array(binder, type, initializer->span);
}

Bound *empty_new_array(Binder *binder, Type *type, Span span)
{
    Bound *result = bound_new(binder->world, BOUND_NEW_ARRAY, type, span);
    result->a = bound_constant_int(binder->world, 0, span);
    return result;
}

static Bound *bind_local_declaration(Binder *binder, Node *node, LocalList *declared)
{
    bool is_ref = node->a->kind == NODE_REF_TYPE;
    Node *type_node = is_ref ? node->a->a : node->a;
    bool infer = is_var(binder, type_node);
    binder->world->in_variable_type = true;
    Type *type = infer ? NULL : bind_type(binder->world, &binder->types, type_node);
    binder->world->in_variable_type = false;
    if (type && type_is_void(type)) {
        ERROR_AT(binder, type_node->span, ERROR_VOID_NOT_ALLOWED);
        type = binder->world->error_type;
    }
    if (type && type->definition && type->definition->is_static && type->kind == TYPE_CLASS)
        ERROR_AT(binder, type_node->span, ERROR_STATIC_TYPE_VARIABLE, type_text(binder->world, type));
    if (infer && node->items.count > 1)
        ERROR_AT(binder, node->span, ERROR_VAR_MANY);
    if (infer && (node->flags & FLAG_CONST))
        ERROR_AT(binder, type_node->span, ERROR_VAR_CONST);
    Bound *group = new_statement(binder, BOUND_BLOCK, node->span);
    for (uint32_t i = 0; i < node->items.count; i++) {
        Local *local = NULL;
        Bound *statement = is_ref ? bind_ref_local(binder, node, node->items.at[i], type)
                                  : bind_declarator(binder, node, node->items.at[i], type, infer, &local);
        list_add(binder, &group->items, statement);
        if (local && declared)
            ARENA_PUSH(binder->arena, declared->at, declared->count, declared->capacity, local);
    }
    return group->items.count == 1 ? group->items.at[0] : group;
}

/* --- using
 * ----------------------------------------------------------------------------------------------------------------------
 */

static Bound *dispose_call(Binder *binder, Bound *resource, bool is_async, Span span)
{
    World *world = binder->world;
    Type *wanted = type_special(world, is_async ? SPECIAL_IASYNC_DISPOSABLE : SPECIAL_IDISPOSABLE);
    const char *name = is_async ? "DisposeAsync" : "Dispose";
    Type *type = type_nullable_underlying(resource->type);
    Bound *value = type_is_nullable(resource->type) ? nullable_value(binder, resource, span) : resource;
    Bound *call = NULL;
    if (is_implicit_reference(world, type, wanted) || type_implements(world, type, wanted)) {
        Method *method = type_method_named(world, wanted->definition, name, 0);
        if (type_is_value(type)) {
            bool found;
            MethodRef implementation =
                method_find_implementation(world, type, (MethodRef){method, wanted, NULL}, &found);
            call = make_call(binder, found ? implementation : (MethodRef){method, wanted, NULL}, value, NULL, 0, span);
            call->flags &= ~(uint32_t)CALL_COPY_RECEIVER;
        } else {
            call = make_call(binder, (MethodRef){method, wanted, NULL},
                             type_is_reference(type) ? make_convert(binder, value, wanted, CONVERSION_REFERENCE, span)
                                                     : value,
                             NULL, 0, span);
        }
    } else {
        Found found;
        if (lookup_member(binder, type, name_of(world->names, name), &found) && found.kind == MEMBER_METHOD &&
            found.methods[0].method->parameter_count == 0)
            call = make_call(binder, found.methods[0], value, NULL, 0, span);
    }
    if (!call)
        return NULL;
    return is_async ? bind_await_of(binder, call, span) : call;
}

/* try { body } finally { if (resource != null) resource.Dispose(); } */
static Bound *dispose_around(Binder *binder, Local *resource, Bound *body, bool is_async, Span span)
{
    World *world = binder->world;
    Bound *value = bound_local(world, resource, span);
    Bound *call = dispose_call(binder, value, is_async, span);
    if (!call) {
        bool wants_no_await = is_async && dispose_call(binder, value, false, span);
        ERROR_AT(binder, span,
                 wants_no_await                                ? ERROR_USING_WANTS_NO_AWAIT
                 : is_async                                    ? ERROR_AWAIT_USING_TYPE
                 : dispose_call_exists(binder, resource->type) ? ERROR_USING_WANTS_AWAIT
                                                               : ERROR_USING_TYPE,
                 type_text(world, resource->type));
        return body;
    }
    Bound *statement = expression_statement(binder, call);
    Bound *finally = new_statement(binder, BOUND_BLOCK, span);
    finally->flags |= BOUND_COMPILER_MADE;
    if (type_is_reference(resource->type) || type_is_nullable(resource->type) ||
        resource->type->kind == TYPE_PARAMETER) {
        Bound *test = new_statement(binder, BOUND_IF, span);
        test->a = null_check(binder, value, span);
        test->b = statement;
        statement = test;
    }
    list_add(binder, &finally->items, statement);
    Bound *result = new_statement(binder, BOUND_TRY, span);
    result->a = body;
    result->b = finally;
    return result;
}

bool dispose_call_exists(Binder *binder, Type *type)
{
    Type *wanted = type_special(binder->world, SPECIAL_IASYNC_DISPOSABLE);
    Found found;
    return is_implicit_reference(binder->world, type, wanted) || type_implements(binder->world, type, wanted) ||
           lookup_member(binder, type, name_of(binder->world->names, "DisposeAsync"), &found);
}

static bool require_async(Binder *binder, Span span)
{
    if (binder->function && binder->function->is_async)
        return true;
    if (binder->function && binder->function->kind == FUNCTION_LAMBDA)
        ERROR_AT(binder, span, ERROR_AWAIT_NOT_ASYNC_LAMBDA);
    else if (binder->function && binder->function->return_type && !type_is_void(binder->function->return_type))
        ERROR_AT(binder, span, ERROR_AWAIT_NOT_ASYNC_METHOD, type_text(binder->world, binder->function->return_type));
    else
        ERROR_AT(binder, span, ERROR_AWAIT_NOT_ASYNC_VOID);
    return false;
}

/* A using declaration: what follows in the block is the body. */
static void bind_using_declaration(Binder *binder, NodeList *list, uint32_t index, Bound *block)
{
    Node *node = list->at[index];
    LocalList declared = {0};
    bool is_async = (node->flags & FLAG_AWAIT) != 0;
    if (is_async)
        require_async(binder, node->span);
    Bound *declaration = bind_local_declaration(binder, node, &declared);
    declaration->syntax = node;
    list_add(binder, &block->items, declaration);
    Bound *body = new_statement(binder, BOUND_BLOCK, node->span);
    NodeList rest = {list->at + index + 1, list->count - index - 1, 0};
    Scope *scope = binder->scope;
    Bound *outer_node = scope->node;
    for (uint32_t i = 0; i < declared.count; i++)
        declared.at[i]->is_readonly = declared.at[i]->is_using = true;
    bind_statements_into(binder, &rest, body);
    scope->node = outer_node;
    for (uint32_t i = declared.count; i-- > 0;) {
        Bound *wrapped = declared.at[i]->type->kind == TYPE_ERROR
                             ? body
                             : dispose_around(binder, declared.at[i], body, is_async, node->span);
        body = new_statement(binder, BOUND_BLOCK, node->span);
        list_add(binder, &body->items, wrapped);
    }
    list_add(binder, &block->items, body);
}

static Bound *bind_using(Binder *binder, Node *node)
{
    bool is_async = (node->flags & FLAG_AWAIT) != 0;
    if (is_async)
        require_async(binder, node->span);
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    push_scope(binder, block);
    LocalList declared = {0};
    if (node->a->kind == NODE_LOCAL_DECLARATION) {
        list_add(binder, &block->items, bind_local_declaration(binder, node->a, &declared));
    } else {
        Bound *value = bind_typed(binder, node->a);
        if (!is_bad(value) && value->type->kind != TYPE_NULL) {
            Local *local = hidden_local(binder, block, value->type, node->a->span);
            list_add(binder, &block->items, assign_statement(binder, local, value, node->a->span));
            ARENA_PUSH(binder->arena, declared.at, declared.count, declared.capacity, local);
        }
    }
    for (uint32_t i = 0; i < declared.count; i++)
        declared.at[i]->is_readonly = declared.at[i]->is_using = true;
    Bound *body = bind_embedded(binder, node->b);
    for (uint32_t i = declared.count; i-- > 0;) {
        if (declared.at[i]->type->kind == TYPE_ERROR)
            continue;
        Bound *wrapped = dispose_around(binder, declared.at[i], body, is_async, node->a->span);
        body = new_statement(binder, BOUND_BLOCK, node->span);
        list_add(binder, &body->items, wrapped);
    }
    list_add(binder, &block->items, body);
    pop_scope(binder);
    return block;
}

/* --- statement lists
 * ---------------------------------------------------------------------------------------------------------------- */

static void declare_functions(Binder *binder, NodeList *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        Node *node = list->at[i];
        if (node->kind == NODE_GLOBAL_STATEMENT)
            node = node->a;
        if (node && node->kind == NODE_LOCAL_FUNCTION)
            declare_local_function(binder, node);
    }
}

static void declare_labels(Binder *binder, NodeList *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        Node *node = list->at[i]->kind == NODE_GLOBAL_STATEMENT ? list->at[i]->a : list->at[i];
        while (node && node->kind == NODE_LABELED) {
            for (uint32_t j = 0; j < binder->scope->label_count; j++)
                if (binder->scope->labels[j]->name == node->name)
                    ERROR_AT(binder, node->at, ERROR_DUPLICATE_LABEL, node->name->text);
            Label *label = label_new(binder->world, node->name);
            ARENA_PUSH(binder->arena, binder->scope->labels, binder->scope->label_count, binder->scope->label_capacity,
                       label);
            node = node->a;
        }
    }
}

void bind_statements_into(Binder *binder, NodeList *list, Bound *block)
{
    for (uint32_t i = 0; i < list->count; i++) {
        Node *node = list->at[i];
        if (node->kind == NODE_GLOBAL_STATEMENT)
            node = node->a;
        else if (node->kind == NODE_USING_DIRECTIVE || node->kind == NODE_TYPE_DECLARATION ||
                 node->kind == NODE_NAMESPACE || node->kind == NODE_DELEGATE_DECLARATION ||
                 node->kind == NODE_ATTRIBUTE)
            continue;
        if (node->kind == NODE_METHOD_DECLARATION || node->kind == NODE_PROPERTY_DECLARATION)
            continue; /* a submission's function: a member of its class */
        if (node->kind == NODE_LOCAL_DECLARATION && (node->flags & FLAG_USING)) {
            NodeList copy = *list;
            if (list->at[i]->kind == NODE_GLOBAL_STATEMENT) { /* the declaration itself, not its wrapper */
                copy.at = arena_copy(binder->arena, list->at, list->count * sizeof *list->at);
                copy.at[i] = node;
            }
            bind_using_declaration(binder, &copy, i, block);
            return;
        }
        list_add(binder, &block->items, bind_statement(binder, node));
    }
}

void bind_statements(Binder *binder, NodeList *list, Bound *block)
{
    note_declared_names(binder, list);
    declare_functions(binder, list);
    declare_labels(binder, list);
    bind_statements_into(binder, list, block);
}

/* --- simple statements
 * ------------------------------------------------------------------------------------------------------------------ */

static bool is_awaitable_call(const Bound *value)
{
    if (value->kind != BOUND_CALL && value->kind != BOUND_CALL_LOCAL)
        return false;
    SpecialType special = value->type ? value->type->special : SPECIAL_NONE;
    return special == SPECIAL_TASK || special == SPECIAL_TASK_T || special == SPECIAL_VALUE_TASK ||
           special == SPECIAL_VALUE_TASK_T;
}

static bool is_statement_syntax(Node *node)
{
    switch (node->kind) {
    case NODE_CALL:
    case NODE_ASSIGNMENT:
    case NODE_PREFIX:
    case NODE_POSTFIX:
    case NODE_AWAIT:
    case NODE_OBJECT_CREATION:
    case NODE_ERROR_NODE:
        return true;
    case NODE_CONDITIONAL_ACCESS: {
        Node *inner = node->b;
        return inner && is_statement_syntax(inner);
    }
    case NODE_SUPPRESS_NULLABLE:
        return node->a && is_statement_syntax(node->a);
    default:
        return false;
    }
}

/* A partial method that no part gives a body: the call and its arguments vanish. */
static bool calls_missing_part(const Bound *value)
{
    const Method *method = value->kind == BOUND_CALL ? value->method.method : NULL;
    return method && method->is_partial && method->node && method->node->decl && !method->node->decl->has_body;
}

/* The value of what was typed: kept in a field of the submission, where whoever wants to see it finds it. */
static Bound *keep_value(Binder *binder, Bound *value, Span span)
{
    Submission *submission = binder->submission;
    World *world = binder->world;
    Type *type = value->type->kind == TYPE_NULL ? world->object_type : value->type;
    if (!submission->value)
        submission->value =
            type_define_field(world, submission->definition, name_of(world->names, "<value>"), type, true);
    Bound *converted = convert_implicit(binder, value, submission->value->type, span);
    if (is_bad(converted))
        return new_statement(binder, BOUND_NOP, span);
    Bound *target = field_access(binder, NULL, (FieldRef){submission->value, submission->definition->self}, span);
    return expression_statement(binder, make_assign(binder, target, converted, span));
}

static Bound *bind_value_statement(Binder *binder, Node *node)
{
    Bound *value = bind_value(binder, node->a);
    bool is_function = value->kind == BOUND_METHOD_GROUP || value->kind == BOUND_UNBOUND_LAMBDA;
    if (is_function && !natural_type(binder, value)) {
        ERROR_AT(binder, node->a->kind == NODE_QUALIFIED ? node->a->b->span : node->a->at, ERROR_LAMBDA_NO_TYPE);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    value = to_typed(binder, value, node->a);
    if (is_bad(value))
        return new_statement(binder, BOUND_NOP, node->span);
    Bound *statement =
        type_is_void(value->type) ? expression_statement(binder, value) : keep_value(binder, value, node->a->span);
    statement->span = node->span;
    return statement;
}

static Bound *bind_expression_statement(Binder *binder, Node *node)
{
    if ((node->flags & FLAG_VALUE) && binder->submission_scope && binder->scope == binder->submission_scope)
        return bind_value_statement(binder, node);
    Bound *value = to_rvalue(binder, bind_expression(binder, node->a));
    if (!is_bad(value) && !is_statement_syntax(node->a))
        ERROR_AT(binder, node->a->span, ERROR_STATEMENT_EXPRESSION);
    if (is_bad(value))
        return new_statement(binder, BOUND_NOP, node->span);
    if (!value->type || value->type->kind == TYPE_UNTYPED) {
        Type *natural = natural_type(binder, value);
        if (!natural)
            return new_statement(binder, BOUND_NOP, node->span);
        value = convert_implicit(binder, value, natural, node->span);
    }
    if (calls_missing_part(value))
        return new_statement(binder, BOUND_NOP, node->span);
    if (node->a->kind == NODE_CALL && is_awaitable_call(value) && binder->function && binder->function->is_async)
        ERROR_AT(binder, node->a->span, WARNING_NOT_AWAITED);
    Bound *statement = expression_statement(binder, without_unused_value(value));
    statement->span = node->span;
    return statement;
}

static Bound *bind_if(Binder *binder, Node *node)
{
    Bound *result = new_statement(binder, BOUND_IF, node->span);
    result->a = bind_condition(binder, node->a);
    result->b = bind_embedded(binder, node->b);
    result->c = node->c ? bind_embedded(binder, node->c) : NULL;
    return result;
}

static void enter_loop(Binder *binder, Bound *loop)
{
    loop->label = label_new(binder->world, NULL);
    loop->label2 = label_new(binder->world, NULL);
    binder->scope->break_label = loop->label;
    binder->scope->continue_label = loop->label2;
}

static Bound *bind_while(Binder *binder, Node *node)
{
    Bound *outer = new_statement(binder, BOUND_BLOCK, node->span);
    Bound *loop = new_statement(binder, BOUND_WHILE, node->span);
    loop->syntax = node;
    push_scope(binder, outer);
    loop->a = bind_condition(binder, node->a);
    enter_loop(binder, loop);
    loop->b = bind_embedded(binder, node->b);
    pop_scope(binder);
    if (!outer->locals.count)
        return loop;
    list_add(binder, &outer->items, loop);
    return outer;
}

static Bound *bind_do(Binder *binder, Node *node)
{
    Bound *outer = new_statement(binder, BOUND_BLOCK, node->span);
    Bound *loop = new_statement(binder, BOUND_DO, node->span);
    loop->syntax = node;
    push_scope(binder, outer);
    enter_loop(binder, loop);
    loop->b = bind_embedded(binder, node->a);
    loop->a = bind_condition(binder, node->b);
    pop_scope(binder);
    if (!outer->locals.count)
        return loop;
    list_add(binder, &outer->items, loop);
    return outer;
}

/* What starts a `for` loop or follows each round: an expression that could be a statement. */
static Bound *bind_step(Binder *binder, Node *node)
{
    Bound *value = bind_typed(binder, node);
    if (!is_bad(value) && !is_statement_syntax(node))
        ERROR_AT(binder, node->span, ERROR_STATEMENT_EXPRESSION);
    return value;
}

static Bound *bind_for(Binder *binder, Node *node)
{
    Bound *loop = new_statement(binder, BOUND_FOR, node->span);
    push_scope(binder, loop);
    if (node->a)
        list_add(binder, &loop->items, bind_local_declaration(binder, node->a, NULL));
    for (uint32_t i = 0; i < node->items.count; i++) {
        Bound *value = bind_step(binder, node->items.at[i]);
        if (!is_bad(value))
            list_add(binder, &loop->items, expression_statement(binder, value));
    }
    loop->a = node->b ? bind_condition(binder, node->b) : NULL;
    BoundList steps = {0};
    for (uint32_t i = 0; i < node->extra.count; i++) {
        Bound *value = bind_step(binder, node->extra.at[i]);
        if (!is_bad(value))
            list_add(binder, &steps, value);
    }
    if (steps.count) {
        loop->c = bound_new(binder->world, BOUND_SEQUENCE, binder->world->void_type, node->span);
        loop->c->items = steps;
        if (steps.count == 1)
            loop->c = steps.at[0];
    }
    enter_loop(binder, loop);
    loop->b = bind_embedded(binder, node->c);
    pop_scope(binder);
    return loop;
}

/* --- foreach
 * --------------------------------------------------------------------------------------------------------------------------------
 */

/* The name stands before `in`. */
static Span foreach_name_span(Binder *binder, Node *node)
{
    SourceFile *file = source_file_at(binder->world->sources, node->span.start);
    Position end = node->c->span.start;
    for (; file && end > node->span.start + 2; end--) {
        const char *text = file->text + (end - file->base);
        bool is_name = end - node->name->length > node->span.start && (unsigned char)text[0] <= ' ' &&
                       memcmp(text - node->name->length, node->name->text, node->name->length) == 0;
        if (is_name)
            return (Span){end - node->name->length, end};
    }
    return node->at;
}

/* The loop variable(s) from the current element; body in a scope of its own per iteration. */
/* foreach (ref T x in ...): x stands for the element itself. */
static Bound *foreach_ref_body(Binder *binder, Node *node, Bound *current, Local *local, Bound *block)
{
    local->ref_kind = node->a->flags & FLAG_READONLY ? REF_READONLY : REF_REF;
    local->is_assigned = true;
    if (!is_lvalue(current)) {
        ERROR_AT(binder, node->c->span, ERROR_REF_NEEDS_VARIABLE);
    } else {
        Bound *assign = bound_new(binder->world, BOUND_ASSIGN_REF, local->type, node->span);
        assign->a = bound_local(binder->world, local, node->at);
        assign->b = current;
        list_add(binder, &block->items, expression_statement(binder, assign));
    }
    list_add(binder, &block->items, bind_embedded(binder, node->d));
    pop_scope(binder);
    return block;
}

static Bound *foreach_body(Binder *binder, Node *node, Bound *current, Bound *loop)
{
    Bound *block = new_statement(binder, BOUND_BLOCK, node->d->span);
    block->syntax = node;
    push_scope(binder, block);
    binder->scope->break_label = loop->label;
    binder->scope->continue_label = loop->label2;
    if (node->name) {
        bool is_ref = node->a->kind == NODE_REF_TYPE;
        Node *type_node = is_ref ? node->a->a : node->a;
        bool infer = is_var(binder, type_node);
        Type *type = infer ? current->type : bind_type(binder->world, &binder->types, type_node);
        Local *local = declare_local(binder, node->name, type, foreach_name_span(binder, node));
        if (is_ref)
            return foreach_ref_body(binder, node, current, local, block);
        Position key = binder->diagnostics->key;
        binder->diagnostics->key = node->span.end; /* said after the body is bound */
        Bound *value = convert_explicit(binder, current, type, node->at);
        binder->diagnostics->key = key;
        if (!is_bad(value))
            list_add(binder, &block->items, assign_statement(binder, local, value, node->at));
        local->is_assigned = false;
        local->is_readonly = true;
    } else if (node->b) {
        list_add(binder, &block->items,
                 expression_statement(binder, bind_deconstruction(binder, node->b, current, node->b->span)));
    }
    list_add(binder, &block->items, bind_embedded(binder, node->d));
    pop_scope(binder);
    return block;
}

static Bound *foreach_array(Binder *binder, Node *node, Bound *collection)
{
    World *world = binder->world;
    bool is_string = collection->type->special == SPECIAL_STRING;
    Span span = node->c->span;
    Bound *loop = new_statement(binder, BOUND_FOR, node->span);
    push_scope(binder, loop);
    Local *array = hidden_local(binder, loop, collection->type, span),
          *index = hidden_local(binder, loop, world->int_type, span);
    list_add(binder, &loop->items, assign_statement(binder, array, collection, span));
    list_add(binder, &loop->items, assign_statement(binder, index, bound_constant_int(world, 0, span), span));
    Bound *value = bound_local(world, array, span), *at = bound_local(world, index, span);
    Bound *length;
    Bound *element;
    if (is_string) {
        length = call_named(binder, value, collection->type, "get_Length", NULL, 0, span);
        element = call_named(binder, value, collection->type, "get_Chars", &at, 1, span);
        if (is_bad(element))
            element = call_named(binder, value, collection->type, "get_Item", &at, 1, span);
    } else {
        length = bound_new(world, BOUND_ARRAY_LENGTH, world->int_type, span);
        length->a = value;
        element = bound_new(world, BOUND_ELEMENT, collection->type->element, span);
        element->a = value;
        element->b = at;
    }
    loop->a = make_binary(binder, OP_LESS, at, length, world->bool_type, span);
    Bound *next = make_binary(binder, OP_ADD, at, bound_constant_int(world, 1, span), world->int_type, span);
    loop->c = make_assign(binder, at, next, span);
    enter_loop(binder, loop);
    loop->b = foreach_body(binder, node, element, loop);
    pop_scope(binder);
    return loop;
}

typedef struct Enumeration {
    MethodRef get_enumerator;
    bool is_extension;
    Type *enumerator;
    MethodRef move_next, current;
} Enumeration;

static bool find_pattern_method(Binder *binder, Type *type, const char *name, MethodRef *method)
{
    Found found;
    if (!lookup_member(binder, type, name_of(binder->world->names, name), &found) || found.kind != MEMBER_METHOD)
        return false;
    for (uint32_t i = 0; i < found.method_count; i++) {
        Method *candidate = found.methods[i].method;
        bool all_optional = true;
        for (uint32_t j = 0; j < candidate->parameter_count; j++)
            all_optional &= candidate->parameters[j].has_default;
        if (all_optional && !candidate->is_static && candidate->access == ACCESS_PUBLIC) {
            *method = found.methods[i];
            return true;
        }
    }
    return false;
}

static bool find_enumeration(Binder *binder, Bound *collection, bool is_async, Enumeration *result)
{
    World *world = binder->world;
    Type *type = collection->type;
    const char *name = is_async ? "GetAsyncEnumerator" : "GetEnumerator";
    memset(result, 0, sizeof *result);
    if (!find_pattern_method(binder, type, name, &result->get_enumerator)) {
        Type *generic = type_find_interface(
            world, type, world->special[is_async ? SPECIAL_IASYNC_ENUMERABLE_T : SPECIAL_IENUMERABLE_T]);
        Type *wanted = generic    ? generic
                       : is_async ? NULL
                                  : type_find_interface(world, type, world->special[SPECIAL_IENUMERABLE]);
        if (wanted) {
            if (!find_pattern_method(binder, wanted, name, &result->get_enumerator))
                return false;
        } else {
            MethodRef *extensions = NULL;
            uint32_t count = 0, capacity = 0;
            lookup_extensions(binder, name_of(world->names, name), &extensions, &count, &capacity);
            ArgumentInfo argument = {.value = collection, .is_receiver = true};
            Resolution resolution;
            if (!count || !resolve_overload(binder, extensions, count, NULL, 0, &argument, 1, true, &resolution, NULL,
                                            collection->span, NULL, true, NULL))
                return false;
            result->get_enumerator = resolution.method;
            result->is_extension = true;
        }
    }
    result->enumerator = method_ref_return_type(world, result->get_enumerator);
    Found found;
    if (!find_pattern_method(binder, result->enumerator, is_async ? "MoveNextAsync" : "MoveNext", &result->move_next))
        return false;
    if (!lookup_member(binder, result->enumerator, name_of(world->names, "Current"), &found) ||
        found.kind != MEMBER_PROPERTY || !found.member->property->getter)
        return false;
    result->current = (MethodRef){found.member->property->getter, found.owner, NULL};
    return true;
}

static Bound *call_with_defaults(Binder *binder, MethodRef method, Bound *receiver, Bound *first, Span span)
{
    uint32_t count = method.method->parameter_count;
    Bound **arguments = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    for (uint32_t i = 0; i < count; i++)
        arguments[i] = make_default(binder, method_ref_parameter_type(binder->world, method, i), span);
    if (first)
        arguments[0] = convert_implicit(binder, first, method_ref_parameter_type(binder->world, method, 0), span);
    return make_call(binder, method, receiver, arguments, count, span);
}

static Bound *dispose_enumerator(Binder *binder, Local *enumerator, Bound *loop, bool is_async, Span span)
{
    World *world = binder->world;
    Type *type = enumerator->type;
    Bound *value = bound_local(world, enumerator, span);
    Bound *call = dispose_call(binder, value, is_async, span);
    if (!call && type_is_value(type))
        return loop;
    Bound *finally = new_statement(binder, BOUND_BLOCK, span);
    finally->flags |= BOUND_COMPILER_MADE;
    if (!call) { /* a class that may implement IDisposable */
        if (is_async || (type->definition && type->definition->is_sealed))
            return loop;
        Type *disposable = type_special(world, SPECIAL_IDISPOSABLE);
        Local *as_disposable = hidden_local(binder, finally, disposable, span);
        Bound *as = bound_new(world, BOUND_AS, disposable, span);
        as->a = value;
        list_add(binder, &finally->items, assign_statement(binder, as_disposable, as, span));
        value = bound_local(world, as_disposable, span);
        call = make_call(binder,
                         (MethodRef){type_method_named(world, disposable->definition, "Dispose", 0), disposable, NULL},
                         value, NULL, 0, span);
    }
    Bound *statement = expression_statement(binder, call);
    if (type_is_reference(value->type)) {
        Bound *test = new_statement(binder, BOUND_IF, span);
        test->a = null_check(binder, value, span);
        test->b = statement;
        statement = test;
    }
    list_add(binder, &finally->items, statement);
    Bound *result = new_statement(binder, BOUND_TRY, span);
    Bound *body = new_statement(binder, BOUND_BLOCK, span);
    list_add(binder, &body->items, loop);
    result->a = body;
    result->b = finally;
    return result;
}

static Bound *foreach_pattern(Binder *binder, Node *node, Bound *collection, Enumeration *enumeration, bool is_async)
{
    World *world = binder->world;
    Span span = node->c->span;
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    push_scope(binder, block);
    Local *enumerator = hidden_local(binder, block, enumeration->enumerator, span);
    if (!enumeration->is_extension && enumeration->get_enumerator.method->owner->kind == TYPE_INTERFACE &&
        collection->type->kind != TYPE_INTERFACE && type_is_reference(collection->type))
        collection = make_convert(binder, collection, enumeration->get_enumerator.owner, CONVERSION_REFERENCE, span);
    Bound *get = call_with_defaults(binder, enumeration->get_enumerator, enumeration->is_extension ? NULL : collection,
                                    enumeration->is_extension ? collection : NULL, span);
    list_add(binder, &block->items, assign_statement(binder, enumerator, get, span));
    Bound *loop = new_statement(binder, BOUND_WHILE, node->span);
    enter_loop(binder, loop);
    Bound *value = bound_local(world, enumerator, span);
    Bound *move_next = call_with_defaults(binder, enumeration->move_next, value, NULL, span);
    loop->a = is_async ? bind_await_of(binder, move_next, span) : move_next;
    if (is_bad(loop->a)) {
        pop_scope(binder);
        return block;
    }
    loop->b = foreach_body(binder, node, make_call(binder, enumeration->current, value, NULL, 0, span), loop);
    list_add(binder, &block->items, dispose_enumerator(binder, enumerator, loop, is_async, span));
    pop_scope(binder);
    return block;
}

static Bound *foreach_failed(Binder *binder, Node *node)
{
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    Bound *loop = new_statement(binder, BOUND_WHILE, node->span);
    push_scope(binder, block);
    enter_loop(binder, loop);
    if (node->name)
        declare_local(binder, node->name,
                      is_var(binder, node->a) ? binder->world->error_type
                                              : bind_type(binder->world, &binder->types, node->a),
                      node->at);
    else if (node->b)
        bind_deconstruction(binder, node->b, bad(binder, node->span), node->span);
    bind_embedded(binder, node->d);
    pop_scope(binder);
    return block;
}

/* GetEnumerator gives something that does not enumerate. */
static void report_bad_enumerator(Binder *binder, Enumeration *enumeration, bool is_async, Span span)
{
    World *world = binder->world;
    Found found;
    bool has_current = lookup_member(binder, enumeration->enumerator, name_of(world->names, "Current"), &found);
    const char *missing = !has_current ? "Current" : is_async ? "MoveNextAsync" : "MoveNext";
    const char *text = type_text(world, enumeration->enumerator);
    ERROR_AT(binder, span, ERROR_TYPE_WITHOUT_MEMBER, text, missing);
    ERROR_AT(binder, span, ERROR_BAD_ENUMERATOR, text, method_text(world, enumeration->get_enumerator));
}

static Bound *bind_foreach(Binder *binder, Node *node)
{
    bool is_async = (node->flags & FLAG_AWAIT) != 0;
    if (is_async)
        require_async(binder, node->span);
    Bound *collection = bind_value(binder, node->c);
    bool is_group = collection->kind == BOUND_METHOD_GROUP || collection->kind == BOUND_UNBOUND_LAMBDA;
    if (is_group || (collection->type && collection->type->kind == TYPE_NULL)) {
        const char *text = bound_type_text(binder, collection);
        ERROR_AT(binder, node->c->span, is_group ? ERROR_FOREACH_GROUP : ERROR_NULL_USE, text, text);
        return foreach_failed(binder, node);
    }
    collection = to_typed(binder, collection, node->c);
    if (is_bad(collection))
        return foreach_failed(binder, node);
    if (!is_async && (collection->type->kind == TYPE_ARRAY || collection->type->special == SPECIAL_STRING))
        return foreach_array(binder, node, collection);
    check_async_local(binder, collection->type, node->at);
    Enumeration enumeration;
    if (!find_enumeration(binder, collection, is_async, &enumeration)) {
        const char *text = bound_type_text(binder, collection);
        if (enumeration.enumerator) {
            report_bad_enumerator(binder, &enumeration, is_async, node->c->span);
            return foreach_failed(binder, node);
        }
        bool wants_other = find_enumeration(binder, collection, !is_async, &enumeration);
        DiagnosticCode code = is_async ? wants_other ? ERROR_FOREACH_WANTS_NO_AWAIT : ERROR_AWAIT_FOREACH_NOT_ENUMERABLE
                              : wants_other ? ERROR_FOREACH_WANTS_AWAIT
                                            : ERROR_FOREACH_NOT_ENUMERABLE;
        ERROR_AT(binder, node->c->span, code, text, text);
        return foreach_failed(binder, node);
    }
    return foreach_pattern(binder, node, collection, &enumeration, is_async);
}

/* --- try, throw, lock
 * ----------------------------------------------------------------------------------------------------------------------------
 */

static Bound *bind_catch(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *clause = new_statement(binder, BOUND_CATCH, node->span);
    push_scope(binder, clause);
    binder->scope->is_catch = true;
    binder->scope->is_finally = false;
    Type *exception = type_special(world, SPECIAL_EXCEPTION);
    if (node->a) {
        Type *type = bind_type(world, &binder->types, node->a);
        if (type->kind != TYPE_ERROR && !type_derives_from(world, type, exception)) {
            ERROR_AT(binder, node->a->span, ERROR_THROW_TYPE);
            type = world->error_type;
        }
        clause->catch_type = type->kind == TYPE_ERROR ? exception : type;
        if (node->name) {
            clause->catch_local = declare_local(binder, node->name, type, node->at);
            clause->catch_local->is_assigned = false;
        }
    }
    /* `local` and `catch_local` share storage in the union: declared through the scope list as well */
    Local *local = clause->catch_local;
    Type *type = clause->catch_type;
    binder->scope->is_filter = true;
    if (node->b)
        clause->c = bind_condition(binder, node->b);
    binder->scope->is_filter = false;
    clause->a = bind_block(binder, node->c);
    clause->catch_local = local;
    clause->catch_type = type;
    pop_scope(binder);
    return clause;
}

static void check_catch_order(Binder *binder, Bound *statement, Node *node)
{
    World *world = binder->world;
    for (uint32_t i = 0; i < statement->items.count; i++) {
        Bound *clause = statement->items.at[i];
        for (uint32_t j = 0; j < i; j++) {
            Bound *earlier = statement->items.at[j];
            if (!earlier->c && !node->items.at[j]->a) {
                ERROR_AT(binder, node->items.at[i]->span, ERROR_CATCH_AFTER_GENERAL);
                return;
            }
            if (earlier->c || !clause->catch_type || !node->items.at[i]->a)
                continue;
            if (!earlier->catch_type || type_derives_from(world, clause->catch_type, earlier->catch_type)) {
                ERROR_AT(binder, node->items.at[i]->a->span, ERROR_SUBSUMED_CATCH,
                         type_text(world,
                                   earlier->catch_type ? earlier->catch_type : type_special(world, SPECIAL_EXCEPTION)));
                return;
            }
        }
    }
}

static Bound *bind_try(Binder *binder, Node *node)
{
    Bound *result = new_statement(binder, BOUND_TRY, node->span);
    push_scope(binder, NULL);
    binder->scope->is_try_with_catch |= node->items.count > 0;
    result->a = bind_block(binder, node->a);
    pop_scope(binder);
    for (uint32_t i = 0; i < node->items.count; i++)
        list_add(binder, &result->items, bind_catch(binder, node->items.at[i]));
    check_catch_order(binder, result, node);
    if (node->b) {
        push_scope(binder, NULL);
        binder->scope->is_finally = true;
        binder->scope->break_label = binder->scope->continue_label = NULL;
        result->b = bind_block(binder, node->b);
        pop_scope(binder);
    }
    return result;
}

static Bound *bind_throw(Binder *binder, Node *node)
{
    Bound *result = new_statement(binder, BOUND_THROW, node->span);
    if (!node->a) {
        bool in_catch = binder->scope && binder->scope->is_catch && binder->scope->function == binder->function &&
                        !binder->scope->is_finally;
        if (!in_catch)
            ERROR_AT(binder, node->span, ERROR_RETHROW_OUTSIDE);
        return result;
    }
    Bound *value = bind_value(binder, node->a);
    Type *exception = type_special(binder->world, SPECIAL_EXCEPTION);
    if (is_bad(value))
        return result;
    Conversion conversion = classify_conversion(binder, value, exception);
    if (!conversion.is_implicit || conversion.kind == CONVERSION_USER) {
        ERROR_AT(binder, node->a->span, value->type ? ERROR_NO_CONVERSION : ERROR_THROW_TYPE,
                 bound_type_text(binder, value), "System.Exception");
        return result;
    }
    result->a = value->type && value->type->kind != TYPE_NULL
                    ? value
                    : convert_implicit(binder, value, exception, node->a->span);
    return result;
}

static Bound *bind_lock(Binder *binder, Node *node)
{
    World *world = binder->world;
    Bound *value = bind_typed(binder, node->a);
    Bound *block = new_statement(binder, BOUND_BLOCK, node->span);
    push_scope(binder, block);
    binder->scope->is_lock = true;
    Span span = node->a->span;
    if (!is_bad(value) && !type_is_reference(value->type)) {
        ERROR_AT(binder, span, ERROR_LOCK_VALUE, bound_type_text(binder, value));
        value = bad(binder, span);
    }
    if (is_bad(value)) {
        list_add(binder, &block->items, bind_embedded(binder, node->b));
        pop_scope(binder);
        return block;
    }
    Bound *statement = new_statement(binder, BOUND_TRY, node->span);
    Bound *finally = new_statement(binder, BOUND_BLOCK, node->span);
    finally->flags |= BOUND_COMPILER_MADE;
    if (value->type->special == SPECIAL_LOCK) {
        Local *held = hidden_local(binder, block, value->type, span);
        list_add(binder, &block->items, assign_statement(binder, held, value, span));
        Bound *lock = bound_local(world, held, span);
        list_add(binder, &block->items,
                 expression_statement(binder, call_named(binder, lock, lock->type, "Enter", NULL, 0, span)));
        statement->a = bind_embedded(binder, node->b);
        list_add(binder, &finally->items,
                 expression_statement(binder, call_named(binder, lock, lock->type, "Exit", NULL, 0, span)));
    } else {
        Type *object = world->object_type;
        Local *held = hidden_local(binder, block, object, span),
              *taken = hidden_local(binder, block, world->bool_type, span);
        list_add(binder, &block->items,
                 assign_statement(binder, held, convert_implicit(binder, value, object, span), span));
        list_add(binder, &block->items, assign_statement(binder, taken, make_bool(binder, false, span), span));
        Bound *address = bound_new(world, BOUND_ADDRESS, world->bool_type, span);
        address->a = bound_local(world, taken, span);
        Bound *arguments[2] = {bound_local(world, held, span), address};
        Bound *body = new_statement(binder, BOUND_BLOCK, node->span);
        list_add(binder, &body->items,
                 expression_statement(binder, call_static(binder, SPECIAL_MONITOR, "Enter", arguments, 2, span)));
        list_add(binder, &body->items, bind_embedded(binder, node->b));
        statement->a = body;
        Bound *test = new_statement(binder, BOUND_IF, span);
        test->a = bound_local(world, taken, span);
        test->b = expression_statement(binder, call_static(binder, SPECIAL_MONITOR, "Exit", arguments, 1, span));
        list_add(binder, &finally->items, test);
    }
    statement->b = finally;
    list_add(binder, &block->items, statement);
    pop_scope(binder);
    return block;
}

/* --- jumps
 * -------------------------------------------------------------------------------------------------------------------------------------------
 */

static Bound *jump(Binder *binder, Label *label, Span span)
{
    Bound *result = new_statement(binder, BOUND_GOTO, span);
    result->label = label;
    return result;
}

static Bound *bind_break(Binder *binder, Node *node, bool is_continue)
{
    Label *label = is_continue ? binder->scope->continue_label : binder->scope->break_label;
    if (label)
        return jump(binder, label, node->span);
    bool leaves_lambda = false;
    for (Scope *scope = binder->scope; binder->function->kind == FUNCTION_LAMBDA && scope; scope = scope->parent)
        leaves_lambda |=
            scope->function != binder->function && (is_continue ? scope->continue_label : scope->break_label);
    ERROR_AT(binder, node->span,
             leaves_lambda               ? ERROR_LEAVE_LAMBDA
             : binder->scope->is_finally ? ERROR_LEAVE_FINALLY
                                         : ERROR_NO_ENCLOSING_LOOP);
    return new_statement(binder, BOUND_NOP, node->span);
}

static Bound *bind_goto(Binder *binder, Node *node)
{
    if (node->token == TOKEN_CASE || node->token == TOKEN_DEFAULT)
        return bind_goto_case(binder, node);
    for (Scope *scope = binder->scope; scope && scope->function == binder->function; scope = scope->parent)
        for (uint32_t i = 0; i < scope->label_count; i++)
            if (scope->labels[i]->name == node->name) {
                if (binder->scope->is_finally && !scope->is_finally)
                    ERROR_AT(binder, node->span, ERROR_LEAVE_FINALLY);
                return jump(binder, scope->labels[i], node->span);
            }
    Span place = node->span;
    bool is_outside = false; /* the label is in an enclosing function */
    for (Scope *scope = binder->scope; scope; scope = scope->parent)
        for (uint32_t i = 0; i < scope->label_count; i++)
            is_outside |= scope->labels[i]->name == node->name;
    if (node->name && !is_outside && place.end > place.start + node->name->length)
        place.start = place.end - 1 - node->name->length; /* the name, before the semicolon */
    ERROR_AT(binder, place, ERROR_LABEL_NOT_FOUND, node->name ? node->name->text : "?");
    return new_statement(binder, BOUND_NOP, node->span);
}

static Bound *bind_labeled(Binder *binder, Node *node)
{
    Bound *group = new_statement(binder, BOUND_BLOCK, node->span);
    Bound *mark = new_statement(binder, BOUND_LABEL, node->at);
    for (uint32_t i = 0; i < binder->scope->label_count; i++)
        if (binder->scope->labels[i]->name == node->name)
            mark->label = binder->scope->labels[i];
    if (!mark->label)
        mark->label = label_new(binder->world, node->name);
    list_add(binder, &group->items, mark);
    if (node->a)
        list_add(binder, &group->items, bind_statement(binder, node->a));
    return group;
}

static const char *function_text(Binder *binder)
{
    Function *function = binder->function;
    if (function->kind == FUNCTION_LAMBDA)
        return "lambda expression";
    if (function->kind == FUNCTION_LOCAL)
        return method_text(binder->world, (MethodRef){function->method, NULL, NULL});
    return binder->method ? method_text(binder->world, (MethodRef){binder->method, binder->definition->self, NULL})
                          : "?";
}

static Bound *bind_return(Binder *binder, Node *node)
{
    World *world = binder->world;
    Function *function = binder->function;
    Bound *result = new_statement(binder, BOUND_RETURN, node->span);
    if (binder->scope->is_finally && binder->scope->function == function)
        ERROR_AT(binder, node->span, ERROR_LEAVE_FINALLY);
    if (function->is_iterator) {
        ERROR_AT(binder, node->span, ERROR_RETURN_IN_ITERATOR);
        return result;
    }
    if (binder->returns) {
        if (!node->a) {
            binder->returns->saw_void = true;
            return result;
        }
        result->a = bind_value(binder, node->a);
        binder->returns->saw_value = true;
        ARENA_PUSH(binder->arena, binder->returns->values, binder->returns->count, binder->returns->capacity,
                   result->a);
        return result;
    }
    Type *wanted = function->is_async ? function->async_result : function->return_type;
    if (!wanted || wanted->kind == TYPE_ERROR) {
        if (node->a)
            bind_value(binder, node->a);
        return result;
    }
    if (node->a && function->method && function->method->submission) { /* `return 5;` at a prompt */
        Bound *group = new_statement(binder, BOUND_BLOCK, node->span);
        Bound *value = bind_typed(binder, node->a);
        if (!is_bad(value) && !type_is_void(value->type))
            list_add(binder, &group->items, keep_value(binder, value, node->a->span));
        list_add(binder, &group->items, result);
        return group;
    }
    if (!node->a) {
        if (!type_is_void(wanted))
            ERROR_AT(binder, node->span, ERROR_RETURN_VALUE_EXPECTED, type_text(world, wanted));
        return result;
    }
    if (function->return_ref != REF_NONE) {
        if (node->a->kind != NODE_REF_EXPRESSION && node->a->kind != NODE_THROW_EXPRESSION)
            ERROR_AT(binder, node->span, ERROR_RETURN_BY_VALUE);
        Bound *value = bind_expression(binder, node->a->kind == NODE_REF_EXPRESSION ? node->a->a : node->a);
        if (value->kind == BOUND_PROPERTY && ((Property *)value->binder_data)->ref_kind != REF_NONE)
            value = make_getter_call(binder, value, value->span);
        if (!is_bad(value) && !is_lvalue(value))
            ERROR_AT(binder, node->a->span, ERROR_REF_NEEDS_VARIABLE);
        if (value->kind == BOUND_LOCAL && value->local->ref_kind == REF_NONE && value->local->name)
            ERROR_AT(binder, value->span, ERROR_RETURN_REF_LOCAL, value->local->name->text);
        for (uint32_t i = 0; value->kind == BOUND_CALL && i <= value->items.count; i++)
            check_frame_escape(binder, i ? value->items.at[i - 1] : value->a);
        result->a = value;
        result->flags |= BOUND_REF;
        return result;
    }
    Bound *value = bind_value(binder, node->a);
    if (type_is_void(wanted)) {
        if (is_bad(value))
            return result;
        if (function->kind == FUNCTION_LAMBDA && (!function->is_async || type_is_void(function->return_type)))
            ERROR_AT(binder, node->span, ERROR_RETURN_LAMBDA_VOID);
        else if (function->is_async && !type_is_void(function->return_type))
            ERROR_AT(binder, node->span,
                     function->kind == FUNCTION_LAMBDA ? ERROR_RETURN_ASYNC_LAMBDA : ERROR_RETURN_TASK,
                     function_text(binder), type_text(world, function->return_type));
        else
            ERROR_AT(binder, node->span, ERROR_RETURN_VOID, function_text(binder));
        return result;
    }
    if (function->is_async && !is_bad(value) && value->type && value->type->kind != TYPE_UNTYPED &&
        type_same(value->type, function->return_type) && !classify_conversion(binder, value, wanted).is_implicit) {
        ERROR_AT(binder, node->a->span, ERROR_RETURN_ASYNC_TASK_TWICE, type_text(world, wanted),
                 type_text(world, value->type));
        return result;
    }
    result->a =
        convert_implicit(binder, value, wanted, value->kind == BOUND_UNBOUND_LAMBDA ? value->span : node->a->span);
    check_frame_escape(binder, result->a);
    return result;
}

static Bound *bind_yield(Binder *binder, Node *node)
{
    bool is_return = node->kind == NODE_YIELD_RETURN;
    Bound *result = new_statement(binder, is_return ? BOUND_YIELD_RETURN : BOUND_YIELD_BREAK, node->span);
    Scope *scope = binder->scope;
    if (binder->function->method && binder->function->method->submission)
        ERROR_AT(binder, node->span, ERROR_YIELD_IN_SCRIPT);
    else if (binder->function->kind == FUNCTION_LAMBDA)
        ERROR_AT(binder, node->span, ERROR_YIELD_IN_LAMBDA);
    else if (scope->is_finally)
        ERROR_AT(binder, node->span, ERROR_YIELD_IN_FINALLY);
    else if (is_return && scope->is_catch)
        ERROR_AT(binder, node->span, ERROR_YIELD_IN_CATCH);
    else if (is_return && scope->is_try_with_catch)
        ERROR_AT(binder, node->span, ERROR_YIELD_IN_TRY_CATCH);
    if (is_return)
        result->a = binder->function->yield_type ? bind_converted(binder, node->a, binder->function->yield_type)
                                                 : bind_value(binder, node->a);
    return result;
}

/* --- the switch
 * ----------------------------------------------------------------------------------------------------------------------------------------
 */

static Function *find_declared_function(Binder *binder, Node *node)
{
    for (uint32_t i = 0; i < binder->scope->function_count; i++)
        if (binder->scope->functions[i]->method->node == node)
            return binder->scope->functions[i];
    return NULL;
}

static Bound *bind_statement_kind(Binder *binder, Node *node)
{
    switch (node->kind) {
    case NODE_BLOCK:
        return bind_block(binder, node);
    case NODE_EMPTY_STATEMENT:
        return new_statement(binder, BOUND_NOP, node->span);
    case NODE_EXPRESSION_STATEMENT:
        return bind_expression_statement(binder, node);
    case NODE_LOCAL_DECLARATION:
        return bind_local_declaration(binder, node, NULL);
    case NODE_LOCAL_FUNCTION: {
        Function *function = find_declared_function(binder, node);
        if (!function) {
            declare_local_function(binder, node);
            function = find_declared_function(binder, node);
        }
        if (function)
            bind_local_function_body(binder, function, node);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    case NODE_IF:
        return bind_if(binder, node);
    case NODE_WHILE:
        return bind_while(binder, node);
    case NODE_DO:
        return bind_do(binder, node);
    case NODE_FOR:
        return bind_for(binder, node);
    case NODE_FOREACH:
        return bind_foreach(binder, node);
    case NODE_SWITCH:
        return bind_switch_statement(binder, node);
    case NODE_BREAK:
        return bind_break(binder, node, false);
    case NODE_CONTINUE:
        return bind_break(binder, node, true);
    case NODE_GOTO:
        return bind_goto(binder, node);
    case NODE_LABELED:
        return bind_labeled(binder, node);
    case NODE_RETURN:
        return bind_return(binder, node);
    case NODE_THROW:
        return bind_throw(binder, node);
    case NODE_TRY:
        return bind_try(binder, node);
    case NODE_USING_STATEMENT:
        return bind_using(binder, node);
    case NODE_LOCK:
        return bind_lock(binder, node);
    case NODE_YIELD_RETURN:
    case NODE_YIELD_BREAK:
        return bind_yield(binder, node);
    case NODE_FIXED_OR_UNSAFE:
        ERROR_AT(binder, node->span, ERROR_UNSAFE);
        return new_statement(binder, BOUND_NOP, node->span);
    default:
        return new_statement(binder, BOUND_NOP, node->span);
    }
}

Bound *bind_statement(Binder *binder, Node *node)
{
    if (!node)
        return new_statement(binder, BOUND_NOP, (Span){0, 0});
    Binder *outer = binder->world->binder;
    binder->world->binder = binder;
    Bound *result = bind_statement_kind(binder, node);
    binder->world->binder = outer;
    if (!result->syntax)
        result->syntax = node;
    return result;
}
