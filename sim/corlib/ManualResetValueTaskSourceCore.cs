// ManualResetValueTaskSourceCore<TResult> as in .NET 8 to 10 (section 2 of the semantics): the order of effects is the point.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Watch;

namespace System.Threading.Tasks.Sources;

public struct ManualResetValueTaskSourceCore<TResult>
{
    private Action<object?>? _continuation;     // null, the registered continuation, or the sentinel of "completed first"
    private object? _continuationState;
    private object? _capturedContext;           // null, ExecutionContext, SynchronizationContext/TaskScheduler, or the pair
    private ExceptionDispatchInfo? _error;
    private TResult? _result;
    private short _version;
    private bool _completed;
    private bool _runContinuationsAsynchronously;

    public bool RunContinuationsAsynchronously
    {
        get => _runContinuationsAsynchronously;
        set => _runContinuationsAsynchronously = value;
    }

    public short Version => _version;

    /// Starts the next operation. Nothing is checked: an awaiter still registered is forgotten.
    public void Reset()
    {
        if (_continuation != null && !_completed)
            Protocol.RaiseWatched(ProtocolEvent.CoreResetWhileAwaited, _continuation, _continuationState, _version);
        _version++;
        _continuation = null;
        _continuationState = null;
        _capturedContext = null;
        _error = null;
        _result = default(TResult);
        _completed = false;
        Protocol.RaiseWatched(ProtocolEvent.CoreReset, null, null, _version);
    }

    /// The result is stored before anything is checked.
    public void SetResult(TResult result)
    {
        Protocol.Raise(ProtocolEvent.CoreSetResult, null, null, _version);
        _result = result;
        SignalCompletion();
    }

    public void SetException(Exception error)
    {
        Protocol.Raise(ProtocolEvent.CoreSetException, error, null, _version);
        _error = ExceptionDispatchInfo.Capture(error);
        SignalCompletion();
    }

    public ValueTaskSourceStatus GetStatus(short token)
    {
        ValidateToken(token);
        if (_continuation == null || !_completed)
            return ValueTaskSourceStatus.Pending;
        if (_error == null)
            return ValueTaskSourceStatus.Succeeded;
        return _error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    [Framed]
    public TResult GetResult(short token)
    {
        if (token != _version || !_completed || _error != null)
            ThrowForFailedGetResult(token);
        Protocol.Raise(ProtocolEvent.CoreGetResult, null, null, token);
        return _result!;
    }

    /// A stored error wins over a stale token.
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowForFailedGetResult(short token)
    {
        if (token != _version || !_completed)
            Protocol.RaiseWatched(ProtocolEvent.CoreGetResultRefused, null, null, token);
        else
            Protocol.Raise(ProtocolEvent.CoreGetResult, null, null, token);
        if (_error != null)
            _error.Throw();
        throw new InvalidOperationException();
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (continuation == null)
            TaskThrow.Null("continuation");
        ValidateToken(token);

        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            _capturedContext = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
        {
            object? scheduler = (object?)SynchronizationContext.CurrentCustom ?? TaskScheduler.CurrentCustom;
            if (scheduler != null)
            {
                // A second registration finds the first one's context here: the cast is what fails then.
                _capturedContext = _capturedContext == null ? scheduler
                    : new CapturedSchedulerAndExecutionContext(scheduler, (ExecutionContext)_capturedContext);
            }
        }

        object? there = _continuation;
        if (there == null)
        {
            _continuationState = state;
            Protocol.Raise(ProtocolEvent.CoreOnCompleted, continuation, state, token);
            there = Interlocked.CompareExchange(ref _continuation, continuation, null);
            if (there == null)
                return;
        }
        if (there != (object)ManualResetValueTaskSourceCoreShared.s_sentinel)
        {
            Protocol.RaiseWatched(ProtocolEvent.CoreSecondContinuation, continuation, state, token);
            TaskThrow.InvalidOperation();
        }
        Protocol.Raise(ProtocolEvent.CoreAlreadyCompleted, continuation, state, token);
        ManualResetValueTaskSourceCoreShared.ScheduleLate(_capturedContext, continuation!, state);
    }

    private void ValidateToken(short token)
    {
        if (token != _version)
        {
            Protocol.RaiseWatched(ProtocolEvent.CoreTokenRefused, null, null, token);
            TaskThrow.InvalidOperation();
        }
        Protocol.Raise(ProtocolEvent.CoreTokenAccepted, null, null, token);
    }

    private void SignalCompletion()
    {
        if (_completed)
        {
            Protocol.RaiseWatched(ProtocolEvent.CoreCompletedTwice, null, null, _version);
            TaskThrow.InvalidOperation();
        }
        _completed = true;
        Protocol.RaiseWatched(ProtocolEvent.CoreCompleted, null, null, _version);

        Action<object?>? continuation = _continuation;
        if (continuation == null)
        {
            continuation = Interlocked.CompareExchange(ref _continuation, ManualResetValueTaskSourceCoreShared.s_sentinel, null);
            if (continuation == null)
                return;
        }
        // Locals only from here: the continuation may call Reset.
        object? state = _continuationState;
        if (_capturedContext != null)
        {
            ManualResetValueTaskSourceCoreShared.InvokeInContext(_capturedContext, continuation, state, _runContinuationsAsynchronously);
        }
        else if (_runContinuationsAsynchronously)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, null, ManualResetValueTaskSourceCoreShared.Shown(continuation, state), 0);
            ThreadPool.UnsafeQueueUserWorkItem<object?>(continuation, state, true);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, null, ManualResetValueTaskSourceCoreShared.Shown(continuation, state), 0);
            continuation(state);
        }
    }
}

