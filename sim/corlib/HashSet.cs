using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

public class HashSet<T> : ISet<T>, IReadOnlySet<T>
{
    private int[]? _buckets;
    private Entry[]? _entries;
    private ulong _fastModMultiplier;
    private int _count;
    private int _freeList;
    private int _freeCount;
    private int _version;
    private IEqualityComparer<T>? _comparer;

    private const int StartOfFreeList = -3;

    private struct Entry
    {
        public int HashCode;
        public int Next;
        public T Value;
    }

    public HashSet() { }
    public HashSet(int capacity) : this(capacity, null) { }
    public HashSet(IEqualityComparer<T>? comparer) : this(0, comparer) { }
    public HashSet(int capacity, IEqualityComparer<T>? comparer)
    {
        if (capacity < 0) ThrowHelper.ThrowOutOfRange("capacity");
        if (comparer != null && comparer != EqualityComparer<T>.Default && (object)comparer != StringComparer.Ordinal) _comparer = comparer;
        if (capacity > 0) Initialize(capacity);
    }
    public HashSet(IEnumerable<T> collection) : this(collection, null) { }
    public HashSet(IEnumerable<T> collection, IEqualityComparer<T>? comparer) : this(0, comparer)
    {
        if (collection == null) ThrowHelper.ThrowNull("collection");
        if (collection is ICollection<T> c && c.Count > 0) Initialize(c.Count);
        UnionWith(collection!);
    }

    public int Count => _count - _freeCount;
    public IEqualityComparer<T> Comparer => _comparer ?? EqualityComparer<T>.Default;
    bool ICollection<T>.IsReadOnly => false;

    private int HashOf(T item)
    {
        if (item == null) return 0;
        return _comparer == null ? Equality.Hash(item) : _comparer.GetHashCode(item);
    }

    private int FindIndex(T item, int hash)
    {
        if (_buckets == null) return -1;
        Entry[] entries = _entries!;
        int i = _buckets[(int)HashHelpers.Mod((uint)hash, (uint)_buckets.Length, _fastModMultiplier)] - 1;
        while (i >= 0)
        {
            ref Entry entry = ref entries[i];
            if (entry.HashCode == hash && (_comparer == null ? Equality.Same(entry.Value, item) : _comparer.Equals(entry.Value, item))) return i;
            i = entry.Next;
        }
        return -1;
    }

    private void Initialize(int capacity)
    {
        int size = HashHelpers.GetPrime(capacity);
        _buckets = new int[size];
        _entries = new Entry[size];
        _freeList = -1;
        _fastModMultiplier = HashHelpers.Multiplier((uint)size);
    }

    public bool Contains(T item) => FindIndex(item, HashOf(item)) >= 0;

    public bool TryGetValue(T equalValue, [MaybeNullWhen(false)] out T actualValue)
    {
        int i = FindIndex(equalValue, HashOf(equalValue));
        actualValue = i < 0 ? default(T)! : _entries![i].Value;
        return i >= 0;
    }

    public bool Add(T item)
    {
        int hash = HashOf(item);
        if (FindIndex(item, hash) >= 0) return false;
        if (_buckets == null) Initialize(0);
        int index;
        if (_freeCount > 0)
        {
            index = _freeList;
            _freeCount--;
            _freeList = StartOfFreeList - _entries![index].Next;
        }
        else
        {
            if (_count == _entries!.Length) Resize(HashHelpers.ExpandPrime(_count));
            index = _count++;
        }
        ref int bucket = ref _buckets![(int)HashHelpers.Mod((uint)hash, (uint)_buckets.Length, _fastModMultiplier)];
        ref Entry entry = ref _entries![index];
        entry.HashCode = hash;
        entry.Next = bucket - 1;
        entry.Value = item;
        bucket = index + 1;
        _version++;
        return true;
    }

    void ICollection<T>.Add(T item) { Add(item); }

    private void Resize(int size)
    {
        Entry[] entries = new Entry[size];
        Array.Copy(_entries!, entries, _count);
        _buckets = new int[size];
        _fastModMultiplier = HashHelpers.Multiplier((uint)size);
        for (int i = 0; i < _count; i++)
        {
            if (entries[i].Next < -1) continue;
            ref int bucket = ref _buckets[(int)HashHelpers.Mod((uint)entries[i].HashCode, (uint)size, _fastModMultiplier)];
            entries[i].Next = bucket - 1;
            bucket = i + 1;
        }
        _entries = entries;
    }

