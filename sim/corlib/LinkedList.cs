using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

public sealed class LinkedListNode<T>
{
    internal LinkedList<T>? list;
    internal LinkedListNode<T>? next;
    internal LinkedListNode<T>? prev;
    internal T item;

    public LinkedListNode(T value) { item = value; }
    public LinkedList<T>? List => list;
    public LinkedListNode<T>? Next => next == null || next == list!.head ? null : next;
    public LinkedListNode<T>? Previous => prev == null || this == list!.head ? null : prev;
    public T Value { get => item; set => item = value; }
}

/// A ring of nodes that starts at `head`.
public class LinkedList<T> : ICollection<T>, IReadOnlyCollection<T>
{
    internal LinkedListNode<T>? head;
    internal int count;
    internal int version;
    private readonly object? _serializationInfo = null; // only here for its eight bytes

    public LinkedList() { }
    public LinkedList(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        foreach (T item in collection) AddLast(item);
    }

    public int Count => count;
    public LinkedListNode<T>? First => head;
    public LinkedListNode<T>? Last => head?.prev;
    bool ICollection<T>.IsReadOnly => false;
    void ICollection<T>.Add(T value) { AddLast(value); }

    private void Check(LinkedListNode<T> node)
    {
        ArgumentNullException.ThrowIfNull(node, "node");
        if (node.list != this) throw new InvalidOperationException(SR.InvalidOperation_NodeElsewhere);
    }

    private static void CheckNew(LinkedListNode<T> node, string name)
    {
        ArgumentNullException.ThrowIfNull(node, name);
        if (node.list != null) throw new InvalidOperationException(SR.InvalidOperation_NodeAttached);
    }

    // Before `at`, or alone.
    private void Link(LinkedListNode<T>? at, LinkedListNode<T> node)
    {
        node.list = this;
        if (at == null)
        {
            node.next = node;
            node.prev = node;
            head = node;
        }
        else
        {
            node.next = at;
            node.prev = at.prev;
            at.prev!.next = node;
            at.prev = node;
        }
        version++;
        count++;
    }

    public LinkedListNode<T> AddFirst(T value)
    {
        LinkedListNode<T> node = new LinkedListNode<T>(value);
        AddFirst(node);
        return node;
    }
    public void AddFirst(LinkedListNode<T> node)
    {
        CheckNew(node, "node");
        Link(head, node);
        head = node;
    }
    public LinkedListNode<T> AddLast(T value)
    {
        LinkedListNode<T> node = new LinkedListNode<T>(value);
        Link(head, node);
        return node;
    }
    public void AddLast(LinkedListNode<T> node)
    {
        CheckNew(node, "node");
        Link(head, node);
    }
    public LinkedListNode<T> AddAfter(LinkedListNode<T> node, T value)
    {
        Check(node);
        LinkedListNode<T> added = new LinkedListNode<T>(value);
        Link(node.next, added);
        return added;
    }
    public void AddAfter(LinkedListNode<T> node, LinkedListNode<T> newNode)
    {
        Check(node);
        CheckNew(newNode, "newNode");
        Link(node.next, newNode);
    }
    public LinkedListNode<T> AddBefore(LinkedListNode<T> node, T value)
    {
        Check(node);
        LinkedListNode<T> added = new LinkedListNode<T>(value);
        AddBefore(node, added);
        return added;
    }
    public void AddBefore(LinkedListNode<T> node, LinkedListNode<T> newNode)
    {
        Check(node);
        CheckNew(newNode, "newNode");
        Link(node, newNode);
        if (node == head) head = newNode;
    }

    public void Remove(LinkedListNode<T> node)
    {
        Check(node);
        if (node.next == node) head = null;
        else
        {
            node.next!.prev = node.prev;
            node.prev!.next = node.next;
            if (head == node) head = node.next;
        }
        node.list = null;
        node.next = null;
        node.prev = null;
        count--;
        version++;
    }
    public bool Remove(T value)
    {
        LinkedListNode<T>? node = Find(value);
        if (node == null) return false;
        Remove(node);
        return true;
    }
    public void RemoveFirst()
    {
        if (head == null) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyList);
        Remove(head!);
    }
    public void RemoveLast()
    {
        if (head == null) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyList);
        Remove(head!.prev!);
    }
    public void Clear()
    {
        while (head != null) Remove(head);
        version++;
    }

    public LinkedListNode<T>? Find(T value)
    {
        LinkedListNode<T>? node = head;
        for (int i = 0; i < count; i++, node = node.next)
        {
            if (Equality.Same(node!.item, value)) return node;
        }
        return null;
    }
    public LinkedListNode<T>? FindLast(T value)
    {
        LinkedListNode<T>? node = head?.prev;
        for (int i = 0; i < count; i++, node = node.prev)
        {
            if (Equality.Same(node!.item, value)) return node;
        }
        return null;
    }
    public bool Contains(T value) => Find(value) != null;
    public void CopyTo(T[] array, int index)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentOutOfRangeException.ThrowIfNegative(index, "index");
        if (array.Length - index < count) throw new ArgumentException("Insufficient space in the target location to copy the information.");
        LinkedListNode<T>? node = head;
        for (int i = 0; i < count; i++, node = node.next) array[index + i] = node!.item;
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    public struct Enumerator : IEnumerator<T>
    {
        private readonly LinkedList<T> _list;
        private LinkedListNode<T>? _node;
        private readonly int _version;
        private T? _current;
        private int _index;

        internal Enumerator(LinkedList<T> list)
        {
            _list = list;
            _version = list.version;
            _node = list.head;
            _current = default(T);
            _index = 0;
        }

        public T Current => _current!;
        object? IEnumerator.Current
        {
            get
            {
                if (_index == 0 || _index == _list.count + 1) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumCantHappen);
                return _current;
            }
        }
        public bool MoveNext()
        {
            if (_version != _list.version) ThrowHelper.ThrowVersion();
            if (_node == null)
            {
                _index = _list.count + 1;
                return false;
            }
            _index++;
            _current = _node.item;
            _node = _node.next == _list.head ? null : _node.next;
            return true;
        }
        void IEnumerator.Reset() { _node = _list.head; _index = 0; _current = default(T); }
        public void Dispose() { }
    }
}