/// What does not depend on the result type.
internal static class ManualResetValueTaskSourceCoreShared
{
    /// Stands in _continuation when completion came first. Never legitimately called.
    internal static readonly Action<object?> s_sentinel = state => TaskThrow.InvalidOperation();

    /// For events: an await registers (shared delegate, box), and the box is what a reader wants to see.
    internal static object? Shown(Action<object?> continuation, object? state) => state as IAsyncStateMachineBox ?? (object)continuation;

    internal static void InvokeInContext(object context, Action<object?> continuation, object? state, bool asynchronously)
    {
        ExecutionContext? flowed = context as ExecutionContext;
        object? scheduler = flowed == null ? context : null;
        CapturedSchedulerAndExecutionContext? pair = context as CapturedSchedulerAndExecutionContext;
        if (pair != null)
        {
            flowed = pair._executionContext;
            scheduler = pair._scheduler;
        }
        if (flowed == null)
        {
            Schedule(scheduler, continuation, state, asynchronously);
            return;
        }
        Thread thread = Thread.CurrentThread;
        ExecutionContext? previous = thread._executionContext;
        SynchronizationContext? previousSc = thread._synchronizationContext;
        ExecutionContext.Restore(thread, flowed);
        try
        {
            Schedule(scheduler, continuation, state, asynchronously);
        }
        finally
        {
            thread._synchronizationContext = previousSc;
            ExecutionContext.Restore(thread, previous);
        }
    }

    private static void Schedule(object? scheduler, Action<object?> continuation, object? state, bool asynchronously)
    {
        if (scheduler != null)
        {
            Post(scheduler, continuation, state);
        }
        else if (asynchronously)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, null, Shown(continuation, state), 0);
            ThreadPool.QueueUserWorkItem<object?>(continuation, state, true);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, null, Shown(continuation, state), 0);
            continuation(state);
        }
    }

    private static void Post(object scheduler, Action<object?> continuation, object? state)
    {
        SynchronizationContext? sc = scheduler as SynchronizationContext;
        if (sc != null)
        {
            Protocol.Raise(ProtocolEvent.ContinuationPosted, null, Shown(continuation, state), 0);
            Protocol.Raise(ProtocolEvent.ContextPost, sc, state, 0);
            sc.Post(new SendOrPostCallback(continuation.Invoke), state);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationScheduled, null, Shown(continuation, state), 0);
        Task.Factory.StartNew(continuation, state, default(CancellationToken), TaskCreationOptions.DenyChildAttach, (TaskScheduler)scheduler);
    }

    /// Registered after completion: never inline.
    internal static void ScheduleLate(object? context, Action<object?> continuation, object? state)
    {
        ExecutionContext? flowed = context as ExecutionContext;
        if (context == null)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, null, Shown(continuation, state), 0);
            ThreadPool.UnsafeQueueUserWorkItem<object?>(continuation, state, true);
        }
        else if (flowed != null)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, null, Shown(continuation, state), 0);
            ThreadPool.QueueUserWorkItem<object?>(continuation, state, true);
        }
        else
        {
            CapturedSchedulerAndExecutionContext? pair = context as CapturedSchedulerAndExecutionContext;
            Post(pair == null ? context : pair._scheduler, continuation, state);
        }
    }
}

internal sealed class CapturedSchedulerAndExecutionContext
{
    internal readonly object _scheduler;
    internal readonly ExecutionContext _executionContext;

    internal CapturedSchedulerAndExecutionContext(object scheduler, ExecutionContext executionContext)
    {
        _scheduler = scheduler;
        _executionContext = executionContext;
    }
}
