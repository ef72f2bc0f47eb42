/* Files, namespaces, usings, types and what their headers are made of. */
#include "lang/parser_internal.h"

#include <string.h>

/* --- attributes and modifiers ------------------------------------------------------------------------------------- */

static bool is_possible_attribute(Parser *p)
{
    return is_identifier(p);
}

static Node *parse_attribute(Parser *p, Name target)
{
    Node *node = node_new(p, NODE_ATTRIBUTE);
    node->a = parse_name(p);
    node->name = target;
    if (accept(p, TOKEN_OPEN_PAREN)) {
        while (!at(p, TOKEN_CLOSE_PAREN) && !at(p, TOKEN_CLOSE_BRACKET) && !at(p, TOKEN_END)) {
            Node *argument = node_new(p, NODE_ARGUMENT);
            TokenKind next = peek_kind(p, 1);
            if (at(p, TOKEN_IDENTIFIER) && (next == TOKEN_EQUAL || next == TOKEN_COLON)) {
                argument->name = current(p)->name;
                argument->token = next == TOKEN_EQUAL ? TOKEN_EQUAL : 0; /* Property = value */
                advance(p);
                advance(p);
            }
            argument->a = parse_expression(p);
            node_list_add(p, &node->items, finish(p, argument));
            bool comma;
            if (!list_continues(p, TOKEN_CLOSE_PAREN, is_possible_expression, &comma))
                break;
        }
        expect(p, TOKEN_CLOSE_PAREN);
    }
    return finish(p, node);
}

static void parse_attribute_section(Parser *p, NodeList *attributes)
{
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_ARGUMENTS;
    advance(p); /* '[' */
    Name target = NULL;
    if (peek_kind(p, 1) == TOKEN_COLON && (at(p, TOKEN_IDENTIFIER) || kind(p) >= TOKEN_FIRST_WORD)) {
        target = name_of(p->context.names, token_source(p, current(p)));
        advance(p);
        advance(p);
    }
    bool comma;
    do {
        if (at(p, TOKEN_CLOSE_BRACKET) && attributes->count)
            break; /* a trailing comma */
        node_list_add(p, attributes, parse_attribute(p, target));
    } while (list_continues(p, TOKEN_CLOSE_BRACKET, is_possible_attribute, &comma));
    p->surrounding = surrounding;
    expect(p, TOKEN_CLOSE_BRACKET);
}

void parse_attributes(Parser *p, NodeList *attributes)
{
    while (at(p, TOKEN_OPEN_BRACKET))
        parse_attribute_section(p, attributes);
}

static bool is_type_keyword(const Token *token)
{
    switch (token->kind) {
    case TOKEN_CLASS:
    case TOKEN_STRUCT:
    case TOKEN_INTERFACE:
    case TOKEN_ENUM:
    case TOKEN_DELEGATE:
        return true;
    default:
        return token->word == WORD_RECORD;
    }
}

static uint32_t modifier_of_keyword(TokenKind token)
{
    switch (token) {
    case TOKEN_PUBLIC:
        return MODIFIER_PUBLIC;
    case TOKEN_PRIVATE:
        return MODIFIER_PRIVATE;
    case TOKEN_PROTECTED:
        return MODIFIER_PROTECTED;
    case TOKEN_INTERNAL:
        return MODIFIER_INTERNAL;
    case TOKEN_STATIC:
        return MODIFIER_STATIC;
    case TOKEN_READONLY:
        return MODIFIER_READONLY;
    case TOKEN_CONST:
        return MODIFIER_CONST;
    case TOKEN_VIRTUAL:
        return MODIFIER_VIRTUAL;
    case TOKEN_OVERRIDE:
        return MODIFIER_OVERRIDE;
    case TOKEN_ABSTRACT:
        return MODIFIER_ABSTRACT;
    case TOKEN_SEALED:
        return MODIFIER_SEALED;
    case TOKEN_EXTERN:
        return MODIFIER_EXTERN;
    case TOKEN_NEW:
        return MODIFIER_NEW;
    case TOKEN_VOLATILE:
        return MODIFIER_VOLATILE;
    case TOKEN_UNSAFE:
        return MODIFIER_UNSAFE;
    default:
        return 0;
    }
}

/* Whether a contextual word at `ahead` is a modifier, by what follows it. */
static bool modifies_next(Parser *p, uint32_t ahead)
{
    const Token *next = peek(p, ahead + 1);
    if (next->kind == TOKEN_IDENTIFIER)
        return !(next->flags & TOKEN_VERBATIM) || peek_kind(p, ahead + 2) != TOKEN_SEMICOLON;
    if (next->kind == TOKEN_OPEN_PAREN) {
        uint32_t after = ahead + 1;
        return scan_type(p, &after) == SHAPE_TUPLE && peek_kind(p, after) == TOKEN_IDENTIFIER;
    }
    return is_type_keyword(next) || is_predefined_type((TokenKind)next->kind) ||
           modifier_of_keyword((TokenKind)next->kind) || next->kind == TOKEN_REF || next->kind == TOKEN_EVENT;
}

