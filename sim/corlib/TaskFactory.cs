// TaskFactory and TaskFactory<TResult>: StartNew, ContinueWhenAll, ContinueWhenAny, and the promises that they wait on.
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

public partial class TaskFactory
{
    private readonly CancellationToken m_defaultCancellationToken;
    private readonly TaskScheduler? m_defaultScheduler;
    private readonly TaskCreationOptions m_defaultCreationOptions;
    private readonly TaskContinuationOptions m_defaultContinuationOptions;

    public TaskFactory() : this(default(CancellationToken), TaskCreationOptions.None, TaskContinuationOptions.None, null) { }
    public TaskFactory(CancellationToken cancellationToken) : this(cancellationToken, TaskCreationOptions.None, TaskContinuationOptions.None, null) { }
    public TaskFactory(TaskScheduler? scheduler) : this(default(CancellationToken), TaskCreationOptions.None, TaskContinuationOptions.None, scheduler) { }
    public TaskFactory(TaskCreationOptions creationOptions, TaskContinuationOptions continuationOptions) : this(default(CancellationToken), creationOptions, continuationOptions, null) { }

    public TaskFactory(CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskContinuationOptions continuationOptions, TaskScheduler? scheduler)
    {
        m_defaultCancellationToken = cancellationToken;
        m_defaultScheduler = scheduler;
        m_defaultCreationOptions = creationOptions;
        m_defaultContinuationOptions = continuationOptions;
    }

    public CancellationToken CancellationToken => m_defaultCancellationToken;
    public TaskScheduler? Scheduler => m_defaultScheduler;
    public TaskCreationOptions CreationOptions => m_defaultCreationOptions;
    public TaskContinuationOptions ContinuationOptions => m_defaultContinuationOptions;
    private TaskScheduler SchedulerOrCurrent => m_defaultScheduler ?? TaskScheduler.Current;

