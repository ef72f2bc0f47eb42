// The primitive integers. Text goes through Number; formatting into an interpolated string through IAppendable.
using System.Globalization;
using System.Runtime.CompilerServices;

namespace System;

public readonly struct SByte : IComparable, IConvertible, IFormattable, IComparable<sbyte>, IEquatable<sbyte>, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly sbyte m_value;

    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;

    public int CompareTo(sbyte value) => m_value - value;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is sbyte other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("SByte");
        return 0;
    }
    public bool Equals(sbyte obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is sbyte other && m_value == other;
    public override int GetHashCode() => m_value;
    public TypeCode GetTypeCode() => TypeCode.SByte;

    public override string ToString() => m_value >= 0 ? Number.Small((int)m_value) : Number.FormatInt32(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt32(Number.IsBits(format) ? m_value & 255 : m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt32(Number.IsBits(format) ? m_value & 255 : m_value, format); }

    public static sbyte Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static sbyte Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static sbyte Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out sbyte result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out sbyte result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static sbyte Parse(string s) => (sbyte)Number.ParseInt64(s, MinValue, MaxValue, SR.Overflow_SByte);
    public static sbyte Parse(string s, IFormatProvider? provider) => Parse(s);
    public static sbyte Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (sbyte)Number.ParseHex(s, 8, SR.Overflow_SByte) : Parse(s);
    public static sbyte Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out sbyte result)
    {
        long value;
        bool ok = s != null & Number.TryParseInt64(s ?? "", MinValue, MaxValue, out value) == 0;
        result = ok ? (sbyte)value : (sbyte)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out sbyte result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out sbyte result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 8, out value) == 0;
        result = ok ? (sbyte)value : (sbyte)0;
        return ok;
    }
    public static sbyte Max(sbyte x, sbyte y) => x >= y ? x : y;
    public static sbyte Min(sbyte x, sbyte y) => x <= y ? x : y;
    public static sbyte Abs(sbyte value) => Math.Abs(value);
    public static bool IsNegative(sbyte value) => value < 0;
}

public readonly struct Byte : IComparable, IConvertible, IFormattable, IComparable<byte>, IEquatable<byte>, IAppendable, IBoxedText
{
    private readonly byte m_value;

    public const byte MaxValue = 255;
    public const byte MinValue = 0;

    public int CompareTo(byte value) => m_value - value;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is byte other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Byte");
        return 0;
    }
    public bool Equals(byte obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is byte other && m_value == other;
    public override int GetHashCode() => m_value;
    public TypeCode GetTypeCode() => TypeCode.Byte;

    public override string ToString() => Number.Small(m_value);
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt32(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt32(m_value, format); }

    public static byte Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static byte Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static byte Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out byte result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out byte result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static byte Parse(string s) => (byte)Number.ParseUInt64(s, MaxValue, SR.Overflow_Byte);
    public static byte Parse(string s, IFormatProvider? provider) => Parse(s);
    public static byte Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (byte)Number.ParseHex(s, 8, SR.Overflow_Byte) : Parse(s);
    public static byte Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out byte result)
    {
        ulong value;
        bool ok = s != null & Number.TryParseUInt64(s ?? "", MaxValue, out value) == 0;
        result = ok ? (byte)value : (byte)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out byte result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out byte result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 8, out value) == 0;
        result = ok ? (byte)value : (byte)0;
        return ok;
    }
    public static byte Max(byte x, byte y) => x >= y ? x : y;
    public static byte Min(byte x, byte y) => x <= y ? x : y;
}

