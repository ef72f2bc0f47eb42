class A { readonly int x; void M() { x = 1; } static void Main() { } }
