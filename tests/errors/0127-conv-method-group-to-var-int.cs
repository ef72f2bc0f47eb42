class P
{
    static int G() => 1;
    static void Main() { int x = G; }
}
