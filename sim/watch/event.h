/* The kinds of protocol events, in the order of event.def. */
#ifndef AWAITLAB_WATCH_EVENT_H
#define AWAITLAB_WATCH_EVENT_H

typedef enum EventKind {
#define EVENT(name, sentence) KIND_##name,
#include "watch/event.def"
#undef EVENT
    EVENT_KINDS
} EventKind;

#endif
