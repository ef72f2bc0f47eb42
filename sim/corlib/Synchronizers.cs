// SpinWait, CountdownEvent, Barrier.
using System.Collections.Generic;

namespace System.Threading;

public struct SpinWait
{
    private int _count;

    public int Count => _count;
    public bool NextSpinWillYield => true;

    /// Gives the turn to another thread; later it sleeps, so that the virtual clock can move on.
    public void SpinOnce()
    {
        if (_count >= 20)
            Thread.Sleep(1);
        else
            Scheduler.YieldThread();
        _count = _count == int.MaxValue ? 20 : _count + 1;
    }

    public void SpinOnce(int sleep1Threshold)
    {
        if (sleep1Threshold >= 0 && _count >= sleep1Threshold)
            Thread.Sleep(1);
        else
            Scheduler.YieldThread();
        _count = _count == int.MaxValue ? 20 : _count + 1;
    }

    public void Reset() => _count = 0;

    public static void SpinUntil(Func<bool> condition) => SpinUntil(condition, -1);
    public static bool SpinUntil(Func<bool> condition, TimeSpan timeout) => SpinUntil(condition, (int)timeout.TotalMilliseconds);

    public static bool SpinUntil(Func<bool> condition, int millisecondsTimeout)
    {
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        if (condition == null)
            TaskThrow.Null("condition");
        long deadline = Gate.Deadline(millisecondsTimeout);
        SpinWait spinner = default(SpinWait);
        while (!condition!())
        {
            if (Gate.Left(deadline) == 0)
                return false;
            spinner.SpinOnce();
        }
        return true;
    }
}

/// A lock that a thread waits for by giving its turn away.
public struct SpinLock
{
    private volatile int _owner;     // 0: free; the owner's id, or -1 when owners are not tracked
    private readonly bool _isTracking;

    public SpinLock(bool enableThreadOwnerTracking)
    {
        _owner = 0;
        _isTracking = enableThreadOwnerTracking;
    }

    public bool IsHeld => _owner != 0;
    public bool IsThreadOwnerTrackingEnabled => _isTracking;

    public bool IsHeldByCurrentThread
    {
        get
        {
            if (!_isTracking)
                TaskThrow.InvalidOperation("Thread tracking is disabled.");
            return _owner == Thread.CurrentThread.ManagedThreadId;
        }
    }

    public void Enter(ref bool lockTaken) => TryEnter(-1, ref lockTaken);
    public void TryEnter(ref bool lockTaken) => TryEnter(0, ref lockTaken);
    public void TryEnter(TimeSpan timeout, ref bool lockTaken) => TryEnter((int)timeout.TotalMilliseconds, ref lockTaken);

    public void TryEnter(int millisecondsTimeout, ref bool lockTaken)
    {
        if (lockTaken)
        {
            lockTaken = false;
            throw new ArgumentException("The tookLock argument must be set to false before calling this method.");
        }
        int mark = _isTracking ? Thread.CurrentThread.ManagedThreadId : -1;
        if (_isTracking && _owner == mark)
            throw new LockRecursionException("The calling thread already holds the lock.");
        long deadline = Gate.Deadline(millisecondsTimeout);
        SpinWait spinner = default(SpinWait);
        while (Interlocked.CompareExchange(ref _owner, mark, 0) != 0)
        {
            if (Gate.Left(deadline) == 0)
                return;
            spinner.SpinOnce();
        }
        lockTaken = true;
    }

    public void Exit() => Exit(true);

    public void Exit(bool useMemoryBarrier)
    {
        if (_isTracking && _owner != Thread.CurrentThread.ManagedThreadId)
            throw new SynchronizationLockException("The calling thread does not hold the lock.");
        _owner = 0;
    }
}

public class CountdownEvent : IDisposable
{
    private int _initialCount;
    private volatile int _currentCount;
    private readonly ManualResetEventSlim _event;
    private volatile bool _disposed;

    public CountdownEvent(int initialCount)
    {
        if (initialCount < 0)
            TaskThrow.OutOfRange("initialCount");
        _initialCount = initialCount;
        _currentCount = initialCount;
        _event = new ManualResetEventSlim(initialCount == 0);
    }

    public int CurrentCount => _currentCount < 0 ? 0 : _currentCount;
    public int InitialCount => _initialCount;
    public bool IsSet => _currentCount <= 0;
    public WaitHandle WaitHandle => _event.WaitHandle;

    public bool Signal() => Signal(1);

    public bool Signal(int signalCount)
    {
        if (signalCount <= 0)
            TaskThrow.OutOfRange("signalCount");
        ThrowIfDisposed();
        while (true)
        {
            int count = _currentCount;
            if (count < signalCount)
                TaskThrow.InvalidOperation("Invalid attempt made to decrement the event's count below zero.");
            if (Interlocked.CompareExchange(ref _currentCount, count - signalCount, count) != count)
                continue;
            if (count != signalCount)
                return false;
            _event.Set();
            return true;
        }
    }

    public void AddCount() => AddCount(1);

    public void AddCount(int signalCount)
    {
        if (!TryAddCount(signalCount))
            TaskThrow.InvalidOperation("The event is already signaled and cannot be incremented.");
    }

    public bool TryAddCount() => TryAddCount(1);

