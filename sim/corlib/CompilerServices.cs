// What the compiler refers to by name, and the few operations C# itself cannot express.
namespace System.Runtime.CompilerServices;

[Flags]
public enum MethodImplOptions
{
    Unmanaged = 4, NoInlining = 8, ForwardRef = 16, Synchronized = 32, NoOptimization = 64, PreserveSig = 128, AggressiveInlining = 256,
    AggressiveOptimization = 512, InternalCall = 4096,
}

public sealed class MethodImplAttribute : Attribute
{
    public MethodImplAttribute() { }
    public MethodImplAttribute(MethodImplOptions methodImplOptions) { Value = methodImplOptions; }
    public MethodImplOptions Value { get; }
}

/// A method with a twin in C, used when nobody is looking inside.
internal sealed class IntrinsicAttribute : Attribute { }

/// Where events are compiled in, the method has a frame of its own: who listens finds the struct it is about through the
/// first argument (`this`, or an `in` parameter).
internal sealed class WatchedAttribute : Attribute { }
/// User code, which .NET does not optimize at first, calls the method: it has a frame in stack traces although it is small.
internal sealed class FramedAttribute : Attribute { }
/// In .NET its code is part of its caller's, which is larger there: no frame of its own.
internal sealed class UnframedAttribute : Attribute { }

public sealed class CompilerGeneratedAttribute : Attribute { }
public sealed class CompilerGlobalScopeAttribute : Attribute { }
public sealed class ExtensionAttribute : Attribute { }
public sealed class IsReadOnlyAttribute : Attribute { }
public sealed class IsByRefLikeAttribute : Attribute { }
public sealed class IsUnmanagedAttribute : Attribute { }
public sealed class ScopedRefAttribute : Attribute { }
public sealed class RequiresLocationAttribute : Attribute { }
public sealed class RequiredMemberAttribute : Attribute { }
public sealed class CallerMemberNameAttribute : Attribute { }
public sealed class CallerFilePathAttribute : Attribute { }
public sealed class CallerLineNumberAttribute : Attribute { }
public sealed class CallerArgumentExpressionAttribute : Attribute
{
    public CallerArgumentExpressionAttribute(string parameterName) { ParameterName = parameterName; }
    public string ParameterName { get; }
}
public sealed class IndexerNameAttribute : Attribute { public IndexerNameAttribute(string indexerName) { } }
public sealed class InterpolatedStringHandlerAttribute : Attribute { }
public sealed class InterpolatedStringHandlerArgumentAttribute : Attribute
{
    public InterpolatedStringHandlerArgumentAttribute(string argument) { Arguments = new string[] { argument }; }
    public InterpolatedStringHandlerArgumentAttribute(params string[] arguments) { Arguments = arguments; }
    public string[] Arguments { get; }
}
public sealed class CompilerFeatureRequiredAttribute : Attribute
{
    public CompilerFeatureRequiredAttribute(string featureName) { FeatureName = featureName; }
    public string FeatureName { get; }
    public bool IsOptional { get; init; }
}
public sealed class DecimalConstantAttribute : Attribute
{
    public DecimalConstantAttribute(byte scale, byte sign, uint hi, uint mid, uint low) { }
    public DecimalConstantAttribute(byte scale, byte sign, int hi, int mid, int low) { }
}
public sealed class TupleElementNamesAttribute : Attribute { public TupleElementNamesAttribute(string?[] transformNames) { } }
public sealed class NullableAttribute : Attribute
{
    public NullableAttribute(byte flag) { }
    public NullableAttribute(byte[] flags) { }
}
public sealed class NullableContextAttribute : Attribute { public NullableContextAttribute(byte flag) { } }
public sealed class NullablePublicOnlyAttribute : Attribute { public NullablePublicOnlyAttribute(bool includesInternals) { } }
public sealed class NativeIntegerAttribute : Attribute
{
    public NativeIntegerAttribute() { }
    public NativeIntegerAttribute(bool[] flags) { }
}
public sealed class RefSafetyRulesAttribute : Attribute { public RefSafetyRulesAttribute(int version) { } }
public sealed class InternalsVisibleToAttribute : Attribute { public InternalsVisibleToAttribute(string assemblyName) { } }
public sealed class TypeForwardedFromAttribute : Attribute { public TypeForwardedFromAttribute(string name) { } }
public sealed class SkipLocalsInitAttribute : Attribute { }
public class StateMachineAttribute : Attribute
{
    public StateMachineAttribute(Type stateMachineType) { StateMachineType = stateMachineType; }
    public Type StateMachineType { get; }
}
public sealed class IteratorStateMachineAttribute : StateMachineAttribute { public IteratorStateMachineAttribute(Type stateMachineType) : base(stateMachineType) { } }

public static class IsVolatile { }
public static class IsExternalInit { }

