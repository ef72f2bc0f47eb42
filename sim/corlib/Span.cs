// Span<T> and ReadOnlySpan<T>: a managed pointer and a length. A span of no elements points at nothing, so that a pointer never stands
// behind the end of an array.
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

internal static class SpanThrow
{
    internal static void Index() => throw new IndexOutOfRangeException();
    internal static void Range() => throw new ArgumentOutOfRangeException();
    internal static void TooShort() => throw new ArgumentException("Destination is too short.", "destination");
    internal static void ArrayType() => throw new ArrayTypeMismatchException();
    internal static void NoEquals() => throw new NotSupportedException("Equals() on Span and ReadOnlySpan is not supported. Use operator== instead.");
    internal static void NoHash() => throw new NotSupportedException("GetHashCode() on Span and ReadOnlySpan is not supported.");
}

public readonly ref struct Span<T>
{
    internal readonly ref T _reference;
    private readonly int _length;

    public Span(T[]? array)
    {
        if (array == null || array.Length == 0)
            return;
        if (default(T) == null && array.GetType() != typeof(T[]))
            SpanThrow.ArrayType();
        _reference = ref Unsafe.ArrayElements(array);
        _length = array.Length;
    }

    public Span(T[]? array, int start, int length)
    {
        if (array == null)
        {
            if (start != 0 || length != 0)
                SpanThrow.Range();
            return;
        }
        if (default(T) == null && array.GetType() != typeof(T[]))
            SpanThrow.ArrayType();
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
            SpanThrow.Range();
        if (length == 0)
            return;
        _reference = ref Unsafe.Add(ref Unsafe.ArrayElements(array), start);
        _length = length;
    }

    public Span(ref T reference)
    {
        _reference = ref reference;
        _length = 1;
    }

    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static Span<T> Empty => default(Span<T>);
    public int Length => _length;
    public bool IsEmpty => _length == 0;

    public ref T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length)
                SpanThrow.Index();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator Span<T>(T[]? array) => new Span<T>(array);
    public static implicit operator Span<T>(ArraySegment<T> segment) => new Span<T>(segment.Array, segment.Offset, segment.Count);
    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new ReadOnlySpan<T>(ref span._reference, span._length);
    public static bool operator ==(Span<T> left, Span<T> right) => left._length == right._length && (left._length == 0 || Unsafe.AreSame(ref left._reference, ref right._reference));
    public static bool operator !=(Span<T> left, Span<T> right) => !(left == right);

    public override bool Equals(object? obj) { SpanThrow.NoEquals(); return false; }
    public override int GetHashCode() { SpanThrow.NoHash(); return 0; }

    public Span<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            SpanThrow.Range();
        return start == _length ? default(Span<T>) : new Span<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    public Span<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
            SpanThrow.Range();
        return length == 0 ? default(Span<T>) : new Span<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void Clear()
    {
        for (int i = 0; i < _length; i++)
            Unsafe.Add(ref _reference, i) = default(T)!;
    }

    public void Fill(T value)
    {
        for (int i = 0; i < _length; i++)
            Unsafe.Add(ref _reference, i) = value;
    }

    public void CopyTo(Span<T> destination)
    {
        if (!TryCopyTo(destination))
            SpanThrow.TooShort();
    }

    public bool TryCopyTo(Span<T> destination)
    {
        if (_length > destination._length)
            return false;
        SpanHelpers.Copy(ref _reference, ref destination._reference, _length);
        return true;
    }

    public T[] ToArray()
    {
        if (_length == 0)
            return Array.Empty<T>();
        T[] array = new T[_length];
        SpanHelpers.Copy(ref _reference, ref array[0], _length);
        return array;
    }

    public ref T GetPinnableReference() => ref _reference;

    public override string ToString()
    {
        if (typeof(T) == typeof(char))
            return SpanHelpers.TextOf(ref Unsafe.As<T, char>(ref _reference), _length);
        return "System.Span<" + typeof(T).Name + ">[" + _length.ToString() + "]";
    }

    public Enumerator GetEnumerator() => new Enumerator(this);

    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref T Current => ref _span[_index];
        public bool MoveNext() => ++_index < _span.Length;
    }
}

