class A { static void M(void x) { } static void Main() { } }
