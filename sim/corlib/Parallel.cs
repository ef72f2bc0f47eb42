// Loops over several workers: the calling thread and pool threads take turns at one counter or enumerator. The asynchronous
// loops start a further worker whenever one has found something to do, until there are as many as allowed.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System.Threading.Tasks;

public class ParallelOptions
{
    private TaskScheduler? _scheduler = TaskScheduler.Default;
    private int _maxDegreeOfParallelism = -1;
    private CancellationToken _cancellationToken;

    public TaskScheduler? TaskScheduler { get => _scheduler; set => _scheduler = value; }
    public CancellationToken CancellationToken { get => _cancellationToken; set => _cancellationToken = value; }

    public int MaxDegreeOfParallelism
    {
        get => _maxDegreeOfParallelism;
        set
        {
            if (value == 0 || value < -1)
                TaskThrow.OutOfRange("MaxDegreeOfParallelism");
            _maxDegreeOfParallelism = value;
        }
    }

    internal int Workers => _maxDegreeOfParallelism == -1 ? Environment.ProcessorCount : _maxDegreeOfParallelism;
}

public struct ParallelLoopResult
{
    internal bool _completed;
    internal long? _lowestBreakIteration;

    public bool IsCompleted => _completed;
    public long? LowestBreakIteration => _lowestBreakIteration;
}

public class ParallelLoopState
{
    internal readonly ParallelLoop _loop;
    internal long _iteration;

    internal ParallelLoopState(ParallelLoop loop) { _loop = loop; }

    public bool IsStopped => _loop.Stopped;
    public bool IsExceptional => _loop.HasFailed;
    public long? LowestBreakIteration => _loop.LowestBreak == long.MaxValue ? null : (long?)_loop.LowestBreak;
    public bool ShouldExitCurrentIteration => _loop.Stopped || _loop.HasFailed || _loop.LowestBreak < _iteration;

    public void Stop()
    {
        if (_loop.LowestBreak != long.MaxValue)
            TaskThrow.InvalidOperation("Stop was called after Break was called.");
        _loop.Stopped = true;
    }

    public void Break()
    {
        if (_loop.Stopped)
            TaskThrow.InvalidOperation("Break was called after Stop was called.");
        if (_iteration < _loop.LowestBreak)
            _loop.LowestBreak = _iteration;
    }
}

/// What the workers of one loop share.
internal abstract class ParallelLoop
{
    internal volatile bool Stopped;
    internal long LowestBreak = long.MaxValue;
    private List<Exception>? _errors;
    private readonly ParallelOptions _options;

    internal ParallelLoop(ParallelOptions options) { _options = options; }

    internal bool HasFailed => _errors != null;

    /// Runs iterations until there are no more; false when the loop must end early.
    protected abstract void Work();

    private static void WorkOf(object? loop) => ((ParallelLoop)loop!).WorkSafely();

    protected bool GoesOn => !Stopped && _errors == null && !_options.CancellationToken.IsCancellationRequested;

    private void WorkSafely()
    {
        try
        {
            Work();
        }
        catch (Exception error)
        {
            lock (this)
            {
                if (_errors == null)
                    _errors = new List<Exception>();
                _errors.Add(error);
            }
        }
    }

    internal ParallelLoopResult Run(long atMost)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        int workers = (int)Math.Min(_options.Workers, atMost);
        Task[] helpers = new Task[workers > 1 ? workers - 1 : 0];
        for (int i = 0; i < helpers.Length; i++)
            helpers[i] = Task.Factory.StartNew(WorkOf, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _options.TaskScheduler ?? TaskScheduler.Current);
        WorkSafely();
        for (int i = 0; i < helpers.Length; i++)
            helpers[i].Wait();
        if (_errors != null)
            throw new AggregateException(_errors);
        _options.CancellationToken.ThrowIfCancellationRequested();
        ParallelLoopResult result = default(ParallelLoopResult);
        result._completed = !Stopped && LowestBreak == long.MaxValue;
        if (LowestBreak != long.MaxValue)
            result._lowestBreakIteration = LowestBreak;
        return result;
    }
}

internal sealed class ParallelFor<TLocal> : ParallelLoop
{
    private long _next;
    private readonly long _end;
    private readonly Action<int>? _body;
    private readonly Action<long>? _longBody;
    private readonly Action<int, ParallelLoopState>? _stateBody;
    private readonly Func<int, ParallelLoopState, TLocal, TLocal>? _localBody;
    private readonly Func<TLocal>? _localInit;
    private readonly Action<TLocal>? _localFinally;

