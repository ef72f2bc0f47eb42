class P { static Task<(int, string)> G() => Task.FromResult((1, 2)); static void Main() { } }
