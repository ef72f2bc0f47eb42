/* Statements. */
#include "lang/parser_internal.h"

bool is_possible_statement(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_FIXED:
    case TOKEN_BREAK:
    case TOKEN_CONTINUE:
    case TOKEN_TRY:
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
    case TOKEN_CONST:
    case TOKEN_DO:
    case TOKEN_ELSE:
    case TOKEN_FOR:
    case TOKEN_FOREACH:
    case TOKEN_GOTO:
    case TOKEN_IF:
    case TOKEN_LOCK:
    case TOKEN_RETURN:
    case TOKEN_SWITCH:
    case TOKEN_THROW:
    case TOKEN_UNSAFE:
    case TOKEN_USING:
    case TOKEN_WHILE:
    case TOKEN_OPEN_BRACE:
    case TOKEN_SEMICOLON:
    case TOKEN_STATIC:
    case TOKEN_READONLY:
    case TOKEN_VOLATILE:
    case TOKEN_REF:
    case TOKEN_EXTERN:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_CASE:
        return true;
    case TOKEN_PUBLIC:
    case TOKEN_INTERNAL:
    case TOKEN_PROTECTED:
    case TOKEN_PRIVATE:
        return false;
    default:
        return is_possible_expression(p);
    }
}

/* --- declarations ------------------------------------------------------------------------------------------------- */

/* `List<int x`: type arguments whose '>' was forgotten. */
static bool is_unclosed_generic(Parser *p)
{
    uint32_t ahead = 1;
    if (!at(p, TOKEN_IDENTIFIER) || peek_kind(p, 1) != TOKEN_LESS)
        return false;
    do {
        ahead++;
        if (scan_type(p, &ahead) == SHAPE_NONE)
            return false;
    } while (peek_kind(p, ahead) == TOKEN_COMMA);
    return peek_kind(p, ahead) == TOKEN_IDENTIFIER;
}

/* Whether a local declaration starts here, rather than an expression. */
bool is_local_declaration(Parser *p)
{
    if (is_predefined_type(kind(p))) {
        TokenKind next = peek_kind(p, 1);
        return next != TOKEN_DOT && next != TOKEN_OPEN_PAREN;
    }
    if (at(p, TOKEN_REF))
        return !is_lambda(p);
    if (!is_identifier(p) && !at(p, TOKEN_OPEN_PAREN))
        return false;
    if (at_word(p, WORD_SCOPED) && peek_kind(p, 1) == TOKEN_REF)
        return true;
    if (is_identifier(p) && peek_kind(p, 1) == TOKEN_IDENTIFIER) {
        const Token *next = peek(p, 1);
        if ((at_word(p, WORD_ASYNC) && is_lambda(p)) || is_query(p))
            return false;
        if (next->word == WORD_WITH && peek_kind(p, 2) == TOKEN_OPEN_BRACE)
            return false;
        /* outside async functions `await x;` declares a variable of a type called await */
        return !is_await(p) || (!p->in_async && (peek_kind(p, 2) == TOKEN_EQUAL || peek_kind(p, 2) == TOKEN_SEMICOLON));
    }
    if (is_await(p) || is_query(p) || (at_word(p, WORD_ASYNC) && is_lambda(p)))
        return false;
    uint32_t ahead = 0;
    TypeShape shape = scan_type(p, &ahead);
    if (shape == SHAPE_NONE)
        return is_unclosed_generic(p);
    TokenKind after = peek_kind(p, ahead);
    if (shape == SHAPE_TYPE && after != TOKEN_DOT && after != TOKEN_OPEN_PAREN && after != TOKEN_ARROW)
        return true;
    if (after != TOKEN_IDENTIFIER || (p->in_query && !is_identifier(p)))
        return false;
    return true;
}

static void parse_bad_brackets(Parser *p)
{
    error_here(p, ERROR_BAD_ARRAY_DECLARATOR, NULL);
    while (accept(p, TOKEN_OPEN_BRACKET)) {
        while (!at(p, TOKEN_CLOSE_BRACKET) && (at(p, TOKEN_COMMA) || is_possible_expression(p)))
            if (!accept(p, TOKEN_COMMA))
                parse_expression(p);
        expect(p, TOKEN_CLOSE_BRACKET);
    }
}

