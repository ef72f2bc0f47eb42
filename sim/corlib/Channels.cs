// System.Threading.Channels: bounded and unbounded channels. One class has what both do; they differ in where the items are.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Threading.Channels;

public class ChannelClosedException : InvalidOperationException
{
    private const string Text = "The channel has been closed.";

    public ChannelClosedException() : base(Text) { }
    public ChannelClosedException(string? message) : base(message ?? Text) { }
    public ChannelClosedException(Exception? innerException) : base(Text, innerException) { }
    public ChannelClosedException(string? message, Exception? innerException) : base(message ?? Text, innerException) { }
}

public enum BoundedChannelFullMode { Wait, DropNewest, DropOldest, DropWrite }

public abstract class ChannelOptions
{
    public bool SingleWriter { get; set; }
    public bool SingleReader { get; set; }
    public bool AllowSynchronousContinuations { get; set; }
}

public sealed class UnboundedChannelOptions : ChannelOptions { }

public sealed class BoundedChannelOptions : ChannelOptions
{
    private int _capacity;
    private BoundedChannelFullMode _mode;

    public BoundedChannelOptions(int capacity) { Capacity = capacity; }

    public int Capacity
    {
        get => _capacity;
        set
        {
            if (value < 1)
                TaskThrow.OutOfRange("value");
            _capacity = value;
        }
    }

    public BoundedChannelFullMode FullMode
    {
        get => _mode;
        set
        {
            if (value < BoundedChannelFullMode.Wait || value > BoundedChannelFullMode.DropWrite)
                TaskThrow.OutOfRange("value");
            _mode = value;
        }
    }
}

public abstract class Channel<TWrite, TRead>
{
    public ChannelReader<TRead> Reader { get; protected set; } = null!;
    public ChannelWriter<TWrite> Writer { get; protected set; } = null!;

    public static implicit operator ChannelReader<TRead>(Channel<TWrite, TRead> channel) => channel.Reader;
    public static implicit operator ChannelWriter<TWrite>(Channel<TWrite, TRead> channel) => channel.Writer;
}

public abstract class Channel<T> : Channel<T, T> { }

public static class Channel
{
    public static Channel<T> CreateUnbounded<T>() => new UnboundedChannel<T>(true, false);

    public static Channel<T> CreateUnbounded<T>(UnboundedChannelOptions options)
    {
        if (options == null)
            TaskThrow.Null("options");
        return new UnboundedChannel<T>(!options!.AllowSynchronousContinuations, options.SingleReader);
    }

    public static Channel<T> CreateBounded<T>(int capacity)
    {
        if (capacity < 1)
            TaskThrow.OutOfRange("capacity");
        return new BoundedChannel<T>(capacity, BoundedChannelFullMode.Wait, true, null);
    }

    public static Channel<T> CreateBounded<T>(BoundedChannelOptions options) => CreateBounded<T>(options, null);

    public static Channel<T> CreateBounded<T>(BoundedChannelOptions options, Action<T>? itemDropped)
    {
        if (options == null)
            TaskThrow.Null("options");
        return new BoundedChannel<T>(options!.Capacity, options.FullMode, !options.AllowSynchronousContinuations, itemDropped);
    }
}

