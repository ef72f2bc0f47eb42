class A { const int X = Y; const int Y = X; static void Main() { } }
