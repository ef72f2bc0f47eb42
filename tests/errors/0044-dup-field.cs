class P
{
    int a;
    string a;
    static void Main() { }
}
