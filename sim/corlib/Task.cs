// Task and Task<TResult>: state word, completion, execution, waiting, exceptions.
// Continuations are in TaskContinuation.cs, combinators and promises in TaskCombinators.cs.
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Watch;

namespace System.Threading.Tasks;

public enum TaskStatus
{
    Created, WaitingForActivation, WaitingToRun, Running, WaitingForChildrenToComplete, RanToCompletion, Canceled, Faulted,
}

[Flags]
public enum TaskCreationOptions
{
    None = 0, PreferFairness = 1, LongRunning = 2, AttachedToParent = 4, DenyChildAttach = 8, HideScheduler = 16, RunContinuationsAsynchronously = 64,
}

[Flags]
public enum TaskContinuationOptions
{
    None = 0, PreferFairness = 1, LongRunning = 2, AttachedToParent = 4, DenyChildAttach = 8, HideScheduler = 16, LazyCancellation = 32,
    RunContinuationsAsynchronously = 64, NotOnRanToCompletion = 0x10000, NotOnFaulted = 0x20000, NotOnCanceled = 0x40000,
    OnlyOnRanToCompletion = 0x60000, OnlyOnFaulted = 0x50000, OnlyOnCanceled = 0x30000, ExecuteSynchronously = 0x80000,
}

[Flags]
public enum ConfigureAwaitOptions { None = 0, ContinueOnCapturedContext = 1, SuppressThrowing = 2, ForceYielding = 4 }

[Flags]
internal enum InternalTaskOptions
{
    None = 0, InternalOptionsMask = 0xFF00, ContinuationTask = 0x200, PromiseTask = 0x400, HiddenState = 0x800, LazyCancellation = 0x1000,
    QueuedByRuntime = 0x2000, DoNotDispose = 0x4000,
}

/// The empty result of a promise that has no result.
internal struct VoidTaskResult { }

public partial class Task : IAsyncResult, IDisposable
{
    // Bits of m_stateFlags. The low 16 hold TaskCreationOptions and InternalTaskOptions.
    internal const int StateStarted = 0x10000, StateDelegateInvoked = 0x20000, StateDisposed = 0x40000, StateExceptionObservedByParent = 0x80000,
        StateCancellationAcknowledged = 0x100000, StateFaulted = 0x200000, StateCanceled = 0x400000, StateWaitingOnChildren = 0x800000,
        StateRanToCompletion = 0x1000000, StateWaitingForActivation = 0x2000000, StateCompletionReserved = 0x4000000,
        StateExecutionContextIsNull = 0x20000000, StateCompleted = StateFaulted | StateCanceled | StateRanToCompletion, OptionsMask = 0xFFFF;

    private volatile int m_taskId;                                      // given on first use of Id
    internal Delegate? m_action;                                        // the body; in a state machine box its MoveNext delegate
    private protected object? m_stateObject;                            // AsyncState; in a box its ExecutionContext
    internal TaskScheduler? m_taskScheduler;
    internal volatile int m_stateFlags;
    internal volatile object? m_continuationObject;                     // null, one continuation, a List<object?>, or the sentinel
    internal ContingentProperties? m_contingentProperties;

    internal static int s_taskIdCounter;
    [ThreadStatic] internal static Task? t_currentTask;                  // the task whose delegate runs on this thread
    internal static readonly object s_taskCompletionSentinel = new object();
    internal static readonly Task<VoidTaskResult> s_cachedCompleted = TaskCache.CreateCacheableTask<VoidTaskResult>(default(VoidTaskResult));
    private static readonly TaskFactory s_factory = new TaskFactory();
    private static readonly ContextCallback s_ecCallback = RunInContext;
    private static readonly Action<object?> s_cancelCallback = CancelFromToken;
    private static readonly WaitCallback s_rethrow = Rethrow;
    private static readonly SendOrPostCallback s_rethrowPosted = Rethrow;

    /// Task.ContingentProperties: what few tasks need.
    internal sealed class ContingentProperties
    {
        internal ExecutionContext? m_capturedContext;
        internal volatile ManualResetEventSlim? m_completionEvent;      // made for IAsyncResult.AsyncWaitHandle only
        internal volatile TaskExceptionHolder? m_exceptionsHolder;
        internal CancellationToken m_cancellationToken;
        internal StrongBox<CancellationTokenRegistration>? m_cancellationRegistration;
        internal volatile int m_internalCancellationRequested;
        internal volatile int m_completionCountdown;                    // 1 for the task itself, + 1 per attached child
        internal volatile List<Task>? m_exceptionalChildren;
        internal Task? m_parent;

        internal ContingentProperties() { m_completionCountdown = 1; }

        internal void SetCompleted()
        {
            ManualResetEventSlim? done = m_completionEvent;
            if (done != null)
                done.Set();
        }

        internal void DeregisterCancellationCallback()
        {
            if (m_cancellationRegistration != null)
            {
                m_cancellationRegistration.Value.Dispose();
                m_cancellationRegistration = null;
            }
        }
    }

    // ---- construction -------------------------------------------------------------------------------------------------

    /// A promise that a builder or a combinator completes.
    internal Task()
    {
        m_stateFlags = StateWaitingForActivation | (int)InternalTaskOptions.PromiseTask;
        Protocol.Raise(ProtocolEvent.TaskCreated, this, null, 0);
    }

    /// A promise with state and options (TaskCompletionSource).
    internal Task(object? state, TaskCreationOptions creationOptions, bool promiseStyle)
    {
        if ((creationOptions & ~(TaskCreationOptions.AttachedToParent | TaskCreationOptions.RunContinuationsAsynchronously)) != 0)
            TaskThrow.OutOfRange("creationOptions");
        if ((creationOptions & TaskCreationOptions.AttachedToParent) != 0)
            AttachToParent();
        Initialize(null, state, default(CancellationToken), creationOptions, InternalTaskOptions.PromiseTask, null);
    }

