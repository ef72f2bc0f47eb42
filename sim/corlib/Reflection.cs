namespace System.Reflection;

public abstract class MemberInfo
{
    public abstract string Name { get; }
}

public sealed class DefaultMemberAttribute : Attribute
{
    public DefaultMemberAttribute(string memberName) { MemberName = memberName; }
    public string MemberName { get; }
}

/// Only what `delegate.Method.Name` needs.
public sealed class MethodInfo : MemberInfo
{
    private readonly string _name;
    internal MethodInfo(string name) { _name = name; }
    public override string Name => _name;
}
