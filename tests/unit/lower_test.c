/* What lowering makes of a method: the fields of state machines and display classes, in order, and their sizes. What is
 * expected was read from assemblies that Roslyn 5 (.NET 10 SDK, Release) made of the same methods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lang/lang.h"

typedef struct Row {
    const char *method;   /* called M, a member of class C below */
    const char *expected; /* one line per type: name, bytes, fields */
} Row;

static const char around[] =
    "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; "
    "Console.WriteLine();"
    "class C { public int f; public int P { get; set; } public Dictionary<int, string> _cache = new();"
    "public Task<string> Load(int id) => null; public Task<int> T(int x) => Task.FromResult(x); public ValueTask<int> "
    "V(int x) => new(x);"
    "public IAsyncEnumerable<int> Stream(int n) => null;\n";

static const Row rows[] = {
    {"static async Task M() { await Task.Yield(); }",
     "<M>d 24: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; YieldAwaiter <>u__1\n"},
    {"static async Task<int> M(int x) { await Task.Delay(1); return x; }",
     "<M>d 24: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; Int32 x; TaskAwaiter "
     "<>u__1\n"},
    {"static async Task<int> M(int x) { await Task.Delay(1).ConfigureAwait(false); return x; }",
     "<M>d 32: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; Int32 x; "
     "ConfiguredTaskAwaiter <>u__1\n"},
    {"static async void M() { await Task.Delay(1); }",
     "<M>d 32: Int32 <>1__state; AsyncVoidMethodBuilder <>t__builder; TaskAwaiter <>u__1\n"},
    {"async Task<string?> M(int id) { if (_cache.TryGetValue(id, out var p)) return p; p = await "
     "Load(id); _cache[id] = p!; return p; }",
     "<M>d 32: Int32 <>1__state; AsyncTaskMethodBuilder<String> <>t__builder; C <>4__this; Int32 id; "
     "TaskAwaiter<String> <>u__1\n"},
    {"async ValueTask<string?> M(int id) { if (_cache.TryGetValue(id, out var p)) return p; p = await "
     "Load(id); _cache[id] = p!; return p; }",
     "<M>d 40: Int32 <>1__state; AsyncValueTaskMethodBuilder<String> <>t__builder; C <>4__this; Int32 "
     "id; TaskAwaiter<String> <>u__1\n"},
    {"static async Task<int> M(C c) { int a = await c.V(1); int b = await c.V(2); return a + b; }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; C c; Int32 <a>5__2; "
     "ValueTaskAwaiter<Int32> <>u__1\n"},
    {"static async Task<int> M(C c) { return await c.T(1) + await c.T(2); }",
     "<M>d 32: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; C c; Int32 <>7__wrap1; "
     "TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task<int> M(int x, C c) => x + await c.T(1);",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; Int32 x; C c; Int32 "
     "<>7__wrap1; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(int[] a, C c) { a[0] = await c.T(1); }",
     "<M>d 48: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Int32[] a; C c; Int32[] "
     "<>7__wrap1; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(int[] a, int i, C c) { a[i] += await c.T(1); }",
     "<M>d 56: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Int32[] a; Int32 i; C c; Int32 "
     "<>7__wrap1; Int32[] <>7__wrap2; Int32 <>7__wrap3; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { await c.T(1); await c.V(2); await Task.Delay(1); }",
     "<M>d 56: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; TaskAwaiter<Int32> <>u__1; "
     "ValueTaskAwaiter<Int32> <>u__2; TaskAwaiter <>u__3\n"},
    {"static async Task M(C c) { try { Console.WriteLine(); } finally { await c.T(1); } }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Object <>7__wrap1; Int32 "
     "<>7__wrap2; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { try { await c.T(1); } catch (Exception) { await c.T(2); } }",
     "<M>d 32: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Int32 <>7__wrap1; "
     "TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { try { await c.T(1); } catch (Exception e) when (e.Message == \"x\") { "
     "Console.WriteLine(e); await c.T(2); } }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Int32 <>7__wrap1; "
     "Exception <e>5__3; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { try { await c.T(1); } catch (Exception) { await c.T(2); throw; } }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Object <>7__wrap1; Int32 "
     "<>7__wrap2; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task<int> M(C c) { try { return await c.T(1); } finally { await c.T(2); } }",
     "<M>d 48: Int32 <>1__state; AsyncTaskMethodBuilder<Int32> <>t__builder; C c; Object <>7__wrap1; "
     "Int32 <>7__wrap2; Int32 <>7__wrap3; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { foreach (var i in new int[3]) await c.T(i); }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Int32[] <>7__wrap1; Int32 "
     "<>7__wrap2; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c, List<int> l) { foreach (var i in l) await c.T(i); }",
     "<M>d 64: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; List<Int32> l; C c; "
     "Enumerator<Int32> <>7__wrap1; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(IAsyncDisposable d) { await using (d) await Task.Delay(1); }",
     "<M>d 64: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; IAsyncDisposable d; "
     "IAsyncDisposable <>7__wrap1; Object <>7__wrap2; Int32 <>7__wrap3; TaskAwaiter <>u__1; "
     "ValueTaskAwaiter <>u__2\n"},
    {"static async Task M(C c) { for (int i = 0; i < 3; i++) await c.T(i); for (int j = 0; j < 3; "
     "j++) await c.T(j); }",
     "<M>d 32: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Int32 <i>5__2; "
     "TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { if (await c.T(1) + await c.T(2) > 3) { int y = await c.T(3); await "
     "c.T(4); Console.WriteLine(y); } int z = 3; await c.T(5); Console.WriteLine(z); }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; Int32 <z>5__2; Int32 "
     "<>7__wrap2; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(bool b) { int x = 5; if (b) x = 6; if (b) { await Task.Delay(1); return; } "
     "Console.WriteLine(x); }",
     "<M>d 24: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Boolean b; TaskAwaiter <>u__1\n"},
    {"async Task M(int a, int b) { int c = 3; Action l = () => Console.WriteLine(a + c + f); await "
     "T(1); l(); await T(b); c++; }",
     "<M>d 56: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Int32 a; C <>4__this; Int32 b; "
     "<>c__DisplayClass10_0 <>8__1; Action <l>5__2; TaskAwaiter<Int32> <>u__1\n"
     "<>c__DisplayClass10_0 32: Int32 a; Int32 c; C <>4__this\n"},
    {"static async Task M(int n, C c) { for (int i = 0; i < n; i++) { int k = i; Func<int> g = () => "
     "k + n; await c.T(1); Console.WriteLine(g()); } }",
     "<M>d 56: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Int32 n; <>c__DisplayClass10_0 "
     "<>8__1; C c; Int32 <i>5__2; Func<Int32> <g>5__3; TaskAwaiter<Int32> <>u__1\n"
     "<>c__DisplayClass10_0 24: Int32 n\n"
     "<>c__DisplayClass10_1 32: Int32 k; <>c__DisplayClass10_0 CS$<>8__locals1\n"},
    {"static async Task M(int a, C d) { int c = a; void L() { c++; } L(); await d.T(1); L(); "
     "Console.WriteLine(c); }",
     "<M>d 40: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; Int32 a; C d; "
     "<>c__DisplayClass10_0 <>8__1; TaskAwaiter<Int32> <>u__1\n"
     "<>c__DisplayClass10_0 4: Int32 c\n"},
    {"static async Task M(int a, C d) { int c = a; void L() { c++; } L(); await d.T(1); L(); async "
     "Task A() { await d.T(2); c++; } await A(); }",
     "<M>d 48: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C d; Int32 a; "
     "<>c__DisplayClass10_0 <>8__1; TaskAwaiter<Int32> <>u__1; TaskAwaiter <>u__2\n"
     "<>c__DisplayClass10_0 32: Int32 c; C d\n"},
    {"static async Task M(C c) { c.f += await c.T(1); c.P += await c.T(2); var o = new C { f = await "
     "c.T(1), P = await c.T(2) }; Console.WriteLine($\"{await c.T(1)} {await c.T(2)}\"); }",
     "<M>d 64: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; C <>7__wrap1; Int32 "
     "<>7__wrap2; TaskAwaiter<Int32> <>u__1; C <>7__wrap3; C <>7__wrap4; Object <>7__wrap5\n"},
    {"static async Task M(C c, (int, string) t, Guid g, byte b, long l) { await c.T(1); "
     "Console.WriteLine((t, g, b, l)); }",
     "<M>d 72: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; ValueTuple<Int32,String> "
     "t; Guid g; Byte b; Int64 l; TaskAwaiter<Int32> <>u__1\n"},
    {"static async Task M(C c) { await foreach (var x in c.Stream(3)) Console.WriteLine(x); }",
     "<M>d 72: Int32 <>1__state; AsyncTaskMethodBuilder <>t__builder; C c; IAsyncEnumerator<Int32> "
     "<>7__wrap1; Object <>7__wrap2; Int32 <>7__wrap3; ValueTaskAwaiter<Boolean> <>u__1; "
     "ValueTaskAwaiter <>u__2\n"},
    {"static async IAsyncEnumerable<int> M(C c, int n) { for (int i = 0; i < n; i++) { await c.T(1); "
     "yield return i; } }",
     "<M>d 120: Int32 <>1__state; AsyncIteratorMethodBuilder <>t__builder; "
     "ManualResetValueTaskSourceCore<Boolean> <>v__promiseOfValueOrEnd; Int32 <>2__current; Boolean "
     "<>w__disposeMode; Int32 <>l__initialThreadId; C c; C <>3__c; Int32 n; Int32 <>3__n; Int32 "
     "<i>5__2; TaskAwaiter<Int32> <>u__1\n"},
    {"static async IAsyncEnumerable<int> M(int n, "
     "[System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default) { try "
     "{ await Task.Delay(1, ct); yield return n; } finally { await Task.Yield(); } }",
     "<M>d 144: Int32 <>1__state; AsyncIteratorMethodBuilder <>t__builder; "
     "ManualResetValueTaskSourceCore<Boolean> <>v__promiseOfValueOrEnd; Int32 <>2__current; Boolean "
     "<>w__disposeMode; CancellationTokenSource <>x__combinedTokens; Int32 <>l__initialThreadId; "
     "CancellationToken ct; CancellationToken <>3__ct; Int32 n; Int32 <>3__n; Object <>7__wrap1; "
     "Int32 <>7__wrap2; TaskAwaiter <>u__1; YieldAwaiter <>u__2\n"},
    {"static IEnumerable<int> M(int n) { for (int i = 0; i < n; i++) yield return i; }",
     "<M>d 40: Int32 <>1__state; Int32 <>2__current; Int32 <>l__initialThreadId; Int32 n; Int32 "
     "<>3__n; Int32 <i>5__2\n"},
    {"IEnumerable<string> M(int n) { try { yield return \"a\"; f++; foreach (var s in new[] { \"a\" }) "
     "yield return s + n; } finally { Console.WriteLine(n); } }",
     "<M>d 64: Int32 <>1__state; String <>2__current; Int32 <>l__initialThreadId; C <>4__this; Int32 "
     "n; Int32 <>3__n; String[] <>7__wrap1; Int32 <>7__wrap2\n"},
    {"static IEnumerator<int> M(int n) { yield return n; }",
     "<M>d 32: Int32 <>1__state; Int32 <>2__current; Int32 n\n"},
};

