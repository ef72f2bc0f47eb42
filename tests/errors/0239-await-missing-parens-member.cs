class P
{
    static Task<string> G() => Task.FromResult("a");
    static async Task Main() { Console.WriteLine(await G().Length); }
}
