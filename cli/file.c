#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_BYTES = 64 * 1024 };

static bool grow(FileText *text, size_t *capacity)
{
    char *grown = realloc(text->bytes, *capacity * 2 + 1);
    if (grown) {
        text->bytes = grown;
        *capacity *= 2;
    }
    return grown != NULL;
}

/* False: errno says why. */
static bool read_all(int file, FileText *text, size_t limit)
{
    size_t capacity = FIRST_BYTES;
    text->bytes = malloc(capacity + 1);
    while (text->bytes) {
        ssize_t got = read(file, text->bytes + text->length, capacity - text->length);
        if (got == 0) {
            text->bytes[text->length] = 0;
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
        text->length += got > 0 ? (size_t)got : 0;
        if (text->length > limit) {
            errno = EFBIG;
            return false;
        }
        if (text->length == capacity && !grow(text, &capacity)) {
            return false;
        }
    }
    return false;
}

static int open_path(const char *path)
{
    struct stat info;
    int file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0 && fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
        if (file != STDIN_FILENO) {
            close(file);
        }
        errno = EISDIR;
        return -1;
    }
    return file;
}

FileText file_read(const char *path, size_t limit)
{
    FileText text = {NULL, 0};
    int file = open_path(path);
    if (file < 0) {
        return text;
    }
    bool done = read_all(file, &text, limit);
    int reason = errno;
    if (file != STDIN_FILENO) {
        close(file);
    }
    if (!done) {
        free(text.bytes);
        text = (FileText){NULL, 0};
    }
    errno = reason;
    return text;
}
