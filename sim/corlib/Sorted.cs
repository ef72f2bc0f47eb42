// Sorted collections over sorted arrays: the behaviour of .NET's (its SortedDictionary and SortedSet are trees).
using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

public class SortedList<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private TKey[] keys = Array.Empty<TKey>();
    private TValue[] values = Array.Empty<TValue>();
    private int _size;
    private int version;
    private readonly IComparer<TKey> comparer;
    private readonly bool _pairInMessage;

    public SortedList() : this((IComparer<TKey>?)null) { }
    public SortedList(int capacity) : this((IComparer<TKey>?)null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        SetCapacity(capacity);
    }
    public SortedList(IComparer<TKey>? comparer) { this.comparer = comparer ?? Comparer<TKey>.Default; }
    public SortedList(IDictionary<TKey, TValue> dictionary) : this(dictionary, null) { }
    public SortedList(IDictionary<TKey, TValue> dictionary, IComparer<TKey>? comparer) : this(comparer)
    {
        ArgumentNullException.ThrowIfNull(dictionary, "dictionary");
        foreach (KeyValuePair<TKey, TValue> pair in dictionary) Add(pair.Key, pair.Value);
    }
    internal SortedList(IComparer<TKey>? comparer, bool pairInMessage) : this(comparer) { _pairInMessage = pairInMessage; }

    private void SetCapacity(int capacity)
    {
        Array.Resize(ref keys!, capacity);
        Array.Resize(ref values!, capacity);
    }

    public int Count => _size;
    public int Capacity { get => keys.Length; set => SetCapacity(value); }
    public IComparer<TKey> Comparer => comparer;
    public IList<TKey> Keys => new Column<TKey>(this, true);
    public IList<TValue> Values => new Column<TValue>(this, false);
    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;
    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;

    // Not negative: the place of the key; negative: the complement of where it belongs.
    private int Search(TKey key)
    {
        if (key == null) ThrowHelper.ThrowNull("key");
        return Array.BinarySearch(keys, 0, _size, key!, comparer);
    }

    public int IndexOfKey(TKey key)
    {
        int i = Search(key);
        return i < 0 ? -1 : i;
    }
    public int IndexOfValue(TValue value) => Array.IndexOf(values, value, 0, _size);
    public TKey GetKeyAtIndex(int index)
    {
        if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
        return keys[index];
    }
    public TValue GetValueAtIndex(int index)
    {
        if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
        return values[index];
    }

    public TValue this[TKey key]
    {
        get
        {
            int i = Search(key);
            if (i < 0) ThrowHelper.ThrowKeyNotFound(key);
            return values[i];
        }
        set
        {
            int i = Search(key);
            if (i >= 0)
            {
                values[i] = value;
                version++;
            }
            else InsertAt(~i, key, value);
        }
    }

    public void Add(TKey key, TValue value)
    {
        int i = Search(key);
        if (i >= 0)
        {
            if (_pairInMessage) throw new ArgumentException(string.Concat(SR.Argument_AddingDuplicateWithKey, new KeyValuePair<TKey, TValue>(key, value).ToString()));
            throw new ArgumentException(string.Concat(SR.Argument_AddingDuplicateWithKey, key.ToString()), "key");
        }
        InsertAt(~i, key, value);
    }

    internal bool TryAdd(TKey key, TValue value)
    {
        int i = Search(key);
        if (i < 0) InsertAt(~i, key, value);
        return i < 0;
    }

    private void InsertAt(int index, TKey key, TValue value)
    {
        if (_size == keys.Length) SetCapacity(_size == 0 ? 4 : 2 * _size);
        if (index < _size)
        {
            Array.Copy(keys, index, keys, index + 1, _size - index);
            Array.Copy(values, index, values, index + 1, _size - index);
        }
        keys[index] = key;
        values[index] = value;
        _size++;
        version++;
    }

    public bool ContainsKey(TKey key) => Search(key) >= 0;
    public bool ContainsValue(TValue value) => IndexOfValue(value) >= 0;
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int i = Search(key);
        value = i < 0 ? default(TValue)! : values[i];
        return i >= 0;
    }
    public bool Remove(TKey key)
    {
        int i = Search(key);
        if (i >= 0) RemoveAt(i);
        return i >= 0;
    }
    public void RemoveAt(int index)
    {
        if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
        _size--;
        Array.Copy(keys, index + 1, keys, index, _size - index);
        Array.Copy(values, index + 1, values, index, _size - index);
        keys[_size] = default(TKey)!;
        values[_size] = default(TValue)!;
        version++;
    }
    public void Clear()
    {
        version++;
        Array.Clear(keys, 0, _size);
        Array.Clear(values, 0, _size);
        _size = 0;
    }

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> pair) { Add(pair.Key, pair.Value); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> pair)
    {
        int i = Search(pair.Key);
        return i >= 0 && Equality.Same(values[i], pair.Value);
    }
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> pair)
    {
        int i = Search(pair.Key);
        if (i < 0 || !Equality.Same(values[i], pair.Value)) return false;
        RemoveAt(i);
        return true;
    }
    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        for (int i = 0; i < _size; i++) array[arrayIndex + i] = new KeyValuePair<TKey, TValue>(keys[i], values[i]);
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    private struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly SortedList<TKey, TValue> _list;
        private int _index;
        private readonly int _version;
        private KeyValuePair<TKey, TValue> _current;

        internal Enumerator(SortedList<TKey, TValue> list)
        {
            _list = list;
            _index = 0;
            _version = list.version;
            _current = default(KeyValuePair<TKey, TValue>);
        }

        public bool MoveNext()
        {
            if (_version != _list.version) ThrowHelper.ThrowVersion();
            if (_index >= _list._size) return false;
            _current = new KeyValuePair<TKey, TValue>(_list.keys[_index], _list.values[_index]);
            _index++;
            return true;
        }
        public KeyValuePair<TKey, TValue> Current => _current;
        object? IEnumerator.Current => _current;
        public void Reset() { _index = 0; }
        public void Dispose() { }
    }

    // The keys or the values, live.
    private sealed class Column<T> : IList<T>
    {
        private readonly SortedList<TKey, TValue> _list;
        private readonly bool _keys;

        internal Column(SortedList<TKey, TValue> list, bool keys) { _list = list; _keys = keys; }

        private T[] Items => _keys ? (T[])(object)_list.keys : (T[])(object)_list.values;
        public int Count => _list._size;
        public bool IsReadOnly => true;
        public T this[int index]
        {
            get
            {
                if ((uint)index >= (uint)_list._size) ThrowHelper.ThrowIndex();
                return Items[index];
            }
            set => ThrowHelper.ThrowNotSupported("This operation is not supported on SortedList nested types because they require modifying the original SortedList.");
        }
        public int IndexOf(T item) => Array.IndexOf(Items, item, 0, _list._size);
        public bool Contains(T item) => IndexOf(item) >= 0;
        public void CopyTo(T[] array, int arrayIndex) { Array.Copy(Items, 0, array, arrayIndex, _list._size); }
        public void Add(T item) { this[0] = item; }
        public void Clear() { this[0] = default(T)!; }
        public void Insert(int index, T item) { this[0] = item; }
        public void RemoveAt(int index) { this[0] = default(T)!; }
        public bool Remove(T item)
        {
            this[0] = item;
            return false;
        }
        public IEnumerator<T> GetEnumerator() => new ColumnEnumerator(_list, Items);
        IEnumerator IEnumerable.GetEnumerator() => new ColumnEnumerator(_list, Items);

        private sealed class ColumnEnumerator : IEnumerator<T>
        {
            private readonly SortedList<TKey, TValue> _list;
            private readonly T[] _items;
            private readonly int _version;
            private int _index = -1;

            internal ColumnEnumerator(SortedList<TKey, TValue> list, T[] items) { _list = list; _items = items; _version = list.version; }
            public bool MoveNext()
            {
                if (_version != _list.version) ThrowHelper.ThrowVersion();
                if (_index < _list._size) _index++;
                return _index < _list._size;
            }
            public T Current => _items[_index];
            object? IEnumerator.Current => Current;
            public void Reset() { _index = -1; }
            public void Dispose() { }
        }
    }
}