    /// A task that ran to completion.
    internal Task(int stateFlags)
    {
        m_stateFlags = stateFlags;
        Protocol.Raise(ProtocolEvent.TaskCreated, this, null, 1);
    }

    /// A task that is already complete.
    internal Task(bool canceled, TaskCreationOptions creationOptions, CancellationToken ct)
    {
        int options = (int)creationOptions;
        if (canceled)
        {
            m_stateFlags = StateCanceled | StateCancellationAcknowledged | options;
            ContingentProperties props = new ContingentProperties();
            props.m_cancellationToken = ct;
            props.m_internalCancellationRequested = 1;
            m_contingentProperties = props;
        }
        else
        {
            m_stateFlags = StateRanToCompletion | options;
        }
        if ((options & (int)InternalTaskOptions.DoNotDispose) == 0)         // not for the library's own cached tasks
            Protocol.Raise(ProtocolEvent.TaskCreated, this, null, 1);
    }

    public Task(Action action) : this(action, null, null, default(CancellationToken), TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Action action, CancellationToken cancellationToken) : this(action, null, null, cancellationToken, TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Action action, TaskCreationOptions creationOptions) : this(action, null, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, InternalTaskOptions.None, null) { }
    public Task(Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions) : this(action, null, InternalCurrentIfAttached(creationOptions), cancellationToken, creationOptions, InternalTaskOptions.None, null) { }
    public Task(Action<object?> action, object? state) : this(action, state, null, default(CancellationToken), TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Action<object?> action, object? state, CancellationToken cancellationToken) : this(action, state, null, cancellationToken, TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Action<object?> action, object? state, TaskCreationOptions creationOptions) : this(action, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, InternalTaskOptions.None, null) { }
    public Task(Action<object?> action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions) : this(action, state, InternalCurrentIfAttached(creationOptions), cancellationToken, creationOptions, InternalTaskOptions.None, null) { }

    /// A task with a delegate: every other constructor with a body comes here.
    internal Task(Delegate action, object? state, Task? parent, CancellationToken cancellationToken, TaskCreationOptions creationOptions,
        InternalTaskOptions internalOptions, TaskScheduler? scheduler)
    {
        if (action == null)
            TaskThrow.Null("action");
        if (parent != null && (creationOptions & TaskCreationOptions.AttachedToParent) != 0)
            EnsureContingentProperties().m_parent = parent;
        Initialize(action, state, cancellationToken, creationOptions, internalOptions, scheduler);
        CaptureContext();
    }

    private void Initialize(Delegate? action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions,
        InternalTaskOptions internalOptions, TaskScheduler? scheduler)
    {
        const TaskCreationOptions known = TaskCreationOptions.PreferFairness | TaskCreationOptions.LongRunning | TaskCreationOptions.AttachedToParent |
            TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler | TaskCreationOptions.RunContinuationsAsynchronously;
        if ((creationOptions & ~known) != 0)
            TaskThrow.OutOfRange("creationOptions");
        m_action = action;
        m_stateObject = state;
        m_taskScheduler = scheduler;
        int flags = (int)creationOptions | (int)internalOptions;
        if (action == null || (internalOptions & InternalTaskOptions.ContinuationTask) != 0)
            flags |= StateWaitingForActivation;
        m_stateFlags = flags;
        Protocol.Raise(ProtocolEvent.TaskCreated, this, null, 0);

        ContingentProperties? props = m_contingentProperties;
        if (props != null && props.m_parent != null && (creationOptions & TaskCreationOptions.AttachedToParent) != 0 &&
            (props.m_parent.CreationOptions & TaskCreationOptions.DenyChildAttach) == 0)
            props.m_parent.AddNewChild();
        if (cancellationToken.CanBeCanceled)
            AssignCancellationToken(cancellationToken, null, null);
    }

    private void AttachToParent()
    {
        Task? parent = InternalCurrent;
        if (parent != null)
            EnsureContingentProperties().m_parent = parent;
    }

    internal static Task? InternalCurrentIfAttached(TaskCreationOptions creationOptions) =>
        (creationOptions & TaskCreationOptions.AttachedToParent) != 0 ? InternalCurrent : null;

    /// The default context costs nothing: one bit says "none", no contingent properties mean "default".
    private void CaptureContext()
    {
        ExecutionContext? context = ExecutionContext.Capture();
        if (context == null)
            m_stateFlags |= StateExecutionContextIsNull;
        else if (!context.IsDefault)
            EnsureContingentProperties().m_capturedContext = context;
    }

    private ExecutionContext? CapturedContext
    {
        get
        {
            if ((m_stateFlags & StateExecutionContextIsNull) != 0)
                return null;
            ContingentProperties? props = m_contingentProperties;
            return props != null && props.m_capturedContext != null ? props.m_capturedContext : ExecutionContext.Default;
        }
    }

    internal ContingentProperties EnsureContingentProperties()
    {
        ContingentProperties? props = m_contingentProperties;
        if (props == null)
        {
            Interlocked.CompareExchange(ref m_contingentProperties, new ContingentProperties(), null);
            props = m_contingentProperties;
        }
        return props!;
    }

    // ---- status -------------------------------------------------------------------------------------------------------

    public int Id
    {
        get
        {
            if (m_taskId == 0)
            {
                int id = Interlocked.Increment(ref s_taskIdCounter);
                Interlocked.CompareExchange(ref m_taskId, id, 0);
            }
            return m_taskId;
        }
    }

    public static int? CurrentId => InternalCurrent == null ? default(int?) : new int?(InternalCurrent.Id);
    internal static Task? InternalCurrent => t_currentTask;
    public static TaskFactory Factory => s_factory;
    public static Task CompletedTask => s_cachedCompleted;

    internal int Options => m_stateFlags & OptionsMask;
    public TaskCreationOptions CreationOptions => (TaskCreationOptions)(Options & ~(int)InternalTaskOptions.InternalOptionsMask);
    public object? AsyncState => (Options & (int)InternalTaskOptions.HiddenState) == 0 ? m_stateObject : null;
    bool IAsyncResult.CompletedSynchronously => false;
    WaitHandle IAsyncResult.AsyncWaitHandle => CompletedEvent.WaitHandle;

