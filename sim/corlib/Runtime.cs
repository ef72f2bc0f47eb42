// The roots of the type system, and the interfaces everything else implements.
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

public class Object
{
    public Object() { }
    ~Object() { }

    public virtual bool Equals(object? obj) => this == obj;
    public virtual int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    public virtual string? ToString() => GetType().ToString();

    [MethodImpl(MethodImplOptions.InternalCall)] public extern Type GetType();
    [MethodImpl(MethodImplOptions.InternalCall)] protected extern object MemberwiseClone();

    public static bool ReferenceEquals(object? objA, object? objB) => objA == objB;
    public static bool Equals(object? objA, object? objB) => objA == objB || (objA != null && objB != null && objA.Equals(objB));
}

public struct Void { }

public abstract class ValueType
{
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern bool HasOnlyBits(object value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern bool SameBits(object a, object b);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int HashBits(object value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern int FieldCount(object value);
    [MethodImpl(MethodImplOptions.InternalCall)] private static extern object? FieldAt(object value, int index);

    public override bool Equals(object? obj)
    {
        if (obj == null || GetType() != obj.GetType()) return false;
        if (HasOnlyBits(this)) return SameBits(this, obj);
        int n = FieldCount(this);
        for (int i = 0; i < n; i++)
        {
            if (!object.Equals(FieldAt(this, i), FieldAt(obj, i))) return false;
        }
        return true;
    }

    public override int GetHashCode()
    {
        if (HasOnlyBits(this)) return HashBits(this);
        int n = FieldCount(this);
        for (int i = 0; i < n; i++)
        {
            object? field = FieldAt(this, i);
            if (field != null) return field.GetHashCode();
        }
        return 0;
    }

    public override string? ToString() => GetType().ToString();
}

public interface IDisposable { void Dispose(); }
public interface IAsyncDisposable { System.Threading.Tasks.ValueTask DisposeAsync(); }
public interface ICloneable { object Clone(); }
public interface IEquatable<T> { bool Equals(T? other); }
public interface IComparable { int CompareTo(object? obj); }
public interface IComparable<in T> { int CompareTo(T? other); }
public interface IFormatProvider { object? GetFormat(Type? formatType); }
public interface ICustomFormatter { string Format(string? format, object? arg, IFormatProvider? formatProvider); }
public interface IFormattable { string ToString(string? format, IFormatProvider? formatProvider); }

/// What real .NET does through spans: writing a value into the text under construction without a string in between.
internal interface IAppendable { void AppendTo(ref DefaultInterpolatedStringHandler handler, string? format); }
/// The handler's methods are compiled ahead of time for the commonest value types only. For these the JIT makes them, at first without
/// looking closely, and then the value is boxed on its way to its interface: without a format, with one.
internal interface IBoxedText { }
internal interface IBoxedFormat { }

public interface IConvertible { TypeCode GetTypeCode(); }

public enum TypeCode
{
    Empty = 0, Object = 1, DBNull = 2, Boolean = 3, Char = 4, SByte = 5, Byte = 6, Int16 = 7, UInt16 = 8, Int32 = 9, UInt32 = 10,
    Int64 = 11, UInt64 = 12, Single = 13, Double = 14, Decimal = 15, DateTime = 16, String = 18,
}

public struct RuntimeTypeHandle
{
    internal RuntimeType? m_type;
    public IntPtr Value => default;
}

public struct RuntimeFieldHandle { internal IntPtr m_ptr; public IntPtr Value => m_ptr; }
public struct RuntimeMethodHandle { internal IntPtr m_ptr; public IntPtr Value => m_ptr; }

public abstract class Type : MemberInfo
{
    public static readonly Type[] EmptyTypes = new Type[0];

    public abstract string? FullName { get; }
    public abstract string? Namespace { get; }
    public abstract Type? BaseType { get; }
    public abstract bool IsValueType { get; }
    public abstract bool IsEnum { get; }
    public abstract bool IsInterface { get; }
    public abstract bool IsAbstract { get; }
    public abstract bool IsSealed { get; }
    public abstract bool IsArray { get; }
    public abstract bool IsGenericType { get; }
    public abstract bool IsGenericTypeDefinition { get; }
    public abstract bool IsPrimitive { get; }
    public abstract bool IsNested { get; }
    public abstract Type? GetElementType();
    public abstract Type[] GetGenericArguments();
    public abstract Type GetGenericTypeDefinition();
    public abstract bool IsAssignableFrom(Type? c);
    public abstract bool IsInstanceOfType(object? o);

    public bool IsClass => !IsInterface && !IsValueType;
    public bool IsConstructedGenericType => IsGenericType && !IsGenericTypeDefinition;
    public Type[] GenericTypeArguments => IsConstructedGenericType ? GetGenericArguments() : EmptyTypes;
    public bool IsAssignableTo(Type? targetType) => targetType != null && targetType.IsAssignableFrom(this);

    public bool IsSubclassOf(Type c)
    {
        for (Type? t = BaseType; t != null; t = t.BaseType)
        {
            if (t == c) return true;
        }
        return false;
    }

    public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => handle.m_type!;
    public static TypeCode GetTypeCode(Type? type) =>
        type == null ? TypeCode.Empty : type is RuntimeType t ? (TypeCode)RuntimeType.CodeOf(t) : TypeCode.Object;

    public override bool Equals(object? o) => this == o;
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    public static bool operator ==(Type? left, Type? right) => ReferenceEquals(left, right);
    public static bool operator !=(Type? left, Type? right) => !ReferenceEquals(left, right);
}

/// One object per type, made by the machine and never collected, so types are equal when their references are.
internal sealed class RuntimeType : Type
{
    internal nint m_handle;

    private const int ValueTypeBit = 1, EnumBit = 2, InterfaceBit = 4, AbstractBit = 8, SealedBit = 16, ArrayBit = 32, GenericBit = 64,
        DefinitionBit = 128, PrimitiveBit = 256, NestedBit = 512, FlagsBit = 1024;

    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string NameOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? FullNameOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string? NamespaceOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern string TextOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int BitsOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int CodeOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern RuntimeType? BaseOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern RuntimeType? ElementOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern RuntimeType? DefinitionOf(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern int ArgumentCount(RuntimeType t);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern RuntimeType ArgumentAt(RuntimeType t, int index);
    [MethodImpl(MethodImplOptions.InternalCall)] internal static extern bool IsAssignable(RuntimeType to, RuntimeType from);

    public override string Name => NameOf(this);
    public override string? FullName => FullNameOf(this);
    public override string? Namespace => NamespaceOf(this);
    public override string ToString() => TextOf(this);
    public override Type? BaseType => BaseOf(this);
    public override bool IsValueType => (BitsOf(this) & ValueTypeBit) != 0;
    public override bool IsEnum => (BitsOf(this) & EnumBit) != 0;
    public override bool IsInterface => (BitsOf(this) & InterfaceBit) != 0;
    public override bool IsAbstract => (BitsOf(this) & AbstractBit) != 0;
    public override bool IsSealed => (BitsOf(this) & SealedBit) != 0;
    public override bool IsArray => (BitsOf(this) & ArrayBit) != 0;
    public override bool IsGenericType => (BitsOf(this) & GenericBit) != 0;
    public override bool IsGenericTypeDefinition => (BitsOf(this) & DefinitionBit) != 0;
    public override bool IsPrimitive => (BitsOf(this) & PrimitiveBit) != 0;
    public override bool IsNested => (BitsOf(this) & NestedBit) != 0;
    internal bool HasFlagsAttribute => (BitsOf(this) & FlagsBit) != 0;
    public override Type? GetElementType() => ElementOf(this);

    public override Type[] GetGenericArguments()
    {
        int n = ArgumentCount(this);
        if (n == 0) return EmptyTypes;
        Type[] result = new Type[n];
        for (int i = 0; i < n; i++) result[i] = ArgumentAt(this, i);
        return result;
    }

    public override Type GetGenericTypeDefinition() => DefinitionOf(this) ?? throw new InvalidOperationException(SR.InvalidOperation_NotGenericType);
    public override bool IsAssignableFrom(Type? c) => c is RuntimeType from && IsAssignable(this, from);
    public override bool IsInstanceOfType(object? o) => o != null && IsAssignable(this, (RuntimeType)o.GetType());
}

public static class Nullable
{
    public static bool Equals<T>(T? n1, T? n2) where T : struct =>
        n1.HasValue ? n2.HasValue && Collections.Generic.EqualityComparer<T>.Default.Equals(n1.value, n2.value) : !n2.HasValue;

    public static int Compare<T>(T? n1, T? n2) where T : struct
    {
        if (!n1.HasValue) return n2.HasValue ? -1 : 0;
        return n2.HasValue ? Collections.Generic.Comparer<T>.Default.Compare(n1.value, n2.value) : 1;
    }

    public static Type? GetUnderlyingType(Type nullableType)
    {
        ArgumentNullException.ThrowIfNull(nullableType, "nullableType");
        if (!nullableType.IsConstructedGenericType || nullableType.GetGenericTypeDefinition() != typeof(Nullable<>)) return null;
        return nullableType.GetGenericArguments()[0];
    }
}

public partial struct Nullable<T> where T : struct
{
    private readonly bool hasValue;
    internal T value;

    public Nullable(T value) { this.value = value; hasValue = true; }

    public readonly bool HasValue => hasValue;

    public readonly T Value
    {
        get
        {
            if (!hasValue) ThrowHelper.ThrowNoValue();
            return value;
        }
    }

    public readonly T GetValueOrDefault() => value;
    public readonly T GetValueOrDefault(T defaultValue) => hasValue ? value : defaultValue;
    public override bool Equals(object? other) => hasValue ? other != null && value.Equals(other) : other == null;
    public override int GetHashCode() => hasValue ? value.GetHashCode() : 0;
    public override string? ToString() => hasValue ? value.ToString() : "";

    public static implicit operator Nullable<T>(T value) => new Nullable<T>(value);
    public static explicit operator T(Nullable<T> value) => value.Value;
}

public readonly struct Index : IEquatable<Index>
{
    private readonly int _value;

    public Index(int value, bool fromEnd = false)
    {
        if (value < 0) ThrowHelper.ThrowNeedNonNegative("value");
        _value = fromEnd ? ~value : value;
    }

    private Index(int raw, byte _) { _value = raw; }

    public static Index Start => new Index(0, (byte)0);
    public static Index End => new Index(-1, (byte)0);
    public static Index FromStart(int value) => new Index(value);
    public static Index FromEnd(int value) => new Index(value, true);
    public int Value => _value < 0 ? ~_value : _value;
    public bool IsFromEnd => _value < 0;
    public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;
    public override bool Equals(object? value) => value is Index other && _value == other._value;
    public bool Equals(Index other) => _value == other._value;
    public override int GetHashCode() => _value;
    public override string ToString() => IsFromEnd ? "^" + ((uint)Value).ToString() : ((uint)Value).ToString();
    public static implicit operator Index(int value) => FromStart(value);
}

public readonly struct Range : IEquatable<Range>
{
    public Index Start { get; }
    public Index End { get; }

    public Range(Index start, Index end) { Start = start; End = end; }

    public static Range StartAt(Index start) => new Range(start, Index.End);
    public static Range EndAt(Index end) => new Range(Index.Start, end);
    public static Range All => new Range(Index.Start, Index.End);

    internal void Resolve(int length, out int offset, out int count)
    {
        offset = Start.GetOffset(length);
        int end = End.GetOffset(length);
        if ((uint)end > (uint)length || (uint)offset > (uint)end) throw new ArgumentOutOfRangeException("length");
        count = end - offset;
    }

    public (int Offset, int Length) GetOffsetAndLength(int length)
    {
        int offset, count;
        Resolve(length, out offset, out count);
        return new ValueTuple<int, int>(offset, count);
    }

    public override bool Equals(object? value) => value is Range other && Equals(other);
    public bool Equals(Range other) => other.Start.Equals(Start) && other.End.Equals(End);
    public override int GetHashCode() => HashCode.Combine(Start.GetHashCode(), End.GetHashCode());
    public override string ToString() => Start.ToString() + ".." + End.ToString();
}

public enum StringComparison { CurrentCulture, CurrentCultureIgnoreCase, InvariantCulture, InvariantCultureIgnoreCase, Ordinal, OrdinalIgnoreCase }
public enum MidpointRounding { ToEven, AwayFromZero, ToZero, ToNegativeInfinity, ToPositiveInfinity }
public enum DayOfWeek { Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday }
