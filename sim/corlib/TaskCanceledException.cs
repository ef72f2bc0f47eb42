namespace System.Threading.Tasks;

public class TaskCanceledException : OperationCanceledException
{
    private readonly Task? _canceledTask;

    public TaskCanceledException() : base(SR.TaskCanceledException) { }
    public TaskCanceledException(string? message) : base(message) { }
    public TaskCanceledException(string? message, Exception? innerException) : base(message, innerException) { }
    public TaskCanceledException(string? message, Exception? innerException, CancellationToken token) : base(message, innerException, token) { }
    public TaskCanceledException(Task? task) : base(SR.TaskCanceledException, task != null ? task.CancellationToken : default(CancellationToken)) { _canceledTask = task; }

    public Task? Task => _canceledTask;
}
