using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace System;

[Flags]
public enum StringSplitOptions { None = 0, RemoveEmptyEntries = 1, TrimEntries = 2 }

/// The characters follow `_firstChar` in the object, with a zero behind the last. `new string(...)` is compiled as a call of `Ctor`.
public sealed class String : IComparable, IEnumerable<char>, IConvertible, IComparable<string?>, IEquatable<string?>, ICloneable
{
    private readonly int _stringLength;
    private char _firstChar;

    public static readonly string Empty = "";

    [MethodImpl(MethodImplOptions.InternalCall)] public extern String(char c, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] public extern String(char[]? value);
    [MethodImpl(MethodImplOptions.InternalCall)] public extern String(char[] value, int startIndex, int length);
    [MethodImpl(MethodImplOptions.InternalCall)] public extern String(ReadOnlySpan<char> value);

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern char CharAt(string s, int index);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string FromCharCount(char c, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string UncountedFromCharCount(char c, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string FromChars(char[] value, int start, int length);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string Concat2(string? a, string? b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string Concat3(string? a, string? b, string? c);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string Concat4(string? a, string? b, string? c, string? d);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string JoinNative(string? separator, string?[] values, int start, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string SubstringNative(string s, int start, int length);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string UncountedPart(string s, int start, int length);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string OfChar(char c);
    internal static string CopyOf(string s) => s.Length == 0 ? s : SubstringNative(s, 0, s.Length);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void CopyChars(string s, int start, char[] to, int at, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int IndexOfChar(string s, char c, int start, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int LastIndexOfChar(string s, char c, int start, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int IndexOfString(string s, string value, int start, int count, bool ignoreCase);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int LastIndexOfString(string s, string value, int start, int count, bool ignoreCase);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern bool EqualsOrdinal(string a, string b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern bool EqualsIgnoreCase(string a, string b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CompareOrdinalNative(string a, string b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CompareIgnoreCase(string a, string b);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int HashOrdinal(string s);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int HashNonRandomized(string s, bool ignoreCase);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int HashIgnoreCase(string s);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string ReplaceChar(string s, char oldChar, char newChar);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string ReplaceString(string s, string oldValue, string? newValue, bool ignoreCase);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string UpperNative(string s);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string LowerNative(string s);

    internal static string Ctor(char c, int count)
    {
        if (count <= 0)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
            return "";
        }
        return FromCharCount(c, count);
    }

    internal static string Ctor(char[]? value) => value == null || value.Length == 0 ? "" : FromChars(value, 0, value.Length);

    internal static string Ctor(char[] value, int startIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        if (startIndex > value.Length - length) ThrowHelper.ThrowOutOfRange("startIndex", "Index was out of range. Must be non-negative and less than or equal to the size of the collection.");
        return length == 0 ? "" : FromChars(value, startIndex, length);
    }

    internal static string Ctor(ReadOnlySpan<char> value) => value.ToString();
    internal static string FastAllocate(int length) => FromCharCount('\0', length);
    internal static string FastAllocateUncounted(int length) => length == 0 ? "" : UncountedFromCharCount('\0', length);

    public static implicit operator ReadOnlySpan<char>(string? value) => value.AsSpan();

    public void CopyTo(Span<char> destination) { this.AsSpan().CopyTo(destination); }
    public bool TryCopyTo(Span<char> destination) => this.AsSpan().TryCopyTo(destination);

    public static string Create<TState>(int length, TState state, Buffers.SpanAction<char, TState> action)
    {
        if (action == null)
            TaskThrow.Null("action");
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        if (length == 0)
            return "";
        string text = FastAllocate(length);
        action!(new Span<char>(ref Unsafe.StringUnits(text), length), state);
        return text;
    }

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1)
    {
        int length = str0.Length + str1.Length;
        if (length == 0)
            return "";
        string text = FastAllocate(length);
        Span<char> to = new Span<char>(ref Unsafe.StringUnits(text), length);
        str0.CopyTo(to);
        str1.CopyTo(to.Slice(str0.Length));
        return text;
    }

    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2)
    {
        int length = str0.Length + str1.Length + str2.Length;
        if (length == 0)
            return "";
        string text = FastAllocate(length);
        Span<char> to = new Span<char>(ref Unsafe.StringUnits(text), length);
        str0.CopyTo(to);
        str1.CopyTo(to.Slice(str0.Length));
        str2.CopyTo(to.Slice(str0.Length + str1.Length));
        return text;
    }

    public int Length => _stringLength;

    [IndexerName("Chars")]
    public char this[int index] => CharAt(this, index);

    public static bool IsNullOrEmpty([NotNullWhen(false)] string? value) => value == null || value._stringLength == 0;

    public static bool IsNullOrWhiteSpace([NotNullWhen(false)] string? value)
    {
        if (value == null) return true;
        for (int i = 0; i < value.Length; i++)
        {
            if (!char.IsWhiteSpace(value[i])) return false;
        }
        return true;
    }

    // Equality and order ------------------------------------------------------------------------------------------------------

    public static bool operator ==(string? a, string? b) =>
        (object?)a == (object?)b || ((object?)a != null && (object?)b != null && a._stringLength == b._stringLength && EqualsOrdinal(a, b));
    public static bool operator !=(string? a, string? b) => !(a == b);
    public static bool Equals(string? a, string? b) => a == b;
    public static bool Equals(string? a, string? b, StringComparison comparisonType) => a == null ? b == null : a.Equals(b, comparisonType);
    public bool Equals(string? value) => this == value;
    public override bool Equals(object? obj) => (object)this == obj || (obj is string s && _stringLength == s._stringLength && EqualsOrdinal(this, s));

    public bool Equals(string? value, StringComparison comparisonType)
    {
        if (value == null) return false;
        return IgnoresCase(comparisonType) ? EqualsIgnoreCase(this, value) : this == value;
    }

    internal static bool IgnoresCase(StringComparison comparisonType)
    {
        if ((uint)comparisonType > 5) throw new ArgumentException("The string comparison type passed in is currently not supported.", "comparisonType");
        return ((int)comparisonType & 1) != 0;
    }

    public override int GetHashCode() => HashOrdinal(this);
    public int GetHashCode(StringComparison comparisonType) => IgnoresCase(comparisonType) ? HashIgnoreCase(this) : HashOrdinal(this);

    public static int CompareOrdinal(string? strA, string? strB)
    {
        if ((object?)strA == (object?)strB) return 0;
        if (strA == null) return -1;
        return strB == null ? 1 : CompareOrdinalNative(strA, strB);
    }

    public static int Compare(string? strA, string? strB, StringComparison comparisonType)
    {
        if ((object?)strA == (object?)strB) return 0;
        if (strA == null) return -1;
        if (strB == null) return 1;
        // With the invariant globalization that programs here are compared with, every culture's order is the ordinal one.
        return IgnoresCase(comparisonType) ? CompareIgnoreCase(strA, strB) : CompareOrdinalNative(strA, strB);
    }

    public static int Compare(string? strA, string? strB) => Compare(strA, strB, StringComparison.CurrentCulture);
    public static int Compare(string? strA, string? strB, bool ignoreCase) =>
        Compare(strA, strB, ignoreCase ? StringComparison.CurrentCultureIgnoreCase : StringComparison.CurrentCulture);
    public int CompareTo(string? strB) => Compare(this, strB, StringComparison.CurrentCulture);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is string s) return CompareTo(s);
        ThrowHelper.ThrowMustBe("String");
        return 0;
    }

    // Building ----------------------------------------------------------------------------------------------------------------

    public static string Concat(string? str0, string? str1) => Concat2(str0, str1);
    public static string Concat(string? str0, string? str1, string? str2) => Concat3(str0, str1, str2);
    public static string Concat(string? str0, string? str1, string? str2, string? str3) => Concat4(str0, str1, str2, str3);
    public static string Concat(object? arg0) => arg0?.ToString() ?? "";
    public static string Concat(object? arg0, object? arg1) => Concat2(arg0?.ToString(), arg1?.ToString());
    public static string Concat(object? arg0, object? arg1, object? arg2) => Concat3(arg0?.ToString(), arg1?.ToString(), arg2?.ToString());

    public static string Concat(params string?[] values)
    {
        ArgumentNullException.ThrowIfNull(values, "values");
        if (values.Length <= 1) return values.Length == 0 ? "" : values[0] ?? "";
        return JoinNative(null, values, 0, values.Length);
    }

    public static string Concat(params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(args, "args");
        if (args.Length <= 1) return args.Length == 0 ? "" : args[0]?.ToString() ?? "";
        string?[] texts = new string?[args.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = args[i]?.ToString();
        return JoinNative(null, texts, 0, texts.Length);
    }

    public static string Concat(IEnumerable<string?> values) => JoinSequence(null, values);
    public static string Concat<T>(IEnumerable<T> values) => JoinSequence(null, values);

    public static string Join(string? separator, params string?[] value)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        if (value.Length <= 1) return value.Length == 0 ? "" : value[0] ?? "";
        return JoinNative(separator, value, 0, value.Length);
    }

    public static string Join(string? separator, string?[] value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startIndex, value.Length - count, "startIndex");
        if (count <= 1) return count == 0 ? "" : value[startIndex] ?? "";
        return JoinNative(separator, value, startIndex, count);
    }

    public static string Join(string? separator, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values, "values");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0) h.AppendString(separator);
            h.AppendString(values[i]?.ToString());
        }
        return h.ToStringAndClear();
    }

    public static string Join(char separator, params string?[] value) => Join(OfChar(separator), value);
    public static string Join(char separator, params object?[] values) => Join(OfChar(separator), values);
    public static string Join<T>(char separator, IEnumerable<T> values) => JoinSequence(OfChar(separator), values);
    public static string Join(string? separator, IEnumerable<string?> values) => JoinSequence(separator, values);
    public static string Join<T>(string? separator, IEnumerable<T> values) => JoinSequence(separator, values);

    private static string JoinSequence<T>(string? separator, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values, "values");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 0);
        bool first = true;
        foreach (T value in values)
        {
            if (!first) h.AppendString(separator);
            first = false;
            h.AppendFormatted(value);
        }
        return h.ToStringAndClear();
    }

    public static string Format(string format, object? arg0) => FormatCore(format, 1, arg0, null, null, null);
    public static string Format(string format, object? arg0, object? arg1) => FormatCore(format, 2, arg0, arg1, null, null);
    public static string Format(string format, object? arg0, object? arg1, object? arg2) => FormatCore(format, 3, arg0, arg1, arg2, null);
    public static string Format(string format, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(args, "args");
        return FormatCore(format, args.Length, null, null, null, args);
    }
    public static string Format(IFormatProvider? provider, string format, object? arg0) => FormatCore(format, 1, arg0, null, null, null);
    public static string Format(IFormatProvider? provider, string format, object? arg0, object? arg1) => FormatCore(format, 2, arg0, arg1, null, null);
    public static string Format(IFormatProvider? provider, string format, object? arg0, object? arg1, object? arg2) => FormatCore(format, 3, arg0, arg1, arg2, null);
    public static string Format(IFormatProvider? provider, string format, params object?[] args) => Format(format, args);

    private static string FormatCore(string format, int count, object? arg0, object? arg1, object? arg2, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(format, "format");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, count);
        h.AppendComposite(format, count, arg0, arg1, arg2, args);
        return h.ToStringAndClear();
    }

    public static string Create(IFormatProvider? provider, [InterpolatedStringHandlerArgument("provider")] ref DefaultInterpolatedStringHandler handler) => handler.ToStringAndClear();

    public static string Copy(string str) => FromChars(str.ToCharArray(), 0, str.Length);

    // Parts -------------------------------------------------------------------------------------------------------------------

    public string Substring(int startIndex) => Substring(startIndex, _stringLength - startIndex);

    public string Substring(int startIndex, int length)
    {
        if (startIndex < 0 || startIndex > _stringLength || length < 0 || length > _stringLength - startIndex) ThrowSubstring(startIndex, length);
        if (length == 0) return "";
        return length == _stringLength ? this : SubstringNative(this, startIndex, length);
    }

    private void ThrowSubstring(int startIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        if (startIndex > _stringLength) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_StartLarger);
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        ThrowHelper.ThrowOutOfRange("length", SR.Index_Length);
    }

    public char[] ToCharArray() => ToCharArray(0, _stringLength);

    public char[] ToCharArray(int startIndex, int length)
    {
        if ((uint)startIndex > (uint)_stringLength || (uint)length > (uint)(_stringLength - startIndex)) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_Range);
        if (length == 0) return Array.Empty<char>();
        char[] result = new char[length];
        CopyChars(this, startIndex, result, 0, length);
        return result;
    }

    public void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(destination, "destination");
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex, "sourceIndex");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _stringLength - sourceIndex, "sourceIndex");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destinationIndex, destination.Length - count, "destinationIndex");
        ArgumentOutOfRangeException.ThrowIfNegative(destinationIndex, "destinationIndex");
        CopyChars(this, sourceIndex, destination, destinationIndex, count);
    }

    public string Trim() => TrimWhere(null, 3);
    public string TrimStart() => TrimWhere(null, 1);
    public string TrimEnd() => TrimWhere(null, 2);
    public string Trim(char trimChar) => TrimChar(trimChar, 3);
    public string TrimStart(char trimChar) => TrimChar(trimChar, 1);
    public string TrimEnd(char trimChar) => TrimChar(trimChar, 2);
    public string Trim(params char[]? trimChars) => TrimWhere(trimChars, 3);
    public string TrimStart(params char[]? trimChars) => TrimWhere(trimChars, 1);
    public string TrimEnd(params char[]? trimChars) => TrimWhere(trimChars, 2);

    private static bool IsTrimmed(char c, char[]? set)
    {
        if (set == null || set.Length == 0) return char.IsWhiteSpace(c);
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i] == c) return true;
        }
        return false;
    }

    private string TrimWhere(char[]? set, int sides)
    {
        int start = 0, end = _stringLength;
        if ((sides & 1) != 0)
        {
            while (start < end && IsTrimmed(this[start], set)) start++;
        }
        if ((sides & 2) != 0)
        {
            while (end > start && IsTrimmed(this[end - 1], set)) end--;
        }
        return Substring(start, end - start);
    }

    private string TrimChar(char c, int sides)
    {
        int start = 0, end = _stringLength;
        if ((sides & 1) != 0)
        {
            while (start < end && this[start] == c) start++;
        }
        if ((sides & 2) != 0)
        {
            while (end > start && this[end - 1] == c) end--;
        }
        return Substring(start, end - start);
    }

    public string PadLeft(int totalWidth) => PadLeft(totalWidth, ' ');
    public string PadRight(int totalWidth) => PadRight(totalWidth, ' ');

    public string PadLeft(int totalWidth, char paddingChar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalWidth, "totalWidth");
        int gap = totalWidth - _stringLength;
        if (gap <= 0) return this;
        char[] chars = Scratch(totalWidth);
        Array.Fill(chars, paddingChar, 0, gap);
        CopyChars(this, 0, chars, gap, _stringLength);
        return FromChars(chars, 0, totalWidth);
    }

    public string PadRight(int totalWidth, char paddingChar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalWidth, "totalWidth");
        int gap = totalWidth - _stringLength;
        if (gap <= 0) return this;
        char[] chars = Scratch(totalWidth);
        CopyChars(this, 0, chars, 0, _stringLength);
        Array.Fill(chars, paddingChar, _stringLength, gap);
        return FromChars(chars, 0, totalWidth);
    }

    // Room for a string under construction; .NET writes into the new string itself.
    private static char[] Scratch(int length) => RuntimeHelpers.AllocateUncountedArray<char>(length);

    public string Insert(int startIndex, string value)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startIndex, _stringLength, "startIndex");
        if (value.Length == 0) return this;
        if (_stringLength == 0) return value;
        char[] chars = Scratch(_stringLength + value.Length);
        CopyChars(this, 0, chars, 0, startIndex);
        CopyChars(value, 0, chars, startIndex, value.Length);
        CopyChars(this, startIndex, chars, startIndex + value.Length, _stringLength - startIndex);
        return FromChars(chars, 0, chars.Length);
    }

    public string Remove(int startIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        if (startIndex > _stringLength) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_StartLarger);
        return Substring(0, startIndex);
    }

    public string Remove(int startIndex, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex, "startIndex");
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        if (count > _stringLength - startIndex) ThrowHelper.ThrowOutOfRange("count", "Index and count must refer to a location within the string.");
        if (count == 0) return this;
        int left = _stringLength - count;
        if (left == 0) return "";
        char[] chars = Scratch(left);
        CopyChars(this, 0, chars, 0, startIndex);
        CopyChars(this, startIndex + count, chars, startIndex, left - startIndex);
        return FromChars(chars, 0, left);
    }

    public string Replace(char oldChar, char newChar) => oldChar == newChar ? this : ReplaceChar(this, oldChar, newChar);
    public string Replace(string oldValue, string? newValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(oldValue, "oldValue");
        return ReplaceString(this, oldValue, newValue, false);
    }
    public string Replace(string oldValue, string? newValue, StringComparison comparisonType)
    {
        ArgumentException.ThrowIfNullOrEmpty(oldValue, "oldValue");
        return ReplaceString(this, oldValue, newValue, IgnoresCase(comparisonType));
    }

    public string ReplaceLineEndings() => ReplaceLineEndings("\n");
    public string ReplaceLineEndings(string replacementText)
    {
        string text = Replace("\r\n", "\n").Replace('\r', '\n');
        return replacementText == "\n" ? text : text.Replace("\n", replacementText);
    }

    public string ToUpper() => UpperNative(this);
    public string ToLower() => LowerNative(this);
    public string ToUpperInvariant() => UpperNative(this);
    public string ToLowerInvariant() => LowerNative(this);
    public string ToUpper(CultureInfo? culture) => UpperNative(this);
    public string ToLower(CultureInfo? culture) => LowerNative(this);

    // Searching ---------------------------------------------------------------------------------------------------------------

    public int IndexOf(char value) => IndexOfChar(this, value, 0, _stringLength);
    public int IndexOf(char value, int startIndex) => IndexOf(value, startIndex, _stringLength - startIndex);
    public int IndexOf(char value, int startIndex, int count)
    {
        CheckRange(startIndex, count);
        return IndexOfChar(this, value, startIndex, count);
    }
    public int IndexOf(char value, StringComparison comparisonType) => IndexOf(Ctor(value, 1), 0, _stringLength, comparisonType);
    public int IndexOf(string value) => IndexOf(value, 0, _stringLength, StringComparison.CurrentCulture);
    public int IndexOf(string value, int startIndex) => IndexOf(value, startIndex, _stringLength - startIndex, StringComparison.CurrentCulture);
    public int IndexOf(string value, int startIndex, int count) => IndexOf(value, startIndex, count, StringComparison.CurrentCulture);
    public int IndexOf(string value, StringComparison comparisonType) => IndexOf(value, 0, _stringLength, comparisonType);
    public int IndexOf(string value, int startIndex, StringComparison comparisonType) => IndexOf(value, startIndex, _stringLength - startIndex, comparisonType);
    public int IndexOf(string value, int startIndex, int count, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        CheckRange(startIndex, count);
        return IndexOfString(this, value, startIndex, count, IgnoresCase(comparisonType));
    }

    private void CheckRange(int startIndex, int count)
    {
        if ((uint)startIndex > (uint)_stringLength) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_RangeOrEqual);
        if ((uint)count > (uint)(_stringLength - startIndex)) ThrowHelper.ThrowOutOfRange("count", SR.Index_Count);
    }

    public int LastIndexOf(char value) => LastIndexOfChar(this, value, _stringLength - 1, _stringLength);
    public int LastIndexOf(char value, int startIndex) => _stringLength == 0 ? -1 : LastIndexOfChar(this, value, LastEnd(startIndex) - 1, LastEnd(startIndex));
    public int LastIndexOf(string value) => LastIndexOf(value, StringComparison.CurrentCulture);
    public int LastIndexOf(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        return LastIndexOfString(this, value, _stringLength - 1, _stringLength, IgnoresCase(comparisonType));
    }
    public int LastIndexOf(string value, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        return _stringLength == 0 ? (value.Length == 0 ? 0 : -1) : LastIndexOfString(this, value, LastEnd(startIndex) - 1, LastEnd(startIndex), false);
    }

    private int LastEnd(int startIndex)
    {
        if ((uint)startIndex > (uint)_stringLength) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_RangeOrEqual);
        return startIndex == _stringLength ? startIndex : startIndex + 1;
    }

    public int IndexOfAny(char[] anyOf) => IndexOfAny(anyOf, 0);
    public int IndexOfAny(char[] anyOf, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(anyOf, "anyOf");
        CheckRange(startIndex, 0);
        for (int i = startIndex; i < _stringLength; i++)
        {
            if (anyOf.Length != 0 && IsTrimmed(this[i], anyOf)) return i;
        }
        return -1;
    }

    public bool Contains(char value) => IndexOfChar(this, value, 0, _stringLength) >= 0;
    public bool Contains(string value) => IndexOf(value, 0, _stringLength, StringComparison.Ordinal) >= 0;
    public bool Contains(string value, StringComparison comparisonType) => IndexOf(value, comparisonType) >= 0;
    public bool Contains(char value, StringComparison comparisonType) => IndexOf(value, comparisonType) >= 0;

    public bool StartsWith(char value) => _stringLength != 0 && _firstChar == value;
    public bool StartsWith(string value, bool ignoreCase, Globalization.CultureInfo? culture) =>
        StartsWith(value, ignoreCase ? StringComparison.CurrentCultureIgnoreCase : StringComparison.CurrentCulture);
    public bool StartsWith(string value) => StartsWith(value, StringComparison.CurrentCulture);
    public bool StartsWith(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        return value._stringLength <= _stringLength && IndexOfString(this, value, 0, value._stringLength, IgnoresCase(comparisonType)) == 0;
    }
    public bool EndsWith(char value) => _stringLength != 0 && this[_stringLength - 1] == value;
    public bool EndsWith(string value) => EndsWith(value, StringComparison.CurrentCulture);
    public bool EndsWith(string value, StringComparison comparisonType)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        int start = _stringLength - value._stringLength;
        return start >= 0 && IndexOfString(this, value, start, value._stringLength, IgnoresCase(comparisonType)) == start;
    }

    // .NET looks for a single separator without an array.
    private static char[] OneSeparator(char separator)
    {
        char[] separators = RuntimeHelpers.AllocateUncountedArray<char>(1);
        separators[0] = separator;
        return separators;
    }

    public string[] Split(params char[]? separator) => SplitCore(separator, null, null, int.MaxValue, StringSplitOptions.None);
    public string[] Split(char separator, StringSplitOptions options = StringSplitOptions.None) => SplitCore(OneSeparator(separator), null, null, int.MaxValue, options);
    public string[] Split(char separator, int count, StringSplitOptions options = StringSplitOptions.None) => SplitCore(OneSeparator(separator), null, null, count, options);
    public string[] Split(char[]? separator, int count) => SplitCore(separator, null, null, count, StringSplitOptions.None);
    public string[] Split(char[]? separator, StringSplitOptions options) => SplitCore(separator, null, null, int.MaxValue, options);
    public string[] Split(char[]? separator, int count, StringSplitOptions options) => SplitCore(separator, null, null, count, options);
    public string[] Split(string? separator, StringSplitOptions options = StringSplitOptions.None) => SplitCore(null, separator ?? "", null, int.MaxValue, options);
    public string[] Split(string? separator, int count, StringSplitOptions options = StringSplitOptions.None) => SplitCore(null, separator ?? "", null, count, options);
    public string[] Split(string[]? separator, StringSplitOptions options) => SplitCore(null, null, separator, int.MaxValue, options);
    public string[] Split(string[]? separator, int count, StringSplitOptions options) => SplitCore(null, null, separator, count, options);

    // Length of the separator found at `at`, 0 if there is none. No separators at all: white space separates.
    private int SeparatorAt(int at, char[]? chars, string? text, string[]? texts)
    {
        if (text != null) return MatchesAt(at, text) ? text.Length : 0;
        if (texts != null && texts.Length != 0)
        {
            for (int i = 0; i < texts.Length; i++)
            {
                if (!IsNullOrEmpty(texts[i]) && MatchesAt(at, texts[i])) return texts[i].Length;
            }
            return 0;
        }
        return IsTrimmed(this[at], chars) ? 1 : 0;
    }

    private bool MatchesAt(int at, string text) =>
        text.Length != 0 && text.Length <= _stringLength - at && IndexOfString(this, text, at, text.Length, false) == at;

    private string[] SplitCore(char[]? chars, string? text, string[]? texts, int count, StringSplitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, "count");
        bool trim = (options & StringSplitOptions.TrimEntries) != 0, dropEmpty = (options & StringSplitOptions.RemoveEmptyEntries) != 0;
        if (count == 0) return Array.Empty<string>();
        string[] parts = RuntimeHelpers.AllocateUncountedArray<string>(8);
        int n = 0, start = 0, at = 0;
        while (at < _stringLength && n < count - 1)
        {
            int length = SeparatorAt(at, chars, text, texts);
            if (length == 0) { at++; continue; }
            AddPart(ref parts, ref n, start, at, trim, dropEmpty);
            at += length;
            start = at;
        }
        // The last part is the rest; leading separators in it are skipped when empty parts are dropped.
        if (dropEmpty && n == count - 1)
        {
            while (start < _stringLength)
            {
                int length = SeparatorAt(start, chars, text, texts);
                if (length == 0 && !(trim && char.IsWhiteSpace(this[start]))) break;
                start += length == 0 ? 1 : length;
            }
        }
        AddPart(ref parts, ref n, start, _stringLength, trim, dropEmpty);
        if (n == 0) return Array.Empty<string>();
        string[] result = new string[n];
        Array.Copy(parts, result, n);
        return result;
    }

    private void AddPart(ref string[] parts, ref int n, int start, int end, bool trim, bool dropEmpty)
    {
        if (trim)
        {
            while (start < end && char.IsWhiteSpace(this[start])) start++;
            while (end > start && char.IsWhiteSpace(this[end - 1])) end--;
        }
        if (dropEmpty && start == end) return;
        if (n == parts.Length)
        {
            string[] longer = RuntimeHelpers.AllocateUncountedArray<string>(n * 2);
            Array.Copy(parts, longer, n);
            parts = longer;
        }
        parts[n++] = Substring(start, end - start);
    }

    // The rest ----------------------------------------------------------------------------------------------------------------

    public override string ToString() => this;
    public string ToString(IFormatProvider? provider) => this;
    public object Clone() => this;
    public TypeCode GetTypeCode() => TypeCode.String;
    public CharEnumerator GetEnumerator() => new CharEnumerator(this);
    IEnumerator<char> IEnumerable<char>.GetEnumerator() => new CharEnumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => new CharEnumerator(this);
}