public abstract class ChannelReader<T>
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    public virtual Task Completion => s_never;
    public virtual bool CanCount => false;
    public virtual bool CanPeek => false;
    public virtual int Count => throw new NotSupportedException();

    public abstract bool TryRead(out T item);

    public virtual bool TryPeek(out T item)
    {
        item = default(T)!;
        return false;
    }

    public ValueTask<bool> WaitToReadAsync() => WaitToReadAsync(default(CancellationToken));
    public abstract ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken);

    public ValueTask<T> ReadAsync() => ReadAsync(default(CancellationToken));

    public virtual ValueTask<T> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        T item;
        try
        {
            if (TryRead(out item))
                return new ValueTask<T>(item);
        }
        catch (Exception e) when (!(e is ChannelClosedException) && !(e is OperationCanceledException))
        {
            return ValueTask.FromException<T>(e);
        }
        return ReadSlow(cancellationToken);
    }

    private async ValueTask<T> ReadSlow(CancellationToken cancellationToken)
    {
        while (await WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            T item;
            if (TryRead(out item))
                return item;
        }
        throw new ChannelClosedException();
    }

    public IAsyncEnumerable<T> ReadAllAsync() => ReadAllAsync(default(CancellationToken));
    public virtual IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken) => new AllItems(this, cancellationToken);

    private sealed class AllItems : IAsyncEnumerable<T>, IAsyncEnumerator<T>
    {
        private readonly ChannelReader<T> _reader;
        private CancellationToken _token;
        private bool _used;
        private T _current;

        internal AllItems(ChannelReader<T> reader, CancellationToken token)
        {
            _reader = reader;
            _token = token;
            _current = default(T)!;
        }

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken)
        {
            AllItems items = _used ? new AllItems(_reader, _token) : this;
            items._used = true;
            if (cancellationToken.CanBeCanceled)
                items._token = items._token.CanBeCanceled && items._token != cancellationToken
                    ? CancellationTokenSource.CreateLinkedTokenSource(items._token, cancellationToken).Token : cancellationToken;
            return items;
        }

        public T Current => _current;
        public ValueTask<bool> MoveNextAsync() => _reader.TryRead(out _current) ? new ValueTask<bool>(true) : MoveNextSlow();

        private async ValueTask<bool> MoveNextSlow()
        {
            while (await _reader.WaitToReadAsync(_token).ConfigureAwait(false))
            {
                if (_reader.TryRead(out _current))
                    return true;
            }
            return false;
        }

        public ValueTask DisposeAsync() => default(ValueTask);
    }
}

public abstract class ChannelWriter<T>
{
    public virtual bool TryComplete() => TryComplete(null);
    public virtual bool TryComplete(Exception? error) => false;
    public abstract bool TryWrite(T item);
    public ValueTask<bool> WaitToWriteAsync() => WaitToWriteAsync(default(CancellationToken));
    public abstract ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken);
    public ValueTask WriteAsync(T item) => WriteAsync(item, default(CancellationToken));

    public virtual ValueTask WriteAsync(T item, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return TryWrite(item) ? default(ValueTask) : WriteSlow(item, cancellationToken);
    }

    private async ValueTask WriteSlow(T item, CancellationToken cancellationToken)
    {
        while (await WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            if (TryWrite(item))
                return;
        }
        throw new ChannelClosedException();
    }

    public void Complete() => Complete(null);

    public void Complete(Exception? error)
    {
        if (!TryComplete(error))
            throw new ChannelClosedException();
    }
}

/// UnboundedChannel and BoundedChannel. Operations are completed after the lock has been left.
internal abstract class QueueChannel<T> : Channel<T>
{
    private static readonly Exception s_doneWritingSentinel = new Exception("done writing");

    private readonly TaskCompletionSource _completion;
    private BlockedReadAsyncOperation<T>? _blockedReadersHead;
    private WaitingReadAsyncOperation? _waitingReadersHead;
    private Exception? _doneWriting;
    private Action<object?, CancellationToken>? _cancellationCallback;
    private readonly bool _runContinuationsAsynchronously;

