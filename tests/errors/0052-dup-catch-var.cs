class P
{
    static void Main()
    {
        int e = 1;
        try { } catch (Exception e) { }
    }
}
