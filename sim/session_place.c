#include "session_place.h"

#include "session_look.h"
#include "vm/submit.h"

/* The call whose variables are seen; NULL: there is no user code. */
static const CallFrame *place_call(const Session *session)
{
    uint8_t slot = submit_slot(session->machine);
    const LogicalThread *thread = &session->machine->state->threads[slot == NO_THREAD ? 0 : slot];
    return session_user_call(session, thread);
}

/* The user's type around a method: state machines and display classes lie in it. */
static TypeDefinition *user_definition(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    TypeDefinition *definition = ((Type *)program_type(session->program, method->declaring_type)->source)->definition;
    while (definition && definition->is_compiler_made) {
        definition = definition->containing;
    }
    return definition;
}

static Type *base_of_definition(Session *session, Type *type, const TypeDefinition *definition)
{
    while (type && type->definition != definition) {
        type = type_base(session->world, type);
    }
    return type;
}

static bool is_usable(const VisibleVariable *variable)
{
    return variable->is_set && variable->kind != VARIABLE_IS_THIS;
}

static const VisibleVariable *find_this(const VisibleVariables *variables)
{
    for (uint32_t i = 0; i < variables->count; i++) {
        if (variables->at[i].kind == VARIABLE_IS_THIS) {
            return &variables->at[i];
        }
    }
    return NULL;
}

SubmissionPlace *session_place(Session *session, bool looks, Arena *arena)
{
    const Machine *machine = session->machine;
    bool is_stuck = machine && machine->state->result.status == RUN_DEADLOCK;
    if (!machine || (machine_is_idle(machine) && !(is_stuck && looks))) {
        return NULL;
    }
    SubmissionPlace *place = ARENA_NEW(arena, SubmissionPlace);
    const CallFrame *call = place_call(session);
    if (!call) {
        return place;
    }
    VisibleVariables variables = session_visible_variables(session, call, arena);
    TypeDefinition *definition = user_definition(session, call);
    const VisibleVariable *self = find_this(&variables);
    place->self = self && definition ? base_of_definition(session, self->type, definition) : NULL;
    bool is_plain = definition && !definition->type_parameter_count && !definition->submission;
    place->owner = place->self ? place->self : is_plain ? definition->self : NULL;
    place->names = ARENA_ARRAY(arena, Name, variables.count + 1);
    place->types = ARENA_ARRAY(arena, Type *, variables.count + 1);
    for (uint32_t i = 0; i < variables.count; i++) {
        if (is_usable(&variables.at[i])) {
            place->names[place->count] = name_of(session->world->names, variables.at[i].name);
            place->types[place->count++] = variables.at[i].type;
        }
    }
    return place;
}

/* ---- arguments
 * --------------------------------------------------------------------------------------------------------- */

typedef struct ArgumentBytes {
    uint8_t *at;
    uint32_t size, capacity;
} ArgumentBytes;

static void add_bytes(Session *session, ArgumentBytes *to, const void *bytes, uint32_t size)
{
    const uint8_t *from = bytes;
    uint32_t end = (to->size + size + 7) / 8 * 8;
    for (uint32_t i = 0; to->size < end; i++) {
        ARENA_PUSH(&session->arena, to->at, to->size, to->capacity, i < size ? from[i] : 0);
    }
}

static void add_address(Session *session, ArgumentBytes *to, uint64_t at)
{
    add_bytes(session, to, &at, sizeof at);
}

/* Small integers are extended to 4 bytes in frames. */
static void add_value(Session *session, ArgumentBytes *to, const VisibleVariable *variable)
{
    const RuntimeType *type = program_type(session->program, load_type(session->loader, variable->type));
    bool is_small = type->shape >= SHAPE_BOOL && type->shape <= SHAPE_U2;
    int32_t extended = is_small ? (int32_t)value_read(session, type->shape, variable->at) : 0;
    if (is_small) {
        add_bytes(session, to, &extended, sizeof extended);
    } else {
        add_bytes(session, to, machine_at(session->machine, variable->at), type->value_size);
    }
}

/* A receiver of a class is passed as a reference, one of a struct as where it lies. */
static uint64_t this_argument(const Session *session, const SubmissionPlace *place, const VisibleVariable *self)
{
    return type_is_reference(place->self) ? machine_read8(session->machine, self->at) : self->at;
}

static const VisibleVariable *find_variable(const VisibleVariables *variables, Name name, const Type *type)
{
    for (uint32_t i = 0; i < variables->count; i++) {
        const VisibleVariable *variable = &variables->at[i];
        if (is_usable(variable) && variable->type == type && strcmp(variable->name, name->text) == 0) {
            return variable;
        }
    }
    return NULL;
}

bool session_place_arguments(Session *session, const SubmissionPlace *place, PlaceArguments *arguments)
{
    *arguments = (PlaceArguments){0};
    if (!place->self && !place->count) {
        return true;
    }
    const CallFrame *call = machine_is_idle(session->machine) ? NULL : place_call(session);
    if (!call) {
        return false;
    }
    VisibleVariables variables = session_visible_variables(session, call, &session->arena);
    ArgumentBytes bytes = {0};
    if (place->self) {
        const VisibleVariable *self = find_this(&variables);
        if (!self) {
            return false;
        }
        add_address(session, &bytes, this_argument(session, place, self));
    }
    for (uint32_t i = 0; i < place->count; i++) {
        const VisibleVariable *variable = find_variable(&variables, place->names[i], place->types[i]);
        if (!variable) {
            return false;
        }
        if (place->by_value) {
            add_value(session, &bytes, variable);
        } else {
            add_address(session, &bytes, variable->at);
        }
    }
    *arguments = (PlaceArguments){bytes.at, bytes.size};
    return true;
}
