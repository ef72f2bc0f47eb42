/* LINQ query expressions. */
#include "lang/parser_internal.h"

bool is_query(Parser *p)
{
    if (!at_word(p, WORD_FROM))
        return false;
    TokenKind first = peek_kind(p, 1);
    if (is_predefined_type(first))
        return true;
    if (first != TOKEN_IDENTIFIER)
        return false;
    TokenKind second = peek_kind(p, 2);
    return second != TOKEN_SEMICOLON && second != TOKEN_COMMA && second != TOKEN_EQUAL;
}

static Node *query_clause(Parser *p)
{
    Node *node = node_new(p, NODE_QUERY_CLAUSE);
    node->name = current(p)->name;
    advance(p);
    return node;
}

/* from T x in e; join T x in e on a equals b into y: items[0] is the variable's NAME, a: collection, b: type?; then the
 * keys of a join in c and d, and its `into` variable in items[1]. */
static Node *parse_from(Parser *p, bool is_join)
{
    Node *node = query_clause(p);
    if (peek_kind(p, 1) != TOKEN_IN)
        node->b = parse_type(p, TYPE_NORMAL);
    node_list_add(p, &node->items, parse_simple_name(p, true));
    expect(p, TOKEN_IN);
    node->a = parse_expression(p);
    if (is_join) {
        if (!accept_word(p, WORD_ON))
            error_missing(p, ERROR_QUERY_ON, NULL);
        node->c = parse_expression(p);
        if (!accept_word(p, WORD_EQUALS))
            error_missing(p, ERROR_QUERY_EQUALS, NULL);
        node->d = parse_expression(p);
        if (accept_word(p, WORD_INTO))
            node_list_add(p, &node->items, parse_simple_name(p, true));
    }
    return finish(p, node);
}

static Node *parse_let(Parser *p)
{
    Node *node = query_clause(p);
    node_list_add(p, &node->items, parse_simple_name(p, true));
    expect(p, TOKEN_EQUAL);
    node->a = parse_expression(p);
    return finish(p, node);
}

/* orderby: one clause per key; its name is "orderby" or "descending". */
static void parse_orderby(Parser *p, Node *query)
{
    Name word = current(p)->name;
    do {
        bool is_first = !at(p, TOKEN_COMMA);
        Node *node = query_clause(p); /* `orderby`, or the ',' between keys */
        node->name = word;
        if (!is_first)
            node->flags |= FLAG_QUERY;
        node->a = parse_expression(p);
        if (at_word(p, WORD_DESCENDING))
            node->name = current(p)->name;
        if (at_word(p, WORD_DESCENDING) || at_word(p, WORD_ASCENDING))
            advance(p);
        node_list_add(p, &query->items, finish(p, node));
    } while (at(p, TOKEN_COMMA));
}

/* select e; group e by e. False: the body of the query has ended with an error. */
static bool parse_query_end(Parser *p, Node *query)
{
    bool group = at_word(p, WORD_GROUP);
    if (!group && !at_word(p, WORD_SELECT)) {
        error_missing(p, ERROR_QUERY_END, NULL);
        return false;
    }
    Node *node = query_clause(p);
    node->a = parse_expression(p);
    if (group) {
        if (!accept_word(p, WORD_BY))
            error_missing(p, ERROR_QUERY_BY, NULL);
        node->b = parse_expression(p);
    }
    node_list_add(p, &query->items, finish(p, node));
    return true;
}

static void parse_query_body(Parser *p, Node *query)
{
    for (;;) {
        if (at_word(p, WORD_FROM) || at_word(p, WORD_JOIN)) {
            node_list_add(p, &query->items, parse_from(p, at_word(p, WORD_JOIN)));
        } else if (at_word(p, WORD_LET)) {
            node_list_add(p, &query->items, parse_let(p));
        } else if (at_word(p, WORD_WHERE)) {
            Node *where = query_clause(p);
            where->a = parse_expression(p);
            node_list_add(p, &query->items, finish(p, where));
        } else if (at_word(p, WORD_ORDERBY)) {
            parse_orderby(p, query);
        } else {
            if (!parse_query_end(p, query) || !at_word(p, WORD_INTO))
                return;
            Node *into = query_clause(p);
            node_list_add(p, &into->items, parse_simple_name(p, true));
            node_list_add(p, &query->items, finish(p, into));
        }
    }
}

Node *parse_query(Parser *p)
{
    Node *query = node_new(p, NODE_QUERY);
    bool in_query = p->in_query;
    p->in_query = true;
    node_list_add(p, &query->items, parse_from(p, false));
    parse_query_body(p, query);
    p->in_query = in_query;
    return finish(p, query);
}
