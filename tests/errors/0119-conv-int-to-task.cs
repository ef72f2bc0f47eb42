class P
{
    static Task<int> G() { return 1; }
    static void Main() { }
}
