using System.Runtime.CompilerServices;

namespace System;

public static class Math
{
    public const double E = 2.7182818284590451;
    public const double PI = 3.1415926535897931;
    public const double Tau = 6.2831853071795862;

    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Sqrt(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Cbrt(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Pow(double x, double y);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Exp(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern double LogNative(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Log10(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Log2(double x);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Sin(double a);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Cos(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Tan(double a);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Asin(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Acos(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Atan(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Atan2(double y, double x);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Sinh(double value);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Cosh(double value);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern double Tanh(double value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern double FloorNative(double d);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern double RoundEven(double d);

    public static double Log(double d) => LogNative(d);
    public static double Log(double a, double newBase)
    {
        if (double.IsNaN(a)) return a;
        if (double.IsNaN(newBase)) return newBase;
        if (newBase == 1 || (a != 1 && (newBase == 0 || double.IsPositiveInfinity(newBase)))) return double.NaN;
        return LogNative(a) / LogNative(newBase);
    }

    public static double Floor(double d) => FloorNative(d);
    public static double Ceiling(double a) => -FloorNative(-a);
    public static double Truncate(double d) => d < 0 ? -FloorNative(-d) : FloorNative(d);
    public static decimal Floor(decimal d) => decimal.Floor(d);
    public static decimal Ceiling(decimal d) => decimal.Ceiling(d);
    public static decimal Truncate(decimal d) => decimal.Truncate(d);

    public static double Round(double a) => RoundEven(a);
    public static double Round(double value, MidpointRounding mode)
    {
        switch (mode)
        {
            case MidpointRounding.ToEven: return RoundEven(value);
            case MidpointRounding.AwayFromZero:
                double whole = Truncate(value);
                return Abs(value - whole) >= 0.5 ? whole + (value < 0 ? -1 : 1) : whole;
            case MidpointRounding.ToZero: return Truncate(value);
            case MidpointRounding.ToNegativeInfinity: return FloorNative(value);
            case MidpointRounding.ToPositiveInfinity: return Ceiling(value);
            default: throw new ArgumentException("The value is not valid for this usage of the type MidpointRounding.", "mode");
        }
    }

    private static readonly double[] s_powers = new double[] { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

    public static double Round(double value, int digits) => Round(value, digits, MidpointRounding.ToEven);
    public static double Round(double value, int digits, MidpointRounding mode)
    {
        if ((uint)digits > 15) ThrowHelper.ThrowOutOfRange("digits", "Rounding digits must be between 0 and 15, inclusive.");
        if (Abs(value) >= 1e16) return value;
        return Round(value * s_powers[digits], mode) / s_powers[digits];
    }
    public static decimal Round(decimal d) => decimal.Round(d);
    public static decimal Round(decimal d, int decimals) => decimal.Round(d, decimals);
    public static decimal Round(decimal d, MidpointRounding mode) => decimal.Round(d, mode);
    public static decimal Round(decimal d, int decimals, MidpointRounding mode) => decimal.Round(d, decimals, mode);

    private static void ThrowNegate() { throw new OverflowException(SR.Overflow_NegateTwosComp); }
    private static void ThrowMinMax<T>(T min, T max) { throw new ArgumentException(string.Concat(string.Concat("'", min!.ToString(), "' cannot be greater than "), max!.ToString(), ".")); }

    public static int DivRem(int a, int b, out int result) { int q = a / b; result = a - q * b; return q; }
    public static long DivRem(long a, long b, out long result) { long q = a / b; result = a - q * b; return q; }
    public static (int Quotient, int Remainder) DivRem(int left, int right) { int q = left / right; return new ValueTuple<int, int>(q, left - q * right); }
    public static (long Quotient, long Remainder) DivRem(long left, long right) { long q = left / right; return new ValueTuple<long, long>(q, left - q * right); }
    public static long BigMul(int a, int b) => (long)a * b;
    public static double CopySign(double x, double y) => double.IsNegative(x) == double.IsNegative(y) ? x : -x;
    public static double IEEERemainder(double x, double y) => x - y * RoundEven(x / y);

    public static sbyte Abs(sbyte value)
    {
        if (value >= 0) return value;
        if (value == sbyte.MinValue) ThrowNegate();
        return (sbyte)(-value);
    }

    public static short Abs(short value)
    {
        if (value >= 0) return value;
        if (value == short.MinValue) ThrowNegate();
        return (short)(-value);
    }

    public static int Abs(int value)
    {
        if (value >= 0) return value;
        if (value == int.MinValue) ThrowNegate();
        return -value;
    }

    public static long Abs(long value)
    {
        if (value >= 0) return value;
        if (value == long.MinValue) ThrowNegate();
        return -value;
    }

    public static double Abs(double value) => value <= 0 ? 0 - value : value;
    public static float Abs(float value) => value <= 0 ? 0 - value : value;
    public static decimal Abs(decimal value) => decimal.Abs(value);
    public static nint Abs(nint value) => (nint)Abs((long)value);

    public static int Sign(sbyte value) => value < 0 ? -1 : value > 0 ? 1 : 0;
    public static int Sign(short value) => value < 0 ? -1 : value > 0 ? 1 : 0;
    public static int Sign(int value) => value < 0 ? -1 : value > 0 ? 1 : 0;
    public static int Sign(long value) => value < 0 ? -1 : value > 0 ? 1 : 0;
    public static int Sign(nint value) => value < 0 ? -1 : value > 0 ? 1 : 0;
    public static int Sign(decimal value) => decimal.Sign(value);
    public static int Sign(double value)
    {
        if (double.IsNaN(value)) throw new ArithmeticException("Function does not accept floating point Not-a-Number values.");
        return value < 0 ? -1 : value > 0 ? 1 : 0;
    }
    public static int Sign(float value)
    {
        if (double.IsNaN(value)) throw new ArithmeticException("Function does not accept floating point Not-a-Number values.");
        return value < 0 ? -1 : value > 0 ? 1 : 0;
    }

    public static sbyte Max(sbyte val1, sbyte val2) => val1 >= val2 ? val1 : val2;
    public static sbyte Min(sbyte val1, sbyte val2) => val1 <= val2 ? val1 : val2;

    public static byte Max(byte val1, byte val2) => val1 >= val2 ? val1 : val2;
    public static byte Min(byte val1, byte val2) => val1 <= val2 ? val1 : val2;

    public static short Max(short val1, short val2) => val1 >= val2 ? val1 : val2;
    public static short Min(short val1, short val2) => val1 <= val2 ? val1 : val2;

    public static ushort Max(ushort val1, ushort val2) => val1 >= val2 ? val1 : val2;
    public static ushort Min(ushort val1, ushort val2) => val1 <= val2 ? val1 : val2;

    public static int Max(int val1, int val2) => val1 >= val2 ? val1 : val2;
    public static int Min(int val1, int val2) => val1 <= val2 ? val1 : val2;

    public static uint Max(uint val1, uint val2) => val1 >= val2 ? val1 : val2;
    public static uint Min(uint val1, uint val2) => val1 <= val2 ? val1 : val2;

    public static long Max(long val1, long val2) => val1 >= val2 ? val1 : val2;
    public static long Min(long val1, long val2) => val1 <= val2 ? val1 : val2;

    public static ulong Max(ulong val1, ulong val2) => val1 >= val2 ? val1 : val2;
    public static ulong Min(ulong val1, ulong val2) => val1 <= val2 ? val1 : val2;

    public static nint Max(nint val1, nint val2) => val1 >= val2 ? val1 : val2;
    public static nint Min(nint val1, nint val2) => val1 <= val2 ? val1 : val2;

    public static nuint Max(nuint val1, nuint val2) => val1 >= val2 ? val1 : val2;
    public static nuint Min(nuint val1, nuint val2) => val1 <= val2 ? val1 : val2;

    public static double Max(double val1, double val2)
    {
        if (val1 != val2) return double.IsNaN(val1) || val1 > val2 ? val1 : val2;
        return double.IsNegative(val2) ? val1 : val2;
    }
    public static double Min(double val1, double val2)
    {
        if (val1 != val2) return double.IsNaN(val1) || val1 < val2 ? val1 : val2;
        return double.IsNegative(val1) ? val1 : val2;
    }

    public static float Max(float val1, float val2)
    {
        if (val1 != val2) return float.IsNaN(val1) || val1 > val2 ? val1 : val2;
        return float.IsNegative(val2) ? val1 : val2;
    }
    public static float Min(float val1, float val2)
    {
        if (val1 != val2) return float.IsNaN(val1) || val1 < val2 ? val1 : val2;
        return float.IsNegative(val1) ? val1 : val2;
    }

    public static decimal Max(decimal val1, decimal val2) => decimal.Max(val1, val2);
    public static decimal Min(decimal val1, decimal val2) => decimal.Min(val1, val2);

    public static sbyte Clamp(sbyte value, sbyte min, sbyte max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static byte Clamp(byte value, byte min, byte max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static short Clamp(short value, short min, short max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static ushort Clamp(ushort value, ushort min, ushort max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static int Clamp(int value, int min, int max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static uint Clamp(uint value, uint min, uint max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static long Clamp(long value, long min, long max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static ulong Clamp(ulong value, ulong min, ulong max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static float Clamp(float value, float min, float max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static double Clamp(double value, double min, double max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
    public static decimal Clamp(decimal value, decimal min, decimal max)
    {
        if (min > max) ThrowMinMax(min, max);
        return value < min ? min : value > max ? max : value;
    }
}

public static class MathF
{
    public const float E = 2.71828183f;
    public const float PI = 3.14159265f;
    public const float Tau = 6.283185307f;

    public static float Abs(float x) => Math.Abs(x);
    public static float Max(float x, float y) => Math.Max(x, y);
    public static float Min(float x, float y) => Math.Min(x, y);
    public static int Sign(float x) => Math.Sign(x);
    public static float Sqrt(float x) => (float)Math.Sqrt(x);
    public static float Pow(float x, float y) => (float)Math.Pow(x, y);
    public static float Exp(float x) => (float)Math.Exp(x);
    public static float Log(float x) => (float)Math.Log(x);
    public static float Log10(float x) => (float)Math.Log10(x);
    public static float Sin(float x) => (float)Math.Sin(x);
    public static float Cos(float x) => (float)Math.Cos(x);
    public static float Tan(float x) => (float)Math.Tan(x);
    public static float Atan2(float y, float x) => (float)Math.Atan2(y, x);
    public static float Floor(float x) => (float)Math.Floor(x);
    public static float Ceiling(float x) => (float)Math.Ceiling(x);
    public static float Truncate(float x) => (float)Math.Truncate(x);
    public static float Round(float x) => (float)Math.Round(x);
}
