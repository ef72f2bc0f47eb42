// A collection with blocking ends: one semaphore counts what is in it, a second one what still fits.
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace System.Collections.Concurrent;

public class BlockingCollection<T> : IEnumerable<T>, IReadOnlyCollection<T>, IDisposable
{
    private IProducerConsumerCollection<T> _collection;
    private int _boundedCapacity;
    private SemaphoreSlim? _freeNodes;
    private SemaphoreSlim _occupiedNodes;
    private bool _isDisposed;
    private CancellationTokenSource _consumersCancellationTokenSource;
    private CancellationTokenSource _producersCancellationTokenSource;
    private int _currentAdders;      // with the top bit set: adding is complete

    private const int Completed = unchecked((int)0x80000000);

    public BlockingCollection() : this(new ConcurrentQueue<T>()) { }
    public BlockingCollection(int boundedCapacity) : this(new ConcurrentQueue<T>(), boundedCapacity) { }

    public BlockingCollection(IProducerConsumerCollection<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        Start(collection, -1, CountOf(collection));
    }

    public BlockingCollection(IProducerConsumerCollection<T> collection, int boundedCapacity)
    {
        if (boundedCapacity < 1)
            throw new ArgumentOutOfRangeException("boundedCapacity", boundedCapacity, "The boundedCapacity argument must be positive.");
        ArgumentNullException.ThrowIfNull(collection, "collection");
        int count = CountOf(collection);
        if (count > boundedCapacity)
            TaskThrow.Argument("The collection argument contains more items than are allowed by the boundedCapacity.", "collection");
        Start(collection, boundedCapacity, count);
    }

    private static int CountOf(IProducerConsumerCollection<T> collection) => collection.ToArray().Length;

    [MemberNotNull("_collection", "_occupiedNodes", "_consumersCancellationTokenSource", "_producersCancellationTokenSource")]
    private void Start(IProducerConsumerCollection<T> collection, int boundedCapacity, int count)
    {
        _collection = collection;
        _boundedCapacity = boundedCapacity;
        _consumersCancellationTokenSource = new CancellationTokenSource();
        _producersCancellationTokenSource = new CancellationTokenSource();
        if (boundedCapacity != -1)
            _freeNodes = new SemaphoreSlim(boundedCapacity - count);
        _occupiedNodes = new SemaphoreSlim(count);
    }

    public int BoundedCapacity { get { CheckDisposed(); return _boundedCapacity; } }
    public bool IsAddingCompleted { get { CheckDisposed(); return _currentAdders == Completed; } }
    public bool IsCompleted { get { CheckDisposed(); return IsAddingCompleted && _occupiedNodes.CurrentCount == 0; } }
    public int Count { get { CheckDisposed(); return _occupiedNodes.CurrentCount; } }

    private void CheckDisposed()
    {
        if (_isDisposed)
            throw new ObjectDisposedException("BlockingCollection", "The collection has been disposed.");
    }

    public void Add(T item) => TryAddCore(item, -1, default(CancellationToken));
    public void Add(T item, CancellationToken cancellationToken) => TryAddCore(item, -1, cancellationToken);
    public bool TryAdd(T item) => TryAddCore(item, 0, default(CancellationToken));
    public bool TryAdd(T item, TimeSpan timeout) => TryAddCore(item, (int)timeout.TotalMilliseconds, default(CancellationToken));
    public bool TryAdd(T item, int millisecondsTimeout) => TryAddCore(item, millisecondsTimeout, default(CancellationToken));
    public bool TryAdd(T item, int millisecondsTimeout, CancellationToken cancellationToken) => TryAddCore(item, millisecondsTimeout, cancellationToken);

    private static void ThrowCompleted() => throw new InvalidOperationException("The collection has been marked as complete with regards to additions.");

    private bool TryAddCore(T item, int milliseconds, CancellationToken cancellationToken)
    {
        CheckDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        if (IsAddingCompleted)
            ThrowCompleted();
        if (_freeNodes != null && !WaitForRoom(milliseconds, cancellationToken))
            return false;
        if (!Enter())
            ThrowCompleted();
        try
        {
            if (!_collection.TryAdd(item))
                TaskThrow.InvalidOperation("The underlying collection didn't accept the item.");
            _occupiedNodes.Release();
        }
        finally
        {
            Interlocked.Decrement(ref _currentAdders);
        }
        return true;
    }

