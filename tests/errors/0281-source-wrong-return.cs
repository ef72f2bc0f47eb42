using System.Threading.Tasks.Sources;
class S : IValueTaskSource<int>
{
    public string GetResult(short token) => "";
    public ValueTaskSourceStatus GetStatus(short token) => default;
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) { }
}
class P { static void Main() { } }
