// The common operators over async streams, in .NET since version 10.
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace System.Linq;

public static class AsyncEnumerable
{
    private static void Need(object? value, string name)
    {
        if (value == null)
            throw new ArgumentNullException(name);
    }

    public static IAsyncEnumerable<TSource> Where<TSource>(this IAsyncEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return WhereCore(source, predicate, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TSource> WhereCore<TSource>(IAsyncEnumerable<TSource> source, Func<TSource, bool> predicate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (predicate(item))
                yield return item;
    }

    public static IAsyncEnumerable<TSource> Where<TSource>(this IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask<bool>> predicate)
    {
        Need(source, "source");
        Need(predicate, "predicate");
        return WhereCore(source, predicate, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TSource> WhereCore<TSource>(IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask<bool>> predicate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (await predicate(item, cancellationToken).ConfigureAwait(false))
                yield return item;
    }

    public static IAsyncEnumerable<TResult> Select<TSource, TResult>(this IAsyncEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        Need(source, "source");
        Need(selector, "selector");
        return SelectCore(source, selector, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TResult> SelectCore<TSource, TResult>(IAsyncEnumerable<TSource> source, Func<TSource, TResult> selector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return selector(item);
    }

    public static IAsyncEnumerable<TResult> Select<TSource, TResult>(this IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask<TResult>> selector)
    {
        Need(source, "source");
        Need(selector, "selector");
        return SelectCore(source, selector, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TResult> SelectCore<TSource, TResult>(IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask<TResult>> selector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return await selector(item, cancellationToken).ConfigureAwait(false);
    }

    public static IAsyncEnumerable<TSource> Take<TSource>(this IAsyncEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return TakeCore(source, count, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TSource> TakeCore<TSource>(IAsyncEnumerable<TSource> source, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (count <= 0)
            yield break;
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
            if (--count == 0)
                break;
        }
    }

    public static IAsyncEnumerable<TSource> Skip<TSource>(this IAsyncEnumerable<TSource> source, int count)
    {
        Need(source, "source");
        return SkipCore(source, count, default(CancellationToken));
    }

    private static async IAsyncEnumerable<TSource> SkipCore<TSource>(IAsyncEnumerable<TSource> source, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (count-- <= 0)
                yield return item;
    }

    public static IAsyncEnumerable<TSource> ToAsyncEnumerable<TSource>(this IEnumerable<TSource> source)
    {
        Need(source, "source");
        return FromEnumerable(source);
    }

#pragma warning disable CS1998
    private static async IAsyncEnumerable<TSource> FromEnumerable<TSource>(IEnumerable<TSource> source)
    {
        foreach (TSource item in source)
            yield return item;
    }

    public static async ValueTask<List<TSource>> ToListAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        List<TSource> list = new List<TSource>();
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            list.Add(item);
        return list;
    }

    public static async ValueTask<TSource[]> ToArrayAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        List<TSource> list = await ToListAsync(source, cancellationToken).ConfigureAwait(false);
        return list.ToArray();
    }

    public static async ValueTask<int> CountAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        int count = 0;
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            count++;
        return count;
    }

    public static async ValueTask<bool> AnyAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }

    public static async ValueTask<bool> AnyAsync<TSource>(this IAsyncEnumerable<TSource> source, Func<TSource, bool> predicate, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        Need(predicate, "predicate");
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (predicate(item))
                return true;
        return false;
    }

    public static async ValueTask<TSource> FirstAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            return item;
        throw new InvalidOperationException("Sequence contains no elements");
    }

    public static async ValueTask<TSource?> FirstOrDefaultAsync<TSource>(this IAsyncEnumerable<TSource> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            return item;
        return default(TSource);
    }

    public static async ValueTask<int> SumAsync(this IAsyncEnumerable<int> source, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        int sum = 0;
        await foreach (int item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            sum = checked(sum + item);
        return sum;
    }

    public static async ValueTask<TAccumulate> AggregateAsync<TSource, TAccumulate>(this IAsyncEnumerable<TSource> source, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func, CancellationToken cancellationToken = default(CancellationToken))
    {
        Need(source, "source");
        Need(func, "func");
        TAccumulate result = seed;
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
            result = func(result, item);
        return result;
    }
}
