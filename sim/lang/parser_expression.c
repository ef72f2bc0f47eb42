/* Expressions: operators, calls and member access; what stands between operators is in parser_primary.c. */
#include "lang/parser_internal.h"

/* --- what can start an expression --------------------------------------------------------------------------------- */

bool can_start_expression(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_INTERPOLATED:
    case TOKEN_CHARACTER:
    case TOKEN_OPEN_PAREN:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_TYPEOF:
    case TOKEN_DEFAULT:
    case TOKEN_SIZEOF:
    case TOKEN_BASE:
    case TOKEN_FALSE:
    case TOKEN_THIS:
    case TOKEN_TRUE:
    case TOKEN_NULL:
    case TOKEN_NEW:
    case TOKEN_DELEGATE:
    case TOKEN_THROW:
    case TOKEN_STACKALLOC:
    case TOKEN_DOT_DOT:
    case TOKEN_REF:
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
    case TOKEN_PLUS:
    case TOKEN_MINUS:
    case TOKEN_NOT:
    case TOKEN_TILDE:
    case TOKEN_AND:
    case TOKEN_STAR:
    case TOKEN_XOR:
    case TOKEN_PLUS_PLUS:
    case TOKEN_MINUS_MINUS:
        return true;
    case TOKEN_STATIC:
        return is_lambda(p);
    case TOKEN_IDENTIFIER:
        return is_identifier(p) || (at_word(p, WORD_FROM) && is_query(p));
    default:
        return is_predefined_type(kind(p));
    }
}

static bool is_binary_only(TokenKind token)
{
    switch (token) {
    case TOKEN_EQUAL:
    case TOKEN_PLUS_EQUAL:
    case TOKEN_MINUS_EQUAL:
    case TOKEN_STAR_EQUAL:
    case TOKEN_SLASH_EQUAL:
    case TOKEN_PERCENT_EQUAL:
    case TOKEN_AND_EQUAL:
    case TOKEN_OR_EQUAL:
    case TOKEN_XOR_EQUAL:
    case TOKEN_SHIFT_LEFT_EQUAL:
    case TOKEN_QUESTION_QUESTION_EQUAL:
    case TOKEN_QUESTION_QUESTION:
    case TOKEN_OR_OR:
    case TOKEN_AND_AND:
    case TOKEN_OR:
    case TOKEN_EQUAL_EQUAL:
    case TOKEN_NOT_EQUAL:
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_IS:
    case TOKEN_AS:
    case TOKEN_GREATER:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_SHIFT_LEFT:
    case TOKEN_SLASH:
    case TOKEN_PERCENT:
        return true;
    default:
        return false;
    }
}

bool is_possible_expression(Parser *p)
{
    return is_binary_only(kind(p)) || can_start_expression(p);
}

bool is_possible_argument(Parser *p)
{
    return is_possible_expression(p) || at(p, TOKEN_REF) || at(p, TOKEN_OUT) || at(p, TOKEN_IN);
}

/* Statement words where an expression should be: they are left for the statement. */
static bool cannot_be_operand(TokenKind token)
{
    switch (token) {
    case TOKEN_BREAK:
    case TOKEN_CASE:
    case TOKEN_CATCH:
    case TOKEN_CONST:
    case TOKEN_CONTINUE:
    case TOKEN_DO:
    case TOKEN_FINALLY:
    case TOKEN_FOR:
    case TOKEN_FOREACH:
    case TOKEN_GOTO:
    case TOKEN_IF:
    case TOKEN_ELSE:
    case TOKEN_LOCK:
    case TOKEN_RETURN:
    case TOKEN_SWITCH:
    case TOKEN_TRY:
    case TOKEN_USING:
    case TOKEN_WHILE:
        return true;
    default:
        return false;
    }
}

/* `await` is an operator inside async functions and in top-level statements; elsewhere when the next token starts an
 * operand and could not follow a variable called await (so that the checker can say that async is missing). */
