#include "lesson/lab.h"

#include <stdlib.h>
#include <string.h>

/* Far more than a lesson needs, and little enough that an endless loop ends while one is still looking. */
enum {
    MOST_STEPS = 1500000,
    MOST_INSTRUCTIONS = 200000000,
    MOST_HEAP = 256 << 20,
    MOST_LOOKS = 20000,
    MOST_TRACE = 1 << 20
};

void lab_init(Lab *lab, const Lesson *lesson)
{
    *lab = (Lab){.lesson = lesson, .style = {.width = 80}};
}

void lab_free(Lab *lab)
{
    for (size_t i = 0; i < lab->count; i++) {
        lab_run_free(lab->runs[i]);
    }
    free(lab->runs);
    *lab = (Lab){.lesson = NULL};
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static bool hear_output(void *context, int stream, const char *bytes, size_t length)
{
    (void)stream;
    session_goals_output(context, bytes, length);
    return true;
}

static void hear_event(void *context, const SessionEvent *event)
{
    session_goals_event(context, event);
}

/* Whether `list` ("a,b") names `id`. */
static bool names(const char *list, const char *id)
{
    size_t length = strlen(id);
    while (*list) {
        size_t word = strcspn(list, ",");
        if (word == length && memcmp(list, id, length) == 0) {
            return true;
        }
        list += word + (list[word] == ',');
    }
    return false;
}

static bool belongs(const LessonBlock *setup, const LessonBlock *program)
{
    const char *owner = setup->values[KEY_FOR];
    if (setup->role != ROLE_SETUP) {
        return false;
    }
    return owner ? names(owner, program->values[KEY_ID]) : setup->line < program->line;
}

const LessonBlock *lab_setup(const Lesson *lesson, const LessonBlock *program, uint32_t index)
{
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        if (belongs(lesson->blocks[i], program) && index-- == 0) {
            return lesson->blocks[i];
        }
    }
    return NULL;
}

static bool add_sources(const Lab *lab, const LabRun *run, Session *session)
{
    const LessonBlock *setup;
    SessionStatus status = SESSION_OK;
    for (uint32_t i = 0; status == SESSION_OK && (setup = lab_setup(lab->lesson, run->block, i)) != NULL; i++) {
        char name[32];
        snprintf(name, sizeof name, "setup%u.cs", i + 1);
        status = session_add_source(session, name, setup->body, strlen(setup->body));
    }
    return status == SESSION_OK && session_add_source(session, run->name, run->text, strlen(run->text)) == SESSION_OK;
}

/* Every line of every check block of the exercise. Lines that are no checks are `lesson check`'s business. */
static void add_checks(const Lab *lab, LabRun *run)
{
    const char *id = run->block->values[KEY_ID], *problem;
    const LessonBlock *block;
    for (uint32_t i = 0; (block = lesson_block_for(lab->lesson, ROLE_CHECK, id, i)) != NULL; i++) {
        for (const char *line = block->body; *line;) {
            size_t length = strcspn(line, "\n");
            if (strspn(line, " \t\r") < length) {
                session_goals_add(run->goals, line, length, &problem);
            }
            line += length + (line[length] == '\n');
        }
    }
}

/* Checks about variables want to see them after each step. */
static SessionOutcome run_looking(LabRun *run)
{
    SessionOutcome outcome = {.kind = OUTCOME_PAUSED, .text = ""};
    session_look_begin(run->session);
    for (uint32_t i = 0; outcome.kind == OUTCOME_PAUSED && i < MOST_LOOKS; i++) {
        outcome = session_run(run->session, 1);
        session_goals_look(run->goals, run->session);
    }
    return outcome.kind == OUTCOME_PAUSED ? session_run(run->session, 0) : outcome;
}

static bool run_program(LabRun *run)
{
    if (!session_goals_begin(run->goals)) {
        return false;
    }
    run->outcome = session_goals_need_looks(run->goals) ? run_looking(run) : session_run(run->session, 0);
    return session_goals_end(run->goals, run->session, &run->outcome, run->name);
}

