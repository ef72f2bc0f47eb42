// Monitor over the lock in the object header, and System.Threading.Lock over a Monitor-like lock of its own.
using System.Watch;

namespace System.Threading;

public static class Monitor
{
    private static int s_contenders;            // threads inside EnterSlow: while 0, Exit has nobody to wake
    private static int s_starving;              // those among them that were woken and found the lock taken again
    private static Thread? s_firstWaiter;       // threads inside Wait, in the order in which they came
    private static Thread? s_lastWaiter;

    public static void Enter(object obj)
    {
        if (obj == null)
            TaskThrow.Null(null);
        if (!Scheduler.TryLock(obj!))
            EnterSlow(obj!, -1);
        Protocol.Raise(ProtocolEvent.LockTaken, obj, null, 0);
    }

    public static void Enter(object obj, ref bool lockTaken)
    {
        if (lockTaken)
            throw new ArgumentException("Argument must be initialized to false", "lockTaken");
        Enter(obj);
        lockTaken = true;
    }

    public static bool TryEnter(object obj) => TryEnter(obj, 0);
    public static bool TryEnter(object obj, TimeSpan timeout) => TryEnter(obj, (int)timeout.TotalMilliseconds);
    public static void TryEnter(object obj, ref bool lockTaken) => lockTaken = TryEnter(obj, 0);
    public static void TryEnter(object obj, int millisecondsTimeout, ref bool lockTaken) => lockTaken = TryEnter(obj, millisecondsTimeout);

    public static bool TryEnter(object obj, int millisecondsTimeout)
    {
        if (obj == null)
            TaskThrow.Null(null);
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        bool taken = Scheduler.TryLock(obj!) || (millisecondsTimeout != 0 && EnterSlow(obj!, millisecondsTimeout));
        if (taken)
            Protocol.Raise(ProtocolEvent.LockTaken, obj, null, 0);
        return taken;
    }

    private static bool EnterSlow(object obj, long milliseconds)
    {
        Protocol.Raise(ProtocolEvent.LockContended, obj, null, 0);
        long deadline = Gate.Deadline(milliseconds);
        Gate.Enter();
        s_contenders++;
        bool taken;
        int attempts = 0;
        while (!(taken = Scheduler.TryLock(obj)))
        {
            long left = Gate.Left(deadline);
            if (left == 0)
                break;
            if (++attempts == 2)
                s_starving++;
            Gate.Block(obj, left);
            Gate.Enter();
        }
        if (attempts >= 2)
            s_starving--;
        s_contenders--;
        Gate.Exit();
        return taken;
    }

    public static void Exit(object obj)
    {
        if (obj == null)
            TaskThrow.Null(null);
        int depth = Scheduler.Unlock(obj!);
        if (depth != 0)
        {
            if (depth < 0)
                throw new SynchronizationLockException();
            return;
        }
        Protocol.Raise(ProtocolEvent.LockReleased, obj, null, 0);
        if (s_contenders != 0)
            WakeContender(obj!);
    }

    private static void WakeContender(object obj)
    {
        Gate.Enter();
        int woken = Scheduler.Unpark(obj, 1);
        bool yield = woken != 0 && s_starving != 0;
        Gate.Exit();
        if (yield)
            Scheduler.YieldThread();            // or we might take the lock again before the woken thread runs, for ever
    }

    public static bool IsEntered(object obj)
    {
        if (obj == null)
            TaskThrow.Null(null);
        return Scheduler.HoldsLock(obj!);
    }

    public static bool Wait(object obj) => Wait(obj, -1);
    public static bool Wait(object obj, TimeSpan timeout) => Wait(obj, (int)timeout.TotalMilliseconds);

    /// Leaves the lock completely, waits for a pulse, takes the lock again as often as before.
    public static bool Wait(object obj, int millisecondsTimeout)
    {
        if (obj == null)
            TaskThrow.Null(null);
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        if (!Scheduler.HoldsLock(obj!))
            throw new SynchronizationLockException();
        Thread self = Thread.CurrentThread;
        object key = self.WaitKey;
        long deadline = Gate.Deadline(millisecondsTimeout);
        Gate.Enter();
        Append(self, obj!);
        int depth = 1;
        while (Scheduler.Unlock(obj!) > 0)
            depth++;
        if (s_contenders != 0)
            Scheduler.Unpark(obj!, 1);
        bool pulsed = true;
        while (self.Extra.WaitObject != null)
        {
            long left = Gate.Left(deadline);
            if (left == 0)
            {
                Remove(self);
                pulsed = false;
                break;
            }
            Gate.Block(key, left);
            Gate.Enter();
        }
        Gate.Exit();
        while (depth-- > 0)
        {
            if (!Scheduler.TryLock(obj!))
                EnterSlow(obj!, -1);
        }
        return pulsed;
    }

    public static void Pulse(object obj) => Pulse(obj, false);
    public static void PulseAll(object obj) => Pulse(obj, true);

    private static void Pulse(object obj, bool all)
    {
        if (obj == null)
            TaskThrow.Null(null);
        if (!Scheduler.HoldsLock(obj!))
            throw new SynchronizationLockException();
        Gate.Enter();
        Thread? waiter = s_firstWaiter;
        while (waiter != null)
        {
            Thread? next = waiter.Extra.NextWaiter;
            if (waiter.Extra.WaitObject == obj)
            {
                Remove(waiter);
                Scheduler.Unpark(waiter.WaitKey, 1);
                if (!all)
                    break;
            }
            waiter = next;
        }
        Gate.Exit();
    }

    private static void Append(Thread thread, object obj)
    {
        thread.Extra.WaitObject = obj;
        thread.Extra.NextWaiter = null;
        if (s_lastWaiter == null)
            s_firstWaiter = thread;
        else
            s_lastWaiter.Extra.NextWaiter = thread;
        s_lastWaiter = thread;
    }

    private static void Remove(Thread thread)
    {
        Thread? before = null;
        Thread? at = s_firstWaiter;
        while (at != thread)
        {
            before = at;
            at = at!.Extra.NextWaiter;
        }
        Thread? after = thread.Extra.NextWaiter;
        if (before == null)
            s_firstWaiter = after;
        else
            before.Extra.NextWaiter = after;
        if (s_lastWaiter == thread)
            s_lastWaiter = before;
        thread.Extra.NextWaiter = null;
        thread.Extra.WaitObject = null;
    }
}

/// System.Threading.Lock (40 B): the `lock` statement enters it through EnterScope.
public sealed class Lock
{
    private uint _owningThreadId;
    private uint _state;
    private uint _recursionCount;
    private short _spinCount;
    private ushort _waiterStartTimeMs;
    private AutoResetEvent? _waitEvent;

    public void Enter() => Monitor.Enter(this);
    public bool TryEnter() => Monitor.TryEnter(this, 0);
    public bool TryEnter(int millisecondsTimeout) => Monitor.TryEnter(this, millisecondsTimeout);
    public bool TryEnter(TimeSpan timeout) => Monitor.TryEnter(this, timeout);
    public bool IsHeldByCurrentThread => Monitor.IsEntered(this);

    public void Exit()
    {
        if (!Monitor.IsEntered(this))
            throw new SynchronizationLockException("The calling thread does not hold the lock.");
        Monitor.Exit(this);
    }

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    public struct Scope
    {
        private Lock? _lockObj;

        internal Scope(Lock lockObj) { _lockObj = lockObj; }

        public void Dispose()
        {
            Lock? taken = _lockObj;
            if (taken != null)
            {
                _lockObj = null;
                taken.Exit();
            }
        }
    }
}
