/* Exceptions, in two passes as the CLR does it.
 *
 * The first pass looks for a handler from the throwing frame outwards, with the stack intact; every frame it looks at
 * is added to the exception's trace. Filters run during this pass, above everything: on a copy of their frame, which is
 * copied back when they have decided. The second pass runs the finally blocks on the way and then enters the handler.
 * Everything in progress is a Handling on the thread's own stack, so the machine can stop in between. */
#include "vm/exec.h"
#include "vm/submit.h"

enum HandlingKind {
    HANDLING_SEARCH = 1, /* first pass. depth: the frame being looked at; handler: the next one to try there.
                            While a filter runs, FILTER_FRAME is the index of its copied frame */
    HANDLING_UNWIND, /* second pass. depth: frame whose finally block runs (handler); TARGET_*: where the handler is */
    HANDLING_LEAVE,  /* goto or return out of a try block. handler: the finally block that runs; resume: the target */
};
enum { FILTER_FRAME = 0, TARGET_FRAME = 0, TARGET_HANDLER = 1, PLACE = 2 }; /* words[] */
enum { TARGET_END = UINT32_MAX }; /* no handler: a filter or static constructor whose exception goes no further */

static Handling *top_handling(const Machine *machine)
{
    LogicalThread *thread = machine_thread(machine);
    return &thread_handlings(machine, thread)[thread->handling_count - 1];
}

static Handling *push_handling(Machine *machine, uint32_t kind)
{
    LogicalThread *thread = machine_thread(machine);
    if (thread->handling_count == thread->handlings_limit) {
        machine_finish(machine, RUN_STACK_OVERFLOW, 134, 0);
        return NULL;
    }
    Handling *handling = &thread_handlings(machine, thread)[thread->handling_count++];
    *handling = (Handling){.kind = kind, .depth = thread->call_count - 1};
    return handling;
}

static void pop_handling(Machine *machine)
{
    LogicalThread *thread = machine_thread(machine);
    thread_handlings(machine, thread)[--thread->handling_count] = (Handling){0};
}

static CallFrame *frame_at(const Machine *machine, uint32_t index)
{
    return &thread_calls(machine, machine_thread(machine))[index];
}

static const RuntimeMethod *method_at(const Machine *machine, uint32_t index)
{
    return program_method(machine->program, frame_at(machine, index)->method);
}

static void go_to(Machine *machine, uint32_t depth, uint32_t pc)
{
    frame_at(machine, depth)->pc = pc;
    machine_thread(machine)->call_count = depth + 1;
}

static bool covers(const Handler *handler, uint32_t pc)
{
    return pc >= handler->try_start && pc < handler->try_end;
}

static bool inside(const Handler *handler, uint32_t pc)
{
    return pc >= handler->handler_start && pc < handler->handler_end;
}

/* Is the frame the copy on which some filter runs? Its search, if so. */
static Handling *search_of_filter(const Machine *machine, uint32_t depth)
{
    LogicalThread *thread = machine_thread(machine);
    Handling *handlings = thread_handlings(machine, thread);
    for (uint32_t i = thread->handling_count; i-- > 0;)
        if (handlings[i].kind == HANDLING_SEARCH && handlings[i].words[FILTER_FRAME] == depth)
            return &handlings[i];
    return NULL;
}

static bool matches(Machine *machine, const Handler *handler, Ref exception)
{
    return !handler->catch_type || exec_is_instance(machine, machine_type_of(machine, exception), handler->catch_type);
}

/* --- second pass ---------------------------------------------------------------------------------------------------
 */

/* Finally blocks and filters that were running in frames which are now gone, or in a part of the frame that was left.
 */
static void drop_superseded(Machine *machine, uint32_t depth, uint32_t pc)
{
    LogicalThread *thread = machine_thread(machine);
    Handling *handlings = thread_handlings(machine, thread);
    while (thread->handling_count) {
        const Handling *last = &handlings[thread->handling_count - 1];
        if (last->kind == HANDLING_SEARCH || last->depth < depth)
            return;
        if (last->depth == depth && pc != TARGET_END && inside(&method_at(machine, depth)->handlers[last->handler], pc))
            return;
        pop_handling(machine);
    }
}

