class P
{
    static void M(int a) { }
    static void M(string a, int b) { }
    static void Main() { M(); }
}
