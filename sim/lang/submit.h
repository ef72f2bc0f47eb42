/* Submissions: C# typed piece by piece, each piece compiled on its own and seeing what the earlier ones declared.
 *
 *     piece 1:  int x = 1;            class Submission#1 { static int x; static void <Main>$() { x = 1; } }
 *     piece 2:  x + 1                 class Submission#2 { static int <value>; static void <Main>$() { <value> = x + 1;
 * } }
 *
 * Variables of the statements are static fields and functions are static methods of the submission's class; types lie
 * in a namespace of its own in place of the global one, behind which the older ones are looked at. So nothing of an
 * older submission is changed: a newer declaration hides an older one, and a submission is undone by forgetting it. */
#ifndef AWAITLAB_LANG_SUBMIT_H
#define AWAITLAB_LANG_SUBMIT_H

#include "lang/bound.h"

typedef enum SubmissionKind {
    SUBMISSION_TYPED,   /* statements, as C# scripts have them */
    SUBMISSION_PROGRAM, /* a whole file: compiled exactly as a program, with its own Main */
    SUBMISSION_LOOK,    /* one expression that changes nothing */
} SubmissionKind;

/* Where a nested submission is: code that was interrupted. Its variables are passed by reference, in this order; a
 * receiver of a class by value, ahead of them. */
typedef struct SubmissionPlace {
    Type *owner; /* whose members are in scope */
    Type *self;  /* the type of `this`; NULL: there is none */
    Name *names;
    Type **types;
    uint32_t count;
    bool by_value; /* passed by value: nothing assigns to them, and lambdas may use them */
} SubmissionPlace;

/* A display class of a program's statements: a static field that holds the object, or a copy if it is a struct. */
typedef struct KeptClosure {
    TypeDefinition *type;
    Field *field;
} KeptClosure;

struct Submission {
    Submission *previous; /* the next older one that is seen; NULL: the first */
    uint32_t number;      /* from 1: Submission#1 */
    SubmissionKind kind;
    TypeDefinition *definition;    /* the class of its variables and functions */
    struct Namespace *global;      /* its types */
    struct Namespace *seen_global; /* what newer ones look at: `global`, or an older one when nothing is in it */
    struct UsingScope *usings;
    struct UsingScope *seen_usings;
    const SubmissionPlace *place; /* nested: what it is in; NULL: nothing */
    Method *entry;                /* static; NULL: there is nothing to run */
    /* Of a program: what its statements declare, and what is kept of that when they are over (submit_program.c). */
    Local **locals;
    uint32_t local_count, local_capacity;
    Function **functions;
    uint32_t function_count, function_capacity;
    KeptClosure *closures;
    uint32_t closure_count, closure_capacity;
    bool is_kept; /* there are fields for it */
    Field *value; /* what the last expression or `return` gives; NULL: nothing */
};

typedef struct SubmissionRequest {
    const SourceFile *file;
    SubmissionKind kind;
    Submission *previous; /* the newest one that is seen, or NULL */
    uint32_t number;
    const SubmissionPlace *place; /* lives as long as the arena; or NULL */
} SubmissionRequest;

/* Compiles far enough to know every error. world->diagnostics holds those of this submission alone. NULL: it has
 * errors, and the world is as it was. Otherwise it is the newest one that everything sees from now on. May exhaust the
 * arena. */
Submission *submission_compile(World *world, const SubmissionRequest *request);

/* ---- submit_program.c: variables and functions of a loaded file, for those who type on when its Main is over */
void submission_note_local(Arena *arena, Submission *program, Local *local);
void submission_note_function(Arena *arena, Submission *program, Function *function);
/* Gives the class static fields for the variables, and methods that call the local functions. Main must have been
 * lowered. */
void submission_make_kept(World *world, Submission *program);
/* A captured variable that is kept: where it is; NULL: there is none of that name. */
Local *submission_captured(const Submission *program, Name name);
Bound *submission_captured_value(World *world, const Submission *program, Local *local, Span span);
/* The field for a variable that is not captured; NULL: it is captured. */
Field *submission_kept_field(World *world, const Submission *program, const Local *local);

/* For complete.c: a submission that is never finished, with its scope; world->global is its own then. And the method of
 * its statements; NULL: it has none. */
Submission *submission_open(World *world, const SubmissionRequest *request, Node *unit);
Method *submission_body(World *world, Submission *submission, Node *unit);

/* From now on names mean what they mean after `submission` (NULL: before the first one). */
void submission_see(World *world, Submission *submission);

#endif
