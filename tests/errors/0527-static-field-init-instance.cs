class A { int a = 1; int b = a; static void Main() { } }
