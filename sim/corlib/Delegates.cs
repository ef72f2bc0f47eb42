// Delegates: one target, or a list of them. Calling is the machine's; combining is here.
using System.Reflection;
using System.Runtime.CompilerServices;

namespace System;

/// `_methodPtr` names the method. For an instance method `_target` is the receiver, for a static one it is null.
public abstract class Delegate : ICloneable
{
    internal object? _target;
    internal object? _methodBase;
    internal nint _methodPtr;
    internal nint _methodPtrAux;

    public object? Target => GetTarget();
    public MethodInfo Method => new MethodInfo(MethodNameOf(this));

    internal virtual object? GetTarget() => _target;
    public virtual Delegate[] GetInvocationList() => new Delegate[] { this };
    public object Clone() => MemberwiseClone();

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string MethodNameOf(Delegate d);

    protected virtual Delegate CombineImpl(Delegate? d) => this;
    protected virtual Delegate? RemoveImpl(Delegate d) => d.Equals(this) ? null : this;

    public static Delegate? Combine(Delegate? a, Delegate? b)
    {
        if (a == null) return b;
        return b == null ? a : a.CombineImpl(b);
    }

    public static Delegate? Combine(params Delegate?[]? delegates)
    {
        Delegate? result = null;
        if (delegates != null)
        {
            for (int i = 0; i < delegates.Length; i++) result = Combine(result, delegates[i]);
        }
        return result;
    }

    public static Delegate? Remove(Delegate? source, Delegate? value)
    {
        if (source == null) return null;
        if (value == null) return source;
        if (source.GetType() != value.GetType()) throw new ArgumentException(SR.Arg_DlgtTypeMis);
        return source.RemoveImpl(value);
    }

    public static Delegate? RemoveAll(Delegate? source, Delegate? value)
    {
        Delegate? before;
        do
        {
            before = source;
            source = Remove(source, value);
        } while (!ReferenceEquals(before, source));
        return source;
    }

    public override bool Equals(object? obj) =>
        obj is Delegate d && GetType() == d.GetType() && _target == d._target && _methodPtr == d._methodPtr && _methodPtrAux == d._methodPtrAux;

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(_target) * 31 + (int)_methodPtr;

    public static bool operator ==(Delegate? d1, Delegate? d2) => ReferenceEquals(d1, d2) || (!(d1 is null) && d1.Equals(d2));
    public static bool operator !=(Delegate? d1, Delegate? d2) => !(d1 == d2);
}

public abstract class MulticastDelegate : Delegate
{
    internal object? _invocationList;       // object[], which may be longer than the count
    internal nint _invocationCount;         // 0: a single target

    internal bool HasList => _invocationCount != 0;

    internal override object? GetTarget() =>
        HasList ? ((Delegate)((object[])_invocationList!)[(int)_invocationCount - 1]).Target : _target;

    public override Delegate[] GetInvocationList()
    {
        if (!HasList) return new Delegate[] { this };
        object[] list = (object[])_invocationList!;
        Delegate[] result = new Delegate[(int)_invocationCount];
        for (int i = 0; i < result.Length; i++) result[i] = (Delegate)list[i];
        return result;
    }

    // Same exact type as this one, which only a copy can give.
    private MulticastDelegate WithList(object[] list, int count)
    {
        MulticastDelegate d = (MulticastDelegate)MemberwiseClone();
        d._target = d;
        d._methodPtr = 0;
        d._methodPtrAux = 0;
        d._invocationList = list;
        d._invocationCount = count;
        return d;
    }

    protected sealed override Delegate CombineImpl(Delegate? follow)
    {
        if (follow is null) return this;
        if (GetType() != follow.GetType()) throw new ArgumentException(SR.Arg_DlgtTypeMis);
        MulticastDelegate other = (MulticastDelegate)follow;
        object[]? otherList = other.HasList ? (object[])other._invocationList! : null;
        int otherCount = otherList == null ? 1 : (int)other._invocationCount;
        if (!HasList)
        {
            object[] first = new object[1 + otherCount];
            first[0] = this;
            if (otherList == null) first[1] = other;
            else Array.Copy(otherList, 0, first, 1, otherCount);
            return WithList(first, 1 + otherCount);
        }
        object[] list = (object[])_invocationList!;
        int count = (int)_invocationCount, total = count + otherCount;
        // Room behind our own part may be shared by several delegates: take it only where the slots are free or hold the same.
        if (total <= list.Length && FitsBehind(list, count, other, otherList, otherCount)) return WithList(list, total);
        int capacity = list.Length;
        while (capacity < total) capacity *= 2;
        object[] longer = new object[capacity];
        Array.Copy(list, 0, longer, 0, count);
        if (otherList == null) longer[count] = other;
        else Array.Copy(otherList, 0, longer, count, otherCount);
        return WithList(longer, total);
    }

    private static bool FitsBehind(object[] list, int at, Delegate single, object[]? several, int n)
    {
        for (int i = 0; i < n; i++)
        {
            object wanted = several == null ? single : several[i];
            object? there = list[at + i];
            if (there == null) list[at + i] = wanted;
            else if (there != wanted && !there.Equals(wanted)) return false;
        }
        return true;
    }

