class P { static void M(ref int x) { } static void Main() { int a; M(out a); } }
