class P
{
    static Foo M() { return null; }
    static void Main() { }
}
