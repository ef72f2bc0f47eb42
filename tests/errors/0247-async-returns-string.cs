class P
{
    static async string G() { return "a"; }
    static void Main() { }
}
