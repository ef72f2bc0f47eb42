// PoolingAsyncValueTaskMethodBuilder(<TResult>): the box is an IValueTaskSource that goes back to a small pool when its result is taken.
// Section 4.4 of the semantics, and section 6 for what misuse of such a box does.
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Runtime.CompilerServices;

public struct PoolingAsyncValueTaskMethodBuilder
{
    private PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.StateMachineBox? m_task;

    public static PoolingAsyncValueTaskMethodBuilder Create() => default(PoolingAsyncValueTaskMethodBuilder);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void SetResult()
    {
        if (m_task == null)
        {
            Protocol.Raise(ProtocolEvent.MethodCompletesAtOnce, null, null, 0);
            m_task = PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.s_syncSuccessSentinel;
        }
        else
        {
            m_task.SetResult(default(VoidTaskResult));
        }
    }

    public void SetException(Exception exception) => PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.SetException(exception, ref m_task);

    public ValueTask Task
    {
        get
        {
            if (m_task == PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.s_syncSuccessSentinel)
                return default(ValueTask);
            PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.StateMachineBox box = m_task ?? PoolingAsyncValueTaskMethodBuilder<VoidTaskResult>.CreateWeaklyTypedBox(ref m_task);
            return new ValueTask((IValueTaskSource)box, box.Version);
        }
    }
}

public struct PoolingAsyncValueTaskMethodBuilder<TResult>
{
    private StateMachineBox? m_task;
    private TResult _result;

    internal static readonly StateMachineBox s_syncSuccessSentinel = new SyncSuccessSentinelStateMachineBox();

