class P
{
    static Task G() { Console.WriteLine(1); }
    static void Main() { }
}
