/* Query expressions (C# spec 12.20): clause by clause they become calls of Where, Select, ... with lambdas, as syntax,
 * and that syntax is bound.
 *
 *     from x in a from y in b(x) where p(x, y) select r(x, y)
 *     a.SelectMany(x => b(x), (x, y) => new { x, y }).Where(t => p(t.x, t.y)).Select(t => r(t.x, t.y))
 *
 * The `t` are Roslyn's transparent identifiers. A lambda whose parameter is one lists the range variables with the way
 * to each (LAMBDA extra: NAME, a: the way); declare_lambda_parameters makes names of them. */
#include "lang/check_internal.h"

#include <string.h>

/* A range variable, and how it is reached: t1.t0.x. */
typedef struct RangeVariable {
    Name name;
    Node *node;
    Name *way;
    uint32_t way_count;
} RangeVariable;

typedef struct Query {
    Binder *binder;
    Node *source; /* the calls so far */
    Name current; /* the parameter of the next lambda */
    Span first;   /* the collection that the query starts from: where Roslyn reports a missing method */
    RangeVariable *variables;
    uint32_t variable_count, variable_capacity;
    uint32_t transparent_count;
    uint32_t clause_count; /* since the `from` or `into` */
} Query;

/* --- making syntax --------------------------------------------------------------------------------------------------
 */

static Node *syntax_new(Query *query, NodeKind kind, Span span)
{
    Node *node = ARENA_NEW(query->binder->arena, Node);
    node->kind = (uint16_t)kind;
    node->span = node->at = span;
    return node;
}

static void syntax_add(Query *query, NodeList *list, Node *node)
{
    ARENA_PUSH(query->binder->arena, list->at, list->count, list->capacity, node);
}

static Node *name_node(Query *query, Name name, Span span)
{
    Node *node = syntax_new(query, NODE_NAME, span);
    node->name = name;
    return node;
}

static Node *member_node(Query *query, Node *left, Name name, Span span)
{
    Node *node = syntax_new(query, NODE_QUALIFIED, span);
    node->a = left;
    node->b = name_node(query, name, span);
    return node;
}

static Node *lambda_parameter(Query *query, Name name, Span span)
{
    Node *parameter = syntax_new(query, NODE_PARAMETER, span);
    parameter->name = name;
    parameter->decl = ARENA_NEW(query->binder->arena, Declaration);
    parameter->decl->name_span = span;
    return parameter;
}

static Node *way_node(Query *query, const RangeVariable *variable, Span span)
{
    Node *node = name_node(query, variable->way[0], span);
    for (uint32_t i = 1; i < variable->way_count; i++)
        node = member_node(query, node, variable->way[i], span);
    return node;
}

/* current => body, or (current, second) => body. */
static Node *lambda_node(Query *query, Node *body, Name second)
{
    Node *node = syntax_new(query, NODE_LAMBDA, body->span);
    node->flags = FLAG_EXPRESSION_BODY | FLAG_QUERY;
    node->decl = ARENA_NEW(query->binder->arena, Declaration);
    node->decl->has_parameters = node->decl->has_body = true;
    node->decl->body = body;
    syntax_add(query, &node->decl->parameters, lambda_parameter(query, query->current, body->span));
    if (second)
        syntax_add(query, &node->decl->parameters, lambda_parameter(query, second, body->span));
    for (uint32_t i = 0; i < query->variable_count; i++) {
        const RangeVariable *variable = &query->variables[i];
        if (variable->way_count < 2)
            continue;
        Node *name = name_node(query, variable->name, variable->node->span);
        name->a = way_node(query, variable, body->span);
        syntax_add(query, &node->extra, name);
    }
    return node;
}

/* source.method(arguments) */
static void call_method(Query *query, const char *method, Span span, Node *const *arguments, uint32_t count)
{
    Span whole = {query->source->span.start, span.end};
    Node *call = syntax_new(query, NODE_CALL, whole);
    Node *function = member_node(query, query->source, name_of(query->binder->world->names, method), whole);
    function->flags |= FLAG_QUERY;
    function->at = query->first;
    function->b->span = function->b->at = span;
    call->a = function;
    call->at = span;
    for (uint32_t i = 0; i < count; i++) {
        Node *argument = syntax_new(query, NODE_ARGUMENT, arguments[i]->span);
        argument->a = arguments[i];
        syntax_add(query, &call->items, argument);
    }
    query->source = call;
    query->clause_count++;
}

