/* System.Math and the seed of System.Random. */
#include "vm/native.h"

#include "base/math.h"

#define MATH_NATIVE(name)                                                                                              \
    NativeStatus native_math_##name(Machine *machine, uint8_t *frame)                                                  \
    {                                                                                                                  \
        (void)machine;                                                                                                 \
        return return_double(frame, math_##name(arg_double(frame, 0)));                                                \
    }
#define MATH_NATIVE2(name)                                                                                             \
    NativeStatus native_math_##name(Machine *machine, uint8_t *frame)                                                  \
    {                                                                                                                  \
        (void)machine;                                                                                                 \
        return return_double(frame, math_##name(arg_double(frame, 0), arg_double(frame, 8)));                          \
    }

MATH_NATIVE(sqrt)
MATH_NATIVE(cbrt)
MATH_NATIVE2(pow)
MATH_NATIVE(exp)
MATH_NATIVE(log)
MATH_NATIVE(log10)
MATH_NATIVE(log2)
MATH_NATIVE(sin)
MATH_NATIVE(cos)
MATH_NATIVE(tan)
MATH_NATIVE(asin)
MATH_NATIVE(acos)
MATH_NATIVE(atan)
MATH_NATIVE2(atan2)
MATH_NATIVE(sinh)
MATH_NATIVE(cosh)
MATH_NATIVE(tanh)
MATH_NATIVE(asinh)
MATH_NATIVE(acosh)
MATH_NATIVE(atanh)
MATH_NATIVE(floor)
MATH_NATIVE(ceiling)
MATH_NATIVE(truncate)
MATH_NATIVE(round)
MATH_NATIVE2(remainder)
MATH_NATIVE2(ieee_remainder)

NativeStatus native_random_seed(Machine *machine, uint8_t *frame)
{
    return return_int(frame, (int32_t)(machine_random(machine) & 0x7fffffff));
}
