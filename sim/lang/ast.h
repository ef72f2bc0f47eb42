/* The syntax tree: what the text says, without names resolved. Made by the parser, constant afterwards. */
#ifndef AWAITLAB_LANG_AST_H
#define AWAITLAB_LANG_AST_H

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "lang/token.h"

typedef enum NodeKind {
#define NODE(name, text) NODE_##name,
#include "lang/ast.def"
#undef NODE
    NODE_KIND_COUNT
} NodeKind;

typedef struct Node Node;

typedef struct NodeList {
    Node **at;
    uint32_t count;
    uint32_t capacity;
} NodeList;

typedef enum NodeFlags {
    FLAG_STATIC = 1 << 0,
    FLAG_GLOBAL = 1 << 1,
    FLAG_CONST = 1 << 2,
    FLAG_USING = 1 << 3,
    FLAG_AWAIT = 1 << 4,
    FLAG_ASYNC = 1 << 5,
    FLAG_EVENT = 1 << 6,
    FLAG_INDEXER = 1 << 7,
    FLAG_RECORD_STRUCT = 1 << 8,
    FLAG_FILE_SCOPED = 1 << 9,
    FLAG_HAS_ARGUMENTS = 1 << 10,
    FLAG_POSITIONAL = 1 << 11,
    FLAG_PROPERTY = 1 << 12,
    FLAG_CHECKED = 1 << 13,
    FLAG_UNCHECKED = 1 << 14,
    FLAG_READONLY = 1 << 15,
    FLAG_DELEGATE = 1 << 16,
    FLAG_EXPRESSION_BODY = 1 << 17, /* declaration: the body is `=> expression` */
    FLAG_ERROR = 1 << 18,           /* a syntax error was reported inside */
    FLAG_VALUE = 1 << 20, /* EXPRESSION_STATEMENT at the end of what was typed, without its ';': its value is wanted */
    FLAG_QUERY = 1 << 21, /* made from a query expression; an orderby key that is not the first */
    FLAG_RECORD =
        1 << 19, /* TYPE_DECLARATION: a record; token is TOKEN_CLASS or TOKEN_STRUCT (then FLAG_RECORD_STRUCT too) */
} NodeFlags;

typedef enum Modifiers {
    MODIFIER_PUBLIC = 1 << 0,
    MODIFIER_PRIVATE = 1 << 1,
    MODIFIER_PROTECTED = 1 << 2,
    MODIFIER_INTERNAL = 1 << 3,
    MODIFIER_STATIC = 1 << 4,
    MODIFIER_READONLY = 1 << 5,
    MODIFIER_CONST = 1 << 6,
    MODIFIER_VIRTUAL = 1 << 7,
    MODIFIER_OVERRIDE = 1 << 8,
    MODIFIER_ABSTRACT = 1 << 9,
    MODIFIER_SEALED = 1 << 10,
    MODIFIER_ASYNC = 1 << 11,
    MODIFIER_EXTERN = 1 << 12,
    MODIFIER_PARTIAL = 1 << 13,
    MODIFIER_NEW = 1 << 14,
    MODIFIER_VOLATILE = 1 << 15,
    MODIFIER_UNSAFE = 1 << 16,
    MODIFIER_REQUIRED = 1 << 17,
    MODIFIER_REF = 1 << 18, /* ref struct */
    MODIFIER_FILE = 1 << 19,
} Modifiers;

/* What only declarations (and lambdas) have. */
typedef struct Declaration {
    uint32_t modifiers;
    NodeList attributes;      /* NODE_ATTRIBUTE */
    NodeList type_parameters; /* NODE_TYPE_PARAMETER */
    NodeList constraints;     /* NODE_CONSTRAINT */
    NodeList parameters;      /* NODE_PARAMETER */
    NodeList bases;           /* types */
    Node *body;               /* BLOCK, or an expression when FLAG_EXPRESSION_BODY is set on the node; NULL: none */
    bool has_parameters;      /* a parameter list was written (primary constructors, `delegate { }`) */
    bool has_body;            /* a body was written; when body is NULL it was skipped: see parse_body */
    Span name_span;           /* the declared name */
    Position body_start;      /* of a skipped body or member list: its '{' or '=>' */
    Position body_end;
    bool members_skipped;   /* TYPE_DECLARATION: members are parsed by parse_type_members */
    const SourceSkip *skip; /* what is known about them beforehand, or NULL */
    struct Parser *parser;  /* who can parse what was skipped */
} Declaration;

typedef enum LiteralKind {
    LITERAL_NULL,
    LITERAL_TRUE,
    LITERAL_FALSE,
    LITERAL_INT,
    LITERAL_UINT,
    LITERAL_LONG,
    LITERAL_ULONG, /* by suffix and size, as C# says; in `integer` */
    LITERAL_FLOAT,
    LITERAL_DOUBLE, /* in `real` */
    LITERAL_DECIMAL,
    LITERAL_CHAR,   /* char: in `integer` */
    LITERAL_STRING, /* UTF-16 code units in `units`, `unit_count` */
    LITERAL_UTF8_STRING,
} LiteralKind;

typedef struct Literal {
    LiteralKind kind;
    uint32_t unit_count;
    union {
        uint64_t integer;
        double real;
        Decimal decimal;
        const uint16_t *units;
    };
} Literal;

struct Node {
    uint16_t kind;   /* NodeKind */
    uint16_t token;  /* TokenKind, where ast.def says so */
    uint32_t flags;  /* NodeFlags */
    uint32_t number; /* array rank */
    Span span;       /* the whole construct */
    Span at;         /* where Roslyn puts the caret by default: the operator, the name, else the start of span */
    Name name;
    Node *a, *b, *c, *d;
    NodeList items;
    NodeList extra;
    Declaration *decl;
    Literal *literal;
};

#endif
