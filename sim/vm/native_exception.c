/* Exceptions the machine makes itself, and stack traces. */
#include "vm/native.h"

#include "vm/heap.h"

/* What stands at the start of the byte[] in Exception._stackTrace; the frames follow. .NET keeps 16 bytes there,
 * too. */
typedef struct TraceHeader {
    uint32_t count;
    uint32_t is_shared; /* an ExceptionDispatchInfo holds this array: whoever adds to it makes a copy first */
    uint64_t unused;
} TraceHeader;

static uint64_t field_of(const Machine *machine, Ref exception, const char *name)
{
    uint32_t field = machine_field(machine, machine_type_of(machine, exception), name);
    return field ? exception + field : 0;
}

static Ref read_field(const Machine *machine, Ref exception, const char *name)
{
    uint64_t at = field_of(machine, exception, name);
    return at ? machine_read8(machine, at) : 0;
}

static void write_field(Machine *machine, Ref exception, const char *name, uint64_t value)
{
    uint64_t at = field_of(machine, exception, name);
    if (!at)
        return;
    memcpy(machine_at(machine, at), &value, sizeof value);
    machine_mark_card(machine, at);
}

/* ---- throwing ---------------------------------------------------------------------------------------------------- */

typedef struct KnownException {
    const char *message;
    int32_t hresult;
} KnownException;

static KnownException known_exception(WellKnownType type)
{
    static const KnownException table[WELL_KNOWN_COUNT] = {
        [WELL_KNOWN_NULL_REFERENCE] = {"Object reference not set to an instance of an object.", (int32_t)0x80004003},
        [WELL_KNOWN_INDEX_OUT_OF_RANGE] = {"Index was outside the bounds of the array.", (int32_t)0x80131508},
        [WELL_KNOWN_INVALID_CAST] = {"Specified cast is not valid.", (int32_t)0x80004002},
        [WELL_KNOWN_DIVIDE_BY_ZERO] = {"Attempted to divide by zero.", (int32_t)0x80020012},
        [WELL_KNOWN_OVERFLOW] = {"Arithmetic operation resulted in an overflow.", (int32_t)0x80131516},
        [WELL_KNOWN_OUT_OF_MEMORY] = {"Insufficient memory to continue the execution of the program.",
                                      (int32_t)0x8007000E},
        [WELL_KNOWN_ARRAY_TYPE_MISMATCH] = {"Attempted to access an element as a type incompatible with the array.",
                                            (int32_t)0x80131503},
        [WELL_KNOWN_STACK_OVERFLOW] = {"Operation caused a stack overflow.", (int32_t)0x800703E9},
        [WELL_KNOWN_TYPE_INITIALIZATION] = {"A type initializer threw an exception.", (int32_t)0x80131534},
        [WELL_KNOWN_INVALID_OPERATION] = {"Operation is not valid due to the current state of the object.",
                                          (int32_t)0x80131509},
        [WELL_KNOWN_ARITHMETIC] = {"Overflow or underflow in the arithmetic operation.", (int32_t)0x80070216},
        [WELL_KNOWN_ARGUMENT] = {"Value does not fall within the expected range.", (int32_t)0x80070057},
    };
    KnownException known = table[type];
    return known.message ? known
                         : (KnownException){"Exception of type 'System.Exception' was thrown.", (int32_t)0x80131500};
}

/* Even when the heap is full: then the limit does not count for these few bytes. */
static Ref new_exception(Machine *machine, WellKnownType type)
{
    TypeId id = machine->host->well_known(machine->host->context, type);
    if (!id)
        return 0;
    Ref exception = machine_new(machine, id);
    if (exception)
        return exception;
    uint64_t limit = machine->state->heap_limit;
    machine->state->heap_limit += 4 * REGION_BYTES;
    exception = machine_new(machine, id);
    machine->state->heap_limit = limit;
    return exception;
}

/* How many of the CLR's own methods stand between the instruction and its exception: they are in the trace, unseen. */
static uint32_t helper_frames(WellKnownType type)
{
    if (type == WELL_KNOWN_OVERFLOW || type == WELL_KNOWN_INDEX_OUT_OF_RANGE)
        return 1;
    return type == WELL_KNOWN_ARRAY_TYPE_MISMATCH ? 2 : 0;
}