bool is_await(Parser *p)
{
    if (!at_word(p, WORD_AWAIT))
        return false;
    if (p->in_async)
        return true;
    const Token *next = peek(p, 1);
    switch (next->kind) {
    case TOKEN_IDENTIFIER:
        return next->word != WORD_WITH;
    case TOKEN_NEW:
    case TOKEN_THIS:
    case TOKEN_BASE:
    case TOKEN_DELEGATE:
    case TOKEN_TYPEOF:
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
    case TOKEN_DEFAULT:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NULL:
    case TOKEN_STRING:
    case TOKEN_INTERPOLATED:
    case TOKEN_CHARACTER:
    case TOKEN_NUMBER:
        return true;
    default:
        return false;
    }
}

/* --- operators ---------------------------------------------------------------------------------------------------- */

typedef struct Operator {
    TokenKind token;
    uint32_t width; /* how many tokens it is made of: '>' '>' is one operator */
    Precedence precedence;
    bool right; /* associates to the right */
} Operator;

/* The operators that start with '>'. */
static Operator shift_operator(Parser *p)
{
    if (at(p, TOKEN_GREATER_EQUAL))
        return (Operator){TOKEN_GREATER_EQUAL, 1, PRECEDENCE_RELATIONAL, false};
    TokenKind second = touches_next(p, 0) ? peek_kind(p, 1) : TOKEN_END;
    if (second == TOKEN_GREATER_EQUAL)
        return (Operator){TOKEN_SHIFT_RIGHT_EQUAL, 2, PRECEDENCE_EXPRESSION, true};
    if (second != TOKEN_GREATER)
        return (Operator){TOKEN_GREATER, 1, PRECEDENCE_RELATIONAL, false};
    TokenKind third = touches_next(p, 1) ? peek_kind(p, 2) : TOKEN_END;
    if (third == TOKEN_GREATER_EQUAL)
        return (Operator){TOKEN_SHIFT_RIGHT_UNSIGNED_EQUAL, 3, PRECEDENCE_EXPRESSION, true};
    if (third == TOKEN_GREATER)
        return (Operator){TOKEN_SHIFT_RIGHT_UNSIGNED, 3, PRECEDENCE_SHIFT, false};
    return (Operator){TOKEN_SHIFT_RIGHT, 2, PRECEDENCE_SHIFT, false};
}

static Operator operator_at(Parser *p)
{
    TokenKind token = kind(p);
    switch (token) {
    case TOKEN_GREATER:
    case TOKEN_GREATER_EQUAL:
        return shift_operator(p);
    case TOKEN_EQUAL:
    case TOKEN_PLUS_EQUAL:
    case TOKEN_MINUS_EQUAL:
    case TOKEN_STAR_EQUAL:
    case TOKEN_SLASH_EQUAL:
    case TOKEN_PERCENT_EQUAL:
    case TOKEN_AND_EQUAL:
    case TOKEN_OR_EQUAL:
    case TOKEN_XOR_EQUAL:
    case TOKEN_SHIFT_LEFT_EQUAL:
    case TOKEN_QUESTION_QUESTION_EQUAL:
        return (Operator){token, 1, PRECEDENCE_EXPRESSION, true};
    case TOKEN_QUESTION_QUESTION:
        return (Operator){token, 1, PRECEDENCE_COALESCING, true};
    case TOKEN_OR_OR:
        return (Operator){token, 1, PRECEDENCE_OR_OR, false};
    case TOKEN_AND_AND:
        return (Operator){token, 1, PRECEDENCE_AND_AND, false};
    case TOKEN_OR:
        return (Operator){token, 1, PRECEDENCE_OR, false};
    case TOKEN_XOR:
        return (Operator){token, 1, PRECEDENCE_XOR, false};
    case TOKEN_AND:
        return (Operator){token, 1, PRECEDENCE_AND, false};
    case TOKEN_EQUAL_EQUAL:
    case TOKEN_NOT_EQUAL:
        return (Operator){token, 1, PRECEDENCE_EQUALITY, false};
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_IS:
    case TOKEN_AS:
        return (Operator){token, 1, PRECEDENCE_RELATIONAL, false};
    case TOKEN_SHIFT_LEFT:
        return (Operator){token, 1, PRECEDENCE_SHIFT, false};
    case TOKEN_PLUS:
    case TOKEN_MINUS:
        return (Operator){token, 1, PRECEDENCE_ADDITIVE, false};
    case TOKEN_STAR:
    case TOKEN_SLASH:
    case TOKEN_PERCENT:
        return (Operator){token, 1, PRECEDENCE_MULTIPLICATIVE, false};
    case TOKEN_SWITCH:
        return (Operator){token, peek_kind(p, 1) == TOKEN_OPEN_BRACE, PRECEDENCE_SWITCH, false};
    case TOKEN_IDENTIFIER:
        return (Operator){token, at_word(p, WORD_WITH) && peek_kind(p, 1) == TOKEN_OPEN_BRACE, PRECEDENCE_SWITCH,
                          false};
    case TOKEN_DOT_DOT:
        return (Operator){token, 1, PRECEDENCE_RANGE, false};
    default:
        return (Operator){TOKEN_END, 0, PRECEDENCE_EXPRESSION, false};
    }
}

