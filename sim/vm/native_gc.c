/* System.GC, weak handles, Environment. */
#include "vm/native.h"

#include "vm/collect.h"
#include "vm/heap.h"
#include "vm/thread.h"

NativeStatus native_gc_allocated_by_thread(Machine *machine, uint8_t *frame)
{
    return return_long(frame, machine->state->allocated);
}

NativeStatus native_gc_allocated(Machine *machine, uint8_t *frame)
{
    return return_long(frame, thread_total_allocated(machine));
}

NativeStatus native_gc_heap_bytes(Machine *machine, uint8_t *frame)
{
    return return_long(frame, heap_total_bytes(machine));
}

NativeStatus native_gc_collect(Machine *machine, uint8_t *frame)
{
    int32_t generation = arg_int(frame, 0);
    collect(machine, generation < 0 || generation > 2 ? 2 : (uint32_t)generation, COLLECT_EXPLICIT);
    return machine_is_over(machine) ? NATIVE_OVER : NATIVE_OK;
}

NativeStatus native_gc_collection_count(Machine *machine, uint8_t *frame)
{
    uint32_t generation = (uint32_t)arg_int(frame, 0);
    return return_int(frame, generation < GENERATIONS ? (int32_t)machine->state->collections[generation] : 0);
}

NativeStatus native_gc_generation(Machine *machine, uint8_t *frame)
{
    return return_int(frame, heap_generation(machine, arg_ref(frame, 0)));
}

/* SetFinalizable(obj, on) */
NativeStatus native_gc_set_finalizable(Machine *machine, uint8_t *frame)
{
    Ref object = arg_ref(frame, 0);
    if (!machine_runtime_type_of(machine, object)->has_finalizer)
        return NATIVE_OK;
    heap_suppress_finalizer(machine, object);
    if (arg_int(frame, 8) & 1)
        heap_register_finalizer(machine, object);
    return NATIVE_OK;
}

NativeStatus native_gc_next_to_finalize(Machine *machine, uint8_t *frame)
{
    return return_ref(frame, heap_next_finalizable(machine));
}

/* The finalizer takes the place of this call: same receiver. */
NativeStatus native_gc_run_finalizer(Machine *machine, uint8_t *frame)
{
    Ref object = arg_ref(frame, 0);
    machine->state->call_method = object ? machine_runtime_type_of(machine, object)->finalizer : 0;
    return machine->state->call_method ? NATIVE_CALL : NATIVE_OK;
}

/* ---- weak handles ------------------------------------------------------------------------------------------------ */

NativeStatus native_weak_allocate(Machine *machine, uint8_t *frame)
{
    uint32_t handle = heap_weak_new(machine, arg_ref(frame, 0));
    return handle ? return_long(frame, handle) : machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL);
}

NativeStatus native_weak_get(Machine *machine, uint8_t *frame)
{
    return return_ref(frame, heap_weak_get(machine, (uint32_t)arg_long(frame, 0)));
}

NativeStatus native_weak_set(Machine *machine, uint8_t *frame)
{
    heap_weak_set(machine, (uint32_t)arg_long(frame, 0), arg_ref(frame, 8));
    return NATIVE_OK;
}

/* ---- the end of the process -------------------------------------------------------------------------------------- */

NativeStatus native_exit(Machine *machine, uint8_t *frame)
{
    machine_finish(machine, RUN_EXITED, arg_int(frame, 0), 0);
    return NATIVE_OVER;
}

NativeStatus native_fail_fast(Machine *machine, uint8_t *frame)
{
    machine_finish(machine, RUN_FAIL_FAST, 134, arg_ref(frame, 0));
    return NATIVE_OVER;
}
