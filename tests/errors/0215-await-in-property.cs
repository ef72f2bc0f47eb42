class P
{
    int X => await Task.FromResult(1);
    static void Main() { }
}
