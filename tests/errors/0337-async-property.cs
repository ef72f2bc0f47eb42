class P
{
    async Task<int> X { get { return 1; } }
    static void Main() { }
}
