namespace System.Threading;

public delegate void SendOrPostCallback(object? state);

public class SynchronizationContext
{
    private bool _requireWaitNotification;

    private static readonly Action<PostedWork> s_runPosted = work => work.Callback(work.State);

    private struct PostedWork
    {
        internal SendOrPostCallback Callback;
        internal object? State;
    }

    public SynchronizationContext() { }

    public static SynchronizationContext? Current => Thread.CurrentThread._synchronizationContext;

    /// The current one if awaits have to return to it: instances of exactly SynchronizationContext mean the thread pool.
    internal static SynchronizationContext? CurrentCustom
    {
        get
        {
            SynchronizationContext? current = Thread.CurrentThread._synchronizationContext;
            return current == null || current.GetType() == typeof(SynchronizationContext) ? null : current;
        }
    }

    public static void SetSynchronizationContext(SynchronizationContext? syncContext) => Thread.CurrentThread._synchronizationContext = syncContext;

    protected void SetWaitNotificationRequired() => _requireWaitNotification = true;
    public bool IsWaitNotificationRequired() => _requireWaitNotification;

    public virtual void Send(SendOrPostCallback d, object? state) => d(state);

    public virtual void Post(SendOrPostCallback d, object? state)
    {
        PostedWork work = default(PostedWork);
        work.Callback = d;
        work.State = state;
        ThreadPool.QueueUserWorkItem<PostedWork>(s_runPosted, work, false);
    }

    public virtual void OperationStarted() { }
    public virtual void OperationCompleted() { }
    public virtual SynchronizationContext CreateCopy() => new SynchronizationContext();
}
