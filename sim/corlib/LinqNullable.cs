// Enumerable for numbers that may be missing, and the operators that compare by a key.
using System.Collections.Generic;

namespace System.Linq;

public static partial class Enumerable
{
    public static int? Sum(this IEnumerable<int?> source)
    {
        Need(source, "source");
        int sum = 0;
        foreach (int? item in source) sum = checked(sum + item.GetValueOrDefault());
        return sum;
    }

    public static int? Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, int?> selector) => Sum(Select(source, selector));

    public static double? Average(this IEnumerable<int?> source)
    {
        Need(source, "source");
        long sum = 0;
        long count = 0;
        foreach (int? item in source)
        {
            if (item == null) continue;
            sum = checked(sum + item.GetValueOrDefault());
            count++;
        }
        return count == 0 ? null : (double)sum / count;
    }

    public static double? Average<TSource>(this IEnumerable<TSource> source, Func<TSource, int?> selector) => Average(Select(source, selector));

    public static long? Sum(this IEnumerable<long?> source)
    {
        Need(source, "source");
        long sum = 0;
        foreach (long? item in source) sum = checked(sum + item.GetValueOrDefault());
        return sum;
    }

    public static long? Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, long?> selector) => Sum(Select(source, selector));

    public static double? Average(this IEnumerable<long?> source)
    {
        Need(source, "source");
        long sum = 0;
        long count = 0;
        foreach (long? item in source)
        {
            if (item == null) continue;
            sum = checked(sum + item.GetValueOrDefault());
            count++;
        }
        return count == 0 ? null : (double)sum / count;
    }

    public static double? Average<TSource>(this IEnumerable<TSource> source, Func<TSource, long?> selector) => Average(Select(source, selector));

    public static double? Sum(this IEnumerable<double?> source)
    {
        Need(source, "source");
        double sum = 0;
        foreach (double? item in source) sum = checked(sum + item.GetValueOrDefault());
        return sum;
    }

    public static double? Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, double?> selector) => Sum(Select(source, selector));

    public static double? Average(this IEnumerable<double?> source)
    {
        Need(source, "source");
        double sum = 0;
        long count = 0;
        foreach (double? item in source)
        {
            if (item == null) continue;
            sum = checked(sum + item.GetValueOrDefault());
            count++;
        }
        return count == 0 ? null : (double)sum / count;
    }

    public static double? Average<TSource>(this IEnumerable<TSource> source, Func<TSource, double?> selector) => Average(Select(source, selector));

    public static decimal? Sum(this IEnumerable<decimal?> source)
    {
        Need(source, "source");
        decimal sum = 0;
        foreach (decimal? item in source) sum = checked(sum + item.GetValueOrDefault());
        return sum;
    }

    public static decimal? Sum<TSource>(this IEnumerable<TSource> source, Func<TSource, decimal?> selector) => Sum(Select(source, selector));

    public static decimal? Average(this IEnumerable<decimal?> source)
    {
        Need(source, "source");
        decimal sum = 0;
        long count = 0;
        foreach (decimal? item in source)
        {
            if (item == null) continue;
            sum = checked(sum + item.GetValueOrDefault());
            count++;
        }
        return count == 0 ? null : (decimal)sum / count;
    }

    public static decimal? Average<TSource>(this IEnumerable<TSource> source, Func<TSource, decimal?> selector) => Average(Select(source, selector));

    public static IEnumerable<TSource> UnionBy<TSource, TKey>(this IEnumerable<TSource> first, IEnumerable<TSource> second, Func<TSource, TKey> keySelector)
    {
        Need(first, "first");
        Need(second, "second");
        Need(keySelector, "keySelector");
        return DistinctBy(Concat(first, second), keySelector);
    }

    public static IEnumerable<TSource> IntersectBy<TSource, TKey>(this IEnumerable<TSource> first, IEnumerable<TKey> second, Func<TSource, TKey> keySelector)
    {
        Need(first, "first");
        Need(second, "second");
        Need(keySelector, "keySelector");
        return IntersectByCore(first, second, keySelector);
    }

    private static IEnumerable<TSource> IntersectByCore<TSource, TKey>(IEnumerable<TSource> first, IEnumerable<TKey> second, Func<TSource, TKey> keySelector)
    {
        HashSet<TKey> keys = new HashSet<TKey>(second);
        foreach (TSource item in first)
        {
            if (keys.Remove(keySelector(item))) yield return item;
        }
    }

    public static IEnumerable<KeyValuePair<TKey, TAccumulate>> AggregateBy<TSource, TKey, TAccumulate>(this IEnumerable<TSource> source, Func<TSource, TKey> keySelector, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func) where TKey : notnull
    {
        Need(source, "source");
        Need(keySelector, "keySelector");
        Need(func, "func");
        return AggregateByCore(source, keySelector, seed, func);
    }

    private static IEnumerable<KeyValuePair<TKey, TAccumulate>> AggregateByCore<TSource, TKey, TAccumulate>(IEnumerable<TSource> source, Func<TSource, TKey> keySelector, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func) where TKey : notnull
    {
        Dictionary<TKey, TAccumulate> table = new Dictionary<TKey, TAccumulate>();
        foreach (TSource item in source)
        {
            TKey key = keySelector(item);
            table[key] = func(table.TryGetValue(key, out TAccumulate? soFar) ? soFar! : seed, item);
        }
        foreach (KeyValuePair<TKey, TAccumulate> pair in table) yield return pair;
    }

    public static TSource ElementAt<TSource>(this IEnumerable<TSource> source, Index index)
    {
        Need(source, "source");
        return ElementAt(source, index.IsFromEnd ? Count(source) - index.Value : index.Value);
    }

    public static TSource? ElementAtOrDefault<TSource>(this IEnumerable<TSource> source, Index index)
    {
        Need(source, "source");
        return ElementAtOrDefault(source, index.IsFromEnd ? Count(source) - index.Value : index.Value);
    }

    public static IEnumerable<TSource> Take<TSource>(this IEnumerable<TSource> source, Range range)
    {
        Need(source, "source");
        return TakeRange(source, range);
    }

    private static IEnumerable<TSource> TakeRange<TSource>(IEnumerable<TSource> source, Range range)
    {
        int count = range.Start.IsFromEnd || range.End.IsFromEnd ? Count(source) : 0;
        int start = range.Start.IsFromEnd ? count - range.Start.Value : range.Start.Value;
        int end = range.End.IsFromEnd ? count - range.End.Value : range.End.Value;
        int at = 0;
        foreach (TSource item in source)
        {
            if (at >= end) break;
            if (at++ >= start) yield return item;
        }
    }
}
