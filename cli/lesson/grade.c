#include "lesson/grade.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "lesson/answer_file.h"
#include "lesson/exercise.h"
#include "options.h"
#include "view/json.h"

enum { LONGEST_SUBMISSION = 4 << 20 };

/* ---- handing in -------------------------------------------------------------------------------------------------- */

static bool put_record(FILE *out, const JsonField *fields, size_t count)
{
    char *line = json_record_text(fields, count);
    bool is_done = line && fprintf(out, "%s\n", line) > 0;
    free(line);
    return is_done;
}

static bool put_exercise(const Lesson *lesson, const LessonBlock *block, FILE *out)
{
    AnswerFile answer;
    const char *id = block->values[KEY_ID];
    bool is_done = answer_open(&answer, lesson_id(lesson), id, block->body);
    JsonField fields[] = {{"record", "answer", 0}, {"exercise", id, 0}, {"text", is_done ? answer.text : "", 0}};
    is_done = is_done && put_record(out, fields, 3);
    answer_close(&answer);
    return is_done;
}

static bool put_prediction(const Lesson *lesson, const Progress *progress, const LessonBlock *block, FILE *out)
{
    const ProgressRecord *record = progress_prediction(progress, lesson_id(lesson), block->values[KEY_ID]);
    JsonField fields[] = {{"record", "prediction", 0},
                          {"question", block->values[KEY_ID], 0},
                          {"answer", record ? record->answer : "", 0}};
    return !record || put_record(out, fields, 3);
}

bool submission_write(const Lesson *lesson, const Progress *progress, FILE *out)
{
    JsonField head[] = {{"record", "submission", 0},
                        {"lesson", lesson_id(lesson), 0},
                        {"awaitlab", AWAITLAB_VERSION, 0},
                        {"seed", NULL, 0}};
    bool is_done = put_record(out, head, 4);
    for (uint32_t i = 0; i < lesson->block_count && is_done; i++) {
        const LessonBlock *block = lesson->blocks[i];
        if (block->role == ROLE_EXERCISE) {
            is_done = put_exercise(lesson, block, out);
        } else if (block->role == ROLE_PREDICT) {
            is_done = put_prediction(lesson, progress, block, out);
        }
    }
    return is_done;
}

/* ---- reading what was handed in ---------------------------------------------------------------------------------- */

typedef struct Submission {
    FileText file;
    const char *problem; /* NULL: none */
    uint32_t line;       /* of the problem */
} Submission;

/* The record number `index` (from 0) of the kind; the caller frees it. NULL: no more. */
static JsonRecord *find_record(Submission *submission, const char *kind, const char *key, const char *value)
{
    JsonRecord *found = NULL;
    uint32_t number = 0;
    for (size_t at = 0; at < submission->file.length && !found;) {
        const char *line = submission->file.bytes + at;
        const char *end = memchr(line, '\n', submission->file.length - at);
        size_t length = end ? (size_t)(end - line) : submission->file.length - at;
        number++;
        at += length + 1;
        if (strspn(line, " \t\r") >= length) {
            continue;
        }
        JsonRecord *record = json_record_read(line, length);
        if (!record && !submission->problem) {
            submission->problem = "this line is no JSON object";
            submission->line = number;
        }
        bool is_it = record && strcmp(json_record_string(record, "record"), kind) == 0 &&
                     (!key || strcmp(json_record_string(record, key), value) == 0);
        found = is_it ? record : NULL;
        if (!is_it) {
            json_record_free(record);
        }
    }
    return found;
}

static Submission read_submission(const Lesson *lesson, const char *path)
{
    Submission submission = {.file = file_read(path, LONGEST_SUBMISSION)};
    if (!submission.file.bytes) {
        submission.problem = strerror(errno);
        return submission;
    }
    JsonRecord *head = find_record(&submission, "submission", NULL, NULL);
    if (!submission.problem && !head) {
        submission.problem = "this is no submission: `awaitlab submit LESSON` makes one";
    } else if (head && strcmp(json_record_string(head, "lesson"), lesson_id(lesson)) != 0) {
        submission.problem = "this answers another lesson";
    }
    json_record_free(head);
    return submission;
}

/* ---- reports ----------------------------------------------------------------------------------------------------- */

typedef struct Report {
    GradeFormat format;
    FILE *out;
    const Lesson *lesson;
    const char *file;
    uint32_t number, failed;
} Report;

static void put_xml(FILE *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        switch (c) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\n':
            fputs("&#10;", out);
            break;
        default:
            fputc(c < ' ' && c != '\t' ? '?' : c, out);
        }
    }
}

/* What went wrong, one line each; malloc'd. */
static char *explanation(const LabRun *run, const char *missing)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        return NULL;
    }
    if (missing) {
        fprintf(out, "%s\n", missing);
    }
    for (uint32_t i = 0; run && i < run->check_count; i++) {
        SessionVerdict verdict = session_goals_verdict(run->goals, i);
        if (!verdict.passed) {
            fprintf(out, "%s: %s%s%s\n", verdict.check, verdict.wanted, *verdict.now ? "; now: " : "", verdict.now);
        }
    }
    fclose(out);
    return text;
}

