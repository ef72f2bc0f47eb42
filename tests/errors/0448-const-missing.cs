class A { const int X; static void Main() { } }
