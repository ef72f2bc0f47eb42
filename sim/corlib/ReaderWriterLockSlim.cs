// Many readers or one writer; an upgradeable reader may become the writer. Writers that wait go before readers that come later.
// Who holds what is remembered per thread, for recursion and for the Is...Held properties.
using System.Collections.Generic;

namespace System.Threading;

public enum LockRecursionPolicy { NoRecursion, SupportsRecursion }

public class ReaderWriterLockSlim : IDisposable
{
    /// What one thread holds.
    private sealed class Hold
    {
        internal Thread Thread;
        internal int Read, Upgrade, Write;
        internal Hold(Thread thread) { Thread = thread; }
        internal bool IsEmpty => Read == 0 && Upgrade == 0 && Write == 0;
    }

    private readonly bool _fIsReentrant;
    private readonly List<Hold> _holds = new List<Hold>();
    private int _waitingReaders, _waitingWriters, _waitingUpgraders;
    private bool _fDisposed;

    public ReaderWriterLockSlim() : this(LockRecursionPolicy.NoRecursion) { }
    public ReaderWriterLockSlim(LockRecursionPolicy recursionPolicy) { _fIsReentrant = recursionPolicy == LockRecursionPolicy.SupportsRecursion; }

    public LockRecursionPolicy RecursionPolicy => _fIsReentrant ? LockRecursionPolicy.SupportsRecursion : LockRecursionPolicy.NoRecursion;
    public bool IsReadLockHeld => RecursiveReadCount > 0;
    public bool IsUpgradeableReadLockHeld => RecursiveUpgradeCount > 0;
    public bool IsWriteLockHeld => RecursiveWriteCount > 0;
    public int RecursiveReadCount { get { Hold? hold = Mine(); return hold == null ? 0 : hold.Read; } }
    public int RecursiveUpgradeCount { get { Hold? hold = Mine(); return hold == null ? 0 : hold.Upgrade; } }
    public int RecursiveWriteCount { get { Hold? hold = Mine(); return hold == null ? 0 : hold.Write; } }
    public int WaitingReadCount => _waitingReaders;
    public int WaitingUpgradeCount => _waitingUpgraders;
    public int WaitingWriteCount => _waitingWriters;

    public int CurrentReadCount
    {
        get
        {
            int count = 0;
            lock (_holds)
                for (int i = 0; i < _holds.Count; i++)
                    if (_holds[i].Read > 0)
                        count++;
            return count;
        }
    }

    private Hold? Mine()
    {
        Thread self = Thread.CurrentThread;
        lock (_holds)
            for (int i = 0; i < _holds.Count; i++)
                if (_holds[i].Thread == self)
                    return _holds[i];
        return null;
    }

    private bool OthersHold(Thread self, bool readToo)
    {
        for (int i = 0; i < _holds.Count; i++)
            if (_holds[i].Thread != self && (_holds[i].Write > 0 || _holds[i].Upgrade > 0 && readToo || _holds[i].Read > 0 && readToo))
                return true;
        return false;
    }

    private bool OthersUpgrade(Thread self)
    {
        for (int i = 0; i < _holds.Count; i++)
            if (_holds[i].Thread != self && (_holds[i].Write > 0 || _holds[i].Upgrade > 0))
                return true;
        return false;
    }

    private Hold Take(Hold? hold)
    {
        if (hold == null)
        {
            hold = new Hold(Thread.CurrentThread);
            _holds.Add(hold);
        }
        return hold;
    }

    private static bool Wait(object gate, long deadline)
    {
        if (deadline == -1)
            return Monitor.Wait(gate);
        long left = Gate.Left(deadline);
        return left > 0 && Monitor.Wait(gate, (int)left);
    }

    private void CheckDisposed()
    {
        if (_fDisposed)
            throw new ObjectDisposedException(null);
    }

    private static void ThrowRecursion(string text) => throw new LockRecursionException(text);

    public void EnterReadLock() => TryEnterReadLock(-1);
    public bool TryEnterReadLock(TimeSpan timeout) => TryEnterReadLock((int)timeout.TotalMilliseconds);