static bool enter_catch(Machine *machine, uint32_t depth, uint32_t index)
{
    const Handler *handler = &method_at(machine, depth)->handlers[index];
    Ref exception = top_handling(machine)->exception;
    pop_handling(machine);
    drop_superseded(machine, depth, handler->try_start);
    memcpy(machine_at(machine, frame_at(machine, depth)->frame + handler->exception_slot), &exception,
           sizeof exception);
    go_to(machine, depth, handler->handler_start);
    return true;
}

static void append_name(char *text, size_t size, const char *before, const char *name, const char *after)
{
    const char *parts[] = {before, name, after};
    size_t at = 0;
    for (size_t i = 0; i < 3; i++)
        for (const char *from = parts[i]; *from && at + 1 < size; from++)
            text[at++] = *from;
    text[at] = 0;
}

static void write_reference(Machine *machine, Ref object, const char *field, Ref value)
{
    uint32_t offset = machine_field(machine, machine_type_of(machine, object), field);
    if (!offset)
        return;
    memcpy(machine_at(machine, object + offset), &value, sizeof value);
    machine_mark_card(machine, object + offset);
}

/* An exception has left a static constructor: its class is unusable from now on. */
static bool fail_class(Machine *machine, uint32_t depth)
{
    TypeId id = method_at(machine, depth)->declaring_type;
    const RuntimeType *type = program_type(machine->program, id);
    char message[512];
    append_name(message, sizeof message, "The type initializer for '", type->name, "' threw an exception.");
    if (machine_raise(machine, WELL_KNOWN_TYPE_INITIALIZATION, message) != NATIVE_THROW)
        return false;
    write_reference(machine, machine->state->thrown, "_innerException", top_handling(machine)->exception);
    machine->state->uncounted++;
    Ref name = machine_new_string_utf8(machine, type->name, strlen(type->name));
    machine->state->uncounted--;
    Ref exception = machine->state->thrown;
    write_reference(machine, exception, "_typeName", name);
    machine->state->thrown = 0;
    *machine_init_byte(machine, type->init_index) = INIT_FAILED;
    *machine_init_error(machine, type->init_index) = exception;
    pop_handling(machine);
    drop_superseded(machine, depth, TARGET_END);
    LogicalThread *thread = machine_thread(machine);
    thread->call_count = depth;
    if (!depth) {
        machine_finish(machine, RUN_UNHANDLED, 134, exception);
        return false;
    }
    return unwind_throw(machine, exception, false);
}

/* An exception that nobody caught has run all finally blocks of a submission: only that has ended. */
static bool end_submission(Machine *machine)
{
    Ref exception = top_handling(machine)->exception;
    pop_handling(machine);
    drop_superseded(machine, 0, TARGET_END);
    machine_thread(machine)->call_count = 0;
    submit_fail(machine, exception);
    return false;
}

static bool end_without_handler(Machine *machine, uint32_t depth)
{
    if (!depth && submit_may_fail(machine) && !search_of_filter(machine, depth))
        return end_submission(machine);
    if (method_at(machine, depth)->is_class_constructor && !search_of_filter(machine, depth))
        return fail_class(machine, depth);
    pop_handling(machine);
    drop_superseded(machine, depth, TARGET_END);
    machine_thread(machine)->call_count = depth + 1;
    return unwind_end_filter(machine, false); /* an exception in a filter means no */
}

/* Runs the next finally block between here and the target, or goes to the target. */
static bool continue_unwind(Machine *machine)
{
    for (;;) {
        Handling *handling = top_handling(machine);
        const RuntimeMethod *method = method_at(machine, handling->depth);
        uint32_t pc = handling->words[PLACE], target = handling->words[TARGET_FRAME];
        bool in_target = handling->depth == target;
        for (uint32_t i = handling->handler; i < method->handler_count; i++) {
            const Handler *handler = &method->handlers[i];
            if (in_target && i == handling->words[TARGET_HANDLER])
                return enter_catch(machine, target, i);
            if (handler->kind != HANDLER_FINALLY || !covers(handler, pc))
                continue;
            handling->handler = i;
            go_to(machine, handling->depth, handler->handler_start);
            return true;
        }
        if (in_target)
            return end_without_handler(machine, target);
        handling->depth--;
        handling->handler = 0;
        handling->words[PLACE] = frame_at(machine, handling->depth)->pc - 1;
    }
}

