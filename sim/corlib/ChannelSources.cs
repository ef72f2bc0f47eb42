// The awaitable operations of channels: pooled or not, single use per token (messages in section 3.7 of the semantics).
using System.Runtime.ExceptionServices;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Threading.Channels;

/// Padded so that a pending write takes the 104 B it takes in .NET.
internal struct VoidResult { private long _padding; }

/// AsyncOperation: what does not depend on the result. `_currentId` grows at every GetResult, pooled or not.
internal abstract class AsyncOperation : IThreadPoolWorkItem
{
    internal static readonly Action<object?> s_availableSentinel = state => TaskThrow.InvalidOperation();
    internal static readonly Action<object?> s_completedSentinel = state => TaskThrow.InvalidOperation();
    private static readonly SendOrPostCallback s_postCompletion = state => ((AsyncOperation)state!).SetCompletionAndInvokeContinuation();
    private static readonly Action<object?> s_startCompletion = state => ((AsyncOperation)state!).SetCompletionAndInvokeContinuation();
    private static readonly ContextCallback s_runCompletion = state => ((AsyncOperation)state!).SetCompletionAndInvokeContinuation();

    private readonly CancellationTokenRegistration _cancellationRegistration;
    private readonly bool _pooled;
    private bool _completionReserved;
    protected ExceptionDispatchInfo? _error;
    private Action<object?>? _continuation;     // null, a continuation, or one of the sentinels
    private object? _continuationState;
    private object? _capturedContext;
    private short _currentId;
    private readonly bool _runContinuationsAsynchronously;

    protected AsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
    {
        _continuation = pooled ? s_availableSentinel : null;
        _pooled = pooled;
        _runContinuationsAsynchronously = runContinuationsAsynchronously;
        if (cancellationCallback != null)
            _cancellationRegistration = cancellationToken.UnsafeRegister(cancellationCallback, this);
    }

    internal short CurrentId => _currentId;
    protected bool IsCompleted => (object?)_continuation == (object)s_completedSentinel;

