class C { public static implicit operator string(C c) => "c"; public static implicit operator C(string s) => new(); public static explicit operator int(C c) => 3; }
class P { static void T(string s) => Console.WriteLine(s); static void Main() { C c = "x"; T(c); string s = c + "!"; int i = (int)c; Console.WriteLine(s + i); C? n = null; } }
