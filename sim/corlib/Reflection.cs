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

/// What the CLR makes of a field's handle when unoptimized code loads one (array initializers with constants): counted, never looked at.
internal sealed class RuntimeFieldInfoStub
{
    private object? m_keepalive, m_c, m_d;
    private int m_b;
    private object? m_e, m_f;
    private IntPtr m_fieldHandle;
}
