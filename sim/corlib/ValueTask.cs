// ValueTask and ValueTask<TResult>: one reference that is null (a result), a Task, or an IValueTaskSource, and a token.
// Section 1 of the semantics. `_obj` is read once into a local; a Task is never asked whether it is also a source.
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using System.Watch;

namespace System.Threading.Tasks;

[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder))]
public readonly struct ValueTask : IEquatable<ValueTask>
{
    internal readonly object? _obj;
    internal readonly short _token;
    internal readonly bool _continueOnCapturedContext;

    private static readonly Task s_canceledTask = Task.FromCanceled(new CancellationToken(true));

    public ValueTask(Task task)
    {
        if (task == null)
            TaskThrow.Null("task");
        _obj = task;
        _continueOnCapturedContext = true;
        _token = 0;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskFromTask, task, null, 0);
    }

    public ValueTask(IValueTaskSource source, short token)
    {
        if (source == null)
            TaskThrow.Null("source");
        _obj = source;
        _token = token;
        _continueOnCapturedContext = true;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskFromSource, source, null, token);
    }

    /// A copy, which is the same operation, whatever becomes of its continuation.
    private ValueTask(ValueTask value, bool continueOnCapturedContext)
    {
        this = value;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    public static ValueTask CompletedTask => default(ValueTask);
    public static ValueTask<TResult> FromResult<TResult>(TResult result) => new ValueTask<TResult>(result);
    public static ValueTask FromCanceled(CancellationToken cancellationToken) => new ValueTask(Task.FromCanceled(cancellationToken));
    public static ValueTask<TResult> FromCanceled<TResult>(CancellationToken cancellationToken) => new ValueTask<TResult>(Task.FromCanceled<TResult>(cancellationToken));
    public static ValueTask FromException(Exception exception) => new ValueTask(Task.FromException(exception));
    public static ValueTask<TResult> FromException<TResult>(Exception exception) => new ValueTask<TResult>(Task.FromException<TResult>(exception));

    public bool IsCompleted
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return true;
            return obj is Task t ? t.IsCompleted : Look(obj) != ValueTaskSourceStatus.Pending;
        }
    }

    /// What the awaiter asks: the same answer, told to whoever watches.
    internal bool AskIsCompleted()
    {
        object? obj = _obj;
        bool completed = obj == null || (obj is Task t ? t.IsCompleted : AskStatus(obj) != ValueTaskSourceStatus.Pending);
        Protocol.Raise(completed ? ProtocolEvent.ValueTaskIsCompleted : ProtocolEvent.ValueTaskIsPending, obj, null, _token);
        return completed;
    }

    [Watched]
    private ValueTaskSourceStatus AskStatus(object source) => Unsafe.As<IValueTaskSource>(source).GetStatus(_token);

    [Watched]
    private ValueTaskSourceStatus GetStatus(object source) => Unsafe.As<IValueTaskSource>(source).GetStatus(_token);

    [Watched]
    private void GetResult(object source) => Unsafe.As<IValueTaskSource>(source).GetResult(_token);

    public bool IsCompletedSuccessfully
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return true;
            return obj is Task t ? t.IsCompletedSuccessfully : Look(obj) == ValueTaskSourceStatus.Succeeded;
        }
    }

    public bool IsFaulted
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return false;
            return obj is Task t ? t.IsFaulted : Look(obj) == ValueTaskSourceStatus.Faulted;
        }
    }

    public bool IsCanceled
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return false;
            return obj is Task t ? t.IsCanceled : Look(obj) == ValueTaskSourceStatus.Canceled;
        }
    }

    private ValueTaskSourceStatus Look(object source)
    {
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskLooked, source, null, _token);
        return GetStatus(source);
    }

    internal void ThrowIfCompletedUnsuccessfully()
    {
        object? obj = _obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskGetResult, obj, null, _token);
        if (obj == null)
            return;
        if (obj is Task t)
            TaskAwaiter.ValidateEnd(t, ConfigureAwaitOptions.None);
        else
            GetResult(obj);
    }

    public ValueTaskAwaiter GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.ValueTaskGetAwaiter, _obj, null, _token);
        return new ValueTaskAwaiter(in this);
    }

    public ConfiguredValueTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) =>
        new ConfiguredValueTaskAwaitable(new ValueTask(this, continueOnCapturedContext));

    public Task AsTask()
    {
        object? obj = _obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskAsTask, obj, null, _token);
        Task task = obj == null ? Task.CompletedTask : obj as Task ?? GetTaskForValueTaskSource(Unsafe.As<IValueTaskSource>(obj));
        Protocol.Raise(ProtocolEvent.ValueTaskAsTaskMade, obj, task, _token);
        return task;
    }

    public ValueTask Preserve()
    {
        object? obj = _obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskPreserve, obj, null, _token);
        ValueTask free = obj == null ? this : new ValueTask(obj as Task ?? GetTaskForValueTaskSource(Unsafe.As<IValueTaskSource>(obj)));
        return free.Free();
    }

    /// Tells that this is what Preserve gives away.
    private ValueTask Free()
    {
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskPreserved, _obj, null, _token);
        return this;
    }

    [Watched]
    private Task GetTaskForValueTaskSource(IValueTaskSource source)
    {
        ValueTaskSourceStatus status = source.GetStatus(_token);
        if (status == ValueTaskSourceStatus.Pending)
            return new ValueTaskSourceAsTask(source, _token);
        try
        {
            source.GetResult(_token);
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            if (status != ValueTaskSourceStatus.Canceled)
                return Task.FromException(e);
            return e is OperationCanceledException oce ? Task.FromCanceled(oce) : s_canceledTask;
        }
    }

    public override int GetHashCode() => _obj == null ? 0 : _obj.GetHashCode();
    public override bool Equals(object? obj) => obj is ValueTask other && Equals(other);
    public bool Equals(ValueTask other) => _obj == other._obj && _token == other._token;
    public static bool operator ==(ValueTask left, ValueTask right) => left.Equals(right);
    public static bool operator !=(ValueTask left, ValueTask right) => !left.Equals(right);

    /// The Task that AsTask makes over a pending source: it registers itself and completes with the source.
    private sealed class ValueTaskSourceAsTask : Task
    {
        private IValueTaskSource? _source;
        private readonly short _token;

        private static readonly Action<object?> s_completionAction = Complete;

        internal ValueTaskSourceAsTask(IValueTaskSource source, short token)
        {
            _source = source;
            _token = token;
            source.OnCompleted(s_completionAction, this, token, ValueTaskSourceOnCompletedFlags.None);
        }

        private static void Complete(object? state)
        {
            ValueTaskSourceAsTask? self = state as ValueTaskSourceAsTask;
            IValueTaskSource? source = self == null ? null : self._source;
            if (source == null)
            {
                Protocol.RaiseWatched(ProtocolEvent.SourceCalledBackTwice, self, null, 0);
                TaskThrow.UnexpectedState(self == null ? string.Concat("state : ", state == null ? null : state.ToString()) : "ValueTaskSourceAsTask._source : ");
                return;
            }
            self!._source = null;
            ValueTaskSourceStatus status = source.GetStatus(self._token);
            try
            {
                source.GetResult(self._token);
                self.TrySetResult();
            }
            catch (Exception e)
            {
                if (status != ValueTaskSourceStatus.Canceled)
                    self.TrySetException(e);
                else if (e is OperationCanceledException oce)
                    self.TrySetCanceled(oce.CancellationToken, oce);
                else
                    self.TrySetCanceled(new CancellationToken(true));
            }
        }
    }
}

