using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace System.Runtime.ExceptionServices;

/// Keeps an exception together with the trace it had, for a throw elsewhere.
public sealed class ExceptionDispatchInfo
{
    private readonly Exception _exception;
    private readonly Exception.DispatchState _dispatchState;

    private ExceptionDispatchInfo(Exception exception)
    {
        _exception = exception;
        _dispatchState = exception.CaptureDispatchState();
    }

    public static ExceptionDispatchInfo Capture(Exception source)
    {
        ArgumentNullException.ThrowIfNull(source, "source");
        return new ExceptionDispatchInfo(source);
    }

    public Exception SourceException => _exception;

    [StackTraceHidden]
    [DoesNotReturn]
    public void Throw()
    {
        _exception.RestoreDispatchState(in _dispatchState);
        throw _exception;
    }

    [StackTraceHidden]
    [DoesNotReturn]
    public static void Throw(Exception source) { Capture(source).Throw(); }

    public static Exception SetCurrentStackTrace(Exception source)
    {
        ArgumentNullException.ThrowIfNull(source, "source");
        return source;
    }
}
