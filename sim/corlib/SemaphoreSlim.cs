using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace System.Threading;

public class SemaphoreSlim : IDisposable
{
    private volatile int m_currentCount;
    private readonly int m_maxCount;
    private int m_waitCount;                    // threads blocked in Wait
    private int m_countOfWaitersPulsedToWake;
    private readonly StrongBox<bool> m_lockObjAndDisposed;
    private volatile ManualResetEvent? m_waitHandle;
    private TaskNode? m_asyncHead;
    private TaskNode? m_asyncTail;

    private static readonly Action<object?> s_cancellationTokenCanceledEventHandler = state =>
    {
        SemaphoreSlim self = (SemaphoreSlim)state!;
        Monitor.Enter(self.m_lockObjAndDisposed);
        Monitor.PulseAll(self.m_lockObjAndDisposed);
        Monitor.Exit(self.m_lockObjAndDisposed);
    };

    /// SemaphoreSlim.TaskNode (88 B): an asynchronous waiter. Its continuations never run inside Release.
    private sealed class TaskNode : Task<bool>
    {
        internal TaskNode? Prev;
        internal TaskNode? Next;

        internal TaskNode() : base((object?)null, TaskCreationOptions.RunContinuationsAsynchronously) { }
    }

    public SemaphoreSlim(int initialCount) : this(initialCount, int.MaxValue) { }

    public SemaphoreSlim(int initialCount, int maxCount)
    {
        if (initialCount < 0 || initialCount > maxCount)
            throw new ArgumentOutOfRangeException("initialCount", initialCount, "The initialCount argument must be non-negative and less than or equal to the maximumCount.");
        if (maxCount <= 0)
            throw new ArgumentOutOfRangeException("maxCount", maxCount, "The maximumCount argument must be a positive number. If a maximum is not required, use the constructor without a maxCount parameter.");
        m_maxCount = maxCount;
        m_currentCount = initialCount;
        m_lockObjAndDisposed = new StrongBox<bool>();
    }

    public int CurrentCount => m_currentCount;

    public WaitHandle AvailableWaitHandle
    {
        get
        {
            CheckDispose();
            Monitor.Enter(m_lockObjAndDisposed);
            if (m_waitHandle == null)
                m_waitHandle = new ManualResetEvent(m_currentCount != 0);
            Monitor.Exit(m_lockObjAndDisposed);
            return m_waitHandle;
        }
    }

