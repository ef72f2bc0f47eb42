// What can wait in Task.m_continuationObject, and how it is run (section 3.5 of the semantics).
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Watch;

namespace System.Threading.Tasks;

/// Something that a completing task calls itself: promises of combinators, blocked threads.
internal interface ITaskCompletionAction
{
    void Invoke(Task completingTask);
    bool InvokeMayRunArbitraryCode { get; }
}

public partial class Task
{
    // ---- registering --------------------------------------------------------------------------------------------------

    internal void AddCompletionAction(ITaskCompletionAction action, bool addBeforeOthers)
    {
        if (!AddTaskContinuation(action, addBeforeOthers))
            action.Invoke(this);
    }

    /// False: the task has completed and the caller must run the continuation itself.
    internal bool AddTaskContinuation(object continuation, bool addBeforeOthers)
    {
        if (IsCompleted)
        {
            Protocol.Raise(ProtocolEvent.TaskContinuationLate, this, continuation, 0);
            return false;
        }
        if (m_continuationObject == null && Interlocked.CompareExchange(ref m_continuationObject, continuation, null) == null)
        {
            Protocol.Raise(ProtocolEvent.TaskContinuationAdded, this, continuation, 0);
            return true;
        }
        return AddTaskContinuationComplex(continuation, addBeforeOthers);
    }

    private bool AddTaskContinuationComplex(object continuation, bool addBeforeOthers)
    {
        object? there = m_continuationObject;
        // The second one turns the field into a list; the list then stays until completion.
        while (there != s_taskCompletionSentinel && there as List<object?> == null)
        {
            List<object?> made = new List<object?>();
            if (addBeforeOthers)
            {
                made.Add(continuation);
                made.Add(there);
            }
            else
            {
                made.Add(there);
                made.Add(continuation);
            }
            object? found = Interlocked.CompareExchange(ref m_continuationObject, made, there);
            if (found == there)
            {
                Protocol.Raise(ProtocolEvent.TaskContinuationListed, this, continuation, 2);
                return true;
            }
            there = found;
        }
        List<object?>? list = there as List<object?>;
        if (list != null)
        {
            Monitor.Enter(list);
            try
            {
                if (m_continuationObject != s_taskCompletionSentinel)
                {
                    if (list.Count == list.Capacity)
                        list.RemoveAll(s_isNull);
                    if (addBeforeOthers)
                        list.Insert(0, continuation);
                    else
                        list.Add(continuation);
                    Protocol.Raise(ProtocolEvent.TaskContinuationListed, this, continuation, list.Count);
                    return true;
                }
            }
            finally
            {
                Monitor.Exit(list);
            }
        }
        Protocol.Raise(ProtocolEvent.TaskContinuationLate, this, continuation, 0);
        return false;
    }

    private static readonly Predicate<object?> s_isNull = x => x == null;

    internal void RemoveContinuation(object continuation)
    {
        object? there = m_continuationObject;
        if (there == null || there == s_taskCompletionSentinel)
            return;
        List<object?>? list = there as List<object?>;
        if (list == null)
        {
            // A fresh list keeps the field non-null, as completion must find something to swap.
            there = Interlocked.CompareExchange(ref m_continuationObject, new List<object?>(), continuation);
            if (there == continuation)
            {
                Protocol.Raise(ProtocolEvent.TaskContinuationRemoved, this, continuation, 0);
                return;
            }
            list = there as List<object?>;
            if (list == null)
                return;
        }
        Monitor.Enter(list);
        try
        {
            if (m_continuationObject == s_taskCompletionSentinel)
                return;
            int index = list.IndexOf(continuation);
            if (index >= 0)
            {
                list[index] = null;             // completion walks the list by index: keep the positions
                Protocol.Raise(ProtocolEvent.TaskContinuationRemoved, this, continuation, 0);
            }
        }
        finally
        {
            Monitor.Exit(list);
        }
    }

