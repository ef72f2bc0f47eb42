class A { public static implicit operator int(string a) => 1; }
class P { static void Main() { } }
