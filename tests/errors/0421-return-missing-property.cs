class P
{
    int X { get { } }
    static void Main() { }
}
