class P
{
    bool done;
    async Task M() { await done; }
    static void Main() { }
}
