// WaitHandle and the events. What the operating system would keep behind the handle is in SafeWaitHandle.
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace System.Threading;

public enum EventResetMode { AutoReset, ManualReset }

public abstract class WaitHandle : IDisposable
{
    public const int WaitTimeout = 258;

    internal SafeWaitHandle? _waitHandle;

    private static int s_manyWaiters;       // threads inside WaitAny / WaitAll
    private static readonly object s_manyKey = RuntimeHelpers.AllocateUncountedArray<byte>(1);

    private protected SafeWaitHandle Handle
    {
        get
        {
            if (_waitHandle == null)
                throw new ObjectDisposedException(null, "Safe handle has been closed.");
            return _waitHandle;
        }
    }

    public virtual bool WaitOne() => WaitOne(-1);
    public virtual bool WaitOne(TimeSpan timeout) => WaitOne((int)timeout.TotalMilliseconds);

    public virtual bool WaitOne(int millisecondsTimeout)
    {
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        SafeWaitHandle handle = Handle;
        long deadline = Gate.Deadline(millisecondsTimeout);
        Gate.Enter();
        bool taken;
        while (!(taken = handle.TryTake()))
        {
            long left = Gate.Left(deadline);
            if (left == 0)
                break;
            Gate.Block(handle, left);
            Gate.Enter();
        }
        Gate.Exit();
        return taken;
    }

    private protected void Signal()
    {
        SafeWaitHandle handle = Handle;
        Gate.Enter();
        handle.Signaled = true;
        Scheduler.Unpark(handle, handle.AutoReset ? 1 : int.MaxValue);
        if (s_manyWaiters > 0)
            Scheduler.Unpark(s_manyKey, int.MaxValue);
        Gate.Exit();
    }

    public static int WaitAny(WaitHandle[] waitHandles) => WaitMany(waitHandles, -1, false);
    public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout) => WaitMany(waitHandles, millisecondsTimeout, false);
    public static int WaitAny(WaitHandle[] waitHandles, TimeSpan timeout) => WaitMany(waitHandles, (int)timeout.TotalMilliseconds, false);
    public static bool WaitAll(WaitHandle[] waitHandles) => WaitMany(waitHandles, -1, true) != WaitTimeout;
    public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout) => WaitMany(waitHandles, millisecondsTimeout, true) != WaitTimeout;
    public static bool WaitAll(WaitHandle[] waitHandles, TimeSpan timeout) => WaitMany(waitHandles, (int)timeout.TotalMilliseconds, true) != WaitTimeout;

    private static int WaitMany(WaitHandle[] waitHandles, int millisecondsTimeout, bool all)
    {
        if (waitHandles == null)
            TaskThrow.Null("waitHandles");
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        long deadline = Gate.Deadline(millisecondsTimeout);
        Gate.Enter();
        s_manyWaiters++;
        int result;
        while ((result = TakeMany(waitHandles!, all)) == WaitTimeout)
        {
            long left = Gate.Left(deadline);
            if (left == 0)
                break;
            Gate.Block(s_manyKey, left);
            Gate.Enter();
        }
        s_manyWaiters--;
        Gate.Exit();
        return result;
    }

    private static int TakeMany(WaitHandle[] handles, bool all)
    {
        for (int i = 0; i < handles.Length; i++)
        {
            if (!all && handles[i].Handle.TryTake())
                return i;
            if (all && !handles[i].Handle.Signaled)
                return WaitTimeout;
        }
        for (int i = 0; all && i < handles.Length; i++)
            handles[i].Handle.TryTake();
        return all ? 0 : WaitTimeout;
    }

    public virtual void Close() => Dispose();
    public void Dispose() => Dispose(true);
    protected virtual void Dispose(bool explicitDisposing) => _waitHandle = null;
}

public class EventWaitHandle : WaitHandle
{
    public EventWaitHandle(bool initialState, EventResetMode mode) { _waitHandle = new SafeWaitHandle(initialState, mode == EventResetMode.AutoReset); }

    public bool Set()
    {
        Signal();
        return true;
    }

    public bool Reset()
    {
        Handle.Signaled = false;
        return true;
    }
}

public sealed class AutoResetEvent : EventWaitHandle { public AutoResetEvent(bool initialState) : base(initialState, EventResetMode.AutoReset) { } }
public sealed class ManualResetEvent : EventWaitHandle { public ManualResetEvent(bool initialState) : base(initialState, EventResetMode.ManualReset) { } }

/// A lock that belongs to a thread, which may take it again.
public sealed class Mutex : WaitHandle
{
    private readonly object _lock = RuntimeHelpers.AllocateUncountedArray<byte>(1);

    public Mutex() : this(false) { }
    public Mutex(bool initiallyOwned) : this(initiallyOwned, null) { }

    public Mutex(bool initiallyOwned, string? name)
    {
        _waitHandle = new SafeWaitHandle(false, true);
        if (initiallyOwned)
            WaitOne();
    }

    public override bool WaitOne(TimeSpan timeout) => WaitOne((int)timeout.TotalMilliseconds);
    public override bool WaitOne() => WaitOne(-1);

    public override bool WaitOne(int millisecondsTimeout)
    {
        SafeWaitHandle handle = Handle;
        return Monitor.TryEnter(_lock, millisecondsTimeout);
    }

    public void ReleaseMutex()
    {
        SafeWaitHandle handle = Handle;
        if (!Monitor.IsEntered(_lock))
            throw new ApplicationException("Object synchronization method was called from an unsynchronized block of code.");
        Monitor.Exit(_lock);
    }
}

public sealed class Semaphore : WaitHandle
{
    private readonly SemaphoreSlim _count;

    public Semaphore(int initialCount, int maximumCount)
    {
        _count = new SemaphoreSlim(initialCount, maximumCount);
        _waitHandle = new SafeWaitHandle(false, true);
    }

    public override bool WaitOne(TimeSpan timeout) => WaitOne((int)timeout.TotalMilliseconds);
    public override bool WaitOne() => WaitOne(-1);

    public override bool WaitOne(int millisecondsTimeout)
    {
        SafeWaitHandle handle = Handle;
        return _count.Wait(millisecondsTimeout);
    }

    public int Release() => Release(1);
    public int Release(int releaseCount) => _count.Release(releaseCount);
}