/* `int x(5)`: arguments where none belong. */
static void parse_bad_arguments(Parser *p)
{
    NodeList ignored = {0};
    error_here(p, ERROR_BAD_VARIABLE_DECLARATION, NULL);
    advance(p);
    parse_arguments(p, &ignored, TOKEN_CLOSE_PAREN);
}

/* `int x 5`: a value, but no '='. A lone name is taken for the next statement. */
static bool is_forgotten_equal(Parser *p)
{
    TokenKind next = peek_kind(p, 1);
    switch (kind(p)) {
    case TOKEN_OPEN_PAREN:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_OPEN_BRACE:
    case TOKEN_REF:
    case TOKEN_STATIC:
    case TOKEN_DOT_DOT:
    case TOKEN_THROW:
    case TOKEN_DELEGATE:
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
        return false;
    case TOKEN_NEW:
        return next != TOKEN_EQUAL && next != TOKEN_SEMICOLON;
    case TOKEN_IDENTIFIER:
        return !at_word(p, WORD_AWAIT) && (next == TOKEN_DOT || next == TOKEN_OPEN_PAREN);
    default:
        return !is_predefined_type(kind(p)) && can_start_expression(p);
    }
}

Node *parse_declarator(Parser *p)
{
    Node *node = node_new(p, NODE_DECLARATOR);
    Span name = token_span(p, current(p));
    node->name = expect_identifier(p);
    node->at = name;
    if (!node->name)
        node->span.end = node->at.end = node->span.start;
    if (at(p, TOKEN_OPEN_BRACKET))
        parse_bad_brackets(p);
    else if (at(p, TOKEN_OPEN_PAREN))
        parse_bad_arguments(p);
    bool forgotten = node->name && is_forgotten_equal(p);
    if (forgotten) {
        lexer_report(&p->stream.lexer, current(p)->end);
        error_missing(p, ERROR_SYNTAX_EXPECTED, "=");
    }
    if (forgotten || accept(p, TOKEN_EQUAL))
        node->a = at(p, TOKEN_OPEN_BRACE) ? parse_initializer(p, true) : parse_ref_expression(p);
    finish(p, node);
    node->at = name;
    return node;
}

/* What may not follow a declarator is skipped up to here. */
static bool never(Parser *p)
{
    (void)p;
    return false;
}

void parse_declarators(Parser *p, Node *declaration, bool in_type)
{
    for (;;) {
        Node *declarator = parse_declarator(p);
        node_list_add(p, &declaration->items, declarator);
        if (declaration->flags & FLAG_CONST && declarator->name && !declarator->a)
            error_at(p, declarator->at.start - p->file->base, declarator->at.end - p->file->base,
                     ERROR_CONST_WITHOUT_VALUE, NULL);
        if (at(p, TOKEN_SEMICOLON) || (at(p, TOKEN_COLON) && !in_type) ||
            (at(p, TOKEN_CLOSE_PAREN) && p->surrounding & IN_FOR_HEADER))
            return;
        TokenKind next = peek_kind(p, 2);
        if (p->surrounding & IN_FOR_HEADER && at(p, TOKEN_COMMA) && next != TOKEN_EQUAL && next != TOKEN_COMMA &&
            next != TOKEN_SEMICOLON && next != TOKEN_CLOSE_PAREN)
            return; /* `for (int i = 0, i < n; ...`: a ',' in place of the ';' */
        if (accept(p, TOKEN_COMMA))
            continue;
        if (!skip_bad(p, never, TOKEN_SEMICOLON, TOKEN_COMMA))
            return;
        accept(p, TOKEN_COMMA);
    }
}

/* Behind `type name`: whether a parameter list follows, so that this is a function. */
static bool is_function_head(Parser *p)
{
    return peek_kind(p, 1) == TOKEN_LESS || peek_kind(p, 1) == TOKEN_OPEN_PAREN;
}