    protected QueueChannel(bool runContinuationsAsynchronously)
    {
        _runContinuationsAsynchronously = runContinuationsAsynchronously;
        _completion = new TaskCompletionSource(runContinuationsAsynchronously ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
    }

    protected void Start(ChannelWriter<T> writer)
    {
        Reader = new QueueChannelReader(this);
        Writer = writer;
    }

    private Action<object?, CancellationToken> CancellationCallback => _cancellationCallback ?? (_cancellationCallback = OnCanceled);

    // ---- the items, with the lock held ---------------------------------------------------------------------------------

    protected abstract int ItemCount { get; }
    protected abstract bool HasRoom { get; }
    protected abstract bool KnowsCount { get; }
    protected abstract BoundedChannelFullMode Mode { get; }
    protected abstract Action<T>? ItemDropped { get; }
    protected abstract void PushTail(T item);
    protected abstract T PopHead();
    protected abstract T PopTail();
    protected abstract T PeekHead();
    protected abstract ref BlockedWriteAsyncOperation<T>? BlockedWriters { get; }
    protected abstract ref WaitingWriteAsyncOperation? WaitingWriters { get; }

    private object SyncObj => _completion;

    private void OnCanceled(object? state, CancellationToken token)
    {
        AsyncOperation op = (AsyncOperation)state!;
        Monitor.Enter(SyncObj);
        if (op is BlockedReadAsyncOperation<T> blockedRead)
            AsyncOperation<BlockedReadAsyncOperation<T>>.Remove(ref _blockedReadersHead, blockedRead);
        else if (op is BlockedWriteAsyncOperation<T> blockedWrite)
            AsyncOperation<BlockedWriteAsyncOperation<T>>.Remove(ref BlockedWriters, blockedWrite);
        else if (op is WaitingReadAsyncOperation waitingRead)
            AsyncOperation<WaitingReadAsyncOperation>.Remove(ref _waitingReadersHead, waitingRead);
        else if (op is WaitingWriteAsyncOperation waitingWrite)
            AsyncOperation<WaitingWriteAsyncOperation>.Remove(ref WaitingWriters, waitingWrite);
        Monitor.Exit(SyncObj);
        op.TrySetCanceled(token);
    }

    // ---- completing operations, without the lock ----------------------------------------------------------------------

    private static void Wake(WaitingReadAsyncOperation? chain, bool result, Exception? error)
    {
        while (chain != null)
        {
            WaitingReadAsyncOperation op = chain;
            chain = op.Next;
            op.Next = null;
            if (error != null)
                op.DangerousSetException(error);
            else
                op.DangerousSetResult(result);
        }
    }

    private static void Wake(WaitingWriteAsyncOperation? chain, bool result, Exception? error)
    {
        while (chain != null)
        {
            WaitingWriteAsyncOperation op = chain;
            chain = op.Next;
            op.Next = null;
            if (error != null)
                op.DangerousSetException(error);
            else
                op.DangerousSetResult(result);
        }
    }

    private static Exception Closed(Exception? inner)
    {
        if ((object?)inner == (object)s_doneWritingSentinel)
            inner = null;
        return inner is OperationCanceledException ? inner : new ChannelClosedException(inner);
    }

    private Exception? Failure => (object?)_doneWriting == (object)s_doneWritingSentinel ? null : _doneWriting;

    private void CompleteIfDone()
    {
        if (_doneWriting == null || ItemCount != 0)
            return;
        Exception? failure = Failure;
        if (failure == null)
            _completion.TrySetResult();
        else if (failure is OperationCanceledException oce)
            _completion.TrySetCanceled(oce.CancellationToken);
        else
            _completion.TrySetException(failure);
    }

    // ---- reading ------------------------------------------------------------------------------------------------------

    /// Takes one item; what a blocked or waiting writer gets out of it is completed by FinishRead.
    private T TakeLocked(out BlockedWriteAsyncOperation<T>? writer, out WaitingWriteAsyncOperation? waiting)
    {
        T item = PopHead();
        writer = null;
        waiting = null;
        if (_doneWriting == null)
        {
            writer = AsyncOperation<BlockedWriteAsyncOperation<T>>.DequeueReserved(ref BlockedWriters);
            if (writer != null)
            {
                PushTail(writer.Item!);
                writer.Item = default(T);
            }
            else
            {
                waiting = AsyncOperation<WaitingWriteAsyncOperation>.TakeAll(ref WaitingWriters);
            }
        }
        return item;
    }

    private void FinishRead(BlockedWriteAsyncOperation<T>? writer, WaitingWriteAsyncOperation? waiting)
    {
        if (writer != null)
            writer.DangerousSetResult(default(VoidResult));
        Wake(waiting, true, null);
        CompleteIfDone();
    }

    private sealed class QueueChannelReader : ChannelReader<T>
    {
        private readonly QueueChannel<T> _parent;
        private readonly BlockedReadAsyncOperation<T> _readerSingleton;
        private readonly WaitingReadAsyncOperation _waiterSingleton;

        internal QueueChannelReader(QueueChannel<T> parent)
        {
            _parent = parent;
            _readerSingleton = new BlockedReadAsyncOperation<T>(parent._runContinuationsAsynchronously, default(CancellationToken), true, null);
            _waiterSingleton = new WaitingReadAsyncOperation(parent._runContinuationsAsynchronously, default(CancellationToken), true, null);
        }

        public override Task Completion => _parent._completion.Task;
        public override bool CanCount => _parent.KnowsCount;
        public override bool CanPeek => true;
        public override int Count => _parent.KnowsCount ? _parent.ItemCount : base.Count;

        public override bool TryRead(out T item)
        {
            QueueChannel<T> c = _parent;
            BlockedWriteAsyncOperation<T>? writer;
            WaitingWriteAsyncOperation? waiting;
            Monitor.Enter(c.SyncObj);
            if (c.ItemCount == 0)
            {
                Monitor.Exit(c.SyncObj);
                item = default(T)!;
                return false;
            }
            item = c.TakeLocked(out writer, out waiting);
            Monitor.Exit(c.SyncObj);
            c.FinishRead(writer, waiting);
            return true;
        }

        public override bool TryPeek(out T item)
        {
            QueueChannel<T> c = _parent;
            Monitor.Enter(c.SyncObj);
            bool found = c.ItemCount != 0;
            item = found ? c.PeekHead() : default(T)!;
            Monitor.Exit(c.SyncObj);
            return found;
        }

        public override ValueTask<T> ReadAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<T>(cancellationToken);
            QueueChannel<T> c = _parent;
            T item;
            BlockedWriteAsyncOperation<T>? writer;
            WaitingWriteAsyncOperation? waiting;
            Monitor.Enter(c.SyncObj);
            try
            {
                if (c.ItemCount == 0)
                {
                    if (c._doneWriting != null)
                        return ValueTask.FromException<T>(Closed(c._doneWriting));
                    BlockedReadAsyncOperation<T> reader = !cancellationToken.CanBeCanceled && _readerSingleton.TryOwnAndReset() ? _readerSingleton
                        : new BlockedReadAsyncOperation<T>(c._runContinuationsAsynchronously, cancellationToken, false, cancellationToken.CanBeCanceled ? c.CancellationCallback : null);
                    AsyncOperation<BlockedReadAsyncOperation<T>>.Enqueue(ref c._blockedReadersHead, reader);
                    return reader.ValueTaskOfT;
                }
                item = c.TakeLocked(out writer, out waiting);
            }
            finally
            {
                Monitor.Exit(c.SyncObj);
            }
            c.FinishRead(writer, waiting);
            return new ValueTask<T>(item);
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(cancellationToken);
            QueueChannel<T> c = _parent;
            Monitor.Enter(c.SyncObj);
            try
            {
                if (c.ItemCount != 0)
                    return new ValueTask<bool>(true);
                if (c._doneWriting != null)
                    return c.Failure == null ? new ValueTask<bool>(false) : ValueTask.FromException<bool>(c.Failure);
                WaitingReadAsyncOperation waiter = !cancellationToken.CanBeCanceled && _waiterSingleton.TryOwnAndReset() ? _waiterSingleton
                    : new WaitingReadAsyncOperation(c._runContinuationsAsynchronously, cancellationToken, false, cancellationToken.CanBeCanceled ? c.CancellationCallback : null);
                AsyncOperation<WaitingReadAsyncOperation>.Enqueue(ref c._waitingReadersHead, waiter);
                return waiter.ValueTaskOfT;
            }
            finally
            {
                Monitor.Exit(c.SyncObj);
            }
        }
    }