public readonly struct Int16 : IComparable, IConvertible, IFormattable, IComparable<short>, IEquatable<short>, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly short m_value;

    public const short MaxValue = 32767;
    public const short MinValue = -32768;

    public int CompareTo(short value) => m_value - value;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is short other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Int16");
        return 0;
    }
    public bool Equals(short obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is short other && m_value == other;
    public override int GetHashCode() => m_value;
    public TypeCode GetTypeCode() => TypeCode.Int16;

    public override string ToString() => (uint)m_value < 300 ? Number.Small((int)m_value) : Number.FormatInt32(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt32(Number.IsBits(format) ? m_value & 65535 : m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt32(Number.IsBits(format) ? m_value & 65535 : m_value, format); }

    public static short Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static short Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static short Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out short result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out short result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static short Parse(string s) => (short)Number.ParseInt64(s, MinValue, MaxValue, SR.Overflow_Int16);
    public static short Parse(string s, IFormatProvider? provider) => Parse(s);
    public static short Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (short)Number.ParseHex(s, 16, SR.Overflow_Int16) : Parse(s);
    public static short Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out short result)
    {
        long value;
        bool ok = s != null & Number.TryParseInt64(s ?? "", MinValue, MaxValue, out value) == 0;
        result = ok ? (short)value : (short)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out short result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out short result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 16, out value) == 0;
        result = ok ? (short)value : (short)0;
        return ok;
    }
    public static short Max(short x, short y) => x >= y ? x : y;
    public static short Min(short x, short y) => x <= y ? x : y;
    public static short Abs(short value) => Math.Abs(value);
    public static bool IsNegative(short value) => value < 0;
}

public readonly struct UInt16 : IComparable, IConvertible, IFormattable, IComparable<ushort>, IEquatable<ushort>, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly ushort m_value;

    public const ushort MaxValue = 65535;
    public const ushort MinValue = 0;

    public int CompareTo(ushort value) => m_value - value;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is ushort other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("UInt16");
        return 0;
    }
    public bool Equals(ushort obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is ushort other && m_value == other;
    public override int GetHashCode() => m_value;
    public TypeCode GetTypeCode() => TypeCode.UInt16;

    public override string ToString() => m_value < 300 ? Number.Small((int)m_value) : Number.FormatInt32(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt32(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt32(m_value, format); }

    public static ushort Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static ushort Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static ushort Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out ushort result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ushort result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static ushort Parse(string s) => (ushort)Number.ParseUInt64(s, MaxValue, SR.Overflow_UInt16);
    public static ushort Parse(string s, IFormatProvider? provider) => Parse(s);
    public static ushort Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (ushort)Number.ParseHex(s, 16, SR.Overflow_UInt16) : Parse(s);
    public static ushort Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out ushort result)
    {
        ulong value;
        bool ok = s != null & Number.TryParseUInt64(s ?? "", MaxValue, out value) == 0;
        result = ok ? (ushort)value : (ushort)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out ushort result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out ushort result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 16, out value) == 0;
        result = ok ? (ushort)value : (ushort)0;
        return ok;
    }
    public static ushort Max(ushort x, ushort y) => x >= y ? x : y;
    public static ushort Min(ushort x, ushort y) => x <= y ? x : y;
}

public readonly struct Int32 : IComparable, IConvertible, IFormattable, IComparable<int>, IEquatable<int>, IAppendable
{
    private readonly int m_value;

    public const int MaxValue = 2147483647;
    public const int MinValue = -2147483648;

    public int CompareTo(int value) => m_value < value ? -1 : m_value > value ? 1 : 0;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is int other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Int32");
        return 0;
    }
    public bool Equals(int obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is int other && m_value == other;
    public override int GetHashCode() => m_value;
    public TypeCode GetTypeCode() => TypeCode.Int32;

    public override string ToString() => (uint)m_value < 300 ? Number.Small((int)m_value) : Number.FormatInt32(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt32(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt32(m_value, format); }

    public static int Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static int Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static int Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out int result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out int result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static int Parse(string s) => (int)Number.ParseInt64(s, MinValue, MaxValue, SR.Overflow_Int32);
    public static int Parse(string s, IFormatProvider? provider) => Parse(s);
    public static int Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (int)Number.ParseHex(s, 32, SR.Overflow_Int32) : Parse(s);
    public static int Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out int result)
    {
        long value;
        bool ok = s != null & Number.TryParseInt64(s ?? "", MinValue, MaxValue, out value) == 0;
        result = ok ? (int)value : (int)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out int result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out int result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 32, out value) == 0;
        result = ok ? (int)value : (int)0;
        return ok;
    }
    public static int Max(int x, int y) => x >= y ? x : y;
    public static int Min(int x, int y) => x <= y ? x : y;
    public static int Abs(int value) => Math.Abs(value);
    public static bool IsNegative(int value) => value < 0;
}

