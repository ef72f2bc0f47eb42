// Thread: a logical thread of the machine.
using System.Runtime.CompilerServices;
using System.Watch;

namespace System.Threading;

public delegate void ThreadStart();
public delegate void ParameterizedThreadStart(object? obj);

public enum ThreadPriority { Lowest, BelowNormal, Normal, AboveNormal, Highest }

[Flags]
public enum ThreadState
{
    Running = 0, StopRequested = 1, SuspendRequested = 2, Background = 4, Unstarted = 8, Stopped = 16, WaitSleepJoin = 32, Suspended = 64,
    AbortRequested = 128, Aborted = 256,
}

public static class Timeout
{
    public const int Infinite = -1;
    public static readonly TimeSpan InfiniteTimeSpan = new TimeSpan(-10000L);
}

/// What the real Thread keeps in native memory; uncounted.
internal struct ThreadExtra
{
    internal WorkRing Local;                    // the local work queue of a pool worker
    internal object? WaitObject;                // the object whose pulse this thread waits for
    internal Thread? NextWaiter;
    internal object? JoinKey;
    internal int Kind;
    internal bool Background;
    internal bool Started;
}

public sealed class Thread
{
    internal const int UserKind = 0, WorkerKind = 1, TimerKind = 2;

    internal ExecutionContext? _executionContext;               // null: the default one
    internal SynchronizationContext? _synchronizationContext;
    private string? _name;
    private StartHelper? _startHelper;
    private ThreadExtra[]? _DONT_USE_InternalThread;            // one element
    private int _priority;
    private int _managedThreadId;                               // 0 in the object that the machine makes for the first thread
    private bool _mayNeedResetForThreadPool;
    private bool _isDead;
    internal bool _isThreadPool;

    private static int s_lastId = 3;                            // 1 is the first thread; 2 and 3 belong to the runtime

    private sealed class StartHelper
    {
        internal int _maxStackSize;
        internal Delegate _start;
        internal object? _startArg;
        internal object? _culture;
        internal object? _uiCulture;
        internal ExecutionContext? _executionContext;

        internal StartHelper(Delegate start) { _start = start; }
    }

    public Thread(ThreadStart start) : this((Delegate)start, 0) { }
    public Thread(ThreadStart start, int maxStackSize) : this((Delegate)start, maxStackSize) { }
    public Thread(ParameterizedThreadStart start) : this((Delegate)start, 0) { }
    public Thread(ParameterizedThreadStart start, int maxStackSize) : this((Delegate)start, maxStackSize) { }

    private Thread(Delegate start, int maxStackSize)
    {
        if (start == null)
            TaskThrow.Null("start");
        if (maxStackSize < 0)
            TaskThrow.OutOfRange("maxStackSize");
        _startHelper = new StartHelper(start!);
        _startHelper._maxStackSize = maxStackSize;
        _priority = (int)ThreadPriority.Normal;
        _managedThreadId = Interlocked.Increment(ref s_lastId);
    }

    public static Thread CurrentThread => Scheduler.CurrentThreadObject();

    internal ref ThreadExtra Extra
    {
        get
        {
            if (_DONT_USE_InternalThread == null)
                _DONT_USE_InternalThread = RuntimeHelpers.AllocateUncountedArray<ThreadExtra>(1);
            return ref _DONT_USE_InternalThread[0];
        }
    }

    /// The key on which this thread sleeps until it is pulsed.
    internal object WaitKey
    {
        get
        {
            if (_DONT_USE_InternalThread == null)
                _DONT_USE_InternalThread = RuntimeHelpers.AllocateUncountedArray<ThreadExtra>(1);
            return _DONT_USE_InternalThread;
        }
    }

    private object JoinKey => Extra.JoinKey ?? (Extra.JoinKey = RuntimeHelpers.AllocateUncountedArray<byte>(1));

    public int ManagedThreadId => _managedThreadId == 0 ? 1 : _managedThreadId;
    public string? Name { get => _name; set => _name = value; }
    public bool IsThreadPoolThread => _isThreadPool;
    public bool IsAlive => !_isDead && (_managedThreadId == 0 || Extra.Started);
    public bool IsBackground { get => _isThreadPool || Extra.Background; set => Extra.Background = value; }
    public ThreadPriority Priority { get => _managedThreadId == 0 ? ThreadPriority.Normal : (ThreadPriority)_priority; set => _priority = (int)value; }
    public ExecutionContext? ExecutionContext => System.Threading.ExecutionContext.Capture();

