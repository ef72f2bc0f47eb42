// Atomic operations: one machine instruction each. The machine is sequentially consistent, so Volatile is plain access.
using System.Runtime.CompilerServices;

namespace System.Threading;

public static class Interlocked
{
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CompareExchange32(ref int location, int value, int comparand);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern long CompareExchange64(ref long location, long value, long comparand);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object? CompareExchangeRef(ref object? location, object? value, object? comparand);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int Exchange32(ref int location, int value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern long Exchange64(ref long location, long value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object? ExchangeRef(ref object? location, object? value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int Add32(ref int location, int value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern long Add64(ref long location, long value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int Or32(ref int location, int value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int And32(ref int location, int value);

    public static int CompareExchange(ref int location1, int value, int comparand) => CompareExchange32(ref location1, value, comparand);
    public static uint CompareExchange(ref uint location1, uint value, uint comparand) => (uint)CompareExchange32(ref Unsafe.As<uint, int>(ref location1), (int)value, (int)comparand);
    public static long CompareExchange(ref long location1, long value, long comparand) => CompareExchange64(ref location1, value, comparand);
    public static object? CompareExchange(ref object? location1, object? value, object? comparand) => CompareExchangeRef(ref location1, value, comparand);
    public static T CompareExchange<T>(ref T location1, T value, T comparand) where T : class? => Unsafe.As<T>(CompareExchangeRef(ref Unsafe.As<T, object?>(ref location1), value, comparand));

    public static ulong CompareExchange(ref ulong location1, ulong value, ulong comparand) => (ulong)CompareExchange64(ref Unsafe.As<ulong, long>(ref location1), (long)value, (long)comparand);
    public static double CompareExchange(ref double location1, double value, double comparand)
        => BitConverter.Int64BitsToDouble(CompareExchange64(ref Unsafe.As<double, long>(ref location1), BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(comparand)));

    public static int Exchange(ref int location1, int value) => Exchange32(ref location1, value);
    public static long Exchange(ref long location1, long value) => Exchange64(ref location1, value);
    public static object? Exchange(ref object? location1, object? value) => ExchangeRef(ref location1, value);
    public static T Exchange<T>(ref T location1, T value) where T : class? => Unsafe.As<T>(ExchangeRef(ref Unsafe.As<T, object?>(ref location1), value));

    public static int Increment(ref int location) => Add32(ref location, 1);
    public static long Increment(ref long location) => Add64(ref location, 1);
    public static int Decrement(ref int location) => Add32(ref location, -1);
    public static long Decrement(ref long location) => Add64(ref location, -1);
    public static int Add(ref int location1, int value) => Add32(ref location1, value);
    public static long Add(ref long location1, long value) => Add64(ref location1, value);
    public static uint Exchange(ref uint location1, uint value) => (uint)Exchange32(ref Unsafe.As<uint, int>(ref location1), (int)value);
    public static ulong Exchange(ref ulong location1, ulong value) => (ulong)Exchange64(ref Unsafe.As<ulong, long>(ref location1), (long)value);
    public static double Exchange(ref double location1, double value)
        => BitConverter.Int64BitsToDouble(Exchange64(ref Unsafe.As<double, long>(ref location1), BitConverter.DoubleToInt64Bits(value)));
    public static uint Increment(ref uint location) => (uint)Add32(ref Unsafe.As<uint, int>(ref location), 1);
    public static ulong Increment(ref ulong location) => (ulong)Add64(ref Unsafe.As<ulong, long>(ref location), 1);
    public static uint Decrement(ref uint location) => (uint)Add32(ref Unsafe.As<uint, int>(ref location), -1);
    public static ulong Decrement(ref ulong location) => (ulong)Add64(ref Unsafe.As<ulong, long>(ref location), -1);
    public static uint Add(ref uint location1, uint value) => (uint)Add32(ref Unsafe.As<uint, int>(ref location1), (int)value);
    public static ulong Add(ref ulong location1, ulong value) => (ulong)Add64(ref Unsafe.As<ulong, long>(ref location1), (long)value);
    public static ulong Read(ref ulong location) => location;
    public static long Read(ref long location) => location;

    /// These two return what was there before.
    public static int Or(ref int location1, int value) => Or32(ref location1, value);
    public static int And(ref int location1, int value) => And32(ref location1, value);

    public static void MemoryBarrier() { }
}

public static class Volatile
{
    public static bool Read(ref bool location) => location;
    public static int Read(ref int location) => location;
    public static long Read(ref long location) => location;
    public static double Read(ref double location) => location;
    public static T Read<T>(ref T location) where T : class? => location;

    public static void Write(ref bool location, bool value) => location = value;
    public static void Write(ref int location, int value) => location = value;
    public static void Write(ref long location, long value) => location = value;
    public static void Write(ref double location, double value) => location = value;
    public static void Write<T>(ref T location, T value) where T : class? => location = value;
}