public readonly struct UInt32 : IComparable, IConvertible, IFormattable, IComparable<uint>, IEquatable<uint>, IAppendable
{
    private readonly uint m_value;

    public const uint MaxValue = 4294967295U;
    public const uint MinValue = 0;

    public int CompareTo(uint value) => m_value < value ? -1 : m_value > value ? 1 : 0;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is uint other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("UInt32");
        return 0;
    }
    public bool Equals(uint obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is uint other && m_value == other;
    public override int GetHashCode() => (int)m_value;
    public TypeCode GetTypeCode() => TypeCode.UInt32;

    public override string ToString() => m_value < 300 ? Number.Small((int)m_value) : Number.FormatUInt32(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatUInt32(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendUInt32(m_value, format); }

    public static uint Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static uint Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static uint Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out uint result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out uint result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static uint Parse(string s) => (uint)Number.ParseUInt64(s, MaxValue, SR.Overflow_UInt32);
    public static uint Parse(string s, IFormatProvider? provider) => Parse(s);
    public static uint Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (uint)Number.ParseHex(s, 32, SR.Overflow_UInt32) : Parse(s);
    public static uint Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out uint result)
    {
        ulong value;
        bool ok = s != null & Number.TryParseUInt64(s ?? "", MaxValue, out value) == 0;
        result = ok ? (uint)value : (uint)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out uint result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out uint result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 32, out value) == 0;
        result = ok ? (uint)value : (uint)0;
        return ok;
    }
    public static uint Max(uint x, uint y) => x >= y ? x : y;
    public static uint Min(uint x, uint y) => x <= y ? x : y;
}

public readonly struct Int64 : IComparable, IConvertible, IFormattable, IComparable<long>, IEquatable<long>, IAppendable
{
    private readonly long m_value;

    public const long MaxValue = 9223372036854775807L;
    public const long MinValue = -9223372036854775808L;

    public int CompareTo(long value) => m_value < value ? -1 : m_value > value ? 1 : 0;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is long other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Int64");
        return 0;
    }
    public bool Equals(long obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is long other && m_value == other;
    public override int GetHashCode() => (int)m_value ^ (int)(m_value >> 32);
    public TypeCode GetTypeCode() => TypeCode.Int64;

    public override string ToString() => (ulong)m_value < 300 ? Number.Small((int)m_value) : Number.FormatInt64(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatInt64(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendInt64(m_value, format); }

    public static long Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static long Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static long Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out long result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out long result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static long Parse(string s) => (long)Number.ParseInt64(s, MinValue, MaxValue, SR.Overflow_Int64);
    public static long Parse(string s, IFormatProvider? provider) => Parse(s);
    public static long Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? (long)Number.ParseHex(s, 64, SR.Overflow_Int64) : Parse(s);
    public static long Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out long result)
    {
        long value;
        bool ok = s != null & Number.TryParseInt64(s ?? "", MinValue, MaxValue, out value) == 0;
        result = ok ? (long)value : (long)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out long result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out long result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 64, out value) == 0;
        result = ok ? (long)value : (long)0;
        return ok;
    }
    public static long Max(long x, long y) => x >= y ? x : y;
    public static long Min(long x, long y) => x <= y ? x : y;
    public static long Abs(long value) => Math.Abs(value);
    public static bool IsNegative(long value) => value < 0;
}