static Node *parse_throw_expression(Parser *p)
{
    Node *node = node_new(p, NODE_THROW_EXPRESSION);
    advance(p);
    node->a = parse_sub_expression(p, PRECEDENCE_COALESCING);
    return finish(p, node);
}

static Node *parse_is(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_IS, left);
    advance(p);
    node->a = left;
    node->b = parse_pattern(p, PRECEDENCE_RELATIONAL, true);
    return finish(p, node);
}

static Node *parse_as(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_AS, left);
    advance(p);
    node->a = left;
    node->b = parse_type(p, TYPE_AFTER_IS);
    return finish(p, node);
}

static Node *parse_range_end(Parser *p, Node *node)
{
    advance(p);
    if (can_start_expression(p) && !at(p, TOKEN_OPEN_BRACE))
        node->b = parse_sub_expression(p, PRECEDENCE_UNARY);
    return finish(p, node);
}

static Node *parse_with(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_WITH, left);
    advance(p);
    node->a = left;
    node->b = parse_initializer(p, false);
    return finish(p, node);
}

static Node *parse_right_operand(Parser *p, const Operator *op)
{
    if (op->precedence == PRECEDENCE_EXPRESSION)
        return parse_ref_expression(p);
    if (op->token == TOKEN_QUESTION_QUESTION)
        return at(p, TOKEN_THROW) ? parse_throw_expression(p) : parse_sub_expression(p, PRECEDENCE_COALESCING);
    return parse_sub_expression(p, (Precedence)(op->precedence + 1));
}

/* left op right, for the operator at the current place. */
static Node *parse_operation(Parser *p, Node *left, const Operator *op)
{
    switch (op->token) {
    case TOKEN_IS:
        return parse_is(p, left);
    case TOKEN_AS:
        return parse_as(p, left);
    case TOKEN_SWITCH:
        return parse_switch_expression(p, left);
    case TOKEN_IDENTIFIER:
        return parse_with(p, left);
    case TOKEN_DOT_DOT: {
        Node *range = node_around(p, NODE_RANGE, left);
        range->a = left;
        return parse_range_end(p, range);
    }
    default: {
        Node *node = node_around(p, op->precedence == PRECEDENCE_EXPRESSION ? NODE_ASSIGNMENT : NODE_BINARY, left);
        node->token = (uint16_t)op->token;
        for (uint32_t i = 0; i < op->width; i++)
            advance(p);
        node->a = left;
        node->b = parse_right_operand(p, op);
        finish(p, node);
        node->at = node->span;
        return node;
    }
    }
}

static Node *parse_conditional(Parser *p, Node *condition)
{
    Node *node = node_around(p, NODE_CONDITIONAL, condition);
    advance(p);
    node->a = condition;
    node->b = parse_ref_expression(p);
    if (at(p, TOKEN_END) && p->in_interpolation) {
        error_at(p, condition->span.start - p->file->base, p->last_end, ERROR_CONDITIONAL_IN_INTERPOLATION, NULL);
        node->c = node_error(p);
        return finish(p, node);
    }
    expect(p, TOKEN_COLON);
    node->c = parse_ref_expression(p);
    return finish(p, node);
}

