class A { static const int X = 1; static void Main() { } }
