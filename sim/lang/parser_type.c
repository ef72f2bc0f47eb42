/* Types and names, and looking ahead over what may be a type. */
#include "lang/parser_internal.h"

bool is_predefined_type(TokenKind token)
{
    switch (token) {
    case TOKEN_BOOL:
    case TOKEN_BYTE:
    case TOKEN_SBYTE:
    case TOKEN_INT:
    case TOKEN_UINT:
    case TOKEN_SHORT:
    case TOKEN_USHORT:
    case TOKEN_LONG:
    case TOKEN_ULONG:
    case TOKEN_FLOAT:
    case TOKEN_DOUBLE:
    case TOKEN_DECIMAL:
    case TOKEN_STRING_TYPE:
    case TOKEN_CHAR:
    case TOKEN_OBJECT:
    case TOKEN_VOID:
        return true;
    default:
        return false;
    }
}

static bool is_query_word(Word word)
{
    switch (word) {
    case WORD_FROM:
    case WORD_WHERE:
    case WORD_SELECT:
    case WORD_GROUP:
    case WORD_INTO:
    case WORD_ORDERBY:
    case WORD_JOIN:
    case WORD_LET:
    case WORD_ON:
    case WORD_EQUALS:
    case WORD_BY:
    case WORD_ASCENDING:
    case WORD_DESCENDING:
        return true;
    default:
        return false;
    }
}

bool is_identifier(Parser *p)
{
    return at(p, TOKEN_IDENTIFIER) && !(p->in_query && is_query_word((Word)current(p)->word));
}

bool is_possible_type(Parser *p)
{
    return is_identifier(p) || is_predefined_type(kind(p)) || at(p, TOKEN_OPEN_PAREN);
}

/* --- looking ahead ------------------------------------------------------------------------------------------------ */

static TypeShape scan_type_at(Parser *p, uint32_t *ahead, unsigned depth);

/* One type argument, or the nothing of `Dictionary<,>`. */
static bool scan_type_argument(Parser *p, uint32_t *ahead, unsigned depth, bool *definite)
{
    TokenKind token = peek_kind(p, *ahead);
    if (token == TOKEN_COMMA || token == TOKEN_GREATER) {
        *definite = true;
        return true;
    }
    if (token == TOKEN_IN || token == TOKEN_OUT)
        ++*ahead;
    TypeShape shape = scan_type_at(p, ahead, depth + 1);
    if (shape == SHAPE_TYPE || shape == SHAPE_DEFINITE_GENERIC)
        *definite = true;
    return shape != SHAPE_NONE;
}

/* From '<' to behind the matching '>'. A failure is remembered in the token, so that `a < b < c < ...` stays linear. */
bool scan_type_arguments(Parser *p, uint32_t *ahead, unsigned depth, bool *definite)
{
    uint32_t open = *ahead;
    bool ignored;
    if (!definite)
        definite = &ignored;
    *definite = false;
    if (peek_kind(p, open) != TOKEN_LESS || peek(p, open)->flags & TOKEN_NOT_GENERIC)
        return false;
    uint32_t next = open;
    bool good = depth < DEEPEST_NESTING;
    do {
        next++;
        good = good && scan_type_argument(p, &next, depth, definite);
    } while (good && peek_kind(p, next) == TOKEN_COMMA);
    if (!good || peek_kind(p, next) != TOKEN_GREATER) {
        peek(p, open)->flags |= TOKEN_NOT_GENERIC;
        return false;
    }
    *ahead = next + 1;
    return true;
}

static bool scan_tuple_type(Parser *p, uint32_t *ahead, unsigned depth)
{
    uint32_t open = *ahead;
    if (peek(p, open)->flags & TOKEN_NOT_TUPLE)
        return false;
    uint32_t next = open + 1;
    unsigned count = 0;
    bool good = depth < DEEPEST_NESTING;
    while (good) {
        good = scan_type_at(p, &next, depth + 1) != SHAPE_NONE;
        count++;
        if (good && peek_kind(p, next) == TOKEN_IDENTIFIER)
            next++;
        if (!good || peek_kind(p, next) == TOKEN_CLOSE_PAREN)
            break;
        good = peek_kind(p, next) == TOKEN_COMMA;
        next++;
    }
    if (!good || count < 2) {
        peek(p, open)->flags |= TOKEN_NOT_TUPLE;
        return false;
    }
    *ahead = next + 1;
    return true;
}

