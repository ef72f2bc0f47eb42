class P
{
    static void Main() { System.Foo.Bar(); }
}
