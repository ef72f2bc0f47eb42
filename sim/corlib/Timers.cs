// Timers over the virtual clock. One hidden thread sleeps until the next one is due and then hands the queue to the pool, where the
// first due callback runs on that very work item and the others are queued.
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Threading;

public delegate void TimerCallback(object? state);

public interface ITimer : IDisposable, IAsyncDisposable { bool Change(TimeSpan dueTime, TimeSpan period); }

/// TimerQueue: armed timers, earliest first, equal times in the order of arming. Guarded by the gate.
internal sealed class TimerQueue : IThreadPoolWorkItem
{
    private static readonly TimerQueue s_instance = new TimerQueue();
    private static readonly object s_key = RuntimeHelpers.AllocateUncountedArray<byte>(1);

    private TimerQueueTimer? _first, _last;
    private bool _threadStarted, _firing;

    internal static TimerQueue Instance => s_instance;

    internal void Link(TimerQueueTimer timer)
    {
        TimerQueueTimer? after = _last;
        while (after != null && after.Due > timer.Due)
            after = after._prev;
        timer._prev = after;
        timer._next = after == null ? _first : after._next;
        if (timer._next == null)
            _last = timer;
        else
            timer._next._prev = timer;
        if (after == null)
        {
            _first = timer;
            WakeThread();                       // an earlier deadline than the thread sleeps for
        }
        else
        {
            after._next = timer;
        }
    }

    internal void Unlink(TimerQueueTimer timer)
    {
        if (timer._prev == null)
            _first = timer._next;
        else
            timer._prev._next = timer._next;
        if (timer._next == null)
            _last = timer._prev;
        else
            timer._next._prev = timer._prev;
        timer._prev = null;
        timer._next = null;
        if (_first == null)
            WakeThread();                       // no deadline left: it must not move the clock
    }

    private void WakeThread()
    {
        if (_threadStarted)
        {
            Scheduler.Unpark(s_key, 1);
            return;
        }
        _threadStarted = true;
        Thread.StartHidden(Thread.TimerKind, ".NET Timer");
    }

    internal static void RunTimerThread()
    {
        TimerQueue queue = s_instance;
        while (true)
        {
            Gate.Enter();
            long wait = -1;
            if (!queue._firing && queue._first != null)
            {
                wait = queue._first.Due - Scheduler.NowMilliseconds();
                if (wait <= 0)
                {
                    queue._firing = true;
                    ThreadPool.QueueUrgentLocked(queue);
                    wait = -1;
                }
            }
            Gate.Sleep(s_key, wait);
        }
    }

    void IThreadPoolWorkItem.Execute() => FireNextTimers();

    /// TimerQueue.FireNextTimers
    private void FireNextTimers()
    {
        TimerQueueTimer? here = null;
        Gate.Enter();
        long now = Scheduler.NowMilliseconds();
        while (_first != null && _first.Due <= now)
        {
            TimerQueueTimer timer = _first;
            Unlink(timer);
            timer._everQueued = true;
            if (timer._period != Task.InfiniteTimeout && timer._period != 0)
            {
                timer._startTicks = now;
                timer._dueTime = timer._period;
                timer.IsLinked = true;
                Link(timer);
            }
            else
            {
                timer.IsLinked = false;
            }
            if (here == null)
                here = timer;
            else
                ThreadPool.QueueGlobalLocked(timer);
        }
        _firing = false;
        Scheduler.Unpark(s_key, 1);
        Gate.Exit();
        if (here != null)
            here.Fire();
    }
}

/// TimerQueueTimer (96 B)
internal sealed class TimerQueueTimer : ITimer, IThreadPoolWorkItem
{
    private readonly TimerQueue _associatedTimerQueue;
    internal TimerQueueTimer? _next;
    internal TimerQueueTimer? _prev;
    private bool _short;                        // here: whether it is linked into the queue
    internal long _startTicks;
    internal uint _dueTime;
    internal uint _period;
    private readonly TimerCallback _timerCallback;
    private readonly object? _state;
    private readonly ExecutionContext? _executionContext;
    private int _callbacksRunning;
    private bool _canceled;
    internal bool _everQueued;
    private object? _notifyWhenNoCallbacksRunning;

    private static readonly ContextCallback s_callCallbackInContext = state => Unsafe.As<TimerQueueTimer>(state).CallCallback();

    internal TimerQueueTimer(TimerCallback timerCallback, object? state, uint dueTime, uint period, bool flowExecutionContext)
    {
        _timerCallback = timerCallback;
        _state = state;
        _dueTime = Task.InfiniteTimeout;
        _period = Task.InfiniteTimeout;
        if (flowExecutionContext)
            _executionContext = ExecutionContext.Capture();
        _associatedTimerQueue = TimerQueue.Instance;
        if (dueTime != Task.InfiniteTimeout)
            Change(dueTime, period);
    }