static TypeShape scan_name(Parser *p, uint32_t *ahead, unsigned depth)
{
    TypeShape shape = SHAPE_NAME;
    for (;;) {
        if (peek_kind(p, *ahead) != TOKEN_IDENTIFIER)
            return SHAPE_NONE;
        ++*ahead;
        if (peek_kind(p, *ahead) == TOKEN_COLON_COLON) {
            shape = SHAPE_ALIAS;
            ++*ahead;
            continue;
        }
        if (peek_kind(p, *ahead) == TOKEN_LESS) {
            bool definite;
            if (!scan_type_arguments(p, ahead, depth, &definite))
                return SHAPE_NONE;
            shape = definite ? SHAPE_DEFINITE_GENERIC : SHAPE_GENERIC;
        }
        if (peek_kind(p, *ahead) != TOKEN_DOT)
            return shape;
        ++*ahead;
    }
}

static TypeShape scan_suffixes(Parser *p, uint32_t *ahead, TypeShape shape)
{
    for (;;) {
        TokenKind token = peek_kind(p, *ahead);
        if (token == TOKEN_QUESTION) {
            shape = SHAPE_NULLABLE;
            ++*ahead;
        } else if (token == TOKEN_STAR) {
            shape = SHAPE_POINTER;
            ++*ahead;
        } else if (token == TOKEN_OPEN_BRACKET) {
            uint32_t next = *ahead + 1;
            while (peek_kind(p, next) == TOKEN_COMMA)
                next++;
            if (peek_kind(p, next) != TOKEN_CLOSE_BRACKET)
                return shape;
            *ahead = next + 1;
            shape = SHAPE_TYPE;
        } else {
            return shape;
        }
    }
}

static TypeShape scan_type_at(Parser *p, uint32_t *ahead, unsigned depth)
{
    TypeShape shape = SHAPE_NONE;
    TokenKind token = peek_kind(p, *ahead);
    if (token == TOKEN_REF) {
        ++*ahead;
        if (peek_kind(p, *ahead) == TOKEN_READONLY)
            ++*ahead;
        token = peek_kind(p, *ahead);
    }
    if (is_predefined_type(token)) {
        shape = SHAPE_TYPE;
        ++*ahead;
    } else if (token == TOKEN_IDENTIFIER) {
        shape = scan_name(p, ahead, depth);
    } else if (token == TOKEN_OPEN_PAREN) {
        shape = scan_tuple_type(p, ahead, depth) ? SHAPE_TUPLE : SHAPE_NONE;
    }
    return shape == SHAPE_NONE ? shape : scan_suffixes(p, ahead, shape);
}

TypeShape scan_type(Parser *p, uint32_t *ahead)
{
    return scan_type_at(p, ahead, p->depth);
}

/* After `name<...>` in an expression: whether what follows says that these were type arguments (C# 6.2.5). */
bool is_generic_name(Parser *p)
{
    uint32_t ahead = 0;
    bool definite;
    if (!scan_type_arguments(p, &ahead, p->depth, &definite))
        return false;
    if (definite)
        return true;
    switch (peek_kind(p, ahead)) {
    case TOKEN_OPEN_PAREN:
    case TOKEN_CLOSE_PAREN:
    case TOKEN_CLOSE_BRACKET:
    case TOKEN_CLOSE_BRACE:
    case TOKEN_COLON:
    case TOKEN_SEMICOLON:
    case TOKEN_COMMA:
    case TOKEN_DOT:
    case TOKEN_QUESTION:
    case TOKEN_EQUAL_EQUAL:
    case TOKEN_NOT_EQUAL:
    case TOKEN_OR:
    case TOKEN_XOR:
    case TOKEN_AND_AND:
    case TOKEN_OR_OR:
    case TOKEN_AND:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_OPEN_BRACE:
    case TOKEN_LESS:
    case TOKEN_LESS_EQUAL:
    case TOKEN_GREATER_EQUAL:
    case TOKEN_IS:
    case TOKEN_AS:
    case TOKEN_END:
    case TOKEN_COLON_COLON:
    case TOKEN_ARROW:
    case TOKEN_NOT:
        return true;
    default:
        return false;
    }
}

/* --- parsing ------------------------------------------------------------------------------------------------------ */

