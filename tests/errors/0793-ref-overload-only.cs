class P { void M(ref int x) { } void M(out int x) { x = 1; } static void Main() { } }
