class P
{
    static void M(int a) { int a = 1; }
    static void Main() { }
}
