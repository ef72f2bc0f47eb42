/* Sequence points: where a statement of the user begins, as a debugger would stop there.
 *
 * They go into the tree before anything else is lowered, each in front of its statement, and travel with it into
 * whatever method it ends up in. A condition that a loop asks again and again cannot have one in front: such loops are
 * marked, and whoever generates the condition makes the point. Nothing is added to bodies of the core library. */
#include "lang/lower_internal.h"

#include <string.h>

static void add_points(Lowering *lowering, Bound *node);

static Bound *point(Lowering *lowering, Span span)
{
    return lower_statement(lowering, BOUND_POINT, span);
}

/* From `start` to the bracket that closes behind `value`: "while (x > 3)". */
static Span header(const World *world, Position start, Span value)
{
    const SourceFile *file = source_file_at(world->sources, value.end);
    uint32_t at = file ? value.end - file->base : 0;
    while (file && at < file->length && (unsigned char)file->text[at] <= ' ') {
        at++;
    }
    bool is_closed = file && at < file->length && file->text[at] == ')';
    return (Span){start, is_closed ? file->base + at + 1 : value.end};
}

static bool is_expression(const Node *node)
{
    return node->kind >= NODE_LITERAL && node->kind <= NODE_QUERY_CLAUSE;
}

/* What a `for` starts with. */
static Span for_start(const Node *node)
{
    if (node->a) {
        return node->a->span;
    }
    if (node->items.count) {
        return (Span){node->items.at[0]->span.start, node->items.at[node->items.count - 1]->span.end};
    }
    return (Span){0, 0};
}

/* Where the statement in front of which a point belongs is in the text; nowhere: it gets none. */
static Span statement_span(const Lowering *lowering, const Bound *statement)
{
    const Node *node = statement->syntax;
    if (!node || statement->kind == BOUND_NOP) {
        return (Span){0, 0};
    }
    if (is_expression(node)) {
        return node->span; /* a body `=> expression` */
    }
    switch ((int)node->kind) {
    case NODE_EXPRESSION_STATEMENT:
    case NODE_BREAK:
    case NODE_CONTINUE:
    case NODE_GOTO:
    case NODE_RETURN:
    case NODE_THROW:
    case NODE_YIELD_RETURN:
    case NODE_YIELD_BREAK:
        return node->span;
    case NODE_LOCAL_DECLARATION:
        return statement->kind == BOUND_BLOCK ? (Span){0, 0} : node->span;
    case NODE_IF:
    case NODE_SWITCH:
    case NODE_LOCK:
    case NODE_USING_STATEMENT:
        return header(lowering->world, node->span.start, node->a->span);
    case NODE_FOREACH:
        return header(lowering->world, node->span.start, node->c->span);
    case NODE_FOR:
        return for_start(node);
    default:
        return (Span){0, 0};
    }
}

static bool is_program(const Method *method)
{
    return method->program != NULL;
}

Bound *lower_keep_point(Lowering *lowering)
{
    Bound *node = point(lowering, (Span){0, 0});
    node->flags |= BOUND_KEEP;
    return node;
}

/* The innermost block that ends where `block` ends: what follows a using declaration is a block of its own. */
static Bound *last_block(Bound *block)
{
    for (;;) {
        Bound *last = block->items.count ? block->items.at[block->items.count - 1] : NULL;
        bool is_using = last && last->kind == BOUND_TRY && last->b && (last->b->flags & BOUND_COMPILER_MADE);
        Bound *inner = is_using ? last->a : last;
        if (!inner || inner->kind != BOUND_BLOCK) {
            return block;
        }
        block = inner;
    }
}

/* `int a = 1, b = 2;`: one point each. */
static void add_declarators(Lowering *lowering, BoundList *list, Bound *group)
{
    const Node *node = group->syntax;
    BoundList items = group->items;
    group->items = (BoundList){0};
    for (uint32_t i = 0; i < items.count; i++) {
        Span span = node->items.at[i]->span;
        span.start = i ? span.start : node->span.start;
        if (items.at[i]->kind != BOUND_NOP) {
            lower_add(lowering, &group->items, point(lowering, span));
        }
        lower_add(lowering, &group->items, items.at[i]);
    }
    lower_add(lowering, list, group);
}