typedef struct Fixture {
    Arena arena;
    SourceMap sources;
    World *world;
    Program program;
    Loader *loader;
    jmp_buf exhausted;
} Fixture;

static uint32_t any_native(const char *full_name)
{
    (void)full_name;
    return 1;
}

static void open_program(Fixture *f, const char *text)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->arena, &memory_default);
    source_map_init(&f->sources, &f->arena);
    f->world = world_new(&f->arena, &f->sources);
    char *source = arena_format(&f->arena, "%s%s\n}", around, text);
    world_add_file(f->world, source_add(&f->sources, "test.cs", source, strlen(source), false));
    if (!world_check(f->world))
        fail_msg("%s", f->world->diagnostics->items[0].message);
    f->program.arena = &f->arena;
    f->program.find_native = any_native;
    f->loader = loader_new(f->world, &f->program);
}

static void close_program(Fixture *f)
{
    arena_free(&f->arena);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static void add_type(Text *text, const Type *type)
{
    if (type->kind == TYPE_ARRAY) {
        add_type(text, type->element);
        text_adds(text, "[]");
        return;
    }
    text_adds(text, type->definition->name->text);
    for (uint32_t i = 0; i < type->argument_count; i++) {
        text_addc(text, i ? ',' : '<');
        add_type(text, type->arguments[i]);
    }
    if (type->argument_count)
        text_addc(text, '>');
}

static void describe(Fixture *f, Text *text, TypeDefinition *definition)
{
    const char *name = definition->name->text;
    const char *end = strstr(name, "__DisplayClass") ? NULL : strstr(name, ">d__");
    text_add(text, name, end ? (size_t)(end - name) + 2 : strlen(name));
    RuntimeType *type = program_type(&f->program, load_type(f->loader, definition->self));
    text_format(text, " %u: ", type->is_reference ? type->instance_size : type->value_size);
    for (uint32_t i = 0; i < definition->field_count; i++) {
        text_adds(text, i ? "; " : "");
        add_type(text, definition->fields[i]->type);
        text_format(text, " %s", definition->fields[i]->name->text);
    }
    text_addc(text, '\n');
}

static Method *lower_m(Fixture *f)
{
    TypeDefinition *definition = world_find_type(f->world, "C");
    Member *member = type_member(f->world, definition, name_of(f->world->names, "M"));
    assert_non_null(member);
    assert_true(bind_method(f->world, member->method));
    lower_method(f->world, member->method);
    return member->method;
}

/* State machines first, then display classes. */
static const char *describe_all(Fixture *f)
{
    Method *method = lower_m(f);
    Text text;
    text_init(&text, &f->arena);
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < method->owner->nested_count; i++) {
            TypeDefinition *nested = method->owner->nested[i];
            bool is_display = strstr(nested->name->text, "__DisplayClass") != NULL;
            if (strcmp(nested->name->text, "<>c") != 0 && is_display == (pass == 1))
                describe(f, &text, nested);
        }
    }
    return text.at ? text.at : "";
}

