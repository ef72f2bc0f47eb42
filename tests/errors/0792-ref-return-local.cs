class P { static ref int M() { int x = 1; return ref x; } static void Main() { } }
