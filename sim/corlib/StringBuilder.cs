using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System.Text;

/// A chain of chunks, the last one first: this object is the last chunk, `m_ChunkPrevious` the one before.
public sealed class StringBuilder
{
    internal char[] m_ChunkChars;
    internal StringBuilder? m_ChunkPrevious;
    internal int m_ChunkLength;
    internal int m_ChunkOffset;             // characters in all earlier chunks
    internal int m_MaxCapacity;

    private const int DefaultCapacity = 16, MaxChunkSize = 8000;

    public StringBuilder() { m_MaxCapacity = int.MaxValue; m_ChunkChars = new char[DefaultCapacity]; }
    public StringBuilder(int capacity) : this(capacity, int.MaxValue) { }
    public StringBuilder(int capacity, int maxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, maxCapacity, "capacity");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCapacity, "maxCapacity");
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        m_MaxCapacity = maxCapacity;
        m_ChunkChars = new char[capacity == 0 ? Math.Min(DefaultCapacity, maxCapacity) : capacity];
    }
    public StringBuilder(string? value) : this(value, DefaultCapacity) { }
    public StringBuilder(string? value, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        value ??= "";
        m_MaxCapacity = int.MaxValue;
        if (capacity == 0) capacity = DefaultCapacity;
        m_ChunkChars = new char[Math.Max(capacity, value.Length)];
        m_ChunkLength = value.Length;
        value.CopyTo(0, m_ChunkChars, 0, value.Length);
    }

    // The chunk that leaves the front.
    private StringBuilder(StringBuilder from)
    {
        m_ChunkLength = from.m_ChunkLength;
        m_ChunkOffset = from.m_ChunkOffset;
        m_ChunkChars = from.m_ChunkChars;
        m_ChunkPrevious = from.m_ChunkPrevious;
        m_MaxCapacity = from.m_MaxCapacity;
    }

    public int MaxCapacity => m_MaxCapacity;
    public int Capacity
    {
        get => m_ChunkChars.Length + m_ChunkOffset;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, "value");
            if (value < Length) ThrowHelper.ThrowOutOfRange("value", SR.SmallCapacity);
            if (value != Capacity) Array.Resize(ref m_ChunkChars!, value - m_ChunkOffset);
        }
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        if (Capacity < capacity) Capacity = capacity;
        return Capacity;
    }

    public int Length
    {
        get => m_ChunkOffset + m_ChunkLength;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, "value");
            int now = Length;
            if (value > now) { Append('\0', value - now); return; }
            StringBuilder chunk = ChunkOf(value);
            if (chunk != this)
            {
                // The chunk that holds the new end becomes the last one, with a fifth more room than the text had.
                int room = Math.Min(Capacity, Math.Max(now * 6 / 5, m_ChunkChars.Length)) - chunk.m_ChunkOffset;
                if (room > chunk.m_ChunkChars.Length)
                {
                    char[] chars = new char[room];
                    Array.Copy(chunk.m_ChunkChars, chars, chunk.m_ChunkLength);
                    m_ChunkChars = chars;
                }
                else m_ChunkChars = chunk.m_ChunkChars;
                m_ChunkPrevious = chunk.m_ChunkPrevious;
                m_ChunkOffset = chunk.m_ChunkOffset;
            }
            m_ChunkLength = value - m_ChunkOffset;
        }
    }

    private StringBuilder ChunkOf(int index)
    {
        StringBuilder chunk = this;
        while (chunk.m_ChunkOffset > index) chunk = chunk.m_ChunkPrevious!;
        return chunk;
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length) ThrowHelper.ThrowIndexOutOfRange();
            StringBuilder chunk = ChunkOf(index);
            return chunk.m_ChunkChars[index - chunk.m_ChunkOffset];
        }
        set
        {
            if ((uint)index >= (uint)Length) ThrowHelper.ThrowIndex();
            StringBuilder chunk = ChunkOf(index);
            chunk.m_ChunkChars[index - chunk.m_ChunkOffset] = value;
        }
    }

    // A full chunk goes behind a new one, which has room for `needed` and doubles up to 8000.
    private void Expand(int needed)
    {
        int size = Math.Max(needed, Math.Min(Length, MaxChunkSize));
        char[] chars = new char[size];
        m_ChunkPrevious = new StringBuilder(this);
        m_ChunkOffset += m_ChunkLength;
        m_ChunkLength = 0;
        m_ChunkChars = chars;
    }

    private void AppendChars(string value, int start, int count)
    {
        if (Length + count > m_MaxCapacity) ThrowHelper.ThrowOutOfRange("valueCount", "The length cannot be greater than the capacity.");
        int first = Math.Min(m_ChunkChars.Length - m_ChunkLength, count);
        value.CopyTo(start, m_ChunkChars, m_ChunkLength, first);
        m_ChunkLength += first;
        int rest = count - first;
        if (rest == 0) return;
        Expand(rest);
        value.CopyTo(start + first, m_ChunkChars, 0, rest);
        m_ChunkLength = rest;
    }

    private void AppendArray(char[] value, int start, int count)
    {
        int first = Math.Min(m_ChunkChars.Length - m_ChunkLength, count);
        Array.Copy(value, start, m_ChunkChars, m_ChunkLength, first);
        m_ChunkLength += first;
        int rest = count - first;
        if (rest == 0) return;
        Expand(rest);
        Array.Copy(value, start + first, m_ChunkChars, 0, rest);
        m_ChunkLength = rest;
    }

    public StringBuilder Append(ReadOnlySpan<char> value)
    {
        for (int i = 0; i < value.Length; i++)
            Append(value[i]);
        return this;
    }

    public StringBuilder Append(ReadOnlyMemory<char> value) => Append(value.Span);
    public StringBuilder Append(string? value)
    {
        if (value != null && value.Length != 0) AppendChars(value, 0, value.Length);
        return this;
    }

    public StringBuilder Append(string? value, int startIndex, int count)
    {
        if (value == null)
        {
            if (startIndex == 0 && count == 0) return this;
            ThrowHelper.ThrowNull("value");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        if (count == 0) return this;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startIndex, value!.Length - count, "startIndex");
        AppendChars(value, startIndex, count);
        return this;
    }

    public StringBuilder Append(char value)
    {
        if (m_ChunkLength == m_ChunkChars.Length) Expand(1);
        m_ChunkChars[m_ChunkLength++] = value;
        return this;
    }

    public StringBuilder Append(char value, int repeatCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeatCount, "repeatCount");
        int first = Math.Min(m_ChunkChars.Length - m_ChunkLength, repeatCount), rest = repeatCount - first;
        Array.Fill(m_ChunkChars, value, m_ChunkLength, first);
        m_ChunkLength += first;
        if (rest == 0) return this;
        Expand(rest);
        Array.Fill(m_ChunkChars, value, 0, rest);
        m_ChunkLength = rest;
        return this;
    }

    public StringBuilder Append(char[]? value)
    {
        if (value != null) AppendArray(value, 0, value.Length);
        return this;
    }

    public StringBuilder Append(char[]? value, int startIndex, int charCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        ArgumentOutOfRangeException.ThrowIfNegative(charCount, "charCount");
        if (value == null)
        {
            if (startIndex != 0 || charCount != 0) ThrowHelper.ThrowNull("value");
            return this;
        }
        if (charCount > value.Length - startIndex) ThrowHelper.ThrowOutOfRange("charCount", SR.Index_RangeOrEqual);
        AppendArray(value, startIndex, charCount);
        return this;
    }

    public StringBuilder Append(StringBuilder? value) => value == null ? this : Append(value.ToString());

    private StringBuilder Take(ref DefaultInterpolatedStringHandler h)
    {
        AppendArray(h.Buffer, 0, h.Length);
        h.Clear();
        return this;
    }

    // Formatted without a string in between.
    private StringBuilder AppendValue<T>(T value)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        h.AppendText(value, null);
        return Take(ref h);
    }

    public StringBuilder Append(bool value) => Append(value ? "True" : "False");
    public StringBuilder Append(sbyte value) => AppendValue(value);
    public StringBuilder Append(byte value) => AppendValue(value);
    public StringBuilder Append(short value) => AppendValue(value);
    public StringBuilder Append(ushort value) => AppendValue(value);
    public StringBuilder Append(int value) => AppendValue(value);
    public StringBuilder Append(uint value) => AppendValue(value);
    public StringBuilder Append(long value) => AppendValue(value);
    public StringBuilder Append(ulong value) => AppendValue(value);
    public StringBuilder Append(float value) => AppendValue(value);
    public StringBuilder Append(double value) => AppendValue(value);
    public StringBuilder Append(decimal value) => AppendValue(value);
    public StringBuilder Append(object? value) => value == null ? this : Append(value.ToString());
    public StringBuilder AppendLine() => Append('\n');
    public StringBuilder AppendLine(string? value)
    {
        Append(value);
        return Append('\n');
    }

    private StringBuilder AppendComposite(string format, int count, object? arg0, object? arg1, object? arg2, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(format, "format");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, count);
        h.AppendComposite(format, count, arg0, arg1, arg2, args);
        return Take(ref h);
    }

    public StringBuilder AppendFormat(string format, object? arg0) => AppendComposite(format, 1, arg0, null, null, null);
    public StringBuilder AppendFormat(string format, object? arg0, object? arg1) => AppendComposite(format, 2, arg0, arg1, null, null);
    public StringBuilder AppendFormat(string format, object? arg0, object? arg1, object? arg2) => AppendComposite(format, 3, arg0, arg1, arg2, null);
    public StringBuilder AppendFormat(string format, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(args, "args");
        return AppendComposite(format, args.Length, null, null, null, args);
    }
    public StringBuilder AppendFormat(IFormatProvider? provider, string format, params object?[] args) => AppendFormat(format, args);

    public StringBuilder AppendJoin(string? separator, params string?[] values) => Append(string.Join(separator, values));
    public StringBuilder AppendJoin(string? separator, params object?[] values) => Append(string.Join(separator, values));
    public StringBuilder AppendJoin<T>(string? separator, IEnumerable<T> values) => Append(string.Join(separator, values));
    public StringBuilder AppendJoin(char separator, params string?[] values) => Append(string.Join(separator, values));
    public StringBuilder AppendJoin<T>(char separator, IEnumerable<T> values) => Append(string.Join(separator, values));

    // Edits in the middle make one chunk of the whole.
    private void SetText(string text)
    {
        char[] chars = m_ChunkPrevious == null && text.Length <= m_ChunkChars.Length ? m_ChunkChars : new char[Math.Max(Capacity, text.Length)];
        text.CopyTo(0, chars, 0, text.Length);
        m_ChunkPrevious = null;
        m_ChunkOffset = 0;
        m_ChunkChars = chars;
        m_ChunkLength = text.Length;
    }

    public StringBuilder Insert(int index, string? value)
    {
        if ((uint)index > (uint)Length) ThrowHelper.ThrowOutOfRange("index", SR.Index_RangeOrEqual);
        if (value != null && value.Length != 0) SetText(ToString().Insert(index, value));
        return this;
    }
    public StringBuilder Insert(int index, char value) => Insert(index, value.ToString());
    public StringBuilder Insert(int index, int value) => Insert(index, value.ToString());
    public StringBuilder Insert(int index, bool value) => Insert(index, value.ToString());
    public StringBuilder Insert(int index, object? value) => Insert(index, value?.ToString());

    public StringBuilder Remove(int startIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        if (length > Length - startIndex) ThrowHelper.ThrowOutOfRange("length", SR.Index_RangeOrEqual);
        if (length == Length && startIndex == 0) Length = 0;
        else if (length > 0)
        {
            if (startIndex + length == Length) Length = startIndex;
            else SetText(ToString().Remove(startIndex, length));
        }
        return this;
    }

    public StringBuilder Replace(string oldValue, string? newValue)
    {
        SetText(ToString().Replace(oldValue, newValue));
        return this;
    }

    public StringBuilder Replace(char oldChar, char newChar)
    {
        for (StringBuilder? chunk = this; chunk != null; chunk = chunk.m_ChunkPrevious)
        {
            for (int i = 0; i < chunk.m_ChunkLength; i++)
            {
                if (chunk.m_ChunkChars[i] == oldChar) chunk.m_ChunkChars[i] = newChar;
            }
        }
        return this;
    }

    public StringBuilder Clear()
    {
        Length = 0;
        return this;
    }

    public bool Equals(StringBuilder? sb) => sb != null && Length == sb.Length && ToString() == sb.ToString();

    public override string ToString()
    {
        if (Length == 0) return "";
        if (m_ChunkPrevious == null) return string.Ctor(m_ChunkChars, 0, m_ChunkLength);
        char[] all = RuntimeHelpers.AllocateUncountedArray<char>(Length);
        for (StringBuilder? chunk = this; chunk != null; chunk = chunk.m_ChunkPrevious) Array.Copy(chunk.m_ChunkChars, 0, all, chunk.m_ChunkOffset, chunk.m_ChunkLength);
        return string.Ctor(all, 0, all.Length);
    }

    public string ToString(int startIndex, int length) => ToString().Substring(startIndex, length);

    public void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) { ToString().CopyTo(sourceIndex, destination, destinationIndex, count); }
}
