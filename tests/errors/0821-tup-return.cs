class P { static (int, string) G() => (1, 2); static void Main() { } }
