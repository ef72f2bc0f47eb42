// The non-generic interfaces, and the small dictionary behind Exception.Data.
namespace System.Collections;

public interface IEnumerable { IEnumerator GetEnumerator(); }
public interface IEnumerator
{
    object? Current { get; }
    bool MoveNext();
    void Reset();
}
public interface ICollection : IEnumerable
{
    int Count { get; }
    bool IsSynchronized { get; }
    object SyncRoot { get; }
    void CopyTo(Array array, int index);
}
public interface IList : ICollection
{
    object? this[int index] { get; set; }
    bool IsFixedSize { get; }
    bool IsReadOnly { get; }
    int Add(object? value);
    void Clear();
    bool Contains(object? value);
    int IndexOf(object? value);
    void Insert(int index, object? value);
    void Remove(object? value);
    void RemoveAt(int index);
}
public interface IDictionaryEnumerator : IEnumerator
{
    DictionaryEntry Entry { get; }
    object Key { get; }
    object? Value { get; }
}
public interface IDictionary : ICollection
{
    object? this[object key] { get; set; }
    ICollection Keys { get; }
    ICollection Values { get; }
    bool IsFixedSize { get; }
    bool IsReadOnly { get; }
    void Add(object key, object? value);
    void Clear();
    bool Contains(object key);
    new IDictionaryEnumerator GetEnumerator();
    void Remove(object key);
}
public interface IComparer { int Compare(object? x, object? y); }
public interface IEqualityComparer
{
    bool Equals(object? x, object? y);
    int GetHashCode(object obj);
}
public interface IStructuralEquatable
{
    bool Equals(object? other, IEqualityComparer comparer);
    int GetHashCode(IEqualityComparer comparer);
}
public interface IStructuralComparable { int CompareTo(object? other, IComparer comparer); }

public struct DictionaryEntry
{
    private object _key;
    private object? _value;
    public DictionaryEntry(object key, object? value) { _key = key; _value = value; }
    public object Key { get => _key; set => _key = value; }
    public object? Value { get => _value; set => _value = value; }
}

internal sealed class ListDictionaryInternal : IDictionary
{
    private Node? _head;
    private int _version;
    private int _count;

    private sealed class Node
    {
        internal object Key = null!;
        internal object? Value;
        internal Node? Next;
    }

    private Node? Find(object key)
    {
        ArgumentNullException.ThrowIfNull(key, "key");
        Node? node = _head;
        while (node != null && !node.Key.Equals(key)) node = node.Next;
        return node;
    }

    private void Append(object key, object? value)
    {
        Node node = new Node();
        node.Key = key;
        node.Value = value;
        if (_head == null) _head = node;
        else
        {
            Node last = _head;
            while (last.Next != null) last = last.Next;
            last.Next = node;
        }
        _count++;
        _version++;
    }

    public object? this[object key]
    {
        get => Find(key)?.Value;
        set
        {
            Node? node = Find(key);
            if (node != null) { node.Value = value; _version++; }
            else Append(key, value);
        }
    }

    public int Count => _count;
    public bool IsSynchronized => false;
    public object SyncRoot => this;
    public bool IsFixedSize => false;
    public bool IsReadOnly => false;
    public ICollection Keys => Column(true);
    public ICollection Values => Column(false);

    private object?[] Column(bool keys)
    {
        object?[] column = new object?[_count];
        int i = 0;
        for (Node? node = _head; node != null; node = node.Next) column[i++] = keys ? node.Key : node.Value;
        return column;
    }

    public void Add(object key, object? value)
    {
        if (Find(key) != null) throw new ArgumentException(string.Concat("Item has already been added. Key in dictionary: '", key.ToString(), "'"));
        Append(key, value);
    }

    public void Clear() { _head = null; _count = 0; _version++; }
    public bool Contains(object key) => Find(key) != null;

    public void Remove(object key)
    {
        Node? node = Find(key);
        if (node == null) return;
        if (node == _head) _head = node.Next;
        else
        {
            Node before = _head!;
            while (before.Next != node) before = before.Next!;
            before.Next = node.Next;
        }
        _count--;
        _version++;
    }

    public void CopyTo(Array array, int index)
    {
        object[] target = (object[])array;
        for (Node? node = _head; node != null; node = node.Next) target[index++] = new DictionaryEntry(node.Key, node.Value);
    }

    public IDictionaryEnumerator GetEnumerator() => new NodeEnumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => new NodeEnumerator(this);

    private sealed class NodeEnumerator : IDictionaryEnumerator
    {
        private readonly ListDictionaryInternal _list;
        private Node? _current;
        private readonly int _version;
        private bool _started;

        internal NodeEnumerator(ListDictionaryInternal list) { _list = list; _version = list._version; }

        public bool MoveNext()
        {
            if (_version != _list._version) ThrowHelper.ThrowVersion();
            _current = _started ? _current?.Next : _list._head;
            _started = true;
            return _current != null;
        }

        public void Reset() { _started = false; _current = null; }
        private Node Here => _current ?? throw new InvalidOperationException(SR.InvalidOperation_EnumCantHappen);
        public DictionaryEntry Entry => new DictionaryEntry(Here.Key, Here.Value);
        public object Key => Here.Key;
        public object? Value => Here.Value;
        public object? Current => Entry;
    }
}
