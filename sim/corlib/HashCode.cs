using System.Collections.Generic;

namespace System;

/// Ours, and without a random seed: equal programs print equal hashes.
public struct HashCode
{
    private uint _state;
    private int _length;

    private static uint Mix(uint state, uint value)
    {
        state += value * 3266489917u;
        state = (state << 17) | (state >> 15);
        return state * 668265263u;
    }

    private static int Final(uint state, int length)
    {
        state += (uint)length * 4u;
        state ^= state >> 15;
        state *= 2246822519u;
        state ^= state >> 13;
        state *= 3266489917u;
        return (int)(state ^ (state >> 16));
    }

    public void Add<T>(T value) { AddHash(Equality.Hash(value)); }
    public void Add<T>(T value, IEqualityComparer<T>? comparer) { AddHash(value == null ? 0 : comparer == null ? Equality.Hash(value) : comparer.GetHashCode(value)); }
    private void AddHash(int hash) { _state = Mix(_length++ == 0 ? 374761393u : _state, (uint)hash); }
    public int ToHashCode() => Final(_state, _length);

    public static int Combine<T1>(T1 value1) =>
        Final(Mix(374761393u, (uint)Equality.Hash(value1)), 1);
    public static int Combine<T1, T2>(T1 value1, T2 value2) =>
        Final(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), 2);
    public static int Combine<T1, T2, T3>(T1 value1, T2 value2, T3 value3) =>
        Final(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), 3);
    public static int Combine<T1, T2, T3, T4>(T1 value1, T2 value2, T3 value3, T4 value4) =>
        Final(Mix(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), (uint)Equality.Hash(value4)), 4);
    public static int Combine<T1, T2, T3, T4, T5>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5) =>
        Final(Mix(Mix(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), (uint)Equality.Hash(value4)), (uint)Equality.Hash(value5)), 5);
    public static int Combine<T1, T2, T3, T4, T5, T6>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6) =>
        Final(Mix(Mix(Mix(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), (uint)Equality.Hash(value4)), (uint)Equality.Hash(value5)), (uint)Equality.Hash(value6)), 6);
    public static int Combine<T1, T2, T3, T4, T5, T6, T7>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6, T7 value7) =>
        Final(Mix(Mix(Mix(Mix(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), (uint)Equality.Hash(value4)), (uint)Equality.Hash(value5)), (uint)Equality.Hash(value6)), (uint)Equality.Hash(value7)), 7);
    public static int Combine<T1, T2, T3, T4, T5, T6, T7, T8>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6, T7 value7, T8 value8) =>
        Final(Mix(Mix(Mix(Mix(Mix(Mix(Mix(Mix(374761393u, (uint)Equality.Hash(value1)), (uint)Equality.Hash(value2)), (uint)Equality.Hash(value3)), (uint)Equality.Hash(value4)), (uint)Equality.Hash(value5)), (uint)Equality.Hash(value6)), (uint)Equality.Hash(value7)), (uint)Equality.Hash(value8)), 8);
}
