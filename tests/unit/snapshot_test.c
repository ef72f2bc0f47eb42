/* Snapshots, byte hashes and fingerprints of machines that do the same things in different ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/fake_program.h"
#include "vm/collect.h"
#include "vm/heap.h"
#include "vm/snapshot.h"

ExecOutcome exec_run(Machine *machine)
{
    (void)machine;
    return EXEC_ENDED;
}

static FakeProgram fake;

static Machine *new_machine(const Memory *memory, uint64_t gen0)
{
    MachineLimits limits = {.heap_bytes = 64 << 20,
                            .gen0_bytes = gen0,
                            .main_stack_bytes = 256 * 1024,
                            .thread_stack_bytes = 256 * 1024,
                            .seed = 5};
    Machine *machine = machine_create(&fake.program, &fake.host, memory, &limits);
    assert_non_null(machine);
    assert_true(machine_start(machine, FAKE_METHOD));
    machine->state->ready_count = 0;
    machine->state->ready[0] = 0;
    machine->state->current = 0;
    machine->state->threads[0].status = THREAD_RUNNING;
    return machine;
}

/* Something that changes the heap, the frame, the statics, hashes and locks; depends only on `random`. */
static void do_something(Machine *machine, uint64_t *random)
{
    uint64_t frame = machine->state->threads[0].data_start;
    uint64_t root = fake_root(machine, fake_random(random, FAKE_ROOTS));
    uint64_t other = fake_root(machine, fake_random(random, FAKE_ROOTS));
    Ref value;
    switch (fake_random(random, 8)) {
    case 0:
    case 1:
        fake_store(machine, root, machine_new(machine, FAKE_NODE));
        break;
    case 2:
        value = fake_load(machine, root);
        if (value && machine_type_of(machine, value) == FAKE_NODE)
            fake_store(machine, value + (fake_random(random, 2) ? NODE_LEFT : NODE_RIGHT), fake_load(machine, other));
        break;
    case 3:
        fake_store(machine, root, machine_new_array(machine, FAKE_NODES, fake_random(random, 40), NULL));
        break;
    case 4:
        value = fake_load(machine, root);
        if (value && machine_type_of(machine, value) == FAKE_NODES && machine_length(machine, value))
            fake_store(machine, fake_element(value, fake_random(random, (uint32_t)machine_length(machine, value))),
                       fake_load(machine, other));
        break;
    case 5:
        value = fake_load(machine, root);
        if (value)
            machine_identity_hash(machine, value);
        break;
    case 6:
        machine_new_string_utf8(machine, "g\xc3\xa4rbage", 8);
        machine_new_array(machine, FAKE_BYTES, fake_random(random, 3000), NULL);
        break;
    case 7:
        value = fake_load(machine, root);
        memcpy(machine_at(machine, frame + 8), &value, 8);
        value = value && machine_type_of(machine, value) == FAKE_NODE ? value + NODE_VALUE : 0;
        memcpy(machine_at(machine, frame + 24), &value, 8);
        break;
    }
}

static void do_many(Machine *machine, uint64_t *random, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        do_something(machine, random);
}

static Fingerprint fingerprint_of(Machine *machine, FingerprintKind kind)
{
    Fingerprint fingerprint;
    assert_true(machine_fingerprint(machine, kind, &fingerprint));
    return fingerprint;
}

static void assert_same_fingerprint(Machine *a, Machine *b)
{
    Fingerprint x = fingerprint_of(a, FINGERPRINT_EXACT), y = fingerprint_of(b, FINGERPRINT_EXACT);
    assert_true(x.low == y.low && x.high == y.high);
}

static void test_restore_goes_back(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 32 * 1024);
    uint64_t random = 1;
    do_many(machine, &random, 500);
    uint64_t random_then = random;
    Snapshot *then = snapshot_take(machine);
    uint64_t hash_then = machine_byte_hash(machine);
    do_many(machine, &random, 2000);
    Snapshot *later = snapshot_take(machine);
    assert_false(snapshot_equal(then, later));
    assert_true(snapshot_restore(machine, then));
    assert_true(machine_byte_hash(machine) == hash_then);
    random = random_then;
    do_many(machine, &random, 2000);
    Snapshot *again = snapshot_take(machine);
    assert_true(snapshot_equal(later, again));
    snapshot_free(then);
    snapshot_free(later);
    snapshot_free(again);
    machine_free(machine);
}

static void test_restore_into_another_machine(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *a = new_machine(&memory_default, 32 * 1024), *b = new_machine(&memory_default, 32 * 1024);
    uint64_t random = 2, elsewhere = 99;
    do_many(a, &random, 1000);
    do_many(b, &elsewhere, 3000);
    Snapshot *snapshot = snapshot_take(a);
    assert_true(snapshot_restore(b, snapshot));
    assert_true(machine_byte_hash(a) == machine_byte_hash(b));
    assert_same_fingerprint(a, b);
    uint64_t random_b = random;
    do_many(a, &random, 1000);
    do_many(b, &random_b, 1000);
    assert_true(machine_byte_hash(a) == machine_byte_hash(b));
    assert_same_fingerprint(a, b);
    snapshot_free(snapshot);
    machine_free(a);
    machine_free(b);
}

static void test_snapshot_around_every_step(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *plain = new_machine(&memory_default, 32 * 1024), *other = new_machine(&memory_default, 32 * 1024);
    uint64_t random = 3, random_other = 3;
    for (uint32_t i = 0; i < 600; i++) {
        do_something(plain, &random);
        Snapshot *snapshot = snapshot_take(other);
        uint64_t once = random_other;
        do_many(other, &once, 1 + i % 7);
        assert_true(snapshot_restore(other, snapshot));
        snapshot_free(snapshot);
        do_something(other, &random_other);
    }
    assert_true(machine_byte_hash(plain) == machine_byte_hash(other));
    machine_free(plain);
    machine_free(other);
}

