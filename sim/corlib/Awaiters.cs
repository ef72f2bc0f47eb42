// Awaiters and awaitables of Task, ValueTask, Task.Yield and async streams.
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Runtime.CompilerServices;

public interface INotifyCompletion { void OnCompleted(Action continuation); }
public interface ICriticalNotifyCompletion : INotifyCompletion { void UnsafeOnCompleted(Action continuation); }

// Marks for the builders: a TaskAwaiter(<T>) or ConfiguredTaskAwaiter can be read as the non-generic struct; the others take the box itself.
internal interface ITaskAwaiter { }
internal interface IConfiguredTaskAwaiter { }
internal interface IStateMachineBoxAwareAwaiter { void AwaitUnsafeOnCompleted(IAsyncStateMachineBox box); }

public readonly struct TaskAwaiter : ICriticalNotifyCompletion, ITaskAwaiter
{
    internal readonly Task m_task;

    internal TaskAwaiter(Task task) { m_task = task; }

    public bool IsCompleted => Ask(m_task);
    public void OnCompleted(Action continuation) => OnCompletedInternal(m_task, continuation, true, true);
    public void UnsafeOnCompleted(Action continuation) => OnCompletedInternal(m_task, continuation, true, false);
    public void GetResult() => ValidateEnd(m_task, ConfigureAwaitOptions.None);

    internal static bool Ask(Task task)
    {
        bool completed = task.IsCompleted;
        Protocol.Raise(completed ? ProtocolEvent.TaskIsCompleted : ProtocolEvent.TaskIsPending, task, null, 0);
        return completed;
    }

    internal static void OnCompletedInternal(Task task, Action continuation, bool continueOnCapturedContext, bool flowExecutionContext)
    {
        if (continuation == null)
            TaskThrow.Null("continuation");
        task.SetContinuationForAwait(continuation!, continueOnCapturedContext, flowExecutionContext);
    }

    internal static void UnsafeOnCompletedInternal(Task task, IAsyncStateMachineBox box, bool continueOnCapturedContext) =>
        task.UnsafeSetContinuationForAwait(box, continueOnCapturedContext);

    /// TaskAwaiter.ValidateEnd: waits if it must, throws what the task ended with.
    [StackTraceHidden]
    internal static void ValidateEnd(Task task, ConfigureAwaitOptions options)
    {
        Protocol.Raise(ProtocolEvent.TaskGetResult, task, null, 0);
        if (!task.IsRanToCompletion)
            HandleNonSuccess(task, options);
    }

    [StackTraceHidden]
    private static void HandleNonSuccess(Task task, ConfigureAwaitOptions options)
    {
        if (!task.IsCompleted)
            task.InternalWait(-1, default(CancellationToken));
        if (task.IsCompletedSuccessfully)
            return;
        if ((options & ConfigureAwaitOptions.SuppressThrowing) != 0)
            task.MarkExceptionsAsHandled();
        else
            ThrowForNonSuccess(task);
    }

    [StackTraceHidden]
    private static void ThrowForNonSuccess(Task task)
    {
        if (task.IsFaulted)
        {
            List<ExceptionDispatchInfo> infos = task.GetExceptionDispatchInfos();
            infos[0].Throw();
        }
        ExceptionDispatchInfo? kept = task.GetCancellationExceptionDispatchInfo();
        if (kept != null)
            kept.Throw();
        throw new TaskCanceledException(task);
    }
}

public readonly struct TaskAwaiter<TResult> : ICriticalNotifyCompletion, ITaskAwaiter
{
    private readonly Task<TResult> m_task;

    internal TaskAwaiter(Task<TResult> task) { m_task = task; }

    public bool IsCompleted => TaskAwaiter.Ask(m_task);
    public void OnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, true, true);
    public void UnsafeOnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, true, false);

    [Framed, StackTraceHidden]
    public TResult GetResult()
    {
        TaskAwaiter.ValidateEnd(m_task, ConfigureAwaitOptions.None);
        return m_task.ResultOnSuccess;
    }
}

public readonly struct ConfiguredTaskAwaitable
{
    private readonly ConfiguredTaskAwaiter m_configuredTaskAwaiter;

    internal ConfiguredTaskAwaitable(Task task, ConfigureAwaitOptions options) { m_configuredTaskAwaiter = new ConfiguredTaskAwaiter(task, options); }

    public ConfiguredTaskAwaiter GetAwaiter() => m_configuredTaskAwaiter;

    public readonly struct ConfiguredTaskAwaiter : ICriticalNotifyCompletion, IConfiguredTaskAwaiter
    {
        internal readonly Task m_task;
        internal readonly ConfigureAwaitOptions m_options;

        internal ConfiguredTaskAwaiter(Task task, ConfigureAwaitOptions options)
        {
            m_task = task;
            m_options = options;
        }

        private bool Captured => (m_options & ConfigureAwaitOptions.ContinueOnCapturedContext) != 0;
        public bool IsCompleted => TaskAwaiter.Ask(m_task) && (m_options & ConfigureAwaitOptions.ForceYielding) == 0;
        public void OnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, Captured, true);
        public void UnsafeOnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, Captured, false);
        public void GetResult() => TaskAwaiter.ValidateEnd(m_task, m_options);
    }
}

