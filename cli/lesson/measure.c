/* What a lesson asks the machine: measures in text and in predictions, and what show blocks show. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/lab.h"

typedef enum Need { NEED_NONE, NEED_MAYBE, NEED_NEEDED } Need;

static const struct {
    const char *word;
    Need program, subject;
} measure_rows[] = {
#define MEASURE(id, word, program, subject, sentence) {word, NEED_##program, NEED_##subject},
#include "lesson/measure.def"
};

typedef enum Show {
#define SHOW(id, word) SHOW_##id,
#include "lesson/measure.def"
    SHOW_COUNT
} Show;

static const char *const show_words[] = {
#define SHOW(id, word) word,
#include "lesson/measure.def"
};

bool lab_find_measure(const char *word, Measure *measure)
{
    for (uint32_t i = 0; i < MEASURE_COUNT; i++) {
        if (strcmp(measure_rows[i].word, word) == 0) {
            *measure = (Measure)i;
            return true;
        }
    }
    return false;
}

const char *lab_measure_word(Measure measure)
{
    return measure_rows[measure].word;
}

bool lab_measure_is_number(Measure measure)
{
    return measure != MEASURE_EXCEPTION && measure != MEASURE_OUTPUT && measure != MEASURE_VALUE;
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

__attribute__((format(printf, 1, 2))) static char *format(const char *pattern, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, pattern);
    int length = vasprintf(&text, pattern, arguments);
    va_end(arguments);
    return length < 0 ? NULL : text;
}

static char *number(uint64_t value)
{
    return format("%llu", (unsigned long long)value);
}

static char *measure_layout(Session *session, const LabQuestion *question, const char **problem)
{
    SessionLayout layout;
    if (session_check(session) == SESSION_NO_MEMORY) {
        return NULL;
    }
    if (session_layout(session, question->subject, &layout) != SESSION_OK) {
        *problem = "there is no such type";
        return NULL;
    }
    if (question->measure == MEASURE_BOXED && !layout.boxed_size) {
        *problem = "only values are boxed";
        return NULL;
    }
    return number(question->measure == MEASURE_BOXED ? layout.boxed_size : layout.size);
}

/* Of a type of the core library: no program is needed. */
static char *measure_library(const LabQuestion *question, const char **problem)
{
    Session *session = session_open(NULL);
    char *answer = session ? measure_layout(session, question, problem) : NULL;
    session_close(session);
    return answer;
}

static bool is_of_type(const char *type, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(type, wanted, length) == 0 && (type[length] == 0 || type[length] == '<');
}

static char *measure_allocations(LabRun *run, const LabQuestion *question)
{
    SessionStats stats;
    uint64_t sum = 0;
    if (session_stats(run->session, &stats) != SESSION_OK) {
        return NULL;
    }
    for (uint32_t i = 0; i < stats.type_count; i++) {
        if (!question->subject || is_of_type(stats.types[i].type, question->subject)) {
            sum += question->measure == MEASURE_BYTES ? stats.types[i].bytes : stats.types[i].count;
        }
    }
    return number(sum);
}

/* What follows "NAME: " on a line of the output. */
static char *measure_value(const LabRun *run, const char *name, const char **problem)
{
    size_t length = strlen(name);
    for (const char *line = session_goals_written(run->goals); *line;) {
        size_t size = strcspn(line, "\n");
        if (size > length && memcmp(line, name, length) == 0 && line[length] == ':') {
            const char *value = line + length + 1;
            value += strspn(value, " ");
            return format("%.*s", (int)strcspn(value, "\n"), value);
        }
        line += size + (line[size] == '\n');
    }
    *problem = "the program writes no line `name: value` with that name";
    return NULL;
}

static char *measure_output(const LabRun *run)
{
    const char *output = session_goals_written(run->goals);
    size_t length = strlen(output);
    while (length && output[length - 1] == '\n') {
        length--;
    }
    return format("%.*s", (int)length, output);
}

static char *measure_line(const LabRun *run, const char **problem)
{
    uint32_t line;
    session_goals_exception(run->goals, &line);
    if (!line) {
        *problem = "the program ends without an exception or a deadlock";
        return NULL;
    }
    return number(line);
}

