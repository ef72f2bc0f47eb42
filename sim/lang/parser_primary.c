/* Primary expressions: names, literals, brackets, new, lambdas and what can follow them. */
#include "lang/parser_internal.h"

/* --- casts -------------------------------------------------------------------------------------------------------- */

/* Whether the token at `ahead`, behind `(name)`, says that the parentheses were a cast. */
static bool can_follow_cast(Parser *p, uint32_t ahead)
{
    TokenKind token = peek_kind(p, ahead);
    switch (token) {
    case TOKEN_NOT:
    case TOKEN_TILDE:
    case TOKEN_OPEN_PAREN:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_CHARACTER:
    case TOKEN_INTERPOLATED:
        return true;
    case TOKEN_IDENTIFIER: {
        const Token *word = peek(p, ahead);
        return !(word->word == WORD_WITH && peek_kind(p, ahead + 1) == TOKEN_OPEN_BRACE) && word->word != WORD_WHEN &&
               word->word != WORD_AND && word->word != WORD_OR;
    }
    case TOKEN_AS:
    case TOKEN_IS:
    case TOKEN_SWITCH:
    case TOKEN_IN:
        return false;
    default:
        return token >= TOKEN_FIRST_WORD;
    }
}

/* At '(': whether a cast starts here. */
static bool is_cast(Parser *p)
{
    uint32_t ahead = 1;
    if (peek_kind(p, 1) == TOKEN_REF)
        return false;
    TypeShape shape = scan_type(p, &ahead);
    if (shape == SHAPE_NONE || peek_kind(p, ahead) != TOKEN_CLOSE_PAREN)
        return false;
    if (shape == SHAPE_TYPE) {
        TokenKind after = peek_kind(p, ahead + 1);
        return !(after == TOKEN_CLOSE_PAREN || after == TOKEN_SEMICOLON || after == TOKEN_COMMA ||
                 after == TOKEN_END) ||
               peek_kind(p, 1) != TOKEN_IDENTIFIER;
    }
    if ((shape == SHAPE_GENERIC || shape == SHAPE_DEFINITE_GENERIC) && peek_kind(p, ahead + 1) == TOKEN_OPEN_BRACKET)
        return true; /* (List<int>)[1, 2] */
    return can_follow_cast(p, ahead + 1);
}

static Node *parse_cast(Parser *p)
{
    Node *node = node_new(p, NODE_CAST);
    advance(p);
    node->a = parse_type(p, TYPE_NORMAL);
    expect(p, TOKEN_CLOSE_PAREN);
    node->b = parse_sub_expression(p, PRECEDENCE_UNARY);
    finish(p, node);
    node->at = node->span;
    return node;
}

/* --- parentheses and tuples --------------------------------------------------------------------------------------- */

static Node *parse_tuple_element(Parser *p)
{
    Node *node = node_new(p, NODE_ARGUMENT);
    if (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_COLON) {
        node->name = current(p)->name;
        advance(p);
        advance(p);
    }
    node->a = parse_expression_or_declaration(p, false);
    finish(p, node);
    node->at = node->a->at;
    return node;
}

static Node *parse_parentheses(Parser *p)
{
    bool in_interpolation = p->in_interpolation;
    p->in_interpolation = false;
    Node *node = node_new(p, NODE_PARENTHESIZED);
    advance(p);
    bool in_tuple = p->in_tuple;
    p->in_tuple = false;
    Node *first = parse_tuple_element(p);
    if (at(p, TOKEN_COMMA)) {
        node->kind = NODE_TUPLE;
        node_list_add(p, &node->items, first);
        while (accept(p, TOKEN_COMMA)) {
            p->in_tuple = true;
            node_list_add(p, &node->items, parse_tuple_element(p));
        }
    } else if (first->name) {
        node->kind = NODE_TUPLE;
        node_list_add(p, &node->items, first);
        error_missing(p, ERROR_TUPLE_TOO_SHORT, NULL);
    } else {
        node->a = first->a;
    }
    p->in_tuple = in_tuple;
    expect_close_paren(p);
    finish(p, node);
    node->at = node->span;
    p->in_interpolation = in_interpolation;
    return node;
}

/* --- literals ----------------------------------------------------------------------------------------------------- */

