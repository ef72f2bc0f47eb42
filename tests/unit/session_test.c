/* The session as a user of the library sees it: what goes in, what comes out, and that nothing breaks without memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim.h"

/* ---- a world to run in ------------------------------------------------------------------------------------------- */

typedef struct World {
    char out[65536];
    size_t out_length;
    char error[65536];
    size_t error_length;
    const char *const *input; /* lines, NULL at the end */
    uint32_t events;
    uint32_t suspensions;
    char last_sentence[512];
    Session *stop_at_first_write;
} World;

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    World *world = context;
    char *to = stream == 2 ? world->error : world->out;
    size_t *used = stream == 2 ? &world->error_length : &world->out_length;
    assert_true(*used + length < sizeof world->out);
    memcpy(to + *used, bytes, length);
    *used += length;
    if (world->stop_at_first_write) {
        session_stop(world->stop_at_first_write);
    }
    return true;
}

static bool refuse_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    (void)bytes;
    (void)length;
    return false;
}

static bool give_line(void *context, const char **line, size_t *length)
{
    World *world = context;
    if (!world->input || !*world->input) {
        return false;
    }
    *line = *world->input++;
    *length = strlen(*line);
    return true;
}

static void count_event(void *context, const SessionEvent *event)
{
    World *world = context;
    world->events++;
    assert_int_equal(event->step, world->events);
    world->suspensions += strcmp(event->name, "MethodSuspends") == 0;
    snprintf(world->last_sentence, sizeof world->last_sentence, "%s", event->sentence);
}

static SessionOptions options_of(World *world)
{
    return (SessionOptions){.host = {.context = world, .write = keep_output, .read_line = give_line},
                            .max_heap = 8 << 20};
}

static Session *open_program(const SessionOptions *options, const char *code)
{
    Session *session = session_open(options);
    assert_non_null(session);
    assert_int_equal(session_add_source(session, "test.cs", code, strlen(code)), SESSION_OK);
    return session;
}

/* Runs a program to its end. */
static SessionOutcome outcome_of(const char *code, const SessionOptions *options)
{
    Session *session = open_program(options, code);
    SessionOutcome outcome = session_run(session, 0);
    static char text[4096];
    snprintf(text, sizeof text, "%s", outcome.text);
    outcome.text = text;
    session_close(session);
    return outcome;
}