static char *measure_exception(const LabRun *run, const char **problem)
{
    uint32_t line;
    const char *name = session_goals_exception(run->goals, &line);
    if (!*name) {
        *problem = "the program ends without an exception";
        return NULL;
    }
    return strdup(name);
}

static char *measure_count(LabRun *run, const LabQuestion *question)
{
    enum { TICKS_PER_MILLISECOND = 10000 };
    SessionStats stats;
    if (session_stats(run->session, &stats) != SESSION_OK) {
        return NULL;
    }
    return number(question->measure == MEASURE_SUSPENSIONS ? stats.suspensions
                                                           : (uint64_t)stats.clock / TICKS_PER_MILLISECOND);
}

static char *measure_run(LabRun *run, const LabQuestion *question, const char **problem)
{
    switch (question->measure) {
    case MEASURE_SIZE:
    case MEASURE_BOXED:
        return measure_layout(run->session, question, problem);
    case MEASURE_BYTES:
    case MEASURE_ALLOCS:
        return measure_allocations(run, question);
    case MEASURE_SUSPENSIONS:
    case MEASURE_CLOCK:
        return measure_count(run, question);
    case MEASURE_LINE:
        return measure_line(run, problem);
    case MEASURE_EXCEPTION:
        return measure_exception(run, problem);
    case MEASURE_VALUE:
        return measure_value(run, question->subject, problem);
    case MEASURE_OUTPUT:
        return measure_output(run);
    case MEASURE_COUNT:
        break;
    }
    return NULL;
}

static const char *form_problem(const LabQuestion *question)
{
    if (measure_rows[question->measure].program == NEED_NEEDED && !question->of) {
        return "of a program is missing";
    }
    if (measure_rows[question->measure].subject == NEED_NEEDED && !question->subject) {
        return "a type or a name is missing";
    }
    return measure_rows[question->measure].subject == NEED_NONE && question->subject ? "a type makes no sense here"
                                                                                     : NULL;
}

char *lab_measure(Lab *lab, const LabQuestion *question, const char **problem)
{
    *problem = form_problem(question);
    if (*problem) {
        return NULL;
    }
    if (!question->of) {
        return measure_library(question, problem);
    }
    const LessonBlock *block = lesson_block(lab->lesson, question->of);
    if (!block || (block->role != ROLE_DEMO && block->role != ROLE_EXERCISE)) {
        *problem = "there is no such demo or exercise";
        return NULL;
    }
    LabRun *run = lab_run(lab, block);
    return run ? measure_run(run, question, problem) : NULL;
}

/* ---- in text ----------------------------------------------------------------------------------------------------- */

static void trim(char **text)
{
    size_t length = strlen(*text);
    while (length && (*text)[length - 1] == ' ') {
        (*text)[--length] = 0;
    }
    *text += strspn(*text, " ");
}

/* "bytes Task<int> of hit", which it cuts into pieces. */
static char *answer_placeholder(Lab *lab, char *text, const char **problem)
{
    LabQuestion question = {0};
    trim(&text);
    char *subject = text + strcspn(text, " ");
    subject += *subject ? 1 : 0;
    if (subject > text && subject[-1] == ' ') {
        subject[-1] = 0;
    }
    if (!lab_find_measure(text, &question.measure)) {
        *problem = "there is no such measure";
        return NULL;
    }
    char *of = strncmp(subject, "of ", 3) == 0 ? subject : strstr(subject, " of ");
    if (of) {
        question.of = of + (of == subject ? 3 : 4);
        *of = 0;
    }
    trim(&subject);
    question.subject = *subject ? subject : NULL;
    return lab_measure(lab, &question, problem);
}

static void expand_one(Lab *lab, const char *text, size_t length, FILE *out, const char **first_problem)
{
    const char *problem = NULL;
    char *question = strndup(text, length);
    char *answer = question ? answer_placeholder(lab, question, &problem) : NULL;
    if (answer) {
        fputs(answer, out);
    } else {
        problem = problem ? problem : "out of memory";
        fprintf(out, "(?%s)", problem);
        if (first_problem && !*first_problem) {
            *first_problem = problem;
        }
    }
    free(answer);
    free(question);
}

