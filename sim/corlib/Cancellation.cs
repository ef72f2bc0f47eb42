// CancellationToken, its source, linked sources, registrations.
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Watch;

namespace System.Threading;

public readonly struct CancellationToken : IEquatable<CancellationToken>
{
    private readonly CancellationTokenSource? _source;

    private static readonly Action<object?> s_invokeAction = state => ((Action)state!)();

    internal CancellationToken(CancellationTokenSource? source) { _source = source; }
    public CancellationToken(bool canceled) { _source = canceled ? CancellationTokenSource.s_canceledSource : null; }

    public static CancellationToken None => default(CancellationToken);
    public bool IsCancellationRequested => _source != null && _source.IsCancellationRequested;
    public bool CanBeCanceled => _source != null;
    public WaitHandle WaitHandle => (_source ?? CancellationTokenSource.s_neverCanceledSource).WaitHandle;

    public CancellationTokenRegistration Register(Action callback) => Register(callback, false);

    public CancellationTokenRegistration Register(Action callback, bool useSynchronizationContext)
    {
        if (callback == null)
            TaskThrow.Null("callback");
        return Register(s_invokeAction, callback, useSynchronizationContext, true);
    }

    public CancellationTokenRegistration Register(Action<object?> callback, object? state) => Register(callback, state, false, true);
    public CancellationTokenRegistration Register(Action<object?, CancellationToken> callback, object? state) => Register(callback, state, false, true);
    public CancellationTokenRegistration Register(Action<object?> callback, object? state, bool useSynchronizationContext) => Register(callback, state, useSynchronizationContext, true);
    public CancellationTokenRegistration UnsafeRegister(Action<object?> callback, object? state) => Register(callback, state, false, false);
    public CancellationTokenRegistration UnsafeRegister(Action<object?, CancellationToken> callback, object? state) => Register(callback, state, false, false);

    private CancellationTokenRegistration Register(Delegate callback, object? state, bool useSynchronizationContext, bool useExecutionContext)
    {
        if (callback == null)
            TaskThrow.Null("callback");
        CancellationTokenSource? source = _source;
        return source == null ? default(CancellationTokenRegistration) : source.Register(callback!, state,
            useSynchronizationContext ? SynchronizationContext.Current : null, useExecutionContext ? ExecutionContext.Capture() : null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ThrowIfCancellationRequested()
    {
        if (IsCancellationRequested)
            ThrowOperationCanceledException();
    }

    private void ThrowOperationCanceledException() => throw new OperationCanceledException(this);

    public bool Equals(CancellationToken other) => _source == other._source;
    public override bool Equals(object? other) => other is CancellationToken t && Equals(t);
    public override int GetHashCode() => (_source ?? CancellationTokenSource.s_neverCanceledSource).GetHashCode();
    public static bool operator ==(CancellationToken left, CancellationToken right) => left.Equals(right);
    public static bool operator !=(CancellationToken left, CancellationToken right) => !left.Equals(right);
}

public readonly struct CancellationTokenRegistration : IEquatable<CancellationTokenRegistration>, IDisposable, IAsyncDisposable
{
    private readonly long _id;
    private readonly CancellationTokenSource.CallbackNode? _node;

    internal CancellationTokenRegistration(long id, CancellationTokenSource.CallbackNode node)
    {
        _id = id;
        _node = node;
    }

    public CancellationToken Token => _node == null ? default(CancellationToken) : new CancellationToken(_node.Registrations.Source);

    /// Waits when the callback is running on another thread.
    public void Dispose()
    {
        CancellationTokenSource.CallbackNode? node = _node;
        if (node != null && !node.Registrations.Unregister(_id, node))
            node.Registrations.WaitForCallbackToComplete(_id);
    }

    public ValueTask DisposeAsync()
    {
        CancellationTokenSource.CallbackNode? node = _node;
        return node == null || node.Registrations.Unregister(_id, node) ? default(ValueTask) : node.Registrations.CallbackCompletionAsync(_id);
    }

    public bool Unregister() => _node != null && _node.Registrations.Unregister(_id, _node);

    public bool Equals(CancellationTokenRegistration other) => _node == other._node && _id == other._id;
    public override bool Equals(object? obj) => obj is CancellationTokenRegistration r && Equals(r);
    public override int GetHashCode() => _node != null ? _node.GetHashCode() ^ _id.GetHashCode() : _id.GetHashCode();
    public static bool operator ==(CancellationTokenRegistration left, CancellationTokenRegistration right) => left.Equals(right);
    public static bool operator !=(CancellationTokenRegistration left, CancellationTokenRegistration right) => !left.Equals(right);
}

public class CancellationTokenSource : IDisposable
{
    private const int NotCanceledState = 0, NotifyingState = 1, NotifyingCompleteState = 2;

    private volatile int _state;
    private bool _disposed;
    private volatile ITimer? _timer;
    private volatile ManualResetEvent? _kernelEvent;
    private Registrations? _registrations;

    internal static readonly CancellationTokenSource s_canceledSource = MakeCanceled();
    internal static readonly CancellationTokenSource s_neverCanceledSource = new CancellationTokenSource();
    private static readonly TimerCallback s_timerCallback = state => ((CancellationTokenSource)state!).NotifyCancellation(false);
    private static readonly SendOrPostCallback s_sendCallback = state => ((CallbackNode)state!).ExecuteCallbackOnContext();
    private static readonly Action<object?> s_cancelAsync = state => ((CancellationTokenSource)state!).ExecuteCallbackHandlers(false);

    private static CancellationTokenSource MakeCanceled()
    {
        CancellationTokenSource source = new CancellationTokenSource();
        source._state = NotifyingCompleteState;
        return source;
    }

    public CancellationTokenSource() { }
    public CancellationTokenSource(TimeSpan delay) { InitializeWithTimer(Checked(delay, "delay")); }

    public CancellationTokenSource(TimeSpan delay, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider, "timeProvider");
        if (timeProvider == TimeProvider.System)
            InitializeWithTimer(Checked(delay, "delay"));
        else
            _timer = timeProvider.CreateTimer(s_timerCallback, this, delay, Timeout.InfiniteTimeSpan);
    }

    public CancellationTokenSource(int millisecondsDelay)
    {
        if (millisecondsDelay < -1)
            TaskThrow.OutOfRange("millisecondsDelay");
        InitializeWithTimer((uint)millisecondsDelay);
    }

    private void InitializeWithTimer(uint milliseconds)
    {
        if (milliseconds == 0)
            _state = NotifyingCompleteState;
        else
            _timer = new TimerQueueTimer(s_timerCallback, this, milliseconds, Task.InfiniteTimeout, false);
    }

    private static uint Checked(TimeSpan delay, string name)
    {
        long ms = (long)delay.TotalMilliseconds;
        if (ms < -1 || ms > Task.MaxTimeout)
            TaskThrow.OutOfRange(name);
        return (uint)ms;
    }

    public bool IsCancellationRequested => _state != NotCanceledState;
    internal bool IsCancellationCompleted => _state == NotifyingCompleteState;

    public CancellationToken Token
    {
        get
        {
            ThrowIfDisposed();
            return new CancellationToken(this);
        }
    }

    internal WaitHandle WaitHandle
    {
        get
        {
            ThrowIfDisposed();
            if (_kernelEvent == null)
            {
                ManualResetEvent made = new ManualResetEvent(false);
                if (Interlocked.CompareExchange(ref _kernelEvent, made, null) != null)
                    made.Dispose();
                if (IsCancellationRequested)
                    _kernelEvent!.Set();
            }
            return _kernelEvent!;
        }
    }

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        ThrowIfDisposed();
        NotifyCancellation(throwOnFirstException);
    }

    /// The state changes now; the callbacks run on the pool.
    public Task CancelAsync()
    {
        ThrowIfDisposed();
        if (!TransitionToCancellationRequested())
            return Task.CompletedTask;
        return Task.Factory.StartNew(s_cancelAsync, this, default(CancellationToken), TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    public void CancelAfter(TimeSpan delay) => CancelAfter(Checked(delay, "delay"));

    public void CancelAfter(int millisecondsDelay)
    {
        if (millisecondsDelay < -1)
            TaskThrow.OutOfRange("millisecondsDelay");
        CancelAfter((uint)millisecondsDelay);
    }

    private void CancelAfter(uint milliseconds)
    {
        ThrowIfDisposed();
        if (IsCancellationRequested)
            return;
        ITimer? timer = _timer;
        if (timer == null)
        {
            // Armed only after it is in the field, so that a callback can find and dispose it.
            TimerQueueTimer made = new TimerQueueTimer(s_timerCallback, this, Task.InfiniteTimeout, Task.InfiniteTimeout, false);
            timer = Interlocked.CompareExchange(ref _timer, made, null);
            if (timer == null)
                timer = made;
            else
                made.Dispose();
        }
        ((TimerQueueTimer)timer).Change(milliseconds, Task.InfiniteTimeout);
    }

    /// True when the source is as good as new.
    public bool TryReset()
    {
        ThrowIfDisposed();
        if (_state != NotCanceledState)
            return false;
        TimerQueueTimer? timer = _timer as TimerQueueTimer;
        if (_timer != null && (timer == null || !timer.Change(Task.InfiniteTimeout, Task.InfiniteTimeout) || timer._everQueued))
            return false;
        Registrations? registrations = _registrations;
        if (registrations != null)
            registrations.UnregisterAll();
        return true;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        ITimer? timer = _timer;
        if (timer != null)
        {
            _timer = null;
            timer.Dispose();
        }
        _registrations = null;
        ManualResetEvent? kernelEvent = _kernelEvent;
        if (kernelEvent != null && _state != NotifyingState)
        {
            _kernelEvent = null;
            kernelEvent.Dispose();
        }
        _disposed = true;
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw new ObjectDisposedException(null, "The CancellationTokenSource has been disposed.");
    }

    // ---- registering --------------------------------------------------------------------------------------------------

    internal CancellationTokenRegistration Register(Delegate callback, object? state, SynchronizationContext? sc, ExecutionContext? context)
    {
        if (!IsCancellationRequested)
        {
            if (_disposed)
                return default(CancellationTokenRegistration);
            Registrations? registrations = _registrations;
            if (registrations == null)
            {
                Registrations made = new Registrations(this);
                registrations = Interlocked.CompareExchange(ref _registrations, made, null) ?? made;
            }
            registrations.EnterLock();
            CallbackNode? node = registrations.FreeNodeList;
            if (node != null)
                registrations.FreeNodeList = node.Next;
            else
                node = new CallbackNode(registrations);
            long id = registrations.NextAvailableId++;
            node.Id = id;
            node.Callback = callback;
            node.CallbackState = state;
            node.ExecutionContext = context;
            node.SynchronizationContext = sc;
            node.Next = registrations.Callbacks;
            registrations.Callbacks = node;
            if (node.Next != null)
                node.Next.Prev = node;
            registrations.ExitLock();
            Protocol.Raise(ProtocolEvent.CancellationRegistered, this, state, id);
            // Canceled in between: either it is ours to run, or the canceling thread has it already.
            if (!IsCancellationRequested || !registrations.Unregister(id, node))
                return new CancellationTokenRegistration(id, node);
        }
        Protocol.Raise(ProtocolEvent.CancellationCallback, this, state, 0);
        Invoke(callback, state, this);
        return default(CancellationTokenRegistration);
    }

    internal static void Invoke(Delegate callback, object? state, CancellationTokenSource source)
    {
        if (callback is Action<object?> plain)
            plain(state);
        else
            ((Action<object?, CancellationToken>)callback)(state, new CancellationToken(source));
    }

    // ---- canceling ----------------------------------------------------------------------------------------------------

    internal void NotifyCancellation(bool throwOnFirstException)
    {
        if (TransitionToCancellationRequested())
            ExecuteCallbackHandlers(throwOnFirstException);
    }

    private bool TransitionToCancellationRequested()
    {
        if (IsCancellationRequested || Interlocked.CompareExchange(ref _state, NotifyingState, NotCanceledState) != NotCanceledState)
            return false;
        Protocol.Raise(ProtocolEvent.CancellationRequested, this, null, 0);
        ITimer? timer = _timer;
        if (timer != null)
        {
            _timer = null;
            timer.Dispose();
        }
        ManualResetEvent? kernelEvent = _kernelEvent;
        if (kernelEvent != null)
            kernelEvent.Set();
        return true;
    }

    /// Last registered, first run. The first exception stops everything only if asked to.
    private void ExecuteCallbackHandlers(bool throwOnFirstException)
    {
        Registrations? registrations = Interlocked.Exchange(ref _registrations, null);
        if (registrations == null)
        {
            _state = NotifyingCompleteState;
            return;
        }
        registrations.ThreadIDExecutingCallbacks = Thread.CurrentThread.ManagedThreadId;
        List<Exception>? errors = null;
        try
        {
            while (true)
            {
                registrations.EnterLock();
                CallbackNode? node = registrations.Callbacks;
                if (node == null)
                {
                    registrations.ExitLock();
                    break;
                }
                if (node.Next != null)
                    node.Next.Prev = null;
                registrations.Callbacks = node.Next;
                registrations.ExecutingCallbackId = node.Id;
                node.Id = 0;
                registrations.ExitLock();
                Protocol.Raise(ProtocolEvent.CancellationCallback, this, node.CallbackState, registrations.ExecutingCallbackId);
                try
                {
                    if (node.SynchronizationContext != null)
                    {
                        node.SynchronizationContext.Send(s_sendCallback, node);
                        registrations.ThreadIDExecutingCallbacks = Thread.CurrentThread.ManagedThreadId;
                    }
                    else
                    {
                        node.ExecuteCallback();
                    }
                }
                catch (Exception e) when (!throwOnFirstException)
                {
                    if (errors == null)
                        errors = new List<Exception>();
                    errors.Add(e);
                }
            }
        }
        finally
        {
            _state = NotifyingCompleteState;
            registrations.ExecutingCallbackId = 0;
        }
        if (errors != null)
            throw new AggregateException(errors);
    }

    // ---- linked sources -----------------------------------------------------------------------------------------------

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token1, CancellationToken token2)
    {
        if (!token1.CanBeCanceled)
            return CreateLinkedTokenSource(token2);
        return token2.CanBeCanceled ? new Linked2CancellationTokenSource(token1, token2) : new Linked1CancellationTokenSource(token1);
    }

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token) =>
        token.CanBeCanceled ? new Linked1CancellationTokenSource(token) : new CancellationTokenSource();

    public static CancellationTokenSource CreateLinkedTokenSource(params CancellationToken[] tokens)
    {
        if (tokens == null)
            TaskThrow.Null("tokens");
        if (tokens!.Length == 0)
            throw new ArgumentException("No tokens were supplied.");
        if (tokens.Length == 1)
            return CreateLinkedTokenSource(tokens[0]);
        return tokens.Length == 2 ? CreateLinkedTokenSource(tokens[0], tokens[1]) : new LinkedNCancellationTokenSource(tokens);
    }

    private static readonly Action<object?> s_linkedTokenCancelDelegate = state => ((CancellationTokenSource)state!).NotifyCancellation(false);

    private sealed class Linked1CancellationTokenSource : CancellationTokenSource
    {
        private readonly CancellationTokenRegistration _reg1;

        internal Linked1CancellationTokenSource(CancellationToken token1) { _reg1 = token1.UnsafeRegister(s_linkedTokenCancelDelegate, this); }

        protected override void Dispose(bool disposing)
        {
            if (!disposing || _disposed)
                return;
            _reg1.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Linked2CancellationTokenSource : CancellationTokenSource
    {
        private readonly CancellationTokenRegistration _reg1;
        private readonly CancellationTokenRegistration _reg2;

        internal Linked2CancellationTokenSource(CancellationToken token1, CancellationToken token2)
        {
            _reg1 = token1.UnsafeRegister(s_linkedTokenCancelDelegate, this);
            _reg2 = token2.UnsafeRegister(s_linkedTokenCancelDelegate, this);
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing || _disposed)
                return;
            _reg1.Dispose();
            _reg2.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class LinkedNCancellationTokenSource : CancellationTokenSource
    {
        private CancellationTokenRegistration[]? _linkingRegistrations;

        internal LinkedNCancellationTokenSource(CancellationToken[] tokens)
        {
            _linkingRegistrations = new CancellationTokenRegistration[tokens.Length];
            for (int i = 0; i < tokens.Length; i++)
            {
                if (tokens[i].CanBeCanceled)
                    _linkingRegistrations[i] = tokens[i].UnsafeRegister(s_linkedTokenCancelDelegate, this);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing || _disposed)
                return;
            CancellationTokenRegistration[]? registrations = _linkingRegistrations;
            if (registrations != null)
            {
                _linkingRegistrations = null;
                for (int i = 0; i < registrations.Length; i++)
                    registrations[i].Dispose();
            }
            base.Dispose(disposing);
        }
    }

    /// CancellationTokenSource.Registrations: the list of callbacks and the nodes free for reuse.
    internal sealed class Registrations
    {
        public readonly CancellationTokenSource Source;
        public CallbackNode? Callbacks;
        public CallbackNode? FreeNodeList;
        public long NextAvailableId = 1;
        public long ExecutingCallbackId;
        public volatile int ThreadIDExecutingCallbacks = -1;
        private bool _locked;

        private static readonly Func<object?, Task> s_wait = WaitOnPool;

        public Registrations(CancellationTokenSource source) { Source = source; }

        public void EnterLock()
        {
            Gate.Enter();
            while (_locked)
            {
                Gate.Exit();
                Scheduler.YieldThread();
                Gate.Enter();
            }
            _locked = true;
            Gate.Exit();
        }

        public void ExitLock() => _locked = false;

        public bool Unregister(long id, CallbackNode node)
        {
            if (id == 0)
                return false;
            EnterLock();
            if (node.Id != id)
            {
                ExitLock();
                return false;
            }
            Protocol.Raise(ProtocolEvent.CancellationUnregistered, Source, node.CallbackState, id);
            if (Callbacks == node)
                Callbacks = node.Next;
            else
                node.Prev!.Next = node.Next;
            if (node.Next != null)
                node.Next.Prev = node.Prev;
            Recycle(node);
            ExitLock();
            return true;
        }

        private void Recycle(CallbackNode node)
        {
            node.Clear();
            node.Prev = null;
            node.Next = FreeNodeList;
            FreeNodeList = node;
        }

        public void UnregisterAll()
        {
            EnterLock();
            CallbackNode? node = Callbacks;
            Callbacks = null;
            while (node != null)
            {
                CallbackNode? next = node.Next;
                Recycle(node);
                node = next;
            }
            ExitLock();
        }

        public void WaitForCallbackToComplete(long id)
        {
            if (!IsRunningElsewhere(id))
                return;
            SpinWait spinner = default(SpinWait);
            while (ExecutingCallbackId == id)
                spinner.SpinOnce();
        }

        private bool IsRunningElsewhere(long id) =>
            Source.IsCancellationRequested && !Source.IsCancellationCompleted && ThreadIDExecutingCallbacks != Thread.CurrentThread.ManagedThreadId && ExecutingCallbackId == id;

        public ValueTask CallbackCompletionAsync(long id)
        {
            if (!IsRunningElsewhere(id))
                return default(ValueTask);
            return new ValueTask(Task.Factory.StartNew<Task>(s_wait, new Pending(this, id), default(CancellationToken), TaskCreationOptions.None, TaskScheduler.Default).Unwrap());
        }

        private sealed class Pending
        {
            internal readonly Registrations Registrations;
            internal readonly long Id;
            internal Pending(Registrations registrations, long id) { Registrations = registrations; Id = id; }
        }

        private static Task WaitOnPool(object? state)
        {
            Pending pending = (Pending)state!;
            pending.Registrations.WaitForCallbackToComplete(pending.Id);
            return Task.CompletedTask;
        }
    }

    /// CancellationTokenSource.CallbackNode
    internal sealed class CallbackNode
    {
        public readonly Registrations Registrations;
        public CallbackNode? Prev;
        public CallbackNode? Next;
        public long Id;
        public Delegate? Callback;
        public object? CallbackState;
        public ExecutionContext? ExecutionContext;
        public SynchronizationContext? SynchronizationContext;

        private static readonly ContextCallback s_run = RunInContext;

        public CallbackNode(Registrations registrations) { Registrations = registrations; }

        public void Clear()
        {
            Id = 0;
            Callback = null;
            CallbackState = null;
            ExecutionContext = null;
            SynchronizationContext = null;
        }

        public void ExecuteCallbackOnContext()
        {
            Registrations.ThreadIDExecutingCallbacks = Thread.CurrentThread.ManagedThreadId;
            ExecuteCallback();
        }

        public void ExecuteCallback()
        {
            ExecutionContext? context = ExecutionContext;
            if (context == null)
                Invoke(Callback!, CallbackState, Registrations.Source);
            else
                System.Threading.ExecutionContext.RunInternal(context, s_run, this);
        }

        private static void RunInContext(object? state)
        {
            CallbackNode node = (CallbackNode)state!;
            Invoke(node.Callback!, node.CallbackState, node.Registrations.Source);
        }
    }
}
