// Stopwatch and Debug over the virtual clock, and attributes for debuggers.
using System.Threading;

namespace System.Diagnostics;

public sealed class DebuggerDisplayAttribute : Attribute
{
    public DebuggerDisplayAttribute(string? value) { Value = value; }
    public string? Value { get; }
    public string? Name { get; set; }
    public string? Type { get; set; }
}
public sealed class DebuggerStepThroughAttribute : Attribute { }
public sealed class DebuggerHiddenAttribute : Attribute { }
public sealed class DebuggerNonUserCodeAttribute : Attribute { }
public enum DebuggerBrowsableState { Never = 0, Collapsed = 2, RootHidden = 3 }
public sealed class DebuggerBrowsableAttribute : Attribute { public DebuggerBrowsableAttribute(DebuggerBrowsableState state) { } }
public sealed class DebuggerTypeProxyAttribute : Attribute { public DebuggerTypeProxyAttribute(Type type) { } }
public sealed class StackTraceHiddenAttribute : Attribute { }
public sealed class ConditionalAttribute : Attribute
{
    public ConditionalAttribute(string conditionString) { ConditionString = conditionString; }
    public string ConditionString { get; }
}

public sealed class DebuggableAttribute : Attribute
{
    public enum DebuggingModes { None = 0, Default = 1, DisableOptimizations = 256, IgnoreSymbolStoreSequencePoints = 2, EnableEditAndContinue = 4 }
    public DebuggableAttribute(DebuggingModes modes) { }
}

public class UnreachableException : Exception
{
    public UnreachableException() : base(SR.UnreachableException) { }
    public UnreachableException(string? message) : base(message ?? SR.UnreachableException) { }
    public UnreachableException(string? message, Exception? innerException) : base(message ?? SR.UnreachableException, innerException) { }
}

/// Release builds drop the calls; so does the front end.
public static class Debug
{
    [Conditional("DEBUG")] public static void Assert(bool condition) { }
    [Conditional("DEBUG")] public static void Assert(bool condition, string? message) { }
    [Conditional("DEBUG")] public static void Fail(string? message) { }
    [Conditional("DEBUG")] public static void WriteLine(string? message) { }
}

public class Stopwatch
{
    private long _elapsed;
    private long _startTimeStamp;
    private bool _isRunning;

    public static readonly long Frequency = 1000000000;
    public static readonly bool IsHighResolution = true;

    public static long GetTimestamp() => Scheduler.NowTicks() * 100;
    public static Stopwatch StartNew() { Stopwatch s = new Stopwatch(); s.Start(); return s; }
    public static TimeSpan GetElapsedTime(long startingTimestamp) => GetElapsedTime(startingTimestamp, GetTimestamp());
    public static TimeSpan GetElapsedTime(long startingTimestamp, long endingTimestamp) => new TimeSpan((endingTimestamp - startingTimestamp) / 100);

    public bool IsRunning => _isRunning;
    public long ElapsedTicks => _isRunning ? _elapsed + GetTimestamp() - _startTimeStamp : _elapsed;
    public TimeSpan Elapsed => new TimeSpan(ElapsedTicks / 100);
    public long ElapsedMilliseconds => ElapsedTicks / 1000000;

    public void Start()
    {
        if (_isRunning) return;
        _startTimeStamp = GetTimestamp();
        _isRunning = true;
    }

    public void Stop()
    {
        if (!_isRunning) return;
        _elapsed += GetTimestamp() - _startTimeStamp;
        _isRunning = false;
    }

    public void Reset() { _elapsed = 0; _isRunning = false; _startTimeStamp = 0; }
    public void Restart() { _elapsed = 0; _startTimeStamp = GetTimestamp(); _isRunning = true; }
    public override string ToString() => Elapsed.ToString();
}