    // ---- writing ------------------------------------------------------------------------------------------------------

    private const int Refused = 0, Taken = 1, Handed = 2, DroppedOne = 3;

    /// Refused: closed, or full and the mode is Wait. Handed: `reader` gets the item.
    private int OfferLocked(T item, out BlockedReadAsyncOperation<T>? reader, out WaitingReadAsyncOperation? waiting, out T dropped)
    {
        reader = null;
        waiting = null;
        dropped = default(T)!;
        if (_doneWriting != null)
            return Refused;
        if (ItemCount == 0)
        {
            reader = AsyncOperation<BlockedReadAsyncOperation<T>>.DequeueReserved(ref _blockedReadersHead);
            if (reader != null)
                return Handed;
        }
        if (HasRoom)
        {
            PushTail(item);
            waiting = AsyncOperation<WaitingReadAsyncOperation>.TakeAll(ref _waitingReadersHead);
            return Taken;
        }
        if (Mode == BoundedChannelFullMode.Wait)
            return Refused;
        if (Mode == BoundedChannelFullMode.DropWrite)
        {
            dropped = item;
            return DroppedOne;
        }
        dropped = Mode == BoundedChannelFullMode.DropNewest ? PopTail() : PopHead();
        PushTail(item);
        return DroppedOne;
    }

