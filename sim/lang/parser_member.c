/* Members of types. */
#include "lang/parser_internal.h"

#include <string.h>

typedef struct MemberHead {
    NodeList attributes;
    uint32_t modifiers;
    uint32_t start;
} MemberHead;

bool is_possible_member(Parser *p)
{
    switch (kind(p)) {
    case TOKEN_ABSTRACT:
    case TOKEN_CLASS:
    case TOKEN_CONST:
    case TOKEN_DELEGATE:
    case TOKEN_ENUM:
    case TOKEN_EVENT:
    case TOKEN_EXTERN:
    case TOKEN_FIXED:
    case TOKEN_INTERFACE:
    case TOKEN_INTERNAL:
    case TOKEN_NEW:
    case TOKEN_OVERRIDE:
    case TOKEN_PRIVATE:
    case TOKEN_PROTECTED:
    case TOKEN_PUBLIC:
    case TOKEN_READONLY:
    case TOKEN_SEALED:
    case TOKEN_STATIC:
    case TOKEN_STRUCT:
    case TOKEN_UNSAFE:
    case TOKEN_VIRTUAL:
    case TOKEN_VOLATILE:
    case TOKEN_IMPLICIT:
    case TOKEN_EXPLICIT:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_TILDE:
    case TOKEN_REF:
    case TOKEN_OPEN_PAREN:
    case TOKEN_OPERATOR:
    case TOKEN_IDENTIFIER:
    case TOKEN_VOID:
        return true;
    default:
        return is_predefined_type(kind(p));
    }
}

static Node *member_new(Parser *p, NodeKind node_kind, const MemberHead *head)
{
    Node *node = node_new(p, node_kind);
    node->span.start = p->file->base + head->start;
    node->decl = declaration_new(p);
    node->decl->attributes = head->attributes;
    node->decl->modifiers = head->modifiers;
    return node;
}

static Node *finish_member(Parser *p, Node *node)
{
    finish(p, node);
    node->at = node->decl->name_span;
    return node;
}

static void declared_name(Parser *p, Node *node)
{
    node->decl->name_span = token_span(p, current(p));
    node->name = expect_identifier(p);
}

/* --- constructors, finalizers, operators -------------------------------------------------------------------------- */

static Node *parse_constructor_initializer(Parser *p)
{
    Node *node = node_new(p, NODE_CONSTRUCTOR_INITIALIZER);
    advance(p); /* ':' */
    node->at = token_span(p, current(p));
    if (at(p, TOKEN_THIS) || at(p, TOKEN_BASE)) {
        node->token = (uint16_t)kind(p);
        advance(p);
    } else {
        error_missing(p, ERROR_THIS_OR_BASE_EXPECTED, NULL);
        node->token = TOKEN_BASE;
    }
    if (expect(p, TOKEN_OPEN_PAREN))
        parse_arguments(p, &node->items, TOKEN_CLOSE_PAREN);
    Span keyword = node->at;
    finish(p, node);
    node->at = keyword;
    return node;
}

