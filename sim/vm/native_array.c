/* System.Array: elements of any type. Indices have been checked in Array.cs. */
#include "vm/native.h"

static const RuntimeType *type_at(const Machine *machine, const uint8_t *frame, uint32_t at)
{
    return machine_runtime_type_of(machine, arg_ref(frame, at));
}

static const RuntimeType *element_type(const Machine *machine, const RuntimeType *array)
{
    return program_type(machine->program, array->element);
}

static uint64_t element_at(const Machine *machine, Ref array, int64_t index)
{
    return array + ARRAY_ELEMENTS + (uint64_t)index * machine_runtime_type_of(machine, array)->element_size;
}

static void mark_written(Machine *machine, const RuntimeType *array, uint64_t at, uint64_t size)
{
    if (array->ref_count && size)
        machine_mark_cards(machine, at, size);
}

NativeStatus native_array_length(Machine *machine, uint8_t *frame)
{
    if (!arg_ref(frame, 0))
        return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL);
    return return_int(frame, machine_length(machine, arg_ref(frame, 0)));
}

NativeStatus native_array_rank(Machine *machine, uint8_t *frame)
{
    if (!arg_ref(frame, 0))
        return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL);
    return return_int(frame, (int32_t)type_at(machine, frame, 0)->rank);
}

NativeStatus native_array_length_of_dimension(Machine *machine, uint8_t *frame)
{
    if (type_at(machine, frame, 0)->rank == 1)
        return native_array_length(machine, frame);
    return return_int(frame, machine_grid_length(machine, arg_ref(frame, 0), (uint32_t)arg_int(frame, 8)));
}

enum { GRID_RANKS = 4 }; /* what RuntimeHelpers.NewGrid and GridIndex take */

/* NewGrid<TArray>(length0, length1, length2, length3) */
NativeStatus native_array_new_grid(Machine *machine, uint8_t *frame)
{
    int32_t lengths[GRID_RANKS];
    for (uint32_t i = 0; i < GRID_RANKS; i++)
        lengths[i] = arg_int(frame, 8 * i);
    ArrayProblem problem = ARRAY_NO_MEMORY;
    Ref grid = machine_new_grid(machine, native_type_argument(machine, 0), lengths, &problem);
    return grid ? return_ref(frame, grid) : machine_raise_array(machine, problem);
}

/* GridIndex(grid, index0, index1, index2, index3): where that element is among all elements. */
NativeStatus native_array_grid_index(Machine *machine, uint8_t *frame)
{
    Ref grid = arg_ref(frame, 0);
    if (!grid)
        return machine_raise(machine, WELL_KNOWN_NULL_REFERENCE, NULL);
    uint32_t rank = type_at(machine, frame, 0)->rank;
    int64_t at = 0;
    for (uint32_t i = 0; i < rank && i < GRID_RANKS; i++) {
        int32_t index = arg_int(frame, 8 + 8 * i), length = machine_grid_length(machine, grid, i);
        if ((uint32_t)index >= (uint32_t)length)
            return machine_raise(machine, WELL_KNOWN_INDEX_OUT_OF_RANGE, NULL);
        at = at * length + index;
    }
    return return_int(frame, (int32_t)at);
}

/* ---- copying ----------------------------------------------------------------------------------------------------- */

enum { COPY_OK = 0, COPY_MISMATCH = 1, COPY_BAD_CAST = 2 };

/* One Array.Copy: the arrays stay in the frame (slots 0 and 16), because boxing may move them. */
typedef struct ArrayCopy {
    Machine *machine;
    uint8_t *frame;
    const RuntimeType *from, *to; /* array types */
    int32_t from_index, to_index, count;
} ArrayCopy;

static uint64_t source_at(const ArrayCopy *copy, int32_t i)
{
    return element_at(copy->machine, arg_ref(copy->frame, 0), (int64_t)copy->from_index + i);
}

static uint64_t target_at(const ArrayCopy *copy, int32_t i)
{
    return element_at(copy->machine, arg_ref(copy->frame, 16), (int64_t)copy->to_index + i);
}

