class P
{
    static Task<int> G() { return Task.CompletedTask; }
    static void Main() { }
}
