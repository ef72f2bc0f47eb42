// TaskCompletionSource: a Task (64 / 72 B) and a 24 B handle that completes it.
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Watch;

namespace System.Threading.Tasks;

public class TaskCompletionSource
{
    private readonly Task _task;

    public TaskCompletionSource() { _task = new Task(); }
    public TaskCompletionSource(TaskCreationOptions creationOptions) : this(null, creationOptions) { }
    public TaskCompletionSource(object? state) : this(state, TaskCreationOptions.None) { }
    public TaskCompletionSource(object? state, TaskCreationOptions creationOptions) { _task = new Task(state, creationOptions, true); }

    public Task Task => _task;

    public void SetResult()
    {
        if (!_task.TrySetResult())
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetResult() => _task.TrySetResult() || CompletionSource.Refuse(_task);

    public void SetException(Exception exception)
    {
        if (!CompletionSource.TrySetException(_task, exception))
            TaskThrow.CompletedTwice(_task);
    }

    public void SetException(IEnumerable<Exception> exceptions)
    {
        if (!CompletionSource.TrySetException(_task, exceptions))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetException(Exception exception) => CompletionSource.TrySetException(_task, exception) || CompletionSource.Refuse(_task);
    public bool TrySetException(IEnumerable<Exception> exceptions) => CompletionSource.TrySetException(_task, exceptions) || CompletionSource.Refuse(_task);

    public void SetCanceled() => SetCanceled(default(CancellationToken));

    public void SetCanceled(CancellationToken cancellationToken)
    {
        if (!_task.TrySetCanceled(cancellationToken))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetCanceled() => TrySetCanceled(default(CancellationToken));
    public bool TrySetCanceled(CancellationToken cancellationToken) => _task.TrySetCanceled(cancellationToken) || CompletionSource.Refuse(_task);

    public void SetFromTask(Task completedTask)
    {
        if (!CompletionSource.TrySetFromTask(_task, completedTask))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetFromTask(Task completedTask) => CompletionSource.TrySetFromTask(_task, completedTask) || CompletionSource.Refuse(_task);
}

public class TaskCompletionSource<TResult>
{
    private readonly Task<TResult> _task;

    public TaskCompletionSource() { _task = new Task<TResult>(); }
    public TaskCompletionSource(TaskCreationOptions creationOptions) : this(null, creationOptions) { }
    public TaskCompletionSource(object? state) : this(state, TaskCreationOptions.None) { }
    public TaskCompletionSource(object? state, TaskCreationOptions creationOptions) { _task = new Task<TResult>(state, creationOptions); }

    public Task<TResult> Task => _task;

    public void SetResult(TResult result)
    {
        if (!_task.TrySetResult(result))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetResult(TResult result) => _task.TrySetResult(result) || CompletionSource.Refuse(_task);

    public void SetException(Exception exception)
    {
        if (!CompletionSource.TrySetException(_task, exception))
            TaskThrow.CompletedTwice(_task);
    }

    public void SetException(IEnumerable<Exception> exceptions)
    {
        if (!CompletionSource.TrySetException(_task, exceptions))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetException(Exception exception) => CompletionSource.TrySetException(_task, exception) || CompletionSource.Refuse(_task);
    public bool TrySetException(IEnumerable<Exception> exceptions) => CompletionSource.TrySetException(_task, exceptions) || CompletionSource.Refuse(_task);

    [Framed] public void SetCanceled() => SetCanceled(default(CancellationToken));

    public void SetCanceled(CancellationToken cancellationToken)
    {
        if (!_task.TrySetCanceled(cancellationToken))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetCanceled() => TrySetCanceled(default(CancellationToken));
    public bool TrySetCanceled(CancellationToken cancellationToken) => _task.TrySetCanceled(cancellationToken) || CompletionSource.Refuse(_task);

    public void SetFromTask(Task<TResult> completedTask)
    {
        if (!TrySetFrom(completedTask))
            TaskThrow.CompletedTwice(_task);
    }

    public bool TrySetFromTask(Task<TResult> completedTask) => TrySetFrom(completedTask) || CompletionSource.Refuse(_task);

    private bool TrySetFrom(Task<TResult> completedTask)
    {
        CompletionSource.CheckCompleted(completedTask);
        return completedTask.IsCompletedSuccessfully ? _task.TrySetResult(completedTask.ResultOnSuccess) : CompletionSource.TrySetFailure(_task, completedTask);
    }
}

/// What both completion sources share.
internal static class CompletionSource
{
    /// The losing side of a race waits until the winner has written its outcome.
    internal static bool Refuse(Task task)
    {
        Protocol.Raise(ProtocolEvent.TaskTrySetRefused, task, null, 0);
        task.SpinUntilCompleted();
        return false;
    }

    internal static bool TrySetException(Task task, Exception exception)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        return task.TrySetException(exception!);
    }

    internal static bool TrySetException(Task task, IEnumerable<Exception> exceptions)
    {
        if (exceptions == null)
            TaskThrow.Null("exceptions");
        List<Exception> copy = new List<Exception>();
        foreach (Exception e in exceptions!)
        {
            if (e == null)
                TaskThrow.Argument("The exceptions collection included at least one null element.", "exceptions");
            copy.Add(e!);
        }
        if (copy.Count == 0)
            TaskThrow.Argument("The exceptions collection was empty.", "exceptions");
        return task.TrySetException(copy);
    }

    internal static void CheckCompleted(Task completedTask)
    {
        if (completedTask == null)
            TaskThrow.Null("completedTask");
        if (!completedTask!.IsCompleted)
            TaskThrow.Argument("The provided task must have already completed.", "completedTask");
    }

    internal static bool TrySetFromTask(Task task, Task completedTask)
    {
        CheckCompleted(completedTask);
        return completedTask.IsCompletedSuccessfully ? task.TrySetResult() : TrySetFailure(task, completedTask);
    }

    internal static bool TrySetFailure(Task task, Task failed) => failed.IsFaulted
        ? task.TrySetException(failed.GetExceptionDispatchInfos())
        : task.TrySetCanceled(failed.CancellationToken, failed.GetCancellationExceptionDispatchInfo());
}