static char *file_name(const LessonBlock *block)
{
    const char *id = block->values[KEY_ID] ? block->values[KEY_ID] : "program";
    char *name = malloc(strlen(id) + 4);
    if (name) {
        sprintf(name, "%s.cs", id);
    }
    return name;
}

static SessionOptions limited(SessionHost host)
{
    return (SessionOptions){
        .host = host, .max_steps = MOST_STEPS, .max_instructions = MOST_INSTRUCTIONS, .max_heap = MOST_HEAP};
}

static bool prepare(const Lab *lab, LabRun *run)
{
    run->goals = session_goals_open(NULL);
    if (run->goals) {
        add_checks(lab, run);
        run->check_count = session_goals_count(run->goals);
    }
    SessionOptions options = limited((SessionHost){.context = run->goals, .write = hear_output, .event = hear_event});
    options.brief_events = !run->goals || !session_goals_need_looks(run->goals);
    run->session = run->goals ? session_open(&options) : NULL;
    if (!run->session || !run->name || !run->text || !add_sources(lab, run, run->session)) {
        return false;
    }
    return run_program(run);
}

LabRun *lab_run_text(Lab *lab, const LessonBlock *block, const char *text)
{
    LabRun *run = calloc(1, sizeof *run);
    if (!run) {
        return NULL;
    }
    run->block = block;
    run->text = strdup(text);
    run->name = file_name(block);
    if (!prepare(lab, run)) {
        lab_run_free(run);
        return NULL;
    }
    return run;
}

/* ---- traces ------------------------------------------------------------------------------------------------------ */

typedef struct Listener {
    const char *file; /* whose steps are told; a setup's own would drown the program's */
    FILE *trace;
    size_t written;
} Listener;

static bool trace_output(void *context, int stream, const char *bytes, size_t length)
{
    Listener *listener = context;
    (void)stream;
    if (listener->written < MOST_TRACE) {
        listener->written += length;
        fwrite(bytes, 1, length, listener->trace);
    }
    return true;
}

static void trace_event(void *context, const SessionEvent *event)
{
    static const TextStyle style = {.width = 80};
    Listener *listener = context;
    if (listener->written < MOST_TRACE && event->file && strcmp(event->file, listener->file) == 0) {
        listener->written += 40 + strlen(event->sentence);
        text_event(listener->trace, &style, event);
    }
}

char *lab_trace(Lab *lab, const LabRun *run)
{
    char *trace = NULL;
    size_t size;
    Listener listener = {.file = run->name, .trace = open_memstream(&trace, &size)};
    SessionOptions options = limited((SessionHost){.context = &listener, .write = trace_output, .event = trace_event});
    Session *session = listener.trace ? session_open(&options) : NULL;
    if (session && add_sources(lab, run, session)) {
        text_event_head(listener.trace);
        session_run(session, 0);
    }
    session_close(session);
    bool is_done = listener.trace && fclose(listener.trace) == 0;
    return is_done ? trace : NULL;
}

void lab_run_free(LabRun *run)
{
    if (run) {
        session_goals_close(run->goals);
        session_close(run->session);
        free(run->text);
        free(run->name);
        free(run);
    }
}

LabRun *lab_run(Lab *lab, const LessonBlock *block)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (lab->runs[i]->block == block) {
            return lab->runs[i];
        }
    }
    if (lab->count == lab->capacity) {
        size_t capacity = lab->capacity ? lab->capacity * 2 : 8;
        LabRun **runs = realloc(lab->runs, capacity * sizeof *runs);
        if (!runs) {
            return NULL;
        }
        lab->runs = runs;
        lab->capacity = capacity;
    }
    LabRun *run = lab_run_text(lab, block, block->body);
    if (run) {
        lab->runs[lab->count++] = run;
    }
    return run;
}
