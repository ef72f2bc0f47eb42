class P
{
    Foo x;
    static void Main() { }
}
