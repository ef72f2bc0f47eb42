using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace System;

/// The base of all arrays. Element access, `Length` and allocation of T[] are instructions.
public abstract class Array : ICloneable, IList, IStructuralEquatable
{
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int LengthOf(Array array);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int RankOf(Array array);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int LengthOfDimension(Array array, int dimension);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CopyElements(Array from, int fromIndex, Array to, int toIndex, int count);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void ClearElements(Array array, int index, int length);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object? GetElement(Array array, int index);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern bool SetElement(Array array, int index, object? value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern Array Create(RuntimeType elementType, int length);

    public static int MaxLength => 0x7FFFFFC7;

    public int Length => LengthOf(this);
    public long LongLength => LengthOf(this);
    public int Rank => RankOf(this);
    public int GetLowerBound(int dimension) { GetLength(dimension); return 0; }
    public int GetUpperBound(int dimension) => GetLength(dimension) - 1;
    public int GetLength(int dimension)
    {
        if ((uint)dimension >= (uint)RankOf(this)) ThrowHelper.ThrowIndexOutOfRange();
        return LengthOfDimension(this, dimension);
    }

    public object Clone() => MemberwiseClone();
    public bool IsFixedSize => true;
    public bool IsReadOnly => false;
    public bool IsSynchronized => false;
    public object SyncRoot => this;
    int ICollection.Count => LengthOf(this);

    public object? GetValue(int index)
    {
        if ((uint)index >= (uint)LengthOf(this)) ThrowHelper.ThrowIndexOutOfRange();
        return GetElement(this, index);
    }

    public void SetValue(object? value, int index)
    {
        if ((uint)index >= (uint)LengthOf(this)) ThrowHelper.ThrowIndexOutOfRange();
        if (!SetElement(this, index, value)) throw new InvalidCastException("Object cannot be stored in an array of this type.");
    }

    public static Array CreateInstance(Type elementType, int length)
    {
        ArgumentNullException.ThrowIfNull(elementType, "elementType");
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        return Create((RuntimeType)elementType, length);
    }

    object? IList.this[int index] { get => GetValue(index); set => SetValue(value, index); }
    int IList.Add(object? value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); return 0; }
    void IList.Clear() { Clear(this); }
    bool IList.Contains(object? value) => ((IList)this).IndexOf(value) >= 0;
    int IList.IndexOf(object? value)
    {
        int n = LengthOf(this);
        for (int i = 0; i < n; i++)
        {
            if (object.Equals(GetElement(this, i), value)) return i;
        }
        return -1;
    }
    void IList.Insert(int index, object? value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    void IList.Remove(object? value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    void IList.RemoveAt(int index) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    public void CopyTo(Array array, int index) { Copy(this, 0, array, index, LengthOf(this)); }
    public IEnumerator GetEnumerator() => new ArrayEnumerator(this);

    bool IStructuralEquatable.Equals(object? other, IEqualityComparer comparer)
    {
        if (other == this) return true;
        Array? that = other as Array;
        if (that == null || that.Length != Length) return false;
        for (int i = 0; i < Length; i++)
        {
            if (!comparer.Equals(GetElement(this, i), GetElement(that, i))) return false;
        }
        return true;
    }

    int IStructuralEquatable.GetHashCode(IEqualityComparer comparer)
    {
        int hash = 0, n = Length;
        for (int i = n > 8 ? n - 8 : 0; i < n; i++) hash = hash * 31 + comparer.GetHashCode(GetElement(this, i)!);
        return hash;
    }

    // Copying -----------------------------------------------------------------------------------------------------------------

    public static void Copy(Array sourceArray, Array destinationArray, int length)
    {
        Copy(sourceArray, 0, destinationArray, 0, length);
    }

    public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)
    {
        if (sourceArray == null) ThrowHelper.ThrowNull("sourceArray");
        if (destinationArray == null) ThrowHelper.ThrowNull("destinationArray");
        if ((sourceIndex | destinationIndex | length) < 0 || length > LengthOf(sourceArray!) - sourceIndex || length > LengthOf(destinationArray!) - destinationIndex)
        {
            ThrowCopy(sourceArray!, sourceIndex, destinationIndex, length);
        }
        int status = CopyElements(sourceArray!, sourceIndex, destinationArray!, destinationIndex, length);
        if (status == 1) throw new ArrayTypeMismatchException(SR.ArrayTypeMismatch_Copy);
        if (status == 2) throw new InvalidCastException("At least one element in the source array could not be cast down to the destination array type.");
    }

    private static void ThrowCopy(Array source, int sourceIndex, int destinationIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length, "length");
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceIndex, 0, "sourceIndex");
        ArgumentOutOfRangeException.ThrowIfLessThan(destinationIndex, 0, "destinationIndex");
        if (length > LengthOf(source) - sourceIndex) ThrowHelper.ThrowArgument(SR.Argument_LongerThanSrcArray, "sourceArray");
        ThrowHelper.ThrowArgument(SR.Argument_LongerThanDestArray, "destinationArray");
    }

    public static void ConstrainedCopy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)
    {
        Copy(sourceArray, sourceIndex, destinationArray, destinationIndex, length);
    }

    public static void Clear(Array array)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ClearElements(array, 0, LengthOf(array));
    }

    public static void Clear(Array array, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if (index < 0 || length < 0 || length > LengthOf(array) - index) ThrowHelper.ThrowIndexOutOfRange();
        ClearElements(array, index, length);
    }

    public static T[] Empty<T>() => EmptyArray<T>.Value;

    private static class EmptyArray<T>
    {
        internal static readonly T[] Value = RuntimeHelpers.AllocateUncountedArray<T>(0);
    }

    public static void Resize<T>(ref T[]? array, int newSize)
    {
        if (newSize < 0) ThrowHelper.ThrowNeedNonNegative("newSize");
        T[]? old = array;
        if (old == null)
        {
            array = new T[newSize];
            return;
        }
        if (old.Length == newSize) return;
        T[] result = new T[newSize];
        Copy(old, result, Math.Min(old.Length, newSize));
        array = result;
    }

    public static void Fill<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        for (int i = 0; i < array.Length; i++) array[i] = value;
    }

    public static void Fill<T>(T[] array, T value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if ((uint)startIndex > (uint)array.Length) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_RangeOrEqual);
        if ((uint)count > (uint)(array.Length - startIndex)) ThrowHelper.ThrowOutOfRange("count", SR.Index_Count);
        for (int i = startIndex; i < startIndex + count; i++) array[i] = value;
    }

    // Searching ---------------------------------------------------------------------------------------------------------------

    public static int IndexOf<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        return IndexOf(array, value, 0, array.Length);
    }

    public static int IndexOf<T>(T[] array, T value, int startIndex)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        return IndexOf(array, value, startIndex, array.Length - startIndex);
    }

    public static int IndexOf<T>(T[] array, T value, int startIndex, int count)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if ((uint)startIndex > (uint)array.Length) ThrowHelper.ThrowOutOfRange("startIndex", SR.Index_RangeOrEqual);
        if ((uint)count > (uint)(array.Length - startIndex)) ThrowHelper.ThrowOutOfRange("count", SR.Index_Count);
        int end = startIndex + count;
        for (int i = startIndex; i < end; i++)
        {
            if (Equality.Same(array[i], value)) return i;
        }
        return -1;
    }

    public static int LastIndexOf<T>(T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        for (int i = array.Length - 1; i >= 0; i--)
        {
            if (Equality.Same(array[i], value)) return i;
        }
        return -1;
    }

    public static int FindIndex<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(match, "match");
        for (int i = 0; i < array.Length; i++)
        {
            if (match(array[i])) return i;
        }
        return -1;
    }

    public static int FindLastIndex<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(match, "match");
        for (int i = array.Length - 1; i >= 0; i--)
        {
            if (match(array[i])) return i;
        }
        return -1;
    }

    public static T? Find<T>(T[] array, Predicate<T> match)
    {
        int i = FindIndex(array, match);
        return i < 0 ? default(T) : array[i];
    }

    public static T? FindLast<T>(T[] array, Predicate<T> match)
    {
        int i = FindLastIndex(array, match);
        return i < 0 ? default(T) : array[i];
    }

    public static T[] FindAll<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(match, "match");
        List<T> found = new List<T>();
        for (int i = 0; i < array.Length; i++)
        {
            if (match(array[i])) found.Add(array[i]);
        }
        return found.ToArray();
    }

    public static bool Exists<T>(T[] array, Predicate<T> match) => FindIndex(array, match) >= 0;

    public static bool TrueForAll<T>(T[] array, Predicate<T> match)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(match, "match");
        for (int i = 0; i < array.Length; i++)
        {
            if (!match(array[i])) return false;
        }
        return true;
    }

    public static void ForEach<T>(T[] array, Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(action, "action");
        for (int i = 0; i < array.Length; i++) action(array[i]);
    }

    public static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(converter, "converter");
        TOutput[] result = new TOutput[array.Length];
        for (int i = 0; i < array.Length; i++) result[i] = converter(array[i]);
        return result;
    }

    public static ReadOnlyCollection<T> AsReadOnly<T>(T[] array) => new ReadOnlyCollection<T>(array);

    public static int BinarySearch<T>(T[] array, T value) => BinarySearch(array, 0, array.Length, value, null);
    public static int BinarySearch<T>(T[] array, T value, IComparer<T>? comparer) => BinarySearch(array, 0, array.Length, value, comparer);
    public static int BinarySearch<T>(T[] array, int index, int length, T value, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        comparer ??= Comparer<T>.Default;
        int low = index, high = index + length - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) >> 1);
            int order = comparer.Compare(array[middle], value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    // Order -------------------------------------------------------------------------------------------------------------------

    public static void Reverse<T>(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        Reverse(array, 0, array.Length);
    }

    public static void Reverse<T>(T[] array, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if (index < 0) ThrowHelper.ThrowNeedNonNegative("index");
        if (length < 0) ThrowHelper.ThrowNeedNonNegative("length");
        if (array.Length - index < length) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
        for (int i = index, j = index + length - 1; i < j; i++, j--)
        {
            T x = array[i];
            array[i] = array[j];
            array[j] = x;
        }
    }

    public static void Sort<T>(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        Sort(array, 0, array.Length, null);
    }

    public static void Sort<T>(T[] array, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        Sort(array, 0, array.Length, comparer);
    }

    public static void Sort<T>(T[] array, Comparison<T> comparison)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        ArgumentNullException.ThrowIfNull(comparison, "comparison");
        ArraySort.Sort(array, 0, array.Length, comparison);
    }

    public static void Sort<T>(T[] array, int index, int length) { Sort(array, index, length, null); }
    public static void Sort<T>(T[] array, int index, int length, IComparer<T>? comparer)
    {
        ArgumentNullException.ThrowIfNull(array, "array");
        if (index < 0) ThrowHelper.ThrowNeedNonNegative("index");
        if (length < 0) ThrowHelper.ThrowNeedNonNegative("length");
        if (array.Length - index < length) ThrowHelper.ThrowArgument(SR.Argument_InvalidOffLen);
        if (length < 2) return;
        ArraySort.Sort(array, index, length, comparer == null || comparer == Comparer<T>.Default ? ArraySort.DefaultOrder<T>.Compare : comparer.Compare);
    }

    public static void Sort<TKey, TValue>(TKey[] keys, TValue[]? items) { Sort(keys, items, null); }
    public static void Sort<TKey, TValue>(TKey[] keys, TValue[]? items, IComparer<TKey>? comparer)
    {
        ArgumentNullException.ThrowIfNull(keys, "keys");
        if (items == null) { Sort(keys, comparer); return; }
        comparer ??= Comparer<TKey>.Default;
        // Stable insertion: pairs are rarely many.
        for (int i = 1; i < keys.Length; i++)
        {
            TKey key = keys[i];
            TValue item = items[i];
            int j = i - 1;
            for (; j >= 0 && comparer.Compare(key, keys[j]) < 0; j--)
            {
                keys[j + 1] = keys[j];
                items[j + 1] = items[j];
            }
            keys[j + 1] = key;
            items[j + 1] = item;
        }
    }
}