static void add_to_list(Lowering *lowering, BoundList *list)
{
    BoundList items = *list;
    *list = (BoundList){0};
    for (uint32_t i = 0; i < items.count; i++) {
        Bound *item = items.at[i];
        bool is_group = item->kind == BOUND_BLOCK && item->syntax && item->syntax->kind == NODE_LOCAL_DECLARATION;
        if (is_group) {
            add_declarators(lowering, list, item);
            continue;
        }
        Span span = statement_span(lowering, item);
        if (span.start) {
            lower_add(lowering, list, point(lowering, span));
        }
        if (item->kind == BOUND_RETURN && is_program(lowering->method)) {
            lower_add(lowering, list, lower_keep_point(lowering));
        }
        add_points(lowering, item);
        lower_add(lowering, list, item);
    }
}

/* Each round of a foreach begins with its header again. */
static void add_round(Lowering *lowering, Bound *body)
{
    const Node *node = body->kind == BOUND_BLOCK ? body->syntax : NULL;
    if (!node || node->kind != NODE_FOREACH) {
        return;
    }
    BoundList items = body->items;
    body->items = (BoundList){0};
    lower_add(lowering, &body->items, point(lowering, header(lowering->world, node->span.start, node->c->span)));
    for (uint32_t i = 0; i < items.count; i++) {
        lower_add(lowering, &body->items, items.at[i]);
    }
}

static void add_to_child(void *context, Bound *node)
{
    if (node->kind >= BOUND_BLOCK) {
        add_points(context, node);
    }
}

static void add_points(Lowering *lowering, Bound *node)
{
    switch (node->kind) {
    case BOUND_BLOCK:
        add_to_list(lowering, &node->items);
        return;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR: {
        NodeKind kind = node->syntax ? node->syntax->kind : NODE_EMPTY_STATEMENT;
        if (kind == NODE_WHILE || kind == NODE_DO || kind == NODE_FOR) {
            node->flags |= BOUND_STEPPED;
        }
        add_points(lowering, node->b);
        add_round(lowering, node->b);
        return;
    }
    default:
        bound_for_each_child(node, add_to_child, lowering);
        return;
    }
}

/* Where `while` stands behind the body of a do loop. */
static Position do_tail(const World *world, const Node *node)
{
    const SourceFile *file = source_file_at(world->sources, node->a->span.end);
    uint32_t at = file ? node->a->span.end - file->base : 0;
    while (file && at < file->length && (unsigned char)file->text[at] <= ' ') {
        at++;
    }
    bool is_there = file && at + 5 < file->length && memcmp(file->text + at, "while", 5) == 0;
    return is_there ? file->base + at : node->b->span.start;
}

Span condition_point(const World *world, const Bound *loop)
{
    const Node *node = loop->flags & BOUND_STEPPED ? loop->syntax : NULL;
    if (!node || !loop->a) {
        return (Span){0, 0};
    }
    switch ((int)node->kind) {
    case NODE_WHILE:
        return header(world, node->span.start, node->a->span);
    case NODE_DO:
        return header(world, do_tail(world, node), node->b->span);
    default:
        return node->b->span;
    }
}

Span step_point(const Bound *loop)
{
    const Node *node = loop->flags & BOUND_STEPPED ? loop->syntax : NULL;
    if (!node || node->kind != NODE_FOR || !node->extra.count) {
        return (Span){0, 0};
    }
    return (Span){node->extra.at[0]->span.start, node->extra.at[node->extra.count - 1]->span.end};
}

void lower_add_points(Lowering *lowering, Function *function)
{
    if (!lowering->type->is_library && function->body) {
        add_points(lowering, function->body);
    }
    if (function->kind == FUNCTION_METHOD && is_program(lowering->method)) {
        Bound *block = last_block(function->body);
        lower_add(lowering, &block->items, lower_keep_point(lowering));
    }
}
