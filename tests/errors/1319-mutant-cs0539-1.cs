using System.Threading.Tasks.Sources;
class Op : IValueTaskSource<int> { ManualResetValueTaskSourceCore<int> c; public ValueTask<int> Go() => new(this, c.Version); public void Set(int v) => c.SetResult(v); int IValueTaskSource<int>.GetResult(short t) => c.GetResult(t); ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short t) => c.GetStatus(t); void IValueTaskSource<int>.OnCompleted(Action<object?> a, object? s, short t) => c.OnCompleted(a, s, t, f); }
class P { static async Task Main() { var o = new Op(); var v = o.Go(); o.Set(4); Console.WriteLine(await v); } }
