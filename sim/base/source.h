/* Source files and positions.
 *
 * All files share one space of 32-bit positions: a file occupies [base, base + length], so that a single integer names
 * a file and a byte in it. Spans travel forward through every stage. */
#ifndef AWAITLAB_BASE_SOURCE_H
#define AWAITLAB_BASE_SOURCE_H

#include "base/text.h"

typedef uint32_t Position;

typedef struct Span {
    Position start;
    Position end; /* one past the last byte */
} Span;

/* A part that lazy parsing leaves out: from its '{' or '=>' to its end. Offsets in the file. */
typedef struct SourceSkip {
    uint32_t start, end;
    /* The members of a type: */
    uint16_t first_nested, nested_count; /* its nested types, in SourceFile.nested */
    uint16_t first_member, member_count; /* the others, in SourceFile.members, if has_members */
    bool has_members;
    bool has_operators;
} SourceSkip;

/* A member that is not a type. */
typedef struct SourceMember {
    uint32_t start, end;
    uint32_t hash;  /* of the name that it is asked for by; accessors are asked for by that of their property */
    bool is_always; /* wanted as soon as anything of the type is: what has storage, static constructors, finalizers */
} SourceMember;

typedef struct SourceNested {
    uint32_t start, end;
} SourceNested;

typedef struct SourceFile {
    const char *name; /* as the user gave it; "stdin", "command line" or a file of the core library */
    const char *text; /* UTF-8, NUL-terminated, owned by whoever added it, must outlive the map */
    uint32_t length;  /* bytes */
    Position base;
    bool is_library; /* part of the core library: "Just My Code" hides it, its bodies are parsed on first use */
    uint32_t *lines; /* start of each line, made on first use */
    uint32_t line_count;
    const SourceSkip *skips; /* by start, when they are known beforehand; else NULL */
    uint32_t skip_count;
    const SourceNested *nested;
    const SourceMember *members;
} SourceFile;

typedef struct SourceMap {
    Arena *arena;
    SourceFile **files;
    uint32_t count;
    uint32_t capacity;
    Position next_base; /* starts at 1: position 0 means "nowhere" */
} SourceMap;

typedef struct Place {
    const SourceFile *file; /* NULL for position 0 */
    uint32_t line;          /* from 1 */
    uint32_t column;        /* from 1, in UTF-16 units as Roslyn counts */
} Place;

void source_map_init(SourceMap *map, Arena *arena);
SourceFile *source_add(SourceMap *map, const char *name, const char *text, size_t length, bool is_library);
SourceFile *source_file_at(const SourceMap *map, Position position);
Place source_place(SourceMap *map, Position position);
/* The text of the line that holds `position`, without its line end. */
const char *source_line(SourceMap *map, Position position, uint32_t *length);

#endif
