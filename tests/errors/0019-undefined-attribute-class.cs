[Seriazable]
class P
{
    static void Main() { }
}
