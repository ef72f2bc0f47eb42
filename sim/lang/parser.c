/* The parser's entry points, and what all its parts use: tokens, errors, nodes. */
#include "lang/parser_internal.h"

#include <string.h>

struct Deferred {
    Deferred *next;
    Span span;
    DiagnosticCode code;
    const char *argument;
};

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static void grow_tokens(Parser *p)
{
    TokenStream *stream = &p->stream;
    uint32_t capacity = stream->capacity ? stream->capacity * 2 : 32;
    Token *larger = ARENA_ARRAY(p->context.arena, Token, capacity);
    if (stream->count)
        memcpy(larger, stream->tokens, stream->count * sizeof(Token));
    stream->tokens = larger;
    stream->capacity = capacity;
}

void fill_tokens(Parser *p, uint32_t ahead)
{
    TokenStream *stream = &p->stream;
    while (stream->index + ahead >= stream->count) {
        if (stream->count && stream->tokens[stream->count - 1].kind == TOKEN_END)
            return;
        if (stream->count == stream->capacity)
            grow_tokens(p);
        lexer_next(&stream->lexer, &stream->tokens[stream->count]);
        stream->count++;
    }
}

/* Forgets the tokens that were consumed, so that the array stays small; called between statements and members. */
static void compact_tokens(Parser *p)
{
    TokenStream *stream = &p->stream;
    uint32_t left = stream->count - stream->index;
    if (stream->index < 24 || left > stream->index)
        return;
    memmove(stream->tokens, stream->tokens + stream->index, left * sizeof(Token));
    stream->count = left;
    stream->index = 0;
}

Span token_span(const Parser *p, const Token *token)
{
    return (Span){p->file->base + token->start, p->file->base + token->end};
}

void advance(Parser *p)
{
    TokenStream *stream = &p->stream;
    if (stream->tokens[stream->index].kind == TOKEN_END)
        return;
    p->last_end = stream->tokens[stream->index].end;
    if (stream->lexer.errors)
        lexer_report(&stream->lexer, p->last_end);
    stream->index++;
    if (stream->index >= stream->count) {
        compact_tokens(p);
        fill_tokens(p, 0);
    }
}

bool accept(Parser *p, TokenKind wanted)
{
    if (kind(p) != wanted)
        return false;
    advance(p);
    return true;
}

bool accept_word(Parser *p, Word word)
{
    if (!at_word(p, word))
        return false;
    advance(p);
    return true;
}

bool touches_next(Parser *p, uint32_t ahead)
{
    uint32_t end = peek(p, ahead)->end;
    return peek(p, ahead + 1)->start == end;
}

/* --- errors ------------------------------------------------------------------------------------------------------- */

const char *token_source(Parser *p, const Token *token)
{
    return arena_format(p->context.arena, "%.*s", (int)(token->end - token->start), p->file->text + token->start);
}

void error_at(Parser *p, uint32_t start, uint32_t end, DiagnosticCode code, const char *argument)
{
    p->errors++;
    if (p->stopped || (p->error_start == start + 1 && p->errors > 1) || p->stream.lexer.muted)
        return;
    p->error_start = start + 1;
    Span span = {p->file->base + start, p->file->base + end};
    report(p->context.diagnostics, span, code, argument ? argument : "");
}

void error_here(Parser *p, DiagnosticCode code, const char *argument)
{
    if (at(p, TOKEN_END))
        p->needs_more = true;
    error_at(p, current(p)->start, current(p)->end, code, argument);
}

/* A missing token stands at the end of the line it belongs to: behind the last token when a new line began since. */
void error_missing(Parser *p, DiagnosticCode code, const char *argument)
{
    const Token *token = current(p);
    if (at(p, TOKEN_END))
        p->needs_more = true;
    if (p->last_end && token->flags & TOKEN_AFTER_NEWLINE)
        error_at(p, p->last_end, p->last_end, code, argument);
    else
        error_at(p, token->start, token->end, code, argument);
}