NativeStatus machine_raise(Machine *machine, WellKnownType type, const char *message)
{
    KnownException known = known_exception(type);
    machine->state->helper_frames = helper_frames(type);
    machine->state->thrown = new_exception(machine, type);
    if (!machine->state->thrown) {
        machine_fail(machine, RUN_NO_MEMORY, "no memory for an exception");
        return NATIVE_OVER;
    }
    if (!message)
        message = known.message;
    bool is_shared = message == known.message; /* .NET keeps its messages; one that names types is new each time */
    machine->state->uncounted += is_shared;
    Ref text = machine_new_string_utf8(machine, message, strlen(message));
    machine->state->uncounted -= is_shared;
    Ref exception = machine->state->thrown;
    write_field(machine, exception, "_message", text);
    uint64_t hresult = field_of(machine, exception, "_HResult");
    if (hresult)
        memcpy(machine_at(machine, hresult), &known.hresult, sizeof known.hresult);
    return NATIVE_THROW;
}

NativeStatus machine_raise_array(Machine *machine, ArrayProblem problem)
{
    if (problem == ARRAY_NEGATIVE) {
        NativeStatus status = machine_raise(machine, WELL_KNOWN_OVERFLOW, NULL);
        machine->state->helper_frames = 0;
        return status;
    }
    if (problem == ARRAY_TOO_LONG)
        return machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, "Array dimensions exceeded supported range.");
    return machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
}

static size_t append_text(char *to, size_t at, size_t capacity, const char *text)
{
    size_t length = strlen(text);
    length = length < capacity - 1 - at ? length : capacity - 1 - at;
    memcpy(to + at, text, length);
    to[at + length] = 0;
    return at + length;
}

/* As .NET's cast messages name a type: a nested one without what it is nested in. */
static const char *cast_name(const Machine *machine, TypeId id)
{
    const char *name = program_type(machine->program, id)->name, *start = name;
    for (const char *at = name; *at && *at != '['; at++) {
        if (*at == '+')
            start = at + 1;
    }
    return start;
}

NativeStatus machine_raise_cast(Machine *machine, TypeId from, TypeId to, uint32_t helpers)
{
    char text[1024];
    size_t at = append_text(text, 0, sizeof text, "Unable to cast object of type '");
    at = append_text(text, at, sizeof text - 64, cast_name(machine, from));
    at = append_text(text, at, sizeof text, "' to type '");
    at = append_text(text, at, sizeof text - 4, cast_name(machine, to));
    append_text(text, at, sizeof text, "'.");
    NativeStatus status = machine_raise(machine, WELL_KNOWN_INVALID_CAST, text);
    machine->state->helper_frames = helpers;
    return status;
}

/* ---- traces ------------------------------------------------------------------------------------------------------ */

static TraceHeader *header_of(const Machine *machine, Ref trace)
{
    return (void *)machine_elements(machine, trace);
}

static TraceEntry *entries_of(const Machine *machine, Ref trace)
{
    return (void *)(header_of(machine, trace) + 1);
}

static uint32_t capacity_of(const Machine *machine, Ref trace)
{
    return (uint32_t)(((uint32_t)machine_length(machine, trace) - sizeof(TraceHeader)) / sizeof(TraceEntry));
}

/* A trace that was restored goes on behind a mark; the first frame added after that carries it. */
static bool take_restored(Machine *machine, Ref exception)
{
    bool restored = read_field(machine, exception, "_xptrs") != 0;
    if (restored)
        write_field(machine, exception, "_xptrs", 0);
    return restored;
}

/* A larger (or, for a shared one, at first an equally large) array with the same frames; it is stored in the
 * exception. */
static Ref renew_trace(Machine *machine, uint64_t exception_slot, uint32_t capacity)
{
    TypeId bytes = machine->host->well_known(machine->host->context, WELL_KNOWN_BYTE_ARRAY);
    uint64_t length = sizeof(TraceHeader) + capacity * sizeof(TraceEntry);
    Ref trace = bytes ? machine_new_array(machine, bytes, (int64_t)length, NULL) : 0;
    if (!trace)
        return 0;
    Ref exception = machine_read8(machine, exception_slot);
    Ref old = read_field(machine, exception, "_stackTrace");
    if (old) {
        uint32_t count = header_of(machine, old)->count;
        header_of(machine, trace)->count = count;
        memcpy(entries_of(machine, trace), entries_of(machine, old), count * sizeof(TraceEntry));
    }
    write_field(machine, exception, "_stackTrace", trace);
    return trace;
}

