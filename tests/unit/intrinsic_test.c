/* Intrinsics are a speed-up, never a second truth: each program runs with C twins and without them, and must print the
 * same, allocate the same, and leave the same objects behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lang/lang.h"
#include "session_internal.h"
#include "vm/intrinsic.h"
#include "vm/thread.h"

enum { OUTPUT_BYTES = 1 << 16 };

typedef struct Run {
    char output[OUTPUT_BYTES];
    size_t length;
    Fingerprint behaviour;
    int64_t allocated;
} Run;

static Run *current;

static bool keep_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)context;
    (void)stream;
    if (length > OUTPUT_BYTES - 1 - current->length)
        return false;
    memcpy(current->output + current->length, bytes, length);
    current->length += length;
    return true;
}

static Session *open_program(const char *text)
{
    SessionOptions options = {.host = {.write = keep_output}, .seed = 7};
    Session *session = session_open(&options);
    assert_non_null(session);
    assert_int_equal(session_add_source(session, "program.cs", text, strlen(text)), SESSION_OK);
    assert_int_equal(session_check(session), SESSION_OK);
    return session;
}

/* With twins the methods they stand for are not compiled, which would give other types other numbers. */
static void take_twins(Session *session)
{
    for (MethodId id = 1; id < session->program->method_count; id++)
        program_method(session->program, id)->intrinsic = 0;
}

static void give_twins(Session *session)
{
    for (MethodId id = 1; id < session->program->method_count; id++) {
        RuntimeMethod *method = program_method(session->program, id);
        method->intrinsic = intrinsic_find(method->name);
    }
}

static void run_again(Session *session, Run *run)
{
    Machine *machine = session->machine;
    memset(run, 0, sizeof *run);
    current = run;
    machine_reset(machine);
    assert_true(machine_start(machine, session->program->entry));
    assert_int_equal(machine_run(machine, 0), RUN_ENDED);
    run->allocated = thread_total_allocated(machine);
    machine->state->clock = 0; /* it counts instructions */
    assert_true(machine_fingerprint(machine, FINGERPRINT_BEHAVIOUR, &run->behaviour));
}

static void compare(const char *text)
{
    static Run first, with, without;
    Session *session = open_program(text);
    memset(&first, 0, sizeof first);
    current = &first;
    SessionOutcome outcome = session_run(session, 0);
    if (outcome.kind != OUTCOME_FINISHED)
        fail_msg("%s", outcome.text);
    take_twins(session);
    run_again(session, &without); /* compiles what is still missing */
    take_twins(session);
    run_again(session, &without);
    give_twins(session);
    run_again(session, &with);
    session_close(session);
    assert_true(first.length > 0);
    assert_string_equal(first.output, without.output);
    assert_string_equal(with.output, without.output);
    assert_int_equal(with.allocated, without.allocated);
    assert_true(with.behaviour.low == without.behaviour.low && with.behaviour.high == without.behaviour.high);

    session = open_program(text); /* and as plain calls */
    loader_set_intrinsics(session->loader, false);
    memset(&without, 0, sizeof without);
    current = &without;
    assert_int_equal(session_run(session, 0).kind, OUTCOME_FINISHED);
    session_close(session);
    assert_string_equal(first.output, without.output);
}

