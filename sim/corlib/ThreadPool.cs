// The thread pool: a global queue (first in, first out), an urgent one, and a local queue per worker that its owner takes from
// last in, first out, and others steal from at the old end. All under the gate.
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using System.Watch;

namespace System.Threading;

public delegate void WaitCallback(object? state);

public interface IThreadPoolWorkItem { void Execute(); }

/// A queue of work items open at both ends, in uncounted memory.
internal struct WorkRing
{
    private object?[]? _items;
    private int _head, _count;

    internal int Count => _count;

    internal void PushTail(object item)
    {
        if (_items == null)
            _items = RuntimeHelpers.AllocateUncountedArray<object?>(32);
        else if (_count == _items.Length)
            Grow();
        _items[(_head + _count) & (_items.Length - 1)] = item;
        _count++;
    }

    private void Grow()
    {
        object?[] old = _items!;
        object?[] bigger = RuntimeHelpers.AllocateUncountedArray<object?>(old.Length * 2);
        for (int i = 0; i < _count; i++)
            bigger[i] = old[(_head + i) & (old.Length - 1)];
        _items = bigger;
        _head = 0;
    }

    internal object? PopHead()
    {
        if (_count == 0)
            return null;
        object? item = _items![_head];
        _items[_head] = null;
        _head = (_head + 1) & (_items.Length - 1);
        _count--;
        return item;
    }

    internal object? PopTail()
    {
        if (_count == 0)
            return null;
        _count--;
        int at = (_head + _count) & (_items!.Length - 1);
        object? item = _items[at];
        _items[at] = null;
        return item;
    }

    /// The item that is `index` places behind the head.
    internal object? TakeAt(int index)
    {
        object? item = _items![(_head + index) & (_items.Length - 1)];
        for (int i = index; i < _count - 1; i++)
            _items[(_head + i) & (_items.Length - 1)] = _items[(_head + i + 1) & (_items.Length - 1)];
        _count--;
        _items[(_head + _count) & (_items.Length - 1)] = null;
        return item;
    }

    internal bool Remove(object item)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_items![(_head + i) & (_items.Length - 1)] != item)
                continue;
            TakeAt(i);
            return true;
        }
        return false;
    }
}

public delegate void WaitOrTimerCallback(object? state, bool timedOut);

/// A wait that a thread of its own does.
public sealed class RegisteredWaitHandle
{
    private readonly WaitHandle _handle;
    private readonly WaitOrTimerCallback _callback;
    private readonly object? _state;
    private readonly int _timeout;
    private readonly bool _once;
    private volatile bool _unregistered;

    internal RegisteredWaitHandle(WaitHandle handle, WaitOrTimerCallback callback, object? state, int timeout, bool once)
    {
        _handle = handle;
        _callback = callback;
        _state = state;
        _timeout = timeout;
        _once = once;
        Thread waiter = new Thread(Wait);
        waiter.IsBackground = true;
        waiter.UnsafeStart();
    }

    private void Wait()
    {
        do
        {
            bool signaled = _handle.WaitOne(_timeout);
            if (_unregistered)
                return;
            ThreadPool.UnsafeQueueUserWorkItem(signaled ? Signaled : TimedOut, this);
        }
        while (!_once);
    }

    private static void Signaled(object? self) => ((RegisteredWaitHandle)self!).Call(false);
    private static void TimedOut(object? self) => ((RegisteredWaitHandle)self!).Call(true);
    private void Call(bool timedOut) => _callback(_state, timedOut);

    public bool Unregister(WaitHandle? waitObject)
    {
        bool was = !_unregistered;
        _unregistered = true;
        return was;
    }
}

public static class ThreadPool
{
    public static RegisteredWaitHandle RegisterWaitForSingleObject(WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, int millisecondsTimeOutInterval, bool executeOnlyOnce)
    {
        ArgumentNullException.ThrowIfNull(waitObject, "waitObject");
        ArgumentNullException.ThrowIfNull(callBack, "callBack");
        return new RegisteredWaitHandle(waitObject, callBack, state, millisecondsTimeOutInterval, executeOnlyOnce);
    }

