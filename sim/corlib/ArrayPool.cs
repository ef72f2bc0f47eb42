// Arrays to rent. The shared pool keeps arrays by powers of two, from 16 elements on, each thread's last returned one first.
using System.Collections.Generic;

namespace System.Buffers;

public delegate void SpanAction<T, in TArg>(Span<T> span, TArg arg);
public delegate void ReadOnlySpanAction<T, in TArg>(ReadOnlySpan<T> span, TArg arg);

public abstract class ArrayPool<T>
{
    private static readonly SharedArrayPool<T> s_shared = new SharedArrayPool<T>();

    public static ArrayPool<T> Shared => s_shared;
    public static ArrayPool<T> Create() => new SharedArrayPool<T>();
    public static ArrayPool<T> Create(int maxArrayLength, int maxArraysPerBucket) => new SharedArrayPool<T>();

    public abstract T[] Rent(int minimumLength);
    public abstract void Return(T[] array, bool clearArray = false);
}

internal sealed class SharedArrayPool<T> : ArrayPool<T>
{
    private readonly Stack<T[]>?[] _buckets = new Stack<T[]>?[27];

    /// Bucket 0 holds arrays of 16 elements, each further one of twice as many.
    private static int BucketOf(int length)
    {
        int bucket = 0;
        for (int size = 16; size < length && bucket < 27; size *= 2)
            bucket++;
        return bucket;
    }

    public override T[] Rent(int minimumLength)
    {
        if (minimumLength == 0)
            return Array.Empty<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength, "minimumLength");
        int bucket = BucketOf(minimumLength);
        if (bucket >= _buckets.Length)
            return new T[minimumLength];
        lock (_buckets)
        {
            Stack<T[]>? stack = _buckets[bucket];
            if (stack != null && stack.Count > 0)
                return stack.Pop();
        }
        return new T[16 << bucket];
    }

    public override void Return(T[] array, bool clearArray = false)
    {
        if (array == null)
            TaskThrow.Null("array");
        int bucket = BucketOf(array!.Length);
        if (array.Length == 0 || bucket >= _buckets.Length)
            return;
        if (clearArray)
            Array.Clear(array, 0, array.Length);
        if (array.Length != 16 << bucket)
            TaskThrow.Argument("The buffer is not associated with this pool and may not be returned to it.", "array");
        lock (_buckets)
        {
            if (_buckets[bucket] == null)
                _buckets[bucket] = new Stack<T[]>();
            _buckets[bucket]!.Push(array);
        }
    }
}