static bool begin_unwind(Machine *machine, uint32_t depth, uint32_t handler)
{
    LogicalThread *thread = machine_thread(machine);
    Handling *handling = top_handling(machine);
    handling->kind = HANDLING_UNWIND;
    handling->depth = thread->call_count - 1;
    handling->handler = 0;
    handling->words[TARGET_FRAME] = depth;
    handling->words[TARGET_HANDLER] = handler;
    handling->words[PLACE] = frame_at(machine, handling->depth)->pc - 1;
    return continue_unwind(machine);
}

/* --- first pass ----------------------------------------------------------------------------------------------------
 */

static bool start_filter(Machine *machine, uint32_t depth, uint32_t index)
{
    LogicalThread *thread = machine_thread(machine);
    const CallFrame *top = frame_at(machine, thread->call_count - 1);
    const RuntimeMethod *method = method_at(machine, depth);
    Handling *handling = top_handling(machine);
    uint64_t at = (top->frame + method_at(machine, thread->call_count - 1)->frame_bytes + 15) / 16 * 16;
    if (thread->call_count == thread->calls_limit || at + method->frame_bytes > thread->data_limit) {
        machine_finish(machine, RUN_STACK_OVERFLOW, 134, 0);
        return false;
    }
    memcpy(machine_at(machine, at), machine_at(machine, frame_at(machine, depth)->frame), method->frame_bytes);
    if (method->reach > method->frame_bytes && at + method->reach <= thread->data_limit)
        memset(machine_at(machine, at + method->frame_bytes), 0, method->reach - method->frame_bytes);
    machine_copy_tags(machine, at, frame_at(machine, depth)->frame, method->frame_bytes);
    memcpy(machine_at(machine, at + method->handlers[index].exception_slot), &handling->exception, sizeof(Ref));
    handling->handler = index;
    handling->words[FILTER_FRAME] = thread->call_count;
    *frame_at(machine, thread->call_count) =
        (CallFrame){.method = method->id, .pc = method->handlers[index].filter_start, .frame = at};
    thread->call_count++;
    return true;
}

/* The statements of a loaded program are left by an exception: what their variables are is wanted all the same. */
static void keep_variables(const Machine *machine)
{
    if (machine->state->main_is_program && machine->host->keep)
        machine->host->keep(machine->host->context);
}

static bool unhandled(Machine *machine)
{
    keep_variables(machine);
    if (submit_may_fail(machine))
        return begin_unwind(machine, 0, TARGET_END);
    Ref exception = top_handling(machine)->exception;
    pop_handling(machine);
    machine_finish(machine, RUN_UNHANDLED, 134, exception);
    return false;
}

/* User code in .NET is not optimized in a short run: nothing is inlined into it. */
static bool is_called_by_user_code(const Machine *machine, uint32_t depth)
{
    if (!depth || !method_at(machine, depth - 1)->is_user)
        return false;
    const RuntimeMethod *caller = method_at(machine, depth - 1);
    uint32_t pc = frame_at(machine, depth - 1)->pc - 1;
    for (uint32_t i = 0; i < caller->inlined_count; i++)
        if (pc >= caller->inlined[i].start && pc < caller->inlined[i].end)
            return false;
    return true;
}

static bool has_frame(const Machine *machine, uint32_t depth)
{
    const RuntimeMethod *method = method_at(machine, depth);
    return !method->is_inlined_in_net || (!method->leaves_by_tail_call && is_called_by_user_code(machine, depth));
}

static void record_frame(Machine *machine, uint32_t depth)
{
    const CallFrame *frame = frame_at(machine, depth);
    const RuntimeMethod *method = program_method(machine->program, frame->method);
    uint64_t exception = machine_offset(machine, &top_handling(machine)->exception);
    uint32_t pc = frame->pc - 1;
    for (uint32_t i = 0; i < method->inlined_count; i++)
        if (pc >= method->inlined[i].start && pc < method->inlined[i].end)
            trace_append(machine, exception, method->inlined[i].method, 0);
    if (has_frame(machine, depth))
        trace_append(machine, exception, frame->method, pc);
}

