class P
{
    static Task<int> G() => Task.Delay(1);
    static void Main() { }
}
