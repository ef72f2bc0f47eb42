class P
{
    static async IAsyncEnumerable<int> G() { await Task.Delay(1); yield return 1; }
    static void Main() { await foreach (var x in G()) { } }
}
