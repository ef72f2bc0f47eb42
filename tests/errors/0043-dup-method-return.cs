class P
{
    static int M(int a) => 1;
    static long M(int b) => 2;
    static void Main() { }
}
