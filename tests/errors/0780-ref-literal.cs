class P { static void M(ref int x) { } static void Main() { M(ref 5); } }