static Node *parse_literal(Parser *p)
{
    Node *node = node_new(p, NODE_LITERAL);
    node->literal = current(p)->literal;
    if (at(p, TOKEN_TRUE) || at(p, TOKEN_FALSE) || at(p, TOKEN_NULL)) {
        node->literal = ARENA_NEW(p->context.arena, Literal);
        node->literal->kind = at(p, TOKEN_TRUE) ? LITERAL_TRUE : at(p, TOKEN_FALSE) ? LITERAL_FALSE : LITERAL_NULL;
    }
    advance(p);
    return node;
}

/* The expression of one hole, with a token stream of its own. */
static void parse_hole(Parser *p, Node *node, const InterpolationPart *part)
{
    TokenStream outer = p->stream;
    uint32_t last_end = p->last_end;
    bool in_interpolation = p->in_interpolation;
    p->stream = (TokenStream){0};
    lexer_init_range(&p->stream.lexer, &p->context, p->file, part->start, part->end);
    p->stream.lexer.muted = outer.lexer.muted;
    p->in_interpolation = part->has_format;
    p->last_end = 0;
    fill_tokens(p, 0);
    uint32_t first = current(p)->start;
    node->span = node->at = token_span(p, current(p));
    node->a = parse_expression(p);
    if (at(p, TOKEN_COMMA)) {
        advance(p);
        first = current(p)->start;
        node->b = parse_expression(p);
    }
    if (!at(p, TOKEN_END)) /* Roslyn points at the expression */
        error_at(p, first, p->last_end, ERROR_UNEXPECTED_TOKEN, token_source(p, current(p)));
    finish(p, node);
    lexer_report(&p->stream.lexer, UINT32_MAX);
    p->in_interpolation = in_interpolation;
    p->stream = outer;
    p->last_end = last_end;
}

Node *parse_interpolated(Parser *p)
{
    Node *node = node_new(p, NODE_INTERPOLATED_STRING);
    Token token = *current(p);
    if (!enter(p))
        return node_error(p);
    const InterpolatedText *text = token.interpolated;
    bool muted = p->stream.lexer.muted;
    if (token.flags & TOKEN_BROKEN) /* one error per string */
        p->stream.lexer.muted = true;
    for (uint32_t i = 0; i < text->count && !p->stopped; i++) {
        const InterpolationPart *part = &text->parts[i];
        Node *item = node_new(p, part->is_hole ? NODE_INTERPOLATION : NODE_LITERAL);
        if (part->is_hole) {
            parse_hole(p, item, part);
            if (part->has_format)
                item->name = lexer_interpolation_format(&p->stream.lexer, text, i);
        } else {
            item->span = item->at = (Span){p->file->base + part->start, p->file->base + part->end};
            item->literal = lexer_interpolation_text(&p->stream.lexer, text, i);
        }
        node_list_add(p, &node->items, item);
    }
    p->stream.lexer.muted = muted || p->stopped;
    if (p->stopped) { /* inside a hole: the outer stream ends here, too */
        current(p)->kind = TOKEN_END;
        p->stream.count = p->stream.index + 1;
        p->stream.lexer.at = p->stream.lexer.limit;
        p->stream.lexer.errors = NULL;
    }
    advance(p);
    leave(p);
    return node;
}

/* --- lambdas ------------------------------------------------------------------------------------------------------ */

static bool is_opening(TokenKind token)
{
    return token == TOKEN_OPEN_PAREN || token == TOKEN_OPEN_BRACKET || token == TOKEN_OPEN_BRACE;
}

static bool is_closing(TokenKind token)
{
    return token == TOKEN_CLOSE_PAREN || token == TOKEN_CLOSE_BRACKET || token == TOKEN_CLOSE_BRACE;
}

/* From an opening bracket to behind its partner, or to where `;` or the end of the file says that there is none. */
static uint32_t skip_brackets(Parser *p, uint32_t ahead)
{
    uint32_t depth = 0;
    for (;; ahead++) {
        TokenKind token = peek_kind(p, ahead);
        if (is_opening(token))
            depth++;
        else if (is_closing(token) && --depth == 0)
            return ahead + 1;
        else if (token == TOKEN_END || token == TOKEN_SEMICOLON)
            return ahead;
    }
}

