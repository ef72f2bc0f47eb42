class P
{
    static void M(Foo x) { }
    static void Main() { }
}
