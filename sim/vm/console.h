/* Text on its way out: collected here, handed to the host in large pieces and always in the order it was written. */
#ifndef AWAITLAB_VM_CONSOLE_H
#define AWAITLAB_VM_CONSOLE_H

#include "vm/machine.h"

typedef struct Output Output;

Output *output_create(const Memory *memory); /* NULL: no memory */
void output_free(Output *output, const Memory *memory);

/* Adds UTF-16 text for stream 1 or 2 (lone surrogates become U+FFFD). When the stream changes or the buffer is full,
 * the host gets what is there. False: nobody reads it any more, and the run has ended (RUN_OUTPUT_CLOSED). */
bool output_write(Machine *machine, int stream, const uint16_t *units, uint32_t count);

#endif
