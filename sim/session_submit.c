/* Submissions: compiling them, beginning them, and how they end. */
#include "sim_submit.h"

#include "session_place.h"
#include "session_value.h"
#include "vm/submit.h"

#include <string.h>

/* ---- is it whole? --------------------------------------------------------------------------------------------------
 */

typedef struct InputQuestion {
    const char *text;
    size_t length;
    Arena scratch;
    InputState state;
} InputQuestion;

static void look_at_input(Session *session, void *argument)
{
    InputQuestion *question = argument;
    Arena *arena = &question->scratch;
    arena->exhausted = session->arena.exhausted;
    SourceMap sources;
    source_map_init(&sources, arena);
    char *text = arena_allocate(arena, question->length + 2);
    memcpy(text, question->text, question->length);
    text[question->length] = '\n'; /* whoever asks is at the end of a line: it matters behind """ */
    const SourceFile *file = source_add(&sources, "", text, question->length + 1, false);
    NameTable names;
    name_table_init(&names, arena);
    DiagnosticList diagnostics;
    diagnostic_list_init(&diagnostics, arena);
    ParseContext context = {arena, &names, &diagnostics};
    if (parse_is_incomplete(&context, file)) {
        question->state = INPUT_INCOMPLETE;
        return;
    }
    parse_submission(&context, file);
    question->state = diagnostics.error_count ? INPUT_BROKEN : INPUT_COMPLETE;
}

InputState session_input_state(Session *session, const char *text, size_t length)
{
    InputQuestion question = {.text = text, .length = length, .state = INPUT_COMPLETE};
    if (length > SESSION_SOURCE_LIMIT) {
        return INPUT_BROKEN;
    }
    arena_init(&question.scratch, &session->memory);
    bool was_out_of_memory = session->no_memory;
    if (!session_guard(session, look_at_input, &question)) {
        session->no_memory = was_out_of_memory; /* only the scratch arena was in use */
        question.state = INPUT_COMPLETE;
    }
    arena_free(&question.scratch);
    return question.state;
}

/* ---- compiling
 * ------------------------------------------------------------------------------------------------------- */

typedef struct NewSubmission {
    const char *name, *text;
    size_t length;
    SubmissionKind kind;
    bool is_right;
} NewSubmission;

static void find_value(Session *session, SubmissionRow *row)
{
    const Field *value = row->submission->value;
    if (!value) {
        return;
    }
    TypeId id = load_type(session->loader, row->submission->definition->self);
    const RuntimeType *type = program_type(session->program, id);
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].is_static && strcmp(type->fields[i].name, value->name->text) == 0) {
            row->value_type = load_type(session->loader, value->type);
            row->value_offset = type->statics_offset + type->fields[i].offset;
        }
    }
}

void session_load_submission(Session *session, SubmissionRow *row)
{
    const Method *entry = row->submission->entry;
    if (entry) {
        MethodRef ref = {row->submission->entry, entry->owner->self, NULL};
        row->entry = load_method(session->loader, ref);
    }
    find_value(session, row);
}

static void compile(Session *session, void *argument)
{
    NewSubmission *new = argument;
    SubmissionRequest request = {
        .file = session_new_source(session, new->name, new->text, new->length),
        .kind = new->kind,
        .previous = session->seen,
        .number = session->submission_count + 1,
        .place = session_place(session, false, &session->arena),
    };
    SubmissionRow row = {.submission = submission_compile(session->world, &request), .file = request.file};
    if (!row.submission) {
        return;
    }
    new->is_right = true;
    if (!session->machine) {
        session_load_types(session);
    }
    session_load_submission(session, &row);
    session->seen = row.submission;
    ARENA_PUSH(&session->arena, session->submissions, session->submission_count, session->submission_capacity, row);
}

/* ---- beginning
 * --------------------------------------------------------------------------------------------------------- */

static void load_types(Session *session, void *argument)
{
    (void)argument;
    session_load_types(session);
}