public readonly struct ConfiguredTaskAwaitable<TResult>
{
    private readonly ConfiguredTaskAwaiter m_configuredTaskAwaiter;

    internal ConfiguredTaskAwaitable(Task<TResult> task, ConfigureAwaitOptions options) { m_configuredTaskAwaiter = new ConfiguredTaskAwaiter(task, options); }

    public ConfiguredTaskAwaiter GetAwaiter() => m_configuredTaskAwaiter;

    public readonly struct ConfiguredTaskAwaiter : ICriticalNotifyCompletion, IConfiguredTaskAwaiter
    {
        private readonly Task<TResult> m_task;
        internal readonly ConfigureAwaitOptions m_options;

        internal ConfiguredTaskAwaiter(Task<TResult> task, ConfigureAwaitOptions options)
        {
            m_task = task;
            m_options = options;
        }

        private bool Captured => (m_options & ConfigureAwaitOptions.ContinueOnCapturedContext) != 0;
        public bool IsCompleted => TaskAwaiter.Ask(m_task) && (m_options & ConfigureAwaitOptions.ForceYielding) == 0;
        public void OnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, Captured, true);
        public void UnsafeOnCompleted(Action continuation) => TaskAwaiter.OnCompletedInternal(m_task, continuation, Captured, false);

        [Framed, StackTraceHidden]
        public TResult GetResult()
        {
            TaskAwaiter.ValidateEnd(m_task, m_options);
            return m_task.ResultOnSuccess;
        }
    }
}

public readonly struct ValueTaskAwaiter : ICriticalNotifyCompletion, IStateMachineBoxAwareAwaiter
{
    private readonly ValueTask _value;

    /// What a source calls back for an awaiter given a plain Action.
    internal static readonly Action<object?> s_invokeActionDelegate = InvokeAction;

    internal ValueTaskAwaiter(in ValueTask value) { _value = value; }

    public bool IsCompleted => _value.AskIsCompleted();
    public void GetResult() => _value.ThrowIfCompletedUnsuccessfully();
    public void OnCompleted(Action continuation) => Register(in _value, continuation, true);
    public void UnsafeOnCompleted(Action continuation) => Register(in _value, continuation, false);
    void IStateMachineBoxAwareAwaiter.AwaitUnsafeOnCompleted(IAsyncStateMachineBox box) => Register(in _value, box);

    private static void InvokeAction(object? state)
    {
        Action? action = state as Action;
        if (action == null)
            TaskThrow.UnexpectedState(state);
        action!();
    }

    internal static ValueTaskSourceOnCompletedFlags Flags(bool captured, bool flow) =>
        (captured ? ValueTaskSourceOnCompletedFlags.UseSchedulingContext : ValueTaskSourceOnCompletedFlags.None) |
        (flow ? ValueTaskSourceOnCompletedFlags.FlowExecutionContext : ValueTaskSourceOnCompletedFlags.None);

    [Watched]
    internal static void Register(in ValueTask value, Action continuation, bool flow)
    {
        object? obj = value._obj;
        bool captured = value._continueOnCapturedContext;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskOnCompleted, obj, continuation, value._token);
        if (obj is Task t)
            TaskAwaiter.OnCompletedInternal(t, continuation, captured, flow);
        else if (obj != null)
            Unsafe.As<IValueTaskSource>(obj).OnCompleted(s_invokeActionDelegate, continuation, value._token, Flags(captured, flow));
        else
            TaskAwaiter.OnCompletedInternal(Task.CompletedTask, continuation, captured, flow);
    }

    [Watched]
    internal static void Register(in ValueTask value, IAsyncStateMachineBox box)
    {
        object? obj = value._obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskOnCompleted, obj, box, value._token);
        if (obj is Task t)
            TaskAwaiter.UnsafeOnCompletedInternal(t, box, value._continueOnCapturedContext);
        else if (obj != null)
            Unsafe.As<IValueTaskSource>(obj).OnCompleted(ThreadPool.s_invokeAsyncStateMachineBox, box, value._token, Flags(value._continueOnCapturedContext, false));
        else
            TaskAwaiter.UnsafeOnCompletedInternal(Task.CompletedTask, box, value._continueOnCapturedContext);
    }

    [Watched]
    internal static void Register<TResult>(in ValueTask<TResult> value, Action continuation, bool flow)
    {
        object? obj = value._obj;
        bool captured = value._continueOnCapturedContext;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskOnCompleted, obj, continuation, value._token);
        if (obj is Task<TResult> t)
            TaskAwaiter.OnCompletedInternal(t, continuation, captured, flow);
        else if (obj != null)
            Unsafe.As<IValueTaskSource<TResult>>(obj).OnCompleted(s_invokeActionDelegate, continuation, value._token, Flags(captured, flow));
        else
            TaskAwaiter.OnCompletedInternal(Task.CompletedTask, continuation, captured, flow);
    }

    [Watched]
    internal static void Register<TResult>(in ValueTask<TResult> value, IAsyncStateMachineBox box)
    {
        object? obj = value._obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskOnCompleted, obj, box, value._token);
        if (obj is Task<TResult> t)
            TaskAwaiter.UnsafeOnCompletedInternal(t, box, value._continueOnCapturedContext);
        else if (obj != null)
            Unsafe.As<IValueTaskSource<TResult>>(obj).OnCompleted(ThreadPool.s_invokeAsyncStateMachineBox, box, value._token, Flags(value._continueOnCapturedContext, false));
        else
            TaskAwaiter.UnsafeOnCompletedInternal(Task.CompletedTask, box, value._continueOnCapturedContext);
    }
}

