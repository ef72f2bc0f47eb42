/* A session's life: opening, sources, checking, running. What it asks and tells is in session_*.c. */
#include "session_internal.h"
#include "vm/intrinsic.h"

#include <setjmp.h>
#include <string.h>

/* ---- memory -------------------------------------------------------------------------------------------------------
 */

void *session_resize(Session *session, void *pointer, size_t old_size, size_t new_size)
{
    return session->memory.resize(session->memory.context, pointer, old_size, new_size);
}

bool session_guard(Session *session, void (*work)(Session *session, void *argument), void *argument)
{
    if (session->no_memory) {
        return false;
    }
    jmp_buf place;
    jmp_buf *outer = session->arena.exhausted;
    session->arena.exhausted = &place;
    if (setjmp(place) == 0) {
        work(session, argument);
    } else {
        session->no_memory = true;
    }
    session->arena.exhausted = outer;
    return !session->no_memory;
}

/* ---- opening and closing ----------------------------------------------------------------------------------------- */

static void make_world(Session *session, void *argument)
{
    (void)argument;
    session->sources = ARENA_NEW(&session->arena, SourceMap);
    source_map_init(session->sources, &session->arena);
    session->world = world_new(&session->arena, session->sources);
    session->program = ARENA_NEW(&session->arena, Program);
    session->program->arena = &session->arena;
    session->program->find_native = native_find;
    session->program->find_intrinsic = intrinsic_find;
    session->loader = loader_new(session->world, session->program);
}

Session *session_open(const SessionOptions *options)
{
    static const SessionOptions no_options = {0};
    options = options ? options : &no_options;
    const Memory *memory = options->memory ? options->memory : &memory_default;
    Session *session = memory->resize(memory->context, NULL, 0, sizeof *session);
    if (!session) {
        return NULL;
    }
    memset(session, 0, sizeof *session);
    session->memory = *memory;
    session->options = *options;
    arena_init(&session->arena, &session->memory);
    arena_init(&session->sentence_arena, &session->memory);
    session_look_init(session);
    session_host_init(session);
    if (!session_guard(session, make_world, NULL)) {
        session_close(session);
        return NULL;
    }
    return session;
}

void session_close(Session *session)
{
    if (!session) {
        return;
    }
    session_look_free(session);
    history_free(session);
    machine_free(session->machine);
    machine_free(session->other_machine);
    births_free(session->births);
    session_end_findings(session);
    session_resize(session, session->stats_rows, session->stats_capacity * sizeof *session->stats_rows, 0);
    arena_free(&session->sentence_arena);
    arena_free(&session->arena);
    Memory memory = session->memory;
    memory.resize(memory.context, session, sizeof *session, 0);
}

/* ---- sources -------------------------------------------------------------------------------------------------------
 */

typedef struct NewSource {
    const char *name, *text;
    size_t length;
} NewSource;

SourceFile *session_new_source(Session *session, const char *name, const char *text, size_t length)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    char *kept_name = arena_copy(&session->arena, name, strlen(name) + 1);
    char *kept_text = arena_allocate(&session->arena, length + 1);
    memcpy(kept_text, text, length);
    return source_add(session->sources, kept_name, kept_text, length, false);
}

static void add_source(Session *session, void *argument)
{
    const NewSource *source = argument;
    world_add_file(session->world, session_new_source(session, source->name, source->text, source->length));
}

SessionStatus session_add_source(Session *session, const char *name, const char *text, size_t length)
{
    if (session->stage != STAGE_OPEN || session->options.interactive) {
        return SESSION_TOO_LATE;
    }
    if (length > SESSION_SOURCE_LIMIT - session->source_bytes) {
        return SESSION_TOO_LONG;
    }
    session->source_bytes += length;
    NewSource source = {name, text, length};
    return session_guard(session, add_source, &source) ? SESSION_OK : SESSION_NO_MEMORY;
}

typedef struct NewArguments {
    uint32_t count;
    const char *const *at;
} NewArguments;

static void set_arguments(Session *session, void *argument)
{
    const NewArguments *given = argument;
    const char **copies = ARENA_ARRAY(&session->arena, const char *, given->count);
    for (uint32_t i = 0; i < given->count; i++) {
        copies[i] = arena_copy(&session->arena, given->at[i], strlen(given->at[i]) + 1);
    }
    session->arguments = copies;
    session->argument_count = given->count;
}