    public void Wait() => WaitCore(-1, default(CancellationToken));
    public void Wait(CancellationToken cancellationToken) => WaitCore(-1, cancellationToken);
    public bool Wait(int millisecondsTimeout) => Wait(millisecondsTimeout, default(CancellationToken));
    public bool Wait(TimeSpan timeout) => Wait(Milliseconds(timeout), default(CancellationToken));
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => Wait(Milliseconds(timeout), cancellationToken);

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        return WaitCore(millisecondsTimeout < -1 ? 0 : millisecondsTimeout, cancellationToken);     // the real one does not check
    }

    private static int Milliseconds(TimeSpan timeout)
    {
        long ms = (long)timeout.TotalMilliseconds;
        if (ms < -1 || ms > int.MaxValue)
            throw new ArgumentOutOfRangeException("timeout", timeout, "The timeout must represent a value between -1 and Int32.MaxValue, inclusive.");
        return (int)ms;
    }

    private static void CheckTimeout(int millisecondsTimeout)
    {
        if (millisecondsTimeout < -1)
            throw new ArgumentOutOfRangeException("millisecondsTimeout", millisecondsTimeout, "The timeout must represent a value between -1 and Int32.MaxValue, inclusive.");
    }

    private bool WaitCore(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        CheckDispose();
        cancellationToken.ThrowIfCancellationRequested();
        if (millisecondsTimeout == 0 && m_currentCount == 0)
            return false;
        long deadline = Gate.Deadline(millisecondsTimeout);
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(s_cancellationTokenCanceledEventHandler, this);
        Task<bool>? queued = null;
        bool taken = false;
        Monitor.Enter(m_lockObjAndDisposed);
        m_waitCount++;
        try
        {
            if (m_asyncHead != null)
            {
                // Others wait asynchronously already: stand in their line, or we would overtake them.
                queued = WaitAsyncLocked(millisecondsTimeout, cancellationToken);
            }
            else
            {
                while (m_currentCount == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    long left = Gate.Left(deadline);
                    if (left == 0)
                        break;
                    bool pulsed = Monitor.Wait(m_lockObjAndDisposed, (int)left);
                    if (m_countOfWaitersPulsedToWake != 0)
                        m_countOfWaitersPulsedToWake--;
                    if (!pulsed)
                        break;
                }
                cancellationToken.ThrowIfCancellationRequested();
                if (m_currentCount > 0)
                {
                    m_currentCount--;
                    taken = true;
                }
                if (m_waitHandle != null && m_currentCount == 0)
                    m_waitHandle.Reset();
            }
        }
        finally
        {
            m_waitCount--;
            Monitor.Exit(m_lockObjAndDisposed);
            registration.Dispose();
        }
        return queued == null ? taken : queued.GetAwaiter().GetResult();
    }

    public Task WaitAsync() => WaitAsyncCore(-1, default(CancellationToken));
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsyncCore(-1, cancellationToken);
    public Task<bool> WaitAsync(int millisecondsTimeout) => WaitAsync(millisecondsTimeout, default(CancellationToken));
    public Task<bool> WaitAsync(TimeSpan timeout) => WaitAsync(Milliseconds(timeout), default(CancellationToken));
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => WaitAsync(Milliseconds(timeout), cancellationToken);

    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        CheckTimeout(millisecondsTimeout);
        return WaitAsyncCore(millisecondsTimeout, cancellationToken);
    }

    private Task<bool> WaitAsyncCore(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        CheckDispose();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        Monitor.Enter(m_lockObjAndDisposed);
        try
        {
            return WaitAsyncLocked(millisecondsTimeout, cancellationToken);
        }
        finally
        {
            Monitor.Exit(m_lockObjAndDisposed);
        }
    }

    private Task<bool> WaitAsyncLocked(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (m_currentCount > 0)
        {
            m_currentCount--;
            if (m_waitHandle != null && m_currentCount == 0)
                m_waitHandle.Reset();
            return TaskCache.s_trueTask;
        }
        if (millisecondsTimeout == 0)
            return TaskCache.s_falseTask;
        TaskNode node = new TaskNode();
        if (m_asyncHead == null)
        {
            m_asyncHead = node;
        }
        else
        {
            m_asyncTail!.Next = node;
            node.Prev = m_asyncTail;
        }
        m_asyncTail = node;
        return millisecondsTimeout == -1 && !cancellationToken.CanBeCanceled ? node : WaitUntilCountOrTimeoutAsync(node, millisecondsTimeout, cancellationToken);
    }

    private bool RemoveAsyncWaiter(TaskNode node)
    {
        bool inList = m_asyncHead == node || node.Prev != null;
        if (node.Next != null)
            node.Next.Prev = node.Prev;
        if (node.Prev != null)
            node.Prev.Next = node.Next;
        if (m_asyncHead == node)
            m_asyncHead = node.Next;
        if (m_asyncTail == node)
            m_asyncTail = node.Prev;
        node.Next = null;
        node.Prev = null;
        return inList;
    }

    private async Task<bool> WaitUntilCountOrTimeoutAsync(TaskNode asyncWaiter, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        TimeSpan timeout = millisecondsTimeout == -1 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds((double)millisecondsTimeout);
        await ((Task)asyncWaiter.WaitAsync(timeout, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);       // not inside the callback of the token
        if (asyncWaiter.IsCompleted)
            return true;
        Monitor.Enter(m_lockObjAndDisposed);
        bool removed = RemoveAsyncWaiter(asyncWaiter);
        Monitor.Exit(m_lockObjAndDisposed);
        if (removed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
        return await asyncWaiter.ConfigureAwait(false);
    }

    public int Release() => Release(1);

    public int Release(int releaseCount)
    {
        CheckDispose();
        if (releaseCount < 1)
            throw new ArgumentOutOfRangeException("releaseCount", releaseCount, "The releaseCount argument must be greater than zero.");
        int before;
        Monitor.Enter(m_lockObjAndDisposed);
        try
        {
            int count = m_currentCount;
            before = count;
            if (m_maxCount - count < releaseCount)
                throw new SemaphoreFullException();
            count += releaseCount;
            int toNotify = (count < m_waitCount ? count : m_waitCount) - m_countOfWaitersPulsedToWake;
            if (toNotify > releaseCount)
                toNotify = releaseCount;
            for (int i = 0; i < toNotify; i++)
            {
                m_countOfWaitersPulsedToWake++;
                Monitor.Pulse(m_lockObjAndDisposed);
            }
            if (m_asyncHead != null)
            {
                int forAsync = count - m_waitCount;
                while (forAsync > 0 && m_asyncHead != null)
                {
                    count--;
                    forAsync--;
                    TaskNode node = m_asyncHead;
                    RemoveAsyncWaiter(node);
                    node.TrySetResult(true);
                }
            }
            m_currentCount = count;
            if (m_waitHandle != null && before == 0 && count > 0)
                m_waitHandle.Set();
        }
        finally
        {
            Monitor.Exit(m_lockObjAndDisposed);
        }
        return before;
    }

    private void CheckDispose()
    {
        if (m_lockObjAndDisposed.Value)
            throw new ObjectDisposedException("System.Threading.SemaphoreSlim");
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        if (m_waitHandle != null)
        {
            m_waitHandle.Dispose();
            m_waitHandle = null;
        }
        m_lockObjAndDisposed.Value = true;
        m_asyncHead = null;
        m_asyncTail = null;
    }
}
