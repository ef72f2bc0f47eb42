using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

public class Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private int[]? _buckets;                        // index + 1 of the first entry of a chain
    private Entry[]? _entries;
    private ulong _fastModMultiplier;
    private int _count;
    private int _freeList;
    private int _freeCount;
    private int _version;
    private IEqualityComparer<TKey>? _comparer;     // null: the default one
    private KeyCollection? _keys;
    private ValueCollection? _values;

    private const int StartOfFreeList = -3;

    private struct Entry
    {
        public uint hashCode;
        public int next;        // -1 ends a chain; free entries hold -3 minus the next free index
        public TKey key;
        public TValue value;
    }

    public Dictionary() { }
    public Dictionary(int capacity) : this(capacity, null) { }
    public Dictionary(IEqualityComparer<TKey>? comparer) : this(0, comparer) { }

    public Dictionary(int capacity, IEqualityComparer<TKey>? comparer)
    {
        if (capacity < 0) ThrowHelper.ThrowOutOfRange("capacity");
        if (capacity > 0) Initialize(capacity);
        // A reference key keeps its comparer, except strings with the ordinal ones, which are the default in effect.
        if (comparer != null && comparer != EqualityComparer<TKey>.Default && (object)comparer != StringComparer.Ordinal) _comparer = comparer;
    }

    public Dictionary(IDictionary<TKey, TValue> dictionary) : this(dictionary, null) { }
    public Dictionary(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey>? comparer) : this(dictionary == null ? 0 : dictionary.Count, comparer)
    {
        if (dictionary == null) ThrowHelper.ThrowNull("dictionary");
        AddAll(dictionary!);
    }
    public Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection) : this(collection, null) { }
    public Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection, IEqualityComparer<TKey>? comparer)
        : this(collection is ICollection<KeyValuePair<TKey, TValue>> c ? c.Count : 0, comparer)
    {
        if (collection == null) ThrowHelper.ThrowNull("collection");
        AddAll(collection!);
    }

    private void AddAll(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        if (pairs is Dictionary<TKey, TValue> other) // without a boxed enumerator
        {
            foreach (KeyValuePair<TKey, TValue> pair in other) Add(pair.Key, pair.Value);
            return;
        }
        foreach (KeyValuePair<TKey, TValue> pair in pairs) Add(pair.Key, pair.Value);
    }

    public int Count => _count - _freeCount;
    public IEqualityComparer<TKey> Comparer => _comparer ?? EqualityComparer<TKey>.Default;
    public int Capacity => _entries == null ? 0 : _entries.Length;
    public KeyCollection Keys => _keys ??= new KeyCollection(this);
    public ValueCollection Values => _values ??= new ValueCollection(this);

    public TValue this[TKey key]
    {
        get
        {
            int i = FindIndex(key);
            if (i < 0) ThrowHelper.ThrowKeyNotFound(key);
            return _entries![i].value;
        }
        set { TryInsert(key, value, Overwrite); }
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int i = FindIndex(key);
        if (i < 0)
        {
            value = default(TValue)!;
            return false;
        }
        value = _entries![i].value;
        return true;
    }

    public bool ContainsKey(TKey key) => FindIndex(key) >= 0;

    public bool ContainsValue(TValue value)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].next >= -1 && Equality.Same(_entries[i].value, value)) return true;
        }
        return false;
    }

    private uint HashOf(TKey key) => (uint)(_comparer == null ? Equality.Hash(key) : _comparer.GetHashCode(key));

    [Intrinsic, Framed]
    private int FindIndex(TKey key)
    {
        if (key == null) ThrowHelper.ThrowNull("key");
        int[]? buckets = _buckets;
        if (buckets == null) return -1;
        Entry[] entries = _entries!;
        IEqualityComparer<TKey>? comparer = _comparer;
        uint hash = HashOf(key!);
        int i = buckets[(int)HashHelpers.Mod(hash, (uint)buckets.Length, _fastModMultiplier)] - 1;
        if (comparer == null)
        {
            while (i >= 0)
            {
                ref Entry entry = ref entries[i];
                if (entry.hashCode == hash && Equality.Same(entry.key, key)) return i;
                i = entry.next;
            }
            return -1;
        }
        while (i >= 0)
        {
            ref Entry entry = ref entries[i];
            if (entry.hashCode == hash && comparer.Equals(entry.key, key)) return i;
            i = entry.next;
        }
        return -1;
    }

    private int Initialize(int capacity)
    {
        int size = HashHelpers.GetPrime(capacity);
        int[] buckets = new int[size];
        _entries = new Entry[size];
        _freeList = -1;
        _fastModMultiplier = HashHelpers.Multiplier((uint)size);
        _buckets = buckets;
        return size;
    }

    private const int KeepOld = 0, Overwrite = 1, ThrowIfThere = 2;

    private bool TryInsert(TKey key, TValue value, int behavior)
    {
        int at = FindIndex(key);
        if (at >= 0)
        {
            if (behavior == ThrowIfThere) ThrowHelper.ThrowDuplicateKey(key);
            if (behavior == Overwrite) _entries![at].value = value;
            return false;
        }
        if (_buckets == null) Initialize(0);
        uint hash = HashOf(key);
        int index;
        if (_freeCount > 0)
        {
            index = _freeList;
            _freeList = StartOfFreeList - _entries![index].next;
            _freeCount--;
        }
        else
        {
            if (_count == _entries!.Length) Resize(HashHelpers.ExpandPrime(_count));
            index = _count++;
        }
        ref int bucket = ref _buckets![(int)HashHelpers.Mod(hash, (uint)_buckets.Length, _fastModMultiplier)];
        ref Entry entry = ref _entries![index];
        entry.hashCode = hash;
        entry.next = bucket - 1;
        entry.key = key;
        entry.value = value;
        bucket = index + 1;
        _version++;
        return true;
    }

    private void Resize(int size)
    {
        Entry[] entries = new Entry[size];
        Array.Copy(_entries!, entries, _count);
        int[] buckets = new int[size];
        _fastModMultiplier = HashHelpers.Multiplier((uint)size);
        for (int i = 0; i < _count; i++)
        {
            if (entries[i].next < -1) continue;
            ref int bucket = ref buckets[(int)HashHelpers.Mod(entries[i].hashCode, (uint)size, _fastModMultiplier)];
            entries[i].next = bucket - 1;
            bucket = i + 1;
        }
        _buckets = buckets;
        _entries = entries;
    }

    public int EnsureCapacity(int capacity)
    {
        if (capacity < 0) ThrowHelper.ThrowOutOfRange("capacity");
        int now = Capacity;
        if (now >= capacity) return now;
        _version++;
        if (_buckets == null) return Initialize(capacity);
        int size = HashHelpers.GetPrime(capacity);
        Resize(size);
        return size;
    }

    public void TrimExcess()
    {
        int size = HashHelpers.GetPrime(Count);
        if (_entries == null || size >= _entries.Length) return;
        Entry[] old = _entries;
        int n = _count;
        _version++;
        Initialize(Count);
        _count = 0;
        _freeCount = 0;
        for (int i = 0; i < n; i++)
        {
            if (old[i].next >= -1) TryInsert(old[i].key, old[i].value, KeepOld);
        }
    }

    public void Add(TKey key, TValue value) { TryInsert(key, value, ThrowIfThere); }
    public bool TryAdd(TKey key, TValue value) => TryInsert(key, value, KeepOld);
    public bool Remove(TKey key) => Remove(key, out TValue _);

    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default(TValue)!;
        int found = FindIndex(key);
        if (found < 0) return false;
        Entry[] entries = _entries!;
        ref Entry entry = ref entries[found];
        ref int bucket = ref _buckets![(int)HashHelpers.Mod(entry.hashCode, (uint)_buckets.Length, _fastModMultiplier)];
        if (bucket - 1 == found) bucket = entry.next + 1;
        else
        {
            int i = bucket - 1;
            while (entries[i].next != found) i = entries[i].next;
            entries[i].next = entry.next;
        }
        value = entry.value;
        entry.next = StartOfFreeList - _freeList;
        entry.key = default(TKey)!;
        entry.value = default(TValue)!;
        _freeList = found;
        _freeCount++;
        return true;
    }

    public void Clear()
    {
        if (_count == 0) return;
        Array.Clear(_buckets!);
        Array.Clear(_entries!, 0, _count);
        _count = 0;
        _freeList = -1;
        _freeCount = 0;
    }

    private void CopyPairs(KeyValuePair<TKey, TValue>[] array, int index)
    {
        if (array == null) ThrowHelper.ThrowNull("array");
        if ((uint)index > (uint)array!.Length) ThrowHelper.ThrowNeedNonNegative("index");
        if (array.Length - index < Count) ThrowHelper.ThrowArgument(SR.Arg_ArrayPlusOffTooSmall);
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].next >= -1) array[index++] = new KeyValuePair<TKey, TValue>(_entries[i].key, _entries[i].value);
        }
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() =>
        Count == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<KeyValuePair<TKey, TValue>>()) : new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)this).GetEnumerator();
    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;
    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;
    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;
    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;
    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;
    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) { Add(item.Key, item.Value); }
    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item)
    {
        int i = FindIndex(item.Key);
        return i >= 0 && Equality.Same(_entries![i].value, item.Value);
    }
    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item)
    {
        int i = FindIndex(item.Key);
        return i >= 0 && Equality.Same(_entries![i].value, item.Value) && Remove(item.Key);
    }
    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int index) { CopyPairs(array, index); }

    // The next used entry from `index` on, or -1.
    private int Next(ref int index, int version)
    {
        if (version != _version) ThrowHelper.ThrowVersion();
        while ((uint)index < (uint)_count)
        {
            int i = index++;
            if (_entries![i].next >= -1) return i;
        }
        index = _count + 1;
        return -1;
    }

    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;
        private readonly int _version;
        private int _index;
        private KeyValuePair<TKey, TValue> _current;
        private readonly int _getEnumeratorRetType;

        internal Enumerator(Dictionary<TKey, TValue> dictionary)
        {
            _dictionary = dictionary;
            _version = dictionary._version;
            _index = 0;
            _getEnumeratorRetType = 2;
            _current = default(KeyValuePair<TKey, TValue>);
        }

        public bool MoveNext()
        {
            int i = _dictionary.Next(ref _index, _version);
            if (i < 0)
            {
                _current = default(KeyValuePair<TKey, TValue>);
                return false;
            }
            ref Entry entry = ref _dictionary._entries![i];
            _current = new KeyValuePair<TKey, TValue>(entry.key, entry.value);
            return true;
        }

        public KeyValuePair<TKey, TValue> Current => _current;
        public void Dispose() { }

        object? IEnumerator.Current
        {
            get
            {
                if (_index == 0 || _index == _dictionary._count + 1) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                return _current;
            }
        }

        void IEnumerator.Reset()
        {
            if (_version != _dictionary._version) ThrowHelper.ThrowVersion();
            _index = 0;
            _current = default(KeyValuePair<TKey, TValue>);
        }
    }

    public sealed class KeyCollection : ICollection<TKey>, IReadOnlyCollection<TKey>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        public KeyCollection(Dictionary<TKey, TValue> dictionary)
        {
            if (dictionary == null) ThrowHelper.ThrowNull("dictionary");
            _dictionary = dictionary!;
        }

        public int Count => _dictionary.Count;
        bool ICollection<TKey>.IsReadOnly => true;
        public bool Contains(TKey item) => _dictionary.ContainsKey(item);
        void ICollection<TKey>.Add(TKey item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_KeyCollection); }
        void ICollection<TKey>.Clear() { ThrowHelper.ThrowNotSupported(SR.NotSupported_KeyCollection); }
        bool ICollection<TKey>.Remove(TKey item)
        {
            ThrowHelper.ThrowNotSupported(SR.NotSupported_KeyCollection);
            return false;
        }

        public void CopyTo(TKey[] array, int index)
        {
            if (array == null) ThrowHelper.ThrowNull("array");
            if ((uint)index > (uint)array!.Length) ThrowHelper.ThrowNeedNonNegative("index");
            if (array.Length - index < Count) ThrowHelper.ThrowArgument(SR.Arg_ArrayPlusOffTooSmall);
            for (int i = 0; i < _dictionary._count; i++)
            {
                ref Entry entry = ref _dictionary._entries![i];
                if (entry.next >= -1) array[index++] = entry.key;
            }
        }

        public Enumerator GetEnumerator() => new Enumerator(_dictionary);
        IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() =>
            Count == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<TKey>()) : new Enumerator(_dictionary);
        IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<TKey>)this).GetEnumerator();

        public struct Enumerator : IEnumerator<TKey>
        {
            private readonly Dictionary<TKey, TValue> _dictionary;
            private int _index;
            private readonly int _version;
            private TKey? _currentKey;

            internal Enumerator(Dictionary<TKey, TValue> dictionary)
            {
                _dictionary = dictionary;
                _version = dictionary._version;
                _index = 0;
                _currentKey = default(TKey);
            }

            public bool MoveNext()
            {
                int i = _dictionary.Next(ref _index, _version);
                _currentKey = i < 0 ? default(TKey) : _dictionary._entries![i].key;
                return i >= 0;
            }

            public TKey Current => _currentKey!;
            public void Dispose() { }

            object? IEnumerator.Current
            {
                get
                {
                    if (_index == 0 || _index == _dictionary._count + 1) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                    return _currentKey;
                }
            }

            void IEnumerator.Reset()
            {
                if (_version != _dictionary._version) ThrowHelper.ThrowVersion();
                _index = 0;
                _currentKey = default(TKey);
            }
        }
    }

    public sealed class ValueCollection : ICollection<TValue>, IReadOnlyCollection<TValue>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        public ValueCollection(Dictionary<TKey, TValue> dictionary)
        {
            if (dictionary == null) ThrowHelper.ThrowNull("dictionary");
            _dictionary = dictionary!;
        }

        public int Count => _dictionary.Count;
        bool ICollection<TValue>.IsReadOnly => true;
        public bool Contains(TValue item) => _dictionary.ContainsValue(item);
        void ICollection<TValue>.Add(TValue item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ValueCollection); }
        void ICollection<TValue>.Clear() { ThrowHelper.ThrowNotSupported(SR.NotSupported_ValueCollection); }
        bool ICollection<TValue>.Remove(TValue item)
        {
            ThrowHelper.ThrowNotSupported(SR.NotSupported_ValueCollection);
            return false;
        }

        public void CopyTo(TValue[] array, int index)
        {
            if (array == null) ThrowHelper.ThrowNull("array");
            if ((uint)index > (uint)array!.Length) ThrowHelper.ThrowNeedNonNegative("index");
            if (array.Length - index < Count) ThrowHelper.ThrowArgument(SR.Arg_ArrayPlusOffTooSmall);
            for (int i = 0; i < _dictionary._count; i++)
            {
                ref Entry entry = ref _dictionary._entries![i];
                if (entry.next >= -1) array[index++] = entry.value;
            }
        }

        public Enumerator GetEnumerator() => new Enumerator(_dictionary);
        IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() =>
            Count == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<TValue>()) : new Enumerator(_dictionary);
        IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<TValue>)this).GetEnumerator();

        public struct Enumerator : IEnumerator<TValue>
        {
            private readonly Dictionary<TKey, TValue> _dictionary;
            private int _index;
            private readonly int _version;
            private TValue? _currentValue;

            internal Enumerator(Dictionary<TKey, TValue> dictionary)
            {
                _dictionary = dictionary;
                _version = dictionary._version;
                _index = 0;
                _currentValue = default(TValue);
            }

            public bool MoveNext()
            {
                int i = _dictionary.Next(ref _index, _version);
                _currentValue = i < 0 ? default(TValue) : _dictionary._entries![i].value;
                return i >= 0;
            }

            public TValue Current => _currentValue!;
            public void Dispose() { }

            object? IEnumerator.Current
            {
                get
                {
                    if (_index == 0 || _index == _dictionary._count + 1) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                    return _currentValue;
                }
            }

            void IEnumerator.Reset()
            {
                if (_version != _dictionary._version) ThrowHelper.ThrowVersion();
                _index = 0;
                _currentValue = default(TValue);
            }
        }
    }
}