public class SortedDictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private readonly SortedList<TKey, TValue> _list;

    public SortedDictionary() : this((IComparer<TKey>?)null) { }
    public SortedDictionary(IComparer<TKey>? comparer) { _list = new SortedList<TKey, TValue>(comparer, true); }
    public SortedDictionary(IDictionary<TKey, TValue> dictionary) : this(dictionary, null) { }
    public SortedDictionary(IDictionary<TKey, TValue> dictionary, IComparer<TKey>? comparer) : this(comparer)
    {
        ArgumentNullException.ThrowIfNull(dictionary, "dictionary");
        foreach (KeyValuePair<TKey, TValue> pair in dictionary) _list.Add(pair.Key, pair.Value);
    }

    public int Count => _list.Count;
    public IComparer<TKey> Comparer => _list.Comparer;
    public ICollection<TKey> Keys => _list.Keys;
    public ICollection<TValue> Values => _list.Values;
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => _list.Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => _list.Values;
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;
    public TValue this[TKey key] { get => _list[key]; set => _list[key] = value; }
    public void Add(TKey key, TValue value) { _list.Add(key, value); }
    public bool Remove(TKey key) => _list.Remove(key);
    public void Clear() { _list.Clear(); }
    public bool ContainsKey(TKey key) => _list.ContainsKey(key);
    public bool ContainsValue(TValue value) => _list.ContainsValue(value);
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _list.TryGetValue(key, out value);
    private ICollection<KeyValuePair<TKey, TValue>> Pairs => _list;
    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> pair) { _list.Add(pair.Key, pair.Value); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> pair) => Pairs.Contains(pair);
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> pair) => Pairs.Remove(pair);
    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int index) { Pairs.CopyTo(array, index); }
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => _list.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();
}

