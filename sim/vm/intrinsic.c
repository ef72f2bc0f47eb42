#include "vm/intrinsic.h"

#include "vm/native.h"

#define INTRINSIC(name, function) static bool function(Machine *machine, uint8_t *frame, RuntimeMethod *method);
#include "vm/intrinsic.def"
#undef INTRINSIC

static bool decline(Machine *machine, uint8_t *frame, RuntimeMethod *method)
{
    (void)machine, (void)frame, (void)method;
    return false;
}

const IntrinsicFunction intrinsic_functions[] = {
    decline,
#define INTRINSIC(name, function) function,
#include "vm/intrinsic.def"
#undef INTRINSIC
};

static const char *const names[] = {
    "",
#define INTRINSIC(name, function) name,
#include "vm/intrinsic.def"
#undef INTRINSIC
};

uint32_t intrinsic_find(const char *full_name)
{
    for (uint32_t i = 1; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], full_name) == 0)
            return i;
    }
    return 0;
}

/* ---- Dictionary<TKey, TValue>: look-ups with the default comparer ------------------------------------------------ */

typedef enum KeyKind { KEY_OTHER, KEY_4, KEY_8, KEY_STRING } KeyKind;

/* Where things are in one closed Dictionary; found out on first use, kept in RuntimeMethod.twin. */
typedef struct DictionaryLayout {
    KeyKind kind;
    uint32_t buckets, entries, comparer, multiplier; /* from a Ref */
    uint32_t hash, next, key, entry_bytes;           /* in an entry */
} DictionaryLayout;

static const RuntimeField *field_named(const RuntimeType *type, const char *name)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_static && strcmp(type->fields[i].name, name) == 0)
            return &type->fields[i];
    }
    return NULL;
}

static KeyKind key_kind(const RuntimeField *key)
{
    switch ((int)key->shape) {
    case SHAPE_I4:
    case SHAPE_U4:
        return KEY_4;
    case SHAPE_I8:
    case SHAPE_U8:
        return KEY_8;
    case SHAPE_REF:
        return strcmp(key->type_name, "string") == 0 ? KEY_STRING : KEY_OTHER;
    default:
        return KEY_OTHER;
    }
}

/* `entries`: an Entry[] of this dictionary type, which knows what an Entry is. */
static DictionaryLayout *lay_out(Machine *machine, RuntimeMethod *method, uint64_t at_entries, uint64_t dictionary)
{
    Ref entries = machine_read8(machine, dictionary + at_entries);
    if (!entries)
        return NULL;
    DictionaryLayout *layout = ARENA_NEW(machine->program->arena, DictionaryLayout);
    TypeId type = method->declaring_type;
    const RuntimeType *entry = program_type(machine->program, machine_runtime_type_of(machine, entries)->element);
    const RuntimeField *hash = field_named(entry, "hashCode"), *next = field_named(entry, "next"),
                       *key = field_named(entry, "key");
    layout->buckets = machine_field(machine, type, "_buckets");
    layout->entries = (uint32_t)at_entries;
    layout->comparer = machine_field(machine, type, "_comparer");
    layout->multiplier = machine_field(machine, type, "_fastModMultiplier");
    layout->entry_bytes = entry->value_size;
    method->twin = layout;
    bool is_known = layout->buckets && layout->comparer && layout->multiplier && hash && next && key;
    if (!is_known)
        return layout; /* KEY_OTHER: declines for ever */
    layout->hash = hash->offset;
    layout->next = next->offset;
    layout->key = key->offset;
    layout->kind = key_kind(key);
    return layout;
}

static uint32_t read4(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static bool same_text(const Machine *machine, Ref a, Ref b)
{
    if (a == b)
        return true;
    if (!a || !b || machine_length(machine, a) != machine_length(machine, b))
        return false;
    return memcmp(machine_units(machine, a), machine_units(machine, b), (size_t)machine_length(machine, a) * 2) == 0;
}

static bool same_key(const Machine *machine, const DictionaryLayout *layout, const uint8_t *stored, uint64_t key)
{
    if (layout->kind == KEY_4)
        return read4(stored) == (uint32_t)key;
    uint64_t value;
    memcpy(&value, stored, sizeof value);
    return layout->kind == KEY_8 ? value == key : same_text(machine, value, key);
}

static uint32_t hash_of(const Machine *machine, const DictionaryLayout *layout, uint64_t key)
{
    if (layout->kind == KEY_4)
        return (uint32_t)key;
    return layout->kind == KEY_8 ? (uint32_t)key ^ (uint32_t)(key >> 32) : (uint32_t)string_hash(machine, key);
}

/* int FindIndex(TKey key) */
static bool intrinsic_dictionary_find(Machine *machine, uint8_t *frame, RuntimeMethod *method)
{
    Ref self = arg_ref(frame, 0);
    uint64_t key = arg_ref(frame, 8);
    if (!self)
        return false;
    const DictionaryLayout *layout = method->twin;
    if (!layout)
        layout = lay_out(machine, method, machine_field(machine, method->declaring_type, "_entries"), self);
    if (!layout || layout->kind == KEY_OTHER || (layout->kind == KEY_STRING && !key))
        return false;
    const uint8_t *object = machine->block + self;
    Ref buckets = arg_ref(object, layout->buckets), entries = arg_ref(object, layout->entries);
    if (!buckets || !entries || arg_ref(object, layout->comparer))
        return false;
    uint32_t hash = hash_of(machine, layout, key), size = (uint32_t)machine_length(machine, buckets);
    uint64_t multiplier = arg_ref(object, layout->multiplier);
    uint32_t bucket = (uint32_t)((((multiplier * hash >> 32) + 1) * size) >> 32);
    if (bucket >= size)
        return false;
    const uint8_t *first = machine_elements(machine, entries);
    uint32_t count = (uint32_t)machine_length(machine, entries), seen = 0;
    int32_t at = (int32_t)read4(machine_elements(machine, buckets) + bucket * sizeof at) - 1;
    while (at >= 0) {
        if ((uint32_t)at >= count || seen++ > count)
            return false; /* the threads of the program have spoilt it: let the C# throw, or hang */
        const uint8_t *entry = first + (uint64_t)at * layout->entry_bytes;
        if (read4(entry + layout->hash) == hash && same_key(machine, layout, entry + layout->key, key))
            break;
        at = (int32_t)read4(entry + layout->next);
    }
    at = at < 0 ? -1 : at;
    memcpy(frame, &at, sizeof at);
    return true;
}