    public static PoolingAsyncValueTaskMethodBuilder<TResult> Create() => default(PoolingAsyncValueTaskMethodBuilder<TResult>);
    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => AsyncMethodBuilderCore.Start<TStateMachine>(ref stateMachine);
    public void SetStateMachine(IAsyncStateMachine stateMachine) { }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AwaitOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine =>
        AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref awaiter, ref stateMachine, ref m_task);

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
            m_task.SetResult(result);
        }
    }

    public void SetException(Exception exception) => SetException(exception, ref m_task);

    internal static void SetException(Exception exception, ref StateMachineBox? boxField)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        (boxField ?? CreateWeaklyTypedBox(ref boxField)).SetException(exception!);
    }

    public ValueTask<TResult> Task
    {
        get
        {
            if (m_task == s_syncSuccessSentinel)
                return new ValueTask<TResult>(_result);
            StateMachineBox box = m_task ?? CreateWeaklyTypedBox(ref m_task);
            return new ValueTask<TResult>((IValueTaskSource<TResult>)box, box.Version);
        }
    }

    internal static void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine, ref StateMachineBox? boxField)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        IAsyncStateMachineBox box = GetStateMachineBox<TStateMachine>(ref stateMachine, ref boxField);
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

    internal static void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine, ref StateMachineBox? boxField)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        IAsyncStateMachineBox box = GetStateMachineBox<TStateMachine>(ref stateMachine, ref boxField);
        AsyncTaskMethodBuilder<VoidTaskResult>.AwaitUnsafeOnCompleted<TAwaiter>(ref awaiter, box);
    }

    private static IAsyncStateMachineBox GetStateMachineBox<TStateMachine>(ref TStateMachine stateMachine, ref StateMachineBox? boxField) where TStateMachine : IAsyncStateMachine
    {
        ExecutionContext? context = ExecutionContext.Capture();
        if (boxField is StateMachineBox<TStateMachine> known)
        {
            if (known.Context != context)
                known.Context = context;
            return known;
        }
        StateMachineBox<TStateMachine> box = StateMachineBox<TStateMachine>.RentFromCache();
        boxField = box;
        box.StateMachine = stateMachine;
        box.Context = context;
        return box;
    }

    /// For a method that fails before it ever suspends: only the source part of the box is used.
    internal static StateMachineBox CreateWeaklyTypedBox(ref StateMachineBox? boxField)
    {
        StateMachineBox<IAsyncStateMachine> box = new StateMachineBox<IAsyncStateMachine>();
        boxField = box;
        return box;
    }

    /// PoolingAsyncValueTaskMethodBuilder<TResult>.StateMachineBox
    internal abstract class StateMachineBox : IValueTaskSource<TResult>, IValueTaskSource
    {
        protected Action? _moveNextAction;
        public ExecutionContext? Context;
        protected ManualResetValueTaskSourceCore<TResult> _valueTaskSource;

        public void SetResult(TResult result) => _valueTaskSource.SetResult(result);
        public void SetException(Exception error) => _valueTaskSource.SetException(error);
        public ValueTaskSourceStatus GetStatus(short token) => _valueTaskSource.GetStatus(token);
        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _valueTaskSource.OnCompleted(continuation, state, token, flags);
        public short Version => _valueTaskSource.Version;

        protected abstract TResult TakeResult(short token);
        TResult IValueTaskSource<TResult>.GetResult(short token) => TakeResult(token);
        void IValueTaskSource.GetResult(short token) => TakeResult(token);
    }

    private sealed class SyncSuccessSentinelStateMachineBox : StateMachineBox
    {
        internal SyncSuccessSentinelStateMachineBox() => SetResult(default(TResult)!);
        protected override TResult TakeResult(short token) => default(TResult)!;
    }

    /// PoolingAsyncValueTaskMethodBuilder<TResult>.StateMachineBox<TStateMachine>: one slot per thread, one per processor (we have one).
    private sealed class StateMachineBox<TStateMachine> : StateMachineBox, IAsyncStateMachineBox, IThreadPoolWorkItem where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine? StateMachine;

        [ThreadStatic] private static StateMachineBox<TStateMachine>? t_tlsCache;
        private static StateMachineBox<TStateMachine>? s_coreCache;

        internal static StateMachineBox<TStateMachine> RentFromCache()
        {
            StateMachineBox<TStateMachine>? box = t_tlsCache;
            if (box != null)
                t_tlsCache = null;
            else if (s_coreCache != null)
                box = Interlocked.Exchange(ref s_coreCache, null);
            if (box == null)
            {
                box = new StateMachineBox<TStateMachine>();
                Protocol.Raise(ProtocolEvent.BoxAllocated, box, null, 1);
            }
            else
            {
                Protocol.Raise(ProtocolEvent.BoxRented, box, null, box.Version);
            }
            return box;
        }

        private void ReturnToCache()
        {
            if (t_tlsCache == this || s_coreCache == this)
                Protocol.RaiseWatched(ProtocolEvent.BoxReturnedTwice, this, null, 0);
            ClearStateUponCompletion();
            _valueTaskSource.Reset();
            if (t_tlsCache == null)
                t_tlsCache = this;
            else if (s_coreCache == null)
                s_coreCache = this;
            else
            {
                Protocol.Raise(ProtocolEvent.BoxDropped, this, null, 0);
                return;
            }
            Protocol.Raise(ProtocolEvent.BoxReturned, this, null, Version);
        }

        public void ClearStateUponCompletion()
        {
            StateMachine = default(TStateMachine);
            Context = null;
        }

        /// The box goes back even when there was nothing to take: a stale token or a pending operation (section 6).
        protected override TResult TakeResult(short token)
        {
            try
            {
                return _valueTaskSource.GetResult(token);
            }
            finally
            {
                ReturnToCache();
            }
        }

        public Action MoveNextAction => _moveNextAction ?? MakeAction();

        private Action MakeAction()
        {
            _moveNextAction = new Action(MoveNext);
            Protocol.Raise(ProtocolEvent.MoveNextDelegate, this, _moveNextAction, 0);
            return _moveNextAction;
        }

        void IThreadPoolWorkItem.Execute() => MoveNext();

        public void MoveNext()
        {
            Protocol.Raise(ProtocolEvent.MethodResumes, this, null, 0);
            ExecutionContext? context = Context;
            if (context == null)
            {
                StateMachine!.MoveNext();
                return;
            }
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

        IAsyncStateMachine IAsyncStateMachineBox.GetStateMachineObject() => StateMachine!;
    }
}
