// Attributes of namespace System. The front end reads some of them; at run time they are nothing.
namespace System;

public abstract class Attribute { }

[Flags]
public enum AttributeTargets
{
    Assembly = 1, Module = 2, Class = 4, Struct = 8, Enum = 16, Constructor = 32, Method = 64, Property = 128, Field = 256, Event = 512,
    Interface = 1024, Parameter = 2048, Delegate = 4096, ReturnValue = 8192, GenericParameter = 16384, All = 32767,
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class AttributeUsageAttribute : Attribute
{
    public AttributeUsageAttribute(AttributeTargets validOn) { ValidOn = validOn; }
    public AttributeTargets ValidOn { get; }
    public bool AllowMultiple { get; set; }
    public bool Inherited { get; set; } = true;
}

public sealed class FlagsAttribute : Attribute { }
public sealed class ParamArrayAttribute : Attribute { }
public sealed class SerializableAttribute : Attribute { }
public sealed class NonSerializedAttribute : Attribute { }
public sealed class ThreadStaticAttribute : Attribute { }
public sealed class STAThreadAttribute : Attribute { }
public sealed class MTAThreadAttribute : Attribute { }

public sealed class CLSCompliantAttribute : Attribute
{
    public CLSCompliantAttribute(bool isCompliant) { IsCompliant = isCompliant; }
    public bool IsCompliant { get; }
}

public sealed class ObsoleteAttribute : Attribute
{
    public ObsoleteAttribute() { }
    public ObsoleteAttribute(string? message) { Message = message; }
    public ObsoleteAttribute(string? message, bool error) { Message = message; IsError = error; }
    public string? Message { get; }
    public bool IsError { get; }
    public string? DiagnosticId { get; set; }
    public string? UrlFormat { get; set; }
}
