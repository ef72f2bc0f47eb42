class A { static var M() { return 1; } static void Main() { } }
