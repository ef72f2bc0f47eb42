class P
{
    int x;
    static void Main() { x = 1; }
}
