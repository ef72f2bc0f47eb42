class A { readonly int x; void M() { x++; } static void Main() { } }
