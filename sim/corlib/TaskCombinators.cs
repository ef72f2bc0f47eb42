// Task.Run, FromX, Delay, WaitAsync, WaitAll/WaitAny, WhenAll/WhenAny/WhenEach, Unwrap, and the promises behind them.
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Threading.Tasks;

public partial class Task
{
    // ---- Run ----------------------------------------------------------------------------------------------------------

    public static Task Run(Action action) => Run(action, default(CancellationToken));

    public static Task Run(Action action, CancellationToken cancellationToken) =>
        InternalStartNew(action, null, cancellationToken, TaskScheduler.Default, TaskCreationOptions.DenyChildAttach);

    public static Task<TResult> Run<TResult>(Func<TResult> function) => Run<TResult>(function, default(CancellationToken));

    public static Task<TResult> Run<TResult>(Func<TResult> function, CancellationToken cancellationToken) =>
        Task<TResult>.StartNew(function, null, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    public static Task Run(Func<Task?> function) => Run(function, default(CancellationToken));

    public static Task Run(Func<Task?> function, CancellationToken cancellationToken)
    {
        if (function == null)
            TaskThrow.Null("function");
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled(cancellationToken);
        Task<Task?> outer = Task<Task?>.StartNew(function!, null, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        return new UnwrapPromise<VoidTaskResult>(outer, true);
    }

    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function) => Run<TResult>(function, default(CancellationToken));

    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function, CancellationToken cancellationToken)
    {
        if (function == null)
            TaskThrow.Null("function");
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled<TResult>(cancellationToken);
        Task<Task<TResult>?> outer = Task<Task<TResult>?>.StartNew(function!, null, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        return new UnwrapPromise<TResult>(outer, true);
    }

    // ---- completed tasks ----------------------------------------------------------------------------------------------

    /// Section 3.4: the null, bool, small int and all-bits-zero caches. The type tests fold per instantiation.
    public static Task<TResult> FromResult<TResult>(TResult result)
    {
        if (result == null)
            return Task<TResult>.s_defaultResultTask;
        if (typeof(TResult) == typeof(bool))
        {
            Task<bool> cached = Unsafe.As<TResult, bool>(ref result) ? TaskCache.s_trueTask : TaskCache.s_falseTask;
            return Unsafe.As<Task<TResult>>(cached);
        }
        if (typeof(TResult) == typeof(int))
        {
            int value = Unsafe.As<TResult, int>(ref result);
            if ((uint)(value - TaskCache.InclusiveInt32Min) < (uint)(TaskCache.ExclusiveInt32Max - TaskCache.InclusiveInt32Min))
                return Unsafe.As<Task<TResult>>(TaskCache.s_int32Tasks[value - TaskCache.InclusiveInt32Min]);
        }
        else if (!RuntimeHelpers.IsReferenceOrContainsReferences<TResult>() && HasCachedZero(Unsafe.SizeOf<TResult>()) && RuntimeHelpers.IsAllZero<TResult>(ref result))
        {
            return Task<TResult>.s_defaultResultTask;
        }
        return new Task<TResult>(result);
    }

    /// FromResult where only null is cached, short enough to be part of every async method.
    internal static Task<TResult> Completed<TResult>(TResult result)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<TResult>())
            return FromResult<TResult>(result);
        if (result == null)
            return Task<TResult>.s_defaultResultTask;
        return new Task<TResult>(result);
    }

    private static bool HasCachedZero(int size) => size == 1 || size == 2 || size == 4 || size == 8 || size == 16;

    public static Task FromException(Exception exception)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        Task task = new Task();
        task.TrySetException(exception!);
        return task;
    }

    public static Task<TResult> FromException<TResult>(Exception exception)
    {
        if (exception == null)
            TaskThrow.Null("exception");
        Task<TResult> task = new Task<TResult>();
        task.TrySetException(exception!);
        return task;
    }

    public static Task FromCanceled(CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            TaskThrow.OutOfRange("cancellationToken");
        return new Task(true, TaskCreationOptions.None, cancellationToken);
    }

    public static Task<TResult> FromCanceled<TResult>(CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
            TaskThrow.OutOfRange("cancellationToken");
        return new Task<TResult>(true, default(TResult), TaskCreationOptions.None, cancellationToken);
    }

    internal static Task FromCanceled(OperationCanceledException exception)
    {
        Task task = new Task();
        task.TrySetCanceled(exception.CancellationToken, exception);
        return task;
    }

    internal static Task<TResult> FromCanceled<TResult>(OperationCanceledException exception)
    {
        Task<TResult> task = new Task<TResult>();
        task.TrySetCanceled(exception.CancellationToken, exception);
        return task;
    }

    // ---- Delay --------------------------------------------------------------------------------------------------------

    internal const uint InfiniteTimeout = 0xFFFFFFFF, MaxTimeout = 0xFFFFFFFE;

    public static Task Delay(TimeSpan delay) => Delay(delay, default(CancellationToken));
    public static Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Delay(ValidateTimeout(delay, "delay"), cancellationToken);
    public static Task Delay(TimeSpan delay, TimeProvider timeProvider) => Delay(delay, timeProvider, default(CancellationToken));

    public static Task Delay(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider, "timeProvider");
        if (timeProvider == TimeProvider.System)
            return Delay(delay, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled(cancellationToken);
        return delay == TimeSpan.Zero ? CompletedTask : new ProvidedDelay(delay, timeProvider, cancellationToken).Task;
    }

    /// A delay that another clock ends.
    private sealed class ProvidedDelay : TaskCompletionSource
    {
        private readonly ITimer _timer;
        private readonly CancellationTokenRegistration _registration;
        private readonly CancellationToken _cancellationToken;

        internal ProvidedDelay(TimeSpan delay, TimeProvider provider, CancellationToken cancellationToken)
        {
            _cancellationToken = cancellationToken;
            _registration = cancellationToken.UnsafeRegister(Canceled, this);
            _timer = provider.CreateTimer(Elapsed, this, delay, System.Threading.Timeout.InfiniteTimeSpan);
            if (Task.IsCompleted)
                _timer.Dispose();
        }

        private static void Elapsed(object? state)
        {
            ProvidedDelay self = (ProvidedDelay)state!;
            if (!self.TrySetResult())
                return;
            self._registration.Dispose();
            if (self._timer != null)
                self._timer.Dispose();
        }

        private static void Canceled(object? state)
        {
            ProvidedDelay self = (ProvidedDelay)state!;
            if (self.TrySetCanceled(self._cancellationToken) && self._timer != null)
                self._timer.Dispose();
        }
    }

    public static Task Delay(int millisecondsDelay) => Delay(millisecondsDelay, default(CancellationToken));

    public static Task Delay(int millisecondsDelay, CancellationToken cancellationToken)
    {
        if (millisecondsDelay < -1)
            TaskThrow.OutOfRange("millisecondsDelay", "The value needs to be either -1 (signifying an infinite timeout), 0 or a positive integer.");
        return Delay((uint)millisecondsDelay, cancellationToken);
    }

    private static Task Delay(uint millisecondsDelay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled(cancellationToken);
        if (millisecondsDelay == 0)
            return CompletedTask;
        return cancellationToken.CanBeCanceled ? new DelayPromiseWithCancellation(millisecondsDelay, cancellationToken) : new DelayPromise(millisecondsDelay);
    }

    internal static uint ValidateTimeout(TimeSpan timeout, string parameter)
    {
        long ms = (long)timeout.TotalMilliseconds;
        if (ms < -1 || ms > MaxTimeout)
            TaskThrow.OutOfRange(parameter, "The value needs to translate in milliseconds to -1 (signifying an infinite timeout), 0, or a positive integer less than or equal to the maximum allowed timer duration.");
        return (uint)ms;
    }

    private class DelayPromise : Task
    {
        private readonly ITimer? _timer;

        private static readonly TimerCallback s_timerCallback = state => Unsafe.As<DelayPromise>(state).CompleteTimedOut();

        internal DelayPromise(uint millisecondsDelay)
        {
            if (millisecondsDelay == InfiniteTimeout)
                return;
            _timer = new TimerQueueTimer(s_timerCallback, this, millisecondsDelay, InfiniteTimeout, false);
            if (IsCompleted)
                _timer.Dispose();               // it fired before the field was written
        }

        private void CompleteTimedOut()
        {
            if (TrySetResult())
                Cleanup();
        }

        protected virtual void Cleanup()
        {
            if (_timer != null)
                _timer.Dispose();
        }
    }

    private sealed class DelayPromiseWithCancellation : DelayPromise
    {
        private readonly CancellationTokenRegistration _registration;

        private static readonly Action<object?, CancellationToken> s_cancelCallback = Cancel;

        internal DelayPromiseWithCancellation(uint millisecondsDelay, CancellationToken token) : base(millisecondsDelay)
        {
            _registration = token.UnsafeRegister(s_cancelCallback, this);
            if (IsCompleted)
                _registration.Dispose();
        }

        private static void Cancel(object? state, CancellationToken token)
        {
            DelayPromiseWithCancellation promise = Unsafe.As<DelayPromiseWithCancellation>(state);
            if (promise.TrySetCanceled(token))
                promise.Cleanup();
        }

        protected override void Cleanup()
        {
            _registration.Dispose();
            base.Cleanup();
        }
    }

    // ---- WaitAsync ----------------------------------------------------------------------------------------------------

    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(InfiniteTimeout, cancellationToken);
    public Task WaitAsync(TimeSpan timeout) => WaitAsync(ValidateTimeout(timeout, "timeout"), default(CancellationToken));
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => WaitAsync(ValidateTimeout(timeout, "timeout"), cancellationToken);

    private Task WaitAsync(uint millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (IsCompleted || (!cancellationToken.CanBeCanceled && millisecondsTimeout == InfiniteTimeout))
            return this;
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled(cancellationToken);
        if (millisecondsTimeout == 0)
            return FromException(new TimeoutException());
        return new CancellationPromise<VoidTaskResult>(this, millisecondsTimeout, cancellationToken);
    }

    /// Task.CancellationPromise: follows a task until it completes, the time is up or the token is canceled.
    private protected sealed class CancellationPromise<TResult> : Task<TResult>, ITaskCompletionAction
    {
        private readonly Task _task;
        private readonly CancellationTokenRegistration _registration;
        private readonly ITimer? _timer;

        private static readonly TimerCallback s_timerCallback = TimedOut;
        private static readonly Action<object?, CancellationToken> s_cancelCallback = Cancel;

        internal CancellationPromise(Task source, uint millisecondsDelay, CancellationToken token)
        {
            _task = source;
            source.AddCompletionAction(this, false);
            if (millisecondsDelay != InfiniteTimeout)
            {
                _timer = new TimerQueueTimer(s_timerCallback, this, millisecondsDelay, InfiniteTimeout, false);
                if (IsCompleted)
                    _timer.Dispose();
            }
            if (token.CanBeCanceled)
                _registration = token.UnsafeRegister(s_cancelCallback, this);
            if (IsCompleted)
                Cleanup();
        }

        private static void TimedOut(object? state)
        {
            CancellationPromise<TResult> promise = Unsafe.As<CancellationPromise<TResult>>(state);
            if (promise.TrySetException(new TimeoutException()))
                promise.Cleanup();
        }

        private static void Cancel(object? state, CancellationToken token)
        {
            CancellationPromise<TResult> promise = Unsafe.As<CancellationPromise<TResult>>(state);
            if (promise.TrySetCanceled(token))
                promise.Cleanup();
        }

        bool ITaskCompletionAction.InvokeMayRunArbitraryCode => true;

        void ITaskCompletionAction.Invoke(Task completingTask)
        {
            if (TrySetFromCompleted(completingTask))
                Cleanup();
        }

        private void Cleanup()
        {
            _registration.Dispose();
            if (_timer != null)
                _timer.Dispose();
            _task.RemoveContinuation(this);
        }
    }

    // ---- WaitAll, WaitAny ---------------------------------------------------------------------------------------------

    public static void WaitAll(params Task[] tasks) => WaitAllCore(tasks, -1, default(CancellationToken));
    public static bool WaitAll(Task[] tasks, int millisecondsTimeout) => WaitAllCore(tasks, millisecondsTimeout, default(CancellationToken));
    public static bool WaitAll(Task[] tasks, TimeSpan timeout) => WaitAllCore(tasks, (int)ValidateTimeout(timeout, "timeout"), default(CancellationToken));
    public static void WaitAll(Task[] tasks, CancellationToken cancellationToken) => WaitAllCore(tasks, -1, cancellationToken);
    public static bool WaitAll(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken) => WaitAllCore(tasks, millisecondsTimeout, cancellationToken);

    private const string NullElementText = "The tasks array included at least one null element.";

    private static bool WaitAllCore(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        cancellationToken.ThrowIfCancellationRequested();
        int pending = 0;
        bool failed = false;
        for (int i = tasks!.Length - 1; i >= 0; i--)
        {
            Task task = tasks[i];
            if (task == null)
                TaskThrow.Argument(NullElementText, "tasks");
            bool done = task!.IsCompleted;
            if (!done && millisecondsTimeout == -1 && !cancellationToken.CanBeCanceled && task.m_taskScheduler != null)
                done = task.m_taskScheduler.TryRunInline(task, true) && task.IsCompleted;
            if (!done)
                pending++;
            else if (!task.IsCompletedSuccessfully)
                failed = true;
        }
        if (pending > 0)
        {
            if (!WaitForCompletions(tasks, pending, millisecondsTimeout, cancellationToken))
                return false;
            for (int i = 0; i < tasks.Length; i++)
                failed |= !tasks[i].IsCompletedSuccessfully;
        }
        if (failed)
        {
            List<Exception> list = new List<Exception>();
            for (int i = 0; i < tasks.Length; i++)
                tasks[i].AddExceptionsForCompletedTask(list);
            throw new AggregateException(list);
        }
        return true;
    }

    private static bool WaitForCompletions(Task[] tasks, int pending, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        Protocol.RaiseWatched(ProtocolEvent.TaskWaitBegins, null, tasks, millisecondsTimeout);
        SetOnCountdownMres mres = new SetOnCountdownMres(tasks.Length);
        bool completed = false;
        try
        {
            for (int i = 0; i < tasks.Length; i++)
            {
                if (tasks[i].IsCompleted)
                    mres.Invoke(tasks[i]);
                else
                    tasks[i].AddCompletionAction(mres, true);
            }
            if (Thread.CurrentThread._isThreadPool)
                ThreadPool.MoveLocalItemsToUrgent();
            completed = mres.Wait(millisecondsTimeout, cancellationToken);
        }
        finally
        {
            if (!completed)
            {
                for (int i = 0; i < tasks.Length; i++)
                {
                    if (!tasks[i].IsCompleted)
                        tasks[i].RemoveContinuation(mres);
                }
            }
        }
        Protocol.Raise(ProtocolEvent.TaskWaitEnds, null, tasks, completed ? 1 : 0);
        return completed;
    }

    private sealed class SetOnCountdownMres : ManualResetEventSlim, ITaskCompletionAction
    {
        private int _count;

        internal SetOnCountdownMres(int count) : base(false) { _count = count; }

        public void Invoke(Task completingTask)
        {
            if (Interlocked.Decrement(ref _count) == 0)
                Set();
        }

        public bool InvokeMayRunArbitraryCode => false;
    }

    public static int WaitAny(params Task[] tasks) => WaitAnyCore(tasks, -1, default(CancellationToken));
    public static int WaitAny(Task[] tasks, int millisecondsTimeout) => WaitAnyCore(tasks, millisecondsTimeout, default(CancellationToken));
    public static int WaitAny(Task[] tasks, TimeSpan timeout) => WaitAnyCore(tasks, (int)ValidateTimeout(timeout, "timeout"), default(CancellationToken));
    public static int WaitAny(Task[] tasks, CancellationToken cancellationToken) => WaitAnyCore(tasks, -1, cancellationToken);
    public static int WaitAny(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken) => WaitAnyCore(tasks, millisecondsTimeout, cancellationToken);

    private static int WaitAnyCore(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (millisecondsTimeout < -1)
            TaskThrow.OutOfRange("millisecondsTimeout");
        cancellationToken.ThrowIfCancellationRequested();
        int signaled = -1;
        for (int i = 0; i < tasks!.Length; i++)
        {
            if (tasks[i] == null)
                TaskThrow.Argument(NullElementText, "tasks");
            if (signaled == -1 && tasks[i].IsCompleted)
                signaled = i;
        }
        if (signaled != -1 || tasks.Length == 0)
            return signaled;
        Task<Task> first = TaskFactory.CommonCWAnyLogic<Task>(tasks, true);
        if (!first.Wait(millisecondsTimeout, cancellationToken))
            return -1;
        return Array.IndexOf<Task>(tasks, first.Result);
    }

    // ---- WhenAll ------------------------------------------------------------------------------------------------------

    public static Task WhenAll(IEnumerable<Task> tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (tasks is Task[] array)
            return WhenAll(array);
        List<Task> list = (tasks as List<Task>) ?? new List<Task>(tasks!);
        return WhenAllCore(list._items, list.Count);
    }

    public static Task WhenAll(params Task[] tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        return WhenAllCore(tasks!, tasks!.Length);
    }

    private static Task WhenAllCore(Task[] tasks, int count)
    {
        if (count == 0)
            return CompletedTask;
        for (int i = 0; i < count; i++)
        {
            if (tasks[i] == null)
                TaskThrow.NullTask();
        }
        return count == 1 ? tasks[0] : new WhenAllPromise(tasks, count);
    }

    /// Task.WhenAllPromise: keeps the failed tasks in m_stateObject, in the order in which they failed.
    private sealed class WhenAllPromise : Task, ITaskCompletionAction
    {
        private int _remainingToComplete;

        internal WhenAllPromise(Task[] tasks, int count)
        {
            m_stateFlags |= (int)InternalTaskOptions.HiddenState;
            _remainingToComplete = count;
            for (int i = 0; i < count; i++)
            {
                if (tasks[i].IsCompleted)
                    Invoke(tasks[i]);
                else
                    tasks[i].AddCompletionAction(this, false);
            }
        }

        public bool InvokeMayRunArbitraryCode => true;

        public void Invoke(Task completedTask)
        {
            if (!completedTask.IsCompletedSuccessfully)
                Remember(completedTask);
            if (Interlocked.Decrement(ref _remainingToComplete) == 0)
                Complete();
        }

        private void Remember(Task failed)
        {
            object? there = Interlocked.CompareExchange(ref m_stateObject, failed, null);
            while (there != null)
            {
                List<Task>? list = there as List<Task>;
                if (list != null)
                {
                    Monitor.Enter(list);
                    list.Add(failed);
                    Monitor.Exit(list);
                    return;
                }
                list = new List<Task>();
                list.Add((Task)there);
                list.Add(failed);
                object? found = Interlocked.CompareExchange(ref m_stateObject, list, there);
                if (found == there)
                    return;
                there = found;
            }
        }

        private void Complete()
        {
            object? failed = m_stateObject;
            if (failed == null)
            {
                TrySetResult();
                return;
            }
            List<ExceptionDispatchInfo>? errors = null;
            Task? canceled = null;
            List<Task>? list = failed as List<Task>;
            int count = list == null ? 1 : list.Count;
            for (int i = 0; i < count; i++)
            {
                Task task = list == null ? (Task)failed : list[i];
                if (task.IsFaulted)
                {
                    if (errors == null)
                        errors = new List<ExceptionDispatchInfo>();
                    errors.AddRange(task.GetExceptionDispatchInfos());
                }
                else if (canceled == null)
                {
                    canceled = task;
                }
            }
            m_stateObject = null;
            if (errors != null)
                TrySetException(errors);
            else
                TrySetCanceled(canceled!.CancellationToken, canceled.GetCancellationExceptionDispatchInfo());
        }
    }

    public static Task<TResult[]> WhenAll<TResult>(IEnumerable<Task<TResult>> tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (tasks is Task<TResult>[] array)
            return WhenAll<TResult>(array);
        List<Task<TResult>> list = (tasks as List<Task<TResult>>) ?? new List<Task<TResult>>(tasks!);
        return WhenAllOwned<TResult>(list.ToArray());
    }

    public static Task<TResult[]> WhenAll<TResult>(params Task<TResult>[] tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        Task<TResult>[] copy = tasks!.Length == 0 ? tasks : new Task<TResult>[tasks.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = tasks[i];
        return WhenAllOwned<TResult>(copy);
    }

    private static Task<TResult[]> WhenAllOwned<TResult>(Task<TResult>[] tasks)
    {
        if (tasks.Length == 0)
            return new Task<TResult[]>(false, Array.Empty<TResult>(), TaskCreationOptions.None, default(CancellationToken));
        for (int i = 0; i < tasks.Length; i++)
        {
            if (tasks[i] == null)
                TaskThrow.NullTask();
        }
        return new WhenAllPromise<TResult>(tasks);
    }

    /// Task.WhenAllPromise<T>: looks at all tasks at the end, so results and exceptions come in argument order.
    private sealed class WhenAllPromise<T> : Task<T[]>, ITaskCompletionAction
    {
        private readonly Task<T>?[] m_tasks;
        private int m_count;

        internal WhenAllPromise(Task<T>[] tasks)
        {
            m_tasks = tasks;
            m_count = tasks.Length;
            for (int i = 0; i < tasks.Length; i++)
            {
                if (tasks[i].IsCompleted)
                    Invoke(tasks[i]);
                else
                    tasks[i].AddCompletionAction(this, false);
            }
        }

        public bool InvokeMayRunArbitraryCode => true;

        public void Invoke(Task completedTask)
        {
            if (Interlocked.Decrement(ref m_count) != 0)
                return;
            T[] results = new T[m_tasks.Length];
            List<ExceptionDispatchInfo>? errors = null;
            Task? canceled = null;
            for (int i = 0; i < m_tasks.Length; i++)
            {
                Task<T> task = m_tasks[i]!;
                if (task.IsFaulted)
                {
                    if (errors == null)
                        errors = new List<ExceptionDispatchInfo>();
                    errors.AddRange(task.GetExceptionDispatchInfos());
                }
                else if (task.IsCanceled)
                {
                    if (canceled == null)
                        canceled = task;
                }
                else
                {
                    results[i] = task.ResultOnSuccess;
                }
                m_tasks[i] = null;
            }
            if (errors != null)
                TrySetException(errors);
            else if (canceled != null)
                TrySetCanceled(canceled.CancellationToken, canceled.GetCancellationExceptionDispatchInfo());
            else
                TrySetResult(results);
        }
    }

    // ---- WhenAny ------------------------------------------------------------------------------------------------------

    public static Task<Task> WhenAny(params Task[] tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        return WhenAnyCore<Task>(tasks!, tasks!.Length, true);
    }

    public static Task<Task> WhenAny(Task task1, Task task2) => WhenAnyPair<Task>(task1, task2);

    public static Task<Task> WhenAny(IEnumerable<Task> tasks) => WhenAnyOf<Task>(tasks);

    public static Task<Task<TResult>> WhenAny<TResult>(params Task<TResult>[] tasks)
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        return WhenAnyCore<Task<TResult>>(tasks!, tasks!.Length, true);
    }

    public static Task<Task<TResult>> WhenAny<TResult>(Task<TResult> task1, Task<TResult> task2) => WhenAnyPair<Task<TResult>>(task1, task2);

    public static Task<Task<TResult>> WhenAny<TResult>(IEnumerable<Task<TResult>> tasks) => WhenAnyOf<Task<TResult>>(tasks);

    private static Task<TTask> WhenAnyPair<TTask>(TTask task1, TTask task2) where TTask : Task
    {
        if (task1 == null)
            TaskThrow.Null("task1");
        if (task2 == null)
            TaskThrow.Null("task2");
        if (task1!.IsCompleted)
            return FromResult<TTask>(task1);
        if (task2!.IsCompleted)
            return FromResult<TTask>(task2);
        return new TwoTaskWhenAnyPromise<TTask>(task1, task2);
    }

    private static Task<TTask> WhenAnyOf<TTask>(IEnumerable<TTask> tasks) where TTask : Task
    {
        if (tasks == null)
            TaskThrow.Null("tasks");
        if (tasks is TTask[] array)
            return WhenAnyCore<TTask>(array, array.Length, true);
        List<TTask> list = (tasks as List<TTask>) ?? new List<TTask>(tasks!);
        if (list.Count <= 2) // a pair needs no array; one task gets a copy, since the list's array is longer than the list
            return WhenAnyCore<TTask>(list._items, list.Count, true);
        return WhenAnyCore<TTask>(list.ToArray(), list.Count, false);
    }

    private static Task<TTask> WhenAnyCore<TTask>(TTask[] tasks, int count, bool copy) where TTask : Task
    {
        if (count == 2)
        {
            if (tasks[0] == null || tasks[1] == null)
                TaskThrow.NullTask();
            return WhenAnyPair<TTask>(tasks[0], tasks[1]);
        }
        if (count == 0)
            TaskThrow.Argument("The tasks argument contains no tasks.", "tasks");
        TTask? done = null;
        for (int i = 0; i < count; i++)
        {
            if (tasks[i] == null)
                TaskThrow.NullTask();
            if (done == null && tasks[i].IsCompleted)
                done = tasks[i];
        }
        if (done != null)
            return FromResult<TTask>(done);
        TTask[] own = tasks;
        if (copy)
        {
            own = new TTask[count];
            for (int i = 0; i < count; i++)
                own[i] = tasks[i];
        }
        return TaskFactory.CommonCWAnyLogic<TTask>(own, false);
    }

    private sealed class TwoTaskWhenAnyPromise<TTask> : Task<TTask>, ITaskCompletionAction where TTask : Task
    {
        private TTask? _task1, _task2;

        internal TwoTaskWhenAnyPromise(TTask task1, TTask task2)
        {
            _task1 = task1;
            _task2 = task2;
            task1.AddCompletionAction(this, false);
            task2.AddCompletionAction(this, false);
            if (task1.IsCompleted)
                task2.RemoveContinuation(this);         // task1 won before task2 knew of us
        }

        public bool InvokeMayRunArbitraryCode => true;

        public void Invoke(Task completingTask)
        {
            TTask? task1 = Interlocked.Exchange(ref _task1, null);
            if (task1 == null)
                return;
            TTask task2 = _task2!;
            _task2 = null;
            TrySetResult(Unsafe.As<TTask>(completingTask));
            if (completingTask == task1)
                task2.RemoveContinuation(this);
            else
                task1.RemoveContinuation(this);
        }
    }

    // ---- WhenEach -----------------------------------------------------------------------------------------------------

    public static IAsyncEnumerable<Task> WhenEach(params Task[] tasks) => WhenEachState<Task>.Create(tasks);
    public static IAsyncEnumerable<Task> WhenEach(IEnumerable<Task> tasks) => WhenEachState<Task>.Create(tasks);
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(params Task<TResult>[] tasks) => WhenEachState<Task<TResult>>.Create(tasks);
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(IEnumerable<Task<TResult>> tasks) => WhenEachState<Task<TResult>>.Create(tasks);

    /// Gives the tasks in the order in which they complete. Enumerable once, as the real one.
    private sealed class WhenEachState<T> : IAsyncEnumerable<T>, IAsyncEnumerator<T>, IValueTaskSource<bool>, ITaskCompletionAction where T : Task
    {
        private readonly Queue<T> _completed = new Queue<T>();
        private ManualResetValueTaskSourceCore<bool> _wait;
        private readonly T[] _tasks;
        private int _enumerated, _remaining;
        private bool _waiting;
        private T? _current;
        private CancellationToken _token;
        private CancellationTokenRegistration _registration;

        private static readonly Action<object?> s_cancel = Cancel;

        private WhenEachState(T[] tasks)
        {
            _tasks = tasks;
            _remaining = tasks.Length;
            _wait.RunContinuationsAsynchronously = true;
        }

        internal static IAsyncEnumerable<T> Create(IEnumerable<T> tasks)
        {
            if (tasks == null)
                TaskThrow.Null("tasks");
            T[] copy = new List<T>(tasks!).ToArray();
            for (int i = 0; i < copy.Length; i++)
            {
                if (copy[i] == null)
                    TaskThrow.NullTask();
            }
            return new WhenEachState<T>(copy);
        }

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref _enumerated, 1) != 0)
                throw new NotSupportedException("The enumerable may only be enumerated once.");
            _token = cancellationToken;
            for (int i = 0; i < _tasks.Length; i++)
                _tasks[i].AddCompletionAction(this, false);
            return this;
        }

        public T Current => _current!;
        bool ITaskCompletionAction.InvokeMayRunArbitraryCode => false;

        void ITaskCompletionAction.Invoke(Task completingTask)
        {
            Monitor.Enter(_completed);
            _completed.Enqueue(Unsafe.As<T>(completingTask));
            bool wake = _waiting;
            _waiting = false;
            Monitor.Exit(_completed);
            if (wake)
                _wait.SetResult(true);
        }

        public ValueTask<bool> MoveNextAsync()
        {
            if (_token.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(_token);
            Monitor.Enter(_completed);
            try
            {
                if (_remaining == 0)
                    return new ValueTask<bool>(false);
                if (TakeOne())
                    return new ValueTask<bool>(true);
                _wait.Reset();
                _waiting = true;
            }
            finally
            {
                Monitor.Exit(_completed);
            }
            short version = _wait.Version;
            if (_token.CanBeCanceled)
                _registration = _token.UnsafeRegister(s_cancel, this);
            return new ValueTask<bool>(this, version);
        }

        private bool TakeOne()
        {
            if (_completed.Count == 0)
                return false;
            _current = _completed.Dequeue();
            _remaining--;
            return true;
        }

        private static void Cancel(object? state)
        {
            WhenEachState<T> self = (WhenEachState<T>)state!;
            Monitor.Enter(self._completed);
            bool wake = self._waiting;
            self._waiting = false;
            Monitor.Exit(self._completed);
            if (wake)
                self._wait.SetException(new OperationCanceledException(self._token));
        }

        bool IValueTaskSource<bool>.GetResult(short token)
        {
            _registration.Dispose();
            _wait.GetResult(token);
            Monitor.Enter(_completed);
            bool taken = TakeOne();
            Monitor.Exit(_completed);
            return taken;
        }

        ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);
        void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _wait.OnCompleted(continuation, state, token, flags);

        public ValueTask DisposeAsync()
        {
            for (int i = 0; i < _tasks.Length; i++)
                _tasks[i].RemoveContinuation(this);
            return default(ValueTask);
        }
    }
}

