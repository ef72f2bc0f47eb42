// The usual query operators. Arguments are checked when the operator is called; the work is done by iterators when the result is read.
using System.Collections;
using System.Collections.Generic;

namespace System.Linq;

public interface IGrouping<out TKey, out TElement> : IEnumerable<TElement> { TKey Key { get; } }

public interface ILookup<TKey, TElement> : IEnumerable<IGrouping<TKey, TElement>>
{
    int Count { get; }
    IEnumerable<TElement> this[TKey key] { get; }
    bool Contains(TKey key);
}

public interface IOrderedEnumerable<out TElement> : IEnumerable<TElement>
{
    IOrderedEnumerable<TElement> CreateOrderedEnumerable<TKey>(Func<TElement, TKey> keySelector, IComparer<TKey>? comparer, bool descending);
}

internal sealed class Grouping<TKey, TElement> : IGrouping<TKey, TElement>, IList<TElement>
{
    internal readonly TKey _key;
    internal readonly List<TElement> _elements = new List<TElement>();

    internal Grouping(TKey key) { _key = key; }
    public TKey Key => _key;
    public IEnumerator<TElement> GetEnumerator() => _elements.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _elements.GetEnumerator();
    public int Count => _elements.Count;
    public bool IsReadOnly => true;
    public TElement this[int index] { get => _elements[index]; set => ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    public bool Contains(TElement item) => _elements.Contains(item);
    public int IndexOf(TElement item) => _elements.IndexOf(item);
    public void CopyTo(TElement[] array, int arrayIndex) { _elements.CopyTo(array, arrayIndex); }
    void ICollection<TElement>.Add(TElement item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void ICollection<TElement>.Clear() { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void IList<TElement>.Insert(int index, TElement item) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    void IList<TElement>.RemoveAt(int index) { ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly); }
    bool ICollection<TElement>.Remove(TElement item)
    {
        ThrowHelper.ThrowNotSupported(SR.NotSupported_ReadOnly);
        return false;
    }
}

/// Groups in order of first appearance. A null key has a group of its own.
public class Lookup<TKey, TElement> : ILookup<TKey, TElement>
{
    private readonly Dictionary<KeyBox, Grouping<TKey, TElement>> _index;
    private readonly List<Grouping<TKey, TElement>> _groups = new List<Grouping<TKey, TElement>>();

    // Dictionary keys may not be null; a key in a box may.
    private readonly struct KeyBox
    {
        internal readonly TKey Key;
        internal KeyBox(TKey key) { Key = key; }
    }

    private sealed class BoxComparer : IEqualityComparer<KeyBox>
    {
        private readonly IEqualityComparer<TKey> _comparer;
        internal BoxComparer(IEqualityComparer<TKey>? comparer) { _comparer = comparer ?? EqualityComparer<TKey>.Default; }
        public bool Equals(KeyBox x, KeyBox y) => _comparer.Equals(x.Key, y.Key);
        public int GetHashCode(KeyBox box) => box.Key == null ? 0 : _comparer.GetHashCode(box.Key);
    }

    internal Lookup(IEqualityComparer<TKey>? comparer) { _index = new Dictionary<KeyBox, Grouping<TKey, TElement>>(new BoxComparer(comparer)); }

    internal void Add(TKey key, TElement element)
    {
        Grouping<TKey, TElement>? group;
        if (!_index.TryGetValue(new KeyBox(key), out group))
        {
            group = new Grouping<TKey, TElement>(key);
            _index.Add(new KeyBox(key), group);
            _groups.Add(group);
        }
        group._elements.Add(element);
    }

    internal List<TElement>? Find(TKey key)
    {
        Grouping<TKey, TElement>? group;
        return _index.TryGetValue(new KeyBox(key), out group) ? group._elements : null;
    }

    internal List<Grouping<TKey, TElement>> Groups => _groups;
    public int Count => _groups.Count;
    public bool Contains(TKey key) => _index.ContainsKey(new KeyBox(key));
    public IEnumerable<TElement> this[TKey key]
    {
        get
        {
            Grouping<TKey, TElement>? group;
            return _index.TryGetValue(new KeyBox(key), out group) ? group : Array.Empty<TElement>();
        }
    }
    public IEnumerator<IGrouping<TKey, TElement>> GetEnumerator()
    {
        for (int i = 0; i < _groups.Count; i++) yield return _groups[i];
    }
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// One key of an ordering; `_next` decides between equals. Positions break the last tie: the sort is stable.
internal abstract class Sorter<T>
{
    internal Sorter<T>? _next;
    internal abstract void Prepare(List<T> items);
    protected abstract int CompareKeys(int x, int y);

    internal int Compare(int x, int y)
    {
        for (Sorter<T>? s = this; s != null; s = s._next)
        {
            int order = s.CompareKeys(x, y);
            if (order != 0) return order;
        }
        return x - y;
    }
}

internal sealed class Sorter<T, TKey> : Sorter<T>
{
    private readonly Func<T, TKey> _keySelector;
    private readonly IComparer<TKey> _comparer;
    private readonly bool _descending;
    private TKey[] _keys = Array.Empty<TKey>();

    internal Sorter(Func<T, TKey> keySelector, IComparer<TKey>? comparer, bool descending)
    {
        _keySelector = keySelector;
        _comparer = comparer ?? Comparer<TKey>.Default;
        _descending = descending;
    }

    internal override void Prepare(List<T> items)
    {
        _keys = new TKey[items.Count];
        for (int i = 0; i < _keys.Length; i++) _keys[i] = _keySelector(items[i]);
        if (_next != null) _next.Prepare(items);
    }

    protected override int CompareKeys(int x, int y)
    {
        int order = _comparer.Compare(_keys[x], _keys[y]);
        return _descending ? (order > 0 ? -1 : order < 0 ? 1 : 0) : order;
    }
}

internal abstract class OrderedEnumerable<T> : IOrderedEnumerable<T>
{
    internal IEnumerable<T> _source;
    protected OrderedEnumerable(IEnumerable<T> source) { _source = source; }

    internal abstract Sorter<T> MakeSorter(Sorter<T>? next);

    public IEnumerator<T> GetEnumerator()
    {
        List<T> items = new List<T>(_source);
        if (items.Count == 0) yield break;
        Sorter<T> sorter = MakeSorter(null);
        sorter.Prepare(items);
        int[] map = new int[items.Count];
        for (int i = 0; i < map.Length; i++) map[i] = i;
        MergeSort(map, new int[map.Length], 0, map.Length, sorter);
        for (int i = 0; i < map.Length; i++) yield return items[map[i]];
    }

    private static void MergeSort(int[] map, int[] spare, int lo, int hi, Sorter<T> sorter)
    {
        if (hi - lo < 2) return;
        int middle = lo + (hi - lo) / 2, a = lo, b = middle;
        MergeSort(map, spare, lo, middle, sorter);
        MergeSort(map, spare, middle, hi, sorter);
        for (int i = lo; i < hi; i++) spare[i] = a < middle && (b >= hi || sorter.Compare(map[a], map[b]) <= 0) ? map[a++] : map[b++];
        Array.Copy(spare, lo, map, lo, hi - lo);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    public IOrderedEnumerable<T> CreateOrderedEnumerable<TKey>(Func<T, TKey> keySelector, IComparer<TKey>? comparer, bool descending) =>
        new OrderedEnumerable<T, TKey>(_source, keySelector, comparer, descending, this);
}

internal sealed class OrderedEnumerable<T, TKey> : OrderedEnumerable<T>
{
    private readonly OrderedEnumerable<T>? _parent;
    private readonly Func<T, TKey> _keySelector;
    private readonly IComparer<TKey>? _comparer;
    private readonly bool _descending;

    internal OrderedEnumerable(IEnumerable<T> source, Func<T, TKey> keySelector, IComparer<TKey>? comparer, bool descending, OrderedEnumerable<T>? parent) : base(source)
    {
        if (source == null) ThrowHelper.ThrowNull("source");
        if (keySelector == null) ThrowHelper.ThrowNull("keySelector");
        _keySelector = keySelector!;
        _comparer = comparer;
        _descending = descending;
        _parent = parent;
    }

    internal override Sorter<T> MakeSorter(Sorter<T>? next)
    {
        Sorter<T> sorter = new Sorter<T, TKey>(_keySelector, _comparer, _descending);
        sorter._next = next;
        return _parent == null ? sorter : _parent.MakeSorter(sorter);
    }
}

public static partial class Enumerable
{
    private static void Need(object? value, string name)
    {
        if (value == null) ThrowHelper.ThrowNull(name);
    }

    private static InvalidOperationException NoElements() => new InvalidOperationException(SR.NoElements);
    private static InvalidOperationException NoMatch() => new InvalidOperationException(SR.NoMatch);

    private static class Self<T>
    {
        internal static readonly Func<T, T> Function = x => x;
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return WhereCore(source, predicate);
    }

    private static IEnumerable<TSource> WhereCore<TSource>(IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
        {
            if (predicate(item)) yield return item;
        }
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, int, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return WhereIndexCore(source, predicate);
    }

    private static IEnumerable<TSource> WhereIndexCore<TSource>(IEnumerable<TSource> source, Func<TSource, int, bool> predicate)
    {
        int index = 0;
        foreach (TSource item in source)
        {
            if (predicate(item, index++)) yield return item;
        }
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        Need(source, "source");
        Need(selector, "selector");
        return SelectCore(source, selector);
    }

    private static IEnumerable<TResult> SelectCore<TSource, TResult>(IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (TSource item in source) yield return selector(item);
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        Need(source, "source");
        Need(selector, "selector");
        return SelectIndexCore(source, selector);
    }

    private static IEnumerable<TResult> SelectIndexCore<TSource, TResult>(IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        int index = 0;
        foreach (TSource item in source) yield return selector(item, index++);
    }

    public static IEnumerable<TResult> SelectMany<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, IEnumerable<TResult>> selector)
    {
        Need(source, "source");
        Need(selector, "selector");
        return SelectManyCore(source, selector);
    }

    private static IEnumerable<TResult> SelectManyCore<TSource, TResult>(IEnumerable<TSource> source, Func<TSource, IEnumerable<TResult>> selector)
    {
        foreach (TSource item in source)
        {
            foreach (TResult inner in selector(item)) yield return inner;
        }
    }

    public static IEnumerable<TResult> SelectMany<TSource, TCollection, TResult>(this IEnumerable<TSource> source, Func<TSource, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)
    {
        Need(source, "source");
        Need(collectionSelector, "collectionSelector");
        Need(resultSelector, "resultSelector");
        return SelectManyResultCore(source, collectionSelector, resultSelector);
    }

    private static IEnumerable<TResult> SelectManyResultCore<TSource, TCollection, TResult>(IEnumerable<TSource> source, Func<TSource, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)
    {
        foreach (TSource item in source)
        {
            foreach (TCollection inner in collectionSelector(item)) yield return resultSelector(item, inner);
        }
    }

    public static IEnumerable<TSource> Take<TSource>(this IEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return TakeCore(source, count);
    }

    private static IEnumerable<TSource> TakeCore<TSource>(IEnumerable<TSource> source, int count)
    {
        if (count <= 0) yield break;
        foreach (TSource item in source)
        {
            yield return item;
            if (--count == 0) break;
        }
    }

    public static IEnumerable<TSource> Skip<TSource>(this IEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return SkipCore(source, count);
    }

    private static IEnumerable<TSource> SkipCore<TSource>(IEnumerable<TSource> source, int count)
    {
        foreach (TSource item in source)
        {
            if (count > 0) count--;
            else yield return item;
        }
    }

    public static IEnumerable<TSource> TakeWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return TakeWhileCore(source, predicate);
    }

    private static IEnumerable<TSource> TakeWhileCore<TSource>(IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
        {
            if (!predicate(item)) break;
            yield return item;
        }
    }

    public static IEnumerable<TSource> SkipWhile<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return SkipWhileCore(source, predicate);
    }

    private static IEnumerable<TSource> SkipWhileCore<TSource>(IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        bool skipping = true;
        foreach (TSource item in source)
        {
            if (skipping && predicate(item)) continue;
            skipping = false;
            yield return item;
        }
    }

    public static IEnumerable<TSource> TakeLast<TSource>(this IEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return TakeLastCore(source, count);
    }

    private static IEnumerable<TSource> TakeLastCore<TSource>(IEnumerable<TSource> source, int count)
    {
        List<TSource> all = new List<TSource>(source);
        for (int i = Math.Max(0, all.Count - Math.Max(count, 0)); i < all.Count; i++) yield return all[i];
    }

    public static IEnumerable<TSource> SkipLast<TSource>(this IEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return SkipLastCore(source, count);
    }

    private static IEnumerable<TSource> SkipLastCore<TSource>(IEnumerable<TSource> source, int count)
    {
        List<TSource> all = new List<TSource>(source);
        for (int i = 0; i < all.Count - Math.Max(count, 0); i++) yield return all[i];
    }

    public static IEnumerable<TSource> Concat<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)
    {
        Need(first, "first");
        Need(second, "second");
        return ConcatCore(first, second);
    }

