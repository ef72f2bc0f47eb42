class P
{
    static Task G()
    {
        var x = await Task.FromResult(1);
        return Task.CompletedTask;
    }
    static void Main() { }
}
