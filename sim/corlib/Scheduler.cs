// The machine's surface for concurrency, all of it native, and the one gate that guards the library's own thread state.
using System.Runtime.CompilerServices;
using System.Watch;

namespace System.Threading;

internal static class Scheduler
{
    /// Block the current thread until Unpark(key) or until the virtual clock has advanced; -1 waits for ever. True: unparked.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool Park(object key, long milliseconds);

    /// Park, and write 0 to `gate` in the same instruction: no wake-up can fall between the two.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool ParkReleasing(object key, long milliseconds, ref int gate);

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int Unpark(object key, int count);

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void YieldThread();

    /// Which of `count` pieces of work, in the order in which they would be taken, is next; negative: it is being chosen, ask
    /// again.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int PickWork(int count);

    /// A new logical thread, ready to run thread.RunOnThread().
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void StartThread(Thread thread);

    /// Never null. The first thread's object is made by the machine: uncounted, all fields zero.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Thread CurrentThreadObject();

    /// A Thread with all fields zero that no allocation count includes (pool workers, the timer thread).
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Thread NewThreadObject();

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern long NowMilliseconds();

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern long NowTicks();

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool HasStackRoom();

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Crash(Exception exception);

    // The lock in an object's header word: owner thread and depth.

    /// Take the lock if it is free, or enter once more if the current thread holds it.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool TryLock(object obj);

    /// Leave once: the depth that remains (0: free now), or -1 when the current thread does not hold it.
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int Unlock(object obj);

    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool HoldsLock(object obj);
}

/// The spin lock around queues, waiters and timers. Held for a few instructions, never while user code runs.
internal static class Gate
{
    private static int s_word;

    internal static void Enter()
    {
        while (Interlocked.CompareExchange(ref s_word, 1, 0) != 0)
            Scheduler.YieldThread();
    }

    internal static void Exit() => s_word = 0;

    /// Leaves the gate and blocks; the gate is not held on return. A blocked worker lets the pool run another one.
    internal static bool Block(object key, long milliseconds)
    {
        Thread self = Thread.CurrentThread;
        bool worker = self._isThreadPool;
        if (worker)
            ThreadPool.WorkerBlocks();
        Protocol.Raise(ProtocolEvent.ThreadParked, self, key, milliseconds);
        bool woken = Scheduler.ParkReleasing(key, milliseconds, ref s_word);
        Protocol.Raise(ProtocolEvent.ThreadUnparked, self, key, 0);
        if (worker)
            ThreadPool.WorkerGoesOn();
        return woken;
    }

    /// For the pool's and the timer's own sleep: no accounting, no event.
    internal static bool Sleep(object key, long milliseconds) => Scheduler.ParkReleasing(key, milliseconds, ref s_word);

    /// What is left of a wait that may last until `deadline` (-1: for ever).
    internal static long Left(long deadline)
    {
        if (deadline < 0)
            return -1;
        long left = deadline - Scheduler.NowMilliseconds();
        return left < 0 ? 0 : left;
    }

    internal static long Deadline(long milliseconds) => milliseconds < 0 ? -1 : Scheduler.NowMilliseconds() + milliseconds;
}
