// ConcurrentDictionary, ConcurrentQueue and ConcurrentStack: the same tables, segments and nodes as .NET's, because their sizes show
// in allocations and their buckets in the order of enumeration. What .NET does without locks is done here under one. ConcurrentBag is
// simpler than .NET's.
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace System.Collections.Concurrent;

public interface IProducerConsumerCollection<T> : IEnumerable<T>
{
    bool TryAdd(T item);
    bool TryTake([MaybeNullWhen(false)] out T item);
    T[] ToArray();
}

public class ConcurrentDictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private volatile Tables _tables;
    private int _budget;                    // nodes per lock before the table grows
    private readonly int _initialCapacity;
    private readonly bool _growLockArray;
    private readonly byte _hashing;         // which hash of a string: see HashOf

    private const int DefaultCapacity = 31;
    private const int MaxLocks = 1024;
    private const byte AnyHash = 0, OrdinalHash = 1, IgnoreCaseHash = 2;

    private sealed class Node
    {
        internal readonly TKey _key;
        internal TValue _value;
        internal volatile Node? _next;
        internal readonly int _hashcode;

        internal Node(TKey key, TValue value, int hashcode, Node? next)
        {
            _key = key;
            _value = value;
            _next = next;
            _hashcode = hashcode;
        }
    }

    private sealed class Tables
    {
        internal readonly IEqualityComparer<TKey>? _comparer;
        internal readonly Node?[] _buckets;
        internal readonly ulong _fastModBucketsMultiplier;
        internal readonly object[] _locks;
        internal readonly int[] _countPerLock;

        internal Tables(Node?[] buckets, object[] locks, int[] countPerLock, IEqualityComparer<TKey>? comparer)
        {
            _buckets = buckets;
            _locks = locks;
            _countPerLock = countPerLock;
            _comparer = comparer;
            _fastModBucketsMultiplier = HashHelpers.Multiplier((uint)buckets.Length);
        }

        internal int Bucket(int hashcode) => (int)HashHelpers.Mod((uint)hashcode, (uint)_buckets.Length, _fastModBucketsMultiplier);
    }

    public ConcurrentDictionary() : this(Environment.ProcessorCount, DefaultCapacity, true, null) { }
    public ConcurrentDictionary(int concurrencyLevel, int capacity) : this(concurrencyLevel, capacity, false, null) { }
    public ConcurrentDictionary(IEqualityComparer<TKey>? comparer) : this(Environment.ProcessorCount, DefaultCapacity, true, comparer) { }
    public ConcurrentDictionary(int concurrencyLevel, int capacity, IEqualityComparer<TKey>? comparer) : this(concurrencyLevel, capacity, false, comparer) { }
    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection) : this(collection, null) { }

    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer)
        : this(Environment.ProcessorCount, CapacityFor(collection), true, comparer)
    {
        foreach (KeyValuePair<TKey, TValue> pair in collection)
        {
            CheckKey(pair.Key);
            if (!TryAdd(pair.Key, pair.Value))
                throw new ArgumentException("The source argument contains duplicate keys.");
        }
    }

    private static int CapacityFor(IEnumerable<KeyValuePair<TKey, TValue>> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        return collection is ICollection<KeyValuePair<TKey, TValue>> known ? Math.Max(DefaultCapacity, known.Count) : DefaultCapacity;
    }

    private ConcurrentDictionary(int concurrencyLevel, int capacity, bool growLockArray, IEqualityComparer<TKey>? comparer)
    {
        if (concurrencyLevel <= 0)
        {
            if (concurrencyLevel != -1)
                throw new ArgumentOutOfRangeException("concurrencyLevel", "The concurrencyLevel argument must be positive, or -1 to use the default.");
            concurrencyLevel = Environment.ProcessorCount;
        }
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        capacity = HashHelpers.GetPrime(Math.Max(capacity, concurrencyLevel));
        if (default(TKey) != null && comparer != null && comparer == (object)EqualityComparer<TKey>.Default)
            comparer = null;
        _hashing = HashingOf(comparer);
        _tables = NewTables(capacity, concurrencyLevel, comparer);
        _growLockArray = growLockArray;
        _initialCapacity = capacity;
        _budget = capacity / concurrencyLevel;
    }

    private static Tables NewTables(int capacity, int lockCount, IEqualityComparer<TKey>? comparer)
    {
        object[] locks = new object[lockCount];
        locks[0] = locks;
        for (int i = 1; i < lockCount; i++)
            locks[i] = new object();
        return new Tables(new Node?[capacity], locks, new int[lockCount], comparer);
    }

    private static byte HashingOf(IEqualityComparer<TKey>? comparer)
    {
        if (typeof(TKey) != typeof(string))
            return AnyHash;
        object? known = comparer;
        if (known == null || known == StringComparer.Ordinal || known == (object)EqualityComparer<TKey>.Default)
            return OrdinalHash;
        return known == StringComparer.OrdinalIgnoreCase ? IgnoreCaseHash : AnyHash;
    }

    /// For strings the hash of .NET that is the same in every process: the order of enumeration depends on it.
    private int HashOf(TKey key)
    {
        if (_hashing != AnyHash)
            return string.HashNonRandomized((string)(object)key, _hashing == IgnoreCaseHash);
        IEqualityComparer<TKey>? comparer = _tables._comparer;
        return comparer == null ? key.GetHashCode() : comparer.GetHashCode(key);
    }

    private bool Same(Tables tables, TKey a, TKey b) => tables._comparer == null ? Equality.Same(a, b) : tables._comparer.Equals(a, b);

    private static void CheckKey(TKey key)
    {
        if (key == null)
            throw new ArgumentNullException("key");
    }

    private void LockAll()
    {
        Monitor.Enter(_tables._locks[0]);       // who grows the table holds this one, so the array stays
        object[] locks = _tables._locks;
        for (int i = 1; i < locks.Length; i++)
            Monitor.Enter(locks[i]);
    }

    private void UnlockAll(object[] locks)
    {
        for (int i = 0; i < locks.Length; i++)
            Monitor.Exit(locks[i]);
    }

    private int CountLocked()
    {
        int count = 0;
        int[] counts = _tables._countPerLock;
        for (int i = 0; i < counts.Length; i++)
            count += counts[i];
        return count;
    }

    public int Count
    {
        get
        {
            LockAll();
            object[] locks = _tables._locks;
            try
            {
                return CountLocked();
            }
            finally
            {
                UnlockAll(locks);
            }
        }
    }

    public bool IsEmpty => CountLocked() == 0 && Count == 0;
    public IEqualityComparer<TKey> Comparer => _tables._comparer ?? EqualityComparer<TKey>.Default;
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    public ICollection<TKey> Keys
    {
        get
        {
            LockAll();
            object[] locks = _tables._locks;
            try
            {
                int count = CountLocked();
                if (count == 0)
                    return ReadOnlyCollection<TKey>.Empty;
                TKey[] keys = new TKey[count];
                int at = 0;
                foreach (Node? head in _tables._buckets)
                    for (Node? node = head; node != null; node = node._next)
                        keys[at++] = node._key;
                return new ReadOnlyCollection<TKey>(keys);
            }
            finally
            {
                UnlockAll(locks);
            }
        }
    }

    public ICollection<TValue> Values
    {
        get
        {
            LockAll();
            object[] locks = _tables._locks;
            try
            {
                int count = CountLocked();
                if (count == 0)
                    return ReadOnlyCollection<TValue>.Empty;
                TValue[] values = new TValue[count];
                int at = 0;
                foreach (Node? head in _tables._buckets)
                    for (Node? node = head; node != null; node = node._next)
                        values[at++] = node._value;
                return new ReadOnlyCollection<TValue>(values);
            }
            finally
            {
                UnlockAll(locks);
            }
        }
    }

    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        LockAll();
        object[] locks = _tables._locks;
        try
        {
            int count = CountLocked();
            if (count == 0)
                return Array.Empty<KeyValuePair<TKey, TValue>>();
            KeyValuePair<TKey, TValue>[] pairs = new KeyValuePair<TKey, TValue>[count];
            CopyLocked(pairs, 0);
            return pairs;
        }
        finally
        {
            UnlockAll(locks);
        }
    }

    private void CopyLocked(KeyValuePair<TKey, TValue>[] pairs, int at)
    {
        foreach (Node? head in _tables._buckets)
            for (Node? node = head; node != null; node = node._next)
                pairs[at++] = new KeyValuePair<TKey, TValue>(node._key, node._value);
    }

    public TValue this[TKey key]
    {
        get
        {
            TValue? value;
            if (!TryGetValue(key, out value))
                throw new KeyNotFoundException("The given key '" + key.ToString() + "' was not present in the dictionary.");
            return value;
        }
        set
        {
            CheckKey(key);
            TValue result;
            TryAddCore(key, HashOf(key), value, true, out result);
        }
    }

    public bool ContainsKey(TKey key)
    {
        TValue? value;
        return TryGetValue(key, out value);
    }

    private Node? Find(TKey key, int hashcode)
    {
        Tables tables = _tables;
        for (Node? node = tables._buckets[tables.Bucket(hashcode)]; node != null; node = node._next)
            if (node._hashcode == hashcode && Same(tables, node._key, key))
                return node;
        return null;
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        CheckKey(key);
        Node? node = Find(key, HashOf(key));
        value = node == null ? default(TValue) : node._value;
        return node != null;
    }

    public bool TryAdd(TKey key, TValue value)
    {
        CheckKey(key);
        TValue result;
        return TryAddCore(key, HashOf(key), value, false, out result);
    }

    private bool TryAddCore(TKey key, int hashcode, TValue value, bool updateIfExists, out TValue result)
    {
        while (true)
        {
            Tables tables = _tables;
            int bucket = tables.Bucket(hashcode);
            int lockNumber = bucket % tables._locks.Length;
            bool grow = false;
            Monitor.Enter(tables._locks[lockNumber]);
            try
            {
                if (tables != _tables)
                    continue;
                Node? node = Find(key, hashcode);
                if (node != null)
                {
                    if (updateIfExists)
                        node._value = value;
                    result = updateIfExists ? value : node._value;
                    return false;
                }
                tables._buckets[bucket] = new Node(key, value, hashcode, tables._buckets[bucket]);
                tables._countPerLock[lockNumber]++;
                grow = tables._countPerLock[lockNumber] > _budget;
            }
            finally
            {
                Monitor.Exit(tables._locks[lockNumber]);
            }
            if (grow)
                Grow(tables);
            result = value;
            return true;
        }
    }

    private void Grow(Tables old)
    {
        Monitor.Enter(old._locks[0]);
        object[] held = old._locks;
        int heldCount = 1;
        try
        {
            if (old != _tables)
                return;
            if (CountLocked() < old._buckets.Length / 4)
            {
                _budget *= 2;
                return;
            }
            int length = HashHelpers.GetPrime(old._buckets.Length * 2);
            object[] locks = old._locks;
            if (_growLockArray && locks.Length < MaxLocks)
            {
                locks = new object[old._locks.Length * 2];
                Array.Copy(old._locks, locks, old._locks.Length);
                for (int i = old._locks.Length; i < locks.Length; i++)
                    locks[i] = new object();
            }
            for (; heldCount < held.Length; heldCount++)
                Monitor.Enter(held[heldCount]);
            _budget = Math.Max(1, length / locks.Length);
            _tables = Copy(old, length, locks);
        }
        finally
        {
            for (int i = 0; i < heldCount; i++)
                Monitor.Exit(held[i]);
        }
    }

    private Tables Copy(Tables old, int length, object[] locks)
    {
        Tables tables = new Tables(new Node?[length], locks, new int[locks.Length], old._comparer);
        foreach (Node? head in old._buckets)
            for (Node? node = head; node != null; node = node._next)
            {
                int bucket = tables.Bucket(node._hashcode);
                tables._buckets[bucket] = new Node(node._key, node._value, node._hashcode, tables._buckets[bucket]);
                tables._countPerLock[bucket % locks.Length]++;
            }
        return tables;
    }

    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        CheckKey(key);
        return TryRemoveCore(key, out value, false, default(TValue));
    }

    public bool TryRemove(KeyValuePair<TKey, TValue> item)
    {
        if (item.Key == null)
            throw new ArgumentNullException("item", "TKey is a reference type and item.Key is null.");
        TValue? value;
        return TryRemoveCore(item.Key, out value, true, item.Value);
    }

    private bool TryRemoveCore(TKey key, [MaybeNullWhen(false)] out TValue value, bool matchValue, TValue? oldValue)
    {
        int hashcode = HashOf(key);
        while (true)
        {
            Tables tables = _tables;
            int bucket = tables.Bucket(hashcode);
            int lockNumber = bucket % tables._locks.Length;
            lock (tables._locks[lockNumber])
            {
                if (tables != _tables)
                    continue;
                Node? before = null;
                for (Node? node = tables._buckets[bucket]; node != null; node = node._next)
                {
                    if (node._hashcode == hashcode && Same(tables, node._key, key))
                    {
                        if (matchValue && !Equality.Same(node._value, oldValue))
                            break;
                        if (before == null)
                            tables._buckets[bucket] = node._next;
                        else
                            before._next = node._next;
                        value = node._value;
                        tables._countPerLock[lockNumber]--;
                        return true;
                    }
                    before = node;
                }
            }
            value = default(TValue);
            return false;
        }
    }

    public bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue)
    {
        CheckKey(key);
        int hashcode = HashOf(key);
        while (true)
        {
            Tables tables = _tables;
            lock (tables._locks[tables.Bucket(hashcode) % tables._locks.Length])
            {
                if (tables != _tables)
                    continue;
                Node? node = Find(key, hashcode);
                if (node == null || !Equality.Same(node._value, comparisonValue))
                    return false;
                node._value = newValue;
                return true;
            }
        }
    }

    public void Clear()
    {
        LockAll();
        object[] locks = _tables._locks;
        try
        {
            if (CountLocked() == 0)
                return;
            Tables tables = new Tables(new Node?[HashHelpers.GetPrime(DefaultCapacity)], locks, new int[locks.Length], _tables._comparer);
            _tables = tables;
            _budget = Math.Max(1, tables._buckets.Length / locks.Length);
        }
        finally
        {
            UnlockAll(locks);
        }
    }

    public TValue GetOrAdd(TKey key, TValue value)
    {
        CheckKey(key);
        int hashcode = HashOf(key);
        Node? node = Find(key, hashcode);
        if (node != null)
            return node._value;
        TValue result;
        TryAddCore(key, hashcode, value, false, out result);
        return result;
    }

    // Factories run outside the locks, as in .NET: two threads may both run theirs, and one result is dropped.
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory)
    {
        CheckKey(key);
        ArgumentNullException.ThrowIfNull(valueFactory, "valueFactory");
        int hashcode = HashOf(key);
        Node? node = Find(key, hashcode);
        if (node != null)
            return node._value;
        TValue result;
        TryAddCore(key, hashcode, valueFactory(key), false, out result);
        return result;
    }

    public TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument)
    {
        CheckKey(key);
        ArgumentNullException.ThrowIfNull(valueFactory, "valueFactory");
        int hashcode = HashOf(key);
        Node? node = Find(key, hashcode);
        if (node != null)
            return node._value;
        TValue result;
        TryAddCore(key, hashcode, valueFactory(key, factoryArgument), false, out result);
        return result;
    }

    public TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory)
    {
        ArgumentNullException.ThrowIfNull(updateValueFactory, "updateValueFactory");
        while (true)
        {
            TValue? now;
            if (TryGetValue(key, out now))
            {
                TValue changed = updateValueFactory(key, now);
                if (TryUpdate(key, changed, now)) return changed;
            }
            else if (TryAdd(key, addValue)) return addValue;
        }
    }

    public TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory)
    {
        ArgumentNullException.ThrowIfNull(addValueFactory, "addValueFactory");
        ArgumentNullException.ThrowIfNull(updateValueFactory, "updateValueFactory");
        while (true)
        {
            TValue? now;
            if (TryGetValue(key, out now))
            {
                TValue changed = updateValueFactory(key, now);
                if (TryUpdate(key, changed, now)) return changed;
            }
            else
            {
                TValue added = addValueFactory(key);
                if (TryAdd(key, added)) return added;
            }
        }
    }

    public TValue AddOrUpdate<TArg>(TKey key, Func<TKey, TArg, TValue> addValueFactory, Func<TKey, TValue, TArg, TValue> updateValueFactory, TArg factoryArgument)
    {
        ArgumentNullException.ThrowIfNull(addValueFactory, "addValueFactory");
        ArgumentNullException.ThrowIfNull(updateValueFactory, "updateValueFactory");
        while (true)
        {
            TValue? now;
            if (TryGetValue(key, out now))
            {
                TValue changed = updateValueFactory(key, now, factoryArgument);
                if (TryUpdate(key, changed, now)) return changed;
            }
            else
            {
                TValue added = addValueFactory(key, factoryArgument);
                if (TryAdd(key, added)) return added;
            }
        }
    }

    void IDictionary<TKey, TValue>.Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("The key already existed in the dictionary.");
    }

    bool IDictionary<TKey, TValue>.Remove(TKey key)
    {
        TValue? value;
        return TryRemove(key, out value);
    }

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) { ((IDictionary<TKey, TValue>)this).Add(item.Key, item.Value); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item)
    {
        TValue? value;
        return TryGetValue(item.Key, out value) && Equality.Same(value, item.Value);
    }
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) => TryRemove(item);
    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int index)
    {
        KeyValuePair<TKey, TValue>[] pairs = ToArray();
        Array.Copy(pairs, 0, array, index, pairs.Length);
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// Reads the table as it goes: later changes may or may not be seen.
    private sealed class Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly ConcurrentDictionary<TKey, TValue> _dictionary;
        private Node?[]? _buckets;
        private Node? _node;
        private int _i = -1;
        private int _state;
        private KeyValuePair<TKey, TValue> _current;

        internal Enumerator(ConcurrentDictionary<TKey, TValue> dictionary) { _dictionary = dictionary; }

        public KeyValuePair<TKey, TValue> Current => _current;
        object? IEnumerator.Current => _current;

        public bool MoveNext()
        {
            if (_buckets == null)
                _buckets = _dictionary._tables._buckets;
            if (_node != null)
                _node = _node._next;
            while (_node == null)
            {
                if (_i + 1 >= _buckets.Length)
                    return false;
                _node = _buckets[++_i];
            }
            _current = new KeyValuePair<TKey, TValue>(_node._key, _node._value);
            return true;
        }

        public void Reset()
        {
            _buckets = null;
            _node = null;
            _i = -1;
        }

        public void Dispose() { }
    }
}

