#include "vm/roots.h"

#include "vm/thread.h"

#include <stddef.h>

static void visit_offsets(const RootVisitor *visitor, uint64_t base, const uint32_t *offsets, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        visitor->ref(visitor->context, base + offsets[i]);
}

static void visit_slots(const RootVisitor *visitor, uint64_t frame, const uint16_t *slots, uint32_t count,
                        bool are_byrefs)
{
    for (uint32_t i = 0; i < count; i++)
        (are_byrefs ? visitor->byref : visitor->ref)(visitor->context, frame + slots[i]);
}

static void visit_arguments(const RootVisitor *visitor, const RuntimeMethod *method, uint64_t frame)
{
    visit_slots(visitor, frame, method->argument_ref_slots, method->argument_ref_slot_count, false);
    visit_slots(visitor, frame, method->argument_byref_slots, method->argument_byref_slot_count, true);
}

void roots_visit_frame(const Machine *machine, const CallFrame *call, const RootVisitor *visitor)
{
    const RuntimeMethod *method = program_method(machine->program, call->method);
    if (method->state != METHOD_COMPILED) {
        visit_arguments(visitor, method, call->frame); /* not set up yet: it is being compiled */
        return;
    }
    visit_slots(visitor, call->frame, method->ref_slots, method->ref_slot_count, false);
    visit_slots(visitor, call->frame, method->byref_slots, method->byref_slot_count, true);
}

static void visit_statics(const Machine *machine, const RootVisitor *visitor)
{
    const Program *program = machine->program;
    uint64_t statics = machine->state->areas[AREA_STATICS].offset;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        bool is_weak = type && type->has_weak_statics && machine->state->main_is_program;
        if (type && type->static_ref_count && !is_weak)
            visit_offsets(visitor, statics + type->statics_offset, type->static_ref_offsets, type->static_ref_count);
    }
    uint64_t errors = machine->state->areas[AREA_INIT_ERRORS].offset;
    for (uint32_t i = 1; i < program->init_count; i++)
        visitor->ref(visitor->context, errors + i * sizeof(Ref));
}

static void visit_thread_statics(const Machine *machine, const LogicalThread *thread, const RootVisitor *visitor)
{
    const Program *program = machine->program;
    if (!program->thread_statics_bytes)
        return;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        if (type && type->thread_static_ref_count)
            visit_offsets(visitor, thread->statics + type->thread_statics_offset, type->thread_static_ref_offsets,
                          type->thread_static_ref_count);
    }
}

static void visit_thread(const Machine *machine, const LogicalThread *thread, const RootVisitor *visitor)
{
    uint64_t at = machine_offset(machine, thread);
    visitor->ref(visitor->context, at + offsetof(LogicalThread, object));
    visitor->ref(visitor->context, at + offsetof(LogicalThread, parked_key));
    visit_thread_statics(machine, thread, visitor);
    const CallFrame *calls = machine_at(machine, thread_first_call(thread));
    for (uint32_t i = 0; i < thread->outer_calls + thread->call_count; i++)
        roots_visit_frame(machine, &calls[i], visitor);
    if (thread->native_method)
        visit_arguments(visitor, program_method(machine->program, thread->native_method), thread->native_frame);
    for (uint32_t i = 0; i < thread->outer_handlings + thread->handling_count; i++) {
        uint64_t handling = thread_first_handling(thread) + i * sizeof(Handling);
        visitor->ref(visitor->context, handling + offsetof(Handling, exception));
        visitor->ref(visitor->context, handling + offsetof(Handling, held));
    }
}

void roots_visit(const Machine *machine, const RootVisitor *visitor)
{
    const MachineState *state = machine->state;
    visit_statics(machine, visitor);
    for (uint32_t i = 0; i < state->thread_count; i++) {
        if (state->threads[i].status != THREAD_FREE)
            visit_thread(machine, &state->threads[i], visitor);
    }
    visitor->ref(visitor->context, offsetof(MachineState, thrown));
    visitor->ref(visitor->context, offsetof(MachineState, result) + offsetof(RunResult, exception));
}
