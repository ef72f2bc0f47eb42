namespace System.Collections;

/// Table sizes, and division by them with a multiplication.
internal static class HashHelpers
{
    private static readonly int[] s_primes = new int[]
    {
        3, 7, 11, 17, 23, 29, 37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431, 521, 631, 761, 919, 1103, 1327, 1597, 1931, 2333,
        2801, 3371, 4049, 4861, 5839, 7013, 8419, 10103, 12143, 14591, 17519, 21023, 25229, 30293, 36353, 43627, 52361, 62851, 75431, 90523,
        108631, 130363, 156437, 187751, 225307, 270371, 324449, 389357, 467237, 560689, 672827, 807403, 968897, 1162687, 1395263, 1674319,
        2009191, 2411033, 2893249, 3471899, 4166287, 4999559, 5999471, 7199369,
    };

    private static bool IsPrime(int n)
    {
        if ((n & 1) == 0) return n == 2;
        for (int d = 3; d <= n / d; d += 2)
        {
            if (n % d == 0) return false;
        }
        return true;
    }

    internal static int GetPrime(int min)
    {
        for (int i = 0; i < s_primes.Length; i++)
        {
            if (s_primes[i] >= min) return s_primes[i];
        }
        for (int n = min | 1; n < int.MaxValue; n += 2)
        {
            if (IsPrime(n) && (n - 1) % 101 != 0) return n;
        }
        return min;
    }

    internal static int ExpandPrime(int oldSize)
    {
        int size = 2 * oldSize;
        if ((uint)size > 2147483587u && oldSize < 2147483587) return 2147483587;
        return GetPrime(size);
    }

    internal static ulong Multiplier(uint divisor) => ulong.MaxValue / divisor + 1;
    internal static uint Mod(uint value, uint divisor, ulong multiplier) => (uint)(((((multiplier * value) >> 32) + 1) * divisor) >> 32);
}
