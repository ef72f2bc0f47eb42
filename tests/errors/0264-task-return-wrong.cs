class P
{
    static Task<string> G() { return Task.FromResult(1); }
    static void Main() { }
}
