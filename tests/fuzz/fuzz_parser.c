/* Fuzz target: any bytes through the parser, whole and lazily, through the dump and the prompt's question. */
#include "lang/dump.h"
#include "lang/parser.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Parses what lazy parsing skipped. */
static void force(Node *node)
{
    if (!node)
        return;
    if (node->decl && node->decl->members_skipped)
        parse_type_members(node);
    if (node->decl && node->decl->has_body && !node->decl->body)
        parse_body(node);
    for (uint32_t i = 0; i < node->items.count; i++)
        force(node->items.at[i]);
}

static void parse_once(const char *text, size_t size, bool lazy)
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
    const SourceFile *file = source_add(&map, "fuzz.cs", text, size, lazy);
    Node *unit = parse_file(&context, file, lazy);
    if (lazy) {
        force(unit);
    } else {
        Text dump;
        text_init(&dump, &arena);
        if (size < 4096)
            dump_tree(&dump, unit);
        parse_is_incomplete(&context, file);
    }
    diagnostic_list_sort(&diagnostics);
    for (uint32_t i = 0; i < diagnostics.count; i++)
        if (!source_place(&map, diagnostics.items[i].span.start).file)
            abort(); /* every error has a place in the file */
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = 0;
    parse_once(text, size, false);
    parse_once(text, size, true);
    free(text);
    return 0;
}
