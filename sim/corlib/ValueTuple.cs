// (a, b, ...): auto layout, as in .NET. The eighth and later elements live in `Rest`.
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// What a tuple prints and hashes behind its seventh element.
internal interface IValueTupleInternal : ITuple
{
    int GetHashCode(IEqualityComparer comparer);
    string ToStringEnd();
}

public struct ValueTuple : IEquatable<ValueTuple>, IComparable, IComparable<ValueTuple>, IValueTupleInternal
{
    public override bool Equals(object? obj) => obj is ValueTuple;
    public bool Equals(ValueTuple other) => true;
    public int CompareTo(ValueTuple other) => 0;
    int IComparable.CompareTo(object? other) => other == null ? 1 : 0;
    public override int GetHashCode() => 0;
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => 0;
    public override string ToString() => "()";
    string IValueTupleInternal.ToStringEnd() => ")";
    int ITuple.Length => 0;
    object? ITuple.this[int index] => throw new IndexOutOfRangeException();

    public static ValueTuple Create() => default(ValueTuple);

    public static ValueTuple<T1> Create<T1>(T1 item1) => new ValueTuple<T1>(item1);
    public static ValueTuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2) => new ValueTuple<T1, T2>(item1, item2);
    public static ValueTuple<T1, T2, T3> Create<T1, T2, T3>(T1 item1, T2 item2, T3 item3) => new ValueTuple<T1, T2, T3>(item1, item2, item3);
    public static ValueTuple<T1, T2, T3, T4> Create<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4) => new ValueTuple<T1, T2, T3, T4>(item1, item2, item3, item4);
    public static ValueTuple<T1, T2, T3, T4, T5> Create<T1, T2, T3, T4, T5>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5) => new ValueTuple<T1, T2, T3, T4, T5>(item1, item2, item3, item4, item5);
    public static ValueTuple<T1, T2, T3, T4, T5, T6> Create<T1, T2, T3, T4, T5, T6>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6) => new ValueTuple<T1, T2, T3, T4, T5, T6>(item1, item2, item3, item4, item5, item6);
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7> Create<T1, T2, T3, T4, T5, T6, T7>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7) => new ValueTuple<T1, T2, T3, T4, T5, T6, T7>(item1, item2, item3, item4, item5, item6, item7);
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7, ValueTuple<T8>> Create<T1, T2, T3, T4, T5, T6, T7, T8>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, T8 item8) =>
        new ValueTuple<T1, T2, T3, T4, T5, T6, T7, ValueTuple<T8>>(item1, item2, item3, item4, item5, item6, item7, new ValueTuple<T8>(item8));
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1> : IEquatable<ValueTuple<T1>>, IComparable, IComparable<ValueTuple<T1>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;

    public ValueTuple(T1 item1)
    {
        Item1 = item1;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1> other && Equals(other);
    public bool Equals(ValueTuple<T1> other) =>
        Equality.Same(Item1, other.Item1);

    public int CompareTo(ValueTuple<T1> other)
    {
        return Comparer<T1>.Default.Compare(Item1, other.Item1);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1> t && comparer.Equals(Item1, t.Item1);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!));
    public override int GetHashCode() => Equality.Hash(Item1);
    public override string ToString() => "(" + Item1?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ")";
    int ITuple.Length => 1;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2> : IEquatable<ValueTuple<T1, T2>>, IComparable, IComparable<ValueTuple<T1, T2>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;

    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2);

    public int CompareTo(ValueTuple<T1, T2> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        return Comparer<T2>.Default.Compare(Item2, other.Item2);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ")";
    int ITuple.Length => 2;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3> : IEquatable<ValueTuple<T1, T2, T3>>, IComparable, IComparable<ValueTuple<T1, T2, T3>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;

    public ValueTuple(T1 item1, T2 item2, T3 item3)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3);

    public int CompareTo(ValueTuple<T1, T2, T3> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        return Comparer<T3>.Default.Compare(Item3, other.Item3);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ")";
    int ITuple.Length => 3;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4> : IEquatable<ValueTuple<T1, T2, T3, T4>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3, T4> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3, T4> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3) && Equality.Same(Item4, other.Item4);

    public int CompareTo(ValueTuple<T1, T2, T3, T4> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        int c2 = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (c2 != 0) return c2;
        return Comparer<T4>.Default.Compare(Item4, other.Item4);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3, T4> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3, T4> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3) && comparer.Equals(Item4, t.Item4);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!), comparer.GetHashCode(Item4!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3), Equality.Hash(Item4));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ")";
    int ITuple.Length => 4;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                case 3: return Item4;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4, T5> : IEquatable<ValueTuple<T1, T2, T3, T4, T5>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;
    public T5 Item5;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3, T4, T5> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3, T4, T5> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3) && Equality.Same(Item4, other.Item4) && Equality.Same(Item5, other.Item5);

    public int CompareTo(ValueTuple<T1, T2, T3, T4, T5> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        int c2 = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (c2 != 0) return c2;
        int c3 = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (c3 != 0) return c3;
        return Comparer<T5>.Default.Compare(Item5, other.Item5);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3, T4, T5> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3, T4, T5> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3) && comparer.Equals(Item4, t.Item4) && comparer.Equals(Item5, t.Item5);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!), comparer.GetHashCode(Item4!), comparer.GetHashCode(Item5!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3), Equality.Hash(Item4), Equality.Hash(Item5));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ")";
    int ITuple.Length => 5;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                case 3: return Item4;
                case 4: return Item5;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4, T5, T6> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;
    public T5 Item5;
    public T6 Item6;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
        Item6 = item6;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3, T4, T5, T6> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3) && Equality.Same(Item4, other.Item4) && Equality.Same(Item5, other.Item5) && Equality.Same(Item6, other.Item6);

    public int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        int c2 = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (c2 != 0) return c2;
        int c3 = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (c3 != 0) return c3;
        int c4 = Comparer<T5>.Default.Compare(Item5, other.Item5);
        if (c4 != 0) return c4;
        return Comparer<T6>.Default.Compare(Item6, other.Item6);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3, T4, T5, T6> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3, T4, T5, T6> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3) && comparer.Equals(Item4, t.Item4) && comparer.Equals(Item5, t.Item5) && comparer.Equals(Item6, t.Item6);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!), comparer.GetHashCode(Item4!), comparer.GetHashCode(Item5!), comparer.GetHashCode(Item6!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3), Equality.Hash(Item4), Equality.Hash(Item5), Equality.Hash(Item6));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ", " + Item6?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ", " + Item6?.ToString() + ")";
    int ITuple.Length => 6;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                case 3: return Item4;
                case 4: return Item5;
                case 5: return Item6;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4, T5, T6, T7> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;
    public T5 Item5;
    public T6 Item6;
    public T7 Item7;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
        Item6 = item6;
        Item7 = item7;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3, T4, T5, T6, T7> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3) && Equality.Same(Item4, other.Item4) && Equality.Same(Item5, other.Item5) && Equality.Same(Item6, other.Item6) && Equality.Same(Item7, other.Item7);

    public int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        int c2 = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (c2 != 0) return c2;
        int c3 = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (c3 != 0) return c3;
        int c4 = Comparer<T5>.Default.Compare(Item5, other.Item5);
        if (c4 != 0) return c4;
        int c5 = Comparer<T6>.Default.Compare(Item6, other.Item6);
        if (c5 != 0) return c5;
        return Comparer<T7>.Default.Compare(Item7, other.Item7);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3, T4, T5, T6, T7> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3, T4, T5, T6, T7> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3) && comparer.Equals(Item4, t.Item4) && comparer.Equals(Item5, t.Item5) && comparer.Equals(Item6, t.Item6) && comparer.Equals(Item7, t.Item7);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!), comparer.GetHashCode(Item4!), comparer.GetHashCode(Item5!), comparer.GetHashCode(Item6!), comparer.GetHashCode(Item7!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3), Equality.Hash(Item4), Equality.Hash(Item5), Equality.Hash(Item6), Equality.Hash(Item7));
    public override string ToString() => "(" + Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ", " + Item6?.ToString() + ", " + Item7?.ToString() + ")";
    string IValueTupleInternal.ToStringEnd() => Item1?.ToString() + ", " + Item2?.ToString() + ", " + Item3?.ToString() + ", " + Item4?.ToString() + ", " + Item5?.ToString() + ", " + Item6?.ToString() + ", " + Item7?.ToString() + ")";
    int ITuple.Length => 7;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                case 3: return Item4;
                case 4: return Item5;
                case 5: return Item6;
                case 6: return Item7;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>, IComparable, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>, IStructuralEquatable, IStructuralComparable, IValueTupleInternal where TRest : struct
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;
    public T5 Item5;
    public T6 Item6;
    public T7 Item7;
    public TRest Rest;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, TRest rest)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
        Item5 = item5;
        Item6 = item6;
        Item7 = item7;
        Rest = rest;
    }

    public override bool Equals(object? obj) => obj is ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> other && Equals(other);
    public bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> other) =>
        Equality.Same(Item1, other.Item1) && Equality.Same(Item2, other.Item2) && Equality.Same(Item3, other.Item3) && Equality.Same(Item4, other.Item4) && Equality.Same(Item5, other.Item5) && Equality.Same(Item6, other.Item6) && Equality.Same(Item7, other.Item7) && Equality.Same(Rest, other.Rest);

    public int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> other)
    {
        int c0 = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (c0 != 0) return c0;
        int c1 = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (c1 != 0) return c1;
        int c2 = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (c2 != 0) return c2;
        int c3 = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (c3 != 0) return c3;
        int c4 = Comparer<T5>.Default.Compare(Item5, other.Item5);
        if (c4 != 0) return c4;
        int c5 = Comparer<T6>.Default.Compare(Item6, other.Item6);
        if (c5 != 0) return c5;
        int c6 = Comparer<T7>.Default.Compare(Item7, other.Item7);
        if (c6 != 0) return c6;
        return Comparer<TRest>.Default.Compare(Rest, other.Rest);
    }

    int IComparable.CompareTo(object? other)
    {
        if (other == null) return 1;
        if (other is ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> t) return CompareTo(t);
        throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
    }

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> t && comparer.Equals(Item1, t.Item1) && comparer.Equals(Item2, t.Item2) && comparer.Equals(Item3, t.Item3) && comparer.Equals(Item4, t.Item4) && comparer.Equals(Item5, t.Item5) && comparer.Equals(Item6, t.Item6) && comparer.Equals(Item7, t.Item7) && comparer.Equals(Rest, t.Rest);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => ((IComparable)this).CompareTo(other);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    int IValueTupleInternal.GetHashCode(IEqualityComparer comparer) => HashWith(comparer);
    private int HashWith(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(Item1!), comparer.GetHashCode(Item2!), comparer.GetHashCode(Item3!), comparer.GetHashCode(Item4!), comparer.GetHashCode(Item5!), comparer.GetHashCode(Item6!), comparer.GetHashCode(Item7!), comparer.GetHashCode(Rest!));
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(Item1), Equality.Hash(Item2), Equality.Hash(Item3), Equality.Hash(Item4), Equality.Hash(Item5), Equality.Hash(Item6), Equality.Hash(Item7), Equality.Hash(Rest));
    public override string ToString() => "(" + ((IValueTupleInternal)this).ToStringEnd();
    string IValueTupleInternal.ToStringEnd()
    {
        string?[] parts = new string?[] { Item1?.ToString(), Item2?.ToString(), Item3?.ToString(), Item4?.ToString(), Item5?.ToString(), Item6?.ToString(), Item7?.ToString() };
        object rest = Rest;
        return string.Concat(string.Join(", ", parts), ", ", rest is IValueTupleInternal more ? more.ToStringEnd() : rest.ToString() + ")");
    }
    int ITuple.Length => 7 + (Rest is ITuple r ? r.Length : 1);
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return Item1;
                case 1: return Item2;
                case 2: return Item3;
                case 3: return Item4;
                case 4: return Item5;
                case 5: return Item6;
                case 6: return Item7;
                default: if (Rest is ITuple r) return r[index - 7]; throw new IndexOutOfRangeException();
            }
        }
    }
}