    private ManualResetEventSlim CompletedEvent
    {
        get
        {
            ContingentProperties props = EnsureContingentProperties();
            if (props.m_completionEvent == null)
            {
                ManualResetEventSlim made = new ManualResetEventSlim(IsCompleted);
                if (Interlocked.CompareExchange(ref props.m_completionEvent, made, null) == null && IsCompleted)
                    made.Set();
            }
            return props.m_completionEvent!;
        }
    }

    public bool IsCompleted => (m_stateFlags & StateCompleted) != 0;
    public bool IsCompletedSuccessfully => (m_stateFlags & StateCompleted) == StateRanToCompletion;
    public bool IsCanceled => (m_stateFlags & (StateCanceled | StateFaulted)) == StateCanceled;
    public bool IsFaulted => (m_stateFlags & StateFaulted) != 0;
    internal bool IsRanToCompletion => (m_stateFlags & StateCompleted) == StateRanToCompletion;
    internal bool IsDelegateInvoked => (m_stateFlags & StateDelegateInvoked) != 0;
    internal TaskScheduler? ExecutingTaskScheduler => m_taskScheduler;

    public TaskStatus Status
    {
        get
        {
            int flags = m_stateFlags;
            if ((flags & StateFaulted) != 0) return TaskStatus.Faulted;
            if ((flags & StateCanceled) != 0) return TaskStatus.Canceled;
            if ((flags & StateRanToCompletion) != 0) return TaskStatus.RanToCompletion;
            if ((flags & StateWaitingOnChildren) != 0) return TaskStatus.WaitingForChildrenToComplete;
            if ((flags & StateDelegateInvoked) != 0) return TaskStatus.Running;
            if ((flags & StateStarted) != 0) return TaskStatus.WaitingToRun;
            if ((flags & StateWaitingForActivation) != 0) return TaskStatus.WaitingForActivation;
            return TaskStatus.Created;
        }
    }

    public AggregateException? Exception => IsFaulted ? GetExceptions(false) : null;

    internal bool AtomicStateUpdate(int newBits, int illegalBits)
    {
        while (true)
        {
            int before = m_stateFlags;
            if ((before & illegalBits) != 0)
                return false;
            if (Interlocked.CompareExchange(ref m_stateFlags, before | newBits, before) == before)
                return true;
        }
    }

    internal bool MarkStarted() => AtomicStateUpdate(StateStarted, StateCanceled | StateStarted);

    /// Every way of completing a promise starts by winning this bit.
    internal bool ReserveCompletion() => AtomicStateUpdate(StateCompletionReserved, StateCompletionReserved | StateCompleted);

    internal void SpinUntilCompleted()
    {
        while (!IsCompleted)
            Scheduler.YieldThread();
    }

    // ---- completing a promise -----------------------------------------------------------------------------------------

    internal bool TrySetResult()
    {
        if (!AtomicStateUpdate(StateCompletionReserved | StateRanToCompletion, StateCompletionReserved | StateCompleted))
            return false;
        Protocol.RaiseWatched(ProtocolEvent.TaskCompleted, this, null, 0);
        AfterPromiseRanToCompletion();
        return true;
    }

    internal void AfterPromiseRanToCompletion()
    {
        ContingentProperties? props = m_contingentProperties;
        if (props != null)
        {
            NotifyParent();
            props.SetCompleted();
        }
        FinishContinuations();
    }

    /// `exceptions` is an Exception, an ExceptionDispatchInfo, or a collection of either.
    internal bool TrySetException(object exceptions)
    {
        EnsureContingentProperties();
        if (!ReserveCompletion())
            return false;
        AddException(exceptions, false);
        Finish(false);
        return true;
    }

    internal bool TrySetCanceled(CancellationToken tokenToRecord) => TrySetCanceled(tokenToRecord, null);

    /// `cancellation` is the OperationCanceledException to rethrow (or its dispatch info), or null.
    internal bool TrySetCanceled(CancellationToken tokenToRecord, object? cancellation)
    {
        if (!ReserveCompletion())
            return false;
        RecordInternalCancellationRequest();
        ContingentProperties props = m_contingentProperties!;
        if (tokenToRecord.CanBeCanceled)
            props.m_cancellationToken = tokenToRecord;
        if (cancellation != null)
            AddException(cancellation, true);
        CancellationCleanupLogic();
        return true;
    }

    // ---- starting and running a delegate ------------------------------------------------------------------------------

    public void Start() => Start(TaskScheduler.Current);

    public void Start(TaskScheduler scheduler)
    {
        int flags = m_stateFlags;
        if ((flags & StateCompleted) != 0)
            TaskThrow.InvalidOperation("Start may not be called on a task that has completed.");
        if (scheduler == null)
            TaskThrow.Null("scheduler");
        if ((flags & (int)InternalTaskOptions.PromiseTask) != 0)
            TaskThrow.InvalidOperation("Start may not be called on a promise-style task.");
        if ((flags & (int)InternalTaskOptions.ContinuationTask) != 0)
            TaskThrow.InvalidOperation("Start may not be called on a continuation task.");
        if (Interlocked.CompareExchange(ref m_taskScheduler, scheduler, null) != null)
            TaskThrow.InvalidOperation("Start may not be called on a task that was already started.");
        ScheduleAndStart(true);
    }

    public void RunSynchronously() => InternalRunSynchronously(TaskScheduler.Current);

    public void RunSynchronously(TaskScheduler scheduler)
    {
        if (scheduler == null)
            TaskThrow.Null("scheduler");
        InternalRunSynchronously(scheduler!);
    }

