#include "vm/machine.h"

#include "code/op.h"
#include "vm/birth.h"
#include "vm/console.h"
#include "vm/heap.h"
#include "vm/submit.h"
#include "vm/thread.h"

static const uint64_t MAGIC = UINT64_C(0x6c61747369617761);

static const uint64_t MIB = 1024 * 1024;

enum { MAX_TYPES = 1 << 20, MAX_INITS = 1 << 20, MAX_LITERALS = 1 << 20, AREA_ALIGNMENT = 4096 };

/* ---- laying out the block ---------------------------------------------------------------------------------------- */

static uint64_t round_up(uint64_t n, uint64_t to)
{
    return (n + to - 1) / to * to;
}

static uint64_t or_default(uint64_t value, uint64_t otherwise, uint64_t least)
{
    value = value ? value : otherwise;
    return value < least ? least : value;
}

static void set_limits(MachineLimits *limits)
{
    limits->heap_bytes = round_up(or_default(limits->heap_bytes, 512 * MIB, 4 * MIB), REGION_BYTES);
    limits->gen0_bytes = or_default(limits->gen0_bytes, 4 * MIB, 16 * 1024);
    if (limits->gen0_bytes > limits->heap_bytes / 4)
        limits->gen0_bytes = limits->heap_bytes / 4;
    limits->main_stack_bytes = round_up(or_default(limits->main_stack_bytes, 16 * MIB, 256 * 1024), AREA_ALIGNMENT);
    limits->thread_stack_bytes = round_up(or_default(limits->thread_stack_bytes, 4 * MIB, 256 * 1024), AREA_ALIGNMENT);
    limits->quantum = limits->quantum ? limits->quantum : 200000;
}

/* All the heap may live, and moves into new regions that may be filled by two thirds only, because a small object can
 * be as large as a third of a region. */
static uint64_t heap_area_bytes(const MachineLimits *limits)
{
    return round_up(limits->heap_bytes * 5 / 2, REGION_BYTES) + 8 * REGION_BYTES;
}

static uint64_t area_capacity(const MachineLimits *limits, AreaKind kind)
{
    switch (kind) {
    case AREA_REGIONS:
        return heap_area_bytes(limits) / REGION_BYTES * sizeof(Region);
    case AREA_STATICS:
        return 16 * MIB;
    case AREA_INITS:
        return MAX_INITS;
    case AREA_INIT_ERRORS:
        return MAX_INITS * sizeof(Ref);
    case AREA_LITERALS:
        return MAX_LITERALS * sizeof(Ref);
    case AREA_TYPES:
        return MAX_TYPES * sizeof(Ref);
    case AREA_STATS:
        return MAX_TYPES * sizeof(TypeStats);
    case AREA_THREAD_STATICS:
        return MAX_THREADS * UINT64_C(65536);
    case AREA_WEAK:
        return 32 * MIB;
    case AREA_FINALIZABLE:
        return 16 * MIB;
    case AREA_FROZEN:
        return 64 * MIB;
    case AREA_STACKS:
        return limits->main_stack_bytes + (MAX_THREADS - 1) * limits->thread_stack_bytes;
    case AREA_CARDS:
        return 0; /* depends on the rest */
    case AREA_HEAP:
        return heap_area_bytes(limits);
    case AREA_COUNT:
        break;
    }
    return 0;
}

static uint64_t lay_out(const MachineLimits *limits, Area *areas)
{
    uint64_t total = round_up(sizeof(MachineState), AREA_ALIGNMENT);
    for (int i = 0; i < AREA_COUNT; i++)
        total += round_up(area_capacity(limits, (AreaKind)i), AREA_ALIGNMENT);
    uint64_t cards = round_up((total >> CARD_SHIFT) + (total >> (2 * CARD_SHIFT)) + AREA_ALIGNMENT, AREA_ALIGNMENT);
    uint64_t at = round_up(sizeof(MachineState), AREA_ALIGNMENT);
    for (int i = 0; i < AREA_COUNT; i++) {
        uint64_t capacity = i == AREA_CARDS ? cards : area_capacity(limits, (AreaKind)i);
        areas[i] = (Area){at, capacity};
        at += round_up(capacity, AREA_ALIGNMENT);
    }
    return at;
}

