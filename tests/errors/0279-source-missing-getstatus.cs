using System.Threading.Tasks.Sources;
class S : IValueTaskSource<int>
{
    public int GetResult(short token) => 1;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { }
}
class P { static void Main() { } }
