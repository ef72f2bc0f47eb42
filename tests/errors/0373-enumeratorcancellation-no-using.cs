class P
{
    static async IAsyncEnumerable<int> G([EnumeratorCancellation] CancellationToken t = default) { await Task.Delay(1); yield return 1; }
    static void Main() { }
}
