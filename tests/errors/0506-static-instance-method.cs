class P
{
    void M() { }
    static void Main() { M(); }
}
