class P
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