    public static RegisteredWaitHandle RegisterWaitForSingleObject(WaitHandle waitObject, WaitOrTimerCallback callBack, object? state, TimeSpan timeout, bool executeOnlyOnce)
        => RegisterWaitForSingleObject(waitObject, callBack, state, (int)timeout.TotalMilliseconds, executeOnlyOnce);

    /// How many workers may run at a time; a blocked one does not count. One, because then the order is the program's.
    internal static int s_maximumRunning = 1;

    private static WorkRing s_global, s_urgent;
    private static Thread?[]? s_workers;        // uncounted
    private static int s_workerCount, s_running, s_idle, s_queued;
    private static long s_completed;
    private static readonly object s_idleKey = RuntimeHelpers.AllocateUncountedArray<byte>(1);

    /// What a box passes to a source as its continuation: recognised by reference, so that the box is queued as it is.
    internal static readonly Action<object?> s_invokeAsyncStateMachineBox = InvokeBox;

    private static void InvokeBox(object? state)
    {
        IAsyncStateMachineBox? box = state as IAsyncStateMachineBox;
        if (box == null)
            TaskThrow.UnexpectedState(state);
        box!.MoveNext();
    }

    // ---- queueing -----------------------------------------------------------------------------------------------------

    /// `item` is a Task or an IThreadPoolWorkItem. preferLocal: the local queue, where the current thread has one.
    internal static void UnsafeQueueUserWorkItemInternal(object item, bool preferLocal)
    {
        Thread self = Thread.CurrentThread;
        Gate.Enter();
        if (preferLocal && self._isThreadPool)
        {
            Protocol.Raise(ProtocolEvent.WorkQueuedLocal, item, self, 0);
            self.Extra.Local.PushTail(item);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.WorkQueuedGlobal, item, null, 0);
            s_global.PushTail(item);
        }
        s_queued++;
        EnsureWorker();
        Gate.Exit();
    }

    /// With the gate held, from the timer.
    internal static void QueueUrgentLocked(object item)
    {
        Protocol.Raise(ProtocolEvent.WorkQueuedUrgent, item, null, 0);
        s_urgent.PushTail(item);
        s_queued++;
        EnsureWorker();
    }

    internal static void QueueGlobalLocked(object item)
    {
        Protocol.Raise(ProtocolEvent.WorkQueuedGlobal, item, null, 0);
        s_global.PushTail(item);
        s_queued++;
        EnsureWorker();
    }

    /// A worker about to block gives its local items away, newest first.
    internal static void MoveLocalItemsToUrgent()
    {
        Thread self = Thread.CurrentThread;
        Gate.Enter();
        object? item;
        while ((item = self.Extra.Local.PopTail()) != null)
        {
            Protocol.Raise(ProtocolEvent.WorkQueuedUrgent, item, null, 0);
            s_urgent.PushTail(item);
        }
        Gate.Exit();
    }

    /// Takes the item back out of the current worker's local queue, if it is there.
    internal static bool TryPopCustomWorkItem(object item)
    {
        Thread self = Thread.CurrentThread;
        if (!self._isThreadPool)
            return false;
        Gate.Enter();
        bool found = self.Extra.Local.Remove(item);
        if (found)
            s_queued--;
        Gate.Exit();
        return found;
    }

    // ---- workers ------------------------------------------------------------------------------------------------------

    private static void EnsureWorker()
    {
        if (s_running >= s_maximumRunning)
            return;
        s_running++;
        if (s_idle > 0)
        {
            s_idle--;
            Scheduler.Unpark(s_idleKey, 1);
            return;
        }
        if (s_workers == null || s_workerCount == s_workers.Length)
        {
            Thread?[] bigger = RuntimeHelpers.AllocateUncountedArray<Thread?>(s_workers == null ? 8 : s_workerCount * 2);
            for (int i = 0; i < s_workerCount; i++)
                bigger[i] = s_workers![i];
            s_workers = bigger;
        }
        Thread worker = Thread.StartHidden(Thread.WorkerKind, ".NET TP Worker");
        s_workers[s_workerCount++] = worker;
        Protocol.Raise(ProtocolEvent.WorkerStarted, worker, null, s_workerCount);
    }

    /// With the gate held: the current worker will not run for a while, so another one may.
    internal static void WorkerBlocks()
    {
        s_running--;
        if (s_queued > 0)
            EnsureWorker();
    }

    internal static void WorkerGoesOn()
    {
        Gate.Enter();
        s_running++;
        Gate.Exit();
    }

    internal static void RunWorker(Thread self)
    {
        while (true)
        {
            Gate.Enter();
            // One too many (somebody came back from blocking): step aside, unless only we know of some work.
            object? item = s_running > s_maximumRunning && self.Extra.Local.Count == 0 ? null : Dequeue(self);
            if (item == null)
            {
                s_running--;
                s_idle++;
                Gate.Sleep(s_idleKey, -1);
                continue;
            }
            s_queued--;
            Gate.Exit();
            if (item is Task task)
                task.ExecuteFromThreadPool(self);
            else
                Unsafe.As<IThreadPoolWorkItem>(item).Execute();
            self.ResetAfterWorkItem();
            s_completed++;
        }
    }

    /// Whoever schedules the machine may choose another item than the first one.
    private static object? TakeOne(Thread self)
    {
        int local = self.Extra.Local.Count, urgent = s_urgent.Count, count = local + urgent + s_global.Count, at = 0;
        if (count > 1)
            while ((at = Scheduler.PickWork(count)) < 0)
            {
            }
        if (at == 0)
            return self.Extra.Local.PopTail() ?? s_urgent.PopHead() ?? s_global.PopHead();
        if (at < local)
            return self.Extra.Local.TakeAt(local - 1 - at);
        at -= local;
        return at < urgent ? s_urgent.TakeAt(at) : s_global.TakeAt(at - urgent);
    }

    private static object? Dequeue(Thread self)
    {
        object? item = TakeOne(self);
        if (item != null)
        {
            Protocol.Raise(ProtocolEvent.WorkTaken, item, self, 0);
            return item;
        }
        for (int i = 0; i < s_workerCount; i++)
        {
            Thread other = s_workers![i]!;
            item = other == self ? null : other.Extra.Local.PopHead();
            if (item != null)
            {
                Protocol.Raise(ProtocolEvent.WorkStolen, item, self, 0);
                return item;
            }
        }
        return null;
    }

    // ---- the public surface -------------------------------------------------------------------------------------------

    public static bool QueueUserWorkItem(WaitCallback callBack) => QueueUserWorkItem(callBack, null);

    public static bool QueueUserWorkItem(WaitCallback callBack, object? state)
    {
        if (callBack == null)
            TaskThrow.Null("callBack");
        ExecutionContext? context = ExecutionContext.Capture();
        if (context == null || context.IsDefault)
            UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallbackDefaultContext(callBack!, state), false);
        else
            UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallback(callBack!, state, context), false);
        return true;
    }

    public static bool QueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal)
    {
        if (callBack == null)
            TaskThrow.Null("callBack");
        ExecutionContext? context = ExecutionContext.Capture();
        if (context == null || context.IsDefault)
            UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallbackDefaultContext<TState>(callBack!, state), preferLocal);
        else
            UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallback<TState>(callBack!, state, context), preferLocal);
        return true;
    }

    public static bool UnsafeQueueUserWorkItem(WaitCallback callBack, object? state)
    {
        if (callBack == null)
            TaskThrow.Null("callBack");
        UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallbackDefaultContext(callBack!, state), false);
        return true;
    }

    public static bool UnsafeQueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal)
    {
        if (callBack == null)
            TaskThrow.Null("callBack");
        if ((object?)callBack == (object)s_invokeAsyncStateMachineBox)
        {
            object? box = state;
            if (box as IAsyncStateMachineBox == null)
                TaskThrow.UnexpectedState(box);
            UnsafeQueueUserWorkItemInternal(box!, preferLocal);
            return true;
        }
        UnsafeQueueUserWorkItemInternal(new QueueUserWorkItemCallbackDefaultContext<TState>(callBack!, state), preferLocal);
        return true;
    }

    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal)
    {
        if (callBack == null)
            TaskThrow.Null("callBack");
        if (callBack is Task)
            TaskThrow.OutOfRange("callBack");
        UnsafeQueueUserWorkItemInternal(callBack!, preferLocal);
        return true;
    }

    public static int ThreadCount => s_workerCount;
    public static long PendingWorkItemCount => s_queued;
    public static long CompletedWorkItemCount => s_completed;

    public static void GetMinThreads(out int workerThreads, out int completionPortThreads)
    {
        workerThreads = 1;
        completionPortThreads = 1;
    }

    public static void GetMaxThreads(out int workerThreads, out int completionPortThreads)
    {
        workerThreads = 32767;
        completionPortThreads = 1000;
    }

    public static void GetAvailableThreads(out int workerThreads, out int completionPortThreads)
    {
        workerThreads = 32767 - s_running;
        completionPortThreads = 1000;
    }

    /// The number of workers that may run at a time grows with the minimum, as it does in .NET.
    public static bool SetMinThreads(int workerThreads, int completionPortThreads)
    {
        if (workerThreads < 0 || workerThreads > 32767 || completionPortThreads < 0)
            return false;
        Gate.Enter();
        s_maximumRunning = workerThreads < 1 ? 1 : workerThreads;
        for (int i = 0; i < s_queued; i++)
            EnsureWorker();
        Gate.Exit();
        return true;
    }

    public static bool SetMaxThreads(int workerThreads, int completionPortThreads) => workerThreads >= 1 && completionPortThreads >= 1;
}

