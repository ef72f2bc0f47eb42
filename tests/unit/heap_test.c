/* The heap and the collector: random object graphs against a model, in every debugging mode. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/fake_program.h"
#include "vm/collect.h"
#include "vm/heap.h"

ExecOutcome exec_run(Machine *machine)
{
    (void)machine;
    return EXEC_ENDED;
}

static FakeProgram fake;

static Machine *new_machine(uint64_t heap, uint64_t gen0)
{
    MachineLimits limits = {
        .heap_bytes = heap, .gen0_bytes = gen0, .main_stack_bytes = 256 * 1024, .thread_stack_bytes = 256 * 1024};
    fake_program_init(&fake);
    Machine *machine = machine_create(&fake.program, &fake.host, &memory_default, &limits);
    assert_non_null(machine);
    assert_true(machine_start(machine, FAKE_MAIN));
    machine->state->current = 0;
    machine->state->ready_count = 0;
    return machine;
}

/* ---- sizes and accounting ---------------------------------------------------------------------------------------- */

static void test_sizes_are_those_of_dotnet(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    static const struct {
        uint32_t count;
        int64_t bytes;
    } strings[] = {{0, 24}, {1, 24}, {2, 32}, {5, 32}, {6, 40}, {9, 40}, {10, 48}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        int64_t before = machine->state->allocated;
        Ref string = machine_new_string(machine, NULL, strings[i].count);
        assert_int_equal(machine->state->allocated - before, strings[i].bytes);
        assert_int_equal(heap_object_size(machine, string), strings[i].bytes);
    }
    static const struct {
        int64_t count, bytes;
    } arrays[] = {{0, 24}, {1, 32}, {8, 32}, {9, 40}};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        int64_t before = machine->state->allocated;
        machine_new_array(machine, FAKE_BYTES, arrays[i].count, NULL);
        assert_int_equal(machine->state->allocated - before, arrays[i].bytes);
    }
    assert_int_equal(machine->stats[FAKE_BYTES].count, 4);
    assert_int_equal(machine->stats[FAKE_BYTES].bytes, 24 + 32 + 32 + 40);
    machine_free(machine);
}

static void test_array_lengths_that_cannot_be(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(16 << 20, 0);
    ArrayProblem problem;
    assert_int_equal(machine_new_array(machine, FAKE_BYTES, -1, &problem), 0);
    assert_int_equal(problem, ARRAY_NEGATIVE);
    assert_int_equal(machine_new_array(machine, FAKE_BYTES, INT64_MIN, &problem), 0);
    assert_int_equal(problem, ARRAY_NEGATIVE);
    assert_int_equal(machine_new_array(machine, FAKE_NODES, 0x7fffffff, &problem), 0);
    assert_int_equal(problem, ARRAY_TOO_LONG);
    assert_int_equal(machine_new_array(machine, FAKE_NODES, 0x7fffffc7, &problem), 0);
    assert_int_equal(problem, ARRAY_NO_MEMORY);
    assert_int_equal(machine_new_string(machine, NULL, 0x7fffffff), 0);
    assert_true(machine->state->result.heap_limit);
    assert_int_equal(machine_raise_array(machine, ARRAY_TOO_LONG), NATIVE_THROW);
    Ref message = machine_read8(machine, machine->state->thrown + 8);
    assert_int_equal(machine_length(machine, message), 42);
    machine_free(machine);
}

static void test_heap_limit_and_recovery(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(8 << 20, 1 << 20);
    uint32_t count = 0;
    for (;; count++) {
        Ref node = machine_new(machine, FAKE_NODE);
        if (!node)
            break;
        fake_store(machine, node + NODE_LEFT, fake_load(machine, fake_root(machine, 0)));
        fake_store(machine, fake_root(machine, 0), node);
    }
    assert_true(count > 150000 && count < 250000);
    assert_int_equal(machine_raise(machine, WELL_KNOWN_OUT_OF_MEMORY, NULL), NATIVE_THROW);
    fake_store(machine, fake_root(machine, 0), 0);
    for (uint32_t i = 0; i < 500000; i++)
        assert_int_not_equal(machine_new(machine, FAKE_NODE), 0);
    assert_false(machine_is_over(machine));
    machine_free(machine);
}

/* ---- the model --------------------------------------------------------------------------------------------------- */