static void test_fields_and_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f;
        open_program(&f, rows[i].method);
        const char *found = describe_all(&f);
        if (strcmp(found, rows[i].expected) != 0)
            fail_msg("%s\nexpected:\n%sfound:\n%s", rows[i].method, rows[i].expected, found);
        close_program(&f);
    }
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

static void check_core(void *context, Bound *node);

static void check_children(Bound *node)
{
    Bound *children[] = {node->a, node->b, node->c};
    for (size_t i = 0; i < 3; i++)
        if (children[i])
            check_core(NULL, children[i]);
    for (uint32_t i = 0; i < node->items.count; i++)
        if (node->items.at[i])
            check_core(NULL, node->items.at[i]);
}

static void check_core(void *context, Bound *node)
{
    (void)context;
    static const BoundKind removed[] = {BOUND_BAD,   BOUND_LAMBDA,       BOUND_CALL_LOCAL,
                                        BOUND_AWAIT, BOUND_YIELD_RETURN, BOUND_YIELD_BREAK};
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
        if (node->kind == removed[i])
            fail_msg("a node of kind %s is left", bound_kind_text(removed[i]));
    if (node->kind < BOUND_BLOCK)
        assert_non_null(node->type);
    check_children(node);
}

static void check_type(TypeDefinition *definition)
{
    for (uint32_t i = 0; i < definition->method_count; i++)
        if (definition->methods[i]->lowered)
            check_core(NULL, definition->methods[i]->lowered->body);
    for (uint32_t i = 0; i < definition->nested_count; i++)
        check_type(definition->nested[i]);
}

