// Lazy values without an object of their own.
using System.Diagnostics.CodeAnalysis;

namespace System.Threading;

public static class LazyInitializer
{
    public static T EnsureInitialized<T>([NotNull] ref T? target, Func<T> valueFactory) where T : class
        => target ?? Keep(ref target, valueFactory());

    private static T Keep<T>([NotNull] ref T? target, T made) where T : class
    {
        if (made == null)
            TaskThrow.InvalidOperation("ValueFactory returned null.");
        Interlocked.CompareExchange(ref target, made, null);
        return target!;
    }

    public static T EnsureInitialized<T>(ref T target, ref bool initialized, [NotNullIfNotNull("syncLock")] ref object? syncLock, Func<T> valueFactory)
    {
        if (initialized)
            return target;
        object gate = EnsureInitialized(ref syncLock, NewGate);
        lock (gate)
        {
            if (!initialized)
            {
                target = valueFactory();
                initialized = true;
            }
        }
        return target;
    }

    private static object NewGate() => new object();
}
