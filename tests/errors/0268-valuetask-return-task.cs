class P
{
    static ValueTask<int> G() => Task.FromResult(1);
    static void Main() { }
}
