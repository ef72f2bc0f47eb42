/* Protocol events in words: the sentence of event.def with the objects' names in it, and the place in the user's code.
 */
#include "session_value.h"

#include <string.h>

#include "code/op.h"
#include "vm/heap.h"
#include "vm/thread.h"

_Static_assert((int)EVENT_NUMBER_Statement == (int)EVENT_STATEMENT, "the machine knows the number of this one");

static const struct {
    const char *name;
    const char *sentence;
} event_rows[] = {
#define EVENT(name, sentence) {#name, sentence},
#include "watch/event.def"
#undef EVENT
};

uint32_t session_object_number(const Session *session, Ref ref)
{
    const Birth *birth = births_find(session->machine, ref);
    return birth ? birth->number : 0;
}

/* ---- short names of types ----------------------------------------------------------------------------------------
 *
 * The compiler calls the state machine of GetAsync "<GetAsync>d__3", of a local function "<<Main>$>g__GetAsync|0_1>d":
 * the method's name is what a reader looks for. */

/* The part of a compiler-made name between the outermost angle brackets that close right before ">d". */
static bool state_machine_method(const char *name, const char **start, size_t *length)
{
    const char *end = strstr(name, ">d");
    while (end && end[2] && end[2] != '_' && end[2] != '>' && end[2] != '<' && end[2] != ',') {
        end = strstr(end + 1, ">d");
    }
    if (!end) {
        return false;
    }
    uint32_t depth = 1;
    const char *at = end;
    while (at > name && depth) {
        at--;
        depth += *at == '>';
        depth -= *at == '<';
    }
    *start = at + 1;
    *length = (size_t)(end - at - 1);
    return depth == 0;
}

static void add_method_name(Text *text, const char *name, size_t length)
{
    for (size_t i = 0; i + 3 < length; i++) {
        if (memcmp(name + i, "g__", 3) == 0) { /* a local function: <Outer>g__Name|0_1 */
            const char *bar = memchr(name + i, '|', length - i);
            text_add(text, name + i + 3, bar ? (size_t)(bar - name) - i - 3 : length - i - 3);
            return;
        }
        if (memcmp(name + i, "b__", 3) == 0) { /* a lambda: <Outer>b__0_1 */
            text_adds(text, "lambda");
            return;
        }
    }
    bool is_main =
        length >= 6 && length <= 7 && memcmp(name, "<Main>$", length) == 0; /* <Main> waits for what <Main>$ returns */
    if (is_main) {
        text_adds(text, "Main");
        return;
    }
    text_add(text, name, length);
}

void session_add_own_method_name(Text *text, const char *name)
{
    add_method_name(text, name, strlen(name));
}

bool session_add_machine_method(Text *text, const char *name)
{
    const char *start;
    size_t length;
    if (!state_machine_method(name, &start, &length)) {
        return false;
    }
    add_method_name(text, start, length);
    return true;
}