    public Task StartNew(Action action) => Task.InternalStartNew(action, null, m_defaultCancellationToken, SchedulerOrCurrent, m_defaultCreationOptions);
    public Task StartNew(Action action, CancellationToken cancellationToken) => Task.InternalStartNew(action, null, cancellationToken, SchedulerOrCurrent, m_defaultCreationOptions);
    public Task StartNew(Action action, TaskCreationOptions creationOptions) => Task.InternalStartNew(action, null, m_defaultCancellationToken, SchedulerOrCurrent, creationOptions);
    public Task StartNew(Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task.InternalStartNew(action, null, cancellationToken, scheduler, creationOptions);

    public Task StartNew(Action<object?> action, object? state) => Task.InternalStartNew(action, state, m_defaultCancellationToken, SchedulerOrCurrent, m_defaultCreationOptions);
    public Task StartNew(Action<object?> action, object? state, CancellationToken cancellationToken) => Task.InternalStartNew(action, state, cancellationToken, SchedulerOrCurrent, m_defaultCreationOptions);
    public Task StartNew(Action<object?> action, object? state, TaskCreationOptions creationOptions) => Task.InternalStartNew(action, state, m_defaultCancellationToken, SchedulerOrCurrent, creationOptions);
    public Task StartNew(Action<object?> action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task.InternalStartNew(action, state, cancellationToken, scheduler, creationOptions);

    public Task<TResult> StartNew<TResult>(Func<TResult> function) => Task<TResult>.StartNew(function, null, m_defaultCancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<TResult> function, CancellationToken cancellationToken) => Task<TResult>.StartNew(function, null, cancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<TResult> function, TaskCreationOptions creationOptions) => Task<TResult>.StartNew(function, null, m_defaultCancellationToken, creationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task<TResult>.StartNew(function, null, cancellationToken, creationOptions, scheduler);

    public Task<TResult> StartNew<TResult>(Func<object?, TResult> function, object? state) => Task<TResult>.StartNew(function, state, m_defaultCancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<object?, TResult> function, object? state, CancellationToken cancellationToken) => Task<TResult>.StartNew(function, state, cancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) => Task<TResult>.StartNew(function, state, m_defaultCancellationToken, creationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew<TResult>(Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task<TResult>.StartNew(function, state, cancellationToken, creationOptions, scheduler);

    public Task ContinueWhenAll(Task[] tasks, Action<Task[]> continuationAction) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith(AfterAll<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll(Task[] tasks, Action<Task[]> continuationAction, CancellationToken cancellationToken) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith(AfterAll<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll(Task[] tasks, Action<Task[]> continuationAction, TaskContinuationOptions continuationOptions) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith(AfterAll<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll(Task[] tasks, Action<Task[]> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith(AfterAll<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task ContinueWhenAll<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>[]> continuationAction) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith(AfterAll<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>[]> continuationAction, CancellationToken cancellationToken) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith(AfterAll<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>[]> continuationAction, TaskContinuationOptions continuationOptions) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith(AfterAll<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAll<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>[]> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith(AfterAll<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task<TResult> ContinueWhenAll<TResult>(Task[] tasks, Func<Task[], TResult> continuationFunction) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith<TResult>(AfterAll<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TResult>(Task[] tasks, Func<Task[], TResult> continuationFunction, CancellationToken cancellationToken) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith<TResult>(AfterAll<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TResult>(Task[] tasks, Func<Task[], TResult> continuationFunction, TaskContinuationOptions continuationOptions) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith<TResult>(AfterAll<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TResult>(Task[] tasks, Func<Task[], TResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAllLogic<Task>(CheckTasks<Task>(tasks)).ContinueWith<TResult>(AfterAll<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task<TResult> ContinueWhenAll<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>[], TResult> continuationFunction) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith<TResult>(AfterAll<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>[], TResult> continuationFunction, CancellationToken cancellationToken) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith<TResult>(AfterAll<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>[], TResult> continuationFunction, TaskContinuationOptions continuationOptions) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith<TResult>(AfterAll<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAll<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>[], TResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAllLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks)).ContinueWith<TResult>(AfterAll<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task ContinueWhenAny(Task[] tasks, Action<Task> continuationAction) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith(AfterAny<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny(Task[] tasks, Action<Task> continuationAction, CancellationToken cancellationToken) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith(AfterAny<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny(Task[] tasks, Action<Task> continuationAction, TaskContinuationOptions continuationOptions) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith(AfterAny<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny(Task[] tasks, Action<Task> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith(AfterAny<Task, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task ContinueWhenAny<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>> continuationAction) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith(AfterAny<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>> continuationAction, CancellationToken cancellationToken) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith(AfterAny<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>> continuationAction, TaskContinuationOptions continuationOptions) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith(AfterAny<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task ContinueWhenAny<TAntecedentResult>(Task<TAntecedentResult>[] tasks, Action<Task<TAntecedentResult>> continuationAction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith(AfterAny<Task<TAntecedentResult>, VoidTaskResult>.s_action, Given(continuationAction, "continuationAction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task<TResult> ContinueWhenAny<TResult>(Task[] tasks, Func<Task, TResult> continuationFunction) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith<TResult>(AfterAny<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TResult>(Task[] tasks, Func<Task, TResult> continuationFunction, CancellationToken cancellationToken) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith<TResult>(AfterAny<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TResult>(Task[] tasks, Func<Task, TResult> continuationFunction, TaskContinuationOptions continuationOptions) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith<TResult>(AfterAny<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TResult>(Task[] tasks, Func<Task, TResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAnyLogic<Task>(CheckTasks<Task>(tasks), false).ContinueWith<TResult>(AfterAny<Task, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(continuationOptions), scheduler);

    public Task<TResult> ContinueWhenAny<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>, TResult> continuationFunction) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith<TResult>(AfterAny<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>, TResult> continuationFunction, CancellationToken cancellationToken) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith<TResult>(AfterAny<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(m_defaultContinuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>, TResult> continuationFunction, TaskContinuationOptions continuationOptions) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith<TResult>(AfterAny<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), m_defaultCancellationToken, Checked(continuationOptions), SchedulerOrCurrent);
    public Task<TResult> ContinueWhenAny<TAntecedentResult, TResult>(Task<TAntecedentResult>[] tasks, Func<Task<TAntecedentResult>, TResult> continuationFunction, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        CommonCWAnyLogic<Task<TAntecedentResult>>(CheckTasks<Task<TAntecedentResult>>(tasks), false).ContinueWith<TResult>(AfterAny<Task<TAntecedentResult>, TResult>.s_function, Given(continuationFunction, "continuationFunction"), cancellationToken, Checked(continuationOptions), scheduler);

    private static Delegate Given(Delegate? continuation, string name)
    {
        if (continuation == null)
            TaskThrow.Null(name);
        return continuation!;
    }

    private static TaskContinuationOptions Checked(TaskContinuationOptions options)
    {
        const TaskContinuationOptions notOn = TaskContinuationOptions.NotOnCanceled | TaskContinuationOptions.NotOnFaulted | TaskContinuationOptions.NotOnRanToCompletion;
        if ((options & notOn) != 0)
            TaskThrow.OutOfRange("continuationOptions", "It is invalid to exclude specific continuation kinds for continuations off of multiple tasks.");
        return options;
    }

    private static TTask[] CheckTasks<TTask>(TTask[] tasks) where TTask : Task
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (tasks!.Length == 0)
            TaskThrow.Argument("The tasks argument contains no tasks.", "tasks");
        TTask[] copy = new TTask[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            if (tasks[i] == null)
                TaskThrow.NullTask();
            copy[i] = tasks[i];
        }
        return copy;
    }

    internal static Task<TTask[]> CommonCWAllLogic<TTask>(TTask[] tasks) where TTask : Task
    {
        CompleteOnCountdownPromise<TTask> promise = new CompleteOnCountdownPromise<TTask>(tasks);
        for (int i = 0; i < tasks.Length; i++)
        {
            if (tasks[i].IsCompleted)
                promise.Invoke(tasks[i]);
            else
                tasks[i].AddCompletionAction(promise, false);
        }
        return promise;
    }

    internal static Task<TTask> CommonCWAnyLogic<TTask>(TTask[] tasks, bool isSyncBlocking) where TTask : Task
    {
        CompleteOnInvokePromise<TTask> promise = new CompleteOnInvokePromise<TTask>(tasks, isSyncBlocking);
        for (int i = 0; i < tasks.Length; i++)
        {
            if (promise.IsCompleted)
                break;
            TTask task = tasks[i];
            if (task.IsCompleted)
            {
                promise.Invoke(task);
                break;
            }
            task.AddCompletionAction(promise, isSyncBlocking);
            if (promise.IsCompleted)
                task.RemoveContinuation(promise);
        }
        return promise;
    }

    private sealed class CompleteOnCountdownPromise<TTask> : Task<TTask[]>, ITaskCompletionAction where TTask : Task
    {
        private readonly TTask[] _tasks;
        private int _count;

        internal CompleteOnCountdownPromise(TTask[] tasks)
        {
            _tasks = tasks;
            _count = tasks.Length;
        }

        public bool InvokeMayRunArbitraryCode => true;

        public void Invoke(Task completingTask)
        {
            if (Interlocked.Decrement(ref _count) == 0)
                TrySetResult(_tasks);
        }
    }

    /// TaskFactory.CompleteOnInvokePromise: the first of several tasks.
    private sealed class CompleteOnInvokePromise<TTask> : Task<TTask>, ITaskCompletionAction where TTask : Task
    {
        private const int Completed = 1, SyncBlocking = 2;

        private IList<TTask>? _tasks;
        private int _stateFlags;

        internal CompleteOnInvokePromise(IList<TTask> tasks, bool isSyncBlocking)
        {
            _tasks = tasks;
            if (isSyncBlocking)
                _stateFlags = SyncBlocking;
        }

        public bool InvokeMayRunArbitraryCode => (_stateFlags & SyncBlocking) == 0;

        public void Invoke(Task completingTask)
        {
            int open = _stateFlags & SyncBlocking;
            if (Interlocked.CompareExchange(ref _stateFlags, open | Completed, open) != open)
                return;
            TrySetResult(Unsafe.As<TTask>(completingTask));
            IList<TTask> tasks = _tasks!;
            for (int i = 0; i < tasks.Count; i++)
            {
                TTask task = tasks[i];
                if (task != null && !task.IsCompleted)
                    task.RemoveContinuation(this);
            }
            _tasks = null;
        }
    }

    /// The user's delegate travels as the state object, so that no closure is needed.
    private static class AfterAll<TTask, TResult> where TTask : Task
    {
        internal static readonly Action<Task<TTask[]>, object?> s_action = (t, f) => ((Action<TTask[]>)f!)(t.Result);
        internal static readonly Func<Task<TTask[]>, object?, TResult> s_function = (t, f) => ((Func<TTask[], TResult>)f!)(t.Result);
    }

    private static class AfterAny<TTask, TResult> where TTask : Task
    {
        internal static readonly Action<Task<TTask>, object?> s_action = (t, f) => ((Action<TTask>)f!)(t.Result);
        internal static readonly Func<Task<TTask>, object?, TResult> s_function = (t, f) => ((Func<TTask, TResult>)f!)(t.Result);
    }
}

public class TaskFactory<TResult>
{
    private readonly CancellationToken m_defaultCancellationToken;
    private readonly TaskScheduler? m_defaultScheduler;
    private readonly TaskCreationOptions m_defaultCreationOptions;
    private readonly TaskContinuationOptions m_defaultContinuationOptions;

    public TaskFactory() : this(default(CancellationToken), TaskCreationOptions.None, TaskContinuationOptions.None, null) { }
    public TaskFactory(CancellationToken cancellationToken) : this(cancellationToken, TaskCreationOptions.None, TaskContinuationOptions.None, null) { }
    public TaskFactory(TaskScheduler? scheduler) : this(default(CancellationToken), TaskCreationOptions.None, TaskContinuationOptions.None, scheduler) { }
    public TaskFactory(TaskCreationOptions creationOptions, TaskContinuationOptions continuationOptions) : this(default(CancellationToken), creationOptions, continuationOptions, null) { }

    public TaskFactory(CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskContinuationOptions continuationOptions, TaskScheduler? scheduler)
    {
        m_defaultCancellationToken = cancellationToken;
        m_defaultScheduler = scheduler;
        m_defaultCreationOptions = creationOptions;
        m_defaultContinuationOptions = continuationOptions;
    }

    public CancellationToken CancellationToken => m_defaultCancellationToken;
    public TaskScheduler? Scheduler => m_defaultScheduler;
    public TaskCreationOptions CreationOptions => m_defaultCreationOptions;
    public TaskContinuationOptions ContinuationOptions => m_defaultContinuationOptions;
    private TaskScheduler SchedulerOrCurrent => m_defaultScheduler ?? TaskScheduler.Current;

    public Task<TResult> StartNew(Func<TResult> function) => Task<TResult>.StartNew(function, null, m_defaultCancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<TResult> function, CancellationToken cancellationToken) => Task<TResult>.StartNew(function, null, cancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<TResult> function, TaskCreationOptions creationOptions) => Task<TResult>.StartNew(function, null, m_defaultCancellationToken, creationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task<TResult>.StartNew(function, null, cancellationToken, creationOptions, scheduler);

    public Task<TResult> StartNew(Func<object?, TResult> function, object? state) => Task<TResult>.StartNew(function, state, m_defaultCancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<object?, TResult> function, object? state, CancellationToken cancellationToken) => Task<TResult>.StartNew(function, state, cancellationToken, m_defaultCreationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) => Task<TResult>.StartNew(function, state, m_defaultCancellationToken, creationOptions, SchedulerOrCurrent);
    public Task<TResult> StartNew(Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => Task<TResult>.StartNew(function, state, cancellationToken, creationOptions, scheduler);
}
