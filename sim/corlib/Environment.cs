// The process: collector, weak references, environment.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;

namespace System;

public enum GCCollectionMode { Default, Forced, Optimized, Aggressive }

public static class GC
{
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern long GetAllocatedBytesForCurrentThread();
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern long TotalAllocatedBytes();
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern long HeapBytes();
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void CollectNative(int generation);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int CollectionCountNative(int generation);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int GenerationOf(object obj);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SetFinalizable(object obj, bool on);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern object? NextToFinalize();
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern void RunFinalizer(object obj);

    public static int MaxGeneration => 2;
    public static long GetTotalAllocatedBytes(bool precise = false) => TotalAllocatedBytes();
    public static long GetTotalMemory(bool forceFullCollection)
    {
        if (forceFullCollection) CollectNative(2);
        return HeapBytes();
    }
    public static void Collect() { CollectNative(2); }
    public static void Collect(int generation) { Collect(generation, GCCollectionMode.Default, true, false); }
    public static void Collect(int generation, GCCollectionMode mode) { Collect(generation, mode, true, false); }
    public static void Collect(int generation, GCCollectionMode mode, bool blocking) { Collect(generation, mode, blocking, false); }
    public static void Collect(int generation, GCCollectionMode mode, bool blocking, bool compacting)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation, "generation");
        CollectNative(generation > 2 ? 2 : generation);
    }
    public static int CollectionCount(int generation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation, "generation");
        return CollectionCountNative(generation);
    }
    public static int GetGeneration(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj, "obj");
        return GenerationOf(obj);
    }

    /// Finalizers run here, on the waiting thread, in the order the collector found their objects.
    public static void WaitForPendingFinalizers()
    {
        object? obj = NextToFinalize();
        while (obj != null)
        {
            RunFinalizer(obj);
            obj = NextToFinalize();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] public static void KeepAlive(object? obj) { }
    public static void SuppressFinalize(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj, "obj");
        SetFinalizable(obj, false);
    }
    public static void ReRegisterForFinalize(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj, "obj");
        SetFinalizable(obj, true);
    }
    public static void AddMemoryPressure(long bytesAllocated) { }
    public static void RemoveMemoryPressure(long bytesAllocated) { }
}

/// The machine keeps the referents outside the heap; a handle is a number.
internal static class WeakHandle
{
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern nint Allocate(object? target, bool trackResurrection);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern object? Get(nint handle);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Set(nint handle, object? target);
}

public class WeakReference
{
    private readonly nint _taggedHandle;

    public WeakReference(object? target) : this(target, false) { }
    public WeakReference(object? target, bool trackResurrection) { _taggedHandle = WeakHandle.Allocate(target, trackResurrection); }
    public virtual bool IsAlive => WeakHandle.Get(_taggedHandle) != null;
    public virtual object? Target { get => WeakHandle.Get(_taggedHandle); set => WeakHandle.Set(_taggedHandle, value); }
}

public sealed class WeakReference<T> where T : class?
{
    private readonly nint _taggedHandle;

    public WeakReference(T target) : this(target, false) { }
    public WeakReference(T target, bool trackResurrection) { _taggedHandle = WeakHandle.Allocate(target, trackResurrection); }
    public bool TryGetTarget([MaybeNullWhen(false)] out T target)
    {
        object? o = WeakHandle.Get(_taggedHandle);
        target = Unsafe.As<T>(o)!;
        return o != null;
    }
    public void SetTarget(T target) { WeakHandle.Set(_taggedHandle, target); }
}

public static class Environment
{
    [MethodImpl(MethodImplOptions.InternalCall), DoesNotReturn] private static extern void ExitNative(int exitCode);
    [MethodImpl(MethodImplOptions.InternalCall), DoesNotReturn] private static extern void FailFastNative(string? message);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern string CurrentStackTrace();

    private static int s_exitCode;

    public static string NewLine => "\n";
    public static int ProcessorCount => 2;
    public static int CurrentManagedThreadId => Thread.CurrentThread.ManagedThreadId;
    public static int TickCount => (int)Scheduler.NowMilliseconds();
    public static long TickCount64 => Scheduler.NowMilliseconds();
    public static int ExitCode { get => s_exitCode; set => s_exitCode = value; }
    public static bool HasShutdownStarted => false;
    public static bool Is64BitProcess => true;
    public static int ProcessId => 1;
    public static string MachineName => "awaitlab";
    public static string StackTrace => CurrentStackTrace();
    [DoesNotReturn] public static void Exit(int exitCode) { ExitNative(exitCode); }
    [DoesNotReturn] public static void FailFast(string? message) { FailFastNative(message); }
    [DoesNotReturn] public static void FailFast(string? message, Exception? exception) { FailFastNative(message); }
    public static string? GetEnvironmentVariable(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable, "variable");
        return null;
    }
    public static string[] GetCommandLineArgs() => new string[] { "program" };
}

public class AppContext
{
    public static bool TryGetSwitch(string switchName, out bool isEnabled)
    {
        isEnabled = false;
        return false;
    }
}
