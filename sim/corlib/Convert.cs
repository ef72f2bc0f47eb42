using System.Runtime.CompilerServices;

namespace System;

public static class BitConverter
{
    public static readonly bool IsLittleEndian = true;

    public static long DoubleToInt64Bits(double value) => Unsafe.As<double, long>(ref value);
    public static double Int64BitsToDouble(long value) => Unsafe.As<long, double>(ref value);
    public static int SingleToInt32Bits(float value) => Unsafe.As<float, int>(ref value);
    public static float Int32BitsToSingle(int value) => Unsafe.As<int, float>(ref value);
    public static ulong DoubleToUInt64Bits(double value) => Unsafe.As<double, ulong>(ref value);
    public static double UInt64BitsToDouble(ulong value) => Unsafe.As<ulong, double>(ref value);

    private static byte[] Bytes(ulong value, int n)
    {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) bytes[i] = (byte)(value >> (8 * i));
        return bytes;
    }

    private static ulong Read(byte[] value, int startIndex, int n)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        if ((uint)startIndex >= (uint)value.Length) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_Range);
        if (startIndex > value.Length - n) ThrowHelper.ThrowArgument("Destination array is not long enough to copy all the items in the collection. Check array index and length.", "value");
        ulong result = 0;
        for (int i = n - 1; i >= 0; i--) result = result << 8 | value[startIndex + i];
        return result;
    }

    public static byte[] GetBytes(bool value) => new byte[] { value ? (byte)1 : (byte)0 };
    public static byte[] GetBytes(char value) => Bytes(value, 2);
    public static byte[] GetBytes(short value) => Bytes((ulong)value, 2);
    public static byte[] GetBytes(ushort value) => Bytes(value, 2);
    public static byte[] GetBytes(int value) => Bytes((ulong)value, 4);
    public static byte[] GetBytes(uint value) => Bytes(value, 4);
    public static byte[] GetBytes(long value) => Bytes((ulong)value, 8);
    public static byte[] GetBytes(ulong value) => Bytes(value, 8);
    public static byte[] GetBytes(double value) => Bytes(DoubleToUInt64Bits(value), 8);
    public static byte[] GetBytes(float value) => Bytes((ulong)SingleToInt32Bits(value), 4);
    public static short ToInt16(byte[] value, int startIndex) => (short)Read(value, startIndex, 2);
    public static int ToInt32(byte[] value, int startIndex) => (int)Read(value, startIndex, 4);
    public static uint ToUInt32(byte[] value, int startIndex) => (uint)Read(value, startIndex, 4);
    public static long ToInt64(byte[] value, int startIndex) => (long)Read(value, startIndex, 8);
    public static ulong ToUInt64(byte[] value, int startIndex) => Read(value, startIndex, 8);
    public static double ToDouble(byte[] value, int startIndex) => UInt64BitsToDouble(Read(value, startIndex, 8));
    public static string ToString(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 0);
        for (int i = 0; i < value.Length; i++)
        {
            if (i > 0) h.AppendChar('-');
            h.AppendInt32(value[i], "X2");
        }
        return h.ToStringAndClear();
    }
}

public static class Convert
{
    public static readonly object DBNull = new object();

    public static TypeCode GetTypeCode(object? value) => value == null ? TypeCode.Empty : value is IConvertible c ? c.GetTypeCode() : TypeCode.Object;

    private static long Signed(long value, long min, long max, string overflow)
    {
        if (value < min || value > max) ThrowHelper.ThrowOverflow(overflow);
        return value;
    }

    private static ulong Unsigned(ulong value, ulong max, string overflow)
    {
        if (value > max) ThrowHelper.ThrowOverflow(overflow);
        return value;
    }

    // To the nearest, halves to even; `max` is exclusive.
    private static double Rounded(double value, double min, double max, string overflow)
    {
        double rounded = Math.Round(value);
        if (!(rounded >= min && rounded < max)) ThrowHelper.ThrowOverflow(overflow);
        return rounded;
    }

    private static InvalidCastException NoCast(object value, string type) =>
        value is IConvertible
            ? new InvalidCastException(string.Concat(string.Concat("Invalid cast from '", value.GetType().Name, "' to '"), type, "'."))
            : new InvalidCastException(string.Concat("Unable to cast object of type '", value.GetType().ToString(), "' to type 'System.IConvertible'."));

