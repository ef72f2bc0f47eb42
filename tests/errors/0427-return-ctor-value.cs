class A { A() { return 1; } static void Main() { } }