public sealed class CharEnumerator : IEnumerator<char>, ICloneable
{
    private string? _str;
    private int _index = -1;

    internal CharEnumerator(string str) { _str = str; }

    public char Current
    {
        get
        {
            if (_index < 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumNotStarted);
            if (_str == null || _index >= _str.Length) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumEnded);
            return _str![_index];
        }
    }

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        if (_str == null) return false;
        if (_index < _str.Length) _index++;
        return _index < _str.Length;
    }

    public void Reset() { _index = -1; }
    public object Clone() => MemberwiseClone();
    public void Dispose() { _str = null; }
}

public abstract class StringComparer : IComparer, IEqualityComparer, IComparer<string?>, IEqualityComparer<string?>
{
    private static readonly StringComparer s_ordinal = new OrdinalComparer(false);
    private static readonly StringComparer s_ordinalIgnoreCase = new OrdinalComparer(true);
    private static readonly StringComparer s_invariant = new CultureComparer(false);
    private static readonly StringComparer s_invariantIgnoreCase = new CultureComparer(true);

    public static StringComparer Ordinal => s_ordinal;
    public static StringComparer OrdinalIgnoreCase => s_ordinalIgnoreCase;
    public static StringComparer InvariantCulture => s_invariant;
    public static StringComparer InvariantCultureIgnoreCase => s_invariantIgnoreCase;
    public static StringComparer CurrentCulture => s_invariant;
    public static StringComparer CurrentCultureIgnoreCase => s_invariantIgnoreCase;