    private void InternalRunSynchronously(TaskScheduler scheduler)
    {
        int flags = m_stateFlags;
        if ((flags & (int)InternalTaskOptions.ContinuationTask) != 0)
            TaskThrow.InvalidOperation("RunSynchronously may not be called on a continuation task.");
        if ((flags & (int)InternalTaskOptions.PromiseTask) != 0)
            TaskThrow.InvalidOperation("RunSynchronously may not be called on a task not bound to a delegate, such as the task returned from an asynchronous method.");
        if ((flags & StateCompleted) != 0)
            TaskThrow.InvalidOperation("RunSynchronously may not be called on a task that has already completed.");
        if (Interlocked.CompareExchange(ref m_taskScheduler, scheduler, null) != null)
            TaskThrow.InvalidOperation("RunSynchronously may not be called on a task that was already started.");
        if (!MarkStarted())
            TaskThrow.InvalidOperation("RunSynchronously may not be called on a task that has already completed.");
        bool queued = false;
        try
        {
            if (!scheduler.TryRunInline(this, false))
            {
                scheduler.InternalQueueTask(this);
                queued = true;
            }
            if (!IsCompleted)
                SpinThenBlockingWait(-1, default(CancellationToken));
        }
        catch (Exception e)
        {
            if (queued)
                throw;
            TaskSchedulerException wrapped = new TaskSchedulerException(e);
            AddException(wrapped, false);
            Finish(false);
            TaskExceptionHolder? holder = m_contingentProperties!.m_exceptionsHolder;
            if (holder != null)
                holder.MarkAsHandled(false);
            throw wrapped;
        }
    }

    internal static Task InternalStartNew(Delegate action, object? state, CancellationToken cancellationToken, TaskScheduler scheduler, TaskCreationOptions options)
    {
        if (scheduler == null)
            TaskThrow.Null("scheduler");
        Task t = new Task(action, state, InternalCurrentIfAttached(options), cancellationToken, options, InternalTaskOptions.QueuedByRuntime, scheduler);
        t.ScheduleAndStart(false);
        return t;
    }

    /// Task.ScheduleAndStart: hand over to the scheduler; `needsProtection` when something else might start or cancel it too.
    internal void ScheduleAndStart(bool needsProtection)
    {
        if (needsProtection)
        {
            if (!MarkStarted())
                return;
        }
        else
        {
            m_stateFlags |= StateStarted;
        }
        Protocol.Raise(ProtocolEvent.TaskStarted, this, m_taskScheduler, 0);
        try
        {
            m_taskScheduler!.InternalQueueTask(this);
        }
        catch (Exception e)
        {
            TaskSchedulerException wrapped = new TaskSchedulerException(e);
            AddException(wrapped, false);
            Finish(false);
            if ((Options & (int)InternalTaskOptions.ContinuationTask) == 0)
                m_contingentProperties!.m_exceptionsHolder!.MarkAsHandled(false);
            throw wrapped;
        }
    }

    /// A pool worker has taken this task from a queue. A state machine box resumes its method instead.
    internal virtual void ExecuteFromThreadPool(Thread threadPoolThread) => ExecuteEntryUnsafe(threadPoolThread);

    internal void ExecuteEntryUnsafe(Thread? threadPoolThread)
    {
        m_stateFlags |= StateDelegateInvoked;
        if (!IsCancellationRequested && !IsCanceled)
            ExecuteWithThreadLocal(threadPoolThread);
        else
            ExecuteEntryCancellationRequestedOrCanceled();
    }

    /// For schedulers: runs the task unless somebody already has. False: it was run or canceled before.
    internal bool ExecuteEntry()
    {
        if (!AtomicStateUpdate(StateDelegateInvoked, StateDelegateInvoked | StateCompleted))
        {
            if ((m_stateFlags & StateCanceled) == 0)
                return false;
        }
        if (!IsCancellationRequested && !IsCanceled)
            ExecuteWithThreadLocal(null);
        else
            ExecuteEntryCancellationRequestedOrCanceled();
        return true;
    }

    private void ExecuteEntryCancellationRequestedOrCanceled()
    {
        if (!IsCanceled)
        {
            int before = Interlocked.Or(ref m_stateFlags, StateCanceled);
            if ((before & StateCanceled) == 0)
                CancellationCleanupLogic();
        }
    }

    private void ExecuteWithThreadLocal(Thread? threadPoolThread)
    {
        Task? previous = t_currentTask;
        try
        {
            t_currentTask = this;
            ExecutionContext? context = CapturedContext;
            if (context == null)
                InnerInvokeGuarded();
            else if (threadPoolThread == null)
                ExecutionContext.RunInternal(context, s_ecCallback, this);
            else
                ExecutionContext.RunFromThreadPoolDispatchLoop(threadPoolThread, context, s_ecCallback, this);
            Finish(true);
        }
        finally
        {
            t_currentTask = previous;
        }
    }

    private static void RunInContext(object? state) => Unsafe.As<Task>(state).InnerInvokeGuarded();

    private void InnerInvokeGuarded()
    {
        Protocol.Raise(ProtocolEvent.TaskRuns, this, null, 0);
        try
        {
            InnerInvoke();
        }
        catch (Exception e)
        {
            HandleException(e);
        }
    }

    /// Task.InnerInvoke: calls m_action in the shape this task type has.
    internal virtual void InnerInvoke()
    {
        Action? plain = m_action as Action;
        if (plain != null)
            plain();
        else
            ((Action<object?>)m_action!)(m_stateObject);
    }

    private void HandleException(Exception e)
    {
        if (e is OperationCanceledException oce && IsCancellationRequested && m_contingentProperties!.m_cancellationToken == oce.CancellationToken)
        {
            m_stateFlags |= StateCancellationAcknowledged;
            AddException(oce, true);
        }
        else
        {
            AddException(e, false);
        }
    }

    /// Task.Finish: the delegate is done, or an exception completes a promise.
    internal void Finish(bool userDelegateExecute)
    {
        ContingentProperties? props = m_contingentProperties;
        if (props == null || !userDelegateExecute || props.m_completionCountdown == 1)
            FinishStageTwo();
        else if (Interlocked.Decrement(ref props.m_completionCountdown) == 0)
            FinishStageTwo();
        else
            AtomicStateUpdate(StateWaitingOnChildren, StateCompleted);
    }

