class P
{
    static int G() { }
    static void Main() { }
}