public readonly struct UInt64 : IComparable, IConvertible, IFormattable, IComparable<ulong>, IEquatable<ulong>, IAppendable
{
    private readonly ulong m_value;

    public const ulong MaxValue = 18446744073709551615UL;
    public const ulong MinValue = 0;

    public int CompareTo(ulong value) => m_value < value ? -1 : m_value > value ? 1 : 0;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is ulong other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("UInt64");
        return 0;
    }
    public bool Equals(ulong obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is ulong other && m_value == other;
    public override int GetHashCode() => (int)m_value ^ (int)(m_value >> 32);
    public TypeCode GetTypeCode() => TypeCode.UInt64;

    public override string ToString() => m_value < 300 ? Number.Small((int)m_value) : Number.FormatUInt64(m_value, null)!;
    public string ToString(string? format) => Number.IsPlain(format) ? ToString() : Number.Check(Number.FormatUInt64(m_value, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendUInt64(m_value, format); }

    public static ulong Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static ulong Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static ulong Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out ulong result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ulong result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static ulong Parse(string s) => (ulong)Number.ParseUInt64(s, MaxValue, SR.Overflow_UInt64);
    public static ulong Parse(string s, IFormatProvider? provider) => Parse(s);
    public static ulong Parse(string s, NumberStyles style) =>
        (style & NumberStyles.AllowHexSpecifier) != 0 ? Number.ParseHex(s, 64, SR.Overflow_UInt64) : Parse(s);
    public static ulong Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s, style);
    public static bool TryParse(string? s, out ulong result)
    {
        ulong value;
        bool ok = s != null & Number.TryParseUInt64(s ?? "", MaxValue, out value) == 0;
        result = ok ? (ulong)value : (ulong)0;
        return ok;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out ulong result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out ulong result)
    {
        if ((style & NumberStyles.AllowHexSpecifier) == 0) return TryParse(s, out result);
        ulong value;
        bool ok = Number.TryParseHex(s, 64, out value) == 0;
        result = ok ? (ulong)value : (ulong)0;
        return ok;
    }
    public static ulong Max(ulong x, ulong y) => x >= y ? x : y;
    public static ulong Min(ulong x, ulong y) => x <= y ? x : y;
}

public readonly struct IntPtr : IEquatable<nint>, IComparable<nint>, IBoxedText, IBoxedFormat
{
    private readonly nint _value;

    public IntPtr(int value) { _value = value; }
    public IntPtr(long value) { _value = (nint)value; }
    public static readonly nint Zero;
    public static int Size => 8;
    public long ToInt64() => _value;
    public int ToInt32() => (int)_value;
    public bool Equals(nint other) => _value == other;
    public override bool Equals(object? obj) => obj is nint other && _value == other;
    public override int GetHashCode() => ((long)_value).GetHashCode();
    public int CompareTo(nint value) => _value < value ? -1 : _value > value ? 1 : 0;
    public override string ToString() => ((long)_value).ToString();
}

public readonly struct UIntPtr : IEquatable<nuint>, IComparable<nuint>, IBoxedText, IBoxedFormat
{
    private readonly nuint _value;

    public UIntPtr(uint value) { _value = value; }
    public UIntPtr(ulong value) { _value = (nuint)value; }
    public static readonly nuint Zero;
    public static int Size => 8;
    public ulong ToUInt64() => _value;
    public uint ToUInt32() => (uint)_value;
    public bool Equals(nuint other) => _value == other;
    public override bool Equals(object? obj) => obj is nuint other && _value == other;
    public override int GetHashCode() => ((ulong)_value).GetHashCode();
    public int CompareTo(nuint value) => _value < value ? -1 : _value > value ? 1 : 0;
    public override string ToString() => ((ulong)_value).ToString();
}

