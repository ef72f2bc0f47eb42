class P { [Obsolete(Foo = 1)] static void Main() { } }