public partial class Task<TResult>
{
    public new Task<TResult> WaitAsync(CancellationToken cancellationToken) => WaitAsync(InfiniteTimeout, cancellationToken);
    public new Task<TResult> WaitAsync(TimeSpan timeout) => WaitAsync(ValidateTimeout(timeout, "timeout"), default(CancellationToken));
    public new Task<TResult> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => WaitAsync(ValidateTimeout(timeout, "timeout"), cancellationToken);

    private Task<TResult> WaitAsync(uint millisecondsTimeout, CancellationToken cancellationToken)
    {
        if (IsCompleted || (!cancellationToken.CanBeCanceled && millisecondsTimeout == InfiniteTimeout))
            return this;
        if (cancellationToken.IsCancellationRequested)
            return FromCanceled<TResult>(cancellationToken);
        if (millisecondsTimeout == 0)
            return FromException<TResult>(new TimeoutException());
        return new CancellationPromise<TResult>(this, millisecondsTimeout, cancellationToken);
    }

    /// Copies the outcome of a completed task, whose result type is this one's, or does not matter.
    internal bool TrySetFromCompleted(Task task)
    {
        if (!task.IsCompletedSuccessfully)
            return CompletionSource.TrySetFailure(this, task);
        Task<TResult>? typed = task as Task<TResult>;
        return TrySetResult(typed == null ? default(TResult) : typed.ResultOnSuccess);
    }
}

