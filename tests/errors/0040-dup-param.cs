class P
{
    static void M(int a, int a) { }
    static void Main() { }
}
