class P
{
    static void M(int a) { }
    static void Main() { M(null); }
}
