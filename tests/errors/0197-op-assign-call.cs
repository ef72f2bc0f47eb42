class P
{
    static int G() => 1;
    static void Main() { G() = 2; }
}
