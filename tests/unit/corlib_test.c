/* The core library as the front end sees it: every body binds without an error and lowers. A program touches only part
 * of it, so a mistake in the rest would otherwise wait for the first user who needs it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "lang/lang.h"

typedef struct Count {
    uint32_t bodies;
    uint32_t lowered;
} Count;

static void visit_type(World *world, TypeDefinition *definition, Count *count)
{
    type_complete(world, definition);
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (method->is_abstract || method->is_extern || method->kind == METHOD_DELEGATE_INVOKE)
            continue;
        count->bodies++;
        if (!bind_method(world, method))
            continue;
        lower_method(world, method);
        count->lowered += method->lowered != NULL;
    }
    for (uint32_t i = 0; i < definition->nested_count; i++)
        if (!definition->nested[i]->is_compiler_made)
            visit_type(world, definition->nested[i], count);
}

static void visit_namespace(World *world, Namespace *space, Count *count)
{
    for (uint32_t i = 0; i < space->type_count; i++)
        visit_type(world, space->types[i], count);
    for (uint32_t i = 0; i < space->space_count; i++)
        visit_namespace(world, space->spaces[i], count);
}

static void every_body_binds_and_lowers(void **state)
{
    (void)state;
    Arena arena;
    arena_init(&arena, &memory_default);
    SourceMap *sources = ARENA_NEW(&arena, SourceMap);
    source_map_init(sources, &arena);
    World *world = world_new(&arena, sources);
    world_load_library(world);
    Count count = {0, 0};
    visit_namespace(world, world->global, &count);
    for (uint32_t i = 0; i < world->diagnostics->count; i++) {
        const Diagnostic *item = &world->diagnostics->items[i];
        Place place = source_place(sources, item->span.start);
        if (diagnostic_severity(item->code) == SEVERITY_ERROR)
            print_message("%s(%u,%u): %s %s\n", place.file->name, place.line, place.column,
                          diagnostic_code_text(item->code), item->message);
    }
    assert_int_equal(world->diagnostics->error_count, 0);
    assert_true(count.bodies > 3000);
    assert_int_equal(count.lowered, count.bodies);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_body_binds_and_lowers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