enum { NODES = 400, BIG_LENGTH = 12000 };

/* Node i of the model; it exists in the heap while it is reachable. Nodes count from 1; 0 is null. */
typedef struct Model {
    int left[NODES + 1], right[NODES + 1];
    int roots[FAKE_ROOTS];
    int frame_ref;   /* node in the frame's first slot */
    int frame_byref; /* node whose value field the managed pointer in the frame points at */
    uint64_t random;
} Model;

static uint64_t frame_of(const Machine *machine)
{
    return machine->state->threads[0].data_start;
}

static void enter_frame(Machine *machine)
{
    LogicalThread *thread = &machine->state->threads[0];
    thread->call_count = 0;
    memset(machine_at(machine, thread->data_start), 0, 64);
    assert_true(thread_push(machine, thread, FAKE_METHOD, 0));
}

/* The object of a model node that is reachable, found by walking both graphs together; 0 if it is not. */
static Ref find(const Machine *machine, const Model *model, int wanted)
{
    static Ref refs[NODES + 1];
    static int stack[4 * NODES + 2 * FAKE_ROOTS];
    int depth = 0;
    memset(refs, 0, sizeof refs);
#define REACH(node, ref)                                                                                               \
    if ((node) && !refs[node]) {                                                                                       \
        refs[node] = (ref);                                                                                            \
        stack[depth++] = (node);                                                                                       \
    }
    for (uint32_t i = 0; i < FAKE_ROOTS - 2; i++)
        REACH(model->roots[i], fake_load(machine, fake_root(machine, i)))
    REACH(model->frame_ref, fake_load(machine, frame_of(machine)))
    if (model->frame_byref)
        REACH(model->frame_byref, fake_load(machine, frame_of(machine) + 24) - NODE_VALUE)
    while (depth) {
        int node = stack[--depth];
        Ref ref = refs[node];
        assert_int_equal(machine_type_of(machine, ref), FAKE_NODE);
        assert_int_equal(machine_read8(machine, ref + NODE_VALUE), node);
        Ref left = fake_load(machine, ref + NODE_LEFT), right = fake_load(machine, ref + NODE_RIGHT);
        assert_int_equal(left == 0, model->left[node] == 0);
        assert_int_equal(right == 0, model->right[node] == 0);
        REACH(model->left[node], left)
        REACH(model->right[node], right)
        assert_int_equal(left, refs[model->left[node]]);
        assert_int_equal(right, refs[model->right[node]]);
    }
#undef REACH
    return wanted ? refs[wanted] : 0;
}

static void make_node(Machine *machine, Model *model)
{
    int node = (int)fake_random(&model->random, NODES) + 1;
    uint32_t root = fake_random(&model->random, FAKE_ROOTS - 2);
    if (find(machine, model, node))
        return;
    Ref ref = machine_new(machine, FAKE_NODE);
    uint64_t value = (uint64_t)node;
    memcpy(machine_at(machine, ref + NODE_VALUE), &value, 8);
    model->left[node] = model->right[node] = 0;
    model->roots[root] = node;
    fake_store(machine, fake_root(machine, root), ref);
}

static void link_nodes(Machine *machine, Model *model)
{
    int from = (int)fake_random(&model->random, NODES) + 1, to = (int)fake_random(&model->random, NODES + 20);
    to = to > NODES ? 0 : to;
    bool left = fake_random(&model->random, 2);
    Ref source = find(machine, model, from), target = find(machine, model, to);
    if (!source || (to && !target))
        return;
    (left ? model->left : model->right)[from] = to;
    fake_store(machine, source + (left ? NODE_LEFT : NODE_RIGHT), target);
}

static void drop_root(Machine *machine, Model *model)
{
    uint32_t root = fake_random(&model->random, FAKE_ROOTS - 2);
    model->roots[root] = 0;
    fake_store(machine, fake_root(machine, root), 0);
}

static void use_frame(Machine *machine, Model *model)
{
    int node = (int)fake_random(&model->random, NODES) + 1;
    Ref ref = find(machine, model, node);
    if (!ref)
        return;
    uint64_t interior = ref + NODE_VALUE;
    if (fake_random(&model->random, 2)) {
        model->frame_ref = node;
        memcpy(machine_at(machine, frame_of(machine)), &ref, 8);
    } else {
        model->frame_byref = node;
        memcpy(machine_at(machine, frame_of(machine) + 24), &interior, 8);
    }
}

