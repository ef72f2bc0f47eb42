class P
{
    static IAsyncEnumerable<int> G() { yield return 1; }
    static void Main() { }
}
