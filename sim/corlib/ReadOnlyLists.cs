// What collection expressions become for interfaces that only read.
using System.Collections;
using System.Collections.Generic;

namespace System.Runtime.CompilerServices;

internal abstract class ReadOnlyListBase<T> : IList<T>, IReadOnlyList<T>
{
    public abstract int Count { get; }
    public abstract T this[int index] { get; set; }
    public abstract int IndexOf(T item);
    public abstract void CopyTo(T[] array, int arrayIndex);
    public abstract IEnumerator<T> GetEnumerator();

    protected static void Refuse() => throw new NotSupportedException();

    public bool Contains(T item) => IndexOf(item) >= 0;
    bool ICollection<T>.IsReadOnly => true;
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    void ICollection<T>.Add(T item) => Refuse();
    void ICollection<T>.Clear() => Refuse();
    void IList<T>.Insert(int index, T item) => Refuse();
    void IList<T>.RemoveAt(int index) => Refuse();

    bool ICollection<T>.Remove(T item)
    {
        Refuse();
        return false;
    }
}

internal sealed class ReadOnlyArray<T> : ReadOnlyListBase<T>
{
    private readonly T[] _items;

    internal ReadOnlyArray(T[] items) { _items = items; }
    public override int Count => _items.Length;
    public override T this[int index] { get => _items[index]; set => Refuse(); }
    public override int IndexOf(T item) => Array.IndexOf(_items, item);
    public override void CopyTo(T[] array, int arrayIndex) => Array.Copy(_items, 0, array, arrayIndex, _items.Length);
    public override IEnumerator<T> GetEnumerator() => SZArrayHelper.GetEnumerator(_items);
}

internal sealed class ReadOnlySingleElementList<T> : ReadOnlyListBase<T>
{
    private readonly T _item;

    internal ReadOnlySingleElementList(T item) { _item = item; }
    public override int Count => 1;
    public override T this[int index] { get => index == 0 ? _item : throw new IndexOutOfRangeException(); set => Refuse(); }
    public override int IndexOf(T item) => Equality.Same(_item, item) ? 0 : -1;
    public override void CopyTo(T[] array, int arrayIndex) => array[arrayIndex] = _item;
    public override IEnumerator<T> GetEnumerator() => new Enumerator(_item);

    private sealed class Enumerator : IEnumerator<T>
    {
        private readonly T _item;
        private bool _moveNextCalled;

        internal Enumerator(T item) { _item = item; }
        public T Current => _item;
        object? IEnumerator.Current => _item;
        public bool MoveNext() => !_moveNextCalled && (_moveNextCalled = true);
        public void Reset() => _moveNextCalled = false;
        public void Dispose() { }
    }
}
