class A { readonly int x; static void R(ref int y) { } void M() { R(ref x); } static void Main() { } }