static void test_only_core_nodes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture f;
        open_program(&f, rows[i].method);
        check_type(lower_m(&f)->owner);
        close_program(&f);
    }
}

/* Lambdas: where the methods go, what is cached. */
static void test_lambda_homes(void **state)
{
    (void)state;
    Fixture f;
    open_program(
        &f,
        "void M(int a) { Func<int, int> s = x => x; Func<int> t = () => f; Func<int> c = () => a; int L() => 3; L();"
        "static int Z() => 4; Func<int> z = Z; for (;;) { Func<int> k = () => a; } }");
    Method *method = lower_m(&f);
    Text text;
    text_init(&text, &f.arena);
    for (uint32_t i = 0; i < method->owner->nested_count; i++) {
        TypeDefinition *nested = method->owner->nested[i];
        text_format(&text, "%s:", nested->name->text);
        for (uint32_t j = 0; j < nested->field_count; j++)
            text_format(&text, " %s", nested->fields[j]->name->text);
        for (uint32_t j = 0; j < nested->method_count; j++)
            text_format(&text, " %s", nested->methods[j]->name->text);
        text_addc(&text, '\n');
    }
    for (uint32_t i = 0; i < method->owner->method_count; i++)
        if (method->owner->methods[i]->kind == METHOD_LAMBDA)
            text_format(&text, "%s\n", method->owner->methods[i]->name->text);
    assert_string_equal(text.at, "<>c__DisplayClass10_0: <>4__this a <>9__5 .ctor <M>b__1 <M>b__2 <M>b__5\n"
                                 "<>c: <>9 <>9__10_0 .ctor .cctor <M>b__10_0\n"
                                 "<>O: <0>__Z\n"
                                 "<M>g__L|10_3\n"
                                 "<M>g__Z|10_4\n");
    close_program(&f);
}