    /// For awaiters given a plain Action.
    internal void SetContinuationForAwait(Action continuationAction, bool continueOnCapturedContext, bool flowExecutionContext)
    {
        TaskContinuation? continuation = null;
        if (continueOnCapturedContext)
        {
            SynchronizationContext? sc = SynchronizationContext.CurrentCustom;
            if (sc != null)
            {
                continuation = new SynchronizationContextAwaitTaskContinuation(sc, continuationAction, flowExecutionContext);
            }
            else
            {
                TaskScheduler? scheduler = TaskScheduler.CurrentCustom;
                if (scheduler != null)
                    continuation = new TaskSchedulerAwaitTaskContinuation(scheduler, continuationAction, flowExecutionContext);
            }
        }
        if (continuation == null && flowExecutionContext)
            continuation = new AwaitTaskContinuation(continuationAction, true);
        if (continuation != null)
        {
            if (!AddTaskContinuation(continuation, false))
                continuation.Run(this, false);
        }
        else if (!AddTaskContinuation(continuationAction, false))
        {
            AwaitTaskContinuation.UnsafeScheduleAction(continuationAction, this);
        }
    }

    /// For `await` in an async method: in the default context the box itself is the continuation.
    internal void UnsafeSetContinuationForAwait(IAsyncStateMachineBox box, bool continueOnCapturedContext)
    {
        if (continueOnCapturedContext)
        {
            TaskContinuation? continuation = null;
            SynchronizationContext? sc = SynchronizationContext.CurrentCustom;
            if (sc != null)
            {
                continuation = new SynchronizationContextAwaitTaskContinuation(sc, box.MoveNextAction, false);
            }
            else
            {
                TaskScheduler? scheduler = TaskScheduler.CurrentCustom;
                if (scheduler != null)
                    continuation = new TaskSchedulerAwaitTaskContinuation(scheduler, box.MoveNextAction, false);
            }
            if (continuation != null)
            {
                if (!AddTaskContinuation(continuation, false))
                    continuation.Run(this, false);
                return;
            }
        }
        if (!AddTaskContinuation(box, false))
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, this, box, 0);
            ThreadPool.UnsafeQueueUserWorkItemInternal(box, true);
        }
    }

    // ---- running ------------------------------------------------------------------------------------------------------

    /// Task.FinishContinuations
    internal void FinishContinuations()
    {
        object? continuation = Interlocked.Exchange(ref m_continuationObject, s_taskCompletionSentinel);
        if (continuation != null)
            RunContinuations(continuation);
    }

    private void RunContinuations(object continuation)
    {
        bool canInline = (m_stateFlags & (int)TaskCreationOptions.RunContinuationsAsynchronously) == 0 && Scheduler.HasStackRoom();
        List<object?>? list = continuation as List<object?>;
        if (list == null)
            RunOne(continuation, canInline);
        else
            RunList(list, canInline);
    }

    private void RunOne(object continuation, bool canInline)
    {
        if (continuation is IAsyncStateMachineBox box)
            AwaitTaskContinuation.RunOrScheduleAction(this, box, canInline);
        else if (continuation is Action action)
            AwaitTaskContinuation.RunOrScheduleAction(this, action, canInline);
        else if (continuation is TaskContinuation c)
            c.Run(this, canInline);
        else
            RunOrQueueCompletionAction((ITaskCompletionAction)continuation, canInline);
    }

    /// Several: the first await runs inline, later ones are forced to go through a queue; completion actions and synchronous
    /// ContinueWith stay inline and do not count as "the first".
    private void RunList(List<object?> list, bool canInline)
    {
        Monitor.Enter(list);                    // an adder that is still inside leaves first
        Monitor.Exit(list);
        int count = list.Count;
        if (canInline)
        {
            bool firstFound = false;
            for (int i = 0; i < count; i++)
            {
                object? item = list[i];
                if (item == null)
                    continue;
                if (item is ContinueWithTaskContinuation cw)
                {
                    if ((cw.m_options & TaskContinuationOptions.ExecuteSynchronously) == 0)
                    {
                        list[i] = null;
                        cw.Run(this, false);
                    }
                }
                else if (item as ITaskCompletionAction == null)
                {
                    if (firstFound)
                    {
                        list[i] = null;
                        RunOne(item, false);
                    }
                    firstFound = true;
                }
            }
        }
        for (int i = 0; i < count; i++)
        {
            object? item = list[i];
            if (item != null)
            {
                list[i] = null;
                RunOne(item, canInline);
            }
        }
    }

    private void RunOrQueueCompletionAction(ITaskCompletionAction action, bool allowInlining)
    {
        if (allowInlining || !action.InvokeMayRunArbitraryCode)
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, this, action, 0);
            action.Invoke(this);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, this, action, 0);
            ThreadPool.UnsafeQueueUserWorkItemInternal(new CompletionActionInvoker(action, this), true);
        }
    }

    // ---- ContinueWith -------------------------------------------------------------------------------------------------

    public Task ContinueWith(Action<Task> continuationAction) => ContinueWith(continuationAction, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task> continuationAction, CancellationToken cancellationToken) => ContinueWith(continuationAction, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task> continuationAction, TaskScheduler scheduler) => ContinueWith(continuationAction, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task> continuationAction, TaskContinuationOptions continuationOptions) => ContinueWith(continuationAction, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task ContinueWith(Action<Task> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith(continuationAction, scheduler, cancellationToken, continuationOptions);

    private Task ContinueWith(Action<Task> continuationAction, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationAction, "continuationAction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task t = new ContinuationTaskFromTask(this, continuationAction, null, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task ContinueWith(Action<Task, object?> continuationAction, object? state) => ContinueWith(continuationAction, state, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task, object?> continuationAction, object? state, CancellationToken cancellationToken) => ContinueWith(continuationAction, state, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task, object?> continuationAction, object? state, TaskScheduler scheduler) => ContinueWith(continuationAction, state, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task, object?> continuationAction, object? state, TaskContinuationOptions continuationOptions) => ContinueWith(continuationAction, state, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task ContinueWith(Action<Task, object?> continuationAction, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith(continuationAction, state, scheduler, cancellationToken, continuationOptions);

    private Task ContinueWith(Action<Task, object?> continuationAction, object? state, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationAction, "continuationAction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task t = new ContinuationTaskFromTask(this, continuationAction, state, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction) => ContinueWith<TResult>(continuationFunction, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction, CancellationToken cancellationToken) => ContinueWith<TResult>(continuationFunction, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction, TaskScheduler scheduler) => ContinueWith<TResult>(continuationFunction, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction, TaskContinuationOptions continuationOptions) => ContinueWith<TResult>(continuationFunction, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith<TResult>(continuationFunction, scheduler, cancellationToken, continuationOptions);

    private Task<TResult> ContinueWith<TResult>(Func<Task, TResult> continuationFunction, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationFunction, "continuationFunction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task<TResult> t = new ContinuationResultTaskFromTask<TResult>(this, continuationFunction, null, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state) => ContinueWith<TResult>(continuationFunction, state, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state, CancellationToken cancellationToken) => ContinueWith<TResult>(continuationFunction, state, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state, TaskScheduler scheduler) => ContinueWith<TResult>(continuationFunction, state, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state, TaskContinuationOptions continuationOptions) => ContinueWith<TResult>(continuationFunction, state, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith<TResult>(continuationFunction, state, scheduler, cancellationToken, continuationOptions);

    private Task<TResult> ContinueWith<TResult>(Func<Task, object?, TResult> continuationFunction, object? state, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationFunction, "continuationFunction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task<TResult> t = new ContinuationResultTaskFromTask<TResult>(this, continuationFunction, state, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    internal static void CheckContinueWith(Delegate? continuation, string name, TaskScheduler? scheduler, TaskContinuationOptions continuationOptions,
        out TaskCreationOptions creationOptions, out InternalTaskOptions internalOptions)
    {
        if (continuation == null)
            TaskThrow.Null(name);
        if (scheduler == null)
            TaskThrow.Null("scheduler");
        const TaskContinuationOptions notOnAny = TaskContinuationOptions.NotOnCanceled | TaskContinuationOptions.NotOnFaulted | TaskContinuationOptions.NotOnRanToCompletion;
        const TaskContinuationOptions creation = TaskContinuationOptions.PreferFairness | TaskContinuationOptions.LongRunning | TaskContinuationOptions.DenyChildAttach |
            TaskContinuationOptions.HideScheduler | TaskContinuationOptions.AttachedToParent | TaskContinuationOptions.RunContinuationsAsynchronously;
        const TaskContinuationOptions both = TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.LongRunning;
        if ((continuationOptions & both) == both)
            TaskThrow.OutOfRange("continuationOptions", "The specified TaskContinuationOptions combined LongRunning and ExecuteSynchronously.  Synchronous continuations should not be long running.");
        if ((continuationOptions & ~(creation | notOnAny | TaskContinuationOptions.LazyCancellation | TaskContinuationOptions.ExecuteSynchronously)) != 0)
            TaskThrow.OutOfRange("continuationOptions");
        if ((continuationOptions & notOnAny) == notOnAny)
            TaskThrow.OutOfRange("continuationOptions", "The specified TaskContinuationOptions excluded all continuation kinds.");
        creationOptions = (TaskCreationOptions)(continuationOptions & creation);
        internalOptions = InternalTaskOptions.ContinuationTask;
        if ((continuationOptions & TaskContinuationOptions.LazyCancellation) != 0)
            internalOptions |= InternalTaskOptions.LazyCancellation;
    }

    internal void ContinueWithCore(Task continuationTask, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions options)
    {
        TaskContinuation continuation = new ContinueWithTaskContinuation(continuationTask, options, scheduler);
        if (cancellationToken.CanBeCanceled)
        {
            if (IsCompleted || cancellationToken.IsCancellationRequested)
                continuationTask.AssignCancellationToken(cancellationToken, null, null);
            else
                continuationTask.AssignCancellationToken(cancellationToken, this, continuation);
        }
        if (!continuationTask.IsCompleted && !AddTaskContinuation(continuation, false))
            continuation.Run(this, true);
    }
}

public partial class Task<TResult>
{
    public Task ContinueWith(Action<Task<TResult>> continuationAction) => ContinueWith(continuationAction, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>> continuationAction, CancellationToken cancellationToken) => ContinueWith(continuationAction, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>> continuationAction, TaskScheduler scheduler) => ContinueWith(continuationAction, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>> continuationAction, TaskContinuationOptions continuationOptions) => ContinueWith(continuationAction, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task ContinueWith(Action<Task<TResult>> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith(continuationAction, scheduler, cancellationToken, continuationOptions);

    private Task ContinueWith(Action<Task<TResult>> continuationAction, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationAction, "continuationAction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task t = new ContinuationTaskFromResultTask<TResult>(this, continuationAction, null, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state) => ContinueWith(continuationAction, state, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state, CancellationToken cancellationToken) => ContinueWith(continuationAction, state, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state, TaskScheduler scheduler) => ContinueWith(continuationAction, state, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state, TaskContinuationOptions continuationOptions) => ContinueWith(continuationAction, state, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith(continuationAction, state, scheduler, cancellationToken, continuationOptions);

    private Task ContinueWith(Action<Task<TResult>, object?> continuationAction, object? state, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationAction, "continuationAction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task t = new ContinuationTaskFromResultTask<TResult>(this, continuationAction, state, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction) => ContinueWith<TNewResult>(continuationFunction, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction, CancellationToken cancellationToken) => ContinueWith<TNewResult>(continuationFunction, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction, TaskScheduler scheduler) => ContinueWith<TNewResult>(continuationFunction, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction, TaskContinuationOptions continuationOptions) => ContinueWith<TNewResult>(continuationFunction, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith<TNewResult>(continuationFunction, scheduler, cancellationToken, continuationOptions);

    private Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, TNewResult> continuationFunction, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationFunction, "continuationFunction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task<TNewResult> t = new ContinuationResultTaskFromResultTask<TResult, TNewResult>(this, continuationFunction, null, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }

    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state) => ContinueWith<TNewResult>(continuationFunction, state, TaskScheduler.Current, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state, CancellationToken cancellationToken) => ContinueWith<TNewResult>(continuationFunction, state, TaskScheduler.Current, cancellationToken, TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state, TaskScheduler scheduler) => ContinueWith<TNewResult>(continuationFunction, state, scheduler, default(CancellationToken), TaskContinuationOptions.None);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state, TaskContinuationOptions continuationOptions) => ContinueWith<TNewResult>(continuationFunction, state, TaskScheduler.Current, default(CancellationToken), continuationOptions);
    public Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) => ContinueWith<TNewResult>(continuationFunction, state, scheduler, cancellationToken, continuationOptions);

    private Task<TNewResult> ContinueWith<TNewResult>(Func<Task<TResult>, object?, TNewResult> continuationFunction, object? state, TaskScheduler scheduler, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions)
    {
        TaskCreationOptions creationOptions;
        InternalTaskOptions internalOptions;
        CheckContinueWith(continuationFunction, "continuationFunction", scheduler, continuationOptions, out creationOptions, out internalOptions);
        Task<TNewResult> t = new ContinuationResultTaskFromResultTask<TResult, TNewResult>(this, continuationFunction, state, creationOptions, internalOptions);
        ContinueWithCore(t, scheduler, cancellationToken, continuationOptions);
        return t;
    }
}

internal abstract class TaskContinuation
{
    internal abstract void Run(Task completedTask, bool canInlineContinuationTask);

    /// TaskContinuation.InlineIfPossibleOrElseQueue
    protected static void InlineIfPossibleOrElseQueue(Task task, bool needsProtection)
    {
        if (needsProtection)
        {
            if (!task.MarkStarted())
                return;
        }
        else
        {
            task.m_stateFlags |= Task.StateStarted;
        }
        try
        {
            if (!task.m_taskScheduler!.TryRunInline(task, false))
                task.m_taskScheduler.InternalQueueTask(task);
        }
        catch (Exception e)
        {
            TaskSchedulerException wrapped = new TaskSchedulerException(e);
            task.AddException(wrapped, false);
            task.Finish(false);
        }
    }
}

/// ContinueWithTaskContinuation: starts the continuation task, or cancels it when its condition is not met.
internal sealed class ContinueWithTaskContinuation : TaskContinuation
{
    internal Task? m_task;
    internal readonly TaskContinuationOptions m_options;
    private readonly TaskScheduler m_taskScheduler;

    internal ContinueWithTaskContinuation(Task task, TaskContinuationOptions options, TaskScheduler scheduler)
    {
        m_task = task;
        m_options = options;
        m_taskScheduler = scheduler;
    }

    internal override void Run(Task completedTask, bool canInlineContinuationTask)
    {
        Task task = m_task!;
        m_task = null;
        TaskContinuationOptions excluding = completedTask.IsCompletedSuccessfully ? TaskContinuationOptions.NotOnRanToCompletion
            : completedTask.IsCanceled ? TaskContinuationOptions.NotOnCanceled : TaskContinuationOptions.NotOnFaulted;
        if ((m_options & excluding) != 0)
        {
            Task.ContingentProperties? props = task.m_contingentProperties;
            if (props == null || !props.m_cancellationToken.CanBeCanceled)
                task.InternalCancelContinueWithInitialState();
            else
                task.InternalCancel();
            return;
        }
        task.m_taskScheduler = m_taskScheduler;
        if (canInlineContinuationTask && (m_options & TaskContinuationOptions.ExecuteSynchronously) != 0)
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, completedTask, task, 0);
            InlineIfPossibleOrElseQueue(task, true);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationScheduled, completedTask, task, 0);
        try
        {
            task.ScheduleAndStart(true);
        }
        catch (TaskSchedulerException)
        {
            // already recorded in the task
        }
    }
}

/// AwaitTaskContinuation: an Action with the ExecutionContext it was registered under.
internal class AwaitTaskContinuation : TaskContinuation, IThreadPoolWorkItem
{
    private readonly ExecutionContext? m_capturedContext;
    protected readonly Action m_action;
    protected int m_continuationId;

    private static readonly ContextCallback s_invokeContextCallback = state => Unsafe.As<Action>(state)();

    internal AwaitTaskContinuation(Action action, bool flowExecutionContext)
    {
        m_action = action;
        if (flowExecutionContext)
            m_capturedContext = ExecutionContext.Capture();
    }

    internal override void Run(Task completedTask, bool canInlineContinuationTask)
    {
        if (canInlineContinuationTask && IsValidLocationForInlining)
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, completedTask, this, 0);
            RunCallback(s_invokeContextCallback, m_action);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, completedTask, this, 0);
            ThreadPool.UnsafeQueueUserWorkItemInternal(this, true);
        }
    }

    /// Inline only where the code would also have run without a context: no custom SynchronizationContext, no custom scheduler.
    internal static bool IsValidLocationForInlining => SynchronizationContext.CurrentCustom == null && TaskScheduler.CurrentCustom == null;

    void IThreadPoolWorkItem.Execute()
    {
        ExecutionContext? context = m_capturedContext;
        if (context == null)
            m_action();
        else
            ExecutionContext.RunForThreadPoolUnsafe(context, s_invokeContextCallback, m_action);
    }

    /// Calls back under the captured context, outside any current task; what escapes is rethrown on the pool.
    protected void RunCallback(ContextCallback callback, object? state)
    {
        Task? previous = Task.t_currentTask;
        try
        {
            Task.t_currentTask = null;
            ExecutionContext? context = m_capturedContext;
            if (context == null)
                callback(state);
            else
                ExecutionContext.RunInternal(context, callback, state);
        }
        catch (Exception e)
        {
            Task.ThrowAsync(e, null);
        }
        finally
        {
            Task.t_currentTask = previous;
        }
    }

    protected static ContextCallback InvokeActionCallback => s_invokeContextCallback;

    internal static void RunOrScheduleAction(Task completing, Action action, bool allowInlining)
    {
        if (!allowInlining || !IsValidLocationForInlining)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, completing, action, 0);
            UnsafeScheduleAction(action, completing);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationInline, completing, action, 0);
        Task? previous = Task.t_currentTask;
        try
        {
            Task.t_currentTask = null;
            action();
        }
        catch (Exception e)
        {
            Task.ThrowAsync(e, null);
        }
        finally
        {
            Task.t_currentTask = previous;
        }
    }

    internal static void RunOrScheduleAction(Task completing, IAsyncStateMachineBox box, bool allowInlining)
    {
        if (!allowInlining || !IsValidLocationForInlining)
        {
            Protocol.Raise(ProtocolEvent.ContinuationQueued, completing, box, 0);
            ThreadPool.UnsafeQueueUserWorkItemInternal(box, true);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationInline, completing, box, 0);
        Task? previous = Task.t_currentTask;
        try
        {
            Task.t_currentTask = null;
            box.MoveNext();
        }
        catch (Exception e)
        {
            Task.ThrowAsync(e, null);
        }
        finally
        {
            Task.t_currentTask = previous;
        }
    }

    internal static void UnsafeScheduleAction(Action action, Task? task) =>
        ThreadPool.UnsafeQueueUserWorkItemInternal(new AwaitTaskContinuation(action, false), true);
}