/// Introspective sort, comparing and swapping in the order .NET does, so that equal elements end up in the same places.
internal static class ArraySort
{
    internal static class DefaultOrder<T>
    {
        internal static readonly Comparison<T> Compare = Comparer<T>.Default.Compare;
    }

    internal static void Sort<T>(T[] keys, int start, int n, Comparison<T> order)
    {
        if (n < 2) return;
        try
        {
            int log = 0;
            while (n >> (log + 1) != 0) log++;
            Intro(keys, start, n, 2 * (log + 1), order);
        }
        catch (IndexOutOfRangeException)
        {
            throw new ArgumentException("Unable to sort because the IComparer.Compare() method returns inconsistent results.");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(SR.InvalidOperation_CannotCompare, e);
        }
    }

    private static void Swap<T>(T[] keys, int i, int j)
    {
        T x = keys[i];
        keys[i] = keys[j];
        keys[j] = x;
    }

    private static void Order<T>(T[] keys, int i, int j, Comparison<T> order)
    {
        if (order(keys[i], keys[j]) > 0) Swap(keys, i, j);
    }

    private static void Intro<T>(T[] keys, int lo, int n, int depth, Comparison<T> order)
    {
        while (n > 1)
        {
            if (n <= 16)
            {
                if (n == 2) Order(keys, lo, lo + 1, order);
                else if (n == 3)
                {
                    Order(keys, lo, lo + 1, order);
                    Order(keys, lo, lo + 2, order);
                    Order(keys, lo + 1, lo + 2, order);
                }
                else Insertion(keys, lo, n, order);
                return;
            }
            if (depth-- == 0)
            {
                Heap(keys, lo, n, order);
                return;
            }
            int pivot = Partition(keys, lo, lo + n - 1, order);
            Intro(keys, pivot + 1, lo + n - pivot - 1, depth, order);
            n = pivot - lo;
        }
    }