    private static IEnumerable<TSource> ConcatCore<TSource>(IEnumerable<TSource> first, IEnumerable<TSource> second)
    {
        foreach (TSource item in first) yield return item;
        foreach (TSource item in second) yield return item;
    }

    public static IEnumerable<TSource> Append<TSource>(this IEnumerable<TSource> source, TSource element)
    {
        Need(source, "source");
        return AppendCore(source, element);
    }

    private static IEnumerable<TSource> AppendCore<TSource>(IEnumerable<TSource> source, TSource element)
    {
        foreach (TSource item in source) yield return item;
        yield return element;
    }

    public static IEnumerable<TSource> Prepend<TSource>(this IEnumerable<TSource> source, TSource element)
    {
        Need(source, "source");
        return PrependCore(source, element);
    }

    private static IEnumerable<TSource> PrependCore<TSource>(IEnumerable<TSource> source, TSource element)
    {
        yield return element;
        foreach (TSource item in source) yield return item;
    }

    public static IEnumerable<TSource> Reverse<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        return ReverseCore(source);
    }

    private static IEnumerable<TSource> ReverseCore<TSource>(IEnumerable<TSource> source)
    {
        List<TSource> all = new List<TSource>(source);
        for (int i = all.Count - 1; i >= 0; i--) yield return all[i];
    }

    public static IEnumerable<TSource> Distinct<TSource>(this IEnumerable<TSource> source) => Distinct(source, null);

    public static IEnumerable<TSource> Distinct<TSource>(this IEnumerable<TSource> source, IEqualityComparer<TSource>? comparer)
    {
        Need(source, "source");
        return DistinctCore(source, comparer);
    }

    private static IEnumerable<TSource> DistinctCore<TSource>(IEnumerable<TSource> source, IEqualityComparer<TSource>? comparer)
    {
        HashSet<TSource> seen = new HashSet<TSource>(comparer);
        foreach (TSource item in source)
        {
            if (seen.Add(item)) yield return item;
        }
    }

    public static IEnumerable<TSource> DistinctBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) => DistinctBy(source, keySelector, null);

    public static IEnumerable<TSource> DistinctBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? comparer)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        return DistinctByCore(source, keySelector, comparer);
    }

    private static IEnumerable<TSource> DistinctByCore<TSource, TKey>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? comparer)
    {
        HashSet<TKey> seen = new HashSet<TKey>(comparer);
        foreach (TSource item in source)
        {
            if (seen.Add(keySelector(item))) yield return item;
        }
    }

    public static IEnumerable<TSource> Union<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second) => Union(first, second, null);

    public static IEnumerable<TSource> Union<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        Need(first, "first");
        Need(second, "second");
        return UnionCore(first, second, comparer);
    }

    private static IEnumerable<TSource> UnionCore<TSource>(IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        HashSet<TSource> seen = new HashSet<TSource>(comparer);
        foreach (TSource item in first)
        {
            if (seen.Add(item)) yield return item;
        }
        foreach (TSource item in second)
        {
            if (seen.Add(item)) yield return item;
        }
    }

    public static IEnumerable<TSource> Except<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second) => Except(first, second, null);

    public static IEnumerable<TSource> Except<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        Need(first, "first");
        Need(second, "second");
        return ExceptCore(first, second, comparer);
    }

    private static IEnumerable<TSource> ExceptCore<TSource>(IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        HashSet<TSource> seen = new HashSet<TSource>(second, comparer);
        foreach (TSource item in first)
        {
            if (seen.Add(item)) yield return item;
        }
    }

    public static IEnumerable<TSource> Intersect<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second) => Intersect(first, second, null);

    public static IEnumerable<TSource> Intersect<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        Need(first, "first");
        Need(second, "second");
        return IntersectCore(first, second, comparer);
    }

    private static IEnumerable<TSource> IntersectCore<TSource>(IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        HashSet<TSource> left = new HashSet<TSource>(second, comparer);
        foreach (TSource item in first)
        {
            if (left.Remove(item)) yield return item;
        }
    }

    public static IEnumerable<TSource> ExceptBy<TSource, TKey>(this IEnumerable<TSource> first, IEnumerable<TKey> second, Func<TSource, TKey> keySelector)
    {
        Need(first, "first");
        Need(second, "second");
        Need(keySelector, "keySelector");
        return ExceptByCore(first, second, keySelector);
    }

    private static IEnumerable<TSource> ExceptByCore<TSource, TKey>(IEnumerable<TSource> first, IEnumerable<TKey> second, Func<TSource, TKey> keySelector)
    {
        HashSet<TKey> seen = new HashSet<TKey>(second);
        foreach (TSource item in first)
        {
            if (seen.Add(keySelector(item))) yield return item;
        }
    }

    public static IEnumerable<TSource> DefaultIfEmpty<TSource>(this IEnumerable<TSource> source, TSource defaultValue)
    {
        Need(source, "source");
        return DefaultIfEmptyCore(source, defaultValue);
    }

    private static IEnumerable<TSource> DefaultIfEmptyCore<TSource>(IEnumerable<TSource> source, TSource defaultValue)
    {
        bool any = false;
        foreach (TSource item in source)
        {
            any = true;
            yield return item;
        }
        if (!any) yield return defaultValue;
    }

    public static IEnumerable<TSource?> DefaultIfEmpty<TSource>(this IEnumerable<TSource> source) => DefaultIfEmpty(source, default(TSource)!)!;

    public static IEnumerable<TResult> Zip<TFirst, TSecond, TResult>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TResult> resultSelector)
    {
        Need(first, "first");
        Need(second, "second");
        Need(resultSelector, "resultSelector");
        return ZipCore(first, second, resultSelector);
    }

    private static IEnumerable<TResult> ZipCore<TFirst, TSecond, TResult>(IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TResult> resultSelector)
    {
        using (IEnumerator<TFirst> a = first.GetEnumerator())
        using (IEnumerator<TSecond> b = second.GetEnumerator())
        {
            while (a.MoveNext() && b.MoveNext()) yield return resultSelector(a.Current, b.Current);
        }
    }

    public static IEnumerable<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second)
    {
        Need(first, "first");
        Need(second, "second");
        return ZipPairsCore(first, second);
    }

    private static IEnumerable<(TFirst First, TSecond Second)> ZipPairsCore<TFirst, TSecond>(IEnumerable<TFirst> first, IEnumerable<TSecond> second)
    {
        using (IEnumerator<TFirst> a = first.GetEnumerator())
        using (IEnumerator<TSecond> b = second.GetEnumerator())
        {
            while (a.MoveNext() && b.MoveNext()) yield return new ValueTuple<TFirst, TSecond>(a.Current, b.Current);
        }
    }

    public static IEnumerable<(int Index, TSource Item)> Index<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        return IndexCore(source);
    }

    private static IEnumerable<(int Index, TSource Item)> IndexCore<TSource>(IEnumerable<TSource> source)
    {
        int index = 0;
        foreach (TSource item in source) yield return new ValueTuple<int, TSource>(index++, item);
    }

    public static IEnumerable<TSource[]> Chunk<TSource>(this IEnumerable<TSource> source, int size)
    {
        Need(source, "source");
        if (size < 1) ThrowHelper.ThrowOutOfRange("size");
        return ChunkCore(source, size);
    }

    private static IEnumerable<TSource[]> ChunkCore<TSource>(IEnumerable<TSource> source, int size)
    {
        List<TSource> chunk = new List<TSource>();
        foreach (TSource item in source)
        {
            chunk.Add(item);
            if (chunk.Count < size) continue;
            yield return chunk.ToArray();
            chunk.Clear();
        }
        if (chunk.Count > 0) yield return chunk.ToArray();
    }

    public static IEnumerable<TResult> Cast<TResult>(this IEnumerable source)
    {
        Need(source, "source");
        return source is IEnumerable<TResult> typed ? typed : CastCore<TResult>(source);
    }

    private static IEnumerable<TResult> CastCore<TResult>(IEnumerable source)
    {
        foreach (object? item in source) yield return (TResult)item!;
    }

    public static IEnumerable<TResult> OfType<TResult>(this IEnumerable source)
    {
        Need(source, "source");
        return OfTypeCore<TResult>(source);
    }

    private static IEnumerable<TResult> OfTypeCore<TResult>(IEnumerable source)
    {
        foreach (object? item in source)
        {
            if (item is TResult result) yield return result;
        }
    }

    public static IEnumerable<TSource> AsEnumerable<TSource>(this IEnumerable<TSource> source) => source;
    public static IEnumerable<TResult> Empty<TResult>() => Array.Empty<TResult>();

    public static IEnumerable<int> Range(int start, int count)
    {
        if (count < 0 || (long)start + count - 1 > int.MaxValue) ThrowHelper.ThrowOutOfRange("count");
        return RangeCore(start, count);
    }

    private static IEnumerable<int> RangeCore(int start, int count)
    {
        for (int i = 0; i < count; i++) yield return start + i;
    }

    public static IEnumerable<TResult> Repeat<TResult>(TResult element, int count)
    {
        if (count < 0) ThrowHelper.ThrowOutOfRange("count");
        return RepeatCore(element, count);
    }

    private static IEnumerable<TResult> RepeatCore<TResult>(TResult element, int count)
    {
        for (int i = 0; i < count; i++) yield return element;
    }

    // Into collections ---------------------------------------------------------------------------------------------------------

    public static List<TSource> ToList<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        return new List<TSource>(source);
    }

    public static TSource[] ToArray<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        if (source is ICollection<TSource> c)
        {
            if (c.Count == 0) return Array.Empty<TSource>();
            TSource[] array = new TSource[c.Count];
            c.CopyTo(array, 0);
            return array;
        }
        return new List<TSource>(source).ToArray();
    }

    public static HashSet<TSource> ToHashSet<TSource>(this IEnumerable<TSource> source) => ToHashSet(source, null);
    public static HashSet<TSource> ToHashSet<TSource>(this IEnumerable<TSource> source, IEqualityComparer<TSource>? comparer)
    {
        Need(source, "source");
        return new HashSet<TSource>(source, comparer);
    }

    public static Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(this IEnumerable<KeyValuePair<TKey, TValue>> source) where TKey : notnull
    {
        Need(source, "source");
        return new Dictionary<TKey, TValue>(source);
    }
    public static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) where TKey : notnull =>
        ToDictionary(source, keySelector, Self<TSource>.Function, null);
    public static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? comparer) where TKey : notnull =>
        ToDictionary(source, keySelector, Self<TSource>.Function, comparer);
    public static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector) where TKey : notnull =>
        ToDictionary(source, keySelector, elementSelector, null);
    public static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey>? comparer) where TKey : notnull
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        Need(elementSelector, "elementSelector");
        Dictionary<TKey, TElement> result = new Dictionary<TKey, TElement>(source is ICollection<TSource> c ? c.Count : 0, comparer);
        if (source is TSource[] array) // without an enumerator
        {
            foreach (TSource item in array) result.Add(keySelector(item), elementSelector(item));
        }
        else if (source is List<TSource> list)
        {
            foreach (TSource item in list) result.Add(keySelector(item), elementSelector(item));
        }
        else
        {
            foreach (TSource item in source) result.Add(keySelector(item), elementSelector(item));
        }
        return result;
    }

    private static Lookup<TKey, TElement> MakeLookup<TSource, TKey, TElement>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey>? comparer)
    {
        Lookup<TKey, TElement> lookup = new Lookup<TKey, TElement>(comparer);
        foreach (TSource item in source) lookup.Add(keySelector(item), elementSelector(item));
        return lookup;
    }

    public static ILookup<TKey, TSource> ToLookup<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) =>
        ToLookup(source, keySelector, Self<TSource>.Function, null);
    public static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector) =>
        ToLookup(source, keySelector, elementSelector, null);
    public static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey>? comparer)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        Need(elementSelector, "elementSelector");
        return MakeLookup(source, keySelector, elementSelector, comparer);
    }

    public static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) =>
        GroupBy(source, keySelector, Self<TSource>.Function, null);
    public static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? comparer) =>
        GroupBy(source, keySelector, Self<TSource>.Function, comparer);
    public static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector) =>
        GroupBy(source, keySelector, elementSelector, null);
    public static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey>? comparer)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        Need(elementSelector, "elementSelector");
        return GroupByCore(source, keySelector, elementSelector, comparer);
    }

    private static IEnumerable<IGrouping<TKey, TElement>> GroupByCore<TSource, TKey, TElement>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey>? comparer)
    {
        List<Grouping<TKey, TElement>> groups = MakeLookup(source, keySelector, elementSelector, comparer).Groups;
        for (int i = 0; i < groups.Count; i++) yield return groups[i];
    }

    public static IEnumerable<TResult> GroupBy<TSource, TKey, TResult>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        Need(resultSelector, "resultSelector");
        return GroupResultCore(source, keySelector, resultSelector);
    }

    private static IEnumerable<TResult> GroupResultCore<TSource, TKey, TResult>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector)
    {
        List<Grouping<TKey, TSource>> groups = MakeLookup(source, keySelector, Self<TSource>.Function, null).Groups;
        for (int i = 0; i < groups.Count; i++) yield return resultSelector(groups[i]._key, groups[i]);
    }

    public static IEnumerable<KeyValuePair<TKey, int>> CountBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? keyComparer = null) where TKey : notnull
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        return CountByCore(source, keySelector, keyComparer);
    }

    private static IEnumerable<KeyValuePair<TKey, int>> CountByCore<TSource, TKey>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IEqualityComparer<TKey>? keyComparer) where TKey : notnull
    {
        Dictionary<TKey, int> counts = new Dictionary<TKey, int>(keyComparer);
        foreach (TSource item in source)
        {
            TKey key = keySelector(item);
            int n;
            counts.TryGetValue(key, out n);
            counts[key] = n + 1;
        }
        foreach (KeyValuePair<TKey, int> pair in counts) yield return pair;
    }

    public static IEnumerable<TResult> Join<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector)
    {
        Need(outer, "outer");
        Need(inner, "inner");
        Need(outerKeySelector, "outerKeySelector");
        Need(innerKeySelector, "innerKeySelector");
        Need(resultSelector, "resultSelector");
        return JoinCore(outer, inner, outerKeySelector, innerKeySelector, resultSelector);
    }

    private static IEnumerable<TResult> JoinCore<TOuter, TInner, TKey, TResult>(IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector)
    {
        Lookup<TKey, TInner> lookup = MakeLookup(inner, innerKeySelector, Self<TInner>.Function, null);
        foreach (TOuter item in outer)
        {
            TKey key = outerKeySelector(item);
            List<TInner>? matches = key == null ? null : lookup.Find(key);
            if (matches == null) continue;
            for (int i = 0; i < matches.Count; i++) yield return resultSelector(item, matches[i]);
        }
    }

    public static IEnumerable<TResult> GroupJoin<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector)
    {
        Need(outer, "outer");
        Need(inner, "inner");
        Need(outerKeySelector, "outerKeySelector");
        Need(innerKeySelector, "innerKeySelector");
        Need(resultSelector, "resultSelector");
        return GroupJoinCore(outer, inner, outerKeySelector, innerKeySelector, resultSelector);
    }

    private static IEnumerable<TResult> GroupJoinCore<TOuter, TInner, TKey, TResult>(IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector)
    {
        Lookup<TKey, TInner> lookup = MakeLookup(inner, innerKeySelector, Self<TInner>.Function, null);
        foreach (TOuter item in outer) yield return resultSelector(item, lookup[outerKeySelector(item)]);
    }

    // Order -----------------------------------------------------------------------------------------------------------------------

    public static IOrderedEnumerable<TSource> OrderBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) => OrderBy(source, keySelector, null);
    public static IOrderedEnumerable<TSource> OrderBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey>? comparer) =>
        new OrderedEnumerable<TSource, TKey>(source, keySelector, comparer, false, null);

    public static IOrderedEnumerable<TSource> OrderByDescending<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector) => OrderByDescending(source, keySelector, null);
    public static IOrderedEnumerable<TSource> OrderByDescending<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey>? comparer) =>
        new OrderedEnumerable<TSource, TKey>(source, keySelector, comparer, true, null);

    public static IOrderedEnumerable<TSource> ThenBy<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector) => ThenBy(source, keySelector, null);
    public static IOrderedEnumerable<TSource> ThenBy<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey>? comparer)
    {
        Need(source, "source");
        return source.CreateOrderedEnumerable(keySelector, comparer, false);
    }

    public static IOrderedEnumerable<TSource> ThenByDescending<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector) => ThenByDescending(source, keySelector, null);
    public static IOrderedEnumerable<TSource> ThenByDescending<TSource, TKey>(this IOrderedEnumerable<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey>? comparer)
    {
        Need(source, "source");
        return source.CreateOrderedEnumerable(keySelector, comparer, true);
    }

    public static IOrderedEnumerable<T> Order<T>(this IEnumerable<T> source) => OrderBy(source, Self<T>.Function, null);
    public static IOrderedEnumerable<T> Order<T>(this IEnumerable<T> source, IComparer<T>? comparer) => OrderBy(source, Self<T>.Function, comparer);
    public static IOrderedEnumerable<T> OrderDescending<T>(this IEnumerable<T> source) => OrderByDescending(source, Self<T>.Function, null);
    public static IOrderedEnumerable<T> OrderDescending<T>(this IEnumerable<T> source, IComparer<T>? comparer) => OrderByDescending(source, Self<T>.Function, comparer);

    // One element -----------------------------------------------------------------------------------------------------------------

    private static bool FindFirst<TSource>(IEnumerable<TSource> source, Func<TSource, bool>? predicate, out TSource found)
    {
        foreach (TSource item in source)
        {
            if (predicate != null && !predicate(item)) continue;
            found = item;
            return true;
        }
        found = default(TSource)!;
        return false;
    }

    private static bool FindLast<TSource>(IEnumerable<TSource> source, Func<TSource, bool>? predicate, out TSource found)
    {
        if (source is IList<TSource> list)
        {
            for (int i = list.Count - 1; i >= 0; i--)
            {
                found = list[i];
                if (predicate == null || predicate(found)) return true;
            }
            found = default(TSource)!;
            return false;
        }
        bool any = false;
        found = default(TSource)!;
        foreach (TSource item in source)
        {
            if (predicate != null && !predicate(item)) continue;
            found = item;
            any = true;
        }
        return any;
    }

    private static bool FindSingle<TSource>(IEnumerable<TSource> source, Func<TSource, bool>? predicate, out TSource found)
    {
        bool any = false;
        found = default(TSource)!;
        foreach (TSource item in source)
        {
            if (predicate != null && !predicate(item)) continue;
            if (any) throw new InvalidOperationException(predicate == null ? SR.MoreThanOneElement : SR.MoreThanOneMatch);
            found = item;
            any = true;
        }
        return any;
    }

    public static TSource First<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        TSource found;
        return FindFirst(source, null, out found) ? found : throw NoElements();
    }

    public static TSource First<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindFirst(source, predicate, out found) ? found : throw NoMatch();
    }

    public static TSource? FirstOrDefault<TSource>(this IEnumerable<TSource> source) => FirstOrDefault(source, default(TSource)!);
    public static TSource FirstOrDefault<TSource>(this IEnumerable<TSource> source, TSource defaultValue)
    {
        Need(source, "source");
        TSource found;
        return FindFirst(source, null, out found) ? found : defaultValue;
    }

    public static TSource? FirstOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate) => FirstOrDefault(source, predicate, default(TSource)!);
    public static TSource FirstOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate, TSource defaultValue)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindFirst(source, predicate, out found) ? found : defaultValue;
    }

    public static TSource Last<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        TSource found;
        return FindLast(source, null, out found) ? found : throw NoElements();
    }

    public static TSource Last<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindLast(source, predicate, out found) ? found : throw NoMatch();
    }

    public static TSource? LastOrDefault<TSource>(this IEnumerable<TSource> source) => LastOrDefault(source, default(TSource)!);
    public static TSource LastOrDefault<TSource>(this IEnumerable<TSource> source, TSource defaultValue)
    {
        Need(source, "source");
        TSource found;
        return FindLast(source, null, out found) ? found : defaultValue;
    }

    public static TSource? LastOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate) => LastOrDefault(source, predicate, default(TSource)!);
    public static TSource LastOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate, TSource defaultValue)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindLast(source, predicate, out found) ? found : defaultValue;
    }

    public static TSource Single<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        TSource found;
        return FindSingle(source, null, out found) ? found : throw NoElements();
    }

    public static TSource Single<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindSingle(source, predicate, out found) ? found : throw NoMatch();
    }

    public static TSource? SingleOrDefault<TSource>(this IEnumerable<TSource> source) => SingleOrDefault(source, default(TSource)!);
    public static TSource SingleOrDefault<TSource>(this IEnumerable<TSource> source, TSource defaultValue)
    {
        Need(source, "source");
        TSource found;
        return FindSingle(source, null, out found) ? found : defaultValue;
    }

    public static TSource? SingleOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate) => SingleOrDefault(source, predicate, default(TSource)!);
    public static TSource SingleOrDefault<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate, TSource defaultValue)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindSingle(source, predicate, out found) ? found : defaultValue;
    }

    private static bool FindAt<TSource>(IEnumerable<TSource> source, int index, out TSource found)
    {
        if (index >= 0)
        {
            foreach (TSource item in source)
            {
                found = item;
                if (index-- == 0) return true;
            }
        }
        found = default(TSource)!;
        return false;
    }

    public static TSource ElementAt<TSource>(this IEnumerable<TSource> source, int index)
    {
        Need(source, "source");
        if (source is IList<TSource> list) return list[index];
        TSource found;
        if (!FindAt(source, index, out found)) ThrowHelper.ThrowOutOfRange("index");
        return found;
    }

    public static TSource? ElementAtOrDefault<TSource>(this IEnumerable<TSource> source, int index)
    {
        Need(source, "source");
        TSource found;
        return FindAt(source, index, out found) ? found : default(TSource);
    }

    // One answer ------------------------------------------------------------------------------------------------------------------

    public static int Count<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        if (source is ICollection<TSource> c) return c.Count;
        if (source is ICollection d) return d.Count;
        int n = 0;
        foreach (TSource item in source) n++;
        return n;
    }

    public static int Count<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        int n = 0;
        foreach (TSource item in source)
        {
            if (predicate(item)) n++;
        }
        return n;
    }

    public static long LongCount<TSource>(this IEnumerable<TSource> source) => Count(source);

    public static bool TryGetNonEnumeratedCount<TSource>(this IEnumerable<TSource> source, out int count)
    {
        Need(source, "source");
        ICollection<TSource>? c = source as ICollection<TSource>;
        count = c == null ? 0 : c.Count;
        return c != null;
    }

    public static bool Any<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        if (source is ICollection<TSource> c) return c.Count != 0;
        TSource found;
        return FindFirst(source, null, out found);
    }

    public static bool Any<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        TSource found;
        return FindFirst(source, predicate, out found);
    }

    public static bool All<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        foreach (TSource item in source)
        {
            if (!predicate(item)) return false;
        }
        return true;
    }

    public static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value)
    {
        Need(source, "source");
        return source is ICollection<TSource> c ? c.Contains(value) : Contains(source, value, null);
    }

    public static bool Contains<TSource>(this IEnumerable<TSource> source, TSource value, IEqualityComparer<TSource>? comparer)
    {
        Need(source, "source");
        comparer ??= EqualityComparer<TSource>.Default;
        foreach (TSource item in source)
        {
            if (comparer.Equals(item, value)) return true;
        }
        return false;
    }

    public static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second) => SequenceEqual(first, second, null);
    public static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource>? comparer)
    {
        Need(first, "first");
        Need(second, "second");
        comparer ??= EqualityComparer<TSource>.Default;
        using (IEnumerator<TSource> a = first.GetEnumerator())
        using (IEnumerator<TSource> b = second.GetEnumerator())
        {
            while (a.MoveNext())
            {
                if (!b.MoveNext() || !comparer.Equals(a.Current, b.Current)) return false;
            }
            return !b.MoveNext();
        }
    }

    public static TSource Aggregate<TSource>(this IEnumerable<TSource> source, Func<TSource, TSource, TSource> func)
    {
        Need(source, "source");
        Need(func, "func");
        using (IEnumerator<TSource> e = source.GetEnumerator())
        {
            if (!e.MoveNext()) throw NoElements();
            TSource result = e.Current;
            while (e.MoveNext()) result = func(result, e.Current);
            return result;
        }
    }

    public static TAccumulate Aggregate<TSource, TAccumulate>(this IEnumerable<TSource> source, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func)
    {
        Need(source, "source");
        Need(func, "func");
        foreach (TSource item in source) seed = func(seed, item);
        return seed;
    }

    public static TResult Aggregate<TSource, TAccumulate, TResult>(this IEnumerable<TSource> source, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func, Func<TAccumulate, TResult> resultSelector)
    {
        Need(resultSelector, "resultSelector");
        return resultSelector(Aggregate(source, seed, func));
    }

    public static int Sum(this IEnumerable<int> source)
    {
        Need(source, "source");
        int sum = 0;
        foreach (int item in source) sum = checked(sum + item);
        return sum;
    }

    public static int Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, int> selector) => Sum(Select(source, selector));

    public static double Average(this IEnumerable<int> source)
    {
        Need(source, "source");
        long sum = 0;
        long n = 0;
        foreach (int item in source)
        {
            sum = checked(sum + item);
            n++;
        }
        if (n == 0) throw NoElements();
        return (double)sum / n;
    }

    public static double Average<TSource>(this IEnumerable<TSource> source, Func<TSource, int> selector) => Average(Select(source, selector));

    public static long Sum(this IEnumerable<long> source)
    {
        Need(source, "source");
        long sum = 0;
        foreach (long item in source) sum = checked(sum + item);
        return sum;
    }

    public static long Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, long> selector) => Sum(Select(source, selector));

    public static double Average(this IEnumerable<long> source)
    {
        Need(source, "source");
        long sum = 0;
        long n = 0;
        foreach (long item in source)
        {
            sum = checked(sum + item);
            n++;
        }
        if (n == 0) throw NoElements();
        return (double)sum / n;
    }

    public static double Average<TSource>(this IEnumerable<TSource> source, Func<TSource, long> selector) => Average(Select(source, selector));

    public static float Sum(this IEnumerable<float> source)
    {
        Need(source, "source");
        double sum = 0;
        foreach (float item in source) sum = sum + item;
        return (float)sum;
    }

    public static float Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, float> selector) => Sum(Select(source, selector));

    public static float Average(this IEnumerable<float> source)
    {
        Need(source, "source");
        double sum = 0;
        long n = 0;
        foreach (float item in source)
        {
            sum = sum + item;
            n++;
        }
        if (n == 0) throw NoElements();
        return (float)(sum / n);
    }

    public static float Average<TSource>(this IEnumerable<TSource> source, Func<TSource, float> selector) => Average(Select(source, selector));

    public static double Sum(this IEnumerable<double> source)
    {
        Need(source, "source");
        double sum = 0;
        foreach (double item in source) sum = sum + item;
        return sum;
    }

    public static double Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, double> selector) => Sum(Select(source, selector));

    public static double Average(this IEnumerable<double> source)
    {
        Need(source, "source");
        double sum = 0;
        long n = 0;
        foreach (double item in source)
        {
            sum = sum + item;
            n++;
        }
        if (n == 0) throw NoElements();
        return sum / n;
    }

    public static double Average<TSource>(this IEnumerable<TSource> source, Func<TSource, double> selector) => Average(Select(source, selector));

    public static decimal Sum(this IEnumerable<decimal> source)
    {
        Need(source, "source");
        decimal sum = 0;
        foreach (decimal item in source) sum = sum + item;
        return sum;
    }

    public static decimal Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, decimal> selector) => Sum(Select(source, selector));

    public static decimal Average(this IEnumerable<decimal> source)
    {
        Need(source, "source");
        decimal sum = 0;
        long n = 0;
        foreach (decimal item in source)
        {
            sum = sum + item;
            n++;
        }
        if (n == 0) throw NoElements();
        return sum / n;
    }

    public static decimal Average<TSource>(this IEnumerable<TSource> source, Func<TSource, decimal> selector) => Average(Select(source, selector));

    public static TSource? Max<TSource>(this IEnumerable<TSource> source) => Max(source, null);
    public static TSource? Max<TSource>(this IEnumerable<TSource> source, IComparer<TSource>? comparer)
    {
        Need(source, "source");
        comparer ??= Comparer<TSource>.Default;
        TSource best = default(TSource)!;
        bool any = false;
        foreach (TSource item in source)
        {
            if (default(TSource) == null && item == null) continue;
            if (!any || comparer.Compare(item, best) > 0) best = item;
            any = true;
        }
        if (!any && default(TSource) != null) throw NoElements();
        return best;
    }

    public static TResult? Max<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector) => Max(Select(source, selector), null);

    public static TSource? MaxBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        TSource best = default(TSource)!;
        TKey bestKey = default(TKey)!;
        bool any = false;
        foreach (TSource item in source)
        {
            TKey key = keySelector(item);
            if (any && (key == null || (bestKey != null && !(Comparer<TKey>.Default.Compare(key, bestKey) > 0)))) continue;
            best = item;
            bestKey = key;
            any = true;
        }
        if (!any && default(TSource) != null) throw NoElements();
        return best;
    }

    public static TSource? Min<TSource>(this IEnumerable<TSource> source) => Min(source, null);
    public static TSource? Min<TSource>(this IEnumerable<TSource> source, IComparer<TSource>? comparer)
    {
        Need(source, "source");
        comparer ??= Comparer<TSource>.Default;
        TSource best = default(TSource)!;
        bool any = false;
        foreach (TSource item in source)
        {
            if (default(TSource) == null && item == null) continue;
            if (!any || comparer.Compare(item, best) < 0) best = item;
            any = true;
        }
        if (!any && default(TSource) != null) throw NoElements();
        return best;
    }

    public static TResult? Min<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector) => Min(Select(source, selector), null);

    public static TSource? MinBy<TSource, TKey>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector)
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        TSource best = default(TSource)!;
        TKey bestKey = default(TKey)!;
        bool any = false;
        foreach (TSource item in source)
        {
            TKey key = keySelector(item);
            if (any && (key == null || (bestKey != null && !(Comparer<TKey>.Default.Compare(key, bestKey) < 0)))) continue;
            best = item;
            bestKey = key;
            any = true;
        }
        if (!any && default(TSource) != null) throw NoElements();
        return best;
    }

}
