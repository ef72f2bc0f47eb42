/* The core library's C# text, built into the program (tools/embed.c writes the definition), and what is where in it
 * (tools/index_types.c), so that a file is not looked at before somebody needs one of its types. */
#ifndef CORLIB_CORLIB_H
#define CORLIB_CORLIB_H

#include <stddef.h>

#include "base/source.h"

typedef struct {
    const char *name; /* path below sim/corlib, such as "Task.cs" */
    const char *text; /* UTF-8, followed by a zero byte */
    size_t length;    /* bytes of text, without that zero */
} CorlibFile;

extern const CorlibFile corlib_files[]; /* sorted by name */
extern const size_t corlib_file_count;

/* A type, or one part of it; nested ones are found by parsing the members of the one around them. */
typedef struct CorlibType {
    const char *name;
    uint32_t hash;       /* of the name, as NameData has it */
    uint32_t start, end; /* the declaration, attributes included, in the text of the file */
    uint16_t file;
    uint16_t space; /* in corlib_spaces */
    uint8_t arity;
    uint8_t special; /* SpecialType */
    bool may_extend; /* a static class with extension methods */
} CorlibType;

extern const CorlibType corlib_types[]; /* by file, then by place */
extern const uint32_t corlib_type_count;

/* Where to begin looking in corlib_type_slots. */
static inline uint32_t corlib_type_hash(uint32_t name_hash, uint32_t arity, uint32_t space)
{
    return name_hash + arity * 77 + space * 1013;
}

/* Open hash: 1 + index in corlib_types, 0: free. Parts of one type are met in their order. */
extern const uint16_t corlib_type_slots[];
extern const uint32_t corlib_type_slot_count; /* a power of two */

typedef struct CorlibIndex {
    uint32_t head_end;   /* using directives and the namespace are in front of this offset, types behind it */
    uint32_t first_skip; /* in corlib_skips */
    uint32_t skip_count;
    uint32_t first_nested; /* in corlib_nested */
    uint32_t first_member; /* in corlib_members */
} CorlibIndex;

extern const CorlibIndex corlib_index[]; /* of each file */
extern const SourceSkip corlib_skips[];
extern const SourceNested corlib_nested[];
extern const SourceMember corlib_members[];
extern const char *const corlib_spaces[];
extern const uint32_t corlib_space_count;

#endif