static Ref trace_with_room(Machine *machine, uint64_t exception_slot)
{
    Ref trace = read_field(machine, machine_read8(machine, exception_slot), "_stackTrace");
    if (!trace)
        return renew_trace(machine, exception_slot, 1);
    if (header_of(machine, trace)->is_shared)
        trace = renew_trace(machine, exception_slot, capacity_of(machine, trace));
    if (trace && header_of(machine, trace)->count == capacity_of(machine, trace))
        trace = renew_trace(machine, exception_slot, 2 * capacity_of(machine, trace));
    return trace;
}

void trace_append(Machine *machine, uint64_t exception_slot, MethodId method, uint32_t pc)
{
    Ref trace = trace_with_room(machine, exception_slot);
    if (!trace)
        return;
    TraceHeader *header = header_of(machine, trace);
    TraceEntry *entries = entries_of(machine, trace);
    if (header->count && take_restored(machine, machine_read8(machine, exception_slot)))
        entries[header->count - 1].is_foreign_end = 1;
    entries[header->count++] = (TraceEntry){.method = method, .pc = pc};
}

void trace_begin(Machine *machine, Ref exception)
{
    if (read_field(machine, exception, "_xptrs"))
        return; /* just restored: goes on */
    write_field(machine, exception, "_stackTrace", 0);
    write_field(machine, exception, "_remoteStackTraceString", 0);
}

const TraceEntry *trace_entries(const Machine *machine, Ref exception, uint32_t *count)
{
    Ref trace = exception ? read_field(machine, exception, "_stackTrace") : 0;
    *count = trace ? header_of(machine, trace)->count : 0;
    return trace ? entries_of(machine, trace) : NULL;
}

static void add_line(Units *text, const RuntimeMethod *method)
{
    if (text->count)
        units_adds(text, "\n");
    units_adds(text, "   at ");
    units_adds(text, method->trace_text ? method->trace_text : method->name);
}

/* StackTraceText(exception): null without frames. */
NativeStatus native_exception_trace_text(Machine *machine, uint8_t *frame)
{
    uint32_t count;
    const TraceEntry *entries = trace_entries(machine, arg_ref(frame, 0), &count);
    if (!count)
        return return_ref(frame, 0);
    Units text;
    units_init(&text, machine->memory);
    for (uint32_t i = 0; i < count; i++) {
        const RuntimeMethod *method = entries[i].method ? program_method(machine->program, entries[i].method) : NULL;
        if (!method || method->is_trace_hidden)
            continue;
        add_line(&text, method);
        if (entries[i].is_foreign_end && !method->is_async_method)
            units_adds(&text, "\n--- End of stack trace from previous location ---");
    }
    return units_return(machine, frame, &text);
}

/* The first capture keeps the array itself, which nobody adds to from then on; every later one gets a copy. */
NativeStatus native_exception_capture(Machine *machine, uint8_t *frame)
{
    Ref trace = read_field(machine, arg_ref(frame, 0), "_stackTrace");
    if (!trace || !header_of(machine, trace)->is_shared) {
        if (trace)
            header_of(machine, trace)->is_shared = 1;
        return return_ref(frame, trace);
    }
    uint64_t length = (uint64_t)machine_length(machine, trace);
    Ref copy = machine_new_array(machine, machine_type_of(machine, trace), (int64_t)length, NULL);
    if (copy) /* the exception may have moved, and its trace with it */
        memcpy(header_of(machine, copy), header_of(machine, read_field(machine, arg_ref(frame, 0), "_stackTrace")),
               length);
    return return_new(machine, frame, copy);
}

/* RestoreTrace(exception, trace) */
NativeStatus native_exception_restore(Machine *machine, uint8_t *frame)
{
    write_field(machine, arg_ref(frame, 0), "_stackTrace", arg_ref(frame, 8));
    write_field(machine, arg_ref(frame, 0), "_xptrs", 1);
    return NATIVE_OK;
}

/* Environment.StackTrace: the calls in progress, innermost first. */
NativeStatus native_current_trace(Machine *machine, uint8_t *frame)
{
    const LogicalThread *thread = machine_thread(machine);
    Units text;
    units_init(&text, machine->memory);
    for (uint32_t i = thread->call_count; i-- > 0;)
        add_line(&text, program_method(machine->program, thread_calls(machine, thread)[i].method));
    return units_return(machine, frame, &text);
}
