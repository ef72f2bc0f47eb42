// ExecutionContext: an immutable map of AsyncLocal values that flows with the work. Null on a thread means the default one.
using System.Runtime.CompilerServices;

namespace System.Threading;

public delegate void ContextCallback(object? state);

internal interface IAsyncLocal { void OnValueChanged(object? previousValue, object? currentValue, bool contextChanged); }

public sealed class ExecutionContext : IDisposable
{
    internal static readonly ExecutionContext Default = new ExecutionContext();
    private static ExecutionContext? s_defaultFlowSuppressed;

    private readonly IAsyncLocalValueMap? m_localValues;
    private readonly IAsyncLocal[]? m_localChangeNotifications;
    private readonly bool m_isFlowSuppressed;
    private readonly bool m_isDefault;

    private ExecutionContext() { m_isDefault = true; }

    private ExecutionContext(IAsyncLocalValueMap? localValues, IAsyncLocal[]? localChangeNotifications, bool isFlowSuppressed)
    {
        m_localValues = localValues;
        m_localChangeNotifications = localChangeNotifications;
        m_isFlowSuppressed = isFlowSuppressed;
    }

    internal bool IsDefault => m_isDefault;

    /// Null when the flow is suppressed.
    public static ExecutionContext? Capture()
    {
        ExecutionContext? context = Thread.CurrentThread._executionContext;
        if (context == null)
            return Default;
        return context.m_isFlowSuppressed ? null : context;
    }

    public ExecutionContext CreateCopy() => this;
    public void Dispose() { }

    // ---- suppressing the flow -----------------------------------------------------------------------------------------

    public static bool IsFlowSuppressed()
    {
        ExecutionContext? context = Thread.CurrentThread._executionContext;
        return context != null && context.m_isFlowSuppressed;
    }

    public static AsyncFlowControl SuppressFlow()
    {
        Thread thread = Thread.CurrentThread;
        ExecutionContext context = thread._executionContext ?? Default;
        AsyncFlowControl control = default(AsyncFlowControl);
        if (!context.m_isFlowSuppressed)
        {
            thread._executionContext = context.ShallowClone(true);
            control.Initialize(thread);
        }
        return control;
    }

    public static void RestoreFlow()
    {
        Thread thread = Thread.CurrentThread;
        ExecutionContext? context = thread._executionContext;
        if (context == null || !context.m_isFlowSuppressed)
            TaskThrow.InvalidOperation("Cannot restore context flow when it is not suppressed.");
        thread._executionContext = context!.ShallowClone(false);
    }

    private ExecutionContext? ShallowClone(bool isFlowSuppressed)
    {
        if (m_localValues == null || m_localValues.IsEmpty)
        {
            if (!isFlowSuppressed)
                return null;
            return s_defaultFlowSuppressed ?? (s_defaultFlowSuppressed = new ExecutionContext(AsyncLocalValueMap.Empty, null, true));
        }
        return new ExecutionContext(m_localValues, m_localChangeNotifications, isFlowSuppressed);
    }

    // ---- running under a context --------------------------------------------------------------------------------------

    public static void Run(ExecutionContext executionContext, ContextCallback callback, object? state)
    {
        if (executionContext == null)
            TaskThrow.InvalidOperation("Cannot call Set on a null context");
        RunInternal(executionContext!, callback, state);
    }

    /// Afterwards the thread has its own contexts back, whatever the callback did to them.
    internal static void RunInternal(ExecutionContext executionContext, ContextCallback callback, object? state)
    {
        Thread thread = Thread.CurrentThread;
        ExecutionContext? previous = thread._executionContext;
        SynchronizationContext? sc = thread._synchronizationContext;
        ExecutionContext? mine = executionContext.m_isDefault ? null : executionContext;
        if (previous != mine)
            Restore(thread, mine);
        try
        {
            callback(state);
        }
        finally
        {
            if (thread._synchronizationContext != sc)
                thread._synchronizationContext = sc;
            if (thread._executionContext != previous)
                Restore(thread, previous);
        }
    }

    /// On a pool worker between two work items: nothing to save, the worker cleans up after each item.
    internal static void RunFromThreadPoolDispatchLoop(Thread threadPoolThread, ExecutionContext executionContext, ContextCallback callback, object state)
    {
        if (!executionContext.m_isDefault)
            Restore(threadPoolThread, executionContext);
        callback(state);
        threadPoolThread.ResetAfterWorkItem();
    }

    internal static void RunForThreadPoolUnsafe(ExecutionContext executionContext, ContextCallback callback, object state)
    {
        if (!executionContext.m_isDefault)
            Restore(Thread.CurrentThread, executionContext);
        callback(state);
    }

