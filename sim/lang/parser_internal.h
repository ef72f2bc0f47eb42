/* Shared between the files of the parser only.
 *
 * The parser is recursive descent with one token array and any amount of lookahead. Looking ahead never builds
 * nodes: the
 * scan_ functions walk over tokens only, so that nothing is ever parsed twice. */
#ifndef AWAITLAB_LANG_PARSER_INTERNAL_H
#define AWAITLAB_LANG_PARSER_INTERNAL_H

#include "lang/features.h"
#include "lang/lexer.h"
#include "lang/parser.h"

enum { DEEPEST_NESTING = 400 };
/* Operators, dots, brackets, `else if`: parsed by loops, but what comes after the parser may go down a chain. */
enum { LONGEST_CHAIN = 2000 };

typedef struct TokenStream {
    Lexer lexer;
    Token *tokens;
    uint32_t count, capacity;
    uint32_t index; /* the current token; always lexed */
} TokenStream;

/* Where error recovery may stop, by what surrounds the current place (Roslyn's "terminator states"). */
typedef enum Surrounding {
    IN_BLOCK = 1 << 0,
    IN_TYPE = 1 << 1,
    IN_SWITCH = 1 << 2,
    IN_ARGUMENTS = 1 << 3,
    IN_SIGNATURE = 1 << 4,
    IN_FOR_HEADER = 1 << 5,
    IN_TRY = 1 << 7,
    IN_BRACES = 1 << 6, /* not for recovery: some brace is open */
} Surrounding;

typedef struct Deferred Deferred;

struct Parser {
    ParseContext context;
    const SourceFile *file;
    TokenStream stream;
    uint32_t last_end; /* where the last consumed token ended */
    uint32_t depth;
    uint32_t surrounding; /* Surrounding */
    uint32_t error_start; /* of the last error: one report per place */
    uint32_t errors;
    uint32_t list_start; /* where the last element without a ',' in front of it began */
    Deferred *deferred;  /* errors that Roslyn finds only when the syntax is right */
    Deferred **last_deferred;
    Position first_error_at_end; /* for parse_is_incomplete */
    bool lazy;
    bool stopped;  /* nested too deep: everything that follows is the end of the file */
    bool in_async; /* `await` is an operator whatever follows */
    bool in_query; /* query words are words */
    bool in_interpolation;
    bool in_tuple;    /* behind the first element of a tuple */
    bool no_nullable; /* `x is T ? a : b`: the '?' belongs to the conditional operator if an expression follows */
    bool probing;     /* parse_is_incomplete */
    bool needs_more;
    bool top_level;     /* statements of the file itself */
    bool is_submission; /* typed at a prompt: the last semicolon may be missing, types and statements mix */
};

/* --- tokens (parser.c) -------------------------------------------------------------------------------------------- */

void fill_tokens(Parser *p, uint32_t ahead);

static inline Token *current(const Parser *p)
{
    return &p->stream.tokens[p->stream.index];
}

static inline TokenKind kind(const Parser *p)
{
    return (TokenKind)p->stream.tokens[p->stream.index].kind;
}

static inline bool at(const Parser *p, TokenKind wanted)
{
    return kind(p) == wanted;
}

/* A contextual word at the current place. */
static inline bool at_word(const Parser *p, Word word)
{
    return kind(p) == TOKEN_IDENTIFIER && current(p)->word == word;
}

static inline Token *peek(Parser *p, uint32_t ahead)
{
    if (p->stream.index + ahead >= p->stream.count)
        fill_tokens(p, ahead);
    uint32_t index = p->stream.index + ahead;
    return &p->stream.tokens[index < p->stream.count ? index : p->stream.count - 1];
}

static inline TokenKind peek_kind(Parser *p, uint32_t ahead)
{
    return (TokenKind)peek(p, ahead)->kind;
}

void advance(Parser *p);
bool accept(Parser *p, TokenKind wanted);
bool accept_word(Parser *p, Word word);
bool expect(Parser *p, TokenKind wanted); /* reports what is missing, as Roslyn does */
Name expect_identifier(Parser *p);        /* NULL after reporting */
void expect_semicolon(Parser *p, bool ends_expression);
bool touches_next(Parser *p, uint32_t ahead); /* no space between tokens `ahead` and `ahead` + 1 */

