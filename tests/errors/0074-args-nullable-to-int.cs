class P
{
    static void M(int a) { }
    static void Main() { int? l = 1; M(l); }
}
