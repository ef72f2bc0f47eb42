// The builders that Roslyn's state machines call (section 4 of the semantics), and the box that a suspended method lives in.
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using System.Watch;

namespace System.Runtime.CompilerServices;

public interface IAsyncStateMachine
{
    void MoveNext();
    void SetStateMachine(IAsyncStateMachine stateMachine);
}

public sealed class AsyncMethodBuilderAttribute : Attribute
{
    public AsyncMethodBuilderAttribute(Type builderType) { BuilderType = builderType; }
    public Type BuilderType { get; }
}

public sealed class AsyncStateMachineAttribute : StateMachineAttribute { public AsyncStateMachineAttribute(Type stateMachineType) : base(stateMachineType) { } }
public sealed class AsyncIteratorStateMachineAttribute : StateMachineAttribute { public AsyncIteratorStateMachineAttribute(Type stateMachineType) : base(stateMachineType) { } }

/// What a continuation slot, a source or a queue sees of a suspended method.
internal interface IAsyncStateMachineBox
{
    void MoveNext();
    Action MoveNextAction { get; }
    IAsyncStateMachine GetStateMachineObject();
    void ClearStateUponCompletion();
}

internal static class AsyncMethodBuilderCore
{
    /// Runs the method up to its first suspension. What it did to the contexts does not leak into the caller.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        ExecutionContext? context;
        SynchronizationContext? sc;
        ThreadContexts.Read(out context, out sc);
        try
        {
            stateMachine.MoveNext();
        }
        finally
        {
            if (!ThreadContexts.Kept(context, sc))
                ThreadContexts.PutBack(context, sc);
        }
    }
}

/// The two contexts of the current thread. The compiler knows Read and Kept as single instructions.
internal static class ThreadContexts
{
    internal static void Read(out ExecutionContext? context, out SynchronizationContext? sc)
    {
        Thread thread = Thread.CurrentThread;
        context = thread._executionContext;
        sc = thread._synchronizationContext;
    }

    internal static bool Kept(ExecutionContext? context, SynchronizationContext? sc)
    {
        Thread thread = Thread.CurrentThread;
        return thread._executionContext == context && thread._synchronizationContext == sc;
    }

    internal static void PutBack(ExecutionContext? context, SynchronizationContext? sc)
    {
        Thread thread = Thread.CurrentThread;
        if (thread._synchronizationContext != sc)
            thread._synchronizationContext = sc;
        if (thread._executionContext != context)
            ExecutionContext.Restore(thread, context);
    }
}

public struct AsyncTaskMethodBuilder
{
    private Task<VoidTaskResult>? m_task;

    public static AsyncTaskMethodBuilder Create() => default(AsyncTaskMethodBuilder);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public Task Task => m_task ?? InitializeTask();

    private Task InitializeTask()
    {
        m_task = new Task<VoidTaskResult>();
        return m_task;
    }

    /// No task yet: the method never suspended, and Task.CompletedTask is its task.
    public void SetResult()
    {
        if (m_task == null)
        {
            Protocol.Raise(ProtocolEvent.MethodCompletesAtOnce, null, null, 0);
            m_task = SharedTasks.s_completed;
        }
        else
        {
            AsyncTaskMethodBuilder<VoidTaskResult>.SetExistingTaskResult(m_task, default(VoidTaskResult));
        }
    }

    public void SetException(Exception exception) => AsyncTaskMethodBuilder<VoidTaskResult>.SetException(exception, ref m_task);

}

/// A short cut past the static constructor of Task.
internal static class SharedTasks
{
    internal static readonly Task<VoidTaskResult> s_completed = System.Threading.Tasks.Task.s_cachedCompleted;
}

public struct AsyncTaskMethodBuilder<TResult>
{
    private Task<TResult>? m_task;

    public static AsyncTaskMethodBuilder<TResult> Create() => default(AsyncTaskMethodBuilder<TResult>);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public Task<TResult> Task => m_task ?? InitializeTask();

    private Task<TResult> InitializeTask()
    {
        m_task = new Task<TResult>();
        return m_task;
    }

    public void SetResult(TResult result)
    {
        if (m_task == null)
        {
            m_task = System.Threading.Tasks.Task.Completed<TResult>(result);
            Protocol.RaiseWatched(ProtocolEvent.MethodCompletesAtOnce, m_task, null, 0);
        }
        else
        {
            SetExistingTaskResult(m_task, result);
        }
    }

    public void SetException(Exception exception) => SetException(exception, ref m_task);

    internal static void SetExistingTaskResult(Task<TResult> task, TResult? result)
    {
        if (!task.TrySetResult(result))
            TaskThrow.CompletedTwice(task);
    }