void error_deferred(Parser *p, Span span, DiagnosticCode code, const char *argument)
{
    if (p->stream.lexer.muted)
        return;
    Deferred *deferred = ARENA_NEW(p->context.arena, Deferred);
    *deferred = (Deferred){NULL, span, code, argument ? argument : ""};
    *p->last_deferred = deferred;
    p->last_deferred = &deferred->next;
}

static DiagnosticCode code_of_missing(TokenKind wanted)
{
    switch (wanted) {
    case TOKEN_SEMICOLON:
        return ERROR_SEMICOLON_EXPECTED;
    case TOKEN_CLOSE_PAREN:
        return ERROR_CLOSE_PAREN_EXPECTED;
    case TOKEN_OPEN_BRACE:
        return ERROR_OPEN_BRACE_EXPECTED;
    case TOKEN_CLOSE_BRACE:
        return ERROR_CLOSE_BRACE_EXPECTED;
    case TOKEN_IDENTIFIER:
        return ERROR_IDENTIFIER_EXPECTED;
    default:
        return ERROR_SYNTAX_EXPECTED;
    }
}

bool expect(Parser *p, TokenKind wanted)
{
    if (accept(p, wanted))
        return true;
    error_missing(p, code_of_missing(wanted), token_text(wanted));
    return false;
}

void expect_semicolon(Parser *p, bool ends_expression)
{
    if (accept(p, TOKEN_SEMICOLON))
        return;
    if (ends_expression && p->is_submission && p->top_level && !(p->surrounding & IN_BRACES) && at(p, TOKEN_END))
        return;
    bool more = p->needs_more;
    error_missing(p, ERROR_SEMICOLON_EXPECTED, NULL);
    if (ends_expression && p->top_level && !(p->surrounding & IN_BRACES))
        p->needs_more = more; /* the prompt adds the semicolon itself */
}

Name expect_identifier(Parser *p)
{
    if (is_identifier(p)) {
        Name name = current(p)->name;
        if (p->in_async && at_word(p, WORD_AWAIT))
            error_here(p, ERROR_AWAIT_AS_NAME, NULL);
        advance(p);
        return name;
    }
    error_missing(p, ERROR_IDENTIFIER_EXPECTED, NULL);
    return NULL;
}

/* From here on there is only the end of the file: one report, no cascade, no time spent. */
static void stop(Parser *p)
{
    p->stream.lexer.muted = false; /* this must be said, even inside a broken string */
    error_here(p, ERROR_NESTING_TOO_DEEP, NULL);
    p->stopped = true;
    TokenStream *stream = &p->stream;
    stream->lexer.at = stream->lexer.limit;
    stream->lexer.muted = true;
    stream->lexer.errors = NULL;
    stream->tokens[stream->index].kind = TOKEN_END;
    stream->count = stream->index + 1;
}

bool enter(Parser *p)
{
    if (p->depth < DEEPEST_NESTING) {
        p->depth++;
        return true;
    }
    if (!p->stopped)
        stop(p);
    return false;
}

void leave(Parser *p)
{
    p->depth--;
}

bool add_link(Parser *p, uint32_t *links)
{
    if (++*links <= LONGEST_CHAIN)
        return true;
    if (!p->stopped)
        stop(p);
    return false;
}

static bool is_operand(TokenKind token)
{
    switch (token) {
    case TOKEN_IDENTIFIER:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_INTERPOLATED:
    case TOKEN_CHARACTER:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NULL:
    case TOKEN_THIS:
    case TOKEN_BASE:
        return true;
    default:
        return is_predefined_type(token);
    }
}

/* Tokens that cannot be inside an expression, or not without its own brackets. */
static bool ends_stray(TokenKind token)
{
    switch (token) {
    case TOKEN_END:
    case TOKEN_SEMICOLON:
    case TOKEN_OPEN_BRACE:
    case TOKEN_CLOSE_BRACE:
    case TOKEN_COMMA:
    case TOKEN_ERROR:
        return true;
    default:
        return token >= TOKEN_FIRST_WORD && !is_operand(token) && token != TOKEN_NEW && token != TOKEN_IS &&
               token != TOKEN_AS;
    }
}