public readonly struct ValueTaskAwaiter<TResult> : ICriticalNotifyCompletion, IStateMachineBoxAwareAwaiter
{
    private readonly ValueTask<TResult> _value;

    internal ValueTaskAwaiter(in ValueTask<TResult> value) { _value = value; }

    public bool IsCompleted => _value.AskIsCompleted();
    [Framed, StackTraceHidden] public TResult GetResult() => _value.AwaitedResult();
    public void OnCompleted(Action continuation) => ValueTaskAwaiter.Register<TResult>(in _value, continuation, true);
    public void UnsafeOnCompleted(Action continuation) => ValueTaskAwaiter.Register<TResult>(in _value, continuation, false);
    void IStateMachineBoxAwareAwaiter.AwaitUnsafeOnCompleted(IAsyncStateMachineBox box) => ValueTaskAwaiter.Register<TResult>(in _value, box);
}

public readonly struct ConfiguredValueTaskAwaitable
{
    private readonly ValueTask _value;

    internal ConfiguredValueTaskAwaitable(ValueTask value) { _value = value; }

    public ConfiguredValueTaskAwaiter GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.ValueTaskGetAwaiter, _value._obj, null, _value._token);
        return new ConfiguredValueTaskAwaiter(in _value);
    }

    public readonly struct ConfiguredValueTaskAwaiter : ICriticalNotifyCompletion, IStateMachineBoxAwareAwaiter
    {
        private readonly ValueTask _value;

        internal ConfiguredValueTaskAwaiter(in ValueTask value) { _value = value; }

        public bool IsCompleted => _value.AskIsCompleted();
        public void GetResult() => _value.ThrowIfCompletedUnsuccessfully();
        public void OnCompleted(Action continuation) => ValueTaskAwaiter.Register(in _value, continuation, true);
        public void UnsafeOnCompleted(Action continuation) => ValueTaskAwaiter.Register(in _value, continuation, false);
        void IStateMachineBoxAwareAwaiter.AwaitUnsafeOnCompleted(IAsyncStateMachineBox box) => ValueTaskAwaiter.Register(in _value, box);
    }
}

public readonly struct ConfiguredValueTaskAwaitable<TResult>
{
    private readonly ValueTask<TResult> _value;

    internal ConfiguredValueTaskAwaitable(ValueTask<TResult> value) { _value = value; }

    public ConfiguredValueTaskAwaiter GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.ValueTaskGetAwaiter, _value._obj, null, _value._token);
        return new ConfiguredValueTaskAwaiter(in _value);
    }

    public readonly struct ConfiguredValueTaskAwaiter : ICriticalNotifyCompletion, IStateMachineBoxAwareAwaiter
    {
        private readonly ValueTask<TResult> _value;

        internal ConfiguredValueTaskAwaiter(in ValueTask<TResult> value) { _value = value; }

        public bool IsCompleted => _value.AskIsCompleted();
        public TResult GetResult() => _value.AwaitedResult();
        public void OnCompleted(Action continuation) => ValueTaskAwaiter.Register<TResult>(in _value, continuation, true);
        public void UnsafeOnCompleted(Action continuation) => ValueTaskAwaiter.Register<TResult>(in _value, continuation, false);
        void IStateMachineBoxAwareAwaiter.AwaitUnsafeOnCompleted(IAsyncStateMachineBox box) => ValueTaskAwaiter.Register<TResult>(in _value, box);
    }
}

