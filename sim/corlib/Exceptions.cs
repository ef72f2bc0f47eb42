// Exceptions. The machine makes those it raises itself (null, index, cast, ...) without calling any code here: it fills `_message`
// from SR and `_HResult` from HResults.
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace System;

public class Exception
{
    internal object? _exceptionMethod;
    internal string? _message;
    internal IDictionary? _data;
    internal Exception? _innerException;
    internal string? _helpURL;
    internal object? _stackTrace;               // the machine's array of frames
    internal object? _watsonBuckets;
    internal string? _stackTraceString;
    internal string? _remoteStackTraceString;
    internal string? _source;
    internal nuint _ipForWatsonBuckets;
    internal nint _xptrs;
    internal int _xcode;
    internal int _HResult;

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string? StackTraceText(Exception e);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object? CaptureTrace(Exception e);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void RestoreTrace(Exception e, object? trace);

    public Exception() { _HResult = HResults.Exception; }
    public Exception(string? message) { _message = message; _HResult = HResults.Exception; }
    public Exception(string? message, Exception? innerException) { _message = message; _innerException = innerException; _HResult = HResults.Exception; }

    public virtual string Message => _message ?? string.Concat("Exception of type '", GetType().ToString(), "' was thrown.");
    public Exception? InnerException => _innerException;
    public virtual IDictionary Data => _data ??= new ListDictionaryInternal();
    public virtual string? HelpLink { get => _helpURL; set => _helpURL = value; }
    public virtual string? Source { get => _source; set => _source = value; }
    public int HResult { get => _HResult; set => _HResult = value; }
    public virtual string? StackTrace => _remoteStackTraceString == null ? StackTraceText(this) : _remoteStackTraceString + StackTraceText(this);

    public virtual Exception GetBaseException()
    {
        Exception result = this;
        while (result._innerException != null) result = result._innerException;
        return result;
    }

    public override string ToString()
    {
        string message = Message;
        string text = GetType().ToString();
        if (message.Length != 0) text = string.Concat(text, ": ", message);
        if (_innerException != null)
        {
            text = string.Concat(text, "\n ---> ", _innerException.ToString(), "\n   " + SR.EndOfInner);
        }
        string? stack = StackTrace;
        return stack == null ? text : string.Concat(text, "\n", stack);
    }

    public new Type GetType() => base.GetType();

    /// What an ExceptionDispatchInfo keeps, so that a later throw continues the same trace.
    internal readonly struct DispatchState
    {
        public readonly object? StackTrace;
        public readonly string? RemoteStackTrace;
        public readonly nuint IpForWatsonBuckets;
        public readonly object? WatsonBuckets;

        public DispatchState(object? stackTrace, string? remote, nuint ip, object? buckets)
        {
            StackTrace = stackTrace;
            RemoteStackTrace = remote;
            IpForWatsonBuckets = ip;
            WatsonBuckets = buckets;
        }
    }

    internal DispatchState CaptureDispatchState() =>
        new DispatchState(CaptureTrace(this), _remoteStackTraceString, _ipForWatsonBuckets, _watsonBuckets);

    internal void RestoreDispatchState(in DispatchState state)
    {
        _remoteStackTraceString = state.RemoteStackTrace;
        RestoreTrace(this, state.StackTrace);
    }
}

public class ArgumentException : SystemException
{
    private readonly string? _paramName;

    public ArgumentException() : base(SR.ArgumentException) { HResult = HResults.ArgumentException; }
    public ArgumentException(string? message) : base(message ?? SR.ArgumentException) { HResult = HResults.ArgumentException; }
    public ArgumentException(string? message, Exception? innerException) : base(message ?? SR.ArgumentException, innerException) { HResult = HResults.ArgumentException; }
    public ArgumentException(string? message, string? paramName) : this(message) { _paramName = paramName; }
    public ArgumentException(string? message, string? paramName, Exception? innerException) : this(message, innerException) { _paramName = paramName; }

    public virtual string? ParamName => _paramName;

    public override string Message => string.IsNullOrEmpty(_paramName) ? base.Message : string.Concat(base.Message, " (Parameter '", _paramName, "')");

