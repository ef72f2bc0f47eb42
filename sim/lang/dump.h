/* The syntax tree as indented text: for tests and for finding out what the parser made of something. */
#ifndef AWAITLAB_LANG_DUMP_H
#define AWAITLAB_LANG_DUMP_H

#include "lang/ast.h"

/* One line per node: its kind, name, token, flags; children indented below it with the slot they are in. */
void dump_tree(Text *text, const Node *node);

/* The same on one line, as nested parentheses with kinds only where needed: `(+ a (* b c))`. */
void dump_line(Text *text, const Node *node);

#endif
