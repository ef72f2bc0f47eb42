class P
{
    static int x = await Task.FromResult(1);
    static void Main() { }
}