static uint32_t modifier_at(Parser *p, uint32_t ahead, bool in_statement)
{
    const Token *token = peek(p, ahead);
    uint32_t found = modifier_of_keyword((TokenKind)token->kind);
    if (found) {
        bool other = in_statement && (found == MODIFIER_NEW ||
                                      (found == MODIFIER_UNSAFE && peek_kind(p, ahead + 1) == TOKEN_OPEN_BRACE));
        return other ? 0 : found;
    }
    switch (token->word) {
    case WORD_ASYNC:
        return modifies_next(p, ahead) ? MODIFIER_ASYNC : 0;
    case WORD_PARTIAL: {
        const Token *next = peek(p, ahead + 1);
        bool type = is_type_keyword(next) || (!in_statement && (modifies_next(p, ahead)));
        return type ? MODIFIER_PARTIAL : 0;
    }
    case WORD_REQUIRED:
        return !in_statement && modifies_next(p, ahead) ? MODIFIER_REQUIRED : 0;
    case WORD_FILE:
        return is_type_keyword(peek(p, ahead + 1)) || modifier_of_keyword(peek_kind(p, ahead + 1)) ? MODIFIER_FILE : 0;
    default:
        break;
    }
    if (token->kind == TOKEN_REF &&
        (peek_kind(p, ahead + 1) == TOKEN_STRUCT ||
         (peek(p, ahead + 1)->word == WORD_PARTIAL && peek_kind(p, ahead + 2) == TOKEN_STRUCT)))
        return MODIFIER_REF;
    return 0;
}

uint32_t modifier_of(Parser *p, bool in_statement)
{
    return modifier_at(p, 0, in_statement);
}

uint32_t parse_modifiers(Parser *p, bool in_statement)
{
    uint32_t modifiers = 0;
    uint32_t found;
    while ((found = modifier_of(p, in_statement)) != 0) {
        if (modifiers & found)
            error_deferred(p, token_span(p, current(p)), ERROR_DUPLICATE_MODIFIER, token_source(p, current(p)));
        modifiers |= found;
        advance(p);
    }
    return modifiers;
}

/* Whether a type or delegate is declared behind the modifiers at `ahead`. */
bool starts_type_declaration(Parser *p, uint32_t ahead)
{
    while (modifier_at(p, ahead, false))
        ahead++;
    const Token *token = peek(p, ahead);
    if (token->kind == TOKEN_DELEGATE)
        return ahead > 0 || (peek_kind(p, 1) != TOKEN_OPEN_PAREN && peek_kind(p, 1) != TOKEN_OPEN_BRACE);
    if (token->word == WORD_RECORD) {
        TokenKind next = peek_kind(p, ahead + 1);
        TokenKind after = peek_kind(p, ahead + 2);
        return next == TOKEN_CLASS || next == TOKEN_STRUCT ||
               (next == TOKEN_IDENTIFIER && after != TOKEN_EQUAL && after != TOKEN_COMMA);
    }
    return is_type_keyword(token);
}

/* --- parameters, type parameters, constraints --------------------------------------------------------------------- */

static bool is_parameter_word(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_REF:
    case TOKEN_OUT:
    case TOKEN_IN:
    case TOKEN_PARAMS:
    case TOKEN_THIS:
    case TOKEN_READONLY:
        return true;
    default: {
        TokenKind next = peek_kind(p, 1);
        return at_word(p, WORD_SCOPED) && (next == TOKEN_IDENTIFIER || next == TOKEN_REF || is_predefined_type(next)) &&
               (next != TOKEN_IDENTIFIER || peek_kind(p, 2) == TOKEN_IDENTIFIER);
    }
    }
}

static bool is_possible_parameter(Parser *p)
{
    return is_identifier(p) || is_predefined_type(kind(p)) || at(p, TOKEN_OPEN_BRACKET) || at(p, TOKEN_OPEN_PAREN) ||
           is_parameter_word(p);
}

