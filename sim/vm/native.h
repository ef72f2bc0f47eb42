/* What the files native_*.c share: reading arguments, leaving results, building text. See "Natives" in machine.h. */
#ifndef AWAITLAB_VM_NATIVE_H
#define AWAITLAB_VM_NATIVE_H

#include "vm/machine.h"

#define NATIVE(name, function) NativeStatus function(Machine *machine, uint8_t *frame);
#include "vm/native.def"
#undef NATIVE

int32_t string_hash(const Machine *machine, Ref string); /* ordinal */

/* ---- arguments: `at` is the offset in the frame, a multiple of 8 ------------------------------------------------- */

static inline Ref arg_ref(const uint8_t *frame, uint32_t at)
{
    Ref value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}
static inline int32_t arg_int(const uint8_t *frame, uint32_t at)
{
    int32_t value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}
static inline int64_t arg_long(const uint8_t *frame, uint32_t at)
{
    int64_t value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}
static inline double arg_double(const uint8_t *frame, uint32_t at)
{
    double value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}
static inline float arg_float(const uint8_t *frame, uint32_t at)
{
    float value;
    memcpy(&value, frame + at, sizeof value);
    return value;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

static inline NativeStatus return_int(uint8_t *frame, int32_t value)
{
    memcpy(frame, &value, sizeof value);
    return NATIVE_OK;
}
static inline NativeStatus return_bool(uint8_t *frame, bool value)
{
    return return_int(frame, value);
}
static inline NativeStatus return_long(uint8_t *frame, int64_t value)
{
    memcpy(frame, &value, sizeof value);
    return NATIVE_OK;
}
static inline NativeStatus return_ref(uint8_t *frame, Ref value)
{
    memcpy(frame, &value, sizeof value);
    return NATIVE_OK;
}
static inline NativeStatus return_double(uint8_t *frame, double value)
{
    memcpy(frame, &value, sizeof value);
    return NATIVE_OK;
}
static inline NativeStatus return_float(uint8_t *frame, float value)
{
    memcpy(frame, &value, sizeof value);
    return NATIVE_OK;
}
/* A freshly allocated object: 0 means that there was no memory. */
NativeStatus return_new(Machine *machine, uint8_t *frame, Ref value);
/* A string nobody's allocation count includes; NULL text: null. */
NativeStatus return_uncounted_text(Machine *machine, uint8_t *frame, const char *utf8);

/* ---- UTF-16 text being built outside the block ------------------------------------------------------------------- */

typedef struct Units {
    const Memory *memory;
    uint16_t *at;
    uint32_t count, capacity;
    bool failed; /* no memory; what is there is not complete */
} Units;

void units_init(Units *units, const Memory *memory);
void units_free(Units *units);
void units_add(Units *units, const uint16_t *more, uint32_t count);
void units_add_utf8(Units *units, const char *text, size_t length);
void units_adds(Units *units, const char *text);
/* Makes the string, frees the text, and leaves the string as the result. */
NativeStatus units_return(Machine *machine, uint8_t *frame, Units *units);

/* The type a System.RuntimeType object stands for. */
TypeId native_type_of_object(const Machine *machine, Ref type_object);
/* The closed type argument `index` of the generic native being called, or 0. */
TypeId native_type_argument(const Machine *machine, uint32_t index);
/* A box of `type` with the value at `offset` from the Ref that `ref_slot` (in a frame) holds: a slot, because the
 * object may move while the box is allocated. 0: an empty Nullable<T>, or no memory (then state->thrown is set). */
Ref native_box(Machine *machine, TypeId type, uint8_t *ref_slot, uint64_t offset);

#endif