static Node *parse_prefix(Parser *p)
{
    TokenKind token = kind(p);
    bool step = token == TOKEN_PLUS_PLUS || token == TOKEN_MINUS_MINUS;
    Node *node = node_new(p, step ? NODE_PREFIX : token == TOKEN_XOR ? NODE_FROM_END : NODE_UNARY);
    node->token = (uint16_t)token;
    advance(p);
    node->a = parse_sub_expression(p, PRECEDENCE_UNARY);
    finish(p, node);
    node->at = node->span;
    return node;
}

static Node *parse_await(Parser *p)
{
    Node *node = node_new(p, NODE_AWAIT);
    advance(p);
    node->a = parse_sub_expression(p, PRECEDENCE_UNARY);
    return finish(p, node);
}

/* Nothing here starts an operand. */
Node *invalid_term(Parser *p)
{
    Node *node = node_error(p);
    if (is_binary_only(kind(p)))
        error_here(p, ERROR_INVALID_EXPRESSION_TERM, token_text(kind(p)));
    else if (at(p, TOKEN_END))
        error_missing(p, ERROR_EMPTY_INTERPOLATION, NULL);
    else
        error_missing(p, ERROR_INVALID_EXPRESSION_TERM, at(p, TOKEN_ERROR) ? "" : token_source(p, current(p)));
    return node;
}

/* The operand an expression starts with. */
static Node *parse_operand(Parser *p, Precedence precedence)
{
    switch (kind(p)) {
    case TOKEN_PLUS:
    case TOKEN_MINUS:
    case TOKEN_NOT:
    case TOKEN_TILDE:
    case TOKEN_AND:
    case TOKEN_STAR:
    case TOKEN_XOR:
    case TOKEN_PLUS_PLUS:
    case TOKEN_MINUS_MINUS:
        return parse_prefix(p);
    case TOKEN_DOT_DOT:
        return parse_range_end(p, node_new(p, NODE_RANGE));
    case TOKEN_THROW:
        if (precedence <= PRECEDENCE_COALESCING)
            return parse_throw_expression(p);
        return invalid_term(p);
    case TOKEN_IDENTIFIER:
        if (is_query(p))
            return parse_query(p);
        if (is_await(p) && !(precedence == PRECEDENCE_EXPRESSION && is_lambda(p)))
            return parse_await(p);
        return parse_term(p, precedence);
    default:
        if (cannot_be_operand(kind(p)))
            return invalid_term(p);
        return parse_term(p, precedence);
    }
}

Node *parse_operations(Parser *p, Node *left, Precedence precedence)
{
    for (uint32_t links = 0;;) {
        Operator op = operator_at(p);
        if (op.width == 0 || op.precedence < precedence || !add_link(p, &links))
            break;
        left = parse_operation(p, left, &op);
    }
    if (at(p, TOKEN_QUESTION) && precedence <= PRECEDENCE_CONDITIONAL)
        left = parse_conditional(p, left);
    return left;
}

Node *parse_sub_expression(Parser *p, Precedence precedence)
{
    if (!enter(p))
        return node_error(p);
    Node *left = parse_operand(p, precedence);
    left = parse_operations(p, left, precedence);
    leave(p);
    return left;
}

Node *parse_expression(Parser *p)
{
    return parse_sub_expression(p, PRECEDENCE_EXPRESSION);
}

Node *parse_ref_expression(Parser *p)
{
    if (!at(p, TOKEN_REF) || is_lambda(p))
        return parse_expression(p);
    Node *node = node_new(p, NODE_REF_EXPRESSION);
    advance(p);
    node->a = parse_expression(p);
    return finish(p, node);
}

/* --- declaration expressions -------------------------------------------------------------------------------------- */