    internal ParallelFor(long from, long end, ParallelOptions options, Action<int>? body, Action<long>? longBody, Action<int, ParallelLoopState>? stateBody,
                         Func<TLocal>? localInit, Func<int, ParallelLoopState, TLocal, TLocal>? localBody, Action<TLocal>? localFinally) : base(options)
    {
        _next = from;
        _end = end;
        _body = body;
        _longBody = longBody;
        _stateBody = stateBody;
        _localInit = localInit;
        _localBody = localBody;
        _localFinally = localFinally;
    }

    protected override void Work()
    {
        ParallelLoopState state = new ParallelLoopState(this);
        TLocal local = _localInit != null ? _localInit() : default(TLocal)!;
        try
        {
            while (GoesOn)
            {
                long i = Interlocked.Increment(ref _next) - 1;
                if (i >= _end || i > LowestBreak)
                    return;
                state._iteration = i;
                if (_body != null)
                    _body((int)i);
                else if (_longBody != null)
                    _longBody(i);
                else if (_stateBody != null)
                    _stateBody((int)i, state);
                else
                    local = _localBody!((int)i, state, local);
            }
        }
        finally
        {
            if (_localFinally != null)
                _localFinally(local);
        }
    }
}

internal sealed class ParallelForEach<TSource, TLocal> : ParallelLoop
{
    private readonly IEnumerator<TSource> _source;
    private long _next;
    private readonly Action<TSource>? _body;
    private readonly Action<TSource, ParallelLoopState>? _stateBody;
    private readonly Action<TSource, ParallelLoopState, long>? _indexBody;
    private readonly Func<TLocal>? _localInit;
    private readonly Func<TSource, ParallelLoopState, TLocal, TLocal>? _localBody;
    private readonly Action<TLocal>? _localFinally;

    internal ParallelForEach(IEnumerator<TSource> source, ParallelOptions options, Action<TSource>? body, Action<TSource, ParallelLoopState>? stateBody,
                             Action<TSource, ParallelLoopState, long>? indexBody, Func<TLocal>? localInit,
                             Func<TSource, ParallelLoopState, TLocal, TLocal>? localBody, Action<TLocal>? localFinally) : base(options)
    {
        _source = source;
        _body = body;
        _stateBody = stateBody;
        _indexBody = indexBody;
        _localInit = localInit;
        _localBody = localBody;
        _localFinally = localFinally;
    }

    private bool TryNext(out TSource item, out long index)
    {
        lock (_source)
        {
            index = _next;
            if (index > LowestBreak || !_source.MoveNext())
            {
                item = default(TSource)!;
                return false;
            }
            _next++;
            item = _source.Current;
            return true;
        }
    }

    protected override void Work()
    {
        ParallelLoopState state = new ParallelLoopState(this);
        TLocal local = _localInit != null ? _localInit() : default(TLocal)!;
        try
        {
            TSource item;
            long index;
            while (GoesOn && TryNext(out item, out index))
            {
                state._iteration = index;
                if (_body != null)
                    _body(item);
                else if (_stateBody != null)
                    _stateBody(item, state);
                else if (_indexBody != null)
                    _indexBody(item, state, index);
                else
                    local = _localBody!(item, state, local);
            }
        }
        finally
        {
            if (_localFinally != null)
                _localFinally(local);
        }
    }
}

/// One asynchronous loop: its task, its workers, what went wrong.
internal abstract class AsyncLoop<T>
{
    private readonly Func<T, CancellationToken, ValueTask> _body;
    private readonly CancellationToken _external;
    private readonly CancellationTokenRegistration _registration;
    private readonly ExecutionContext? _context;
    private readonly TaskScheduler _scheduler;
    private int _workersLeft;
    private int _running = 1;
    private List<Exception>? _errors;
    internal readonly CancellationTokenSource Cancellation = new CancellationTokenSource();
    internal readonly TaskCompletionSource Completion = new TaskCompletionSource();

    internal AsyncLoop(Func<T, CancellationToken, ValueTask> body, int workers, TaskScheduler? scheduler, CancellationToken external)
    {
        _body = body;
        _workersLeft = workers < 0 ? Environment.ProcessorCount : workers;
        _scheduler = scheduler ?? TaskScheduler.Current;
        _external = external;
        _context = ExecutionContext.Capture();
        _registration = external.UnsafeRegister(CancelOf, this);
    }

    private static void CancelOf(object? loop) => ((AsyncLoop<T>)loop!).Cancellation.Cancel();

    /// The next element, in `Current`; one worker at a time asks.
    protected abstract ValueTask<bool> MoveNext();
    protected abstract T Current { get; }
    protected abstract ValueTask End();

