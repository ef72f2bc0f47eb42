/* Finding one's way among the objects of the core library: fields by name, tasks, sources. */
#include "session_value.h"

#include <string.h>

#include "vm/heap.h"

bool value_is(const RuntimeType *type, const char *full_name)
{
    size_t length = strlen(full_name);
    return strncmp(type->full_name, full_name, length) == 0 &&
           (type->full_name[length] == 0 || type->full_name[length] == '[');
}

const RuntimeType *value_base(const Session *session, const RuntimeType *type, const char *full_name)
{
    while (!value_is(type, full_name)) {
        if (!type->parent) {
            return NULL;
        }
        type = program_type(session->program, type->parent);
    }
    return type;
}

const RuntimeField *value_field(const RuntimeType *type, const char *name)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (!field->is_static && field->name && strcmp(field->name, name) == 0) {
            return field;
        }
    }
    return NULL;
}

Ref value_follow(const Session *session, Ref ref, const char *name)
{
    if (!ref) {
        return 0;
    }
    const RuntimeField *field = value_field(machine_runtime_type_of(session->machine, ref), name);
    bool is_reference = field && field->shape == SHAPE_REF;
    return is_reference ? machine_read8(session->machine, ref + OBJECT_FIELDS + field->offset) : 0;
}

int64_t value_number(const Session *session, Ref ref, const char *name)
{
    const RuntimeField *field = ref ? value_field(machine_runtime_type_of(session->machine, ref), name) : NULL;
    return field ? value_read(session, field->shape, ref + OBJECT_FIELDS + field->offset) : 0;
}

int64_t value_read(const Session *session, Shape shape, uint64_t at)
{
    const uint8_t *bytes = machine_at(session->machine, at);
    uint64_t word = 0;
    switch (shape) {
    case SHAPE_BOOL:
    case SHAPE_U1:
        return *bytes;
    case SHAPE_I1:
        return (int8_t)*bytes;
    case SHAPE_CHAR:
    case SHAPE_U2:
        memcpy(&word, bytes, 2);
        return (int64_t)word;
    case SHAPE_I2:
        memcpy(&word, bytes, 2);
        return (int16_t)word;
    case SHAPE_I4:
        memcpy(&word, bytes, 4);
        return (int32_t)word;
    case SHAPE_U4:
    case SHAPE_R4:
        memcpy(&word, bytes, 4);
        return (int64_t)word;
    case SHAPE_I8:
    case SHAPE_U8:
    case SHAPE_R8:
    case SHAPE_REF:
    case SHAPE_BYREF:
        memcpy(&word, bytes, 8);
        return (int64_t)word;
    case SHAPE_VOID:
    case SHAPE_STRUCT:
        return 0;
    }
    return 0;
}

Ref session_holder(const Session *session, uint64_t at)
{
    return heap_contains(session->machine, at) ? heap_object_around(session->machine, at) : 0;
}

/* ---- sources ----------------------------------------------------------------------------------------------------- */

static const char core_name[] = "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore`1";

uint64_t value_core(const Session *session, Ref source, const RuntimeType **core)
{
    const RuntimeType *type = machine_runtime_type_of(session->machine, source);
    for (uint32_t i = 0; !type->is_nullable && i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static || field->shape != SHAPE_STRUCT || !field->type) {
            continue;
        }
        *core = program_type(session->program, field->type);
        if (value_is(*core, core_name)) {
            return source + OBJECT_FIELDS + field->offset;
        }
    }
    return 0;
}

bool value_version(const Session *session, Ref source, int16_t *version)
{
    const RuntimeType *type;
    uint64_t core = value_core(session, source, &type);
    const RuntimeField *field = core ? value_field(type, "_version") : NULL;
    if (!core) { /* the operations of channels count for themselves */
        type = machine_runtime_type_of(session->machine, source);
        field = type->is_user ? NULL : value_field(type, "_currentId");
        core = source + OBJECT_FIELDS;
    }
    if (!field) {
        return false;
    }
    *version = (int16_t)value_read(session, field->shape, core + field->offset);
    return true;
}

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

/* Bits of Task.m_stateFlags (sim/corlib/Task.cs). */
enum {
    STATE_STARTED = 0x10000,
    STATE_DELEGATE_INVOKED = 0x20000,
    STATE_FAULTED = 0x200000,
    STATE_CANCELED = 0x400000,
    STATE_RAN_TO_COMPLETION = 0x1000000,
    STATE_WAITING_FOR_ACTIVATION = 0x2000000,
};

bool value_is_task(const Session *session, Ref ref)
{
    return ref && value_base(session, machine_runtime_type_of(session->machine, ref), "System.Threading.Tasks.Task");
}

TaskState value_task_state(const Session *session, Ref task)
{
    int64_t flags = value_number(session, task, "m_stateFlags");
    return flags & STATE_FAULTED                  ? TASK_FAULTED
           : flags & STATE_CANCELED               ? TASK_CANCELED
           : flags & STATE_RAN_TO_COMPLETION      ? TASK_COMPLETED
           : flags & STATE_DELEGATE_INVOKED       ? TASK_RUNNING
           : flags & STATE_STARTED                ? TASK_SCHEDULED
           : flags & STATE_WAITING_FOR_ACTIVATION ? TASK_PENDING
                                                  : TASK_CREATED;
}

Ref value_task_exception(const Session *session, Ref task)
{
    Ref holder = value_follow(session, value_follow(session, task, "m_contingentProperties"), "m_exceptionsHolder");
    Ref list = value_follow(session, holder, "m_faultExceptions");
    Ref items = value_follow(session, list, "_items");
    if (!items || !value_number(session, list, "_size")) {
        return 0;
    }
    return value_follow(session, machine_read8(session->machine, items + ARRAY_ELEMENTS), "_exception");
}
