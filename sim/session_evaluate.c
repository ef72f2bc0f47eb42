/* Looking at a value: the expression is compiled as a nested submission and really runs; then the machine is put back
 * as if nothing had happened. */
#include "session_place.h"
#include "session_value.h"
#include "vm/snapshot.h"
#include "vm/submit.h"

#include <string.h>

enum { EVALUATE_INSTRUCTIONS = 50 * 1000 * 1000 };

typedef struct Evaluation {
    const char *text;
    size_t length;
    SessionValue *value;
    Arena scratch;
    SubmissionRow row; /* without a submission: it has errors */
} Evaluation;

/* ---- compiling
 * ------------------------------------------------------------------------------------------------------- */

static bool is_same_place(const SubmissionPlace *a, const SubmissionPlace *b)
{
    if (!a || !b) {
        return a == b;
    }
    if (a->owner != b->owner || a->self != b->self || a->count != b->count) {
        return false;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->names[i] != b->names[i] || a->types[i] != b->types[i]) {
            return false;
        }
    }
    return true;
}

/* The same expression is often looked at again and again: at every step, for every hit of a breakpoint. */
static const CompiledLook *find_compiled(const Session *session, const Evaluation *evaluation,
                                         const SubmissionPlace *place)
{
    for (uint32_t i = 0; i < COMPILED_LOOKS; i++) {
        const CompiledLook *look = &session->compiled_looks[i];
        if (look->text && look->seen == session->seen && look->length == evaluation->length &&
            memcmp(look->text, evaluation->text, look->length) == 0 && is_same_place(look->place, place)) {
            return look;
        }
    }
    return NULL;
}

static void compile_anew(Session *session, Evaluation *evaluation)
{
    const SourceFile *file = session_new_source(session, "<expression>", evaluation->text, evaluation->length);
    SubmissionRequest request = {.file = file, .kind = SUBMISSION_LOOK, .previous = session->seen};
    SubmissionPlace *place = session_place(session, true, &session->arena);
    if (place) {
        place->by_value = true;
    }
    request.place = place;
    session->source_bytes += evaluation->length;
    evaluation->row.submission = submission_compile(session->world, &request);
    submission_see(session->world, session->seen);
    if (!evaluation->row.submission) {
        return;
    }
    session_load_submission(session, &evaluation->row);
    session->compiled_looks[session->next_look++ % COMPILED_LOOKS] = (CompiledLook){.text = file->text,
                                                                                    .length = evaluation->length,
                                                                                    .seen = session->seen,
                                                                                    .place = place,
                                                                                    .row = evaluation->row};
}

static void compile(Session *session, void *argument)
{
    Evaluation *evaluation = argument;
    evaluation->scratch.exhausted = session->arena.exhausted;
    const SubmissionPlace *place = session_place(session, true, &evaluation->scratch);
    const CompiledLook *known = find_compiled(session, evaluation, place);
    if (known) {
        evaluation->row = known->row;
    } else {
        compile_anew(session, evaluation);
    }
}

/* ---- a machine that can be put back
 * ------------------------------------------------------------------------------------- */

typedef struct Before {
    Snapshot *state;
    Births *births;
    MachineLimits limits;
    uint32_t stop;
    bool is_listening, was_describing;
    uint32_t (*pick_thread)(void *context, Machine *machine, uint32_t count);
} Before;

static bool keep(Session *session, Before *before)
{
    Machine *machine = session->machine;
    *before = (Before){.births = session->births,
                       .limits = machine->limits,
                       .stop = machine->stop,
                       .is_listening = machine->listening,
                       .was_describing = session->is_describing,
                       .pick_thread = machine->pick_thread};
    Births *copy = session->births ? births_new(&session->memory) : NULL;
    bool is_copied = !session->births || (copy && births_copy(copy, session->births));
    before->state = is_copied ? snapshot_take(machine) : NULL;
    if (!before->state) {
        births_free(copy);
        return false;
    }
    session->births = machine->births = copy; /* the collector may move what has a number */
    session->is_describing = true;
    machine->limits.max_steps = machine->limits.max_instructions = 0;
    machine->listening = false;
    machine->pick_thread = NULL;
    machine->stop = 0;
    return true;
}

