#include "lesson/answer_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "folders.h"

enum { LONGEST_ANSWER = 1 << 20 };

static char *answer_path(const char *lesson, const char *exercise)
{
    char name[200];
    int length = snprintf(name, sizeof name, "exercises/%s/%s.cs", lesson, exercise);
    return length > 0 && (size_t)length < sizeof name ? folder_state_file(name, true) : NULL;
}

bool answer_open(AnswerFile *answer, const char *lesson, const char *exercise, const char *starter)
{
    *answer = (AnswerFile){.path = answer_path(lesson, exercise), .text = strdup(starter)};
    answer_refresh(answer);
    return answer->text != NULL;
}

void answer_close(AnswerFile *answer)
{
    free(answer->path);
    free(answer->text);
    *answer = (AnswerFile){.path = NULL};
}

void answer_refresh(AnswerFile *answer)
{
    FileText text = answer->path ? file_read(answer->path, LONGEST_ANSWER) : (FileText){NULL, 0};
    if (text.bytes && strlen(text.bytes) == text.length) {
        free(answer->text);
        answer->text = text.bytes;
    } else {
        free(text.bytes);
    }
}

static bool write_whole(int file, const char *text)
{
    size_t length = strlen(text);
    while (length) {
        ssize_t written = write(file, text, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* A new file in the old one's place: whoever reads it sees all of the old or all of the new. */
static bool write_file(const char *path, const char *text)
{
    char *other = NULL;
    if (asprintf(&other, "%s.%ld~", path, (long)getpid()) < 0) {
        errno = ENOMEM;
        return false;
    }
    int file = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool is_done = file >= 0 && write_whole(file, text);
    is_done &= file >= 0 && close(file) == 0;
    is_done = is_done && rename(other, path) == 0;
    int reason = errno;
    if (!is_done && file >= 0) {
        unlink(other);
    }
    free(other);
    errno = reason;
    return is_done;
}

bool answer_save(AnswerFile *answer)
{
    errno = ENOENT;
    return answer->path && (access(answer->path, F_OK) == 0 || write_file(answer->path, answer->text));
}

bool answer_set(AnswerFile *answer, const char *text)
{
    char *copy = strdup(text);
    if (!copy) {
        errno = ENOMEM;
        return false;
    }
    free(answer->text);
    answer->text = copy;
    return !answer->path || write_file(answer->path, copy);
}

uint32_t answer_line_count(const AnswerFile *answer)
{
    uint32_t count = 0;
    for (const char *at = answer->text; *at; count++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return count;
}

static const char *line_start(const char *text, uint32_t line)
{
    for (; line > 1 && *text; line--) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

bool answer_replace(AnswerFile *answer, uint32_t first, uint32_t last, const char *text)
{
    uint32_t count = answer_line_count(answer);
    if (first < 1 || first > count + (last < first) || (last >= first && last > count)) {
        errno = EINVAL;
        return false;
    }
    const char *start = line_start(answer->text, first);
    const char *rest = last < first ? start : line_start(answer->text, last + 1);
    bool is_open = start > answer->text && start[-1] != '\n'; /* the last line had no end */
    char *result = NULL;
    int length = asprintf(&result, "%.*s%s%s%s%s", (int)(start - answer->text), answer->text, is_open ? "\n" : "",
                          text ? text : "", text ? "\n" : "", rest);
    if (length < 0) {
        errno = ENOMEM;
        return false;
    }
    bool is_done = answer_set(answer, result);
    free(result);
    return is_done;
}