    public static sbyte ToSByte(bool value) => value ? (sbyte)1 : (sbyte)0;
    public static sbyte ToSByte(char value) => (sbyte)Unsigned(value, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(sbyte value) => value;
    public static sbyte ToSByte(byte value) => (sbyte)Unsigned(value, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(short value) => (sbyte)Signed(value, -128, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(ushort value) => (sbyte)Unsigned(value, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(int value) => (sbyte)Signed(value, -128, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(uint value) => (sbyte)Unsigned(value, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(long value) => (sbyte)Signed(value, -128, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(ulong value) => (sbyte)Unsigned(value, 127, SR.Overflow_SByte);
    public static sbyte ToSByte(float value) => (sbyte)Rounded(value, -128, 128, SR.Overflow_SByte);
    public static sbyte ToSByte(double value) => (sbyte)Rounded(value, -128, 128, SR.Overflow_SByte);
    public static sbyte ToSByte(decimal value) => (sbyte)decimal.Round(value);
    public static sbyte ToSByte(string? value) => value == null ? (sbyte)0 : sbyte.Parse(value);
    public static sbyte ToSByte(string? value, IFormatProvider? provider) => ToSByte(value);
    public static sbyte ToSByte(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToSByte((bool)value!);
            case TypeCode.Char: return ToSByte((char)value!);
            case TypeCode.SByte: return ToSByte((sbyte)value!);
            case TypeCode.Byte: return ToSByte((byte)value!);
            case TypeCode.Int16: return ToSByte((short)value!);
            case TypeCode.UInt16: return ToSByte((ushort)value!);
            case TypeCode.Int32: return ToSByte((int)value!);
            case TypeCode.UInt32: return ToSByte((uint)value!);
            case TypeCode.Int64: return ToSByte((long)value!);
            case TypeCode.UInt64: return ToSByte((ulong)value!);
            case TypeCode.Single: return ToSByte((float)value!);
            case TypeCode.Double: return ToSByte((double)value!);
            case TypeCode.Decimal: return ToSByte((decimal)value!);
            case TypeCode.String: return ToSByte((string)value!);
            default: throw NoCast(value!, "SByte");
        }
    }

    public static byte ToByte(bool value) => value ? (byte)1 : (byte)0;
    public static byte ToByte(char value) => (byte)Unsigned(value, 255, SR.Overflow_Byte);
    public static byte ToByte(sbyte value) => (byte)Signed(value, 0, 255, SR.Overflow_Byte);
    public static byte ToByte(byte value) => value;
    public static byte ToByte(short value) => (byte)Signed(value, 0, 255, SR.Overflow_Byte);
    public static byte ToByte(ushort value) => (byte)Unsigned(value, 255, SR.Overflow_Byte);
    public static byte ToByte(int value) => (byte)Signed(value, 0, 255, SR.Overflow_Byte);
    public static byte ToByte(uint value) => (byte)Unsigned(value, 255, SR.Overflow_Byte);
    public static byte ToByte(long value) => (byte)Signed(value, 0, 255, SR.Overflow_Byte);
    public static byte ToByte(ulong value) => (byte)Unsigned(value, 255, SR.Overflow_Byte);
    public static byte ToByte(float value) => (byte)Rounded(value, 0, 256, SR.Overflow_Byte);
    public static byte ToByte(double value) => (byte)Rounded(value, 0, 256, SR.Overflow_Byte);
    public static byte ToByte(decimal value) => (byte)decimal.Round(value);
    public static byte ToByte(string? value) => value == null ? (byte)0 : byte.Parse(value);
    public static byte ToByte(string? value, IFormatProvider? provider) => ToByte(value);
    public static byte ToByte(string? value, int fromBase) => (byte)FromBase(value, fromBase, byte.MaxValue, SR.Overflow_Byte);
    public static byte ToByte(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToByte((bool)value!);
            case TypeCode.Char: return ToByte((char)value!);
            case TypeCode.SByte: return ToByte((sbyte)value!);
            case TypeCode.Byte: return ToByte((byte)value!);
            case TypeCode.Int16: return ToByte((short)value!);
            case TypeCode.UInt16: return ToByte((ushort)value!);
            case TypeCode.Int32: return ToByte((int)value!);
            case TypeCode.UInt32: return ToByte((uint)value!);
            case TypeCode.Int64: return ToByte((long)value!);
            case TypeCode.UInt64: return ToByte((ulong)value!);
            case TypeCode.Single: return ToByte((float)value!);
            case TypeCode.Double: return ToByte((double)value!);
            case TypeCode.Decimal: return ToByte((decimal)value!);
            case TypeCode.String: return ToByte((string)value!);
            default: throw NoCast(value!, "Byte");
        }
    }

    public static short ToInt16(bool value) => value ? (short)1 : (short)0;
    public static short ToInt16(char value) => (short)Unsigned(value, 32767, SR.Overflow_Int16);
    public static short ToInt16(sbyte value) => (short)Signed(value, -32768, 32767, SR.Overflow_Int16);
    public static short ToInt16(byte value) => (short)Unsigned(value, 32767, SR.Overflow_Int16);
    public static short ToInt16(short value) => value;
    public static short ToInt16(ushort value) => (short)Unsigned(value, 32767, SR.Overflow_Int16);
    public static short ToInt16(int value) => (short)Signed(value, -32768, 32767, SR.Overflow_Int16);
    public static short ToInt16(uint value) => (short)Unsigned(value, 32767, SR.Overflow_Int16);
    public static short ToInt16(long value) => (short)Signed(value, -32768, 32767, SR.Overflow_Int16);
    public static short ToInt16(ulong value) => (short)Unsigned(value, 32767, SR.Overflow_Int16);
    public static short ToInt16(float value) => (short)Rounded(value, -32768, 32768, SR.Overflow_Int16);
    public static short ToInt16(double value) => (short)Rounded(value, -32768, 32768, SR.Overflow_Int16);
    public static short ToInt16(decimal value) => (short)decimal.Round(value);
    public static short ToInt16(string? value) => value == null ? (short)0 : short.Parse(value);
    public static short ToInt16(string? value, IFormatProvider? provider) => ToInt16(value);
    public static short ToInt16(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToInt16((bool)value!);
            case TypeCode.Char: return ToInt16((char)value!);
            case TypeCode.SByte: return ToInt16((sbyte)value!);
            case TypeCode.Byte: return ToInt16((byte)value!);
            case TypeCode.Int16: return ToInt16((short)value!);
            case TypeCode.UInt16: return ToInt16((ushort)value!);
            case TypeCode.Int32: return ToInt16((int)value!);
            case TypeCode.UInt32: return ToInt16((uint)value!);
            case TypeCode.Int64: return ToInt16((long)value!);
            case TypeCode.UInt64: return ToInt16((ulong)value!);
            case TypeCode.Single: return ToInt16((float)value!);
            case TypeCode.Double: return ToInt16((double)value!);
            case TypeCode.Decimal: return ToInt16((decimal)value!);
            case TypeCode.String: return ToInt16((string)value!);
            default: throw NoCast(value!, "Int16");
        }
    }

    public static ushort ToUInt16(bool value) => value ? (ushort)1 : (ushort)0;
    public static ushort ToUInt16(char value) => (ushort)Unsigned(value, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(sbyte value) => (ushort)Signed(value, 0, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(byte value) => (ushort)Unsigned(value, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(short value) => (ushort)Signed(value, 0, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(ushort value) => value;
    public static ushort ToUInt16(int value) => (ushort)Signed(value, 0, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(uint value) => (ushort)Unsigned(value, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(long value) => (ushort)Signed(value, 0, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(ulong value) => (ushort)Unsigned(value, 65535, SR.Overflow_UInt16);
    public static ushort ToUInt16(float value) => (ushort)Rounded(value, 0, 65536, SR.Overflow_UInt16);
    public static ushort ToUInt16(double value) => (ushort)Rounded(value, 0, 65536, SR.Overflow_UInt16);
    public static ushort ToUInt16(decimal value) => (ushort)decimal.Round(value);
    public static ushort ToUInt16(string? value) => value == null ? (ushort)0 : ushort.Parse(value);
    public static ushort ToUInt16(string? value, IFormatProvider? provider) => ToUInt16(value);
    public static ushort ToUInt16(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToUInt16((bool)value!);
            case TypeCode.Char: return ToUInt16((char)value!);
            case TypeCode.SByte: return ToUInt16((sbyte)value!);
            case TypeCode.Byte: return ToUInt16((byte)value!);
            case TypeCode.Int16: return ToUInt16((short)value!);
            case TypeCode.UInt16: return ToUInt16((ushort)value!);
            case TypeCode.Int32: return ToUInt16((int)value!);
            case TypeCode.UInt32: return ToUInt16((uint)value!);
            case TypeCode.Int64: return ToUInt16((long)value!);
            case TypeCode.UInt64: return ToUInt16((ulong)value!);
            case TypeCode.Single: return ToUInt16((float)value!);
            case TypeCode.Double: return ToUInt16((double)value!);
            case TypeCode.Decimal: return ToUInt16((decimal)value!);
            case TypeCode.String: return ToUInt16((string)value!);
            default: throw NoCast(value!, "UInt16");
        }
    }

    public static int ToInt32(bool value) => value ? (int)1 : (int)0;
    public static int ToInt32(char value) => (int)Unsigned(value, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(sbyte value) => (int)Signed(value, int.MinValue, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(byte value) => (int)Unsigned(value, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(short value) => (int)Signed(value, int.MinValue, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(ushort value) => (int)Unsigned(value, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(int value) => value;
    public static int ToInt32(uint value) => (int)Unsigned(value, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(long value) => (int)Signed(value, int.MinValue, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(ulong value) => (int)Unsigned(value, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(float value) => (int)Rounded(value, int.MinValue, 2147483648.0, SR.Overflow_Int32);
    public static int ToInt32(double value) => (int)Rounded(value, int.MinValue, 2147483648.0, SR.Overflow_Int32);
    public static int ToInt32(decimal value) => (int)decimal.Round(value);
    public static int ToInt32(string? value) => value == null ? (int)0 : int.Parse(value);
    public static int ToInt32(string? value, IFormatProvider? provider) => ToInt32(value);
    public static int ToInt32(string? value, int fromBase) => (int)FromBase(value, fromBase, int.MaxValue, SR.Overflow_Int32);
    public static int ToInt32(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToInt32((bool)value!);
            case TypeCode.Char: return ToInt32((char)value!);
            case TypeCode.SByte: return ToInt32((sbyte)value!);
            case TypeCode.Byte: return ToInt32((byte)value!);
            case TypeCode.Int16: return ToInt32((short)value!);
            case TypeCode.UInt16: return ToInt32((ushort)value!);
            case TypeCode.Int32: return ToInt32((int)value!);
            case TypeCode.UInt32: return ToInt32((uint)value!);
            case TypeCode.Int64: return ToInt32((long)value!);
            case TypeCode.UInt64: return ToInt32((ulong)value!);
            case TypeCode.Single: return ToInt32((float)value!);
            case TypeCode.Double: return ToInt32((double)value!);
            case TypeCode.Decimal: return ToInt32((decimal)value!);
            case TypeCode.String: return ToInt32((string)value!);
            default: throw NoCast(value!, "Int32");
        }
    }

    public static uint ToUInt32(bool value) => value ? (uint)1 : (uint)0;
    public static uint ToUInt32(char value) => (uint)Unsigned(value, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(sbyte value) => (uint)Signed(value, 0, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(byte value) => (uint)Unsigned(value, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(short value) => (uint)Signed(value, 0, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(ushort value) => (uint)Unsigned(value, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(int value) => (uint)Signed(value, 0, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(uint value) => value;
    public static uint ToUInt32(long value) => (uint)Signed(value, 0, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(ulong value) => (uint)Unsigned(value, uint.MaxValue, SR.Overflow_UInt32);
    public static uint ToUInt32(float value) => (uint)Rounded(value, 0, 4294967296.0, SR.Overflow_UInt32);
    public static uint ToUInt32(double value) => (uint)Rounded(value, 0, 4294967296.0, SR.Overflow_UInt32);
    public static uint ToUInt32(decimal value) => (uint)decimal.Round(value);
    public static uint ToUInt32(string? value) => value == null ? (uint)0 : uint.Parse(value);
    public static uint ToUInt32(string? value, IFormatProvider? provider) => ToUInt32(value);
    public static uint ToUInt32(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToUInt32((bool)value!);
            case TypeCode.Char: return ToUInt32((char)value!);
            case TypeCode.SByte: return ToUInt32((sbyte)value!);
            case TypeCode.Byte: return ToUInt32((byte)value!);
            case TypeCode.Int16: return ToUInt32((short)value!);
            case TypeCode.UInt16: return ToUInt32((ushort)value!);
            case TypeCode.Int32: return ToUInt32((int)value!);
            case TypeCode.UInt32: return ToUInt32((uint)value!);
            case TypeCode.Int64: return ToUInt32((long)value!);
            case TypeCode.UInt64: return ToUInt32((ulong)value!);
            case TypeCode.Single: return ToUInt32((float)value!);
            case TypeCode.Double: return ToUInt32((double)value!);
            case TypeCode.Decimal: return ToUInt32((decimal)value!);
            case TypeCode.String: return ToUInt32((string)value!);
            default: throw NoCast(value!, "UInt32");
        }
    }

    public static long ToInt64(bool value) => value ? (long)1 : (long)0;
    public static long ToInt64(char value) => (long)Unsigned(value, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(sbyte value) => (long)Signed(value, long.MinValue, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(byte value) => (long)Unsigned(value, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(short value) => (long)Signed(value, long.MinValue, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(ushort value) => (long)Unsigned(value, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(int value) => (long)Signed(value, long.MinValue, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(uint value) => (long)Unsigned(value, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(long value) => value;
    public static long ToInt64(ulong value) => (long)Unsigned(value, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(float value) => (long)Rounded(value, long.MinValue, 9223372036854775808.0, SR.Overflow_Int64);
    public static long ToInt64(double value) => (long)Rounded(value, long.MinValue, 9223372036854775808.0, SR.Overflow_Int64);
    public static long ToInt64(decimal value) => (long)decimal.Round(value);
    public static long ToInt64(string? value) => value == null ? (long)0 : long.Parse(value);
    public static long ToInt64(string? value, IFormatProvider? provider) => ToInt64(value);
    public static long ToInt64(string? value, int fromBase) => (long)FromBase(value, fromBase, long.MaxValue, SR.Overflow_Int64);
    public static long ToInt64(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToInt64((bool)value!);
            case TypeCode.Char: return ToInt64((char)value!);
            case TypeCode.SByte: return ToInt64((sbyte)value!);
            case TypeCode.Byte: return ToInt64((byte)value!);
            case TypeCode.Int16: return ToInt64((short)value!);
            case TypeCode.UInt16: return ToInt64((ushort)value!);
            case TypeCode.Int32: return ToInt64((int)value!);
            case TypeCode.UInt32: return ToInt64((uint)value!);
            case TypeCode.Int64: return ToInt64((long)value!);
            case TypeCode.UInt64: return ToInt64((ulong)value!);
            case TypeCode.Single: return ToInt64((float)value!);
            case TypeCode.Double: return ToInt64((double)value!);
            case TypeCode.Decimal: return ToInt64((decimal)value!);
            case TypeCode.String: return ToInt64((string)value!);
            default: throw NoCast(value!, "Int64");
        }
    }

    public static ulong ToUInt64(bool value) => value ? (ulong)1 : (ulong)0;
    public static ulong ToUInt64(char value) => (ulong)Unsigned(value, ulong.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(sbyte value) => (ulong)Signed(value, 0, long.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(byte value) => (ulong)Unsigned(value, ulong.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(short value) => (ulong)Signed(value, 0, long.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(ushort value) => (ulong)Unsigned(value, ulong.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(int value) => (ulong)Signed(value, 0, long.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(uint value) => (ulong)Unsigned(value, ulong.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(long value) => (ulong)Signed(value, 0, long.MaxValue, SR.Overflow_UInt64);
    public static ulong ToUInt64(ulong value) => value;
    public static ulong ToUInt64(float value) => (ulong)Rounded(value, 0, 18446744073709551616.0, SR.Overflow_UInt64);
    public static ulong ToUInt64(double value) => (ulong)Rounded(value, 0, 18446744073709551616.0, SR.Overflow_UInt64);
    public static ulong ToUInt64(decimal value) => (ulong)decimal.Round(value);
    public static ulong ToUInt64(string? value) => value == null ? (ulong)0 : ulong.Parse(value);
    public static ulong ToUInt64(string? value, IFormatProvider? provider) => ToUInt64(value);
    public static ulong ToUInt64(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToUInt64((bool)value!);
            case TypeCode.Char: return ToUInt64((char)value!);
            case TypeCode.SByte: return ToUInt64((sbyte)value!);
            case TypeCode.Byte: return ToUInt64((byte)value!);
            case TypeCode.Int16: return ToUInt64((short)value!);
            case TypeCode.UInt16: return ToUInt64((ushort)value!);
            case TypeCode.Int32: return ToUInt64((int)value!);
            case TypeCode.UInt32: return ToUInt64((uint)value!);
            case TypeCode.Int64: return ToUInt64((long)value!);
            case TypeCode.UInt64: return ToUInt64((ulong)value!);
            case TypeCode.Single: return ToUInt64((float)value!);
            case TypeCode.Double: return ToUInt64((double)value!);
            case TypeCode.Decimal: return ToUInt64((decimal)value!);
            case TypeCode.String: return ToUInt64((string)value!);
            default: throw NoCast(value!, "UInt64");
        }
    }

    public static double ToDouble(bool value) => value ? (double)1 : (double)0;
    public static double ToDouble(sbyte value) => (double)value;
    public static double ToDouble(byte value) => (double)value;
    public static double ToDouble(short value) => (double)value;
    public static double ToDouble(ushort value) => (double)value;
    public static double ToDouble(int value) => (double)value;
    public static double ToDouble(uint value) => (double)value;
    public static double ToDouble(long value) => (double)value;
    public static double ToDouble(ulong value) => (double)value;
    public static double ToDouble(float value) => (double)value;
    public static double ToDouble(double value) => value;
    public static double ToDouble(decimal value) => (double)value;
    public static double ToDouble(string? value) => value == null ? 0 : double.Parse(value);
    public static double ToDouble(string? value, IFormatProvider? provider) => ToDouble(value);
    public static double ToDouble(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToDouble((bool)value!);
            case TypeCode.SByte: return ToDouble((sbyte)value!);
            case TypeCode.Byte: return ToDouble((byte)value!);
            case TypeCode.Int16: return ToDouble((short)value!);
            case TypeCode.UInt16: return ToDouble((ushort)value!);
            case TypeCode.Int32: return ToDouble((int)value!);
            case TypeCode.UInt32: return ToDouble((uint)value!);
            case TypeCode.Int64: return ToDouble((long)value!);
            case TypeCode.UInt64: return ToDouble((ulong)value!);
            case TypeCode.Single: return ToDouble((float)value!);
            case TypeCode.Double: return ToDouble((double)value!);
            case TypeCode.Decimal: return ToDouble((decimal)value!);
            case TypeCode.String: return ToDouble((string)value!);
            default: throw NoCast(value!, "Double");
        }
    }

    public static float ToSingle(bool value) => value ? (float)1 : (float)0;
    public static float ToSingle(sbyte value) => (float)value;
    public static float ToSingle(byte value) => (float)value;
    public static float ToSingle(short value) => (float)value;
    public static float ToSingle(ushort value) => (float)value;
    public static float ToSingle(int value) => (float)value;
    public static float ToSingle(uint value) => (float)value;
    public static float ToSingle(long value) => (float)value;
    public static float ToSingle(ulong value) => (float)value;
    public static float ToSingle(float value) => value;
    public static float ToSingle(double value) => (float)value;
    public static float ToSingle(decimal value) => (float)value;
    public static float ToSingle(string? value) => value == null ? 0 : float.Parse(value);
    public static float ToSingle(string? value, IFormatProvider? provider) => ToSingle(value);
    public static float ToSingle(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToSingle((bool)value!);
            case TypeCode.SByte: return ToSingle((sbyte)value!);
            case TypeCode.Byte: return ToSingle((byte)value!);
            case TypeCode.Int16: return ToSingle((short)value!);
            case TypeCode.UInt16: return ToSingle((ushort)value!);
            case TypeCode.Int32: return ToSingle((int)value!);
            case TypeCode.UInt32: return ToSingle((uint)value!);
            case TypeCode.Int64: return ToSingle((long)value!);
            case TypeCode.UInt64: return ToSingle((ulong)value!);
            case TypeCode.Single: return ToSingle((float)value!);
            case TypeCode.Double: return ToSingle((double)value!);
            case TypeCode.Decimal: return ToSingle((decimal)value!);
            case TypeCode.String: return ToSingle((string)value!);
            default: throw NoCast(value!, "Single");
        }
    }

    public static decimal ToDecimal(bool value) => value ? (decimal)1 : (decimal)0;
    public static decimal ToDecimal(sbyte value) => (decimal)value;
    public static decimal ToDecimal(byte value) => (decimal)value;
    public static decimal ToDecimal(short value) => (decimal)value;
    public static decimal ToDecimal(ushort value) => (decimal)value;
    public static decimal ToDecimal(int value) => (decimal)value;
    public static decimal ToDecimal(uint value) => (decimal)value;
    public static decimal ToDecimal(long value) => (decimal)value;
    public static decimal ToDecimal(ulong value) => (decimal)value;
    public static decimal ToDecimal(float value) => (decimal)value;
    public static decimal ToDecimal(double value) => (decimal)value;
    public static decimal ToDecimal(decimal value) => value;
    public static decimal ToDecimal(string? value) => value == null ? 0 : decimal.Parse(value);
    public static decimal ToDecimal(string? value, IFormatProvider? provider) => ToDecimal(value);
    public static decimal ToDecimal(object? value)
    {
        switch (GetTypeCode(value))
        {
            case TypeCode.Empty: return 0;
            case TypeCode.Boolean: return ToDecimal((bool)value!);
            case TypeCode.SByte: return ToDecimal((sbyte)value!);
            case TypeCode.Byte: return ToDecimal((byte)value!);
            case TypeCode.Int16: return ToDecimal((short)value!);
            case TypeCode.UInt16: return ToDecimal((ushort)value!);
            case TypeCode.Int32: return ToDecimal((int)value!);
            case TypeCode.UInt32: return ToDecimal((uint)value!);
            case TypeCode.Int64: return ToDecimal((long)value!);
            case TypeCode.UInt64: return ToDecimal((ulong)value!);
            case TypeCode.Single: return ToDecimal((float)value!);
            case TypeCode.Double: return ToDecimal((double)value!);
            case TypeCode.Decimal: return ToDecimal((decimal)value!);
            case TypeCode.String: return ToDecimal((string)value!);
            default: throw NoCast(value!, "Decimal");
        }
    }

    public static bool ToBoolean(bool value) => value;
    public static bool ToBoolean(sbyte value) => value != 0;
    public static bool ToBoolean(byte value) => value != 0;
    public static bool ToBoolean(short value) => value != 0;
    public static bool ToBoolean(ushort value) => value != 0;
    public static bool ToBoolean(int value) => value != 0;
    public static bool ToBoolean(uint value) => value != 0;
    public static bool ToBoolean(long value) => value != 0;
    public static bool ToBoolean(ulong value) => value != 0;
    public static bool ToBoolean(float value) => value != 0;
    public static bool ToBoolean(double value) => value != 0;
    public static bool ToBoolean(decimal value) => value != 0;
    public static bool ToBoolean(string? value) => value != null && bool.Parse(value);
    public static bool ToBoolean(object? value)
    {
        if (value == null) return false;
        if (value is bool b) return b;
        return value is string s ? ToBoolean(s) : ToDouble(value) != 0;
    }

    public static char ToChar(string value) => char.Parse(value);
    public static char ToChar(int value) => (char)Signed(value, 0, 65535, SR.Overflow_Char);
    public static char ToChar(long value) => (char)Signed(value, 0, 65535, SR.Overflow_Char);
    public static DateTime ToDateTime(string? value) => value == null ? DateTime.MinValue : DateTime.Parse(value);

    public static string ToString(object? value) => value?.ToString() ?? "";
    public static string? ToString(object? value, IFormatProvider? provider) => value?.ToString() ?? "";
    public static string? ToString(string? value) => value;
    public static string ToString(bool value) => value.ToString();
    public static string ToString(bool value, IFormatProvider? provider) => value.ToString();
    public static string ToString(char value) => value.ToString();
    public static string ToString(char value, IFormatProvider? provider) => value.ToString();
    public static string ToString(sbyte value) => value.ToString();
    public static string ToString(sbyte value, IFormatProvider? provider) => value.ToString();
    public static string ToString(byte value) => value.ToString();
    public static string ToString(byte value, IFormatProvider? provider) => value.ToString();
    public static string ToString(short value) => value.ToString();
    public static string ToString(short value, IFormatProvider? provider) => value.ToString();
    public static string ToString(ushort value) => value.ToString();
    public static string ToString(ushort value, IFormatProvider? provider) => value.ToString();
    public static string ToString(int value) => value.ToString();
    public static string ToString(int value, IFormatProvider? provider) => value.ToString();
    public static string ToString(uint value) => value.ToString();
    public static string ToString(uint value, IFormatProvider? provider) => value.ToString();
    public static string ToString(long value) => value.ToString();
    public static string ToString(long value, IFormatProvider? provider) => value.ToString();
    public static string ToString(ulong value) => value.ToString();
    public static string ToString(ulong value, IFormatProvider? provider) => value.ToString();
    public static string ToString(float value) => value.ToString();
    public static string ToString(float value, IFormatProvider? provider) => value.ToString();
    public static string ToString(double value) => value.ToString();
    public static string ToString(double value, IFormatProvider? provider) => value.ToString();
    public static string ToString(decimal value) => value.ToString();
    public static string ToString(decimal value, IFormatProvider? provider) => value.ToString();
    public static string ToString(DateTime value) => value.ToString();
    public static string ToString(DateTime value, IFormatProvider? provider) => value.ToString();
    public static string ToString(int value, int toBase) => InBase((uint)value, value, toBase);
    public static string ToString(long value, int toBase) => InBase((ulong)value, value, toBase);
    public static string ToString(byte value, int toBase) => InBase(value, value, toBase);

    private static int CheckBase(int radix)
    {
        if (radix != 2 && radix != 8 && radix != 10 && radix != 16) throw new ArgumentException("Invalid Base.");
        return radix;
    }

    private static string InBase(ulong bits, long value, int toBase)
    {
        if (CheckBase(toBase) == 10) return value.ToString();
        if (bits == 0) return "0";
        char[] digits = RuntimeHelpers.AllocateUncountedArray<char>(64);
        int at = 64;
        for (; bits != 0; bits /= (ulong)toBase) digits[--at] = "0123456789abcdef"[(int)(bits % (ulong)toBase)];
        return string.Ctor(digits, at, 64 - at);
    }

    private static ulong FromBase(string? value, int fromBase, long max, string overflow)
    {
        if (value == null) return 0;
        CheckBase(fromBase);
        if (fromBase == 10) return (ulong)Number.ParseInt64(value, -max - 1, max, overflow);
        int at = fromBase == 16 && value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        if (at == value.Length) throw new ArgumentOutOfRangeException("startIndex", "Index was out of range. Must be non-negative and less than the size of the collection.");
        ulong limit = max == byte.MaxValue ? 255 : (ulong)max * 2 + 1, result = 0;
        for (; at < value.Length; at++)
        {
            int digit = Number.HexDigit(value[at]);
            if (digit < 0 || digit >= fromBase) throw new FormatException(at == 0 ? "Could not find any recognizable digits." : "Additional non-parsable characters are at the end of the string.");
            if (result > (limit - (uint)digit) / (uint)fromBase) ThrowHelper.ThrowOverflow(overflow);
            result = result * (uint)fromBase + (uint)digit;
        }
        return result;
    }

    public static string ToHexString(byte[] inArray)
    {
        ArgumentNullException.ThrowIfNull(inArray, "inArray");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 0);
        for (int i = 0; i < inArray.Length; i++) h.AppendInt32(inArray[i], "X2");
        return h.ToStringAndClear();
    }

    public static byte[] FromHexString(string s)
    {
        ArgumentNullException.ThrowIfNull(s, "s");
        if (s.Length % 2 != 0) throw new FormatException("The input is not a valid hex string as its length is not a multiple of 2.");
        byte[] bytes = new byte[s.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            int high = Number.HexDigit(s[2 * i]), low = Number.HexDigit(s[2 * i + 1]);
            if ((high | low) < 0) throw new FormatException("The input is not a valid hex string as it contains a non-hex character.");
            bytes[i] = (byte)(high << 4 | low);
        }
        return bytes;
    }

    private const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string ToBase64String(byte[] inArray)
    {
        ArgumentNullException.ThrowIfNull(inArray, "inArray");
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 0);
        for (int i = 0; i < inArray.Length; i += 3)
        {
            int left = inArray.Length - i;
            int bits = inArray[i] << 16 | (left > 1 ? inArray[i + 1] << 8 : 0) | (left > 2 ? inArray[i + 2] : 0);
            h.AppendChar(Base64Digits[bits >> 18]);
            h.AppendChar(Base64Digits[bits >> 12 & 63]);
            h.AppendChar(left > 1 ? Base64Digits[bits >> 6 & 63] : '=');
            h.AppendChar(left > 2 ? Base64Digits[bits & 63] : '=');
        }
        return h.ToStringAndClear();
    }

    public static byte[] FromBase64String(string s)
    {
        ArgumentNullException.ThrowIfNull(s, "s");
        System.Collections.Generic.List<byte> bytes = new System.Collections.Generic.List<byte>();
        int bits = 0, digits = 0, padding = 0;
        for (int i = 0; i < s.Length; i++)
        {
            char c = s[i];
            if (char.IsWhiteSpace(c)) continue;
            int digit = c == '=' ? 0 : Base64Digits.IndexOf(c);
            if (digit < 0 || (c != '=' && padding > 0)) ThrowBase64();
            if (c == '=') padding++;
            bits = bits << 6 | digit;
            if (++digits % 4 != 0) continue;
            if (padding > 2) ThrowBase64();
            bytes.Add((byte)(bits >> 16));
            if (padding < 2) bytes.Add((byte)(bits >> 8));
            if (padding < 1) bytes.Add((byte)bits);
            bits = 0;
        }
        if (digits % 4 != 0) ThrowBase64();
        return bytes.ToArray();
    }

    private static void ThrowBase64()
    {
        throw new FormatException("The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.");
    }
}
