/* Reading a whole file, or standard input. */
#ifndef AWAITLAB_CLI_FILE_H
#define AWAITLAB_CLI_FILE_H

#include <stddef.h>

typedef struct FileText {
    char *bytes; /* malloc'd, with a zero byte behind them; NULL when reading failed */
    size_t length;
} FileText;

/* "-" is standard input. NULL bytes: errno says why (EFBIG: more than `limit` bytes, EISDIR: a folder). */
FileText file_read(const char *path, size_t limit);

#endif
