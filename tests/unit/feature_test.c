/* The list of what is supported: each row's example shows what the row says, compiles and runs; what is said to be
 * refused is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lang/features.h"
#include "lang/parser.h"
#include "sim.h"

typedef struct Kinds {
    bool seen[NODE_KIND_COUNT];
} Kinds;

static void note_kinds(Kinds *kinds, const Node *node);

static void note_list(Kinds *kinds, const NodeList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i])
            note_kinds(kinds, list->at[i]);
}

static void note_declaration(Kinds *kinds, const Declaration *decl)
{
    const NodeList *lists[] = {&decl->attributes, &decl->type_parameters, &decl->constraints, &decl->parameters,
                               &decl->bases};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        note_list(kinds, lists[i]);
    if (decl->body)
        note_kinds(kinds, decl->body);
}

static void note_kinds(Kinds *kinds, const Node *node)
{
    kinds->seen[node->kind] = true;
    const Node *children[] = {node->a, node->b, node->c, node->d};
    for (size_t i = 0; i < sizeof children / sizeof *children; i++)
        if (children[i])
            note_kinds(kinds, children[i]);
    note_list(kinds, &node->items);
    note_list(kinds, &node->extra);
    if (node->decl)
        note_declaration(kinds, node->decl);
}

static bool shows(const LanguageFeature *feature)
{
    Arena arena;
    SourceMap map;
    NameTable names;
    DiagnosticList diagnostics;
    arena_init(&arena, &memory_default);
    source_map_init(&map, &arena);
    name_table_init(&names, &arena);
    diagnostic_list_init(&diagnostics, &arena);
    ParseContext context = {&arena, &names, &diagnostics};
    SourceFile *file = source_add(&map, "example.cs", feature->example, strlen(feature->example), false);
    Kinds kinds = {{false}};
    note_kinds(&kinds, parse_file(&context, file, false));
    bool shown = kinds.seen[feature->node];
    arena_free(&arena);
    return shown;
}

/* "" if it runs to its end, else what stopped it. */
static const char *trouble_with(const char *program, char *buffer, size_t size)
{
    Session *session = session_open(NULL);
    assert_non_null(session);
    assert_int_equal(session_add_source(session, "example.cs", program, strlen(program)), SESSION_OK);
    *buffer = 0;
    if (session_check(session) != SESSION_OK) {
        SessionDiagnostic first = session_diagnostic(session, 0);
        snprintf(buffer, size, "%s: %s", first.code, first.message);
    } else {
        SessionOutcome outcome = session_run(session, 0);
        if (outcome.kind != OUTCOME_FINISHED || outcome.exit_code != 0)
            snprintf(buffer, size, "it ended in another way: %d, exit code %d", (int)outcome.kind,
                     (int)outcome.exit_code);
    }
    session_close(session);
    return buffer;
}

static void each_example_shows_its_feature(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < language_feature_count; i++)
        if (!shows(&language_features[i]))
            fail_msg("%s: %s", language_features[i].what, language_features[i].example);
}

static void each_example_compiles_and_runs(void **state)
{
    (void)state;
    char buffer[512];
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < language_feature_count; i++) {
        if (!*trouble_with(language_features[i].example, buffer, sizeof buffer))
            continue;
        print_message("%s\n    %s\n    %s\n", language_features[i].what, language_features[i].example, buffer);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void each_kind_of_node_has_a_row_unless_it_is_refused(void **state)
{
    (void)state;
    static const NodeKind without[] = {NODE_ERROR_NODE, NODE_POINTER_TYPE, NODE_FIXED_OR_UNSAFE, NODE_NAMEOF};
    Kinds kinds = {{false}};
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        kinds.seen[without[i]] = true;
    for (uint32_t i = 0; i < language_feature_count; i++)
        kinds.seen[language_features[i].node] = true;
    for (int i = 0; i < NODE_KIND_COUNT; i++)
        if (!kinds.seen[i])
            fail_msg("node kind %d of ast.def has no row in feature.def", i);
}

static void what_is_listed_as_refused_gets_its_own_error(void **state)
{
    (void)state;
    char buffer[512];
    for (int i = 0; i < REFUSAL_COUNT; i++) {
        const RefusedFeature *refused = &refused_features[i];
        if (!refused->example)
            continue;
        trouble_with(refused->example, buffer, sizeof buffer);
        if (strncmp(buffer, "AL9001: ", 8) != 0 || !strstr(buffer, refused->what) || !strstr(buffer, refused->instead))
            fail_msg("%s: %s", refused->example, buffer);
    }
}

static void the_list_has_the_language_and_the_library(void **state)
{
    (void)state;
    Session *session = session_open(NULL);
    const SessionFeature *rows;
    uint32_t count = session_features(session, &rows);
    bool found = false;
    for (uint32_t i = 0; i < count; i++)
        found |= rows[i].kind == FEATURE_TYPE && strcmp(rows[i].group, "System.Threading.Tasks") == 0 &&
                 strcmp(rows[i].name, "ValueTask<TResult>") == 0 && strstr(rows[i].detail, "Preserve") != NULL;
    assert_true(found);
    assert_true(count > language_feature_count + 300);
    session_close(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_shows_its_feature),
        cmocka_unit_test(each_example_compiles_and_runs),
        cmocka_unit_test(each_kind_of_node_has_a_row_unless_it_is_refused),
        cmocka_unit_test(what_is_listed_as_refused_gets_its_own_error),
        cmocka_unit_test(the_list_has_the_language_and_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