    private void FinishStageTwo()
    {
        ContingentProperties? props = m_contingentProperties;
        if (props != null)
            AddExceptionsFromChildren(props);
        int final;
        if (ExceptionRecorded)
            final = StateFaulted;
        else if (IsCancellationRequested && (m_stateFlags & StateCancellationAcknowledged) != 0)
            final = StateCanceled;
        else
            final = StateRanToCompletion;
        Interlocked.Or(ref m_stateFlags, final);
        if (final == StateFaulted)
            Protocol.RaiseWatched(ProtocolEvent.TaskFaulted, this, props!.m_exceptionsHolder!.FirstFault, 0);
        else
            Protocol.Raise(final == StateCanceled ? ProtocolEvent.TaskCanceled : ProtocolEvent.TaskCompleted, this, null, 0);
        if (props != null)
        {
            props.SetCompleted();
            props.DeregisterCancellationCallback();
        }
        FinishStageThree();
    }

    internal void FinishStageThree()
    {
        m_action = null;
        if (m_contingentProperties != null)
        {
            m_contingentProperties.m_capturedContext = null;
            NotifyParent();
        }
        FinishContinuations();
    }

    // ---- attached children --------------------------------------------------------------------------------------------

    private void AddNewChild() => Interlocked.Increment(ref EnsureContingentProperties().m_completionCountdown);

    private void NotifyParent()
    {
        Task? parent = m_contingentProperties!.m_parent;
        if (parent != null && (parent.CreationOptions & TaskCreationOptions.DenyChildAttach) == 0 && (CreationOptions & TaskCreationOptions.AttachedToParent) != 0)
            parent.ProcessChildCompletion(this);
    }

    private void ProcessChildCompletion(Task child)
    {
        ContingentProperties props = m_contingentProperties!;
        if (child.IsFaulted && (child.m_stateFlags & StateExceptionObservedByParent) == 0)
        {
            if (props.m_exceptionalChildren == null)
                Interlocked.CompareExchange(ref props.m_exceptionalChildren, new List<Task>(), null);
            List<Task> children = props.m_exceptionalChildren!;
            Monitor.Enter(children);
            children.Add(child);
            Monitor.Exit(children);
        }
        if (Interlocked.Decrement(ref props.m_completionCountdown) == 0)
            FinishStageTwo();
    }

    private void AddExceptionsFromChildren(ContingentProperties props)
    {
        List<Task>? children = props.m_exceptionalChildren;
        if (children == null)
            return;
        for (int i = 0; i < children.Count; i++)
        {
            Task child = children[i];
            if (child.IsFaulted && (child.m_stateFlags & StateExceptionObservedByParent) == 0)
                AddException(child.m_contingentProperties!.m_exceptionsHolder!.CreateExceptionObject(false, null), false);
        }
        props.m_exceptionalChildren = null;
    }

    // ---- cancellation -------------------------------------------------------------------------------------------------

    internal CancellationToken CancellationToken => m_contingentProperties == null ? default(CancellationToken) : m_contingentProperties.m_cancellationToken;

    internal bool IsCancellationRequested
    {
        get
        {
            ContingentProperties? props = m_contingentProperties;
            return props != null && (props.m_internalCancellationRequested == 1 || props.m_cancellationToken.IsCancellationRequested);
        }
    }

    /// Task.AssignCancellationToken. Only a task that may still be waiting for its start listens to the token.
    internal void AssignCancellationToken(CancellationToken cancellationToken, Task? antecedent, TaskContinuation? continuation)
    {
        ContingentProperties props = EnsureContingentProperties();
        props.m_cancellationToken = cancellationToken;
        const int deaf = (int)(InternalTaskOptions.QueuedByRuntime | InternalTaskOptions.PromiseTask | InternalTaskOptions.LazyCancellation);
        if ((Options & deaf) != 0)
            return;
        if (cancellationToken.IsCancellationRequested)
        {
            InternalCancel();
            return;
        }
        CancellationTokenRegistration registration = antecedent == null
            ? cancellationToken.UnsafeRegister(s_cancelCallback, this)
            : cancellationToken.UnsafeRegister(s_cancelCallback, new Tuple<Task, Task, TaskContinuation>(this, antecedent, continuation!));
        props.m_cancellationRegistration = new StrongBox<CancellationTokenRegistration>(registration);
    }

    private static void CancelFromToken(object? state)
    {
        Task? task = state as Task;
        if (task == null)
        {
            Tuple<Task, Task, TaskContinuation> three = (Tuple<Task, Task, TaskContinuation>)state!;
            task = three.Item1;
            three.Item2.RemoveContinuation(three.Item3);
        }
        task.InternalCancel();
    }

    internal void InternalCancel()
    {
        bool popped = false;
        if ((m_stateFlags & StateStarted) != 0 && m_taskScheduler != null)
            popped = m_taskScheduler.TryDequeue(this);
        RecordInternalCancellationRequest();
        bool canceled;
        if (popped)
            canceled = AtomicStateUpdate(StateCanceled, StateCanceled | StateDelegateInvoked);
        else
            canceled = (m_stateFlags & StateStarted) == 0 && AtomicStateUpdate(StateCanceled, StateCanceled | StateStarted | StateDelegateInvoked | StateRanToCompletion | StateFaulted);
        if (canceled)
            CancellationCleanupLogic();
    }

    /// A continuation whose condition was not met.
    internal void InternalCancelContinueWithInitialState()
    {
        m_stateFlags |= StateCanceled;
        CancellationCleanupLogic();
    }

    private void RecordInternalCancellationRequest() => EnsureContingentProperties().m_internalCancellationRequested = 1;

