class P
{
    static void Main()
    {
        Helper(1);
    }
}
