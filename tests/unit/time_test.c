/* Every conformance program there and back: forwards to the end, step by step, with a hash of the machine's bytes at
 * each position; back to the start one by one; and forwards again. Every position must have the same bytes each time,
 * and so must the end when the run is saved and made again. Long programs are thinned out in the middle; `time_test
 * --all` leaves nothing out.
 *
 * Runs where tests/run starts it, at the top of the repository. A program can be named: time_test 044 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session_internal.h"

enum {
    EVERY_STEP_UP_TO = 150, /* and as many before the end */
    SAMPLES = 40,           /* in between */
    MOST_INSTRUCTIONS = 60 * 1000 * 1000,
};

static bool is_complete;

static char *read_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static char text[1 << 20];
    *length = fread(text, 1, sizeof text, file);
    assert_true(*length < sizeof text);
    fclose(file);
    return text;
}

static Session *record(const char *path)
{
    size_t length;
    SessionOptions options = {.max_heap = 64 << 20, .max_instructions = is_complete ? 0 : MOST_INSTRUCTIONS};
    Session *session = session_open(&options);
    const char *text = read_text(path, &length);
    assert_int_equal(session_add_source(session, path, text, length), SESSION_OK);
    assert_int_equal(session_keep_history(session, 0), SESSION_OK);
    assert_int_not_equal(session_run(session, 0).kind, OUTCOME_PAUSED);
    return session;
}

/* Whether a position is one of those that are looked at. */
static bool is_visited(uint64_t position, uint64_t end)
{
    uint64_t middle = end > 2 * EVERY_STEP_UP_TO ? end - 2 * EVERY_STEP_UP_TO : 0;
    uint64_t stride = middle / SAMPLES + 1;
    return is_complete || position <= EVERY_STEP_UP_TO || position + EVERY_STEP_UP_TO >= end || position % stride == 0;
}

typedef struct Visits {
    uint64_t *hashes;
    uint64_t differences;
} Visits;

static void look(Session *session, Visits *visits, bool is_first)
{
    uint64_t position = session_position(session);
    uint64_t *hash = &visits->hashes[2 * position + session_is_at_rest(session)];
    uint64_t now = machine_byte_hash(session->machine);
    if (is_first) {
        *hash = now;
    } else if (*hash != now && visits->differences++ == 0) {
        fprintf(stderr, "# the first difference is at position %llu%s\n", (unsigned long long)position,
                session_is_at_rest(session) ? ", at rest" : "");
    }
}

static void go_on(Session *session, Visits *visits, uint64_t end, bool is_first)
{
    look(session, visits, is_first);
    while (session_position(session) < end || !session_is_at_rest(session)) {
        uint64_t next = session_position(session) + 1;
        while (next < end && !is_visited(next, end)) {
            next++;
        }
        if (next > session_position(session) + 1) {
            assert_int_equal(session_goto(session, next).reason, ARRIVED);
        } else {
            session_travel(session, TRAVEL_STEP, false, 1);
        }
        look(session, visits, is_first);
    }
}

static void go_back(Session *session, Visits *visits, uint64_t end)
{
    look(session, visits, false);
    while (session_position(session) > 0) {
        uint64_t position = session_position(session), previous = position - 1;
        while (previous > 0 && !is_visited(previous, end)) {
            previous--;
        }
        if (previous + 1 < position) {
            assert_int_equal(session_goto(session, previous).reason, ARRIVED);
        } else {
            assert_int_equal(session_travel(session, TRAVEL_STEP, true, 1).reason, ARRIVED);
        }
        look(session, visits, false);
    }
    assert_int_equal(session_travel(session, TRAVEL_STEP, true, 1).reason, ARRIVED_START);
}

typedef struct Saved {
    char *text;
    size_t length;
} Saved;

static bool keep_saved(void *context, const char *bytes, size_t length)
{
    Saved *saved = context;
    *saved = (Saved){malloc(length), length};
    assert_non_null(saved->text);
    memcpy(saved->text, bytes, length);
    return true;
}

/* Saved and made again: the same end, byte for byte. */
static void comes_back(Session *session, uint64_t end)
{
    Saved saved;
    SessionReplayError error;
    assert_int_equal(session_save(session, keep_saved, &saved), SESSION_OK);
    SessionOptions options = {.max_heap = 64 << 20, .max_instructions = is_complete ? 0 : MOST_INSTRUCTIONS};
    Session *copy = session_open(&options);
    if (session_replay(copy, saved.text, saved.length, &error) != SESSION_OK) {
        fail_msg("%u: %s", error.line, error.message);
    }
    assert_int_equal(session_position(copy), end);
    assert_int_equal(machine_byte_hash(copy->machine), machine_byte_hash(session->machine));
    session_close(copy);
    free(saved.text);
}

static void goes_there_and_back(void **state)
{
    Session *session = record(*state);
    uint64_t end = session_history_end(session);
    Visits visits = {.hashes = calloc(2 * end + 2, sizeof(uint64_t))};
    assert_non_null(visits.hashes);
    assert_int_equal(session_goto(session, 0).reason, ARRIVED);
    go_on(session, &visits, end, true);
    go_back(session, &visits, end);
    go_on(session, &visits, end, false);
    assert_int_equal(visits.differences, 0);
    assert_int_equal(session_history_end(session), end);
    comes_back(session, end);
    free(visits.hashes);
    session_close(session);
}

int main(int argc, char **argv)
{
    glob_t found;
    char pattern[256];
    is_complete = argc > 1 && strcmp(argv[1], "--all") == 0;
    const char *name = argc > 1 + is_complete ? argv[1 + is_complete] : "";
    snprintf(pattern, sizeof pattern, "tests/conformance/%s*.cs", name);
    if (glob(pattern, 0, NULL, &found) != 0) {
        fprintf(stderr, "no %s here\n", pattern);
        return 1;
    }
    struct CMUnitTest *tests = calloc(found.gl_pathc, sizeof *tests);
    for (size_t i = 0; tests && i < found.gl_pathc; i++) {
        char *path = found.gl_pathv[i];
        tests[i] = (struct CMUnitTest){.name = path, .test_func = goes_there_and_back, .initial_state = path};
    }
    int failed = tests ? _cmocka_run_group_tests("time", tests, found.gl_pathc, NULL, NULL) : 1;
    free(tests);
    globfree(&found);
    return failed;
}