internal sealed class SynchronizationContextAwaitTaskContinuation : AwaitTaskContinuation
{
    private readonly SynchronizationContext m_syncContext;

    private static readonly SendOrPostCallback s_postCallback = state => Unsafe.As<Action>(state)();
    private static readonly ContextCallback s_postActionCallback = PostAction;

    internal SynchronizationContextAwaitTaskContinuation(SynchronizationContext context, Action action, bool flowExecutionContext)
        : base(action, flowExecutionContext)
    {
        m_syncContext = context;
    }

    internal override void Run(Task completedTask, bool canInlineContinuationTask)
    {
        if (canInlineContinuationTask && m_syncContext == SynchronizationContext.Current)
        {
            Protocol.Raise(ProtocolEvent.ContinuationInline, completedTask, this, 0);
            RunCallback(InvokeActionCallback, m_action);
        }
        else
        {
            Protocol.Raise(ProtocolEvent.ContinuationPosted, completedTask, this, 0);
            RunCallback(s_postActionCallback, this);
        }
    }

    private static void PostAction(object? state)
    {
        SynchronizationContextAwaitTaskContinuation c = Unsafe.As<SynchronizationContextAwaitTaskContinuation>(state);
        Protocol.Raise(ProtocolEvent.ContextPost, c.m_syncContext, c.m_action, 0);
        c.m_syncContext.Post(s_postCallback, c.m_action);
    }
}