    private static int Partition<T>(T[] keys, int lo, int hi, Comparison<T> order)
    {
        int middle = lo + ((hi - lo) >> 1);
        Order(keys, lo, middle, order);
        Order(keys, lo, hi, order);
        Order(keys, middle, hi, order);
        T pivot = keys[middle];
        Swap(keys, middle, hi - 1);
        int left = lo, right = hi - 1;
        while (left < right)
        {
            do left++; while (order(keys[left], pivot) < 0);
            do right--; while (order(pivot, keys[right]) < 0);
            if (left >= right) break;
            Swap(keys, left, right);
        }
        if (left != hi - 1) Swap(keys, left, hi - 1);
        return left;
    }

    private static void Insertion<T>(T[] keys, int lo, int n, Comparison<T> order)
    {
        for (int i = lo + 1; i < lo + n; i++)
        {
            T key = keys[i];
            int j = i - 1;
            while (j >= lo && order(key, keys[j]) < 0)
            {
                keys[j + 1] = keys[j];
                j--;
            }
            keys[j + 1] = key;
        }
    }

    private static void Heap<T>(T[] keys, int lo, int n, Comparison<T> order)
    {
        for (int i = n >> 1; i >= 1; i--) Sift(keys, lo, i, n, order);
        for (int i = n; i > 1; i--)
        {
            Swap(keys, lo, lo + i - 1);
            Sift(keys, lo, 1, i - 1, order);
        }
    }