/* `int x` or `var (a, b)` as an element of a tuple or behind `out`. */
bool is_declaration_expression(Parser *p, bool is_out)
{
    uint32_t ahead = 0;
    if (at_word(p, WORD_VAR) && peek_kind(p, 1) == TOKEN_OPEN_PAREN && !is_out) {
        ahead = 1;
        return scan_designation(p, &ahead) &&
               (peek_kind(p, ahead) == TOKEN_COMMA || (peek_kind(p, ahead) == TOKEN_CLOSE_PAREN && p->in_tuple));
    }
    TypeShape shape = is_possible_type(p) ? scan_type(p, &ahead) : SHAPE_NONE;
    if (shape == SHAPE_NONE || peek_kind(p, ahead) != TOKEN_IDENTIFIER)
        return false;
    if (is_out || shape == SHAPE_POINTER) /* `x * y` is a product */
        return is_out;
    TokenKind after = peek_kind(p, ahead + 1);
    return after == TOKEN_COMMA || (after == TOKEN_CLOSE_PAREN && p->in_tuple);
}

static Node *parse_declaration_expression(Parser *p)
{
    Node *node = node_new(p, NODE_DECLARATION_EXPRESSION);
    node->a = parse_type(p, TYPE_NORMAL);
    node->b = parse_designation(p);
    return finish(p, node);
}

Node *parse_expression_or_declaration(Parser *p, bool is_out)
{
    if (is_declaration_expression(p, is_out))
        return parse_declaration_expression(p);
    return is_out ? parse_sub_expression(p, PRECEDENCE_EXPRESSION) : parse_ref_expression(p);
}

/* `var (a, b) = ...`, or `var (a, b) in ...` of a foreach. */
bool is_deconstruction_var(Parser *p)
{
    if (!at_word(p, WORD_VAR) || peek_kind(p, 1) != TOKEN_OPEN_PAREN)
        return false;
    uint32_t ahead = 1;
    if (!scan_designation(p, &ahead))
        return false;
    return peek_kind(p, ahead) == TOKEN_EQUAL || peek_kind(p, ahead) == TOKEN_IN;
}

/* --- arguments ---------------------------------------------------------------------------------------------------- */

static Node *parse_argument(Parser *p)
{
    Node *node = node_new(p, NODE_ARGUMENT);
    if (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_COLON) {
        node->name = current(p)->name;
        advance(p);
        advance(p);
    }
    TokenKind token = kind(p);
    if (token == TOKEN_COMMA) {
        error_missing(p, ERROR_ARGUMENT_MISSING, NULL);
        node->a = node_error(p);
        return node;
    }
    if (token == TOKEN_REF && is_lambda(p))
        token = TOKEN_END;
    if (token == TOKEN_REF || token == TOKEN_OUT || token == TOKEN_IN) {
        node->token = (uint16_t)token;
        advance(p);
    }
    node->a = token == TOKEN_OUT ? parse_expression_or_declaration(p, true) : parse_expression(p);
    finish(p, node);
    node->at = node->a->at;
    return node;
}

/* Behind the opening bracket, through the closing one. */
void parse_arguments(Parser *p, NodeList *list, TokenKind close)
{
    bool in_interpolation = p->in_interpolation;
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_ARGUMENTS;
    p->in_interpolation = false;
    if (at(p, TOKEN_CLOSE_BRACKET) && close == TOKEN_CLOSE_BRACKET)
        error_missing(p, ERROR_VALUE_EXPECTED, NULL);
    if (!at(p, close) && !at(p, TOKEN_SEMICOLON)) {
        bool more = is_possible_argument(p) || at(p, TOKEN_COMMA) ||
                    (skip_bad(p, is_possible_argument, close, TOKEN_IDENTIFIER));
        bool comma;
        while (more) {
            if (!at(p, close))
                node_list_add(p, list, parse_argument(p));
            more = list_continues(p, close, is_possible_argument, &comma);
            if (more && comma && (at(p, close) || at(p, TOKEN_END)))
                node_list_add(p, list, parse_argument(p)); /* reports what is missing */
        }
    }
    p->surrounding = surrounding;
    expect(p, close);
    p->in_interpolation = in_interpolation;
}
