// Numbers to text and back. The digits are made in C; the rules about errors and shared strings are here.
using System.Runtime.CompilerServices;

namespace System;

internal static class Number
{
    // A string, or null when the format is not one.
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatInt32(int value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatUInt32(uint value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatInt64(long value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatUInt64(ulong value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatDouble(double value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatSingle(float value, string? format);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FormatDecimal(decimal value, string? format);

    // Characters written at `start`; NoRoom or BadFormat when nothing was.
    internal const int NoRoom = -1, BadFormat = -2;
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteInt32(int value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteUInt32(uint value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteInt64(long value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteUInt64(ulong value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteDouble(double value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteSingle(float value, string? format, char[] buffer, int start);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int WriteDecimal(decimal value, string? format, char[] buffer, int start);

    // Ok, not a number, or out of range.
    internal const int Ok = 0, Malformed = 1, TooLarge = 2;
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int TryParseInt64(string s, long min, long max, out long result);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int TryParseUInt64(string s, ulong max, out ulong result);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int TryParseDouble(string s, out double result);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int TryParseSingle(string s, out float result);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int TryParseDecimal(string s, out decimal result);

    // .NET keeps the texts of 0 to 299 once they have been asked for.
    private static readonly string?[] s_small = RuntimeHelpers.AllocateUncountedArray<string?>(300);

    internal static string Small(int value) => s_small[value] ?? MakeSmall(value);

    private static string MakeSmall(int value)
    {
        string text = FormatInt32(value, null)!;
        s_small[value] = text;
        return text;
    }

    internal static bool IsPlain(string? format)
    {
        if (format == null || format.Length == 0) return true;
        char c = format[0];
        return format.Length == 1 && (c == 'D' || c == 'd' || c == 'G' || c == 'g');
    }

    /// Formats that show the bits, where a negative value keeps its own width.
    internal static bool IsBits(string? format)
    {
        if (format == null || format.Length == 0) return false;
        char c = format[0];
        return c == 'X' || c == 'x' || c == 'B' || c == 'b';
    }

    internal static string Check(string? text)
    {
        if (text == null) ThrowHelper.ThrowFormat(SR.Format_BadSpecifier);
        return text!;
    }

    // What was parsed is a span by then, hence the copy.
    internal static void ThrowBadInput(string s) { throw new FormatException(string.Concat("The input string '", string.CopyOf(s), "' was not in a correct format.")); }

    [Unframed]
    internal static long ParseInt64(string s, long min, long max, string overflow)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        long result;
        int status = TryParseInt64(s!, min, max, out result);
        if (status == Malformed) ThrowBadInput(s!);
        if (status == TooLarge) ThrowHelper.ThrowOverflow(overflow);
        return result;
    }

    [Unframed]
    internal static ulong ParseUInt64(string s, ulong max, string overflow)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        ulong result;
        int status = TryParseUInt64(s!, max, out result);
        if (status == Malformed) ThrowBadInput(s!);
        if (status == TooLarge) ThrowHelper.ThrowOverflow(overflow);
        return result;
    }

    [Unframed]
    internal static ulong ParseHex(string s, int bits, string overflow)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        ulong result;
        int status = TryParseHex(s, bits, out result);
        if (status == Malformed) ThrowBadInput(s!);
        if (status == TooLarge) ThrowHelper.ThrowOverflow(overflow);
        return result;
    }

    internal static int HexDigit(char c)
    {
        if (c >= '0' && c <= '9') return c - '0';
        int low = c | 32;
        return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    }

    internal static int TryParseHex(string? s, int bits, out ulong result)
    {
        result = 0;
        if (s == null) return Malformed;
        string text = s.Trim();
        if (text.Length == 0) return Malformed;
        int significant = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = HexDigit(text[i]);
            if (digit < 0) return Malformed;
            if (significant > 0 || digit != 0) significant++;
            result = (result << 4) | (ulong)(uint)digit;
        }
        return significant * 4 > bits ? TooLarge : Ok;
    }
}