    protected sealed override Delegate? RemoveImpl(Delegate value)
    {
        MulticastDelegate? v = value as MulticastDelegate;
        if (v is null) return this;
        if (!v.HasList)
        {
            if (!HasList) return Equals(value) ? null : this;
            object[] list = (object[])_invocationList!;
            int count = (int)_invocationCount;
            for (int i = count - 1; i >= 0; i--)
            {
                if (!value.Equals(list[i])) continue;
                if (count == 2) return (Delegate)list[1 - i];
                return WithList(Without(list, count, i, 1), count - 1);
            }
            return this;
        }
        if (!HasList) return this;
        object[] mine = (object[])_invocationList!;
        object[] theirs = (object[])v._invocationList!;
        int n = (int)_invocationCount, m = (int)v._invocationCount;
        for (int i = n - m; i >= 0; i--)
        {
            if (!SameRun(mine, i, theirs, m)) continue;
            if (n == m) return null;
            if (n - m == 1) return (Delegate)mine[i != 0 ? 0 : n - 1];
            return WithList(Without(mine, n, i, m), n - m);
        }
        return this;
    }

    private static bool SameRun(object[] a, int at, object[] b, int n)
    {
        for (int i = 0; i < n; i++)
        {
            if (!a[at + i].Equals(b[i])) return false;
        }
        return true;
    }

    private static object[] Without(object[] list, int count, int at, int n)
    {
        int capacity = list.Length;
        while (capacity / 2 >= count - n) capacity /= 2;
        object[] result = new object[capacity];
        Array.Copy(list, 0, result, 0, at);
        Array.Copy(list, at + n, result, at, count - at - n);
        return result;
    }

    public sealed override bool Equals(object? obj)
    {
        if (ReferenceEquals(this, obj)) return true;
        MulticastDelegate? d = obj as MulticastDelegate;
        if (d is null || GetType() != d.GetType() || _invocationCount != d._invocationCount) return false;
        return HasList ? SameRun((object[])_invocationList!, 0, (object[])d._invocationList!, (int)_invocationCount) : base.Equals(obj);
    }

    public sealed override int GetHashCode()
    {
        if (!HasList) return base.GetHashCode();
        object[] list = (object[])_invocationList!;
        int hash = 0;
        for (int i = 0; i < (int)_invocationCount; i++) hash = hash * 33 + list[i].GetHashCode();
        return hash;
    }
}

public delegate bool Predicate<in T>(T obj);
public delegate int Comparison<in T>(T x, T y);
public delegate TOutput Converter<in TInput, out TOutput>(TInput input);
public delegate void EventHandler(object? sender, EventArgs e);
public delegate void EventHandler<TEventArgs>(object? sender, TEventArgs e);
public delegate void AsyncCallback(IAsyncResult ar);
public delegate void UnhandledExceptionEventHandler(object sender, UnhandledExceptionEventArgs e);

public delegate void Action();
public delegate void Action<in T>(T obj);
public delegate void Action<in T1, in T2>(T1 arg1, T2 arg2);
public delegate void Action<in T1, in T2, in T3>(T1 arg1, T2 arg2, T3 arg3);
public delegate void Action<in T1, in T2, in T3, in T4>(T1 arg1, T2 arg2, T3 arg3, T4 arg4);
public delegate void Action<in T1, in T2, in T3, in T4, in T5>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14, in T15>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15);
public delegate void Action<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14, in T15, in T16>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16);
public delegate TResult Func<out TResult>();
public delegate TResult Func<in T, out TResult>(T arg);
public delegate TResult Func<in T1, in T2, out TResult>(T1 arg1, T2 arg2);
public delegate TResult Func<in T1, in T2, in T3, out TResult>(T1 arg1, T2 arg2, T3 arg3);
public delegate TResult Func<in T1, in T2, in T3, in T4, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14, in T15, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15);
public delegate TResult Func<in T1, in T2, in T3, in T4, in T5, in T6, in T7, in T8, in T9, in T10, in T11, in T12, in T13, in T14, in T15, in T16, out TResult>(T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8, T9 arg9, T10 arg10, T11 arg11, T12 arg12, T13 arg13, T14 arg14, T15 arg15, T16 arg16);

public class EventArgs
{
    public static readonly EventArgs Empty = new EventArgs();
}

public class UnhandledExceptionEventArgs : EventArgs
{
    public UnhandledExceptionEventArgs(object exception, bool isTerminating) { ExceptionObject = exception; IsTerminating = isTerminating; }
    public object ExceptionObject { get; }
    public bool IsTerminating { get; }
}

public interface IAsyncResult
{
    bool IsCompleted { get; }
    System.Threading.WaitHandle AsyncWaitHandle { get; }
    object? AsyncState { get; }
    bool CompletedSynchronously { get; }
}

public interface IProgress<in T> { void Report(T value); }

public class Progress<T> : IProgress<T>
{
    private readonly System.Threading.SynchronizationContext _synchronizationContext;
    private readonly Action<T>? _handler;
    private readonly System.Threading.SendOrPostCallback _invokeHandlers;

    private static readonly System.Threading.SynchronizationContext s_default = new System.Threading.SynchronizationContext();

    public Progress()
    {
        _synchronizationContext = System.Threading.SynchronizationContext.Current ?? s_default;
        _invokeHandlers = InvokeHandlers;
    }

    public Progress(Action<T> handler) : this()
    {
        ArgumentNullException.ThrowIfNull(handler, "handler");
        _handler = handler;
    }

    public event EventHandler<T>? ProgressChanged;

    protected virtual void OnReport(T value)
    {
        if (_handler != null || ProgressChanged != null) _synchronizationContext.Post(_invokeHandlers, value);
    }

    void IProgress<T>.Report(T value) { OnReport(value); }

    private void InvokeHandlers(object? state)
    {
        T value = (T)state!;
        EventHandler<T>? changed = ProgressChanged;
        if (_handler != null) _handler(value);
        if (changed != null) changed(this, value);
    }
}