    public static void ThrowIfNullOrEmpty([NotNull] string? argument, [CallerArgumentExpression("argument")] string? paramName = null)
    {
        if (argument == null) ArgumentNullException.Throw(paramName);
        if (argument!.Length == 0) throw new ArgumentException(SR.Argument_EmptyString, paramName);
    }

    public static void ThrowIfNullOrWhiteSpace([NotNull] string? argument, [CallerArgumentExpression("argument")] string? paramName = null)
    {
        if (argument == null) ArgumentNullException.Throw(paramName);
        if (string.IsNullOrWhiteSpace(argument)) throw new ArgumentException(SR.Argument_EmptyOrWhiteSpaceString, paramName);
    }
}

public class ArgumentNullException : ArgumentException
{
    public ArgumentNullException() : base(SR.ArgumentNullException) { HResult = HResults.ArgumentNullException; }
    public ArgumentNullException(string? paramName) : base(SR.ArgumentNullException, paramName) { HResult = HResults.ArgumentNullException; }
    public ArgumentNullException(string? message, Exception? innerException) : base(message ?? SR.ArgumentNullException, innerException) { HResult = HResults.ArgumentNullException; }
    public ArgumentNullException(string? paramName, string? message) : base(message ?? SR.ArgumentNullException, paramName) { HResult = HResults.ArgumentNullException; }

    public static void ThrowIfNull([NotNull] object? argument, [CallerArgumentExpression("argument")] string? paramName = null)
    {
        if (argument == null) Throw(paramName);
    }

    [DoesNotReturn] internal static void Throw(string? paramName) { throw new ArgumentNullException(paramName); }
}

public class ArgumentOutOfRangeException : ArgumentException
{
    private readonly object? _actualValue;

    public ArgumentOutOfRangeException() : base(SR.ArgumentOutOfRangeException) { HResult = HResults.ArgumentOutOfRangeException; }
    public ArgumentOutOfRangeException(string? paramName) : base(SR.ArgumentOutOfRangeException, paramName) { HResult = HResults.ArgumentOutOfRangeException; }
    public ArgumentOutOfRangeException(string? message, Exception? innerException) : base(message ?? SR.ArgumentOutOfRangeException, innerException) { HResult = HResults.ArgumentOutOfRangeException; }
    public ArgumentOutOfRangeException(string? paramName, string? message) : base(message ?? SR.ArgumentOutOfRangeException, paramName) { HResult = HResults.ArgumentOutOfRangeException; }
    public ArgumentOutOfRangeException(string? paramName, object? actualValue, string? message) : base(message ?? SR.ArgumentOutOfRangeException, paramName)
    {
        _actualValue = actualValue;
        HResult = HResults.ArgumentOutOfRangeException;
    }

    public virtual object? ActualValue => _actualValue;
    public override string Message => _actualValue == null ? base.Message : string.Concat(base.Message, "\nActual value was ", _actualValue.ToString(), ".");

    [DoesNotReturn]
    private static void Throw<T>(T value, string? paramName, string rule)
    {
        throw new ArgumentOutOfRangeException(paramName, value, string.Concat(paramName, " ('", value?.ToString(), "') must ") + rule);
    }

    [DoesNotReturn]
    private static void Throw<T>(T value, string? paramName, string rule, T other)
    {
        object? o = other;
        Throw(value, paramName, string.Concat(rule, "'", o == null ? "null" : o.ToString(), "'."));
    }

