// Memory<T> and ReadOnlyMemory<T>: a part of an array (or of a string) that may be kept and awaited over.
using System.Runtime.CompilerServices;

namespace System;

public readonly struct Memory<T> : IEquatable<Memory<T>>
{
    private readonly object? _object;
    private readonly int _index;
    private readonly int _length;

    public Memory(T[]? array)
    {
        if (array == null)
            return;
        if (default(T) == null && array.GetType() != typeof(T[]))
            SpanThrow.ArrayType();
        _object = array;
        _length = array.Length;
    }

    public Memory(T[]? array, int start, int length)
    {
        if (array == null)
        {
            if (start != 0 || length != 0)
                SpanThrow.Range();
            return;
        }
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
            SpanThrow.Range();
        _object = array;
        _index = start;
        _length = length;
    }

    private Memory(object? array, int start, int length)
    {
        _object = array;
        _index = start;
        _length = length;
    }

    internal object? Object => _object;
    internal int Index => _index;

    public static Memory<T> Empty => default(Memory<T>);
    public int Length => _length;
    public bool IsEmpty => _length == 0;
    public Span<T> Span => _object == null ? default(Span<T>) : new Span<T>(Unsafe.As<T[]>(_object), _index, _length);

    public static implicit operator Memory<T>(T[]? array) => new Memory<T>(array);
    public static implicit operator Memory<T>(ArraySegment<T> segment) => new Memory<T>(segment.Array, segment.Offset, segment.Count);
    public static implicit operator ReadOnlyMemory<T>(Memory<T> memory) => new ReadOnlyMemory<T>(memory._object, memory._index, memory._length);

    public Memory<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            throw new ArgumentOutOfRangeException("start");
        return new Memory<T>(_object, _index + start, _length - start);
    }

    public Memory<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
            throw new ArgumentOutOfRangeException("start");
        return new Memory<T>(_object, _index + start, length);
    }

    public T[] ToArray() => Span.ToArray();
    public void CopyTo(Memory<T> destination) => Span.CopyTo(destination.Span);
    public bool TryCopyTo(Memory<T> destination) => Span.TryCopyTo(destination.Span);
    public bool Equals(Memory<T> other) => _object == other._object && _index == other._index && _length == other._length;
    public override bool Equals(object? obj) => obj is Memory<T> memory && Equals(memory);
    public override int GetHashCode() => _object == null ? 0 : HashCode.Combine(RuntimeHelpers.GetHashCode(_object), _index, _length);
    public override string ToString() => typeof(T) == typeof(char) ? Span.ToString() : "System.Memory<" + typeof(T).Name + ">[" + _length.ToString() + "]";
}

public readonly struct ReadOnlyMemory<T> : IEquatable<ReadOnlyMemory<T>>
{
    private readonly object? _object;       // a T[], or a string when T is char
    private readonly int _index;
    private readonly int _length;

    public ReadOnlyMemory(T[]? array)
    {
        if (array == null)
            return;
        _object = array;
        _length = array.Length;
    }

    public ReadOnlyMemory(T[]? array, int start, int length)
    {
        if (array == null)
        {
            if (start != 0 || length != 0)
                SpanThrow.Range();
            return;
        }
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
            SpanThrow.Range();
        _object = array;
        _index = start;
        _length = length;
    }

    internal ReadOnlyMemory(object? owner, int start, int length)
    {
        _object = owner;
        _index = start;
        _length = length;
    }

    public static ReadOnlyMemory<T> Empty => default(ReadOnlyMemory<T>);
    public int Length => _length;
    public bool IsEmpty => _length == 0;

    public ReadOnlySpan<T> Span
    {
        get
        {
            if (_length == 0)
                return default(ReadOnlySpan<T>);
            if (typeof(T) == typeof(char) && _object is string text)
                return new ReadOnlySpan<T>(ref Unsafe.Add(ref Unsafe.As<char, T>(ref Unsafe.StringUnits(text)), _index), _length);
            return new ReadOnlySpan<T>(Unsafe.As<T[]>(_object), _index, _length);
        }
    }

    public static implicit operator ReadOnlyMemory<T>(T[]? array) => new ReadOnlyMemory<T>(array);
    public static implicit operator ReadOnlyMemory<T>(ArraySegment<T> segment) => new ReadOnlyMemory<T>(segment.Array, segment.Offset, segment.Count);

    public ReadOnlyMemory<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            throw new ArgumentOutOfRangeException("start");
        return new ReadOnlyMemory<T>(_object, _index + start, _length - start);
    }

    public ReadOnlyMemory<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
            throw new ArgumentOutOfRangeException("start");
        return new ReadOnlyMemory<T>(_object, _index + start, length);
    }

    public T[] ToArray() => Span.ToArray();
    public void CopyTo(Memory<T> destination) => Span.CopyTo(destination.Span);
    public bool TryCopyTo(Memory<T> destination) => Span.TryCopyTo(destination.Span);
    public bool Equals(ReadOnlyMemory<T> other) => _object == other._object && _index == other._index && _length == other._length;
    public override bool Equals(object? obj) => (obj is ReadOnlyMemory<T> memory && Equals(memory)) || (obj is Memory<T> writable && Equals(writable));
    public override int GetHashCode() => _object == null ? 0 : HashCode.Combine(RuntimeHelpers.GetHashCode(_object), _index, _length);
    public override string ToString() => typeof(T) == typeof(char) ? Span.ToString() : "System.ReadOnlyMemory<" + typeof(T).Name + ">[" + _length.ToString() + "]";
}