static void test_fingerprints_do_not_see_collections(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machines[4];
    for (uint32_t i = 0; i < 4; i++)
        machines[i] = new_machine(&memory_default, i == 1 ? 1 << 20 : 16 * 1024);
    machines[2]->collect_always = true;
    machines[3]->move_always = true;
    uint64_t random[4] = {4, 4, 4, 4};
    for (uint32_t round = 0; round < 20; round++) {
        for (uint32_t i = 0; i < 4; i++)
            do_many(machines[i], &random[i], 100);
        for (uint32_t i = 1; i < 4; i++)
            assert_same_fingerprint(machines[0], machines[i]);
    }
    assert_false(machine_byte_hash(machines[0]) == machine_byte_hash(machines[3]));
    for (uint32_t i = 0; i < 4; i++)
        machine_free(machines[i]);
}

static void test_fingerprints_see_what_matters(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 0);
    fake_store(machine, fake_root(machine, 0), machine_new(machine, FAKE_NODE));
    fake_store(machine, fake_root(machine, 1), fake_load(machine, fake_root(machine, 0)));
    Fingerprint shared = fingerprint_of(machine, FINGERPRINT_BEHAVIOUR);
    fake_store(machine, fake_root(machine, 1), machine_new(machine, FAKE_NODE));
    Fingerprint separate = fingerprint_of(machine, FINGERPRINT_BEHAVIOUR);
    assert_false(shared.low == separate.low);
    machine->block[fake_load(machine, fake_root(machine, 1)) + NODE_VALUE + 3] = 1;
    Fingerprint changed = fingerprint_of(machine, FINGERPRINT_BEHAVIOUR);
    assert_false(changed.low == separate.low);
    machine->state->steps++;
    assert_true(fingerprint_of(machine, FINGERPRINT_BEHAVIOUR).low == changed.low);
    Fingerprint exact = fingerprint_of(machine, FINGERPRINT_EXACT);
    machine->state->steps++;
    assert_false(fingerprint_of(machine, FINGERPRINT_EXACT).low == exact.low);
    machine_free(machine);
}

/* What the program (not the machine) learns after a snapshot was taken is zero again after restoring. */
static void test_tables_that_grew(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 0);
    Snapshot *before = snapshot_take(machine);
    uint64_t hash = machine_byte_hash(machine);
    fake.program.statics_bytes += 64;
    fake.program.init_count += 2;
    *machine_init_byte(machine, 5) = INIT_DONE;
    machine_statics(machine)[fake.program.statics_bytes - 1] = 7;
    machine_literal(machine, 0);
    assert_true(snapshot_restore(machine, before));
    assert_int_equal(*machine_init_byte(machine, 5), INIT_NONE);
    assert_int_equal(machine_statics(machine)[fake.program.statics_bytes - 1], 0);
    assert_true(machine_byte_hash(machine) == hash);
    Snapshot *after = snapshot_take(machine);
    assert_true(snapshot_equal(before, after));
    snapshot_free(before);
    snapshot_free(after);
    machine_free(machine);
}

static void test_refuses_other_limits(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 0);
    MachineLimits limits = {.heap_bytes = 16 << 20};
    Machine *other = machine_create(&fake.program, &fake.host, &memory_default, &limits);
    Snapshot *snapshot = snapshot_take(machine);
    assert_false(snapshot_restore(other, snapshot));
    snapshot_free(snapshot);
    machine_free(machine);
    machine_free(other);
}

static void test_small_when_little_is_used(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 0);
    machine_new(machine, FAKE_NODE);
    Snapshot *snapshot = snapshot_take(machine);
    assert_true(snapshot_bytes(snapshot) < 20000);
    snapshot_free(snapshot);
    machine_free(machine);
}

static void test_memory_that_fails(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    FailingMemory failing;
    failing_memory_init(&failing, 0);
    Machine *machine = new_machine(&failing.memory, 0);
    uint64_t random = 8;
    do_many(machine, &random, 1000);
    Fingerprint fingerprint;
    for (uint32_t i = 1; i < 30; i++) {
        failing.requests = 0;
        failing.fail_at = i;
        snapshot_free(snapshot_take(machine));
        failing.requests = 0;
        bool enough = machine_fingerprint(machine, FINGERPRINT_EXACT, &fingerprint);
        if (enough)
            break;
    }
    failing.fail_at = 0;
    machine_free(machine);
    assert_int_equal(failing.live, 0);
}

static void test_reset_is_a_fresh_machine(void **unused)
{
    (void)unused;
    fake_program_init(&fake);
    Machine *machine = new_machine(&memory_default, 32 * 1024);
    uint64_t hash = machine_byte_hash(machine), random = 6;
    do_many(machine, &random, 2000);
    machine_reset(machine);
    assert_true(machine_start(machine, FAKE_METHOD));
    machine->state->ready_count = 0;
    machine->state->ready[0] = 0;
    machine->state->current = 0;
    machine->state->threads[0].status = THREAD_RUNNING;
    assert_true(machine_byte_hash(machine) == hash);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_restore_goes_back),
        cmocka_unit_test(test_restore_into_another_machine),
        cmocka_unit_test(test_snapshot_around_every_step),
        cmocka_unit_test(test_fingerprints_do_not_see_collections),
        cmocka_unit_test(test_fingerprints_see_what_matters),
        cmocka_unit_test(test_tables_that_grew),
        cmocka_unit_test(test_refuses_other_limits),
        cmocka_unit_test(test_small_when_little_is_used),
        cmocka_unit_test(test_memory_that_fails),
        cmocka_unit_test(test_reset_is_a_fresh_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
