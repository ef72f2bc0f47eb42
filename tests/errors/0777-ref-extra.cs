class P { static void M(int x) { } static void Main() { int a = 1; M(ref a); } }
