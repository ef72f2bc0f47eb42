class P { static Foo() { } static void Main() { } }
