/* A moment: the machine and the births of its objects, as pages that it shares with other moments. */
#ifndef AWAITLAB_TIME_MOMENT_H
#define AWAITLAB_TIME_MOMENT_H

#include "time/pages.h"
#include "vm/birth.h"
#include "vm/snapshot.h"

typedef struct Moment Moment;

/* The machine as it is between two calls of machine_run; its births too, if it keeps any. NULL: no memory. */
Moment *moment_keep(PageStore *store, Machine *machine);
void moment_free(PageStore *store, Moment *moment);
/* Makes the machine, which the moment is of, what it was. False: no memory, and nothing has changed. */
bool moment_restore(Machine *machine, const Moment *moment);
/* Bytes that would be free without this moment, its own rows included. */
size_t moment_own_bytes(const Moment *moment);

#endif
