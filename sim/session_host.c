/* What the machine asks while it runs: types and methods of the program, and the way out for its text.
 *
 * The questions reach the compiler, whose arena may be exhausted. Each of them therefore has its own place to jump to:
 * nothing ever jumps across the machine. */
#include "session_internal.h"

#include <string.h>

/* Types the machine itself makes objects of. */
static const struct {
    const char *full_name;
    bool is_array; /* of that type */
} well_known_rows[WELL_KNOWN_COUNT] = {
    [WELL_KNOWN_OBJECT] = {"System.Object", false},
    [WELL_KNOWN_STRING] = {"System.String", false},
    [WELL_KNOWN_TYPE] = {"System.RuntimeType", false},
    [WELL_KNOWN_OBJECT_ARRAY] = {"System.Object", true},
    [WELL_KNOWN_STRING_ARRAY] = {"System.String", true},
    [WELL_KNOWN_THREAD] = {"System.Threading.Thread", false},
    [WELL_KNOWN_NULL_REFERENCE] = {"System.NullReferenceException", false},
    [WELL_KNOWN_INDEX_OUT_OF_RANGE] = {"System.IndexOutOfRangeException", false},
    [WELL_KNOWN_INVALID_CAST] = {"System.InvalidCastException", false},
    [WELL_KNOWN_DIVIDE_BY_ZERO] = {"System.DivideByZeroException", false},
    [WELL_KNOWN_OVERFLOW] = {"System.OverflowException", false},
    [WELL_KNOWN_OUT_OF_MEMORY] = {"System.OutOfMemoryException", false},
    [WELL_KNOWN_ARRAY_TYPE_MISMATCH] = {"System.ArrayTypeMismatchException", false},
    [WELL_KNOWN_STACK_OVERFLOW] = {"System.StackOverflowException", false},
    [WELL_KNOWN_TYPE_INITIALIZATION] = {"System.TypeInitializationException", false},
    [WELL_KNOWN_BYTE_ARRAY] = {"System.Byte", true},
    [WELL_KNOWN_INVALID_OPERATION] = {"System.InvalidOperationException", false},
    [WELL_KNOWN_ARITHMETIC] = {"System.ArithmeticException", false},
    [WELL_KNOWN_ARGUMENT] = {"System.ArgumentException", false},
    [WELL_KNOWN_CHAR_ARRAY] = {"System.Char", true},
    [WELL_KNOWN_OBJECT_ARRAY_TRACE] = {"System.Object", true},
};

/* ---- questions to the compiler ----------------------------------------------------------------------------------- */

/* One question with its answer, for session_guard. */
typedef struct Question {
    TypeId type, other_type;
    MethodId method;
    const char *name;
    WellKnownType well_known;
    TypeId type_answer;
    MethodId method_answer;
    bool yes;
    TypeFacts *facts;
} Question;

static void ask_compile(Session *session, void *argument)
{
    Question *question = argument;
    question->yes = compile_method(session->loader, question->method);
}

static bool answer_compile(void *context, MethodId method)
{
    Question question = {.method = method};
    return session_guard(context, ask_compile, &question) && question.yes;
}

static void ask_virtual(Session *session, void *argument)
{
    Question *question = argument;
    question->method_answer = load_resolve_virtual(session->loader, question->type, question->method);
}

static MethodId answer_virtual(void *context, TypeId type, MethodId asked)
{
    Question question = {.type = type, .method = asked};
    return session_guard(context, ask_virtual, &question) ? question.method_answer : 0;
}

static void ask_assignable(Session *session, void *argument)
{
    Question *question = argument;
    question->yes = load_is_assignable(session->loader, question->type, question->other_type);
}

static bool answer_assignable(void *context, TypeId from, TypeId to)
{
    Question question = {.type = from, .other_type = to};
    return session_guard(context, ask_assignable, &question) && question.yes;
}

static void ask_array(Session *session, void *argument)
{
    Question *question = argument;
    question->type_answer = load_array_of(session->loader, question->type);
}

static TypeId answer_array(void *context, TypeId element)
{
    Question question = {.type = element};
    return session_guard(context, ask_array, &question) ? question.type_answer : 0;
}

static void ask_facts(Session *session, void *argument)
{
    Question *question = argument;
    load_type_facts(session->loader, question->type, question->facts);
}

static void answer_facts(void *context, TypeId type, TypeFacts *facts)
{
    Question question = {.type = type, .facts = facts};
    session_guard(context, ask_facts, &question);
}

