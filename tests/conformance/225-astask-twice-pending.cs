// AsTask twice on a pending source; AsTask then await; await then AsTask.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

string T(Func<object?> f) { try { return f()?.ToString() ?? "null"; } catch (Exception e) { return e.GetType().Name + ": " + e.Message; } }
var s = new Src();
ValueTask<int> v = s.Op();
Task<int> t1 = v.AsTask();
Console.WriteLine(T(() => v.AsTask().Status)); // misuse: as-task-twice
Console.WriteLine(T(() => v.Preserve().IsCompleted)); // misuse: double-await
s.Core.SetResult(5);
Console.WriteLine(await t1 + " " + t1.GetType().Name);
s = new Src(); v = s.Op();
async Task<int> Await(ValueTask<int> x) => await x + 1;
Task<int> a = Await(v);
Console.WriteLine(T(() => v.AsTask().Status) + " " + a.Status); // misuse: double-await
s.Core.SetResult(8);
Console.WriteLine(await a + " " + v.IsCompleted + " " + v.AsTask().Result + " " + v.Result); // misuse: as-task-twice, double-await
Console.WriteLine(T(() => { v.GetAwaiter().UnsafeOnCompleted(() => { }); return "hooked"; })); // misuse: double-await
s = new Src(); v = s.Op();
v.GetAwaiter().UnsafeOnCompleted(() => Console.WriteLine("first ran"));
Console.WriteLine(T(() => { v.GetAwaiter().OnCompleted(() => { }); return ""; })); // misuse: concurrent-await
Console.WriteLine(T(() => { v.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => { }); return ""; })); // misuse: concurrent-await
s.Core.SetException(new TimeoutException());
Console.WriteLine(v.IsFaulted + " " + T(() => v.Result) + " " + v.AsTask().Status); // misuse: double-await
class Src : IValueTaskSource<int>
{
    public ManualResetValueTaskSourceCore<int> Core;
    public ValueTask<int> Op() => new(this, Core.Version);
    public int GetResult(short token) => Core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => Core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => Core.OnCompleted(c, s, t, f);
}