static void make_garbage(Machine *machine, Model *model)
{
    uint32_t count = fake_random(&model->random, 30);
    for (uint32_t i = 0; i < count; i++)
        machine_new_string(machine, NULL, fake_random(&model->random, 200));
    if (fake_random(&model->random, 40) == 0)
        machine_new_array(machine, FAKE_BYTES, 20000 + fake_random(&model->random, 100000), NULL);
}

static void one_step(Machine *machine, Model *model)
{
    uint32_t what = fake_random(&model->random, 100);
    if (what < 35)
        make_node(machine, model);
    else if (what < 75)
        link_nodes(machine, model);
    else if (what < 80)
        drop_root(machine, model);
    else if (what < 88)
        use_frame(machine, model);
    else if (what < 99)
        make_garbage(machine, model);
    else
        collect(machine, fake_random(&model->random, 3), COLLECT_EXPLICIT);
}

static void run_model(Machine *machine, uint64_t seed, uint32_t steps)
{
    Model model = {.random = seed};
    enter_frame(machine);
    for (uint32_t i = 0; i < steps; i++) {
        one_step(machine, &model);
        if (i % 16 == 0)
            find(machine, &model, 0);
    }
    find(machine, &model, 0);
}

static void test_random_graphs(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        Machine *machine = new_machine(0, 16 * 1024);
        run_model(machine, seed, 6000);
        assert_true(machine->state->collections[0] > 3);
        machine_free(machine);
    }
}

static void test_random_graphs_collecting_always(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    machine->collect_always = true;
    run_model(machine, 77, 1500);
    machine_free(machine);
}

static void test_random_graphs_moving_always(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 16 * 1024);
    machine->move_always = true;
    run_model(machine, 78, 6000);
    machine_free(machine);
}

/* ---- single subjects --------------------------------------------------------------------------------------------- */

static void test_generations(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    Ref node = machine_new(machine, FAKE_NODE);
    fake_store(machine, fake_root(machine, 0), node);
    assert_int_equal(heap_generation(machine, node), 0);
    collect(machine, 0, COLLECT_EXPLICIT);
    assert_int_equal(heap_generation(machine, fake_load(machine, fake_root(machine, 0))), 1);
    collect(machine, 0, COLLECT_EXPLICIT);
    assert_int_equal(heap_generation(machine, fake_load(machine, fake_root(machine, 0))), 1);
    collect(machine, 1, COLLECT_EXPLICIT);
    assert_int_equal(heap_generation(machine, fake_load(machine, fake_root(machine, 0))), 2);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(heap_generation(machine, fake_load(machine, fake_root(machine, 0))), 2);
    assert_int_equal(machine->state->collections[0], 4);
    assert_int_equal(machine->state->collections[1], 2);
    assert_int_equal(machine->state->collections[2], 1);
    assert_int_equal(heap_total_bytes(machine), 40 + 24);
    assert_int_equal(heap_generation(machine, machine_literal(machine, 0)), INT32_MAX);
    machine_free(machine);
}

