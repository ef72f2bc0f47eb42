/* Fuzz target: any bytes through the lexer, and through fast skipping. Built with libFuzzer, or with any driver
 * that calls
 * LLVMFuzzerTestOneInput. */
#include "lang/lexer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every token must lie behind the one before it and inside the file. */
static void lex_all(const ParseContext *context, const SourceFile *file)
{
    Lexer lexer;
    Token token;
    uint32_t end = 0;
    lexer_init(&lexer, context, file);
    do {
        lexer_next(&lexer, &token);
        if (token.start < end || token.end < token.start || token.end > file->length)
            abort();
        if (token.kind != TOKEN_END && token.end == token.start)
            abort();
        end = token.end;
        if (token.kind != TOKEN_INTERPOLATED)
            continue;
        for (uint32_t i = 0; i < token.interpolated->count; i++) {
            const InterpolationPart *part = &token.interpolated->parts[i];
            if (part->start > part->end || part->end > file->length)
                abort();
            if (!part->is_hole)
                lexer_interpolation_text(&lexer, token.interpolated, i);
            else if (part->has_format)
                lexer_interpolation_format(&lexer, token.interpolated, i);
        }
    } while (token.kind != TOKEN_END);
    lexer_report(&lexer, UINT32_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1); /* its own block, so that reading past the end is seen */
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = 0;
    Arena arena;
    SourceMap map;
    NameTable names;
    DiagnosticList diagnostics;
    arena_init(&arena, &memory_default);
    source_map_init(&map, &arena);
    name_table_init(&names, &arena);
    diagnostic_list_init(&diagnostics, &arena);
    ParseContext context = {&arena, &names, &diagnostics};
    const SourceFile *file = source_add(&map, "fuzz.cs", text, size, false);
    lex_all(&context, file);
    if (lexer_skip_braces(text, 0, (uint32_t)size) > size || lexer_skip_expression(text, 0, (uint32_t)size) > size)
        abort();
    arena_free(&arena);
    free(text);
    return 0;
}
