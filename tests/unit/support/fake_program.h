/* A Program built by hand, so that the machine can be tested without a compiler: a few types, a few methods with
 * reference maps. */
#ifndef AWAITLAB_TEST_FAKE_PROGRAM_H
#define AWAITLAB_TEST_FAKE_PROGRAM_H

#include "vm/machine.h"

enum FakeType {
    FAKE_NONE,
    FAKE_OBJECT,
    FAKE_STRING,
    FAKE_NODE,        /* class: left ref 0, right ref 8, value long 16; static refs: FAKE_ROOTS of them */
    FAKE_NODES,       /* Node[] */
    FAKE_BYTES,       /* byte[] */
    FAKE_PAIR,        /* struct: number long 0, node ref 8 */
    FAKE_PAIRS,       /* Pair[] */
    FAKE_THREAD,      /* class without anything the machine knows */
    FAKE_WEAK,        /* System.WeakReference: _taggedHandle */
    FAKE_FINALIZABLE, /* class: node ref 0 */
    FAKE_RUNTIME_TYPE,
    FAKE_EXCEPTION, /* all well-known exceptions */
    FAKE_TYPE_COUNT
};

enum { FAKE_ROOTS = 16, NODE_LEFT = 8, NODE_RIGHT = 16, NODE_VALUE = 24 };

/* Methods: 1 has one argument, an object reference, and in its frame of 64 bytes refs at 0, 8, 16 and a byref at 24.
 * 2 is a native with a ref argument at 0 and a byref argument at 8. 3 has no argument and a frame of 64 bytes. */
enum { FAKE_METHOD = 1, FAKE_NATIVE = 2, FAKE_MAIN = 3, FAKE_METHOD_COUNT };

typedef struct FakeProgram {
    Program program;
    Host host;
    RuntimeType types[FAKE_TYPE_COUNT];
    RuntimeMethod methods[FAKE_METHOD_COUNT];
    RuntimeType *type_table[FAKE_TYPE_COUNT];
    RuntimeMethod *method_table[FAKE_METHOD_COUNT];
    RuntimeField fields[16];
    StringLiteral literals[4];
    char output[4096];
    size_t output_length;
    int output_streams; /* changes of stream seen */
    bool output_fails;
} FakeProgram;

void fake_program_init(FakeProgram *fake);

/* Fields of an object, elements of an array, roots in statics. Stores go through the write barrier. */
Ref fake_load(const Machine *machine, uint64_t at);
void fake_store(Machine *machine, uint64_t at, Ref value);
uint64_t fake_root(const Machine *machine, uint32_t index);
uint64_t fake_element(Ref array, uint32_t index);

/* A generator of repeatable numbers. */
uint32_t fake_random(uint64_t *state, uint32_t below);

/* Memory that fails at the `fail_at`th request (1: the first; 0: never) and counts what is not freed. */
typedef struct FailingMemory {
    Memory memory;
    uint32_t requests, fail_at;
    int64_t live;
} FailingMemory;
void failing_memory_init(FailingMemory *failing, uint32_t fail_at);

#endif
