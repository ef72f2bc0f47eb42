using System.Runtime.CompilerServices;

namespace System;

/// A seeded Random gives the numbers that .NET gives for that seed: a subtractive generator over 55 values. Without a seed the machine
/// provides one, so that a run can be repeated.
public class Random
{
    private readonly Subtractive _impl;

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int MachineSeed();

    private static Random? s_shared;
    public static Random Shared => s_shared ??= new Random();

    public Random() : this(MachineSeed()) { }
    public Random(int seed) { _impl = new Subtractive(seed); }

    private sealed class Subtractive
    {
        private readonly int[] _seeds = new int[56];
        private int _next;
        private int _nextp = 21;

        internal Subtractive(int seed)
        {
            int x = 161803398 - (seed == int.MinValue ? int.MaxValue : seed < 0 ? -seed : seed);
            _seeds[55] = x;
            int y = 1;
            for (int i = 1, at = 21; i < 55; i++, at = at + 21 >= 55 ? at + 21 - 55 : at + 21)
            {
                _seeds[at] = y;
                y = x - y;
                if (y < 0) y += int.MaxValue;
                x = _seeds[at];
            }
            for (int round = 0; round < 4; round++)
            {
                for (int i = 1; i < 56; i++)
                {
                    int other = i + 30 >= 55 ? i + 30 - 55 : i + 30;
                    _seeds[i] -= _seeds[1 + other];
                    if (_seeds[i] < 0) _seeds[i] += int.MaxValue;
                }
            }
        }

        internal int Sample()
        {
            if (++_next >= 56) _next = 1;
            if (++_nextp >= 56) _nextp = 1;
            int value = _seeds[_next] - _seeds[_nextp];
            if (value == int.MaxValue) value--;
            if (value < 0) value += int.MaxValue;
            _seeds[_next] = value;
            return value;
        }
    }

    protected virtual double Sample() => _impl.Sample() * (1.0 / int.MaxValue);

    // A range wider than an int needs two samples.
    private double WideSample()
    {
        int value = _impl.Sample();
        if (_impl.Sample() % 2 == 0) value = -value;
        return (value + (double)(int.MaxValue - 1)) / (2u * (uint)int.MaxValue - 1);
    }

    public virtual int Next() => _impl.Sample();
    public virtual int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue, "maxValue");
        return (int)(Sample() * maxValue);
    }
    public virtual int Next(int minValue, int maxValue)
    {
        if (minValue > maxValue) ThrowHelper.ThrowOutOfRange("minValue", SR.Random_MinMax);
        long range = (long)maxValue - minValue;
        return range <= int.MaxValue ? (int)(Sample() * range) + minValue : (int)((long)(WideSample() * range) + minValue);
    }

    private ulong NextUInt64() => (ulong)(uint)Next(1 << 22) | ((ulong)(uint)Next(1 << 22) << 22) | ((ulong)(uint)Next(1 << 20) << 44);

    public virtual long NextInt64()
    {
        while (true)
        {
            ulong value = NextUInt64() >> 1;
            if (value != long.MaxValue) return (long)value;
        }
    }
    public virtual long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue, "maxValue");
        return NextInt64(0, maxValue);
    }
    public virtual long NextInt64(long minValue, long maxValue)
    {
        if (minValue > maxValue) ThrowHelper.ThrowOutOfRange("minValue", SR.Random_MinMax);
        ulong range = (ulong)(maxValue - minValue);
        if (range <= 1) return minValue;
        int bits = 0;
        while (bits < 64 && (range - 1) >> bits != 0) bits++;
        while (true)
        {
            ulong value = NextUInt64() >> (64 - bits);
            if (value < range) return (long)value + minValue;
        }
    }
    public virtual double NextDouble() => Sample();
    public virtual float NextSingle()
    {
        while (true)
        {
            float value = (float)Sample();
            if (value < 1f) return value;
        }
    }
    public virtual void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer, "buffer");
        for (int i = 0; i < buffer.Length; i++) buffer[i] = (byte)_impl.Sample();
    }
    public void Shuffle<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values, "values");
        for (int i = 0; i < values.Length - 1; i++)
        {
            int j = Next(i, values.Length);
            if (j == i) continue;
            T x = values[i];
            values[i] = values[j];
            values[j] = x;
        }
    }
    public T[] GetItems<T>(T[] choices, int length)
    {
        ArgumentNullException.ThrowIfNull(choices, "choices");
        T[] items = new T[length];
        for (int i = 0; i < length; i++) items[i] = choices[Next(choices.Length)];
        return items;
    }
}
