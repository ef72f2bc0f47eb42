// The behaviour of .NET's concurrent collections under one lock each. Enumeration reads a copy.
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Concurrent;

public interface IProducerConsumerCollection<T> : IEnumerable<T>
{
    bool TryAdd(T item);
    bool TryTake([MaybeNullWhen(false)] out T item);
    T[] ToArray();
}

public class ConcurrentDictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _tables;

    public ConcurrentDictionary() : this((IEqualityComparer<TKey>?)null) { }
    public ConcurrentDictionary(IEqualityComparer<TKey>? comparer) { _tables = new Dictionary<TKey, TValue>(comparer); }
    public ConcurrentDictionary(int concurrencyLevel, int capacity) { _tables = new Dictionary<TKey, TValue>(capacity); }
    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection) : this(collection, null) { }
    public ConcurrentDictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer) : this(comparer)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        foreach (KeyValuePair<TKey, TValue> pair in collection) _tables.Add(pair.Key, pair.Value);
    }

    public int Count { get { lock (_tables) return _tables.Count; } }
    public bool IsEmpty => Count == 0;
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;
    public ICollection<TKey> Keys { get { lock (_tables) return new System.Collections.ObjectModel.ReadOnlyCollection<TKey>(new List<TKey>(_tables.Keys)); } }
    public ICollection<TValue> Values { get { lock (_tables) return new System.Collections.ObjectModel.ReadOnlyCollection<TValue>(new List<TValue>(_tables.Values)); } }
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    public TValue this[TKey key]
    {
        get { lock (_tables) return _tables[key]; }
        set { lock (_tables) _tables[key] = value; }
    }

    public bool ContainsKey(TKey key) { lock (_tables) return _tables.ContainsKey(key); }
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) { lock (_tables) return _tables.TryGetValue(key, out value); }
    public bool TryAdd(TKey key, TValue value) { lock (_tables) return _tables.TryAdd(key, value); }
    public bool TryRemove(TKey key, [MaybeNullWhen(false)] out TValue value) { lock (_tables) return _tables.Remove(key, out value); }
    public bool TryRemove(KeyValuePair<TKey, TValue> item) { lock (_tables) return ((ICollection<KeyValuePair<TKey, TValue>>)_tables).Remove(item); }
    public void Clear() { lock (_tables) _tables.Clear(); }

    public bool TryUpdate(TKey key, TValue newValue, TValue comparisonValue)
    {
        lock (_tables)
        {
            TValue? now;
            if (!_tables.TryGetValue(key, out now) || !Equality.Same(now, comparisonValue)) return false;
            _tables[key] = newValue;
            return true;
        }
    }

    // Factories run outside the lock, as in .NET: two threads may both run theirs, and one result is dropped.
    public TValue GetOrAdd(TKey key, TValue value)
    {
        lock (_tables)
        {
            TValue? now;
            if (_tables.TryGetValue(key, out now)) return now;
            _tables.Add(key, value);
            return value;
        }
    }

    public TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory)
    {
        ArgumentNullException.ThrowIfNull(valueFactory, "valueFactory");
        TValue? now;
        return TryGetValue(key, out now) ? now : GetOrAdd(key, valueFactory(key));
    }

    public TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg factoryArgument)
    {
        ArgumentNullException.ThrowIfNull(valueFactory, "valueFactory");
        TValue? now;
        return TryGetValue(key, out now) ? now : GetOrAdd(key, valueFactory(key, factoryArgument));
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

    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        lock (_tables)
        {
            KeyValuePair<TKey, TValue>[] copy = new KeyValuePair<TKey, TValue>[_tables.Count];
            ((ICollection<KeyValuePair<TKey, TValue>>)_tables).CopyTo(copy, 0);
            return copy;
        }
    }

    void IDictionary<TKey, TValue>.Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("The key already existed in the dictionary.");
    }
    bool IDictionary<TKey, TValue>.Remove(TKey key) { lock (_tables) return _tables.Remove(key); }
    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) { ((IDictionary<TKey, TValue>)this).Add(item.Key, item.Value); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item) { lock (_tables) return ((ICollection<KeyValuePair<TKey, TValue>>)_tables).Contains(item); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item) => TryRemove(item);
    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int index) { lock (_tables) ((ICollection<KeyValuePair<TKey, TValue>>)_tables).CopyTo(array, index); }
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => SZArrayHelper.GetEnumerator(ToArray());
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public class ConcurrentQueue<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly Queue<T> _items;

    public ConcurrentQueue() { _items = new Queue<T>(); }
    public ConcurrentQueue(IEnumerable<T> collection) { _items = new Queue<T>(collection); }
    public int Count { get { lock (_items) return _items.Count; } }
    public bool IsEmpty => Count == 0;
    public void Enqueue(T item) { lock (_items) _items.Enqueue(item); }
    public bool TryDequeue([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryDequeue(out result); }
    public bool TryPeek([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryPeek(out result); }
    public void Clear() { lock (_items) _items.Clear(); }
    public T[] ToArray() { lock (_items) return _items.ToArray(); }
    public void CopyTo(T[] array, int index) { lock (_items) _items.CopyTo(array, index); }
    bool IProducerConsumerCollection<T>.TryAdd(T item) { Enqueue(item); return true; }
    bool IProducerConsumerCollection<T>.TryTake([MaybeNullWhen(false)] out T item) => TryDequeue(out item);
    public IEnumerator<T> GetEnumerator() => SZArrayHelper.GetEnumerator(ToArray());
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public class ConcurrentStack<T> : IProducerConsumerCollection<T>, IReadOnlyCollection<T>
{
    private readonly Stack<T> _items;

    public ConcurrentStack() { _items = new Stack<T>(); }
    public ConcurrentStack(IEnumerable<T> collection) { _items = new Stack<T>(collection); }
    public int Count { get { lock (_items) return _items.Count; } }
    public bool IsEmpty => Count == 0;
    public void Push(T item) { lock (_items) _items.Push(item); }
    public void PushRange(T[] items)
    {
        ArgumentNullException.ThrowIfNull(items, "items");
        lock (_items)
        {
            for (int i = 0; i < items.Length; i++) _items.Push(items[i]);
        }
    }
    public bool TryPop([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryPop(out result); }
    public bool TryPeek([MaybeNullWhen(false)] out T result) { lock (_items) return _items.TryPeek(out result); }
    public void Clear() { lock (_items) _items.Clear(); }
    public T[] ToArray() { lock (_items) return _items.ToArray(); }
    public void CopyTo(T[] array, int index) { lock (_items) _items.CopyTo(array, index); }
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
