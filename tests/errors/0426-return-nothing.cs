class P
{
    static int G() { return; }
    static void Main() { }
}