void parse_type_arguments(Parser *p, Node *node)
{
    node->kind = NODE_GENERIC_NAME;
    advance(p); /* '<' */
    uint32_t commas = 0;
    while (peek_kind(p, commas) == TOKEN_COMMA)
        commas++;
    if (peek_kind(p, commas) == TOKEN_GREATER) { /* List<>, Dictionary<,> */
        node_list_add(p, &node->items, NULL);
        while (accept(p, TOKEN_COMMA))
            node_list_add(p, &node->items, NULL);
    } else {
        node_list_add(p, &node->items, parse_type(p, TYPE_NORMAL));
        while (!at(p, TOKEN_GREATER)) {
            if (!at(p, TOKEN_COMMA) && !is_possible_type(p) &&
                !skip_bad(p, is_possible_type, TOKEN_GREATER, TOKEN_COMMA))
                break;
            if (at(p, TOKEN_GREATER))
                break;
            expect(p, TOKEN_COMMA);
            node_list_add(p, &node->items, parse_type(p, TYPE_NORMAL));
        }
    }
    expect(p, TOKEN_GREATER);
    finish(p, node);
}

/* A name with its type arguments; in an expression '<' may as well be the operator. */
Node *parse_simple_name(Parser *p, bool in_expression)
{
    Node *node = node_new(p, NODE_NAME);
    node->name = expect_identifier(p);
    if (!node->name) {
        node->kind = NODE_ERROR_NODE;
        node->flags |= FLAG_ERROR;
        node->span.end = node->span.start;
        return node;
    }
    if (at(p, TOKEN_LESS) && (!in_expression || is_generic_name(p)))
        parse_type_arguments(p, node);
    return finish(p, node);
}

Node *parse_name(Parser *p)
{
    Node *left;
    if (at(p, TOKEN_IDENTIFIER) && peek_kind(p, 1) == TOKEN_COLON_COLON) {
        left = node_new(p, NODE_ALIAS_QUALIFIED);
        left->name = current(p)->name;
        advance(p);
        advance(p);
        left->b = parse_simple_name(p, false);
        finish(p, left);
    } else {
        left = parse_simple_name(p, false);
    }
    uint32_t links = 0;
    while ((at(p, TOKEN_DOT) || at(p, TOKEN_DOT_DOT)) && add_link(p, &links)) {
        Node *node = node_around(p, NODE_QUALIFIED, left);
        if (at(p, TOKEN_DOT_DOT)) /* a name is missing between the dots */
            error_at(p, current(p)->start + 1, current(p)->end, ERROR_IDENTIFIER_EXPECTED, NULL);
        advance(p);
        node->a = left;
        node->b = parse_simple_name(p, false);
        node->at = node->b->at;
        left = finish(p, node);
    }
    return left;
}

static Node *parse_tuple_type(Parser *p)
{
    Node *tuple = node_new(p, NODE_TUPLE_TYPE);
    advance(p);
    for (;;) {
        Node *element = node_new(p, NODE_TUPLE_ELEMENT);
        element->a = parse_type(p, TYPE_NORMAL);
        if (is_identifier(p)) {
            element->at = token_span(p, current(p));
            element->name = current(p)->name;
            advance(p);
        }
        node_list_add(p, &tuple->items, finish(p, element));
        if (!accept(p, TOKEN_COMMA))
            break;
    }
    if (tuple->items.count < 2)
        error_missing(p, ERROR_TUPLE_TOO_SHORT, NULL);
    expect(p, TOKEN_CLOSE_PAREN);
    return finish(p, tuple);
}

static Node *parse_core_type(Parser *p, TypeMode mode)
{
    if (is_predefined_type(kind(p))) {
        Node *type = node_new(p, NODE_PREDEFINED_TYPE);
        type->token = (uint16_t)kind(p);
        if (at(p, TOKEN_VOID) && peek_kind(p, 1) != TOKEN_STAR)
            error_here(p, mode == TYPE_PARAMETER_MODE ? ERROR_VOID_PARAMETER : ERROR_VOID_NOT_ALLOWED, NULL);
        advance(p);
        return type;
    }
    if (is_identifier(p))
        return parse_name(p);
    if (at(p, TOKEN_OPEN_PAREN))
        return parse_tuple_type(p);
    error_missing(p, ERROR_TYPE_EXPECTED, NULL);
    return node_error(p);
}

/* `x is T ? a : b`: whether the '?' at the current place makes the type nullable. */
static bool is_nullable_mark(Parser *p, TypeMode mode)
{
    if (mode != TYPE_AFTER_IS && mode != TYPE_IN_PATTERN)
        return true;
    uint32_t index = p->stream.index;
    fill_tokens(p, 1);
    p->stream.index++;
    bool expression =
        can_start_expression(p) && !at_word(p, WORD_AND) && !at_word(p, WORD_OR) && !at_word(p, WORD_WHEN);
    p->stream.index = index;
    return !expression;
}

