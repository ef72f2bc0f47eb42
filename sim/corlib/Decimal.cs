using System.Globalization;
using System.Runtime.CompilerServices;

namespace System;

/// 96 bits of digits, a sign and a scale of 0 to 28. The arithmetic is native; each native returns 0, 1 (overflow) or 2 (division by zero).
public readonly struct Decimal : IComparable, IConvertible, IFormattable, IComparable<decimal>, IEquatable<decimal>, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly int _flags;        // bit 31 sign, bits 16 to 23 scale
    private readonly uint _hi32;
    private readonly ulong _lo64;

    private const int SignBit = int.MinValue;

    public static readonly decimal Zero = new decimal(0, 0, 0, false, 0);
    public static readonly decimal One = new decimal(1, 0, 0, false, 0);
    public static readonly decimal MinusOne = new decimal(1, 0, 0, true, 0);
    public static readonly decimal MaxValue = new decimal(-1, -1, -1, false, 0);
    public static readonly decimal MinValue = new decimal(-1, -1, -1, true, 0);

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int AddNative(decimal a, decimal b, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int SubtractNative(decimal a, decimal b, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int MultiplyNative(decimal a, decimal b, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int DivideNative(decimal a, decimal b, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int RemainderNative(decimal a, decimal b, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CompareNative(decimal a, decimal b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int HashNative(decimal d);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int FromDouble(double value, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int FromSingle(float value, out decimal result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern double ToDoubleNative(decimal d);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int ToInt64Native(decimal d, out long result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int ToUInt64Native(decimal d, out ulong result);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int RoundNative(decimal d, int decimals, int mode, out decimal result);

    public Decimal(int value) { _flags = value < 0 ? SignBit : 0; _hi32 = 0; _lo64 = (ulong)(value < 0 ? -(long)value : (long)value); }
    public Decimal(uint value) { _flags = 0; _hi32 = 0; _lo64 = value; }
    public Decimal(long value) { _flags = value < 0 ? SignBit : 0; _hi32 = 0; _lo64 = value < 0 ? (ulong)(-value) : (ulong)value; }
    public Decimal(ulong value) { _flags = 0; _hi32 = 0; _lo64 = value; }
    public Decimal(float value) { Check(FromSingle(value, out this)); }
    public Decimal(double value) { Check(FromDouble(value, out this)); }
    public Decimal(int lo, int mid, int hi, bool isNegative, byte scale)
    {
        if (scale > 28) ThrowHelper.ThrowOutOfRange("scale");
        _flags = scale << 16 | (isNegative ? SignBit : 0);
        _hi32 = (uint)hi;
        _lo64 = (ulong)(uint)mid << 32 | (ulong)(uint)lo;
    }

    private static void Check(int status)
    {
        if (status == 0) return;
        if (status == 2) throw new DivideByZeroException();
        throw new OverflowException(SR.Overflow_Decimal);
    }

    internal long ToInt64Checked(long min, long max, string overflow)
    {
        long result;
        if (ToInt64Native(this, out result) != 0 || result < min || result > max) ThrowHelper.ThrowOverflow(overflow);
        return result;
    }

    internal ulong ToUInt64Checked(ulong max, string overflow)
    {
        ulong result;
        if (ToUInt64Native(this, out result) != 0 || result > max) ThrowHelper.ThrowOverflow(overflow);
        return result;
    }

    public byte Scale => (byte)(_flags >> 16);
    public static int[] GetBits(decimal d) => new int[] { (int)d._lo64, (int)(d._lo64 >> 32), (int)d._hi32, d._flags };

    public static decimal Add(decimal d1, decimal d2) { decimal result; Check(AddNative(d1, d2, out result)); return result; }
    public static decimal Subtract(decimal d1, decimal d2) { decimal result; Check(SubtractNative(d1, d2, out result)); return result; }
    public static decimal Multiply(decimal d1, decimal d2) { decimal result; Check(MultiplyNative(d1, d2, out result)); return result; }
    public static decimal Divide(decimal d1, decimal d2) { decimal result; Check(DivideNative(d1, d2, out result)); return result; }
    public static decimal Remainder(decimal d1, decimal d2) { decimal result; Check(RemainderNative(d1, d2, out result)); return result; }
    public static decimal Negate(decimal d) => new decimal((int)d._lo64, (int)(d._lo64 >> 32), (int)d._hi32, d._flags >= 0, d.Scale);
    public static decimal Abs(decimal d) => d._flags < 0 ? Negate(d) : d;
    public static decimal Round(decimal d) => Round(d, 0, MidpointRounding.ToEven);
    public static decimal Round(decimal d, int decimals) => Round(d, decimals, MidpointRounding.ToEven);
    public static decimal Round(decimal d, MidpointRounding mode) => Round(d, 0, mode);
    public static decimal Round(decimal d, int decimals, MidpointRounding mode)
    {
        if ((uint)decimals > 28) ThrowHelper.ThrowOutOfRange("decimals", "Decimal can only round to between 0 and 28 digits of precision.");
        decimal result;
        Check(RoundNative(d, decimals, (int)mode, out result));
        return result;
    }
    public static decimal Truncate(decimal d) => Round(d, 0, MidpointRounding.ToZero);
    public static decimal Floor(decimal d) => Round(d, 0, MidpointRounding.ToNegativeInfinity);
    public static decimal Ceiling(decimal d) => Round(d, 0, MidpointRounding.ToPositiveInfinity);
    public static decimal Max(decimal x, decimal y) => CompareNative(x, y) >= 0 ? x : y;
    public static decimal Min(decimal x, decimal y) => CompareNative(x, y) <= 0 ? x : y;
    public static bool IsNegative(decimal value) => value._flags < 0;
    internal static int Sign(decimal d) => d._lo64 == 0 && d._hi32 == 0 ? 0 : d._flags < 0 ? -1 : 1;
    public static int Compare(decimal d1, decimal d2) => CompareNative(d1, d2);
    public static bool Equals(decimal d1, decimal d2) => CompareNative(d1, d2) == 0;

    public int CompareTo(decimal value) => CompareNative(this, value);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is decimal other) return CompareNative(this, other);
        ThrowHelper.ThrowMustBe("Decimal");
        return 0;
    }
    public bool Equals(decimal value) => CompareNative(this, value) == 0;
    public override bool Equals(object? value) => value is decimal other && CompareNative(this, other) == 0;
    public override int GetHashCode() => HashNative(this);
    public TypeCode GetTypeCode() => TypeCode.Decimal;

    public override string ToString() => Number.FormatDecimal(this, null)!;
    public string ToString(string? format) => Number.Check(Number.FormatDecimal(this, format));
    public string ToString(IFormatProvider? provider) => ToString();
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendDecimal(this, format); }

    public static decimal Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(SpanHelpers.Uncounted(s));
    public static bool TryParse(ReadOnlySpan<char> s, out decimal result) => TryParse(SpanHelpers.Uncounted(s), out result);
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default(ReadOnlySpan<char>), IFormatProvider? provider = null)
        => SpanHelpers.Put(ToString(format.Length == 0 ? null : SpanHelpers.Uncounted(format), provider), destination, out charsWritten);
    public static decimal Parse(string s)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        decimal result;
        int status = Number.TryParseDecimal(s!, out result);
        if (status == Number.Malformed) Number.ThrowBadInput(s!);
        if (status == Number.TooLarge) ThrowHelper.ThrowOverflow(SR.Overflow_Decimal);
        return result;
    }
    public static decimal Parse(string s, IFormatProvider? provider) => Parse(s);
    public static decimal Parse(string s, NumberStyles style, IFormatProvider? provider) => Parse(s);
    public static bool TryParse(string? s, out decimal result)
    {
        if (s != null && Number.TryParseDecimal(s, out result) == 0) return true;
        result = default(decimal);
        return false;
    }
    public static bool TryParse(string? s, IFormatProvider? provider, out decimal result) => TryParse(s, out result);
    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out decimal result) => TryParse(s, out result);

    public static int ToInt32(decimal d) => (int)d;
    public static long ToInt64(decimal d) => (long)d;
    public static double ToDouble(decimal d) => ToDoubleNative(d);

    public static implicit operator decimal(byte value) => new decimal((uint)value);
    public static implicit operator decimal(sbyte value) => new decimal((int)value);
    public static implicit operator decimal(short value) => new decimal((int)value);
    public static implicit operator decimal(ushort value) => new decimal((uint)value);
    public static implicit operator decimal(char value) => new decimal((uint)value);
    public static implicit operator decimal(int value) => new decimal(value);
    public static implicit operator decimal(uint value) => new decimal(value);
    public static implicit operator decimal(long value) => new decimal(value);
    public static implicit operator decimal(ulong value) => new decimal(value);
    public static explicit operator decimal(float value) => new decimal(value);
    public static explicit operator decimal(double value) => new decimal(value);
    public static explicit operator double(decimal value) => ToDoubleNative(value);
    public static explicit operator float(decimal value) => (float)ToDoubleNative(value);
    public static explicit operator sbyte(decimal value) => (sbyte)value.ToInt64Checked(-128, 127, SR.Overflow_SByte);
    public static explicit operator byte(decimal value) => (byte)value.ToUInt64Checked(255, SR.Overflow_Byte);
    public static explicit operator short(decimal value) => (short)value.ToInt64Checked(-32768, 32767, SR.Overflow_Int16);
    public static explicit operator ushort(decimal value) => (ushort)value.ToUInt64Checked(65535, SR.Overflow_UInt16);
    public static explicit operator int(decimal value) => (int)value.ToInt64Checked(-2147483648, 2147483647, SR.Overflow_Int32);
    public static explicit operator uint(decimal value) => (uint)value.ToUInt64Checked(4294967295, SR.Overflow_UInt32);
    public static explicit operator long(decimal value) => value.ToInt64Checked(long.MinValue, long.MaxValue, SR.Overflow_Int64);
    public static explicit operator ulong(decimal value) => value.ToUInt64Checked(ulong.MaxValue, SR.Overflow_UInt64);
    public static explicit operator char(decimal value) => (char)value.ToUInt64Checked(65535, SR.Overflow_Char);

    public static decimal operator +(decimal d) => d;
    public static decimal operator -(decimal d) => Negate(d);
    public static decimal operator ++(decimal d) => Add(d, One);
    public static decimal operator --(decimal d) => Subtract(d, One);
    public static decimal operator +(decimal d1, decimal d2) => Add(d1, d2);
    public static decimal operator -(decimal d1, decimal d2) => Subtract(d1, d2);
    public static decimal operator *(decimal d1, decimal d2) => Multiply(d1, d2);
    public static decimal operator /(decimal d1, decimal d2) => Divide(d1, d2);
    public static decimal operator %(decimal d1, decimal d2) => Remainder(d1, d2);
    public static bool operator ==(decimal d1, decimal d2) => CompareNative(d1, d2) == 0;
    public static bool operator !=(decimal d1, decimal d2) => CompareNative(d1, d2) != 0;
    public static bool operator <(decimal d1, decimal d2) => CompareNative(d1, d2) < 0;
    public static bool operator <=(decimal d1, decimal d2) => CompareNative(d1, d2) <= 0;
    public static bool operator >(decimal d1, decimal d2) => CompareNative(d1, d2) > 0;
    public static bool operator >=(decimal d1, decimal d2) => CompareNative(d1, d2) >= 0;
}
