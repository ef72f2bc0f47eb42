/* Any bytes as what somebody types: one piece a line, run for a few steps only, so that the next one is often given in
 * the middle. The first character decides: '?' looks at a value, '!' asks for completion, '#' loads the line as a file,
 * '<' goes back to where everything began, '>' goes on; anything else is typed. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_PIECES = 64 };

static bool drop_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    return bytes && length > 0;
}

static void read_event(void *context, const SessionEvent *event)
{
    size_t *letters = context;
    for (const char *at = event->sentence; *at; at++) {
        ++*letters;
    }
}

static void run(Session *session, SessionStatus status, uint64_t steps)
{
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        session_diagnostic(session, i);
    }
    if (status != SESSION_OK) {
        return;
    }
    if (session_run(session, steps).kind == OUTCOME_INTERNAL_ERROR) {
        __builtin_trap();
    }
    SessionValue value;
    session_submission_value(session, session_submission_count(session) - 1, &value);
}

static void type_piece(Session *session, const char *piece, size_t length, SessionSnapshot **start)
{
    SessionValue value;
    SessionCandidates candidates;
    switch (length ? *piece : 0) {
    case '?':
        session_evaluate(session, piece + 1, length - 1, &value);
        break;
    case '!':
        session_complete(session, piece + 1, length - 1, length - 1, &candidates);
        break;
    case '#':
        run(session, session_load(session, "file", piece + 1, length - 1), 30);
        break;
    case '<':
        if (*start && session_restore(session, *start)) {
            session_forget_submissions(session, 1);
        }
        break;
    case '>':
        run(session, SESSION_OK, 0);
        break;
    default:
        session_input_state(session, piece, length);
        run(session, session_submit(session, "piece", piece, length), 30);
        *start = *start ? *start : session_snapshot(session);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t letters = 0;
    SessionOptions options = {
        .host = {.context = &letters, .write = drop_output, .event = read_event},
        .interactive = true,
        .max_steps = 2000,
        .max_instructions = 300000,
        .max_heap = 4 << 20,
        .max_stack = 256 << 10,
    };
    Session *session = session_open(&options);
    if (!session) {
        return 0;
    }
    SessionSnapshot *start = NULL;
    const char *at = (const char *)data, *end = at + size;
    for (int i = 0; i < MOST_PIECES && at < end; i++) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t length = line ? (size_t)(line - at) : (size_t)(end - at);
        type_piece(session, at, length, &start);
        at += length + 1;
    }
    session_snapshot_free(start);
    session_close(session);
    return 0;
}
