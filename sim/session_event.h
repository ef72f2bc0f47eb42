/* Protocol events as the session sees them. */
#ifndef AWAITLAB_SESSION_EVENT_H
#define AWAITLAB_SESSION_EVENT_H

#include "code/program.h"

enum {
#define EVENT(name, sentence) EVENT_NUMBER_##name,
#include "watch/event.def"
#undef EVENT
};

enum {
    EVENT_KIND_COUNT = 0
#define EVENT(name, sentence) +1
#include "watch/event.def"
#undef EVENT
};

/* What a protocol event brings. */
typedef struct EventCall {
    uint32_t kind;
    Ref a, b;
    int64_t n;
} EventCall;

#endif
