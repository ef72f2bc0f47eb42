/* Patterns, designations and switch expressions. */
#include "lang/parser_internal.h"

static Node *parse_or_pattern(Parser *p, Precedence precedence);

/* --- designations ------------------------------------------------------------------------------------------------- */

/* Over `x`, `_` or `(a, (b, _))`. */
static bool scan_designation_at(Parser *p, uint32_t *ahead, unsigned depth)
{
    if (peek_kind(p, *ahead) == TOKEN_IDENTIFIER) {
        ++*ahead;
        return true;
    }
    if (peek_kind(p, *ahead) != TOKEN_OPEN_PAREN || depth >= DEEPEST_NESTING)
        return false;
    ++*ahead;
    if (peek_kind(p, *ahead) == TOKEN_CLOSE_PAREN) {
        ++*ahead;
        return true;
    }
    while (scan_designation_at(p, ahead, depth + 1)) {
        TokenKind token = peek_kind(p, *ahead);
        ++*ahead;
        if (token == TOKEN_CLOSE_PAREN)
            return true;
        if (token != TOKEN_COMMA)
            return false;
    }
    return false;
}

bool scan_designation(Parser *p, uint32_t *ahead)
{
    return scan_designation_at(p, ahead, p->depth);
}

Node *parse_designation(Parser *p)
{
    if (!enter(p))
        return node_error(p);
    Node *node;
    if (at(p, TOKEN_OPEN_PAREN)) {
        node = node_new(p, NODE_PARENTHESIZED_DESIGNATION);
        advance(p);
        while (!at(p, TOKEN_CLOSE_PAREN)) {
            node_list_add(p, &node->items, parse_designation(p));
            if (!accept(p, TOKEN_COMMA))
                break;
        }
        expect(p, TOKEN_CLOSE_PAREN);
    } else if (at_word(p, WORD_UNDERSCORE)) {
        node = node_new(p, NODE_DISCARD_DESIGNATION);
        advance(p);
    } else {
        node = node_new(p, NODE_SINGLE_DESIGNATION);
        node->name = expect_identifier(p);
    }
    leave(p);
    return finish(p, node);
}

/* --- patterns ----------------------------------------------------------------------------------------------------- */

static bool is_possible_subpattern(Parser *p);

static bool at_designation(Parser *p)
{
    if (at_word(p, WORD_AND) || at_word(p, WORD_OR)) { /* a variable of that name when no pattern follows */
        uint32_t index = p->stream.index;
        fill_tokens(p, 1);
        p->stream.index++;
        bool pattern = is_possible_subpattern(p);
        p->stream.index = index;
        return !pattern && peek_kind(p, 1) != TOKEN_END;
    }
    return is_identifier(p) && !at_word(p, WORD_WHEN);
}

static bool is_possible_subpattern(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_OPEN_BRACE:
        return true;
    default:
        return can_start_expression(p);
    }
}

/* How many tokens `A.B.C` is long when a ':' follows it; 0: no such path. */
static uint32_t subpattern_path(Parser *p)
{
    uint32_t ahead = 0;
    while (peek_kind(p, ahead) == TOKEN_IDENTIFIER) {
        if (peek_kind(p, ahead + 1) == TOKEN_COLON)
            return ahead + 1;
        if (peek_kind(p, ahead + 1) != TOKEN_DOT)
            return 0;
        ahead += 2;
    }
    return 0;
}

static Node *parse_subpattern(Parser *p)
{
    Node *node = node_new(p, NODE_SUBPATTERN);
    uint32_t path = subpattern_path(p);
    if (path == 1) {
        node->name = current(p)->name;
        advance(p);
    } else if (path > 1) {
        node->c = parse_name(p);
    }
    if (path)
        advance(p); /* ':' */
    node->a = parse_pattern(p, PRECEDENCE_CONDITIONAL, false);
    return finish(p, node);
}

static void parse_subpatterns(Parser *p, NodeList *list, TokenKind close)
{
    advance(p);
    bool comma;
    bool more = !at(p, close) && (is_possible_subpattern(p) || skip_bad(p, is_possible_subpattern, close, TOKEN_COMMA));
    while (more) {
        node_list_add(p, list, parse_subpattern(p));
        more = list_continues(p, close, is_possible_subpattern, &comma) && !at(p, close);
    }
    expect(p, close);
}

static Node *parse_list_pattern(Parser *p)
{
    Node *node = node_new(p, NODE_LIST_PATTERN);
    advance(p);
    bool comma;
    bool more = !at(p, TOKEN_CLOSE_BRACKET) &&
                (is_possible_subpattern(p) || skip_bad(p, is_possible_subpattern, TOKEN_CLOSE_BRACKET, TOKEN_COMMA));
    while (more) {
        node_list_add(p, &node->items, parse_pattern(p, PRECEDENCE_CONDITIONAL, false));
        more = list_continues(p, TOKEN_CLOSE_BRACKET, is_possible_subpattern, &comma) && !at(p, TOKEN_CLOSE_BRACKET) &&
               !at(p, TOKEN_SEMICOLON);
    }
    expect(p, TOKEN_CLOSE_BRACKET);
    if (at_designation(p))
        node->b = parse_designation(p);
    return finish(p, node);
}

