using System.Runtime.CompilerServices;
class P
{
    [AsyncMethodBuilder(typeof(PoolingValueTaskBuilder<>))]
    static async ValueTask<int> G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
