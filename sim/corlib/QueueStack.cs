using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// A ring.
public class Queue<T> : IEnumerable<T>, ICollection, IReadOnlyCollection<T>
{
    private T[] _array;
    private int _head;
    private int _tail;
    private int _size;
    private int _version;

    public Queue() { _array = Array.Empty<T>(); }
    public Queue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        _array = new T[capacity];
    }
    public Queue(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        _array = EnumerableHelpers.ToArray(collection);
        _size = _array.Length;
    }

    public int Count => _size;
    public int Capacity => _array.Length;

    public void Enqueue(T item)
    {
        if (_size == _array.Length) Grow(_size + 1);
        _array[_tail] = item;
        _tail = _tail + 1 == _array.Length ? 0 : _tail + 1;
        _size++;
        _version++;
    }

    public T Dequeue()
    {
        if (_size == 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyQueue);
        return Take();
    }

    private T Take()
    {
        T item = _array[_head];
        _array[_head] = default(T)!;
        _head = _head + 1 == _array.Length ? 0 : _head + 1;
        _size--;
        _version++;
        return item;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T result)
    {
        bool any = _size != 0;
        result = any ? Take() : default(T)!;
        return any;
    }

    public T Peek()
    {
        if (_size == 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyQueue);
        return _array[_head];
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _size == 0 ? default(T)! : _array[_head];
        return _size != 0;
    }

    public void Clear()
    {
        if (_size != 0) Array.Clear(_array, 0, _array.Length);
        _size = 0;
        _head = 0;
        _tail = 0;
        _version++;
    }

    // The i-th from the front.
    private T At(int i)
    {
        int index = _head + i;
        return _array[index >= _array.Length ? index - _array.Length : index];
    }

    public bool Contains(T item)
    {
        for (int i = 0; i < _size; i++)
        {
            if (Equality.Same(At(i), item)) return true;
        }
        return false;
    }

    public T[] ToArray()
    {
        if (_size == 0) return Array.Empty<T>();
        T[] result = new T[_size];
        CopyTo(result, 0);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if (array.Length - arrayIndex < _size) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
        int first = Math.Min(_array.Length - _head, _size);
        Array.Copy(_array, _head, array, arrayIndex, first);
        Array.Copy(_array, 0, array, arrayIndex + first, _size - first);
    }

    void ICollection.CopyTo(Array array, int index) { CopyTo((T[])array, index); }
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => this;

    private void SetCapacity(int capacity)
    {
        T[] longer = new T[capacity];
        if (_size > 0) CopyTo(longer, 0);
        _array = longer;
        _head = 0;
        _tail = _size == capacity ? 0 : _size;
        _version++;
    }

    private void Grow(int needed)
    {
        int capacity = 2 * _array.Length;
        if (capacity < _array.Length + 4) capacity = _array.Length + 4;
        if (capacity < needed) capacity = needed;
        SetCapacity(capacity);
    }

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        if (_array.Length < capacity) Grow(capacity);
        return _array.Length;
    }

    public void TrimExcess()
    {
        if (_size < (int)(_array.Length * 0.9)) SetCapacity(_size);
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _size == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<T>()) : new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    public struct Enumerator : IEnumerator<T>
    {
        private readonly Queue<T> _queue;
        private readonly int _version;
        private int _index;             // -1 before the first, -2 at the end
        private T? _currentElement;

        internal Enumerator(Queue<T> queue)
        {
            _queue = queue;
            _version = queue._version;
            _index = -1;
            _currentElement = default(T);
        }

        public void Dispose() { _index = -2; _currentElement = default(T); }

        public bool MoveNext()
        {
            if (_version != _queue._version) ThrowHelper.ThrowVersion();
            if (_index == -2) return false;
            if (++_index == _queue._size)
            {
                Dispose();
                return false;
            }
            _currentElement = _queue.At(_index);
            return true;
        }

        public T Current
        {
            get
            {
                if (_index < 0) ThrowHelper.ThrowInvalidOperation(_index == -1 ? SR.InvalidOperation_EnumNotStarted : SR.InvalidOperation_EnumEnded);
                return _currentElement!;
            }
        }

        object? IEnumerator.Current => Current;

        void IEnumerator.Reset()
        {
            if (_version != _queue._version) ThrowHelper.ThrowVersion();
            _index = -1;
            _currentElement = default(T);
        }
    }
}

