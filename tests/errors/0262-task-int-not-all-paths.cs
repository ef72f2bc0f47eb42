class P
{
    static Task<int> G(bool b) { if (b) return Task.FromResult(1); }
    static void Main() { }
}
