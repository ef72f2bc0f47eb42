/* Checks bytecode before anybody runs it: for tests and the debug variant. */
#ifndef AWAITLAB_CODE_VERIFY_H
#define AWAITLAB_CODE_VERIFY_H

#include "code/program.h"

/* NULL, or what is wrong with a compiled method (one sentence, in `out`, which the answer points into). */
const char *verify_method(const Program *program, const RuntimeMethod *method, Text *out);

#endif
