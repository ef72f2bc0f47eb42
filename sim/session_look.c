/* The moment as a whole, and the one a step earlier.
 *
 * To say what a step has changed, the machine's block as it was before that step is needed. When a run is told where to
 * stop, the block is mirrored at the event before that into a second machine, which is only ever read. */
#include "session_look.h"

#include <stdarg.h>
#include <string.h>

/* ---- answers ----------------------------------------------------------------------------------------------------- */

Text look_text(Session *session)
{
    Text text;
    text_init(&text, &session->look.arena);
    text_adds(&text, "");
    return text;
}

const char *look_format(Session *session, const char *format, ...)
{
    Text text = look_text(session);
    va_list arguments;
    va_start(arguments, format);
    text_vformat(&text, format, arguments);
    va_end(arguments);
    return text.at;
}

const char *look_value(Session *session, TypeId type, uint64_t at, uint32_t limit)
{
    Text text = look_text(session);
    session_add_short_value(session, &text, type, at, limit);
    return text.at;
}

const char *look_object_name(Session *session, Ref ref)
{
    Text text = look_text(session);
    session_add_object_name(session, &text, ref);
    return text.at;
}

/* ---- one step earlier -------------------------------------------------------------------------------------------- */

void session_look_keep(Session *session)
{
    LookState *look = &session->look;
    if (!look->is_wanted || look->is_before || look->is_frozen) {
        return;
    }
    look->has_before = false;
    if (!look->before) {
        look->before = session_new_machine(session);
    }
    if (look->before && snapshot_mirror(session->machine, look->before)) {
        look->before->births = session->machine->births; /* valid while nothing moves */
        look->has_before = true;
    }
}

void session_look_forget(Session *session)
{
    session->look.has_before &= session->look.is_frozen;
}

bool look_has_before(const Session *session)
{
    const LookState *look = &session->look;
    if (!look->has_before || look->is_before) {
        return false;
    }
    const MachineState *before = look->before->state, *now = session->machine->state;
    return before->steps + 1 == now->steps &&
           memcmp(before->collections, now->collections, sizeof now->collections) == 0;
}

static void swap_machines(Session *session)
{
    Machine *machine = session->machine;
    session->machine = session->look.before;
    session->look.before = machine;
    session->look.is_before = !session->look.is_before;
}

void look_enter_before(Session *session)
{
    session->look.before->births = session->machine->births;
    swap_machines(session);
}

void look_leave_before(Session *session)
{
    swap_machines(session);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

void session_look_init(Session *session)
{
    arena_init(&session->look.arena, &session->memory);
    arena_init(&session->look.event_arena, &session->memory);
}

void session_look_free(Session *session)
{
    machine_free(session->look.before);
    look_free_heap(session);
    arena_free(&session->look.arena);
    arena_free(&session->look.event_arena);
}

SessionStatus session_look_begin(Session *session)
{
    session->look.is_wanted = true;
    session->look.heap_is_known &= look_heap_is_same(session);
    arena_free(&session->look.arena);
    arena_init(&session->look.arena, &session->memory);
    return session->no_memory ? SESSION_NO_MEMORY : SESSION_OK;
}

typedef struct LookWork {
    void (*work)(Session *session, void *argument);
    void *argument;
} LookWork;

static void do_work(Session *session, void *argument)
{
    const LookWork *both = argument;
    session->look.arena.exhausted = session->arena.exhausted;
    both->work(session, both->argument);
}

bool look_guard(Session *session, void (*work)(Session *session, void *argument), void *argument)
{
    LookWork both = {work, argument};
    bool done = session_guard(session, do_work, &both);
    if (session->look.is_before) { /* memory ran out in between */
        look_leave_before(session);
    }
    return done;
}

/* ---- the moment -------------------------------------------------------------------------------------------------- */

const LogicalThread *look_thread(const Session *session)
{
    const MachineState *state = session->machine->state;
    if (state->current != NO_THREAD) {
        return &state->threads[state->current];
    }
    bool has_ended_one = machine_is_over(session->machine) && state->result.thread != NO_THREAD;
    return has_ended_one ? &state->threads[state->result.thread] : NULL;
}

static void find_place(Session *session, SessionMoment *moment)
{
    const LogicalThread *thread = look_thread(session);
    moment->thread = thread ? thread->number : 0;
    const CallFrame *call = thread ? session_user_call(session, thread) : NULL;
    if (!call) {
        return;
    }
    Position position = session_call_position(session, call);
    Place place = source_place(session->sources, position);
    Text name = look_text(session);
    session_add_method(session, &name, call->method);
    moment->method = name.at;
    if (place.file) {
        moment->file = place.file->name;
        moment->line = place.line;
        moment->column = place.column;
        moment->source = source_line(session->sources, position, &moment->source_length);
    }
}

static void add_up(const Machine *machine, uint64_t *count, uint64_t *bytes)
{
    *count = *bytes = 0;
    for (uint32_t i = 1; i < machine->program->type_count; i++) {
        *count += machine->stats[i].count;
        *bytes += machine->stats[i].bytes;
    }
}

static void count_heap(Session *session, SessionMoment *moment)
{
    const MachineState *state = session->machine->state;
    add_up(session->machine, &moment->allocated, &moment->allocated_bytes);
    look_count_new(session, &moment->new_objects, &moment->new_bytes);
    look_count_objects(session, &moment->objects, &moment->bytes);
    moment->collections = state->collections[0];
}

static void describe_moment(Session *session, void *argument)
{
    SessionMoment *moment = argument;
    const MachineState *state = session->machine->state;
    moment->has_started = true;
    moment->is_over = session->stage == STAGE_OVER;
    moment->is_idle = session->options.interactive && session_is_idle(session);
    moment->step = state->steps;
    moment->clock = state->clock;
    find_place(session, moment);
    session_describe_event(session, &moment->event, &moment->sentence);
    count_heap(session, moment);
}

SessionStatus session_moment(Session *session, SessionMoment *moment)
{
    *moment = (SessionMoment){.event = "", .sentence = "", .method = "", .source = ""};
    if (!session->machine) {
        return SESSION_OK;
    }
    return look_guard(session, describe_moment, moment) ? SESSION_OK : SESSION_NO_MEMORY;
}

/* ---- sources ----------------------------------------------------------------------------------------------------- */

/* What was typed for completion or evaluated without effect has no name. */
static bool is_shown(const SourceFile *file)
{
    return !file->is_library && *file->name;
}

uint32_t session_source_count(const Session *session)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < session->sources->count; i++) {
        count += is_shown(session->sources->files[i]);
    }
    return count;
}