    internal long Due => _startTicks + _dueTime;
    internal bool IsLinked { get => _short; set => _short = value; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => Change(Timer.Checked(dueTime, "dueTime"), Timer.Checked(period, "period"));

    internal bool Change(uint dueTime, uint period)
    {
        Gate.Enter();
        if (_canceled)
        {
            Gate.Exit();
            return false;
        }
        if (_short)
        {
            _short = false;
            _associatedTimerQueue.Unlink(this);
        }
        _period = period;
        if (dueTime != Task.InfiniteTimeout)
        {
            _startTicks = Scheduler.NowMilliseconds();
            _dueTime = dueTime;
            _short = true;
            Protocol.Raise(ProtocolEvent.TimerArmed, this, _state, dueTime);
            _associatedTimerQueue.Link(this);
        }
        Gate.Exit();
        return true;
    }

    public void Dispose() => Cancel();

    private bool Cancel()
    {
        Gate.Enter();
        bool was = _canceled;
        _canceled = true;
        if (_short)
        {
            _short = false;
            Protocol.Raise(ProtocolEvent.TimerStopped, this, _state, 0);
            _associatedTimerQueue.Unlink(this);
        }
        Gate.Exit();
        return !was;
    }

    internal bool Dispose(WaitHandle toSignal)
    {
        bool canceled = Cancel();
        Gate.Enter();
        bool idle = _callbacksRunning == 0;
        if (canceled && !idle)
            _notifyWhenNoCallbacksRunning = toSignal;
        Gate.Exit();
        if (canceled && idle)
            ((EventWaitHandle)toSignal).Set();
        return canceled;
    }

    public ValueTask DisposeAsync()
    {
        Cancel();
        if (_callbacksRunning == 0)
            return default(ValueTask);
        TaskCompletionSource? done = _notifyWhenNoCallbacksRunning as TaskCompletionSource;
        if (done == null)
        {
            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _notifyWhenNoCallbacksRunning = done;
        }
        return new ValueTask(done.Task);
    }

    void IThreadPoolWorkItem.Execute() => Fire();

    internal void Fire()
    {
        Gate.Enter();
        bool canceled = _canceled;
        if (!canceled)
            _callbacksRunning++;
        Gate.Exit();
        if (canceled)
            return;
        Protocol.Raise(ProtocolEvent.TimerFired, this, _state, 0);
        if (_executionContext == null)
            CallCallback();
        else
            ExecutionContext.RunInternal(_executionContext, s_callCallbackInContext, this);
        Gate.Enter();
        _callbacksRunning--;
        object? notify = _canceled && _callbacksRunning == 0 ? _notifyWhenNoCallbacksRunning : null;
        Gate.Exit();
        if (notify is EventWaitHandle handle)
            handle.Set();
        else if (notify != null)
            ((TaskCompletionSource)notify).TrySetResult();
    }

    private void CallCallback() => _timerCallback(_state);
}

internal sealed class TimerHolder
{
    internal readonly TimerQueueTimer _timer;
    internal TimerHolder(TimerQueueTimer timer) { _timer = timer; }
}

public sealed class Timer : ITimer
{
    private readonly TimerHolder _timer;

    public Timer(TimerCallback callback)
    {
        CheckCallback(callback);
        _timer = new TimerHolder(new TimerQueueTimer(callback, this, Task.InfiniteTimeout, Task.InfiniteTimeout, true));
    }

    public Timer(TimerCallback callback, object? state, int dueTime, int period)
    {
        CheckCallback(callback);
        _timer = new TimerHolder(new TimerQueueTimer(callback, state, Checked(dueTime, "dueTime"), Checked(period, "period"), true));
    }

    public Timer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        CheckCallback(callback);
        _timer = new TimerHolder(new TimerQueueTimer(callback, state, Checked(dueTime, "dueTime"), Checked(period, "period"), true));
    }

    private static void CheckCallback(TimerCallback callback)
    {
        if (callback == null)
            TaskThrow.Null("callback");
    }

    internal static uint Checked(long milliseconds, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1L, name);
        if (milliseconds > Task.MaxTimeout)
            TaskThrow.OutOfRange(name, "Time-out interval must be less than 2^32-2.");
        return (uint)milliseconds;
    }

    internal static uint Checked(TimeSpan time, string name) => Checked((long)time.TotalMilliseconds, name);

    public bool Change(int dueTime, int period) => _timer._timer.Change(Checked(dueTime, "dueTime"), Checked(period, "period"));
    public bool Change(TimeSpan dueTime, TimeSpan period) => _timer._timer.Change(dueTime, period);
    public void Dispose() => _timer._timer.Dispose();
    public bool Dispose(WaitHandle notifyObject) => _timer._timer.Dispose(notifyObject);
    public ValueTask DisposeAsync() => _timer._timer.DisposeAsync();
}

