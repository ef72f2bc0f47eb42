class P { async static Task M() => await Task.Yield() static void Main() { } }