    private void CancellationCleanupLogic()
    {
        Interlocked.Or(ref m_stateFlags, StateCanceled);
        Protocol.RaiseWatched(ProtocolEvent.TaskCanceled, this, null, 0);
        ContingentProperties? props = m_contingentProperties;
        if (props != null)
        {
            props.SetCompleted();
            props.DeregisterCancellationCallback();
        }
        FinishStageThree();
    }

    // ---- exceptions ---------------------------------------------------------------------------------------------------

    internal bool ExceptionRecorded
    {
        get
        {
            ContingentProperties? props = m_contingentProperties;
            return props != null && props.m_exceptionsHolder != null && props.m_exceptionsHolder.ContainsFaultList;
        }
    }

    internal void AddException(object exceptions, bool representsCancellation)
    {
        ContingentProperties props = EnsureContingentProperties();
        if (props.m_exceptionsHolder == null)
            Interlocked.CompareExchange(ref props.m_exceptionsHolder, new TaskExceptionHolder(this), null);
        Monitor.Enter(props);
        try
        {
            props.m_exceptionsHolder!.Add(exceptions, representsCancellation);
        }
        finally
        {
            Monitor.Exit(props);
        }
    }

    private AggregateException? GetExceptions(bool includeTaskCanceledExceptions)
    {
        Exception? canceled = null;
        if (includeTaskCanceledExceptions && IsCanceled)
            canceled = new TaskCanceledException(this);
        if (ExceptionRecorded)
            return m_contingentProperties!.m_exceptionsHolder!.CreateExceptionObject(false, canceled);
        if (canceled != null)
            return new AggregateException(canceled);
        return null;
    }

    internal void AddExceptionsForCompletedTask(List<Exception> list)
    {
        AggregateException? e = GetExceptions(true);
        if (e != null)
        {
            UpdateExceptionObservedStatus();
            for (int i = 0; i < e.InnerExceptions.Count; i++)
                list.Add(e.InnerExceptions[i]);
        }
    }

    internal List<ExceptionDispatchInfo> GetExceptionDispatchInfos() => m_contingentProperties!.m_exceptionsHolder!.GetExceptionDispatchInfos();

    internal ExceptionDispatchInfo? GetCancellationExceptionDispatchInfo()
    {
        ContingentProperties? props = m_contingentProperties;
        return props == null || props.m_exceptionsHolder == null ? null : props.m_exceptionsHolder.GetCancellationExceptionDispatchInfo();
    }

    internal void MarkExceptionsAsHandled()
    {
        ContingentProperties? props = m_contingentProperties;
        if (props != null && props.m_exceptionsHolder != null)
            props.m_exceptionsHolder.MarkAsHandled(false);
    }

    internal void ThrowIfExceptional(bool includeTaskCanceledExceptions)
    {
        AggregateException? e = GetExceptions(includeTaskCanceledExceptions);
        if (e != null)
        {
            UpdateExceptionObservedStatus();
            throw e;
        }
    }

    internal void UpdateExceptionObservedStatus()
    {
        Task? parent = m_contingentProperties == null ? null : m_contingentProperties.m_parent;
        if (parent != null && (CreationOptions & TaskCreationOptions.AttachedToParent) != 0 &&
            (parent.CreationOptions & TaskCreationOptions.DenyChildAttach) == 0 && InternalCurrent == parent)
            m_stateFlags |= StateExceptionObservedByParent;
    }

    /// Task.ThrowAsync: where nobody is left to catch, rethrow on the given context or on a pool thread.
    internal static void ThrowAsync(Exception exception, SynchronizationContext? targetContext)
    {
        Protocol.Raise(ProtocolEvent.TaskThrowAsync, exception, targetContext, 0);
        ExceptionDispatchInfo info = ExceptionDispatchInfo.Capture(exception);
        if (targetContext != null)
        {
            try
            {
                targetContext.Post(s_rethrowPosted, info);
                return;
            }
            catch (Exception postException)
            {
                info = ExceptionDispatchInfo.Capture(new AggregateException(exception, postException));
            }
        }
        ThreadPool.QueueUserWorkItem(s_rethrow, info);
    }

    private static void Rethrow(object? state) => ((ExceptionDispatchInfo)state!).Throw();

    // ---- waiting ------------------------------------------------------------------------------------------------------

    [Framed] public void Wait() => Wait(-1, default(CancellationToken));
    public void Wait(CancellationToken cancellationToken) => Wait(-1, cancellationToken);
    public bool Wait(int millisecondsTimeout) => Wait(millisecondsTimeout, default(CancellationToken));
    public bool Wait(TimeSpan timeout) => Wait(timeout, default(CancellationToken));

    public bool Wait(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long ms = (long)timeout.TotalMilliseconds;
        if (ms < -1 || ms > int.MaxValue)
            TaskThrow.OutOfRange("timeout");
        return Wait((int)ms, cancellationToken);
    }

