class A { public int X; public A() : this(5) { X++; } public A(int x) { X = x; } static A() { Console.WriteLine("static"); } ~A() { } }
class B(int n, string s = "d") : A(n) { readonly List m = n * 2; public int M => m + n; public string S { get; } = s; }
class P { static void Main() { Console.WriteLine(new A().X + new B(3).M + new B(1, "q").S); } }
