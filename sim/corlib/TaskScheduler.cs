// TaskScheduler, the default one over the thread pool, and the one over a SynchronizationContext.
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

public class UnobservedTaskExceptionEventArgs : EventArgs
{
    private readonly AggregateException m_exception;
    internal bool m_observed;

    public UnobservedTaskExceptionEventArgs(AggregateException exception) { m_exception = exception; }

    public void SetObserved() => m_observed = true;
    public bool Observed => m_observed;
    public AggregateException Exception => m_exception;
}

public abstract class TaskScheduler
{
    private volatile int m_taskSchedulerId;

    private static int s_taskSchedulerIdCounter;
    private static readonly TaskScheduler s_defaultTaskScheduler = new ThreadPoolTaskScheduler();

    public static TaskScheduler Default => s_defaultTaskScheduler;
    public static TaskScheduler Current => InternalCurrent ?? s_defaultTaskScheduler;

    /// The scheduler of the task that runs on this thread; null when there is none or it hides its scheduler.
    internal static TaskScheduler? InternalCurrent
    {
        get
        {
            Task? current = Task.t_currentTask;
            return current != null && (current.CreationOptions & TaskCreationOptions.HideScheduler) == 0 ? current.ExecutingTaskScheduler : null;
        }
    }

    /// What an await has to go back to; null for the thread pool.
    internal static TaskScheduler? CurrentCustom
    {
        get
        {
            if (Task.t_currentTask == null)
                return null;
            TaskScheduler? current = InternalCurrent;
            return current == s_defaultTaskScheduler ? null : current;
        }
    }

    public int Id
    {
        get
        {
            if (m_taskSchedulerId == 0)
                Interlocked.CompareExchange(ref m_taskSchedulerId, Interlocked.Increment(ref s_taskSchedulerIdCounter), 0);
            return m_taskSchedulerId;
        }
    }

    public virtual int MaximumConcurrencyLevel => int.MaxValue;

    protected internal abstract void QueueTask(Task task);
    protected abstract bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued);
    protected abstract IEnumerable<Task>? GetScheduledTasks();
    protected internal virtual bool TryDequeue(Task task) => false;

    internal void InternalQueueTask(Task task) => QueueTask(task);

    internal bool TryRunInline(Task task, bool taskWasPreviouslyQueued)
    {
        TaskScheduler? owner = task.ExecutingTaskScheduler;
        if (owner != this && owner != null)
            return owner.TryRunInline(task, taskWasPreviouslyQueued);
        if (owner == null || task.m_action == null || task.IsDelegateInvoked || task.IsCanceled || !Scheduler.HasStackRoom())
            return false;
        bool ran = TryExecuteTaskInline(task, taskWasPreviouslyQueued);
        if (ran && !task.IsDelegateInvoked && !task.IsCanceled)
            TaskThrow.InvalidOperation("The TryExecuteTaskInline call to the underlying scheduler succeeded, but the task body was not invoked.");
        return ran;
    }

    protected bool TryExecuteTask(Task task)
    {
        if (task.ExecutingTaskScheduler != this)
            TaskThrow.InvalidOperation("ExecuteTask may not be called for a task which was previously queued to a different TaskScheduler.");
        return task.ExecuteEntry();
    }

    public static TaskScheduler FromCurrentSynchronizationContext() => new SynchronizationContextTaskScheduler();

    public static event EventHandler<UnobservedTaskExceptionEventArgs>? UnobservedTaskException;

    internal static bool HandlesUnobserved => UnobservedTaskException != null;

    internal static void PublishUnobservedTaskException(object sender, UnobservedTaskExceptionEventArgs e)
    {
        EventHandler<UnobservedTaskExceptionEventArgs>? handlers = UnobservedTaskException;
        if (handlers != null)
            handlers(sender, e);
    }
}

/// ThreadPoolTaskScheduler
internal sealed class ThreadPoolTaskScheduler : TaskScheduler
{
    private static readonly ParameterizedThreadStart s_longRunning = state => ((Task)state!).ExecuteEntryUnsafe(null);

    protected internal override void QueueTask(Task task)
    {
        TaskCreationOptions options = (TaskCreationOptions)task.Options;
        if ((options & TaskCreationOptions.LongRunning) != 0)
        {
            Thread thread = new Thread(s_longRunning);
            thread.IsBackground = true;
            thread.UnsafeStart(task);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItemInternal(task, (options & TaskCreationOptions.PreferFairness) == 0);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (taskWasPreviouslyQueued && !ThreadPool.TryPopCustomWorkItem(task))
            return false;
        task.ExecuteEntryUnsafe(null);
        return true;
    }

    protected internal override bool TryDequeue(Task task) => ThreadPool.TryPopCustomWorkItem(task);
    protected override IEnumerable<Task>? GetScheduledTasks() => null;
}

/// SynchronizationContextTaskScheduler
internal sealed class SynchronizationContextTaskScheduler : TaskScheduler
{
    private readonly SynchronizationContext m_synchronizationContext;

    private static readonly SendOrPostCallback s_postCallback = state => ((Task)state!).ExecuteEntry();

    internal SynchronizationContextTaskScheduler()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context == null)
            TaskThrow.InvalidOperation("The current SynchronizationContext may not be used as a TaskScheduler.");
        m_synchronizationContext = context!;
    }

    protected internal override void QueueTask(Task task) => m_synchronizationContext.Post(s_postCallback, task);
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        SynchronizationContext.Current == m_synchronizationContext && TryExecuteTask(task);
    protected override IEnumerable<Task>? GetScheduledTasks() => null;
    public override int MaximumConcurrencyLevel => 1;
}