    public static void ThrowIfZero<T>(T value, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(default(T)) == 0) Throw(value, paramName, "be a non-zero value.");
    }

    public static void ThrowIfNegative<T>(T value, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(default(T)) < 0) Throw(value, paramName, "be a non-negative value.");
    }

    public static void ThrowIfNegativeOrZero<T>(T value, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(default(T)) <= 0) Throw(value, paramName, "be a non-negative and non-zero value.");
    }

    public static void ThrowIfEqual<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null)
    {
        if (EqualityComparer<T>.Default.Equals(value, other)) Throw(value, paramName, "not be equal to ", other);
    }

    public static void ThrowIfNotEqual<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null)
    {
        if (!EqualityComparer<T>.Default.Equals(value, other)) Throw(value, paramName, "be equal to ", other);
    }

    public static void ThrowIfGreaterThan<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(other) > 0) Throw(value, paramName, "be less than or equal to ", other);
    }

    public static void ThrowIfGreaterThanOrEqual<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(other) >= 0) Throw(value, paramName, "be less than ", other);
    }

    public static void ThrowIfLessThan<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(other) < 0) Throw(value, paramName, "be greater than or equal to ", other);
    }

    public static void ThrowIfLessThanOrEqual<T>(T value, T other, [CallerArgumentExpression("value")] string? paramName = null) where T : IComparable<T>
    {
        if (value.CompareTo(other) <= 0) Throw(value, paramName, "be greater than ", other);
    }
}

public class ObjectDisposedException : InvalidOperationException
{
    private readonly string? _objectName;

    public ObjectDisposedException(string? objectName) : this(objectName, SR.ObjectDisposedException) { }
    public ObjectDisposedException(string? objectName, string? message) : base(message)
    {
        _objectName = objectName;
        HResult = HResults.ObjectDisposedException;
    }
    public ObjectDisposedException(string? message, Exception? innerException) : base(message, innerException) { HResult = HResults.ObjectDisposedException; }

    public string ObjectName => _objectName ?? "";
    public override string Message => string.IsNullOrEmpty(_objectName) ? base.Message : string.Concat(base.Message, "\nObject name: '", _objectName, "'.");

    public static void ThrowIf([DoesNotReturnIf(true)] bool condition, object instance)
    {
        if (condition) throw new ObjectDisposedException(instance.GetType().FullName);
    }

    public static void ThrowIf([DoesNotReturnIf(true)] bool condition, Type type)
    {
        if (condition) throw new ObjectDisposedException(type.FullName);
    }
}

public class OperationCanceledException : SystemException
{
    private CancellationToken _cancellationToken;

    public OperationCanceledException() : base(SR.OperationCanceledException) { HResult = HResults.OperationCanceledException; }
    public OperationCanceledException(string? message) : base(message ?? SR.OperationCanceledException) { HResult = HResults.OperationCanceledException; }
    public OperationCanceledException(string? message, Exception? innerException) : base(message ?? SR.OperationCanceledException, innerException) { HResult = HResults.OperationCanceledException; }
    public OperationCanceledException(CancellationToken token) : this() { _cancellationToken = token; }
    public OperationCanceledException(string? message, CancellationToken token) : this(message) { _cancellationToken = token; }
    public OperationCanceledException(string? message, Exception? innerException, CancellationToken token) : this(message, innerException) { _cancellationToken = token; }

    public CancellationToken CancellationToken => _cancellationToken;
}

public sealed class TypeInitializationException : SystemException
{
    private readonly string? _typeName;

    public TypeInitializationException(string? fullTypeName, Exception? innerException)
        : base(string.Concat("The type initializer for '", fullTypeName, "' threw an exception."), innerException)
    {
        _typeName = fullTypeName;
        HResult = HResults.TypeInitializationException;
    }

    public string TypeName => _typeName ?? "";
}

public class AggregateException : Exception
{
    private readonly Exception[] _innerExceptions;
    private ReadOnlyCollection<Exception>? _rocView;