    public bool TryAddCount(int signalCount)
    {
        if (signalCount <= 0)
            TaskThrow.OutOfRange("signalCount");
        ThrowIfDisposed();
        while (true)
        {
            int count = _currentCount;
            if (count <= 0)
                return false;
            if (Interlocked.CompareExchange(ref _currentCount, count + signalCount, count) == count)
                return true;
        }
    }

    public void Reset() => Reset(_initialCount);

    public void Reset(int count)
    {
        ThrowIfDisposed();
        if (count < 0)
            TaskThrow.OutOfRange("count");
        _currentCount = count;
        _initialCount = count;
        if (count == 0)
            _event.Set();
        else
            _event.Reset();
    }

    public void Wait() => Wait(-1, default(CancellationToken));
    public void Wait(CancellationToken cancellationToken) => Wait(-1, cancellationToken);
    public bool Wait(TimeSpan timeout) => Wait((int)timeout.TotalMilliseconds, default(CancellationToken));
    public bool Wait(int millisecondsTimeout) => Wait(millisecondsTimeout, default(CancellationToken));

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return _event.Wait(millisecondsTimeout, cancellationToken);
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw new ObjectDisposedException("System.Threading.CountdownEvent");
    }

    public void Dispose()
    {
        _event.Dispose();
        _disposed = true;
    }
}

public class BarrierPostPhaseException : Exception
{
    private const string Text = "The postPhaseAction failed with an exception.";

    public BarrierPostPhaseException() : this((string?)null) { }
    public BarrierPostPhaseException(Exception? innerException) : base(Text, innerException) { }
    public BarrierPostPhaseException(string? message) : base(message ?? Text) { }
}

/// Barrier with one lock and one condition; 80 B and its two events would be 80 more.
public class Barrier : IDisposable
{
    private int _participants, _arrived;
    private long _phase;
    private bool _disposed;
    private readonly Action<Barrier>? _postPhaseAction;
    private readonly object _lock = new object();
    private Exception? _exception;

    public Barrier(int participantCount) : this(participantCount, null) { }

    public Barrier(int participantCount, Action<Barrier>? postPhaseAction)
    {
        if (participantCount < 0 || participantCount > short.MaxValue)
            TaskThrow.OutOfRange("participantCount");
        _participants = participantCount;
        _postPhaseAction = postPhaseAction;
    }

    public int ParticipantCount => _participants;
    public int ParticipantsRemaining => _participants - _arrived;
    public long CurrentPhaseNumber => _phase;

    public long AddParticipant() => AddParticipants(1);

    public long AddParticipants(int participantCount)
    {
        if (participantCount < 1)
            TaskThrow.OutOfRange("participantCount");
        Monitor.Enter(_lock);
        _participants += participantCount;
        long phase = _phase;
        Monitor.Exit(_lock);
        return phase;
    }

    public void RemoveParticipant() => RemoveParticipants(1);

    public void RemoveParticipants(int participantCount)
    {
        if (participantCount < 1)
            TaskThrow.OutOfRange("participantCount");
        Monitor.Enter(_lock);
        try
        {
            if (_participants < participantCount)
                TaskThrow.OutOfRange("participantCount", "The participantCount argument must be less than or equal the number of participants.");
            _participants -= participantCount;
            if (_participants > 0 && _arrived == _participants)
                FinishPhase();
        }
        finally
        {
            Monitor.Exit(_lock);
        }
    }

    public void SignalAndWait() => SignalAndWait(-1, default(CancellationToken));
    public void SignalAndWait(CancellationToken cancellationToken) => SignalAndWait(-1, cancellationToken);
    public bool SignalAndWait(int millisecondsTimeout) => SignalAndWait(millisecondsTimeout, default(CancellationToken));
    public bool SignalAndWait(TimeSpan timeout) => SignalAndWait((int)timeout.TotalMilliseconds, default(CancellationToken));

    private static readonly Action<object?> s_wake = state =>
    {
        Barrier self = (Barrier)state!;
        Monitor.Enter(self._lock);
        Monitor.PulseAll(self._lock);
        Monitor.Exit(self._lock);
    };

    public bool SignalAndWait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (_disposed)
            throw new ObjectDisposedException("System.Threading.Barrier");
        cancellationToken.ThrowIfCancellationRequested();
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        long deadline = Gate.Deadline(millisecondsTimeout);
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(s_wake, this);
        Monitor.Enter(_lock);
        try
        {
            if (_participants == 0)
                TaskThrow.InvalidOperation("The barrier has no registered participants.");
            long phase = _phase;
            if (++_arrived == _participants)
            {
                FinishPhase();
            }
            else
            {
                while (_phase == phase)
                {
                    long left = Gate.Left(deadline);
                    if (left == 0 || cancellationToken.IsCancellationRequested)
                    {
                        _arrived--;
                        cancellationToken.ThrowIfCancellationRequested();
                        return false;
                    }
                    Monitor.Wait(_lock, (int)left);
                }
            }
            if (_exception != null)
                throw new BarrierPostPhaseException(_exception);
            return true;
        }
        finally
        {
            Monitor.Exit(_lock);
            registration.Dispose();
        }
    }

    private void FinishPhase()
    {
        _exception = null;
        if (_postPhaseAction != null)
        {
            try
            {
                _postPhaseAction(this);
            }
            catch (Exception e)
            {
                _exception = e;
            }
        }
        _arrived = 0;
        _phase++;
        Monitor.PulseAll(_lock);
    }

    public void Dispose() => _disposed = true;
}
