/* Inside print_lowered: writing the typed tree as C#. Not for others. */
#ifndef AWAITLAB_LANG_PRINT_INTERNAL_H
#define AWAITLAB_LANG_PRINT_INTERNAL_H

#include "lang/lower_internal.h"

/* Names for what has none: numbered in the order in which a method's text mentions them. */
typedef struct Numbering {
    const void **at;
    uint32_t count, capacity;
} Numbering;

typedef struct Printer {
    World *world;
    Text *out;
    uint32_t indent;
    Numbering locals, labels;
    uint32_t serial; /* of this print_lowered */
} Printer;

/* How tightly an operator binds; operands that bind less tightly get parentheses. */
typedef enum Binding {
    BINDS_LOOSEST,
    BINDS_ASSIGNMENT,
    BINDS_CONDITIONAL,
    BINDS_OR_ELSE,
    BINDS_AND_ALSO,
    BINDS_OR,
    BINDS_XOR,
    BINDS_AND,
    BINDS_EQUALITY,
    BINDS_RELATION,
    BINDS_SHIFT,
    BINDS_SUM,
    BINDS_PRODUCT,
    BINDS_UNARY,
    BINDS_PRIMARY,
} Binding;

void print_expression(Printer *printer, const Bound *node, Binding outer);
void print_type(Printer *printer, Type *type);
void print_local(Printer *printer, const Local *local);
void print_constant(Printer *printer, const Constant *constant, Type *type);

#endif