    public bool Remove(T item)
    {
        int found = FindIndex(item, HashOf(item));
        if (found < 0) return false;
        Entry[] entries = _entries!;
        ref Entry entry = ref entries[found];
        ref int bucket = ref _buckets![(int)HashHelpers.Mod((uint)entry.HashCode, (uint)_buckets.Length, _fastModMultiplier)];
        if (bucket - 1 == found) bucket = entry.Next + 1;
        else
        {
            int i = bucket - 1;
            while (entries[i].Next != found) i = entries[i].Next;
            entries[i].Next = entry.Next;
        }
        entry.Next = StartOfFreeList - _freeList;
        entry.Value = default(T)!;
        _freeList = found;
        _freeCount++;
        return true;
    }

    public int RemoveWhere(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        int removed = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].Next < -1) continue;
            T value = _entries[i].Value;
            if (match!(value) && Remove(value)) removed++;
        }
        return removed;
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

    public int EnsureCapacity(int capacity)
    {
        if (capacity < 0) ThrowHelper.ThrowOutOfRange("capacity");
        if (_entries == null) Initialize(capacity);
        else if (_entries.Length < capacity) Resize(HashHelpers.GetPrime(capacity));
        return _entries!.Length;
    }

    public void CopyTo(T[] array) { CopyTo(array, 0); }
    public void CopyTo(T[] array, int arrayIndex)
    {
        if (array == null) ThrowHelper.ThrowNull("array");
        if (arrayIndex < 0) ThrowHelper.ThrowNeedNonNegative("arrayIndex");
        if (Count > array!.Length - arrayIndex) ThrowHelper.ThrowArgument(SR.Arg_ArrayPlusOffTooSmall);
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].Next >= -1) array[arrayIndex++] = _entries[i].Value;
        }
    }

    private static void NeedOther(IEnumerable<T> other)
    {
        if (other == null) ThrowHelper.ThrowNull("other");
    }

    private HashSet<T> SetOf(IEnumerable<T> other)
    {
        NeedOther(other);
        if (other is HashSet<T> set && set._comparer == _comparer) return set;
        return new HashSet<T>(other, _comparer);
    }

    private int CountIn(HashSet<T> other)
    {
        int n = 0;
        foreach (T item in this)
        {
            if (other.Contains(item)) n++;
        }
        return n;
    }

    public void UnionWith(IEnumerable<T> other)
    {
        NeedOther(other);
        foreach (T item in other) Add(item);
    }

    public void ExceptWith(IEnumerable<T> other)
    {
        NeedOther(other);
        if (other == this) { Clear(); return; }
        foreach (T item in other) Remove(item);
    }

    public void IntersectWith(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        if (set == this) return;
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].Next < -1) continue;
            T item = _entries[i].Value;
            if (!set.Contains(item)) Remove(item);
        }
    }

    public void SymmetricExceptWith(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        if (set == this) { Clear(); return; }
        foreach (T item in set)
        {
            if (!Remove(item)) Add(item);
        }
    }

    public bool IsSubsetOf(IEnumerable<T> other) => CountIn(SetOf(other)) == Count;
    public bool IsSupersetOf(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        return CountIn(set) == set.Count;
    }
    public bool IsProperSubsetOf(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        return set.Count > Count && CountIn(set) == Count;
    }
    public bool IsProperSupersetOf(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        return set.Count < Count && CountIn(set) == set.Count;
    }
    public bool Overlaps(IEnumerable<T> other)
    {
        NeedOther(other);
        foreach (T item in other)
        {
            if (Contains(item)) return true;
        }
        return false;
    }
    public bool SetEquals(IEnumerable<T> other)
    {
        HashSet<T> set = SetOf(other);
        return set.Count == Count && CountIn(set) == Count;
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => Count == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<T>()) : new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    public struct Enumerator : IEnumerator<T>
    {
        private readonly HashSet<T> _hashSet;
        private readonly int _version;
        private int _index;
        private T _current;

        internal Enumerator(HashSet<T> hashSet)
        {
            _hashSet = hashSet;
            _version = hashSet._version;
            _index = 0;
            _current = default(T)!;
        }

        public bool MoveNext()
        {
            if (_version != _hashSet._version) ThrowHelper.ThrowVersion();
            while ((uint)_index < (uint)_hashSet._count)
            {
                ref Entry entry = ref _hashSet._entries![_index++];
                if (entry.Next < -1) continue;
                _current = entry.Value;
                return true;
            }
            _index = _hashSet._count + 1;
            _current = default(T)!;
            return false;
        }

        public T Current => _current;
        public void Dispose() { }

        object? IEnumerator.Current
        {
            get
            {
                if (_index == 0 || _index == _hashSet._count + 1) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                return _current;
            }
        }

        void IEnumerator.Reset()
        {
            if (_version != _hashSet._version) ThrowHelper.ThrowVersion();
            _index = 0;
            _current = default(T)!;
        }
    }
}