static void test_printed(void **state)
{
    (void)state;
    Fixture f;
    open_program(&f, "static async Task<int> M(C c) { return 1 + await c.T(2); }");
    Text text;
    text_init(&text, &f.arena);
    print_lowered(f.world, lower_m(&f), &text);
    static const char expected[] = "[CompilerGenerated]\n"
                                   "private struct <M>d__10 : IAsyncStateMachine\n"
                                   "{\n"
                                   "    public int <>1__state;\n"
                                   "    public AsyncTaskMethodBuilder<int> <>t__builder;\n"
                                   "    public C c;\n"
                                   "    public TaskAwaiter<int> <>u__1;\n"
                                   "\n"
                                   "    private void MoveNext()\n"
                                   "    {\n"
                                   "        int result;\n"
                                   "        TaskAwaiter<int> awaiter;\n"
                                   "        int num = this.<>1__state;\n"
                                   "        try\n"
                                   "        {\n"
                                   "            switch (num)\n"
                                   "            {\n"
                                   "                case 0: goto L1;\n"
                                   "            }\n"
                                   "            {\n"
                                   "                int t1;\n"
                                   "                awaiter = this.c.T(2).GetAwaiter();\n"
                                   "                if (!awaiter.IsCompleted)\n"
                                   "                {\n"
                                   "                    this.<>1__state = num = 0;\n"
                                   "                    this.<>u__1 = awaiter;\n"
                                   "                    this.<>t__builder.AwaitUnsafeOnCompleted<TaskAwaiter<int>, "
                                   "<M>d__10>(ref awaiter, ref this);\n"
                                   "                    return;\n"
                                   "                L1:\n"
                                   "                    awaiter = this.<>u__1;\n"
                                   "                    this.<>u__1 = default(TaskAwaiter<int>);\n"
                                   "                    this.<>1__state = num = -1;\n"
                                   "                }\n"
                                   "                t1 = awaiter.GetResult();\n"
                                   "                result = 1 + t1;\n"
                                   "                goto L2;\n"
                                   "            }\n"
                                   "        }\n"
                                   "        catch (Exception exception)\n"
                                   "        {\n"
                                   "            this.<>1__state = -2;\n"
                                   "            this.<>t__builder.SetException(exception);\n"
                                   "            return;\n"
                                   "        }\n"
                                   "    L2:\n"
                                   "        this.<>1__state = -2;\n"
                                   "        this.<>t__builder.SetResult(result);\n"
                                   "    }\n"
                                   "\n"
                                   "    private void SetStateMachine(IAsyncStateMachine stateMachine)\n"
                                   "    {\n"
                                   "        this.<>t__builder.SetStateMachine(stateMachine);\n"
                                   "    }\n"
                                   "}\n"
                                   "\n"
                                   "private static Task<int> M(C c)\n"
                                   "{\n"
                                   "    <M>d__10 stateMachine;\n"
                                   "    stateMachine.<>t__builder = AsyncTaskMethodBuilder<int>.Create();\n"
                                   "    stateMachine.c = c;\n"
                                   "    stateMachine.<>1__state = -1;\n"
                                   "    stateMachine.<>t__builder.Start<<M>d__10>(ref stateMachine);\n"
                                   "    return stateMachine.<>t__builder.Task;\n"
                                   "}\n";
    assert_string_equal(text.at, expected);
    close_program(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_and_sizes),
        cmocka_unit_test(test_only_core_nodes),
        cmocka_unit_test(test_lambda_homes),
        cmocka_unit_test(test_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