    public bool Wait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        if (IsRanToCompletion)
            return true;
        if (!InternalWait(millisecondsTimeout, cancellationToken))
            return false;
        if (!IsRanToCompletion)
        {
            if (IsCanceled)
                cancellationToken.ThrowIfCancellationRequested();
            ThrowIfExceptional(true);
        }
        return true;
    }

    /// Task.InternalWait: true when complete, false when the time is up.
    internal bool InternalWait(int millisecondsTimeout, CancellationToken cancellationToken) =>
        IsCompleted || InternalWaitCore(millisecondsTimeout, cancellationToken);

    private bool InternalWaitCore(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (millisecondsTimeout == -1 && !cancellationToken.CanBeCanceled && m_taskScheduler != null && m_action != null &&
            (Options & (int)InternalTaskOptions.PromiseTask) == 0 && m_taskScheduler.TryRunInline(this, true) && IsCompleted)
            return true;
        return SpinThenBlockingWait(millisecondsTimeout, cancellationToken);
    }

    /// Task.SpinThenBlockingWait, without the spinning: whether a spin succeeds is luck, and luck has no place here.
    private bool SpinThenBlockingWait(int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (millisecondsTimeout == 0)
            return IsCompleted;
        Protocol.RaiseWatched(ProtocolEvent.TaskWaitBegins, this, null, millisecondsTimeout);
        bool completed;
        SetOnInvokeMres mres = new SetOnInvokeMres();
        try
        {
            AddCompletionAction(mres, true);
            if (Thread.CurrentThread._isThreadPool)
                ThreadPool.MoveLocalItemsToUrgent();
            completed = mres.Wait(millisecondsTimeout, cancellationToken);
        }
        finally
        {
            if (!IsCompleted)
                RemoveContinuation(mres);
        }
        Protocol.Raise(ProtocolEvent.TaskWaitEnds, this, null, completed ? 1 : 0);
        return completed;
    }

    private sealed class SetOnInvokeMres : ManualResetEventSlim, ITaskCompletionAction
    {
        internal SetOnInvokeMres() : base(false) { }
        public void Invoke(Task completingTask) => Set();
        public bool InvokeMayRunArbitraryCode => false;
    }

    // ---- the rest -----------------------------------------------------------------------------------------------------

    public TaskAwaiter GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.TaskGetAwaiter, this, null, 0);
        return new TaskAwaiter(this);
    }

    public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) =>
        new ConfiguredTaskAwaitable(this, continueOnCapturedContext ? ConfigureAwaitOptions.ContinueOnCapturedContext : ConfigureAwaitOptions.None);

    public ConfiguredTaskAwaitable ConfigureAwait(ConfigureAwaitOptions options)
    {
        if ((options & ~(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding)) != 0)
            TaskThrow.OutOfRange("options");
        return new ConfiguredTaskAwaitable(this, options);
    }

    public static YieldAwaitable Yield() => default(YieldAwaitable);

    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || (Options & (int)InternalTaskOptions.DoNotDispose) != 0)
            return;
        if (!IsCompleted)
            TaskThrow.InvalidOperation("A task may only be disposed if it is in a completion state (RanToCompletion, Faulted or Canceled).");
        m_stateFlags |= StateDisposed;
    }
}

public partial class Task<TResult> : Task
{
    internal TResult? m_result;

    /// What FromResult gives for the default value (section 3.4 of the semantics).
    internal static readonly Task<TResult> s_defaultResultTask = TaskCache.CreateCacheableTask<TResult>(default(TResult));
    private static TaskFactory<TResult>? s_factory;

    internal Task() { }
    internal Task(object? state, TaskCreationOptions options) : base(state, options, true) { }
    internal Task(TResult result) : base(StateRanToCompletion) { m_result = result; }

    internal Task(bool canceled, TResult? result, TaskCreationOptions creationOptions, CancellationToken ct) : base(canceled, creationOptions, ct)
    {
        if (!canceled)
            m_result = result;
    }

    public Task(Func<TResult> function) : this(function, null, null, default(CancellationToken), TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Func<TResult> function, CancellationToken cancellationToken) : this(function, null, null, cancellationToken, TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Func<TResult> function, TaskCreationOptions creationOptions) : this(function, null, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, InternalTaskOptions.None, null) { }
    public Task(Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions) : this(function, null, InternalCurrentIfAttached(creationOptions), cancellationToken, creationOptions, InternalTaskOptions.None, null) { }
    public Task(Func<object?, TResult> function, object? state) : this(function, state, null, default(CancellationToken), TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Func<object?, TResult> function, object? state, CancellationToken cancellationToken) : this(function, state, null, cancellationToken, TaskCreationOptions.None, InternalTaskOptions.None, null) { }
    public Task(Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) : this(function, state, InternalCurrentIfAttached(creationOptions), default(CancellationToken), creationOptions, InternalTaskOptions.None, null) { }

    internal Task(Delegate function, object? state, Task? parent, CancellationToken cancellationToken, TaskCreationOptions creationOptions,
        InternalTaskOptions internalOptions, TaskScheduler? scheduler)
        : base(function, state, parent, cancellationToken, creationOptions, internalOptions, scheduler) { }

    internal static Task<TResult> StartNew(Delegate function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler)
    {
        if (function == null)
            TaskThrow.Null("function");
        if (scheduler == null)
            TaskThrow.Null("scheduler");
        Task<TResult> t = new Task<TResult>(function!, state, InternalCurrentIfAttached(creationOptions), cancellationToken, creationOptions, InternalTaskOptions.QueuedByRuntime, scheduler);
        t.ScheduleAndStart(false);
        return t;
    }

    public static new TaskFactory<TResult> Factory => s_factory ?? (s_factory = new TaskFactory<TResult>());

    /// Blocks if incomplete; faults come wrapped in an AggregateException.
    public TResult Result
    {
        [Unframed] get => IsRanToCompletion ? m_result! : GetResultCore();
    }

    /// For a task that is known to have run to completion.
    internal TResult ResultOnSuccess => m_result!;

    private TResult GetResultCore()
    {
        if (!IsCompleted)
            InternalWait(-1, default(CancellationToken));
        if (!IsRanToCompletion)
            ThrowIfExceptional(true);
        return m_result!;
    }

    internal bool TrySetResult(TResult? result)
    {
        if (!ReserveCompletion())
            return false;
        m_result = result;
        Interlocked.Or(ref m_stateFlags, StateRanToCompletion);
        Protocol.RaiseWatched(ProtocolEvent.TaskCompleted, this, null, 0);
        AfterPromiseRanToCompletion();
        return true;
    }

    internal override void InnerInvoke()
    {
        Func<TResult>? plain = m_action as Func<TResult>;
        if (plain != null)
            m_result = plain();
        else
            m_result = ((Func<object?, TResult>)m_action!)(m_stateObject);
    }

