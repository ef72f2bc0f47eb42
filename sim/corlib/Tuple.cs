using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace System;

/// What a tuple prints behind its seventh element.
internal interface ITupleInternal : ITuple { string ToString(StringBuilder text); }

public static class Tuple
{
    public static Tuple<T1> Create<T1>(T1 item1) => new Tuple<T1>(item1);
    public static Tuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2) => new Tuple<T1, T2>(item1, item2);
    public static Tuple<T1, T2, T3> Create<T1, T2, T3>(T1 item1, T2 item2, T3 item3) => new Tuple<T1, T2, T3>(item1, item2, item3);
    public static Tuple<T1, T2, T3, T4> Create<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4) => new Tuple<T1, T2, T3, T4>(item1, item2, item3, item4);
    public static Tuple<T1, T2, T3, T4, T5> Create<T1, T2, T3, T4, T5>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5) => new Tuple<T1, T2, T3, T4, T5>(item1, item2, item3, item4, item5);
    public static Tuple<T1, T2, T3, T4, T5, T6> Create<T1, T2, T3, T4, T5, T6>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6) => new Tuple<T1, T2, T3, T4, T5, T6>(item1, item2, item3, item4, item5, item6);
    public static Tuple<T1, T2, T3, T4, T5, T6, T7> Create<T1, T2, T3, T4, T5, T6, T7>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7) => new Tuple<T1, T2, T3, T4, T5, T6, T7>(item1, item2, item3, item4, item5, item6, item7);
    public static Tuple<T1, T2, T3, T4, T5, T6, T7, Tuple<T8>> Create<T1, T2, T3, T4, T5, T6, T7, T8>(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, T8 item8) =>
        new Tuple<T1, T2, T3, T4, T5, T6, T7, Tuple<T8>>(item1, item2, item3, item4, item5, item6, item7, new Tuple<T8>(item8));
}

