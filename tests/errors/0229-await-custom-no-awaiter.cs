class A { }
class P
{
    static async Task Main() { await new A(); }
}