    public AggregateException() : base(SR.AggregateException) { _innerExceptions = Array.Empty<Exception>(); }
    public AggregateException(string? message) : base(message) { _innerExceptions = Array.Empty<Exception>(); }
    public AggregateException(string? message, Exception innerException) : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException, "innerException");
        _innerExceptions = new Exception[] { innerException };
    }
    public AggregateException(IEnumerable<Exception> innerExceptions) : this(SR.AggregateException, innerExceptions) { }
    public AggregateException(params Exception[] innerExceptions) : this(SR.AggregateException, innerExceptions) { }
    public AggregateException(string? message, IEnumerable<Exception> innerExceptions) : this(message, ToArray(innerExceptions), false) { }
    public AggregateException(string? message, params Exception[] innerExceptions) : this(message, CheckNull(innerExceptions), true) { }

    internal AggregateException(string? message, Exception[] innerExceptions, bool cloneExceptions)
        : base(message, innerExceptions.Length > 0 ? innerExceptions[0] : null)
    {
        Exception[] list = cloneExceptions ? new Exception[innerExceptions.Length] : innerExceptions;
        for (int i = 0; i < list.Length; i++)
        {
            Exception e = innerExceptions[i];
            if (e == null) throw new ArgumentException(SR.Argument_InnerNull);
            list[i] = e;
        }
        _innerExceptions = list;
    }

    internal AggregateException(List<ExceptionDispatchInfo> innerExceptionInfos) : this(SR.AggregateException, ToArray(innerExceptionInfos), false) { }

    private static Exception[] CheckNull(Exception[] innerExceptions)
    {
        ArgumentNullException.ThrowIfNull(innerExceptions, "innerExceptions");
        return innerExceptions;
    }

    private static Exception[] ToArray(IEnumerable<Exception> innerExceptions)
    {
        ArgumentNullException.ThrowIfNull(innerExceptions, "innerExceptions");
        return new List<Exception>(innerExceptions).ToArray();
    }

    private static Exception[] ToArray(List<ExceptionDispatchInfo> infos)
    {
        Exception[] result = new Exception[infos.Count];
        for (int i = 0; i < result.Length; i++) result[i] = infos[i].SourceException;
        return result;
    }

    public ReadOnlyCollection<Exception> InnerExceptions => _rocView ??= new ReadOnlyCollection<Exception>(_innerExceptions);
    internal int InnerExceptionCount => _innerExceptions.Length;
    internal Exception[] InternalInnerExceptions => _innerExceptions;

    public override Exception GetBaseException()
    {
        Exception result = this;
        while (result is AggregateException a && a._innerExceptions.Length == 1) result = a._innerExceptions[0];
        return result;
    }

    public void Handle(Func<Exception, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate, "predicate");
        List<Exception>? left = null;
        for (int i = 0; i < _innerExceptions.Length; i++)
        {
            if (predicate(_innerExceptions[i])) continue;
            left ??= new List<Exception>();
            left.Add(_innerExceptions[i]);
        }
        if (left != null) throw new AggregateException(Message, left.ToArray(), false);
    }

    public AggregateException Flatten()
    {
        List<Exception> flat = new List<Exception>();
        List<AggregateException> todo = new List<AggregateException>();
        todo.Add(this);
        for (int at = 0; at < todo.Count; at++)
        {
            Exception[] inner = todo[at]._innerExceptions;
            for (int i = 0; i < inner.Length; i++)
            {
                if (inner[i] == null) continue;
                if (inner[i] is AggregateException a) todo.Add(a);
                else flat.Add(inner[i]);
            }
        }
        return new AggregateException(GetType() == typeof(AggregateException) ? base.Message : Message, flat.ToArray(), false);
    }

    public override string Message
    {
        get
        {
            string text = base.Message;
            for (int i = 0; i < _innerExceptions.Length; i++) text = string.Concat(text, " (", _innerExceptions[i].Message, ")");
            return text;
        }
    }

    public override string ToString()
    {
        string text = base.ToString();
        for (int i = 0; i < _innerExceptions.Length; i++)
        {
            if (_innerExceptions[i] == InnerException) continue;
            text = string.Concat(string.Concat(text, "\n ---> (Inner Exception #", i.ToString(), ") "), _innerExceptions[i].ToString(), "<---\n");
        }
        return text;
    }
}

public class SystemException : Exception
{
    public SystemException() : base(SR.SystemException) { HResult = HResults.SystemException; }
    public SystemException(string? message) : base(message ?? SR.SystemException) { HResult = HResults.SystemException; }
    public SystemException(string? message, Exception? innerException) : base(message ?? SR.SystemException, innerException) { HResult = HResults.SystemException; }
}

public class ApplicationException : Exception
{
    public ApplicationException() : base(SR.ApplicationException) { HResult = HResults.ApplicationException; }
    public ApplicationException(string? message) : base(message ?? SR.ApplicationException) { HResult = HResults.ApplicationException; }
    public ApplicationException(string? message, Exception? innerException) : base(message ?? SR.ApplicationException, innerException) { HResult = HResults.ApplicationException; }
}

