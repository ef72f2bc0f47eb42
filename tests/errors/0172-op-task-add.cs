class P
{
    static Task<int> G() => Task.FromResult(1);
    static void Main() { var x = G() + 1; }
}
