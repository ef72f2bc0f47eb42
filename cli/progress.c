#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "folders.h"
#include "view/json.h"

static const char *const event_names[PROGRESS_EVENT_COUNT] = {
    "screen", "prediction", "hint", "try", "solution", "skip", "done", "forget",
};

enum { MOST_BYTES = 64 << 20 };

/* ---- in memory --------------------------------------------------------------------------------------------------- */

static void free_record(ProgressRecord *record)
{
    free((char *)(uintptr_t)record->lesson);
    free((char *)(uintptr_t)record->block);
    free((char *)(uintptr_t)record->answer);
}

/* A copy of the record at the end of the list. False: no memory. */
static bool keep(Progress *progress, const ProgressRecord *record)
{
    if (progress->count == progress->capacity) {
        size_t capacity = progress->capacity ? progress->capacity * 2 : 64;
        ProgressRecord *records = realloc(progress->records, capacity * sizeof *records);
        if (!records) {
            return false;
        }
        progress->records = records;
        progress->capacity = capacity;
    }
    ProgressRecord copy = *record;
    copy.lesson = strdup(record->lesson);
    copy.block = strdup(record->block);
    copy.answer = strdup(record->answer);
    if (!copy.lesson || !copy.block || !copy.answer) {
        free_record(&copy);
        return false;
    }
    progress->records[progress->count++] = copy;
    return true;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* False: no memory. What is no record of ours is passed over: a cut line, a newer version's event. */
static bool read_line(Progress *progress, const char *line, size_t length)
{
    JsonRecord *object = json_record_read(line, length);
    if (!object) {
        return true;
    }
    ProgressRecord record = {
        .event = PROGRESS_EVENT_COUNT,
        .lesson = json_record_string(object, "lesson"),
        .block = json_record_string(object, "block"),
        .answer = json_record_string(object, "answer"),
        .number = json_record_number(object, "number", 0),
        .ok = json_record_number(object, "ok", 0) != 0,
    };
    const char *event = json_record_string(object, "event");
    strncpy(record.time, json_record_string(object, "time"), sizeof record.time - 1);
    for (int i = 0; i < PROGRESS_EVENT_COUNT; i++) {
        record.event = strcmp(event_names[i], event) == 0 ? (ProgressEvent)i : record.event;
    }
    bool is_done = record.event == PROGRESS_EVENT_COUNT || !*record.lesson || keep(progress, &record);
    json_record_free(object);
    return is_done;
}

static bool read_all(Progress *progress)
{
    FileText text = progress->path ? file_read(progress->path, MOST_BYTES) : (FileText){NULL, 0};
    bool is_done = true;
    for (size_t at = 0; at < text.length && is_done;) {
        const char *end = memchr(text.bytes + at, '\n', text.length - at);
        size_t length = end ? (size_t)(end - text.bytes) - at : text.length - at;
        is_done = read_line(progress, text.bytes + at, length);
        at += length + 1;
    }
    free(text.bytes);
    return is_done;
}

bool progress_open(Progress *progress, const char *path)
{
    *progress = (Progress){.path = path ? strdup(path) : folder_state_file("progress.jsonl", true)};
    return read_all(progress);
}

void progress_close(Progress *progress)
{
    for (size_t i = 0; i < progress->count; i++) {
        free_record(&progress->records[i]);
    }
    free(progress->records);
    free(progress->path);
    *progress = (Progress){.path = NULL};
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* One record as a line; `*length` of it. NULL: no memory. */
static char *make_line(const ProgressRecord *record, size_t *length)
{
    JsonField fields[] = {
        {"time", record->time, 0},     {"event", event_names[record->event], 0},
        {"lesson", record->lesson, 0}, {"block", record->block, 0},
        {"answer", record->answer, 0}, {"number", NULL, record->number},
        {"ok", NULL, record->ok},
    };
    char *text = json_record_text(fields, sizeof fields / sizeof *fields);
    char *line = text ? realloc(text, strlen(text) + 2) : NULL;
    if (!line) {
        free(text);
        return NULL;
    }
    *length = strlen(line);
    line[(*length)++] = '\n';
    line[*length] = 0;
    return line;
}

/* Whether the file ends in the middle of a line: somebody was killed while writing. */
static bool ends_in_the_middle(int file)
{
    char last = '\n';
    off_t size = lseek(file, 0, SEEK_END);
    return size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

/* One write, so that nobody ever sees half of a line. */
static bool append(int file, const char *line, size_t length)
{
    char *with_end = NULL;
    if (flock(file, LOCK_EX) != 0) {
        return false;
    }
    if (ends_in_the_middle(file)) {
        with_end = malloc(length + 1);
        if (!with_end) {
            return false;
        }
        with_end[0] = '\n';
        memcpy(with_end + 1, line, length++);
    }
    ssize_t written = write(file, with_end ? with_end : line, length);
    free(with_end);
    if (written >= 0 && (size_t)written < length) {
        errno = ENOSPC;
    }
    return written == (ssize_t)length;
}

bool progress_add(Progress *progress, const ProgressRecord *record)
{
    ProgressRecord stamped = *record;
    time_t now = time(NULL);
    struct tm utc;
    stamped.lesson = record->lesson ? record->lesson : "";
    stamped.block = record->block ? record->block : "";
    stamped.answer = record->answer ? record->answer : "";
    strftime(stamped.time, sizeof stamped.time, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    errno = ENOMEM;
    if (!keep(progress, &stamped)) {
        return false;
    }
    size_t length;
    char *line = make_line(&stamped, &length);
    errno = progress->path ? ENOMEM : ENOENT;
    int file = line && progress->path ? open(progress->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    bool is_done = file >= 0 && append(file, line, length);
    int reason = errno;
    if (file >= 0) {
        close(file);
    }
    free(line);
    errno = reason;
    return is_done;
}

/* ---- what the records say ---------------------------------------------------------------------------------------- */

/* The first record about the lesson that counts. */
static size_t first_counting(const Progress *progress, const char *lesson)
{
    for (size_t i = progress->count; i-- > 0;) {
        if (progress->records[i].event == PROGRESS_FORGET && strcmp(progress->records[i].lesson, lesson) == 0) {
            return i + 1;
        }
    }
    return 0;
}

LessonState progress_lesson(const Progress *progress, const char *lesson)
{
    LessonState state = {0};
    for (size_t i = first_counting(progress, lesson); i < progress->count; i++) {
        const ProgressRecord *record = &progress->records[i];
        if (strcmp(record->lesson, lesson) == 0) {
            state.is_started = true;
            state.is_done |= record->event == PROGRESS_DONE;
            state.screen =
                record->event == PROGRESS_SCREEN && record->number >= 0 ? (uint32_t)record->number : state.screen;
        }
    }
    return state;
}

ExerciseState progress_exercise(const Progress *progress, const char *lesson, const char *block)
{
    ExerciseState state = {0};
    for (size_t i = first_counting(progress, lesson); i < progress->count; i++) {
        const ProgressRecord *record = &progress->records[i];
        if (strcmp(record->lesson, lesson) != 0 || strcmp(record->block, block) != 0) {
            continue;
        }
        state.is_solved |= record->event == PROGRESS_TRY && record->ok;
        state.tries += record->event == PROGRESS_TRY;
        state.is_skipped |= record->event == PROGRESS_SKIP;
        state.has_seen_solution |= record->event == PROGRESS_SOLUTION;
        bool is_further = record->event == PROGRESS_HINT && record->number > (long long)state.hints;
        state.hints = is_further ? (uint32_t)record->number : state.hints;
    }
    return state;
}

const ProgressRecord *progress_prediction(const Progress *progress, const char *lesson, const char *block)
{
    for (size_t i = progress->count, first = first_counting(progress, lesson); i-- > first;) {
        const ProgressRecord *record = &progress->records[i];
        if (record->event == PROGRESS_PREDICTION && strcmp(record->lesson, lesson) == 0 &&
            strcmp(record->block, block) == 0) {
            return record;
        }
    }
    return NULL;
}

const char *progress_last_lesson(const Progress *progress)
{
    for (size_t i = progress->count; i-- > 0;) {
        if (progress->records[i].event != PROGRESS_FORGET) {
            return progress->records[i].lesson;
        }
    }
    return NULL;
}
