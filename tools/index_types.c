/* index_types: what is where in the core library, so that the program reads no file of it before it needs a type from
 * there.
 *
 *   index_types > corlib_index.c
 *
 * The tool has the simulator's own lexer and parser in it, and the text of the library (corlib_text.c). It parses every
 * file the way the program would and writes the tables that sim/corlib/corlib.h declares: each type with its place, and
 * where the parts end that lazy parsing leaves out. A file must have exactly one namespace with nothing but using
 * directives in front of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corlib/corlib.h"
#include "lang/parser.h"

typedef struct Entry {
    Node *node;
    uint32_t file, space;
    uint32_t special;
    bool may_extend;
} Entry;

typedef struct Index {
    Arena arena;
    SourceMap sources;
    NameTable names;
    DiagnosticList diagnostics;
    Entry *entries;
    uint32_t count, capacity;
    SourceSkip *skips;
    uint32_t skip_count, skip_capacity;
    SourceNested *nested;
    uint32_t nested_count, nested_capacity;
    SourceMember *members;
    uint32_t member_count, member_capacity;
    char **spaces;
    uint32_t space_count, space_capacity;
    CorlibIndex *files;
    uint32_t file; /* that is being read */
} Index;

static const struct {
    const char *space, *name;
    uint32_t arity;
} special_rows[] = {
    {"", "", 0},
#define SPECIAL(name, space, text, arity) {space, text, arity},
#include "lang/special.def"
#undef SPECIAL
};

static void refuse(const char *file, const char *reason)
{
    fprintf(stderr, "index_types: %s: %s\n", file, reason);
    exit(1);
}

/* ---- namespaces
 * ------------------------------------------------------------------------------------------------------- */

static char *dotted_name(Index *index, const Node *name)
{
    if (name->kind == NODE_QUALIFIED)
        return arena_format(&index->arena, "%s.%s", dotted_name(index, name->a), name->b->name->text);
    return arena_format(&index->arena, "%s", name->name->text);
}

static uint32_t space_number(Index *index, const Node *name)
{
    char *text = dotted_name(index, name);
    for (uint32_t i = 0; i < index->space_count; i++)
        if (strcmp(index->spaces[i], text) == 0)
            return i;
    ARENA_PUSH(&index->arena, index->spaces, index->space_count, index->space_capacity, text);
    return index->space_count - 1;
}

/* ---- what lazy parsing leaves out
 * --------------------------------------------------------------------------------------- */

static uint32_t hash_of(const char *text)
{
    return name_hash(text, strlen(text));
}

static bool is_auto_property(const Node *type, const Node *property)
{
    if (type->token == TOKEN_INTERFACE || property->flags & FLAG_INDEXER ||
        property->decl->modifiers & (MODIFIER_ABSTRACT | MODIFIER_EXTERN))
        return false;
    for (uint32_t i = 0; i < property->items.count; i++)
        if (property->items.at[i]->decl->has_body)
            return false;
    return true;
}

static void describe_member(const Node *type, const Node *node, SourceMember *member)
{
    member->hash = node->name ? node->name->hash : 0;
    switch (node->kind) {
    case NODE_METHOD_DECLARATION:
    case NODE_OPERATOR_DECLARATION:
        break;
    case NODE_CONSTRUCTOR_DECLARATION:
        member->is_always = (node->decl->modifiers & MODIFIER_STATIC) != 0;
        member->hash = hash_of(member->is_always ? ".cctor" : ".ctor");
        break;
    case NODE_PROPERTY_DECLARATION:
        member->is_always = is_auto_property(type, node);
        if (node->flags & FLAG_INDEXER)
            member->hash = hash_of("Item");
        break;
    default:
        member->is_always = true;
        break;
    }
}

/* Types whose members can be declared one by one. */
static bool has_plain_members(const Node *node)
{
    return node->kind == NODE_TYPE_DECLARATION && node->token != TOKEN_ENUM &&
           !(node->flags & (FLAG_RECORD | FLAG_RECORD_STRUCT)) && !node->decl->has_parameters;
}

static void add_member(Index *index, const SourceFile *file, const Node *type, const Node *node, SourceSkip *skip)
{
    SourceMember member = {.start = node->span.start - file->base, .end = node->span.end - file->base};
    describe_member(type, node, &member);
    ARENA_PUSH(&index->arena, index->members, index->member_count, index->member_capacity, member);
    skip->member_count++;
}

