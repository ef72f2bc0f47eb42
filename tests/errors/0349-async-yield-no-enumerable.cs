class P
{
    static async Task<int> G() { yield return 1; }
    static void Main() { }
}
