class P
{
    static void Main()
    {
        await Task.Delay(1);
    }
}
