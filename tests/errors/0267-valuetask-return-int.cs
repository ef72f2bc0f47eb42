class P
{
    static ValueTask<int> G() => 1;
    static void Main() { }
}
