/* Everything that a program can reach is compiled, not only what it runs, and every method's code is verified. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "code/disassemble.h"
#include "code/op.h"
#include "code/verify.h"
#include "lang/lang.h"

typedef struct Fixture {
    Arena arena;
    SourceMap sources;
    World *world;
    Program program;
    Loader *loader;
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
    world_add_file(f->world, source_add(&f->sources, "test.cs", text, strlen(text), false));
    assert_true(world_check(f->world));
    f->program.arena = &f->arena;
    f->program.find_native = any_native;
    f->loader = loader_new(f->world, &f->program);
    f->program.entry =
        load_method(f->loader, (MethodRef){f->world->entry_point, f->world->entry_point->owner->self, NULL});
}

static void close_program(Fixture *f)
{
    arena_free(&f->arena);
}

static void check_method(Fixture *f, MethodId id)
{
    RuntimeMethod *method = program_method(&f->program, id);
    if (method->state != METHOD_UNCOMPILED)
        return;
    if (!compile_method(f->loader, id))
        fail_msg("%s", method->trouble ? method->trouble : method->name);
    Text finding;
    text_init(&finding, &f->arena);
    const char *wrong = verify_method(&f->program, method, &finding);
    if (wrong)
        fail_msg("%s", wrong);
}

/* All methods of a type that do not take type arguments of their own. */
static void load_methods(Fixture *f, TypeId id)
{
    Type *type = program_type(&f->program, id)->source;
    if (!type->definition || type->is_open)
        return;
    type_complete(f->world, type->definition);
    for (uint32_t i = 0; i < type->definition->method_count; i++) {
        Method *method = type->definition->methods[i];
        if (!method->type_parameter_count && !method->is_extern)
            load_method(f->loader, (MethodRef){method, type, NULL});
    }
}

/* Compiles the entry method, what it refers to, everything in the types it uses, what that refers to, ... up to `most`
 * methods. */
static uint32_t check_all(Fixture *f, uint32_t most)
{
    MethodId method = 1;
    TypeId type = 1;
    while (method < most && (method < f->program.method_count || type < f->program.type_count)) {
        if (method < f->program.method_count)
            check_method(f, method++);
        else
            load_methods(f, type++);
    }
    return method;
}

static const char ordinary_program[] =
    "using System; using System.Collections.Generic; using System.Threading.Tasks;\n"
    "var list = new List<int> { 1, 2, 3 };\n"
    "var names = new Dictionary<string, (int, string?)>();\n"
    "names[\"a\"] = (1, null);\n"
    "async ValueTask<int> Read(int n) { await Task.Delay(n); try { return n + await Task.FromResult(list[0]); }\n"
    "    catch (Exception e) when (e.Message.Length > 2) { throw; } finally { Console.WriteLine($\"{n,4:X}\"); } }\n"
    "Func<int, Task<int>> run = async n => await Read(n) + await Read(n + 1);\n"
    "foreach (var pair in names) Console.WriteLine(pair.Key + await run(pair.Value.Item1));\n"
    "int? maybe = list.Count > 2 ? list[^1] : null;\n"
    "switch (maybe) { case null: break; case > 5 and < 9: Console.WriteLine(\"some\"); break; default: throw new "
    "InvalidOperationException(); }\n"
    "long total = 0; checked { foreach (int i in list) total += i * (long)i; }\n"
    "Console.WriteLine(total is 14 ? \"fine\" : nameof(total));\n";

static void every_reachable_method_compiles(void **state)
{
    (void)state;
    for (uint32_t options = 0; options < 4; options++) {
        Fixture fixture;
        open_program(&fixture, ordinary_program);
        loader_set_options(fixture.loader, options & 1, options & 2 ? EVENTS_ALL : EVENTS_NONE);
        assert_true(check_all(&fixture, 6000) > 500);
        close_program(&fixture);
    }
}

static uint32_t count_ops(const RuntimeMethod *method, Opcode op)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < method->code_count; i += op_length(&method->code[i]))
        count += method->code[i].op == op;
    return count;
}

static const RuntimeMethod *compiled(Fixture *f, const char *name)
{
    for (uint32_t id = 1; id < f->program.method_count; id++) {
        RuntimeMethod *method = program_method(&f->program, id);
        if (strcmp(method->name, name) != 0)
            continue;
        check_method(f, id);
        return method;
    }
    fail_msg("no method %s", name);
    return NULL;
}

static void type_tests_fold_per_instantiation(void **state)
{
    (void)state;
    Fixture fixture;
    open_program(&fixture,
                 "System.Console.WriteLine(P.Kind(5) + P.Null(5)); static class P {\n"
                 "public static int Kind<T>(T x) { if (typeof(T) == typeof(int)) return 1; if (x is string) return 2; "
                 "return 3; }\n"
                 "public static int Null<T>(T x) { if (x == null) return 1; return default(T) == null ? 2 : 3; } }\n");
    check_all(&fixture, 2);
    const RuntimeMethod *kind = compiled(&fixture, "P.Kind"), *null = compiled(&fixture, "P.Null");
    assert_int_equal(count_ops(kind, OPC_BOX) + count_ops(kind, OPC_IS) + count_ops(kind, OPC_TYPE_OBJECT), 0);
    assert_int_equal(count_ops(null, OPC_BOX) + count_ops(null, OPC_JNULL), 0);
    close_program(&fixture);
}

static void constrained_calls_do_not_box(void **state)
{
    (void)state;
    Fixture fixture;
    open_program(&fixture, "System.Console.WriteLine(P.Area(new Square())); interface IShape { int Area(); }\n"
                           "struct Square : IShape { public int Area() => 4; }\n"
                           "static class P { public static int Area<T>(T shape) where T : IShape => shape.Area(); }\n");
    check_all(&fixture, 2);
    const RuntimeMethod *area = compiled(&fixture, "P.Area");
    assert_int_equal(count_ops(area, OPC_BOX), 0);
    assert_int_equal(count_ops(area, OPC_CALL_VIRTUAL), 0);
    assert_int_equal(count_ops(area, OPC_CALL), 1);
    close_program(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reachable_method_compiles),
        cmocka_unit_test(type_tests_fold_per_instantiation),
        cmocka_unit_test(constrained_calls_do_not_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
