class S : IValueTaskSource<int>
{
    public int GetResult(short token) => 1;
}
class P { static void Main() { } }
