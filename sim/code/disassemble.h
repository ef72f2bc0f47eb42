/* Bytecode as text, for tests and for whoever works on the compiler. */
#ifndef AWAITLAB_CODE_DISASSEMBLE_H
#define AWAITLAB_CODE_DISASSEMBLE_H

#include "code/program.h"

/* The instruction at `index` of a compiled method, one line without its end. Returns its length in instructions. */
uint32_t disassemble_instruction(const Program *program, const RuntimeMethod *method, uint32_t index, Text *out);
/* A whole method: frame, maps, code, handlers. */
void disassemble_method(const Program *program, const RuntimeMethod *method, Text *out);

#endif
