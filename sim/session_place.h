/* Where a nested submission is: the innermost user code of the thread on top of which it runs. Not for others. */
#ifndef AWAITLAB_SESSION_PLACE_H
#define AWAITLAB_SESSION_PLACE_H

#include "session_internal.h"

/* What is in scope at the present moment, in the session's arena; NULL: the machine is between two submissions. May exhaust the
 * arena. */
const SubmissionPlace *session_place(Session *session);

/* The arguments that stand for a place at the present moment. */
typedef struct PlaceArguments {
    uint64_t *at; /* references and block offsets, 8 bytes each */
    uint32_t count;
} PlaceArguments;

/* False: this moment is another one, where not all of these variables are. May exhaust the arena. */
bool session_place_arguments(Session *session, const SubmissionPlace *place, PlaceArguments *arguments);

#endif