static bool is_parameter_modifier(const Token *token)
{
    switch (token->kind) {
    case TOKEN_REF:
    case TOKEN_OUT:
    case TOKEN_IN:
    case TOKEN_PARAMS:
    case TOKEN_THIS:
    case TOKEN_READONLY:
        return true;
    default:
        return token->word == WORD_SCOPED;
    }
}

/* The default value of a lambda's parameter: to the ',' or ')' behind it. */
static uint32_t skip_default(Parser *p, uint32_t ahead)
{
    while (peek_kind(p, ahead) != TOKEN_COMMA && peek_kind(p, ahead) != TOKEN_SEMICOLON &&
           peek_kind(p, ahead) != TOKEN_END && !is_closing(peek_kind(p, ahead)))
        ahead = is_opening(peek_kind(p, ahead)) ? skip_brackets(p, ahead) : ahead + 1;
    return ahead;
}

/* One parameter: `x`, `int x`, `ref int x = 1`. */
static bool scan_lambda_parameter(Parser *p, uint32_t *ahead)
{
    while (peek_kind(p, *ahead) == TOKEN_OPEN_BRACKET)
        *ahead = skip_brackets(p, *ahead);
    while (is_parameter_modifier(peek(p, *ahead)) && peek_kind(p, *ahead + 1) != TOKEN_COMMA &&
           peek_kind(p, *ahead + 1) != TOKEN_CLOSE_PAREN)
        ++*ahead;
    TokenKind after = peek_kind(p, *ahead + 1);
    if (peek_kind(p, *ahead) == TOKEN_IDENTIFIER &&
        (after == TOKEN_COMMA || after == TOKEN_CLOSE_PAREN || after == TOKEN_EQUAL)) {
        ++*ahead;
    } else {
        if (scan_type(p, ahead) == SHAPE_NONE || peek_kind(p, *ahead) != TOKEN_IDENTIFIER)
            return false;
        ++*ahead;
    }
    if (peek_kind(p, *ahead) == TOKEN_EQUAL)
        *ahead = skip_default(p, *ahead + 1);
    return true;
}

/* From '(' to behind ')': whether the parentheses hold a parameter list. */
static bool scan_lambda_parameters(Parser *p, uint32_t *ahead)
{
    ++*ahead;
    if (peek_kind(p, *ahead) == TOKEN_CLOSE_PAREN) {
        ++*ahead;
        return true;
    }
    while (scan_lambda_parameter(p, ahead)) {
        TokenKind token = peek_kind(p, *ahead);
        ++*ahead;
        if (token == TOKEN_CLOSE_PAREN)
            return true;
        if (token != TOKEN_COMMA)
            return false;
    }
    return false;
}

bool is_lambda(Parser *p)
{
    uint32_t ahead = 0;
    while (peek_kind(p, ahead) == TOKEN_OPEN_BRACKET)
        ahead = skip_brackets(p, ahead);
    while (peek_kind(p, ahead) == TOKEN_STATIC ||
           (peek(p, ahead)->word == WORD_ASYNC && peek_kind(p, ahead + 1) != TOKEN_ARROW))
        ahead++;
    TokenKind token = peek_kind(p, ahead);
    if (token == TOKEN_DELEGATE)
        return ahead > 0;
    if (token == TOKEN_IDENTIFIER && peek_kind(p, ahead + 1) == TOKEN_ARROW)
        return true;
    if (token == TOKEN_OPEN_PAREN) {
        uint32_t start = ahead;
        if (scan_lambda_parameters(p, &ahead) && peek_kind(p, ahead) == TOKEN_ARROW)
            return true;
        ahead = start;
        if (start && peek(p, start - 1)->word == WORD_ASYNC)
            ahead = start - 1;
    }
    if (token != TOKEN_IDENTIFIER && token != TOKEN_OPEN_PAREN && token != TOKEN_REF && !is_predefined_type(token))
        return false;
    if (scan_type(p, &ahead) == SHAPE_NONE || peek_kind(p, ahead) != TOKEN_OPEN_PAREN)
        return false;
    if (ahead > 1 && peek_kind(p, ahead - 1) == TOKEN_QUESTION && !touches_next(p, ahead - 2))
        return false; /* `b ? () => 1 : ...`, not a lambda that returns `b?` */
    return scan_lambda_parameters(p, &ahead) && peek_kind(p, ahead) == TOKEN_ARROW;
}

