class P { static void M(ref long x) { } static void Main() { int a = 1; M(ref a); } }