static void add_skip(Index *index, const SourceFile *file, const Node *node)
{
    const Declaration *decl = node->decl;
    SourceSkip skip = {.start = decl->body_start - file->base, .end = decl->body_end - file->base};
    skip.first_nested = (uint16_t)(index->nested_count - index->files[index->file].first_nested);
    skip.first_member = (uint16_t)(index->member_count - index->files[index->file].first_member);
    skip.has_members = has_plain_members(node);
    for (uint32_t i = 0; node->kind == NODE_TYPE_DECLARATION && i < node->items.count; i++) {
        const Node *member = node->items.at[i];
        skip.has_operators |= member->kind == NODE_OPERATOR_DECLARATION;
        if (member->kind != NODE_TYPE_DECLARATION && member->kind != NODE_DELEGATE_DECLARATION) {
            if (skip.has_members)
                add_member(index, file, node, member, &skip);
            continue;
        }
        SourceNested nested = {member->span.start - file->base, member->span.end - file->base};
        ARENA_PUSH(&index->arena, index->nested, index->nested_count, index->nested_capacity, nested);
        skip.nested_count++;
    }
    ARENA_PUSH(&index->arena, index->skips, index->skip_count, index->skip_capacity, skip);
}

static void find_skips(Index *index, const SourceFile *file, Node *node)
{
    Declaration *decl = node->decl;
    if (decl && decl->parser && (decl->members_skipped || decl->has_body)) {
        parse_type_members(node);
        add_skip(index, file, node);
    }
    for (uint32_t i = 0; i < node->items.count; i++)
        if (node->items.at[i]->decl)
            find_skips(index, file, node->items.at[i]);
}

static int by_start(const void *left, const void *right)
{
    uint32_t a = ((const SourceSkip *)left)->start, b = ((const SourceSkip *)right)->start;
    return a < b ? -1 : a > b;
}

/* ---- types
 * ------------------------------------------------------------------------------------------------------------ */

static uint32_t special_number(const char *space, const Node *node)
{
    for (uint32_t i = 1; i < sizeof special_rows / sizeof *special_rows; i++)
        if (strcmp(special_rows[i].name, node->name->text) == 0 && strcmp(special_rows[i].space, space) == 0 &&
            special_rows[i].arity == node->decl->type_parameters.count)
            return i;
    return 0;
}

static bool may_extend(const SourceFile *file, const Node *node)
{
    if (!(node->decl->modifiers & MODIFIER_STATIC) || node->decl->type_parameters.count)
        return false;
    const char *found = strstr(file->text + (node->span.start - file->base), "(this ");
    return found && found < file->text + (node->span.end - file->base);
}

static void add_type(Index *index, const SourceFile *file, uint32_t number, uint32_t space, Node *node)
{
    if (node->kind != NODE_TYPE_DECLARATION && node->kind != NODE_DELEGATE_DECLARATION)
        return;
    Entry entry = {node, number, space, special_number(index->spaces[space], node), may_extend(file, node)};
    ARENA_PUSH(&index->arena, index->entries, index->count, index->capacity, entry);
    find_skips(index, file, node);
}

static void read_file(Index *index, uint32_t number)
{
    const CorlibFile *text = &corlib_files[number];
    index->file = number;
    SourceFile *file = source_add(&index->sources, text->name, text->text, text->length, true);
    ParseContext context = {&index->arena, &index->names, &index->diagnostics};
    Node *unit = parse_file(&context, file, true);
    Node *space = NULL;
    for (uint32_t i = 0; i < unit->items.count; i++) {
        Node *item = unit->items.at[i];
        if (item->kind == NODE_NAMESPACE && !space)
            space = item;
        else if (item->kind != NODE_USING_DIRECTIVE || space)
            refuse(text->name, "a file of the core library is using directives and one namespace");
    }
    if (!space)
        refuse(text->name, "no namespace");
    CorlibIndex *row = &index->files[number];
    row->head_end = file->length;
    row->first_skip = index->skip_count;
    row->first_nested = index->nested_count;
    row->first_member = index->member_count;
    uint32_t name = space_number(index, space->a);
    for (uint32_t i = 0; i < space->items.count; i++) {
        if (space->items.at[i]->kind != NODE_USING_DIRECTIVE && row->head_end == file->length)
            row->head_end = space->items.at[i]->span.start - file->base;
        add_type(index, file, number, name, space->items.at[i]);
    }
    row->skip_count = index->skip_count - row->first_skip;
    if (row->skip_count)
        qsort(index->skips + row->first_skip, row->skip_count, sizeof(SourceSkip), by_start);
}

/* ---- writing
 * ----------------------------------------------------------------------------------------------------------- */

