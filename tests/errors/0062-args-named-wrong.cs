class P
{
    static void M(int a) { }
    static void Main() { M(b: 1); }
}
