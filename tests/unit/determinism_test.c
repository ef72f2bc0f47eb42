/* Every conformance program, three times: plainly; moved into another machine by snapshot and restore around each of
 * its steps; with a collection that moves everything before each allocation. All three must print the same and end in
 * the same state.
 *
 * Runs where tests/run starts it, at the top of the repository. A program can be named: determinism_test 044 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

enum {
    MOST_OUTPUT = 1 << 20,
    EVERY_STEP_UP_TO = 2000, /* later ones thin out: a program with a million steps would take minutes */
    MOST_INSTRUCTIONS = 400 * 1000 * 1000,
    COLLECTING_INSTRUCTIONS = 20 * 1000 * 1000, /* beyond this a collection for each allocation takes too long */
};

typedef struct Result {
    OutcomeKind kind;
    int32_t exit_code;
    SessionFingerprint fingerprint;
    uint64_t instructions;
    char *output; /* both streams, in order */
    size_t length;
} Result;

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    Result *result = context;
    (void)stream;
    if (result->length + length > MOST_OUTPUT) {
        return false;
    }
    memcpy(result->output + result->length, bytes, length);
    result->length += length;
    return true;
}

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

static Session *open_program(const char *path, Result *result)
{
    size_t length;
    SessionOptions options = {
        .host = {.context = result, .write = keep_output},
        .count_events = true,
        .max_heap = 64 << 20,
        .max_instructions = MOST_INSTRUCTIONS,
    };
    *result = (Result){.output = malloc(MOST_OUTPUT)};
    assert_non_null(result->output);
    Session *session = session_open(&options);
    assert_non_null(session);
    const char *text = read_text(path, &length);
    assert_int_equal(session_add_source(session, path, text, length), SESSION_OK);
    return session;
}

static void finish(Session *session, Result *result, SessionOutcome outcome)
{
    SessionStats stats;
    result->kind = outcome.kind;
    result->exit_code = outcome.exit_code;
    if (outcome.kind == OUTCOME_INTERNAL_ERROR) {
        fprintf(stderr, "%s\n", outcome.text);
    }
    assert_int_equal(session_stats(session, &stats), SESSION_OK);
    result->instructions = stats.instructions;
    assert_true(session_fingerprint(session, &result->fingerprint));
    session_close(session);
}

static void run_plainly(const char *path, Result *result)
{
    Session *session = open_program(path, result);
    finish(session, result, session_run(session, 0));
}

static void run_moving(const char *path, Result *result)
{
    Session *session = open_program(path, result);
    SessionOutcome outcome = session_run(session, 1);
    uint64_t step = 1;
    while (outcome.kind == OUTCOME_PAUSED) {
        assert_true(session_move(session));
        uint64_t stride = step < EVERY_STEP_UP_TO ? 1 : step / 10;
        outcome = session_run(session, stride);
        step += stride;
    }
    finish(session, result, outcome);
}

static void run_collecting(const char *path, Result *result)
{
    Session *session = open_program(path, result);
    session_collect_always(session);
    finish(session, result, session_run(session, 0));
}

static void assert_same(const Result *expected, const Result *result)
{
    assert_int_equal(result->kind, expected->kind);
    assert_int_equal(result->exit_code, expected->exit_code);
    assert_int_equal(result->length, expected->length);
    assert_memory_equal(result->output, expected->output, expected->length);
    assert_int_equal(result->instructions, expected->instructions);
    assert_memory_equal(&result->fingerprint, &expected->fingerprint, sizeof expected->fingerprint);
}

static void is_deterministic(void **state)
{
    const char *path = *state;
    Result plain, again;
    run_plainly(path, &plain);
    assert_int_not_equal(plain.kind, OUTCOME_ERRORS);
    assert_int_not_equal(plain.kind, OUTCOME_INTERNAL_ERROR);
    run_moving(path, &again);
    assert_same(&plain, &again);
    free(again.output);
    if (plain.instructions <= COLLECTING_INSTRUCTIONS) {
        run_collecting(path, &again);
        assert_same(&plain, &again);
        free(again.output);
    }
    free(plain.output);
}

int main(int argc, char **argv)
{
    glob_t found;
    char pattern[256];
    snprintf(pattern, sizeof pattern, "tests/conformance/%s*.cs", argc > 1 ? argv[1] : "");
    if (glob(pattern, 0, NULL, &found) != 0) {
        fprintf(stderr, "no %s here\n", pattern);
        return 1;
    }
    struct CMUnitTest *tests = calloc(found.gl_pathc, sizeof *tests);
    for (size_t i = 0; tests && i < found.gl_pathc; i++) {
        char *path = found.gl_pathv[i];
        tests[i] = (struct CMUnitTest){.name = path, .test_func = is_deterministic, .initial_state = path};
    }
    int failed = tests ? _cmocka_run_group_tests("determinism", tests, found.gl_pathc, NULL, NULL) : 1;
    free(tests);
    globfree(&found);
    return failed;
}
