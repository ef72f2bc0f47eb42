class P
{
    static async IAsyncEnumerable<int> G() { await Task.Delay(1); yield return "a"; }
    static void Main() { }
}