/* An old array full of young objects, written element by element, in pieces and in one copy. */
static void test_old_arrays_keep_young_objects(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 64 * 1024);
    fake_store(machine, fake_root(machine, 0), machine_new_array(machine, FAKE_NODES, 300, NULL));
    fake_store(machine, fake_root(machine, 1), machine_new_array(machine, FAKE_NODES, BIG_LENGTH, NULL));
    fake_store(machine, fake_root(machine, 2), machine_new_array(machine, FAKE_PAIRS, 500, NULL));
    collect(machine, 1, COLLECT_EXPLICIT);
    collect(machine, 2, COLLECT_EXPLICIT);
    uint64_t random = 5;
    static int small[300], big[BIG_LENGTH], pairs[500];
    for (int i = 1; i < 20000; i++) {
        Ref node = machine_new(machine, FAKE_NODE);
        uint64_t value = (uint64_t)i;
        memcpy(machine_at(machine, node + NODE_VALUE), &value, 8);
        uint32_t at = fake_random(&random, BIG_LENGTH);
        fake_store(machine, fake_element(fake_load(machine, fake_root(machine, 0)), at % 300), node);
        fake_store(machine, fake_element(fake_load(machine, fake_root(machine, 1)), at), node);
        uint64_t pair = fake_load(machine, fake_root(machine, 2)) + ARRAY_ELEMENTS + 16 * (at % 500);
        memcpy(machine_at(machine, pair), &value, 8);
        fake_store(machine, pair + 8, node);
        small[at % 300] = big[at] = pairs[at % 500] = i;
    }
    assert_true(machine->state->collections[0] > 10);
    for (uint32_t i = 0; i < BIG_LENGTH; i++) {
        Ref node = fake_load(machine, fake_element(fake_load(machine, fake_root(machine, 1)), i));
        assert_int_equal(node ? machine_read8(machine, node + NODE_VALUE) : 0, big[i]);
        node = fake_load(machine, fake_element(fake_load(machine, fake_root(machine, 0)), i % 300));
        assert_int_equal(node ? machine_read8(machine, node + NODE_VALUE) : 0, small[i % 300]);
        uint64_t pair = fake_load(machine, fake_root(machine, 2)) + ARRAY_ELEMENTS + 16 * (i % 500);
        node = fake_load(machine, pair + 8);
        assert_int_equal(node ? machine_read8(machine, node + NODE_VALUE) : 0, pairs[i % 500]);
        assert_int_equal(machine_read8(machine, pair), pairs[i % 500]);
    }
    assert_int_equal(heap_generation(machine, fake_load(machine, fake_root(machine, 1))), 2);
    machine_free(machine);
}

static void test_large_objects_are_freed(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(64 << 20, 0);
    Ref kept = machine_new_array(machine, FAKE_BYTES, 3000000, NULL);
    fake_store(machine, fake_root(machine, 0), kept);
    machine->block[kept + ARRAY_ELEMENTS + 2999999] = 42;
    for (int i = 0; i < 1000; i++)
        assert_int_not_equal(machine_new_array(machine, FAKE_BYTES, 1000000, NULL), 0);
    assert_int_equal(fake_load(machine, fake_root(machine, 0)), kept);
    assert_int_equal(machine->block[kept + ARRAY_ELEMENTS + 2999999], 42);
    Ref fresh = machine_new_array(machine, FAKE_BYTES, 1000000, NULL);
    for (uint32_t i = 0; i < 1000000; i++)
        assert_int_equal(machine->block[fresh + ARRAY_ELEMENTS + i], 0);
    fake_store(machine, fake_root(machine, 0), 0);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(machine->state->large_bytes, 0);
    machine_free(machine);
}

static void test_chain_of_large_objects(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    for (int i = 0; i < 20; i++) {
        Ref array = machine_new_array(machine, FAKE_NODES, BIG_LENGTH, NULL);
        fake_store(machine, fake_element(array, BIG_LENGTH - 1), fake_load(machine, fake_root(machine, 0)));
        Ref node = (fake_store(machine, fake_root(machine, 0), array), machine_new(machine, FAKE_NODE));
        fake_store(machine, fake_element(fake_load(machine, fake_root(machine, 0)), 0), node);
    }
    collect(machine, 2, COLLECT_EXPLICIT);
    collect(machine, 0, COLLECT_EXPLICIT);
    int count = 0;
    for (Ref array = fake_load(machine, fake_root(machine, 0)); array; count++) {
        assert_int_equal(machine_type_of(machine, fake_load(machine, fake_element(array, 0))), FAKE_NODE);
        array = fake_load(machine, fake_element(array, BIG_LENGTH - 1));
    }
    assert_int_equal(count, 20);
    machine_free(machine);
}

static void test_native_arguments_are_roots(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    enter_frame(machine);
    LogicalThread *thread = &machine->state->threads[0];
    uint64_t frame = thread->data_start + 64;
    Ref node = machine_new(machine, FAKE_NODE);
    uint64_t interior = machine_new(machine, FAKE_NODE) + NODE_VALUE;
    machine->block[interior] = 9;
    memcpy(machine_at(machine, frame), &node, 8);
    memcpy(machine_at(machine, frame + 8), &interior, 8);
    thread->native_method = FAKE_NATIVE;
    thread->native_frame = frame;
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(machine_type_of(machine, fake_load(machine, frame)), FAKE_NODE);
    assert_int_not_equal(fake_load(machine, frame), node);
    assert_int_equal(machine->block[fake_load(machine, frame + 8)], 9);
    thread->native_method = 0;
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(heap_total_bytes(machine), 24); /* the Thread object */
    machine_free(machine);
}