char *lab_expand(Lab *lab, const char *text, size_t length, const char **problem)
{
    char *result = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&result, &size);
    if (problem) {
        *problem = NULL;
    }
    if (!out) {
        return NULL;
    }
    for (const char *at = text, *end = text + length; at < end;) {
        const char *open = memmem(at, (size_t)(end - at), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close) {
            fwrite(at, 1, (size_t)(end - at), out);
            break;
        }
        fwrite(at, 1, (size_t)(open - at), out);
        expand_one(lab, open + 2, (size_t)(close - open - 2), out, problem);
        at = close + 2;
    }
    bool is_whole = !ferror(out);
    if (fclose(out) != 0 || !is_whole) {
        free(result);
        return NULL;
    }
    return result;
}

/* ---- show blocks ------------------------------------------------------------------------------------------------- */

void lab_write_output(const LabRun *run, FILE *out)
{
    const char *written = session_goals_written(run->goals);
    fputs(written, out);
    if (*written && written[strlen(written) - 1] != '\n') {
        fputc('\n', out);
    }
    if (run->outcome.kind != OUTCOME_FINISHED || run->outcome.exit_code) {
        fprintf(out, "(%s)\n", session_goals_end_words(run->goals));
    }
}

void lab_write_diagnostics(const Lab *lab, const LabRun *run, FILE *out)
{
    for (uint32_t i = 0; i < session_diagnostic_count(run->session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(run->session, i);
        text_diagnostic(out, &lab->style, &diagnostic);
    }
}

/* Lines of the trace whose steps lie between from= and to=. */
static void write_steps(const char *trace, const LessonBlock *show, FILE *out)
{
    uint64_t from = show->values[KEY_FROM] ? strtoull(show->values[KEY_FROM], NULL, 10) : 0;
    uint64_t to = show->values[KEY_TO] ? strtoull(show->values[KEY_TO], NULL, 10) : UINT64_MAX;
    bool is_shown = true, is_head = true;
    for (const char *line = trace; *line;) {
        size_t length = strcspn(line, "\n");
        char *end;
        uint64_t step = strtoull(line, &end, 10);
        if (end > line && !is_head) {
            is_shown = step >= from && step <= to;
        }
        if (is_shown) {
            fprintf(out, "%.*s\n", (int)length, line);
        }
        is_head = false;
        line += length + (line[length] == '\n');
    }
}

static bool show_trace(Lab *lab, const LabRun *run, const LessonBlock *show, FILE *out)
{
    char *trace = lab_trace(lab, run);
    if (trace) {
        write_steps(trace, show, out);
    }
    free(trace);
    return trace != NULL;
}

static bool is_wanted_type(const char *type, const char *list)
{
    while (list && *list) {
        size_t length = strcspn(list, ",");
        bool is_same = strncmp(type, list, length) == 0 && (type[length] == 0 || type[length] == '<');
        if (is_same) {
            return true;
        }
        list += length + (list[length] == ',');
    }
    return !list;
}

static bool show_stats(LabRun *run, const char *types, FILE *out)
{
    SessionStats stats;
    uint64_t count = 0, bytes = 0;
    if (session_stats(run->session, &stats) != SESSION_OK) {
        return false;
    }
    for (uint32_t i = 0; i < stats.type_count; i++) {
        const SessionTypeStats *row = &stats.types[i];
        if (is_wanted_type(row->type, types)) {
            fprintf(out, "%-40s %8llu  %10llu B\n", row->type, (unsigned long long)row->count,
                    (unsigned long long)row->bytes);
            count += row->count;
            bytes += row->bytes;
        }
    }
    fprintf(out, "%-40s %8llu  %10llu B\n", "together", (unsigned long long)count, (unsigned long long)bytes);
    return true;
}

/* "0-7", "32..." */
static void write_range(const SessionLayoutRow *row, FILE *out)
{
    char range[32];
    if (row->kind == LAYOUT_ROW_ELEMENTS) {
        snprintf(range, sizeof range, "%u...", row->offset);
    } else {
        snprintf(range, sizeof range, "%u-%u", row->offset, row->offset + row->size - 1);
    }
    fprintf(out, "%9s %5u  ", range, row->size);
}

static void write_layout_row(const SessionLayoutRow *row, FILE *out)
{
    static const char *const unnamed[] = {
        [LAYOUT_ROW_HEADER] = "(object header)", [LAYOUT_ROW_METHOD_TABLE] = "(method table)", [LAYOUT_ROW_FIELD] = "",
        [LAYOUT_ROW_ELEMENTS] = "(elements)",    [LAYOUT_ROW_PADDING] = "(padding)",
    };
    write_range(row, out);
    fprintf(out, "%*s", (int)row->depth * 2, "");
    if (row->kind == LAYOUT_ROW_FIELD) {
        enum { ROOM_FOR_TYPE = 36 };
        bool is_long = strlen(row->type) > ROOM_FOR_TYPE;
        fprintf(out, "%-*s  %.*s%s\n", 24 - (int)row->depth * 2, row->name, is_long ? ROOM_FOR_TYPE - 3 : ROOM_FOR_TYPE,
                row->type, is_long ? "..." : "");
    } else {
        fprintf(out, "%s\n", unnamed[row->kind]);
    }
}

/* Narrower than `awaitlab run --layout`: it has to fit a page of a lesson. */
static bool show_layout(Session *session, const LessonBlock *show, FILE *out, const char **problem)
{
    SessionLayout layout;
    const char *type = show->values[KEY_TYPE];
    if (!type || session_check(session) == SESSION_NO_MEMORY || session_layout(session, type, &layout) != SESSION_OK) {
        *problem = type ? "there is no such type" : "type=... is missing";
        return false;
    }
    fprintf(out, "%s: %u bytes%s\n", layout.type, layout.size, layout.is_reference ? " on the heap" : "");
    fprintf(out, "%9s %5s  %-24s  %s\n", "bytes", "size", "field", "type");
    for (uint32_t i = 0; i < layout.row_count; i++) {
        write_layout_row(&layout.rows[i], out);
    }
    return true;
}

static bool show_library_layout(const LessonBlock *show, FILE *out, const char **problem)
{
    Session *session = session_open(NULL);
    bool is_shown = session && show_layout(session, show, out, problem);
    session_close(session);
    return is_shown;
}

static bool show_lowered(LabRun *run, const LessonBlock *show, FILE *out, const char **problem)
{
    const char *text;
    if (session_lowered(run->session, show->values[KEY_METHOD], &text) != SESSION_OK) {
        *problem = "there is no such method";
        return false;
    }
    fputs(text, out);
    return true;
}

static bool show_run(Lab *lab, LabRun *run, Show what, const LessonBlock *show, FILE *out, const char **problem)
{
    switch (what) {
    case SHOW_OUTPUT:
        lab_write_output(run, out);
        return true;
    case SHOW_TRACE:
        return show_trace(lab, run, show, out);
    case SHOW_STATS:
        return show_stats(run, show->values[KEY_TYPE], out);
    case SHOW_LAYOUT:
        return show_layout(run->session, show, out, problem);
    case SHOW_LOWERED:
        return show_lowered(run, show, out, problem);
    case SHOW_ERROR:
        fprintf(out, "%s%s", run->outcome.text, *run->outcome.text ? "\n" : "");
        lab_write_diagnostics(lab, run, out);
        return true;
    case SHOW_COUNT:
        break;
    }
    return false;
}

static uint32_t find_show(const char *word)
{
    uint32_t what = 0;
    while (what < SHOW_COUNT && strcmp(show_words[what], word) != 0) {
        what++;
    }
    return what;
}

bool lab_show_run(Lab *lab, LabRun *run, const LessonBlock *show, FILE *out)
{
    const char *problem;
    uint32_t what = find_show(show->values[KEY_WHAT]);
    return what < SHOW_COUNT && show_run(lab, run, (Show)what, show, out, &problem);
}

bool lab_show(Lab *lab, const LessonBlock *show, FILE *out, const char **problem)
{
    *problem = NULL;
    uint32_t what = find_show(show->values[KEY_WHAT]);
    if (what == SHOW_COUNT) {
        *problem = "what= is output, trace, stats, layout, lowered or error";
        return false;
    }
    if (what == SHOW_LAYOUT && !show->values[KEY_OF]) {
        return show_library_layout(show, out, problem);
    }
    const LessonBlock *block = show->values[KEY_OF] ? lesson_block(lab->lesson, show->values[KEY_OF]) : NULL;
    LabRun *run = block ? lab_run(lab, block) : NULL;
    if (!run) {
        *problem = block ? "out of memory" : "of=... is missing or names no demo";
        return false;
    }
    return show_run(lab, run, (Show)what, show, out, problem);
}
