/* How a run ended, in .NET's words where .NET has some. */
#include "session_internal.h"

#include <string.h>

#include "vm/snapshot.h"

const char *session_outcome_name(OutcomeKind kind)
{
    switch (kind) {
    case OUTCOME_PAUSED:
        return "paused";
    case OUTCOME_FINISHED:
        return "finished";
    case OUTCOME_UNHANDLED:
        return "unhandled-exception";
    case OUTCOME_FAIL_FAST:
        return "fail-fast";
    case OUTCOME_DEADLOCK:
        return "deadlock";
    case OUTCOME_STEP_LIMIT:
        return "step-limit";
    case OUTCOME_INSTRUCTION_LIMIT:
        return "instruction-limit";
    case OUTCOME_HEAP_LIMIT:
        return "heap-limit";
    case OUTCOME_STACK_OVERFLOW:
        return "stack-overflow";
    case OUTCOME_OUTPUT_CLOSED:
        return "output-closed";
    case OUTCOME_NO_MEMORY:
        return "no-memory";
    case OUTCOME_ERRORS:
        return "errors";
    case OUTCOME_INTERNAL_ERROR:
        return "internal-error";
    case OUTCOME_IDLE:
        return "idle";
    }
    return "";
}

/* ---- text of the machine's strings ----------------------------------------------------------------------------------
 */

static void add_code_point(Text *text, uint32_t code)
{
    char bytes[4];
    if (code < 0x80) {
        text_addc(text, (char)code);
        return;
    }
    uint32_t extra = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(lead[extra] | code >> (6 * extra));
    for (uint32_t i = 1; i <= extra; i++) {
        bytes[i] = (char)(0x80 | (code >> (6 * (extra - i)) & 0x3F));
    }
    text_add(text, bytes, extra + 1);
}

/* UTF-16 as UTF-8; a lone surrogate becomes U+FFFD. */
static void add_string(const Machine *machine, Text *text, Ref string)
{
    const uint16_t *units = machine_units(machine, string);
    uint32_t count = (uint32_t)machine_length(machine, string);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t unit = units[i];
        bool is_pair = (unit & 0xFC00) == 0xD800 && i + 1 < count && (units[i + 1] & 0xFC00) == 0xDC00;
        if (is_pair) {
            add_code_point(text, 0x10000 + ((unit - 0xD800) << 10) + (units[++i] - 0xDC00u));
        } else {
            add_code_point(text, (unit & 0xF800) == 0xD800 ? 0xFFFD : unit);
        }
    }
}

/* ---- what an exception says --------------------------------------------------------------------------------------
 *
 * .NET prints exception.ToString(), which the program may override. So the machine runs it: a snapshot of how the
 * program ended is put back afterwards, as if nothing had happened. When ToString itself fails, what the object holds
 * must do. */

enum { DESCRIBE_INSTRUCTIONS = 50 * 1000 * 1000 };

static void silence_threads(MachineState *state)
{
    memset(state->threads, 0, sizeof state->threads);
    state->thread_count = state->ready_count = state->parked_count = 0;
    state->current = NO_THREAD;
    state->interactive = state->nested_count = 0;
    state->result = (RunResult){.status = RUN_RUNNING};
}

/* The string that exception.ToString() returns; 0: it failed. The machine is in the middle of nowhere afterwards. */
static Ref call_to_string(Session *session, Ref exception, MethodId to_string)
{
    Machine *machine = session->machine;
    Ref thread_object = machine->state->threads[0].object;
    MethodId found = session->host.resolve_virtual(session, machine_type_of(machine, exception), to_string);
    silence_threads(machine->state);
    if (!found || !thread_create(machine, found, exception, thread_object, false)) {
        return 0;
    }
    uint64_t result_at = machine->state->threads[0].data_start;
    machine->stop = 0;
    if (machine_run(machine, DESCRIBE_INSTRUCTIONS) != RUN_ENDED) {
        return 0;
    }
    return machine_read8(machine, result_at);
}

static void add_trace(Session *session, Text *text, Ref exception)
{
    uint32_t count = 0;
    const TraceEntry *entries = trace_entries(session->machine, exception, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (entries[i].method)
            text_format(text, "\n   at %s", program_method(session->program, entries[i].method)->trace_text);
    }
}