static void test_weak_handles(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    Ref node = machine_new(machine, FAKE_NODE);
    fake_store(machine, fake_root(machine, 0), node);
    Ref weak = machine_new(machine, FAKE_WEAK);
    uint64_t handle = heap_weak_new(machine, fake_load(machine, fake_root(machine, 0)));
    memcpy(machine_at(machine, weak + 8), &handle, 8);
    fake_store(machine, fake_root(machine, 1), weak);
    collect(machine, 0, COLLECT_EXPLICIT);
    assert_int_equal(heap_weak_get(machine, (uint32_t)handle), fake_load(machine, fake_root(machine, 0)));
    fake_store(machine, fake_root(machine, 0), 0);
    collect(machine, 0, COLLECT_EXPLICIT); /* it is in generation 1 now */
    assert_int_not_equal(heap_weak_get(machine, (uint32_t)handle), 0);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(heap_weak_get(machine, (uint32_t)handle), 0);
    fake_store(machine, fake_root(machine, 1), 0);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(heap_weak_new(machine, 0), handle); /* free again */
    for (int i = 0; i < WEAK_MISSES; i++)
        collect(machine, 0, COLLECT_EXPLICIT);
    assert_int_equal(heap_weak_new(machine, 0), handle); /* nobody ever stored it */
    machine_free(machine);
}

static void test_finalizers_wait_for_an_explicit_collection(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    for (uint32_t i = 0; i < 3; i++) {
        fake_store(machine, fake_root(machine, i), machine_new(machine, FAKE_FINALIZABLE));
        Ref node = machine_new(machine, FAKE_NODE);
        machine->block[node + NODE_VALUE] = (uint8_t)(i + 1);
        fake_store(machine, fake_load(machine, fake_root(machine, i)) + 8, node);
    }
    fake_store(machine, fake_root(machine, 2), 0);
    collect(machine, 2, COLLECT_AUTOMATIC);
    assert_int_equal(heap_next_finalizable(machine), 0);
    fake_store(machine, fake_root(machine, 0), 0);
    heap_suppress_finalizer(machine, fake_load(machine, fake_root(machine, 1)));
    collect(machine, 2, COLLECT_EXPLICIT);
    Ref first = heap_next_finalizable(machine);
    assert_int_equal(machine->block[fake_load(machine, first + 8) + NODE_VALUE], 1);
    Ref second = heap_next_finalizable(machine);
    assert_int_equal(machine->block[fake_load(machine, second + 8) + NODE_VALUE], 3);
    assert_int_equal(heap_next_finalizable(machine), 0);
    fake_store(machine, fake_root(machine, 1), 0);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(heap_next_finalizable(machine), 0);
    assert_int_equal(heap_total_bytes(machine), 24);
    machine_free(machine);
}

static void test_finalizers_never_run_do_not_fill_the_heap(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(32 << 20, 1 << 20);
    for (uint32_t i = 0; i < 1000000; i++)
        assert_int_not_equal(machine_new(machine, FAKE_FINALIZABLE), 0);
    machine_free(machine);
}

static void test_interior_pointers_everywhere(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    enter_frame(machine);
    for (uint32_t length = 1; length < 30000; length = length * 3 / 2 + 7) {
        machine_new_string(machine, NULL, length / 3);
        Ref array = machine_new_array(machine, FAKE_BYTES, length, NULL);
        for (uint32_t at = 0; at < length; at += length / 7 + 1) {
            uint64_t pointer = array + ARRAY_ELEMENTS + at;
            machine->block[pointer] = (uint8_t)(at + 1);
            memcpy(machine_at(machine, frame_of(machine) + 24), &pointer, 8);
            machine_new_string(machine, NULL, 100);
            assert_int_equal(heap_object_around(machine, pointer), array);
            collect(machine, at % 3, COLLECT_EXPLICIT);
            pointer = fake_load(machine, frame_of(machine) + 24);
            assert_int_equal(machine->block[pointer], (uint8_t)(at + 1));
            array = heap_object_around(machine, pointer);
            assert_int_equal(machine_length(machine, array), length);
            assert_int_equal(pointer - array - ARRAY_ELEMENTS, at);
        }
    }
    machine_free(machine);
}

