using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

public class List<T> : IList<T>, IList, IReadOnlyList<T>
{
    internal T[] _items;
    internal int _size;
    internal int _version;

    private static readonly T[] s_emptyArray = RuntimeHelpers.AllocateUncountedArray<T>(0);

    public List() { _items = s_emptyArray; }

    public List(int capacity)
    {
        if (capacity < 0) ThrowHelper.ThrowNeedNonNegative("capacity");
        _items = capacity == 0 ? s_emptyArray : new T[capacity];
    }

    public List(IEnumerable<T> collection)
    {
        if (collection == null) ThrowHelper.ThrowNull("collection");
        _items = s_emptyArray;
        if (collection is ICollection<T> c)
        {
            int count = c.Count;
            if (count == 0) return;
            _items = new T[count];
            c.CopyTo(_items, 0);
            _size = count;
            return;
        }
        foreach (T item in collection!) Add(item);
    }

    public int Count => _size;

    public int Capacity
    {
        get => _items.Length;
        set
        {
            if (value < _size) ThrowHelper.ThrowOutOfRange("value", SR.SmallCapacity);
            if (value == _items.Length) return;
            if (value == 0) { _items = s_emptyArray; return; }
            T[] items = new T[value];
            if (_size > 0) Array.Copy(_items, items, _size);
            _items = items;
        }
    }

    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
            return _items[index];
        }
        set
        {
            if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
            _items[index] = value;
            _version++;
        }
    }

    public void Add(T item)
    {
        _version++;
        T[] items = _items;
        int size = _size;
        if ((uint)size < (uint)items.Length)
        {
            _size = size + 1;
            items[size] = item;
        }
        else AddWithResize(item);
    }

    private void AddWithResize(T item)
    {
        int size = _size;
        Grow(size + 1);
        _size = size + 1;
        _items[size] = item;
    }

    private void Grow(int needed)
    {
        int capacity = _items.Length == 0 ? 4 : 2 * _items.Length;
        if (capacity < needed) capacity = needed;
        Capacity = capacity;
    }

    public int EnsureCapacity(int capacity)
    {
        if (capacity < 0) ThrowHelper.ThrowNeedNonNegative("capacity");
        if (_items.Length < capacity) Grow(capacity);
        return _items.Length;
    }

    public void AddRange(IEnumerable<T> collection)
    {
        if (collection == null) ThrowHelper.ThrowNull("collection");
        if (collection is ICollection<T> c)
        {
            int count = c.Count;
            if (count == 0) return;
            if (_items.Length - _size < count) Grow(_size + count);
            c.CopyTo(_items, _size);
            _size += count;
            _version++;
            return;
        }
        foreach (T item in collection!) Add(item);
    }

    public void InsertRange(int index, IEnumerable<T> collection)
    {
        if (collection == null) ThrowHelper.ThrowNull("collection");
        if ((uint)index > (uint)_size) ThrowHelper.ThrowOutOfRange("index", SR.Index_RangeOrEqual);
        T[] added = new List<T>(collection!).ToArray();
        if (added.Length == 0) return;
        if (_items.Length - _size < added.Length) Grow(_size + added.Length);
        if (index < _size) Array.Copy(_items, index, _items, index + added.Length, _size - index);
        Array.Copy(added, 0, _items, index, added.Length);
        _size += added.Length;
        _version++;
    }

    public void Insert(int index, T item)
    {
        if ((uint)index > (uint)_size) ThrowHelper.ThrowOutOfRange("index", SR.Index_ListInsert);
        if (_size == _items.Length) Grow(_size + 1);
        if (index < _size) Array.Copy(_items, index, _items, index + 1, _size - index);
        _items[index] = item;
        _size++;
        _version++;
    }

    public bool Remove(T item)
    {
        int index = IndexOf(item);
        if (index < 0) return false;
        RemoveAt(index);
        return true;
    }

    public void RemoveAt(int index)
    {
        if ((uint)index >= (uint)_size) ThrowHelper.ThrowIndex();
        _size--;
        if (index < _size) Array.Copy(_items, index + 1, _items, index, _size - index);
        _items[_size] = default(T)!;
        _version++;
    }

    public void RemoveRange(int index, int count)
    {
        CheckRange(index, count);
        if (count == 0) return;
        _size -= count;
        if (index < _size) Array.Copy(_items, index + count, _items, index, _size - index);
        _version++;
        Array.Clear(_items, _size, count);
    }

    public int RemoveAll(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        int kept = 0;
        for (int i = 0; i < _size; i++)
        {
            if (!match!(_items[i])) _items[kept++] = _items[i];
        }
        int removed = _size - kept;
        if (removed == 0) return 0;
        Array.Clear(_items, kept, removed);
        _size = kept;
        _version++;
        return removed;
    }

    public void Clear()
    {
        _version++;
        if (_size > 0) Array.Clear(_items, 0, _size);
        _size = 0;
    }

    private void CheckRange(int index, int count)
    {
        if (index < 0) ThrowHelper.ThrowNeedNonNegative("index");
        if (count < 0) ThrowHelper.ThrowNeedNonNegative("count");
        if (_size - index < count) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
    }

    public bool Contains(T item) => _size != 0 && IndexOf(item) >= 0;
    public int IndexOf(T item) => Array.IndexOf(_items, item, 0, _size);
    public int IndexOf(T item, int index)
    {
        if (index > _size) ThrowHelper.ThrowOutOfRange("index", SR.Index_RangeOrEqual);
        return Array.IndexOf(_items, item, index, _size - index);
    }
    public int LastIndexOf(T item)
    {
        for (int i = _size - 1; i >= 0; i--)
        {
            if (Equality.Same(_items[i], item)) return i;
        }
        return -1;
    }

    public int FindIndex(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        for (int i = 0; i < _size; i++)
        {
            if (match!(_items[i])) return i;
        }
        return -1;
    }

    public int FindLastIndex(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        for (int i = _size - 1; i >= 0; i--)
        {
            if (match!(_items[i])) return i;
        }
        return -1;
    }

    public T? Find(Predicate<T> match)
    {
        int index = FindIndex(match);
        return index < 0 ? default(T) : _items[index];
    }

    public T? FindLast(Predicate<T> match)
    {
        int index = FindLastIndex(match);
        return index < 0 ? default(T) : _items[index];
    }

    public List<T> FindAll(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        List<T> found = new List<T>();
        for (int i = 0; i < _size; i++)
        {
            if (match!(_items[i])) found.Add(_items[i]);
        }
        return found;
    }

    public bool Exists(Predicate<T> match) => FindIndex(match) >= 0;

    public bool TrueForAll(Predicate<T> match)
    {
        if (match == null) ThrowHelper.ThrowNull("match");
        for (int i = 0; i < _size; i++)
        {
            if (!match!(_items[i])) return false;
        }
        return true;
    }

    public void ForEach(Action<T> action)
    {
        if (action == null) ThrowHelper.ThrowNull("action");
        int version = _version;
        for (int i = 0; i < _size; i++)
        {
            if (version != _version) break;
            action!(_items[i]);
        }
        if (version != _version) ThrowHelper.ThrowVersion();
    }

    public List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)
    {
        if (converter == null) ThrowHelper.ThrowNull("converter");
        List<TOutput> result = new List<TOutput>(_size);
        for (int i = 0; i < _size; i++) result.Add(converter!(_items[i]));
        return result;
    }

    public List<T> GetRange(int index, int count)
    {
        CheckRange(index, count);
        List<T> result = new List<T>(count);
        Array.Copy(_items, index, result._items, 0, count);
        result._size = count;
        return result;
    }

    public List<T> Slice(int start, int length) => GetRange(start, length);
    public ReadOnlyCollection<T> AsReadOnly() => new ReadOnlyCollection<T>(this);
    public void CopyTo(T[] array) { CopyTo(array, 0); }
    public void CopyTo(T[] array, int arrayIndex) { Array.Copy(_items, 0, array, arrayIndex, _size); }
    public void CopyTo(int index, T[] array, int arrayIndex, int count)
    {
        if (_size - index < count) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
        Array.Copy(_items, index, array, arrayIndex, count);
    }

    public T[] ToArray()
    {
        if (_size == 0) return s_emptyArray;
        T[] array = new T[_size];
        Array.Copy(_items, array, _size);
        return array;
    }

    public void Reverse() { Reverse(0, _size); }
    public void Reverse(int index, int count)
    {
        CheckRange(index, count);
        Array.Reverse(_items, index, count);
        _version++;
    }

    public void Sort() { Sort(0, _size, null); }
    public void Sort(IComparer<T>? comparer) { Sort(0, _size, comparer); }
    public void Sort(int index, int count, IComparer<T>? comparer)
    {
        CheckRange(index, count);
        if (count > 1) Array.Sort(_items, index, count, comparer);
        _version++;
    }
    public void Sort(Comparison<T> comparison)
    {
        if (comparison == null) ThrowHelper.ThrowNull("comparison");
        ArraySort.Sort(_items, 0, _size, comparison!);
        _version++;
    }

    public int BinarySearch(T item) => Array.BinarySearch(_items, 0, _size, item, null);
    public int BinarySearch(T item, IComparer<T>? comparer) => Array.BinarySearch(_items, 0, _size, item, comparer);

    public void TrimExcess()
    {
        if (_size < (int)(_items.Length * 0.9)) Capacity = _size;
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _size == 0 ? SZArrayHelper.GetEnumerator(s_emptyArray) : new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    bool ICollection<T>.IsReadOnly => false;
    bool IList.IsFixedSize => false;
    bool IList.IsReadOnly => false;
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => this;
    void ICollection.CopyTo(Array array, int index) { Array.Copy(_items, 0, array, index, _size); }
    object? IList.this[int index] { get => this[index]; set => this[index] = (T)value!; }
    int IList.Add(object? value) { Add((T)value!); return _size - 1; }
    bool IList.Contains(object? value) => value is T item && Contains(item);
    int IList.IndexOf(object? value) => value is T item ? IndexOf(item) : -1;
    void IList.Insert(int index, object? value) { Insert(index, (T)value!); }
    void IList.Remove(object? value) { if (value is T item) Remove(item); }

    public struct Enumerator : IEnumerator<T>
    {
        private readonly List<T> _list;
        private int _index;
        private readonly int _version;
        private T? _current;

        internal Enumerator(List<T> list)
        {
            _list = list;
            _index = 0;
            _version = list._version;
            _current = default(T);
        }

        public void Dispose() { }

        public bool MoveNext()
        {
            List<T> list = _list;
            if (_version != list._version) ThrowHelper.ThrowVersion();
            if ((uint)_index < (uint)list._size)
            {
                _current = list._items[_index++];
                return true;
            }
            _current = default(T);
            _index = -1;
            return false;
        }

        public T Current => _current!;

        object? IEnumerator.Current
        {
            get
            {
                if (_index <= 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                return _current;
            }
        }

        void IEnumerator.Reset()
        {
            if (_version != _list._version) ThrowHelper.ThrowVersion();
            _index = 0;
            _current = default(T);
        }
    }
}
