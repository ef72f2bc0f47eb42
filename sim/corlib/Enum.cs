using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

/// Values travel as their raw bits, zero-extended from the enum's own size; the machine knows names and values, sorted by unsigned value.
public abstract class Enum : ValueType, IComparable, IFormattable, IConvertible
{
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong BitsOf(Enum value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object BoxBits(RuntimeType type, ulong bits);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string? NameOf(RuntimeType type, ulong bits);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int Count(RuntimeType type);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string NameAt(RuntimeType type, int index);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong BitsAt(RuntimeType type, int index);

    internal static ulong RawBits<T>(ref T value)
    {
        int size = Unsafe.SizeOf<T>();
        if (size == 4) return Unsafe.As<T, uint>(ref value);
        if (size == 1) return Unsafe.As<T, byte>(ref value);
        return size == 2 ? Unsafe.As<T, ushort>(ref value) : Unsafe.As<T, ulong>(ref value);
    }

    private static T FromBits<T>(ulong bits)
    {
        T value = default(T)!;
        int size = Unsafe.SizeOf<T>();
        if (size == 4) Unsafe.As<T, uint>(ref value) = (uint)bits;
        else if (size == 1) Unsafe.As<T, byte>(ref value) = (byte)bits;
        else if (size == 2) Unsafe.As<T, ushort>(ref value) = (ushort)bits;
        else Unsafe.As<T, ulong>(ref value) = bits;
        return value;
    }

    // The number itself: sign-extended where the underlying type is signed.
    private static long Signed(RuntimeType type, ulong bits)
    {
        switch (GetTypeCode(type))
        {
            case TypeCode.SByte: return (sbyte)bits;
            case TypeCode.Int16: return (short)bits;
            case TypeCode.Int32: return (int)bits;
            default: return (long)bits;
        }
    }

    private static TypeCode GetTypeCode(RuntimeType type) => (TypeCode)RuntimeType.CodeOf(type);

    private static RuntimeType Check(Type enumType)
    {
        ArgumentNullException.ThrowIfNull(enumType, "enumType");
        if (!enumType.IsEnum) throw new ArgumentException("Type provided must be an Enum.", "enumType");
        return (RuntimeType)enumType;
    }

    private static string Text(RuntimeType type, ulong bits, string? format)
    {
        char kind = 'G';
        if (!string.IsNullOrEmpty(format))
        {
            kind = format.Length == 1 ? char.ToUpperInvariant(format[0]) : '?';
        }
        switch (kind)
        {
            case 'G': return NameOf(type, bits) ?? (type.HasFlagsAttribute ? Combined(type, bits) : null) ?? Digits(type, bits);
            case 'F': return NameOf(type, bits) ?? Combined(type, bits) ?? Digits(type, bits);
            case 'D': return Digits(type, bits);
            case 'X':
                int size = BytesOf(GetTypeCode(type));
                return bits.ToString(size == 1 ? "X2" : size == 2 ? "X4" : size == 4 ? "X8" : "X16");
            default: throw new FormatException(SR.Format_Enum);
        }
    }

    private static int BytesOf(TypeCode code)
    {
        if (code <= TypeCode.Byte) return 1;
        return code <= TypeCode.UInt16 ? 2 : code <= TypeCode.UInt32 ? 4 : 8;
    }

    private static string Digits(RuntimeType type, ulong bits) => GetTypeCode(type) == TypeCode.UInt64 ? bits.ToString() : Signed(type, bits).ToString();

    // "A, B", smallest first, taken from the largest down; null when bits remain.
    private static string? Combined(RuntimeType type, ulong bits)
    {
        if (bits == 0) return null;
        string? text = null;
        for (int i = Count(type) - 1; i >= 0 && bits != 0; i--)
        {
            ulong v = BitsAt(type, i);
            if (v == 0 || (bits & v) != v) continue;
            bits &= ~v;
            text = text == null ? NameAt(type, i) : string.Concat(NameAt(type, i), ", ", text);
        }
        return bits == 0 ? text : null;
    }

    internal static void Append(ref DefaultInterpolatedStringHandler handler, Type type, ulong bits, string? format)
    {
        handler.AppendLiteral(Text((RuntimeType)type, bits, format));
    }

    public override string ToString() => Text((RuntimeType)GetType(), BitsOf(this), null);
    public string ToString(string? format) => Text((RuntimeType)GetType(), BitsOf(this), format);
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    public override bool Equals(object? obj) => obj != null && GetType() == obj.GetType() && BitsOf(this) == BitsOf((Enum)obj);

    public override int GetHashCode()
    {
        ulong bits = BitsOf(this);
        switch (GetTypeCode())
        {
            case TypeCode.Int64:
            case TypeCode.UInt64: return bits.GetHashCode();
            case TypeCode.SByte: return (sbyte)bits;
            case TypeCode.Int16: return (short)bits;
            default: return (int)bits;
        }
    }

    public TypeCode GetTypeCode() => GetTypeCode((RuntimeType)GetType());

    internal long ToInt64() => Signed((RuntimeType)GetType(), BitsOf(this));

    public int CompareTo(object? target)
    {
        if (target == null) return 1;
        if (GetType() != target.GetType())
        {
            throw new ArgumentException(string.Concat("Object must be the same type as the enum. The type passed in was '", target.GetType().ToString(), "'; the enum type was '", GetType().ToString()) + "'.");
        }
        return GetTypeCode() == TypeCode.UInt64 ? BitsOf(this).CompareTo(BitsOf((Enum)target)) : ToInt64().CompareTo(((Enum)target).ToInt64());
    }

    public bool HasFlag(Enum flag)
    {
        ArgumentNullException.ThrowIfNull(flag, "flag");
        if (GetType() != flag.GetType())
        {
            throw new ArgumentException(string.Concat(string.Concat("The argument type, '", flag.GetType().ToString(), "', is not the same as the enum type '"), GetType().ToString(), "'."));
        }
        ulong bits = BitsOf(flag);
        return (BitsOf(this) & bits) == bits;
    }

    public static Type GetUnderlyingType(Type enumType)
    {
        switch (GetTypeCode(Check(enumType)))
        {
            case TypeCode.SByte: return typeof(sbyte);
            case TypeCode.Byte: return typeof(byte);
            case TypeCode.Int16: return typeof(short);
            case TypeCode.UInt16: return typeof(ushort);
            case TypeCode.UInt32: return typeof(uint);
            case TypeCode.Int64: return typeof(long);
            case TypeCode.UInt64: return typeof(ulong);
            default: return typeof(int);
        }
    }

    public static string Format(Type enumType, object value, string format) => Text(Check(enumType), BitsOf((Enum)value), format);
    public static string? GetName(Type enumType, object value) => NameOf(Check(enumType), BitsOf((Enum)value));
    public static string? GetName<TEnum>(TEnum value) where TEnum : struct => NameOf(Check(typeof(TEnum)), RawBits(ref value));
    public static bool IsDefined<TEnum>(TEnum value) where TEnum : struct => NameOf(Check(typeof(TEnum)), RawBits(ref value)) != null;
    public static bool IsDefined(Type enumType, object value)
    {
        RuntimeType type = Check(enumType);
        if (value is string name) return IndexOfName(type, name, false) >= 0;
        if (value is Enum e) return NameOf(type, BitsOf(e)) != null;
        return value is int i && NameOf(type, (uint)i) != null;
    }

    public static string[] GetNames<TEnum>() where TEnum : struct => GetNames(typeof(TEnum));
    public static string[] GetNames(Type enumType)
    {
        RuntimeType type = Check(enumType);
        string[] names = new string[Count(type)];
        for (int i = 0; i < names.Length; i++) names[i] = NameAt(type, i);
        return names;
    }

    public static TEnum[] GetValues<TEnum>() where TEnum : struct
    {
        RuntimeType type = Check(typeof(TEnum));
        TEnum[] values = new TEnum[Count(type)];
        for (int i = 0; i < values.Length; i++) values[i] = FromBits<TEnum>(BitsAt(type, i));
        return values;
    }

    public static Array GetValues(Type enumType)
    {
        RuntimeType type = Check(enumType);
        Array values = Array.CreateInstance(enumType, Count(type));
        for (int i = 0; i < values.Length; i++) values.SetValue(BoxBits(type, BitsAt(type, i)), i);
        return values;
    }

    public static object ToObject(Type enumType, int value) => BoxBits(Check(enumType), (ulong)value);
    public static object ToObject(Type enumType, long value) => BoxBits(Check(enumType), (ulong)value);

    private static int IndexOfName(RuntimeType type, string name, bool ignoreCase)
    {
        int n = Count(type);
        for (int i = 0; i < n; i++)
        {
            if (string.Equals(NameAt(type, i), name, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)) return i;
        }
        return -1;
    }

    // The name that was not found, or null when all is well.
    private static string? ParseBits(RuntimeType type, string text, bool ignoreCase, out ulong bits)
    {
        bits = 0;
        string trimmed = text.Trim();
        if (trimmed.Length != 0 && (char.IsAsciiDigit(trimmed[0]) || trimmed[0] == '-' || trimmed[0] == '+'))
        {
            long number;
            if (!long.TryParse(trimmed, out number)) return text;
            bits = (ulong)number;
            return null;
        }
        string[] names = trimmed.Split(',');
        for (int i = 0; i < names.Length; i++)
        {
            int index = IndexOfName(type, names[i].Trim(), ignoreCase);
            if (index < 0) return text;
            bits |= BitsAt(type, index);
        }
        return null;
    }

    private static ulong ParseOrThrow(RuntimeType type, string value, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(value, "value");
        if (string.IsNullOrWhiteSpace(value)) throw new ArgumentException(SR.Arg_EmptyValue, "value");
        ulong bits;
        string? bad = ParseBits(type, value, ignoreCase, out bits);
        if (bad != null) throw new ArgumentException(string.Concat("Requested value '", bad, "' was not found."));
        return bits;
    }

    public static object Parse(Type enumType, string value) => Parse(enumType, value, false);
    public static object Parse(Type enumType, string value, bool ignoreCase)
    {
        RuntimeType type = Check(enumType);
        return BoxBits(type, ParseOrThrow(type, value, ignoreCase));
    }
    public static TEnum Parse<TEnum>(string value) where TEnum : struct => FromBits<TEnum>(ParseOrThrow(Check(typeof(TEnum)), value, false));
    public static TEnum Parse<TEnum>(string value, bool ignoreCase) where TEnum : struct => FromBits<TEnum>(ParseOrThrow(Check(typeof(TEnum)), value, ignoreCase));
    public static bool TryParse<TEnum>(string? value, out TEnum result) where TEnum : struct => TryParse(value, false, out result);
    public static bool TryParse<TEnum>(string? value, bool ignoreCase, out TEnum result) where TEnum : struct
    {
        ulong bits = 0;
        bool ok = !string.IsNullOrWhiteSpace(value) && ParseBits(Check(typeof(TEnum)), value!, ignoreCase, out bits) == null;
        result = ok ? FromBits<TEnum>(bits) : default(TEnum);
        return ok;
    }
}