    public new TaskAwaiter<TResult> GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.TaskGetAwaiter, this, null, 0);
        return new TaskAwaiter<TResult>(this);
    }

    public new ConfiguredTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        new ConfiguredTaskAwaitable<TResult>(this, continueOnCapturedContext ? ConfigureAwaitOptions.ContinueOnCapturedContext : ConfigureAwaitOptions.None);

    public new ConfiguredTaskAwaitable<TResult> ConfigureAwait(ConfigureAwaitOptions options)
    {
        if ((options & ~(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding)) != 0)
            TaskThrow.BadConfigureAwaitOptions(options);
        return new ConfiguredTaskAwaitable<TResult>(this, options);
    }
}

/// Completed tasks that are shared (section 3.4): -1..8, true, false, and the default value of each type.
internal static class TaskCache
{
    internal static readonly Task<bool> s_trueTask = CreateCacheableTask<bool>(true);
    internal static readonly Task<bool> s_falseTask = CreateCacheableTask<bool>(false);
    internal static readonly Task<int>[] s_int32Tasks = CreateInt32Tasks();
    internal const int InclusiveInt32Min = -1, ExclusiveInt32Max = 9;

    internal static Task<TResult> CreateCacheableTask<TResult>(TResult? result) =>
        new Task<TResult>(false, result, (TaskCreationOptions)InternalTaskOptions.DoNotDispose, default(CancellationToken));

    private static Task<int>[] CreateInt32Tasks()
    {
        Task<int>[] tasks = new Task<int>[ExclusiveInt32Max - InclusiveInt32Min];
        for (int i = 0; i < tasks.Length; i++)
            tasks[i] = CreateCacheableTask<int>(i + InclusiveInt32Min);
        return tasks;
    }
}

/// TaskExceptionHolder: keeps a task's exceptions and speaks up in its finalizer when nobody looked at them.
internal sealed class TaskExceptionHolder
{
    private readonly Task m_task;
    private volatile List<ExceptionDispatchInfo>? m_faultExceptions;
    private ExceptionDispatchInfo? m_cancellationException;
    private volatile bool m_isHandled;

    internal TaskExceptionHolder(Task task) { m_task = task; }

    ~TaskExceptionHolder()
    {
        if (m_faultExceptions == null || m_isHandled)
            return;
        Protocol.RaiseWatched(ProtocolEvent.TaskUnobserved, m_task, FirstFault, TaskScheduler.HandlesUnobserved ? 1 : 0);
        AggregateException e = new AggregateException(
            "A Task's exception(s) were not observed either by Waiting on the Task or accessing its Exception property. " +
            "As a result, the unobserved exception was rethrown by the finalizer thread.", ToArray(null), false);
        TaskScheduler.PublishUnobservedTaskException(m_task, new UnobservedTaskExceptionEventArgs(e));
    }

    internal bool ContainsFaultList => m_faultExceptions != null;
    internal Exception? FirstFault => m_faultExceptions == null ? null : m_faultExceptions[0].SourceException;

    internal void Add(object exceptions, bool representsCancellation)
    {
        if (representsCancellation)
            SetCancellationException(exceptions);
        else
            AddFaultException(exceptions);
    }

    private void SetCancellationException(object exception)
    {
        OperationCanceledException? oce = exception as OperationCanceledException;
        m_cancellationException = oce != null ? ExceptionDispatchInfo.Capture(oce) : (ExceptionDispatchInfo)exception;
        MarkAsHandled(false);
    }

    private void AddFaultException(object exceptions)
    {
        List<ExceptionDispatchInfo>? list = m_faultExceptions;
        if (list == null)
            m_faultExceptions = list = new List<ExceptionDispatchInfo>(1);
        if (exceptions is Exception single)
            list.Add(ExceptionDispatchInfo.Capture(single));
        else if (exceptions is ExceptionDispatchInfo info)
            list.Add(info);
        else if (exceptions is List<ExceptionDispatchInfo> infos)
            list.AddRange(infos);
        else
        {
            foreach (Exception e in (IEnumerable<Exception>)exceptions)
                list.Add(ExceptionDispatchInfo.Capture(e));
        }
        if (list.Count > 0)
            MarkAsUnhandled();
    }

    private void MarkAsUnhandled()
    {
        if (m_isHandled)
        {
            GC.ReRegisterForFinalize(this);
            m_isHandled = false;
        }
    }

    internal void MarkAsHandled(bool calledFromFinalizer)
    {
        if (m_isHandled)
            return;
        if (m_faultExceptions != null)
            Protocol.Raise(ProtocolEvent.TaskExceptionObserved, m_task, null, 0);
        if (!calledFromFinalizer)
            GC.SuppressFinalize(this);
        m_isHandled = true;
    }

    internal AggregateException CreateExceptionObject(bool calledFromFinalizer, Exception? includeThisException)
    {
        MarkAsHandled(calledFromFinalizer);
        if (includeThisException == null)
            return new AggregateException(m_faultExceptions!);
        return new AggregateException("One or more errors occurred.", ToArray(includeThisException), false);
    }

    private Exception[] ToArray(Exception? last)
    {
        List<ExceptionDispatchInfo> faults = m_faultExceptions!;
        Exception[] all = new Exception[faults.Count + (last == null ? 0 : 1)];
        for (int i = 0; i < faults.Count; i++)
            all[i] = faults[i].SourceException;
        if (last != null)
            all[faults.Count] = last;
        return all;
    }

    internal List<ExceptionDispatchInfo> GetExceptionDispatchInfos()
    {
        MarkAsHandled(false);
        return m_faultExceptions!;
    }

    internal ExceptionDispatchInfo? GetCancellationExceptionDispatchInfo() => m_cancellationException;
}

public class TaskSchedulerException : Exception
{
    private const string DefaultMessage = "An exception was thrown by a TaskScheduler.";

    public TaskSchedulerException() : base(DefaultMessage) { }
    public TaskSchedulerException(string? message) : base(message) { }
    public TaskSchedulerException(Exception? innerException) : base(DefaultMessage, innerException) { }
    public TaskSchedulerException(string? message, Exception? innerException) : base(message, innerException) { }
}