/* T[] T[,] ...; false when the brackets hold sizes, which only a creation may have. */
static bool is_rank(Parser *p)
{
    uint32_t next = 1;
    while (peek_kind(p, next) == TOKEN_COMMA)
        next++;
    return peek_kind(p, next) == TOKEN_CLOSE_BRACKET;
}

/* Sizes where none belong: `int[5] x`. */
static void parse_bad_sizes(Parser *p)
{
    advance(p);
    if (!at(p, TOKEN_END))
        error_deferred(p, token_span(p, current(p)), ERROR_SIZE_IN_DECLARATION, NULL);
    while (!at(p, TOKEN_CLOSE_BRACKET) && is_possible_expression(p)) {
        parse_expression(p);
        if (!accept(p, TOKEN_COMMA))
            break;
    }
}

static Node *parse_rank(Parser *p, Node *element)
{
    Node *array = node_around(p, NODE_ARRAY_TYPE, element);
    array->a = element;
    array->number = 1;
    if (!is_rank(p)) {
        parse_bad_sizes(p);
    } else {
        advance(p);
        while (accept(p, TOKEN_COMMA))
            array->number++;
    }
    expect(p, TOKEN_CLOSE_BRACKET);
    return finish(p, array);
}

/* int[][,] is an array of int[,]: the first brackets are the outermost. */
static Node *parse_array_type(Parser *p, Node *element, TypeMode mode)
{
    Node *outer = NULL;
    Node *inner = NULL;
    uint32_t links = 0;
    while (at(p, TOKEN_OPEN_BRACKET) && (is_rank(p) || mode == TYPE_NORMAL || mode == TYPE_PARAMETER_MODE) &&
           add_link(p, &links)) {
        Node *array = parse_rank(p, element);
        if (inner) {
            inner->a = array;
        } else {
            outer = array;
        }
        inner = array;
    }
    for (Node *array = outer; array && array->kind == NODE_ARRAY_TYPE && array != inner; array = array->a)
        array->span.end = inner->span.end;
    return outer ? outer : element;
}

static Node *parse_suffixed_type(Parser *p, TypeMode mode)
{
    Node *type = parse_core_type(p, mode);
    if (type->kind == NODE_ERROR_NODE)
        return type;
    for (uint32_t links = 0; add_link(p, &links);) {
        if (at(p, TOKEN_QUESTION) && is_nullable_mark(p, mode)) {
            Node *nullable = node_around(p, NODE_NULLABLE_TYPE, type);
            advance(p);
            nullable->a = type;
            type = finish(p, nullable);
        } else if (at(p, TOKEN_STAR) && mode != TYPE_AFTER_IS && mode != TYPE_IN_PATTERN) {
            Node *pointer = node_around(p, NODE_POINTER_TYPE, type);
            advance(p);
            pointer->a = type;
            type = finish(p, pointer);
        } else if (at(p, TOKEN_OPEN_BRACKET)) {
            Node *array = parse_array_type(p, type, mode);
            if (array == type)
                return type;
            type = array;
        } else {
            return type;
        }
    }
    return type;
}

Node *parse_type(Parser *p, TypeMode mode)
{
    if (!enter(p))
        return node_error(p);
    Node *type;
    if (at(p, TOKEN_REF)) {
        type = node_new(p, NODE_REF_TYPE);
        advance(p);
        if (accept(p, TOKEN_READONLY))
            type->flags |= FLAG_READONLY;
        type->a = parse_suffixed_type(p, mode);
        finish(p, type);
    } else {
        type = parse_suffixed_type(p, mode);
    }
    leave(p);
    return type;
}

Node *parse_return_type(Parser *p)
{
    if (at(p, TOKEN_VOID) && peek_kind(p, 1) != TOKEN_STAR) {
        Node *type = node_new(p, NODE_PREDEFINED_TYPE);
        type->token = TOKEN_VOID;
        advance(p);
        return type;
    }
    return parse_type(p, TYPE_NORMAL);
}

/* The ranks behind the sizes of `new T[3][][,]`: the element type of the array. */
Node *parse_ranks(Parser *p, Node *element)
{
    return parse_array_type(p, element, TYPE_IN_CREATION);
}
