class P
{
    static void Main() { System.Collections.Generic.Lisst<int> x = null; }
}
