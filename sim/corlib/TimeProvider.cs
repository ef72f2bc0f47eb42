// TimeProvider: where programs take the time from, so that tests can give them another one. The system's is the virtual clock.
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace System;

public abstract class TimeProvider
{
    private static readonly TimeProvider s_system = new SystemTimeProvider();

    public static TimeProvider System => s_system;

    public virtual long TimestampFrequency => Stopwatch.Frequency;
    public virtual DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow;
    public DateTimeOffset GetLocalNow() => GetUtcNow();
    public virtual long GetTimestamp() => Stopwatch.GetTimestamp();
    public TimeSpan GetElapsedTime(long startingTimestamp) => GetElapsedTime(startingTimestamp, GetTimestamp());

    public TimeSpan GetElapsedTime(long startingTimestamp, long endingTimestamp)
    {
        long frequency = TimestampFrequency;
        if (frequency <= 0)
            TaskThrow.InvalidOperation("The operation cannot be performed when TimeProvider.TimestampFrequency is zero or negative.");
        return new TimeSpan((long)((endingTimestamp - startingTimestamp) * (10000000.0 / frequency)));
    }

    public virtual ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback, "callback");
        return new TimerQueueTimer(callback, state, Timer.Checked(dueTime, "dueTime"), Timer.Checked(period, "period"), true);
    }

    private sealed class SystemTimeProvider : TimeProvider { }
}