/* What may follow an (optional) type: `(a, b)`, `{ X: 1 }`, a variable. */
static Node *parse_recursive(Parser *p, Node *type)
{
    Node *node = type ? node_around(p, NODE_RECURSIVE_PATTERN, type) : node_new(p, NODE_RECURSIVE_PATTERN);
    node->a = type;
    if (at(p, TOKEN_OPEN_PAREN)) {
        node->flags |= FLAG_POSITIONAL;
        parse_subpatterns(p, &node->items, TOKEN_CLOSE_PAREN);
    }
    if (at(p, TOKEN_OPEN_BRACE)) {
        node->flags |= FLAG_PROPERTY;
        parse_subpatterns(p, &node->extra, TOKEN_CLOSE_BRACE);
    }
    if (at_designation(p))
        node->b = parse_designation(p);
    finish(p, node);
    bool grouping = !type && !node->b && !(node->flags & FLAG_PROPERTY) && node->items.count == 1 &&
                    !node->items.at[0]->name && !node->items.at[0]->c;
    if (grouping) { /* (pattern) */
        node->kind = NODE_PARENTHESIZED_PATTERN;
        node->flags &= ~(uint32_t)FLAG_POSITIONAL;
        node->a = node->items.at[0]->a;
        node->items.count = 0;
    }
    return node;
}

static Node *parse_constant_pattern(Parser *p)
{
    Node *node = node_new(p, NODE_CONSTANT_PATTERN);
    node->a = parse_sub_expression(p, PRECEDENCE_SHIFT);
    finish(p, node);
    node->span = node->a->span;
    node->at = node->a->at;
    return node;
}

static bool is_binary_operator(TokenKind token)
{
    switch (token) {
    case TOKEN_PLUS:
    case TOKEN_MINUS:
    case TOKEN_SLASH:
    case TOKEN_PERCENT:
    case TOKEN_SHIFT_LEFT:
    case TOKEN_AND:
    case TOKEN_OR:
    case TOKEN_XOR:
    case TOKEN_STAR:
        return true;
    default:
        return false;
    }
}

/* Whether a pattern starts with a type here, rather than with a constant expression. */
static bool starts_with_type(Parser *p)
{
    uint32_t ahead = 0;
    if (is_predefined_type(kind(p)))
        return peek_kind(p, 1) != TOKEN_DOT;
    if (!is_identifier(p))
        return false;
    while (peek_kind(p, ahead) == TOKEN_IDENTIFIER) {
        ahead++;
        if (peek_kind(p, ahead) == TOKEN_LESS && !scan_type_arguments(p, &ahead, p->depth, NULL))
            return false;
        if (peek_kind(p, ahead) != TOKEN_DOT && peek_kind(p, ahead) != TOKEN_COLON_COLON)
            break;
        ahead++;
    }
    return !is_binary_operator(peek_kind(p, ahead)) && peek_kind(p, ahead) != TOKEN_NOT;
}

static Node *parse_type_pattern(Parser *p)
{
    Node *type = parse_type(p, TYPE_IN_PATTERN);
    if (at(p, TOKEN_OPEN_PAREN) || at(p, TOKEN_OPEN_BRACE))
        return parse_recursive(p, type);
    Node *node = node_around(p, NODE_TYPE_PATTERN, type);
    node->a = type;
    if (at_designation(p)) {
        node->kind = NODE_DECLARATION_PATTERN;
        node->b = parse_designation(p);
    }
    return finish(p, node);
}

static bool is_parenthesized_constant(Parser *p);
static bool is_binary_operator(TokenKind token);

/* `(A.X | A.Y)`: names with an operator after the first one, so that the parentheses belong to an expression. */
static bool is_parenthesized_operation(Parser *p)
{
    uint32_t ahead = 1;
    while (peek_kind(p, ahead) == TOKEN_IDENTIFIER && peek_kind(p, ahead + 1) == TOKEN_DOT)
        ahead += 2;
    TokenKind first = peek_kind(p, ahead);
    return (first == TOKEN_IDENTIFIER || first == TOKEN_NUMBER) && is_binary_operator(peek_kind(p, ahead + 1));
}