    private void FinishWrite(int outcome, T item, BlockedReadAsyncOperation<T>? reader, WaitingReadAsyncOperation? waiting, T dropped)
    {
        if (outcome == Handed)
            reader!.DangerousSetResult(item);
        else if (outcome == DroppedOne && ItemDropped != null)
            ItemDropped(dropped);
        Wake(waiting, true, null);
    }

    /// Of a channel without a bound: nothing ever waits.
    protected class QueueChannelWriter : ChannelWriter<T>
    {
        private readonly QueueChannel<T> _parent;

        internal QueueChannelWriter(QueueChannel<T> parent) { _parent = parent; }

        protected virtual BlockedWriteAsyncOperation<T>? WriterSingleton => null;
        protected virtual WaitingWriteAsyncOperation? WaiterSingleton => null;

        public override bool TryWrite(T item)
        {
            QueueChannel<T> c = _parent;
            BlockedReadAsyncOperation<T>? reader;
            WaitingReadAsyncOperation? waiting;
            T dropped;
            Monitor.Enter(c.SyncObj);
            int outcome = c.OfferLocked(item, out reader, out waiting, out dropped);
            Monitor.Exit(c.SyncObj);
            if (outcome == Refused)
                return false;
            c.FinishWrite(outcome, item, reader, waiting, dropped);
            return true;
        }