static void put_back(Session *session, const Before *before)
{
    Machine *machine = session->machine;
    snapshot_restore(machine, before->state);
    snapshot_free(before->state);
    births_free(session->births);
    session->births = machine->births = before->births;
    session->is_describing = before->was_describing;
    machine->limits = before->limits;
    machine->listening = before->is_listening;
    machine->pick_thread = before->pick_thread;
    machine->stop = before->stop;
}

/* ---- the answer
 * ------------------------------------------------------------------------------------------------------------ */

static void describe_exception(Session *session, SessionValue *value, Ref exception)
{
    const Machine *machine = session->machine;
    const RuntimeType *type = machine_runtime_type_of(machine, exception);
    Text text;
    text_init(&text, &session->arena);
    Ref message = value_follow(session, exception, "_message");
    if (message) {
        session_add_literal(&text, machine_units(machine, message), (uint32_t)machine_length(machine, message),
                            UINT32_MAX);
    }
    value->kind = VALUE_THREW;
    value->type = type->display_name;
    value->text = text.at ? text.at : "";
}

static void describe_result(Session *session, const SubmissionRow *row, SessionValue *value)
{
    Text text;
    text_init(&text, &session->arena);
    value->kind = row->value_type ? VALUE_IS_VALUE : VALUE_IS_VOID;
    value->type = row->value_type ? program_type(session->program, row->value_type)->display_name : "void";
    if (row->value_type) {
        session_add_value(session, &text, row->value_type,
                          session->machine->state->areas[AREA_STATICS].offset + row->value_offset);
    }
    value->text = text.at ? text.at : "";
}

static void describe(Session *session, void *argument)
{
    const Evaluation *evaluation = argument;
    SessionValue *value = evaluation->value;
    const MachineState *state = session->machine->state;
    bool has_ended = state->result.status == RUN_IDLE || (session->machine->stop & STOP_RETURNED);
    *value = (SessionValue){.kind = VALUE_ENDLESS, .type = "", .text = ""};
    if (state->result.status == RUN_DEADLOCK || (has_ended && state->abandoned)) {
        value->kind = VALUE_BLOCKED;
    } else if (state->result.status == RUN_STACK_OVERFLOW) {
        *value = (SessionValue){.kind = VALUE_THREW, .type = "StackOverflowException", .text = ""};
    } else if (state->result.exception) {
        describe_exception(session, value, state->result.exception);
    } else if (has_ended) {
        describe_result(session, &evaluation->row, value);
    }
}

/* ---- all together
 * ------------------------------------------------------------------------------------------------------------ */

static SessionStatus run(Session *session, Evaluation *evaluation)
{
    Before before;
    if (!keep(session, &before)) {
        return SESSION_NO_MEMORY;
    }
    machine_revive(session->machine);
    SessionStatus status = SESSION_NOT_FOUND;
    if (session_call_submission(session, &evaluation->row)) {
        machine_run(session->machine, EVALUATE_INSTRUCTIONS);
        status = session_guard(session, describe, evaluation) ? SESSION_OK : SESSION_NO_MEMORY;
    }
    put_back(session, &before);
    return session->no_memory ? SESSION_NO_MEMORY : status;
}

SessionStatus session_evaluate(Session *session, const char *text, size_t length, SessionValue *value)
{
    if (session->no_memory || (!session->machine && !session_begin_machine(session))) {
        return session->no_memory ? SESSION_NO_MEMORY : SESSION_NOT_FOUND;
    }
    if (length > SESSION_SOURCE_LIMIT - session->source_bytes) {
        return SESSION_TOO_LONG;
    }
    Evaluation evaluation = {.text = text, .length = length, .value = value};
    arena_init(&evaluation.scratch, &session->memory);
    bool is_compiled = session_guard(session, compile, &evaluation);
    arena_free(&evaluation.scratch);
    if (!is_compiled) {
        return SESSION_NO_MEMORY;
    }
    return evaluation.row.submission ? run(session, &evaluation) : SESSION_ERRORS;
}
