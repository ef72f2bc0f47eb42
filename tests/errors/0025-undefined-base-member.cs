class A { }
class B : A
{
    void M() { base.Foo(); }
    static void Main() { }
}
