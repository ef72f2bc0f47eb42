class A { }
class P
{
    static void Main() { A.B x = null; }
}
