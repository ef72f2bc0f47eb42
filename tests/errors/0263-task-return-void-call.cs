class P
{
    static Task G() { return Console.WriteLine(1); }
    static void Main() { }
}
