class P { static void M(ref int x) { Action a = () => x++; } static void Main() { } }
