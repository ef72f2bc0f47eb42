class P
{
    static void M(int a) { }
    static void M(int b) { }
    static void Main() { }
}
