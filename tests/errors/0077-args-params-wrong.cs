class P
{
    static void M(params int[] a) { }
    static void Main() { M(1, 2, "3"); }
}
