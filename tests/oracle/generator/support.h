/* support/ *.cs as text; tools/embed.c writes the definition. */
#ifndef ORACLE_SUPPORT_H
#define ORACLE_SUPPORT_H

#include <stddef.h>

typedef struct SupportFile SupportFile;
struct SupportFile {
    const char *name;
    const char *text;
    size_t length;
};

extern const SupportFile support_files[];
extern const size_t support_file_count;

#endif
