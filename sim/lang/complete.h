/* What could be written at a place: names in scope, or members behind a dot. */
#ifndef AWAITLAB_LANG_COMPLETE_H
#define AWAITLAB_LANG_COMPLETE_H

#include "lang/submit.h"

typedef enum CompletionKind {
    COMPLETION_VARIABLE,
    COMPLETION_FIELD,
    COMPLETION_PROPERTY,
    COMPLETION_EVENT,
    COMPLETION_METHOD,
    COMPLETION_TYPE,
    COMPLETION_NAMESPACE,
    COMPLETION_KEYWORD,
} CompletionKind;

typedef struct Completion {
    CompletionKind kind;
    const char *name;
    const char *type; /* "int", "int F(string s)"; "class", "struct" ... of a type; else "" */
} Completion;

typedef struct CompletionList {
    Completion *at;
    uint32_t count, capacity;
} CompletionList;

typedef struct CompletionRequest {
    const SourceFile *receiver; /* the expression in front of the dot, the dot and `_`; NULL: there is no dot */
    const char *prefix;         /* what is there of the name */
    Submission *previous;
    const SubmissionPlace *place; /* or NULL */
} CompletionRequest;

/* A method as its declaration has it: "int F(string s)"; of an extension method as it is called. */
const char *complete_signature(World *world, MethodRef ref, bool is_extension);
/* "class", "struct", "enum", "interface", "delegate" */
const char *complete_type_word(const TypeDefinition *definition);
/* Sorted by name, each name once. What begins with `prefix`; if nothing does, what does but for upper and lower case.
 * Reports nothing. May exhaust the arena. */
void complete_names(World *world, const CompletionRequest *request, CompletionList *list);

#endif
