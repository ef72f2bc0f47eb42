using System.Globalization;
using System.Runtime.CompilerServices;

namespace System;

public readonly struct Char : IComparable, IConvertible, IFormattable, IComparable<char>, IEquatable<char>, IAppendable, IBoxedFormat
{
    private readonly char m_value;

    public const char MaxValue = '\uFFFF';
    public const char MinValue = '\0';

    // Only asked about characters outside ASCII.
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CategoryOf(char c);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern char UpperOf(char c);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern char LowerOf(char c);

    public override int GetHashCode() => m_value | (m_value << 16);
    public override bool Equals(object? obj) => obj is char other && m_value == other;
    public bool Equals(char obj) => m_value == obj;
    public int CompareTo(char value) => m_value - value;
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is char other) return m_value - other;
        ThrowHelper.ThrowMustBe("Char");
        return 0;
    }
    public TypeCode GetTypeCode() => TypeCode.Char;
    public override string ToString() => string.Ctor(m_value, 1);
    public string ToString(IFormatProvider? provider) => ToString();
    string IFormattable.ToString(string? format, IFormatProvider? provider) => ToString(); // any format will do
    public static string ToString(char c) => string.Ctor(c, 1);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { handler.AppendChar(m_value); }

    public static char Parse(string s)
    {
        if (s == null) ThrowHelper.ThrowNull("s");
        if (s!.Length != 1) ThrowHelper.ThrowFormat(SR.Format_NeedSingleChar);
        return s[0];
    }
    public static bool TryParse(string? s, out char result)
    {
        bool ok = s != null && s.Length == 1;
        result = ok ? s![0] : '\0';
        return ok;
    }

    public static bool IsAscii(char c) => c < 128;
    public static bool IsAsciiDigit(char c) => (uint)(c - '0') <= 9;
    public static bool IsAsciiLetter(char c) => (uint)((c | 32) - 'a') <= 25;
    public static bool IsAsciiLetterUpper(char c) => (uint)(c - 'A') <= 25;
    public static bool IsAsciiLetterLower(char c) => (uint)(c - 'a') <= 25;
    public static bool IsAsciiLetterOrDigit(char c) => IsAsciiLetter(c) || IsAsciiDigit(c);
    public static bool IsAsciiHexDigit(char c) => Number.HexDigit(c) >= 0;
    public static bool IsBetween(char c, char minInclusive, char maxInclusive) => (uint)(c - minInclusive) <= (uint)(maxInclusive - minInclusive);
    public static bool IsDigit(char c) => c < 128 ? IsAsciiDigit(c) : CategoryOf(c) == (int)UnicodeCategory.DecimalDigitNumber;
    public static bool IsLetter(char c) => c < 128 ? IsAsciiLetter(c) : CategoryOf(c) <= (int)UnicodeCategory.OtherLetter;
    public static bool IsLetterOrDigit(char c) => IsLetter(c) || IsDigit(c);
    public static bool IsUpper(char c) => c < 128 ? IsAsciiLetterUpper(c) : CategoryOf(c) == (int)UnicodeCategory.UppercaseLetter;
    public static bool IsLower(char c) => c < 128 ? IsAsciiLetterLower(c) : CategoryOf(c) == (int)UnicodeCategory.LowercaseLetter;
    public static bool IsWhiteSpace(char c)
    {
        if (c < 128) return c == ' ' || (uint)(c - '\t') <= 4;
        if (c == '\u0085' || c == '\u00A0') return true;
        int category = c < 256 ? 0 : CategoryOf(c);
        return category >= (int)UnicodeCategory.SpaceSeparator && category <= (int)UnicodeCategory.ParagraphSeparator;
    }
    public static bool IsControl(char c) => c < 32 || (c >= 127 && c < 160);
    public static bool IsPunctuation(char c)
    {
        int category = (int)GetUnicodeCategory(c);
        return category >= (int)UnicodeCategory.ConnectorPunctuation && category <= (int)UnicodeCategory.OtherPunctuation;
    }
    public static bool IsSymbol(char c)
    {
        int category = (int)GetUnicodeCategory(c);
        return category >= (int)UnicodeCategory.MathSymbol && category <= (int)UnicodeCategory.OtherSymbol;
    }
    public static bool IsNumber(char c)
    {
        int category = (int)GetUnicodeCategory(c);
        return category >= (int)UnicodeCategory.DecimalDigitNumber && category <= (int)UnicodeCategory.OtherNumber;
    }
    public static bool IsSurrogate(char c) => c >= '\uD800' && c <= '\uDFFF';
    public static bool IsHighSurrogate(char c) => c >= '\uD800' && c <= '\uDBFF';
    public static bool IsLowSurrogate(char c) => c >= '\uDC00' && c <= '\uDFFF';
    public static UnicodeCategory GetUnicodeCategory(char c) => (UnicodeCategory)CategoryOf(c);
    public static double GetNumericValue(char c) => IsAsciiDigit(c) ? c - '0' : -1;

    public static char ToUpper(char c) => c < 128 ? (IsAsciiLetterLower(c) ? (char)(c - 32) : c) : UpperOf(c);
    public static char ToLower(char c) => c < 128 ? (IsAsciiLetterUpper(c) ? (char)(c + 32) : c) : LowerOf(c);
    public static char ToUpperInvariant(char c) => ToUpper(c);
    public static char ToLowerInvariant(char c) => ToLower(c);
    public static char ToUpper(char c, CultureInfo culture) => ToUpper(c);
    public static char ToLower(char c, CultureInfo culture) => ToLower(c);
}
