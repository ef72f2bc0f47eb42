using System.Runtime.CompilerServices;

namespace System;

public readonly struct Guid : IComparable, IComparable<Guid>, IEquatable<Guid>, IFormattable, IAppendable
{
    private readonly int _a;
    private readonly short _b, _c;
    private readonly byte _d, _e, _f, _g, _h, _i, _j, _k;

    public static readonly Guid Empty;

    public Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)
    {
        _a = a; _b = b; _c = c; _d = d; _e = e; _f = f; _g = g; _h = h; _i = i; _j = j; _k = k;
    }
    public Guid(byte[] b)
    {
        ArgumentNullException.ThrowIfNull(b, "b");
        if (b.Length != 16) throw new ArgumentException("Byte array for Guid must be exactly 16 bytes long.", "b");
        this = new Guid(b[3] << 24 | b[2] << 16 | b[1] << 8 | b[0], (short)(b[5] << 8 | b[4]), (short)(b[7] << 8 | b[6]), b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
    }
    public Guid(string g)
    {
        ArgumentNullException.ThrowIfNull(g, "g");
        this = Parse(g);
    }

    /// Version 4, from the machine's generator: the same in every run with the same seed.
    public static Guid NewGuid()
    {
        byte[] b = RuntimeHelpers.AllocateUncountedArray<byte>(16);
        Random.Shared.NextBytes(b);
        b[7] = (byte)(b[7] & 0x0F | 0x40);
        b[8] = (byte)(b[8] & 0x3F | 0x80);
        return new Guid(b);
    }

    public byte[] ToByteArray() => new byte[] { (byte)_a, (byte)(_a >> 8), (byte)(_a >> 16), (byte)(_a >> 24), (byte)_b, (byte)(_b >> 8), (byte)_c, (byte)(_c >> 8), _d, _e, _f, _g, _h, _i, _j, _k };

    private ulong Low => (ulong)_d << 56 | (ulong)_e << 48 | (ulong)_f << 40 | (ulong)_g << 32 | (ulong)_h << 24 | (ulong)_i << 16 | (ulong)_j << 8 | _k;

    public bool Equals(Guid g) => _a == g._a && _b == g._b && _c == g._c && Low == g.Low;
    public override bool Equals(object? o) => o is Guid g && Equals(g);
    public override int GetHashCode() => _a ^ ((ushort)_c << 16 | (ushort)_b) ^ (_g << 24 | _f << 16 | _e << 8 | _d) ^ (_k << 24 | _j << 16 | _i << 8 | _h);
    public int CompareTo(Guid value)
    {
        if (_a != value._a) return (uint)_a < (uint)value._a ? -1 : 1;
        if (_b != value._b) return (ushort)_b < (ushort)value._b ? -1 : 1;
        if (_c != value._c) return (ushort)_c < (ushort)value._c ? -1 : 1;
        return Low < value.Low ? -1 : Low > value.Low ? 1 : 0;
    }
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is Guid g) return CompareTo(g);
        ThrowHelper.ThrowMustBe("Guid");
        return 0;
    }
    public static bool operator ==(Guid a, Guid b) => a.Equals(b);
    public static bool operator !=(Guid a, Guid b) => !a.Equals(b);

    public override string ToString() => ToString(null);
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    public string ToString(string? format)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        AppendText(ref h, format);
        return h.ToStringAndClear();
    }
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { AppendText(ref handler, format); }

    private static void AppendHex(ref DefaultInterpolatedStringHandler h, ulong value, int digits)
    {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) h.AppendChar("0123456789abcdef"[(int)(value >> shift) & 15]);
    }

    private void AppendText(ref DefaultInterpolatedStringHandler h, string? format)
    {
        char kind = string.IsNullOrEmpty(format) ? 'D' : format.Length == 1 ? char.ToUpperInvariant(format[0]) : '?';
        if (kind != 'D' && kind != 'N' && kind != 'B' && kind != 'P') throw new FormatException("Format string can be only \"D\", \"d\", \"N\", \"n\", \"P\", \"p\", \"B\", \"b\", \"X\" or \"x\".");
        bool dash = kind != 'N';
        if (kind == 'B') h.AppendChar('{');
        if (kind == 'P') h.AppendChar('(');
        AppendHex(ref h, (uint)_a, 8);
        if (dash) h.AppendChar('-');
        AppendHex(ref h, (ushort)_b, 4);
        if (dash) h.AppendChar('-');
        AppendHex(ref h, (ushort)_c, 4);
        if (dash) h.AppendChar('-');
        AppendHex(ref h, Low >> 48, 4);
        if (dash) h.AppendChar('-');
        AppendHex(ref h, Low & 0xFFFFFFFFFFFF, 12);
        if (kind == 'B') h.AppendChar('}');
        if (kind == 'P') h.AppendChar(')');
    }

    public static Guid Parse(string input)
    {
        ArgumentNullException.ThrowIfNull(input, "input");
        Guid result;
        if (!TryParse(input, out result)) throw new FormatException(SR.Format_Guid);
        return result;
    }

    public static bool TryParse(string? input, out Guid result)
    {
        result = Empty;
        if (input == null) return false;
        string text = input.Trim();
        if (text.Length == 38 && ((text[0] == '{' && text[37] == '}') || (text[0] == '(' && text[37] == ')'))) text = text.Substring(1, 36);
        bool dashes = text.Length == 36;
        if (!dashes && text.Length != 32) return false;
        ulong high = 0, low = 0;
        int digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (dashes && (i == 8 || i == 13 || i == 18 || i == 23))
            {
                if (text[i] != '-') return false;
                continue;
            }
            int digit = Number.HexDigit(text[i]);
            if (digit < 0) return false;
            if (digits++ < 16) high = high << 4 | (uint)digit;
            else low = low << 4 | (uint)digit;
        }
        result = new Guid((int)(high >> 32), (short)(high >> 16), (short)high, (byte)(low >> 56), (byte)(low >> 48), (byte)(low >> 40), (byte)(low >> 32), (byte)(low >> 24), (byte)(low >> 16), (byte)(low >> 8), (byte)low);
        return true;
    }
}
