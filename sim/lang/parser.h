/* The parser: text → syntax tree. Never fails: what cannot be parsed is reported (Roslyn's codes and places) and
 * becomes NODE_ERROR_NODE; deep nesting is refused (ERROR_NESTING_TOO_DEEP), never overflows the C stack. */
#ifndef AWAITLAB_LANG_PARSER_H
#define AWAITLAB_LANG_PARSER_H

#include "lang/ast.h"

typedef struct Parser Parser;

typedef struct ParseContext {
    Arena *arena;
    NameTable *names;
    DiagnosticList *diagnostics;
} ParseContext;

/* Parses a whole file. `lazy` (the core library): member lists of types and bodies of members are skipped by matching
 * braces and parsed by the two functions below when somebody asks. */
Node *parse_file(const ParseContext *context, const SourceFile *file, bool lazy);

/* Parses what was typed at a prompt: statements, types and using directives in any order. The semicolon of the last
 * statement may be missing; an expression statement without it has FLAG_VALUE. */
Node *parse_submission(const ParseContext *context, const SourceFile *file);

/* A file piece by piece: one whose types were indexed beforehand: what is in front of `end` (using directives and the
 * header of the namespace), and later single types, each at its own place. */
Node *parse_file_head(const ParseContext *context, const SourceFile *file, uint32_t end, Parser **parser);
Node *parse_type_at(Parser *parser, uint32_t start, uint32_t end);

/* Only the types among the members that were skipped (nothing is filled in), where they are known; false: they are not.
 */
bool parse_nested_types(Node *type, NodeList *types);

/* The members that were skipped, other than types; NULL: they are not known one by one. How many:
 * decl->skip->member_count. */
const SourceMember *parse_known_members(const Node *type);
/* One of them; nothing is filled in. */
Node *parse_member_at(Node *type, const SourceMember *member);

/* Fills in items of a TYPE_DECLARATION whose members were skipped; bodies of its members stay skipped. */
void parse_type_members(Node *type);

/* Fills in decl->body of a declaration or accessor whose body was skipped. */
void parse_body(Node *declaration);

/* For the prompt: whether more lines are needed (an unclosed bracket, string, comment or a statement that cannot end
 * here). */
bool parse_is_incomplete(const ParseContext *context, const SourceFile *file);

#endif
