/* The core library's C# text, built into the program (tools/embed.c writes the definition). */
#ifndef CORLIB_CORLIB_H
#define CORLIB_CORLIB_H

#include <stddef.h>

typedef struct {
    const char *name; /* path below sim/corlib, such as "Task.cs" */
    const char *text; /* UTF-8, followed by a zero byte */
    size_t length;    /* bytes of text, without that zero */
} CorlibFile;

extern const CorlibFile corlib_files[]; /* sorted by name */
extern const size_t corlib_file_count;

#endif