public static class RuntimeFeature
{
    public const string NumericIntPtr = "NumericIntPtr";
    public const string CovariantReturnsOfClasses = "CovariantReturnsOfClasses";
    public const string ByRefFields = "ByRefFields";
}

public interface ITuple
{
    int Length { get; }
    object? this[int index] { get; }
}

public class StrongBox<T>
{
    public T Value = default!;
    public StrongBox() { }
    public StrongBox(T value) { Value = value; }
}

public static class RuntimeHelpers
{
    /// What `array[a..b]` becomes; the real one takes the Range itself.
    public static T[] GetSubArray<T>(T[] array, int start, int length)
    {
        if (start < 0 || length < 0 || start > array.Length - length) throw new ArgumentOutOfRangeException(nameof(length));
        T[] part = new T[length];
        for (int i = 0; i < length; i++) part[i] = array[start + i];
        return part;
    }

    // Arrays of more than one dimension, of up to four; lengths and indices that are not used are 0.
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern TArray NewGrid<TArray>(int length0, int length1, int length2, int length3);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int GridIndex(Array grid, int index0, int index1, int index2, int index3);
    internal static ref T GridElement<T>(Array grid, int index0, int index1, int index2, int index3)
        => ref Unsafe.Add(ref Unsafe.ArrayElements(Unsafe.As<T[]>(grid)), GridIndex(grid, index0, index1, index2, index3));

    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int IdentityHash(object o);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);

    /// `[.. from]` for a collection that is neither an array nor a list.
    internal static void AddAll<T>(System.Collections.Generic.ICollection<T> to, System.Collections.Generic.IEnumerable<T> from)
    {
        foreach (T item in from) to.Add(item);
    }
    internal static void AddEach<T>(Action<T> add, System.Collections.Generic.IEnumerable<T> from)
    {
        foreach (T item in from) add(item);
    }

    internal static ReadOnlyArray<T> ReadOnlyList<T>(T[] items) => new ReadOnlyArray<T>(items);
    internal static ReadOnlySingleElementList<T> ReadOnlySingle<T>(T item) => new ReadOnlySingleElementList<T>(item);

    // Known to the compiler: constants or single instructions per instantiation.
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern bool IsReferenceOrContainsReferences<T>();
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern T[] AllocateUncountedArray<T>(int length);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern bool IsAllZero<T>(ref T value);

    [MethodImpl(MethodImplOptions.InternalCall)] public static extern void RunClassConstructor(RuntimeTypeHandle type);

    public static int GetHashCode(object? o) => o == null ? 0 : IdentityHash(o);
    public static new bool Equals(object? o1, object? o2) => object.Equals(o1, o2);
    public static bool TryEnsureSufficientExecutionStack() => System.Threading.Scheduler.HasStackRoom();

    public static void EnsureSufficientExecutionStack()
    {
        if (!System.Threading.Scheduler.HasStackRoom()) throw new InsufficientExecutionStackException();
    }

    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        int offset, count;
        range.Resolve(array.Length, out offset, out count);
        if (count == 0) return Array.Empty<T>();
        T[] result = new T[count];
        Array.Copy(array, offset, result, 0, count);
        return result;
    }
}

public static class Unsafe
{
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern T As<T>(object? o) where T : class?;
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern ref TTo As<TFrom, TTo>(ref TFrom source);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern ref T AsRef<T>(ref readonly T source);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern bool IsAddressGreaterThan<T>(ref readonly T left, ref readonly T right);
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern ref T Add<T>(ref T source, int elementOffset);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ref char StringUnits(string s);       // s is not null
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ref T ArrayElements<T>(T[] array);    // array is not null, maybe empty
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern int SizeOf<T>();
    [MethodImpl(MethodImplOptions.InternalCall)] public static extern bool AreSame<T>(ref readonly T left, ref readonly T right);
}

public class SwitchExpressionException : InvalidOperationException
{
    public SwitchExpressionException() : base(SR.SwitchExpressionException) { }
    public SwitchExpressionException(string? message) : base(message) { }
    public SwitchExpressionException(string? message, Exception? innerException) : base(message, innerException) { }
    public SwitchExpressionException(Exception? innerException) : base(SR.SwitchExpressionException, innerException) { }
    public SwitchExpressionException(object? unmatchedValue) : this() { UnmatchedValue = unmatchedValue; }

    public object? UnmatchedValue { get; }

    public override string Message =>
        UnmatchedValue == null ? base.Message : string.Concat(base.Message, Environment.NewLine, "Unmatched value was ", UnmatchedValue.ToString()) + ".";
}

/// Where Roslyn sends the default arm of a switch expression.
internal static class SwitchThrows
{
    [MethodImpl(MethodImplOptions.NoInlining)] internal static Exception Throw(object? value) { throw new SwitchExpressionException(value); }
}