public readonly struct Double : IComparable, IConvertible, IFormattable, IComparable<double>, IEquatable<double>, IAppendable
{
    private readonly double m_value;

    public const double MaxValue = 1.7976931348623157E+308;
    public const double MinValue = -1.7976931348623157E+308;
    public const double Epsilon = 4.9406564584124654E-324;
    public const double NaN = 0.0 / 0.0;
    public const double PositiveInfinity = 1.0 / 0.0;
    public const double NegativeInfinity = -1.0 / 0.0;
    public const double NegativeZero = -0.0;
    public const double E = 2.7182818284590451;
    public const double Pi = 3.1415926535897931;
    public const double Tau = 6.2831853071795862;

    public static bool IsNaN(double d) => d != d;
    public static bool IsInfinity(double d) => d == PositiveInfinity || d == NegativeInfinity;
    public static bool IsPositiveInfinity(double d) => d == PositiveInfinity;
    public static bool IsNegativeInfinity(double d) => d == NegativeInfinity;
    public static bool IsFinite(double d) => d - d == 0;
    public static bool IsNegative(double d) => BitConverter.DoubleToInt64Bits(d) < 0;
    public static bool IsInteger(double d) => IsFinite(d) && d == Math.Truncate(d);

    public int CompareTo(double value)
    {
        if (m_value < value) return -1;
        if (m_value > value) return 1;
        if (m_value == value) return 0;
        if (IsNaN(m_value)) return IsNaN(value) ? 0 : -1;
        return 1;
    }
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is double other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Double");
        return 0;
    }
    public bool Equals(double obj) => m_value == obj || (IsNaN(m_value) && IsNaN(obj));
    public override bool Equals(object? obj) => obj is double other && Equals(other);
    public override int GetHashCode()
    {
        long bits = BitConverter.DoubleToInt64Bits(m_value);
        if (m_value == 0 || IsNaN(m_value)) bits &= 9218868437227405312L;     // both zeros alike, and every NaN
        return (int)bits ^ (int)(bits >> 32);
    }
    public TypeCode GetTypeCode() => TypeCode.Double;

    public override string ToString() => Number.FormatDouble(m_value, null)!;
    public string ToString(string? format) => Number.Check(Number.FormatDouble(m_value, format));
    public string ToString(IFormatProvider? provider) => Number.FormatDouble(m_value, null)!;
    public string ToString(string? format, IFormatProvider? provider) => Number.Check(Number.FormatDouble(m_value, format));
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendDouble(m_value, format); }

    public static double Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static double Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static double Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out double result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out double result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static double Parse(string s)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        double result;
        if (Number.TryParseDouble(s!, out result) != 0) Number.ThrowBadInput(s!);
        return result;
    }
    public static double Parse(string s, IFormatProvider? provider) => Parse(s);
    public static double Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s);
    public static bool TryParse(string? s, out double result)
    {
        if (s != null && Number.TryParseDouble(s, out result) == 0) return true;
        result = 0;
        return false;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out double result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out double result) => TryParse(s, out result);
    public static double Max(double x, double y) => Math.Max(x, y);
    public static double Min(double x, double y) => Math.Min(x, y);
    public static double Abs(double value) => Math.Abs(value);
}

