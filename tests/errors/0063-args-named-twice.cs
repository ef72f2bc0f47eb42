class P
{
    static void M(int a, int b = 0) { }
    static void Main() { M(1, a: 2); }
}