    private readonly SemaphoreSlim _turn = new SemaphoreSlim(1, 1);

    internal void QueueWorker()
    {
        if (_workersLeft == 0)
            return;
        _workersLeft--;
        Interlocked.Increment(ref _running);
        if (_scheduler == TaskScheduler.Default)
            ThreadPool.UnsafeQueueUserWorkItem(WorkOf, this);
        else
            Task.Factory.StartNew(WorkOf, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
    }

    internal Task Start()
    {
        QueueWorker();
        Finish();       // the count started at one, for us
        return Completion.Task;
    }

    private static void WorkOf(object? loop)
    {
        AsyncLoop<T> self = (AsyncLoop<T>)loop!;
        if (self._context == null)
            self.Work();
        else
            ExecutionContext.Run(self._context, RunOf, self);
    }

    private static void RunOf(object? loop) => ((AsyncLoop<T>)loop!).Work();

    private async void Work()
    {
        bool hasQueued = false;
        try
        {
            while (!Cancellation.IsCancellationRequested)
            {
                T element;
                await _turn.WaitAsync(Cancellation.Token).ConfigureAwait(false);
                try
                {
                    if (!await MoveNext().ConfigureAwait(false))
                        break;
                    element = Current;
                }
                finally
                {
                    _turn.Release();
                }
                if (!hasQueued)
                {
                    hasQueued = true;
                    QueueWorker();
                }
                await _body(element, Cancellation.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            Record(error);
        }
        await LeaveAsync().ConfigureAwait(false);
    }

    private async ValueTask LeaveAsync()
    {
        if (Interlocked.Decrement(ref _running) != 0)
            return;
        try
        {
            await End().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Record(error);
        }
        Complete();
    }

    private void Finish()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            Complete();
    }

    private void Record(Exception error)
    {
        lock (Completion)
        {
            if (_errors == null)
                _errors = new List<Exception>();
            _errors.Add(error);
        }
        Cancellation.Cancel();
    }

    private bool OnlyCanceled()
    {
        for (int i = 0; _errors != null && i < _errors.Count; i++)
            if (!(_errors[i] is OperationCanceledException canceled) || (canceled.CancellationToken != _external && canceled.CancellationToken != Cancellation.Token))
                return false;
        return true;
    }

    private void Complete()
    {
        _registration.Dispose();
        if (_external.IsCancellationRequested && OnlyCanceled())
            Completion.TrySetCanceled(_external);
        else if (_errors == null)
            Completion.TrySetResult();
        else
            Completion.TrySetException(_errors);
    }
}

internal sealed class AsyncForEach<T> : AsyncLoop<T>
{
    private readonly IEnumerator<T> _source;

    internal AsyncForEach(IEnumerable<T> source, Func<T, CancellationToken, ValueTask> body, int workers, TaskScheduler? scheduler, CancellationToken external)
        : base(body, workers, scheduler, external) { _source = source.GetEnumerator(); }

    protected override ValueTask<bool> MoveNext() => new ValueTask<bool>(_source.MoveNext());
    protected override T Current => _source.Current;
    protected override ValueTask End() { _source.Dispose(); return default(ValueTask); }
}

internal sealed class AsyncForEachAsync<T> : AsyncLoop<T>
{
    private readonly IAsyncEnumerator<T> _source;

    internal AsyncForEachAsync(IAsyncEnumerable<T> source, Func<T, CancellationToken, ValueTask> body, int workers, TaskScheduler? scheduler, CancellationToken external)
        : base(body, workers, scheduler, external) { _source = source.GetAsyncEnumerator(Cancellation.Token); }

    protected override ValueTask<bool> MoveNext() => _source.MoveNextAsync();
    protected override T Current => _source.Current;
    protected override ValueTask End() => _source.DisposeAsync();
}

internal sealed class AsyncFor : AsyncLoop<int>
{
    private int _at;
    private readonly int _end;

    internal AsyncFor(int from, int end, Func<int, CancellationToken, ValueTask> body, int workers, TaskScheduler? scheduler, CancellationToken external)
        : base(body, workers, scheduler, external) { _at = from - 1; _end = end; }

    protected override ValueTask<bool> MoveNext() => new ValueTask<bool>(++_at < _end);
    protected override int Current => _at;
    protected override ValueTask End() => default(ValueTask);
}

public static class Parallel
{
    private static ParallelOptions Defaults => new ParallelOptions();

    public static ParallelLoopResult For(int fromInclusive, int toExclusive, Action<int> body) => For(fromInclusive, toExclusive, Defaults, body);

    public static ParallelLoopResult For(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Action<int> body)
    {
        ArgumentNullException.ThrowIfNull(body, "body");
        ArgumentNullException.ThrowIfNull(parallelOptions, "parallelOptions");
        return new ParallelFor<object>(fromInclusive, toExclusive, parallelOptions, body, null, null, null, null, null).Run((long)toExclusive - fromInclusive);
    }

    public static ParallelLoopResult For(long fromInclusive, long toExclusive, Action<long> body)
    {
        ArgumentNullException.ThrowIfNull(body, "body");
        return new ParallelFor<object>(fromInclusive, toExclusive, Defaults, null, body, null, null, null, null).Run(toExclusive - fromInclusive);
    }

    public static ParallelLoopResult For(int fromInclusive, int toExclusive, Action<int, ParallelLoopState> body) => For(fromInclusive, toExclusive, Defaults, body);

    public static ParallelLoopResult For(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Action<int, ParallelLoopState> body)
    {
        ArgumentNullException.ThrowIfNull(body, "body");
        ArgumentNullException.ThrowIfNull(parallelOptions, "parallelOptions");
        return new ParallelFor<object>(fromInclusive, toExclusive, parallelOptions, null, null, body, null, null, null).Run((long)toExclusive - fromInclusive);
    }

    public static ParallelLoopResult For<TLocal>(int fromInclusive, int toExclusive, Func<TLocal> localInit, Func<int, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally)
        => For(fromInclusive, toExclusive, Defaults, localInit, body, localFinally);

    public static ParallelLoopResult For<TLocal>(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Func<TLocal> localInit, Func<int, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally)
    {
        ArgumentNullException.ThrowIfNull(body, "body");
        ArgumentNullException.ThrowIfNull(localInit, "localInit");
        ArgumentNullException.ThrowIfNull(localFinally, "localFinally");
        ArgumentNullException.ThrowIfNull(parallelOptions, "parallelOptions");
        return new ParallelFor<TLocal>(fromInclusive, toExclusive, parallelOptions, null, null, null, localInit, body, localFinally).Run((long)toExclusive - fromInclusive);
    }

    public static ParallelLoopResult ForEach<TSource>(IEnumerable<TSource> source, Action<TSource> body) => ForEach(source, Defaults, body);

    public static ParallelLoopResult ForEach<TSource>(IEnumerable<TSource> source, ParallelOptions parallelOptions, Action<TSource> body)
    {
        Check(source, parallelOptions, body);
        using (IEnumerator<TSource> enumerator = source.GetEnumerator())
            return new ParallelForEach<TSource, object>(enumerator, parallelOptions, body, null, null, null, null, null).Run(Bound(source));
    }

    public static ParallelLoopResult ForEach<TSource>(IEnumerable<TSource> source, Action<TSource, ParallelLoopState> body) => ForEach(source, Defaults, body);

    public static ParallelLoopResult ForEach<TSource>(IEnumerable<TSource> source, ParallelOptions parallelOptions, Action<TSource, ParallelLoopState> body)
    {
        Check(source, parallelOptions, body);
        using (IEnumerator<TSource> enumerator = source.GetEnumerator())
            return new ParallelForEach<TSource, object>(enumerator, parallelOptions, null, body, null, null, null, null).Run(Bound(source));
    }

    public static ParallelLoopResult ForEach<TSource>(IEnumerable<TSource> source, Action<TSource, ParallelLoopState, long> body)
    {
        Check(source, Defaults, body);
        using (IEnumerator<TSource> enumerator = source.GetEnumerator())
            return new ParallelForEach<TSource, object>(enumerator, Defaults, null, null, body, null, null, null).Run(Bound(source));
    }

    public static ParallelLoopResult ForEach<TSource, TLocal>(IEnumerable<TSource> source, Func<TLocal> localInit, Func<TSource, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally)
        => ForEach(source, Defaults, localInit, body, localFinally);

    public static ParallelLoopResult ForEach<TSource, TLocal>(IEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TLocal> localInit, Func<TSource, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally)
    {
        Check(source, parallelOptions, body);
        ArgumentNullException.ThrowIfNull(localInit, "localInit");
        ArgumentNullException.ThrowIfNull(localFinally, "localFinally");
        using (IEnumerator<TSource> enumerator = source.GetEnumerator())
            return new ParallelForEach<TSource, TLocal>(enumerator, parallelOptions, null, null, null, localInit, body, localFinally).Run(Bound(source));
    }

    private static void Check(object? source, ParallelOptions? options, object? body)
    {
        ArgumentNullException.ThrowIfNull(source, "source");
        ArgumentNullException.ThrowIfNull(options, "parallelOptions");
        ArgumentNullException.ThrowIfNull(body, "body");
    }

    private static long Bound<TSource>(IEnumerable<TSource> source) => source is ICollection<TSource> known ? known.Count : long.MaxValue;

    public static void Invoke(params Action[] actions) => Invoke(Defaults, actions);

    public static void Invoke(ParallelOptions parallelOptions, params Action[] actions)
    {
        ArgumentNullException.ThrowIfNull(actions, "actions");
        ArgumentNullException.ThrowIfNull(parallelOptions, "parallelOptions");
        Action[] copy = new Action[actions.Length];
        for (int i = 0; i < actions.Length; i++)
        {
            if (actions[i] == null)
                TaskThrow.Argument("One of the actions was null.", "actions");
            copy[i] = actions[i];
        }
        parallelOptions.CancellationToken.ThrowIfCancellationRequested();
        List<Exception>? errors = null;
        Task[] rest = new Task[copy.Length > 1 ? copy.Length - 1 : 0];
        for (int i = 0; i < rest.Length; i++)
            rest[i] = Task.Factory.StartNew(copy[i + 1], CancellationToken.None, TaskCreationOptions.DenyChildAttach, parallelOptions.TaskScheduler ?? TaskScheduler.Current);
        if (copy.Length != 0)
            Try(copy[0], ref errors);
        for (int i = 0; i < rest.Length; i++)
            Try(rest[i], ref errors);
        if (errors != null)
            throw new AggregateException(errors);
    }

    private static void Try(Action action, ref List<Exception>? errors)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            if (errors == null)
                errors = new List<Exception>();
            errors.Add(error);
        }
    }

