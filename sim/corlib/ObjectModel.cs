using System.Collections.Generic;

namespace System.Collections.ObjectModel;

public class ReadOnlyCollection<T> : IList<T>, IReadOnlyList<T>
{
    private readonly IList<T> list;

    private static readonly ReadOnlyCollection<T> s_empty = new ReadOnlyCollection<T>(Array.Empty<T>());
    public static ReadOnlyCollection<T> Empty => s_empty;

    public ReadOnlyCollection(IList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list, "list");
        this.list = list;
    }

    protected IList<T> Items => list;
    public int Count => list.Count;
    public T this[int index] => list[index];
    public bool Contains(T value) => list.Contains(value);
    public int IndexOf(T value) => list.IndexOf(value);
    public void CopyTo(T[] array, int index) { list.CopyTo(array, index); }
    public IEnumerator<T> GetEnumerator() => list.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => list.GetEnumerator();
    bool ICollection<T>.IsReadOnly => true;
    T IList<T>.this[int index] { get => list[index]; set => ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void ICollection<T>.Add(T value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void ICollection<T>.Clear() { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void IList<T>.Insert(int index, T value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void IList<T>.RemoveAt(int index) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    bool ICollection<T>.Remove(T value)
    {
        ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly);
        return false;
    }
}

public class Collection<T> : IList<T>, IReadOnlyList<T>
{
    private readonly IList<T> items;

    public Collection() { items = new List<T>(); }
    public Collection(IList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list, "list");
        items = list;
    }

    protected IList<T> Items => items;
    public int Count => items.Count;
    bool ICollection<T>.IsReadOnly => items.IsReadOnly;

    public T this[int index]
    {
        get => items[index];
        set
        {
            if ((uint)index >= (uint)items.Count) ThrowHelper.ThrowIndex();
            SetItem(index, value);
        }
    }

    public void Add(T item) { InsertItem(items.Count, item); }
    public void Clear() { ClearItems(); }
    public bool Contains(T item) => items.Contains(item);
    public int IndexOf(T item) => items.IndexOf(item);
    public void CopyTo(T[] array, int index) { items.CopyTo(array, index); }
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    public void Insert(int index, T item)
    {
        if ((uint)index > (uint)items.Count) ThrowHelper.ThrowOutOfRange("index", SR.Index_ListInsert);
        InsertItem(index, item);
    }

    public bool Remove(T item)
    {
        int index = items.IndexOf(item);
        if (index < 0) return false;
        RemoveItem(index);
        return true;
    }

    public void RemoveAt(int index)
    {
        if ((uint)index >= (uint)items.Count) ThrowHelper.ThrowIndex();
        RemoveItem(index);
    }

    protected virtual void ClearItems() { items.Clear(); }
    protected virtual void InsertItem(int index, T item) { items.Insert(index, item); }
    protected virtual void RemoveItem(int index) { items.RemoveAt(index); }
    protected virtual void SetItem(int index, T item) { items[index] = item; }
}

public class ReadOnlyDictionary<TKey, TValue> : IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private readonly IDictionary<TKey, TValue> m_dictionary;

    public ReadOnlyDictionary(IDictionary<TKey, TValue> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary, "dictionary");
        m_dictionary = dictionary;
    }

    public int Count => m_dictionary.Count;
    public TValue this[TKey key] => m_dictionary[key];
    public IEnumerable<TKey> Keys => m_dictionary.Keys;
    public IEnumerable<TValue> Values => m_dictionary.Values;
    public bool ContainsKey(TKey key) => m_dictionary.ContainsKey(key);
    public bool TryGetValue(TKey key, out TValue value) => m_dictionary.TryGetValue(key, out value!);
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => m_dictionary.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => m_dictionary.GetEnumerator();
}