/* How many tokens that look like one more expression stand in front of a ')'; 0: something else. */
static uint32_t stray_tokens(Parser *p)
{
    uint32_t depth = 0;
    bool complete = false; /* the last token may end an expression */
    for (uint32_t ahead = 0; ahead < 50; ahead++) {
        TokenKind token = peek_kind(p, ahead);
        if (token == TOKEN_CLOSE_PAREN && depth == 0)
            return complete ? ahead : 0;
        bool closes = token == TOKEN_CLOSE_PAREN || token == TOKEN_CLOSE_BRACKET;
        if (token == TOKEN_OPEN_PAREN || token == TOKEN_OPEN_BRACKET)
            depth++;
        else if (closes && depth > 0)
            depth--;
        bool operand = is_operand(token);
        if (depth == 0 && (ends_stray(token) || (operand && complete)))
            return 0;
        complete = operand || closes;
    }
    return 0;
}

/* Right in front of the ')' an expression too many is named, instead of saying that the ')' is missing. */
void expect_close_paren(Parser *p)
{
    uint32_t stray = at(p, TOKEN_CLOSE_PAREN) || at(p, TOKEN_ERROR) ? 0 : stray_tokens(p);
    if (stray)
        error_here(p, ERROR_UNEXPECTED_TOKEN, token_source(p, current(p)));
    while (stray--)
        advance(p);
    expect(p, TOKEN_CLOSE_PAREN);
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

Node *node_new(Parser *p, NodeKind node_kind)
{
    Node *node = ARENA_NEW(p->context.arena, Node);
    node->kind = (uint16_t)node_kind;
    node->span = node->at = token_span(p, current(p));
    return node;
}

Node *node_around(Parser *p, NodeKind node_kind, Node *first)
{
    Node *node = ARENA_NEW(p->context.arena, Node);
    node->kind = (uint16_t)node_kind;
    node->span = node->at = first->span;
    return node;
}

Node *finish(Parser *p, Node *node)
{
    Position end = p->file->base + p->last_end;
    bool whole = node->at.start == node->span.start && node->at.end == node->span.end;
    if (end > node->span.start)
        node->span.end = end;
    if (whole && node->at.end == node->at.start)
        node->at.end = node->span.end;
    return node;
}

Node *node_error(Parser *p)
{
    Node *node = node_new(p, NODE_ERROR_NODE);
    node->flags |= FLAG_ERROR;
    node->span.end = node->at.end = node->span.start;
    return node;
}

void node_list_add(Parser *p, NodeList *list, Node *node)
{
    ARENA_PUSH(p->context.arena, list->at, list->count, list->capacity, node);
}

Declaration *declaration_new(Parser *p)
{
    return ARENA_NEW(p->context.arena, Declaration);
}

/* --- lists and recovery ------------------------------------------------------------------------------------------- */

bool is_terminator(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_END:
    case TOKEN_CLOSE_BRACE:
        return true;
    case TOKEN_SEMICOLON:
        return (p->surrounding & IN_BLOCK) != 0;
    case TOKEN_CASE:
    case TOKEN_DEFAULT:
        return (p->surrounding & IN_SWITCH) != 0;
    case TOKEN_CLASS:
    case TOKEN_STRUCT:
    case TOKEN_INTERFACE:
    case TOKEN_ENUM:
    case TOKEN_DELEGATE:
    case TOKEN_NAMESPACE:
    case TOKEN_USING:
    case TOKEN_NEW:
    case TOKEN_ABSTRACT:
    case TOKEN_INTERNAL:
    case TOKEN_PRIVATE:
    case TOKEN_PROTECTED:
    case TOKEN_PUBLIC:
    case TOKEN_SEALED:
    case TOKEN_STATIC:
    case TOKEN_UNSAFE:
    case TOKEN_EXTERN:
    case TOKEN_OPEN_BRACKET:
        return true;
    case TOKEN_CATCH:
    case TOKEN_FINALLY:
        return (p->surrounding & IN_TRY) != 0;
    case TOKEN_CLOSE_PAREN:
        return (p->surrounding & (IN_ARGUMENTS | IN_FOR_HEADER)) != 0;
    case TOKEN_CLOSE_BRACKET:
        return (p->surrounding & IN_ARGUMENTS) != 0;
    case TOKEN_OPEN_BRACE:
        return (p->surrounding & (IN_BLOCK | IN_SIGNATURE | IN_FOR_HEADER)) != 0;
    default:
        return ((p->surrounding & IN_BLOCK) && is_possible_statement(p)) ||
               ((p->surrounding & IN_TYPE) && is_possible_member(p));
    }
}