/* Type, _message and trace, without running anything. */
static void add_plain_description(Session *session, Text *text, Ref exception)
{
    Machine *machine = session->machine;
    const RuntimeType *type = machine_runtime_type_of(machine, exception);
    text_adds(text, type->name);
    uint32_t field = machine_field(machine, type->id, "_message");
    Ref message = field ? machine_read8(machine, exception + field) : 0;
    if (message) {
        text_adds(text, ": ");
        add_string(machine, text, message);
    }
    add_trace(session, text, exception);
}

/* Adds what exception.ToString() says; false: it says nothing. */
static bool add_to_string(Session *session, Text *text, Ref exception, MethodId to_string)
{
    Ref string = call_to_string(session, exception, to_string);
    if (!string || machine_runtime_type_of(session->machine, string)->category != CATEGORY_STRING) {
        return false;
    }
    add_string(session->machine, text, string);
    return true;
}

static void restore_end(Session *session)
{
    if (session->end) {
        snapshot_restore(session->machine, session->end);
        snapshot_free(session->end);
        session->end = NULL;
        session->machine->stop = 0;
        session->machine->births = session->births;
        session_attach_shadow(session);
    }
    session->is_describing = false;
}

static void describe_exception(Session *session, Text *text, Ref exception)
{
    Machine *machine = session->machine;
    MethodId to_string = session_library_method(session, "System.Object.ToString");
    bool is_said = false;
    session->end = to_string ? snapshot_take(machine) : NULL;
    if (session->end) {
        MachineLimits limits = machine->limits;
        machine->limits.max_steps = machine->limits.max_instructions = 0;
        session->is_describing = true;
        machine->births = NULL;
        machine->listening = false;
        is_said = add_to_string(session, text, exception, to_string);
        machine->limits = limits;
        restore_end(session);
    }
    if (!is_said) {
        add_plain_description(session, text, exception);
    }
}

/* ---- stack overflow ----------------------------------------------------------------------------------------------
 *
 * As .NET: the frames, innermost first, runs of the same one folded. */

enum { OVERFLOW_FRAMES = 24 };

static uint32_t count_repeats(const CallFrame *calls, uint32_t top)
{
    uint32_t count = 1;
    while (count <= top && calls[top - count].method == calls[top].method) {
        count++;
    }
    return count;
}

static void add_overflow(Session *session, Text *text)
{
    const Machine *machine = session->machine;
    uint8_t slot = machine->state->result.thread;
    text_adds(text, "Stack overflow.");
    if (slot == NO_THREAD) {
        return;
    }
    const LogicalThread *thread = &machine->state->threads[slot];
    const CallFrame *calls = thread_calls(machine, thread);
    uint32_t printed = 0;
    for (uint32_t left = thread->call_count; left > 0 && printed < OVERFLOW_FRAMES; printed++) {
        uint32_t repeats = count_repeats(calls, left - 1);
        const char *frame = program_method(session->program, calls[left - 1].method)->trace_text;
        if (repeats > 2) {
            text_format(
                text,
                "\nRepeat %u times:\n--------------------------------\n   at %s\n--------------------------------",
                repeats, frame);
            left -= repeats;
        } else {
            text_format(text, "\n   at %s", frame);
            left--;
        }
    }
}

/* ---- outcomes ---------------------------------------------------------------------------------------------------- */

static void add_waiting_place(Session *session, Text *text)
{
    const LogicalThread *thread = &session->machine->state->threads[0];
    Place place = {0};
    if (thread->status == THREAD_PARKED) {
        place = session_user_place(session, thread);
    }
    if (place.file) {
        text_format(text, "%s(%u,%u)", place.file->name, place.line, place.column);
    }
}

static bool is_out_of_memory(const Machine *machine, const RunResult *result)
{
    return result->heap_limit && result->exception &&
           strcmp(machine_runtime_type_of(machine, result->exception)->name, "System.OutOfMemoryException") == 0;
}

/* Methods are compiled when they are first called: one that needs too large a frame is the program's error all the
 * same. */
bool session_is_too_large(const Session *session)
{
    const DiagnosticList *list = session->world->diagnostics;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].code == ERROR_FRAME_TOO_LARGE) {
            return true;
        }
    }
    return false;
}

