class P
{
    int X { get { return await Task.FromResult(1); } }
    static void Main() { }
}