Node *parse_parameter(Parser *p)
{
    Node *node = node_new(p, NODE_PARAMETER);
    Declaration *decl = node->decl = declaration_new(p);
    parse_attributes(p, &decl->attributes);
    while (is_parameter_word(p)) {
        if (!at(p, TOKEN_READONLY) && (!node->token || node->token == TOKEN_IDENTIFIER || at(p, TOKEN_PARAMS)))
            node->token = (uint16_t)kind(p);
        else if (at(p, TOKEN_READONLY))
            node->flags |= FLAG_READONLY;
        advance(p);
    }
    TokenKind next = peek_kind(p, 1);
    bool untyped = is_identifier(p) && (next == TOKEN_COMMA || next == TOKEN_CLOSE_PAREN || next == TOKEN_EQUAL);
    if (untyped && !p->in_interpolation && node->token == TOKEN_IDENTIFIER)
        node->token = 0;
    if (!untyped)
        node->a = parse_type(p, TYPE_PARAMETER_MODE);
    decl->name_span = token_span(p, current(p));
    node->name = expect_identifier(p);
    decl->body_start = p->file->base + (current(p)->flags & TOKEN_AFTER_NEWLINE ? p->last_end : current(p)->start);
    if (at(p, TOKEN_OPEN_BRACKET) && (peek_kind(p, 1) == TOKEN_CLOSE_BRACKET || peek_kind(p, 1) == TOKEN_COMMA)) {
        error_here(p, ERROR_PARAMETER_ARRAY, NULL);
        while (!at(p, TOKEN_CLOSE_BRACKET) && !at(p, TOKEN_END))
            advance(p);
        accept(p, TOKEN_CLOSE_BRACKET);
    }
    if (accept(p, TOKEN_EQUAL))
        node->b = parse_expression(p);
    finish(p, node);
    node->at = decl->name_span;
    return node;
}

/* Parameters of lambdas may have no types; those of everything else must. */
static void check_types(Parser *p, const Declaration *decl)
{
    for (uint32_t i = 0; i < decl->parameters.count; i++) {
        const Node *parameter = decl->parameters.at[i];
        if (parameter->a || !parameter->name)
            continue;
        uint32_t end = parameter->decl->body_start - p->file->base; /* where the name of `T name` would be */
        error_at(p, end, end + 1, ERROR_IDENTIFIER_EXPECTED, NULL);
    }
}

void parse_parameter_list(Parser *p, Declaration *decl, TokenKind open, TokenKind close)
{
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_ARGUMENTS;
    decl->has_parameters = true;
    if (!expect(p, open) && !is_possible_parameter(p) && !at(p, close))
        goto done;
    bool more = !at(p, close) && (is_possible_parameter(p) || at(p, TOKEN_COMMA) ||
                                  skip_bad(p, is_possible_parameter, close, TOKEN_IDENTIFIER));
    bool comma;
    while (more) {
        node_list_add(p, &decl->parameters, parse_parameter(p));
        more = list_continues(p, close, is_possible_parameter, &comma);
    }
    expect(p, close);
done:
    p->surrounding = surrounding;
}

void parse_parameters(Parser *p, Declaration *decl, TokenKind open, TokenKind close)
{
    parse_parameter_list(p, decl, open, close);
    check_types(p, decl);
}

void parse_type_parameters(Parser *p, Declaration *decl)
{
    if (!accept(p, TOKEN_LESS))
        return;
    do {
        Node *node = node_new(p, NODE_TYPE_PARAMETER);
        node->decl = declaration_new(p);
        parse_attributes(p, &node->decl->attributes);
        if (at(p, TOKEN_IN) || at(p, TOKEN_OUT)) {
            node->token = (uint16_t)kind(p);
            advance(p);
        }
        node->at = token_span(p, current(p));
        node->name = expect_identifier(p);
        Span name = node->at;
        finish(p, node);
        node->at = name;
        node_list_add(p, &decl->type_parameters, node);
    } while (accept(p, TOKEN_COMMA));
    expect(p, TOKEN_GREATER);
}

/* class, class?, struct, notnull, unmanaged, new(), default; NULL: a type. */
static const char *constraint_keyword(Parser *p)
{
    TokenKind next = peek_kind(p, 1);
    bool ends = next == TOKEN_COMMA || next == TOKEN_OPEN_BRACE || next == TOKEN_ARROW || next == TOKEN_SEMICOLON ||
                peek(p, 1)->word == WORD_WHERE;
    switch (kind(p)) {
    case TOKEN_CLASS:
        return next == TOKEN_QUESTION ? "class?" : "class";
    case TOKEN_STRUCT:
        return "struct";
    case TOKEN_NEW:
        return "new";
    case TOKEN_DEFAULT:
        return "default";
    default:
        break;
    }
    if (at_word(p, WORD_NOTNULL) && ends)
        return "notnull";
    return at_word(p, WORD_UNMANAGED) && ends ? "unmanaged" : NULL;
}

static Node *parse_constraint_item(Parser *p)
{
    const char *keyword = constraint_keyword(p);
    if (!keyword)
        return parse_type(p, TYPE_NORMAL);
    Node *node = node_new(p, NODE_CONSTRAINT_KEYWORD);
    node->name = name_of(p->context.names, keyword);
    bool is_new = at(p, TOKEN_NEW);
    advance(p);
    accept(p, keyword[0] == 'c' ? TOKEN_QUESTION : TOKEN_ERROR);
    if (is_new) {
        expect(p, TOKEN_OPEN_PAREN);
        expect(p, TOKEN_CLOSE_PAREN);
    }
    return finish(p, node);
}

