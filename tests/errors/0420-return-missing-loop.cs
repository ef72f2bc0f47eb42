class P
{
    static int G(int x) { while (x > 0) { return 1; } }
    static void Main() { }
}
