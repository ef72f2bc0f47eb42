// What spans can do: searching, comparing, trimming.
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

public static class MemoryExtensions
{
    public static Span<T> AsSpan<T>(this T[]? array) => new Span<T>(array);
    public static Span<T> AsSpan<T>(this T[]? array, int start) => array == null ? new Span<T>(array, start, 0) : new Span<T>(array, start, array.Length - start);
    public static Span<T> AsSpan<T>(this T[]? array, int start, int length) => new Span<T>(array, start, length);
    public static Span<T> AsSpan<T>(this T[]? array, Index startIndex) => array.AsSpan(startIndex.GetOffset(array == null ? 0 : array.Length));
    public static Span<T> AsSpan<T>(this T[]? array, Range range)
    {
        int length = array == null ? 0 : array.Length, start = range.Start.GetOffset(length);
        return new Span<T>(array, start, range.End.GetOffset(length) - start);
    }
    public static Span<T> AsSpan<T>(this ArraySegment<T> segment) => segment;

    public static Memory<T> AsMemory<T>(this T[]? array) => new Memory<T>(array);
    public static Memory<T> AsMemory<T>(this T[]? array, int start) => new Memory<T>(array, start, array == null ? 0 : array.Length - start);
    public static Memory<T> AsMemory<T>(this T[]? array, int start, int length) => new Memory<T>(array, start, length);

    public static ReadOnlySpan<char> AsSpan(this string? text)
        => text == null || text.Length == 0 ? default(ReadOnlySpan<char>) : new ReadOnlySpan<char>(ref Unsafe.StringUnits(text), text.Length);

    public static ReadOnlySpan<char> AsSpan(this string? text, int start)
    {
        if ((uint)start > (uint)(text == null ? 0 : text.Length))
            throw new ArgumentOutOfRangeException("start");
        return text.AsSpan().Slice(start);
    }

    public static ReadOnlySpan<char> AsSpan(this string? text, int start, int length)
    {
        int count = text == null ? 0 : text.Length;
        if ((uint)start > (uint)count || (uint)length > (uint)(count - start))
            throw new ArgumentOutOfRangeException("start");
        return text.AsSpan().Slice(start, length);
    }

    public static ReadOnlySpan<char> AsSpan(this string? text, Range range)
    {
        int length = text == null ? 0 : text.Length, start = range.Start.GetOffset(length);
        return text.AsSpan(start, range.End.GetOffset(length) - start);
    }

    public static ReadOnlyMemory<char> AsMemory(this string? text) => text == null ? default(ReadOnlyMemory<char>) : new ReadOnlyMemory<char>((object)text, 0, text.Length);
    public static ReadOnlyMemory<char> AsMemory(this string? text, int start) => text.AsMemory().Slice(start);
    public static ReadOnlyMemory<char> AsMemory(this string? text, int start, int length) => text.AsMemory().Slice(start, length);

