/* What the machine asks of the world outside its block. Everything here is a question with an answer that never depends
 * on machine state, or output that leaves: so replay gives the same run. */
#ifndef AWAITLAB_VM_HOST_H
#define AWAITLAB_VM_HOST_H

#include "code/program.h"

typedef enum WellKnownType {
    WELL_KNOWN_OBJECT,
    WELL_KNOWN_STRING,
    WELL_KNOWN_TYPE,
    WELL_KNOWN_OBJECT_ARRAY,
    WELL_KNOWN_STRING_ARRAY,
    WELL_KNOWN_THREAD,
    WELL_KNOWN_NULL_REFERENCE,
    WELL_KNOWN_INDEX_OUT_OF_RANGE,
    WELL_KNOWN_INVALID_CAST,
    WELL_KNOWN_DIVIDE_BY_ZERO,
    WELL_KNOWN_OVERFLOW,
    WELL_KNOWN_OUT_OF_MEMORY,
    WELL_KNOWN_ARRAY_TYPE_MISMATCH,
    WELL_KNOWN_STACK_OVERFLOW,
    WELL_KNOWN_TYPE_INITIALIZATION,
    WELL_KNOWN_BYTE_ARRAY,
    WELL_KNOWN_INVALID_OPERATION,
    WELL_KNOWN_ARITHMETIC,
    WELL_KNOWN_ARGUMENT,
    WELL_KNOWN_CHAR_ARRAY,
    WELL_KNOWN_OBJECT_ARRAY_TRACE, /* Object[] kept beside stack traces */
    WELL_KNOWN_COUNT
} WellKnownType;

/* A protocol event that the detector needs: Protocol.RaiseWatched. */
typedef struct WatchedEvent {
    uint32_t kind;
    TypeId type;    /* of the struct whose member raised it; 0: no struct's */
    uint64_t place; /* block offset of that struct; 0: see type */
    Ref a, b;
    int64_t n;
} WatchedEvent;

typedef struct Host {
    void *context;
    /* Compiles the method: afterwards its state is not UNCOMPILED. False: out of memory or a body with errors. */
    bool (*compile)(void *context, MethodId method);
    /* The method that runs when `asked` is called on an object of type `type`; 0: entry point not found. */
    MethodId (*resolve_virtual)(void *context, TypeId type, MethodId asked);
    /* Whether a value of `from` may be stored in a variable of `to` (variance, array covariance, interfaces). */
    bool (*is_assignable)(void *context, TypeId from, TypeId to);
    TypeId (*well_known)(void *context, WellKnownType which);
    /* A managed method the machine starts by itself: "System.Threading.Thread.RunOnThread" etc. */
    MethodId (*well_known_method)(void *context, const char *full_name);
    TypeId (*array_of)(void *context, TypeId element);
    /* UTF-8 that the program wrote; stream 1 or 2. False: nobody can read it any more (the run ends). */
    bool (*write)(void *context, int stream, const char *bytes, size_t length);
    /* One line of input without its end, into an arena-free buffer owned by the host; false at end of input. */
    bool (*read_line)(void *context, const char **line, size_t *length);
    /* Instruction `keep` of the current thread's top call: nothing may be allocated or moved. NULL: nobody wants to. */
    void (*keep)(void *context);
    /* One protocol event happened (only called while somebody listens). */
    void (*event)(void *context, uint32_t kind, Ref a, Ref b, int64_t n);
    /* Such an event happened, after `event` was told (only called while somebody listens). */
    /* Both answer whether that was dull: about a plain result, and nothing wrong with it. */
    bool (*watch)(void *context, const WatchedEvent *event);
    /* User code has got a ValueTask of that type at block offset `at` (only called while somebody listens). */
    bool (*value_task)(void *context, uint64_t at, TypeId type, bool is_from_call);
    /* Fills in *facts, which is all zero before; what it points at lives as long as the program. NULL: nothing is
     * known. */
    void (*type_facts)(void *context, TypeId type, TypeFacts *facts);
} Host;

#endif