    private static void Sift<T>(T[] keys, int lo, int i, int n, Comparison<T> order)
    {
        T key = keys[lo + i - 1];
        while (i <= n >> 1)
        {
            int child = 2 * i;
            if (child < n && order(keys[lo + child - 1], keys[lo + child]) < 0) child++;
            if (order(key, keys[lo + child - 1]) >= 0) break;
            keys[lo + i - 1] = keys[lo + child - 1];
            i = child;
        }
        keys[lo + i - 1] = key;
    }
}

/// What T[] does as IList<T>, IReadOnlyList<T> and IEnumerable<T>: a call of an interface method on an array goes to the method of the
/// same name here, with the array as first argument.
internal static class SZArrayHelper
{
    internal static IEnumerator<T> GetEnumerator<T>(T[] array) => array.Length == 0 ? SZArrayEnumerator<T>.Empty : new SZArrayEnumerator<T>(array);
    internal static int get_Count<T>(T[] array) => array.Length;
    internal static bool get_IsReadOnly<T>(T[] array) => true;
    internal static T get_Item<T>(T[] array, int index)
    {
        if ((uint)index >= (uint)array.Length) ThrowHelper.ThrowIndex();
        return array[index];
    }
    internal static void set_Item<T>(T[] array, int index, T value)
    {
        if ((uint)index >= (uint)array.Length) ThrowHelper.ThrowIndex();
        array[index] = value;
    }
    internal static bool Contains<T>(T[] array, T value) => Array.IndexOf(array, value, 0, array.Length) >= 0;
    internal static int IndexOf<T>(T[] array, T value) => Array.IndexOf(array, value, 0, array.Length);
    internal static void CopyTo<T>(T[] array, T[] to, int index) { Array.Copy(array, 0, to, index, array.Length); }
    internal static void Add<T>(T[] array, T value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    internal static void Clear<T>(T[] array) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    internal static void Insert<T>(T[] array, int index, T value) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    internal static void RemoveAt<T>(T[] array, int index) { ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize); }
    internal static bool Remove<T>(T[] array, T value)
    {
        ThrowHelper.ThrowNotSupported(SR.NotSupported_FixedSize);
        return false;
    }
}