SessionStatus session_set_arguments(Session *session, uint32_t count, const char *const *arguments)
{
    if (session->stage >= STAGE_STARTED) {
        return SESSION_TOO_LATE;
    }
    NewArguments given = {count, arguments};
    return session_guard(session, set_arguments, &given) ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- checking -------------------------------------------------------------------------------------------------------
 */

static void check(Session *session, void *argument)
{
    (void)argument;
    bool is_right = world_check(session->world) && session->world->diagnostics->error_count == 0;
    diagnostic_list_sort(session->world->diagnostics);
    if (is_right && session->world->entry_point) {
        Method *entry = session->world->entry_point;
        MethodRef ref = {entry, entry->owner->self, NULL};
        session_load_types(session);
        session->program->entry = load_method(session->loader, ref);
    }
    session->stage = is_right && session->program->entry ? STAGE_CHECKED : STAGE_BROKEN;
}

SessionStatus session_check(Session *session)
{
    if (session->stage == STAGE_OPEN && !session->options.interactive) {
        session_guard(session, check, NULL);
    }
    if (session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    return session->stage == STAGE_BROKEN ? SESSION_ERRORS : SESSION_OK;
}

uint32_t session_diagnostic_count(const Session *session)
{
    return session->world->diagnostics->count;
}

typedef struct DiagnosticRequest {
    const Diagnostic *diagnostic;
    SessionDiagnostic *result;
} DiagnosticRequest;

static void find_place(Session *session, void *argument)
{
    const DiagnosticRequest *request = argument;
    SessionDiagnostic *result = request->result;
    Span span = request->diagnostic->span;
    Place place = source_place(session->sources, span.start);
    if (!place.file) {
        return;
    }
    result->file = place.file->name;
    result->line = place.line;
    result->column = place.column;
    result->source = source_line(session->sources, span.start, &result->source_length);
    uint32_t line_start = (uint32_t)(result->source - place.file->text) + place.file->base;
    uint32_t start = span.start - line_start;
    uint32_t end = span.end > span.start ? span.end - line_start : start;
    result->start = start < result->source_length ? start : result->source_length;
    result->end = end < result->source_length ? end : result->source_length;
}

SessionDiagnostic session_diagnostic(Session *session, uint32_t index)
{
    const Diagnostic *diagnostic = &session->world->diagnostics->items[index];
    SessionDiagnostic result = {
        .is_error = diagnostic_severity(diagnostic->code) == SEVERITY_ERROR,
        .code = diagnostic_code_text(diagnostic->code),
        .message = diagnostic->message,
        .source = "",
    };
    DiagnosticRequest request = {diagnostic, &result};
    session_guard(session, find_place, &request);
    return result;
}

/* ---- running --------------------------------------------------------------------------------------------------------
 */

static bool wants_events(const Session *session)
{
    const SessionOptions *options = &session->options;
    return options->host.event || options->count_events || options->max_steps || session->history;
}

static EventLevel event_level(const Session *session)
{
    const SessionOptions *options = &session->options;
    bool are_counted = options->find_misuse && options->exact_findings;
    return session->tells_events || are_counted ? EVENTS_ALL : options->find_misuse ? EVENTS_WATCHED : EVENTS_NONE;
}

Machine *session_new_machine(Session *session)
{
    const SessionOptions *options = &session->options;
    MachineLimits limits = {
        .heap_bytes = options->max_heap,
        .main_stack_bytes = options->max_stack,
        .max_steps = options->max_steps,
        .max_instructions = options->max_instructions,
        .seed = options->seed,
    };
    Machine *machine = machine_create(session->program, &session->host, &session->memory, &limits);
    if (machine) {
        machine->collect_always = machine->move_always = session->collect_always;
    }
    return machine;
}

static bool make_string(Machine *machine, uint64_t array_slot, uint32_t index, const char *text)
{
    Ref string = machine_new_string_utf8(machine, text, strlen(text));
    if (!string) {
        return false;
    }
    uint64_t element = machine_read8(machine, array_slot) + ARRAY_ELEMENTS + index * sizeof(Ref);
    memcpy(machine_at(machine, element), &string, sizeof string);
    machine_mark_card(machine, element);
    return true;
}

/* Main's string[]: like .NET's host, outside of what the program is counted for. The frame slot keeps the array alive.
 */
bool session_pass_arguments(Session *session, MethodId entry)
{
    Machine *machine = session->machine;
    TypeId strings = session->host.well_known(session, WELL_KNOWN_STRING_ARRAY);
    uint64_t slot = thread_calls(machine, &machine->state->threads[0])[0].frame;
    if (!session->argument_count || !program_method(session->program, entry)->argument_bytes) {
        return true;
    }
    machine->state->uncounted++;
    Ref array = strings ? machine_new_array(machine, strings, session->argument_count, NULL) : 0;
    bool done = array != 0;
    memcpy(machine_at(machine, slot), &array, sizeof array);
    for (uint32_t i = 0; done && i < session->argument_count; i++) {
        done = make_string(machine, slot, i, session->arguments[i]);
    }
    machine->state->uncounted--;
    return done;
}

/* Objects get numbers where there are events that could name them. What made the run possible has none. */
bool session_begin_births(Session *session)
{
    if (!loader_has_events(session->loader) || !session->tells_events) {
        return true;
    }
    session->births = session->machine->births = births_new(&session->memory);
    if (session->births) {
        births_begin(session->machine);
    }
    return session->births != NULL;
}

static bool start(Session *session)
{
    session->machine = session_new_machine(session);
    if (!session->machine) {
        return false;
    }
    session->stage = STAGE_STARTED;
    return machine_start(session->machine, session->program->entry) &&
           session_pass_arguments(session, session->program->entry) && session_begin_births(session) &&
           session_begin_findings(session) && history_begin(session);
}

void session_arm(Session *session)
{
    session->machine->stop &= ~(uint32_t)(STOP_REQUESTED | STOP_EVENT | STOP_RETURNED | STOP_CHOICE);
    if (session->stop_requested) {
        session->machine->stop |= STOP_REQUESTED;
    }
}

static RunStatus run_machine(Session *session)
{
    Machine *machine = session->machine;
    for (;;) {
        session_arm(session);
        if (session->stop_requested) {
            return machine_is_over(machine) ? machine->state->result.status : RUN_RUNNING;
        }
        RunStatus status = machine_run(machine, INSTRUCTIONS_PER_SLICE);
        bool is_paused = session->pause_at && machine->state->steps >= session->pause_at;
        bool is_returned = (machine->stop & STOP_RETURNED) != 0;
        if (status != RUN_RUNNING || is_paused || is_returned || session->stop_requested) {
            return status;
        }
    }
}

RunStatus session_run_machine(Session *session, uint64_t steps)
{
    if (session->history) {
        history_run(session, steps);
        session->stop_requested = false;
        return session->machine->state->result.status;
    }
    session->pause_at = steps ? session->machine->state->steps + steps : 0;
    session->machine->tells_events = session->tells_events || steps;
    session_look_forget(session);
    if (steps == 1) { /* otherwise the event before the last one is the time for it */
        session_look_keep(session);
    }
    RunStatus status = run_machine(session);
    births_catch_up(session->machine); /* what came after the last event has a number too */
    session->stop_requested = false;
    return status;
}

bool session_begin_program(Session *session, bool tells_events)
{
    session->tells_events = wants_events(session) || tells_events;
    loader_set_options(session->loader, true, event_level(session));
    if (!start(session)) {
        bool has_ended = session->machine && machine_is_over(session->machine);
        session->no_memory |= !has_ended && !session_is_too_large(session);
    }
    return !session->no_memory;
}

SessionOutcome session_run(Session *session, uint64_t steps)
{
    if (session->options.interactive) {
        return session_run_interactive(session, steps);
    }
    SessionStatus checked = session_check(session);
    if (checked == SESSION_NO_MEMORY) {
        return (SessionOutcome){.kind = OUTCOME_NO_MEMORY, .text = ""};
    }
    if (checked == SESSION_ERRORS) {
        return (SessionOutcome){.kind = OUTCOME_ERRORS, .text = ""};
    }
    if (session->stage == STAGE_CHECKED) {
        session_begin_program(session, steps != 0);
    }
    if (session->stage == STAGE_OVER) {
        return session->outcome;
    }
    if (session->no_memory) {
        return (SessionOutcome){.kind = OUTCOME_NO_MEMORY, .text = loader_trouble(session->loader)};
    }
    session_run_machine(session, steps);
    return session_describe_present(session);
}

SessionOutcome session_describe_present(Session *session)
{
    if (session->options.interactive) {
        return session_describe_interactive(session);
    }
    RunStatus status = session->machine->state->result.status;
    if (session->stage == STAGE_OVER) {
        return session->outcome;
    }
    if (status == RUN_RUNNING && !session->no_memory) {
        return (SessionOutcome){.kind = OUTCOME_PAUSED, .text = ""};
    }
    session->outcome = session_describe_outcome(session, status);
    session->stage = STAGE_OVER;
    return session->outcome;
}

void session_stop(Session *session)
{
    session->stop_requested = true;
    if (session->machine) {
        session->machine->stop |= STOP_REQUESTED;
    }
}

static bool is_user_span(const Session *session, Span span)
{
    const SourceFile *file = source_file_at(session->sources, span.start);
    return file && !file->is_library;
}

/* Small members of the library are compiled into their callers: the user's own line is the last one before them. */
static Span user_span(const Session *session, const RuntimeMethod *method, uint32_t instruction)
{
    for (uint32_t i = method->line_count; i-- > 0;) {
        const LineEntry *line = &method->lines[i];
        if (line->instruction <= instruction && is_user_span(session, line->span)) {
            return line->span;
        }
    }
    return is_user_span(session, method->span) ? method->span : (Span){0};
}

const CallFrame *session_user_call(const Session *session, const LogicalThread *thread)
{
    const CallFrame *calls = thread_calls(session->machine, thread);
    for (uint32_t i = thread->call_count; i-- > 0;) {
        if (program_method(session->program, calls[i].method)->is_user) {
            return &calls[i];
        }
    }
    return NULL;
}

Place session_method_place(Session *session, const RuntimeMethod *method, uint32_t instruction)
{
    return source_place(session->sources, user_span(session, method, instruction).start);
}

Span session_call_span(const Session *session, const CallFrame *call)
{
    return user_span(session, program_method(session->program, call->method), call->pc ? call->pc - 1 : 0);
}

Place session_call_place(Session *session, const CallFrame *call)
{
    return source_place(session->sources, session_call_span(session, call).start);
}

Place session_user_place(Session *session, const LogicalThread *thread)
{
    const CallFrame *call = session_user_call(session, thread);
    return call ? session_call_place(session, call) : (Place){0};
}

/* ---- the block --------------------------------------------------------------------------------------------------- */

struct SessionSnapshot {
    Session *session; /* that it is of */
    Snapshot *state;
    Births *births; /* NULL: the session keeps none */
    LastEvent last_event;
    FindingsCopy *findings; /* likewise */
    uint64_t event_counts[EVENT_KIND_COUNT];
};

static bool copy_births(Session *session, SessionSnapshot *snapshot)
{
    if (!session->births) {
        return true;
    }
    snapshot->births = births_new(&session->memory);
    return snapshot->births && births_copy(snapshot->births, session->births);
}

static bool copy_findings(Session *session, SessionSnapshot *snapshot)
{
    size_t bytes;
    snapshot->findings = session_keep_findings(session, &bytes);
    return snapshot->findings || !session->detector;
}

SessionSnapshot *session_snapshot(Session *session)
{
    SessionSnapshot *snapshot = session->machine ? session_resize(session, NULL, 0, sizeof *snapshot) : NULL;
    if (!snapshot) {
        return NULL;
    }
    *snapshot = (SessionSnapshot){.session = session};
    snapshot->last_event = session->last_event;
    memcpy(snapshot->event_counts, session->event_counts, sizeof snapshot->event_counts);
    bool is_copied = copy_births(session, snapshot) && copy_findings(session, snapshot);
    snapshot->state = is_copied ? snapshot_take(session->machine) : NULL;
    if (!snapshot->state) {
        session_snapshot_free(snapshot);
        return NULL;
    }
    return snapshot;
}

void session_snapshot_free(SessionSnapshot *snapshot)
{
    if (snapshot) {
        snapshot_free(snapshot->state);
        births_free(snapshot->births);
        session_drop_findings(snapshot->session, snapshot->findings);
        session_resize(snapshot->session, snapshot, sizeof *snapshot, 0);
    }
}

bool session_restore(Session *session, const SessionSnapshot *snapshot)
{
    Births *births = snapshot->births ? births_new(&session->memory) : NULL;
    bool is_ready = snapshot->session == session && (!births || births_copy(births, snapshot->births));
    if ((snapshot->births && !births) || !is_ready || !snapshot_restore(session->machine, snapshot->state)) {
        births_free(births);
        return false;
    }
    births_free(session->births);
    session->births = session->machine->births = births;
    session->last_event = snapshot->last_event;
    session->look.sentence = NULL;
    session_look_forget(session);
    session_put_findings_back(session, snapshot->findings);
    memcpy(session->event_counts, snapshot->event_counts, sizeof session->event_counts);
    if (session->stage == STAGE_OVER && !machine_is_over(session->machine)) {
        session->stage = STAGE_STARTED;
    }
    return true;
}

bool session_move(Session *session)
{
    Snapshot *snapshot = session->machine ? snapshot_take(session->machine) : NULL;
    if (!session->other_machine) {
        session->other_machine = snapshot ? session_new_machine(session) : NULL;
    }
    bool moved = session->other_machine && snapshot_restore(session->other_machine, snapshot);
    snapshot_free(snapshot);
    if (moved) {
        Machine *old = session->machine;
        session->machine = session->other_machine;
        session->machine->trouble = old->trouble;
        session->machine->births = session->births;
        session_attach_shadow(session);
        old->births = NULL;
        old->shadow = NULL;
        old->listening = false;
        session->other_machine = old;
    }
    return moved;
}

bool session_fingerprint(Session *session, SessionFingerprint *fingerprint)
{
    Fingerprint made;
    if (!session->machine || !machine_fingerprint(session->machine, FINGERPRINT_EXACT, &made)) {
        return false;
    }
    *fingerprint = (SessionFingerprint){made.low, made.high};
    return true;
}

void session_collect_always(Session *session)
{
    session->collect_always = true;
}