static void add_pair_member(Query *query, Node *object, Name name, Node *value)
{
    Node *member = syntax_new(query, NODE_MEMBER_INITIALIZER, value->span);
    member->name = name;
    member->a = value;
    syntax_add(query, &object->items, member);
}

/* new { current, name = value } */
static Node *pair_node(Query *query, Name name, Node *value, Span span)
{
    Node *object = syntax_new(query, NODE_ANONYMOUS_OBJECT, span);
    object->flags |= FLAG_QUERY;
    add_pair_member(query, object, query->current, name_node(query, query->current, span));
    add_pair_member(query, object, name, value);
    return object;
}

/* --- range variables -------------------------------------------------------------------------------------------------
 */

static void check_new_variable(Query *query, Node *node)
{
    Function *function = NULL;
    for (uint32_t i = 0; i < query->variable_count; i++)
        if (query->variables[i].name == node->name) {
            ERROR_AT(query->binder, node->span, ERROR_RANGE_VARIABLE_TWICE, node->name->text);
            return;
        }
    if (lookup_local(query->binder, node->name, &function))
        ERROR_AT(query->binder, node->span, ERROR_RANGE_VARIABLE_CONFLICT, node->name->text, node->name->text);
}

static void add_variable(Query *query, Node *node)
{
    RangeVariable variable = {.name = node->name, .node = node, .way_count = 1};
    variable.way = ARENA_ARRAY(query->binder->arena, Name, 1);
    variable.way[0] = node->name;
    ARENA_PUSH(query->binder->arena, query->variables, query->variable_count, query->variable_capacity, variable);
}

/* From here on each element is a pair of what it was and the new variable. */
static void enter_transparent(Query *query, Node *variable)
{
    add_variable(query, variable);
    query->current =
        name_of(query->binder->world->names,
                arena_format(query->binder->arena, "<>h__TransparentIdentifier%u", query->transparent_count++));
    for (uint32_t i = 0; i < query->variable_count; i++) {
        RangeVariable *each = &query->variables[i];
        Name *way = ARENA_ARRAY(query->binder->arena, Name, each->way_count + 1);
        way[0] = query->current;
        memcpy(way + 1, each->way, each->way_count * sizeof *way);
        each->way = way;
        each->way_count++;
    }
}

static void start_with(Query *query, Node *variable)
{
    query->variable_count = 0;
    query->current = variable->name;
    query->clause_count = 0;
    Function *function = NULL;
    if (lookup_local(query->binder, variable->name, &function))
        ERROR_AT(query->binder, variable->span, ERROR_RANGE_VARIABLE_CONFLICT, variable->name->text,
                 variable->name->text);
    add_variable(query, variable);
}

/* --- clauses ---------------------------------------------------------------------------------------------------------
 */

static bool is_clause(const Node *clause, const char *name)
{
    return clause->name && strcmp(clause->name->text, name) == 0;
}

/* The collection of a from or join clause: with a type, e.Cast<T>(). */
static Node *collection_of(Query *query, Node *clause)
{
    if (!clause->b)
        return clause->a;
    Span span = clause->a->span;
    Node *call = syntax_new(query, NODE_CALL, span);
    Node *cast = syntax_new(query, NODE_QUALIFIED, span);
    cast->a = clause->a;
    cast->b = syntax_new(query, NODE_GENERIC_NAME, span);
    cast->b->name = name_of(query->binder->world->names, "Cast");
    cast->flags |= FLAG_QUERY;
    cast->at = query->first;
    syntax_add(query, &cast->b->items, clause->b);
    call->a = cast;
    return call;
}

/* Ends a clause that brings a variable: either the query's select follows and uses both, or a pair of both goes on. */
static bool finish_with_pair(Query *query, const char *method, Node *clause, Node *variable, Node **arguments,
                             uint32_t count, const Node *next)
{
    bool is_last = next && is_clause(next, "select");
    Node *result =
        is_last ? next->a
                : pair_node(query, variable->name, name_node(query, variable->name, variable->span), clause->span);
    arguments[count] = lambda_node(query, result, variable->name);
    call_method(query, method, clause->span, arguments, count + 1);
    if (is_last)
        add_variable(query, variable);
    else
        enter_transparent(query, variable);
    return is_last;
}

static bool from_clause(Query *query, Node *clause, const Node *next)
{
    Node *variable = clause->items.at[0];
    check_new_variable(query, variable);
    Node *arguments[2] = {lambda_node(query, collection_of(query, clause), NULL)};
    return finish_with_pair(query, "SelectMany", clause, variable, arguments, 1, next);
}

