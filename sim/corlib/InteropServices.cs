// Layout attributes.
namespace System.Runtime.InteropServices;

public enum LayoutKind { Sequential = 0, Explicit = 2, Auto = 3 }
public enum UnmanagedType { Bool = 2, I1 = 3, I4 = 7, LPStr = 20 }

public sealed class StructLayoutAttribute : Attribute
{
    public StructLayoutAttribute(LayoutKind layoutKind) { Value = layoutKind; }
    public LayoutKind Value { get; }
    public int Pack;
    public int Size;
}

public sealed class FieldOffsetAttribute : Attribute
{
    public FieldOffsetAttribute(int offset) { Value = offset; }
    public int Value { get; }
}

public sealed class InAttribute : Attribute { }
public sealed class OutAttribute : Attribute { }
public sealed class OptionalAttribute : Attribute { }
public sealed class ComVisibleAttribute : Attribute { public ComVisibleAttribute(bool visibility) { } }
