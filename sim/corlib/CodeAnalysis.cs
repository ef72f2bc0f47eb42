// What the nullable analysis reads.
namespace System.Diagnostics.CodeAnalysis;

public sealed class AllowNullAttribute : Attribute { }
public sealed class DisallowNullAttribute : Attribute { }
public sealed class MaybeNullAttribute : Attribute { }
public sealed class NotNullAttribute : Attribute { }
public sealed class DoesNotReturnAttribute : Attribute { }
public sealed class SetsRequiredMembersAttribute : Attribute { }
public sealed class UnscopedRefAttribute : Attribute { }
public sealed class ExcludeFromCodeCoverageAttribute : Attribute { public string? Justification { get; set; } }
public sealed class MaybeNullWhenAttribute : Attribute { public MaybeNullWhenAttribute(bool returnValue) { } }
public sealed class NotNullWhenAttribute : Attribute { public NotNullWhenAttribute(bool returnValue) { } }
public sealed class NotNullIfNotNullAttribute : Attribute { public NotNullIfNotNullAttribute(string parameterName) { } }
public sealed class DoesNotReturnIfAttribute : Attribute { public DoesNotReturnIfAttribute(bool parameterValue) { } }
public sealed class MemberNotNullAttribute : Attribute
{
    public MemberNotNullAttribute(string member) { }
    public MemberNotNullAttribute(params string[] members) { }
}
public sealed class MemberNotNullWhenAttribute : Attribute
{
    public MemberNotNullWhenAttribute(bool returnValue, string member) { }
    public MemberNotNullWhenAttribute(bool returnValue, params string[] members) { }
}
public sealed class SuppressMessageAttribute : Attribute
{
    public SuppressMessageAttribute(string category, string checkId) { }
    public string? Justification { get; set; }
}
