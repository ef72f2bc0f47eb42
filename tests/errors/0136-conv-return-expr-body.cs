class P
{
    static string G() => 1;
    static void Main() { }
}