public static class TaskExtensions
{
    public static Task Unwrap(this Task<Task> task)
    {
        if (task == null)
            TaskThrow.Null("task");
        if (task!.IsCompletedSuccessfully && (task.CreationOptions & TaskCreationOptions.AttachedToParent) == 0)
            return task.Result ?? Task.FromCanceled(new CancellationToken(true));
        return new UnwrapPromise<VoidTaskResult>(task, false);
    }

    public static Task<TResult> Unwrap<TResult>(this Task<Task<TResult>> task)
    {
        if (task == null)
            TaskThrow.Null("task");
        if (task!.IsCompletedSuccessfully && (task.CreationOptions & TaskCreationOptions.AttachedToParent) == 0)
            return task.Result ?? Task.FromCanceled<TResult>(new CancellationToken(true));
        return new UnwrapPromise<TResult>(task, false);
    }
}

/// UnwrapPromise: completes as the inner task of an outer task does.
internal sealed class UnwrapPromise<TResult> : Task<TResult>, ITaskCompletionAction
{
    private const byte WaitingOnOuter = 0, WaitingOnInner = 1, Done = 2;

    private byte _state;
    private readonly bool _lookForOce;          // an OperationCanceledException that fails the outer task cancels us (Task.Run)

    internal UnwrapPromise(Task outerTask, bool lookForOce) : base((object?)null, outerTask.CreationOptions & TaskCreationOptions.AttachedToParent)
    {
        _lookForOce = lookForOce;
        if (outerTask.IsCompleted)
            ProcessCompletedOuterTask(outerTask);
        else
            outerTask.AddCompletionAction(this, false);
    }