    public static StringComparer FromComparison(StringComparison comparisonType)
    {
        bool ignoreCase = string.IgnoresCase(comparisonType);
        if (comparisonType >= StringComparison.Ordinal) return ignoreCase ? s_ordinalIgnoreCase : s_ordinal;
        return ignoreCase ? s_invariantIgnoreCase : s_invariant;
    }

    public abstract int Compare(string? x, string? y);
    public abstract bool Equals(string? x, string? y);
    public abstract int GetHashCode(string obj);

    public int Compare(object? x, object? y)
    {
        if (x == y) return 0;
        if (x == null) return -1;
        if (y == null) return 1;
        if (x is string a && y is string b) return Compare(a, b);
        return ((IComparable)x).CompareTo(y);
    }

    public new bool Equals(object? x, object? y)
    {
        if (x == y) return true;
        if (x == null || y == null) return false;
        return x is string a && y is string b ? Equals(a, b) : x.Equals(y);
    }

    public int GetHashCode(object obj) => obj is string s ? GetHashCode(s) : obj.GetHashCode();

    private sealed class OrdinalComparer : StringComparer
    {
        private readonly bool _ignoreCase;
        internal OrdinalComparer(bool ignoreCase) { _ignoreCase = ignoreCase; }
        public override int Compare(string? x, string? y) => string.Compare(x, y, _ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        public override bool Equals(string? x, string? y) => _ignoreCase ? string.Equals(x, y, StringComparison.OrdinalIgnoreCase) : x == y;
        public override int GetHashCode(string obj)
        {
            ArgumentNullException.ThrowIfNull(obj, "obj");
            return _ignoreCase ? string.HashIgnoreCase(obj) : string.HashOrdinal(obj);
        }
    }

    private sealed class CultureComparer : StringComparer
    {
        private readonly bool _ignoreCase;
        internal CultureComparer(bool ignoreCase) { _ignoreCase = ignoreCase; }
        public override int Compare(string? x, string? y) => string.Compare(x, y, _ignoreCase);
        public override bool Equals(string? x, string? y) => string.Compare(x, y, _ignoreCase) == 0;
        public override int GetHashCode(string obj)
        {
            ArgumentNullException.ThrowIfNull(obj, "obj");
            return _ignoreCase ? string.HashIgnoreCase(obj) : string.HashOrdinal(obj);
        }
    }
}