    public ValueTaskSourceStatus GetStatus(short token)
    {
        CheckToken(token);
        if (!IsCompleted)
            return ValueTaskSourceStatus.Pending;
        if (_error == null)
            return ValueTaskSourceStatus.Succeeded;
        return _error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    private void CheckToken(short token)
    {
        if (_currentId != token)
        {
            Protocol.RaiseWatched(ProtocolEvent.CoreTokenRefused, this, null, token);
            throw new InvalidOperationException("The result of the operation was already consumed and may not be used again.");
        }
        Protocol.Raise(ProtocolEvent.CoreTokenAccepted, this, null, token);
    }

    /// Checks, then gives the operation up: a pooled one is free for the next caller. Returns the error to throw.
    protected ExceptionDispatchInfo? Consume(short token)
    {
        CheckToken(token);
        if (!IsCompleted)
        {
            Protocol.RaiseWatched(ProtocolEvent.CoreGetResultRefused, this, null, token);
            throw new InvalidOperationException("The asynchronous operation has not completed.");
        }
        Protocol.Raise(ProtocolEvent.CoreGetResult, this, null, token);
        ExceptionDispatchInfo? error = _error;
        _currentId++;
        if (_pooled)
            _continuation = s_availableSentinel;
        return error;
    }

    /// For a pooled operation: takes it if it is free.
    protected bool TryOwn()
    {
        if ((object?)Interlocked.CompareExchange(ref _continuation, null, s_availableSentinel) != (object)s_availableSentinel)
            return false;
        _continuationState = null;
        _error = null;
        _capturedContext = null;
        return true;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        if (_continuationState != null)
            ThrowMultiple(continuation, state, token);
        _continuationState = state;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            _capturedContext = ExecutionContext.Capture();
        object? scheduler = null;
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
        {
            scheduler = (object?)SynchronizationContext.CurrentCustom ?? TaskScheduler.CurrentCustom;
            if (scheduler != null)
                _capturedContext = _capturedContext == null ? scheduler : new CapturedSchedulerAndExecutionContext(scheduler, (ExecutionContext)_capturedContext);
        }
        Protocol.Raise(ProtocolEvent.CoreOnCompleted, continuation, state, token);
        Action<object?>? there = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (there == null)
            return;
        if ((object)there != (object)s_completedSentinel)
            ThrowMultiple(continuation, state, token);
        Protocol.Raise(ProtocolEvent.CoreAlreadyCompleted, continuation, state, token);
        ManualResetValueTaskSourceCoreShared.ScheduleLate(_capturedContext, continuation, state);
    }

    private static void ThrowMultiple(Action<object?> continuation, object? state, short token)
    {
        Protocol.RaiseWatched(ProtocolEvent.CoreSecondContinuation, continuation, state, token);
        throw new InvalidOperationException("Another continuation was already registered.");
    }

    /// Only an operation with a token can be completed by two sides.
    internal bool TryReserveCompletionIfCancelable()
    {
        if (!_cancellationRegistration.Token.CanBeCanceled)
            return true;
        Gate.Enter();
        bool won = !_completionReserved;
        _completionReserved = true;
        Gate.Exit();
        return won;
    }

    internal bool TrySetException(Exception exception)
    {
        if (!TryReserveCompletionIfCancelable())
            return false;
        _error = ExceptionDispatchInfo.Capture(exception);
        SignalCompletion();
        return true;
    }

    internal bool TrySetCanceled(CancellationToken cancellationToken)
    {
        if (!TryReserveCompletionIfCancelable())
            return false;
        _error = ExceptionDispatchInfo.Capture(new OperationCanceledException(cancellationToken));
        SignalCompletion();
        return true;
    }

    protected void SignalCompletion()
    {
        _cancellationRegistration.Unregister();
        Protocol.RaiseWatched(ProtocolEvent.CoreCompleted, this, null, _currentId);
        if (_continuation == null && Interlocked.CompareExchange(ref _continuation, s_completedSentinel, null) == null)
            return;
        object? context = _capturedContext;
        CapturedSchedulerAndExecutionContext? pair = context as CapturedSchedulerAndExecutionContext;
        object? scheduler = pair != null ? pair._scheduler : context as ExecutionContext != null ? null : context;
        if (scheduler is SynchronizationContext sc)
        {
            if (_runContinuationsAsynchronously || sc != SynchronizationContext.Current)
            {
                Protocol.Raise(ProtocolEvent.ContinuationPosted, this, _continuationState, 0);
                sc.Post(s_postCompletion, this);
                return;
            }
        }
        else if (scheduler is TaskScheduler ts)
        {
            if (_runContinuationsAsynchronously || ts != TaskScheduler.Current)
            {
                Protocol.Raise(ProtocolEvent.ContinuationScheduled, this, _continuationState, 0);
                Task.Factory.StartNew(s_startCompletion, this, default(CancellationToken), TaskCreationOptions.DenyChildAttach, ts);
                return;
            }
        }
        else if (_runContinuationsAsynchronously)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, this, _continuationState, 0);
            ThreadPool.UnsafeQueueUserWorkItemInternal(this, false);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationInline, this, _continuationState, 0);
        RunCompletion();
    }

    void IThreadPoolWorkItem.Execute() => RunCompletion();

    private void RunCompletion()
    {
        CapturedSchedulerAndExecutionContext? pair = _capturedContext as CapturedSchedulerAndExecutionContext;
        ExecutionContext? flowed = pair != null ? pair._executionContext : _capturedContext as ExecutionContext;
        if (flowed == null)
            SetCompletionAndInvokeContinuation();
        else
            ExecutionContext.RunInternal(flowed, s_runCompletion, this);
    }

    private void SetCompletionAndInvokeContinuation()
    {
        Action<object?> continuation = _continuation!;
        _continuation = s_completedSentinel;
        continuation(_continuationState);
    }
}

