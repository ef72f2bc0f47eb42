class P
{
    static void Main()
    {
        int x = 1;
        foreach (int x in new int[] { 1 }) { }
    }
}