public class InvalidOperationException : SystemException
{
    public InvalidOperationException() : base(SR.InvalidOperationException) { HResult = HResults.InvalidOperationException; }
    public InvalidOperationException(string? message) : base(message ?? SR.InvalidOperationException) { HResult = HResults.InvalidOperationException; }
    public InvalidOperationException(string? message, Exception? innerException) : base(message ?? SR.InvalidOperationException, innerException) { HResult = HResults.InvalidOperationException; }
}

public class NotSupportedException : SystemException
{
    public NotSupportedException() : base(SR.NotSupportedException) { HResult = HResults.NotSupportedException; }
    public NotSupportedException(string? message) : base(message ?? SR.NotSupportedException) { HResult = HResults.NotSupportedException; }
    public NotSupportedException(string? message, Exception? innerException) : base(message ?? SR.NotSupportedException, innerException) { HResult = HResults.NotSupportedException; }
}

public class PlatformNotSupportedException : NotSupportedException
{
    public PlatformNotSupportedException() : base(SR.PlatformNotSupportedException) { HResult = HResults.PlatformNotSupportedException; }
    public PlatformNotSupportedException(string? message) : base(message ?? SR.PlatformNotSupportedException) { HResult = HResults.PlatformNotSupportedException; }
    public PlatformNotSupportedException(string? message, Exception? innerException) : base(message ?? SR.PlatformNotSupportedException, innerException) { HResult = HResults.PlatformNotSupportedException; }
}

public class NotImplementedException : SystemException
{
    public NotImplementedException() : base(SR.NotImplementedException) { HResult = HResults.NotImplementedException; }
    public NotImplementedException(string? message) : base(message ?? SR.NotImplementedException) { HResult = HResults.NotImplementedException; }
    public NotImplementedException(string? message, Exception? innerException) : base(message ?? SR.NotImplementedException, innerException) { HResult = HResults.NotImplementedException; }
}

public class NullReferenceException : SystemException
{
    public NullReferenceException() : base(SR.NullReferenceException) { HResult = HResults.NullReferenceException; }
    public NullReferenceException(string? message) : base(message ?? SR.NullReferenceException) { HResult = HResults.NullReferenceException; }
    public NullReferenceException(string? message, Exception? innerException) : base(message ?? SR.NullReferenceException, innerException) { HResult = HResults.NullReferenceException; }
}

public class IndexOutOfRangeException : SystemException
{
    public IndexOutOfRangeException() : base(SR.IndexOutOfRangeException) { HResult = HResults.IndexOutOfRangeException; }
    public IndexOutOfRangeException(string? message) : base(message ?? SR.IndexOutOfRangeException) { HResult = HResults.IndexOutOfRangeException; }
    public IndexOutOfRangeException(string? message, Exception? innerException) : base(message ?? SR.IndexOutOfRangeException, innerException) { HResult = HResults.IndexOutOfRangeException; }
}

public class InvalidCastException : SystemException
{
    public InvalidCastException() : base(SR.InvalidCastException) { HResult = HResults.InvalidCastException; }
    public InvalidCastException(string? message) : base(message ?? SR.InvalidCastException) { HResult = HResults.InvalidCastException; }
    public InvalidCastException(string? message, Exception? innerException) : base(message ?? SR.InvalidCastException, innerException) { HResult = HResults.InvalidCastException; }
}

public class ArithmeticException : SystemException
{
    public ArithmeticException() : base(SR.ArithmeticException) { HResult = HResults.ArithmeticException; }
    public ArithmeticException(string? message) : base(message ?? SR.ArithmeticException) { HResult = HResults.ArithmeticException; }
    public ArithmeticException(string? message, Exception? innerException) : base(message ?? SR.ArithmeticException, innerException) { HResult = HResults.ArithmeticException; }
}