Node *parse_local_function(Parser *p, Node *type, NodeList attributes, uint32_t modifiers, uint32_t start)
{
    Node *node = node_around(p, NODE_LOCAL_FUNCTION, type);
    Declaration *decl = node->decl = declaration_new(p);
    node->span.start = p->file->base + start;
    node->a = type;
    decl->attributes = attributes;
    decl->modifiers = modifiers;
    decl->name_span = token_span(p, current(p));
    node->name = expect_identifier(p);
    parse_type_parameters(p, decl);
    parse_parameters(p, decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    parse_constraints(p, decl);
    parse_function_body(p, node, true);
    finish(p, node);
    node->at = decl->name_span;
    return node;
}

/* type declarators; or a local function. */
static Node *parse_declaration(Parser *p, bool in_header)
{
    uint32_t start = current(p)->start;
    Node *node = node_new(p, NODE_LOCAL_DECLARATION);
    if (at_word(p, WORD_SCOPED) &&
        (peek_kind(p, 1) == TOKEN_REF || (peek_kind(p, 1) == TOKEN_IDENTIFIER && peek_kind(p, 2) == TOKEN_IDENTIFIER)))
        advance(p);
    Node *type = parse_return_type(p);
    if (!in_header && is_identifier(p) && is_function_head(p))
        return parse_local_function(p, type, (NodeList){0}, 0, start);
    node->a = type;
    if (type->kind == NODE_PREDEFINED_TYPE && type->token == TOKEN_VOID)
        error_at(p, type->span.start - p->file->base, type->span.end - p->file->base, ERROR_VOID_NOT_ALLOWED, NULL);
    parse_declarators(p, node, false);
    finish(p, node);
    return node;
}

static Node *parse_declaration_statement(Parser *p)
{
    Node *node = parse_declaration(p, false);
    if (node->kind == NODE_LOCAL_FUNCTION)
        return node;
    expect_semicolon(p, true);
    return finish(p, node);
}

/* What is declared at a prompt may have the modifiers of members: `public int x = 1;` */
static bool is_script_level(const Parser *p)
{
    return p->is_submission && p->top_level && !(p->surrounding & IN_BRACES);
}

/* const int x = 1; and functions with modifiers or attributes. */
static Node *parse_modified_statement(Parser *p)
{
    uint32_t start = current(p)->start;
    NodeList attributes = {0};
    parse_attributes(p, &attributes);
    Node *node = node_new(p, NODE_LOCAL_DECLARATION);
    node->span.start = p->file->base + start;
    Span first = token_span(p, current(p));
    const char *first_text = token_source(p, current(p));
    uint32_t modifiers = parse_modifiers(p, true);
    if (!modifiers && !is_local_declaration(p))
        return parse_statement(p);
    Node *type = parse_return_type(p);
    if (is_identifier(p) && is_function_head(p)) {
        const uint32_t allowed = MODIFIER_STATIC | MODIFIER_ASYNC | MODIFIER_EXTERN | MODIFIER_UNSAFE;
        if (modifiers & ~allowed && !is_script_level(p))
            error_at(p, first.start - p->file->base, first.end - p->file->base, ERROR_MODIFIER_NOT_VALID, first_text);
        return parse_local_function(p, type, attributes, modifiers, start);
    }
    node->a = type;
    if (modifiers & MODIFIER_CONST)
        node->flags |= FLAG_CONST;
    if (modifiers & ~(uint32_t)MODIFIER_CONST && !is_script_level(p) &&
        (is_identifier(p) || p->surrounding & IN_BRACES))
        error_at(p, first.start - p->file->base, first.end - p->file->base, ERROR_MODIFIER_NOT_VALID, first_text);
    parse_declarators(p, node, false);
    expect_semicolon(p, true);
    return finish(p, node);
}

/* `async` in front of a local function, `static` and friends. */
bool starts_modified_statement(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_CONST:
    case TOKEN_EXTERN:
    case TOKEN_READONLY:
    case TOKEN_VOLATILE:
        return true;
    case TOKEN_PUBLIC:
    case TOKEN_PRIVATE:
    case TOKEN_PROTECTED:
    case TOKEN_INTERNAL:
    case TOKEN_VIRTUAL:
    case TOKEN_OVERRIDE:
    case TOKEN_ABSTRACT:
    case TOKEN_SEALED:
        return true;
    case TOKEN_STATIC:
        return !is_lambda(p);
    case TOKEN_UNSAFE:
        return peek_kind(p, 1) != TOKEN_OPEN_BRACE;
    case TOKEN_OPEN_BRACKET:
        return !is_lambda(p) && (p->surrounding || p->top_level);
    case TOKEN_IDENTIFIER: {
        if (!at_word(p, WORD_ASYNC) || is_lambda(p))
            return false;
        uint32_t ahead = 1;
        while (peek_kind(p, ahead) == TOKEN_STATIC || peek_kind(p, ahead) == TOKEN_UNSAFE)
            ahead++;
        return scan_type(p, &ahead) != SHAPE_NONE && peek_kind(p, ahead) == TOKEN_IDENTIFIER;
    }
    default:
        return false;
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static bool at_label(Parser *p)
{
    return at(p, TOKEN_CASE) || (at(p, TOKEN_DEFAULT) && peek_kind(p, 1) != TOKEN_OPEN_PAREN);
}

static void parse_statements(Parser *p, NodeList *list, bool in_section)
{
    while (!at(p, TOKEN_CLOSE_BRACE) && !at(p, TOKEN_END)) {
        if (in_section && at_label(p))
            return;
        if ((at(p, TOKEN_CATCH) || at(p, TOKEN_FINALLY)) && p->surrounding & IN_TRY)
            return;
        uint32_t start = current(p)->start;
        if (is_possible_statement(p)) {
            node_list_add(p, list, parse_statement(p));
        } else {
            if (is_terminator(p))
                return;
            if (!at(p, TOKEN_ERROR))
                error_missing(p, ERROR_CLOSE_BRACE_EXPECTED, NULL);
            do
                advance(p);
            while (!is_possible_statement(p) && !is_terminator(p));
        }
        if (current(p)->start == start && !at(p, TOKEN_END))
            advance(p);
    }
}

Node *parse_block(Parser *p)
{
    if (!enter(p))
        return node_error(p);
    uint32_t surrounding = p->surrounding;
    bool in_query = p->in_query, in_interpolation = p->in_interpolation;
    p->surrounding = (p->surrounding & (IN_TYPE | IN_TRY | IN_ARGUMENTS)) | IN_BLOCK | IN_BRACES;
    p->in_query = p->in_interpolation = false;
    Node *block = node_new(p, NODE_BLOCK);
    expect(p, TOKEN_OPEN_BRACE);
    parse_statements(p, &block->items, false);
    expect(p, TOKEN_CLOSE_BRACE);
    p->surrounding = surrounding;
    p->in_query = in_query;
    p->in_interpolation = in_interpolation;
    leave(p);
    return finish(p, block);
}

Node *parse_embedded_statement(Parser *p)
{
    Node *node = parse_statement(p);
    if (node->kind == NODE_LOCAL_DECLARATION || node->kind == NODE_LOCAL_FUNCTION || node->kind == NODE_LABELED)
        error_deferred(p, node->span, ERROR_EMBEDDED_DECLARATION, NULL);
    return node;
}

/* --- branches ----------------------------------------------------------------------------------------------------- */

static Node *parse_condition(Parser *p)
{
    expect(p, TOKEN_OPEN_PAREN);
    Node *node = parse_expression(p);
    expect_close_paren(p);
    return node;
}

/* A chain of `else if` is a loop: it may be long where nesting may not. */
static Node *parse_if(Parser *p)
{
    Node *first = NULL;
    Node **slot = &first;
    uint32_t links = 0;
    for (;;) {
        Node *node = node_new(p, NODE_IF);
        *slot = node;
        slot = &node->c;
        advance(p);
        node->a = parse_condition(p);
        node->b = parse_embedded_statement(p);
        if (!accept(p, TOKEN_ELSE) || !add_link(p, &links))
            break;
        if (!at(p, TOKEN_IF)) {
            node->c = parse_embedded_statement(p);
            break;
        }
    }
    for (Node *node = first; node && node->kind == NODE_IF; node = node->c)
        finish(p, node);
    return first;
}

static Node *parse_while(Parser *p)
{
    Node *node = node_new(p, NODE_WHILE);
    advance(p);
    node->a = parse_condition(p);
    node->b = parse_embedded_statement(p);
    return finish(p, node);
}

static Node *parse_do(Parser *p)
{
    Node *node = node_new(p, NODE_DO);
    advance(p);
    node->a = parse_embedded_statement(p);
    expect(p, TOKEN_WHILE);
    node->b = parse_condition(p);
    expect_semicolon(p, false);
    return finish(p, node);
}

static void parse_expression_list(Parser *p, NodeList *list, TokenKind close)
{
    while (!at(p, close) && !at(p, TOKEN_END)) {
        node_list_add(p, list, parse_expression(p));
        if (!at(p, TOKEN_COMMA) && !at(p, close) &&
            (at(p, TOKEN_SEMICOLON) || !skip_bad(p, is_possible_expression, close, TOKEN_COMMA)))
            return;
        if (at(p, close))
            return;
        expect(p, TOKEN_COMMA);
    }
}

static Node *parse_foreach(Parser *p);

/* `for (var x in y)`: foreach was meant. */
static bool is_misspelt_foreach(Parser *p)
{
    uint32_t ahead = 2;
    return peek_kind(p, 1) == TOKEN_OPEN_PAREN && scan_type(p, &ahead) != SHAPE_NONE &&
           peek_kind(p, ahead) == TOKEN_IDENTIFIER && peek_kind(p, ahead + 1) == TOKEN_IN;
}

static Node *parse_for(Parser *p)
{
    if (is_misspelt_foreach(p))
        return parse_foreach(p);
    Node *node = node_new(p, NODE_FOR);
    uint32_t surrounding = p->surrounding;
    advance(p);
    expect(p, TOKEN_OPEN_PAREN);
    p->surrounding |= IN_FOR_HEADER;
    if (!at(p, TOKEN_SEMICOLON) && !at(p, TOKEN_CLOSE_PAREN)) {
        if (is_local_declaration(p) || at(p, TOKEN_REF))
            node->a = parse_declaration(p, true);
        else
            parse_expression_list(p, &node->items, TOKEN_SEMICOLON);
    }
    bool separated = expect(p, TOKEN_SEMICOLON);
    if (!at(p, TOKEN_SEMICOLON) && separated)
        node->b = parse_expression(p);
    expect(p, TOKEN_SEMICOLON);
    parse_expression_list(p, &node->extra, TOKEN_CLOSE_PAREN);
    p->surrounding = surrounding;
    expect(p, TOKEN_CLOSE_PAREN);
    node->c = parse_embedded_statement(p);
    return finish(p, node);
}

static void parse_foreach_variable(Parser *p, Node *node)
{
    uint32_t ahead = 0;
    bool typed = !is_deconstruction_var(p) && is_possible_type(p) && scan_type(p, &ahead) != SHAPE_NONE &&
                 peek_kind(p, ahead) == TOKEN_IDENTIFIER;
    if (typed || at(p, TOKEN_REF)) {
        node->a = parse_type(p, TYPE_NORMAL);
        node->at = token_span(p, current(p));
        if (is_identifier(p)) {
            node->name = current(p)->name;
            advance(p);
        } else if (at(p, TOKEN_IN)) {
            error_here(p, ERROR_FOREACH_DECLARATION, NULL);
        } else {
            expect_identifier(p);
        }
        return;
    }
    node->b = parse_expression(p);
    if (node->b->kind == NODE_TUPLE || node->b->kind == NODE_DECLARATION_EXPRESSION)
        return;
    if (node->b->kind != NODE_ERROR_NODE)
        error_here(p, ERROR_FOREACH_DECLARATION, NULL);
}

static Node *parse_foreach(Parser *p)
{
    Node *node = node_new(p, NODE_FOREACH);
    Span keyword = node->at;
    if (accept_word(p, WORD_AWAIT))
        node->flags |= FLAG_AWAIT;
    if (!accept(p, TOKEN_FOREACH)) {
        error_here(p, ERROR_SYNTAX_EXPECTED, "foreach");
        advance(p);
    }
    expect(p, TOKEN_OPEN_PAREN);
    parse_foreach_variable(p, node);
    if (!accept(p, TOKEN_IN))
        error_missing(p, ERROR_IN_EXPECTED, NULL);
    node->c = parse_expression(p);
    expect(p, TOKEN_CLOSE_PAREN);
    node->d = parse_embedded_statement(p);
    finish(p, node);
    node->at = keyword;
    return node;
}

/* --- switch ------------------------------------------------------------------------------------------------------- */

/* A pattern, or a constant expression with operators that no pattern has: `A || B`. */
static Node *parse_case_pattern(Parser *p)
{
    Node *pattern = parse_pattern(p, PRECEDENCE_CONDITIONAL, false);
    bool constant = pattern->kind == NODE_CONSTANT_PATTERN || pattern->kind == NODE_TYPE_PATTERN;
    if (constant && !at(p, TOKEN_COLON) && !at(p, TOKEN_IDENTIFIER)) {
        pattern->a = parse_operations(p, pattern->a, PRECEDENCE_CONDITIONAL);
        pattern->kind = NODE_CONSTANT_PATTERN;
        finish(p, pattern);
    }
    return pattern;
}

static Node *parse_label(Parser *p)
{
    Node *label = node_new(p, at(p, TOKEN_CASE) ? NODE_CASE_LABEL : NODE_DEFAULT_LABEL);
    advance(p);
    if (label->kind == NODE_CASE_LABEL) {
        if (at(p, TOKEN_COLON)) {
            error_missing(p, ERROR_CONSTANT_VALUE_EXPECTED, NULL);
            label->a = node_error(p);
        } else {
            label->a = parse_case_pattern(p);
        }
        if (accept_word(p, WORD_WHEN))
            label->b = parse_expression(p);
    }
    expect(p, TOKEN_COLON);
    return finish(p, label);
}

static Node *parse_section(Parser *p)
{
    Node *section = node_new(p, NODE_SWITCH_SECTION);
    while (at_label(p))
        node_list_add(p, &section->extra, parse_label(p));
    parse_statements(p, &section->items, true);
    return finish(p, section);
}

static Node *parse_switch(Parser *p)
{
    Node *node = node_new(p, NODE_SWITCH);
    uint32_t surrounding = p->surrounding;
    advance(p);
    uint32_t start = current(p)->start;
    Node *value = parse_expression(p); /* a tuple keeps its parentheses */
    node->a = value->kind == NODE_PARENTHESIZED ? value->a : value;
    if (value->kind != NODE_PARENTHESIZED && value->kind != NODE_TUPLE)
        error_at(p, start, p->last_end, ERROR_SWITCH_PARENTHESES, NULL);
    expect(p, TOKEN_OPEN_BRACE);
    p->surrounding |= IN_SWITCH | IN_BLOCK | IN_BRACES;
    while (at_label(p))
        node_list_add(p, &node->items, parse_section(p));
    p->surrounding = surrounding;
    expect(p, TOKEN_CLOSE_BRACE);
    return finish(p, node);
}

/* --- try, using, lock --------------------------------------------------------------------------------------------- */

/* A block that `catch` and `finally` end, even when its '}' is missing. */
static Node *parse_try_block(Parser *p)
{
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_TRY;
    Node *block = parse_block(p);
    p->surrounding = surrounding;
    return block;
}

static Node *parse_catch(Parser *p)
{
    Node *node = node_new(p, NODE_CATCH);
    advance(p);
    if (accept(p, TOKEN_OPEN_PAREN)) {
        node->a = parse_type(p, TYPE_NORMAL);
        if (is_identifier(p)) {
            node->at = token_span(p, current(p));
            node->name = current(p)->name;
            advance(p);
        }
        expect(p, TOKEN_CLOSE_PAREN);
    }
    if (accept_word(p, WORD_WHEN))
        node->b = parse_condition(p);
    node->c = parse_try_block(p);
    return finish(p, node);
}

static Node *parse_try(Parser *p)
{
    Node *node = node_new(p, NODE_TRY);
    if (at(p, TOKEN_TRY)) {
        advance(p);
        node->a = parse_try_block(p);
    } else { /* catch or finally without try */
        error_missing(p, ERROR_SYNTAX_EXPECTED, "try");
        node->a = node_new(p, NODE_BLOCK);
        node->a->span.end = node->a->span.start;
    }
    bool closed = p->last_end > 0 && p->file->text[p->last_end - 1] == '}';
    while (at(p, TOKEN_CATCH))
        node_list_add(p, &node->items, parse_catch(p));
    if (accept(p, TOKEN_FINALLY))
        node->b = parse_block(p);
    else if (!node->items.count && closed)
        error_at(p, p->last_end - 1, p->last_end, ERROR_EXPECTED_CATCH_OR_FINALLY, NULL);
    if (at(p, TOKEN_END) && !node->items.count && !node->b)
        p->needs_more = true;
    return finish(p, node);
}

static Node *parse_using(Parser *p)
{
    Node *node = node_new(p, NODE_USING_STATEMENT);
    uint32_t await = accept_word(p, WORD_AWAIT) ? FLAG_AWAIT : 0;
    expect(p, TOKEN_USING);
    if (!at(p, TOKEN_OPEN_PAREN)) {
        Span start = node->span;
        node = parse_declaration(p, true);
        node->span.start = start.start;
        node->flags |= FLAG_USING | await;
        expect_semicolon(p, true);
        return finish(p, node);
    }
    node->flags |= await;
    advance(p);
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_FOR_HEADER;
    node->a = is_local_declaration(p) ? parse_declaration(p, true) : parse_expression(p);
    p->surrounding = surrounding;
    expect(p, TOKEN_CLOSE_PAREN);
    node->b = parse_embedded_statement(p);
    return finish(p, node);
}

static Node *parse_lock(Parser *p)
{
    Node *node = node_new(p, NODE_LOCK);
    advance(p);
    node->a = parse_condition(p);
    node->b = parse_embedded_statement(p);
    return finish(p, node);
}

static Node *parse_fixed_or_unsafe(Parser *p)
{
    Node *node = node_new(p, NODE_FIXED_OR_UNSAFE);
    bool fixed = at(p, TOKEN_FIXED);
    advance(p);
    if (fixed) {
        uint32_t surrounding = p->surrounding;
        expect(p, TOKEN_OPEN_PAREN);
        p->surrounding |= IN_FOR_HEADER;
        node->b = parse_declaration(p, true);
        p->surrounding = surrounding;
        expect(p, TOKEN_CLOSE_PAREN);
        node->a = parse_embedded_statement(p);
    } else {
        node->a = parse_block(p);
    }
    return finish(p, node);
}

static Node *parse_checked_statement(Parser *p)
{
    uint32_t flag = at(p, TOKEN_CHECKED) ? FLAG_CHECKED : FLAG_UNCHECKED;
    uint32_t start = current(p)->start;
    advance(p);
    Node *block = parse_block(p);
    block->flags |= flag;
    block->span.start = p->file->base + start;
    return block;
}

/* --- jumps -------------------------------------------------------------------------------------------------------- */

static Node *parse_jump(Parser *p, NodeKind node_kind)
{
    Node *node = node_new(p, node_kind);
    advance(p);
    if ((node_kind == NODE_RETURN || node_kind == NODE_THROW) && !at(p, TOKEN_SEMICOLON))
        node->a = parse_ref_expression(p);
    expect_semicolon(p, true);
    return finish(p, node);
}

static Node *parse_goto(Parser *p)
{
    Node *node = node_new(p, NODE_GOTO);
    advance(p);
    if (at(p, TOKEN_CASE) || at(p, TOKEN_DEFAULT)) {
        node->token = (uint16_t)kind(p);
        advance(p);
        if (node->token == TOKEN_CASE)
            node->a = parse_expression(p);
    } else {
        node->at = token_span(p, current(p));
        node->name = expect_identifier(p);
    }
    expect_semicolon(p, true);
    return finish(p, node);
}

static Node *parse_yield(Parser *p)
{
    Node *node = node_new(p, peek_kind(p, 1) == TOKEN_BREAK ? NODE_YIELD_BREAK : NODE_YIELD_RETURN);
    advance(p);
    advance(p);
    if (node->kind == NODE_YIELD_RETURN) {
        if (at(p, TOKEN_SEMICOLON))
            error_at(p, p->last_end - 6, p->last_end, ERROR_YIELD_VALUE, NULL);
        else
            node->a = parse_expression(p);
    }
    expect_semicolon(p, true);
    return finish(p, node);
}

/* --- expressions -------------------------------------------------------------------------------------------------- */

Node *parse_expression_statement(Parser *p)
{
    Node *node = node_new(p, NODE_EXPRESSION_STATEMENT);
    node->a = parse_expression(p);
    expect_semicolon(p, true);
    return finish(p, node);
}

static Node *parse_labeled(Parser *p)
{
    Node *node = node_new(p, NODE_LABELED);
    node->name = current(p)->name;
    advance(p);
    advance(p);
    if (at(p, TOKEN_CLOSE_BRACE)) { /* Roslyn: the statement is missing */
        node->a = node_new(p, NODE_EMPTY_STATEMENT);
        error_here(p, ERROR_INVALID_EXPRESSION_TERM, "}");
    } else {
        node->a = parse_statement(p);
    }
    return finish(p, node);
}

/* A label outside of a switch: Roslyn misses the `switch`. */
static Node *parse_misplaced_case(Parser *p)
{
    error_missing(p, ERROR_SYNTAX_EXPECTED, "switch");
    Node *node = node_new(p, NODE_SWITCH);
    node->a = node_error(p);
    while (at_label(p))
        node_list_add(p, &node->items, parse_section(p));
    return finish(p, node);
}

static Node *parse_misplaced_else(Parser *p)
{
    error_missing(p, ERROR_MISPLACED_ELSE, NULL);
    advance(p);
    return parse_statement(p);
}

static Node *parse_word_statement(Parser *p)
{
    TokenKind next = peek_kind(p, 1);
    if (next == TOKEN_COLON)
        return parse_labeled(p);
    if (at_word(p, WORD_YIELD) && (next == TOKEN_RETURN || next == TOKEN_BREAK))
        return parse_yield(p);
    if (at_word(p, WORD_AWAIT) && next == TOKEN_FOREACH)
        return parse_foreach(p);
    if (at_word(p, WORD_AWAIT) && next == TOKEN_USING)
        return parse_using(p);
    if (starts_modified_statement(p))
        return parse_modified_statement(p);
    return is_local_declaration(p) ? parse_declaration_statement(p) : parse_expression_statement(p);
}

static Node *parse_statement_core(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_IDENTIFIER:
        return parse_word_statement(p);
    case TOKEN_OPEN_BRACE:
        return parse_block(p);
    case TOKEN_SEMICOLON: {
        Node *node = node_new(p, NODE_EMPTY_STATEMENT);
        advance(p);
        return node;
    }
    case TOKEN_IF:
        return parse_if(p);
    case TOKEN_ELSE:
        return parse_misplaced_else(p);
    case TOKEN_CASE:
        return parse_misplaced_case(p);
    case TOKEN_WHILE:
        return parse_while(p);
    case TOKEN_DO:
        return parse_do(p);
    case TOKEN_FOR:
        return parse_for(p);
    case TOKEN_FOREACH:
        return parse_foreach(p);
    case TOKEN_SWITCH:
        return parse_switch(p);
    case TOKEN_TRY:
    case TOKEN_CATCH:
    case TOKEN_FINALLY:
        return parse_try(p);
    case TOKEN_USING:
        return parse_using(p);
    case TOKEN_LOCK:
        return parse_lock(p);
    case TOKEN_FIXED:
        return parse_fixed_or_unsafe(p);
    case TOKEN_BREAK:
        return parse_jump(p, NODE_BREAK);
    case TOKEN_CONTINUE:
        return parse_jump(p, NODE_CONTINUE);
    case TOKEN_RETURN:
        return parse_jump(p, NODE_RETURN);
    case TOKEN_THROW:
        return parse_jump(p, NODE_THROW);
    case TOKEN_GOTO:
        return parse_goto(p);
    case TOKEN_CHECKED:
    case TOKEN_UNCHECKED:
        return peek_kind(p, 1) == TOKEN_OPEN_PAREN ? parse_expression_statement(p) : parse_checked_statement(p);
    case TOKEN_UNSAFE:
        if (peek_kind(p, 1) == TOKEN_OPEN_BRACE)
            return parse_fixed_or_unsafe(p);
        return parse_modified_statement(p);
    default:
        if (starts_modified_statement(p))
            return parse_modified_statement(p);
        return is_local_declaration(p) ? parse_declaration_statement(p) : parse_expression_statement(p);
    }
}

Node *parse_statement(Parser *p)
{
    if (!enter(p))
        return node_error(p);
    Node *node = parse_statement_core(p);
    leave(p);
    return node;
}
