/* Every conformance program as a program of its own, and loaded as the first thing at a prompt: the same output, the
 * same steps in the same words, the same allocations and instructions.
 *
 * Runs where tests/run starts it, at the top of the repository. A program can be named: load_test 044 */
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

enum { MOST_INSTRUCTIONS = 400 * 1000 * 1000 };

/* What a run told: a hash, as some programs make a million steps. */
typedef struct Told {
    uint64_t hash;
    uint64_t output, steps;
    char last[256]; /* the last sentence: to find out where two runs part */
} Told;

static void tell(Told *told, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        told->hash = (told->hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    }
}

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    Told *told = context;
    (void)stream;
    told->output += length;
    tell(told, bytes, length);
    return true;
}

static void keep_event(void *context, const SessionEvent *event)
{
    Told *told = context;
    told->steps++;
    assert_int_equal(event->step, told->steps);
    tell(told, event->sentence, strlen(event->sentence));
    tell(told, (const char *)&event->line, sizeof event->line);
    snprintf(told->last, sizeof told->last, "%s", event->sentence);
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

static void tell_end(Told *told, Session *session, const SessionOutcome *outcome)
{
    SessionStats stats;
    assert_int_equal(session_stats(session, &stats), SESSION_OK);
    uint64_t facts[] = {stats.count, stats.bytes, stats.instructions, stats.suspensions, (uint64_t)stats.clock};
    tell(told, (const char *)facts, sizeof facts);
    tell(told, outcome->text, strlen(outcome->text));
}

static void run(const char *path, bool at_prompt, Told *told)
{
    *told = (Told){.hash = UINT64_C(0xcbf29ce484222325)};
    SessionOptions options = {
        .host = {.context = told, .write = keep_output, .event = keep_event},
        .interactive = at_prompt,
        .max_heap = 64 << 20,
        .max_instructions = MOST_INSTRUCTIONS,
    };
    Session *session = session_open(&options);
    assert_non_null(session);
    size_t length;
    const char *text = read_text(path, &length);
    SessionStatus status =
        at_prompt ? session_load(session, path, text, length) : session_add_source(session, path, text, length);
    assert_int_equal(status, SESSION_OK);
    SessionOutcome outcome = session_run(session, 0);
    tell_end(told, session, &outcome);
    session_close(session);
}

static void is_the_same_at_the_prompt(void **state)
{
    Told alone, loaded;
    run(*state, false, &alone);
    run(*state, true, &loaded);
    assert_string_equal(loaded.last, alone.last);
    assert_int_equal(loaded.steps, alone.steps);
    assert_int_equal(loaded.output, alone.output);
    assert_true(loaded.hash == alone.hash);
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
        tests[i] = (struct CMUnitTest){.name = path, .test_func = is_the_same_at_the_prompt, .initial_state = path};
    }
    int failed = tests ? _cmocka_run_group_tests("load", tests, found.gl_pathc, NULL, NULL) : 1;
    free(tests);
    globfree(&found);
    return failed;
}