static void parse_lambda_body(Parser *p, Node *node)
{
    Declaration *decl = node->decl;
    bool in_async = p->in_async, in_query = p->in_query, in_interpolation = p->in_interpolation;
    bool lazy = p->lazy;
    p->in_async = (node->flags & FLAG_ASYNC) != 0;
    p->in_interpolation = p->lazy = false;
    decl->has_body = true;
    decl->body_start = p->file->base + current(p)->start;
    if (at(p, TOKEN_OPEN_BRACE)) {
        p->in_query = false;
        decl->body = parse_block(p);
    } else {
        node->flags |= FLAG_EXPRESSION_BODY;
        decl->body = parse_ref_expression(p);
    }
    decl->body_end = p->file->base + p->last_end;
    p->in_async = in_async;
    p->in_query = in_query;
    p->in_interpolation = in_interpolation;
    p->lazy = lazy;
}

static void parse_lambda_modifiers(Parser *p, Node *node)
{
    for (;;) {
        if (at(p, TOKEN_STATIC))
            node->flags |= FLAG_STATIC;
        else if (at_word(p, WORD_ASYNC) && peek_kind(p, 1) != TOKEN_ARROW)
            node->flags |= FLAG_ASYNC;
        else
            return;
        advance(p);
    }
}

Node *parse_anonymous_method(Parser *p)
{
    Node *node = node_new(p, NODE_LAMBDA);
    Declaration *decl = node->decl = declaration_new(p);
    node->flags |= FLAG_DELEGATE;
    parse_lambda_modifiers(p, node);
    node->at = token_span(p, current(p));
    advance(p); /* delegate */
    if (at(p, TOKEN_OPEN_PAREN))
        parse_parameters(p, decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    if (at(p, TOKEN_OPEN_BRACE))
        parse_lambda_body(p, node);
    else
        expect(p, TOKEN_OPEN_BRACE);
    return finish(p, node);
}

/* `x` alone, as the only parameter. */
static void parse_bare_parameter(Parser *p, Declaration *decl)
{
    Node *parameter = node_new(p, NODE_PARAMETER);
    parameter->decl = declaration_new(p);
    parameter->decl->name_span = token_span(p, current(p));
    parameter->name = expect_identifier(p);
    node_list_add(p, &decl->parameters, parameter);
    decl->has_parameters = true;
}

Node *parse_lambda(Parser *p)
{
    Node *node = node_new(p, NODE_LAMBDA);
    Declaration *decl = node->decl = declaration_new(p);
    parse_attributes(p, &decl->attributes);
    if (at(p, TOKEN_STATIC) || at_word(p, WORD_ASYNC)) {
        uint32_t ahead = 0;
        while (peek_kind(p, ahead) == TOKEN_STATIC || peek(p, ahead)->word == WORD_ASYNC)
            ahead++;
        if (peek_kind(p, ahead) == TOKEN_DELEGATE)
            return parse_anonymous_method(p);
    }
    parse_lambda_modifiers(p, node);
    if (at(p, TOKEN_ARROW) || (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_ARROW)) {
        parse_bare_parameter(p, decl);
    } else {
        uint32_t ahead = 0;
        if (!at(p, TOKEN_OPEN_PAREN) || !scan_lambda_parameters(p, &ahead) || peek_kind(p, ahead) != TOKEN_ARROW)
            node->a = parse_return_type(p);
        parse_parameter_list(p, decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    }
    node->at = token_span(p, current(p));
    expect(p, TOKEN_ARROW);
    parse_lambda_body(p, node);
    return finish(p, node);
}

/* --- new ---------------------------------------------------------------------------------------------------------- */

static bool is_possible_element(Parser *p)
{
    return is_possible_expression(p) || at(p, TOKEN_OPEN_BRACE);
}

/* `[key] = value`, which is not the collection expression `[a, b]`. */
static bool is_index_initializer(Parser *p)
{
    return at(p, TOKEN_OPEN_BRACKET) && peek_kind(p, skip_brackets(p, 0)) == TOKEN_EQUAL;
}

static Node *parse_element_value(Parser *p)
{
    return at(p, TOKEN_OPEN_BRACE) ? parse_initializer(p, false) : parse_ref_expression(p);
}

static Node *parse_element(Parser *p, bool of_array)
{
    if (at(p, TOKEN_OPEN_BRACE))
        return parse_initializer(p, of_array);
    if (!of_array && at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_EQUAL) {
        Node *member = node_new(p, NODE_MEMBER_INITIALIZER);
        member->name = current(p)->name;
        advance(p);
        advance(p);
        member->a = parse_element_value(p);
        return finish(p, member);
    }
    if (!of_array && is_index_initializer(p)) {
        Node *index = node_new(p, NODE_INDEX_INITIALIZER);
        advance(p);
        parse_arguments(p, &index->items, TOKEN_CLOSE_BRACKET);
        expect(p, TOKEN_EQUAL);
        index->a = parse_element_value(p);
        return finish(p, index);
    }
    return parse_expression(p);
}

/* `{ ... }` of objects, collections and arrays. */
Node *parse_initializer(Parser *p, bool of_array)
{
    Node *node = node_new(p, NODE_INITIALIZER);
    if (!enter(p))
        return node_error(p);
    expect(p, TOKEN_OPEN_BRACE);
    bool comma;
    if (is_possible_element(p) || at(p, TOKEN_COMMA) ||
        skip_bad(p, is_possible_element, TOKEN_CLOSE_BRACE, TOKEN_COMMA)) {
        bool more = true;
        while (more) {
            node_list_add(p, &node->items, parse_element(p, of_array));
            if (at(p, TOKEN_SEMICOLON) && !of_array) { /* taken for a ',' */
                expect(p, TOKEN_COMMA);
                advance(p);
                more = is_possible_element(p);
                continue;
            }
            more = list_continues(p, TOKEN_CLOSE_BRACE, is_possible_element, &comma) && !at(p, TOKEN_CLOSE_BRACE) &&
                   (is_possible_element(p) || at(p, TOKEN_COMMA) ||
                    skip_bad(p, is_possible_element, TOKEN_CLOSE_BRACE, TOKEN_COMMA));
        }
    }
    expect(p, TOKEN_CLOSE_BRACE);
    leave(p);
    return finish(p, node);
}

static Node *parse_anonymous_object(Parser *p, Node *node)
{
    node->kind = NODE_ANONYMOUS_OBJECT;
    advance(p); /* '{' */
    while (!at(p, TOKEN_CLOSE_BRACE) && is_possible_expression(p)) {
        Node *member = node_new(p, NODE_MEMBER_INITIALIZER);
        if (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_EQUAL) {
            member->name = current(p)->name;
            advance(p);
            advance(p);
        }
        member->a = parse_expression(p);
        node_list_add(p, &node->items, finish(p, member));
        bool comma;
        if (!list_continues(p, TOKEN_CLOSE_BRACE, is_possible_expression, &comma))
            break;
    }
    expect(p, TOKEN_CLOSE_BRACE);
    return finish(p, node);
}

/* new[] { ... } */
static Node *parse_implicit_array(Parser *p, Node *node)
{
    node->kind = NODE_ARRAY_CREATION;
    node->number = 1;
    advance(p); /* '[' */
    while (accept(p, TOKEN_COMMA))
        node->number++;
    if (!at(p, TOKEN_CLOSE_BRACKET) && is_possible_expression(p)) {
        error_here(p, ERROR_ARRAY_BOUNDS, NULL);
        while (!at(p, TOKEN_CLOSE_BRACKET) && is_possible_expression(p)) {
            parse_expression(p);
            accept(p, TOKEN_COMMA);
        }
    }
    expect(p, TOKEN_CLOSE_BRACKET);
    node->b = parse_initializer(p, true);
    return finish(p, node);
}

/* new T[a, b] with what follows; `type` is T. */
static Node *parse_array_creation(Parser *p, Node *node, Node *type)
{
    node->kind = NODE_ARRAY_CREATION;
    if (type->kind == NODE_ARRAY_TYPE) { /* new T[] { ... } */
        node->a = type->a;
        node->number = type->number;
        if (!at(p, TOKEN_OPEN_BRACE)) {
            finish(p, node);
            Span brackets = {type->a->span.end, type->span.end};
            error_deferred(p, brackets.end > brackets.start ? brackets : type->span, ERROR_ARRAY_SIZE_REQUIRED, NULL);
            return node;
        }
    } else {
        advance(p); /* '[' */
        while (is_possible_expression(p)) {
            node_list_add(p, &node->items, parse_expression(p));
            if (!accept(p, TOKEN_COMMA))
                break;
        }
        node->number = node->items.count;
        expect(p, TOKEN_CLOSE_BRACKET);
        node->a = parse_ranks(p, type);
    }
    if (at(p, TOKEN_OPEN_BRACE))
        node->b = parse_initializer(p, true);
    return finish(p, node);
}

static Node *parse_object_creation(Parser *p, Node *node)
{
    if (at(p, TOKEN_OPEN_PAREN)) {
        node->flags |= FLAG_HAS_ARGUMENTS;
        advance(p);
        parse_arguments(p, &node->items, TOKEN_CLOSE_PAREN);
    }
    if (at(p, TOKEN_OPEN_BRACE))
        node->b = parse_initializer(p, false);
    if (!(node->flags & FLAG_HAS_ARGUMENTS) && !node->b && (!node->a || node->a->kind != NODE_ERROR_NODE))
        error_missing(p, ERROR_BAD_NEW, NULL);
    return finish(p, node);
}

/* `new (int, int)[3]` creates an array of tuples; `new (a, b)` an object whose type is known from around it. */
static bool is_target_typed(Parser *p)
{
    if (!at(p, TOKEN_OPEN_PAREN))
        return false;
    uint32_t ahead = 0;
    uint32_t close;
    TypeShape shape = scan_type(p, &ahead);
    close = ahead;
    if (shape == SHAPE_NONE)
        return true;
    TokenKind after = peek_kind(p, close);
    return shape == SHAPE_TUPLE && after != TOKEN_OPEN_PAREN && after != TOKEN_OPEN_BRACKET && after != TOKEN_QUESTION;
}

Node *parse_new(Parser *p)
{
    Node *node = node_new(p, NODE_OBJECT_CREATION);
    advance(p);
    if (at(p, TOKEN_OPEN_BRACE))
        return parse_anonymous_object(p, node);
    if (at(p, TOKEN_OPEN_BRACKET))
        return parse_implicit_array(p, node);
    if (is_target_typed(p))
        return parse_object_creation(p, node);
    if (!is_possible_type(p)) {
        error_missing(p, ERROR_BAD_NEW, NULL);
        node->a = node_error(p);
        return finish(p, node);
    }
    Node *type = parse_type(p, TYPE_IN_CREATION);
    if (type->kind == NODE_ARRAY_TYPE || at(p, TOKEN_OPEN_BRACKET))
        return parse_array_creation(p, node, type);
    node->a = type;
    node->at = type->span;
    return parse_object_creation(p, node);
}

static Node *parse_stackalloc(Parser *p)
{
    Node *node = node_new(p, NODE_STACKALLOC);
    advance(p);
    if (at(p, TOKEN_OPEN_BRACKET)) {
        parse_implicit_array(p, node);
        node->kind = NODE_STACKALLOC;
        return node;
    }
    Node *type = parse_type(p, TYPE_IN_CREATION);
    if (at(p, TOKEN_OPEN_BRACKET) || type->kind == NODE_ARRAY_TYPE) {
        parse_array_creation(p, node, type);
        node->kind = NODE_STACKALLOC;
        return node;
    }
    node->a = type;
    error_missing(p, ERROR_BAD_STACKALLOC, NULL);
    return finish(p, node);
}

/* --- collection expressions --------------------------------------------------------------------------------------- */

static Node *parse_collection_element(Parser *p)
{
    if (!at(p, TOKEN_DOT_DOT))
        return parse_expression(p);
    Node *spread = node_new(p, NODE_SPREAD);
    advance(p);
    spread->a = parse_expression(p);
    return finish(p, spread);
}

static Node *parse_collection(Parser *p)
{
    Node *node = node_new(p, NODE_COLLECTION_EXPRESSION);
    advance(p);
    bool comma;
    bool more = !at(p, TOKEN_CLOSE_BRACKET) &&
                (is_possible_expression(p) || skip_bad(p, is_possible_expression, TOKEN_CLOSE_BRACKET, TOKEN_COMMA));
    while (more) {
        node_list_add(p, &node->items, parse_collection_element(p));
        more = list_continues(p, TOKEN_CLOSE_BRACKET, is_possible_expression, &comma) && !at(p, TOKEN_CLOSE_BRACKET);
    }
    expect(p, TOKEN_CLOSE_BRACKET);
    return finish(p, node);
}

/* --- words that look like calls ----------------------------------------------------------------------------------- */

static Node *parse_type_operator(Parser *p, NodeKind node_kind)
{
    Node *node = node_new(p, node_kind);
    advance(p);
    expect(p, TOKEN_OPEN_PAREN);
    node->a = node_kind == NODE_TYPEOF ? parse_return_type(p) : parse_type(p, TYPE_NORMAL);
    expect(p, TOKEN_CLOSE_PAREN);
    return finish(p, node);
}

static Node *parse_default(Parser *p)
{
    if (peek_kind(p, 1) == TOKEN_OPEN_PAREN)
        return parse_type_operator(p, NODE_DEFAULT);
    Node *node = node_new(p, NODE_DEFAULT);
    advance(p);
    return node;
}

static Node *parse_checked(Parser *p)
{
    Node *node = node_new(p, NODE_CHECKED);
    node->token = (uint16_t)kind(p);
    advance(p);
    expect(p, TOKEN_OPEN_PAREN);
    node->a = parse_expression(p);
    expect(p, TOKEN_CLOSE_PAREN);
    return finish(p, node);
}

static Node *parse_word(Parser *p, NodeKind node_kind)
{
    Node *node = node_new(p, node_kind);
    node->token = (uint16_t)kind(p);
    advance(p);
    return node;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static Node *parse_alias(Parser *p)
{
    Node *node = node_new(p, NODE_ALIAS_QUALIFIED);
    node->name = current(p)->name;
    advance(p);
    advance(p);
    node->b = parse_simple_name(p, true);
    return finish(p, node);
}

static Node *parse_var_deconstruction(Parser *p)
{
    Node *node = node_new(p, NODE_DECLARATION_EXPRESSION);
    node->a = parse_type(p, TYPE_NORMAL);
    node->b = parse_designation(p);
    return finish(p, node);
}

static Node *parse_name_term(Parser *p)
{
    if (peek_kind(p, 1) == TOKEN_COLON_COLON)
        return parse_alias(p);
    return parse_simple_name(p, true);
}

/* A predefined type has to be followed by a member. */
static Node *parse_predefined_term(Parser *p)
{
    if (peek_kind(p, 1) == TOKEN_DOT)
        return parse_word(p, NODE_PREDEFINED_TYPE);
    error_missing(p, ERROR_INVALID_EXPRESSION_TERM, token_text(kind(p)));
    Node *node = parse_word(p, NODE_PREDEFINED_TYPE);
    node->flags |= FLAG_ERROR;
    return node;
}

static Node *parse_start(Parser *p, Precedence precedence)
{
    bool lambda = precedence <= PRECEDENCE_EXPRESSION;
    switch (kind(p)) {
    case TOKEN_ARROW:
        return lambda ? parse_lambda(p) : invalid_term(p); /* its parameter is missing */
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_CHARACTER:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NULL:
        return parse_literal(p);
    case TOKEN_INTERPOLATED:
        return parse_interpolated(p);
    case TOKEN_IDENTIFIER:
        if (lambda && is_deconstruction_var(p))
            return parse_var_deconstruction(p);
        if ((lambda || peek_kind(p, 1) == TOKEN_DELEGATE) && is_lambda(p))
            return parse_lambda(p);
        if (!is_identifier(p))
            break;
        return parse_name_term(p);
    case TOKEN_OPEN_PAREN:
        if (lambda && is_lambda(p))
            return parse_lambda(p);
        return is_cast(p) ? parse_cast(p) : parse_parentheses(p);
    case TOKEN_OPEN_BRACKET:
        return lambda && is_lambda(p) ? parse_lambda(p) : parse_collection(p);
    case TOKEN_STATIC:
    case TOKEN_REF: {
        if (is_lambda(p))
            return parse_lambda(p);
        Node *node = invalid_term(p);
        accept(p, TOKEN_REF); /* what starts an expression must not be left, or lists would never end */
        return node;
    }
    case TOKEN_DELEGATE:
        return parse_anonymous_method(p);
    case TOKEN_NEW:
        return parse_new(p);
    case TOKEN_STACKALLOC:
        return parse_stackalloc(p);
    case TOKEN_THIS:
        return parse_word(p, NODE_THIS);
    case TOKEN_BASE:
        return parse_word(p, NODE_BASE);
    case TOKEN_TYPEOF:
        return parse_type_operator(p, NODE_TYPEOF);
    case TOKEN_SIZEOF:
        return parse_type_operator(p, NODE_SIZEOF);
    case TOKEN_DEFAULT:
        return parse_default(p);
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
        return parse_checked(p);
    default:
        if (is_predefined_type(kind(p)))
            return lambda && is_lambda(p) ? parse_lambda(p) : parse_predefined_term(p);
        break;
    }
    return invalid_term(p);
}

/* --- what follows a primary expression ---------------------------------------------------------------------------- */

static Node *parse_member_access(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_QUALIFIED, left);
    if (at(p, TOKEN_POINTER)) {
        Node *target = node_around(p, NODE_UNARY, left);
        target->token = TOKEN_STAR;
        target->a = left;
        left = target;
    }
    advance(p);
    node->a = left;
    node->b = parse_simple_name(p, true);
    node->at = node->b->at;
    finish(p, node);
    node->at = node->b->at;
    return node;
}

static Node *parse_call(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_CALL, left);
    advance(p);
    node->a = left;
    parse_arguments(p, &node->items, TOKEN_CLOSE_PAREN);
    finish(p, node);
    node->at = left->at;
    return node;
}

static Node *parse_index(Parser *p, Node *left)
{
    Node *node = node_around(p, NODE_INDEX, left);
    advance(p);
    node->a = left;
    parse_arguments(p, &node->items, TOKEN_CLOSE_BRACKET);
    finish(p, node);
    node->at = node->span;
    return node;
}

static Node *parse_postfix(Parser *p, Node *left)
{
    Node *node = node_around(p, at(p, TOKEN_NOT) ? NODE_SUPPRESS_NULLABLE : NODE_POSTFIX, left);
    node->token = (uint16_t)kind(p);
    advance(p);
    node->a = left;
    finish(p, node);
    node->at = node->span;
    return node;
}

/* At '?': whether `?.` or `?[` follows, and not the collection of a conditional `a ? [1] : [2]`. */
static bool is_conditional_access(Parser *p)
{
    if (peek_kind(p, 1) == TOKEN_DOT)
        return true;
    if (peek_kind(p, 1) != TOKEN_OPEN_BRACKET)
        return false;
    return peek_kind(p, skip_brackets(p, 1)) != TOKEN_COLON;
}

/* `a?.b?.c` nests to the right; `open` is the innermost access whose rest is still being read. */
static Node *begin_access(Parser *p, Node *open, Node *receiver)
{
    Node *node = node_around(p, NODE_CONDITIONAL_ACCESS, receiver);
    node->a = receiver;
    if (open)
        open->b = node;
    advance(p); /* '?' */
    return node;
}

static Node *end_accesses(Parser *p, Node *first, Node *rest)
{
    for (Node *node = first;; node = node->b) {
        if (!node->b)
            node->b = rest;
        finish(p, node);
        node->at = node->span;
        if (node->b == rest)
            return first;
    }
}

Node *parse_term(Parser *p, Precedence precedence)
{
    Node *left = parse_start(p, precedence);
    Node *first = NULL, *open = NULL;
    if (left->kind == NODE_LAMBDA || left->kind == NODE_CAST ||
        (left->kind == NODE_DECLARATION_EXPRESSION && !(left->flags & FLAG_ERROR)))
        return left;
    for (uint32_t links = 0; add_link(p, &links);) {
        switch (kind(p)) {
        case TOKEN_DOT:
        case TOKEN_POINTER:
            left = parse_member_access(p, left);
            continue;
        case TOKEN_OPEN_PAREN:
            left = parse_call(p, left);
            continue;
        case TOKEN_OPEN_BRACKET:
            left = parse_index(p, left);
            continue;
        case TOKEN_PLUS_PLUS:
        case TOKEN_MINUS_MINUS:
        case TOKEN_NOT:
            left = parse_postfix(p, left);
            continue;
        case TOKEN_QUESTION:
            if (!is_conditional_access(p))
                break;
            open = begin_access(p, open, left);
            if (!first)
                first = open;
            left = node_new(p, NODE_RECEIVER_PLACEHOLDER);
            left->span.end = left->at.end = left->span.start;
            continue;
        default:
            break;
        }
        break;
    }
    return first ? end_accesses(p, first, left) : left;
}
