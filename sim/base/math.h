/*
 * System.Math without libm: the same bits on every machine with IEEE doubles (built without -ffast-math and without
 * contraction of a * b + c, which -std=c17 implies for gcc).
 *
 * Transcendental functions are computed in pairs of doubles and rounded once: below 0.501 ulp, for subnormal results
 * within 1 ulp. Special values (NaN, infinities, signed zeros, poles) are those of .NET. Angles are in radians.
 */
#ifndef SIM_BASE_MATH_H
#define SIM_BASE_MATH_H

#include <stdbool.h>
#include <stdint.h>

/* Math.Sqrt: correctly rounded. */
double math_sqrt(double x);
/* Math.Cbrt. */
double math_cbrt(double x);
/* Math.Pow. */
double math_pow(double x, double y);
/* Math.Exp. */
double math_exp(double x);
/* Math.Log(x), Math.Log10, Math.Log2. */
double math_log(double x);
double math_log10(double x);
double math_log2(double x);

/* Math.Sin, Cos, Tan: the argument is reduced exactly, however large. */
double math_sin(double x);
double math_cos(double x);
double math_tan(double x);
/* Math.Asin, Acos, Atan, Atan2. */
double math_asin(double x);
double math_acos(double x);
double math_atan(double x);
double math_atan2(double y, double x);
/* Math.Sinh, Cosh, Tanh, Asinh, Acosh, Atanh. */
double math_sinh(double x);
double math_cosh(double x);
double math_tanh(double x);
double math_asinh(double x);
double math_acosh(double x);
double math_atanh(double x);

/* Math.Floor, Ceiling, Truncate: exact; the sign of a zero result is that of x. */
double math_floor(double x);
double math_ceiling(double x);
double math_truncate(double x);
/* Math.Round(x): ties to even. */
double math_round(double x);
/* Math.Round(x, digits, mode): digits 0..15, mode as DecimalRounding (MidpointRounding), with the steps .NET takes. */
double math_round_digits(double x, int digits, int mode);
/* x % y of C#: exact, has the sign of x. */
double math_remainder(double x, double y);
/* Math.IEEERemainder: exact, quotient to nearest even. */
double math_ieee_remainder(double x, double y);
/* double.NaN with the bits .NET gives it. */
double math_nan(void);

#endif