static Node *parse_constructor(Parser *p, const MemberHead *head, const Node *type)
{
    Node *node = member_new(p, NODE_CONSTRUCTOR_DECLARATION, head);
    declared_name(p, node);
    if (type && node->name && node->name != type->name) {
        Span name = node->decl->name_span;
        error_deferred(p, name, ERROR_METHOD_NEEDS_TYPE, NULL);
    }
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_SIGNATURE;
    parse_parameters(p, node->decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    p->surrounding = surrounding;
    if (at(p, TOKEN_COLON))
        node->c = parse_constructor_initializer(p);
    parse_function_body(p, node, true);
    return finish_member(p, node);
}

static Node *parse_finalizer(Parser *p, const MemberHead *head)
{
    Node *node = member_new(p, NODE_DESTRUCTOR_DECLARATION, head);
    advance(p); /* '~' */
    declared_name(p, node);
    expect(p, TOKEN_OPEN_PAREN);
    expect(p, TOKEN_CLOSE_PAREN);
    parse_function_body(p, node, true);
    return finish_member(p, node);
}

typedef struct OperatorName {
    TokenKind token;
    const char *binary;
    const char *unary;
} OperatorName;

static const OperatorName operator_names[] = {
    {TOKEN_PLUS, "Addition", "UnaryPlus"},
    {TOKEN_MINUS, "Subtraction", "UnaryNegation"},
    {TOKEN_NOT, NULL, "LogicalNot"},
    {TOKEN_TILDE, NULL, "OnesComplement"},
    {TOKEN_PLUS_PLUS, NULL, "Increment"},
    {TOKEN_MINUS_MINUS, NULL, "Decrement"},
    {TOKEN_TRUE, NULL, "True"},
    {TOKEN_FALSE, NULL, "False"},
    {TOKEN_STAR, "Multiply", NULL},
    {TOKEN_SLASH, "Division", NULL},
    {TOKEN_PERCENT, "Modulus", NULL},
    {TOKEN_AND, "BitwiseAnd", NULL},
    {TOKEN_OR, "BitwiseOr", NULL},
    {TOKEN_XOR, "ExclusiveOr", NULL},
    {TOKEN_SHIFT_LEFT, "LeftShift", NULL},
    {TOKEN_SHIFT_RIGHT, "RightShift", NULL},
    {TOKEN_SHIFT_RIGHT_UNSIGNED, "UnsignedRightShift", NULL},
    {TOKEN_EQUAL_EQUAL, "Equality", NULL},
    {TOKEN_NOT_EQUAL, "Inequality", NULL},
    {TOKEN_LESS, "LessThan", NULL},
    {TOKEN_GREATER, "GreaterThan", NULL},
    {TOKEN_LESS_EQUAL, "LessThanOrEqual", NULL},
    {TOKEN_GREATER_EQUAL, "GreaterThanOrEqual", NULL},
};

static const OperatorName *find_operator(TokenKind token)
{
    for (size_t i = 0; i < sizeof operator_names / sizeof operator_names[0]; i++)
        if (operator_names[i].token == token)
            return &operator_names[i];
    return NULL;
}

static TokenKind take_operator(Parser *p)
{
    TokenKind token = kind(p);
    bool second = token == TOKEN_GREATER && touches_next(p, 0) && peek_kind(p, 1) == TOKEN_GREATER;
    if (second) {
        token = TOKEN_SHIFT_RIGHT;
        advance(p);
        if (touches_next(p, 0) && peek_kind(p, 1) == TOKEN_GREATER) {
            token = TOKEN_SHIFT_RIGHT_UNSIGNED;
            advance(p);
        }
    }
    if (find_operator(token) || !at(p, TOKEN_OPEN_PAREN))
        advance(p);
    return token;
}

static Node *parse_operator(Parser *p, const MemberHead *head, Node *type)
{
    Node *node = member_new(p, NODE_OPERATOR_DECLARATION, head);
    node->a = type;
    advance(p); /* operator */
    if (at(p, TOKEN_CHECKED)) {
        node->flags |= FLAG_CHECKED;
        advance(p);
    }
    uint32_t start = current(p)->start;
    TokenKind token = take_operator(p);
    node->token = (uint16_t)token;
    node->decl->name_span = (Span){p->file->base + start, p->file->base + p->last_end};
    parse_parameters(p, node->decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    const OperatorName *row = find_operator(token);
    if (!row) {
        uint32_t count = node->decl->parameters.count;
        error_at(p, start, start + 1,
                 count == 1   ? ERROR_UNARY_OPERATOR_EXPECTED
                 : count == 2 ? ERROR_BINARY_OPERATOR_EXPECTED
                              : ERROR_OPERATOR_EXPECTED,
                 NULL);
    }
    bool unary = node->decl->parameters.count == 1;
    const char *text = !row ? NULL : (unary && row->unary) || !row->binary ? row->unary : row->binary;
    if (text)
        node->name = name_format(p->context.names, node->flags & FLAG_CHECKED ? "op_Checked%s" : "op_%s", text);
    parse_function_body(p, node, true);
    return finish_member(p, node);
}

static Node *parse_conversion(Parser *p, const MemberHead *head)
{
    Node *node = member_new(p, NODE_OPERATOR_DECLARATION, head);
    node->token = (uint16_t)kind(p);
    bool implicit = at(p, TOKEN_IMPLICIT);
    advance(p);
    expect(p, TOKEN_OPERATOR);
    if (accept(p, TOKEN_CHECKED))
        node->flags |= FLAG_CHECKED;
    node->decl->name_span = token_span(p, current(p));
    node->a = parse_type(p, TYPE_NORMAL);
    node->name = name_of(p->context.names, implicit                     ? "op_Implicit"
                                           : node->flags & FLAG_CHECKED ? "op_CheckedExplicit"
                                                                        : "op_Explicit");
    parse_parameters(p, node->decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    parse_function_body(p, node, true);
    return finish_member(p, node);
}

/* --- properties and events ---------------------------------------------------------------------------------------- */

static bool at_accessor_name(Parser *p, bool of_event)
{
    if (of_event)
        return at_word(p, WORD_ADD) || at_word(p, WORD_REMOVE);
    return at_word(p, WORD_GET) || at_word(p, WORD_SET) || at_word(p, WORD_INIT);
}

static Node *parse_accessor(Parser *p, bool of_event)
{
    MemberHead head = {.start = current(p)->start};
    parse_attributes(p, &head.attributes);
    head.modifiers = parse_modifiers(p, false);
    Node *node = member_new(p, NODE_ACCESSOR, &head);
    node->decl->name_span = token_span(p, current(p));
    if (!at_accessor_name(p, of_event)) {
        if (of_event && at(p, TOKEN_IDENTIFIER))
            error_deferred(p, node->decl->name_span, ERROR_ADD_OR_REMOVE_EXPECTED, NULL);
        else
            error_missing(p, of_event ? ERROR_ADD_OR_REMOVE_EXPECTED : ERROR_BAD_ACCESSOR, NULL);
        if (at(p, TOKEN_IDENTIFIER))
            advance(p);
        else if (!at(p, TOKEN_OPEN_BRACE) && !at(p, TOKEN_ARROW) && !at(p, TOKEN_SEMICOLON))
            return finish_member(p, node);
    } else {
        node->name = current(p)->name;
        advance(p);
    }
    parse_function_body(p, node, false);
    return finish_member(p, node);
}

/* A name, attributes or modifiers in front of a name; `public int x` belongs to the type around. */
static bool is_possible_accessor(Parser *p)
{
    uint32_t ahead = 0;
    for (;; ahead++) {
        switch (peek_kind(p, ahead)) {
        case TOKEN_PUBLIC:
        case TOKEN_PRIVATE:
        case TOKEN_PROTECTED:
        case TOKEN_INTERNAL:
        case TOKEN_READONLY:
            continue;
        case TOKEN_OPEN_BRACKET:
        case TOKEN_SEMICOLON:
            return ahead == 0;
        case TOKEN_CLOSE_BRACE:
        case TOKEN_END:
            return ahead > 0;
        case TOKEN_IDENTIFIER: {
            Word word = (Word)peek(p, ahead)->word;
            return ahead == 0 || word == WORD_GET || word == WORD_SET || word == WORD_INIT || word == WORD_ADD ||
                   word == WORD_REMOVE;
        }
        default:
            return false;
        }
    }
}

static void parse_accessors(Parser *p, Node *node, bool of_event)
{
    advance(p); /* '{' */
    while (!at(p, TOKEN_CLOSE_BRACE) && !at(p, TOKEN_END)) {
        uint32_t start = current(p)->start;
        if (is_possible_accessor(p)) {
            node_list_add(p, &node->items, parse_accessor(p, of_event));
        } else {
            if (is_possible_member(p) && !at(p, TOKEN_OPEN_PAREN) && node->items.count)
                break;
            if (is_possible_member(p) && !at(p, TOKEN_OPEN_PAREN))
                error_missing(p, of_event ? ERROR_ADD_OR_REMOVE_EXPECTED : ERROR_BAD_ACCESSOR, NULL);
            else
                error_here(p, of_event ? ERROR_ADD_OR_REMOVE_EXPECTED : ERROR_BAD_ACCESSOR, NULL);
            if (is_possible_member(p))
                break;
            advance(p);
        }
        if (current(p)->start == start && !at(p, TOKEN_END))
            advance(p);
    }
    expect(p, TOKEN_CLOSE_BRACE);
}

/* `=> e;` of a property is a get accessor. */
static void parse_arrow_property(Parser *p, Node *node)
{
    MemberHead head = {.start = current(p)->start};
    Node *accessor = member_new(p, NODE_ACCESSOR, &head);
    accessor->name = name_of(p->context.names, "get");
    accessor->decl->name_span = token_span(p, current(p));
    parse_function_body(p, accessor, true);
    node_list_add(p, &node->items, finish_member(p, accessor));
    node->flags |= FLAG_EXPRESSION_BODY;
}

static void parse_property_body(Parser *p, Node *node)
{
    if (at(p, TOKEN_ARROW)) {
        parse_arrow_property(p, node);
        return;
    }
    if (!at(p, TOKEN_OPEN_BRACE)) {
        error_missing(p, ERROR_OPEN_BRACE_EXPECTED, NULL);
        return;
    }
    parse_accessors(p, node, false);
    if (at(p, TOKEN_SEMICOLON)) {
        error_here(p, ERROR_SEMICOLON_AFTER_BODY, NULL);
        advance(p);
    }
    if (accept(p, TOKEN_EQUAL)) {
        node->c = at(p, TOKEN_OPEN_BRACE) ? parse_initializer(p, true) : parse_ref_expression(p);
        expect_semicolon(p, true);
    }
}

static Node *parse_indexer(Parser *p, const MemberHead *head, Node *type, Node *interface)
{
    Node *node = member_new(p, NODE_PROPERTY_DECLARATION, head);
    node->flags |= FLAG_INDEXER;
    node->a = type;
    node->b = interface;
    node->name = name_of(p->context.names, "this");
    node->decl->name_span = token_span(p, current(p));
    advance(p);
    parse_parameters(p, node->decl, TOKEN_OPEN_BRACKET, TOKEN_CLOSE_BRACKET);
    parse_property_body(p, node);
    return finish_member(p, node);
}

/* --- names of members: `IFace<T>.Member` -------------------------------------------------------------------------- */

/* Whether a '.' follows the name (and its type arguments) at the current place. */
static bool is_interface_part(Parser *p)
{
    uint32_t ahead = 1;
    if (!at(p, TOKEN_IDENTIFIER))
        return false;
    if (peek_kind(p, ahead) == TOKEN_COLON_COLON)
        return true;
    if (peek_kind(p, ahead) == TOKEN_LESS && !scan_type_arguments(p, &ahead, 0, NULL))
        return false;
    return peek_kind(p, ahead) == TOKEN_DOT;
}

static Node *parse_explicit_interface(Parser *p)
{
    Node *left = NULL;
    while (is_interface_part(p)) {
        if (peek_kind(p, 1) == TOKEN_COLON_COLON) {
            left = node_new(p, NODE_ALIAS_QUALIFIED);
            left->name = current(p)->name;
            advance(p);
            advance(p);
            left->b = parse_simple_name(p, false);
            finish(p, left);
        } else {
            Node *part = parse_simple_name(p, false);
            Node *node = left ? node_around(p, NODE_QUALIFIED, left) : part;
            if (left) {
                node->a = left;
                node->b = part;
                finish(p, node);
                node->at = part->at;
            }
            left = node;
        }
        expect(p, TOKEN_DOT);
    }
    return left;
}

/* --- fields, methods ---------------------------------------------------------------------------------------------- */

static Node *parse_field(Parser *p, const MemberHead *head, Node *type)
{
    Node *node = member_new(p, NODE_FIELD_DECLARATION, head);
    node->a = type;
    if (head->modifiers & MODIFIER_CONST)
        node->flags |= FLAG_CONST;
    if (type->kind == NODE_PREDEFINED_TYPE && type->token == TOKEN_VOID)
        error_deferred(p, type->span, ERROR_FIELD_VOID, NULL);
    node->decl->name_span = token_span(p, current(p));
    parse_declarators(p, node, true);
    expect_semicolon(p, true);
    return finish_member(p, node);
}

static Node *parse_method(Parser *p, const MemberHead *head, Node *type, Node *interface)
{
    Node *node = member_new(p, NODE_METHOD_DECLARATION, head);
    node->a = type;
    node->b = interface;
    declared_name(p, node);
    uint32_t surrounding = p->surrounding;
    p->surrounding |= IN_SIGNATURE;
    parse_type_parameters(p, node->decl);
    parse_parameters(p, node->decl, TOKEN_OPEN_PAREN, TOKEN_CLOSE_PAREN);
    parse_constraints(p, node->decl);
    p->surrounding = surrounding;
    if (at(p, TOKEN_COLON)) { /* a constructor's initializer behind a method */
        error_here(p, ERROR_UNEXPECTED_TOKEN, ":");
        parse_constructor_initializer(p);
    }
    parse_function_body(p, node, true);
    return finish_member(p, node);
}

static Node *parse_property(Parser *p, const MemberHead *head, Node *type, Node *interface)
{
    Node *node = member_new(p, NODE_PROPERTY_DECLARATION, head);
    node->a = type;
    node->b = interface;
    declared_name(p, node);
    parse_property_body(p, node);
    return finish_member(p, node);
}

static Node *parse_event(Parser *p, const MemberHead *head)
{
    advance(p); /* event */
    Node *type = parse_type(p, TYPE_NORMAL);
    Node *interface = parse_explicit_interface(p);
    if (peek_kind(p, 1) != TOKEN_OPEN_BRACE && !interface) {
        Node *field = parse_field(p, head, type);
        field->flags |= FLAG_EVENT;
        return field;
    }
    Node *node = member_new(p, NODE_EVENT_DECLARATION, head);
    node->a = type;
    node->b = interface;
    declared_name(p, node);
    if (at(p, TOKEN_OPEN_BRACE))
        parse_accessors(p, node, true);
    else
        expect(p, TOKEN_OPEN_BRACE);
    accept(p, TOKEN_SEMICOLON);
    return finish_member(p, node);
}

/* A member that starts like one and then does not go on. */
static Node *bad_member(Parser *p)
{
    error_here(p, ERROR_INVALID_MEMBER, at(p, TOKEN_END) ? "" : token_source(p, current(p)));
    return NULL;
}

/* Behind the type: what kind of member this is. */
static Node *parse_typed_member(Parser *p, const MemberHead *head, Node *type)
{
    if (at(p, TOKEN_OPERATOR))
        return parse_operator(p, head, type);
    Node *interface = parse_explicit_interface(p);
    if (at(p, TOKEN_THIS))
        return parse_indexer(p, head, type, interface);
    if (at(p, TOKEN_OPERATOR))
        return parse_operator(p, head, type);
    if (!interface && modifier_of(p, false) && !at(p, TOKEN_IDENTIFIER)) {
        error_here(p, ERROR_MODIFIER_MISPLACED, token_text(kind(p)));
        return type;
    }
    if (!at(p, TOKEN_IDENTIFIER)) {
        if (interface) {
            expect_identifier(p);
            return NULL;
        }
        if (at(p, TOKEN_ARROW) || at(p, TOKEN_OPEN_BRACE))
            return parse_property(p, head, type, NULL);
        return bad_member(p);
    }
    switch (peek_kind(p, 1)) {
    case TOKEN_OPEN_PAREN:
    case TOKEN_LESS:
    case TOKEN_CLOSE_PAREN:
        return parse_method(p, head, type, interface);
    case TOKEN_OPEN_BRACE:
    case TOKEN_ARROW:
        return parse_property(p, head, type, interface);
    default:
        if (interface)
            return parse_property(p, head, type, interface);
        return parse_field(p, head, type);
    }
}

Node *parse_member(Parser *p, Node *type)
{
    MemberHead head = {.start = current(p)->start};
    parse_attributes(p, &head.attributes);
    head.modifiers = parse_modifiers(p, false);
    if (starts_type_declaration(p, 0))
        return parse_type_declaration(p, head.attributes, head.modifiers, head.start);
    switch (kind(p)) {
    case TOKEN_EVENT:
        return parse_event(p, &head);
    case TOKEN_TILDE:
        return parse_finalizer(p, &head);
    case TOKEN_IMPLICIT:
    case TOKEN_EXPLICIT:
        return parse_conversion(p, &head);
    case TOKEN_FIXED: {
        Span span = token_span(p, current(p));
        advance(p);
        report_refused(p->context.diagnostics, span, REFUSED_FIXED_BUFFER);
        break;
    }
    case TOKEN_IDENTIFIER:
        if (peek_kind(p, 1) == TOKEN_OPEN_PAREN)
            return parse_constructor(p, &head, type);
        break;
    default:
        break;
    }
    if (head.modifiers && at(p, TOKEN_ARROW)) {
        error_missing(p, ERROR_TYPE_EXPECTED, NULL);
        return NULL;
    }
    if (!is_possible_type(p) && !at(p, TOKEN_REF))
        return bad_member(p);
    return parse_typed_member(p, &head, parse_return_type(p));
}

/* To the next token that may start a member. */
static void skip_bad_members(Parser *p)
{
    uint32_t depth = 0;
    while (!at(p, TOKEN_END)) {
        if (depth == 0 && (at(p, TOKEN_CLOSE_BRACE) || is_possible_member(p)))
            return;
        if (at(p, TOKEN_OPEN_BRACE))
            depth++;
        else if (at(p, TOKEN_CLOSE_BRACE) && depth > 0)
            depth--;
        advance(p);
    }
}

void parse_members(Parser *p, Node *type)
{
    while (!at(p, TOKEN_CLOSE_BRACE) && !at(p, TOKEN_END)) {
        uint32_t start = current(p)->start;
        if (at(p, TOKEN_NAMESPACE) || at(p, TOKEN_USING))
            return;
        if (at(p, TOKEN_SEMICOLON)) { /* tolerated behind a member's body */
            error_here(p, ERROR_INVALID_MEMBER, ";");
            advance(p);
            continue;
        }
        if (is_possible_member(p)) {
            Node *member = parse_member(p, type);
            if (member)
                node_list_add(p, &type->items, member);
            else if (!at(p, TOKEN_CLOSE_BRACE) && !at(p, TOKEN_END))
                advance(p);
        } else {
            error_here(p, ERROR_INVALID_MEMBER, token_source(p, current(p)));
            advance(p);
            skip_bad_members(p);
        }
        if (current(p)->start == start && !at(p, TOKEN_END) && !at(p, TOKEN_CLOSE_BRACE))
            advance(p);
    }
}

static bool is_possible_enum_member(Parser *p)
{
    return is_identifier(p) || at(p, TOKEN_OPEN_BRACKET);
}

void parse_enum_members(Parser *p, Node *type)
{
    bool more =
        !at(p, TOKEN_CLOSE_BRACE) && (is_possible_enum_member(p) || at(p, TOKEN_COMMA) ||
                                      skip_bad(p, is_possible_enum_member, TOKEN_CLOSE_BRACE, TOKEN_IDENTIFIER));
    while (more) {
        MemberHead head = {.start = current(p)->start};
        parse_attributes(p, &head.attributes);
        Node *node = member_new(p, NODE_ENUM_MEMBER, &head);
        declared_name(p, node);
        if (accept(p, TOKEN_EQUAL)) {
            if (at(p, TOKEN_COMMA) || at(p, TOKEN_CLOSE_BRACE))
                error_missing(p, ERROR_CONSTANT_VALUE_EXPECTED, NULL);
            else
                node->a = parse_expression(p);
        }
        node_list_add(p, &type->items, finish_member(p, node));
        bool comma;
        if (at(p, TOKEN_SEMICOLON)) {
            expect(p, TOKEN_COMMA);
            advance(p);
            more = is_possible_enum_member(p);
            continue;
        }
        more = list_continues(p, TOKEN_CLOSE_BRACE, is_possible_enum_member, &comma) && !at(p, TOKEN_CLOSE_BRACE);
    }
}