static int copy_bytes(const ArrayCopy *copy)
{
    uint64_t size = (uint64_t)copy->count * copy->to->element_size;
    uint64_t to = target_at(copy, 0);
    memmove(machine_at(copy->machine, to), machine_at(copy->machine, source_at(copy, 0)), (size_t)size);
    machine_copy_tags(copy->machine, to, source_at(copy, 0), size);
    mark_written(copy->machine, copy->to, to, size);
    return COPY_OK;
}

static bool fits(const Machine *machine, Ref object, TypeId type)
{
    return machine->host->is_assignable(machine->host->context, machine_type_of(machine, object), type);
}

static void store_ref(Machine *machine, uint64_t at, Ref ref)
{
    memcpy(machine_at(machine, at), &ref, sizeof ref);
    machine_mark_card(machine, at);
}

/* Each object must be of the more special element type. */
static int copy_casting(const ArrayCopy *copy)
{
    for (int32_t i = 0; i < copy->count; i++) {
        Ref object = machine_read8(copy->machine, source_at(copy, i));
        if (object && !fits(copy->machine, object, copy->to->element))
            return COPY_BAD_CAST;
        store_ref(copy->machine, target_at(copy, i), object);
    }
    return COPY_OK;
}

static int copy_boxing(const ArrayCopy *copy)
{
    for (int32_t i = 0; i < copy->count; i++) {
        uint64_t offset = source_at(copy, i) - arg_ref(copy->frame, 0);
        Ref box = native_box(copy->machine, copy->from->element, copy->frame, offset);
        if (!box && copy->machine->state->thrown)
            return COPY_OK;
        store_ref(copy->machine, target_at(copy, i), box);
    }
    return COPY_OK;
}

static int copy_unboxing(const ArrayCopy *copy)
{
    for (int32_t i = 0; i < copy->count; i++) {
        Ref object = machine_read8(copy->machine, source_at(copy, i));
        if (!object || machine_type_of(copy->machine, object) != copy->to->element)
            return COPY_BAD_CAST;
        uint64_t to = target_at(copy, i);
        memcpy(machine_at(copy->machine, to), machine_at(copy->machine, object + OBJECT_FIELDS),
               copy->to->element_size);
        machine_copy_tags(copy->machine, to, object + OBJECT_FIELDS, copy->to->element_size);
        mark_written(copy->machine, copy->to, to, copy->to->element_size);
    }
    return COPY_OK;
}

/* ---- widening numbers -------------------------------------------------------------------------------------------- */

/* The value of a primitive as a signed 64-bit number; floating ones separately. */
static int64_t read_integer(const uint8_t *at, Shape shape)
{
    int64_t value = 0;
    uint32_t size = shape <= SHAPE_BOOL || shape == SHAPE_I1 || shape == SHAPE_U1   ? 1
                    : shape == SHAPE_CHAR || shape == SHAPE_I2 || shape == SHAPE_U2 ? 2
                    : shape == SHAPE_I4 || shape == SHAPE_U4                        ? 4
                                                                                    : 8;
    memcpy(&value, at, size);
    if (shape == SHAPE_I1)
        return (int8_t)value;
    if (shape == SHAPE_I2)
        return (int16_t)value;
    return shape == SHAPE_I4 ? (int32_t)value : value;
}

/* The widening conversions that Array.Copy and Array.SetValue do, as a bit per target shape. */
static uint32_t wider(Shape from)
{
#define TO(shape) (1u << SHAPE_##shape)
    static const uint32_t allowed[] = {
        [SHAPE_CHAR] = TO(U2) | TO(U4) | TO(I4) | TO(U8) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_U1] = TO(CHAR) | TO(U2) | TO(I2) | TO(U4) | TO(I4) | TO(U8) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_I1] = TO(I2) | TO(I4) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_U2] = TO(CHAR) | TO(U4) | TO(I4) | TO(U8) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_I2] = TO(I4) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_U4] = TO(U8) | TO(I8) | TO(R4) | TO(R8),
        [SHAPE_I4] = TO(I8) | TO(R4) | TO(R8),
        [SHAPE_U8] = TO(R4) | TO(R8),
        [SHAPE_I8] = TO(R4) | TO(R8),
        [SHAPE_R4] = TO(R8),
        [SHAPE_STRUCT] = 0,
    };