internal sealed class TaskSchedulerAwaitTaskContinuation : AwaitTaskContinuation
{
    private readonly TaskScheduler m_scheduler;

    private static readonly Action<object?> s_invokeAction = state => Unsafe.As<Action>(state)();

    internal TaskSchedulerAwaitTaskContinuation(TaskScheduler scheduler, Action action, bool flowExecutionContext) : base(action, flowExecutionContext)
    {
        m_scheduler = scheduler;
    }

    internal override void Run(Task completedTask, bool canInlineContinuationTask)
    {
        if (m_scheduler == TaskScheduler.Default)
        {
            base.Run(completedTask, canInlineContinuationTask);
            return;
        }
        Protocol.Raise(ProtocolEvent.ContinuationScheduled, completedTask, this, 0);
        bool inline = canInlineContinuationTask && (TaskScheduler.InternalCurrent == m_scheduler || Thread.CurrentThread._isThreadPool);
        Task task = new Task(s_invokeAction, m_action, null, default(CancellationToken), TaskCreationOptions.None, InternalTaskOptions.QueuedByRuntime, m_scheduler);
        if (inline)
        {
            InlineIfPossibleOrElseQueue(task, false);
            return;
        }
        try
        {
            task.ScheduleAndStart(false);
        }
        catch (TaskSchedulerException)
        {
        }
    }
}

