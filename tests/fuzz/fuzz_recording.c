/* Fuzz target: any bytes as a recording. What reads well, written again, reads as the same; and small ones are made
 * again. */
#include "sim.h"
#include "time/recording.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_read(Arena *arena, const char *bytes, size_t length, Recording *recording)
{
    RecordingError error;
    bool is_right = recording_read(arena, bytes, length, recording, &error);
    if (!is_right && !error.message[0]) {
        abort(); /* every refusal has a reason */
    }
    return is_right;
}

static void write_again(const char *bytes, size_t length)
{
    Arena arena;
    arena_init(&arena, &memory_default);
    Recording first, second;
    if (is_read(&arena, bytes, length, &first)) {
        Text once, twice;
        text_init(&once, &arena);
        text_init(&twice, &arena);
        recording_write(&once, &first);
        if (!is_read(&arena, once.at, once.length, &second)) {
            abort();
        }
        recording_write(&twice, &second);
        if (once.length != twice.length || memcmp(once.at, twice.at, once.length) != 0) {
            abort();
        }
    }
    arena_free(&arena);
}

static void make_again(const char *bytes, size_t length)
{
    SessionOptions options = {
        .max_heap = 4 << 20, .max_stack = 256 << 10, .max_steps = 20000, .max_instructions = 2000000};
    Session *session = session_open(&options);
    SessionReplayError error;
    if (session && session_replay(session, bytes, length, &error) == SESSION_OK) {
        session_goto(session, 0);
        session_goto(session, session_history_end(session));
    }
    session_close(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size) {
        memcpy(text, data, size);
    }
    text[size] = 0;
    write_again(text, size);
    if (size < 4096) {
        make_again(text, size);
    }
    free(text);
    return 0;
}
