class P { static void M(ref int x) { } static void Main() { const int a = 1; M(ref a); } }
