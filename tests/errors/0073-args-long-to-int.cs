class P
{
    static void M(int a) { }
    static void Main() { long l = 1; M(l); }
}
