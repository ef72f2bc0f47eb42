/* Protocol events in words: the sentence of event.def with the objects' names in it, and the place in the user's code.
 */
#include "session_value.h"

#include <string.h>

#include "code/op.h"
#include "vm/heap.h"
#include "vm/thread.h"

enum {
#define EVENT(name, sentence) EVENT_NUMBER_##name,
#include "watch/event.def"
#undef EVENT
};
_Static_assert((int)EVENT_NUMBER_Statement == (int)EVENT_STATEMENT, "the machine knows the number of this one");

static const struct {
    const char *name;
    const char *sentence;
} event_rows[] = {
#define EVENT(name, sentence) {#name, sentence},
#include "watch/event.def"
#undef EVENT
};

/* ---- the names of objects ----------------------------------------------------------------------------------------
 *
 * An object gets its number when it is first mentioned. Nothing in the machine knows of it: the table is keyed by where
 * the object lies, and the collector says when one moves. */

static uint32_t slot_of(const ObjectNames *names, Ref ref)
{
    uint32_t mask = names->capacity - 1;
    uint32_t at = (uint32_t)((ref >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;
    while (names->slots[at].ref && names->slots[at].ref != ref) {
        at = (at + 1) & mask;
    }
    return at;
}

static bool resize_names(Session *session, uint32_t capacity)
{
    ObjectNames *names = &session->names;
    ObjectNames old = *names;
    ObjectName *slots = session_resize(session, NULL, 0, capacity * sizeof *slots);
    if (!slots) {
        return false;
    }
    memset(slots, 0, capacity * sizeof *slots);
    names->slots = slots;
    names->capacity = capacity;
    for (uint32_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].ref) {
            slots[slot_of(names, old.slots[i].ref)] = old.slots[i];
        }
    }
    session_names_free(session, &old);
    return true;
}

static bool is_dead(const Machine *machine, Ref ref)
{
    return heap_contains(machine, ref) && heap_regions(machine)[region_index(machine, ref)].kind == REGION_FREE;
}

/* After a collection: the living under their new places. No memory: names begin anew. */
static void rename_objects(Session *session)
{
    ObjectNames *names = &session->names;
    names->count = 0;
    for (uint32_t i = 0; i < names->capacity; i++) {
        ObjectName *slot = &names->slots[i];
        slot->ref = slot->moved_to ? slot->moved_to : is_dead(session->machine, slot->ref) ? 0 : slot->ref;
        slot->moved_to = 0;
        names->count += slot->ref != 0;
    }
    if (names->capacity && !resize_names(session, names->capacity)) {
        memset(names->slots, 0, names->capacity * sizeof *names->slots);
        names->count = 0;
    }
}

void session_object_moved(void *context, Ref from, Ref to)
{
    Session *session = context;
    if (!from) {
        rename_objects(session);
    } else if (session->names.capacity) {
        ObjectName *slot = &session->names.slots[slot_of(&session->names, from)];
        slot->moved_to = slot->ref ? to : 0;
    }
}

bool session_names_copy(Session *session, ObjectNames *to, const ObjectNames *from)
{
    size_t size = from->capacity * sizeof *from->slots;
    *to = *from;
    to->slots = size ? session_resize(session, NULL, 0, size) : NULL;
    if (size && to->slots) {
        memcpy(to->slots, from->slots, size);
    }
    return !size || to->slots;
}

void session_names_free(Session *session, ObjectNames *names)
{
    session_resize(session, names->slots, names->capacity * sizeof *names->slots, 0);
    *names = (ObjectNames){0};
}

static uint32_t object_number(Session *session, Ref ref)
{
    ObjectNames *names = &session->names;
    if (names->count * 2 >= names->capacity && !resize_names(session, names->capacity ? names->capacity * 2 : 256)) {
        return 0;
    }
    ObjectName *slot = &names->slots[slot_of(names, ref)];
    if (!slot->ref) {
        *slot = (ObjectName){.ref = ref, .number = ++names->last_number};
        names->count++;
    }
    return slot->number;
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
    if (length == 7 && memcmp(name, "<Main>$", 7) == 0) {
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

/* The part of a method's name behind the last dot that is not inside brackets. */
static const char *last_part(const char *name)
{
    const char *last = name;
    uint32_t depth = 0;
    for (const char *at = name; *at; at++) {
        depth += *at == '<';
        depth -= *at == '>' && depth;
        if (*at == '.' && !depth && at[1] && at != name && at[-1] != '.') {
            last = at + 1;
        }
    }
    return last;
}

static bool add_accessor(Text *text, const char *name, const char *prefix, const char *word)
{
    size_t length = strlen(prefix);
    if (strncmp(name, prefix, length) != 0) {
        return false;
    }
    text_format(text, "%s.%s", name + length, word);
    return true;
}

void session_add_method_name(Session *session, Text *text, const RuntimeMethod *method)
{
    const char *owner = program_type(session->program, method->declaring_type)->display_name;
    const char *name = last_part(method->name);
    if (strcmp(name, "MoveNext") == 0 && session_add_machine_method(text, owner)) {
        return;
    }
    if (strcmp(name, ".ctor") == 0) {
        text_format(text, "new %s", owner);
    } else if (strcmp(name, ".cctor") == 0) {
        text_format(text, "static %s", owner);
    } else if (!add_accessor(text, name, "get_", "get") && !add_accessor(text, name, "set_", "set")) {
        add_method_name(text, name, strlen(name));
    }
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

typedef struct EventCall {
    uint32_t kind;
    Ref a, b;
    int64_t n;
} EventCall;

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
    text_format(text, "#%u", object_number(session, ref));
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

/* The core of a source is a struct: its methods get a pointer into the object that holds it. */
static Ref core_owner(const Session *session)
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
    Ref owner = starts_with(name, "Core") ? core_owner(session) : 0;
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

static void find_line(Session *session, SessionEvent *event)
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
    text_init(&name, &session->sentence_arena);
    session_add_method_name(session, &name, program_method(session->program, call->method));
    event->method = name.at;
}

static void tell(Session *session, void *argument)
{
    const EventCall *call = argument;
    session->sentence_arena.exhausted = session->arena.exhausted;
    Text text;
    text_init(&text, &session->sentence_arena);
    SessionEvent event = {
        .step = session->machine->state->steps,
        .kind = call->kind,
        .name = event_rows[call->kind].name,
        .sentence = make_sentence(session, &text, call),
    };
    find_line(session, &event);
    session->options.host.event(session->options.host.context, &event);
}

void session_tell_event(Session *session, uint32_t kind, Ref a, Ref b, int64_t n)
{
    EventCall call = {kind, a, b, n};
    if (session->is_describing || kind >= EVENT_KIND_COUNT) {
        return;
    }
    machine_flush(session->machine); /* what the program wrote before this moment is seen before it */
    session_guard(session, tell, &call);
    arena_free(&session->sentence_arena);
    arena_init(&session->sentence_arena, &session->memory);
}
