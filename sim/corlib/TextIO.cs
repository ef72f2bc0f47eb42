using System.Text;
using System.Threading.Tasks;

namespace System.IO;

public abstract class TextWriter : IDisposable, IAsyncDisposable
{
    public static readonly TextWriter Null = new NullWriter();

    private sealed class NullWriter : TextWriter
    {
        public override void Write(char value) { }
        public override void Write(string? value) { }
    }

    public static TextWriter Synchronized(TextWriter writer) => writer;

    public virtual string NewLine { get => "\n"; set { } }
    public virtual void Flush() { }
    public virtual void Close() { Dispose(); }
    protected virtual void Dispose(bool disposing) { }
    public void Dispose() { Dispose(true); }
    public virtual ValueTask DisposeAsync()
    {
        Dispose();
        return default(ValueTask);
    }

    public virtual void Write(char value) { }
    public virtual void Write(string? value)
    {
        if (value == null) return;
        for (int i = 0; i < value.Length; i++) Write(value[i]);
    }
    public virtual void Write(char[]? buffer)
    {
        if (buffer != null) Write(buffer, 0, buffer.Length);
    }
    public virtual void Write(char[] buffer, int index, int count)
    {
        for (int i = index; i < index + count; i++) Write(buffer[i]);
    }
    public virtual void Write(bool value) { Write(value ? "True" : "False"); }
    public virtual void Write(int value) { Write(value.ToString()); }
    public virtual void Write(uint value) { Write(value.ToString()); }
    public virtual void Write(long value) { Write(value.ToString()); }
    public virtual void Write(ulong value) { Write(value.ToString()); }
    public virtual void Write(float value) { Write(value.ToString()); }
    public virtual void Write(double value) { Write(value.ToString()); }
    public virtual void Write(decimal value) { Write(value.ToString()); }
    public virtual void Write(object? value)
    {
        if (value == null) return;
        Write(value is IFormattable f ? f.ToString(null, null) : value.ToString());
    }
    // The text of a format goes out character by character from the buffer: no string is made.
    private void WriteFormat(string format, int count, object? arg0, object? arg1, object? arg2, object?[]? args, bool line)
    {
        ArgumentNullException.ThrowIfNull(format, "format");
        System.Runtime.CompilerServices.DefaultInterpolatedStringHandler h = new System.Runtime.CompilerServices.DefaultInterpolatedStringHandler(0, count);
        h.AppendComposite(format, count, arg0, arg1, arg2, args);
        if (line) h.AppendChar('\n');
        Write(h.Buffer, 0, h.Length);
        h.Clear();
    }
    public virtual void Write(string format, object? arg0) { WriteFormat(format, 1, arg0, null, null, null, false); }
    public virtual void Write(string format, object? arg0, object? arg1) { WriteFormat(format, 2, arg0, arg1, null, null, false); }
    public virtual void Write(string format, object? arg0, object? arg1, object? arg2) { WriteFormat(format, 3, arg0, arg1, arg2, null, false); }
    public virtual void Write(string format, params object?[] arg) { WriteFormat(format, arg.Length, null, null, null, arg, false); }

    public virtual void WriteLine() { Write('\n'); }
    public virtual void WriteLine(char value) { Write(value); WriteLine(); }
    public virtual void WriteLine(char[]? buffer) { Write(buffer); WriteLine(); }
    public virtual void WriteLine(bool value) { WriteLine(value ? "True" : "False"); }
    public virtual void WriteLine(int value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(uint value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(long value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(ulong value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(float value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(double value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(decimal value) { WriteLine(value.ToString()); }
    public virtual void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }
    public virtual void WriteLine(object? value)
    {
        if (value == null) { WriteLine(); return; }
        WriteLine(value is IFormattable f ? f.ToString(null, null) : value.ToString());
    }
    public virtual void WriteLine(string format, object? arg0) { WriteFormat(format, 1, arg0, null, null, null, true); }
    public virtual void WriteLine(string format, object? arg0, object? arg1) { WriteFormat(format, 2, arg0, arg1, null, null, true); }
    public virtual void WriteLine(string format, object? arg0, object? arg1, object? arg2) { WriteFormat(format, 3, arg0, arg1, arg2, null, true); }
    public virtual void WriteLine(string format, params object?[] arg) { WriteFormat(format, arg.Length, null, null, null, arg, true); }

    public virtual Task WriteAsync(char value) { Write(value); return Task.CompletedTask; }
    public virtual Task WriteAsync(string? value) { Write(value); return Task.CompletedTask; }
    public virtual Task WriteLineAsync() { WriteLine(); return Task.CompletedTask; }
    public virtual Task WriteLineAsync(char value) { WriteLine(value); return Task.CompletedTask; }
    public virtual Task WriteLineAsync(string? value) { WriteLine(value); return Task.CompletedTask; }
    public virtual Task FlushAsync() { Flush(); return Task.CompletedTask; }
}

public class StringWriter : TextWriter
{
    private readonly StringBuilder _sb;

    public StringWriter() { _sb = new StringBuilder(); }
    public StringWriter(StringBuilder sb)
    {
        ArgumentNullException.ThrowIfNull(sb, "sb");
        _sb = sb;
    }
    public virtual StringBuilder GetStringBuilder() => _sb;
    public override void Write(char value) { _sb.Append(value); }
    public override void Write(string? value) { _sb.Append(value); }
    public override string ToString() => _sb.ToString();
}

public abstract class TextReader : IDisposable
{
    public virtual int Peek() => -1;
    public virtual int Read() => -1;
    public virtual void Close() { Dispose(); }
    public void Dispose() { Dispose(true); }
    protected virtual void Dispose(bool disposing) { }

    public virtual string? ReadLine()
    {
        StringBuilder line = new StringBuilder();
        while (true)
        {
            int c = Read();
            if (c < 0) return line.Length > 0 ? line.ToString() : null;
            if (c == '\n') return line.ToString();
            if (c == '\r')
            {
                if (Peek() == '\n') Read();
                return line.ToString();
            }
            line.Append((char)c);
        }
    }

    public virtual string ReadToEnd()
    {
        StringBuilder text = new StringBuilder();
        for (int c = Read(); c >= 0; c = Read()) text.Append((char)c);
        return text.ToString();
    }

    public virtual Task<string?> ReadLineAsync() => Task.FromResult(ReadLine());
    public virtual Task<string> ReadToEndAsync() => Task.FromResult(ReadToEnd());
}

public class StringReader : TextReader
{
    private string? _s;
    private int _pos;

    public StringReader(string s)
    {
        ArgumentNullException.ThrowIfNull(s, "s");
        _s = s;
    }

    private string Text => _s ?? throw new ObjectDisposedException(null, "Cannot read from a closed TextReader.");
    protected override void Dispose(bool disposing) { _s = null; }
    public override int Peek() => _pos < Text.Length ? Text[_pos] : -1;
    public override int Read() => _pos < Text.Length ? Text[_pos++] : -1;
}
