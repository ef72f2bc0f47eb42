class P
{
    static int G() { return "a"; }
    static void Main() { }
}
