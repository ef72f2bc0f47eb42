class P
{
    static void G(out int x) { }
    static void Main() { }
}