bool session_begin_machine(Session *session)
{
    if (!session->options.interactive) {
        return false;
    }
    session->tells_events = true;
    loader_set_options(session->loader, true, EVENTS_ALL);
    session->stage = STAGE_STARTED;
    session->machine = session_guard(session, load_types, NULL) ? session_new_machine(session) : NULL;
    Submission *seen = session->seen; /* the one that is about to begin: not yet where the history does */
    session->seen = NULL;
    if (!session->machine || !machine_start_idle(session->machine) || !session_begin_births(session) ||
        !session_begin_findings(session) || !history_begin(session)) {
        session->no_memory = true;
    }
    session->seen = seen;
    return !session->no_memory;
}

typedef struct PlaceRequest {
    const SubmissionPlace *place;
    PlaceArguments arguments;
    bool is_there;
} PlaceRequest;

static void find_arguments(Session *session, void *argument)
{
    PlaceRequest *request = argument;
    request->is_there = session_place_arguments(session, request->place, &request->arguments);
}

bool session_call_submission(Session *session, const SubmissionRow *row)
{
    Machine *machine = session->machine;
    bool is_program = row->submission->kind == SUBMISSION_PROGRAM;
    PlaceRequest request = {.place = row->submission->place};
    uint64_t frame;
    if (request.place && (!session_guard(session, find_arguments, &request) || !request.is_there)) {
        return false;
    }
    if (!machine_submit(machine, row->entry, is_program, &frame)) {
        return false;
    }
    if (request.arguments.size) {
        memcpy(machine_at(machine, frame), request.arguments.bytes, request.arguments.size);
    }
    return !is_program || session_pass_arguments(session, row->entry);
}

static bool begin(Session *session, const SubmissionRow *row)
{
    if (!session->machine && !session_begin_machine(session)) {
        return false;
    }
    session->has_nothing_to_run = !row->entry;
    bool done = !row->entry || session_call_submission(session, row);
    if (row->submission->kind == SUBMISSION_PROGRAM) {
        births_begin(session->machine); /* its arguments have no number, as in a run of its own */
    }
    return done;
}

bool session_start_submission(Session *session, uint32_t index)
{
    if (session->no_memory || index >= session->submission_count ||
        (session->machine && machine_is_over(session->machine) && !machine_is_idle(session->machine))) {
        return false;
    }
    const SubmissionRow *row = &session->submissions[index];
    session->seen = row->submission;
    submission_see(session->world, session->seen);
    return begin(session, row);
}

