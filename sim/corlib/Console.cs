using System.IO;
using System.Runtime.CompilerServices;

namespace System;

public enum ConsoleColor
{
    Black, DarkBlue, DarkGreen, DarkCyan, DarkRed, DarkMagenta, DarkYellow, Gray, DarkGray, Blue, Green, Cyan, Red, Magenta, Yellow, White,
}

/// Standard output and error go to natives that take a string or a number of characters, so printing allocates only what .NET does.
public static class Console
{
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void WriteOut(string? text);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void WriteError(string? text);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void WriteOutChar(char c);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void WriteErrorChar(char c);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void FlushNative();
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? ReadLineNative();

    private static TextWriter s_out = new ConsoleWriter(false);
    private static TextWriter s_error = new ConsoleWriter(true);
    private static TextReader s_in = new ConsoleReader();
    private static ConsoleColor s_foreground = ConsoleColor.Gray;
    private static ConsoleColor s_background = ConsoleColor.Black;

    public static TextWriter Out => s_out;
    public static TextWriter Error => s_error;
    public static TextReader In => s_in;
    public static void SetOut(TextWriter newOut)
    {
        ArgumentNullException.ThrowIfNull(newOut, "newOut");
        s_out = newOut;
    }
    public static void SetError(TextWriter newError)
    {
        ArgumentNullException.ThrowIfNull(newError, "newError");
        s_error = newError;
    }
    public static void SetIn(TextReader newIn)
    {
        ArgumentNullException.ThrowIfNull(newIn, "newIn");
        s_in = newIn;
    }

    public static ConsoleColor ForegroundColor { get => s_foreground; set => s_foreground = value; }
    public static ConsoleColor BackgroundColor { get => s_background; set => s_background = value; }
    public static void ResetColor() { s_foreground = ConsoleColor.Gray; s_background = ConsoleColor.Black; }
    public static void Clear() { }
    public static string Title { get => ""; set { } }
    public static bool IsOutputRedirected => true;
    public static bool IsInputRedirected => true;

    public static string? ReadLine() => s_in.ReadLine();
    public static int Read() => s_in.Read();

    public static void WriteLine() { s_out.WriteLine(); }
    public static void WriteLine(bool value) { s_out.WriteLine(value); }
    public static void WriteLine(char value) { s_out.WriteLine(value); }
    public static void WriteLine(char[]? buffer) { s_out.WriteLine(buffer); }
    public static void WriteLine(decimal value) { s_out.WriteLine(value); }
    public static void WriteLine(double value) { s_out.WriteLine(value); }
    public static void WriteLine(float value) { s_out.WriteLine(value); }
    public static void WriteLine(int value) { s_out.WriteLine(value); }
    public static void WriteLine(uint value) { s_out.WriteLine(value); }
    public static void WriteLine(long value) { s_out.WriteLine(value); }
    public static void WriteLine(ulong value) { s_out.WriteLine(value); }
    public static void WriteLine(object? value) { s_out.WriteLine(value); }
    public static void WriteLine(string? value) { s_out.WriteLine(value); }
    public static void WriteLine(string format, object? arg0) { s_out.WriteLine(format, arg0); }
    public static void WriteLine(string format, object? arg0, object? arg1) { s_out.WriteLine(format, arg0, arg1); }
    public static void WriteLine(string format, object? arg0, object? arg1, object? arg2) { s_out.WriteLine(format, arg0, arg1, arg2); }
    public static void WriteLine(string format, params object?[]? arg) { s_out.WriteLine(format, arg ?? Array.Empty<object>()); }

    public static void Write(bool value) { s_out.Write(value); }
    public static void Write(char value) { s_out.Write(value); }
    public static void Write(char[]? buffer) { s_out.Write(buffer); }
    public static void Write(decimal value) { s_out.Write(value); }
    public static void Write(double value) { s_out.Write(value); }
    public static void Write(float value) { s_out.Write(value); }
    public static void Write(int value) { s_out.Write(value); }
    public static void Write(uint value) { s_out.Write(value); }
    public static void Write(long value) { s_out.Write(value); }
    public static void Write(ulong value) { s_out.Write(value); }
    public static void Write(object? value) { s_out.Write(value); }
    public static void Write(string? value) { s_out.Write(value); }
    public static void Write(string format, object? arg0) { s_out.Write(format, arg0); }
    public static void Write(string format, object? arg0, object? arg1) { s_out.Write(format, arg0, arg1); }
    public static void Write(string format, object? arg0, object? arg1, object? arg2) { s_out.Write(format, arg0, arg1, arg2); }
    public static void Write(string format, params object?[]? arg) { s_out.Write(format, arg ?? Array.Empty<object>()); }

    private sealed class ConsoleWriter : TextWriter
    {
        private readonly bool _error;
        internal ConsoleWriter(bool error) { _error = error; }
        public override void Write(char value)
        {
            if (_error) WriteErrorChar(value);
            else WriteOutChar(value);
        }
        public override void Write(string? value)
        {
            if (_error) WriteError(value);
            else WriteOut(value);
        }
        public override void WriteLine(string? value)
        {
            Write(value);
            Write('\n');
        }
        public override void Flush() { FlushNative(); }
    }

    private sealed class ConsoleReader : TextReader
    {
        private string? _line;
        private int _at;

        public override string? ReadLine()
        {
            if (_line == null) return ReadLineNative();
            string rest = _at >= _line.Length ? "" : _line.Substring(_at);
            _line = null;
            return rest;
        }

        public override int Peek()
        {
            if (_line == null)
            {
                _line = ReadLineNative();
                _at = 0;
            }
            if (_line == null) return -1;
            return _at < _line.Length ? _line[_at] : '\n';
        }

        public override int Read()
        {
            int c = Peek();
            if (_line != null && _at++ >= _line.Length) _line = null;
            return c;
        }
    }
}
