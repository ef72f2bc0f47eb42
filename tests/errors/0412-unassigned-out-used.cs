class P
{
    static void G(out int x) { Console.WriteLine(x); x = 1; }
    static void Main() { }
}