public class DivideByZeroException : ArithmeticException
{
    public DivideByZeroException() : base(SR.DivideByZeroException) { HResult = HResults.DivideByZeroException; }
    public DivideByZeroException(string? message) : base(message ?? SR.DivideByZeroException) { HResult = HResults.DivideByZeroException; }
    public DivideByZeroException(string? message, Exception? innerException) : base(message ?? SR.DivideByZeroException, innerException) { HResult = HResults.DivideByZeroException; }
}

public class OverflowException : ArithmeticException
{
    public OverflowException() : base(SR.OverflowException) { HResult = HResults.OverflowException; }
    public OverflowException(string? message) : base(message ?? SR.OverflowException) { HResult = HResults.OverflowException; }
    public OverflowException(string? message, Exception? innerException) : base(message ?? SR.OverflowException, innerException) { HResult = HResults.OverflowException; }
}

public class OutOfMemoryException : SystemException
{
    public OutOfMemoryException() : base(SR.OutOfMemoryException) { HResult = HResults.OutOfMemoryException; }
    public OutOfMemoryException(string? message) : base(message ?? SR.OutOfMemoryException) { HResult = HResults.OutOfMemoryException; }
    public OutOfMemoryException(string? message, Exception? innerException) : base(message ?? SR.OutOfMemoryException, innerException) { HResult = HResults.OutOfMemoryException; }
}

public sealed class StackOverflowException : SystemException
{
    public StackOverflowException() : base(SR.StackOverflowException) { HResult = HResults.StackOverflowException; }
    public StackOverflowException(string? message) : base(message ?? SR.StackOverflowException) { HResult = HResults.StackOverflowException; }
    public StackOverflowException(string? message, Exception? innerException) : base(message ?? SR.StackOverflowException, innerException) { HResult = HResults.StackOverflowException; }
}

public sealed class InsufficientExecutionStackException : SystemException
{
    public InsufficientExecutionStackException() : base(SR.InsufficientExecutionStackException) { HResult = HResults.InsufficientExecutionStackException; }
    public InsufficientExecutionStackException(string? message) : base(message ?? SR.InsufficientExecutionStackException) { HResult = HResults.InsufficientExecutionStackException; }
    public InsufficientExecutionStackException(string? message, Exception? innerException) : base(message ?? SR.InsufficientExecutionStackException, innerException) { HResult = HResults.InsufficientExecutionStackException; }
}

public class FormatException : SystemException
{
    public FormatException() : base(SR.FormatException) { HResult = HResults.FormatException; }
    public FormatException(string? message) : base(message ?? SR.FormatException) { HResult = HResults.FormatException; }
    public FormatException(string? message, Exception? innerException) : base(message ?? SR.FormatException, innerException) { HResult = HResults.FormatException; }
}

public class TimeoutException : SystemException
{
    public TimeoutException() : base(SR.TimeoutException) { HResult = HResults.TimeoutException; }
    public TimeoutException(string? message) : base(message ?? SR.TimeoutException) { HResult = HResults.TimeoutException; }
    public TimeoutException(string? message, Exception? innerException) : base(message ?? SR.TimeoutException, innerException) { HResult = HResults.TimeoutException; }
}

public class RankException : SystemException
{
    public RankException() : base(SR.RankException) { HResult = HResults.RankException; }
    public RankException(string? message) : base(message ?? SR.RankException) { HResult = HResults.RankException; }
    public RankException(string? message, Exception? innerException) : base(message ?? SR.RankException, innerException) { HResult = HResults.RankException; }
}

public class ArrayTypeMismatchException : SystemException
{
    public ArrayTypeMismatchException() : base(SR.ArrayTypeMismatchException) { HResult = HResults.ArrayTypeMismatchException; }
    public ArrayTypeMismatchException(string? message) : base(message ?? SR.ArrayTypeMismatchException) { HResult = HResults.ArrayTypeMismatchException; }
    public ArrayTypeMismatchException(string? message, Exception? innerException) : base(message ?? SR.ArrayTypeMismatchException, innerException) { HResult = HResults.ArrayTypeMismatchException; }
}