/// PeriodicTimer: one waiter at a time; ticks that nobody waited for collapse into one.
public sealed class PeriodicTimer : IDisposable
{
    private readonly ITimer _timer;
    private readonly State _state;
    private TimeSpan _period;

    private static readonly TimerCallback s_tick = state => ((State)state!).Signal(false, default(CancellationToken));

    public PeriodicTimer(TimeSpan period)
    {
        uint ms = CheckedPeriod(period, "period");
        _period = period;
        _state = new State();
        _timer = new TimerQueueTimer(s_tick, _state, ms, ms, false);
    }

    public PeriodicTimer(TimeSpan period, TimeProvider timeProvider)
    {
        uint ms = CheckedPeriod(period, "period");
        ArgumentNullException.ThrowIfNull(timeProvider, "timeProvider");
        _period = period;
        _state = new State();
        _timer = timeProvider == TimeProvider.System ? new TimerQueueTimer(s_tick, _state, ms, ms, false) : timeProvider.CreateTimer(s_tick, _state, period, period);
    }

    private static uint CheckedPeriod(TimeSpan period, string name)
    {
        long ms = (long)period.TotalMilliseconds;
        if (ms != -1 && (ms < 1 || ms > Task.MaxTimeout))
            TaskThrow.OutOfRange(name);
        return (uint)ms;
    }

    public TimeSpan Period
    {
        get => _period;
        set
        {
            uint ms = CheckedPeriod(value, "value");
            _period = value;
            if (!((TimerQueueTimer)_timer).Change(ms, ms))
                throw new ObjectDisposedException("System.Threading.PeriodicTimer");
        }
    }

    public ValueTask<bool> WaitForNextTickAsync() => WaitForNextTickAsync(default(CancellationToken));
    public ValueTask<bool> WaitForNextTickAsync(CancellationToken cancellationToken) => _state.WaitForNextTickAsync(this, cancellationToken);

    public void Dispose()
    {
        _timer.Dispose();
        _state.Signal(true, default(CancellationToken));
    }

    private sealed class State : IValueTaskSource<bool>
    {
        private PeriodicTimer? _owner;
        private ManualResetValueTaskSourceCore<bool> _mrvtsc;
        private CancellationTokenRegistration _ctr;
        private bool _stopped, _signaled, _activeWait;

        private static readonly Action<object?, CancellationToken> s_cancel = (state, token) => ((State)state!).Signal(false, token);

        internal ValueTask<bool> WaitForNextTickAsync(PeriodicTimer owner, CancellationToken cancellationToken)
        {
            Monitor.Enter(this);
            try
            {
                if (_activeWait)
                    TaskThrow.InvalidOperation();
                if (cancellationToken.IsCancellationRequested)
                    return ValueTask.FromCanceled<bool>(cancellationToken);
                if (_signaled)
                {
                    if (!_stopped)
                        _signaled = false;
                    return new ValueTask<bool>(!_stopped);
                }
                _owner = owner;                 // keeps the timer alive while somebody waits
                _activeWait = true;
                _ctr = cancellationToken.UnsafeRegister(s_cancel, this);
                return new ValueTask<bool>(this, _mrvtsc.Version);
            }
            finally
            {
                Monitor.Exit(this);
            }
        }

        internal void Signal(bool stopping, CancellationToken cancellationToken)
        {
            bool completes = false;
            Monitor.Enter(this);
            _stopped |= stopping;
            if (!_signaled)
            {
                _signaled = true;
                completes = _activeWait;
            }
            Monitor.Exit(this);
            if (!completes)
                return;
            if (cancellationToken.IsCancellationRequested)
                _mrvtsc.SetException(new OperationCanceledException(cancellationToken));
            else
                _mrvtsc.SetResult(true);
        }

        bool IValueTaskSource<bool>.GetResult(short token)
        {
            _ctr.Dispose();
            Monitor.Enter(this);
            try
            {
                _mrvtsc.GetResult(token);
            }
            finally
            {
                _mrvtsc.Reset();
                _ctr = default(CancellationTokenRegistration);
                _activeWait = false;
                _owner = null;
                if (!_stopped)
                    _signaled = false;
                Monitor.Exit(this);
            }
            return !_stopped;
        }

        ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _mrvtsc.GetStatus(token);
        void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _mrvtsc.OnCompleted(continuation, state, token, flags);
    }
}