void parse_constraints(Parser *p, Declaration *decl)
{
    while (at_word(p, WORD_WHERE)) {
        Node *node = node_new(p, NODE_CONSTRAINT);
        advance(p);
        node->at = token_span(p, current(p));
        node->name = expect_identifier(p);
        expect(p, TOKEN_COLON);
        do
            node_list_add(p, &node->items, parse_constraint_item(p));
        while (accept(p, TOKEN_COMMA));
        Span name = node->at;
        finish(p, node);
        node->at = name;
        node_list_add(p, &decl->constraints, node);
    }
}

/* --- bodies ------------------------------------------------------------------------------------------------------- */

/* The part that starts at `start`, if the core library's index knows it; else NULL. */
static const SourceSkip *known_skip(const SourceFile *file, uint32_t start)
{
    uint32_t low = 0, high = file->skip_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (file->skips[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->skip_count && file->skips[low].start == start ? &file->skips[low] : NULL;
}

/* Lazy parsing: notes where the body is and goes on behind it. */
static void skip_body(Parser *p, Node *node)
{
    Declaration *decl = node->decl;
    bool arrow = at(p, TOKEN_ARROW);
    uint32_t limit = p->stream.lexer.limit;
    uint32_t start = current(p)->start;
    const SourceSkip *known = known_skip(p->file, start);
    uint32_t end = known ? known->end : 0;
    if (!known) {
        end = arrow ? lexer_skip_expression(p->file->text, start + 2, limit)
                    : lexer_skip_braces(p->file->text, start + 1, limit);
        if (!arrow && end < limit)
            end++;
    }
    decl->body_start = p->file->base + start;
    decl->body_end = p->file->base + end;
    decl->parser = p;
    skip_to(p, end);
    if (arrow)
        accept(p, TOKEN_SEMICOLON);
}

static void parse_body_now(Parser *p, Node *node)
{
    Declaration *decl = node->decl;
    bool in_async = p->in_async, top_level = p->top_level;
    p->in_async = (decl->modifiers & MODIFIER_ASYNC) != 0;
    decl->body_start = p->file->base + current(p)->start;
    if (accept(p, TOKEN_ARROW))
        decl->body = parse_ref_expression(p);
    else
        decl->body = parse_block(p);
    decl->body_end = p->file->base + p->last_end;
    p->in_async = in_async;
    p->top_level = top_level;
    if (node->flags & FLAG_EXPRESSION_BODY)
        expect_semicolon(p, true);
    else if (at(p, TOKEN_SEMICOLON) && node->kind != NODE_LOCAL_FUNCTION) {
        error_here(p, ERROR_SEMICOLON_AFTER_BODY, NULL);
        advance(p);
    }
}

/* `{ ... }`, `=> e;` or `;`. */
void parse_function_body(Parser *p, Node *node, bool semicolon_allowed)
{
    if (accept(p, TOKEN_SEMICOLON))
        return;
    if (!at(p, TOKEN_OPEN_BRACE) && !at(p, TOKEN_ARROW)) {
        error_missing(p, semicolon_allowed ? ERROR_SEMICOLON_EXPECTED : ERROR_SEMICOLON_OR_BRACE_EXPECTED, NULL);
        return;
    }
    node->decl->has_body = true;
    if (at(p, TOKEN_ARROW))
        node->flags |= FLAG_EXPRESSION_BODY;
    if (p->lazy)
        skip_body(p, node);
    else
        parse_body_now(p, node);
}

/* --- types -------------------------------------------------------------------------------------------------------- */

static Node *parse_base(Parser *p)
{
    Node *type = parse_type(p, TYPE_NORMAL);
    if (!at(p, TOKEN_OPEN_PAREN))
        return type;
    Node *call = node_around(p, NODE_BASE_CALL, type);
    advance(p);
    call->a = type;
    parse_arguments(p, &call->items, TOKEN_CLOSE_PAREN);
    return finish(p, call);
}

static void parse_bases(Parser *p, Declaration *decl)
{
    if (!accept(p, TOKEN_COLON))
        return;
    for (;;) {
        node_list_add(p, &decl->bases, parse_base(p));
        if (at(p, TOKEN_OPEN_BRACE) || at(p, TOKEN_SEMICOLON) || at_word(p, WORD_WHERE))
            return;
        if (!at(p, TOKEN_COMMA) && !is_possible_type(p) &&
            !skip_bad(p, is_possible_type, TOKEN_OPEN_BRACE, TOKEN_COMMA))
            return;
        expect(p, TOKEN_COMMA);
    }
}

static void skip_members(Parser *p, Declaration *decl)
{
    uint32_t start = current(p)->start;
    uint32_t limit = p->stream.lexer.limit;
    decl->skip = known_skip(p->file, start);
    uint32_t end = decl->skip ? decl->skip->end : 0;
    if (!end) {
        end = lexer_skip_braces(p->file->text, start + 1, limit);
        end = end < limit ? end + 1 : limit;
    }
    decl->members_skipped = true;
    decl->parser = p;
    decl->body_start = p->file->base + start;
    decl->body_end = p->file->base + end;
    skip_to(p, end);
}

static void parse_type_body(Parser *p, Node *node)
{
    uint32_t surrounding = p->surrounding;
    if (p->lazy && at(p, TOKEN_OPEN_BRACE)) {
        skip_members(p, node->decl);
        return;
    }
    node->decl->body_start = p->file->base + current(p)->start;
    bool opened = expect(p, TOKEN_OPEN_BRACE);
    p->surrounding = IN_TYPE | IN_BRACES;
    if (node->token == TOKEN_ENUM)
        parse_enum_members(p, node);
    else if (opened || is_possible_member(p))
        parse_members(p, node);
    p->surrounding = surrounding;
    expect(p, TOKEN_CLOSE_BRACE);
    node->decl->body_end = p->file->base + p->last_end;
}

/* class struct interface enum record; record class; record struct */
static void parse_type_keyword(Parser *p, Node *node)
{
    node->token = (uint16_t)kind(p);
    if (at_word(p, WORD_RECORD)) {
        node->flags |= FLAG_RECORD;
        node->token = TOKEN_CLASS;
        TokenKind next = peek_kind(p, 1);
        if (next == TOKEN_STRUCT) {
            node->flags |= FLAG_RECORD_STRUCT;
            node->token = TOKEN_STRUCT;
        }
        if (next == TOKEN_STRUCT || next == TOKEN_CLASS)
            advance(p);
    }
    advance(p);
}

Node *parse_type_declaration(Parser *p, NodeList attributes, uint32_t modifiers, uint32_t start)
{
    if (at(p, TOKEN_DELEGATE))
        return parse_delegate(p, attributes, modifiers, start);
    if (!enter(p))
        return node_error(p);
    Node *node = node_new(p, NODE_TYPE_DECLARATION);
    node->span.start = p->file->base + start;
    Declaration *decl = node->decl = declaration_new(p);
    decl->attributes = attributes;
    decl->modifiers = modifiers;
    parse_type_keyword(p, node);
    decl->name_span = token_span(p, current(p));
    node->name = expect_identifier(p);
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_SIGNATURE;
    parse_type_parameters(p, decl);
    if (at(p, TOKEN_OPEN_PAREN))
        parse_parameters(p, decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    parse_bases(p, decl);
    parse_constraints(p, decl);
    p->surrounding = surrounding;
    bool in_async = p->in_async, top_level = p->top_level;
    p->in_async = false;
    if (!at(p, TOKEN_SEMICOLON))
        parse_type_body(p, node);
    p->in_async = in_async;
    p->top_level = top_level;
    accept(p, TOKEN_SEMICOLON);
    leave(p);
    finish(p, node);
    node->at = decl->name_span;
    return node;
}

Node *parse_delegate(Parser *p, NodeList attributes, uint32_t modifiers, uint32_t start)
{
    Node *node = node_new(p, NODE_DELEGATE_DECLARATION);
    node->span.start = p->file->base + start;
    Declaration *decl = node->decl = declaration_new(p);
    decl->attributes = attributes;
    decl->modifiers = modifiers;
    advance(p);
    node->a = parse_return_type(p);
    decl->name_span = token_span(p, current(p));
    node->name = expect_identifier(p);
    parse_type_parameters(p, decl);
    parse_parameters(p, decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    parse_constraints(p, decl);
    expect_semicolon(p, false);
    finish(p, node);
    node->at = decl->name_span;
    return node;
}

/* --- files and namespaces ----------------------------------------------------------------------------------------- */

static Node *parse_using_directive(Parser *p)
{
    Node *node = node_new(p, NODE_USING_DIRECTIVE);
    if (accept_word(p, WORD_GLOBAL))
        node->flags |= FLAG_GLOBAL;
    expect(p, TOKEN_USING);
    if (accept(p, TOKEN_STATIC))
        node->flags |= FLAG_STATIC;
    accept(p, TOKEN_UNSAFE);
    if (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_EQUAL) {
        node->name = current(p)->name;
        advance(p);
        advance(p);
        node->a = parse_type(p, TYPE_NORMAL);
    } else {
        node->a = parse_name(p);
    }
    expect_semicolon(p, false);
    return finish(p, node);
}

static Node *parse_namespace(Parser *p)
{
    Node *node = node_new(p, NODE_NAMESPACE);
    if (!enter(p))
        return node_error(p);
    advance(p);
    node->a = parse_name(p);
    if (accept(p, TOKEN_SEMICOLON)) {
        node->flags |= FLAG_FILE_SCOPED;
        parse_file_members(p, node, true);
    } else {
        expect(p, TOKEN_OPEN_BRACE);
        parse_file_members(p, node, true);
        expect(p, TOKEN_CLOSE_BRACE);
        accept(p, TOKEN_SEMICOLON);
    }
    leave(p);
    finish(p, node);
    node->at = node->a->span;
    return node;
}

typedef struct FileState {
    bool in_namespace;
    bool seen_members; /* types or namespaces */
    bool seen_statements;
    bool reported_statement;
} FileState;

static bool is_using_statement(Parser *p, const FileState *state)
{
    if (state->in_namespace)
        return false;
    TokenKind next = peek_kind(p, 1);
    if (next == TOKEN_OPEN_PAREN)
        return true;
    if (next == TOKEN_STATIC || next == TOKEN_UNSAFE)
        return false;
    uint32_t ahead = 1;
    return scan_type(p, &ahead) != SHAPE_NONE && peek_kind(p, ahead) == TOKEN_IDENTIFIER;
}

/* `x` alone: perhaps the beginning of a declaration, says Roslyn. */
static bool is_lonely_name(Parser *p)
{
    TokenKind after = peek_kind(p, 1);
    bool is_literal =
        after == TOKEN_NUMBER || after == TOKEN_STRING || after == TOKEN_CHARACTER || after == TOKEN_INTERPOLATED;
    if (!at(p, TOKEN_IDENTIFIER) || (at_word(p, WORD_AWAIT) && is_literal))
        return false;
    switch (after) {
    case TOKEN_END:
    case TOKEN_OPEN_BRACE:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_COMMA:
    case TOKEN_CHARACTER:
    case TOKEN_CLOSE_BRACE:
    case TOKEN_CLOSE_PAREN:
    case TOKEN_CLOSE_BRACKET:
    case TOKEN_ERROR:
    case TOKEN_INTERPOLATED:
        return true;
    case TOKEN_SWITCH:
        return peek_kind(p, 2) != TOKEN_OPEN_BRACE;
    default:
        return peek_kind(p, 1) >= TOKEN_FIRST_WORD && peek_kind(p, 1) != TOKEN_IS && peek_kind(p, 1) != TOKEN_AS &&
               !is_await(p) && !(at_word(p, WORD_YIELD));
    }
}

/* Error recovery inside a statement of the file stops at other statements, inside a declaration it does not. */
/* What Roslyn takes for a member without a name: `readonly x = 1;`, `int<string> y;`. It says so where the type stands.
 */
static void report_nameless_member(Parser *p)
{
    uint32_t ahead = 0;
    while (modifier_at(p, ahead, false))
        ahead++;
    bool is_async = ahead > 0 && peek(p, ahead - 1)->word == WORD_ASYNC;
    bool has_arguments = is_predefined_type(peek_kind(p, ahead)) && peek_kind(p, ahead + 1) == TOKEN_LESS;
    bool is_variable = ahead > (is_async ? 1u : 0u) && !at(p, TOKEN_CONST) && peek_kind(p, ahead) == TOKEN_IDENTIFIER &&
                       peek_kind(p, ahead + 1) == TOKEN_EQUAL;
    if (!has_arguments && !is_variable)
        return;
    const Token *token = peek(p, has_arguments && is_async ? ahead - 1 : ahead);
    error_at(p, token->start, token->end, ERROR_NAMESPACE_MEMBER, NULL);
}

static bool is_collection(Parser *p);

/* `a * b` at the end of what was typed is a product; anywhere else it would declare a pointer. */
static bool is_product(Parser *p)
{
    return p->is_submission && at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_STAR &&
           peek_kind(p, 2) == TOKEN_IDENTIFIER &&
           (peek_kind(p, 3) == TOKEN_END || (peek_kind(p, 3) == TOKEN_SEMICOLON && peek_kind(p, 4) == TOKEN_END));
}

static void parse_global_core(Parser *p, Node *node)
{
    uint32_t surrounding = p->surrounding;
    report_nameless_member(p);
    bool is_value = p->is_submission && peek_kind(p, 1) == TOKEN_END;
    if (!is_value && is_lonely_name(p) && !is_local_declaration(p) && !starts_modified_statement(p)) {
        if (peek_kind(p, 1) == TOKEN_USING)
            error_here(p, ERROR_NAMESPACE_MEMBER, NULL);
        bool more = p->needs_more;
        advance(p);
        error_missing(p, ERROR_IDENTIFIER_EXPECTED, NULL);
        p->needs_more = more; /* the prompt takes it for an expression */
        node->a = node_error(p);
        return;
    }
    if (!is_local_declaration(p) && !starts_modified_statement(p))
        p->surrounding |= IN_BLOCK;
    node->a =
        is_product(p) || (p->is_submission && is_collection(p)) ? parse_expression_statement(p) : parse_statement(p);
    p->surrounding = surrounding;
    bool has_semicolon = p->last_end && p->file->text[p->last_end - 1] == ';';
    if (p->is_submission && node->a->kind == NODE_EXPRESSION_STATEMENT && !has_semicolon)
        node->a->flags |= FLAG_VALUE;
}

static Node *parse_global_statement(Parser *p, FileState *state)
{
    Node *node = node_new(p, NODE_GLOBAL_STATEMENT);
    if (state->seen_members && !state->reported_statement && !p->is_submission) {
        state->reported_statement = true;
        error_here(p, ERROR_TOP_LEVEL_AFTER_TYPES, NULL);
    }
    state->seen_statements = true;
    parse_global_core(p, node);
    finish(p, node);
    return node;
}

/* A type, with its attributes and modifiers; or what stands where one should. */
static Node *parse_declared(Parser *p, FileState *state)
{
    NodeList attributes = {0};
    uint32_t start = current(p)->start;
    parse_attributes(p, &attributes);
    uint32_t modifiers = parse_modifiers(p, false);
    state->seen_members = true;
    if (at(p, TOKEN_NAMESPACE) && !modifiers && !attributes.count)
        return parse_namespace(p);
    return parse_type_declaration(p, attributes, modifiers, start);
}

/* `[assembly: ...]`, `[module: ...]` */
static bool at_global_attribute(Parser *p)
{
    return at(p, TOKEN_OPEN_BRACKET) && peek_kind(p, 2) == TOKEN_COLON &&
           (peek(p, 1)->word == WORD_ASSEMBLY || peek(p, 1)->word == WORD_MODULE);
}

/* From '[' to behind the attribute sections. */
static uint32_t skip_attributes(Parser *p)
{
    uint32_t ahead = 0;
    uint32_t depth = 0;
    while (peek_kind(p, ahead) == TOKEN_OPEN_BRACKET || depth) {
        TokenKind token = peek_kind(p, ahead);
        if (token == TOKEN_END || token == TOKEN_SEMICOLON || token == TOKEN_OPEN_BRACE)
            return ahead;
        depth += token == TOKEN_OPEN_BRACKET;
        depth -= token == TOKEN_CLOSE_BRACKET;
        ahead++;
    }
    return ahead;
}

static Node *parse_using(Parser *p, FileState *state)
{
    uint32_t start = current(p)->start;
    Node *node = parse_using_directive(p);
    if (state->seen_members || state->seen_statements)
        error_at(p, start, p->last_end, ERROR_USING_AFTER_MEMBERS, NULL);
    return node;
}

static void parse_extern_alias(Parser *p)
{
    Span span = token_span(p, current(p));
    while (!at(p, TOKEN_SEMICOLON) && !at(p, TOKEN_END))
        advance(p);
    accept(p, TOKEN_SEMICOLON);
    if (!p->stream.lexer.muted)
        report_refused(p->context.diagnostics, span, REFUSED_EXTERN_ALIAS);
}

/* One thing of a namespace that is neither a type nor a using: a member, which Roslyn refuses later, or nonsense. */
static Node *parse_namespace_junk(Parser *p)
{
    if (!is_possible_member(p)) {
        error_here(p, ERROR_TYPE_OR_NAMESPACE_EXPECTED, NULL);
        advance(p);
        return NULL;
    }
    Node *node = parse_member(p, NULL);
    if (node)
        error_deferred(p, node->at, ERROR_NAMESPACE_MEMBER, NULL);
    return NULL;
}

static bool at_statement(Parser *p)
{
    if (at(p, TOKEN_CATCH) || at(p, TOKEN_FINALLY))
        return false;
    return is_possible_statement(p) || modifier_of(p, true) || at(p, TOKEN_EVENT) || at(p, TOKEN_NEW);
}

/* Modifiers with nothing behind them. */
static bool parse_lonely_modifiers(Parser *p)
{
    uint32_t ahead = 0;
    while (modifier_at(p, ahead, false))
        ahead++;
    TokenKind after = peek_kind(p, ahead);
    uint32_t behind = ahead;
    if (ahead && !is_lambda(p) && scan_type(p, &behind) != SHAPE_NONE && peek_kind(p, behind) == TOKEN_END) {
        ahead = behind; /* modifiers and a type */
        after = TOKEN_END;
    }
    if (ahead == 0 || after == TOKEN_IDENTIFIER || is_predefined_type(after) || after == TOKEN_OPEN_PAREN ||
        is_lambda(p) || after == TOKEN_REF || after == TOKEN_EVENT || after == TOKEN_IMPLICIT ||
        after == TOKEN_EXPLICIT || at(p, TOKEN_NEW) || after == TOKEN_OPERATOR || after == TOKEN_NAMESPACE ||
        at(p, TOKEN_UNSAFE) || at(p, TOKEN_CONST) || peek_kind(p, ahead - 1) == TOKEN_CONST)
        return false;
    while (ahead-- > 1)
        advance(p);
    error_here(p, ERROR_NAMESPACE_MEMBER, NULL);
    advance(p);
    return true;
}

/* `type name {` and `type name =>`: a property, which Roslyn refuses later. */
static bool is_property(Parser *p)
{
    uint32_t ahead = 0;
    while (modifier_at(p, ahead, false))
        ahead++;
    if (peek_kind(p, ahead) != TOKEN_IDENTIFIER && !is_predefined_type(peek_kind(p, ahead)))
        return false;
    if (is_await(p) || is_query(p) || is_lambda(p))
        return false;
    if (scan_type(p, &ahead) == SHAPE_NONE || peek_kind(p, ahead) != TOKEN_IDENTIFIER)
        return false;
    TokenKind after = peek_kind(p, ahead + 1);
    return after == TOKEN_OPEN_BRACE || after == TOKEN_ARROW;
}

/* `public int x = 1`: a field, which Roslyn refuses later. */
static bool is_field(Parser *p)
{
    uint32_t ahead = 0;
    bool accessible = false;
    for (uint32_t found; (found = modifier_at(p, ahead, false)) != 0; ahead++)
        accessible |= (found & (MODIFIER_PUBLIC | MODIFIER_PRIVATE | MODIFIER_PROTECTED | MODIFIER_INTERNAL)) != 0;
    if (!accessible || scan_type(p, &ahead) == SHAPE_NONE || peek_kind(p, ahead) != TOKEN_IDENTIFIER)
        return false;
    TokenKind after = peek_kind(p, ahead + 1);
    return after == TOKEN_SEMICOLON || after == TOKEN_EQUAL || after == TOKEN_COMMA;
}

/* `[1, 2]` at the end of what was typed, or in front of a dot: no attributes. */
static bool is_collection(Parser *p)
{
    uint32_t ahead = at(p, TOKEN_OPEN_BRACKET) ? skip_attributes(p) : 0;
    TokenKind after = peek_kind(p, ahead);
    return ahead && (after == TOKEN_END || after == TOKEN_SEMICOLON || after == TOKEN_DOT);
}

static Node *parse_file_member(Parser *p, FileState *state)
{
    bool global_using = at_word(p, WORD_GLOBAL) && peek_kind(p, 1) == TOKEN_USING;
    if (global_using || (at(p, TOKEN_USING) && !is_using_statement(p, state)))
        return parse_using(p, state);
    if (at(p, TOKEN_NAMESPACE)) {
        state->seen_members = true;
        return parse_namespace(p);
    }
    if (at(p, TOKEN_EXTERN) && peek(p, 1)->word == WORD_ALIAS) {
        parse_extern_alias(p);
        return NULL;
    }
    if (starts_type_declaration(p, skip_attributes(p)))
        return parse_declared(p, state);
    if (state->in_namespace)
        return parse_namespace_junk(p);
    if (p->is_submission && is_property(p))
        return parse_member(p, NULL);
    if (p->is_submission && is_collection(p))
        return parse_global_statement(p, state);
    if (is_property(p) || (is_field(p) && !p->is_submission))
        return parse_namespace_junk(p);
    if (parse_lonely_modifiers(p))
        return NULL;
    if (at_statement(p))
        return parse_global_statement(p, state);
    if (!at(p, TOKEN_ERROR))
        error_here(p, at(p, TOKEN_QUESTION) ? ERROR_TYPE_EXPECTED : ERROR_TYPE_OR_NAMESPACE_EXPECTED, NULL);
    advance(p);
    return NULL;
}

void parse_file_members(Parser *p, Node *parent, bool in_namespace)
{
    FileState state = {.in_namespace = in_namespace};
    bool file_scoped = (parent->flags & FLAG_FILE_SCOPED) != 0;
    while (!at(p, TOKEN_END)) {
        if (at(p, TOKEN_CLOSE_BRACE) && in_namespace && !file_scoped)
            return;
        if (at_global_attribute(p)) {
            if (in_namespace || state.seen_members || state.seen_statements)
                error_at(p, peek(p, 1)->start, peek(p, 1)->end, ERROR_GLOBAL_ATTRIBUTE, NULL);
            parse_attribute_section(p, &parent->extra);
            continue;
        }
        if (at(p, TOKEN_SEMICOLON) && in_namespace) {
            advance(p);
            continue;
        }
        uint32_t start = current(p)->start;
        Node *node = parse_file_member(p, &state);
        if (node)
            node_list_add(p, &parent->items, node);
        if (current(p)->start == start && !at(p, TOKEN_END))
            advance(p);
    }
}