    public static int IndexOf<T>(this Span<T> span, T value) where T : IEquatable<T>? => IndexOf((ReadOnlySpan<T>)span, value);

    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
            if (Equality.Same(span[i], value))
                return i;
        return -1;
    }

    public static int IndexOf<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>? => IndexOf((ReadOnlySpan<T>)span, value);

    public static int IndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        for (int i = 0; i <= span.Length - value.Length; i++)
            if (span.Slice(i, value.Length).SequenceEqual(value))
                return i;
        return -1;
    }

    public static int IndexOf(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType) => span.ToString().IndexOf(value.ToString(), comparisonType);

    public static int LastIndexOf<T>(this Span<T> span, T value) where T : IEquatable<T>? => LastIndexOf((ReadOnlySpan<T>)span, value);

    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int i = span.Length - 1; i >= 0; i--)
            if (Equality.Same(span[i], value))
                return i;
        return -1;
    }

    public static int IndexOfAny<T>(this Span<T> span, T value0, T value1) where T : IEquatable<T>? => IndexOfAny((ReadOnlySpan<T>)span, value0, value1);
    public static int IndexOfAny<T>(this Span<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>? => IndexOfAny((ReadOnlySpan<T>)span, values);

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
            if (Equality.Same(span[i], value0) || Equality.Same(span[i], value1))
                return i;
        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
            if (values.IndexOf(span[i]) >= 0)
                return i;
        return -1;
    }

    public static bool Contains<T>(this Span<T> span, T value) where T : IEquatable<T>? => span.IndexOf(value) >= 0;
    public static bool Contains<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? => span.IndexOf(value) >= 0;
    public static bool Contains(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType) => span.IndexOf(value, comparisonType) >= 0;

    public static bool SequenceEqual<T>(this Span<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>? => SequenceEqual((ReadOnlySpan<T>)span, other);

    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>?
    {
        if (span.Length != other.Length)
            return false;
        for (int i = 0; i < span.Length; i++)
            if (!Equality.Same(span[i], other[i]))
                return false;
        return true;
    }

    public static int SequenceCompareTo<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IComparable<T>?
    {
        for (int i = 0; i < span.Length && i < other.Length; i++)
        {
            int order = Comparer<T>.Default.Compare(span[i], other[i]);
            if (order != 0)
                return order;
        }
        return span.Length.CompareTo(other.Length);
    }

    public static bool StartsWith<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>? => StartsWith((ReadOnlySpan<T>)span, value);
    public static bool StartsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => span.Length >= value.Length && span.Slice(0, value.Length).SequenceEqual(value);
    public static bool StartsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType) => span.ToString().StartsWith(value.ToString(), comparisonType);
    public static bool EndsWith<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>? => EndsWith((ReadOnlySpan<T>)span, value);
    public static bool EndsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => span.Length >= value.Length && span.Slice(span.Length - value.Length).SequenceEqual(value);
    public static bool EndsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType) => span.ToString().EndsWith(value.ToString(), comparisonType);
    public static bool Equals(this ReadOnlySpan<char> span, ReadOnlySpan<char> other, StringComparison comparisonType) => string.Equals(span.ToString(), other.ToString(), comparisonType);
    public static int CompareTo(this ReadOnlySpan<char> span, ReadOnlySpan<char> other, StringComparison comparisonType) => string.Compare(span.ToString(), other.ToString(), comparisonType);

    public static int Count<T>(this Span<T> span, T value) where T : IEquatable<T>? => Count((ReadOnlySpan<T>)span, value);

    public static int Count<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        int count = 0;
        for (int i = 0; i < span.Length; i++)
            if (Equality.Same(span[i], value))
                count++;
        return count;
    }

    public static void Replace<T>(this Span<T> span, T oldValue, T newValue) where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
            if (Equality.Same(span[i], oldValue))
                span[i] = newValue;
    }

    public static void Reverse<T>(this Span<T> span)
    {
        for (int i = 0, j = span.Length - 1; i < j; i++, j--)
        {
            T kept = span[i];
            span[i] = span[j];
            span[j] = kept;
        }
    }

    public static void Sort<T>(this Span<T> span)
    {
        T[] sorted = RuntimeHelpers.AllocateUncountedArray<T>(span.Length);
        span.CopyTo(sorted);
        Array.Sort(sorted);
        ((ReadOnlySpan<T>)sorted).CopyTo(span);
    }

    public static void Sort<T>(this Span<T> span, Comparison<T> comparison)
    {
        T[] sorted = RuntimeHelpers.AllocateUncountedArray<T>(span.Length);
        span.CopyTo(sorted);
        Array.Sort(sorted, comparison);
        ((ReadOnlySpan<T>)sorted).CopyTo(span);
    }

    public static int BinarySearch<T>(this ReadOnlySpan<T> span, IComparable<T> comparable)
    {
        int low = 0, high = span.Length - 1;
        while (low <= high)
        {
            int middle = low + (high - low) / 2;
            int order = comparable.CompareTo(span[middle]);
            if (order == 0)
                return middle;
            if (order > 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    public static int BinarySearch<T>(this Span<T> span, IComparable<T> comparable) => BinarySearch((ReadOnlySpan<T>)span, comparable);

    public static void CopyTo<T>(this T[]? source, Span<T> destination) => new ReadOnlySpan<T>(source).CopyTo(destination);
    public static void CopyTo<T>(this T[]? source, Memory<T> destination) => new ReadOnlySpan<T>(source).CopyTo(destination.Span);

    public static ReadOnlySpan<char> Trim(this ReadOnlySpan<char> span) => span.TrimStart().TrimEnd();

    public static ReadOnlySpan<char> TrimStart(this ReadOnlySpan<char> span)
    {
        int start = 0;
        while (start < span.Length && char.IsWhiteSpace(span[start]))
            start++;
        return span.Slice(start);
    }

    public static ReadOnlySpan<char> TrimEnd(this ReadOnlySpan<char> span)
    {
        int end = span.Length;
        while (end > 0 && char.IsWhiteSpace(span[end - 1]))
            end--;
        return span.Slice(0, end);
    }

    public static ReadOnlySpan<char> Trim(this ReadOnlySpan<char> span, char trimChar)
    {
        int start = 0, end = span.Length;
        while (start < end && span[start] == trimChar)
            start++;
        while (end > start && span[end - 1] == trimChar)
            end--;
        return span.Slice(start, end - start);
    }

    public static bool IsWhiteSpace(this ReadOnlySpan<char> span) => span.TrimStart().Length == 0;

    public static int ToUpperInvariant(this ReadOnlySpan<char> source, Span<char> destination)
    {
        if (destination.Length < source.Length)
            return -1;
        for (int i = 0; i < source.Length; i++)
            destination[i] = char.ToUpperInvariant(source[i]);
        return source.Length;
    }

    public static int ToLowerInvariant(this ReadOnlySpan<char> source, Span<char> destination)
    {
        if (destination.Length < source.Length)
            return -1;
        for (int i = 0; i < source.Length; i++)
            destination[i] = char.ToLowerInvariant(source[i]);
        return source.Length;
    }

    public static SpanSplitEnumerator<T> Split<T>(this ReadOnlySpan<T> source, T separator) where T : IEquatable<T> => new SpanSplitEnumerator<T>(source, separator);

    public ref struct SpanSplitEnumerator<T> where T : IEquatable<T>
    {
        private readonly ReadOnlySpan<T> _source;
        private readonly T _separator;
        private int _start, _end, _next;

        internal SpanSplitEnumerator(ReadOnlySpan<T> source, T separator)
        {
            _source = source;
            _separator = separator;
            _start = _end = _next = 0;
        }

        public SpanSplitEnumerator<T> GetEnumerator() => this;
        public Range Current => new Range(_start, _end);
        public ReadOnlySpan<T> Source => _source;

        public bool MoveNext()
        {
            if (_next > _source.Length)
                return false;
            int found = _source.Slice(_next).IndexOf(_separator);
            _start = _next;
            _end = found < 0 ? _source.Length : _next + found;
            _next = found < 0 ? _source.Length + 1 : _end + 1;
            return true;
        }
    }
}