public readonly struct Single : IComparable, IConvertible, IFormattable, IComparable<float>, IEquatable<float>, IAppendable, IBoxedFormat
{
    private readonly float m_value;

    public const float MaxValue = 3.40282347E+38f;
    public const float MinValue = -3.40282347E+38f;
    public const float Epsilon = 1.401298E-45f;
    public const float NaN = 0.0f / 0.0f;
    public const float PositiveInfinity = 1.0f / 0.0f;
    public const float NegativeInfinity = -1.0f / 0.0f;
    public const float NegativeZero = -0.0f;

    public static bool IsNaN(float d) => d != d;
    public static bool IsInfinity(float d) => d == PositiveInfinity || d == NegativeInfinity;
    public static bool IsPositiveInfinity(float d) => d == PositiveInfinity;
    public static bool IsNegativeInfinity(float d) => d == NegativeInfinity;
    public static bool IsFinite(float d) => d - d == 0;
    public static bool IsNegative(float d) => BitConverter.SingleToInt32Bits(d) < 0;
    public static bool IsInteger(float d) => IsFinite(d) && d == Math.Truncate(d);

    public int CompareTo(float value)
    {
        if (m_value < value) return -1;
        if (m_value > value) return 1;
        if (m_value == value) return 0;
        if (IsNaN(m_value)) return IsNaN(value) ? 0 : -1;
        return 1;
    }
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is float other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Single");
        return 0;
    }
    public bool Equals(float obj) => m_value == obj || (IsNaN(m_value) && IsNaN(obj));
    public override bool Equals(object? obj) => obj is float other && Equals(other);
    public override int GetHashCode()
    {
        int bits = BitConverter.SingleToInt32Bits(m_value);
        if (m_value == 0 || IsNaN(m_value)) bits &= 2139095040;     // both zeros alike, and every NaN
        return bits;
    }
    public TypeCode GetTypeCode() => TypeCode.Single;

    public override string ToString() => Number.FormatSingle(m_value, null)!;
    public string ToString(string? format) => Number.Check(Number.FormatSingle(m_value, format));
    public string ToString(IFormatProvider? provider) => Number.FormatSingle(m_value, null)!;
    public string ToString(string? format, IFormatProvider? provider) => Number.Check(Number.FormatSingle(m_value, format));
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendSingle(m_value, format); }

    public static float Parse(ReadOnlySpan<char> s) => Parse(SpanHelpers.Uncounted(s));
    public static float Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static float Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider = null) => Parse(SpanHelpers.Uncounted(s), style, provider);
    public static bool TryParse(ReadOnlySpan<char> s, out float result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out float result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static float Parse(string s)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        float result;
        if (Number.TryParseSingle(s!, out result) != 0) Number.ThrowBadInput(s!);
        return result;
    }
    public static float Parse(string s, IFormatProvider? provider) => Parse(s);
    public static float Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s);
    public static bool TryParse(string? s, out float result)
    {
        if (s != null && Number.TryParseSingle(s, out result) == 0) return true;
        result = 0;
        return false;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out float result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out float result) => TryParse(s, out result);
    public static float Max(float x, float y) => Math.Max(x, y);
    public static float Min(float x, float y) => Math.Min(x, y);
    public static float Abs(float value) => Math.Abs(value);
}

public readonly struct Boolean : IComparable, IConvertible, IComparable<bool>, IEquatable<bool>, IAppendable
{
    private readonly bool m_value;

    public static readonly string TrueString = "True";
    public static readonly string FalseString = "False";

    public override int GetHashCode() => m_value ? 1 : 0;
    public override string ToString() => m_value ? "True" : "False";
    public string ToString(IFormatProvider? provider) => ToString();
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendLiteral(m_value ? "True" : "False"); }
    public bool Equals(bool obj) => m_value == obj;
    public override bool Equals(object? obj) => obj is bool other && m_value == other;
    public int CompareTo(bool value) => m_value == value ? 0 : m_value ? 1 : -1;
    public int CompareTo(object? obj)
    {
        if (obj == null) return 1;
        if (obj is bool other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("Boolean");
        return 0;
    }
    public TypeCode GetTypeCode() => TypeCode.Boolean;

    public static bool Parse(string value)
    {
        if (value == null) ThrowHelper.ThrowNull("value");
        bool result;
        if (!TryParse(value, out result)) ThrowHelper.ThrowFormat(string.Concat("String '", value, "' was not recognized as a valid Boolean."));
        return result;
    }

    public static bool TryParse(string? value, out bool result)
    {
        result = false;
        if (value == null) return false;
        string text = value.Trim();
        if (text.Equals("True", StringComparison.OrdinalIgnoreCase)) { result = true; return true; }
        return text.Equals("False", StringComparison.OrdinalIgnoreCase);
    }
}
