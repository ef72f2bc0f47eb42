class P
{
    static Task<int> G() => Task.FromResult(1);
    static void Main() { int x = G(); }
}