static Node *parse_primary_pattern(Parser *p)
{
    Node *node;
    switch (kind(p)) {
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER:
    case TOKEN_GREATER_EQUAL:
        node = node_new(p, NODE_RELATIONAL_PATTERN);
        node->token = (uint16_t)kind(p);
        advance(p);
        node->a = parse_sub_expression(p, PRECEDENCE_SHIFT);
        return finish(p, node);
    case TOKEN_OPEN_BRACKET:
        return parse_list_pattern(p);
    case TOKEN_OPEN_BRACE:
        return parse_recursive(p, NULL);
    case TOKEN_OPEN_PAREN:
        return is_parenthesized_constant(p) || is_parenthesized_operation(p) ? parse_constant_pattern(p)
                                                                             : parse_recursive(p, NULL);
    case TOKEN_DOT_DOT:
        node = node_new(p, NODE_SLICE_PATTERN);
        advance(p);
        if (is_possible_subpattern(p))
            node->a = parse_or_pattern(p, PRECEDENCE_CONDITIONAL);
        return finish(p, node);
    default:
        break;
    }
    if (at_word(p, WORD_UNDERSCORE) && peek_kind(p, 1) != TOKEN_DOT) {
        node = node_new(p, NODE_DISCARD_PATTERN);
        advance(p);
        return node;
    }
    TokenKind next = peek_kind(p, 1);
    if (at_word(p, WORD_VAR) && (next == TOKEN_IDENTIFIER || next == TOKEN_OPEN_PAREN) &&
        peek(p, 1)->word != WORD_AND && peek(p, 1)->word != WORD_OR && peek(p, 1)->word != WORD_WHEN) {
        node = node_new(p, NODE_VAR_PATTERN);
        advance(p);
        node->b = parse_designation(p);
        return finish(p, node);
    }
    if (!can_start_expression(p)) {
        error_missing(p, ERROR_PATTERN_MISSING, NULL);
        return node_error(p);
    }
    return starts_with_type(p) ? parse_type_pattern(p) : parse_constant_pattern(p);
}

/* `(int)x` and the like: a cast in front of a constant. */
static bool is_parenthesized_constant(Parser *p)
{
    uint32_t ahead = 1;
    TypeShape shape = scan_type(p, &ahead);
    if (shape == SHAPE_NONE || shape == SHAPE_TUPLE || peek_kind(p, ahead) != TOKEN_CLOSE_PAREN)
        return false;
    switch (peek_kind(p, ahead + 1)) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_CHARACTER:
    case TOKEN_OPEN_PAREN:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        return true;
    case TOKEN_MINUS:
        return shape == SHAPE_TYPE;
    case TOKEN_IDENTIFIER: {
        const Token *after = peek(p, ahead + 1);
        TokenKind next = peek_kind(p, ahead + 2);
        return after->word != WORD_AND && after->word != WORD_OR && after->word != WORD_WHEN &&
               (next == TOKEN_DOT || shape == SHAPE_TYPE);
    }
    default:
        return false;
    }
}

static Node *parse_not_pattern(Parser *p)
{
    if (!at_word(p, WORD_NOT))
        return parse_primary_pattern(p);
    if (!enter(p))
        return node_error(p);
    Node *node = node_new(p, NODE_NOT_PATTERN);
    advance(p);
    node->a = parse_not_pattern(p);
    leave(p);
    return finish(p, node);
}

static Node *combine(Parser *p, NodeKind node_kind, Node *left, Node *(*next)(Parser *p))
{
    Node *node = node_around(p, node_kind, left);
    advance(p);
    node->a = left;
    node->b = next(p);
    return finish(p, node);
}

static Node *parse_and_pattern(Parser *p)
{
    Node *left = parse_not_pattern(p);
    uint32_t links = 0;
    while (at_word(p, WORD_AND) && add_link(p, &links))
        left = combine(p, NODE_AND_PATTERN, left, parse_not_pattern);
    return left;
}

static Node *parse_or_pattern(Parser *p, Precedence precedence)
{
    (void)precedence;
    if (!enter(p))
        return node_error(p);
    Node *left = parse_and_pattern(p);
    uint32_t links = 0;
    while (at_word(p, WORD_OR) && add_link(p, &links))
        left = combine(p, NODE_OR_PATTERN, left, parse_and_pattern);
    leave(p);
    return left;
}

Node *parse_pattern(Parser *p, Precedence precedence, bool after_is)
{
    (void)after_is;
    return parse_or_pattern(p, precedence);
}

/* --- switch expressions ------------------------------------------------------------------------------------------- */

static Node *parse_arm(Parser *p)
{
    Node *node = node_new(p, NODE_SWITCH_ARM);
    node->a = parse_pattern(p, PRECEDENCE_COALESCING, false);
    if (accept_word(p, WORD_WHEN))
        node->b = parse_sub_expression(p, PRECEDENCE_COALESCING);
    expect(p, TOKEN_ARROW);
    node->c = parse_ref_expression(p);
    return finish(p, node);
}

Node *parse_switch_expression(Parser *p, Node *value)
{
    Node *node = node_around(p, NODE_SWITCH_EXPRESSION, value);
    bool in_interpolation = p->in_interpolation;
    p->in_interpolation = false;
    node->a = value;
    node->at = token_span(p, current(p));
    advance(p); /* switch */
    expect(p, TOKEN_OPEN_BRACE);
    while (!at(p, TOKEN_CLOSE_BRACE) && !at(p, TOKEN_END) && !at(p, TOKEN_SEMICOLON)) {
        uint32_t start = current(p)->start;
        node_list_add(p, &node->items, parse_arm(p));
        if (!at(p, TOKEN_CLOSE_BRACE))
            expect(p, TOKEN_COMMA);
        if (current(p)->start == start && !at(p, TOKEN_END))
            break;
    }
    expect(p, TOKEN_CLOSE_BRACE);
    p->in_interpolation = in_interpolation;
    return finish(p, node);
}
