/* Saving a run and making it again. The recording has what was given to the run; everything else follows from it, and a
 * hash of what happened tells whether it really did. */
#include "session_internal.h"
#include "time/recording.h"

#include <string.h>

/* FNV-1a: the same on every computer. */
static uint64_t hash_kinds(const SessionHistory *history)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint64_t i = 0; i < history->end.step; i++) {
        hash = (hash ^ history->events[i].kind) * UINT64_C(0x100000001b3);
        hash = (hash ^ history->events[i].thread) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* ---- saving ------------------------------------------------------------------------------------------------------ */

_Static_assert((int)SCHEDULE_FIRST == (int)RECORDED_FIRST && (int)SCHEDULE_ASK == (int)RECORDED_ASK, "the same list");

static RecordedInput recorded_input(const Session *session, const Input *input)
{
    RecordedInput row = {
        .step = input->place.spot.step,
        .rests = input->place.spot.rests,
        .instructions = input->place.instructions,
    };
    switch (input->kind) {
    case GIVEN_SUBMISSION: {
        const SubmissionRow *submission = &session->submissions[input->number];
        row.kind = submission->submission->kind == SUBMISSION_PROGRAM ? RECORDED_LOAD : RECORDED_SUBMIT;
        row.text = (RecordedText){submission->file->name, submission->file->text, submission->file->length, 0};
        break;
    }
    case GIVEN_CHOICE:
    case GIVEN_WORK:
        row.kind = input->kind == GIVEN_CHOICE ? RECORDED_CHOICE : RECORDED_WORK;
        row.number = input->number;
        break;
    case GIVEN_POLICY:
        row.kind = RECORDED_SCHEDULE;
        row.schedule = (RecordedSchedule)input->number;
        row.seed = input->seed;
        break;
    }
    return row;
}

static void add_sources(const Session *session, Arena *arena, Recording *recording)
{
    for (uint32_t i = 0; i < session->sources->count && !recording->is_interactive; i++) {
        const SourceFile *file = session->sources->files[i];
        RecordedText source = {file->name, file->text, file->length, 0};
        if (!file->is_library) {
            ARENA_PUSH(arena, recording->sources, recording->source_count, recording->source_capacity, source);
        }
    }
}

static void fill(Session *session, Arena *arena, Recording *recording)
{
    const SessionHistory *history = session->history;
    *recording = (Recording){
        .is_interactive = session->options.interactive,
        .seed = session->options.seed,
        .schedule = (RecordedSchedule)history->first_policy,
        .schedule_seed = history->first_policy_seed,
        .arguments = (const char **)(uintptr_t)session->arguments,
        .argument_count = session->argument_count,
        .steps = history->end.step,
        .rests = history->end.rests,
        .hash = hash_kinds(history),
        .position = history->timeline.now.step,
    };
    add_sources(session, arena, recording);
    for (uint32_t i = 0; i < history->line_count; i++) {
        RecordedText line = {"", history->lines[i].text, history->lines[i].length, 0};
        ARENA_PUSH(arena, recording->lines, recording->line_count, recording->line_capacity, line);
    }
    for (uint32_t i = 0; i < history->inputs.count; i++) {
        RecordedInput input = recorded_input(session, &history->inputs.at[i]);
        ARENA_PUSH(arena, recording->inputs, recording->input_count, recording->input_capacity, input);
    }
    for (uint32_t i = 0; i < history->mark_count; i++) {
        RecordedMark mark = {history->marks[i].name, history->marks[i].position};
        ARENA_PUSH(arena, recording->marks, recording->mark_count, recording->mark_capacity, mark);
    }
}

static void make_text(Session *session, void *argument)
{
    Text *text = argument;
    Recording recording;
    text->arena->exhausted = session->arena.exhausted;
    fill(session, text->arena, &recording);
    recording_write(text, &recording);
}

SessionStatus session_save(Session *session, bool (*write)(void *context, const char *bytes, size_t length),
                           void *context)
{
    if (!session->history || !session->history->is_begun) {
        return SESSION_NOT_FOUND;
    }
    Arena arena;
    Text text;
    arena_init(&arena, &session->memory);
    text_init(&text, &arena);
    bool is_made = session_guard(session, make_text, &text);
    bool is_written = is_made && write(context, text.at, text.length);
    arena_free(&arena);
    return !is_made ? SESSION_NO_MEMORY : is_written ? SESSION_OK : SESSION_TOO_LATE;
}

/* ---- making it again --------------------------------------------------------------------------------------------- */

typedef struct Replay {
    const char *bytes;
    size_t length;
    Recording recording;
    RecordingError error;
    bool is_right;
} Replay;

static void read(Session *session, void *argument)
{
    Replay *replay = argument;
    replay->is_right =
        recording_read(&session->arena, replay->bytes, replay->length, &replay->recording, &replay->error);
}

static SessionStatus wrong(SessionReplayError *error, uint32_t line, const char *message)
{
    *error = (SessionReplayError){line, message};
    return SESSION_ERRORS;
}

static bool keep_lines(Session *session, const Recording *recording)
{
    SessionHistory *history = session->history;
    if (!history_reserve(session, (void **)&history->lines, &history->line_capacity, recording->line_count,
                         sizeof *history->lines)) {
        return false;
    }
    for (uint32_t i = 0; i < recording->line_count; i++) {
        const RecordedText *line = &recording->lines[i];
        char *copy = line->text ? session_resize(session, NULL, 0, line->length + 1) : NULL;
        if (line->text && !copy) {
            return false;
        }
        if (copy) {
            memcpy(copy, line->text, line->length + 1);
        }
        history->lines[history->line_count++] = (InputLine){copy, line->length};
    }
    return true;
}

static SessionStatus prepare(Session *session, const Recording *recording, SessionReplayError *error)
{
    session->options.interactive = recording->is_interactive;
    session->options.seed = recording->seed;
    SessionStatus status = session->history ? SESSION_OK : session_keep_history(session, 0);
    for (uint32_t i = 0; i < recording->source_count && status == SESSION_OK; i++) {
        const RecordedText *source = &recording->sources[i];
        status = session_add_source(session, source->name, source->text, source->length);
    }
    if (status == SESSION_OK && recording->argument_count) {
        status = session_set_arguments(session, recording->argument_count, recording->arguments);
    }
    if (status == SESSION_OK && !recording->is_interactive) {
        status = session_check(session);
    }
    if (status == SESSION_ERRORS) {
        return wrong(error, recording->sources[0].line, "the program has errors");
    }
    if (status != SESSION_OK || !keep_lines(session, recording)) {
        return status == SESSION_TOO_LONG ? wrong(error, 0, "the program is too long") : SESSION_NO_MEMORY;
    }
    return session_set_schedule(session, (SchedulePolicy)recording->schedule, recording->schedule_seed);
}

/* The machine at the start of the run. */
static SessionStatus begin(Session *session)
{
    if (session->options.interactive) {
        return session->machine || session_begin_machine(session) ? SESSION_OK : SESSION_NO_MEMORY;
    }
    return session_begin_program(session, true) ? SESSION_OK : SESSION_NO_MEMORY;
}

static TimelineResult go_to_input(Session *session, const RecordedInput *input)
{
    Timeline *timeline = &session->history->timeline;
    TimelineResult result = TIMELINE_ARRIVED;
    while (timeline->now.step < input->step && (result == TIMELINE_ARRIVED || result == TIMELINE_RESTS)) {
        uint64_t before = timeline->now.step;
        result = timeline_run(timeline, input->step);
        if (timeline->now.step == before && timeline->now.rests) {
            return result;
        }
    }
    if (input->rests && !timeline->now.rests) {
        result = timeline_run(timeline, UINT64_MAX);
    } else if (input->instructions && result == TIMELINE_ARRIVED) {
        InputPlace place = {timeline->now, input->instructions};
        result = timeline_run_to_instruction(timeline, place);
    }
    return result;
}

static SessionStatus give_input(Session *session, const RecordedInput *input, SessionReplayError *error)
{
    static const char not_there[] = "the run does not get to where this was given";
    const Timeline *timeline = &session->history->timeline;
    TimelineResult result = go_to_input(session, input);
    if (result == TIMELINE_NO_MEMORY || session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    if (timeline->now.step != input->step || timeline->now.rests != input->rests) {
        return wrong(error, input->text.line, not_there);
    }
    SessionStatus status = SESSION_OK;
    switch (input->kind) {
    case RECORDED_SUBMIT:
        status = session_submit(session, input->text.name, input->text.text, input->text.length);
        break;
    case RECORDED_LOAD:
        status = session_load(session, input->text.name, input->text.text, input->text.length);
        break;
    case RECORDED_CHOICE:
    case RECORDED_WORK:
        status = session_choose(session, input->number);
        break;
    case RECORDED_SCHEDULE:
        status = session_set_schedule(session, (SchedulePolicy)input->schedule, input->seed);
        break;
    }
    if (status == SESSION_OK || status == SESSION_NO_MEMORY) {
        return status;
    }
    return wrong(error, input->text.line,
                 status == SESSION_ERRORS      ? "this C# has errors where it was typed"
                 : status == SESSION_NOT_FOUND ? "there is no such choice where it was made"
                                               : "this cannot be given here");
}

static SessionStatus make_again(Session *session, const Recording *recording, SessionReplayError *error)
{
    SessionHistory *history = session->history;
    for (uint32_t i = 0; i < recording->input_count; i++) {
        SessionStatus status = give_input(session, &recording->inputs[i], error);
        if (status != SESSION_OK) {
            return status;
        }
    }
    RecordedInput end = {.step = recording->steps, .rests = recording->rests};
    go_to_input(session, &end);
    if (session->no_memory || history->no_memory) {
        return SESSION_NO_MEMORY;
    }
    if (history->end.step != recording->steps || history->end.rests != recording->rests) {
        return wrong(error, 0, "the run has another length than when it was recorded: another version made it");
    }
    if (hash_kinds(history) != recording->hash) {
        return wrong(error, 0, "the run takes another course than when it was recorded: another version made it");
    }
    return SESSION_OK;
}

SessionStatus session_replay(Session *session, const char *bytes, size_t length, SessionReplayError *error)
{
    *error = (SessionReplayError){0, ""};
    if (session->stage != STAGE_OPEN || session->machine) {
        return SESSION_TOO_LATE;
    }
    Replay replay = {.bytes = bytes, .length = length};
    if (!session_guard(session, read, &replay)) {
        return SESSION_NO_MEMORY;
    }
    const Recording *recording = &replay.recording;
    if (!replay.is_right) {
        return wrong(error, replay.error.line, replay.error.message);
    }
    SessionStatus status = prepare(session, recording, error);
    status = status == SESSION_OK ? begin(session) : status;
    if (status != SESSION_OK) {
        return status;
    }
    session->history->is_remaking = true;
    status = make_again(session, recording, error);
    session->history->is_remaking = false;
    session->stop_requested = false;
    for (uint32_t i = 0; i < recording->mark_count && status == SESSION_OK; i++) {
        status = session_mark(session, recording->marks[i].name, recording->marks[i].position);
    }
    if (status == SESSION_OK) {
        session_describe_present(session); /* how the run has ended */
        session_goto(session, recording->position);
    }
    return status;
}
