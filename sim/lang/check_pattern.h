/* Tests on a value: what patterns (check_pattern.c) and the two kinds of switch (check_switch.c) share. */
#ifndef AWAITLAB_LANG_CHECK_PATTERN_H
#define AWAITLAB_LANG_CHECK_PATTERN_H

#include "lang/check_internal.h"

/* A value kept in a temp for the tests that follow. */
typedef struct Let {
    BoundList effects;
    LocalList locals;
    Bound *local;
} Let;

/* What a name in a pattern turned out to be. */
typedef struct NamedThing {
    Type *type;   /* a type, or */
    Bound *value; /* an expression */
} NamedThing;

Bound *pattern_again(Binder *binder, const Bound *input);
bool pattern_is_true(const Bound *test);
bool pattern_is_always_true(const Bound *test);
Bound *pattern_and(Binder *binder, Bound *a, Bound *b);
Bound *pattern_or(Binder *binder, Bound *a, Bound *b);
Bound *pattern_after(Binder *binder, Bound *effect, Span span);
Let pattern_let(Binder *binder, Bound *value);
Bound *pattern_let_in(Binder *binder, Let *let, Bound *test, Span span);
bool pattern_is_upcast(World *world, Type *from, Type *to);
bool pattern_is_name(const Node *node);
NamedThing pattern_resolve_named(Binder *binder, Node *node);
bool pattern_is_null(const Bound *value);
Bound *pattern_named_test(Binder *binder, NamedThing thing, Bound *input, Span span);

#endif