/// A ring of slots. A segment that was full once takes no more items; the next one is twice as long.
internal sealed class ConcurrentQueueSegment<T>
{
    internal struct Slot
    {
        internal T Item;
        internal int SequenceNumber;
    }

    /// Head and tail on cache lines of their own.
    private struct PaddedHeadAndTail
    {
        private long _0, _1, _2, _3, _4, _5, _6, _7;
        internal long Head;
        private long _9, _10, _11, _12, _13, _14, _15;
        internal long Tail;
        private long _17, _18, _19, _20, _21, _22, _23;
    }

    internal readonly Slot[] _slots;
    internal readonly int _slotsMask;
    private PaddedHeadAndTail _headAndTail;
    internal bool _preservedForObservation;
    internal bool _frozenForEnqueues;
    internal ConcurrentQueueSegment<T>? _nextSegment;

    internal ConcurrentQueueSegment(int length)
    {
        _slots = new Slot[length];
        _slotsMask = length - 1;
    }

    internal int Count => (int)(_headAndTail.Tail - _headAndTail.Head);
    internal long Head => _headAndTail.Head;
    internal ref T this[long position] => ref _slots[(int)position & _slotsMask].Item;

    internal bool TryEnqueue(T item)
    {
        // slots of an observed segment are not used again
        bool isFull = _preservedForObservation ? _headAndTail.Tail >= _slots.Length : Count == _slots.Length;
        if (_frozenForEnqueues || isFull)
            return false;
        this[_headAndTail.Tail++] = item;
        return true;
    }

