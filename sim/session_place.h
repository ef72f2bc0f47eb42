/* Where a nested submission is: the innermost user code of the thread on top of which it runs. Not for others. */
#ifndef AWAITLAB_SESSION_PLACE_H
#define AWAITLAB_SESSION_PLACE_H

#include "session_internal.h"

/* What is in scope at the present moment, in `arena`; NULL: the machine is between two submissions. A main that waits
 * for ever is in the middle of something for those who only look. May exhaust the arena and the session's. */
SubmissionPlace *session_place(Session *session, bool looks, Arena *arena);

/* The arguments that stand for a place at the present moment. */
typedef struct PlaceArguments {
    uint8_t *bytes; /* as they lie in a frame: each begins at a multiple of 8 */
    uint32_t size;
} PlaceArguments;

/* False: this moment is another one, where not all of these variables are. May exhaust the arena. */
bool session_place_arguments(Session *session, const SubmissionPlace *place, PlaceArguments *arguments);

#endif