/// CompletionActionInvoker: a completion action that may not run on the completing thread's stack.
internal sealed class CompletionActionInvoker : IThreadPoolWorkItem
{
    private readonly ITaskCompletionAction m_action;
    private readonly Task m_completingTask;

    internal CompletionActionInvoker(ITaskCompletionAction action, Task completingTask)
    {
        m_action = action;
        m_completingTask = completingTask;
    }

    void IThreadPoolWorkItem.Execute() => m_action.Invoke(m_completingTask);
}

// The four shapes of ContinueWith: with or without a result, before and after.

internal sealed class ContinuationTaskFromTask : Task
{
    private Task? m_antecedent;

    internal ContinuationTaskFromTask(Task antecedent, Delegate action, object? state, TaskCreationOptions creationOptions, InternalTaskOptions internalOptions)
        : base(action, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, internalOptions, null)
    {
        m_antecedent = antecedent;
    }

    internal override void InnerInvoke()
    {
        Task antecedent = m_antecedent!;
        m_antecedent = null;
        if (m_action is Action<Task> plain)
            plain(antecedent);
        else
            ((Action<Task, object?>)m_action!)(antecedent, m_stateObject);
    }
}

internal sealed class ContinuationResultTaskFromTask<TResult> : Task<TResult>
{
    private Task? m_antecedent;

