class P { static void M() { if (true) { break; } } static void Main() { } }
