#include "lesson/course.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

enum { LONGEST_LESSON = 4 << 20 };

/* ---- files, of a folder or built in ------------------------------------------------------------------------------ */

static char *join(const char *folder, const char *name)
{
    char *path = NULL;
    return asprintf(&path, "%s%s%s", folder ? folder : "", folder ? "/" : "", name) < 0 ? NULL : path;
}

/* malloc'd; NULL: errno says why. */
static char *read_text(const Course *course, const char *name, size_t *length)
{
    if (course->folder) {
        char *path = join(course->folder, name);
        FileText text = path ? file_read(path, LONGEST_LESSON) : (FileText){NULL, 0};
        free(path);
        *length = text.length;
        return text.bytes;
    }
    for (size_t i = 0; i < lesson_text_count; i++) {
        if (strcmp(lesson_texts[i].name, name) == 0) {
            *length = lesson_texts[i].length;
            char *copy = malloc(*length + 1);
            return copy ? memcpy(copy, lesson_texts[i].text, *length + 1) : NULL;
        }
    }
    errno = ENOENT;
    return NULL;
}

/* "03-cached-tasks.md" is called cached-tasks. */
static char *lesson_name(const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *start = slash ? slash + 1 : file;
    const char *digits = start + strspn(start, "0123456789");
    start = digits > start && *digits == '-' ? digits + 1 : start;
    size_t length = strlen(start);
    length -= length > 3 && strcmp(start + length - 3, ".md") == 0 ? 3 : 0;
    return strndup(start, length);
}

/* ---- course.md --------------------------------------------------------------------------------------------------- */

static bool is_list_line(const char *line, size_t length)
{
    size_t digits = strspn(line, "0123456789");
    bool has_mark = (digits && (line[digits] == '.' || line[digits] == ')')) || *line == '-' || *line == '*';
    return has_mark && memmem(line, length, "](", 2) != NULL;
}

/* "1. [Title](file.md)". False: no memory. */
static bool take_list_line(Course *course, const char *line, size_t length, uint32_t number, FILE *messages)
{
    const char *end = line + length;
    const char *title = memchr(line, '[', length);
    const char *middle = memmem(line, length, "](", 2);
    const char *close = middle ? memchr(middle, ')', (size_t)(end - middle)) : NULL;
    if (!title || !middle || !close || title > middle) {
        fprintf(messages, "%s%scourse.md:%u: error: a lesson is a link: [Title](file.md)\n",
                course->folder ? course->folder : "", course->folder ? "/" : "", number);
        course->problems++;
        return true;
    }
    CourseLesson *lessons = realloc(course->lessons, (course->count + 1) * sizeof *lessons);
    char *file = strndup(middle + 2, (size_t)(close - middle - 2));
    if (!lessons || !file) {
        course->lessons = lessons ? lessons : course->lessons;
        free(file);
        return false;
    }
    course->lessons = lessons;
    CourseLesson *lesson = &lessons[course->count++];
    *lesson = (CourseLesson){
        .path = join(course->folder ? course->folder : "lessons", file), .name = lesson_name(file), .line = number};
    lesson->title = strndup(title + 1, (size_t)(middle - title - 1));
    lesson->text = read_text(course, file, &lesson->length);
    if (!lesson->text) {
        fprintf(messages, "%s%scourse.md:%u: error: cannot read %s: %s\n", course->folder ? course->folder : "",
                course->folder ? "/" : "", number, file, strerror(errno));
        course->problems++;
    }
    free(file);
    return lesson->path && lesson->name && lesson->title;
}

/* Behind the front matter. */
static const char *skip_front(const char *text)
{
    if (strncmp(text, "---\n", 4) != 0) {
        return text;
    }
    const char *close = strstr(text + 4, "\n---");
    return close ? close + 4 + (close[4] == '\n') : text;
}

static bool read_course(Course *course, FILE *messages)
{
    uint32_t number = 1;
    const char *start = skip_front(course->text), *line = course->text;
    course->welcome = start;
    course->farewell = "";
    bool is_done = true;
    for (; *line && is_done; number++) {
        size_t length = strcspn(line, "\n");
        const char *next = line + length + (line[length] == '\n');
        if (line >= start && is_list_line(line, length)) {
            course->welcome_length = course->count ? course->welcome_length : (size_t)(line - start);
            is_done = take_list_line(course, line, length, number, messages);
            course->farewell = next;
        }
        line = next;
    }
    course->farewell_length = strlen(course->farewell);
    if (is_done && !course->count) {
        fprintf(messages, "%s/course.md: error: it lists no lessons; each is a line `1. [Title](file.md)`\n",
                course->folder ? course->folder : "lessons");
        course->problems++;
    }
    return is_done;
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

/* A course of one lesson. */
static bool open_file(Course *course, const char *path, FILE *messages)
{
    FileText text = file_read(path, LONGEST_LESSON);
    course->lessons = calloc(1, sizeof *course->lessons);
    if (!text.bytes || !course->lessons) {
        fprintf(messages, "awaitlab: cannot read %s: %s\n", path, strerror(errno));
        free(text.bytes);
        return false;
    }
    course->count = 1;
    course->welcome = course->farewell = "";
    course->folder = strdup(path);
    course->lessons[0] = (CourseLesson){.path = strdup(path),
                                        .name = lesson_name(path),
                                        .title = lesson_name(path),
                                        .text = text.bytes,
                                        .length = text.length};
    return course->lessons[0].path && course->lessons[0].name && course->lessons[0].title;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool course_open(Course *course, const char *folder, FILE *messages)
{
    *course = (Course){.folder = NULL};
    if (folder && !is_folder(folder)) {
        return open_file(course, folder, messages);
    }
    size_t length;
    if (folder) {
        course->folder = strdup(folder);
        for (size_t end = course->folder ? strlen(folder) : 0; end > 1 && course->folder[end - 1] == '/'; end--) {
            course->folder[end - 1] = 0;
        }
        if (!course->folder) {
            return false;
        }
    }
    course->text = read_text(course, "course.md", &length);
    if (!course->text) {
        fprintf(messages, "awaitlab: cannot read %s/course.md: %s\n", folder ? folder : "lessons", strerror(errno));
        return false;
    }
    return read_course(course, messages);
}

void course_close(Course *course)
{
    for (size_t i = 0; i < course->count; i++) {
        free(course->lessons[i].path);
        free(course->lessons[i].name);
        free(course->lessons[i].title);
        free(course->lessons[i].text);
    }
    free(course->lessons);
    free(course->folder);
    free(course->text);
    *course = (Course){.folder = NULL};
}

long course_find(const Course *course, const char *word)
{
    long found = -1, matches = 0;
    size_t length = strlen(word);
    if (*word && strspn(word, "0123456789") == length) {
        unsigned long number = strtoul(word, NULL, 10);
        return number >= 1 && number <= course->count ? (long)number - 1 : -1;
    }
    for (size_t i = 0; i < course->count && length; i++) {
        if (strcmp(course->lessons[i].name, word) == 0) {
            return (long)i;
        }
        if (strncasecmp(course->lessons[i].name, word, length) == 0) {
            found = (long)i;
            matches++;
        }
    }
    return matches == 1 ? found : -1;
}
