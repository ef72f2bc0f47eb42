class P
{
    static Task<string> G() => Task.FromResult("a");
    static async Task Main() { Console.WriteLine(G().Length); await Task.Yield(); }
}