public class Stack<T> : IEnumerable<T>, ICollection, IReadOnlyCollection<T>
{
    private T[] _array;
    private int _size;
    private int _version;

    public Stack() { _array = Array.Empty<T>(); }
    public Stack(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        _array = new T[capacity];
    }
    public Stack(IEnumerable<T> collection)
    {
        ArgumentNullException.ThrowIfNull(collection, "collection");
        _array = EnumerableHelpers.ToArray(collection);
        _size = _array.Length;
    }

    public int Count => _size;
    public int Capacity => _array.Length;

    public void Push(T item)
    {
        if (_size == _array.Length) Array.Resize(ref _array, _size == 0 ? 4 : 2 * _size);
        _array[_size++] = item;
        _version++;
    }

    public T Pop()
    {
        if (_size == 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyStack);
        return Take();
    }

    private T Take()
    {
        _version++;
        T item = _array[--_size];
        _array[_size] = default(T)!;
        return item;
    }

    public bool TryPop([MaybeNullWhen(false)] out T result)
    {
        bool any = _size != 0;
        result = any ? Take() : default(T)!;
        return any;
    }

    public T Peek()
    {
        if (_size == 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EmptyStack);
        return _array[_size - 1];
    }

    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _size == 0 ? default(T)! : _array[_size - 1];
        return _size != 0;
    }

    public void Clear()
    {
        Array.Clear(_array, 0, _size);
        _size = 0;
        _version++;
    }

    public bool Contains(T item) => _size != 0 && Array.IndexOf(_array, item, 0, _size) >= 0;

    public T[] ToArray()
    {
        if (_size == 0) return Array.Empty<T>();
        T[] result = new T[_size];
        CopyTo(result, 0);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if (array.Length - arrayIndex < _size) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
        for (int i = 0; i < _size; i++) array[arrayIndex + i] = _array[_size - 1 - i];
    }

    void ICollection.CopyTo(Array array, int index) { CopyTo((T[])array, index); }
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => this;

    public int EnsureCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity, "capacity");
        if (_array.Length < capacity) Array.Resize(ref _array, Math.Max(capacity, _array.Length == 0 ? 4 : 2 * _array.Length));
        return _array.Length;
    }

    public void TrimExcess()
    {
        if (_size < (int)(_array.Length * 0.9)) Array.Resize(ref _array, _size);
    }

    public Enumerator GetEnumerator() => new Enumerator(this);
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _size == 0 ? SZArrayHelper.GetEnumerator(Array.Empty<T>()) : new Enumerator(this);
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    public struct Enumerator : IEnumerator<T>
    {
        private readonly Stack<T> _stack;
        private readonly int _version;
        private int _index;             // counts down; -2 before the first, -1 at the end
        private T? _currentElement;

        internal Enumerator(Stack<T> stack)
        {
            _stack = stack;
            _version = stack._version;
            _index = -2;
            _currentElement = default(T);
        }

        public void Dispose() { _index = -1; }

        public bool MoveNext()
        {
            if (_version != _stack._version) ThrowHelper.ThrowVersion();
            if (_index == -1) return false;
            _index = _index == -2 ? _stack._size - 1 : _index - 1;
            _currentElement = _index < 0 ? default(T) : _stack._array[_index];
            return _index >= 0;
        }

        public T Current
        {
            get
            {
                if (_index < 0) ThrowHelper.ThrowInvalidOperation(_index == -2 ? SR.InvalidOperation_EnumNotStarted : SR.InvalidOperation_EnumEnded);
                return _currentElement!;
            }
        }

        object? IEnumerator.Current => Current;

        void IEnumerator.Reset()
        {
            if (_version != _stack._version) ThrowHelper.ThrowVersion();
            _index = -2;
            _currentElement = default(T);
        }
    }
}

internal static class EnumerableHelpers
{
    /// A collection that knows its size is copied at once.
    internal static T[] ToArray<T>(IEnumerable<T> source)
    {
        if (source is not ICollection<T> collection) return new List<T>(source).ToArray();
        if (collection.Count == 0) return Array.Empty<T>();
        T[] result = new T[collection.Count];
        collection.CopyTo(result, 0);
        return result;
    }
}
