class P
{
    static int G() => 1;
    static void M(int a) { }
    static void Main() { M(G); }
}
