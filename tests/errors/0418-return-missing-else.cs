class P
{
    static int G(int x) { if (x > 0) { return 1; } else if (x < 0) { return 2; } }
    static void Main() { }
}