        public override ValueTask WriteAsync(T item, CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled(cancellationToken);
            QueueChannel<T> c = _parent;
            BlockedReadAsyncOperation<T>? reader;
            WaitingReadAsyncOperation? waiting;
            T dropped;
            int outcome;
            Monitor.Enter(c.SyncObj);
            try
            {
                outcome = c.OfferLocked(item, out reader, out waiting, out dropped);
                if (outcome == Refused)
                {
                    if (c._doneWriting != null)
                        return ValueTask.FromException(Closed(c._doneWriting));
                    BlockedWriteAsyncOperation<T> writer = !cancellationToken.CanBeCanceled && WriterSingleton!.TryOwnAndReset() ? WriterSingleton
                        : new BlockedWriteAsyncOperation<T>(true, cancellationToken, false, cancellationToken.CanBeCanceled ? c.CancellationCallback : null);
                    writer.Item = item;
                    AsyncOperation<BlockedWriteAsyncOperation<T>>.Enqueue(ref c.BlockedWriters, writer);
                    return writer.ValueTask;
                }
            }
            finally
            {
                Monitor.Exit(c.SyncObj);
            }
            c.FinishWrite(outcome, item, reader, waiting, dropped);
            return default(ValueTask);
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled<bool>(cancellationToken);
            QueueChannel<T> c = _parent;
            Monitor.Enter(c.SyncObj);
            try
            {
                if (c._doneWriting != null)
                    return c.Failure == null ? new ValueTask<bool>(false) : ValueTask.FromException<bool>(c.Failure);
                if (c.HasRoom || c.Mode != BoundedChannelFullMode.Wait)
                    return new ValueTask<bool>(true);
                WaitingWriteAsyncOperation waiter = !cancellationToken.CanBeCanceled && WaiterSingleton!.TryOwnAndReset() ? WaiterSingleton
                    : new WaitingWriteAsyncOperation(true, cancellationToken, false, cancellationToken.CanBeCanceled ? c.CancellationCallback : null);
                AsyncOperation<WaitingWriteAsyncOperation>.Enqueue(ref c.WaitingWriters, waiter);
                return waiter.ValueTaskOfT;
            }
            finally
            {
                Monitor.Exit(c.SyncObj);
            }
        }

        public override bool TryComplete(Exception? error)
        {
            QueueChannel<T> c = _parent;
            Monitor.Enter(c.SyncObj);
            if (c._doneWriting != null)
            {
                Monitor.Exit(c.SyncObj);
                return false;
            }
            c._doneWriting = error ?? s_doneWritingSentinel;
            BlockedReadAsyncOperation<T>? readers = AsyncOperation<BlockedReadAsyncOperation<T>>.TakeAll(ref c._blockedReadersHead);
            BlockedWriteAsyncOperation<T>? writers = AsyncOperation<BlockedWriteAsyncOperation<T>>.TakeAll(ref c.BlockedWriters);
            WaitingReadAsyncOperation? waitingReaders = AsyncOperation<WaitingReadAsyncOperation>.TakeAll(ref c._waitingReadersHead);
            WaitingWriteAsyncOperation? waitingWriters = AsyncOperation<WaitingWriteAsyncOperation>.TakeAll(ref c.WaitingWriters);
            Monitor.Exit(c.SyncObj);
            c.CompleteIfDone();
            while (readers != null)
            {
                BlockedReadAsyncOperation<T> op = readers;
                readers = op.Next;
                op.Next = null;
                op.DangerousSetException(Closed(error));
            }
            while (writers != null)
            {
                BlockedWriteAsyncOperation<T> op = writers;
                writers = op.Next;
                op.Next = null;
                op.DangerousSetException(Closed(error));
            }
            Wake(waitingReaders, false, error);
            Wake(waitingWriters, false, error);
            return true;
        }
    }
}

internal sealed class UnboundedChannel<T> : QueueChannel<T>
{
    private readonly ConcurrentQueue<T> _items = new ConcurrentQueue<T>();
    private readonly bool _isSingleReader; // such a channel does not know its count

    private static BlockedWriteAsyncOperation<T>? s_noBlockedWriters;
    private static WaitingWriteAsyncOperation? s_noWaitingWriters;

    internal UnboundedChannel(bool runContinuationsAsynchronously, bool isSingleReader) : base(runContinuationsAsynchronously)
    {
        _isSingleReader = isSingleReader;
        Start(new QueueChannelWriter(this));
    }

    protected override int ItemCount => _items.Count;
    protected override bool HasRoom => true;
    protected override bool KnowsCount => !_isSingleReader;
    protected override BoundedChannelFullMode Mode => BoundedChannelFullMode.Wait;
    protected override Action<T>? ItemDropped => null;
    protected override void PushTail(T item) => _items.Enqueue(item);
    protected override T PopTail() => PopHead();        // never called: it is never full
    protected override ref BlockedWriteAsyncOperation<T>? BlockedWriters => ref s_noBlockedWriters;
    protected override ref WaitingWriteAsyncOperation? WaitingWriters => ref s_noWaitingWriters;