internal abstract class AsyncOperation<TSelf> : AsyncOperation where TSelf : AsyncOperation<TSelf>
{
    internal TSelf? Next;
    internal TSelf? Previous;

    protected AsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }

    // Rings: the head's Previous is the newest.

    internal static void Enqueue(ref TSelf? head, TSelf op)
    {
        TSelf? first = head;
        if (first == null)
        {
            op.Next = op;
            op.Previous = op;
            head = op;
            return;
        }
        TSelf last = first.Previous!;
        op.Next = first;
        op.Previous = last;
        last.Next = op;
        first.Previous = op;
    }

    internal static void Remove(ref TSelf? head, TSelf op)
    {
        if (op.Next == null)
            return;                             // not in a ring
        if (op.Next == op)
        {
            head = null;
        }
        else
        {
            op.Previous!.Next = op.Next;
            op.Next.Previous = op.Previous;
            if (head == op)
                head = op.Next;
        }
        op.Next = null;
        op.Previous = null;
    }

    /// The oldest one that its token has not completed already; its completion is reserved.
    internal static TSelf? DequeueReserved(ref TSelf? head)
    {
        while (head != null)
        {
            TSelf op = head;
            Remove(ref head, op);
            if (op.TryReserveCompletionIfCancelable())
                return op;
        }
        return null;
    }

    /// Takes the whole ring off as a chain linked by Next, without those that cannot be completed any more.
    internal static TSelf? TakeAll(ref TSelf? head)
    {
        TSelf? chain = null, tail = null, op;
        while ((op = DequeueReserved(ref head)) != null)
        {
            if (tail == null)
                chain = op;
            else
                tail.Next = op;
            tail = op;
        }
        return chain;
    }
}

internal abstract class AsyncOperation<TSelf, TResult> : AsyncOperation<TSelf>, IValueTaskSource, IValueTaskSource<TResult> where TSelf : AsyncOperation<TSelf>
{
    private TResult? _result;

    protected AsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }

    internal ValueTask ValueTask => new ValueTask(this, CurrentId);
    internal ValueTask<TResult> ValueTaskOfT => new ValueTask<TResult>(this, CurrentId);

    internal bool TryOwnAndReset()
    {
        if (!TryOwn())
            return false;
        _result = default(TResult);
        return true;
    }

    public TResult GetResult(short token)
    {
        TResult result = _result!;
        ExceptionDispatchInfo? error = Consume(token);
        if (error != null)
            error.Throw();
        return result;
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// After its completion has been reserved.
    internal void DangerousSetResult(TResult result)
    {
        _result = result;
        SignalCompletion();
    }

    internal void DangerousSetException(Exception error)
    {
        _error = ExceptionDispatchInfo.Capture(error);
        SignalCompletion();
    }
}

internal sealed class BlockedReadAsyncOperation<TResult> : AsyncOperation<BlockedReadAsyncOperation<TResult>, TResult>
{
    internal BlockedReadAsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }
}

internal sealed class BlockedWriteAsyncOperation<T> : AsyncOperation<BlockedWriteAsyncOperation<T>, VoidResult>
{
    internal T? Item;

    internal BlockedWriteAsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }
}

internal sealed class WaitingReadAsyncOperation : AsyncOperation<WaitingReadAsyncOperation, bool>
{
    internal WaitingReadAsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }
}

internal sealed class WaitingWriteAsyncOperation : AsyncOperation<WaitingWriteAsyncOperation, bool>
{
    internal WaitingWriteAsyncOperation(bool runContinuationsAsynchronously, CancellationToken cancellationToken, bool pooled, Action<object?, CancellationToken>? cancellationCallback)
        : base(runContinuationsAsynchronously, cancellationToken, pooled, cancellationCallback) { }
}
