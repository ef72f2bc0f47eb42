class A { int M() => 1; int b = M(); static void Main() { } }
