using System.Collections.Generic;

namespace System.Threading;

/// ThreadLocal<T>: each thread keeps a table from the instance to its value.
public class ThreadLocal<T> : IDisposable
{
    private Func<T>? _valueFactory;
    private int _idComplement;
    private volatile bool _initialized;
    private object? _linkedSlot;
    private bool _trackAllValues;

    [ThreadStatic] private static Dictionary<int, Slot>? t_slots;
    private static int s_lastId;

    private sealed class Slot { internal T? Value; }

    public ThreadLocal() : this(null, false) { }
    public ThreadLocal(bool trackAllValues) : this(null, trackAllValues) { }

    public ThreadLocal(Func<T> valueFactory) : this(valueFactory, false)
    {
        if (valueFactory == null)
            TaskThrow.Null("valueFactory");
    }

    public ThreadLocal(Func<T>? valueFactory, bool trackAllValues)
    {
        _valueFactory = valueFactory;
        _trackAllValues = trackAllValues;
        _idComplement = ~Interlocked.Increment(ref s_lastId);
        if (trackAllValues)
            _linkedSlot = new List<Slot>();
        _initialized = true;
    }

    private Slot? Find()
    {
        if (!_initialized)
            throw new ObjectDisposedException("System.Threading.ThreadLocal`1");
        Slot? slot = null;
        if (t_slots != null)
            t_slots.TryGetValue(~_idComplement, out slot);
        return slot;
    }

    private Slot Make()
    {
        if (t_slots == null)
            t_slots = new Dictionary<int, Slot>();
        Slot slot = new Slot();
        t_slots[~_idComplement] = slot;
        List<Slot>? all = _linkedSlot as List<Slot>;
        if (all != null)
        {
            Monitor.Enter(all);
            all.Add(slot);
            Monitor.Exit(all);
        }
        return slot;
    }

    public bool IsValueCreated => Find() != null;

    public T Value
    {
        get
        {
            Slot? slot = Find();
            if (slot != null)
                return slot.Value!;
            T value = _valueFactory == null ? default(T)! : _valueFactory();
            if (Find() != null)
                TaskThrow.InvalidOperation("ValueFactory attempted to access the Value property of this instance.");
            Make().Value = value;
            return value;
        }
        set => (Find() ?? Make()).Value = value;
    }

    public IList<T> Values
    {
        get
        {
            if (!_trackAllValues)
                TaskThrow.InvalidOperation("The ThreadLocal object is not tracking values. To use the Values property, use a ThreadLocal constructor that accepts the trackAllValues parameter and set the parameter to true.");
            List<T> values = new List<T>();
            List<Slot> all = (List<Slot>)_linkedSlot!;
            Monitor.Enter(all);
            for (int i = all.Count - 1; i >= 0; i--)
                values.Add(all[i].Value!);
            Monitor.Exit(all);
            return values;
        }
    }

    public override string? ToString() => Value!.ToString();

    public void Dispose()
    {
        _initialized = false;
        _linkedSlot = null;
        if (t_slots != null)
            t_slots.Remove(~_idComplement);
    }
}

public enum LazyThreadSafetyMode { None, PublicationOnly, ExecutionAndPublication }