void session_add_type_name(Text *text, const RuntimeType *type)
{
    const char *start;
    size_t length;
    bool is_box = type->is_box || strstr(type->display_name, "StateMachineBox<");
    if (is_box && state_machine_method(type->display_name, &start, &length)) {
        text_adds(text, "Box<");
        add_method_name(text, start, length);
        text_addc(text, '>');
        return;
    }
    text_adds(text, type->display_name);
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

void session_add_object_name(Session *session, Text *text, Ref ref)
{
    if (!ref) {
        text_adds(text, "null");
        return;
    }
    uint8_t thread = thread_find(session->machine, ref);
    if (thread != NO_THREAD) {
        text_format(text, "thread %u", session->machine->state->threads[thread].number);
        return;
    }
    session_add_type_name(text, machine_runtime_type_of(session->machine, ref));
    uint32_t number = session_object_number(session, ref);
    if (number) {
        text_format(text, "#%u", number);
    }
}

static void add_argument(Session *session, Text *text, Ref ref, bool is_value_task)
{
    if (ref) {
        session_add_object_name(session, text, ref);
    } else {
        text_adds(text, is_value_task ? "a plain result" : "nothing");
    }
}

static void add_token(Text *text, const EventCall *call)
{
    if (call->a) {
        text_format(text, ", token %lld", (long long)call->n);
    }
}

static void add_limit(Text *text, const EventCall *call)
{
    if (call->n >= 0) {
        text_format(text, ", at most %lld ms", (long long)call->n);
    }
}

Ref session_core_owner(const Session *session)
{
    const Machine *machine = session->machine;
    if (machine->state->current == NO_THREAD) {
        return 0;
    }
    const LogicalThread *thread = machine_thread(machine);
    const CallFrame *calls = thread_calls(machine, thread);
    for (uint32_t i = thread->call_count; i-- > 0;) {
        const RuntimeMethod *method = program_method(session->program, calls[i].method);
        if (method->is_static) {
            continue;
        }
        uint64_t receiver = machine_read8(machine, calls[i].frame);
        if (!method->receiver_is_byref) {
            return receiver;
        }
        if (heap_contains(machine, receiver)) {
            return heap_object_around(machine, receiver);
        }
    }
    return 0;
}

/* The first line of a statement's text. */
static void add_statement(Session *session, Text *text, const EventCall *call)
{
    Span span = {(Position)call->n, (Position)((uint64_t)call->n >> 32)};
    const SourceFile *file = source_file_at(session->sources, span.start);
    const char *start = file ? file->text + (span.start - file->base) : "";
    size_t length = file ? strcspn(start, "\r\n") : 0;
    length = length < span.end - span.start ? length : span.end - span.start;
    while (length && (unsigned char)start[length - 1] <= ' ') {
        length--;
    }
    text_add(text, start, length);
}

static const char *make_sentence(Session *session, Text *text, const EventCall *call)
{
    const char *name = event_rows[call->kind].name;
    bool is_value_task = starts_with(name, "ValueTask");
    Ref owner = starts_with(name, "Core") ? session_core_owner(session) : 0;
    if (owner) {
        session_add_object_name(session, text, owner);
        text_adds(text, ": ");
    }
    for (const char *at = event_rows[call->kind].sentence; *at; at++) {
        if (starts_with(at, "{a}")) {
            add_argument(session, text, call->a, is_value_task);
        } else if (starts_with(at, "{b}")) {
            add_argument(session, text, call->b, false);
        } else if (starts_with(at, "{line}")) {
            text_format(text, "%u", source_place(session->sources, (Position)call->n).line);
        } else if (starts_with(at, "{text}")) {
            add_statement(session, text, call);
        } else if (starts_with(at, "{n}")) {
            text_format(text, "%lld", (long long)call->n);
        } else if (starts_with(at, "{token}")) {
            add_token(text, call);
        } else if (starts_with(at, "{limit}")) {
            add_limit(text, call);
        } else {
            text_addc(text, *at);
            continue;
        }
        at += strcspn(at, "}");
    }
    return text->at;
}

static void find_line(Session *session, Arena *arena, SessionEvent *event)
{
    const Machine *machine = session->machine;
    if (machine->state->current == NO_THREAD) {
        return;
    }
    const LogicalThread *thread = machine_thread(machine);
    event->thread = thread->number;
    const CallFrame *call = session_user_call(session, thread);
    if (!call) {
        return;
    }
    Place place = session_call_place(session, call);
    event->file = place.file ? place.file->name : NULL;
    event->line = place.line;
    event->column = place.column;
    Text name;
    text_init(&name, arena);
    session_add_method(session, &name, call->method);
    event->method = name.at;
}

void session_make_event(Session *session, const EventCall *call, Arena *arena, SessionEvent *event)
{
    Text text;
    text_init(&text, arena);
    *event = (SessionEvent){
        .step = session->machine->state->steps,
        .kind = call->kind,
        .name = event_rows[call->kind].name,
        .sentence = make_sentence(session, &text, call),
    };
    find_line(session, arena, event);
}

static void tell(Session *session, void *argument)
{
    SessionEvent event;
    session->sentence_arena.exhausted = session->arena.exhausted;
    session_make_event(session, argument, &session->sentence_arena, &event);
    session->options.host.event(session->options.host.context, &event);
}

void session_tell_event(Session *session, uint32_t kind, Ref a, Ref b, int64_t n)
{
    EventCall call = {kind, a, b, n};
    if (session->is_describing || kind >= EVENT_KIND_COUNT) {
        return;
    }
    machine_flush(session->machine); /* what the program wrote before this moment is seen before it */
    if (session->options.brief_events) {
        SessionEvent event = {
            .step = session->machine->state->steps, .kind = kind, .name = event_rows[kind].name, .sentence = ""};
        session->options.host.event(session->options.host.context, &event);
        return;
    }
    session_guard(session, tell, &call);
    arena_free(&session->sentence_arena);
    arena_init(&session->sentence_arena, &session->memory);
}

/* ---- what happened last ------------------------------------------------------------------------------------------ */

static void keep_sentence(Session *session, void *argument)
{
    const EventCall *call = argument;
    LookState *look = &session->look;
    look->event_arena.exhausted = session->arena.exhausted;
    Text text;
    text_init(&text, &look->event_arena);
    look->sentence = make_sentence(session, &text, call);
}

void session_note_event(Session *session, uint32_t kind, Ref a, Ref b, int64_t n)
{
    LookState *look = &session->look;
    const MachineState *state = session->machine->state;
    session->last_event = (LastEvent){state->steps, kind, state->collections[0], a, b, n};
    look->sentence = NULL;
    if (!session->pause_at || session->is_passing || look->is_frozen || session->is_describing ||
        kind >= EVENT_KIND_COUNT) {
        return;
    }
    if (state->steps + 1 == session->pause_at) {
        session_look_keep(session);
    } else if (state->steps >= session->pause_at && look->is_wanted) {
        EventCall call = {kind, a, b, n};
        arena_free(&look->event_arena);
        arena_init(&look->event_arena, &session->memory);
        session_guard(session, keep_sentence, &call);
    }
}

void session_describe_event(Session *session, const char **name, const char **sentence)
{
    const LastEvent *last = &session->last_event;
    *name = *sentence = "";
    if (!last->step || last->step != session->machine->state->steps) {
        return;
    }
    *name = event_rows[last->kind].name;
    bool is_fresh = last->collections == session->machine->state->collections[0];
    if (session->look.sentence || !is_fresh) {
        *sentence = session->look.sentence ? session->look.sentence : *name;
        return;
    }
    EventCall call = {last->kind, last->a, last->b, last->n};
    Text text;
    text_init(&text, &session->look.arena);
    *sentence = make_sentence(session, &text, &call);
}