static uint8_t *zeroed_bytes(const Memory *memory, uint64_t size)
{
    if (size > SIZE_MAX)
        return NULL;
    if (memory->zeroed)
        return memory->zeroed(memory->context, (size_t)size);
    uint8_t *bytes = memory->resize(memory->context, NULL, 0, (size_t)size);
    return bytes ? memset(bytes, 0, (size_t)size) : NULL;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void init_state(Machine *machine, const Area *areas, uint64_t size)
{
    MachineState *state = machine->state;
    memset(state, 0, sizeof *state);
    state->magic = MAGIC;
    state->block_bytes = size;
    memcpy(state->areas, areas, sizeof state->areas);
    state->current = NO_THREAD;
    state->heap_limit = machine->limits.heap_bytes;
    state->gen0_budget = machine->limits.gen0_bytes;
    state->random[0] = machine->limits.seed;
    state->random[1] = UINT64_C(0x9e3779b97f4a7c15);
    heap_init(machine);
}

Machine *machine_create(Program *program, const Host *host, const Memory *memory, const MachineLimits *limits)
{
    Machine *machine = memory->resize(memory->context, NULL, 0, sizeof *machine);
    if (!machine)
        return NULL;
    *machine = (Machine){.program = program, .host = host, .memory = memory};
    if (limits)
        machine->limits = *limits;
    bool may_shrink = !machine->limits.heap_bytes;
    set_limits(&machine->limits);
    Area areas[AREA_COUNT];
    uint64_t size = lay_out(&machine->limits, areas);
    machine->block = zeroed_bytes(memory, size);
    /* Systems that promise no more memory than they have get a smaller default. */
    while (!machine->block && may_shrink && machine->limits.heap_bytes > 64 * MIB) {
        machine->limits.heap_bytes /= 2;
        size = lay_out(&machine->limits, areas);
        machine->block = zeroed_bytes(memory, size);
    }
    machine->output = machine->block ? output_create(memory) : NULL;
    if (!machine->output) {
        if (machine->block)
            memory->resize(memory->context, machine->block, (size_t)size, 0);
        memory->resize(memory->context, machine, sizeof *machine, 0);
        return NULL;
    }
    machine->state = (MachineState *)(void *)machine->block;
    init_state(machine, areas, size);
    machine->cards = machine_area(machine, AREA_CARDS);
    machine->stats = machine_area(machine, AREA_STATS);
    return machine;
}

void machine_free(Machine *machine)
{
    if (!machine)
        return;
    const Memory *memory = machine->memory;
    output_free(machine->output, memory);
    memory->resize(memory->context, machine->block, (size_t)machine->state->block_bytes, 0);
    memory->resize(memory->context, machine, sizeof *machine, 0);
}

static uint64_t at_most(uint64_t n, uint64_t limit)
{
    return n < limit ? n : limit;
}

uint64_t machine_table_bytes(const Machine *machine, AreaKind area)
{
    const Program *program = machine->program;
    uint64_t capacity = machine->state->areas[area].capacity;
    if (area == AREA_STATICS)
        return at_most(program->statics_bytes, capacity);
    if (area == AREA_INITS)
        return at_most(program->init_count, capacity);
    if (area == AREA_INIT_ERRORS)
        return at_most(program->init_count * sizeof(Ref), capacity);
    if (area == AREA_LITERALS)
        return at_most(program->literal_count * sizeof(Ref), capacity);
    if (area == AREA_TYPES)
        return at_most(program->type_count * sizeof(Ref), capacity);
    if (area == AREA_STATS)
        return at_most(program->type_count * sizeof(TypeStats), capacity);
    return 0;
}

void machine_reset(Machine *machine)
{
    machine->changes++;
    for (int i = AREA_STATICS; i <= AREA_STATS; i++)
        memset(machine_area(machine, (AreaKind)i), 0, (size_t)machine_table_bytes(machine, (AreaKind)i));
    uint64_t virgin = machine->virgin;
    Area areas[AREA_COUNT];
    memcpy(areas, machine->state->areas, sizeof areas);
    init_state(machine, areas, machine->state->block_bytes);
    machine->virgin = virgin;
    machine->trouble = NULL;
    machine->stop = 0;
}

/* The program's tables must fit those of the block. */
static bool tables_fit(const Machine *machine)
{
    const Program *program = machine->program;
    const Area *areas = machine->state->areas;
    return program->statics_bytes <= areas[AREA_STATICS].capacity && program->init_count < MAX_INITS &&
           program->literal_count < MAX_LITERALS && program->type_count < MAX_TYPES &&
           program->thread_statics_bytes <= areas[AREA_THREAD_STATICS].capacity / MAX_THREADS;
}

Ref machine_new_thread_object(Machine *machine)
{
    TypeId type = machine->host->well_known(machine->host->context, WELL_KNOWN_THREAD);
    if (!type)
        return 0;
    machine->state->uncounted++;
    Ref ref = machine_new(machine, type);
    machine->state->uncounted--;
    return ref;
}

bool machine_start(Machine *machine, MethodId entry)
{
    Ref thread_object = machine_new_thread_object(machine);
    if (!thread_create(machine, entry, 0, thread_object, false))
        return false;
    machine->state->result.status = RUN_RUNNING;
    machine->state->entry = entry;
    return machine_pass_no_arguments(machine, entry);
}

bool machine_pass_no_arguments(Machine *machine, MethodId entry)
{
    if (!program_method(machine->program, entry)->argument_bytes)
        return true;
    TypeId strings = machine->host->well_known(machine->host->context, WELL_KNOWN_STRING_ARRAY);
    machine->state->uncounted++;
    Ref arguments = strings ? machine_new_array(machine, strings, 0, NULL) : 0;
    machine->state->uncounted--;
    memcpy(machine_at(machine, machine->state->threads[0].data_start), &arguments, sizeof arguments);
    return true;
}

bool machine_start_idle(Machine *machine)
{
    Ref thread_object = machine_new_thread_object(machine);
    if (!thread_object)
        return false;
    thread_create_idle(machine, thread_object);
    machine->state->interactive = true;
    machine->state->result.status = RUN_IDLE;
    return true;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

void machine_finish(Machine *machine, RunStatus status, int32_t exit_code, Ref exception)
{
    RunResult *result = &machine->state->result;
    if (result->status > RUN_RUNNING)
        return;
    result->status = (uint8_t)status;
    result->thread = machine->state->current;
    result->exit_code = exit_code;
    result->exception = exception;
    machine->stop |= STOP_OVER;
}

void machine_fail(Machine *machine, RunStatus status, const char *trouble)
{
    if (!machine_is_over(machine))
        machine->trouble = trouble;
    machine_finish(machine, status, 70, 0);
}

void machine_event(Machine *machine, uint32_t kind, Ref a, Ref b, int64_t n)
{
    bool begins_statement = kind == EVENT_STATEMENT;
    births_before_event(machine, begins_statement);
    uint64_t steps = ++machine->state->steps;
    births_after_event(machine, begins_statement);
    if (machine->listening && machine->tells_events)
        machine->host->event(machine->host->context, kind, a, b, n);
    if (machine->limits.max_steps && steps >= machine->limits.max_steps)
        machine_finish(machine, RUN_STEP_LIMIT, 0, 0);
}

static int64_t least(int64_t a, uint64_t b)
{
    return b < (uint64_t)a ? (int64_t)b : a;
}

/* How many instructions may run until somebody has to be asked. */
static void give_fuel(Machine *machine, uint64_t until)
{
    MachineState *state = machine->state;
    int64_t fuel = state->quantum_left > 0 ? state->quantum_left : 1;
    if (until)
        fuel = least(fuel, until > state->instructions ? until - state->instructions : 1);
    uint64_t limit = machine->limits.max_instructions;
    if (limit)
        fuel = least(fuel, limit > state->instructions ? limit - state->instructions : 1);
    state->fuel = state->fuel_given = fuel;
}

/* Environment.ExitCode, which is what a Main without result leaves. */
static int32_t exit_code_property(const Machine *machine)
{
    const Program *program = machine->program;
    int32_t code = 0;
    for (uint32_t i = 1; i < program->type_count; i++) {
        const RuntimeType *type = program->types[i];
        if (!type->full_name || strcmp(type->full_name, "System.Environment") != 0)
            continue;
        for (uint32_t k = 0; k < type->field_count; k++) {
            const RuntimeField *field = &type->fields[k];
            if (field->is_static && strcmp(field->name, "s_exitCode") == 0)
                memcpy(&code, machine_statics(machine) + type->statics_offset + field->offset, sizeof code);
        }
    }
    return code;
}

static void main_returned(Machine *machine)
{
    MachineState *state = machine->state;
    const RuntimeMethod *entry = program_method(machine->program, state->entry);
    if (entry->return_shape == SHAPE_I4)
        memcpy(&state->exit_code, machine_at(machine, state->threads[0].data_start), sizeof state->exit_code);
    state->main_has_result = entry->return_shape == SHAPE_I4;
}

static void thread_returned(Machine *machine)
{
    MachineState *state = machine->state;
    if (submit_is_nested(machine)) {
        submit_end_nested(machine, 0);
        return;
    }
    if (state->current == 0)
        main_returned(machine);
    if (state->current == 0 && state->interactive)
        submit_end_main(machine, 0);
    else
        thread_end(machine);
    if (state->threads[0].status == THREAD_IDLE)
        submit_rest(machine);
    else if (state->threads[0].status == THREAD_FREE && !thread_any_foreground(machine))
        machine_finish(machine, RUN_ENDED, state->main_has_result ? state->exit_code : exit_code_property(machine), 0);
}

static void after_slice(Machine *machine, ExecOutcome outcome)
{
    MachineState *state = machine->state;
    bool is_current = state->current != NO_THREAD;
    if (outcome == EXEC_ENDED && is_current)
        thread_returned(machine);
    else if (outcome == EXEC_SWITCH && is_current) /* a yield; who parked is not current any more */
        thread_preempt(machine);
    else if (is_current && state->quantum_left <= 0)
        thread_preempt(machine);
    uint64_t limit = machine->limits.max_instructions;
    if (limit && state->instructions >= limit)
        machine_finish(machine, RUN_INSTRUCTION_LIMIT, 0, 0);
}

static bool run_slice(Machine *machine, uint64_t until)
{
    MachineState *state = machine->state;
    if (state->current == NO_THREAD && !thread_schedule(machine)) {
        if (!submit_abandon_nested(machine))
            machine_finish(machine, RUN_DEADLOCK, 0, 0);
        return false;
    }
    if (state->current == NO_THREAD) /* held: STOP_CHOICE */
        return false;
    give_fuel(machine, until);
    ExecOutcome outcome = exec_run(machine);
    thread_spend(machine);
    state->fuel = state->fuel_given = 0; /* how a run was cut into pieces leaves no trace */
    if (!tables_fit(machine))
        machine_fail(machine, RUN_NO_MEMORY, "the program has too many types, literals or static fields");
    if (machine_is_over(machine) || outcome == EXEC_OVER)
        return false;
    after_slice(machine, outcome);
    return outcome != EXEC_STOPPED && state->result.status == RUN_RUNNING && !(until && state->instructions >= until);
}

RunStatus machine_run(Machine *machine, uint64_t instructions)
{
    MachineState *state = machine->state;
    machine->changes++;
    if (state->result.status == RUN_RUNNING) {
        uint64_t until = instructions ? state->instructions + instructions : 0;
        while (!(machine->stop & ~(uint32_t)STOP_OVER) && run_slice(machine, until))
            ;
    }
    machine->stop &= ~(uint32_t)STOP_OVER;
    machine_flush(machine);
    return (RunStatus)state->result.status;
}

/* ---- small questions --------------------------------------------------------------------------------------------- */

/* splitmix64: one addition and three multiplications; every state is a good one. */
uint64_t machine_random(Machine *machine)
{
    uint64_t z = machine->state->random[0] += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint32_t machine_field(const Machine *machine, TypeId type, const char *name)
{
    const RuntimeType *runtime_type = program_type(machine->program, type);
    for (uint32_t i = 0; i < runtime_type->field_count; i++) {
        const RuntimeField *field = &runtime_type->fields[i];
        if (!field->is_static && strcmp(field->name, name) == 0)
            return field->offset + OBJECT_FIELDS;
    }
    return 0;
}