static void test_identity_hashes_stay(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    fake_store(machine, fake_root(machine, 0), machine_new(machine, FAKE_NODE));
    int32_t hash = machine_identity_hash(machine, fake_load(machine, fake_root(machine, 0)));
    assert_true(hash > 0);
    collect(machine, 2, COLLECT_EXPLICIT);
    assert_int_equal(machine_identity_hash(machine, fake_load(machine, fake_root(machine, 0))), hash);
    machine_free(machine);
}

static void test_literals_and_types(void **unused)
{
    (void)unused;
    Machine *machine = new_machine(0, 0);
    int64_t before = machine->state->allocated;
    Ref literal = machine_literal(machine, 0);
    assert_int_equal(machine_literal(machine, 0), literal);
    assert_int_equal(machine_length(machine, literal), 4);
    assert_int_equal(machine_literal(machine, 1), machine_empty_string(machine));
    Ref type = machine_type_object(machine, FAKE_NODE);
    assert_int_equal(machine_type_object(machine, FAKE_NODE), type);
    assert_int_equal(machine_read8(machine, type + 8), FAKE_NODE);
    assert_int_equal(machine->state->allocated, before);
    machine_free(machine);
}

/* .NET's bytes for 1, 2, 3-4, 5-8 and 9-16 frames (dotnet-semantics 3.6). */
static void test_stack_trace_storage(void **unused)
{
    (void)unused;
    static const struct {
        uint32_t frames;
        int64_t bytes;
    } rows[] = {{1, 72}, {2, 176}, {4, 344}, {8, 640}, {16, 1192}, {33, 4344}};
    Machine *machine = new_machine(0, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fake_store(machine, fake_root(machine, 0), machine_new(machine, FAKE_EXCEPTION));
        int64_t before = machine->state->allocated;
        for (uint32_t k = 0; k < rows[i].frames; k++)
            trace_append(machine, fake_root(machine, 0), FAKE_METHOD, k);
        assert_int_equal(machine->state->allocated - before, rows[i].bytes);
        uint32_t count;
        const TraceEntry *entries = trace_entries(machine, fake_load(machine, fake_root(machine, 0)), &count);
        assert_int_equal(count, rows[i].frames);
        assert_int_equal(entries[count - 1].pc, count - 1);
    }
    machine_free(machine);
}

static void test_creation_survives_failing_memory(void **unused)
{
    (void)unused;
    MachineLimits limits = {.heap_bytes = 8 << 20, .main_stack_bytes = 256 * 1024, .thread_stack_bytes = 256 * 1024};
    fake_program_init(&fake);
    for (uint32_t fail_at = 1;; fail_at++) {
        FailingMemory failing;
        failing_memory_init(&failing, fail_at);
        Machine *machine = machine_create(&fake.program, &fake.host, &failing.memory, &limits);
        bool created = machine != NULL;
        machine_free(machine);
        assert_int_equal(failing.live, 0);
        if (created)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes_are_those_of_dotnet),
        cmocka_unit_test(test_array_lengths_that_cannot_be),
        cmocka_unit_test(test_heap_limit_and_recovery),
        cmocka_unit_test(test_random_graphs),
        cmocka_unit_test(test_random_graphs_collecting_always),
        cmocka_unit_test(test_random_graphs_moving_always),
        cmocka_unit_test(test_generations),
        cmocka_unit_test(test_old_arrays_keep_young_objects),
        cmocka_unit_test(test_large_objects_are_freed),
        cmocka_unit_test(test_chain_of_large_objects),
        cmocka_unit_test(test_native_arguments_are_roots),
        cmocka_unit_test(test_weak_handles),
        cmocka_unit_test(test_finalizers_wait_for_an_explicit_collection),
        cmocka_unit_test(test_finalizers_never_run_do_not_fill_the_heap),
        cmocka_unit_test(test_interior_pointers_everywhere),
        cmocka_unit_test(test_identity_hashes_stay),
        cmocka_unit_test(test_literals_and_types),
        cmocka_unit_test(test_stack_trace_storage),
        cmocka_unit_test(test_creation_survives_failing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
