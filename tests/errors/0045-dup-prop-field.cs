class P
{
    int Value;
    int Value { get; set; }
    static void Main() { }
}