[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder<>))]
public readonly struct ValueTask<TResult> : IEquatable<ValueTask<TResult>>
{
    internal readonly object? _obj;
    internal readonly TResult? _result;
    internal readonly short _token;
    internal readonly bool _continueOnCapturedContext;

    private static Task<TResult>? s_canceledTask;

    public ValueTask(TResult result)
    {
        _result = result;
        _obj = null;
        _continueOnCapturedContext = true;
        _token = 0;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskFromResult, null, null, 0);
    }

    public ValueTask(Task<TResult> task)
    {
        if (task == null)
            TaskThrow.Null("task");
        _obj = task;
        _result = default(TResult);
        _continueOnCapturedContext = true;
        _token = 0;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskFromTask, task, null, 0);
    }

    public ValueTask(IValueTaskSource<TResult> source, short token)
    {
        if (source == null)
            TaskThrow.Null("source");
        _obj = source;
        _token = token;
        _result = default(TResult);
        _continueOnCapturedContext = true;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskFromSource, source, null, token);
    }

    /// A copy, which is the same operation, whatever becomes of its continuation.
    private ValueTask(ValueTask<TResult> value, bool continueOnCapturedContext)
    {
        this = value;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    public bool IsCompleted
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return true;
            return obj is Task<TResult> t ? t.IsCompleted : Look(obj) != ValueTaskSourceStatus.Pending;
        }
    }

    internal bool AskIsCompleted()
    {
        object? obj = _obj;
        bool completed = obj == null || (obj is Task<TResult> t ? t.IsCompleted : AskStatus(obj) != ValueTaskSourceStatus.Pending);
        Protocol.Raise(completed ? ProtocolEvent.ValueTaskIsCompleted : ProtocolEvent.ValueTaskIsPending, obj, null, _token);
        return completed;
    }

    [Watched]
    private ValueTaskSourceStatus AskStatus(object source) => Unsafe.As<IValueTaskSource<TResult>>(source).GetStatus(_token);

    [Watched]
    private ValueTaskSourceStatus GetStatus(object source) => Unsafe.As<IValueTaskSource<TResult>>(source).GetStatus(_token);

    [Watched]
    private TResult GetResult(object source) => Unsafe.As<IValueTaskSource<TResult>>(source).GetResult(_token);

    public bool IsCompletedSuccessfully
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return true;
            return obj is Task<TResult> t ? t.IsCompletedSuccessfully : Look(obj) == ValueTaskSourceStatus.Succeeded;
        }
    }

    public bool IsFaulted
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return false;
            return obj is Task<TResult> t ? t.IsFaulted : Look(obj) == ValueTaskSourceStatus.Faulted;
        }
    }

    public bool IsCanceled
    {
        get
        {
            object? obj = _obj;
            if (obj == null)
                return false;
            return obj is Task<TResult> t ? t.IsCanceled : Look(obj) == ValueTaskSourceStatus.Canceled;
        }
    }

    private ValueTaskSourceStatus Look(object source)
    {
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskLooked, source, null, _token);
        return GetStatus(source);
    }

    /// A task is waited for; a source is asked without checking that it has completed.
    public TResult Result
    {
        get
        {
            Protocol.RaiseWatched(ProtocolEvent.ValueTaskResultRead, _obj, null, _token);
            return Take();
        }
    }

    internal TResult AwaitedResult()
    {
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskGetResult, _obj, null, _token);
        return Take();
    }

    [Framed, StackTraceHidden]
    private static void ValidateEnd(Task task) { TaskAwaiter.ValidateEnd(task, ConfigureAwaitOptions.None); }

    private TResult Take()
    {
        object? obj = _obj;
        if (obj == null)
            return _result!;
        if (obj is Task<TResult> t)
        {
            ValidateEnd(t);
            return t.ResultOnSuccess;
        }
        return GetResult(obj);
    }

    public ValueTaskAwaiter<TResult> GetAwaiter()
    {
        Protocol.Raise(ProtocolEvent.ValueTaskGetAwaiter, _obj, null, _token);
        return new ValueTaskAwaiter<TResult>(in this);
    }

    public ConfiguredValueTaskAwaitable<TResult> ConfigureAwait(bool continueOnCapturedContext) =>
        new ConfiguredValueTaskAwaitable<TResult>(new ValueTask<TResult>(this, continueOnCapturedContext));

    public Task<TResult> AsTask()
    {
        object? obj = _obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskAsTask, obj, null, _token);
        Task<TResult> task = obj == null ? Task.FromResult<TResult>(_result!)
            : obj as Task<TResult> ?? GetTaskForValueTaskSource(Unsafe.As<IValueTaskSource<TResult>>(obj));
        Protocol.Raise(ProtocolEvent.ValueTaskAsTaskMade, obj, task, _token);
        return task;
    }

    public ValueTask<TResult> Preserve()
    {
        object? obj = _obj;
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskPreserve, obj, null, _token);
        ValueTask<TResult> free = obj == null ? this
            : new ValueTask<TResult>(obj as Task<TResult> ?? GetTaskForValueTaskSource(Unsafe.As<IValueTaskSource<TResult>>(obj)));
        return free.Free();
    }

    private ValueTask<TResult> Free()
    {
        Protocol.RaiseWatched(ProtocolEvent.ValueTaskPreserved, _obj, null, _token);
        return this;
    }

    [Watched]
    private Task<TResult> GetTaskForValueTaskSource(IValueTaskSource<TResult> source)
    {
        ValueTaskSourceStatus status = source.GetStatus(_token);
        if (status == ValueTaskSourceStatus.Pending)
            return new ValueTaskSourceAsTask(source, _token);
        try
        {
            return Task.FromResult<TResult>(source.GetResult(_token));
        }
        catch (Exception e)
        {
            if (status != ValueTaskSourceStatus.Canceled)
                return Task.FromException<TResult>(e);
            if (e is OperationCanceledException oce)
                return Task.FromCanceled<TResult>(oce);
            return s_canceledTask ?? (s_canceledTask = Task.FromCanceled<TResult>(new CancellationToken(true)));
        }
    }

    public override int GetHashCode()
    {
        if (_obj != null)
            return _obj.GetHashCode();
        return _result == null ? 0 : _result.GetHashCode();
    }

    public override bool Equals(object? obj) => obj is ValueTask<TResult> other && Equals(other);

    public bool Equals(ValueTask<TResult> other) => _obj == null && other._obj == null
        ? EqualityComparer<TResult>.Default.Equals(_result!, other._result!)
        : _obj == other._obj && _token == other._token;

    public static bool operator ==(ValueTask<TResult> left, ValueTask<TResult> right) => left.Equals(right);
    public static bool operator !=(ValueTask<TResult> left, ValueTask<TResult> right) => !left.Equals(right);

    /// Reads Result when it is there, which consumes a source.
    public override string? ToString()
    {
        if (IsCompletedSuccessfully)
        {
            TResult result = Result;
            if (result != null)
                return result.ToString();
        }
        return "";
    }

    private sealed class ValueTaskSourceAsTask : Task<TResult>
    {
        private IValueTaskSource<TResult>? _source;
        private readonly short _token;

        private static readonly Action<object?> s_completionAction = Complete;

        internal ValueTaskSourceAsTask(IValueTaskSource<TResult> source, short token)
        {
            _source = source;
            _token = token;
            source.OnCompleted(s_completionAction, this, token, ValueTaskSourceOnCompletedFlags.None);
        }

        private static void Complete(object? state)
        {
            ValueTaskSourceAsTask? self = state as ValueTaskSourceAsTask;
            IValueTaskSource<TResult>? source = self == null ? null : self._source;
            if (source == null)
            {
                Protocol.RaiseWatched(ProtocolEvent.SourceCalledBackTwice, self, null, 0);
                TaskThrow.UnexpectedState(self == null ? string.Concat("state : ", state == null ? null : state.ToString()) : "ValueTaskSourceAsTask._source : ");
                return;
            }
            self!._source = null;
            ValueTaskSourceStatus status = source.GetStatus(self._token);
            try
            {
                self.TrySetResult(source.GetResult(self._token));
            }
            catch (Exception e)
            {
                if (status != ValueTaskSourceStatus.Canceled)
                    self.TrySetException(e);
                else if (e is OperationCanceledException oce)
                    self.TrySetCanceled(oce.CancellationToken, oce);
                else
                    self.TrySetCanceled(new CancellationToken(true));
            }
        }
    }
}