internal sealed class SZArrayEnumerator<T> : IEnumerator<T>
{
    private int _index;
    private readonly int _endIndex;
    private readonly T[] _array;

    internal static readonly SZArrayEnumerator<T> Empty = new SZArrayEnumerator<T>(Array.Empty<T>());

    internal SZArrayEnumerator(T[] array)
    {
        _array = array;
        _index = -1;
        _endIndex = array.Length;
    }

    public bool MoveNext()
    {
        int next = _index + 1;
        if ((uint)next >= (uint)_endIndex)
        {
            _index = _endIndex;
            return false;
        }
        _index = next;
        return true;
    }

    public T Current
    {
        get
        {
            if ((uint)_index >= (uint)_endIndex) ThrowHelper.ThrowInvalidOperation(_index < 0 ? SR.InvalidOperation_EnumNotStarted : SR.InvalidOperation_EnumEnded);
            return _array[_index];
        }
    }

    object? IEnumerator.Current => Current;
    public void Reset() { _index = -1; }
    public void Dispose() { }
}

internal sealed class ArrayEnumerator : IEnumerator, ICloneable
{
    private readonly Array _array;
    private nint _index;

    internal ArrayEnumerator(Array array) { _array = array; _index = -1; }
    public object Clone() => MemberwiseClone();
    public void Reset() { _index = -1; }
    public bool MoveNext()
    {
        if (_index < _array.Length) _index++;
        return _index < _array.Length;
    }
    public object? Current
    {
        get
        {
            if (_index < 0) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumNotStarted);
            if (_index >= _array.Length) ThrowHelper.ThrowInvalidOperation(SR.InvalidOperation_EnumEnded);
            return _array.GetValue((int)_index);
        }
    }
}
