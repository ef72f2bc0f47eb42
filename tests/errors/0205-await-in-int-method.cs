class P
{
    static int G()
    {
        return await Task.FromResult(1);
    }
    static void Main() { }
}
