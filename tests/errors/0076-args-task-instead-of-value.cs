class P
{
    static void M(int a) { }
    static Task<int> G() => Task.FromResult(1);
    static void Main() { M(G()); }
}
