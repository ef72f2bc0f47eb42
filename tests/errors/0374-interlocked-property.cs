class A
{
    int X { get; set; }
    void M() { Interlocked.Increment(ref X); }
    static void Main() { }
}
