class P
{
    int X { get; set; }
    static void Main() { Console.WriteLine(X); }
}
