class P
{
    static ValueTask<int> G() => new ValueTask<int>(1);
    static void Main() { Task<int> t = G(); }
}
