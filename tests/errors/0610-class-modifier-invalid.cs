class A { readonly void M() { } static void Main() { } }