/* --- errors (parser.c) -------------------------------------------------------------------------------------------- */

void error_at(Parser *p, uint32_t start, uint32_t end, DiagnosticCode code, const char *argument);
void error_here(Parser *p, DiagnosticCode code, const char *argument);    /* on the current token */
void error_missing(Parser *p, DiagnosticCode code, const char *argument); /* where something is missing before it */
void error_deferred(Parser *p, Span span, DiagnosticCode code, const char *argument);
const char *token_source(Parser *p, const Token *token);

bool enter(Parser *p); /* false: nested too deep, reported; must not be left */
void leave(Parser *p);
bool add_link(Parser *p, uint32_t *links); /* one more in a chain; false: too long, reported */

/* --- nodes (parser.c) --------------------------------------------------------------------------------------------- */

Node *node_new(Parser *p, NodeKind node_kind);                 /* starts at the current token */
Node *node_around(Parser *p, NodeKind node_kind, Node *first); /* starts where `first` does */
Node *finish(Parser *p, Node *node);                           /* ends at the last consumed token */
Node *node_error(Parser *p);                                   /* a NODE_ERROR_NODE of no width */
void node_list_add(Parser *p, NodeList *list, Node *node);
Declaration *declaration_new(Parser *p);
Span token_span(const Parser *p, const Token *token);

typedef bool (*TokenTest)(Parser *p);

/* Between the elements of a list closed by `close`: false when the list is over; reports what does not belong. */
bool list_continues(Parser *p, TokenKind close, TokenTest can_start, bool *after_comma);
bool is_terminator(Parser *p);
/* Skips from the current token to where `can_start` or a terminator is; reports the first token. */
bool skip_bad(Parser *p, TokenTest can_start, TokenKind close, TokenKind expected);

/* --- types (parser_type.c) ---------------------------------------------------------------------------------------- */

typedef enum TypeMode {
    TYPE_NORMAL,
    TYPE_PARAMETER_MODE,
    TYPE_AFTER_IS,    /* as, is: '?' may start a conditional */
    TYPE_IN_PATTERN,  /* the same, and a designation may follow */
    TYPE_IN_CREATION, /* new: brackets with sizes are not part of the type */
} TypeMode;

/* What tokens look like when read as a type. */
typedef enum TypeShape {
    SHAPE_NONE,
    SHAPE_NAME,             /* may as well be an expression */
    SHAPE_GENERIC,          /* or a generic method */
    SHAPE_DEFINITE_GENERIC, /* List<int>: nothing but type arguments */
    SHAPE_NULLABLE,
    SHAPE_POINTER, /* or a multiplication */
    SHAPE_TUPLE,
    SHAPE_ALIAS,
    SHAPE_TYPE, /* cannot be anything else */
} TypeShape;

Node *parse_type(Parser *p, TypeMode mode);
Node *parse_return_type(Parser *p);
Node *parse_ranks(Parser *p, Node *element);
Node *parse_name(Parser *p); /* a.b<c>.d, alias::a */
Node *parse_simple_name(Parser *p, bool in_expression);
void parse_type_arguments(Parser *p, Node *node);
TypeShape scan_type(Parser *p, uint32_t *ahead);
bool scan_type_arguments(Parser *p, uint32_t *ahead, unsigned depth, bool *definite); /* definite: may be NULL */
bool is_predefined_type(TokenKind token);
bool is_possible_type(Parser *p);
void expect_close_paren(Parser *p); /* forgives one stray token before it */
bool is_generic_name(Parser *p);    /* at a '<' behind a name, in an expression */
bool is_identifier(Parser *p);      /* an identifier, not a word of a query */

/* --- expressions (parser_expression.c, parser_primary.c) ---------------------------------------------------------- */