static OutcomeKind outcome_kind(const Session *session, RunStatus status)
{
    if (session->output_closed) { /* perhaps only the last of it was lost, after the end: still no success */
        return OUTCOME_OUTPUT_CLOSED;
    }
    switch (status) {
    case RUN_ENDED:
    case RUN_EXITED:
        return OUTCOME_FINISHED;
    case RUN_UNHANDLED:
        return is_out_of_memory(session->machine, &session->machine->state->result) ? OUTCOME_HEAP_LIMIT
                                                                                    : OUTCOME_UNHANDLED;
    case RUN_FAIL_FAST:
        return OUTCOME_FAIL_FAST;
    case RUN_STACK_OVERFLOW:
        return OUTCOME_STACK_OVERFLOW;
    case RUN_DEADLOCK:
        return OUTCOME_DEADLOCK;
    case RUN_STEP_LIMIT:
        return OUTCOME_STEP_LIMIT;
    case RUN_INSTRUCTION_LIMIT:
        return OUTCOME_INSTRUCTION_LIMIT;
    case RUN_OUTPUT_CLOSED:
        return OUTCOME_OUTPUT_CLOSED;
    case RUN_NO_MEMORY:
        return OUTCOME_NO_MEMORY;
    case RUN_IDLE:
        return OUTCOME_IDLE;
    case RUN_NOT_STARTED:
    case RUN_BROKEN:
        return session_is_too_large(session) ? OUTCOME_ERRORS : OUTCOME_INTERNAL_ERROR;
    case RUN_RUNNING:
        break;
    }
    return OUTCOME_INTERNAL_ERROR;
}

/* A body of the core library that does not compile is awaitlab's own fault: say where. */
static void add_trouble(Session *session, Text *text)
{
    const DiagnosticList *list = session->world->diagnostics;
    text_adds(text, session->machine->trouble ? session->machine->trouble : "the machine stopped for no known reason");
    for (uint32_t i = 0; i < list->count; i++) {
        if (diagnostic_severity(list->items[i].code) != SEVERITY_ERROR) {
            continue;
        }
        Place place = source_place(session->sources, list->items[i].span.start);
        text_format(text, "\n%s(%u,%u): error %s: %s", place.file ? place.file->name : "?", place.line, place.column,
                    diagnostic_code_text(list->items[i].code), list->items[i].message);
    }
}

static uint64_t limit_of(const Session *session, OutcomeKind kind)
{
    const MachineLimits *limits = &session->machine->limits;
    if (kind == OUTCOME_STEP_LIMIT) {
        return limits->max_steps;
    }
    if (kind == OUTCOME_INSTRUCTION_LIMIT) {
        return limits->max_instructions;
    }
    if (kind == OUTCOME_HEAP_LIMIT) {
        return limits->heap_bytes;
    }
    return kind == OUTCOME_STACK_OVERFLOW ? limits->main_stack_bytes : 0;
}

static void add_outcome_text(Session *session, Text *text, OutcomeKind kind)
{
    const RunResult *result = &session->machine->state->result;
    if ((kind == OUTCOME_UNHANDLED || kind == OUTCOME_HEAP_LIMIT) && result->exception) {
        text_adds(text, "Unhandled exception. ");
        describe_exception(session, text, result->exception);
    } else if (kind == OUTCOME_FAIL_FAST) {
        text_adds(text, "Process terminated.");
        if (result->exception) {
            text_addc(text, ' ');
            add_string(session->machine, text, result->exception);
        }
    } else if (kind == OUTCOME_STACK_OVERFLOW) {
        add_overflow(session, text);
    } else if (kind == OUTCOME_DEADLOCK) {
        add_waiting_place(session, text);
    } else if (kind == OUTCOME_INTERNAL_ERROR) {
        add_trouble(session, text);
    } else if (kind == OUTCOME_NO_MEMORY && session->machine->trouble) {
        text_adds(text, session->machine->trouble);
    }
}

static void describe(Session *session, void *argument)
{
    SessionOutcome *outcome = argument;
    Text text;
    text_init(&text, &session->arena);
    add_outcome_text(session, &text, outcome->kind);
    outcome->text = text.at ? text.at : "";
}

SessionOutcome session_describe_outcome(Session *session, RunStatus status)
{
    SessionOutcome outcome = {.kind = outcome_kind(session, status), .text = ""};
    outcome.limit = limit_of(session, outcome.kind);
    session_watch_end(session, outcome.kind);
    outcome.exit_code = session->machine->state->result.exit_code;
    if (!session_guard(session, describe, &outcome)) {
        restore_end(session);
        outcome = (SessionOutcome){.kind = OUTCOME_NO_MEMORY, .text = loader_trouble(session->loader)};
    }
    return outcome;
}
