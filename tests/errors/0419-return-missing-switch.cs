class P
{
    static int G(int x) { switch (x) { case 1: return 1; } }
    static void Main() { }
}