    internal static void SetException(Exception exception, ref Task<TResult>? taskField)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        Task<TResult>? task = taskField;
        if (task == null)
        {
            Protocol.Raise(ProtocolEvent.MethodCompletesAtOnce, null, exception, 0);
            taskField = task = new Task<TResult>();
        }
        bool set = exception is OperationCanceledException oce ? task.TrySetCanceled(oce.CancellationToken, oce) : task.TrySetException(exception!);
        if (!set)
            TaskThrow.CompletedTwice(task);
    }

    // ---- suspension ---------------------------------------------------------------------------------------------------

    internal static void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine, ref Task<TResult>? taskField)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        IAsyncStateMachineBox box = GetStateMachineBox<TStateMachine>(ref stateMachine, ref taskField);
        Protocol.Raise(ProtocolEvent.MethodSuspends, box, null, 0);
        try
        {
            awaiter.OnCompleted(box.MoveNextAction);
        }
        catch (Exception e)
        {
            System.Threading.Tasks.Task.ThrowAsync(e, null);
        }
    }

    internal static void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine, ref Task<TResult>? taskField)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        IAsyncStateMachineBox box = GetStateMachineBox<TStateMachine>(ref stateMachine, ref taskField);
        AwaitUnsafeOnCompleted<TAwaiter>(ref awaiter, box);
    }

    /// The type tests fold for each awaiter type. What a box-aware or foreign awaiter throws can no longer reach the method.
    internal static void AwaitUnsafeOnCompleted<TAwaiter>(ref TAwaiter awaiter, IAsyncStateMachineBox box) where TAwaiter : ICriticalNotifyCompletion
    {
        Protocol.Raise(ProtocolEvent.MethodSuspends, box, null, 0);
        if (awaiter is ITaskAwaiter)
        {
            TaskAwaiter.UnsafeOnCompletedInternal(Unsafe.As<TAwaiter, TaskAwaiter>(ref awaiter).m_task, box, true);
        }
        else if (awaiter is IConfiguredTaskAwaiter)
        {
            ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter configured = ref Unsafe.As<TAwaiter, ConfiguredTaskAwaitable.ConfiguredTaskAwaiter>(ref awaiter);
            TaskAwaiter.UnsafeOnCompletedInternal(configured.m_task, box, (configured.m_options & ConfigureAwaitOptions.ContinueOnCapturedContext) != 0);
        }
        else if (awaiter is IStateMachineBoxAwareAwaiter)
        {
            try
            {
                ((IStateMachineBoxAwareAwaiter)awaiter).AwaitUnsafeOnCompleted(box);
            }
            catch (Exception e)
            {
                System.Threading.Tasks.Task.ThrowAsync(e, null);
            }
        }
        else
        {
            try
            {
                awaiter.UnsafeOnCompleted(box.MoveNextAction);
            }
            catch (Exception e)
            {
                System.Threading.Tasks.Task.ThrowAsync(e, null);
            }
        }
    }

    private static IAsyncStateMachineBox GetStateMachineBox<TStateMachine>(ref TStateMachine stateMachine, ref Task<TResult>? taskField) where TStateMachine : IAsyncStateMachine
    {
        ExecutionContext? context = ExecutionContext.Capture();
        if (taskField is AsyncStateMachineBox<TStateMachine> known)
        {
            if (known.Context != context)
                known.Context = context;
            return known;
        }
        // First suspension. The box must be in the builder before the machine is copied into it.
        AsyncStateMachineBox<TStateMachine> box = new AsyncStateMachineBox<TStateMachine>();
        Protocol.Raise(ProtocolEvent.BoxAllocated, box, null, 0);
        taskField = box;
        box.StateMachine = stateMachine;
        box.Context = context;
        return box;
    }

    /// AsyncTaskMethodBuilder<TResult>.AsyncStateMachineBox<TStateMachine>: the task that the method returned, with the machine inside.
    /// The ExecutionContext is in m_stateObject, the MoveNext delegate in m_action.
    private class AsyncStateMachineBox<TStateMachine> : Task<TResult>, IAsyncStateMachineBox where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine? StateMachine;

        internal AsyncStateMachineBox() { m_stateFlags |= (int)InternalTaskOptions.HiddenState; }

        public ExecutionContext? Context
        {
            get => Unsafe.As<ExecutionContext>(m_stateObject);
            set => m_stateObject = value;
        }

        public Action MoveNextAction => (Action?)m_action ?? MakeAction();

        private Action MakeAction()
        {
            Action action = new Action(MoveNext);
            m_action = action;
            Protocol.Raise(ProtocolEvent.MoveNextDelegate, this, action, 0);
            return action;
        }

        internal override void ExecuteFromThreadPool(Thread threadPoolThread) => MoveNext();

        public void MoveNext()
        {
            Protocol.Raise(ProtocolEvent.MethodResumes, this, null, 0);
            if (IsCompleted)
                Protocol.RaiseWatched(ProtocolEvent.SourceCalledBackTwice, this, null, 0);
            ExecutionContext? context = Context;
            if (context == null)
                StateMachine!.MoveNext();
            else
                MoveNextInContext(context);
            if (IsCompleted)
                ClearStateUponCompletion();
        }

        /// ExecutionContext.RunInternal without its delegate: the method sees the values of its suspension.
        private void MoveNextInContext(ExecutionContext context)
        {
            Thread thread = Thread.CurrentThread;
            ExecutionContext? previous = thread._executionContext;
            SynchronizationContext? sc = thread._synchronizationContext;
            ExecutionContext? mine = context.IsDefault ? null : context;
            if (previous != mine)
                ExecutionContext.Restore(thread, mine);
            try
            {
                StateMachine!.MoveNext();
            }
            finally
            {
                if (thread._synchronizationContext != sc)
                    thread._synchronizationContext = sc;
                if (thread._executionContext != previous)
                    ExecutionContext.Restore(thread, previous);
            }
        }

        public void ClearStateUponCompletion()
        {
            StateMachine = default(TStateMachine);
            Context = null;
        }

        IAsyncStateMachine IAsyncStateMachineBox.GetStateMachineObject() => StateMachine!;
    }
}

