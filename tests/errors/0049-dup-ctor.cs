class A
{
    public A(int x) { }
    public A(int y) { }
}
class P { static void Main() { } }
