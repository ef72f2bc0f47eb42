// One culture: the invariant one.
namespace System.Globalization;

public enum UnicodeCategory
{
    UppercaseLetter, LowercaseLetter, TitlecaseLetter, ModifierLetter, OtherLetter, NonSpacingMark, SpacingCombiningMark, EnclosingMark,
    DecimalDigitNumber, LetterNumber, OtherNumber, SpaceSeparator, LineSeparator, ParagraphSeparator, Control, Format, Surrogate, PrivateUse,
    ConnectorPunctuation, DashPunctuation, OpenPunctuation, ClosePunctuation, InitialQuotePunctuation, FinalQuotePunctuation,
    OtherPunctuation, MathSymbol, CurrencySymbol, ModifierSymbol, OtherSymbol, OtherNotAssigned,
}

[Flags]
public enum NumberStyles
{
    None = 0, AllowLeadingWhite = 1, AllowTrailingWhite = 2, AllowLeadingSign = 4, AllowTrailingSign = 8, AllowParentheses = 16,
    AllowDecimalPoint = 32, AllowThousands = 64, AllowExponent = 128, AllowCurrencySymbol = 256, AllowHexSpecifier = 512,
    Integer = 7, HexNumber = 515, Number = 111, Float = 167, Currency = 383, Any = 511,
}

[Flags]
public enum DateTimeStyles
{
    None = 0, AllowLeadingWhite = 1, AllowTrailingWhite = 2, AllowInnerWhite = 4, AllowWhiteSpaces = 7, NoCurrentDateDefault = 8,
    AdjustToUniversal = 16, AssumeLocal = 32, AssumeUniversal = 64, RoundtripKind = 128,
}

public sealed class NumberFormatInfo : IFormatProvider
{
    private static readonly NumberFormatInfo s_invariant = new NumberFormatInfo();
    public static NumberFormatInfo InvariantInfo => s_invariant;
    public static NumberFormatInfo CurrentInfo => s_invariant;
    public object? GetFormat(Type? formatType) => formatType == typeof(NumberFormatInfo) ? this : null;
}

public class CultureInfo : IFormatProvider
{
    private static readonly CultureInfo s_invariant = new CultureInfo("");
    private readonly string _name;

    public CultureInfo(string name) { _name = name; }

    public static CultureInfo InvariantCulture => s_invariant;
    public static CultureInfo CurrentCulture { get => s_invariant; set { } }
    public static CultureInfo CurrentUICulture { get => s_invariant; set { } }
    public static CultureInfo? DefaultThreadCurrentCulture { get => s_invariant; set { } }
    public static CultureInfo GetCultureInfo(string name) => new CultureInfo(name);

    public virtual string Name => _name;
    public virtual string DisplayName => _name.Length == 0 ? "Invariant Language (Invariant Country)" : _name;
    public virtual NumberFormatInfo NumberFormat => NumberFormatInfo.InvariantInfo;
    public virtual object? GetFormat(Type? formatType) => formatType == typeof(NumberFormatInfo) ? NumberFormatInfo.InvariantInfo : null;
    public override string ToString() => _name;
}
