using System.Threading.Tasks;
using System.Watch;

namespace System;

/// Throws of tasks and threading, kept out of line.
internal static class TaskThrow
{
    internal const string TransitionText = "An attempt was made to transition a task to a final state when it had already completed.";
    private const string NullElementText = "The tasks argument included a null value.";

    internal static void Null(string? parameter) => throw new ArgumentNullException(parameter);
    internal static void OutOfRange(string parameter) => throw new ArgumentOutOfRangeException(parameter);
    internal static void OutOfRange(string parameter, string text) => throw new ArgumentOutOfRangeException(parameter, text);
    internal static void Argument(string text, string parameter) => throw new ArgumentException(text, parameter);
    internal static void InvalidOperation() => throw new InvalidOperationException();
    internal static void InvalidOperation(string text) => throw new InvalidOperationException(text);
    internal static void Disposed(string objectName) => throw new ObjectDisposedException(objectName);
    internal static void NullTask() => throw new ArgumentException(NullElementText, "tasks");

    internal static void CompletedTwice(Task task)
    {
        Protocol.RaiseWatched(ProtocolEvent.TaskCompletedTwice, task, null, 0);
        throw new InvalidOperationException(TransitionText);
    }

    internal static void BadConfigureAwaitOptions(ConfigureAwaitOptions options)
    {
        if ((options & ConfigureAwaitOptions.SuppressThrowing) == 0)
            throw new ArgumentOutOfRangeException("options");
        throw new ArgumentOutOfRangeException("options",
            "Task<TResult>.ConfigureAwait does not support ConfigureAwaitOptions.SuppressThrowing. To suppress throwing, instead cast the Task<TResult> " +
            "to its base class Task and await that with SuppressThrowing.");
    }

    internal static void UnexpectedState(object? state)
    {
        throw new ArgumentOutOfRangeException("state", state,
            "An unexpected state object was encountered. This is usually a sign of a bug in async method custom infrastructure, such as a custom awaiter or " +
            "IValueTaskSource implementation.");
    }
}