static void ask_well_known(Session *session, void *argument)
{
    Question *question = argument;
    TypeDefinition *definition = world_find_type(session->world, well_known_rows[question->well_known].full_name);
    if (!definition) {
        return;
    }
    TypeId id = load_type(session->loader, type_make(session->world, definition, NULL, 0));
    question->type_answer = well_known_rows[question->well_known].is_array ? load_array_of(session->loader, id) : id;
}

static TypeId answer_well_known(void *context, WellKnownType which)
{
    Session *session = context;
    if (!session->well_known[which]) {
        Question question = {.well_known = which};
        session->well_known[which] = session_guard(session, ask_well_known, &question) ? question.type_answer : 0;
    }
    return session->well_known[which];
}

/* The types that the machine looks at without asking. */
void session_load_types(Session *session)
{
    static const char *const extra[] = {"System.Int32", "System.Exception"};
    Program *program = session->program;
    TypeId ids[2];
    for (int i = 0; i < 2; i++) {
        TypeDefinition *definition = world_find_type(session->world, extra[i]);
        ids[i] = definition ? load_type(session->loader, type_make(session->world, definition, NULL, 0)) : 0;
    }
    program->object_type = answer_well_known(session, WELL_KNOWN_OBJECT);
    program->string_type = answer_well_known(session, WELL_KNOWN_STRING);
    program->type_type = answer_well_known(session, WELL_KNOWN_TYPE);
    program->thread_type = answer_well_known(session, WELL_KNOWN_THREAD);
    program->array_of_object = answer_well_known(session, WELL_KNOWN_OBJECT_ARRAY);
    program->array_of_int = ids[0] ? load_array_of(session->loader, ids[0]) : 0;
    program->exception_type = ids[1];
}

MethodId session_library_method(Session *session, const char *full_name)
{
    const char *dot = strrchr(full_name, '.');
    char *type_name = arena_copy(&session->arena, full_name, (size_t)(dot - full_name) + 1);
    type_name[dot - full_name] = 0;
    TypeDefinition *definition = world_find_type(session->world, type_name);
    if (!definition) {
        return 0;
    }
    Name wanted = name_of(session->world->names, dot + 1);
    type_declare_named(session->world, definition, wanted);
    for (uint32_t i = 0; i < definition->method_count; i++) {
        if (definition->methods[i]->name == wanted) {
            MethodRef ref = {definition->methods[i], type_make(session->world, definition, NULL, 0), NULL};
            return load_method(session->loader, ref);
        }
    }
    return 0;
}

static void ask_library_method(Session *session, void *argument)
{
    Question *question = argument;
    question->method_answer = session_library_method(session, question->name);
}

static MethodId answer_library_method(void *context, const char *full_name)
{
    Question question = {.name = full_name};
    return session_guard(context, ask_library_method, &question) ? question.method_answer : 0;
}

/* ---- the way out ------------------------------------------------------------------------------------------------- */

static bool pass_write(void *context, int stream, const char *bytes, size_t length)
{
    Session *session = context;
    const SessionHost *host = &session->options.host;
    if (session->is_describing) {
        return true;
    }
    if (session->history && !history_write(session, stream, &bytes, &length)) {
        return !session->output_closed; /* it has been written before */
    }
    if (!host->write) {
        return true;
    }
    session->output_closed |= !host->write(host->context, stream, bytes, length);
    return !session->output_closed;
}

static bool pass_read_line(void *context, const char **line, size_t *length)
{
    Session *session = context;
    const SessionHost *host = &session->options.host;
    if (session->history && session->history->is_begun && !session->is_describing) {
        return history_read_line(session, line, length);
    }
    return host->read_line && host->read_line(host->context, line, length);
}

static void pass_event(void *context, uint32_t kind, Ref a, Ref b, int64_t n)
{
    Session *session = context;
    if (kind < EVENT_KIND_COUNT) {
        session->event_counts[kind]++;
    }
    session_note_event(session, kind, a, b, n);
    if (session->pause_at && session->machine->state->steps >= session->pause_at) {
        session->machine->stop |= STOP_EVENT;
    }
    bool is_new = history_see(session, kind, a, b, n);
    if (session->options.host.event && is_new) {
        session_tell_event(session, kind, a, b, n);
    }
}

void session_host_init(Session *session)
{
    session->host = (Host){
        .context = session,
        .compile = answer_compile,
        .resolve_virtual = answer_virtual,
        .is_assignable = answer_assignable,
        .well_known = answer_well_known,
        .well_known_method = answer_library_method,
        .array_of = answer_array,
        .type_facts = answer_facts,
        .write = pass_write,
        .read_line = pass_read_line,
        .event = pass_event,
        .watch = session_watch,
        .value_task = session_watch_value_task,
        .keep = session_keep_program,
    };
}
