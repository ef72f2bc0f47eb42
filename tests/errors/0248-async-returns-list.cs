class P
{
    static async List<int> G() { return null; }
    static void Main() { }
}
