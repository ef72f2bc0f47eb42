class A { static void M(int x = int.Parse("1")) { } static void Main() { } }