    public bool TryEnterReadLock(int millisecondsTimeout)
    {
        CheckDisposed();
        Hold? hold = Mine();
        if (!_fIsReentrant && hold != null && hold.Write > 0)
            ThrowRecursion("A read lock may not be acquired with the write lock held in this mode.");
        if (!_fIsReentrant && hold != null && hold.Read > 0)
            ThrowRecursion("Recursive read lock acquisitions not allowed in this mode.");
        long deadline = Gate.Deadline(millisecondsTimeout);
        lock (_holds)
        {
            bool free = hold != null;
            while (!free && (OthersHold(Thread.CurrentThread, false) || _waitingWriters > 0))
            {
                _waitingReaders++;
                bool woken = Wait(_holds, deadline);
                _waitingReaders--;
                if (!woken)
                    return false;
            }
            Take(hold).Read++;
            return true;
        }
    }

    public void EnterUpgradeableReadLock() => TryEnterUpgradeableReadLock(-1);
    public bool TryEnterUpgradeableReadLock(TimeSpan timeout) => TryEnterUpgradeableReadLock((int)timeout.TotalMilliseconds);

    public bool TryEnterUpgradeableReadLock(int millisecondsTimeout)
    {
        CheckDisposed();
        Hold? hold = Mine();
        if (!_fIsReentrant && hold != null && hold.Upgrade > 0)
            ThrowRecursion("Recursive upgradeable lock acquisitions not allowed in this mode.");
        if (!_fIsReentrant && hold != null && hold.Write > 0)
            ThrowRecursion("Upgradeable lock may not be acquired with write lock held in this mode. Acquiring Upgradeable lock gives the ability to read along with an option to upgrade to a writer.");
        if (hold != null && hold.Read > 0 && hold.Upgrade == 0 && hold.Write == 0)
            ThrowRecursion("Upgradeable lock may not be acquired with read lock held.");
        long deadline = Gate.Deadline(millisecondsTimeout);
        lock (_holds)
        {
            while (hold == null && (OthersUpgrade(Thread.CurrentThread) || _waitingWriters > 0))
            {
                _waitingUpgraders++;
                bool woken = Wait(_holds, deadline);
                _waitingUpgraders--;
                if (!woken)
                    return false;
            }
            Take(hold).Upgrade++;
            return true;
        }
    }

    public void EnterWriteLock() => TryEnterWriteLock(-1);
    public bool TryEnterWriteLock(TimeSpan timeout) => TryEnterWriteLock((int)timeout.TotalMilliseconds);

    public bool TryEnterWriteLock(int millisecondsTimeout)
    {
        CheckDisposed();
        Hold? hold = Mine();
        if (!_fIsReentrant && hold != null && hold.Write > 0)
            ThrowRecursion("Recursive write lock acquisitions not allowed in this mode.");
        if (hold != null && hold.Read > 0 && hold.Upgrade == 0 && hold.Write == 0)
            ThrowRecursion("Write lock may not be acquired with read lock held. This pattern is prone to deadlocks. Please ensure that read locks are released before taking a write lock. If an upgrade is necessary, use an upgrade lock in place of the read lock.");
        long deadline = Gate.Deadline(millisecondsTimeout);
        lock (_holds)
        {
            while (OthersHold(Thread.CurrentThread, true))
            {
                _waitingWriters++;
                bool woken = Wait(_holds, deadline);
                _waitingWriters--;
                if (!woken)
                {
                    Monitor.PulseAll(_holds);
                    return false;
                }
            }
            Take(hold).Write++;
            return true;
        }
    }

    private void Leave(Hold hold)
    {
        if (hold.IsEmpty)
            _holds.Remove(hold);
        Monitor.PulseAll(_holds);
    }

    public void ExitReadLock()
    {
        Hold? hold = Mine();
        if (hold == null || hold.Read == 0)
            throw new SynchronizationLockException("The read lock is being released without being held.");
        lock (_holds)
        {
            hold.Read--;
            Leave(hold);
        }
    }

    public void ExitUpgradeableReadLock()
    {
        Hold? hold = Mine();
        if (hold == null || hold.Upgrade == 0)
            throw new SynchronizationLockException("The upgradeable lock is being released without being held.");
        lock (_holds)
        {
            hold.Upgrade--;
            Leave(hold);
        }
    }

    public void ExitWriteLock()
    {
        Hold? hold = Mine();
        if (hold == null || hold.Write == 0)
            throw new SynchronizationLockException("The write lock is being released without being held.");
        lock (_holds)
        {
            hold.Write--;
            Leave(hold);
        }
    }

    public void Dispose()
    {
        if (_holds.Count > 0)
            throw new SynchronizationLockException("The lock is being disposed while still being used. It either is being held by a thread and/or has active waiters waiting to acquire the lock.");
        _fDisposed = true;
    }
}
