class P
{
    static int G(int x) { if (x > 0) return 1; }
    static void Main() { }
}
