class P
{
    static int Add(int a, int b) => a + b;
    static void Main() { Add(1, "2"); }
}
