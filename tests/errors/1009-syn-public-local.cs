class P { static void Main() { public int x = 1; } }