    public static void Restore(ExecutionContext executionContext)
    {
        if (executionContext == null)
            TaskThrow.InvalidOperation("Cannot call Set on a null context");
        Restore(Thread.CurrentThread, executionContext);
    }

    /// ExecutionContext.RestoreChangedContextToThread, with the AsyncLocal change notifications.
    internal static void Restore(Thread thread, ExecutionContext? context)
    {
        if (context != null && context.m_isDefault)
            context = null;
        ExecutionContext? current = thread._executionContext;
        if (current == context)
            return;
        thread._executionContext = context;
        if ((current != null && current.m_localChangeNotifications != null) || (context != null && context.m_localChangeNotifications != null))
            OnValuesChanged(current, context);
    }

    private static void OnValuesChanged(ExecutionContext? previous, ExecutionContext? next)
    {
        IAsyncLocal[]? before = previous == null ? null : previous.m_localChangeNotifications;
        IAsyncLocal[]? after = next == null ? null : next.m_localChangeNotifications;
        for (int i = 0; before != null && i < before.Length; i++)
            NotifyIfChanged(before[i], previous, next);
        for (int i = 0; after != null && i < after.Length; i++)
        {
            if (before == null || Array.IndexOf<IAsyncLocal>(before, after[i]) < 0)
                NotifyIfChanged(after[i], previous, next);
        }
    }

    private static void NotifyIfChanged(IAsyncLocal local, ExecutionContext? previous, ExecutionContext? next)
    {
        object? was = Lookup(previous, local);
        object? now = Lookup(next, local);
        if (was != now)
            local.OnValueChanged(was, now, true);
    }

    // ---- AsyncLocal values --------------------------------------------------------------------------------------------

    private static object? Lookup(ExecutionContext? context, IAsyncLocal local)
    {
        object? value = null;
        if (context != null && context.m_localValues != null)
            context.m_localValues.TryGetValue(local, out value);
        return value;
    }

    internal static object? GetLocalValue(IAsyncLocal local) => Lookup(Thread.CurrentThread._executionContext, local);

    internal static void SetLocalValue(IAsyncLocal local, object? newValue, bool needChangeNotifications)
    {
        Thread thread = Thread.CurrentThread;
        ExecutionContext? current = thread._executionContext;
        object? previousValue = null;
        bool had = current != null && current.m_localValues != null && current.m_localValues.TryGetValue(local, out previousValue);
        if (previousValue == newValue)
            return;
        IAsyncLocalValueMap values = current != null && current.m_localValues != null ? current.m_localValues : AsyncLocalValueMap.Empty;
        values = values.Set(local, newValue, !needChangeNotifications);
        IAsyncLocal[]? notified = current == null ? null : current.m_localChangeNotifications;
        bool suppressed = current != null && current.m_isFlowSuppressed;
        if (needChangeNotifications && !had)
        {
            int count = notified == null ? 0 : notified.Length;
            IAsyncLocal[] longer = new IAsyncLocal[count + 1];
            for (int i = 0; i < count; i++)
                longer[i] = notified![i];
            longer[count] = local;
            notified = longer;
        }
        thread._executionContext = !suppressed && values.IsEmpty ? null : new ExecutionContext(values, notified, suppressed);
        if (needChangeNotifications)
            local.OnValueChanged(previousValue, newValue, false);
    }
}

public struct AsyncFlowControl : IEquatable<AsyncFlowControl>, IDisposable
{
    private Thread? _thread;

    internal void Initialize(Thread thread) => _thread = thread;

    public void Undo()
    {
        if (_thread == null)
            TaskThrow.InvalidOperation("AsyncFlowControl object can be used only once to call Undo().");
        if (_thread != Thread.CurrentThread)
            TaskThrow.InvalidOperation("AsyncFlowControl object must be used on the thread where it was created.");
        _thread = null;
        ExecutionContext.RestoreFlow();
    }

    public void Dispose()
    {
        if (_thread != null)
            Undo();
    }

    public bool Equals(AsyncFlowControl obj) => _thread == obj._thread;
    public override bool Equals(object? obj) => obj is AsyncFlowControl other && Equals(other);
    public override int GetHashCode() => _thread == null ? 0 : _thread.GetHashCode();
}

public readonly struct AsyncLocalValueChangedArgs<T>
{
    public T? PreviousValue { get; }
    public T? CurrentValue { get; }
    public bool ThreadContextChanged { get; }

    internal AsyncLocalValueChangedArgs(T? previousValue, T? currentValue, bool contextChanged)
    {
        PreviousValue = previousValue;
        CurrentValue = currentValue;
        ThreadContextChanged = contextChanged;
    }
}

