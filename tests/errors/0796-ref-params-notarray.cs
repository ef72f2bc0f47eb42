class P { static void M(params int x) { } static void Main() { } }