static World *fresh_world(void)
{
    static World world;
    memset(&world, 0, sizeof world);
    return &world;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static void a_program_runs_and_its_output_arrives(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    SessionOutcome outcome = outcome_of("using System; Console.WriteLine(6 * 7);", &options);
    assert_int_equal(outcome.kind, OUTCOME_FINISHED);
    assert_int_equal(outcome.exit_code, 0);
    assert_string_equal(world->out, "42\n");
    assert_string_equal(world->error, "");
}

static void the_exit_code_is_what_main_returns(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    assert_int_equal(outcome_of("return 7;", &options).exit_code, 7);
    assert_int_equal(outcome_of("using System.Threading.Tasks; await Task.Yield(); return 8;", &options).exit_code, 8);
    assert_int_equal(outcome_of("System.Environment.Exit(9);", &options).exit_code, 9);
}

static void arguments_reach_the_program(void **state)
{
    (void)state;
    static const char *const arguments[] = {"one", "zwei \xC3\xBC", ""};
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    Session *session = open_program(&options, "using System; Console.WriteLine(args.Length); "
                                              "foreach (string s in args) Console.WriteLine(\"[\" + s + \"]\");");
    assert_int_equal(session_set_arguments(session, 3, arguments), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_equal(world->out, "3\n[one]\n[zwei \xC3\xBC]\n[]\n");
    assert_int_equal(session_set_arguments(session, 0, NULL), SESSION_TOO_LATE);
    session_close(session);
}

static void input_is_read_line_by_line(void **state)
{
    (void)state;
    static const char *const lines[] = {"first", "", NULL};
    World *world = fresh_world();
    world->input = lines;
    SessionOptions options = options_of(world);
    outcome_of("using System; string? s; while ((s = Console.ReadLine()) != null) Console.WriteLine(s.Length);",
               &options);
    assert_string_equal(world->out, "5\n0\n");
}

static void an_unhandled_exception_is_told_as_dotnet_tells_it(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    SessionOutcome outcome = outcome_of("throw new System.InvalidOperationException(\"boom\");", &options);
    assert_int_equal(outcome.kind, OUTCOME_UNHANDLED);
    const char *start =
        "Unhandled exception. System.InvalidOperationException: boom\n   at Program.<Main>$(String[] args)";
    assert_int_equal(strncmp(outcome.text, start, strlen(start)), 0);
}

static void an_exception_may_describe_itself(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    SessionOutcome outcome =
        outcome_of("throw new Mine(); "
                   "class Mine : System.Exception { public override string Message => \"of\" + 1; }",
                   &options);
    assert_memory_equal(outcome.text, "Unhandled exception. Mine: of1\n", 31);
    outcome = outcome_of("throw new Broken(); class Broken : System.Exception { "
                         "public override string ToString() { while (true) { } } }",
                         &options);
    assert_int_equal(outcome.kind, OUTCOME_UNHANDLED);
    assert_memory_equal(outcome.text, "Unhandled exception. Broken", 27);
}

static void errors_have_a_place_and_nothing_runs(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    Session *session = open_program(&options, "using System;\nConsole.WriteLine(1);\n\tint x = nope;\n");
    assert_int_equal(session_check(session), SESSION_ERRORS);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_ERRORS);
    assert_true(session_diagnostic_count(session) >= 1);
    SessionDiagnostic diagnostic = session_diagnostic(session, 0);
    assert_string_equal(diagnostic.file, "test.cs");
    assert_string_equal(diagnostic.code, "CS0103");
    assert_int_equal(diagnostic.line, 3);
    assert_int_equal(diagnostic.column, 10);
    assert_memory_equal(diagnostic.source + diagnostic.start, "nope", 4);
    assert_int_equal(diagnostic.end - diagnostic.start, 4);
    assert_int_equal(world->out_length, 0);
    session_close(session);
}

static void several_files_are_one_program(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    Session *session = open_program(&options, "System.Console.WriteLine(Other.Text());");
    const char *other = "\xEF\xBB\xBFstatic class Other { public static string Text() => \"from there\"; }";
    assert_int_equal(session_add_source(session, "other.cs", other, strlen(other)), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_equal(world->out, "from there\n");
    session_close(session);
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static void every_limit_has_its_outcome(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    options.max_instructions = 100000;
    SessionOutcome outcome = outcome_of("while (true) { }", &options);
    assert_int_equal(outcome.kind, OUTCOME_INSTRUCTION_LIMIT);
    assert_int_equal(outcome.limit, 100000);

    options = options_of(fresh_world());
    options.max_steps = 50;
    outcome = outcome_of("using System.Threading.Tasks; while (true) await Task.Yield();", &options);
    assert_int_equal(outcome.kind, OUTCOME_STEP_LIMIT);
    assert_int_equal(outcome.limit, 50);

    options = options_of(fresh_world());
    outcome = outcome_of(
        "var all = new System.Collections.Generic.List<byte[]>(); while (true) all.Add(new byte[9999]);", &options);
    assert_int_equal(outcome.kind, OUTCOME_HEAP_LIMIT);
    assert_int_equal(outcome.limit, 8 << 20);

    outcome = outcome_of("Down(1); static int Down(int n) => Down(n + 1) + 1;", &options);
    assert_int_equal(outcome.kind, OUTCOME_STACK_OVERFLOW);
    assert_memory_equal(outcome.text, "Stack overflow.\n", 16);
}

static void waiting_for_ever_is_noticed(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    SessionOutcome outcome =
        outcome_of("using System.Threading.Tasks;\nawait new TaskCompletionSource().Task;", &options);
    assert_int_equal(outcome.kind, OUTCOME_DEADLOCK);
}

static void nobody_reading_ends_the_run(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    options.host.write = refuse_output;
    SessionOutcome outcome = outcome_of("while (true) System.Console.WriteLine(\"again\");", &options);
    assert_int_equal(outcome.kind, OUTCOME_OUTPUT_CLOSED);
}

static void a_run_can_be_stopped_and_goes_on(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    Session *session =
        open_program(&options, "using System; Console.WriteLine(1); for (int i = 0; i < 9000000; i++) { } "
                               "Console.WriteLine(2);");
    world->stop_at_first_write = session;
    assert_int_equal(session_run(session, 0).kind, OUTCOME_PAUSED);
    assert_string_equal(world->out, "1\n");
    world->stop_at_first_write = NULL;
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_equal(world->out, "1\n2\n");
    session_stop(session);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    session_close(session);
}

/* ---- looking closer ---------------------------------------------------------------------------------------------- */

static const char waiting_program[] =
    "using System; using System.Threading.Tasks;\n"
    "Console.WriteLine(await TwiceAsync(4));\n"
    "static async Task<int> TwiceAsync(int n) { await Task.Yield(); return n * 2; }\n";

static void events_come_one_by_one_with_their_step(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    options.host.event = count_event;
    Session *session = open_program(&options, waiting_program);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_string_equal(world->out, "8\n");
    assert_true(world->events > 5);
    SessionStats stats;
    assert_int_equal(session_stats(session, &stats), SESSION_OK);
    assert_int_equal(stats.steps, world->events);
    assert_int_equal(stats.suspensions, world->suspensions);
    assert_int_equal(stats.suspensions, 2); /* Main and TwiceAsync */
    session_close(session);
}

static void a_run_stops_after_the_steps_asked_for(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    options.host.event = count_event;
    Session *session = open_program(&options, waiting_program);
    uint32_t rounds = 0;
    while (session_run(session, 1).kind == OUTCOME_PAUSED) {
        rounds++;
        assert_int_equal(world->events, rounds);
    }
    assert_string_equal(world->out, "8\n");
    session_close(session);
}

static const SessionTypeStats *find_type(const SessionStats *stats, const char *type)
{
    for (uint32_t i = 0; i < stats->type_count; i++) {
        if (strcmp(stats->types[i].type, type) == 0) {
            return &stats->types[i];
        }
    }
    return NULL;
}

static void allocations_are_counted_by_type(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    Session *session =
        open_program(&options, "for (int i = 0; i < 3; i++) System.Threading.Tasks.Task.FromResult(\"x\");");
    session_run(session, 0);
    SessionStats stats;
    assert_int_equal(session_stats(session, &stats), SESSION_OK);
    const SessionTypeStats *task = find_type(&stats, "Task<string>");
    assert_non_null(task);
    assert_int_equal(task->count, 3);
    assert_int_equal(task->bytes, 3 * 72);
    session_close(session);
}

static const SessionLayoutRow *find_row(const SessionLayout *layout, const char *name)
{
    for (uint32_t i = 0; i < layout->row_count; i++) {
        if (layout->rows[i].name && strcmp(layout->rows[i].name, name) == 0) {
            return &layout->rows[i];
        }
    }
    return NULL;
}

/* Rows of depth 0 lie one behind the other and fill the whole size. */
static void assert_complete(const SessionLayout *layout)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < layout->row_count; i++) {
        if (layout->rows[i].depth == 0 && layout->rows[i].kind != LAYOUT_ROW_ELEMENTS) {
            assert_int_equal(layout->rows[i].offset, at);
            at += layout->rows[i].size;
        }
    }
    assert_int_equal(at, layout->size);
}

static void layouts_show_every_byte(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    Session *session =
        open_program(&options, "class Mixed { byte b; long l; string? s; } class Program { static void Main() { } }");
    assert_int_equal(session_check(session), SESSION_OK);
    SessionLayout layout;
    assert_int_equal(session_layout(session, "System.Threading.Tasks.ValueTask<int>", &layout), SESSION_OK);
    assert_int_equal(layout.size, 16);
    assert_false(layout.is_reference);
    assert_int_equal(find_row(&layout, "_obj")->offset, 0);
    assert_int_equal(find_row(&layout, "_token")->size, 2);
    assert_complete(&layout);
    assert_int_equal(session_layout(session, "Mixed", &layout), SESSION_OK);
    assert_int_equal(layout.size, 40);
    assert_int_equal(layout.padding, 7);
    assert_complete(&layout);
    assert_int_equal(session_layout(session, "System.Threading.Tasks.Task<int>", &layout), SESSION_OK);
    assert_int_equal(layout.size, 72);
    assert_complete(&layout);
    assert_int_equal(session_layout(session, "NoSuchType", &layout), SESSION_NOT_FOUND);
    assert_int_equal(session_layout(session, "int[]", &layout), SESSION_OK);
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    session_close(session);
}

static void the_lowered_text_has_a_state_machine(void **state)
{
    (void)state;
    SessionOptions options = options_of(fresh_world());
    Session *session = open_program(&options, waiting_program);
    const char *text;
    assert_int_equal(session_lowered(session, "TwiceAsync", &text), SESSION_OK);
    assert_non_null(strstr(text, "MoveNext"));
    assert_int_equal(session_lowered(session, "Nothing", &text), SESSION_NOT_FOUND);
    assert_int_equal(session_lowered(session, NULL, &text), SESSION_OK);
    session_close(session);
}

/* ---- the block --------------------------------------------------------------------------------------------------- */

static void a_snapshot_brings_the_past_back(void **state)
{
    (void)state;
    World *world = fresh_world();
    SessionOptions options = options_of(world);
    options.count_events = true;
    Session *session = open_program(&options, waiting_program);
    assert_null(session_snapshot(session));
    assert_int_equal(session_run(session, 3).kind, OUTCOME_PAUSED);
    SessionSnapshot *snapshot = session_snapshot(session);
    assert_non_null(snapshot);
    SessionFingerprint before, after, again;
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    assert_true(session_fingerprint(session, &after));
    for (int round = 0; round < 3; round++) {
        assert_true(session_restore(session, snapshot));
        assert_true(session_fingerprint(session, round ? &again : &before));
        if (round) {
            assert_memory_equal(&before, &again, sizeof before);
        }
        assert_memory_not_equal(&before, &after, sizeof before);
        assert_true(session_move(session));
        assert_true(session_fingerprint(session, &again));
        assert_memory_equal(&before, &again, sizeof before);
        assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
        assert_true(session_fingerprint(session, &again));
        assert_memory_equal(&after, &again, sizeof after);
    }
    assert_string_equal(world->out, "8\n8\n8\n8\n");
    session_snapshot_free(snapshot);
    session_close(session);
}

/* ---- no memory --------------------------------------------------------------------------------------------------- */

typedef struct Scarce {
    uint64_t left;  /* allocations until the one that fails */
    int64_t blocks; /* not yet freed */
    bool failed;
} Scarce;

static void *scarce_resize(void *context, void *pointer, size_t old_size, size_t new_size)
{
    Scarce *scarce = context;
    (void)old_size;
    if (new_size == 0) {
        scarce->blocks -= pointer != NULL;
        free(pointer);
        return NULL;
    }
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    scarce->blocks += pointer == NULL;
    return realloc(pointer, new_size);
}

static void *scarce_zeroed(void *context, size_t size)
{
    Scarce *scarce = context;
    if (scarce->left-- == 0) {
        scarce->failed = true;
        return NULL;
    }
    scarce->blocks++;
    return calloc(1, size);
}

/* Everything a face does with a session. False: the session said that there is no memory. */
static bool use_everything(const SessionOptions *options, const char *code)
{
    Session *session = session_open(options);
    if (!session) {
        return false;
    }
    bool enough = session_add_source(session, "test.cs", code, strlen(code)) == SESSION_OK;
    SessionStatus checked = session_check(session);
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        session_diagnostic(session, i);
    }
    SessionLayout layout;
    const char *text;
    enough &= session_layout(session, "System.Threading.Tasks.ValueTask<int>", &layout) == SESSION_OK;
    enough &= session_lowered(session, NULL, &text) != SESSION_NO_MEMORY;
    OutcomeKind kind = session_run(session, 5).kind;
    if (kind == OUTCOME_PAUSED) {
        SessionSnapshot *snapshot = session_snapshot(session);
        enough &= snapshot && session_restore(session, snapshot);
        session_snapshot_free(snapshot);
        enough &= session_move(session);
        kind = session_run(session, 0).kind;
    }
    SessionStats stats;
    enough &= session_stats(session, &stats) == SESSION_OK;
    enough &= kind != OUTCOME_NO_MEMORY && checked != SESSION_NO_MEMORY;
    assert_int_not_equal(kind, OUTCOME_INTERNAL_ERROR);
    session_close(session);
    return enough;
}

