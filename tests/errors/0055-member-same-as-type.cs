class A
{
    int A;
    static void Main() { }
}