typedef enum Precedence {
    PRECEDENCE_EXPRESSION, /* lambda and assignment */
    PRECEDENCE_CONDITIONAL,
    PRECEDENCE_COALESCING,
    PRECEDENCE_OR_OR,
    PRECEDENCE_AND_AND,
    PRECEDENCE_OR,
    PRECEDENCE_XOR,
    PRECEDENCE_AND,
    PRECEDENCE_EQUALITY,
    PRECEDENCE_RELATIONAL,
    PRECEDENCE_SHIFT,
    PRECEDENCE_ADDITIVE,
    PRECEDENCE_MULTIPLICATIVE,
    PRECEDENCE_SWITCH,
    PRECEDENCE_RANGE,
    PRECEDENCE_UNARY,
    PRECEDENCE_PRIMARY,
} Precedence;

Node *parse_expression(Parser *p);
Node *parse_sub_expression(Parser *p, Precedence precedence);
Node *parse_expression_or_declaration(Parser *p, bool is_out);        /* `int x`, `var (a, b)` or an expression */
Node *parse_ref_expression(Parser *p);                                /* `ref x` or an expression */
Node *parse_operations(Parser *p, Node *left, Precedence precedence); /* the operators behind an operand */
Node *invalid_term(Parser *p);
Node *parse_term(Parser *p, Precedence precedence); /* primary with everything behind it */
void parse_arguments(Parser *p, NodeList *list, TokenKind close);
Node *parse_initializer(Parser *p, bool of_array);
Node *parse_lambda(Parser *p);
Node *parse_anonymous_method(Parser *p);
Node *parse_query(Parser *p);
Node *parse_interpolated(Parser *p);
Node *parse_new(Parser *p);
bool is_possible_expression(Parser *p); /* binary operators count: their left side is missing then */
bool can_start_expression(Parser *p);
bool is_possible_argument(Parser *p);
bool is_lambda(Parser *p);
bool is_query(Parser *p);
bool is_declaration_expression(Parser *p, bool is_out);
bool is_deconstruction_var(Parser *p);
bool is_await(Parser *p);

/* --- patterns (parser_pattern.c) ---------------------------------------------------------------------------------- */

Node *parse_pattern(Parser *p, Precedence precedence, bool after_is);
Node *parse_designation(Parser *p);
Node *parse_switch_expression(Parser *p, Node *value);
bool scan_designation(Parser *p, uint32_t *ahead);

/* --- statements (parser_statement.c) ------------------------------------------------------------------------------ */

Node *parse_statement(Parser *p);
/* Whatever it looks like, an expression. */
Node *parse_expression_statement(Parser *p);
Node *parse_embedded_statement(Parser *p);
Node *parse_block(Parser *p);
bool is_possible_statement(Parser *p);
bool is_local_declaration(Parser *p);
bool starts_modified_statement(Parser *p); /* const, static, async local functions ... */
Node *parse_declarator(Parser *p);
void parse_declarators(Parser *p, Node *declaration, bool in_type);
Node *parse_local_function(Parser *p, Node *type, NodeList attributes, uint32_t modifiers, uint32_t start);

/* --- declarations (parser_declaration.c, parser_member.c) --------------------------------------------------------- */

void parse_attributes(Parser *p, NodeList *attributes);
uint32_t parse_modifiers(Parser *p, bool in_statement);
uint32_t modifier_of(Parser *p, bool in_statement); /* of the current token, 0: none */
Node *parse_parameter(Parser *p);
/* a lambda's: types may lack */
void parse_parameter_list(Parser *p, Declaration *decl, TokenKind open, TokenKind close);
void parse_parameters(Parser *p, Declaration *decl, TokenKind open, TokenKind close);
void parse_type_parameters(Parser *p, Declaration *decl);
void parse_constraints(Parser *p, Declaration *decl);
void parse_function_body(Parser *p, Node *node, bool semicolon_allowed);
Node *parse_type_declaration(Parser *p, NodeList attributes, uint32_t modifiers, uint32_t start);
Node *parse_delegate(Parser *p, NodeList attributes, uint32_t modifiers, uint32_t start);
bool starts_type_declaration(Parser *p, uint32_t ahead);
void parse_members(Parser *p, Node *type);
void parse_enum_members(Parser *p, Node *type);
Node *parse_member(Parser *p, Node *type);
bool is_possible_member(Parser *p);
void parse_file_members(Parser *p, Node *parent, bool in_namespace);
void skip_to(Parser *p, uint32_t offset); /* lazy: goes on lexing at `offset` */

#endif
