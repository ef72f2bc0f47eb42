class P
{
    static void G() { }
    static void Main() { int x = G(); }
}