public readonly ref struct ReadOnlySpan<T>
{
    internal readonly ref T _reference;
    private readonly int _length;

    public ReadOnlySpan(T[]? array)
    {
        if (array == null || array.Length == 0)
            return;
        _reference = ref Unsafe.ArrayElements(array);
        _length = array.Length;
    }

    public ReadOnlySpan(T[]? array, int start, int length)
    {
        if (array == null)
        {
            if (start != 0 || length != 0)
                SpanThrow.Range();
            return;
        }
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
            SpanThrow.Range();
        if (length == 0)
            return;
        _reference = ref Unsafe.Add(ref Unsafe.ArrayElements(array), start);
        _length = length;
    }

    public ReadOnlySpan(ref readonly T reference)
    {
        _reference = ref Unsafe.AsRef(in reference);
        _length = 1;
    }

    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static ReadOnlySpan<T> Empty => default(ReadOnlySpan<T>);
    public int Length => _length;
    public bool IsEmpty => _length == 0;

    public ref readonly T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_length)
                SpanThrow.Index();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator ReadOnlySpan<T>(T[]? array) => new ReadOnlySpan<T>(array);
    public static implicit operator ReadOnlySpan<T>(ArraySegment<T> segment) => new ReadOnlySpan<T>(segment.Array, segment.Offset, segment.Count);
    public static bool operator ==(ReadOnlySpan<T> left, ReadOnlySpan<T> right) => left._length == right._length && (left._length == 0 || Unsafe.AreSame(ref left._reference, ref right._reference));
    public static bool operator !=(ReadOnlySpan<T> left, ReadOnlySpan<T> right) => !(left == right);

    public override bool Equals(object? obj) { SpanThrow.NoEquals(); return false; }
    public override int GetHashCode() { SpanThrow.NoHash(); return 0; }

    public ReadOnlySpan<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            SpanThrow.Range();
        return start == _length ? default(ReadOnlySpan<T>) : new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
            SpanThrow.Range();
        return length == 0 ? default(ReadOnlySpan<T>) : new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if (!TryCopyTo(destination))
            SpanThrow.TooShort();
    }

    public bool TryCopyTo(Span<T> destination)
    {
        if (_length > destination.Length)
            return false;
        SpanHelpers.Copy(ref _reference, ref destination._reference, _length);
        return true;
    }

    public T[] ToArray()
    {
        if (_length == 0)
            return Array.Empty<T>();
        T[] array = new T[_length];
        SpanHelpers.Copy(ref _reference, ref array[0], _length);
        return array;
    }

    public ref readonly T GetPinnableReference() => ref _reference;

    public override string ToString()
    {
        if (typeof(T) == typeof(char))
            return SpanHelpers.TextOf(ref Unsafe.As<T, char>(ref _reference), _length);
        return "System.ReadOnlySpan<" + typeof(T).Name + ">[" + _length.ToString() + "]";
    }

    public Enumerator GetEnumerator() => new Enumerator(this);

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<T> _span;
        private int _index;

        internal Enumerator(ReadOnlySpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref readonly T Current => ref _span[_index];
        public bool MoveNext() => ++_index < _span.Length;
    }
}

internal static class SpanHelpers
{
    /// Copies as if through a buffer: the ranges may overlap.
    internal static void Copy<T>(ref T from, ref T to, int count)
    {
        if (count == 0 || Unsafe.AreSame(ref from, ref to))
            return;
        if (Unsafe.IsAddressGreaterThan(ref from, ref to))
        {
            for (int i = 0; i < count; i++)
                Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
            return;
        }
        for (int i = count - 1; i >= 0; i--)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
    }