    private bool WaitForRoom(int milliseconds, CancellationToken cancellationToken)
    {
        if (_freeNodes!.Wait(0, default(CancellationToken)))
            return true;
        if (milliseconds == 0)
            return false;
        using (CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _producersCancellationTokenSource.Token))
        {
            try
            {
                return _freeNodes.Wait(milliseconds, linked.Token);
            }
            catch (OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested)
                    throw new OperationCanceledException("The operation was canceled.", cancellationToken);
                throw new InvalidOperationException("CompleteAdding may not be used concurrently with additions to the collection.");
            }
        }
    }

    /// Counts this thread as one that adds; false when adding is complete.
    private bool Enter()
    {
        while (true)
        {
            int adders = _currentAdders;
            if ((adders & Completed) != 0)
                return false;
            if (Interlocked.CompareExchange(ref _currentAdders, adders + 1, adders) == adders)
                return true;
        }
    }

    public void CompleteAdding()
    {
        CheckDisposed();
        while (true)
        {
            int adders = _currentAdders;
            if ((adders & Completed) != 0)
                break;
            if (Interlocked.CompareExchange(ref _currentAdders, adders | Completed, adders) != adders)
                continue;
            SpinWait spinner = default(SpinWait);
            while (_currentAdders != Completed)
                spinner.SpinOnce();
            if (_occupiedNodes.CurrentCount == 0)
                _consumersCancellationTokenSource.Cancel();
            _producersCancellationTokenSource.Cancel();
            return;
        }
    }

    public T Take() => Take(default(CancellationToken));

    public T Take(CancellationToken cancellationToken)
    {
        T? item;
        if (!TryTakeCore(out item, -1, cancellationToken))
            TaskThrow.InvalidOperation("The collection argument is empty and has been marked as complete with regards to additions.");
        return item!;
    }

    public bool TryTake([MaybeNullWhen(false)] out T item) => TryTakeCore(out item, 0, default(CancellationToken));
    public bool TryTake([MaybeNullWhen(false)] out T item, TimeSpan timeout) => TryTakeCore(out item, (int)timeout.TotalMilliseconds, default(CancellationToken));
    public bool TryTake([MaybeNullWhen(false)] out T item, int millisecondsTimeout) => TryTakeCore(out item, millisecondsTimeout, default(CancellationToken));
    public bool TryTake([MaybeNullWhen(false)] out T item, int millisecondsTimeout, CancellationToken cancellationToken) => TryTakeCore(out item, millisecondsTimeout, cancellationToken);

    private bool TryTakeCore([MaybeNullWhen(false)] out T item, int milliseconds, CancellationToken cancellationToken)
    {
        CheckDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        item = default(T);
        if (IsCompleted || !WaitForItem(milliseconds, cancellationToken))
            return false;
        if (!_collection.TryTake(out item))
            TaskThrow.InvalidOperation("The underlying collection was modified from outside of the BlockingCollection<T>.");
        if (_freeNodes != null)
            _freeNodes.Release();
        if (IsCompleted)
            _consumersCancellationTokenSource.Cancel();
        return true;
    }

    private bool WaitForItem(int milliseconds, CancellationToken cancellationToken)
    {
        if (_occupiedNodes.Wait(0, default(CancellationToken)))
            return true;
        if (milliseconds == 0)
            return false;
        using (CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _consumersCancellationTokenSource.Token))
        {
            try
            {
                return _occupiedNodes.Wait(milliseconds, linked.Token);
            }
            catch (OperationCanceledException)
            {
                if (cancellationToken.IsCancellationRequested)
                    throw new OperationCanceledException("The operation was canceled.", cancellationToken);
                return false;       // complete, and nothing is left
            }
        }
    }

    public IEnumerable<T> GetConsumingEnumerable() => GetConsumingEnumerable(default(CancellationToken));

    public IEnumerable<T> GetConsumingEnumerable(CancellationToken cancellationToken)
    {
        CheckDisposed();
        return new Consuming(this, cancellationToken);
    }

    private sealed class Consuming : IEnumerable<T>, IEnumerator<T>
    {
        private readonly BlockingCollection<T> _source;
        private readonly CancellationToken _cancellationToken;
        private T? _current;

        internal Consuming(BlockingCollection<T> source, CancellationToken cancellationToken)
        {
            _source = source;
            _cancellationToken = cancellationToken;
        }

        public T Current => _current!;
        object? IEnumerator.Current => _current;
        public IEnumerator<T> GetEnumerator() => new Consuming(_source, _cancellationToken);
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        public bool MoveNext() => !_source.IsCompleted && _source.TryTake(out _current, -1, _cancellationToken);
        public void Reset() { }
        public void Dispose() { }
    }

    public T[] ToArray() { CheckDisposed(); return _collection.ToArray(); }
    public void CopyTo(T[] array, int index) { CheckDisposed(); Array.Copy(_collection.ToArray(), 0, array, index, Count); }
    IEnumerator<T> IEnumerable<T>.GetEnumerator() { CheckDisposed(); return _collection.GetEnumerator(); }
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (_freeNodes != null)
            _freeNodes.Dispose();
        _occupiedNodes.Dispose();
        _isDisposed = true;
    }

    public static int AddToAny(BlockingCollection<T>[] collections, T item)
    {
        for (int i = 0; i < collections.Length; i++)
            if (collections[i].TryAdd(item))
                return i;
        collections[0].Add(item);
        return 0;
    }

    public static int TakeFromAny(BlockingCollection<T>[] collections, out T? item)
    {
        SpinWait spinner = default(SpinWait);
        while (true)
        {
            for (int i = 0; i < collections.Length; i++)
                if (collections[i].TryTake(out item))
                    return i;
            spinner.SpinOnce();
        }
    }
}