bool skip_bad(Parser *p, TokenTest can_start, TokenKind close, TokenKind expected)
{
    bool first = true;
    while (!at(p, TOKEN_COMMA) && !can_start(p)) {
        if (at(p, close) || at(p, TOKEN_SEMICOLON) || is_terminator(p))
            return false;
        if (first)
            lexer_report(&p->stream.lexer, current(p)->end);
        if (first && kind(p) >= TOKEN_FIRST_WORD && expected == TOKEN_IDENTIFIER)
            error_missing(p, ERROR_KEYWORD_NOT_IDENTIFIER, token_text(kind(p)));
        else if (first && !at(p, TOKEN_ERROR))
            error_missing(p, code_of_missing(expected), token_text(expected));
        first = false;
        advance(p);
    }
    return true;
}

bool list_continues(Parser *p, TokenKind close, TokenTest can_start, bool *after_comma)
{
    *after_comma = false;
    for (;;) {
        if (at(p, close) || at(p, TOKEN_SEMICOLON) || at(p, TOKEN_END))
            return false;
        if (accept(p, TOKEN_COMMA)) {
            *after_comma = true;
            return true;
        }
        if (can_start(p)) {
            if (p->list_start == current(p)->start + 1)
                return false; /* the last element took nothing: it never will */
            p->list_start = current(p)->start + 1;
            expect(p, TOKEN_COMMA);
            return true;
        }
        if (!skip_bad(p, can_start, close, TOKEN_COMMA))
            return false;
    }
}

/* --- entry points ------------------------------------------------------------------------------------------------- */

void skip_to(Parser *p, uint32_t offset)
{
    TokenStream *stream = &p->stream;
    stream->lexer.at = offset;
    p->last_end = offset;
    stream->count = stream->index = 0;
    fill_tokens(p, 0);
}

static Parser *parser_new(const ParseContext *context, const SourceFile *file)
{
    Parser *p = ARENA_NEW(context->arena, Parser);
    p->context = *context;
    p->file = file;
    p->last_deferred = &p->deferred;
    return p;
}

/* Errors that Roslyn looks for only in files whose syntax is right. */
static void report_deferred(Parser *p, uint32_t errors_before)
{
    DiagnosticList *list = p->context.diagnostics;
    if (list->error_count == errors_before)
        for (Deferred *item = p->deferred; item; item = item->next)
            report(list, item->span, item->code, item->argument);
    p->deferred = NULL;
    p->last_deferred = &p->deferred;
}

static Node *parse_unit(Parser *p)
{
    fill_tokens(p, 0);
    Node *unit = node_new(p, NODE_COMPILATION_UNIT);
    p->top_level = true;
    p->in_async = true;
    parse_file_members(p, unit, false);
    lexer_report(&p->stream.lexer, UINT32_MAX);
    unit->span = (Span){p->file->base, p->file->base + p->file->length};
    return unit;
}

static Node *parse_whole(Parser *p)
{
    uint32_t errors = p->context.diagnostics->error_count;
    lexer_init(&p->stream.lexer, &p->context, p->file);
    Node *unit = parse_unit(p);
    report_deferred(p, errors);
    return unit;
}

Node *parse_file(const ParseContext *context, const SourceFile *file, bool lazy)
{
    Parser *p = parser_new(context, file);
    p->lazy = lazy;
    return parse_whole(p);
}

Node *parse_submission(const ParseContext *context, const SourceFile *file)
{
    Parser *p = parser_new(context, file);
    p->is_submission = true;
    return parse_whole(p);
}

