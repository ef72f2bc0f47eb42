class P
{
    static Task<int> G()
    {
        return await Task.FromResult(1);
    }
    static void Main() { }
}