public class Tuple<T1> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;

    public Tuple(T1 item1)
    {
        m_Item1 = item1;
    }

    public T1 Item1 => m_Item1;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1> other && object.Equals(m_Item1, other.m_Item1);
    public override int GetHashCode() => Equality.Hash(m_Item1);
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1> t && comparer.Equals(m_Item1, t.m_Item1);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1>? t = other as Tuple<T1>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        return comparer.Compare(m_Item1, t.m_Item1);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 1;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;

    public Tuple(T1 item1, T2 item2)
    {
        m_Item1 = item1;
        m_Item2 = item2;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2>? t = other as Tuple<T1, T2>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        return comparer.Compare(m_Item2, t.m_Item2);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 2;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;

    public Tuple(T1 item1, T2 item2, T3 item3)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3>? t = other as Tuple<T1, T2, T3>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        return comparer.Compare(m_Item3, t.m_Item3);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 3;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3, T4> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;
    private readonly T4 m_Item4;

    public Tuple(T1 item1, T2 item2, T3 item3, T4 item4)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
        m_Item4 = item4;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;
    public T4 Item4 => m_Item4;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3, T4> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3) && object.Equals(m_Item4, other.m_Item4);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3), Equality.Hash(m_Item4));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3, T4> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3) && comparer.Equals(m_Item4, t.m_Item4);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!), comparer.GetHashCode(m_Item4!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3, T4>? t = other as Tuple<T1, T2, T3, T4>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        c = comparer.Compare(m_Item3, t.m_Item3);
        if (c != 0) return c;
        return comparer.Compare(m_Item4, t.m_Item4);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(", ");
        text.Append(m_Item4);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 4;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                case 3: return m_Item4;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3, T4, T5> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;
    private readonly T4 m_Item4;
    private readonly T5 m_Item5;

    public Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
        m_Item4 = item4;
        m_Item5 = item5;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;
    public T4 Item4 => m_Item4;
    public T5 Item5 => m_Item5;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3, T4, T5> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3) && object.Equals(m_Item4, other.m_Item4) && object.Equals(m_Item5, other.m_Item5);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3), Equality.Hash(m_Item4), Equality.Hash(m_Item5));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3, T4, T5> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3) && comparer.Equals(m_Item4, t.m_Item4) && comparer.Equals(m_Item5, t.m_Item5);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!), comparer.GetHashCode(m_Item4!), comparer.GetHashCode(m_Item5!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3, T4, T5>? t = other as Tuple<T1, T2, T3, T4, T5>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        c = comparer.Compare(m_Item3, t.m_Item3);
        if (c != 0) return c;
        c = comparer.Compare(m_Item4, t.m_Item4);
        if (c != 0) return c;
        return comparer.Compare(m_Item5, t.m_Item5);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(", ");
        text.Append(m_Item4);
        text.Append(", ");
        text.Append(m_Item5);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 5;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                case 3: return m_Item4;
                case 4: return m_Item5;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3, T4, T5, T6> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;
    private readonly T4 m_Item4;
    private readonly T5 m_Item5;
    private readonly T6 m_Item6;

    public Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
        m_Item4 = item4;
        m_Item5 = item5;
        m_Item6 = item6;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;
    public T4 Item4 => m_Item4;
    public T5 Item5 => m_Item5;
    public T6 Item6 => m_Item6;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3, T4, T5, T6> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3) && object.Equals(m_Item4, other.m_Item4) && object.Equals(m_Item5, other.m_Item5) && object.Equals(m_Item6, other.m_Item6);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3), Equality.Hash(m_Item4), Equality.Hash(m_Item5), Equality.Hash(m_Item6));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3, T4, T5, T6> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3) && comparer.Equals(m_Item4, t.m_Item4) && comparer.Equals(m_Item5, t.m_Item5) && comparer.Equals(m_Item6, t.m_Item6);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!), comparer.GetHashCode(m_Item4!), comparer.GetHashCode(m_Item5!), comparer.GetHashCode(m_Item6!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3, T4, T5, T6>? t = other as Tuple<T1, T2, T3, T4, T5, T6>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        c = comparer.Compare(m_Item3, t.m_Item3);
        if (c != 0) return c;
        c = comparer.Compare(m_Item4, t.m_Item4);
        if (c != 0) return c;
        c = comparer.Compare(m_Item5, t.m_Item5);
        if (c != 0) return c;
        return comparer.Compare(m_Item6, t.m_Item6);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(", ");
        text.Append(m_Item4);
        text.Append(", ");
        text.Append(m_Item5);
        text.Append(", ");
        text.Append(m_Item6);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 6;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                case 3: return m_Item4;
                case 4: return m_Item5;
                case 5: return m_Item6;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3, T4, T5, T6, T7> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;
    private readonly T4 m_Item4;
    private readonly T5 m_Item5;
    private readonly T6 m_Item6;
    private readonly T7 m_Item7;

    public Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
        m_Item4 = item4;
        m_Item5 = item5;
        m_Item6 = item6;
        m_Item7 = item7;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;
    public T4 Item4 => m_Item4;
    public T5 Item5 => m_Item5;
    public T6 Item6 => m_Item6;
    public T7 Item7 => m_Item7;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3, T4, T5, T6, T7> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3) && object.Equals(m_Item4, other.m_Item4) && object.Equals(m_Item5, other.m_Item5) && object.Equals(m_Item6, other.m_Item6) && object.Equals(m_Item7, other.m_Item7);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3), Equality.Hash(m_Item4), Equality.Hash(m_Item5), Equality.Hash(m_Item6), Equality.Hash(m_Item7));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3, T4, T5, T6, T7> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3) && comparer.Equals(m_Item4, t.m_Item4) && comparer.Equals(m_Item5, t.m_Item5) && comparer.Equals(m_Item6, t.m_Item6) && comparer.Equals(m_Item7, t.m_Item7);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!), comparer.GetHashCode(m_Item4!), comparer.GetHashCode(m_Item5!), comparer.GetHashCode(m_Item6!), comparer.GetHashCode(m_Item7!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3, T4, T5, T6, T7>? t = other as Tuple<T1, T2, T3, T4, T5, T6, T7>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        c = comparer.Compare(m_Item3, t.m_Item3);
        if (c != 0) return c;
        c = comparer.Compare(m_Item4, t.m_Item4);
        if (c != 0) return c;
        c = comparer.Compare(m_Item5, t.m_Item5);
        if (c != 0) return c;
        c = comparer.Compare(m_Item6, t.m_Item6);
        if (c != 0) return c;
        return comparer.Compare(m_Item7, t.m_Item7);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(", ");
        text.Append(m_Item4);
        text.Append(", ");
        text.Append(m_Item5);
        text.Append(", ");
        text.Append(m_Item6);
        text.Append(", ");
        text.Append(m_Item7);
        text.Append(')');
        return text.ToString();
    }
    int ITuple.Length => 7;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                case 3: return m_Item4;
                case 4: return m_Item5;
                case 5: return m_Item6;
                case 6: return m_Item7;
                default: throw new IndexOutOfRangeException();
            }
        }
    }
}

public class Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> : IStructuralEquatable, IStructuralComparable, IComparable, ITupleInternal where TRest : notnull
{
    private readonly T1 m_Item1;
    private readonly T2 m_Item2;
    private readonly T3 m_Item3;
    private readonly T4 m_Item4;
    private readonly T5 m_Item5;
    private readonly T6 m_Item6;
    private readonly T7 m_Item7;
    private readonly TRest m_Rest;

