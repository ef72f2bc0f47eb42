namespace System.Threading;

/// ManualResetEventSlim (40 B): a wait that blocks adds a lock object (24 B). It does not spin: see Task.SpinThenBlockingWait.
public class ManualResetEventSlim : IDisposable
{
    private volatile object? m_lock;
    private volatile ManualResetEvent? m_eventObj;
    private volatile int m_combinedState;       // sign bit: set; bit 30: disposed; bits 19-29: spin count; the rest: waiters

    private const int SetBit = int.MinValue, DisposedBit = 0x40000000, WaiterMask = 0x7FFFF, SpinShift = 19, SpinMask = 0x7FF;

    private static readonly Action<object?> s_cancellationTokenCallback = state =>
    {
        ManualResetEventSlim self = (ManualResetEventSlim)state!;
        Monitor.Enter(self.m_lock!);
        Monitor.PulseAll(self.m_lock!);
        Monitor.Exit(self.m_lock!);
    };

    public ManualResetEventSlim() : this(false) { }
    public ManualResetEventSlim(bool initialState) { m_combinedState = (35 << SpinShift) | (initialState ? SetBit : 0); }

    public ManualResetEventSlim(bool initialState, int spinCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spinCount, "spinCount");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spinCount, SpinMask, "spinCount");
        m_combinedState = (spinCount << SpinShift) | (initialState ? SetBit : 0);
    }

    public bool IsSet => m_combinedState < 0;
    public int SpinCount => (m_combinedState >> SpinShift) & SpinMask;

    public WaitHandle WaitHandle
    {
        get
        {
            ThrowIfDisposed();
            if (m_eventObj == null)
            {
                ManualResetEvent made = new ManualResetEvent(IsSet);
                if (Interlocked.CompareExchange(ref m_eventObj, made, null) == null && IsSet)
                    made.Set();
            }
            return m_eventObj!;
        }
    }

    public void Set()
    {
        Interlocked.Or(ref m_combinedState, SetBit);
        if ((m_combinedState & WaiterMask) > 0)
        {
            object gate = m_lock!;
            Monitor.Enter(gate);
            Monitor.PulseAll(gate);
            Monitor.Exit(gate);
        }
        ManualResetEvent? handle = m_eventObj;
        if (handle != null)
            handle.Set();
    }

    public void Reset()
    {
        ThrowIfDisposed();
        if (m_eventObj != null)
            m_eventObj.Reset();
        Interlocked.And(ref m_combinedState, ~SetBit);
    }

    public void Wait() => Wait(-1, default(CancellationToken));
    public void Wait(CancellationToken cancellationToken) => Wait(-1, cancellationToken);
    public bool Wait(TimeSpan timeout) => Wait((int)timeout.TotalMilliseconds, default(CancellationToken));
    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken) => Wait((int)timeout.TotalMilliseconds, cancellationToken);
    public bool Wait(int millisecondsTimeout) => Wait(millisecondsTimeout, default(CancellationToken));

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        if (IsSet)
            return true;
        if (millisecondsTimeout == 0)
            return false;
        long deadline = Gate.Deadline(millisecondsTimeout);
        if (m_lock == null)
            Interlocked.CompareExchange(ref m_lock, new object(), null);
        object gate = m_lock!;
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(s_cancellationTokenCallback, this);
        try
        {
            Monitor.Enter(gate);
            try
            {
                while (!IsSet)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    long left = Gate.Left(deadline);
                    if (left == 0)
                        return false;
                    Interlocked.Increment(ref m_combinedState);
                    try
                    {
                        // Set may have come before the count was there to see.
                        if (!IsSet && !Monitor.Wait(gate, (int)left) && !IsSet)
                            return false;
                    }
                    finally
                    {
                        Interlocked.Decrement(ref m_combinedState);
                    }
                }
            }
            finally
            {
                Monitor.Exit(gate);
            }
        }
        finally
        {
            registration.Dispose();
        }
        return true;
    }

    private void ThrowIfDisposed()
    {
        if ((m_combinedState & DisposedBit) != 0)
            throw new ObjectDisposedException("System.Threading.ManualResetEventSlim");
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || (m_combinedState & DisposedBit) != 0)
            return;
        m_combinedState |= DisposedBit;
        if (m_eventObj != null)
        {
            m_eventObj.Dispose();
            m_eventObj = null;
        }
    }
}
