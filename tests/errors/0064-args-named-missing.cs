class P
{
    static void M(int a, int b) { }
    static void Main() { M(b: 2); }
}