/* Goes on at top_handling's depth and handler. The frame there is in the trace already. */
static bool continue_search(Machine *machine)
{
    for (;;) {
        Handling *handling = top_handling(machine);
        uint32_t depth = handling->depth, pc = frame_at(machine, depth)->pc - 1;
        const RuntimeMethod *method = method_at(machine, depth);
        Handling *filter = search_of_filter(machine, depth);
        for (uint32_t i = handling->handler; !filter && i < method->handler_count; i++) {
            const Handler *handler = &method->handlers[i];
            if (handler->kind == HANDLER_FINALLY || !covers(handler, pc) ||
                !matches(machine, handler, handling->exception))
                continue;
            if (method->keeps)
                keep_variables(machine);
            return handler->kind == HANDLER_FILTER ? start_filter(machine, depth, i) : begin_unwind(machine, depth, i);
        }
        if (filter || method->is_class_constructor)
            return begin_unwind(machine, depth, TARGET_END);
        if (!depth)
            return unhandled(machine);
        handling->depth--;
        handling->handler = 0;
        record_frame(machine, handling->depth);
    }
}

static bool last_recorded_is(const Machine *machine, Ref exception, MethodId method)
{
    uint32_t count;
    const TraceEntry *entries = trace_entries(machine, exception, &count);
    return count && entries[count - 1].method == method;
}

bool unwind_throw(Machine *machine, Ref exception, bool is_rethrow)
{
    Handling *handling = push_handling(machine, HANDLING_SEARCH);
    if (!handling)
        return false;
    handling->exception = exception;
    handling->words[FILTER_FRAME] = UINT32_MAX;
    if (!is_rethrow)
        trace_begin(machine, exception);
    for (; machine->state->helper_frames; machine->state->helper_frames--)
        trace_append(machine, machine_offset(machine, &top_handling(machine)->exception), 0, 0);
    /* `throw;` in the frame that caught: .NET does not list that frame twice. */
    if (!is_rethrow || !last_recorded_is(machine, exception, frame_at(machine, handling->depth)->method))
        record_frame(machine, handling->depth);
    return continue_search(machine);
}

bool unwind_end_filter(Machine *machine, bool accepted)
{
    LogicalThread *thread = machine_thread(machine);
    const CallFrame *copy = frame_at(machine, thread->call_count - 1);
    Handling *handling = top_handling(machine);
    const RuntimeMethod *method = method_at(machine, handling->depth);
    memcpy(machine_at(machine, frame_at(machine, handling->depth)->frame), machine_at(machine, copy->frame),
           method->frame_bytes);
    machine_copy_tags(machine, frame_at(machine, handling->depth)->frame, copy->frame, method->frame_bytes);
    thread->call_count--;
    handling->words[FILTER_FRAME] = UINT32_MAX;
    if (accepted)
        return begin_unwind(machine, handling->depth, handling->handler);
    handling->handler++;
    return continue_search(machine);
}

/* --- finally -------------------------------------------------------------------------------------------------------
 */

static bool continue_leave(Machine *machine)
{
    Handling *handling = top_handling(machine);
    const RuntimeMethod *method = method_at(machine, handling->depth);
    uint32_t pc = handling->words[PLACE], target = handling->resume;
    for (uint32_t i = handling->handler; i < method->handler_count; i++) {
        const Handler *handler = &method->handlers[i];
        if (handler->kind != HANDLER_FINALLY || !covers(handler, pc) || covers(handler, target))
            continue;
        handling->handler = i;
        go_to(machine, handling->depth, handler->handler_start);
        return true;
    }
    go_to(machine, handling->depth, target);
    pop_handling(machine);
    return true;
}

bool unwind_leave(Machine *machine, uint32_t from, uint32_t target)
{
    Handling *handling = push_handling(machine, HANDLING_LEAVE);
    if (!handling)
        return false;
    handling->resume = target;
    handling->words[PLACE] = from;
    return continue_leave(machine);
}

bool unwind_end_finally(Machine *machine)
{
    Handling *handling = top_handling(machine);
    handling->handler++;
    return handling->kind == HANDLING_LEAVE ? continue_leave(machine) : continue_unwind(machine);
}