public class SortedSet<T> : ICollection<T>, IReadOnlyCollection<T>
{
    private readonly List<T> _items = new List<T>();
    private readonly IComparer<T> _comparer;

    public SortedSet() : this((IComparer<T>?)null) { }
    public SortedSet(IComparer<T>? comparer) { _comparer = comparer ?? Comparer<T>.Default; }
    public SortedSet(IEnumerable<T> collection) : this(collection, null) { }
    public SortedSet(IEnumerable<T> collection, IComparer<T>? comparer) : this(comparer)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        UnionWith(collection);
    }

    public int Count => _items.Count;
    public IComparer<T> Comparer => _comparer;
    bool ICollection<T>.IsReadOnly => false;
    public T? Min => _items.Count == 0 ? default(T) : _items[0];
    public T? Max => _items.Count == 0 ? default(T) : _items[_items.Count - 1];
    public bool Add(T item)
    {
        int i = _items.BinarySearch(item, _comparer);
        if (i >= 0) return false;
        _items.Insert(~i, item);
        return true;
    }
    void ICollection<T>.Add(T item) { Add(item); }
    public bool Remove(T item)
    {
        int i = _items.BinarySearch(item, _comparer);
        if (i >= 0) _items.RemoveAt(i);
        return i >= 0;
    }
    public bool Contains(T item) => _items.BinarySearch(item, _comparer) >= 0;
    public void Clear() { _items.Clear(); }
    public int RemoveWhere(Predicate<T> match) => _items.RemoveAll(match);
    public void UnionWith(IEnumerable<T> other)
    {
        foreach (T item in other) Add(item);
    }
    public void ExceptWith(IEnumerable<T> other)
    {
        foreach (T item in new List<T>(other)) Remove(item);
    }
    public void IntersectWith(IEnumerable<T> other)
    {
        SortedSet<T> keep = new SortedSet<T>(other, _comparer);
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            if (!keep.Contains(_items[i])) _items.RemoveAt(i);
        }
    }
    public IEnumerable<T> Reverse()
    {
        List<T> copy = new List<T>(_items);
        copy.Reverse();
        return copy;
    }
    public void CopyTo(T[] array, int index) { _items.CopyTo(array, index); }
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// A heap with four children per node, which fixes the order among equal priorities to .NET's.
public class PriorityQueue<TElement, TPriority>
{
    private (TElement Element, TPriority Priority)[] _nodes;
    private readonly IComparer<TPriority>? _comparer;
    private object? _unorderedItems;
    private int _size;
    private int _version;

