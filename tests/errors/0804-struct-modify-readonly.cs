struct S { public int X; }
class A { readonly S s; void M() { s.X = 1; } static void Main() { } }