public readonly struct YieldAwaitable
{
    public YieldAwaiter GetAwaiter() => default(YieldAwaiter);

    public readonly struct YieldAwaiter : ICriticalNotifyCompletion, IStateMachineBoxAwareAwaiter
    {
        private static readonly SendOrPostCallback s_postBox = state => Unsafe.As<IAsyncStateMachineBox>(state).MoveNext();
        private static readonly SendOrPostCallback s_postAction = state => Unsafe.As<Action>(state)();
        private static readonly WaitCallback s_queueAction = state => Unsafe.As<Action>(state)();
        private static readonly Action<object?> s_startBox = state => Unsafe.As<IAsyncStateMachineBox>(state).MoveNext();

        public bool IsCompleted => false;
        public void GetResult() { }
        public void OnCompleted(Action continuation) => QueueContinuation(continuation, true);
        public void UnsafeOnCompleted(Action continuation) => QueueContinuation(continuation, false);

        private static void QueueContinuation(Action continuation, bool flowContext)
        {
            if (continuation == null)
                TaskThrow.Null("continuation");
            SynchronizationContext? sc = SynchronizationContext.CurrentCustom;
            TaskScheduler? scheduler = sc == null ? TaskScheduler.CurrentCustom : null;
            if (sc != null)
            {
                Protocol.Raise(ProtocolEvent.ContextPost, sc, continuation, 0);
                sc.Post(s_postAction, continuation);
            }
            else if (scheduler != null)
            {
                Task.Factory.StartNew(continuation!, default(CancellationToken), TaskCreationOptions.PreferFairness, scheduler);
            }
            else if (flowContext)
            {
                ThreadPool.QueueUserWorkItem(s_queueAction, continuation);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(s_queueAction, continuation);
            }
        }

        /// The box itself is queued, to the global queue: two yielding methods alternate.
        void IStateMachineBoxAwareAwaiter.AwaitUnsafeOnCompleted(IAsyncStateMachineBox box)
        {
            SynchronizationContext? sc = SynchronizationContext.CurrentCustom;
            TaskScheduler? scheduler = sc == null ? TaskScheduler.CurrentCustom : null;
            if (sc != null)
            {
                Protocol.Raise(ProtocolEvent.ContextPost, sc, box, 0);
                sc.Post(s_postBox, box);
            }
            else if (scheduler != null)
            {
                Task.Factory.StartNew(s_startBox, box, default(CancellationToken), TaskCreationOptions.PreferFairness, scheduler);
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItemInternal(box, false);
            }
        }
    }
}

public readonly struct ConfiguredAsyncDisposable
{
    private readonly IAsyncDisposable _source;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredAsyncDisposable(IAsyncDisposable source, bool continueOnCapturedContext)
    {
        _source = source;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    public ConfiguredValueTaskAwaitable DisposeAsync() => _source.DisposeAsync().ConfigureAwait(_continueOnCapturedContext);
}

public readonly struct ConfiguredCancelableAsyncEnumerable<T>
{
    private readonly IAsyncEnumerable<T> _enumerable;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredCancelableAsyncEnumerable(IAsyncEnumerable<T> enumerable, bool continueOnCapturedContext, CancellationToken cancellationToken)
    {
        _enumerable = enumerable;
        _continueOnCapturedContext = continueOnCapturedContext;
        _cancellationToken = cancellationToken;
    }

    public ConfiguredCancelableAsyncEnumerable<T> ConfigureAwait(bool continueOnCapturedContext) =>
        new ConfiguredCancelableAsyncEnumerable<T>(_enumerable, continueOnCapturedContext, _cancellationToken);
    public ConfiguredCancelableAsyncEnumerable<T> WithCancellation(CancellationToken cancellationToken) =>
        new ConfiguredCancelableAsyncEnumerable<T>(_enumerable, _continueOnCapturedContext, cancellationToken);
    public Enumerator GetAsyncEnumerator() => new Enumerator(_enumerable.GetAsyncEnumerator(_cancellationToken), _continueOnCapturedContext);

    public readonly struct Enumerator
    {
        private readonly IAsyncEnumerator<T> _enumerator;
        private readonly bool _continueOnCapturedContext;

        internal Enumerator(IAsyncEnumerator<T> enumerator, bool continueOnCapturedContext)
        {
            _enumerator = enumerator;
            _continueOnCapturedContext = continueOnCapturedContext;
        }

        public T Current => _enumerator.Current;
        public ConfiguredValueTaskAwaitable<bool> MoveNextAsync() => _enumerator.MoveNextAsync().ConfigureAwait(_continueOnCapturedContext);
        public ConfiguredValueTaskAwaitable DisposeAsync() => _enumerator.DisposeAsync().ConfigureAwait(_continueOnCapturedContext);
    }
}

public sealed class EnumeratorCancellationAttribute : Attribute { }