#undef TO
    return allowed[from];
}

static void widen(uint8_t *to, Shape to_shape, const uint8_t *from, Shape from_shape)
{
    float single = 0;
    int64_t integer = 0;
    if (from_shape == SHAPE_R4)
        memcpy(&single, from, sizeof single);
    else
        integer = read_integer(from, from_shape);
    double real = from_shape == SHAPE_R4   ? (double)single
                  : from_shape == SHAPE_U8 ? (double)(uint64_t)integer
                                           : (double)integer;
    if (to_shape == SHAPE_R8)
        memcpy(to, &real, 8);
    else if (to_shape == SHAPE_R4)
        memcpy(to, &(float){from_shape == SHAPE_U8 ? (float)(uint64_t)integer : (float)integer}, 4);
    else
        memcpy(to, &integer,
               to_shape == SHAPE_I8 || to_shape == SHAPE_U8   ? 8
               : to_shape == SHAPE_I4 || to_shape == SHAPE_U4 ? 4
                                                              : 2);
}

static bool can_widen(const RuntimeType *from, const RuntimeType *to)
{
    return from->category == CATEGORY_STRUCT && to->category == CATEGORY_STRUCT &&
           (wider(from->shape) >> to->shape & 1);
}

static int copy_widening(const ArrayCopy *copy)
{
    const RuntimeType *from = element_type(copy->machine, copy->from), *to = element_type(copy->machine, copy->to);
    for (int32_t i = 0; i < copy->count; i++)
        widen(machine_at(copy->machine, target_at(copy, i)), to->shape, machine_at(copy->machine, source_at(copy, i)),
              from->shape);
    return COPY_OK;
}

/* int[] and uint[], enums and their numbers: the same bits. */
static bool are_same_bits(const RuntimeType *a, const RuntimeType *b)
{
    bool are_integers = a->shape >= SHAPE_I1 && a->shape <= SHAPE_U8 && b->shape >= SHAPE_I1 && b->shape <= SHAPE_U8;
    return are_integers && a->value_size == b->value_size;
}

static int copy_values(const ArrayCopy *copy)
{
    const RuntimeType *from = element_type(copy->machine, copy->from), *to = element_type(copy->machine, copy->to);
    if (are_same_bits(from, to))
        return copy_bytes(copy);
    return can_widen(from, to) ? copy_widening(copy) : COPY_MISMATCH;
}

static int copy_elements(const ArrayCopy *copy)
{
    const Host *host = copy->machine->host;
    TypeId from_id = copy->from->element, to_id = copy->to->element;
    if (from_id == to_id)
        return copy_bytes(copy);
    const RuntimeType *from = element_type(copy->machine, copy->from), *to = element_type(copy->machine, copy->to);
    if (!from->is_reference && !to->is_reference)
        return copy_values(copy);
    if (host->is_assignable(host->context, from_id, to_id))
        return from->is_reference ? copy_bytes(copy) : copy_boxing(copy);
    bool may_cast = from->category == CATEGORY_INTERFACE || to->category == CATEGORY_INTERFACE ||
                    host->is_assignable(host->context, to_id, from_id);
    if (!may_cast || !from->is_reference)
        return COPY_MISMATCH;
    return to->is_reference ? copy_casting(copy) : copy_unboxing(copy);
}

/* CopyElements(from, fromIndex, to, toIndex, count): 0, or 1 for types that do not go together, or 2 for an element
 * that does not. */