    private static void Try(Task task, ref List<Exception>? errors)
    {
        try
        {
            task.Wait();
        }
        catch (AggregateException error)
        {
            if (errors == null)
                errors = new List<Exception>();
            errors.AddRange(error.InnerExceptions);
        }
    }

    public static Task ForAsync(int fromInclusive, int toExclusive, Func<int, CancellationToken, ValueTask> body)
        => ForAsync(fromInclusive, toExclusive, Defaults, body);

    public static Task ForAsync(int fromInclusive, int toExclusive, CancellationToken cancellationToken, Func<int, CancellationToken, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(body, "body");
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return fromInclusive >= toExclusive ? Task.CompletedTask : new AsyncFor(fromInclusive, toExclusive, body, -1, TaskScheduler.Default, cancellationToken).Start();
    }

    public static Task ForAsync(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Func<int, CancellationToken, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(parallelOptions, "parallelOptions");
        ArgumentNullException.ThrowIfNull(body, "body");
        if (parallelOptions.CancellationToken.IsCancellationRequested)
            return Task.FromCanceled(parallelOptions.CancellationToken);
        if (fromInclusive >= toExclusive)
            return Task.CompletedTask;
        return new AsyncFor(fromInclusive, toExclusive, body, parallelOptions.MaxDegreeOfParallelism, parallelOptions.TaskScheduler, parallelOptions.CancellationToken).Start();
    }

    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask> body)
        => ForEachAsync(source, default(CancellationToken), body);

    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, CancellationToken cancellationToken, Func<TSource, CancellationToken, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(source, "source");
        ArgumentNullException.ThrowIfNull(body, "body");
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return new AsyncForEach<TSource>(source, body, -1, TaskScheduler.Default, cancellationToken).Start();
    }

    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TSource, CancellationToken, ValueTask> body)
    {
        Check(source, parallelOptions, body);
        if (parallelOptions.CancellationToken.IsCancellationRequested)
            return Task.FromCanceled(parallelOptions.CancellationToken);
        return new AsyncForEach<TSource>(source, body, parallelOptions.MaxDegreeOfParallelism, parallelOptions.TaskScheduler, parallelOptions.CancellationToken).Start();
    }

    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask> body)
        => ForEachAsync(source, default(CancellationToken), body);

    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, CancellationToken cancellationToken, Func<TSource, CancellationToken, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(source, "source");
        ArgumentNullException.ThrowIfNull(body, "body");
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        return new AsyncForEachAsync<TSource>(source, body, -1, TaskScheduler.Default, cancellationToken).Start();
    }

    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TSource, CancellationToken, ValueTask> body)
    {
        Check(source, parallelOptions, body);
        if (parallelOptions.CancellationToken.IsCancellationRequested)
            return Task.FromCanceled(parallelOptions.CancellationToken);
        return new AsyncForEachAsync<TSource>(source, body, parallelOptions.MaxDegreeOfParallelism, parallelOptions.TaskScheduler, parallelOptions.CancellationToken).Start();
    }
}