static bool join_clause(Query *query, Node *clause, const Node *next)
{
    Node *variable = clause->items.at[0];
    Node *group = clause->items.count > 1 ? clause->items.at[1] : NULL;
    check_new_variable(query, variable);
    if (group)
        check_new_variable(query, group);
    Node *arguments[4] = {collection_of(query, clause), lambda_node(query, clause->c, NULL)};
    Query inner = {.binder = query->binder, .current = variable->name};
    arguments[2] = lambda_node(&inner, clause->d, NULL);
    return finish_with_pair(query, group ? "GroupJoin" : "Join", clause, group ? group : variable, arguments, 3, next);
}

static void let_clause(Query *query, Node *clause)
{
    Node *variable = clause->items.at[0];
    check_new_variable(query, variable);
    Node *argument = lambda_node(
        query, pair_node(query, variable->name, clause->a, (Span){variable->span.start, clause->span.end}), NULL);
    call_method(query, "Select", clause->span, &argument, 1);
    enter_transparent(query, variable);
}

static void order_clause(Query *query, Node *clause, bool is_first)
{
    bool descending = is_clause(clause, "descending");
    const char *method =
        is_first ? (descending ? "OrderByDescending" : "OrderBy") : (descending ? "ThenByDescending" : "ThenBy");
    Node *argument = lambda_node(query, clause->a, NULL);
    call_method(query, method, clause->span, &argument, 1);
}

static bool is_current(const Query *query, const Node *value)
{
    return value->kind == NODE_NAME && value->name == query->current;
}

static void select_clause(Query *query, Node *clause)
{
    if (query->clause_count && is_current(query, clause->a))
        return;
    Node *argument = lambda_node(query, clause->a, NULL);
    call_method(query, "Select", clause->span, &argument, 1);
}

static void group_clause(Query *query, Node *clause)
{
    Node *arguments[2] = {lambda_node(query, clause->b, NULL), lambda_node(query, clause->a, NULL)};
    call_method(query, "GroupBy", clause->span, arguments, is_current(query, clause->a) ? 1 : 2);
}

static bool is_order(const Node *clause)
{
    return is_clause(clause, "orderby") || is_clause(clause, "descending") || is_clause(clause, "ascending");
}

/* One clause; true when it took the select that follows with it. */
static bool translate_clause(Query *query, Node *clause, const Node *before, const Node *next)
{
    if (is_clause(clause, "from"))
        return from_clause(query, clause, next);
    if (is_clause(clause, "join"))
        return join_clause(query, clause, next);
    if (is_clause(clause, "let")) {
        let_clause(query, clause);
    } else if (is_clause(clause, "where")) {
        Node *argument = lambda_node(query, clause->a, NULL);
        call_method(query, "Where", clause->span, &argument, 1);
    } else if (is_order(clause)) {
        order_clause(
            query, clause,
            !(before && is_order(before) && before->span.end <= clause->span.start && clause->flags & FLAG_QUERY));
    } else if (is_clause(clause, "select")) {
        select_clause(query, clause);
    } else if (is_clause(clause, "group")) {
        group_clause(query, clause);
    } else if (is_clause(clause, "into")) {
        start_with(query, clause->items.at[0]);
    }
    return false;
}

static bool is_complete(const Node *clause)
{
    bool needs_value = !is_clause(clause, "into");
    bool needs_name =
        is_clause(clause, "from") || is_clause(clause, "join") || is_clause(clause, "let") || !needs_value;
    if ((needs_value && !clause->a) || (needs_name && (!clause->items.count || !clause->items.at[0]->name)))
        return false;
    return !is_clause(clause, "join") || (clause->c && clause->d);
}

Bound *bind_query(Binder *binder, Node *node)
{
    Query query = {.binder = binder};
    for (uint32_t i = 0; i < node->items.count; i++)
        if (!is_complete(node->items.at[i]))
            return bad(binder, node->span); /* the parser has said why */
    Node *first = node->items.at[0];
    start_with(&query, first->items.at[0]);
    query.first = first->a->span;
    query.source = collection_of(&query, first);
    for (uint32_t i = 1; i < node->items.count; i++) {
        Node *next = i + 1 < node->items.count ? node->items.at[i + 1] : NULL;
        if (translate_clause(&query, node->items.at[i], node->items.at[i - 1], next))
            i++;
    }
    return bind_expression(binder, query.source);
}
