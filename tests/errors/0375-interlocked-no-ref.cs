class A
{
    int x;
    void M() { Interlocked.Increment(x); }
    static void Main() { }
}
