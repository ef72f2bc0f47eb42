class P
{
    static void G() { return 1; }
    static void Main() { }
}