    public bool InvokeMayRunArbitraryCode => true;

    public void Invoke(Task completingTask)
    {
        if (!Scheduler.HasStackRoom())
        {
            ThreadPool.UnsafeQueueUserWorkItemInternal(new CompletionActionInvoker(this, completingTask), false);
            return;
        }
        if (_state == WaitingOnOuter)
        {
            ProcessCompletedOuterTask(completingTask);
        }
        else if (_state == WaitingOnInner)
        {
            TrySetFromTask(completingTask, false);
            _state = Done;
        }
    }

    private void ProcessCompletedOuterTask(Task task)
    {
        _state = WaitingOnInner;
        if (!task.IsCompletedSuccessfully)
        {
            TrySetFromTask(task, _lookForOce);
            return;
        }
        Task<Task<TResult>>? typed = task as Task<Task<TResult>>;
        Task? inner = typed != null ? typed.ResultOnSuccess : ((Task<Task>)task).ResultOnSuccess;
        if (inner == null)
        {
            TrySetCanceled(default(CancellationToken));
            _state = Done;
        }
        else if (inner.IsCompleted)
        {
            TrySetFromTask(inner, false);
            _state = Done;
        }
        else
        {
            inner.AddCompletionAction(this, false);
        }
    }

    private bool TrySetFromTask(Task task, bool lookForOce)
    {
        if (lookForOce && task.IsFaulted)
        {
            List<ExceptionDispatchInfo> infos = task.GetExceptionDispatchInfos();
            if (infos[0].SourceException is OperationCanceledException oce)
                return TrySetCanceled(oce.CancellationToken, infos[0]);
        }
        return TrySetFromCompleted(task);
    }
}
