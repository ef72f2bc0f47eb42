interface I { int this[int i] { get; } }
class A : I { }
class P { static void Main() { } }