/* Makes the parser of a skipped part ready to parse [start, end). */
static void resume(Parser *p, uint32_t start, uint32_t end)
{
    p->stream.count = p->stream.index = 0;
    lexer_init_range(&p->stream.lexer, &p->context, p->file, start, end);
    p->last_end = start;
    p->depth = 0;
    p->error_start = p->list_start = 0;
    p->stopped = false;
    p->in_async = p->in_query = p->in_interpolation = p->top_level = false;
    fill_tokens(p, 0);
}

Node *parse_file_head(const ParseContext *context, const SourceFile *file, uint32_t end, Parser **parser)
{
    Parser *p = *parser = parser_new(context, file);
    p->lazy = true;
    lexer_init_range(&p->stream.lexer, &p->context, file, 0, end);
    p->stream.lexer.muted = true; /* the brace that closes the namespace is not in sight */
    return parse_unit(p);
}

Node *parse_type_at(Parser *p, uint32_t start, uint32_t end)
{
    resume(p, start, end);
    p->lazy = true;
    p->surrounding = 0;
    NodeList attributes = {0};
    parse_attributes(p, &attributes);
    uint32_t modifiers = parse_modifiers(p, false);
    return parse_type_declaration(p, attributes, modifiers, start);
}

bool parse_nested_types(Node *type, NodeList *types)
{
    Declaration *decl = type->decl;
    if (!decl->members_skipped || !decl->skip)
        return false;
    const SourceNested *nested = decl->parser->file->nested + decl->skip->first_nested;
    for (uint32_t i = 0; i < decl->skip->nested_count; i++)
        node_list_add(decl->parser, types, parse_type_at(decl->parser, nested[i].start, nested[i].end));
    return true;
}

const SourceMember *parse_known_members(const Node *type)
{
    const Declaration *decl = type->decl;
    if (!decl->members_skipped || !decl->skip || !decl->skip->has_members)
        return NULL;
    return decl->parser->file->members + decl->skip->first_member;
}

Node *parse_member_at(Node *type, const SourceMember *member)
{
    Parser *p = type->decl->parser;
    resume(p, member->start, member->end);
    p->lazy = true;
    p->surrounding = IN_TYPE | IN_BRACES;
    return parse_member(p, type);
}

void parse_type_members(Node *type)
{
    Declaration *decl = type->decl;
    if (!decl || !decl->members_skipped)
        return;
    Parser *p = decl->parser;
    decl->members_skipped = false;
    resume(p, decl->body_start - p->file->base, decl->body_end - p->file->base);
    p->lazy = true;
    p->surrounding = IN_TYPE | IN_BRACES;
    advance(p); /* the '{' */
    if (type->token == TOKEN_ENUM)
        parse_enum_members(p, type);
    else
        parse_members(p, type);
}

void parse_body(Node *declaration)
{
    Declaration *decl = declaration->decl;
    if (!decl || !decl->has_body || decl->body || !decl->parser)
        return;
    Parser *p = decl->parser;
    resume(p, decl->body_start - p->file->base, decl->body_end - p->file->base);
    p->lazy = false;
    p->surrounding = IN_TYPE;
    p->in_async = (decl->modifiers & MODIFIER_ASYNC) != 0;
    if (accept(p, TOKEN_ARROW))
        decl->body = parse_ref_expression(p);
    else
        decl->body = parse_block(p);
    p->lazy = true;
}

bool parse_is_incomplete(const ParseContext *context, const SourceFile *file)
{
    DiagnosticList scratch;
    diagnostic_list_init(&scratch, context->arena);
    ParseContext probe = *context;
    probe.diagnostics = &scratch;
    Parser *p = parser_new(&probe, file);
    lexer_init(&p->stream.lexer, &p->context, file);
    p->probing = true;
    parse_unit(p);
    if (!p->needs_more && !p->stream.lexer.hit_end)
        return false;
    /* An error in the middle cannot be mended by more lines. */
    Position end = p->file->base + p->last_end;
    for (uint32_t i = 0; i < scratch.count; i++)
        if (scratch.items[i].span.end < end && !p->stream.lexer.hit_end)
            return false;
    return true;
}