    protected override T PopHead()
    {
        T? item;
        _items.TryDequeue(out item);
        return item!;
    }

    protected override T PeekHead()
    {
        T? item;
        _items.TryPeek(out item);
        return item!;
    }
}

/// A ring that grows.
internal sealed class Deque<T>
{
    private T[] _array = Array.Empty<T>();
    private int _head, _tail, _size;

    internal int Count => _size;

    internal void EnqueueTail(T item)
    {
        if (_size == _array.Length)
            Grow();
        _array[_tail] = item;
        _tail = _tail + 1 == _array.Length ? 0 : _tail + 1;
        _size++;
    }

    private void Grow()
    {
        T[] bigger = new T[_array.Length == 0 ? 4 : _array.Length * 2];
        for (int i = 0; i < _size; i++)
            bigger[i] = _array[(_head + i) % _array.Length];
        _array = bigger;
        _head = 0;
        _tail = _size;
    }

    internal T PeekHead() => _array[_head];

    internal T DequeueHead()
    {
        T item = _array[_head];
        _array[_head] = default(T)!;
        _head = _head + 1 == _array.Length ? 0 : _head + 1;
        _size--;
        return item;
    }

    internal T DequeueTail()
    {
        _tail = _tail == 0 ? _array.Length - 1 : _tail - 1;
        T item = _array[_tail];
        _array[_tail] = default(T)!;
        _size--;
        return item;
    }
}

internal sealed class BoundedChannel<T> : QueueChannel<T>
{
    private readonly BoundedChannelFullMode _mode;
    private readonly int _bufferedCapacity;
    private readonly Action<T>? _itemDropped;
    private readonly Deque<T> _items = new Deque<T>();
    private BlockedWriteAsyncOperation<T>? _blockedWritersHead;
    private WaitingWriteAsyncOperation? _waitingWritersHead;

    internal BoundedChannel(int capacity, BoundedChannelFullMode mode, bool runContinuationsAsynchronously, Action<T>? itemDropped) : base(runContinuationsAsynchronously)
    {
        _bufferedCapacity = capacity;
        _mode = mode;
        _itemDropped = itemDropped;
        Start(new BoundedChannelWriter(this));
    }

    protected override int ItemCount => _items.Count;
    protected override bool HasRoom => _items.Count < _bufferedCapacity;
    protected override bool KnowsCount => true;
    protected override BoundedChannelFullMode Mode => _mode;
    protected override Action<T>? ItemDropped => _itemDropped;
    protected override void PushTail(T item) => _items.EnqueueTail(item);
    protected override T PopHead() => _items.DequeueHead();
    protected override T PopTail() => _items.DequeueTail();
    protected override T PeekHead() => _items.PeekHead();
    protected override ref BlockedWriteAsyncOperation<T>? BlockedWriters => ref _blockedWritersHead;
    protected override ref WaitingWriteAsyncOperation? WaitingWriters => ref _waitingWritersHead;

    private sealed class BoundedChannelWriter : QueueChannelWriter
    {
        private readonly BlockedWriteAsyncOperation<T> _writerSingleton = new BlockedWriteAsyncOperation<T>(true, default(CancellationToken), true, null);
        private readonly WaitingWriteAsyncOperation _waiterSingleton = new WaitingWriteAsyncOperation(true, default(CancellationToken), true, null);

        internal BoundedChannelWriter(QueueChannel<T> parent) : base(parent) { }

        protected override BlockedWriteAsyncOperation<T>? WriterSingleton => _writerSingleton;
        protected override WaitingWriteAsyncOperation? WaiterSingleton => _waiterSingleton;
    }
}