static SessionStatus submit(Session *session, NewSubmission *new)
{
    if (session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    if (session->stage == STAGE_OVER || !session->options.interactive) {
        return session->stage == STAGE_OVER ? SESSION_IS_OVER : SESSION_TOO_LATE;
    }
    if (new->length > SESSION_SOURCE_LIMIT - session->source_bytes) {
        return SESSION_TOO_LONG;
    }
    session->source_bytes += new->length;
    if (!session_guard(session, compile, new)) {
        return SESSION_NO_MEMORY;
    }
    if (!new->is_right) {
        return SESSION_ERRORS;
    }
    InputPlace place = history_input_place(session);
    if (session_start_submission(session, session->submission_count - 1)) {
        Input input = {.kind = GIVEN_SUBMISSION, .place = place, .number = session->submission_count - 1};
        return history_note_input(session, &input) ? SESSION_OK : SESSION_NO_MEMORY;
    }
    if (session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    return session->world->diagnostics->error_count ? SESSION_ERRORS : SESSION_NO_ROOM;
}

SessionStatus session_submit(Session *session, const char *name, const char *text, size_t length)
{
    return submit(session, &(NewSubmission){.name = name, .text = text, .length = length, .kind = SUBMISSION_TYPED});
}

SessionStatus session_load(Session *session, const char *name, const char *text, size_t length)
{
    if (!session_is_idle(session)) {
        return SESSION_TOO_LATE;
    }
    return submit(session, &(NewSubmission){.name = name, .text = text, .length = length, .kind = SUBMISSION_PROGRAM});
}

uint32_t session_submission_count(const Session *session)
{
    return session->submission_count;
}

bool session_is_idle(const Session *session)
{
    return session->options.interactive && session->stage != STAGE_OVER &&
           (!session->machine || machine_is_idle(session->machine));
}

void session_forget_submissions(Session *session, uint32_t count)
{
    uint32_t seen = 0;
    for (const Submission *at = session->seen; at; at = at->previous) {
        seen++;
    }
    for (; seen > count; seen--) {
        session->seen = session->seen->previous;
    }
    submission_see(session->world, session->seen);
}

/* ---- running
 * ------------------------------------------------------------------------------------------------------------- */

static SessionOutcome no_memory(Session *session)
{
    return (SessionOutcome){.kind = OUTCOME_NO_MEMORY, .text = loader_trouble(session->loader)};
}

/* The submission is over, the machine is not. */
static SessionOutcome describe_submission(Session *session)
{
    const MachineState *state = session->machine->state;
    int32_t exit_code = state->main_has_result ? state->exit_code : 0;
    SessionOutcome outcome = {.kind = OUTCOME_IDLE, .exit_code = exit_code, .text = ""};
    if (state->abandoned) {
        outcome.kind = OUTCOME_DEADLOCK;
    } else if (state->result.exception) {
        outcome = session_describe_outcome(session, RUN_UNHANDLED);
    }
    outcome.goes_on = outcome.kind != OUTCOME_IDLE && outcome.kind != OUTCOME_NO_MEMORY;
    return outcome;
}

SessionOutcome session_run_interactive(Session *session, uint64_t steps)
{
    if (session->no_memory) {
        return no_memory(session);
    }
    if (session->stage == STAGE_OVER) {
        return session->outcome;
    }
    if (!session->machine || session->has_nothing_to_run) {
        session->has_nothing_to_run = false;
        return (SessionOutcome){.kind = OUTCOME_IDLE, .text = ""};
    }
    session_run_machine(session, steps);
    return session_describe_interactive(session);
}

SessionOutcome session_describe_interactive(Session *session)
{
    RunStatus status = session->machine->state->result.status;
    bool is_returned = (session->machine->stop & STOP_RETURNED) != 0;
    if (session->no_memory) {
        return no_memory(session);
    }
    if (session->stage == STAGE_OVER) {
        return session->outcome;
    }
    if (status == RUN_RUNNING && !is_returned) {
        return (SessionOutcome){.kind = OUTCOME_PAUSED, .text = ""};
    }
    if (status == RUN_RUNNING || status == RUN_IDLE) {
        return describe_submission(session);
    }
    SessionOutcome outcome = session_describe_outcome(session, status);
    outcome.goes_on = status == RUN_DEADLOCK;
    if (!outcome.goes_on) {
        session->outcome = outcome;
        session->stage = STAGE_OVER;
    }
    return outcome;
}

/* ---- values
 * ---------------------------------------------------------------------------------------------------------------- */

typedef struct ValueRequest {
    const SubmissionRow *row;
    SessionValue *value;
} ValueRequest;

static void describe_value(Session *session, void *argument)
{
    const ValueRequest *request = argument;
    uint64_t at = session->machine->state->areas[AREA_STATICS].offset + request->row->value_offset;
    Text text;
    text_init(&text, &session->arena);
    session_add_value(session, &text, request->row->value_type, at);
    request->value->text = text.at ? text.at : "";
    request->value->type = program_type(session->program, request->row->value_type)->display_name;
}

bool session_submission_value(Session *session, uint32_t index, SessionValue *value)
{
    ValueRequest request = {.value = value};
    if (index >= session->submission_count || !session->submissions[index].value_type || !session->machine) {
        return false;
    }
    request.row = &session->submissions[index];
    return session_guard(session, describe_value, &request);
}
