class A { void M() { this = new A(); } static void Main() { } }