/// No result task: a sentinel says "completed synchronously", a box or a bare Task says the rest.
public struct AsyncValueTaskMethodBuilder
{
    private Task<VoidTaskResult>? m_task;

    public static AsyncValueTaskMethodBuilder Create() => default(AsyncValueTaskMethodBuilder);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void SetResult()
    {
        if (m_task == null)
        {
            Protocol.Raise(ProtocolEvent.MethodCompletesAtOnce, null, null, 0);
            m_task = SharedTasks.s_completed;
        }
        else
        {
            AsyncTaskMethodBuilder<VoidTaskResult>.SetExistingTaskResult(m_task, default(VoidTaskResult));
        }
    }

    public void SetException(Exception exception) => AsyncTaskMethodBuilder<VoidTaskResult>.SetException(exception, ref m_task);

    public ValueTask Task
    {
        get
        {
            if (m_task == SharedTasks.s_completed)
                return default(ValueTask);
            if (m_task == null)
                m_task = new Task<VoidTaskResult>();
            return new ValueTask(m_task);
        }
    }
}

public struct AsyncValueTaskMethodBuilder<TResult>
{
    private Task<TResult>? m_task;
    private TResult _result;

    internal static readonly Task<TResult> s_syncSuccessSentinel = TaskCache.CreateCacheableTask<TResult>(default(TResult));

    public static AsyncValueTaskMethodBuilder<TResult> Create() => default(AsyncValueTaskMethodBuilder<TResult>);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<TResult>.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<TResult>.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void SetResult(TResult result)
    {
        if (m_task == null)
        {
            Protocol.Raise(ProtocolEvent.MethodCompletesAtOnce, null, null, 0);
            _result = result;
            m_task = s_syncSuccessSentinel;
        }
        else
        {
            AsyncTaskMethodBuilder<TResult>.SetExistingTaskResult(m_task, result);
        }
    }

    public void SetException(Exception exception) => AsyncTaskMethodBuilder<TResult>.SetException(exception, ref m_task);

    public ValueTask<TResult> Task
    {
        get
        {
            if (m_task == s_syncSuccessSentinel)
                return new ValueTask<TResult>(_result);
            if (m_task == null)
                m_task = new Task<TResult>();
            return new ValueTask<TResult>(m_task);
        }
    }
}

public struct AsyncVoidMethodBuilder
{
    private SynchronizationContext? _synchronizationContext;
    private AsyncTaskMethodBuilder _builder;

    public static AsyncVoidMethodBuilder Create()
    {
        SynchronizationContext? sc = SynchronizationContext.Current;
        if (sc != null)
            sc.OperationStarted();
        AsyncVoidMethodBuilder builder = default(AsyncVoidMethodBuilder);
        builder._synchronizationContext = sc;
        return builder;
    }

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        _builder.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        _builder.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine);

    public void SetResult()
    {
        SynchronizationContext? sc = _synchronizationContext;
        _builder.SetResult();
        if (sc != null)
            NotifyCompletion(sc);
    }

    /// Nobody holds a task: the exception goes to the context, or to the pool, where it ends the program.
    public void SetException(Exception exception)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        SynchronizationContext? sc = _synchronizationContext;
        if (sc != null)
        {
            try
            {
                System.Threading.Tasks.Task.ThrowAsync(exception!, sc);
            }
            finally
            {
                NotifyCompletion(sc);
            }
        }
        else
        {
            System.Threading.Tasks.Task.ThrowAsync(exception!, null);
        }
        _builder.SetResult();
    }

    private static void NotifyCompletion(SynchronizationContext sc)
    {
        try
        {
            sc.OperationCompleted();
        }
        catch (Exception e)
        {
            System.Threading.Tasks.Task.ThrowAsync(e, null);
        }
    }
}

/// For async iterators, whose machine is a class: the box holds a reference to it.
public struct AsyncIteratorMethodBuilder
{
    private Task<VoidTaskResult>? m_task;

    public static AsyncIteratorMethodBuilder Create() => default(AsyncIteratorMethodBuilder);
    public void MoveNext<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void Complete()
    {
        if (m_task == null)
            m_task = SharedTasks.s_completed;
        else if (!m_task.IsCompleted)
            AsyncTaskMethodBuilder<VoidTaskResult>.SetExistingTaskResult(m_task, default(VoidTaskResult));
    }
}