public class AccessViolationException : SystemException
{
    public AccessViolationException() : base(SR.AccessViolationException) { HResult = HResults.AccessViolationException; }
    public AccessViolationException(string? message) : base(message ?? SR.AccessViolationException) { HResult = HResults.AccessViolationException; }
    public AccessViolationException(string? message, Exception? innerException) : base(message ?? SR.AccessViolationException, innerException) { HResult = HResults.AccessViolationException; }
}

public sealed class InvalidProgramException : SystemException
{
    public InvalidProgramException() : base(SR.InvalidProgramException) { HResult = HResults.InvalidProgramException; }
    public InvalidProgramException(string? message) : base(message ?? SR.InvalidProgramException) { HResult = HResults.InvalidProgramException; }
    public InvalidProgramException(string? message, Exception? innerException) : base(message ?? SR.InvalidProgramException, innerException) { HResult = HResults.InvalidProgramException; }
}

public class UnauthorizedAccessException : SystemException
{
    public UnauthorizedAccessException() : base(SR.UnauthorizedAccessException) { HResult = HResults.UnauthorizedAccessException; }
    public UnauthorizedAccessException(string? message) : base(message ?? SR.UnauthorizedAccessException) { HResult = HResults.UnauthorizedAccessException; }
    public UnauthorizedAccessException(string? message, Exception? innerException) : base(message ?? SR.UnauthorizedAccessException, innerException) { HResult = HResults.UnauthorizedAccessException; }
}

public sealed class MulticastNotSupportedException : SystemException
{
    public MulticastNotSupportedException() : base(SR.MulticastNotSupportedException) { HResult = HResults.MulticastNotSupportedException; }
    public MulticastNotSupportedException(string? message) : base(message ?? SR.MulticastNotSupportedException) { HResult = HResults.MulticastNotSupportedException; }
    public MulticastNotSupportedException(string? message, Exception? innerException) : base(message ?? SR.MulticastNotSupportedException, innerException) { HResult = HResults.MulticastNotSupportedException; }
}

public class TypeLoadException : SystemException
{
    public TypeLoadException() : base(SR.TypeLoadException) { HResult = HResults.TypeLoadException; }
    public TypeLoadException(string? message) : base(message ?? SR.TypeLoadException) { HResult = HResults.TypeLoadException; }
    public TypeLoadException(string? message, Exception? innerException) : base(message ?? SR.TypeLoadException, innerException) { HResult = HResults.TypeLoadException; }
}

public class MemberAccessException : SystemException
{
    public MemberAccessException() : base(SR.MemberAccessException) { HResult = HResults.MemberAccessException; }
    public MemberAccessException(string? message) : base(message ?? SR.MemberAccessException) { HResult = HResults.MemberAccessException; }
    public MemberAccessException(string? message, Exception? innerException) : base(message ?? SR.MemberAccessException, innerException) { HResult = HResults.MemberAccessException; }
}

public class MissingMemberException : MemberAccessException
{
    public MissingMemberException() : base(SR.MissingMemberException) { HResult = HResults.MissingMemberException; }
    public MissingMemberException(string? message) : base(message ?? SR.MissingMemberException) { HResult = HResults.MissingMemberException; }
    public MissingMemberException(string? message, Exception? innerException) : base(message ?? SR.MissingMemberException, innerException) { HResult = HResults.MissingMemberException; }
}

public class MissingMethodException : MissingMemberException
{
    public MissingMethodException() : base(SR.MissingMethodException) { HResult = HResults.MissingMethodException; }
    public MissingMethodException(string? message) : base(message ?? SR.MissingMethodException) { HResult = HResults.MissingMethodException; }
    public MissingMethodException(string? message, Exception? innerException) : base(message ?? SR.MissingMethodException, innerException) { HResult = HResults.MissingMethodException; }
}

public class MissingFieldException : MissingMemberException
{
    public MissingFieldException() : base(SR.MissingFieldException) { HResult = HResults.MissingFieldException; }
    public MissingFieldException(string? message) : base(message ?? SR.MissingFieldException) { HResult = HResults.MissingFieldException; }
    public MissingFieldException(string? message, Exception? innerException) : base(message ?? SR.MissingFieldException, innerException) { HResult = HResults.MissingFieldException; }
}
