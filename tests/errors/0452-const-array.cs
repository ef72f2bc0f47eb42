class A { const int[] X = { 1 }; static void Main() { } }
