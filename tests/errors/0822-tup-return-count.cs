class P { static (int, string) G() => (1, "a", 2); static void Main() { } }