    internal bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (!TryPeek(out item))
            return false;
        if (!_preservedForObservation)
            this[_headAndTail.Head] = default(T)!;
        _headAndTail.Head++;
        return true;
    }

    internal bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = Count == 0 ? default(T) : this[_headAndTail.Head];
        return Count != 0;
    }
}

public class ConcurrentQueue<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly object _crossSegmentLock;
    private volatile ConcurrentQueueSegment<T> _tail;
    private volatile ConcurrentQueueSegment<T> _head;

    private const int InitialSegmentLength = 32;
    private const int MaxSegmentLength = 1024 * 1024;

    public ConcurrentQueue()
    {
        _crossSegmentLock = new object();
        _tail = _head = new ConcurrentQueueSegment<T>(InitialSegmentLength);
    }

    public ConcurrentQueue(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        _crossSegmentLock = new object();
        int length = InitialSegmentLength;
        if (collection is ICollection<T> known && known.Count > length)
            while (length < known.Count && length < MaxSegmentLength)
                length *= 2;
        _tail = _head = new ConcurrentQueueSegment<T>(length);
        foreach (T item in collection)
            Enqueue(item);
    }

    public int Count
    {
        get
        {
            lock (_crossSegmentLock)
            {
                int count = 0;
                for (ConcurrentQueueSegment<T>? segment = _head; segment != null; segment = segment._nextSegment)
                    count += segment.Count;
                return count;
            }
        }
    }

    public bool IsEmpty => Count == 0;

    public void Enqueue(T item)
    {
        lock (_crossSegmentLock)
        {
            if (_tail.TryEnqueue(item))
                return;
            _tail._frozenForEnqueues = true;
            int length = _tail._preservedForObservation ? InitialSegmentLength : Math.Min(_tail._slots.Length * 2, MaxSegmentLength);
            ConcurrentQueueSegment<T> next = new ConcurrentQueueSegment<T>(length);
            _tail._nextSegment = next;
            _tail = next;
            next.TryEnqueue(item);
        }
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T result)
    {
        lock (_crossSegmentLock)
        {
            while (!_head.TryDequeue(out result))
            {
                if (_head._nextSegment == null)
                    return false;
                _head = _head._nextSegment;
            }
            return true;
        }
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        lock (_crossSegmentLock)
        {
            for (ConcurrentQueueSegment<T>? segment = _head; segment != null; segment = segment._nextSegment)
                if (segment.TryPeek(out result))
                    return true;
            result = default(T);
            return false;
        }
    }

    public void Clear()
    {
        lock (_crossSegmentLock)
            _tail = _head = new ConcurrentQueueSegment<T>(InitialSegmentLength);
    }

    /// What is in the queue now, to be read later: its segments keep their items.
    private Enumerator Observe()
    {
        lock (_crossSegmentLock)
        {
            int count = 0;
            for (ConcurrentQueueSegment<T>? segment = _head; segment != null; segment = segment._nextSegment)
            {
                segment._preservedForObservation = true;
                count += segment.Count;
            }
            return new Enumerator(_head, count);
        }
    }

    public T[] ToArray()
    {
        Enumerator items = Observe();
        T[] array = new T[items.Left];
        for (int i = 0; items.MoveNext(); i++)
            array[i] = items.Current;
        return array;
    }

    public void CopyTo(T[] array, int index)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentOutOfRangeException.ThrowIfNegative(index, "index");
        T[] items = ToArray();
        if (index > array.Length - items.Length)
            TaskThrow.Argument("Destination array is not long enough to copy all the items in the collection. Check array index and length.", "array");
        Array.Copy(items, 0, array, index, items.Length);
    }

    bool IProducerConsumerCollection<T>.TryAdd(T item) { Enqueue(item); return true; }
    bool IProducerConsumerCollection<T>.TryTake([MaybeNullWhen(false)] out T item) => TryDequeue(out item);
    public IEnumerator<T> GetEnumerator() => Observe();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// 72 bytes for an int, as Roslyn's iterator in .NET.
    private sealed class Enumerator : IEnumerator<T>
    {
        private ConcurrentQueueSegment<T> _segment;
        private readonly ConcurrentQueueSegment<T> _first;
        private object? _unused1, _unused2;
        private int _left;
        private readonly int _count;
        private int _unused3;
        private long _position;
        private T? _current;

        internal Enumerator(ConcurrentQueueSegment<T> first, int count)
        {
            _segment = _first = first;
            _left = _count = count;
            _position = first.Head;
        }

        internal int Left => _left;
        public T Current => _current!;
        object? IEnumerator.Current => _current;

        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            if (_position >= EndOf(_segment) && _segment._nextSegment != null)
            {
                _segment = _segment._nextSegment;
                _position = 0;
            }
            _left--;
            _current = _segment[_position++];
            return true;
        }

        private static long EndOf(ConcurrentQueueSegment<T> segment) => segment.Head + segment.Count;
        public void Reset() => ThrowHelper.ThrowNotSupported("Specified method is not supported.");
        public void Dispose() { }
    }
}