static void put_types(const Index *index)
{
    printf("const CorlibType corlib_types[] = {\n");
    for (uint32_t i = 0; i < index->count; i++) {
        const Entry *entry = &index->entries[i];
        const Node *node = entry->node;
        uint32_t base = index->sources.files[entry->file]->base;
        printf("    {\"%s\", 0x%08xu, %u, %u, %u, %u, %u, %u, %s},\n", node->name->text, node->name->hash,
               node->span.start - base, node->span.end - base, entry->file, entry->space,
               node->decl->type_parameters.count, entry->special, entry->may_extend ? "true" : "false");
    }
    printf("    {0},\n};\nconst uint32_t corlib_type_count = %u;\n\n", index->count);
}

/* Open hash: parts of one type follow one another in the order of their files. */
static void put_slots(Index *index)
{
    uint32_t size = 64;
    while (size < index->count * 3)
        size *= 2;
    uint16_t *slots = ARENA_ARRAY(&index->arena, uint16_t, size);
    for (uint32_t i = 0; i < index->count; i++) {
        const Node *node = index->entries[i].node;
        uint32_t at = corlib_type_hash(node->name->hash, node->decl->type_parameters.count, index->entries[i].space);
        while (slots[at & (size - 1)])
            at++;
        slots[at & (size - 1)] = (uint16_t)(i + 1);
    }
    printf("const uint16_t corlib_type_slots[] = {");
    for (uint32_t i = 0; i < size; i++)
        printf("%s%u,", i % 16 ? " " : "\n    ", slots[i]);
    printf("\n};\nconst uint32_t corlib_type_slot_count = %u;\n\n", size);
}

static void put_files(const Index *index)
{
    printf("const CorlibIndex corlib_index[] = {\n");
    for (size_t i = 0; i < corlib_file_count; i++)
        printf("    {%u, %u, %u, %u, %u},\n", index->files[i].head_end, index->files[i].first_skip,
               index->files[i].skip_count, index->files[i].first_nested, index->files[i].first_member);
    printf("    {0},\n};\n\nconst SourceSkip corlib_skips[] = {");
    for (uint32_t i = 0; i < index->skip_count; i++) {
        const SourceSkip *skip = &index->skips[i];
        printf("%s{%u, %u, %u, %u, %u, %u, %d, %d},", i % 4 ? " " : "\n    ", skip->start, skip->end,
               skip->first_nested, skip->nested_count, skip->first_member, skip->member_count, skip->has_members,
               skip->has_operators);
    }
    printf("\n    {0},\n};\n\nconst SourceNested corlib_nested[] = {");
    for (uint32_t i = 0; i < index->nested_count; i++)
        printf("%s{%u, %u},", i % 8 ? " " : "\n    ", index->nested[i].start, index->nested[i].end);
    printf("\n    {0},\n};\n\nconst SourceMember corlib_members[] = {");
    for (uint32_t i = 0; i < index->member_count; i++)
        printf("%s{%u, %u, 0x%xu, %d},", i % 6 ? " " : "\n    ", index->members[i].start, index->members[i].end,
               index->members[i].hash, index->members[i].is_always);
    printf("\n    {0},\n};\n\n");
}

static void put_spaces(const Index *index)
{
    printf("const char *const corlib_spaces[] = {\n");
    for (uint32_t i = 0; i < index->space_count; i++)
        printf("    \"%s\",\n", index->spaces[i]);
    printf("    0,\n};\nconst uint32_t corlib_space_count = %u;\n", index->space_count);
}

int main(void)
{
    static Index index;
    arena_init(&index.arena, &memory_default);
    source_map_init(&index.sources, &index.arena);
    name_table_init(&index.names, &index.arena);
    diagnostic_list_init(&index.diagnostics, &index.arena);
    index.files = ARENA_ARRAY(&index.arena, CorlibIndex, corlib_file_count + 1);
    for (uint32_t i = 0; i < corlib_file_count; i++)
        read_file(&index, i);
    if (index.diagnostics.error_count) {
        Place place = source_place(&index.sources, index.diagnostics.items[0].span.start);
        fprintf(stderr, "index_types: %s(%u,%u): %s\n", place.file->name, place.line, place.column,
                index.diagnostics.items[0].message);
        return 1;
    }
    printf("/* Made by tools/index_types.c from sim/corlib. Do not edit. */\n#include \"corlib/corlib.h\"\n\n");
    put_types(&index);
    put_slots(&index);
    put_files(&index);
    put_spaces(&index);
    arena_free(&index.arena);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