internal sealed class QueueUserWorkItemCallback : IThreadPoolWorkItem
{
    private readonly WaitCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext _context;

    private static readonly ContextCallback s_run = Run;

    internal QueueUserWorkItemCallback(WaitCallback callback, object? state, ExecutionContext context)
    {
        _callback = callback;
        _state = state;
        _context = context;
    }

    void IThreadPoolWorkItem.Execute() => ExecutionContext.RunForThreadPoolUnsafe(_context, s_run, this);

    private static void Run(object? state)
    {
        QueueUserWorkItemCallback self = Unsafe.As<QueueUserWorkItemCallback>(state);
        self._callback(self._state);
    }
}

internal sealed class QueueUserWorkItemCallback<TState> : IThreadPoolWorkItem
{
    private readonly Action<TState> _callback;
    private readonly TState _state;
    private readonly ExecutionContext _context;

    private static readonly ContextCallback s_run = Run;

    internal QueueUserWorkItemCallback(Action<TState> callback, TState state, ExecutionContext context)
    {
        _callback = callback;
        _state = state;
        _context = context;
    }

    void IThreadPoolWorkItem.Execute() => ExecutionContext.RunForThreadPoolUnsafe(_context, s_run, this);

    private static void Run(object? state)
    {
        QueueUserWorkItemCallback<TState> self = Unsafe.As<QueueUserWorkItemCallback<TState>>(state);
        self._callback(self._state);
    }
}

internal sealed class QueueUserWorkItemCallbackDefaultContext : IThreadPoolWorkItem
{
    private readonly WaitCallback _callback;
    private readonly object? _state;

    internal QueueUserWorkItemCallbackDefaultContext(WaitCallback callback, object? state)
    {
        _callback = callback;
        _state = state;
    }

    void IThreadPoolWorkItem.Execute() => _callback(_state);
}

internal sealed class QueueUserWorkItemCallbackDefaultContext<TState> : IThreadPoolWorkItem
{
    private readonly Action<TState> _callback;
    private readonly TState _state;

    internal QueueUserWorkItemCallbackDefaultContext(Action<TState> callback, TState state)
    {
        _callback = callback;
        _state = state;
    }

    void IThreadPoolWorkItem.Execute() => _callback(_state);
}
