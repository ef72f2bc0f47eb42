/* The variables of a loaded program, kept when its Main is over: see lang/submit_program.c. */
#include "session_look.h"

#include <string.h>

static Submission *running_program(const Session *session)
{
    Submission *at = session->seen;
    while (at && at->kind != SUBMISSION_PROGRAM) {
        at = at->previous;
    }
    return at;
}

static const RuntimeField *static_field(const RuntimeType *type, const Field *field)
{
    for (uint32_t i = 0; field && i < type->field_count; i++) {
        if (type->fields[i].is_static && strcmp(type->fields[i].name, field->name->text) == 0) {
            return &type->fields[i];
        }
    }
    return NULL;
}

static void copy_to(Session *session, const RuntimeType *owner, const Field *field, const void *bytes)
{
    const RuntimeField *to = static_field(owner, field);
    Machine *machine = session->machine;
    if (to) {
        uint8_t *target = machine_statics(machine) + owner->statics_offset + to->offset;
        uint64_t from = machine_offset(machine, bytes); /* far away when it is a variable of ours */
        memcpy(target, bytes, to->size);
        if (from < machine->state->block_bytes) {
            machine_copy_tags(machine, machine_offset(machine, target), from, to->size);
        }
    }
}

/* The whole display class that holds a captured variable. */
static void keep_closure(Session *session, const RuntimeType *owner, const KeptClosure *closure, const Field *captured,
                         const VisibleVariable *variable)
{
    Ref home = variable->home;
    if (closure->type->kind == TYPE_CLASS) {
        copy_to(session, owner, closure->field, &home);
        return;
    }
    const RuntimeType *type = program_type(session->program, load_type(session->loader, closure->type->self));
    const RuntimeField *field = value_field(type, captured->name->text);
    if (field) {
        copy_to(session, owner, closure->field, machine_at(session->machine, variable->at - field->offset));
    }
}

static void keep_variable(Session *session, const Submission *program, const RuntimeType *owner, const Local *local,
                          const VisibleVariable *variable)
{
    for (uint32_t i = 0; local->closure_field && i < program->closure_count; i++) {
        if (program->closures[i].type == local->closure_field->owner) {
            keep_closure(session, owner, &program->closures[i], local->closure_field, variable);
        }
    }
    copy_to(session, owner, submission_kept_field(session->world, program, local),
            machine_at(session->machine, variable->at));
}

static const VisibleVariable *find(const VisibleVariables *variables, const Local *local)
{
    for (uint32_t i = 0; i < variables->count; i++) {
        if (variables->at[i].declared.start == local->span.start && local->name &&
            strcmp(variables->at[i].name, local->name->text) == 0) {
            return &variables->at[i];
        }
    }
    return NULL;
}

/* The innermost call of the program's own statements. */
static const CallFrame *program_call(const Session *session)
{
    const LogicalThread *thread = machine_thread(session->machine);
    const CallFrame *calls = thread_calls(session->machine, thread);
    for (uint32_t i = thread->call_count; i-- > 0;) {
        if (program_method(session->program, calls[i].method)->keeps) {
            return &calls[i];
        }
    }
    return NULL;
}

/* A variable that lies in the frame has no value there after an await in which it did not live: the frame was cleared
 * then, and what was kept before it is right. */
static bool has_value(const Session *session, const CallFrame *call, const VisibleVariable *variable)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    bool is_in_frame = variable->at >= call->frame && variable->at < call->frame + method->frame_bytes;
    uint32_t size = program_type(session->program, load_type(session->loader, variable->type))->value_size;
    const uint8_t *bytes = machine_at(session->machine, variable->at);
    for (uint32_t i = 0; is_in_frame && i < size; i++) {
        if (bytes[i]) {
            return true;
        }
    }
    return !is_in_frame;
}

static void keep(Session *session, void *argument)
{
    (void)argument;
    Submission *program = running_program(session);
    const CallFrame *call = program_call(session);
    if (!program || !call) {
        return;
    }
    submission_make_kept(session->world, program);
    const RuntimeType *owner = program_type(session->program, load_type(session->loader, program->definition->self));
    VisibleVariables variables = session_visible_variables(session, call, &session->arena);
    for (uint32_t i = 0; i < program->local_count; i++) {
        const VisibleVariable *variable = find(&variables, program->locals[i]);
        if (variable && has_value(session, call, variable)) {
            keep_variable(session, program, owner, program->locals[i], variable);
        }
    }
}

void session_keep_program(void *context)
{
    session_guard(context, keep, NULL);
}
