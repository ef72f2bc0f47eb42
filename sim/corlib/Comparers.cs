// Default comparers. Which kind suits T is asked once; the call `x.Equals(y)` on a T that is IEquatable<T> does not box.
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

public abstract class EqualityComparer<T> : IEqualityComparer, IEqualityComparer<T>
{
    private static readonly EqualityComparer<T> s_default = new DefaultEqualityComparer<T>();
    public static EqualityComparer<T> Default => s_default;
    public static EqualityComparer<T> Create(Func<T?, T?, bool> equals, Func<T, int>? getHashCode = null) => new DelegateEqualityComparer<T>(equals, getHashCode);

    public abstract bool Equals(T? x, T? y);
    public abstract int GetHashCode(T obj);

    int IEqualityComparer.GetHashCode(object? obj) => obj == null ? 0 : GetHashCode((T)obj);
    bool IEqualityComparer.Equals(object? x, object? y)
    {
        if (x == y) return true;
        return x != null && y != null && Equals((T)x, (T)y);
    }
}

/// What `EqualityComparer<T>.Default` does, without the virtual call.
internal static class Equality
{
    internal static bool Same<T>(T x, T y)
    {
        if (x == null) return y == null;
        if (y == null) return false;
        if (x is IEquatable<T>) return ((IEquatable<T>)x).Equals(y);
        if (default(T) != null && x is Enum) return Enum.RawBits(ref x) == Enum.RawBits(ref y);
        return x.Equals(y);
    }

    internal static int Hash<T>(T x)
    {
        if (default(T) != null && x is Enum)
        {
            int size = Unsafe.SizeOf<T>();
            if (size == 4) return Unsafe.As<T, int>(ref x);
            return size == 8 ? Unsafe.As<T, long>(ref x).GetHashCode() : x.GetHashCode();
        }
        return x == null ? 0 : x.GetHashCode();
    }
}

internal sealed class DefaultEqualityComparer<T> : EqualityComparer<T>
{
    public override bool Equals(T? x, T? y) => Equality.Same(x, y);
    public override int GetHashCode(T obj) => Equality.Hash(obj);
}

internal sealed class DelegateEqualityComparer<T> : EqualityComparer<T>
{
    private readonly Func<T?, T?, bool> _equals;
    private readonly Func<T, int>? _hash;
    internal DelegateEqualityComparer(Func<T?, T?, bool> equals, Func<T, int>? hash) { _equals = equals; _hash = hash; }
    public override bool Equals(T? x, T? y) => _equals(x, y);
    public override int GetHashCode(T obj) => _hash == null ? throw new NotSupportedException() : _hash(obj);
}

public sealed class ReferenceEqualityComparer : IEqualityComparer<object?>, IEqualityComparer
{
    private static readonly ReferenceEqualityComparer s_instance = new ReferenceEqualityComparer();
    private ReferenceEqualityComparer() { }
    public static ReferenceEqualityComparer Instance => s_instance;
    public new bool Equals(object? x, object? y) => x == y;
    public int GetHashCode(object? obj) => RuntimeHelpers.GetHashCode(obj);
}

public abstract class Comparer<T> : IComparer, IComparer<T>
{
    private static readonly Comparer<T> s_default = new DefaultComparer<T>();
    public static Comparer<T> Default => s_default;
    public static Comparer<T> Create(Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison, "comparison");
        return new ComparisonComparer<T>(comparison);
    }

    public abstract int Compare(T? x, T? y);

    int IComparer.Compare(object? x, object? y)
    {
        if (x == null) return y == null ? 0 : -1;
        return y == null ? 1 : Compare((T)x, (T)y);
    }
}

internal sealed class DefaultComparer<T> : Comparer<T>
{
    public override int Compare(T? x, T? y)
    {
        if (x == null) return y == null ? 0 : -1;
        if (y == null) return 1;
        if (x is IComparable<T>) return ((IComparable<T>)x).CompareTo(y);
        if (x is IComparable) return ((IComparable)x).CompareTo(y);
        if (y is IComparable) return -((IComparable)y).CompareTo(x);
        throw new ArgumentException("At least one object must implement IComparable.");
    }
}

internal sealed class ComparisonComparer<T> : Comparer<T>
{
    private readonly Comparison<T> _comparison;
    internal ComparisonComparer(Comparison<T> comparison) { _comparison = comparison; }
    public override int Compare(T? x, T? y) => _comparison(x!, y!);
}
