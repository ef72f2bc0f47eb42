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
    public StringBuilder AppendJoin<T>(string? separator, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values, "values");
        bool first = true;
        foreach (T value in values)
        {
            if (!first) Append(separator);
            first = false;
            if (value != null) Append(value.ToString());
        }
        return this;
    }
    public StringBuilder AppendJoin(char separator, params string?[] values) => Append(string.Join(separator, values));
    public StringBuilder AppendJoin<T>(char separator, IEnumerable<T> values) => AppendJoin(string.OfChar(separator), values);

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

    private const int MovedAtMost = 2 * DefaultCapacity;

    // A gap of `count` characters before the one at `index`: in its chunk, when that is short and has room; else a new chunk goes in front of
    // it and takes what is left of the gap. The gap begins at `at` in `chunk` and may go on in the next chunk.
    private void MakeRoom(int index, int count, out StringBuilder chunk, out int at)
    {
        chunk = this;
        while (chunk.m_ChunkOffset > index)
        {
            chunk.m_ChunkOffset += count;
            chunk = chunk.m_ChunkPrevious!;
        }
        at = index - chunk.m_ChunkOffset;
        if (chunk.m_ChunkLength <= MovedAtMost && chunk.m_ChunkChars.Length - chunk.m_ChunkLength >= count)
        {
            Array.Copy(chunk.m_ChunkChars, at, chunk.m_ChunkChars, at + count, chunk.m_ChunkLength - at);
            chunk.m_ChunkLength += count;
            return;
        }
        StringBuilder front = new StringBuilder(Math.Max(count, DefaultCapacity), chunk);
        front.m_ChunkLength = count;
        int moved = Math.Min(count, at);
        Array.Copy(chunk.m_ChunkChars, 0, front.m_ChunkChars, 0, moved);
        Array.Copy(chunk.m_ChunkChars, moved, chunk.m_ChunkChars, 0, at - moved);
        at -= moved;
        chunk.m_ChunkPrevious = front;
        chunk.m_ChunkOffset += count;
        if (moved < count)
        {
            chunk = front;
            at = moved;
        }
    }

    // An empty chunk for what comes in front of `next`.
    private StringBuilder(int size, StringBuilder next)
    {
        m_ChunkChars = new char[size];
        m_MaxCapacity = next.m_MaxCapacity;
        m_ChunkPrevious = next.m_ChunkPrevious;
        if (m_ChunkPrevious != null) m_ChunkOffset = m_ChunkPrevious.m_ChunkOffset + m_ChunkPrevious.m_ChunkLength;
    }

    private StringBuilder ChunkAfter(StringBuilder chunk)
    {
        StringBuilder next = this;
        while (next.m_ChunkPrevious != chunk) next = next.m_ChunkPrevious!;
        return next;
    }

    private StringBuilder InsertChars(int index, char[] from, int count)
    {
        if ((uint)index > (uint)Length) ThrowHelper.ThrowOutOfRange("index", SR.Index_RangeOrEqual);
        if (count == 0) return this;
        StringBuilder chunk;
        int at, done = 0;
        MakeRoom(index, count, out chunk, out at);
        while (true)
        {
            int part = Math.Min(chunk.m_ChunkLength - at, count - done);
            Array.Copy(from, done, chunk.m_ChunkChars, at, part);
            done += part;
            if (done == count) return this;
            chunk = ChunkAfter(chunk);
            at = 0;
        }
    }

    public StringBuilder Insert(int index, string? value)
    {
        if ((uint)index > (uint)Length) ThrowHelper.ThrowOutOfRange("index", SR.Index_RangeOrEqual);
        if (value == null || value.Length == 0) return this;
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        h.AppendLiteral(value);
        return TakeAt(index, ref h);
    }

    private StringBuilder TakeAt(int index, ref DefaultInterpolatedStringHandler h)
    {
        InsertChars(index, h.Buffer, h.Length);
        h.Clear();
        return this;
    }

    private StringBuilder InsertValue<T>(int index, T value)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        h.AppendText(value, null);
        return TakeAt(index, ref h);
    }

    public StringBuilder Insert(int index, char value) => InsertValue(index, value);
    public StringBuilder Insert(int index, int value) => InsertValue(index, value);
    public StringBuilder Insert(int index, long value) => InsertValue(index, value);
    public StringBuilder Insert(int index, double value) => InsertValue(index, value);
    public StringBuilder Insert(int index, decimal value) => InsertValue(index, value);
    public StringBuilder Insert(int index, bool value) => Insert(index, value ? "True" : "False");
    public StringBuilder Insert(int index, object? value) => Insert(index, value?.ToString());

    // What stays of the first and the last chunk is joined to them; chunks in between go.
    private void RemoveRange(int start, int count)
    {
        StringBuilder? last = null;
        StringBuilder chunk = this;
        int end = start + count, endInLast = 0;
        while (true)
        {
            if (end >= chunk.m_ChunkOffset)
            {
                if (last == null)
                {
                    last = chunk;
                    endInLast = end - chunk.m_ChunkOffset;
                }
                if (start >= chunk.m_ChunkOffset) break;
            }
            else
            {
                chunk.m_ChunkOffset -= count;
            }
            chunk = chunk.m_ChunkPrevious!;
        }
        int startInFirst = start - chunk.m_ChunkOffset, target = startInFirst, kept = last!.m_ChunkLength - endInLast;
        if (last != chunk)
        {
            target = 0;
            chunk.m_ChunkLength = startInFirst;
            last.m_ChunkPrevious = startInFirst == 0 ? chunk.m_ChunkPrevious : chunk;
            last.m_ChunkOffset = chunk.m_ChunkOffset + chunk.m_ChunkLength;
        }
        last.m_ChunkLength -= endInLast - target;
        if (target != endInLast) Array.Copy(last.m_ChunkChars, endInLast, last.m_ChunkChars, target, kept);
    }

    public StringBuilder Remove(int startIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        if (length > Length - startIndex) ThrowHelper.ThrowOutOfRange("length", SR.Index_RangeOrEqual);
        if (length == Length && startIndex == 0) Length = 0;
        else if (length > 0) RemoveRange(startIndex, length);
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
