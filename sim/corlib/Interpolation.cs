namespace System.Runtime.CompilerServices;

/// Collects the parts of `$"..."` in a buffer that the thread keeps, so that the only allocation is the final string, as in .NET.
/// The buffer is not counted: in .NET it comes from a pool.
[InterpolatedStringHandler]
public ref struct DefaultInterpolatedStringHandler
{
    private readonly IFormatProvider? _provider;
    private char[] _chars;
    private int _pos;

    [ThreadStatic] private static char[]? t_buffer;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        _provider = null;
        _chars = Take();
        _pos = 0;
    }

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider? provider)
    {
        _provider = provider;
        _chars = Take();
        _pos = 0;
    }

    // The slot is empty while the buffer is in use: a hole may interpolate too.
    private static char[] Take()
    {
        char[]? buffer = t_buffer;
        t_buffer = null;
        return buffer ?? RuntimeHelpers.AllocateUncountedArray<char>(256);
    }

    internal char[] Buffer => _chars;
    internal int Length => _pos;

    public override string ToString() => string.Ctor(_chars, 0, _pos);

    public string ToStringAndClear()
    {
        string text = string.Ctor(_chars, 0, _pos);
        t_buffer = _chars;
        return text;
    }

    public void Clear() { t_buffer = _chars; }

    private void Grow(int needed)
    {
        long size = _chars.Length * 2L, wanted = (long)_pos + needed;
        while (size < wanted) size *= 2;
        char[] longer = RuntimeHelpers.AllocateUncountedArray<char>(size > int.MaxValue ? int.MaxValue : (int)size);
        Array.Copy(_chars, longer, _pos);
        _chars = longer;
    }

    public void AppendLiteral(string value)
    {
        int n = value.Length;
        if (_pos > _chars.Length - n) Grow(n);
        value.CopyTo(0, _chars, _pos, n);
        _pos += n;
    }

    internal void AppendString(string? value)
    {
        if (value != null) AppendLiteral(value);
    }

    internal void AppendChar(char value)
    {
        if (_pos == _chars.Length) Grow(1);
        _chars[_pos++] = value;
    }

    internal void AppendRepeated(char value, int count)
    {
        if (count <= 0) return;
        if (_pos > _chars.Length - count) Grow(count);
        Array.Fill(_chars, value, _pos, count);
        _pos += count;
    }

    internal void AppendRange(string value, int start, int count)
    {
        if (count == 0) return;
        if (_pos > _chars.Length - count) Grow(count);
        value.CopyTo(start, _chars, _pos, count);
        _pos += count;
    }

    internal void AppendDigits(int value, int width)
    {
        if (_pos > _chars.Length - width) Grow(width);
        for (int i = width - 1; i >= 0; i--)
        {
            _chars[_pos + i] = (char)('0' + value % 10);
            value /= 10;
        }
        _pos += width;
    }

    // A native wrote n characters, or says what is wrong: true when done, false to try again with more room.
    private bool Wrote(int n)
    {
        if (n >= 0)
        {
            _pos += n;
            return true;
        }
        if (n == Number.BadFormat) ThrowHelper.ThrowFormat(SR.Format_BadSpecifier);
        Grow(_chars.Length);
        return false;
    }

    internal void AppendInt32(int value, string? format) { while (!Wrote(Number.WriteInt32(value, format, _chars, _pos))) { } }
    internal void AppendUInt32(uint value, string? format) { while (!Wrote(Number.WriteUInt32(value, format, _chars, _pos))) { } }
    internal void AppendInt64(long value, string? format) { while (!Wrote(Number.WriteInt64(value, format, _chars, _pos))) { } }
    internal void AppendUInt64(ulong value, string? format) { while (!Wrote(Number.WriteUInt64(value, format, _chars, _pos))) { } }
    internal void AppendDouble(double value, string? format) { while (!Wrote(Number.WriteDouble(value, format, _chars, _pos))) { } }
    internal void AppendSingle(float value, string? format) { while (!Wrote(Number.WriteSingle(value, format, _chars, _pos))) { } }
    internal void AppendDecimal(decimal value, string? format) { while (!Wrote(Number.WriteDecimal(value, format, _chars, _pos))) { } }

    public void AppendFormatted<T>(T value)
    {
        if (value is IBoxedText || typeof(T) == typeof(bool)) AppendText<object>(value!, null);
        else AppendText(value, null);
    }

    public void AppendFormatted<T>(T value, string? format)
    {
        if (value is IBoxedFormat) AppendText<object>(value!, format);
        else AppendText(value, format);
    }

    /// As AppendFormatted, but never boxed.
    internal void AppendText<T>(T value, string? format)
    {
        if (value is IAppendable) ((IAppendable)value).AppendTo(ref this, format);
        else if (default(T) != null && value is Enum) Enum.Append(ref this, typeof(T), Enum.RawBits(ref value), format);
        else if (value is IFormattable) AppendString(((IFormattable)value).ToString(format, _provider));
        else if (value != null) AppendString(value.ToString());
    }

    public void AppendFormatted<T>(T value, int alignment)
    {
        int start = _pos;
        AppendFormatted(value);
        Align(start, alignment);
    }

    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        int start = _pos;
        AppendFormatted(value, format);
        Align(start, alignment);
    }

    public void AppendFormatted(string? value) { AppendString(value); }

    public void AppendFormatted(string? value, int alignment = 0, string? format = null)
    {
        int start = _pos;
        AppendString(value);
        Align(start, alignment);
    }

    public void AppendFormatted(object? value, int alignment = 0, string? format = null) { AppendFormatted<object?>(value, alignment, format); }

    // Negative: to the left.
    private void Align(int start, int alignment)
    {
        int width = alignment < 0 ? -alignment : alignment, length = _pos - start, gap = width - length;
        if (gap <= 0) return;
        AppendRepeated(' ', gap);
        if (alignment < 0) return;
        Array.Copy(_chars, start, _chars, start + gap, length);
        Array.Fill(_chars, ' ', start, gap);
    }

    private static void ThrowComposite(int offset, string reason)
    {
        throw new FormatException(string.Concat("Input string was not in a correct format. Failure to parse near offset ", offset.ToString(), ". ", reason));
    }

    private const string EndsEarly = "Format item ends prematurely.", WantsDigit = "Expected an ASCII digit.",
        LoneBrace = "Unexpected closing brace without a corresponding opening brace.";

    /// `{index[,alignment][:format]}`, braces doubled for themselves.
    internal void AppendComposite(string format, int count, object? arg0, object? arg1, object? arg2, object?[]? args)
    {
        int at = 0, end = format.Length;
        while (true)
        {
            int from = at;
            while (at < end && format[at] != '{' && format[at] != '}') at++;
            AppendRange(format, from, at - from);
            if (at == end) return;
            char brace = format[at++];
            if (at == end) ThrowComposite(at, EndsEarly);
            if (format[at] == brace)
            {
                AppendChar(brace);
                at++;
                continue;
            }
            if (brace == '}') ThrowComposite(at, LoneBrace);
            int index = ReadNumber(format, ref at);
            while (at < end && format[at] == ' ') at++;
            int alignment = 0;
            if (at < end && format[at] == ',')
            {
                at++;
                while (at < end && format[at] == ' ') at++;
                bool left = at < end && format[at] == '-';
                if (left) at++;
                alignment = ReadNumber(format, ref at);
                if (left) alignment = -alignment;
                while (at < end && format[at] == ' ') at++;
            }
            string? item = null;
            if (at < end && format[at] == ':')
            {
                from = ++at;
                while (at < end && format[at] != '}' && format[at] != '{') at++;
                if (at < end && format[at] == '{') ThrowComposite(at, "Unexpected opening or closing brace inside a format item.");
                item = Unshared(format, from, at - from);
            }
            if (at >= end) ThrowComposite(at, EndsEarly);
            if (format[at] != '}') ThrowComposite(at, "Expected a closing brace.");
            at++;
            if (index >= count) ThrowHelper.ThrowFormat(SR.Format_IndexOutOfRange);
            object? value = args != null ? args[index] : index == 0 ? arg0 : index == 1 ? arg1 : arg2;
            int start = _pos;
            AppendFormatted<object?>(value, item);
            Align(start, alignment);
        }
    }

    private static string? Unshared(string format, int start, int length) => length == 0 ? null : string.UncountedPart(format, start, length);

    private static int ReadNumber(string format, ref int at)
    {
        if (at >= format.Length) ThrowComposite(at, EndsEarly);
        if (!char.IsAsciiDigit(format[at])) ThrowComposite(at, WantsDigit);
        int number = 0;
        while (at < format.Length && char.IsAsciiDigit(format[at]) && number < 1000000) number = number * 10 + format[at++] - '0';
        return number;
    }
}