    internal static string TextOf(ref char first, int length)
    {
        if (length == 0)
            return "";
        string text = string.FastAllocate(length);
        ref char to = ref Unsafe.StringUnits(text);
        for (int i = 0; i < length; i++)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref first, i);
        return text;
    }

    /// The text of a span, which .NET would not make.
    internal static string Uncounted(ReadOnlySpan<char> span)
    {
        string text = string.FastAllocateUncounted(span.Length);
        if (span.Length != 0)
            span.CopyTo(new Span<char>(ref Unsafe.StringUnits(text), span.Length));
        return text;
    }

    internal static bool Put(string text, Span<char> destination, out int charsWritten)
    {
        bool fits = text.TryCopyTo(destination);
        charsWritten = fits ? text.Length : 0;
        return fits;
    }

    internal static Span<T> StackAllocate<T>(int length)
    {
        if (length == 0)
            return default(Span<T>);
        return new Span<T>(ref Unsafe.ArrayElements(RuntimeHelpers.AllocateUncountedArray<T>(length)), length);
    }
}

public readonly struct ArraySegment<T> : IList<T>, IReadOnlyList<T>
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _count;

    public ArraySegment(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        _array = array;
        _offset = 0;
        _count = array.Length;
    }

    public ArraySegment(T[] array, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentOutOfRangeException.ThrowIfNegative(offset, "offset");
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        if (offset > array.Length - count)
            throw new ArgumentException("Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.");
        _array = array;
        _offset = offset;
        _count = count;
    }

    public static ArraySegment<T> Empty => new ArraySegment<T>(System.Array.Empty<T>());
    public T[]? Array => _array;
    public int Offset => _offset;
    public int Count => _count;

    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_count)
                throw new ArgumentOutOfRangeException("index");
            return _array![_offset + index];
        }
        set
        {
            if ((uint)index >= (uint)_count)
                throw new ArgumentOutOfRangeException("index");
            _array![_offset + index] = value;
        }
    }

    public static implicit operator ArraySegment<T>(T[] array) => array == null ? default(ArraySegment<T>) : new ArraySegment<T>(array);

    public ArraySegment<T> Slice(int index)
    {
        if ((uint)index > (uint)_count)
            throw new ArgumentOutOfRangeException("index");
        return new ArraySegment<T>(_array!, _offset + index, _count - index);
    }

    public ArraySegment<T> Slice(int index, int count)
    {
        if ((uint)index > (uint)_count || (uint)count > (uint)(_count - index))
            throw new ArgumentOutOfRangeException("index");
        return new ArraySegment<T>(_array!, _offset + index, count);
    }

    public T[] ToArray()
    {
        if (_count == 0)
            return System.Array.Empty<T>();
        T[] copy = new T[_count];
        System.Array.Copy(_array!, _offset, copy, 0, _count);
        return copy;
    }

    public void CopyTo(T[] destination) => CopyTo(destination, 0);
    public void CopyTo(T[] destination, int destinationIndex) => System.Array.Copy(_array!, _offset, destination, destinationIndex, _count);
    public bool Contains(T item) => IndexOf(item) >= 0;

    public int IndexOf(T item)
    {
        for (int i = 0; i < _count; i++)
            if (Equality.Same(_array![_offset + i], item))
                return i;
        return -1;
    }

    public IEnumerator<T> GetEnumerator() => SZArrayHelper.GetEnumerator(ToArray());
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    bool ICollection<T>.IsReadOnly => true;
    void ICollection<T>.Add(T item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void ICollection<T>.Clear() { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    bool ICollection<T>.Remove(T item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); return false; }
    void IList<T>.Insert(int index, T item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void IList<T>.RemoveAt(int index) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    public override int GetHashCode() => _array == null ? 0 : HashCode.Combine(_offset, _count, _array.GetHashCode());
    public bool Equals(ArraySegment<T> obj) => obj._array == _array && obj._offset == _offset && obj._count == _count;
    public override bool Equals(object? obj) => obj is ArraySegment<T> other && Equals(other);
    public static bool operator ==(ArraySegment<T> a, ArraySegment<T> b) => a.Equals(b);
    public static bool operator !=(ArraySegment<T> a, ArraySegment<T> b) => !a.Equals(b);
}
