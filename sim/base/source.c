#include "base/source.h"

#include <string.h>

void source_map_init(SourceMap *map, Arena *arena)
{
    memset(map, 0, sizeof *map);
    map->arena = arena;
    map->next_base = 1;
}

SourceFile *source_add(SourceMap *map, const char *name, const char *text, size_t length, bool is_library)
{
    SourceFile *file = ARENA_NEW(map->arena, SourceFile);
    file->name = name;
    file->text = text;
    file->length = (uint32_t)length;
    file->base = map->next_base;
    file->is_library = is_library;
    map->next_base += (Position)length + 1;
    ARENA_PUSH(map->arena, map->files, map->count, map->capacity, file);
    return file;
}

SourceFile *source_file_at(const SourceMap *map, Position position)
{
    uint32_t low = 0, high = map->count;
    if (position == 0)
        return NULL;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        SourceFile *file = map->files[middle];
        if (position < file->base)
            high = middle;
        else if (position > file->base + file->length)
            low = middle + 1;
        else
            return file;
    }
    return NULL;
}

/* Line ends: CR LF, LF, CR (also U+0085, U+2028, U+2029 in C#, which editors do not count; we follow the editors). */
static void index_lines(SourceMap *map, SourceFile *file)
{
    uint32_t capacity = 0;
    ARENA_PUSH(map->arena, file->lines, file->line_count, capacity, 0);
    for (uint32_t i = 0; i < file->length; i++) {
        bool ends =
            file->text[i] == '\n' || (file->text[i] == '\r' && !(i + 1 < file->length && file->text[i + 1] == '\n'));
        if (ends)
            ARENA_PUSH(map->arena, file->lines, file->line_count, capacity, i + 1);
    }
}

static uint32_t line_index(SourceMap *map, SourceFile *file, uint32_t offset)
{
    if (!file->lines)
        index_lines(map, file);
    uint32_t low = 0, high = file->line_count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (file->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

Place source_place(SourceMap *map, Position position)
{
    Place place = {source_file_at(map, position), 0, 0};
    if (!place.file)
        return place;
    SourceFile *file = source_file_at(map, position);
    uint32_t offset = position - file->base;
    uint32_t line = line_index(map, file, offset);
    uint32_t column = 1;
    for (uint32_t i = file->lines[line]; i < offset; i++) {
        unsigned char c = (unsigned char)file->text[i];
        if ((c & 0xC0) != 0x80)
            column += c >= 0xF0 ? 2 : 1; /* beyond the basic plane: a surrogate pair */
    }
    place.line = line + 1;
    place.column = column;
    return place;
}

const char *source_line(SourceMap *map, Position position, uint32_t *length)
{
    SourceFile *file = source_file_at(map, position);
    *length = 0;
    if (!file)
        return "";
    uint32_t line = line_index(map, file, position - file->base);
    uint32_t start = file->lines[line];
    uint32_t end = start;
    while (end < file->length && file->text[end] != '\n' && file->text[end] != '\r')
        end++;
    *length = end - start;
    return file->text + start;
}