public sealed class AsyncLocal<T> : IAsyncLocal
{
    private readonly Action<AsyncLocalValueChangedArgs<T>>? _valueChangedHandler;

    public AsyncLocal() { }
    public AsyncLocal(Action<AsyncLocalValueChangedArgs<T>>? valueChangedHandler) { _valueChangedHandler = valueChangedHandler; }

    public T Value
    {
        get
        {
            object? value = ExecutionContext.GetLocalValue(this);
            return value == null ? default(T)! : (T)value;
        }
        set => ExecutionContext.SetLocalValue(this, value, _valueChangedHandler != null);
    }

    void IAsyncLocal.OnValueChanged(object? previousValue, object? currentValue, bool contextChanged)
    {
        T? before = previousValue == null ? default(T) : (T)previousValue;
        T? now = currentValue == null ? default(T) : (T)currentValue;
        _valueChangedHandler!(new AsyncLocalValueChangedArgs<T>(before, now, contextChanged));
    }
}

/// Immutable: Set gives a new map. One class per small count, so that a map of one value is 32 B.
internal interface IAsyncLocalValueMap
{
    bool IsEmpty { get; }
    bool TryGetValue(IAsyncLocal key, out object? value);
    IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent);
}

internal struct LocalValue
{
    internal IAsyncLocal Key;
    internal object? Value;

    internal LocalValue(IAsyncLocal key, object? value)
    {
        Key = key;
        Value = value;
    }
}

internal static class AsyncLocalValueMap
{
    internal static readonly IAsyncLocalValueMap Empty = new EmptyAsyncLocalValueMap();

