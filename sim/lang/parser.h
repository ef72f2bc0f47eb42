/* The parser: text → syntax tree. Never fails: what cannot be parsed is reported (Roslyn's codes and places) and becomes
 * NODE_ERROR_NODE; deep nesting is refused (ERROR_NESTING_TOO_DEEP), never overflows the C stack. */
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

/* Fills in items of a TYPE_DECLARATION whose members were skipped; bodies of its members stay skipped. */
void parse_type_members(Node *type);

/* Fills in decl->body of a declaration or accessor whose body was skipped. */
void parse_body(Node *declaration);

/* For the prompt: whether more lines are needed (an unclosed bracket, string, comment or a statement that cannot end here). */
bool parse_is_incomplete(const ParseContext *context, const SourceFile *file);

#endif
