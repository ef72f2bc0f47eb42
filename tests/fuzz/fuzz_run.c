/* Compile and run: any bytes as a program, with limits small enough that every input ends quickly. */
#include <stddef.h>
#include <stdint.h>

#include "sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool drop_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    return bytes && length > 0;
}

/* The sentences are made as for somebody who reads them. */
static void read_event(void *context, const SessionEvent *event)
{
    size_t *letters = context;
    for (const char *at = event->sentence; *at; at++) {
        ++*letters;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t letters = 0;
    SessionOptions options = {
        .host = {.context = &letters, .write = drop_output, .event = read_event},
        .max_steps = 2000,
        .max_instructions = 300000,
        .max_heap = 4 << 20,
        .max_stack = 256 << 10,
    };
    Session *session = session_open(&options);
    if (!session) {
        return 0;
    }
    session_add_source(session, "fuzz.cs", (const char *)data, size);
    SessionOutcome outcome = session_run(session, 0);
    if (outcome.kind == OUTCOME_INTERNAL_ERROR) {
        __builtin_trap();
    }
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        session_diagnostic(session, i);
    }
    SessionStats stats;
    session_stats(session, &stats);
    session_close(session);
    return 0;
}