    private sealed class EmptyAsyncLocalValueMap : IAsyncLocalValueMap
    {
        public bool IsEmpty => true;

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            value = null;
            return false;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent) =>
            value == null && treatNullValueAsNonexistent ? (IAsyncLocalValueMap)this : new OneElementAsyncLocalValueMap(new LocalValue(key, value));
    }

    private sealed class OneElementAsyncLocalValueMap : IAsyncLocalValueMap
    {
        private readonly LocalValue _item0;

        internal OneElementAsyncLocalValueMap(LocalValue item0) { _item0 = item0; }

        public bool IsEmpty => false;

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            bool found = key == _item0.Key;
            value = found ? _item0.Value : null;
            return found;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent)
        {
            LocalValue item = new LocalValue(key, value);
            bool drop = value == null && treatNullValueAsNonexistent;
            if (key == _item0.Key)
                return drop ? Empty : new OneElementAsyncLocalValueMap(item);
            return drop ? (IAsyncLocalValueMap)this : new TwoElementAsyncLocalValueMap(_item0, item);
        }
    }

    private sealed class TwoElementAsyncLocalValueMap : IAsyncLocalValueMap
    {
        private readonly LocalValue _item0, _item1;

        internal TwoElementAsyncLocalValueMap(LocalValue item0, LocalValue item1)
        {
            _item0 = item0;
            _item1 = item1;
        }

        public bool IsEmpty => false;

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            bool first = key == _item0.Key, second = key == _item1.Key;
            value = first ? _item0.Value : second ? _item1.Value : null;
            return first || second;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent)
        {
            LocalValue item = new LocalValue(key, value);
            bool drop = value == null && treatNullValueAsNonexistent;
            if (key == _item0.Key)
                return drop ? new OneElementAsyncLocalValueMap(_item1) : (IAsyncLocalValueMap)new TwoElementAsyncLocalValueMap(item, _item1);
            if (key == _item1.Key)
                return drop ? new OneElementAsyncLocalValueMap(_item0) : (IAsyncLocalValueMap)new TwoElementAsyncLocalValueMap(_item0, item);
            return drop ? (IAsyncLocalValueMap)this : new ThreeElementAsyncLocalValueMap(_item0, _item1, item);
        }
    }

    private sealed class ThreeElementAsyncLocalValueMap : IAsyncLocalValueMap
    {
        private readonly LocalValue _item0, _item1, _item2;

        internal ThreeElementAsyncLocalValueMap(LocalValue item0, LocalValue item1, LocalValue item2)
        {
            _item0 = item0;
            _item1 = item1;
            _item2 = item2;
        }

        public bool IsEmpty => false;

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            bool first = key == _item0.Key, second = key == _item1.Key, third = key == _item2.Key;
            value = first ? _item0.Value : second ? _item1.Value : third ? _item2.Value : null;
            return first || second || third;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent)
        {
            LocalValue item = new LocalValue(key, value);
            bool drop = value == null && treatNullValueAsNonexistent;
            if (key == _item0.Key)
                return drop ? new TwoElementAsyncLocalValueMap(_item1, _item2) : (IAsyncLocalValueMap)new ThreeElementAsyncLocalValueMap(item, _item1, _item2);
            if (key == _item1.Key)
                return drop ? new TwoElementAsyncLocalValueMap(_item0, _item2) : (IAsyncLocalValueMap)new ThreeElementAsyncLocalValueMap(_item0, item, _item2);
            if (key == _item2.Key)
                return drop ? new TwoElementAsyncLocalValueMap(_item0, _item1) : (IAsyncLocalValueMap)new ThreeElementAsyncLocalValueMap(_item0, _item1, item);
            return drop ? (IAsyncLocalValueMap)this : new FourElementAsyncLocalValueMap(_item0, _item1, _item2, item);
        }
    }

    private sealed class FourElementAsyncLocalValueMap : IAsyncLocalValueMap
    {
        private readonly LocalValue _item0, _item1, _item2, _item3;

        internal FourElementAsyncLocalValueMap(LocalValue item0, LocalValue item1, LocalValue item2, LocalValue item3)
        {
            _item0 = item0;
            _item1 = item1;
            _item2 = item2;
            _item3 = item3;
        }

        public bool IsEmpty => false;

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            bool first = key == _item0.Key, second = key == _item1.Key, third = key == _item2.Key, fourth = key == _item3.Key;
            value = first ? _item0.Value : second ? _item1.Value : third ? _item2.Value : fourth ? _item3.Value : null;
            return first || second || third || fourth;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent)
        {
            LocalValue item = new LocalValue(key, value);
            bool drop = value == null && treatNullValueAsNonexistent;
            if (key == _item0.Key)
                return drop ? new ThreeElementAsyncLocalValueMap(_item1, _item2, _item3) : (IAsyncLocalValueMap)new FourElementAsyncLocalValueMap(item, _item1, _item2, _item3);
            if (key == _item1.Key)
                return drop ? new ThreeElementAsyncLocalValueMap(_item0, _item2, _item3) : (IAsyncLocalValueMap)new FourElementAsyncLocalValueMap(_item0, item, _item2, _item3);
            if (key == _item2.Key)
                return drop ? new ThreeElementAsyncLocalValueMap(_item0, _item1, _item3) : (IAsyncLocalValueMap)new FourElementAsyncLocalValueMap(_item0, _item1, item, _item3);
            if (key == _item3.Key)
                return drop ? new ThreeElementAsyncLocalValueMap(_item0, _item1, _item2) : (IAsyncLocalValueMap)new FourElementAsyncLocalValueMap(_item0, _item1, _item2, item);
            if (drop)
                return this;
            LocalValue[] items = new LocalValue[5];
            items[0] = _item0;
            items[1] = _item1;
            items[2] = _item2;
            items[3] = _item3;
            items[4] = item;
            return new MultiElementAsyncLocalValueMap(items);
        }
    }

    private sealed class MultiElementAsyncLocalValueMap : IAsyncLocalValueMap
    {
        private readonly LocalValue[] _keyValues;

        internal MultiElementAsyncLocalValueMap(LocalValue[] keyValues) { _keyValues = keyValues; }

        public bool IsEmpty => false;

        private LocalValue Without(int at, int i) => _keyValues[i < at ? i : i + 1];

        private int IndexOf(IAsyncLocal key)
        {
            for (int i = 0; i < _keyValues.Length; i++)
            {
                if (_keyValues[i].Key == key)
                    return i;
            }
            return -1;
        }

        public bool TryGetValue(IAsyncLocal key, out object? value)
        {
            int at = IndexOf(key);
            value = at < 0 ? null : _keyValues[at].Value;
            return at >= 0;
        }

        public IAsyncLocalValueMap Set(IAsyncLocal key, object? value, bool treatNullValueAsNonexistent)
        {
            int at = IndexOf(key);
            int count = _keyValues.Length;
            if (value == null && treatNullValueAsNonexistent)
            {
                if (at < 0)
                    return this;
                if (count == 5)
                    return new FourElementAsyncLocalValueMap(Without(at, 0), Without(at, 1), Without(at, 2), Without(at, 3));
                LocalValue[] fewer = new LocalValue[count - 1];
                for (int i = 0; i < fewer.Length; i++)
                    fewer[i] = Without(at, i);
                return new MultiElementAsyncLocalValueMap(fewer);
            }
            LocalValue[] items = new LocalValue[at < 0 ? count + 1 : count];
            for (int i = 0; i < count; i++)
                items[i] = _keyValues[i];
            items[at < 0 ? count : at] = new LocalValue(key, value);
            return new MultiElementAsyncLocalValueMap(items);
        }
    }
}