    public Tuple(T1 item1, T2 item2, T3 item3, T4 item4, T5 item5, T6 item6, T7 item7, TRest rest)
    {
        m_Item1 = item1;
        m_Item2 = item2;
        m_Item3 = item3;
        m_Item4 = item4;
        m_Item5 = item5;
        m_Item6 = item6;
        m_Item7 = item7;
        m_Rest = rest;
    }

    public T1 Item1 => m_Item1;
    public T2 Item2 => m_Item2;
    public T3 Item3 => m_Item3;
    public T4 Item4 => m_Item4;
    public T5 Item5 => m_Item5;
    public T6 Item6 => m_Item6;
    public T7 Item7 => m_Item7;
    public TRest Rest => m_Rest;

    public override bool Equals(object? obj) =>
        obj is Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> other && object.Equals(m_Item1, other.m_Item1) && object.Equals(m_Item2, other.m_Item2) && object.Equals(m_Item3, other.m_Item3) && object.Equals(m_Item4, other.m_Item4) && object.Equals(m_Item5, other.m_Item5) && object.Equals(m_Item6, other.m_Item6) && object.Equals(m_Item7, other.m_Item7) && object.Equals(m_Rest, other.m_Rest);
    public override int GetHashCode() => HashCode.Combine(Equality.Hash(m_Item1), Equality.Hash(m_Item2), Equality.Hash(m_Item3), Equality.Hash(m_Item4), Equality.Hash(m_Item5), Equality.Hash(m_Item6), Equality.Hash(m_Item7), Equality.Hash(m_Rest));
    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer) =>
        other is Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> t && comparer.Equals(m_Item1, t.m_Item1) && comparer.Equals(m_Item2, t.m_Item2) && comparer.Equals(m_Item3, t.m_Item3) && comparer.Equals(m_Item4, t.m_Item4) && comparer.Equals(m_Item5, t.m_Item5) && comparer.Equals(m_Item6, t.m_Item6) && comparer.Equals(m_Item7, t.m_Item7) && comparer.Equals(m_Rest, t.m_Rest);
    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer) => HashCode.Combine(comparer.GetHashCode(m_Item1!), comparer.GetHashCode(m_Item2!), comparer.GetHashCode(m_Item3!), comparer.GetHashCode(m_Item4!), comparer.GetHashCode(m_Item5!), comparer.GetHashCode(m_Item6!), comparer.GetHashCode(m_Item7!), comparer.GetHashCode(m_Rest!));
    int IComparable.CompareTo(object? obj) => ((IStructuralComparable)this).CompareTo(obj, Comparer<object>.Default);
    int IStructuralComparable.CompareTo(object? other, IComparer comparer)
    {
        if (other == null) return 1;
        Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>? t = other as Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>;
        if (t == null) throw new ArgumentException("Argument must be of type " + GetType().ToString() + ".", "other");
        int c;
        c = comparer.Compare(m_Item1, t.m_Item1);
        if (c != 0) return c;
        c = comparer.Compare(m_Item2, t.m_Item2);
        if (c != 0) return c;
        c = comparer.Compare(m_Item3, t.m_Item3);
        if (c != 0) return c;
        c = comparer.Compare(m_Item4, t.m_Item4);
        if (c != 0) return c;
        c = comparer.Compare(m_Item5, t.m_Item5);
        if (c != 0) return c;
        c = comparer.Compare(m_Item6, t.m_Item6);
        if (c != 0) return c;
        c = comparer.Compare(m_Item7, t.m_Item7);
        if (c != 0) return c;
        return comparer.Compare(m_Rest, t.m_Rest);
    }

    public override string ToString() => ((ITupleInternal)this).ToString(new StringBuilder().Append('('));
    string ITupleInternal.ToString(StringBuilder text)
    {
        text.Append(m_Item1);
        text.Append(", ");
        text.Append(m_Item2);
        text.Append(", ");
        text.Append(m_Item3);
        text.Append(", ");
        text.Append(m_Item4);
        text.Append(", ");
        text.Append(m_Item5);
        text.Append(", ");
        text.Append(m_Item6);
        text.Append(", ");
        text.Append(m_Item7);
        text.Append(", ");
        return ((ITupleInternal)m_Rest).ToString(text);
    }
    int ITuple.Length => 7 + ((ITuple)m_Rest).Length;
    object? ITuple.this[int index]
    {
        get
        {
            switch (index)
            {
                case 0: return m_Item1;
                case 1: return m_Item2;
                case 2: return m_Item3;
                case 3: return m_Item4;
                case 4: return m_Item5;
                case 5: return m_Item6;
                case 6: return m_Item7;
                default: return ((ITuple)m_Rest)[index - 7];
            }
        }
    }
}