NativeStatus native_array_copy(Machine *machine, uint8_t *frame)
{
    ArrayCopy copy = {machine,
                      frame,
                      type_at(machine, frame, 0),
                      type_at(machine, frame, 16),
                      arg_int(frame, 8),
                      arg_int(frame, 24),
                      arg_int(frame, 32)};
    int status = copy_elements(&copy);
    return machine->state->thrown ? NATIVE_THROW : return_int(frame, status);
}

NativeStatus native_array_clear(Machine *machine, uint8_t *frame)
{
    Ref array = arg_ref(frame, 0);
    uint64_t size = (uint64_t)(uint32_t)arg_int(frame, 16) * machine_runtime_type_of(machine, array)->element_size;
    uint64_t start = element_at(machine, array, arg_int(frame, 8));
    memset(machine_at(machine, start), 0, (size_t)size);
    machine_clear_tags(machine, start, size);
    return NATIVE_OK;
}

/* ---- single elements --------------------------------------------------------------------------------------------- */

NativeStatus native_array_get(Machine *machine, uint8_t *frame)
{
    Ref array = arg_ref(frame, 0);
    const RuntimeType *type = machine_runtime_type_of(machine, array);
    uint64_t at = element_at(machine, array, arg_int(frame, 8));
    if (element_type(machine, type)->is_reference)
        return return_ref(frame, machine_read8(machine, at));
    Ref box = native_box(machine, type->element, frame, at - array);
    return machine->state->thrown ? NATIVE_THROW : return_ref(frame, box);
}

/* SetElement(array, index, value): false when the value does not fit. */
NativeStatus native_array_set(Machine *machine, uint8_t *frame)
{
    Ref array = arg_ref(frame, 0), value = arg_ref(frame, 16);
    const RuntimeType *type = machine_runtime_type_of(machine, array), *element = element_type(machine, type);
    uint64_t at = element_at(machine, array, arg_int(frame, 8));
    if (!value) {
        memset(machine_at(machine, at), 0, type->element_size);
        machine_clear_tags(machine, at, type->element_size);
        return return_bool(frame, true);
    }
    const RuntimeType *boxed = machine_runtime_type_of(machine, value);
    if (element->is_reference) {
        if (!fits(machine, value, type->element))
            return return_bool(frame, false);
        store_ref(machine, at, value);
    } else if (boxed->id == element->id) {
        memcpy(machine_at(machine, at), machine_at(machine, value + OBJECT_FIELDS), element->value_size);
        machine_copy_tags(machine, at, value + OBJECT_FIELDS, element->value_size);
        mark_written(machine, type, at, element->value_size);
    } else if (element->is_nullable && boxed->id == element->element) {
        machine->block[at + element->nullable_flag] = 1;
        memcpy(machine_at(machine, at + element->nullable_value), machine_at(machine, value + OBJECT_FIELDS),
               boxed->value_size);
        mark_written(machine, type, at, element->value_size);
    } else if (can_widen(boxed, element)) {
        widen(machine_at(machine, at), element->shape, machine_at(machine, value + OBJECT_FIELDS), boxed->shape);
    } else {
        return return_bool(frame, false);
    }
    return return_bool(frame, true);
}

/* Create(elementType, length) */
NativeStatus native_array_create(Machine *machine, uint8_t *frame)
{
    TypeId type = machine->host->array_of(machine->host->context, native_type_of_object(machine, arg_ref(frame, 0)));
    ArrayProblem problem = ARRAY_NO_MEMORY;
    Ref array = type ? machine_new_array(machine, type, arg_int(frame, 8), &problem) : 0;
    return array ? return_ref(frame, array) : machine_raise_array(machine, problem);
}

/* AllocateUncountedArray<T>(length) */
NativeStatus native_array_uncounted(Machine *machine, uint8_t *frame)
{
    TypeId type = machine->host->array_of(machine->host->context, native_type_argument(machine, 0));
    ArrayProblem problem = ARRAY_NO_MEMORY;
    machine->state->uncounted++;
    Ref array = type ? machine_new_array(machine, type, arg_int(frame, 0), &problem) : 0;
    machine->state->uncounted--;
    return array ? return_ref(frame, array) : machine_raise_array(machine, problem);
}
