using System.Diagnostics; using System.Runtime.CompilerServices;
[Obsolete] class Old { } [Serializable] [DebuggerDisplay("x")] class A { [ThreadStatic] static int t; [MethodImpl(MethodImplOptions.NoInlining)] public static void M([CallerMemberName] string n = 'c') { Console.WriteLine(n); t++; } [Conditional("DEBUG")] public static void Dbg() { } }
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)] class TagAttribute : Attribute { public TagAttribute(string s) { } public int N { get; set; } }
[Tag("a"), Tag("b", N = 3)] class P { [Tag("m")] [return: Tag("r")] static int F([Tag("p")] int x) => x; static void Main() { A.M(); A.Dbg(); F(1); } }
