class A { static void M(var x) { } static void Main() { } }