    public ThreadState ThreadState
    {
        get
        {
            ThreadState state = IsBackground ? ThreadState.Background : ThreadState.Running;
            if (_isDead)
                return ThreadState.Stopped;
            return IsAlive ? state : state | ThreadState.Unstarted;
        }
    }

    public override int GetHashCode() => ManagedThreadId;

    // ---- starting -----------------------------------------------------------------------------------------------------

    public void Start() => Start(null, true);
    public void Start(object? parameter) => Start(parameter, true);
    public void UnsafeStart() => Start(null, false);
    public void UnsafeStart(object? parameter) => Start(parameter, false);

    private void Start(object? parameter, bool captureContext)
    {
        StartHelper? helper = _startHelper;
        if (helper == null || Extra.Started)
            throw new ThreadStateException("Thread is running or terminated; it cannot restart.");
        if (parameter != null && helper._start is ThreadStart)
            TaskThrow.InvalidOperation("The thread was created with a ThreadStart delegate that does not accept a parameter.");
        helper._startArg = parameter;
        helper._executionContext = captureContext ? System.Threading.ExecutionContext.Capture() : null;
        Extra.Started = true;
        Scheduler.StartThread(this);
        Protocol.Raise(ProtocolEvent.ThreadStarted, this, null, 0);
    }

    /// A thread of the library itself: a pool worker or the timer.
    internal static Thread StartHidden(int kind, string name)
    {
        Thread thread = Scheduler.NewThreadObject();
        thread._managedThreadId = kind == TimerKind ? 3 : Interlocked.Increment(ref s_lastId);
        thread._priority = (int)ThreadPriority.Normal;
        thread._name = name;
        thread._isThreadPool = kind == WorkerKind;
        thread.Extra.Kind = kind;
        thread.Extra.Background = true;
        thread.Extra.Started = true;
        Scheduler.StartThread(thread);
        return thread;
    }

    /// The machine calls this on the new thread. What escapes ends the program.
    internal void RunOnThread()
    {
        int kind = Extra.Kind;
        if (kind == WorkerKind)
        {
            ThreadPool.RunWorker(this);
            return;
        }
        if (kind == TimerKind)
        {
            TimerQueue.RunTimerThread();
            return;
        }
        StartHelper helper = _startHelper!;
        _startHelper = null;
        if (helper._executionContext != null && !helper._executionContext.IsDefault)
            System.Threading.ExecutionContext.Restore(this, helper._executionContext);
        if (helper._start is ThreadStart plain)
            plain();
        else
            ((ParameterizedThreadStart)helper._start)(helper._startArg);
        object key = JoinKey;
        Gate.Enter();
        _isDead = true;
        Scheduler.Unpark(key, int.MaxValue);
        Gate.Exit();
        Protocol.Raise(ProtocolEvent.ThreadEnded, this, null, 0);
    }

    // ---- waiting ------------------------------------------------------------------------------------------------------

    public void Join() => Join(-1);
    public bool Join(TimeSpan timeout) => Join((int)timeout.TotalMilliseconds);

    public bool Join(int millisecondsTimeout)
    {
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        if (_managedThreadId != 0 && !Extra.Started)
            throw new ThreadStateException("Thread has not been started.");
        object key = JoinKey;
        long deadline = Gate.Deadline(millisecondsTimeout);
        Gate.Enter();
        while (!_isDead)
        {
            long left = Gate.Left(deadline);
            if (left == 0)
                break;
            Gate.Block(key, left);
            Gate.Enter();
        }
        bool dead = _isDead;
        Gate.Exit();
        return dead;
    }

    public static void Sleep(TimeSpan timeout) => Sleep((int)timeout.TotalMilliseconds);

    public static void Sleep(int millisecondsTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(millisecondsTimeout, -1, "millisecondsTimeout");
        if (millisecondsTimeout == 0)
        {
            Scheduler.YieldThread();
            return;
        }
        object key = CurrentThread.WaitKey;
        Gate.Enter();
        Gate.Block(key, millisecondsTimeout);
    }

    public static bool Yield()
    {
        Scheduler.YieldThread();
        return true;
    }

    public static void SpinWait(int iterations) { }
    public static void MemoryBarrier() { }

    internal void ResetAfterWorkItem()
    {
        if (_executionContext != null)
            System.Threading.ExecutionContext.Restore(this, null);
        _synchronizationContext = null;
        if (_mayNeedResetForThreadPool)
            _mayNeedResetForThreadPool = false;
    }
}