static void fail_every_allocation_once(const char *code)
{
    bool enough = false;
    for (uint64_t chance = 0; !enough; chance++) {
        World *world = fresh_world();
        Scarce scarce = {.left = chance};
        Memory memory = {&scarce, scarce_resize, scarce_zeroed};
        SessionOptions options = options_of(world);
        options.memory = &memory;
        options.host.event = count_event;
        enough = use_everything(&options, code);
        assert_int_equal(scarce.blocks, 0);
        assert_true(chance < 100000);
        if (!scarce.failed) {
            assert_true(enough);
        }
        enough = !scarce.failed;
    }
}

static void without_memory_nothing_breaks_or_leaks(void **state)
{
    (void)state;
    fail_every_allocation_once(waiting_program);
    fail_every_allocation_once("throw new System.InvalidOperationException(\"a\" + 1);");
    fail_every_allocation_once("int x = nope; string s = 1;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_runs_and_its_output_arrives),
        cmocka_unit_test(the_exit_code_is_what_main_returns),
        cmocka_unit_test(arguments_reach_the_program),
        cmocka_unit_test(input_is_read_line_by_line),
        cmocka_unit_test(an_unhandled_exception_is_told_as_dotnet_tells_it),
        cmocka_unit_test(an_exception_may_describe_itself),
        cmocka_unit_test(errors_have_a_place_and_nothing_runs),
        cmocka_unit_test(several_files_are_one_program),
        cmocka_unit_test(every_limit_has_its_outcome),
        cmocka_unit_test(waiting_for_ever_is_noticed),
        cmocka_unit_test(nobody_reading_ends_the_run),
        cmocka_unit_test(a_run_can_be_stopped_and_goes_on),
        cmocka_unit_test(events_come_one_by_one_with_their_step),
        cmocka_unit_test(a_run_stops_after_the_steps_asked_for),
        cmocka_unit_test(allocations_are_counted_by_type),
        cmocka_unit_test(layouts_show_every_byte),
        cmocka_unit_test(the_lowered_text_has_a_state_machine),
        cmocka_unit_test(a_snapshot_brings_the_past_back),
        cmocka_unit_test(without_memory_nothing_breaks_or_leaks),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
