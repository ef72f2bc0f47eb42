class P
{
    static ValueTask<int> G() => null;
    static void Main() { }
}