static const char keys[] =
    "using System; using System.Collections.Generic;\n"
    "class P {\n"
    "    enum Small : byte { A, B } enum Four { A, B = -5 } enum Eight : long { A, B = 1L << 40 }\n"
    "    struct Id { public int N; }\n"
    "    static object Kept;\n"
    "    static void Try<K>(string name, K[] keys, IEqualityComparer<K> comparer = null) {\n"
    "        var map = new Dictionary<K, int>(comparer);\n"
    "        Console.WriteLine(map.ContainsKey(keys[0]));\n"
    "        for (int i = 0; i < keys.Length; i++) map[keys[i]] = i;\n"
    "        long sum = 0;\n"
    "        for (int round = 0; round < 3; round++)\n"
    "            foreach (K key in keys) {\n"
    "                if (map.TryGetValue(key, out int found)) sum = sum * 31 + found; else sum ^= 77;\n"
    "                if (round == 1 && found % 3 == 0) map.Remove(key);\n"
    "                if (round == 2 && found % 2 == 0) map.TryAdd(key, found + 1);\n"
    "            }\n"
    "        Kept = map;\n"
    "        try { map.Add(keys[^1], 1); map.Add(keys[^1], 1); } catch (Exception e) { Console.WriteLine(e.Message); "
    "}\n"
    "        try { map.Remove(keys[0]); Console.WriteLine(map[keys[0]]); } catch (Exception e) { "
    "Console.WriteLine(e.Message); }\n"
    "        Console.WriteLine($\"{name} {map.Count} {sum}\");\n"
    "    }\n"
    "    static void Main() {\n"
    "        int[] ints = new int[500]; long[] longs = new long[500]; string[] strings = new string[500];\n"
    "        for (int i = 0; i < 500; i++) { ints[i] = i * 7919 - 100000; longs[i] = (long)i << 30; strings[i] = \"k\" "
    "+ i * i; }\n"
    "        Try(\"int\", ints); Try(\"long\", longs); Try(\"string\", strings);\n"
    "        Try(\"ignore case\", strings, StringComparer.OrdinalIgnoreCase);\n"
    "        Try(\"uint\", new uint[] { 0, 1, uint.MaxValue }); Try(\"ulong\", new ulong[] { 0, 5, ulong.MaxValue });\n"
    "        Try(\"short\", new short[] { -1, 0, 300 }); Try(\"char\", new[] { 'a', 'b' }); Try(\"bool\", new[] { "
    "true, false });\n"
    "        Try(\"double\", new[] { 0.0, -1.5, double.NaN }); Try(\"float\", new[] { 0f, 2f });\n"
    "        Try(\"four\", new[] { Four.A, Four.B }); Try(\"eight\", new[] { Eight.A, Eight.B }); Try(\"small\", new[] "
    "{ Small.A, Small.B });\n"
    "        Try(\"struct\", new[] { new Id { N = 1 }, new Id { N = 2 } }); Try(\"tuple\", new[] { (1, \"a\"), (2, "
    "\"b\") });\n"
    "        Try<object>(\"object\", new object[] { 1, \"x\", new object() });\n"
    "        try { new Dictionary<string, int>().ContainsKey(null); } catch (ArgumentNullException e) { "
    "Console.WriteLine(e.ParamName); }\n"
    "        Dictionary<int, int> none = null;\n"
    "        try { none.ContainsKey(1); } catch (NullReferenceException e) { Console.WriteLine(e.Message); }\n"
    "    }\n"
    "}\n";

static void dictionaries_of_all_keys(void **state)
{
    (void)state;
    compare(keys);
}

static const char contexts[] =
    "using System; using System.Threading; using System.Threading.Tasks;\n"
    "class P {\n"
    "    static readonly AsyncLocal<int> Local = new();\n"
    "    class Context : SynchronizationContext { }\n"
    "    static async Task<int> Changes(int n) {\n"
    "        Local.Value = n; SynchronizationContext.SetSynchronizationContext(new Context());\n"
    "        if (n % 2 == 0) await Task.Yield();\n"
    "        if (n % 3 == 0) throw new InvalidOperationException(\"n\" + n);\n"
    "        return Local.Value; }\n"
    "    static async Task<string> Sync(string s) => s;\n"
    "    static async ValueTask<int> Value(int n) { await Task.CompletedTask; return n; }\n"
    "    static async Task Main() {\n"
    "        for (int i = 1; i < 8; i++) {\n"
    "            Local.Value = -i;\n"
    "            try { Console.WriteLine(await Changes(i).ConfigureAwait(false)); } catch (Exception e) { "
    "Console.WriteLine(e.Message); }\n"
    "            Console.WriteLine(Local.Value + \" \" + (SynchronizationContext.Current == null));\n"
    "            Console.WriteLine(await Sync(i == 3 ? null : \"s\") + await Value(i));\n"
    "        }\n"
    "    }\n"
    "}\n";

static void contexts_are_put_back(void **state)
{
    (void)state;
    compare(contexts);
}

static void every_twin_has_its_method(void **state)
{
    (void)state;
    assert_int_equal(intrinsic_find("System.Collections.Generic.Dictionary.FindIndex"), 1);
    assert_int_equal(intrinsic_find("System.Nowhere"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dictionaries_of_all_keys),
        cmocka_unit_test(contexts_are_put_back),
        cmocka_unit_test(every_twin_has_its_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