static void put_tap(Report *report, const char *exercise, bool passed, const char *why)
{
    fprintf(report->out, "%sok %u - %s: %s\n", passed ? "" : "not ", report->number, report->file, exercise);
    while (!passed && *why) {
        size_t length = strcspn(why, "\n");
        fprintf(report->out, "# %.*s\n", (int)length, why);
        why += length + (why[length] == '\n');
    }
}

static void put_junit(Report *report, const char *exercise, bool passed, const char *why)
{
    fputs("    <testcase classname=\"", report->out);
    put_xml(report->out, lesson_id(report->lesson));
    fputs("\" name=\"", report->out);
    put_xml(report->out, exercise);
    if (passed) {
        fputs("\"/>\n", report->out);
        return;
    }
    fputs("\">\n      <failure message=\"", report->out);
    put_xml(report->out, why);
    fputs("\"/>\n    </testcase>\n", report->out);
}

static void put_json(Report *report, const char *exercise, bool passed, const char *why, ExerciseResult result)
{
    JsonField fields[] = {
        {"record", "grade", 0},
        {"file", report->file, 0},
        {"lesson", lesson_id(report->lesson), 0},
        {"exercise", exercise, 0},
        {"passed", NULL, passed},
        {"checks", NULL, result.total},
        {"checksPassed", NULL, result.passed},
        {"why", passed ? "" : why, 0},
    };
    put_record(report->out, fields, sizeof fields / sizeof *fields);
}

static void put_result(Report *report, const char *exercise, const LabRun *run, const char *missing)
{
    ExerciseResult result = run ? exercise_result(run) : (ExerciseResult){0};
    bool passed = result.is_solved && !missing;
    char *why = explanation(run, missing);
    report->number++;
    report->failed += !passed;
    switch (report->format) {
    case GRADE_TAP:
        put_tap(report, exercise, passed, why ? why : "");
        break;
    case GRADE_JUNIT:
        put_junit(report, exercise, passed, why ? why : "");
        break;
    case GRADE_JSON:
        put_json(report, exercise, passed, why ? why : "", result);
        break;
    }
    free(why);
}

/* ---- grading ----------------------------------------------------------------------------------------------------- */

static void grade_exercise(Report *report, Lab *lab, const LessonBlock *block, Submission *submission)
{
    const char *id = block->values[KEY_ID];
    JsonRecord *record = submission->problem ? NULL : find_record(submission, "answer", "exercise", id);
    LabRun *run = record ? lab_run_text(lab, block, json_record_string(record, "text")) : NULL;
    const char *missing = submission->problem ? submission->problem
                          : !record           ? "there is no answer"
                          : !run              ? "out of memory"
                                              : NULL;
    put_result(report, id, run, missing);
    lab_run_free(run);
    json_record_free(record);
}

static uint32_t exercise_count(const Lesson *lesson)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        count += lesson->blocks[i]->role == ROLE_EXERCISE;
    }
    return count;
}

/* False: the file is no submission. */
static bool grade_file(Report *report, const char *path, FILE *messages)
{
    Lab lab;
    Submission submission = read_submission(report->lesson, path);
    report->file = path;
    if (submission.problem) {
        fprintf(messages, "%s:%u: error: %s\n", path, submission.line ? submission.line : 1, submission.problem);
    }
    if (report->format == GRADE_JUNIT) {
        fputs("  <testsuite name=\"", report->out);
        put_xml(report->out, path);
        fprintf(report->out, "\" tests=\"%u\">\n", exercise_count(report->lesson));
    }
    lab_init(&lab, report->lesson);
    for (uint32_t i = 0; i < report->lesson->block_count; i++) {
        if (report->lesson->blocks[i]->role == ROLE_EXERCISE) {
            grade_exercise(report, &lab, report->lesson->blocks[i], &submission);
        }
    }
    lab_free(&lab);
    if (report->format == GRADE_JUNIT) {
        fputs("  </testsuite>\n", report->out);
    }
    bool is_submission = !submission.problem;
    free(submission.file.bytes);
    return is_submission;
}

int grade_files(const Lesson *lesson, const char *const *files, size_t count, GradeFormat format, FILE *out,
                FILE *messages)
{
    Report report = {.format = format, .out = out, .lesson = lesson};
    bool all_read = true;
    if (format == GRADE_TAP) {
        fprintf(out, "1..%zu\n", count * exercise_count(lesson));
    } else if (format == GRADE_JUNIT) {
        fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", out);
    }
    for (size_t i = 0; i < count; i++) {
        all_read &= grade_file(&report, files[i], messages);
    }
    if (format == GRADE_JUNIT) {
        fputs("</testsuites>\n", out);
    }
    return !all_read ? EXIT_USAGE : report.failed ? EXIT_FINDINGS : EXIT_DONE;
}
