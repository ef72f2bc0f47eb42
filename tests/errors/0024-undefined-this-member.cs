class C
{
    void M() { this.count = 1; }
    static void Main() { }
}