    internal ContinuationResultTaskFromTask(Task antecedent, Delegate function, object? state, TaskCreationOptions creationOptions, InternalTaskOptions internalOptions)
        : base(function, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, internalOptions, null)
    {
        m_antecedent = antecedent;
    }

    internal override void InnerInvoke()
    {
        Task antecedent = m_antecedent!;
        m_antecedent = null;
        if (m_action is Func<Task, TResult> plain)
            m_result = plain(antecedent);
        else
            m_result = ((Func<Task, object?, TResult>)m_action!)(antecedent, m_stateObject);
    }
}

internal sealed class ContinuationTaskFromResultTask<TAntecedentResult> : Task
{
    private Task<TAntecedentResult>? m_antecedent;

    internal ContinuationTaskFromResultTask(Task<TAntecedentResult> antecedent, Delegate action, object? state, TaskCreationOptions creationOptions, InternalTaskOptions internalOptions)
        : base(action, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, internalOptions, null)
    {
        m_antecedent = antecedent;
    }

    internal override void InnerInvoke()
    {
        Task<TAntecedentResult> antecedent = m_antecedent!;
        m_antecedent = null;
        if (m_action is Action<Task<TAntecedentResult>> plain)
            plain(antecedent);
        else
            ((Action<Task<TAntecedentResult>, object?>)m_action!)(antecedent, m_stateObject);
    }
}

internal sealed class ContinuationResultTaskFromResultTask<TAntecedentResult, TResult> : Task<TResult>
{
    private Task<TAntecedentResult>? m_antecedent;

    internal ContinuationResultTaskFromResultTask(Task<TAntecedentResult> antecedent, Delegate function, object? state, TaskCreationOptions creationOptions, InternalTaskOptions internalOptions)
        : base(function, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, internalOptions, null)
    {
        m_antecedent = antecedent;
    }

    internal override void InnerInvoke()
    {
        Task<TAntecedentResult> antecedent = m_antecedent!;
        m_antecedent = null;
        if (m_action is Func<Task<TAntecedentResult>, TResult> plain)
            m_result = plain(antecedent);
        else
            m_result = ((Func<Task<TAntecedentResult>, object?, TResult>)m_action!)(antecedent, m_stateObject);
    }
}
