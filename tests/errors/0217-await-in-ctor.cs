class P
{
    P() { await Task.Delay(1); }
    static void Main() { }
}