    public PriorityQueue() : this(0, null) { }
    public PriorityQueue(int initialCapacity) : this(initialCapacity, null) { }
    public PriorityQueue(IComparer<TPriority>? comparer) : this(0, comparer) { }
    public PriorityQueue(int initialCapacity, IComparer<TPriority>? comparer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(initialCapacity, "initialCapacity");
        _nodes = initialCapacity == 0 ? Array.Empty<(TElement, TPriority)>() : new (TElement, TPriority)[initialCapacity];
        _comparer = comparer;
    }

    public int Count => _size;
    public IComparer<TPriority> Comparer => _comparer ?? Comparer<TPriority>.Default;
    private bool Less(TPriority a, TPriority b) => Comparer.Compare(a, b) < 0;

    public void Enqueue(TElement element, TPriority priority)
    {
        int i = _size++;
        _version++;
        if (_nodes.Length == i)
        {
            (TElement, TPriority)[]? nodes = _nodes;
            Array.Resize(ref nodes, Math.Max(2 * i, i + 4));
            _nodes = nodes;
        }
        while (i > 0)
        {
            int parent = (i - 1) >> 2;
            if (!Less(priority, _nodes[parent].Item2)) break;
            _nodes[i] = _nodes[parent];
            i = parent;
        }
        _nodes[i] = new ValueTuple<TElement, TPriority>(element, priority);
    }

    public void EnqueueRange(IEnumerable<TElement> elements, TPriority priority)
    {
        foreach (TElement element in elements) Enqueue(element, priority);
    }

    private void RemoveRoot()
    {
        int last = --_size;
        _version++;
        ValueTuple<TElement, TPriority> node = _nodes[last];
        _nodes[last] = default(ValueTuple<TElement, TPriority>);
        if (last == 0) return;
        int i = 0;
        while ((i << 2) + 1 < _size)
        {
            int child = (i << 2) + 1, end = Math.Min(child + 4, _size), least = child;
            for (int c = child + 1; c < end; c++)
            {
                if (Less(_nodes[c].Item2, _nodes[least].Item2)) least = c;
            }
            if (!Less(_nodes[least].Item2, node.Item2)) break;
            _nodes[i] = _nodes[least];
            i = least;
        }
        _nodes[i] = node;
    }

    private void NeedAny()
    {
        if (_size == 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyQueue);
    }

    public TElement Peek()
    {
        NeedAny();
        return _nodes[0].Item1;
    }

    public TElement Dequeue()
    {
        NeedAny();
        TElement element = _nodes[0].Item1;
        RemoveRoot();
        return element;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out TElement element, [MaybeNullWhen(false)] out TPriority priority)
    {
        if (!TryPeek(out element, out priority)) return false;
        RemoveRoot();
        return true;
    }

    public bool TryPeek([MaybeNullWhen(false)] out TElement element, [MaybeNullWhen(false)] out TPriority priority)
    {
        bool any = _size != 0;
        element = any ? _nodes[0].Item1 : default(TElement)!;
        priority = any ? _nodes[0].Item2 : default(TPriority)!;
        return any;
    }

    public TElement EnqueueDequeue(TElement element, TPriority priority)
    {
        if (_size == 0 || !Less(_nodes[0].Item2, priority)) return element;
        TElement first = Dequeue();
        Enqueue(element, priority);
        return first;
    }

    public void Clear()
    {
        Array.Clear(_nodes, 0, _size);
        _size = 0;
        _version++;
    }
}
