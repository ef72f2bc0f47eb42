class P
{
    static IEnumerable<int> G() { await Task.Delay(1); yield return 1; }
    static void Main() { }
}
