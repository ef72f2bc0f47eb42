class P
{
    [Obsolet]
    static void Main() { }
}