public class ConcurrentStack<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private sealed class Node
    {
        internal readonly T _value;
        internal Node? _next;
        internal Node(T value) { _value = value; }
    }

    private volatile Node? _head;

    public ConcurrentStack() { }

    public ConcurrentStack(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        foreach (T item in collection)
            Push(item);
    }

    public bool IsEmpty => _head == null;

    public int Count
    {
        get
        {
            int count = 0;
            for (Node? node = _head; node != null; node = node._next)
                count++;
            return count;
        }
    }

    public void Push(T item)
    {
        Node node = new Node(item);
        Link(node, node);
    }

    private void Link(Node first, Node last)
    {
        Node? head;
        do
        {
            head = _head;
            last._next = head;
        }
        while (Interlocked.CompareExchange(ref _head, first, head) != head);
    }

    public void PushRange(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items, "items");
        PushRange(items, 0, items.Length);
    }

    public void PushRange(T[] items, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(items, "items");
        if (count == 0)
            return;
        Node last = new Node(items[startIndex]), first = last;
        for (int i = startIndex + 1; i < startIndex + count; i++)
        {
            Node node = new Node(items[i]);
            node._next = first;
            first = node;
        }
        Link(first, last);
    }

    public bool TryPop([MaybeNullWhen(false)] out T result)
    {
        Node? head;
        do
        {
            head = _head;
            if (head == null)
            {
                result = default(T);
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _head, head._next, head) != head);
        result = head._value;
        return true;
    }

    public int TryPopRange(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items, "items");
        return TryPopRange(items, 0, items.Length);
    }

    public int TryPopRange(T[] items, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(items, "items");
        int taken = 0;
        while (taken < count && TryPop(out items[startIndex + taken]!))
            taken++;
        return taken;
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        Node? head = _head;
        result = head == null ? default(T) : head._value;
        return head != null;
    }

    public void Clear() => _head = null;

    public T[] ToArray()
    {
        Node? head = _head;
        int count = 0;
        for (Node? node = head; node != null; node = node._next)
            count++;
        T[] array = new T[count];
        int at = 0;
        for (Node? node = head; node != null; node = node._next)
            array[at++] = node._value;
        return array;
    }

    public void CopyTo(T[] array, int index)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        T[] items = ToArray();
        Array.Copy(items, 0, array, index, items.Length);
    }

    bool IProducerConsumerCollection<T>.TryAdd(T item) { Push(item); return true; }
    bool IProducerConsumerCollection<T>.TryTake([MaybeNullWhen(false)] out T item) => TryPop(out item);
    public IEnumerator<T> GetEnumerator() => SZArrayHelper.GetEnumerator(ToArray());
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// Last in, first out, as .NET's is for one thread.
public class ConcurrentBag<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly Stack<T> _items;

    public ConcurrentBag() { _items = new Stack<T>(); }
    public ConcurrentBag(IEnumerable<T> collection) { _items = new Stack<T>(collection); }
    public int Count { get { lock (_items) return _items.Count; } }
    public bool IsEmpty => Count == 0;
    public void Add(T item) { lock (_items) _items.Push(item); }
    public bool TryTake([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryPop(out result); }
    public bool TryPeek([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryPeek(out result); }
    public void Clear() { lock (_items) _items.Clear(); }
    public T[] ToArray() { lock (_items) return _items.ToArray(); }
    public void CopyTo(T[] array, int index) { lock (_items) _items.CopyTo(array, index); }
    bool IProducerConsumerCollection<T>.TryAdd(T item) { Add(item); return true; }
    public IEnumerator<T> GetEnumerator() => SZArrayHelper.GetEnumerator(ToArray());
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