static SourceFile *user_file(const Session *session, uint32_t index)
{
    for (uint32_t i = 0; i < session->sources->count; i++) {
        if (is_shown(session->sources->files[i]) && index-- == 0) {
            return session->sources->files[i];
        }
    }
    return NULL;
}

typedef struct LineRequest {
    SourceFile *file;
    uint32_t line;
    SessionSourceLine *result;
} LineRequest;

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The word `await` outside of a line comment; strings with that word are rare enough to be forgiven. */
static bool mentions_await(const char *text, uint32_t length)
{
    for (uint32_t i = 0; i + 5 <= length; i++) {
        if (text[i] == '/' && text[i + 1] == '/') {
            return false;
        }
        if (memcmp(text + i, "await", 5) == 0 && (i == 0 || !is_word(text[i - 1])) &&
            (i + 5 == length || !is_word(text[i + 5]))) {
            return true;
        }
    }
    return false;
}

static void find_line(Session *session, void *argument)
{
    LineRequest *request = argument;
    const SourceFile *file = request->file;
    source_place(session->sources, file->base); /* makes the table of lines */
    if (request->line == 0 || request->line > file->line_count) {
        return;
    }
    Position start = file->base + file->lines[request->line - 1];
    request->result->text = source_line(session->sources, start, &request->result->length);
    request->result->has_await = mentions_await(request->result->text, request->result->length);
}

SessionSourceLine session_source_line(Session *session, uint32_t index, uint32_t line)
{
    SessionSourceLine result = {.text = ""};
    LineRequest request = {user_file(session, index), line, &result};
    if (request.file) {
        look_guard(session, find_line, &request);
    }
    return result;
}

SessionSource session_source(const Session *session, uint32_t index)
{
    SourceFile *file = user_file(session, index);
    if (!file) {
        return (SessionSource){.name = ""};
    }
    uint32_t lines = 1;
    for (uint32_t i = 0; i + 1 < file->length; i++) {
        lines += file->text[i] == '\n';
    }
    return (SessionSource){file->name, file->length ? lines : 0};
}

/* ---- inside of the library --------------------------------------------------------------------------------------- */

/* What is compiled into its caller has its lines there: the last one before the place is the innermost. */
static Position innermost_position(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    uint32_t instruction = call->pc ? call->pc - 1 : 0;
    for (uint32_t i = method->line_count; i-- > 0;) {
        if (method->lines[i].instruction <= instruction) {
            return method->lines[i].span.start;
        }
    }
    return method->span.start;
}

static void find_library_code(Session *session, void *argument)
{
    SessionLibraryCode *code = argument;
    const LogicalThread *thread = look_thread(session);
    if (!thread || !thread->call_count) {
        return;
    }
    const CallFrame *call = &thread_calls(session->machine, thread)[thread->call_count - 1];
    Place place = source_place(session->sources, innermost_position(session, call));
    if (place.file && place.file->is_library) {
        *code = (SessionLibraryCode){place.file->name, place.file->text, place.line};
    }
}

bool session_library_code(Session *session, SessionLibraryCode *code)
{
    *code = (SessionLibraryCode){.file = "", .text = ""};
    return session->machine && look_guard(session, find_library_code, code) && code->line;
}
