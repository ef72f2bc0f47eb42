class A { static void M(int x = "a") { } static void Main() { } }
